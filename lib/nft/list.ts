// What of the ruleset is to be listed, and how it is told.
import { argumentError } from '../errors.js';
import type { NfSet } from '../generated/objects.js';
import type { RequestOptions } from '../requester.js';
import { checkSpec } from '../spec.js';
import type { Names } from './datatypes.js';
import { type DecompileOptions, decompile } from './decompile/index.js';
import type { NftFamily, NftMetainfo, NftObject, NftRuleset } from './json.js';
import type { RawRuleset } from './raw.js';
import type { ReadFilter } from './read.js';

/** Kinds of objects in a listing, by their keys in JSON. */
const TYPES = {
  table: 'tables',
  chain: 'chains',
  rule: 'rules',
  set: 'sets',
  map: 'sets',
  flowtable: 'flowtables',
  counter: 'objects',
  quota: 'objects',
  limit: 'objects',
  'ct helper': 'objects',
  'ct timeout': 'objects',
  'ct expectation': 'objects',
  synproxy: 'objects',
  secmark: 'objects',
} as const satisfies Record<string, keyof RawRuleset>;

/** A kind of objects. */
export type NftObjectType = keyof typeof TYPES;

/** Which objects of the ruleset are listed; all if left out. */
export interface NftFilter {
  /** Tables of that family. */
  family?: NftFamily | undefined;
  /** The table of that name; needs `family`. */
  table?: string | undefined;
  /** The chain of that name and its rules; needs `table`. */
  chain?: string | undefined;
  /** The set or map of that name; needs `table`. */
  set?: string | undefined;
  /** Objects of these kinds only, such as `['set', 'map']`. */
  types?: readonly NftObjectType[] | undefined;
}

/** How a listing is told. */
export interface NftListOptions extends RequestOptions, Omit<DecompileOptions, 'names'> {}

/** The version of nft whose JSON this is, as nft tells it itself. */
const METAINFO: NftMetainfo = {
  metainfo: { version: '1.0.6', release_name: 'Lester Gooch #5', json_schema_version: 1 },
};

const FAMILIES: readonly string[] = ['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev'] satisfies NftFamily[];
const KEYS = new Set(['family', 'table', 'chain', 'set', 'types']);

/** Refuses a filter that cannot be right. */
function checkFilter(filter: NftFilter): void {
  checkSpec('filter', filter);
  for (const [key, value] of Object.entries(filter)) {
    if (!KEYS.has(key)) throw argumentError('ERR_INVALID_ARG_VALUE', key, `The "${key}" field is not known`);
    if (key === 'types' || value === undefined || typeof value === 'string') continue;
    throw argumentError('ERR_INVALID_ARG_TYPE', key, `The "${key}" field must be a string`);
  }
  const { family, types } = filter;
  if (family !== undefined && !FAMILIES.includes(family)) {
    throw argumentError('ERR_INVALID_ARG_VALUE', 'family', `The "family" field must be one of ${FAMILIES.join(', ')}`);
  }
  const needs = (field: 'table' | 'chain' | 'set', other: 'family' | 'table') => {
    if (filter[field] === undefined || filter[other] !== undefined) return;
    throw argumentError('ERR_INVALID_ARG_VALUE', field, `The "${field}" field needs "${other}" beside it`);
  };
  needs('table', 'family');
  needs('chain', 'table');
  needs('set', 'table');
  if (filter.chain !== undefined && filter.set !== undefined) {
    throw argumentError('ERR_INVALID_ARG_VALUE', 'set', 'The "set" field cannot stand beside "chain"');
  }
  if (types === undefined) return;
  if (!Array.isArray(types)) {
    throw argumentError('ERR_INVALID_ARG_TYPE', 'types', 'The "types" field must be an array');
  }
  for (const [i, type] of types.entries()) {
    if (Object.hasOwn(TYPES, type)) continue;
    throw argumentError('ERR_INVALID_ARG_VALUE', `types[${i}]`, `There are no objects called ${JSON.stringify(type)}`);
  }
}

/** The kinds of objects that a filter lets through. */
function typesOf({ chain, set, types }: NftFilter): Set<NftObjectType> {
  const own: readonly NftObjectType[] =
    chain !== undefined
      ? ['chain', 'rule']
      : set !== undefined
        ? ['set', 'map']
        : (Object.keys(TYPES) as NftObjectType[]);
  return new Set(types === undefined ? own : own.filter((type) => types.includes(type)));
}

/** What must be read of the kernel for a listing. */
function readFilterOf(filter: NftFilter, wanted: Set<NftObjectType>, isTerse: boolean): ReadFilter {
  const { family, table, chain, set } = filter;
  const kinds = new Set<keyof RawRuleset>([...wanted].map((type) => TYPES[type]));
  const hasSets = kinds.has('sets') && !isTerse;
  // Rules have sets of their own, and their order is that of chains.
  if (kinds.has('rules')) kinds.add('chains').add('sets');
  if (kinds.has('sets')) kinds.add('elements');
  const isAnonymous = ({ flags }: NfSet) => flags?.includes('anonymous') === true;
  return {
    ...(family !== undefined && { family }),
    ...(table !== undefined && { table }),
    ...(chain !== undefined && { chain }),
    ...(set !== undefined && { set }),
    kinds: [...kinds],
    elementsOf: (one) => (isAnonymous(one) ? kinds.has('rules') : hasSets && wanted.has(isMap(one) ? 'map' : 'set')),
  };
}

const isMap = ({ flags }: NfSet) => flags?.includes('map') === true || flags?.includes('object') === true;

/** What listing needs of a handle. */
export interface Source {
  read(filter: ReadFilter, options: RequestOptions): Promise<{ ruleset: RawRuleset }>;
  /** Names of the interfaces by index. */
  linkNames(options: RequestOptions): Promise<ReadonlyMap<number, string>>;
}

/** Lists the ruleset. */
export async function listRuleset(
  source: Source,
  filter: NftFilter = {},
  options: NftListOptions = {},
): Promise<NftRuleset> {
  checkFilter(filter);
  const { signal, ...style } = options;
  const request: RequestOptions = signal === undefined ? {} : { signal };
  const wanted = typesOf(filter);
  const { ruleset } = await source.read(readFilterOf(filter, wanted, style.terse === true), request);
  // Most rulesets name no interface by its index: names are read when one turns up.
  let isAsked = false;
  const names: Names = {
    linkName: () => {
      isAsked = true;
      return undefined;
    },
  };
  let objects = decompile(ruleset, { ...style, names });
  if (isAsked) {
    const links = await source.linkNames(request);
    objects = decompile(ruleset, { ...style, names: { linkName: (index) => links.get(index) } });
  }
  const shown = objects.filter((object) => wanted.has(Object.keys(object)[0] as NftObjectType) || isUnknown(object));
  return { nftables: [structuredClone(METAINFO), ...shown] };
}

/** Objects that JSON has no words for are in every listing that isn't of some kinds. */
const isUnknown = (object: NftObject) => 'unknown' in object;
