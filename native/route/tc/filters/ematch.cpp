// Extended matches: a tree of comparisons, which the kernel takes as a list of structs.
#include "route/tc/filters/filters.h"

namespace netplumb {
namespace {

constexpr Name kKinds[] = {{0, "container"}, {1, "cmp"},  {2, "nbyte"}, {3, "u32"},   {4, "meta"},
                           {5, "text"},      {6, "vlan"}, {7, "canid"}, {8, "ipset"}, {9, "ipt"}};
constexpr Name kRelations[] = {{0, "end"}, {1, "and"}, {2, "or"}};
constexpr Name kLayers[] = {{0, "link"}, {1, "network"}, {2, "transport"}};
constexpr Name kOperands[] = {{0, "eq"}, {1, "gt"}, {2, "lt"}};
constexpr Name kAlignments[] = {{1, "u8"}, {2, "u16"}, {4, "u32"}};

constexpr Field kContainerFields[] = {
    {0, "ref", "ref", u32(), "Position of the first match inside."},
};
constexpr Table kContainer{"EmatchContainer", "Matches in parentheses.", kContainerFields, 4};

constexpr Field kCmpFields[] = {
    {0, "val", "value", u32(), "Value to compare with."},
    {4, "mask", "mask", u32(), "Bits that are compared; all if 0."},
    {8, "off", "at", u16(), "Offset in bytes."},
    {10, "align", "align", enumeration(u8(), kAlignments).bits(0, 4), "Width of the value."},
    {10, "flags", "trans", u8().bits(4, 4), "1: the packet's value is turned to host byte order."},
    {11, "layer", "layer", enumeration(u8(), kLayers).bits(0, 4), "Layer from which the offset counts."},
    {11, "opnd", "op", enumeration(u8(), kOperands).bits(4, 4), "Comparison."},
};
constexpr Table kCmp{"EmatchCmp", "Compares a number, struct tcf_em_cmp.", kCmpFields, 12};

constexpr Field kNbyteFields[] = {
    {0, "off", "at", u16(), "Offset in bytes."},
    {2, "len", "length", u16().bits(0, 12), "Number of bytes."},
    {2, "layer", "layer", enumeration(u16(), kLayers).bits(12, 4), "Layer from which the offset counts."},
    {4, "pattern", "needle", binary().trailing(), "Bytes to compare with."},
};
constexpr Table kNbyte{"EmatchNbyte", "Compares bytes, struct tcf_em_nbyte.", kNbyteFields, 4};

constexpr Field kTextFields[] = {
    {0, "algo", "algo", string(16), "Search algorithm: 'kmp', 'bm', 'fsm'."},
    {16, "from_offset", "from", u16(), "First offset."},
    {18, "to_offset", "to", u16(), "Last offset."},
    {20, "pattern_len", "length", u16(), "Length of the pattern."},
    {22, "from_layer", "fromLayer", enumeration(u8(), kLayers).bits(0, 4), "Layer of the first offset."},
    {22, "to_layer", "toLayer", enumeration(u8(), kLayers).bits(4, 4), "Layer of the last offset."},
    {24, "pattern", "pattern", binary().trailing(), "Bytes to search for."},
};
constexpr Table kText{"EmatchText", "Searches for bytes, struct tcf_em_text.", kTextFields, 24};

constexpr Name kMetaTypes[] = {{0, "var"}, {1, "int"}};
constexpr Name kMetaIds[] = {
    {0, "value"},          {1, "random"},          {2, "loadavg_1"},
    {3, "loadavg_5"},      {4, "loadavg_15"},      {5, "dev"},
    {6, "priority"},       {7, "protocol"},        {8, "pkt_type"},
    {9, "pkt_len"},        {10, "data_len"},       {11, "mac_len"},
    {12, "nf_mark"},       {13, "tc_index"},       {14, "rt_classid"},
    {15, "rt_iif"},        {16, "sk_family"},      {17, "sk_state"},
    {18, "sk_reuse"},      {19, "sk_bind_if"},     {20, "sk_refcnt"},
    {21, "sk_shutdown"},   {22, "sk_proto"},       {23, "sk_type"},
    {24, "sk_rcvbuf"},     {25, "sk_rmem"},        {26, "sk_wmem"},
    {27, "sk_omem"},       {28, "sk_wmem_queue"},  {29, "sk_rcv_queue"},
    {30, "sk_snd_queue"},  {31, "sk_err_queue"},   {32, "sk_fwd_alloc"},
    {33, "sk_sndbuf"},     {34, "sk_allocs"},      {36, "sk_hash"},
    {37, "sk_lingertime"}, {38, "sk_ack_backlog"}, {39, "sk_max_ack_backlog"},
    {40, "sk_prio"},       {41, "sk_rcvlowat"},    {42, "sk_rcvtimeo"},
    {43, "sk_sndtimeo"},   {44, "sk_sendmsg_off"}, {45, "sk_write_pending"},
    {46, "vlan"},          {47, "rxhash"},
};

constexpr Field kMetaHeaderFields[] = {
    {0, "left.kind", "leftId", enumeration(u16(), kMetaIds).bits(0, 11), "What is compared."},
    {0, "left.kind", "leftType", enumeration(u16(), kMetaTypes).bits(12, 4), "Its type."},
    {2, "left.shift", "leftShift", u8(), "It is shifted to the right by so many bits."},
    {3, "left.op", "op", enumeration(u8(), kOperands), "Comparison."},
    {4, "right.kind", "rightId", enumeration(u16(), kMetaIds).bits(0, 11), "With what it is compared."},
    {4, "right.kind", "rightType", enumeration(u16(), kMetaTypes).bits(12, 4), "Its type."},
    {6, "right.shift", "rightShift", u8(), "It is shifted to the right by so many bits."},
};
constexpr Table kMetaHeader{"EmatchMetaHeader", "struct tcf_meta_hdr", kMetaHeaderFields, 8};

constexpr Field kMetaFields[] = {
    {1, "TCA_EM_META_HDR", "", structure(kMetaHeader), ""},
    {2, "TCA_EM_META_LVALUE", "left", binary(), "Value (of type 'var' or 'value'), or mask."},
    {3, "TCA_EM_META_RVALUE", "right", binary(), "Value (of type 'var' or 'value'), or mask."},
};
constexpr Table kMeta{"EmatchMeta", "Compares what the kernel knows about a packet or its socket.", kMetaFields};

constexpr Field kCanFilterFields[] = {
    {0, "can_id", "id", u32(), "Identifier, with CAN_EFF_FLAG for extended ones."},
    {4, "can_mask", "mask", u32(), "Bits that are compared."},
};
constexpr Table kCanFilter{"EmatchCanFilter", "struct can_filter", kCanFilterFields, 8};

constexpr Field kCanidFields[] = {
    {0, "rules", "filters", structures(kCanFilter).trailing(), "Identifiers, any of which will do."},
};
constexpr Table kCanid{"EmatchCanid", "Compares CAN identifiers.", kCanidFields, 0};

constexpr Field kIpsetFields[] = {
    {0, "index", "index", u16(), "Number of the set."},
    {2, "dim", "dimensions", u8(), "Number of dimensions that are looked up."},
    {3, "flags", "flags", u8(), "Bit n: dimension n is of the source."},
};
constexpr Table kIpset{"EmatchIpset", "Looks up an IP set, struct xt_set_info.", kIpsetFields, 4};

constexpr Choice kMatches[] = {
    {"container", &kContainer}, {"cmp", &kCmp},   {"nbyte", &kNbyte}, {"u32", &kU32Key},
    {"meta", &kMeta},           {"text", &kText}, {"canid", &kCanid}, {"ipset", &kIpset},
};

constexpr Field kMatchFields[] = {
    {0, "matchid", "id", u16(), "Id that tc gives."},
    {2, "kind", "kind", enumeration(u16(), kKinds), "Kind of the match."},
    {4, "flags", "relation", enumeration(u16(), kRelations).bits(0, 2), "How the next match is joined."},
    {4, "flags", "invert", u16().bits(2, 1), "1: the result is inverted."},
    {4, "flags", "simple", u16().bits(3, 1), "1: the options are a number."},
    {8, "data", "options", selected(kMatches, "kind").trailing(), "The match."},
};
constexpr Table kMatch{"Ematch", "An extended match, struct tcf_ematch_hdr.", kMatchFields, 8};
constexpr ValueType kMatchElement = structure(kMatch);

constexpr Field kHeaderFields[] = {
    {0, "nmatches", "count", u16(), "Number of matches."},
    {2, "progid", "program", u16(), "Who made the tree; tc is 0."},
};
constexpr Table kHeader{"EmatchTreeHeader", "struct tcf_ematch_tree_hdr", kHeaderFields, 4};

constexpr Field kFields[] = {
    {1, "TCA_EMATCH_TREE_HDR", "", structure(kHeader), ""},
    {2, "TCA_EMATCH_TREE_LIST", "matches", list(kMatchElement), "The matches; those in parentheses at the end."},
};

}  // namespace

constinit const Table kEmatchTree{"EmatchTree", "A tree of extended matches.", kFields};

}  // namespace netplumb
