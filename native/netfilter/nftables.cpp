#include "netfilter/nftables.h"

#include "netfilter/expression.h"
#include "netfilter/names.h"

namespace netplumb {
namespace {

constexpr uint32_t kNameLength = 255;
constexpr uint32_t kUserdataLength = 256;
constexpr auto name() { return string(kNameLength); }

// Tables.

constexpr Name kTableFlags[] = {{1, "dormant"}, {2, "owner"}, {4, "persist"}};
constexpr Field kTableFields[] = {
    {1, "NFTA_TABLE_NAME", "name", name(), "Name."},
    {2, "NFTA_TABLE_FLAGS", "flags", flags(be32(), kTableFlags), "Options."},
    {3, "NFTA_TABLE_USE", "use", be32().readOnly(), "How much is in it: chains, sets, objects and flowtables."},
    {4, "NFTA_TABLE_HANDLE", "handle", be64(), "The kernel's number of it."},
    {5, "NFTA_TABLE_PAD", "", pad(), ""},
    {6, "NFTA_TABLE_USERDATA", "userdata", binary(kUserdataLength), "What nft keeps there: a comment."},
    {7, "NFTA_TABLE_OWNER", "owner", be32().readOnly(), "Netlink port of the socket that owns it."},
};
constexpr Table kTableAttributes{"NfTableAttributes", "NFTA_TABLE_*", kTableFields};

// Chains.

constexpr auto kDevice = string(15);
constexpr Field kHookFields[] = {
    {1, "NFTA_HOOK_HOOKNUM", "hooknum", be32(), "Number of the hook, which depends on the family."},
    {2, "NFTA_HOOK_PRIORITY", "priority", sbe32(), "Chains of a hook are run from the lowest up."},
    {3, "NFTA_HOOK_DEV", "dev", string(15), "The link, of family netdev and of ingress."},
    {4, "NFTA_HOOK_DEVS", "devs", list(kDevice, 1), "The links, where there are several."},
};
constexpr Table kHook{"NfHook", "Where a base chain is hooked in.", kHookFields};

constexpr Name kPolicies[] = {{0, "drop"}, {1, "accept"}};
constexpr Name kChainFlags[] = {{1, "base"}, {2, "hwOffload"}, {4, "binding"}};
constexpr Field kChainFields[] = {
    {1, "NFTA_CHAIN_TABLE", "table", name(), "Name of the table."},
    {2, "NFTA_CHAIN_HANDLE", "handle", be64(), "The kernel's number of it."},
    {3, "NFTA_CHAIN_NAME", "name", name(), "Name."},
    {4, "NFTA_CHAIN_HOOK", "hook", nested(kHook), "Of a base chain: where it is hooked in."},
    {5, "NFTA_CHAIN_POLICY", "policy", enumeration(be32(), kPolicies), "Of a base chain: the verdict at its end."},
    {6, "NFTA_CHAIN_USE", "use", be32().readOnly(), "How many rules are in it and refer to it."},
    {7, "NFTA_CHAIN_TYPE", "type", string(31), "Of a base chain: filter, nat or route."},
    {8, "NFTA_CHAIN_COUNTERS", "counters", nested(kNfCounter), "What met the policy."},
    {9, "NFTA_CHAIN_PAD", "", pad(), ""},
    {10, "NFTA_CHAIN_FLAGS", "flags", flags(be32(), kChainFlags), "Options."},
    {11, "NFTA_CHAIN_ID", "id", be32(), "Number by which the transaction refers to it."},
    {12, "NFTA_CHAIN_USERDATA", "userdata", binary(kUserdataLength), "What nft keeps there: a comment."},
};
constexpr Table kChainAttributes{"NfChainAttributes", "NFTA_CHAIN_*", kChainFields};

// Rules.

constexpr Name kCompatFlags[] = {{2, "inv"}};
constexpr Field kCompatFields[] = {
    {1, "NFTA_RULE_COMPAT_PROTO", "proto", be32(), "Protocol that the extensions are for."},
    {2, "NFTA_RULE_COMPAT_FLAGS", "flags", flags(be32(), kCompatFlags), "'inv': all but that protocol."},
};
constexpr Table kCompat{"NfRuleCompat", "What extensions of iptables must know of the rule.", kCompatFields};

constexpr Field kRuleFields[] = {
    {1, "NFTA_RULE_TABLE", "table", name(), "Name of the table."},
    {2, "NFTA_RULE_CHAIN", "chain", name(), "Name of the chain."},
    {3, "NFTA_RULE_HANDLE", "handle", be64(), "The kernel's number of it."},
    {4, "NFTA_RULE_EXPRESSIONS", "expressions", kNfExpressions, "What it consists of."},
    {5, "NFTA_RULE_COMPAT", "compat", nested(kCompat), "For extensions of iptables."},
    {6, "NFTA_RULE_POSITION", "position", be64(), "Handle of the rule that it comes after, or before when inserted."},
    {7, "NFTA_RULE_USERDATA", "userdata", binary(kUserdataLength), "What nft keeps there: a comment."},
    {8, "NFTA_RULE_PAD", "", pad(), ""},
    {9, "NFTA_RULE_ID", "id", be32(), "Number by which the transaction refers to it."},
    {10, "NFTA_RULE_POSITION_ID", "positionId", be32(), "As `position`, by the other rule's id."},
    {11, "NFTA_RULE_CHAIN_ID", "chainId", be32(), "The chain by the id that it has in the transaction."},
};
constexpr Table kRuleAttributes{"NfRuleAttributes", "NFTA_RULE_*", kRuleFields};

// Sets and maps.

constexpr Field kSetFieldFields[] = {
    {1, "NFTA_SET_FIELD_LEN", "len", be32(), "Length in bytes."},
};
constexpr Table kSetField{"NfSetField", "A field of a concatenation.", kSetFieldFields};
constexpr auto kSetFieldValue = nested(kSetField);

constexpr Field kSetDescFields[] = {
    {1, "NFTA_SET_DESC_SIZE", "size", be32(), "How many elements it may have."},
    {2, "NFTA_SET_DESC_CONCAT", "concat", list(kSetFieldValue, 1), "The fields of a concatenated key."},
};
constexpr Table kSetDesc{"NfSetDesc", "What helps to choose a set's implementation.", kSetDescFields};

constexpr Name kSetFlags[] = {
    {0x01, "anonymous"}, {0x02, "constant"}, {0x04, "interval"}, {0x08, "map"},   {0x10, "timeout"},
    {0x20, "eval"},      {0x40, "object"},   {0x80, "concat"},   {0x100, "expr"},
};
constexpr Name kSetPolicies[] = {{0, "performance"}, {1, "memory"}};
constexpr Name kDataTypes[] = {{0xffffff00, "verdict"}};
constexpr Field kSetFields[] = {
    {1, "NFTA_SET_TABLE", "table", name(), "Name of the table."},
    {2, "NFTA_SET_NAME", "name", name(), "Name; '%d' in it becomes a number."},
    {3, "NFTA_SET_FLAGS", "flags", flags(be32(), kSetFlags), "Options."},
    {4, "NFTA_SET_KEY_TYPE", "keyType", be32(), "Type of keys, which only programs understand."},
    {5, "NFTA_SET_KEY_LEN", "keyLen", be32(), "Length of a key in bytes."},
    {6, "NFTA_SET_DATA_TYPE", "dataType", enumeration(be32(), kDataTypes), "Of a map: type of data."},
    {7, "NFTA_SET_DATA_LEN", "dataLen", be32(), "Of a map: length of data in bytes."},
    {8, "NFTA_SET_POLICY", "policy", enumeration(be32(), kSetPolicies), "What matters more."},
    {9, "NFTA_SET_DESC", "desc", nested(kSetDesc), "Size and fields."},
    {10, "NFTA_SET_ID", "id", be32(), "Number by which the transaction refers to it."},
    {11, "NFTA_SET_TIMEOUT", "timeout", be64(), "Milliseconds that elements live unless they say otherwise."},
    {12, "NFTA_SET_GC_INTERVAL", "gcInterval", be32(), "Milliseconds between collections of expired elements."},
    {13, "NFTA_SET_USERDATA", "userdata", binary(kUserdataLength),
     "What nft keeps there: byte order, types, a comment."},
    {14, "NFTA_SET_PAD", "", pad(), ""},
    {15, "NFTA_SET_OBJ_TYPE", "objType", enumeration(be32(), kNfObjectTypes), "Of a map to objects: their kind."},
    {16, "NFTA_SET_HANDLE", "handle", be64(), "The kernel's number of it."},
    {17, "NFTA_SET_EXPR", "expr", nested(kNfExpression), "Expression of each element."},
    {18, "NFTA_SET_EXPRESSIONS", "expressions", kNfExpressions, "Expressions of each element, of two and more."},
    {19, "NFTA_SET_TYPE", "type", string(31).readOnly(), "The kernel's name of the implementation."},
    {20, "NFTA_SET_COUNT", "count", be32().readOnly(), "How many elements it has."},
};
constexpr Table kSetAttributes{"NfSetAttributes", "NFTA_SET_*", kSetFields};

// Elements.

constexpr Name kElementFlags[] = {{1, "intervalEnd"}, {2, "catchall"}};
constexpr Field kElementFields[] = {
    {1, "NFTA_SET_ELEM_KEY", "key", nested(kNfData), "The key, or the first of an interval."},
    {2, "NFTA_SET_ELEM_DATA", "data", nested(kNfData), "What a map gives for it."},
    {3, "NFTA_SET_ELEM_FLAGS", "flags", flags(be32(), kElementFlags), "Options."},
    {4, "NFTA_SET_ELEM_TIMEOUT", "timeout", be64(), "Milliseconds that it lives."},
    {5, "NFTA_SET_ELEM_EXPIRATION", "expiration", be64(), "Milliseconds that are left of that."},
    {6, "NFTA_SET_ELEM_USERDATA", "userdata", binary(kUserdataLength), "What nft keeps there: a comment."},
    {7, "NFTA_SET_ELEM_EXPR", "expr", nested(kNfExpression), "Its expression."},
    {8, "NFTA_SET_ELEM_PAD", "", pad(), ""},
    {9, "NFTA_SET_ELEM_OBJREF", "objref", name(), "Name of the object that a map gives for it."},
    {10, "NFTA_SET_ELEM_KEY_END", "keyEnd", nested(kNfData), "The last key of an interval of concatenations."},
    {11, "NFTA_SET_ELEM_EXPRESSIONS", "expressions", kNfExpressions, "Its expressions, of two and more."},
};
constexpr auto kElementValue = nested(kNfElement);

constexpr Field kElementsFields[] = {
    {1, "NFTA_SET_ELEM_LIST_TABLE", "table", name(), "Name of the table."},
    {2, "NFTA_SET_ELEM_LIST_SET", "set", name(), "Name of the set."},
    {3, "NFTA_SET_ELEM_LIST_ELEMENTS", "elements", list(kElementValue), "The elements."},
    {4, "NFTA_SET_ELEM_LIST_SET_ID", "setId", be32(), "The set by the id that it has in the transaction."},
};
constexpr Table kElementsAttributes{"NfElementsAttributes", "NFTA_SET_ELEM_LIST_*", kElementsFields};

// Stateful objects.

constexpr Field kCtHelperFields[] = {
    {1, "NFTA_CT_HELPER_NAME", "name", string(15), "Name of the helper, such as ftp."},
    {2, "NFTA_CT_HELPER_L3PROTO", "l3proto", be16(), "Family of its connections."},
    {3, "NFTA_CT_HELPER_L4PROTO", "l4proto", u8(), "Transport protocol of its connections."},
};
constexpr Table kCtHelper{"NfCtHelper", "A helper of connection tracking.", kCtHelperFields};

// The states are those of the transport protocol; the attributes' names are TCP's.
constexpr Field kCtTimeoutValueFields[] = {
    {1, "CTA_TIMEOUT_TCP_SYN_SENT", "state1", be32(), "Seconds; TCP: synSent, UDP: unreplied."},
    {2, "CTA_TIMEOUT_TCP_SYN_RECV", "state2", be32(), "Seconds; TCP: synRecv, UDP: replied."},
    {3, "CTA_TIMEOUT_TCP_ESTABLISHED", "state3", be32(), "Seconds; TCP: established."},
    {4, "CTA_TIMEOUT_TCP_FIN_WAIT", "state4", be32(), "Seconds; TCP: finWait."},
    {5, "CTA_TIMEOUT_TCP_CLOSE_WAIT", "state5", be32(), "Seconds; TCP: closeWait."},
    {6, "CTA_TIMEOUT_TCP_LAST_ACK", "state6", be32(), "Seconds; TCP: lastAck."},
    {7, "CTA_TIMEOUT_TCP_TIME_WAIT", "state7", be32(), "Seconds; TCP: timeWait."},
    {8, "CTA_TIMEOUT_TCP_CLOSE", "state8", be32(), "Seconds; TCP: close."},
    {9, "CTA_TIMEOUT_TCP_SYN_SENT2", "state9", be32(), "Seconds; TCP: synSent2."},
    {10, "CTA_TIMEOUT_TCP_RETRANS", "state10", be32(), "Seconds; TCP: retrans."},
    {11, "CTA_TIMEOUT_TCP_UNACK", "state11", be32(), "Seconds; TCP: unack."},
};
constexpr Table kCtTimeoutValues{"NfCtTimeouts", "Timeouts by state of the transport protocol.", kCtTimeoutValueFields};

constexpr Field kCtTimeoutFields[] = {
    {1, "NFTA_CT_TIMEOUT_L3PROTO", "l3proto", be16(), "Family of the connections."},
    {2, "NFTA_CT_TIMEOUT_L4PROTO", "l4proto", u8(), "Transport protocol."},
    {3, "NFTA_CT_TIMEOUT_DATA", "data", nested(kCtTimeoutValues), "The timeouts."},
};
constexpr Table kCtTimeout{"NfCtTimeout", "Timeouts of connection tracking.", kCtTimeoutFields};

constexpr Field kCtExpectFields[] = {
    {1, "NFTA_CT_EXPECT_L3PROTO", "l3proto", be16(), "Family of the connection."},
    {2, "NFTA_CT_EXPECT_L4PROTO", "l4proto", u8(), "Transport protocol."},
    {3, "NFTA_CT_EXPECT_DPORT", "dport", be16(), "Destination port of the connection that is expected."},
    {4, "NFTA_CT_EXPECT_TIMEOUT", "timeout", u32(), "Milliseconds that it is expected."},
    {5, "NFTA_CT_EXPECT_SIZE", "size", u8(), "How many may be expected at once."},
};
constexpr Table kCtExpect{"NfCtExpect", "An expectation of connection tracking.", kCtExpectFields};

constexpr Field kSecmarkFields[] = {
    {1, "NFTA_SECMARK_CTX", "ctx", string(4095), "The security context."},
};
constexpr Table kSecmark{"NfSecmark", "A security mark.", kSecmarkFields};

constexpr Field kTunnelIpFields[] = {
    {1, "NFTA_TUNNEL_KEY_IP_SRC", "src", ipv4(), "Source address."},
    {2, "NFTA_TUNNEL_KEY_IP_DST", "dst", ipv4(), "Destination address."},
};
constexpr Table kTunnelIp{"NfTunnelIp", "Ends of a tunnel over IPv4.", kTunnelIpFields};
constexpr Field kTunnelIp6Fields[] = {
    {1, "NFTA_TUNNEL_KEY_IP6_SRC", "src", ipv6(), "Source address."},
    {2, "NFTA_TUNNEL_KEY_IP6_DST", "dst", ipv6(), "Destination address."},
    {3, "NFTA_TUNNEL_KEY_IP6_FLOWLABEL", "flowlabel", be32(), "Flow label."},
};
constexpr Table kTunnelIp6{"NfTunnelIp6", "Ends of a tunnel over IPv6.", kTunnelIp6Fields};
constexpr Name kTunnelFlags[] = {{1, "zeroCsumTx"}, {2, "dontFragment"}, {4, "seqNumber"}};
constexpr Field kTunnelFields[] = {
    {1, "NFTA_TUNNEL_KEY_ID", "id", be32(), "The tunnel's key."},
    {2, "NFTA_TUNNEL_KEY_IP", "ip", nested(kTunnelIp), "Its ends, over IPv4."},
    {3, "NFTA_TUNNEL_KEY_IP6", "ip6", nested(kTunnelIp6), "Its ends, over IPv6."},
    {4, "NFTA_TUNNEL_KEY_FLAGS", "flags", flags(be32(), kTunnelFlags), "Options."},
    {5, "NFTA_TUNNEL_KEY_TOS", "tos", u8(), "TOS of the outer header."},
    {6, "NFTA_TUNNEL_KEY_TTL", "ttl", u8(), "TTL of the outer header."},
    {7, "NFTA_TUNNEL_KEY_SPORT", "sport", be16(), "Source port."},
    {8, "NFTA_TUNNEL_KEY_DPORT", "dport", be16(), "Destination port."},
    {9, "NFTA_TUNNEL_KEY_OPTS", "opts", binary().readOnly(), "Options of VXLAN, ERSPAN or Geneve, as they are."},
};
constexpr Table kTunnel{"NfTunnelKey", "Metadata for a tunnel.", kTunnelFields};

constexpr Choice kObjects[] = {
    {"counter", &kNfCounter},     {"quota", &kNfQuota},       {"ctHelper", &kCtHelper},   {"limit", &kNfLimit},
    {"connlimit", &kNfConnlimit}, {"tunnel", &kTunnel},       {"ctTimeout", &kCtTimeout}, {"secmark", &kSecmark},
    {"ctExpect", &kCtExpect},     {"synproxy", &kNfSynproxy},
};
constexpr Field kObjectFields[] = {
    {1, "NFTA_OBJ_TABLE", "table", name(), "Name of the table."},
    {2, "NFTA_OBJ_NAME", "name", name(), "Name."},
    {3, "NFTA_OBJ_TYPE", "type", enumeration(be32(), kNfObjectTypes), "Kind."},
    {4, "NFTA_OBJ_DATA", "data", selected(kObjects, "type"), "Parameters and state."},
    {5, "NFTA_OBJ_USE", "use", be32().readOnly(), "How many refer to it."},
    {6, "NFTA_OBJ_HANDLE", "handle", be64(), "The kernel's number of it."},
    {7, "NFTA_OBJ_PAD", "", pad(), ""},
    {8, "NFTA_OBJ_USERDATA", "userdata", binary(kUserdataLength), "What nft keeps there: a comment."},
};
constexpr Table kObjectAttributes{"NfObjectAttributes", "NFTA_OBJ_*", kObjectFields};

// Flowtables.

constexpr Field kFlowtableHookFields[] = {
    {1, "NFTA_FLOWTABLE_HOOK_NUM", "num", be32(), "Number of the hook: 0, ingress."},
    {2, "NFTA_FLOWTABLE_HOOK_PRIORITY", "priority", sbe32(), "Those of a hook are run from the lowest up."},
    {3, "NFTA_FLOWTABLE_HOOK_DEVS", "devs", list(kDevice, 1), "The links."},
};
constexpr Table kFlowtableHook{"NfFlowtableHook", "Where a flowtable is hooked in.", kFlowtableHookFields};
constexpr Name kFlowtableFlags[] = {{1, "hwOffload"}, {2, "counter"}};
constexpr Field kFlowtableFields[] = {
    {1, "NFTA_FLOWTABLE_TABLE", "table", name(), "Name of the table."},
    {2, "NFTA_FLOWTABLE_NAME", "name", name(), "Name."},
    {3, "NFTA_FLOWTABLE_HOOK", "hook", nested(kFlowtableHook), "Where it is hooked in."},
    {4, "NFTA_FLOWTABLE_USE", "use", be32().readOnly(), "How many rules refer to it."},
    {5, "NFTA_FLOWTABLE_HANDLE", "handle", be64(), "The kernel's number of it."},
    {6, "NFTA_FLOWTABLE_PAD", "", pad(), ""},
    {7, "NFTA_FLOWTABLE_FLAGS", "flags", flags(be32(), kFlowtableFlags), "Options."},
};
constexpr Table kFlowtableAttributes{"NfFlowtableAttributes", "NFTA_FLOWTABLE_*", kFlowtableFields};

// The generation.

constexpr Field kGenerationFields[] = {
    {1, "NFTA_GEN_ID", "id", be32().readOnly(), "Number of the generation."},
    {2, "NFTA_GEN_PROC_PID", "procPid", be32().readOnly(), "Id of the process that made it."},
    {3, "NFTA_GEN_PROC_NAME", "procName", string(15).readOnly(), "Name of the process that made it."},
};
constexpr Table kGenerationAttributes{"NfGenerationAttributes", "NFTA_GEN_*", kGenerationFields};

}  // namespace

constinit const Object kNfTable{"NfTable", "A table of nftables.", kNfHeader, kTableAttributes};
constinit const Object kNfChain{"NfChain", "A chain of nftables.", kNfHeader, kChainAttributes};
constinit const Object kNfRule{"NfRule", "A rule of nftables.", kNfHeader, kRuleAttributes};
constinit const Object kNfSet{"NfSet", "A set or map of nftables.", kNfHeader, kSetAttributes};
constinit const Table kNfElement{"NfElement", "An element of a set or map.", kElementFields};
constinit const Object kNfElements{"NfElements", "Elements of a set or map.", kNfHeader, kElementsAttributes};
constinit const Object kNfObject{"NfObject", "A stateful object of nftables.", kNfHeader, kObjectAttributes};
constinit const Object kNfFlowtable{"NfFlowtable", "A flowtable of nftables.", kNfHeader, kFlowtableAttributes};
constinit const Object kNfGeneration{"NfGeneration", "The ruleset's generation: it changes with each transaction.",
                                     kNfHeader, kGenerationAttributes};

}  // namespace netplumb
