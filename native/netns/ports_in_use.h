// Which ports have sockets, in the network namespace that the calling thread is in.
#pragma once

#include <bitset>
#include <cstdint>
#include <map>
#include <optional>

namespace netplumb {

/// What sock_diag(7) tells, asked once for a protocol: much cheaper than to try many ports.
class PortsInUse {
 public:
  /// False: no process listens on the port of TCP, or has bound that of UDP, by whatever address. True: one does, or it
  /// can't be told.
  bool mayHave(uint8_t protocol, uint16_t port);

 private:
  using Ports = std::bitset<1 << 16>;
  std::map<uint8_t, std::optional<Ports>> ports_;
};

}  // namespace netplumb
