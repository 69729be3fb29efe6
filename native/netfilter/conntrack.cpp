#include "netfilter/conntrack.h"

#include "netfilter/names.h"

namespace netplumb {
namespace {

constexpr Name kProtocols[] = {
    {1, "icmp"}, {2, "igmp"}, {6, "tcp"},     {17, "udp"},   {33, "dccp"},     {47, "gre"},
    {50, "esp"}, {51, "ah"},  {58, "icmpv6"}, {132, "sctp"}, {136, "udplite"},
};

constexpr Name kStatus[] = {
    {0x1, "expected"},     {0x2, "seenReply"}, {0x4, "assured"},        {0x8, "confirmed"},
    {0x10, "srcNat"},      {0x20, "dstNat"},   {0x40, "seqAdjust"},     {0x80, "srcNatDone"},
    {0x100, "dstNatDone"}, {0x200, "dying"},   {0x400, "fixedTimeout"}, {0x800, "template"},
    {0x1000, "untracked"}, {0x2000, "helper"}, {0x4000, "offload"},     {0x8000, "hwOffload"},
};

constexpr Name kTcpStates[] = {
    {0, "none"},      {1, "synSent"}, {2, "synRecv"},  {3, "established"}, {4, "finWait"},
    {5, "closeWait"}, {6, "lastAck"}, {7, "timeWait"}, {8, "close"},       {9, "synSent2"},
};
constexpr Name kTcpFlags[] = {
    {0x01, "windowScale"},        {0x02, "sackPerm"},  {0x04, "closeInit"},        {0x08, "beLiberal"},
    {0x10, "dataUnacknowledged"}, {0x20, "maxAckSet"}, {0x40, "simultaneousOpen"},
};
constexpr Name kSctpStates[] = {
    {0, "none"},         {1, "closed"},       {2, "cookieWait"},      {3, "cookieEchoed"},  {4, "established"},
    {5, "shutdownSent"}, {6, "shutdownRecd"}, {7, "shutdownAckSent"}, {8, "heartbeatSent"},
};
constexpr Name kDccpStates[] = {
    {0, "none"},     {1, "request"}, {2, "respond"},  {3, "partOpen"}, {4, "open"},
    {5, "closeReq"}, {6, "closing"}, {7, "timeWait"}, {8, "ignore"},   {9, "invalid"},
};
constexpr Name kDccpRoles[] = {{0, "client"}, {1, "server"}};

constexpr Name kFilterFlags[] = {
    {0x1, "src"},      {0x2, "dst"},          {0x4, "zone"},         {0x8, "protocol"},
    {0x10, "sport"},   {0x20, "dport"},       {0x40, "icmpType"},    {0x80, "icmpCode"},
    {0x100, "icmpId"}, {0x200, "icmpv6Type"}, {0x400, "icmpv6Code"}, {0x800, "icmpv6Id"},
};

constexpr Name kExpectationFlags[] = {{0x1, "permanent"}, {0x2, "inactive"}, {0x4, "userspace"}};
constexpr Name kDirections[] = {{0, "original"}, {1, "reply"}};

constexpr Field kHeaderFields[] = {
    {0, "nfgen_family", "family", enumeration(u8(), kNfFamilies),
     "Protocol family; follows from addresses if left out."},
    {1, "version", "version", u8().writeOnly(), "1: an unfiltered delete is for the family only."},
};
constexpr Table kHeader{"ConntrackHeader", "struct nfgenmsg", kHeaderFields, 4};

constexpr Field kTupleIpFields[] = {
    {1, "CTA_IP_V4_SRC", "src", ipv4().ofFamily(), "Source address."},
    {2, "CTA_IP_V4_DST", "dst", ipv4().ofFamily(), "Destination address."},
    {3, "CTA_IP_V6_SRC", "src", ipv6().ofFamily(), "Source address."},
    {4, "CTA_IP_V6_DST", "dst", ipv6().ofFamily(), "Destination address."},
};
constexpr Table kTupleIp{"ConntrackTupleIp", "CTA_IP_*", kTupleIpFields};

constexpr Field kTupleProtoFields[] = {
    {1, "CTA_PROTO_NUM", "protocol", enumeration(u8(), kProtocols), "Transport protocol."},
    {2, "CTA_PROTO_SRC_PORT", "sport", be16(), "Source port; of gre, the key."},
    {3, "CTA_PROTO_DST_PORT", "dport", be16(), "Destination port; of gre, the key."},
    {4, "CTA_PROTO_ICMP_ID", "icmpId", be16(), "Identifier of an ICMP echo."},
    {5, "CTA_PROTO_ICMP_TYPE", "icmpType", u8(), "ICMP type."},
    {6, "CTA_PROTO_ICMP_CODE", "icmpCode", u8(), "ICMP code."},
    {7, "CTA_PROTO_ICMPV6_ID", "icmpv6Id", be16(), "Identifier of an ICMPv6 echo."},
    {8, "CTA_PROTO_ICMPV6_TYPE", "icmpv6Type", u8(), "ICMPv6 type."},
    {9, "CTA_PROTO_ICMPV6_CODE", "icmpv6Code", u8(), "ICMPv6 code."},
};
constexpr Table kTupleProto{"ConntrackTupleProto", "CTA_PROTO_*", kTupleProtoFields};

constexpr Field kTupleFields[] = {
    {1, "CTA_TUPLE_IP", "", nested(kTupleIp), ""},
    {2, "CTA_TUPLE_PROTO", "", nested(kTupleProto), ""},
    {3, "CTA_TUPLE_ZONE", "zone", be16(), "Zone of this direction only."},
};
constexpr Table kTuple{"ConntrackTuple", "Packets of one direction: from where to where.", kTupleFields};

constexpr Field kTcpFlagsFields[] = {
    {0, "flags", "flags", flags(u8(), kTcpFlags), "Flags that are set."},
    {1, "mask", "mask", flags(u8(), kTcpFlags), "When changed: flags that are to change."},
};
constexpr Table kTcpFlagsTable{"ConntrackTcpFlags", "struct nf_ct_tcp_flags", kTcpFlagsFields, 2};

constexpr Field kTcpFields[] = {
    {1, "CTA_PROTOINFO_TCP_STATE", "state", enumeration(u8(), kTcpStates), "State of the connection."},
    {2, "CTA_PROTOINFO_TCP_WSCALE_ORIGINAL", "wscaleOriginal", u8(), "Window scale of the original direction."},
    {3, "CTA_PROTOINFO_TCP_WSCALE_REPLY", "wscaleReply", u8(), "Window scale of the reply direction."},
    {4, "CTA_PROTOINFO_TCP_FLAGS_ORIGINAL", "flagsOriginal", structure(kTcpFlagsTable), "Of the original direction."},
    {5, "CTA_PROTOINFO_TCP_FLAGS_REPLY", "flagsReply", structure(kTcpFlagsTable), "Of the reply direction."},
};
constexpr Table kTcp{"ConntrackTcp", "What is known of a TCP connection.", kTcpFields};

constexpr Field kDccpFields[] = {
    {1, "CTA_PROTOINFO_DCCP_STATE", "state", enumeration(u8(), kDccpStates), "State of the connection."},
    {2, "CTA_PROTOINFO_DCCP_ROLE", "role", enumeration(u8(), kDccpRoles), "Role of the original direction's sender."},
    {3, "CTA_PROTOINFO_DCCP_HANDSHAKE_SEQ", "handshakeSeq", be64(), "Sequence number of the handshake."},
    {4, "CTA_PROTOINFO_DCCP_PAD", "", pad(), ""},
};
constexpr Table kDccp{"ConntrackDccp", "What is known of a DCCP connection.", kDccpFields};

constexpr Field kSctpFields[] = {
    {1, "CTA_PROTOINFO_SCTP_STATE", "state", enumeration(u8(), kSctpStates), "State of the association."},
    {2, "CTA_PROTOINFO_SCTP_VTAG_ORIGINAL", "vtagOriginal", be32(), "Verification tag of the original direction."},
    {3, "CTA_PROTOINFO_SCTP_VTAG_REPLY", "vtagReply", be32(), "Verification tag of the reply direction."},
};
constexpr Table kSctp{"ConntrackSctp", "What is known of an SCTP association.", kSctpFields};

constexpr Field kProtoInfoFields[] = {
    {1, "CTA_PROTOINFO_TCP", "tcp", nested(kTcp), "Of TCP."},
    {2, "CTA_PROTOINFO_DCCP", "dccp", nested(kDccp), "Of DCCP."},
    {3, "CTA_PROTOINFO_SCTP", "sctp", nested(kSctp), "Of SCTP."},
};
constexpr Table kProtoInfo{"ConntrackProtoInfo", "What is known of the connection, by protocol.", kProtoInfoFields};

constexpr Field kHelperFields[] = {
    {1, "CTA_HELP_NAME", "name", string(15), "Name, such as 'ftp'."},
    {2, "CTA_HELP_INFO", "info", binary().readOnly(), "What it tells of the connection, as attributes of its own."},
};
constexpr Table kHelper{"ConntrackHelper", "The helper that looks into the connection.", kHelperFields};

constexpr Field kCountersFields[] = {
    {1, "CTA_COUNTERS_PACKETS", "packets", be64(), "Number of packets."},
    {2, "CTA_COUNTERS_BYTES", "bytes", be64(), "Number of bytes."},
    {5, "CTA_COUNTERS_PAD", "", pad(), ""},
};
constexpr Table kCounters{"ConntrackCounters", "Traffic of one direction.", kCountersFields};

constexpr Field kTimestampFields[] = {
    {1, "CTA_TIMESTAMP_START", "start", be64(), "When it began, in nanoseconds since 1970."},
    {2, "CTA_TIMESTAMP_STOP", "stop", be64(), "When it ended, in nanoseconds since 1970."},
    {3, "CTA_TIMESTAMP_PAD", "", pad(), ""},
};
constexpr Table kTimestamp{"ConntrackTimestamp", "When a connection began and ended.", kTimestampFields};

constexpr Field kNatProtoFields[] = {
    {1, "CTA_PROTONAT_PORT_MIN", "portMin", be16(), "Lowest port."},
    {2, "CTA_PROTONAT_PORT_MAX", "portMax", be16(), "Highest port; portMin if left out."},
};
constexpr Table kNatProto{"ConntrackNatProto", "CTA_PROTONAT_*", kNatProtoFields};

constexpr Field kNatFields[] = {
    {1, "CTA_NAT_V4_MINIP", "min", ipv4().ofFamily(), "Lowest address."},
    {2, "CTA_NAT_V4_MAXIP", "max", ipv4().ofFamily(), "Highest address; min if left out."},
    {3, "CTA_NAT_PROTO", "", nested(kNatProto), ""},
    {4, "CTA_NAT_V6_MINIP", "min", ipv6().ofFamily(), "Lowest address."},
    {5, "CTA_NAT_V6_MAXIP", "max", ipv6().ofFamily(), "Highest address; min if left out."},
};
constexpr Table kNat{"ConntrackNat", "What addresses and ports are translated to.", kNatFields};

constexpr Field kSeqAdjFields[] = {
    {1, "CTA_SEQADJ_CORRECTION_POS", "correctionPos", be32(), "Sequence number that the correction begins at."},
    {2, "CTA_SEQADJ_OFFSET_BEFORE", "offsetBefore", be32(), "Offset before it, modulo 2^32."},
    {3, "CTA_SEQADJ_OFFSET_AFTER", "offsetAfter", be32(), "Offset after it, modulo 2^32."},
};
constexpr Table kSeqAdj{"ConntrackSeqAdj", "Correction of TCP's sequence numbers.", kSeqAdjFields};

constexpr Field kSecctxFields[] = {
    {1, "CTA_SECCTX_NAME", "name", string(4095), "The label."},
};
constexpr Table kSecctx{"ConntrackSecctx", "The security module's label.", kSecctxFields};

constexpr Field kSynproxyFields[] = {
    {1, "CTA_SYNPROXY_ISN", "isn", be32(), "Initial sequence number."},
    {2, "CTA_SYNPROXY_ITS", "its", be32(), "Initial timestamp."},
    {3, "CTA_SYNPROXY_TSOFF", "tsoff", be32(), "Offset of timestamps."},
};
constexpr Table kSynproxy{"ConntrackSynproxy", "State of the SYN proxy.", kSynproxyFields};

constexpr Field kFilterFields[] = {
    {1, "CTA_FILTER_ORIG_FLAGS", "originalFlags", flags(u32(), kFilterFlags), "Members of original to compare."},
    {2, "CTA_FILTER_REPLY_FLAGS", "replyFlags", flags(u32(), kFilterFlags), "Members of reply to compare."},
};
constexpr Table kFilter{"ConntrackFilterFlags", "Which members of tuples a dump compares.", kFilterFields};

constexpr Field kFields[] = {
    {1, "CTA_TUPLE_ORIG", "original", nested(kTuple), "Packets from who began the connection, before translation."},
    {2, "CTA_TUPLE_REPLY", "reply", nested(kTuple), "Packets of the other direction, as they come in."},
    {3, "CTA_STATUS", "status", flags(be32(), kStatus), "Status of the entry."},
    {4, "CTA_PROTOINFO", "protoInfo", nested(kProtoInfo), "What is known of the connection, by protocol."},
    {5, "CTA_HELP", "helper", nested(kHelper), "The helper that looks into the connection."},
    {6, "CTA_NAT_SRC", "natSrc", nested(kNat).writeOnly(), "For a new entry: what sources are translated to."},
    {7, "CTA_TIMEOUT", "timeout", be32().scaled(1000), "Milliseconds (a multiple of 1000) until it is forgotten."},
    {8, "CTA_MARK", "mark", be32(), "Mark of the connection."},
    {9, "CTA_COUNTERS_ORIG", "originalCounters", nested(kCounters).readOnly(),
     "Traffic of the original direction, where net.netfilter.nf_conntrack_acct is on."},
    {10, "CTA_COUNTERS_REPLY", "replyCounters", nested(kCounters).readOnly(), "Traffic of the reply direction."},
    {11, "CTA_USE", "use", be32().readOnly(), "References to the entry."},
    {12, "CTA_ID", "id", be32(), "Id of the entry; given to delete one, it must be the same one."},
    {13, "CTA_NAT_DST", "natDst", nested(kNat).writeOnly(), "For a new entry: what destinations are translated to."},
    {14, "CTA_TUPLE_MASTER", "master", nested(kTuple), "Original direction of the connection that it belongs to."},
    {15, "CTA_SEQ_ADJ_ORIG", "originalSeqAdj", nested(kSeqAdj), "Correction in the original direction."},
    {16, "CTA_SEQ_ADJ_REPLY", "replySeqAdj", nested(kSeqAdj), "Correction in the reply direction."},
    {17, "CTA_SECMARK", "", pad(), ""},
    {18, "CTA_ZONE", "zone", be16(), "Zone: entries of different zones may have the same tuples."},
    {19, "CTA_SECCTX", "secctx", nested(kSecctx).readOnly(), "The security module's label."},
    {20, "CTA_TIMESTAMP", "timestamp", nested(kTimestamp).readOnly(),
     "When it began and ended, where net.netfilter.nf_conntrack_timestamp is on."},
    {21, "CTA_MARK_MASK", "markMask", be32().writeOnly(), "Bits of mark to change, or to compare."},
    {22, "CTA_LABELS", "labels", binary(16), "Labels, 128 bits."},
    {23, "CTA_LABELS_MASK", "labelsMask", binary(16).writeOnly(), "Labels to change."},
    {24, "CTA_SYNPROXY", "synproxy", nested(kSynproxy), "State of the SYN proxy."},
    {25, "CTA_FILTER", "filter", nested(kFilter).writeOnly(), "Which members of tuples a dump compares."},
    {26, "CTA_STATUS_MASK", "statusMask", flags(be32(), kStatus).writeOnly(), "Bits of status to compare."},
};
constexpr Table kAttributes{"ConntrackAttributes", "CTA_*", kFields};

constexpr Field kExpectationNatFields[] = {
    {1, "CTA_EXPECT_NAT_DIR", "direction", enumeration(be32(), kDirections), "Direction that is translated."},
    {2, "CTA_EXPECT_NAT_TUPLE", "tuple", nested(kTuple), "What it is translated to."},
};
constexpr Table kExpectationNat{"ConntrackExpectationNat", "Translation of an expected connection.",
                                kExpectationNatFields};

constexpr Field kExpectationFields[] = {
    {1, "CTA_EXPECT_MASTER", "master", nested(kTuple), "Original direction of the connection that expects it."},
    {2, "CTA_EXPECT_TUPLE", "tuple", nested(kTuple), "What is expected."},
    {3, "CTA_EXPECT_MASK", "mask", nested(kTuple), "Which bits of tuple count."},
    {4, "CTA_EXPECT_TIMEOUT", "timeout", be32().scaled(1000), "Milliseconds (a multiple of 1000) it is expected for."},
    {5, "CTA_EXPECT_ID", "id", be32(), "Id of the expectation."},
    {6, "CTA_EXPECT_HELP_NAME", "helper", string(15), "Name of the helper that expects it."},
    {7, "CTA_EXPECT_ZONE", "zone", be16(), "Zone."},
    {8, "CTA_EXPECT_FLAGS", "flags", flags(be32(), kExpectationFlags), "Options."},
    {9, "CTA_EXPECT_CLASS", "class", be32(), "Class, by the helper's own numbers."},
    {10, "CTA_EXPECT_NAT", "nat", nested(kExpectationNat), "Translation of the expected connection."},
    {11, "CTA_EXPECT_FN", "function", string(63), "What is called when it comes."},
};
constexpr Table kExpectationAttributes{"ConntrackExpectationAttributes", "CTA_EXPECT_*", kExpectationFields};

constexpr Field kStatsFields[] = {
    {1, "CTA_STATS_GLOBAL_ENTRIES", "entries", be32(), "Number of entries of the namespace."},
    {2, "CTA_STATS_GLOBAL_MAX_ENTRIES", "maxEntries", be32(), "Most entries of a namespace."},
};
constexpr Table kStatsAttributes{"ConntrackStatsAttributes", "CTA_STATS_GLOBAL_*", kStatsFields};

constexpr Field kCpuHeaderFields[] = {
    {2, "res_id", "cpu", be16(), "The CPU that counted."},
};
constexpr Table kCpuHeader{"ConntrackCpuHeader", "struct nfgenmsg", kCpuHeaderFields, 4};

constexpr Field kCpuStatsFields[] = {
    {1, "CTA_STATS_SEARCHED", "searched", be32(), "No longer counted."},
    {2, "CTA_STATS_FOUND", "found", be32(), "Entries found."},
    {3, "CTA_STATS_NEW", "new", be32(), "No longer counted."},
    {4, "CTA_STATS_INVALID", "invalid", be32(), "Packets that could not be tracked."},
    {5, "CTA_STATS_IGNORE", "ignore", be32(), "No longer counted."},
    {6, "CTA_STATS_DELETE", "delete", be32(), "No longer counted."},
    {7, "CTA_STATS_DELETE_LIST", "deleteList", be32(), "No longer counted."},
    {8, "CTA_STATS_INSERT", "insert", be32(), "Entries inserted."},
    {9, "CTA_STATS_INSERT_FAILED", "insertFailed", be32(), "Entries that were there already when inserted."},
    {10, "CTA_STATS_DROP", "drop", be32(), "Packets dropped because no entry could be made."},
    {11, "CTA_STATS_EARLY_DROP", "earlyDrop", be32(), "Entries dropped to make room."},
    {12, "CTA_STATS_ERROR", "error", be32(), "Packets that were malformed."},
    {13, "CTA_STATS_SEARCH_RESTART", "searchRestart", be32(), "Searches begun anew as the table was resized."},
    {14, "CTA_STATS_CLASH_RESOLVE", "clashResolve", be32(), "Clashes of new entries that could be resolved."},
    {15, "CTA_STATS_CHAIN_TOOLONG", "chainTooLong", be32(), "Packets dropped because a hash chain was too long."},
};
constexpr Table kCpuStatsAttributes{"ConntrackCpuStatsAttributes", "CTA_STATS_*", kCpuStatsFields};

constexpr Field kExpectationCpuStatsFields[] = {
    {1, "CTA_STATS_EXP_NEW", "new", be32(), "Connections that had been expected."},
    {2, "CTA_STATS_EXP_CREATE", "create", be32(), "Expectations made."},
    {3, "CTA_STATS_EXP_DELETE", "delete", be32(), "Expectations deleted."},
};
constexpr Table kExpectationCpuStatsAttributes{"ConntrackExpectationCpuStatsAttributes", "CTA_STATS_EXP_*",
                                               kExpectationCpuStatsFields};

}  // namespace

constinit const Object kConntrackEntry{"ConntrackEntry", "A connection, as conntrack knows it.", kHeader, kAttributes,
                                       0};
constinit const Object kConntrackExpectation{"ConntrackExpectation", "A connection that a helper expects.", kHeader,
                                             kExpectationAttributes, 0};
constinit const Object kConntrackStats{"ConntrackStats", "How full the table is.", kHeader, kStatsAttributes};
constinit const Object kConntrackCpuStats{"ConntrackCpuStats", "What one CPU has counted.", kCpuHeader,
                                          kCpuStatsAttributes};
constinit const Object kExpectationCpuStats{"ConntrackExpectationCpuStats", "What one CPU has counted of expectations.",
                                            kCpuHeader, kExpectationCpuStatsAttributes};

}  // namespace netplumb
