// Layer 3 protocols in UDP without a header between.
#include "route/link_kinds/kinds.h"

namespace netplumb {
namespace {

constexpr Name kEthertypes[] = {{0x0800, "ipv4"}, {0x86dd, "ipv6"}, {0x8847, "mpls_uc"}, {0x8848, "mpls_mc"}};

constexpr Field kFields[] = {
    {1, "IFLA_BAREUDP_PORT", "port", be16(), "UDP destination port (dstport)."},
    {2, "IFLA_BAREUDP_ETHERTYPE", "ethertype", enumeration(be16(), kEthertypes), "Ethernet type of what is carried."},
    {3, "IFLA_BAREUDP_SRCPORT_MIN", "srcportMin", u16(), "Least UDP source port."},
    {4, "IFLA_BAREUDP_MULTIPROTO_MODE", "multiprotoMode", flag(), "Carries IPv6 or MPLS multicast, too."},
};

}  // namespace

constinit const Table kBareudpOptions{"BareudpOptions", "Options of a 'bareudp' link.", kFields};

}  // namespace netplumb
