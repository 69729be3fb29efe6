// Queueing disciplines: what `tc qdisc` does.
import { argumentError } from '../errors.js';
import type { Qdisc as QdiscFields, QdiscSpec as QdiscSpecFields, UnknownOptions } from '../generated/objects.js';
import { checkOptions } from '../lane.js';
import type { LinkRef } from '../links.js';
import type { Requester, RequestOptions } from '../requester.js';
import { checkSpec } from '../spec.js';
import { type Handle, handleNumber, INGRESS } from './handle.js';
import { fromWire, linkIndex, type TcReadOptions, toWire } from './object.js';
import { QDISC_KINDS, type QdiscOptionsByKind } from './qdiscs/kinds.js';
import type { LinkSpeeds } from './speed.js';
import type { Estimator, SizeTable } from './stab.js';

/** The kinds of qdisc whose options are known by name. */
export type QdiscKind = keyof QdiscOptionsByKind;

/** What every kind of qdisc has; {@link QdiscSpec} adds the kind and its options. */
export type QdiscFieldsSpec = Omit<
  QdiscSpecFields,
  'link' | 'kind' | 'options' | 'invisible' | 'handle' | 'parent' | 'stab' | 'estimator'
> & {
  /** What packets cost on the wire. */
  stab?: SizeTable | undefined;
  /** Have the rate estimated. */
  estimator?: Estimator | undefined;
  /** The link. */
  link: LinkRef;
  /** The qdisc's name, such as `'1:'`; chosen by the kernel if left out. */
  handle?: Handle | undefined;
  /**
   * Where it is: `'root'`, in a class such as `'1:10'`, or `'ingress'` or `'clsact'` (TC_H_CLSACT, told as
   * `'ffff:fff1'`), where the kinds of those names are without saying.
   */
  parent?: Handle | undefined;
};

/** A qdisc to be made or changed: `kind` decides which `options` there are (tc(8) and a page for each kind). */
export type QdiscSpec =
  | {
      [Kind in QdiscKind]: QdiscFieldsSpec & { kind: Kind; options?: QdiscOptionsByKind[Kind] | undefined };
    }[QdiscKind]
  | (QdiscFieldsSpec & { kind: string & {}; options?: UnknownOptions | undefined });

/** Which qdisc is meant: by its handle or by its parent. */
export interface QdiscRef {
  /** The link. */
  link: LinkRef;
  /** Its handle, such as `'1:'`. */
  handle?: Handle | undefined;
  /** Where it is: `'root'`, `'ingress'`, `'1:10'`. */
  parent?: Handle | undefined;
  /** Its kind; not the qdisc is meant if it is of another. */
  kind?: string | undefined;
}

/** A qdisc as the kernel tells it. Given back, what is read-only is passed over. */
export type Qdisc = Omit<
  QdiscFields,
  'link' | 'linkIndex' | 'kind' | 'handle' | 'parent' | 'refCount' | 'options' | 'stab'
> & {
  /** What packets cost on the wire. */
  stab?: SizeTable;
  /** The link's name. */
  link: string | number;
  /** The link's index. */
  readonly linkIndex: number;
  /** The kind. */
  kind: string;
  /** The handle, `'1:'`; `'0:'` for qdiscs that the kernel made by itself. */
  handle: string;
  /** `'root'`, the class that it is in, or `'ffff:fff1'` for ingress and clsact. */
  parent: string;
  /** References to it. */
  readonly refCount: number;
  /** The kind's own options. */
  options?: QdiscOptionsByKind[QdiscKind] | UnknownOptions;
};

/** Which qdiscs {@link Qdiscs.list} is to tell. */
export interface QdiscFilter {
  /** Only those of this link. */
  link?: LinkRef | undefined;
  /** Only those of this kind. */
  kind?: string | undefined;
  /** Only the one with this handle. */
  handle?: Handle | undefined;
  /** Only those with this parent. */
  parent?: Handle | undefined;
  /** Also those that the kernel hides: default qdiscs in classes. */
  invisible?: boolean | undefined;
}

/** Qdiscs of the links of the handle's network namespace. */
export class Qdiscs {
  readonly #requester: Requester;
  readonly #speeds: LinkSpeeds | undefined;

  /** @internal Without `speeds` no rate can be a share of the link's speed. */
  constructor(requester: Requester, speeds?: LinkSpeeds) {
    this.#requester = requester;
    this.#speeds = speeds;
  }

  /** @internal The spec with bits per second in the place of shares of the link's speed: at once where there are none. */
  resolve(spec: QdiscSpec, options?: RequestOptions): QdiscSpec | Promise<QdiscSpec> {
    return this.#speeds?.resolve(spec, QDISC_KINDS[spec?.kind]?.rates, options) ?? spec;
  }

  /**
   * Adds a qdisc (RTM_NEWQDISC with NLM_F_EXCL). Left out, options are as tc(8) says of the kind.
   *
   * @throws NetlinkError EEXIST when there is one in this place, ENOENT when the kernel does not know the kind or there
   * is no such parent, EOPNOTSUPP or EINVAL for what the kind does not do.
   */
  async add(spec: QdiscSpec, options?: RequestOptions): Promise<void> {
    return this.#modify('qdiscs.add', spec, options);
  }

  /** Adds a qdisc, changes the one that is there if it is of this kind and handle, or takes its place (NLM_F_REPLACE). */
  async replace(spec: QdiscSpec, options?: RequestOptions): Promise<void> {
    return this.#modify('qdiscs.replace', spec, options);
  }

  /**
   * Changes a qdisc in place. Its options become those given: of what is left out some kinds keep what was, some take
   * the default, as with `tc qdisc change`.
   *
   * @throws NetlinkError ENOENT when there is none, EINVAL when it is of another kind.
   */
  async change(spec: QdiscSpec, options?: RequestOptions): Promise<void> {
    const fixed = QDISC_KINDS[spec?.kind]?.fixed ?? [];
    const given = spec?.options as Record<string, unknown> | undefined;
    if (!fixed.some((name) => given?.[name] !== undefined)) return this.#modify('qdiscs.change', spec, options);
    const present = (await this.get(spec, options)).options as Record<string, unknown> | undefined;
    const same = fixed.filter((name) => given?.[name] === present?.[name]);
    const rest = Object.fromEntries(Object.entries(given ?? {}).filter(([name]) => !same.includes(name)));
    return this.#modify('qdiscs.change', { ...spec, options: rest } as QdiscSpec, options);
  }

  /** Puts a qdisc that is there, by its handle, in the place of a parent's other (`tc qdisc link`). */
  async move(spec: QdiscRef, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    return this.#requester.ack('qdiscs.move', located(spec), options);
  }

  /**
   * Deletes a qdisc (RTM_DELQDISC), and with it its classes, filters and the qdiscs below. The link gets the kernel's
   * default qdisc in its place.
   *
   * @throws NetlinkError ENOENT or EINVAL when there is none.
   */
  async delete(ref: QdiscRef, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    const { link, handle, parent, kind } = located(ref);
    return this.#requester.ack('qdiscs.delete', { link, handle, parent, kind }, options);
  }

  /**
   * Reads one qdisc (RTM_GETQDISC), by handle or parent.
   *
   * @throws NetlinkError ENOENT when there is none.
   */
  async get(ref: QdiscRef, options?: TcReadOptions): Promise<Qdisc> {
    checkOptions(options);
    const { link, handle, parent } = located(ref);
    const told = await this.#requester.one<Qdisc>('qdiscs.get', { link, handle, parent }, options);
    if (parent === undefined) {
      // The kernel tells the parent that was asked for: none.
      const dump = await this.#requester.list<Qdisc>('qdiscs.list', { invisible: true }, options);
      const same = dump.find((one) => one.linkIndex === told.linkIndex && one.handle === told.handle);
      if (same) told.parent = same.parent;
    }
    return fromWire(told, QDISC_KINDS);
  }

  /** Lists qdiscs (RTM_GETQDISC dump). The kernel tells all of the namespace's; the filter is applied here. */
  async list(filter: QdiscFilter & TcReadOptions = {}): Promise<Qdisc[]> {
    checkOptions(filter);
    checkSpec('filter', filter);
    const { signal: _, stats: __, link, kind, handle, parent, invisible, ...rest } = filter;
    for (const key of Object.keys(rest)) {
      throw argumentError('ERR_INVALID_ARG_VALUE', key, `The "${key}" field is not known`);
    }
    const wantedHandle = handle === undefined ? undefined : handleNumber('handle', handle, true);
    const wantedParent = parent === undefined ? undefined : handleNumber('parent', parent);
    const [index, told] = await Promise.all([
      link === undefined ? undefined : linkIndex(this.#requester, link, filter),
      this.#requester.list<Qdisc>('qdiscs.list', { invisible }, filter),
    ]);
    return told
      .filter(
        (qdisc) =>
          (index === undefined || qdisc.linkIndex === index) &&
          (kind === undefined || qdisc.kind === kind) &&
          (wantedHandle === undefined || handleNumber('handle', qdisc.handle, true) === wantedHandle) &&
          (wantedParent === undefined || handleNumber('parent', qdisc.parent) === wantedParent),
      )
      .map((qdisc) => fromWire<Qdisc>(qdisc, QDISC_KINDS));
  }

  async #modify(operation: string, given: QdiscSpec, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    located(given);
    const resolved = this.resolve(given, options);
    const spec = resolved instanceof Promise ? await resolved : resolved;
    const fields = located(spec);
    if (typeof spec.kind !== 'string' || spec.kind === '') {
      throw argumentError('ERR_INVALID_ARG_TYPE', 'kind', 'The "kind" field must be a string such as \'htb\'');
    }
    const kind = QDISC_KINDS[spec.kind];
    const further = spec.options === undefined ? [] : (kind?.further?.(spec.options) ?? []);
    const first = this.#requester.ack(operation, toWire(fields, QDISC_KINDS), options);
    if (further.length === 0) return first;
    const { link, handle, parent } = fields;
    const results = await Promise.allSettled([
      first,
      ...further.map((wire) =>
        this.#requester.ack('qdiscs.change', { link, handle, parent, kind: spec.kind, options: wire }, options),
      ),
    ]);
    const failed = results.find((result) => result.status === 'rejected');
    if (!failed) return;
    // Made, but not as it was to be: taken back.
    if (operation === 'qdiscs.add' && results[0]?.status === 'fulfilled') await this.delete({ link, handle, parent });
    throw failed.reason;
  }
}

/** Where a qdisc is: ingress and clsact have one place only, and its names are one. */
function located<Spec extends QdiscRef>(spec: Spec): Spec {
  checkSpec('spec', spec);
  if (spec.link === undefined) throw argumentError('ERR_INVALID_ARG_VALUE', 'link', 'The "link" field is needed');
  const isIngress = spec.kind === 'ingress' || spec.kind === 'clsact';
  const named = spec.parent === 'ingress' || spec.parent === 'clsact' ? INGRESS : spec.parent;
  const parent = named ?? (isIngress ? INGRESS : undefined);
  if (parent === undefined && spec.handle === undefined) {
    throw argumentError(
      'ERR_INVALID_ARG_VALUE',
      'parent',
      "The \"parent\" field is needed: 'root', 'ingress', or a class such as '1:10'",
    );
  }
  return { ...spec, parent, handle: spec.handle ?? (parent === INGRESS ? 'ffff:' : undefined) };
}
