// Hierarchical token buckets: classes with a guaranteed rate and a ceiling, who lend to each other.
#include "route/tc/qdiscs/kinds.h"

namespace netplumb {
namespace {

constexpr Field kGlobFields[] = {
    {0, "version", "version", u32().otherwise(3).readOnly(),
     "Version of htb: 3, and the kernel's own in the lower half."},
    {4, "rate2quantum", "r2q", u32().otherwise(10), "A class's quantum is its rate in bytes/s by this."},
    {8, "defcls", "default", u32(), "Minor number of the class for packets that no filter classifies; 0: unshaped."},
    {12, "debug", "debug", u32().readOnly(), "Unused."},
    {16, "direct_pkts", "directPackets", u32().readOnly(), "Packets sent unshaped."},
};
constexpr Table kGlob{"HtbGlob", "struct tc_htb_glob", kGlobFields, 20};

constexpr Field kFields[] = {
    {2, "TCA_HTB_INIT", "", structure(kGlob), ""},
    {5, "TCA_HTB_DIRECT_QLEN", "directQlen", u32(),
     "Most unshaped packets waiting; the link's txQueueLength if left out."},
    {9, "TCA_HTB_OFFLOAD", "offload", flag(), "Hardware is to do it."},
};

constexpr Field kParmsFields[] = {
    {0, "rate", "rate", structure(kRateSpec), "Guaranteed."},
    {12, "ceil", "ceil", structure(kRateSpec), "What is not exceeded."},
    {24, "buffer", "buffer", u32(), "Ticks that sending a burst takes at the rate."},
    {28, "cbuffer", "cbuffer", u32(), "Ticks that sending a burst takes at the ceiling."},
    {32, "quantum", "quantum", u32(), "Bytes that a class may send before others of its level."},
    {36, "level", "level", u32().readOnly(), "Height in the hierarchy; leaves have 0."},
    {40, "prio", "prio", u32(), "Priority when lent to: lower numbers first."},
};
constexpr Table kParms{"HtbParms", "struct tc_htb_opt", kParmsFields, 44};
constexpr auto kTicks = u32();

constexpr Field kClassFields[] = {
    {1, "TCA_HTB_PARMS", "parms", structure(kParms), "The class."},
    {3, "TCA_HTB_CTAB", "ctab", array(kTicks, 1024), "Ticks that a packet of each cell takes at the ceiling."},
    {4, "TCA_HTB_RTAB", "rtab", array(kTicks, 1024), "Ticks that a packet of each cell takes at the rate."},
    {6, "TCA_HTB_RATE64", "rate64", rate(u64()), "The rate, when 32 bits do not hold it."},
    {7, "TCA_HTB_CEIL64", "ceil64", rate(u64()), "The ceiling, when 32 bits do not hold it."},
    {8, "TCA_HTB_PAD", "", pad(), ""},
    {9, "TCA_HTB_OFFLOAD", "offload", flag(), "Hardware is to do it."},
};

constexpr Field kXstatsFields[] = {
    {0, "lends", "lends", u32(), "Packets sent of the class's own rate."},
    {4, "borrows", "borrows", u32(), "Packets sent of what others did not use."},
    {8, "giants", "giants", u32(), "Unused."},
    {12, "tokens", "tokens", s32(), "Ticks that the class may send at once, at its rate; negative: it must wait."},
    {16, "ctokens", "ctokens", s32(), "The same of the ceiling."},
};

}  // namespace

constinit const Table kHtbOptions{"HtbWire", "Options of an 'htb' qdisc.", kFields};
constinit const Table kHtbClassOptions{"HtbClassWire", "Options of an 'htb' class as the kernel has them.",
                                       kClassFields};
constinit const Table kHtbClassXstats{"HtbClassXstats", "Counters of an 'htb' class.", kXstatsFields, 20};

}  // namespace netplumb
