// Elements in bulk: constants of the commonest types go straight to columns of bytes. Whatever is more than that (ranges,
// comments, names of services...), or wrong, is left to those who read one element at a time and tell what is wrong.
import type { ElementColumns } from '../../addon.js';
import { type DataType, INET_PROTOCOLS, IS_LITTLE_ENDIAN, TYPES } from '../datatypes.js';
import { padded, type Shape } from './nodes.js';
import type { SetInfo } from './sets.js';

/** Fewer are read one by one as quickly. */
const WORTH_IT = 64;

/** Writes a constant; false where it is none of its kind. */
type Write = (value: unknown, bytes: Uint8Array, at: number) => boolean;

const ZERO = 48;
const DOT = 46;

/** '192.0.2.1' */
function writeIPv4(value: unknown, bytes: Uint8Array, at: number): boolean {
  if (typeof value !== 'string') return false;
  let number = 0;
  let digits = 0;
  let to = at;
  for (let i = 0; i <= value.length; i++) {
    const code = i < value.length ? value.charCodeAt(i) : DOT;
    if (code === DOT) {
      if (digits === 0 || number > 255 || to === at + 4) return false;
      bytes[to++] = number;
      number = digits = 0;
      continue;
    }
    const digit = code - ZERO;
    // A leading zero has been octal to some.
    if (digit < 0 || digit > 9 || digits === 3 || (digits === 1 && number === 0)) return false;
    number = number * 10 + digit;
    digits++;
  }
  return to === at + 4;
}

/** '02:00:00:00:00:01' */
function writeMac(value: unknown, bytes: Uint8Array, at: number): boolean {
  if (typeof value !== 'string' || !/^[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}$/.test(value)) return false;
  for (let i = 0; i < 6; i++) bytes[at + i] = Number.parseInt(value.slice(3 * i, 3 * i + 2), 16);
  return true;
}

/** A number, as one or in decimal. */
function numberOf(value: unknown, limit: number): number {
  const number = typeof value === 'string' && /^(0|[1-9]\d*)$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= limit ? number : -1;
}

function writePort(value: unknown, bytes: Uint8Array, at: number): boolean {
  const port = numberOf(value, 0xffff);
  if (port < 0) return false;
  bytes[at] = port >> 8;
  bytes[at + 1] = port & 0xff;
  return true;
}

const protocols = new Map<unknown, number>();

function writeProtocol(value: unknown, bytes: Uint8Array, at: number): boolean {
  let number = protocols.get(value);
  if (number === undefined) {
    const named = typeof value === 'string' ? INET_PROTOCOLS.value(value) : undefined;
    number = named === undefined ? numberOf(value, 0xff) : Number(named);
    if (number < 0) return false;
    protocols.set(value, number);
  }
  bytes[at] = number;
  return true;
}

function writeMark(value: unknown, bytes: Uint8Array, at: number): boolean {
  const mark = numberOf(value, 0xffff_ffff);
  if (mark < 0) return false;
  for (let i = 0; i < 4; i++) bytes[at + i] = (mark >>> (IS_LITTLE_ENDIAN ? 8 * i : 24 - 8 * i)) & 0xff;
  return true;
}

const WRITERS = new Map<DataType, Write>([
  [TYPES.ipv4_addr, writeIPv4],
  [TYPES.ether_addr, writeMac],
  [TYPES.inet_service, writePort],
  [TYPES.inet_proto, writeProtocol],
  [TYPES.mark, writeMark],
]);

/** What writes values of a shape, and how many bytes they take; undefined where a type is not among the commonest. */
function writerOf(shape: Shape): { write: Write; width: number } | undefined {
  if (!shape.parts) {
    const write = isUsual(shape) ? WRITERS.get(shape.type) : undefined;
    return write && { write, width: shape.bits / 8 };
  }
  const parts: { write: Write; at: number }[] = [];
  let width = 0;
  for (const part of shape.parts) {
    const write = isUsual(part) ? WRITERS.get(part.type) : undefined;
    if (!write) return undefined;
    parts.push({ write, at: width });
    width += padded(part.bits) / 8;
  }
  const write: Write = (value, bytes, at) => {
    const values = (value as { concat?: unknown } | null)?.concat;
    if (!Array.isArray(values) || values.length !== parts.length || Object.keys(value as object).length !== 1) {
      return false;
    }
    return parts.every((part, i) => part.write(values[i], bytes, at + part.at));
  };
  return { write, width };
}

/** Whether values have the size and byte order of their type, which the writers go by. */
function isUsual({ type, bits, order }: Shape): boolean {
  return bits === type.bits && (bits === 8 || order === type.order);
}

/** The columns of elements, where they are many and all of them plain constants; `keysOnly`: a map's data are passed over. */
export function packElements(elements: unknown, set: SetInfo, keysOnly: boolean): ElementColumns | undefined {
  if (!Array.isArray(elements) || elements.length < WORTH_IT || set.isInterval) return undefined;
  const key = writerOf(set.key);
  if (!key) return undefined;
  const count = elements.length;
  const keys = new Uint8Array(count * key.width);
  if (!set.data || keysOnly) {
    for (let i = 0; i < count; i++) {
      const element = elements[i];
      const isPair = set.data !== undefined && Array.isArray(element);
      if (!key.write(isPair ? element[0] : element, keys, i * key.width)) return undefined;
    }
    return { count, keys };
  }
  if (set.data.kind !== 'value' || set.data.isInterval) return undefined;
  const value = writerOf(set.data.shape);
  if (!value) return undefined;
  const data = new Uint8Array(count * value.width);
  for (let i = 0; i < count; i++) {
    const pair = elements[i];
    if (!Array.isArray(pair) || pair.length !== 2) return undefined;
    if (!key.write(pair[0], keys, i * key.width) || !value.write(pair[1], data, i * value.width)) return undefined;
  }
  return { count, keys, data };
}
