// Traffic classes in hardware queues: mqprio (tc-mqprio(8)) and taprio (tc-taprio(8)).
import type { MqprioTcEntry, MqprioWireSpec, TaprioTcEntry, TaprioWire } from '../../generated/objects.js';
import { checkOptionFields, impossible, type Kind, type Wire } from '../kind.js';
import { integer, type Rate } from '../units.js';

/** Queues of a traffic class: `'2@4'` are two from the fourth on. */
export type QueueRange = string | { count: number; offset: number };

/** Which traffic class packets belong to, and which queues the class has. */
export interface TrafficClasses {
  /** Number of traffic classes, at most 16. */
  numTc?: number | undefined;
  /** Traffic class of each of the 16 packet priorities. */
  map?: number[] | undefined;
  /** Queues of each traffic class. */
  queues?: QueueRange[] | undefined;
}

/** Options of an `mqprio` qdisc. */
export interface MqprioOptions extends TrafficClasses {
  /** Hardware is to do it; true if left out. */
  hw?: boolean | undefined;
  /** What hardware is given: `'dcb'` or `'channel'`. */
  mode?: MqprioWireSpec['mode'];
  /** How hardware shapes: `'dcb'` or `'bw_rlimit'`. */
  shaper?: MqprioWireSpec['shaper'];
  /** Least rate of each traffic class, with the shaper `'bw_rlimit'`. */
  minRate?: Rate[] | undefined;
  /** Greatest rate of each traffic class, with the shaper `'bw_rlimit'`. */
  maxRate?: Rate[] | undefined;
  /** Frame preemption of traffic classes. */
  tcEntries?: MqprioTcEntry[] | undefined;
}

/** Options of a `taprio` qdisc. */
export type TaprioOptions = TrafficClasses &
  Omit<TaprioWire, 'priomap' | 'tcEntries'> & {
    /** Limits of traffic classes. */
    tcEntries?: TaprioTcEntry[] | undefined;
  };

const MOST = 16;
const DEFAULT_MAP = [0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 1, 1, 3, 3, 3, 3];

function range(field: string, given: QueueRange): { count: number; offset: number } {
  if (typeof given === 'string') {
    const [, count, offset] = /^(\d+)@(\d+)$/.exec(given) ?? [];
    if (count === undefined)
      impossible(field, `The "${field}" field must be such as '2@4': two queues from the fourth on`);
    return { count: Number(count), offset: Number(offset) };
  }
  return {
    count: integer(`${field}.count`, given?.count, 0, 0xffff),
    offset: integer(`${field}.offset`, given?.offset, 0, 0xffff),
  };
}

/** struct tc_mqprio_qopt. */
function classes(options: TrafficClasses, hw: number): Wire {
  const numTc = integer('options.numTc', options.numTc ?? 8, 0, MOST);
  const map = options.map ?? (options.numTc === undefined ? DEFAULT_MAP : []);
  const queues = options.queues ?? [];
  for (const [name, list] of Object.entries({ map, queues })) {
    if (!Array.isArray(list)) impossible(`options.${name}`, `The "options.${name}" field must be an array`);
    if (list.length > MOST) impossible(`options.${name}`, `The "options.${name}" field must have at most 16 elements`);
  }
  if (queues.length > numTc)
    impossible('options.queues', 'The "options.queues" field has more elements than there are traffic classes');
  const ranges = queues.map((one, i) => range(`options.queues[${i}]`, one));
  return {
    numTc,
    map: map.map((one, i) => integer(`options.map[${i}]`, one, 0, Math.max(numTc - 1, 0))),
    hw,
    count: ranges.map(({ count }) => count),
    offset: ranges.map(({ offset }) => offset),
  };
}

function readClasses({ numTc, map, count, offset }: Wire): TrafficClasses {
  return {
    numTc,
    map,
    queues: count.slice(0, numTc).map((one: number, i: number) => ({ count: one, offset: offset[i] })),
  };
}

/** Of the 16 traffic classes that are told, those of which there is something to tell. */
const isLimited = ({ maxSdu, fp }: TaprioTcEntry): boolean => Boolean(maxSdu) || (fp !== undefined && fp !== 'express');

/** Options of an `mqprio` qdisc. */
export const mqprio: Kind<MqprioOptions> = {
  write(options) {
    checkOptionFields(options, ['numTc', 'map', 'queues', 'hw', 'mode', 'shaper', 'minRate', 'maxRate', 'tcEntries']);
    const { hw = true, mode, shaper, minRate, maxRate, tcEntries } = options;
    if (typeof hw !== 'boolean') impossible('options.hw', 'The "options.hw" field must be a boolean');
    if (!hw) {
      for (const name of ['mode', 'shaper', 'minRate', 'maxRate'] as const) {
        if (options[name] !== undefined)
          impossible(`options.${name}`, `The "options.${name}" field is for hardware: "hw" is false`);
      }
    }
    for (const name of ['minRate', 'maxRate'] as const) {
      if (options[name] !== undefined && shaper !== 'bw_rlimit') {
        impossible(`options.${name}`, `The "options.${name}" field needs the shaper 'bw_rlimit'`);
      }
    }
    // All 16, as tc sends them.
    const rates = (given?: Rate[]) => given && Array.from({ length: MOST }, (_, i) => given[i] ?? 0);
    return {
      ...classes(options, hw ? 1 : 0),
      mode,
      shaper,
      minRate: rates(minRate),
      maxRate: rates(maxRate),
      tcEntries,
    };
  },
  read({ numTc, map, count, offset, hw, minRate, maxRate, tcEntries, ...wire }) {
    const preemptible = tcEntries?.filter(isLimited);
    return {
      ...readClasses({ numTc, map, count, offset }),
      hw: hw !== 0,
      ...wire,
      ...(minRate ? { minRate: minRate.slice(0, numTc) } : {}),
      ...(maxRate ? { maxRate: maxRate.slice(0, numTc) } : {}),
      ...(preemptible?.length ? { tcEntries: preemptible } : {}),
    };
  },
};

/** What was read with the time-table that was given last: until that begins, it is told beside the one before, if any. */
export function withLatestSchedule<Options extends { adminSchedule?: object | undefined }>(options: Options): Options {
  const { adminSchedule, ...rest } = options;
  return { ...rest, ...adminSchedule } as Options;
}

/** Options of a `taprio` qdisc. */
export const taprio: Kind<TaprioOptions> = {
  write(options) {
    checkOptionFields(options, [
      'numTc',
      'map',
      'queues',
      'schedule',
      'baseTime',
      'clock',
      'cycleTime',
      'cycleTimeExtension',
      'flags',
      'txtimeDelay',
      'tcEntries',
      'adminSchedule',
    ]);
    const { numTc, map, queues, ...wire } = withLatestSchedule(options);
    const flags = Array.isArray(wire.flags) ? wire.flags : [];
    if (wire.txtimeDelay !== undefined && !flags.includes('txtimeAssist')) {
      impossible('options.txtimeDelay', `The "options.txtimeDelay" field needs the flag 'txtimeAssist'`);
    }
    if (wire.clock !== undefined && wire.clock !== -1 && flags.includes('fullOffload')) {
      impossible('options.clock', `The "options.clock" field and the flag 'fullOffload' exclude each other`);
    }
    const isMapped = numTc !== undefined || map !== undefined || queues !== undefined;
    return { priomap: isMapped ? classes({ numTc, map, queues }, 0) : undefined, ...wire };
  },
  read({ priomap, tcEntries, ...wire }) {
    const limited = tcEntries?.filter(isLimited);
    return {
      ...(priomap ? readClasses(priomap) : {}),
      ...wire,
      ...(limited?.length ? { tcEntries: limited } : {}),
    };
  },
};
