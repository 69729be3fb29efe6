// A monitor as a JavaScript object: the native half of Monitor.
#pragma once

#include <napi.h>

#include <memory>

#include "engine/monitor.h"

namespace netplumb {

/// read(id) completes with events, close(id) when the socket is closed. When the object is collected its socket is
/// closed.
class MonitorHandle : public Napi::ObjectWrap<MonitorHandle> {
 public:
  static void install(Napi::Env env, Napi::Object exports);
  static Napi::Object create(Napi::Env env, std::shared_ptr<Monitor> monitor);

  explicit MonitorHandle(const Napi::CallbackInfo& info);
  ~MonitorHandle() override;

  /// openMonitor(id, netns, { kinds, actions?, first?, afterOverrun?, allNetns?, bufferSize? }): opens a socket in a
  /// namespace and joins the groups of the kinds, which are numbers of events().
  static Napi::Value open(const Napi::CallbackInfo& info);

 private:
  Napi::Value read(const Napi::CallbackInfo& info);
  Napi::Value close(const Napi::CallbackInfo& info);

  std::shared_ptr<Monitor> monitor_;
  std::weak_ptr<Engine> engine_;
};

}  // namespace netplumb
