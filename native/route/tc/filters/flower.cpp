// By fields of the packet and of what the kernel knows about it.
#include "route/names.h"
#include "route/tc/filters/filters.h"

namespace netplumb {
namespace {

// Each field of a packet has a value and, mostly, a mask: 'value/mask' to the caller.
constexpr Name kFragmentFlags[] = {
    {0x1, "frag"}, {0x2, "firstfrag"}, {0x4, "tunCsum"}, {0x8, "tunDf"}, {0x10, "tunOam"}, {0x20, "tunCritOpt"},
};
constexpr Name kCtStates[] = {
    {0x01, "new"}, {0x02, "est"}, {0x04, "rel"}, {0x08, "trk"}, {0x10, "inv"}, {0x20, "rpl"},
};
constexpr Name kArpOperations[] = {{1, "request"}, {2, "reply"}};

constexpr Field kLabelFields[] = {
    {1, "TCA_FLOWER_KEY_MPLS_OPT_LSE_DEPTH", "depth", u8().range(1, 7), "Which label, the outermost being 1."},
    {2, "TCA_FLOWER_KEY_MPLS_OPT_LSE_TTL", "ttl", u8(), "Time to live."},
    {3, "TCA_FLOWER_KEY_MPLS_OPT_LSE_BOS", "bos", u8().range(0, 1), "Bottom of stack."},
    {4, "TCA_FLOWER_KEY_MPLS_OPT_LSE_TC", "tc", u8().range(0, 7), "Traffic class."},
    {5, "TCA_FLOWER_KEY_MPLS_OPT_LSE_LABEL", "label", u32().range(0, 0xfffff), "Label."},
};
constexpr Table kLabel{"FlowerMplsLabel", "An entry of the MPLS label stack.", kLabelFields};
constexpr ValueType kLabelElement = nested(kLabel);

constexpr Field kCfmFields[] = {
    {1, "TCA_FLOWER_KEY_CFM_MD_LEVEL", "mdl", u8().range(0, 7), "Maintenance domain level."},
    {2, "TCA_FLOWER_KEY_CFM_OPCODE", "op", u8(), "Operation."},
};
constexpr Table kCfm{"FlowerCfm", "Connectivity fault management.", kCfmFields};

constexpr ValueType etherType() { return enumeration(be16(), kEtherTypes); }

constexpr Field kFields[] = {
    {1, "TCA_FLOWER_CLASSID", "classid", classHandle(kClassNames), kClassidDoc},
    {2, "TCA_FLOWER_INDEV", "indev", linkName(), kIndevDoc},
    {3, "TCA_FLOWER_ACT", "actions", actions(), kActionsDoc},
    {4, "TCA_FLOWER_KEY_ETH_DST", "dstMac", mac().masked(5), "Destination MAC address."},
    {5, "TCA_FLOWER_KEY_ETH_DST_MASK", "", pad(), ""},
    {6, "TCA_FLOWER_KEY_ETH_SRC", "srcMac", mac().masked(7), "Source MAC address."},
    {7, "TCA_FLOWER_KEY_ETH_SRC_MASK", "", pad(), ""},
    {8, "TCA_FLOWER_KEY_ETH_TYPE", "ethType", etherType(), "Ethernet type; the filter's protocol if left out."},
    {9, "TCA_FLOWER_KEY_IP_PROTO", "ipProto", enumeration(u8(), kIpProtocols), "Transport protocol."},
    {10, "TCA_FLOWER_KEY_IPV4_SRC", "srcIp", ipv4().masked(11), "Source address or prefix."},
    {11, "TCA_FLOWER_KEY_IPV4_SRC_MASK", "", pad(), ""},
    {12, "TCA_FLOWER_KEY_IPV4_DST", "dstIp", ipv4().masked(13), "Destination address or prefix."},
    {13, "TCA_FLOWER_KEY_IPV4_DST_MASK", "", pad(), ""},
    {14, "TCA_FLOWER_KEY_IPV6_SRC", "srcIp", ipv6().masked(15), "Source address or prefix."},
    {15, "TCA_FLOWER_KEY_IPV6_SRC_MASK", "", pad(), ""},
    {16, "TCA_FLOWER_KEY_IPV6_DST", "dstIp", ipv6().masked(17), "Destination address or prefix."},
    {17, "TCA_FLOWER_KEY_IPV6_DST_MASK", "", pad(), ""},
    {18, "TCA_FLOWER_KEY_TCP_SRC", "tcpSrc", be16().masked(35), "TCP source port."},
    {19, "TCA_FLOWER_KEY_TCP_DST", "tcpDst", be16().masked(36), "TCP destination port."},
    {20, "TCA_FLOWER_KEY_UDP_SRC", "udpSrc", be16().masked(37), "UDP source port."},
    {21, "TCA_FLOWER_KEY_UDP_DST", "udpDst", be16().masked(38), "UDP destination port."},
    {22, "TCA_FLOWER_FLAGS", "flags", filterFlags(), kFlagsDoc},
    {23, "TCA_FLOWER_KEY_VLAN_ID", "vlanId", u16().range(0, 4095), "VLAN id."},
    {24, "TCA_FLOWER_KEY_VLAN_PRIO", "vlanPrio", u8().range(0, 7), "VLAN priority."},
    {25, "TCA_FLOWER_KEY_VLAN_ETH_TYPE", "vlanEthtype", etherType(), "Ethernet type after the VLAN tag."},
    {26, "TCA_FLOWER_KEY_ENC_KEY_ID", "encKeyId", be32(), "Tunnel id, such as a VNI."},
    {27, "TCA_FLOWER_KEY_ENC_IPV4_SRC", "encSrcIp", ipv4().masked(28), "Outer source."},
    {28, "TCA_FLOWER_KEY_ENC_IPV4_SRC_MASK", "", pad(), ""},
    {29, "TCA_FLOWER_KEY_ENC_IPV4_DST", "encDstIp", ipv4().masked(30), "Outer destination."},
    {30, "TCA_FLOWER_KEY_ENC_IPV4_DST_MASK", "", pad(), ""},
    {31, "TCA_FLOWER_KEY_ENC_IPV6_SRC", "encSrcIp", ipv6().masked(32), "Outer source."},
    {32, "TCA_FLOWER_KEY_ENC_IPV6_SRC_MASK", "", pad(), ""},
    {33, "TCA_FLOWER_KEY_ENC_IPV6_DST", "encDstIp", ipv6().masked(34), "Outer destination."},
    {34, "TCA_FLOWER_KEY_ENC_IPV6_DST_MASK", "", pad(), ""},
    {35, "TCA_FLOWER_KEY_TCP_SRC_MASK", "", pad(), ""},
    {36, "TCA_FLOWER_KEY_TCP_DST_MASK", "", pad(), ""},
    {37, "TCA_FLOWER_KEY_UDP_SRC_MASK", "", pad(), ""},
    {38, "TCA_FLOWER_KEY_UDP_DST_MASK", "", pad(), ""},
    {39, "TCA_FLOWER_KEY_SCTP_SRC_MASK", "", pad(), ""},
    {40, "TCA_FLOWER_KEY_SCTP_DST_MASK", "", pad(), ""},
    {41, "TCA_FLOWER_KEY_SCTP_SRC", "sctpSrc", be16().masked(39), "SCTP source port."},
    {42, "TCA_FLOWER_KEY_SCTP_DST", "sctpDst", be16().masked(40), "SCTP destination port."},
    {43, "TCA_FLOWER_KEY_ENC_UDP_SRC_PORT", "encSrcPort", be16().masked(44), "Outer UDP source port."},
    {44, "TCA_FLOWER_KEY_ENC_UDP_SRC_PORT_MASK", "", pad(), ""},
    {45, "TCA_FLOWER_KEY_ENC_UDP_DST_PORT", "encDstPort", be16().masked(46), "Outer UDP destination port."},
    {46, "TCA_FLOWER_KEY_ENC_UDP_DST_PORT_MASK", "", pad(), ""},
    {47, "TCA_FLOWER_KEY_FLAGS", "ipFlags", flags(be32(), kFragmentFlags).masked(48),
     "Fragments: 'frag', 'firstfrag'; 'nofrag' and the like for what must not be."},
    {48, "TCA_FLOWER_KEY_FLAGS_MASK", "", pad(), ""},
    {49, "TCA_FLOWER_KEY_ICMPV4_CODE", "icmpCode", u8().masked(50), "ICMP code."},
    {50, "TCA_FLOWER_KEY_ICMPV4_CODE_MASK", "", pad(), ""},
    {51, "TCA_FLOWER_KEY_ICMPV4_TYPE", "icmpType", u8().masked(52), "ICMP type."},
    {52, "TCA_FLOWER_KEY_ICMPV4_TYPE_MASK", "", pad(), ""},
    {53, "TCA_FLOWER_KEY_ICMPV6_CODE", "icmp6Code", u8().masked(54), "ICMPv6 code."},
    {54, "TCA_FLOWER_KEY_ICMPV6_CODE_MASK", "", pad(), ""},
    {55, "TCA_FLOWER_KEY_ICMPV6_TYPE", "icmp6Type", u8().masked(56), "ICMPv6 type."},
    {56, "TCA_FLOWER_KEY_ICMPV6_TYPE_MASK", "", pad(), ""},
    {57, "TCA_FLOWER_KEY_ARP_SIP", "arpSip", ipv4().masked(58), "ARP: sender's address."},
    {58, "TCA_FLOWER_KEY_ARP_SIP_MASK", "", pad(), ""},
    {59, "TCA_FLOWER_KEY_ARP_TIP", "arpTip", ipv4().masked(60), "ARP: target's address."},
    {60, "TCA_FLOWER_KEY_ARP_TIP_MASK", "", pad(), ""},
    {61, "TCA_FLOWER_KEY_ARP_OP", "arpOp", enumeration(u8(), kArpOperations).masked(62), "ARP: operation."},
    {62, "TCA_FLOWER_KEY_ARP_OP_MASK", "", pad(), ""},
    {63, "TCA_FLOWER_KEY_ARP_SHA", "arpSha", mac().masked(64), "ARP: sender's MAC address."},
    {64, "TCA_FLOWER_KEY_ARP_SHA_MASK", "", pad(), ""},
    {65, "TCA_FLOWER_KEY_ARP_THA", "arpTha", mac().masked(66), "ARP: target's MAC address."},
    {66, "TCA_FLOWER_KEY_ARP_THA_MASK", "", pad(), ""},
    {67, "TCA_FLOWER_KEY_MPLS_TTL", "mplsTtl", u8(), "TTL of the outermost label."},
    {68, "TCA_FLOWER_KEY_MPLS_BOS", "mplsBos", u8().range(0, 1), "Whether the outermost label is the last."},
    {69, "TCA_FLOWER_KEY_MPLS_TC", "mplsTc", u8().range(0, 7), "Traffic class of the outermost label."},
    {70, "TCA_FLOWER_KEY_MPLS_LABEL", "mplsLabel", u32().range(0, 0xfffff), "Outermost label."},
    {71, "TCA_FLOWER_KEY_TCP_FLAGS", "tcpFlags", be16().range(0, 0xfff).masked(72), "TCP flags."},
    {72, "TCA_FLOWER_KEY_TCP_FLAGS_MASK", "", pad(), ""},
    {73, "TCA_FLOWER_KEY_IP_TOS", "ipTos", u8().masked(74), "Type of service or traffic class."},
    {74, "TCA_FLOWER_KEY_IP_TOS_MASK", "", pad(), ""},
    {75, "TCA_FLOWER_KEY_IP_TTL", "ipTtl", u8().masked(76), "Time to live or hop limit."},
    {76, "TCA_FLOWER_KEY_IP_TTL_MASK", "", pad(), ""},
    {77, "TCA_FLOWER_KEY_CVLAN_ID", "cvlanId", u16().range(0, 4095), "Inner VLAN id."},
    {78, "TCA_FLOWER_KEY_CVLAN_PRIO", "cvlanPrio", u8().range(0, 7), "Inner VLAN priority."},
    {79, "TCA_FLOWER_KEY_CVLAN_ETH_TYPE", "cvlanEthtype", etherType(), "Ethernet type after the inner tag."},
    {80, "TCA_FLOWER_KEY_ENC_IP_TOS", "encTos", u8().masked(81), "Outer type of service."},
    {81, "TCA_FLOWER_KEY_ENC_IP_TOS_MASK", "", pad(), ""},
    {82, "TCA_FLOWER_KEY_ENC_IP_TTL", "encTtl", u8().masked(83), "Outer time to live."},
    {83, "TCA_FLOWER_KEY_ENC_IP_TTL_MASK", "", pad(), ""},
    {84, "TCA_FLOWER_KEY_ENC_OPTS", "encOpts", nested(kTunnelOptions), "Options of the tunnel: of one kind only."},
    {85, "TCA_FLOWER_KEY_ENC_OPTS_MASK", "encOptsMask", nested(kTunnelOptions), "Bits of them that are compared."},
    {86, "TCA_FLOWER_IN_HW_COUNT", "inHwCount", u32().readOnly(), "In how many devices the filter is offloaded."},
    {87, "TCA_FLOWER_KEY_PORT_SRC_MIN", "srcPortMin", be16(), "First of a range of source ports."},
    {88, "TCA_FLOWER_KEY_PORT_SRC_MAX", "srcPortMax", be16(), "Last of it."},
    {89, "TCA_FLOWER_KEY_PORT_DST_MIN", "dstPortMin", be16(), "First of a range of destination ports."},
    {90, "TCA_FLOWER_KEY_PORT_DST_MAX", "dstPortMax", be16(), "Last of it."},
    {91, "TCA_FLOWER_KEY_CT_STATE", "ctState", flags(u16(), kCtStates).masked(92),
     "Connection tracking state: '+trk' for what must be, '-new' for what must not."},
    {92, "TCA_FLOWER_KEY_CT_STATE_MASK", "", pad(), ""},
    {93, "TCA_FLOWER_KEY_CT_ZONE", "ctZone", u16().masked(94), "Connection tracking zone."},
    {94, "TCA_FLOWER_KEY_CT_ZONE_MASK", "", pad(), ""},
    {95, "TCA_FLOWER_KEY_CT_MARK", "ctMark", u32().masked(96), "Connection tracking mark."},
    {96, "TCA_FLOWER_KEY_CT_MARK_MASK", "", pad(), ""},
    {97, "TCA_FLOWER_KEY_CT_LABELS", "ctLabels", binary(16), "Connection tracking labels, 16 bytes."},
    {98, "TCA_FLOWER_KEY_CT_LABELS_MASK", "ctLabelsMask", binary(16), "Bits of them that are compared."},
    {99, "TCA_FLOWER_KEY_MPLS_OPTS", "mpls", list(kLabelElement, 1), "Entries of the MPLS label stack."},
    {100, "TCA_FLOWER_KEY_HASH", "hash", u32().masked(101), "The packet's hash."},
    {101, "TCA_FLOWER_KEY_HASH_MASK", "", pad(), ""},
    {102, "TCA_FLOWER_KEY_NUM_OF_VLANS", "numOfVlans", u8(), "Number of VLAN tags."},
    {103, "TCA_FLOWER_KEY_PPPOE_SID", "pppoeSid", be16(), "PPPoE session id."},
    {104, "TCA_FLOWER_KEY_PPP_PROTO", "pppProto", be16(), "PPP protocol."},
    {105, "TCA_FLOWER_KEY_L2TPV3_SID", "l2tpv3Sid", be32(), "L2TPv3 session id."},
    {106, "TCA_FLOWER_L2_MISS", "l2Miss", u8().range(0, 1), "Whether the bridge did not know the destination."},
    {107, "TCA_FLOWER_KEY_CFM", "cfm", nested(kCfm), "Connectivity fault management."},
    {108, "TCA_FLOWER_KEY_SPI", "spi", be32().masked(109), "Security parameter index of IPsec."},
    {109, "TCA_FLOWER_KEY_SPI_MASK", "", pad(), ""},
    {110, "TCA_FLOWER_KEY_ENC_FLAGS", "encFlags", flags(be32(), kFragmentFlags).masked(111), "Flags of the tunnel."},
    {111, "TCA_FLOWER_KEY_ENC_FLAGS_MASK", "", pad(), ""},
};

}  // namespace

constinit const Table kFlowerFilter{"FlowerFilter", "Options of a 'flower' filter.", kFields};

}  // namespace netplumb
