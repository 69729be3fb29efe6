// What the addon keeps for one Node.js environment: the main thread's, or a worker's.
#pragma once

#include <napi.h>

#include <memory>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "netlink/input.h"

namespace netplumb {

/// Made when the addon is loaded into an environment, gone with it. Used on that environment's thread only.
class Environment {
 public:
  static Environment& of(Napi::Env env) { return *env.GetInstanceData<Environment>(); }
  static void install(Napi::Env env);

  explicit Environment(Napi::Env env);
  ~Environment();
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  Engine& engine() { return *engine_; }
  const std::shared_ptr<Engine>& sharedEngine() { return engine_; }

  /// The function that gets completions: an array of id, kind and payload, again and again; and one that makes an array
  /// of its arguments.
  void setDispatcher(Napi::Function dispatcher, Napi::Function gather) {
    dispatcher_ = Napi::Persistent(dispatcher);
    gather_ = Napi::Persistent(gather);
  }
  /// An array of values. Empty where the environment is ending.
  Napi::Value arrayOf(const std::vector<napi_value>& values) const;
  /// Whether the process is to be kept alive.
  void keepAlive(bool keep);

  Napi::FunctionReference netnsHandle;
  Napi::FunctionReference laneHandle;
  Napi::FunctionReference monitorHandle;
  /// Stands for the namespace that a program makes.
  Napi::ObjectReference itsNetns;

 private:
  static void onCompletions(napi_env env, napi_value, void* context, void*);
  static void onExit(void* environment);
  void dispatch(Napi::Env env);

  Napi::Env env_;
  Napi::FunctionReference dispatcher_;
  Napi::FunctionReference gather_;
  napi_threadsafe_function wake_ = nullptr;
  std::shared_ptr<Engine> engine_;
};

/// Throws what the encoder found, as TypeError or RangeError with its code; of several messages with the `index` of
/// one.
void throwInputError(Napi::Env env, const InputError& error, std::optional<uint32_t> index = {});
/// A failure's { errno, operation, detail } as the facade expects it.
Napi::Object describeError(Napi::Env env, const RequestError& error);
RequestError requestError(const Failure& failure);
/// A tape's { objects, slots, strings }, as lib/tape.ts reads it.
Napi::Object tapeObject(Napi::Env env, const Tape& tape);

}  // namespace netplumb
