// Sets and maps: of which types their keys and data are, and how those lie in registers.
import type { NfSet } from '../../generated/objects.js';
import { type ByteOrder, type DataType, TYPES, typesOfId } from '../datatypes.js';
import type { NftExpression } from '../json.js';
import { CT_KEYS, type Key, META_KEYS, RT_KEYS, SOCKET_KEYS } from '../keywords.js';
import { BASE_NAMES, EXTENSION_KINDS, type Field, PROTOCOLS } from '../protocols.js';
import { byteOrderOf, readU32, SET_USERDATA, TYPEOF, TYPEOF_DATA, TYPEOF_KINDS, unpack } from '../userdata.js';
import type { SetShape } from './elements.js';
import { type Part, partOf } from './values.js';

type Tlvs = Map<number, Uint8Array>;

const has = (set: NfSet, flag: string) => (set.flags as readonly string[] | undefined)?.includes(flag) === true;

function partOfField(field: Field | undefined): Part | undefined {
  return field && partOf(field.type, field.length, 'big');
}

function partOfKey(table: readonly Key[], id: number | undefined): Part | undefined {
  const key = table.find((each) => each.id === id);
  return key && partOf(key.type, key.bits, key.order);
}

/** What an expression described in user data gives, and the expression. */
function partsOfTypeof(kind: number | undefined, data: Tlvs): Described | undefined {
  const one = (part: Part | undefined, json?: object): Described | undefined =>
    part && { parts: [part], json: json as NftExpression | undefined };
  switch (kind) {
    case TYPEOF_KINDS.payload: {
      const tlv = TYPEOF_DATA.payload;
      const id = readU32(data.get(tlv.protocol));
      const protocol = [...PROTOCOLS.values()].find((each) => each.id === id);
      const field = protocol?.fields.find((each) => each.id === readU32(data.get(tlv.field)));
      const length = readU32(data.get(tlv.length));
      if (protocol && field)
        return one(partOfField(field), { payload: { protocol: protocol.name, field: field.name } });
      if (length === undefined) return undefined;
      const base = Object.keys(BASE_NAMES)[(readU32(data.get(tlv.base)) ?? 0) - 1];
      const raw = { payload: { base, offset: readU32(data.get(tlv.offset)), len: length } };
      return one(partOf(TYPES.integer, length, 'big'), base === undefined ? undefined : raw);
    }
    case TYPEOF_KINDS.exthdr: {
      const tlv = TYPEOF_DATA.exthdr;
      const found = EXTENSION_KINDS.find((each) => each.id === (readU32(data.get(tlv.kind)) ?? 0));
      const header = found?.headers.find((each) => each.id === readU32(data.get(tlv.header)));
      const field = header?.fields.find((each) => each.id === readU32(data.get(tlv.field)));
      return one(partOfField(field), found && { [found.key]: { name: header?.name, field: field?.name } });
    }
    case TYPEOF_KINDS.meta: {
      const id = readU32(data.get(TYPEOF_DATA.meta.key));
      return one(partOfKey(META_KEYS, id), { meta: { key: META_KEYS.find((each) => each.id === id)?.name } });
    }
    case TYPEOF_KINDS.ct:
      return one(partOfKey(CT_KEYS, readU32(data.get(TYPEOF_DATA.ct.key))));
    case TYPEOF_KINDS.rt:
      return one(partOfKey(RT_KEYS, readU32(data.get(TYPEOF_DATA.rt.key))));
    case TYPEOF_KINDS.socket:
      return one(partOfKey(SOCKET_KEYS, readU32(data.get(TYPEOF_DATA.socket.key))));
    case TYPEOF_KINDS.numgen:
    case TYPEOF_KINDS.hash:
      return one(partOf(TYPES.integer, 32, 'host'));
    case TYPEOF_KINDS.concat: {
      const inner = [...data].sort(([a], [b]) => a - b).map(([, bytes]) => partsOfTypeofTlv(bytes));
      const known = inner.filter((each) => each !== undefined);
      if (known.length < inner.length) return undefined;
      const concat = known.flatMap(({ json }) => (json === undefined ? [] : [json]));
      return {
        parts: known.flatMap(({ parts }) => parts),
        json: concat.length === known.length ? { concat } : undefined,
      };
    }
    default:
      return undefined;
  }
}

function partsOfTypeofTlv(bytes: Uint8Array | undefined): Described | undefined {
  const tlvs = bytes && unpack(bytes);
  if (!tlvs) return undefined;
  const data = tlvs.get(TYPEOF.data);
  return partsOfTypeof(readU32(tlvs.get(TYPEOF.expression)), (data && unpack(data)) ?? new Map());
}

/** The longest value that registers hold (NFT_DATA_VALUE_MAXLEN). */
const REGISTER_BYTES = 64;

/** An expression whose type a set has. */
interface Described {
  parts: Part[];
  json: NftExpression | undefined;
}

interface Layout {
  /** NFTA_SET_KEY_TYPE or NFTA_SET_DATA_TYPE. */
  id: number;
  /** Bytes in all. */
  length: number;
  described: Part[] | undefined;
  order: ByteOrder | undefined;
  isInterval: boolean;
  lengths: (number | undefined)[];
}

/** How values of the types of a number lie in so many bytes. */
function layOut({ id, length: given, described, order, isInterval, lengths }: Layout): Part[] {
  const length = Math.min(given, REGISTER_BYTES);
  const types: DataType[] = typesOfId(id) ?? described?.map(({ type }) => type) ?? [TYPES.integer];
  const [only] = types;
  if (types.length === 1 && only) {
    const hint = described?.length === 1 ? described[0] : undefined;
    const bits = only.bits || hint?.bits || length * 8;
    const known = only.order === 'none' ? (hint?.order ?? 'none') : only.order;
    const told = order && order !== 'none' ? order : known;
    // Where the kernel compares keys they are in its order.
    return [{ type: only, bits, bytes: length, order: isInterval ? 'big' : told, shift: 0 }];
  }
  const sizes = types.map((type, i) => {
    const hint = described?.length === types.length ? described[i] : undefined;
    return lengths[i] ?? Math.ceil((type.bits || hint?.bits || 0) / 8);
  });
  // The one whose length nothing tells has what the others leave.
  const rest = length - sizes.reduce((sum, size) => sum + Math.ceil(size / 4) * 4, 0);
  return types.map((type, i) => {
    const hint = described?.length === types.length ? described[i] : undefined;
    const bytes = sizes[i] || Math.max(rest, 0);
    const own = type.order === 'none' ? (hint?.order ?? 'none') : type.order;
    return { type, bits: type.bits || hint?.bits || bytes * 8, bytes, order: isInterval ? 'big' : own, shift: 0 };
  });
}

/** A set or map with what its user data tell. */
export interface ReadSet {
  raw: NfSet;
  shape: SetShape;
  userdata: Tlvs;
  isAnonymous: boolean;
  isMeter: boolean;
  isMap: boolean;
  /** The expressions whose types its keys and data have, where they are known. */
  keyTypeof: NftExpression | undefined;
  dataTypeof: NftExpression | undefined;
}

/** Reads how a set's elements lie in registers. */
export function readSet(raw: NfSet): ReadSet {
  const userdata: Tlvs = (raw.userdata && unpack(raw.userdata)) ?? new Map();
  const orderOf = (type: number) => {
    const number = readU32(userdata.get(type));
    return number === undefined ? undefined : byteOrderOf(number);
  };
  const isInterval = has(raw, 'interval');
  const lengths = raw.desc?.concat?.map(({ len }) => len && Math.min(len, REGISTER_BYTES)) ?? [];
  const keyTypeof = partsOfTypeofTlv(userdata.get(SET_USERDATA.keyTypeof));
  const dataTypeof = partsOfTypeofTlv(userdata.get(SET_USERDATA.dataTypeof));
  const key = layOut({
    id: raw.keyType ?? 0,
    length: raw.keyLen ?? 0,
    described: keyTypeof?.parts,
    order: orderOf(SET_USERDATA.keyByteOrder),
    isInterval,
    lengths,
  });
  const isDataInterval = readU32(userdata.get(SET_USERDATA.dataInterval)) === 1;
  const dataLength = (raw.dataLen ?? 0) / (isDataInterval ? 2 : 1);
  let data: SetShape['data'];
  if (has(raw, 'object')) data = 'object';
  else if (raw.dataType === 'verdict') data = 'verdict';
  else if (has(raw, 'map')) {
    data = layOut({
      id: Number(raw.dataType ?? 0),
      length: dataLength,
      described: dataTypeof?.parts,
      order: orderOf(SET_USERDATA.dataByteOrder),
      isInterval: false,
      lengths: [],
    });
  }
  const isAnonymous = has(raw, 'anonymous');
  return {
    raw,
    userdata,
    shape: { isInterval, key, data, isDataInterval },
    isAnonymous,
    isMeter: isAnonymous && has(raw, 'eval'),
    isMap: data !== undefined,
    keyTypeof: keyTypeof?.json,
    dataTypeof: dataTypeof?.json,
  };
}
