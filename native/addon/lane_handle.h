// A lane as a JavaScript object: the native half of Netlink.
#pragma once

#include <napi.h>

#include <memory>
#include <vector>

#include "engine/lane.h"

namespace netplumb {

/// request(id, operation, spec, allDetails?, isPart?) encodes at once and keeps the message, transaction(...) and
/// elements(...) keep many; flush() hands what is kept to the engine. When the object is collected its socket is
/// closed.
class LaneHandle : public Napi::ObjectWrap<LaneHandle> {
 public:
  static void install(Napi::Env env, Napi::Object exports);
  static Napi::Object create(Napi::Env env, std::shared_ptr<Lane> lane);

  explicit LaneHandle(const Napi::CallbackInfo& info);

  /// open(id, protocol, netns?): opens a socket in a namespace; without one in the calling thread's, at once.
  static Napi::Value open(const Napi::CallbackInfo& info);

  const std::shared_ptr<Lane>& lane() const { return lane_; }
  /// Encodes a spec as a message of the operation of a number. False: it has thrown why not.
  static bool encodeRequest(Napi::Env env, const Napi::Value& number, const Napi::Value& spec, Request& request);
  /// Encodes further messages of a transaction, as transaction() takes them. False: it has thrown why not.
  static bool addMessages(Napi::Env env, Napi::Array messages, Request& request);

 private:
  Napi::Value request(const Napi::CallbackInfo& info);
  Napi::Value transaction(const Napi::CallbackInfo& info);
  Napi::Value elements(const Napi::CallbackInfo& info);
  Napi::Value flush(const Napi::CallbackInfo& info);
  Napi::Value cancel(const Napi::CallbackInfo& info);
  Napi::Value close(const Napi::CallbackInfo& info);

  std::shared_ptr<Lane> lane_;
  std::vector<Request> kept_;
};

}  // namespace netplumb
