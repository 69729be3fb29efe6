// nftables: what nft does.
import { addon } from './addon.js';
import { argumentError, locate, NetlinkError } from './errors.js';
import type { NfElementsSpec, NfSet } from './generated/objects.js';
import {
  checkOptions,
  type Echo,
  type LateLane,
  type Message,
  operationNumber,
  type TransactionOptions,
} from './lane.js';
import type { Links } from './links.js';
import type { EventType, Monitor, MonitorOptions } from './monitor.js';
import { type CompiledMessage, compile, type Known, type Lookup, lookups } from './nft/compile/index.js';
import type { Names } from './nft/datatypes.js';
import { decompile } from './nft/decompile/index.js';
import { divide } from './nft/elements.js';
import type { NftCommand, NftFamily, NftObject, NftRuleset } from './nft/json.js';
import { listRuleset, type NftFilter, type NftListOptions } from './nft/list.js';
import { NFT_EVENTS, NftMonitor } from './nft/monitor.js';
import { machineNames } from './nft/names.js';
import { emptyRuleset, type RawRuleset } from './nft/raw.js';
import { type ReadFilter, readElements, readGeneration, readRuleset } from './nft/read.js';
import { type NftRestoreOptions, restoring, saved } from './nft/save.js';
import { readU32, SET_USERDATA, unpack } from './nft/userdata.js';
import type { RequestOptions } from './requester.js';
import { checkSpec } from './spec.js';

/** How {@link Nft.apply} is carried out. */
export interface NftApplyOptions extends RequestOptions {
  /** Has the kernel validate everything and change nothing, as `nft --check`. */
  check?: boolean | undefined;
  /** Gives the commands back with the handles of what they made, as `nft --echo`. */
  echo?: boolean | undefined;
  /**
   * The generation of the ruleset that the commands are to follow on, as {@link Nft.generation} told it. Where it is
   * another by then nothing is done, and the promise is rejected with a GenerationError.
   */
  genid?: number | undefined;
}

/** How often commands are compiled anew because the ruleset that they refer to has changed meanwhile. */
const ATTEMPTS = 10;

/** Opens a monitor of the handle that the ruleset belongs to. */
type OpenMonitor = <T extends EventType>(types: readonly T[], options: MonitorOptions) => Monitor<T>;

/** The ruleset of the handle's network namespace. */
export class Nft {
  readonly #lane: LateLane;
  readonly #links: Links;
  readonly #monitor: OpenMonitor;

  /** @internal */
  constructor(lane: LateLane, links: Links, monitor: OpenMonitor) {
    this.#lane = lane;
    this.#links = links;
    this.#monitor = monitor;
  }

  /**
   * Carries out commands of libnftables' JSON schema (libnftables-json(5)) in one transaction: all or nothing, in order.
   *
   * Transactions that are asked for at the same time go to the kernel together, and each has its own result all the same.
   * `reset` is no part of a transaction: such commands are carried out after it, and what they reset is given back.
   *
   * @returns With `echo` the commands with handles; what `reset` commands have reset, as it was before.
   * @throws NetlinkError with `index`, the command at fault, `field`, the place in the input, `object`, what it is about,
   * and the kernel's attribute and words; nothing has changed then. TypeError or RangeError with the place in the input
   * for what can't be right, before anything is sent.
   */
  async apply(commands: readonly NftCommand[], options: NftApplyOptions = {}): Promise<NftRuleset> {
    checkOptions(options);
    checkApply(commands, options);
    const { check, echo, signal } = options;
    const { messages, resets, echoed } = await this.#transact(commands, options);
    const nftables: unknown[] = echo ? withHandles(commands, messages, echoed) : [];
    for (const reset of check ? [] : resets) nftables.push(...(await this.#reset(reset, { signal })));
    return { nftables: nftables as NftRuleset['nftables'] };
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

  /**
   * Puts back what {@link save} took down, in the place of the tables that are in it, in one transaction: no packet meets
   * anything in between. With `flush` other tables go.
   *
   * @throws As {@link apply}; nothing has changed then.
   */
  async restore(saved: NftRuleset, options: NftRestoreOptions & Omit<NftApplyOptions, 'echo'> = {}): Promise<void> {
    checkSpec('saved', saved);
    checkSpec('options', options);
    if (!Array.isArray(saved.nftables)) {
      throw argumentError('ERR_INVALID_ARG_TYPE', 'nftables', 'The "nftables" field must be an array');
    }
    const { flush, ...others } = options;
    await this.apply(restoring(saved, { flush }), others);
  }

  /** Removes the whole ruleset, or all tables of one family. */
  async flush(filter: { family?: NftFamily | undefined } & RequestOptions = {}): Promise<void> {
    checkOptions(filter);
    checkSpec('filter', filter);
    const { family, signal } = filter;
    await this.apply([{ flush: { ruleset: family === undefined ? null : { family } } }], { signal });
  }

  /**
   * Tells what each transaction changes, whoever asked for it, with the generation that it made: what `nft -j monitor`
   * prints, in the schema of libnftables-json(5).
   *
   * ```ts
   * for await (const event of nl.nft.monitor({ signal })) {
   *   if (event.type === 'transaction') console.log(event.generation, event.processName, event.changes);
   * }
   * ```
   *
   * The same events in netlink form, each by itself, come by {@link Netlink.monitor}.
   */
  monitor(options: Pick<MonitorOptions, 'signal' | 'bufferSize'> = {}): NftMonitor {
    return new NftMonitor({
      monitor: () => this.#monitor(NFT_EVENTS, options),
      readSets: async () => {
        const filter: ReadFilter = { kinds: ['sets', 'elements'], elementsOf: isAnonymous };
        return (await readRuleset(this.#lane, filter)).ruleset;
      },
      withNames: (work) => this.#withNames(work),
    });
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

  /** Compiles commands and carries them out, but for those that reset. */
  async #transact(
    commands: readonly NftCommand[],
    { check, echo, genid, signal }: NftApplyOptions,
  ): Promise<{ messages: CompiledMessage[]; resets: CompiledMessage[]; echoed: Echo[] }> {
    for (let attempt = 1; ; attempt++) {
      const { known, generation } = await this.#look(lookups(commands), signal);
      const compiled = await this.#withNames((names) => compile(commands, { ...known, names }));
      const messages = compiled.filter((message) => !isReset(message));
      const resets = compiled.filter(isReset);
      try {
        const echoed = await this.transact(messages, {
          check,
          echo,
          generation: genid ?? generation,
          hasUniqueIds: true,
          signal,
        });
        return { messages, resets, echoed };
      } catch (error) {
        // What was read does not hold any more: handles of rules and chains, elements to merge with.
        const isStale = error instanceof NetlinkError && error.code === 'ERESTART' && genid === undefined;
        if (!isStale || attempt === ATTEMPTS) throw hasIndex(error) ? placed(error, messages) : error;
      }
    }
  }

  /** Reads of the kernel what commands refer to; tells the generation where it matters that it stays the same. */
  async #look(
    wanted: readonly Lookup[],
    signal: AbortSignal | undefined,
  ): Promise<{ known: Known; generation?: number }> {
    if (wanted.length === 0) return { known: {} };
    const known = emptyRuleset();
    const options = { signal };
    /** Whether the generation matters to what is read. */
    const look = async ({ kind, family, table, name }: Lookup): Promise<boolean> => {
      if (kind === 'set') {
        const set = await this.#lane.one<NfSet>('nft.getSet', { family, table, name }, options);
        known.sets.push(set);
        if (!mergesIntervals(set)) return false;
        known.elements.push(await readElements(this.#lane, set, options));
        return true;
      }
      const kinds: ReadFilter['kinds'] = kind === 'chain' ? ['chains'] : ['rules'];
      const { ruleset } = await readRuleset(this.#lane, { family, table, chain: name, kinds }, options);
      known.chains.push(...ruleset.chains);
      known.rules.push(...ruleset.rules);
      return true;
    };
    const absent = (error: unknown) => {
      // The kernel will say so better.
      if (!(error instanceof NetlinkError && error.code === 'ENOENT')) throw error;
      return false;
    };
    const [generation, ...fleeting] = await Promise.all([
      this.generation(),
      ...wanted.map((lookup) => look(lookup).catch(absent)),
    ]);
    return { known: known as Known, ...(fleeting.includes(true) && { generation }) };
  }

  /** Does what may ask for links by name or index; they are only listed where it does. */
  async #withNames<T>(work: (names: Names) => T): Promise<T> {
    let isAsked = false;
    const ask = () => {
      isAsked = true;
      return undefined;
    };
    let result: { value: T } | { error: unknown };
    try {
      result = { value: work({ ...machineNames([]), linkIndex: ask, linkName: ask }) };
    } catch (error) {
      result = { error };
    }
    if (!isAsked) {
      if ('error' in result) throw result.error;
      return result.value;
    }
    return work(machineNames(await this.#links.list()));
  }

  /** Resets what holds state, and tells it as it was. */
  async #reset({ operation, spec }: CompiledMessage, options: RequestOptions): Promise<NftObject[]> {
    const { family, table } = spec as ReadFilter;
    const isOne = operation === 'nft.resetRule' || operation === 'nft.resetObject';
    const told = isOne
      ? [await this.#lane.one(operation, spec, options)]
      : await this.#lane.list(operation, spec, options);
    const ofRules = operation.startsWith('nft.resetRule');
    const filter: ReadFilter = ofRules
      ? { family, table, kinds: ['tables', 'chains', 'sets', 'elements'], elementsOf: isAnonymous }
      : { family, table, kinds: ['tables'] };
    const { ruleset } = await readRuleset(this.#lane, filter, options);
    const raw = { ...ruleset, [ofRules ? 'rules' : 'objects']: told };
    const objects = await this.#withNames((names) => decompile(raw, { names }));
    return objects.filter((object) => (ofRules ? 'rule' in object : !('table' in object)));
  }
}

const isAnonymous = ({ flags }: NfSet) => flags?.includes('anonymous') === true;

const mergesIntervals = ({ userdata }: NfSet) =>
  userdata !== undefined && !!readU32(unpack(userdata)?.get(SET_USERDATA.mergeElements));

const isReset = ({ operation }: CompiledMessage) => operation.startsWith('nft.reset');

function checkApply(commands: unknown, options: NftApplyOptions): void {
  checkSpec('options', options);
  if (!Array.isArray(commands)) {
    throw argumentError('ERR_INVALID_ARG_TYPE', 'commands', 'The "commands" argument must be an array of commands');
  }
  for (const key of ['check', 'echo'] as const) {
    if (options[key] !== undefined && typeof options[key] !== 'boolean') {
      throw argumentError('ERR_INVALID_ARG_TYPE', key, `The "${key}" option must be a boolean`);
    }
  }
  const { genid } = options;
  if (genid !== undefined && !(Number.isInteger(genid) && genid >= 0 && genid <= 0xffff_ffff)) {
    throw argumentError(
      'ERR_OUT_OF_RANGE',
      'genid',
      'The "genid" option must be a generation, as generation() tells it',
    );
  }
}

/** An error that tells a message, made to tell the command. */
function placed(error: { index: number }, messages: readonly CompiledMessage[]): unknown {
  const message = messages[error.index];
  if (!message) return error;
  error.index = message.command;
  if (!(error instanceof NetlinkError)) return error;
  return locate(error, message.path, describe(message));
}

/** What a message is about, in words: `rule inet filter input`. */
function describe({ operation, spec }: CompiledMessage): string {
  const kind = operation.replace(/^nft\.[a-z]+/, '').toLowerCase();
  const { family, table, chain, name, set } = spec as Record<string, unknown>;
  return [kind, family, table, chain, name, set].filter((part) => typeof part === 'string').join(' ');
}

/** The commands, with the handles of what they made. */
function withHandles(
  commands: readonly NftCommand[],
  messages: readonly CompiledMessage[],
  echo: readonly Echo[],
): unknown[] {
  const copies = commands.map((command) => structuredClone(command) as unknown as Record<string, unknown>);
  for (const { command, handle } of echo) {
    const message = messages[command];
    if (handle === undefined || !message) continue;
    const whole = copies[message.command] as Record<string, unknown>;
    const [verb, inner] = Object.entries(whole)[0] as [string, Record<string, unknown>];
    const object = VERBS.has(verb) ? inner : whole;
    const [kind, value] = Object.entries(object)[0] as [string, Record<string, unknown>];
    // An anonymous set is not what the command was about.
    const made = message.operation.replace(/^nft\.[a-z]+/, '').toLowerCase();
    const isOwn = made === 'object' ? !OWN_MESSAGES.has(kind) : made === (kind === 'map' ? 'set' : kind);
    if (isOwn) value.handle = Number(handle);
  }
  return copies;
}

const VERBS = new Set(['add', 'create', 'insert', 'replace', 'delete', 'destroy', 'flush', 'rename', 'reset']);
const OWN_MESSAGES = new Set(['table', 'chain', 'rule', 'set', 'map', 'element', 'flowtable']);

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
