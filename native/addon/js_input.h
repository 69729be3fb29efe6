// The encoder's Input over JavaScript values.
#pragma once

#include <napi.h>

#include "netlink/input.h"

namespace netplumb {

/// Handles are napi_values; they live as long as the handle scope of the call that made this.
class JsInput final : public Input {
 public:
  explicit JsInput(Napi::Env env) : env_(env) {}

  static Handle handle(Napi::Value value) { return toHandle(value); }
  static Handle toHandle(napi_value value) { return reinterpret_cast<Handle>(value); }

  Kind kind(Handle value) override;
  bool boolean(Handle value) override;
  double number(Handle value) override;
  bool bigint(Handle value, uint64_t& magnitude, bool& negative) override;
  void string(Handle value, std::string& out) override;
  std::span<const uint8_t> bytes(Handle value) override;
  uint32_t length(Handle array) override;
  Handle element(Handle array, uint32_t index) override;
  Handle keys(Handle object) override;
  Handle property(Handle object, Handle key) override;
  Handle property(Handle object, std::string_view key) override;
  bool netns(Handle value, OpenDescriptor& open, std::string& reason) override;
  bool threw() const override;
  std::string show(Handle value) override;

 private:
  Napi::Env env_;
  /// Whether something could not be read: a getter has thrown, or the environment is ending.
  bool failed_ = false;
};

}  // namespace netplumb
