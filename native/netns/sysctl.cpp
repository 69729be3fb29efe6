#include "netns/sysctl.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>

#include "netlink/fd.h"

namespace netplumb {
namespace {

constexpr size_t kPage = 4096;
constexpr size_t kShown = 200;

/// A key as it can stand in an error message.
std::string show(std::string_view key) {
  std::string shown(key.substr(0, kShown));
  if (shown.size() < key.size()) shown += "...";
  std::replace_if(
      shown.begin(), shown.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, '?');
  return "'" + shown + "'";
}

Failure failure(const char* operation, std::string_view key) {
  const int error = errno;
  auto detail = show(key);
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return {ENOENT, operation, "no such sysctl key: " + detail};
    case EISDIR:
      detail += " is a directory of keys";
      break;
    case EPERM:
    case EACCES:
      detail += ": this needs CAP_NET_ADMIN in the network namespace, and a key that can be used this way";
      break;
    case EROFS:
      detail += ": /proc/sys is mounted read-only here";
      break;
    case EINVAL:
    case ERANGE:
      detail += ": the kernel does not take this value";
      break;
    default:
      break;
  }
  return {error, operation, std::move(detail)};
}

Result<Fd> openKey(std::string_view key, int mode) {
  const auto path = sysctlPath(key);
  if (!path) return path.failure();
  Fd fd(open(("/proc/sys/" + path.value()).c_str(), mode | O_CLOEXEC | O_NOFOLLOW));
  if (!fd) return failure("open", key);
  return fd;
}

}  // namespace

Result<std::string> sysctlPath(std::string_view key) {
  const auto refuse = [&](const char* reason) { return Failure{EINVAL, "open", show(key) + " " + reason}; };
  std::string path(key);
  const auto separator = path.find_first_of("./");
  if (separator != path.npos && path[separator] == '.') {
    for (auto& c : path) c = c == '.' ? '/' : c == '/' ? '.' : c;
  }
  if (path.find('\0') != path.npos) return refuse("contains NUL");
  if (!path.starts_with("net/")) return refuse("is not a sysctl key under net");
  for (size_t begin = 0; begin <= path.size();) {
    const size_t end = std::min(path.find('/', begin), path.size());
    const auto component = std::string_view(path).substr(begin, end - begin);
    if (component.empty() || component == "." || component == "..")
      return refuse("has an empty, '.' or '..' component");
    begin = end + 1;
  }
  return path;
}

Result<std::string> readSysctl(std::string_view key) {
  const auto fd = openKey(key, O_RDONLY);
  if (!fd) return fd.failure();
  std::string text;
  char buffer[kPage];
  for (;;) {
    const ssize_t size = read(fd.value().get(), buffer, sizeof buffer);
    if (size < 0) {
      if (errno == EINTR) continue;
      return failure("read", key);
    }
    if (size == 0) break;
    text.append(buffer, static_cast<size_t>(size));
  }
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

Result<void> writeSysctl(std::string_view key, std::string_view value) {
  if (value.find('\0') != value.npos) return Failure{EINVAL, "write", show(key) + ": the value contains NUL"};
  if (value.size() >= kPage) return Failure{EINVAL, "write", show(key) + ": the value is longer than a page"};
  const auto fd = openKey(key, O_WRONLY);
  if (!fd) return fd.failure();
  // With a newline, as otherwise an empty value would be no write at all.
  const auto line = std::string(value) + '\n';
  for (;;) {
    // The kernel takes a value whole or not at all.
    if (write(fd.value().get(), line.data(), line.size()) >= 0) return {};
    if (errno != EINTR) return failure("write", key);
  }
}

}  // namespace netplumb
