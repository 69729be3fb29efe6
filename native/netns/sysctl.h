// Kernel parameters under net/, of the network namespace that the calling thread is in.
#pragma once

#include <string>
#include <string_view>

#include "netlink/result.h"

namespace netplumb {

/// The path below /proc/sys of a key. As in sysctl(8) the first separator decides: after a dot, dots separate and
/// slashes stand for dots (net.ipv4.conf.eth0/100.forwarding); after a slash, slashes separate
/// (net/ipv4/conf/eth0.100/forwarding). EINVAL for what would lead out of net/.
Result<std::string> sysctlPath(std::string_view key);

/// Reads a parameter, without the newline at its end. ENOENT: there is no such key.
Result<std::string> readSysctl(std::string_view key);

/// Writes a parameter, at most a page of text, in one write(2). ENOENT: there is no such key.
Result<void> writeSysctl(std::string_view key, std::string_view value);

}  // namespace netplumb
