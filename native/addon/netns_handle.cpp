#include "addon/netns_handle.h"

#include <arpa/inet.h>

#include <cerrno>
#include <cstring>

#include "addon/environment.h"
#include "addon/js_input.h"
#include "engine/lane.h"
#include "netns/address.h"
#include "netns/bound_socket.h"
#include "netns/cgroup.h"
#include "netns/frame.h"
#include "netns/link_speed.h"
#include "netns/netns.h"
#include "netns/ports_in_use.h"
#include "netns/scoped_netns.h"
#include "netns/sysctl.h"

namespace netplumb {
namespace {

/// As many ports are looked at by binding them; of more the kernel is asked once.
constexpr size_t kFewPorts = 3;

constexpr napi_type_tag kNetnsTag{0x6e6574706c756d62, 0x6e65746e73000001};

/// Whether a socket's error says that the kernel does not speak the protocol: nobody can have a port of it.
bool isUnspoken(int error) { return error == EAFNOSUPPORT || error == EPROTONOSUPPORT || error == ESOCKTNOSUPPORT; }

OpenDescriptor opener(NetnsRef ref) {
  return [ref = std::move(ref)]() -> Result<std::shared_ptr<const Fd>> {
    auto fd = openNetns(ref);
    if (!fd) return fd.failure();
    return std::make_shared<const Fd>(std::move(*fd));
  };
}

uint32_t idOf(const Napi::CallbackInfo& info) { return info[0].As<Napi::Number>().Uint32Value(); }

/// `socket` is what was opened inside, where that was asked for.
void completeNetns(Engine& engine, uint32_t id, Result<std::shared_ptr<const Fd>> fd,
                   std::optional<Result<Socket>> socket = {}) {
  if (!fd) return engine.complete({id, requestError(fd.failure())});
  const auto inode = netnsInode((*fd)->get());
  if (!inode) return engine.complete({id, requestError(inode.failure())});
  OpenedNetns opened{std::move(*fd), inode.value(), nullptr};
  if (socket) {
    if (!*socket) return engine.complete({id, requestError(socket->failure())});
    opened.lane = std::make_shared<Lane>(engine, std::move(**socket));
  }
  engine.complete({id, std::move(opened)});
}

/// The netlink protocol for which a socket is to be opened inside, if any.
std::optional<int> protocolOf(Napi::Value value) {
  if (!value.IsNumber()) return {};
  return value.As<Napi::Number>().Int32Value();
}

void completeVoid(Engine& engine, uint32_t id, const Result<void>& result) {
  if (result) {
    engine.complete({id, Done{}});
  } else {
    engine.complete({id, requestError(result.failure())});
  }
}

/// openNetns(id, ref, protocol?): without a reference, the calling thread's own. With a protocol, a lane into it as
/// well.
Napi::Value open(const Napi::CallbackInfo& info) {
  auto& engine = Environment::of(info.Env()).engine();
  if (info[1].IsUndefined()) {
    completeNetns(engine, idOf(info), opener(NetnsRef::current())());
    return info.Env().Undefined();
  }
  OpenDescriptor openRef;
  if (!NetnsHandle::parseOrThrow(info[1], "ref", openRef)) return info.Env().Undefined();
  engine.visit(idOf(info), [&engine, id = idOf(info), openRef, protocol = protocolOf(info[2])](Visitor& visitor) {
    auto fd = openRef();
    if (!fd || !protocol) return completeNetns(engine, id, std::move(fd));
    Result<Socket> socket = Failure{};
    const auto visited = visitor.visit((*fd)->get(), [&] { socket = Socket::open(*protocol); });
    if (!visited) return engine.complete({id, requestError(visited.failure())});
    completeNetns(engine, id, std::move(fd), std::move(socket));
  });
  return info.Env().Undefined();
}

/// createNetns(id, name?)
Napi::Value create(const Napi::CallbackInfo& info) {
  auto& engine = Environment::of(info.Env()).engine();
  std::optional<std::string> name;
  if (!info[1].IsUndefined()) name = info[1].As<Napi::String>().Utf8Value();
  engine.visit(idOf(info), [&engine, id = idOf(info), name](Visitor& visitor) {
    auto fd = createNetns(visitor, name);
    if (!fd) return completeNetns(engine, id, fd.failure());
    completeNetns(engine, id, std::make_shared<const Fd>(std::move(*fd)));
  });
  return info.Env().Undefined();
}

/// pinNetns(id, ref, name)
Napi::Value pin(const Napi::CallbackInfo& info) {
  auto& engine = Environment::of(info.Env()).engine();
  OpenDescriptor openRef;
  if (!NetnsHandle::parseOrThrow(info[1], "ref", openRef)) return info.Env().Undefined();
  engine.visit(idOf(info),
               [&engine, id = idOf(info), openRef, name = info[2].As<Napi::String>().Utf8Value()](Visitor&) {
                 const auto fd = openRef();
                 completeVoid(engine, id, fd ? pinNetns(fd.value()->get(), name) : Result<void>(fd.failure()));
               });
  return info.Env().Undefined();
}

/// deleteNetns(id, names, hold): with `hold` the namespaces are kept open, as far as they can be. A job for each, so
/// that others who want to visit a namespace need not wait for all.
Napi::Value remove(const Napi::CallbackInfo& info) {
  auto& engine = Environment::of(info.Env()).engine();
  const auto names = info[1].As<Napi::Array>();
  const bool holds = info[2].As<Napi::Boolean>().Value();
  const auto removed = std::make_shared<RemovedNames>(RemovedNames{{}, std::make_shared<std::vector<Fd>>()});
  for (uint32_t i = 0, count = names.Length(); i < count; ++i) {
    const Napi::HandleScope scope(info.Env());
    const Napi::Value value = names.Get(i);
    // Nothing can be read where the environment is ending.
    if (value.IsEmpty()) break;
    const auto job = [&engine, id = idOf(info), removed, holds, i, isLast = i + 1 == count,
                      name = value.As<Napi::String>().Utf8Value()](Visitor&) {
      if (holds) {
        if (auto fd = openNetns(NetnsRef::byName(name))) removed->netns->push_back(std::move(*fd));
      }
      if (const auto deleted = deleteNetns(name); !deleted) {
        removed->failures.emplace_back(i, requestError(deleted.failure()));
      }
      if (isLast) engine.complete({id, std::move(*removed)});
    };
    if (!engine.post(job)) {
      engine.complete({idOf(info), RequestError{EAGAIN, "pthread_create", "no thread can be started", {}, {}}});
      break;
    }
  }
  return info.Env().Undefined();
}

/// listNetns(id)
Napi::Value list(const Napi::CallbackInfo& info) {
  auto& engine = Environment::of(info.Env()).engine();
  engine.visit(idOf(info), [&engine, id = idOf(info)](Visitor&) {
    auto entries = listNetns();
    if (!entries) return engine.complete({id, requestError(entries.failure())});
    engine.complete({id, std::move(*entries)});
  });
  return info.Env().Undefined();
}

/// sysctl(id, ref, key, value?): reads, or writes where there is a value.
Napi::Value sysctl(const Napi::CallbackInfo& info) {
  auto& engine = Environment::of(info.Env()).engine();
  OpenDescriptor openRef;
  if (!NetnsHandle::parseOrThrow(info[1], "ref", openRef)) return info.Env().Undefined();
  std::optional<std::string> value;
  if (!info[3].IsUndefined()) value = info[3].As<Napi::String>().Utf8Value();
  engine.visit(idOf(info), [&engine, id = idOf(info), openRef, key = info[2].As<Napi::String>().Utf8Value(),
                            value](Visitor& visitor) {
    engine.complete({id, NetnsHandle::useSysctl(visitor, openRef, key, value)});
  });
  return info.Env().Undefined();
}

/// linkSpeed(id, ref, index): in Mbit/s, as text.
Napi::Value linkSpeedIn(const Napi::CallbackInfo& info) {
  auto& engine = Environment::of(info.Env()).engine();
  OpenDescriptor openRef;
  if (!NetnsHandle::parseOrThrow(info[1], "ref", openRef)) return info.Env().Undefined();
  engine.visit(idOf(info),
               [&engine, id = idOf(info), openRef, index = info[2].As<Napi::Number>().Uint32Value()](Visitor& visitor) {
                 const auto fd = openRef();
                 if (!fd) return engine.complete({id, requestError(fd.failure())});
                 Result<uint32_t> speed = uint32_t{0};
                 const auto visited = visitor.visit(fd.value()->get(), [&] { speed = linkSpeed(index); });
                 if (!visited) return completeVoid(engine, id, visited);
                 if (!speed) return engine.complete({id, requestError(speed.failure())});
                 engine.complete({id, std::to_string(*speed)});
               });
  return info.Env().Undefined();
}

/// sendFrame(id, ref, link, frame)
Napi::Value sendFrameIn(const Napi::CallbackInfo& info) {
  auto& engine = Environment::of(info.Env()).engine();
  OpenDescriptor openRef;
  if (!NetnsHandle::parseOrThrow(info[1], "ref", openRef)) return info.Env().Undefined();
  const Bytes frame = JsInput(info.Env()).bytes(JsInput::handle(info[3]));
  engine.visit(idOf(info), [&engine, id = idOf(info), openRef, link = info[2].As<Napi::String>().Utf8Value(),
                            frame = std::vector(frame.begin(), frame.end())](Visitor& visitor) {
    const auto fd = openRef();
    if (!fd) return engine.complete({id, requestError(fd.failure())});
    Result<void> sent;
    const auto visited = visitor.visit(fd.value()->get(), [&] { sent = sendFrame(link, frame); });
    completeVoid(engine, id, visited ? sent : visited);
  });
  return info.Env().Undefined();
}

/// mountCgroup(id, controller, path): '' is the hierarchy of version 2.
Napi::Value mountCgroupHere(const Napi::CallbackInfo& info) {
  auto& engine = Environment::of(info.Env()).engine();
  engine.visit(idOf(info), [&engine, id = idOf(info), controller = info[1].As<Napi::String>().Utf8Value(),
                            path = info[2].As<Napi::String>().Utf8Value()](Visitor&) {
    completeVoid(engine, id, mountCgroup(controller, path));
  });
  return info.Env().Undefined();
}

/// bindSocket(id, ref, protocol, address, port, isDualStack, backlog): without a reference, in the calling thread's
/// namespace.
Napi::Value bindSocketIn(const Napi::CallbackInfo& info) {
  auto& engine = Environment::of(info.Env()).engine();
  OpenDescriptor openRef;
  if (info[1].IsUndefined()) {
    // Looked up now: the calling thread may be elsewhere by then.
    openRef = [own = opener(NetnsRef::current())()] { return own; };
  } else if (!NetnsHandle::parseOrThrow(info[1], "netns", openRef)) {
    return info.Env().Undefined();
  }
  BindRequest request;
  request.protocol = static_cast<uint8_t>(info[2].As<Napi::Number>().Uint32Value());
  parseIp(info[3].As<Napi::String>().Utf8Value(), request.address);
  request.port = static_cast<uint16_t>(info[4].As<Napi::Number>().Uint32Value());
  request.isDualStack = info[5].As<Napi::Boolean>().Value();
  request.backlog = info[6].As<Napi::Number>().Int32Value();
  engine.visit(idOf(info), [&engine, id = idOf(info), openRef, request](Visitor& visitor) {
    const auto netns = openRef();
    if (!netns) return engine.complete({id, requestError(netns.failure())});
    Result<Fd> bound = Fd();
    const auto visited = visitor.visit(netns.value()->get(), [&] { bound = bindSocket(request); });
    if (!visited) return completeVoid(engine, id, visited);
    if (!bound) return engine.complete({id, requestError(bound.failure())});
    engine.complete({id, GivenFd{std::make_shared<Fd>(std::move(*bound))}});
  });
  return info.Env().Undefined();
}

/// bindPorts(id, ref, hold, ranges): without `hold` all is closed again at once.
Napi::Value bindPorts(const Napi::CallbackInfo& info) {
  auto& engine = Environment::of(info.Env()).engine();
  OpenDescriptor openRef;
  if (!NetnsHandle::parseOrThrow(info[1], "netns", openRef)) return info.Env().Undefined();
  const auto use = info[2].As<Napi::Boolean>().Value() ? SocketUse::kHold : SocketUse::kProbe;
  engine.visit(idOf(info),
               [&engine, id = idOf(info), openRef, bindable = NetnsHandle::parsePorts(info[3], use)](Visitor& visitor) {
                 engine.complete({id, NetnsHandle::bindAll(visitor, openRef, bindable)});
               });
  return info.Env().Undefined();
}

/// letGo(held)
Napi::Value letGo(const Napi::CallbackInfo& info) {
  if (info[0].IsExternal()) (*info[0].As<Napi::External<Held>>().Data())->clear();
  return info.Env().Undefined();
}

/// closeSpace(space)
Napi::Value closeSpace(const Napi::CallbackInfo& info) {
  if (auto* space = NetnsHandle::unseal(info[0])) *space = {};
  return info.Env().Undefined();
}

/// hasNetns(name): whether there is a file for it. Cheaper than all ways of Node.js.
Napi::Value hasNetns(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), isNetnsNamed(info[0].As<Napi::String>().Utf8Value()));
}

/// A value that JavaScript can hold and hand back, no more. Empty where the environment is ending.
template <class T>
Napi::Value sealInExternal(Napi::Env env, const T& value) {
  auto owned = std::make_unique<T>(value);
  const auto sealed =
      Napi::External<T>::New(env, owned.get(), [](Napi::Env, T* data) { std::default_delete<T>()(data); });
  if (!sealed.IsEmpty()) static_cast<void>(owned.release());
  return sealed;
}

}  // namespace

void NetnsHandle::install(Napi::Env env, Napi::Object exports) {
  const auto constructor =
      DefineClass(env, "NetnsHandle",
                  {InstanceAccessor<&NetnsHandle::fd>("fd"), InstanceAccessor<&NetnsHandle::inode>("inode"),
                   InstanceMethod<&NetnsHandle::enter>("enterSync"), InstanceMethod<&NetnsHandle::close>("closeSync")});
  exports.Set("NetnsHandle", constructor);
  exports.Set("openNetns", Napi::Function::New<&netplumb::open>(env, "openNetns"));
  exports.Set("createNetns", Napi::Function::New<&create>(env, "createNetns"));
  exports.Set("pinNetns", Napi::Function::New<&pin>(env, "pinNetns"));
  exports.Set("deleteNetns", Napi::Function::New<&remove>(env, "deleteNetns"));
  exports.Set("listNetns", Napi::Function::New<&list>(env, "listNetns"));
  exports.Set("bindSocket", Napi::Function::New<&bindSocketIn>(env, "bindSocket"));
  exports.Set("bindPorts", Napi::Function::New<&bindPorts>(env, "bindPorts"));
  exports.Set("letGo", Napi::Function::New<&letGo>(env, "letGo"));
  exports.Set("closeSpace", Napi::Function::New<&closeSpace>(env, "closeSpace"));
  exports.Set("hasNetns", Napi::Function::New<&hasNetns>(env, "hasNetns"));
  exports.Set("linkSpeed", Napi::Function::New<&linkSpeedIn>(env, "linkSpeed"));
  exports.Set("sendFrame", Napi::Function::New<&sendFrameIn>(env, "sendFrame"));
  exports.Set("mountCgroup", Napi::Function::New<&mountCgroupHere>(env, "mountCgroup"));
  exports.Set("sysctl", Napi::Function::New<&sysctl>(env, "sysctl"));
}

Napi::Value NetnsHandle::seal(Napi::Env env, const SealedNetns& netns) { return sealInExternal(env, netns); }

Napi::Value NetnsHandle::sealHeld(Napi::Env env, const Held& held) { return sealInExternal(env, held); }

SealedNetns* NetnsHandle::unseal(Napi::Value value) {
  return value.IsExternal() ? value.As<Napi::External<SealedNetns>>().Data() : nullptr;
}

NetnsHandle::Bindable NetnsHandle::parsePorts(Napi::Value value, SocketUse use) {
  constexpr size_t kRange = 24;
  constexpr size_t kAddressAt = 8;
  Bindable bindable;
  for (Bytes rest = JsInput(value.Env()).bytes(JsInput::handle(value)); rest.size() >= kRange;
       rest = rest.subspan(kRange)) {
    BindRequest request{.use = use, .protocol = rest[0]};
    request.address.size = rest[1] == 6 ? 16 : 4;
    std::memcpy(request.address.bytes, rest.data() + kAddressAt, request.address.size);
    request.port = ntohs(load<uint16_t>(rest, 2));
    for (uint16_t count = ntohs(load<uint16_t>(rest, 4)); count > 0; --count, ++request.port) {
      bindable.requests.push_back(request);
    }
  }
  return bindable;
}

Outcome NetnsHandle::bindAll(Visitor& visitor, const OpenDescriptor& netns, const Bindable& bindable) {
  const auto fd = netns();
  if (!fd) return requestError(fd.failure());
  BoundPorts all{{}, std::make_shared<std::vector<Fd>>()};
  std::optional<RequestError> failed;
  const auto& requests = bindable.requests;
  const auto inode = netnsInode(fd.value()->get());
  const bool areMany = inode && requests.size() > kFewPorts;
  const auto bindEach = [&] {
    for (size_t i = 0; i < requests.size() && !failed; ++i) {
      const auto& request = requests[i];
      const bool isLookedAt = areMany && request.use == SocketUse::kProbe && request.port != 0;
      if (isLookedAt && !visitor.portsInUse().mayHave(inode.value(), request.protocol, request.port, bindable.asked)) {
        all.ports.push_back(request.port);
        continue;
      }
      auto bound = bindSocket(request);
      const int error = bound ? 0 : bound.failure().error;
      if (error == EADDRINUSE) {
        failed = requestError(bound.failure());
        failed->field = std::to_string(i);
      } else if (request.use == SocketUse::kHold && !bound && !isUnspoken(error)) {
        failed = requestError(bound.failure());
        failed->detail = "port " + std::to_string(request.port) + " cannot be held";
      } else {
        all.ports.push_back(bound && request.port == 0 ? boundPort(*bound) : request.port);
        if (bound && request.use == SocketUse::kHold) all.sockets->push_back(std::move(*bound));
      }
    }
  };
  const auto visited = visitor.visit(fd.value()->get(), bindEach);
  if (!visited) return requestError(visited.failure());
  if (failed) return std::move(*failed);
  return all;
}

Outcome NetnsHandle::awaitAddressIn(Visitor& visitor, const OpenDescriptor& netns, const IpAddress& address) {
  const auto fd = netns();
  if (!fd) return requestError(fd.failure());
  Result<void> waited;
  const auto visited = visitor.visit(fd.value()->get(), [&] { waited = awaitAddress(address); });
  if (!visited) return requestError(visited.failure());
  return waited ? Outcome(Done{}) : requestError(waited.failure());
}

Outcome NetnsHandle::useSysctl(Visitor& visitor, const OpenDescriptor& netns, const std::string& key,
                               const std::optional<std::string>& value) {
  const auto fd = netns();
  if (!fd) return requestError(fd.failure());
  Outcome outcome;
  const auto use = [&] {
    if (value) {
      const auto written = writeSysctl(key, *value);
      outcome = written ? Outcome(Done{}) : requestError(written.failure());
    } else {
      auto read = readSysctl(key);
      outcome = read ? Outcome(std::move(*read)) : requestError(read.failure());
    }
  };
  const auto visited = visitor.visit(fd.value()->get(), use);
  if (!visited) return requestError(visited.failure());
  return outcome;
}

NetnsHandle::NetnsHandle(const Napi::CallbackInfo& info) : ObjectWrap(info) {
  if (auto* sealed = unseal(info[0])) {
    fd_ = std::move(sealed->netns.fd);
    inode_ = sealed->netns.inode;
  }
  if (!fd_) {
    Napi::TypeError::New(info.Env(), "Illegal constructor").ThrowAsJavaScriptException();
    return;
  }
  napi_type_tag_object(info.Env(), info.This(), &kNetnsTag);
}

bool NetnsHandle::parse(Napi::Value value, OpenDescriptor& open, std::string& expected, bool isWeak) {
  const auto env = value.Env();
  expected = "a Netns, a name, { path }, { pid } or { fd }";
  if (value.IsString()) {
    const auto name = value.As<Napi::String>().Utf8Value();
    if (const auto reason = invalidNetnsName(name); !reason.empty()) {
      expected += "; a name " + std::string(reason);
      return false;
    }
    open = opener(NetnsRef::byName(name));
    return true;
  }
  if (!value.IsObject()) return false;
  bool isHandle = false;
  napi_check_object_type_tag(env, value, &kNetnsTag, &isHandle);
  if (isHandle) {
    const auto* wrapped = Unwrap(value.As<Napi::Object>());
    if (!wrapped) return false;
    const auto given = [](std::shared_ptr<const Fd> fd) -> Result<std::shared_ptr<const Fd>> {
      if (!fd) return Failure{EBADF, "setns", "the Netns has been closed"};
      return fd;
    };
    if (isWeak) {
      open = [given, weak = std::weak_ptr<const Fd>(wrapped->fd_)] { return given(weak.lock()); };
    } else {
      open = [given, fd = wrapped->fd_] { return given(fd); };
    }
    return true;
  }
  // Opened by the program, when there is one.
  if (value == Environment::of(env).itsNetns.Value()) return true;
  JsInput input(env);
  const auto object = JsInput::handle(value);
  const auto path = input.property(object, "path");
  const auto pid = input.property(object, "pid");
  const auto fd = input.property(object, "fd");
  if (input.threw()) return false;
  const auto isWhole = [&](Input::Handle number, double low) {
    const double given = input.number(number);
    return input.kind(number) == Input::Kind::kNumber && given >= low && given <= INT32_MAX &&
           given == static_cast<int32_t>(given);
  };
  if (input.kind(path) == Input::Kind::kString) {
    std::string text;
    input.string(path, text);
    if (text.empty() || text.find('\0') != std::string::npos) return false;
    open = opener(NetnsRef::byPath(text));
    return true;
  }
  if (isWhole(pid, 1)) {
    open = opener(NetnsRef::byPid(static_cast<pid_t>(input.number(pid))));
    return true;
  }
  if (isWhole(fd, 0)) {
    open = opener(NetnsRef::byFd(static_cast<int>(input.number(fd))));
    return true;
  }
  return false;
}

bool NetnsHandle::parseOrThrow(Napi::Value value, const char* name, OpenDescriptor& open, bool isWeak) {
  std::string expected;
  if (parse(value, open, expected, isWeak)) return true;
  JsInput input(value.Env());
  if (input.threw()) return false;
  throwInputError(value.Env(), {InputError::Code::kArgType, name,
                                "The \"" + std::string(name) + "\" argument must be " + expected + ". Received " +
                                    input.show(JsInput::handle(value))});
  return false;
}

Napi::Value NetnsHandle::fd(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), fd_ ? fd_->get() : -1);
}

Napi::Value NetnsHandle::inode(const Napi::CallbackInfo& info) { return Napi::BigInt::New(info.Env(), inode_); }

// Runs a function with this thread in the namespace. Nothing may run on the thread in a wrong namespace afterwards, so
// where the way back is barred the process ends.
Napi::Value NetnsHandle::enter(const Napi::CallbackInfo& info) {
  const auto env = info.Env();
  if (!fd_) {
    auto error = describeError(env, {EBADF, "setns", "the Netns has been closed", {}, {}});
    return error;
  }
  auto entered = ScopedNetns::enter(fd_->get());
  if (!entered) return describeError(env, requestError(entered.failure()));
  const auto result = info[0].As<Napi::Function>().Call({});
  if (const auto left = entered->leave(); !left) {
    Napi::Error::Fatal("Netns.enter", "cannot return to the network namespace that this thread came from");
  }
  if (env.IsExceptionPending()) return env.Undefined();
  auto wrapped = Napi::Object::New(env);
  wrapped.Set("value", result);
  return wrapped;
}

Napi::Value NetnsHandle::close(const Napi::CallbackInfo& info) {
  fd_.reset();
  return info.Env().Undefined();
}

}  // namespace netplumb
