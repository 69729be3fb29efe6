// A shaper with fair queues and classes by DS field: cake.
#include "route/tc/qdiscs/kinds.h"

namespace netplumb {
namespace {

constexpr Name kDiffserv[] = {
    {0, "diffserv3"}, {1, "diffserv4"}, {2, "diffserv8"}, {3, "besteffort"}, {4, "precedence"}};
constexpr Name kAtm[] = {{0, "noatm"}, {1, "atm"}, {2, "ptm"}};
constexpr Name kFlowModes[] = {
    {0, "flowblind"}, {1, "srchost"},      {2, "dsthost"},      {3, "hosts"},
    {4, "flows"},     {5, "dual-srchost"}, {6, "dual-dsthost"}, {7, "triple-isolate"},
};
constexpr Name kAckFilters[] = {{0, "disabled"}, {1, "enabled"}, {2, "aggressive"}};

constexpr Field kFields[] = {
    {1, "TCA_CAKE_PAD", "", pad(), ""},
    {2, "TCA_CAKE_BASE_RATE64", "bandwidth", rate(u64()), "Rate; 0: not shaped."},
    {3, "TCA_CAKE_DIFFSERV_MODE", "diffserv", enumeration(u32(), kDiffserv), "Classes by DS field."},
    {4, "TCA_CAKE_ATM", "atm", enumeration(u32(), kAtm), "Encapsulation whose cost is counted."},
    {5, "TCA_CAKE_FLOW_MODE", "flowMode", enumeration(u32(), kFlowModes), "What is fair to whom."},
    {6, "TCA_CAKE_OVERHEAD", "overhead", s32().range(-64, 256), "Bytes on the wire beside each packet's own."},
    {7, "TCA_CAKE_RTT", "rtt", time(u32(), 1000), "Round-trip time that most flows have."},
    {8, "TCA_CAKE_TARGET", "target", time(u32(), 1000), "Delay aimed at."},
    {9, "TCA_CAKE_AUTORATE", "autorateIngress", boolean32(), "The rate is guessed from what comes in."},
    {10, "TCA_CAKE_MEMORY", "memlimit", size(u32()), "Most bytes of memory that waiting packets take; 0: by rate."},
    {11, "TCA_CAKE_NAT", "nat", boolean32(), "Hosts are told apart behind network address translation."},
    {12, "TCA_CAKE_RAW", "raw", u32(), "There, whatever it is: the overhead is not set."},
    {13, "TCA_CAKE_WASH", "wash", boolean32(), "DS fields are cleared."},
    {14, "TCA_CAKE_MPU", "mpu", u32(), "Least bytes that a packet counts for."},
    {15, "TCA_CAKE_INGRESS", "ingress", boolean32(), "Dropped packets count, as they have passed the bottleneck."},
    {16, "TCA_CAKE_ACK_FILTER", "ackFilter", enumeration(u32(), kAckFilters), "Superfluous TCP ACKs are dropped."},
    {17, "TCA_CAKE_SPLIT_GSO", "splitGso", boolean32(), "Large packets are split into those of the wire."},
    {18, "TCA_CAKE_FWMARK", "fwmark", u32(), "Mask of the packet's mark that chooses the class; 0: none."},
};

constexpr Field kTinFields[] = {
    {1, "TCA_CAKE_TIN_STATS_PAD", "", pad(), ""},
    {2, "TCA_CAKE_TIN_STATS_SENT_PACKETS", "sentPackets", u32(), "Packets sent."},
    {3, "TCA_CAKE_TIN_STATS_SENT_BYTES64", "sentBytes", u64(), "Bytes sent."},
    {4, "TCA_CAKE_TIN_STATS_DROPPED_PACKETS", "droppedPackets", u32(), "Packets dropped."},
    {5, "TCA_CAKE_TIN_STATS_DROPPED_BYTES64", "droppedBytes", u64(), "Bytes dropped."},
    {6, "TCA_CAKE_TIN_STATS_ACKS_DROPPED_PACKETS", "acksDroppedPackets", u32(), "ACKs dropped."},
    {7, "TCA_CAKE_TIN_STATS_ACKS_DROPPED_BYTES64", "acksDroppedBytes", u64(), "Bytes of ACKs dropped."},
    {8, "TCA_CAKE_TIN_STATS_ECN_MARKED_PACKETS", "ecnMarkedPackets", u32(), "Packets marked."},
    {9, "TCA_CAKE_TIN_STATS_ECN_MARKED_BYTES64", "ecnMarkedBytes", u64(), "Bytes marked."},
    {10, "TCA_CAKE_TIN_STATS_BACKLOG_PACKETS", "backlogPackets", u32(), "Packets waiting."},
    {11, "TCA_CAKE_TIN_STATS_BACKLOG_BYTES", "backlogBytes", u32(), "Bytes waiting."},
    {12, "TCA_CAKE_TIN_STATS_THRESHOLD_RATE64", "thresholdRate", rate(u64()), "Rate up to which it goes first."},
    {13, "TCA_CAKE_TIN_STATS_TARGET_US", "target", time(u32(), 1000), "Delay aimed at, in milliseconds."},
    {14, "TCA_CAKE_TIN_STATS_INTERVAL_US", "interval", time(u32(), 1000), "How long it may be exceeded, milliseconds."},
    {15, "TCA_CAKE_TIN_STATS_WAY_INDIRECT_HITS", "wayIndirectHits", u32(), "Flows found beside their place."},
    {16, "TCA_CAKE_TIN_STATS_WAY_MISSES", "wayMisses", u32(), "Flows that were new."},
    {17, "TCA_CAKE_TIN_STATS_WAY_COLLISIONS", "wayCollisions", u32(), "Flows that had to share a queue."},
    {18, "TCA_CAKE_TIN_STATS_PEAK_DELAY_US", "peakDelay", time(u32(), 1000), "Delay of the slowest, milliseconds."},
    {19, "TCA_CAKE_TIN_STATS_AVG_DELAY_US", "averageDelay", time(u32(), 1000), "Average delay in milliseconds."},
    {20, "TCA_CAKE_TIN_STATS_BASE_DELAY_US", "baseDelay", time(u32(), 1000), "Delay of sparse flows, milliseconds."},
    {21, "TCA_CAKE_TIN_STATS_SPARSE_FLOWS", "sparseFlows", u32(), "Flows that send little."},
    {22, "TCA_CAKE_TIN_STATS_BULK_FLOWS", "bulkFlows", u32(), "Flows that send much."},
    {23, "TCA_CAKE_TIN_STATS_UNRESPONSIVE_FLOWS", "unresponsiveFlows", u32(), "Flows that drops do not slow down."},
    {24, "TCA_CAKE_TIN_STATS_MAX_SKBLEN", "maxPacket", u32(), "Largest packet, in bytes."},
    {25, "TCA_CAKE_TIN_STATS_FLOW_QUANTUM", "quantum", u32(), "Bytes of a flow before it is the next one's turn."},
};
constexpr Table kTin{"CakeTin", "Counters of one class of cake.", kTinFields};
constexpr auto kTinStats = nested(kTin);

constexpr Field kXstatsFields[] = {
    {1, "TCA_CAKE_STATS_PAD", "", pad(), ""},
    {2, "TCA_CAKE_STATS_CAPACITY_ESTIMATE64", "capacityEstimate", rate(u64()), "Rate guessed."},
    {3, "TCA_CAKE_STATS_MEMORY_LIMIT", "memoryLimit", u32(), "Most bytes of memory."},
    {4, "TCA_CAKE_STATS_MEMORY_USED", "memoryUsed", u32(), "Most bytes of memory that were taken."},
    {5, "TCA_CAKE_STATS_AVG_NETOFF", "averageNetworkOffset", u32(), "Average of the bytes before the network header."},
    {6, "TCA_CAKE_STATS_MIN_NETLEN", "minNetworkLength", u32(), "Smallest packet, in bytes."},
    {7, "TCA_CAKE_STATS_MAX_NETLEN", "maxNetworkLength", u32(), "Largest packet, in bytes."},
    {8, "TCA_CAKE_STATS_MIN_ADJLEN", "minAdjustedLength", u32(), "The smallest on the wire."},
    {9, "TCA_CAKE_STATS_MAX_ADJLEN", "maxAdjustedLength", u32(), "The largest on the wire."},
    {10, "TCA_CAKE_STATS_TIN_STATS", "tins", list(kTinStats), "Counters of each class."},
    {11, "TCA_CAKE_STATS_DEFICIT", "deficit", s32(), "Bytes that the flow may still send in this round."},
    {12, "TCA_CAKE_STATS_COBALT_COUNT", "cobaltCount", u32(), "Drops since dropping began."},
    {13, "TCA_CAKE_STATS_DROPPING", "dropping", boolean32(), "Whether packets are being dropped."},
    {14, "TCA_CAKE_STATS_DROP_NEXT_US", "dropNext", time(s32(), 1000), "Milliseconds until the next drop."},
    {15, "TCA_CAKE_STATS_P_DROP", "dropProbability", u32(), "Probability of a drop, of 2^32."},
    {16, "TCA_CAKE_STATS_BLUE_TIMER_US", "blueTimer", time(s32(), 1000), "Milliseconds until that is changed."},
    {17, "TCA_CAKE_STATS_ACTIVE_QUEUES", "activeQueues", u32(), "Of 'cake_mq': queues that share the rate now."},
};

}  // namespace

constinit const Table kCakeOptions{"CakeWire", "Options of a 'cake' qdisc as the kernel has them (tc-cake(8)).",
                                   kFields};
constinit const Table kCakeXstats{"CakeXstats", "Counters of a 'cake' qdisc, or of a flow.", kXstatsFields};

}  // namespace netplumb
