// Writes netlink messages into a buffer that the caller owns and reuses.
#pragma once

#include <linux/netlink.h>

#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

namespace netplumb {

/// Appends attributes to a byte vector. Attributes are padded to four bytes; the padding is zero.
/// An attribute that grows past 65,535 bytes is remembered in overflow() and the message must not be sent.
class Writer {
 public:
  explicit Writer(std::vector<uint8_t>& buffer) : buffer_(buffer) {}

  size_t size() const { return buffer_.size(); }
  bool overflow() const { return overflow_; }
  uint8_t* at(size_t offset) { return buffer_.data() + offset; }

  /// Appends `size` zero bytes and the padding after them; returns their offset.
  size_t append(size_t size) {
    const size_t offset = buffer_.size();
    buffer_.resize(offset + NLMSG_ALIGN(size));
    return offset;
  }

  /// Appends an attribute with a zeroed payload of `size` bytes; returns the payload's offset.
  size_t attribute(uint16_t type, size_t size) {
    const size_t length = NLA_HDRLEN + size;
    if (length > UINT16_MAX) {
      overflow_ = true;
      return append(length) + NLA_HDRLEN;
    }
    const size_t offset = append(length);
    header(offset, static_cast<uint16_t>(length), type);
    return offset + NLA_HDRLEN;
  }

  size_t attribute(uint16_t type, std::span<const uint8_t> bytes) {
    const size_t offset = attribute(type, bytes.size());
    if (!bytes.empty()) std::memcpy(at(offset), bytes.data(), bytes.size());
    return offset;
  }

  /// Begins an attribute whose payload is whatever is appended until end(); returns the mark to give to end().
  size_t begin(uint16_t type) {
    const size_t mark = append(NLA_HDRLEN);
    header(mark, NLA_HDRLEN, type);
    return mark;
  }

  void end(size_t mark) {
    const size_t length = buffer_.size() - mark;
    if (length > UINT16_MAX) {
      overflow_ = true;
      return;
    }
    const auto length16 = static_cast<uint16_t>(length);
    std::memcpy(at(mark), &length16, sizeof length16);
  }

  /// Takes back everything from `mark` on.
  void cancel(size_t mark) { buffer_.resize(mark); }

  template <class T>
  void put(size_t offset, T value) {
    std::memcpy(at(offset), &value, sizeof value);
  }

 private:
  void header(size_t offset, uint16_t length, uint16_t type) {
    put(offset, length);
    put(offset + 2, type);
  }

  std::vector<uint8_t>& buffer_;
  bool overflow_ = false;
};

}  // namespace netplumb
