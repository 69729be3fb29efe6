// The options of each kind of tc action (TCA_ACT_OPTIONS), and what they have in common.
#pragma once

#include "netlink/table.h"
#include "route/tc/common.h"

namespace netplumb {

extern constinit const Table kBpfAction;
extern constinit const Table kConnmarkAction;
extern constinit const Table kCsumAction;
extern constinit const Table kCtAction;
extern constinit const Table kCtinfoAction;
extern constinit const Table kGactAction;
extern constinit const Table kGateAction;
extern constinit const Table kIfeAction;
extern constinit const Table kMirredAction;
extern constinit const Table kMplsAction;
extern constinit const Table kNatAction;
extern constinit const Table kPeditAction;
extern constinit const Table kPoliceAction;
extern constinit const Table kSampleAction;
extern constinit const Table kSimpleAction;
extern constinit const Table kSkbeditAction;
extern constinit const Table kSkbmodAction;
extern constinit const Table kTunnelKeyAction;
extern constinit const Table kVlanAction;

/// An action, as it stands in a filter or is sent and told on its own.
extern constinit const Table kAction;

/// An element of a filter's actions (TCA_U32_ACT and its kin) or of those that a message has (TCA_ACT_TAB).
inline constexpr ValueType kActionElement = nested(kAction);

/// What is done with the packet after the action (TC_ACT_*).
inline constexpr Name kControls[] = {
    {0xffffffff, "continue"},
    {0, "ok"},
    {1, "reclassify"},
    {2, "drop"},
    {3, "pipe"},
    {4, "stolen"},
    {5, "queued"},
    {6, "repeat"},
    {7, "redirect"},
    {8, "trap"},
};

/// Controls that have a number in their lower 28 bits (TC_ACT_JUMP, TC_ACT_GOTO_CHAIN).
inline constexpr Name kNumberedControls[] = {{1U << 28, "jump"}, {2U << 28, "goto chain"}};

constexpr ValueType control() { return enumeration(u32(), kControls).numbered(kNumberedControls, 28); }

/// Members that begin most actions' own structs (tc_gen).
inline constexpr Field kActionGenericFields[] = {
    {0, "index", "index", u32(), "Number by which filters share the action; 0: the kernel chooses one."},
    {8, "action", "control", control(), "What is done with the packet next."},
    {12, "refcnt", "refs", s32().readOnly(), "References to the action."},
    {16, "bindcnt", "binds", s32().readOnly(), "Filters that use the action."},
};
inline constexpr Table kActionGeneric{"ActionGeneric", "tc_gen", kActionGenericFields, 20};

/// struct tcf_t, in clock_t.
inline constexpr Field kActionTimesFields[] = {
    {0, "install", "installed", u64().scaled(10), "Milliseconds since the action was made."},
    {8, "lastuse", "lastUsed", u64().scaled(10), "Milliseconds since the last packet."},
    {16, "expires", "expires", u64().scaled(10), "Milliseconds until it expires; 0: never."},
    {24, "firstuse", "firstUsed", u64().scaled(10), "Milliseconds since the first packet; 0: none yet."},
};
inline constexpr Table kActionTimes{"TcActionTimes", "Age and use of an action, struct tcf_t.", kActionTimesFields, 32};

/// Ethernet types (ETH_P_*), as tc calls them.
inline constexpr Name kEtherTypes[] = {
    {0x0003, "all"},      {0x0800, "ip"},      {0x86dd, "ipv6"},    {0x0806, "arp"},
    {0x8100, "802.1Q"},   {0x88a8, "802.1ad"}, {0x8847, "mpls_uc"}, {0x8848, "mpls_mc"},
    {0x8863, "ppp_disc"}, {0x8864, "ppp_ses"}, {0x88cc, "LLDP"},    {0x8902, "cfm"},
};

/// Clocks of schedules (CLOCK_*).
inline constexpr Name kClocks[] = {{0, "realtime"}, {1, "monotonic"}, {7, "boottime"}, {11, "tai"}};

/// Tunnel options of the flower filter and of the tunnel_key action.
extern constinit const Table kTunnelOptions;

/// struct sock_filter
extern constinit const Table kBpfInstruction;

}  // namespace netplumb
