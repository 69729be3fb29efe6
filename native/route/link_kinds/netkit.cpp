// A pair of links whose packets pass BPF programs.
#include "route/link.h"
#include "route/link_kinds/kinds.h"

namespace netplumb {
namespace {

constexpr Name kPolicies[] = {{0, "forward"}, {2, "blackhole"}};
constexpr Name kModes[] = {{0, "l2"}, {1, "l3"}};
constexpr Name kPairings[] = {{0, "pair"}, {1, "single"}};
constexpr Name kScrubs[] = {{0, "none"}, {1, "default"}};

constexpr Field kFields[] = {
    {1, "IFLA_NETKIT_PEER_INFO", "peer", object(kLink).writeOnly(), "The other end: name, netns and so on."},
    {2, "IFLA_NETKIT_PRIMARY", "primary", boolean().readOnly(), "Whether this end manages the pair."},
    {3, "IFLA_NETKIT_POLICY", "policy", enumeration(u32(), kPolicies), "What becomes of packets without a program."},
    {4, "IFLA_NETKIT_PEER_POLICY", "peerPolicy", enumeration(u32(), kPolicies), "policy of the other end."},
    {5, "IFLA_NETKIT_MODE", "mode", enumeration(u32(), kModes), "Ethernet frames or IP packets; set at creation."},
    {6, "IFLA_NETKIT_SCRUB", "scrub", enumeration(u32(), kScrubs), "Whether mark and priority are cleared."},
    {7, "IFLA_NETKIT_PEER_SCRUB", "peerScrub", enumeration(u32(), kScrubs), "scrub of the other end."},
    {8, "IFLA_NETKIT_HEADROOM", "headroom", u16(), "Bytes kept free in front of packets; set at creation."},
    {9, "IFLA_NETKIT_TAILROOM", "tailroom", u16(), "Bytes kept free behind packets; set at creation."},
    {10, "IFLA_NETKIT_PAIRING", "pairing", enumeration(u32(), kPairings),
     "Whether it has another end; set at creation."},
};

}  // namespace

constinit const Table kNetkitOptions{"NetkitOptions", "Options of a 'netkit' link.", kFields};

}  // namespace netplumb
