#include "addon/sequence_handle.h"

#include <cerrno>
#include <optional>
#include <utility>

#include "addon/environment.h"
#include "addon/lane_handle.h"
#include "addon/netns_handle.h"
#include "netns/netns.h"
#include "netns/sysctl.h"

namespace netplumb {
namespace {

constexpr napi_type_tag kSequenceTag{0x6e6574706c756d62, 0x7365717565000001};

/// Tells of a failure, if it is one.
bool hasSucceeded(Sequence& sequence, const Result<void>& result) {
  if (!result) sequence.fail(requestError(result.failure()));
  return static_cast<bool>(result);
}

}  // namespace

void SequenceHandle::install(Napi::Env env, Napi::Object exports) {
  exports.Set("Sequence", DefineClass(env, "Sequence",
                                      {InstanceMethod<&SequenceHandle::addRequests>("requests"),
                                       InstanceMethod<&SequenceHandle::addCreateNetns>("createNetns"),
                                       InstanceMethod<&SequenceHandle::addTakeNetns>("takeNetns"),
                                       InstanceMethod<&SequenceHandle::addProbe>("probe"),
                                       InstanceMethod<&SequenceHandle::addSysctl>("sysctl"),
                                       InstanceMethod<&SequenceHandle::start>("start")}));
}

SequenceHandle::SequenceHandle(const Napi::CallbackInfo& info)
    : ObjectWrap(info), sequence_(std::make_shared<Sequence>(Environment::of(info.Env()).engine())) {
  napi_type_tag_object(info.Env(), info.This(), &kSequenceTag);
}

OpenDescriptor SequenceHandle::openerOf(Napi::Value value) {
  bool isSequence = false;
  napi_check_object_type_tag(value.Env(), value, &kSequenceTag, &isSequence);
  const auto* handle = isSequence ? Unwrap(value.As<Napi::Object>()) : nullptr;
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

// createNetns(name | undefined, protocol, gives): with a lane into it; it is what the sequence completes with if it
// `gives` it.
Napi::Value SequenceHandle::addCreateNetns(const Napi::CallbackInfo& info) {
  std::optional<std::string> name;
  if (info[0].IsString()) name = info[0].As<Napi::String>().Utf8Value();
  sequence_->givesNetns = info[2].As<Napi::Boolean>().Value();
  sequence_->addVisit([name, protocol = info[1].As<Napi::Number>().Int32Value()](Visitor& visitor, Sequence& self) {
    std::optional<Result<Socket>> socket;
    auto fd = createNetns(visitor, name, [&] { socket = Socket::open(protocol); });
    if (!fd) return self.fail(requestError(fd.failure())), false;
    const auto inode = netnsInode(fd->get());
    if (!socket || !*socket || !inode) {
      if (name) static_cast<void>(deleteNetns(*name));
      return self.fail(requestError(inode ? socket->failure() : inode.failure())), false;
    }
    self.netns = {std::make_shared<const Fd>(std::move(*fd)), inode.value(),
                  std::make_shared<Lane>(self.engine(), std::move(**socket))};
    return true;
  });
  return info.Env().Undefined();
}

// takeNetns(space, name | undefined, gives): one that another sequence has given, which is named.
Napi::Value SequenceHandle::addTakeNetns(const Napi::CallbackInfo& info) {
  auto* space = NetnsHandle::unseal(info[0]);
  if (!space) return info.Env().Undefined();
  std::optional<std::string> name;
  if (info[1].IsString()) name = info[1].As<Napi::String>().Utf8Value();
  sequence_->givesNetns = info[2].As<Napi::Boolean>().Value();
  sequence_->add([space = std::exchange(*space, {}), name](const std::shared_ptr<Sequence>& self) {
    self->netns = space;
    if (!name || hasSucceeded(*self, pinNetns(space.fd->get(), *name))) self->advance();
  });
  return info.Env().Undefined();
}

// probe(netns, [protocol, port, address, ...]): fails where a process has one of the ports; `field` is its place.
Napi::Value SequenceHandle::addProbe(const Napi::CallbackInfo& info) {
  OpenDescriptor open;
  std::vector<BindRequest> requests;
  if (!NetnsHandle::parseOrThrow(info[0], "netns", open) ||
      !NetnsHandle::parsePorts(info[1], SocketUse::kProbe, requests)) {
    return info.Env().Undefined();
  }
  sequence_->addVisit([open, requests = std::move(requests)](Visitor& visitor, Sequence& self) {
    auto bound = NetnsHandle::bindAll(visitor, open, requests);
    if (auto* error = std::get_if<RequestError>(&bound)) return self.fail(std::move(*error)), false;
    return true;
  });
  return info.Env().Undefined();
}

// sysctl(netns, key, value): writes.
Napi::Value SequenceHandle::addSysctl(const Napi::CallbackInfo& info) {
  OpenDescriptor open;
  if (!NetnsHandle::parseOrThrow(info[0], "netns", open)) return info.Env().Undefined();
  sequence_->addVisit([open, key = info[1].As<Napi::String>().Utf8Value(),
                       value = info[2].As<Napi::String>().Utf8Value()](Visitor& visitor, Sequence& self) {
    const auto fd = open();
    if (!fd) return hasSucceeded(self, fd.failure());
    Result<void> written;
    const auto visited = visitor.visit(fd.value()->get(), [&] { written = writeSysctl(key, value); });
    return hasSucceeded(self, visited) && hasSucceeded(self, written);
  });
  return info.Env().Undefined();
}

// start(id)
Napi::Value SequenceHandle::start(const Napi::CallbackInfo& info) {
  // From here on the steps keep it.
  if (const auto sequence = std::exchange(sequence_, nullptr))
    sequence->start(info[0].As<Napi::Number>().Uint32Value());
  return info.Env().Undefined();
}

}  // namespace netplumb
