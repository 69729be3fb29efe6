// Edits packets, 32 bits at a time.
#include "route/tc/actions/actions.h"

namespace netplumb {
namespace {

constexpr Name kHeaders[] = {{0, "network"}, {1, "eth"}, {2, "ip"}, {3, "ip6"}, {4, "tcp"}, {5, "udp"}};
constexpr Name kCommands[] = {{0, "set"}, {1, "add"}};

constexpr Field kKeyFields[] = {
    {0, "mask", "mask", be32(), "Bits that stay."},
    {4, "val", "value", be32(), "Bits to set, or number to add."},
    {8, "off", "offset", s32(), "Offset in bytes, a multiple of 4."},
    {12, "at", "at", u32(), "Offset of a byte that is added to the offset..."},
    {16, "offmask", "offsetMask", u32(), "...after this mask..."},
    {20, "shift", "shift", u32(), "...and a shift to the right by so many bits."},
};
constexpr Table kKey{"PeditKey", "An edit of 32 bits, struct tc_pedit_key.", kKeyFields, 24};

constexpr Field kParmsFields[] = {
    {0, "tc_gen", "", structure(kActionGeneric), ""},
    {21, "flags", "flags", u8(), "Of no effect."},
    {24, "keys", "keys", structures(kKey).trailing(20), "The edits, as the kernel does them."},
};
constexpr Table kParms{"PeditParms", "struct tc_pedit_sel", kParmsFields, 24};

constexpr Field kExtendedKeyFields[] = {
    {1, "TCA_PEDIT_KEY_EX_HTYPE", "header", enumeration(u16(), kHeaders), "Header from which the offset counts."},
    {2, "TCA_PEDIT_KEY_EX_CMD", "cmd", enumeration(u16(), kCommands), "Whether the value is set or added."},
};
constexpr Table kExtendedKey{"PeditExtendedKey", "What an edit is relative to.", kExtendedKeyFields};
constexpr ValueType kExtendedKeyElement = nested(kExtendedKey);

constexpr Field kFields[] = {
    {1, "TCA_PEDIT_TM", "times", structure(kActionTimes).readOnly(), "Age and use."},
    {2, "TCA_PEDIT_PARMS", "", structure(kParms), ""},
    {3, "TCA_PEDIT_PAD", "", pad(), ""},
    {4, "TCA_PEDIT_PARMS_EX", "extended", structure(kParms), "The edits, where each has a header of its own."},
    {5, "TCA_PEDIT_KEYS_EX", "keysEx", list(kExtendedKeyElement, 6), "The headers of the edits, in the same order."},
};

}  // namespace

constinit const Table kPeditAction{"PeditAction", "Options of a 'pedit' action.", kFields};

}  // namespace netplumb
