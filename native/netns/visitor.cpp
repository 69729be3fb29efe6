#include "netns/visitor.h"

#include <cerrno>
#include <chrono>
#include <utility>

#include "netlink/thread.h"
#include "netns/netns.h"

namespace netplumb {
namespace {

constexpr std::chrono::milliseconds kStartAgainAfter{50};

Fd openOwn() {
  auto own = openNetns(NetnsRef::current());
  return own ? std::move(*own) : Fd();
}

}  // namespace

Visitor::Visitor() : home_(openOwn()) {}

bool Visitor::post(std::function<void()> job, JobKind kind) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return false;
    if (!started_) {
      started_ = startThread<&Visitor::keep>(keeper_, this);
      if (!started_) return false;
    }
    if (kind != JobKind::kShort) keepOff(kind == JobKind::kLongAside ? sched_getcpu() : kNoCpu);
    (kind == JobKind::kShort ? jobs_ : longJobs_).push_back(std::move(job));
  }
  wake_.notify_all();
  return true;
}

// The scheduler likes to put who is woken onto the CPU of who wakes it, to wait for that one there: in a virtual
// machine even if another CPU has nothing to do.
void Visitor::keepOff(int cpu) {
  cpu_set_t cpus;
  if (!visitor_ || cpu == avoided_ || pthread_getaffinity_np(pthread_self(), sizeof cpus, &cpus) != 0) return;
  if (cpu != kNoCpu) CPU_CLR(static_cast<size_t>(cpu), &cpus);
  if (CPU_COUNT(&cpus) == 0 || pthread_setaffinity_np(*visitor_, sizeof cpus, &cpus) != 0) return;
  avoided_ = cpu;
}

bool Visitor::hasJobs() {
  const std::lock_guard lock(mutex_);
  return !jobs_.empty() || !longJobs_.empty();
}

void Visitor::stop() {
  // What jobs hold is let go without the lock, as that can run anything.
  std::deque<std::function<void()>> dropped[2];
  bool started = false;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    dropped[0].swap(jobs_);
    dropped[1].swap(longJobs_);
    started = std::exchange(started_, false);
  }
  wake_.notify_all();
  if (started) pthread_join(keeper_, nullptr);
}

void Visitor::keep() {
  pthread_setname_np(pthread_self(), "netns-keeper");
  // Started by a thread that was away itself? Then go home. If that is barred, home is here.
  if (Fd own = openOwn(); own && !isSameNetns(own.get(), home_.get())) {
    if (!home_ || !enterNetns(home_.get())) home_ = std::move(own);
  }
  for (;;) {
    isAway_ = false;
    isLost_ = false;
    pthread_t visitor;
    const bool isRunning = startThread<&Visitor::runJobs>(visitor, this);
    if (isRunning) pthread_join(visitor, nullptr);
    std::unique_lock lock(mutex_);
    // Without a thread to be had jobs wait.
    if (!isRunning) wake_.wait_for(lock, kStartAgainAfter, [this] { return stopping_; });
    if (stopping_) return;
  }
}

void Visitor::runJobs() {
  pthread_setname_np(pthread_self(), "netns-visitor");
  setRunning(pthread_self());
  while (!isLost_) {
    std::function<void()> job;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !jobs_.empty() || !longJobs_.empty(); });
      if (stopping_) break;
      auto& queue = jobs_.empty() ? longJobs_ : jobs_;
      job = std::move(queue.front());
      queue.pop_front();
    }
    job();
  }
  setRunning({});
}

void Visitor::setRunning(std::optional<pthread_t> visitor) {
  const std::lock_guard lock(mutex_);
  visitor_ = visitor;
  avoided_ = kNoCpu;
}

Result<void> Visitor::canLeave() const {
  if (!home_) return Failure{ENOENT, "open", "/proc/thread-self/ns/net: /proc must be mounted"};
  if (isLost_) return Failure{EBUSY, "setns", "this thread could not return from another network namespace"};
  if (isAway_) return Failure{EBUSY, "setns", "this thread is in another network namespace already"};
  return {};
}

Result<void> Visitor::visit(int netns, const std::function<void()>& work) {
  if (auto can = canLeave(); !can) return can;
  if (isSameNetns(netns, home_.get())) {
    work();
    return {};
  }
  return leaveHome([netns] { return enterNetns(netns); }, work);
}

Result<void> Visitor::leaveHome(const std::function<Result<void>()>& leave, const std::function<void()>& work) {
  if (auto can = canLeave(); !can) return can;
  if (auto left = leave(); !left) return left;
  isAway_ = true;
  work();
  isAway_ = false;
  // What was done there is done. That this thread is lost concerns only what comes after.
  if (!enterNetns(home_.get())) isLost_ = true;
  return {};
}

}  // namespace netplumb
