// Computes checksums anew, after an edit.
#include "route/tc/actions/actions.h"

namespace netplumb {
namespace {

constexpr Name kUpdates[] = {{1, "iph"},  {2, "icmp"},     {4, "igmp"}, {8, "tcp"},
                             {16, "udp"}, {32, "udplite"}, {64, "sctp"}};

constexpr Field kParmsFields[] = {
    {0, "tc_gen", "", structure(kActionGeneric), ""},
    {20, "update_flags", "update", flags(u32(), kUpdates), "Checksums to compute."},
};
constexpr Table kParms{"CsumParms", "struct tc_csum", kParmsFields, 24};

constexpr Field kFields[] = {
    {1, "TCA_CSUM_PARMS", "", structure(kParms), ""},
    {2, "TCA_CSUM_TM", "times", structure(kActionTimes).readOnly(), "Age and use."},
    {3, "TCA_CSUM_PAD", "", pad(), ""},
};

}  // namespace

constinit const Table kCsumAction{"CsumAction", "Options of a 'csum' action.", kFields};

}  // namespace netplumb
