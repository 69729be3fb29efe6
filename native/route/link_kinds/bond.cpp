// Several links made one, and its ports.
#include "route/link_kinds/kinds.h"

namespace netplumb {
namespace {

constexpr Name kModes[] = {
    {0, "balance-rr"}, {1, "active-backup"}, {2, "balance-xor"}, {3, "broadcast"},
    {4, "802.3ad"},    {5, "balance-tlb"},   {6, "balance-alb"},
};
constexpr Name kArpValidate[] = {
    {0, "none"}, {1, "active"}, {2, "backup"}, {3, "all"}, {4, "filter"}, {5, "filter_active"}, {6, "filter_backup"},
};
constexpr Name kArpAllTargets[] = {{0, "any"}, {1, "all"}};
constexpr Name kPrimaryReselect[] = {{0, "always"}, {1, "better"}, {2, "failure"}};
constexpr Name kFailOverMac[] = {{0, "none"}, {1, "active"}, {2, "follow"}};
constexpr Name kHashPolicies[] = {
    {0, "layer2"}, {1, "layer3+4"}, {2, "layer2+3"}, {3, "encap2+3"}, {4, "encap3+4"}, {5, "vlan+srcmac"},
};
constexpr Name kLacpRates[] = {{0, "slow"}, {1, "fast"}};
constexpr Name kAdSelect[] = {{0, "stable"}, {1, "bandwidth"}, {2, "count"}, {3, "actor_port_prio"}};
constexpr Name kPortStates[] = {{0, "active"}, {1, "backup"}};
constexpr Name kMiiStates[] = {{0, "up"}, {1, "goingDown"}, {2, "down"}, {3, "goingBack"}};
constexpr auto kIpv4 = ipv4();
constexpr auto kIpv6 = ipv6();

constexpr Field kAdInfoFields[] = {
    {1, "IFLA_BOND_AD_INFO_AGGREGATOR", "aggregator", u16(), "Id of the active aggregator."},
    {2, "IFLA_BOND_AD_INFO_NUM_PORTS", "numPorts", u16(), "Ports in it."},
    {3, "IFLA_BOND_AD_INFO_ACTOR_KEY", "actorKey", u16(), "This end's key."},
    {4, "IFLA_BOND_AD_INFO_PARTNER_KEY", "partnerKey", u16(), "The other end's key."},
    {5, "IFLA_BOND_AD_INFO_PARTNER_MAC", "partnerMac", mac(), "The other end's MAC address."},
};
constexpr Table kAdInfo{"BondAdInfo", "State of link aggregation.", kAdInfoFields};

constexpr Field kFields[] = {
    {1, "IFLA_BOND_MODE", "mode", enumeration(u8(), kModes), "How the ports are used; changes only without ports."},
    {2, "IFLA_BOND_ACTIVE_SLAVE", "activeSlave", link(), "The port in use; null chooses anew."},
    {3, "IFLA_BOND_MIIMON", "miimon", u32(), "Milliseconds between looks at the ports' carrier; 0: never."},
    {4, "IFLA_BOND_UPDELAY", "updelay", u32(), "Milliseconds that a carrier must last; a multiple of miimon."},
    {5, "IFLA_BOND_DOWNDELAY", "downdelay", u32(), "Milliseconds that a carrier must be gone; a multiple of miimon."},
    {6, "IFLA_BOND_USE_CARRIER", "useCarrier", boolean(), "Carrier as the driver tells; Linux 6.18 takes true only."},
    {7, "IFLA_BOND_ARP_INTERVAL", "arpInterval", u32(), "Milliseconds between ARP probes; 0: none."},
    {8, "IFLA_BOND_ARP_IP_TARGET", "arpIpTarget", list(kIpv4), "IPv4 addresses probed; at most 16."},
    {9, "IFLA_BOND_ARP_VALIDATE", "arpValidate", enumeration(u32(), kArpValidate), "Ports whose answers are checked."},
    {10, "IFLA_BOND_ARP_ALL_TARGETS", "arpAllTargets", enumeration(u32(), kArpAllTargets), "Targets that must answer."},
    {11, "IFLA_BOND_PRIMARY", "primary", link(), "The preferred port."},
    {12, "IFLA_BOND_PRIMARY_RESELECT", "primaryReselect", enumeration(u8(), kPrimaryReselect),
     "When the preferred port is taken again."},
    {13, "IFLA_BOND_FAIL_OVER_MAC", "failOverMac", enumeration(u8(), kFailOverMac),
     "Whose MAC address the bond has in mode 'active-backup'."},
    {14, "IFLA_BOND_XMIT_HASH_POLICY", "xmitHashPolicy", enumeration(u8(), kHashPolicies),
     "What of a packet chooses the port."},
    {15, "IFLA_BOND_RESEND_IGMP", "resendIgmp", u32().range(0, 255), "IGMP reports sent after a change of port."},
    {16, "IFLA_BOND_NUM_PEER_NOTIF", "numPeerNotif", u8(), "Notices to neighbours sent after a change of port."},
    {17, "IFLA_BOND_ALL_SLAVES_ACTIVE", "allSlavesActive", boolean(), "Ports not in use receive, too."},
    {18, "IFLA_BOND_MIN_LINKS", "minLinks", u32(), "Least ports for a carrier."},
    {19, "IFLA_BOND_LP_INTERVAL", "lpInterval", u32().scaled(1000),
     "Milliseconds (a multiple of 1000) between learning packets."},
    {20, "IFLA_BOND_PACKETS_PER_SLAVE", "packetsPerSlave", u32().range(0, 65535),
     "Packets sent by a port before the next in mode 'balance-rr'; 0: at random."},
    {21, "IFLA_BOND_AD_LACP_RATE", "adLacpRate", enumeration(u8(), kLacpRates), "How often the other end is to send."},
    {22, "IFLA_BOND_AD_SELECT", "adSelect", enumeration(u8(), kAdSelect), "How an aggregator is chosen."},
    {23, "IFLA_BOND_AD_INFO", "adInfo", nested(kAdInfo).readOnly(), "State of link aggregation."},
    {24, "IFLA_BOND_AD_ACTOR_SYS_PRIO", "adActorSysPrio", u16().range(1, 65535), "Priority of this system."},
    {25, "IFLA_BOND_AD_USER_PORT_KEY", "adUserPortKey", u16().range(0, 1023), "The administrator's part of the key."},
    {26, "IFLA_BOND_AD_ACTOR_SYSTEM", "adActorSystem", mac(), "MAC address of this system."},
    {27, "IFLA_BOND_TLB_DYNAMIC_LB", "tlbDynamicLb", boolean(), "Flows are moved by load in mode 'balance-tlb'."},
    {28, "IFLA_BOND_PEER_NOTIF_DELAY", "peerNotifDelay", u32(), "Milliseconds between notices to neighbours."},
    {29, "IFLA_BOND_AD_LACP_ACTIVE", "adLacpActive", boolean(), "LACP packets are sent unasked."},
    {30, "IFLA_BOND_MISSED_MAX", "missedMax", u8().range(1, 255), "Probes missed until a port counts as down."},
    {31, "IFLA_BOND_NS_IP6_TARGET", "nsIp6Target", list(kIpv6), "IPv6 addresses probed; at most 16."},
    {32, "IFLA_BOND_COUPLED_CONTROL", "coupledControl", boolean(), "LACP starts to collect and distribute at once."},
    {33, "IFLA_BOND_BROADCAST_NEIGH", "broadcastNeigh", boolean(), "ARP and ND go out by all ports in mode '802.3ad'."},
    {34, "IFLA_BOND_LACP_STRICT", "lacpStrict", boolean(), "No carrier as long as no port has a partner in LACP."},
};

constexpr Name kChurns[] = {{0, "monitoring"}, {1, "churned"}, {2, "none"}};

constexpr Field kPortFields[] = {
    {1, "IFLA_BOND_SLAVE_STATE", "state", enumeration(u8(), kPortStates).readOnly(), "Whether the port is in use."},
    {2, "IFLA_BOND_SLAVE_MII_STATUS", "miiStatus", enumeration(u8(), kMiiStates).readOnly(), "State of the carrier."},
    {3, "IFLA_BOND_SLAVE_LINK_FAILURE_COUNT", "linkFailureCount", u32().readOnly(), "How often the carrier went."},
    {4, "IFLA_BOND_SLAVE_PERM_HWADDR", "permHwaddr", mac().readOnly(), "MAC address that the port came with."},
    {5, "IFLA_BOND_SLAVE_QUEUE_ID", "queueId", u16(), "Queue of the bond that is sent by this port; 0: any."},
    {6, "IFLA_BOND_SLAVE_AD_AGGREGATOR_ID", "adAggregatorId", u16().readOnly(), "Id of the port's aggregator."},
    {7, "IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE", "adActorOperPortState", u8().readOnly(), "State bits of this end."},
    {8, "IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE", "adPartnerOperPortState", u16().readOnly(),
     "State bits of the other end."},
    {9, "IFLA_BOND_SLAVE_PRIO", "prio", s32(), "Priority of the port; the highest is used."},
    {10, "IFLA_BOND_SLAVE_ACTOR_PORT_PRIO", "actorPortPrio", u16(), "Priority of the port in LACP."},
    {11, "IFLA_BOND_SLAVE_AD_CHURN_ACTOR_STATE", "adChurnActorState", enumeration(u8(), kChurns).readOnly(),
     "Whether this end keeps changing its mind."},
    {12, "IFLA_BOND_SLAVE_AD_CHURN_PARTNER_STATE", "adChurnPartnerState", enumeration(u8(), kChurns).readOnly(),
     "Whether the other end does."},
};

}  // namespace

constinit const Table kBondOptions{"BondOptions", "Options of a 'bond' link.", kFields};
constinit const Table kBondPort{"BondPort", "Options of a bond's port.", kPortFields};

}  // namespace netplumb
