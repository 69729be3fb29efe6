// Databases of bridges: VLANs (RTM_NEWVLAN), multicast groups (RTM_NEWMDB), and the VNIs of VXLANs (RTM_NEWTUNNEL).
#pragma once

#include "netlink/table.h"

namespace netplumb {

extern constinit const Object kBridgeVlans;
extern constinit const Object kMdb;
/// What is asked of the kernel has another form than what it tells.
extern constinit const Object kMdbChange;
extern constinit const Object kVxlanVnis;

}  // namespace netplumb
