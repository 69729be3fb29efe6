// Virtual routing and forwarding: a master whose ports have a routing table of their own.
#include "route/link_kinds/kinds.h"

namespace netplumb {
namespace {

constexpr Field kFields[] = {
    {1, "IFLA_VRF_TABLE", "table", u32(), "Routing table of its ports; set at creation."},
};

constexpr Field kPortFields[] = {
    {1, "IFLA_VRF_PORT_TABLE", "table", u32().readOnly(), "Routing table of the port."},
};

}  // namespace

constinit const Table kVrfOptions{"VrfOptions", "Options of a 'vrf' link.", kFields};
constinit const Table kVrfPort{"VrfPort", "What the kernel tells of a VRF's port.", kPortFields};

}  // namespace netplumb
