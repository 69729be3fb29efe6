// Links with a MAC address of their own on a parent: macvlan and macvtap.
#include "route/link_kinds/kinds.h"

namespace netplumb {
namespace {

constexpr Name kModes[] = {{1, "private"}, {2, "vepa"}, {4, "bridge"}, {8, "passthru"}, {16, "source"}};
constexpr Name kFlags[] = {{0x1, "nopromisc"}, {0x2, "nodst"}};
constexpr Name kMacaddrModes[] = {{0, "add"}, {1, "del"}, {2, "flush"}, {3, "set"}};
constexpr auto kMac = mac();

constexpr Field kFields[] = {
    {1, "IFLA_MACVLAN_MODE", "mode", enumeration(u32(), kModes), "Whom the link can talk to."},
    {2, "IFLA_MACVLAN_FLAGS", "flags", flags(u16(), kFlags),
     "'nopromisc': the parent is not made promiscuous; 'nodst': source mode ignores destinations."},
    {3, "IFLA_MACVLAN_MACADDR_MODE", "macaddrMode", enumeration(u32(), kMacaddrModes).writeOnly(),
     "What to do with the addresses given, in mode 'source'."},
    {4, "IFLA_MACVLAN_MACADDR", "macaddr", mac().writeOnly(), "The address to add or delete, in mode 'source'."},
    {5, "IFLA_MACVLAN_MACADDR_DATA", "macaddrs", list(kMac, 4),
     "Source addresses accepted in mode 'source'; written with macaddrMode 'set'."},
    {6, "IFLA_MACVLAN_MACADDR_COUNT", "macaddrCount", u32().readOnly(), "Number of source addresses."},
    {7, "IFLA_MACVLAN_BC_QUEUE_LEN", "bcQueueLen", u32(), "Length asked for of the queue for broadcasts, in packets."},
    {8, "IFLA_MACVLAN_BC_QUEUE_LEN_USED", "bcQueueLenUsed", u32().readOnly(),
     "Length of that queue, which the parent's links share: the longest asked for."},
    {9, "IFLA_MACVLAN_BC_CUTOFF", "bcCutoff", s32(),
     "Multicast for fewer listeners than this is not queued; negative: queue none."},
};

}  // namespace

constinit const Table kMacvlanOptions{"MacvlanOptions", "Options of a 'macvlan' or 'macvtap' link.", kFields};

}  // namespace netplumb
