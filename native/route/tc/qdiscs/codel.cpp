// Queues whose packets do not wait long: codel.
#include "route/tc/qdiscs/kinds.h"

namespace netplumb {
namespace {

constexpr Field kFields[] = {
    {1, "TCA_CODEL_TARGET", "target", time(u32(), 1000), "Delay that is put up with for ever."},
    {2, "TCA_CODEL_LIMIT", "limit", u32(), "Most packets waiting."},
    {3, "TCA_CODEL_INTERVAL", "interval", time(u32(), 1000), "How long the delay may be over the target."},
    {4, "TCA_CODEL_ECN", "ecn", boolean32(), "Packets that allow it are marked, not dropped."},
    {5, "TCA_CODEL_CE_THRESHOLD", "ceThreshold", time(u32(), 1000), "Delay above which all packets are marked."},
};

constexpr Field kXstatsFields[] = {
    {0, "maxpacket", "maxPacket", u32(), "Largest packet seen, in bytes."},
    {4, "count", "count", u32(), "Drops since dropping began."},
    {8, "lastcount", "lastCount", u32(), "Drops when dropping began."},
    {12, "ldelay", "delay", time(u32(), 1000), "Delay of the packet sent last, in milliseconds."},
    {16, "drop_next", "dropNext", time(s32(), 1000), "Milliseconds until the next drop."},
    {20, "drop_overlimit", "dropOverlimit", u32(), "Drops because the queue was full."},
    {24, "ecn_mark", "ecnMark", u32(), "Packets marked."},
    {28, "dropping", "dropping", boolean32(), "Whether packets are being dropped."},
    {32, "ce_mark", "ceMark", u32(), "Packets marked for ceThreshold."},
};

}  // namespace

constinit const Table kCodelOptions{"CodelOptions", "Options of a 'codel' qdisc (tc-codel(8)).", kFields};
constinit const Table kCodelXstats{"CodelXstats", "Counters of a 'codel' qdisc.", kXstatsFields, 36};

}  // namespace netplumb
