#include "engine/backlog.h"

#include <utility>

#include "engine/engine.h"

namespace netplumb {

Backlog::Backlog(Engine& engine, std::function<void(Bytes)> decode) : engine_(engine), decode_(std::move(decode)) {}

void Backlog::add(std::vector<uint8_t>& buffer, size_t size) {
  if (++count_ == kFew) {
    auto shared = std::make_shared<Shared>();
    // Nothing but the shared part may be touched before it is known that this is still there.
    if (engine_.lend([shared, decode = &decode_] { help(*shared, *decode); })) shared_ = std::move(shared);
  }
  if (!shared_) return decode_(Bytes(buffer).first(size));
  std::unique_lock lock(shared_->mutex);
  if (shared_->waiting.size() >= kMost && takeBack(lock)) return decode_(Bytes(buffer).first(size));
  shared_->changed.wait(lock, [&] { return shared_->waiting.size() < kMost; });
  const size_t length = buffer.size();
  shared_->waiting.push_back({std::exchange(buffer, {}), size});
  if (!shared_->spare.empty()) {
    buffer = std::move(shared_->spare.back());
    shared_->spare.pop_back();
  }
  lock.unlock();
  shared_->changed.notify_all();
  if (buffer.size() < length) buffer.resize(length);
}

void Backlog::finish() {
  if (!shared_) return;
  std::unique_lock lock(shared_->mutex);
  if (takeBack(lock)) return;
  shared_->isOver = true;
  shared_->changed.notify_all();
  shared_->changed.wait(lock, [&] { return shared_->hasEnded; });
  lock.unlock();
  shared_.reset();
}

bool Backlog::takeBack(std::unique_lock<std::mutex>& lock) {
  if (shared_->hasBegun) return false;
  shared_->isOver = true;
  lock.unlock();
  for (const auto& datagram : shared_->waiting) decode_(Bytes(datagram.bytes).first(datagram.size));
  shared_.reset();
  return true;
}

void Backlog::help(Shared& shared, const std::function<void(Bytes)>& decode) {
  std::unique_lock lock(shared.mutex);
  if (shared.isOver) return;
  shared.hasBegun = true;
  for (;;) {
    shared.changed.wait(lock, [&] { return shared.isOver || !shared.waiting.empty(); });
    if (shared.waiting.empty()) break;
    Datagram datagram = std::move(shared.waiting.front());
    shared.waiting.pop_front();
    lock.unlock();
    decode(Bytes(datagram.bytes).first(datagram.size));
    lock.lock();
    shared.spare.push_back(std::move(datagram.bytes));
    shared.changed.notify_all();
  }
  shared.hasEnded = true;
  shared.changed.notify_all();
}

}  // namespace netplumb
