// Sets that are in the kernel already: what rules and elements need to know of them.
import type { NfSet } from '../../generated/objects.js';
import { type ByteOrder, type DataType, TYPES, typesOfId } from '../datatypes.js';
import type { NftFamily } from '../json.js';
import { byteOrderOf, readU32, SET_USERDATA, unpack } from '../userdata.js';
import { bytesOf, concatShape, padded, type Shape } from './nodes.js';
import { type MapData, SetInfo } from './sets.js';

/** What a set of the kernel is like; undefined where its types are not nft's. */
export function knownSet(raw: NfSet): SetInfo | undefined {
  const { family, table, name } = raw;
  if (typeof family !== 'string' || family === 'unspec' || table === undefined || name === undefined) return undefined;
  const userdata = (raw.userdata && unpack(raw.userdata)) ?? new Map<number, Uint8Array>();
  const number = (type: number) => readU32(userdata.get(type));
  const flags: readonly string[] = Array.isArray(raw.flags) ? raw.flags : [];
  const lengths = raw.desc?.concat?.map(({ len }) => len);
  const key = shapeOf(raw.keyType, raw.keyLen, number(SET_USERDATA.keyByteOrder), lengths);
  if (!key) return undefined;
  let data: MapData | undefined;
  if (flags.includes('object')) data = { kind: 'object', type: raw.objType ?? 0 };
  else if (raw.dataType === 'verdict') data = { kind: 'verdict' };
  else if (flags.includes('map')) {
    const isInterval = number(SET_USERDATA.dataInterval) === 1;
    const length = (raw.dataLen ?? 0) / (isInterval ? 2 : 1);
    const shape = shapeOf(Number(raw.dataType), length, number(SET_USERDATA.dataByteOrder));
    if (!shape) return undefined;
    data = { kind: 'value', shape, isInterval };
  }
  return new SetInfo({
    family: family as NftFamily,
    table,
    name,
    key,
    data,
    isInterval: flags.includes('interval'),
    isAnonymous: flags.includes('anonymous'),
    isAutoMerge: number(SET_USERDATA.mergeElements) === 1,
    expressions: raw.expressions ?? (raw.expr ? [raw.expr] : []),
  });
}

/** The shape of values of the types of a number, in so many bytes. */
function shapeOf(id = 0, length = 0, order?: number, lengths?: readonly (number | undefined)[]): Shape | undefined {
  const types = typesOfId(id) ?? [TYPES.integer];
  const [only] = types;
  if (types.length === 1 && only) {
    const told = order === undefined ? 'none' : byteOrderOf(order);
    const bits = only.bits || 8 * length;
    return bytesOf(bits) === length ? { type: only, bits, order: told === 'none' ? usual(only) : told } : undefined;
  }
  const sizes = types.map((type, i) => 8 * (lengths?.[i] ?? 0) || type.bits);
  const rest = 8 * length - sizes.reduce((sum, bits) => sum + padded(bits), 0);
  // What no type tells is what the others leave.
  if (sizes.filter((bits) => bits === 0).length > 1 || rest < 0) return undefined;
  return concatShape(types.map((type, i) => ({ type, bits: sizes[i] || rest, order: usual(type) })));
}

/** The byte order of most values of a type that leaves it open: integers are fields of headers. */
function usual(type: DataType): ByteOrder {
  return type === TYPES.integer || type === TYPES.bitmask ? 'big' : type.order;
}
