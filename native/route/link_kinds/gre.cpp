// Generic routing encapsulation over IPv4 (gre, gretap, erspan) and over IPv6 (ip6gre, ip6gretap, ip6erspan).
#include "route/link_kinds/kinds.h"

namespace netplumb {
namespace {

constexpr Name kFlags[] = {{0x8000, "csum"}, {0x2000, "key"}, {0x1000, "seq"}};
constexpr Name kDirections[] = {{0, "ingress"}, {1, "egress"}};

constexpr Field kFields[] = {
    {1, "IFLA_GRE_LINK", "link", link(), "Link to send by (dev)."},
    {2, "IFLA_GRE_IFLAGS", "iflags", flags(be16(), kFlags), "What is expected in received packets."},
    {3, "IFLA_GRE_OFLAGS", "oflags", flags(be16(), kFlags), "What is put into sent packets."},
    {4, "IFLA_GRE_IKEY", "ikey", be32(), "Key of received packets; needs 'key' in iflags."},
    {5, "IFLA_GRE_OKEY", "okey", be32(), "Key of sent packets; needs 'key' in oflags."},
    {6, "IFLA_GRE_LOCAL", "local", ipv4(), "Source address of the outer header."},
    {7, "IFLA_GRE_REMOTE", "remote", ipv4(), "Address of the remote end."},
    {8, "IFLA_GRE_TTL", "ttl", u8(), "Time to live of the outer header; 0: that of the inner one."},
    {9, "IFLA_GRE_TOS", "tos", u8(), "Type of service of the outer header; 1: that of the inner one."},
    {10, "IFLA_GRE_PMTUDISC", "pmtudisc", boolean(), "Path MTU discovery."},
    {14, "IFLA_GRE_ENCAP_TYPE", "encapType", enumeration(u16(), kTunnelEncaps), "What packets are also wrapped in."},
    {15, "IFLA_GRE_ENCAP_FLAGS", "encapFlags", flags(u16(), kTunnelEncapFlags), "Options of that wrapping."},
    {16, "IFLA_GRE_ENCAP_SPORT", "encapSport", be16(), "UDP source port; 0: chosen by flow."},
    {17, "IFLA_GRE_ENCAP_DPORT", "encapDport", be16(), "UDP destination port."},
    {18, "IFLA_GRE_COLLECT_METADATA", "collectMetadata", flag(),
     "Routes, filters and programs give key and remote end of each packet (external)."},
    {19, "IFLA_GRE_IGNORE_DF", "ignoreDf", boolean(), "Packets are fragmented even where they forbid it."},
    {20, "IFLA_GRE_FWMARK", "fwmark", u32(), "Mark of sent packets."},
    {21, "IFLA_GRE_ERSPAN_INDEX", "erspanIndex", u32().range(0, 0xfffff), "ERSPAN version 1: port of the source."},
    {22, "IFLA_GRE_ERSPAN_VER", "erspanVer", u8().range(0, 2), "Version of ERSPAN."},
    {23, "IFLA_GRE_ERSPAN_DIR", "erspanDir", enumeration(u8(), kDirections), "ERSPAN version 2: direction."},
    {24, "IFLA_GRE_ERSPAN_HWID", "erspanHwid", u16().range(0, 63), "ERSPAN version 2: id of the engine."},
};

constexpr Field kFields6[] = {
    {1, "IFLA_GRE_LINK", "link", link(), "Link to send by (dev)."},
    {2, "IFLA_GRE_IFLAGS", "iflags", flags(be16(), kFlags), "What is expected in received packets."},
    {3, "IFLA_GRE_OFLAGS", "oflags", flags(be16(), kFlags), "What is put into sent packets."},
    {4, "IFLA_GRE_IKEY", "ikey", be32(), "Key of received packets; needs 'key' in iflags."},
    {5, "IFLA_GRE_OKEY", "okey", be32(), "Key of sent packets; needs 'key' in oflags."},
    {6, "IFLA_GRE_LOCAL", "local", ipv6(), "Source address of the outer header."},
    {7, "IFLA_GRE_REMOTE", "remote", ipv6(), "Address of the remote end."},
    {8, "IFLA_GRE_TTL", "ttl", u8(), "Hop limit of the outer header; 0: that of the inner one."},
    {11, "IFLA_GRE_ENCAP_LIMIT", "encapLimit", u8(), "How often the packet may be wrapped again."},
    {12, "IFLA_GRE_FLOWINFO", "flowInfo", be32(), "Traffic class (bits 20 to 27) and flow label (bits 0 to 19)."},
    {13, "IFLA_GRE_FLAGS", "flags", flags(u32(), kIp6TunnelFlags), "Options of the tunnel."},
    {14, "IFLA_GRE_ENCAP_TYPE", "encapType", enumeration(u16(), kTunnelEncaps), "What packets are also wrapped in."},
    {15, "IFLA_GRE_ENCAP_FLAGS", "encapFlags", flags(u16(), kTunnelEncapFlags), "Options of that wrapping."},
    {16, "IFLA_GRE_ENCAP_SPORT", "encapSport", be16(), "UDP source port; 0: chosen by flow."},
    {17, "IFLA_GRE_ENCAP_DPORT", "encapDport", be16(), "UDP destination port."},
    {18, "IFLA_GRE_COLLECT_METADATA", "collectMetadata", flag(),
     "Routes, filters and programs give key and remote end of each packet (external)."},
    {20, "IFLA_GRE_FWMARK", "fwmark", u32(), "Mark of sent packets."},
    {21, "IFLA_GRE_ERSPAN_INDEX", "erspanIndex", u32().range(0, 0xfffff), "ERSPAN version 1: port of the source."},
    {22, "IFLA_GRE_ERSPAN_VER", "erspanVer", u8().range(0, 2), "Version of ERSPAN."},
    {23, "IFLA_GRE_ERSPAN_DIR", "erspanDir", enumeration(u8(), kDirections), "ERSPAN version 2: direction."},
    {24, "IFLA_GRE_ERSPAN_HWID", "erspanHwid", u16().range(0, 63), "ERSPAN version 2: id of the engine."},
};

}  // namespace

constinit const Table kGreOptions{"GreOptions", "Options of a 'gre', 'gretap' or 'erspan' link.", kFields};
constinit const Table kGre6Options{"Gre6Options", "Options of an 'ip6gre', 'ip6gretap' or 'ip6erspan' link.", kFields6};

}  // namespace netplumb
