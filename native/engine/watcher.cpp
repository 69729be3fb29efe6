#include "engine/watcher.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <utility>

#include "engine/monitor.h"
#include "netlink/thread.h"

namespace netplumb {
namespace {

void ring(const Fd& bell) {
  const uint64_t one = 1;
  static_cast<void>(!::write(bell.get(), &one, sizeof one));
}

}  // namespace

bool Watcher::attend(std::shared_ptr<Monitor> monitor) {
  const std::lock_guard lock(mutex_);
  if (stopping_ || (!started_ && !start())) return false;
  calls_.push_back(std::move(monitor));
  ring(bell_);
  return true;
}

bool Watcher::start() {
  epoll_ = Fd(epoll_create1(EPOLL_CLOEXEC));
  bell_ = Fd(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!epoll_ || !bell_) return false;
  epoll_event event{};
  event.events = EPOLLIN;
  if (epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, bell_.get(), &event) != 0) return false;
  started_ = startThread<&Watcher::watch>(thread_, this);
  return started_;
}

void Watcher::stop() {
  bool started = false;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    started = std::exchange(started_, false);
    if (started) ring(bell_);
  }
  if (started) pthread_join(thread_, nullptr);
  calls_.clear();
}

void Watcher::watch() {
  pthread_setname_np(pthread_self(), "netlink-watcher");
  epoll_event ready[16];
  for (;;) {
    const int count = epoll_wait(epoll_.get(), ready, std::size(ready), -1);
    // Silenced before the calls are taken: whoever calls later rings again.
    uint64_t rings = 0;
    static_cast<void>(!::read(bell_.get(), &rings, sizeof rings));
    std::vector<std::shared_ptr<Monitor>> calls;
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) break;
      calls.swap(calls_);
    }
    for (const auto& monitor : calls) {
      if (monitor->fd() < 0) continue;  // called when it had been closed already
      if (watched_.try_emplace(monitor.get(), monitor).second) arm(*monitor, EPOLL_CTL_ADD);
      serve(*monitor);
    }
    for (int i = 0; i < count; ++i) {
      // The bell has no pointer, and is found nowhere.
      if (const auto found = watched_.find(static_cast<Monitor*>(ready[i].data.ptr)); found != watched_.end()) {
        serve(*found->second);
      }
    }
  }
  for (const auto& [_, monitor] : watched_) monitor->end();
  watched_.clear();
}

void Watcher::serve(Monitor& monitor) {
  switch (monitor.serve(buffer_)) {
    case Monitor::Next::kWait:
      return arm(monitor, EPOLL_CTL_MOD);
    case Monitor::Next::kPause:
      return;
    case Monitor::Next::kEnd:
      epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, monitor.fd(), nullptr);
      monitor.end();
      watched_.erase(&monitor);
  }
}

void Watcher::arm(Monitor& monitor, int operation) {
  epoll_event event{};
  event.events = EPOLLIN | EPOLLONESHOT;
  event.data.ptr = &monitor;
  epoll_ctl(epoll_.get(), operation, monitor.fd(), &event);
}

}  // namespace netplumb
