// Words for people who write rules by hand. They make libnftables' JSON, nothing else: what `nl.nft.apply` takes.
import type {
  NftExpression,
  NftFamily,
  NftNatFlag,
  NftNatPortValue,
  NftNatValue,
  NftOperator,
  NftPayload,
  NftRule,
  NftSelector,
  NftSetElement,
  NftStatement,
  NftVerdict,
} from './json.js';

/** A statement of one kind. */
type Statement<Key extends string> = Extract<NftStatement, Record<Key, unknown>>;

// --- What is looked at -------------------------------------------------------------------------------------------------

/** Fields of a header as expressions. */
type Fields<Name extends string> = Readonly<Record<Name, NftPayload>>;

function header<const Name extends string>(protocol: string, ...names: readonly Name[]): Fields<Name> {
  return Object.fromEntries(names.map((field) => [field, { payload: { protocol, field } }])) as unknown as Fields<Name>;
}

/** Fields of the Ethernet header. */
export const ether = header('ether', 'daddr', 'saddr', 'type');
/** Fields of a VLAN tag. */
export const vlan = header('vlan', 'id', 'pcp', 'dei', 'type');
/** Fields of ARP. */
export const arp = header(
  'arp',
  'htype',
  'ptype',
  'hlen',
  'plen',
  'operation',
  'saddr ether',
  'saddr ip',
  'daddr ether',
  'daddr ip',
);
/** Fields of the IPv4 header. */
export const ip = header(
  'ip',
  'version',
  'hdrlength',
  'dscp',
  'ecn',
  'length',
  'id',
  'frag-off',
  'ttl',
  'protocol',
  'checksum',
  'saddr',
  'daddr',
);
/** Fields of the IPv6 header. */
export const ip6 = header(
  'ip6',
  'version',
  'dscp',
  'ecn',
  'flowlabel',
  'length',
  'nexthdr',
  'hoplimit',
  'saddr',
  'daddr',
);
/** Fields of ICMP. */
export const icmp = header('icmp', 'type', 'code', 'checksum', 'id', 'sequence', 'gateway', 'mtu');
/** Fields of ICMPv6. */
export const icmpv6 = header(
  'icmpv6',
  'type',
  'code',
  'checksum',
  'parameter-problem',
  'mtu',
  'id',
  'sequence',
  'max-delay',
);
/** Fields of the TCP header. */
export const tcp = header(
  'tcp',
  'sport',
  'dport',
  'sequence',
  'ackseq',
  'doff',
  'reserved',
  'flags',
  'window',
  'checksum',
  'urgptr',
);
/** Fields of the UDP header. */
export const udp = header('udp', 'sport', 'dport', 'length', 'checksum');
/** Fields of the SCTP header. */
export const sctp = header('sctp', 'sport', 'dport', 'vtag', 'checksum');
/** Ports, whatever the transport protocol. */
export const th = header('th', 'sport', 'dport');

/** Data about the packet: `meta('iifname')`. */
export function meta(key: string): NftSelector {
  return { meta: { key } };
}

/** Data of the packet's connection: `ct('state')`, `ct('ip daddr', 'original')`. */
export function ct(key: string, dir?: 'original' | 'reply'): NftSelector {
  return { ct: dir === undefined ? { key } : { key, dir } };
}

/** What the routing tables say: `fib('type', 'daddr', 'iif')`. */
export function fib(
  result: 'oif' | 'oifname' | 'type',
  ...flags: ('saddr' | 'daddr' | 'mark' | 'iif' | 'oif')[]
): NftSelector {
  return { fib: { result, flags } };
}

/** Several values side by side: `concat(ip.daddr, tcp.dport)`. */
export function concat(...values: NftExpression[]): NftExpression {
  return { concat: values };
}

// --- What it is compared with ------------------------------------------------------------------------------------------

/** All from the first to the last value: `range(8000, 8999)`. */
export function range(first: NftExpression, last: NftExpression): NftExpression {
  return { range: [first, last] };
}

/** An address and how many of its bits count: `prefix('10.0.0.0/8')`. */
export function prefix(cidr: string): NftExpression {
  const [addr = '', length] = cidr.split('/');
  return { prefix: { addr, len: Number(length) } };
}

/** A set without a name: `anyOf(22, 80, 443)`. */
export function anyOf(...elements: NftSetElement[]): NftExpression {
  return { set: elements };
}

/** A set or map by its name. */
export function named(name: string): NftExpression {
  return `@${name}`;
}

/** What a map gives for a key. `data` is a map by its name, or pairs of keys and data. */
export function map(key: NftExpression, data: string | [NftExpression, NftExpression][]): NftExpression {
  return { map: { key, data: typeof data === 'string' ? named(data) : { set: data } } };
}

// --- What a rule does ----------------------------------------------------------------------------------------------------

/**
 * Goes on with the rule where a value compares so: `match(tcp.dport, 22)`, `match(ct('state'), 'in', ['established'])`.
 *
 * Without an operator it is `==`.
 */
export function match(left: NftExpression, right: NftExpression): Statement<'match'>;
export function match(left: NftExpression, op: NftOperator, right: NftExpression): Statement<'match'>;
export function match(left: NftExpression, second: NftExpression, third?: NftExpression): Statement<'match'> {
  return third === undefined
    ? { match: { op: '==', left, right: second } }
    : { match: { op: second as NftOperator, left, right: third } };
}

/** Lets the packet pass this hook. */
export function accept(): NftVerdict {
  return { accept: null };
}

/** Ends the packet. */
export function drop(): NftVerdict {
  return { drop: null };
}

/** Goes back to the chain from which this one was reached. */
export function back(): NftVerdict {
  return { return: null };
}

/** Goes on in another chain, and comes back. */
export function jump(target: string): NftVerdict {
  return { jump: { target } };
}

/** Goes on in another chain, and does not come back. */
export function goto(target: string): NftVerdict {
  return { goto: { target } };
}

/** Does what a map says for a key. `data` is a map by its name, or pairs of keys and verdicts. */
export function vmap(key: NftExpression, data: string | [NftExpression, NftVerdict][]): Statement<'vmap'> {
  return { vmap: { key, data: typeof data === 'string' ? named(data) : { set: data } } };
}

/** Counts packets and bytes; by the name of a named counter, in that. */
export function counter(name?: string): Statement<'counter'> {
  return { counter: name ?? null };
}

/** Logs the packet. */
export function log(options: NonNullable<Statement<'log'>['log']> = {}): Statement<'log'> {
  return { log: Object.keys(options).length === 0 ? null : options };
}

/** Matches up to a rate: `limit(10)`, `limit(1, { per: 'minute', burst: 3 })`. */
export function limit(
  rate: number,
  options: Omit<Extract<Statement<'limit'>['limit'], { rate: number }>, 'rate'> = {},
): Statement<'limit'> {
  return { limit: { rate, per: 'second', ...options } };
}

/** Rejects the packet with an answer, by default the usual one of its protocol. */
export function reject(type?: 'tcp reset' | 'icmp' | 'icmpv6' | 'icmpx', code?: string): Statement<'reject'> {
  if (type === undefined) return { reject: null };
  return { reject: code === undefined ? { type } : { type, expr: code } };
}

/** Keeps connection tracking away from the packet. */
export function notrack(): Statement<'notrack'> {
  return { notrack: null };
}

/** Sets a value: `set(meta('mark'), 1)`. */
export function set(key: NftExpression, value: NftExpression): Statement<'mangle'> {
  return { mangle: { key, value } };
}

/** How addresses are translated. */
export interface NatOptions {
  /** Port or ports to put in. */
  port?: NftExpression | undefined;
  /** In tables of family inet: which addresses these are, where they don't say it themselves. */
  family?: 'ip' | 'ip6' | undefined;
  flags?: NftNatFlag[] | undefined;
}

function natValue(addr: NftExpression | undefined, { port, family, flags }: NatOptions): NftNatValue {
  const own = family ?? familyOf(addr);
  return {
    ...(addr === undefined ? {} : { addr }),
    ...(own === undefined ? {} : { family: own }),
    ...(port === undefined ? {} : { port }),
    ...(flags === undefined ? {} : { flags }),
  };
}

/** The family of an address as it is written. */
function familyOf(addr: NftExpression | undefined): 'ip' | 'ip6' | undefined {
  if (typeof addr === 'string') return addr.startsWith('@') ? undefined : addr.includes(':') ? 'ip6' : 'ip';
  if (typeof addr !== 'object' || addr === null || Array.isArray(addr)) return undefined;
  if ('range' in addr) return familyOf(addr.range[0]);
  return 'prefix' in addr ? familyOf(addr.prefix.addr) : undefined;
}

/** Translates the destination: `dnatTo('10.0.0.2', { port: 8080 })`, or by a map. */
export function dnatTo(addr: NftExpression | undefined, options: NatOptions = {}): Statement<'dnat'> {
  return { dnat: natValue(addr, options) };
}

/** Translates the source. */
export function snatTo(addr: NftExpression | undefined, options: NatOptions = {}): Statement<'snat'> {
  return { snat: natValue(addr, options) };
}

function portValue({ port, flags }: Omit<NatOptions, 'family'>): NftNatPortValue | null {
  if (port === undefined && flags === undefined) return null;
  return { ...(port === undefined ? {} : { port }), ...(flags === undefined ? {} : { flags }) };
}

/** Translates the source to the outgoing interface's address. */
export function masquerade(options: Omit<NatOptions, 'family'> = {}): Statement<'masquerade'> {
  return { masquerade: portValue(options) };
}

/** Translates the destination to this machine, at the same port or at others. */
export function redirect(options: Omit<NatOptions, 'family'> = {}): Statement<'redirect'> {
  return { redirect: portValue(options) };
}

/** A table's chain, to which rules are added. */
export interface ChainName {
  family: NftFamily;
  table: string;
  chain: string;
}

/** A rule of a chain: `{ add: rule(chain, match(tcp.dport, 22), accept()) }`. */
export function rule({ family, table, chain }: ChainName, ...expr: NftStatement[]): { rule: NftRule } {
  return { rule: { family, table, chain, expr } };
}
