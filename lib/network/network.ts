// Networks: what container runtimes want, in one call each.
import { setImmediate as giveWay } from 'node:timers/promises';
import { argumentError } from '../errors.js';
import { checkOptions } from '../lane.js';
import type { NetnsRef } from '../netns.js';
import type { RequestOptions } from '../requester.js';
import { checkSpec } from '../spec.js';
import { attach } from './attach.js';
import { detach } from './detach.js';
import { isReplaced, listNetworks } from './elements.js';
import { Endpoint } from './endpoint.js';
import { systemError } from './errors.js';
import { type CollectResult, collect } from './gc.js';
import { Host } from './host.js';
import { describeEndpoints } from './list.js';
import { reconcile } from './reconcile.js';
import { gatewaysOf, type NetworkRecord } from './records.js';
import { completeLeft, deleteNetwork, makeNetwork, openNetwork } from './setup.js';
import { checkId, checkNetworkName, type EndpointSpec, type NetworkSpec, planEndpoint, planNetwork } from './spec.js';
import { letGoOf, State } from './state.js';
import { watch } from './watch.js';

/** Endpoints that attachMany() has under way at once: twice as many as are told together, so that the kernel is kept busy. */
const ATTACHES_AT_ONCE = 32;

/** Descriptions that are looked at, and endpoints that are begun, before others have their turn on the event loop. */
const PLANS_AT_ONCE = 32;
const BEGUN_AT_ONCE = 4;

/** Where networks are. */
export interface NetworkOptions {
  /** The machine: the namespace that bridges and host ends are in. The calling thread's if left out. */
  netns?: NetnsRef | undefined;
}

/** How {@link Network.attachMany} goes about it. */
export interface AttachManyOptions extends RequestOptions {
  /** Called after each endpoint, with how many are done and how many there are to be. */
  onProgress?: ((done: number, total: number, endpoint: Endpoint) => void) | undefined;
}

/** How {@link Network.watch} watches. */
export interface WatchOptions extends RequestOptions {
  /** Called when something has been put back. */
  onReconcile?: (() => void) | undefined;
  /** Called with what failed. */
  onError?: ((error: unknown) => void) | undefined;
}

/** A network as {@link Network.list} tells it. */
export interface NetworkEntry {
  name: string;
  mode: 'bridge' | 'routed';
  subnets: string[];
  gateways: string[];
  mtu: number;
}

/**
 * A network that endpoints are attached to. All of its state is in the kernel (docs/network.md), so that any process
 * may open it by its name, at any time, several at once; what this object holds is only what saves asking.
 */
export class Network implements AsyncDisposable {
  readonly #state: State;
  /** Its deletion, once begun. */
  #deleted: Promise<void> | undefined;
  /** Its closing, once begun. */
  #closed: Promise<void> | undefined;

  private constructor(state: State) {
    this.#state = state;
  }

  /**
   * Makes a network.
   *
   * @throws Error EEXIST when there is one of that name, or one whose subnets overlap; NetlinkError EPERM without
   * CAP_NET_ADMIN. Nothing is left then.
   */
  static async create(spec: NetworkSpec): Promise<Network> {
    const plan = planNetwork(spec);
    return Network.#with(spec.netns, (host) => makeNetwork(host, plan));
  }

  /**
   * Opens a network that is there. Any number of processes may have it open. Who makes or deletes it is waited for; what
   * somebody left who died over it is completed, or removed where there is no network at all.
   *
   * @throws Error ENOENT when there is none of that name.
   */
  static async open(name: string, options: NetworkOptions = {}): Promise<Network> {
    checkNetworkName(name);
    checkNetworkOptions(options);
    return Network.#with(options.netns, (host) => openNetwork(host, name));
  }

  /** Lists the networks that there are. */
  static async list(options: NetworkOptions = {}): Promise<NetworkEntry[]> {
    checkNetworkOptions(options);
    const host = await Host.open(options.netns);
    try {
      return (await listNetworks(host)).map(describeNetwork).sort((a, b) => (a.name < b.name ? -1 : 1));
    } finally {
      await host.release();
    }
  }

  static async #with(netns: NetnsRef | undefined, get: (host: Host) => Promise<NetworkRecord>): Promise<Network> {
    const host = await Host.open(netns);
    try {
      const state = new State(host, await get(host));
      await state.refresh();
      return new Network(state);
    } catch (error) {
      await host.release();
      throw error;
    }
  }

  /** Its name. */
  get name(): string {
    return this.#state.network.name;
  }

  /** `'bridge'` or `'routed'`. */
  get mode(): 'bridge' | 'routed' {
    return this.#state.network.mode;
  }

  /** Its subnets, IPv4 first. */
  get subnets(): string[] {
    return describeNetwork(this.#state.network).subnets;
  }

  /** The host's address in each subnet. */
  get gateways(): string[] {
    return describeNetwork(this.#state.network).gateways;
  }

  /** Name of its (first) bridge; undefined in routed mode. */
  get bridge(): string | undefined {
    return this.#state.network.bridge || undefined;
  }

  /** MTU of its links in bytes. */
  get mtu(): number {
    return this.#state.network.mtu;
  }

  /**
   * Puts a namespace on the network. It resolves when packets flow. What fails takes back all that was made before.
   *
   * @throws TypeError or RangeError for what cannot be right, before anything is changed; {@link PortInUseError} and
   * {@link AddressInUseError} naming the holder; {@link EndpointCapacityError} when the network is full;
   * {@link BridgeGoneError} when somebody has deleted its bridge; Error EEXIST when there is an endpoint of that id;
   * NetlinkError for what the kernel refuses; AggregateError with the cause first when something could not be taken back.
   */
  attach(spec: EndpointSpec): Promise<Endpoint> {
    return this.#during(async (state) => {
      return new Endpoint(this, await attach(state, planEndpoint(spec, state.network)));
    });
  }

  /**
   * Attaches many, all or none: where one fails, or the signal aborts, those that were made are taken back.
   *
   * @returns The endpoints in the order of their descriptions.
   */
  attachMany(specs: readonly EndpointSpec[], options: AttachManyOptions = {}): Promise<Endpoint[]> {
    return this.#during((state) => this.#attachMany(state, specs, options));
  }

  async #attachMany(state: State, specs: readonly EndpointSpec[], options: AttachManyOptions): Promise<Endpoint[]> {
    checkOptions(options);
    const { onProgress, signal } = options;
    if (!Array.isArray(specs)) {
      throw argumentError('ERR_INVALID_ARG_TYPE', 'specs', 'The "specs" argument must be an array');
    }
    if (onProgress !== undefined && typeof onProgress !== 'function') {
      throw argumentError('ERR_INVALID_ARG_TYPE', 'onProgress', 'The "onProgress" option must be a function');
    }
    const plans: ReturnType<typeof planEndpoint>[] = [];
    const asked = new Set<string>();
    for (const [i, spec] of specs.entries()) {
      if (i % PLANS_AT_ONCE === PLANS_AT_ONCE - 1) await giveWay();
      try {
        plans.push(planEndpoint(spec, state.network));
      } catch (error) {
        const { field } = error as { field?: string };
        throw field === undefined ? error : Object.assign(error as Error, { field: `specs[${i}].${field}` });
      }
      asked.add((plans[i] as { id: string }).id);
      if (asked.size === i) {
        const field = `specs[${i}].id`;
        throw argumentError('ERR_INVALID_ARG_VALUE', field, `The "${field}" field is that of another of the specs`);
      }
    }
    const made: (Endpoint | undefined)[] = plans.map(() => undefined);
    let failed: { reason: unknown } | undefined;
    let next = 0;
    let done = 0;
    const work = async () => {
      while (!failed && next < plans.length) {
        const at = next++;
        try {
          signal?.throwIfAborted();
          const endpoint = new Endpoint(this, await attach(state, plans[at] as (typeof plans)[number], true));
          made[at] = endpoint;
          onProgress?.(++done, plans.length, endpoint);
        } catch (reason) {
          failed ??= { reason };
        }
      }
    };
    const workers: Promise<void>[] = [];
    for (let i = 0; i < Math.min(ATTACHES_AT_ONCE, plans.length); i++) {
      if (i % BEGUN_AT_ONCE === BEGUN_AT_ONCE - 1) await giveWay();
      workers.push(work());
    }
    await Promise.all(workers);
    if (!failed) return made as Endpoint[];
    const ids = made.flatMap((endpoint) => endpoint?.id ?? []);
    await detachAll(state, ids).catch((error: unknown) => {
      throw new AggregateError(
        [failed?.reason, error],
        'Not all endpoints could be attached, nor all that were be taken back',
        { cause: failed?.reason },
      );
    });
    throw failed.reason;
  }

  /**
   * The endpoints that there are, whoever attached them, as the kernel tells.
   */
  endpoints(): Promise<Endpoint[]> {
    return this.#during(async (state) => (await describeEndpoints(state)).map((one) => new Endpoint(this, one)));
  }

  /**
   * Takes an endpoint off the network, with the namespace that was made for it. One that is gone already is detached.
   * It goes on after a failure; what failed is thrown in the end, as AggregateError where it is more than one.
   */
  async detach(id: string): Promise<void> {
    checkId(id);
    await this.#during((state) => detach(state, id));
  }

  /**
   * Detaches many. The deletes leave together, which takes hardly longer than one. It goes on after failures.
   *
   * @throws AggregateError with all that failed.
   */
  async detachMany(ids: readonly string[]): Promise<void> {
    this.#opened();
    if (!Array.isArray(ids)) {
      throw argumentError('ERR_INVALID_ARG_TYPE', 'ids', 'The "ids" argument must be an array of strings');
    }
    for (const id of ids) checkId(id);
    await this.#during((state) => detachAll(state, ids));
  }

  /**
   * Brings the kernel back to a consistent state after a crash: removes what an attach or detach left that its process
   * did not live to finish, and endpoints whose link is gone; completes the network, where somebody has died over that.
   * What live processes are about is left alone.
   *
   * @param liveIds The ids that the caller knows; endpoints that are whole but not among them are detached.
   * @returns The ids of what was removed.
   * @throws Error ENOENT when the network has been deleted, and another has got its name; TypeError or RangeError for what
   * are no ids, before anything is changed.
   */
  async gc(liveIds?: Iterable<string> & object): Promise<CollectResult> {
    const live = liveIds === undefined ? undefined : checkLiveIds(liveIds);
    return this.#during(async (state) => {
      const { host, network } = state;
      if (await isReplaced(host, network)) {
        const message = `network '${network.name}' has been deleted; there is another of that name: open() it`;
        throw systemError('ENOENT', message);
      }
      await completeLeft(host, network);
      return collect(state, live);
    });
  }

  /**
   * Puts back what others took away: after `nft flush ruleset` the table with this network and its endpoints, as its
   * links and this process tell; rules and elements that are not there; bridges, addresses, parameters. What is right is
   * left alone.
   *
   * @throws Error EEXIST when another network has got some of it; ENOENT when somebody deletes the network.
   */
  async reconcile(): Promise<void> {
    await this.#during(reconcile);
  }

  /**
   * Watches over the network: when the kernel tells that somebody has taken away its table, rules of that, or elements of
   * the network, {@link Network.reconcile} is called. Until the signal aborts, or the network is closed or deleted; an idle
   * watch does not keep the process alive.
   *
   * @returns When it has ended. Failures are told to `onError`, and what failed is tried again after a second.
   */
  async watch(options: WatchOptions = {}): Promise<void> {
    await this.#during(async (state) => {
      checkOptions(options);
      await watch(state, options);
    });
  }

  /**
   * Keeps a number of namespaces ready, each with a link into it, made in the background, so that attach() need not wait for
   * one. What is ready is nobody's yet: it goes with this process.
   *
   * @returns When they are ready the first time.
   */
  async prewarm(count: number): Promise<void> {
    const state = this.#opened();
    if (!Number.isInteger(count) || count < 0 || count > 100_000) {
      throw argumentError('ERR_OUT_OF_RANGE', 'count', 'The "count" argument must be a whole number from 0 to 100000');
    }
    await state.resize(count);
  }

  /**
   * Deletes the network with all that is still attached to it, and closes it. Nobody can attach anything from its beginning
   * on; what others are attaching is waited for, and detached. One that is deleted already, by whomever, is deleted.
   */
  delete(): Promise<void> {
    this.#deleted ??= this.#delete();
    return this.#deleted;
  }

  async #delete(): Promise<void> {
    try {
      await this.#during((state) =>
        deleteNetwork(state, async () => {
          const records = [...(await state.records()), ...(await state.toldByLinks()).values()];
          await detachAll(
            state,
            records.map(({ id }) => id),
          );
        }),
      );
    } finally {
      await this.close();
    }
  }

  /**
   * Closes it here; the network stays as it is. What is under way is waited for. Reserved ports and nameless namespaces are
   * let go.
   */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    const state = this.#state;
    await state.drain();
    await Promise.all([...state.known.values()].flatMap(letGoOf));
    await state.host.release();
  }

  /** Closes it: `await using network = await Network.open('demo')`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #during<T>(work: (state: State) => Promise<T>): Promise<T> {
    const state = this.#opened();
    state.beginCall();
    try {
      return await work(state);
    } finally {
      state.endCall();
    }
  }

  #opened(): State {
    if (this.#state.isClosed) {
      throw Object.assign(new Error(`Network '${this.name}' is closed`), { code: 'ERR_NETWORK_CLOSED' });
    }
    return this.#state;
  }
}

/** Detaches many, going on after failures. */
async function detachAll(state: State, ids: readonly string[]): Promise<void> {
  const results = await Promise.allSettled([...new Set(ids)].map((id) => detach(state, id)));
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (failures.length > 0) {
    throw new AggregateError(
      failures,
      `${failures.length} of ${results.length} endpoints could not be detached entirely`,
    );
  }
}

/** Ids that are to live. A string would be one of each of its characters. */
function checkLiveIds(ids: unknown): Set<string> {
  if (typeof ids !== 'object' || ids === null || !(Symbol.iterator in ids)) {
    const message = 'The "liveIds" argument must be an array, a set or another iterable object of strings';
    throw argumentError('ERR_INVALID_ARG_TYPE', 'liveIds', message);
  }
  const live = new Set<string>();
  for (const id of ids as Iterable<unknown>) {
    try {
      live.add(checkId(id));
    } catch (error) {
      throw Object.assign(error as Error, { field: `liveIds[${live.size}]` });
    }
  }
  return live;
}

function checkNetworkOptions(options: NetworkOptions): void {
  checkSpec('options', options);
  for (const key of Object.keys(options)) {
    if (key !== 'netns') throw argumentError('ERR_INVALID_ARG_VALUE', key, `The "${key}" option is not known`);
  }
}

function describeNetwork(network: NetworkRecord): NetworkEntry {
  const { name, mode, subnets, mtu } = network;
  return { name, mode, subnets: subnets.map(({ text }) => text), gateways: gatewaysOf(network), mtu };
}
