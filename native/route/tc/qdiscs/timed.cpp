// Credit-based shaping (cbs) and earliest transmission time first (etf).
#include "route/tc/qdiscs/kinds.h"

namespace netplumb {
namespace {

constexpr Field kCbsParmsFields[] = {
    {0, "offload", "offload", boolean(), "Hardware is to do it."},
    {4, "hicredit", "hicredit", s32(), "Most credit, in bytes."},
    {8, "locredit", "locredit", s32(), "Least credit, in bytes."},
    {12, "idleslope", "idleslope", s32().scaled(1000), "Credit gained while waiting, in bit/s (a multiple of 1000)."},
    {16, "sendslope", "sendslope", s32().scaled(1000), "Credit gained while sending, in bit/s; negative."},
};
constexpr Table kCbsParms{"CbsParms", "struct tc_cbs_qopt", kCbsParmsFields, 20};
constexpr Field kCbsFields[] = {
    {1, "TCA_CBS_PARMS", "", structure(kCbsParms), ""},
};

constexpr Name kClocks[] = {{0, "realtime"}, {1, "monotonic"}, {7, "boottime"}, {11, "tai"}};
constexpr Name kEtfFlags[] = {{0x1, "deadlineMode"}, {0x2, "offload"}, {0x4, "skipSockCheck"}};
constexpr Field kEtfParmsFields[] = {
    {0, "delta", "delta", time(s32(), 1'000'000), "How much before its time a packet goes to the device."},
    {4, "clockid", "clock", enumeration(s32(), kClocks), "The clock of packets' times; 'tai'."},
    {8, "flags", "flags", flags(u32(), kEtfFlags), "What times mean, who keeps to them."},
};
constexpr Table kEtfParms{"EtfParms", "struct tc_etf_qopt", kEtfParmsFields, 12};
constexpr Field kEtfFields[] = {
    {1, "TCA_ETF_PARMS", "", structure(kEtfParms), ""},
};

}  // namespace

constinit const Table kCbsOptions{"CbsOptions", "Options of a 'cbs' qdisc (tc-cbs(8)).", kCbsFields};
constinit const Table kEtfOptions{"EtfOptions", "Options of an 'etf' qdisc (tc-etf(8)).", kEtfFields};

}  // namespace netplumb
