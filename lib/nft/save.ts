// Rulesets as files: a listing in an order in which it can be made again, and the commands that make it.
import { typeByName } from './datatypes.js';
import type { NftCommand, NftObject, NftRuleset, NftStatement } from './json.js';

/** What must be there first comes first: rules last of all, and maps after the chains that their verdicts name. */
const ORDER = ['table', 'chain', 'other', 'set', 'map', 'flowtable', 'rule'];

type Fields = Record<string, unknown>;

const kindOf = (object: object) => Object.keys(object)[0] as string;
const fieldsOf = (object: object) => Object.values(object)[0] as Fields;
const placeOf = (object: object) => ORDER.indexOf(ORDER.includes(kindOf(object)) ? kindOf(object) : 'other');
const tableOf = (object: NftObject) => {
  const { family, table, name } = fieldsOf(object);
  return { family, name: kindOf(object) === 'table' ? name : table } as { family: never; name: string };
};

/** Something in a ruleset that the schema cannot express, so that it could not be restored. */
function lost(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, member] of Object.entries(value)) {
    if (key === 'xt' || key === 'unknown') {
      const { name, expression } = (member ?? {}) as Fields;
      return [key, name ?? expression].filter((word) => word !== undefined).join(' ');
    }
    const inner = lost(member);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** A type of a set with which none can be declared: that of an expression, which JSON doesn't tell. */
function undeclarable(object: NftObject): string | undefined {
  if (!isSet(kindOf(object))) return undefined;
  const { type, map } = fieldsOf(object);
  const types = Array.isArray(type) ? type : [type];
  const keys = types.filter((name): name is string => typeof name === 'string' && typeByName(name) === undefined);
  if (keys.length > 0) return keys[0];
  if (typeof map !== 'string') return undefined;
  return map.split(' . ').find((name) => name === 'integer' || name === 'string' || name === 'bitmask');
}

/**
 * A listing, made ready to be kept: without handles, and in an order in which it can be made again.
 *
 * @throws Error ERR_NFT_NOT_RESTORABLE when something in it cannot be expressed.
 */
export function saved(listing: NftRuleset): NftRuleset {
  const objects = listing.nftables.filter((object): object is NftObject => !('metainfo' in object));
  const metainfo = listing.nftables.filter((object) => 'metainfo' in object);
  const kept = objects.map((object) => {
    const what = lost(object);
    if (what !== undefined) {
      const { family, table, chain, name, handle } = fieldsOf(object);
      const place = [family, table ?? name, chain, handle].filter((word) => word !== undefined).join(' ');
      const message = `The ${kindOf(object)} in ${place} cannot be restored: nft's JSON has no words for ${what}`;
      throw Object.assign(new Error(message), { code: 'ERR_NFT_NOT_RESTORABLE', object });
    }
    const type = undeclarable(object);
    if (type !== undefined) {
      const { family, table, name } = fieldsOf(object);
      const message = `The ${kindOf(object)} ${family} ${table} ${name} cannot be restored: its type ${type} has no length`;
      throw Object.assign(new Error(message), { code: 'ERR_NFT_NOT_RESTORABLE', object });
    }
    const { handle: _, ...fields } = fieldsOf(object);
    return { [kindOf(object)]: withoutImplied(kindOf(object), fields, objects) } as unknown as NftObject;
  });
  const places = kept.map((object, i) => ({ object, i, place: placeOf(object) }));
  places.sort((a, b) => a.place - b.place || a.i - b.i);
  return { nftables: [...metainfo, ...places.map(({ object }) => object)] };
}

/** Whether rules add elements to a set, which makes it dynamic. */
function isAddedTo(fields: Fields, objects: readonly NftObject[]): boolean {
  return objects.some((object) => {
    if (!('rule' in object)) return false;
    const { family, table, expr } = object.rule;
    return (
      family === fields.family &&
      table === fields.table &&
      Array.isArray(expr) &&
      expr.some((one) => addsTo(one, `@${fields.name}`))
    );
  });
}

const isSet = (kind: string) => kind === 'set' || kind === 'map';
const flagsOf = ({ flags }: Fields): unknown[] => (Array.isArray(flags) ? flags : flags === undefined ? [] : [flags]);

/** That a set is dynamic isn't said where its rules say it: not every version of nft reads that from JSON. */
function withoutImplied(kind: string, fields: Fields, objects: readonly NftObject[]): Fields {
  if (!isSet(kind) || !flagsOf(fields).includes('dynamic') || !isAddedTo(fields, objects)) return fields;
  const { flags, ...others } = fields;
  const rest = flagsOf(fields).filter((flag) => flag !== 'dynamic');
  return rest.length > 0 ? { ...fields, flags: rest } : others;
}

/** The same the other way round. */
function withImplied(object: NftObject, objects: readonly NftObject[]): NftObject {
  const kind = kindOf(object);
  const fields = fieldsOf(object);
  if (!isSet(kind) || flagsOf(fields).includes('dynamic') || !isAddedTo(fields, objects)) return object;
  return { [kind]: { ...fields, flags: [...flagsOf(fields), 'dynamic'] } } as unknown as NftObject;
}

function addsTo(statement: NftStatement, name: string): boolean {
  if (typeof statement !== 'object' || statement === null) return false;
  if ('set' in statement) return statement.set.set === name;
  return 'map' in statement && statement.map.map === name;
}

/** How a saved ruleset is put in place. */
export interface NftRestoreOptions {
  /** Whether tables that aren't in it go too. */
  flush?: boolean | undefined;
}

/** The commands that put a saved ruleset in the place of what is there: of its own tables, or of everything. */
export function restoring({ nftables }: NftRuleset, { flush }: NftRestoreOptions = {}): NftCommand[] {
  const objects = nftables.filter((object): object is NftObject => !('metainfo' in object));
  const adds = objects.map((object): NftCommand => ({ add: withImplied(object, objects) }));
  if (flush) return [{ flush: { ruleset: null } }, ...adds];
  // Deleting what may not be there: it is made first.
  const tables = new Map(objects.map((object) => [JSON.stringify(tableOf(object)), tableOf(object)]));
  const away = [...tables.values()].flatMap((table): NftCommand[] => [{ add: { table } }, { delete: { table } }]);
  return [...away, ...adds];
}
