// The ruleset in netlink form, read into libnftables' JSON schema as `nft -j list ruleset` has it.
//
// Nothing here reads anything: what only the machine knows (names of interfaces) comes with the options.
import type { NfChain, NfElement, NfFlowtable, NfObject, NfRule, NfTable } from '../../generated/objects.js';
import { INET_PROTOCOLS, type Names, typeByName } from '../datatypes.js';
import type { NftFamily, NftObject, NftStatement } from '../json.js';
import { CT_TIMEOUT_STATES, FLOWTABLE_FLAGS, HOOKS, OBJECT_TYPES, SET_FLAGS, TABLE_FLAGS } from '../keywords.js';
import type { RawRuleset } from '../raw.js';
import { readComment, readText, SET_USERDATA } from '../userdata.js';
import { tellElements } from './elements.js';
import { type KnownSet, RuleTeller } from './rules.js';
import { type ReadSet, readSet } from './sets.js';
import { count, oneOrMore, tellLimit, tellStateful, tellSynproxy } from './stateful.js';
import type { RawExpression } from './tree.js';
import { tellTypeof } from './typeof.js';
import { tellUnknown } from './unknown.js';
import type { Part, Style } from './values.js';

/** How a listing is told. */
export interface DecompileOptions {
  /** What only the machine knows. */
  names?: Names;
  /** Leave out what changes with traffic, as `nft -s`. */
  stateless?: boolean;
  /** Leave out the elements of sets and maps, as `nft -t`. */
  terse?: boolean;
  /** Protocols by number, as `nft -p`. */
  numericProtocols?: boolean;
  /**
   * Tell what nft 1.0.6 leaves out of its JSON although it belongs to the ruleset: comments of tables and chains, the
   * set flag `dynamic`, `auto-merge`, flags of flowtables, the expressions of sets without a
   * type of their own, all statements of an element rather than the first.
   */
  complete?: boolean;
}

type Json = Record<string, unknown>;

const FAMILIES = new Set<unknown>(['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev'] satisfies NftFamily[]);
const handleOf = (value: bigint | undefined) => (value === undefined ? {} : { handle: count(value) });
const wordsOf = (table: Record<string, string>, flags: unknown) =>
  Object.entries(table).flatMap(([word, kernel]) => (Array.isArray(flags) && flags.includes(kernel) ? [word] : []));
const flagsOf = (words: string[]) => (words.length === 0 ? {} : { flags: oneOrMore(words) });
const commentOf = (userdata: Uint8Array | undefined) => {
  const comment = readComment(userdata);
  return comment === undefined ? {} : { comment };
};
const keyOf = (family: unknown, table: unknown, name?: unknown) => JSON.stringify([family, table, name]);

/** The objects of a ruleset, in nft's order. */
export function decompile(raw: RawRuleset, options: DecompileOptions = {}): NftObject[] {
  return new Decompiler(raw, options).all();
}

class Decompiler {
  readonly #raw: RawRuleset;
  readonly #options: DecompileOptions;
  readonly #style: Style;
  readonly #elements = new Map<string, NfElement[]>();
  readonly #sets = new Map<string, ReadSet>();

  constructor(raw: RawRuleset, options: DecompileOptions) {
    this.#raw = raw;
    this.#options = options;
    this.#style = {
      names: options.names ?? {},
      numericProtocols: options.numericProtocols === true,
      isStateless: options.stateless === true,
      isComplete: options.complete === true,
    };
    for (const { family, table, set, elements } of raw.elements) {
      const key = keyOf(family, table, set);
      const known = this.#elements.get(key);
      if (known) known.push(...(elements ?? []));
      else this.#elements.set(key, [...(elements ?? [])]);
    }
    for (const set of raw.sets) this.#sets.set(keyOf(set.family, set.table, set.name), readSet(set));
  }

  all(): NftObject[] {
    const tables = new Map<string, { head: NftObject[]; chains: NftObject[]; rules: Map<unknown, NftObject[]> }>();
    const of = (family: unknown, table: unknown) => {
      const key = keyOf(family, table);
      let found = tables.get(key);
      if (!found) {
        found = { head: [], chains: [], rules: new Map() };
        tables.set(key, found);
      }
      return found;
    };
    const { raw } = { raw: this.#raw };
    for (const table of raw.tables) {
      if (FAMILIES.has(table.family)) of(table.family, table.name).head.push(this.#table(table));
    }
    for (const object of raw.objects) of(object.family, object.table).head.push(this.#object(object));
    for (const set of this.#sets.values()) {
      if (!set.isAnonymous) of(set.raw.family, set.raw.table).head.push(this.#set(set));
    }
    for (const flowtable of raw.flowtables) {
      of(flowtable.family, flowtable.table).head.push(this.#flowtable(flowtable));
    }
    for (const chain of raw.chains) {
      const table = of(chain.family, chain.table);
      table.chains.push(this.#chain(chain));
      if (!table.rules.has(chain.name)) table.rules.set(chain.name, []);
    }
    for (const rule of raw.rules) {
      const { rules } = of(rule.family, rule.table);
      const told = this.#rule(rule);
      const known = rules.get(rule.chain);
      if (known) known.push(told);
      else rules.set(rule.chain, [told]);
    }
    return [...tables.values()].flatMap(({ head, chains, rules }) => [
      ...head,
      ...chains,
      ...[...rules.values()].flat(),
    ]);
  }

  #table({ family, name, handle, flags, userdata }: NfTable): NftObject {
    const table: Json = { family, name, ...handleOf(handle), ...flagsOf(wordsOf(TABLE_FLAGS, flags)) };
    if (this.#options.complete) Object.assign(table, commentOf(userdata));
    return { table } as unknown as NftObject;
  }

  #chain({ family, table, name, handle, hook, type, policy, userdata }: NfChain): NftObject {
    const chain: Json = { family, table, name, ...handleOf(handle) };
    if (hook) {
      const hooks = Object.entries(HOOKS[family as NftFamily] ?? {});
      const word = hooks.find(([, number]) => number === hook.hooknum)?.[0] ?? hook.hooknum;
      const devices = hook.devs ?? (hook.dev === undefined ? [] : [hook.dev]);
      Object.assign(chain, { type, hook: word, prio: hook.priority });
      if (devices.length > 0) chain.dev = oneOrMore([...devices]);
      if (policy !== undefined) chain.policy = policy;
    }
    if (this.#options.complete) Object.assign(chain, commentOf(userdata));
    return { chain } as unknown as NftObject;
  }

  #rule({ family, table, chain, handle, userdata, expressions }: NfRule): NftObject {
    const find = (name: string): KnownSet | undefined => {
      const key = keyOf(family, table, name);
      const set = this.#sets.get(key);
      if (!set) return undefined;
      return {
        isAnonymous: set.isAnonymous,
        isMeter: set.isMeter,
        keyLength: set.raw.keyLen ?? 0,
        dataLength: set.raw.dataLen ?? 0,
        size: set.raw.desc?.size,
        objectType: set.raw.objType,
        shape: set.shape,
        elements: () => this.#elements.get(key) ?? [],
      };
    };
    const teller = new RuleTeller(family as NftFamily, find, this.#style);
    const expr = teller.tell((expressions ?? []) as RawExpression[]);
    return {
      rule: { family, table, chain, ...handleOf(handle), ...commentOf(userdata), expr },
    } as unknown as NftObject;
  }

  #set(set: ReadSet): NftObject {
    const { raw, shape, userdata, isMap } = set;
    const types = shape.key.map(({ type }) => type.name);
    const told: Json = {
      family: raw.family,
      name: raw.name,
      table: raw.table,
      type: oneOrMore(types),
      ...handleOf(raw.handle),
    };
    const comment = readText(userdata.get(SET_USERDATA.comment));
    if (comment !== undefined) told.comment = comment;
    if (shape.data === 'verdict') told.map = 'verdict';
    else if (shape.data === 'object') {
      told.map = Object.entries(OBJECT_TYPES).find(([, kernel]) => kernel === raw.objType)?.[0] ?? raw.objType;
    } else if (shape.data) told.map = shape.data.map(({ type }) => type.name).join(' . ');
    if (this.#options.complete) {
      // Types of which sets cannot be declared are told by the expressions that they were taken from.
      const key = shape.key.every(({ type }) => type.declarable)
        ? undefined
        : tellTypeof(userdata.get(SET_USERDATA.keyTypeof));
      if (key !== undefined) told.type = { typeof: key };
      const data =
        !Array.isArray(shape.data) || shape.data.every(({ type }) => type.declarable)
          ? undefined
          : tellTypeof(userdata.get(SET_USERDATA.dataTypeof));
      if (data !== undefined) told.map = { typeof: data };
    }
    if (this.#options.complete) {
      // Types with which no set can be declared are those of expressions.
      const isVague = ({ type }: Part) => typeByName(type.name) === undefined;
      if (set.keyTypeof && shape.key.some(isVague)) told.type = { typeof: set.keyTypeof };
      if (set.dataTypeof && Array.isArray(shape.data) && shape.data.some(isVague))
        told.map = { typeof: set.dataTypeof };
    }
    if (raw.policy === 'memory') told.policy = 'memory';
    // Of a set that never changes, its size is what nft made it.
    const isConstant = wordsOf(SET_FLAGS, raw.flags).includes('constant');
    if (raw.desc?.size !== undefined && !isConstant) told.size = raw.desc.size;
    const { dynamic, ...usual } = SET_FLAGS;
    const words = wordsOf(this.#options.complete ? { ...usual, dynamic } : usual, raw.flags);
    if (words.length > 0) told.flags = words;
    if (raw.timeout) told.timeout = Number(raw.timeout / 1000n);
    if (raw.gcInterval) told['gc-interval'] = Math.floor(raw.gcInterval / 1000);
    if (this.#options.complete && userdata.has(SET_USERDATA.mergeElements)) told['auto-merge'] = true;
    const elements = this.#elements.get(keyOf(raw.family, raw.table, raw.name)) ?? [];
    if (!this.#options.terse && elements.length > 0) {
      const elem = tellElements(elements, shape, this.#style);
      if (elem.length > 0) told.elem = elem;
    }
    const expressions = (raw.expressions ?? (raw.expr ? [raw.expr] : [])) as RawExpression[];
    // Those of the set are a pattern: their counts mean nothing.
    if (expressions.length > 0)
      told.stmt = expressions.map((expression): NftStatement => tellStateful(expression, true));
    return { [isMap ? 'map' : 'set']: told } as unknown as NftObject;
  }

  #object({ family, table, name, handle, type, data, userdata }: NfObject): NftObject {
    const head = { family, name, table, ...handleOf(handle), ...commentOf(userdata) };
    const known = Object.entries(OBJECT_TYPES).find(([, kernel]) => kernel === type)?.[0];
    const told = known === undefined ? undefined : tellObject(known, (data ?? {}) as Json);
    if (known === undefined || told === undefined) {
      return { ...tellUnknown({ name: 'object', data: { ...head, type, data } }) } as unknown as NftObject;
    }
    return { [known]: { ...head, ...told } } as unknown as NftObject;
  }

  #flowtable({ family, table, name, handle, hook, flags }: NfFlowtable): NftObject {
    const devices = hook?.devs ?? [];
    const told: Json = { family, name, table, ...handleOf(handle), hook: 'ingress', prio: hook?.priority ?? 0 };
    if (devices.length > 0) told.dev = oneOrMore([...devices]);
    if (this.#options.complete) Object.assign(told, flagsOf(wordsOf(FLOWTABLE_FLAGS, flags)));
    return { flowtable: told } as unknown as NftObject;
  }
}

/** The family that a helper, time-outs or an expectation are for. */
const L3_PROTOCOLS: Record<number, string> = { 2: 'ip', 10: 'ip6', 1: 'inet' };
const l3protoOf = ({ l3proto }: Json) =>
  l3proto === undefined ? {} : { l3proto: L3_PROTOCOLS[Number(l3proto)] ?? l3proto };
const protocolOf = ({ l4proto }: Json) => INET_PROTOCOLS.name(BigInt(Number(l4proto ?? 0))) ?? Number(l4proto);

/** A named object's own parameters. */
function tellObject(kind: string, data: Json): Json | undefined {
  switch (kind) {
    case 'counter':
      return { packets: count(data.packets), bytes: count(data.bytes) };
    case 'quota': {
      const isInverted = Array.isArray(data.flags) && data.flags.includes('inv');
      return { bytes: count(data.bytes), used: count(data.consumed), inv: isInverted };
    }
    case 'limit': {
      const limit = tellLimit(data);
      if (!limit) return undefined;
      const { burst, burst_unit, ...rest } = limit;
      return { ...rest, ...(burst ? { burst, ...(burst_unit ? { burst_unit } : {}) } : {}) };
    }
    case 'ct helper':
      return { type: data.name, protocol: protocolOf(data), ...l3protoOf(data) };
    case 'ct timeout': {
      const protocol = protocolOf(data);
      const states: Record<string, readonly [string, number]> = CT_TIMEOUT_STATES[protocol as 'tcp' | 'udp'] ?? {};
      const values = (data.data ?? {}) as Record<string, number>;
      const policy = Object.entries(states).flatMap(([word, [attribute, usual]]) => {
        const seconds = values[attribute];
        return seconds === undefined || seconds === usual ? [] : [[word, seconds] as const];
      });
      return { protocol, ...l3protoOf(data), policy: policy.length > 0 ? Object.fromEntries(policy) : null };
    }
    case 'ct expectation': {
      const { dport, timeout, size } = data;
      return { protocol: protocolOf(data), dport, timeout, size, ...l3protoOf(data) };
    }
    case 'synproxy':
      return { ...tellSynproxy(data) };
    case 'secmark':
      return { context: data.ctx };
    default:
      return undefined;
  }
}
