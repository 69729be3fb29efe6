// Computes the class from keys of the packet.
#include "route/tc/filters/filters.h"

namespace netplumb {
namespace {

constexpr Name kKeys[] = {
    {1 << 0, "src"},
    {1 << 1, "dst"},
    {1 << 2, "proto"},
    {1 << 3, "proto-src"},
    {1 << 4, "proto-dst"},
    {1 << 5, "iif"},
    {1 << 6, "priority"},
    {1 << 7, "mark"},
    {1 << 8, "nfct"},
    {1 << 9, "nfct-src"},
    {1 << 10, "nfct-dst"},
    {1 << 11, "nfct-proto-src"},
    {1 << 12, "nfct-proto-dst"},
    {1 << 13, "rt-classid"},
    {1 << 14, "sk-uid"},
    {1 << 15, "sk-gid"},
    {1 << 16, "vlan-tag"},
    {1 << 17, "rxhash"},
};
constexpr Name kModes[] = {{0, "map"}, {1, "hash"}};

constexpr Field kFields[] = {
    {1, "TCA_FLOW_KEYS", "keys", flags(u32(), kKeys), "What of the packet counts; for 'map' one key."},
    {2, "TCA_FLOW_MODE", "mode", enumeration(u32(), kModes), "'map' computes with the key, 'hash' hashes the keys."},
    {3, "TCA_FLOW_BASECLASS", "baseclass", classHandle(kClassNames),
     "Class to which the number is added; minor 1 if left out."},
    {4, "TCA_FLOW_RSHIFT", "rshift", u32(), "Map: shift to the right by so many bits."},
    {5, "TCA_FLOW_ADDEND", "addend", u32(), "Map: added at the end."},
    {6, "TCA_FLOW_MASK", "mask", u32(), "Map: bits of the key that count."},
    {7, "TCA_FLOW_XOR", "xor", u32(), "Map: bits that are turned after the mask."},
    {8, "TCA_FLOW_DIVISOR", "divisor", u32(), "Number of classes: the result is taken modulo this."},
    {9, "TCA_FLOW_ACT", "actions", actions(), kActionsDoc},
    {10, "TCA_FLOW_POLICE", "police", nested(kPoliceAction), kPoliceDoc},
    {11, "TCA_FLOW_EMATCHES", "ematches", nested(kEmatchTree), "What packets must have."},
    {12, "TCA_FLOW_PERTURB", "perturb", u32().scaled(1000), "Hash: milliseconds until the hash is changed."},
};

}  // namespace

constinit const Table kFlowFilter{"FlowFilter", "Options of a 'flow' filter.", kFields};

}  // namespace netplumb
