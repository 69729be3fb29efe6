// Sets that merge their intervals by themselves: the kernel doesn't, so those that are there already are replaced by what
// comes of them and of the new ones, and cut where something in the middle of one is deleted.
import type { NfElement } from '../../generated/objects.js';
import { fromBytes } from '../datatypes.js';
import { type Constant, ones, type PrefixValue, type RangeValue, type Shape, type Value } from './nodes.js';
import { boundOf, type Element, type SetInfo, sortedIntervals } from './sets.js';

/** An interval; both ends belong to it. */
export interface Span {
  readonly from: bigint;
  readonly to: bigint;
}

/** What is to be done to the elements that the kernel has. */
export interface Change {
  remove: Element[];
  add: Element[];
  /** What there is afterwards. */
  spans: Span[];
}

/** Whether a set's intervals are merged. */
export function isMerging(set: SetInfo): boolean {
  return set.isAutoMerge && set.isInterval && set.key.parts === undefined && set.data === undefined;
}

/** The intervals that the kernel's elements make. */
export function spansOf(elements: readonly NfElement[], set: SetInfo): Span[] {
  const { storedKey: shape } = set;
  const points = elements.flatMap(({ key, flags }) => {
    if (key?.value === undefined) return [];
    const isEnd = Array.isArray(flags) && flags.includes('intervalEnd');
    return [{ at: fromBytes(key.value, shape.order, shape.type.text), isEnd }];
  });
  points.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : Number(b.isEnd) - Number(a.isEnd)));
  const spans: Span[] = [];
  let from: bigint | undefined;
  for (const { at, isEnd } of points) {
    if (from !== undefined) spans.push({ from, to: at - 1n });
    from = isEnd ? undefined : at;
  }
  if (from !== undefined) spans.push({ from, to: ones(shape.bits) });
  return spans;
}

type Interval = Value | RangeValue | PrefixValue;

function element({ from, to }: Span, like: Element, shape: Shape): Element {
  const { type, bits, order } = shape;
  const key: Interval =
    from === to ? { kind: 'value', type, bits, order, value: from } : { kind: 'range', type, bits, order, from, to };
  return { ...like, key };
}

/** Only an element as it is, for taking away what is there. */
const bare = (span: Span, { input }: Element, shape: Shape): Element =>
  element(span, { key: 'catchall', input }, shape);

const isSame = (a: Span, b: Span) => a.from === b.from && a.to === b.to;

/** Adds elements to intervals that are there. */
export function addMerged(elements: readonly Element[], present: readonly Span[], set: SetInfo): Change {
  const shape = set.storedKey;
  const change: Change = { remove: [], add: [], spans: [...present] };
  const keyed = elements.filter((each): each is Element & { key: Constant } => each.key !== 'catchall');
  change.add.push(...elements.filter((each) => each.key === 'catchall'));
  for (const { from, to, element: like } of sortedIntervals(keyed, set)) {
    const touching = change.spans.filter((span) => span.to + 1n >= from && span.from <= to + 1n);
    const joined = touching.reduce<Span>(
      (sum, span) => ({ from: span.from < sum.from ? span.from : sum.from, to: span.to > sum.to ? span.to : sum.to }),
      { from, to },
    );
    // What is there already is added all the same: the kernel minds it where it was to be new.
    if (touching.length === 1 && touching[0] && isSame(touching[0], joined) && !isSame(joined, { from, to })) continue;
    if (!(touching.length === 1 && touching[0] && isSame(touching[0], joined))) {
      change.remove.push(...touching.map((span) => bare(span, like, shape)));
    }
    change.add.push(element(joined, like, shape));
    change.spans = [...change.spans.filter((span) => !touching.includes(span)), joined];
  }
  return change;
}

/** Deletes elements from intervals that are there. What is not there is left to the kernel to complain about. */
export function deleteMerged(elements: readonly Element[], present: readonly Span[], set: SetInfo): Change {
  const shape = set.storedKey;
  const change: Change = { remove: [], add: [], spans: [...present] };
  for (const each of elements) {
    const { key } = each;
    if (key === 'catchall' || key.kind === 'verdict' || key.kind === 'concat value') {
      change.remove.push(each);
      continue;
    }
    const [from, to] = [boundOf(key, 'first'), boundOf(key, 'last')];
    const around = change.spans.find((span) => span.from <= from && span.to >= to);
    if (around === undefined) {
      change.remove.push(each);
      continue;
    }
    change.remove.push(bare(around, each, shape));
    const rests = [
      { from: around.from, to: from - 1n },
      { from: to + 1n, to: around.to },
    ].filter((span) => span.from <= span.to);
    change.add.push(...rests.map((span) => bare(span, each, shape)));
    change.spans = [...change.spans.filter((span) => span !== around), ...rests];
  }
  return change;
}
