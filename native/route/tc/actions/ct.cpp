// Sends packets through connection tracking, with zones, marks, labels and NAT.
#include "route/names.h"
#include "route/tc/actions/actions.h"

namespace netplumb {
namespace {

constexpr Name kActions[] = {{1, "commit"}, {2, "force"}, {4, "clear"}, {8, "nat"}, {16, "src"}, {32, "dst"}};

constexpr Field kFields[] = {
    {1, "TCA_CT_PARMS", "", structure(kActionGeneric), ""},
    {2, "TCA_CT_TM", "times", structure(kActionTimes).readOnly(), "Age and use."},
    {3, "TCA_CT_ACTION", "action", flags(u16(), kActions),
     "Track only if empty; 'commit' (with 'force': in the other direction too), 'clear'; 'nat' with 'src' or 'dst'."},
    {4, "TCA_CT_ZONE", "zone", u16(), "Zone."},
    {5, "TCA_CT_MARK", "mark", u32().masked(6), "Mark to set: a number or 'value/mask'."},
    {6, "TCA_CT_MARK_MASK", "", pad(), ""},
    {7, "TCA_CT_LABELS", "labels", binary(16), "Labels to set, 16 bytes."},
    {8, "TCA_CT_LABELS_MASK", "labelsMask", binary(16), "Bits of the labels that count."},
    {9, "TCA_CT_NAT_IPV4_MIN", "natMin", ipv4(), "First address of NAT."},
    {10, "TCA_CT_NAT_IPV4_MAX", "natMax", ipv4(), "Last address of NAT; the first if left out."},
    {11, "TCA_CT_NAT_IPV6_MIN", "natMin", ipv6(), "First address of NAT."},
    {12, "TCA_CT_NAT_IPV6_MAX", "natMax", ipv6(), "Last address of NAT; the first if left out."},
    {13, "TCA_CT_NAT_PORT_MIN", "natPortMin", be16(), "First port of NAT."},
    {14, "TCA_CT_NAT_PORT_MAX", "natPortMax", be16(), "Last port of NAT; the first if left out."},
    {15, "TCA_CT_PAD", "", pad(), ""},
    {16, "TCA_CT_HELPER_NAME", "helper", string(15), "Connection tracking helper, such as 'ftp'."},
    {17, "TCA_CT_HELPER_FAMILY", "helperFamily", enumeration(u8(), kFamilies), "The helper's address family."},
    {18, "TCA_CT_HELPER_PROTO", "helperProto", enumeration(u8(), kIpProtocols), "The helper's transport protocol."},
};

}  // namespace

constinit const Table kCtAction{"CtAction", "Options of a 'ct' action.", kFields};

}  // namespace netplumb
