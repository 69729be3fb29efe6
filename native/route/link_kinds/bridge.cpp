// An Ethernet bridge, and its ports.
#include "route/link_kinds/kinds.h"

namespace netplumb {
namespace {

constexpr Name kStp[] = {{0, "off"}, {1, "kernel"}, {2, "user"}};
constexpr Name kPortStates[] = {
    {0, "disabled"}, {1, "listening"}, {2, "learning"}, {3, "forwarding"}, {4, "blocking"},
};
constexpr Name kRouters[] = {{0, "disabled"}, {1, "query"}, {2, "permanent"}, {3, "temporary"}};

constexpr Field kIdFields[] = {
    {0, "prio", "priority", be16(), "Priority; the lowest wins."},
    {2, "addr", "address", mac(), "MAC address."},
};
constexpr Table kId{"BridgeId", "A bridge in the spanning tree.", kIdFields, 8};

// Shown and set one by one: the word at 0 has the values, that at 4 tells which of them are meant.
constexpr Field kBooleanFields[] = {
    {0, "BR_BOOLOPT_NO_LL_LEARN", "noLinkLocalLearn", bit(0x1), "Link-local frames teach no addresses."},
    {0, "BR_BOOLOPT_MCAST_VLAN_SNOOPING", "mcastVlanSnooping", bit(0x2), "Multicast snooping is done by VLAN."},
    {0, "BR_BOOLOPT_MST_ENABLE", "mstEnabled", bit(0x4), "Multiple spanning trees, a state by VLAN."},
    {0, "BR_BOOLOPT_MDB_OFFLOAD_FAIL_NOTIFICATION", "mdbOffloadFailNotification", bit(0x8),
     "Tells when hardware does not take a multicast entry."},
    {0, "BR_BOOLOPT_FDB_LOCAL_VLAN_0", "fdbLocalVlan0", bit(0x10), "Local addresses are kept once, under VLAN 0."},
};
constexpr Table kBooleans{"BridgeBooleans", "struct br_boolopt_multi", kBooleanFields, 8};

constexpr Field kQuerierFields[] = {
    {1, "BRIDGE_QUERIER_IP_ADDRESS", "ipAddress", ipv4(), "Address of the IGMP querier."},
    {2, "BRIDGE_QUERIER_IP_PORT", "ipPort", link(), "Port that the IGMP querier is behind."},
    {3, "BRIDGE_QUERIER_IP_OTHER_TIMER", "ipOtherTimer", u64().scaled(10), "Milliseconds until it counts as gone."},
    {4, "BRIDGE_QUERIER_PAD", "", pad(), ""},
    {5, "BRIDGE_QUERIER_IPV6_ADDRESS", "ipv6Address", ipv6(), "Address of the MLD querier."},
    {6, "BRIDGE_QUERIER_IPV6_PORT", "ipv6Port", link(), "Port that the MLD querier is behind."},
    {7, "BRIDGE_QUERIER_IPV6_OTHER_TIMER", "ipv6OtherTimer", u64().scaled(10), "Milliseconds until it counts as gone."},
};
constexpr Table kQuerier{"BridgeQuerierState", "Multicast queriers that the bridge has elected.", kQuerierFields};

constexpr Name kStpModes[] = {{0, "auto"}, {1, "user"}, {2, "kernel"}};
constexpr Field kFields[] = {
    {1, "IFLA_BR_FORWARD_DELAY", "forwardDelay", u32().scaled(10),
     "Milliseconds (a multiple of 10) that a port stays in each of the states 'listening' and 'learning'."},
    {2, "IFLA_BR_HELLO_TIME", "helloTime", u32().scaled(10), "Milliseconds (a multiple of 10) between hello packets."},
    {3, "IFLA_BR_MAX_AGE", "maxAge", u32().scaled(10),
     "Milliseconds (a multiple of 10) until another bridge counts as gone."},
    {4, "IFLA_BR_AGEING_TIME", "ageingTime", u32().scaled(10),
     "Milliseconds (a multiple of 10) until a learned address is forgotten; 0: learn nothing."},
    {5, "IFLA_BR_STP_STATE", "stpState", enumeration(u32(), kStp), "Who runs the spanning tree protocol."},
    {6, "IFLA_BR_PRIORITY", "priority", u16(), "Priority in the spanning tree; the lowest becomes root."},
    {7, "IFLA_BR_VLAN_FILTERING", "vlanFiltering", boolean(), "Frames are filtered by VLAN."},
    {8, "IFLA_BR_VLAN_PROTOCOL", "vlanProtocol", enumeration(be16(), kVlanProtocols), "Protocol of the VLAN tags."},
    {9, "IFLA_BR_GROUP_FWD_MASK", "groupFwdMask", u16(),
     "Mask of the link-local groups 01:80:c2:00:00:0X that are forwarded (bit X)."},
    {10, "IFLA_BR_ROOT_ID", "rootId", structure(kId).readOnly(), "The root of the spanning tree."},
    {11, "IFLA_BR_BRIDGE_ID", "bridgeId", structure(kId).readOnly(), "This bridge."},
    {12, "IFLA_BR_ROOT_PORT", "rootPort", u16().readOnly(), "Number of the port towards the root; 0: none."},
    {13, "IFLA_BR_ROOT_PATH_COST", "rootPathCost", u32().readOnly(), "Cost of the path to the root."},
    {14, "IFLA_BR_TOPOLOGY_CHANGE", "topologyChange", boolean().readOnly(), "A change of topology is being announced."},
    {15, "IFLA_BR_TOPOLOGY_CHANGE_DETECTED", "topologyChangeDetected", boolean().readOnly(),
     "This bridge found the change."},
    {16, "IFLA_BR_HELLO_TIMER", "helloTimer", u64().scaled(10).readOnly(), "Milliseconds to the next hello packet."},
    {17, "IFLA_BR_TCN_TIMER", "tcnTimer", u64().scaled(10).readOnly(),
     "Milliseconds to the next notice of a changed topology."},
    {18, "IFLA_BR_TOPOLOGY_CHANGE_TIMER", "topologyChangeTimer", u64().scaled(10).readOnly(),
     "Milliseconds that a change of topology stays announced."},
    {19, "IFLA_BR_GC_TIMER", "gcTimer", u64().scaled(10).readOnly(), "Milliseconds to the next clearing of addresses."},
    {20, "IFLA_BR_GROUP_ADDR", "groupAddr", mac(), "Group address of the spanning tree protocol."},
    {21, "IFLA_BR_FDB_FLUSH", "fdbFlush", flag().writeOnly(), "Forgets all learned addresses."},
    {22, "IFLA_BR_MCAST_ROUTER", "mcastRouter", enumeration(u8(), kRouters),
     "Whether the bridge itself counts as a multicast router; 'query': as long as queries tell so."},
    {23, "IFLA_BR_MCAST_SNOOPING", "mcastSnooping", boolean(), "Multicast goes only where it is listened to."},
    {24, "IFLA_BR_MCAST_QUERY_USE_IFADDR", "mcastQueryUseIfaddr", boolean(),
     "Queries are sent from the bridge's address, not from 0.0.0.0."},
    {25, "IFLA_BR_MCAST_QUERIER", "mcastQuerier", boolean(), "The bridge sends multicast queries."},
    {26, "IFLA_BR_MCAST_HASH_ELASTICITY", "mcastHashElasticity", u32().readOnly(), "Without meaning today; always 16."},
    {27, "IFLA_BR_MCAST_HASH_MAX", "mcastHashMax", u32(), "Most multicast entries; a power of two."},
    {28, "IFLA_BR_MCAST_LAST_MEMBER_CNT", "mcastLastMemberCnt", u32(), "Queries sent after a member has left."},
    {29, "IFLA_BR_MCAST_STARTUP_QUERY_CNT", "mcastStartupQueryCnt", u32(), "Queries sent in the startup phase."},
    {30, "IFLA_BR_MCAST_LAST_MEMBER_INTVL", "mcastLastMemberIntvl", u64().scaled(10),
     "Milliseconds (a multiple of 10) between queries after a member has left."},
    {31, "IFLA_BR_MCAST_MEMBERSHIP_INTVL", "mcastMembershipIntvl", u64().scaled(10),
     "Milliseconds (a multiple of 10) until a silent member counts as gone."},
    {32, "IFLA_BR_MCAST_QUERIER_INTVL", "mcastQuerierIntvl", u64().scaled(10),
     "Milliseconds (a multiple of 10) until another querier counts as gone."},
    {33, "IFLA_BR_MCAST_QUERY_INTVL", "mcastQueryIntvl", u64().scaled(10),
     "Milliseconds (a multiple of 10) between queries."},
    {34, "IFLA_BR_MCAST_QUERY_RESPONSE_INTVL", "mcastQueryResponseIntvl", u64().scaled(10),
     "Milliseconds (a multiple of 10) that members have for an answer."},
    {35, "IFLA_BR_MCAST_STARTUP_QUERY_INTVL", "mcastStartupQueryIntvl", u64().scaled(10),
     "Milliseconds (a multiple of 10) between queries in the startup phase."},
    {36, "IFLA_BR_NF_CALL_IPTABLES", "nfCallIptables", boolean(), "Bridged IPv4 passes netfilter's IP hooks."},
    {37, "IFLA_BR_NF_CALL_IP6TABLES", "nfCallIp6tables", boolean(), "Bridged IPv6 passes netfilter's IP hooks."},
    {38, "IFLA_BR_NF_CALL_ARPTABLES", "nfCallArptables", boolean(), "Bridged ARP passes netfilter's ARP hooks."},
    {39, "IFLA_BR_VLAN_DEFAULT_PVID", "vlanDefaultPvid", u16().range(0, 4094),
     "VLAN of untagged frames on new ports; 0: none."},
    {40, "IFLA_BR_PAD", "", pad(), ""},
    {41, "IFLA_BR_VLAN_STATS_ENABLED", "vlanStatsEnabled", boolean(), "Counts by VLAN."},
    {42, "IFLA_BR_MCAST_STATS_ENABLED", "mcastStatsEnabled", boolean(), "Counts IGMP and MLD packets."},
    {43, "IFLA_BR_MCAST_IGMP_VERSION", "mcastIgmpVersion", u8().range(2, 3), "Version of IGMP."},
    {44, "IFLA_BR_MCAST_MLD_VERSION", "mcastMldVersion", u8().range(1, 2), "Version of MLD."},
    {45, "IFLA_BR_VLAN_STATS_PER_PORT", "vlanStatsPerPort", boolean(),
     "Counts by VLAN and port; can change only while no VLAN is set on a port."},
    {46, "IFLA_BR_MULTI_BOOLOPT", "", structure(kBooleans), ""},
    {47, "IFLA_BR_MCAST_QUERIER_STATE", "mcastQuerierState", nested(kQuerier).readOnly(),
     "Multicast queriers that the bridge has elected."},
    {48, "IFLA_BR_FDB_N_LEARNED", "fdbNLearned", u32().readOnly(), "Number of learned addresses."},
    {49, "IFLA_BR_FDB_MAX_LEARNED", "fdbMaxLearned", u32(), "Most addresses that are learned; 0: no limit."},
    {50, "IFLA_BR_STP_MODE", "stpMode", enumeration(u32(), kStpModes),
     "Who does the spanning tree; set while it is off."},
};

constexpr Field kPortFields[] = {
    {1, "IFLA_BRPORT_STATE", "state", enumeration(u8(), kPortStates), "State in the spanning tree."},
    {2, "IFLA_BRPORT_PRIORITY", "priority", u16().range(0, 63), "Priority in the spanning tree; the lowest wins."},
    {3, "IFLA_BRPORT_COST", "cost", u32().range(1, 65535), "Cost of the path through this port."},
    {4, "IFLA_BRPORT_MODE", "hairpin", boolean(), "Frames may leave by the port they came in by."},
    {5, "IFLA_BRPORT_GUARD", "guard", boolean(), "The port goes down when a spanning tree packet comes in."},
    {6, "IFLA_BRPORT_PROTECT", "rootBlock", boolean(), "The port may not become the root port."},
    {7, "IFLA_BRPORT_FAST_LEAVE", "fastLeave", boolean(), "A leave message ends the group on the port at once."},
    {8, "IFLA_BRPORT_LEARNING", "learning", boolean(), "Source addresses are learned."},
    {9, "IFLA_BRPORT_UNICAST_FLOOD", "flood", boolean(), "Unicast to unknown addresses goes out here."},
    {10, "IFLA_BRPORT_PROXYARP", "proxyArp", boolean(), "ARP is answered for neighbours of the bridge."},
    {11, "IFLA_BRPORT_LEARNING_SYNC", "learningSync", boolean(), "Addresses learned by hardware are taken over."},
    {12, "IFLA_BRPORT_PROXYARP_WIFI", "proxyArpWifi", boolean(), "Proxy ARP as wireless access points do it."},
    {13, "IFLA_BRPORT_ROOT_ID", "rootId", structure(kId).readOnly(), "The root of the spanning tree."},
    {14, "IFLA_BRPORT_BRIDGE_ID", "bridgeId", structure(kId).readOnly(), "The designated bridge of the segment."},
    {15, "IFLA_BRPORT_DESIGNATED_PORT", "designatedPort", u16().readOnly(), "The designated port of the segment."},
    {16, "IFLA_BRPORT_DESIGNATED_COST", "designatedCost", u16().readOnly(), "Cost from it to the root."},
    {17, "IFLA_BRPORT_ID", "id", u16().readOnly(), "Id of the port: priority and number."},
    {18, "IFLA_BRPORT_NO", "no", u16().readOnly(), "Number of the port."},
    {19, "IFLA_BRPORT_TOPOLOGY_CHANGE_ACK", "topologyChangeAck", boolean().readOnly(),
     "A notice of changed topology is to be acknowledged."},
    {20, "IFLA_BRPORT_CONFIG_PENDING", "configPending", boolean().readOnly(), "A packet waits to be sent."},
    {21, "IFLA_BRPORT_MESSAGE_AGE_TIMER", "messageAgeTimer", u64().scaled(10).readOnly(),
     "Milliseconds until what the segment told is forgotten."},
    {22, "IFLA_BRPORT_FORWARD_DELAY_TIMER", "forwardDelayTimer", u64().scaled(10).readOnly(),
     "Milliseconds to the next state."},
    {23, "IFLA_BRPORT_HOLD_TIMER", "holdTimer", u64().scaled(10).readOnly(),
     "Milliseconds until another spanning tree packet may be sent."},
    {24, "IFLA_BRPORT_FLUSH", "flush", flag().writeOnly(), "Forgets the addresses learned on this port."},
    {25, "IFLA_BRPORT_MULTICAST_ROUTER", "multicastRouter", enumeration(u8(), kRouters),
     "Whether a multicast router is behind the port; 'query': as long as queries tell so."},
    {26, "IFLA_BRPORT_PAD", "", pad(), ""},
    {27, "IFLA_BRPORT_MCAST_FLOOD", "mcastFlood", boolean(), "Multicast to unknown groups goes out here."},
    {28, "IFLA_BRPORT_MCAST_TO_UCAST", "mcastToUnicast", boolean(), "Multicast goes to each listener as unicast."},
    {29, "IFLA_BRPORT_VLAN_TUNNEL", "vlanTunnel", boolean(), "VLANs are mapped to tunnel ids."},
    {30, "IFLA_BRPORT_BCAST_FLOOD", "bcastFlood", boolean(), "Broadcasts go out here."},
    {31, "IFLA_BRPORT_GROUP_FWD_MASK", "groupFwdMask", u16(),
     "Mask of the link-local groups 01:80:c2:00:00:0X that are forwarded (bit X)."},
    {32, "IFLA_BRPORT_NEIGH_SUPPRESS", "neighSuppress", boolean(),
     "ARP and ND of known neighbours do not go out here."},
    {33, "IFLA_BRPORT_ISOLATED", "isolated", boolean(), "No frames to or from other isolated ports."},
    {34, "IFLA_BRPORT_BACKUP_PORT", "backupPort", link(), "Port that takes over when this one has no carrier."},
    {35, "IFLA_BRPORT_MRP_RING_OPEN", "mrpRingOpen", boolean().readOnly(), "The ring (MRP) is open."},
    {36, "IFLA_BRPORT_MRP_IN_OPEN", "mrpInOpen", boolean().readOnly(), "The interconnection ring (MRP) is open."},
    {37, "IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT", "mcastEhtHostsLimit", u32(), "Most hosts tracked for multicast."},
    {38, "IFLA_BRPORT_MCAST_EHT_HOSTS_CNT", "mcastEhtHostsCnt", u32().readOnly(), "Hosts tracked for multicast."},
    {39, "IFLA_BRPORT_LOCKED", "locked", boolean(), "Frames from addresses not known here are dropped."},
    {40, "IFLA_BRPORT_MAB", "mab", boolean(), "On a locked port: unknown addresses are noted as locked entries."},
    {41, "IFLA_BRPORT_MCAST_N_GROUPS", "mcastNGroups", u32().readOnly(), "Multicast groups joined on this port."},
    {42, "IFLA_BRPORT_MCAST_MAX_GROUPS", "mcastMaxGroups", u32(), "Most multicast groups; 0: no limit."},
    {43, "IFLA_BRPORT_NEIGH_VLAN_SUPPRESS", "neighVlanSuppress", boolean(), "neighSuppress is set by VLAN."},
    {44, "IFLA_BRPORT_BACKUP_NHID", "backupNhid", u32(), "Nexthop id given to frames sent by the backup port."},
    {45, "IFLA_BRPORT_NEIGH_FORWARD_GRAT", "neighForwardGrat", boolean(),
     "Gratuitous ARP and unsolicited ND go out for all of neighSuppress."},
};

}  // namespace

constinit const Table kBridgeOptions{"BridgeOptions", "Options of a 'bridge' link.", kFields};
constinit const Table kBridgePort{"BridgePort", "Options of a bridge's port.", kPortFields};

}  // namespace netplumb
