// The u32 filter: comparisons of 32 bits, written by field.
import { argumentError } from '../../errors.js';
import type { U32Counters, U32Key, U32Mark } from '../../generated/objects.js';
import type { TcAction, TcActionSpec } from '../actions/action.js';
import { fieldBytes, layoutOf, toFields, toWords, type Word } from '../fields.js';
import { checkOptionFields, impossible, type Wire } from '../kind.js';
import { type FilterContext, type FilterKind, readCommon, writeCommon } from './common.js';

/** A field of a packet and what it must be. */
export interface U32FieldMatch {
  /**
   * The field as tc(8) calls it, after its header: `ip.src` `ip.dst` (a prefix) `ip.tos` `ip.ihl` `ip.protocol`
   * `ip.sport` `ip.dport` `ip.icmpType` `ip.icmpCode` `ip.ttl` `ip.nofrag` `ip.firstfrag` `ip.df` `ip.mf` (true);
   * `ip6.src` `ip6.dst` `ip6.priority` `ip6.flowlabel` `ip6.protocol` `ip6.hoplimit` `ip6.sport` `ip6.dport`
   * `ip6.icmpType` `ip6.icmpCode`; `ether.src` `ether.dst` `ether.type`; `tcp.src` `tcp.dst` `udp.src` `udp.dst`
   * `icmp.type` `icmp.code`, which count from the next header. Ports under `ip` and `ip6` are where they are in packets
   * without options.
   */
  field: string;
  /** The value, or `'value/mask'`; `true` for flags such as `ip.df`. */
  value: number | string | boolean;
}

/** Bits at an offset and what they must be. */
export interface U32RawMatch {
  /** How many bits are compared. */
  field: 'u8' | 'u16' | 'u32';
  /** The value, the first byte of the packet being the highest. */
  value: number;
  /** Bits that are compared; all if left out. */
  mask?: number | undefined;
  /** Offset in bytes from the network header; negative into the Ethernet header. */
  at: number;
  /** The offset counts from the next header (`nexthdr+`), which a linked table is given by `offset`. */
  nexthdr?: boolean | undefined;
}

/** A comparison. */
export type U32Match = U32FieldMatch | U32RawMatch;

/** Where the header begins with which the keys of a linked table compare. */
export interface U32Offset {
  /** Bytes that are added always. */
  plus?: number | undefined;
  /** Where in the packet there is a number of bytes... */
  at?: number | undefined;
  /** ...after this mask of 16 bits... */
  mask?: number | undefined;
  /** ...and a shift to the right. */
  shift?: number | undefined;
  /** Offsets after it count from there (`eat`). */
  eat?: boolean | undefined;
}

/** Options of a 'u32' filter (tc-u32(8)). */
export interface U32Options {
  /** Class of packets that match (`flowid`), such as `'1:10'`. */
  classid?: string | number | undefined;
  /** Comparisons, all of which must be true. */
  match?: U32Match[] | undefined;
  /** The comparisons as the kernel has them. Taken where `match` is not given. */
  keys?: U32Key[] | undefined;
  /** Makes this filter a hash table, of so many buckets (a power of 2, at most 256); its handle is `'2:'`. */
  divisor?: number | undefined;
  /** Hash table to go on with, such as `'2:'`. */
  link?: string | undefined;
  /** Hash table that the filter is in, and its bucket: `'2:'`, `'2:1a'`. */
  ht?: string | undefined;
  /** In place of the bucket: that of packets which this comparison is true for, in a table of `divisor` buckets (256). */
  sample?: (U32Match & { divisor?: number | undefined }) | undefined;
  /** Of a filter that links: where the next header begins. */
  offset?: U32Offset | undefined;
  /** Of a filter that links: the bits that choose the bucket. */
  hashkey?: { mask: number; at: number } | undefined;
  /** Firewall mark that packets must have. */
  mark?: U32Mark | undefined;
  /** Whether packets that match go to the class though there is none (`terminal`); follows from classid and actions. */
  terminal?: boolean | undefined;
  /** Name of the link by which packets must have come in. */
  indev?: string | undefined;
  /** Actions, in order, for packets that match. */
  actions?: (TcActionSpec | TcAction)[] | undefined;
  /** A 'police' action in the old form, before the actions. */
  police?: TcActionSpec | TcAction | undefined;
  /** Hardware offload: `'skipHw'`, `'skipSw'` ask, `'inHw'`, `'notInHw'` tell. */
  flags?: string[] | undefined;
  /** How often the filter and each of its keys were tried and matched. */
  readonly counters?: U32Counters | undefined;
}

/** Parses '800::800', '1:', '1:2', ':3', '0x80000800'. */
export function u32Handle(field: string, text: unknown): number {
  if (typeof text === 'number' && Number.isInteger(text) && text >= 0 && text <= 0xffff_ffff) return text;
  const refuse = (): never => {
    throw argumentError(
      typeof text === 'string' ? 'ERR_INVALID_ARG_VALUE' : 'ERR_INVALID_ARG_TYPE',
      field,
      `The "${field}" field must be a u32 handle such as '800::800' or '1:' (hex). Received ${
        typeof text === 'string' ? `'${text}'` : typeof text
      }`,
    );
  };
  if (typeof text !== 'string') return refuse();
  if (/^0x[\da-f]{1,8}$/i.test(text)) return Number(text);
  const parts = /^([\da-f]{0,3}):([\da-f]{0,2})(?::([\da-f]{0,3}))?$/i.exec(text);
  if (!parts || text === ':') return refuse();
  const [table = 0, bucket = 0, node = 0] = parts.slice(1).map((part) => (part ? Number.parseInt(part, 16) : 0));
  return table * 0x100000 + bucket * 0x1000 + node;
}

/** '800::800', '1:', '1:2'. */
export function u32HandleText(handle: number): string {
  const hex = (number: number) => (number ? number.toString(16) : '');
  const node = handle % 0x1000;
  const bucket = Math.floor(handle / 0x1000) % 0x100;
  return `${hex(Math.floor(handle / 0x100000))}:${hex(bucket)}${node ? `:${hex(node)}` : ''}`;
}

/** Whether a u32 filter is the hash table that the kernel makes for each priority. */
export function isOwnTable({ kind, handle }: { kind?: string | undefined; handle?: unknown }): boolean {
  return kind === 'u32' && /^[89a-f][\da-f]{2}:$/.test(String(handle));
}

/**
 * A u32 filter in its priority's own table without that table's number: another link, or the same priority made anew, has
 * another. Other filters as they are.
 */
export function withoutOwnTable<Filter extends { kind?: string; handle?: unknown; options?: unknown }>(
  filter: Filter,
): Filter {
  const { kind, handle } = filter;
  const { ht, ...options } = Object(filter.options) as U32Options;
  const [own] = (kind === 'u32' && typeof handle === 'string' && /^[89a-f][\da-f]{2}(?=:)/.exec(handle)) || [];
  if (own === undefined || (ht !== undefined && ht !== `${own}:`)) return filter;
  return { ...filter, handle: (handle as string).slice(own.length), options };
}

/** A comparison of 32 bits, all of which is known. */
export interface Key {
  mask: number;
  value: number;
  offset: number;
  offsetMask: number;
}

/** Where a header's fields count from. */
const BASES: Record<string, { base: number; nexthdr: boolean }> = {
  ip: { base: 0, nexthdr: false },
  ip6: { base: 0, nexthdr: false },
  ether: { base: -14, nexthdr: false },
  tcp: { base: 0, nexthdr: true },
  udp: { base: 0, nexthdr: true },
  icmp: { base: 0, nexthdr: true },
};
const WIDTHS: Record<string, number> = { u8: 1, u16: 2, u32: 4 };
const PROTOCOLS: Record<string, string> = { ip: 'ip', ip6: 'ipv6' };

/** The words of one comparison. */
function matchWords(path: string, match: U32Match, protocol?: unknown): { words: Word[]; nexthdr: boolean } {
  if (typeof match !== 'object' || match === null || typeof match.field !== 'string') {
    throw argumentError(
      'ERR_INVALID_ARG_TYPE',
      path,
      `The "${path}" field must be an object with a field and its value`,
    );
  }
  const size = WIDTHS[match.field];
  if (size !== undefined) {
    const { value, at, mask, nexthdr = false } = match as U32RawMatch;
    const most = 2 ** (8 * size) - 1;
    for (const [name, number] of Object.entries({ value, mask: mask ?? most })) {
      if (!Number.isInteger(number) || number < 0 || number > most) {
        throw argumentError(
          'ERR_OUT_OF_RANGE',
          `${path}.${name}`,
          `The "${path}.${name}" field must be from 0 to ${most}`,
        );
      }
    }
    if (!Number.isInteger(at) || at % size !== 0) {
      impossible(
        `${path}.at`,
        `The "${path}.at" field must be a multiple of ${size}: a key has 32 bits. Received ${at}`,
      );
    }
    const aligned = Math.floor(at / 4) * 4;
    const shift = 2 ** (8 * (4 - size - (at - aligned)));
    const bits = mask ?? most;
    return { words: [{ offset: aligned, value: ((value & bits) >>> 0) * shift, mask: bits * shift }], nexthdr };
  }
  const { value, mask } = fieldBytes(`${path}.value`, match.field, match.value);
  const { header, layout } = layoutOf(match.field) as NonNullable<ReturnType<typeof layoutOf>>;
  const place = BASES[header] as { base: number; nexthdr: boolean };
  const wanted = PROTOCOLS[header];
  if (wanted && typeof protocol === 'string' && protocol !== 'all' && protocol !== wanted) {
    impossible(
      `${path}.field`,
      `The "${path}.field" field is '${match.field}', but the filter only sees packets of protocol '${protocol}'`,
    );
  }
  return { words: toWords(layout.offset + place.base, value, mask), nexthdr: place.nexthdr };
}

/** Comparisons as keys: what is in the same 32 bits becomes one. */
function pack(matches: readonly U32Match[], protocol?: unknown, path = 'options.match'): Key[] {
  const keys: Key[] = [];
  matches.forEach((match, i) => {
    const { words, nexthdr } = matchWords(`${path}[${i}]`, match, protocol);
    const offsetMask = nexthdr ? -1 : 0;
    for (const { offset, value, mask } of words) {
      const same = keys.find((key) => key.offset === offset && key.offsetMask === offsetMask);
      if (!same) {
        keys.push({ mask, value, offset, offsetMask });
        continue;
      }
      const both = same.mask & mask;
      if ((same.value & both) !== (value & both)) {
        impossible(`${path}[${i}]`, `The "${path}[${i}]" field contradicts a comparison before it: no packet has both`);
      }
      same.value = (same.value | value) >>> 0;
      same.mask = (same.mask | mask) >>> 0;
    }
  });
  if (keys.length > 128) impossible(path, `The "${path}" field makes ${keys.length} keys; the kernel takes 128`);
  return keys;
}

function sameKeys(a: readonly Key[], b: readonly Key[]): boolean {
  return (
    a.length === b.length &&
    a.every((key, i) => {
      const other = b[i] as Key;
      return (
        key.offset === other.offset &&
        key.value === other.value &&
        key.mask === other.mask &&
        key.offsetMask === other.offsetMask
      );
    })
  );
}

/** Keys as comparisons by field, where they can be written so; undefined where not even the raw form says the same. */
function unpack(keys: readonly Key[], protocol?: unknown): U32Match[] | undefined {
  const matches: U32Match[] = [];
  const network = protocol === 'ipv6' ? 'ip6' : 'ip';
  const transport = transportOf(keys, network);
  for (let at = 0; at < keys.length; ) {
    const key = keys[at] as Key;
    const header = key.offsetMask === -1 ? transport : key.offset < 0 ? 'ether' : network;
    // As many keys as are fields of one header: an address has several.
    let found: { fields: U32Match[]; length: number } | undefined;
    if (header !== undefined && (key.offsetMask === 0 || key.offsetMask === -1)) {
      const place = BASES[header] as { base: number };
      for (let length = keys.length - at; length > 0 && !found; length--) {
        const run = keys.slice(at, at + length);
        if (run.some((one) => one.offsetMask !== key.offsetMask)) continue;
        const fields = toFields(header, place.base, run);
        if (fields && sameKeys(pack(fields), run)) found = { fields, length };
      }
    }
    found ??= { fields: [rawMatch(key)], length: 1 };
    matches.push(...found.fields);
    at += found.length;
  }
  if (keys.some((key) => key.offsetMask !== 0 && key.offsetMask !== -1)) return undefined;
  return sameKeys(pack(matches), keys) ? matches : undefined;
}

/** Which header comes after the network's, where a key says so. */
function transportOf(keys: readonly Key[], network: string): string | undefined {
  const [offset, shift] = network === 'ip' ? [8, 16] : [4, 8];
  const key = keys.find(
    (one) => one.offset === offset && one.offsetMask === 0 && ((one.mask >>> shift) & 0xff) === 0xff,
  );
  const number = key && (key.value >>> shift) & 0xff;
  return number === 6 ? 'tcp' : number === 17 ? 'udp' : number === 1 || number === 58 ? 'icmp' : undefined;
}

/** The shortest raw form of a key. */
function rawMatch(key: Key): U32RawMatch {
  const nexthdr = key.offsetMask === -1 ? { nexthdr: true } : {};
  const full = 0xffff_ffff;
  return {
    field: 'u32',
    value: key.value,
    ...(key.mask === full ? {} : { mask: key.mask }),
    at: key.offset,
    ...nexthdr,
  };
}

/** The bucket of packets for which a comparison is true: the kernel folds 32 bits to 8, as tc does. */
function sampleBucket(path: string, sample: U32Match & { divisor?: number | undefined }): number {
  const { divisor = 256, ...match } = sample;
  checkDivisor(`${path}.divisor`, divisor);
  const { words } = matchWords(path, match as U32Match);
  if (words.length !== 1) impossible(path, `The "${path}" field must be a comparison of at most 32 bits`);
  let hash = words[0]?.value ?? 0;
  hash ^= hash >>> 16;
  hash ^= hash >>> 8;
  return (hash >>> 0) % divisor;
}

function checkDivisor(path: string, divisor: unknown): void {
  if (typeof divisor !== 'number' || divisor < 1 || divisor > 256 || !Number.isInteger(Math.log2(divisor))) {
    throw argumentError(
      'ERR_OUT_OF_RANGE',
      path,
      `The "${path}" field must be a power of 2 from 1 to 256. Received ${divisor}`,
    );
  }
}

const NAMES = [
  ...['classid', 'match', 'keys', 'divisor', 'link', 'ht', 'sample', 'offset', 'hashkey', 'mark', 'terminal', 'indev'],
  ...['actions', 'police', 'flags', 'counters'],
];

export const u32: FilterKind<U32Options> = {
  write(options: U32Options, filter: FilterContext): Wire {
    checkOptionFields(options, NAMES);
    const { match, keys, divisor, link, ht, sample, offset, hashkey, terminal, ...common } = options;
    const wire: Wire = writeCommon(common);
    if (divisor !== undefined) {
      checkDivisor('options.divisor', divisor);
      for (const name of ['match', 'classid', 'actions', 'link', 'ht', 'sample', 'offset', 'hashkey'] as const) {
        if (options[name] !== undefined) {
          impossible(
            `options.${name}`,
            `The "options.${name}" field makes no sense with "options.divisor": a hash table has no comparisons of its own`,
          );
        }
      }
      const handle = filter.handle === undefined ? 0 : u32Handle('handle', filter.handle);
      if (handle % 0x100000 !== 0) {
        impossible(
          'handle',
          `The "handle" field of a hash table must be a table's, such as '2:'. Received '${filter.handle}'`,
        );
      }
      return { ...wire, divisor };
    }
    if (link !== undefined) {
      const table = u32Handle('options.link', link);
      if (table % 0x1000 !== 0)
        impossible('options.link', `The "options.link" field must be a hash table's, such as '2:'`);
      wire.linkTable = table;
    } else {
      for (const name of ['hashkey', 'offset'] as const) {
        if (options[name] !== undefined && name === 'hashkey') {
          impossible(
            `options.${name}`,
            `The "options.${name}" field needs "options.link": it says where in the linked table to go on`,
          );
        }
      }
    }
    let hash = ht === undefined ? 0 : u32Handle('options.ht', ht);
    if (hash % 0x1000 !== 0)
      impossible('options.ht', 'The "options.ht" field must be a hash table or bucket, such as \'2:1a\'');
    if (sample !== undefined) {
      if (ht === undefined)
        impossible('options.sample', 'The "options.sample" field needs "options.ht", whose bucket it computes');
      hash = Math.floor(hash / 0x100000) * 0x100000 + sampleBucket('options.sample', sample) * 0x1000;
    }
    if (hash !== 0) wire.hash = hash;
    if (match !== undefined && !Array.isArray(match)) {
      throw argumentError('ERR_INVALID_ARG_TYPE', 'options.match', 'The "options.match" field must be an array');
    }
    const isTerminal =
      terminal ?? (options.classid !== undefined || options.actions !== undefined || options.police !== undefined);
    const flags = [
      ...(isTerminal ? ['terminal'] : []),
      ...(offset?.plus !== undefined ? ['offset'] : []),
      ...(offset?.at !== undefined || offset?.mask !== undefined || offset?.shift !== undefined ? ['varoffset'] : []),
      ...(offset?.eat ? ['eat'] : []),
    ];
    if (offset?.at !== undefined && offset.at % 2 !== 0) {
      impossible('options.offset.at', 'The "options.offset.at" field must be even: 16 bits are read there');
    }
    if (hashkey !== undefined && hashkey.at % 4 !== 0) {
      impossible(
        'options.hashkey.at',
        'The "options.hashkey.at" field must be a multiple of 4: 32 bits are read there',
      );
    }
    wire.selector = {
      flags,
      offset: offset?.plus,
      offsetAt: offset?.at,
      offsetMask: offset?.mask,
      offsetShift: offset?.shift,
      hashMask: hashkey?.mask,
      hashOffset: hashkey?.at,
      keys: match === undefined ? (keys ?? []) : pack(match, filter.protocol),
    };
    return wire;
  },

  read(wire: Wire, filter: FilterContext): U32Options {
    const { selector, hash, linkTable, ...rest } = wire;
    const options: Wire = readCommon(rest);
    if (hash !== undefined) options.ht = u32HandleText(hash);
    if (linkTable !== undefined) options.link = u32HandleText(linkTable);
    if (!selector) return options;
    const flags: string[] = selector.flags;
    options.terminal = flags.includes('terminal');
    const offset: U32Offset = {
      ...(flags.includes('offset') ? { plus: selector.offset } : {}),
      ...(flags.includes('varoffset')
        ? { at: selector.offsetAt, mask: selector.offsetMask, shift: selector.offsetShift }
        : {}),
      ...(flags.includes('eat') ? { eat: true } : {}),
    };
    if (Object.keys(offset).length > 0) options.offset = offset;
    if (selector.hashMask) options.hashkey = { mask: selector.hashMask, at: selector.hashOffset };
    const keys: Key[] = selector.keys ?? [];
    options.keys = keys;
    const match = unpack(keys, filter.protocol);
    if (match) options.match = match;
    return options;
  },
};

/** For extended matches: one comparison as a key. */
export function u32Key(path: string, match: U32Match): Key {
  const [key, ...others] = pack([match], undefined, path);
  if (!key || others.length > 0) impossible(path, `The "${path}" field must be a comparison of at most 32 bits`);
  return key;
}

/** A key as a raw comparison. */
export function u32KeyMatch(key: Key): U32RawMatch {
  return rawMatch(key);
}
