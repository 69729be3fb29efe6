#include "addon/monitor_handle.h"

#include <cerrno>

#include "addon/environment.h"
#include "addon/js_input.h"
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
  JsInput input(env);
  const auto option = [&](const char* name) { return input.property(JsInput::handle(info[2]), name); };
  const auto isOn = [&](const char* name) { return input.boolean(option(name)); };
  Subscription subscription;
  const auto protocol = input.number(option("protocol"));
  const auto kinds = option("kinds");
  for (uint32_t i = 0, length = input.length(kinds); i < length; ++i) {
    subscription.wanted |= uint64_t{1} << static_cast<uint32_t>(input.number(input.element(kinds, i)));
  }
  const auto actions = input.number(option("actions"));
  subscription.listsFirst = isOn("listsFirst");
  subscription.listsAfterOverrun = isOn("listsAfterOverrun");
  const bool allNetns = isOn("allNetns");
  const auto bufferSize = input.number(option("bufferSize"));
  if (input.threw()) return env.Undefined();
  const auto& chosen = protocols()[static_cast<size_t>(protocol)];
  subscription.kinds = chosen.events;
  subscription.actions = static_cast<uint8_t>(actions);
  subscription.limit = static_cast<size_t>(bufferSize);
  const auto openIt = [&engine, id, number = chosen.number, subscription, bufferSize = static_cast<int>(bufferSize),
                       allNetns] { openHere(engine, id, number, subscription, bufferSize, allNetns); };
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
