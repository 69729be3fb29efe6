// A lane: one netlink socket. Requests made in the same tick leave together.
import { addon, type ElementColumns, type Lane as NativeLane } from './addon.js';
import { abandon, begin } from './engine.js';
import { argumentError } from './errors.js';
import type { NetnsRef } from './netns.js';
import type { AskOptions, Requester, RequestOptions } from './requester.js';

const OPERATIONS = new Map(addon.operations().map((name, number) => [name, number]));

/** The number by which the native side knows an operation. */
export function operationNumber(name: string): number {
  const operation = OPERATIONS.get(name);
  if (operation === undefined) throw new Error(`No such operation: ${name}`);
  return operation;
}

/** One message of a transaction. */
export interface Message {
  /** What it does: nft.addTable, nft.addRule... */
  operation: string;
  /** The object, as lib/generated has it. */
  spec: object;
  /** For nft.addElements and its like: elements in bulk, beside or instead of those in `spec`. */
  columns?: ElementColumns | undefined;
}

/** A request of several: its operation, and its spec or that encoded. */
export type Request = readonly [operation: string, spec: object];

/** How a transaction is carried out. */
export interface TransactionOptions extends RequestOptions {
  /** Has the kernel validate it only. */
  check?: boolean | undefined;
  /** Has the kernel tell what it made, handles included. */
  echo?: boolean | undefined;
  /** The generation of the ruleset that it is to follow on. */
  generation?: number | undefined;
  /** Whether the ids in it are no other transaction's: then it may share a batch with others that have ids. */
  hasUniqueIds?: boolean | undefined;
}

/** What a transaction with `echo` made: an object for each thing made, with the index of the message that made it. */
export type Echo = { command: number } & Record<string, unknown>;

/** The bits that native/addon/lane_handle.cpp knows. */
const enum TransactionFlag {
  Check = 1,
  Echo = 2,
  Ids = 4,
}

/** Messages as the native side takes them. */
export function flatten(messages: readonly Message[]): unknown[] {
  const all: unknown[] = [];
  for (const { operation, spec, columns } of messages) {
    all.push(operationNumber(operation), spec, columns?.count, columns?.keys, columns?.keyEnds, columns?.data);
    all.push(columns?.flags, columns?.userdata);
  }
  return all;
}

/** An error for what is asked of a closed handle. */
export function closedError(): Error {
  return Object.assign(new Error('The Netlink handle is closed'), { code: 'ERR_NETLINK_CLOSED' });
}

/** The facade's half of a lane: settles promises, gathers a tick's requests, watches signals. */
export class Lane implements Requester {
  readonly #native: NativeLane;
  #closing: Promise<void> | undefined;
  #holds = 0;
  #held: number[] = [];
  #isFlushPlanned = false;

  private constructor(native: NativeLane) {
    this.#native = native;
  }

  /** Opens a socket of a netlink protocol in a namespace, the calling thread's if none is given. */
  static async open(protocol: number, netns?: NetnsRef): Promise<Lane> {
    return new Lane(await begin('value', 'socket', (id) => addon.openLane(id, protocol, netns)));
  }

  /** A lane that was opened natively together with something else. */
  static of(native: NativeLane): Lane {
    return new Lane(native);
  }

  get isClosed(): boolean {
    return this.#closing !== undefined;
  }

  async ack(operation: string, spec: object, options?: RequestOptions): Promise<void> {
    await this.#request('value', operation, spec, options);
  }

  /**
   * Several requests, sent together where they may share a datagram, with one answer: success of all, or the first
   * error. Those after a failed one are sent all the same.
   */
  bundle(requests: readonly Request[]): Promise<void> {
    if (this.#closing) return Promise.reject(closedError());
    const promise = begin<void>('value', 'bundle', (id) => {
      try {
        for (const [i, [name, spec]] of requests.entries()) {
          this.#native.request(id, operationNumber(name), spec, false, i + 1 < requests.length);
        }
      } catch (error) {
        this.#native.cancel(id);
        throw error;
      }
    });
    this.#planFlush();
    return promise;
  }

  one<T>(operation: string, spec: object, options?: AskOptions): Promise<T> {
    return this.#request('one', operation, spec, options);
  }

  list<T>(operation: string, spec: object, options?: AskOptions): Promise<T[]> {
    return this.#request('list', operation, spec, options);
  }

  /**
   * A transaction of nftables: the kernel carries out all of its messages or none. Those that wait at the same time go to
   * the kernel as one batch; if that fails each is committed by itself.
   */
  async transaction(messages: readonly Message[], options: TransactionOptions = {}): Promise<Echo[]> {
    if (messages.length === 0) return [];
    let flags = (options.check ? TransactionFlag.Check : 0) | (options.echo ? TransactionFlag.Echo : 0);
    // The kernel tells ids apart within a batch only.
    const hasIds = ({ spec }: Message) => 'id' in spec && spec.id !== undefined;
    if (!options.hasUniqueIds && messages.some(hasIds)) flags |= TransactionFlag.Ids;
    const all = flatten(messages);
    const answer = options.echo ? 'list' : 'value';
    const echoed = await this.#begin<Echo[] | undefined>(answer, 'nft', options.signal, (id) => {
      this.#native.transaction(id, all, flags, options.generation);
    });
    return echoed ?? [];
  }

  /** @internal What programs take. */
  get native(): NativeLane {
    return this.#native;
  }

  /** A transaction that adds or deletes one element, with as little work as may be; see ElementWriter in lib/nft.ts. */
  element(operation: number, head: Uint8Array, key: Uint8Array, data?: Uint8Array): Promise<void> {
    return this.#begin('value', 'nft', undefined, (id) => this.#native.elements(id, operation, head, key, data));
  }

  /** Keeps requests back until the returned function is called, so that they leave together. */
  hold(): () => void {
    this.#holds++;
    let isHolding = true;
    return () => {
      if (isHolding && --this.#holds === 0) {
        this.#held = [];
        this.#native.flush();
      }
      isHolding = false;
    };
  }

  /** The requests that hold() keeps, in order. */
  get held(): readonly number[] {
    return this.#held;
  }

  /** Takes back some of what hold() keeps: they are rejected, and never sent. */
  cancelHeld(ids: readonly number[], reason: unknown): void {
    for (const id of ids) {
      if (this.#native.cancel(id)) abandon(id, reason);
    }
  }

  /** Closes the socket when all that was asked before is answered. */
  close(): Promise<void> {
    this.#closing ??= begin('value', 'close', (id) => this.#native.close(id));
    return this.#closing;
  }

  #request<T>(answer: 'value' | 'one' | 'list', name: string, spec: object, options?: AskOptions): Promise<T> {
    const operation = operationNumber(name);
    return this.#begin(answer, name, options?.signal, (id) => {
      this.#native.request(id, operation, spec, options?.stats === true);
    });
  }

  #begin<T>(
    answer: 'value' | 'one' | 'list',
    name: string,
    signal: AbortSignal | undefined,
    start: (id: number) => void,
  ): Promise<T> {
    if (this.#closing) return Promise.reject(closedError());
    if (signal?.aborted) return Promise.reject(signal.reason);
    let requestId = 0;
    const promise = begin<T>(answer, name, (id) => {
      start(id);
      requestId = id;
    });
    if (requestId !== 0) {
      if (this.#holds > 0) this.#held.push(requestId);
      this.#planFlush();
    }
    if (!signal) return promise;
    const forget = whenAborted(signal, () => {
      // What has only been read may be forgotten even when it is too late to take the question back.
      if (this.#native.cancel(requestId) || answer !== 'value') abandon(requestId, signal.reason);
    });
    return promise.finally(forget);
  }

  #planFlush(): void {
    if (this.#isFlushPlanned) return;
    this.#isFlushPlanned = true;
    process.nextTick(() => {
      this.#isFlushPlanned = false;
      if (this.#holds === 0) this.#native.flush();
    });
  }
}

/** A lane that is opened when it is needed first. */
export class LateLane implements Requester {
  readonly #open: () => Promise<Lane>;
  #opening: Promise<Lane> | undefined;
  #lane: Lane | undefined;
  #isClosed = false;

  constructor(open: () => Promise<Lane>) {
    this.#open = open;
  }

  /** The lane, where it is open already. */
  get opened(): Lane | undefined {
    return this.#lane;
  }

  /** Opens the lane, once. */
  lane(): Promise<Lane> {
    if (this.#isClosed) return Promise.reject(closedError());
    this.#opening ??= this.#open().then(
      (lane) => {
        this.#lane = lane;
        return lane;
      },
      (error) => {
        this.#opening = undefined;
        throw error;
      },
    );
    return this.#opening;
  }

  async ack(operation: string, spec: object, options?: RequestOptions): Promise<void> {
    return (await this.lane()).ack(operation, spec, options);
  }

  async one<T>(operation: string, spec: object, options?: AskOptions): Promise<T> {
    return (await this.lane()).one(operation, spec, options);
  }

  async list<T>(operation: string, spec: object, options?: AskOptions): Promise<T[]> {
    return (await this.lane()).list(operation, spec, options);
  }

  /** Closes the lane when all that was asked before is answered. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await (await this.#opening?.catch(() => undefined))?.close();
  }
}

/** The requests that wait for each signal: as Node.js warns of many listeners, a signal has one for all of them. */
const waiting = new WeakMap<AbortSignal, Set<() => void>>();

function callAll(this: AbortSignal): void {
  for (const call of waiting.get(this) ?? []) call();
}

/** Calls a function when a signal aborts, until the function that is returned is called. */
export function whenAborted(signal: AbortSignal, call: () => void): () => void {
  const calls = waiting.get(signal) ?? new Set();
  waiting.set(signal, calls);
  if (calls.size === 0) signal.addEventListener('abort', callAll, { once: true });
  calls.add(call);
  return () => {
    calls.delete(call);
    if (calls.size === 0) signal.removeEventListener('abort', callAll);
  };
}

/** Checks a signal given by a caller. */
export function checkOptions(options: RequestOptions | undefined): void {
  const signal = options?.signal;
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw argumentError('ERR_INVALID_ARG_TYPE', 'signal', 'The "signal" option must be an AbortSignal');
  }
}
