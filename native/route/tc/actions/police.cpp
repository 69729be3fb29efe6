// Polices by token buckets: what is over the rate takes another control.
#include "route/tc/actions/actions.h"

namespace netplumb {
namespace {

constexpr Field kParmsFields[] = {
    {0, "index", "index", u32(), "Number by which filters share the action; 0: the kernel chooses one."},
    {4, "action", "control", control(), "What is done with packets over the rate (exceed); 'reclassify' if left out."},
    {8, "limit", "limit", u32(), "Of no effect."},
    {12, "burst", "burstTicks", u32(), "Time to send the burst at the rate, in ticks of the packet scheduler."},
    {16, "mtu", "mtu", u32(), "Largest packet in bytes: larger ones are over the rate."},
    {20, "rate", "rateSpec", structure(kRateSpec), "Rate."},
    {32, "peakrate", "peakrateSpec", structure(kRateSpec), "Peak rate."},
    {44, "refcnt", "refs", s32().readOnly(), "References to the action."},
    {48, "bindcnt", "binds", s32().readOnly(), "Filters that use the action."},
};
constexpr Table kParms{"PoliceParms", "struct tc_police", kParmsFields, 56};

constexpr ValueType kU32 = u32();

constexpr Field kFields[] = {
    {1, "TCA_POLICE_TBF", "", structure(kParms), ""},
    {2, "TCA_POLICE_RATE", "rateTable", array(kU32, 1024).writeOnly(), "Rate table."},
    {3, "TCA_POLICE_PEAKRATE", "peakrateTable", array(kU32, 1024).writeOnly(), "Rate table of the peak rate."},
    {4, "TCA_POLICE_AVRATE", "avrate", rate(u32()), "Rate of the estimator over which packets exceed."},
    {5, "TCA_POLICE_RESULT", "conform", control(), "What is done with packets within the rate; 'ok' if left out."},
    {6, "TCA_POLICE_TM", "times", structure(kActionTimes).readOnly(), "Age and use."},
    {7, "TCA_POLICE_PAD", "", pad(), ""},
    {8, "TCA_POLICE_RATE64", "rate64", rate(u64()), "Rate from 4 GiB/s on."},
    {9, "TCA_POLICE_PEAKRATE64", "peakrate64", rate(u64()), "Peak rate from 4 GiB/s on."},
    {10, "TCA_POLICE_PKTRATE64", "pktRate", u64(), "Packets per second; together with pktBurst, in place of rate."},
    {11, "TCA_POLICE_PKTBURST64", "pktBurstTicks", u64(), "Time to send the burst of packets, in ticks."},
};

}  // namespace

constinit const Table kPoliceAction{"PoliceAction", "Options of a 'police' action.", kFields};

}  // namespace netplumb
