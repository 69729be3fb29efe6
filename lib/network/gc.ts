// What a crash left is found by what the kernel keeps, and removed.
import type { NfElement } from '../generated/objects.js';
import type { Message } from '../lane.js';
import { ANY_PARTIAL } from './claim.js';
import { readComment } from './comment.js';
import { remove } from './detach.js';
import { codeOf } from './host.js';
import { isAbandoned, markMessage, unmarkMessage } from './mark.js';
import { type EndpointRecord, listElements, readPort } from './records.js';
import { readRecord, type State } from './state.js';
import { change, commentOf, element, type SetName } from './table.js';

/** What {@link Network.gc} removed. */
export interface CollectResult {
  /** Ids of endpoints that were removed. */
  endpoints: string[];
}

/** How often the ruleset may change while it is looked at before it is given up. */
const ATTEMPTS = 100;

const SETS: SetName[] = [
  'endpoints',
  'busy',
  'addresses4',
  'addresses6',
  'ports4',
  'ports6',
  'hostports4',
  'hostports6',
  'partial4',
  'partial6',
];

interface Snapshot {
  generation: number | undefined;
  sets: Map<SetName, NfElement[]>;
  links: Map<string, { alias?: string | undefined; group?: number | undefined }>;
}

const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex');
const nameOf = (bytes: Uint8Array | undefined) =>
  Buffer.from(bytes ?? [])
    .toString('utf8')
    .replace(/\0.*$/s, '');

async function look(state: State): Promise<Snapshot> {
  const { netfilter, route } = state.host;
  const { id } = await netfilter.one<{ id?: number }>('nft.getGeneration', {});
  const lists = await Promise.all(SETS.map((set) => listElements(netfilter, set)));
  // After the elements: a link that an endpoint should have, and that is not there now, is gone.
  const links = await route.list<{ name: string; alias?: string; group?: number }>('links.list', {
    extMask: ['skipStats'],
  });
  return {
    generation: id,
    sets: new Map(SETS.map((set, i) => [set, lists[i] ?? []])),
    links: new Map(links.map((link) => [link.name, link])),
  };
}

/** The endpoints that are garbage; those that are marked by somebody who is no more, apart. */
function findGarbage(
  state: State,
  { sets, links }: Snapshot,
  live: ReadonlySet<string> | undefined,
): { garbage: EndpointRecord[]; marked: string[] } {
  const marks = new Map(
    (sets.get('busy') ?? []).map((one) => [nameOf(one.key?.value), readComment(commentOf(one.userdata)).by ?? '']),
  );
  const garbage: EndpointRecord[] = [];
  const marked: string[] = [];
  const seen = new Set<string>();
  for (const one of sets.get('endpoints') ?? []) {
    const record = readRecord(one.key?.value, commentOf(one.userdata));
    if (!record) continue;
    seen.add(record.key);
    if (record.network !== state.network.name || state.host.isBusyWith(record.key)) continue;
    const by = marks.get(record.key);
    if (by !== undefined && !isAbandoned(by)) continue;
    if (by === undefined && links.has(record.hostInterface) && (!live || live.has(record.id))) continue;
    garbage.push(record);
    if (by !== undefined) marked.push(record.key);
  }
  // Marks without an endpoint, of those who died between the two.
  for (const [key, by] of marks) {
    if (!seen.has(key) && !state.host.isBusyWith(key) && isAbandoned(by)) marked.push(key);
  }
  return { garbage, marked };
}

/** Addresses and ports that no endpoint has, and notes that nobody needs. */
function findOrphans(state: State, { sets }: Snapshot): Message[] {
  const owned = new Set<string>();
  for (const one of sets.get('endpoints') ?? []) {
    for (const address of readRecord(one.key?.value, commentOf(one.userdata))?.addresses ?? []) owned.add(hex(address));
  }
  const isOurs = (address: Uint8Array | undefined) =>
    address !== undefined && state.network.subnets.some((subnet) => subnet.numberOf(address) !== undefined);
  const messages: Message[] = [];
  const drop = (set: SetName, isOrphan: (one: NfElement) => boolean) => {
    const keys = (sets.get(set) ?? []).flatMap((one) => (isOrphan(one) && one.key?.value ? [one.key.value] : []));
    if (keys.length) messages.push(change('delete', set, ...keys.map((key) => element(key))));
  };
  for (const n of [4, 6] as const) {
    const isOrphan = (address: Uint8Array | undefined) => isOurs(address) && !owned.has(hex(address));
    drop(`addresses${n}`, (one) => isOrphan(one.key?.value));
    for (const set of [`ports${n}`, `hostports${n}`] as SetName[])
      drop(set, (one) => isOrphan(readPort(set, one)?.address));
    const needed = new Set((sets.get(`hostports${n}`) ?? []).map((one) => hex(one.key?.value?.subarray(-8))));
    if (needed.size > 0) needed.add(hex(ANY_PARTIAL));
    drop(`partial${n}`, (one) => !needed.has(hex(one.key?.value)));
  }
  return messages;
}

/** Removes what is garbage, and what nobody needs any more then. */
export async function collect(state: State, live: ReadonlySet<string> | undefined): Promise<CollectResult> {
  const removed = await collectOnce(state, live);
  if (removed.length > 0) await collectOnce(state, undefined);
  await state.refresh();
  return { endpoints: removed };
}

async function collectOnce(state: State, live: ReadonlySet<string> | undefined): Promise<string[]> {
  for (let attempt = 1; ; attempt++) {
    const seen = await look(state);
    const { garbage, marked } = findGarbage(state, seen, live);
    const orphans = findOrphans(state, seen);
    try {
      if (orphans.length > 0) {
        await state.host.netfilter.transaction(orphans, { generation: seen.generation });
        // The ruleset is of another generation now.
        continue;
      }
      // What is garbage becomes this process's to remove, if nothing has changed since it was looked at.
      const messages: Message[] = [];
      if (marked.length > 0) messages.push(unmarkMessage(...marked));
      if (garbage.length > 0) messages.push(markMessage(...garbage.map(({ key }) => key)));
      await state.host.netfilter.transaction(messages, { generation: seen.generation });
    } catch (error) {
      if (codeOf(error) === 'ERESTART' && attempt < ATTEMPTS) continue;
      throw error;
    }
    const results = await Promise.allSettled(
      garbage.map((record) => state.host.serially(record.key, () => remove(state, record))),
    );
    if (live) await removeStrays(state, seen, live);
    const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    if (failures.length > 0) {
      throw new AggregateError(
        failures,
        `${failures.length} of ${garbage.length} endpoints could not be removed entirely`,
      );
    }
    return garbage.map(({ id }) => id);
  }
}

/** Links of this network whose endpoints the kernel's sets do not know and the caller neither. */
async function removeStrays(state: State, { sets, links }: Snapshot, live: ReadonlySet<string>): Promise<void> {
  const known = new Set<string>();
  for (const one of sets.get('endpoints') ?? []) {
    const record = readRecord(one.key?.value, commentOf(one.userdata));
    if (record) known.add(record.hostInterface);
  }
  const strays: string[] = [];
  for (const [name, { alias, group }] of links) {
    if (group !== state.network.number || known.has(name) || !alias) continue;
    const { id, net } = readComment(alias);
    if (id !== undefined && net === state.network.name && !live.has(id)) strays.push(name);
  }
  await Promise.all(strays.map((name) => state.host.deleteLink(name)));
}
