// Fair queueing with pacing, tc-fq(8).
import type { FqWire } from '../../generated/objects.js';
import { checkSpec } from '../../spec.js';
import { impossible, type Kind } from '../kind.js';
import { integer } from '../units.js';

/** Options of an `fq` qdisc; those left out are as the kernel has them. */
export type FqOptions = Omit<FqWire, 'bucketsLog' | 'priomap'> & {
  /** Size of the table of flows, a power of 2 from 1 to 262144. */
  buckets?: number | undefined;
  /** Which of three bands each of the 16 packet priorities belongs to. */
  priomap?: number[] | undefined;
};

/** Options of the qdisc. */
export const fq: Kind<FqOptions> = {
  rates: ['maxRate'],
  isOptional: true,
  write(options) {
    checkSpec('options', options);
    const { buckets, priomap, ...wire } = options;
    const log = buckets === undefined ? undefined : Math.log2(integer('options.buckets', buckets, 1, 2 ** 18));
    if (log !== undefined && !Number.isInteger(log)) {
      impossible('options.buckets', 'The "options.buckets" field must be a power of 2');
    }
    if (priomap !== undefined && (!Array.isArray(priomap) || priomap.length !== 16)) {
      impossible('options.priomap', 'The "options.priomap" field must be an array of 16 bands');
    }
    return { ...wire, bucketsLog: log, priomap: priomap && { bands: 3, priomap } };
  },
  read({ bucketsLog, defaultRate: _, priomap, ...wire }) {
    return {
      ...wire,
      ...(bucketsLog === undefined ? {} : { buckets: 2 ** bucketsLog }),
      ...(priomap ? { priomap: priomap.priomap } : {}),
    };
  },
};
