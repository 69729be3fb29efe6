// Transactions of nftables: many messages between NFNL_MSG_BATCH_BEGIN and NFNL_MSG_BATCH_END, of which the kernel
// carries out all or none.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "netlink/operation.h"
#include "netlink/reader.h"

namespace netplumb {

/// One message of a transaction.
struct Part {
  const Operation* operation = nullptr;
  uint32_t offset = 0;        ///< of its header in the request's bytes
  uint32_t command = 0;       ///< which of the caller's messages it is, or is a piece of
  uint32_t firstElement = 0;  ///< of a piece: how many elements the pieces before it hold
};

/// What makes a request a transaction. Its message holds those of the parts, one after the other.
struct Transaction {
  std::vector<Part> parts;
  bool isCheck = false;    ///< validated only, as `nft --check` does
  bool wantsEcho = false;  ///< the kernel tells what it made, handles included
  bool hasIds = false;     ///< some parts refer to others by ids, which must not meet those of another transaction
  std::optional<uint32_t> generation;  ///< refused (ERESTART) when the ruleset is not of this generation

  /// Whether it may share a batch with others.
  bool isSociable() const { return !isCheck && !generation; }
};

/// The bytes around a transaction's messages. Sequence numbers are set when they are sent.
std::vector<uint8_t> batchBegin(const std::optional<uint32_t>& generation);
std::vector<uint8_t> batchEnd();

}  // namespace netplumb
