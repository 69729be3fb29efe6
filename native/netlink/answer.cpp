#include "netlink/answer.h"

namespace netplumb {
namespace {

// Written out: old headers lack some.
constexpr uint16_t kCapped = 0x100;
constexpr uint16_t kAckTlvs = 0x200;
enum : uint16_t { kText = 1, kOffset = 2, kMissingType = 5, kMissingNest = 6 };

}  // namespace

bool parseAnswer(const Message& message, KernelAnswer& answer) {
  Bytes rest = message.payload;
  if (rest.size() < sizeof(int32_t)) {
    // A dump may end with a bare NLMSG_DONE.
    return message.header.nlmsg_type == NLMSG_DONE;
  }
  const auto error = load<int32_t>(rest);
  answer.error = error == INT32_MIN ? INT32_MAX : error < 0 ? -error : error;
  size_t skip = sizeof(int32_t);
  if (message.header.nlmsg_type == NLMSG_ERROR) {
    if (rest.size() < sizeof(int32_t) + sizeof(nlmsghdr)) return true;
    const size_t echoed = load<nlmsghdr>(rest, sizeof(int32_t)).nlmsg_len;
    skip += sizeof(nlmsghdr);
    if (!(message.header.nlmsg_flags & kCapped) && echoed > sizeof(nlmsghdr)) {
      skip += NLMSG_ALIGN(echoed - sizeof(nlmsghdr));
    }
  }
  if (!(message.header.nlmsg_flags & kAckTlvs) || skip >= rest.size()) return true;
  AttributeReader reader(rest.subspan(skip));
  for (Attribute attribute; reader.next(attribute);) {
    const Bytes payload = attribute.payload;
    switch (attribute.type) {
      case kText: {
        const std::string_view text(reinterpret_cast<const char*>(payload.data()), payload.size());
        answer.text = text.substr(0, text.find('\0'));
        break;
      }
      case kOffset:
        if (payload.size() >= 4) answer.offset = load<uint32_t>(payload);
        break;
      case kMissingType:
        if (payload.size() >= 4) {
          answer.missingType = static_cast<uint16_t>(load<uint32_t>(payload));
          answer.hasMissing = true;
        }
        break;
      case kMissingNest:
        if (payload.size() >= 4) answer.missingNest = load<uint32_t>(payload);
        break;
      default:
        break;
    }
  }
  return true;
}

}  // namespace netplumb
