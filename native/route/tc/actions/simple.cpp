// Writes a text to the kernel's log for each packet: for trying things out.
#include "route/tc/actions/actions.h"

namespace netplumb {
namespace {

constexpr Field kFields[] = {
    {1, "TCA_DEF_TM", "times", structure(kActionTimes).readOnly(), "Age and use."},
    {2, "TCA_DEF_PARMS", "", structure(kActionGeneric), ""},
    {3, "TCA_DEF_DATA", "sdata", string(31), "The text."},
    {4, "TCA_DEF_PAD", "", pad(), ""},
};

}  // namespace

constinit const Table kSimpleAction{"SimpleAction", "Options of a 'simple' action.", kFields};

}  // namespace netplumb
