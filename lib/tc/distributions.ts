// The distributions of delays that tc-netem(8) knows by name, as tables of 4096 values, each as probable as the others,
// in 1/8192 of the variation.

/** Distributions with a table. */
export type DistributionName = 'normal' | 'pareto' | 'paretonormal';

const VALUES = 4096;
const SCALE = 8192;
const PARETO_SHAPE = 3;

const clamp = (value: number): number => Math.max(-32768, Math.min(32767, value));

/** The error function, by its series; its argument is at most 4 here. */
function erf(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

/** Below which a normally distributed value is with probability p. */
function normalQuantile(p: number): number {
  let [low, high] = [-4.5, 4.5];
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (0.5 + 0.5 * erf(middle / Math.SQRT2) < p) low = middle;
    else high = middle;
  }
  return low;
}

// tc's tables were made by steps of this size.
const STEP = 0.00005;
const normalAt = (i: number): number => {
  const quantile = normalQuantile((i + 1 / 8) / VALUES);
  return Math.round(Math.floor(quantile / STEP) * STEP * SCALE);
};

/** Pareto's, moved and stretched to an average of 0 and a variation of 1. */
const paretoAt = (i: number): number =>
  clamp(Math.round((4 / 3) * SCALE * ((1 - i / VALUES) ** (-1 / PARETO_SHAPE) - 1.5)));

function once(value: (i: number) => number): () => Int16Array {
  let table: Int16Array | undefined;
  return () => {
    table ??= Int16Array.from({ length: VALUES }, (_, i) => clamp(value(i)));
    return table;
  };
}

/** The tables, made when they are first asked for. */
export const DISTRIBUTIONS: Record<DistributionName, () => Int16Array> = {
  normal: once(normalAt),
  pareto: once(paretoAt),
  paretonormal: once((i) => Math.trunc((normalAt(i) + 3 * paretoAt(i)) / 4)),
};
