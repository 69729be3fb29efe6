// What the kernel says in NLMSG_ERROR and NLMSG_DONE, extended ACK included.
#pragma once

#include <cstdint>
#include <string>

#include "netlink/reader.h"

namespace netplumb {

/// A kernel error with its extended ACK. error is positive; 0 means success.
struct KernelAnswer {
  int error = 0;
  std::string text;          ///< the kernel's words (NLMSGERR_ATTR_MSG)
  uint32_t offset = 0;       ///< of the offending attribute in the request (NLMSGERR_ATTR_OFFS); 0: not told
  bool hasMissing = false;   ///< an attribute is missing (NLMSGERR_ATTR_MISS_TYPE)
  uint16_t missingType = 0;  ///< its type
  uint32_t missingNest = 0;  ///< offset of the nest it is missing in; 0: outermost
};

/// Parses NLMSG_ERROR (the request's header echoed, its payload too unless capped) or NLMSG_DONE (an int only), both
/// followed by the extended ACK's attributes. False when the payload is too short to hold an error.
bool parseAnswer(const Message& message, KernelAnswer& answer);

}  // namespace netplumb
