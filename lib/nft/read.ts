// Reads the ruleset from the kernel: several dumps, of which all must be of one generation.
import { constants } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { DumpInterruptedError, NetlinkError } from '../errors.js';
import type { NfElement, NfElements, NfGeneration, NfRule, NfSet, NfTable } from '../generated/objects.js';
import type { Requester, RequestOptions } from '../requester.js';
import { emptyRuleset, type RawRuleset } from './raw.js';

const ATTEMPTS = 10;

/** What is to be read. */
export interface ReadFilter {
  family?: NfTable['family'];
  /** Needs `family`. */
  table?: string | undefined;
  /** Rules of that chain only; needs `table`. */
  chain?: string | undefined;
  /** That set only, and its elements; needs `table`. */
  set?: string | undefined;
  /** The kinds to read, all if left out. Elements come with sets where both are asked for. */
  kinds?: readonly (keyof RawRuleset)[] | undefined;
  /** Of which sets to read the elements, all if left out. */
  elementsOf?: ((set: NfSet) => boolean) | undefined;
}

const KINDS: readonly (keyof RawRuleset)[] = ['tables', 'chains', 'rules', 'sets', 'elements', 'objects', 'flowtables'];

/**
 * Reads what the filter asks for, and tells the generation that it is of.
 *
 * @throws NetlinkError ENOENT when the table, chain or set is not there; DumpInterruptedError when the ruleset changed
 * during every attempt.
 */
export async function readRuleset(
  requester: Requester,
  filter: ReadFilter = {},
  options: RequestOptions = {},
): Promise<{ generation: number; ruleset: RawRuleset }> {
  for (let attempt = 1; ; attempt++) {
    const before = await readGeneration(requester, options);
    let ruleset: RawRuleset | undefined;
    let failure: unknown;
    try {
      ruleset = await readOnce(requester, filter, options);
    } catch (error) {
      // What was there when another dump began may be gone by now: then that is the change that is told below.
      if (!(error instanceof NetlinkError) || error.errno !== -constants.errno.ENOENT) throw error;
      failure = error;
    }
    if ((await readGeneration(requester, options)) === before) {
      if (!ruleset) throw failure;
      return { generation: before, ruleset };
    }
    if (attempt === ATTEMPTS) throw ruleset ? new DumpInterruptedError('nft.list', [ruleset]) : failure;
  }
}

/** The number of the ruleset's generation. */
export async function readGeneration(requester: Requester, options?: RequestOptions): Promise<number> {
  const { id } = await requester.one<NfGeneration>('nft.getGeneration', {}, options);
  return id ?? 0;
}

async function readOnce(requester: Requester, filter: ReadFilter, options: RequestOptions): Promise<RawRuleset> {
  const { family, table, chain, set } = filter;
  const kinds = new Set(filter.kinds ?? KINDS);
  const raw = emptyRuleset();
  const own = { ...(family !== undefined && { family }), ...(table !== undefined && { table }) };
  const read = async <Kind extends keyof RawRuleset>(kind: Kind, operation: string, spec: object) => {
    if (kinds.has(kind))
      raw[kind] = (await requester.list<RawRuleset[Kind][number]>(operation, spec, options)) as RawRuleset[Kind];
  };
  const wantsSets = kinds.has('sets') || kinds.has('elements');
  const readSets = async () => {
    if (!wantsSets) return;
    const sets: NfSet[] =
      set !== undefined
        ? [await requester.one<NfSet>('nft.getSet', { family, table, name: set }, options)]
        : await requester.list<NfSet>('nft.getSets', own, options);
    if (kinds.has('sets')) raw.sets = sets;
    if (kinds.has('elements'))
      raw.elements = await Promise.all(
        sets.filter(filter.elementsOf ?? (() => true)).map((one) => readElements(requester, one, options)),
      );
  };
  const readTables = async () => {
    if (!kinds.has('tables')) return;
    raw.tables =
      table !== undefined
        ? [await requester.one('nft.getTable', { family, name: table }, options)]
        : await requester.list('nft.getTables', own, options);
  };
  await Promise.all([
    readTables(),
    // The kernel gives all chains of a family.
    read('chains', 'nft.getChains', { ...(family !== undefined && { family }) }),
    read('rules', 'nft.getRules', { ...own, ...(chain !== undefined && { chain }) }),
    readSets(),
    read('objects', 'nft.getObjects', own),
    read('flowtables', 'nft.getFlowtables', own),
  ]);
  if (table !== undefined) raw.chains = raw.chains.filter((one) => one.table === table);
  if (chain !== undefined) raw.chains = raw.chains.filter((one) => one.name === chain);
  // Older kernels pass over some filters.
  if (table !== undefined) raw.rules = raw.rules.filter((one: NfRule) => one.table === table);
  return raw;
}

/**
 * All elements of a set, as one object.
 *
 * @throws NetlinkError ENOENT when the set is not there; DumpInterruptedError when each attempt told some elements twice.
 */
export async function readElements(
  requester: Requester,
  set: Pick<NfSet, 'family' | 'table' | 'name'>,
  options: RequestOptions = {},
): Promise<NfElements> {
  const { family, table, name } = set;
  const head = { family, table, set: name };
  for (let attempt = 1; ; attempt++) {
    const pieces = await requester.list<NfElements>('nft.getElements', head, options);
    const elements = pieces.length === 1 ? pieces[0]?.elements : pieces.flatMap((piece) => piece.elements ?? []);
    const all = { ...head, elements: elements ?? [] } as NfElements;
    if (!hasTwice(all.elements ?? [])) return all;
    if (attempt === ATTEMPTS) throw new DumpInterruptedError('nft.getElements', [all]);
    await delay(2 ** attempt, undefined, options.signal && { signal: options.signal });
  }
}

/**
 * Whether an element is told twice. A hash table that is being resized is dumped so, with others missing, while neither
 * NLM_F_DUMP_INTR nor the generation tells of it.
 */
function hasTwice(elements: readonly NfElement[]): boolean {
  const seen = new Set<string>();
  for (const { key, keyEnd, flags } of elements) {
    if (key?.value) seen.add(textOf(key.value) + (keyEnd?.value ? textOf(keyEnd.value) : '') + (flags ?? ''));
    else seen.add(`catch-all ${seen.size}`);
  }
  return seen.size < elements.length;
}

function textOf({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString('latin1');
}
