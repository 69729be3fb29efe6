// Addresses of links: RTM_NEWADDR and its kin.
#pragma once

#include "netlink/table.h"

namespace netplumb {

extern constinit const Object kAddress;

}  // namespace netplumb
