#include "route/events.h"

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

constexpr uint8_t kBridge = 7;  // AF_BRIDGE

constexpr EventGroup kLinkGroups[] = {{1}};
constexpr EventGroup kNeighbourGroups[] = {{3}};
constexpr EventGroup kTcGroups[] = {{4}};
constexpr EventGroup kAddressGroups[] = {{5}, {9}};       // IPv4, IPv6
constexpr EventGroup kRouteGroups[] = {{7}, {11}, {27}};  // IPv4, IPv6, MPLS
constexpr EventGroup kRuleGroups[] = {{8}, {19}};         // IPv4, IPv6
constexpr EventGroup kMdbGroups[] = {{26}};
constexpr EventGroup kBridgeVlanGroups[] = {{33}};
constexpr EventGroup kTunnelGroups[] = {{35}};
constexpr EventGroup kNetnsIdGroups[] = {{28}};
constexpr EventGroup kNexthopGroups[] = {{32}};

const EventKind kEvents[] = {
    // A port that leaves its bridge is told by RTM_DELLINK, too: of family AF_BRIDGE.
    {"bridgePort", &kLink, 16, 17, 18, kLinkGroups, kBridge},
    {"link", &kLink, 16, 17, 18, kLinkGroups},
    {"address", &kAddress, 20, 21, 22, kAddressGroups},
    {"route", &kRoute, 24, 25, 26, kRouteGroups},
    {"fdb", &kNeighbour, 28, 29, 30, kNeighbourGroups, kBridge},
    {"neighbour", &kNeighbour, 28, 29, 30, kNeighbourGroups},
    {"rule", &kRule, 32, 33, 34, kRuleGroups},
    {"qdisc", &kQdisc, 36, 37, 38, kTcGroups},
    // Those of one link only can be listed.
    {"class", &kTcClass, 40, 41, 0, kTcGroups},
    {"filter", &kTcFilter, 44, 45, 0, kTcGroups},
    {"action", &kTcActions, 48, 49, 0, kTcGroups},
    {"mdb", &kMdb, 84, 85, 86, kMdbGroups, kBridge},
    {"netnsId", &kNetnsId, 88, 89, 90, kNetnsIdGroups},
    {"chain", &kTcChain, 100, 101, 0, kTcGroups},
    {"nexthop", &kNexthop, 104, 105, 106, kNexthopGroups},
    {"bridgeVlan", &kBridgeVlans, 112, 113, 114, kBridgeVlanGroups, kBridge},
    {"vxlanVni", &kVxlanVnis, 120, 121, 122, kTunnelGroups, kBridge},
};

}  // namespace

std::span<const EventKind> routeEvents() { return kEvents; }

}  // namespace netplumb
