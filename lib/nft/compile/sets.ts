// Sets and maps: what is known of them, how they are declared, and their elements as the kernel has them.
import type { NfElement, NfExpression, NfSetSpec } from '../../generated/objects.js';
import { concatId } from '../datatypes.js';
import type { NftFamily } from '../json.js';
import {
  byteOrderNumber,
  ELEMENT_INTERVAL_OPEN,
  ELEMENT_USERDATA,
  nest,
  pack,
  SET_USERDATA,
  TLV_LIMIT,
  type Tlv,
  text,
  u32,
} from '../userdata.js';
import type { Input } from './input.js';
import { describe } from './loads.js';
import {
  bytesOf,
  type Constant,
  encode,
  ones,
  type PrefixValue,
  padded,
  type RangeValue,
  type Shape,
  type Value,
  type VerdictValue,
} from './nodes.js';

/** What a map gives. */
export type MapData =
  | { readonly kind: 'value'; readonly shape: Shape; readonly isInterval: boolean }
  | { readonly kind: 'verdict' }
  | { readonly kind: 'object'; readonly type: NonNullable<NfSetSpec['objType']> };

/** A set or map, as far as rules and elements need to know it. */
export class SetInfo {
  readonly family: NftFamily;
  readonly table: string;
  readonly name: string;
  /** Number within the transaction; of what is in the kernel already, none. */
  readonly id: number | undefined;
  readonly key: Shape;
  readonly data: MapData | undefined;
  readonly isInterval: boolean;
  readonly isAnonymous: boolean;
  readonly isAutoMerge: boolean;
  /** Expressions that each element has. */
  readonly expressions: readonly NfExpression[];

  constructor(parts: {
    family: NftFamily;
    table: string;
    name: string;
    id?: number | undefined;
    key: Shape;
    data?: MapData | undefined;
    isInterval: boolean;
    isAnonymous?: boolean;
    isAutoMerge?: boolean;
    expressions?: readonly NfExpression[] | undefined;
  }) {
    this.family = parts.family;
    this.table = parts.table;
    this.name = parts.name;
    this.id = parts.id;
    this.key = parts.key;
    this.data = parts.data;
    this.isInterval = parts.isInterval;
    this.isAnonymous = parts.isAnonymous ?? false;
    this.isAutoMerge = parts.isAutoMerge ?? false;
    this.expressions = parts.expressions ?? [];
  }

  /** How expressions refer to it: by name and, of what the transaction makes, by number. */
  reference<Field extends 'set' | 'setName'>(field: Field): Record<Field, string> & { setId?: number } {
    const named = { [field]: this.name } as Record<Field, string>;
    return this.id === undefined ? named : { ...named, setId: this.id };
  }

  /** The shape in which keys are kept: those of intervals so that they compare as bytes. */
  get storedKey(): Shape {
    return this.isInterval ? bigEndian(this.key) : this.key;
  }
}

/** The shape in which bytes compare as numbers do. */
export function bigEndian(shape: Shape): Shape {
  const order = shape.type.text || shape.order === 'none' ? shape.order : 'big';
  return { ...shape, order, ...(shape.parts ? { parts: shape.parts.map(bigEndian) } : {}) };
}

/** An element as somebody wrote it. */
export interface Element {
  readonly key: Constant | 'catchall';
  readonly data?: Constant | { readonly kind: 'object'; readonly name: string } | undefined;
  /** Milliseconds. */
  readonly timeout?: bigint | undefined;
  readonly expiration?: bigint | undefined;
  readonly comment?: string | undefined;
  readonly expressions?: NfExpression[] | undefined;
  readonly input: Input;
}

// --- Declaration -----------------------------------------------------------------------------------------------------

/** What a declaration says besides its types. */
export interface Declaration {
  readonly info: SetInfo;
  readonly flags: readonly ('constant' | 'timeout' | 'eval')[];
  readonly keyDescription?: Tlv[] | undefined;
  readonly dataDescription?: Tlv[] | undefined;
  readonly size?: number | undefined;
  readonly policy?: 'performance' | 'memory' | undefined;
  /** Milliseconds. */
  readonly timeout?: bigint | undefined;
  readonly gcInterval?: number | undefined;
  readonly comment?: string | undefined;
}

/** Bytes of a value in registers; those of a concatenation each begin on one of their own. */
function lengthOf(shape: Shape): number {
  return shape.parts ? shape.bits / 8 : bytesOf(shape.bits);
}

function typesOf(shape: Shape) {
  return shape.parts ? shape.parts.map(({ type }) => type) : [shape.type];
}

/** The message that declares a set or map. */
export function setSpec(declaration: Declaration): NfSetSpec {
  const { info, policy, timeout, gcInterval } = declaration;
  const expressions = [...info.expressions];
  const { key, data } = info;
  const isConcat = key.parts !== undefined;
  const flags: Extract<NfSetSpec['flags'], readonly unknown[]>[number][] = [
    ...(info.isAnonymous ? (['anonymous'] as const) : []),
    ...declaration.flags,
    ...(info.isInterval ? (['interval'] as const) : []),
    ...(data === undefined ? [] : data.kind === 'object' ? (['object'] as const) : (['map'] as const)),
    ...(info.isInterval && isConcat ? (['concat'] as const) : []),
  ];
  const [first, ...more] = expressions;
  if (more.length > 0) flags.push('expr');
  const concat = info.isInterval && isConcat ? key.parts?.map((part) => ({ len: bytesOf(part.bits) })) : undefined;
  const size = declaration.size;
  return {
    family: info.family,
    table: info.table,
    name: info.name,
    flags,
    keyType: concatId(typesOf(key)),
    keyLen: lengthOf(key),
    ...dataSpec(data),
    ...(policy === undefined || policy === 'performance' ? {} : { policy }),
    ...(size === undefined && concat === undefined
      ? {}
      : { desc: { ...(size === undefined ? {} : { size }), ...(concat === undefined ? {} : { concat }) } }),
    ...(info.id === undefined ? {} : { id: info.id }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(gcInterval === undefined ? {} : { gcInterval }),
    userdata: setUserdata(declaration),
    ...(more.length > 0 && expressions
      ? { expressions: [...expressions] }
      : first === undefined
        ? {}
        : { expr: first }),
  };
}

function dataSpec(data: MapData | undefined): Partial<NfSetSpec> {
  if (data === undefined) return {};
  if (data.kind === 'object') return { objType: data.type };
  if (data.kind === 'verdict') return { dataType: 'verdict', dataLen: VERDICT_BYTES };
  const { shape, isInterval } = data;
  return { dataType: concatId(typesOf(shape)), dataLen: dataLength(shape, isInterval) };
}

/** sizeof(struct nft_verdict), which the kernel doesn't look at. */
const VERDICT_BYTES = 16;

/** Bytes of a map's data; of a range both ends, each on registers of its own. */
function dataLength(shape: Shape, isInterval: boolean): number {
  return isInterval ? (2 * padded(shape.parts ? shape.bits : bytesOf(shape.bits) * 8)) / 8 : lengthOf(shape);
}

function setUserdata({ info, keyDescription, dataDescription, comment }: Declaration): Uint8Array {
  const { key, data } = info;
  const names = SET_USERDATA;
  const tlvs: Tlv[] = [u32(names.keyByteOrder, byteOrderNumber(key.parts ? 'none' : key.order))];
  const isTyped = data !== undefined && data.kind !== 'object';
  if (isTyped) {
    const isPlain = data.kind === 'value' && !data.shape.parts;
    tlvs.push(u32(names.dataByteOrder, byteOrderNumber(isPlain ? data.shape.order : 'none')));
  }
  if (info.isAutoMerge) tlvs.push(u32(names.mergeElements, 1));
  const keyTypeof = keyDescription ?? (key.parts ? describe('concat') : undefined);
  if (keyTypeof) push(tlvs, names.keyTypeof, keyTypeof);
  if (isTyped) {
    const isConcat = data.kind === 'value' && data.shape.parts !== undefined && !info.isAnonymous;
    const usual = data.kind === 'verdict' ? describe('verdict') : isConcat ? describe('concat') : undefined;
    const dataTypeof = dataDescription ?? usual;
    if (dataTypeof) push(tlvs, names.dataTypeof, dataTypeof);
  }
  if (data !== undefined) {
    tlvs.push(u32(names.dataInterval, data.kind === 'value' && data.isInterval ? 1 : 0));
  }
  if (comment !== undefined) tlvs.push(text(names.comment, comment));
  return pack(tlvs);
}

/** Descriptions that are too long for their place are left out: they only help in listing. */
function push(tlvs: Tlv[], type: number, description: readonly Tlv[]): void {
  const tlv = nest(type, description);
  if (tlv[1].length <= TLV_LIMIT) tlvs.push(tlv);
}

// --- Elements --------------------------------------------------------------------------------------------------------

/** The bytes of a constant that is one value, or of the first or last of an interval of them. */
function bytesAt(constant: Constant, end: 'first' | 'last', shape: Shape): Uint8Array {
  if (constant.kind === 'concat value') {
    const parts = shape.parts ?? [];
    return Buffer.concat(
      constant.values.map((value, i) => {
        const bytes = Buffer.alloc(padded(value.bits) / 8);
        bytes.set(encode(boundOf(value, end), parts[i] ?? value));
        return bytes;
      }),
    );
  }
  if (constant.kind === 'verdict') return new Uint8Array();
  return encode(boundOf(constant, end), shape);
}

/** The first or the last value of an interval. */
export function boundOf(constant: Value | RangeValue | PrefixValue, end: 'first' | 'last'): bigint {
  switch (constant.kind) {
    case 'value':
      return constant.value;
    case 'range':
      return end === 'first' ? constant.from : constant.to;
    case 'prefix': {
      const rest = ones(constant.bits - constant.length);
      return end === 'first' ? constant.value & ~rest : constant.value | rest;
    }
  }
}

/** Whether a constant is more than one value. */
export function isInterval(constant: Constant | 'catchall'): boolean {
  if (constant === 'catchall') return false;
  if (constant.kind === 'concat value') return constant.values.some(({ kind }) => kind !== 'value');
  return constant.kind === 'range' || constant.kind === 'prefix';
}

function verdictData({ code, chain }: VerdictValue) {
  return { verdict: { code, ...(chain === undefined ? {} : { chain }) } };
}

/** The part of an element that is not its key. */
function rest(element: Element, set: SetInfo, tlvs: Tlv[] = []): NfElement {
  const { data, timeout, expiration, comment } = element;
  const expressions = allExpressions(element, set);
  const all = comment === undefined ? tlvs : [text(ELEMENT_USERDATA.comment, comment), ...tlvs];
  const [first, ...more] = expressions ?? [];
  return {
    ...(data === undefined ? {} : dataOf(data, set)),
    ...(timeout === undefined ? {} : { timeout }),
    ...(expiration === undefined ? {} : { expiration }),
    ...(all.length === 0 ? {} : { userdata: pack(all) }),
    ...(more.length > 0 && expressions
      ? { expressions: [...expressions] }
      : first === undefined
        ? {}
        : { expr: first }),
  };
}

/** An element has all of its set's expressions, or says nothing of them. */
function allExpressions({ expressions }: Element, set: SetInfo): readonly NfExpression[] | undefined {
  if (expressions === undefined || set.expressions.length === 0) return expressions;
  return set.expressions.map((usual) => expressions.find(({ name }) => name === usual.name) ?? usual);
}

function dataOf(data: NonNullable<Element['data']>, set: SetInfo): NfElement {
  if (data.kind === 'object') return { objref: data.name };
  if (data.kind === 'verdict') return { data: verdictData(data) };
  if (set.data?.kind !== 'value') return {};
  const { shape } = set.data;
  if (!set.data.isInterval) return { data: { value: bytesAt(data, 'first', shape) } };
  const half = dataLength(shape, true) / 2;
  const value = Buffer.alloc(2 * half);
  value.set(bytesAt(data, 'first', shape));
  value.set(bytesAt(data, 'last', shape), half);
  return { data: { value } };
}

const CATCH_ALL = ['catchall'] as const;
const END = ['intervalEnd'] as const;

/** Elements as the kernel has them; `isNew` says that they are the first of their set. */
export function elementsOf(elements: readonly Element[], set: SetInfo, isNew: boolean): NfElement[] {
  const catchAll = elements
    .filter(({ key }) => key === 'catchall')
    .map((element): NfElement => ({ flags: [...CATCH_ALL], ...rest(element, set) }));
  const keyed = elements.filter((element): element is Element & { key: Constant } => element.key !== 'catchall');
  const shape = set.storedKey;
  if (!set.isInterval) {
    return [...keyed.map((element) => ({ key: keyBytes(element.key, shape), ...rest(element, set) })), ...catchAll];
  }
  if (shape.parts) {
    const ranges = keyed.map((element): NfElement => {
      const from = keyBytes(element.key, shape);
      const to = { value: bytesAt(element.key, 'last', shape) };
      return { key: from, keyEnd: to, ...rest(element, set) };
    });
    return [...ranges, ...catchAll];
  }
  return [...intervals(keyed, set, isNew), ...catchAll];
}

function keyBytes(constant: Constant, shape: Shape) {
  return { value: bytesAt(constant, 'first', shape) };
}

/** An interval and what belongs to it. */
export interface Interval {
  readonly from: bigint;
  readonly to: bigint;
  readonly element: Element;
}

/** The intervals of elements, in order; where the set merges them, those that touch or overlap are one. */
export function sortedIntervals(elements: readonly (Element & { key: Constant })[], set: SetInfo): Interval[] {
  const all = elements.map((element): Interval => {
    const key = element.key as Value | RangeValue | PrefixValue;
    return { from: boundOf(key, 'first'), to: boundOf(key, 'last'), element };
  });
  all.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const merged: Interval[] = [];
  for (const each of all) {
    const last = merged.at(-1);
    const isSame = last !== undefined && last.from === each.from && last.to === each.to && sameData(last, each);
    if (last === undefined || (!isSame && each.from > last.to + (set.isAutoMerge ? 1n : 0n))) {
      merged.push(each);
    } else if (isSame || set.isAutoMerge) {
      merged[merged.length - 1] = { ...last, to: each.to > last.to ? each.to : last.to };
    } else if (each.from > last.to) merged.push(each);
    else throw each.element.input.fail('the interval overlaps with another one of the same set');
  }
  return merged;
}

function sameData(a: Interval, b: Interval): boolean {
  const show = ({ element: { data } }: Interval) =>
    JSON.stringify(data, (key, value) =>
      key === 'type' ? undefined : typeof value === 'bigint' ? String(value) : value,
    );
  return show(a) === show(b);
}

/**
 * Elements of a set of intervals: one where each begins, and one after its end. Sets that nobody adds to need no end where
 * the next interval begins, and have an end at zero, as new sets do.
 */
function intervals(elements: readonly (Element & { key: Constant })[], set: SetInfo, isNew: boolean): NfElement[] {
  const shape = set.storedKey;
  const highest = ones(shape.bits);
  const sorted = sortedIntervals(elements, set);
  const result: NfElement[] = [];
  const [first] = sorted;
  if (isNew && first !== undefined && first.from > 0n) result.push(endAt(0n, shape));
  sorted.forEach((each, index) => {
    const isOpen = each.to >= highest;
    const tlvs = isOpen ? [u32(ELEMENT_USERDATA.flags, ELEMENT_INTERVAL_OPEN)] : [];
    result.push({ key: { value: encode(each.from, shape) }, ...rest(each.element, set, tlvs) });
    const isFollowed = set.isAnonymous && sorted[index + 1]?.from === each.to + 1n;
    if (!isOpen && !isFollowed) result.push(endAt(each.to + 1n, shape));
  });
  return result;
}

function endAt(value: bigint, shape: Shape): NfElement {
  return { flags: [...END], key: { value: encode(value, shape) } };
}

/** How many elements nft reserves for an anonymous set. */
export function reservedSize(elements: readonly Element[], set: SetInfo): number {
  const keyed = elements.filter((element): element is Element & { key: Constant } => element.key !== 'catchall');
  if (!set.isInterval || set.key.parts) return elements.length;
  const sorted = sortedIntervals(keyed, set);
  return 2 * sorted.length + (sorted[0]?.from === 0n ? 0 : 1) + (elements.length - keyed.length);
}
