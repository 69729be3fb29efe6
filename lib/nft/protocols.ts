// Every header that nft knows, field by field: where it is, how long, of which type, and what must be true of the packet
// before it can be read. Both directions use the same rows.
import { type DataType, TYPES } from './datatypes.js';

/** The header that offsets count from, as the kernel's payload expression calls it. */
export type PayloadBase = 'll' | 'network' | 'transport' | 'inner';

/** Names of bases in JSON. */
export const BASE_NAMES = { ll: 'll', nh: 'network', th: 'transport', ih: 'inner' } as const satisfies Record<
  string,
  PayloadBase
>;

/** Bases from the outermost in. */
export const BASES = ['ll', 'network', 'transport', 'inner'] as const satisfies readonly PayloadBase[];

/** A field of a header. */
export interface Field {
  readonly name: string;
  /** Bits from the header's start. */
  readonly offset: number;
  /** Bits. */
  readonly length: number;
  readonly type: DataType;
  /** nft's number of it, for `typeof` in a set's user data. */
  readonly id: number;
  /** Values of the field `type` of the same header, one of which it takes for this field to be there. */
  readonly needsType?: readonly number[];
}

/** What tells which protocol comes next: a field of this header, or what the kernel has found out already. */
export type Selector = { readonly field: string } | { readonly meta: string };

/** A header. */
export interface Protocol {
  readonly name: string;
  /** nft's number of it (its PROTO_DESC_*), for `typeof`; 0 for what has no header of its own. */
  readonly id: number;
  readonly base: PayloadBase;
  /** Bits of the header, of those that others are stacked upon. */
  readonly size?: number;
  readonly fields: readonly Field[];
  readonly selector?: Selector;
  /** The network protocol without which there is no such header. */
  readonly network?: string;
  /** The protocols that may come next, by the selector's value. */
  readonly next?: readonly (readonly [value: number, protocol: string])[];
  /** The field with the checksum to mend when the header is written to, and its kind. */
  readonly checksum?: { readonly field: string; readonly kind: 'inet' | 'sctp' };
  /** Fields that the checksum of the next header covers too. */
  readonly pseudoHeader?: readonly string[];
}

type FieldRow = readonly [name: string, offset: number, length: number, type?: DataType, more?: Partial<Field>];

/** Fields whose numbers are counted from 1 in the table's order, unless they say their own. */
function fields(rows: readonly FieldRow[]): Field[] {
  return rows.map(([name, offset, length, type = TYPES.integer, more = {}], index) => ({
    name,
    offset,
    length,
    type,
    id: index + 1,
    ...more,
  }));
}

const PORTS: readonly FieldRow[] = [
  ['sport', 0, 16, TYPES.inet_service],
  ['dport', 16, 16, TYPES.inet_service],
];

const ETHER_NEXT = [
  [0x0800, 'ip'],
  [0x0806, 'arp'],
  [0x86dd, 'ip6'],
  [0x8100, 'vlan'],
  [0x88a8, 'vlan'],
] as const;

const INET_NEXT = [
  [1, 'icmp'],
  [2, 'igmp'],
  [50, 'esp'],
  [51, 'ah'],
  [108, 'comp'],
  [17, 'udp'],
  [136, 'udplite'],
  [6, 'tcp'],
  [33, 'dccp'],
  [132, 'sctp'],
  [58, 'icmpv6'],
] as const;

const ICMP_ECHO = [0, 8];
const ICMPV6_ECHO = [128, 129];

const ROWS: readonly Protocol[] = [
  {
    name: 'ether',
    id: 17,
    base: 'll',
    size: 112,
    fields: fields([
      ['daddr', 0, 48, TYPES.ether_addr],
      ['saddr', 48, 48, TYPES.ether_addr],
      ['type', 96, 16, TYPES.ether_type],
    ]),
    selector: { field: 'type' },
    next: ETHER_NEXT,
  },
  {
    name: 'vlan',
    id: 16,
    base: 'll',
    size: 32,
    fields: fields([
      ['pcp', 0, 3],
      ['dei', 3, 1],
      ['cfi', 3, 1],
      ['id', 4, 12],
      ['type', 16, 16, TYPES.ether_type],
    ]),
    selector: { field: 'type' },
    next: ETHER_NEXT,
  },
  {
    name: 'arp',
    id: 15,
    base: 'network',
    fields: fields([
      ['htype', 0, 16],
      ['ptype', 16, 16, TYPES.ether_type],
      ['hlen', 32, 8],
      ['plen', 40, 8],
      ['operation', 48, 16, TYPES.arp_op],
      ['saddr ether', 64, 48, TYPES.ether_addr],
      ['saddr ip', 112, 32, TYPES.ipv4_addr],
      ['daddr ether', 144, 48, TYPES.ether_addr],
      ['daddr ip', 192, 32, TYPES.ipv4_addr],
    ]),
  },
  {
    name: 'ip',
    id: 12,
    base: 'network',
    fields: fields([
      ['version', 0, 4],
      ['hdrlength', 4, 4],
      ['dscp', 8, 6, TYPES.dscp],
      ['ecn', 14, 2, TYPES.ecn],
      ['length', 16, 16],
      ['id', 32, 16],
      ['frag-off', 48, 16],
      ['ttl', 64, 8],
      ['protocol', 72, 8, TYPES.inet_proto],
      ['checksum', 80, 16],
      ['saddr', 96, 32, TYPES.ipv4_addr],
      ['daddr', 128, 32, TYPES.ipv4_addr],
    ]),
    selector: { meta: 'l4proto' },
    next: INET_NEXT,
    checksum: { field: 'checksum', kind: 'inet' },
    pseudoHeader: ['saddr', 'daddr', 'protocol', 'length'],
  },
  {
    name: 'ip6',
    id: 13,
    base: 'network',
    fields: fields([
      ['version', 0, 4],
      ['dscp', 4, 6, TYPES.dscp],
      ['ecn', 10, 2, TYPES.ecn],
      ['flowlabel', 12, 20],
      ['length', 32, 16],
      ['nexthdr', 48, 8, TYPES.inet_proto],
      ['hoplimit', 56, 8],
      ['saddr', 64, 128, TYPES.ipv6_addr],
      ['daddr', 192, 128, TYPES.ipv6_addr],
    ]),
    selector: { meta: 'l4proto' },
    next: INET_NEXT,
    pseudoHeader: ['saddr', 'daddr', 'nexthdr', 'length'],
  },
  {
    name: 'icmp',
    id: 4,
    base: 'transport',
    network: 'ip',
    fields: fields([
      ['type', 0, 8, TYPES.icmp_type],
      ['code', 8, 8, TYPES.icmp_code],
      ['checksum', 16, 16],
      ['id', 32, 16, TYPES.integer, { needsType: ICMP_ECHO }],
      ['sequence', 48, 16, TYPES.integer, { needsType: ICMP_ECHO }],
      ['gateway', 32, 32, TYPES.integer, { needsType: [5] }],
      ['mtu', 48, 16, TYPES.integer, { needsType: [3] }],
    ]),
    checksum: { field: 'checksum', kind: 'inet' },
  },
  {
    name: 'icmpv6',
    id: 14,
    base: 'transport',
    network: 'ip6',
    fields: fields([
      ['type', 0, 8, TYPES.icmpv6_type],
      ['code', 8, 8, TYPES.icmpv6_code],
      ['checksum', 16, 16],
      ['parameter-problem', 32, 32, TYPES.integer, { needsType: [4] }],
      ['mtu', 32, 32, TYPES.integer, { needsType: [2] }],
      ['id', 32, 16, TYPES.integer, { needsType: ICMPV6_ECHO }],
      ['sequence', 48, 16, TYPES.integer, { needsType: ICMPV6_ECHO }],
      ['max-delay', 32, 16, TYPES.integer, { needsType: [130] }],
    ]),
    checksum: { field: 'checksum', kind: 'inet' },
  },
  {
    name: 'igmp',
    id: 5,
    base: 'transport',
    network: 'ip',
    fields: fields([
      ['type', 0, 8, TYPES.igmp_type],
      ['checksum', 16, 16],
      ['mrt', 8, 8],
      ['group', 32, 32],
    ]),
    checksum: { field: 'checksum', kind: 'inet' },
  },
  {
    name: 'tcp',
    id: 8,
    base: 'transport',
    fields: fields([
      ...PORTS,
      ['sequence', 32, 32],
      ['ackseq', 64, 32],
      ['doff', 96, 4],
      ['reserved', 100, 4],
      ['flags', 104, 8, TYPES.tcp_flag],
      ['window', 112, 16],
      ['checksum', 128, 16],
      ['urgptr', 144, 16],
    ]),
    checksum: { field: 'checksum', kind: 'inet' },
  },
  {
    name: 'udp',
    id: 6,
    base: 'transport',
    fields: fields([...PORTS, ['length', 32, 16], ['checksum', 48, 16]]),
    checksum: { field: 'checksum', kind: 'inet' },
  },
  {
    name: 'udplite',
    id: 7,
    base: 'transport',
    fields: fields([...PORTS, ['csumcov', 32, 16], ['checksum', 48, 16]]),
  },
  {
    name: 'sctp',
    id: 10,
    base: 'transport',
    fields: fields([...PORTS, ['vtag', 32, 32], ['checksum', 64, 32]]),
    checksum: { field: 'checksum', kind: 'sctp' },
  },
  {
    name: 'dccp',
    id: 9,
    base: 'transport',
    fields: fields([...PORTS, ['type', 67, 4, TYPES.dccp_pkttype]]),
  },
  {
    name: 'ah',
    id: 1,
    base: 'transport',
    fields: fields([
      ['nexthdr', 0, 8, TYPES.inet_proto],
      ['hdrlength', 8, 8],
      ['reserved', 16, 16],
      ['spi', 32, 32],
      ['sequence', 64, 32],
    ]),
  },
  {
    name: 'esp',
    id: 2,
    base: 'transport',
    fields: fields([
      ['spi', 0, 32],
      ['sequence', 32, 32],
    ]),
  },
  {
    name: 'comp',
    id: 3,
    base: 'transport',
    fields: fields([
      ['nexthdr', 0, 8, TYPES.inet_proto],
      ['flags', 8, 8, TYPES.bitmask],
      ['cpi', 16, 16],
    ]),
  },
  // Whatever transport protocol it is: nothing must be true of the packet.
  { name: 'th', id: 11, base: 'transport', fields: fields(PORTS) },
];

/** Headers by name. */
export const PROTOCOLS: ReadonlyMap<string, Protocol> = new Map(ROWS.map((each) => [each.name, each]));

/**
 * What stands below the first header of a rule where the family leaves it open: no header, but something that the kernel
 * has found out, which tells the header above. `selector.meta` is a key of meta.
 */
export const OPEN_PROTOCOLS = {
  /** The network protocol in tables of family inet. */
  inet: {
    name: 'inet',
    id: 0,
    base: 'll',
    fields: [],
    selector: { meta: 'nfproto' },
    next: [
      [2, 'ip'],
      [10, 'ip6'],
    ],
  },
  /** The network protocol in tables of families netdev and bridge. */
  netdev: {
    name: 'netdev',
    id: 0,
    base: 'll',
    fields: [],
    selector: { meta: 'protocol' },
    next: ETHER_NEXT,
  },
  /** The transport protocol where the network protocol is open. */
  inetService: {
    name: 'inet service',
    id: 0,
    base: 'network',
    fields: [],
    selector: { meta: 'l4proto' },
    next: INET_NEXT,
  },
} as const satisfies Record<string, Protocol>;

/** The header at which each family's packets begin, as far as the family tells, and where. */
export const FAMILY_PROTOCOLS = {
  ip: PROTOCOLS.get('ip'),
  ip6: PROTOCOLS.get('ip6'),
  arp: PROTOCOLS.get('arp'),
  inet: OPEN_PROTOCOLS.inet,
  bridge: PROTOCOLS.get('ether'),
  netdev: OPEN_PROTOCOLS.netdev,
} as const;

/** The header's field of that name. */
export function fieldOf(protocol: Protocol, name: string): Field | undefined {
  return protocol.fields.find((each) => each.name === name);
}

/** The selector's value by which a header says that another comes next; of several the first. */
export function numberOfNext(protocol: Protocol, next: string): number | undefined {
  return protocol.next?.find(([, name]) => name === next)?.[0];
}

/** The header that comes next when the selector has a value. */
export function nextOf(protocol: Protocol, value: number): Protocol | undefined {
  const name = protocol.next?.find(([number]) => number === value)?.[1];
  return name === undefined ? undefined : PROTOCOLS.get(name);
}

// --- Extension headers, options, chunks ------------------------------------------------------------------------------

/** A header or option that the kernel's exthdr expression finds. */
export interface ExtensionHeader {
  readonly name: string;
  /** Number by which it is found: a next header of IPv6, or an option's or chunk's type. */
  readonly number: number;
  /** nft's number of it, for `typeof`. */
  readonly id: number;
  readonly fields: readonly Field[];
  /** Another way to say a header that is in the table too: it is read, and told only for fields that the other lacks. */
  readonly alias?: boolean;
}

/** The extension headers of one kind, which JSON has under one key. */
export interface ExtensionKind {
  /** Key in JSON. */
  readonly key: 'exthdr' | 'tcp option' | 'ip option' | 'sctp chunk';
  /** The kernel's name of the kind (NFT_EXTHDR_OP_*). */
  readonly op: 'ipv6' | 'tcpopt' | 'ipv4' | 'sctp';
  /** nft's number of the kind, for `typeof`. */
  readonly id: number;
  /** The header that must be there first. */
  readonly needs?: string;
  readonly headers: readonly ExtensionHeader[];
}

const NEXT_HEADER: readonly FieldRow[] = [
  ['nexthdr', 0, 8, TYPES.inet_proto],
  ['hdrlength', 8, 8],
];

const IPV6_HEADERS: readonly ExtensionHeader[] = [
  { name: 'hbh', number: 0, id: 1, fields: fields(NEXT_HEADER) },
  { name: 'rt', number: 43, id: 2, fields: fields([...NEXT_HEADER, ['type', 16, 8], ['seg-left', 24, 8]]) },
  {
    name: 'rt0',
    number: 43,
    id: 3,
    alias: true,
    fields: fields([['reserved', 32, 32], ...numbered('addr', 64)]),
  },
  {
    name: 'rt2',
    number: 43,
    id: 4,
    alias: true,
    fields: fields([
      ['reserved', 32, 32],
      ['addr', 64, 128, TYPES.ipv6_addr],
    ]),
  },
  {
    name: 'srh',
    number: 43,
    id: 5,
    alias: true,
    fields: fields([['last-entry', 32, 8], ['flags', 40, 8], ['tag', 48, 16], ...numbered('sid', 64)]),
  },
  {
    name: 'frag',
    number: 44,
    id: 6,
    fields: fields([
      ['nexthdr', 0, 8, TYPES.inet_proto],
      ['reserved', 8, 8],
      ['frag-off', 16, 13],
      ['reserved2', 29, 2],
      ['more-fragments', 31, 1],
      ['id', 32, 32],
    ]),
  },
  { name: 'dst', number: 60, id: 7, fields: fields(NEXT_HEADER) },
  {
    name: 'mh',
    number: 135,
    id: 8,
    fields: fields([...NEXT_HEADER, ['type', 16, 8, TYPES.mh_type], ['reserved', 24, 8], ['checksum', 32, 16]]),
  },
];

/** Addresses one after the other, counted from 1. */
function numbered(name: string, offset: number): FieldRow[] {
  return [1, 2].map((number) => [`${name}[${number}]`, offset + 128 * (number - 1), 128, TYPES.ipv6_addr] as const);
}

/** Options of TCP have their kind and length first, whose numbers are 0 and 1. */
function tcpOption(name: string, number: number, rows: readonly FieldRow[] = [], hasLength = true): ExtensionHeader {
  const head: FieldRow[] = [['kind', 0, 8, TYPES.integer, { id: 0 }]];
  if (hasLength) head.push(['length', 8, 8, TYPES.integer, { id: 1 }]);
  const rest = rows.map(
    ([word, offset, length, type = TYPES.integer, more], index): FieldRow => [
      word,
      offset,
      length,
      type,
      { id: index + 2, ...more },
    ],
  );
  return { name, number, id: number, fields: fields([...head, ...rest]) };
}

/** Blocks of the option sack, each with two edges; `sack` means the first. */
function sackBlock(name: string, block: number): ExtensionHeader {
  const option = tcpOption(name, 5, [
    ['left', 16 + 64 * block, 32, TYPES.integer, { id: 2 + 2 * block }],
    ['right', 48 + 64 * block, 32, TYPES.integer, { id: 3 + 2 * block }],
  ]);
  return { ...option, alias: name !== 'sack' };
}

const TCP_OPTIONS: readonly ExtensionHeader[] = [
  tcpOption('eol', 0, [], false),
  tcpOption('nop', 1, [], false),
  { ...tcpOption('noop', 1, [], false), alias: true },
  tcpOption('maxseg', 2, [['size', 16, 16]]),
  tcpOption('window', 3, [['count', 16, 8]]),
  tcpOption('sack-perm', 4),
  { ...tcpOption('sack-permitted', 4), alias: true },
  sackBlock('sack', 0),
  sackBlock('sack0', 0),
  sackBlock('sack1', 1),
  sackBlock('sack2', 2),
  sackBlock('sack3', 3),
  tcpOption('timestamp', 8, [
    ['tsval', 16, 32],
    ['tsecr', 48, 32],
  ]),
  tcpOption('md5sig', 19),
  tcpOption('mptcp', 30, [['subtype', 16, 4]]),
  tcpOption('fastopen', 34),
];

const SOURCE_ROUTE: readonly FieldRow[] = [
  ['type', 0, 8],
  ['length', 8, 8],
  ['ptr', 16, 8, TYPES.integer, { id: 4 }],
  ['addr', 24, 32, TYPES.integer, { id: 5 }],
];

const IP_OPTIONS: readonly ExtensionHeader[] = [
  { name: 'rr', number: 7, id: 7, fields: fields(SOURCE_ROUTE) },
  { name: 'lsrr', number: 131, id: 131, fields: fields(SOURCE_ROUTE) },
  { name: 'ssrr', number: 137, id: 137, fields: fields(SOURCE_ROUTE) },
  {
    name: 'ra',
    number: 148,
    id: 148,
    fields: fields([
      ['type', 0, 8],
      ['length', 8, 8],
      ['value', 16, 16],
    ]),
  },
];

/** Chunks of SCTP have type, flags and length first; their numbers are counted from 0. */
function sctpChunk(name: string, number: number, rows: readonly FieldRow[] = []): ExtensionHeader {
  const all: FieldRow[] = [['type', 0, 8], ['flags', 8, 8], ['length', 16, 16], ...rows];
  return { name, number, id: number, fields: fields(all).map((each, index) => ({ ...each, id: index })) };
}

const INIT: readonly FieldRow[] = [
  ['init-tag', 32, 32],
  ['a-rwnd', 64, 32],
  ['num-outbound-streams', 96, 16],
  ['num-inbound-streams', 112, 16],
  ['initial-tsn', 128, 32],
];

const SCTP_CHUNKS: readonly ExtensionHeader[] = [
  sctpChunk('data', 0, [
    ['tsn', 32, 32],
    ['stream', 64, 16],
    ['ssn', 80, 16],
    ['ppid', 96, 32],
  ]),
  sctpChunk('init', 1, INIT),
  sctpChunk('init-ack', 2, INIT),
  sctpChunk('sack', 3, [
    ['cum-tsn-ack', 32, 32],
    ['a-rwnd', 64, 32],
    ['num-gap-ack-blocks', 96, 16],
    ['num-dup-tsns', 112, 16],
  ]),
  sctpChunk('heartbeat', 4),
  sctpChunk('heartbeat-ack', 5),
  sctpChunk('abort', 6),
  sctpChunk('shutdown', 7, [['cum-tsn-ack', 32, 32]]),
  sctpChunk('shutdown-ack', 8),
  sctpChunk('error', 9),
  sctpChunk('cookie-echo', 10),
  sctpChunk('cookie-ack', 11),
  sctpChunk('ecne', 12, [['lowest-tsn', 32, 32]]),
  sctpChunk('cwr', 13, [['lowest-tsn', 32, 32]]),
  sctpChunk('shutdown-complete', 14),
  sctpChunk('asconf-ack', 128, [['seqno', 32, 32]]),
  sctpChunk('forward-tsn', 192, [['new-cum-tsn', 32, 32]]),
  sctpChunk('asconf', 193, [['seqno', 32, 32]]),
];

/** All kinds of extension headers. */
export const EXTENSION_KINDS: readonly ExtensionKind[] = [
  { key: 'exthdr', op: 'ipv6', id: 0, needs: 'ip6', headers: IPV6_HEADERS },
  { key: 'tcp option', op: 'tcpopt', id: 1, headers: TCP_OPTIONS },
  { key: 'ip option', op: 'ipv4', id: 2, needs: 'ip', headers: IP_OPTIONS },
  { key: 'sctp chunk', op: 'sctp', id: 3, headers: SCTP_CHUNKS },
];
