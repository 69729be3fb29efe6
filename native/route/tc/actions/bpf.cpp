// Runs a BPF program, which returns the control.
#include "route/tc/actions/actions.h"

namespace netplumb {
namespace {

constexpr Field kInstructionFields[] = {
    {0, "code", "code", u16(), "Operation."},
    {2, "jt", "jt", u8(), "Jump if true."},
    {3, "jf", "jf", u8(), "Jump if false."},
    {4, "k", "k", u32(), "Operand."},
};

constexpr Field kFields[] = {
    {1, "TCA_ACT_BPF_TM", "times", structure(kActionTimes).readOnly(), "Age and use."},
    {2, "TCA_ACT_BPF_PARMS", "", structure(kActionGeneric), ""},
    {3, "TCA_ACT_BPF_OPS_LEN", "opsLen", u16(), "Number of classic instructions."},
    {4, "TCA_ACT_BPF_OPS", "bytecode", structures(kBpfInstruction), "Classic BPF program."},
    {5, "TCA_ACT_BPF_FD", "program", program(), "A loaded program."},
    {6, "TCA_ACT_BPF_NAME", "name", string(255), "Name to be shown for the program."},
    {7, "TCA_ACT_BPF_PAD", "", pad(), ""},
    {8, "TCA_ACT_BPF_TAG", "tag", binary(8).readOnly(), "Hash of the program."},
    {9, "TCA_ACT_BPF_ID", "id", u32().readOnly(), "Id of the program."},
};

}  // namespace

constinit const Table kBpfInstruction{"BpfInstruction", "A classic BPF instruction, struct sock_filter.",
                                      kInstructionFields, 8};
constinit const Table kBpfAction{"BpfAction", "Options of a 'bpf' action.", kFields};

}  // namespace netplumb
