// Walks netlink messages and attributes in bytes that nobody has checked yet. Never reads past the end.
#pragma once

#include <linux/netlink.h>

#include <cstdint>
#include <cstring>
#include <span>

namespace netplumb {

using Bytes = std::span<const uint8_t>;

/// Reads a T at `offset`, wherever it is aligned. The caller has checked that it is inside.
template <class T>
T load(Bytes bytes, size_t offset = 0) {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

/// One attribute: its type without the NESTED and NET_BYTEORDER bits, and its payload.
struct Attribute {
  uint16_t type = 0;
  Bytes payload;
};

/// Iterates over the attributes of a nest. After next() has returned false, malformed() tells whether bytes were left
/// that are no attribute.
class AttributeReader {
 public:
  explicit AttributeReader(Bytes bytes) : rest_(bytes) {}

  bool next(Attribute& attribute) {
    if (rest_.empty()) return false;
    if (rest_.size() < NLA_HDRLEN) return stop();
    const auto length = load<uint16_t>(rest_);
    if (length < NLA_HDRLEN || length > rest_.size()) return stop();
    attribute.type = load<uint16_t>(rest_, 2) & NLA_TYPE_MASK;
    attribute.payload = rest_.subspan(NLA_HDRLEN, length - NLA_HDRLEN);
    const size_t aligned = NLA_ALIGN(static_cast<size_t>(length));
    rest_ = aligned < rest_.size() ? rest_.subspan(aligned) : Bytes{};
    return true;
  }

  bool malformed() const { return malformed_; }

 private:
  bool stop() {
    malformed_ = true;
    rest_ = {};
    return false;
  }

  Bytes rest_;
  bool malformed_ = false;
};

/// The first attribute of a type in a nest, or an empty span with found = false.
inline bool findAttribute(Bytes nest, uint16_t type, Bytes& payload) {
  for (size_t at = 0, length = 0; at + NLA_HDRLEN <= nest.size(); at += NLA_ALIGN(length)) {
    length = load<uint16_t>(nest, at);
    if (length < NLA_HDRLEN || length > nest.size() - at) return false;
    if ((load<uint16_t>(nest, at + 2) & NLA_TYPE_MASK) != type) continue;
    payload = nest.subspan(at + NLA_HDRLEN, length - NLA_HDRLEN);
    return true;
  }
  return false;
}

/// One message of a datagram: its header, and what follows up to its length.
struct Message {
  nlmsghdr header{};
  Bytes payload;
};

/// Iterates over the messages of a datagram, as AttributeReader does over attributes.
class MessageReader {
 public:
  explicit MessageReader(Bytes bytes) : rest_(bytes) {}

  bool next(Message& message) {
    if (rest_.empty()) return false;
    if (rest_.size() < NLMSG_HDRLEN) return stop();
    message.header = load<nlmsghdr>(rest_);
    const size_t length = message.header.nlmsg_len;
    if (length < NLMSG_HDRLEN || length > rest_.size()) return stop();
    message.payload = rest_.subspan(NLMSG_HDRLEN, length - NLMSG_HDRLEN);
    const size_t aligned = NLMSG_ALIGN(length);
    rest_ = aligned < rest_.size() ? rest_.subspan(aligned) : Bytes{};
    return true;
  }

  bool malformed() const { return malformed_; }

 private:
  bool stop() {
    malformed_ = true;
    rest_ = {};
    return false;
  }

  Bytes rest_;
  bool malformed_ = false;
};

}  // namespace netplumb
