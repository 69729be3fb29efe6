// How fast a link says that it is.
#pragma once

#include <cstdint>

#include "netlink/result.h"

namespace netplumb {

/// The speed of a link of the calling thread's network namespace in Mbit/s, as its driver tells it
/// (ETHTOOL_GSET); 0 where the driver tells none or does not know. ENODEV: there is no such link.
Result<uint32_t> linkSpeed(uint32_t index);

}  // namespace netplumb
