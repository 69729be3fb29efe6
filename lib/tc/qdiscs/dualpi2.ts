// Dual queues with a coupled PI squared controller, tc-dualpi2(8).
import type { Dualpi2Wire } from '../../generated/objects.js';
import { checkSpec } from '../../spec.js';
import { impossible, type Kind } from '../kind.js';
import { duration, type Time } from '../units.js';

/** Options of a `dualpi2` qdisc; those left out are as the kernel has them. */
export type Dualpi2Options = Omit<Dualpi2Wire, 'alpha' | 'beta'> & {
  /**
   * Weight of the delay's distance from the target, in Hz; 0.16 unless set. As with tc it is cut to 1/256. The kernel tells
   * one such unit less; what it tells as 0 may be given back.
   */
  alpha?: number | undefined;
  /** Weight of the delay's change, in Hz; 3.2 unless set, and as exact as `alpha`. */
  beta?: number | undefined;
  /** Greatest round-trip time of flows: sets `target`, `tupdate`, `alpha` and `beta`. Six of `typicalRtt` if left out. */
  maxRtt?: Time | undefined;
  /** Usual round-trip time of flows, for the same. */
  typicalRtt?: Time | undefined;
};

const SCALE = 256;
const LIMIT = 10_000;
/** Greatest round-trip time as a multiple of the usual one. */
const TYPICAL_TO_MAX = 6;
/** The kernel's `ALPHA_BETA_MAX`. */
const MOST = 2 ** 31 - 1;

function weight(field: string, value: number | undefined): number | undefined {
  if (value === undefined) return undefined;
  // The least that there can be is told as nothing.
  if (value === 0) return 1;
  const units = typeof value === 'number' ? Math.trunc(Math.fround(value) * SCALE) : 0;
  if (units >= 1 && units <= MOST) return units;
  return impossible(field, `The "${field}" field must be a frequency in Hz, from 1/256 to 8388607`);
}

/** What tc computes of round-trip times, in microseconds and with floats as it does. */
function ofRtts(options: Dualpi2Options): { target: number; tupdate: number; alpha: number; beta: number } {
  for (const name of ['target', 'tupdate', 'alpha', 'beta'] as const) {
    if (options[name] !== undefined) {
      impossible(`options.${name}`, `The "options.${name}" field is computed where "maxRtt" or "typicalRtt" is given`);
    }
  }
  const given = (name: 'maxRtt' | 'typicalRtt') =>
    options[name] === undefined ? undefined : Math.trunc(duration(`options.${name}`, options[name], 1000));
  const [greatest, usual] = [given('maxRtt'), given('typicalRtt')];
  const most = greatest ?? (usual as number) * TYPICAL_TO_MAX;
  const typical = usual ?? Math.max(Math.trunc(most / TYPICAL_TO_MAX), 1);
  if (most < 1) impossible('options.maxRtt', 'The "options.maxRtt" field must be more than 0');
  if (typical < 1 || typical > most) {
    impossible('options.typicalRtt', 'The "options.typicalRtt" field must be more than 0, and at most "maxRtt"');
  }
  const tupdate = Math.max(Math.trunc(Math.min(typical, most / 3)), 1);
  const alpha = Math.trunc((tupdate / most / most) * 1e6 * Math.fround(0.1) * SCALE);
  const beta = Math.trunc((Math.fround(0.3) / most) * 1e6 * SCALE);
  if (Math.min(alpha, beta) < 1) {
    impossible('options.maxRtt', 'The "options.maxRtt" field is too long for the weights to be computed');
  }
  return { target: typical / 1000, tupdate: tupdate / 1000, alpha, beta };
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
    const { maxRtt, typicalRtt, alpha, beta, ...wire } = options;
    const weights =
      maxRtt === undefined && typicalRtt === undefined
        ? { alpha: weight('options.alpha', alpha), beta: weight('options.beta', beta) }
        : ofRtts(options);
    const written = { ...wire, ...weights };
    // The kernel wants one option at least. Beside others it is not for us to set: with it goes the limit of memory.
    return Object.values(written).some((value) => value !== undefined) ? written : { limit: LIMIT };
  },
  read: ({ alpha, beta, ...wire }) => ({ ...wire, alpha: alpha / SCALE, beta: beta / SCALE }),
};
