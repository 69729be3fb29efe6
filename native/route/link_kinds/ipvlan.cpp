// Links that share their parent's MAC address: ipvlan and ipvtap.
#include "route/link_kinds/kinds.h"

namespace netplumb {
namespace {

constexpr Name kModes[] = {{0, "l2"}, {1, "l3"}, {2, "l3s"}};
constexpr Name kFlags[] = {{0x1, "private"}, {0x2, "vepa"}};

constexpr Field kFields[] = {
    {1, "IFLA_IPVLAN_MODE", "mode", enumeration(u16(), kModes), "Layer that packets are handled on."},
    {2, "IFLA_IPVLAN_FLAGS", "flags", flags(u16(), kFlags), "Whom the link can talk to; none (bridge): all its kin."},
};

}  // namespace

constinit const Table kIpvlanOptions{"IpvlanOptions", "Options of an 'ipvlan' or 'ipvtap' link.", kFields};

}  // namespace netplumb
