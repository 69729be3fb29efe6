// Stochastic fair blue, tc-sfb(8).
import type { SfbParms } from '../../generated/objects.js';
import { checkOptionFields, impossible, type Kind } from '../kind.js';
import { integer, type Share, share } from '../units.js';

/** Options of an `sfb` qdisc; those left out are as tc(8) has them. */
export type SfbOptions = Omit<SfbParms, 'increment' | 'decrement' | 'unknown'> & {
  /** What is added to the probability of drops; 0.0005 if left out. */
  increment?: Share | undefined;
  /** What is taken from it; 0.00005 if left out. */
  decrement?: Share | undefined;
};

const ONE = 0xffff;
const DEFAULTS = { rehash: 600_000, db: 60_000, max: 25, target: 20, limit: 0, penaltyRate: 10, penaltyBurst: 20 };

/** Options of the qdisc. */
export const sfb: Kind<SfbOptions> = {
  write(options) {
    checkOptionFields(options, [...Object.keys(DEFAULTS), 'increment', 'decrement']);
    const max = integer('options.max', options.max ?? DEFAULTS.max, 0, ONE);
    const target = integer('options.target', options.target ?? DEFAULTS.target, 0, ONE);
    if (max <= target) impossible('options.max', 'The "options.max" field must be more than "options.target"');
    const probability = (field: string, value: Share) => Math.trunc(share(field, value) * ONE + 0.5);
    const { increment, decrement, ...parms } = options;
    return {
      parms: {
        ...DEFAULTS,
        ...Object.fromEntries(Object.entries(parms).filter(([, value]) => value !== undefined)),
        increment: probability('options.increment', increment ?? 0.0005),
        decrement: probability('options.decrement', decrement ?? 0.00005),
      },
    };
  },
  read: ({ parms }) => ({ ...parms, increment: parms.increment / ONE, decrement: parms.decrement / ONE }),
};
