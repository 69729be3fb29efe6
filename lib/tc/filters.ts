// Filters and chains of filters: what `tc filter` and `tc chain` do.
import { argumentError } from '../errors.js';
import type {
  TcFilter as FilterFields,
  TcFilterSpec as FilterSpecFields,
  UnknownOptions,
} from '../generated/objects.js';
import { checkOptions } from '../lane.js';
import type { LinkRef } from '../links.js';
import type { Requester, RequestOptions } from '../requester.js';
import { checkSpec } from '../spec.js';
import { parseNumber } from './fields.js';
import type { FilterContext } from './filters/common.js';
import { FILTER_KINDS, type FilterOptionsByKind } from './filters/kinds.js';
import { u32Handle, u32HandleText, withoutOwnTable } from './filters/u32.js';
import { type Handle, handleNumber } from './handle.js';
import type { Wire } from './kind.js';
import { linkIndex, type TcReadOptions } from './object.js';

/** The kinds of filter whose options are known by name. */
export type FilterKindName = keyof FilterOptionsByKind;

/** Where filters are. */
export interface FilterPlace {
  /** The link; this or `block`. */
  link?: LinkRef | undefined;
  /**
   * The qdisc or class whose packets are looked at, such as `'1:'`; `'ingress'` and `'egress'` of an ingress or clsact
   * qdisc. The link's root qdisc if left out.
   */
  parent?: Handle | undefined;
  /** In place of link and parent: the shared block of filters of this number, which qdiscs are made with. */
  block?: number | undefined;
  /** The chain; 0, where packets begin, if left out. */
  chain?: number | undefined;
}

/** What every kind of filter has; {@link FilterSpec} adds the kind and its options. */
export interface FilterFieldsSpec extends FilterPlace {
  /** Protocol of the packets: `'ip'`, `'ipv6'`, `'arp'`, `'802.1Q'`...; `'all'` if left out. */
  protocol?: FilterSpecFields['protocol'];
  /** Filters of lower numbers are tried first; one priority has one kind and protocol. Chosen if left out. */
  prio?: number | undefined;
  /** The filter's number: of 'u32' `'800::800'`, of 'fw' the mark, of others any number. Chosen if left out. */
  handle?: number | string | undefined;
}

/** A filter to be made or changed: `kind` decides which `options` there are (tc(8) and a page for each kind). */
export type FilterSpec =
  | {
      [Kind in FilterKindName]: FilterFieldsSpec & { kind: Kind; options?: FilterOptionsByKind[Kind] | undefined };
    }[FilterKindName]
  | (FilterFieldsSpec & { kind: string & {}; options?: UnknownOptions | undefined });

/** Which filter, or which filters, are meant. */
export interface FilterRef extends FilterFieldsSpec {
  /** Their kind. */
  kind?: string | undefined;
}

/** A filter as the kernel tells it. Given back, what is read-only is passed over. */
export type Filter<Kind extends FilterKindName = FilterKindName> = Omit<
  FilterFields,
  'kind' | 'options' | 'handle' | 'link' | 'parent'
> & {
  /** The link. */
  link?: string | number;
  /** The shared block, in place of link and parent. */
  block?: number;
  /** The qdisc or class. */
  parent?: string;
  /** The kind. */
  kind: Kind | (string & {});
  /** The filter's number. */
  handle: number | string;
  /** The kind's own options. */
  options?: FilterOptionsByKind[Kind];
};

/** A chain of filters, as it is given. */
export type ChainSpec = FilterPlace & {
  /** Its number. */
  chain: number;
} & {
    [Kind in FilterKindName]: {
      /** With a template, which all filters must fit: their kind. The kernel knows templates of 'flower'. */
      kind?: Kind | undefined;
      /** The fields that filters may look at, with masks. */
      options?: FilterOptionsByKind[Kind] | undefined;
      /** Their protocol. */
      protocol?: FilterSpecFields['protocol'];
    };
  }[FilterKindName];

/** A chain as the kernel tells it. */
export interface Chain {
  link?: string | number;
  readonly linkIndex?: number;
  block?: number;
  parent?: string;
  /** Its number. */
  chain: number;
  /** The kind of its template. */
  kind?: string;
  /** The template. */
  options?: FilterOptionsByKind[FilterKindName];
}

const BLOCK_LINK = -1;
const BLOCK_INDEX = 0xffff_ffff;
const PLACE = ['link', 'parent', 'block', 'chain'];
const REF = [...PLACE, 'protocol', 'prio', 'handle', 'kind'];
const TOLD = ['linkIndex', 'warning', 'unknown'];

/** Filters of the handle's network namespace. */
export class Filters {
  readonly #requester: Requester;

  /** @internal */
  constructor(requester: Requester) {
    this.#requester = requester;
  }

  /**
   * Adds a filter (RTM_NEWTFILTER with NLM_F_EXCL). One that was read, of kind 'u32' and in its priority's own table, goes
   * to such a table again, whatever number that has by now.
   *
   * @throws NetlinkError EEXIST when there is one with this handle; EINVAL when filters of another kind or protocol have
   * the priority, or when the qdisc takes no filters; ENOENT when the kernel lacks the kind or an action.
   */
  async add(spec: FilterSpec | Filter, options?: RequestOptions): Promise<void> {
    // Only what was read has keys beside its comparisons.
    const isRead = (spec?.options as { keys?: unknown } | undefined)?.keys !== undefined;
    return this.#modify('filters.add', isRead ? withoutOwnTable(spec) : spec, options);
  }

  /** Adds a filter, or puts it in the place of the one with the same handle. */
  async replace(spec: FilterSpec | Filter, options?: RequestOptions): Promise<void> {
    return this.#modify('filters.replace', spec, options);
  }

  /**
   * Changes the filter with this priority and handle.
   *
   * @throws NetlinkError ENOENT when there is none.
   */
  async change(spec: FilterSpec | Filter, options?: RequestOptions): Promise<void> {
    return this.#modify('filters.change', spec, options);
  }

  /**
   * Deletes filters (RTM_DELTFILTER): one by priority and handle, all of a priority, or all of a chain.
   *
   * @throws NetlinkError ENOENT when there is none.
   */
  async delete(ref: FilterRef, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    const { kind, prio } = checkFields(ref, [...REF, 'options', ...TOLD]);
    if (ref.handle !== undefined && prio === undefined) {
      throw argumentError('ERR_INVALID_ARG_VALUE', 'prio', 'The "prio" field is needed beside "handle"');
    }
    // Without a priority the kernel wants to hear nothing of protocol and kind.
    const named: Wire = prio === undefined ? {} : { kind, prio, protocol: ref.protocol };
    // Of kind 'cgroup' the kernel finds none by handle, but there is only one of a priority.
    if (prio !== undefined && kind !== 'cgroup') named.handle = handleOf(ref);
    return this.#requester.ack('filters.delete', { ...placeOf(ref), ...named }, options);
  }

  /**
   * Reads one filter (RTM_GETTFILTER), by priority and handle; of kind 'cgroup' the kernel never finds any.
   *
   * @throws NetlinkError ENOENT when there is none.
   */
  async get(ref: FilterRef, options?: TcReadOptions): Promise<Filter> {
    checkOptions(options);
    const { kind, prio, protocol } = checkFields(ref, [...REF, 'options', ...TOLD]);
    for (const name of ['prio', 'handle', 'kind'] as const) {
      if (ref[name] === undefined) throw argumentError('ERR_INVALID_ARG_VALUE', name, `The "${name}" field is needed`);
    }
    const wire = { ...placeOf(ref), kind, prio, protocol: protocol ?? 'all', handle: handleOf(ref) };
    return readFilter(await this.#requester.one('filters.get', wire, options));
  }

  /** Lists filters (RTM_GETTFILTER dump) of a qdisc or class, or of a block: those of all chains, or of one. */
  async list(filter: FilterRef & TcReadOptions): Promise<Filter[]> {
    checkOptions(filter);
    const { kind, prio, protocol, handle } = checkFields(filter, [...REF, 'signal', 'stats']);
    const place = placeOf(filter);
    // Without this the kernel would tell nothing, and no error either.
    if (filter.link !== undefined) place.link = await linkIndex(this.#requester, filter.link, filter);
    const told = await this.#requester.list<Wire>('filters.list', { ...place, prio, protocol }, filter);
    // A priority by itself (its kind and protocol) is told, too, without a handle.
    return told
      .filter((one) => one.handle !== 0 || one.options !== undefined)
      .map((one) => readFilter(one))
      .filter(
        (one) =>
          (kind === undefined || one.kind === kind) &&
          (handle === undefined || handleOf(one) === handleOf({ ...filter, kind: one.kind })),
      );
  }

  async #modify(operation: string, spec: FilterSpec | Filter, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    const wire = writeFilter(spec);
    if (spec.kind === 'route' && wire.handle === undefined)
      wire.handle = await this.#routeHandle(wire.options, options);
    return this.#requester.ack(operation, wire, options);
  }

  /** The only handle that the kernel takes for a 'route' filter: one of what it compares. */
  async #routeHandle({ to, from, fromif }: Wire, options?: RequestOptions): Promise<number> {
    const index = fromif === undefined ? undefined : await linkIndex(this.#requester, fromif, options);
    return (from ?? (index === undefined ? 0xffff : 0x8000 + index)) * 0x10000 + (to ?? 0x8000);
  }
}

/** Chains of filters of the handle's network namespace. */
export class Chains {
  readonly #requester: Requester;

  /** @internal */
  constructor(requester: Requester) {
    this.#requester = requester;
  }

  /**
   * Adds a chain (RTM_NEWCHAIN), which stays when its last filter goes. With `kind` and `options` it has a template.
   *
   * @throws NetlinkError EEXIST when there is one, EOPNOTSUPP when the kind has no templates.
   */
  async add(spec: ChainSpec, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    checkFields(spec, [...REF, 'options']);
    checkChain(spec);
    const wire: Wire = writeOptions(spec as FilterSpec);
    return this.#requester.ack('chains.add', { ...placeOf(spec), kind: spec.kind, options: wire }, options);
  }

  /**
   * Deletes a chain (RTM_DELCHAIN) with its filters.
   *
   * @throws NetlinkError ENOENT or EINVAL when there is none.
   */
  async delete(ref: FilterPlace & { chain: number }, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    checkChain(ref);
    return this.#requester.ack('chains.delete', placeOf(ref), options);
  }

  /**
   * Reads one chain (RTM_GETCHAIN).
   *
   * @throws NetlinkError EINVAL when there is none.
   */
  async get(ref: FilterPlace & { chain: number }, options?: RequestOptions): Promise<Chain> {
    checkOptions(options);
    checkChain(ref);
    return readChain(await this.#requester.one('chains.get', placeOf(ref), options));
  }

  /** Lists chains (RTM_GETCHAIN dump): those made by themselves and those that filters made. */
  async list(filter: FilterPlace & RequestOptions): Promise<Chain[]> {
    checkOptions(filter);
    checkFields(filter, [...PLACE, 'signal']);
    const place = placeOf(filter);
    if (filter.link !== undefined) place.link = await linkIndex(this.#requester, filter.link, filter);
    const told = await this.#requester.list<Wire>('chains.list', place, filter);
    return told.map(readChain);
  }
}

function checkChain(spec: { chain?: unknown }): void {
  checkSpec('spec', spec);
  if (spec.chain === undefined) throw argumentError('ERR_INVALID_ARG_VALUE', 'chain', 'The "chain" field is needed');
}

function checkFields<Spec extends object>(spec: Spec, names: readonly string[]): Spec {
  checkSpec('spec', spec);
  for (const [name, value] of Object.entries(spec)) {
    if (value !== undefined && !names.includes(name)) {
      throw argumentError('ERR_INVALID_ARG_VALUE', name, `The "${name}" field is not known`);
    }
  }
  return spec;
}

/** Where filters are, in the kernel's form: a block stands in the place of link and parent. */
function placeOf({ link, parent, block, chain }: FilterPlace): Wire {
  if (block === undefined) {
    if (link === undefined) {
      throw argumentError('ERR_INVALID_ARG_VALUE', 'link', 'The "link" field is needed, or "block"');
    }
    return { link, parent: parent === undefined ? 0 : parentNumber(parent), chain };
  }
  for (const [name, value] of Object.entries({ link, parent })) {
    if (value !== undefined) {
      throw argumentError(
        'ERR_INVALID_ARG_VALUE',
        name,
        `The "${name}" field makes no sense with "block": links share it`,
      );
    }
  }
  if (!Number.isInteger(block) || block < 1 || block > 0xffff_ffff) {
    throw argumentError(
      'ERR_OUT_OF_RANGE',
      'block',
      `The "block" field must be from 1 to 4294967295. Received ${block}`,
    );
  }
  return { ifindex: BLOCK_LINK, block, chain };
}

const PARENTS: Record<string, number> = { root: 0, ingress: 0xffff_fff2, egress: 0xffff_fff3 };

function parentNumber(parent: Handle): number {
  return PARENTS[parent] ?? handleNumber('parent', parent);
}

/** The number of a filter's handle. */
function handleOf({ handle, kind }: { handle?: unknown; kind?: string | undefined }): number | undefined {
  if (handle === undefined) return undefined;
  if (kind === 'u32' || (typeof handle === 'string' && handle.includes(':'))) return u32Handle('handle', handle);
  const number = typeof handle === 'string' ? parseNumber(handle) : handle;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= 0xffff_ffff) return number;
  throw argumentError(
    typeof handle === 'number'
      ? 'ERR_OUT_OF_RANGE'
      : typeof handle === 'string'
        ? 'ERR_INVALID_ARG_VALUE'
        : 'ERR_INVALID_ARG_TYPE',
    'handle',
    `The "handle" field must be a number from 0 to 4294967295, or one in text. Received ${String(handle)}`,
  );
}

function writeOptions(spec: FilterSpec | Filter, context?: FilterContext): Wire {
  if (spec.options === undefined) return undefined;
  checkSpec('options', spec.options);
  const kind = FILTER_KINDS[spec.kind ?? ''];
  return kind ? kind.write(spec.options, context ?? { handle: spec.handle, protocol: spec.protocol }) : spec.options;
}

/** A filter as the kernel has it. */
export function writeFilter(spec: FilterSpec | Filter): Wire {
  const { kind, prio, protocol = 'all' } = checkFields(spec, [...REF, 'options', ...TOLD]);
  if (typeof kind !== 'string' || kind === '') {
    throw argumentError('ERR_INVALID_ARG_TYPE', 'kind', 'The "kind" field must be a string such as \'u32\'');
  }
  // 'u32' and 'fw' without options are filters, too: the former of no key, the latter of the mark itself.
  const options = writeOptions({ ...spec, options: spec.options ?? (kind === 'fw' ? undefined : {}) } as FilterSpec, {
    handle: spec.handle,
    protocol,
  });
  return { ...placeOf(spec), kind, prio, protocol, handle: handleOf(spec), options };
}

/** A filter as callers see it. */
export function readFilter(told: Wire): Filter {
  const { handle, options, linkIndex: index, link, parent, ...filter } = told;
  const isBlock = link === BLOCK_INDEX || index === BLOCK_INDEX;
  const place = isBlock ? { block: handleNumber('parent', parent) } : { link, linkIndex: index, parent };
  const kind = FILTER_KINDS[filter.kind];
  return {
    ...filter,
    ...place,
    handle: filter.kind === 'u32' ? u32HandleText(handle) : handle,
    ...(options === undefined ? {} : { options: kind ? kind.read(options, filter) : options }),
  };
}

/** A chain as callers see it. */
export function readChain(told: Wire): Chain {
  const { handle: _, prio: __, protocol: ___, ...chain } = readFilter(told);
  return chain as unknown as Chain;
}
