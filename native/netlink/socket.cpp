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

constexpr int kWantedBuffer = 8 << 20;
// The kernel takes that much of the send buffer for itself.
constexpr size_t kSendOverhead = 32;
constexpr size_t kLargestBuffer = INT32_MAX / 2;
constexpr size_t kFirstReceiveBuffer = 64 << 10;

// More than rmem_max/wmem_max needs CAP_NET_ADMIN in the first user namespace; without it the ordinary limit has to do.
void growBuffer(int fd, int forced, int ordinary) {
  if (setsockopt(fd, SOL_SOCKET, forced, &kWantedBuffer, sizeof kWantedBuffer) != 0) {
    setsockopt(fd, SOL_SOCKET, ordinary, &kWantedBuffer, sizeof kWantedBuffer);
  }
}

size_t bufferSize(int fd, int option, size_t otherwise) {
  int size = 0;
  socklen_t length = sizeof size;
  return getsockopt(fd, SOL_SOCKET, option, &size, &length) == 0 && size > 0 ? static_cast<size_t>(size) : otherwise;
}

}  // namespace

Result<Socket> Socket::open(int protocol) {
  Socket result{Fd(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol))};
  const int fd = result.fd();
  if (fd < 0) return Failure{errno, "socket", "AF_NETLINK"};
  const int on = 1;
  // Each is absent on some old kernel, where everything but the finer error texts works without.
  setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof on);
  setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof on);
  setsockopt(fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &on, sizeof on);
  growBuffer(fd, SO_RCVBUFFORCE, SO_RCVBUF);
  growBuffer(fd, SO_SNDBUFFORCE, SO_SNDBUF);
  result.receiveCapacity_ = bufferSize(fd, SO_RCVBUF, result.receiveCapacity_);
  result.sendCapacity_ = std::min<size_t>(bufferSize(fd, SO_SNDBUF, result.sendCapacity_) / 2, 1 << 20);
  sockaddr_nl address{};
  address.nl_family = AF_NETLINK;
  if (bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return Failure{errno, "bind", "AF_NETLINK"};
  }
  return result;
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

Result<Bytes> Socket::receive(std::vector<uint8_t>& buffer, int timeoutMs) {
  if (buffer.size() < kFirstReceiveBuffer) buffer.resize(kFirstReceiveBuffer);
  for (;;) {
    // Looking first costs a system call and saves what a truncated datagram would lose.
    ssize_t size = recv(fd(), buffer.data(), 0, MSG_PEEK | MSG_TRUNC | MSG_DONTWAIT);
    if (size >= 0) {
      if (static_cast<size_t>(size) > buffer.size()) buffer.resize(static_cast<size_t>(size));
      sockaddr_nl from{};
      socklen_t length = sizeof from;
      size = recvfrom(fd(), buffer.data(), buffer.size(), MSG_DONTWAIT, reinterpret_cast<sockaddr*>(&from), &length);
      if (size >= 0) {
        // Any process may send to a netlink socket; only the kernel (port 0) is believed.
        if (length >= sizeof from && from.nl_family == AF_NETLINK && from.nl_pid != 0) continue;
        return Bytes(buffer.data(), static_cast<size_t>(size));
      }
    }
    if (errno == EINTR) continue;
    if (errno != EAGAIN) return Failure{errno, "recvmsg", {}};
    pollfd waiting{fd(), POLLIN, 0};
    const int ready = poll(&waiting, 1, timeoutMs);
    if (ready == 0) return Failure{ETIMEDOUT, "recvmsg", "the kernel has not answered"};
    if (ready < 0 && errno != EINTR) return Failure{errno, "poll", {}};
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
