// The whole of a link's traffic control as one object, and making it so.
import { argumentError } from '../errors.js';
import { checkOptions } from '../lane.js';
import type { LinkRef } from '../links.js';
import type { RequestOptions } from '../requester.js';
import { checkSpec } from '../spec.js';
import type { Classes, TcClass, TcClassSpec } from './classes.js';
import { sameFilter, sameOptions } from './compare.js';
import { isOwnTable, withoutOwnTable } from './filters/u32.js';
import type { Filter, FilterSpec, Filters } from './filters.js';
import { type Handle, handleNumber, INGRESS } from './handle.js';
import type { TcReadOptions } from './object.js';
import { CLASS_KINDS, QDISC_KINDS } from './qdiscs/kinds.js';
import type { Qdisc, QdiscSpec, Qdiscs } from './qdiscs.js';
import { absolute, type LinkSpeeds, shareIn } from './speed.js';

type WithoutPlace<T> = T extends unknown
  ? Omit<T, 'link' | 'linkIndex' | 'parent' | 'block' | 'refCount' | 'leaf'>
  : never;

/** A filter in a tree. Of the kind clsact's, `parent` tells whether incoming or outgoing packets are meant. */
export type TreeFilter = WithoutPlace<FilterSpec | Filter> & {
  /** Below clsact: `'ingress'` (as if left out) or `'egress'`. */
  parent?: 'ingress' | 'egress' | undefined;
};

/** A class in a tree, with what is below it. */
export type TreeClass = Partial<WithoutPlace<TcClassSpec | TcClass>> & {
  /** Its handle. */
  classid: Handle;
  /** Classes below. */
  classes?: TreeClass[] | undefined;
  /** The qdisc that holds its packets; the kernel's own if left out. */
  qdisc?: TreeQdisc | undefined;
  /** Filters of packets that have come to it. */
  filters?: TreeFilter[] | undefined;
};

/** A qdisc in a tree, with what is below it. */
export type TreeQdisc = WithoutPlace<QdiscSpec | Qdisc> & {
  /** Its classes. Of kinds whose classes nobody makes (prio, mq...) those with something in them. */
  classes?: TreeClass[] | undefined;
  /** Its filters. */
  filters?: TreeFilter[] | undefined;
};

/** A link's traffic control. What the kernel makes by itself is not in it. */
export interface TcTree {
  /** The root qdisc. */
  root?: TreeQdisc | undefined;
  /** The qdisc of the kind ingress or clsact. */
  ingress?: TreeQdisc | undefined;
}

/** What {@link TreeKeeper.apply} did. */
export interface TcChanges {
  /** How many qdiscs, classes and filters were added, replaced or changed in place. */
  made: number;
  /** How many were deleted, what was in them not counted. */
  deleted: number;
}

/** Kinds whose classes are made and deleted; others' are there with the qdisc. */
const MADE = new Set(['htb', 'hfsc', 'drr', 'qfq']);
/** Kinds that the kernel does not change in place. */
const UNCHANGEABLE = new Set(['htb', 'drr', 'qfq', 'mq', 'sfq', 'etf', 'clsact', 'ingress', 'noqueue', 'pfifo_fast']);
/** Kinds of filter of which, among those of a priority, the newest is tried first. */
const NEWEST_FIRST = new Set(['basic', 'bpf']);
const DEFAULT = '0:';

/** What the subjects of `nl.tc` are to a tree. */
interface Subjects {
  qdiscs: Qdiscs;
  classes: Classes;
  filters: Filters;
  speeds: LinkSpeeds;
}

/** Steps in order: those that make, and after them those that delete. */
interface Plan {
  make: (() => Promise<void>)[];
  delete: (() => Promise<void>)[];
}

/** Reads trees and makes them so. */
export class TreeKeeper {
  readonly #tc: Subjects;
  readonly #hold: () => () => void;

  /** @internal */
  constructor(subjects: Subjects, hold: () => () => void) {
    this.#tc = subjects;
    this.#hold = hold;
  }

  /** Reads a link's tree. */
  async tree(link: LinkRef, options: TcReadOptions = {}): Promise<TcTree> {
    checkOptions(options);
    const [all, classes] = await Promise.all([
      this.#tc.qdiscs.list({ ...options, link }),
      this.#tc.classes.list({ ...options, link }),
    ]);
    const qdiscs = all.filter(({ handle }) => handle !== DEFAULT);
    const parents = [
      ...qdiscs.flatMap(({ handle, kind }) =>
        kind === 'clsact' ? ['ingress', 'egress'] : kind === 'ingress' ? ['ingress'] : [handle],
      ),
      ...classes.filter(({ kind, classid }) => MADE.has(kind) && minor(classid) !== 0).map(({ classid }) => classid),
    ];
    const lists = await Promise.all(
      parents.map((parent) => this.#tc.filters.list({ link, parent, signal: options.signal })),
    );
    const filtersOf = (parent: string): TreeFilter[] =>
      (lists[parents.indexOf(parent)] ?? [])
        // A shared block is others', too; the table that u32 makes for itself is no filter.
        .filter((filter) => filter.block === undefined && !isOwnTable(filter))
        .map((filter) => {
          const { link: _, linkIndex: __, parent: ___, ...rest } = filter;
          return rest as TreeFilter;
        });

    const leaves = qdiscs.filter(({ parent }) => parent !== 'root' && parent !== INGRESS);
    const treeQdisc = (qdisc: Qdisc): TreeQdisc => {
      const { link: _, linkIndex: __, parent: ___, refCount: ____, ...own } = qdisc;
      const major = qdisc.handle;
      const mine = classes.filter(({ classid }) => `${classid.split(':')[0]}:` === major && minor(classid) !== 0);
      // Leaves of classes that the kernel does not list.
      const ids = new Set(mine.map(({ classid }) => classid));
      const unlisted = leaves
        .filter(({ parent }) => `${parent.split(':')[0]}:` === major && !ids.has(parent))
        .map(({ parent }) => ({ classid: parent, parent: 'root' }) as TcClass);
      const all = [...mine, ...unlisted];
      const below = (parent: string): TreeClass[] =>
        all
          .filter((one) => (ids.has(one.parent) ? one.parent : 'root') === parent)
          .map((one) => {
            const { link: _, linkIndex: __, parent: ___, leaf: ____, ...fields } = one;
            const inner = below(one.classid);
            const leaf = leaves.find((candidate) => candidate.parent === one.classid);
            const filters = filtersOf(one.classid);
            return {
              ...fields,
              ...(inner.length ? { classes: inner } : {}),
              ...(leaf ? { qdisc: treeQdisc(leaf) } : {}),
              ...(filters.length ? { filters } : {}),
            } as TreeClass;
          })
          .filter((one) => one.options !== undefined || one.qdisc || MADE.has(qdisc.kind) || one.filters);
      const inner = below('root');
      const filters =
        qdisc.kind === 'clsact'
          ? (['ingress', 'egress'] as const).flatMap((parent) => filtersOf(parent).map((one) => ({ ...one, parent })))
          : filtersOf(qdisc.kind === 'ingress' ? 'ingress' : qdisc.handle);
      return {
        ...own,
        ...(inner.length ? { classes: inner } : {}),
        ...(filters.length ? { filters } : {}),
      } as TreeQdisc;
    };
    const root = qdiscs.find(({ parent }) => parent === 'root');
    const ingress = qdiscs.find(({ parent }) => parent === INGRESS);
    return {
      ...(root ? { root: treeQdisc(root) } : {}),
      ...(ingress ? { ingress: treeQdisc(ingress) } : {}),
    };
  }

  /** Makes a link's tree so. */
  async apply(link: LinkRef, given: TcTree, options?: RequestOptions): Promise<TcChanges> {
    checkOptions(options);
    checkSpec('tree', given);
    for (const name of Object.keys(given)) {
      if (name !== 'root' && name !== 'ingress') {
        throw argumentError(
          'ERR_INVALID_ARG_VALUE',
          name,
          `The "${name}" field is not known: a tree has "root" and "ingress"`,
        );
      }
    }
    const wanted = await this.#resolve(link, given, options);
    const present = await this.tree(link, options);
    const plan = this.#plan(link, wanted, present, options);
    try {
      await this.#together(plan.make);
      await this.#together(plan.delete);
    } catch (error) {
      // Back to what was there: what was made goes, what was changed is changed again.
      try {
        const back = this.#plan(link, present, await this.tree(link));
        await this.#together([...back.make, ...back.delete]);
      } catch (second) {
        throw new AggregateError(
          [error, second],
          'The tree could not be applied, and not all of it could be taken back',
        );
      }
      throw error;
    }
    return { made: plan.make.length, deleted: plan.delete.length };
  }

  /** The tree with bits per second in the place of shares of the link's speed. */
  async #resolve(link: LinkRef, tree: TcTree, options?: RequestOptions): Promise<TcTree> {
    let field: string | undefined;
    mapOptions(tree, (given, rates) => {
      field ??= shareIn(given, rates);
      return given;
    });
    if (field === undefined) return tree;
    const speed = await this.#tc.speeds.of(link, field, options);
    return mapOptions(tree, (given, rates) => absolute(given, rates, speed));
  }

  #plan(link: LinkRef, wanted: TcTree, present: TcTree, options?: RequestOptions): Plan {
    const planner = new Planner(this.#tc, link, options);
    planner.qdisc('root', wanted.root, present.root);
    planner.qdisc('ingress', wanted.ingress, present.ingress);
    return planner.plan;
  }

  /** Sends all in one go, and waits for all. */
  async #together(steps: (() => Promise<void>)[]): Promise<void> {
    const release = this.#hold();
    let running: Promise<void>[];
    try {
      running = steps.map((step) => step());
    } finally {
      release();
    }
    for (const result of await Promise.allSettled(running)) if (result.status === 'rejected') throw result.reason;
  }
}

/** Compares what is wanted with what is there, and gathers the steps between them. */
class Planner {
  readonly plan: Plan = { make: [], delete: [] };
  readonly #tc: Subjects;
  readonly #link: LinkRef;
  readonly #options: RequestOptions | undefined;

  constructor(tc: Subjects, link: LinkRef, options: RequestOptions | undefined) {
    this.#tc = tc;
    this.#link = link;
    this.#options = options;
  }

  qdisc(parent: Handle, wanted: TreeQdisc | undefined, present: TreeQdisc | undefined): void {
    const { qdiscs } = this.#tc;
    if (!wanted) {
      if (present) this.#delete(() => qdiscs.delete({ link: this.#link, parent, kind: present.kind }, this.#options));
      return;
    }
    checkSpec(String(parent), wanted);
    const { classes: _, filters: __, ...own } = wanted;
    const handle = wanted.handle ?? handleOf(wanted) ?? present?.handle;
    const spec = { ...own, link: this.#link, parent, ...(handle === undefined ? {} : { handle }) } as QdiscSpec;
    const isSamePlace =
      present !== undefined && (handle === undefined || number(handle, true) === number(present.handle ?? 0, true));
    if (present && isSamePlace && present.kind === wanted.kind) {
      const isSame = sameOptions('Qdisc', wanted, present);
      if (isSame || !UNCHANGEABLE.has(wanted.kind)) {
        if (!isSame) this.#make(() => qdiscs.change(spec, this.#options));
        this.#below(handle ?? present.handle ?? DEFAULT, wanted, present);
        return;
      }
    }
    if (present && isSamePlace) {
      // The kernel gives a handle to nobody else while it is taken. Both messages leave together.
      this.#make(() => qdiscs.delete({ link: this.#link, parent, kind: present.kind }, this.#options));
      this.#make(() => qdiscs.add(spec, this.#options));
    } else if (present) {
      this.#make(() => qdiscs.replace(spec, this.#options));
    } else {
      this.#make(() => qdiscs.add(spec, this.#options));
    }
    this.#below(handle ?? DEFAULT, wanted, undefined);
  }

  /** Classes from above, then what they hold, then the filters that lead to them; what is not wanted goes in reverse. */
  #below(handle: Handle, wanted: TreeQdisc, present: TreeQdisc | undefined): void {
    if ((wanted.classes?.length || wanted.filters?.length) && handle === DEFAULT) {
      throw argumentError(
        'ERR_INVALID_ARG_VALUE',
        'handle',
        'The "handle" field is needed of a qdisc with classes or filters',
      );
    }
    const isIngress = wanted.kind === 'ingress' || wanted.kind === 'clsact';
    const gone = this.#classes(handle, wanted.kind, wanted.classes ?? [], present?.classes ?? []);
    const places = isIngress ? (['ingress', 'egress'] as const) : [handle];
    for (const place of places) {
      const of = (filters: TreeFilter[] = []) =>
        isIngress ? filters.filter(({ parent }) => (parent ?? 'ingress') === place) : filters;
      this.#filters(place, of(wanted.filters), of(present?.filters));
    }
    for (const one of gone) this.#delete(one);
  }

  /** Returns the steps that delete classes: after the filters that lead to them. */
  #classes(parent: Handle, kind: string, wanted: TreeClass[], present: TreeClass[]): (() => Promise<void>)[] {
    const { classes } = this.#tc;
    const gone: (() => Promise<void>)[] = [];
    const left = new Map(present.map((one) => [number(one.classid), one]));
    for (const one of wanted) {
      checkSpec('classes', one);
      const id = number(one.classid);
      const was = left.get(id);
      left.delete(id);
      const { classes: inner = [], qdisc, filters = [], ...own } = one;
      const spec = { ...own, kind, link: this.#link, parent } as unknown as TcClassSpec;
      const isOwn = MADE.has(kind) || kind === 'ets';
      if (!was && MADE.has(kind)) this.#make(() => classes.add(spec, this.#options));
      else if (isOwn && own.options !== undefined && !sameOptions('TcClass', { ...own, kind }, was ?? {})) {
        this.#make(() => classes.change(spec, this.#options));
      }
      gone.unshift(...this.#classes(one.classid, kind, inner, was?.classes ?? []));
      // A class with others below it has no qdisc of its own.
      if (inner.length === 0) this.qdisc(one.classid, qdisc, was?.classes?.length ? undefined : was?.qdisc);
      this.#filters(one.classid, filters, was?.filters ?? []);
    }
    for (const one of left.values()) {
      if (MADE.has(kind)) gone.push(...this.#deleteClass(one));
      else this.qdisc(one.classid, undefined, one.qdisc);
    }
    return gone;
  }

  /** A class goes after its filters and after the classes below it. */
  #deleteClass(one: TreeClass): (() => Promise<void>)[] {
    this.#filters(one.classid, [], one.filters ?? []);
    return [
      ...(one.classes ?? []).flatMap((inner) => this.#deleteClass(inner)),
      () => this.#tc.classes.delete({ link: this.#link, classid: one.classid }, this.#options),
    ];
  }

  #filters(parent: Handle, wanted: TreeFilter[], present: TreeFilter[]): void {
    const { filters } = this.#tc;
    const left = new Set(present);
    const place = { link: this.#link, parent };
    const missing: TreeFilter[] = [];
    for (const one of wanted) {
      checkSpec('filters', one);
      const same = [...left].find((candidate) => sameFilter(one, candidate));
      if (same) left.delete(same);
      else missing.push(one);
    }
    // The first is to be tried first.
    const newestFirst = (one: TreeFilter) => NEWEST_FIRST.has(one.kind);
    const inOrder = [...missing.filter((one) => !newestFirst(one)), ...missing.filter(newestFirst).reverse()];
    for (const one of inOrder) {
      // Of the same priority and handle, it takes the other's place.
      const former = [...left].find(
        (candidate) =>
          one.handle !== undefined &&
          one.kind === candidate.kind &&
          String(withoutOwnTable(one).handle) === String(withoutOwnTable(candidate).handle) &&
          one.prio === candidate.prio &&
          (one.chain ?? 0) === (candidate.chain ?? 0),
      );
      if (former) left.delete(former);
      // In the table that the other's priority has.
      const isOwn = former !== undefined && withoutOwnTable(one) !== one;
      const { handle, options } = (former ?? one) as { handle?: unknown; options?: { ht?: string } };
      const at = isOwn ? { handle, options: { ...one.options, ht: options?.ht } } : {};
      const spec = { ...one, ...place, ...at } as FilterSpec;
      this.#make(() => (former ? filters.replace(spec, this.#options) : filters.add(spec, this.#options)));
    }
    for (const { kind, prio, protocol, handle, chain } of left) {
      this.#delete(() => filters.delete({ ...place, kind, prio, protocol, handle, chain }, this.#options));
    }
  }

  #make(step: () => Promise<void>): void {
    this.plan.make.push(step);
  }

  #delete(step: () => Promise<void>): void {
    this.plan.delete.push(step);
  }
}

/** A function of options, and of the names of those that are rates. */
type OptionsMap = <Options>(options: Options, rates: readonly string[]) => Options;

/** A tree with all options of qdiscs and classes in it replaced. */
function mapOptions(tree: TcTree, map: OptionsMap): TcTree {
  const mapClass = (kind: string, one: TreeClass): TreeClass =>
    ({
      ...one,
      ...(one?.options ? { options: map(one.options, CLASS_KINDS[kind]?.rates ?? []) } : {}),
      ...(one?.classes ? { classes: one.classes.map((inner) => mapClass(kind, inner)) } : {}),
      ...(one?.qdisc ? { qdisc: mapQdisc(one.qdisc) } : {}),
    }) as TreeClass;
  const mapQdisc = (one: TreeQdisc): TreeQdisc =>
    ({
      ...one,
      ...(one.options ? { options: map(one.options, QDISC_KINDS[one.kind]?.rates ?? []) } : {}),
      ...(one.classes ? { classes: one.classes.map((inner) => mapClass(one.kind, inner)) } : {}),
    }) as TreeQdisc;
  return {
    ...(tree.root ? { root: mapQdisc(tree.root) } : {}),
    ...(tree.ingress ? { ingress: mapQdisc(tree.ingress) } : {}),
  };
}

const number = (handle: Handle, isMajor = false): number => handleNumber('handle', handle, isMajor);

const minor = (handle: Handle): number => (handle === 'root' ? 0 : number(handle) % 0x10000);

/** A qdisc's handle by its classes'. */
function handleOf({ classes }: TreeQdisc): string | undefined {
  const first = classes?.[0]?.classid;
  return first === undefined ? undefined : `${Math.trunc(number(first) / 0x10000).toString(16)}:`;
}
