// All operations and events of all netlink protocols that are spoken here.
#pragma once

#include <span>

#include "netlink/event.h"
#include "netlink/operation.h"

namespace netplumb {

/// A netlink protocol (NETLINK_ROUTE, ...), which a socket is opened for.
struct Protocol {
  int number;
  std::span<const Operation> operations;
  std::span<const EventKind> events;
};

std::span<const Protocol> protocols();

/// Operations are numbered through all protocols; nullptr for a number that none has.
const Operation* operationByNumber(size_t number);

}  // namespace netplumb
