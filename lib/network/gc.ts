// What a crash left is found by what the kernel keeps, and removed. All is looked at once; what looks like garbage is looked
// at again, each by itself, so that others who go on attaching and detaching do not get in the way.
import type { NfElement, NfElements } from '../generated/objects.js';
import type { Message } from '../lane.js';
import { readComment } from './comment.js';
import { detach, findRecord, remove } from './detach.js';
import { codeOf, ignore } from './host.js';
import { addressText } from './ip.js';
import { findComments, isAbandoned, markMessage, unmarkMessage } from './mark.js';
import { type EndpointRecord, endpointKey, isNetworkKey, listElements, readLabel, readPort } from './records.js';
import { readRecord, type State } from './state.js';
import {
  ANY_PARTIAL,
  change,
  changeMany,
  commentOf,
  concat,
  element,
  hex,
  hostOrder,
  linkName,
  nameOf,
  type SetName,
  TABLE,
} from './table.js';

/** What {@link Network.gc} removed. */
export interface CollectResult {
  /** Ids of endpoints that were removed. */
  endpoints: string[];
}

/** How often the ruleset may change between a look at some elements and their change before it is given up. */
const ATTEMPTS = 100;

/** How many elements are looked at and changed at once: the more, the longer it takes, and the likelier others are faster. */
const AT_ONCE = 32;

/** How often it is tried to delete notes, which do no harm. */
const NOTE_ATTEMPTS = 5;

const ADDRESSES: SetName[] = ['addresses4', 'addresses6'];
const PORTS: SetName[] = ['ports4', 'ports6', 'hostports4', 'hostports6'];
const SETS: SetName[] = ['endpoints', 'busy', ...ADDRESSES, ...PORTS];

/** What there is: as it was seen, or as it is. */
interface View {
  find(set: SetName, key: Uint8Array): Promise<NfElement | undefined>;
  hasLink(name: string): Promise<boolean>;
}

/** An element that may be garbage, or lead to it. */
interface Suspect {
  set: SetName;
  key: Uint8Array;
}

interface Garbage {
  record: EndpointRecord;
  isWhole: boolean;
}

/** What is to be done about a suspect that is guilty. */
interface Sentence {
  messages: Message[];
  /** The endpoint that is this process's to remove then, and whether it has been whole. */
  garbage?: Garbage;
  /** The address that ports have led to. */
  address?: Uint8Array;
}

/** All elements as they are seen once, and the links, one after the other. */
async function look(state: State): Promise<{ view: View; suspects: Suspect[] }> {
  const { netfilter, route } = state.host;
  const lists = await Promise.all(SETS.map((set) => listElements(netfilter, set)));
  const links = await route.list<{ name: string }>('links.list', { extMask: ['skipStats'] });
  const names = new Set(links.map(({ name }) => name));
  const seen = new Map(
    SETS.map((set, i) => [set, new Map((lists[i] ?? []).map((one) => [hex(one.key?.value), one]))] as const),
  );
  const view: View = {
    find: async (set, key) => seen.get(set)?.get(hex(key)),
    hasLink: async (name) => names.has(name),
  };
  const suspects = SETS.flatMap((set, i) =>
    (lists[i] ?? []).flatMap(({ key }) => (key?.value ? [{ set, key: key.value }] : [])),
  );
  return { view, suspects };
}

/** What there is now. */
function present({ host: { netfilter, route } }: State): View {
  return {
    async find(set, key) {
      try {
        const found = await netfilter.one<NfElements>('nft.getElement', {
          ...TABLE,
          set,
          elements: [{ key: { value: key } }],
        });
        return found.elements?.[0];
      } catch (error) {
        ignore('ENOENT')(error);
        return undefined;
      }
    },
    hasLink: (name) =>
      route.one('links.get', { ref: name }).then(
        () => true,
        (error: unknown) => {
          ignore('ENODEV')(error);
          return false;
        },
      ),
  };
}

/** Judges a suspect by what there is; undefined where it is none. */
async function judge(
  state: State,
  view: View,
  { set, key }: Suspect,
  live: ReadonlySet<string> | undefined,
): Promise<Sentence | undefined> {
  const one = await view.find(set, key);
  if (!one) return undefined;
  if (set === 'endpoints') return judgeEndpoint(state, view, one, live);
  if (set === 'busy') {
    // Of somebody who died before there was an endpoint, or after.
    const name = nameOf(key);
    if (state.host.isBusyWith(name) || !isAbandoned(readComment(commentOf(one.userdata)).by)) return undefined;
    const subject = isNetworkKey(name)
      ? view.find('networks', hostOrder(Number(name.slice(2))))
      : view.find('endpoints', key);
    return (await subject) ? undefined : { messages: [unmarkMessage(name)] };
  }
  const address = ADDRESSES.includes(set) ? key : readPort(set, one)?.address;
  if (!address || !state.network.subnets.some((subnet) => subnet.has(address))) return undefined;
  if (await isOwned(view, address)) return undefined;
  return { messages: [change('delete', set, element(key))], ...(PORTS.includes(set) && { address }) };
}

/** Whether an address is an endpoint's. */
async function isOwned(view: View, address: Uint8Array): Promise<boolean> {
  const one = await view.find(address.length === 4 ? 'addresses4' : 'addresses6', address);
  const { network, id } = readLabel(commentOf(one?.userdata));
  const owner = one && (await view.find('endpoints', linkName(endpointKey(network, id))));
  const record = owner && readRecord(owner.key?.value, commentOf(owner.userdata));
  return record?.addresses.some((own) => Buffer.compare(own, address) === 0) ?? false;
}

/** An endpoint is garbage that somebody was about who is no more; also one whose link is gone, or that is not to live. */
async function judgeEndpoint(
  state: State,
  view: View,
  one: NfElement,
  live: ReadonlySet<string> | undefined,
): Promise<Sentence | undefined> {
  const record = readRecord(one.key?.value, commentOf(one.userdata));
  if (!record || record.network !== state.network.name || state.host.isBusyWith(record.key)) return undefined;
  const [mark, hasLink] = await Promise.all([
    view.find('busy', linkName(record.key)),
    view.hasLink(record.hostInterface),
  ]);
  if (mark ? !isAbandoned(readComment(commentOf(mark.userdata)).by) : hasLink && (live?.has(record.id) ?? true)) {
    return undefined;
  }
  return {
    messages: [...(mark ? [unmarkMessage(record.key)] : []), markMessage(record.key)],
    garbage: { record, isWhole: !mark && hasLink },
  };
}

/** Judges suspects again and does what is to be done, if nothing has changed in between; adds what is to be removed. */
async function arrest(
  state: State,
  suspects: readonly Suspect[],
  live: ReadonlySet<string> | undefined,
  garbage: Garbage[],
): Promise<void> {
  const view = present(state);
  for (let attempt = 1; ; attempt++) {
    const { id: generation } = await state.host.netfilter.one<{ id?: number }>('nft.getGeneration', {});
    const judged = await Promise.all(suspects.map((suspect) => judge(state, view, suspect, live)));
    const sentences = judged.filter((one) => one !== undefined);
    try {
      await state.host.netfilter.transaction(
        sentences.flatMap(({ messages }) => messages),
        { generation },
      );
    } catch (error) {
      if (codeOf(error) === 'ERESTART' && attempt < ATTEMPTS) continue;
      throw error;
    }
    garbage.push(...sentences.flatMap((one) => one.garbage ?? []));
    await state.host.flows.forget(
      sentences.flatMap(({ address }) => (address ? { kind: 'to' as const, address: addressText(address) } : [])),
    );
    return;
  }
}

/** Removes what is garbage. */
export async function collect(state: State, live: ReadonlySet<string> | undefined): Promise<CollectResult> {
  const seen = await look(state);
  const judged = await Promise.all(seen.suspects.map((suspect) => judge(state, seen.view, suspect, live)));
  const suspects = seen.suspects.filter((_, i) => judged[i] !== undefined);
  const garbage: Garbage[] = [];
  const results: PromiseSettledResult<void>[] = [];
  try {
    for (let at = 0; at < suspects.length; at += AT_ONCE) {
      await arrest(state, suspects.slice(at, at + AT_ONCE), live, garbage);
    }
  } finally {
    // Whatever fails, those that are marked do not stay so.
    results.push(...(await Promise.allSettled(garbage.map((one) => removeGarbage(state, one)))));
  }
  const removed = garbage.map(({ record }) => record.id);
  if (live) removed.push(...(await removeStrays(state, live)));
  await removeNotes(state);
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (failures.length > 0) {
    throw new AggregateError(
      failures,
      `${failures.length} of ${garbage.length} endpoints could not be removed entirely`,
    );
  }
  await state.refresh();
  return { endpoints: removed };
}

/** Removes an endpoint that has been arrested. */
function removeGarbage(state: State, { record: { key, id, made }, isWhole }: Garbage): Promise<void> {
  return state.host.serially(key, async () => {
    // This process may have been about it meanwhile.
    const now = await findRecord(state, key, id);
    if (now?.made === made) await remove(state, now, isWhole);
  });
}

/** Endpoints of which there are links, but no elements, and which the caller does not know; what is not to be removed fails. */
async function removeStrays(state: State, live: ReadonlySet<string>): Promise<string[]> {
  const told = [...(await state.toldByLinks()).values()].filter(({ id }) => !live.has(id));
  const keys = told.map(({ key }) => key);
  const comments = keys.length > 0 ? await findComments(state.host, 'endpoints', keys) : [];
  const strays = told.filter((_, i) => comments[i] === undefined);
  await Promise.all(strays.map(({ id }) => detach(state, id)));
  return strays.map(({ id }) => id);
}

/** Notes on ports of single addresses that nobody has any more. Others who are faster are not hindered by them. */
async function removeNotes({ host: { netfilter } }: State): Promise<void> {
  for (let attempt = 1; attempt <= NOTE_ATTEMPTS; attempt++) {
    const { id: generation } = await netfilter.one<{ id?: number }>('nft.getGeneration', {});
    const messages: Message[] = [];
    for (const n of [4, 6] as const) {
      const notes = (await listElements(netfilter, `partial${n}`)).flatMap(({ key }) => key?.value ?? []);
      if (notes.length === 0) continue;
      const ports = await listElements(netfilter, `hostports${n}`);
      const needed = new Set(ports.map(({ key }) => hex(key?.value?.subarray(-8))));
      if (needed.size > 0) needed.add(hex(ANY_PARTIAL));
      const stale = notes.filter((key) => !needed.has(hex(key)));
      if (stale.length > 0) messages.push(changeMany('delete', `partial${n}`, stale.length, concat(...stale)));
    }
    try {
      await netfilter.transaction(messages, { generation });
      return;
    } catch (error) {
      ignore('ERESTART')(error);
    }
  }
}
