// By the realms that routing has given.
#include "route/tc/filters/filters.h"

namespace netplumb {
namespace {

constexpr Field kFields[] = {
    {1, "TCA_ROUTE4_CLASSID", "classid", classHandle(kClassNames), kClassidDoc},
    {2, "TCA_ROUTE4_TO", "to", u32().range(0, 255), "Realm of the destination."},
    {3, "TCA_ROUTE4_FROM", "from", u32().range(0, 255), "Realm of the source."},
    {4, "TCA_ROUTE4_IIF", "fromif", link(), "Incoming link, in place of from."},
    {5, "TCA_ROUTE4_POLICE", "police", nested(kPoliceAction), kPoliceDoc},
    {6, "TCA_ROUTE4_ACT", "actions", actions(), kActionsDoc},
};

}  // namespace

constinit const Table kRouteFilter{"RouteFilter", "Options of a 'route' filter.", kFields};

}  // namespace netplumb
