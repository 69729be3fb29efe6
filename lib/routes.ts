// Routes: what `ip route` does.

import { NetlinkError } from './errors.js';
import type { Route as RouteFields, RouteNexthopSpec, RouteSpec as RouteSpecFields } from './generated/objects.js';
import { checkOptions } from './lane.js';
import type { LinkRef } from './links.js';
import type { Requester, RequestOptions } from './requester.js';
import { checkSpec, familyOf } from './spec.js';

/** A route to be added, replaced, changed or deleted (rtnetlink(7), ip-route(8)). */
export type RouteSpec = Omit<RouteSpecFields, 'dst'> & {
  /** The destination: a prefix, an address, or `'default'`. */
  dst: string;
};

/** A route as the kernel tells it. */
export type Route = Omit<RouteFields, 'dst'> & {
  /** The destination: a prefix, or `'default'`. */
  dst: string;
};

/** Which routes {@link Routes.list} is to tell; all of it is looked at in the kernel. */
export interface RouteFilter {
  /** Only IPv4 or IPv6; both otherwise. */
  family?: 'inet' | 'inet6' | undefined;
  /** The table, by number or as `'main'`, `'local'`, `'default'`; `'all'` for all of them. As with `ip route`: main. */
  table?: RouteSpecFields['table'] | 'all' | undefined;
  /** Only routes out of this link. */
  link?: LinkRef | undefined;
  /** Only routes that this protocol added, such as `'kernel'` or `'static'`. */
  protocol?: RouteSpecFields['protocol'] | undefined;
  /** Only routes of this type, such as `'unicast'` or `'blackhole'`. */
  type?: RouteSpecFields['type'] | undefined;
}

/** What a look-up takes into account beside the destination. */
export interface RouteGetOptions extends RequestOptions {
  /** Source address. */
  from?: string | undefined;
  /** Only routes out of this link. */
  link?: LinkRef | undefined;
  /** As if the packet had come in by this link. */
  iif?: LinkRef | undefined;
  /** The packet's firewall mark. */
  mark?: number | undefined;
  /** The sending user. */
  uid?: number | undefined;
  /** Type of service. */
  tos?: number | undefined;
  /** Transport protocol, for rules and hashing: 6 tcp, 17 udp. */
  ipProto?: RouteSpecFields['ipProto'] | undefined;
  /** Source port. */
  sport?: number | undefined;
  /** Destination port. */
  dport?: number | undefined;
  /** Tells the table's entry that matched, not the resolved route (RTM_F_FIB_MATCH). */
  fibMatch?: boolean | undefined;
}

/** Routes of the handle's network namespace. */
export class Routes {
  readonly #requester: Requester;

  /** @internal */
  constructor(requester: Requester) {
    this.#requester = requester;
  }

  /**
   * Adds a route (RTM_NEWROUTE with NLM_F_EXCL). Scope, type, table and protocol are by default what `ip route add`
   * would take: unicast, main, boot, and the scope that follows from type and gateway.
   *
   * @throws NetlinkError EEXIST when there is one with the same destination, metric and table, ENETUNREACH when the
   * gateway cannot be reached, ENETDOWN when the link is down.
   */
  async add(spec: RouteSpec, options?: RequestOptions): Promise<void> {
    return this.#modify('routes.add', spec, options);
  }

  /** Adds a route or puts it in the place of the one with the same destination, metric and table (NLM_F_REPLACE). */
  async replace(spec: RouteSpec, options?: RequestOptions): Promise<void> {
    return this.#modify('routes.replace', spec, options);
  }

  /** Adds a route after others with the same destination (NLM_F_APPEND); with IPv6 a further nexthop of a multipath route. */
  async append(spec: RouteSpec, options?: RequestOptions): Promise<void> {
    return this.#modify('routes.append', spec, options);
  }

  /** Adds a route before others with the same destination (NLM_F_CREATE alone); with IPv6 the same as append. */
  async prepend(spec: RouteSpec, options?: RequestOptions): Promise<void> {
    return this.#modify('routes.prepend', spec, options);
  }

  /**
   * Changes a route that is there (NLM_F_REPLACE without NLM_F_CREATE).
   *
   * @throws NetlinkError ENOENT when there is none.
   */
  async change(spec: RouteSpec, options?: RequestOptions): Promise<void> {
    return this.#modify('routes.change', spec, options);
  }

  /**
   * Deletes the first route (RTM_DELROUTE) that has all that is given.
   *
   * @throws NetlinkError ESRCH when there is none.
   */
  async delete(spec: RouteSpec, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    checkSpec('spec', spec);
    const isIpv4 = familyOf(spec.dst) === 'inet' || familyOf(spec.gateway) === 'inet';
    const any = isIpv4 || (spec.dst === 'default' && spec.gateway === undefined);
    return this.#requester.ack(
      'routes.delete',
      { ...(any ? { scope: 'nowhere' } : {}), type: 0, ...withVia(spec) },
      options,
    );
  }

  /**
   * Asks which route a packet takes (RTM_GETROUTE).
   *
   * @throws NetlinkError ENETUNREACH, EHOSTUNREACH or EACCES as the packet would meet it.
   */
  async get(destination: string, options: RouteGetOptions = {}): Promise<Route> {
    checkOptions(options);
    checkSpec('options', options);
    const { signal: _, fibMatch, ...fields } = options;
    // IPv6 tells the table unasked, and refuses to be asked for it.
    const flags = [...(familyOf(destination) === 'inet6' ? [] : ['lookupTable']), ...(fibMatch ? ['fibMatch'] : [])];
    return this.#requester.one<Route>('routes.get', { ...fields, dst: destination, flags }, options);
  }

  /** Lists routes (RTM_GETROUTE dump), those of the main table unless the filter says otherwise. */
  async list(filter: RouteFilter & RequestOptions = {}): Promise<Route[]> {
    checkOptions(filter);
    checkSpec('filter', filter);
    const { signal: _, family, table = 'main', ...fields } = filter;
    const wanted = table === 'all' ? fields : { ...fields, table };
    const families = family === undefined ? ['inet', 'inet6'] : [family];
    const lists = await Promise.all(
      families.map((one) =>
        this.#requester.list<Route>('routes.list', { ...wanted, family: one }, filter).catch(emptyIfNoTable),
      ),
    );
    return lists.length === 1 ? (lists[0] as Route[]) : lists.flat();
  }

  async #modify(operation: string, spec: RouteSpec, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    checkSpec('spec', spec);
    return this.#requester.ack(
      operation,
      { type: 'unicast', protocol: 'boot', table: 'main', scope: defaultScope(spec), ...withVia(spec) },
      options,
    );
  }
}

/** A table comes to be with its first route; before, the kernel calls it absent. */
function emptyIfNoTable(error: unknown): Route[] {
  if (error instanceof NetlinkError && error.code === 'ENOENT') return [];
  throw error;
}

/** What ip-route(8) says of scope: host for local routes, link for broadcast and for what has no gateway. */
function defaultScope(spec: RouteSpec): RouteSpecFields['scope'] {
  if ([spec.dst, spec.gateway, spec.prefsrc, spec.from].some((text) => familyOf(text) === 'inet6')) return 'global';
  switch (spec.type ?? 'unicast') {
    case 'local':
    case 'nat':
      return 'host';
    case 'broadcast':
    case 'multicast':
    case 'anycast':
      return 'link';
    case 'unicast':
      return (spec.gateway ?? spec.via ?? spec.nexthops ?? spec.nhid) ? 'global' : 'link';
    default:
      return 'global';
  }
}

/** A gateway of the other family travels in RTA_VIA. */
function withVia(spec: RouteSpec): object {
  const family = familyOf(spec.dst) ?? spec.family;
  const isOther = (gateway: unknown) =>
    familyOf(gateway) !== undefined && family !== undefined && familyOf(gateway) !== family;
  const move = <T extends { gateway?: string | undefined; via?: string | undefined }>(hop: T): T =>
    isOther(hop.gateway) && hop.via === undefined ? { ...hop, via: hop.gateway, gateway: undefined } : hop;
  const moved = move(spec);
  return Array.isArray(moved.nexthops)
    ? { ...moved, nexthops: moved.nexthops.map((hop: RouteNexthopSpec) => (hop ? move(hop) : hop)) }
    : moved;
}
