// The objects of conntrack: IPCTNL_MSG_CT_NEW, IPCTNL_MSG_EXP_NEW and their kin.
#pragma once

#include "netlink/table.h"

namespace netplumb {

extern constinit const Object kConntrackEntry;
extern constinit const Object kConntrackExpectation;
extern constinit const Object kConntrackStats;
extern constinit const Object kConntrackCpuStats;
extern constinit const Object kExpectationCpuStats;

/// A message type of the subsystem conntrack.
constexpr uint16_t conntrackType(uint16_t message) { return static_cast<uint16_t>(1 << 8 | message); }
/// A message type of the subsystem of conntrack's expectations.
constexpr uint16_t expectationType(uint16_t message) { return static_cast<uint16_t>(2 << 8 | message); }

}  // namespace netplumb
