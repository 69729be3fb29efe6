// Ids by which one network namespace calls others: RTM_NEWNSID and its kin.
#pragma once

#include "netlink/table.h"

namespace netplumb {

extern constinit const Object kNetnsId;

}  // namespace netplumb
