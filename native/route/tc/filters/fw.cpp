// By firewall mark, which is the filter's handle; without options the mark is the class.
#include "route/tc/filters/filters.h"

namespace netplumb {
namespace {

constexpr Field kFields[] = {
    {1, "TCA_FW_CLASSID", "classid", classHandle(kClassNames), kClassidDoc},
    {2, "TCA_FW_POLICE", "police", nested(kPoliceAction), kPoliceDoc},
    {3, "TCA_FW_INDEV", "indev", linkName(), kIndevDoc},
    {4, "TCA_FW_ACT", "actions", actions(), kActionsDoc},
    {5, "TCA_FW_MASK", "mask", u32(), "Bits of the mark that are compared; all filters of a priority share it."},
};

}  // namespace

constinit const Table kFwFilter{"FwFilter", "Options of a 'fw' filter.", kFields};

}  // namespace netplumb
