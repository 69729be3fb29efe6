// Random early detection, and what is made of it: red, gred with virtual queues, choke.
#include "route/tc/qdiscs/kinds.h"

namespace netplumb {
namespace {

constexpr Name kFlags[] = {{0x1, "ecn"}, {0x2, "harddrop"}, {0x4, "adaptive"}, {0x8, "nodrop"}};
constexpr auto kIdle = u8();

constexpr Field kParmsFields[] = {
    {0, "limit", "limit", u32(), "Most waiting."},
    {4, "qth_min", "min", u32(), "Average queue at which drops begin."},
    {8, "qth_max", "max", u32(), "Average queue at which drops are most probable."},
    {12, "Wlog", "ewma", u8(), "Binary logarithm of the average's inverse weight."},
    {13, "Plog", "plog", u8(), "Binary logarithm of the slope of the probability."},
    {14, "Scell_log", "scellLog", u8(), "Binary logarithm of the cells of the table of idle times."},
    {15, "flags", "flags", flags(u8(), kFlags), "What becomes of packets."},
};
constexpr Table kParms{"RedParms", "struct tc_red_qopt", kParmsFields, 16};

constexpr Field kFields[] = {
    {1, "TCA_RED_PARMS", "parms", structure(kParms), "The thresholds."},
    {2, "TCA_RED_STAB", "stab", array(kIdle, 256), "What idle times do to the average."},
    {3, "TCA_RED_MAX_P", "maxP", u32(), "Greatest probability, of 2^32."},
    {4, "TCA_RED_FLAGS", "flags", bitfield32(kFlags), "What becomes of packets."},
    {5, "TCA_RED_EARLY_DROP_BLOCK", "earlyDropBlock", u32(), "Shared block of filters for packets dropped early."},
    {6, "TCA_RED_MARK_BLOCK", "markBlock", u32(), "Shared block of filters for packets marked."},
};

constexpr Field kXstatsFields[] = {
    {0, "early", "early", u32(), "Packets dropped early."},
    {4, "pdrop", "pdrop", u32(), "Packets dropped because the queue was full."},
    {8, "other", "other", u32(), "Packets dropped for other reasons."},
    {12, "marked", "marked", u32(), "Packets marked."},
};

constexpr Field kChokeFields[] = {
    {1, "TCA_CHOKE_PARMS", "parms", structure(kParms), "The thresholds."},
    {2, "TCA_CHOKE_STAB", "stab", array(kIdle, 256), "What idle times do to the average."},
    {3, "TCA_CHOKE_MAX_P", "maxP", u32(), "Greatest probability, of 2^32."},
};

constexpr Field kChokeXstatsFields[] = {
    {0, "early", "early", u32(), "Packets dropped early."},
    {4, "pdrop", "pdrop", u32(), "Packets dropped because the queue was full."},
    {8, "other", "other", u32(), "Packets dropped for other reasons."},
    {12, "marked", "marked", u32(), "Packets marked."},
    {16, "matched", "matched", u32(), "Packets dropped as they were of the same flow."},
};

constexpr Field kGredParmsFields[] = {
    {0, "limit", "limit", u32(), "Most bytes waiting."},
    {4, "qth_min", "min", u32(), "Average queue at which drops begin."},
    {8, "qth_max", "max", u32(), "Average queue at which drops are most probable."},
    {12, "DP", "dp", u32(), "Number of the virtual queue; 16 and more: not set up."},
    {16, "backlog", "backlog", u32().readOnly(), "Bytes waiting."},
    {20, "qave", "average", u32().readOnly(), "Average queue in bytes."},
    {24, "forced", "forced", u32().readOnly(), "Packets dropped over max."},
    {28, "early", "early", u32().readOnly(), "Packets dropped early."},
    {32, "other", "other", u32().readOnly(), "Packets dropped for other reasons."},
    {36, "pdrop", "pdrop", u32().readOnly(), "Packets dropped because the queue was full."},
    {40, "Wlog", "ewma", u8(), "Binary logarithm of the average's inverse weight."},
    {41, "Plog", "plog", u8(), "Binary logarithm of the slope of the probability."},
    {42, "Scell_log", "scellLog", u8(), "Binary logarithm of the cells of the table of idle times."},
    {43, "prio", "prio", u8(), "Priority, where there is grio."},
    {44, "packets", "packets", u32().readOnly(), "Packets seen."},
    {48, "bytesin", "bytes", u32().readOnly(), "Bytes seen."},
};
constexpr Table kGredParms{"GredParms", "A virtual queue, struct tc_gred_qopt.", kGredParmsFields, 52};

constexpr Field kGredSetupFields[] = {
    {0, "DPs", "dps", u32(), "Number of virtual queues."},
    {4, "def_DP", "default", u32(), "That for packets whose tc_index names none."},
    {8, "grio", "grio", boolean(), "The queues have priorities."},
    {9, "flags", "flags", flags(u8(), kFlags), "What becomes of packets of all queues."},
    {10, "pad1", "", pad(), ""},
};
constexpr Table kGredSetup{"GredSetup", "struct tc_gred_sopt", kGredSetupFields, 12};

constexpr Field kGredVqFields[] = {
    {1, "TCA_GRED_VQ_PAD", "", pad(), ""},
    {2, "TCA_GRED_VQ_DP", "dp", u32(), "Number of the virtual queue."},
    {3, "TCA_GRED_VQ_STAT_BYTES", "bytes", u64().readOnly(), "Bytes seen."},
    {4, "TCA_GRED_VQ_STAT_PACKETS", "packets", u32().readOnly(), "Packets seen."},
    {5, "TCA_GRED_VQ_STAT_BACKLOG", "backlog", u32().readOnly(), "Bytes waiting."},
    {6, "TCA_GRED_VQ_STAT_PROB_DROP", "probDrop", u32().readOnly(), "Packets dropped early."},
    {7, "TCA_GRED_VQ_STAT_PROB_MARK", "probMark", u32().readOnly(), "Packets marked early."},
    {8, "TCA_GRED_VQ_STAT_FORCED_DROP", "forcedDrop", u32().readOnly(), "Packets dropped over max."},
    {9, "TCA_GRED_VQ_STAT_FORCED_MARK", "forcedMark", u32().readOnly(), "Packets marked over max."},
    {10, "TCA_GRED_VQ_STAT_PDROP", "pdrop", u32().readOnly(), "Packets dropped because the queue was full."},
    {11, "TCA_GRED_VQ_STAT_OTHER", "other", u32().readOnly(), "Packets dropped for other reasons."},
    {12, "TCA_GRED_VQ_FLAGS", "flags", flags(u32(), kFlags), "What becomes of packets."},
};
constexpr Table kGredVq{"GredVirtualQueue", "A virtual queue of a 'gred' qdisc.", kGredVqFields};
constexpr auto kGredVqEntry = nested(kGredVq);
constexpr auto kProbability = u32();

constexpr Field kGredFields[] = {
    {1, "TCA_GRED_PARMS", "parms", structures(kGredParms), "A virtual queue to be set up; all 16 are told."},
    {2, "TCA_GRED_STAB", "stab", array(kIdle, 256), "What idle times do to the average."},
    {3, "TCA_GRED_DPS", "setup", structure(kGredSetup), "How many queues there are."},
    {4, "TCA_GRED_MAX_P", "maxP", array(kProbability, 64), "Greatest probability of each queue, of 2^32."},
    {5, "TCA_GRED_LIMIT", "limit", size(u32()), "Most bytes waiting."},
    {6, "TCA_GRED_VQ_LIST", "queues", list(kGredVqEntry, 1), "The virtual queues."},
};

}  // namespace

constinit const Table kRedOptions{"RedWire", "Options of a 'red' qdisc as the kernel has them (tc-red(8)).", kFields};
constinit const Table kRedXstats{"RedXstats", "Counters of a 'red' qdisc.", kXstatsFields, 16};
constinit const Table kChokeOptions{"ChokeWire", "Options of a 'choke' qdisc as the kernel has them (tc-choke(8)).",
                                    kChokeFields};
constinit const Table kChokeXstats{"ChokeXstats", "Counters of a 'choke' qdisc.", kChokeXstatsFields, 20};
constinit const Table kGredOptions{"GredWire", "Options of a 'gred' qdisc as the kernel has them.", kGredFields};

}  // namespace netplumb
