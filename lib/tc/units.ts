// Rates, sizes and times as callers give them: numbers, or the strings of tc(8).
import { readFileSync } from 'node:fs';
import { addon } from '../addon.js';
import { argumentError } from '../errors.js';

/**
 * Bits per second as a number, or a rate as tc writes it: `'10mbit'`, `'1.5gbit'`, `'300kbps'` (bytes). Of the kinds of which
 * tc takes it (classes of htb and hfsc; tbf, netem, fq, red, choke, gred) also a share of the link's speed, `'50%'`: then
 * the speed is asked for first, and what is asked in the same tick leaves before it, batches and trees excepted.
 */
export type Rate = number | string;
/** Bytes as a number, or a size as tc writes it: `'32kb'`, `'10mb'`, `'64kbit'`. Prefixes are binary. */
export type Size = number | string;
/** Milliseconds as a number, or a time as tc writes it: `'25ms'`, `'100us'`, `'1s'`. */
export type Time = number | string;

/** A share of 1 as a number, or a percentage as text: `0.25` is `'25%'`. */
export type Share = number | string;

/** What packets cost on the wire: as they are, or in ATM cells. */
export type LinkLayer = 'unaware' | 'ethernet' | 'atm' | number;

const U32 = 0xffff_ffff;

const KINDS = {
  rate: "bits per second (number) or a rate such as '10mbit'",
  size: "bytes (number) or a size such as '32kb'",
  time: "milliseconds (number) or a time such as '25ms'",
};

function refuse(field: string, expected: string, value: unknown): never {
  const type = typeof value;
  const code =
    type === 'number' ? 'ERR_OUT_OF_RANGE' : type === 'string' ? 'ERR_INVALID_ARG_VALUE' : 'ERR_INVALID_ARG_TYPE';
  const shown = type === 'string' ? `'${value}'` : type === 'number' || value === null ? String(value) : type;
  throw argumentError(code, field, `The "${field}" field must be ${expected}. Received ${shown}`);
}

function quantity(unit: keyof typeof KINDS, field: string, value: unknown, perUnit: number, most: number): number {
  let amount: number | undefined;
  if (typeof value === 'string') {
    amount = addon.quantity(unit, value, unit === 'time' ? perUnit : 1);
    if (amount !== undefined) amount = Math.trunc(amount);
  } else if (typeof value === 'number' && value >= 0) {
    amount = unit === 'rate' ? Math.trunc(value / 8) : unit === 'time' ? Math.round(value * perUnit) : value;
  }
  if (amount === undefined || !(amount >= 0)) {
    const isShare = unit === 'rate' && typeof value === 'string' && /^[\d.]+%$/.test(value);
    refuse(field, isShare ? `${KINDS.rate}, not a share of the link’s speed` : KINDS[unit], value);
  }
  if (!(amount <= most)) {
    throw argumentError('ERR_OUT_OF_RANGE', field, `The "${field}" field is more than the kernel can take: ${value}`);
  }
  return amount;
}

/** Of a rate: bytes per second. */
export function bytesPerSecond(field: string, value: unknown): number {
  return quantity('rate', field, value, 1, Number.MAX_SAFE_INTEGER);
}

/** Of a size: bytes. */
export function bytes(field: string, value: unknown, most = U32): number {
  const amount = quantity('size', field, value, 1, most);
  return Number.isInteger(amount) ? amount : refuse(field, KINDS.size, value);
}

/** Of a time: how many of the kernel's units, of which `perMillisecond` go into one millisecond. */
export function duration(field: string, value: unknown, perMillisecond: number, most = U32): number {
  return quantity('time', field, value, perMillisecond, most);
}

/** A whole number within bounds. */
export function integer(field: string, value: unknown, low = 0, high = U32): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high) return value;
  return refuse(field, `a whole number from ${low} to ${high}`, value);
}

/** A probability: a share from 0 to 1 as a number, or a percentage such as `'30%'`. */
export function share(field: string, value: unknown): number {
  const parsed = typeof value === 'string' && /^\s*[\d.]+%?$/.test(value) ? Number.parseFloat(value) / 100 : value;
  if (typeof parsed === 'number' && parsed >= 0 && parsed <= 1) return parsed;
  return refuse(field, "a share from 0 to 1 (number) or a percentage such as '30%'", value);
}

/** The kernel's clock of packet scheduling, /proc/net/psched. */
export interface Psched {
  /** Its ticks in a microsecond. */
  ticksPerMicrosecond: number;
  /** Its timers' ticks in a second. */
  hz: number;
}

let known: Psched | undefined;

/** The clock of packet scheduling; as every kernel since 2.6.31 has it, where /proc does not tell. */
export function psched(): Psched {
  if (known) return known;
  let words = [1000, 64, 1_000_000, 1_000_000_000];
  try {
    const told = readFileSync('/proc/net/psched', 'latin1').trim().split(/\s+/);
    const numbers = told.map((word) => Number.parseInt(word, 16));
    if (numbers.length >= 4 && numbers.every((number) => number > 0)) words = numbers;
  } catch {
    // No /proc here.
  }
  const [multiplier, divisor, resolution, hz] = words as [number, number, number, number];
  // A clock of nanoseconds calls its multiplier 1000 where it is 1, for the sake of old programs.
  const ticksPerUnit = resolution === 1_000_000_000 ? 1 : multiplier / divisor;
  known = {
    ticksPerMicrosecond: (ticksPerUnit * resolution) / 1_000_000,
    hz: resolution === 1_000_000 ? hz : 100,
  };
  return known;
}

/** Ticks that sending so many bytes takes at a rate in bytes per second: of whole microseconds, as tc counts. */
export function ticksToSend(rate: number, size: number): number {
  return Math.min(Math.trunc(Math.trunc(1_000_000 * (size / rate)) * psched().ticksPerMicrosecond), U32);
}

/** Bytes that are sent at a rate within so many ticks: the least of those that take as long. */
export function sentWithin(rate: number, ticks: number): number {
  return Math.ceil((Math.ceil(microseconds(ticks)) * rate) / 1_000_000);
}

/** Microseconds of so many ticks. */
export function microseconds(ticks: number): number {
  return ticks / psched().ticksPerMicrosecond;
}
