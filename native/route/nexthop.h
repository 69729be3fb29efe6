// Nexthop objects, which routes refer to by id: RTM_NEWNEXTHOP and its kin.
#pragma once

#include "netlink/table.h"

namespace netplumb {

extern constinit const Object kNexthop;
extern constinit const Object kNexthopBucket;

}  // namespace netplumb
