// What an endpoint's record names, and which of it is the endpoint's: who died over it may have claimed names that it did not
// live to take, and that others have got since.
import { statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Lane } from '../lane.js';
import { Netns, type NetnsRef } from '../netns.js';
import { shaperName } from './bandwidth.js';
import { readComment } from './comment.js';
import { codeOf, ignore } from './host.js';
import { forgetFreshIndex, freshIndex, isReadyName } from './ready.js';
import { type EndpointRecord, endpointKey, isDeleteGroup } from './records.js';
import type { State } from './state.js';

const NETLINK_ROUTE = 0;

/** How long a namespace's name may be taken before there is a namespace, in milliseconds: that is made in between. */
const MAKING_MS = 1000;
const LOOK_AGAIN_MS = 2;

/** Names that go with an endpoint: of links, and of the namespace that has been made for it. */
export interface Own {
  links: string[];
  netns: string | undefined;
}

interface Link {
  index: number;
  /** Index of a veth's other end. */
  linkIndex?: number;
  group?: number;
  kind?: string;
  alias?: string;
}

/** All that a record names, as is right for an endpoint that has been whole. */
export function namedBy(record: EndpointRecord): Own {
  const { netns, hostInterface, egress } = record;
  return {
    links: egress === undefined ? [hostInterface] : [hostInterface, shaperName(record)],
    netns: netns.kind === 'made' ? netns.name : undefined,
  };
}

/** Whether an endpoint's link has a name that somebody asked for, which others may want as well. */
export function isAskedFor({ key, hostInterface }: EndpointRecord): boolean {
  return hostInterface !== key && !isReadyName(hostInterface);
}

/** Of the links that a record names those that can be seen to be the endpoint's. */
export async function provenLinks(state: State, record: EndpointRecord): Promise<string[]> {
  const { links } = namedBy(record);
  const found = await Promise.all(links.map((name) => findLink(state, record, name)));
  return links.filter((_, i) => found[i]);
}

/** Of all that a record names what can be seen to be the endpoint's. */
export async function provenBy(state: State, record: EndpointRecord): Promise<Own> {
  const { netns } = namedBy(record);
  const links = await provenLinks(state, record);
  const isOwn = netns !== undefined && (await isOwnNetns(state, record, netns));
  return { links, netns: isOwn ? netns : undefined };
}

/** A link of the host, if it is in the network's group, or one that is about to go, and no other endpoint's. */
async function findLink(
  { host, network }: State,
  { key }: EndpointRecord,
  ref: string | number,
): Promise<Link | undefined> {
  const link = await host.route.one<Link>('links.get', { ref }).catch((error: unknown) => {
    ignore('ENODEV')(error);
    return undefined;
  });
  if (!link || link.kind === 'bridge') return undefined;
  if (link.group !== network.number && !isDeleteGroup(link.group)) return undefined;
  const { id, net } = readComment(link.alias ?? '');
  return id !== undefined && net !== undefined && endpointKey(net, id) !== key ? undefined : link;
}

/** The last namespace that is looked into: one after the other, as each takes descriptors. */
let looking: Promise<unknown> = Promise.resolve();

function isOwnNetns(state: State, record: EndpointRecord, name: string): Promise<boolean> {
  const result = looking.then(() => lookInto(state, record, name));
  looking = result.catch(() => {});
  return result;
}

/** Whether a namespace has the other end of an endpoint's link, or nothing that a new one has not, or is none. */
async function lookInto(state: State, record: EndpointRecord, name: string): Promise<boolean> {
  const there = await openMade(name).catch((error: unknown) => {
    ignore('ENOENT', 'EINVAL')(error);
    return undefined;
  });
  if (!there) return true;
  try {
    const inside = await there.lane.list<Link>('links.list', { extMask: ['skipStats'] });
    for (const { index, linkIndex } of inside) {
      if (linkIndex === undefined) continue;
      const outside = await findLink(state, record, linkIndex);
      if (outside?.linkIndex === index) return true;
    }
    // With modules that have been loaded since new ones have more links.
    forgetFreshIndex();
    const fresh = await freshIndex();
    return inside.every(({ index }) => index < fresh);
  } finally {
    await there.lane.close();
    await there.netns.close();
  }
}

/** Opens a namespace; one whose name has just been taken, as it is being made, is waited for. */
export async function openMade(ref: NetnsRef): Promise<{ netns: Netns; lane: Lane }> {
  for (;;) {
    try {
      return await Netns.openWithLane(NETLINK_ROUTE, ref);
    } catch (error) {
      if (codeOf(error) !== 'EINVAL' || typeof ref !== 'string') throw error;
      const file = statSync(`/run/netns/${ref}`, { throwIfNoEntry: false });
      if (!file || Math.abs(Date.now() - file.mtimeMs) > MAKING_MS) throw error;
      await delay(LOOK_AGAIN_MS);
    }
  }
}
