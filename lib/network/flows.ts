// What connection tracking remembers of ports that mean something else now: flows would go on to where they went before.
import { Conntrack } from '../conntrack.js';
import type { ConntrackEntry } from '../generated/objects.js';
import type { Lane } from '../lane.js';

/**
 * What went to a port of the host past the endpoint that it is published for now, and would go on to: UDP and SCTP. The host
 * refuses TCP, which the kernel forgets with that.
 */
interface Past {
  kind: 'past';
  protocol: 'udp' | 'sctp';
  port: number;
  count: number;
  hostAddress: string | undefined;
  endpoints: readonly string[];
}

/** Which flows are to be forgotten. */
type Matcher =
  /** Those that were led to an address, by a published port. */
  { kind: 'to'; address: string } | Past;

/** So many flows are told sooner than the table is looked through once more. */
const FEW = 1000;

/** Forgets flows. Requests that wait at the same time are one look at the table, as each look is at all of it. */
export class Flows {
  readonly #conntrack: Conntrack;
  readonly #route: Lane;
  #waiting: { matchers: readonly Matcher[]; done: (error?: unknown) => void }[] = [];
  #isLooking = false;

  constructor(netfilter: Lane, route: Lane) {
    this.#conntrack = new Conntrack(netfilter);
    this.#route = route;
  }

  forget(matchers: readonly Matcher[]): Promise<void> {
    if (matchers.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ matchers, done: (error) => (error === undefined ? resolve() : reject(error)) });
      if (this.#isLooking) return;
      this.#isLooking = true;
      setImmediate(() => void this.#lookWhileWaiting());
    });
  }

  async #lookWhileWaiting(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0);
      const error = await this.#look(batch.flatMap(({ matchers }) => matchers)).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      for (const { done } of batch) done(error);
    }
    this.#isLooking = false;
  }

  async #look(matchers: readonly Matcher[]): Promise<void> {
    // The kernel looks into each of some hundred thousand buckets, whatever it is asked for: about ten milliseconds.
    const count = await this.#conntrack.count();
    if (count === 0) return;
    const to = new Set(matchers.flatMap((one) => (one.kind === 'to' ? one.address : [])));
    const past = matchers.filter((one) => one.kind === 'past');
    const [flows, own] = await Promise.all([
      count <= FEW ? this.#conntrack.list() : this.#preselected(to.size > 0, past),
      past.length > 0 ? this.#ownAddresses() : new Set<string>(),
    ]);
    const stale = flows.filter((flow) => isLedTo(flow, to) || past.some((one) => isPast(flow, one, own)));
    if (stale.length > 0) await this.#conntrack.deleteEntries(stale);
  }

  /** Of many flows those that may be meant, as far as the kernel can tell. */
  async #preselected(isTo: boolean, past: readonly Past[]): Promise<ConntrackEntry[]> {
    const [only] = past;
    const dport = past.length === 1 && only?.count === 1 ? only.port : undefined;
    const families = new Set(past.flatMap(({ endpoints }) => endpoints.map(familyOf)));
    const protocols = new Set(past.map(({ protocol }) => protocol));
    const lists = await Promise.all([
      isTo ? this.#conntrack.list({ status: ['dstNat'] }) : [],
      ...Array.from(protocols, (protocol) =>
        Array.from(families, (family) => this.#conntrack.list({ family, original: { protocol, dport } })),
      ).flat(),
    ]);
    return lists.flat();
  }

  async #ownAddresses(): Promise<ReadonlySet<string>> {
    const addresses = await this.#route.list<{ local?: string; address?: string }>('addresses.list', {});
    return new Set(addresses.map(({ local, address }) => (local ?? address ?? '').split('/')[0] as string));
  }
}

function isLedTo({ status, reply }: ConntrackEntry, addresses: ReadonlySet<string>): boolean {
  return status?.includes('dstNat') === true && reply?.src !== undefined && addresses.has(reply.src);
}

/** What only passes through to the same port of somebody else is none of ours. */
function isPast({ original, reply }: ConntrackEntry, matcher: Past, own: ReadonlySet<string>): boolean {
  const { protocol, port, count, hostAddress, endpoints } = matcher;
  const { dst, dport } = original ?? {};
  return (
    original?.protocol === protocol &&
    dst !== undefined &&
    dport !== undefined &&
    dport >= port &&
    dport < port + count &&
    own.has(dst) &&
    (hostAddress === undefined || hostAddress === dst) &&
    // Of a family in which the endpoint has no address nothing is published.
    endpoints.some((endpoint) => familyOf(endpoint) === familyOf(dst)) &&
    !endpoints.includes(reply?.src ?? '')
  );
}

function familyOf(address: string): 'ip' | 'ip6' {
  return address.includes(':') ? 'ip6' : 'ip';
}
