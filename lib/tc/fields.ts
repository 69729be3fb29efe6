// Fields of packets' headers as 32-bit words, in which the u32 filter compares and the pedit action edits.
import { isIPv4, isIPv6 } from 'node:net';
import { argumentError } from '../errors.js';

/** A field of a header. */
interface Layout {
  /** Bytes from the header's beginning. */
  offset: number;
  /** Bytes from there on that hold the field. */
  size: 1 | 2 | 4 | 6 | 16;
  /** Bits of those bytes that are the field's; all if left out. */
  mask?: number;
  /** The value's lowest bit. */
  shift?: number;
  /** Written as an address. */
  is?: 'mac' | 'ipv4' | 'ipv6';
  /** A flag: `true` is this value. */
  flag?: number;
}

/** 32 bits at an offset that is a multiple of 4. */
export interface Word {
  offset: number;
  value: number;
  mask: number;
}

/** A field with what it is compared with or set to. */
export interface FieldValue {
  field: string;
  value: number | string | boolean;
}

const u8 = (offset: number, mask?: number): Layout => ({ offset, size: 1, ...(mask === undefined ? {} : { mask }) });
const u16 = (offset: number, mask?: number): Layout => ({ offset, size: 2, ...(mask === undefined ? {} : { mask }) });
const u32 = (offset: number, mask?: number, shift?: number): Layout => ({
  offset,
  size: 4,
  ...(mask === undefined ? {} : { mask }),
  ...(shift === undefined ? {} : { shift }),
});
const flag = (mask: number, value: number): Layout => ({ offset: 6, size: 2, mask, flag: value });

/** Headers with their fields, as tc(8) calls them. Ports stand in `ip` as if no options were in between. */
export const HEADERS: Record<string, Record<string, Layout>> = {
  ether: {
    dst: { offset: 0, size: 6, is: 'mac' },
    src: { offset: 6, size: 6, is: 'mac' },
    type: u16(12),
  },
  ip: {
    src: { offset: 12, size: 4, is: 'ipv4' },
    dst: { offset: 16, size: 4, is: 'ipv4' },
    tos: u8(1),
    ihl: u8(0, 0x0f),
    protocol: u8(9),
    ttl: u8(8),
    sport: u16(20),
    dport: u16(22),
    nofrag: flag(0x3fff, 0),
    firstfrag: flag(0x1fff, 0),
    df: flag(0x4000, 0x4000),
    mf: flag(0x2000, 0x2000),
    ce: flag(0x8000, 0x8000),
    icmpType: u8(20),
    icmpCode: u8(21),
  },
  ip6: {
    src: { offset: 8, size: 16, is: 'ipv6' },
    dst: { offset: 24, size: 16, is: 'ipv6' },
    priority: u32(0, 0x0ff00000, 20),
    flowlabel: u32(0, 0x000fffff),
    payloadLen: u16(4),
    protocol: u8(6),
    hoplimit: u8(7),
    sport: u16(40),
    dport: u16(42),
    icmpType: u8(40),
    icmpCode: u8(41),
  },
  tcp: { sport: u16(0), dport: u16(2), flags: u8(13) },
  udp: { sport: u16(0), dport: u16(2) },
  icmp: { type: u8(0), code: u8(1) },
};

/** Other names of fields. */
const ALIASES: Record<string, string> = {
  'ip.dsfield': 'ip.tos',
  'ip.precedence': 'ip.tos',
  'ip6.dsfield': 'ip6.priority',
  'ip6.trafficClass': 'ip6.priority',
  'ip6.nexthdr': 'ip6.protocol',
  'tcp.src': 'tcp.sport',
  'tcp.dst': 'tcp.dport',
  'udp.src': 'udp.sport',
  'udp.dst': 'udp.dport',
};

/** The header and layout of a field's name; undefined where there is none. */
export function layoutOf(field: string): { header: string; name: string; layout: Layout } | undefined {
  const [header = '', name = ''] = (ALIASES[field] ?? field).split('.');
  const layout = HEADERS[header]?.[name];
  return layout && { header, name, layout };
}

function refuse(path: string, expected: string, value: unknown): never {
  throw argumentError(
    typeof value === 'string' || typeof value === 'boolean' ? 'ERR_INVALID_ARG_VALUE' : 'ERR_INVALID_ARG_TYPE',
    path,
    `The "${path}" field must be ${expected}. Received ${typeof value === 'string' ? `'${value}'` : String(value)}`,
  );
}

/** A number, decimal or hex; NaN for other text. */
export function parseNumber(text: string): number {
  return /^(0x[\da-f]+|\d+)$/i.test(text) ? Number(text) : Number.NaN;
}

/** The bytes of an address in text. */
export function addressBytes(text: string): Uint8Array {
  if (!text.includes(':')) return Uint8Array.from(text.split('.'), Number);
  let groups = text;
  const dotted = /[\d.]+$/.exec(text)?.[0] ?? '';
  if (dotted.includes('.')) {
    const [a = 0, b = 0, c = 0, d = 0] = addressBytes(dotted);
    groups = `${text.slice(0, -dotted.length)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  }
  const [head = '', tail] = groups.split('::');
  const list = (part: string) => (part === '' ? [] : part.split(':'));
  const left = list(head);
  const right = tail === undefined ? [] : list(tail);
  const all = tail === undefined ? left : [...left, ...new Array(8 - left.length - right.length).fill('0'), ...right];
  return Uint8Array.from(all.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]));
}

/** The text of an address's bytes, as inet_ntop writes it. */
export function addressText(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, i) =>
    (((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0)).toString(16),
  );
  let best = { at: 0, length: 1 };
  for (let at = 0; at < 8; at++) {
    let length = 0;
    while (groups[at + length] === '0') length++;
    if (length > best.length) best = { at, length };
  }
  if (best.length < 2) return groups.join(':');
  return `${groups.slice(0, best.at).join(':')}::${groups.slice(best.at + best.length).join(':')}`;
}

/** A mask of the first bits. */
function prefixMask(length: number, size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, i) => 0xff00 >> Math.min(8, Math.max(0, length - 8 * i)));
}

const MAC = /^[\da-f]{2}(:[\da-f]{2}){5}$/i;
const macBytes = (text: string) => Uint8Array.from(text.split(':'), (byte) => Number.parseInt(byte, 16));
const macText = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':');

/** The bytes of a number, the highest first. */
export function numberBytes(value: number, size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, i) => Math.floor(value / 2 ** (8 * (size - 1 - i))) % 256);
}

/** A field's bytes and the bits of them that count. */
export function fieldBytes(path: string, field: string, value: unknown): { value: Uint8Array; mask: Uint8Array } {
  const found = layoutOf(field);
  if (!found) refuse(path.replace(/\.value$/, '.field'), "the name of a field such as 'ip.src'", field);
  const { layout } = found;
  const { size } = layout;
  if (layout.flag !== undefined) {
    if (value !== true && value !== undefined) refuse(path, 'true', value);
    return { value: numberBytes(layout.flag, size), mask: numberBytes(layout.mask ?? 0, size) };
  }
  const [left = '', right] = typeof value === 'string' ? value.split('/', 2) : [];
  if (layout.is === 'mac') {
    if (!MAC.test(left) || (right !== undefined && !MAC.test(right))) {
      refuse(path, "a MAC address such as '02:00:00:00:00:01'", value);
    }
    return { value: macBytes(left), mask: right === undefined ? prefixMask(48, 6) : macBytes(right) };
  }
  if (layout.is) {
    const isRight = layout.is === 'ipv4' ? isIPv4 : isIPv6;
    const length = right === undefined ? size * 8 : /^\d+$/.test(right) ? Number(right) : undefined;
    if (!isRight(left) || (length === undefined ? !isRight(right ?? '') : length > size * 8)) {
      refuse(path, `an address or prefix such as '${layout.is === 'ipv4' ? '10.0.0.0/8' : '2001:db8::/32'}'`, value);
    }
    return {
      value: addressBytes(left),
      mask: length === undefined ? addressBytes(right ?? '') : prefixMask(length, size),
    };
  }
  const whole = layout.mask ?? 2 ** (8 * size) - 1;
  const shift = 2 ** (layout.shift ?? 0);
  const most = Math.floor(whole / shift);
  const number = typeof value === 'number' ? value : parseNumber(left);
  const mask = right === undefined ? most : parseNumber(right);
  if (!Number.isInteger(number) || number < 0 || number > most || !(mask <= most)) {
    refuse(path, `a number from 0 to ${most}, or 'value/mask'`, value);
  }
  return { value: numberBytes(number * shift, size), mask: numberBytes(mask * shift, size) };
}

/** Bytes at an offset as words, those of which nothing counts left out. */
export function toWords(offset: number, value: Uint8Array, mask: Uint8Array): Word[] {
  const first = Math.floor(offset / 4) * 4;
  const words: Word[] = [];
  for (let at = first; at < offset + value.length; at += 4) {
    const word = { offset: at, value: 0, mask: 0 };
    for (let i = 0; i < 4; i++) {
      const index = at + i - offset;
      word.value = word.value * 256 + ((value[index] ?? 0) & (mask[index] ?? 0));
      word.mask = word.mask * 256 + (mask[index] ?? 0);
    }
    if (word.mask !== 0) words.push(word);
  }
  return words;
}

/** The bytes of a field that a run of words holds, which begin at the first of them. */
function bytesOf(words: readonly Word[], offset: number, size: number): { value: Uint8Array; mask: Uint8Array } {
  const value = new Uint8Array(size);
  const mask = new Uint8Array(size);
  for (const word of words) {
    for (let i = 0; i < 4; i++) {
      const index = word.offset + i - offset;
      if (index < 0 || index >= size) continue;
      value[index] = numberBytes(word.value, 4)[i] ?? 0;
      mask[index] = numberBytes(word.mask, 4)[i] ?? 0;
    }
  }
  return { value, mask };
}

const isFull = (mask: Uint8Array, wanted: Uint8Array) => mask.every((byte, i) => byte === wanted[i]);
const asNumber = (bytes: Uint8Array) => bytes.reduce((sum, byte) => sum * 256 + byte, 0);
const hex = (number: number) => `0x${number.toString(16)}`;

/** The caller's form of a field's bytes; undefined where the mask is not one that can be written so. */
function fieldText(layout: Layout, value: Uint8Array, mask: Uint8Array): number | string | boolean | undefined {
  if (mask.every((byte) => byte === 0)) return undefined;
  if (layout.flag !== undefined) {
    return asNumber(mask) === layout.mask && asNumber(value) === layout.flag ? true : undefined;
  }
  if (layout.is === 'mac')
    return isFull(mask, prefixMask(48, 6)) ? macText(value) : `${macText(value)}/${macText(mask)}`;
  if (layout.is) {
    const size = value.length;
    const length = Array.from({ length: size * 8 + 1 }, (_, i) => i).find((i) => isFull(mask, prefixMask(i, size)));
    const suffix = length === size * 8 ? '' : `/${length ?? addressText(mask)}`;
    return `${addressText(value)}${suffix}`;
  }
  const shift = 2 ** (layout.shift ?? 0);
  const whole = layout.mask ?? 2 ** (8 * layout.size) - 1;
  const bits = asNumber(mask);
  const number = asNumber(value) / shift;
  return bits === whole ? number : `${hex(number)}/${hex(bits / shift)}`;
}

/**
 * The fields of a header that words are of; undefined where some bit belongs to none. Words that are one field's, such
 * as those of an IPv6 address, follow each other.
 */
export function toFields(header: string, base: number, words: readonly Word[]): FieldValue[] | undefined {
  const fields: FieldValue[] = [];
  const layouts = Object.entries(HEADERS[header] ?? {});
  for (let at = 0; at < words.length; ) {
    const word = words[at] as Word;
    let left = word.mask;
    let used = 1;
    // What covers a field wholly comes first, then what leaves part of it open.
    for (const isWhole of [true, false]) {
      for (const [name, layout] of layouts) {
        if (left === 0) break;
        const offset = layout.offset + base;
        const all = toWords(offset, new Uint8Array(layout.size), wholeMask(layout));
        const mine = all.filter((one) => words.slice(at).some((other) => other.offset === one.offset));
        const first = all.find((one) => one.offset === word.offset);
        if (!first || and(first.mask, left) === 0) continue;
        if (isWhole && (and(first.mask, left) !== first.mask || mine.length !== all.length)) continue;
        if (!isWhole && layout.flag !== undefined) continue;
        const run =
          all.length > 1 ? words.slice(at, at + mine.length) : [{ ...word, mask: and(word.mask, first.mask) }];
        if (all.length > 1 && run.some((one, i) => one.offset !== mine[i]?.offset)) continue;
        const inside = run.map((one) => ({ ...one, value: and(one.value, one.mask) }));
        if (inside.some((one) => and(one.mask, all.find((w) => w.offset === one.offset)?.mask ?? 0) !== one.mask))
          continue;
        const { value, mask } = bytesOf(inside, offset, layout.size);
        const text = fieldText(layout, value, mask);
        if (text === undefined) continue;
        fields.push({ field: `${header}.${name}`, value: text });
        left = and(left, ~first.mask);
        used = Math.max(used, run.length);
      }
    }
    if (left !== 0) return undefined;
    at += used;
  }
  return fields;
}

const and = (a: number, b: number) => (a & b) >>> 0;

function wholeMask(layout: Layout): Uint8Array {
  return layout.mask === undefined ? prefixMask(layout.size * 8, layout.size) : numberBytes(layout.mask, layout.size);
}
