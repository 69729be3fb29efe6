#include "route/tc/actions/actions.h"
#include "route/tc/tc.h"

namespace netplumb {
namespace {

constexpr Choice kKinds[] = {
    {"bpf", &kBpfAction},         {"connmark", &kConnmarkAction}, {"csum", &kCsumAction},
    {"ct", &kCtAction},           {"ctinfo", &kCtinfoAction},     {"gact", &kGactAction},
    {"gate", &kGateAction},       {"ife", &kIfeAction},           {"mirred", &kMirredAction},
    {"mpls", &kMplsAction},       {"nat", &kNatAction},           {"pedit", &kPeditAction},
    {"police", &kPoliceAction},   {"sample", &kSampleAction},     {"simple", &kSimpleAction},
    {"skbedit", &kSkbeditAction}, {"skbmod", &kSkbmodAction},     {"tunnel_key", &kTunnelKeyAction},
    {"vlan", &kVlanAction},
};

constexpr auto kStatsFields = statsFields({});
constexpr Table kStats{"TcActionStats", "Counters of an action, TCA_ACT_STATS.", kStatsFields};

constexpr Name kFlags[] = {{0x1, "noPercpu"}, {0x2, "skipHw"}, {0x4, "skipSw"}};
constexpr Name kHwStats[] = {{0x1, "immediate"}, {0x2, "delayed"}};

constexpr Field kActionFields[] = {
    {1, "TCA_ACT_KIND", "kind", string(15), "Kind of the action, such as 'mirred'."},
    {2, "TCA_ACT_OPTIONS", "options", selected(kKinds, "kind"), "The kind's own options."},
    {3, "TCA_ACT_INDEX", "index", u32(), "Number of the action that is meant."},
    {4, "TCA_ACT_STATS", "stats", nested(kStats).readOnly().onRequest(), "Counters."},
    {5, "TCA_ACT_PAD", "", pad(), ""},
    {6, "TCA_ACT_COOKIE", "cookie", binary(16), "Up to 16 bytes that the kernel keeps for the caller."},
    {7, "TCA_ACT_FLAGS", "flags", bitfield32(kFlags), "'noPercpu': one counter for all CPUs; 'skipHw', 'skipSw'."},
    {8, "TCA_ACT_HW_STATS", "hwStats", bitfield32(kHwStats), "Which counters of hardware are wanted; none if empty."},
    {9, "TCA_ACT_USED_HW_STATS", "usedHwStats", bitfield32(kHwStats).readOnly(), "Which of them are used."},
    {10, "TCA_ACT_IN_HW_COUNT", "inHwCount", u32().readOnly(), "In how many devices the action is offloaded."},
};

constexpr Table kHeader{"TcActionsHeader", "struct tcamsg", {}, 4};

// A dump tells many actions in each message.
constexpr Name kDumpFlags[] = {{0x1, "largeDump"}, {0x2, "terse"}};
constexpr Field kFields[] = {
    {1, "TCA_ACT_TAB", "actions", list(kActionElement), "The actions."},
    {2, "TCA_ROOT_FLAGS", "flags", bitfield32(kDumpFlags).writeOnly(), "How they are told."},
    {3, "TCA_ROOT_COUNT", "count", u32().readOnly(), "How many actions the message has."},
    {4, "TCA_ROOT_TIME_DELTA", "since", u32().writeOnly(), "Only actions used in the last so many milliseconds."},
    {5, "TCA_ROOT_EXT_WARN_MSG", "warning", string(255).readOnly(), "The kernel's warning."},
};
constexpr Table kAttributes{"TcActionsAttributes", "TCA_ROOT_*", kFields};

}  // namespace

constinit const Table kAction{"TcActionEntry", "An action: what is done with packets (tc-actions(8)).", kActionFields};

constinit const Object kTcActions{"TcActions", "Actions, which filters may share.", kHeader, kAttributes};

}  // namespace netplumb
