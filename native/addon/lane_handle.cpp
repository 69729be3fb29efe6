#include "addon/lane_handle.h"

#include <linux/netlink.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>

#include "addon/environment.h"
#include "addon/js_input.h"
#include "addon/netns_handle.h"
#include "netfilter/elements.h"
#include "protocols.h"

namespace netplumb {
namespace {

/// The bits of a transaction's flags, as lib/lane.ts has them.
enum TransactionFlag : uint32_t { kCheck = 1, kEcho = 2, kIds = 4 };

/// Appends a message: its header, and what `body` appends.
template <class Body>
bool appendMessage(Writer& writer, uint16_t type, Body body) {
  const size_t start = writer.append(NLMSG_HDRLEN);
  if (!body(start)) return false;
  writer.put(start, nlmsghdr{static_cast<uint32_t>(writer.size() - start), type, 0, 0, 0});
  return true;
}

/// The bytes of a Uint8Array; none for anything else.
Bytes bytesOf(JsInput& input, const Napi::Value& value) {
  const auto handle = JsInput::handle(value);
  return input.kind(handle) == Input::Kind::kBytes ? input.bytes(handle) : Bytes{};
}

/// Appends as many messages as the elements need, each beginning with `head`: nfgenmsg, table and set.
void appendElementMessages(Request& request, const Operation& operation, uint32_t command, Bytes head,
                           const PackedElements& elements) {
  Writer writer(request.message);
  for (size_t from = 0; from < elements.count;) {
    const auto first = static_cast<uint32_t>(from);
    request.transaction->parts.push_back({&operation, static_cast<uint32_t>(writer.size()), command, first});
    appendMessage(writer, operation.type, [&](size_t) {
      const size_t at = writer.append(head.size());
      std::copy(head.begin(), head.end(), writer.at(at));
      from = appendElements(writer, elements, from);
      return true;
    });
  }
}

void throwUnsound(Napi::Env env) {
  throwInputError(env, {InputError::Code::kArgValue, "elements", "The packed elements do not fit together"});
}

const Operation* operationOf(Napi::Env env, const Napi::Value& number) {
  const Operation* operation = operationByNumber(number.As<Napi::Number>().Uint32Value());
  if (!operation) Napi::RangeError::New(env, "No such operation").ThrowAsJavaScriptException();
  return operation;
}

/// Encodes a spec, or appends what has been encoded already: a payload's header and attributes as bytes.
std::optional<InputError> encodeOrCopy(const Operation& operation, JsInput& input, Napi::Value spec, Writer& writer,
                                       size_t start, std::vector<Fixup>& fixups) {
  if (!spec.IsTypedArray()) return encode(*operation.object, input, JsInput::handle(spec), writer, start, fixups);
  const Bytes payload = bytesOf(input, spec);
  if (payload.size() < operation.object->header.size) {
    return InputError{InputError::Code::kArgValue, "spec", "An encoded payload must hold the header at least"};
  }
  const size_t at = writer.append(payload.size());
  std::memcpy(writer.at(at), payload.data(), payload.size());
  return {};
}

}  // namespace

void LaneHandle::install(Napi::Env env, Napi::Object exports) {
  const auto constructor = DefineClass(
      env, "Lane",
      {InstanceMethod<&LaneHandle::request>("request"), InstanceMethod<&LaneHandle::transaction>("transaction"),
       InstanceMethod<&LaneHandle::elements>("elements"), InstanceMethod<&LaneHandle::flush>("flush"),
       InstanceMethod<&LaneHandle::cancel>("cancel"), InstanceMethod<&LaneHandle::close>("close")});
  Environment::of(env).laneHandle = Napi::Persistent(constructor);
  exports.Set("openLane", Napi::Function::New<&LaneHandle::open>(env, "openLane"));
}

Napi::Object LaneHandle::create(Napi::Env env, std::shared_ptr<Lane> lane) {
  auto sealed = Napi::External<std::shared_ptr<Lane>>::New(env, &lane);
  return Environment::of(env).laneHandle.New({sealed});
}

LaneHandle::LaneHandle(const Napi::CallbackInfo& info) : ObjectWrap(info) {
  if (info.Length() == 1 && info[0].IsExternal()) {
    lane_ = std::move(*info[0].As<Napi::External<std::shared_ptr<Lane>>>().Data());
    return;
  }
  Napi::TypeError::New(info.Env(), "Illegal constructor").ThrowAsJavaScriptException();
}

Napi::Value LaneHandle::open(const Napi::CallbackInfo& info) {
  const auto env = info.Env();
  auto& environment = Environment::of(env);
  auto& engine = environment.engine();
  const auto id = info[0].As<Napi::Number>().Uint32Value();
  const auto protocol = info[1].As<Napi::Number>().Int32Value();
  const auto finish = [&engine, id](Result<Socket> socket) {
    if (socket) {
      engine.complete({id, OpenedSocket{std::make_shared<Lane>(engine, std::move(*socket))}});
    } else {
      engine.complete({id, requestError(socket.failure())});
    }
  };
  if (info[2].IsUndefined()) {
    // The caller may be inside Netns.enter(): this thread's namespace is what is meant.
    finish(Socket::open(protocol));
    return env.Undefined();
  }
  OpenDescriptor openNetns;
  if (!NetnsHandle::parseOrThrow(info[2], "netns", openNetns)) return env.Undefined();
  engine.visit(id, [finish, openNetns, protocol](Visitor& visitor) {
    const auto netns = openNetns();
    if (!netns) return finish(netns.failure());
    Result<Socket> socket = Failure{};
    const auto visited = visitor.visit((*netns.value()).get(), [&] { socket = Socket::open(protocol); });
    finish(visited ? std::move(socket) : Result<Socket>(visited.failure()));
  });
  return env.Undefined();
}

bool LaneHandle::encodeRequest(Napi::Env env, const Napi::Value& number, const Napi::Value& spec, Request& request) {
  request.operation = operationOf(env, number);
  if (!request.operation) return false;
  request.message.reserve(256);
  Writer writer(request.message);
  writer.append(NLMSG_HDRLEN);
  JsInput input(env);
  const Object& object = *request.operation->object;
  if (const auto error = encodeOrCopy(*request.operation, input, spec, writer, 0, request.fixups)) {
    throwInputError(env, *error);
    return false;
  }
  if (object.familyOffset >= 0 && *writer.at(NLMSG_HDRLEN + static_cast<size_t>(object.familyOffset)) == AF_UNSPEC) {
    writer.put(NLMSG_HDRLEN + static_cast<size_t>(object.familyOffset), request.operation->familyOtherwise);
  }
  writer.put(0, nlmsghdr{static_cast<uint32_t>(writer.size()), request.operation->type, 0, 0, 0});
  return true;
}

Napi::Value LaneHandle::request(const Napi::CallbackInfo& info) {
  const auto env = info.Env();
  Request request{.id = info[0].As<Napi::Number>().Uint32Value()};
  if (!encodeRequest(env, info[1], info[2], request)) return env.Undefined();
  if (info[3].IsBoolean() && info[3].As<Napi::Boolean>().Value()) request.detail = Detail::kAll;
  request.isPart = info[4].IsBoolean() && info[4].As<Napi::Boolean>().Value();
  kept_.push_back(std::move(request));
  return env.Undefined();
}

// (id, [operation, spec, count, keys, keyEnds, data, flags, userdata, ...], flags, generation?): a transaction of
// nftables.
Napi::Value LaneHandle::transaction(const Napi::CallbackInfo& info) {
  const auto env = info.Env();
  const auto flags = info[2].As<Napi::Number>().Uint32Value();
  Request request{.id = info[0].As<Napi::Number>().Uint32Value()};
  request.transaction = std::make_shared<Transaction>();
  Transaction& transaction = *request.transaction;
  transaction.isCheck = flags & kCheck;
  transaction.wantsEcho = flags & kEcho;
  transaction.hasIds = flags & kIds;
  if (info[3].IsNumber()) transaction.generation = info[3].As<Napi::Number>().Uint32Value();
  if (addMessages(env, info[1].As<Napi::Array>(), request)) kept_.push_back(std::move(request));
  return env.Undefined();
}

// With a count there are elements in bulk. Of an encoding error the index of the message is told.
bool LaneHandle::addMessages(Napi::Env env, Napi::Array messages, Request& request) {
  constexpr uint32_t kStride = 8;
  const uint32_t count = messages.Length() / kStride;
  JsInput input(env);
  Transaction& transaction = *request.transaction;
  const auto before = static_cast<uint32_t>(transaction.parts.size());
  transaction.parts.reserve(before + count);
  request.message.reserve(request.message.size() + size_t{count} * 128);
  std::vector<uint8_t> head;
  for (uint32_t i = 0; i < count; ++i) {
    const Napi::HandleScope scope(env);
    const auto at = [&](uint32_t place) { return Napi::Value(messages.Get(i * kStride + place)); };
    const auto number = at(0);
    // Nothing can be read where the environment is ending.
    if (number.IsEmpty()) return false;
    const Operation* operation = operationOf(env, number);
    if (!operation) return false;
    if (!request.operation) request.operation = operation;
    const auto spec = at(1);
    const auto elementCount = at(2);
    std::optional<InputError> error;
    const auto encodeInto = [&](Writer& writer, size_t start) {
      error = encodeOrCopy(*operation, input, spec, writer, start, request.fixups);
      return !error;
    };
    if (elementCount.IsNumber()) {
      head.clear();
      Writer writer(head);
      const PackedElements elements{.count = elementCount.As<Napi::Number>().Uint32Value(),
                                    .keys = bytesOf(input, at(3)),
                                    .keyEnds = bytesOf(input, at(4)),
                                    .data = bytesOf(input, at(5)),
                                    .flags = bytesOf(input, at(6)),
                                    .userdata = bytesOf(input, at(7))};
      if (encodeInto(writer, 0)) {
        if (!elements.isSound()) return throwUnsound(env), false;
        appendElementMessages(request, *operation, before + i, head, elements);
      }
    } else {
      Writer writer(request.message);
      transaction.parts.push_back({operation, static_cast<uint32_t>(writer.size()), before + i, 0});
      appendMessage(writer, operation->type, [&](size_t start) { return encodeInto(writer, start); });
    }
    if (error) {
      throwInputError(env, *error, i);
      return false;
    }
  }
  return true;
}

// (id, operation, head, keys, data?): a transaction that adds or deletes one element, with as little work as may be.
// `head` is what encode('NfElements', { family, table, set }) gave.
Napi::Value LaneHandle::elements(const Napi::CallbackInfo& info) {
  const auto env = info.Env();
  const Operation* operation = operationOf(env, info[1]);
  if (!operation) return env.Undefined();
  JsInput input(env);
  const Bytes head = bytesOf(input, info[2]);
  const PackedElements elements{.count = 1,
                                .keys = bytesOf(input, info[3]),
                                .keyEnds = {},
                                .data = bytesOf(input, info[4]),
                                .flags = {},
                                .userdata = {}};
  if (head.empty() || !elements.isSound()) return throwUnsound(env), env.Undefined();
  Request request{.id = info[0].As<Napi::Number>().Uint32Value(), .operation = operation};
  request.transaction = std::make_shared<Transaction>();
  request.message.reserve(256);
  appendElementMessages(request, *operation, 0, head, elements);
  kept_.push_back(std::move(request));
  return env.Undefined();
}

Napi::Value LaneHandle::flush(const Napi::CallbackInfo& info) {
  if (!kept_.empty()) lane_->submit(std::exchange(kept_, {}));
  return info.Env().Undefined();
}

Napi::Value LaneHandle::cancel(const Napi::CallbackInfo& info) {
  const auto id = info[0].As<Napi::Number>().Uint32Value();
  const bool taken = std::erase_if(kept_, [id](const Request& request) { return request.id == id; }) > 0;
  return Napi::Boolean::New(info.Env(), taken || lane_->cancel(id));
}

Napi::Value LaneHandle::close(const Napi::CallbackInfo& info) {
  kept_.push_back({.id = info[0].As<Napi::Number>().Uint32Value(), .operation = nullptr, .message = {}, .fixups = {}});
  return flush(info);
}

}  // namespace netplumb
