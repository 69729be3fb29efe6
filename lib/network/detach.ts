// How endpoints go: marked, then their links and namespaces, then their elements, so that nothing is given to another too
// early, and whatever a crash leaves is found. Those that go at the same time take each step together; one alone is a batch
// of one. A step that fails for several is taken by halves, so that none is kept by another.
import { announce } from './announce.js';
import { shaperName } from './bandwidth.js';
import { releaseElements } from './claim.js';
import { halves } from './halves.js';
import { ignore } from './host.js';
import { addressText, derivedMac } from './ip.js';
import { portsOf } from './list.js';
import { findComments, mark, markAfterOthers, unmarkMessage } from './mark.js';
import { type EndpointRecord, endpointKey } from './records.js';
import { type Leaving, letGoOf, letGoOfPorts, type PortKeys, readRecord, type State } from './state.js';
import { linkName } from './table.js';

/** An endpoint that is marked, and what of it could not be removed. */
interface Marked {
  record: EndpointRecord;
  failures: unknown[];
}

/** Of any kind, in the main table. */
const ANY_ROUTE = { scope: 'nowhere', type: 0, table: 'main' } as const;

/** Detaches an endpoint by its id; resolves for one that is not there. */
export function detach(state: State, id: string): Promise<void> {
  const key = endpointKey(state.network.name, id);
  return state.host.serially(key, () => {
    return new Promise((resolve, reject) => {
      const done = (error?: unknown) => (error === undefined ? resolve() : reject(error));
      state.leaving.push({ key, id, done });
      if (state.leaving.length === 1) setImmediate(() => void leave(state, state.leaving.splice(0)));
    });
  });
}

/** Marks endpoints and removes what there is of them. */
async function leave(state: State, batch: readonly Leaving[]): Promise<void> {
  const marking = mark(state.host, ...batch.map(({ key }) => key));
  // Sent with the marks, and answered after them.
  const finding = findRecords(state, batch);
  finding.catch(() => {});
  try {
    await marking;
  } catch (error) {
    if (batch.length > 1) await Promise.all(halves(batch).map((half) => leave(state, half)));
    else await leaveAfterOthers(state, batch[0] as Leaving, error);
    return;
  }
  let records: (EndpointRecord | undefined)[];
  try {
    records = await finding;
  } catch (error) {
    for (const { done } of batch) done(error);
    return;
  }
  const there: (Marked & Leaving)[] = [];
  for (const [i, one] of batch.entries()) {
    const record = records[i];
    if (record) there.push({ ...one, record, failures: [] });
    else forgetMark(state, one.key, one.id).then(() => one.done(), one.done);
  }
  await removeTogether(state, there);
  for (const one of there) one.done(errorOf(one));
}

/** Removes an endpoint that could not be marked, as soon as it can be. */
async function leaveAfterOthers(state: State, { key, id, done }: Leaving, error: unknown): Promise<void> {
  try {
    ignore('EEXIST')(error);
    await markAfterOthers(state.host, key, `endpoint '${id}'`);
    await removeMarked(state, key, id);
    done();
  } catch (reason) {
    done(reason);
  }
}

/** Removes what there is of an endpoint that is marked as busy by this process, and the mark. */
export async function removeMarked(state: State, key: string, id: string): Promise<void> {
  const record = await findRecord(state, key, id);
  if (record) await remove(state, record);
  else await forgetMark(state, key, id);
}

/** What the kernel keeps of endpoints. */
async function findRecords(
  state: State,
  endpoints: readonly { key: string; id: string }[],
): Promise<(EndpointRecord | undefined)[]> {
  const keys = endpoints.map(({ key }) => key);
  const comments = await findComments(state.host, 'endpoints', keys);
  return endpoints.map(({ key, id }, i) => {
    const comment = comments[i];
    if (comment === undefined) return undefined;
    // What this process has attached itself it need not read.
    const record = state.known.get(id)?.record;
    const there = record && comment.endsWith(` at=${record.made}`) ? record : readRecord(linkName(key), comment);
    // Another id might have the same key.
    return there?.id === id ? there : undefined;
  });
}

/** What the kernel keeps of an endpoint. */
export async function findRecord(state: State, key: string, id: string): Promise<EndpointRecord | undefined> {
  const [record] = await findRecords(state, [{ key, id }]);
  return record;
}

/** Takes away the mark of an endpoint that is not there. */
async function forgetMark(state: State, key: string, id: string): Promise<void> {
  await state.host.netfilter.transaction([unmarkMessage(key)]).catch(ignore('ENOENT'));
  await Promise.all(forgetKnown(state, id));
}

/** Forgets what this process kept of an endpoint that is gone; what of it is to be waited for is returned. */
function forgetKnown(state: State, id: string): Promise<void>[] {
  const known = state.known.get(id);
  if (!known) return [];
  state.known.delete(id);
  for (const number of known.numbers) state.giveNumber(number);
  state.giveBridge(known.bridge);
  return letGoOf(known);
}

/** Removes all of an endpoint that is marked as busy by this process, going on after failures. */
export async function remove(state: State, record: EndpointRecord): Promise<void> {
  const one: Marked = { record, failures: [] };
  await removeTogether(state, [one]);
  const error = errorOf(one);
  if (error !== undefined) throw error;
}

function errorOf({ record, failures }: Marked): unknown {
  if (failures.length < 2) return failures[0];
  return new AggregateError(failures, `Endpoint '${record.id}' could not be detached entirely`);
}

const linksOf = (record: EndpointRecord) =>
  record.egress === undefined ? [record.hostInterface] : [record.hostInterface, shaperName(record)];

/** Removes all of some endpoints, going on after failures, which are noted with each. */
async function removeTogether(state: State, batch: readonly Marked[]): Promise<void> {
  const names = batch.flatMap(({ record: { netns } }) => (netns.kind === 'made' ? netns.name : []));
  if (state.network.mode === 'routed') forgetRoutes(state, batch);
  const [links, spaces] = await Promise.all([
    state.host.deleteLinks(batch.flatMap(({ record }) => linksOf(record))),
    state.host.deleteNetns(names),
  ]);
  const gone: Marked[] = [];
  for (const one of batch) {
    const { record, failures } = one;
    for (const name of linksOf(record)) if (links.has(name)) failures.push(links.get(name));
    // While its link is there its address must not be another's.
    if (failures.length === 0) gone.push(one);
    const { netns } = record;
    if (netns.kind === 'made' && spaces.has(netns.name)) failures.push(spaces.get(netns.name));
  }
  const note = (failures: unknown[]) => (error: unknown) => void failures.push(error);
  if (state.network.mode === 'bridge') {
    await Promise.all(gone.map(({ record, failures }) => correctNeighbours(state, record).catch(note(failures))));
  }
  await releaseTogether(state, gone);
  await Promise.all(
    batch.flatMap(({ record, failures }) => {
      return forgetKnown(state, record.id).map((closing) => closing.catch(note(failures)));
    }),
  );
}

/**
 * Whose MAC was asked for is known by that; who gets the address next has the one that follows from it, or tells
 * otherwise. The host hears nothing that it says itself.
 */
async function correctNeighbours({ host, network }: State, { addresses, mac }: EndpointRecord): Promise<void> {
  const derived = derivedMac(network.subnets, addresses[0] as Uint8Array);
  if (mac === derived) return;
  const { bridge } = network;
  await announce(host.netns, bridge, derived, addresses).catch(ignore('ENODEV', 'ENETDOWN'));
  for (const address of addresses) {
    const spec = { link: bridge, dst: addressText(address) };
    await host.route.ack('neighbours.delete', spec).catch(ignore('ENOENT', 'ENODEV'));
  }
}

/**
 * Has the routes of IPv4 to endpoints go before their links: the kernel looks at all routes for each link that goes while
 * it has some. What fails of it goes with the links.
 */
function forgetRoutes({ host }: State, batch: readonly Marked[]): void {
  const requests = batch.flatMap(({ record: { addresses, hostInterface } }) =>
    addresses.flatMap((address) =>
      address.length === 4
        ? [['routes.delete', { ...ANY_ROUTE, dst: `${addressText(address)}/32`, link: hostInterface }] as const]
        : [],
    ),
  );
  if (requests.length > 0) host.route.bundle(requests).catch(() => {});
}

/** Gives up what endpoints have claimed, whose links are gone. */
async function releaseTogether(state: State, batch: readonly Marked[]): Promise<void> {
  if (batch.length === 0) return;
  const ports: PortKeys[] = [];
  const others: Marked[] = [];
  for (const one of batch) {
    const known = state.known.get(one.record.id);
    // Another process may have detached it and attached one of the same name since.
    if (known?.record.made === one.record.made) {
      letGoOfPorts(known);
      ports.push(...known.ports);
    } else if (one.record.hasPorts) others.push(one);
  }
  if (others.length > 0) {
    const records = others.map(({ record }) => record);
    await portsOf(state, records).then(
      (found) => ports.push(...found),
      (error: unknown) => {
        for (const { failures } of others) failures.push(error);
      },
    );
  }
  try {
    const records = batch.map(({ record }) => record);
    await releaseElements(state, records, ports);
  } catch (error) {
    if (batch.length === 1) batch[0]?.failures.push(error);
    else for (const half of halves(batch)) await releaseTogether(state, half);
  }
}
