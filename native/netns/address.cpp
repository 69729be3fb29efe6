#include "netns/address.h"

#include <linux/rtnetlink.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <vector>

#include "netlink/reader.h"
#include "netlink/socket.h"
#include "netlink/writer.h"

namespace netplumb {
namespace {

using Clock = std::chrono::steady_clock;

// The worker needs the RTNL lock, which the delete of a thousand links keeps for a second and more.
constexpr std::chrono::seconds kPatience{30};
constexpr useconds_t kPauseUs = 50;
constexpr int kTimeoutMs = 10'000;

/// Whether packets to the address would be delivered here, as `ip route get` tells.
Result<bool> isLocal(Socket& socket, const IpAddress& address, std::vector<uint8_t>& buffer) {
  std::vector<uint8_t> message;
  Writer writer(message);
  const size_t size = NLMSG_HDRLEN + sizeof(rtmsg) + NLA_HDRLEN + address.size;
  writer.append(size);
  writer.put(0, nlmsghdr{static_cast<uint32_t>(size), RTM_GETROUTE, NLM_F_REQUEST, 0, 0});
  rtmsg request{};
  request.rtm_family = static_cast<uint8_t>(address.family());
  request.rtm_dst_len = static_cast<uint8_t>(address.size * 8);
  writer.put(NLMSG_HDRLEN, request);
  const size_t at = NLMSG_HDRLEN + sizeof(rtmsg);
  writer.put(at, nlattr{static_cast<uint16_t>(NLA_HDRLEN + address.size), RTA_DST});
  std::memcpy(message.data() + at + NLA_HDRLEN, address.bytes, address.size);
  if (auto sent = socket.send(message); !sent) return sent.failure();
  const auto datagram = socket.receive(buffer, kTimeoutMs);
  if (!datagram) return datagram.failure();
  MessageReader reader(datagram.value());
  Message answer;
  // An error: there is no route at all yet.
  return reader.next(answer) && answer.header.nlmsg_type == RTM_NEWROUTE && answer.payload.size() >= sizeof(rtmsg) &&
         load<rtmsg>(answer.payload, 0).rtm_type == RTN_LOCAL;
}

}  // namespace

Result<void> awaitAddress(const IpAddress& address) {
  auto socket = Socket::open(NETLINK_ROUTE);
  if (!socket) return socket.failure();
  std::vector<uint8_t> buffer;
  for (const auto end = Clock::now() + kPatience;;) {
    const auto local = isLocal(*socket, address, buffer);
    if (!local) return local.failure();
    if (local.value()) return {};
    if (Clock::now() > end) return Failure{ETIMEDOUT, "RTM_GETROUTE", "the address is not in use"};
    usleep(kPauseUs);
  }
}

}  // namespace netplumb
