// Addresses of the network namespace that the calling thread is in.
#pragma once

#include "netlink/result.h"
#include "netlink/text.h"

namespace netplumb {

/// Waits until the kernel takes packets to an IPv6 address as its own. It begins to in its own time after
/// RTM_NEWADDR, also where there is no duplicate address detection: when a worker of its own has joined the address's
/// multicast group and added its route. ETIMEDOUT: it has not within half a minute.
Result<void> awaitAddress(const IpAddress& address);

}  // namespace netplumb
