// Netlink for the floor: as little as the kernel's work needs, and nothing of the library's own.
#pragma once

#include <linux/netlink.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace bench {

/// Ends the program with what failed and why.
[[noreturn]] void die(const char* what, int error);
/// The same with errno, where `ok` is false.
void check(bool ok, const char* what);

/// Messages one after the other, to be sent in one datagram.
class Datagram {
 public:
  /// Begins a message; what is put from now on is part of it.
  void message(uint16_t type, uint16_t flags, const void* header, size_t size);
  template <class T>
  void message(uint16_t type, uint16_t flags, const T& header) {
    message(type, flags, &header, sizeof header);
  }
  void put(uint16_t type, const void* data, size_t size);
  template <class T>
  void put(uint16_t type, T value) {
    put(type, &value, sizeof value);
  }
  /// Text with its NUL.
  void text(uint16_t type, std::string_view text);
  /// Begins a nest, to be ended with what this returns.
  size_t nest(uint16_t type, bool isMarked = false);
  void end(size_t nest);
  /// Bytes that are no attribute: a header inside of a nest.
  void append(const void* data, size_t size);

  /// Around the messages of a transaction of nftables. Not all kernels answer its end, so none is asked to.
  void beginBatch();
  void endBatch();

  bool empty() const { return bytes_.empty(); }
  /// Forgets everything, keeps the memory.
  void clear();

 private:
  friend class Socket;
  nlmsghdr& headerAt(size_t offset) { return *reinterpret_cast<nlmsghdr*>(bytes_.data() + offset); }

  std::vector<uint8_t> bytes_;
  size_t last_ = 0;    ///< where the last message is
  size_t before_ = 0;  ///< where the one before it is
  bool isBatch_ = false;
};

/// A netlink socket in the namespace that the thread is in when it is opened.
class Socket {
 public:
  explicit Socket(int protocol);
  ~Socket();
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  /// Sends all messages, of which only the last asks for an ACK, and waits for that. Returns the first error's errno, 0
  /// for none. Clears the datagram.
  int tryExchange(Datagram& datagram);
  /// The same; an error ends the program.
  void exchange(Datagram& datagram, const char* what);
  /// Sends one request for a dump and receives it to its end. Returns how many messages came.
  size_t dump(Datagram& datagram);

 private:
  int fd_;
  uint32_t sequence_ = 1;
  std::vector<uint8_t> buffer_;
};

}  // namespace bench
