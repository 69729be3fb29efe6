// A VLAN on a parent link.
#include "route/link_kinds/kinds.h"

namespace netplumb {
namespace {

// Shown and set one by one: the word at 0 has the values, that at 4 tells which of them are meant.
constexpr Field kFlagFields[] = {
    {0, "VLAN_FLAG_REORDER_HDR", "reorderHdr", bit(0x1), "Tags are not shown to readers of packets."},
    {0, "VLAN_FLAG_GVRP", "gvrp", bit(0x2), "The VLAN is announced by GVRP."},
    {0, "VLAN_FLAG_LOOSE_BINDING", "looseBinding", bit(0x4), "The state does not follow the parent's."},
    {0, "VLAN_FLAG_MVRP", "mvrp", bit(0x8), "The VLAN is announced by MVRP."},
    {0, "VLAN_FLAG_BRIDGE_BINDING", "bridgeBinding", bit(0x10), "The carrier follows the bridge's ports in the VLAN."},
};
constexpr Table kFlags{"VlanFlags", "struct ifla_vlan_flags", kFlagFields, 8};

constexpr Field kQosFields[] = {
    {0, "from", "from", u32(), "Priority before; on egress the packet's, on ingress the tag's."},
    {4, "to", "to", u32(), "Priority after."},
};
constexpr Table kQos{"VlanQosMapping", "A mapping of priorities.", kQosFields, 8};
constexpr auto kMapping = structure(kQos);

constexpr Field kFields[] = {
    {1, "IFLA_VLAN_ID", "id", u16().range(0, 4094), "VLAN identifier."},
    {2, "IFLA_VLAN_FLAGS", "", structure(kFlags), ""},
    {3, "IFLA_VLAN_EGRESS_QOS", "egressQos", list(kMapping, 1), "Priority of the packet to that of the tag."},
    {4, "IFLA_VLAN_INGRESS_QOS", "ingressQos", list(kMapping, 1), "Priority of the tag to that of the packet."},
    {5, "IFLA_VLAN_PROTOCOL", "protocol", enumeration(be16(), kVlanProtocols), "Protocol of the tag."},
};

}  // namespace

constinit const Table kVlanOptions{"VlanOptions", "Options of a 'vlan' link.", kFields};

}  // namespace netplumb
