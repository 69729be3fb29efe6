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
  const change: Change = { remove: [], add: elements.filter(({ key }) => key === 'catchall'), spans: [] };
  const keyed = elements.filter((each): each is Element & { key: Constant } => each.key !== 'catchall');
  const added = sortedIntervals(keyed, set);
  const old = [...present].sort(byStart);
  let at = 0;
  for (let i = 0; i < added.length; ) {
    const { from, to, element: like } = added[i++] as (typeof added)[number];
    let next = old[at];
    for (; next && next.to + 1n < from; next = old[++at]) change.spans.push(next);
    const touching: Span[] = [];
    let joined: Span = { from, to };
    // What is there may reach as far as the next that is added.
    for (;;) {
      const [there, another] = [old[at], added[i]];
      if (there && there.from <= joined.to + 1n) {
        touching.push(there);
        joined = union(joined, there);
        at++;
      } else if (another && another.from <= joined.to + 1n) {
        joined = union(joined, another);
        i++;
      } else break;
    }
    const [only] = touching;
    const isThere = touching.length === 1 && only !== undefined && isSame(only, joined);
    change.spans.push(joined);
    // What is there already is added all the same: the kernel minds it where it was to be new.
    if (isThere && !isSame(joined, { from, to })) continue;
    if (!isThere) change.remove.push(...touching.map((span) => bare(span, like, shape)));
    change.add.push(element(joined, like, shape));
  }
  change.spans.push(...old.slice(at));
  return change;
}

const byStart = (a: Span, b: Span) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0);
const union = (a: Span, b: Span): Span => ({
  from: a.from < b.from ? a.from : b.from,
  to: a.to > b.to ? a.to : b.to,
});

/** Deletes elements from intervals that are there. What is not there is left to the kernel to complain about. */
export function deleteMerged(elements: readonly Element[], present: readonly Span[], set: SetInfo): Change {
  const shape = set.storedKey;
  const change: Change = { remove: [], add: [], spans: [] };
  const cuts: { from: bigint; to: bigint; each: Element }[] = [];
  for (const each of elements) {
    const { key } = each;
    if (key === 'catchall' || key.kind === 'verdict' || key.kind === 'concat value') change.remove.push(each);
    else cuts.push({ from: boundOf(key, 'first'), to: boundOf(key, 'last'), each });
  }
  cuts.sort(byStart);
  let next = 0;
  for (const span of [...present].sort(byStart)) {
    for (; (cuts[next]?.from ?? span.from) < span.from; next++)
      change.remove.push((cuts[next] as { each: Element }).each);
    let { from } = span;
    let like: Element | undefined;
    const rests: Span[] = [];
    for (let cut = cuts[next]; cut && cut.from >= from && cut.to <= span.to; cut = cuts[++next]) {
      if (cut.from > from) rests.push({ from, to: cut.from - 1n });
      from = cut.to + 1n;
      like = cut.each;
    }
    if (like === undefined) {
      change.spans.push(span);
      continue;
    }
    if (from <= span.to) rests.push({ from, to: span.to });
    change.remove.push(bare(span, like, shape));
    for (const rest of rests) change.add.push(bare(rest, like, shape));
    change.spans.push(...rests);
  }
  change.remove.push(...cuts.slice(next).map(({ each }) => each));
  return change;
}
