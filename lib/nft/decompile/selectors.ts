// What the kernel's loads mean: their words in JSON, and the type, length and byte order of what they give.
import { type DataType, TYPES } from '../datatypes.js';
import type { NftExpression } from '../json.js';
import {
  CT_KEYS,
  FIB_FLAGS,
  FIB_RESULTS,
  IPSEC_KEYS,
  type Key,
  keyByKernel,
  META_KEYS,
  NUMGEN_MODES,
  OSF_KEYS,
  OSF_TTL,
  RT_KEYS,
  SOCKET_KEYS,
} from '../keywords.js';
import { EXTENSION_KINDS, type ExtensionHeader, type ExtensionKind, type Field } from '../protocols.js';
import type { Expression, ExthdrTree, SelectorTree } from './tree.js';
import { type Part, partOf } from './values.js';

/** An expression in JSON with what it gives. */
export interface Told {
  json: NftExpression;
  parts: Part[];
}

const isOneOf = (value: unknown, word: string) => Array.isArray(value) && value.includes(word);

function keyOf(table: readonly Key[], data: Record<string, unknown>): Key | undefined {
  return keyByKernel(table, String(data.key));
}

const partOfKey = (key: Key): Part => partOf(key.type, key.bits, key.order);
const NUMBER = partOf(TYPES.integer, 32, 'host');

/** A load that is neither of a header nor of an option; undefined where it isn't known. */
export function tellSelector({ name, data }: SelectorTree, argument?: NftExpression): Told | undefined {
  switch (name) {
    case 'meta': {
      const key = keyOf(META_KEYS, data);
      return key && { json: { meta: { key: key.name } }, parts: [partOfKey(key)] };
    }
    case 'ct': {
      const key = keyOf(CT_KEYS, data);
      if (!key) return undefined;
      const dir = data.direction as 'original' | 'reply' | undefined;
      return { json: { ct: { key: key.name, ...(dir === undefined ? {} : { dir }) } }, parts: [partOfKey(key)] };
    }
    case 'rt': {
      const key = keyOf(RT_KEYS, data);
      if (!key) return undefined;
      const json = { rt: { key: key.name, ...(key.family ? { family: key.family } : {}) } } as NftExpression;
      return { json, parts: [partOfKey(key)] };
    }
    case 'socket': {
      const key = keyOf(SOCKET_KEYS, data);
      return key && { json: { socket: { key: key.name } } as NftExpression, parts: [partOfKey(key)] };
    }
    case 'fib': {
      const key = keyByKernel(FIB_RESULTS, String(data.result));
      if (!key) return undefined;
      const flags = Object.keys(FIB_FLAGS).filter((flag) => isOneOf(data.flags, flag));
      const part = isOneOf(data.flags, 'present') ? partOf(TYPES.boolean, 8, 'host') : partOfKey(key);
      return { json: { fib: { result: key.name, flags } } as NftExpression, parts: [part] };
    }
    case 'osf': {
      const key = OSF_KEYS[isOneOf(data.flags, 'version') ? 1 : 0] as Key;
      const ttl = Object.entries(OSF_TTL).find(([, number]) => number === data.ttl)?.[0];
      return { json: { osf: { key: key.name, ...(ttl ? { ttl } : {}) } } as NftExpression, parts: [partOfKey(key)] };
    }
    case 'numgen': {
      const mode = Object.entries(NUMGEN_MODES).find(([, kernel]) => kernel === data.type)?.[0];
      const json = { numgen: { mode, mod: data.modulus, offset: data.offset ?? 0 } } as NftExpression;
      return mode === undefined ? undefined : { json, parts: [NUMBER] };
    }
    case 'hash': {
      const offset = data.offset ? { offset: data.offset } : {};
      if (data.type === 'sym')
        return { json: { symhash: { mod: data.modulus, ...offset } } as NftExpression, parts: [NUMBER] };
      if (argument === undefined) return undefined;
      const seed = data.seed === undefined ? {} : { seed: data.seed };
      return {
        json: { jhash: { mod: data.modulus, ...seed, ...offset, expr: argument } } as NftExpression,
        parts: [NUMBER],
      };
    }
    case 'xfrm': {
      const key = keyOf(IPSEC_KEYS, data);
      if (!key) return undefined;
      const family = key.family ? { family: key.family } : {};
      const json = { ipsec: { key: key.name, ...family, dir: data.dir, spnum: data.spnum ?? 0 } } as NftExpression;
      return { json, parts: [partOfKey(key)] };
    }
    default:
      return undefined;
  }
}

/** Headers and options of a kind and number: the usual one first, then others in order of preference. */
function headersOf(kind: ExtensionKind, number: number): ExtensionHeader[] {
  const found = kind.headers.filter((header) => header.number === number);
  return [...found.filter(({ alias }) => !alias), ...found.filter(({ alias }) => alias).reverse()];
}

function fieldAt(kind: ExtensionKind, number: number, offset: number, length: number) {
  for (const header of headersOf(kind, number)) {
    const field = header.fields.find((each) => each.offset === offset && each.length === length);
    if (field) return { header, field };
  }
  return undefined;
}

/** Where a mask cuts a field out of what is loaded: bits from its start, length, and how far it is shifted. */
export interface Cut {
  offset: number;
  length: number;
  shift: number;
}

/** The bits of a mask, if they lie together. */
export function cutOf(mask: bigint, bits: number): Cut | undefined {
  if (mask === 0n) return undefined;
  let shift = 0;
  while (!(mask & (1n << BigInt(shift)))) shift++;
  const ones = mask >> BigInt(shift);
  if ((ones & (ones + 1n)) !== 0n) return undefined;
  const length = ones.toString(2).length;
  return { offset: bits - shift - length, length, shift };
}

const fieldPart = (field: Field, bytes: number, shift: number): Part => ({
  type: field.type,
  bits: field.length,
  bytes,
  order: 'big',
  shift,
});

/** A field of an extension header, an option or a chunk; with a cut, the field there or nothing. */
export function tellExthdr(tree: ExthdrTree, cut?: Cut): Told | undefined {
  const kind = EXTENSION_KINDS.find(({ op }) => op === tree.op);
  const isTcp = tree.op === 'tcpopt';
  const raw = (part: Part): Told | undefined =>
    cut || !isTcp
      ? undefined
      : { json: { 'tcp option': { base: tree.type, offset: tree.offset, len: tree.length } }, parts: [part] };
  if (tree.op === 'dccp') {
    return { json: { 'dccp option': { type: tree.type } }, parts: [partOf(TYPES.boolean, 8, 'big')] };
  }
  if (!kind) return undefined;
  if (tree.isPresence) {
    const header = headersOf(kind, tree.type)[0];
    const part = partOf(TYPES.boolean, 8, 'big');
    return header
      ? { json: { [kind.key]: { name: header.name } } as unknown as NftExpression, parts: [part] }
      : raw(part);
  }
  const { offset, length, shift } = cut ?? { offset: 0, length: tree.length, shift: 0 };
  const found = fieldAt(kind, tree.type, tree.offset + offset, length);
  if (!found) return raw(partOf(TYPES.integer, tree.length, 'big'));
  const { header, field } = found;
  const json = { [kind.key]: { name: header.name, field: field.name } } as unknown as NftExpression;
  return { json, parts: [fieldPart(field, tree.length / 8, shift)] };
}

/** The option that a rule takes out of packets. */
export function tellOption(type: number): NftExpression {
  const kind = EXTENSION_KINDS.find(({ op }) => op === 'tcpopt') as ExtensionKind;
  const header = headersOf(kind, type)[0];
  return { 'tcp option': header ? { name: header.name } : { base: type, offset: 0, len: 0 } };
}

/** Bits of a register that an expression fills; 0 where that isn't known. */
export function lengthOf(tree: Expression): number {
  switch (tree.kind) {
    case 'constant':
      return tree.bytes.length * 8;
    case 'payload':
    case 'exthdr':
      return tree.length;
    case 'selector':
      return tellSelector(tree, '')?.parts[0]?.bits ?? 32;
    case 'mask':
      return tree.mask.length * 8;
    case 'shift':
    case 'byteorder':
      return lengthOf(tree.argument);
    case 'binary':
      return lengthOf(tree.left);
    case 'concat':
      return tree.parts.reduce((bits, part) => bits + Math.ceil(lengthOf(part) / 32) * 32, 0);
    case 'map':
      return tree.length;
    default:
      return 0;
  }
}

/** The key that a selector asks for, by nft's word. */
export function wordOf({ name, data }: SelectorTree): string | undefined {
  const tables: Record<string, readonly Key[]> = { meta: META_KEYS, ct: CT_KEYS };
  const table = tables[name];
  return table && keyOf(table, data)?.name;
}

/** What a rule sets, and of which type. */
export function settable(name: 'meta' | 'ct', data: Record<string, unknown>): Told | undefined {
  return tellSelector({ kind: 'selector', name, data, argument: undefined });
}

export type { DataType };
