#include "engine/engine.h"

#include <cerrno>

#include "engine/lane.h"
#include "engine/monitor.h"
#include "netlink/thread.h"

namespace netplumb {

thread_local size_t Engine::mine_ = 0;
/// Whether this thread serves the lanes that it schedules, and whether it is the visitor.
thread_local bool isServing = false;
thread_local bool isVisitor = false;

void Engine::schedule(std::shared_ptr<Lane> lane) {
  bool isCovered = false;
  {
    std::unique_lock lock(mutex_);
    if (stopping_) {
      lock.unlock();
      return lane->drop();
    }
    ready_.push_back(lane);
    isCovered = isServing || idle_ >= ready_.size() + lent_.size() || workers_.size() == kWorkers || startWorker() ||
                !workers_.empty();
    if (!isCovered) ready_.pop_back();
  }
  if (isServing) {
    // To wake another takes longer than to do it oneself, as soon as this is done.
    ++mine_;
  } else if (isCovered) {
    // Without the lock, for which the worker would have to wait.
    wake_.notify_one();
  } else {
    lane->refuse({EAGAIN, "pthread_create", "no thread can be started", {}, {}});
  }
}

void Engine::handOver() {
  if (mine_ == 0) return;
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_ && idle_ < mine_ + lent_.size() && workers_.size() < kWorkers) startWorker();
    // Then the visitor has to, when it is done.
    if (workers_.empty()) return;
  }
  for (; mine_ > 0; --mine_) wake_.notify_one();
}

bool Engine::lend(std::function<void()> job) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return false;
    if (idle_ <= ready_.size() + lent_.size() && (workers_.size() == kWorkers || !startWorker())) return false;
    lent_.push_back(std::move(job));
  }
  wake_.notify_one();
  return true;
}

bool Engine::startWorker() {
  pthread_t worker{};
  const bool started = startThread<&Engine::work>(worker, this);
  if (started) workers_.push_back(worker);
  return started;
}

void Engine::work() {
  isServing = true;
  std::vector<uint8_t> buffer;
  std::unique_lock lock(mutex_);
  for (;;) {
    ++idle_;
    wake_.wait(lock, [this] { return stopping_ || !ready_.empty() || !lent_.empty(); });
    --idle_;
    if (stopping_) return;
    if (!lent_.empty()) {
      const auto job = std::move(lent_.front());
      lent_.pop_front();
      lock.unlock();
      handOver();
      job();
      lock.lock();
      continue;
    }
    auto lane = std::move(ready_.front());
    ready_.pop_front();
    lock.unlock();
    if (mine_ > 0) --mine_;
    handOver();
    lane->serve(buffer);
    lane.reset();
    lock.lock();
  }
}

void Engine::visit(uint32_t id, std::function<void(Visitor&)> job) {
  if (post(std::move(job))) return;
  complete({id, RequestError{EAGAIN, "pthread_create", "no thread can be started", {}, {}}});
}

bool Engine::post(std::function<void(Visitor&)> job, JobKind kind) {
  return visitor_.post(
      [this, job = std::move(job)] {
        isServing = isVisitor = true;
        job(visitor_);
        serveOwn();
      },
      kind);
}

// As for a worker: to wake one takes longer, and it may have to come from another CPU.
void Engine::serveOwn() {
  while (mine_ > 0 && !isWanted()) {
    std::shared_ptr<Lane> lane;
    {
      const std::lock_guard lock(mutex_);
      --mine_;
      // Workers take whichever comes first, too.
      if (stopping_ || ready_.empty()) continue;
      lane = std::move(ready_.front());
      ready_.pop_front();
    }
    handOver();
    lane->serve(visitorBuffer_);
  }
  handOver();
}

bool Engine::isWanted() { return isVisitor && visitor_.hasJobs(); }

void Engine::complete(Completion completion) {
  bool isNew = false;
  {
    const std::lock_guard lock(completionsMutex_);
    completions_.push_back(std::move(completion));
    isNew = !std::exchange(isNotified_, true);
  }
  if (isNew) notify_();
}

void Engine::expectPatient() {
  const std::lock_guard lock(completionsMutex_);
  ++patientToCome_;
}

void Engine::completePatiently(Completion completion) {
  {
    const std::lock_guard lock(completionsMutex_);
    --patientToCome_;
    ++patientWaiting_;
    completions_.push_back(std::move(completion));
    if (patientToCome_ > 0 && patientWaiting_ < kPatientTogether) return;
    if (std::exchange(isNotified_, true)) return;
  }
  notify_();
}

std::vector<Completion> Engine::take() {
  const std::lock_guard lock(completionsMutex_);
  isNotified_ = false;
  patientWaiting_ = 0;
  return std::exchange(completions_, {});
}

bool Engine::isStopping() {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

void Engine::stop() {
  std::deque<std::shared_ptr<Lane>> dropped;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    dropped.swap(ready_);
  }
  wake_.notify_all();
  for (const auto& lane : dropped) lane->drop();
  for (const auto worker : workers_) pthread_join(worker, nullptr);
  workers_.clear();
  watcher_.stop();
  visitor_.stop();
}

}  // namespace netplumb
