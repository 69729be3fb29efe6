// Bytes for tests: built by hand, and kept where a sanitizer sees every read beyond their end.
#pragma once

#include <linux/netlink.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "netlink/reader.h"
#include "netlink/writer.h"

namespace netplumb {

/// A copy on the heap that is not a byte longer than its content.
class Exact {
 public:
  explicit Exact(Bytes bytes) : size_(bytes.size()), data_(std::make_unique<uint8_t[]>(size_)) {
    std::copy(bytes.begin(), bytes.end(), data_.get());
  }
  Exact(std::initializer_list<uint8_t> bytes) : Exact(Bytes(bytes.begin(), bytes.size())) {}

  Bytes bytes() const { return {data_.get(), size_}; }
  uint8_t& operator[](size_t at) { return data_[at]; }
  size_t size() const { return size_; }

 private:
  size_t size_;
  std::unique_ptr<uint8_t[]> data_;
};

template <class T>
Bytes bytesOf(const T& value) {
  return {reinterpret_cast<const uint8_t*>(&value), sizeof value};
}

inline Bytes bytesOf(std::string_view text) { return {reinterpret_cast<const uint8_t*>(text.data()), text.size()}; }

/// A message of a type: what `fill` writes after the nlmsghdr, whose length is filled in.
template <class Fill>
std::vector<uint8_t> message(uint16_t type, uint16_t flags, uint32_t sequence, Fill fill) {
  std::vector<uint8_t> bytes;
  Writer writer(bytes);
  writer.append(NLMSG_HDRLEN);
  fill(writer);
  writer.put(0, nlmsghdr{static_cast<uint32_t>(bytes.size()), type, flags, sequence, 0});
  return bytes;
}

}  // namespace netplumb
