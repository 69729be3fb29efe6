// Events: what `ip monitor`, `bridge monitor` and their kin tell, as an async iterable.
import { addon, type MonitorHandle } from './addon.js';
import { type Address, fromKernel } from './addresses.js';
import { type Fdb, readFdb } from './bridge.js';
import { begin } from './engine.js';
import { argumentError } from './errors.js';
import type { EventObjects } from './generated/objects.js';
import { checkOptions, whenAborted } from './lane.js';
import type { Link } from './links.js';
import type { Netns } from './netns.js';
import type { Route } from './routes.js';
import { checkSpec } from './spec.js';
import { readAction, type TcAction } from './tc/actions/action.js';
import type { TcClass } from './tc/classes.js';
import { type Chain, type Filter, readChain, readFilter } from './tc/filters.js';
import { fromWire } from './tc/object.js';
import { CLASS_KINDS, QDISC_KINDS } from './tc/qdiscs/kinds.js';
import type { Qdisc } from './tc/qdiscs.js';

/**
 * What each type of event tells of: objects as they are listed; those of nftables in netlink form. All that one
 * transaction of nftables did comes together, and `nftGeneration` behind it, whose `id` the objects' `resId` has the lowest
 * 16 bits of.
 */
export interface EventTypes
  extends Omit<EventObjects, 'link' | 'address' | 'route' | 'qdisc' | 'class' | 'filter' | 'chain' | 'action' | 'fdb'> {
  fdb: Fdb;
  link: Link;
  address: Address;
  route: Route;
  qdisc: Qdisc;
  class: TcClass;
  filter: Filter;
  chain: Chain;
  /** Actions that were made or deleted by one request. */
  action: { actions: TcAction[] };
}

/** What a monitor can tell of. */
export type EventType = keyof EventTypes;

/** From the kernel's form of an object to the one that it is listed in, where they differ. */
// biome-ignore lint/suspicious/noExplicitAny: each takes what its table tells
const VIEWS: { [T in EventType]?: (told: any) => EventTypes[T] } = {
  address: fromKernel,
  qdisc: (told) => fromWire(told, QDISC_KINDS),
  class: (told) => fromWire(told, CLASS_KINDS),
  fdb: readFdb,
  filter: readFilter,
  chain: readChain,
  action: ({ actions = [] }) => ({ actions: actions.map(readAction) }),
};

/**
 * What has happened: `'new'`, an object is there, which may have been there before and has changed; `'delete'`, it has
 * gone. Only conntrack tells changes apart, as `'update'`.
 */
export type EventAction = 'new' | 'update' | 'delete';

/** Something has happened to an object. */
export type ObjectEvent<T extends EventType = EventType> = {
  [K in T]: {
    type: K;
    action: EventAction;
    /**
     * The object as the kernel tells it: after the change, or before it was deleted. Links in it are called by the name
     * they have when the event is read, or had last.
     */
    object: EventTypes[K];
    /** The kernel says that it took the place of another one: of a route, a nexthop, a qdisc (NLM_F_REPLACE). */
    isReplacement?: true;
    /** It has not changed: it is told because objects were asked for by `initial` or `resync`. */
    isListed?: true;
    /** With `allNetns`: the id that the namespace it happened in has here; absent for this one. */
    netnsId?: number;
  };
}[T];

/**
 * Events have been lost before this one: the kernel's buffer was full. What is known from events is out of date; what
 * is asked of the kernel, or told, from now on is not.
 */
export interface OverrunEvent {
  type: 'overrun';
}

/**
 * All objects have been told, after the start (`initial`) or after an overrun (`resync`): what has not been told since
 * the latest overrun is gone.
 */
export interface SyncedEvent {
  type: 'synced';
  /** The kernel's tables changed under every attempt to read them: objects may be missing. */
  isInterrupted?: true;
}

/** What a monitor tells. */
export type MonitorEvent<T extends EventType = EventType> = ObjectEvent<T> | OverrunEvent | SyncedEvent;

/** How a monitor listens. */
export interface MonitorOptions {
  /** Ends the iteration, which throws the signal's reason, and closes the monitor. */
  signal?: AbortSignal | undefined;
  /** First tells all objects that are there, then `'synced'`. No event is lost in between. */
  initial?: boolean | undefined;
  /** After an overrun, once the events that were not lost have been read, tells all objects again, then `'synced'`. */
  resync?: boolean | undefined;
  /** Tells only of these; of conntrack the others are not even received. */
  actions?: EventAction[] | undefined;
  /**
   * Tells also what happens in other namespaces that have an id in this one, see `netnsId`
   * (NETLINK_LISTEN_ALL_NSID). Needs CAP_NET_BROADCAST.
   */
  allNetns?: boolean | undefined;
  /**
   * How many bytes of events may wait to be read, in the kernel's buffer and once more in ours (16 MiB). More than
   * net.core.rmem_max takes CAP_NET_ADMIN in the first user namespace; without that the kernel's stays smaller.
   */
  bufferSize?: number | undefined;
  /** Whether the process stays alive while the next event is awaited (true as is). */
  ref?: boolean | undefined;
}

const EVENTS = new Map(addon.events().map((event) => [event.name, event]));
const ACTIONS: readonly EventAction[] = ['new', 'update', 'delete'];
const KNOWN = new Set(['signal', 'initial', 'resync', 'actions', 'allNetns', 'bufferSize', 'ref']);
const BUFFER_SIZE = 16 << 20;

/** One socket; kinds of event that belong to different protocols come by different ones. */
interface Source {
  native: MonitorHandle;
  isReading: boolean;
}

interface Waiter<E> {
  resolve(result: IteratorResult<E, undefined>): void;
  reject(reason: unknown): void;
}

/**
 * Events of a namespace, in the order in which the kernel tells them: an async iterable, to be iterated once.
 *
 * It listens from `ready` on. Events that nobody reads wait, up to a limit, then the kernel drops them and an `'overrun'`
 * is told in their place. Leaving the loop closes it, as do {@link Monitor.close}, the handle's `close()` and the signal.
 * It keeps the process alive while the next event is awaited, unless told otherwise (`ref`), and no longer.
 */
export class Monitor<T extends EventType = EventType>
  implements AsyncIterableIterator<MonitorEvent<T>, undefined>, AsyncDisposable
{
  /** Fulfilled when the monitor listens: what happens from now on is told. Rejected when it cannot. */
  readonly ready: Promise<void>;
  readonly #isSyncing: { initial: boolean; resync: boolean };
  readonly #onClose: () => void;
  readonly #keepsAlive: boolean;
  #sources: Source[] = [];
  /** Those that have still to tell objects before all is known. */
  readonly #unsynced = new Set<Source>();
  #queue: MonitorEvent<T>[] = [];
  #at = 0;
  #waiters: Waiter<MonitorEvent<T>>[] = [];
  #failure: { reason: unknown } | undefined;
  #closing: Promise<void> | undefined;
  #forgetSignal = () => {};

  /** @internal */
  constructor(netns: Netns, types: readonly T[], options: MonitorOptions = {}, onClose: () => void = () => {}) {
    const subscriptions = check(types, options);
    this.#isSyncing = { initial: options.initial ?? false, resync: options.resync ?? false };
    this.#onClose = onClose;
    this.#keepsAlive = options.ref ?? true;
    const { signal } = options;
    this.ready = signal?.aborted ? Promise.reject(signal.reason) : this.#open(netns, subscriptions);
    this.ready.catch((reason) => this.#fail(reason));
    if (signal && !signal.aborted) {
      this.#forgetSignal = whenAborted(signal, () => {
        this.#queue = [];
        this.#at = 0;
        this.#fail(signal.reason);
      });
    }
  }

  /** The next event, when there is one; none once the monitor is closed. */
  next(): Promise<IteratorResult<MonitorEvent<T>, undefined>> {
    if (this.#at < this.#queue.length) return Promise.resolve({ done: false, value: this.#shift() });
    if (this.#failure) {
      const { reason } = this.#failure;
      this.#failure = undefined;
      return Promise.reject(reason);
    }
    if (this.#closing) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => {
      this.#waiters.push({ resolve, reject });
      this.#read();
    });
  }

  /** Closes the monitor: what `break` in a loop does. */
  async return(): Promise<IteratorResult<MonitorEvent<T>, undefined>> {
    await this.close();
    return { done: true, value: undefined };
  }

  /** Closes the monitor's socket. Who waits for an event is told that there are no more. */
  close(): Promise<void> {
    this.#queue = [];
    this.#at = 0;
    this.#failure = undefined;
    for (const { resolve } of this.#waiters.splice(0)) resolve({ done: true, value: undefined });
    return this.#shut();
  }

  /** Closes it: `await using monitor = nl.monitor(['link'])`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #open(netns: Netns, subscriptions: Parameters<typeof addon.openMonitor>[2][]): Promise<void> {
    const opened = await Promise.allSettled(
      subscriptions.map((subscription) =>
        begin<MonitorHandle>('value', 'socket', (id) => addon.openMonitor(id, netns, subscription)),
      ),
    );
    for (const result of opened) {
      if (result.status === 'rejected') continue;
      const source = { native: result.value, isReading: false };
      this.#sources.push(source);
      if (this.#isSyncing.initial) this.#unsynced.add(source);
    }
    const failed = opened.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    this.#read();
  }

  /** Closes the sockets; what has been read from them can still be told. */
  #shut(): Promise<void> {
    this.#forgetSignal();
    this.#closing ??= this.ready
      .catch(() => {})
      .then(() => Promise.all(this.#sources.map(({ native }) => begin('value', 'close', (id) => native.close(id)))))
      .then(this.#onClose);
    return this.#closing;
  }

  /** Asks all sockets for events, as long as somebody waits for some. */
  #read(): void {
    if (this.#waiters.length === 0 || this.#closing) return;
    for (const source of this.#sources) {
      if (source.isReading) continue;
      source.isReading = true;
      begin<MonitorEvent<T>[]>('list', 'recvmsg', (id) => source.native.read(id), this.#keepsAlive).then(
        (events) => {
          source.isReading = false;
          if (!this.#closing) this.#take(source, events);
        },
        (reason) => this.#fail(reason),
      );
    }
  }

  #take(source: Source, events: MonitorEvent<T>[]): void {
    for (const event of events) {
      if (event.type === 'overrun' && this.#isSyncing.resync) this.#unsynced.add(source);
      if (event.type === 'synced') {
        this.#unsynced.delete(source);
        if (this.#unsynced.size > 0) continue;
      } else if (event.type !== 'overrun') {
        const told = event as ObjectEvent;
        const view = VIEWS[told.type];
        if (view) told.object = view(told.object);
      }
      this.#queue.push(event);
    }
    while (this.#waiters.length > 0 && this.#at < this.#queue.length) {
      this.#waiters.shift()?.resolve({ done: false, value: this.#shift() });
    }
    this.#read();
  }

  #shift(): MonitorEvent<T> {
    const event = this.#queue[this.#at++] as MonitorEvent<T>;
    if (this.#at === this.#queue.length) {
      this.#queue = [];
      this.#at = 0;
    }
    return event;
  }

  /** Tells an error in the place of the next event, and then that there are no more. */
  #fail(reason: unknown): void {
    if (this.#closing || this.#failure) return;
    const [first, ...others] = this.#waiters.splice(0);
    if (first) first.reject(reason);
    else this.#failure = { reason };
    for (const { resolve } of others) resolve({ done: true, value: undefined });
    void this.#shut();
  }
}

/** Checks what a caller has given, and sorts it by protocol. */
function check(types: readonly string[], options: MonitorOptions): Parameters<typeof addon.openMonitor>[2][] {
  if (!Array.isArray(types) || types.length === 0) {
    const received = Array.isArray(types) ? 'an empty one' : typeof types;
    throw argumentError(
      'ERR_INVALID_ARG_TYPE',
      'types',
      `The "types" argument must be an array of at least one type. Received ${received}`,
    );
  }
  checkSpec('options', options);
  checkOptions(options);
  for (const [key, value] of Object.entries(options)) {
    if (!KNOWN.has(key)) throw argumentError('ERR_INVALID_ARG_VALUE', key, `The "${key}" option is not known`);
    if (['initial', 'resync', 'allNetns', 'ref'].includes(key) && value !== undefined && typeof value !== 'boolean') {
      throw argumentError(
        'ERR_INVALID_ARG_TYPE',
        key,
        `The "${key}" option must be a boolean. Received ${typeof value}`,
      );
    }
  }
  const { initial = false, resync = false, allNetns = false, bufferSize = BUFFER_SIZE } = options;
  if (typeof bufferSize !== 'number') {
    throw argumentError('ERR_INVALID_ARG_TYPE', 'bufferSize', 'The "bufferSize" option must be a number of bytes');
  }
  if (!Number.isInteger(bufferSize) || bufferSize < 1 || bufferSize > 1 << 30) {
    throw argumentError(
      'ERR_OUT_OF_RANGE',
      'bufferSize',
      `The value of the "bufferSize" option is out of range. It must be an integer >= 1 and <= ${1 << 30}. Received ${bufferSize}`,
    );
  }
  const byProtocol = new Map<number, number[]>();
  types.forEach((type, i) => {
    const event = EVENTS.get(type);
    if (!event) {
      throw argumentError(
        'ERR_INVALID_ARG_VALUE',
        `types[${i}]`,
        `The "types[${i}]" field must be one of ${[...EVENTS.keys()].join(', ')}. Received ${JSON.stringify(type)}`,
      );
    }
    if ((initial || resync) && !event.isListable) {
      throw argumentError(
        'ERR_INVALID_ARG_VALUE',
        `types[${i}]`,
        `'${type}' cannot be listed: not with "initial" or "resync"`,
      );
    }
    byProtocol.set(event.protocol, [...(byProtocol.get(event.protocol) ?? []), event.number]);
  });
  const actions = checkActions(options.actions);
  return [...byProtocol].map(([protocol, kinds]) => ({
    protocol,
    kinds,
    actions,
    listsFirst: initial,
    listsAfterOverrun: resync,
    allNetns,
    bufferSize,
  }));
}

/** A bit for each action. */
function checkActions(given: MonitorOptions['actions']): number {
  if (given === undefined) return (1 << ACTIONS.length) - 1;
  if (!Array.isArray(given)) {
    throw argumentError('ERR_INVALID_ARG_TYPE', 'actions', 'The "actions" option must be an array');
  }
  return given.reduce((bits, action, i) => {
    const at = ACTIONS.indexOf(action);
    if (at < 0) {
      throw argumentError(
        'ERR_INVALID_ARG_VALUE',
        `actions[${i}]`,
        `The "actions[${i}]" field must be one of ${ACTIONS.join(', ')}. Received ${JSON.stringify(action)}`,
      );
    }
    return bits | (1 << at);
  }, 0);
}
