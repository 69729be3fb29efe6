// The addon's entry point. Node-API glue only: what a value means is known to the layers below.
#include <napi.h>

#include "addon/environment.h"
#include "addon/lane_handle.h"
#include "addon/monitor_handle.h"
#include "addon/netns_handle.h"
#include "addon/program_handle.h"
#include "addon/reflection.h"

namespace netplumb {
namespace {

Napi::Value setDispatcher(const Napi::CallbackInfo& info) {
  Environment::of(info.Env()).setDispatcher(info[0].As<Napi::Function>(), info[1].As<Napi::Function>());
  return info.Env().Undefined();
}

Napi::Value keepAlive(const Napi::CallbackInfo& info) {
  Environment::of(info.Env()).keepAlive(info[0].As<Napi::Boolean>().Value());
  return info.Env().Undefined();
}

Napi::Object initialise(Napi::Env env, Napi::Object exports) {
  Environment::install(env);
  exports.Set("setDispatcher", Napi::Function::New<&setDispatcher>(env, "setDispatcher"));
  exports.Set("keepAlive", Napi::Function::New<&keepAlive>(env, "keepAlive"));
  LaneHandle::install(env, exports);
  MonitorHandle::install(env, exports);
  NetnsHandle::install(env, exports);
  ProgramHandle::install(env, exports);
  installReflection(env, exports);
  return exports;
}

}  // namespace
}  // namespace netplumb

static Napi::Object Load(Napi::Env env, Napi::Object exports) { return netplumb::initialise(env, exports); }

NODE_API_MODULE(netplumb, Load)
