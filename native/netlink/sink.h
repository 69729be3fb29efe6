// Where the decoder puts what it reads. Keys have static storage; inside an array the key is empty.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace netplumb {

class Sink {
 public:
  virtual ~Sink() = default;
  virtual void beginObject(std::string_view key) = 0;
  virtual void endObject() = 0;
  virtual void beginArray(std::string_view key) = 0;
  virtual void endArray() = 0;
  virtual void number(std::string_view key, double value) = 0;
  virtual void integer(std::string_view key, uint32_t value) { number(key, value); }
  virtual void boolean(std::string_view key, bool value) = 0;
  virtual void unsigned64(std::string_view key, uint64_t value) = 0;
  virtual void signed64(std::string_view key, int64_t value) = 0;
  virtual void string(std::string_view key, std::string_view value) = 0;
  /// A string with static storage: one of a table's names.
  virtual void word(std::string_view key, std::string_view value) { string(key, value); }
  virtual void bytes(std::string_view key, std::span<const uint8_t> value) = 0;
};

/// Tells the names of links by their index, in the namespace that a message came from.
class LinkNames {
 public:
  virtual ~LinkNames() = default;
  /// An empty view where there is no such link. Valid until the next call.
  virtual std::string_view name(uint32_t index) = 0;
};

}  // namespace netplumb
