// A lane as a JavaScript object: the native half of Netlink.
#pragma once

#include <napi.h>

#include <memory>
#include <vector>

#include "engine/lane.h"

namespace netplumb {

/// request(id, operation, spec, allDetails?, isPart?) encodes at once and keeps the message, fill(...),
/// transaction(...) and elements(...) keep many; flush() hands what is kept to the engine. When the object is collected
/// its socket is closed.
class LaneHandle : public Napi::ObjectWrap<LaneHandle> {
 public:
  static void install(Napi::Env env, Napi::Object exports);
  static Napi::Object create(Napi::Env env, std::shared_ptr<Lane> lane);

  explicit LaneHandle(const Napi::CallbackInfo& info);

  /// open(id, protocol, netns?): opens a socket in a namespace; without one in the calling thread's, at once.
  static Napi::Value open(const Napi::CallbackInfo& info);

  const std::shared_ptr<Lane>& lane() const { return lane_; }
  /// Takes what is kept under an id.
  std::vector<Request> takeKept(uint32_t id);

 private:
  Napi::Value request(const Napi::CallbackInfo& info);
  Napi::Value fill(const Napi::CallbackInfo& info);
  Napi::Value transaction(const Napi::CallbackInfo& info);
  Napi::Value elements(const Napi::CallbackInfo& info);
  Napi::Value flush(const Napi::CallbackInfo& info);
  Napi::Value cancel(const Napi::CallbackInfo& info);
  Napi::Value close(const Napi::CallbackInfo& info);

  std::shared_ptr<Lane> lane_;
  std::vector<Request> kept_;
};

}  // namespace netplumb
