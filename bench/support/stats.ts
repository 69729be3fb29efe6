// Figures from samples: a median with its spread, and ratios between what ran side by side.

/** What many samples come to. */
export interface Summary {
  median: number;
  /** The spread: the first and the third quartile. */
  low: number;
  high: number;
  samples: number;
}

/** The value that a share (0 to 1) of the samples does not exceed, interpolated between neighbours. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

/** Median and quartiles. */
export function summarise(samples: readonly number[]): Summary {
  return {
    median: quantile(samples, 0.5),
    low: quantile(samples, 0.25),
    high: quantile(samples, 0.75),
    samples: samples.length,
  };
}

/** Sample by sample, what ran in the same round beside each other: a machine that slows down slows both. */
export function ratios(samples: readonly number[], reference: readonly number[]): number[] {
  return samples.slice(0, reference.length).map((sample, i) => sample / (reference[i] as number));
}

/**
 * What lies between one value and the next on the line that comes nearest to all: less depends on where it begins and ends
 * than in the mean of the differences.
 */
export function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const square = (values.length * (values.length ** 2 - 1)) / 12;
  return values.reduce((sum, value, i) => sum + (i - middle) * value, 0) / square;
}
