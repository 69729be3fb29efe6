#include "route/nexthop.h"

#include "route/names.h"
#include "route/route.h"

namespace netplumb {
namespace {

constexpr Name kGroupTypes[] = {{0, "mpath"}, {1, "resilient"}};
constexpr Name kDumpOptions[] = {{0x1, "stats"}, {0x2, "hwStats"}};
constexpr Name kOffOn[] = {{0, "off"}, {1, "on"}};

constexpr Field kHeaderFields[] = {
    {0, "nh_family", "family", enumeration(u8(), kFamilies), "Address family; 'unspec' for a group."},
    {1, "nh_scope", "scope", enumeration(u8(), kRouteScopes).readOnly(), "How far the next hop is."},
    {2, "nh_protocol", "protocol", enumeration(u8(), kRouteProtocols), "Who made it."},
    {4, "nh_flags", "flags", flags(u32(), kNexthopFlags), "State and options."},
};
constexpr Table kHeader{"NexthopHeader", "struct nhmsg", kHeaderFields, 8};

constexpr Field kResGroupFields[] = {
    {0, "NHA_RES_GROUP_PAD", "", pad(), ""},
    {1, "NHA_RES_GROUP_BUCKETS", "buckets", u16(), "Number of buckets."},
    {2, "NHA_RES_GROUP_IDLE_TIMER", "idleTimer", u32().scaled(10),
     "Milliseconds (a multiple of 10) after which an unused bucket may go to another next hop."},
    {3, "NHA_RES_GROUP_UNBALANCED_TIMER", "unbalancedTimer", u32().scaled(10),
     "Milliseconds (a multiple of 10) out of balance after which buckets in use move too; 0: never."},
    {4, "NHA_RES_GROUP_UNBALANCED_TIME", "unbalancedTime", u64().scaled(10).readOnly(),
     "Milliseconds that the group has been out of balance."},
};
constexpr Table kResGroup{"NexthopResGroup", "A resilient group.", kResGroupFields};

constexpr Field kResBucketFields[] = {
    {0, "NHA_RES_BUCKET_PAD", "", pad(), ""},
    {1, "NHA_RES_BUCKET_INDEX", "index", u16(), "Index of the bucket."},
    {2, "NHA_RES_BUCKET_IDLE_TIME", "idleTime", u64().scaled(10).readOnly(), "Milliseconds since its last use."},
    {3, "NHA_RES_BUCKET_NH_ID", "nhid", u32(), "Id of its next hop."},
};
constexpr Table kResBucket{"NexthopResBucket", "NHA_RES_BUCKET_*", kResBucketFields};

constexpr Field kGroupStatsEntryFields[] = {
    {1, "NHA_GROUP_STATS_ENTRY_ID", "id", u32(), "Id of the member."},
    {2, "NHA_GROUP_STATS_ENTRY_PACKETS", "packets", u32(), "Packets forwarded, modulo 2^32."},
    {3, "NHA_GROUP_STATS_ENTRY_PACKETS_HW", "packetsHw", u32(), "Packets forwarded in hardware, modulo 2^32."},
};
constexpr Table kGroupStatsEntry{"NexthopGroupStats", "Counters of one member of a group.", kGroupStatsEntryFields};
constexpr auto kGroupStats = nested(kGroupStatsEntry);

constexpr Field kMemberFields[] = {
    {0, "id", "id", u32(), "Id of the nexthop."},
    {4, "weight", "weight", u8().plus(1), "Share of the traffic, 1 to 256; 1 if left out."},
};
constexpr Table kMember{"NexthopGroupMember", "A member of a group, struct nexthop_grp.", kMemberFields, 8};

constexpr Field kFields[] = {
    {1, "NHA_ID", "id", u32(), "Id of the nexthop; chosen by the kernel if left out."},
    {2, "NHA_GROUP", "group", structures(kMember), "Members of a group."},
    {3, "NHA_GROUP_TYPE", "type", enumeration(u16(), kGroupTypes), "Kind of the group."},
    {4, "NHA_BLACKHOLE", "blackhole", flag(), "Packets are dropped."},
    {5, "NHA_OIF", "link", link(), "Outgoing link (dev)."},
    {6, "NHA_GATEWAY", "gateway", ip(), "Address of the next hop (via)."},
    {7, "NHA_ENCAP_TYPE", "encapType", enumeration(u16(), kEncapTypes), "Kind of the lightweight tunnel."},
    {8, "NHA_ENCAP", "encap", selected(kEncaps, "encapType"), "The lightweight tunnel's parameters."},
    {9, "NHA_GROUPS", "groups", flag().writeOnly(), "Filters a dump: groups only."},
    {10, "NHA_MASTER", "master", link().writeOnly(), "Filters a dump: those on links of this master."},
    {11, "NHA_FDB", "fdb", flag(), "For forwarding entries of a VXLAN: a remote end, not a route's next hop."},
    {12, "NHA_RES_GROUP", "resGroup", nested(kResGroup), "Parameters of a resilient group."},
    {14, "NHA_OP_FLAGS", "dump", flags(u32(), kDumpOptions).writeOnly(), "What a dump tells besides."},
    {15, "NHA_GROUP_STATS", "groupStats", list(kGroupStats, 1).readOnly(), "Counters of a group's members."},
    {16, "NHA_HW_STATS_ENABLE", "hwStats", enumeration(u32(), kOffOn), "Whether hardware is to count packets."},
    {17, "NHA_HW_STATS_USED", "hwStatsUsed", enumeration(u32(), kOffOn).readOnly(), "Whether hardware does count."},
    {18, "NHA_DST_PORT", "dstPort", be16().range(1, 65535), "UDP destination port of a remote end."},
};
constexpr Table kAttributes{"NexthopAttributes", "NHA_*", kFields};

constexpr Field kBucketFields[] = {
    {1, "NHA_ID", "id", u32(), "Id of the group."},
    {5, "NHA_OIF", "link", link().writeOnly(), "Filters a dump: buckets whose next hop goes out of this link."},
    {10, "NHA_MASTER", "master", link().writeOnly(), "Filters a dump: those on links of this master."},
    {13, "NHA_RES_BUCKET", "", nested(kResBucket), ""},
};
constexpr Table kBucketAttributes{"NexthopBucketAttributes", "NHA_*", kBucketFields};

}  // namespace

constinit const Object kNexthop{"Nexthop", "A next hop, or a group of them, that routes refer to by its id.", kHeader,
                                kAttributes, 0};

constinit const Object kNexthopBucket{"NexthopBucket", "A bucket of a resilient group of nexthops.", kHeader,
                                      kBucketAttributes, 0};

}  // namespace netplumb
