#include "route/rule.h"

#include "route/names.h"

namespace netplumb {
namespace {

constexpr Name kActions[] = {
    {0, "unspec"}, {1, "toTable"}, {2, "goto"}, {3, "nop"}, {6, "blackhole"}, {7, "unreachable"}, {8, "prohibit"},
};

constexpr Name kFlags[] = {
    {0x01, "permanent"},   {0x02, "invert"},      {0x04, "unresolved"},
    {0x08, "iifDetached"}, {0x10, "oifDetached"}, {0x10000, "findSaddr"},
};

constexpr Field kHeaderFields[] = {
    {0, "family", "family", enumeration(u8(), kFamilies), "Address family; follows from the addresses if left out."},
    {3, "tos", "tos", u8(), "TOS that packets must have."},
    {7, "action", "action", enumeration(u8(), kActions), "What is done with packets that match."},
    {8, "flags", "flags", flags(u32(), kFlags), "Options, such as 'invert' (not), and state."},
};
constexpr Table kHeader{"RuleHeader", "struct fib_rule_hdr", kHeaderFields, 12};

constexpr Field kUidRangeFields[] = {
    {0, "start", "start", u32(), "First user id."},
    {4, "end", "end", u32(), "Last user id."},
};
constexpr Table kUidRange{"RuleUidRange", "A range of user ids.", kUidRangeFields, 8};

constexpr Field kPortRangeFields[] = {
    {0, "start", "start", u16().range(1, 65535), "First port."},
    {2, "end", "end", u16().range(1, 65535), "Last port."},
};
constexpr Table kPortRange{"RulePortRange", "A range of ports.", kPortRangeFields, 4};

constexpr Field kFields[] = {
    {1, "FRA_DST", "dst", prefix(1), "Destination prefix that packets must have (to)."},
    {2, "FRA_SRC", "src", prefix(2), "Source prefix that packets must have (from)."},
    {3, "FRA_IIFNAME", "iif", linkName(), "Name of the incoming link; need not exist yet."},
    {4, "FRA_GOTO", "goto", u32(), "Priority of the rule to go on with, for the action 'goto'."},
    {6, "FRA_PRIORITY", "priority", u32(), "Rules are tried from the lowest priority up."},
    {10, "FRA_FWMARK", "fwmark", u32(), "Firewall mark that packets must have."},
    {11, "FRA_FLOW", "realms", u32(), "Realms to assign: source * 65,536 + destination (IPv4)."},
    {12, "FRA_TUN_ID", "tunId", be64(), "Tunnel id that packets must have."},
    {13, "FRA_SUPPRESS_IFGROUP", "suppressIfgroup", s32(), "Reject what leaves by a link of this group; -1: off."},
    {14, "FRA_SUPPRESS_PREFIXLEN", "suppressPrefixLength", s32(),
     "Reject what is found by a prefix of this length or shorter; -1: off."},
    {15, "FRA_TABLE", "table", enumeration(u32(), kRouteTables), "Table to look up, for the action 'toTable'."},
    {16, "FRA_FWMASK", "fwmask", u32(), "Bits of the mark that are compared."},
    {17, "FRA_OIFNAME", "oif", linkName(), "Name of the outgoing link; need not exist yet."},
    {18, "FRA_PAD", "", pad(), ""},
    {19, "FRA_L3MDEV", "l3mdev", boolean(), "Look up the table of the VRF that the link is in."},
    {20, "FRA_UID_RANGE", "uidRange", structure(kUidRange), "User ids that packets must come from."},
    {21, "FRA_PROTOCOL", "protocol", enumeration(u8(), kRouteProtocols), "Who made the rule."},
    {22, "FRA_IP_PROTO", "ipProto", enumeration(u8(), kIpProtocols), "Transport protocol that packets must have."},
    {23, "FRA_SPORT_RANGE", "sportRange", structure(kPortRange), "Source ports that packets must have."},
    {24, "FRA_DPORT_RANGE", "dportRange", structure(kPortRange), "Destination ports that packets must have."},
    {25, "FRA_DSCP", "dscp", u8().range(0, 63), "DSCP that packets must have."},
    {26, "FRA_FLOWLABEL", "flowlabel", be32().range(0, 0xfffff), "IPv6 flow label that packets must have."},
    {27, "FRA_FLOWLABEL_MASK", "flowlabelMask", be32().range(0, 0xfffff), "Bits of the flow label that are compared."},
    {28, "FRA_SPORT_MASK", "sportMask", u16(), "Bits of the source port that are compared; needs a single port."},
    {29, "FRA_DPORT_MASK", "dportMask", u16(), "Bits of the destination port that are compared; needs a single port."},
    {30, "FRA_DSCP_MASK", "dscpMask", u8().range(0, 63), "Bits of the DSCP that are compared."},
};
constexpr Table kAttributes{"RuleAttributes", "FRA_*", kFields};

}  // namespace

constinit const Object kRule{"Rule", "A rule of policy routing.", kHeader, kAttributes, 0};

}  // namespace netplumb
