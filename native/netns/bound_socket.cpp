#include "netns/bound_socket.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace netplumb {

Result<Fd> bindSocket(const BindRequest& request) {
  const bool isUdp = request.protocol == IPPROTO_UDP;
  const int type = (isUdp ? SOCK_DGRAM : SOCK_STREAM) | SOCK_NONBLOCK | SOCK_CLOEXEC;
  Fd fd(socket(request.address.family(), type, request.protocol));
  if (!fd) return Failure{errno, "socket", {}};
  const auto option = [&](int level, int name, int value) {
    return setsockopt(fd.get(), level, name, &value, sizeof value) == 0;
  };
  sockaddr_storage address{};
  socklen_t length = sizeof(sockaddr_in);
  if (request.address.family() == AF_INET6) {
    sockaddr_in6 in6{};
    in6.sin6_family = AF_INET6;
    in6.sin6_port = htons(request.port);
    std::memcpy(&in6.sin6_addr, request.address.bytes, sizeof in6.sin6_addr);
    std::memcpy(&address, &in6, sizeof in6);
    length = sizeof in6;
    if (!option(IPPROTO_IPV6, IPV6_V6ONLY, request.isDualStack ? 0 : 1)) return Failure{errno, "setsockopt", {}};
  } else {
    sockaddr_in in{};
    in.sin_family = AF_INET;
    in.sin_port = htons(request.port);
    std::memcpy(&in.sin_addr, request.address.bytes, sizeof in.sin_addr);
    std::memcpy(&address, &in, sizeof in);
  }
  // For UDP it would mean that others may take the port too, as it would for what only holds one.
  const bool isShared = !isUdp && request.use != SocketUse::kHold;
  if (isShared && !option(SOL_SOCKET, SO_REUSEADDR, 1)) return Failure{errno, "setsockopt", {}};
  if (bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), length) != 0) return Failure{errno, "bind", {}};
  // Two that allow reuse may both be bound as long as neither listens, so a port is had only now.
  if (!isUdp && request.use == SocketUse::kServe && listen(fd.get(), request.backlog) != 0)
    return Failure{errno, "listen", {}};
  return fd;
}

uint16_t boundPort(const Fd& socket) {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  if (getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &length) != 0) return 0;
  sockaddr_in in{};
  // The port is at the same place in both families.
  std::memcpy(&in, &address, sizeof in);
  return ntohs(in.sin_port);
}

}  // namespace netplumb
