// Where the encoder reads the caller's values from. The addon implements it over JavaScript values.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "netlink/fd.h"
#include "netlink/result.h"

namespace netplumb {

/// Opens a descriptor at the moment its message is sent (a namespace's, for IFLA_NET_NS_FD).
using OpenDescriptor = std::function<Result<std::shared_ptr<const Fd>>()>;

class Input {
 public:
  /// A caller's value; what it points to is the implementation's affair.
  struct Value;
  using Handle = const Value*;
  enum class Kind : uint8_t { kUndefined, kNull, kBoolean, kNumber, kBigint, kString, kBytes, kArray, kObject, kOther };

  virtual ~Input() = default;

  virtual Kind kind(Handle value) = 0;
  virtual bool boolean(Handle value) = 0;
  virtual double number(Handle value) = 0;
  /// False when the value does not fit 64 bits and a sign.
  virtual bool bigint(Handle value, uint64_t& magnitude, bool& negative) = 0;
  /// UTF-8.
  virtual void string(Handle value, std::string& out) = 0;
  virtual std::span<const uint8_t> bytes(Handle value) = 0;
  virtual uint32_t length(Handle array) = 0;
  virtual Handle element(Handle array, uint32_t index) = 0;
  /// The object's own enumerable string keys, as an array.
  virtual Handle keys(Handle object) = 0;
  virtual Handle property(Handle object, Handle key) = 0;
  virtual Handle property(Handle object, std::string_view key) = 0;
  /// A reference to a network namespace; false (with a reason) when the value is none.
  virtual bool netns(Handle value, OpenDescriptor& open, std::string& reason) = 0;
  /// Reading a value has thrown (a getter, a proxy): the caller's exception is to be passed on.
  virtual bool threw() const = 0;
  /// How an error message shows the value: 'x', 42, an instance of Foo.
  virtual std::string show(Handle value) = 0;
};

/// Why a caller's value cannot be encoded.
struct InputError {
  enum class Code : uint8_t { kArgType, kArgValue, kOutOfRange, kThrown };
  Code code = Code::kArgValue;
  std::string field;    ///< path such as options.id
  std::string message;  ///< whole sentence, naming field and value
};

}  // namespace netplumb
