// Gives samples of packets to listeners of psample.
#include "route/tc/actions/actions.h"

namespace netplumb {
namespace {

constexpr Field kFields[] = {
    {1, "TCA_SAMPLE_TM", "times", structure(kActionTimes).readOnly(), "Age and use."},
    {2, "TCA_SAMPLE_PARMS", "", structure(kActionGeneric), ""},
    {3, "TCA_SAMPLE_RATE", "rate", u32().range(1, 0xffffffff), "One packet in so many, on average."},
    {4, "TCA_SAMPLE_TRUNC_SIZE", "trunc", u32(), "Bytes of each packet to give; all if left out."},
    {5, "TCA_SAMPLE_PSAMPLE_GROUP", "group", u32(), "psample group."},
    {6, "TCA_SAMPLE_PAD", "", pad(), ""},
};

}  // namespace

constinit const Table kSampleAction{"SampleAction", "Options of a 'sample' action.", kFields};

}  // namespace netplumb
