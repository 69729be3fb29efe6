// Links whose other end is a file (/dev/net/tun). Netlink tells of them, it does not make them.
#include "route/link_kinds/kinds.h"

namespace netplumb {
namespace {

constexpr Name kTypes[] = {{1, "tun"}, {2, "tap"}};

constexpr Field kFields[] = {
    {1, "IFLA_TUN_OWNER", "owner", u32().readOnly(), "User id that may attach to it."},
    {2, "IFLA_TUN_GROUP", "group", u32().readOnly(), "Group id that may attach to it."},
    {3, "IFLA_TUN_TYPE", "type", enumeration(u8(), kTypes).readOnly(), "IP packets (tun) or Ethernet frames (tap)."},
    {4, "IFLA_TUN_PI", "pi", boolean().readOnly(), "Packets have protocol information in front."},
    {5, "IFLA_TUN_VNET_HDR", "vnetHdr", boolean().readOnly(), "Packets have a virtio_net_hdr in front."},
    {6, "IFLA_TUN_PERSIST", "persist", boolean().readOnly(), "Stays when the file is closed."},
    {7, "IFLA_TUN_MULTI_QUEUE", "multiQueue", boolean().readOnly(), "Several files may be attached, a queue each."},
    {8, "IFLA_TUN_NUM_QUEUES", "numQueues", u32().readOnly(), "Queues in use."},
    {9, "IFLA_TUN_NUM_DISABLED_QUEUES", "numDisabledQueues", u32().readOnly(), "Queues attached but disabled."},
};

}  // namespace

constinit const Table kTunOptions{"TunOptions", "What the kernel tells of a 'tun' link.", kFields};

}  // namespace netplumb
