// Tables, chains, flowtables and named objects: from JSON to the kernel's.
import type {
  NfChainSpec,
  NfFlowtableSpec,
  NfObjectDataByType,
  NfObjectSpec,
  NfTableSpec,
} from '../../generated/objects.js';
import { INET_PROTOCOLS } from '../datatypes.js';
import type { NftFamily } from '../json.js';
import {
  CT_TIMEOUT_STATES,
  FLOWTABLE_FLAGS,
  HOOKS,
  OBJECT_TYPES,
  PRIORITIES,
  PRIORITY_HOOKS,
  TABLE_FLAGS,
} from '../keywords.js';
import { packComment } from '../userdata.js';
import type { Input } from './input.js';
import { counterData, LIMIT_KEYS, limitData, quotaObject, synproxyData } from './stateful.js';

const FAMILIES = {
  ip: 'ip',
  ip6: 'ip6',
  inet: 'inet',
  arp: 'arp',
  bridge: 'bridge',
  netdev: 'netdev',
} as const satisfies Record<NftFamily, NftFamily>;

/** The family that an object says. */
export function familyOf(input: Input): NftFamily {
  return input.at('family').word(FAMILIES);
}

/** The comment of an object, as user data. */
export function commentOf(input: Input): { userdata?: Uint8Array } {
  return input.has('comment') ? { userdata: packComment(input.at('comment').name(128)) } : {};
}

/** A table. */
export function tableSpec(input: Input): NfTableSpec {
  input.only('family', 'name', 'handle', 'flags', 'comment');
  const flags = input.at('flags').words(TABLE_FLAGS);
  return {
    family: familyOf(input),
    name: input.at('name').name(),
    ...(flags.length > 0 ? { flags } : {}),
    ...commentOf(input),
  };
}

const LONGEST_LINK_NAME = 15;

/** A chain. */
export function chainSpec(input: Input): NfChainSpec {
  input.only('family', 'table', 'name', 'handle', 'type', 'hook', 'prio', 'dev', 'policy', 'comment');
  const family = familyOf(input);
  const head = { family, table: input.at('table').name(), name: input.at('name').name() };
  const isBase = ['type', 'hook', 'prio', 'dev', 'policy'].some((key) => input.has(key));
  if (!isBase) return { ...head, ...commentOf(input) };
  const hooks: Record<string, number> = HOOKS[family];
  const hooknum = input.at('hook').word(hooks);
  const devices = input
    .at('dev')
    .list()
    .map((each) => each.name(LONGEST_LINK_NAME));
  const [dev, ...more] = devices;
  const policy = input.has('policy') ? input.at('policy').word({ accept: 'accept', drop: 'drop' } as const) : undefined;
  return {
    ...head,
    hook: {
      hooknum,
      priority: priorityOf(input, family, input.at('hook').string()),
      ...(more.length > 0 ? { devs: devices } : dev === undefined ? {} : { dev }),
    },
    ...(policy === undefined ? {} : { policy }),
    type: input.at('type').word({ filter: 'filter', nat: 'nat', route: 'route' } as const),
    ...commentOf(input),
  };
}

const LOWEST_PRIORITY = -0x80000000;
const HIGHEST_PRIORITY = 0x7fffffff;

/** A priority: a number, or a name with or without an offset. */
function priorityOf(input: Input, family: NftFamily, hook: string): number {
  const prio = input.at('prio');
  if (!prio.isString) return prio.integer(LOWEST_PRIORITY, HIGHEST_PRIORITY);
  const names: Record<string, number> = PRIORITIES[family];
  const match = /^([a-z]+)?\s*(?:([+-])\s*)?(\d+)?$/.exec(prio.string());
  const [, name, sign, digits] = match ?? [];
  const base = name === undefined ? 0 : Object.hasOwn(names, name) ? names[name] : undefined;
  const isOffset = name === undefined ? digits !== undefined : (sign === undefined) === (digits === undefined);
  if (!match || base === undefined || !isOffset) {
    throw prio.fail(`a number or one of ${Object.keys(names).join(', ')}, with or without an offset, is wanted`);
  }
  const hooks = name === undefined ? undefined : PRIORITY_HOOKS[name];
  if (hooks && !hooks.includes(hook)) throw prio.fail(`priority ${name} is for ${hooks.join(', ')} only`);
  return base + (sign === '-' ? -1 : 1) * Number(digits ?? 0);
}

/** A flowtable. */
export function flowtableSpec(input: Input): NfFlowtableSpec {
  input.only('family', 'table', 'name', 'handle', 'hook', 'prio', 'dev', 'flags');
  const family = familyOf(input);
  const devs = input
    .at('dev')
    .list()
    .map((each) => each.name(LONGEST_LINK_NAME));
  const flags = input.at('flags').words(FLOWTABLE_FLAGS);
  return {
    family,
    table: input.at('table').name(),
    name: input.at('name').name(),
    hook: {
      num: input.at('hook').word({ ingress: 0 }),
      priority: priorityOf(input, family, input.at('hook').string()),
      ...(devs.length > 0 ? { devs } : {}),
    },
    ...(flags.length > 0 ? { flags } : {}),
  };
}

/** Numbers of families where connection tracking wants one (NFPROTO_*). */
const L3_NUMBERS = { ip: 2, ip6: 10, inet: 1 } as const;

function l3Of(input: Input): number {
  if (input.has('l3proto')) return input.at('l3proto').word(L3_NUMBERS);
  const family = familyOf(input);
  return family === 'ip' || family === 'ip6' || family === 'inet' ? L3_NUMBERS[family] : L3_NUMBERS.inet;
}

function l4Of(input: Input, ...words: string[]): number {
  const word = input.at('protocol').string();
  const number = words.includes(word) ? INET_PROTOCOLS.value(word) : undefined;
  if (number === undefined) throw input.at('protocol').fail(`one of ${words.join(', ')} is wanted`);
  return Number(number);
}

type Kind = keyof typeof OBJECT_TYPES;
type Data = NfObjectDataByType[keyof NfObjectDataByType];

const HEAD = ['family', 'table', 'name', 'handle', 'comment'];

const READERS: Record<Kind, { keys: readonly string[]; read(input: Input): Data }> = {
  counter: { keys: ['packets', 'bytes'], read: counterData },
  quota: { keys: ['bytes', 'used', 'inv'], read: quotaObject },
  limit: { keys: LIMIT_KEYS, read: limitData },
  'ct helper': {
    keys: ['type', 'protocol', 'l3proto'],
    read: (input) => ({ name: input.at('type').name(15), l3proto: l3Of(input), l4proto: l4Of(input, 'tcp', 'udp') }),
  },
  'ct timeout': {
    keys: ['protocol', 'l3proto', 'policy'],
    read: (input) => {
      const l4proto = l4Of(input, 'tcp', 'udp');
      const states: Record<string, readonly [string, number]> =
        CT_TIMEOUT_STATES[input.at('protocol').string() as keyof typeof CT_TIMEOUT_STATES];
      const policy = input.has('policy') ? input.at('policy') : undefined;
      const data = Object.keys(policy?.object() ?? {}).map((name) => {
        const state = Object.hasOwn(states, name) ? states[name] : undefined;
        const value = policy?.at(name);
        if (!state || !value) throw policy?.fail(`one of ${Object.keys(states).join(', ')} is wanted`);
        return [state[0], value.integer()] as const;
      });
      return { l3proto: l3Of(input), l4proto, data: Object.fromEntries(data) };
    },
  },
  'ct expectation': {
    keys: ['l3proto', 'protocol', 'dport', 'timeout', 'size'],
    read: (input) => ({
      l3proto: l3Of(input),
      l4proto: l4Of(input, 'tcp', 'udp', 'udplite', 'sctp', 'dccp'),
      dport: input.at('dport').integer(0, 0xffff),
      timeout: input.at('timeout').integer(),
      size: input.at('size').integer(0, 255),
    }),
  },
  synproxy: { keys: ['mss', 'wscale', 'flags'], read: synproxyData },
  secmark: { keys: ['context'], read: (input) => ({ ctx: input.at('context').name(4095) }) },
};

/** Whether a key is one of a named object. */
export function isNamedObject(key: string): key is Kind {
  return Object.hasOwn(OBJECT_TYPES, key);
}

/** A named object. */
export function objectSpec(kind: Kind, input: Input): NfObjectSpec {
  const { keys, read } = READERS[kind];
  input.only(...HEAD, ...keys);
  return {
    family: familyOf(input),
    table: input.at('table').name(),
    name: input.at('name').name(),
    type: OBJECT_TYPES[kind],
    data: read(input),
    ...commentOf(input),
  };
}
