#include "netfilter/expression.h"

#include "netfilter/names.h"

namespace netplumb {
namespace {

constexpr uint32_t kNameLength = 255;
constexpr Name kInverted[] = {{1, "inv"}};

// Data, verdicts.

constexpr Name kVerdicts[] = {
    {0, "drop"},
    {1, "accept"},
    {2, "stolen"},
    {3, "queue"},
    {4, "repeat"},
    {5, "stop"},
    {0xffffffff, "continue"},
    {0xfffffffe, "break"},
    {0xfffffffd, "jump"},
    {0xfffffffc, "goto"},
    {0xfffffffb, "return"},
};

constexpr Field kVerdictFields[] = {
    {1, "NFTA_VERDICT_CODE", "code", enumeration(be32(), kVerdicts), "What becomes of the packet."},
    {2, "NFTA_VERDICT_CHAIN", "chain", string(kNameLength), "Chain to go to."},
    {3, "NFTA_VERDICT_CHAIN_ID", "chainId", be32(), "The same by the id that it has in the transaction."},
};
constexpr Table kVerdict{"NfVerdict", "A verdict.", kVerdictFields};

constexpr Field kDataFields[] = {
    {1, "NFTA_DATA_VALUE", "value", binary(64), "Bytes, as they lie in registers."},
    {2, "NFTA_DATA_VERDICT", "verdict", nested(kVerdict), "A verdict."},
};

constexpr auto data() { return nested(kNfData); }

// The expressions, by the kernel's file name.

constexpr Field kImmediateFields[] = {
    {1, "NFTA_IMMEDIATE_DREG", "dreg", be32(), "Destination register; 0 for a verdict."},
    {2, "NFTA_IMMEDIATE_DATA", "data", data(), "What is loaded."},
};
constexpr Table kImmediate{"NfImmediate", "Loads a constant or ends with a verdict.", kImmediateFields};

constexpr Name kCmpOps[] = {{0, "eq"}, {1, "neq"}, {2, "lt"}, {3, "lte"}, {4, "gt"}, {5, "gte"}};
constexpr Field kCmpFields[] = {
    {1, "NFTA_CMP_SREG", "sreg", be32(), "Register that is compared."},
    {2, "NFTA_CMP_OP", "op", enumeration(be32(), kCmpOps), "The relation."},
    {3, "NFTA_CMP_DATA", "data", data(), "What it is compared with."},
};
constexpr Table kCmp{"NfCmp", "Compares a register with a constant.", kCmpFields};

constexpr Name kRangeOps[] = {{0, "eq"}, {1, "neq"}};
constexpr Field kRangeFields[] = {
    {1, "NFTA_RANGE_SREG", "sreg", be32(), "Register that is compared."},
    {2, "NFTA_RANGE_OP", "op", enumeration(be32(), kRangeOps), "Inside or outside."},
    {3, "NFTA_RANGE_FROM_DATA", "fromData", data(), "First value of the range."},
    {4, "NFTA_RANGE_TO_DATA", "toData", data(), "Last value of the range."},
};
constexpr Table kRange{"NfRange", "Compares a register with a range.", kRangeFields};

constexpr Name kBitwiseOps[] = {{0, "bool"}, {1, "lshift"}, {2, "rshift"}, {3, "and"}, {4, "or"}, {5, "xor"}};
constexpr Field kBitwiseFields[] = {
    {1, "NFTA_BITWISE_SREG", "sreg", be32(), "Source register."},
    {2, "NFTA_BITWISE_DREG", "dreg", be32(), "Destination register."},
    {3, "NFTA_BITWISE_LEN", "len", be32(), "Length of the operands in bytes."},
    {4, "NFTA_BITWISE_MASK", "mask", data(), "For 'bool': dreg = (sreg & mask) ^ xor."},
    {5, "NFTA_BITWISE_XOR", "xor", data(), "For 'bool': dreg = (sreg & mask) ^ xor."},
    {6, "NFTA_BITWISE_OP", "op", enumeration(be32(), kBitwiseOps), "The operation (bool: NFT_BITWISE_MASK_XOR)."},
    {7, "NFTA_BITWISE_DATA", "data", data(), "How far is shifted."},
    {8, "NFTA_BITWISE_SREG2", "sreg2", be32(), "Second source register."},
};
constexpr Table kBitwise{"NfBitwise", "Operates on the bits of registers.", kBitwiseFields};

constexpr Name kByteorderOps[] = {{0, "ntoh"}, {1, "hton"}};
constexpr Field kByteorderFields[] = {
    {1, "NFTA_BYTEORDER_SREG", "sreg", be32(), "Source register."},
    {2, "NFTA_BYTEORDER_DREG", "dreg", be32(), "Destination register."},
    {3, "NFTA_BYTEORDER_OP", "op", enumeration(be32(), kByteorderOps), "Direction."},
    {4, "NFTA_BYTEORDER_LEN", "len", be32(), "Length of the data in bytes."},
    {5, "NFTA_BYTEORDER_SIZE", "size", be32(), "Bytes of one number: 2, 4 or 8."},
};
constexpr Table kByteorder{"NfByteorder", "Swaps bytes between network and host order.", kByteorderFields};

constexpr Name kPayloadBases[] = {{0, "ll"}, {1, "network"}, {2, "transport"}, {3, "inner"}, {4, "tun"}};
constexpr Name kChecksums[] = {{0, "none"}, {1, "inet"}, {2, "sctp"}};
constexpr Name kChecksumFlags[] = {{1, "l4csumPseudohdr"}};
constexpr Field kPayloadFields[] = {
    {1, "NFTA_PAYLOAD_DREG", "dreg", be32(), "Destination register, to load."},
    {2, "NFTA_PAYLOAD_BASE", "base", enumeration(be32(), kPayloadBases), "Header that the offset counts from."},
    {3, "NFTA_PAYLOAD_OFFSET", "offset", be32(), "Offset in bytes."},
    {4, "NFTA_PAYLOAD_LEN", "len", be32(), "Length in bytes."},
    {5, "NFTA_PAYLOAD_SREG", "sreg", be32(), "Source register, to write."},
    {6, "NFTA_PAYLOAD_CSUM_TYPE", "csumType", enumeration(be32(), kChecksums), "Checksum to mend after writing."},
    {7, "NFTA_PAYLOAD_CSUM_OFFSET", "csumOffset", be32(), "Where that checksum is, from the base."},
    {8, "NFTA_PAYLOAD_CSUM_FLAGS", "csumFlags", flags(be32(), kChecksumFlags), "Whether layer 4's is mended too."},
};
constexpr Table kPayload{"NfPayload", "Loads bytes of the packet, or writes them.", kPayloadFields};

constexpr Name kExthdrOps[] = {{0, "ipv6"}, {1, "tcpopt"}, {2, "ipv4"}, {3, "sctp"}, {4, "dccp"}};
constexpr Name kExthdrFlags[] = {{1, "present"}};
constexpr Field kExthdrFields[] = {
    {1, "NFTA_EXTHDR_DREG", "dreg", be32(), "Destination register, to load."},
    {2, "NFTA_EXTHDR_TYPE", "type", u8(), "Type of the extension header, option or chunk."},
    {3, "NFTA_EXTHDR_OFFSET", "offset", be32(), "Offset in it in bytes."},
    {4, "NFTA_EXTHDR_LEN", "len", be32(), "Length in bytes."},
    {5, "NFTA_EXTHDR_FLAGS", "flags", flags(be32(), kExthdrFlags), "'present': load whether there is one."},
    {6, "NFTA_EXTHDR_OP", "op", enumeration(be32(), kExthdrOps), "What kind of header it is."},
    {7, "NFTA_EXTHDR_SREG", "sreg", be32(), "Source register, to write."},
};
constexpr Table kExthdr{"NfExthdr", "Loads, writes or removes extension headers and options.", kExthdrFields};

constexpr Name kMetaKeys[] = {
    {0, "len"},         {1, "protocol"},   {2, "priority"},  {3, "mark"},      {4, "iif"},         {5, "oif"},
    {6, "iifname"},     {7, "oifname"},    {8, "iiftype"},   {9, "oiftype"},   {10, "skuid"},      {11, "skgid"},
    {12, "nftrace"},    {13, "rtclassid"}, {14, "secmark"},  {15, "nfproto"},  {16, "l4proto"},    {17, "briIifname"},
    {18, "briOifname"}, {19, "pkttype"},   {20, "cpu"},      {21, "iifgroup"}, {22, "oifgroup"},   {23, "cgroup"},
    {24, "prandom"},    {25, "secpath"},   {26, "iifkind"},  {27, "oifkind"},  {28, "briIifpvid"}, {29, "briIifvproto"},
    {30, "timeNs"},     {31, "timeDay"},   {32, "timeHour"}, {33, "sdif"},     {34, "sdifname"},   {35, "briBroute"},
};
constexpr Field kMetaFields[] = {
    {1, "NFTA_META_DREG", "dreg", be32(), "Destination register, to load."},
    {2, "NFTA_META_KEY", "key", enumeration(be32(), kMetaKeys), "What is loaded or set."},
    {3, "NFTA_META_SREG", "sreg", be32(), "Source register, to set."},
};
constexpr Table kMeta{"NfMeta", "Loads or sets what the kernel knows of the packet.", kMetaFields};

constexpr Name kCtKeys[] = {
    {0, "state"},      {1, "direction"},  {2, "status"}, {3, "mark"},    {4, "secmark"},   {5, "expiration"},
    {6, "helper"},     {7, "l3protocol"}, {8, "src"},    {9, "dst"},     {10, "protocol"}, {11, "protoSrc"},
    {12, "protoDst"},  {13, "labels"},    {14, "pkts"},  {15, "bytes"},  {16, "avgpkt"},   {17, "zone"},
    {18, "eventmask"}, {19, "srcIp"},     {20, "dstIp"}, {21, "srcIp6"}, {22, "dstIp6"},   {23, "id"},
};
constexpr Name kCtDirections[] = {{0, "original"}, {1, "reply"}};
constexpr Field kCtFields[] = {
    {1, "NFTA_CT_DREG", "dreg", be32(), "Destination register, to load."},
    {2, "NFTA_CT_KEY", "key", enumeration(be32(), kCtKeys), "What is loaded or set."},
    {3, "NFTA_CT_DIRECTION", "direction", enumeration(u8(), kCtDirections), "Of which direction."},
    {4, "NFTA_CT_SREG", "sreg", be32(), "Source register, to set."},
};
constexpr Table kCt{"NfCt", "Loads or sets what connection tracking knows.", kCtFields};

constexpr Field kLookupFields[] = {
    {1, "NFTA_LOOKUP_SET", "set", string(kNameLength), "Name of the set."},
    {2, "NFTA_LOOKUP_SREG", "sreg", be32(), "Register with the key."},
    {3, "NFTA_LOOKUP_DREG", "dreg", be32(), "Destination register of a map's data; 0 for verdicts."},
    {4, "NFTA_LOOKUP_SET_ID", "setId", be32(), "The set by the id that it has in the transaction."},
    {5, "NFTA_LOOKUP_FLAGS", "flags", flags(be32(), kInverted), "'inv': matches what is not in the set."},
};
constexpr Table kLookup{"NfLookup", "Looks up a set or map.", kLookupFields};

constexpr Name kDynsetOps[] = {{0, "add"}, {1, "update"}, {2, "delete"}};
constexpr Name kDynsetFlags[] = {{1, "inv"}, {2, "expr"}};
constexpr Field kDynsetFields[] = {
    {1, "NFTA_DYNSET_SET_NAME", "setName", string(kNameLength), "Name of the set."},
    {2, "NFTA_DYNSET_SET_ID", "setId", be32(), "The set by the id that it has in the transaction."},
    {3, "NFTA_DYNSET_OP", "op", enumeration(be32(), kDynsetOps), "What is done to the element."},
    {4, "NFTA_DYNSET_SREG_KEY", "sregKey", be32(), "Register with the key."},
    {5, "NFTA_DYNSET_SREG_DATA", "sregData", be32(), "Register with a map's data."},
    {6, "NFTA_DYNSET_TIMEOUT", "timeout", be64(), "Milliseconds that the element lives."},
    {7, "NFTA_DYNSET_EXPR", "expr", nested(kNfExpression), "The element's expression."},
    {8, "NFTA_DYNSET_PAD", "", pad(), ""},
    {9, "NFTA_DYNSET_FLAGS", "flags", flags(be32(), kDynsetFlags), "Options."},
    {10, "NFTA_DYNSET_EXPRESSIONS", "expressions", kNfExpressions, "The element's expressions, of two and more."},
};
constexpr Table kDynset{"NfDynset", "Adds, updates or deletes an element as packets come.", kDynsetFields};

constexpr Name kLogLevels[] = {
    {0, "emerg"},  {1, "alert"}, {2, "crit"},  {3, "err"},   {4, "warning"},
    {5, "notice"}, {6, "info"},  {7, "debug"}, {8, "audit"},
};
constexpr Name kLogFlags[] = {
    {0x01, "tcpseq"}, {0x02, "tcpopt"}, {0x04, "ipopt"}, {0x08, "uid"}, {0x10, "nflog"}, {0x20, "macdecode"},
};
constexpr Field kLogFields[] = {
    {1, "NFTA_LOG_GROUP", "group", be16(), "Group of nfnetlink_log that gets it."},
    {2, "NFTA_LOG_PREFIX", "prefix", string(127), "Text in front."},
    {3, "NFTA_LOG_SNAPLEN", "snaplen", be32(), "Bytes of the packet that are told."},
    {4, "NFTA_LOG_QTHRESHOLD", "qthreshold", be16(), "Packets that are gathered before they are told."},
    {5, "NFTA_LOG_LEVEL", "level", enumeration(be32(), kLogLevels), "Level for the kernel's log."},
    {6, "NFTA_LOG_FLAGS", "flags", flags(be32(), kLogFlags), "What is told besides."},
};
constexpr Table kLog{"NfLog", "Logs the packet.", kLogFields};

constexpr Name kLimitTypes[] = {{0, "pkts"}, {1, "pktBytes"}};
constexpr Field kLimitFields[] = {
    {1, "NFTA_LIMIT_RATE", "rate", be64(), "Packets or bytes per unit of time."},
    {2, "NFTA_LIMIT_UNIT", "unit", be64(), "That unit, in seconds."},
    {3, "NFTA_LIMIT_BURST", "burst", be32(), "Packets or bytes that may come at once."},
    {4, "NFTA_LIMIT_TYPE", "type", enumeration(be32(), kLimitTypes), "What is counted."},
    {5, "NFTA_LIMIT_FLAGS", "flags", flags(be32(), kInverted), "'inv': matches what is over the limit."},
    {6, "NFTA_LIMIT_PAD", "", pad(), ""},
};

constexpr Name kQuotaFlags[] = {{1, "inv"}, {2, "depleted"}};
constexpr Field kQuotaFields[] = {
    {1, "NFTA_QUOTA_BYTES", "bytes", be64(), "Bytes until it is used up."},
    {2, "NFTA_QUOTA_FLAGS", "flags", flags(be32(), kQuotaFlags), "'inv': matches when it is used up."},
    {3, "NFTA_QUOTA_PAD", "", pad(), ""},
    {4, "NFTA_QUOTA_CONSUMED", "consumed", be64(), "Bytes used."},
};

constexpr Field kCounterFields[] = {
    {1, "NFTA_COUNTER_BYTES", "bytes", be64(), "Bytes."},
    {2, "NFTA_COUNTER_PACKETS", "packets", be64(), "Packets."},
    {3, "NFTA_COUNTER_PAD", "", pad(), ""},
};

constexpr Field kConnlimitFields[] = {
    {1, "NFTA_CONNLIMIT_COUNT", "count", be32(), "Connections."},
    {2, "NFTA_CONNLIMIT_FLAGS", "flags", flags(be32(), kInverted), "'inv': matches when there are more."},
};

constexpr Field kLastFields[] = {
    {1, "NFTA_LAST_SET", "set", be32(), "0: no packet has come yet."},
    {2, "NFTA_LAST_MSECS", "msecs", be64(), "Milliseconds since the last packet."},
    {3, "NFTA_LAST_PAD", "", pad(), ""},
};

constexpr Name kSynproxyFlags[] = {{1, "mss"}, {2, "wscale"}, {4, "sackPerm"}, {8, "timestamp"}, {16, "ecn"}};
constexpr Field kSynproxyFields[] = {
    {1, "NFTA_SYNPROXY_MSS", "mss", be16(), "Maximum segment size told to clients."},
    {2, "NFTA_SYNPROXY_WSCALE", "wscale", u8(), "Window scale told to clients."},
    {3, "NFTA_SYNPROXY_FLAGS", "flags", flags(be32(), kSynproxyFlags), "Options told to clients."},
};

constexpr Name kNatTypes[] = {{0, "snat"}, {1, "dnat"}};
constexpr Name kNatFlags[] = {
    {0x01, "mapIps"},           {0x02, "protoSpecified"}, {0x04, "protoRandom"}, {0x08, "persistent"},
    {0x10, "protoRandomFully"}, {0x20, "protoOffset"},    {0x40, "netmap"},
};
constexpr Field kNatFields[] = {
    {1, "NFTA_NAT_TYPE", "type", enumeration(be32(), kNatTypes), "Which end is translated."},
    {2, "NFTA_NAT_FAMILY", "family", enumeration(be32(), kNfFamilies), "Family of the addresses."},
    {3, "NFTA_NAT_REG_ADDR_MIN", "regAddrMin", be32(), "Register with the first address."},
    {4, "NFTA_NAT_REG_ADDR_MAX", "regAddrMax", be32(), "Register with the last address."},
    {5, "NFTA_NAT_REG_PROTO_MIN", "regProtoMin", be32(), "Register with the first port."},
    {6, "NFTA_NAT_REG_PROTO_MAX", "regProtoMax", be32(), "Register with the last port."},
    {7, "NFTA_NAT_FLAGS", "flags", flags(be32(), kNatFlags), "Options (NF_NAT_RANGE_*)."},
};
constexpr Table kNat{"NfNat", "Translates source or destination.", kNatFields};

constexpr Field kMasqFields[] = {
    {1, "NFTA_MASQ_FLAGS", "flags", flags(be32(), kNatFlags), "Options (NF_NAT_RANGE_*)."},
    {2, "NFTA_MASQ_REG_PROTO_MIN", "regProtoMin", be32(), "Register with the first port."},
    {3, "NFTA_MASQ_REG_PROTO_MAX", "regProtoMax", be32(), "Register with the last port."},
};
constexpr Table kMasq{"NfMasq", "Translates the source to the outgoing link's address.", kMasqFields};

constexpr Field kRedirFields[] = {
    {1, "NFTA_REDIR_REG_PROTO_MIN", "regProtoMin", be32(), "Register with the first port."},
    {2, "NFTA_REDIR_REG_PROTO_MAX", "regProtoMax", be32(), "Register with the last port."},
    {3, "NFTA_REDIR_FLAGS", "flags", flags(be32(), kNatFlags), "Options (NF_NAT_RANGE_*)."},
};
constexpr Table kRedir{"NfRedir", "Translates the destination to this host.", kRedirFields};

constexpr Name kRejectTypes[] = {{0, "icmpUnreach"}, {1, "tcpRst"}, {2, "icmpxUnreach"}};
constexpr Field kRejectFields[] = {
    {1, "NFTA_REJECT_TYPE", "type", enumeration(be32(), kRejectTypes), "What is answered."},
    {2, "NFTA_REJECT_ICMP_CODE", "icmpCode", u8(), "ICMP code; of 'icmpxUnreach', one of NFT_REJECT_ICMPX_*."},
};
constexpr Table kReject{"NfReject", "Rejects the packet with an answer.", kRejectFields};

constexpr Name kQueueFlags[] = {{1, "bypass"}, {2, "cpuFanout"}};
constexpr Field kQueueFields[] = {
    {1, "NFTA_QUEUE_NUM", "num", be16(), "First queue."},
    {2, "NFTA_QUEUE_TOTAL", "total", be16(), "Number of queues."},
    {3, "NFTA_QUEUE_FLAGS", "flags", flags(be16(), kQueueFlags), "Options."},
    {4, "NFTA_QUEUE_SREG_QNUM", "sregQnum", be32(), "Register with the queue's number."},
};
constexpr Table kQueue{"NfQueue", "Hands the packet to a program.", kQueueFields};

constexpr Field kObjrefFields[] = {
    {1, "NFTA_OBJREF_IMM_TYPE", "immType", enumeration(be32(), kNfObjectTypes), "Kind of the object."},
    {2, "NFTA_OBJREF_IMM_NAME", "immName", string(kNameLength), "Name of the object."},
    {3, "NFTA_OBJREF_SET_SREG", "setSreg", be32(), "Register with the key."},
    {4, "NFTA_OBJREF_SET_NAME", "setName", string(kNameLength), "Name of the map to objects."},
    {5, "NFTA_OBJREF_SET_ID", "setId", be32(), "That map by the id that it has in the transaction."},
};
constexpr Table kObjref{"NfObjref", "Uses a stateful object, named or found in a map.", kObjrefFields};

constexpr Table kNotrack{"NfNotrack", "Keeps connection tracking away from the packet.", {}};

constexpr Name kRtKeys[] = {{0, "classid"}, {1, "nexthop4"}, {2, "nexthop6"}, {3, "tcpmss"}, {4, "xfrm"}};
constexpr Field kRtFields[] = {
    {1, "NFTA_RT_DREG", "dreg", be32(), "Destination register."},
    {2, "NFTA_RT_KEY", "key", enumeration(be32(), kRtKeys), "What is loaded."},
};
constexpr Table kRt{"NfRt", "Loads what the packet's route says.", kRtFields};

constexpr Name kSocketKeys[] = {{0, "transparent"}, {1, "mark"}, {2, "wildcard"}, {3, "cgroupv2"}};
constexpr Field kSocketFields[] = {
    {1, "NFTA_SOCKET_KEY", "key", enumeration(be32(), kSocketKeys), "What is loaded."},
    {2, "NFTA_SOCKET_DREG", "dreg", be32(), "Destination register."},
    {3, "NFTA_SOCKET_LEVEL", "level", be32(), "For 'cgroupv2': level of the ancestor."},
};
constexpr Table kSocket{"NfSocket", "Loads what the packet's local socket says.", kSocketFields};

constexpr Name kFibResults[] = {{0, "unspec"}, {1, "oif"}, {2, "oifname"}, {3, "addrtype"}};
constexpr Name kFibFlags[] = {{0x01, "saddr"}, {0x02, "daddr"}, {0x04, "mark"},
                              {0x08, "iif"},   {0x10, "oif"},   {0x20, "present"}};
constexpr Field kFibFields[] = {
    {1, "NFTA_FIB_DREG", "dreg", be32(), "Destination register."},
    {2, "NFTA_FIB_RESULT", "result", enumeration(be32(), kFibResults), "What is loaded."},
    {3, "NFTA_FIB_FLAGS", "flags", flags(be32(), kFibFlags), "What is looked up, and by what."},
};
constexpr Table kFib{"NfFib", "Asks the routing tables.", kFibFields};

constexpr Name kOsfFlags[] = {{1, "version"}};
constexpr Field kOsfFields[] = {
    {1, "NFTA_OSF_DREG", "dreg", be32(), "Destination register."},
    {2, "NFTA_OSF_TTL", "ttl", u8(), "How the TTL is compared: 0 true, 1 less or equal, 2 not at all."},
    {3, "NFTA_OSF_FLAGS", "flags", flags(be32(), kOsfFlags), "'version': the system's version besides its name."},
};
constexpr Table kOsf{"NfOsf", "Guesses the sender's operating system.", kOsfFields};

constexpr Name kHashTypes[] = {{0, "jenkins"}, {1, "sym"}};
constexpr Field kHashFields[] = {
    {1, "NFTA_HASH_SREG", "sreg", be32(), "Source register."},
    {2, "NFTA_HASH_DREG", "dreg", be32(), "Destination register."},
    {3, "NFTA_HASH_LEN", "len", be32(), "Length of the source in bytes."},
    {4, "NFTA_HASH_MODULUS", "modulus", be32(), "The result is below it."},
    {5, "NFTA_HASH_SEED", "seed", be32(), "Seed."},
    {6, "NFTA_HASH_OFFSET", "offset", be32(), "Added to the result."},
    {7, "NFTA_HASH_TYPE", "type", enumeration(be32(), kHashTypes), "The hash."},
    {8, "NFTA_HASH_SET_NAME", "setName", string(kNameLength), "Name of a map; not used any more."},
    {9, "NFTA_HASH_SET_ID", "setId", be32(), "Id of a map; not used any more."},
};
constexpr Table kHash{"NfHash", "Hashes registers, or the connection.", kHashFields};

constexpr Name kNumgenTypes[] = {{0, "incremental"}, {1, "random"}};
constexpr Field kNumgenFields[] = {
    {1, "NFTA_NG_DREG", "dreg", be32(), "Destination register."},
    {2, "NFTA_NG_MODULUS", "modulus", be32(), "The number is below it."},
    {3, "NFTA_NG_TYPE", "type", enumeration(be32(), kNumgenTypes), "How numbers follow one another."},
    {4, "NFTA_NG_OFFSET", "offset", be32(), "Added to the number."},
    {5, "NFTA_NG_SET_NAME", "setName", string(kNameLength), "Name of a map; not used any more."},
    {6, "NFTA_NG_SET_ID", "setId", be32(), "Id of a map; not used any more."},
};
constexpr Table kNumgen{"NfNumgen", "Generates numbers.", kNumgenFields};

constexpr Field kTproxyFields[] = {
    {1, "NFTA_TPROXY_FAMILY", "family", enumeration(be32(), kNfFamilies), "Family of the address."},
    {2, "NFTA_TPROXY_REG_ADDR", "regAddr", be32(), "Register with the address."},
    {3, "NFTA_TPROXY_REG_PORT", "regPort", be32(), "Register with the port."},
};
constexpr Table kTproxy{"NfTproxy", "Gives the packet to a local socket as it is.", kTproxyFields};

constexpr Field kDupFields[] = {
    {1, "NFTA_DUP_SREG_ADDR", "sregAddr", be32(), "Register with the address."},
    {2, "NFTA_DUP_SREG_DEV", "sregDev", be32(), "Register with the link."},
};
constexpr Table kDup{"NfDup", "Sends a copy elsewhere.", kDupFields};

constexpr Field kFwdFields[] = {
    {1, "NFTA_FWD_SREG_DEV", "sregDev", be32(), "Register with the link."},
    {2, "NFTA_FWD_SREG_ADDR", "sregAddr", be32(), "Register with the address."},
    {3, "NFTA_FWD_NFPROTO", "nfproto", enumeration(be32(), kNfFamilies), "Family of the address."},
};
constexpr Table kFwd{"NfFwd", "Sends the packet out by a link.", kFwdFields};

constexpr Field kFlowOffloadFields[] = {
    {1, "NFTA_FLOW_TABLE_NAME", "tableName", string(kNameLength), "Name of the flowtable."},
};
constexpr Table kFlowOffload{"NfFlowOffload", "Moves the flow to a flowtable.", kFlowOffloadFields};

constexpr Name kXfrmKeys[] = {{1, "daddrIp4"}, {2, "daddrIp6"}, {3, "saddrIp4"},
                              {4, "saddrIp6"}, {5, "reqid"},    {6, "spi"}};
constexpr Name kXfrmDirections[] = {{0, "in"}, {1, "out"}};
constexpr Field kXfrmFields[] = {
    {1, "NFTA_XFRM_DREG", "dreg", be32(), "Destination register."},
    {2, "NFTA_XFRM_KEY", "key", enumeration(be32(), kXfrmKeys), "What is loaded."},
    {3, "NFTA_XFRM_DIR", "dir", enumeration(u8(), kXfrmDirections), "Direction."},
    {4, "NFTA_XFRM_SPNUM", "spnum", be32(), "Which of several transformations."},
};
constexpr Table kXfrm{"NfXfrm", "Loads what IPsec has done or will do.", kXfrmFields};

constexpr Name kTunnelKeys[] = {{0, "path"}, {1, "id"}};
constexpr Name kTunnelModes[] = {{0, "none"}, {1, "rx"}, {2, "tx"}};
constexpr Field kTunnelFields[] = {
    {1, "NFTA_TUNNEL_KEY", "key", enumeration(be32(), kTunnelKeys), "What is loaded."},
    {2, "NFTA_TUNNEL_DREG", "dreg", be32(), "Destination register."},
    {3, "NFTA_TUNNEL_MODE", "mode", enumeration(be32(), kTunnelModes), "Direction."},
};
constexpr Table kTunnel{"NfTunnel", "Loads a tunnel's metadata.", kTunnelFields};

constexpr Name kInnerTypes[] = {{0, "unspec"}, {1, "vxlan"}, {2, "geneve"}};
constexpr Name kInnerFlags[] = {{1, "hdrsize"}, {2, "ll"}, {4, "nh"}, {8, "th"}};
constexpr Field kInnerFields[] = {
    {1, "NFTA_INNER_NUM", "num", be32(), "How deep."},
    {2, "NFTA_INNER_TYPE", "type", enumeration(be32(), kInnerTypes), "Kind of the tunnel."},
    {3, "NFTA_INNER_FLAGS", "flags", flags(be32(), kInnerFlags), "Which headers there are."},
    {4, "NFTA_INNER_HDRSIZE", "hdrsize", be32(), "Length of the tunnel's header in bytes."},
    {5, "NFTA_INNER_EXPR", "expr", nested(kNfExpression), "What is done with the inner packet: payload or meta."},
};
constexpr Table kInner{"NfInner", "Looks into a tunnel's packet.", kInnerFields};

constexpr Field kMatchFields[] = {
    {1, "NFTA_MATCH_NAME", "name", string(31), "Name of the extension."},
    {2, "NFTA_MATCH_REV", "rev", be32(), "Its revision."},
    {3, "NFTA_MATCH_INFO", "info", binary(), "Its own structure."},
};
constexpr Table kMatch{"NfMatch", "A match of iptables.", kMatchFields};

constexpr Field kTargetFields[] = {
    {1, "NFTA_TARGET_NAME", "name", string(31), "Name of the extension."},
    {2, "NFTA_TARGET_REV", "rev", be32(), "Its revision."},
    {3, "NFTA_TARGET_INFO", "info", binary(), "Its own structure."},
};
constexpr Table kTarget{"NfTarget", "A target of iptables.", kTargetFields};

constexpr Choice kExpressions[] = {
    {"immediate", &kImmediate},
    {"cmp", &kCmp},
    {"range", &kRange},
    {"bitwise", &kBitwise},
    {"byteorder", &kByteorder},
    {"payload", &kPayload},
    {"exthdr", &kExthdr},
    {"meta", &kMeta},
    {"ct", &kCt},
    {"lookup", &kLookup},
    {"dynset", &kDynset},
    {"log", &kLog},
    {"limit", &kNfLimit},
    {"quota", &kNfQuota},
    {"counter", &kNfCounter},
    {"nat", &kNat},
    {"masq", &kMasq},
    {"redir", &kRedir},
    {"reject", &kReject},
    {"queue", &kQueue},
    {"connlimit", &kNfConnlimit},
    {"last", &kNfLast},
    {"objref", &kObjref},
    {"notrack", &kNotrack},
    {"rt", &kRt},
    {"socket", &kSocket},
    {"fib", &kFib},
    {"osf", &kOsf},
    {"hash", &kHash},
    {"numgen", &kNumgen},
    {"tproxy", &kTproxy},
    {"dup", &kDup},
    {"fwd", &kFwd},
    {"flow_offload", &kFlowOffload},
    {"synproxy", &kNfSynproxy},
    {"xfrm", &kXfrm},
    {"tunnel", &kTunnel},
    {"inner", &kInner},
    {"match", &kMatch},
    {"target", &kTarget},
};

constexpr Field kExpressionFields[] = {
    {1, "NFTA_EXPR_NAME", "name", string(31), "The kernel's name of the expression."},
    {2, "NFTA_EXPR_DATA", "data", selected(kExpressions, "name"), "Its parameters."},
};

}  // namespace

constinit const Table kNfData{"NfData", "A value or a verdict.", kDataFields};
constinit const Table kNfLimit{"NfLimit", "Matches up to a rate.", kLimitFields};
constinit const Table kNfQuota{"NfQuota", "Matches up to a number of bytes.", kQuotaFields};
constinit const Table kNfCounter{"NfCounter", "Counts packets and bytes.", kCounterFields};
constinit const Table kNfConnlimit{"NfConnlimit", "Matches up to a number of connections.", kConnlimitFields};
constinit const Table kNfLast{"NfLast", "Remembers when a packet came last.", kLastFields};
constinit const Table kNfSynproxy{"NfSynproxy", "Answers SYN packets in the server's place.", kSynproxyFields};
constinit const Table kNfExpression{"NfExpression", "An expression of a rule, set or element.", kExpressionFields};

}  // namespace netplumb
