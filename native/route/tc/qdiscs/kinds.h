// Options and counters of the kinds of qdiscs and of their classes. One file for each kind, or for kinds that are
// alike.
#pragma once

#include "netlink/table.h"
#include "route/tc/common.h"

namespace netplumb {

extern constinit const Table kBfifoOptions;
extern constinit const Table kCakeOptions;
extern constinit const Table kCakeXstats;
extern constinit const Table kCbsOptions;
extern constinit const Table kChokeOptions;
extern constinit const Table kChokeXstats;
extern constinit const Table kCodelOptions;
extern constinit const Table kCodelXstats;
extern constinit const Table kDrrClassOptions;
extern constinit const Table kDrrClassXstats;
extern constinit const Table kDualpi2Options;
extern constinit const Table kDualpi2Xstats;
extern constinit const Table kEtfOptions;
extern constinit const Table kEtsClassOptions;
extern constinit const Table kEtsOptions;
extern constinit const Table kFqCodelClassXstats;
extern constinit const Table kFqCodelOptions;
extern constinit const Table kFqCodelXstats;
extern constinit const Table kFqOptions;
extern constinit const Table kFqPieOptions;
extern constinit const Table kFqPieXstats;
extern constinit const Table kFqXstats;
extern constinit const Table kGredOptions;
extern constinit const Table kHfscClassOptions;
extern constinit const Table kHfscClassXstats;
extern constinit const Table kHfscOptions;
extern constinit const Table kHhfOptions;
extern constinit const Table kHhfXstats;
extern constinit const Table kHtbClassOptions;
extern constinit const Table kHtbClassXstats;
extern constinit const Table kHtbOptions;
extern constinit const Object kMqprioOptions;
extern constinit const Table kMultiqOptions;
extern constinit const Object kNetemOptions;
extern constinit const Table kNetemXstats;
extern constinit const Table kPfifoOptions;
extern constinit const Table kPieOptions;
extern constinit const Table kPieXstats;
extern constinit const Table kPlugOptions;
extern constinit const Table kPrioOptions;
extern constinit const Table kQfqClassOptions;
extern constinit const Table kQfqClassXstats;
extern constinit const Table kRedOptions;
extern constinit const Table kRedXstats;
extern constinit const Table kSfbOptions;
extern constinit const Table kSfbXstats;
extern constinit const Table kSfqClassXstats;
extern constinit const Table kSfqOptions;
extern constinit const Table kSkbprioOptions;
extern constinit const Table kTaprioOptions;
extern constinit const Table kTaprioXstats;
extern constinit const Table kTbfOptions;

}  // namespace netplumb
