#include "route/route.h"

#include "route/names.h"

namespace netplumb {
namespace {

// Lightweight tunnels.

constexpr Field kMplsFields[] = {
    {1, "MPLS_IPTUNNEL_DST", "dst", binary(), "Stack of labels to push: 4 bytes each, as on the wire."},
    {2, "MPLS_IPTUNNEL_TTL", "ttl", u8(), "TTL of the pushed labels; that of the packet if left out."},
};

// The options flags follow from the options given.
constexpr Name kTunnelFlags[] = {
    {0x0001, "csum"},    {0x0002, "routing"},   {0x0004, "key"},      {0x0008, "seq"},          {0x0010, "strict"},
    {0x0020, "rec"},     {0x0040, "version"},   {0x0080, "noKey"},    {0x0100, "dontFragment"}, {0x0200, "oam"},
    {0x0400, "critOpt"}, {0x0800, "geneveOpt"}, {0x1000, "vxlanOpt"}, {0x2000, "nocache"},      {0x4000, "erspanOpt"},
};

constexpr Field kGeneveOptionFields[] = {
    {1, "LWTUNNEL_IP_OPT_GENEVE_CLASS", "class", be16(), "Namespace of the option's type."},
    {2, "LWTUNNEL_IP_OPT_GENEVE_TYPE", "type", u8(), "Type of the option."},
    {3, "LWTUNNEL_IP_OPT_GENEVE_DATA", "data", binary(128), "Content of the option: a multiple of 4 bytes."},
};
constexpr Table kGeneveOption{"EncapGeneveOption", "A Geneve option.", kGeneveOptionFields};

constexpr Field kVxlanOptionFields[] = {
    {1, "LWTUNNEL_IP_OPT_VXLAN_GBP", "gbp", u32(), "Group policy id."},
};
constexpr Table kVxlanOption{"EncapVxlanOption", "VXLAN's group policy.", kVxlanOptionFields};

constexpr Field kErspanOptionFields[] = {
    {1, "LWTUNNEL_IP_OPT_ERSPAN_VER", "ver", u8(), "Version: 1 or 2."},
    {2, "LWTUNNEL_IP_OPT_ERSPAN_INDEX", "index", be32(), "Version 1: index of the mirrored port."},
    {3, "LWTUNNEL_IP_OPT_ERSPAN_DIR", "dir", u8(), "Version 2: direction, 0 ingress and 1 egress."},
    {4, "LWTUNNEL_IP_OPT_ERSPAN_HWID", "hwid", u8(), "Version 2: id of the ERSPAN engine."},
};
constexpr Table kErspanOption{"EncapErspanOption", "ERSPAN's metadata.", kErspanOptionFields};

constexpr Field kIpOptionFields[] = {
    {1, "LWTUNNEL_IP_OPTS_GENEVE", "geneve", nested(kGeneveOption), "One Geneve option."},
    {2, "LWTUNNEL_IP_OPTS_VXLAN", "vxlan", nested(kVxlanOption), "VXLAN metadata."},
    {3, "LWTUNNEL_IP_OPTS_ERSPAN", "erspan", nested(kErspanOption), "ERSPAN metadata."},
};
// Never sent: kernels built with FORTIFY_SOURCE (6.18 is one) crash in ip_tun_parse_opts() on a Geneve option, and the
// RTNL lock stays taken for good.
constexpr Table kIpOptions{"EncapIpOptions", "Metadata of the tunnel device: of one kind only.", kIpOptionFields};

constexpr Field kIpFields[] = {
    {1, "LWTUNNEL_IP_ID", "id", be64(), "Tunnel id, such as a VNI or a GRE key."},
    {2, "LWTUNNEL_IP_DST", "dst", ipv4(), "Outer destination."},
    {3, "LWTUNNEL_IP_SRC", "src", ipv4(), "Outer source."},
    {4, "LWTUNNEL_IP_TTL", "ttl", u8(), "Outer TTL."},
    {5, "LWTUNNEL_IP_TOS", "tos", u8(), "Outer TOS."},
    {6, "LWTUNNEL_IP_FLAGS", "flags", flags(be16(), kTunnelFlags), "Which of the tunnel's features are used."},
    {7, "LWTUNNEL_IP_PAD", "", pad(), ""},
    {8, "LWTUNNEL_IP_OPTS", "options", nested(kIpOptions).readOnly(), "Metadata of the tunnel device."},
};

constexpr Field kIp6Fields[] = {
    {1, "LWTUNNEL_IP6_ID", "id", be64(), "Tunnel id, such as a VNI or a GRE key."},
    {2, "LWTUNNEL_IP6_DST", "dst", ipv6(), "Outer destination."},
    {3, "LWTUNNEL_IP6_SRC", "src", ipv6(), "Outer source."},
    {4, "LWTUNNEL_IP6_HOPLIMIT", "hoplimit", u8(), "Outer hop limit."},
    {5, "LWTUNNEL_IP6_TC", "tc", u8(), "Outer traffic class."},
    {6, "LWTUNNEL_IP6_FLAGS", "flags", flags(be16(), kTunnelFlags), "Which of the tunnel's features are used."},
    {7, "LWTUNNEL_IP6_PAD", "", pad(), ""},
    {8, "LWTUNNEL_IP6_OPTS", "options", nested(kIpOptions).readOnly(), "Metadata of the tunnel device."},
};

constexpr Name kIlaCsumModes[] = {
    {0, "adj-transport"},
    {1, "neutral-map"},
    {2, "no-action"},
    {3, "neutral-map-auto"},
};
constexpr Name kIlaIdentTypes[] = {
    {0, "iid"},           {1, "luid"},          {2, "virt-v4"},     {3, "virt-uni-v6"},
    {4, "virt-multi-v6"}, {5, "nonlocal-addr"}, {32, "use-format"},
};
constexpr Name kIlaHookTypes[] = {{0, "output"}, {1, "input"}};

constexpr Field kIlaFields[] = {
    {1, "ILA_ATTR_LOCATOR", "locator", be64(), "Locator that replaces the upper 64 bits of the destination."},
    {6, "ILA_ATTR_PAD", "", pad(), ""},
    {7, "ILA_ATTR_CSUM_MODE", "csumMode", enumeration(u8(), kIlaCsumModes), "How checksums are kept right."},
    {8, "ILA_ATTR_IDENT_TYPE", "identType", enumeration(u8(), kIlaIdentTypes), "Type of the identifier."},
    {9, "ILA_ATTR_HOOK_TYPE", "hookType", enumeration(u8(), kIlaHookTypes), "Whether input or output is translated."},
};

constexpr Field kSeg6Fields[] = {
    {1, "SEG6_IPTUNNEL_SRH", "srh", binary(), "struct seg6_iptunnel_encap: the mode (u32), then the routing header."},
    {2, "SEG6_IPTUNNEL_SRC", "tunsrc", ipv6(), "Outer source address."},
    {3, "SEG6_IPTUNNEL_TABLE", "table", enumeration(u32(), kRouteTables),
     "Routing table in which the first segment is looked up."},
};

constexpr Field kBpfProgFields[] = {
    {1, "LWT_BPF_PROG_FD", "fd", u32().writeOnly(), "Descriptor of the loaded program."},
    {2, "LWT_BPF_PROG_NAME", "name", string(255), "Name for the program, shown when the route is listed."},
};
constexpr Table kBpfProg{"EncapBpfProgram", "A BPF program of a route.", kBpfProgFields};

constexpr Field kBpfFields[] = {
    {1, "LWT_BPF_IN", "in", nested(kBpfProg), "Program for packets that are received."},
    {2, "LWT_BPF_OUT", "out", nested(kBpfProg), "Program for packets that originate here."},
    {3, "LWT_BPF_XMIT", "xmit", nested(kBpfProg), "Program for packets about to be sent."},
    {4, "LWT_BPF_XMIT_HEADROOM", "headroom", u32().range(0, 256), "Bytes to keep free before the packet."},
};

constexpr Name kSeg6LocalActions[] = {
    {0, "unspec"},  {1, "End"},     {2, "End.X"},   {3, "End.T"},    {4, "End.DX2"},        {5, "End.DX6"},
    {6, "End.DX4"}, {7, "End.DT6"}, {8, "End.DT4"}, {9, "End.B6"},   {10, "End.B6.Encaps"}, {11, "End.BM"},
    {12, "End.S"},  {13, "End.AS"}, {14, "End.AM"}, {15, "End.BPF"}, {16, "End.DT46"},
};
constexpr Name kSeg6LocalFlavors[] = {{1 << 1, "psp"}, {1 << 2, "usp"}, {1 << 3, "usd"}, {1 << 4, "next-csid"}};

constexpr Field kSeg6LocalBpfFields[] = {
    {1, "SEG6_LOCAL_BPF_PROG", "prog", u32(), "Given: descriptor of the loaded program. Shown: its id."},
    {2, "SEG6_LOCAL_BPF_PROG_NAME", "name", string(255), "Name for the program."},
};
constexpr Table kSeg6LocalBpf{"EncapSeg6LocalBpf", "The program of an End.BPF segment.", kSeg6LocalBpfFields};

constexpr Field kSeg6LocalCounterFields[] = {
    {1, "SEG6_LOCAL_CNT_PAD", "", pad(), ""},
    {2, "SEG6_LOCAL_CNT_PACKETS", "packets", u64(), "Packets processed."},
    {3, "SEG6_LOCAL_CNT_BYTES", "bytes", u64(), "Bytes processed."},
    {4, "SEG6_LOCAL_CNT_ERRORS", "errors", u64(), "Packets that could not be processed."},
};
constexpr Table kSeg6LocalCounters{"EncapSeg6LocalCounters", "Counters of a segment.", kSeg6LocalCounterFields};

constexpr Field kSeg6LocalFlavorFields[] = {
    {1, "SEG6_LOCAL_FLV_OPERATION", "operation", flags(u32(), kSeg6LocalFlavors), "The flavors."},
    {2, "SEG6_LOCAL_FLV_LCBLOCK_BITS", "lblen", u8(), "Locator block's length in bits."},
    {3, "SEG6_LOCAL_FLV_LCNODE_FN_BITS", "nflen", u8(), "Locator node and function's length in bits."},
};
constexpr Table kSeg6LocalFlavorTable{"EncapSeg6LocalFlavors", "Flavors of a segment.", kSeg6LocalFlavorFields};

constexpr Field kSeg6LocalFields[] = {
    {1, "SEG6_LOCAL_ACTION", "action", enumeration(u32(), kSeg6LocalActions), "What is done with the packet."},
    {2, "SEG6_LOCAL_SRH", "srh", binary(), "Segment routing header to add."},
    {3, "SEG6_LOCAL_TABLE", "table", enumeration(u32(), kRouteTables), "Table for the further lookup."},
    {4, "SEG6_LOCAL_NH4", "nh4", ipv4(), "IPv4 next hop."},
    {5, "SEG6_LOCAL_NH6", "nh6", ipv6(), "IPv6 next hop."},
    {6, "SEG6_LOCAL_IIF", "iif", link(), "Incoming link."},
    {7, "SEG6_LOCAL_OIF", "oif", link(), "Outgoing link."},
    {8, "SEG6_LOCAL_BPF", "bpf", nested(kSeg6LocalBpf), "Program of End.BPF."},
    {9, "SEG6_LOCAL_VRFTABLE", "vrftable", enumeration(u32(), kRouteTables), "Table of the VRF for the lookup."},
    {10, "SEG6_LOCAL_COUNTERS", "counters", nested(kSeg6LocalCounters),
     "Counters; all three given (as 0n) ask for them."},
    {11, "SEG6_LOCAL_FLAVORS", "flavors", nested(kSeg6LocalFlavorTable), "Variants of the action."},
};

constexpr Field kRplFields[] = {
    {1, "RPL_IPTUNNEL_SRH", "srh", binary(), "RPL source routing header."},
};

constexpr Name kIoam6Modes[] = {{1, "inline"}, {2, "encap"}, {3, "auto"}};

constexpr Field kIoam6Fields[] = {
    {1, "IOAM6_IPTUNNEL_MODE", "mode", enumeration(u8(), kIoam6Modes), "How the trace is put into packets."},
    {2, "IOAM6_IPTUNNEL_DST", "tundst", ipv6(), "Outer destination for 'encap' and 'auto'."},
    {3, "IOAM6_IPTUNNEL_TRACE", "trace", binary(), "struct ioam6_trace_hdr"},
    {4, "IOAM6_IPTUNNEL_FREQ_K", "freqk", u32().range(1, 1000000), "The trace is put into this many packets..."},
    {5, "IOAM6_IPTUNNEL_FREQ_N", "freqn", u32().range(1, 1000000), "...of each so many."},
    {6, "IOAM6_IPTUNNEL_SRC", "tunsrc", ipv6(), "Outer source for 'encap' and 'auto'."},
};

constexpr Field kXfrmFields[] = {
    {1, "LWT_XFRM_IF_ID", "ifId", u32().range(1, 0xffffffff), "Id of the XFRM interface."},
    {2, "LWT_XFRM_LINK", "linkDev", link(), "Underlying link."},
};

// Metrics.

constexpr Name kFeatures[] = {
    {1 << 0, "ecn"}, {1 << 1, "sack"}, {1 << 2, "timestamp"}, {1 << 3, "allfrag"}, {1 << 4, "tcpUsecTs"},
};

// Bit n locks metric n.
constexpr Name kLocks[] = {
    {1 << 2, "mtu"},       {1 << 3, "window"},    {1 << 4, "rtt"},       {1 << 5, "rttvar"},
    {1 << 6, "ssthresh"},  {1 << 7, "cwnd"},      {1 << 8, "advmss"},    {1 << 9, "reordering"},
    {1 << 10, "hoplimit"}, {1 << 11, "initcwnd"}, {1 << 12, "features"}, {1 << 13, "rtoMin"},
    {1 << 14, "initrwnd"}, {1 << 15, "quickack"}, {1 << 16, "congctl"},  {1 << 17, "fastopenNoCookie"},
};

constexpr Field kMetricsFields[] = {
    {1, "RTAX_LOCK", "lock", flags(u32(), kLocks), "Metrics that are not to be learned, such as 'mtu' against PMTU."},
    {2, "RTAX_MTU", "mtu", u32(), "MTU of the path, in bytes."},
    {3, "RTAX_WINDOW", "window", u32(), "Largest TCP window to advertise, in bytes."},
    {4, "RTAX_RTT", "rtt", u32().scaled(1, 8), "Estimate of the round trip time, in milliseconds."},
    {5, "RTAX_RTTVAR", "rttvar", u32().scaled(1, 4), "Estimate of its variance, in milliseconds."},
    {6, "RTAX_SSTHRESH", "ssthresh", u32(), "Slow start threshold, in packets."},
    {7, "RTAX_CWND", "cwnd", u32(), "Clamp of the congestion window, in packets; to be locked."},
    {8, "RTAX_ADVMSS", "advmss", u32(), "TCP MSS to advertise, in bytes."},
    {9, "RTAX_REORDERING", "reordering", u32(), "Largest reordering to expect, in packets."},
    {10, "RTAX_HOPLIMIT", "hoplimit", u32().range(0, 255), "Hop limit or TTL of packets that originate here."},
    {11, "RTAX_INITCWND", "initcwnd", u32(), "Initial congestion window, in packets."},
    {12, "RTAX_FEATURES", "features", flags(u32(), kFeatures), "TCP features to use on the path."},
    {13, "RTAX_RTO_MIN", "rtoMin", u32(), "Smallest TCP retransmission timeout, in milliseconds."},
    {14, "RTAX_INITRWND", "initrwnd", u32(), "Initial receive window, in packets."},
    {15, "RTAX_QUICKACK", "quickack", u32(), "1: acknowledge without delay."},
    {16, "RTAX_CC_ALGO", "congctl", string(15), "TCP congestion control, such as 'bbr'."},
    {17, "RTAX_FASTOPEN_NO_COOKIE", "fastopenNoCookie", u32(), "1: TCP Fast Open without a cookie."},
};
constexpr Table kMetrics{"RouteMetrics", "What is known of a path, RTAX_*.", kMetricsFields};

// Next hops of a multipath route.

// The kernel refuses a route that says of itself that it is dead.
constexpr uint64_t kToldNexthopFlags = 0x01 | 0x08 | 0x10 | 0x20 | 0x40;
constexpr uint64_t kToldFlags = kToldNexthopFlags | 0x200 | 0x4000 | 0x8000 | 0x20000000;

constexpr auto kEncapType = enumeration(u16(), kEncapTypes);
constexpr auto kEncap = selected(kEncaps, "encapType");

constexpr Field kRouteNexthopHeaderFields[] = {
    {2, "rtnh_flags", "flags", flags(u8(), kNexthopFlags).telling(kToldNexthopFlags), "State and options."},
    {3, "rtnh_hops", "weight", u8().plus(1), "Share of the traffic, 1 to 256; 1 if left out."},
    {4, "rtnh_ifindex", "link", link(), "Outgoing link."},
};
constexpr Table kRouteNexthopHeader{"RouteNexthopHeader", "struct rtnexthop", kRouteNexthopHeaderFields, 8};

constexpr Field kRouteNexthopFields[] = {
    {5, "RTA_GATEWAY", "gateway", ip(), "Next hop of the route's own family."},
    {11, "RTA_FLOW", "realms", u32(), "Realms: source * 65,536 + destination."},
    {18, "RTA_VIA", "via", via(), "Next hop of any family."},
    {19, "RTA_NEWDST", "newdst", binary(), "MPLS: stack of labels that replaces the incoming one."},
    {21, "RTA_ENCAP_TYPE", "encapType", kEncapType, "Kind of the lightweight tunnel."},
    {22, "RTA_ENCAP", "encap", kEncap, "The lightweight tunnel's parameters."},
};
constexpr Table kRouteNexthopAttributes{"RouteNexthopAttributes", "RTA_* of a next hop", kRouteNexthopFields};

constexpr Object kRouteNexthop{"RouteNexthop", "One next hop of a multipath route.", kRouteNexthopHeader,
                               kRouteNexthopAttributes};

// Routes.

constexpr Name kTypes[] = {
    {0, "unspec"},    {1, "unicast"},     {2, "local"},    {3, "broadcast"}, {4, "anycast"}, {5, "multicast"},
    {6, "blackhole"}, {7, "unreachable"}, {8, "prohibit"}, {9, "throw"},     {10, "nat"},    {11, "xresolve"},
};

// The low byte has the flags of the only next hop, RTNH_F_*; above are RTM_F_*.
constexpr Name kFlags[] = {
    {0x0001, "dead"},     {0x0002, "pervasive"},  {0x0004, "onlink"}, {0x0008, "offload"},
    {0x0010, "linkdown"}, {0x0020, "unresolved"}, {0x0040, "trap"},   {0x0100, "notify"},
    {0x0200, "cloned"},   {0x0400, "equalize"},   {0x0800, "prefix"}, {0x1000, "lookupTable"},
    {0x2000, "fibMatch"}, {0x4000, "rtOffload"},  {0x8000, "rtTrap"}, {0x20000000, "rtOffloadFailed"},
};

constexpr Name kPreferences[] = {{0, "medium"}, {1, "high"}, {3, "low"}};

constexpr Field kHeaderFields[] = {
    {0, "rtm_family", "family", enumeration(u8(), kFamilies),
     "Address family; follows from the addresses if left out."},
    {3, "rtm_tos", "tos", u8(), "TOS that packets must have."},
    {5, "rtm_protocol", "protocol", enumeration(u8(), kRouteProtocols), "Who made the route."},
    {6, "rtm_scope", "scope", enumeration(u8(), kRouteScopes), "How far the destination is."},
    {7, "rtm_type", "type", enumeration(u8(), kTypes), "What becomes of packets."},
    {8, "rtm_flags", "flags", flags(u32(), kFlags).telling(kToldFlags), "State and options."},
};
constexpr Table kHeader{"RouteHeader", "struct rtmsg", kHeaderFields, 12};

constexpr Field kCacheInfoFields[] = {
    {0, "rta_clntref", "users", u32(), "References to the entry."},
    {4, "rta_lastuse", "age", u32().scaled(10), "Milliseconds since the last use."},
    {8, "rta_expires", "expires", s32().scaled(10), "Milliseconds until it expires; 0: never."},
    {12, "rta_error", "error", s32(), "Negative errno that packets meet, or 0."},
    {16, "rta_used", "used", u32(), "How often it was used."},
    {20, "rta_id", "ipid", u32(), "Last IP id that was used."},
    {24, "rta_ts", "ts", u32(), "Last TCP timestamp that was seen."},
    {28, "rta_tsage", "tsage", u32(), "Age of that timestamp, in seconds."},
};
constexpr Table kCacheInfo{"RouteCacheInfo", "struct rta_cacheinfo", kCacheInfoFields, 32};

constexpr Field kMfcStatsFields[] = {
    {0, "mfcs_packets", "packets", u64(), "Packets forwarded."},
    {8, "mfcs_bytes", "bytes", u64(), "Bytes forwarded."},
    {16, "mfcs_wrong_if", "wrongIf", u64(), "Packets that came in on a wrong interface."},
};
constexpr Table kMfcStats{"RouteMfcStats", "struct rta_mfc_stats", kMfcStatsFields, 24};

constexpr Name kDeleteReasons[] = {{0, "unspec"}, {1, "expired"}, {2, "ra_withdrawn"}};
constexpr Field kFields[] = {
    {1, "RTA_DST", "dst", prefixOrDefault(1), "Destination prefix, or 'default'."},
    {2, "RTA_SRC", "from", prefix(2), "Source prefix that packets must have (IPv6)."},
    {3, "RTA_IIF", "iif", link(), "Incoming link: of a lookup, or of a multicast route."},
    {4, "RTA_OIF", "link", link(), "Outgoing link (dev)."},
    {5, "RTA_GATEWAY", "gateway", ip(), "Next hop of the route's own family."},
    {6, "RTA_PRIORITY", "metric", u32(), "Metric: of equal prefixes the lowest wins."},
    {7, "RTA_PREFSRC", "prefsrc", ip(), "Source address to prefer (src)."},
    {8, "RTA_METRICS", "metrics", nested(kMetrics), "What is known of the path: MTU, congestion control..."},
    {9, "RTA_MULTIPATH", "nexthops", records(kRouteNexthop), "Next hops of a multipath route."},
    {11, "RTA_FLOW", "realms", u32(), "Realms: source * 65,536 + destination (IPv4)."},
    {12, "RTA_CACHEINFO", "cacheInfo", structure(kCacheInfo).readOnly(), "Use and expiry."},
    {15, "RTA_TABLE", "table", enumeration(u32(), kRouteTables), "Routing table; main if left out."},
    {16, "RTA_MARK", "mark", u32(), "Firewall mark of a lookup."},
    {17, "RTA_MFC_STATS", "mfcStats", structure(kMfcStats).readOnly(), "Counters of a multicast route."},
    {18, "RTA_VIA", "via", via(), "Next hop of any family, such as IPv6 for an IPv4 route."},
    {19, "RTA_NEWDST", "newdst", binary(), "MPLS: stack of labels that replaces the incoming one."},
    {20, "RTA_PREF", "pref", enumeration(u8(), kPreferences), "Preference of the router (IPv6)."},
    {21, "RTA_ENCAP_TYPE", "encapType", kEncapType, "Kind of the lightweight tunnel."},
    {22, "RTA_ENCAP", "encap", kEncap, "The lightweight tunnel's parameters."},
    {23, "RTA_EXPIRES", "expires", u32().scaled(1000).writeOnly(),
     "Milliseconds (whole seconds) until the route is removed (IPv6); read back as cacheInfo.expires."},
    {24, "RTA_PAD", "", pad(), ""},
    {25, "RTA_UID", "uid", u32(), "User id of a lookup."},
    {26, "RTA_TTL_PROPAGATE", "ttlPropagate", boolean(),
     "MPLS: whether the TTL is copied to the IP header at the end."},
    {27, "RTA_IP_PROTO", "ipProto", enumeration(u8(), kIpProtocols), "Transport protocol of a lookup."},
    {28, "RTA_SPORT", "sport", be16(), "Source port of a lookup."},
    {29, "RTA_DPORT", "dport", be16(), "Destination port of a lookup."},
    {30, "RTA_NH_ID", "nhid", u32(), "Id of a nexthop object, in place of gateway and link."},
    {31, "RTA_FLOWLABEL", "flowlabel", be32().range(0, 0xfffff), "IPv6 flow label of a lookup."},
    {32, "RTA_DEL_REASON", "deleteReason", enumeration(u32(), kDeleteReasons).readOnly(),
     "Why the kernel has deleted it."},
};
constexpr Table kAttributes{"RouteAttributes", "RTA_*", kFields};

}  // namespace

constinit const Table kMplsEncap{"MplsEncap", "Pushes MPLS labels.", kMplsFields};
constinit const Table kIpEncap{"IpEncap", "Metadata for an IPv4 tunnel device.", kIpFields};
constinit const Table kIlaEncap{"IlaEncap", "Identifier locator addressing.", kIlaFields};
constinit const Table kIp6Encap{"Ip6Encap", "Metadata for an IPv6 tunnel device.", kIp6Fields};
constinit const Table kSeg6Encap{"Seg6Encap", "IPv6 segment routing: the source or a transit node.", kSeg6Fields};
constinit const Table kBpfEncap{"BpfEncap", "BPF programs at the points of a route.", kBpfFields};
constinit const Table kSeg6LocalEncap{"Seg6LocalEncap", "IPv6 segment routing: a local segment.", kSeg6LocalFields};
constinit const Table kRplEncap{"RplEncap", "RPL source routing.", kRplFields};
constinit const Table kIoam6Encap{"Ioam6Encap", "In-situ OAM for IPv6.", kIoam6Fields};
constinit const Table kXfrmEncap{"XfrmEncap", "Metadata for an XFRM interface.", kXfrmFields};

constinit const Object kRoute{"Route", "An entry of a routing table.", kHeader, kAttributes, 0};

}  // namespace netplumb
