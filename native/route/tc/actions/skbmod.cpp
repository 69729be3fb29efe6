// Changes the Ethernet header, or marks congestion.
#include "route/tc/actions/actions.h"

namespace netplumb {
namespace {

constexpr Name kFlags[] = {{0x1, "dmac"}, {0x2, "smac"}, {0x4, "etype"}, {0x8, "swapmac"}, {0x10, "ecn"}};

constexpr Field kParmsFields[] = {
    {0, "tc_gen", "", structure(kActionGeneric), ""},
    {24, "flags", "flags", flags(u64(), kFlags), "What is changed: 'dmac', 'smac', 'etype'; or 'swapmac'; or 'ecn'."},
};
constexpr Table kParms{"SkbmodParms", "struct tc_skbmod", kParmsFields, 32};

constexpr Field kFields[] = {
    {1, "TCA_SKBMOD_TM", "times", structure(kActionTimes).readOnly(), "Age and use."},
    {2, "TCA_SKBMOD_PARMS", "", structure(kParms), ""},
    {3, "TCA_SKBMOD_DMAC", "dmac", mac(), "New destination."},
    {4, "TCA_SKBMOD_SMAC", "smac", mac(), "New source."},
    {5, "TCA_SKBMOD_ETYPE", "etype", u16(), "New Ethernet type."},
    {6, "TCA_SKBMOD_PAD", "", pad(), ""},
};

}  // namespace

constinit const Table kSkbmodAction{"SkbmodAction", "Options of a 'skbmod' action.", kFields};

}  // namespace netplumb
