// Qdiscs with an option or two: plug, skbprio, multiq.
#include "route/tc/qdiscs/kinds.h"

namespace netplumb {
namespace {

constexpr Name kPlugActions[] = {{0, "block"}, {1, "release"}, {2, "releaseIndefinite"}, {3, "limit"}};
constexpr Field kPlugFields[] = {
    {0, "action", "action", enumeration(s32(), kPlugActions),
     "'block' holds packets back, 'release' lets those before the last block go, 'releaseIndefinite' all; 'limit'."},
    {4, "limit", "limit", size(u32()), "Most bytes waiting; with the action 'limit'."},
};
constexpr Field kSkbprioFields[] = {
    {0, "limit", "limit", u32(), "Most packets waiting; those of the lowest priority are dropped."},
};
constexpr Field kMultiqFields[] = {
    {0, "bands", "bands", u16().readOnly(), "Number of bands: the link's queues."},
    {2, "max_bands", "maxBands", u16().readOnly(), "The most there can be."},
};

}  // namespace

constinit const Table kPlugOptions{"PlugOptions", "Options of a 'plug' qdisc.", kPlugFields, 8};
constinit const Table kSkbprioOptions{"SkbprioOptions", "Options of a 'skbprio' qdisc (tc-skbprio(8)).", kSkbprioFields,
                                      4};
constinit const Table kMultiqOptions{"MultiqOptions", "Options of a 'multiq' qdisc.", kMultiqFields, 4};

}  // namespace netplumb
