#include "addon/lane_handle.h"

#include <linux/netlink.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "addon/environment.h"
#include "addon/js_input.h"
#include "addon/netns_handle.h"
#include "protocols.h"

namespace netplumb {

void LaneHandle::install(Napi::Env env, Napi::Object exports) {
  const auto constructor =
      DefineClass(env, "Lane",
                  {InstanceMethod<&LaneHandle::request>("request"), InstanceMethod<&LaneHandle::flush>("flush"),
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

Napi::Value LaneHandle::request(const Napi::CallbackInfo& info) {
  const auto env = info.Env();
  const Operation* operation = operationByNumber(info[1].As<Napi::Number>().Uint32Value());
  if (!operation) {
    Napi::RangeError::New(env, "No such operation").ThrowAsJavaScriptException();
    return env.Undefined();
  }
  Request request{.id = info[0].As<Napi::Number>().Uint32Value(), .operation = operation};
  request.message.reserve(256);
  if (info[3].IsBoolean() && info[3].As<Napi::Boolean>().Value()) request.detail = Detail::kAll;
  Writer writer(request.message);
  writer.append(NLMSG_HDRLEN);
  JsInput input(env);
  if (const auto error =
          encode(*request.operation->object, input, JsInput::handle(info[2]), writer, 0, request.fixups)) {
    throwInputError(env, *error);
    return env.Undefined();
  }
  const Object& object = *request.operation->object;
  if (object.familyOffset >= 0 && *writer.at(NLMSG_HDRLEN + static_cast<size_t>(object.familyOffset)) == AF_UNSPEC) {
    writer.put(NLMSG_HDRLEN + static_cast<size_t>(object.familyOffset), request.operation->familyOtherwise);
  }
  writer.put(0, nlmsghdr{static_cast<uint32_t>(writer.size()), request.operation->type, 0, 0, 0});
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
