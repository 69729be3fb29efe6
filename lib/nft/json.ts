// libnftables' JSON schema (libnftables-json(5)) as types: what `nl.nft.apply` takes and what `nl.nft.list` gives.
//
// Every object of the schema has one key, which says what it is: `{ accept: null }`, `{ payload: {...} }`. Unions of
// such objects are discriminated by that key.

/** Families of tables. */
export type NftFamily = 'ip' | 'ip6' | 'inet' | 'arp' | 'bridge' | 'netdev';

/** A list of one thing may be written as the thing. */
export type OneOrMore<T> = T | T[];

// --- Expressions -----------------------------------------------------------------------------------------------------

/**
 * What an expression may be: a plain value, or an object with one key.
 *
 * A string is a symbolic constant or a value's text (`'tcp'`, `'192.0.2.1'`, `'0x10'`, `'1m'`), `'@name'` a named set
 * or map, `'*'` the catch-all element of a set. A number is an integer, a boolean says whether something exists.
 */
export type NftExpression =
  | string
  | number
  | boolean
  | NftListExpression
  | NftSelector
  | NftConcat
  | NftSetExpression
  | NftMapExpression
  | NftPrefix
  | NftRange
  | NftBinary
  | NftVerdict
  | NftElem;

/** A list of values that together make one: flags. */
export type NftListExpression = NftExpression[];

/** Expressions that read something of the packet, its connection, or the machine. */
export type NftSelector =
  | NftPayload
  | NftExthdr
  | NftTcpOption
  | NftIpOption
  | NftSctpChunk
  | NftDccpOption
  | NftMeta
  | NftCt
  | NftRt
  | NftSocket
  | NftFib
  | NftNumgen
  | NftJhash
  | NftSymhash
  | NftOsf
  | NftIpsec;

/** Several values side by side: `ip saddr . tcp dport`. */
export interface NftConcat {
  concat: NftExpression[];
}

/** An anonymous set; of pairs where a map is wanted. */
export interface NftSetExpression {
  set: OneOrMore<NftSetElement>;
}

/** What a map gives for a key. `data` is `'@name'` or an anonymous set of pairs. */
export interface NftMapExpression {
  map: { key: NftExpression; data: NftExpression };
}

/** An address and how many of its bits count. */
export interface NftPrefix {
  prefix: { addr: NftExpression; len: number };
}

/** The first and the last value of a range. */
export interface NftRange {
  range: [NftExpression, NftExpression];
}

/** Bitwise operations; nested or with more than two operands they are worked from left to right. */
export type NftBinary =
  | { '|': NftExpression[] }
  | { '^': NftExpression[] }
  | { '&': NftExpression[] }
  | { '<<': NftExpression[] }
  | { '>>': NftExpression[] };

/** A field of a header, by protocol, or bits at an offset. Nameless ones are raw. */
export interface NftPayload {
  payload:
    | { protocol: string; field: string; base?: never }
    | {
        /** Header at which `offset` starts: link layer, network, transport, or what the transport header carries. */
        base: 'll' | 'nh' | 'th' | 'ih';
        /** Bits. */
        offset: number;
        /** Bits. */
        len: number;
      };
}

/** A field of an IPv6 extension header; without a field whether there is such a header. */
export interface NftExthdr {
  exthdr: { name: string; field?: string; offset?: number };
}

/** A field of a TCP option; without a field whether there is such an option; or bits of an option by number. */
export interface NftTcpOption {
  'tcp option': { name: string; field?: string } | { base: number; offset: number; len: number };
}

/** A field of an IPv4 option; without a field whether there is such an option. */
export interface NftIpOption {
  'ip option': { name: string; field?: string };
}

/** A field of an SCTP chunk; without a field whether there is such a chunk. */
export interface NftSctpChunk {
  'sctp chunk': { name: string; field?: string };
}

/** Whether a packet has a DCCP option, by the option's number. */
export interface NftDccpOption {
  'dccp option': { type: number };
}

/** Data about the packet. */
export interface NftMeta {
  meta: { key: string };
}

/** Data of the packet's connection. */
export interface NftCt {
  ct: { key: string; family?: 'ip' | 'ip6'; dir?: 'original' | 'reply' };
}

/** Data of the packet's route. */
export interface NftRt {
  rt: { key: 'classid' | 'nexthop' | 'mtu' | 'ipsec'; family?: 'ip' | 'ip6' };
}

/** Data of the socket that the packet is for. */
export interface NftSocket {
  socket: { key: 'transparent' | 'mark' | 'wildcard' | 'cgroupv2'; level?: number };
}

/** What a look-up in the forwarding information base gives. */
export interface NftFib {
  fib: {
    result: 'oif' | 'oifname' | 'type';
    flags: OneOrMore<'saddr' | 'daddr' | 'mark' | 'iif' | 'oif'>;
  };
}

/** A number that changes with each packet. */
export interface NftNumgen {
  numgen: { mode: 'inc' | 'random'; mod: number; offset?: number };
}

/** Jenkins' hash of an expression. */
export interface NftJhash {
  jhash: { expr: NftExpression; mod: number; offset?: number; seed?: number };
}

/** The symmetric hash of a packet's addresses and ports. */
export interface NftSymhash {
  symhash: { mod: number; offset?: number };
}

/** The operating system that a SYN packet looks like. */
export interface NftOsf {
  osf: { key: 'name' | 'version'; ttl?: 'loose' | 'skip' };
}

/** Data of the IPsec state that the packet has passed or will pass. */
export interface NftIpsec {
  ipsec: {
    key: 'saddr' | 'daddr' | 'reqid' | 'spi';
    family?: 'ip' | 'ip6';
    dir: 'in' | 'out';
    spnum?: number;
  };
}

/** What happens to the packet. */
export type NftVerdict =
  | { accept: null }
  | { drop: null }
  | { continue: null }
  | { return: null }
  | { jump: { target: string } }
  | { goto: { target: string } };

/** An element of a set, with what belongs to it alone. */
export interface NftElem {
  elem: {
    val: NftExpression;
    /** Seconds. */
    timeout?: number;
    /** Seconds. */
    expires?: number;
    comment?: string;
    /** Statements in the newer schema; older ones stand beside `val`. */
    stmt?: NftStatement[];
    counter?: NftCounterValue | null;
    limit?: NftLimitValue;
    quota?: NftQuotaValue;
    'ct count'?: NftCtCountValue;
    last?: NftLastValue | null;
  };
}

/** An element of a set or, as a pair, of a map. */
export type NftSetElement = NftExpression | [NftExpression, NftExpression | NftStatement];

// --- Statements ------------------------------------------------------------------------------------------------------

/** A counter's values. */
export interface NftCounterValue {
  packets?: number | bigint;
  bytes?: number | bigint;
}

/** Units of amounts. */
export type NftDataUnit = 'bytes' | 'kbytes' | 'mbytes';

/** A quota's values. */
export interface NftQuotaValue {
  val: number;
  val_unit: NftDataUnit;
  used?: number;
  used_unit?: NftDataUnit;
  inv?: boolean;
}

/** A limit's values: `rate` (in `rate_unit`, left out: packets) per `per`. */
export interface NftLimitValue {
  rate: number;
  rate_unit?: 'packets' | NftDataUnit;
  per?: 'second' | 'minute' | 'hour' | 'day' | 'week';
  burst?: number;
  burst_unit?: NftDataUnit | 'packets';
  inv?: boolean;
}

/** How many connections there may be. */
export interface NftCtCountValue {
  val: number;
  inv?: boolean;
}

/** When a statement was last reached: milliseconds ago. */
export interface NftLastValue {
  used?: number;
}

/** Flags of nat statements and of sets in the kernel's order. */
export type NftNatFlag = 'random' | 'fully-random' | 'persistent' | 'netmap';

/** snat and dnat: the address and the port to put in. */
export interface NftNatValue {
  addr?: NftExpression;
  /** Where the address doesn't tell: the family of a table `inet`. */
  family?: 'ip' | 'ip6';
  port?: NftExpression;
  flags?: OneOrMore<NftNatFlag>;
  type_flags?: OneOrMore<'interval' | 'prefix' | 'concat'>;
}

/** masquerade and redirect: the port to put in. */
export interface NftNatPortValue {
  port?: NftExpression;
  flags?: OneOrMore<NftNatFlag>;
}

/** What a rule does, in order. */
export type NftStatement =
  | NftVerdict
  | { match: { op?: NftOperator; left: NftExpression; right: NftExpression } }
  | { counter: NftCounterValue | string | NftMapExpression | null }
  | { mangle: { key: NftExpression; value: NftExpression } }
  | { quota: NftQuotaValue | string | NftMapExpression }
  | { limit: NftLimitValue | string | NftMapExpression }
  | { 'ct count': NftCtCountValue }
  | { last: NftLastValue | null }
  | { fwd: { dev: NftExpression; family?: 'ip' | 'ip6'; addr?: NftExpression } }
  | { dup: { addr: NftExpression; dev?: NftExpression } }
  | { notrack: null }
  | { snat: NftNatValue }
  | { dnat: NftNatValue }
  | { masquerade: NftNatPortValue | null }
  | { redirect: NftNatPortValue | null }
  | { reject: { type?: 'tcp reset' | 'icmpx' | 'icmp' | 'icmpv6'; expr?: NftExpression } | null }
  | { set: NftSetStatement }
  | { map: NftMapStatement }
  | {
      log: {
        prefix?: string;
        group?: number;
        snaplen?: number;
        'queue-threshold'?: number;
        level?: NftLogLevel;
        flags?: OneOrMore<NftLogFlag>;
      } | null;
    }
  | { 'ct helper': string | NftMapExpression }
  | { 'ct timeout': string | NftMapExpression }
  | { 'ct expectation': string | NftMapExpression }
  | { secmark: string | NftMapExpression }
  | { meter: { name: string; key: NftExpression; stmt: NftStatement; size?: number } }
  | { queue: { num?: NftExpression; flags?: OneOrMore<'bypass' | 'fanout'> } | null }
  | { vmap: { key: NftExpression; data: NftExpression } }
  | { tproxy: { family?: 'ip' | 'ip6'; addr?: NftExpression; port?: NftExpression } }
  | { synproxy: NftSynproxyValue | string | NftMapExpression | null }
  | { reset: NftTcpOption }
  | { flow: { op: 'add'; flowtable: string } }
  | { xt: { type: string; name: string } | null };

/** Operators of a match. `in` looks bits up in a value; left out it is chosen as nft does. */
export type NftOperator = '==' | '!=' | '<' | '>' | '<=' | '>=' | 'in' | '!';

/** Puts an element in a named set, or takes it out, as packets pass. */
export interface NftSetStatement {
  op: 'add' | 'update' | 'delete';
  elem: NftExpression;
  /** `'@name'`. */
  set: string;
  /** Statements of the element. */
  stmt?: NftStatement[];
}

/** Puts an element and its data in a named map as packets pass. */
export interface NftMapStatement {
  op: 'add' | 'update' | 'delete';
  elem: NftExpression;
  data: NftExpression;
  /** `'@name'`. */
  map: string;
  stmt?: NftStatement[];
}

/** Levels of log messages. */
export type NftLogLevel = 'emerg' | 'alert' | 'crit' | 'err' | 'warn' | 'notice' | 'info' | 'debug' | 'audit';

/** What a log message tells besides. */
export type NftLogFlag = 'tcp sequence' | 'tcp options' | 'ip options' | 'skuid' | 'ether' | 'all';

/** What a SYN proxy tells its clients. */
export interface NftSynproxyValue {
  mss?: number;
  wscale?: number;
  flags?: OneOrMore<'timestamp' | 'sack-perm'>;
}

// --- Objects ---------------------------------------------------------------------------------------------------------

/** A table: what holds everything else. */
export interface NftTable {
  family: NftFamily;
  name: string;
  handle?: number;
  flags?: OneOrMore<'dormant' | 'owner' | 'persist'>;
  comment?: string;
}

/** A chain of rules; with `type`, `hook` and `prio` it is a base chain, to which the kernel gives packets. */
export interface NftChain {
  family: NftFamily;
  table: string;
  name: string;
  handle?: number;
  /** New name, for `rename`. */
  newname?: string;
  type?: 'filter' | 'nat' | 'route';
  hook?: 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting' | 'ingress' | 'egress';
  /** A number, or a name as nft has them, with or without an offset: `'filter'`, `'dstnat + 10'`. */
  prio?: number | string;
  /** Interfaces of a chain at ingress or egress. */
  dev?: OneOrMore<string>;
  policy?: 'accept' | 'drop';
  comment?: string;
}

/**
 * A rule. With `handle` or `index` it is added after that rule or inserted before it; an object without a verb, as a
 * listing has it, is added at the end all the same.
 */
export interface NftRule {
  family: NftFamily;
  table: string;
  chain: string;
  expr: NftStatement[];
  handle?: number;
  /** Count of the rule beside which this one is put, from 0. */
  index?: number;
  comment?: string;
}

/** A type by name, several as a concatenation, or an expression whose type is meant (`typeof`). */
export type NftTypeSpec = string | string[] | { typeof: NftExpression };

/** Flags of sets. */
export type NftSetFlag = 'constant' | 'interval' | 'timeout' | 'dynamic';

/** A named set. */
export interface NftSet {
  family: NftFamily;
  table: string;
  name: string;
  handle?: number;
  type: NftTypeSpec;
  policy?: 'performance' | 'memory';
  flags?: OneOrMore<NftSetFlag>;
  elem?: OneOrMore<NftSetElement>;
  /** Seconds. */
  timeout?: number;
  /** Seconds. */
  'gc-interval'?: number;
  size?: number;
  'auto-merge'?: boolean;
  comment?: string;
  /** Statements that each element has. */
  stmt?: NftStatement[];
}

/** A named map; with `map: 'verdict'` a verdict map. */
export interface NftMap extends NftSet {
  map: NftTypeSpec;
}

/** Elements of a named set or map. */
export interface NftElement {
  family: NftFamily;
  table: string;
  name: string;
  elem: OneOrMore<NftSetElement>;
}

/** Interfaces between which connections are forwarded past the rules. */
export interface NftFlowtable {
  family: NftFamily;
  table: string;
  name: string;
  handle?: number;
  hook: 'ingress';
  prio: number | string;
  dev?: OneOrMore<string>;
  flags?: OneOrMore<'offload'>;
}

/** What all named objects have. */
export interface NftNamed {
  family: NftFamily;
  table: string;
  name: string;
  handle?: number;
  comment?: string;
}

/** A named counter. */
export interface NftCounter extends NftNamed {
  packets?: number | bigint;
  bytes?: number | bigint;
}

/** A named quota, in bytes. */
export interface NftQuota extends NftNamed {
  bytes: number | bigint;
  used?: number | bigint;
  inv?: boolean;
}

/** A named limit. */
export interface NftLimit extends NftNamed, NftLimitValue {}

/** A named connection tracking helper. */
export interface NftCtHelper extends NftNamed {
  type: string;
  protocol: 'tcp' | 'udp';
  l3proto?: 'ip' | 'ip6' | 'inet';
}

/** Named time-outs of connections: seconds by state. */
export interface NftCtTimeout extends NftNamed {
  protocol: 'tcp' | 'udp';
  l3proto?: 'ip' | 'ip6' | 'inet';
  policy?: Record<string, number>;
}

/** A named expectation of connections. */
export interface NftCtExpectation extends NftNamed {
  l3proto?: 'ip' | 'ip6' | 'inet';
  protocol: string;
  dport: number;
  /** Milliseconds. */
  timeout: number;
  size: number;
}

/** A named SYN proxy. */
export interface NftSynproxy extends NftNamed, NftSynproxyValue {}

/** A named security mark. */
export interface NftSecmark extends NftNamed {
  context: string;
}

/** What a set of rules consists of, as `list` gives it and, of an array of objects, as `apply` adds it. */
export type NftObject =
  | { table: NftTable }
  | { chain: NftChain }
  | { rule: NftRule }
  | { set: NftSet }
  | { map: NftMap }
  | { element: NftElement }
  | { flowtable: NftFlowtable }
  | { counter: NftCounter }
  | { quota: NftQuota }
  | { limit: NftLimit }
  | { 'ct helper': NftCtHelper }
  | { 'ct timeout': NftCtTimeout }
  | { 'ct expectation': NftCtExpectation }
  | { synproxy: NftSynproxy }
  | { secmark: NftSecmark };

/** The first object of every list. */
export interface NftMetainfo {
  metainfo: { version?: string; release_name?: string; json_schema_version?: number };
}

// --- Commands --------------------------------------------------------------------------------------------------------

/** What names an object that is there: all keys but its own contents, by name or by handle. */
type Reference<T extends { family: NftFamily }> = Pick<T, 'family'> & Partial<Omit<T, 'family'>>;

/** An object of which only the reference is needed. */
export type NftReference =
  | { table: Reference<NftTable> }
  | { chain: Reference<NftChain> }
  | { rule: Reference<NftRule> }
  | { set: Reference<NftSet> }
  | { map: Reference<NftMap> }
  | { element: NftElement }
  | { flowtable: Reference<NftFlowtable> }
  | { counter: Reference<NftCounter> }
  | { quota: Reference<NftQuota> }
  | { limit: Reference<NftLimit> }
  | { 'ct helper': Reference<NftCtHelper> }
  | { 'ct timeout': Reference<NftCtTimeout> }
  | { 'ct expectation': Reference<NftCtExpectation> }
  | { synproxy: Reference<NftSynproxy> }
  | { secmark: Reference<NftSecmark> };

/** Everything, or all of one family. */
export interface NftRulesetReference {
  ruleset: { family?: NftFamily } | null;
}

/** Named objects that hold state. */
export type NftStateful =
  | { counter: Reference<NftCounter> }
  | { counters: { family?: NftFamily; table?: string } | null }
  | { quota: Reference<NftQuota> }
  | { quotas: { family?: NftFamily; table?: string } | null }
  | { rule: Reference<NftRule> }
  | { rules: { family?: NftFamily; table?: string; chain?: string } | null };

/** One command. An object that stands alone is added. */
export type NftCommand =
  | NftMetainfo
  | NftObject
  /** Adds; what is there already stays, but rules are added again. */
  | { add: NftObject }
  /** Adds a rule, as the last of its chain or after another; replaces `rule.handle`. */
  | { replace: { rule: NftRule } }
  /** Adds what must not be there yet. */
  | { create: NftObject }
  /** Adds a rule as the first of its chain, or before another. */
  | { insert: { rule: NftRule } }
  /** Deletes what must be there. */
  | { delete: NftReference }
  /** Deletes what may be there. */
  | { destroy: NftReference }
  | {
      flush:
        | { table: Reference<NftTable> }
        | { chain: Reference<NftChain> }
        | { set: Reference<NftSet> }
        | { map: Reference<NftMap> }
        | { meter: Reference<NftSet> }
        | NftRulesetReference;
    }
  | { rename: { chain: NftChain & { newname: string } } }
  /** Sets counters and quotas to zero. */
  | { reset: NftStateful };

/** What `list` and `save` give: the schema's outermost object. */
export interface NftRuleset {
  nftables: (NftMetainfo | NftObject)[];
}
