// What several of nfnetlink's objects share.
#pragma once

#include "netlink/table.h"

namespace netplumb {

/// Protocol families of netfilter (NFPROTO_*), as nft names them.
inline constexpr Name kNfFamilies[] = {
    {0, "unspec"}, {1, "inet"}, {2, "ip"}, {3, "arp"}, {5, "netdev"}, {7, "bridge"}, {10, "ip6"},
};

/// struct nfgenmsg, the header of all of nfnetlink's messages.
extern constinit const Table kNfHeader;

/// A message type of the subsystem nftables.
constexpr uint16_t nftType(uint16_t message) { return static_cast<uint16_t>(10 << 8 | message); }

}  // namespace netplumb
