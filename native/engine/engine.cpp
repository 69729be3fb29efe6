#include "engine/engine.h"

#include <cerrno>

#include "engine/lane.h"
#include "engine/monitor.h"
#include "netlink/thread.h"

namespace netplumb {

void Engine::schedule(std::shared_ptr<Lane> lane) {
  bool isCovered = false;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    ready_.push_back(lane);
    isCovered = idle_ >= ready_.size() || workers_.size() == kWorkers || startWorker() || !workers_.empty();
    if (!isCovered) ready_.pop_back();
  }
  // Without the lock, for which the worker would have to wait.
  if (isCovered) return wake_.notify_one();
  lane->refuse({EAGAIN, "pthread_create", "no thread can be started", {}, {}});
}

bool Engine::startWorker() {
  pthread_t worker{};
  const bool started = startThread<&Engine::work>(worker, this);
  if (started) workers_.push_back(worker);
  return started;
}

void Engine::work() {
  std::vector<uint8_t> buffer;
  std::unique_lock lock(mutex_);
  for (;;) {
    ++idle_;
    wake_.wait(lock, [this] { return stopping_ || !ready_.empty(); });
    --idle_;
    if (stopping_) return;
    auto lane = std::move(ready_.front());
    ready_.pop_front();
    lock.unlock();
    lane->serve(buffer);
    lane.reset();
    lock.lock();
  }
}

void Engine::visit(uint32_t id, std::function<void(Visitor&)> job) {
  if (post(std::move(job))) return;
  complete({id, RequestError{EAGAIN, "pthread_create", "no thread can be started", {}, {}}});
}

bool Engine::post(std::function<void(Visitor&)> job) {
  return visitor_.post([this, job = std::move(job)] { job(visitor_); });
}

void Engine::complete(Completion completion) {
  bool wasEmpty = false;
  {
    const std::lock_guard lock(completionsMutex_);
    wasEmpty = completions_.empty();
    completions_.push_back(std::move(completion));
  }
  if (wasEmpty) notify_();
}

std::vector<Completion> Engine::take() {
  const std::lock_guard lock(completionsMutex_);
  return std::exchange(completions_, {});
}

bool Engine::isStopping() {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

void Engine::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    ready_.clear();
  }
  wake_.notify_all();
  for (const auto worker : workers_) pthread_join(worker, nullptr);
  workers_.clear();
  watcher_.stop();
  visitor_.stop();
}

}  // namespace netplumb
