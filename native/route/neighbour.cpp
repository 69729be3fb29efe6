#include "route/neighbour.h"

#include "route/names.h"

namespace netplumb {
namespace {

constexpr Name kStates[] = {
    {0x01, "incomplete"}, {0x02, "reachable"}, {0x04, "stale"}, {0x08, "delay"},
    {0x10, "probe"},      {0x20, "failed"},    {0x40, "noarp"}, {0x80, "permanent"},
};

constexpr Name kFlags[] = {
    {0x01, "use"},        {0x02, "self"},    {0x04, "master"}, {0x08, "proxy"},
    {0x10, "extLearned"}, {0x20, "offload"}, {0x40, "sticky"}, {0x80, "router"},
};

constexpr Name kExtFlags[] = {{0x1, "managed"}, {0x2, "locked"}, {0x4, "extValidated"}};

// The same numbers as route types.
constexpr Name kTypes[] = {
    {0, "unspec"}, {1, "unicast"}, {2, "local"}, {3, "broadcast"}, {4, "anycast"}, {5, "multicast"},
};

constexpr Field kHeaderFields[] = {
    {0, "ndm_family", "family", enumeration(u8(), kFamilies),
     "Address family; 'bridge' for forwarding entries; follows from dst if left out."},
    {4, "ndm_ifindex", "link", link(), "The link that the neighbour is on."},
    {8, "ndm_state", "state", flags(u16(), kStates), "State of the entry; none is an empty array."},
    {10, "ndm_flags", "flags", flags(u8(), kFlags), "Options of the entry."},
    {11, "ndm_type", "type", enumeration(u8(), kTypes).readOnly(), "Kind of the address."},
};
constexpr Table kHeader{"NeighbourHeader", "struct ndmsg", kHeaderFields, 12};

constexpr Field kCacheInfoFields[] = {
    {0, "ndm_confirmed", "confirmed", u32().scaled(10), "Milliseconds since it was last confirmed to be reachable."},
    {4, "ndm_used", "used", u32().scaled(10), "Milliseconds since the last use."},
    {8, "ndm_updated", "updated", u32().scaled(10), "Milliseconds since the last change."},
    {12, "ndm_refcnt", "refcnt", u32(), "References to the entry."},
};
constexpr Table kCacheInfo{"NeighbourCacheInfo", "struct nda_cacheinfo", kCacheInfoFields, 16};

constexpr Name kActivity[] = {{1, "notify"}, {2, "inactive"}};

constexpr Field kFdbExtFields[] = {
    {1, "NFEA_ACTIVITY_NOTIFY", "activityNotify", flags(u8(), kActivity),
     "'notify': tell of activity and of its end; 'inactive': the entry is, or is to be, inactive."},
    {2, "NFEA_DONT_REFRESH", "dontRefresh", flag().writeOnly(), "A change leaves the entry's age as it is."},
};
constexpr Table kFdbExt{"NeighbourFdbExt", "Activity of a bridge's forwarding entry.", kFdbExtFields};

constexpr Field kFields[] = {
    {1, "NDA_DST", "dst", ip(), "The neighbour's address; of a VXLAN's forwarding entry, the remote end."},
    {2, "NDA_LLADDR", "lladdr", mac(), "The neighbour's link-layer address."},
    {3, "NDA_CACHEINFO", "cacheInfo", structure(kCacheInfo).readOnly(), "Age of the entry."},
    {4, "NDA_PROBES", "probes", u32().readOnly(), "Probes sent without an answer."},
    {5, "NDA_VLAN", "vlan", u16().range(0, 4095), "VLAN of a bridge's forwarding entry."},
    {6, "NDA_PORT", "port", be16(), "UDP port of a VXLAN's remote end."},
    {7, "NDA_VNI", "vni", u32().range(0, 0xffffff), "VNI to send with to a VXLAN's remote end."},
    {8, "NDA_IFINDEX", "viaLink", link().foreignBy(10), "Link to send by to a VXLAN's remote end (via)."},
    {9, "NDA_MASTER", "master", link(), "The bridge that has the entry; filters a dump."},
    {10, "NDA_LINK_NETNSID", "linkNetnsId", s32().readOnly(), "Id of the namespace that viaLink is in."},
    {11, "NDA_SRC_VNI", "srcVni", u32().range(0, 0xffffff), "VNI the entry is for, of a VXLAN with many VNIs."},
    {12, "NDA_PROTOCOL", "protocol", enumeration(u8(), kRouteProtocols), "Who made the entry."},
    {13, "NDA_NH_ID", "nhid", u32(), "Id of a nexthop group, in place of dst, of a forwarding entry."},
    {14, "NDA_FDB_EXT_ATTRS", "fdbExt", nested(kFdbExt), "Activity of a bridge's forwarding entry."},
    {15, "NDA_FLAGS_EXT", "extFlags", flags(u32(), kExtFlags), "Further options."},
    {16, "NDA_NDM_STATE_MASK", "stateMask", flags(u16(), kStates).writeOnly(), "States compared when flushing."},
    {17, "NDA_NDM_FLAGS_MASK", "flagsMask", flags(u8(), kFlags).writeOnly(), "Flags compared when flushing."},
};
constexpr Table kAttributes{"NeighbourAttributes", "NDA_*", kFields};

}  // namespace

constinit const Object kNeighbour{"Neighbour", "A neighbour (ARP, NDP), or a forwarding entry of a bridge or VXLAN.",
                                  kHeader, kAttributes, 0};

}  // namespace netplumb
