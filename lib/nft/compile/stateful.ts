// Expressions that hold state: counters, quotas, limits and the like, in rules, in sets and as named objects.
import type { NfConnlimit, NfCounter, NfExpression, NfLimit, NfQuota, NfSynproxy } from '../../generated/objects.js';
import { DATA_UNITS, RATE_UNITS, SYNPROXY_FLAGS } from '../keywords.js';
import type { Input } from './input.js';
import { expression } from './nodes.js';

/** Packets that a limit lets through at once unless it says otherwise. */
const USUAL_BURST = 5;

/** Reads a counter's values. */
export function counterData(input: Input): NfCounter {
  const read = (key: string) => (input.isNull || !input.has(key) ? 0n : input.at(key).integer64());
  return { bytes: read('bytes'), packets: read('packets') };
}

/** Reads a quota in units. */
function quotaData(input: Input): NfQuota {
  input.only('val', 'val_unit', 'used', 'used_unit', 'inv');
  const amount = (key: 'val' | 'used') => {
    if (!input.has(key)) return 0n;
    const unit = input.has(`${key}_unit`) ? input.at(`${key}_unit`).word(DATA_UNITS) : 1;
    return input.at(key).integer64() * BigInt(unit);
  };
  const isInverted = input.has('inv') && input.at('inv').boolean();
  if (!input.has('val')) throw input.at('val').fail('how much is wanted');
  return { bytes: amount('val'), consumed: amount('used'), flags: isInverted ? ['inv'] : [] };
}

/** Reads a named quota, which is in bytes. */
export function quotaObject(input: Input): NfQuota {
  const isInverted = input.has('inv') && input.at('inv').boolean();
  const consumed = input.has('used') ? input.at('used').integer64() : 0n;
  return { bytes: input.at('bytes').integer64(), consumed, flags: isInverted ? ['inv'] : [] };
}

/** Reads a limit. */
export function limitData(input: Input): NfLimit {
  const units = { packets: 0, ...DATA_UNITS };
  const unit = input.has('rate_unit') ? input.at('rate_unit').word(units) : 0;
  const isBytes = unit > 0;
  const per = input.has('per') ? input.at('per').word(RATE_UNITS) : RATE_UNITS.second;
  const burstUnit = input.has('burst_unit') ? input.at('burst_unit').word(units) : isBytes ? 1 : 0;
  const isInverted = input.has('inv') && input.at('inv').boolean();
  if (input.has('burst') && burstUnit > 0 !== isBytes && input.at('burst').integer() > 0) {
    throw input.at('burst_unit').fail('rate and burst are both in packets or both in bytes');
  }
  const burst = input.has('burst') ? input.at('burst').integer() * (burstUnit || 1) : isBytes ? 0 : USUAL_BURST;
  if (burst > 0xffffffff) throw input.at('burst').fail('the burst does not fit in 32 bits');
  return {
    rate: input.at('rate').integer64() * BigInt(unit || 1),
    unit: BigInt(per),
    burst,
    type: isBytes ? 'pktBytes' : 'pkts',
    flags: isInverted ? ['inv'] : [],
  };
}

/** Reads how many connections there may be. */
function connlimitData(input: Input): NfConnlimit {
  input.only('val', 'inv');
  const isInverted = input.has('inv') && input.at('inv').boolean();
  return { count: input.at('val').integer(), flags: isInverted ? ['inv'] : [] };
}

/** Reads what a SYN proxy tells its clients. */
export function synproxyData(input: Input): NfSynproxy {
  if (input.isNull) return { flags: [] };
  const words = input.at('flags').words(SYNPROXY_FLAGS);
  const flags: Extract<NfSynproxy['flags'], readonly unknown[]>[number][] = [...words];
  const mss = input.has('mss') ? input.at('mss').integer(0, 0xffff) : undefined;
  const wscale = input.has('wscale') ? input.at('wscale').integer(0, 14) : undefined;
  if (mss !== undefined) flags.push('mss');
  if (wscale !== undefined) flags.push('wscale');
  return { ...(mss === undefined ? {} : { mss }), ...(wscale === undefined ? {} : { wscale }), flags };
}

/** Reads when a statement was last reached. */
function lastData(input: Input) {
  const used = !input.isNull && input.has('used') ? input.at('used').integer64() : undefined;
  return used === undefined ? {} : { set: 1, msecs: used };
}

const READERS: Record<string, (input: Input) => NfExpression> = {
  counter: (input) => expression('counter', counterData(input)),
  quota: (input) => expression('quota', quotaData(input)),
  limit: (input) => expression('limit', limitData(input.only(...LIMIT_KEYS))),
  'ct count': (input) => expression('connlimit', connlimitData(input)),
  last: (input) => expression('last', lastData(input)),
};

/** Keys of a limit. */
export const LIMIT_KEYS = ['rate', 'rate_unit', 'per', 'burst', 'burst_unit', 'inv'] as const;

/** Whether a statement's key is one of an expression that holds state. */
export const isStateful = (key: string): boolean => Object.hasOwn(READERS, key);

/** Reads a statement that holds state. */
export function readStateful(key: string, input: Input): NfExpression {
  const read = READERS[key];
  if (!read) throw input.fail(`${key} holds no state that an element or rule could have`);
  return read(input);
}

/** Reads statements that hold state, each an object of its own. */
export function readStatefuls(input: Input): NfExpression[] {
  return input.list().map((each) => {
    const [key, inner] = each.single();
    return readStateful(key, inner);
  });
}
