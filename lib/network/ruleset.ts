// The rules that make networks work, as `nft list table inet netplumb` shows them. They never grow: what there is of
// networks and endpoints is elements of the sets.
import type { NfRule } from '../generated/objects.js';
import type { Message } from '../lane.js';
import { concatId, type DataType, TYPES, toBytes } from '../nft/datatypes.js';
import { byteOrderNumber, pack, packComment, SET_USERDATA, u32 } from '../nft/userdata.js';
import type { NetworkRecord } from './records.js';
import { JOINED } from './spec.js';
import { doorOf, linkName, TABLE } from './table.js';

const { devgroup, ifname, nf_proto, inet_proto, inet_service, ipv4_addr, ipv6_addr } = TYPES;

/** A set, or with `data` a map: of intervals where it is said so. */
interface Declaration {
  name: string;
  key: DataType[];
  data?: DataType[];
  intervals?: true;
}

const perFamily = (n: 4 | 6, address: DataType): Declaration[] => [
  { name: `addresses${n}`, key: [address] },
  { name: `ports${n}`, key: [inet_proto, inet_service], data: [address, inet_service] },
  { name: `hostports${n}`, key: [address, inet_proto, inet_service], data: [address, inet_service] },
  { name: `partial${n}`, key: [inet_proto, inet_service] },
  { name: `sources${n}`, key: [address], intervals: true },
  { name: `snat${n}`, key: [address], data: [address], intervals: true },
  { name: `hairpin${n}`, key: [address, address], intervals: true },
  { name: `gateways${n}`, key: [devgroup], data: [address] },
];

const SETS: Declaration[] = [
  { name: 'networks', key: [devgroup] },
  { name: 'internal', key: [devgroup] },
  { name: 'allowed', key: [devgroup, devgroup] },
  { name: 'endpoints', key: [ifname] },
  { name: 'busy', key: [ifname] },
  { name: 'closed', key: [nf_proto] },
  ...perFamily(4, ipv4_addr),
  ...perFamily(6, ipv6_addr),
];

const CHAINS: [name: string, base?: { type: string; hook: number; priority: number }][] = [
  ['raw', { type: 'filter', hook: 0, priority: -300 }],
  ['prerouting', { type: 'nat', hook: 0, priority: -100 }],
  ['output', { type: 'nat', hook: 3, priority: -100 }],
  ['postrouting', { type: 'nat', hook: 4, priority: 100 }],
  ['forward', { type: 'filter', hook: 2, priority: 0 }],
  ['published'],
  ['inward'],
];

type Expression = { name: string; data: object };

/** The first register, and the first of those of 4 bytes; the others follow by fours. */
const FIRST = 1;
const register = (bytes: number) => (bytes === 0 ? FIRST : 8 + bytes / 4);

/** Loads something into a register. */
type Load = { bytes: number; into: (dreg: number) => Expression };

const load = (name: string, bytes: number, data: object): Load => ({
  bytes,
  into: (dreg) => ({ name, data: { dreg, ...data } }),
});
const meta = (key: string, bytes = 4) => load('meta', bytes, { key });
const L4PROTO = meta('l4proto', 1);
const NFPROTO = meta('nfproto', 1);
const DPORT = load('payload', 2, { base: 'transport', offset: 2, len: 2 });
const SADDR = {
  4: load('payload', 4, { base: 'network', offset: 12, len: 4 }),
  6: load('payload', 16, { base: 'network', offset: 8, len: 16 }),
};
const DADDR = {
  4: load('payload', 4, { base: 'network', offset: 16, len: 4 }),
  6: load('payload', 16, { base: 'network', offset: 24, len: 16 }),
};
/** The first byte of the source or destination, which is all there is to look at in 127.0.0.0/8. */
const FIRST_BYTE = {
  saddr: load('payload', 1, { base: 'network', offset: 12, len: 1 }),
  daddr: load('payload', 1, { base: 'network', offset: 16, len: 1 }),
};

/** Loads a key's parts, each from a register of 4 bytes on. */
function key(...loads: Load[]): Expression[] {
  let at = 0;
  return loads.map(({ bytes, into }) => {
    const expression = into(register(at));
    at += Math.ceil(bytes / 4) * 4;
    return expression;
  });
}

const compare = (what: Load, value: Uint8Array, op = 'eq'): Expression[] => [
  what.into(FIRST),
  { name: 'cmp', data: { sreg: FIRST, op, data: { value } } },
];
const isIn = (set: string, ...loads: Load[]): Expression[] => [
  ...key(...loads),
  { name: 'lookup', data: { sreg: FIRST, set } },
];
const isNotIn = (set: string, what: Load): Expression[] => [
  what.into(FIRST),
  { name: 'lookup', data: { sreg: FIRST, set, flags: ['inv'] } },
];
const isFamily = (n: 4 | 6) => compare(NFPROTO, Uint8Array.of(n === 4 ? 2 : 10));
/** Whether some bits of a number in the machine's byte order are set. */
const hasBits = (what: Load, bits: number): Expression[] => [
  what.into(FIRST),
  {
    name: 'bitwise',
    data: {
      sreg: FIRST,
      dreg: FIRST,
      len: 4,
      mask: { value: toBytes(BigInt(bits), 32, 'host') },
      xor: { value: new Uint8Array(4) },
    },
  },
  { name: 'cmp', data: { sreg: FIRST, op: 'neq', data: { value: new Uint8Array(4) } } },
];
const isDnat = hasBits(load('ct', 4, { key: 'status' }), 0x20);
const isAnswer = hasBits(load('ct', 4, { key: 'state' }), 0x06);
const isToUs = compare(load('fib', 4, { result: 'addrtype', flags: ['daddr'] }), toBytes(2n, 32, 'host'));
const isLocalhost = (end: 'saddr' | 'daddr') => [...isFamily(4), ...compare(FIRST_BYTE[end], Uint8Array.of(127))];
const verdict = (code: string, chain?: string): Expression => ({
  name: 'immediate',
  data: { dreg: 0, data: { verdict: { code, ...(chain !== undefined && { chain }) } } },
});
const MASQUERADE: Expression = { name: 'masq', data: {} };
const NOTRACK: Expression = { name: 'notrack', data: {} };

/** Translates by a map of a key, whose result is an address and, for dnat, a port. */
const translate = (type: 'dnat' | 'snat', n: 4 | 6, map: string, ...loads: Load[]): Expression[] => [
  ...key(...loads),
  { name: 'lookup', data: { sreg: FIRST, dreg: FIRST, set: map } },
  {
    name: 'nat',
    data: {
      type,
      family: n === 4 ? 'ip' : 'ip6',
      regAddrMin: FIRST,
      ...(type === 'dnat' && { regProtoMin: n === 4 ? register(4) : 2 }),
    },
  },
];

const FROM = meta('iifgroup');
const TO = meta('oifgroup');

const RULES: [chain: string, ...expressions: Expression[]][] = [
  // A port published on 127.0.0.1 is not to be had from outside, whatever a packet says.
  ['raw', ...compare(meta('iifname', 16), linkName('lo'), 'neq'), ...isLocalhost('daddr'), verdict('drop')],
  // With br_netfilter, what goes through a joined bridge comes here a second time: what is known of it already would be
  // kept once more, with another port where the first has the same. Nothing is routed to one.
  ['raw', ...compare(meta('iifname', 16), Buffer.from(JOINED)), ...isIn('networks', FROM), NOTRACK],
  ['prerouting', ...isToUs, verdict('jump', 'published')],
  ['output', ...isToUs, verdict('jump', 'published')],
  // The kernel does not let ::1 out.
  ['published', ...isFamily(6), ...compare(DADDR[6], toBytes(1n, 128, 'big')), verdict('return')],
  ...([4, 6] as const).flatMap((n): typeof RULES => [
    ['published', ...isFamily(n), ...translate('dnat', n, `hostports${n}`, DADDR[n], L4PROTO, DPORT)],
    ['published', ...isFamily(n), ...translate('dnat', n, `ports${n}`, L4PROTO, DPORT)],
  ]),
  ['postrouting', ...isIn('networks', TO), verdict('jump', 'inward')],
  ...([4, 6] as const).flatMap((n): typeof RULES => [
    ['postrouting', ...isNotIn('networks', TO), ...isFamily(n), ...translate('snat', n, `snat${n}`, SADDR[n])],
    ['postrouting', ...isNotIn('networks', TO), ...isFamily(n), ...isIn(`sources${n}`, SADDR[n]), MASQUERADE],
  ]),
  // Answers have to come back the same way: nobody outside knows 127.0.0.1, and neighbours would answer directly.
  ['inward', ...isLocalhost('saddr'), ...translate('snat', 4, 'gateways4', TO)],
  ...([4, 6] as const).map((n): (typeof RULES)[number] => [
    'inward',
    ...isDnat,
    ...isFamily(n),
    ...isIn(`hairpin${n}`, SADDR[n], DADDR[n]),
    ...translate('snat', n, `gateways${n}`, TO),
  ]),
  // Comes here a second time, too.
  [
    'forward',
    ...compare(meta('oifname', 16), Buffer.from(JOINED)),
    ...compare(meta('iifname', 16), Buffer.from(JOINED)),
    ...isIn('networks', TO),
    verdict('accept'),
  ],
  ['forward', ...isAnswer, verdict('accept')],
  ['forward', ...isIn('allowed', FROM, TO), verdict('accept')],
  // Before published ports, which are a way out, too.
  ['forward', ...isIn('internal', FROM), verdict('drop')],
  ['forward', ...isIn('networks', TO), ...isDnat, verdict('accept')],
  ['forward', ...isIn('networks', TO), verdict('drop')],
  ['forward', ...isIn('networks', FROM), verdict('accept')],
  // Where we turned forwarding on, the host must not become a router for others.
  ['forward', ...isIn('closed', NFPROTO), verdict('drop')],
];

const padded = (types: readonly DataType[]) => types.map(({ bits }) => Math.ceil(bits / 32) * 4);
const lengthOf = (types: readonly DataType[]) =>
  types.length === 1 ? (types[0] as DataType).bits / 8 : padded(types).reduce((sum, length) => sum + length, 0);
const orderOf = (types: readonly DataType[]) =>
  byteOrderNumber(types.length === 1 ? (types[0] as DataType).order : 'none');

function setMessage({ name, key: keyTypes, data, intervals }: Declaration, id: number): Message {
  const isConcatenated = keyTypes.length > 1 && intervals;
  return {
    operation: 'nft.addSet',
    spec: {
      ...TABLE,
      name,
      id,
      flags: [...(intervals ? ['interval'] : []), ...(data ? ['map'] : []), ...(isConcatenated ? ['concat'] : [])],
      keyType: concatId(keyTypes),
      keyLen: lengthOf(keyTypes),
      ...(data && { dataType: concatId(data), dataLen: lengthOf(data) }),
      ...(isConcatenated && { desc: { concat: padded(keyTypes).map((len) => ({ len })) } }),
      userdata: pack([
        u32(SET_USERDATA.keyByteOrder, orderOf(keyTypes)),
        ...(data ? [u32(SET_USERDATA.dataByteOrder, orderOf(data))] : []),
      ]),
    },
  };
}

/** The message that has a network take endpoints. */
export function doorMessage(network: NetworkRecord): Message {
  return setMessage({ name: doorOf(network), key: [devgroup] }, 1);
}

/** Whether rules of the table are those that it was made with, as far as what they consist of tells. */
export function areRulesWhole(rules: readonly NfRule[]): boolean {
  const outline = (all: readonly (readonly [chain: unknown, ...names: unknown[]])[]) =>
    CHAINS.map(([chain]) => all.filter(([of]) => of === chain).map(([, ...names]) => names.join()));
  const told = rules.map(({ chain, expressions = [] }) => [chain, ...expressions.map(({ name }) => name)] as const);
  const made = RULES.map(([chain, ...expressions]) => [chain, ...expressions.map(({ name }) => name)] as const);
  return JSON.stringify(outline(told)) === JSON.stringify(outline(made));
}

/** The transaction that makes the table; EEXIST: it is there. With `repair` it replaces the rules, and adds what is not there. */
export function tableMessages(repair = false): Message[] {
  return [
    {
      operation: repair ? 'nft.addTable' : 'nft.createTable',
      spec: {
        family: TABLE.family,
        name: TABLE.table,
        userdata: packComment('networks of netplumb, kept in its sets'),
      },
    },
    ...SETS.map((declaration, i) => setMessage(declaration, i + 1)),
    ...CHAINS.map(([name, base]) => ({
      operation: 'nft.addChain',
      spec: {
        ...TABLE,
        name,
        ...(base && {
          type: base.type,
          hook: { hooknum: base.hook, priority: base.priority },
          policy: 'accept',
        }),
      },
    })),
    ...(repair ? CHAINS.map(([chain]) => ({ operation: 'nft.deleteRule', spec: { ...TABLE, chain } })) : []),
    ...RULES.map(([chain, ...expressions]) => ({ operation: 'nft.addRule', spec: { ...TABLE, chain, expressions } })),
  ];
}
