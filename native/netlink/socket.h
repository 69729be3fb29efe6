// A netlink socket: options, sending, receiving, and the two look-ups of links that need no message.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "netlink/fd.h"
#include "netlink/reader.h"
#include "netlink/result.h"

namespace netplumb {

/// Where a datagram came from.
struct Origin {
  std::optional<int32_t> netnsId;  ///< the id here of the namespace it came from, unless that is the socket's own
};

/// Used by one thread at a time, but for the look-ups of links. Belongs to the network namespace of the thread that
/// opened it, and keeps that alive.
class Socket {
 public:
  Socket() = default;
  static constexpr int kReceiveBuffer = 8 << 20;
  /// For a socket that a few requests go through: buffers as they are, and no look at its address.
  static constexpr int kSmall = 0;

  /// Opens a socket of a protocol (NETLINK_ROUTE, ...) in the calling thread's namespace, with extended and capped
  /// ACKs, strict checking, and receive and send buffers as large as wanted, or as allowed.
  static Result<Socket> open(int protocol, int receiveBuffer = kReceiveBuffer);
  /// Takes a connected datagram socket in a netlink socket's place (tests).
  explicit Socket(Fd fd) : fd_(std::move(fd)) {}

  int fd() const { return fd_.get(); }
  void close() { fd_.reset(); }

  /// How many bytes of answers, as the kernel counts them, may wait to be received.
  size_t receiveCapacity() const { return receiveCapacity_; }
  /// How many bytes may leave in one datagram.
  size_t sendCapacity() const { return sendCapacity_; }

  /// The address that the kernel answers to.
  uint32_t portId() const { return portId_; }

  /// Has the kernel send what it tells a multicast group.
  Result<void> join(uint32_t group);
  /// Has it send what it tells in all namespaces that have an id in the socket's own. Needs CAP_NET_BROADCAST.
  Result<void> hearAllNetns();

  Result<void> send(Bytes datagram);
  /// Makes room for a datagram of that size, and for as many bytes of answers, as far as that is allowed. False when
  /// such a datagram cannot be sent.
  bool makeRoom(size_t toSend, size_t toReceive);
  /// Whether a datagram's length is looked at before it is received: that costs a system call, and with each one the
  /// kernel goes on with a dump, so that it is ahead of what is received. Otherwise one that is longer than the buffer
  /// is lost (ENOBUFS), and the buffer grown.
  enum class Look : uint8_t { kFirst, kNever };

  /// Waits at most `timeoutMs` for a datagram and returns its bytes, which are in `buffer`. ENOBUFS means that answers
  /// were lost, ETIMEDOUT that none came.
  Result<Bytes> receive(std::vector<uint8_t>& buffer, int timeoutMs, Look look = Look::kFirst);
  /// The same without waiting: EAGAIN means that none is there.
  Result<Bytes> receiveNow(std::vector<uint8_t>& buffer, Origin& origin, Look look = Look::kFirst);

  /// The index of a link by name or by an alternative name of at most 15 bytes (SIOCGIFINDEX); 0 if there is none.
  uint32_t linkIndex(const std::string& name) const;
  /// The name of a link by index (SIOCGIFNAME); empty if there is none.
  std::string linkName(uint32_t index) const;

 private:
  Fd fd_;
  uint32_t portId_ = 0;
  size_t receiveCapacity_ = 212'992;
  size_t sendCapacity_ = 65'536;
};

}  // namespace netplumb
