// Whether what is wanted is there already: options are compared as the kernel would tell them.
import { isDeepStrictEqual } from 'node:util';
import { addon } from '../addon.js';
import { readTape } from '../tape.js';
import { withoutOwnTable } from './filters/u32.js';
import { readFilter, writeFilter } from './filters.js';
import type { Wire } from './kind.js';
import { fromWire, toWire } from './object.js';
import { CLASS_KINDS, QDISC_KINDS } from './qdiscs/kinds.js';
import { withLatestSchedule } from './qdiscs/mqprio.js';

/** What the kernel tells and nobody sets. */
const TOLD = new Set(['level', 'version', 'debug', 'directPackets', 'stats', 'redStats', 'seed']);
/** The kernel rounds times, by a thousandth of a millisecond. */
const ROUNDING = 0.002;
/** dualpi2's weights it rounds down, by one of their units each time that they are set as told. */
const ROUNDED_DOWN: Record<string, number> = { alpha: 1 / 256, beta: 1 / 256 };

function passed(object: string, wire: Wire): Wire {
  const tape = addon.decode(object, addon.encode(object, wire));
  const read: object[] = [];
  if (tape) readTape(tape, read);
  return read[0];
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === 0 ||
  value === 0n ||
  value === false ||
  (Array.isArray(value) && value.every(isEmpty)) ||
  (typeof value === 'object' && value !== null && Object.values(value).every(isEmpty));

function sameNumber(wanted: number, present: number): boolean {
  return wanted === present || Math.abs(wanted - present) <= Math.max(ROUNDING, Math.abs(present) * 1e-9);
}

/**
 * Whether a value has all that is wanted. What was not asked for, and is nothing, is the kernel's to choose: it is not
 * compared. Links are compared as they were given, as they have passed without their names.
 */
function covers(wanted: Wire, present: Wire, given: Wire): boolean {
  if (typeof wanted === 'number' && typeof present === 'number') return sameNumber(wanted, present);
  if (typeof wanted !== 'object' || wanted === null) return wanted === present;
  if (typeof present !== 'object' || present === null) return isEmpty(wanted);
  if (wanted instanceof Uint8Array) return Buffer.from(wanted).equals(Buffer.from(present));
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(present) &&
      wanted.length === present.length &&
      wanted.every((value, i) => covers(value, present[i], Array.isArray(given) ? given[i] : undefined))
    );
  }
  const names = new Set([...Object.keys(wanted), ...(Object.hasOwn(Object(given), 'link') ? ['link'] : [])]);
  return [...names].every((name) => {
    if (TOLD.has(name) || name.endsWith('Index')) return true;
    if (name === 'link') return given?.link === present.link || given?.link === present.linkIndex;
    const value = wanted[name];
    if (Object(given)[name] === undefined && isEmpty(value)) return true;
    if (name in ROUNDED_DOWN && value - present[name] === ROUNDED_DOWN[name]) return true;
    return covers(value, present[name], Object(given)[name]);
  });
}

/** Whether options were read, and not changed since. */
function sameAsRead(wanted: Wire, present: Wire): boolean {
  const { options, stab } = wanted;
  return (
    covers(options ?? {}, present.options ?? {}, options) &&
    isDeepStrictEqual(stab, present.stab) &&
    isAll(wanted, present)
  );
}

/** Whether there are as many options as are told: what is left out is to be the default, not what is there. */
const isAll = ({ options }: Wire, present: Wire): boolean =>
  Object.keys(present.options ?? {}).every((name) => TOLD.has(name) || Object(options)[name] !== undefined);

/** Whether a qdisc's or class's options are as wanted. */
export function sameOptions(type: 'Qdisc' | 'TcClass', wanted: Wire, told: Wire): boolean {
  const present = { ...told, options: told.options && withLatestSchedule<Wire>(told.options) };
  if (sameAsRead(wanted, present)) return true;
  const kinds = type === 'Qdisc' ? QDISC_KINDS : CLASS_KINDS;
  const { kind, options, stab } = wanted;
  const passedBy = fromWire<Wire>(passed(type, toWire({ kind, options, stab }, kinds)), kinds);
  return (
    covers(passedBy.options ?? {}, present.options ?? {}, options ?? {}) &&
    covers(passedBy.stab ?? {}, present.stab ?? {}, stab ?? {})
  );
}

/** Whether a filter is as wanted: what is given of priority, handle and chain, and the options. */
export function sameFilter(wantedFilter: Wire, presentFilter: Wire): boolean {
  const [wanted, present] = [withoutOwnTable<Wire>(wantedFilter), withoutOwnTable<Wire>(presentFilter)];
  for (const name of ['kind', 'prio', 'chain', 'handle'] as const) {
    const is = present[name] ?? (name === 'chain' ? 0 : undefined);
    if (wanted[name] !== undefined && String(wanted[name]) !== String(is)) return false;
  }
  if (wanted.protocol === present.protocol && sameAsRead(wanted, present)) return true;
  const { link: _, block: __, ...spec } = wanted;
  const read = readFilter(passed('TcFilter', writeFilter({ ...spec, link: 1 })));
  return read.protocol === present.protocol && covers(read.options ?? {}, present.options ?? {}, wanted.options ?? {});
}
