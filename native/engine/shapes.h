// Shapes: which fields an object has, in order, and how each value lies on the tape.
#pragma once

#include <cstdint>
#include <mutex>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace netplumb {

/// How a value lies on the tape.
enum class ValueClass : uint8_t {
  kNumber,    ///< one slot
  kString,    ///< one slot: number of the string
  kBoolean,   ///< one slot: 0 or 1
  kUnsigned,  ///< one slot: 64 bits
  kSigned,    ///< one slot: 64 bits
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

/// All shapes that one environment has seen; they are few, as they follow the tables. Any thread may ask.
class Shapes {
 public:
  /// The shape's number, a new one where it is new.
  uint32_t number(const Shape& shape, uint64_t hash);
  Shape get(uint32_t number) const;

 private:
  mutable std::mutex mutex_;
  std::unordered_multimap<uint64_t, uint32_t> byHash_;
  std::vector<Shape> shapes_;
};

}  // namespace netplumb
