// What transactions did, from events in netlink form: what `nft -j monitor` prints, by transaction.
import type { NfElements, NfExpression, NfRule, NfSet } from '../generated/objects.js';
import type { EventTypes, Monitor, ObjectEvent } from '../monitor.js';
import type { Names } from './datatypes.js';
import { decompile } from './decompile/index.js';
import type { NftObject } from './json.js';
import { emptyRuleset, type RawRuleset } from './raw.js';

/** The types of event that a monitor of the ruleset listens to. */
export const NFT_EVENTS = [
  'nftTable',
  'nftChain',
  'nftRule',
  'nftSet',
  'nftElements',
  'nftObject',
  'nftFlowtable',
  'nftGeneration',
] as const satisfies readonly (keyof EventTypes)[];

/** One change, as `nft -j monitor` has it. */
export type NftChange = { add: NftObject } | { delete: NftObject };

/** All that one transaction changed. */
export interface NftTransactionEvent {
  type: 'transaction';
  /** The number of the generation that it made. */
  generation: number;
  /** Id of the process that it came from, as that process's PID namespace has it. */
  processId?: number;
  /** Name of that process. */
  processName?: string;
  /** What was made and deleted, in order. Anonymous sets are told in the rules that use them. */
  changes: NftChange[];
}

/** Transactions have been lost before this: the kernel's buffer was full. */
export interface NftOverrunEvent {
  type: 'overrun';
}

/** What {@link Nft.monitor} tells. */
export type NftEvent = NftTransactionEvent | NftOverrunEvent;

/** What a monitor of transactions asks of its handle. */
export interface NftMonitorSource {
  monitor(): Monitor<(typeof NFT_EVENTS)[number]>;
  /** The sets that are there, and the elements of anonymous ones. */
  readSets(): Promise<Pick<RawRuleset, 'sets' | 'elements'>>;
  withNames<T>(work: (names: Names) => T): Promise<T>;
}

type Event = ObjectEvent<(typeof NFT_EVENTS)[number]>;
type SetOf = { family?: unknown; table?: unknown };

const keyOf = ({ family, table }: SetOf, name: unknown) => JSON.stringify([family, table, name]);
const isAnonymous = (set: NfSet | undefined) => set?.flags?.includes('anonymous') === true;

/** Names of the sets that an expression looks something up in, or adds to. */
function setNames({ name, data }: NfExpression): string[] {
  const { set, setName } = (data ?? {}) as { set?: string; setName?: string };
  const found = name === 'lookup' ? set : name === 'dynset' || name === 'objref' ? setName : undefined;
  return found === undefined ? [] : [found];
}

/** The sets that rules and elements refer to, which their own events do not describe. */
class KnownSets {
  readonly #sets = new Map<string, { set: NfSet; elements: NfElements[] }>();

  replace({ sets, elements }: Pick<RawRuleset, 'sets' | 'elements'>): void {
    this.#sets.clear();
    for (const set of sets) this.add(set);
    for (const some of elements) this.addElements(some);
  }

  get(table: SetOf, name: unknown): NfSet | undefined {
    return this.#sets.get(keyOf(table, name))?.set;
  }

  add(set: NfSet): void {
    this.#sets.set(keyOf(set, set.name), { set, elements: [] });
  }

  delete(set: NfSet): void {
    this.#sets.delete(keyOf(set, set.name));
  }

  /** Elements of named sets are nobody's concern: rules tell those sets by name. */
  addElements(some: NfElements): void {
    const known = this.#sets.get(keyOf(some, some.set));
    if (known && isAnonymous(known.set)) known.elements.push(some);
  }

  /** The sets that a rule refers to. */
  of(rule: NfRule): Pick<RawRuleset, 'sets' | 'elements'> {
    const names = new Set((rule.expressions ?? []).flatMap(setNames));
    const own = [...names].flatMap((name) => this.#sets.get(keyOf(rule, name)) ?? []);
    return { sets: own.map(({ set }) => set), elements: own.flatMap(({ elements }) => elements) };
  }
}

/**
 * Transactions of a namespace's ruleset, in order: an async iterable, to be iterated once.
 *
 * It listens from `ready` on. Leaving the loop closes it, as do {@link NftMonitor.close}, the handle's `close()` and the
 * signal, whose reason is thrown.
 */
export class NftMonitor implements AsyncIterableIterator<NftEvent, undefined>, AsyncDisposable {
  /** Fulfilled when the monitor listens: what is committed from now on is told. Rejected when it cannot. */
  readonly ready: Promise<void>;
  readonly #monitor: Monitor<(typeof NFT_EVENTS)[number]>;
  readonly #events: AsyncGenerator<NftEvent, undefined>;

  /** @internal */
  constructor(source: NftMonitorSource) {
    this.#monitor = source.monitor();
    const known = new KnownSets();
    // What is committed in between is told as well: knowing a set twice does no harm.
    this.ready = this.#monitor.ready.then(async () => known.replace(await source.readSets()));
    this.ready.catch(() => {});
    this.#events = this.#gather(source, known);
  }

  /** The next transaction, when there is one; none once the monitor is closed. */
  next(): Promise<IteratorResult<NftEvent, undefined>> {
    return this.#events.next();
  }

  /** Closes the monitor: what `break` in a loop does. */
  async return(): Promise<IteratorResult<NftEvent, undefined>> {
    await this.close();
    return { done: true, value: undefined };
  }

  /** Closes the monitor's socket. Who waits for a transaction is told that there are no more. */
  async close(): Promise<void> {
    await this.#monitor.close();
    await this.#events.return(undefined);
  }

  /** Closes it: `await using monitor = nl.nft.monitor()`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Gathers events by transaction: a generation comes behind what made it. */
  async *#gather(source: NftMonitorSource, known: KnownSets): AsyncGenerator<NftEvent, undefined> {
    try {
      await this.ready;
      let events: Event[] = [];
      for await (const event of this.#monitor) {
        if (event.type === 'synced') continue;
        if (event.type === 'overrun') {
          events = [];
          known.replace(await source.readSets());
          yield { type: 'overrun' };
        } else if (event.type === 'nftGeneration') {
          const { id = 0, procPid, procName } = event.object;
          const gathered = events;
          events = [];
          const changes = await source.withNames((names) => tell(gathered, known, names));
          for (const one of gathered) if (one.action === 'delete' && one.type === 'nftSet') known.delete(one.object);
          yield {
            type: 'transaction',
            generation: id,
            ...(procPid !== undefined && { processId: procPid }),
            ...(procName !== undefined && { processName: procName }),
            changes,
          };
        } else events.push(event);
      }
    } finally {
      await this.#monitor.close();
    }
    return undefined;
  }
}

/** The changes of one transaction. Sets that it deletes stay known until it is told: rules deleted with them need them. */
function tell(events: readonly Event[], known: KnownSets, names: Names): NftChange[] {
  for (const { type, action, object } of events) {
    if (action === 'delete') continue;
    if (type === 'nftSet') known.add(object);
    if (type === 'nftElements') known.addElements(object);
  }
  return joined(events).flatMap((event) => {
    const objects = describe(event, known, names);
    return objects.map((object) => (event.action === 'delete' ? { delete: object } : { add: object }));
  });
}

/** Elements of one set that follow one another are one change: an interval comes as its two ends. */
function joined(events: readonly Event[]): Event[] {
  const result: Event[] = [];
  for (const event of events) {
    const last = result.at(-1);
    const isMore =
      event.type === 'nftElements' &&
      last?.type === 'nftElements' &&
      last.action === event.action &&
      keyOf(last.object, last.object.set) === keyOf(event.object, event.object.set);
    if (!isMore) result.push(event);
    else {
      const elements = [...(last.object.elements ?? []), ...(event.object.elements ?? [])];
      result[result.length - 1] = { ...last, object: { ...last.object, elements } };
    }
  }
  return result;
}

function describe(event: Event, known: KnownSets, names: Names): NftObject[] {
  const raw = emptyRuleset();
  switch (event.type) {
    case 'nftTable':
      raw.tables = [event.object];
      break;
    case 'nftChain':
      raw.chains = [event.object];
      break;
    case 'nftRule': {
      raw.rules = [event.object];
      Object.assign(raw, known.of(event.object));
      break;
    }
    case 'nftSet': {
      // Of a deleted one only name and handle are told.
      const set =
        event.action === 'delete' ? (known.get(event.object, event.object.name) ?? event.object) : event.object;
      if (isAnonymous(set)) return [];
      raw.sets = [set];
      break;
    }
    case 'nftElements': {
      const set = known.get(event.object, event.object.set);
      if (!set || isAnonymous(set)) return [];
      raw.sets = [set];
      raw.elements = [event.object];
      break;
    }
    case 'nftObject':
      raw.objects = [event.object];
      break;
    case 'nftFlowtable':
      raw.flowtables = [event.object];
      break;
    default:
      return [];
  }
  const objects = decompile(raw, { names });
  if (event.type === 'nftRule') return objects.filter((object) => 'rule' in object);
  if (event.type !== 'nftElements') return objects;
  return objects.flatMap((object) => {
    const { family, table, name, elem } = ('set' in object ? object.set : 'map' in object ? object.map : {}) as Record<
      string,
      unknown
    >;
    return elem === undefined ? [] : [{ element: { family, table, name, elem } } as NftObject];
  });
}
