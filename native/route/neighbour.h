// Neighbours (ARP, NDP) and forwarding entries of bridges and VXLANs: RTM_NEWNEIGH and its kin.
#pragma once

#include "netlink/table.h"

namespace netplumb {

extern constinit const Object kNeighbour;

}  // namespace netplumb
