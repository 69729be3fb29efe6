// Pushes, pops and changes VLAN tags and Ethernet headers.
#include "route/link_kinds/kinds.h"
#include "route/tc/actions/actions.h"

namespace netplumb {
namespace {

constexpr Name kActions[] = {{1, "pop"}, {2, "push"}, {3, "modify"}, {4, "pop_eth"}, {5, "push_eth"}};

constexpr Field kParmsFields[] = {
    {0, "tc_gen", "", structure(kActionGeneric), ""},
    {20, "v_action", "action", enumeration(s32(), kActions), "What is done with the tag or header."},
};
constexpr Table kParms{"VlanParms", "struct tc_vlan", kParmsFields, 24};

constexpr Field kFields[] = {
    {1, "TCA_VLAN_TM", "times", structure(kActionTimes).readOnly(), "Age and use."},
    {2, "TCA_VLAN_PARMS", "", structure(kParms), ""},
    {3, "TCA_VLAN_PUSH_VLAN_ID", "id", u16().range(0, 4095), "VLAN id, for 'push' and 'modify'."},
    {4, "TCA_VLAN_PUSH_VLAN_PROTOCOL", "protocol", enumeration(be16(), kVlanProtocols),
     "Tag protocol; 802.1Q if left out."},
    {5, "TCA_VLAN_PAD", "", pad(), ""},
    {6, "TCA_VLAN_PUSH_VLAN_PRIORITY", "priority", u8().range(0, 7), "Priority (PCP)."},
    {7, "TCA_VLAN_PUSH_ETH_DST", "dstMac", mac(), "Destination, for 'push_eth'."},
    {8, "TCA_VLAN_PUSH_ETH_SRC", "srcMac", mac(), "Source, for 'push_eth'."},
};

}  // namespace

constinit const Table kVlanAction{"VlanAction", "Options of a 'vlan' action.", kFields};

}  // namespace netplumb
