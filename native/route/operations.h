// The operations of rtnetlink.
#pragma once

#include <span>

#include "netlink/operation.h"

namespace netplumb {

std::span<const Operation> routeOperations();

/// The operation's index in routeOperations(), or nullptr for a message type that none has.
const Operation* routeOperationByType(uint16_t messageType);

}  // namespace netplumb
