#include "route/operations.h"

#include <linux/netlink.h>

#include "route/address.h"
#include "route/bridge.h"
#include "route/link.h"
#include "route/neighbour.h"
#include "route/nexthop.h"
#include "route/nsid.h"
#include "route/route.h"
#include "route/rule.h"
#include "route/tc/tc.h"

namespace netplumb {
namespace {

constexpr uint16_t kAdd = NLM_F_CREATE | NLM_F_EXCL;
constexpr uint16_t kReplace = NLM_F_CREATE | NLM_F_REPLACE;
constexpr uint16_t kAppend = NLM_F_CREATE | NLM_F_APPEND;
constexpr uint16_t kPrepend = NLM_F_CREATE;
constexpr uint16_t kChange = NLM_F_REPLACE;

// Of traffic control the kernel tells one object only as an echo of the notification to others.
constexpr uint16_t kEcho = NLM_F_ECHO;

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
    {"routes.prepend", "RTM_NEWROUTE", &kRoute, 24, kPrepend, kAck, false, kInet},
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

    {"qdiscs.add", "RTM_NEWQDISC", &kQdisc, 36, kAdd, kAck},
    {"qdiscs.replace", "RTM_NEWQDISC", &kQdisc, 36, kReplace, kAck},
    {"qdiscs.change", "RTM_NEWQDISC", &kQdisc, 36, 0, kAck},
    {"qdiscs.move", "RTM_NEWQDISC", &kQdisc, 36, kChange, kAck},
    {"qdiscs.delete", "RTM_DELQDISC", &kQdisc, 37, 0, kAck},
    {"qdiscs.get", "RTM_GETQDISC", &kQdisc, 38, kEcho, kOne},
    {"qdiscs.list", "RTM_GETQDISC", &kQdisc, 38, 0, kDump},

    {"classes.add", "RTM_NEWTCLASS", &kTcClass, 40, kAdd, kAck},
    {"classes.replace", "RTM_NEWTCLASS", &kTcClass, 40, kReplace, kAck},
    {"classes.change", "RTM_NEWTCLASS", &kTcClass, 40, 0, kAck},
    {"classes.delete", "RTM_DELTCLASS", &kTcClass, 41, 0, kAck},
    {"classes.get", "RTM_GETTCLASS", &kTcClass, 42, kEcho, kOne},
    {"classes.list", "RTM_GETTCLASS", &kTcClass, 42, 0, kDump},

    {"filters.add", "RTM_NEWTFILTER", &kTcFilter, 44, kAdd, kAck},
    {"filters.replace", "RTM_NEWTFILTER", &kTcFilter, 44, NLM_F_CREATE, kAck},
    {"filters.change", "RTM_NEWTFILTER", &kTcFilter, 44, 0, kAck},
    {"filters.delete", "RTM_DELTFILTER", &kTcFilter, 45, 0, kAck},
    {"filters.get", "RTM_GETTFILTER", &kTcFilter, 46, kEcho, kOne},
    {"filters.list", "RTM_GETTFILTER", &kTcFilter, 46, 0, kDump},

    {"actions.add", "RTM_NEWACTION", &kTcActions, 48, kAdd, kAck},
    {"actions.replace", "RTM_NEWACTION", &kTcActions, 48, kReplace, kAck},
    {"actions.delete", "RTM_DELACTION", &kTcActions, 49, 0, kAck},
    {"actions.flush", "RTM_DELACTION", &kTcActions, 49, NLM_F_ROOT, kAck},
    {"actions.get", "RTM_GETACTION", &kTcActions, 50, kEcho, kOne},
    {"actions.list", "RTM_GETACTION", &kTcActions, 50, 0, kDump},

    {"mdb.add", "RTM_NEWMDB", &kMdbChange, 84, kAdd, kAck},
    {"mdb.replace", "RTM_NEWMDB", &kMdbChange, 84, kReplace, kAck},
    {"mdb.delete", "RTM_DELMDB", &kMdbChange, 85, 0, kAck},
    {"mdb.list", "RTM_GETMDB", &kMdb, 86, 0, kDump},

    {"netnsIds.set", "RTM_NEWNSID", &kNetnsId, 88, 0, kAck},
    {"netnsIds.get", "RTM_GETNSID", &kNetnsId, 90, 0, kOne},
    {"netnsIds.list", "RTM_GETNSID", &kNetnsId, 90, 0, kDump},

    {"chains.add", "RTM_NEWCHAIN", &kTcChain, 100, kAdd, kAck},
    {"chains.delete", "RTM_DELCHAIN", &kTcChain, 101, 0, kAck},
    {"chains.get", "RTM_GETCHAIN", &kTcChain, 102, kEcho, kOne},
    {"chains.list", "RTM_GETCHAIN", &kTcChain, 102, 0, kDump},

    {"nexthops.add", "RTM_NEWNEXTHOP", &kNexthop, 104, kAdd, kAck},
    {"nexthops.replace", "RTM_NEWNEXTHOP", &kNexthop, 104, kReplace, kAck},
    {"nexthops.delete", "RTM_DELNEXTHOP", &kNexthop, 105, 0, kAck},
    {"nexthops.get", "RTM_GETNEXTHOP", &kNexthop, 106, 0, kOne},
    {"nexthops.list", "RTM_GETNEXTHOP", &kNexthop, 106, 0, kDump},
    {"nexthops.buckets", "RTM_GETNEXTHOPBUCKET", &kNexthopBucket, 118, 0, kDump},

    {"bridgeVlans.add", "RTM_NEWVLAN", &kBridgeVlans, 112, 0, kAck},
    {"bridgeVlans.delete", "RTM_DELVLAN", &kBridgeVlans, 113, 0, kAck},
    {"bridgeVlans.list", "RTM_GETVLAN", &kBridgeVlans, 114, 0, kDump},

    {"vxlanVnis.add", "RTM_NEWTUNNEL", &kVxlanVnis, 120, 0, kAck},
    {"vxlanVnis.delete", "RTM_DELTUNNEL", &kVxlanVnis, 121, 0, kAck},
    {"vxlanVnis.list", "RTM_GETTUNNEL", &kVxlanVnis, 122, 0, kDump},
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
