// By a BPF program.
#include "route/tc/filters/filters.h"

namespace netplumb {
namespace {

constexpr Name kProgramFlags[] = {{1, "directAction"}};

constexpr Field kFields[] = {
    {1, "TCA_BPF_ACT", "actions", actions(), kActionsDoc},
    {2, "TCA_BPF_POLICE", "police", nested(kPoliceAction), kPoliceDoc},
    {3, "TCA_BPF_CLASSID", "classid", classHandle(kClassNames), kClassidDoc},
    {4, "TCA_BPF_OPS_LEN", "opsLen", u16(), "Number of classic instructions."},
    {5, "TCA_BPF_OPS", "bytecode", structures(kBpfInstruction), "Classic BPF program."},
    {6, "TCA_BPF_FD", "program", program(), "A loaded program."},
    {7, "TCA_BPF_NAME", "name", string(255), "Name to be shown for the program."},
    {8, "TCA_BPF_FLAGS", "programFlags", flags(u32(), kProgramFlags),
     "'directAction': the program returns an action's control, not whether the packet matches."},
    {9, "TCA_BPF_FLAGS_GEN", "flags", filterFlags(), kFlagsDoc},
    {10, "TCA_BPF_TAG", "tag", binary(8).readOnly(), "Hash of the program."},
    {11, "TCA_BPF_ID", "id", u32().readOnly(), "Id of the program."},
};

}  // namespace

constinit const Table kBpfFilter{"BpfFilter", "Options of a 'bpf' filter.", kFields};

}  // namespace netplumb
