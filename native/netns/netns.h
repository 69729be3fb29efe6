// Network namespaces as files: found, made, named, listed, removed. Compatible with `ip netns`.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "netlink/fd.h"
#include "netlink/result.h"

namespace netplumb {

class Visitor;

/// Where named namespaces are mounted.
inline constexpr std::string_view kNetnsDirectory = "/run/netns";

/// Why a name cannot be a namespace's; empty when it can.
std::string_view invalidNetnsName(std::string_view name);

/// Which namespace is meant. Nothing is looked up before openNetns().
class NetnsRef {
 public:
  /// The calling thread's own.
  static NetnsRef current();
  /// One under the directory of names.
  static NetnsRef byName(std::string name) { return {Kind::kName, std::move(name)}; }
  /// Any namespace file, such as /proc/1/ns/net.
  static NetnsRef byPath(std::string path) { return {Kind::kPath, std::move(path)}; }
  /// The one that a process (or a thread, by its id) is in.
  static NetnsRef byPid(pid_t pid) { return {Kind::kPid, std::to_string(pid)}; }
  /// A descriptor of this process; it has to be open until openNetns() has been called.
  static NetnsRef byFd(int fd) { return {Kind::kFd, std::to_string(fd)}; }

 private:
  enum class Kind : uint8_t { kName, kPath, kPid, kFd };
  NetnsRef(Kind kind, std::string text) : kind_(kind), text_(std::move(text)) {}
  std::string path() const;
  Failure failure(int error) const;
  friend Result<Fd> openNetns(const NetnsRef& ref);

  Kind kind_;
  std::string text_;
};

/// Opens a namespace, O_CLOEXEC. Nothing but a network namespace is ever opened for reading, so that FIFOs and devices
/// are left alone. ENOENT: no such name or path; ESRCH: no such process; EBADF: no such descriptor; EINVAL: it is
/// something else than a network namespace, such as a file left behind under the directory of names.
Result<Fd> openNetns(const NetnsRef& ref);

/// The inode number, which identifies a namespace for as long as it lives.
Result<uint64_t> netnsInode(int fd);

/// Whether two descriptors are of the same namespace.
bool isSameNetns(int one, int other);

/// Takes the calling thread, and only that, into a namespace.
Result<void> enterNetns(int fd);

/// In a visitor's job: makes a namespace and, given a name, mounts it under that. EEXIST when the name is taken. On
/// failure nothing is left. `inside` is run in the namespace.
Result<Fd> createNetns(Visitor& visitor, const std::optional<std::string>& name,
                       const std::function<void()>& inside = {});

/// Mounts an open namespace under a (further) name. EEXIST when the name is taken.
Result<void> pinNetns(int fd, const std::string& name);

/// The same with a descriptor that createNetns() has given: it need not be looked at.
Result<void> pinOwnNetns(int fd, const std::string& name);

/// Takes a name away, with all that is mounted on it, even where it is busy. ENOENT when there is none.
Result<void> deleteNetns(const std::string& name);

/// Whether the directory of names has a file of that name, whatever it is.
bool isNetnsNamed(const std::string& name);

/// A named network namespace.
struct NetnsEntry {
  std::string name;
  uint64_t inode = 0;
};

/// The names that really are network namespaces, in order. No directory means no names.
Result<std::vector<NetnsEntry>> listNetns();

}  // namespace netplumb
