// Hierarchies of control groups.
#pragma once

#include <string>

#include "netlink/result.h"

namespace netplumb {

/// Mounts a hierarchy of version 1 with a controller such as net_cls, or that of version 2 for an empty name.
/// EBUSY: the controller is in another hierarchy, with others; ENOENT or ENODEV: the kernel lacks it.
Result<void> mountCgroup(const std::string& controller, const std::string& path);

}  // namespace netplumb
