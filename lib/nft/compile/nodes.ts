// Expressions as the compiler thinks of them: typed, sized, in a byte order, and ready to be loaded into registers.
import type { NfExpression, NfExpressionDataByName } from '../../generated/objects.js';
import { type ByteOrder, type DataType, TYPES, toBytes } from '../datatypes.js';
import type { ExtensionHeader, ExtensionKind, Field, PayloadBase, Protocol } from '../protocols.js';
import type { Tlv } from '../userdata.js';
import type { SetInfo } from './sets.js';

/** nft's description of an expression, for `typeof`; only sets ask for it. */
export type Description = () => Tlv[] | undefined;

/** What a value is like. */
export interface Shape {
  readonly type: DataType;
  /** Bits. */
  readonly bits: number;
  readonly order: ByteOrder;
  /** Of a concatenation: its parts. */
  readonly parts?: readonly Shape[] | undefined;
}

/** A constant. */
export interface Value extends Shape {
  readonly kind: 'value';
  readonly value: bigint;
}

/** A constant range; both ends belong to it. */
export interface RangeValue extends Shape {
  readonly kind: 'range';
  readonly from: bigint;
  readonly to: bigint;
}

/** The first bits of a constant. */
export interface PrefixValue extends Shape {
  readonly kind: 'prefix';
  readonly value: bigint;
  /** How many bits count. */
  readonly length: number;
}

/** A verdict. */
export interface VerdictValue extends Shape {
  readonly kind: 'verdict';
  readonly code: 'accept' | 'drop' | 'continue' | 'return' | 'jump' | 'goto';
  readonly chain?: string;
}

/** Constants side by side. */
export interface ConcatValue extends Shape {
  readonly kind: 'concat value';
  readonly values: readonly (Value | RangeValue | PrefixValue)[];
}

/** The constants. */
export type Constant = Value | RangeValue | PrefixValue | VerdictValue | ConcatValue;

/** A load that one expression of the kernel does: meta, ct, rt, socket, fib, osf, ipsec, numgen. */
export interface Load extends Shape {
  readonly kind: 'load';
  /** The expression without its destination. */
  readonly name: 'meta' | 'ct' | 'rt' | 'socket' | 'fib' | 'osf' | 'xfrm' | 'numgen' | 'hash';
  readonly data: Record<string, unknown>;
  /** The kernel's word for what is loaded. */
  readonly key: string;
  readonly description: Description | undefined;
}

/** Bits of the packet. */
export interface PayloadNode extends Shape {
  readonly kind: 'payload';
  readonly base: PayloadBase;
  /** Bits. */
  readonly offset: number;
  readonly protocol?: Protocol | undefined;
  readonly field?: Field | undefined;
  readonly description: Description | undefined;
}

/** Bits of an extension header, option or chunk, or whether there is one. */
export interface ExthdrNode extends Shape {
  readonly kind: 'exthdr';
  readonly op: ExtensionKind['op'] | 'dccp';
  readonly number: number;
  /** Bits. */
  readonly offset: number;
  readonly isPresence: boolean;
  readonly header?: ExtensionHeader | undefined;
  readonly description: Description | undefined;
}

/** A bitwise operation with a constant. */
export interface BinaryNode extends Shape {
  readonly kind: 'binary';
  readonly op: '&' | '|' | '^' | '<<' | '>>';
  readonly left: Node;
  readonly right: bigint;
  /** Of a field in the middle of bytes: the field's. */
  readonly description?: Description | undefined;
}

/** The other byte order. */
export interface ByteorderNode extends Shape {
  readonly kind: 'byteorder';
  readonly operand: Node;
}

/** Several values side by side. */
export interface ConcatNode extends Shape {
  readonly kind: 'concat';
  readonly nodes: readonly Node[];
  readonly parts: readonly Shape[];
}

/** A look-up in a map. */
export interface MapNode extends Shape {
  readonly kind: 'map';
  readonly key: Node;
  readonly set: SetInfo;
}

/** Jenkins' hash. */
export interface HashNode extends Shape {
  readonly kind: 'jhash';
  readonly operand: Node;
  readonly modulus: number;
  readonly seed: number | undefined;
  readonly offset: number;
}

/** Everything that can be loaded. */
export type Node =
  | Value
  | ConcatValue
  | Load
  | PayloadNode
  | ExthdrNode
  | BinaryNode
  | ByteorderNode
  | ConcatNode
  | MapNode
  | HashNode;

/** Bytes that so many bits take. */
export const bytesOf = (bits: number): number => Math.ceil(bits / 8);

/** Bits that a value takes where registers hold several side by side. */
export const padded = (bits: number): number => Math.ceil(bits / 32) * 32;

/** All ones. */
export const ones = (bits: number): bigint => (1n << BigInt(bits)) - 1n;

/** The bytes of a constant of that shape. */
export function encode(value: bigint, shape: Shape): Uint8Array {
  return toBytes(value, shape.bits, shape.order, shape.type.text);
}

/** The shape of several values side by side. */
export function concatShape(parts: readonly Shape[]): Shape & { parts: readonly Shape[] } {
  return { type: TYPES.invalid, bits: parts.reduce((bits, part) => bits + padded(part.bits), 0), order: 'none', parts };
}

/** The same node, with its other byte order where that makes a difference. */
export function inOrder(node: Node, order: ByteOrder): Node {
  if (node.kind === 'concat') {
    const nodes = node.nodes.map((each) => inOrder(each, order));
    return { ...node, nodes, ...concatShape(nodes) };
  }
  if (node.order === order || node.order === 'none' || node.type.text) return node;
  if (node.kind === 'value' || bytesOf(node.bits) < 2) return { ...node, order };
  return { kind: 'byteorder', operand: node, type: node.type, bits: node.bits, order };
}

/** An expression of the kernel. */
export function expression<Name extends keyof NfExpressionDataByName>(
  name: Name,
  data: NfExpressionDataByName[Name],
): NfExpression {
  return { name, data };
}
