// From a rule's statements to JSON: fields get their names, what is implied is left out, values are told by their types.

import type { NfElement } from '../../generated/objects.js';
import { fromBytes, TYPES } from '../datatypes.js';
import type { NftExpression, NftFamily, NftOperator, NftStatement } from '../json.js';
import { NAT_FLAGS, QUEUE_FLAGS, REJECT_TYPES } from '../keywords.js';
import { type SetShape, tellElements } from './elements.js';
import { Layers, NEXT_FIELDS, type Piece, tellPiece } from './layers.js';
import { Program } from './program.js';
import { cutOf, settable, type Told, tellExthdr, tellOption, tellSelector, wordOf } from './selectors.js';
import { oneOrMore, tellObjectUse, tellStateful } from './stateful.js';
import type { Bytes, Expression, MaskTree, MatchOperator, PayloadTree, RawExpression, Statement } from './tree.js';
import { tellUnknown } from './unknown.js';
import {
  hasPrefixes,
  numberOf,
  type Part,
  partOf,
  prefixLength,
  type Style,
  tell,
  tellBeginning,
  tellInterval,
  tellList,
  tellRange,
  tellUnion,
} from './values.js';
import { tellVerdict } from './verdicts.js';

/** A set as a rule's reader needs it. */
export interface KnownSet {
  isAnonymous: boolean;
  isMeter: boolean;
  keyLength: number;
  dataLength: number;
  size: number | undefined;
  objectType: string | number | undefined;
  shape: SetShape;
  elements: () => readonly NfElement[];
}

export type FindSet = (name: string) => KnownSet | undefined;

/** Layers for which something matched before may be implied by what is matched later. */
type Layer = 'link' | 'network' | 'transport';

/** A match that may turn out to be implied. */
interface Dependency {
  index: number;
  /** A field or what the kernel knows: `ether.type`, `meta.nfproto`. */
  what: string;
  value: bigint;
}

/** A comparison that may become one half of a range. */
interface Half {
  index: number;
  left: string;
  value: bigint;
  operator: MatchOperator;
}

const INTEGER = partOf(TYPES.integer, 32, 'host');
const ICMP = 1n;
const ICMPV6 = 58n;
const IPV4 = new Set(['meta.nfproto=2', 'meta.protocol=2048', 'ether.type=2048', 'vlan.type=2048']);
const IPV6 = new Set(['meta.nfproto=10', 'meta.protocol=34525', 'ether.type=34525', 'vlan.type=34525']);
const VLAN = 0x8100n;

/** Reads one rule. */
export class RuleTeller {
  readonly #family: NftFamily;
  readonly #sets: FindSet;
  readonly #style: Style;
  readonly #layers: Layers;
  /** Whether the family leaves the network protocol open, so that what tells it means something. */
  readonly #isLoose: boolean;
  readonly #dependencies: Partial<Record<Layer, Dependency>> = {};
  #icmp: Dependency | undefined;
  #half: Half | undefined;
  readonly #told: (NftStatement | undefined)[] = [];

  constructor(family: NftFamily, sets: FindSet, style: Style) {
    this.#family = family;
    this.#sets = sets;
    this.#style = style;
    this.#layers = new Layers(family);
    this.#isLoose = family === 'bridge' || family === 'netdev' || family === 'inet';
  }

  /** A rule's statements in JSON. */
  tell(expressions: readonly RawExpression[]): NftStatement[] {
    const program = new Program(this.#sets);
    for (const raw of expressions) program.take(raw);
    for (const statement of program.statements) {
      if (statement.kind === 'match') {
        this.#match(statement);
        continue;
      }
      this.#half = undefined;
      this.#told.push(this.#tellStatement(statement));
      this.#forget();
    }
    return this.#told.filter((statement) => statement !== undefined);
  }

  // --- Dependencies ----------------------------------------------------------------------------------------------------

  #forget(): void {
    this.#icmp = undefined;
    for (const layer of ['link', 'network', 'transport'] as const) delete this.#dependencies[layer];
  }

  #release(layer: Layer): void {
    const dependency = this.#dependencies[layer];
    if (!dependency) return;
    this.#told[dependency.index] = undefined;
    delete this.#dependencies[layer];
  }

  #depend(layer: Layer, what: string, value: bigint): void {
    this.#dependencies[layer] = { index: this.#told.length - 1, what, value };
  }

  /** Leaves out what reading from a header implies. */
  #imply({ base, protocol, field }: Piece, isNextField = false): void {
    // Bits without a name may be read whatever the header is.
    if (!field) return;
    const layer = base === 'll' ? 'link' : base === 'network' || base === 'transport' ? base : undefined;
    const dependency = layer && this.#dependencies[layer];
    if (dependency && this.#isImplied(layer, dependency, isNextField)) {
      this.#release(layer);
      return;
    }
    const type = field.needsType?.length === 1 ? field.needsType[0] : undefined;
    if (this.#icmp && type !== undefined && protocol && this.#icmp.value === BigInt(type)) {
      this.#told[this.#icmp.index] = undefined;
      this.#icmp = undefined;
    }
  }

  #isImplied(layer: Layer, { what, value }: Dependency, isNextField: boolean): boolean {
    if (!this.#isLoose) return true;
    if (layer === 'transport') return what !== 'ip.protocol' && what !== 'ip6.nexthdr';
    if (layer === 'link') {
      if (what === 'vlan.type') return false;
      // What a tag is read for tells that there is one, but not which, if it isn't the usual.
      if (what === 'ether.type') return value === VLAN && !isNextField;
    }
    return true;
  }

  /** Leaves out what reading an option implies. */
  #implyOption(op: string): void {
    if (op === 'ipv6' || op === 'ipv4') this.#release('network');
    else if (op === 'tcpopt') this.#release('transport');
  }

  /** Addresses of connections whose family the kernel takes from the packet. */
  #addressOf(told: Told): Told {
    const [part] = told.parts;
    if (part?.type !== TYPES.invalid) return told;
    this.#release('network');
    const type = this.#layers.network?.name === 'ip6' ? TYPES.ipv6_addr : TYPES.ipv4_addr;
    return { json: told.json, parts: [partOf(type)] };
  }

  /** ICMP says which network protocol it belongs to. */
  #implyNetwork(protocol: bigint): void {
    const dependency = this.#dependencies.network;
    if (!dependency || !this.#isLoose) return;
    const key = `${dependency.what}=${dependency.value}`;
    if ((protocol === ICMP && IPV4.has(key)) || (protocol === ICMPV6 && IPV6.has(key))) this.#release('network');
  }

  /** Takes in that something equals a value. */
  #learnPiece({ protocol, field }: Piece, value: bigint): void {
    if (!protocol || !field) return;
    if (NEXT_FIELDS[protocol.name] === field.name) {
      const { isStacked } = this.#layers.next(protocol, Number(value));
      const layer = isStacked ? 'link' : protocol.base === 'll' ? 'network' : 'transport';
      this.#depend(layer, `${protocol.name}.${field.name}`, value);
    }
    if ((protocol.name === 'icmp' || protocol.name === 'icmpv6') && field.name === 'type') {
      this.#layers.icmpType = value === 0n ? undefined : Number(value);
      this.#icmp = { index: this.#told.length - 1, what: protocol.name, value };
    }
  }

  #learnSelector(tree: Expression, value: bigint): void {
    if (tree.kind !== 'selector') return;
    const word = wordOf(tree);
    const key = `${tree.name}.${word}`;
    if (key === 'meta.nfproto' || key === 'meta.protocol' || key === 'ct.l3proto') {
      this.#layers.nextNetwork(Number(value), word === 'protocol' ? 'protocol' : 'nfproto');
      this.#depend('network', key, value);
    } else if (key === 'meta.l4proto' || key === 'ct.protocol') {
      this.#implyNetwork(value);
      this.#layers.nextTransport(Number(value));
      this.#depend('transport', key, value);
    } else if (key === 'meta.iiftype' || key === 'meta.oiftype') {
      this.#layers.linkType(Number(value));
      this.#depend('link', key, value);
    }
  }

  // --- Matches -------------------------------------------------------------------------------------------------------

  #push(operator: MatchOperator, left: NftExpression, right: NftExpression): void {
    this.#told.push({ match: { op: operator as NftOperator, left, right } });
  }

  #match(statement: Statement & { kind: 'match' }): void {
    const half = this.#half;
    this.#half = undefined;
    const { operator, left, right } = statement;
    if (left.kind === 'mask' && right.kind === 'constant' && this.#matchMasked(operator, left, right.bytes)) return;
    if (left.kind === 'payload' && right.kind === 'constant' && (operator === '==' || operator === '!=')) {
      this.#matchPieces(operator, this.#layers.split(left), right.bytes);
      return;
    }
    const told = this.#tell(left);
    const [part] = told.parts;
    if (right.kind === 'constant' && told.parts.length === 1 && part) {
      this.#matchConstant(operator, left, told, part, right.bytes, half);
      return;
    }
    this.#push(operator, told.json, this.#tellRight(right, told));
  }

  #matchConstant(operator: MatchOperator, left: Expression, told: Told, part: Part, bytes: Bytes, half?: Half): void {
    if (part.type.text && bytes.length < part.bytes) {
      this.#push(operator, told.json, tellBeginning(bytes));
      return;
    }
    if (bytes.length < part.bytes && hasPrefixes(part.type)) {
      const len = bytes.length * 8;
      const value = fromBytes(bytes, 'big') << BigInt(part.bits - len);
      this.#push(operator, told.json, { prefix: { addr: tell(value, part, this.#style), len } });
      return;
    }
    const value = numberOf(bytes, part);
    const name = JSON.stringify(told.json);
    if (half?.operator === '>=' && operator === '<=' && half.left === name && half.index === this.#told.length - 1) {
      this.#told.pop();
      this.#push('==', told.json, tellRange(half.value, value, part, this.#style));
      return;
    }
    this.#push(operator, told.json, tellUnion(value, part, this.#style));
    this.#half = { index: this.#told.length - 1, left: name, value, operator };
    if (operator === '==') this.#learnSelector(left, value);
  }

  /** Bytes that are several fields at once are told field by field. */
  #matchPieces(operator: MatchOperator, pieces: Piece[], bytes: Bytes): void {
    let rest = fromBytes(bytes, 'big');
    let bits = bytes.length * 8;
    for (const piece of pieces) {
      bits -= piece.length;
      const value = rest >> BigInt(Math.max(0, bits));
      rest &= (1n << BigInt(Math.max(0, bits))) - 1n;
      this.#matchPiece(operator, piece, value);
    }
  }

  #matchPiece(operator: MatchOperator, piece: Piece, value: bigint): void {
    const told = tellPiece(piece);
    const part = told.parts[0] as Part;
    const { field } = piece;
    const isNextField = operator === '==' && piece.protocol?.name === 'vlan' && field?.name === 'type';
    this.#imply(piece, isNextField);
    if (field && piece.length < field.length) {
      const addr = tell(value << BigInt(field.length - piece.length), part, this.#style);
      this.#push(operator, told.json, { prefix: { addr, len: piece.length } });
      return;
    }
    this.#push(operator, told.json, tell(value, part, this.#style));
    if (operator === '==') this.#learnPiece(piece, value);
  }

  /** A comparison of masked bits: a field, a prefix, flags. Tells whether it was one of those. */
  #matchMasked(operator: MatchOperator, tree: MaskTree, bytes: Bytes): boolean {
    if (tree.xor.some((byte) => byte !== 0)) return false;
    const { argument } = tree;
    if (argument.kind === 'payload' && (operator === '==' || operator === '!=')) {
      const piece = this.#cutPayload(argument, tree.mask);
      if (piece) {
        this.#matchPiece(operator, piece, fromBytes(bytes, 'big') >> BigInt(piece.shift));
        return true;
      }
    }
    if (this.#tellCut(tree)) return false;
    const told = this.#tell(argument);
    const [part] = told.parts;
    if (told.parts.length !== 1 || !part) return false;
    const mask = numberOf(tree.mask, part);
    const value = numberOf(bytes, part);
    const isEquality = operator === '==' || operator === '!=';
    if (part.type.bitmask && isEquality && value === 0n) {
      this.#push(operator === '!=' ? 'in' : '!', told.json, tellList(mask, part, this.#style));
      return true;
    }
    const len = hasPrefixes(part.type) ? prefixLength(mask, part.bits) : undefined;
    if (len !== undefined) {
      this.#push(operator, told.json, { prefix: { addr: tell(value, part, this.#style), len } });
      return true;
    }
    const left = { '&': [told.json, tellList(mask, part, this.#style)] };
    this.#push(operator, left, tellList(value, part, this.#style));
    return true;
  }

  #cutPayload(tree: PayloadTree, mask: Bytes): (Piece & { shift: number }) | undefined {
    const cut = cutOf(fromBytes(mask, 'big'), tree.length);
    if (!cut) return undefined;
    const piece = this.#layers.fieldAt(tree.base, tree.offset + cut.offset, cut.length);
    return piece.field ? { ...piece, shift: cut.shift } : undefined;
  }

  /** A mask that cuts a field out of a header. */
  #tellCut({ argument, mask, xor }: MaskTree): Told | undefined {
    if (xor.some((byte) => byte !== 0)) return undefined;
    if (argument.kind === 'payload') {
      const piece = this.#cutPayload(argument, mask);
      if (!piece) return undefined;
      this.#imply(piece);
      const told = tellPiece(piece);
      const part = { ...(told.parts[0] as Part), bytes: argument.length / 8, shift: piece.shift };
      return { json: told.json, parts: [part] };
    }
    if (argument.kind !== 'exthdr') return undefined;
    const cut = cutOf(fromBytes(mask, 'big'), argument.length);
    const told = cut && tellExthdr(argument, cut);
    if (told) this.#implyOption(argument.op);
    return told;
  }

  // --- Expressions ---------------------------------------------------------------------------------------------------

  /** An expression that isn't a constant. */
  #tell(tree: Expression): Told {
    switch (tree.kind) {
      case 'payload': {
        const piece = this.#layers.fieldAt(tree.base, tree.offset, tree.length);
        this.#imply(piece);
        return tellPiece(piece);
      }
      case 'exthdr':
        this.#implyOption(tree.op);
        return tellExthdr(tree) ?? this.#untold(tree);
      case 'selector': {
        const argument = tree.argument && this.#tell(tree.argument).json;
        const told = tellSelector(tree, argument);
        return told ? this.#addressOf(told) : this.#untold(tree);
      }
      case 'byteorder': {
        const told = this.#tell(tree.argument);
        const order = tree.to === 'network' ? 'big' : 'host';
        return { json: told.json, parts: told.parts.map((part) => ({ ...part, order })) };
      }
      case 'mask':
        return this.#tellCut(tree) ?? this.#tellMask(tree);
      case 'shift': {
        const told = this.#tell(tree.argument);
        const by = Number(fromBytes(tree.by, 'host'));
        const json = { [tree.direction]: [told.json, by] } as unknown as NftExpression;
        if (tree.direction === '<<') return { json, parts: told.parts };
        return { json, parts: told.parts.map((part) => ({ ...part, shift: Math.max(0, part.shift - by) })) };
      }
      case 'binary': {
        const left = this.#tell(tree.left);
        const json = { [tree.operator]: [left.json, this.#tellRight(tree.right, left)] } as unknown as NftExpression;
        return { json, parts: left.parts };
      }
      case 'concat': {
        const told = tree.parts.map((part) => this.#tell(part));
        return { json: { concat: told.map(({ json }) => json) }, parts: told.flatMap(({ parts }) => parts) };
      }
      case 'map': {
        const set = this.#sets(tree.set);
        const key = this.#tell(tree.key);
        const json = { map: { key: key.json, data: this.#tellSet(tree.set, key) } };
        return { json, parts: Array.isArray(set?.shape.data) ? set.shape.data : [INTEGER] };
      }
      case 'constant':
        return { json: tell(numberOf(tree.bytes, INTEGER), INTEGER, this.#style), parts: [INTEGER] };
      case 'setRef':
        return { json: `@${tree.name}`, parts: [] };
      case 'range': {
        const low = this.#tell(tree.low);
        return { json: { range: [low.json, this.#tell(tree.high).json] }, parts: low.parts };
      }
    }
  }

  #untold(tree: Expression): Told {
    return { json: tellUnknown(tree) as unknown as NftExpression, parts: [INTEGER] };
  }

  #tellMask({ argument, mask: maskBytes, xor: xorBytes }: MaskTree): Told {
    const told = this.#tell(argument);
    const part = told.parts[0] ?? INTEGER;
    const whole: Part = { ...part, bytes: maskBytes.length, shift: 0 };
    const all = (1n << BigInt(maskBytes.length * 8)) - 1n;
    const given = numberOf(maskBytes, whole);
    const flip = numberOf(xorBytes, whole);
    // (v & given) ^ flip: bits that are cleared and flipped are set.
    const set = flip & ~given & all;
    const xor = flip & given;
    const mask = given | set;
    let json = told.json;
    const apply = (operator: '&' | '^' | '|', value: bigint) => {
      json = { [operator]: [json, tellList(value, part, this.#style)] } as unknown as NftExpression;
    };
    if (mask !== all) apply('&', mask);
    if (xor !== 0n) apply('^', xor);
    if (set !== 0n) apply('|', set);
    return { json, parts: told.parts };
  }

  /** What is compared with, or written to, something of a type. */
  #tellRight(tree: Expression, left: Told): NftExpression {
    const [part] = left.parts;
    if (tree.kind === 'constant' && part) {
      if (left.parts.length > 1) return this.#tellConcat(tree.bytes, left.parts);
      if (part.type.text && tree.bytes.length < part.bytes) return tellBeginning(tree.bytes);
      return tellUnion(numberOf(tree.bytes, part), part, this.#style);
    }
    if (tree.kind === 'range' && part) {
      const { low, high } = tree;
      if (left.parts.length === 1 && low.kind === 'constant' && high.kind === 'constant') {
        return tellRange(numberOf(low.bytes, part), numberOf(high.bytes, part), part, this.#style);
      }
      return { range: [this.#tellRight(tree.low, left), this.#tellRight(tree.high, left)] };
    }
    if (tree.kind === 'setRef') return this.#tellSet(tree.name, left);
    return this.#tell(tree).json;
  }

  #tellConcat(bytes: Bytes, parts: Part[]): NftExpression {
    let at = 0;
    const concat = parts.map((part) => {
      const value = numberOf(bytes.subarray(at, at + part.bytes), part);
      at += Math.ceil(part.bytes / 4) * 4;
      return tellUnion(value, part, this.#style);
    });
    return { concat };
  }

  /** A set by its name, or its elements if it has none of its own; keys are told as what is looked up is. */
  #tellSet(name: string, key: Told): NftExpression {
    const set = this.#sets(name);
    if (!set?.isAnonymous) return `@${name}`;
    const parts = set.shape.key.map((part, i) =>
      keyPart(part, key.parts[i], key.parts.length === set.shape.key.length),
    );
    return { set: tellElements(set.elements(), { ...set.shape, key: parts }, this.#style) };
  }

  // --- Statements ----------------------------------------------------------------------------------------------------

  #tellStatement(statement: Exclude<Statement, { kind: 'match' }>): NftStatement {
    switch (statement.kind) {
      case 'verdict':
        return tellVerdict(statement.verdict) as NftStatement;
      case 'vmap': {
        const key = this.#tell(statement.key);
        return { vmap: { key: key.json, data: this.#tellSet(statement.set, key) } };
      }
      case 'set': {
        const key = settable(statement.name, statement.data);
        if (!key) return tellUnknown(statement) as unknown as NftStatement;
        return { mangle: { key: key.json, value: this.#tellValue(statement.value, key.parts[0] as Part) } };
      }
      case 'write':
        return this.#tellWrite(statement);
      case 'reset':
        return { reset: tellOption(statement.type) as never };
      case 'nat':
        return this.#tellNat(statement);
      case 'send':
        return this.#tellSend(statement);
      case 'queue':
        return this.#tellQueue(statement);
      case 'object':
        return tellObjectUse(statement.type, statement.name);
      case 'objectMap': {
        const key = this.#tell(statement.key);
        const type = this.#sets(statement.set)?.objectType ?? 'counter';
        return tellObjectUse(type, { map: { key: key.json, data: this.#tellSet(statement.set, key) } });
      }
      case 'dynset':
        return this.#tellDynset(statement);
      case 'reject':
        return this.#tellReject(statement.data);
      case 'plain':
        return tellStateful(statement.raw, this.#style.isStateless) as NftStatement;
      case 'unknown':
        return tellUnknown(statement.raw) as unknown as NftStatement;
    }
  }

  /** A value that is put somewhere. */
  #tellValue(tree: Expression, part: Part): NftExpression {
    if (tree.kind === 'constant') {
      if (part.type.text && tree.bytes.length < part.bytes) return tellBeginning(tree.bytes);
      return tellList(numberOf(tree.bytes, part), part, this.#style);
    }
    return this.#tell(tree).json;
  }

  #tellWrite({ target, value }: Statement & { kind: 'write' }): NftStatement {
    if (target.kind === 'exthdr') {
      const key = tellExthdr(target) ?? this.#untold(target);
      return { mangle: { key: key.json, value: this.#tellValue(value, key.parts[0] as Part) } };
    }
    // Fields that don't end where bytes do are written together with their neighbours' bits.
    if (value.kind === 'mask' && value.argument.kind === 'payload' && isSamePlace(value.argument, target)) {
      const whole = (1n << BigInt(target.length)) - 1n;
      const cut = cutOf(whole ^ fromBytes(value.mask, 'big'), target.length);
      const piece = cut && this.#layers.fieldAt(target.base, target.offset + cut.offset, cut.length);
      if (cut && piece?.field) {
        this.#imply(piece);
        const { json, parts } = tellPiece(piece);
        const number = fromBytes(value.xor, 'big') >> BigInt(cut.shift);
        return { mangle: { key: json, value: tellUnion(number, parts[0] as Part, this.#style) } };
      }
    }
    const key = this.#tell(target);
    return { mangle: { key: key.json, value: this.#tellValue(value, key.parts[0] as Part) } };
  }

  #addressPart(family: unknown): Part {
    return partOf(family === 'ip6' ? TYPES.ipv6_addr : TYPES.ipv4_addr);
  }

  #tellRange(tree: Expression, part: Part): NftExpression {
    if (tree.kind !== 'range') return this.#tellValue(tree, part);
    const { low, high } = tree;
    if (low.kind === 'constant' && high.kind === 'constant') {
      return tellInterval(numberOf(low.bytes, part), numberOf(high.bytes, part), part, this.#style);
    }
    return { range: [this.#tellValue(low, part), this.#tellValue(high, part)] };
  }

  #tellNat({ name, data, address, port }: Statement & { kind: 'nat' }): NftStatement {
    const flags = (Array.isArray(data.flags) ? data.flags : []) as string[];
    const told: Record<string, unknown> = {};
    if ((name === 'nat' || name === 'tproxy') && (data.family === 'ip' || data.family === 'ip6')) {
      if (this.#family === 'inet' || (name === 'nat' && this.#isWideMap(address, port))) told.family = data.family;
    }
    if (address) told.addr = this.#tellRange(address, this.#addressPart(data.family ?? this.#family));
    // A map of addresses and ports gives both.
    // Where a port comes from implies nothing: the statement itself needs the transport protocol.
    this.#forget();
    if (port && port !== address) told.port = this.#tellRange(port, partOf(TYPES.inet_service));
    const words = Object.entries(NAT_FLAGS).filter(([, kernel]) => flags.includes(kernel));
    if (words.length > 0) told.flags = oneOrMore(words.map(([word]) => word));
    if (flags.includes('netmap')) told.type_flags = 'prefix';
    const keys = { nat: String(data.type), masq: 'masquerade', redir: 'redirect', tproxy: 'tproxy' };
    const isEmpty = Object.keys(told).length === 0;
    return { [keys[name]]: isEmpty ? null : told } as unknown as NftStatement;
  }

  /** Whether a map gives addresses and ports, or ranges of addresses. */
  #isWideMap(address: Expression | undefined, port: Expression | undefined): boolean {
    if (address?.kind !== 'map') return false;
    return port === address || this.#sets(address.set)?.shape.isDataInterval === true;
  }

  #tellSend({ name, data, address, device }: Statement & { kind: 'send' }): NftStatement {
    const link = partOf(TYPES.iface_index);
    const dev = device && this.#tellValue(device, link);
    if (name === 'dup') {
      if (!address) return { dup: { addr: dev ?? '' } };
      const addr = this.#tellValue(address, this.#addressPart(this.#family));
      return { dup: { addr, ...(dev === undefined ? {} : { dev }) } };
    }
    if (!address) return { fwd: { dev: dev ?? '' } };
    const family = data.nfproto === 'ip6' ? 'ip6' : 'ip';
    return { fwd: { dev: dev ?? '', family, addr: this.#tellValue(address, this.#addressPart(family)) } };
  }

  #tellQueue({ data, from }: Statement & { kind: 'queue' }): NftStatement {
    const queue: Record<string, unknown> = {};
    const first = Number(data.num ?? 0);
    const total = Number(data.total ?? 1);
    if (from) queue.num = this.#tell(from).json;
    else queue.num = total > 1 ? { range: [first, first + total - 1] } : first;
    const flags = (Array.isArray(data.flags) ? data.flags : []) as string[];
    const words = Object.entries(QUEUE_FLAGS).filter(([, kernel]) => flags.includes(kernel));
    if (words.length > 0) queue.flags = oneOrMore(words.map(([word]) => word));
    return { queue } as NftStatement;
  }

  #tellDynset({ op, set: name, key, value, timeout, expressions }: Statement & { kind: 'dynset' }): NftStatement {
    const set = this.#sets(name);
    const told = this.#tell(key);
    const seconds = timeout === undefined || timeout === 0n ? undefined : Number(timeout / 1000n);
    const elem: NftExpression = seconds === undefined ? told.json : { elem: { val: told.json, timeout: seconds } };
    // What they have counted is the elements' own.
    const stmt = expressions.map((raw) => tellStateful(raw, true));
    const [first] = stmt;
    if (set?.isMeter && first) {
      const size = set.size === undefined ? {} : { size: set.size };
      return { meter: { key: elem, stmt: first, ...size, name } };
    }
    if (value) {
      const [part] = Array.isArray(set?.shape.data) ? set.shape.data : [INTEGER];
      const data = this.#tellValue(value, part ?? INTEGER);
      return { map: { op, elem, data, map: `@${name}`, ...(first ? { stmt } : {}) } } as NftStatement;
    }
    return { set: { op, elem, set: `@${name}`, ...(first ? { stmt } : {}) } } as NftStatement;
  }

  #tellReject(data: Record<string, unknown>): NftStatement {
    const isOwn = this.#family === 'ip' || this.#family === 'ip6';
    if (data.type === 'icmpxUnreach') return { reject: { type: 'icmpx', expr: this.#code('icmpx', data) } };
    if (isOwn) {
      if (data.type === 'tcpRst') this.#release('transport');
    } else {
      this.#release('network');
    }
    if (data.type === 'tcpRst') return { reject: { type: 'tcp reset' } };
    const network = this.#layers.network?.name;
    const type = network === 'ip6' ? 'icmpv6' : 'icmp';
    return { reject: { type, expr: this.#code(type, data) } };
  }

  #code(type: 'icmpx' | 'icmp' | 'icmpv6', data: Record<string, unknown>): NftExpression {
    return tell(BigInt(Number(data.icmpCode ?? 0)), partOf(REJECT_TYPES[type].codes), this.#style);
  }
}

/** How a key in an anonymous set is told: by the set's type, at the bits that are looked up. */
function keyPart(own: Part, looked: Part | undefined, isSame: boolean): Part {
  if (!looked || !isSame) return own;
  const type = own.type === TYPES.invalid ? looked.type : own.type;
  return { ...looked, type, bytes: looked.bytes || own.bytes, order: own.order };
}

function isSamePlace(a: PayloadTree, b: PayloadTree): boolean {
  return a.base === b.base && a.offset === b.offset && a.length === b.length;
}
