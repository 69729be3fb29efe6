// Queues whose delay is kept near a target by random drops: pie, and fq_pie with a queue for each flow.
#include "route/tc/qdiscs/kinds.h"

namespace netplumb {
namespace {

constexpr Field kFields[] = {
    {1, "TCA_PIE_TARGET", "target", time(u32(), 1000), "Delay aimed at."},
    {2, "TCA_PIE_LIMIT", "limit", u32(), "Most packets waiting."},
    {3, "TCA_PIE_TUPDATE", "tupdate", time(u32(), 1000), "How often the probability of drops is computed."},
    {4, "TCA_PIE_ALPHA", "alpha", u32().range(0, 32), "Weight of the delay's distance from the target."},
    {5, "TCA_PIE_BETA", "beta", u32().range(0, 32), "Weight of the delay's change."},
    {6, "TCA_PIE_ECN", "ecn", boolean32(), "Packets that allow it are marked, not dropped."},
    {7, "TCA_PIE_BYTEMODE", "bytemode", boolean32(), "Larger packets are dropped more often."},
    {8, "TCA_PIE_DQ_RATE_ESTIMATOR", "dqRateEstimator", boolean32(),
     "The delay is computed of the rate of sending, not of timestamps."},
};

constexpr Field kXstatsFields[] = {
    {0, "prob", "probability", u64(), "Probability of a drop, of 2^64."},
    {8, "delay", "delay", time(u32(), 1000), "Delay in milliseconds."},
    {12, "avg_dq_rate", "averageDqRate", u32(), "Average rate of sending; 0 if not computed."},
    {16, "dq_rate_estimating", "dqRateEstimating", boolean32(), "Whether that is computed."},
    {20, "packets_in", "packetsIn", u32(), "Packets taken in."},
    {24, "dropped", "dropped", u32(), "Packets dropped by chance."},
    {28, "overlimit", "overlimit", u32(), "Packets dropped because the queue was full."},
    {32, "maxq", "maxQueue", u32(), "Most packets that waited."},
    {36, "ecn_mark", "ecnMark", u32(), "Packets marked."},
};

constexpr Field kFqFields[] = {
    {1, "TCA_FQ_PIE_LIMIT", "limit", u32(), "Most packets waiting."},
    {2, "TCA_FQ_PIE_FLOWS", "flows", u32(), "Number of queues; only when the qdisc is made."},
    {3, "TCA_FQ_PIE_TARGET", "target", time(u32(), 1000), "Delay aimed at."},
    {4, "TCA_FQ_PIE_TUPDATE", "tupdate", time(u32(), 1000), "How often the probability of drops is computed."},
    {5, "TCA_FQ_PIE_ALPHA", "alpha", u32().range(0, 32), "Weight of the delay's distance from the target."},
    {6, "TCA_FQ_PIE_BETA", "beta", u32().range(0, 32), "Weight of the delay's change."},
    {7, "TCA_FQ_PIE_QUANTUM", "quantum", size(u32()), "Bytes of a queue before it is the next one's turn."},
    {8, "TCA_FQ_PIE_MEMORY_LIMIT", "memoryLimit", size(u32()), "Most bytes of memory that waiting packets take."},
    {9, "TCA_FQ_PIE_ECN_PROB", "ecnProbability", u32().range(0, 100),
     "Percentage: where drops are more probable, packets are dropped though they could be marked."},
    {10, "TCA_FQ_PIE_ECN", "ecn", boolean32(), "Packets that allow it are marked, not dropped."},
    {11, "TCA_FQ_PIE_BYTEMODE", "bytemode", boolean32(), "Larger packets are dropped more often."},
    {12, "TCA_FQ_PIE_DQ_RATE_ESTIMATOR", "dqRateEstimator", boolean32(),
     "The delay is computed of the rate of sending, not of timestamps."},
};

constexpr Field kFqXstatsFields[] = {
    {0, "packets_in", "packetsIn", u32(), "Packets taken in."},
    {4, "dropped", "dropped", u32(), "Packets dropped by chance."},
    {8, "overlimit", "overlimit", u32(), "Packets dropped because the queues were full."},
    {12, "overmemory", "overmemory", u32(), "Packets dropped because of memoryLimit."},
    {16, "ecn_mark", "ecnMark", u32(), "Packets marked."},
    {20, "new_flow_count", "newFlowCount", u32(), "How often a flow began."},
    {24, "new_flows_len", "newFlowsLen", u32(), "Flows that have just begun."},
    {28, "old_flows_len", "oldFlowsLen", u32(), "Flows that go on."},
    {32, "memory_usage", "memoryUsed", u32(), "Bytes of memory taken."},
};

}  // namespace

constinit const Table kPieOptions{"PieOptions", "Options of a 'pie' qdisc (tc-pie(8)).", kFields};
constinit const Table kPieXstats{"PieXstats", "Counters of a 'pie' qdisc.", kXstatsFields, 40};
constinit const Table kFqPieOptions{"FqPieOptions", "Options of an 'fq_pie' qdisc (tc-fq_pie(8)).", kFqFields};
constinit const Table kFqPieXstats{"FqPieXstats", "Counters of an 'fq_pie' qdisc.", kFqXstatsFields, 36};

}  // namespace netplumb
