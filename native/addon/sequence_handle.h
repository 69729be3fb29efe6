// A sequence as a JavaScript object: what the addon makes of lib/sequence.ts.
#pragma once

#include <napi.h>

#include <memory>

#include "engine/sequence.h"
#include "netlink/input.h"

namespace netplumb {

/// Steps are added, then start(id) begins the first. Requests are those that a lane keeps under the id 0. It stands for
/// the namespace that one of its steps opens wherever a namespace is asked for.
class SequenceHandle : public Napi::ObjectWrap<SequenceHandle> {
 public:
  static void install(Napi::Env env, Napi::Object exports);
  /// How the namespace is opened once there is one; empty for any other object.
  static OpenDescriptor openerOf(Napi::Value value);

  explicit SequenceHandle(const Napi::CallbackInfo& info);

 private:
  Napi::Value addRequests(const Napi::CallbackInfo& info);
  Napi::Value beginNetns(const Napi::CallbackInfo& info);
  Napi::Value addNetns(const Napi::CallbackInfo& info);
  Napi::Value addProbe(const Napi::CallbackInfo& info);
  Napi::Value addSysctl(const Napi::CallbackInfo& info);
  Napi::Value start(const Napi::CallbackInfo& info);
  Napi::Value abandon(const Napi::CallbackInfo& info);

  std::shared_ptr<Sequence> sequence_;
  Sequence::Step begun_;
};

}  // namespace netplumb
