#include "netfilter/events.h"

#include "netfilter/conntrack.h"
#include "netfilter/names.h"
#include "netfilter/nftables.h"

namespace netplumb {
namespace {

constexpr EventGroup kConntrackGroups[] = {
    {1, actionBit(Action::kNew)}, {2, actionBit(Action::kUpdate)}, {3, actionBit(Action::kDelete)}};
constexpr EventGroup kExpectationGroups[] = {
    {4, actionBit(Action::kNew)}, {5, actionBit(Action::kUpdate)}, {6, actionBit(Action::kDelete)}};

constexpr EventGroup kNftGroups[] = {{7}};

/// An event of nftables: object, new, delete, list. The header tells the generation.
constexpr EventKind nft(std::string_view name, const Object& object, uint16_t newType, uint16_t deleteType,
                        uint16_t listType) {
  return {.name = name,
          .object = &object,
          .newType = nftType(newType),
          .deleteType = deleteType ? nftType(deleteType) : uint16_t{0},
          .listType = listType ? nftType(listType) : uint16_t{0},
          .groups = kNftGroups,
          .isDetailed = true};
}

const EventKind kEvents[] = {
    nft("nftTable", kNfTable, 0, 2, 1),
    nft("nftChain", kNfChain, 3, 5, 4),
    nft("nftRule", kNfRule, 6, 8, 7),
    nft("nftSet", kNfSet, 9, 11, 10),
    // Those of one set only can be listed.
    nft("nftElements", kNfElements, 12, 14, 0),
    nft("nftObject", kNfObject, 18, 20, 19),
    nft("nftFlowtable", kNfFlowtable, 22, 24, 23),
    nft("nftGeneration", kNfGeneration, 15, 0, 0),
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
