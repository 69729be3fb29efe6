// What the objects of traffic control share.
#pragma once

#include "netlink/table.h"

namespace netplumb {

/// Special handles of parents (TC_H_*). Read, 'ingress' is told as tc does: ffff:fff1.
inline constexpr Name kParentNames[] = {{0xffffffff, "root"}, {0, "none"}};

/// struct tc_ratespec. A rate of 4 GiB/s or more stands beside it, in an attribute of 64 bits.
extern constinit const Table kRateSpec;

/// gnet_stats_*: what TCA_STATS2 and TCA_ACT_STATS hold, but for TCA_STATS_APP, which depends on the kind.
extern constinit const Table kStatsBasic;
extern constinit const Table kStatsRate;
extern constinit const Table kStatsRate64;
extern constinit const Table kStatsQueue;

/// struct tc_estimator.
extern constinit const Table kEstimator;
/// TCA_STAB_*.
extern constinit const Table kSizeTable;

}  // namespace netplumb
