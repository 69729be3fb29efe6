// Rate specifications and rate tables, which htb, tbf and police share.
import { impossible } from './kind.js';
import { bytes, bytesPerSecond, integer, type LinkLayer, ticksToSend } from './units.js';

/** How packets are counted against a rate. */
export interface Counting {
  /** Bytes on the wire beside each packet's own. */
  overhead?: number | undefined;
  /** Least bytes that a packet counts for. */
  mpu?: number | string | undefined;
  /** What packets cost on the wire; `'ethernet'` if left out. */
  linkLayer?: LinkLayer | undefined;
}

/** struct tc_ratespec, as its table names the fields. */
export interface RateSpecWire {
  rate: number;
  linkLayer: LinkLayer;
  overhead: number;
  mpu: number;
  cellLog: number;
  cellAlign: number;
}

const LINK_LAYERS: LinkLayer[] = ['unaware', 'ethernet', 'atm'];
/** Bytes of an ATM cell. */
export const ATM_CELL = 53;
/** Bytes of a packet that it carries. */
export const ATM_PAYLOAD = 48;
const LARGEST_RATE = 0xffff_ffff;

/** What a burst is given as: `'15k'`, or `'15k/8'` with the size of the rate table's cells. */
export function burst(field: string, value: unknown): { size: number; cellLog?: number } {
  if (typeof value !== 'string' || !value.includes('/')) return { size: bytes(field, value) };
  const [size, cell] = value.split('/', 2) as [string, string];
  const cellLog = Math.log2(bytes(field, cell));
  if (!Number.isInteger(cellLog))
    impossible(field, `The "${field}" field's cell must be a power of 2. Received '${cell}'`);
  return { size: bytes(field, size), cellLog };
}

/** Bytes that a packet takes on the wire. */
export function onTheWire(size: number, mpu: number, linkLayer: LinkLayer): number {
  const least = Math.max(size, mpu);
  return linkLayer === 'atm' ? Math.ceil(least / ATM_PAYLOAD) * ATM_CELL : least;
}

/** A rate as the kernel has it, with its table: ticks that a packet of each cell takes. */
export function rateSpec(
  rate: number,
  counting: Counting,
  mtu: number,
  cellLog?: number,
): { spec: RateSpecWire; table: number[] } {
  const linkLayer = counting.linkLayer ?? 'ethernet';
  if (!LINK_LAYERS.includes(linkLayer)) {
    impossible('options.linkLayer', `The "options.linkLayer" field must be one of 'ethernet', 'atm', 'unaware'`);
  }
  const overhead = integer('options.overhead', counting.overhead ?? 0, 0, 0xffff);
  const mpu = bytes('options.mpu', counting.mpu ?? 0, 0xffff);
  let log = cellLog ?? 0;
  if (cellLog === undefined) while ((mtu || 2047) >> log > 255) log++;
  const table = Array.from({ length: 256 }, (_, i) => ticksToSend(rate, onTheWire((i + 1) * 2 ** log, mpu, linkLayer)));
  return {
    spec: { rate: Math.min(rate, LARGEST_RATE) * 8, linkLayer, overhead, mpu, cellLog: log, cellAlign: -1 },
    table,
  };
}

/** What is sent beside a rate that 32 bits do not hold: all 64, in the caller's unit. */
export function rate64(rate: number): number | undefined {
  return rate > LARGEST_RATE ? rate * 8 : undefined;
}

/** A rate that must be there and more than nothing, in bytes per second. */
export function positiveRate(field: string, value: unknown): number {
  const rate = bytesPerSecond(field, value);
  if (rate === 0) impossible(field, `The "${field}" field must be at least 8 bit/s. Received ${JSON.stringify(value)}`);
  return rate;
}
