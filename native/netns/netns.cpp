#include "netns/netns.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <linux/nsfs.h>
#include <sched.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <ctime>
#include <memory>

#include "netns/visitor.h"

namespace netplumb {
namespace {

constexpr char kOwnNetns[] = "/proc/thread-self/ns/net";
constexpr int kDeleteAttempts = 8;

std::string pathOf(std::string_view name) { return std::string(kNetnsDirectory) + '/' + std::string(name); }
/// A path to what a descriptor is open on, by which it can be opened anew or mounted elsewhere.
std::string pathOf(int fd) { return "/proc/thread-self/fd/" + std::to_string(fd); }

/// What errno says of a system call that changes namespaces or mounts.
Failure failure(const char* operation, std::string detail) {
  const int error = errno;
  if (error == EPERM || error == EACCES)
    detail += (detail.empty() ? "" : ": ") + std::string("this needs CAP_SYS_ADMIN");
  return {error, operation, std::move(detail)};
}

Result<void> checkName(std::string_view name) {
  if (const auto reason = invalidNetnsName(name); !reason.empty()) {
    return Failure{EINVAL, "open", "the name of a network namespace " + std::string(reason)};
  }
  return {};
}

Failure noSuchName(const char* operation, const std::string& name) {
  return {ENOENT, operation, "no network namespace named '" + name + "'"};
}

bool isNamespaceFile(int fd) {
  struct statfs filesystem {};
  return fstatfs(fd, &filesystem) == 0 && filesystem.f_type == NSFS_MAGIC;
}

bool isNetns(int fd) { return isNamespaceFile(fd) && ioctl(fd, NS_GET_NSTYPE) == CLONE_NEWNET; }

/// Opens a path below a directory if it is a network namespace; otherwise sets errno, EINVAL for something else.
Fd openIfNetns(int directory, const char* path) {
  // Looked at before it is opened: to open a device can do something, a FIFO can make us wait.
  const Fd place(openat(directory, path, O_PATH | O_CLOEXEC));
  if (!place) return {};
  if (isNamespaceFile(place.get())) {
    Fd fd(open(pathOf(place.get()).c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd || isNetns(fd.get())) return fd;
  }
  errno = EINVAL;
  return {};
}

/// Makes the directory of names a mount shared between mount namespaces, as `ip netns` does: names then appear and
/// disappear in all of them together.
Result<void> prepareDirectory() {
  const std::string directory(kNetnsDirectory);
  if (mkdir(directory.c_str(), 0755) != 0 && errno != EEXIST) return failure("mkdir", directory);
  const auto share = [&](unsigned long recursive) {
    return mount("", directory.c_str(), "none", MS_SHARED | recursive, nullptr) == 0;
  };
  // Not recursive, so as not to cost more the more names there are: what is mounted below a shared mount is shared.
  if (share(0)) return {};
  if (errno != EINVAL) return failure("mount", directory);
  // It is no mount point yet, and becomes one by being mounted on itself: by one creator only, so that mounts don't
  // pile up. `ip netns` takes the same lock.
  const Fd lock(open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!lock) return failure("open", directory);
  while (flock(lock.get(), LOCK_EX) != 0) {
    if (errno != EINTR) return failure("flock", directory);
  }
  if (share(MS_REC)) return {};
  if (mount(directory.c_str(), directory.c_str(), "none", MS_BIND | MS_REC, nullptr) != 0 || !share(MS_REC)) {
    return failure("mount", directory);
  }
  return {};
}

/// A name that is taken: an empty file, which goes away again unless a namespace gets mounted on it.
class Claim {
 public:
  static Result<Claim> take(const std::string& name) {
    if (auto checked = checkName(name); !checked) return checked.failure();
    if (auto prepared = prepareDirectory(); !prepared) return prepared.failure();
    auto path = pathOf(name);
    const Fd file(open(path.c_str(), O_RDONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0));
    if (file) return Claim(std::move(path));
    return failure("open", errno == EEXIST ? "there is a network namespace named '" + name + "'" : path);
  }

  Claim(Claim&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  Claim& operator=(Claim&&) = delete;
  ~Claim() {
    if (!path_.empty()) unlink(path_.c_str());
  }

  Result<void> mountNetns(int fd) {
    if (mount(pathOf(fd).c_str(), path_.c_str(), "none", MS_BIND, nullptr) != 0) return failure("mount", path_);
    path_.clear();
    return {};
  }

 private:
  explicit Claim(std::string path) : path_(std::move(path)) {}

  std::string path_;  ///< empty: nothing to take back
};

Result<void> unshareNetns() {
  if (unshare(CLONE_NEWNET) == 0) return {};
  return failure("unshare",
                 errno == ENOSPC ? "the sysctl user.max_net_namespaces allows no more network namespaces" : "");
}

}  // namespace

std::string_view invalidNetnsName(std::string_view name) {
  if (name.empty()) return "must not be empty";
  if (name.size() > NAME_MAX) return "must not be longer than 255 bytes";
  if (name == "." || name == "..") return "must not be '.' or '..'";
  if (name.find('/') != name.npos) return "must not contain '/'";
  if (name.find('\0') != name.npos) return "must not contain NUL";
  return {};
}

NetnsRef NetnsRef::current() { return byPath(kOwnNetns); }

std::string NetnsRef::path() const {
  switch (kind_) {
    case Kind::kName:
      return pathOf(text_);
    case Kind::kPid:
      return "/proc/" + text_ + "/ns/net";
    case Kind::kFd:
      return "/proc/thread-self/fd/" + text_;
    case Kind::kPath:
      break;
  }
  return text_;
}

Failure NetnsRef::failure(int error) const {
  const bool isMissing = error == ENOENT;
  const bool isOther = error == EINVAL;
  switch (kind_) {
    case Kind::kName:
      if (isMissing) return noSuchName("open", text_);
      if (isOther)
        return {error, "open", path() + " is a stale file, no network namespace is mounted on it: delete it"};
      break;
    case Kind::kPid:
      if (isMissing || error == ESRCH) return {ESRCH, "open", "no process " + text_};
      if (error == EACCES || error == EPERM) {
        return {error, "open", path() + ": another user's process needs CAP_SYS_PTRACE"};
      }
      break;
    case Kind::kFd:
      if (isMissing) return {EBADF, "open", "descriptor " + text_ + " is not open"};
      if (isOther) return {error, "open", "descriptor " + text_ + " is not a network namespace"};
      break;
    case Kind::kPath:
      if (isMissing) return {error, "open", "no such file: " + text_};
      if (isOther) return {error, "open", text_ + " is not a network namespace"};
      break;
  }
  return {error, "open", path()};
}

Result<Fd> openNetns(const NetnsRef& ref) {
  if (ref.kind_ == NetnsRef::Kind::kName) {
    if (auto checked = checkName(ref.text_); !checked) return checked.failure();
  }
  auto fd = openIfNetns(AT_FDCWD, ref.path().c_str());
  if (!fd) return ref.failure(errno);
  return fd;
}

Result<uint64_t> netnsInode(int fd) {
  struct stat status {};
  if (fstat(fd, &status) != 0) return failure("fstat", {});
  return uint64_t{status.st_ino};
}

bool isSameNetns(int one, int other) {
  struct stat a {};
  struct stat b {};
  return fstat(one, &a) == 0 && fstat(other, &b) == 0 && a.st_ino == b.st_ino && a.st_dev == b.st_dev;
}

Result<void> enterNetns(int fd) {
  if (setns(fd, CLONE_NEWNET) == 0) return {};
  const int error = errno;
  std::string detail;
  if (error == EPERM)
    detail = "entering a network namespace needs CAP_SYS_ADMIN, here and in the user namespace that owns it";
  if (error == EINVAL) detail = "not a network namespace";
  return Failure{error, "setns", std::move(detail)};
}

Result<Fd> createNetns(Visitor& visitor, const std::optional<std::string>& name, const std::function<void()>& inside) {
  // The name first: that it is taken is found out at no cost.
  std::optional<Claim> claim;
  if (name) {
    auto taken = Claim::take(*name);
    if (!taken) return taken.failure();
    claim.emplace(std::move(*taken));
  }
  Result<Fd> made = Failure{};
  const auto work = [&] {
    // What this is need not be looked at.
    if (Fd own(open(kOwnNetns, O_RDONLY | O_CLOEXEC)); own) {
      made = std::move(own);
    } else {
      made = failure("open", kOwnNetns);
    }
    if (inside) inside();
  };
  if (auto left = visitor.leaveHome(unshareNetns, work); !left) return left.failure();
  if (made && claim) {
    if (auto mounted = claim->mountNetns(made->get()); !mounted) return mounted.failure();
  }
  return made;
}

Result<void> pinNetns(int fd, const std::string& name) {
  if (!isNetns(fd)) return Failure{EINVAL, "mount", "not a network namespace"};
  return pinOwnNetns(fd, name);
}

Result<void> pinOwnNetns(int fd, const std::string& name) {
  auto claim = Claim::take(name);
  if (!claim) return claim.failure();
  return claim->mountNetns(fd);
}

Result<void> deleteNetns(const std::string& name) {
  if (auto checked = checkName(name); !checked) return checked;
  const auto path = pathOf(name);
  bool found = false;
  for (int attempt = 1;; ++attempt) {
    // Several mounts may lie on one another. EINVAL: none is left, or there never was one. A symbolic link is a name
    // too, but what it points to is not ours.
    while (umount2(path.c_str(), MNT_DETACH | UMOUNT_NOFOLLOW) == 0) found = true;
    if (errno != EINVAL && errno != EBUSY && errno != ENOENT) return failure("umount2", path);
    if (unlink(path.c_str()) == 0) return {};
    if (errno == ENOENT) {
      if (found) return {};  // somebody else deletes it too
      return noSuchName("umount2", name);
    }
    found = true;
    if (errno != EBUSY || attempt == kDeleteAttempts) return failure("unlink", path);
    // Mounted anew in between, as by propagation from another mount namespace.
    const timespec pause{.tv_sec = 0, .tv_nsec = 1'000'000L << attempt};
    nanosleep(&pause, nullptr);
  }
}

bool isNetnsNamed(const std::string& name) { return checkName(name) && access(pathOf(name).c_str(), F_OK) == 0; }

Result<std::vector<NetnsEntry>> listNetns() {
  std::vector<NetnsEntry> entries;
  const std::string path(kNetnsDirectory);
  const std::unique_ptr<DIR, int (*)(DIR*)> directory(opendir(path.c_str()), closedir);
  if (!directory) {
    if (errno == ENOENT) return entries;
    return Failure{errno, "opendir", path};
  }
  for (;;) {
    errno = 0;
    // Each call has a stream of its own, which is all that readdir(3) asks for.
    // cppcheck-suppress readdirCalled
    const dirent* entry = readdir(directory.get());
    if (!entry) break;
    const Fd fd = openIfNetns(dirfd(directory.get()), entry->d_name);
    if (!fd) continue;
    if (const auto inode = netnsInode(fd.get())) entries.push_back({entry->d_name, inode.value()});
  }
  if (errno != 0) return Failure{errno, "readdir", path};
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return entries;
}

}  // namespace netplumb
