// The expression whose type a set has, as user data describe it: what `typeof` was, to be declared so again.
import type { NftExpression } from '../json.js';
import { CT_KEYS, FIB_FLAGS, FIB_RESULTS, IPSEC_KEYS, type Key, META_KEYS, RT_KEYS, SOCKET_KEYS } from '../keywords.js';
import { BASE_NAMES, EXTENSION_KINDS, PROTOCOLS } from '../protocols.js';
import { readU32, TYPEOF, TYPEOF_DATA, TYPEOF_KINDS, unpack } from '../userdata.js';

type Read = (type: number) => number | undefined;

/** Tells the expression of a description; undefined where it has none that JSON could say. */
export function tellTypeof(bytes: Uint8Array | undefined): NftExpression | undefined {
  const tlvs = bytes && unpack(bytes);
  const data = tlvs?.get(TYPEOF.data);
  const members = data && unpack(data);
  if (!tlvs || !members) return undefined;
  const kind = readU32(tlvs.get(TYPEOF.expression));
  if (kind === TYPEOF_KINDS.concat) {
    const parts = [...members].sort(([a], [b]) => a - b).map(([, each]) => tellTypeof(each));
    const told = parts.filter((part) => part !== undefined);
    return told.length === parts.length && told.length > 0 ? { concat: told } : undefined;
  }
  return tellOne(kind, (type) => readU32(members.get(type)));
}

const keyOf = (table: readonly Key[], id: number | undefined) => table.find((each) => each.id === id);

function tellOne(kind: number | undefined, read: Read): NftExpression | undefined {
  switch (kind) {
    case TYPEOF_KINDS.payload:
      return tellPayload(read);
    case TYPEOF_KINDS.exthdr: {
      const names = TYPEOF_DATA.exthdr;
      const found = EXTENSION_KINDS.find((each) => each.id === (read(names.kind) ?? 0));
      const header = found?.headers.find(
        (each) => each.fields.some((field) => field.id === read(names.field)) && each.id === read(names.header),
      );
      const field = header?.fields.find((each) => each.id === read(names.field));
      if (!found || !header || !field) return undefined;
      return { [found.key]: { name: header.name, field: field.name } } as unknown as NftExpression;
    }
    case TYPEOF_KINDS.meta: {
      const key = keyOf(META_KEYS, read(TYPEOF_DATA.meta.key));
      return key && { meta: { key: key.name } };
    }
    case TYPEOF_KINDS.ct: {
      const key = keyOf(CT_KEYS, read(TYPEOF_DATA.ct.key));
      const dir = (['original', 'reply'] as const)[read(TYPEOF_DATA.ct.direction) ?? -1];
      return key && { ct: dir === undefined ? { key: key.name } : { key: key.name, dir } };
    }
    case TYPEOF_KINDS.rt: {
      const key = keyOf(RT_KEYS, read(TYPEOF_DATA.rt.key));
      return key && tellFamily('rt', key);
    }
    case TYPEOF_KINDS.socket: {
      const key = keyOf(SOCKET_KEYS, read(TYPEOF_DATA.socket.key));
      // The level says nothing of the type.
      const level = key?.kernel === 'cgroupv2' ? { level: 1 } : {};
      return key && ({ socket: { key: key.name, ...level } } as NftExpression);
    }
    case TYPEOF_KINDS.osf:
      return { osf: { key: 'name' } };
    case TYPEOF_KINDS.fib: {
      const key = keyOf(FIB_RESULTS, read(TYPEOF_DATA.fib.result));
      const bits = read(TYPEOF_DATA.fib.flags) ?? 0;
      const flags = Object.entries(FIB_FLAGS).flatMap(([name, bit]) => (bits & bit ? [name] : []));
      return key && ({ fib: { result: key.name, flags } } as NftExpression);
    }
    case TYPEOF_KINDS.numgen: {
      const names = TYPEOF_DATA.numgen;
      const mode = read(names.mode) === 1 ? 'random' : 'inc';
      return { numgen: { mode, mod: read(names.modulus) ?? 1, offset: read(names.offset) ?? 0 } };
    }
    case TYPEOF_KINDS.hash:
      // Of Jenkins' hash it isn't kept of what; the type is the same.
      return { symhash: { mod: read(TYPEOF_DATA.hash.modulus) ?? 1 } };
    case TYPEOF_KINDS.xfrm: {
      const names = TYPEOF_DATA.xfrm;
      const key = keyOf(IPSEC_KEYS, read(names.key));
      const dir = read(names.direction) === 1 ? 'out' : 'in';
      return key && tellFamily('ipsec', key, { dir, spnum: read(names.spnum) ?? 0 });
    }
    default:
      return undefined;
  }
}

function tellFamily(word: 'rt' | 'ipsec', { name, family }: Key, more: object = {}): NftExpression {
  return { [word]: { key: name, ...(family === undefined ? {} : { family }), ...more } } as unknown as NftExpression;
}

function tellPayload(read: Read): NftExpression | undefined {
  const names = TYPEOF_DATA.payload;
  const id = read(names.protocol);
  const [offset, len] = [read(names.offset), read(names.length)];
  if (id === 0) {
    const base = Object.keys(BASE_NAMES)[(read(names.base) ?? 0) - 1] as keyof typeof BASE_NAMES | undefined;
    return base === undefined || offset === undefined || len === undefined
      ? undefined
      : { payload: { base, offset, len } };
  }
  const protocol = [...PROTOCOLS.values()].find((each) => each.id === id);
  const field = protocol?.fields.find((each) => each.id === read(names.field));
  return protocol && field && { payload: { protocol: protocol.name, field: field.name } };
}
