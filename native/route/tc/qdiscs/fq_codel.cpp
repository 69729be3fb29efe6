// Fair queues, each kept short by codel.
#include "route/tc/qdiscs/kinds.h"

namespace netplumb {
namespace {

constexpr Field kFields[] = {
    {1, "TCA_FQ_CODEL_TARGET", "target", time(u32(), 1000), "Delay that is put up with for ever."},
    {2, "TCA_FQ_CODEL_LIMIT", "limit", u32(), "Most packets waiting."},
    {3, "TCA_FQ_CODEL_INTERVAL", "interval", time(u32(), 1000), "How long the delay may be over the target."},
    {4, "TCA_FQ_CODEL_ECN", "ecn", boolean32(), "Packets that allow it are marked, not dropped."},
    {5, "TCA_FQ_CODEL_FLOWS", "flows", u32(), "Number of queues; only when the qdisc is made."},
    {6, "TCA_FQ_CODEL_QUANTUM", "quantum", size(u32()), "Bytes of a queue before it is the next one's turn."},
    {7, "TCA_FQ_CODEL_CE_THRESHOLD", "ceThreshold", time(u32(), 1000), "Delay above which all packets are marked."},
    {8, "TCA_FQ_CODEL_DROP_BATCH_SIZE", "dropBatch", u32(), "Most packets dropped at once when the queues are full."},
    {9, "TCA_FQ_CODEL_MEMORY_LIMIT", "memoryLimit", size(u32()), "Most bytes of memory that waiting packets take."},
    {10, "TCA_FQ_CODEL_CE_THRESHOLD_SELECTOR", "ceThresholdSelector", u8(),
     "ceThreshold is for packets whose DS field has this under the mask only."},
    {11, "TCA_FQ_CODEL_CE_THRESHOLD_MASK", "ceThresholdMask", u8(), "That mask."},
};

constexpr Name kXstatsTypes[] = {{0, "qdisc"}, {1, "class"}};
constexpr Field kXstatsFields[] = {
    {0, "type", "type", enumeration(u32(), kXstatsTypes), "Whose counters these are."},
    {4, "maxpacket", "maxPacket", u32(), "Largest packet seen, in bytes."},
    {8, "drop_overlimit", "dropOverlimit", u32(), "Drops because the queues were full."},
    {12, "ecn_mark", "ecnMark", u32(), "Packets marked."},
    {16, "new_flow_count", "newFlowCount", u32(), "How often a flow began."},
    {20, "new_flows_len", "newFlowsLen", u32(), "Flows that have just begun."},
    {24, "old_flows_len", "oldFlowsLen", u32(), "Flows that go on."},
    {28, "ce_mark", "ceMark", u32(), "Packets marked for ceThreshold."},
    {32, "memory_usage", "memoryUsed", u32(), "Bytes of memory taken."},
    {36, "drop_overmemory", "dropOvermemory", u32(), "Drops because of memoryLimit."},
};
constexpr Field kClassXstatsFields[] = {
    {0, "type", "type", enumeration(u32(), kXstatsTypes), "Whose counters these are."},
    {4, "deficit", "deficit", s32(), "Bytes that the flow may still send in this round."},
    {8, "ldelay", "delay", time(u32(), 1000), "Delay of the packet sent last, in milliseconds."},
    {12, "count", "count", u32(), "Drops since dropping began."},
    {16, "lastcount", "lastCount", u32(), "Drops when dropping began."},
    {20, "dropping", "dropping", boolean32(), "Whether packets are being dropped."},
    {24, "drop_next", "dropNext", time(s32(), 1000), "Milliseconds until the next drop."},
};

}  // namespace

constinit const Table kFqCodelOptions{"FqCodelOptions", "Options of an 'fq_codel' qdisc (tc-fq_codel(8)).", kFields};
constinit const Table kFqCodelXstats{"FqCodelXstats", "Counters of an 'fq_codel' qdisc.", kXstatsFields, 40};
constinit const Table kFqCodelClassXstats{"FqCodelClassXstats", "Counters of a flow of an 'fq_codel' qdisc.",
                                          kClassXstatsFields, 28};

}  // namespace netplumb
