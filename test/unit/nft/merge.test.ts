// Intervals that are merged and cut, beside a model with a bit for each value.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Input } from '../../../lib/nft/compile/input.js';
import { addMerged, type Change, deleteMerged, type Span } from '../../../lib/nft/compile/merge.js';
import { type Element, SetInfo } from '../../../lib/nft/compile/sets.js';
import { TYPES } from '../../../lib/nft/datatypes.js';

const key = { type: TYPES.mark, bits: 8, order: 'big' } as const;
const set = new SetInfo({ family: 'ip', table: 't', name: 's', key, isInterval: true, isAutoMerge: true });
const input = new Input(undefined, '');

const range = ([from, length]: readonly [number, number]): Element => ({
  key: { ...key, kind: 'range', from: BigInt(from), to: BigInt(Math.min(255, from + length)) },
  input,
});

const show = ({ from, to }: Span) => `${from}-${to}`;
function shown({ key: each }: Element): string {
  assert.ok(each !== 'catchall' && (each.kind === 'range' || each.kind === 'value'));
  return each.kind === 'value' ? `${each.value}-${each.value}` : show(each);
}

/** The values that intervals hold. */
function valuesOf(spans: readonly Span[]): Set<number> {
  const values = new Set<number>();
  for (const { from, to } of spans) for (let value = Number(from); value <= Number(to); value++) values.add(value);
  return values;
}

describe('nft merge', () => {
  it('holds what was added and not deleted, in the fewest intervals', () => {
    const some = fc.tuple(fc.nat(255), fc.nat(30));
    const steps = fc.array(fc.tuple(fc.array(some, { minLength: 1, maxLength: 3 }), fc.nat(), fc.nat(), fc.nat()));
    fc.assert(
      fc.property(steps, (all) => {
        let spans: readonly Span[] = [];
        const model = new Set<number>();
        const kernel = new Set<string>();
        const carryOut = (change: Change) => {
          for (const each of change.remove) assert.ok(kernel.delete(shown(each)), 'what is not there is deleted');
          for (const each of change.add) kernel.add(shown(each));
          spans = change.spans;
          assert.deepEqual([...kernel].sort(), spans.map(show).sort());
          assert.deepEqual(valuesOf(spans), new Set([...model].sort((a, b) => a - b)));
        };
        for (const [added, which, start, length] of all) {
          const elements = added.map(range);
          for (const value of valuesOf(elements.map(({ key: each }) => each as unknown as Span))) model.add(value);
          carryOut(addMerged(elements, spans, set));
          const { from, to } = spans[which % spans.length] as Span;
          const first = Number(from) + (start % (Number(to - from) + 1));
          const last = first + (length % (Number(to) - first + 1));
          for (let value = first; value <= last; value++) model.delete(value);
          carryOut(deleteMerged([range([first, last - first])], spans, set));
        }
      }),
    );
  });
});
