// How an endpoint goes: marked, then its link and namespace, then its elements, so that nothing is given to another too
// early, and whatever a crash leaves is found.
import { addon } from '../addon.js';
import { shaperName } from './bandwidth.js';
import { release, releaseElements } from './claim.js';
import { ignore } from './host.js';
import { portsOf } from './list.js';
import { findComment, mark, unmarkMessage } from './mark.js';
import { type EndpointRecord, endpointKey } from './records.js';
import { readRecord, type State } from './state.js';
import { linkName } from './table.js';

/** Detaches an endpoint by its id; resolves for one that is not there. */
export function detach(state: State, id: string): Promise<void> {
  const key = endpointKey(state.network.name, id);
  return state.host.serially(key, async () => {
    await mark(state.host, key, id);
    await removeMarked(state, key, id);
  });
}

/** Removes what there is of an endpoint that is marked as busy by this process, and the mark. */
export async function removeMarked(state: State, key: string, id: string): Promise<void> {
  const record = await findRecord(state, key);
  if (record) await remove(state, record);
  else {
    await state.host.netfilter.transaction([unmarkMessage(key)]).catch(ignore('ENOENT'));
    await forgetKnown(state, id);
  }
}

/** What the kernel keeps of an endpoint. */
export async function findRecord(state: State, key: string): Promise<EndpointRecord | undefined> {
  const comment = await findComment(state.host, 'endpoints', key);
  return comment === undefined ? undefined : readRecord(linkName(key), comment);
}

/** What this process kept of an endpoint that is gone. */
async function forgetKnown(state: State, id: string): Promise<void> {
  const known = state.known.get(id);
  if (!known) return;
  state.known.delete(id);
  for (const number of known.numbers) state.giveNumber(number);
  state.giveBridge(known.bridge);
  if (known.sockets) addon.closeSockets(known.sockets);
  await Promise.all(known.proxies.map((proxy) => proxy.close()));
  await known.netns?.close();
}

/** Removes all of an endpoint that is marked as busy by this process, going on after failures. */
export async function remove(state: State, record: EndpointRecord): Promise<void> {
  const known = state.known.get(record.id);
  const failures: unknown[] = [];
  const attempt = (work: Promise<unknown>) => work.catch((error: unknown) => failures.push(error));
  const links = [attempt(state.host.deleteLink(record.hostInterface))];
  if (record.egress !== undefined) links.push(attempt(state.host.deleteLink(shaperName(record))));
  const { netns } = record;
  const named = netns.kind === 'made' ? state.host.deleteNetns(netns.name) : undefined;
  named?.catch(() => {});
  await Promise.all(links);
  // While its link is there its address must not be another's.
  const hasLeft = failures.length === 0;
  if (named) await attempt(named);
  if (hasLeft) {
    // Another process may have detached it and attached one of the same name since.
    if (known?.record.made === record.made) await attempt(release(state, known));
    else {
      const ports = record.hasPorts
        ? await portsOf(state, record).catch((error: unknown) => {
            failures.push(error);
            return [];
          })
        : [];
      await attempt(releaseElements(state, record, ports));
    }
  }
  await attempt(forgetKnown(state, record.id));
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) {
    throw new AggregateError(failures, `Endpoint '${record.id}' could not be detached entirely`);
  }
}
