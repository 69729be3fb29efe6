// By extended matches.
#include "route/tc/filters/filters.h"

namespace netplumb {
namespace {

constexpr Field kCountFields[] = {
    {0, "rcnt", "hits", u64(), "How often the filter was tried."},
    {8, "rhit", "success", u64(), "How often it matched."},
};
constexpr Table kCount{"BasicCounters", "Counters of a 'basic' filter.", kCountFields, 16};

constexpr Field kFields[] = {
    {1, "TCA_BASIC_CLASSID", "classid", classHandle(kClassNames), kClassidDoc},
    {2, "TCA_BASIC_EMATCHES", "ematches", nested(kEmatchTree), "What packets must have."},
    {3, "TCA_BASIC_ACT", "actions", actions(), kActionsDoc},
    {4, "TCA_BASIC_POLICE", "police", nested(kPoliceAction), kPoliceDoc},
    {5, "TCA_BASIC_PCNT", "counters", structure(kCount).readOnly(), "Counters."},
    {6, "TCA_BASIC_PAD", "", pad(), ""},
};

}  // namespace

constinit const Table kBasicFilter{"BasicFilter", "Options of a 'basic' filter.", kFields};

}  // namespace netplumb
