// Generic network virtualization encapsulation: Ethernet in UDP.
#include "route/link_kinds/kinds.h"

namespace netplumb {
namespace {

constexpr Field kFields[] = {
    {1, "IFLA_GENEVE_ID", "id", u32().range(0, 0xffffff), "Virtual network identifier (VNI)."},
    {2, "IFLA_GENEVE_REMOTE", "remote", ipv4(), "Address of the remote end."},
    {3, "IFLA_GENEVE_TTL", "ttl", u8(), "Time to live of the outer header; 0: the system's default."},
    {4, "IFLA_GENEVE_TOS", "tos", u8(), "Type of service of the outer header; 1: that of the inner one."},
    {5, "IFLA_GENEVE_PORT", "port", be16(), "UDP destination port (dstport); 6081 if left out."},
    {6, "IFLA_GENEVE_COLLECT_METADATA", "collectMetadata", flag(),
     "Routes, filters and programs give identifier and remote end of each packet (external)."},
    {7, "IFLA_GENEVE_REMOTE6", "remote6", ipv6(), "IPv6 address of the remote end."},
    {8, "IFLA_GENEVE_UDP_CSUM", "udpCsum", boolean(), "UDP checksums over IPv4."},
    {9, "IFLA_GENEVE_UDP_ZERO_CSUM6_TX", "udpZeroCsum6Tx", boolean(), "No UDP checksums over IPv6 are sent."},
    {10, "IFLA_GENEVE_UDP_ZERO_CSUM6_RX", "udpZeroCsum6Rx", boolean(), "UDP without checksum is accepted over IPv6."},
    {11, "IFLA_GENEVE_LABEL", "label", be32().range(0, 0xfffff), "Flow label of the outer IPv6 header."},
    {12, "IFLA_GENEVE_TTL_INHERIT", "ttlInherit", boolean(), "Time to live is that of the inner header."},
    {13, "IFLA_GENEVE_DF", "df", enumeration(u8(), kDontFragment), "Don't-fragment bit of the outer IPv4 header."},
    {14, "IFLA_GENEVE_INNER_PROTO_INHERIT", "innerProtoInherit", flag(), "Carries IP packets, not Ethernet frames."},
    {15, "IFLA_GENEVE_PORT_RANGE", "portRange", structure(kPortRange), "UDP source ports."},
    {16, "IFLA_GENEVE_GRO_HINT", "groHint", flag(), "Packets tell the other end how they may be put together."},
    {17, "IFLA_GENEVE_LOCAL", "local", ipv4(), "Outer source address."},
    {18, "IFLA_GENEVE_LOCAL6", "local6", ipv6(), "Outer IPv6 source address."},
};

}  // namespace

constinit const Table kGeneveOptions{"GeneveOptions", "Options of a 'geneve' link.", kFields};

}  // namespace netplumb
