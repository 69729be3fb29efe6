// The table `inet netplumb`: the rules that make networks work, and the sets in which the kernel keeps what belongs to
// whom. docs/network.md tells what each is for.
import { endianness } from 'node:os';
import { addon } from '../addon.js';
import type { Message } from '../lane.js';

/** The table that everything of ours is in. */
export const TABLE = { family: 'inet', table: 'netplumb' } as const;

/** Sets whose elements' comments are our records. */
export type SetName =
  | 'networks'
  | 'internal'
  | 'allowed'
  | 'endpoints'
  | 'busy'
  | 'addresses4'
  | 'addresses6'
  | 'closed'
  | 'ports4'
  | 'ports6'
  | 'hostports4'
  | 'hostports6'
  | 'partial4'
  | 'partial6'
  | 'sources4'
  | 'sources6'
  | 'snat4'
  | 'snat6'
  | 'gateways4'
  | 'gateways6'
  | 'hairpin4'
  | 'hairpin6';

/**
 * The set, always empty, that says that a network takes endpoints. Each claim names it, and fails where it is not there: with
 * it goes the possibility to attach anything, at once and for all processes. Another network of the same name has another one.
 */
export const doorOf = ({ name, made }: { name: string; made: string }) => `open-${name}-${made}`;

/** An element in the kernel's form. */
export interface Element {
  key: { value: Uint8Array };
  keyEnd?: { value: Uint8Array };
  data?: { value: Uint8Array };
  flags?: readonly 'intervalEnd'[];
  userdata?: Uint8Array;
}

/** An element's user data with a comment, as nft writes it: type 0, length, text, NUL. */
function userdata(comment: string): Uint8Array {
  const length = Buffer.byteLength(comment);
  const bytes = Buffer.allocUnsafe(length + 3);
  bytes[0] = 0;
  bytes[1] = length + 1;
  bytes.write(comment, 2);
  bytes[length + 2] = 0;
  return bytes;
}

/** The comment of an element's user data; '' if there is none. */
export function commentOf(bytes: Uint8Array | undefined): string {
  for (let at = 0; bytes && at + 2 <= bytes.length; ) {
    const length = bytes[at + 1] as number;
    if (bytes[at] === 0)
      return Buffer.from(bytes.subarray(at + 2, at + 2 + length))
        .toString('utf8')
        .replace(/\0.*$/s, '');
    at += 2 + length;
  }
  return '';
}

export function element(key: Uint8Array, comment?: string, data?: Uint8Array): Element {
  return {
    key: { value: key },
    ...(data && { data: { value: data } }),
    ...(comment !== undefined && { userdata: userdata(comment) }),
  };
}

/** Elements of a set, as a message about them has it. */
export function elements(set: SetName, ...list: Element[]): { elements: Element[] } {
  return { ...TABLE, set, elements: list } as { elements: Element[] };
}

/** The element of `partial` that says that there are others, of a port that there is not. */
export const ANY_PARTIAL = new Uint8Array(8);

/** What messages about a set's elements begin with, encoded once. */
const heads = new Map<SetName, Uint8Array>();

function headOf(set: SetName): Uint8Array {
  const known = heads.get(set);
  if (known) return known;
  const head = Uint8Array.from(addon.encode('NfElements', { ...TABLE, set }));
  heads.set(set, head);
  return head;
}

/** A message that creates (they must be new), adds or deletes elements. */
export function change(verb: 'create' | 'add' | 'delete', set: SetName, ...list: Element[]): Message {
  const operation = `nft.${verb}Elements`;
  const [first] = list;
  if (list.length !== 1 || !first || first.keyEnd || first.flags) {
    return { operation, spec: elements(set, ...list) };
  }
  const columns = { count: 1, keys: first.key.value, data: first.data?.value, userdata: first.userdata };
  return { operation, spec: headOf(set), columns };
}

/** The same with many elements at once: keys, and what a map gives, one after the other; the comment is each one's. */
export function changeMany(
  verb: 'create' | 'add' | 'delete',
  set: SetName,
  count: number,
  keys: Uint8Array,
  data?: Uint8Array,
  comment?: string,
): Message {
  const columns = { count, keys, data, ...(comment !== undefined && { userdata: userdata(comment) }) };
  return { operation: `nft.${verb}Elements`, spec: headOf(set), columns };
}

const isLittle = endianness() === 'LE';

/** A number as meta expressions have it: 32 bits in the machine's order. */
export function hostOrder(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, isLittle);
  return bytes;
}

/** A number from 32 bits in the machine's order. */
export function fromHostOrder(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, isLittle);
}

/** Links' names, each padded to IFNAMSIZ. */
export function linkNames(names: readonly string[]): Uint8Array {
  const bytes = Buffer.alloc(names.length * 16);
  let at = 0;
  for (const name of names) {
    bytes.write(name, at, 16);
    at += 16;
  }
  return bytes;
}

/** A link's name, padded to IFNAMSIZ. */
export function linkName(name: string): Uint8Array {
  return linkNames([name]);
}

/** The name that is padded in a key. */
export function nameOf(key: Uint8Array | undefined): string {
  return Buffer.from(key ?? [])
    .toString('utf8')
    .replace(/\0.*$/s, '');
}

/** Bytes as text, to compare them. */
export const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex');

/** One thing after the other. */
export function concat(...parts: Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}

/** The elements of an interval set for a prefix: its first key, and the first one behind it. */
export function interval(first: Uint8Array, last: Uint8Array, comment: string, data?: Uint8Array): Element[] {
  const start = element(first, comment, data);
  const end = Uint8Array.from(last);
  for (let i = end.length - 1; i >= 0; i--) {
    if (end[i] !== 255) {
      end[i] = (end[i] as number) + 1;
      return [start, { key: { value: end }, flags: ['intervalEnd'] }];
    }
    end[i] = 0;
  }
  return [start];
}
