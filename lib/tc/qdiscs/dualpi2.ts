// Dual queues with a coupled PI squared controller, tc-dualpi2(8).
import type { Dualpi2Wire } from '../../generated/objects.js';
import { checkSpec } from '../../spec.js';
import { impossible, type Kind } from '../kind.js';

/** Options of a `dualpi2` qdisc; those left out are as the kernel has them. */
export type Dualpi2Options = Omit<Dualpi2Wire, 'alpha' | 'beta'> & {
  /** Weight of the delay's distance from the target, in Hz; 0.16 unless set. */
  alpha?: number | undefined;
  /** Weight of the delay's change, in Hz; 3.2 unless set. */
  beta?: number | undefined;
};

const SCALE = 256;
const LIMIT = 10_000;

function weight(field: string, value: number | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number' && value > 0 && value <= 0xffff_ffff / SCALE) return Math.round(value * SCALE);
  return impossible(field, `The "${field}" field must be a frequency in Hz, more than 0`);
}

/** Options of the qdisc. */
export const dualpi2: Kind<Dualpi2Options> = {
  write(options) {
    checkSpec('options', options);
    if (options.stepThreshold !== undefined && options.stepThresholdPackets !== undefined) {
      impossible(
        'options.stepThreshold',
        'The fields "options.stepThreshold" and "options.stepThresholdPackets" exclude each other',
      );
    }
    const { alpha, beta, ...wire } = options;
    // The kernel wants one option at least.
    return {
      ...wire,
      limit: wire.limit ?? LIMIT,
      alpha: weight('options.alpha', alpha),
      beta: weight('options.beta', beta),
    };
  },
  read: ({ alpha, beta, ...wire }) => ({ ...wire, alpha: alpha / SCALE, beta: beta / SCALE }),
};
