// What connection tracking remembers of ports that mean something else now: flows would go on to where they went before.
import { Conntrack } from '../conntrack.js';
import type { ConntrackEntry } from '../generated/objects.js';
import type { Lane } from '../lane.js';

/** Which flows are to be forgotten. */
type Matcher =
  /** Those that were led to an address, by a published port. */
  | { kind: 'to'; address: string }
  /** UDP to a port of the host that went past the endpoint that it is published for now. */
  | { kind: 'past'; port: number; count: number; hostAddress: string | undefined; endpoints: readonly string[] };

/** Forgets flows. Requests that wait at the same time are one look at the table, as each look is at all of it. */
export class Flows {
  readonly #conntrack: Conntrack;
  readonly #route: Lane;
  #waiting: { matcher: Matcher; done: (error?: unknown) => void }[] = [];
  #isLooking = false;

  constructor(netfilter: Lane, route: Lane) {
    this.#conntrack = new Conntrack(netfilter);
    this.#route = route;
  }

  forget(matcher: Matcher): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ matcher, done: (error) => (error === undefined ? resolve() : reject(error)) });
      if (this.#isLooking) return;
      this.#isLooking = true;
      setImmediate(() => void this.#lookWhileWaiting());
    });
  }

  async #lookWhileWaiting(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0);
      const error = await this.#look(batch.map(({ matcher }) => matcher)).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      for (const { done } of batch) done(error);
    }
    this.#isLooking = false;
  }

  async #look(matchers: readonly Matcher[]): Promise<void> {
    const to = new Set(matchers.flatMap((one) => (one.kind === 'to' ? one.address : [])));
    const past = matchers.filter((one) => one.kind === 'past');
    const entries: ConntrackEntry[] = [];
    if (to.size > 0) {
      const led = await this.#conntrack.list({ status: ['dstNat'] });
      entries.push(...led.filter(({ reply }) => reply?.src !== undefined && to.has(reply.src)));
    }
    if (past.length > 0) {
      const [only] = past;
      const isOne = past.length === 1 && only?.count === 1;
      const [flows, addresses] = await Promise.all([
        this.#conntrack.list({ original: { protocol: 'udp', ...(isOne && { dport: only.port }) } }),
        this.#route.list<{ local?: string; address?: string }>('addresses.list', {}),
      ]);
      // What only passes through to the same port of somebody else is none of ours.
      const own = new Set(addresses.map(({ local, address }) => (local ?? address ?? '').split('/')[0]));
      for (const flow of flows) {
        const { original, reply } = flow;
        const { dst, dport } = original ?? {};
        if (dst === undefined || dport === undefined || !own.has(dst)) continue;
        const isPast = past.some(
          ({ port, count, hostAddress, endpoints }) =>
            dport >= port &&
            dport < port + count &&
            (hostAddress === undefined || hostAddress === dst) &&
            !endpoints.includes(reply?.src ?? ''),
        );
        if (isPast) entries.push(flow);
      }
    }
    if (entries.length > 0) await this.#conntrack.deleteEntries(entries);
  }
}
