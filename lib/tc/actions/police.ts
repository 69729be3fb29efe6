// The police action: what is over a rate takes another way.
import { checkOptionFields, impossible, type Wire } from '../kind.js';
import { burst, type Counting, positiveRate, rate64, rateSpec } from '../rates.js';
import { bytesPerSecond, integer, type Rate, type Size, sentWithin, ticksToSend } from '../units.js';
import { type Control, writeControl } from './control.js';

/** Options of a 'police' action (tc-police(8)); its `control` is for packets over the rate. */
export interface PoliceOptions extends Counting {
  /** The rate; or `pktRate`, or `avrate`. */
  rate?: Rate | undefined;
  /** Bytes that may come at once; needed with `rate`. */
  burst?: Size | undefined;
  /** Largest packet: larger ones are over the rate. */
  mtu?: Size | undefined;
  /** A rate for the bucket's own emptying; needs `mtu`. */
  peakrate?: Rate | undefined;
  /** A rate that the kernel's estimator must not go over; the action needs an estimator for it. */
  avrate?: Rate | undefined;
  /** Packets per second, in place of `rate`. */
  pktRate?: number | undefined;
  /** Packets that may come at once; needed with `pktRate`. */
  pktBurst?: number | undefined;
  /** What is done with packets within the rate; `'ok'` if left out. */
  conform?: Control | undefined;
}

const NAMES = [
  ...['rate', 'burst', 'mtu', 'peakrate', 'avrate', 'pktRate', 'pktBurst', 'conform', 'overhead', 'mpu', 'linkLayer'],
];

export const police = {
  write(options: PoliceOptions): Wire {
    checkOptionFields(options, NAMES);
    const { pktRate, pktBurst, conform } = options;
    const mtu = options.mtu === undefined ? { size: 0 } : burst('options.mtu', options.mtu);
    if (options.rate === undefined && options.pktRate === undefined && options.avrate === undefined && !mtu.size) {
      impossible(
        'options.rate',
        'A \'police\' action needs "options.rate" with "options.burst", or "options.pktRate" with "options.pktBurst"',
      );
    }
    if (options.rate !== undefined && pktRate !== undefined) {
      impossible('options.pktRate', 'The fields "options.rate" and "options.pktRate" exclude each other');
    }
    const wire: Wire = { mtu: mtu.size, conform: conform === undefined ? undefined : writeControl(conform) };
    if (pktRate !== undefined) {
      integer('options.pktRate', pktRate, 1, Number.MAX_SAFE_INTEGER);
      if (pktBurst === undefined)
        impossible('options.pktBurst', 'The "options.pktBurst" field is needed with "options.pktRate"');
      wire.pktRate = pktRate;
      wire.pktBurstTicks = ticksToSend(pktRate, integer('options.pktBurst', pktBurst, 1));
    }
    if (options.avrate !== undefined) wire.avrate = bytesPerSecond('options.avrate', options.avrate) * 8;
    if (options.rate === undefined) {
      if (options.burst !== undefined) impossible('options.burst', 'The "options.burst" field needs "options.rate"');
      if (options.peakrate !== undefined)
        impossible('options.peakrate', 'The "options.peakrate" field needs "options.rate"');
      return wire;
    }
    const rate = positiveRate('options.rate', options.rate);
    if (options.burst === undefined)
      impossible('options.burst', 'The "options.burst" field is needed with "options.rate"');
    const bucket = burst('options.burst', options.burst);
    if (bucket.size === 0) impossible('options.burst', 'The "options.burst" field must be more than 0');
    const ofRate = rateSpec(rate, options, mtu.size, bucket.cellLog);
    Object.assign(wire, {
      rateSpec: ofRate.spec,
      rateTable: ofRate.table,
      rate64: rate64(rate),
      burstTicks: ticksToSend(rate, bucket.size),
    });
    if (options.peakrate !== undefined) {
      const peak = positiveRate('options.peakrate', options.peakrate);
      if (mtu.size === 0) impossible('options.mtu', 'The "options.mtu" field is needed where there is a "peakrate"');
      if (peak <= rate) impossible('options.peakrate', 'The "options.peakrate" field must be more than "options.rate"');
      const ofPeak = rateSpec(peak, options, mtu.size, mtu.cellLog);
      Object.assign(wire, { peakrateSpec: ofPeak.spec, peakrateTable: ofPeak.table, peakrate64: rate64(peak) });
    }
    return wire;
  },

  read(wire: Wire): PoliceOptions {
    const { rateSpec: spec, peakrateSpec: peak, mtu, burstTicks, avrate, conform, pktRate, pktBurstTicks } = wire;
    const rate = wire.rate64 ?? spec?.rate ?? 0;
    const peakrate = wire.peakrate64 ?? peak?.rate ?? 0;
    const packets = pktRate === undefined ? 0 : Number(pktRate);
    return {
      ...(rate
        ? {
            rate,
            burst: sentWithin(rate / 8, burstTicks),
            overhead: spec.overhead,
            mpu: spec.mpu,
            linkLayer: spec.linkLayer,
          }
        : {}),
      ...(mtu ? { mtu } : {}),
      ...(peakrate ? { peakrate } : {}),
      ...(avrate ? { avrate } : {}),
      ...(packets ? { pktRate: packets, pktBurst: sentWithin(packets, Number(pktBurstTicks)) } : {}),
      ...(conform === undefined ? {} : { conform }),
    };
  },
};
