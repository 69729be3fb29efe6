// Random early detection: red (tc-red(8)), choke (tc-choke(8)) and gred.
import { checkOptionFields, impossible, type Kind } from '../kind.js';
import { maxP, probabilityOf, RED_AVERAGE, type RedAverage, redAverage } from '../red.js';
import { bytes, integer, type Size } from '../units.js';

/** What becomes of packets that are to be dropped. */
export interface RedFlags {
  /** Packets that allow it are marked, not dropped. */
  ecn?: boolean | undefined;
  /** Over `max` packets are dropped, also those that could be marked. */
  harddrop?: boolean | undefined;
}

/** Options of a `red` qdisc. */
export interface RedOptions extends RedAverage, RedFlags {
  /** Most bytes waiting. */
  limit: Size;
  /** Average queue at which drops begin, in bytes; a third of `max` if left out. */
  min?: Size | undefined;
  /** Average queue at which drops are most probable; three times `min`, else a quarter of `limit`, if left out. */
  max?: Size | undefined;
  /** The probability follows the queue. */
  adaptive?: boolean | undefined;
  /** With `ecn`: packets that cannot be marked are not dropped. */
  nodrop?: boolean | undefined;
  /** Shared block of filters that packets dropped early pass (qevent). */
  earlyDropBlock?: number | undefined;
  /** Shared block of filters that packets marked pass (qevent). */
  markBlock?: number | undefined;
}

/** Options of a `choke` qdisc. */
export interface ChokeOptions extends RedAverage {
  /** Most packets waiting. */
  limit: number;
  /** Average queue at which drops begin, in packets; a third of `max` if left out. */
  min?: number | undefined;
  /** Average queue at which drops are most probable, in packets; a quarter of `limit` if left out. */
  max?: number | undefined;
  /** Packets that allow it are marked, not dropped. */
  ecn?: boolean | undefined;
}

/** A virtual queue of a `gred` qdisc. */
export interface GredQueue extends RedAverage, RedFlags {
  /** Its number. */
  dp: number;
  /** Most bytes waiting. */
  limit: Size;
  /** Average queue at which drops begin, in bytes. */
  min: Size;
  /** Average queue at which drops are most probable, in bytes. */
  max: Size;
  /** Priority, where there is `grio`. */
  prio?: number | undefined;
  /** Counters of the queue, read only. */
  readonly stats?: Record<string, number | bigint>;
}

/** Options of a `gred` qdisc: how many virtual queues there are, and then what they are. */
export interface GredOptions extends RedFlags {
  /** Number of virtual queues, at most 16. */
  dps: number;
  /** That for packets whose tc_index names none. */
  default: number;
  /** The queues have priorities. */
  grio?: boolean | undefined;
  /** Most bytes waiting in all of them; the link's txQueueLength packets if left out. */
  limit?: Size | undefined;
  /** Virtual queues to be set up, each in a message of its own that follows the first. */
  queues?: GredQueue[] | undefined;
}

const flagNames = (options: object, names: string[]): string[] =>
  names.filter((name) => (options as Record<string, unknown>)[name] === true);
const flagFields = (flags: string[], names: string[]): Record<string, boolean> =>
  Object.fromEntries(names.map((name) => [name, flags.includes(name)]));

const RED_FLAGS = ['ecn', 'harddrop', 'adaptive', 'nodrop'];
const GRED_FLAGS = ['ecn', 'harddrop'];

function checkBooleans(options: object, names: string[]): void {
  for (const name of names) {
    const value = (options as Record<string, unknown>)[name];
    if (value !== undefined && typeof value !== 'boolean') {
      impossible(`options.${name}`, `The "options.${name}" field must be a boolean`);
    }
  }
}

/** Options of a `red` qdisc. */
export const red: Kind<RedOptions> = {
  rates: ['bandwidth'],
  write(options) {
    checkOptionFields(
      options,
      ['limit', 'min', 'max', ...RED_AVERAGE, ...RED_FLAGS, 'earlyDropBlock', 'markBlock'],
      ['limit'],
    );
    checkBooleans(options, RED_FLAGS);
    const limit = bytes('options.limit', options.limit);
    const least = options.min === undefined ? 0 : bytes('options.min', options.min);
    const max =
      (options.max === undefined ? 0 : bytes('options.max', options.max)) ||
      (least ? least * 3 : Math.trunc(limit / 4));
    const min = least || Math.trunc(max / 3);
    if (options.nodrop && !options.ecn) {
      impossible('options.nodrop', 'The "options.nodrop" field means something with "options.ecn" only');
    }
    const { ewma, plog, scellLog, stab } = redAverage(options, min, max);
    return {
      parms: { limit, min, max, ewma, plog, scellLog },
      stab,
      maxP: maxP(options.probability),
      flags: flagNames(options, RED_FLAGS),
      earlyDropBlock: options.earlyDropBlock,
      markBlock: options.markBlock,
    };
  },
  read(wire) {
    const { limit, min, max, ewma, plog, scellLog, flags } = wire.parms;
    return {
      limit,
      min,
      max,
      ...(wire.maxP === undefined ? {} : { probability: probabilityOf(wire.maxP) }),
      ewma,
      plog,
      scellLog,
      ...flagFields(wire.flags ?? flags, RED_FLAGS),
      ...(wire.earlyDropBlock ? { earlyDropBlock: wire.earlyDropBlock } : {}),
      ...(wire.markBlock ? { markBlock: wire.markBlock } : {}),
    };
  },
};

/** Options of a `choke` qdisc. */
export const choke: Kind<ChokeOptions> = {
  rates: ['bandwidth'],
  write(options) {
    checkOptionFields(options, ['limit', 'min', 'max', ...RED_AVERAGE, 'ecn'], ['limit']);
    checkBooleans(options, ['ecn']);
    const limit = integer('options.limit', options.limit, 1);
    if (options.bandwidth === undefined && options.ewma === undefined) {
      impossible('options.bandwidth', 'The "options.bandwidth" field is needed');
    }
    const max = integer('options.max', options.max ?? 0) || Math.trunc(limit / 4);
    const min = integer('options.min', options.min ?? 0) || Math.trunc(max / 3);
    if (max > limit) impossible('options.max', 'The "options.max" field is more than "options.limit"');
    if (min >= max) impossible('options.min', 'The "options.min" field is not less than "options.max"');
    const { ewma, plog, scellLog, stab } = redAverage(options, min, max, 1000, true);
    return {
      parms: { limit, min, max, ewma, plog, scellLog, flags: flagNames(options, ['ecn']) },
      stab,
      maxP: maxP(options.probability),
    };
  },
  read(wire) {
    const { limit, min, max, ewma, plog, scellLog, flags } = wire.parms;
    return {
      limit,
      min,
      max,
      ...(wire.maxP === undefined ? {} : { probability: probabilityOf(wire.maxP) }),
      ewma,
      plog,
      scellLog,
      ecn: flags.includes('ecn'),
    };
  },
};

function gredQueue(queue: GredQueue): object {
  checkOptionFields(
    queue,
    ['dp', 'limit', 'min', 'max', 'prio', ...RED_AVERAGE, ...GRED_FLAGS, 'stats'],
    ['dp', 'limit', 'min', 'max'],
  );
  checkBooleans(queue, GRED_FLAGS);
  const dp = integer('options.dp', queue.dp, 0, 15);
  const limit = bytes('options.limit', queue.limit);
  const min = bytes('options.min', queue.min);
  const max = bytes('options.max', queue.max);
  const { ewma, plog, scellLog, stab } = redAverage(queue, min, max);
  return {
    parms: [{ limit, min, max, dp, ewma, plog, scellLog, prio: queue.prio ?? 0 }],
    stab,
    maxP: [maxP(queue.probability)],
    queues: [{ dp, flags: flagNames(queue, GRED_FLAGS) }],
  };
}

/** Options of a `gred` qdisc. */
export const gred: Kind<GredOptions> = {
  rates: ['bandwidth'],
  write(options) {
    checkOptionFields(options, ['dps', 'default', 'grio', 'limit', 'queues', ...GRED_FLAGS], ['dps', 'default']);
    checkBooleans(options, ['grio', ...GRED_FLAGS]);
    const dps = integer('options.dps', options.dps, 1, 16);
    return {
      setup: {
        dps,
        default: integer('options.default', options.default, 0, dps - 1),
        grio: options.grio ?? false,
        flags: flagNames(options, GRED_FLAGS),
      },
      limit: options.limit,
    };
  },
  further: (options) => (options.queues ?? []).map(gredQueue),
  read(wire) {
    const { dps, default: def, grio, flags } = wire.setup;
    const queues = wire.parms.flatMap(
      ({ dp, limit, min, max, prio, ewma, plog, scellLog, ...counters }: GredQueue, i: number) => {
        if (dp !== i) return [];
        // biome-ignore lint/suspicious/noExplicitAny: as its table names the fields
        const { dp: _, flags: own, ...stats } = wire.queues?.find((one: any) => one.dp === i) ?? { flags: [] };
        const probability = wire.maxP ? { probability: probabilityOf(wire.maxP[i]) } : {};
        const all = { ...counters, ...stats };
        return [
          {
            dp,
            limit,
            min,
            max,
            prio,
            ...probability,
            ewma,
            plog,
            scellLog,
            ...flagFields(own, GRED_FLAGS),
            stats: all,
          },
        ];
      },
    );
    return { dps, default: def, grio, ...flagFields(flags, GRED_FLAGS), limit: wire.limit, queues };
  },
};
