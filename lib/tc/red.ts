// Random early detection's arithmetic, which red, gred, choke and sfq share.
import { impossible } from './kind.js';
import { bytes, bytesPerSecond, integer, type Rate, type Share, type Size, share, ticksToSend } from './units.js';

/** How the average of the queue follows the queue. */
export interface RedAverage {
  /** Average size of packets in bytes. */
  avpkt?: Size | undefined;
  /** Packets of a burst that the average lets through; by the thresholds if left out. */
  burst?: number | undefined;
  /** The link's rate, for times when it is idle; 10 Mbit/s if left out. */
  bandwidth?: Rate | undefined;
  /** Greatest probability of a drop or mark: a share of 1, or a percentage such as `'2%'`. */
  probability?: Share | undefined;
  /** What `avpkt` and `burst` come to: binary logarithm of the inverse weight. Told; needed where `avpkt` is not given. */
  ewma?: number | undefined;
  /** What `probability` and the thresholds come to: binary logarithm of the slope. Told; computed if left out. */
  plog?: number | undefined;
  /** What `bandwidth` comes to: binary logarithm of the cells of the table of idle times. Told. */
  scellLog?: number | undefined;
}

/** The names of {@link RedAverage}'s fields. */
export const RED_AVERAGE = ['avpkt', 'burst', 'bandwidth', 'probability', 'ewma', 'plog', 'scellLog'];

const PROBABILITY = 0.02;
const BANDWIDTH = 1_250_000;
const U32 = 0x1_0000_0000;

/** A probability of 2^32. */
export const maxP = (value: Share | undefined, field = 'options.probability'): number =>
  Math.min(Math.trunc(share(field, value ?? PROBABILITY) * U32), U32 - 1);

/** The same as a share of 1. */
export const probabilityOf = (wire: number): number => wire / U32;

/** Binary logarithm of the inverse weight with which a burst of packets brings the average to `min` bytes. */
export function ewmaLog(min: number, burst: number, avpkt: number, field: string): number {
  const excess = burst + 1 - min / avpkt;
  if (excess < 1) {
    impossible(field, `The "${field}" field is too small: a burst of ${burst} packets does not reach "min"`);
  }
  let weight = 0.5;
  for (let log = 1; log < 32; log++, weight /= 2) {
    if (excess <= (1 - (1 - weight) ** burst) / weight) return log;
  }
  return impossible(field, `The "${field}" field is too large for any weight of the average`);
}

/** Binary logarithm of the slope at which the probability grows between the thresholds. */
export function probabilityLog(min: number, max: number, probability: number): number {
  if (max === min) return 0;
  if (max < min) impossible('options.min', 'The "options.min" field is more than "options.max"');
  let slope = probability / (max - min);
  for (let log = 0; log < 32; log++, slope *= 2) if (slope > 1) return log;
  return impossible('options.probability', 'The "options.probability" field is too small for the thresholds');
}

/** What idle times do to the average: for each cell of time the shifts, and the cells' binary logarithm. */
function idleTable(ewma: number, ticksPerPacket: number): { table: number[]; log: number } {
  const decay = -Math.log(1 - 1 / 2 ** ewma) / ticksPerPacket;
  const longest = 31 / decay;
  let log = 0;
  while (log < 32 && longest / 2 ** log >= 512) log++;
  if (log === 32) impossible('options.bandwidth', 'The "options.bandwidth" field is too small');
  const table = Array.from({ length: 256 }, (_, i) => Math.min(Math.trunc(i * 2 ** log * decay), 31));
  table[0] = 0;
  table[255] = 31;
  return { table, log };
}

/**
 * The average's parameters and table. `scale` turns the thresholds into bytes. Given `ewma`, as when it was read, the
 * rest follows from it: the kernel does not tell the table of idle times, so that of a middling rate is taken.
 */
export function redAverage(
  options: RedAverage,
  min: number,
  max: number,
  defaultAvpkt?: number,
  isInPackets = false,
): { ewma: number; plog: number; scellLog: number; stab: number[] } {
  const isRead = options.avpkt === undefined && options.ewma !== undefined;
  if (options.avpkt === undefined && defaultAvpkt === undefined && !isRead) {
    impossible('options.avpkt', 'The "options.avpkt" field is needed');
  }
  const avpkt = bytes('options.avpkt', options.avpkt ?? defaultAvpkt ?? 1000);
  if (avpkt === 0) impossible('options.avpkt', 'The "options.avpkt" field must be more than 0');
  const scale = isInPackets ? avpkt : 1;
  const probability = share('options.probability', options.probability ?? PROBABILITY);
  const plog =
    options.plog !== undefined && isRead
      ? integer('options.plog', options.plog, 0, 31)
      : probabilityLog(min * scale, max * scale, probability);
  if (isRead) {
    const ewma = integer('options.ewma', options.ewma, 1, 31);
    const scellLog = integer('options.scellLog', options.scellLog ?? 0, 0, 31);
    const decay = 31 / (384 * 2 ** scellLog);
    const stab = Array.from({ length: 256 }, (_, i) => Math.min(Math.trunc(i * 2 ** scellLog * decay), 31));
    stab[255] = 31;
    return { ewma, plog, scellLog, stab };
  }
  const burst =
    options.burst === undefined
      ? Math.trunc((2 * min + max) / (3 * (isInPackets ? 1 : avpkt)))
      : integer('options.burst', options.burst);
  const ewma = ewmaLog(min * scale, burst, avpkt, 'options.burst');
  const bandwidth =
    options.bandwidth === undefined ? BANDWIDTH : bytesPerSecond('options.bandwidth', options.bandwidth);
  if (bandwidth === 0) impossible('options.bandwidth', 'The "options.bandwidth" field must be at least 8 bit/s');
  const { table, log } = idleTable(ewma, ticksToSend(bandwidth, avpkt) || 1);
  return { ewma, plog, scellLog: log, stab: table };
}
