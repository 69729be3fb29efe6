#include "engine/transaction.h"

#include <linux/netlink.h>

#include "netlink/writer.h"

namespace netplumb {
namespace {

constexpr uint16_t kBatchBegin = NLMSG_MIN_TYPE;
constexpr uint16_t kBatchEnd = NLMSG_MIN_TYPE + 1;
constexpr uint16_t kGenerationAttribute = 1;
constexpr size_t kNfgenmsg = 4;
constexpr uint8_t kSubsystemNftables = 10;

/// struct nfgenmsg, whose last u16 (big endian) is the subsystem.
void begin(Writer& writer) {
  const size_t at = writer.append(NLMSG_HDRLEN + kNfgenmsg);
  *writer.at(at + NLMSG_HDRLEN + 3) = kSubsystemNftables;
}

void end(Writer& writer, uint16_t type) {
  writer.put(0, nlmsghdr{static_cast<uint32_t>(writer.size()), type, NLM_F_REQUEST, 0, 0});
}

}  // namespace

std::vector<uint8_t> batchBegin(const std::optional<uint32_t>& generation) {
  std::vector<uint8_t> message;
  Writer writer(message);
  begin(writer);
  if (generation) writer.put(writer.attribute(kGenerationAttribute, 4), __builtin_bswap32(*generation));
  end(writer, kBatchBegin);
  return message;
}

std::vector<uint8_t> batchEnd() {
  std::vector<uint8_t> message;
  Writer writer(message);
  begin(writer);
  end(writer, kBatchEnd);
  return message;
}

}  // namespace netplumb
