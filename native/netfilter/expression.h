// Expressions of nftables: what rules consist of, and what sets and elements carry along.
#pragma once

#include "netlink/table.h"

namespace netplumb {

/// One expression: its name, and data by that name.
extern constinit const Table kNfExpression;
/// A value or a verdict.
extern constinit const Table kNfData;
/// Packets and bytes.
extern constinit const Table kNfCounter;
extern constinit const Table kNfLimit;
extern constinit const Table kNfQuota;
extern constinit const Table kNfConnlimit;
extern constinit const Table kNfSynproxy;
extern constinit const Table kNfLast;

inline constexpr ValueType kNfExpressionValue = nested(kNfExpression);
/// A list of expressions (NFTA_LIST_ELEM).
inline constexpr ValueType kNfExpressions = list(kNfExpressionValue, 1);

/// Kinds of stateful objects (NFT_OBJECT_*).
inline constexpr Name kNfObjectTypes[] = {
    {1, "counter"}, {2, "quota"},     {3, "ctHelper"}, {4, "limit"},    {5, "connlimit"},
    {6, "tunnel"},  {7, "ctTimeout"}, {8, "secmark"},  {9, "ctExpect"}, {10, "synproxy"},
};

}  // namespace netplumb
