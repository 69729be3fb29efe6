// A filter of heavy hitters.
#include "route/tc/qdiscs/kinds.h"

namespace netplumb {
namespace {

constexpr Field kFields[] = {
    {1, "TCA_HHF_BACKLOG_LIMIT", "limit", u32(), "Most packets waiting."},
    {2, "TCA_HHF_QUANTUM", "quantum", size(u32()), "Bytes of a queue before it is the other one's turn."},
    {3, "TCA_HHF_HH_FLOWS_LIMIT", "hhLimit", u32(), "Most heavy hitters that are tracked."},
    {4, "TCA_HHF_RESET_TIMEOUT", "resetTimeout", time(u32(), 1000), "How long bytes are counted together."},
    {5, "TCA_HHF_ADMIT_BYTES", "admitBytes", size(u32()), "Bytes within that time that make a heavy hitter."},
    {6, "TCA_HHF_EVICT_TIMEOUT", "evictTimeout", time(u32(), 1000), "Idle time after which it is none any more."},
    {7, "TCA_HHF_NON_HH_WEIGHT", "nonHhWeight", u32(), "How much more often others have their turn."},
};

constexpr Field kXstatsFields[] = {
    {0, "drop_overlimit", "dropOverlimit", u32(), "Packets dropped because the queue was full."},
    {4, "hh_overlimit", "hhOverlimit", u32(), "How often there were too many heavy hitters."},
    {8, "hh_tot_count", "hhTotalCount", u32(), "Heavy hitters so far."},
    {12, "hh_cur_count", "hhCurrentCount", u32(), "Heavy hitters now."},
};

}  // namespace

constinit const Table kHhfOptions{"HhfOptions", "Options of an 'hhf' qdisc (tc-hhf(8)).", kFields};
constinit const Table kHhfXstats{"HhfXstats", "Counters of an 'hhf' qdisc.", kXstatsFields, 16};

}  // namespace netplumb
