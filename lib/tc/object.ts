// What requests about qdiscs, classes and filters have in common.
import { NetlinkError } from '../errors.js';
import type { Link } from '../links.js';
import { checkRef, type LinkRef } from '../links.js';
import type { Requester, RequestOptions } from '../requester.js';
import type { Wire } from './kind.js';
import type { Kinds } from './qdiscs/kinds.js';
import { type Estimator, estimator, readSizeTable, sizeTable } from './stab.js';

/** How much is wanted. */
export interface TcReadOptions extends RequestOptions {
  /** Adds `stats`: counters of traffic and queue, and the kind's own. */
  stats?: boolean | undefined;
}

interface Kinded {
  kind?: string | undefined;
  options?: object | undefined;
  stab?: object | undefined;
  estimator?: object | undefined;
}

/** A spec in the kernel's form. */
export function toWire<Spec extends Kinded>(spec: Spec, kinds: Kinds): Spec {
  const kind = spec.kind === undefined ? undefined : kinds[spec.kind];
  const wire = { ...spec };
  if (kind && (spec.options !== undefined || !kind.isOptional)) wire.options = kind.write(spec.options ?? {});
  if (spec.stab !== undefined) wire.stab = sizeTable(spec.stab);
  if (spec.estimator !== undefined) wire.estimator = estimator(spec.estimator as Estimator);
  return wire;
}

/** An object as the kernel told it, with its options in the caller's form. */
export function fromWire<T>(told: Wire, kinds: Kinds): T {
  const kind = kinds[told.kind];
  // What the table does not know all of is told as it came.
  if (kind && told.options !== undefined) {
    const options = kind.read(told.options);
    told.options = told.options.unknown ? { ...options, unknown: told.options.unknown } : options;
  }
  if (told.stab !== undefined) told.stab = readSizeTable(told.stab);
  if (told.stats !== undefined) readStats(told.stats);
  return told as T;
}

/** Counters with those of 64 bits in the place of those of 32. */
export function readStats(stats: Wire): Wire {
  if (stats.packets64 !== undefined) {
    stats.packets = Number(stats.packets64);
    delete stats.packets64;
  }
  if (stats.rateEstimate64 !== undefined) {
    stats.rateEstimate = { ...stats.rateEstimate64, packetRate: Number(stats.rateEstimate64.packetRate) };
    delete stats.rateEstimate64;
  }
  return stats;
}

/** The index of a link, for dumps that the kernel does not filter by link. */
export async function linkIndex(requester: Requester, ref: LinkRef, options?: RequestOptions): Promise<number> {
  if (typeof checkRef(ref) === 'number') return ref as number;
  const link = await requester.one<Link>('links.get', { ref, extMask: ['skipStats'] }, options);
  return link.index;
}

/** Turns the kernel's several ways of saying that there is none into `undefined`. */
export function undefinedIfAbsent(error: unknown): undefined {
  if (error instanceof NetlinkError && ['ENOENT', 'EINVAL', 'ENODEV'].includes(error.code)) return undefined;
  throw error;
}
