#include "engine/shapes.h"

namespace netplumb {

const KnownShape& Shapes::find(const Shape& shape, uint64_t hash) {
  const std::lock_guard lock(mutex_);
  const auto [first, last] = byHash_.equal_range(hash);
  for (auto candidate = first; candidate != last; ++candidate) {
    if (shapes_[candidate->second].fields == shape) return shapes_[candidate->second];
  }
  const auto number = static_cast<uint32_t>(shapes_.size());
  byHash_.emplace(hash, number);
  shapes_.push_back({number, shape});
  return shapes_.back();
}

Shape Shapes::get(uint32_t number) const {
  const std::lock_guard lock(mutex_);
  return number < shapes_.size() ? shapes_[number].fields : Shape{};
}

}  // namespace netplumb
