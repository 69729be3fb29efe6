#include "netlink/bpf.h"

#include <linux/bpf.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

namespace netplumb {

Result<std::shared_ptr<const Fd>> openPinned(const std::string& path) {
  bpf_attr attributes{};
  attributes.pathname = reinterpret_cast<uintptr_t>(path.c_str());
  const auto fd = syscall(SYS_bpf, BPF_OBJ_GET, &attributes, sizeof attributes);
  if (fd < 0) return Failure{errno, "bpf", path};
  return std::make_shared<const Fd>(static_cast<int>(fd));
}

}  // namespace netplumb
