// Statements: what a rule does, from JSON to steps.
import type { NfData, NfExpression, NfNat, NfObjref } from '../../generated/objects.js';
import { TYPES } from '../datatypes.js';
import {
  CT_KEYS,
  DEFAULT_LOG_LEVEL,
  DYNSET_OPS,
  keyByKernel,
  LOG_FLAGS,
  LOG_LEVELS,
  META_KEYS,
  NAT_FLAGS,
  OBJECT_TYPES,
  QUEUE_FLAGS,
  REJECT_TYPES,
} from '../keywords.js';
import { fieldOf } from '../protocols.js';
import { isVerdict, readInterval, readValue, readVerdict } from './constants.js';
import { isConstantInput, keyFor } from './evaluate.js';
import type { Input } from './input.js';
import { compileMatch } from './matches.js';
import {
  bytesOf,
  type ExthdrNode,
  expression,
  inOrder,
  type Load,
  type Node,
  ones,
  type PayloadNode,
  type PrefixValue,
  padded,
  type RangeValue,
  type Shape,
  type Value,
} from './nodes.js';
import { type Program, register, VERDICT } from './program.js';
import type { RuleCompiler } from './rule.js';
import { boundOf, type SetInfo } from './sets.js';
import { isStateful, readStateful, readStatefuls, synproxyData } from './stateful.js';

const ADDRESS = {
  ip: { type: TYPES.ipv4_addr, bits: 32, order: 'big' },
  ip6: { type: TYPES.ipv6_addr, bits: 128, order: 'big' },
} as const satisfies Record<string, Shape>;
const PORT: Shape = { type: TYPES.inet_service, bits: 16, order: 'big' };
const LINK: Shape = { type: TYPES.iface_index, bits: 32, order: 'host' };
const QUEUE: Shape = { type: TYPES.integer, bits: 16, order: 'host' };
const FAMILIES = { ip: 'ip', ip6: 'ip6' } as const;

type Compile = (rule: RuleCompiler, input: Input, statement: Input) => void;

/** Compiles one statement. */
export function compileStatement(rule: RuleCompiler, statement: Input): void {
  const [key, input] = statement.single();
  if (isVerdict(key)) {
    const { code, chain } = readVerdict(statement);
    write(rule, expression('immediate', { dreg: VERDICT, data: verdictData(code, chain) }));
    return;
  }
  const compile = Object.hasOwn(STATEMENTS, key) ? STATEMENTS[key] : undefined;
  if (!compile) throw statement.fail(`no such statement: ${key}`);
  compile(rule, input, statement);
}

function verdictData(code: string, chain: string | undefined): NfData {
  return { verdict: { code: code as 'accept', ...(chain === undefined ? {} : { chain }) } };
}

function write(rule: RuleCompiler, ...expressions: NfExpression[]): void {
  rule.context.push({ kind: 'action', write: (program) => program.push(...expressions) });
}

function act(rule: RuleCompiler, action: (program: Program) => void): void {
  rule.context.push({ kind: 'action', write: action });
}

const STATEMENTS: Record<string, Compile> = {
  match: (rule, input) => compileMatch(input, rule.evaluator, rule.anonymous),
  mangle: compileMangle,
  vmap: compileVmap,
  counter: (rule, input, statement) => compileStateful(rule, 'counter', input, statement),
  quota: (rule, input, statement) => compileStateful(rule, 'quota', input, statement),
  limit: (rule, input, statement) => compileStateful(rule, 'limit', input, statement),
  'ct count': (rule, input, statement) => compileStateful(rule, 'ct count', input, statement),
  last: (rule, input, statement) => compileStateful(rule, 'last', input, statement),
  'ct helper': (rule, input) => compileObject(rule, 'ctHelper', input),
  'ct timeout': (rule, input) => compileObject(rule, 'ctTimeout', input),
  'ct expectation': (rule, input) => compileObject(rule, 'ctExpect', input),
  secmark: (rule, input) => compileObject(rule, 'secmark', input),
  synproxy: (rule, input) =>
    isObjectReference(input)
      ? compileObject(rule, 'synproxy', input)
      : write(rule, expression('synproxy', synproxyData(input.isNull ? input : input.only('mss', 'wscale', 'flags')))),
  notrack: (rule, input) => {
    if (!input.isNull) throw input.fail('null is wanted');
    write(rule, expression('notrack', {}));
  },
  log: compileLog,
  reject: compileReject,
  snat: (rule, input) => compileNat(rule, input, 'snat'),
  dnat: (rule, input) => compileNat(rule, input, 'dnat'),
  masquerade: (rule, input) => compilePortNat(rule, input, 'masq'),
  redirect: (rule, input) => compilePortNat(rule, input, 'redir'),
  dup: compileDup,
  fwd: compileFwd,
  queue: compileQueue,
  tproxy: compileTproxy,
  flow: (rule, input) => {
    input.only('op', 'flowtable').at('op').word({ add: true });
    const tableName = named(input.at('flowtable'));
    write(rule, expression('flow_offload', { tableName }));
  },
  reset: (rule, input) => {
    const type = rule.evaluator.option(input);
    write(rule, expression('exthdr', { type, op: 'tcpopt' }));
  },
  set: (rule, input) => compileDynset(rule, input, 'set'),
  map: (rule, input) => compileDynset(rule, input, 'map'),
  meter: compileMeter,
  xt: (_rule, _input, statement) => {
    throw statement.fail('extensions of iptables are told in lists only; they cannot be made');
  },
};

/** A name, with or without the sign that it has in nft's language. */
function named(input: Input): string {
  const name = input.name();
  return name.startsWith('@') ? name.slice(1) : name;
}

// --- State -------------------------------------------------------------------------------------------------------------

const isObjectReference = (input: Input) => input.isString || input.has('map');

function compileStateful(rule: RuleCompiler, key: string, input: Input, statement: Input): void {
  if (isObjectReference(input) && Object.hasOwn(OBJECT_TYPES, key)) {
    compileObject(rule, OBJECT_TYPES[key as keyof typeof OBJECT_TYPES], input);
  } else if (isStateful(key)) write(rule, readStateful(key, input));
  else throw statement.fail(`no such statement: ${key}`);
}

function compileObject(rule: RuleCompiler, type: NonNullable<NfObjref['immType']>, input: Input): void {
  if (input.isString) {
    write(rule, expression('objref', { immType: type, immName: input.name() }));
    return;
  }
  const map = input.only('map').at('map').only('key', 'data');
  const data = map.at('data');
  const key = rule.evaluator.operand(map.at('key'));
  const set = data.isString ? rule.around.set(data) : rule.anonymous.objectMap(key, data, type);
  if (set.data?.kind !== 'object') throw data.fail('a map to objects is wanted');
  const node = keyFor(set, data.isString ? rule.evaluator.value(map.at('key')) : key.node, map.at('key'));
  act(rule, (program) =>
    program.reserve(node, (slot) => {
      program.load(node, slot);
      program.push(expression('objref', { setSreg: register(slot), ...set.reference('setName') }));
    }),
  );
}

// --- Writing to the packet and beside it ---------------------------------------------------------------------------------

/** A value for something of a shape, in its byte order. */
function valueFor(rule: RuleCompiler, input: Input, shape: Shape): Node {
  const node = rule.evaluator.value(input, shape);
  if (node.kind === 'value' && node.type === shape.type) return node;
  const isText = node.type.text === true;
  const fits = node.parts === undefined && node.bits <= Math.max(shape.bits, bytesOf(shape.bits) * 8);
  // A shorter number fits where the machine's byte order is wanted.
  const isSame = bytesOf(node.bits) === bytesOf(shape.bits) || (shape.order !== 'big' && !isText);
  if (!fits || !isSame || isText !== (shape.type.text === true)) {
    throw input.fail(`a value of ${shape.bits} bits is wanted, this has ${node.bits}`);
  }
  if (shape.order === 'none' || node.order === 'none') return node;
  const ordered = inOrder(node, shape.order);
  if (ordered.kind === 'byteorder' && ![2, 4, 8].includes(bytesOf(node.bits))) {
    throw input.fail(`a number of ${bytesOf(node.bits)} bytes cannot be brought into the machine’s byte order`);
  }
  return ordered;
}

function compileMangle(rule: RuleCompiler, input: Input): void {
  input.only('key', 'value');
  const key = rule.evaluator.raw(input.at('key'));
  const value = input.at('value');
  if (value.isAbsent) throw value.fail('a value is wanted');
  switch (key.kind) {
    case 'load':
      if (!isSettable(key)) throw input.at('key').fail('this cannot be set');
      setLoad(rule, key, valueFor(rule, value, key));
      break;
    case 'payload':
      setPayload(rule, key, value);
      break;
    case 'exthdr':
      setExthdr(rule, key, value, input);
      break;
    default:
      throw input.at('key').fail('this cannot be set');
  }
}

function isSettable({ name, key }: Load): boolean {
  const table = name === 'meta' ? META_KEYS : name === 'ct' ? CT_KEYS : [];
  return keyByKernel(table, key)?.settable === true;
}

function setLoad(rule: RuleCompiler, key: Load, node: Node): void {
  act(rule, (program) =>
    program.reserve(node, (slot) => {
      program.load(node, slot);
      program.push({ name: key.name, data: { ...key.data, sreg: register(slot) } });
    }),
  );
}

function setExthdr(rule: RuleCompiler, key: ExthdrNode, value: Input, input: Input): void {
  const isWhole = key.offset % 8 === 0 && key.bits % 8 === 0;
  if (key.op !== 'tcpopt' || key.isPresence || !isWhole) throw input.at('key').fail('this cannot be set');
  const node = valueFor(rule, value, key);
  act(rule, (program) =>
    program.reserve(node, (slot) => {
      program.load(node, slot);
      const { number: type, op } = key;
      const data = { type, offset: key.offset / 8, len: bytesOf(key.bits), op };
      program.push(expression('exthdr', { sreg: register(slot), ...data }));
    }),
  );
}

/** Checksums are mended in steps of as many bytes. */
const CHECKSUM_BITS = 16;

function setPayload(rule: RuleCompiler, key: PayloadNode, value: Input): void {
  const { protocol, field } = key;
  const checksum = protocol?.checksum;
  const sum = checksum && protocol ? fieldOf(protocol, checksum.field) : undefined;
  const isPseudo = protocol?.pseudoHeader?.includes(field?.name ?? '') ?? false;
  const mend = {
    ...(checksum && sum ? { csumType: checksum.kind, csumOffset: sum.offset / 8 } : {}),
    ...(isPseudo ? { csumFlags: ['l4csumPseudohdr'] as ['l4csumPseudohdr'] } : {}),
  };
  // Where a checksum is mended, no single bytes are written.
  const unit = checksum ? CHECKSUM_BITS : 8;
  const isWhole = key.offset % unit === 0 && key.bits % unit === 0;
  if (isWhole) {
    const node = valueFor(rule, value, key);
    act(rule, (program) =>
      program.reserve(node, (slot) => {
        program.load(node, slot);
        program.push(store(key, slot, mend));
      }),
    );
    return;
  }
  const before = key.offset % unit;
  const bits = Math.ceil((before + key.bits) / unit) * unit;
  const whole: PayloadNode = { ...key, offset: key.offset - before, bits };
  const shift = BigInt(bits - before - key.bits);
  const mask = ones(bits) & ~(ones(key.bits) << shift);
  if (!isConstantInput(value))
    throw value.fail('a part of a byte, or of two with a checksum, is set to constants only');
  const constant = readValue(value, key, rule.around.names).value << shift;
  act(rule, (program) =>
    program.reserve(whole, (slot) => {
      program.load(whole, slot);
      program.mask(slot, mask, constant, whole);
      program.push(store(whole, slot, mend));
    }),
  );
}

function store(node: PayloadNode, slot: number, mend: object): NfExpression {
  const { base, offset, bits } = node;
  return expression('payload', { sreg: register(slot), base, offset: offset / 8, len: bytesOf(bits), ...mend });
}

// --- Verdicts by map -----------------------------------------------------------------------------------------------------

function compileVmap(rule: RuleCompiler, input: Input): void {
  input.only('key', 'data');
  const data = input.at('data');
  const key = rule.evaluator.operand(input.at('key'));
  const set = data.isString ? rule.around.set(data) : rule.anonymous.verdictMap(key, data);
  if (set.data?.kind !== 'verdict') throw data.fail('a map to verdicts is wanted');
  const node = keyFor(set, data.isString ? rule.evaluator.value(input.at('key')) : key.node, input.at('key'));
  act(rule, (program) =>
    program.reserve(node, (slot) => {
      program.load(node, slot);
      program.decide(slot, set);
    }),
  );
}

// --- Log, reject -----------------------------------------------------------------------------------------------------------

function compileLog(rule: RuleCompiler, input: Input): void {
  if (input.isNull) {
    write(rule, expression('log', {}));
    return;
  }
  input.only('prefix', 'group', 'snaplen', 'queue-threshold', 'level', 'flags');
  const isGroup = input.has('group') || input.has('snaplen') || input.has('queue-threshold');
  if (isGroup && (input.has('level') || input.has('flags'))) {
    throw input.fail('level and flags do not go with group, snaplen and queue-threshold');
  }
  const all = { ...LOG_FLAGS, all: 'all' } as const;
  const words = input.at('flags').words(all);
  const flags = words.includes('all') ? Object.values(LOG_FLAGS) : words.filter((word) => word !== 'all');
  const prefix = input.has('prefix') ? { prefix: input.at('prefix').name(127) } : {};
  const level = input.has('level') ? input.at('level').word(LOG_LEVELS) : undefined;
  write(
    rule,
    expression('log', {
      ...(input.has('group') ? { group: input.at('group').integer(0, 0xffff) } : {}),
      ...prefix,
      ...(input.has('snaplen') ? { snaplen: input.at('snaplen').integer() } : {}),
      ...(input.has('queue-threshold') ? { qthreshold: input.at('queue-threshold').integer(0, 0xffff) } : {}),
      ...(level === undefined || level === LOG_LEVELS[DEFAULT_LOG_LEVEL] ? {} : { level }),
      ...(flags.length > 0 ? { flags } : {}),
    }),
  );
}

function compileReject(rule: RuleCompiler, input: Input): void {
  const { context } = rule;
  if (!input.isNull) input.only('type', 'expr');
  const hasType = !input.isNull && input.has('type');
  const usual = context.addressFamily === 'ip' ? 'icmp' : context.addressFamily === 'ip6' ? 'icmpv6' : 'icmpx';
  const word = hasType ? input.at('type').string() : usual;
  const type = hasType ? input.at('type').word(REJECT_TYPES) : REJECT_TYPES[usual];
  const place = hasType ? input.at('type') : input;
  if (word === 'tcp reset') {
    context.needFirst('tcp', place);
    write(rule, expression('reject', { type: type.kernel }));
    return;
  }
  if (word === 'icmpx' && (context.family === 'ip' || context.family === 'ip6')) {
    throw place.fail(`tables of family ${context.family} reject with icmp or icmpv6`);
  }
  if (word === 'icmp') context.needFirst('ip', place);
  if (word === 'icmpv6') context.needFirst('ip6', place);
  if (!('codes' in type)) throw place.fail('no such type');
  const shape: Shape = { type: type.codes, bits: 8, order: 'none' };
  const hasCode = !input.isNull && input.has('expr');
  const code = hasCode
    ? readValue(input.at('expr'), shape, rule.around.names).value
    : type.codes.symbols?.value(type.usual);
  write(rule, expression('reject', { type: type.kernel, icmpCode: Number(code ?? 0n) }));
}

// --- Address translation -----------------------------------------------------------------------------------------------------

type NatFlag = Extract<NfNat['flags'], readonly unknown[]>[number];

function natFlags(input: Input): NatFlag[] {
  return input.isNull ? [] : [...new Set(input.at('flags').words(NAT_FLAGS))];
}

/** Ports are translated only where there is a transport protocol. */
function needTransport(rule: RuleCompiler, input: Input): void {
  if (!rule.context.header('transport')) {
    throw input.fail('ports are translated only after a match of the transport protocol');
  }
}

/** Whether a map is looked up by the transport protocol too: what it gives is for that protocol then. */
function isByTransport(input: Input): boolean {
  const key = input.at('map').at('key');
  if (!key.has('concat')) return false;
  const isNamed = (part: Input, header: string, field: string, name: string) =>
    part.has(header) && part.at(header).has(field) && part.at(header).at(field).value === name;
  return key
    .at('concat')
    .list()
    .some(
      (part) =>
        isNamed(part, 'meta', 'key', 'l4proto') ||
        (isNamed(part, 'payload', 'protocol', 'ip') && isNamed(part, 'payload', 'field', 'protocol')) ||
        (isNamed(part, 'payload', 'protocol', 'ip6') && isNamed(part, 'payload', 'field', 'nexthdr')),
    );
}

/** A value or the two ends of a range, each loaded into a register of its own. */
type Bounds = { min: Node; max?: Node };

function bounds(rule: RuleCompiler, input: Input, shape: Shape): Bounds {
  if (!isConstantInput(input)) {
    const node = rule.evaluator.value(input, shape);
    if (node.kind !== 'map' && bytesOf(node.bits) !== bytesOf(shape.bits)) {
      throw input.fail(`a value of ${shape.bits} bits is wanted, this has ${node.bits}`);
    }
    return { min: node.kind === 'map' ? node : inOrder(node, shape.order) };
  }
  const constant = readInterval(input, shape, rule.around.names);
  const end = (which: 'first' | 'last'): Value => ({
    type: shape.type,
    bits: shape.bits,
    order: shape.order,
    kind: 'value',
    value: boundOf(constant, which),
  });
  return constant.kind === 'value' ? { min: constant } : { min: end('first'), max: end('last') };
}

/** The family of a translation's addresses: as told, as known, or as the address is written. */
function natFamily(rule: RuleCompiler, input: Input): 'ip' | 'ip6' | undefined {
  const known = rule.context.addressFamily;
  if (input.has('family')) {
    const family = input.at('family').word(FAMILIES);
    if (known !== undefined && known !== family) throw input.at('family').fail(`the packet is of ${known}`);
    return family;
  }
  return known ?? (input.has('addr') ? writtenFamily(input.at('addr')) : undefined);
}

function writtenFamily(input: Input): 'ip' | 'ip6' | undefined {
  if (input.isString) {
    const [address = ''] = input.string().split('/');
    if (TYPES.ipv4_addr.parse(address, {}) !== undefined) return 'ip';
    return TYPES.ipv6_addr.parse(address, {}) === undefined ? undefined : 'ip6';
  }
  if (input.has('prefix')) return writtenFamily(input.at('prefix').at('addr'));
  if (input.has('range'))
    return input
      .at('range')
      .array()
      .map(writtenFamily)
      .find((family) => family !== undefined);
  return undefined;
}

function compileNat(rule: RuleCompiler, input: Input, type: 'snat' | 'dnat'): void {
  input.only('addr', 'family', 'port', 'flags', 'type_flags');
  if (!input.has('addr') && !input.has('port')) throw input.fail('an address or a port is wanted');
  const family = natFamily(rule, input);
  const flags = natFlags(input);
  const isPrefix = input
    .at('type_flags')
    .words({ interval: 'interval', prefix: 'prefix', concat: 'concat' } as const)
    .includes('prefix');
  if (isPrefix && !flags.includes('netmap')) flags.push('netmap');
  let address: Bounds | undefined;
  if (input.has('addr')) {
    if (family === undefined) throw input.fail('nothing says whether this is an address of IPv4 or IPv6');
    address = natAddress(rule, input.at('addr'), ADDRESS[family]);
  }
  let port: Bounds | undefined;
  if (input.has('port')) {
    port = bounds(rule, input.at('port'), PORT);
    needTransport(rule, input.at('port'));
    flags.push('protoSpecified');
  }
  const map = address?.min.kind === 'map' ? address.min : undefined;
  if (map?.parts && !isByTransport(input.at('addr'))) needTransport(rule, input.at('addr'));
  act(rule, (program) => {
    const nat: NfNat = { type, family: family ?? rule.context.family };
    const finish = () => program.push(expression('nat', { ...nat, ...(flags.length > 0 ? { flags } : {}) }));
    const ports = () =>
      withBounds(program, port, (min, max) => {
        if (min !== undefined) nat.regProtoMin = min;
        if (max !== undefined) nat.regProtoMax = max;
        finish();
      });
    if (map) program.reserve(undefined, (slot) => mapRegisters(program, map, slot, nat, ports));
    else
      withBounds(program, address, (min, max) => {
        if (min !== undefined) nat.regAddrMin = min;
        if (max !== undefined) nat.regAddrMax = max;
        ports();
      });
  });
}

/** The address of a translation: a value, a range, or from a map, which may give ports and ranges as well. */
function natAddress(rule: RuleCompiler, input: Input, shape: Shape): Bounds {
  return rule.natMap(() => bounds(rule, input, shape));
}

/** Where a map's address, port and their last values come to lie. */
function mapRegisters(program: Program, map: Node & { kind: 'map' }, slot: number, nat: NfNat, then: () => void): void {
  program.load(map, slot);
  const data = map.set.data;
  if (data?.kind !== 'value') return;
  const { shape } = data;
  const slots = (bits: number) => padded(bits) / 32;
  const [address, port] = shape.parts ?? [shape];
  const addressSlots = slots(address?.bits ?? 0);
  const all = slots(shape.bits);
  nat.regAddrMin = register(slot);
  if (port) nat.regProtoMin = register(slot + addressSlots);
  if (data.isInterval) {
    nat.regAddrMax = register(slot + all);
    if (port) nat.regProtoMax = register(slot + all + addressSlots);
  }
  then();
}

/** Loads a value or the ends of a range and hands on their registers. */
function withBounds(
  program: Program,
  value: Bounds | undefined,
  use: (min: number | undefined, max: number | undefined) => void,
): void {
  if (!value) {
    use(undefined, undefined);
    return;
  }
  const { min, max } = value;
  program.reserve(undefined, (low) => {
    if (!max) {
      program.load(min, low);
      use(register(low), undefined);
      return;
    }
    program.reserve(undefined, (high) => {
      program.load(min, low);
      program.load(max, high);
      use(register(low), register(high));
    });
  });
}

function compilePortNat(rule: RuleCompiler, input: Input, name: 'masq' | 'redir'): void {
  if (!input.isNull) input.only('port', 'flags');
  const flags = natFlags(input);
  let port: Bounds | undefined;
  if (!input.isNull && input.has('port')) {
    port = bounds(rule, input.at('port'), PORT);
    needTransport(rule, input.at('port'));
    flags.push('protoSpecified');
  }
  act(rule, (program) =>
    withBounds(program, port, (min, max) =>
      program.push(
        expression(name, {
          ...(min === undefined ? {} : { regProtoMin: min }),
          ...(max === undefined ? {} : { regProtoMax: max }),
          ...(flags.length > 0 ? { flags } : {}),
        }),
      ),
    ),
  );
}

// --- Elsewhere -------------------------------------------------------------------------------------------------------------

function loadAll(
  program: Program,
  nodes: readonly (Node | undefined)[],
  use: (registers: (number | undefined)[]) => void,
): void {
  const registers: (number | undefined)[] = [];
  const next = (index: number): void => {
    if (index === nodes.length) {
      use(registers);
      return;
    }
    const node = nodes[index];
    if (!node) {
      registers.push(undefined);
      next(index + 1);
      return;
    }
    program.reserve(undefined, (slot) => {
      program.load(node, slot);
      registers.push(register(slot));
      next(index + 1);
    });
  };
  next(0);
}

function compileDup(rule: RuleCompiler, input: Input): void {
  input.only('addr', 'dev');
  const { family } = rule.context;
  if (family === 'netdev') {
    if (input.has('dev')) throw input.at('dev').fail('at netdev the link stands in addr');
    const link = rule.evaluator.value(input.at('addr'), LINK);
    act(rule, (program) => loadAll(program, [link], ([dev]) => program.push(expression('dup', { sregDev: dev }))));
    return;
  }
  if (family !== 'ip' && family !== 'ip6') throw input.fail(`tables of family ${family} know no dup`);
  const address = rule.evaluator.value(input.at('addr'), ADDRESS[family]);
  const link = input.has('dev') ? rule.evaluator.value(input.at('dev'), LINK) : undefined;
  act(rule, (program) =>
    loadAll(program, [address, link], ([addr, dev]) =>
      program.push(expression('dup', { sregAddr: addr, ...(dev === undefined ? {} : { sregDev: dev }) })),
    ),
  );
}

function compileFwd(rule: RuleCompiler, input: Input): void {
  input.only('dev', 'family', 'addr');
  const link = rule.evaluator.value(input.at('dev'), LINK);
  const family = input.has('family') ? input.at('family').word(FAMILIES) : undefined;
  if (input.has('addr') && family === undefined) throw input.at('family').fail('an address needs a family');
  const address = input.has('addr') && family ? rule.evaluator.value(input.at('addr'), ADDRESS[family]) : undefined;
  act(rule, (program) =>
    loadAll(program, [link, address], ([dev, addr]) =>
      program.push(
        expression('fwd', { sregDev: dev, ...(addr === undefined ? {} : { sregAddr: addr, nfproto: family }) }),
      ),
    ),
  );
}

function compileQueue(rule: RuleCompiler, input: Input): void {
  if (input.isNull) {
    write(rule, expression('queue', { num: 0, total: 1 }));
    return;
  }
  input.only('num', 'flags');
  const flags = input.at('flags').words(QUEUE_FLAGS);
  const flag = flags.length > 0 ? { flags } : {};
  const num = input.at('num');
  if (num.isAbsent || isConstantInput(num)) {
    const constant: Value | RangeValue | PrefixValue = num.isAbsent
      ? { ...QUEUE, kind: 'value', value: 0n }
      : readInterval(num, QUEUE, rule.around.names);
    const first = Number(boundOf(constant, 'first'));
    const total = Number(boundOf(constant, 'last')) - first + 1;
    if (flags.includes('cpuFanout') && total < 2) throw input.at('flags').fail('fanout needs a range of queues');
    write(rule, expression('queue', { num: first, total, ...flag }));
    return;
  }
  const node = valueFor(rule, num, { ...QUEUE, bits: 32 });
  act(rule, (program) =>
    loadAll(program, [node], ([sregQnum]) => program.push(expression('queue', { sregQnum, ...flag }))),
  );
}

function compileTproxy(rule: RuleCompiler, input: Input): void {
  input.only('family', 'addr', 'port');
  const family = natFamily(rule, input);
  if (!input.has('addr') && !input.has('port')) throw input.fail('an address or a port is wanted');
  if (input.has('addr') && family === undefined) throw input.fail('nothing says which family the address is of');
  const address = input.has('addr') && family ? rule.evaluator.value(input.at('addr'), ADDRESS[family]) : undefined;
  const port = input.has('port') ? rule.evaluator.value(input.at('port'), PORT) : undefined;
  needTransport(rule, input);
  act(rule, (program) =>
    loadAll(program, [address, port], ([addr, portRegister]) =>
      program.push(
        expression('tproxy', {
          family: family ?? 'unspec',
          ...(addr === undefined ? {} : { regAddr: addr }),
          ...(portRegister === undefined ? {} : { regPort: portRegister }),
        }),
      ),
    ),
  );
}

// --- Sets that rules change --------------------------------------------------------------------------------------------------

function compileDynset(rule: RuleCompiler, input: Input, kind: 'set' | 'map'): void {
  input.only('op', 'elem', 'data', kind, 'stmt');
  const op = input.at('op').word(DYNSET_OPS);
  const set = rule.around.set(input.at(kind));
  const wantsData = kind === 'map';
  if ((set.data !== undefined) !== wantsData)
    throw input.at(kind).fail(wantsData ? 'a map is wanted' : 'a set is wanted');
  const statements = input.has('stmt') ? readStatefuls(input.at('stmt')) : [];
  changeSet(rule, { set, op, elem: input.at('elem'), data: wantsData ? input.at('data') : undefined, statements });
}

function changeSet(
  rule: RuleCompiler,
  change: {
    set: SetInfo;
    op: 'add' | 'update' | 'delete';
    elem: Input;
    data: Input | undefined;
    statements: NfExpression[];
  },
): void {
  const { set, op, elem, data, statements } = change;
  const options = elem.has('elem') ? elem.at('elem') : undefined;
  const key = keyFor(set, rule.evaluator.value(options ? options.at('val') : elem, set.key), elem);
  const timeout = options?.has('timeout') ? BigInt(options.at('timeout').integer()) * 1000n : undefined;
  const ofElement = options ? elementStatements(options) : [];
  const value = data && set.data?.kind === 'value' ? valueFor(rule, data, set.data.shape) : undefined;
  const [first, ...more] = [...ofElement, ...statements];
  act(rule, (program) =>
    program.reserve(key, (slot) => {
      program.load(key, slot);
      const finish = (sregData?: number) =>
        program.push(
          expression('dynset', {
            ...set.reference('setName'),
            op,
            sregKey: register(slot),
            ...(sregData === undefined ? {} : { sregData }),
            ...(timeout === undefined ? {} : { timeout }),
            ...(first === undefined ? {} : more.length === 0 ? { expr: first } : { expressions: [first, ...more] }),
            ...(more.length === 0 ? {} : { flags: ['expr'] as ['expr'] }),
          }),
        );
      if (!value) finish();
      else
        program.reserve(value, (dataSlot) => {
          program.load(value, dataSlot);
          finish(register(dataSlot));
        });
    }),
  );
}

/** Statements that stand beside an element's value. */
export function elementStatements(options: Input): NfExpression[] {
  const beside = Object.keys(options.object()).filter((key) => isStateful(key) && !options.at(key).isAbsent);
  const stated = options.has('stmt') ? readStatefuls(options.at('stmt')) : [];
  return [...beside.map((key) => readStateful(key, options.at(key))), ...stated];
}

function compileMeter(rule: RuleCompiler, input: Input): void {
  input.only('name', 'key', 'stmt', 'size');
  const elem = input.at('key');
  const options = elem.has('elem') ? elem.at('elem') : undefined;
  const key = rule.evaluator.operand(options ? options.at('val') : elem);
  const set = rule.anonymous.meter({
    name: input.at('name').name(),
    key,
    hasTimeout: options?.has('timeout') ?? false,
    size: input.has('size') ? input.at('size').integer(1) : undefined,
  });
  const [word, inner] = input.at('stmt').single();
  changeSet(rule, { set, op: 'update', elem, data: undefined, statements: [readStateful(word, inner)] });
}
