#include "netns/cgroup.h"

#include <sys/mount.h>

#include <cerrno>

namespace netplumb {

Result<void> mountCgroup(const std::string& controller, const std::string& path) {
  const bool isUnified = controller.empty();
  const unsigned long flags = MS_NOSUID | MS_NODEV | MS_NOEXEC;
  if (mount("cgroup", path.c_str(), isUnified ? "cgroup2" : "cgroup", flags,
            isUnified ? nullptr : controller.c_str()) == 0) {
    return {};
  }
  return Failure{errno, "mount", (isUnified ? "cgroup2" : controller) + " on " + path};
}

}  // namespace netplumb
