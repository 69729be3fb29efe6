#include "netfilter/events.h"

#include "netfilter/conntrack.h"

namespace netplumb {
namespace {

constexpr EventGroup kConntrackGroups[] = {
    {1, actionBit(Action::kNew)}, {2, actionBit(Action::kUpdate)}, {3, actionBit(Action::kDelete)}};
constexpr EventGroup kExpectationGroups[] = {
    {4, actionBit(Action::kNew)}, {5, actionBit(Action::kUpdate)}, {6, actionBit(Action::kDelete)}};

const EventKind kEvents[] = {
    {.name = "conntrack",
     .object = &kConntrackEntry,
     .newType = conntrackType(0),
     .deleteType = conntrackType(2),
     .listType = conntrackType(1),
     .groups = kConntrackGroups,
     .tellsUpdates = true},
    {.name = "expectation",
     .object = &kConntrackExpectation,
     .newType = expectationType(0),
     .deleteType = expectationType(2),
     .listType = expectationType(1),
     .groups = kExpectationGroups,
     .tellsUpdates = true},
};

}  // namespace

std::span<const EventKind> netfilterEvents() { return kEvents; }

}  // namespace netplumb
