// Mirrors or redirects packets to a link, or to all links of a block.
#include "route/tc/actions/actions.h"

namespace netplumb {
namespace {

constexpr Name kActions[] = {
    {1, "egress redirect"},
    {2, "egress mirror"},
    {3, "ingress redirect"},
    {4, "ingress mirror"},
};

constexpr Field kParmsFields[] = {
    {0, "tc_gen", "", structure(kActionGeneric), ""},
    {20, "eaction", "eaction", enumeration(s32(), kActions), "Mirror or redirect, and where the packet comes out."},
    {24, "ifindex", "link", link(), "The link (dev)."},
};
constexpr Table kParms{"MirredParms", "struct tc_mirred", kParmsFields, 28};

constexpr Field kFields[] = {
    {1, "TCA_MIRRED_TM", "times", structure(kActionTimes).readOnly(), "Age and use."},
    {2, "TCA_MIRRED_PARMS", "", structure(kParms), ""},
    {3, "TCA_MIRRED_PAD", "", pad(), ""},
    {4, "TCA_MIRRED_BLOCKID", "blockid", u32(), "Shared block to whose links packets go, in place of link."},
};

}  // namespace

constinit const Table kMirredAction{"MirredAction", "Options of a 'mirred' action.", kFields};

}  // namespace netplumb
