// BPF programs that are pinned in a file system.
#pragma once

#include <memory>
#include <string>

#include "netlink/fd.h"
#include "netlink/result.h"

namespace netplumb {

/// Opens what is pinned at a path (BPF_OBJ_GET).
Result<std::shared_ptr<const Fd>> openPinned(const std::string& path);

}  // namespace netplumb
