// Deficit round robin (drr), quick fair queueing (qfq) and enhanced transmission selection (ets).
#include "route/tc/qdiscs/kinds.h"

namespace netplumb {
namespace {

constexpr Field kDrrClassFields[] = {
    {1, "TCA_DRR_QUANTUM", "quantum", size(u32()),
     "Bytes of a class before it is the next one's turn; MTU if left out."},
};
constexpr Field kDrrXstatsFields[] = {
    {0, "deficit", "deficit", u32(), "Bytes that the class may still send in this round."},
};

constexpr Field kQfqClassFields[] = {
    {1, "TCA_QFQ_WEIGHT", "weight", u32(), "Share of the rate, 1 to 1023; 1 if left out."},
    {2, "TCA_QFQ_LMAX", "maxPacket", size(u32()), "Largest packet, in bytes; the link's MTU if left out."},
};
constexpr Field kQfqXstatsFields[] = {
    {0, "weight", "weight", u32(), "The class's weight."},
    {4, "lmax", "maxPacket", u32(), "Its largest packet, in bytes."},
};

constexpr auto kQuantum = u32();
constexpr auto kBand = u8();
constexpr Field kEtsFields[] = {
    {1, "TCA_ETS_NBANDS", "bands", u8(), "Number of bands, each a class."},
    {2, "TCA_ETS_NSTRICT", "strict", u8(), "How many of them, the first, have strict priority."},
    {3, "TCA_ETS_QUANTA", "quanta", list(kQuantum, 4), "Bytes of each of the others before it is the next one's turn."},
    {5, "TCA_ETS_PRIOMAP", "priomap", list(kBand, 6), "Band of each of the 16 packet priorities."},
};
constexpr Field kEtsClassFields[] = {
    {4, "TCA_ETS_QUANTA_BAND", "quantum", size(u32()), "Bytes of the band before it is the next one's turn."},
};

}  // namespace

constinit const Table kDrrClassOptions{"DrrClassOptions", "Options of a 'drr' class (tc-drr(8)).", kDrrClassFields};
constinit const Table kDrrClassXstats{"DrrClassXstats", "Counters of a 'drr' class.", kDrrXstatsFields, 4};
constinit const Table kQfqClassOptions{"QfqClassOptions", "Options of a 'qfq' class.", kQfqClassFields};
constinit const Table kQfqClassXstats{"QfqClassXstats", "Counters of a 'qfq' class.", kQfqXstatsFields, 8};
constinit const Table kEtsOptions{"EtsWire", "Options of an 'ets' qdisc as the kernel has them (tc-ets(8)).",
                                  kEtsFields};
constinit const Table kEtsClassOptions{"EtsClassOptions", "Options of an 'ets' class.", kEtsClassFields};

}  // namespace netplumb
