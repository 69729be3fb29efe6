// Sockets of servers, bound to an address in the network namespace that the calling thread is in.
#pragma once

#include <cstdint>

#include "netlink/fd.h"
#include "netlink/result.h"
#include "netlink/text.h"

namespace netplumb {

/// What a socket is for.
enum class SocketUse : uint8_t {
  kServe,  ///< TCP's listens
  kHold,   ///< keeps the port from everybody else, and listens to nobody
  kProbe,  ///< shows whether somebody has the port
};

/// What a socket is to be bound to.
struct BindRequest {
  SocketUse use = SocketUse::kServe;
  uint8_t protocol = 0;  ///< IPPROTO_TCP, IPPROTO_UDP or IPPROTO_SCTP
  IpAddress address;
  uint16_t port = 0;         ///< 0: any that is free
  bool isDualStack = false;  ///< an IPv6 socket that serves IPv4 as well
  int backlog = 0;           ///< TCP: how many connections may wait to be accepted
};

/// Opens a socket, non-blocking and O_CLOEXEC, and binds it. Connections that only wait for their end (TIME_WAIT) do
/// not keep a port taken, except from who is to hold it. EADDRINUSE: the port is taken; EADDRNOTAVAIL: the address is
/// not this host's; EAFNOSUPPORT: the kernel does not speak IPv6.
Result<Fd> bindSocket(const BindRequest& request);

/// The port that a socket is bound to.
uint16_t boundPort(const Fd& socket);

}  // namespace netplumb
