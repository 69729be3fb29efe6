// Sets DSCP or mark from the connection's mark.
#include "route/tc/actions/actions.h"

namespace netplumb {
namespace {

constexpr Field kFields[] = {
    {1, "TCA_CTINFO_PAD", "", pad(), ""},
    {2, "TCA_CTINFO_TM", "times", structure(kActionTimes).readOnly(), "Age and use."},
    {3, "TCA_CTINFO_ACT", "", structure(kActionGeneric), ""},
    {4, "TCA_CTINFO_ZONE", "zone", u16(), "Connection tracking zone."},
    {5, "TCA_CTINFO_PARMS_DSCP_MASK", "dscpMask", u32(), "Six neighbouring bits of the mark that hold the DSCP."},
    {6, "TCA_CTINFO_PARMS_DSCP_STATEMASK", "dscpStateMask", u32(), "Bit of the mark that says a DSCP is there."},
    {7, "TCA_CTINFO_PARMS_CPMARK_MASK", "cpmarkMask", u32(), "Bits of the mark that are copied to the packet's."},
    {8, "TCA_CTINFO_STATS_DSCP_SET", "dscpSet", u64().readOnly(), "Packets whose DSCP was set."},
    {9, "TCA_CTINFO_STATS_DSCP_ERROR", "dscpError", u64().readOnly(), "Packets whose DSCP could not be set."},
    {10, "TCA_CTINFO_STATS_CPMARK_SET", "cpmarkSet", u64().readOnly(), "Packets whose mark was set."},
};

}  // namespace

constinit const Table kCtinfoAction{"CtinfoAction", "Options of a 'ctinfo' action.", kFields};

}  // namespace netplumb
