// What others took away is put back, as links tell and this process knows.
import { PortInUseError } from '../errors.js';
import type { NfElement } from '../generated/objects.js';
import type { Message } from '../lane.js';
import { bareKeys, portClaims } from './claim.js';
import { AddressInUseError } from './errors.js';
import { codeOf, ignore } from './host.js';
import { addressText, macOf } from './ip.js';
import { readLinkText } from './link-text.js';
import { labelOf, listElements, readPort, writeEndpoint } from './records.js';
import { claimNetwork, ensureNetwork, INSIDE_MAC, listNetworks, repairTable } from './setup.js';
import type { Known, PortElements, State } from './state.js';
import { ANY_PARTIAL, change, changeMany, commentOf, concat, element, linkName, type SetName } from './table.js';

/** How often the ruleset may change while it is looked at before it is given up. */
const ATTEMPTS = 100;

const SETS: SetName[] = ['endpoints', 'addresses4', 'addresses6', 'ports4', 'ports6', 'hostports4', 'hostports6'];

interface HostLink {
  name: string;
  alias?: string;
  altNames?: string[];
  group?: number;
  master?: string;
}

/** The elements that there are, by set and key. */
type Present = ReadonlyMap<SetName, ReadonlyMap<string, NfElement>>;

/** An endpoint with all its elements. */
type Whole = Pick<Known, 'record' | 'ports'>;

const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex');

/** Puts back the table, the network's elements, links and parameters, and its endpoints' elements. */
export async function reconcile(state: State): Promise<void> {
  const { host, network } = state;
  await repairTable(host);
  const networks = await listNetworks(host);
  if (!networks.some(({ number }) => number === network.number)) {
    await claimNetwork(host, network).catch(ignore('EEXIST'));
  }
  if (state.closed.length > 0) {
    const closed = state.closed.map((protocol) => element(protocol, 'forwarding was off'));
    await host.netfilter.transaction([change('add', 'closed', ...closed)]);
  }
  await ensureNetwork(host, network);
  await state.refresh();
  const failures = await reclaim(state);
  await state.refresh();
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1)
    throw new AggregateError(failures, `Network '${network.name}' could not be put back entirely`);
}

/** Adds what there is not of the endpoints whose links there are; returns what failed. */
async function reclaim(state: State): Promise<unknown[]> {
  const { netfilter, route } = state.host;
  for (let attempt = 1; ; attempt++) {
    const failures: unknown[] = [];
    const { id: generation } = await netfilter.one<{ id?: number }>('nft.getGeneration', {});
    const present: Present = new Map(
      await Promise.all(
        SETS.map(async (set) => {
          const elements = await listElements(netfilter, set);
          return [set, new Map(elements.map((one) => [hex(one.key?.value), one]))] as const;
        }),
      ),
    );
    // After the elements: an endpoint that is detached loses its link before them.
    const all = await route.list<HostLink>('links.list', { extMask: ['skipStats'], kind: 'veth' });
    const links = all.filter(({ group }) => group === state.network.number);
    const own = new Map([...state.known.values()].map((known) => [known.record.hostInterface, known]));
    const endpoints = links.flatMap((link) => wholeOf(state, link, own.get(link.name)) ?? []);
    const messages = endpoints.flatMap((endpoint) => findMissing(present, endpoint, failures));
    try {
      // If nothing has changed since it was looked at: whoever attaches or detaches changes something.
      await netfilter.transaction(messages, { generation });
    } catch (error) {
      if (codeOf(error) === 'ERESTART' && attempt < ATTEMPTS) continue;
      throw error;
    }
    const loose = new Set(links.flatMap(({ name, master }) => (master === undefined ? name : [])));
    for (const { record } of state.network.mode === 'bridge' ? endpoints : []) {
      const ref = record.hostInterface;
      if (!loose.has(ref)) continue;
      await route
        .ack('links.set', { ref, master: state.network.bridge })
        .catch((error: unknown) => failures.push(error));
    }
    return failures;
  }
}

/** The endpoint that a link is of: as this process knows it, which attached it, or as the link tells. */
function wholeOf({ network }: State, link: HostLink, own: Known | undefined): Whole | undefined {
  const told = readLinkText(link, network.name);
  if (own && (!told || told.record.key === own.record.key)) return own;
  if (told?.record.hostInterface !== link.name) return undefined;
  return { record: told.record, ports: portClaims(told.ports, told.record.addresses) };
}

/** The messages that add what there is not of an endpoint; what is another's is a failure. */
function findMissing(present: Present, { record, ports }: Whole, failures: unknown[]): Message[] {
  const messages: Message[] = [];
  const label = labelOf(record);
  for (const address of record.addresses) {
    const set = address.length === 4 ? 'addresses4' : 'addresses6';
    const there = present.get(set)?.get(hex(address));
    if (!there) messages.push(change('add', set, element(address, label)));
    else if (commentOf(there.userdata) !== label) {
      failures.push(new AddressInUseError(addressText(address), `endpoint ${commentOf(there.userdata)}`));
      return [];
    }
  }
  if (!present.get('endpoints')?.has(hex(linkName(record.key)))) {
    const comment = writeEndpoint(record, macOf(record.addresses[0] as Uint8Array, INSIDE_MAC));
    messages.push(change('add', 'endpoints', element(linkName(record.key), comment)));
  }
  for (const port of ports) messages.push(...findMissingPorts(present, port, failures));
  return messages;
}

/** The same of ports. */
function findMissingPorts(present: Present, ports: PortElements, failures: unknown[]): Message[] {
  const { set, count, keys, data } = ports;
  const bare = bareKeys(ports);
  const part = (bytes: Uint8Array, at: number) => {
    const length = bytes.length / count;
    return bytes.subarray(at * length, (at + 1) * length);
  };
  const missing: number[] = [];
  for (let i = 0; i < count; i++) {
    const there = present.get(set)?.get(hex(part(keys, i)));
    if (!there) missing.push(i);
    else if (there.data && 'value' in there.data && hex(there.data.value) !== hex(part(data, i))) {
      const taken = readPort(set, there);
      if (!taken) continue;
      const { protocol, hostPort: port, hostAddress } = taken;
      const address = hostAddress && addressText(hostAddress);
      failures.push(new PortInUseError({ protocol, address, port, holder: 'another endpoint' }));
    }
  }
  if (missing.length === 0) return [];
  const of = (bytes: Uint8Array) => concat(...missing.map((i) => part(bytes, i)));
  const messages = [changeMany('add', set, missing.length, of(keys), of(data))];
  if (set.startsWith('host')) {
    const notes: SetName = set.endsWith('4') ? 'partial4' : 'partial6';
    messages.push(changeMany('add', notes, missing.length, of(bare)));
    messages.push(change('add', notes, element(ANY_PARTIAL, 'there are ports of single addresses')));
  }
  return messages;
}
