// Several operations in one trip, each with its own result; or all of them or none.
import type { Addresses } from './addresses.js';
import { argumentError, NetlinkError } from './errors.js';
import type { Lane } from './lane.js';
import type { LinkRef, Links } from './links.js';
import type { Neighbours } from './neighbours.js';
import type { Netlink } from './netlink.js';
import type { NetnsIds } from './netns-ids.js';
import type { Nexthops } from './nexthops.js';
import type { Routes } from './routes.js';
import type { Rules } from './rules.js';
import { checkSpec } from './spec.js';
import type { TcClassSpec } from './tc/classes.js';
import { withoutOwnTable } from './tc/filters/u32.js';
import type { FilterSpec } from './tc/filters.js';
import type { QdiscSpec } from './tc/qdiscs.js';
import type { Tc } from './tc/tc.js';

/** How a batch is carried out. */
export interface BatchOptions {
  /**
   * All or nothing: if any operation fails, those that succeeded are taken back in reverse order and `commit()`
   * rejects. What is made or changed can be taken back; what is deleted or replaced cannot, and is refused.
   */
  atomic?: boolean | undefined;
}

type Undo = () => Promise<unknown>;

interface Operation {
  /** Asks; all operations of a batch ask in the same tick. */
  run: () => Promise<unknown>;
  /** Before the trip: looks up what the arguments mean, where that must be. Does not reject. */
  resolve: () => Promise<void> | undefined;
  /** Before an atomic batch: finds out how to take the operation back. */
  prepare: (() => Promise<Undo | undefined>) | undefined;
  settle: (result: PromiseSettledResult<unknown>) => void;
}

/** The subjects of {@link Netlink.tc} that a batch offers. */
export type BatchTc = Pick<Tc, 'qdiscs' | 'classes' | 'filters' | 'chains' | 'actions'>;

/** What an object must tell, so that it can be taken back by that. */
function needed(spec: object, names: readonly string[]): void {
  checkSpec('spec', spec);
  for (const name of names) {
    if ((spec as Record<string, unknown>)[name] === undefined) {
      throw argumentError('ERR_INVALID_ARG_VALUE', name, `In an atomic batch "${name}" is needed, to be taken back by`);
    }
  }
}

/** Gets the arguments of an operation and tells how to take it back. */
type Inverse = (nl: Netlink, ...args: never[]) => Promise<Undo | undefined>;

/** Operations that may name shares of a link's speed, which is asked for before the trip. */
const WITH_RATES = new Set(
  ['tc.qdiscs', 'tc.classes'].flatMap((path) => ['add', 'replace', 'change'].map((method) => `${path}.${method}`)),
);

const READS = new Set(['get', 'list']);

/** What sets a field of a link to what it is when the kernel does not tell it. */
const WHEN_ABSENT: Record<string, unknown> = { alias: '', altNames: [], master: null };

/** For each operation that can be taken back: how. */
const INVERSES: Record<string, Inverse> = {
  'links.create': async (nl, spec: { name?: string; index?: number; netns?: unknown }) => {
    checkSpec('spec', spec);
    if (spec.netns !== undefined) {
      throw argumentError(
        'ERR_INVALID_ARG_VALUE',
        'netns',
        'A link in another namespace cannot be taken back: not in an atomic batch',
      );
    }
    // The index first: it stays when the link is renamed.
    const ref = spec.index ?? spec.name;
    if (ref === undefined) {
      throw argumentError(
        'ERR_INVALID_ARG_VALUE',
        'name',
        'In an atomic batch a link needs "name" or "index", to be taken back by',
      );
    }
    return () => nl.links.delete(ref);
  },
  'links.set': async (nl, ref: LinkRef, changes: Record<string, unknown>) => {
    checkSpec('changes', changes);
    if (changes.netns !== undefined) {
      throw argumentError(
        'ERR_INVALID_ARG_VALUE',
        'netns',
        'A link that has left cannot be taken back: not in an atomic batch',
      );
    }
    const before = await nl.links.get(ref).catch(() => undefined);
    if (!before) {
      // A link that is not there yet is made by this very batch, and goes as a whole, by the name that it was made with.
      const { name } = changes;
      return typeof name === 'string' && typeof ref === 'string' ? () => nl.links.set(name, { name: ref }) : undefined;
    }
    // Given back with what is read-only, only what differs is set.
    const former: Record<string, unknown> = { kind: before.kind, operState: before.operState };
    for (const key of Object.keys(changes)) {
      former[key] = (before as unknown as Record<string, unknown>)[key] ?? WHEN_ABSENT[key];
    }
    return () => nl.links.set(before.index, former);
  },
  'addresses.add': async (nl, spec: Parameters<Addresses['add']>[0]) => () => nl.addresses.delete(spec),
  'routes.add': async (nl, spec: Parameters<Routes['add']>[0]) => () => nl.routes.delete(spec),
  'routes.append': async (nl, spec: Parameters<Routes['append']>[0]) => () => nl.routes.delete(spec),
  'rules.add': async (nl, spec: Parameters<Rules['add']>[0]) => () => nl.rules.delete(spec),
  'neighbours.add': async (nl, spec: Parameters<Neighbours['add']>[0]) => () => nl.neighbours.delete(spec),
  'nexthops.add': async (nl, spec: Parameters<Nexthops['add']>[0]) => {
    needed(spec, ['id']);
    return () => nl.nexthops.delete(spec.id as number);
  },
  'tc.qdiscs.add': async (nl, spec: QdiscSpec) => {
    needed(spec, ['link', 'kind']);
    const { link, parent, kind } = spec;
    return () => nl.tc.qdiscs.delete({ link, parent, kind });
  },
  'tc.classes.add': async (nl, spec: TcClassSpec) => {
    needed(spec, ['link', 'classid']);
    const { link, classid } = spec;
    return () => nl.tc.classes.delete({ link, classid });
  },
  'tc.filters.add': async (nl, spec: FilterSpec) => {
    needed(spec, ['kind', 'prio', 'handle']);
    const { link, block, parent, kind, protocol, prio, chain, handle } = spec;
    const ref = { link, block, parent, kind, protocol, prio, chain };
    const own = withoutOwnTable(spec);
    if (own === spec) return () => nl.tc.filters.delete({ ...ref, handle });
    return async () => {
      const made = (await nl.tc.filters.list(ref)).find((one) => withoutOwnTable(one).handle === own.handle);
      if (made) await nl.tc.filters.delete(made);
    };
  },
  'tc.chains.add': async (nl, spec: Parameters<Tc['chains']['add']>[0] & { chain: number }) => {
    needed(spec, ['chain']);
    const { link, block, parent, chain } = spec;
    return () => nl.tc.chains.delete({ link, block, parent, chain });
  },
  'tc.actions.add': async (nl, spec: Parameters<Tc['actions']['add']>[0]) => {
    const refs = (Array.isArray(spec) ? spec : [spec]).map((one) => {
      needed(one, ['kind', 'index']);
      return { kind: one.kind as string, index: one.index as number };
    });
    return () => nl.tc.actions.delete(refs);
  },
};

/**
 * Gathers operations and sends them in one trip. Each method returns its promise at once, settled by `commit()`:
 *
 * ```ts
 * const batch = nl.batch();
 * batch.links.set('lo', { up: true });
 * batch.addresses.add({ link: 'lo', address: '192.0.2.1/32' });
 * const results = await batch.commit();
 * ```
 */
export class Batch {
  /** As {@link Netlink.links}. */
  readonly links: Links;
  /** As {@link Netlink.addresses}. */
  readonly addresses: Addresses;
  /** As {@link Netlink.routes}. */
  readonly routes: Routes;
  /** As {@link Netlink.rules}. */
  readonly rules: Rules;
  /** As {@link Netlink.neighbours}. */
  readonly neighbours: Neighbours;
  /** As {@link Netlink.nexthops}. */
  readonly nexthops: Nexthops;
  /** As {@link Netlink.netnsIds}. */
  readonly netnsIds: NetnsIds;
  /** As {@link Netlink.tc}, but for trees, which gather operations of their own. */
  readonly tc: BatchTc;
  readonly #nl: Netlink;
  readonly #lane: Lane;
  readonly #isAtomic: boolean;
  #operations: Operation[] | undefined = [];

  /** @internal */
  constructor(nl: Netlink, lane: Lane, options: BatchOptions = {}) {
    checkSpec('options', options);
    if (options.atomic !== undefined && typeof options.atomic !== 'boolean') {
      throw argumentError('ERR_INVALID_ARG_TYPE', 'atomic', 'The "atomic" option must be a boolean');
    }
    this.#nl = nl;
    this.#lane = lane;
    this.#isAtomic = options.atomic ?? false;
    this.links = this.#recorder('links', nl.links);
    this.addresses = this.#recorder('addresses', nl.addresses);
    this.routes = this.#recorder('routes', nl.routes);
    this.rules = this.#recorder('rules', nl.rules);
    this.neighbours = this.#recorder('neighbours', nl.neighbours);
    this.nexthops = this.#recorder('nexthops', nl.nexthops);
    this.netnsIds = this.#recorder('netnsIds', nl.netnsIds);
    this.tc = {
      qdiscs: this.#recorder('tc.qdiscs', nl.tc.qdiscs),
      classes: this.#recorder('tc.classes', nl.tc.classes),
      filters: this.#recorder('tc.filters', nl.tc.filters),
      chains: this.#recorder('tc.chains', nl.tc.chains),
      actions: this.#recorder('tc.actions', nl.tc.actions),
    };
  }

  /** How many operations have been gathered. */
  get size(): number {
    return this.#operations?.length ?? 0;
  }

  /**
   * Sends what was gathered. The batch is spent then.
   *
   * @returns For each operation, in order, its value or its error (as `Promise.allSettled` tells it).
   * @throws In an atomic batch, the first error with `index` saying which operation it was; an AggregateError with all
   * errors when something could not be taken back. Arguments that cannot be right are refused before anything is sent.
   */
  async commit(): Promise<PromiseSettledResult<unknown>[]> {
    const operations = this.#operations;
    if (!operations) throw Object.assign(new Error('The batch has been committed'), { code: 'ERR_INVALID_STATE' });
    this.#operations = undefined;
    const unresolved = operations.flatMap((operation) => operation.resolve() ?? []);
    if (unresolved.length > 0) await Promise.all(unresolved);
    const results = this.#isAtomic
      ? await this.#runAtomic(operations)
      : await Promise.allSettled(this.#runAll(operations));
    results.forEach((result, i) => {
      // The one error of an atomic batch has its index already.
      if (!this.#isAtomic && result.status === 'rejected' && result.reason instanceof NetlinkError) {
        result.reason.index = i;
      }
      operations[i]?.settle(result);
    });
    const failed = results.find((result) => result.status === 'rejected');
    if (this.#isAtomic && failed) throw failed.reason;
    return results;
  }

  #runAll(operations: Operation[]): Promise<unknown>[] {
    const release = this.#lane.hold();
    try {
      return operations.map((operation) => operation.run());
    } finally {
      release();
    }
  }

  async #runAtomic(operations: Operation[]): Promise<PromiseSettledResult<unknown>[]> {
    const prepared = await Promise.allSettled(operations.map((operation) => operation.prepare?.()));
    const unfit = prepared.findIndex((result) => result.status === 'rejected');
    if (unfit >= 0) return failAll(operations, (prepared[unfit] as PromiseRejectedResult).reason);

    const release = this.#lane.hold();
    const others = this.#lane.held.length;
    let running: Promise<unknown>[];
    try {
      running = operations.map((operation) => operation.run());
      const all = Promise.allSettled(running);
      const own = this.#lane.held.slice(others);
      // Wrong arguments show before anything has left: those promises are rejected by now, the others are held back.
      const wrong = await Promise.race([
        firstRejection(running),
        new Promise<undefined>((resolve) => setImmediate(() => resolve(undefined))),
      ]);
      if (wrong) {
        this.#lane.cancelHeld(own, wrong.reason);
        release();
        await all;
        return failAll(operations, wrong.reason);
      }
    } finally {
      release();
    }
    const results = await Promise.allSettled(running);
    const failed = results.findIndex((result) => result.status === 'rejected');
    if (failed < 0) return results;
    const { reason } = results[failed] as PromiseRejectedResult;
    if (reason instanceof NetlinkError) reason.index = failed;
    const errors: unknown[] = [];
    for (let i = results.length - 1; i >= 0; i--) {
      const undo = (prepared[i] as PromiseFulfilledResult<Undo | undefined>).value;
      if (results[i]?.status !== 'fulfilled' || !undo) continue;
      // Deleting a link takes its addresses and routes along: what is gone is taken back.
      await undo().catch((error: unknown) => isGone(error) || errors.push(error));
    }
    const error = errors.length
      ? new AggregateError([reason, ...errors], 'A batch failed, and not all of it could be taken back')
      : reason;
    return failAll(operations, error);
  }

  /** An object with the subject's methods, each of which gathers its call. */
  #recorder<Subject extends object>(path: string, subject: Subject): Subject {
    const record = (method: string, args: unknown[]): Promise<unknown> => {
      const operations = this.#operations;
      if (!operations)
        return Promise.reject(Object.assign(new Error('The batch has been committed'), { code: 'ERR_INVALID_STATE' }));
      const target = subject as Record<string, (...args: unknown[]) => Promise<unknown>>;
      const name = `${path}.${method}`;
      const inverse = INVERSES[name] as ((nl: Netlink, ...args: unknown[]) => Promise<Undo | undefined>) | undefined;
      if (this.#isAtomic && !inverse && !READS.has(method)) {
        throw argumentError('ERR_INVALID_ARG_VALUE', name, `${name} cannot be taken back: not in an atomic batch`);
      }
      const run = (first: unknown) =>
        (target[method] as (...args: unknown[]) => Promise<unknown>).call(target, first, ...args.slice(1));
      const promise = new Promise<unknown>((resolve, reject) => {
        const operation: Operation = {
          run: () => run(args[0]),
          resolve: () => {
            const resolved = WITH_RATES.has(name) ? target.resolve?.(args[0]) : undefined;
            if (!(resolved instanceof Promise)) return undefined;
            return resolved.then(
              (spec) => {
                operation.run = () => run(spec);
              },
              (reason) => {
                operation.run = () => Promise.reject(reason);
              },
            );
          },
          prepare: inverse && (() => inverse(this.#nl, ...args)),
          settle: (result) => (result.status === 'fulfilled' ? resolve(result.value) : reject(result.reason)),
        };
        operations.push(operation);
      });
      // commit() tells of errors; who listens to single operations hears them there too.
      promise.catch(() => {});
      return promise;
    };
    return new Proxy(subject, {
      get: (target, method) => {
        if (typeof method !== 'string' || typeof Reflect.get(target, method) !== 'function') return undefined;
        return (...args: unknown[]) => record(method, args);
      },
    });
  }
}

function failAll(operations: Operation[], reason: unknown): PromiseSettledResult<unknown>[] {
  return operations.map(() => ({ status: 'rejected', reason }));
}

async function firstRejection(promises: Promise<unknown>[]): Promise<PromiseRejectedResult> {
  return new Promise((resolve) => {
    for (const promise of promises) promise.catch((reason: unknown) => resolve({ status: 'rejected', reason }));
  });
}

function isGone(error: unknown): boolean {
  return error instanceof NetlinkError && ['ENODEV', 'ESRCH', 'ENOENT', 'EADDRNOTAVAIL'].includes(error.code);
}
