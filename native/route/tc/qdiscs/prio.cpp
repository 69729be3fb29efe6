// Bands of strict priority. pfifo_fast tells the same of itself.
#include "route/tc/qdiscs/kinds.h"

namespace netplumb {
namespace {

constexpr auto kBand = u8();

constexpr Field kFields[] = {
    {0, "bands", "bands", s32(), "Number of bands, each a class."},
    {4, "priomap", "priomap", array(kBand, 16), "Band of each of the 16 packet priorities."},
};

}  // namespace

constinit const Table kPrioOptions{"PrioWire", "Options of a 'prio' qdisc.", kFields, 20};

}  // namespace netplumb
