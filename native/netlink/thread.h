// Starts threads that leave signals to those who were there before.
#pragma once

#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>

namespace netplumb {

/// How much nicer our threads are than the process's first: where they wait for the RTNL lock they spin, and the event
/// loop is not to wait for that. No more than this, as others wait for the lock when we have it.
inline constexpr int kNiceness = 5;

/// Makes the calling thread so; the system ends at 19 by itself.
inline void beNice() {
  setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, static_cast<id_t>(getpid())) + kNiceness);
}

/// Gives the calling thread the CPUs of the process's first: who started it may be kept off some.
inline void beAnywhere() {
  cpu_set_t cpus;
  if (sched_getaffinity(getpid(), sizeof cpus, &cpus) == 0) sched_setaffinity(0, sizeof cpus, &cpus);
}

/// Runs `object->*run` on a new thread, all signals blocked there. False where the system has no thread left, where
/// std::thread would end the process.
template <auto run, class Object>
bool startThread(pthread_t& thread, Object* object) {
  // A new thread inherits the mask.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  const auto begin = [](void* given) -> void* {
    beNice();
    beAnywhere();
    (static_cast<Object*>(given)->*run)();
    return nullptr;
  };
  const bool started = pthread_create(&thread, nullptr, begin, object) == 0;
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return started;
}

}  // namespace netplumb
