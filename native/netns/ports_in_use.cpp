#include "netns/ports_in_use.h"

#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>

#include <cstddef>
#include <utility>
#include <vector>

#include "netlink/reader.h"
#include "netlink/socket.h"
#include "netlink/writer.h"

namespace netplumb {
namespace {

constexpr int kTimeoutMs = 10'000;
constexpr uint32_t kListen = 1U << 10;  // TCP_LISTEN as a bit
constexpr uint32_t kAll = ~0U;

/// Asks for the sockets of a family and adds their ports. False: the kernel doesn't tell.
template <class Ports>
bool addPorts(Socket& socket, uint8_t family, uint8_t protocol, Ports& ports) {
  std::vector<uint8_t> message;
  Writer writer(message);
  const size_t size = NLMSG_HDRLEN + sizeof(inet_diag_req_v2);
  writer.append(size);
  writer.put(0, nlmsghdr{static_cast<uint32_t>(size), SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST | NLM_F_DUMP, family, 0});
  inet_diag_req_v2 request{};
  request.sdiag_family = family;
  request.sdiag_protocol = protocol;
  request.idiag_states = protocol == IPPROTO_TCP ? kListen : kAll;
  writer.put(NLMSG_HDRLEN, request);
  if (!socket.send(message)) return false;
  std::vector<uint8_t> buffer;
  for (;;) {
    const auto datagram = socket.receive(buffer, kTimeoutMs);
    if (!datagram) return false;
    MessageReader reader(datagram.value());
    for (Message answer; reader.next(answer);) {
      if (answer.header.nlmsg_type == NLMSG_DONE) return true;
      if (answer.header.nlmsg_type != SOCK_DIAG_BY_FAMILY || answer.payload.size() < sizeof(inet_diag_msg))
        return false;
      ports.set(ntohs(load<uint16_t>(answer.payload, offsetof(inet_diag_msg, id.idiag_sport))));
    }
  }
}

}  // namespace

bool PortsInUse::mayHave(uint64_t netns, uint8_t protocol, uint16_t port, Clock::time_point asked) {
  if (protocol != IPPROTO_TCP && protocol != IPPROTO_UDP) return true;
  if (std::exchange(netns_, netns) != netns) answers_.clear();
  auto& [begun, ports] = answers_[protocol];
  if (begun < asked) {
    begun = Clock::now();
    ports.emplace();
    auto socket = Socket::open(NETLINK_SOCK_DIAG);
    // A socket of IPv6 may serve IPv4 as well.
    if (!socket || !addPorts(*socket, AF_INET, protocol, *ports) || !addPorts(*socket, AF_INET6, protocol, *ports)) {
      ports.reset();
    }
  }
  return !ports || ports->test(port);
}

}  // namespace netplumb
