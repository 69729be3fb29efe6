#include "protocols.h"

#include <linux/netlink.h>

#include "netfilter/events.h"
#include "netfilter/operations.h"
#include "route/events.h"
#include "route/operations.h"

namespace netplumb {

std::span<const Protocol> protocols() {
  static const Protocol kProtocols[] = {
      {NETLINK_ROUTE, routeOperations(), routeEvents()},
      {NETLINK_NETFILTER, netfilterOperations(), netfilterEvents()},
  };
  return kProtocols;
}

const Operation* operationByNumber(size_t number) {
  for (const auto& protocol : protocols()) {
    if (number < protocol.operations.size()) return &protocol.operations[number];
    number -= protocol.operations.size();
  }
  return nullptr;
}

}  // namespace netplumb
