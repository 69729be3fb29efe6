#include "engine/tape.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace netplumb {
namespace {

constexpr size_t kFirstBuckets = 256;

uint64_t mix(uint64_t hash, uint64_t value) {
  hash = (hash ^ value) * 0x9e3779b97f4a7c15u;
  return hash ^ (hash >> 32);
}

// As std::hash, but without the call that it is for a string of a few bytes.
uint32_t hashOf(std::string_view text) {
  uint64_t hash = text.size();
  uint64_t part = 0;
  size_t at = 0;
  for (; at + sizeof part <= text.size(); at += sizeof part) {
    std::memcpy(&part, text.data() + at, sizeof part);
    hash = mix(hash, part);
  }
  for (part = 0; at < text.size(); ++at) part = part << 8 | static_cast<uint8_t>(text[at]);
  return static_cast<uint32_t>(mix(hash, part));
}

}  // namespace

Tape TapeWriter::take() {
  lastSlots_ = tape_.slots.size();
  lastText_ = tape_.text.size();
  lastStrings_ = tape_.ends.size();
  Tape taken = std::move(tape_);
  tape_ = {};
  depth_ = 0;
  std::fill(buckets_.begin(), buckets_.end(), Bucket{});
  words_.fill({});
  return taken;
}

void TapeWriter::push64(uint64_t value) {
  const auto parts = std::bit_cast<std::array<int32_t, 2>>(value);
  tape_.slots.insert(tape_.slots.end(), parts.begin(), parts.end());
}

// Says what comes next: in an object by adding to its shape, in an array by a slot with the class.
void TapeWriter::place(std::string_view key, ValueClass valueClass) {
  if (depth_ == 0) return;
  Frame& frame = frames_[depth_ - 1];
  const ShapeField field{key, valueClass};
  if (frame.next != frame.end && *frame.next == field) {
    ++frame.next;
  } else if (frame.isArray) {
    ++frame.count;
    push(static_cast<uint32_t>(valueClass));
  } else {
    differ(frame);
    frame.shape.push_back(field);
  }
}

void TapeWriter::differ(Frame& frame) {
  if (!frame.expected) return;
  frame.shape.assign(std::as_const(frame.expected->fields).data(), frame.next);
  frame.expected = nullptr;
  frame.next = frame.end = nullptr;
}

TapeWriter::Frame& TapeWriter::open() {
  if (depth_ == frames_.size()) frames_.emplace_back();
  Frame& frame = frames_[depth_++];
  frame.slot = tape_.slots.size();
  frame.count = 0;
  frame.next = frame.end = nullptr;
  push(0);
  return frame;
}

void TapeWriter::beginObject(std::string_view key) {
  if (depth_ == 0 && ++tape_.objects == 1) {
    tape_.slots.reserve(lastSlots_);
    tape_.text.reserve(lastText_);
    tape_.ends.reserve(lastStrings_);
  }
  place(key, ValueClass::kObject);
  Frame& frame = open();
  frame.isArray = false;
  frame.place = depth_ == 1 ? 0 : 1 + mix(depth_, reinterpret_cast<uintptr_t>(key.data())) % (kPlaces - 1);
  frame.shape.clear();
  frame.expected = expected_[frame.place];
  if (frame.expected) {
    frame.next = frame.expected->fields.data();
    frame.end = frame.next + frame.expected->fields.size();
  }
}

void TapeWriter::endObject() {
  Frame& frame = frames_[--depth_];
  if (!frame.expected || frame.next != frame.end) {
    differ(frame);
    uint64_t hash = 0;
    for (const auto& [key, valueClass] : frame.shape) {
      hash = mix(hash, reinterpret_cast<uintptr_t>(key.data()) * 8 + static_cast<uint64_t>(valueClass));
    }
    frame.expected = expected_[frame.place] = &shapes_.find(frame.shape, hash);
  }
  tape_.slots[frame.slot] = static_cast<int32_t>(frame.expected->number);
}

void TapeWriter::beginArray(std::string_view key) {
  place(key, ValueClass::kArray);
  open().isArray = true;
}

void TapeWriter::endArray() {
  const Frame& frame = frames_[--depth_];
  tape_.slots[frame.slot] = static_cast<int32_t>(frame.count);
}

// Nearly all numbers are small and whole; as such they cost the reader no memory beside the object's own.
void TapeWriter::integer(std::string_view key, uint32_t value) {
  if (value > INT32_MAX) return number(key, value);
  place(key, ValueClass::kInteger);
  push(value);
}

void TapeWriter::number(std::string_view key, double value) {
  const bool fits = value >= INT32_MIN && value <= INT32_MAX;
  if (const auto whole = fits ? static_cast<int32_t>(value) : 0; fits && whole == value) {
    place(key, ValueClass::kInteger);
    tape_.slots.push_back(whole);
  } else {
    place(key, ValueClass::kNumber);
    push64(std::bit_cast<uint64_t>(value));
  }
}

void TapeWriter::boolean(std::string_view key, bool value) {
  place(key, ValueClass::kBoolean);
  push(value);
}

void TapeWriter::unsigned64(std::string_view key, uint64_t value) {
  place(key, ValueClass::kUnsigned);
  push64(value);
}

void TapeWriter::signed64(std::string_view key, int64_t value) {
  place(key, ValueClass::kSigned);
  push64(static_cast<uint64_t>(value));
}

void TapeWriter::string(std::string_view key, std::string_view value) {
  place(key, ValueClass::kString);
  push(intern(value));
}

void TapeWriter::word(std::string_view key, std::string_view value) {
  place(key, ValueClass::kString);
  Word& known = words_[reinterpret_cast<uintptr_t>(value.data()) / 8 % kWords];
  if (known.data != value.data()) known = {value.data(), intern(value)};
  push(known.number);
}

void TapeWriter::bytes(std::string_view key, std::span<const uint8_t> value) {
  place(key, ValueClass::kBytes);
  push(static_cast<uint32_t>(value.size()));
  const size_t at = tape_.slots.size();
  tape_.slots.resize(at + (value.size() + sizeof(int32_t) - 1) / sizeof(int32_t));
  if (!value.empty()) std::memcpy(tape_.slots.data() + at, value.data(), value.size());
}

uint32_t TapeWriter::intern(std::string_view value) {
  if ((tape_.ends.size() + 1) * 2 > buckets_.size()) grow();
  const uint32_t hash = hashOf(value);
  const size_t mask = buckets_.size() - 1;
  size_t at = hash & mask;
  for (; buckets_[at].number; at = (at + 1) & mask) {
    if (buckets_[at].hash != hash) continue;
    const uint32_t candidate = buckets_[at].number - 1;
    const size_t begin = candidate ? tape_.ends[candidate - 1] : 0;
    if (value == std::string_view(tape_.text).substr(begin, tape_.ends[candidate] - begin)) return candidate;
  }
  tape_.text.append(value);
  tape_.ends.push_back(static_cast<uint32_t>(tape_.text.size()));
  buckets_[at] = {hash, static_cast<uint32_t>(tape_.ends.size())};
  return buckets_[at].number - 1;
}

void TapeWriter::grow() {
  const auto old = std::exchange(buckets_, std::vector<Bucket>(std::max(kFirstBuckets, buckets_.size() * 2)));
  const size_t mask = buckets_.size() - 1;
  for (const Bucket& bucket : old) {
    if (bucket.number == 0) continue;
    size_t at = bucket.hash & mask;
    while (buckets_[at].number) at = (at + 1) & mask;
    buckets_[at] = bucket;
  }
}

}  // namespace netplumb
