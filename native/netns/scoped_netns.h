// The calling thread in another network namespace, for a while.
#pragma once

#include "netlink/fd.h"
#include "netlink/result.h"

namespace netplumb {

/// enter() takes the calling thread into a namespace; leave() must be called on the same thread, whatever happened in
/// between, and what to do when it fails is the caller's decision. Entering where the thread is already takes no
/// privilege.
class ScopedNetns {
 public:
  static Result<ScopedNetns> enter(int netns);
  Result<void> leave();

 private:
  explicit ScopedNetns(Fd home) : home_(std::move(home)) {}

  Fd home_;  ///< none: the thread has not left, or is back
};

}  // namespace netplumb
