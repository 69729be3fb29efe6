#include "addon/sequence_handle.h"

#include <cerrno>
#include <optional>
#include <utility>

#include "addon/environment.h"
#include "addon/lane_handle.h"
#include "addon/netns_handle.h"
#include "netns/netns.h"

namespace netplumb {
namespace {

Outcome outcomeOf(const Result<void>& result) {
  if (!result) return requestError(result.failure());
  return Done{};
}

}  // namespace

void SequenceHandle::install(Napi::Env env, Napi::Object exports) {
  const auto constructor = DefineClass(
      env, "Sequence",
      {InstanceMethod<&SequenceHandle::addRequests>("requests"),
       InstanceMethod<&SequenceHandle::beginNetns>("beginNetns"), InstanceMethod<&SequenceHandle::addNetns>("netns"),
       InstanceMethod<&SequenceHandle::addProbe>("probe"), InstanceMethod<&SequenceHandle::addSysctl>("sysctl"),
       InstanceMethod<&SequenceHandle::start>("start"), InstanceMethod<&SequenceHandle::abandon>("abandon")});
  Environment::of(env).sequenceHandle = Napi::Persistent(constructor);
  exports.Set("Sequence", constructor);
}

SequenceHandle::SequenceHandle(const Napi::CallbackInfo& info)
    : ObjectWrap(info), sequence_(std::make_shared<Sequence>(Environment::of(info.Env()).engine())) {}

OpenDescriptor SequenceHandle::openerOf(Napi::Value value) {
  // A tag would cost every sequence more than this costs the few that are looked at.
  if (!value.IsObject()) return {};
  const auto object = value.As<Napi::Object>();
  const auto constructor = Environment::of(value.Env()).sequenceHandle.Value();
  const auto* handle = object.InstanceOf(constructor) ? Unwrap(object) : nullptr;
  if (!handle) return {};
  // The sequence holds its requests, and they this.
  return [weak = std::weak_ptr<Sequence>(handle->sequence_)]() -> Result<std::shared_ptr<const Fd>> {
    const auto sequence = weak.lock();
    if (!sequence || !sequence->netns.fd) return Failure{EBADF, "setns", "no namespace has been opened"};
    return sequence->netns.fd;
  };
}

// requests(lane, isInside): with `isInside` they go to the namespace that a step before has opened, by the lane that
// was opened with it.
Napi::Value SequenceHandle::addRequests(const Napi::CallbackInfo& info) {
  auto* lane = LaneHandle::Unwrap(info[0].As<Napi::Object>());
  if (!lane) return info.Env().Undefined();
  auto requests = lane->takeKept(0);
  sequence_->add(info[1].As<Napi::Boolean>().Value() ? nullptr : lane->lane(), std::move(requests));
  return info.Env().Undefined();
}

// beginNetns(protocol, space?): makes a namespace, with a lane into it, now; or takes one that another sequence has
// given.
Napi::Value SequenceHandle::beginNetns(const Napi::CallbackInfo& info) {
  auto& engine = Environment::of(info.Env()).engine();
  const auto protocol = info[0].As<Napi::Number>().Int32Value();
  if (auto* space = NetnsHandle::unseal(info[1])) {
    begun_ = [space = std::exchange(*space, {})](const std::shared_ptr<Sequence>& self) {
      self->advance(OpenedSpace{space});
    };
    return info.Env().Undefined();
  }
  begun_ = sequence_->beginAhead(
      [&engine, protocol](Visitor& visitor) -> Outcome {
        std::optional<Result<Socket>> socket;
        auto fd = createNetns(visitor, {}, [&] { socket = Socket::open(protocol); });
        if (!fd) return requestError(fd.failure());
        if (!socket || !*socket) return requestError(socket->failure());
        const auto inode = netnsInode(fd->get());
        if (!inode) return requestError(inode.failure());
        return OpenedSpace{{std::make_shared<const Fd>(std::move(*fd)), inode.value(),
                            std::make_shared<Lane>(engine, std::move(**socket))}};
      },
      true);
  return info.Env().Undefined();
}

// netns(name | undefined, gives): waits for what beginNetns() has begun, and mounts it under a name: only now, as an
// earlier step may fail, and is to leave none. It is what the sequence completes with if it `gives` it.
Napi::Value SequenceHandle::addNetns(const Napi::CallbackInfo& info) {
  sequence_->add(std::exchange(begun_, nullptr));
  std::optional<std::string> path;
  if (info[0].IsString()) path = info[0].As<Napi::String>().Utf8Value();
  sequence_->givesNetns = info[1].As<Napi::Boolean>().Value();
  sequence_->add([path](const std::shared_ptr<Sequence>& self) {
    self->advance(path ? outcomeOf(pinNetns(self->netns.fd->get(), *path)) : Done{});
  });
  return info.Env().Undefined();
}

// probe(netns, ranges): fails where a process has one of the ports; `field` is its place.
Napi::Value SequenceHandle::addProbe(const Napi::CallbackInfo& info) {
  OpenDescriptor open;
  if (!NetnsHandle::parseOrThrow(info[0], "netns", open)) return info.Env().Undefined();
  auto requests = NetnsHandle::parsePorts(info[1], SocketUse::kProbe);
  sequence_->add(sequence_->beginAhead([open, requests = std::move(requests)](Visitor& visitor) {
    return NetnsHandle::bindAll(visitor, open, requests);
  }));
  return info.Env().Undefined();
}

// sysctl(netns, key, value): writes.
Napi::Value SequenceHandle::addSysctl(const Napi::CallbackInfo& info) {
  OpenDescriptor open;
  if (!NetnsHandle::parseOrThrow(info[0], "netns", open)) return info.Env().Undefined();
  sequence_->addVisit(
      [open, key = info[1].As<Napi::String>().Utf8Value(), value = info[2].As<Napi::String>().Utf8Value()](
          Visitor& visitor, Sequence&) -> Outcome { return NetnsHandle::useSysctl(visitor, open, key, value); });
  return info.Env().Undefined();
}

// start(id)
Napi::Value SequenceHandle::start(const Napi::CallbackInfo& info) {
  // From here on the steps keep it.
  if (const auto sequence = std::exchange(sequence_, nullptr))
    sequence->start(info[0].As<Napi::Number>().Uint32Value());
  return info.Env().Undefined();
}

// abandon(): lets go of what the steps hold, instead of start().
Napi::Value SequenceHandle::abandon(const Napi::CallbackInfo& info) {
  begun_ = nullptr;
  sequence_.reset();
  return info.Env().Undefined();
}

}  // namespace netplumb
