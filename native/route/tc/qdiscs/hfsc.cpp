// Hierarchical fair service curves.
#include "route/tc/qdiscs/kinds.h"

namespace netplumb {
namespace {

constexpr Field kFields[] = {
    {0, "defcls", "default", u16(), "Minor number of the class for packets that no filter classifies."},
};

constexpr Field kCurveFields[] = {
    {0, "m1", "m1", rate(u32()), "Rate at first."},
    {4, "d", "d", time(u32(), 1000), "How long that is."},
    {8, "m2", "m2", rate(u32()), "Rate afterwards."},
};
constexpr Table kCurve{"ServiceCurve", "A rate, which may be another at first: struct tc_service_curve.", kCurveFields,
                       12};

constexpr Field kClassFields[] = {
    {1, "TCA_HFSC_RSC", "rt", structure(kCurve), "Real-time: what the class is guaranteed."},
    {2, "TCA_HFSC_FSC", "ls", structure(kCurve), "Link-sharing: its share of what is left."},
    {3, "TCA_HFSC_USC", "ul", structure(kCurve), "Upper limit of what link-sharing gives it."},
};

constexpr Field kXstatsFields[] = {
    {0, "work", "work", u64(), "Bytes sent."},
    {8, "rtwork", "rtWork", u64(), "Bytes sent by real-time criteria."},
    {16, "period", "period", u32(), "How often the class became active."},
    {20, "level", "level", u32(), "Height in the hierarchy."},
};

}  // namespace

constinit const Table kHfscOptions{"HfscWire", "Options of an 'hfsc' qdisc (tc-hfsc(8)).", kFields, 2};
constinit const Table kHfscClassOptions{"HfscClassWire", "Options of an 'hfsc' class as the kernel has them.",
                                        kClassFields};
constinit const Table kHfscClassXstats{"HfscClassXstats", "Counters of an 'hfsc' class.", kXstatsFields, 24};

}  // namespace netplumb
