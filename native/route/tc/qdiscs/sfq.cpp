// Stochastic fairness: a round over queues that flows are hashed to.
#include "route/tc/qdiscs/kinds.h"

namespace netplumb {
namespace {

constexpr Name kFlags[] = {{0x1, "ecn"}, {0x2, "harddrop"}};

// struct tc_sfq_qopt_v1, which begins with tc_sfq_qopt.
constexpr Field kFields[] = {
    {0, "quantum", "quantum", u32(), "Bytes of a queue before it is the next one's turn."},
    {4, "perturb_period", "perturb", s32(), "Seconds between changes of the hash; 0: never."},
    {8, "limit", "limit", u32(), "Most packets waiting."},
    {12, "divisor", "divisor", u32(), "Size of the hash table, a power of 2."},
    {16, "flows", "flows", u32(), "Number of queues."},
    {20, "depth", "depth", u32(), "Most packets waiting in a queue."},
    {24, "headdrop", "headdrop", u32(), "1: the oldest packets are dropped."},
    {28, "red.limit", "redFlowLimit", u32(), "Most bytes waiting in a queue; 0: no random early detection."},
    {32, "qth_min", "min", u32(), "Average queue at which drops begin, in bytes."},
    {36, "qth_max", "max", u32(), "Average queue at which drops are most probable."},
    {40, "Wlog", "ewma", u8(), "Binary logarithm of the average's inverse weight."},
    {41, "Plog", "plog", u8(), "Binary logarithm of the slope of the probability."},
    {42, "Scell_log", "scellLog", u8(), "Binary logarithm of the cells of the table of idle times."},
    {43, "flags", "flags", flags(u8(), kFlags), "What becomes of packets."},
    {44, "max_P", "maxP", u32(), "Greatest probability, of 2^32."},
    {48, "prob_drop", "probDrop", u32().readOnly(), "Packets dropped early."},
    {52, "forced_drop", "forcedDrop", u32().readOnly(), "Packets dropped over max."},
    {56, "prob_mark", "probMark", u32().readOnly(), "Packets marked early."},
    {60, "forced_mark", "forcedMark", u32().readOnly(), "Packets marked over max."},
    {64, "prob_mark_head", "probMarkHead", u32().readOnly(), "Of those marked early, the first of their queue."},
    {68, "forced_mark_head", "forcedMarkHead", u32().readOnly(), "Of those marked over max, the first of their queue."},
};

constexpr Field kClassXstatsFields[] = {
    {0, "allot", "allot", s32(), "Bytes that the queue may still send in this round."},
};

}  // namespace

constinit const Table kSfqOptions{"SfqWire", "Options of an 'sfq' qdisc as the kernel has them (tc-sfq(8)).", kFields,
                                  72};
constinit const Table kSfqClassXstats{"SfqClassXstats", "Counters of a queue of an 'sfq' qdisc.", kClassXstatsFields,
                                      4};

}  // namespace netplumb
