// Shapes: which fields an object has, in order, and how each value lies on the tape.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace netplumb {

/// How a value lies on the tape.
enum class ValueClass : uint8_t {
  kInteger,   ///< one slot: a number that is whole and has 32 bits
  kString,    ///< one slot: number of the string
  kBoolean,   ///< one slot: 0 or 1
  kNumber,    ///< two slots: any number, as a double
  kUnsigned,  ///< two slots: 64 bits
  kSigned,    ///< two slots: 64 bits
  kObject,    ///< a slot with the shape's number, then the shape's values
  kArray,     ///< a slot with the count, then for each element a slot with its class and the element
  kBytes,     ///< a slot with the length, then as many slots as hold the bytes
};

struct ShapeField {
  std::string_view key;
  ValueClass valueClass;
  bool operator==(const ShapeField& other) const {
    return key.data() == other.key.data() && valueClass == other.valueClass;
  }
};

using Shape = std::vector<ShapeField>;

/// A shape, and the number that stands for it on tapes.
struct KnownShape {
  uint32_t number = 0;
  Shape fields;
};

/// All shapes that one environment has seen; they are few, as they follow the tables. Any thread may ask.
class Shapes {
 public:
  /// The shape, a new one where it is new. It stays where it is, and as it is.
  const KnownShape& find(const Shape& shape, uint64_t hash);
  Shape get(uint32_t number) const;

 private:
  mutable std::mutex mutex_;
  std::unordered_multimap<uint64_t, uint32_t> byHash_;
  std::deque<KnownShape> shapes_;
};

}  // namespace netplumb
