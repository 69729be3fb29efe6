// A network emulator, tc-netem(8).
import { argumentError } from '../../errors.js';
import { DISTRIBUTIONS, type DistributionName } from '../distributions.js';
import { checkOptionFields, impossible, type Kind, type Wire } from '../kind.js';
import {
  bytes,
  bytesPerSecond,
  duration,
  integer,
  microseconds,
  psched,
  type Rate,
  type Share,
  type Size,
  share,
  type Time,
} from '../units.js';

/**
 * How values scatter: evenly (`'uniform'`), as one of tc-netem(8)'s tables, or as a table of one's own: at most 16,384
 * values in 1/8192 of the variation, each as probable as the others.
 */
export type Distribution = 'uniform' | DistributionName | number[] | Int16Array;

/** A probability, and how much that of a packet depends on the packet before. */
export interface Chance {
  /** The probability. */
  probability: Share;
  /** The correlation. */
  correlation?: Share | undefined;
}

/** Options of a `netem` qdisc. */
export interface NetemOptions {
  /** Most packets waiting; 1000 if left out. */
  limit?: number | undefined;
  /** Delay of packets. */
  delay?:
    | Time
    | {
        /** The delay. */
        time: Time;
        /** Its variation. */
        jitter?: Time | undefined;
        /** How much a delay depends on the one before. */
        correlation?: Share | undefined;
        /** How delays scatter. The kernel does not tell it. */
        distribution?: Distribution | undefined;
      }
    | undefined;
  /** Loss of packets: by chance, or in bursts by a model of four states (`state`) or of two (`gemodel`). */
  loss?:
    | Share
    | Chance
    | {
        /** Probabilities of going from one state to another; 1: received, 2: received in a burst, 3: lost in one, 4: lost. */
        state: {
          p13: Share;
          p31?: Share | undefined;
          p32?: Share | undefined;
          p23?: Share | undefined;
          p14?: Share | undefined;
        };
      }
    | {
        /** Gilbert and Elliot's: from good to bad (`p`) and back (`r`), and of no loss in the bad (`h`) and the good state (`k`). */
        gemodel: { p: Share; r?: Share | undefined; h?: Share | undefined; k?: Share | undefined };
      }
    | undefined;
  /** With a loss: packets that allow it are marked, not lost. */
  ecn?: boolean | undefined;
  /** Packets are sent twice. */
  duplicate?: Share | Chance | undefined;
  /** A bit is changed. */
  corrupt?: Share | Chance | undefined;
  /** With a delay: packets are sent at once. */
  reorder?:
    | Share
    | (Chance & {
        /** Only each so-manyeth packet. */
        gap?: number | undefined;
      })
    | undefined;
  /** The rate of the link. */
  rate?:
    | Rate
    | {
        /** The rate. */
        rate: Rate;
        /** Bytes on the wire beside each packet's own; may be negative. */
        packetOverhead?: number | undefined;
        /** Bytes of a cell. */
        cellSize?: number | undefined;
        /** Bytes on the wire beside each cell's own; may be negative. */
        cellOverhead?: number | undefined;
      }
    | undefined;
  /** Packets are held back and sent in bursts. */
  slot?:
    | {
        /** Least time between bursts. */
        min?: Time | undefined;
        /** Most time between bursts; `min` if left out. */
        max?: Time | undefined;
        /** Average time between bursts, where it scatters. */
        delay?: Time | undefined;
        /** Its variation. */
        jitter?: Time | undefined;
        /** How it scatters. The kernel does not tell it. */
        distribution?: Distribution | undefined;
        /** Most packets of a burst. */
        packets?: number | undefined;
        /** Most bytes of a burst. */
        bytes?: Size | undefined;
      }
    | undefined;
  /** Where the random numbers begin, so that a run can be repeated (Linux 6.6). */
  seed?: bigint | number | undefined;
}

const ONE = 0xffff_ffff;
const LIMIT = 1000;
const LARGEST_TABLE = 16_384;
const NANOSECONDS = 1_000_000;

/** A share of 2^32 - 1, to the nearest. */
function fraction(field: string, value: Share): number {
  const exact = share(field, value) * ONE;
  const floor = Math.floor(exact);
  const rest = exact - floor;
  // To the even one of two that are as near.
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

const shareOf = (wire: number): number => wire / ONE;

function chance(
  field: string,
  given: Share | Chance,
  extra: string[] = [],
): { probability: number; correlation: number } {
  if (typeof given !== 'object' || given === null) return { probability: fraction(field, given), correlation: 0 };
  checkNames(field, given, ['probability', 'correlation', ...extra]);
  return {
    probability: fraction(`${field}.probability`, given.probability),
    correlation: given.correlation === undefined ? 0 : fraction(`${field}.correlation`, given.correlation),
  };
}

function checkNames(field: string, given: object, names: string[]): void {
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && !names.includes(name))
      impossible(`${field}.${name}`, `The "${field}.${name}" field is not known`);
  }
}

function table(field: string, given: Distribution): number[] | undefined {
  if (given === 'uniform') return undefined;
  if (typeof given === 'string') {
    if (Object.hasOwn(DISTRIBUTIONS, given)) return Array.from(DISTRIBUTIONS[given]());
    const names = Object.keys(DISTRIBUTIONS).join("', '");
    return impossible(field, `The "${field}" field must be a table or one of 'uniform', '${names}'`);
  }
  if (!Array.isArray(given) && !(given instanceof Int16Array))
    impossible(field, `The "${field}" field must be a table or its name`);
  if (given.length === 0 || given.length > LARGEST_TABLE) {
    throw argumentError('ERR_OUT_OF_RANGE', field, `The "${field}" field must have 1 to ${LARGEST_TABLE} values`);
  }
  return Array.from(given, (value, i) => integer(`${field}[${i}]`, value, -32768, 32767));
}

/** A delay: ticks, which 32 bits hold for 274 seconds, and nanoseconds beyond that. */
function latency(field: string, value: Time): { ticks: number; nanoseconds?: bigint } {
  const microsecond = duration(field, value, 1000, 2 ** 53 / 1000);
  // Strings go as tc takes them: whole microseconds.
  const exact = typeof value === 'number' ? Math.round(value * NANOSECONDS) : microsecond * 1000;
  const ticks = Math.trunc(microsecond * psched().ticksPerMicrosecond);
  if (ticks > ONE) return { ticks: ONE, nanoseconds: BigInt(exact) };
  return exact % 1000 ? { ticks, nanoseconds: BigInt(exact) } : { ticks };
}

function lossModel(loss: object): Wire {
  if ('state' in loss) {
    checkNames('options.loss', loss, ['state']);
    const given = loss.state as Record<string, Share | undefined>;
    checkNames('options.loss.state', given, ['p13', 'p31', 'p32', 'p23', 'p14']);
    const p13 = share('options.loss.state.p13', given.p13);
    const of = (name: string, otherwise: number) => fraction(`options.loss.state.${name}`, given[name] ?? otherwise);
    return {
      gi: { p13: of('p13', 0), p31: of('p31', 1 - p13), p32: of('p32', 0), p14: of('p14', 0), p23: of('p23', 1) },
    };
  }
  if ('gemodel' in loss) {
    checkNames('options.loss', loss, ['gemodel']);
    const given = loss.gemodel as Record<string, Share | undefined>;
    checkNames('options.loss.gemodel', given, ['p', 'r', 'h', 'k']);
    const p = share('options.loss.gemodel.p', given.p);
    const k = share('options.loss.gemodel.k', given.k ?? 1);
    const of = (name: string, otherwise: number) => fraction(`options.loss.gemodel.${name}`, given[name] ?? otherwise);
    return {
      ge: {
        p: of('p', 0),
        r: of('r', 1 - p),
        h: ONE - fraction('options.loss.gemodel.h', 1 - share('options.loss.gemodel.h', given.h ?? 0)),
        k1: fraction('options.loss.gemodel.k', 1 - k),
      },
    };
  }
  return undefined;
}

function rateOf(given: NonNullable<NetemOptions['rate']>): Wire {
  const fields = typeof given === 'object' ? given : { rate: given };
  checkNames('options.rate', fields, ['rate', 'packetOverhead', 'cellSize', 'cellOverhead']);
  const rate = bytesPerSecond(typeof given === 'object' ? 'options.rate.rate' : 'options.rate', fields.rate);
  const { packetOverhead = 0, cellSize = 0, cellOverhead = 0 } = fields as Exclude<typeof given, Rate>;
  return {
    rate: { rate: Math.min(rate, ONE), packetOverhead, cellSize, cellOverhead },
    rate64: rate > ONE ? rate : undefined,
  };
}

function slotOf(given: NonNullable<NetemOptions['slot']>): Wire {
  checkNames('options.slot', given, ['min', 'max', 'delay', 'jitter', 'distribution', 'packets', 'bytes']);
  const isScattered = given.delay !== undefined || given.jitter !== undefined || given.distribution !== undefined;
  const isBounded = given.min !== undefined || given.max !== undefined;
  if (isScattered && isBounded) {
    impossible(
      'options.slot',
      'The "options.slot" field has either "min" and "max", or "delay", "jitter" and "distribution"',
    );
  }
  if (isScattered ? given.delay === undefined || given.jitter === undefined : given.min === undefined) {
    impossible('options.slot', 'The "options.slot" field needs "min", or "delay" and "jitter"');
  }
  const time = (name: string, value: Time) =>
    duration(`options.slot.${name}`, value, NANOSECONDS, 2 ** 53) / NANOSECONDS;
  const times = isScattered
    ? { distDelay: time('delay', given.delay as Time), distJitter: time('jitter', given.jitter as Time) }
    : { minDelay: time('min', given.min as Time), maxDelay: time('max', given.max ?? (given.min as Time)) };
  return {
    slot: {
      ...times,
      maxPackets: integer('options.slot.packets', given.packets ?? 0, 0, 2 ** 31 - 1),
      maxBytes: bytes('options.slot.bytes', given.bytes ?? 0, 2 ** 31 - 1),
    },
    slotDist: given.distribution === undefined ? undefined : table('options.slot.distribution', given.distribution),
  };
}

/** Options of the qdisc. */
export const netem: Kind<NetemOptions> = {
  rates: ['rate'],
  write(options) {
    checkOptionFields(options, [
      'limit',
      'delay',
      'loss',
      'ecn',
      'duplicate',
      'corrupt',
      'reorder',
      'rate',
      'slot',
      'seed',
    ]);
    const correlation = { delay: 0, loss: 0, duplicate: 0 };
    const wire: Wire = { limit: integer('options.limit', options.limit ?? LIMIT) };
    const { delay, loss, duplicate, corrupt, reorder, rate, slot } = options;
    if (delay !== undefined) {
      const fields = typeof delay === 'object' ? delay : { time: delay };
      checkNames('options.delay', fields, ['time', 'jitter', 'correlation', 'distribution']);
      const { jitter, correlation: dependence, distribution } = fields as Exclude<typeof delay, Time>;
      const time = latency(typeof delay === 'object' ? 'options.delay.time' : 'options.delay', fields.time);
      Object.assign(wire, { latency: time.ticks, latency64: time.nanoseconds });
      if (jitter === undefined && (distribution !== undefined || dependence !== undefined)) {
        impossible(
          'options.delay.jitter',
          'The "options.delay.jitter" field is needed where there is a correlation or distribution',
        );
      }
      if (jitter !== undefined) {
        const variation = latency('options.delay.jitter', jitter);
        Object.assign(wire, { jitter: variation.ticks, jitter64: variation.nanoseconds });
      }
      if (dependence !== undefined) correlation.delay = fraction('options.delay.correlation', dependence);
      if (distribution !== undefined) wire.delayDist = table('options.delay.distribution', distribution);
    }
    if (loss !== undefined) {
      const model = typeof loss === 'object' && loss !== null ? lossModel(loss) : undefined;
      if (model) wire.lossModel = model;
      else {
        const random = chance('options.loss', loss as Share | Chance);
        wire.loss = random.probability;
        correlation.loss = random.correlation;
      }
    }
    if (options.ecn && loss === undefined)
      impossible('options.ecn', 'The "options.ecn" field needs "options.loss" beside it');
    if (options.ecn) wire.ecn = true;
    if (duplicate !== undefined) {
      const twice = chance('options.duplicate', duplicate);
      wire.duplicate = twice.probability;
      correlation.duplicate = twice.correlation;
    }
    if (corrupt !== undefined) wire.corrupt = chance('options.corrupt', corrupt);
    if (reorder !== undefined) {
      if (!wire.latency) impossible('options.reorder', 'The "options.reorder" field needs "options.delay" beside it');
      const gap = typeof reorder === 'object' ? reorder.gap : undefined;
      wire.reorder = chance('options.reorder', reorder, ['gap']);
      wire.gap = integer('options.reorder.gap', gap ?? 1);
    }
    if (Object.values(correlation).some((value) => value)) wire.correlation = correlation;
    if (rate !== undefined) Object.assign(wire, rateOf(rate));
    if (slot !== undefined) Object.assign(wire, slotOf(slot));
    if (options.seed !== undefined) wire.seed = options.seed;
    return wire;
  },
  read(wire) {
    const { correlation = { delay: 0, loss: 0, duplicate: 0 }, lossModel: model, reorder, corrupt, rate, slot } = wire;
    const ms = (ticks: number, nanoseconds?: bigint) =>
      nanoseconds === undefined ? microseconds(ticks) / 1000 : Number(nanoseconds) / NANOSECONDS;
    const options: NetemOptions = { limit: wire.limit };
    const time = ms(wire.latency, wire.latency64);
    const jitter = ms(wire.jitter, wire.jitter64);
    if (time || jitter) {
      options.delay = { time, ...(jitter ? { jitter, correlation: shareOf(correlation.delay) } : {}) };
    }
    if (model?.gi) {
      options.loss = {
        state: Object.fromEntries(
          Object.entries(model.gi).map(([name, value]) => [name, shareOf(value as number)]),
        ) as never,
      };
    } else if (model?.ge) {
      const { p, r, h, k1 } = model.ge;
      options.loss = { gemodel: { p: shareOf(p), r: shareOf(r), h: shareOf(h), k: 1 - shareOf(k1) } };
    } else if (wire.loss) {
      options.loss = { probability: shareOf(wire.loss), correlation: shareOf(correlation.loss) };
    }
    if (wire.ecn) options.ecn = true;
    if (wire.duplicate)
      options.duplicate = { probability: shareOf(wire.duplicate), correlation: shareOf(correlation.duplicate) };
    if (corrupt?.probability) {
      options.corrupt = { probability: shareOf(corrupt.probability), correlation: shareOf(corrupt.correlation) };
    }
    if (reorder?.probability) {
      options.reorder = {
        probability: shareOf(reorder.probability),
        correlation: shareOf(reorder.correlation),
        gap: wire.gap,
      };
    }
    if (rate?.rate) {
      const { rate: given, ...overheads } = rate;
      options.rate = { rate: Number(wire.rate64 ?? given) * 8, ...overheads };
    }
    if (slot) {
      const { minDelay: min, maxDelay: max, distDelay, distJitter, maxPackets: packets, maxBytes } = slot;
      options.slot = {
        ...(distJitter ? { delay: distDelay, jitter: distJitter } : { min, max }),
        packets,
        bytes: maxBytes,
      };
    }
    if (wire.seed !== undefined) options.seed = wire.seed;
    return options;
  },
};
