// Several things that follow on one another, told to the engine at once: each is begun when the one before has
// succeeded, on the engine's threads, without coming back here in between.
import { addon, type Sequence as NativeSequence } from './addon.js';
import { begin } from './engine.js';
import { NetlinkError } from './errors.js';
import type { Bundle, Lane, Message } from './lane.js';
import type { Netns, NetnsRef } from './netns.js';
import type { Filled } from './template.js';

const NETLINK_ROUTE = 0;

/** A namespace that a sequence has made and given: for another to take, or for {@link Netns.of}. */
export type Space = object;

/** Where a step is to act: in a namespace that is there, or in the one that the sequence makes. */
export type SequenceNetns = Netns | NativeSequence;

/** Steps with names of the caller's, to tell which of them failed. */
export class Sequence<Name extends string> {
  readonly #native = new addon.Sequence();
  /** The caller's name of each native step. */
  readonly #names: Name[] = [];

  /** Stands for the namespace that the sequence makes, in requests of later steps. */
  get itsNetns(): NativeSequence {
    return this.#native;
  }

  /** A transaction of nftables: what fills a template, and further messages after it. */
  transaction(name: Name, lane: Lane, filled: Filled, messages: readonly Message[] = []): void {
    lane.addTransaction(this.#native, filled, messages);
    this.#names.push(name);
  }

  /** Requests that are sent together: those that `make` hands over, encoded at once. */
  bundle(name: Name, lane: Lane, make: (bundle: Bundle) => void): void {
    lane.addBundle(this.#native, false, make);
    this.#names.push(name);
  }

  /** The same in the namespace that a step has made; nothing can be sent there afterwards. `lane` encodes only. */
  bundleInside(name: Name, lane: Lane, make: (bundle: Bundle) => void): void {
    lane.addBundle(this.#native, true, make);
    // The second one lets go of the socket.
    this.#names.push(name, name);
  }

  /** Begins to make a namespace, as that takes longest; or takes one that another sequence has given. */
  beginNetns(space?: Space): void {
    this.#native.beginNetns(NETLINK_ROUTE, space);
  }

  /**
   * Waits for the namespace that has been begun, and mounts it under a name; if it `gives` it the sequence resolves to that.
   * EEXIST: the name is taken.
   */
  netns(name: Name, path: string | undefined, gives: boolean): void {
    this.#native.netns(path, gives);
    this.#names.push(name, name);
  }

  /** Fails with EADDRINUSE where a process has one of the ports (ranges, packed). It looks now. */
  probe(name: Name, netns: NetnsRef, ports: Uint8Array): void {
    this.#native.probe(netns, ports);
    this.#names.push(name);
  }

  /** Writes a parameter under net/. */
  sysctl(name: Name, netns: NetnsRef | NativeSequence, key: string, value: string): void {
    this.#native.sysctl(netns, key, value);
    this.#names.push(name);
  }

  /** Begins the first step. */
  run(): Promise<Space | undefined> {
    return begin('value', 'sequence', (id) => this.#native.start(id));
  }

  /** Lets go of what has been begun, instead of run(). */
  abandon(): void {
    this.#native.abandon();
  }

  /** The step that an error of run() comes from. */
  failed(error: unknown): Name | undefined {
    return error instanceof NetlinkError && error.step !== undefined ? this.#names[error.step] : undefined;
  }
}
