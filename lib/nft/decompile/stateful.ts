// Statements that need no registers: counters, limits, quotas and their like, which sets' elements have too.

import type { NftDataUnit, NftExpression, NftLimitValue, NftStatement, NftSynproxyValue } from '../json.js';
import {
  DATA_UNITS,
  DEFAULT_LOG_LEVEL,
  LOG_FLAGS,
  LOG_LEVELS,
  OBJECT_TYPES,
  RATE_UNITS,
  SYNPROXY_FLAGS,
} from '../keywords.js';
import type { RawExpression } from './tree.js';
import { tellUnknown } from './unknown.js';

type Data = Record<string, unknown>;

const flagsOf = ({ flags }: Data): string[] => (Array.isArray(flags) ? flags : []) as string[];
const isInverted = (data: Data) => flagsOf(data).includes('inv');

/** A list of one thing as the thing. */
export function oneOrMore<T>(list: T[]): T | T[] {
  return list.length === 1 ? (list[0] as T) : list;
}

/** A 64-bit number: as a number where that is exact. */
export function count(value: unknown): number | bigint {
  if (typeof value !== 'bigint') return typeof value === 'number' ? value : 0;
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

/** An amount in the largest unit that leaves a whole number. */
export function inUnits(value: unknown): [amount: number, unit: NftDataUnit] {
  const bytes = BigInt(count(value));
  const units = Object.entries(DATA_UNITS).reverse() as [NftDataUnit, number][];
  const [unit, size] = units.find(([, each]) => bytes > 0n && bytes % BigInt(each) === 0n) ?? ['bytes', 1];
  return [Number(bytes / BigInt(size)), unit];
}

function unitOf(seconds: unknown): string | undefined {
  return Object.entries(RATE_UNITS).find(([, each]) => BigInt(each) === BigInt(count(seconds)))?.[0];
}

/** A limit's values. */
export function tellLimit(data: Data): NftLimitValue | undefined {
  const per = unitOf(data.unit) as NftLimitValue['per'];
  if (per === undefined) return undefined;
  const inv = isInverted(data) ? { inv: true } : {};
  const burst = Number(data.burst ?? 0);
  if (data.type !== 'pktBytes') return { rate: Number(count(data.rate)), burst, per, ...inv };
  const [rate, rate_unit] = inUnits(data.rate);
  const [amount, burst_unit] = inUnits(burst);
  return { rate, burst: amount, per, ...inv, rate_unit, burst_unit };
}

/** What a SYN proxy says. */
export function tellSynproxy(data: Data): NftSynproxyValue {
  const has = (flag: string) => flagsOf(data).includes(flag);
  const flags = (['timestamp', 'sack-perm'] as const).filter((word) => has(SYNPROXY_FLAGS[word]));
  return {
    ...(has('mss') ? { mss: Number(data.mss ?? 0) } : {}),
    ...(has('wscale') ? { wscale: Number(data.wscale ?? 0) } : {}),
    ...(flags.length > 0 ? { flags } : {}),
  };
}

function tellLog(data: Data): NftStatement {
  const log: Record<string, unknown> = {};
  if (data.prefix !== undefined && data.prefix !== '') log.prefix = data.prefix;
  if (data.group !== undefined) log.group = data.group;
  if (data.snaplen) log.snaplen = data.snaplen;
  if (data.qthreshold) log['queue-threshold'] = data.qthreshold;
  const level = Object.entries(LOG_LEVELS).find(([, kernel]) => kernel === data.level)?.[0];
  if (level !== undefined && level !== DEFAULT_LOG_LEVEL) log.level = level;
  const words = Object.entries(LOG_FLAGS).filter(([, kernel]) => flagsOf(data).includes(kernel));
  if (words.length === Object.keys(LOG_FLAGS).length) log.flags = 'all';
  else if (words.length > 0) log.flags = oneOrMore(words.map(([word]) => word));
  return { log: Object.keys(log).length > 0 ? log : null } as NftStatement;
}

/** A statement that needs no registers. */
export function tellStateful(raw: RawExpression, isStateless: boolean): NftStatement {
  const data = (raw.data ?? {}) as Data;
  switch (raw.name) {
    case 'counter':
      return { counter: isStateless ? null : { packets: count(data.packets), bytes: count(data.bytes) } };
    case 'limit': {
      const limit = tellLimit(data);
      return limit ? { limit } : (tellUnknown(raw) as unknown as NftStatement);
    }
    case 'quota': {
      const [val, val_unit] = inUnits(data.bytes);
      const inv = isInverted(data) ? { inv: true } : {};
      if (isStateless || !data.consumed) return { quota: { val, val_unit, ...inv } };
      const [used, used_unit] = inUnits(data.consumed);
      return { quota: { val, val_unit, used, used_unit, ...inv } };
    }
    case 'connlimit':
      return { 'ct count': { val: Number(data.count ?? 0), ...(isInverted(data) ? { inv: true } : {}) } };
    case 'last':
      return { last: data.set && !isStateless ? { used: Number(count(data.msecs)) } : null };
    case 'log':
      return tellLog(data);
    case 'notrack':
      return { notrack: null };
    case 'synproxy': {
      const synproxy = tellSynproxy(data);
      return { synproxy: Object.keys(synproxy).length > 0 ? synproxy : null };
    }
    case 'flow_offload':
      return { flow: { op: 'add', flowtable: `@${String(data.tableName)}` } };
    case 'match':
    case 'target':
      return { xt: { type: raw.name, name: String(data.name) } };
    default:
      return tellUnknown(raw) as unknown as NftStatement;
  }
}

/** The use of a named object, or of one that a map finds. */
export function tellObjectUse(type: string | number, which: string | NftExpression): NftStatement {
  const word = Object.entries(OBJECT_TYPES).find(([, kernel]) => kernel === type)?.[0];
  if (word === undefined) return tellUnknown({ name: 'objref', data: { type, which } }) as unknown as NftStatement;
  return { [word]: which } as unknown as NftStatement;
}
