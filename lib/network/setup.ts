// Networks themselves: the table, a network's elements in it, its bridges, forwarding.
import { existsSync } from 'node:fs';
import type { NfRule } from '../generated/objects.js';
import type { Request } from '../lane.js';
import { readComment } from './comment.js';
import {
  type Closed,
  claimNetwork,
  closeDoor,
  closeMessage,
  findMissingOf,
  hasDoor,
  isReplaced,
  listClosed,
  listNetworks,
  settle,
  unclaimNetwork,
} from './elements.js';
import { systemError } from './errors.js';
import { codeOf, type Host, ignore } from './host.js';
import { derivedMac, macOf } from './ip.js';
import { findComment, isAbandoned, markAfterOthers, unmarkMessage } from './mark.js';
import {
  fits,
  gatewaysOf,
  isNetworkKey,
  listElements,
  type NetworkRecord,
  networkKey,
  networkNumber,
  writeNetwork,
} from './records.js';
import { areRulesWhole, tableMessages } from './ruleset.js';
import { BRIDGE_PORTS, checkMtu, IPV6_MTU, JOINED, type NetworkPlan, shortHash } from './spec.js';
import type { State } from './state.js';
import { commentOf, nameOf, TABLE } from './table.js';

/** Whether the kernel knows IPv6 at all. */
export const hasIpv6 = existsSync('/proc/sys/net/ipv6');

/** What has a link of an MTU get no IPv6 address of itself: nothing where it has no IPv6, as its packets are too short. */
export const quietAt = (mtu: number): { addrGenMode?: 'none' } =>
  hasIpv6 && mtu >= IPV6_MTU ? { addrGenMode: 'none' } : {};

const FORWARDING = {
  inet: { key: 'net.ipv4.ip_forward', protocol: 2 },
  inet6: { key: 'net.ipv6.conf.all.forwarding', protocol: 10 },
} as const;

/** Makes the table if it is not there. */
export async function ensureTable(host: Host): Promise<void> {
  try {
    await host.netfilter.one('nft.getTable', { family: TABLE.family, name: TABLE.table });
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    // Another process may be faster.
    await host.netfilter.transaction(tableMessages()).catch(ignore('EEXIST'));
  }
}

/** Makes the table, or its rules where others have taken some away. */
export async function repairTable(host: Host): Promise<void> {
  if (!(await isTableWhole(host))) await host.netfilter.transaction(tableMessages(true));
}

/** Whether the table is there, with its rules. */
export async function isTableWhole(host: Host): Promise<boolean> {
  const rules = await host.netfilter.list<NfRule>('nft.getRules', TABLE).catch((error: unknown) => {
    ignore('ENOENT')(error);
    return [];
  });
  return areRulesWhole(rules);
}

/** A link as far as it is looked at here. */
interface HostLink {
  index: number;
  kind?: string;
  group?: number;
  up?: boolean;
  master?: string;
  port?: { isolated?: boolean };
}

interface HostAddress {
  local?: string;
  address?: string;
}

/** The links that have the names of a network's, whosever they are. */
async function findLinks({ route }: Host, network: NetworkRecord): Promise<Map<string, HostLink>> {
  const bridges = bridgeNames(network);
  const names = [...bridges, ...bridges.slice(1).flatMap((_, i) => joinNames(network, i + 1))];
  const links = await Promise.all(
    names.map((ref) =>
      route.one<HostLink>('links.get', { ref, extMask: ['skipStats'] }).catch((error: unknown) => {
        ignore('ENODEV')(error);
        return undefined;
      }),
    ),
  );
  return new Map(names.flatMap((name, i) => (links[i] ? [[name, links[i]] as const] : [])));
}

/** Whether a link is a network's, rather than another's that has its name. */
function isOwn(network: NetworkRecord, name: string, { kind, group }: HostLink): boolean {
  return group === network.number && kind === (bridgeNames(network).includes(name) ? 'bridge' : 'veth');
}

/** The addresses that a link has, with their prefix lengths. */
async function addressesOf({ route }: Host, link: number): Promise<string[]> {
  const addresses = await route.list<HostAddress>('addresses.list', { link });
  return addresses.flatMap(({ local, address }) => local ?? address ?? []);
}

/** What there is of a network's links, by their names; in routed mode of its addresses. */
async function findPieces(host: Host, network: NetworkRecord): Promise<string[]> {
  if (network.mode === 'routed') {
    const there = new Set(await addressesOf(host, 1));
    return gatewayAddresses(network).flatMap(({ local }) => (there.has(local) ? local : []));
  }
  const links = await findLinks(host, network);
  return [...links].flatMap(([name, link]) => (isOwn(network, name, link) ? name : []));
}

/** Whether there is something of a network's links, or in routed mode of its addresses: with its deletion they go first. */
export async function isStanding(host: Host, network: NetworkRecord): Promise<boolean> {
  return (await findPieces(host, network)).length > 0;
}

/** Whether somebody is about a network as a whole, or has died over it. */
async function isMarked(host: Host, { number }: NetworkRecord): Promise<boolean> {
  return (await findComment(host, 'busy', networkKey(number))) !== undefined;
}

/** Whether a network has all that it needs to take endpoints, and nobody is about it, nor has died over it. */
export async function isReady(host: Host, network: NetworkRecord): Promise<boolean> {
  const [isOpen, isBusy, lacking] = await Promise.all([
    hasDoor(host, network),
    isMarked(host, network),
    findLacking(host, network),
  ]);
  return isOpen && !isBusy && lacking.length === 0;
}

/** Who is about a network as a whole that is there; undefined where nobody is. */
async function whoIsAbout(host: Host, network: NetworkRecord): Promise<'living' | 'dead' | undefined> {
  const key = networkKey(network.number);
  const [mark, networks] = await Promise.all([findComment(host, 'busy', key), listNetworks(host)]);
  if (mark === undefined || networks.every(({ number }) => number !== network.number)) return undefined;
  return host.isBusyWith(key) || !isAbandoned(readComment(mark).by) ? 'living' : 'dead';
}

/** Whether somebody deletes a network: it takes no endpoints any more, and is marked. */
export async function isLeaving(host: Host, network: NetworkRecord): Promise<boolean> {
  const [isOpen, who] = await Promise.all([hasDoor(host, network), whoIsAbout(host, network)]);
  return !isOpen && who === 'living';
}

/** Completes a network that somebody has died over, as who opens it does. */
export async function completeLeft(host: Host, network: NetworkRecord): Promise<void> {
  if ((await whoIsAbout(host, network)) === 'dead') await openNetwork(host, network.name);
}

/**
 * Does something about a network as a whole, when whoever else does has done it. It is marked meanwhile, where there is the
 * table.
 */
export function exclusively<T>(host: Host, { name, number }: NetworkRecord, work: () => Promise<T>): Promise<T> {
  const key = networkKey(number);
  return host.serially(key, async () => {
    await markAfterOthers(host, key, `network '${name}'`);
    try {
      return await work();
    } finally {
      await host.netfilter.transaction([unmarkMessage(key)]).catch(ignore('ENOENT'));
    }
  });
}

/** A route as far as it tells how long packets may be. */
interface Uplink {
  dst?: string;
  link?: string | number;
  metric?: number;
  metrics?: { mtu?: number };
  nexthops?: { link?: string | number }[];
}

/** What the default route takes: the least of its own MTU and that of each link that it leaves by; 1500 without one. */
async function uplinkMtu(host: Host): Promise<number> {
  for (const family of ['inet', 'inet6']) {
    const routes = await host.route.list<Uplink>('routes.list', { family, table: 'main' }).catch(() => []);
    const [first] = routes.filter(({ dst }) => dst === 'default').sort((a, b) => (a.metric ?? 0) - (b.metric ?? 0));
    const refs = (first?.nexthops ?? [{ link: first?.link }]).flatMap(({ link }) => link ?? []);
    const links = await Promise.all(
      refs.map((ref) => host.route.one<{ mtu?: number }>('links.get', { ref }).catch(() => undefined)),
    );
    const mtus = [first?.metrics?.mtu, ...links.map((link) => link?.mtu)].filter((mtu) => mtu && mtu < 65_536);
    if (mtus.length > 0) return Math.min(...(mtus as number[]));
  }
  return 1500;
}

/** Decides what was left open, and makes the network: elements first, so that what a crash leaves is known. */
export async function makeNetwork(host: Host, plan: NetworkPlan): Promise<NetworkRecord> {
  const mtu = plan.mtu === 'auto' ? checkMtu(await uplinkMtu(host), plan.subnets) : plan.mtu;
  const network: NetworkRecord = { ...plan, mtu, number: networkNumber(plan.name), made: Date.now().toString(36) };
  if (!fits(writeNetwork(network)))
    throw systemError('EEXIST', 'the description of the network is too long to be kept');
  for (let isMade = false; !isMade; ) {
    await ensureTable(host);
    isMade = await exclusively(host, network, () => tryToMake(host, network));
  }
  return network;
}

/** Makes a network that is marked; false: another process has taken the table away meanwhile, as it has deleted the last one. */
async function tryToMake(host: Host, network: NetworkRecord): Promise<boolean> {
  // Of one of this name, after a flush of the ruleset.
  const left = await findPieces(host, network);
  try {
    await claimNetwork(host, network);
  } catch (error) {
    if (codeOf(error) === 'ENOENT' && !(await isMarked(host, network))) return false;
    await removeTable(host, network);
    throw error;
  }
  try {
    await ensureNetwork(host, network);
    if (left.includes(network.bridge)) await dropOtherAddresses(host, network);
  } catch (error) {
    await removeNetwork(host, network, left, []).catch((second: unknown) => {
      throw new AggregateError(
        [error, second],
        `Network '${network.name}' could not be made, nor all of it be removed`,
      );
    });
    throw error;
  }
  return true;
}

/**
 * Finds a network by its name, and completes what a crash has left of it, half made or half deleted.
 *
 * @throws Error ENOENT when there is none, or none any more when who is about it has done with it.
 */
export async function openNetwork(host: Host, name: string): Promise<NetworkRecord> {
  const find = async (marked?: NetworkRecord) => {
    const networks = await listNetworks(host);
    // Of who died before there was the first one, or after the last.
    if (networks.length === 0) await removeTable(host, marked);
    const found = networks.find((network) => network.name === name);
    if (!found) throw systemError('ENOENT', `there is no network '${name}'`);
    return found;
  };
  const found = await find();
  if (await isReady(host, found)) return found;
  return exclusively(host, found, async () => {
    const now = await find(found);
    await settle(host, async () => findMissingOf(host, now, []));
    await ensureNetwork(host, now);
    return now;
  });
}

/** Deletes a network: it takes no endpoints any more, those that it has are detached, and all that there is of it goes. */
export async function deleteNetwork({ host, network, closed }: State, detachAll: () => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  const note = (error: unknown) => void failures.push(error);
  await exclusively(host, network, async () => {
    if (await isReplaced(host, network)) return;
    await closeDoor(host, network);
    await detachAll().catch(note);
    await removeNetwork(host, network, [], closed).catch(note);
  }).catch(note);
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1)
    throw new AggregateError(failures, `Network '${network.name}' could not be deleted entirely`);
}

/** Names of a network's bridges, the first being the one that has the gateway's address. */
export function bridgeNames(network: NetworkRecord): string[] {
  if (network.mode === 'routed') return [];
  const names = [network.bridge];
  // Each bridge that is joined to the first takes a port of it, and one of its own.
  while (bridgeCapacity(names.length) < network.maxEndpoints) {
    names.push(`${JOINED}${shortHash(`${network.name}\0${names.length}`, 12)}`);
  }
  return names;
}

/** How many endpoints a number of bridges takes. */
export function bridgeCapacity(bridges: number): number {
  return BRIDGE_PORTS * bridges - 2 * (bridges - 1);
}

/** Names of the two ends that join a bridge to the first. */
function joinNames(network: NetworkRecord, index: number): [string, string] {
  const hash = shortHash(`${network.name}\0join\0${index}`, 11);
  return [`npj${hash}`, `npk${hash}`];
}

/** Sees to it that a network's links, addresses and parameters are as they should be: what is missing is made together. */
export async function ensureNetwork(host: Host, network: NetworkRecord): Promise<void> {
  const lacking = await findLacking(host, network);
  if (lacking.length > 0) await host.route.bundle(lacking);
  if (network.mode === 'bridge') {
    // Answers to what came in by another link are let through, and packets from 127.0.0.1 may leave to published ports.
    await host.setSysctl(`net/ipv4/conf/${network.bridge}/rp_filter`, '2');
    if (!network.internal) await host.setSysctl(`net/ipv4/conf/${network.bridge}/route_localnet`, '1');
  }
  await forward(host, network);
}

/**
 * The requests that make what there is not of a network's links and addresses, and set what somebody has changed of them.
 *
 * @throws Error EEXIST when another's link has the name of one of them.
 */
function findLacking(host: Host, network: NetworkRecord): Promise<Request[]> {
  return network.mode === 'routed' ? findLackingAddresses(host, network) : findLackingLinks(host, network);
}

/** Gateways of routed networks are addresses of the loopback link: every endpoint's own link answers for them. */
async function findLackingAddresses(host: Host, network: NetworkRecord): Promise<Request[]> {
  const [link, addresses] = await Promise.all([
    host.route.one<HostLink>('links.get', { ref: 1, extMask: ['skipStats'] }),
    addressesOf(host, 1),
  ]);
  return [
    ...(link.up ? [] : [['links.set', { ref: 1, up: true }] as const]),
    ...gatewayAddresses(network)
      .filter(({ local }) => !addresses.includes(local))
      .map((address) => ['addresses.add', address] as const),
  ];
}

async function findLackingLinks(host: Host, network: NetworkRecord): Promise<Request[]> {
  const links = await findLinks(host, network);
  for (const [name, link] of links) {
    if (!isOwn(network, name, link)) {
      throw systemError('EEXIST', `there is a link '${name}' that is not this network's`);
    }
  }
  const names = bridgeNames(network);
  const { mtu, number: group, isolateEndpoints: isolated } = network;
  const gateway = network.gateways[0] as Uint8Array;
  const quiet = quietAt(mtu);
  const requests: Request[] = [];
  const indexes = names.map((name, i) => {
    const link = links.get(name);
    const index = link?.index ?? host.chooseIndex();
    if (link) {
      if (!link.up) requests.push(['links.set', { ref: index, up: true }]);
      return index;
    }
    const address =
      i === 0 ? (network.mac ?? derivedMac(network.subnets, gateway)) : macOf(gateway, 0x0a + 4 * (i % 60));
    const bridge = { kind: 'bridge', name, index, address, mtu, group, up: true, options: { mcastSnooping: false } };
    const settled = { ref: index, alias: `netplumb network ${network.name}`, ...quiet };
    requests.push(['links.create', bridge], ['links.set', settled]);
    return index;
  });
  const [first] = indexes as [number];
  const there = links.has(network.bridge) ? await addressesOf(host, first) : [];
  for (const local of bridgeAddresses(network)) {
    if (there.includes(local)) continue;
    const flags = local.includes(':') ? { flags: ['nodad'] } : {};
    requests.push(['addresses.add', { link: first, local, address: local, ...flags }]);
  }
  for (const [i, name] of names.entries()) {
    if (i === 0) continue;
    const [near, far] = joinNames(network, i) as [string, string];
    const [own, other] = [links.get(near), links.get(far)];
    const isPair = own !== undefined && other !== undefined;
    const isJoined = own?.master === network.bridge && own.up && other?.master === name && other.up;
    if (isJoined && (own.port?.isolated ?? false) === isolated) continue;
    const half = isPair ? undefined : (own ?? other);
    if (half) requests.push(['links.delete', { ref: half.index }]);
    const [index, peerIndex] = isPair ? [own.index, other.index] : [host.chooseIndex(), host.chooseIndex()];
    const peer = { name: far, index: peerIndex, mtu, group };
    if (!isPair) requests.push(['links.create', { kind: 'veth', name: near, index, mtu, group, options: { peer } }]);
    requests.push(
      ['links.set', { ref: index, master: first, ...quiet }],
      ['links.set', { ref: peerIndex, master: indexes[i], ...quiet }],
      // The first bridge's end is isolated where endpoints are: what comes by it is from endpoints, too.
      ['links.set', { ref: index, portKind: 'bridge', port: { isolated }, up: true }],
      ['links.set', { ref: peerIndex, up: true }],
    );
  }
  return requests;
}

/** The addresses of a network's first bridge. */
function bridgeAddresses(network: NetworkRecord): string[] {
  const { subnets } = network;
  const gateways = gatewaysOf(network).map((gateway, i) => `${gateway}/${subnets[i]?.length}`);
  // For what is forwarded, neighbours are asked from a link-local address.
  return subnets.some(({ family }) => family === 'inet6') ? [...gateways, 'fe80::1/64'] : gateways;
}

/** Takes from a bridge that was left what addresses of others it has: it was that of a network of other subnets. */
async function dropOtherAddresses(host: Host, network: NetworkRecord): Promise<void> {
  const { index } = await host.route.one<HostLink>('links.get', { ref: network.bridge });
  const own = bridgeAddresses(network);
  const others = (await addressesOf(host, index)).filter((local) => !own.includes(local));
  const requests = others.map((local) => ['addresses.delete', { link: index, local, address: local }] as const);
  if (requests.length > 0) await host.route.bundle(requests);
}

function gatewayAddresses(network: NetworkRecord): { local: string }[] {
  return network.subnets.map((subnet, at) => {
    const text = `${gatewaysOf(network)[at]}/${subnet.family === 'inet' ? 32 : 128}`;
    return {
      link: 1,
      local: text,
      address: text,
      scope: 'global',
      ...(subnet.family === 'inet6' && { flags: ['nodad'] }),
    };
  });
}

/** Turns forwarding on. Where it was off, what is not ours is not forwarded either, by our own rule. */
async function forward(host: Host, network: NetworkRecord): Promise<void> {
  if (network.internal && network.mode === 'bridge') return;
  for (const { family } of network.subnets) {
    const { key, protocol } = FORWARDING[family];
    if ((await host.getSysctl(key)) !== '0') continue;
    const hearing = family === 'inet6' ? await findHearing(host) : [];
    await host.netfilter.transaction([closeMessage({ protocol, hearing })]);
    // A router does not listen to other routers, unless told to: the host would lose a default route that one told it.
    for (const link of hearing) await changeHearing(host, link, '1', '2');
    await host.setSysctl(key, '1');
  }
}

/** Links by which the host has routes that other routers have told it, as long as it is none itself. */
async function findHearing(host: Host): Promise<string[]> {
  const routes = await host.route.list<{ link?: string | number; protocol?: unknown }>('routes.list', {
    family: 'inet6',
    table: 'main',
  });
  const links = routes.flatMap(({ link, protocol }) => (protocol === 'ra' && typeof link === 'string' ? link : []));
  const settings = await Promise.all(links.map((link) => host.getSysctl(hearingKey(link))));
  return [...new Set(links.filter((_, i) => settings[i] === '1'))];
}

const hearingKey = (link: string) => `net/ipv6/conf/${link}/accept_ra`;

/** Changes whether a link listens to other routers, where it is as it was left, and is there. */
async function changeHearing(host: Host, link: string, from: string, to: string): Promise<void> {
  try {
    if ((await host.getSysctl(hearingKey(link))) === from) await host.setSysctl(hearingKey(link), to);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/**
 * Takes a network away that is marked, but for those of its pieces that are to stay. What is missing is gone; goes on after
 * failures and throws what failed. What was closed is known to the caller where the table has been flushed.
 */
async function removeNetwork(
  host: Host,
  network: NetworkRecord,
  left: readonly string[],
  closed: readonly Closed[],
): Promise<void> {
  let isStanding = false;
  const failures: unknown[] = [];
  const attempt = async (work: () => Promise<unknown>) => {
    await work().catch((error: unknown) => failures.push(error));
  };
  await attempt(async () => {
    const pieces = (await findPieces(host, network)).filter((piece) => !left.includes(piece));
    isStanding = pieces.length > 0;
    if (network.mode === 'bridge') await Promise.all(pieces.map((name) => host.deleteLink(name)));
    for (const request of network.mode === 'routed' ? gatewayAddresses(network) : []) {
      if (!pieces.includes(request.local)) continue;
      await host.route.ack('addresses.delete', request).catch(ignore('EADDRNOTAVAIL', 'ENODEV'));
    }
  });
  await attempt(() => unclaimNetwork(host, network));
  // Of one that others have deleted, what was closed may be open now by somebody's will.
  await attempt(() => removeTable(host, network, isStanding ? closed : []));
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1)
    throw new AggregateError(failures, `Network '${network.name}' could not be removed entirely`);
}

/** Whether somebody is about a network other than this one, to make it perhaps. */
async function isAnotherComing(host: Host, network: NetworkRecord | undefined): Promise<boolean> {
  const marks = await listElements(host.netfilter, 'busy');
  return marks.some(({ key, userdata }) => {
    const name = nameOf(key?.value);
    if (!isNetworkKey(name) || (network && name === networkKey(network.number))) return false;
    return host.isBusyWith(name) || !isAbandoned(readComment(commentOf(userdata)).by);
  });
}

/**
 * With the last network the table goes: the one that is given, which is marked. Forwarding that we turned on is turned off
 * first: nothing else guards it.
 */
export async function removeTable(host: Host, network?: NetworkRecord, known: readonly Closed[] = []): Promise<void> {
  let isOff = false;
  await settle(host, async () => {
    const [networks, told, isNeeded] = await Promise.all([
      listNetworks(host),
      listClosed(host),
      isAnotherComing(host, network),
    ]);
    if (networks.length > 0 || isNeeded) {
      // Somebody has made one meanwhile, and needs both.
      if (isOff) for (const one of networks) await forward(host, one);
      return [];
    }
    isOff = true;
    for (const { key, protocol } of Object.values(FORWARDING)) {
      const closed = [...told, ...known].filter((one) => one.protocol === protocol);
      if (closed.length > 0) await host.setSysctl(key, '0');
      for (const link of closed.flatMap(({ hearing }) => hearing)) await changeHearing(host, link, '2', '1');
    }
    return [{ operation: 'nft.deleteTable', spec: { family: TABLE.family, name: TABLE.table } }];
  }).catch(ignore('ENOENT'));
}
