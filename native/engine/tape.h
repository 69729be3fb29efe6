// Decoded objects in a flat form: written by the engine's threads, turned into JavaScript objects in one go.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/shapes.h"
#include "netlink/sink.h"

namespace netplumb {

/// Slots of eight bytes and the strings that they refer to. Equal strings are kept once.
struct Tape {
  std::vector<uint64_t> slots;  ///< doubles, or 64-bit integers
  std::string text;             ///< all strings, one after the other
  std::vector<uint32_t> ends;   ///< where each string ends in `text`
  uint32_t objects = 0;         ///< outermost objects on the tape

  size_t bytes() const { return slots.size() * sizeof(uint64_t) + text.size(); }
};

/// A Sink that writes to a tape.
class TapeWriter final : public Sink {
 public:
  explicit TapeWriter(Shapes& shapes) : shapes_(shapes) {}

  /// Takes what has been written; the writer begins anew.
  Tape take();
  size_t objects() const { return tape_.objects; }
  /// A measure of how much work the tape is for its reader.
  size_t size() const { return tape_.slots.size(); }
  size_t bytes() const { return tape_.bytes(); }

  void beginObject(std::string_view key) override;
  void endObject() override;
  void beginArray(std::string_view key) override;
  void endArray() override;
  void number(std::string_view key, double value) override;
  void boolean(std::string_view key, bool value) override;
  void unsigned64(std::string_view key, uint64_t value) override;
  void signed64(std::string_view key, int64_t value) override;
  void string(std::string_view key, std::string_view value) override;
  void bytes(std::string_view key, std::span<const uint8_t> value) override;

 private:
  /// An object or array that has begun and not ended.
  struct Frame {
    bool isArray = false;
    size_t slot = 0;     ///< of the shape's number or the count
    uint64_t count = 0;  ///< elements of an array
    uint64_t hash = 0;
    Shape shape;
  };

  void place(std::string_view key, ValueClass valueClass);
  void push(double value);
  uint32_t intern(std::string_view value);
  Frame& open();
  uint32_t numberOf(const Shape& shape, uint64_t hash);

  Shapes& shapes_;
  Tape tape_;
  std::vector<Frame> frames_;  // kept for reuse; depth_ of them are in use
  size_t depth_ = 0;
  std::vector<uint32_t> buckets_;  // string number + 1, by hash

  /// A shape that was written before: objects of a dump have few.
  struct Known {
    bool isSet = false;
    uint64_t hash = 0;
    uint32_t number = 0;
    Shape shape;
  };
  static constexpr size_t kKnown = 16;
  std::array<Known, kKnown> known_;  // by hash
};

}  // namespace netplumb
