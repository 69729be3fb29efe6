// How an endpoint comes to be: claimed in the kernel's sets, its link made in place, configured in one visit.
import { existsSync } from 'node:fs';
import { addon } from '../addon.js';
import { begin } from '../engine.js';
import { NetlinkError } from '../errors.js';
import { checkNetnsName, Netns, type NetnsRef } from '../netns.js';
import { PortProxy } from '../proxy/port-proxy.js';
import { Routes } from '../routes.js';
import { shape } from './bandwidth.js';
import { claim } from './claim.js';
import { Collector } from './collector.js';
import type { EndpointFields } from './endpoint.js';
import { codeOf, ignore } from './host.js';
import { addressText } from './ip.js';
import { writeLinkText } from './link-text.js';
import { unmarkMessage } from './mark.js';
import type { Particulars } from './messages.js';
import { derivedNetns, type EndpointRecord, endpointKey, type NetnsRecord } from './records.js';
import type { EndpointPlan, Port, PortPlan } from './spec.js';
import type { Known, Space, State } from './state.js';

const NETLINK_ROUTE = 0;

/** How often an address or index is chosen anew when others are found to have it. */
const ATTEMPTS = 100;

type Undo = () => Promise<unknown>;

/** Takes back in reverse order; what could not be is reported beside the cause. */
async function takeBack(undo: Undo[], cause: unknown, id: string): Promise<never> {
  const failures: unknown[] = [];
  for (const step of undo.reverse()) await step().catch((error: unknown) => failures.push(error));
  if (failures.length === 0) throw cause;
  throw new AggregateError(
    [cause, ...failures],
    `Endpoint '${id}' could not be attached, nor all of it be taken back`,
    {
      cause,
    },
  );
}

/** Where a namespace is, or that it is to be made. */
interface Place {
  record: NetnsRecord;
  /** What is told of it. */
  ref: NetnsRef | undefined;
  /** There already, with a lane into it. */
  space: Space | undefined;
}

/** Finds the namespace that was asked for; makes none yet. */
async function place(state: State, plan: EndpointPlan): Promise<Place> {
  const { netns } = plan;
  if (netns === undefined) {
    const name = derivedNetns(state.network.name, plan.id);
    return { record: { kind: 'made', name }, ref: name, space: undefined };
  }
  if (typeof netns === 'object' && 'anonymous' in netns) {
    return { record: { kind: 'nameless' }, ref: undefined, space: undefined };
  }
  // Most names are new: a look at the directory costs less than an attempt to open.
  if (typeof netns === 'string' && !existsSync(`/run/netns/${netns}`)) {
    checkNetnsName(netns);
    return { record: { kind: 'made', name: netns }, ref: netns, space: undefined };
  }
  let space: Space;
  try {
    space = await Netns.openWithLane(NETLINK_ROUTE, netns as NetnsRef);
  } catch (error) {
    if (typeof netns !== 'string' || codeOf(error) !== 'ENOENT') throw error;
    return { record: { kind: 'made', name: netns }, ref: netns, space: undefined };
  }
  if (typeof netns === 'string') return { record: { kind: 'named', name: netns }, ref: netns, space };
  const { name, path } = space.netns;
  const isOwn = path === `/proc/${process.pid}/fd/${space.netns.fd}`;
  return {
    record: name !== undefined ? { kind: 'named', name } : isOwn ? { kind: 'nameless' } : { kind: 'path', path },
    ref: name ?? (isOwn ? undefined : { path }),
    space,
  };
}

/** Makes the namespace of a place, or has it from the pool. */
async function makeSpace(state: State, record: NetnsRecord, undo: Undo[]): Promise<Space> {
  if (record.kind !== 'made') return state.nameless();
  const { name } = record;
  if (state.pool.length > 0) {
    const space = await state.nameless();
    undo.push(() => close(space));
    await begin('value', 'mount', (id) => addon.pinNetns(id, space.netns, name)).catch(async (error: unknown) => {
      await clearStale(name, error);
      await begin('value', 'mount', (id) => addon.pinNetns(id, space.netns, name));
    });
    undo.push(() => Netns.delete(name).catch(ignore('ENOENT')));
    return space;
  }
  const space = await Netns.createWithLane(NETLINK_ROUTE, name).catch(async (error: unknown) => {
    await clearStale(name, error);
    return Netns.createWithLane(NETLINK_ROUTE, name);
  });
  undo.push(
    () => Netns.delete(name).catch(ignore('ENOENT')),
    () => close(space),
  );
  return space;
}

/** A file that a crash left under /run/netns, with nothing mounted on it, is removed; anything else is in the way. */
async function clearStale(name: string, error: unknown): Promise<void> {
  if (codeOf(error) !== 'EEXIST') throw error;
  const there = await Netns.open(name).catch((reason: unknown) => codeOf(reason));
  if (typeof there === 'object') await there.close();
  if (there !== 'EINVAL' && there !== 'ENOENT') throw error;
  await Netns.delete(name).catch(ignore('ENOENT'));
}

async function close(space: Space): Promise<void> {
  await space.lane.close();
  await space.netns.close();
}

/** A namespace's first free link index, seen once: with some modules loaded, fresh ones have more than a loopback link. */
let freshIndex = 0;

async function chooseInsideIndex(state: State, space: Space, isFresh: boolean): Promise<number> {
  if (!isFresh) return state.host.chooseIndex();
  if (freshIndex === 0) {
    const links = await space.lane.list<{ index: number }>('links.list', { extMask: ['skipStats'] });
    freshIndex = Math.max(...links.map(({ index }) => index)) + 1;
  }
  return freshIndex;
}

/** Attaches an endpoint; what fails takes back all that was made. */
export function attach(state: State, plan: EndpointPlan): Promise<EndpointFields> {
  const { network, host } = state;
  const key = endpointKey(network.name, plan.id);
  return state.attaching(() => host.serially(key, () => attachAlone(state, plan, key)));
}

async function attachAlone(state: State, plan: EndpointPlan, key: string): Promise<EndpointFields> {
  const { network, host } = state;
  const undo: Undo[] = [];
  try {
    const where = await place(state, plan);
    if (where.space) undo.push(() => close(where.space as Space));
    const known = await claim(state, plan, key, where.record, undo);
    const { record } = known;
    const space = where.space ?? (await makeSpace(state, where.record, undo));
    if (!where.space && where.record.kind === 'nameless') undo.push(() => close(space));
    const mtu = plan.mtu ?? network.mtu;
    const ports = describePorts(plan.ports.filter(({ proxy }) => !proxy));
    await connect(state, plan, known, space, where.space === undefined, mtu, ports, undo);
    for (const [name, value] of plan.sysctls) {
      await begin('value', 'write', (id) => addon.sysctl(id, space.netns, name, value));
    }
    if (known.udp) await forgetFlows(state, record, plan);
    await startProxies(state, plan, known, undo);
    // From here on it is whole, and stays if this process ends.
    await host.netfilter.transaction([unmarkMessage(key)]);
    const isKept = where.record.kind === 'nameless';
    if (isKept) known.netns = space.netns;
    else await space.netns.close();
    state.known.set(plan.id, known);
    const lengths = network.subnets.map(({ family, length }) =>
      network.mode === 'bridge' ? length : family === 'inet' ? 32 : 128,
    );
    return {
      id: plan.id,
      netns: where.ref ?? space.netns,
      interface: plan.interface,
      hostInterface: record.hostInterface,
      addresses: record.addresses.map((address, i) => `${addressText(address)}/${lengths[i]}`),
      gateways: network.subnets.map((subnet, i) => addressText(subnet.host(network.gateways[i] as number))),
      mac: record.mac,
      mtu,
      ports: describePorts(plan.ports),
      bandwidth: bandwidthOf(record),
    };
  } catch (error) {
    return await takeBack(undo, error, plan.id);
  }
}

/** Has flows forgotten that went past the endpoint before its ports were published. */
async function forgetFlows(state: State, record: EndpointRecord, plan: EndpointPlan): Promise<void> {
  const endpoints = record.addresses.map(addressText);
  const udp = plan.ports.filter(({ protocol, proxy }) => protocol === 'udp' && !proxy);
  await Promise.all(
    udp.map(({ hostPort, count, hostAddress }) => {
      const isAny = hostAddress === undefined || hostAddress.every((byte) => byte === 0);
      const address = isAny ? undefined : addressText(hostAddress);
      return state.host.flows.forget({ kind: 'past', port: hostPort, count, hostAddress: address, endpoints });
    }),
  );
}

/** Limits as they are told. */
export function bandwidthOf(record: EndpointRecord): { ingress?: number; egress?: number } | undefined {
  const { ingress, egress } = record;
  if (ingress === undefined && egress === undefined) return undefined;
  return { ...(ingress !== undefined && { ingress }), ...(egress !== undefined && { egress }) };
}

function describePorts(ports: readonly PortPlan[]): Port[] {
  return ports.map(({ protocol, hostPort, port, count, hostAddress, proxy }) => ({
    protocol,
    hostPort,
    port,
    ...(count > 1 && { count }),
    ...(hostAddress?.some((byte) => byte !== 0) && { hostAddress: addressText(hostAddress) }),
    ...(proxy && { proxy }),
  }));
}

/** Publishes ports by proxies of this process. */
async function startProxies(state: State, plan: EndpointPlan, known: Known, undo: Undo[]): Promise<void> {
  const proxied = plan.ports.filter(({ proxy }) => proxy);
  if (proxied.length === 0) return;
  undo.push(() => Promise.all(known.proxies.splice(0).map((proxy) => proxy.close())));
  const { addresses } = known.record;
  for (const port of proxied) {
    const { hostAddress } = port;
    const address = addresses.find(({ length }) => length === hostAddress?.length) ?? (addresses[0] as Uint8Array);
    for (let i = 0; i < port.count; i++) {
      const proxy = await PortProxy.listen({
        protocol: port.protocol as 'tcp' | 'udp',
        hostAddress: hostAddress && addressText(hostAddress),
        hostPort: port.hostPort === 0 ? 0 : port.hostPort + i,
        address: addressText(address),
        port: port.port + i,
        hostNetns: state.host.netns,
      });
      known.proxies.push(proxy);
      if (port.hostPort === 0) port.hostPort = proxy.hostPort;
    }
  }
  known.proxied = describePorts(proxied);
}

/** Makes the link in place and configures both ends. */
async function connect(
  state: State,
  plan: EndpointPlan,
  known: Known,
  space: Space,
  isFresh: boolean,
  mtu: number,
  ports: readonly Port[],
  undo: Undo[],
): Promise<void> {
  const { network, host, messages } = state;
  const { record } = known;
  const { hostInterface: name } = record;
  const isRouted = network.mode === 'routed';
  const master = isRouted ? 0 : (state.bridges[known.bridge]?.index ?? 0);
  const { alias, altNames } = writeLinkText(record, ports);
  let particulars: Particulars;
  for (let attempt = 1; ; attempt++) {
    const inside = await chooseInsideIndex(state, space, isFresh);
    particulars = { record, index: host.chooseIndex(), inside, netns: space.netns, mtu, master };
    const requests = [messages.create(particulars), messages.settle(name, alias)];
    if (altNames.length > 0) requests.push(['links.addAltNames', { ref: name, altNames }]);
    if (isRouted) requests.push(...messages.hostRoutes(particulars));
    try {
      await host.route.bundle(requests);
      break;
    } catch (error) {
      const code = codeOf(error);
      const isCreate = error instanceof NetlinkError && error.operation === 'RTM_NEWLINK';
      if (code === 'EXFULL') throw state.full({ cause: error });
      if (code !== 'EEXIST' || !isCreate) {
        // What comes after the link may have failed, or the network's bridge be gone.
        undo.push(() => host.deleteLink(name));
        throw error;
      }
      // A name that is taken stays so; an index is chosen again.
      const taken = await host.route.one('links.get', { ref: name }).then(
        () => true,
        () => false,
      );
      if (taken || attempt === ATTEMPTS) throw error;
      if (isFresh) freshIndex = 0;
      host.shuffleIndexes();
    }
  }
  undo.push(() => host.deleteLink(name));
  if (plan.bandwidth) await shape(host, network, record, particulars.index, plan.bandwidth, mtu, undo);
  if (isRouted && known.ports.length > 0) await host.setSysctl(`net/ipv4/conf/${name}/route_localnet`, '1');
  const { linkLocal, defaultRoute } = plan;
  const requests = [...messages.inside(particulars, { isFresh, linkLocal, defaultRoute })];
  if (plan.routes.length > 0) {
    const collector = new Collector();
    const routes = new Routes(collector);
    for (const route of plan.routes) {
      await routes.add(route.nexthops || route.link !== undefined ? route : { ...route, link: particulars.inside });
    }
    requests.push(...collector.requests);
  }
  await space.lane.bundle(requests, true);
}
