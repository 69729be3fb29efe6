// The events of rtnetlink.
#pragma once

#include <span>

#include "netlink/event.h"

namespace netplumb {

std::span<const EventKind> routeEvents();

}  // namespace netplumb
