// The operations of nfnetlink.
#pragma once

#include <span>

#include "netlink/operation.h"

namespace netplumb {

std::span<const Operation> netfilterOperations();

}  // namespace netplumb
