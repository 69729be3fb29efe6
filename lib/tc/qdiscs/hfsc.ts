// Hierarchical fair service curves, tc-hfsc(8).
import type { HfscWire } from '../../generated/objects.js';
import { minorNumber } from '../handle.js';
import { checkOptionFields, impossible, type Kind } from '../kind.js';
import { bytes, bytesPerSecond, duration, type Rate, type Size, type Time } from '../units.js';

/** Options of an `hfsc` qdisc. */
export type HfscOptions = Omit<HfscWire, 'default'> & {
  /** The class for packets that no filter classifies: its minor number, or its handle such as `'1:11'`; 0: none. */
  default?: number | string | undefined;
};

/**
 * A service curve: a rate; or another rate `m1` for the time `d` and `m2` after it; or `rate`, packets of `umax` bytes
 * being sent within `dmax`.
 */
export type Curve =
  | Rate
  | { m1?: Rate | undefined; d?: Time | undefined; m2?: Rate | undefined }
  | { umax?: Size | undefined; dmax?: Time | undefined; rate: Rate };

/** Options of an `hfsc` class: at least one of `rt`, `ls` and `sc`. */
export interface HfscClassOptions {
  /** Real-time: what the class is guaranteed. */
  rt?: Curve | undefined;
  /** Link-sharing: its share of what is left. */
  ls?: Curve | undefined;
  /** Both `rt` and `ls`. */
  sc?: Curve | undefined;
  /** Upper limit of what link-sharing gives it. */
  ul?: Curve | undefined;
}

/** Options of the qdisc. */
export const hfsc: Kind<HfscOptions> = {
  write: (options) => ({ ...options, default: minorNumber('options.default', options.default) }),
  read: (wire) => wire,
};

function curve(field: string, given: Curve): object {
  if (typeof given !== 'object' || given === null) {
    const m2 = bytesPerSecond(field, given);
    if (m2 === 0) impossible(field, `The "${field}" field must be at least 8 bit/s`);
    return { m2: m2 * 8 };
  }
  const isByDelay = 'rate' in given || 'umax' in given || 'dmax' in given;
  const names = isByDelay ? ['umax', 'dmax', 'rate'] : ['m1', 'd', 'm2'];
  for (const name of Object.keys(given)) {
    if (!names.includes(name))
      impossible(`${field}.${name}`, `The "${field}.${name}" field does not go with the others`);
  }
  if (!isByDelay) {
    const { m1, d, m2 } = given as { m1?: Rate; d?: Time; m2?: Rate };
    const one = m1 === undefined ? 0 : bytesPerSecond(`${field}.m1`, m1);
    const two = m2 === undefined ? 0 : bytesPerSecond(`${field}.m2`, m2);
    if (one === 0 && two === 0) impossible(field, `The "${field}" field needs a rate, "m1" or "m2"`);
    return { m1: one * 8, d: d === undefined ? 0 : duration(`${field}.d`, d, 1000) / 1000, m2: two * 8 };
  }
  const { umax = 0, dmax = 0, rate: given2 } = given as { umax?: Size; dmax?: Time; rate: Rate };
  const unit = bytes(`${field}.umax`, umax);
  const delay = duration(`${field}.dmax`, dmax, 1000);
  const rate = bytesPerSecond(`${field}.rate`, given2);
  if (rate === 0) impossible(`${field}.rate`, `The "${field}.rate" field must be at least 8 bit/s`);
  if (unit && !delay) impossible(`${field}.dmax`, `The "${field}.dmax" field is needed beside "umax"`);
  const slope = delay ? Math.ceil((unit * 1_000_000) / delay) : 0;
  // Faster at first, to be in time; or nothing at first, as there is time.
  if (slope > rate) return { m1: slope * 8, d: delay / 1000, m2: rate * 8 };
  return { m1: 0, d: Math.ceil(delay - (unit * 1_000_000) / rate) / 1000, m2: rate * 8 };
}

/** Options of its classes. */
export const hfscClass: Kind<HfscClassOptions> = {
  rates: ['rt', 'ls', 'sc', 'ul', 'm1', 'm2', 'rate'],
  write(options) {
    checkOptionFields(options, ['rt', 'ls', 'sc', 'ul']);
    const { sc, ul } = options;
    for (const name of ['rt', 'ls'] as const) {
      if (sc !== undefined && options[name] !== undefined) {
        impossible('options.sc', `The fields "options.sc" and "options.${name}" exclude each other`);
      }
    }
    const of = (name: 'rt' | 'ls') => {
      const given = options[name] ?? sc;
      return given === undefined
        ? undefined
        : curve(options[name] === undefined ? 'options.sc' : `options.${name}`, given);
    };
    const [rt, ls] = [of('rt'), of('ls')];
    if (!rt && !ls) impossible('options.ls', 'One of the fields "options.rt", "options.ls" and "options.sc" is needed');
    if (ul !== undefined && !ls) {
      impossible('options.ul', 'The "options.ul" field needs "options.ls" or "options.sc" beside it');
    }
    return { rt, ls, ul: ul === undefined ? undefined : curve('options.ul', ul) };
  },
  read: (wire) => wire,
};
