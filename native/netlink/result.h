// A value or the reason why there is none: the way errors travel in native code, which throws nothing.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace netplumb {

/// Why a system call, or something made of several, did not succeed.
struct Failure {
  int error = 0;          ///< errno, positive
  std::string operation;  ///< what was tried: a system call's or a message's name
  std::string detail;     ///< what it was tried on, and advice; may be empty
};

/// Either a T or a Failure.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Failure failure) : state_(std::in_place_index<1>, std::move(failure)) {}

  explicit operator bool() const { return state_.index() == 0; }
  T& value() { return *std::get_if<0>(&state_); }
  const T& value() const { return *std::get_if<0>(&state_); }
  T* operator->() { return &value(); }
  T& operator*() { return value(); }
  const Failure& failure() const { return *std::get_if<1>(&state_); }

 private:
  std::variant<T, Failure> state_;
};

/// Nothing, or a Failure.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Failure failure) : failure_(std::move(failure)) {}

  explicit operator bool() const { return !failure_; }
  const Failure& failure() const { return *failure_; }

 private:
  std::optional<Failure> failure_;
};

}  // namespace netplumb
