#include "netlink/socket.h"

#include <linux/netlink.h>
#include <net/if.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace netplumb {
namespace {

constexpr int kSendBuffer = 8 << 20;
// The kernel takes that much of the send buffer for itself.
constexpr size_t kSendOverhead = 32;
constexpr size_t kLargestBuffer = INT32_MAX / 2;
constexpr size_t kFirstReceiveBuffer = 64 << 10;

// More than rmem_max/wmem_max needs CAP_NET_ADMIN in the first user namespace; without it the ordinary limit has to do.
void growBuffer(int fd, int forced, int ordinary, int wanted) {
  if (setsockopt(fd, SOL_SOCKET, forced, &wanted, sizeof wanted) != 0) {
    setsockopt(fd, SOL_SOCKET, ordinary, &wanted, sizeof wanted);
  }
}

size_t bufferSize(int fd, int option, size_t otherwise) {
  int size = 0;
  socklen_t length = sizeof size;
  return getsockopt(fd, SOL_SOCKET, option, &size, &length) == 0 && size > 0 ? static_cast<size_t>(size) : otherwise;
}

Origin originOf(msghdr& message) {
  Origin origin;
  for (cmsghdr* part = CMSG_FIRSTHDR(&message); part; part = CMSG_NXTHDR(&message, part)) {
    if (part->cmsg_level == SOL_NETLINK && part->cmsg_type == NETLINK_LISTEN_ALL_NSID &&
        part->cmsg_len >= CMSG_LEN(sizeof(int32_t))) {
      int32_t id = 0;
      std::memcpy(&id, CMSG_DATA(part), sizeof id);
      origin.netnsId = id;
    }
  }
  return origin;
}

}  // namespace

Result<Socket> Socket::open(int protocol, int receiveBuffer) {
  Socket result{Fd(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol))};
  const int fd = result.fd();
  if (fd < 0) return Failure{errno, "socket", "AF_NETLINK"};
  const int on = 1;
  // Each is absent on some old kernel, where everything but the finer error texts works without.
  setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof on);
  setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof on);
  setsockopt(fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &on, sizeof on);
  if (receiveBuffer != kSmall) {
    growBuffer(fd, SO_RCVBUFFORCE, SO_RCVBUF, receiveBuffer);
    growBuffer(fd, SO_SNDBUFFORCE, SO_SNDBUF, kSendBuffer);
    result.receiveCapacity_ = bufferSize(fd, SO_RCVBUF, result.receiveCapacity_);
    result.sendCapacity_ = std::min<size_t>(bufferSize(fd, SO_SNDBUF, result.sendCapacity_) / 2, 1 << 20);
  }
  sockaddr_nl address{};
  address.nl_family = AF_NETLINK;
  if (bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return Failure{errno, "bind", "AF_NETLINK"};
  }
  socklen_t length = sizeof address;
  if (receiveBuffer == kSmall) return result;
  if (getsockname(fd, reinterpret_cast<sockaddr*>(&address), &length) == 0) result.portId_ = address.nl_pid;
  return result;
}

Result<void> Socket::join(uint32_t group) {
  if (setsockopt(fd(), SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof group) == 0) return {};
  return Failure{errno, "setsockopt", "NETLINK_ADD_MEMBERSHIP " + std::to_string(group)};
}

Result<void> Socket::hearAllNetns() {
  const int on = 1;
  if (setsockopt(fd(), SOL_NETLINK, NETLINK_LISTEN_ALL_NSID, &on, sizeof on) == 0) return {};
  return Failure{errno, "setsockopt", "NETLINK_LISTEN_ALL_NSID"};
}

Result<void> Socket::send(Bytes datagram) {
  for (;;) {
    const ssize_t sent = ::send(fd(), datagram.data(), datagram.size(), MSG_NOSIGNAL);
    if (sent >= 0) return {};
    if (errno != EINTR) return Failure{errno, "sendmsg", {}};
  }
}

bool Socket::makeRoom(size_t toSend, size_t toReceive) {
  const size_t wanted = toSend + kSendOverhead;
  // What is allowed to all has been taken when the socket was opened.
  const auto force = [this](int option, size_t size) {
    const int forced = static_cast<int>(std::min(size, kLargestBuffer));
    setsockopt(fd(), SOL_SOCKET, option, &forced, sizeof forced);
  };
  if (toReceive > receiveCapacity_) {
    force(SO_RCVBUFFORCE, toReceive);
    receiveCapacity_ = bufferSize(fd(), SO_RCVBUF, receiveCapacity_);
  }
  if (wanted <= bufferSize(fd(), SO_SNDBUF, 0)) return true;
  force(SO_SNDBUFFORCE, wanted);
  return wanted <= bufferSize(fd(), SO_SNDBUF, 0);
}

Result<Bytes> Socket::receive(std::vector<uint8_t>& buffer, int timeoutMs, Look look) {
  for (;;) {
    Origin origin;
    auto received = receiveNow(buffer, origin, look);
    if (received || received.failure().error != EAGAIN) return received;
    pollfd waiting{fd(), POLLIN, 0};
    const int ready = poll(&waiting, 1, timeoutMs);
    if (ready == 0) return Failure{ETIMEDOUT, "recvmsg", "the kernel has not answered"};
    if (ready < 0 && errno != EINTR) return Failure{errno, "poll", {}};
  }
}

Result<Bytes> Socket::receiveNow(std::vector<uint8_t>& buffer, Origin& origin, Look look) {
  if (buffer.size() < kFirstReceiveBuffer) buffer.resize(kFirstReceiveBuffer);
  for (;;) {
    if (look == Look::kFirst) {
      const ssize_t size = recv(fd(), buffer.data(), 0, MSG_PEEK | MSG_TRUNC | MSG_DONTWAIT);
      if (size > 0 && static_cast<size_t>(size) > buffer.size()) buffer.resize(static_cast<size_t>(size));
      if (size < 0 && errno != EINTR) return Failure{errno, "recvmsg", {}};
      if (size < 0) continue;
    }
    sockaddr_nl from{};
    alignas(cmsghdr) char control[64];
    iovec part{buffer.data(), buffer.size()};
    msghdr message{};
    message.msg_name = &from;
    message.msg_namelen = sizeof from;
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    const ssize_t size = recvmsg(fd(), &message, MSG_DONTWAIT | MSG_TRUNC);
    if (size < 0) {
      if (errno != EINTR) return Failure{errno, "recvmsg", {}};
      continue;
    }
    // Any process may send to a netlink socket; only the kernel (port 0) is believed.
    if (message.msg_namelen >= sizeof from && from.nl_family == AF_NETLINK && from.nl_pid != 0) continue;
    if (static_cast<size_t>(size) > buffer.size()) {
      buffer.resize(static_cast<size_t>(size));
      return Failure{ENOBUFS, "recvmsg", "a datagram was longer than the buffer"};
    }
    origin = originOf(message);
    return Bytes(buffer.data(), static_cast<size_t>(size));
  }
}

uint32_t Socket::linkIndex(const std::string& name) const {
  ifreq request{};
  if (name.size() >= sizeof request.ifr_name) return 0;
  name.copy(request.ifr_name, name.size());
  return ioctl(fd(), SIOCGIFINDEX, &request) == 0 ? static_cast<uint32_t>(request.ifr_ifindex) : 0;
}

std::string Socket::linkName(uint32_t index) const {
  ifreq request{};
  request.ifr_ifindex = static_cast<int>(index);
  return ioctl(fd(), SIOCGIFNAME, &request) == 0 ? request.ifr_name : std::string();
}

}  // namespace netplumb
