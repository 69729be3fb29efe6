// An open network namespace as a JavaScript object: the native half of Netns.
#pragma once

#include <napi.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/completion.h"
#include "engine/sequence.h"
#include "netlink/input.h"
#include "netns/bound_socket.h"
#include "netns/visitor.h"

namespace netplumb {

/// A namespace on its way through JavaScript, or what makes it.
struct SealedNetns {
  OpenedNetns netns;
  std::shared_ptr<Ahead> ahead = {};
};

class NetnsHandle : public Napi::ObjectWrap<NetnsHandle> {
 public:
  static void install(Napi::Env env, Napi::Object exports);
  /// What a completion carries: an external that the constructor of Netns takes.
  static Napi::Value seal(Napi::Env env, const SealedNetns& netns);

  /// An external that holds descriptors until letGo() or its end.
  static Napi::Value sealHeld(Napi::Env env, const Held& held);

  explicit NetnsHandle(const Napi::CallbackInfo& info);

  /// What seal() has closed in; null for anything else.
  static SealedNetns* unseal(Napi::Value value);
  /// What is to be bound, and when that was asked for.
  struct Bindable {
    std::vector<BindRequest> requests;
    PortsInUse::Clock::time_point asked = PortsInUse::Clock::now();
  };
  /// Reads ranges of ports, of 24 bytes each: protocol, family (4 or 6), first port and count in network order, 2
  /// unused, address.
  static Bindable parsePorts(Napi::Value value, SocketUse use);
  /// Binds all, in a visitor's job. What is taken is told by `field`, its place in the list; nothing is held then. What
  /// the kernel or the host does not have (a protocol, an address) nobody else can have taken.
  static Outcome bindAll(Visitor& visitor, const OpenDescriptor& netns, const Bindable& bindable);

  /// Waits until an IPv6 address is in use there.
  static Outcome awaitAddressIn(Visitor& visitor, const OpenDescriptor& netns, const IpAddress& address);

  /// Reads a kernel parameter, or writes it where there is a value.
  static Outcome useSysctl(Visitor& visitor, const OpenDescriptor& netns, const std::string& key,
                           const std::optional<std::string>& value);

  /// Understands a Netns, a name, { path }, { pid } or { fd }. False, with what was expected, for anything else.
  static bool parse(Napi::Value value, OpenDescriptor& open, std::string& expected, bool isWeak = false);
  /// The same; throws a TypeError that names the argument. With `isWeak` it keeps no Netns open.
  static bool parseOrThrow(Napi::Value value, const char* name, OpenDescriptor& open, bool isWeak = false);

 private:
  Napi::Value fd(const Napi::CallbackInfo& info);
  Napi::Value inode(const Napi::CallbackInfo& info);
  Napi::Value enter(const Napi::CallbackInfo& info);
  Napi::Value close(const Napi::CallbackInfo& info);

  std::shared_ptr<const Fd> fd_;
  uint64_t inode_ = 0;
};

}  // namespace netplumb
