// What can be asked of the kernel: message types with their flags and the kind of answer, by name.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "netlink/table.h"

namespace netplumb {

/// What the kernel answers when it does not refuse.
enum class Answer : uint8_t {
  kAck,   ///< nothing but success
  kOne,   ///< one object
  kEach,  ///< an object for each thing that is asked for
  kDump,  ///< any number of objects
};

struct Operation {
  std::string_view name;         ///< as the facade asks for it: links.create
  std::string_view messageType;  ///< the kernel's name: RTM_NEWLINK
  const Object* object;
  uint16_t type;
  uint16_t flags;  ///< NLM_F_* beside NLM_F_REQUEST, NLM_F_ACK and NLM_F_DUMP, which follow from the answer
  Answer answer;
  bool changesLinks = false;    ///< after it, a link's name may mean something else
  uint8_t familyOtherwise = 0;  ///< the address family where neither the caller nor an address decides
};

}  // namespace netplumb
