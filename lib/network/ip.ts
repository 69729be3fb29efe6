// Addresses as numbers, and subnets whose hosts are counted from their base.
import { hash } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import { argumentError } from '../errors.js';

/** An address family, as the kernel's names go. */
export type Family = 'inet' | 'inet6';

/** An address as its bytes in network order, or undefined where the text is none. */
export function addressBytes(text: string): Uint8Array | undefined {
  // Of IPv4's many spellings only the dotted quad: the others are taken for something else too easily.
  const isIpv6 = text.includes(':');
  if (isIpv6 ? !ipaddr.IPv6.isValid(text) || text.includes('%') : !ipaddr.IPv4.isValidFourPartDecimal(text))
    return undefined;
  return Uint8Array.from(ipaddr.parse(text).toByteArray());
}

/** The text of an address, as the kernel's tools write it. */
export function addressText(bytes: Uint8Array): string {
  if (bytes.length === 4) return `${bytes[0]}.${bytes[1]}.${bytes[2]}.${bytes[3]}`;
  return ipaddr.fromByteArray([...bytes]).toString();
}

/** Whether both are the same address, or both none. */
export function isSameAddress(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && Buffer.compare(a, b) === 0);
}

/** Whether an address is `0.0.0.0` or `::`, which stand for all of a family. */
export function isUnspecified(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

/** The prefix length behind an address, or undefined where it has none or a wrong one. */
function prefixLength(text: string, bits: number): number | undefined {
  if (!/^\d{1,3}$/.test(text)) return undefined;
  const length = Number(text);
  return length <= bits ? length : undefined;
}

/** An address with the prefix length behind it, where there is one; undefined where the text is something else. */
export function readPrefix(text: string): { address: Uint8Array; length: number | undefined } | undefined {
  const [first = '', suffix, ...rest] = text.split('/');
  const address = rest.length === 0 ? addressBytes(first) : undefined;
  if (!address || suffix === undefined) return address && { address, length: undefined };
  const length = prefixLength(suffix, address.length * 8);
  return length === undefined ? undefined : { address, length };
}

/** A subnet: the addresses from `base` on, of which hosts have a number from 1. */
export class Subnet {
  readonly family: Family;
  readonly length: number;
  /** How many addresses; no more than 2^48 are counted. */
  readonly size: number;
  readonly text: string;
  readonly #base: Uint8Array;

  private constructor(base: Uint8Array, length: number) {
    this.#base = base;
    this.family = base.length === 4 ? 'inet' : 'inet6';
    this.length = length;
    this.size = 2 ** Math.min(base.length * 8 - length, 48);
    this.text = `${addressText(base)}/${length}`;
  }

  /** Parses `'10.88.0.0/16'`; host bits must be clear and there must be room for two hosts. */
  static parse(text: unknown, field: string): Subnet {
    const { address: bytes, length } = (typeof text === 'string' && readPrefix(text)) || {};
    if (typeof text !== 'string' || !bytes || length === undefined) {
      throw argumentError(
        typeof text === 'string' ? 'ERR_INVALID_ARG_VALUE' : 'ERR_INVALID_ARG_TYPE',
        field,
        `The "${field}" field must be a subnet such as '10.88.0.0/16'. Received ${JSON.stringify(text)}`,
      );
    }
    const base = Uint8Array.from(bytes, (byte, i) => byte & (0xff << Math.max(0, Math.min(8, 8 - (length - i * 8)))));
    if (base.some((byte, i) => byte !== bytes[i])) {
      throw argumentError('ERR_INVALID_ARG_VALUE', field, `The "${field}" field has host bits set: '${text}'`);
    }
    if (length > bytes.length * 8 - 2) {
      throw argumentError('ERR_INVALID_ARG_VALUE', field, `The "${field}" field has no room for hosts: '${text}'`);
    }
    return new Subnet(base, length);
  }

  /** The bytes of the subnet's first address. */
  get base(): Uint8Array {
    return this.#base;
  }

  /** The bytes of the last address. */
  get last(): Uint8Array {
    return this.#base.map((byte, i) => byte | (0xff >> Math.max(0, Math.min(8, this.length - i * 8))));
  }

  /** The bytes of the host with a number. */
  host(number: number): Uint8Array {
    const bytes = this.#base.slice();
    let rest = number;
    for (let i = bytes.length - 1; rest > 0 && i >= 0; i--) {
      bytes[i] = (bytes[i] as number) | (rest % 256);
      rest = Math.floor(rest / 256);
    }
    return bytes;
  }

  /** The number of the host that has an address, or undefined where it is not of this subnet (or beyond counting). */
  numberOf(bytes: Uint8Array): number | undefined {
    const number = this.#offset(bytes);
    return number !== undefined && number < this.size ? number : undefined;
  }

  /** Whether an address is of this subnet. */
  has(bytes: Uint8Array): boolean {
    return this.#offset(bytes) !== undefined;
  }

  /** How far an address is from the base, less exactly the farther; undefined where it is not of this subnet. */
  #offset(bytes: Uint8Array): number | undefined {
    if (bytes.length !== this.#base.length) return undefined;
    let number = 0;
    for (let i = 0; i < bytes.length; i++) {
      const offset = (bytes[i] as number) - (this.#base[i] as number);
      if (offset < 0 || offset >> Math.max(0, Math.min(8, 8 - (this.length - i * 8)))) return undefined;
      number = number * 256 + offset;
    }
    return number;
  }

  /** How many hosts there may be, numbered from 1: the network's address is none's, nor with IPv4 the last, for broadcasts. */
  get hosts(): number {
    return this.size - (this.family === 'inet' ? 2 : 1);
  }

  /** Whether an address is one that a host may have. */
  isHost(bytes: Uint8Array): boolean {
    if (!this.has(bytes) || isSameAddress(bytes, this.#base)) return false;
    return this.family === 'inet6' || !isSameAddress(bytes, this.last);
  }

  overlaps(other: Subnet): boolean {
    if (other.family !== this.family) return false;
    const bits = Math.min(this.length, other.length);
    return this.#base.every((byte, i) => {
      const mask = 0xff & (0xff << Math.max(0, Math.min(8, 8 - (bits - i * 8))));
      return (byte & mask) === ((other.#base[i] as number) & mask);
    });
  }
}

/** First bytes of link-layer addresses: of a container's end and of the bridge, and of a host's end. */
export const INSIDE_MAC = 0x02;
export const HOST_MAC = 0x06;
/** What is set in the first byte where the others are a hash: no bridge's address begins like that. */
const HASHED_MAC = 0xf8;

/**
 * The link-layer address that follows from a host's address in a network's first subnet: whoever gets the address again has
 * it too, so that no neighbour's memory is stale. Where it is too far from the base for its last four bytes to tell it from
 * others, a hash does.
 */
export function derivedMacBytes(subnets: readonly Subnet[], address: Uint8Array, first: number): Uint8Array {
  const number = address.length === 4 ? 0 : subnets[0]?.numberOf(address);
  if (number !== undefined && number < 2 ** 32) return macBytes(address, first);
  const bytes = new Uint8Array(6);
  bytes[0] = first | HASHED_MAC;
  bytes.set(hash('sha256', address, 'buffer').subarray(0, 5), 1);
  return bytes;
}

/** The same as text, of a container's end or the bridge. */
export function derivedMac(subnets: readonly Subnet[], address: Uint8Array): string {
  return address.length === 4 ? macOf(address, INSIDE_MAC) : macText(derivedMacBytes(subnets, address, INSIDE_MAC));
}

/** A link-layer address with the last four bytes of an IP address. The first byte says that it is locally administered. */
export function macBytes(address: Uint8Array, first: number): Uint8Array {
  const bytes = new Uint8Array(6);
  bytes[0] = first;
  bytes[1] = 0x6e;
  for (let i = 0; i < 4; i++) bytes[i + 2] = address[address.length - 4 + i] as number;
  return bytes;
}

/** Bytes as two digits. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** The same as text. */
export function macOf(address: Uint8Array, first: number): string {
  let text = `${HEX[first]}:6e`;
  for (let i = address.length - 4; i < address.length; i++) text += `:${HEX[address[i] as number]}`;
  return text;
}

function macText(bytes: Uint8Array): string {
  const [a, b, c, d, e, f] = bytes as unknown as [number, number, number, number, number, number];
  return `${HEX[a]}:${HEX[b]}:${HEX[c]}:${HEX[d]}:${HEX[e]}:${HEX[f]}`;
}

/** The value of a hexadecimal digit: of 'a' and 'A' the four low bits are 1. */
function digit(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 0x40 ? code & 15 : (code & 15) + 9;
}

/** The bytes of a link-layer address, or of any that are written like one. */
export function readMac(text: string): Uint8Array {
  const bytes = new Uint8Array((text.length + 1) / 3);
  for (let i = 0; i < bytes.length; i++) bytes[i] = (digit(text, i * 3) << 4) | digit(text, i * 3 + 1);
  return bytes;
}
