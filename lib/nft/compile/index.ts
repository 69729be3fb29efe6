// The compiler: commands in libnftables' JSON to messages for the kernel. Pure: it asks nothing and sends nothing.
import type { ElementColumns } from '../../addon.js';
import type { NfChain, NfElement, NfRule, NfRuleSpec, NfSet } from '../../generated/objects.js';
import { type Names, typeByName } from '../datatypes.js';
import type { NftCommand, NftFamily } from '../json.js';
import { OBJECT_TYPES, SET_FLAGS } from '../keywords.js';
import { packComment, type Tlv } from '../userdata.js';
import { packElements } from './bulk.js';
import { RuleContext } from './context.js';
import { elementsIn, readElement } from './elements.js';
import { descriptionOf, Evaluator } from './evaluate.js';
import { Input } from './input.js';
import { knownSet } from './known.js';
import { addMerged, type Change, deleteMerged, isMerging, type Span, spansOf } from './merge.js';
import { concatShape, type Shape } from './nodes.js';
import { chainSpec, familyOf, flowtableSpec, isNamedObject, objectSpec, tableSpec } from './objects.js';
import { RuleCompiler, type Transaction } from './rule.js';
import { type Declaration, type Element, elementsOf, isInterval, type MapData, SetInfo, setSpec } from './sets.js';
import { readStatefuls } from './stateful.js';

/** A message that carries out a part of a command. */
export interface CompiledMessage {
  /** What it does: `nft.addTable`, `nft.addRule`... Those that reset are requests of their own, not of a transaction. */
  operation: string;
  /** The object, as lib/generated has it. */
  spec: object;
  /** Which command it belongs to. */
  command: number;
  /** The object in the input: `[3].add.rule`. */
  path: string;
  /** Elements in bulk, in the place of those in `spec`. */
  columns?: ElementColumns;
}

/** What is in the kernel already, as far as commands need to know it; see lookups(). */
export interface Known {
  sets?: readonly NfSet[];
  /** Elements of sets that merge intervals by themselves. */
  elements?: readonly { family: NftFamily; table: string; set: string; elements: readonly NfElement[] }[];
  chains?: readonly NfChain[];
  rules?: readonly NfRule[];
  names?: Names;
  /** Gives numbers for what the transaction makes, each once; left out, numbers that no other call gives. */
  nextId?(): number;
}

/** What must be read before commands can be compiled. */
export interface Lookup {
  kind: 'set' | 'chain' | 'rules';
  family: NftFamily;
  table: string;
  /** Name of the set or chain; of 'rules', the chain's. */
  name: string;
}

/** Numbers of what transactions make: no two that wait at the same time have the same. */
let lastId = 0;
function freshId(): number {
  lastId = (lastId % 0x7fffffff) + 1;
  return lastId;
}

/**
 * Compiles commands.
 *
 * @throws TypeError, RangeError with `field`, the path of what is wrong in the input.
 */
export function compile(commands: readonly NftCommand[], known: Known = {}): CompiledMessage[] {
  return new Compiler(known).compile(new Input(commands, ''));
}

/**
 * What must be known of the kernel's ruleset before commands can be compiled: sets that they name and do not make, chains
 * that are renamed, and chains in which rules are placed by index.
 */
export function lookups(commands: readonly NftCommand[]): Lookup[] {
  const found = new Map<string, Lookup>();
  const made = new Set<string>();
  const keyOf = ({ kind, family, table, name }: Lookup) => `${kind} ${family} ${table} ${name}`;
  const want = (lookup: Lookup) => {
    if (!made.has(keyOf(lookup))) found.set(keyOf(lookup), lookup);
  };
  new Input(commands, '').array().forEach((command) => {
    if (!command.isObject) return;
    for (const [verb, key, input] of objectsIn(command)) {
      const { family, table, name, chain } = input.object() as Record<string, unknown>;
      if (typeof table !== 'string' || typeof family !== 'string') continue;
      const place = { family: family as NftFamily, table };
      if ((key === 'set' || key === 'map') && typeof name === 'string' && (verb === 'add' || verb === 'create')) {
        made.add(keyOf({ kind: 'set', ...place, name }));
      }
      if (key === 'element' && typeof name === 'string') want({ kind: 'set', ...place, name });
      if (key === 'chain' && verb === 'rename' && typeof name === 'string' && !input.has('handle')) {
        want({ kind: 'chain', ...place, name });
      }
      if (key === 'rule') {
        for (const set of setsIn(input.at('expr').value)) want({ kind: 'set', ...place, name: set });
        if (input.has('index') && typeof chain === 'string') want({ kind: 'rules', ...place, name: chain });
      }
    }
  });
  return [...found.values()];
}

/** The verb, the kind and the object of a command; an object alone is added. */
function objectsIn(command: Input): [verb: string, key: string, input: Input][] {
  const keys = Object.keys(command.object());
  const [key] = keys;
  if (key === undefined || keys.length > 1) return [];
  const inner = command.at(key);
  if (!Object.hasOwn(VERBS, key)) return inner.isObject ? [['add', key, inner]] : [];
  if (!inner.isObject) return [];
  return Object.keys(inner.object()).flatMap((kind) =>
    inner.at(kind).isObject ? [[key, kind, inner.at(kind)] as [string, string, Input]] : [],
  );
}

/** The names of sets and maps anywhere in a rule. */
function* setsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') {
    if (value.startsWith('@')) yield value.slice(1);
  } else if (Array.isArray(value)) {
    for (const each of value) yield* setsIn(each);
  } else if (typeof value === 'object' && value !== null) {
    for (const each of Object.values(value)) yield* setsIn(each);
  }
}

const VERBS = {
  add: true,
  create: true,
  insert: true,
  replace: true,
  delete: true,
  destroy: true,
  flush: true,
  rename: true,
  reset: true,
} as const;

type Verb = keyof typeof VERBS;

/** A set with what the transaction does to it. */
interface KnownSet {
  info: SetInfo;
  /** Whether the transaction makes it, and nothing has been added yet. */
  isEmpty: boolean;
  /** The intervals in it, where it merges them and they are known. */
  spans?: readonly Span[];
}

/** A rule of a chain: one that is there, or one that the transaction adds. */
type Place = { handle: bigint | number } | { spec: NfRuleSpec };

class Compiler implements Transaction {
  readonly #messages: CompiledMessage[] = [];
  readonly #sets = new Map<string, KnownSet>();
  readonly #chains = new Map<string, Place[]>();
  #command = 0;
  #path = '';
  /** Whether the command is an object without a verb. */
  #isBare = false;

  constructor(private readonly known: Known) {
    for (const raw of known.sets ?? []) {
      const info = knownSet(raw);
      if (!info) continue;
      const read = isMerging(info)
        ? known.elements?.find(
            ({ family, table, set }) => family === info.family && table === info.table && set === info.name,
          )
        : undefined;
      const spans = read && { spans: spansOf(read.elements, info) };
      this.#sets.set(setKey(info.family, info.table, info.name), { info, isEmpty: false, ...spans });
    }
    for (const { family, table, chain, handle } of known.rules ?? []) {
      if (handle !== undefined) this.#rulesOf(String(family), table ?? '', chain ?? '').push({ handle });
    }
  }

  get names(): Names {
    return this.known.names ?? {};
  }

  nextId(): number {
    return (this.known.nextId ?? freshId)();
  }

  #rulesOf(family: string, table: string, chain: string): Place[] {
    const key = `${family} ${table} ${chain}`;
    const rules = this.#chains.get(key) ?? [];
    this.#chains.set(key, rules);
    return rules;
  }

  compile(commands: Input): CompiledMessage[] {
    commands.array().forEach((command, index) => {
      this.#command = index;
      this.#compileCommand(command);
    });
    return this.#messages;
  }

  #emit(operation: string, spec: object, columns?: ElementColumns): void {
    const message = { operation: `nft.${operation}`, spec, command: this.#command, path: this.#path };
    this.#messages.push(columns ? { ...message, columns } : message);
  }

  #compileCommand(command: Input): void {
    const [key, inner] = command.single();
    if (key === 'metainfo') {
      const version =
        inner.isObject && inner.has('json_schema_version') ? inner.at('json_schema_version').integer() : 1;
      if (version > 1) throw inner.at('json_schema_version').fail('no other version than 1 is known');
      return;
    }
    if (!Object.hasOwn(VERBS, key)) {
      // As listed: handles say where it was, not where it is to be.
      this.#isBare = true;
      this.#do('add', command);
      return;
    }
    this.#isBare = false;
    this.#do(key as Verb, inner);
  }

  #do(verb: Verb, command: Input): void {
    const [kind, input] = command.single();
    this.#path = input.path;
    switch (verb) {
      case 'add':
      case 'create':
        this.#add(verb, kind, input);
        break;
      case 'insert':
      case 'replace':
        if (kind !== 'rule') throw command.fail(`rules are what one can ${verb}`);
        this.#rule(verb, input);
        break;
      case 'delete':
      case 'destroy':
        this.#delete(verb, kind, input);
        break;
      case 'flush':
        this.#flush(kind, input);
        break;
      case 'rename':
        if (kind !== 'chain') throw command.fail('chains are what one can rename');
        this.#rename(input);
        break;
      case 'reset':
        this.#reset(kind, input);
        break;
    }
  }

  // --- add, create ---------------------------------------------------------------------------------------------------

  #add(verb: 'add' | 'create', kind: string, input: Input): void {
    switch (kind) {
      case 'table':
        this.#emit(`${verb}Table`, tableSpec(input));
        break;
      case 'chain':
        this.#emit(`${verb}Chain`, chainSpec(input));
        break;
      case 'rule':
        this.#rule('add', input);
        break;
      case 'set':
      case 'map':
        this.#set(verb, kind, input);
        break;
      case 'element':
        this.#element(`${verb}Elements`, input);
        break;
      case 'flowtable':
        this.#emit(`${verb}Flowtable`, flowtableSpec(input));
        break;
      default:
        if (!isNamedObject(kind)) throw input.fail(`no such object: ${kind}`);
        this.#emit(`${verb}Object`, objectSpec(kind, input));
    }
  }

  #rule(verb: 'add' | 'insert' | 'replace', input: Input): void {
    input.only('family', 'table', 'chain', 'expr', 'handle', 'index', 'comment');
    const family = familyOf(input);
    const table = input.at('table').name();
    const chain = input.at('chain').name();
    const rules = this.#rulesOf(family, table, chain);
    const spec: NfRuleSpec = { family, table, chain };
    if (verb === 'replace') {
      spec.handle = input.at('handle').integer64();
    } else if (input.has('handle') && !this.#isBare) {
      const handle = input.at('handle').integer64();
      spec.position = handle;
      const at = rules.findIndex((place) => 'handle' in place && BigInt(place.handle) === handle);
      if (at >= 0) rules.splice(verb === 'add' ? at + 1 : at, 0, { spec });
    } else if (input.has('index')) {
      const index = input.at('index').integer();
      const place = rules[index];
      if (!place) throw input.at('index').fail(`the chain has ${rules.length} rules`);
      if ('handle' in place) spec.position = place.handle;
      else {
        place.spec.id ??= this.nextId();
        spec.positionId = place.spec.id;
      }
      rules.splice(verb === 'add' ? index + 1 : index, 0, { spec });
    } else if (verb === 'insert') rules.unshift({ spec });
    else rules.push({ spec });
    // Sets that the rule makes come before it.
    spec.expressions = new RuleCompiler(this, family, table).compile(input.at('expr'));
    if (input.has('comment')) spec.userdata = packComment(input.at('comment').name(128));
    this.#emit(`${verb}Rule`, spec);
  }

  // --- Sets ----------------------------------------------------------------------------------------------------------

  set(family: NftFamily, table: string, input: Input): SetInfo {
    const word = input.name();
    const name = word.startsWith('@') ? word.slice(1) : word;
    const known = this.#sets.get(setKey(family, table, name));
    if (!known) throw input.fail(`there is no set or map ${name} in table ${family} ${table}`);
    return known.info;
  }

  declare(
    declaration: Declaration,
    elements: readonly Element[] | ElementColumns,
    verb: 'add' | 'create' = 'add',
  ): void {
    const { info } = declaration;
    const spans = isMerging(info) ? { spans: [] } : {};
    this.#sets.set(setKey(info.family, info.table, info.name), { info, isEmpty: true, ...spans });
    this.#emit(`${verb}Set`, setSpec(declaration));
    if ('count' in elements || elements.length > 0) this.#addElements('addElements', info, elements);
  }

  #addElements(operation: string, info: SetInfo, elements: readonly Element[] | ElementColumns): void {
    const known = this.#sets.get(setKey(info.family, info.table, info.name));
    const isAdding = operation === 'addElements' || operation === 'createElements';
    const isNew = isAdding && (known?.isEmpty ?? false);
    const id = info.id === undefined ? {} : { setId: info.id };
    const spec = { family: info.family, table: info.table, set: info.name, ...id };
    if (known && isAdding) known.isEmpty = false;
    if ('count' in elements) {
      this.#emit(operation, spec, elements);
      return;
    }
    if (known?.spans === undefined) {
      this.#emit(operation, { ...spec, elements: elementsOf(elements, info, isNew) });
      return;
    }
    const change: Change = (isAdding ? addMerged : deleteMerged)(elements, known.spans, info);
    known.spans = change.spans;
    const remove = isAdding ? 'deleteElements' : operation;
    const add = isAdding ? operation : 'addElements';
    if (change.remove.length > 0) this.#emit(remove, { ...spec, elements: elementsOf(change.remove, info, false) });
    if (change.add.length > 0) this.#emit(add, { ...spec, elements: elementsOf(change.add, info, isNew) });
  }

  #set(verb: 'add' | 'create', kind: 'set' | 'map', input: Input): void {
    input.only(...SET_KEYS, ...(kind === 'map' ? ['map'] : []));
    const family = familyOf(input);
    const key = this.#type(input.at('type'), family);
    const data = kind === 'map' ? this.#mapData(input.at('map'), family, input) : undefined;
    const words = input.at('flags').words(SET_FLAGS);
    const timeout = input.has('timeout') ? BigInt(input.at('timeout').integer()) * 1000n : undefined;
    const flags = new Set(words.filter((word) => word !== 'interval'));
    if (timeout !== undefined) flags.add('timeout');
    const info = new SetInfo({
      family,
      table: input.at('table').name(),
      name: input.at('name').name(),
      id: this.nextId(),
      key: key.shape,
      data: data?.data,
      isInterval: words.includes('interval'),
      isAutoMerge: input.has('auto-merge') && input.at('auto-merge').boolean(),
      expressions: input.has('stmt') ? readStatefuls(input.at('stmt')) : undefined,
    });
    const elements =
      packElements(input.at('elem').value, info, false) ??
      elementsIn(input.at('elem')).map((each) => this.#readElement(each, info));
    const count = 'count' in elements ? elements.count : elements.length;
    const size = input.has('size') ? input.at('size').integer(1) : undefined;
    this.declare(
      {
        info,
        flags: [...flags],
        keyDescription: key.description,
        dataDescription: data?.description,
        size: size ?? (flags.has('constant') && count > 0 ? count : undefined),
        policy: input.has('policy')
          ? input.at('policy').word({ performance: 'performance', memory: 'memory' } as const)
          : undefined,
        timeout,
        gcInterval: input.has('gc-interval') ? input.at('gc-interval').integer(0, 0xffffffff / 1000) * 1000 : undefined,
        comment: input.has('comment') ? input.at('comment').name(128) : undefined,
      },
      elements,
      verb,
    );
  }

  /** The shape that a type or `typeof` has, and its description. */
  #type(input: Input, family: NftFamily): { shape: Shape; description: Tlv[] | undefined } {
    if (input.isObject) {
      const evaluator = new Evaluator(new RuleContext(family, true), {
        names: this.names,
        set: (place) => {
          throw place.fail('a type cannot be taken from a set');
        },
        map: (_key, place) => {
          throw place.fail('a type cannot be taken from a map');
        },
      });
      const node = evaluator.raw(input.only('typeof').at('typeof'));
      const { type, bits, order, parts } = node;
      const shape = parts ? concatShape(parts) : { type, bits, order };
      return { shape, description: descriptionOf(node) };
    }
    const names = input.isString
      ? input
          .string()
          .split('.')
          .map((name) => new Input(name.trim(), input.path))
      : input.array();
    if (names.length === 0) throw input.fail('a type is wanted');
    const shapes = names.map((each): Shape => {
      const type = typeByName(each.string());
      if (!type) throw each.fail('no such type, or none that a set can have');
      return { type, bits: type.bits < 8 ? 8 : type.bits, order: type.order };
    });
    const [only] = shapes;
    return { shape: shapes.length === 1 && only ? only : concatShape(shapes), description: undefined };
  }

  #mapData(input: Input, family: NftFamily, map: Input): { data: MapData; description: Tlv[] | undefined } {
    if (input.isString) {
      const word = input.string();
      if (word === 'verdict') return { data: { kind: 'verdict' }, description: undefined };
      if (isNamedObject(word)) return { data: { kind: 'object', type: OBJECT_TYPES[word] }, description: undefined };
    }
    const { shape, description } = this.#type(input, family);
    const isRange = elementsIn(map.at('elem')).some((pair) => pair.isArray && isWritten(pair.array()[1]));
    return { data: { kind: 'value', shape, isInterval: isRange }, description };
  }

  #readElement(input: Input, info: SetInfo): Element {
    const element = readElement(input, { key: info.key, data: info.data }, this.names);
    if (!info.isInterval && isInterval(element.key)) throw input.fail('the set has no flag interval');
    return element;
  }

  #element(operation: string, input: Input): void {
    input.only('family', 'table', 'name', 'elem');
    const family = familyOf(input);
    const info = this.set(family, input.at('table').name(), input.at('name'));
    const isRemoval = !operation.startsWith('add') && !operation.startsWith('create');
    const columns = packElements(input.at('elem').value, info, isRemoval);
    if (columns) {
      this.#addElements(operation, info, columns);
      return;
    }
    const elements = elementsIn(input.at('elem')).map((each) => {
      if (!isRemoval || !info.data) return this.#readElement(each, info);
      const [key] = each.isArray ? each.array() : [each];
      return readElement(key ?? each, { key: info.key, data: undefined }, this.names);
    });
    if (elements.length === 0) throw input.at('elem').fail('elements are wanted');
    this.#addElements(operation, info, elements);
  }

  // --- delete, flush, rename, reset ----------------------------------------------------------------------------------

  /** What names an object: by name or by handle. */
  #reference(input: Input, keys: readonly string[]): Record<string, unknown> {
    const family = familyOf(input);
    const names = keys.map((key) => [key, input.at(key).name()] as const);
    return { family, ...Object.fromEntries(names) };
  }

  #byNameOrHandle(input: Input, keys: readonly string[]): Record<string, unknown> {
    if (!input.has('handle')) return this.#reference(input, [...keys, 'name']);
    return { ...this.#reference(input, keys), handle: input.at('handle').integer64() };
  }

  #delete(verb: 'delete' | 'destroy', kind: string, input: Input): void {
    switch (kind) {
      case 'table':
        this.#emit(`${verb}Table`, this.#byNameOrHandle(input, []));
        break;
      case 'chain':
        this.#emit(`${verb}Chain`, this.#byNameOrHandle(input, ['table']));
        break;
      case 'rule': {
        const handle = input.at('handle').integer64();
        this.#emit(`${verb}Rule`, { ...this.#reference(input, ['table', 'chain']), handle });
        break;
      }
      case 'set':
      case 'map':
        this.#emit(`${verb}Set`, this.#byNameOrHandle(input, ['table']));
        break;
      case 'element':
        this.#element(`${verb}Elements`, input);
        break;
      case 'flowtable': {
        const devs = input
          .at('dev')
          .list()
          .map((each) => each.name(15));
        const hook = devs.length > 0 ? { hook: { num: 0, priority: 0, devs } } : {};
        this.#emit(`${verb}Flowtable`, { ...this.#byNameOrHandle(input, ['table']), ...hook });
        break;
      }
      default:
        if (!isNamedObject(kind)) throw input.fail(`no such object: ${kind}`);
        this.#emit(`${verb}Object`, { ...this.#byNameOrHandle(input, ['table']), type: OBJECT_TYPES[kind] });
    }
  }

  #flush(kind: string, input: Input): void {
    switch (kind) {
      case 'ruleset':
        this.#emit('deleteTable', { family: !input.isNull && input.has('family') ? familyOf(input) : 'unspec' });
        break;
      case 'table':
        this.#emit('deleteRule', { family: familyOf(input), table: input.at('name').name() });
        break;
      case 'chain':
        this.#emit('deleteRule', {
          family: familyOf(input),
          table: input.at('table').name(),
          chain: input.at('name').name(),
        });
        break;
      case 'set':
      case 'map':
      case 'meter':
        this.#forgetElements(input);
        this.#emit('deleteElements', {
          family: familyOf(input),
          table: input.at('table').name(),
          set: input.at('name').name(),
        });
        break;
      default:
        throw input.fail(`nothing can be flushed in a ${kind}`);
    }
  }

  #forgetElements(input: Input): void {
    const known = this.#sets.get(setKey(familyOf(input), input.at('table').name(), input.at('name').name()));
    if (known?.spans) known.spans = [];
  }

  #rename(input: Input): void {
    const family = familyOf(input);
    const table = input.at('table').name();
    const newname = input.at('newname').name();
    let handle: bigint | number | undefined;
    if (input.has('handle')) handle = input.at('handle').integer64();
    else {
      const name = input.at('name').name();
      const found = this.known.chains?.find(
        (chain) => chain.family === family && chain.table === table && chain.name === name,
      );
      handle = found?.handle;
      if (handle === undefined) throw input.at('name').fail(`there is no chain ${name} in table ${family} ${table}`);
    }
    this.#emit('renameChain', { family, table, handle, name: newname });
  }

  #reset(kind: string, input: Input): void {
    const many: Record<string, string> = { counters: 'counter', quotas: 'quota' };
    const type = many[kind];
    if (type !== undefined) {
      this.#emit('resetObjects', { ...this.#filter(input), type });
    } else if (kind === 'counter' || kind === 'quota') {
      this.#emit('resetObject', { ...this.#reference(input, ['table', 'name']), type: OBJECT_TYPES[kind] });
    } else if (kind === 'rules') {
      this.#emit('resetRules', this.#filter(input));
    } else if (kind === 'rule') {
      const handle = input.at('handle').integer64();
      this.#emit('resetRule', { ...this.#reference(input, ['table', 'chain']), handle });
    } else throw input.fail(`a ${kind} cannot be reset`);
  }

  #filter(input: Input): Record<string, unknown> {
    if (input.isNull) return {};
    input.only('family', 'table', 'chain');
    return {
      ...(input.has('family') ? { family: familyOf(input) } : {}),
      ...(input.has('table') ? { table: input.at('table').name() } : {}),
      ...(input.has('chain') ? { chain: input.at('chain').name() } : {}),
    };
  }
}

const SET_KEYS = [
  'family',
  'table',
  'name',
  'handle',
  'type',
  'policy',
  'flags',
  'elem',
  'timeout',
  'gc-interval',
  'size',
  'auto-merge',
  'comment',
  'stmt',
];

const setKey = (family: string, table: string, name: string) => `${family} ${table} ${name}`;

/** Whether a map's data are a range or prefix, or have one in them. */
function isWritten(input: Input | undefined): boolean {
  if (input === undefined) return false;
  if (input.has('concat')) return input.at('concat').array().some(isWritten);
  return input.has('range') || input.has('prefix');
}
