// The events of nfnetlink.
#pragma once

#include <span>

#include "netlink/event.h"

namespace netplumb {

std::span<const EventKind> netfilterEvents();

}  // namespace netplumb
