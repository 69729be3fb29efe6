// Limits, at the host's end, where the container cannot lift them.
import { Filters } from '../tc/filters.js';
import { Qdiscs } from '../tc/qdiscs.js';
import { Collector } from './collector.js';
import { codeOf, type Host } from './host.js';
import type { EndpointRecord, NetworkRecord } from './records.js';
import { quietAt } from './setup.js';
import { type BandwidthPlan, ETHERNET_HEADER } from './spec.js';

/** What may pass at full speed after a pause: this many milliseconds of the rate. */
const BURST_MS = 20;
/** How long a packet may wait, in milliseconds, where the rate is high enough for the queue to hold more packets. */
const QUEUE_MS = 100;
/** The least that a queue holds, in packets: with fewer, TCP cannot keep the link busy. */
const QUEUE_PACKETS = 20;

/** Name of the link by which what an endpoint sends is held back. */
export function shaperName(record: EndpointRecord): string {
  return `ifb${record.key.slice(4)}`;
}

let hasFqCodel = true;

/** The most that the kernel takes of a queue, in bytes. */
const MOST = 2 ** 32 - 1;

/** A token bucket: its burst so small that it does not show in a second's average, its queue of a fixed time. */
export function bucket(
  rate: number,
  given: number | undefined,
  mtu: number,
): { rate: number; burst: number; limit: number } {
  const packet = mtu + ETHERNET_HEADER;
  const bytes = rate / 8;
  const burst = given ?? Math.ceil(Math.max((bytes * BURST_MS) / 1000, 2 * packet));
  const queue = Math.max((bytes * QUEUE_MS) / 1000, QUEUE_PACKETS * packet);
  return { rate, burst, limit: Math.min(Math.ceil(burst + queue), MOST) };
}

/** Puts a bucket at the root of a link, with a fair queue in it where the kernel has one. */
async function limit(host: Host, link: number, options: { rate: number; burst: number; limit: number }): Promise<void> {
  const tbf = { link, kind: 'tbf', handle: '1:', parent: 'root', options } as const;
  const collector = new Collector();
  const qdiscs = new Qdiscs(collector);
  await qdiscs.add(tbf);
  await host.route.bundle(collector.requests.splice(0));
  if (!hasFqCodel) return;
  await qdiscs.add({ link, kind: 'fq_codel', handle: '10:', parent: '1:1' });
  await host.route.bundle(collector.requests).catch((error: unknown) => {
    // Without it packets wait in line, whosever they are.
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'EOPNOTSUPP') throw error;
    hasFqCodel = false;
  });
}

/**
 * Limits an endpoint. To the endpoint: its host end sends no faster. From it: what the host end receives is led through
 * a link of its own (ifb), which sends no faster; it is there that packets can wait.
 */
export async function shape(
  host: Host,
  network: NetworkRecord,
  record: EndpointRecord,
  link: number,
  bandwidth: BandwidthPlan,
  mtu: number,
  undo: (() => Promise<unknown>)[],
): Promise<void> {
  const { ingress, egress, burst } = bandwidth;
  if (ingress !== undefined) await limit(host, link, bucket(ingress, burst, mtu));
  if (egress === undefined) return;
  const name = shaperName(record);
  const index = host.chooseIndex();
  undo.push(() => host.deleteLink(name));
  // A queue length is set for links whose own is 0, as some qdiscs take it for theirs.
  try {
    await host.route.bundle([
      ['links.create', { kind: 'ifb', name, index, mtu, group: network.number, txQueueLength: 1000 }],
      ['links.set', { ref: index, ...quietAt(mtu) }],
      ['links.set', { ref: index, up: true }],
    ]);
  } catch (error) {
    // Somebody else's is not ours to take back.
    if (codeOf(error) === 'EEXIST') undo.pop();
    throw error;
  }
  await limit(host, index, bucket(egress, burst, mtu));
  const collector = new Collector();
  await new Qdiscs(collector).add({ link, kind: 'ingress', handle: 'ffff:', parent: 'ingress' });
  await new Filters(collector).add({
    link,
    kind: 'u32',
    parent: 'ffff:',
    protocol: 'all',
    prio: 1,
    options: {
      match: [{ field: 'u32', value: 0, mask: 0, at: 0 }],
      actions: [{ kind: 'mirred', options: { action: 'redirect', direction: 'egress', link: index } }],
    },
  });
  await host.route.bundle(collector.requests);
}
