// Lets packets pass by a schedule.
#include "route/tc/actions/actions.h"

namespace netplumb {
namespace {

constexpr Field kEntryFields[] = {
    {1, "TCA_GATE_ENTRY_INDEX", "index", u32().readOnly(), "Position in the schedule."},
    {2, "TCA_GATE_ENTRY_GATE", "open", flag(), "Packets pass."},
    {3, "TCA_GATE_ENTRY_INTERVAL", "interval", u32(), "Nanoseconds for which the entry lasts."},
    {4, "TCA_GATE_ENTRY_IPV", "ipv", s32(), "Internal priority value; -1: none."},
    {5, "TCA_GATE_ENTRY_MAX_OCTETS", "maxOctets", s32(), "Most bytes in the interval; -1: no limit."},
};
constexpr Table kEntry{"GateEntry", "An entry of a gate's schedule.", kEntryFields};
constexpr ValueType kEntryElement = nested(kEntry);

constexpr Field kFields[] = {
    {1, "TCA_GATE_TM", "times", structure(kActionTimes).readOnly(), "Age and use."},
    {2, "TCA_GATE_PARMS", "", structure(kActionGeneric), ""},
    {3, "TCA_GATE_PAD", "", pad(), ""},
    {4, "TCA_GATE_PRIORITY", "priority", s32(), "Priority; -1: none."},
    {5, "TCA_GATE_ENTRY_LIST", "schedEntries", list(kEntryElement, 1), "The schedule."},
    {6, "TCA_GATE_BASE_TIME", "baseTime", u64(), "Instant at which the schedule starts, in nanoseconds of the clock."},
    {7, "TCA_GATE_CYCLE_TIME", "cycleTime", u64(), "Nanoseconds of a cycle; the sum of the intervals if left out."},
    {8, "TCA_GATE_CYCLE_TIME_EXT", "cycleTimeExt", u64(), "Nanoseconds by which the last cycle may be longer."},
    {9, "TCA_GATE_FLAGS", "flags", u32(), "Flags."},
    {10, "TCA_GATE_CLOCKID", "clockid", enumeration(s32(), kClocks), "Clock; 'tai' if left out."},
};

}  // namespace

constinit const Table kGateAction{"GateAction", "Options of a 'gate' action.", kFields};

}  // namespace netplumb
