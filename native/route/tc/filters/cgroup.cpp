// Takes packets to the class that their process's net_cls control group names.
#include "route/tc/filters/filters.h"

namespace netplumb {
namespace {

constexpr Field kFields[] = {
    {1, "TCA_CGROUP_ACT", "actions", actions(), kActionsDoc},
    {2, "TCA_CGROUP_POLICE", "police", nested(kPoliceAction), kPoliceDoc},
    {3, "TCA_CGROUP_EMATCHES", "ematches", nested(kEmatchTree), "What packets must have besides."},
};

}  // namespace

constinit const Table kCgroupFilter{"CgroupFilter", "Options of a 'cgroup' filter.", kFields};

}  // namespace netplumb
