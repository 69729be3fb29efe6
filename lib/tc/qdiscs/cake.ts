// Common applications kept enhanced: cake, tc-cake(8).
import type { CakeWire } from '../../generated/objects.js';
import { checkSpec } from '../../spec.js';
import { impossible, type Kind } from '../kind.js';
import { duration, type Rate, type Time } from '../units.js';

/** Round-trip times that tc-cake(8) has names for, in microseconds. */
const RTTS = {
  datacentre: 100,
  lan: 1000,
  metro: 10_000,
  regional: 30_000,
  internet: 100_000,
  oceanic: 300_000,
  satellite: 1_000_000,
  interplanetary: 1_000_000_000,
};

/** Overheads that tc-cake(8) has names for. */
const OVERHEADS = {
  raw: { atm: 'noatm', overhead: 0, raw: 0 },
  conservative: { atm: 'atm', overhead: 48 },
  'pppoa-vcmux': { atm: 'atm', overhead: 10 },
  'pppoa-llc': { atm: 'atm', overhead: 14 },
  'pppoe-vcmux': { atm: 'atm', overhead: 32 },
  'pppoe-llcsnap': { atm: 'atm', overhead: 40 },
  'bridged-vcmux': { atm: 'atm', overhead: 24 },
  'bridged-llcsnap': { atm: 'atm', overhead: 32 },
  'ipoa-vcmux': { atm: 'atm', overhead: 8 },
  'ipoa-llcsnap': { atm: 'atm', overhead: 16 },
  'pppoe-ptm': { atm: 'ptm', overhead: 30 },
  'bridged-ptm': { atm: 'ptm', overhead: 22 },
  ethernet: { overhead: 38, mpu: 84 },
  docsis: { atm: 'noatm', overhead: 18, mpu: 64 },
} as const;

/** Options of a `cake` qdisc; those left out are as the kernel has them. */
export type CakeOptions = Omit<CakeWire, 'bandwidth' | 'rtt' | 'overhead' | 'raw'> & {
  /** The rate that is shaped to; `'unlimited'` or Infinity: not shaped. */
  bandwidth?: Rate | 'unlimited' | undefined;
  /** Round-trip time that most flows have, or one of tc-cake(8)'s names. Sets `target`, too, to a twentieth. */
  rtt?: Time | keyof typeof RTTS | undefined;
  /** Bytes on the wire beside each packet's own; or one of tc-cake(8)'s names, which set `atm` and `mpu`, too. */
  overhead?: number | keyof typeof OVERHEADS | undefined;
};

/** Options of the qdisc. */
export const cake: Kind<CakeOptions> = {
  isOptional: true,
  write(options) {
    checkSpec('options', options);
    const { bandwidth, rtt, overhead, target, ...others } = options;
    const wire: Record<string, unknown> = { ...others };
    if ('raw' in others) impossible('options.raw', 'The "options.raw" field is not known: "overhead" may be \'raw\'');
    if (bandwidth === 'unlimited' || bandwidth === Number.POSITIVE_INFINITY) wire.bandwidth = 0;
    else wire.bandwidth = bandwidth;
    // A rate that is given is not to be guessed.
    if (bandwidth !== undefined) wire.autorateIngress ??= false;
    if (rtt !== undefined) {
      const time = Object.hasOwn(RTTS, rtt) ? RTTS[rtt as keyof typeof RTTS] : duration('options.rtt', rtt, 1000);
      wire.rtt = time / 1000;
      wire.target = target ?? Math.max(Math.trunc(time / 20), 1) / 1000;
    } else if (target !== undefined) wire.target = target;
    if (typeof overhead !== 'string') return { ...wire, overhead };
    const preset = Object.hasOwn(OVERHEADS, overhead) ? OVERHEADS[overhead] : undefined;
    if (!preset) {
      impossible(
        'options.overhead',
        `The "options.overhead" field must be a number or one of '${Object.keys(OVERHEADS).join("', '")}'`,
      );
    }
    return { ...preset, ...Object.fromEntries(Object.entries(wire).filter(([, value]) => value !== undefined)) };
  },
  read({ bandwidth, raw, overhead, ...wire }) {
    return {
      bandwidth: bandwidth || Number.POSITIVE_INFINITY,
      ...wire,
      overhead: raw === undefined ? overhead : 'raw',
    };
  },
};
