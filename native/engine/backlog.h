// What has been received and not been decoded yet, so that both can be done at the same time.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "netlink/reader.h"

namespace netplumb {

class Engine;

/// Datagrams are decoded in order: the first ones where they are received, those of a long answer by another worker, if
/// one is idle.
///
/// Which thread does what:
///   the receiver  add(), finish(), the destructor; decodes where nobody helps
///   the helper    decodes, from the moment that it begins until finish()
class Backlog {
 public:
  Backlog(Engine& engine, std::function<void(Bytes)> decode);
  ~Backlog() { finish(); }
  Backlog(const Backlog&) = delete;
  Backlog& operator=(const Backlog&) = delete;

  /// Takes the first `size` bytes of a buffer, and may leave another buffer in its place.
  void add(std::vector<uint8_t>& buffer, size_t size);
  /// Returns when all is decoded.
  void finish();

 private:
  /// Answers of so many datagrams are no work for two.
  static constexpr size_t kFew = 4;
  /// Beyond this it is waited for the helper.
  static constexpr size_t kMost = 32;

  struct Datagram {
    std::vector<uint8_t> bytes;
    size_t size = 0;
  };
  /// What receiver and helper share. The helper may come when nothing is left of it but this.
  struct Shared {
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<Datagram> waiting;
    std::vector<std::vector<uint8_t>> spare;
    bool hasBegun = false;
    bool isOver = false;  ///< nothing more is added, or the helper is not wanted any more
    bool hasEnded = false;
  };

  static void help(Shared& shared, const std::function<void(Bytes)>& decode);
  /// Decodes what a helper who has not come yet was to decode; false: it has come.
  bool takeBack(std::unique_lock<std::mutex>& lock);

  Engine& engine_;
  std::function<void(Bytes)> decode_;
  size_t count_ = 0;
  std::shared_ptr<Shared> shared_;  ///< once a helper has been asked for, until it is not wanted any more
};

}  // namespace netplumb
