// nftables: what nft does.
import { addon } from './addon.js';
import type { NfElementsSpec } from './generated/objects.js';
import { type Echo, type LateLane, type Message, operationNumber, type TransactionOptions } from './lane.js';
import type { Links } from './links.js';
import { divide } from './nft/elements.js';
import type { NftRuleset } from './nft/json.js';
import { listRuleset, type NftFilter, type NftListOptions } from './nft/list.js';
import type { RawRuleset } from './nft/raw.js';
import { type ReadFilter, readGeneration, readRuleset } from './nft/read.js';
import { saved } from './nft/save.js';
import type { RequestOptions } from './requester.js';

/** The ruleset of the handle's network namespace. */
export class Nft {
  readonly #lane: LateLane;
  readonly #links: Links;

  /** @internal */
  constructor(lane: LateLane, links: Links) {
    this.#lane = lane;
    this.#links = links;
  }

  /**
   * Lists the ruleset, or some of it, as `nft -j list ruleset` does: the schema of libnftables-json(5), with what is
   * implied left out, and values told by name, prefix and range. All of it is of one generation.
   *
   * What the schema has no words for is told as `{ unknown: { expression, data } }`, extensions of iptables as
   * `{ xt: { type, name } }`. Unlike nft 1.0.6, chains tell their interfaces (`dev`).
   *
   * @throws NetlinkError ENOENT when the table or set is not there.
   */
  async list(filter?: NftFilter, options?: NftListOptions): Promise<NftRuleset> {
    const source = {
      read: (what: ReadFilter, request: RequestOptions) => readRuleset(this.#lane, what, request),
      linkNames: async (request: RequestOptions) => {
        const links = await this.#links.list(request);
        return new Map(links.map(({ index, name }) => [index, name]));
      },
    };
    return await listRuleset(source, filter, options);
  }

  /**
   * A table, or everything, to be kept: the listing complete, without handles, in an order in which it can be made again.
   * As JSON text it is a file that `nft -j -f` reads too; what nft 1.0.6 leaves out of its own JSON (comments of tables
   * and chains...) it passes over there.
   *
   * @throws Error ERR_NFT_NOT_RESTORABLE when something in it cannot be expressed, such as an extension of iptables.
   */
  async save(filter?: Pick<NftFilter, 'family' | 'table'>, options?: RequestOptions): Promise<NftRuleset> {
    return saved(await this.list(filter, { ...options, complete: true }));
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
