// Connection tracking: what `conntrack` does.
import { BlockList, isIPv6 } from 'node:net';
import { addon, type Tape } from './addon.js';
import { argumentError, NetlinkError } from './errors.js';
import type {
  ConntrackCpuStats,
  ConntrackEntry,
  ConntrackEntrySpec,
  ConntrackExpectation,
  ConntrackExpectationCpuStats,
  ConntrackTuple,
  ConntrackStats as GlobalStats,
} from './generated/objects.js';
import { checkOptions } from './lane.js';
import type { Requester, RequestOptions } from './requester.js';
import { checkSpec } from './spec.js';
import { readTape } from './tape.js';

/** Packets of one direction, as a filter describes them. What is left out may be anything. */
export type ConntrackTupleFilter = Omit<ConntrackTuple, 'src' | 'dst' | 'unknown'> & {
  /** Source address, or a prefix such as `'10.0.0.0/8'`. */
  src?: string | undefined;
  /** Destination address, or a prefix. */
  dst?: string | undefined;
};

/** Which entries are meant: those to which all of it applies. */
export interface ConntrackFilter {
  /** IPv4 or IPv6; follows from addresses. */
  family?: 'ip' | 'ip6' | undefined;
  /** Packets from who began the connection, as they came in, before translation: `dport` is a published port. */
  original?: ConntrackTupleFilter | undefined;
  /** Packets of the other direction, as they come in: `src` is who really answers. */
  reply?: ConntrackTupleFilter | undefined;
  /** The mark; with `markMask` only those bits of it. */
  mark?: number | undefined;
  /** Bits of `mark` to compare. */
  markMask?: number | undefined;
  /** All of these are set. */
  status?: ConntrackEntrySpec['status'];
  /** None of these is set: `['seenReply']` for connections that nobody has answered. */
  withoutStatus?: ConntrackEntrySpec['status'];
  /** The zone; 0 is that of connections without one. */
  zone?: number | undefined;
}

/** One entry, by one of its tuples in full and its zone: an entry that was read will do. */
export type ConntrackRef = Pick<ConntrackEntrySpec, 'family' | 'original' | 'reply' | 'zone' | 'id'>;

/** What can be changed of an entry. */
export type ConntrackChanges = Pick<
  ConntrackEntrySpec,
  'mark' | 'markMask' | 'timeout' | 'status' | 'protoInfo' | 'labels' | 'labelsMask' | 'helper' | 'synproxy'
>;

/** How full the table of the namespace is, and what each CPU has counted. */
export interface ConntrackStats {
  /** Number of entries. */
  entries: number;
  /** Most entries (net.netfilter.nf_conntrack_max). */
  maxEntries: number;
  /** Counters, by CPU. */
  cpus: ConntrackCpuStats[];
  /** Counters of expectations, by CPU. */
  expectationCpus: ConntrackExpectationCpuStats[];
}

/** How entries are listed. */
export interface ConntrackListOptions extends RequestOptions {
  /** Sets the counters of all entries that the kernel tells to 0 after telling them. */
  zero?: boolean | undefined;
}

type Tuple = Record<string, unknown>;
type Direction = 'original' | 'reply';

const DIRECTIONS: readonly Direction[] = ['original', 'reply'];
/** The members of a tuple that the kernel compares, by the protocol it compares them for. */
const COMPARED: Record<string, readonly string[]> = {
  tcp: ['sport', 'dport'],
  udp: ['sport', 'dport'],
  icmp: ['icmpType', 'icmpCode', 'icmpId'],
  icmpv6: ['icmpv6Type', 'icmpv6Code', 'icmpv6Id'],
};

/** Connections that the handle's network namespace tracks. */
export class Conntrack {
  readonly #requester: Requester;

  /** @internal */
  constructor(requester: Requester) {
    this.#requester = requester;
  }

  /**
   * Lists entries (IPCTNL_MSG_CT_GET dump), all or those that the filter describes.
   *
   * The kernel looks at family, mark, status, zone, IPv4 addresses, protocol, ports of tcp and udp, and types of ICMP, as
   * far as it knows how to; whatever passes it is looked at again here, for what is left: prefixes, IPv6 addresses, ports
   * of other protocols.
   */
  async list(filter: ConntrackFilter = {}, options: ConntrackListOptions = {}): Promise<ConntrackEntry[]> {
    checkOptions(options);
    const prepared = prepare(filter);
    const operation = options.zero ? 'conntrack.listAndZero' : 'conntrack.list';
    const lists = await Promise.all(
      prepared.requests.map((request) => this.#requester.list<ConntrackEntry>(operation, request, options)),
    );
    return lists.flat().filter(prepared.matches);
  }

  /** How many entries there are: in all, which the kernel knows, or of those that the filter describes. */
  async count(filter?: ConntrackFilter, options?: RequestOptions): Promise<number> {
    checkOptions(options);
    if (filter !== undefined && Object.values(filter).some((value) => value !== undefined)) {
      return (await this.list(filter, options)).length;
    }
    const { entries } = await this.#requester.one<GlobalStats>('conntrack.stats', {}, options);
    return entries ?? 0;
  }

  /**
   * Reads one entry.
   *
   * @throws NetlinkError ENOENT when there is none.
   */
  async get(ref: ConntrackRef, options?: RequestOptions): Promise<ConntrackEntry> {
    checkOptions(options);
    return this.#requester.one<ConntrackEntry>('conntrack.get', identify(ref), options);
  }

  /**
   * Deletes the entries that the filter describes, each by itself. UDP traffic that began before a port was published,
   * or unpublished, goes the old way until its entry is deleted:
   *
   * ```ts
   * await nl.conntrack.delete({ original: { protocol: 'udp', dport: 53, dst: '192.0.2.1' } });
   * ```
   *
   * Delete after the rules have changed, as packets that come in between would make the old entry anew. One call is one
   * dump of the table, which the kernel filters: for many ports, list once and use {@link Conntrack.deleteEntries}.
   *
   * @returns How many were deleted. What has gone by itself meanwhile does not count.
   * @throws TypeError for a filter that describes everything: {@link Conntrack.flush} does that.
   */
  async delete(filter: ConntrackFilter, options?: RequestOptions): Promise<number> {
    checkOptions(options);
    checkSpec('filter', filter);
    if (!Object.values(filter).some((value) => value !== undefined)) {
      throw argumentError('ERR_INVALID_ARG_VALUE', 'filter', 'The "filter" argument describes everything: use flush()');
    }
    return this.deleteEntries(await this.list(filter, options), options);
  }

  /**
   * Deletes entries that have been listed, or are described by a tuple in full.
   *
   * @returns How many were deleted; those that are not there any more do not count.
   */
  async deleteEntries(entries: readonly ConntrackRef[], options?: RequestOptions): Promise<number> {
    checkOptions(options);
    const results = await Promise.allSettled(
      entries.map((entry) => this.#requester.ack('conntrack.delete', identify(entry), options)),
    );
    let deleted = 0;
    for (const result of results) {
      if (result.status === 'fulfilled') deleted++;
      else if (!(result.reason instanceof NetlinkError && result.reason.code === 'ENOENT')) throw result.reason;
    }
    return deleted;
  }

  /** Deletes all entries, or all of one family, in one request. */
  async flush(options: RequestOptions & { family?: 'ip' | 'ip6' | undefined } = {}): Promise<void> {
    checkOptions(options);
    const { family } = options;
    return this.#requester.ack('conntrack.delete', family === undefined ? {} : { family, version: 1 }, options);
  }

  /**
   * Makes an entry (IPCTNL_MSG_CT_NEW): both tuples and a timeout are needed, `natSrc` and `natDst` translate.
   *
   * @throws NetlinkError EEXIST when there is one.
   */
  async add(spec: ConntrackEntrySpec, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    checkSpec('spec', spec);
    return this.#requester.ack('conntrack.add', spec, options);
  }

  /**
   * Changes an entry. `status` can set flags but not take them away.
   *
   * @throws NetlinkError ENOENT when there is none.
   */
  async set(ref: ConntrackRef, changes: ConntrackChanges, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    checkSpec('changes', changes);
    const { id: _, ...which } = identify(ref);
    let { status } = changes;
    if (Array.isArray(status)) {
      // The kernel wants to be told what is set already, too.
      const entry = await this.get(ref, options);
      status = [...new Set([...(entry.status ?? []), ...status])];
    }
    const { mark, markMask } = changes;
    // The kernel would toggle the bits of the mark that are outside of the mask.
    const masked = mark === undefined || markMask === undefined ? mark : (mark & markMask) >>> 0;
    return this.#requester.ack('conntrack.set', { ...changes, ...which, status, mark: masked }, options);
  }

  /** How full the table is, and what has been counted. */
  async stats(options?: RequestOptions): Promise<ConntrackStats> {
    checkOptions(options);
    const [{ entries = 0, maxEntries = 0 }, cpus, expectationCpus] = await Promise.all([
      this.#requester.one<GlobalStats>('conntrack.stats', {}, options),
      this.#requester.list<ConntrackCpuStats>('conntrack.cpuStats', {}, options),
      this.#requester.list<ConntrackExpectationCpuStats>('expectations.cpuStats', {}, options),
    ]);
    return { entries, maxEntries, cpus, expectationCpus };
  }

  /** Lists the connections that helpers expect (IPCTNL_MSG_EXP_GET dump). */
  async expectations(options?: RequestOptions): Promise<ConntrackExpectation[]> {
    checkOptions(options);
    return this.#requester.list<ConntrackExpectation>('expectations.list', {}, options);
  }
}

/** What tells the kernel which entry is meant. */
function identify(ref: ConntrackRef): ConntrackRef {
  checkSpec('ref', ref);
  const { family, original, reply, zone, id } = ref;
  if (original === undefined && reply === undefined) {
    throw argumentError('ERR_INVALID_ARG_VALUE', 'ref', 'The "ref" argument must have "original" or "reply"');
  }
  return original === undefined ? { family, reply, zone, id } : { family, original, zone, id };
}

/** A filter as requests to the kernel, and as a test of what it tells. */
interface Prepared {
  requests: object[];
  matches(entry: ConntrackEntry): boolean;
}

function prepare(filter: ConntrackFilter): Prepared {
  checkSpec('filter', filter);
  const { family, original, reply, mark, markMask, status, withoutStatus, zone, ...rest } = filter;
  for (const [key, value] of Object.entries(rest)) {
    if (value !== undefined) {
      throw argumentError('ERR_INVALID_ARG_VALUE', key, `The "${key}" field of a filter is not known`);
    }
  }
  const tuples = { original: prepareTuple('original', original), reply: prepareTuple('reply', reply) };
  // What comes back from the tables has names for numbers and addresses as the kernel's are told.
  const set = canonical({
    family,
    original: tuples.original?.exact,
    reply: tuples.reply?.exact,
    mark,
    markMask,
    status: status ?? [],
    zone,
  });
  const unset = canonical({ status: withoutStatus ?? [] }).status as string[];
  const isSet = set.status as string[];
  const addressFamilies = DIRECTIONS.flatMap((direction) => tuples[direction]?.families ?? []);
  const known = (set.family as string) === 'unspec' ? addressFamilies[0] : (set.family as 'ip' | 'ip6');
  const fields: Record<string, unknown> = { mark, markMask: mark === undefined ? undefined : markMask, zone };
  if (isSet.length + unset.length > 0) Object.assign(fields, { status: isSet, statusMask: [...isSet, ...unset] });
  const flags: Record<string, string[]> = {};
  for (const direction of DIRECTIONS) {
    const exact = set[direction] as Tuple | undefined;
    const compared = comparedByKernel(exact);
    if (!exact || compared.length === 0) continue;
    flags[`${direction}Flags`] = compared;
    fields[direction] = Object.fromEntries(compared.map((key) => [key, exact[key]]));
  }
  const hasFlags = Object.keys(flags).length > 0;
  if (hasFlags) fields.filter = flags;
  // Tuples are compared within one family only.
  const families = known ? [known] : hasFlags ? ['ip', 'ip6'] : [undefined];
  const mask = (markMask ?? 0xffff_ffff) >>> 0;
  return {
    requests: families.map((one) => ({ family: one, ...fields })),
    matches: (entry) =>
      (known === undefined || entry.family === known) &&
      (mark === undefined || ((entry.mark ?? 0) & mask) >>> 0 === (mark & mask) >>> 0) &&
      (zone === undefined || (entry.zone ?? 0) === zone) &&
      isSet.every((one) => entry.status?.includes(one)) &&
      !unset.some((one) => entry.status?.includes(one)) &&
      DIRECTIONS.every((direction) => {
        const exact = set[direction] as Tuple | undefined;
        const told = entry[direction] as Tuple | undefined;
        if (!exact) return true;
        return (
          Object.keys(exact).every((key) => told?.[key] === exact[key]) &&
          (tuples[direction]?.prefixes ?? []).every(({ key, list }) => {
            const address = told?.[key];
            return typeof address === 'string' && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
          })
        );
      }),
  };
}

/** What the kernel can be told to compare of a tuple. */
function comparedByKernel(tuple: Tuple | undefined): string[] {
  if (!tuple) return [];
  const able = ['src', 'dst', 'protocol', ...(COMPARED[String(tuple.protocol)] ?? [])];
  // Kernels (seen up to 6.18) let the wrong entries through where an IPv6 address is to be compared.
  return able.filter((key) => tuple[key] !== undefined && !String(tuple[key]).includes(':'));
}

interface PreparedTuple {
  /** All but prefixes. */
  exact: Tuple;
  prefixes: { key: string; list: BlockList }[];
  families: ('ip' | 'ip6')[];
}

function prepareTuple(direction: Direction, tuple: ConntrackTupleFilter | undefined): PreparedTuple | undefined {
  if (tuple === undefined) return undefined;
  checkSpec(direction, tuple);
  const prepared: PreparedTuple = { exact: { ...tuple }, prefixes: [], families: [] };
  for (const key of ['src', 'dst'] as const) {
    const given = tuple[key];
    if (typeof given !== 'string') continue;
    const family = given.includes(':') ? 'ip6' : 'ip';
    prepared.families.push(family);
    const [address, length, more] = given.split('/');
    if (length === undefined) continue;
    delete prepared.exact[key];
    const list = new BlockList();
    try {
      if (more !== undefined || !/^\d{1,3}$/.test(length)) throw new Error();
      list.addSubnet(address as string, Number(length), family === 'ip6' ? 'ipv6' : 'ipv4');
    } catch {
      throw argumentError(
        'ERR_INVALID_ARG_VALUE',
        `${direction}.${key}`,
        `The "${direction}.${key}" field must be an address or a prefix. Received ${JSON.stringify(given)}`,
      );
    }
    prepared.prefixes.push({ key, list });
  }
  return prepared;
}

/** A spec as it would be told if it were an entry: checked, and in the tables' own words. */
function canonical(spec: ConntrackEntrySpec): Record<string, unknown> {
  const told: object[] = [];
  readTape(addon.decode('ConntrackEntry', addon.encode('ConntrackEntry', spec)) as Tape, told);
  return told[0] as Record<string, unknown>;
}
