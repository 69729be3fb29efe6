// Rules of policy routing: RTM_NEWRULE and its kin.
#pragma once

#include "netlink/table.h"

namespace netplumb {

extern constinit const Object kRule;

}  // namespace netplumb
