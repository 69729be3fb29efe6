// nftables: what nft does.
import { addon } from './addon.js';
import type { NfElementsSpec } from './generated/objects.js';
import { type Echo, type LateLane, type Message, operationNumber, type TransactionOptions } from './lane.js';
import { divide } from './nft/elements.js';
import type { RawRuleset } from './nft/raw.js';
import { type ReadFilter, readGeneration, readRuleset } from './nft/read.js';
import type { RequestOptions } from './requester.js';

/** The ruleset of the handle's network namespace. */
export class Nft {
  readonly #lane: LateLane;

  /** @internal */
  constructor(lane: LateLane) {
    this.#lane = lane;
  }

  /** The number of the ruleset's generation, which every transaction changes. */
  generation(): Promise<number> {
    return readGeneration(this.#lane);
  }

  /**
   * Reads the ruleset, or some of it, in netlink form.
   *
   * @internal
   */
  read(filter?: ReadFilter, options?: RequestOptions): Promise<{ generation: number; ruleset: RawRuleset }> {
    return readRuleset(this.#lane, filter, options);
  }

  /**
   * Carries out a transaction of messages in netlink form.
   *
   * @internal
   */
  async transact(messages: readonly Message[], options?: TransactionOptions): Promise<Echo[]> {
    const lane = this.#lane.opened ?? (await this.#lane.lane());
    const divided: Message[] = [];
    const commands: number[] = [];
    messages.forEach((message, command) => {
      for (const piece of divide(message)) {
        divided.push(piece);
        commands.push(command);
      }
    });
    try {
      const echoed = await lane.transaction(divided, options);
      for (const one of echoed) one.command = commands[one.command] as number;
      return echoed;
    } catch (error) {
      if (hasIndex(error)) error.index = commands[error.index] as number;
      throw error;
    }
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

/** Errors of the kernel, and of arguments, that tell which message they are about. */
function hasIndex(error: unknown): error is { index: number } {
  return error instanceof Error && typeof (error as { index?: unknown }).index === 'number';
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
