// Elements of sets and maps: from the kernel's keys and ends of intervals to what a person would have written.
import type { NfElement } from '../../generated/objects.js';
import { IS_LITTLE_ENDIAN } from '../datatypes.js';
import type { NftElem, NftExpression, NftSetElement, NftStatement } from '../json.js';
import { readComment } from '../userdata.js';
import { tellStateful } from './stateful.js';
import type { RawExpression, RawVerdict } from './tree.js';
import { isUnion, numberOf, type Part, type Style, tellInterval, tellUnion } from './values.js';
import { tellVerdict } from './verdicts.js';

/** How to read a set's elements. */
export interface SetShape {
  isInterval: boolean;
  key: Part[];
  /** Of a map: parts of its data, 'verdict', or 'object'. */
  data: Part[] | 'verdict' | 'object' | undefined;
  /** Whether data are a first and a last value. */
  isDataInterval: boolean;
}

/** Bytes that parts occupy: each begins on a register of its own. */
const padded = (part: Part) => Math.ceil(part.bytes / 4) * 4;

function partsOf(bytes: Uint8Array, parts: Part[]): bigint[] {
  let at = 0;
  return parts.map((part) => {
    const value = numberOf(bytes.subarray(at, at + part.bytes), part);
    at += padded(part);
    return value;
  });
}

/** What bytes say, as one value or a concatenation. */
export function tellValue(bytes: Uint8Array, parts: Part[], style: Style): NftExpression {
  const [only] = parts;
  if (parts.length === 1 && only) return tellUnion(numberOf(bytes, only), only, style);
  const values = partsOf(bytes, parts);
  return { concat: parts.map((part, i) => tellUnion(values[i] ?? 0n, part, style)) };
}

/** What lies between two byte strings, part by part. */
function tellIntervals(low: Uint8Array, high: Uint8Array, parts: Part[], style: Style): NftExpression {
  const lows = partsOf(low, parts);
  const highs = partsOf(high, parts);
  const told = parts.map((part, i) => tellInterval(lows[i] ?? 0n, highs[i] ?? 0n, part, style));
  return told.length === 1 ? (told[0] as NftExpression) : { concat: told };
}

function tellData(element: NfElement, shape: SetShape, style: Style): NftExpression | NftStatement {
  const { data } = element;
  if (element.objref !== undefined) return element.objref;
  if (data?.verdict) return tellVerdict(data.verdict as RawVerdict);
  const bytes = data?.value;
  if (!bytes || !Array.isArray(shape.data)) return '';
  if (shape.isDataInterval) {
    const half = bytes.length / 2;
    return tellIntervals(bytes.subarray(0, half), bytes.subarray(half), shape.data, style);
  }
  return tellValue(bytes, shape.data, style);
}

/** An element with what belongs to it alone; of a map, with its data. */
function finish(key: NftExpression, element: NfElement, shape: SetShape, style: Style): NftSetElement {
  const { timeout, expiration, userdata } = element;
  const comment = userdata && readComment(userdata);
  const expressions = (element.expressions ?? (element.expr ? [element.expr] : [])) as RawExpression[];
  let told = key;
  if (timeout !== undefined || expiration !== undefined || comment !== undefined || expressions.length > 0) {
    const elem: NftElem['elem'] = { val: key };
    if (timeout !== undefined) elem.timeout = seconds(timeout);
    if (expiration !== undefined) elem.expires = seconds(expiration);
    if (comment !== undefined) elem.comment = comment;
    const shown = style.isComplete ? expressions : expressions.slice(0, 1);
    for (const expression of shown) Object.assign(elem, tellStateful(expression, style.isStateless));
    told = { elem };
  }
  return shape.data === undefined ? told : [told, tellData(element, shape, style)];
}

const seconds = (milliseconds: bigint | number) => Math.floor(Number(milliseconds) / 1000);
const hasFlag = ({ flags }: NfElement, flag: string) => Array.isArray(flags) && flags.includes(flag);
const isEnd = (element: NfElement) => hasFlag(element, 'intervalEnd');
const isCatchAll = (element: NfElement) => hasFlag(element, 'catchall');

/** Text that sorts as bytes do, from the last one or from the first. */
function sortKey(bytes: Uint8Array, isReversed: boolean): string {
  const copy = Buffer.from(bytes);
  return (isReversed ? copy.reverse() : copy).toString('latin1');
}

/**
 * By what nft orders elements: their number; of a concatenation, with the last part most significant. Unions of flags
 * come first, but for maps.
 */
function orderOf(bytes: Uint8Array, parts: Part[], isMap: boolean): bigint | string {
  const [only] = parts;
  if (parts.length === 1 && only) {
    if (only.type.text) return sortKey(bytes, only.order === 'host' && IS_LITTLE_ENDIAN);
    const value = numberOf(bytes, only);
    return !isMap && isUnion(value, only) ? 0n : value;
  }
  let at = 0;
  const used: Uint8Array[] = [];
  for (const part of parts) {
    used.push(bytes.subarray(at, at + part.bytes));
    at += padded(part);
  }
  return sortKey(Buffer.concat(used), IS_LITTLE_ENDIAN);
}

const byOrder = (a: { order: bigint | string }, b: { order: bigint | string }) =>
  a.order < b.order ? -1 : a.order > b.order ? 1 : 0;

/** All elements of a set, in nft's order. */
export function tellElements(elements: readonly NfElement[], shape: SetShape, style: Style): NftSetElement[] {
  const { key: parts } = shape;
  const [only] = parts;
  const catchAll = elements.filter(isCatchAll).map((element) => finish('*', element, shape, style));
  const keyed = elements.filter((element) => !isCatchAll(element) && element.key?.value !== undefined);
  const bytesOf = (element: NfElement) => element.key?.value as Uint8Array;
  if (shape.isInterval && parts.length > 1) {
    const told = keyed.map((element) => {
      const low = bytesOf(element);
      return finish(tellIntervals(low, element.keyEnd?.value ?? low, parts, style), element, shape, style);
    });
    return [...told, ...catchAll];
  }
  if (shape.isInterval && only) return [...tellOrdered(keyed, only, shape, style), ...catchAll];
  const ordered = keyed
    .map((element) => ({ element, order: orderOf(bytesOf(element), parts, shape.data !== undefined) }))
    .sort(byOrder);
  const told = ordered.map(({ element }) => finish(tellValue(bytesOf(element), parts, style), element, shape, style));
  return [...told, ...catchAll];
}

/** Elements of a set of intervals: each begins with one key and ends before the next or before an end. */
function tellOrdered(elements: NfElement[], part: Part, shape: SetShape, style: Style): NftSetElement[] {
  const points = elements
    .map((element) => ({ element, order: numberOf(element.key?.value as Uint8Array, { ...part, shift: 0 }) }))
    .sort((a, b) => byOrder(a, b) || Number(isEnd(b.element)) - Number(isEnd(a.element)));
  const told: NftSetElement[] = [];
  let begun: { element: NfElement; order: bigint } | undefined;
  const shift = BigInt(part.shift);
  const end = (last: bigint) => {
    if (!begun) return;
    told.push(finish(tellInterval(begun.order >> shift, last >> shift, part, style), begun.element, shape, style));
    begun = undefined;
  };
  for (const point of points) {
    end(point.order - 1n);
    if (!isEnd(point.element)) begun = point;
  }
  end((1n << BigInt(part.bits + part.shift)) - 1n);
  return told;
}
