// Two coupled queues, for scalable congestion control beside the classic one.
#include "route/tc/qdiscs/kinds.h"

namespace netplumb {
namespace {

constexpr Name kOverload[] = {{0, "overflow"}, {1, "drop"}};
constexpr Name kEarly[] = {{0, "dequeue"}, {1, "enqueue"}};
constexpr Name kEcnMasks[] = {{1, "l4s"}, {2, "classic"}, {3, "any"}};

constexpr Field kFields[] = {
    {1, "TCA_DUALPI2_LIMIT", "limit", u32().range(1, 0xffffffff), "Most packets waiting."},
    {2, "TCA_DUALPI2_MEMORY_LIMIT", "memoryLimit", size(u32()).range(1, 0xffffffff),
     "Most bytes of memory that waiting packets take."},
    {3, "TCA_DUALPI2_TARGET", "target", time(u32(), 1000), "Delay of the classic queue aimed at."},
    {4, "TCA_DUALPI2_TUPDATE", "tupdate", time(u32(), 1000).range(1, 0xffffffff),
     "How often the probability of drops is computed."},
    {5, "TCA_DUALPI2_ALPHA", "alpha", u32(), "Weight of the delay's distance from the target, in 1/256 Hz."},
    {6, "TCA_DUALPI2_BETA", "beta", u32(), "Weight of the delay's change, in 1/256 Hz."},
    {7, "TCA_DUALPI2_STEP_THRESH_PKTS", "stepThresholdPackets", u32(),
     "Packets of the L4S queue above which it is marked."},
    {8, "TCA_DUALPI2_STEP_THRESH_US", "stepThreshold", time(u32(), 1000),
     "Delay of the L4S queue above which it is marked."},
    {9, "TCA_DUALPI2_MIN_QLEN_STEP", "minQlenStep", u32(), "Packets that must be waiting for that."},
    {10, "TCA_DUALPI2_COUPLING", "couplingFactor", u8().range(1, 255), "How much more probable marks are than drops."},
    {11, "TCA_DUALPI2_DROP_OVERLOAD", "overload", enumeration(u8(), kOverload), "What is done about too much of both."},
    {12, "TCA_DUALPI2_DROP_EARLY", "dropAt", enumeration(u8(), kEarly), "When packets are dropped."},
    {13, "TCA_DUALPI2_C_PROTECTION", "classicProtection", u8().range(0, 100), "Share of the classic queue in percent."},
    {14, "TCA_DUALPI2_ECN_MASK", "ecnMask", enumeration(u8(), kEcnMasks), "Which packets are for the L4S queue."},
    {15, "TCA_DUALPI2_SPLIT_GSO", "splitGso", boolean(), "Large packets are split into those of the wire."},
    {16, "TCA_DUALPI2_PAD", "", pad(), ""},
};

constexpr Field kXstatsFields[] = {
    {0, "prob", "probability", u32(), "Probability of a drop, of 2^32."},
    {4, "delay_c", "classicDelay", time(u32(), 1000), "Delay of the classic queue in milliseconds."},
    {8, "delay_l", "l4sDelay", time(u32(), 1000), "Delay of the L4S queue in milliseconds."},
    {12, "packets_in_c", "classicPacketsIn", u32(), "Packets of the classic queue."},
    {16, "packets_in_l", "l4sPacketsIn", u32(), "Packets of the L4S queue."},
    {20, "maxq", "maxQueue", u32(), "Most packets that waited."},
    {24, "ecn_mark", "ecnMark", u32(), "Packets marked."},
    {28, "step_marks", "stepMarks", u32(), "Packets marked for stepThreshold."},
    {32, "credit", "credit", s32(), "Credit of the classic queue."},
    {36, "memory_used", "memoryUsed", u32(), "Bytes of memory taken."},
    {40, "max_memory_used", "maxMemoryUsed", u32(), "Most bytes of memory that were taken."},
    {44, "memory_limit", "memoryLimit", u32(), "Most bytes of memory."},
};

}  // namespace

constinit const Table kDualpi2Options{"Dualpi2Wire", "Options of a 'dualpi2' qdisc as the kernel has them.", kFields};
constinit const Table kDualpi2Xstats{"Dualpi2Xstats", "Counters of a 'dualpi2' qdisc.", kXstatsFields, 48};

}  // namespace netplumb
