// All packets.
#include "route/tc/filters/filters.h"

namespace netplumb {
namespace {

constexpr Field kCountFields[] = {
    {0, "rhit", "success", u64(), "How often the filter matched."},
};
constexpr Table kCount{"MatchallCounters", "Counters of a 'matchall' filter.", kCountFields, 8};

constexpr Field kFields[] = {
    {1, "TCA_MATCHALL_CLASSID", "classid", classHandle(kClassNames), kClassidDoc},
    {2, "TCA_MATCHALL_ACT", "actions", actions(), kActionsDoc},
    {3, "TCA_MATCHALL_FLAGS", "flags", filterFlags(), kFlagsDoc},
    {4, "TCA_MATCHALL_PCNT", "counters", structure(kCount).readOnly(), "Counters."},
    {5, "TCA_MATCHALL_PAD", "", pad(), ""},
};

}  // namespace

constinit const Table kMatchallFilter{"MatchallFilter", "Options of a 'matchall' filter.", kFields};

}  // namespace netplumb
