#include "addon/monitor_handle.h"

#include <cerrno>

#include "addon/environment.h"
#include "addon/netns_handle.h"
#include "protocols.h"

namespace netplumb {
namespace {

/// Opens the socket, in the calling thread's namespace, and joins.
void openHere(Engine& engine, uint32_t id, int protocol, const Subscription& subscription, int bufferSize,
              bool allNetns) {
  auto socket = Socket::open(protocol, bufferSize);
  if (!socket) return engine.complete({id, requestError(socket.failure())});
  if (allNetns) {
    if (const auto heard = socket->hearAllNetns(); !heard) return engine.complete({id, requestError(heard.failure())});
  }
  auto monitor = std::make_shared<Monitor>(engine, std::move(*socket), subscription);
  if (const auto joined = monitor->join(); !joined) return engine.complete({id, requestError(joined.failure())});
  if (!engine.attend(monitor)) {
    return engine.complete({id, RequestError{EAGAIN, "pthread_create", "no thread can be started", {}, {}}});
  }
  engine.complete({id, OpenedMonitor{std::move(monitor)}});
}

}  // namespace

void MonitorHandle::install(Napi::Env env, Napi::Object exports) {
  const auto constructor = DefineClass(
      env, "Monitor", {InstanceMethod<&MonitorHandle::read>("read"), InstanceMethod<&MonitorHandle::close>("close")});
  Environment::of(env).monitorHandle = Napi::Persistent(constructor);
  exports.Set("openMonitor", Napi::Function::New<&MonitorHandle::open>(env, "openMonitor"));
}

Napi::Object MonitorHandle::create(Napi::Env env, std::shared_ptr<Monitor> monitor) {
  auto sealed = Napi::External<std::shared_ptr<Monitor>>::New(env, &monitor);
  return Environment::of(env).monitorHandle.New({sealed});
}

MonitorHandle::MonitorHandle(const Napi::CallbackInfo& info) : ObjectWrap(info) {
  if (info.Length() == 1 && info[0].IsExternal()) {
    monitor_ = std::move(*info[0].As<Napi::External<std::shared_ptr<Monitor>>>().Data());
    engine_ = Environment::of(info.Env()).sharedEngine();
    return;
  }
  Napi::TypeError::New(info.Env(), "Illegal constructor").ThrowAsJavaScriptException();
}

MonitorHandle::~MonitorHandle() {
  // At the end of an environment its engine may be gone, and with it the sockets.
  if (const auto engine = engine_.lock(); engine && monitor_) monitor_->close(0);
}

Napi::Value MonitorHandle::open(const Napi::CallbackInfo& info) {
  const auto env = info.Env();
  auto& engine = Environment::of(env).engine();
  const auto id = info[0].As<Napi::Number>().Uint32Value();
  const auto options = info[2].As<Napi::Object>();
  const auto isOn = [&](const char* name) { return options.Get(name).ToBoolean().Value(); };
  Subscription subscription;
  const auto protocol = options.Get("protocol").As<Napi::Number>().Uint32Value();
  subscription.kinds = protocols()[protocol].events;
  const auto kinds = options.Get("kinds").As<Napi::Array>();
  for (uint32_t i = 0; i < kinds.Length(); ++i) {
    subscription.wanted |= uint64_t{1} << kinds.Get(i).As<Napi::Number>().Uint32Value();
  }
  subscription.actions = static_cast<uint8_t>(options.Get("actions").As<Napi::Number>().Uint32Value());
  subscription.listsFirst = isOn("listsFirst");
  subscription.listsAfterOverrun = isOn("listsAfterOverrun");
  const auto bufferSize = options.Get("bufferSize").As<Napi::Number>().Int32Value();
  subscription.limit = static_cast<size_t>(bufferSize);
  const auto openIt = [&engine, id, number = protocols()[protocol].number, subscription, bufferSize,
                       allNetns = isOn("allNetns")] {
    openHere(engine, id, number, subscription, bufferSize, allNetns);
  };
  OpenDescriptor openNetns;
  if (!NetnsHandle::parseOrThrow(info[1], "netns", openNetns)) return env.Undefined();
  engine.visit(id, [&engine, id, openIt, openNetns](Visitor& visitor) {
    const auto netns = openNetns();
    if (!netns) return engine.complete({id, requestError(netns.failure())});
    const auto visited = visitor.visit((*netns.value()).get(), openIt);
    if (!visited) engine.complete({id, requestError(visited.failure())});
  });
  return env.Undefined();
}

Napi::Value MonitorHandle::read(const Napi::CallbackInfo& info) {
  monitor_->read(info[0].As<Napi::Number>().Uint32Value());
  return info.Env().Undefined();
}

Napi::Value MonitorHandle::close(const Napi::CallbackInfo& info) {
  monitor_->close(info[0].As<Napi::Number>().Uint32Value());
  return info.Env().Undefined();
}

}  // namespace netplumb
