// Endpoints as the kernel tells them.

import { bandwidthOf } from './attach.js';
import type { EndpointFields } from './endpoint.js';
import { addressText } from './ip.js';
import { readLinkText } from './link-text.js';
import { type EndpointRecord, listElements, type PortElement, readPort } from './records.js';
import type { PortKeys, State } from './state.js';
import { concat, hex, type SetName } from './table.js';
import { tellPorts } from './told.js';

const MAPS: SetName[] = ['ports4', 'hostports4', 'ports6', 'hostports6'];

/** A host's end, as far as it is looked at here. */
interface HostLink {
  name: string;
  mtu?: number;
  alias?: string;
  altNames?: string[];
}

/** All published ports of all networks. */
export async function listPorts(state: State): Promise<PortElement[]> {
  const lists = await Promise.all(
    MAPS.map(async (set) => (await listElements(state.host.netfilter, set)).flatMap((one) => readPort(set, one) ?? [])),
  );
  return lists.flat();
}

/** The elements that publish endpoints' ports. */
export async function portsOf(state: State, records: readonly EndpointRecord[]): Promise<PortKeys[]> {
  const own = new Set(records.flatMap(({ addresses }) => addresses.map(hex)));
  const ports = (await listPorts(state)).filter(({ address }) => own.has(hex(address)));
  return MAPS.flatMap((set) => {
    const keys = ports.filter((port) => port.set === set).map(({ key }) => key);
    return keys.length ? [{ set, count: keys.length, keys: concat(...keys) }] : [];
  });
}

/** All endpoints of a network. */
export async function describeEndpoints(state: State): Promise<EndpointFields[]> {
  const { network, host } = state;
  const isDualStack = network.subnets.length > 1;
  const records = await state.records();
  const [links, ports] = await Promise.all([
    host.route.list<HostLink>('links.list', { extMask: ['skipStats'], kind: 'veth' }),
    records.some(({ hasPorts }) => hasPorts) ? listPorts(state) : [],
  ]);
  const byName = new Map(links.map((link) => [link.name, link]));
  const byAddress = new Map<string, PortElement[]>();
  for (const port of ports) {
    const key = hex(port.address);
    const list = byAddress.get(key);
    if (list) list.push(port);
    else byAddress.set(key, [port]);
  }
  return records.map((record) => {
    const { netns } = record;
    const known = state.known.get(record.id);
    // Another process may have put another of the same name in its place.
    const own = known?.record.made === record.made ? known : undefined;
    const link = byName.get(record.hostInterface);
    const readLink = () => {
      const told = link && readLinkText(link, network.name);
      return told?.record.made === record.made ? told.ports : undefined;
    };
    return {
      id: record.id,
      netns: netns.kind === 'nameless' ? own?.netns : netns.kind === 'path' ? { path: netns.path } : netns.name,
      interface: record.interface,
      hostInterface: record.hostInterface,
      addresses: record.addresses.map((address) => {
        const subnet = network.subnets.find(({ family }) => (family === 'inet' ? 4 : 16) === address.length);
        const length = network.mode === 'bridge' ? subnet?.length : address.length * 8;
        return `${addressText(address)}/${length}`;
      }),
      gateways: [...state.gateways],
      mac: record.mac,
      mtu: link?.mtu ?? network.mtu,
      ports: tellPorts(
        record.addresses.flatMap((address) => byAddress.get(hex(address)) ?? []),
        isDualStack,
        own,
        readLink,
      ),
      bandwidth: bandwidthOf(record),
    };
  });
}
