// An engine and a lane with a fake kernel at the other end of the socket.
#pragma once

#include <doctest/doctest.h>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>
#include <variant>
#include <vector>

#include "engine/lane.h"
#include "test/fake_kernel.h"

namespace netplumb {

/// An engine with one lane to a fake kernel, and what has been completed.
class Rig {
 public:
  explicit Rig(int answerTimeoutMs = 10'000)
      : engine([this] {
          const std::lock_guard lock(mutex_);
          notified_ = true;
          wake_.notify_one();
        }),
        lane(std::make_shared<Lane>(engine, kernel.socket(), answerTimeoutMs)) {}

  /// Waits until so many completions have come since the last call, and for no more than that.
  std::vector<Completion> completions(size_t count) {
    std::vector<Completion> taken;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    // Taken only when it is said that there is something, as by the owner.
    while (taken.size() < count) {
      {
        std::unique_lock lock(mutex_);
        if (!wake_.wait_until(lock, deadline, [this] { return std::exchange(notified_, false); })) break;
      }
      for (auto& one : engine.take()) taken.push_back(std::move(one));
    }
    CHECK(taken.size() == count);
    taken.resize(count);
    return taken;
  }

  void submit(std::vector<Request> requests) { lane->submit(std::move(requests)); }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  bool notified_ = false;

 public:
  FakeKernel kernel;
  Engine engine;
  std::shared_ptr<Lane> lane;
};

template <class T>
const T* as(const Completion& completion) {
  return std::get_if<T>(&completion.outcome);
}

inline int errorOf(const Completion& completion) {
  const auto* error = as<RequestError>(completion);
  return error ? error->error : 0;
}

}  // namespace netplumb
