// A token bucket filter: a rate that is not exceeded.
#include "route/tc/qdiscs/kinds.h"

namespace netplumb {
namespace {

constexpr Field kParmsFields[] = {
    {0, "rate", "rate", structure(kRateSpec), "Rate."},
    {12, "peakrate", "peakrate", structure(kRateSpec), "Rate at which the bucket may be emptied."},
    {24, "limit", "limit", u32(), "Most bytes waiting."},
    {28, "buffer", "buffer", u32(), "Ticks that sending a burst takes at the rate."},
    {32, "mtu", "mtu", u32(), "Ticks that sending a burst takes at the peak rate."},
};
constexpr Table kParms{"TbfParms", "struct tc_tbf_qopt", kParmsFields, 36};
constexpr auto kTicks = u32();

constexpr Field kFields[] = {
    {1, "TCA_TBF_PARMS", "parms", structure(kParms), "The filter."},
    {2, "TCA_TBF_RTAB", "rtab", array(kTicks, 1024), "Ticks that a packet of each cell takes at the rate."},
    {3, "TCA_TBF_PTAB", "ptab", array(kTicks, 1024), "Ticks that a packet of each cell takes at the peak rate."},
    {4, "TCA_TBF_RATE64", "rate64", rate(u64()), "The rate, when 32 bits do not hold it."},
    {5, "TCA_TBF_PRATE64", "prate64", rate(u64()), "The peak rate, when 32 bits do not hold it."},
    {6, "TCA_TBF_BURST", "burst", u32(), "Burst in bytes; written only."},
    {7, "TCA_TBF_PBURST", "pburst", u32(), "Burst at the peak rate in bytes; written only."},
    {8, "TCA_TBF_PAD", "", pad(), ""},
};

}  // namespace

constinit const Table kTbfOptions{"TbfWire", "Options of a 'tbf' qdisc as the kernel has them.", kFields};

}  // namespace netplumb
