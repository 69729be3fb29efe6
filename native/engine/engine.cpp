#include "engine/engine.h"

#include <csignal>

#include "engine/lane.h"

namespace netplumb {

void Engine::schedule(std::shared_ptr<Lane> lane) {
  const std::lock_guard lock(mutex_);
  if (stopping_) return;
  ready_.push_back(std::move(lane));
  if (idle_ >= ready_.size() || workers_.size() == kWorkers) {
    wake_.notify_one();
    return;
  }
  // Signals are the owner's: a new thread inherits the mask.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  workers_.emplace_back([this] { work(); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
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

void Engine::visit(std::function<void(Visitor&)> job) {
  visitor_.post([this, job = std::move(job)] { job(visitor_); });
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

void Engine::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    ready_.clear();
  }
  wake_.notify_all();
  for (auto& worker : workers_) worker.join();
  workers_.clear();
  visitor_.stop();
}

}  // namespace netplumb
