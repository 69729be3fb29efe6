// Network devices: what `ip link` does.
import { isDeepStrictEqual } from 'node:util';
import { argumentError } from './errors.js';
import type {
  Link as LinkFields,
  LinkOptionsByKind,
  LinkSpec as LinkSpecFields,
  UnknownOptions,
} from './generated/objects.js';
import { checkOptions } from './lane.js';
import type { Requester, RequestOptions } from './requester.js';
import { checkSpec } from './spec.js';

/** A link's name, alternative name or index. */
export type LinkRef = string | number;

/** The kinds of link whose options are known by name. */
export type LinkKind = keyof LinkOptionsByKind;

/** What every kind of link has; {@link LinkSpec} adds the kind and its options. */
export type LinkChanges = Omit<LinkSpecFields, 'ref' | 'altName' | 'extMask' | 'kind' | 'options'>;

type WithoutPeer<Options> = Options extends { peer?: unknown } ? Omit<Options, 'peer'> : Options;

/** A link to be made: `kind` decides which `options` there are (rtnetlink(7), ip-link(8)). */
export type LinkSpec =
  | {
      [Kind in LinkKind]: LinkChanges & {
        kind: Kind;
        options?: WithoutPeer<LinkOptionsByKind[Kind]> | undefined;
      } & (Kind extends 'veth' | 'netkit'
          ? {
              /** The other end, which may be born in another namespace. It cannot be up yet, as it has no peer then. */
              peer?: LinkChanges | undefined;
            }
          : unknown);
    }[LinkKind]
  | (LinkChanges & { kind: string & {}; options?: UnknownOptions | undefined });

/** A link as the kernel tells it. Given back to `create` or `set`, what is read-only is passed over. */
export type Link = Omit<LinkFields, 'index' | 'name' | 'ref'> & {
  /** Index of the link in its namespace. */
  index: number;
  /** Name of the link. */
  name: string;
};

/** Which links {@link Links.list} is to tell; both are looked at in the kernel. */
export interface LinkFilter {
  /** Only ports of this bridge, bond, VRF... */
  master?: LinkRef | undefined;
  /** Only links of this kind. */
  kind?: string | undefined;
}

/** How much of a link is wanted. */
export interface LinkReadOptions extends RequestOptions {
  /** Adds `stats`, the 64-bit counters. They cost a third of a dump's time, so they are left out otherwise. */
  stats?: boolean | undefined;
}

/** Fields that rtnl_newlink() passes over when it makes a link. */
const LATE_FIELDS = new Set([
  'alias',
  'addrGenMode',
  'token',
  'carrier',
  'protoDown',
  'protoDownReason',
  'port',
  'portKind',
]);

/** Kinds whose options the kernel resets where they are left out of a change. */
const WHOLE_KINDS = new Set([
  'erspan',
  'gre',
  'gretap',
  'ip6erspan',
  'ip6gre',
  'ip6gretap',
  'ip6tnl',
  'ipip',
  'sit',
  'vti',
  'vti6',
  'xfrm',
]);

/** Links of the handle's network namespace. */
export class Links {
  readonly #requester: Requester;

  /** @internal */
  constructor(requester: Requester) {
    this.#requester = requester;
  }

  /**
   * Makes a link (RTM_NEWLINK), with everything in the one message: name, address, MTU, master, group, index,
   * namespace, and the same for a veth's peer. Nothing is moved or renamed afterwards.
   *
   * @throws NetlinkError EEXIST when name or index is taken, EOPNOTSUPP when the kernel does not know the kind, ENODEV
   * when `link` or `master` does not exist.
   */
  async create(spec: LinkSpec, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    checkSpec('spec', spec);
    if (typeof spec.kind !== 'string' || spec.kind === '') {
      throw argumentError('ERR_INVALID_ARG_TYPE', 'kind', 'The "kind" field must be a string such as \'veth\'');
    }
    const { peer, altNames, ...given } = spec as LinkChanges & { kind: string; options?: object; peer?: LinkChanges };
    if (peer?.index !== undefined && spec.index === undefined) {
      throw argumentError(
        'ERR_INVALID_ARG_VALUE',
        'peer.index',
        'The "peer.index" field needs "index" beside it: the kernel ignores it otherwise',
      );
    }
    // What the kernel takes only of a link that is there goes in messages of its own, which leave with the first.
    const fields: Record<string, unknown> = {};
    const late: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(given)) (LATE_FIELDS.has(key) ? late : fields)[key] = value;
    if (peer !== undefined) fields.options = { ...(given.options as object | undefined), peer };
    const isSimple = !altNames?.length && Object.keys(late).length === 0;
    const ref = spec.name ?? spec.index;
    if (!isSimple && (ref === undefined || spec.netns !== undefined)) {
      const field = altNames?.length ? 'altNames' : (Object.keys(late)[0] as string);
      throw argumentError(
        'ERR_INVALID_ARG_VALUE',
        field,
        `The "${field}" field needs "name" or "index" beside it, and no "netns": it is set on the link when it is there`,
      );
    }
    const created = this.#requester.ack('links.create', fields, options);
    if (isSimple || ref === undefined) return created;
    const jobs = [created];
    if (Object.keys(late).length)
      jobs.push(this.#requester.ack('links.set', { ...late, kind: undefined, ref }, options));
    if (altNames?.length) jobs.push(this.#requester.ack('links.addAltNames', { ref, altNames }, options));
    const results = await Promise.allSettled(jobs);
    const failed = results.find((result) => result.status === 'rejected');
    if (!failed) return;
    if (results[0]?.status === 'fulfilled') {
      await this.delete(ref).catch((error: unknown) => {
        throw new AggregateError(
          [failed.reason, error],
          'The link was made, not all of it could be set, and it could not be removed',
        );
      });
    }
    throw failed.reason;
  }

  /**
   * Reads one link (RTM_GETLINK), by name, alternative name or index. Never a dump.
   *
   * @throws NetlinkError ENODEV when there is none.
   */
  async get(ref: LinkRef, options?: LinkReadOptions): Promise<Link> {
    checkOptions(options);
    return this.#requester.one<Link>('links.get', { ref: checkRef(ref), ...readMask(options) }, options);
  }

  /** Lists links (RTM_GETLINK dump), all or those that the filter lets through. */
  async list(filter: LinkFilter & LinkReadOptions = {}): Promise<Link[]> {
    checkOptions(filter);
    checkSpec('filter', filter);
    const { signal: _, stats: __, ...fields } = filter;
    return this.#requester.list<Link>('links.list', { ...fields, ...readMask(filter) }, filter);
  }

  /**
   * Changes a link: only what is given. `master: null` takes it out of its master; `netns` moves it; `altNames`
   * replaces the alternative names. Kind-specific `options` need `kind` beside them, a port's `port` its `portKind`.
   *
   * @throws NetlinkError ENODEV when there is no such link, and whatever the kernel refuses.
   */
  async set(
    ref: LinkRef,
    changes: LinkChanges & { kind?: string; options?: object },
    options?: RequestOptions,
  ): Promise<void> {
    checkOptions(options);
    checkSpec('changes', changes);
    const link = checkRef(ref);
    const { altNames, ...fields } = 'operState' in changes ? await this.#differences(link, changes, options) : changes;
    const jobs: Promise<void>[] = [];
    if (altNames !== undefined) jobs.push(this.#setAltNames(link, altNames, options));
    if (Object.keys(fields).length > 0)
      jobs.push(this.#requester.ack('links.set', { ...fields, index: undefined, ref: link }, options));
    await all(jobs);
  }

  /**
   * Deletes a link (RTM_DELLINK), or all links of a group at once, which takes the time of one.
   *
   * @throws NetlinkError ENODEV when there is none, EOPNOTSUPP for links that cannot be deleted.
   */
  async delete(ref: LinkRef | { group: number }, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    if (typeof ref === 'object' && ref !== null) {
      if (typeof ref.group !== 'number') {
        throw argumentError('ERR_INVALID_ARG_TYPE', 'group', 'The "group" field must be a number');
      }
      return this.#requester.ack('links.delete', { group: ref.group }, options);
    }
    return this.#requester.ack('links.delete', { ref: checkRef(ref) }, options);
  }

  /** Of a link that was read, changed and given back: what is to be changed. */
  async #differences(ref: LinkRef, wanted: LinkChanges, options?: RequestOptions): Promise<LinkChanges> {
    const present = (await this.get(ref, options)) as unknown as Record<string, unknown>;
    const isWhole = 'kind' in wanted && WHOLE_KINDS.has(wanted.kind as string);
    const differing = Object.entries(wanted)
      .filter(([key, value]) => !isDeepStrictEqual(value, present[key]))
      .map(
        ([key, value]) =>
          [key, key === 'port' || (key === 'options' && !isWhole) ? differences(value, present[key]) : value] as const,
      );
    // The kind says what options mean, a port's what `port` means.
    const needed = differing.some(([key]) => key === 'options') && 'kind' in wanted ? { kind: wanted.kind } : {};
    return { ...needed, ...Object.fromEntries(differing) } as LinkChanges;
  }

  async #setAltNames(ref: LinkRef, wanted: readonly string[], options?: RequestOptions): Promise<void> {
    if (!Array.isArray(wanted)) {
      throw argumentError('ERR_INVALID_ARG_TYPE', 'altNames', 'The "altNames" field must be an array of strings');
    }
    // By its index: the name that it was called by may be among those that go.
    const { index, altNames: present = [] } = await this.get(ref, options);
    const surplus = present.filter((name) => !wanted.includes(name));
    const missing = wanted.filter((name) => !present.includes(name));
    const jobs: Promise<void>[] = [];
    if (surplus.length)
      jobs.push(this.#requester.ack('links.deleteAltNames', { ref: index, altNames: surplus }, options));
    if (missing.length) jobs.push(this.#requester.ack('links.addAltNames', { ref: index, altNames: missing }, options));
    await all(jobs);
  }
}

/** Of an object's fields those that differ: much may not even be repeated, as the state of a port whose link is down. */
function differences(wanted: unknown, present: unknown): unknown {
  if (typeof wanted !== 'object' || wanted === null || typeof present !== 'object' || present === null) return wanted;
  const was = present as Record<string, unknown>;
  return Object.fromEntries(Object.entries(wanted).filter(([key, value]) => !isDeepStrictEqual(value, was[key])));
}

/** Waits for all, then throws the first error, so that none goes unheard. */
async function all(jobs: Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(jobs)) {
    if (result.status === 'rejected') throw result.reason;
  }
}

function readMask(options: LinkReadOptions | undefined): { extMask?: ['skipStats'] } {
  return options?.stats ? {} : { extMask: ['skipStats'] };
}

/** Refuses what cannot name a link. */
export function checkRef(ref: unknown): LinkRef {
  if (typeof ref === 'string' && ref !== '') return ref;
  if (typeof ref === 'number' && Number.isInteger(ref) && ref > 0 && ref < 2 ** 31) return ref;
  throw argumentError(
    typeof ref === 'number' ? 'ERR_OUT_OF_RANGE' : 'ERR_INVALID_ARG_TYPE',
    'ref',
    `The "ref" argument must be the name (string) or index (positive number) of a link. Received ${
      typeof ref === 'number' || ref === '' ? JSON.stringify(ref) : ref === null ? 'null' : typeof ref
    }`,
  );
}
