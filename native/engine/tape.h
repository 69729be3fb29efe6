// Decoded objects in a flat form: written by the engine's threads, turned into JavaScript objects in one go.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/shapes.h"
#include "netlink/sink.h"

namespace netplumb {

/// Slots of four bytes and the strings that they refer to. Equal strings are kept once.
struct Tape {
  std::vector<int32_t> slots;
  std::string text;            ///< all strings, one after the other
  std::vector<uint32_t> ends;  ///< where each string ends in `text`
  uint32_t objects = 0;        ///< outermost objects on the tape

  size_t bytes() const { return slots.size() * sizeof(int32_t) + text.size(); }
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
  void integer(std::string_view key, uint32_t value) override;
  void boolean(std::string_view key, bool value) override;
  void unsigned64(std::string_view key, uint64_t value) override;
  void signed64(std::string_view key, int64_t value) override;
  void string(std::string_view key, std::string_view value) override;
  void word(std::string_view key, std::string_view value) override;
  void bytes(std::string_view key, std::span<const uint8_t> value) override;

 private:
  /// An object or array that has begun and not ended.
  struct Frame {
    bool isArray = false;
    size_t slot = 0;     ///< of the shape's number or the count
    uint32_t count = 0;  ///< elements of an array
    size_t place = 0;    ///< of an object: where in expected_ is what the last one here was
    /// Objects of a dump are mostly alike, so each is compared with the last as it is written; nullptr once it differs.
    const KnownShape* expected = nullptr;
    const ShapeField* next = nullptr;  ///< of those expected
    const ShapeField* end = nullptr;
    Shape shape;  ///< the fields of one that differs
  };

  void place(std::string_view key, ValueClass valueClass);
  void push(uint32_t value) { tape_.slots.push_back(static_cast<int32_t>(value)); }
  void push64(uint64_t value);
  uint32_t intern(std::string_view value);
  void grow();
  Frame& open();
  void differ(Frame& frame);

  Shapes& shapes_;
  Tape tape_;
  // What the last tape held, to make room for as much at once.
  size_t lastSlots_ = 0;
  size_t lastText_ = 0;
  size_t lastStrings_ = 0;
  std::vector<Frame> frames_;  // kept for reuse; depth_ of them are in use
  size_t depth_ = 0;

  /// A string of the tape, in a table by its hash.
  struct Bucket {
    uint32_t hash = 0;
    uint32_t number = 0;  ///< + 1; 0: empty
  };
  std::vector<Bucket> buckets_;

  /// A word that stands on the tape already: they are asked for again and again.
  struct Word {
    const char* data = nullptr;
    uint32_t number = 0;
  };
  static constexpr size_t kWords = 256;
  std::array<Word, kWords> words_;  // by address

  static constexpr size_t kPlaces = 64;
  std::array<const KnownShape*, kPlaces> expected_{};  // by depth and key; the outermost objects' first
};

}  // namespace netplumb
