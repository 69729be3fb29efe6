#include "addon/environment.h"

#include "addon/lane_handle.h"
#include "addon/monitor_handle.h"
#include "addon/netns_handle.h"

namespace netplumb {
namespace {

/// The kinds of completion, as lib/engine.ts names them.
enum class CompletionKind : uint32_t { kDone, kObjects, kLastObjects, kInterruptedObjects, kRestarted, kError, kValue };

Napi::Value stringOf(Napi::Env env, std::string_view text) {
  const bool isLatin1 =
      std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > 127; });
  napi_value value = nullptr;
  if (isLatin1) {
    napi_create_string_latin1(env, text.data(), text.size(), &value);
  } else {
    napi_create_string_utf8(env, text.data(), text.size(), &value);
  }
  return {env, value};
}

/// Builds the facade's view of each kind of outcome.
struct OutcomeVisitor {
  Napi::Env env;
  CompletionKind kind = CompletionKind::kValue;

  Napi::Value operator()(const Done&) {
    kind = CompletionKind::kDone;
    return env.Undefined();
  }
  Napi::Value operator()(const Objects& objects) {
    kind = !objects.isLast         ? CompletionKind::kObjects
           : objects.isInterrupted ? CompletionKind::kInterruptedObjects
                                   : CompletionKind::kLastObjects;
    return tapeObject(env, objects.tape);
  }
  Napi::Value operator()(const Restarted&) {
    kind = CompletionKind::kRestarted;
    return env.Undefined();
  }
  Napi::Value operator()(const RequestError& error) {
    kind = CompletionKind::kError;
    return describeError(env, error);
  }
  Napi::Value operator()(const OpenedNetns& netns) {
    if (!netns.lane) return NetnsHandle::seal(env, {netns});
    auto object = Napi::Object::New(env);
    object.Set("netns", NetnsHandle::seal(env, {netns}));
    object.Set("lane", LaneHandle::create(env, netns.lane));
    return object;
  }
  Napi::Value operator()(const OpenedSpace& space) { return NetnsHandle::seal(env, {space.netns}); }
  Napi::Value operator()(const OpenedSocket& socket) { return LaneHandle::create(env, socket.lane); }
  Napi::Value operator()(const GivenFd& given) { return Napi::Number::New(env, given.fd->release()); }
  Napi::Value operator()(const OpenedMonitor& opened) { return MonitorHandle::create(env, opened.monitor); }
  Napi::Value operator()(const std::vector<NetnsEntry>& entries) {
    auto array = Napi::Array::New(env, entries.size());
    for (uint32_t i = 0; i < entries.size(); ++i) {
      auto entry = Napi::Object::New(env);
      entry.Set("name", Napi::String::New(env, entries[i].name));
      entry.Set("inode", Napi::BigInt::New(env, entries[i].inode));
      array.Set(i, entry);
    }
    return array;
  }
  Napi::Value operator()(const BoundPorts& bound) {
    auto ports = Napi::Array::New(env, bound.ports.size());
    for (uint32_t i = 0; i < bound.ports.size(); ++i) ports.Set(i, Napi::Number::New(env, bound.ports[i]));
    auto object = Napi::Object::New(env);
    object.Set("ports", ports);
    object.Set("sockets", NetnsHandle::sealHeld(env, bound.sockets));
    return object;
  }
  Napi::Value operator()(const RemovedNames& removed) {
    auto failures = Napi::Array::New(env, removed.failures.size() * 2);
    uint32_t at = 0;
    for (const auto& [place, error] : removed.failures) {
      failures.Set(at++, Napi::Number::New(env, place));
      failures.Set(at++, describeError(env, error));
    }
    auto object = Napi::Object::New(env);
    object.Set("failures", failures);
    object.Set("netns", NetnsHandle::sealHeld(env, removed.netns));
    return object;
  }
  Napi::Value operator()(const std::string& text) { return Napi::String::New(env, text); }
};

}  // namespace

void Environment::install(Napi::Env env) { env.SetInstanceData(std::make_unique<Environment>(env).release()); }

Environment::Environment(Napi::Env env) : env_(env) {
  napi_create_threadsafe_function(env, nullptr, nullptr, Napi::String::New(env, "netplumb"), 0, 1, nullptr, nullptr,
                                  this, &Environment::onCompletions, &wake_);
  napi_unref_threadsafe_function(env, wake_);
  engine_ =
      std::make_shared<Engine>([wake = wake_] { napi_call_threadsafe_function(wake, nullptr, napi_tsfn_nonblocking); });
  // Hooks run last in, first out: ours ends the threads before the function they call goes away.
  napi_add_env_cleanup_hook(env, &Environment::onExit, this);
}

Environment::~Environment() = default;

void Environment::onExit(void* environment) { static_cast<Environment*>(environment)->engine_->stop(); }

void Environment::keepAlive(bool keep) {
  if (keep) {
    napi_ref_threadsafe_function(env_, wake_);
  } else {
    napi_unref_threadsafe_function(env_, wake_);
  }
}

void Environment::onCompletions(napi_env env, napi_value, void* context, void*) {
  // Without an environment the function is only being emptied at exit.
  if (env) static_cast<Environment*>(context)->dispatch(env);
}

Napi::Value Environment::arrayOf(const std::vector<napi_value>& values) const {
  // To call a function takes a fraction of the time that it takes to put values into an array, but there has to be one,
  // and they have to fit on the stack.
  constexpr size_t kMostArguments = 16 << 10;
  if (!gather_.IsEmpty() && values.size() <= kMostArguments) return gather_.Value().Call(values);
  auto array = Napi::Array::New(env_, values.size());
  uint32_t at = 0;
  for (const auto value : values) {
    if (napi_set_element(env_, array, at++, value) != napi_ok) return {};
  }
  return array;
}

void Environment::dispatch(Napi::Env env) {
  if (dispatcher_.IsEmpty()) return;
  const auto completions = engine_->take();
  if (completions.empty()) return;
  std::vector<napi_value> batch;
  for (const auto& completion : completions) {
    OutcomeVisitor visitor{env};
    const auto payload = std::visit(visitor, completion.outcome);
    // A worker that is being terminated can no longer make all values, and nobody waits for them.
    if (payload.IsEmpty()) return;
    batch.push_back(Napi::Number::New(env, completion.id));
    batch.push_back(Napi::Number::New(env, static_cast<double>(visitor.kind)));
    batch.push_back(payload);
  }
  const auto array = arrayOf(batch);
  if (!array.IsEmpty()) dispatcher_.Call({array});
}

Napi::Object tapeObject(Napi::Env env, const Tape& tape) {
  std::vector<napi_value> strings;
  strings.reserve(tape.ends.size());
  size_t begin = 0;
  for (const size_t end : tape.ends) {
    strings.push_back(stringOf(env, std::string_view(tape.text).substr(begin, end - begin)));
    begin = end;
  }
  napi_value slots = nullptr;
  void* data = nullptr;
  if (napi_create_arraybuffer(env, tape.slots.size() * sizeof(int32_t), &data, &slots) == napi_ok) {
    std::copy(tape.slots.begin(), tape.slots.end(), static_cast<int32_t*>(data));
  }
  auto object = Napi::Object::New(env);
  object.Set("objects", Napi::Number::New(env, tape.objects));
  object.Set("slots", slots);
  object.Set("strings", Environment::of(env).arrayOf(strings));
  return object;
}

void throwInputError(Napi::Env env, const InputError& error, std::optional<uint32_t> index) {
  if (error.code == InputError::Code::kThrown) return;  // the caller's own exception is pending
  const char* code = error.code == InputError::Code::kArgType    ? "ERR_INVALID_ARG_TYPE"
                     : error.code == InputError::Code::kArgValue ? "ERR_INVALID_ARG_VALUE"
                                                                 : "ERR_OUT_OF_RANGE";
  const bool isRange = error.code == InputError::Code::kOutOfRange;
  Napi::Error thrown = isRange ? static_cast<Napi::Error>(Napi::RangeError::New(env, error.message))
                               : static_cast<Napi::Error>(Napi::TypeError::New(env, error.message));
  thrown.Set("code", Napi::String::New(env, code));
  thrown.Set("field", Napi::String::New(env, error.field));
  if (index) thrown.Set("index", Napi::Number::New(env, *index));
  thrown.ThrowAsJavaScriptException();
}

Napi::Object describeError(Napi::Env env, const RequestError& error) {
  auto object = Napi::Object::New(env);
  object.Set("errno", Napi::Number::New(env, -error.error));
  object.Set("operation", Napi::String::New(env, error.operation));
  if (!error.detail.empty()) object.Set("detail", Napi::String::New(env, error.detail));
  if (!error.attribute.empty()) object.Set("attribute", Napi::String::New(env, error.attribute));
  if (!error.field.empty()) object.Set("field", Napi::String::New(env, error.field));
  if (error.command) object.Set("index", Napi::Number::New(env, *error.command));
  if (error.step) object.Set("step", Napi::Number::New(env, *error.step));
  return object;
}

RequestError requestError(const Failure& failure) { return {failure.error, failure.operation, failure.detail, {}, {}}; }

}  // namespace netplumb
