#include "netns/scoped_netns.h"

#include "netns/netns.h"

namespace netplumb {

Result<ScopedNetns> ScopedNetns::enter(int netns) {
  auto home = openNetns(NetnsRef::current());
  if (!home) return home.failure();
  if (isSameNetns(netns, home->get())) return ScopedNetns(Fd());
  if (auto entered = enterNetns(netns); !entered) return entered.failure();
  return ScopedNetns(std::move(*home));
}

Result<void> ScopedNetns::leave() {
  if (!home_) return {};
  auto left = enterNetns(home_.get());
  if (left) home_.reset();
  return left;
}

}  // namespace netplumb
