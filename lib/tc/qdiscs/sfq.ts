// Stochastic fairness queueing, tc-sfq(8).
import { checkOptionFields, impossible, type Kind } from '../kind.js';
import { ewmaLog, maxP, probabilityLog, probabilityOf } from '../red.js';
import { bytes, duration, integer, type Share, type Size, share, type Time } from '../units.js';

/** Options of an `sfq` qdisc; those left out are as the kernel has them. */
export interface SfqOptions {
  /** Bytes of a queue before it is the next one's turn; the link's MTU if left out. */
  quantum?: Size | undefined;
  /** Time between changes of the hash: a multiple of a second (a string without unit: seconds). 0: never. */
  perturb?: Time | undefined;
  /** Most packets waiting. */
  limit?: number | undefined;
  /** Size of the hash table, a power of 2 up to 65536. */
  divisor?: number | undefined;
  /** Most queues. */
  flows?: number | undefined;
  /** Most packets waiting in a queue. */
  depth?: number | undefined;
  /** The oldest packets are dropped, not the newest. */
  headdrop?: boolean | undefined;
  /** Most bytes waiting in a queue: turns on random early detection. The kernel does not tell it. */
  redFlowLimit?: Size | undefined;
  /** Average queue at which drops begin, in bytes; a third of `max` if left out. */
  min?: Size | undefined;
  /** Average queue at which drops are most probable; a quarter of `redFlowLimit` if left out. */
  max?: Size | undefined;
  /** Average size of packets in bytes; 1000 if left out. */
  avpkt?: Size | undefined;
  /** Packets of a burst that the average lets through; by the thresholds if left out. */
  burst?: number | undefined;
  /** Greatest probability of a drop or mark; 0.02 if left out. */
  probability?: Share | undefined;
  /** Packets that allow it are marked, not dropped. */
  ecn?: boolean | undefined;
  /** Over `max` packets are dropped, also those that could be marked. */
  harddrop?: boolean | undefined;
  /** What `avpkt` and `burst` come to: binary logarithm of the average's inverse weight. */
  ewma?: number | undefined;
  /** What `probability` and the thresholds come to: binary logarithm of the slope. */
  plog?: number | undefined;
  /** Counters of random early detection, read only. */
  readonly redStats?: Record<string, number>;
}

const RED = ['min', 'max', 'avpkt', 'burst', 'probability', 'ecn', 'harddrop', 'ewma', 'plog'] as const;

/** Seconds of a time; bare digits are seconds, as with tc. */
function seconds(value: Time): number {
  if (typeof value === 'string' && /^\d+$/.test(value))
    return integer('options.perturb', Number(value), 0, 2 ** 31 - 1);
  const microseconds = duration('options.perturb', value, 1000, (2 ** 31 - 1) * 1_000_000);
  if (microseconds % 1_000_000 !== 0) {
    impossible('options.perturb', 'The "options.perturb" field must be a multiple of a second');
  }
  return microseconds / 1_000_000;
}

/** Options of the qdisc. */
export const sfq: Kind<SfqOptions> = {
  isOptional: true,
  write(options) {
    checkOptionFields(options, [
      'quantum',
      'perturb',
      'limit',
      'divisor',
      'flows',
      'depth',
      'headdrop',
      'redFlowLimit',
      ...RED,
      'redStats',
    ]);
    const wire = {
      quantum: bytes('options.quantum', options.quantum ?? 0),
      perturb: options.perturb === undefined ? 0 : seconds(options.perturb),
      // As the kernel has it by itself. Given, it would bound the flows.
      limit: options.limit === 127 && options.flows === 128 ? 0 : integer('options.limit', options.limit ?? 0),
      divisor: integer('options.divisor', options.divisor ?? 0, 0, 65536),
      flows: integer('options.flows', options.flows ?? 0),
      depth: integer('options.depth', options.depth ?? 0),
      headdrop: options.headdrop ? 1 : 0,
    };
    if (wire.divisor & (wire.divisor - 1)) {
      impossible('options.divisor', 'The "options.divisor" field must be a power of 2');
    }
    const redFlowLimit = bytes('options.redFlowLimit', options.redFlowLimit ?? 0);
    // The kernel does not tell that limit, so what was read goes without.
    const isRead = options.ewma !== undefined && options.avpkt === undefined && options.burst === undefined;
    if (!redFlowLimit && !isRead) {
      for (const name of RED) {
        if (options[name]) {
          impossible(`options.${name}`, `The "options.${name}" field needs "options.redFlowLimit" beside it`);
        }
      }
      return wire;
    }
    const max = bytes('options.max', options.max ?? 0) || Math.trunc(redFlowLimit / 4);
    const min = bytes('options.min', options.min ?? 0) || Math.trunc(max / 3);
    const avpkt = bytes('options.avpkt', options.avpkt ?? 1000) || 1000;
    if (max > redFlowLimit && !isRead)
      impossible('options.max', 'The "options.max" field is more than "options.redFlowLimit"');
    if (min >= max) impossible('options.min', 'The "options.min" field is not less than "options.max"');
    const burst = integer('options.burst', options.burst ?? 0) || Math.trunc((2 * min + max) / (3 * avpkt));
    return {
      ...wire,
      redFlowLimit,
      min,
      max,
      ewma: isRead ? integer('options.ewma', options.ewma, 1, 31) : ewmaLog(min, burst, avpkt, 'options.burst'),
      plog:
        isRead && options.plog !== undefined
          ? integer('options.plog', options.plog, 0, 31)
          : probabilityLog(min, max, share('options.probability', options.probability ?? 0.02)),
      flags: (['ecn', 'harddrop'] as const).filter((name) => options[name]),
      maxP: maxP(options.probability),
    };
  },
  read(wire) {
    const { quantum, perturb, limit, divisor, flows, depth, headdrop, redFlowLimit, min, max, ewma, plog, flags } =
      wire;
    const { maxP: most, probDrop, forcedDrop, probMark, forcedMark, probMarkHead, forcedMarkHead } = wire;
    return {
      quantum,
      perturb: perturb * 1000,
      limit,
      divisor,
      flows,
      depth,
      headdrop: headdrop !== 0,
      ...(max
        ? {
            ...(redFlowLimit ? { redFlowLimit } : {}),
            min,
            max,
            probability: probabilityOf(most),
            ewma,
            plog,
            ecn: flags.includes('ecn'),
            harddrop: flags.includes('harddrop'),
            redStats: { probDrop, forcedDrop, probMark, forcedMark, probMarkHead, forcedMarkHead },
          }
        : {}),
    };
  },
};
