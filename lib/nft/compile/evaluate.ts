// Expressions: from JSON to what can be loaded, with the matches that they take for granted.
import { type Names, TYPES } from '../datatypes.js';
import {
  CT_KEYS,
  FIB_FLAGS,
  FIB_RESULTS,
  IPSEC_KEYS,
  type Key,
  keyByName,
  META_KEYS,
  NUMGEN_MODES,
  OSF_KEYS,
  OSF_TTL,
  RT_KEYS,
  SOCKET_KEYS,
} from '../keywords.js';
import { BASE_NAMES, EXTENSION_KINDS, type ExtensionKind, fieldOf, PROTOCOLS } from '../protocols.js';
import { nest, type Tlv, TYPEOF_DATA, u32 } from '../userdata.js';
import { fold, isBinary, isVerdictInput, readConstant, readValue } from './constants.js';
import type { RuleContext } from './context.js';
import type { Input } from './input.js';
import { describe, exthdrNode, metaNode, presenceNode, rawNode } from './loads.js';
import {
  type BinaryNode,
  concatShape,
  type Description,
  type ExthdrNode,
  type HashNode,
  inOrder,
  type Load,
  type Node,
  ones,
  type PayloadNode,
  type Shape,
} from './nodes.js';
import type { SetInfo } from './sets.js';

/** What expressions may ask of the rest of the compiler. */
export interface Surroundings {
  readonly names: Names;
  /** The named set or map that an input `@name` means. */
  set(input: Input): SetInfo;
  /** Makes an anonymous map of pairs. */
  map(key: Operand, data: Input, wanted: Shape | undefined): SetInfo;
}

/**
 * Something that constants are compared with: what is loaded, and how constants come to lie as it does. Bits in the middle
 * of bytes aren't moved; the constants are.
 */
export interface Operand {
  /** What is loaded. */
  readonly node: Node;
  /** What constants are read as. */
  readonly shape: Shape;
  /** What becomes of a constant's value. */
  readonly move: (value: bigint) => bigint;
  /** Whether ranges stay ranges by it. */
  readonly keepsOrder: boolean;
  /** What a set of its values is described as. */
  readonly description: Description | undefined;
}

/** Compiles the expressions of one rule. */
export class Evaluator {
  constructor(
    readonly context: RuleContext,
    readonly around: Surroundings,
  ) {}

  /** What an expression gives, ready to be loaded. `wanted` is the shape that constants take. */
  value(input: Input, wanted?: Shape): Node {
    return loadable(this.raw(input, wanted));
  }

  /** What an expression gives, to be compared with constants. */
  operand(input: Input): Operand {
    return operandOf(this.raw(input));
  }

  /** What an expression gives; bits may lie in the middle of bytes. */
  raw(input: Input, wanted?: Shape): Node {
    if (!input.isObject || input.has('range') || input.has('prefix')) return this.#constant(input, wanted);
    const [key, inner] = input.single();
    switch (key) {
      case 'payload':
        return this.#payload(inner);
      case 'exthdr':
      case 'tcp option':
      case 'ip option':
      case 'sctp chunk':
        return this.#exthdr(key, inner);
      case 'dccp option':
        return dccpOption(inner.only('type').at('type').integer(0, 255));
      case 'meta':
        return metaNode(this.#key(META_KEYS, inner.only('key')));
      case 'ct':
        return this.#ct(inner);
      case 'rt':
        return this.#rt(inner);
      case 'socket':
        return this.#socket(inner);
      case 'fib':
        return this.fib(inner, false);
      case 'osf':
        return this.#osf(inner);
      case 'ipsec':
        return this.#ipsec(inner);
      case 'numgen':
        return this.#numgen(inner);
      case 'jhash':
        return this.#jhash(inner);
      case 'symhash':
        return this.#symhash(inner);
      case 'concat':
        return this.#concat(inner, wanted);
      case 'map':
        return this.#map(inner, wanted);
      case 'elem':
        return this.raw(inner.at('val'), wanted);
      default:
        if (isBinary(key)) return this.#binary(key, input, inner, wanted);
        throw input.fail(`no such expression: ${key}`);
    }
  }

  #constant(input: Input, wanted: Shape | undefined): Node {
    if (wanted === undefined) throw input.fail('something of the packet is wanted here, not a constant');
    const constant = readConstant(input, wanted, this.around.names);
    if (constant.kind === 'value' || constant.kind === 'concat value') return constant;
    throw input.fail('one value is wanted here');
  }

  #key(table: readonly Key[], input: Input, family?: 'ip' | 'ip6'): Key {
    const key = keyByName(table, input.at('key').string(), family);
    if (!key) throw input.at('key').fail(`one of ${[...new Set(table.map(({ name }) => name))].join(', ')} is wanted`);
    return key;
  }

  // --- The packet ----------------------------------------------------------------------------------------------------

  #payload(input: Input): Node {
    if (input.has('base')) {
      input.only('base', 'offset', 'len');
      const base = input.at('base').word(BASE_NAMES);
      return rawNode(base, input.at('offset').integer(0, 0xffff), input.at('len').integer(1, 8 * 64));
    }
    input.only('protocol', 'field');
    const protocol = PROTOCOLS.get(input.at('protocol').string());
    if (!protocol) throw input.at('protocol').fail(`one of ${[...PROTOCOLS.keys()].join(', ')} is wanted`);
    const field = fieldOf(protocol, input.at('field').string());
    if (!field) {
      throw input.at('field').fail(`one of ${protocol.fields.map(({ name }) => name).join(', ')} is wanted`);
    }
    return this.context.field(protocol, field, input);
  }

  #exthdr(key: ExtensionKind['key'], input: Input): ExthdrNode {
    const kind = EXTENSION_KINDS.find((each) => each.key === key) as ExtensionKind;
    if (kind.needs !== undefined) this.context.need(kind.needs, input, true);
    if (key === 'tcp option' && input.has('base')) return rawOption(kind, input.only('base', 'offset', 'len'));
    input.only('name', 'field', ...(key === 'exthdr' ? ['offset'] : []));
    const name = input.at('name').string();
    const header = kind.headers.find((each) => each.name === name);
    if (!header) throw input.at('name').fail(`one of ${kind.headers.map((each) => each.name).join(', ')} is wanted`);
    if (!input.has('field')) return presenceNode(kind, header.number);
    const word = input.at('field').string();
    const field = header.fields.find((each) => each.name === word);
    if (!field) throw input.at('field').fail(`one of ${header.fields.map((each) => each.name).join(', ')} is wanted`);
    return exthdrNode(kind, header, field);
  }

  /** The option's number that a statement `reset` means. */
  option(input: Input): number {
    const option = input.only('tcp option').at('tcp option');
    return option.has('base')
      ? option.at('base').integer(0, 255)
      : this.#exthdr('tcp option', option.only('name')).number;
  }

  // --- What the kernel knows -------------------------------------------------------------------------------------------

  #ct(input: Input): Load {
    input.only('key', 'family', 'dir');
    const directions = { original: 'original', reply: 'reply' } as const;
    const direction = input.has('dir') ? input.at('dir').word(directions) : undefined;
    const word = input.at('key').string();
    const isAddress = word === 'saddr' || word === 'daddr';
    const families = { ip: 'ip', ip6: 'ip6' } as const;
    const family = input.has('family') ? input.at('family').word(families) : this.context.addressFamily;
    if (isAddress && family === undefined) throw input.fail('nothing says whether this is an address of IPv4 or IPv6');
    let key = this.#key(CT_KEYS, input);
    const shape = isAddress && family ? keyByName(CT_KEYS, `${family} ${word}`) : undefined;
    if (input.has('family') && shape) key = shape;
    if (direction !== undefined && key.direction === undefined)
      throw input.at('dir').fail(`ct ${word} has no direction`);
    if (direction === undefined && key.direction === 'must') throw input.fail(`ct ${word} needs a direction`);
    const { type, bits, order } = shape ?? key;
    const names = TYPEOF_DATA.ct;
    const number = direction === undefined ? 0xffffffff : direction === 'original' ? 0 : 1;
    return {
      kind: 'load',
      name: 'ct',
      data: { key: key.kernel, ...(direction === undefined ? {} : { direction }) },
      key: key.kernel,
      type,
      bits,
      order,
      description: () => describe('ct', [u32(names.key, key.id), u32(names.direction, number)]),
    };
  }

  #rt(input: Input): Load {
    input.only('key', 'family');
    const families = { ip: 'ip', ip6: 'ip6' } as const;
    const family = input.has('family') ? input.at('family').word(families) : this.context.addressFamily;
    if (input.at('key').string() === 'nexthop' && family === undefined) {
      throw input.fail('nothing says whether this is an address of IPv4 or IPv6');
    }
    const key = this.#key(RT_KEYS, input, family);
    return load('rt', key, { key: key.kernel }, () => describe('rt', [u32(TYPEOF_DATA.rt.key, key.id)]));
  }

  #socket(input: Input): Load {
    const key = this.#key(SOCKET_KEYS, input.only('key', 'level'));
    const level = key.kernel === 'cgroupv2' ? { level: input.at('level').integer(0, 255) } : {};
    const description = () => describe('socket', [u32(TYPEOF_DATA.socket.key, key.id)]);
    return load('socket', key, { key: key.kernel, ...level }, description);
  }

  /** A look-up in the routing tables, or only whether it finds something. */
  fib(input: Input, isPresence: boolean): Load {
    input.only('result', 'flags');
    const word = input.at('result').string();
    const key = keyByName(FIB_RESULTS, word);
    if (!key) throw input.at('result').fail('one of oif, oifname, type is wanted');
    const bits = input.at('flags').words(FIB_FLAGS);
    const flags = Object.entries(FIB_FLAGS).flatMap(([name, bit]) => (bits.includes(bit) ? [name] : []));
    const isOne = (a: string, b: string) => flags.includes(a) !== flags.includes(b);
    if (!isOne('saddr', 'daddr')) throw input.at('flags').fail('either saddr or daddr is wanted');
    const number = bits.reduce((all: number, bit) => all | bit, 0);
    const names = TYPEOF_DATA.fib;
    const description = () => describe('fib', [u32(names.result, key.id), u32(names.flags, number)]);
    if (!isPresence) return load('fib', key, { result: key.kernel, flags }, description);
    if (word === 'type') throw input.at('result').fail('a type is always found');
    const data = { result: key.kernel, flags: [...flags, 'present'] };
    return { ...load('fib', key, data, undefined), type: TYPES.boolean, bits: 32, order: 'host' };
  }

  #osf(input: Input): Load {
    const key = this.#key(OSF_KEYS, input.only('key', 'ttl'));
    const ttl = input.has('ttl') ? { ttl: input.at('ttl').word(OSF_TTL) } : { ttl: 0 };
    const flags = key.name === 'version' ? { flags: ['version'] } : {};
    return load('osf', key, { ...ttl, ...flags }, () => describe('osf'));
  }

  #ipsec(input: Input): Load {
    input.only('key', 'family', 'dir', 'spnum');
    const families = { ip: 'ip', ip6: 'ip6' } as const;
    const family = input.has('family') ? input.at('family').word(families) : this.context.addressFamily;
    const key = this.#key(IPSEC_KEYS, input, family);
    if (key.family !== undefined && family === undefined) {
      throw input.fail('nothing says whether this is an address of IPv4 or IPv6');
    }
    const dir = input.at('dir').word({ in: 'in', out: 'out' });
    const spnum = input.has('spnum') ? input.at('spnum').integer(0, 255) : 0;
    const names = TYPEOF_DATA.xfrm;
    const description = () =>
      describe('xfrm', [u32(names.key, key.id), u32(names.spnum, spnum), u32(names.direction, dir === 'in' ? 0 : 1)]);
    return load('xfrm', key, { key: key.kernel, dir, spnum }, description);
  }

  #numgen(input: Input): Load {
    input.only('mode', 'mod', 'offset');
    const type = input.at('mode').word(NUMGEN_MODES);
    const modulus = input.at('mod').integer(1);
    const offset = input.has('offset') ? input.at('offset').integer() : 0;
    const names = TYPEOF_DATA.numgen;
    const mode = type === 'incremental' ? 0 : 1;
    return {
      kind: 'load',
      name: 'numgen',
      data: { modulus, type, offset },
      key: type,
      ...INTEGER32,
      description: () =>
        describe('numgen', [u32(names.mode, mode), u32(names.modulus, modulus), u32(names.offset, offset)]),
    };
  }

  #jhash(input: Input): HashNode {
    input.only('expr', 'mod', 'offset', 'seed');
    return {
      kind: 'jhash',
      operand: this.value(input.at('expr')),
      modulus: input.at('mod').integer(1),
      seed: input.has('seed') ? input.at('seed').integer() : undefined,
      offset: input.has('offset') ? input.at('offset').integer() : 0,
      ...INTEGER32,
    };
  }

  #symhash(input: Input): Load {
    input.only('mod', 'offset');
    const modulus = input.at('mod').integer(1);
    const offset = input.has('offset') ? input.at('offset').integer() : 0;
    return {
      kind: 'load',
      name: 'hash',
      data: { modulus, ...(offset === 0 ? {} : { offset }), type: 'sym' },
      key: 'sym',
      ...INTEGER32,
      description: () => describe('hash', hashDescription(1, modulus, 0, offset)),
    };
  }

  // --- Compositions ----------------------------------------------------------------------------------------------------

  #concat(input: Input, wanted: Shape | undefined): Node {
    const inputs = input.array();
    if (inputs.length < 2) throw input.fail('two or more values are wanted');
    if (wanted?.parts && wanted.parts.length !== inputs.length)
      throw input.fail(`${wanted.parts.length} values are wanted`);
    const nodes = inputs.map((each, i) => this.value(each, wanted?.parts?.[i]));
    return { kind: 'concat', nodes, ...concatShape(nodes) };
  }

  #map(input: Input, wanted: Shape | undefined): Node {
    input.only('key', 'data');
    const key = this.operand(input.at('key'));
    const data = input.at('data');
    const set = data.isString ? this.around.set(data) : this.around.map(key, data, wanted);
    if (set.data?.kind !== 'value') throw data.fail('a map to values is wanted');
    const { shape, isInterval } = set.data;
    const node = data.isString ? keyFor(set, loadable(this.raw(input.at('key'))), data) : keyFor(set, key.node, data);
    const bits = isInterval ? 2 * shape.bits : shape.bits;
    return { kind: 'map', key: node, set, type: shape.type, bits, order: shape.order, parts: shape.parts };
  }

  #binary(op: BinaryNode['op'], input: Input, operands: Input, wanted: Shape | undefined): Node {
    const [first, ...more] = operands.array();
    if (!first || more.length === 0) throw operands.fail('two or more operands are wanted');
    if (isConstantInput(input)) return this.#constant(input, wanted);
    // What is done to bits doesn't mind the order; shifts do.
    const [left, rights] =
      isConstantInput(first) && op !== '<<' && op !== '>>'
        ? [more.find((each) => !isConstantInput(each)) ?? first, [first, ...more].filter(isConstantInput)]
        : [first, more];
    let node = this.value(left, wanted);
    if (left !== first && rights.length !== more.length) throw operands.fail('only one operand can be of the packet');
    for (const each of rights) {
      if (!isConstantInput(each)) throw each.fail('a constant is wanted on the right');
      if (op === '<<' || op === '>>') {
        node = inOrder(node, 'host');
        const right = readValue(each, INTEGER32, this.around.names).value;
        if (right >= BigInt(node.bits)) throw each.fail(`a shift of less than ${node.bits} bits is wanted`);
        node = { kind: 'binary', op, left: node, right, type: node.type, bits: node.bits, order: node.order };
      } else {
        const right = readValue(each, node, this.around.names).value;
        const from = node;
        const description = () => descriptionOf(from);
        node = {
          kind: 'binary',
          op,
          left: node,
          right,
          type: node.type,
          bits: node.bits,
          order: node.order,
          description,
        };
      }
    }
    return node;
  }
}

const INTEGER32 = { type: TYPES.integer, bits: 32, order: 'host' } as const;

function hashDescription(kind: 0 | 1, modulus: number, seed: number, offset: number): Tlv[] {
  const names = TYPEOF_DATA.hash;
  return [
    u32(names.kind, kind),
    u32(names.isOffset, offset),
    u32(names.modulus, modulus),
    u32(names.seed, seed),
    u32(names.offset, kind === 0 && offset ? 1 : 0),
  ];
}

function load(name: Load['name'], key: Key, data: Load['data'], description: Description | undefined): Load {
  return { kind: 'load', name, data, key: key.kernel, type: key.type, bits: key.bits, order: key.order, description };
}

/** A TCP option by number: whether it is there, or bits of it. */
function rawOption(kind: ExtensionKind, input: Input): ExthdrNode {
  const number = input.at('base').integer(0, 255);
  const offset = input.at('offset').integer(0, 255 * 8);
  const bits = input.at('len').integer(1, 128);
  if (offset === 0 && bits === 8) return presenceNode(kind, number);
  return {
    kind: 'exthdr',
    op: kind.op,
    number,
    offset,
    isPresence: false,
    type: TYPES.integer,
    bits,
    order: 'big',
    description: undefined,
  };
}

/** Whether there is an option of DCCP, by number. */
function dccpOption(number: number): ExthdrNode {
  return {
    kind: 'exthdr',
    op: 'dccp',
    number,
    offset: 0,
    isPresence: true,
    type: TYPES.boolean,
    bits: 8,
    order: 'none',
    description: undefined,
  };
}

/** Whether an input says a constant, as far as can be told without knowing what is wanted. */
export function isConstantInput(input: Input): boolean {
  if (input.isArray) return input.array().every(isConstantInput);
  if (!input.isObject) return !(typeof input.value === 'string' && input.value.startsWith('@'));
  const keys = Object.keys(input.object());
  if (keys.length !== 1) return false;
  const [key, inner] = input.single();
  if (isBinary(key) || key === 'concat' || key === 'range')
    return inner.isArray && inner.array().every(isConstantInput);
  return key === 'prefix' || isVerdictInput(input);
}

/** Whether bits begin or end in the middle of a byte. */
function isUnaligned(node: Node): node is PayloadNode | ExthdrNode {
  return (node.kind === 'payload' || node.kind === 'exthdr') && (node.offset % 8 !== 0 || node.bits % 8 !== 0);
}

/** The bytes that hold bits in the middle of them, the mask of these bits, and how far they are from the end. */
export function wholeBytes(node: PayloadNode | ExthdrNode): {
  node: PayloadNode | ExthdrNode;
  mask: bigint;
  shift: number;
} {
  const before = node.offset % 8;
  const bits = Math.ceil((before + node.bits) / 8) * 8;
  const shift = bits - before - node.bits;
  return {
    node: { ...node, offset: node.offset - before, bits },
    mask: ones(node.bits) << BigInt(shift),
    shift,
  };
}

/** A node that can be loaded: bits in the middle of bytes are moved to the end. */
export function loadable(node: Node): Node {
  if (!isUnaligned(node)) return node;
  const { node: whole, mask, shift } = wholeBytes(node);
  const { type, order, description } = node;
  const bits = whole.bits;
  const masked: BinaryNode = { kind: 'binary', op: '&', left: whole, right: mask, type, bits, order };
  if (shift === 0) return { ...masked, bits: node.bits, description };
  const left = inOrder(masked, 'host');
  const moved = { type, bits: node.bits, order: bits > 8 ? ('host' as const) : order };
  // nft describes those only whose length their type doesn’t tell.
  const told = type.bits > 0 ? undefined : description;
  return { kind: 'binary', op: '>>', left, right: BigInt(shift), ...moved, description: told };
}

/** How a node is compared with constants. */
function operandOf(node: Node): Operand {
  if (isUnaligned(node)) {
    const { node: whole, mask, shift } = wholeBytes(node);
    const { type, order } = node;
    return {
      node: { kind: 'binary', op: '&', left: whole, right: mask, type, bits: whole.bits, order },
      shape: node,
      move: (value) => value << BigInt(shift),
      keepsOrder: true,
      description: undefined,
    };
  }
  if (node.kind === 'binary' && node.op === '^') {
    return {
      node: node.left,
      shape: node,
      move: (value) => fold('^', value, node.right, node.bits),
      keepsOrder: false,
      description: undefined,
    };
  }
  const description = node.kind === 'binary' ? undefined : () => descriptionOf(node);
  return { node, shape: node, move: (value) => value, keepsOrder: true, description };
}

/** nft's description of an expression, for `typeof`; undefined where it has none. */
export function descriptionOf(node: Node): Tlv[] | undefined {
  switch (node.kind) {
    case 'load':
    case 'payload':
    case 'exthdr':
    case 'binary':
      return node.description?.();
    case 'jhash':
      return describe('hash', hashDescription(0, node.modulus, node.seed ?? 0, node.offset));
    case 'concat': {
      const parts = node.nodes.map(descriptionOf);
      if (parts.some((part) => part === undefined)) return undefined;
      return describe(
        'concat',
        parts.map((part, index) => nest(index, part ?? [])),
      );
    }
    default:
      return undefined;
  }
}

/** The key of a look-up, in the order in which a set keeps its elements. */
export function keyFor(set: SetInfo, node: Node, input: Input): Node {
  const { storedKey: key } = set;
  const parts = node.parts?.length ?? 1;
  const wanted = key.parts?.length ?? 1;
  if (parts !== wanted) throw input.fail(`the set has keys of ${wanted} parts, here are ${parts}`);
  if (!set.isInterval) return node;
  return inOrder(node, 'big');
}
