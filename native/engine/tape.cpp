#include "engine/tape.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <functional>

namespace netplumb {
namespace {

constexpr size_t kFirstBuckets = 256;

uint64_t mix(uint64_t hash, uint64_t value) {
  hash = (hash ^ value) * 0x9e3779b97f4a7c15u;
  return hash ^ (hash >> 29);
}

}  // namespace

Tape TapeWriter::take() {
  Tape taken = std::move(tape_);
  tape_ = {};
  depth_ = 0;
  std::fill(buckets_.begin(), buckets_.end(), 0);
  return taken;
}

void TapeWriter::push(double value) { tape_.slots.push_back(std::bit_cast<uint64_t>(value)); }

// Says what comes next: in an object by adding to its shape, in an array by a slot with the class.
void TapeWriter::place(std::string_view key, ValueClass valueClass) {
  if (depth_ == 0) return;
  Frame& frame = frames_[depth_ - 1];
  if (frame.isArray) {
    ++frame.count;
    push(static_cast<double>(valueClass));
  } else {
    frame.shape.push_back({key, valueClass});
    frame.hash = mix(frame.hash, reinterpret_cast<uintptr_t>(key.data()) * 8 + static_cast<uint64_t>(valueClass));
  }
}

TapeWriter::Frame& TapeWriter::open() {
  if (depth_ == frames_.size()) frames_.emplace_back();
  Frame& frame = frames_[depth_++];
  frame.slot = tape_.slots.size();
  frame.count = 0;
  frame.hash = 0;
  frame.shape.clear();
  tape_.slots.push_back(0);
  return frame;
}

void TapeWriter::beginObject(std::string_view key) {
  if (depth_ == 0) ++tape_.objects;
  place(key, ValueClass::kObject);
  open().isArray = false;
}

void TapeWriter::endObject() {
  const Frame& frame = frames_[--depth_];
  tape_.slots[frame.slot] = std::bit_cast<uint64_t>(static_cast<double>(numberOf(frame.shape, frame.hash)));
}

// Asking all threads' shapes costs more than the rest of a small object.
uint32_t TapeWriter::numberOf(const Shape& shape, uint64_t hash) {
  Known& known = known_[hash % kKnown];
  if (!known.isSet || known.hash != hash || known.shape != shape) {
    known = {true, hash, shapes_.number(shape, hash), shape};
  }
  return known.number;
}

void TapeWriter::beginArray(std::string_view key) {
  place(key, ValueClass::kArray);
  open().isArray = true;
}

void TapeWriter::endArray() {
  const Frame& frame = frames_[--depth_];
  tape_.slots[frame.slot] = std::bit_cast<uint64_t>(static_cast<double>(frame.count));
}

void TapeWriter::number(std::string_view key, double value) {
  place(key, ValueClass::kNumber);
  push(value);
}

void TapeWriter::boolean(std::string_view key, bool value) {
  place(key, ValueClass::kBoolean);
  push(value ? 1 : 0);
}

void TapeWriter::unsigned64(std::string_view key, uint64_t value) {
  place(key, ValueClass::kUnsigned);
  tape_.slots.push_back(value);
}

void TapeWriter::signed64(std::string_view key, int64_t value) {
  place(key, ValueClass::kSigned);
  tape_.slots.push_back(static_cast<uint64_t>(value));
}

void TapeWriter::string(std::string_view key, std::string_view value) {
  place(key, ValueClass::kString);
  push(intern(value));
}

void TapeWriter::bytes(std::string_view key, std::span<const uint8_t> value) {
  place(key, ValueClass::kBytes);
  push(static_cast<double>(value.size()));
  const size_t at = tape_.slots.size();
  tape_.slots.resize(at + (value.size() + sizeof(uint64_t) - 1) / sizeof(uint64_t));
  if (!value.empty()) std::memcpy(tape_.slots.data() + at, value.data(), value.size());
}

uint32_t TapeWriter::intern(std::string_view value) {
  if ((tape_.ends.size() + 1) * 2 > buckets_.size()) {
    const size_t size = std::max(kFirstBuckets, buckets_.size() * 2);
    buckets_.assign(size, 0);
    size_t begin = 0;
    for (size_t i = 0; i < tape_.ends.size(); ++i) {
      const size_t end = tape_.ends[i];
      size_t bucket = std::hash<std::string_view>()({tape_.text.data() + begin, end - begin}) & (size - 1);
      while (buckets_[bucket]) bucket = (bucket + 1) & (size - 1);
      buckets_[bucket] = static_cast<uint32_t>(i + 1);
      begin = end;
    }
  }
  const size_t mask = buckets_.size() - 1;
  for (size_t bucket = std::hash<std::string_view>()(value) & mask;; bucket = (bucket + 1) & mask) {
    if (buckets_[bucket] == 0) {
      tape_.text.append(value);
      tape_.ends.push_back(static_cast<uint32_t>(tape_.text.size()));
      buckets_[bucket] = static_cast<uint32_t>(tape_.ends.size());
      return static_cast<uint32_t>(tape_.ends.size() - 1);
    }
    const uint32_t candidate = buckets_[bucket] - 1;
    const size_t begin = candidate ? tape_.ends[candidate - 1] : 0;
    const size_t end = tape_.ends[candidate];
    if (end - begin == value.size() && value.compare({tape_.text.data() + begin, end - begin}) == 0) return candidate;
  }
}

}  // namespace netplumb
