#include "engine/shapes.h"

namespace netplumb {

uint32_t Shapes::number(const Shape& shape, uint64_t hash) {
  const std::lock_guard lock(mutex_);
  const auto [first, last] = byHash_.equal_range(hash);
  for (auto candidate = first; candidate != last; ++candidate) {
    if (shapes_[candidate->second] == shape) return candidate->second;
  }
  const auto number = static_cast<uint32_t>(shapes_.size());
  shapes_.push_back(shape);
  byHash_.emplace(hash, number);
  return number;
}

Shape Shapes::get(uint32_t number) const {
  const std::lock_guard lock(mutex_);
  return number < shapes_.size() ? shapes_[number] : Shape{};
}

}  // namespace netplumb
