// The engine: threads that carry requests to the kernel, and the queue that carries answers back.
#pragma once

#include <pthread.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/completion.h"
#include "engine/shapes.h"
#include "engine/watcher.h"
#include "netns/visitor.h"

namespace netplumb {

class Lane;

/// One per environment. Threads start when there is work and end with the engine; none of them is libuv's.
///
/// Which thread does what:
///   owner      makes requests, takes completions, stops the engine
///   workers    at most kWorkers; each serves one lane at a time: sends, receives, decodes
///   watcher    receives and decodes the events of all monitors
///   visitor    enters other network namespaces, one job after the other; without more to do it serves the lanes that a
///              job has scheduled
class Engine {
 public:
  /// `notify` is called from any thread when completions wait for an owner who had taken all before.
  explicit Engine(std::function<void()> notify) : notify_(std::move(notify)) {}
  ~Engine() { stop(); }
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// Has a worker serve the lane. A lane is scheduled once at a time.
  void schedule(std::shared_ptr<Lane> lane);
  /// Has the watcher serve the monitor. False: no thread can be had, or the engine has stopped.
  bool attend(std::shared_ptr<Monitor> monitor) { return watcher_.attend(std::move(monitor)); }
  /// Runs a job on the visitor thread; the job completes request `id`. Where no thread can be had that fails with
  /// EAGAIN.
  void visit(uint32_t id, std::function<void(Visitor&)> job);
  /// Runs a job on the visitor thread. False: no thread can be had.
  bool post(std::function<void(Visitor&)> job, JobKind kind = JobKind::kShort);
  /// Any thread: hands a completion to the owner.
  void complete(Completion completion);
  /// Says that a completion is to come that can wait for others of the kind: it does as long as there are some to come,
  /// but for a few, so that the owner is disturbed less often.
  void expectPatient();
  void completePatiently(Completion completion);
  /// Owner: takes all completions.
  std::vector<Completion> take();
  /// Owner: drops what is queued, waits for what is in the kernel, ends the threads. Nothing is completed any more.
  void stop();
  /// Has a worker that is idle, or can be started, do a job beside that of the caller's. False: there is none.
  bool lend(std::function<void()> job);
  /// Worker or visitor: has others serve what it has scheduled, for it is busy.
  void handOver();
  /// Whether the caller's is the visitor, and jobs wait for it: others are to serve lanes then.
  bool isWanted();
  /// Any thread: whether stop() has begun.
  bool isStopping();

  Shapes& shapes() { return shapes_; }

 private:
  static constexpr size_t kWorkers = 4;
  static constexpr size_t kPatientTogether = 16;

  /// Lanes that this thread has scheduled and will serve itself, unless the one it serves has more to do.
  static thread_local size_t mine_;

  bool startWorker();
  void work();
  /// Visitor: serves the lanes that its job has scheduled, as long as no more jobs wait.
  void serveOwn();

  std::function<void()> notify_;
  Shapes shapes_;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::shared_ptr<Lane>> ready_;
  std::deque<std::function<void()>> lent_;
  std::vector<pthread_t> workers_;
  size_t idle_ = 0;
  bool stopping_ = false;

  std::mutex completionsMutex_;
  std::vector<Completion> completions_;
  bool isNotified_ = false;  ///< the owner is about to take them
  size_t patientToCome_ = 0;
  size_t patientWaiting_ = 0;

  Watcher watcher_;
  std::vector<uint8_t> visitorBuffer_;  ///< the visitor's, to receive into
  Visitor visitor_;
};

}  // namespace netplumb
