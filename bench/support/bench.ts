// What a bench is, and how contestants take turns.
import { ratios, type Summary, summarise } from './stats.js';

/** One figure of one contestant. Results are lists of these, so that any of them can be laid beside any other. */
export interface Row extends Summary {
  /** `'netplumb'`, `'floor'` or a peer's name. */
  contestant: string;
  /** What is counted, such as `'up'` or `'links'`. */
  measure: string;
  /** Such as `'/s'` or `'ms'`. */
  unit: string;
  /** Under which conditions, such as `{ mode: 'bridge', n: 500 }`. */
  conditions: Record<string, string | number | boolean>;
  /** The median of the ratios to the floor that ran in the same round. */
  toFloor?: number;
  /** Their spread: the first and the third quartile. */
  toFloorLow?: number;
  toFloorHigh?: number;
}

/** A picture of some rows. */
export interface Chart {
  /** File name without suffix. */
  name: string;
  title: string;
  rows: Row[];
  /** Lines over a condition that is a quantity, bars beside one that is a name, or contestants one below the other. */
  mark: 'line' | 'bar' | 'ranking';
  /** The condition, or `'measure'`, by which figures stand side by side. */
  x: string;
  /** What the figures are. */
  y: string;
  /** A condition or `'measure'`: a panel for each of its values. */
  panel?: string;
}

/** What a bench is given. */
export interface BenchContext {
  /** How often each contestant has its turn. */
  rounds: number;
  /** Small numbers, to see whether it works. */
  isQuick: boolean;
  /** Says what is being done now. */
  report(text: string): void;
}

/** A bench. */
export interface Bench {
  name: string;
  title: string;
  run(context: BenchContext): Promise<Row[]>;
  charts(rows: Row[]): Chart[];
}

/** What one turn of a contestant tells: figures by measure. */
export type Sample = Record<string, number>;

/** The contestant that others are compared with. */
export const FLOOR = 'floor';

/**
 * Lets contestants take turns, round after round, every other round in reverse, and sums up what they tell. A contestant
 * that fails is reported and takes no further part; the floor must not.
 */
export async function compete(
  context: BenchContext,
  units: Record<string, string>,
  conditions: Row['conditions'],
  contestants: Record<string, () => Promise<Sample>>,
): Promise<Row[]> {
  const samples = new Map<string, Sample[]>(Object.keys(contestants).map((name) => [name, []]));
  const label = Object.entries(conditions).map(([key, value]) => `${key} ${value}`);
  for (let round = 0; round < context.rounds; round++) {
    const names = [...samples.keys()];
    for (const name of round % 2 ? names.reverse() : names) {
      context.report([...label, `round ${round + 1} of ${context.rounds}`, name].join(', '));
      try {
        samples.get(name)?.push(await (contestants[name] as () => Promise<Sample>)());
      } catch (error) {
        if (name === FLOOR) throw error;
        samples.delete(name);
        process.exitCode = 1;
        console.error(`${name} (${label.join(', ')}): ${error instanceof Error ? error.message : error}`);
      }
    }
  }
  return [...samples].flatMap(([contestant, told]) =>
    Object.entries(units).flatMap(([measure, unit]) => {
      const of = (list: Sample[] | undefined) =>
        (list ?? []).map((sample) => sample[measure]).filter((value) => value !== undefined);
      const values = of(told);
      if (values.length === 0) return [];
      const row: Row = { contestant, measure, unit, conditions, ...summarise(values) };
      const reference = of(samples.get(FLOOR));
      const toFloor = summarise(ratios(values, reference));
      if (!Number.isFinite(toFloor.median)) return [row];
      return [{ ...row, toFloor: toFloor.median, toFloorLow: toFloor.low, toFloorHigh: toFloor.high }];
    }),
  );
}
