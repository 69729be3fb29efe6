// A lane: one netlink socket. Requests made in the same tick leave together.
import { addon, type Lane as NativeLane } from './addon.js';
import { abandon, begin } from './engine.js';
import { argumentError } from './errors.js';
import type { NetnsRef } from './netns.js';
import type { AskOptions, Requester, RequestOptions } from './requester.js';

const OPERATIONS = new Map(addon.operations().map((name, number) => [name, number]));

/** An error for what is asked of a closed handle. */
function closedError(): Error {
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

  get isClosed(): boolean {
    return this.#closing !== undefined;
  }

  async ack(operation: string, spec: object, options?: RequestOptions): Promise<void> {
    await this.#request('value', operation, spec, options);
  }

  one<T>(operation: string, spec: object, options?: AskOptions): Promise<T> {
    return this.#request('one', operation, spec, options);
  }

  list<T>(operation: string, spec: object, options?: AskOptions): Promise<T[]> {
    return this.#request('list', operation, spec, options);
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
    const operation = OPERATIONS.get(name);
    if (operation === undefined) throw new Error(`No such operation: ${name}`);
    const signal = options?.signal;
    if (this.#closing) return Promise.reject(closedError());
    if (signal?.aborted) return Promise.reject(signal.reason);
    let requestId = 0;
    const promise = begin<T>(answer, name, (id) => {
      this.#native.request(id, operation, spec, options?.stats === true);
      requestId = id;
    });
    if (requestId !== 0) {
      if (this.#holds > 0) this.#held.push(requestId);
      this.#planFlush();
    }
    if (!signal) return promise;
    const forget = whenAborted(signal, () => {
      if (this.#native.cancel(requestId)) abandon(requestId, signal.reason);
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

/** The requests that wait for each signal: as Node.js warns of many listeners, a signal has one for all of them. */
const waiting = new WeakMap<AbortSignal, Set<() => void>>();

function callAll(this: AbortSignal): void {
  for (const call of waiting.get(this) ?? []) call();
}

/** Calls a function when a signal aborts, until the function that is returned is called. */
function whenAborted(signal: AbortSignal, call: () => void): () => void {
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
