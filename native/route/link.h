// Network links: RTM_NEWLINK and its kin.
#pragma once

#include "netlink/table.h"

namespace netplumb {

extern constinit const Object kLink;

}  // namespace netplumb
