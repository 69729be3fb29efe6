// What packets cost on the wire (tc-stab(8)), and how rates are estimated.
import { checkSpec } from '../spec.js';
import { impossible, type Wire } from './kind.js';
import { onTheWire } from './rates.js';
import { bytes, duration, integer, type LinkLayer, type Size, type Time } from './units.js';

/** What packets cost on the wire: before a qdisc sees its size, a packet's is changed so. */
export interface SizeTable {
  /** Bytes beside each packet's own; may be negative. */
  overhead?: number | undefined;
  /** Least bytes that a packet counts for. */
  mpu?: Size | undefined;
  /** What packets are sent in: `'atm'` cells or as they are. */
  linkLayer?: LinkLayer | undefined;
  /** Largest packet that the table knows, in bytes; 2047 if left out. */
  mtu?: Size | undefined;
  /** Number of the table's cells; 512 if left out. */
  tsize?: number | undefined;
}

/** How a rate is to be estimated (`rateEstimate` in `stats`). */
export interface Estimator {
  /** Time between samples: a quarter of a second to 8 seconds, by powers of two. */
  interval: Time;
  /** Time over which samples are averaged. */
  average: Time;
}

const MTU = 2047;
const CELLS = 512;
const U16 = 0xffff;
const QUARTER = 250_000;

function checkNames(field: string, given: object, names: string[]): void {
  checkSpec(field, given);
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && !names.includes(name)) {
      impossible(`${field}.${name}`, `The "${field}.${name}" field is not known`);
    }
  }
}

/** A size table as the kernel has it. */
export function sizeTable(given: SizeTable): Wire {
  checkNames('stab', given, ['overhead', 'mpu', 'linkLayer', 'mtu', 'tsize']);
  const overhead = integer('stab.overhead', given.overhead ?? 0, -(2 ** 31), 2 ** 31 - 1);
  const { linkLayer = 'unaware' } = given;
  const mpu = bytes('stab.mpu', given.mpu ?? 0);
  if (linkLayer !== 'atm' && mpu === 0) return { overhead, linkLayer, mpu };
  const mtu = bytes('stab.mtu', given.mtu ?? 0) || MTU;
  const tsize = integer('stab.tsize', given.tsize ?? 0, 0, 32764) || CELLS;
  let cellLog = 0;
  while (mtu >> cellLog > tsize - 1) cellLog++;
  const sizes = Array.from({ length: tsize }, (_, i) => onTheWire((i + 1) * 2 ** cellLog, mpu, linkLayer));
  let sizeLog = 0;
  while ((sizes.at(-1) as number) >> sizeLog > U16) sizeLog++;
  return {
    overhead,
    linkLayer,
    mpu,
    mtu,
    tsize,
    cellLog,
    sizeLog,
    cellAlign: -1,
    data: sizes.map((size) => size >> sizeLog),
  };
}

/** The same as callers give it. */
export function readSizeTable({ overhead, mpu, linkLayer, mtu, tsize }: Wire): SizeTable {
  return { overhead, mpu, linkLayer, ...(tsize ? { mtu, tsize } : {}) };
}

/** An estimator as the kernel has it: logarithms of times. */
export function estimator(given: Estimator): Wire {
  checkNames('estimator', given, ['interval', 'average']);
  const interval = duration('estimator.interval', given.interval, 1000);
  const average = duration('estimator.average', given.average, 1000);
  let log = 0;
  while (log <= 5 && interval > QUARTER * 2 ** log) log++;
  if (log > 5) impossible('estimator.interval', 'The "estimator.interval" field must be at most 8 seconds');
  let ewmaLog = 1;
  while (ewmaLog < 32 && interval / -Math.log(1 - 1 / 2 ** ewmaLog) <= average) ewmaLog++;
  ewmaLog--;
  if (ewmaLog === 0 || ewmaLog >= 31) {
    impossible('estimator.average', 'The "estimator.average" field does not go with "estimator.interval"');
  }
  return { interval: log - 2, ewmaLog };
}
