// What the table keeps of networks themselves: their elements. Which of them are missing, or are to go, is found by a look
// at what there is; the change is one transaction, which the kernel takes only if nothing has changed since that look.
import type { NfElement } from '../generated/objects.js';
import type { Message } from '../lane.js';
import { MAX_COMMENT } from './comment.js';
import { systemError } from './errors.js';
import { codeOf, type Host, ignore } from './host.js';
import { markMessage, unmarkMessage } from './mark.js';
import { listElements, type NetworkRecord, networkKey, readNetwork, writeNetwork } from './records.js';
import { doorMessage } from './ruleset.js';
import {
  change,
  commentOf,
  concat,
  doorOf,
  type Element,
  element,
  hex,
  hostOrder,
  interval,
  type SetName,
  TABLE,
} from './table.js';

/** How often the ruleset may change while it is looked at before it is given up. */
const ATTEMPTS = 1000;

/** The sets that networks' own elements are in; `closed` is all networks'. */
const NETWORK_SETS: readonly SetName[] = [
  'networks',
  'internal',
  'allowed',
  'closed',
  ...([4, 6] as const).flatMap((n) => [`sources${n}`, `snat${n}`, `hairpin${n}`, `gateways${n}`] as const),
];

/** Whether a set has elements of networks, rather than of single endpoints. */
export function isOfNetworks(set: string | undefined): boolean {
  return NETWORK_SETS.some((name) => name === set);
}

/** The elements that there are, by set and {@link idOf}. */
export type Present = ReadonlyMap<SetName, ReadonlyMap<string, NfElement>>;

/** What tells an element from others of its set: that is its key, where it is not part of an interval. */
function idOf({ key, keyEnd, flags }: NfElement | Element): string {
  const end = keyEnd?.value ? `-${hex(keyEnd.value)}` : '';
  return hex(key?.value) + end + (Array.isArray(flags) && flags.includes('intervalEnd') ? ' end' : '');
}

/** Looks at some sets; those of networks if none are named. */
export async function lookAt({ netfilter }: Host, sets = NETWORK_SETS): Promise<Present> {
  const lists = await Promise.all(sets.map((set) => listElements(netfilter, set)));
  return new Map(sets.map((set, i) => [set, new Map(lists[i]?.map((one) => [idOf(one), one]))] as const));
}

/** Changes the ruleset by what it looks like. Where it has changed meanwhile it is looked at again. */
export async function settle({ netfilter }: Host, look: () => Promise<Message[]>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const { id: generation } = await netfilter.one<{ id?: number }>('nft.getGeneration', {});
    try {
      await netfilter.transaction(await look(), { generation });
      return;
    } catch (error) {
      if (codeOf(error) !== 'ERESTART' || attempt === ATTEMPTS) throw error;
    }
  }
}

const networksIn = (present: Present) =>
  [...(present.get('networks')?.values() ?? [])].flatMap((one) => readNetwork(one) ?? []);

/** All networks of a host. */
export async function listNetworks(host: Host): Promise<NetworkRecord[]> {
  return networksIn(await lookAt(host, ['networks']));
}

/** Whether another network has got the name since this one was deleted. */
export async function isReplaced(host: Host, { number, made }: NetworkRecord): Promise<boolean> {
  return (await listNetworks(host)).some((one) => one.number === number && one.made !== made);
}

/** One thing that the table keeps of a network: an element, or the two that an interval begins and ends with. */
interface Own {
  set: SetName;
  pieces: readonly Element[];
}

/** All that the table has to keep of a network beside others. */
function ownElements(network: NetworkRecord, others: readonly NetworkRecord[]): Own[] {
  const group = hostOrder(network.number);
  const { name } = network;
  const own: Own[] = [{ set: 'networks', pieces: [element(group, writeNetwork(network))] }];
  const allow = (from: NetworkRecord, to: NetworkRecord) => {
    const pair = concat(hostOrder(from.number), hostOrder(to.number));
    own.push({ set: 'allowed', pieces: [element(pair, from === to ? name : `${from.name} to ${to.name}`)] });
  };
  if (!network.isolateEndpoints) allow(network, network);
  for (const other of network.isolated ? [] : others) {
    if (other.isolated || other.number === network.number) continue;
    allow(network, other);
    allow(other, network);
  }
  if (network.internal) own.push({ set: 'internal', pieces: [element(group, name)] });
  for (const [i, subnet] of network.subnets.entries()) {
    const n = subnet.family === 'inet' ? 4 : 6;
    const { base, last } = subnet;
    own.push({ set: `gateways${n}`, pieces: [element(group, name, network.gateways[i])] });
    const hairpin = { ...element(concat(base, base), name), keyEnd: { value: concat(last, last) } };
    own.push({ set: `hairpin${n}`, pieces: [hairpin] });
    if (!network.masquerade || network.internal) continue;
    const source = network.sources[subnet.family];
    own.push({ set: source ? `snat${n}` : `sources${n}`, pieces: interval(base, last, name, source) });
  }
  return own;
}

/** Refuses what another network has. */
function checkOthers(network: NetworkRecord, others: readonly NetworkRecord[]): void {
  for (const other of others) {
    if (other.number === network.number) {
      throw systemError('EEXIST', `the name '${network.name}' cannot be told from that of network '${other.name}'`);
    }
    if (network.bridge && other.bridge === network.bridge) {
      throw systemError('EEXIST', `bridge '${network.bridge}' is that of network '${other.name}'`);
    }
    for (const subnet of network.subnets) {
      const clash = other.subnets.find((theirs) => theirs.overlaps(subnet));
      if (clash) throw systemError('EEXIST', `subnet ${subnet.text} overlaps ${clash.text} of network '${other.name}'`);
    }
  }
}

/**
 * The messages that add what there is not of a network, which is all of one that is new.
 *
 * @throws Error EEXIST when another network has some of it.
 */
function missingMessages(network: NetworkRecord, present: Present, hasDoor: boolean, isNew: boolean): Message[] {
  const networks = networksIn(present);
  const same = networks.find(({ name }) => name === network.name);
  if (same && isNew) throw systemError('EEXIST', `there is a network '${network.name}'`);
  if (same && writeNetwork(same) !== writeNetwork(network)) {
    throw systemError('EEXIST', `there is another network '${network.name}' now: open() it`);
  }
  const others = networks.filter((one) => one !== same);
  checkOthers(network, others);
  const missing = ownElements(network, others).flatMap(({ set, pieces }) => {
    const first = pieces[0] as Element;
    const there = present.get(set)?.get(idOf(first));
    if (!there) return change('create', set, ...pieces);
    const data = there.data && 'value' in there.data ? there.data.value : undefined;
    if (hex(data) === hex(first.data?.value)) return [];
    throw systemError('EEXIST', `what network '${network.name}' has in '${set}' leads to another address`);
  });
  return hasDoor ? missing : [doorMessage(network), ...missing];
}

/** Whether a network takes endpoints. */
export async function hasDoor({ netfilter }: Host, network: NetworkRecord): Promise<boolean> {
  try {
    await netfilter.one('nft.getSet', { ...TABLE, name: doorOf(network) });
    return true;
  } catch (error) {
    ignore('ENOENT')(error);
    return false;
  }
}

/** Has a network take no more endpoints. */
export async function closeDoor({ netfilter }: Host, network: NetworkRecord): Promise<void> {
  await netfilter.transaction([closeDoorMessage(network)]).catch(ignore('ENOENT'));
}

const closeDoorMessage = (network: NetworkRecord): Message => ({
  operation: 'nft.deleteSet',
  spec: { ...TABLE, name: doorOf(network) },
});

/**
 * Makes a new network known to the rules; refuses what another network has. ENOENT: the table is gone, or this process's mark
 * with it.
 */
export async function claimNetwork(host: Host, network: NetworkRecord): Promise<void> {
  const key = networkKey(network.number);
  const mark = [unmarkMessage(key), markMessage(key)];
  await settle(host, async () => [...mark, ...missingMessages(network, await lookAt(host), false, true)]);
}

/**
 * The messages that add what there is not any more of a network that was there, and of what is kept for all: families whose
 * forwarding was off.
 *
 * @throws Error EEXIST when another network has got some of it.
 */
export async function findMissingOf(host: Host, network: NetworkRecord, closed: readonly Closed[]): Promise<Message[]> {
  const [present, isOpen] = await Promise.all([lookAt(host), hasDoor(host, network)]);
  const open = closed.filter(({ protocol }) => !present.get('closed')?.has(hex(Uint8Array.of(protocol))));
  return [...missingMessages(network, present, isOpen, false), ...open.map(closeMessage)];
}

/** A family whose forwarding was off before there were networks. */
export interface Closed {
  /** NFPROTO_*. */
  protocol: number;
  /** Links that heard what other routers tell, as hosts do: `accept_ra` was 1. */
  hearing: readonly string[];
}

const HEARING = ', accept_ra was 1 on ';

/** The message that says what was so before there were networks. Links that there is no room for are not told. */
export function closeMessage({ protocol, hearing }: Closed): Message {
  let comment = 'forwarding was off';
  for (const [i, link] of hearing.entries()) {
    const more = `${i === 0 ? HEARING : ' '}${link}`;
    if (Buffer.byteLength(comment + more) <= MAX_COMMENT) comment += more;
  }
  return change('add', 'closed', element(Uint8Array.of(protocol), comment));
}

/** What the table tells of that. */
export async function listClosed({ netfilter }: Host): Promise<Closed[]> {
  const elements = await listElements(netfilter, 'closed');
  return elements.flatMap(({ key, userdata }) => {
    const protocol = key?.value?.[0];
    return protocol === undefined ? [] : { protocol, hearing: commentOf(userdata).split(HEARING)[1]?.split(' ') ?? [] };
  });
}

/** Has the rules forget a network, whatever of it is there. */
export async function unclaimNetwork(host: Host, network: NetworkRecord): Promise<void> {
  const group = hex(hostOrder(network.number));
  await settle(host, async () => {
    const [present, isOpen] = await Promise.all([lookAt(host), hasDoor(host, network)]);
    // Pairs with whomever: some may have gone since.
    const pairs = [...(present.get('allowed')?.values() ?? [])].flatMap(({ key }): Own[] => {
      const value = key?.value;
      if (!value || (hex(value.subarray(0, 4)) !== group && hex(value.subarray(4)) !== group)) return [];
      return [{ set: 'allowed', pieces: [element(value)] }];
    });
    const own = ownElements(network, []).filter(({ set }) => set !== 'allowed');
    const there = own.filter(({ set, pieces }) => present.get(set)?.has(idOf(pieces[0] as Element)));
    const messages = [...there, ...pairs].map(({ set, pieces }) => change('delete', set, ...pieces));
    return isOpen ? [closeDoorMessage(network), ...messages] : messages;
  });
}
