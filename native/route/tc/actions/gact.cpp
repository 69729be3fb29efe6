// Generic action: ends with a control, always or with a probability.
#include "route/tc/actions/actions.h"

namespace netplumb {
namespace {

constexpr Name kProbabilities[] = {{0, "none"}, {1, "netrand"}, {2, "determ"}};

constexpr Field kProbabilityFields[] = {
    {0, "ptype", "type", enumeration(u16(), kProbabilities), "'netrand': at random; 'determ': every so many packets."},
    {2, "pval", "val", u16(), "One packet in so many takes the other control."},
    {4, "paction", "control", control(), "The other control."},
};
constexpr Table kProbability{"GactProbability", "struct tc_gact_p", kProbabilityFields, 8};

constexpr Field kFields[] = {
    {1, "TCA_GACT_TM", "times", structure(kActionTimes).readOnly(), "Age and use."},
    {2, "TCA_GACT_PARMS", "", structure(kActionGeneric), ""},
    {3, "TCA_GACT_PROB", "random", structure(kProbability), "Another control for some of the packets."},
    {4, "TCA_GACT_PAD", "", pad(), ""},
};

}  // namespace

constinit const Table kGactAction{"GactAction", "Options of a 'gact' action.", kFields};

}  // namespace netplumb
