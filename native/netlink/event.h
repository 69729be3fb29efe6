// What the kernel tells of its own accord: which messages come by which multicast groups, and what they mean.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "netlink/table.h"

namespace netplumb {

/// What has happened to an object. Most protocols do not tell whether one is new or has changed: both are kNew.
enum class Action : uint8_t { kNew, kUpdate, kDelete };

constexpr uint8_t kAllActions = 7;
constexpr uint8_t actionBit(Action action) { return static_cast<uint8_t>(1U << static_cast<unsigned>(action)); }

/// A multicast group, and the actions that it tells of, as actionBit()s.
struct EventGroup {
  uint32_t number;
  uint8_t actions = kAllActions;
};

/// One kind of event. Where the messages of several kinds have the same type, the family tells them apart: what
/// belongs to none of the earlier ones belongs to the kind without a family.
struct EventKind {
  std::string_view name;  ///< as the facade calls it: link
  const Object* object;
  uint16_t newType;
  uint16_t deleteType;  ///< 0: nothing is told of the end
  uint16_t listType;    ///< asks for all objects; 0: they cannot be listed at once
  std::span<const EventGroup> groups;
  uint8_t family = 0;         ///< first byte of the header, in messages and in the request for a list; 0: any
  bool isDetailed = false;    ///< what is told on request only is told
  bool tellsUpdates = false;  ///< newType without NLM_F_CREATE means kUpdate
};

}  // namespace netplumb
