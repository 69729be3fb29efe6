// Copies the connection's mark to the packet.
#include "route/tc/actions/actions.h"

namespace netplumb {
namespace {

constexpr Field kParmsFields[] = {
    {0, "tc_gen", "", structure(kActionGeneric), ""},
    {20, "zone", "zone", u16(), "Connection tracking zone."},
};
constexpr Table kParms{"ConnmarkParms", "struct tc_connmark", kParmsFields, 24};

constexpr Field kFields[] = {
    {1, "TCA_CONNMARK_PARMS", "", structure(kParms), ""},
    {2, "TCA_CONNMARK_TM", "times", structure(kActionTimes).readOnly(), "Age and use."},
    {3, "TCA_CONNMARK_PAD", "", pad(), ""},
};

}  // namespace

constinit const Table kConnmarkAction{"ConnmarkAction", "Options of a 'connmark' action.", kFields};

}  // namespace netplumb
