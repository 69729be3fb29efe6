// A network emulator: delay, loss, duplication, corruption, reordering, rate.
#include "route/tc/qdiscs/kinds.h"

namespace netplumb {
namespace {

constexpr Field kHeaderFields[] = {
    {0, "latency", "latency", u32(), "Delay in ticks of the scheduler's clock."},
    {4, "limit", "limit", u32(), "Most packets waiting."},
    {8, "loss", "loss", u32(), "Probability of loss, of 2^32."},
    {12, "gap", "gap", u32(), "Packets between those that are reordered."},
    {16, "duplicate", "duplicate", u32(), "Probability of duplication, of 2^32."},
    {20, "jitter", "jitter", u32(), "Variation of the delay in ticks."},
};
constexpr Table kHeader{"NetemHeader", "struct tc_netem_qopt", kHeaderFields, 24};

constexpr Field kCorrelationFields[] = {
    {0, "delay_corr", "delay", u32(), "Of a delay with the one before, of 2^32."},
    {4, "loss_corr", "loss", u32(), "Of losses."},
    {8, "dup_corr", "duplicate", u32(), "Of duplications."},
};
constexpr Table kCorrelation{"NetemCorrelation", "struct tc_netem_corr", kCorrelationFields, 12};

constexpr Field kChanceFields[] = {
    {0, "probability", "probability", u32(), "Of 2^32."},
    {4, "correlation", "correlation", u32(), "With the packet before, of 2^32."},
};
constexpr Table kChance{"NetemChance", "struct tc_netem_reorder and tc_netem_corrupt", kChanceFields, 8};

constexpr Field kGiFields[] = {
    {0, "p13", "p13", u32(), "From receiving to losing in a burst."},
    {4, "p31", "p31", u32(), "Back."},
    {8, "p32", "p32", u32(), "From losing to receiving, both in a burst."},
    {12, "p14", "p14", u32(), "From receiving to a single loss."},
    {16, "p23", "p23", u32(), "From receiving to losing, both in a burst."},
};
constexpr Table kGi{"NetemGiModel", "Four states: struct tc_netem_gimodel, of 2^32.", kGiFields, 20};
constexpr Field kGeFields[] = {
    {0, "p", "p", u32(), "From the good state to the bad one."},
    {4, "r", "r", u32(), "Back."},
    {8, "h", "h", u32(), "Of no loss in the bad state."},
    {12, "k1", "k1", u32(), "Of loss in the good state."},
};
constexpr Table kGe{"NetemGeModel", "Gilbert and Elliot's: struct tc_netem_gemodel, of 2^32.", kGeFields, 16};
constexpr Field kLossFields[] = {
    {1, "NETEM_LOSS_GI", "gi", structure(kGi), "A model of four states."},
    {2, "NETEM_LOSS_GE", "ge", structure(kGe), "A model of two states."},
};
constexpr Table kLoss{"NetemLossModel", "NETEM_LOSS_*", kLossFields};

constexpr Field kRateFields[] = {
    {0, "rate", "rate", u32(), "Bytes a second, if 32 bits hold them."},
    {4, "packet_overhead", "packetOverhead", s32(), "Bytes on the wire beside each packet's own."},
    {8, "cell_size", "cellSize", u32(), "Bytes of a cell; 0: there are none."},
    {12, "cell_overhead", "cellOverhead", s32(), "Bytes on the wire beside each cell's own."},
};
constexpr Table kRate{"NetemRate", "struct tc_netem_rate", kRateFields, 16};

constexpr Field kSlotFields[] = {
    {0, "min_delay", "minDelay", time(s64(), 1'000'000), "Least time between slots."},
    {8, "max_delay", "maxDelay", time(s64(), 1'000'000), "Most time between slots."},
    {16, "max_packets", "maxPackets", s32(), "Most packets of a slot; 0: any number."},
    {20, "max_bytes", "maxBytes", s32(), "Most bytes of a slot; 0: any number."},
    {24, "dist_delay", "distDelay", time(s64(), 1'000'000), "Average time between slots, if distributed."},
    {32, "dist_jitter", "distJitter", time(s64(), 1'000'000), "Its variation."},
};
constexpr Table kSlot{"NetemSlot", "struct tc_netem_slot", kSlotFields, 40};

constexpr auto kDistributed = s16();
constexpr Field kFields[] = {
    {1, "TCA_NETEM_CORR", "correlation", structure(kCorrelation), "Correlations."},
    {2, "TCA_NETEM_DELAY_DIST", "delayDist", array(kDistributed, 32768), "Distribution of delays; not told."},
    {3, "TCA_NETEM_REORDER", "reorder", structure(kChance), "Reordering."},
    {4, "TCA_NETEM_CORRUPT", "corrupt", structure(kChance), "Corruption."},
    {5, "TCA_NETEM_LOSS", "lossModel", nested(kLoss), "Model of loss."},
    {6, "TCA_NETEM_RATE", "rate", structure(kRate), "Rate."},
    {7, "TCA_NETEM_ECN", "ecn", boolean32(), "Packets that allow it are marked, not lost."},
    {8, "TCA_NETEM_RATE64", "rate64", u64(), "Bytes a second, if 32 bits do not hold them."},
    {9, "TCA_NETEM_PAD", "", pad(), ""},
    {10, "TCA_NETEM_LATENCY64", "latency64", s64(), "Delay in nanoseconds."},
    {11, "TCA_NETEM_JITTER64", "jitter64", s64(), "Variation of the delay in nanoseconds."},
    {12, "TCA_NETEM_SLOT", "slot", structure(kSlot), "Slots in which packets go."},
    {13, "TCA_NETEM_SLOT_DIST", "slotDist", array(kDistributed, 32768), "Distribution of slots; not told."},
    {14, "TCA_NETEM_PRNG_SEED", "seed", u64(), "Where the random numbers begin."},
};
constexpr Table kAttributes{"NetemAttributes", "TCA_NETEM_*", kFields};

constexpr Field kXstatsFields[] = {
    {0, "delayed", "delayed", u64(), "Packets delayed."},
    {8, "dropped", "dropped", u64(), "Packets that the model of loss has lost."},
    {16, "corrupted", "corrupted", u64(), "Packets with a wrong bit put in."},
    {24, "duplicated", "duplicated", u64(), "Packets sent twice."},
    {32, "reordered", "reordered", u64(), "Packets sent before their turn."},
    {40, "ecn_marked", "ecnMarked", u64(), "Packets marked instead of lost."},
    {48, "allocation_errors", "allocationErrors", u64(), "Packets for which there was no memory."},
};

}  // namespace

constinit const Table kNetemXstats{"NetemXstats", "Counters of a 'netem' qdisc, which kernels have of late.",
                                   kXstatsFields, 56};
constinit const Object kNetemOptions{"NetemWire", "Options of a 'netem' qdisc as the kernel has them (tc-netem(8)).",
                                     kHeader, kAttributes};

}  // namespace netplumb
