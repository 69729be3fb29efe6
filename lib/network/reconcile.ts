// What others took away is put back, as links tell and this process knows.
import { PortInUseError } from '../errors.js';
import type { Message } from '../lane.js';
import { bareKeys, portClaims } from './claim.js';
import { findMissingOf, lookAt, type Present, settle } from './elements.js';
import { AddressInUseError, systemError } from './errors.js';
import { ignore } from './host.js';
import { addressText } from './ip.js';
import { readLinkText } from './link-text.js';
import { portOptions } from './messages.js';
import { type EndpointRecord, labelOf, readLabel, readPort, writeEndpoint } from './records.js';
import { ensureNetwork, exclusively, isLeaving, isStanding, removeTable, repairTable } from './setup.js';
import type { Known, PortElements, State } from './state.js';
import { ANY_PARTIAL, change, changeMany, commentOf, concat, element, hex, linkName, type SetName } from './table.js';

const SETS: SetName[] = ['endpoints', 'addresses4', 'addresses6', 'ports4', 'ports6', 'hostports4', 'hostports6'];

interface HostLink {
  name: string;
  alias?: string;
  altNames?: string[];
  group?: number;
  master?: string;
}

/** An endpoint with all its elements. */
type Whole = Pick<Known, 'record' | 'ports'>;

/**
 * Puts back the table, the elements of the network and its endpoints, links and parameters.
 *
 * @throws Error ENOENT when somebody deletes the network now.
 */
export async function reconcile(state: State): Promise<void> {
  const { host, network } = state;
  if (await isLeaving(host, network)) throw systemError('ENOENT', `network '${network.name}' is being deleted`);
  await repairTable(host);
  await exclusively(host, network, () => putBack(state));
}

/** The same for a network that is not to come back where it has been deleted; false: it has been. */
export async function reconcileStanding(state: State): Promise<boolean> {
  const { host, network } = state;
  await repairTable(host);
  return exclusively(host, network, async () => {
    const isThere = await isStanding(host, network);
    if (isThere) await putBack(state);
    else await removeTable(host, network);
    return isThere;
  });
}

/** What is added to the table is one transaction. */
async function putBack(state: State): Promise<void> {
  const { host, network } = state;
  let failures: unknown[] = [];
  let endpoints: Whole[] = [];
  let loose = new Set<string>();
  // Whoever attaches or detaches changes something.
  await settle(host, async () => {
    failures = [];
    const missing = await findMissingOf(host, network, state.closed);
    const present = await lookAt(host, SETS);
    // After the elements: an endpoint that is detached loses its link before them.
    const all = await host.route.list<HostLink>('links.list', { extMask: ['skipStats'], kind: 'veth' });
    const links = all.filter(({ group }) => group === network.number);
    loose = new Set(links.flatMap(({ name, master }) => (master === undefined ? name : [])));
    const own = new Map([...state.known.values()].map((known) => [known.record.hostInterface, known]));
    endpoints = links.flatMap((link) => wholeOf(state, link, own.get(link.name)) ?? []);
    return [...missing, ...endpoints.flatMap((endpoint) => findMissing(present, endpoint, failures))];
  });
  await ensureNetwork(host, network);
  await state.refresh();
  if (network.mode === 'bridge') {
    const apart = endpoints.filter(({ record }) => loose.has(record.hostInterface));
    for (const { record } of apart) {
      await plugIn(state, record).catch((error: unknown) => failures.push(error));
    }
    if (apart.length > 0) await state.refresh();
  }
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1)
    throw new AggregateError(failures, `Network '${network.name}' could not be put back entirely`);
}

/** Has a link that lost its bridge be a port again, of the one that has most ports free. */
async function plugIn(state: State, { id, hostInterface: ref }: EndpointRecord): Promise<void> {
  const { host, network, known } = state;
  const at = state.emptiestBridge();
  const bridge = state.bridges[at] as State['bridges'][number];
  bridge.ports++;
  const own = known.get(id);
  if (own?.record.hostInterface === ref) own.bridge = at;
  // ENODEV: it has been detached meanwhile.
  await host.route
    .bundle([
      ['links.set', { ref, master: bridge.index }],
      ['links.set', { ref, ...portOptions(network) }],
    ])
    .catch(ignore('ENODEV'));
}

/**
 * The endpoint that a link is of: as this process knows it, if it attached it and nobody else has put another of the same name
 * in its place, or as the link tells.
 */
function wholeOf({ network }: State, link: HostLink, own: Known | undefined): Whole | undefined {
  const told = readLinkText(link, network.name);
  const isOwn = (record: EndpointRecord) => record.key === own?.record.key && record.made === own.record.made;
  if (own && (!told || isOwn(told.record))) return own;
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
      const { network, id } = readLabel(commentOf(there.userdata));
      failures.push(new AddressInUseError(addressText(address), `endpoint ${network}/${id}`));
      return [];
    }
  }
  if (!present.get('endpoints')?.has(hex(linkName(record.key)))) {
    const comment = writeEndpoint(record);
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
