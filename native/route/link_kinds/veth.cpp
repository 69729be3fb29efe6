// A pair of virtual Ethernet links.
#include "route/link.h"
#include "route/link_kinds/kinds.h"

namespace netplumb {
namespace {

constexpr Field kFields[] = {
    {1, "VETH_INFO_PEER", "peer", object(kLink).writeOnly(), "The other end: name, address, netns and so on."},
};

}  // namespace

constinit const Table kVethOptions{"VethOptions", "Options of a 'veth' link.", kFields};

}  // namespace netplumb
