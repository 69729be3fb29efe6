// Hierarchical token buckets, tc-htb(8).
import type { HtbWire } from '../../generated/objects.js';
import { minorNumber } from '../handle.js';
import { checkOptionFields, impossible, type Kind } from '../kind.js';
import { burst, type Counting, positiveRate, rate64, rateSpec } from '../rates.js';
import { integer, psched, type Rate, type Size, sentWithin, ticksToSend } from '../units.js';

/** Options of an `htb` qdisc. */
export type HtbOptions = Omit<HtbWire, 'default'> & {
  /**
   * The class for packets that no filter classifies: its minor number, or its handle such as `'1:11'`. 0, as if left
   * out: they are sent unshaped. Kernel: `TCA_HTB_INIT`, `defcls`.
   */
  default?: number | string | undefined;
};

/** Options of an `htb` class. */
export interface HtbClassOptions extends Counting {
  /** The rate that the class is guaranteed. */
  rate: Rate;
  /** The rate that it does not exceed when others lend to it; `rate` if left out. */
  ceil?: Rate | undefined;
  /** Bytes that it may send at once at `ceil` speed beyond `rate`; the least that works if left out. */
  burst?: Size | undefined;
  /** Bytes that it may send at once, as fast as the link goes; the least that works if left out. */
  cburst?: Size | undefined;
  /** Bytes that it may send before others of its level; by the qdisc's `r2q` if left out. */
  quantum?: Size | undefined;
  /** Who is lent to first: the lowest number, from 0 to 7. */
  prio?: number | undefined;
  /** Largest packet that the rate table knows, in bytes; 1600 if left out. Not told by the kernel. */
  mtu?: Size | undefined;
  /** Hardware is to do it. */
  offload?: boolean | undefined;
  /** Height in the hierarchy: leaves have 0. */
  readonly level?: number;
}

const MTU = 1600;

/** Options of the qdisc. */
export const htb: Kind<HtbOptions> = {
  write: (options) => ({ ...options, default: minorNumber('options.default', options.default) }),
  read: (wire) => wire,
};

/** Options of its classes. */
export const htbClass: Kind<HtbClassOptions> = {
  rates: ['rate', 'ceil'],
  write(options) {
    checkOptionFields(
      options,
      ['rate', 'ceil', 'burst', 'cburst', 'quantum', 'prio', 'mtu', 'mpu', 'overhead', 'linkLayer', 'offload', 'level'],
      ['rate'],
    );
    const rate = positiveRate('options.rate', options.rate);
    const ceil = options.ceil === undefined ? rate : positiveRate('options.ceil', options.ceil);
    if (ceil < rate) {
      impossible(
        'options.ceil',
        'The "options.ceil" field is less than "options.rate": a class cannot be guaranteed more than it may have',
      );
    }
    const mtu = options.mtu === undefined ? MTU : burst('options.mtu', options.mtu).size;
    const { hz } = psched();
    const given = options.burst === undefined ? undefined : burst('options.burst', options.burst);
    const cgiven = options.cburst === undefined ? undefined : burst('options.cburst', options.cburst);
    const ofRate = rateSpec(rate, options, mtu, given?.cellLog);
    const ofCeil = rateSpec(ceil, options, mtu, cgiven?.cellLog);
    return {
      rate64: rate64(rate),
      ceil64: rate64(ceil),
      parms: {
        rate: ofRate.spec,
        ceil: ofCeil.spec,
        buffer: ticksToSend(rate, given?.size || Math.floor(rate / hz) + mtu),
        cbuffer: ticksToSend(ceil, cgiven?.size || Math.floor(ceil / hz) + mtu),
        quantum: options.quantum === undefined ? 0 : burst('options.quantum', options.quantum).size,
        prio: integer('options.prio', options.prio ?? 0, 0, 7),
      },
      rtab: ofRate.table,
      ctab: ofCeil.table,
      offload: options.offload,
    };
  },
  read(wire) {
    const { rate: spec, ceil: ceilSpec, buffer, cbuffer, quantum, prio, level } = wire.parms;
    const rate = wire.rate64 ?? spec.rate;
    const ceil = wire.ceil64 ?? ceilSpec.rate;
    return {
      rate,
      ceil,
      burst: sentWithin(rate / 8, buffer),
      cburst: sentWithin(ceil / 8, cbuffer),
      quantum,
      prio,
      level,
      overhead: spec.overhead,
      mpu: spec.mpu,
      linkLayer: spec.linkLayer,
      ...(wire.offload === undefined ? {} : { offload: wire.offload }),
    };
  },
};
