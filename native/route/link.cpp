#include "route/link.h"

#include "route/link_kinds/kinds.h"
#include "route/names.h"

namespace netplumb {
namespace {

// ARPHRD_*, as iproute2 prints them.
constexpr Name kTypes[] = {
    {1, "ether"},     {32, "infiniband"},  {256, "slip"},         {280, "can"},
    {290, "mctp"},    {512, "ppp"},        {519, "rawip"},        {768, "ipip"},
    {769, "tunnel6"}, {772, "loopback"},   {776, "sit"},          {778, "gre"},
    {779, "pimreg"},  {801, "ieee802.11"}, {804, "ieee802.15.4"}, {803, "ieee802.11/radiotap"},
    {823, "gre6"},    {824, "netlink"},    {825, "6lowpan"},      {826, "vsockmon"},
    {0xfffe, "none"}, {0xffff, "void"},
};

constexpr Name kFlags[] = {
    {0x2, "broadcast"},   {0x1000, "multicast"}, {0x1, "up"},         {0x10000, "lowerUp"},  {0x80, "noarp"},
    {0x100, "promisc"},   {0x200, "allmulti"},   {0x8, "loopback"},   {0x10, "pointopoint"}, {0x4, "debug"},
    {0x8000, "dynamic"},  {0x400, "master"},     {0x800, "slave"},    {0x40, "running"},     {0x40000, "echo"},
    {0x20000, "dormant"}, {0x20, "notrailers"},  {0x2000, "portsel"}, {0x4000, "automedia"},
};

constexpr Name kOperStates[] = {
    {0, "unknown"}, {1, "notPresent"}, {2, "down"}, {3, "lowerLayerDown"}, {4, "testing"}, {5, "dormant"}, {6, "up"},
};
constexpr Name kLinkModes[] = {{0, "default"}, {1, "dormant"}, {2, "testing"}};
constexpr Name kEvents[] = {
    {0, "none"},        {1, "reboot"},     {2, "features"},       {3, "bondingFailover"},
    {4, "notifyPeers"}, {5, "igmpResend"}, {6, "bondingOptions"},
};
constexpr Name kExtMasks[] = {
    {0x1, "vf"},   {0x2, "bridgeVlan"}, {0x4, "bridgeVlanCompressed"}, {0x8, "skipStats"},
    {0x10, "mrp"}, {0x20, "cfmConfig"}, {0x40, "cfmStatus"},           {0x80, "mst"},
};
constexpr Name kXdpModes[] = {{0, "none"}, {1, "driver"}, {2, "generic"}, {3, "offload"}, {4, "multi"}};
constexpr Name kAddrGenModes[] = {{0, "eui64"}, {1, "none"}, {2, "stableSecret"}, {3, "random"}};
constexpr Name kInet6Flags[] = {
    {0x10, "rsSent"}, {0x20, "raReceived"}, {0x40, "raManaged"}, {0x80, "raOther"}, {0x80000000, "ready"},
};

constexpr Field kHeaderFields[] = {
    {0, "ifi_family", "family", enumeration(u8(), kFamilies),
     "'unspec'; in events, 'bridge' tells of a bridge's port rather than of the link itself."},
    {2, "ifi_type", "type", enumeration(u16(), kTypes).readOnly(), "Hardware type of the link."},
    {4, "ifi_index", "index", s32().range(0, INT32_MAX), "Index; when creating, chosen by the kernel if left out."},
    {4, "ifi_index", "ref", link().writeOnly(), "The link that a request is about."},
    {8, "ifi_flags", "flags", flags(u32(), kFlags).readOnly(), "State of the link."},
    {8, "IFF_UP", "up", bit(0x1), "Whether the link is administratively up."},
    {8, "IFF_NOARP", "arp", bit(0x80, true), "Whether neighbours are resolved."},
    {8, "IFF_PROMISC", "promisc", bit(0x100), "Receive all frames; asked for by an administrator."},
    {8, "IFF_ALLMULTI", "allmulti", bit(0x200), "Receive all multicast; asked for by an administrator."},
    {8, "IFF_MULTICAST", "multicast", bit(0x1000), "Whether the link can send multicast."},
    {8, "IFF_DYNAMIC", "dynamic", bit(0x8000), "Addresses are lost when the link goes down; a note only."},
};
constexpr Table kHeader{"LinkHeader", "struct ifinfomsg", kHeaderFields, 16};

constexpr Field kStatsFields[] = {
    {0, "rx_packets", "rxPackets", u64(), "Packets received."},
    {8, "tx_packets", "txPackets", u64(), "Packets sent."},
    {16, "rx_bytes", "rxBytes", u64(), "Bytes received."},
    {24, "tx_bytes", "txBytes", u64(), "Bytes sent."},
    {32, "rx_errors", "rxErrors", u64(), "Bad packets received."},
    {40, "tx_errors", "txErrors", u64(), "Packets that could not be sent."},
    {48, "rx_dropped", "rxDropped", u64(), "Packets received but not processed."},
    {56, "tx_dropped", "txDropped", u64(), "Packets dropped on their way out."},
    {64, "multicast", "multicast", u64(), "Multicast packets received."},
    {72, "collisions", "collisions", u64(), "Collisions while sending."},
    {80, "rx_length_errors", "rxLengthErrors", u64(), "Packets of a wrong length."},
    {88, "rx_over_errors", "rxOverErrors", u64(), "Overflows of the receive ring."},
    {96, "rx_crc_errors", "rxCrcErrors", u64(), "Packets with a wrong checksum."},
    {104, "rx_frame_errors", "rxFrameErrors", u64(), "Misaligned frames."},
    {112, "rx_fifo_errors", "rxFifoErrors", u64(), "Overflows of the receive FIFO."},
    {120, "rx_missed_errors", "rxMissedErrors", u64(), "Packets missed for want of buffers."},
    {128, "tx_aborted_errors", "txAbortedErrors", u64(), "Sends that were aborted."},
    {136, "tx_carrier_errors", "txCarrierErrors", u64(), "Sends lost with the carrier."},
    {144, "tx_fifo_errors", "txFifoErrors", u64(), "Underruns of the send FIFO."},
    {152, "tx_heartbeat_errors", "txHeartbeatErrors", u64(), "Heartbeat errors (SQE)."},
    {160, "tx_window_errors", "txWindowErrors", u64(), "Late collisions."},
    {168, "rx_compressed", "rxCompressed", u64(), "Compressed packets received."},
    {176, "tx_compressed", "txCompressed", u64(), "Compressed packets sent."},
    {184, "rx_nohandler", "rxNohandler", u64(), "Packets that nobody wanted."},
    {192, "rx_otherhost_dropped", "rxOtherhostDropped", u64(), "Packets dropped as being for another host."},
};
constexpr Table kStats{"LinkStats", "Counters since the link was made.", kStatsFields, 200};

// A kind without options of its own.
constexpr Table kNoOptions{"NoOptions", "This kind of link has no options.", {}};

constexpr Choice kKinds[] = {
    {"amt", &kAmtOptions},        {"bareudp", &kBareudpOptions},  {"batadv", &kBatadvOptions},
    {"bond", &kBondOptions},      {"bridge", &kBridgeOptions},    {"dummy", &kNoOptions},
    {"erspan", &kGreOptions},     {"geneve", &kGeneveOptions},    {"gre", &kGreOptions},
    {"gretap", &kGreOptions},     {"gtp", &kGtpOptions},          {"hsr", &kHsrOptions},
    {"ifb", &kNoOptions},         {"ip6erspan", &kGre6Options},   {"ip6gre", &kGre6Options},
    {"ip6gretap", &kGre6Options}, {"ip6tnl", &kIp6TunnelOptions}, {"ipip", &kIpTunnelOptions},
    {"ipvlan", &kIpvlanOptions},  {"ipvtap", &kIpvlanOptions},    {"lowpan", &kNoOptions},
    {"macsec", &kMacsecOptions},  {"macvlan", &kMacvlanOptions},  {"macvtap", &kMacvlanOptions},
    {"netkit", &kNetkitOptions},  {"nlmon", &kNoOptions},         {"ovpn", &kOvpnOptions},
    {"pfcp", &kNoOptions},        {"sit", &kIpTunnelOptions},     {"team", &kNoOptions},
    {"tun", &kTunOptions},        {"vcan", &kNoOptions},          {"veth", &kVethOptions},
    {"vlan", &kVlanOptions},      {"vrf", &kVrfOptions},          {"vti", &kVtiOptions},
    {"vti6", &kVti6Options},      {"vxlan", &kVxlanOptions},      {"wireguard", &kNoOptions},
    {"xfrm", &kXfrmOptions},
};

constexpr Choice kPortKinds[] = {
    {"bond", &kBondPort},
    {"bridge", &kBridgePort},
    {"vrf", &kVrfPort},
};

constexpr Field kInfoFields[] = {
    {1, "IFLA_INFO_KIND", "kind", string(55), "Kind of the link, such as 'veth'; hardware and loopback have none."},
    {2, "IFLA_INFO_DATA", "options", selected(kKinds, "kind"), "The kind's own options; written together with kind."},
    {3, "IFLA_INFO_XSTATS", "", pad(), ""},
    {4, "IFLA_INFO_SLAVE_KIND", "portKind", string(55), "Kind of the master that the link is a port of."},
    {5, "IFLA_INFO_SLAVE_DATA", "port", selected(kPortKinds, "portKind", "bridge"),
     "Options as a port of its master; portKind is 'bridge' if left out."},
};
constexpr Table kInfo{"LinkInfo", "IFLA_INFO_*", kInfoFields};

constexpr Field kXdpFields[] = {
    {1, "IFLA_XDP_FD", "", pad(), ""},
    {2, "IFLA_XDP_ATTACHED", "attached", enumeration(u8(), kXdpModes), "Where programs are attached."},
    {3, "IFLA_XDP_FLAGS", "", pad(), ""},
    {4, "IFLA_XDP_PROG_ID", "progId", u32(), "Id of the program, if there is one only."},
    {5, "IFLA_XDP_DRV_PROG_ID", "drvProgId", u32(), "Id of the driver's program."},
    {6, "IFLA_XDP_SKB_PROG_ID", "skbProgId", u32(), "Id of the generic program."},
    {7, "IFLA_XDP_HW_PROG_ID", "hwProgId", u32(), "Id of the program in hardware."},
    {8, "IFLA_XDP_EXPECTED_FD", "", pad(), ""},
};
constexpr Table kXdp{"LinkXdp", "XDP programs of a link.", kXdpFields};

// The configuration comes as an array but is written as a nest, and sysctls reach it: left out, as are the counters.
constexpr Field kInet6Fields[] = {
    {1, "IFLA_INET6_FLAGS", "inet6Flags", flags(u32(), kInet6Flags).readOnly(), "State of IPv6 on the link."},
    {2, "IFLA_INET6_CONF", "", pad(), ""},
    {3, "IFLA_INET6_STATS", "", pad(), ""},
    {4, "IFLA_INET6_MCAST", "", pad(), ""},
    {5, "IFLA_INET6_CACHEINFO", "", pad(), ""},
    {6, "IFLA_INET6_ICMP6STATS", "", pad(), ""},
    {7, "IFLA_INET6_TOKEN", "token", ipv6(), "Lower half of automatic addresses; '::': none."},
    {8, "IFLA_INET6_ADDR_GEN_MODE", "addrGenMode", enumeration(u8(), kAddrGenModes),
     "How IPv6 link-local addresses are made; set on a link that is there already."},
    {9, "IFLA_INET6_RA_MTU", "raMtu", u32().readOnly(), "MTU told by router advertisements, in bytes."},
};
constexpr Table kInet6{"LinkInet6", "IFLA_INET6_*", kInet6Fields};

constexpr Field kMctpFields[] = {
    {1, "IFLA_MCTP_NET", "net", u32(), "Id of the MCTP network."},
    {2, "IFLA_MCTP_PHYS_BINDING", "physBinding", u8().readOnly(), "Physical transport."},
};
constexpr Table kMctp{"LinkMctp", "Management Component Transport Protocol on the link.", kMctpFields};

constexpr Field kAfSpecFields[] = {
    {2, "AF_INET", "", pad(), ""},
    {10, "AF_INET6", "", nested(kInet6), ""},
    {45, "AF_MCTP", "mctp", nested(kMctp), "Management Component Transport Protocol on the link."},
};
constexpr Table kAfSpec{"LinkAfSpec", "IFLA_AF_SPEC", kAfSpecFields};

constexpr Field kProtoDownReasonFields[] = {
    {1, "IFLA_PROTO_DOWN_REASON_MASK", "mask", u32(), "Reasons to change; all if left out."},
    {2, "IFLA_PROTO_DOWN_REASON_VALUE", "value", u32(), "Mask of the reasons."},
};
constexpr Table kProtoDownReason{"LinkProtoDownReason", "Why a protocol holds the link down.", kProtoDownReasonFields};

constexpr auto kAltName = altLinkName();

constexpr Field kFields[] = {
    {1, "IFLA_ADDRESS", "address", mac(), "Link-layer (MAC) address."},
    {2, "IFLA_BROADCAST", "broadcast", mac(), "Link-layer broadcast address, or the remote end's."},
    {3, "IFLA_IFNAME", "name", linkName(), "Name, of at most 15 bytes; may hold '%d' for a number when creating."},
    {4, "IFLA_MTU", "mtu", u32(), "Maximum transmission unit in bytes."},
    {5, "IFLA_LINK", "link", link().foreignBy(37), "The link that this one stands on, or the peer of a veth."},
    {6, "IFLA_QDISC", "qdisc", string(15).readOnly(), "Kind of the root queueing discipline."},
    {7, "IFLA_STATS", "", pad(), ""},
    {8, "IFLA_COST", "", pad(), ""},
    {9, "IFLA_PRIORITY", "", pad(), ""},
    {10, "IFLA_MASTER", "master", link(), "The link that this one is a port of; null takes it out."},
    {11, "IFLA_WIRELESS", "", pad(), ""},
    {12, "IFLA_PROTINFO", "protInfo", nested(kBridgePort).readOnly(),
     "In events of family 'bridge': the port's options."},
    {13, "IFLA_TXQLEN", "txQueueLength", u32(), "Length of the send queue in packets."},
    {14, "IFLA_MAP", "", pad(), ""},
    {15, "IFLA_WEIGHT", "", pad(), ""},
    {16, "IFLA_OPERSTATE", "operState", enumeration(u8(), kOperStates), "Operational state (RFC 2863)."},
    {17, "IFLA_LINKMODE", "linkMode", enumeration(u8(), kLinkModes), "State entered when the carrier comes."},
    {18, "IFLA_LINKINFO", "", nested(kInfo), ""},
    {19, "IFLA_NET_NS_PID", "", pad(), ""},
    {20, "IFLA_IFALIAS", "alias", string(254), "Free text; '' removes it."},
    {21, "IFLA_NUM_VF", "numVf", u32().readOnly(), "Number of virtual functions."},
    {22, "IFLA_VFINFO_LIST", "", pad(), ""},
    {23, "IFLA_STATS64", "stats", structure(kStats).readOnly().onRequest(), "Counters since the link was made."},
    {24, "IFLA_VF_PORTS", "", pad(), ""},
    {25, "IFLA_PORT_SELF", "", pad(), ""},
    {26, "IFLA_AF_SPEC", "", nested(kAfSpec), ""},
    {27, "IFLA_GROUP", "group", u32(), "Group of links; 0 is the default."},
    {28, "IFLA_NET_NS_FD", "netns", netns(), "Namespace to create the link in, or to move it to."},
    {29, "IFLA_EXT_MASK", "extMask", flags(u32(), kExtMasks).writeOnly(), "What is told besides, or left out."},
    {30, "IFLA_PROMISCUITY", "promiscuity", u32().readOnly(), "How many ask for promiscuous mode."},
    {31, "IFLA_NUM_TX_QUEUES", "numTxQueues", u32().range(1, 4096), "Number of send queues; set at creation."},
    {32, "IFLA_NUM_RX_QUEUES", "numRxQueues", u32().range(1, 4096), "Number of receive queues; set at creation."},
    {33, "IFLA_CARRIER", "carrier", boolean(), "Whether there is a carrier; few kinds can be told."},
    {34, "IFLA_PHYS_PORT_ID", "physPortId", mac().readOnly(), "Id of the physical port, colon-separated hex."},
    {35, "IFLA_CARRIER_CHANGES", "carrierChanges", u32().readOnly(), "How often the carrier came and went."},
    {36, "IFLA_PHYS_SWITCH_ID", "physSwitchId", mac().readOnly(), "Id of the switch chip, colon-separated hex."},
    {37, "IFLA_LINK_NETNSID", "linkNetnsId", s32(), "Id of the namespace that link is in; -1: it has none."},
    {38, "IFLA_PHYS_PORT_NAME", "physPortName", string(15).readOnly(), "Name of the physical port."},
    {39, "IFLA_PROTO_DOWN", "protoDown", boolean(), "Whether a protocol holds the link down; few kinds can be told."},
    {40, "IFLA_GSO_MAX_SEGS", "gsoMaxSegs", u32(), "Most segments of a packet handed to the device."},
    {41, "IFLA_GSO_MAX_SIZE", "gsoMaxSize", u32(), "Most bytes of a packet handed to the device."},
    {42, "IFLA_PAD", "", pad(), ""},
    {43, "IFLA_XDP", "xdp", nested(kXdp).readOnly(), "XDP programs."},
    {44, "IFLA_EVENT", "event", enumeration(u32(), kEvents).readOnly(), "In events: what happened."},
    {45, "IFLA_NEW_NETNSID", "newNetnsId", s32().readOnly(), "In events: id of the namespace that the link moved to."},
    {46, "IFLA_TARGET_NETNSID", "targetNetnsId", s32(), "Id of the namespace that the request is about."},
    {47, "IFLA_CARRIER_UP_COUNT", "carrierUpCount", u32().readOnly(), "How often the carrier came."},
    {48, "IFLA_CARRIER_DOWN_COUNT", "carrierDownCount", u32().readOnly(), "How often the carrier went."},
    {49, "IFLA_NEW_IFINDEX", "newIndex", s32().range(1, INT32_MAX), "Index after a move to another namespace."},
    {50, "IFLA_MIN_MTU", "minMtu", u32().readOnly(), "Least MTU in bytes."},
    {51, "IFLA_MAX_MTU", "maxMtu", u32().readOnly(), "Greatest MTU in bytes; 0: no limit."},
    {52, "IFLA_PROP_LIST", "altNames", list(kAltName, 53), "Alternative names, of at most 127 bytes each."},
    {53, "IFLA_ALT_IFNAME", "altName", altLinkName().writeOnly(), "Looks the link up by any of its names."},
    {54, "IFLA_PERM_ADDRESS", "permAddress", mac().readOnly(), "Link-layer address that the hardware came with."},
    {55, "IFLA_PROTO_DOWN_REASON", "protoDownReason", nested(kProtoDownReason), "Why a protocol holds the link down."},
    {56, "IFLA_PARENT_DEV_NAME", "parentDevName", string(255), "Name of the parent device, such as '0000:00:03.0'."},
    {57, "IFLA_PARENT_DEV_BUS_NAME", "parentDevBusName", string(255).readOnly(), "Bus of the parent device."},
    {58, "IFLA_GRO_MAX_SIZE", "groMaxSize", u32(), "Most bytes of a packet put together on receiving."},
    {59, "IFLA_TSO_MAX_SIZE", "tsoMaxSize", u32().readOnly(), "Most bytes that the device can segment."},
    {60, "IFLA_TSO_MAX_SEGS", "tsoMaxSegs", u32().readOnly(), "Most segments that the device can make."},
    {61, "IFLA_ALLMULTI", "allMulticast", u32().readOnly(), "How many ask to receive all multicast."},
    {62, "IFLA_DEVLINK_PORT", "", pad(), ""},
    {63, "IFLA_GSO_IPV4_MAX_SIZE", "gsoIpv4MaxSize", u32(), "gsoMaxSize for IPv4."},
    {64, "IFLA_GRO_IPV4_MAX_SIZE", "groIpv4MaxSize", u32(), "groMaxSize for IPv4."},
    {65, "IFLA_DPLL_PIN", "", pad(), ""},
    {66, "IFLA_MAX_PACING_OFFLOAD_HORIZON", "maxPacingOffloadHorizon", u32().scaled(1, 1000000).readOnly(),
     "Milliseconds ahead that the device can time packets; 0: none."},
    {67, "IFLA_NETNS_IMMUTABLE", "netnsImmutable", boolean().readOnly(), "The link cannot move to another namespace."},
    {68, "IFLA_HEADROOM", "headroom", u16().readOnly(), "Bytes kept free in front of packets."},
    {69, "IFLA_TAILROOM", "tailroom", u16().readOnly(), "Bytes kept free behind packets."},
};
constexpr Table kAttributes{"LinkAttributes", "IFLA_*", kFields};

}  // namespace

constinit const Object kLink{"Link", "A network link.", kHeader, kAttributes, -1, 3, 4};

}  // namespace netplumb
