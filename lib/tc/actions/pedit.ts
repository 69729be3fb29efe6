// The pedit action: edits of packets, written by field.
import { argumentError } from '../../errors.js';
import { fieldBytes, layoutOf, numberBytes, toFields, toWords, type Word } from '../fields.js';
import { checkOptionFields, impossible } from '../kind.js';
import type { ActionKindOf } from './kinds.js';

/** The headers from which offsets count; 'network' is wherever the packet's network header is. */
export type PeditHeader = 'network' | 'eth' | 'ip' | 'ip6' | 'tcp' | 'udp';

/** An edit of a field. */
export interface PeditField {
  /**
   * The field as tc(8) calls it, after its header: `eth.dst` `eth.src` `eth.type`; `ip.src` `ip.dst` `ip.tos` `ip.ttl`
   * `ip.protocol` `ip.ihl` `ip.sport` `ip.dport`; `ip6.src` `ip6.dst` `ip6.hoplimit` `ip6.nexthdr` `ip6.payloadLen`
   * `ip6.flowlabel` `ip6.trafficClass`; `tcp.sport` `tcp.dport` `tcp.flags`; `udp.sport` `udp.dport`.
   */
  field: string;
  /** What it is set to: a number or address; `'value/mask'` sets some of its bits (`retain`). */
  set?: number | string | undefined;
  /** What is added to it, modulo its width. */
  add?: number | undefined;
}

/** An edit of bits at an offset. */
export interface PeditRaw {
  /** How many bits are edited. */
  field: 'u8' | 'u16' | 'u32';
  /** Offset in bytes. */
  at: number;
  /** The header from which it counts; `'network'` if left out. */
  header?: PeditHeader | undefined;
  /** What they are set to. */
  set?: number | undefined;
  /** What is added. */
  add?: number | undefined;
  /** Those that are turned over. */
  invert?: number | undefined;
  /** Bits that are set; all if left out. */
  mask?: number | undefined;
}

/** A 32-bit edit as the kernel has it. */
export interface PeditKeyFields {
  /** The header from which the offset counts. */
  header?: PeditHeader | number | undefined;
  /** Whether the value is set or added. */
  cmd?: 'set' | 'add' | number | undefined;
  /** Offset, a multiple of 4. */
  offset: number;
  /** Bits to set (XOR), or number to add. */
  value: number;
  /** Bits that stay. */
  mask: number;
  /** Offset of a byte that is added to the offset, with a mask and a shift. */
  at?: number | undefined;
  offsetMask?: number | undefined;
  shift?: number | undefined;
}

/** Options of a 'pedit' action (tc-pedit(8)). */
export interface PeditOptions {
  /** The edits, in order. */
  munge?: (PeditField | PeditRaw)[] | undefined;
  /** The edits as the kernel has them. Taken where `munge` is not given. */
  keys?: PeditKeyFields[] | undefined;
  /** Each edit says which header it is of (`ex`); false: offsets count from the network header. True if left out. */
  extended?: boolean | undefined;
}

const WIDTHS: Record<string, number> = { u8: 1, u16: 2, u32: 4 };
/** The headers' names here and in the table of fields. */
const TABLES: Record<string, string> = { eth: 'ether', ip: 'ip', ip6: 'ip6', tcp: 'tcp', udp: 'udp' };
const NOT = (bits: number) => ~bits >>> 0;

function keysOf(path: string, munge: PeditField | PeditRaw): PeditKeyFields[] {
  if (typeof munge !== 'object' || munge === null || typeof munge.field !== 'string') {
    throw argumentError(
      'ERR_INVALID_ARG_TYPE',
      path,
      `The "${path}" field must be an object with a field and what is done with it`,
    );
  }
  const { set, add, invert } = munge as PeditRaw;
  if ([set, add, invert].filter((value) => value !== undefined).length !== 1) {
    impossible(path, `The "${path}" field must have one of "set" and "add"`);
  }
  const cmd = add === undefined ? 'set' : 'add';
  const size = WIDTHS[munge.field];
  if (size !== undefined) {
    const { at, header = 'network', mask = 2 ** (8 * size) - 1 } = munge as PeditRaw;
    const value = set ?? add ?? invert ?? 0;
    const most = 2 ** (8 * size) - 1;
    if (!Number.isInteger(value) || value < 0 || value > most) {
      throw argumentError(
        'ERR_OUT_OF_RANGE',
        path,
        `The "${path}" field must have a value from 0 to ${most}. Received ${value}`,
      );
    }
    if (!Number.isInteger(at) || (((at % 4) + 4) % 4) + size > 4) {
      impossible(
        `${path}.at`,
        `The "${path}.at" field must be such that all bits are in the same 32 bits. Received ${at}`,
      );
    }
    const bits = numberBytes(mask, size);
    const words = toWords(at, numberBytes(value, size), bits);
    // Bits of value 0 that are to be inverted stay; nothing is cleared.
    return words.map((word) => ({
      header,
      cmd,
      offset: word.offset,
      value: word.value,
      mask: invert === undefined ? NOT(word.mask) : 0xffff_ffff,
    }));
  }
  const [header = '', name = ''] = munge.field.split('.');
  const field = `${TABLES[header] ?? header}.${name}`;
  const found = layoutOf(field);
  if (!found || !TABLES[header]) {
    impossible(
      `${path}.field`,
      `The "${path}.field" field must be the name of a field such as 'ip.ttl'. Received '${munge.field}'`,
    );
  }
  if (cmd === 'add' && found.layout.size > 4) {
    impossible(
      `${path}.add`,
      `The "${path}.add" field makes no sense with '${munge.field}', which has more than 32 bits`,
    );
  }
  const { value, mask } = fieldBytes(`${path}.${cmd}`, field, set ?? add);
  return toWords(found.layout.offset, value, mask).map((word) => ({
    header: header as PeditHeader,
    cmd,
    offset: word.offset,
    value: word.value,
    mask: NOT(word.mask),
  }));
}

function mungeOf(keys: readonly PeditKeyFields[]): (PeditField | PeditRaw)[] | undefined {
  const munge: (PeditField | PeditRaw)[] = [];
  for (let from = 0; from < keys.length; ) {
    const first = keys[from] as PeditKeyFields;
    if (first.at || first.offsetMask || first.shift) return undefined;
    const cmd = first.cmd === 'add' ? 'add' : 'set';
    let found: { edits: (PeditField | PeditRaw)[]; length: number } | undefined;
    const table = TABLES[String(first.header)];
    for (let length = keys.length - from; table && length > 0 && !found; length--) {
      const run = keys.slice(from, from + length);
      if (run.some((key) => key.header !== first.header || key.cmd !== first.cmd)) continue;
      const words: Word[] = run.map((key) => ({ offset: key.offset, value: key.value, mask: NOT(key.mask) }));
      const fields = toFields(table, 0, words);
      const edits = fields?.map(
        ({ field, value }) => ({ field: field.replace(/^ether/, 'eth'), [cmd]: value }) as unknown as PeditField,
      );
      if (edits && agree(edits, run)) found = { edits, length };
    }
    if (!found) {
      const bits = NOT(first.mask);
      const raw: PeditRaw = {
        field: 'u32',
        at: first.offset,
        ...(first.header === 'network' ? {} : { header: first.header as PeditHeader }),
        [bits === 0 ? 'invert' : cmd]: first.value,
        ...(bits === 0 || bits === 0xffff_ffff ? {} : { mask: bits }),
      };
      found = { edits: [raw], length: 1 };
    }
    munge.push(...found.edits);
    from += found.length;
  }
  return agree(munge, keys) ? munge : undefined;
}

/** Whether edits make exactly these keys. */
function agree(munge: (PeditField | PeditRaw)[], keys: readonly PeditKeyFields[]): boolean {
  let made: PeditKeyFields[];
  try {
    made = munge.flatMap((edit) => keysOf('', edit));
  } catch {
    return false;
  }
  return (
    made.length === keys.length &&
    made.every((key, i) => {
      const other = keys[i] as PeditKeyFields;
      return (
        key.header === (other.header ?? 'network') &&
        key.cmd === (other.cmd ?? 'set') &&
        key.offset === other.offset &&
        key.value === other.value &&
        key.mask === other.mask
      );
    })
  );
}

export const pedit: ActionKindOf<PeditOptions> = {
  control: () => 'ok',
  write(options) {
    checkOptionFields(options, ['munge', 'keys', 'extended']);
    const { munge, extended = true } = options;
    if (munge !== undefined && !Array.isArray(munge)) {
      throw argumentError(
        'ERR_INVALID_ARG_TYPE',
        'options.munge',
        'The "options.munge" field must be an array of edits',
      );
    }
    const keys = munge?.flatMap((edit, i) => keysOf(`options.munge[${i}]`, edit)) ?? options.keys ?? [];
    if (keys.length === 0) impossible('options.munge', 'The "options.munge" field must have at least one edit');
    if (keys.length > 128)
      impossible(
        'options.munge',
        `The "options.munge" field makes ${keys.length} edits of 32 bits; the kernel takes 128`,
      );
    if (!extended) {
      const other = keys.findIndex((key) => (key.header ?? 'network') !== 'network' || (key.cmd ?? 'set') !== 'set');
      if (other >= 0) {
        impossible(
          'options.extended',
          'The "options.extended" field must be true: only so an edit has a header of its own, or adds',
        );
      }
    }
    return { keys, extended };
  },
  place({ keys, extended }, fields) {
    if (keys === undefined) return fields;
    const own = { ...fields, keys: keys.map(({ header: _, cmd: __, ...key }: PeditKeyFields) => key) };
    if (!extended) return own;
    const keysEx = keys.map(({ header = 'network', cmd = 'set' }: PeditKeyFields) => ({ header, cmd }));
    return { extended: own, keysEx };
  },
  lift(wire) {
    const { extended, keysEx, times, ...legacy } = wire;
    const { keys = [], flags: _, ...rest } = extended ?? legacy;
    const merged = keys.map((key: PeditKeyFields, i: number) => ({
      header: 'network',
      cmd: 'set',
      ...keysEx?.[i],
      ...key,
    }));
    return { ...rest, times, keys: merged, extended: extended !== undefined };
  },
  read({ keys, extended }) {
    const munge = mungeOf(keys);
    return { ...(munge ? { munge } : {}), keys, ...(extended ? {} : { extended: false }) };
  },
};
