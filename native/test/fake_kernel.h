// The other end of a socket pair, which plays the kernel's part.
#pragma once

#include <fcntl.h>
#include <linux/netlink.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <cerrno>
#include <string_view>
#include <utility>
#include <vector>

#include "netlink/fd.h"
#include "netlink/socket.h"
#include "test/bytes.h"

namespace netplumb {

class FakeKernel {
 public:
  FakeKernel() {
    int fds[2] = {-1, -1};
    static_cast<void>(!socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, fds));
    kernel_ = Fd(fds[0]);
    user_ = Fd(fds[1]);
    const timeval patience{10, 0};
    setsockopt(kernel_.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    for (const int fd : fds) {
      const int size = 1 << 20;
      setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
    }
  }

  /// The end that is given to a Lane, once.
  Socket socket() { return Socket(std::move(user_)); }

  /// Waits for a datagram; none when there is none for long.
  std::vector<uint8_t> receive() {
    std::vector<uint8_t> datagram(256 << 10);
    const ssize_t size = recv(kernel_.get(), datagram.data(), datagram.size(), 0);
    datagram.resize(size > 0 ? static_cast<size_t>(size) : 0);
    return datagram;
  }

  /// The headers of the messages in the next datagram.
  std::vector<nlmsghdr> headers() {
    last_ = receive();
    std::vector<nlmsghdr> found;
    MessageReader reader(last_);
    for (Message message; reader.next(message);) found.push_back(message.header);
    return found;
  }
  const std::vector<uint8_t>& last() const { return last_; }

  /// Whether a datagram waits.
  bool isIdle() {
    uint8_t byte = 0;
    return recv(kernel_.get(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;
  }

  void send(Bytes datagram) {
    static_cast<void>(!::send(kernel_.get(), datagram.data(), datagram.size(), MSG_NOSIGNAL));
  }

  /// NLMSG_ERROR, capped; 0 is an ACK.
  static std::vector<uint8_t> error(const nlmsghdr& request, int error, std::string_view text = {},
                                    uint32_t offset = 0) {
    const auto flags = static_cast<uint16_t>(0x100 | (text.empty() && !offset ? 0 : 0x200));
    return message(NLMSG_ERROR, flags, request.nlmsg_seq, [&](Writer& writer) {
      writer.put<int32_t>(writer.append(4), -error);
      writer.put(writer.append(sizeof request), request);
      if (!text.empty()) writer.attribute(1, bytesOf(text));
      if (offset) writer.put(writer.attribute(2, 4), offset);
    });
  }
  static std::vector<uint8_t> ack(const nlmsghdr& request) { return error(request, 0); }
  static std::vector<uint8_t> done(const nlmsghdr& request, uint16_t flags = 0, int error = 0) {
    return message(NLMSG_DONE, static_cast<uint16_t>(NLM_F_MULTI | flags), request.nlmsg_seq,
                   [&](Writer& writer) { writer.put<int32_t>(writer.append(4), -error); });
  }

 private:
  Fd kernel_;
  Fd user_;
  std::vector<uint8_t> last_;
};

inline std::vector<uint8_t> operator+(std::vector<uint8_t> one, const std::vector<uint8_t>& other) {
  one.insert(one.end(), other.begin(), other.end());
  return one;
}

}  // namespace netplumb
