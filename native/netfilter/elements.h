// Elements of sets and maps in bulk: from packed bytes, without an object for each.
#pragma once

#include <cstdint>

#include "netlink/reader.h"
#include "netlink/writer.h"

namespace netplumb {

/// Elements that are all alike: key after key, data after data. What is empty is left out.
struct PackedElements {
  size_t count = 0;
  Bytes keys;      ///< `count` of them, of equal length
  Bytes keyEnds;   ///< last keys of intervals of concatenations
  Bytes data;      ///< what a map gives
  Bytes flags;     ///< a byte for each: NFT_SET_ELEM_*
  Bytes userdata;  ///< the same for all of them

  /// Whether each column divides into `count` values that fit.
  bool isSound() const;
};

/// Appends NFTA_SET_ELEM_LIST_ELEMENTS with the elements from `from` on, as many as an attribute can hold. Returns the
/// index of the first that is left.
size_t appendElements(Writer& writer, const PackedElements& elements, size_t from);

}  // namespace netplumb
