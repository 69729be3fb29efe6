// Which ports have sockets.
#pragma once

#include <bitset>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>

namespace netplumb {

/// What sock_diag(7) tells, asked once for a protocol: much cheaper than to try many ports. The answer is for all who
/// have asked before it was given.
class PortsInUse {
 public:
  using Clock = std::chrono::steady_clock;

  /// Looks in the network namespace that the calling thread is in, whose inode is given. False: no process has listened
  /// on the port of TCP, or bound that of UDP, by whatever address, at some instant after `asked`. True: one has, or it
  /// can't be told.
  bool mayHave(uint64_t netns, uint8_t protocol, uint16_t port, Clock::time_point asked);

 private:
  using Ports = std::bitset<1 << 16>;
  struct Answer {
    Clock::time_point begun = Clock::time_point::min();
    std::optional<Ports> ports;
  };

  uint64_t netns_ = 0;
  std::map<uint8_t, Answer> answers_;
};

}  // namespace netplumb
