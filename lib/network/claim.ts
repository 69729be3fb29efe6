// What belongs to an endpoint: its id, addresses and ports, claimed in the kernel's sets by one transaction, so that two
// processes never have the same.
import { closeSync } from 'node:fs';
import { addon, type BoundPorts } from '../addon.js';
import { begin } from '../engine.js';
import { argumentError, NetlinkError, PortInUseError } from '../errors.js';
import type { Lane, Message } from '../lane.js';
import { portHolders } from '../proxy/holder.js';
import { bindProxy } from '../proxy/port-proxy.js';
import type { BoundSocket } from '../proxy/relay.js';
import { removeMarked } from './detach.js';
import { AddressInUseError, systemError } from './errors.js';
import { halves } from './halves.js';
import { codeOf, ignore } from './host.js';
import { addressText, derivedMac } from './ip.js';
import { unmarkMessage, waitForMark } from './mark.js';
import { type ClaimSubject, Messages } from './messages.js';
import {
  type EndpointRecord,
  fits,
  listElements,
  type NetnsRecord,
  PROTOCOLS,
  readPort,
  writeEndpoint,
} from './records.js';
import { type EndpointPlan, isOfAny, isWithinRules, type PortPlan, setHostPort } from './spec.js';
import { type Known, letGoOfPorts, type PortElements, type PortKeys, readRecord, type State } from './state.js';
import { ANY_PARTIAL, change, changeMany, commentOf, concat, element, hex, linkNames, type SetName } from './table.js';

/** How often something is chosen anew when others are found to have it. */
const ATTEMPTS = 100;

/** Ports as elements of one set. */
export interface PortClaim extends PortElements {
  plans: PortPlan[];
}

/**
 * The elements of published ports, those of a set and a host's address together. Ports that may be chosen again stay apart:
 * which of them is taken must be told.
 */
export function portClaims(
  ports: readonly PortPlan[],
  addresses: readonly Uint8Array[],
  isApart: (plan: PortPlan) => boolean = () => false,
): PortClaim[] {
  if (ports.length === 1 && !ports[0]?.proxy) return claimsOf([...ports], addresses);
  const groups = new Map<unknown, PortPlan[]>();
  for (const plan of ports) {
    if (plan.proxy) continue;
    const key = isApart(plan) ? plan : isOfAny(plan) ? plan.hostAddress?.length : plan.hostAddress?.join();
    const group = groups.get(key);
    if (group) group.push(plan);
    else groups.set(key, [plan]);
  }
  return [...groups.values()].flatMap((plans) => claimsOf(plans, addresses));
}

/** The maps of ports of all addresses of the host, and of single ones, of each family. */
const ALL_PORTS = { 4: 'ports4', 6: 'ports6' } as const;
const SINGLE_PORTS = { 4: 'hostports4', 6: 'hostports6' } as const;

/** The elements of ports of the same host's address, for each family that they are published for. */
function claimsOf(plans: PortPlan[], addresses: readonly Uint8Array[]): PortClaim[] {
  const { hostAddress } = plans[0] as PortPlan;
  const isAny = isOfAny(plans[0] as PortPlan);
  let count = 0;
  for (const plan of plans) count += plan.count;
  const claims: PortClaim[] = [];
  for (const address of addresses) {
    if (hostAddress && hostAddress.length !== address.length) continue;
    const n = address.length === 4 ? 4 : 6;
    const host = isAny ? NO_ADDRESS : (hostAddress as Uint8Array);
    const keyLength = host.length + 8;
    const dataLength = address.length + 4;
    const keys = pooled(count * keyLength);
    const data = pooled(count * dataLength);
    let keyAt = 0;
    let dataAt = 0;
    for (const { protocol, hostPort, port, count, step } of plans) {
      const number = PROTOCOLS[protocol];
      for (let i = 0; i < count; i++) {
        keyAt = write(keys, keyAt, host);
        keys[keyAt] = number;
        keyAt = writePort(keys, keyAt + 4, hostPort + i);
        dataAt = write(data, dataAt, address);
        dataAt = writePort(data, dataAt, port + i * step);
      }
    }
    claims.push({ plans, set: isAny ? ALL_PORTS[n] : SINGLE_PORTS[n], count, keys, data });
  }
  return claims;
}

/** Writes some bytes; returns where they end. For so few `set()` takes longer. */
function write(bytes: Uint8Array, at: number, few: Uint8Array): number {
  for (let i = 0; i < few.length; i++) bytes[at + i] = few[i] as number;
  return at + few.length;
}

/** Writes a port's number, padded to four bytes that are 0; returns where they end. */
function writePort(bytes: Uint8Array, at: number, port: number): number {
  bytes[at] = port >> 8;
  bytes[at + 1] = port & 0xff;
  return at + 4;
}

/** The keys of a claim without the host's address in front. */
export function bareKeys(claim: PortKeys): Uint8Array {
  const length = claim.keys.length / claim.count;
  if (length === 8) return claim.keys;
  const bare = new Uint8Array(claim.count * 8);
  for (let i = 0; i < claim.count; i++) bare.set(claim.keys.subarray((i + 1) * length - 8, (i + 1) * length), i * 8);
  return bare;
}

const familyOf = (claim: PortClaim) => (claim.set.endsWith('4') ? 4 : 6);
const isOfAll = (claim: PortClaim) => !claim.set.startsWith('host');

/**
 * The messages of published ports. A port of one of the host's addresses is noted in `partial`, and that there are notes.
 * Who takes a port of all addresses makes sure that there are none, or with `isThorough` that there is none of that port:
 * by creating an element that must be new, and deleting it again.
 */
function portMessages(claim: PortClaim, isThorough: boolean): Message[] {
  const { set, count, keys, data } = claim;
  const notes: SetName = `partial${familyOf(claim)}`;
  const create = changeMany('create', set, count, keys, data);
  const bare = bareKeys(claim);
  if (isOfAll(claim)) {
    return isThorough
      ? [create, changeMany('create', notes, count, bare), changeMany('delete', notes, count, bare)]
      : [create];
  }
  const all = ALL_PORTS[familyOf(claim)];
  return [
    create,
    changeMany('create', all, count, bare, data),
    changeMany('delete', all, count, bare),
    changeMany('add', notes, count, bare),
    change('add', notes, element(ANY_PARTIAL, 'there are ports of single addresses')),
  ];
}

/** Stand for an endpoint's addresses where nothing is to lead there. */
const NOWHERE = [new Uint8Array(4), new Uint8Array(16)];

/** What would lead the ports of proxies elsewhere. Each by itself, so that it is told which is taken. */
function proxyClaims(ports: readonly PortPlan[]): PortClaim[] {
  const claims: PortClaim[] = [];
  for (const plan of ports) if (plan.proxy && isWithinRules(plan)) claims.push(...claimsOf([plan], NOWHERE));
  return claims;
}

/** The messages that make sure that ports of proxies are not in the maps: they must be new there, and are deleted again. */
function proxyMessages(claim: PortClaim): Message[] {
  const { set, count, keys, data } = claim;
  const family = familyOf(claim);
  const bare = bareKeys(claim);
  const [other, otherData] = isOfAll(claim) ? [`partial${family}` as const] : [ALL_PORTS[family], data];
  return [
    changeMany('create', set, count, keys, data),
    changeMany('delete', set, count, keys),
    changeMany('create', other, count, bare, otherData),
    changeMany('delete', other, count, bare),
  ];
}

/** What a message of a claim is about, for the case that it fails. */
type Subject = ClaimSubject | { kind: 'port'; claim: PortClaim };

/** A claim that has been put together: what it is of, and what makes it. */
export interface Draft {
  known: Known;
  claims: readonly PortClaim[];
  /** Ports of proxies, which are only looked up. */
  proxied: readonly PortClaim[];
  /** What the endpoint's element and link tell of it. */
  comment: string;
  /** Of which families there must be no ports of single addresses. */
  noNotes: (4 | 6)[];
  /** The messages of the ports, which come behind those of the program. */
  portMessages: Message[];
}

/** What each message of a claim is about. */
function subjectsOf({ known, claims, proxied, noNotes }: Draft): Subject[] {
  const of = (claim: PortClaim, messages: Message[]) => messages.map(() => ({ kind: 'port', claim }) as const);
  const ports = claims.flatMap((claim) => of(claim, messagesOf(claim, noNotes)));
  const proxies = proxied.flatMap((claim) => of(claim, proxyMessages(claim)));
  return [...Messages.claimSubjects(known.record, noNotes), ...ports, ...proxies];
}

/** Ports are compared with each of single addresses where it has not been made sure that there are none. */
const messagesOf = (claim: PortClaim, noNotes: readonly (4 | 6)[]) =>
  portMessages(claim, !noNotes.includes(familyOf(claim)));

let lastTime = 0;
let lastTimeText = '';

/** The time in milliseconds to the base of 36. Many endpoints are begun in the same one, and to write it takes a while. */
function timeText(): string {
  const now = Date.now();
  if (now !== lastTime) lastTimeText = now.toString(36);
  lastTime = now;
  return lastTimeText;
}

/** Puts together a claim of id, addresses and ports; what it takes in memory is given back by {@link giveBack}. */
export function draft(state: State, plan: EndpointPlan, key: string, netns: NetnsRecord, hostInterface: string): Draft {
  const { network, host } = state;
  const numbers: number[] = [];
  let bridge = -1;
  try {
    bridge = state.takeBridge();
    let chosen: number | undefined;
    const addresses: Uint8Array[] = [];
    for (const subnet of network.subnets) {
      const asked = plan.addresses[addresses.length];
      if (asked) {
        const number = subnet.numberOf(asked);
        if (number !== undefined && state.reserveNumber(number)) numbers.push(number);
      } else if (chosen === undefined) {
        chosen = state.takeNumber();
        numbers.push(chosen);
      }
      addresses.push(asked ?? subnet.host(chosen as number));
    }
    const claims = portClaims(plan.ports, addresses, (port) => plan.freePorts?.has(port) === true);
    const record: EndpointRecord = {
      key,
      id: plan.id,
      network: network.name,
      addresses,
      mac: plan.mac ?? derivedMac(network.subnets, addresses[0] as Uint8Array),
      made: timeText(),
      netns,
      interface: plan.interface,
      hostInterface,
      hasPorts: claims.length > 0,
      ingress: plan.bandwidth?.ingress,
      egress: plan.bandwidth?.egress,
      burst: plan.bandwidth?.burst,
    };
    const comment = writeEndpoint(record);
    if (!fits(comment)) {
      throw argumentError(
        'ERR_OUT_OF_RANGE',
        'id',
        `The "id" field, with the names of namespace and links, is longer than the kernel can keep: '${plan.id}'`,
      );
    }
    const known: Known = {
      record,
      ports: claims,
      numbers,
      bridge,
      sockets: undefined,
      netns: undefined,
      mayBePast: plan.ports.some(({ protocol, proxy }) => protocol !== 'tcp' && !proxy),
      proxies: [],
      runs: plan.ports,
      published: plan.published,
    };
    const noNotes: (4 | 6)[] = [];
    for (const one of claims) {
      const family = familyOf(one);
      if (isOfAll(one) && !host.partial[family] && !noNotes.includes(family)) noNotes.push(family);
    }
    const proxied = proxyClaims(plan.ports);
    const portMessages: Message[] = [];
    for (const claim of claims) portMessages.push(...messagesOf(claim, noNotes));
    for (const claim of proxied) portMessages.push(...proxyMessages(claim));
    state.drafts.add(known);
    return { known, claims, proxied, comment, noNotes, portMessages };
  } catch (error) {
    for (const number of numbers) state.giveNumber(number);
    state.giveBridge(bridge);
    throw error;
  }
}

/** Gives back numbers and the bridge's port that were taken in memory. */
export function giveBack(state: State, known: Known): void {
  state.drafts.delete(known);
  for (const number of known.numbers.splice(0)) state.giveNumber(number);
  state.giveBridge(known.bridge);
  known.bridge = -1;
}

/** After a claim was refused: returns where another draft may do, for what was chosen was taken; else throws. */
export async function revise(
  state: State,
  plan: EndpointPlan,
  draft: Draft,
  error: unknown,
  attempt: number,
): Promise<void> {
  const { known } = draft;
  const subjects = subjectsOf(draft);
  giveBack(state, known);
  if (attempt < ATTEMPTS && (await mayChooseAgain(state, plan, known.record.key, error, subjects))) return;
  throw await explain(state, plan, error, subjects);
}

/** Whether a claim failed for what was chosen, not asked for; then it is known which are taken. */
async function mayChooseAgain(
  state: State,
  plan: EndpointPlan,
  key: string,
  error: unknown,
  subjects: readonly Subject[],
): Promise<boolean> {
  if (!(error instanceof NetlinkError) || error.code !== 'EEXIST') return false;
  const subject = subjects[error.index ?? 0];
  if (subject?.kind === 'mark') {
    // What somebody left who died over it is in the way.
    if (await waitForMark(state.host, key, `endpoint '${plan.id}'`)) await removeMarked(state, key, plan.id, false);
    return true;
  }
  if (subject?.kind === 'notes') {
    // From now on each port is looked up.
    state.host.partial[subject.family] = true;
    return true;
  }
  if (subject?.kind === 'address') {
    const at = state.network.subnets.findIndex((subnet) => subnet.has(subject.address));
    if (plan.addresses[at]) return false;
    await state.refresh();
    state.leap();
    return true;
  }
  if (subject?.kind === 'port') {
    const [port] = subject.claim.plans;
    if (port && isChosenAgain(plan, port)) return true;
    return clearPartial(state, subject.claim);
  }
  return false;
}

/**
 * Elements of `partial` stay when ports of single addresses are given back, as others may have the same port of another
 * address. Who is hindered by one that nobody needs any more removes it.
 */
async function clearPartial(state: State, claim: PortClaim): Promise<boolean> {
  const { netfilter } = state.host;
  if (!isOfAll(claim)) return false;
  const n = familyOf(claim);
  const { id } = await netfilter.one<{ id?: number }>('nft.getGeneration', {});
  const [single, all, partial] = await Promise.all(
    ([SINGLE_PORTS[n], ALL_PORTS[n], `partial${n}`] as const).map((set) => listElements(netfilter, set)),
  );
  const bare = bareKeys(claim);
  const needed = new Set((single ?? []).map((one) => hex(one.key?.value?.subarray(-8))));
  const taken = new Set((all ?? []).map((one) => hex(one.key?.value)));
  const noted = new Set((partial ?? []).map((one) => hex(one.key?.value)));
  const stale: Uint8Array[] = [];
  for (let i = 0; i < claim.count; i++) {
    const key = bare.subarray(i * 8, i * 8 + 8);
    const name = hex(key);
    if (taken.has(name) || needed.has(name)) return false;
    if (noted.has(name)) stale.push(key);
  }
  if (stale.length === 0) return false;
  await netfilter
    .transaction([changeMany('delete', `partial${n}`, stale.length, concat(...stale))], { generation: id })
    .catch(ignore('ERESTART', 'ENOENT'));
  return true;
}

/** The error of a claim in words of the caller's. */
async function explain(
  state: State,
  plan: EndpointPlan,
  error: unknown,
  subjects: readonly Subject[],
): Promise<unknown> {
  if (!(error instanceof NetlinkError)) return error;
  if (error.code === 'ENOENT') {
    const message = `network '${state.network.name}' has been deleted, or what it is kept in has been taken away: reconcile() puts that back`;
    return systemError('ENOENT', message, { cause: error });
  }
  if (error.code !== 'EEXIST') return error;
  const subject = subjects[error.index ?? 0];
  const elements = await listElements(state.host.netfilter, 'endpoints');
  const records = elements.flatMap((one) => readRecord(one.key?.value, commentOf(one.userdata)) ?? []);
  const holderOf = (address: Uint8Array | undefined) => {
    const holder =
      address && records.find((one) => one.addresses.some((other) => Buffer.compare(other, address) === 0));
    return holder ? `endpoint ${holder.network}/${holder.id}` : 'another endpoint';
  };
  if (subject?.kind === 'address') {
    return new AddressInUseError(addressText(subject.address), holderOf(subject.address), { cause: error });
  }
  if (subject?.kind !== 'port') {
    return systemError('EEXIST', `there is an endpoint '${plan.id}' on network '${state.network.name}'`, {
      cause: error,
    });
  }
  const { plans, set } = subject.claim;
  const n = familyOf(subject.claim);
  for (const map of [set, ALL_PORTS[n], SINGLE_PORTS[n]]) {
    for (const one of await listElements(state.host.netfilter, map)) {
      const taken = readPort(map, one);
      const isTaken = (port: PortPlan) =>
        taken?.protocol === port.protocol &&
        taken.hostPort >= port.hostPort &&
        taken.hostPort < port.hostPort + port.count &&
        (map !== set ||
          !taken.hostAddress ||
          Buffer.compare(taken.hostAddress, port.hostAddress ?? taken.hostAddress) === 0);
      if (taken && plans.some(isTaken)) {
        const { protocol, hostAddress, hostPort } = taken;
        const holder = holderOf(taken.address);
        const address = hostAddress && addressText(hostAddress);
        return new PortInUseError({ protocol, address, port: hostPort, holder }, { cause: error });
      }
    }
  }
  const port = plans[0] as PortPlan;
  const hostAddress = port.hostAddress && addressText(port.hostAddress);
  const { protocol, hostPort } = port;
  return new PortInUseError(
    { protocol, address: hostAddress, port: hostPort, holder: 'another endpoint' },
    { cause: error },
  );
}

/** Ports as the addon binds them, and the plan that each range is of. */
export interface Bindable {
  packed: Uint8Array;
  plans: PortPlan[];
}

const NO_ADDRESS = new Uint8Array(0);

/** For no more than these `fill()` takes longer than to clear them here. */
const FEW_BYTES = 64;

/** Cleared bytes out of Node.js's pool: what goes to the addon would otherwise get memory of its own there. */
function pooled(length: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(length);
  if (length > FEW_BYTES) return bytes.fill(0);
  for (let i = 0; i < length; i++) bytes[i] = 0;
  return bytes;
}

/** Bytes of a range of ports: protocol, family (4 or 6), first port and count in network order, 2 unused, address. */
const RANGE_BYTES = 24;

function packRange(
  bytes: Uint8Array,
  at: number,
  plan: PortPlan,
  family: 4 | 6,
  hostPort: number,
  count: number,
): void {
  bytes[at] = PROTOCOLS[plan.protocol];
  bytes[at + 1] = family;
  bytes[at + 2] = hostPort >> 8;
  bytes[at + 3] = hostPort & 0xff;
  bytes[at + 4] = count >> 8;
  bytes[at + 5] = count & 0xff;
  if (plan.hostAddress) bytes.set(plan.hostAddress, at + 8);
}

/** Ports that are to be held, or that are only looked at. */
export function bindable(claims: readonly PortClaim[], hold: boolean): Bindable {
  const plans: PortPlan[] = [];
  let most = 0;
  for (const claim of claims) most += claim.plans.length;
  const packed = pooled(most * RANGE_BYTES);
  for (const claim of claims) {
    for (const plan of claim.plans) {
      if (plan.reserve !== hold) continue;
      packRange(packed, plans.length * RANGE_BYTES, plan, familyOf(claim), plan.hostPort, plan.count);
      plans.push(plan);
    }
  }
  return { packed: packed.subarray(0, plans.length * RANGE_BYTES), plans };
}

export const isToBeChosen = (port: PortPlan) => port.hostPort === 0 && isWithinRules(port);

/** Has a port that is taken be chosen again, where any does; else false. */
function isChosenAgain(plan: EndpointPlan, port: PortPlan): boolean {
  const refused = plan.freePorts?.get(port);
  if (!refused) return false;
  refused.add(port.hostPort);
  setHostPort(port, 0);
  return true;
}

/** Has the kernel name a free port where any would do. */
export async function choosePorts(state: State, plan: EndpointPlan): Promise<void> {
  for (const port of plan.ports.filter(isToBeChosen)) {
    plan.freePorts ??= new Map();
    if (!plan.freePorts.has(port)) plan.freePorts.set(port, new Set());
    setHostPort(port, await chooseNumber(state, plan, port));
  }
}

/** The first of as many ports as are wanted, all of them free in all families that they are published in. */
async function chooseNumber(state: State, plan: EndpointPlan, port: PortPlan): Promise<number> {
  const { protocol, hostAddress, count } = port;
  type Range = [family: 4 | 6, hostPort: number, count: number];
  const families = state.network.subnets.map(({ family }) => (family === 'inet' ? 4 : 6));
  const [first, ...others] = (hostAddress ? [hostAddress.length === 4 ? 4 : 6] : families) as [4 | 6, ...(4 | 6)[]];
  const isTaken = (number: number) =>
    plan.freePorts?.get(port)?.has(number) ||
    plan.ports.some(
      (one) => one.protocol === protocol && one.hostPort < number + count && number < one.hostPort + one.count,
    );
  const bind = (hold: boolean, ...ranges: Range[]) => {
    const packed = new Uint8Array(ranges.length * RANGE_BYTES);
    for (const [i, range] of ranges.entries()) packRange(packed, i * RANGE_BYTES, port, ...range);
    return begin<BoundPorts>('value', 'bind', (id) => addon.bindPorts(id, state.host.netns, hold, packed));
  };
  // What does not do is held meanwhile, so that the kernel names something else.
  const held: object[] = [];
  try {
    for (let attempt = 1; ; attempt++) {
      const { ports, sockets } = await bind(true, [first, 0, 1]);
      held.push(sockets);
      // Where the kernel does not speak the protocol itself, any number is as good as another.
      const number = ports[0] || 32_768 + Math.floor(Math.random() * 28_000);
      if ((number + count > 65_536 || isTaken(number)) && attempt < ATTEMPTS) continue;
      try {
        const rest = others.map((family): Range => [family, number, count]);
        if (count > 1) rest.push([first, number + 1, count - 1]);
        if (rest.length > 0) await bind(false, ...rest);
        return number;
      } catch (error) {
        if (codeOf(error) !== 'EADDRINUSE' || attempt === ATTEMPTS) throw error;
      }
    }
  } finally {
    for (const sockets of held) addon.letGo(sockets);
  }
}

/**
 * Binds the ports of proxies before they are claimed: who publishes one by rules at the same time claims it first and looks
 * then whether somebody listens, so that one of both is found by the other. Ports of ::1 are not claimed.
 */
export async function bindProxied(state: State, plan: EndpointPlan): Promise<BoundSocket[]> {
  const bound: BoundSocket[] = [];
  let binding: PortPlan | undefined;
  for (let attempt = 1; ; attempt++) {
    try {
      if (plan.ports.some(isToBeChosen)) await choosePorts(state, plan);
      for (const port of plan.ports) {
        if (!port.proxy || !isWithinRules(port)) continue;
        binding = port;
        const address = port.hostAddress && addressText(port.hostAddress);
        for (let i = 0; i < port.count; i++) {
          const protocol = port.protocol as 'tcp' | 'udp';
          bound.push(await bindProxy(protocol, address, port.hostPort + i, state.host.netns));
        }
      }
      return bound;
    } catch (error) {
      closeBound(bound);
      if (!binding || codeOf(error) !== 'EADDRINUSE' || attempt >= ATTEMPTS || !isChosenAgain(plan, binding))
        throw error;
    }
  }
}

/** Closes sockets that nobody serves yet. */
export function closeBound(bound: BoundSocket[]): void {
  for (const { fd } of bound.splice(0)) closeSync(fd);
}

/** Holds the ports that are to be reserved from processes of the host, which fails where one has them. */
export async function holdPorts(state: State, held: Bindable): Promise<object | undefined> {
  if (held.plans.length === 0) return undefined;
  const bound = await begin<BoundPorts>('value', 'bind', (id) =>
    addon.bindPorts(id, state.host.netns, true, held.packed),
  );
  return bound.sockets;
}

/** After a port could not be bound: returns where that was chosen, and is to be chosen again; else throws, naming who has it. */
export async function reviseBind(
  state: State,
  plan: EndpointPlan,
  { plans }: Bindable,
  error: unknown,
  attempt: number,
): Promise<void> {
  if (codeOf(error) !== 'EADDRINUSE') throw error;
  // Counted over all ranges.
  let at = Number((error as NetlinkError).field ?? 0);
  const port = plans.find(({ count }) => {
    if (at < count) return true;
    at -= count;
    return false;
  }) as PortPlan;
  if (attempt < ATTEMPTS && isChosenAgain(plan, port)) return;
  const number = port.hostPort + at;
  const address = port.hostAddress && addressText(port.hostAddress);
  const { protocol } = port;
  const holder = await portHolders(protocol, number, state.host.netns);
  throw new PortInUseError({ protocol, address, port: number, holder }, { cause: error });
}

/** Gives up what was claimed, and lets go of what was held. Elements that are gone are given up already. */
export async function release(state: State, known: Known): Promise<void> {
  letGoOfPorts(known);
  await withdrawPorts(state, [known.record], known.ports);
  await deleteRest(state, [known.record]);
}

/**
 * Deletes endpoints' ports, and then the flows that they led to them. As long as an endpoint is marked, what a crash leaves of
 * them is found.
 */
export async function withdrawPorts(
  { host: { netfilter, flows } }: State,
  records: readonly EndpointRecord[],
  ports: readonly PortKeys[],
): Promise<void> {
  const published = records.filter(({ hasPorts }) => hasPorts);
  if (published.length === 0) return;
  const together = joinPorts(ports);
  const messages = together.map(({ set, count, keys }) => changeMany('delete', set, count, keys));
  await netfilter.transaction(messages).catch(async (error: unknown) => {
    ignore('ENOENT')(error);
    for (const one of together) await deletePorts(netfilter, one);
  });
  const led = published.flatMap(({ addresses }) => addresses);
  await flows.forget(led.map((address) => ({ kind: 'to', address: addressText(address) })));
}

/** Those of a set together. */
function joinPorts(ports: readonly PortKeys[]): PortKeys[] {
  return [...new Set(ports.map(({ set }) => set))].map((set) => {
    const own = ports.filter((one) => one.set === set);
    return { set, count: own.reduce((sum, { count }) => sum + count, 0), keys: concat(...own.map(({ keys }) => keys)) };
  });
}

/**
 * Deletes all elements of endpoints but their ports, and the marks of the one who is about them; where some are gone, by
 * halves, in the end one by one.
 */
export async function deleteRest(state: State, records: readonly EndpointRecord[]): Promise<void> {
  const { netfilter } = state.host;
  const keys = records.map(({ key }) => key);
  const addresses = records.flatMap((record) => record.addresses);
  const messages = [
    ...([4, 6] as const).flatMap((family) => {
      const own = addresses.filter(({ length }) => (length === 4 ? 4 : 6) === family);
      return own.length > 0 ? [changeMany('delete', `addresses${family}`, own.length, concat(...own))] : [];
    }),
    changeMany('delete', 'endpoints', keys.length, linkNames(keys)),
    unmarkMessage(...keys),
  ];
  try {
    await netfilter.transaction(messages);
  } catch (error) {
    ignore('ENOENT')(error);
    if (records.length === 1) {
      for (const message of messages) await netfilter.transaction([message]).catch(ignore('ENOENT'));
      return;
    }
    for (const half of halves(records)) await deleteRest(state, half);
  }
}

/** Deletes ports of which some may be gone: where they are, by halves. */
async function deletePorts(netfilter: Lane, { set, count, keys }: PortKeys): Promise<void> {
  try {
    await netfilter.transaction([changeMany('delete', set, count, keys)]);
  } catch (error) {
    ignore('ENOENT')(error);
    if (count === 1) return;
    const half = count >> 1;
    const at = (keys.length / count) * half;
    await deletePorts(netfilter, { set, count: half, keys: keys.subarray(0, at) });
    await deletePorts(netfilter, { set, count: count - half, keys: keys.subarray(at) });
  }
}
