// The thread that enters other network namespaces, so that no other thread has to.
#pragma once

#include <pthread.h>
#include <sched.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>

#include "netlink/fd.h"
#include "netlink/result.h"
#include "netns/ports_in_use.h"

namespace netplumb {

/// What a job of the visitor is like.
enum class JobKind {
  kShort,
  /// It makes a namespace, which takes so much longer that all others go before it.
  kLong,
  /// It does so while the thread that asks is busy: the visitor is kept off that one's CPU until a kLong is posted.
  kLongAside,
};

/// Runs jobs on a thread of its own, which is at home whenever a job begins: in the network namespace that the Visitor
/// was made in. A thread that cannot get home ends with its job, and the next job gets a new one. Jobs of a kind run
/// in order.
///
/// Which thread does what:
///   any thread     post(), hasJobs()
///   the owner      the constructor, stop(), the destructor
///   the keeper     never leaves home and never runs a job; starts visitors, as a lost one's children would be lost too
///   the visitor    runs jobs; visit() and leaveHome() are called in a job, not inside one another, as is portsInUse()
class Visitor {
 public:
  Visitor();
  ~Visitor() { stop(); }
  Visitor(const Visitor&) = delete;
  Visitor& operator=(const Visitor&) = delete;

  /// Queues a job; the first starts the threads. False: it has been dropped, as no thread can be had or after stop().
  bool post(std::function<void()> job, JobKind kind = JobKind::kShort);
  /// Whether jobs wait.
  bool hasJobs();
  /// Waits for the job that is running, drops the others uncalled, ends the threads. Not to be called in a job.
  void stop();

  /// Runs a function in the namespace of a descriptor. Where the thread is there already nothing is entered, which
  /// would take a privilege. Fails only if the function was not run.
  Result<void> visit(int netns, const std::function<void()>& work);
  /// `leave` takes the thread elsewhere, `work` is done there, then the thread goes home. Fails only if `work` was not
  /// done.
  Result<void> leaveHome(const std::function<Result<void>()>& leave, const std::function<void()>& work);
  /// What jobs were told of ports, for those that were waiting by then.
  PortsInUse& portsInUse() { return portsInUse_; }

 private:
  static constexpr int kNoCpu = -1;

  void keep();
  void runJobs();
  void setRunning(std::optional<pthread_t> visitor);
  void keepOff(int cpu);
  Result<void> canLeave() const;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> jobs_;
  std::deque<std::function<void()>> longJobs_;
  std::optional<pthread_t> visitor_;  ///< while there is one
  int avoided_ = kNoCpu;              ///< the CPU that it is kept off
  bool started_ = false;
  bool stopping_ = false;
  pthread_t keeper_{};  ///< if started

  // The keeper's and the visitor's, by turns.
  Fd home_;
  bool isAway_ = false;
  bool isLost_ = false;
  PortsInUse portsInUse_;
};

}  // namespace netplumb
