#include "route/operations.h"

#include <linux/netlink.h>

#include "route/address.h"
#include "route/link.h"
#include "route/neighbour.h"
#include "route/nexthop.h"
#include "route/nsid.h"
#include "route/route.h"
#include "route/rule.h"

namespace netplumb {
namespace {

constexpr uint16_t kAdd = NLM_F_CREATE | NLM_F_EXCL;
constexpr uint16_t kReplace = NLM_F_CREATE | NLM_F_REPLACE;
constexpr uint16_t kAppend = NLM_F_CREATE | NLM_F_APPEND;
constexpr uint16_t kChange = NLM_F_REPLACE;

constexpr uint8_t kInet = 2;

constexpr auto kAck = Answer::kAck;
constexpr auto kOne = Answer::kOne;
constexpr auto kDump = Answer::kDump;

const Operation kOperations[] = {
    {"links.create", "RTM_NEWLINK", &kLink, 16, kAdd, kAck, true},
    {"links.set", "RTM_NEWLINK", &kLink, 16, 0, kAck, true},
    {"links.delete", "RTM_DELLINK", &kLink, 17, 0, kAck, true},
    {"links.get", "RTM_GETLINK", &kLink, 18, 0, kOne},
    {"links.list", "RTM_GETLINK", &kLink, 18, 0, kDump},
    {"links.addAltNames", "RTM_NEWLINKPROP", &kLink, 108, kAdd | NLM_F_APPEND, kAck, true},
    {"links.deleteAltNames", "RTM_DELLINKPROP", &kLink, 109, 0, kAck, true},

    {"addresses.add", "RTM_NEWADDR", &kAddress, 20, kAdd, kAck},
    {"addresses.replace", "RTM_NEWADDR", &kAddress, 20, kReplace, kAck},
    {"addresses.delete", "RTM_DELADDR", &kAddress, 21, 0, kAck},
    {"addresses.list", "RTM_GETADDR", &kAddress, 22, 0, kDump},

    {"routes.add", "RTM_NEWROUTE", &kRoute, 24, kAdd, kAck, false, kInet},
    {"routes.replace", "RTM_NEWROUTE", &kRoute, 24, kReplace, kAck, false, kInet},
    {"routes.append", "RTM_NEWROUTE", &kRoute, 24, kAppend, kAck, false, kInet},
    {"routes.change", "RTM_NEWROUTE", &kRoute, 24, kChange, kAck, false, kInet},
    {"routes.delete", "RTM_DELROUTE", &kRoute, 25, 0, kAck, false, kInet},
    {"routes.get", "RTM_GETROUTE", &kRoute, 26, 0, kOne, false, kInet},
    {"routes.list", "RTM_GETROUTE", &kRoute, 26, 0, kDump},

    {"neighbours.add", "RTM_NEWNEIGH", &kNeighbour, 28, kAdd, kAck},
    {"neighbours.replace", "RTM_NEWNEIGH", &kNeighbour, 28, kReplace, kAck},
    {"neighbours.append", "RTM_NEWNEIGH", &kNeighbour, 28, kAppend, kAck},
    {"neighbours.change", "RTM_NEWNEIGH", &kNeighbour, 28, kChange, kAck},
    {"neighbours.delete", "RTM_DELNEIGH", &kNeighbour, 29, 0, kAck},
    {"neighbours.get", "RTM_GETNEIGH", &kNeighbour, 30, 0, kOne},
    {"neighbours.list", "RTM_GETNEIGH", &kNeighbour, 30, 0, kDump},

    {"rules.add", "RTM_NEWRULE", &kRule, 32, kAdd, kAck, false, kInet},
    {"rules.delete", "RTM_DELRULE", &kRule, 33, 0, kAck, false, kInet},
    {"rules.list", "RTM_GETRULE", &kRule, 34, 0, kDump},

    {"netnsIds.set", "RTM_NEWNSID", &kNetnsId, 88, 0, kAck},
    {"netnsIds.get", "RTM_GETNSID", &kNetnsId, 90, 0, kOne},
    {"netnsIds.list", "RTM_GETNSID", &kNetnsId, 90, 0, kDump},

    {"nexthops.add", "RTM_NEWNEXTHOP", &kNexthop, 104, kAdd, kAck},
    {"nexthops.replace", "RTM_NEWNEXTHOP", &kNexthop, 104, kReplace, kAck},
    {"nexthops.delete", "RTM_DELNEXTHOP", &kNexthop, 105, 0, kAck},
    {"nexthops.get", "RTM_GETNEXTHOP", &kNexthop, 106, 0, kOne},
    {"nexthops.list", "RTM_GETNEXTHOP", &kNexthop, 106, 0, kDump},
};

}  // namespace

std::span<const Operation> routeOperations() { return kOperations; }

const Operation* routeOperationByType(uint16_t messageType) {
  // NEW, DEL, GET and SET of an object share the bits above the lowest two.
  for (const auto& operation : kOperations) {
    if (operation.type == messageType) return &operation;
  }
  for (const auto& operation : kOperations) {
    if ((operation.type & ~3) == (messageType & ~3)) return &operation;
  }
  return nullptr;
}

}  // namespace netplumb
