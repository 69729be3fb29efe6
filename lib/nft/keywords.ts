// The keys of every expression that is no header, and the words of every statement: nft's word, the kernel's (a name of
// the attribute tables), nft's number of it for `typeof`, and the type of what it gives.
import { type ByteOrder, type DataType, TYPES } from './datatypes.js';

/** A key of meta, ct, rt, socket, osf, fib or ipsec. */
export interface Key {
  /** nft's word. */
  readonly name: string;
  /** The kernel's word, as in the attribute table. */
  readonly kernel: string;
  /** nft's number, for `typeof`. */
  readonly id: number;
  readonly type: DataType;
  /** Bits in the register. */
  readonly bits: number;
  readonly order: ByteOrder;
  /** Whether it can be written to. */
  readonly settable?: true;
  /** Whether it depends on the direction, may or must: of ct. */
  readonly direction?: 'may' | 'must';
  /** The network protocol whose addresses it has; a key without it takes its type from the protocol at hand. */
  readonly family?: 'ip' | 'ip6';
  /** Another word for it, which is read and never written. */
  readonly alias?: readonly string[];
}

type Row = readonly [name: string, kernel: string, id: number, type: DataType, more?: Partial<Key>];

function keys(rows: readonly Row[]): Key[] {
  return rows.map(([name, kernel, id, type, more = {}]) => ({
    name,
    kernel,
    id,
    type,
    bits: Math.max(8, type.bits),
    order: type.order,
    ...more,
  }));
}

const integer = (bits: number, order: ByteOrder = 'host') => ({ bits, order });
const settable = { settable: true } as const;
const name16 = { bits: 128 };

/** Keys of meta. */
export const META_KEYS: readonly Key[] = keys([
  ['length', 'len', 0, TYPES.integer, integer(32)],
  ['protocol', 'protocol', 1, TYPES.ether_type],
  ['priority', 'priority', 2, TYPES.classid, settable],
  ['mark', 'mark', 3, TYPES.mark, settable],
  ['iif', 'iif', 4, TYPES.iface_index],
  ['oif', 'oif', 5, TYPES.iface_index],
  ['iifname', 'iifname', 6, TYPES.ifname],
  ['oifname', 'oifname', 7, TYPES.ifname],
  ['iiftype', 'iiftype', 8, TYPES.iface_type],
  ['oiftype', 'oiftype', 9, TYPES.iface_type],
  ['skuid', 'skuid', 10, TYPES.uid],
  ['skgid', 'skgid', 11, TYPES.gid],
  ['nftrace', 'nftrace', 12, TYPES.integer, { bits: 1, order: 'host', ...settable }],
  ['rtclassid', 'rtclassid', 13, TYPES.realm],
  ['secmark', 'secmark', 14, TYPES.integer, { ...integer(32), ...settable }],
  ['nfproto', 'nfproto', 15, TYPES.nf_proto, { order: 'host' }],
  ['l4proto', 'l4proto', 16, TYPES.inet_proto, { order: 'host' }],
  ['ibrname', 'briIifname', 17, TYPES.ifname, { alias: ['ibridgename', 'ibriport'] }],
  ['obrname', 'briOifname', 18, TYPES.ifname, { alias: ['obridgename', 'obriport'] }],
  ['pkttype', 'pkttype', 19, TYPES.pkt_type, settable],
  ['cpu', 'cpu', 20, TYPES.integer, integer(32)],
  ['iifgroup', 'iifgroup', 21, TYPES.devgroup],
  ['oifgroup', 'oifgroup', 22, TYPES.devgroup],
  ['cgroup', 'cgroup', 23, TYPES.integer, integer(32)],
  ['random', 'prandom', 24, TYPES.integer, integer(32, 'big')],
  ['ipsec', 'secpath', 25, TYPES.boolean, { bits: 8, order: 'host', alias: ['secpath'] }],
  ['iifkind', 'iifkind', 26, TYPES.ifname],
  ['oifkind', 'oifkind', 27, TYPES.ifname],
  ['ibrpvid', 'briIifpvid', 28, TYPES.integer, integer(16)],
  ['ibrvproto', 'briIifvproto', 29, TYPES.ether_type],
  ['time', 'timeNs', 30, TYPES.date],
  ['day', 'timeDay', 31, TYPES.day, { order: 'host' }],
  ['hour', 'timeHour', 32, TYPES.hour],
  ['sdif', 'sdif', 33, TYPES.iface_index],
  ['sdifname', 'sdifname', 34, TYPES.ifname],
  ['broute', 'briBroute', 35, TYPES.integer, { bits: 1, order: 'host', ...settable }],
]);

const may = { direction: 'may' } as const;
const must = { direction: 'must' } as const;

/** Keys of ct. */
export const CT_KEYS: readonly Key[] = keys([
  ['state', 'state', 0, TYPES.ct_state],
  ['direction', 'direction', 1, TYPES.ct_dir, { order: 'host' }],
  ['status', 'status', 2, TYPES.ct_status],
  ['mark', 'mark', 3, TYPES.mark, settable],
  ['secmark', 'secmark', 4, TYPES.integer, { ...integer(32), ...settable }],
  ['expiration', 'expiration', 5, TYPES.time],
  ['helper', 'helper', 6, TYPES.string, name16],
  ['l3proto', 'l3protocol', 7, TYPES.nf_proto, { order: 'host', ...may }],
  ['saddr', 'src', 8, TYPES.invalid, must],
  ['daddr', 'dst', 9, TYPES.invalid, must],
  ['protocol', 'protocol', 10, TYPES.inet_proto, { order: 'big', ...may }],
  ['proto-src', 'protoSrc', 11, TYPES.inet_service, must],
  ['proto-dst', 'protoDst', 12, TYPES.inet_service, must],
  ['label', 'labels', 13, TYPES.ct_label, settable],
  ['packets', 'pkts', 14, TYPES.integer, { ...integer(64), ...may }],
  ['bytes', 'bytes', 15, TYPES.integer, { ...integer(64), ...may }],
  ['avgpkt', 'avgpkt', 16, TYPES.integer, { ...integer(64), ...may }],
  ['zone', 'zone', 17, TYPES.integer, { ...integer(16), ...may, ...settable }],
  ['event', 'eventmask', 18, TYPES.ct_event, settable],
  ['ip saddr', 'srcIp', 19, TYPES.ipv4_addr, { ...must, family: 'ip' }],
  ['ip daddr', 'dstIp', 20, TYPES.ipv4_addr, { ...must, family: 'ip' }],
  ['ip6 saddr', 'srcIp6', 21, TYPES.ipv6_addr, { ...must, family: 'ip6' }],
  ['ip6 daddr', 'dstIp6', 22, TYPES.ipv6_addr, { ...must, family: 'ip6' }],
  ['id', 'id', 23, TYPES.integer, integer(32, 'big')],
]);

/** Keys of rt. */
export const RT_KEYS: readonly Key[] = keys([
  ['classid', 'classid', 0, TYPES.realm],
  ['nexthop', 'nexthop4', 1, TYPES.ipv4_addr, { family: 'ip' }],
  ['nexthop', 'nexthop6', 2, TYPES.ipv6_addr, { family: 'ip6' }],
  ['mtu', 'tcpmss', 3, TYPES.integer, integer(16)],
  ['ipsec', 'xfrm', 4, TYPES.boolean, { bits: 8, order: 'host' }],
]);

/** Keys of socket. */
export const SOCKET_KEYS: readonly Key[] = keys([
  ['transparent', 'transparent', 0, TYPES.integer, integer(8)],
  ['mark', 'mark', 1, TYPES.mark],
  ['wildcard', 'wildcard', 2, TYPES.integer, integer(8)],
  ['cgroupv2', 'cgroupv2', 3, TYPES.cgroupsv2],
]);

/** Results of fib. */
export const FIB_RESULTS: readonly Key[] = keys([
  ['oif', 'oif', 1, TYPES.iface_index],
  ['oifname', 'oifname', 2, TYPES.string, name16],
  ['type', 'addrtype', 3, TYPES.fib_addrtype],
]);

/** Flags of fib with their bits (NFTA_FIB_F_*). */
export const FIB_FLAGS = { saddr: 1, daddr: 2, mark: 4, iif: 8, oif: 16 } as const;

/** Keys of ipsec. */
export const IPSEC_KEYS: readonly Key[] = keys([
  ['daddr', 'daddrIp4', 1, TYPES.ipv4_addr, { family: 'ip' }],
  ['daddr', 'daddrIp6', 2, TYPES.ipv6_addr, { family: 'ip6' }],
  ['saddr', 'saddrIp4', 3, TYPES.ipv4_addr, { family: 'ip' }],
  ['saddr', 'saddrIp6', 4, TYPES.ipv6_addr, { family: 'ip6' }],
  ['reqid', 'reqid', 5, TYPES.integer, integer(32)],
  ['spi', 'spi', 6, TYPES.integer, integer(32, 'big')],
]);

/** Keys of osf. */
export const OSF_KEYS: readonly Key[] = keys([
  ['name', 'name', 0, TYPES.string, name16],
  ['version', 'version', 1, TYPES.string, name16],
]);

/** How osf compares the time to live (NFTA_OSF_TTL); none is written as nothing. */
export const OSF_TTL = { loose: 1, skip: 2 } as const;

/** Modes of numgen, and their kernel's words. */
export const NUMGEN_MODES = { inc: 'incremental', random: 'random' } as const;

/** A key by its word. */
export function keyByName(table: readonly Key[], name: string, family?: 'ip' | 'ip6'): Key | undefined {
  const found = table.filter((each) => each.name === name || each.alias?.includes(name));
  return found.find((each) => each.family === family) ?? found[0];
}

/** A key by the kernel's word. */
export function keyByKernel(table: readonly Key[], kernel: string): Key | undefined {
  return table.find((each) => each.kernel === kernel);
}

// --- Words of statements: in JSON, and in the attribute tables --------------------------------------------------------

/** Levels of log. */
export const LOG_LEVELS = {
  emerg: 'emerg',
  alert: 'alert',
  crit: 'crit',
  err: 'err',
  warn: 'warning',
  notice: 'notice',
  info: 'info',
  debug: 'debug',
  audit: 'audit',
} as const;

/** The level that is not written. */
export const DEFAULT_LOG_LEVEL = 'warn';

/** Flags of log; `all` means them all. */
export const LOG_FLAGS = {
  'tcp sequence': 'tcpseq',
  'tcp options': 'tcpopt',
  'ip options': 'ipopt',
  skuid: 'uid',
  ether: 'macdecode',
} as const;

/** Flags of nat statements. */
export const NAT_FLAGS = {
  random: 'protoRandom',
  'fully-random': 'protoRandomFully',
  persistent: 'persistent',
  netmap: 'netmap',
} as const;

/** Types of reject, with the type of their codes and the code that is not written. */
export const REJECT_TYPES = {
  'tcp reset': { kernel: 'tcpRst' },
  icmpx: { kernel: 'icmpxUnreach', codes: TYPES.icmpx_code, usual: 'port-unreachable' },
  icmp: { kernel: 'icmpUnreach', codes: TYPES.icmp_code, usual: 'port-unreachable' },
  icmpv6: { kernel: 'icmpUnreach', codes: TYPES.icmpv6_code, usual: 'port-unreachable' },
} as const;

/** Seconds of the units that limit knows. */
export const RATE_UNITS = { second: 1, minute: 60, hour: 3600, day: 86400, week: 604800 } as const;

/** Bytes of the units that limit and quota know. */
export const DATA_UNITS = { bytes: 1, kbytes: 1024, mbytes: 1024 * 1024 } as const;

/** Flags of queue. */
export const QUEUE_FLAGS = { bypass: 'bypass', fanout: 'cpuFanout' } as const;

/** Flags of synproxy besides those that mss and wscale set. */
export const SYNPROXY_FLAGS = { 'sack-perm': 'sackPerm', timestamp: 'timestamp' } as const;

/** Flags of sets. */
export const SET_FLAGS = { constant: 'constant', interval: 'interval', timeout: 'timeout', dynamic: 'eval' } as const;

/** Flags of tables. */
export const TABLE_FLAGS = { dormant: 'dormant', owner: 'owner', persist: 'persist' } as const;

/** Flags of flowtables. */
export const FLOWTABLE_FLAGS = { offload: 'hwOffload' } as const;

/** Operations of the statements `set` and `map`. */
export const DYNSET_OPS = { add: 'add', update: 'update', delete: 'delete' } as const;

/** Numbers of the hooks (NF_INET_*, NF_BR_*, NF_ARP_*, NF_NETDEV_*) by family. */
const INET_HOOKS = { prerouting: 0, input: 1, forward: 2, output: 3, postrouting: 4 } as const;
export const HOOKS = {
  ip: INET_HOOKS,
  ip6: INET_HOOKS,
  inet: { ...INET_HOOKS, ingress: 5 },
  bridge: INET_HOOKS,
  arp: { input: 0, output: 1, forward: 2 },
  netdev: { ingress: 0, egress: 1 },
} as const satisfies Record<string, Record<string, number>>;

/** Priorities by name. */
const INET_PRIORITIES = { raw: -300, mangle: -150, dstnat: -100, filter: 0, security: 50, srcnat: 100 } as const;
const FILTER_PRIORITY = { filter: 0 } as const;
export const PRIORITIES = {
  ip: INET_PRIORITIES,
  ip6: INET_PRIORITIES,
  inet: INET_PRIORITIES,
  bridge: { dstnat: -300, filter: -200, out: 100, srcnat: 300 },
  arp: FILTER_PRIORITY,
  netdev: FILTER_PRIORITY,
} as const satisfies Record<string, Record<string, number>>;

/** Hooks at which a name of a priority is allowed; names that aren't here are allowed at all. */
export const PRIORITY_HOOKS: Record<string, readonly string[]> = {
  srcnat: ['postrouting'],
  dstnat: ['prerouting'],
  out: ['output'],
};

/** States of connections that a ct timeout can set, by transport protocol: nft's word, attribute, and what is usual in seconds. */
export const CT_TIMEOUT_STATES = {
  tcp: {
    syn_sent: ['state1', 120],
    syn_recv: ['state2', 60],
    established: ['state3', 432000],
    fin_wait: ['state4', 120],
    close_wait: ['state5', 60],
    last_ack: ['state6', 30],
    time_wait: ['state7', 120],
    close: ['state8', 10],
    syn_sent2: ['state9', 120],
    retrans: ['state10', 300],
    unack: ['state11', 300],
  },
  udp: { unreplied: ['state1', 30], replied: ['state2', 120] },
} as const satisfies Record<string, Record<string, readonly [string, number]>>;

/** Kinds of named objects: in JSON, and in the attribute tables (NFT_OBJECT_*). */
export const OBJECT_TYPES = {
  counter: 'counter',
  quota: 'quota',
  limit: 'limit',
  'ct helper': 'ctHelper',
  'ct timeout': 'ctTimeout',
  'ct expectation': 'ctExpect',
  synproxy: 'synproxy',
  secmark: 'secmark',
} as const;
