// Pushes, pops and changes MPLS labels.
#include "route/tc/actions/actions.h"

namespace netplumb {
namespace {

constexpr Name kActions[] = {{1, "pop"}, {2, "push"}, {3, "modify"}, {4, "dec_ttl"}, {5, "mac_push"}};

constexpr Field kParmsFields[] = {
    {0, "tc_gen", "", structure(kActionGeneric), ""},
    {20, "m_action", "action", enumeration(s32(), kActions), "What is done with the label."},
};
constexpr Table kParms{"MplsParms", "struct tc_mpls", kParmsFields, 24};

constexpr Field kFields[] = {
    {1, "TCA_MPLS_TM", "times", structure(kActionTimes).readOnly(), "Age and use."},
    {2, "TCA_MPLS_PARMS", "", structure(kParms), ""},
    {3, "TCA_MPLS_PAD", "", pad(), ""},
    {4, "TCA_MPLS_PROTO", "protocol", enumeration(be16(), kEtherTypes),
     "Ethernet type after 'pop' (needed), or of the label pushed ('mpls_uc' if left out)."},
    {5, "TCA_MPLS_LABEL", "label", u32().range(0, 0xfffff), "Label; needed for 'push' and 'mac_push'."},
    {6, "TCA_MPLS_TC", "tc", u8().range(0, 7), "Traffic class."},
    {7, "TCA_MPLS_TTL", "ttl", u8().range(1, 255), "Time to live; that of the packet if left out."},
    {8, "TCA_MPLS_BOS", "bos", boolean(), "Bottom of stack."},
};

}  // namespace

constinit const Table kMplsAction{"MplsAction", "Options of an 'mpls' action.", kFields};

}  // namespace netplumb
