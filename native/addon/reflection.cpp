#include "addon/reflection.h"

#include <linux/netlink.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <string>

#include "addon/environment.h"
#include "addon/js_input.h"
#include "netlink/codec.h"
#include "netlink/text.h"
#include "protocols.h"

namespace netplumb {
namespace {

constexpr std::string_view kTypeNames[] = {
    "pad",    "u8",      "u16",        "u32",    "u64",    "s8",      "s16",      "s32",  "s64",     "be16",
    "be32",   "be64",    "sbe32",      "bool",   "bool32", "flag",    "string",   "mac",  "ip",      "ipv4",
    "ipv6",   "prefix",  "via",        "link",   "netns",  "nested",  "selected", "list", "records", "object",
    "struct", "structs", "bitfield32", "binary", "array",  "program", "handle"};

constexpr std::string_view kUnitNames[] = {"", "rate", "size", "time"};

Napi::String text(Napi::Env env, std::string_view value) { return Napi::String::New(env, value.data(), value.size()); }

/// Describes tables, each once, by name.
class Describer {
 public:
  explicit Describer(Napi::Env env) : env_(env), tables_(Napi::Object::New(env)), objects_(Napi::Object::New(env)) {}

  Napi::Object result() {
    auto result = Napi::Object::New(env_);
    result.Set("objects", objects_);
    result.Set("tables", tables_);
    return result;
  }

  void object(const Object& object) {
    if (!seenObjects_.insert(object.name).second) return;
    auto described = Napi::Object::New(env_);
    described.Set("name", text(env_, object.name));
    described.Set("doc", text(env_, object.doc));
    described.Set("header", text(env_, object.header.name));
    described.Set("attributes", text(env_, object.attributes.name));
    objects_.Set(std::string(object.name), described);
    table(object.header);
    table(object.attributes);
  }

 private:
  void table(const Table& table) {
    if (!seenTables_.insert(table.name).second) return;
    auto described = Napi::Object::New(env_);
    described.Set("name", text(env_, table.name));
    described.Set("doc", text(env_, table.doc));
    described.Set("size", Napi::Number::New(env_, table.size));
    auto fields = Napi::Array::New(env_, table.fields.size());
    described.Set("fields", fields);
    tables_.Set(std::string(table.name), described);
    for (uint32_t i = 0; i < table.fields.size(); ++i) {
      const Field& field = table.fields[i];
      auto entry = value(field.value);
      entry.Set("number", Napi::Number::New(env_, field.number));
      entry.Set("attribute", text(env_, field.attribute));
      entry.Set("name", text(env_, field.name));
      entry.Set("doc", text(env_, field.doc));
      fields.Set(i, entry);
    }
  }

  Napi::Object value(const ValueType& value) {
    auto described = Napi::Object::New(env_);
    described.Set("type", value.isBit ? text(env_, "bit") : text(env_, kTypeNames[static_cast<size_t>(value.type)]));
    const auto mark = [&](const char* name, bool is) {
      if (is) described.Set(name, Napi::Boolean::New(env_, true));
    };
    mark("isFlags", value.isFlags);
    mark("isReadOnly", value.isReadOnly);
    mark("isWriteOnly", value.isWriteOnly);
    mark("isInfinite", value.isInfinite);
    mark("isInverted", value.isInverted);
    mark("isDefaultable", value.isDefaultable);
    mark("isLinkName", value.isLinkName);
    mark("isRepeated", value.isRepeated);
    mark("isMasked", value.maskNumber != 0);
    mark("isTrailing", value.isTrailing);
    mark("isEmptiable", value.isEmptiable);
    if (value.bitCount) {
      described.Set("bitShift", Napi::Number::New(env_, value.bitShift));
      described.Set("bitCount", Napi::Number::New(env_, value.bitCount));
    }
    if (!value.numberedNames.empty()) {
      auto names = Napi::Array::New(env_, value.numberedNames.size());
      for (uint32_t i = 0; i < value.numberedNames.size(); ++i) names.Set(i, text(env_, value.numberedNames[i].name));
      described.Set("numberedNames", names);
    }
    if (value.unit != Unit::kNone) described.Set("unit", text(env_, kUnitNames[static_cast<size_t>(value.unit)]));
    if (value.isBit) described.Set("bit", Napi::Number::New(env_, value.bit));
    if (value.min != INT64_MIN) described.Set("min", Napi::Number::New(env_, static_cast<double>(value.min)));
    if (value.max != INT64_MAX) described.Set("max", Napi::Number::New(env_, static_cast<double>(value.max)));
    if (value.multiplier != 1) described.Set("multiplier", Napi::Number::New(env_, value.multiplier));
    if (value.bias) described.Set("bias", Napi::Number::New(env_, value.bias));
    if (value.divisor != 1) described.Set("divisor", Napi::Number::New(env_, value.divisor));
    if (value.type == Type::kString || value.type == Type::kBinary) {
      described.Set("maxLength", Napi::Number::New(env_, value.maxLength));
    }
    if (!value.names.empty()) {
      auto names = Napi::Object::New(env_);
      for (const auto& name : value.names) {
        names.Set(std::string(name.name), Napi::Number::New(env_, static_cast<double>(name.value)));
      }
      described.Set("names", names);
    }
    if (value.table) {
      described.Set("table", text(env_, value.table->name));
      table(*value.table);
    }
    if (value.object) {
      described.Set("object", text(env_, value.object->name));
      object(*value.object);
    }
    if (!value.choices.empty()) {
      auto choices = Napi::Object::New(env_);
      for (const auto& choice : value.choices) {
        if (choice.object) {
          object(*choice.object);
          choices.Set(std::string(choice.name), text(env_, choice.object->name));
          continue;
        }
        choices.Set(std::string(choice.name), choice.table ? Napi::Value(text(env_, choice.table->name)) : env_.Null());
        if (choice.table) table(*choice.table);
      }
      described.Set("choices", choices);
      described.Set("selector", text(env_, value.selector));
    }
    if (value.element) described.Set("element", this->value(*value.element));
    return described;
  }

  Napi::Env env_;
  Napi::Object tables_;
  Napi::Object objects_;
  std::set<std::string_view> seenTables_;
  std::set<std::string_view> seenObjects_;
};

/// tables(): every object and table, with the fields' names, numbers, types, bounds and docs.
Napi::Value tables(const Napi::CallbackInfo& info) {
  Describer describer(info.Env());
  for (const auto& protocol : protocols()) {
    for (const auto& operation : protocol.operations) describer.object(*operation.object);
  }
  return describer.result();
}

/// operations(): the names of what a lane can be asked for, in the order of their numbers.
Napi::Value operations(const Napi::CallbackInfo& info) {
  auto names = Napi::Array::New(info.Env());
  for (uint32_t i = 0; const Operation* operation = operationByNumber(i); ++i)
    names.Set(i, text(info.Env(), operation->name));
  return names;
}

/// events(): what a monitor can tell of, each with its protocol and its number in that.
Napi::Value events(const Napi::CallbackInfo& info) {
  const auto env = info.Env();
  auto array = Napi::Array::New(env);
  for (uint32_t protocol = 0; protocol < protocols().size(); ++protocol) {
    const auto kinds = protocols()[protocol].events;
    for (uint32_t i = 0; i < kinds.size(); ++i) {
      auto entry = Napi::Object::New(env);
      entry.Set("name", text(env, kinds[i].name));
      entry.Set("object", text(env, kinds[i].object->name));
      entry.Set("protocol", Napi::Number::New(env, protocol));
      entry.Set("number", Napi::Number::New(env, i));
      entry.Set("isListable", Napi::Boolean::New(env, kinds[i].listType != 0));
      array.Set(array.Length(), entry);
    }
  }
  return array;
}

const Object* findObject(const Napi::Value& name) {
  if (!name.IsString()) return nullptr;
  const auto wanted = name.As<Napi::String>().Utf8Value();
  for (const auto& protocol : protocols()) {
    for (const auto& operation : protocol.operations) {
      if (operation.object->name == wanted) return operation.object;
    }
  }
  return nullptr;
}

/// encode(object, spec): the payload's bytes (header and attributes), names of links and namespaces left at 0.
Napi::Value encodeObject(const Napi::CallbackInfo& info) {
  const auto env = info.Env();
  const Object* object = findObject(info[0]);
  if (!object) {
    throwInputError(env, {InputError::Code::kArgValue, "object", "No such object"});
    return env.Undefined();
  }
  std::vector<uint8_t> bytes;
  std::vector<Fixup> fixups;
  Writer writer(bytes);
  JsInput input(env);
  if (const auto error = encode(*object, input, JsInput::handle(info[1]), writer, 0, fixups)) {
    throwInputError(env, *error);
    return env.Undefined();
  }
  return Napi::Buffer<uint8_t>::Copy(env, bytes.data(), bytes.size());
}

/// decode(object, bytes): a tape with one object, or null when the bytes are malformed.
Napi::Value decodeObject(const Napi::CallbackInfo& info) {
  const auto env = info.Env();
  const Object* object = findObject(info[0]);
  JsInput input(env);
  if (!object || input.kind(JsInput::handle(info[1])) != Input::Kind::kBytes) {
    throwInputError(env, {InputError::Code::kArgType, "bytes", "decode() takes an object's name and a Uint8Array"});
    return env.Undefined();
  }
  TapeWriter writer(Environment::of(env).engine().shapes());
  writer.beginObject({});
  const bool whole = decode(*object, input.bytes(JsInput::handle(info[1])), writer, nullptr, Detail::kAll);
  writer.endObject();
  return whole ? Napi::Value(tapeObject(env, writer.take())) : env.Null();
}

/// quantity(unit, text, perMillisecond): what a tc string means, in the kernel's unit; undefined where it means
/// nothing.
Napi::Value quantity(const Napi::CallbackInfo& info) {
  const auto env = info.Env();
  const auto name = info[0].As<Napi::String>().Utf8Value();
  const auto unit = static_cast<Unit>(std::find(std::begin(kUnitNames), std::end(kUnitNames), name) - kUnitNames);
  double amount = 0;
  const auto given = info[1].As<Napi::String>().Utf8Value();
  if (!parseQuantity(unit, given, info[2].As<Napi::Number>().Uint32Value(), amount)) return env.Undefined();
  return Napi::Number::New(env, amount);
}

/// handle(text, isMajor): the number of a handle such as '1:10'; undefined where it is none.
Napi::Value handle(const Napi::CallbackInfo& info) {
  uint32_t number = 0;
  if (!parseHandle(info[0].As<Napi::String>().Utf8Value(), info[1].As<Napi::Boolean>(), number)) {
    return info.Env().Undefined();
  }
  return Napi::Number::New(info.Env(), number);
}

/// shape(number): the fields of a shape, as [name, class, name, class, ...].
Napi::Value shape(const Napi::CallbackInfo& info) {
  const auto env = info.Env();
  const auto found = Environment::of(env).engine().shapes().get(info[0].As<Napi::Number>().Uint32Value());
  auto array = Napi::Array::New(env, found.size() * 2);
  for (uint32_t i = 0; i < found.size(); ++i) {
    array.Set(i * 2, text(env, found[i].key));
    array.Set(i * 2 + 1, Napi::Number::New(env, static_cast<double>(found[i].valueClass)));
  }
  return array;
}

}  // namespace

void installReflection(Napi::Env env, Napi::Object exports) {
  exports.Set("tables", Napi::Function::New<&tables>(env, "tables"));
  exports.Set("operations", Napi::Function::New<&operations>(env, "operations"));
  exports.Set("events", Napi::Function::New<&events>(env, "events"));
  exports.Set("encode", Napi::Function::New<&encodeObject>(env, "encode"));
  exports.Set("decode", Napi::Function::New<&decodeObject>(env, "decode"));
  exports.Set("quantity", Napi::Function::New<&quantity>(env, "quantity"));
  exports.Set("handle", Napi::Function::New<&handle>(env, "handle"));
  exports.Set("shape", Napi::Function::New<&shape>(env, "shape"));
}

}  // namespace netplumb
