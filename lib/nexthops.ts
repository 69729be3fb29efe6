// Nexthop objects: what `ip nexthop` does.
import type { Nexthop, NexthopBucket, NexthopSpec } from './generated/objects.js';
import { checkOptions } from './lane.js';
import type { LinkRef } from './links.js';
import type { Requester, RequestOptions } from './requester.js';
import { checkSpec } from './spec.js';

/** Which nexthops {@link Nexthops.list} is to tell; all of it is looked at in the kernel. */
export interface NexthopFilter {
  /** Only those out of this link. */
  link?: LinkRef | undefined;
  /** Only those out of links of this master. */
  master?: LinkRef | undefined;
  /** Only groups. */
  groups?: boolean | undefined;
  /** Only those for forwarding entries of a VXLAN. */
  fdb?: boolean | undefined;
}

/** Which buckets {@link Nexthops.buckets} is to tell; all of it is looked at in the kernel. */
export interface NexthopBucketFilter {
  /** Only those of the group with this id. */
  id?: number | undefined;
  /** Only those with this next hop. */
  nhid?: number | undefined;
  /** Only those whose next hop goes out of this link. */
  link?: LinkRef | undefined;
  /** Only those whose next hop goes out of a link of this master. */
  master?: LinkRef | undefined;
}

/** Nexthop objects of the handle's network namespace; routes refer to them by `nhid`. */
export class Nexthops {
  readonly #requester: Requester;

  /** @internal */
  constructor(requester: Requester) {
    this.#requester = requester;
  }

  /**
   * Adds a nexthop (RTM_NEWNEXTHOP): a gateway, a link, a blackhole or a group of others.
   *
   * @throws NetlinkError EEXIST when the id is taken.
   */
  async add(spec: NexthopSpec, options?: RequestOptions): Promise<void> {
    return this.#modify('nexthops.add', spec, options);
  }

  /** Adds a nexthop, or replaces the one with the same id (NLM_F_REPLACE). */
  async replace(spec: NexthopSpec, options?: RequestOptions): Promise<void> {
    return this.#modify('nexthops.replace', spec, options);
  }

  /**
   * Deletes a nexthop (RTM_DELNEXTHOP), and with it the routes that use it.
   *
   * @throws NetlinkError ENOENT when there is none.
   */
  async delete(id: number, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    return this.#requester.ack('nexthops.delete', { id }, options);
  }

  /**
   * Reads a nexthop (RTM_GETNEXTHOP).
   *
   * @throws NetlinkError ENOENT when there is none.
   */
  async get(id: number, options?: RequestOptions): Promise<Nexthop> {
    checkOptions(options);
    return this.#requester.one<Nexthop>('nexthops.get', { id }, options);
  }

  /** Lists nexthops (RTM_GETNEXTHOP dump). */
  async list(filter: NexthopFilter & RequestOptions = {}): Promise<Nexthop[]> {
    checkOptions(filter);
    checkSpec('filter', filter);
    const { signal: _, ...fields } = filter;
    return this.#requester.list<Nexthop>('nexthops.list', fields, filter);
  }

  /** Lists buckets of resilient groups (RTM_GETNEXTHOPBUCKET dump). */
  async buckets(filter: NexthopBucketFilter & RequestOptions = {}): Promise<NexthopBucket[]> {
    checkOptions(filter);
    checkSpec('filter', filter);
    const { signal: _, ...fields } = filter;
    return this.#requester.list<NexthopBucket>('nexthops.buckets', fields, filter);
  }

  async #modify(operation: string, spec: NexthopSpec, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    checkSpec('spec', spec);
    // A link or a blackhole does not tell the family of what may use it; groups have none.
    const family = spec.gateway === undefined && spec.group === undefined && !spec.fdb ? { family: 'inet' } : {};
    return this.#requester.ack(operation, { ...family, ...spec }, options);
  }
}
