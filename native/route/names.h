// Names that several of rtnetlink's objects share, as iproute2 prints them.
#pragma once

#include "netlink/table.h"

namespace netplumb {

/// Address families (AF_*, RTNL_FAMILY_*).
inline constexpr Name kFamilies[] = {
    {0, "unspec"}, {2, "inet"}, {7, "bridge"}, {10, "inet6"}, {17, "link"}, {28, "mpls"}, {128, "ipmr"}, {129, "ip6mr"},
};

/// Who made a route, rule, neighbour or nexthop (RTPROT_*).
inline constexpr Name kRouteProtocols[] = {
    {0, "unspec"}, {1, "redirect"}, {2, "kernel"},   {3, "boot"},        {4, "static"},    {8, "gated"},
    {9, "ra"},     {10, "mrt"},     {11, "zebra"},   {12, "bird"},       {13, "dnrouted"}, {14, "xorp"},
    {15, "ntk"},   {16, "dhcp"},    {17, "mrouted"}, {18, "keepalived"}, {42, "babel"},    {84, "ovn"},
    {99, "openr"}, {186, "bgp"},    {187, "isis"},   {188, "ospf"},      {189, "rip"},     {192, "eigrp"},
};

/// How far a destination or address reaches (RT_SCOPE_*).
inline constexpr Name kRouteScopes[] = {
    {0, "global"}, {200, "site"}, {253, "link"}, {254, "host"}, {255, "nowhere"},
};

/// Routing tables with a meaning of their own (RT_TABLE_*).
inline constexpr Name kRouteTables[] = {
    {0, "unspec"}, {252, "compat"}, {253, "default"}, {254, "main"}, {255, "local"},
};

/// State and options of one next hop (RTNH_F_*).
inline constexpr Name kNexthopFlags[] = {
    {0x01, "dead"},     {0x02, "pervasive"},  {0x04, "onlink"}, {0x08, "offload"},
    {0x10, "linkdown"}, {0x20, "unresolved"}, {0x40, "trap"},
};

/// Transport protocols that routes and rules are selected by (IPPROTO_*), as the protocols file names them.
inline constexpr Name kIpProtocols[] = {
    {1, "icmp"}, {2, "igmp"}, {6, "tcp"},        {17, "udp"},   {33, "dccp"},  {47, "gre"},
    {50, "esp"}, {51, "ah"},  {58, "ipv6-icmp"}, {115, "l2tp"}, {132, "sctp"}, {136, "udplite"},
};

}  // namespace netplumb
