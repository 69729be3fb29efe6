// Hardware queues by traffic class: mqprio, and taprio with a time-table.
#include "route/tc/qdiscs/kinds.h"

namespace netplumb {
namespace {

constexpr auto kClass = u8();
constexpr auto kQueue = u16();
constexpr auto kRate64 = rate(u64());

constexpr Field kHeaderFields[] = {
    {0, "num_tc", "numTc", u8().range(0, 16), "Number of traffic classes."},
    {1, "prio_tc_map", "map", array(kClass, 16), "Traffic class of each of the 16 packet priorities."},
    {17, "hw", "hw", u8(), "1: hardware is to do it."},
    {18, "count", "count", array(kQueue, 32), "Number of queues of each traffic class."},
    {50, "offset", "offset", array(kQueue, 32), "First queue of each traffic class."},
};
constexpr Table kHeader{"MqprioHeader", "struct tc_mqprio_qopt", kHeaderFields, 82};

constexpr Name kModes[] = {{0, "dcb"}, {1, "channel"}};
constexpr Name kShapers[] = {{0, "dcb"}, {1, "bw_rlimit"}};
constexpr Name kPreemptions[] = {{1, "express"}, {2, "preemptible"}};

constexpr Field kTcEntryFields[] = {
    {1, "TCA_MQPRIO_TC_ENTRY_INDEX", "index", u32(), "Number of the traffic class."},
    {2, "TCA_MQPRIO_TC_ENTRY_FP", "fp", enumeration(u32(), kPreemptions), "Whether its frames may be preempted."},
};
constexpr Table kTcEntry{"MqprioTcEntry", "A traffic class of an 'mqprio' qdisc.", kTcEntryFields};

constexpr Field kFields[] = {
    {1, "TCA_MQPRIO_MODE", "mode", enumeration(u16(), kModes), "What hardware is given."},
    {2, "TCA_MQPRIO_SHAPER", "shaper", enumeration(u16(), kShapers), "How hardware shapes."},
    {3, "TCA_MQPRIO_MIN_RATE64", "minRate", list(kRate64, 3), "Least rate of each traffic class."},
    {4, "TCA_MQPRIO_MAX_RATE64", "maxRate", list(kRate64, 4), "Greatest rate of each traffic class."},
    {5, "TCA_MQPRIO_TC_ENTRY", "tcEntries", nested(kTcEntry).repeated(), "Frame preemption of traffic classes."},
};
constexpr Table kAttributes{"MqprioAttributes", "TCA_MQPRIO_*", kFields};

constexpr Table kPriomap{"TaprioPriomap", "Traffic classes and their queues, struct tc_mqprio_qopt.", kHeaderFields,
                         82};

constexpr Name kCommands[] = {{0, "setGates"}, {1, "setAndHold"}, {2, "setAndRelease"}};
constexpr Field kEntryFields[] = {
    {1, "TCA_TAPRIO_SCHED_ENTRY_INDEX", "index", u32().readOnly(), "Its number."},
    {2, "TCA_TAPRIO_SCHED_ENTRY_CMD", "command", enumeration(u8(), kCommands), "What is done."},
    {3, "TCA_TAPRIO_SCHED_ENTRY_GATE_MASK", "gates", u32(), "Mask of the traffic classes that may send."},
    {4, "TCA_TAPRIO_SCHED_ENTRY_INTERVAL", "interval", time(u32(), 1'000'000), "How long."},
};
constexpr Table kEntry{"TaprioEntry", "An entry of a time-table.", kEntryFields};
constexpr auto kScheduleEntry = nested(kEntry);

constexpr Name kClocks[] = {{0, "realtime"}, {1, "monotonic"}, {7, "boottime"}, {11, "tai"}};
constexpr Name kTaprioFlags[] = {{0x1, "txtimeAssist"}, {0x2, "fullOffload"}};

constexpr Field kAdminFields[] = {
    {2, "TCA_TAPRIO_ATTR_SCHED_ENTRY_LIST", "schedule", list(kScheduleEntry, 1), "The time-table."},
    {3, "TCA_TAPRIO_ATTR_SCHED_BASE_TIME", "baseTime", s64(), "When it begins, in nanoseconds of the clock."},
    {6, "TCA_TAPRIO_PAD", "", pad(), ""},
    {8, "TCA_TAPRIO_ATTR_SCHED_CYCLE_TIME", "cycleTime", time(s64(), 1'000'000), "Length of a cycle."},
    {9, "TCA_TAPRIO_ATTR_SCHED_CYCLE_TIME_EXTENSION", "cycleTimeExtension", time(s64(), 1'000'000),
     "How much longer the last one may be."},
};
constexpr Table kAdmin{"TaprioSchedule", "A time-table that is not followed yet.", kAdminFields};

constexpr Field kTaprioTcEntryFields[] = {
    {1, "TCA_TAPRIO_TC_ENTRY_INDEX", "index", u32(), "Number of the traffic class."},
    {2, "TCA_TAPRIO_TC_ENTRY_MAX_SDU", "maxSdu", u32(), "Largest packet in bytes; 0: any."},
    {3, "TCA_TAPRIO_TC_ENTRY_FP", "fp", enumeration(u32(), kPreemptions), "Whether its frames may be preempted."},
};
constexpr Table kTaprioTcEntry{"TaprioTcEntry", "A traffic class of a 'taprio' qdisc.", kTaprioTcEntryFields};

constexpr Field kTaprioFields[] = {
    {1, "TCA_TAPRIO_ATTR_PRIOMAP", "priomap", structure(kPriomap), "Traffic classes."},
    {2, "TCA_TAPRIO_ATTR_SCHED_ENTRY_LIST", "schedule", list(kScheduleEntry, 1), "The time-table."},
    {3, "TCA_TAPRIO_ATTR_SCHED_BASE_TIME", "baseTime", s64(), "When it begins, in nanoseconds of the clock."},
    {4, "TCA_TAPRIO_ATTR_SCHED_SINGLE_ENTRY", "", pad(), ""},
    {5, "TCA_TAPRIO_ATTR_SCHED_CLOCKID", "clock", enumeration(s32(), kClocks), "The clock; not with fullOffload."},
    {6, "TCA_TAPRIO_PAD", "", pad(), ""},
    {7, "TCA_TAPRIO_ATTR_ADMIN_SCHED", "adminSchedule", nested(kAdmin).readOnly(), "The time-table that is to follow."},
    {8, "TCA_TAPRIO_ATTR_SCHED_CYCLE_TIME", "cycleTime", time(s64(), 1'000'000), "Length of a cycle."},
    {9, "TCA_TAPRIO_ATTR_SCHED_CYCLE_TIME_EXTENSION", "cycleTimeExtension", time(s64(), 1'000'000),
     "How much longer the last one before a change may be."},
    {10, "TCA_TAPRIO_ATTR_FLAGS", "flags", flags(u32(), kTaprioFlags), "Who keeps to the time-table."},
    {11, "TCA_TAPRIO_ATTR_TXTIME_DELAY", "txtimeDelay", time(u32(), 1'000'000), "Time to the wire, for txtimeAssist."},
    {12, "TCA_TAPRIO_ATTR_TC_ENTRY", "tcEntries", nested(kTaprioTcEntry).repeated(), "Limits of traffic classes."},
};

constexpr Field kTaprioXstatsFields[] = {
    {1, "TCA_TAPRIO_OFFLOAD_STATS_PAD", "", pad(), ""},
    {2, "TCA_TAPRIO_OFFLOAD_STATS_WINDOW_DROPS", "windowDrops", u64(), "Frames dropped as they do not fit a window."},
    {3, "TCA_TAPRIO_OFFLOAD_STATS_TX_OVERRUNS", "txOverruns", u64(), "Frames that overran a window."},
};

}  // namespace

constinit const Object kMqprioOptions{
    "MqprioWire", "Options of an 'mqprio' qdisc as the kernel has them (tc-mqprio(8)).", kHeader, kAttributes};
constinit const Table kTaprioOptions{"TaprioWire", "Options of a 'taprio' qdisc as the kernel has them (tc-taprio(8)).",
                                     kTaprioFields};
constinit const Table kTaprioXstats{"TaprioXstats", "Counters of a 'taprio' qdisc in hardware.", kTaprioXstatsFields};

}  // namespace netplumb
