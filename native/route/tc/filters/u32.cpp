// Universal 32-bit comparisons, in hash tables that may be linked.
#include "route/tc/filters/filters.h"

namespace netplumb {
namespace {

constexpr Name kSelectorFlags[] = {{1, "terminal"}, {2, "offset"}, {4, "varoffset"}, {8, "eat"}};

constexpr Field kKeyFields[] = {
    {0, "mask", "mask", be32(), "Bits that are compared."},
    {4, "val", "value", be32(), "Value to compare with."},
    {8, "off", "offset", s32(), "Offset in bytes from the network header, a multiple of 4."},
    {12, "offmask", "offsetMask", s32(), "-1: the offset counts from the next header (nexthdr+)."},
};

constexpr Field kSelectorFields[] = {
    {0, "flags", "flags", flags(u8(), kSelectorFlags), "What the selector does."},
    {1, "offshift", "offsetShift", u8(), "Shift of the variable offset, to the right."},
    {4, "offmask", "offsetMask", be16(), "Mask of the variable offset."},
    {6, "off", "offset", u16(), "Fixed offset of the next table's keys, in bytes."},
    {8, "offoff", "offsetAt", s16(), "Where the variable offset is in the packet."},
    {10, "hoff", "hashOffset", s16(), "Where the hash key is in the packet."},
    {12, "hmask", "hashMask", be32(), "Mask of the hash key."},
    {16, "keys", "keys", structures(kU32Key).trailing(2), "Comparisons, all of which must be true."},
};
constexpr Table kSelector{"U32Selector", "struct tc_u32_sel", kSelectorFields, 16};

constexpr Field kMarkFields[] = {
    {0, "val", "value", u32(), "Mark that packets must have."},
    {4, "mask", "mask", u32(), "Bits that are compared."},
    {8, "success", "success", u32().readOnly(), "Packets that had it."},
};
constexpr Table kMark{"U32Mark", "A firewall mark to compare with, struct tc_u32_mark.", kMarkFields, 12};

constexpr Field kKeyCountFields[] = {
    {0, "kcnt", "hits", u64(), "How often the comparison was true."},
};
constexpr Table kKeyCount{"U32KeyCount", "Counter of a key.", kKeyCountFields, 8};

constexpr Field kCountFields[] = {
    {0, "rcnt", "hits", u64(), "How often the filter was tried."},
    {8, "rhit", "success", u64(), "How often it matched."},
    {16, "kcnts", "keys", structures(kKeyCount).trailing(), "The same for each key."},
};
constexpr Table kCount{"U32Counters", "Counters of a filter, struct tc_u32_pcnt.", kCountFields, 16};

constexpr Field kFields[] = {
    {1, "TCA_U32_CLASSID", "classid", classHandle(kClassNames), kClassidDoc},
    {2, "TCA_U32_HASH", "hash", u32(), "Hash table and bucket."},
    {3, "TCA_U32_LINK", "linkTable", u32(), "Hash table to go on with."},
    {4, "TCA_U32_DIVISOR", "divisor", u32(), "Makes a hash table with so many buckets."},
    {5, "TCA_U32_SEL", "selector", structure(kSelector), "Comparisons."},
    {6, "TCA_U32_POLICE", "police", nested(kPoliceAction), kPoliceDoc},
    {7, "TCA_U32_ACT", "actions", actions(), kActionsDoc},
    {8, "TCA_U32_INDEV", "indev", linkName(), kIndevDoc},
    {9, "TCA_U32_PCNT", "counters", structure(kCount).readOnly(), "Counters."},
    {10, "TCA_U32_MARK", "mark", structure(kMark), "Firewall mark."},
    {11, "TCA_U32_FLAGS", "flags", filterFlags(), kFlagsDoc},
    {12, "TCA_U32_PAD", "", pad(), ""},
};

}  // namespace

constinit const Table kU32Key{"U32Key", "A comparison of 32 bits, struct tc_u32_key.", kKeyFields, 16};
constinit const Table kU32Filter{"U32Filter", "Options of a 'u32' filter.", kFields};

}  // namespace netplumb
