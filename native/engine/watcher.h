// The thread that waits for events of all monitors at once.
#pragma once

#include <pthread.h>

#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "netlink/fd.h"

namespace netplumb {

class Monitor;

/// Serves monitors on a thread of its own, which starts with the first and ends with the watcher. Any thread may call
/// attend(), the owner stop().
class Watcher {
 public:
  Watcher() = default;
  ~Watcher() { stop(); }
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;

  /// Has a monitor served: from now on where it is new, at once where it is paused or to be closed. False: no thread
  /// can be had, or it has ended.
  bool attend(std::shared_ptr<Monitor> monitor);
  /// Ends the thread and closes all monitors.
  void stop();

 private:
  bool start();
  void watch();
  void serve(Monitor& monitor);
  void arm(Monitor& monitor, int operation);

  std::mutex mutex_;
  std::vector<std::shared_ptr<Monitor>> calls_;
  Fd epoll_;
  Fd bell_;  ///< eventfd: somebody wants something
  pthread_t thread_{};
  bool started_ = false;
  bool stopping_ = false;

  // The thread's.
  std::unordered_map<const Monitor*, std::shared_ptr<Monitor>> watched_;
  std::vector<uint8_t> buffer_;
};

}  // namespace netplumb
