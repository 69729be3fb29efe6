// IP in IP: over IPv4 (ipip, sit) and over IPv6 (ip6tnl).
#include "route/link_kinds/kinds.h"

namespace netplumb {
namespace {

constexpr Name kProtocols[] = {{0, "any"}, {4, "ipip"}, {41, "ip6ip"}, {137, "mplsip"}};
constexpr Name kProtocols6[] = {{0, "any"}, {4, "ipip6"}, {41, "ip6ip6"}, {137, "mplsip6"}};
constexpr Name kSitFlags[] = {{0x1, "isatap"}};

constexpr Field kFields[] = {
    {1, "IFLA_IPTUN_LINK", "link", link(), "Link to send by (dev)."},
    {2, "IFLA_IPTUN_LOCAL", "local", ipv4(), "Source address of the outer header."},
    {3, "IFLA_IPTUN_REMOTE", "remote", ipv4(), "Address of the remote end."},
    {4, "IFLA_IPTUN_TTL", "ttl", u8(), "Time to live of the outer header; 0: that of the inner one."},
    {5, "IFLA_IPTUN_TOS", "tos", u8(), "Type of service of the outer header; 1: that of the inner one."},
    {8, "IFLA_IPTUN_FLAGS", "flags", flags(u16(), kSitFlags), "Options of a 'sit' link."},
    {9, "IFLA_IPTUN_PROTO", "proto", enumeration(u8(), kProtocols), "What is carried (mode)."},
    {10, "IFLA_IPTUN_PMTUDISC", "pmtudisc", boolean(), "Path MTU discovery."},
    {11, "IFLA_IPTUN_6RD_PREFIX", "sixrdPrefix", ipv6(), "6rd: prefix of the domain."},
    {12, "IFLA_IPTUN_6RD_RELAY_PREFIX", "sixrdRelayPrefix", ipv4(), "6rd: prefix that all IPv4 addresses have."},
    {13, "IFLA_IPTUN_6RD_PREFIXLEN", "sixrdPrefixLength", u16().range(0, 128), "6rd: length of the domain's prefix."},
    {14, "IFLA_IPTUN_6RD_RELAY_PREFIXLEN", "sixrdRelayPrefixLength", u16().range(0, 32),
     "6rd: length of the IPv4 prefix."},
    {15, "IFLA_IPTUN_ENCAP_TYPE", "encapType", enumeration(u16(), kTunnelEncaps), "What packets are also wrapped in."},
    {16, "IFLA_IPTUN_ENCAP_FLAGS", "encapFlags", flags(u16(), kTunnelEncapFlags), "Options of that wrapping."},
    {17, "IFLA_IPTUN_ENCAP_SPORT", "encapSport", be16(), "UDP source port; 0: chosen by flow."},
    {18, "IFLA_IPTUN_ENCAP_DPORT", "encapDport", be16(), "UDP destination port."},
    {19, "IFLA_IPTUN_COLLECT_METADATA", "collectMetadata", flag(),
     "Routes, filters and programs give the remote end of each packet (external)."},
    {20, "IFLA_IPTUN_FWMARK", "fwmark", u32(), "Mark of sent packets."},
};

constexpr Field kFields6[] = {
    {1, "IFLA_IPTUN_LINK", "link", link(), "Link to send by (dev)."},
    {2, "IFLA_IPTUN_LOCAL", "local", ipv6(), "Source address of the outer header."},
    {3, "IFLA_IPTUN_REMOTE", "remote", ipv6(), "Address of the remote end."},
    {4, "IFLA_IPTUN_TTL", "ttl", u8(), "Hop limit of the outer header; 0: that of the inner one."},
    {6, "IFLA_IPTUN_ENCAP_LIMIT", "encapLimit", u8(), "How often the packet may be wrapped again."},
    {7, "IFLA_IPTUN_FLOWINFO", "flowInfo", be32(), "Traffic class (bits 20 to 27) and flow label (bits 0 to 19)."},
    {8, "IFLA_IPTUN_FLAGS", "flags", flags(u32(), kIp6TunnelFlags), "Options of the tunnel."},
    {9, "IFLA_IPTUN_PROTO", "proto", enumeration(u8(), kProtocols6), "What is carried (mode)."},
    {15, "IFLA_IPTUN_ENCAP_TYPE", "encapType", enumeration(u16(), kTunnelEncaps), "What packets are also wrapped in."},
    {16, "IFLA_IPTUN_ENCAP_FLAGS", "encapFlags", flags(u16(), kTunnelEncapFlags), "Options of that wrapping."},
    {17, "IFLA_IPTUN_ENCAP_SPORT", "encapSport", be16(), "UDP source port; 0: chosen by flow."},
    {18, "IFLA_IPTUN_ENCAP_DPORT", "encapDport", be16(), "UDP destination port."},
    {19, "IFLA_IPTUN_COLLECT_METADATA", "collectMetadata", flag(),
     "Routes, filters and programs give the remote end of each packet (external)."},
    {20, "IFLA_IPTUN_FWMARK", "fwmark", u32(), "Mark of sent packets."},
};

}  // namespace

constinit const Table kIpTunnelOptions{"IpTunnelOptions", "Options of an 'ipip' or 'sit' link.", kFields};
constinit const Table kIp6TunnelOptions{"Ip6TunnelOptions", "Options of an 'ip6tnl' link.", kFields6};

}  // namespace netplumb
