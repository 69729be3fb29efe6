// Fair queues of sockets' flows, which are paced.
#include "route/tc/qdiscs/kinds.h"

namespace netplumb {
namespace {

constexpr auto kWeight = s32();

constexpr Field kFields[] = {
    {1, "TCA_FQ_PLIMIT", "limit", u32(), "Most packets waiting."},
    {2, "TCA_FQ_FLOW_PLIMIT", "flowLimit", u32(), "Most packets of a flow waiting."},
    {3, "TCA_FQ_QUANTUM", "quantum", size(u32()), "Bytes of a flow before it is the next one's turn."},
    {4, "TCA_FQ_INITIAL_QUANTUM", "initialQuantum", size(u32()), "Bytes that a new flow may send at once."},
    {5, "TCA_FQ_RATE_ENABLE", "pacing", boolean32(), "Flows are paced."},
    {6, "TCA_FQ_FLOW_DEFAULT_RATE", "defaultRate", rate(u32()).infinite().readOnly(), "Unused."},
    {7, "TCA_FQ_FLOW_MAX_RATE", "maxRate", rate(u32()).infinite(), "Most that a flow may send."},
    {8, "TCA_FQ_BUCKETS_LOG", "bucketsLog", u32(), "Binary logarithm of the size of the table of flows."},
    {9, "TCA_FQ_FLOW_REFILL_DELAY", "refillDelay", time(u32(), 1000), "Idle time after which a flow counts as new."},
    {10, "TCA_FQ_ORPHAN_MASK", "orphanMask", u32(), "Of the hash of packets without a socket."},
    {11, "TCA_FQ_LOW_RATE_THRESHOLD", "lowRateThreshold", rate(u32()), "Below this each packet is paced."},
    {12, "TCA_FQ_CE_THRESHOLD", "ceThreshold", time(u32(), 1000).infinite(), "Delay above which packets are marked."},
    {13, "TCA_FQ_TIMER_SLACK", "timerSlack", time(u32(), 1'000'000), "How late a timer may be."},
    {14, "TCA_FQ_HORIZON", "horizon", time(u32(), 1000), "How far ahead packets may be timed."},
    {15, "TCA_FQ_HORIZON_DROP", "horizonDrop", boolean(),
     "Packets beyond the horizon are dropped, not sent at the horizon."},
    {16, "TCA_FQ_PRIOMAP", "priomap", structure(kPrioOptions), "Which of three bands packets' priorities belong to."},
    {17, "TCA_FQ_WEIGHTS", "weights", array(kWeight, 12), "The bands' weights, in bytes."},
    {18, "TCA_FQ_OFFLOAD_HORIZON", "offloadHorizon", time(u32(), 1000), "How far ahead hardware may time packets."},
};

constexpr auto kDrops = u64();
constexpr auto kCount = u32();
constexpr Field kXstatsFields[] = {
    {0, "gc_flows", "gcFlows", u64(), "Flows forgotten."},
    {8, "highprio_packets", "highPrioPackets", u64(), "Packets of the highest priority."},
    {16, "tcp_retrans", "tcpRetrans", u64(), "TCP retransmissions."},
    {24, "throttled", "throttled", u64(), "How often a flow had to wait."},
    {32, "flows_plimit", "flowsPlimit", u64(), "Packets dropped because of flowLimit."},
    {40, "pkts_too_long", "packetsTooLong", u64(), "Packets too long for a pause."},
    {48, "allocation_errors", "allocationErrors", u64(), "Flows for which there was no memory."},
    {56, "time_next_delayed_flow", "timeNextDelayedFlow", time(s64(), 1'000'000),
     "Milliseconds until a flow may go on."},
    {64, "flows", "flows", u32(), "Flows known."},
    {68, "inactive_flows", "inactiveFlows", u32(), "Flows without packets."},
    {72, "throttled_flows", "throttledFlows", u32(), "Flows that wait."},
    {76, "unthrottle_latency_ns", "unthrottleLatency", time(u32(), 1'000'000), "How late timers were, milliseconds."},
    {80, "ce_mark", "ceMark", u64(), "Packets marked for ceThreshold."},
    {88, "horizon_drops", "horizonDrops", u64(), "Packets dropped beyond the horizon."},
    {96, "horizon_caps", "horizonCaps", u64(), "Packets sent early, at the horizon."},
    {104, "fastpath_packets", "fastpathPackets", u64(), "Packets that never waited."},
    {112, "band_drops", "bandDrops", array(kDrops, 24), "Packets dropped, by band."},
    {136, "band_pkt_count", "bandPacketCount", array(kCount, 12), "Packets waiting, by band."},
};

}  // namespace

constinit const Table kFqOptions{"FqWire", "Options of an 'fq' qdisc as the kernel has them (tc-fq(8)).", kFields};
constinit const Table kFqXstats{"FqXstats", "Counters of an 'fq' qdisc.", kXstatsFields, 152};

}  // namespace netplumb
