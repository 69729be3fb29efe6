// An open network namespace as a JavaScript object: the native half of Netns.
#pragma once

#include <napi.h>

#include <memory>
#include <string>

#include "engine/completion.h"
#include "netlink/input.h"

namespace netplumb {

class NetnsHandle : public Napi::ObjectWrap<NetnsHandle> {
 public:
  static void install(Napi::Env env, Napi::Object exports);
  /// What a completion carries: an external that the constructor of Netns takes.
  static Napi::Value seal(Napi::Env env, const OpenedNetns& netns);

  /// An external that holds bound sockets until closeSockets() or its end.
  static Napi::Value sealSockets(Napi::Env env, const BoundPorts& bound);

  explicit NetnsHandle(const Napi::CallbackInfo& info);

  /// Understands a Netns, a name, { path }, { pid } or { fd }. False, with what was expected, for anything else.
  static bool parse(Napi::Value value, OpenDescriptor& open, std::string& expected);
  /// The same; throws a TypeError that names the argument.
  static bool parseOrThrow(Napi::Value value, const char* name, OpenDescriptor& open);

 private:
  Napi::Value fd(const Napi::CallbackInfo& info);
  Napi::Value inode(const Napi::CallbackInfo& info);
  Napi::Value enter(const Napi::CallbackInfo& info);
  Napi::Value close(const Napi::CallbackInfo& info);

  std::shared_ptr<const Fd> fd_;
  uint64_t inode_ = 0;
};

}  // namespace netplumb
