// Neighbour entries and forwarding databases: what `ip neighbour` and `bridge fdb` do.
import type { Neighbour, NeighbourSpec } from './generated/objects.js';
import { checkOptions } from './lane.js';
import type { LinkRef } from './links.js';
import type { Requester, RequestOptions } from './requester.js';
import { checkSpec } from './spec.js';

/** Which neighbours {@link Neighbours.list} is to tell; all of it is looked at in the kernel. */
export interface NeighbourFilter {
  /** IPv4, IPv6, or (`'bridge'`) forwarding databases; IPv4 and IPv6 if left out. */
  family?: 'inet' | 'inet6' | 'bridge' | undefined;
  /** Only those on this link. */
  link?: LinkRef | undefined;
  /** Only those on ports of this bridge. */
  master?: LinkRef | undefined;
  /** `['proxy']`: the addresses answered for, instead of the neighbours. */
  flags?: 'proxy'[] | undefined;
}

/** Neighbour entries of the handle's network namespace. */
export class Neighbours {
  readonly #requester: Requester;

  /** @internal */
  constructor(requester: Requester) {
    this.#requester = requester;
  }

  /**
   * Adds an entry (RTM_NEWNEIGH), permanent unless `state` says otherwise.
   *
   * @throws NetlinkError EEXIST when there is one for the address.
   */
  async add(spec: NeighbourSpec, options?: RequestOptions): Promise<void> {
    return this.#modify('neighbours.add', spec, options);
  }

  /** Adds an entry, or changes the one that is there (NLM_F_REPLACE). */
  async replace(spec: NeighbourSpec, options?: RequestOptions): Promise<void> {
    return this.#modify('neighbours.replace', spec, options);
  }

  /** Adds a further remote end to a VXLAN's forwarding entry (NLM_F_APPEND). */
  async append(spec: NeighbourSpec, options?: RequestOptions): Promise<void> {
    return this.#modify('neighbours.append', spec, options);
  }

  /**
   * Changes an entry that is there.
   *
   * @throws NetlinkError ENOENT when there is none.
   */
  async change(spec: NeighbourSpec, options?: RequestOptions): Promise<void> {
    return this.#modify('neighbours.change', spec, options);
  }

  /**
   * Deletes an entry (RTM_DELNEIGH).
   *
   * @throws NetlinkError ENOENT when there is none.
   */
  async delete(spec: NeighbourSpec, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    checkSpec('spec', spec);
    return this.#requester.ack('neighbours.delete', spec, options);
  }

  /**
   * Reads one entry (RTM_GETNEIGH) by link and address.
   *
   * @throws NetlinkError ENOENT when there is none.
   */
  async get(spec: NeighbourSpec, options?: RequestOptions): Promise<Neighbour> {
    checkOptions(options);
    checkSpec('spec', spec);
    return this.#requester.one<Neighbour>('neighbours.get', spec, options);
  }

  /** Lists entries (RTM_GETNEIGH dump), all or those that the filter lets through. */
  async list(filter: NeighbourFilter & RequestOptions = {}): Promise<Neighbour[]> {
    checkOptions(filter);
    checkSpec('filter', filter);
    const { signal: _, link, ...fields } = filter;
    // Forwarding databases are asked by the header's index, neighbour tables by NDA_IFINDEX.
    const place = link === undefined ? {} : filter.family === 'bridge' ? { link } : { viaLink: link };
    return this.#requester.list<Neighbour>('neighbours.list', { ...fields, ...place }, filter);
  }

  async #modify(operation: string, spec: NeighbourSpec, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    checkSpec('spec', spec);
    const isProxy = Array.isArray(spec.flags) && spec.flags.includes('proxy');
    return this.#requester.ack(operation, { ...(isProxy ? {} : { state: ['permanent'] }), ...spec }, options);
  }
}
