// Classes of qdiscs: what `tc class` does.
import { argumentError } from '../errors.js';
import type { TcClass as ClassFields, TcClassSpec as ClassSpecFields, UnknownOptions } from '../generated/objects.js';
import { checkOptions } from '../lane.js';
import type { LinkRef } from '../links.js';
import type { Requester, RequestOptions } from '../requester.js';
import { checkSpec } from '../spec.js';
import { type Handle, handleNumber } from './handle.js';
import { fromWire, linkIndex, type TcReadOptions, toWire } from './object.js';
import { CLASS_KINDS, type ClassOptionsByKind } from './qdiscs/kinds.js';
import type { LinkSpeeds } from './speed.js';
import type { Estimator } from './stab.js';

/** The kinds of class whose options are known by name. */
export type ClassKind = keyof ClassOptionsByKind;

/** What every kind of class has; {@link TcClassSpec} adds the kind and its options. */
export type ClassFieldsSpec = Omit<
  ClassSpecFields,
  'link' | 'kind' | 'options' | 'classid' | 'parent' | 'estimator'
> & {
  /** Have the rate estimated. */
  estimator?: Estimator | undefined;
  /** The link. */
  link: LinkRef;
  /** The class's name, such as `'1:10'`. */
  classid: Handle;
  /** The class above, or the qdisc (`'1:'`). */
  parent?: Handle | undefined;
};

/** A class to be made or changed: `kind`, its qdisc's, decides which `options` there are. */
export type TcClassSpec =
  | {
      [Kind in ClassKind]: ClassFieldsSpec & { kind: Kind; options?: ClassOptionsByKind[Kind] | undefined };
    }[ClassKind]
  | (ClassFieldsSpec & { kind: string & {}; options?: UnknownOptions | undefined });

/** Which class is meant. */
export interface ClassRef {
  /** The link. */
  link: LinkRef;
  /** The class, such as `'1:10'`. */
  classid: Handle;
}

/** A class as the kernel tells it. Given back, what is read-only is passed over. */
export type TcClass = Omit<ClassFields, 'link' | 'linkIndex' | 'kind' | 'classid' | 'parent' | 'options'> & {
  /** The link's name. */
  link: string | number;
  /** The link's index. */
  readonly linkIndex: number;
  /** The kind. */
  kind: string;
  /** The class's name, such as `'1:10'`. */
  classid: string;
  /** The class above; `'root'` for the uppermost of a qdisc. */
  parent: string;
  /** The kind's own options. */
  options?: ClassOptionsByKind[ClassKind] | UnknownOptions;
};

/** Which classes {@link Classes.list} is to tell. */
export interface ClassFilter {
  /** The link. */
  link: LinkRef;
  /** Only those of this qdisc (`'1:'`), or below this class (`'1:1'`). */
  parent?: Handle | undefined;
  /** Only those of this kind. */
  kind?: string | undefined;
}

/** Classes of the qdiscs of the handle's network namespace. */
export class Classes {
  readonly #requester: Requester;
  readonly #speeds: LinkSpeeds | undefined;

  /** @internal Without `speeds` no rate can be a share of the link's speed. */
  constructor(requester: Requester, speeds?: LinkSpeeds) {
    this.#requester = requester;
    this.#speeds = speeds;
  }

  /** @internal The spec with bits per second in the place of shares of the link's speed: at once where there are none. */
  resolve(spec: TcClassSpec, options?: RequestOptions): TcClassSpec | Promise<TcClassSpec> {
    return this.#speeds?.resolve(spec, CLASS_KINDS[spec?.kind]?.rates, options) ?? spec;
  }

  /**
   * Adds a class (RTM_NEWTCLASS with NLM_F_EXCL).
   *
   * @throws NetlinkError EEXIST when there is one of this name, EINVAL or ENOENT when there is no such parent.
   */
  async add(spec: TcClassSpec, options?: RequestOptions): Promise<void> {
    return this.#modify('classes.add', spec, options);
  }

  /** Adds a class, or changes the one of this name (NLM_F_REPLACE). */
  async replace(spec: TcClassSpec, options?: RequestOptions): Promise<void> {
    return this.#modify('classes.replace', spec, options);
  }

  /**
   * Changes a class in place; what hangs below it stays. Its options become those given.
   *
   * @throws NetlinkError ENOENT when there is none.
   */
  async change(spec: TcClassSpec, options?: RequestOptions): Promise<void> {
    return this.#modify('classes.change', spec, options);
  }

  /**
   * Deletes a class (RTM_DELTCLASS) and the qdisc in it.
   *
   * @throws NetlinkError ENOENT when there is none, EBUSY when classes or filters refer to it.
   */
  async delete(ref: ClassRef, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    const { link, classid } = checkClass(ref);
    return this.#requester.ack('classes.delete', { link, classid }, options);
  }

  /**
   * Reads one class (RTM_GETTCLASS).
   *
   * @throws NetlinkError ENOENT when there is none.
   */
  async get(ref: ClassRef, options?: TcReadOptions): Promise<TcClass> {
    checkOptions(options);
    const { link, classid } = checkClass(ref);
    return fromWire(await this.#requester.one('classes.get', { link, classid }, options), CLASS_KINDS);
  }

  /** Lists the classes of a link (RTM_GETTCLASS dump). */
  async list(filter: ClassFilter & TcReadOptions): Promise<TcClass[]> {
    checkOptions(filter);
    checkSpec('filter', filter);
    const { signal: _, stats: __, link, kind, parent, ...rest } = filter;
    for (const key of Object.keys(rest)) {
      throw argumentError('ERR_INVALID_ARG_VALUE', key, `The "${key}" field is not known`);
    }
    // Without this the kernel would tell nothing, and no error either.
    const index = await linkIndex(this.#requester, link, filter);
    const wanted = parent === undefined ? undefined : handleNumber('parent', parent);
    // The kernel looks at the qdisc's part of the parent.
    const told = await this.#requester.list<TcClass>('classes.list', { link: index, parent: wanted }, filter);
    const isOfClass = wanted !== undefined && wanted % 0x10000 !== 0;
    return told
      .filter(
        (one) =>
          (kind === undefined || one.kind === kind) && (!isOfClass || handleNumber('parent', one.parent) === wanted),
      )
      .map((one) => fromWire<TcClass>(one, CLASS_KINDS));
  }

  async #modify(operation: string, given: TcClassSpec, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    const resolved = this.resolve(checkClass(given), options);
    const spec = resolved instanceof Promise ? await resolved : resolved;
    if (typeof spec.kind !== 'string' || spec.kind === '') {
      throw argumentError('ERR_INVALID_ARG_TYPE', 'kind', 'The "kind" field must be a string such as \'htb\'');
    }
    return this.#requester.ack(operation, toWire(spec, CLASS_KINDS), options);
  }
}

function checkClass<Ref extends ClassRef>(ref: Ref): Ref {
  checkSpec('spec', ref);
  for (const name of ['link', 'classid'] as const) {
    if (ref[name] === undefined) throw argumentError('ERR_INVALID_ARG_VALUE', name, `The "${name}" field is needed`);
  }
  return ref;
}
