// Attribute tables at work: caller's values to bytes, bytes to a Sink, offsets to attribute names.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "netlink/input.h"
#include "netlink/reader.h"
#include "netlink/sink.h"
#include "netlink/table.h"
#include "netlink/writer.h"

namespace netplumb {

/// A u32 in an encoded message that is known only when the message is sent.
struct Fixup {
  uint32_t offset = 0;   ///< from the start of the message
  std::string field;     ///< the caller's field
  std::string linkName;  ///< resolved to an ifindex, unless empty
  OpenDescriptor open;   ///< else opened, and closed again when the kernel has answered
};

/// Appends the header and the attributes of `value` to the writer. The caller has appended the nlmsghdr, at offset
/// `start`; `linkName` fields become fixups. After an error the writer's content from `start` on is to be dropped.
std::optional<InputError> encode(const Object& object, Input& input, Input::Handle value, Writer& writer, size_t start,
                                 std::vector<Fixup>& fixups);

/// Shows a message's payload (header and attributes) to the sink as fields of an object that the caller has begun.
/// `names` may be null. False when the bytes are cut off or inconsistent; what was readable has been shown.
enum class Detail : uint8_t { kUsual, kAll };
bool decode(const Object& object, Bytes payload, Sink& sink, LinkNames* names, Detail detail);

/// Index and name of the link that a message's payload is about; an index of 0 where it is about none.
std::pair<uint32_t, std::string_view> linkOf(const Object& object, Bytes payload);

/// The names of the attributes that lead to the one at `offset` in a whole message (nlmsghdr included), such as
/// IFLA_LINKINFO.IFLA_INFO_KIND, or NFTA_RULE_EXPRESSIONS[2].NFTA_EXPR_NAME in a list; a header member's name where the
/// offset is in the header; empty where nothing is. Where the message's own list continues one that began in another
/// message, `firstElement` is what its elements are counted from.
std::string attributePath(const Object& object, Bytes message, size_t offset, size_t firstElement = 0);

/// The path of an attribute that the kernel misses: of type `type` in the nest at `nestOffset` (0: outermost).
std::string missingAttributePath(const Object& object, Bytes message, uint16_t type, size_t nestOffset);

/// The derived name under which a link's index stands beside its name: link -> linkIndex.
std::string_view indexName(std::string_view name);

}  // namespace netplumb
