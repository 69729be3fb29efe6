// What the engine's threads tell the thread that owns an environment.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/tape.h"
#include "netlink/fd.h"
#include "netlink/result.h"
#include "netns/netns.h"

namespace netplumb {

/// Why a request failed, in terms that a person can act on.
struct RequestError {
  int error = 0;          ///< errno, positive
  std::string operation;  ///< message type or system call
  std::string detail;     ///< the kernel's extended ACK text, or ours
  std::string attribute;  ///< path of the offending attribute, in the kernel's names
  std::string field;      ///< path of the offending field, in the caller's names, where the engine found the fault
  std::optional<uint32_t> command = {};  ///< of a transaction: which of the caller's messages is at fault
  std::optional<uint32_t> step = {};     ///< of a sequence: which step it was
};

/// The operation succeeded and has no value.
struct Done {};
/// Objects; more follow unless `isLast`.
struct Objects {
  Tape tape;
  bool isLast = false;
  bool isInterrupted = false;  ///< the kernel's tables changed under every attempt at this dump
};
/// The dump begins anew: what was told of it so far does not count.
struct Restarted {};
/// An open network namespace, with a lane into it where one was asked for.
struct OpenedNetns {
  std::shared_ptr<const Fd> fd;
  uint64_t inode = 0;
  std::shared_ptr<class Lane> lane;
};
/// The same as one thing, for a sequence to take up.
struct OpenedSpace {
  OpenedNetns netns;
};
/// A monitor whose socket is in its groups.
struct OpenedMonitor {
  std::shared_ptr<class Monitor> monitor;
};
/// A lane's socket, opened elsewhere.
struct OpenedSocket {
  std::shared_ptr<class Lane> lane;
};

/// A descriptor that the owner takes over.
struct GivenFd {
  std::shared_ptr<Fd> fd;
};
/// Descriptors that are held until they are let go.
using Held = std::shared_ptr<std::vector<Fd>>;
/// Ports that are held as long as the sockets are.
struct BoundPorts {
  std::vector<uint16_t> ports;
  Held sockets;
};
/// Names of namespaces that are gone, but for those that failed, by their places in the list.
struct RemovedNames {
  std::vector<std::pair<uint32_t, RequestError>> failures;
  Held netns;
};

using Outcome = std::variant<Done, Objects, Restarted, RequestError, OpenedNetns, OpenedSpace, OpenedSocket,
                             OpenedMonitor, GivenFd, BoundPorts, RemovedNames, std::vector<NetnsEntry>, std::string>;

struct Completion {
  uint32_t id = 0;  ///< the request's, as its owner numbered it
  Outcome outcome;
};

}  // namespace netplumb
