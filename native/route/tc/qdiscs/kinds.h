// Options and counters of each kind of qdisc, and of their classes. One file per kind, in the manner of tc's own pages.
#pragma once

#include "netlink/table.h"
#include "route/tc/common.h"

namespace netplumb {

extern constinit const Table kBfifoOptions;
extern constinit const Table kHtbOptions;
extern constinit const Table kHtbClassOptions;
extern constinit const Table kHtbClassXstats;
extern constinit const Table kPfifoOptions;
extern constinit const Table kPrioOptions;
extern constinit const Table kTbfOptions;

}  // namespace netplumb
