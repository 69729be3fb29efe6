// The options of each kind of tc filter (TCA_OPTIONS), and what they have in common.
#pragma once

#include "netlink/table.h"
#include "route/tc/actions/actions.h"
#include "route/tc/common.h"

namespace netplumb {

extern constinit const Table kBasicFilter;
extern constinit const Table kBpfFilter;
extern constinit const Table kCgroupFilter;
extern constinit const Table kFlowFilter;
extern constinit const Table kFlowerFilter;
extern constinit const Table kFwFilter;
extern constinit const Table kMatchallFilter;
extern constinit const Table kRouteFilter;
extern constinit const Table kU32Filter;

/// A tree of extended matches, as a flat list.
extern constinit const Table kEmatchTree;

/// struct tc_u32_key
extern constinit const Table kU32Key;

/// The actions of a filter, in order.
constexpr ValueType actions() { return list(kActionElement); }
inline constexpr std::string_view kActionsDoc = "Actions, in order, for packets that match.";
inline constexpr std::string_view kPoliceDoc = "A 'police' action in the old form, in front of the actions.";
inline constexpr std::string_view kClassidDoc = "Class of packets that match (flowid), such as '1:10'.";
inline constexpr std::string_view kIndevDoc = "Name of the link by which packets must have come in.";
inline constexpr std::string_view kFlagsDoc = "Hardware offload: 'skipHw', 'skipSw' ask, 'inHw', 'notInHw' tell.";

/// Offloading (TCA_CLS_FLAGS_*).
inline constexpr Name kFilterFlags[] = {
    {0x1, "skipHw"}, {0x2, "skipSw"}, {0x4, "inHw"}, {0x8, "notInHw"}, {0x10, "verbose"},
};
constexpr ValueType filterFlags() { return flags(u32(), kFilterFlags).telling(0x4 | 0x8); }

}  // namespace netplumb
