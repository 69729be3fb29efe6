// Simple queues: pfifo and pfifo_head_drop, limited by packets, and bfifo, limited by bytes.
#include "route/tc/qdiscs/kinds.h"

namespace netplumb {
namespace {

constexpr Field kPfifoFields[] = {
    {0, "limit", "limit", u32(), "Most packets in the queue; the link's txQueueLength if there are no options."},
};
constexpr Field kBfifoFields[] = {
    {0, "limit", "limit", size(u32()), "Most bytes in the queue; txQueueLength packets' if there are no options."},
};

}  // namespace

constinit const Table kPfifoOptions{"PfifoOptions", "Options of a 'pfifo' or 'pfifo_head_drop' qdisc.", kPfifoFields,
                                    4};
constinit const Table kBfifoOptions{"BfifoOptions", "Options of a 'bfifo' qdisc.", kBfifoFields, 4};

}  // namespace netplumb
