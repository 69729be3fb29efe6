// Virtual eXtensible LAN: Ethernet in UDP.
#include "route/link_kinds/kinds.h"

namespace netplumb {
namespace {

constexpr Name kLabelPolicies[] = {{0, "fixed"}, {1, "inherit"}};

constexpr Field kHeaderFields[] = {
    {0, "vx_flags", "flags", be32(), "Bits of the first word."},
    {4, "vx_vni", "vni", be32(), "Bits of the second word."},
};
constexpr Table kHeader{"VxlanHeader", "struct vxlanhdr", kHeaderFields, 8};

constexpr Field kFields[] = {
    {1, "IFLA_VXLAN_ID", "id", u32().range(0, 0xffffff), "VXLAN network identifier (VNI)."},
    {2, "IFLA_VXLAN_GROUP", "group", ipv4(), "Multicast group to join, or address of the remote end (remote)."},
    {3, "IFLA_VXLAN_LINK", "link", link(), "Link to send by (dev); needed for a multicast group."},
    {4, "IFLA_VXLAN_LOCAL", "local", ipv4(), "Source address of the outer header."},
    {5, "IFLA_VXLAN_TTL", "ttl", u8(), "Time to live of the outer header; 0: the system's default."},
    {6, "IFLA_VXLAN_TOS", "tos", u8(), "Type of service of the outer header; 1: that of the inner one."},
    {7, "IFLA_VXLAN_LEARNING", "learning", boolean(), "Remote ends of source addresses are learned."},
    {8, "IFLA_VXLAN_AGEING", "ageing", u32().scaled(1000),
     "Milliseconds (a multiple of 1000) until a learned address is forgotten."},
    {9, "IFLA_VXLAN_LIMIT", "limit", u32(), "Most forwarding entries; 0: no limit."},
    {10, "IFLA_VXLAN_PORT_RANGE", "portRange", structure(kPortRange), "Source ports (srcport)."},
    {11, "IFLA_VXLAN_PROXY", "proxy", boolean(), "ARP and ND are answered from the neighbour table."},
    {12, "IFLA_VXLAN_RSC", "rsc", boolean(), "Route short circuit."},
    {13, "IFLA_VXLAN_L2MISS", "l2miss", boolean(), "Tells listeners of unknown link-layer addresses."},
    {14, "IFLA_VXLAN_L3MISS", "l3miss", boolean(), "Tells listeners of unknown neighbours."},
    {15, "IFLA_VXLAN_PORT", "port", be16(), "UDP destination port (dstport); 8472 if left out, IANA's is 4789."},
    {16, "IFLA_VXLAN_GROUP6", "group6", ipv6(), "IPv6 multicast group to join, or address of the remote end (remote)."},
    {17, "IFLA_VXLAN_LOCAL6", "local6", ipv6(), "IPv6 source address of the outer header."},
    {18, "IFLA_VXLAN_UDP_CSUM", "udpCsum", boolean(), "UDP checksums over IPv4."},
    {19, "IFLA_VXLAN_UDP_ZERO_CSUM6_TX", "udpZeroCsum6Tx", boolean(), "No UDP checksums over IPv6 are sent."},
    {20, "IFLA_VXLAN_UDP_ZERO_CSUM6_RX", "udpZeroCsum6Rx", boolean(), "UDP without checksum is accepted over IPv6."},
    {21, "IFLA_VXLAN_REMCSUM_TX", "remcsumTx", boolean(), "Remote checksum offload is asked for."},
    {22, "IFLA_VXLAN_REMCSUM_RX", "remcsumRx", boolean(), "Remote checksum offload is done."},
    {23, "IFLA_VXLAN_GBP", "gbp", flag(), "Group policy extension."},
    {24, "IFLA_VXLAN_REMCSUM_NOPARTIAL", "remcsumNopartial", flag(), "Remote checksum offload without partial sums."},
    {25, "IFLA_VXLAN_COLLECT_METADATA", "collectMetadata", boolean(),
     "Routes, filters and programs give identifier and remote end of each packet (external)."},
    {26, "IFLA_VXLAN_LABEL", "label", be32().range(0, 0xfffff), "Flow label of the outer IPv6 header."},
    {27, "IFLA_VXLAN_GPE", "gpe", flag(), "Generic protocol extension."},
    {28, "IFLA_VXLAN_TTL_INHERIT", "ttlInherit", flag(), "Time to live is that of the inner header."},
    {29, "IFLA_VXLAN_DF", "df", enumeration(u8(), kDontFragment), "Don't-fragment bit of the outer IPv4 header."},
    {30, "IFLA_VXLAN_VNIFILTER", "vnifilter", boolean(), "Only identifiers given by VNI filter entries are accepted."},
    {31, "IFLA_VXLAN_LOCALBYPASS", "localbypass", boolean(),
     "Packets for a remote end on this host go directly to its VXLAN link."},
    {32, "IFLA_VXLAN_LABEL_POLICY", "labelPolicy", enumeration(u32(), kLabelPolicies),
     "Whether the flow label is label or that of the inner header."},
    {33, "IFLA_VXLAN_RESERVED_BITS", "reservedBits", structure(kHeader),
     "Bits of the header that, when set, make a received packet invalid."},
    {34, "IFLA_VXLAN_MC_ROUTE", "mcroute", boolean(), "Multicast of the underlay is routed before it is sent."},
};

}  // namespace

constinit const Table kVxlanOptions{"VxlanOptions", "Options of a 'vxlan' link.", kFields};

}  // namespace netplumb
