// Extended matches: a tree to the caller, a list that refers to itself to the kernel.
import { argumentError } from '../../errors.js';
import { impossible, type Wire } from '../kind.js';
import { type U32Match, type U32RawMatch, u32Key, u32KeyMatch } from './u32.js';

/** The layer from which an offset counts. */
export type EmatchLayer = 'link' | 'network' | 'transport';

/** Compares a number in the packet (em_cmp). */
export interface CmpMatch {
  kind: 'cmp';
  /** Width of the number. */
  align: 'u8' | 'u16' | 'u32';
  /** Offset in bytes from the layer. */
  at: number;
  /** The layer; `'network'` if left out. */
  layer?: EmatchLayer | undefined;
  /** Bits that are compared; all if left out. */
  mask?: number | undefined;
  /** The comparison; `'eq'` if left out. */
  op?: 'eq' | 'gt' | 'lt' | undefined;
  /** The value to compare with. */
  value: number;
  /** The packet's number is turned to host byte order. */
  trans?: boolean | undefined;
}

/** Compares bytes in the packet (em_nbyte). */
export interface NbyteMatch {
  kind: 'nbyte';
  /** The bytes, or text. */
  needle: Uint8Array | string;
  /** Offset in bytes from the layer. */
  at: number;
  /** The layer; `'network'` if left out. */
  layer?: EmatchLayer | undefined;
}

/** A comparison as the u32 filter has it (em_u32). */
export interface U32Ematch {
  kind: 'u32';
  /** The comparison, of at most 32 bits. */
  match: U32Match;
}

/** What the kernel knows about a packet or its socket, such as `'nf_mark'` or `'sk_prio'` (em_meta). */
export interface MetaMatch {
  kind: 'meta';
  /** What is compared. */
  left: string;
  /** It is shifted to the right by so many bits. */
  shift?: number | undefined;
  /** Bits of it that count. */
  mask?: number | undefined;
  /** The comparison; `'eq'` if left out. */
  op?: 'eq' | 'gt' | 'lt' | undefined;
  /** A number, a text, or another thing that the kernel knows. */
  right: number | string | { meta: string; shift?: number | undefined; mask?: number | undefined };
}

/** An IP set by its number (em_ipset). */
export interface IpsetMatch {
  kind: 'ipset';
  /** The set's number in the kernel. */
  index: number;
  /** What is looked up: for each dimension the packet's source or destination. */
  dims: ('src' | 'dst')[];
}

/** Identifiers of CAN frames, any of which will do (em_canid). */
export interface CanidMatch {
  kind: 'canid';
  /** Identifiers of 11 (`sff`) or 29 bits (`eff`) with the bits that count. */
  ids: { sff?: number | undefined; eff?: number | undefined; mask?: number | undefined }[];
}

/** A match of another kind, as the kernel has it. */
export interface OtherMatch {
  kind: 'text' | 'vlan' | 'ipt' | number;
  /** Its table's fields, or bytes. */
  options: object;
}

/** A single match. */
export type EmatchLeaf = CmpMatch | NbyteMatch | U32Ematch | MetaMatch | IpsetMatch | CanidMatch | OtherMatch;

/** A tree of matches. */
export type Ematch =
  | EmatchLeaf
  | { not: Ematch }
  /** `bare`: the last match of another list, without parentheses around it. */
  | { and: Ematch[]; bare?: boolean | undefined }
  | { or: Ematch[]; bare?: boolean | undefined };

const SFF_MASK = 0x7ff;
const EFF_MASK = 0x1fff_ffff;
const EFF_FLAG = 0x8000_0000;

function refuseTree(path: string): never {
  throw argumentError(
    'ERR_INVALID_ARG_TYPE',
    path,
    `The "${path}" field must be a match with a kind, or { and: [...] }, { or: [...] } or { not: ... }`,
  );
}

/** One line of the kernel's list; `inside` is what a container holds. */
interface Entry {
  wire: Wire;
  inside?: { path: string; tree: Ematch };
}

/** A tree as the kernel's list. */
export function writeEmatches(path: string, tree: Ematch): Wire {
  const list: Entry[] = [];
  layout(list, sequence(path, tree));
  return { count: list.length, program: 0, matches: list.map((entry) => entry.wire) };
}

/** The lists in parentheses come after the one that they are in. */
function layout(list: Entry[], entries: Entry[]): void {
  list.push(...entries);
  for (const { wire, inside } of entries) {
    if (!inside) continue;
    wire.options.ref = list.length;
    layout(list, sequence(inside.path, inside.tree));
  }
}

function listOf(tree: Ematch): { relation: 'and' | 'or'; matches: Ematch[] } | undefined {
  if ('and' in tree) return { relation: 'and', matches: tree.and };
  if ('or' in tree) return { relation: 'or', matches: tree.or };
  return undefined;
}

/** What stands side by side. */
function sequence(path: string, tree: Ematch): Entry[] {
  if (typeof tree !== 'object' || tree === null) refuseTree(path);
  const list = listOf(tree);
  if (!list) return [entry(path, tree, 'end')];
  const name = `${path}.${list.relation}`;
  if (!Array.isArray(list.matches) || list.matches.length === 0) {
    throw argumentError('ERR_INVALID_ARG_TYPE', name, `The "${name}" field must be an array of matches`);
  }
  return list.matches.flatMap((match, i) => {
    const isLast = i === list.matches.length - 1;
    if (isLast && typeof match === 'object' && match !== null && 'bare' in match && match.bare) {
      return sequence(`${name}[${i}]`, match);
    }
    return [entry(`${name}[${i}]`, match, isLast ? 'end' : list.relation)];
  });
}

function entry(path: string, match: Ematch, relation: string): Entry {
  if (typeof match !== 'object' || match === null) refuseTree(path);
  let inner = match;
  let invert = 0;
  while ('not' in inner) {
    inner = inner.not;
    invert = 1 - invert;
    if (typeof inner !== 'object' || inner === null) refuseTree(`${path}.not`);
  }
  if (listOf(inner)) {
    return { wire: { id: 0, kind: 'container', relation, invert, options: { ref: 0 } }, inside: { path, tree: inner } };
  }
  const leaf = inner as EmatchLeaf;
  if (leaf.kind === undefined) refuseTree(path);
  return { wire: { id: 0, kind: leaf.kind, relation, invert, options: writeLeaf(path, leaf) } };
}

function number(path: string, value: unknown, most: number): number {
  if (typeof value !== 'number') {
    throw argumentError('ERR_INVALID_ARG_TYPE', path, `The "${path}" field must be a number. Received ${typeof value}`);
  }
  if (!Number.isInteger(value) || value < 0 || value > most) {
    throw argumentError('ERR_OUT_OF_RANGE', path, `The "${path}" field must be from 0 to ${most}. Received ${value}`);
  }
  return value;
}

function u32Bytes(value: number): Uint8Array {
  return new Uint8Array(Uint32Array.of(value).buffer);
}

function writeLeaf(path: string, leaf: EmatchLeaf): Wire {
  switch (leaf.kind) {
    case 'cmp': {
      const { kind: _, align, at, layer = 'network', mask = 0, op = 'eq', value, trans } = leaf;
      const most = align === 'u8' ? 0xff : align === 'u16' ? 0xffff : 0xffff_ffff;
      number(`${path}.value`, value, most);
      return { value, mask: number(`${path}.mask`, mask, most), at, align, trans: trans ? 1 : 0, layer, op };
    }
    case 'nbyte': {
      const { needle, at, layer = 'network' } = leaf;
      const bytes = typeof needle === 'string' ? new TextEncoder().encode(needle) : needle;
      if (!(bytes instanceof Uint8Array) || bytes.length === 0 || bytes.length > 0xfff) {
        impossible(`${path}.needle`, `The "${path}.needle" field must be text or a Uint8Array of 1 to 4095 bytes`);
      }
      return { at, layer, length: bytes.length, needle: bytes };
    }
    case 'u32':
      return u32Key(`${path}.match`, leaf.match);
    case 'meta': {
      const { left, shift, mask, op = 'eq', right } = leaf;
      const wire: Wire = { leftId: left, leftShift: shift, op };
      const isText = typeof right === 'string';
      wire.leftType = isText ? 'var' : 'int';
      wire.rightType = wire.leftType;
      if (isText && mask !== undefined) {
        impossible(`${path}.mask`, `The "${path}.mask" field makes no sense with a text`);
      }
      // As tc: a mask of 0 is none.
      if (!isText) wire.left = u32Bytes(number(`${path}.mask`, mask ?? 0, 0xffff_ffff));
      if (typeof right === 'object' && right !== null) {
        wire.rightId = right.meta;
        wire.rightShift = right.shift;
        wire.right = u32Bytes(number(`${path}.right.mask`, right.mask ?? 0, 0xffff_ffff));
      } else {
        wire.rightId = 'value';
        wire.right = isText ? new TextEncoder().encode(right) : u32Bytes(number(`${path}.right`, right, 0xffff_ffff));
      }
      return wire;
    }
    case 'ipset': {
      const { index, dims } = leaf;
      if (!Array.isArray(dims) || dims.length < 1 || dims.length > 6) {
        impossible(`${path}.dims`, `The "${path}.dims" field must have one to six of 'src' and 'dst'`);
      }
      const flags = dims.reduce((bits, dim, i) => bits | (dim === 'src' ? 2 ** (i + 1) : 0), 0);
      return { index, dimensions: dims.length, flags };
    }
    case 'canid': {
      if (!Array.isArray(leaf.ids) || leaf.ids.length === 0) {
        impossible(`${path}.ids`, `The "${path}.ids" field must be an array of identifiers`);
      }
      const filters = leaf.ids.map(({ sff, eff, mask }, i) => {
        if ((sff === undefined) === (eff === undefined)) {
          impossible(`${path}.ids[${i}]`, `The "${path}.ids[${i}]" field must have either "sff" or "eff"`);
        }
        const most = eff === undefined ? SFF_MASK : EFF_MASK;
        // Bits beyond a mask do not count, and tc does not stop at them.
        const id = number(`${path}.ids[${i}]`, sff ?? eff, mask === undefined ? most : EFF_MASK);
        const bits = number(`${path}.ids[${i}].mask`, mask ?? most, most);
        return { id: eff === undefined ? id : id + EFF_FLAG, mask: bits + EFF_FLAG };
      });
      return { filters };
    }
    default:
      return (leaf as OtherMatch).options;
  }
}

/** The kernel's list as a tree. */
export function readEmatches(wire: Wire): Ematch {
  return readSequence(wire.matches ?? [], 0);
}

function readSequence(list: Wire[], from: number): Ematch {
  const first = list[from];
  if (!first) return { and: [] };
  if (first.relation === 'end') return readEntry(list, first);
  const relation: 'and' | 'or' = first.relation;
  const matches: Ematch[] = [];
  for (let at = from; at < list.length; at++) {
    const { relation: next } = list[at];
    if (next !== relation && next !== 'end') {
      matches.push({ ...(readSequence(list, at) as { and: Ematch[] }), bare: true });
      break;
    }
    matches.push(readEntry(list, list[at]));
    if (next === 'end') break;
  }
  return relation === 'and' ? { and: matches } : { or: matches };
}

function readEntry(list: Wire[], one: Wire): Ematch {
  const match = one.kind === 'container' ? readSequence(list, one.options.ref) : readLeaf(one.kind, one.options);
  return one.invert ? { not: match } : match;
}

function fromBytes(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte, i) => sum + byte * 256 ** i, 0);
}

function readLeaf(kind: EmatchLeaf['kind'], wire: Wire): EmatchLeaf {
  switch (kind) {
    case 'cmp': {
      const { align, at, layer, mask, op, value, trans } = wire;
      return { kind, align, at, layer, ...(mask ? { mask } : {}), op, value, ...(trans ? { trans: true } : {}) };
    }
    case 'nbyte':
      // Padding follows the bytes.
      return { kind, needle: wire.needle.subarray(0, wire.length), at: wire.at, layer: wire.layer };
    case 'u32':
      return { kind, match: u32KeyMatch(wire) as U32RawMatch };
    case 'meta': {
      const { leftId, leftShift, left, op, rightId, rightType, rightShift, right } = wire;
      const value: Uint8Array = right ?? new Uint8Array();
      return {
        kind,
        left: leftId,
        ...(leftShift ? { shift: leftShift } : {}),
        ...(left && rightType === 'int' && fromBytes(left) !== 0 ? { mask: fromBytes(left) } : {}),
        op,
        right:
          rightId !== 'value'
            ? {
                meta: rightId,
                ...(rightShift ? { shift: rightShift } : {}),
                ...(right && fromBytes(right) !== 0 ? { mask: fromBytes(right) } : {}),
              }
            : rightType === 'var'
              ? new TextDecoder().decode(value).replace(/\0+$/, '')
              : fromBytes(value),
      };
    }
    case 'ipset': {
      const dims = Array.from({ length: wire.dimensions }, (_, i) => (wire.flags & (2 ** (i + 1)) ? 'src' : 'dst'));
      return { kind, index: wire.index, dims: dims as ('src' | 'dst')[] };
    }
    case 'canid': {
      const ids = (wire.filters as { id: number; mask: number }[]).map(({ id, mask }) => {
        const isLong = id >= EFF_FLAG;
        const most = isLong ? EFF_MASK : SFF_MASK;
        const bits = mask % EFF_FLAG;
        return { ...(isLong ? { eff: id % EFF_FLAG } : { sff: id }), ...(bits === most ? {} : { mask: bits }) };
      });
      return { kind, ids };
    }
    default:
      return { kind, options: wire } as OtherMatch;
  }
}
