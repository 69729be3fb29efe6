// Stochastic fair blue: probabilities of drops for each flow, in a Bloom filter.
#include "route/tc/qdiscs/kinds.h"

namespace netplumb {
namespace {

constexpr Field kParmsFields[] = {
    {0, "rehash_interval", "rehash", time(u32(), 1), "Time between changes of the hashes."},
    {4, "warmup_time", "db", time(u32(), 1), "Time before that when both hashes are used."},
    {8, "max", "max", u32(), "Most packets of a flow waiting."},
    {12, "bin_size", "target", u32(), "Packets of a flow waiting at which drops begin."},
    {16, "increment", "increment", u32(), "What is added to the probability, of 65,535."},
    {20, "decrement", "decrement", u32(), "What is taken from it."},
    {24, "limit", "limit", u32(), "Most packets waiting; 0: the link's txQueueLength."},
    {28, "penalty_rate", "penaltyRate", u32(), "Packets a second of a flow that drops do not slow down."},
    {32, "penalty_burst", "penaltyBurst", u32(), "Packets that such a flow may send at once."},
};
constexpr Table kParms{"SfbParms", "struct tc_sfb_qopt", kParmsFields, 36};

constexpr Field kFields[] = {
    {1, "TCA_SFB_PARMS", "parms", structure(kParms), "The parameters."},
};

constexpr Field kXstatsFields[] = {
    {0, "earlydrop", "earlyDrop", u32(), "Packets dropped early."},
    {4, "penaltydrop", "penaltyDrop", u32(), "Packets dropped of flows that drops do not slow down."},
    {8, "bucketdrop", "bucketDrop", u32(), "Packets dropped over max."},
    {12, "queuedrop", "queueDrop", u32(), "Packets dropped because the queue was full."},
    {16, "childdrop", "childDrop", u32(), "Packets dropped by the qdisc below."},
    {20, "marked", "marked", u32(), "Packets marked."},
    {24, "maxqlen", "maxQueue", u32(), "Longest queue of a flow."},
    {28, "maxprob", "maxProbability", u32(), "Greatest probability, of 65,535."},
    {32, "avgprob", "averageProbability", u32(), "Average probability, of 65,535."},
};

}  // namespace

constinit const Table kSfbOptions{"SfbWire", "Options of an 'sfb' qdisc as the kernel has them (tc-sfb(8)).", kFields};
constinit const Table kSfbXstats{"SfbXstats", "Counters of an 'sfb' qdisc.", kXstatsFields, 36};

}  // namespace netplumb
