// Values of registers and set elements as nft's JSON shows them.
import { type ByteOrder, type DataType, fromBytes, IS_LITTLE_ENDIAN, type Names, TYPES } from '../datatypes.js';
import type { NftExpression } from '../json.js';
import type { Bytes } from './tree.js';

/** How values are told. */
export interface Style {
  names: Names;
  /** Whether protocols are told by number (`nft -p`). */
  numericProtocols: boolean;
  /** Whether what changes with traffic is left out (`nft -s`). */
  isStateless: boolean;
  /** Whether what nft leaves out of its JSON is told too. */
  isComplete: boolean;
}

/** One value of registers: what it means, and where its bits are. */
export interface Part {
  type: DataType;
  /** Size in bits of the value itself. */
  bits: number;
  /** Bytes that it has in registers, or 0 where the type doesn't say. */
  bytes: number;
  order: ByteOrder;
  /** Bits below the value that belong to something else. */
  shift: number;
}

/** A part that is a whole value of a type. */
export function partOf(type: DataType, bits = type.bits, order: ByteOrder = type.order): Part {
  return { type, bits, bytes: Math.ceil(bits / 8), order, shift: 0 };
}

/** Types whose values nft tells as text where they have no name. */
const TOLD_AS_TEXT = new Set<DataType>([TYPES.realm, TYPES.iface_index, TYPES.cgroupsv2]);

/** Types of whose values prefixes may be told. */
const WITH_PREFIXES = new Set<DataType>([TYPES.ipv4_addr, TYPES.ipv6_addr, TYPES.mark, TYPES.realm, TYPES.devgroup]);

export function hasPrefixes(type: DataType): boolean {
  return WITH_PREFIXES.has(type);
}

/** The number of at most six bytes: most values are such, and big integers cost. */
function shortNumber(bytes: Bytes, { order, type }: Part): bigint {
  const isReversed = order === 'host' && IS_LITTLE_ENDIAN && !type.text;
  let number = 0;
  for (let i = 0; i < bytes.length; i++)
    number = number * 256 + (bytes[isReversed ? bytes.length - 1 - i : i] as number);
  return BigInt(number);
}

/** The number that bytes stand for. */
export function numberOf(bytes: Bytes, part: Part): bigint {
  const whole = part.bytes > 0 && bytes.length > part.bytes ? bytes.subarray(0, part.bytes) : bytes;
  const value = whole.length <= 6 ? shortNumber(whole, part) : fromBytes(whole, part.order, part.type.text === true);
  return part.shift > 0 ? value >> BigInt(part.shift) : value;
}

/** One value that is no union of flags. */
export function tell(value: bigint, part: Part, style: Style): NftExpression {
  const { type } = part;
  if (type === TYPES.boolean) return value <= 1n ? value === 1n : Number(value);
  if (type !== TYPES.inet_service && !(type === TYPES.inet_proto && style.numericProtocols)) {
    const name = type.symbols?.name(value);
    if (name !== undefined) return name;
  }
  const told = type.print(value, type.text ? part.bytes * 8 : part.bits, style.names);
  // A star at the end of a name is no wildcard.
  if (type.text && String(told).endsWith('*')) return `${String(told).slice(0, -1)}\\*`;
  return typeof told === 'number' && TOLD_AS_TEXT.has(type) ? String(told) : told;
}

/** The flags in a value, from the lowest bit; undefined where it isn't a union of two and more. */
function flagsIn(value: bigint, type: DataType): bigint[] | undefined {
  if (!type.bitmask || type === TYPES.bitmask || (value & (value - 1n)) === 0n) return undefined;
  const bits: bigint[] = [];
  for (let bit = 1n; bit <= value; bit <<= 1n) if (value & bit) bits.push(bit);
  return bits;
}

/** Whether a value is a union of flags. */
export function isUnion(value: bigint, { type }: Part): boolean {
  return flagsIn(value, type) !== undefined;
}

/** A value; a union of flags as a list. */
export function tellList(value: bigint, part: Part, style: Style): NftExpression {
  return flagsIn(value, part.type)?.map((bit) => tell(bit, part, style)) ?? tell(value, part, style);
}

/** A value; a union of flags by the operator `|`. */
export function tellUnion(value: bigint, part: Part, style: Style): NftExpression {
  const flags = flagsIn(value, part.type);
  if (!flags) return tell(value, part, style);
  return flags.map((bit) => tell(bit, part, style)).reduce((left, right) => ({ '|': [left, right] }));
}

/** A text of which only the beginning counts. */
export function tellBeginning(bytes: Bytes): NftExpression {
  return `${Buffer.from(bytes).toString('utf8')}*`;
}

/** Whether a mask of so many bits is that of a prefix; then its length. */
export function prefixLength(mask: bigint, bits: number): number | undefined {
  const all = (1n << BigInt(bits)) - 1n;
  const rest = ~mask & all;
  if ((rest & (rest + 1n)) !== 0n) return undefined;
  return bits - (rest === 0n ? 0 : rest.toString(2).length);
}

/** First and last value as nft tells them: one value, a prefix or a range. */
export function tellInterval(low: bigint, high: bigint, part: Part, style: Style): NftExpression {
  if (low === high) return tellUnion(low, part, style);
  const size = high - low;
  const isPrefix = high > low && (size & (size + 1n)) === 0n && (low & size) === 0n;
  if (isPrefix && part.type.text) {
    const length = part.bytes - Math.ceil(size.toString(2).length / 8);
    const digits = low
      .toString(16)
      .padStart(part.bytes * 2, '0')
      .slice(0, length * 2);
    return tellBeginning(Buffer.from(digits, 'hex'));
  }
  if (isPrefix && hasPrefixes(part.type)) {
    const len = part.bits - size.toString(2).length;
    return { prefix: { addr: tell(low, part, style), len } };
  }
  return tellRange(low, high, part, style);
}

/** First and last value; protocols in them are told by number. */
export function tellRange(low: bigint, high: bigint, part: Part, style: Style): NftExpression {
  const numeric = { ...style, numericProtocols: true };
  return { range: [tell(low, part, numeric), tell(high, part, numeric)] };
}
