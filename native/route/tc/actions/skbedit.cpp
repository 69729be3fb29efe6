// Sets what the kernel keeps beside a packet: priority, mark, queue, type.
#include "route/tc/actions/actions.h"

namespace netplumb {
namespace {

constexpr Name kPacketTypes[] = {{0, "host"}, {1, "broadcast"}, {2, "multicast"}, {3, "otherhost"}};
constexpr Name kFlags[] = {{0x20, "inheritdsfield"}, {0x40, "txqSkbhash"}};

constexpr Field kFields[] = {
    {1, "TCA_SKBEDIT_TM", "times", structure(kActionTimes).readOnly(), "Age and use."},
    {2, "TCA_SKBEDIT_PARMS", "", structure(kActionGeneric), ""},
    {3, "TCA_SKBEDIT_PRIORITY", "priority", classHandle(kClassNames),
     "Priority: a class such as '1:10', which htb and others then take."},
    {4, "TCA_SKBEDIT_QUEUE_MAPPING", "queueMapping", u16(), "Transmit queue; with queueMappingMax the first of them."},
    {5, "TCA_SKBEDIT_MARK", "mark", u32(), "Firewall mark."},
    {6, "TCA_SKBEDIT_PAD", "", pad(), ""},
    {7, "TCA_SKBEDIT_PTYPE", "ptype", enumeration(u16(), kPacketTypes), "Whom the packet is taken to be for."},
    {8, "TCA_SKBEDIT_MASK", "mask", u32(), "Bits of the mark that are set; all if left out."},
    {9, "TCA_SKBEDIT_FLAGS", "flags", flags(u64(), kFlags),
     "'inheritdsfield': priority from the DS field; 'txqSkbhash': queue from the hash."},
    {10, "TCA_SKBEDIT_QUEUE_MAPPING_MAX", "queueMappingMax", u16(), "Last of the queues, for 'txqSkbhash'."},
};

}  // namespace

constinit const Table kSkbeditAction{"SkbeditAction", "Options of a 'skbedit' action.", kFields};

}  // namespace netplumb
