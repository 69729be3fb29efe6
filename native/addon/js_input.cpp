#include "addon/js_input.h"

#include <cmath>

#include "addon/netns_handle.h"

namespace netplumb {
namespace {

napi_value js(Input::Handle handle) { return reinterpret_cast<napi_value>(const_cast<Input::Value*>(handle)); }

constexpr size_t kShownCharacters = 40;

}  // namespace

Input::Kind JsInput::kind(Handle value) {
  napi_valuetype type = napi_undefined;
  if (!value || napi_typeof(env_, js(value), &type) != napi_ok) return Kind::kUndefined;
  switch (type) {
    case napi_undefined:
      return Kind::kUndefined;
    case napi_null:
      return Kind::kNull;
    case napi_boolean:
      return Kind::kBoolean;
    case napi_number:
      return Kind::kNumber;
    case napi_bigint:
      return Kind::kBigint;
    case napi_string:
      return Kind::kString;
    case napi_object: {
      bool is = false;
      if (napi_is_array(env_, js(value), &is) == napi_ok && is) return Kind::kArray;
      if (napi_is_typedarray(env_, js(value), &is) == napi_ok && is) {
        napi_typedarray_type elements = napi_int8_array;
        napi_get_typedarray_info(env_, js(value), &elements, nullptr, nullptr, nullptr, nullptr);
        return elements == napi_uint8_array ? Kind::kBytes : Kind::kOther;
      }
      return Kind::kObject;
    }
    default:
      return Kind::kOther;
  }
}

bool JsInput::boolean(Handle value) {
  bool result = false;
  napi_get_value_bool(env_, js(value), &result);
  return result;
}

double JsInput::number(Handle value) {
  double result = NAN;
  napi_get_value_double(env_, js(value), &result);
  return result;
}

bool JsInput::bigint(Handle value, uint64_t& magnitude, bool& negative) {
  int sign = 0;
  size_t words = 1;
  magnitude = 0;
  if (napi_get_value_bigint_words(env_, js(value), &sign, &words, &magnitude) != napi_ok) return false;
  negative = sign != 0;
  return words <= 1;
}

void JsInput::string(Handle value, std::string& out) {
  char small[128];
  size_t length = 0;
  if (napi_get_value_string_utf8(env_, js(value), small, sizeof small, &length) == napi_ok &&
      length < sizeof small - 4) {
    out.assign(small, length);
    return;
  }
  out.clear();
  if (napi_get_value_string_utf8(env_, js(value), nullptr, 0, &length) != napi_ok) return;
  out.resize(length);
  napi_get_value_string_utf8(env_, js(value), out.data(), length + 1, &length);
}

std::span<const uint8_t> JsInput::bytes(Handle value) {
  void* data = nullptr;
  size_t length = 0;
  if (napi_get_typedarray_info(env_, js(value), nullptr, &length, &data, nullptr, nullptr) != napi_ok) return {};
  return {static_cast<const uint8_t*>(data), length};
}

uint32_t JsInput::length(Handle array) {
  uint32_t result = 0;
  napi_get_array_length(env_, js(array), &result);
  return result;
}

Input::Handle JsInput::element(Handle array, uint32_t index) {
  napi_value result = nullptr;
  failed_ |= napi_get_element(env_, js(array), index, &result) != napi_ok;
  return toHandle(result);
}

Input::Handle JsInput::keys(Handle object) {
  napi_value result = nullptr;
  failed_ |= napi_get_all_property_names(env_, js(object), napi_key_own_only,
                                         static_cast<napi_key_filter>(napi_key_enumerable | napi_key_skip_symbols),
                                         napi_key_numbers_to_strings, &result) != napi_ok;
  return toHandle(result);
}

Input::Handle JsInput::property(Handle object, Handle key) {
  napi_value result = nullptr;
  failed_ |= napi_get_property(env_, js(object), js(key), &result) != napi_ok;
  return toHandle(result);
}

Input::Handle JsInput::property(Handle object, std::string_view key) {
  napi_value name = nullptr;
  napi_create_string_latin1(env_, key.data(), key.size(), &name);
  return property(object, toHandle(name));
}

bool JsInput::netns(Handle value, OpenDescriptor& open, std::string& reason) {
  return NetnsHandle::parse(Napi::Value(env_, js(value)), open, reason);
}

bool JsInput::threw() const {
  bool pending = false;
  return failed_ || napi_is_exception_pending(env_, &pending) != napi_ok || pending;
}

std::string JsInput::show(Handle handle) {
  const auto cut = [](std::string text) {
    if (text.size() > kShownCharacters) {
      size_t end = kShownCharacters;
      while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
      text.replace(end, std::string::npos, "...");
    }
    return text;
  };
  std::string text;
  switch (kind(handle)) {
    case Kind::kUndefined:
      return "undefined";
    case Kind::kNull:
      return "null";
    case Kind::kString:
      string(handle, text);
      return "'" + cut(text) + "'";
    case Kind::kArray:
      return "an array";
    case Kind::kBytes:
      return "a Uint8Array";
    case Kind::kObject:
      return "an object";
    case Kind::kBoolean:
    case Kind::kNumber:
    case Kind::kBigint: {
      // None of these runs the caller's code when turned into a string.
      napi_value shown = nullptr;
      if (napi_coerce_to_string(env_, js(handle), &shown) != napi_ok) return "a value";
      string(toHandle(shown), text);
      return cut(text) + (kind(handle) == Kind::kBigint ? "n" : "");
    }
    default: {
      napi_valuetype type = napi_undefined;
      napi_typeof(env_, js(handle), &type);
      return type == napi_function ? "a function" : type == napi_symbol ? "a symbol" : "another object";
    }
  }
}

}  // namespace netplumb
