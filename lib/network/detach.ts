// How endpoints go: marked, then their links, namespaces and ports, then their other elements, so that nothing is given to
// another too early, and whatever a crash leaves is found. Those that go at the same time take each step together; one alone
// is a batch of one. A step that fails for several is taken by halves, so that none is kept by another.
import { announce } from './announce.js';
import { deleteRest, withdrawPorts } from './claim.js';
import { halves } from './halves.js';
import { ignore } from './host.js';
import { addressText, derivedMac } from './ip.js';
import { portsOf } from './list.js';
import { findComments, mark, markAfterOthers, unmarkMessage } from './mark.js';
import { isAskedFor, namedBy, type Own, provenBy, provenLinks } from './own.js';
import { type EndpointRecord, endpointKey, labelOf, listElements } from './records.js';
import { type Leaving, letGoOf, letGoOfPorts, type PortKeys, readRecord, type State } from './state.js';
import { commentOf, hex, linkName } from './table.js';

/** An endpoint that is marked, what goes with it, and what of it could not be removed. */
interface Marked {
  record: EndpointRecord;
  own: Own;
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
  const finding = findMarked(state, batch, true);
  finding.catch(() => {});
  try {
    await marking;
  } catch (error) {
    if (batch.length > 1) await Promise.all(halves(batch).map((half) => leave(state, half)));
    else await leaveAfterOthers(state, batch[0] as Leaving, error);
    return;
  }
  let found: (Marked | undefined)[];
  try {
    found = await finding;
  } catch (error) {
    for (const { done } of batch) done(error);
    return;
  }
  const there: (Marked & Leaving)[] = [];
  for (const [i, one] of batch.entries()) {
    const marked = found[i];
    if (marked) there.push({ ...one, ...marked });
    else forgetMark(state, one.key, one.id).then(() => one.done(), one.done);
  }
  await removeTogether(state, there);
  for (const one of there) one.done(errorOf(one));
}

/** Removes an endpoint that could not be marked, as soon as it can be. */
async function leaveAfterOthers(state: State, { key, id, done }: Leaving, error: unknown): Promise<void> {
  try {
    ignore('EEXIST')(error);
    const isTakenOver = await markAfterOthers(state.host, key, `endpoint '${id}'`);
    await removeMarked(state, key, id, !isTakenOver);
    done();
  } catch (reason) {
    done(reason);
  }
}

/**
 * Removes what there is of an endpoint that is marked as busy by this process, and the mark. One that somebody died over may not
 * have been whole.
 */
export async function removeMarked(state: State, key: string, id: string, isWhole: boolean): Promise<void> {
  const [one] = await findMarked(state, [{ key, id }], isWhole);
  if (one) await removeOne(state, one);
  else await forgetMark(state, key, id);
}

/** The same of one that is known to be there. */
export async function remove(state: State, record: EndpointRecord, isWhole: boolean): Promise<void> {
  await removeOne(state, await markedOf(state, record, isWhole));
}

async function markedOf(state: State, record: EndpointRecord, isWhole: boolean): Promise<Marked> {
  if (!isWhole) return { record, own: await provenBy(state, record), failures: [] };
  const own = namedBy(record);
  if (isAskedFor(record)) own.links = await provenLinks(state, record);
  return { record, own, failures: [] };
}

/** What the kernel keeps of endpoints that are marked, and what goes with them. */
async function findMarked(
  state: State,
  endpoints: readonly { key: string; id: string }[],
  areWhole: boolean,
): Promise<(Marked | undefined)[]> {
  const records = await findRecords(state, endpoints);
  const missing = endpoints.filter((_, i) => !records[i]);
  const lost = missing.length > 0 ? await findLost(state, missing) : undefined;
  return Promise.all(
    endpoints.map(({ key }, i) => {
      const record = records[i];
      return record ? markedOf(state, record, areWhole) : lost?.get(key);
    }),
  );
}

/**
 * What is left of endpoints whose elements others have taken away, as their links tell. Of the addresses those are theirs that
 * are kept as such: nobody else can have got one meanwhile.
 */
async function findLost(state: State, endpoints: readonly { key: string; id: string }[]): Promise<Map<string, Marked>> {
  const told = await state.toldByLinks();
  const records = endpoints.flatMap(({ key, id }) =>
    told.get(key)?.id === id ? (told.get(key) as EndpointRecord) : [],
  );
  if (records.length === 0) return new Map();
  const owners = await ownersOfAddresses(state);
  return new Map(
    records.map((record) => {
      const addresses = record.addresses.filter((address) => owners.get(hex(address)) === labelOf(record));
      return [record.key, { record: { ...record, addresses }, own: namedBy(record), failures: [] }];
    }),
  );
}

/** The labels of all addresses. */
async function ownersOfAddresses({ host: { netfilter } }: State): Promise<Map<string, string>> {
  const sets = await Promise.all([listElements(netfilter, 'addresses4'), listElements(netfilter, 'addresses6')]);
  return new Map(sets.flat().map(({ key, userdata }) => [hex(key?.value), commentOf(userdata)]));
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

/** Removes all of an endpoint, going on after failures. */
async function removeOne(state: State, one: Marked): Promise<void> {
  await removeTogether(state, [one]);
  const error = errorOf(one);
  if (error !== undefined) throw error;
}

function errorOf({ record, failures }: Marked): unknown {
  if (failures.length < 2) return failures[0];
  return new AggregateError(failures, `Endpoint '${record.id}' could not be detached entirely`);
}

/** Removes all of some endpoints, going on after failures, which are noted with each. */
async function removeTogether(state: State, batch: readonly Marked[]): Promise<void> {
  if (state.network.mode === 'routed') forgetRoutes(state, batch);
  const [links, spaces] = await Promise.all([
    state.host.deleteLinks(batch.flatMap(({ own }) => own.links)),
    state.host.deleteNetns(batch.flatMap(({ own }) => own.netns ?? [])),
    // Meanwhile: a link that goes is waited for, and flows take some while to look through.
    forAll(batch, (some) => withdraw(state, some)),
  ]);
  const gone: Marked[] = [];
  for (const one of batch) {
    const { own, failures } = one;
    for (const name of own.links) if (links.has(name)) failures.push(links.get(name));
    // While its link is there its address must not be another's.
    if (failures.length === 0) gone.push(one);
    if (own.netns !== undefined && spaces.has(own.netns)) failures.push(spaces.get(own.netns));
  }
  const note = (failures: unknown[]) => (error: unknown) => void failures.push(error);
  if (state.network.mode === 'bridge') {
    await Promise.all(gone.map(({ record, failures }) => correctNeighbours(state, record).catch(note(failures))));
  }
  await forAll(gone, (some) => deleteRest(state, recordsOf(some)));
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
  const [first] = addresses;
  const derived = first && derivedMac(network.subnets, first);
  if (!derived || mac === derived) return;
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

/** Takes endpoints' ports away. */
async function withdraw(state: State, batch: readonly Marked[]): Promise<void> {
  const ports: PortKeys[] = [];
  const others: EndpointRecord[] = [];
  for (const { record } of batch) {
    const known = state.known.get(record.id);
    // Another process may have detached it and attached one of the same name since.
    if (known?.record === record) {
      letGoOfPorts(known);
      ports.push(...known.ports);
    } else if (record.hasPorts) others.push(record);
  }
  if (others.length > 0) ports.push(...(await portsOf(state, others)));
  await withdrawPorts(state, recordsOf(batch), ports);
}

function recordsOf(batch: readonly Marked[]): EndpointRecord[] {
  return batch.map(({ record }) => record);
}

/** Does something for all at once; where that fails, by halves, and notes what fails with each. */
async function forAll(batch: readonly Marked[], work: (some: readonly Marked[]) => Promise<void>): Promise<void> {
  if (batch.length === 0) return;
  try {
    await work(batch);
  } catch (error) {
    if (batch.length === 1) batch[0]?.failures.push(error);
    else for (const half of halves(batch)) await forAll(half, work);
  }
}
