// What the objects of traffic control share.
#pragma once

#include <array>
#include <span>

#include "netlink/table.h"

namespace netplumb {

/// Special handles of classes and parents (TC_H_*). Read, 'ingress' is told as tc does: ffff:fff1.
inline constexpr Name kClassNames[] = {{0xffffffff, "root"}, {0, "none"}};

/// struct tc_ratespec. A rate of 4 GiB/s or more stands beside it, in an attribute of 64 bits.
extern constinit const Table kRateSpec;

/// gnet_stats_*: members of TCA_STATS2 and TCA_ACT_STATS.
extern constinit const Table kStatsBasic;
extern constinit const Table kStatsRate;
extern constinit const Table kStatsRate64;
extern constinit const Table kStatsQueue;

/// The fields of TCA_STATS2 and TCA_ACT_STATS (TCA_STATS_*), where kinds have counters of their own as `xstats` says.
constexpr std::array<Field, 8> statsFields(std::span<const Choice> xstats) {
  return {{
      {1, "TCA_STATS_BASIC", "", structure(kStatsBasic), ""},
      {2, "TCA_STATS_RATE_EST", "rateEstimate", structure(kStatsRate),
       "Estimated rate, where an estimator was asked for."},
      {3, "TCA_STATS_QUEUE", "", structure(kStatsQueue), ""},
      xstats.empty() ? Field{4, "TCA_STATS_APP", "", pad(), ""}
                     : Field{4, "TCA_STATS_APP", "xstats", selected(xstats, "kind"), "The kind's own counters."},
      {5, "TCA_STATS_RATE_EST64", "rateEstimate64", structure(kStatsRate64), "The same, when 32 bits do not hold it."},
      {6, "TCA_STATS_PAD", "", pad(), ""},
      {7, "TCA_STATS_BASIC_HW", "hardware", structure(kStatsBasic), "Traffic that hardware handled."},
      {8, "TCA_STATS_PKT64", "packets64", u64(), "Packets seen, when 32 bits do not hold them."},
  }};
}

/// struct tc_estimator.
extern constinit const Table kEstimator;
/// TCA_STAB_*.
extern constinit const Table kSizeTable;

}  // namespace netplumb
