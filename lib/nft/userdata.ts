// User data as nft writes it: type, length, value, each length and type a byte. nft keeps there what the kernel doesn't
// need: comments, byte orders, types. Integers are in the machine's byte order.
import type { ByteOrder } from './datatypes.js';

/** TLVs of the user data of tables (NFTNL_UDATA_TABLE_*), chains, rules, elements and objects. */
export const COMMENT = 0;

/** TLVs of the user data of sets (NFTNL_UDATA_SET_*). */
export const SET_USERDATA = {
  keyByteOrder: 0,
  dataByteOrder: 1,
  mergeElements: 2,
  keyTypeof: 3,
  dataTypeof: 4,
  expression: 5,
  dataInterval: 6,
  comment: 7,
} as const;

/** TLVs of the user data of elements (NFTNL_UDATA_SET_ELEM_*). */
export const ELEMENT_USERDATA = { comment: 0, flags: 1 } as const;

/** Of an element: the interval has no end of its own, it reaches as far as keys go. */
export const ELEMENT_INTERVAL_OPEN = 1;

/** TLVs of a type's description: nft's number of the kind of expression, and what that kind says. */
export const TYPEOF = { expression: 0, data: 1 } as const;

/** nft's numbers of kinds of expressions in such a description. */
export const TYPEOF_KINDS = {
  verdict: 1,
  payload: 7,
  exthdr: 8,
  meta: 9,
  socket: 10,
  osf: 11,
  ct: 12,
  concat: 13,
  numgen: 23,
  hash: 24,
  rt: 25,
  fib: 26,
  xfrm: 27,
} as const;

/** TLVs of what each kind says. */
export const TYPEOF_DATA = {
  /** Protocol and field; of raw ones base (ll 1, network 2, transport 3, inner 4), offset and length in bits. */
  payload: { protocol: 0, field: 1, base: 2, offset: 3, length: 4 },
  exthdr: { header: 0, field: 1, kind: 2 },
  meta: { key: 0 },
  socket: { key: 0 },
  ct: { key: 0, direction: 1 },
  numgen: { mode: 0, modulus: 1, offset: 2 },
  hash: { kind: 0, isOffset: 1, modulus: 2, seed: 3, offset: 4 },
  rt: { key: 0 },
  fib: { result: 0, flags: 1 },
  xfrm: { key: 0, spnum: 1, direction: 2 },
} as const;

/** Byte orders' numbers. */
const BYTE_ORDERS: Record<ByteOrder, number> = { none: 0, host: 1, big: 2 };

/** nft's number of a byte order. */
export function byteOrderNumber(order: ByteOrder): number {
  return BYTE_ORDERS[order];
}

/** The byte order of a number of nft's. */
export function byteOrderOf(number: number): ByteOrder {
  return number === BYTE_ORDERS.big ? 'big' : number === BYTE_ORDERS.host ? 'host' : 'none';
}

/** One TLV. */
export type Tlv = readonly [type: number, value: Uint8Array];

/** The longest value that one TLV holds. */
export const TLV_LIMIT = 255;

/** A TLV with a 32-bit number. */
export function u32(type: number, value: number): Tlv {
  return [type, new Uint8Array(new Uint32Array([value]).buffer)];
}

/** A TLV with a text and the zero at its end. */
export function text(type: number, value: string): Tlv {
  return [type, Buffer.from(`${value}\0`)];
}

/** A TLV of TLVs. */
export function nest(type: number, tlvs: readonly Tlv[]): Tlv {
  return [type, pack(tlvs)];
}

/** TLVs as bytes. */
export function pack(tlvs: readonly Tlv[]): Uint8Array {
  return Buffer.concat(tlvs.flatMap(([type, value]) => [Buffer.from([type, value.length]), value]));
}

/** TLVs by their types; undefined where the bytes are none. */
export function unpack(bytes: Uint8Array): Map<number, Uint8Array> | undefined {
  const tlvs = new Map<number, Uint8Array>();
  for (let at = 0; at < bytes.length; ) {
    const [type, length] = [bytes[at], bytes[at + 1]];
    if (type === undefined || length === undefined || at + 2 + length > bytes.length) return undefined;
    tlvs.set(type, bytes.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return tlvs;
}

/** The 32-bit number of a TLV. */
export function readU32(value: Uint8Array | undefined): number | undefined {
  if (value?.length !== 4) return undefined;
  return new Uint32Array(Uint8Array.from(value).buffer)[0];
}

/** The text of a TLV. */
export function readText(value: Uint8Array | undefined): string | undefined {
  if (value === undefined) return undefined;
  const end = value.indexOf(0);
  return Buffer.from(value.subarray(0, end < 0 ? value.length : end)).toString('utf8');
}

/** User data that is nothing but a comment: of tables, chains, rules and elements. */
export function packComment(comment: string): Uint8Array {
  return pack([text(COMMENT, comment)]);
}

/** The comment of user data that may hold one. */
export function readComment(userdata: Uint8Array | undefined): string | undefined {
  return userdata === undefined ? undefined : readText(unpack(userdata)?.get(COMMENT));
}
