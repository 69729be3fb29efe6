#include "bench/wire.h"

#include <arpa/inet.h>
#include <linux/netfilter/nfnetlink.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>

namespace bench {

void die(const char* what, int error) {
  std::fprintf(stderr, "floor: %s: %s\n", what, std::strerror(error));
  std::exit(1);
}

void check(bool ok, const char* what) {
  if (!ok) die(what, errno);
}

void Datagram::message(uint16_t type, uint16_t flags, const void* header, size_t size) {
  before_ = last_;
  last_ = bytes_.size();
  const nlmsghdr begin{NLMSG_HDRLEN, type, static_cast<uint16_t>(NLM_F_REQUEST | flags), 0, 0};
  bytes_.resize(last_ + NLMSG_HDRLEN);
  std::memcpy(bytes_.data() + last_, &begin, sizeof begin);
  append(header, size);
}

void Datagram::append(const void* data, size_t size) {
  const size_t at = bytes_.size();
  bytes_.resize(at + NLMSG_ALIGN(size));
  if (size) std::memcpy(bytes_.data() + at, data, size);
  headerAt(last_).nlmsg_len = static_cast<uint32_t>(bytes_.size() - last_);
}

void Datagram::put(uint16_t type, const void* data, size_t size) {
  const nlattr attribute{static_cast<uint16_t>(NLA_HDRLEN + size), type};
  append(&attribute, sizeof attribute);
  append(data, size);
}

void Datagram::text(uint16_t type, std::string_view text) {
  char bytes[256] = {};
  text.copy(bytes, sizeof bytes - 1);
  put(type, bytes, text.size() + 1);
}

size_t Datagram::nest(uint16_t type, bool isMarked) {
  const size_t at = bytes_.size();
  put(static_cast<uint16_t>(type | (isMarked ? NLA_F_NESTED : 0)), nullptr, 0);
  return at;
}

void Datagram::end(size_t nest) {
  reinterpret_cast<nlattr*>(bytes_.data() + nest)->nla_len = static_cast<uint16_t>(bytes_.size() - nest);
}

void Datagram::beginBatch() { message(NFNL_MSG_BATCH_BEGIN, 0, nfgenmsg{AF_UNSPEC, 0, htons(NFNL_SUBSYS_NFTABLES)}); }

void Datagram::endBatch() {
  message(NFNL_MSG_BATCH_END, 0, nfgenmsg{AF_UNSPEC, 0, htons(NFNL_SUBSYS_NFTABLES)});
  isBatch_ = true;
}

void Datagram::clear() {
  bytes_.clear();
  last_ = before_ = 0;
  isBatch_ = false;
}

Socket::Socket(int protocol) : fd_(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol)), buffer_(256 << 10) {
  check(fd_ >= 0, "socket");
  const int size = 8 << 20;
  setsockopt(fd_, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size);
  setsockopt(fd_, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof size);
  const int on = 1;
  setsockopt(fd_, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof on);
  setsockopt(fd_, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &on, sizeof on);
}

Socket::~Socket() { close(fd_); }

int Socket::tryExchange(Datagram& datagram) {
  if (datagram.empty()) return 0;
  const uint32_t first = sequence_;
  for (size_t at = 0; at < datagram.bytes_.size();) {
    auto& header = datagram.headerAt(at);
    header.nlmsg_seq = sequence_++;
    at += header.nlmsg_len;
  }
  auto& acknowledged = datagram.headerAt(datagram.isBatch_ ? datagram.before_ : datagram.last_);
  acknowledged.nlmsg_flags |= NLM_F_ACK;
  const uint32_t last = acknowledged.nlmsg_seq;
  check(send(fd_, datagram.bytes_.data(), datagram.bytes_.size(), 0) >= 0, "send");
  datagram.clear();
  int error = 0;
  for (;;) {
    const ssize_t size = recv(fd_, buffer_.data(), buffer_.size(), 0);
    check(size >= 0, "recv");
    for (size_t at = 0; at < static_cast<size_t>(size);) {
      const auto& header = *reinterpret_cast<const nlmsghdr*>(buffer_.data() + at);
      if (header.nlmsg_type == NLMSG_ERROR && header.nlmsg_seq - first <= last - first) {
        const int told = -reinterpret_cast<const nlmsgerr*>(NLMSG_DATA(&header))->error;
        if (error == 0) error = told;
        if (header.nlmsg_seq == last) return error;
      }
      at += NLMSG_ALIGN(header.nlmsg_len);
    }
  }
}

void Socket::exchange(Datagram& datagram, const char* what) {
  if (const int error = tryExchange(datagram)) die(what, error);
}

size_t Socket::dump(Datagram& datagram) {
  datagram.headerAt(datagram.last_).nlmsg_flags |= NLM_F_DUMP;
  datagram.headerAt(datagram.last_).nlmsg_seq = ++sequence_;
  check(send(fd_, datagram.bytes_.data(), datagram.bytes_.size(), 0) >= 0, "send");
  datagram.clear();
  size_t messages = 0;
  for (;;) {
    const ssize_t size = recv(fd_, buffer_.data(), buffer_.size(), 0);
    check(size >= 0, "recv");
    for (size_t at = 0; at < static_cast<size_t>(size);) {
      const auto& header = *reinterpret_cast<const nlmsghdr*>(buffer_.data() + at);
      if (header.nlmsg_type == NLMSG_DONE) return messages;
      if (header.nlmsg_type == NLMSG_ERROR) die("dump", EIO);
      ++messages;
      at += NLMSG_ALIGN(header.nlmsg_len);
    }
  }
}

}  // namespace bench
