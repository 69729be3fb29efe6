// A token bucket filter, tc-tbf(8).
import { checkOptionFields, impossible, type Kind, type Wire } from '../kind.js';
import { ATM_CELL, ATM_PAYLOAD, burst, type Counting, onTheWire, positiveRate, rate64, rateSpec } from '../rates.js';
import { bytes, duration, microseconds, psched, type Rate, type Size, type Time, ticksToSend } from '../units.js';

/** Options of a `tbf` qdisc. */
export interface TbfOptions extends Counting {
  /** The rate. */
  rate: Rate;
  /** Bytes that may be sent at once: the size of the bucket. */
  burst: Size;
  /** Most bytes waiting; this or `latency`. */
  limit?: Size | undefined;
  /** Longest time that a packet waits, of which `limit` is computed. */
  latency?: Time | undefined;
  /** The rate at which the bucket may be emptied; needs `mtu`. */
  peakrate?: Rate | undefined;
  /** Bytes that may be sent at once at the peak rate (minburst): at least the link's MTU. */
  mtu?: Size | undefined;
}

function limitOf(rate: number, size: number, latency: number): number {
  return (rate * latency) / 1_000_000 + size;
}

/** A limit of the latency: what fits through rate and peak rate within it. */
function limitWithin(latency: number, rate: number, size: number, peak: number, mtu: number): number {
  const limit = limitOf(rate, size, latency);
  return Math.floor(peak ? Math.min(limit, limitOf(peak, mtu, latency)) : limit);
}

/** Ticks that the kernel says so many bytes on the wire take: by a factor of 32 bits, in whole nanoseconds. */
function ticksOnWire(rate: number, onWire: number): number {
  let factor = 1_000_000_000n;
  let shift = 0n;
  while (!((factor / BigInt(rate)) & 0x8000_0000n) && !(factor & (1n << 63n))) {
    factor <<= 1n;
    shift++;
  }
  const nanoseconds = (BigInt(onWire) * (factor / BigInt(rate))) >> shift;
  return Math.trunc((Number(nanoseconds) / 1000) * psched().ticksPerMicrosecond);
}

/** Bytes that fill the bucket in so many ticks. The kernel counts what they are on the wire. */
function burstOf(rate: number, ticks: number, { overhead, linkLayer }: Wire): number {
  const least = Math.ceil((microseconds(ticks) * rate) / 1_000_000);
  const onWire = [least, least + 1, least - 1].find((one) => ticksOnWire(rate, one) === ticks) ?? least;
  return (linkLayer === 'atm' ? Math.round(onWire / ATM_CELL) * ATM_PAYLOAD : onWire) - overhead;
}

/** Options of the qdisc. */
export const tbf: Kind<TbfOptions> = {
  rates: ['rate', 'peakrate'],
  write(options) {
    checkOptionFields(
      options,
      ['rate', 'burst', 'limit', 'latency', 'peakrate', 'mtu', 'overhead', 'mpu', 'linkLayer'],
      ['rate', 'burst'],
    );
    const rate = positiveRate('options.rate', options.rate);
    const { size, cellLog } = burst('options.burst', options.burst);
    if (size === 0) impossible('options.burst', 'The "options.burst" field must be more than 0');
    const peak = options.peakrate === undefined ? 0 : positiveRate('options.peakrate', options.peakrate);
    const peakBurst = options.mtu === undefined ? { size: 0 } : burst('options.mtu', options.mtu);
    if (peak && peakBurst.size === 0) {
      impossible('options.mtu', 'The "options.mtu" field is needed where there is a "peakrate"');
    }
    if (peak && peak <= rate) {
      impossible('options.peakrate', 'The "options.peakrate" field must be more than "options.rate"');
    }
    if (options.limit === undefined && options.latency === undefined) {
      impossible('options.limit', 'Either "options.limit" or "options.latency" is needed');
    }
    let limit = options.limit === undefined ? undefined : bytes('options.limit', options.limit);
    if (options.latency !== undefined) {
      const whole = duration('options.latency', options.latency, 1000);
      // What was computed when it was told has fractions.
      const within = limitWithin(
        typeof options.latency === 'number' ? options.latency * 1000 : whole,
        rate,
        size,
        peak,
        peakBurst.size,
      );
      // Both are told; given back, they agree to a few ticks, and to what the bucket is on the wire.
      const tick = (rate + peak) / 1_000_000 / psched().ticksPerMicrosecond;
      const wire = Math.abs(onTheWire(size + (options.overhead ?? 0), 0, options.linkLayer ?? 'ethernet') - size);
      if (limit !== undefined && Math.abs(limit - within) > 1 + 2 * tick + wire) {
        impossible('options.latency', `The fields "options.limit" and "options.latency" exclude each other`);
      }
      limit ??= bytes('options.latency', within);
    }
    const ofRate = rateSpec(rate, options, peakBurst.size, cellLog);
    const ofPeak = peak ? rateSpec(peak, options, peakBurst.size, peakBurst.cellLog) : undefined;
    return {
      parms: {
        rate: ofRate.spec,
        peakrate: ofPeak?.spec,
        limit,
        buffer: ticksToSend(rate, size),
        mtu: peak ? ticksToSend(peak, peakBurst.size) : 0,
      },
      burst: size,
      rate64: rate64(rate),
      rtab: ofRate.table,
      ...(ofPeak ? { prate64: rate64(peak), pburst: peakBurst.size, ptab: ofPeak.table } : {}),
    };
  },
  read(wire) {
    const { rate: spec, peakrate: peakSpec, limit, buffer, mtu } = wire.parms;
    const rate = wire.rate64 ?? spec.rate;
    const peakrate = wire.prate64 ?? peakSpec.rate;
    const wait = (of: number, ticks: number) => (1_000_000 * limit * 8) / of - microseconds(ticks);
    const latency = Math.max(wait(rate, buffer), peakrate ? wait(peakrate, mtu) : Number.NEGATIVE_INFINITY);
    return {
      rate,
      burst: burstOf(rate / 8, buffer, spec),
      limit,
      ...(latency >= 0 ? { latency: latency / 1000 } : {}),
      ...(peakrate ? { peakrate, mtu: burstOf(peakrate / 8, mtu, peakSpec) } : {}),
      overhead: spec.overhead,
      mpu: spec.mpu,
      linkLayer: spec.linkLayer,
    };
  },
};
