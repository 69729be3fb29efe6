// Stateless address translation.
#include "route/tc/actions/actions.h"

namespace netplumb {
namespace {

constexpr Name kFlags[] = {{1, "egress"}};

constexpr Field kParmsFields[] = {
    {0, "tc_gen", "", structure(kActionGeneric), ""},
    {20, "old_addr", "oldAddress", ipv4(), "Address to be replaced."},
    {24, "new_addr", "newAddress", ipv4(), "Address in its place."},
    {28, "mask", "netmask", ipv4(), "Bits of the addresses that count."},
    {32, "flags", "flags", flags(u32(), kFlags), "'egress': source addresses; otherwise destinations."},
};
constexpr Table kParms{"NatParms", "struct tc_nat", kParmsFields, 36};

constexpr Field kFields[] = {
    {1, "TCA_NAT_PARMS", "", structure(kParms), ""},
    {2, "TCA_NAT_TM", "times", structure(kActionTimes).readOnly(), "Age and use."},
    {3, "TCA_NAT_PAD", "", pad(), ""},
};

}  // namespace

constinit const Table kNatAction{"NatAction", "Options of a 'nat' action.", kFields};

}  // namespace netplumb
