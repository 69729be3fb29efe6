// nftables: what nft does.
import { addon } from './addon.js';
import type { NfElementsSpec, NfGeneration } from './generated/objects.js';
import { type Echo, type LateLane, type Message, operationNumber, type TransactionOptions } from './lane.js';

/** The ruleset of the handle's network namespace. */
export class Nft {
  readonly #lane: LateLane;

  /** @internal */
  constructor(lane: LateLane) {
    this.#lane = lane;
  }

  /** The number of the ruleset's generation, which every transaction changes. */
  async generation(): Promise<number> {
    const { id } = await this.#lane.one<NfGeneration>('nft.getGeneration', {});
    return id ?? 0;
  }

  /**
   * Carries out a transaction of messages in netlink form.
   *
   * @internal
   */
  async transact(messages: readonly Message[], options?: TransactionOptions): Promise<Echo[]> {
    const lane = this.#lane.opened ?? (await this.#lane.lane());
    return lane.transaction(messages, options);
  }

  /**
   * For elements of one set, one at a time and many of them.
   *
   * @internal
   */
  elements(set: Pick<NfElementsSpec, 'family' | 'table' | 'set'>): ElementWriter {
    return new ElementWriter(this.#lane, set);
  }
}

const ADD = operationNumber('nft.addElements');
const CREATE = operationNumber('nft.createElements');
const DELETE = operationNumber('nft.deleteElements');

/**
 * Adds and deletes single elements of a set or map, each in a transaction of its own, by keys and data as the kernel has
 * them. Those that wait at the same time share a batch.
 */
export class ElementWriter {
  readonly #lane: LateLane;
  readonly #head: Uint8Array;

  /** @internal */
  constructor(lane: LateLane, set: Pick<NfElementsSpec, 'family' | 'table' | 'set'>) {
    this.#lane = lane;
    this.#head = addon.encode('NfElements', set);
  }

  /** Adds an element; adding an equal one again changes nothing. */
  add(key: Uint8Array, data?: Uint8Array): Promise<void> {
    return this.#write(ADD, key, data);
  }

  /**
   * Adds an element that must be new.
   *
   * @throws NetlinkError EEXIST when there is one with that key.
   */
  create(key: Uint8Array, data?: Uint8Array): Promise<void> {
    return this.#write(CREATE, key, data);
  }

  /**
   * Deletes an element.
   *
   * @throws NetlinkError ENOENT when there is none.
   */
  delete(key: Uint8Array): Promise<void> {
    return this.#write(DELETE, key);
  }

  #write(operation: number, key: Uint8Array, data?: Uint8Array): Promise<void> {
    const lane = this.#lane.opened;
    if (lane) return lane.element(operation, this.#head, key, data);
    return this.#lane.lane().then((opened) => opened.element(operation, this.#head, key, data));
  }
}
