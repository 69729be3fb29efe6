// Ethernet frames that are sent as they are.
#pragma once

#include <string>

#include "netlink/reader.h"
#include "netlink/result.h"

namespace netplumb {

/// Sends a whole frame, header included, out of a link of the calling thread's network namespace (packet(7)).
/// EAFNOSUPPORT: the kernel has no packet sockets; EPERM: no CAP_NET_RAW; ENODEV: there is no such link.
Result<void> sendFrame(const std::string& link, Bytes frame);

}  // namespace netplumb
