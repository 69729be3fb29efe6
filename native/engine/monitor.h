// A monitor: one netlink socket in multicast groups, and the events that have come in by it.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "netlink/answer.h"
#include "netlink/codec.h"
#include "netlink/event.h"
#include "netlink/socket.h"

namespace netplumb {

/// What a monitor is to tell.
struct Subscription {
  std::span<const EventKind> kinds;  ///< all of the protocol, wanted or not
  uint64_t wanted = 0;               ///< which of them, a bit each
  uint8_t actions = kAllActions;     ///< actionBit()s
  bool listsFirst = false;           ///< tells the objects that are there before anything else
  bool listsAfterOverrun = false;    ///< tells them again after events have been lost
  size_t limit = size_t{16} << 20;   ///< bytes of events that wait here for their reader; then they wait in the kernel

  bool wants(size_t kind) const { return wanted >> kind & 1; }
};

/// Names of links as they were last known: those of what has gone are told all the same.
class RememberedLinkNames final : public LinkNames {
 public:
  explicit RememberedLinkNames(const Socket& socket) : socket_(socket) {}
  std::string_view name(uint32_t index) override;

 private:
  static constexpr size_t kMost = 4096;
  const Socket& socket_;
  std::map<uint32_t, std::string> names_;
};

/// Events are decoded as they come and wait, in a bounded amount, to be read.
///
/// When the kernel had to drop some, it says so once, before what still waits, and goes on to drop until all that has
/// been received. So it is only then that the reader is told: what comes after is all newer than what was lost. And
/// only when the reader has caught up are the objects listed anew: one that cannot keep up would not with more to read.
///
/// The owner's thread calls read() and close(), the watcher serve() and end().
class Monitor : public std::enable_shared_from_this<Monitor> {
 public:
  enum class Next : uint8_t {
    kWait,   ///< serve again when the socket is readable
    kPause,  ///< serve again when asked to
    kEnd,    ///< closed
  };

  Monitor(Engine& engine, Socket socket, const Subscription& subscription);

  /// Puts the socket into the groups of all that is subscribed to.
  Result<void> join();

  /// Completes request `id` with all events that wait, or with the first that come; with none when the monitor is
  /// closed. One request at a time.
  void read(uint32_t id);
  /// Has the socket closed and then request `id` completed (0: none).
  void close(uint32_t id);

  int fd() const { return socket_.fd(); }
  Next serve(std::vector<uint8_t>& buffer);
  /// Closes the socket and completes what waits for that.
  void end();

 private:
  /// What is known of a list that has been asked for.
  struct Listing {
    size_t kind = 0;
    int attempt = 1;
    bool isInterrupted = false;  ///< the kernel's table changed during this attempt
    bool isIncomplete = false;   ///< some list was interrupted in every attempt
    bool isVoid = false;         ///< events have been lost since: all is to be listed anew
  };

  void overrun();
  void take(const Message& message, const Origin& origin);
  void takeListed(const Message& message);
  void tell(size_t kind, Action action, const Message& message, const Origin& origin, bool isListed);
  void mark(std::string_view type);
  /// Asks for the next list, or tells that all is known.
  void list(size_t kind);
  void fail(RequestError error);
  bool isFull() const { return held_ + writer_.bytes() >= subscription_.limit; }
  Next handOver(bool isIdle);
  void deliver(uint32_t id);

  Engine& engine_;
  Socket socket_;
  const Subscription subscription_;

  // The watcher's.
  TapeWriter writer_;
  RememberedLinkNames names_;
  std::optional<Listing> listing_;
  uint32_t sequence_ = 0;
  bool isListDue_ = false;
  bool isLossy_ = false;  ///< the kernel has dropped events, of which the reader has not been told

  std::mutex mutex_;
  std::vector<Tape> tapes_;              ///< what waits to be read
  std::atomic<size_t> held_{0};          ///< bytes of them
  std::optional<RequestError> failure_;  ///< after which there is nothing more
  uint32_t reading_ = 0;
  uint32_t closing_ = 0;
  bool isClosing_ = false;
  bool isPaused_ = false;  ///< serve() is to be called when there is room again
};

}  // namespace netplumb
