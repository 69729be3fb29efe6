// The data channel of OpenVPN.
#include "route/link_kinds/kinds.h"

namespace netplumb {
namespace {

constexpr Name kModes[] = {{0, "p2p"}, {1, "mp"}};

constexpr Field kFields[] = {
    {1, "IFLA_OVPN_MODE", "mode", enumeration(u8(), kModes), "One peer or many; set at creation."},
};

}  // namespace

constinit const Table kOvpnOptions{"OvpnOptions", "Options of an 'ovpn' link.", kFields};

}  // namespace netplumb
