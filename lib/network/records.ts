// What the kernel keeps for us, as records: networks and endpoints to and from the comments of their elements.
import { randomInt } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { NfElement } from '../generated/objects.js';
import type { Lane } from '../lane.js';
import { readElements } from '../nft/read.js';
import { MAX_COMMENT, readComment, readWord, writeComment, writeWord } from './comment.js';
import { addressBytes, addressText, INSIDE_MAC, macOf, Subnet } from './ip.js';
import { type NetworkPlan, type PortProtocol, shortHash } from './spec.js';
import { commentOf, fromHostOrder, type SetName, TABLE } from './table.js';

/** Links of a network are in the group of its number; groups above belong to links that are about to go. */
const GROUPS = 0x4000_0000;

/** A group for links that go together. */
export const chooseDeleteGroup = () => randomInt(GROUPS, 2 * GROUPS);

/** Whether a group is one of those. */
export const isDeleteGroup = (group = 0) => group >= GROUPS && group < 2 * GROUPS;

/** The number of a network: always the same for a name. */
export function networkNumber(name: string): number {
  return 1 + (Buffer.from(shortHash(name, 8), 'base64url').readUInt32BE() % (GROUPS - 1));
}

/** Key of the mark on a network that a process makes, repairs or deletes. */
export const networkKey = (number: number) => `np${number}`;
export const isNetworkKey = (key: string) => /^np\d+$/.test(key);

/** Key of an endpoint's element, and the name of its link at the host's end unless another is asked for. */
export function endpointKey(network: string, id: string): string {
  return `veth${shortHash(`${network}\0${id}`, 11)}`;
}

/** A network's settings with what the kernel was told at its making. */
export interface NetworkRecord extends NetworkPlan {
  mtu: number;
  /** Number of the network: the group of its links. */
  number: number;
  /** When it was made, in milliseconds to the base of 36: tells it from others of the same name. */
  made: string;
}

const FLAGS = ['isolated', 'isolateEndpoints', 'masquerade', 'internal'] as const;

/** For each subnet of a network the host's address in it. */
export function gatewaysOf({ gateways }: Pick<NetworkPlan, 'gateways'>): string[] {
  return gateways.map(addressText);
}

/** The comment of a network's element. */
export function writeNetwork(network: NetworkRecord): string {
  const sources = Object.values(network.sources).map(addressText);
  return writeComment({
    net: network.name,
    mode: network.mode,
    subnets: network.subnets.map(({ text }) => text).join(','),
    gateways: gatewaysOf(network).join(','),
    bridge: network.bridge || undefined,
    mac: network.mac,
    mtu: network.mtu,
    flags: FLAGS.filter((flag) => network[flag]).join(',') || undefined,
    sources: sources.join(',') || undefined,
    max: network.maxEndpoints,
    at: network.made,
  });
}

/** Reads a network's element; undefined where it is not one that we understand. */
export function readNetwork(element: NfElement): NetworkRecord | undefined {
  const key = element.key?.value;
  const fields = readComment(commentOf(element.userdata));
  if (!key || !fields.net || !fields.subnets) return undefined;
  const subnets = fields.subnets.split(',').map((text) => Subnet.parse(text, 'subnets'));
  const texts = fields.gateways?.split(',') ?? [];
  const gateways = subnets.map((subnet, i) => addressBytes(texts[i] ?? '') ?? subnet.host(1));
  const flags = (fields.flags ?? '').split(',');
  const sources: NetworkPlan['sources'] = {};
  for (const text of fields.sources?.split(',') ?? []) sources[text.includes(':') ? 'inet6' : 'inet'] = bytesOf(text);
  return {
    name: fields.net,
    mode: fields.mode === 'routed' ? 'routed' : 'bridge',
    subnets,
    gateways,
    bridge: fields.bridge ?? '',
    mac: fields.mac,
    mtu: Number(fields.mtu ?? 1500),
    number: fromHostOrder(key),
    made: fields.at ?? '',
    isolated: flags.includes('isolated'),
    isolateEndpoints: flags.includes('isolateEndpoints'),
    masquerade: flags.includes('masquerade'),
    internal: flags.includes('internal'),
    sources,
    maxEndpoints: Number(fields.max ?? 0),
  };
}

function bytesOf(address: string): Uint8Array {
  return addressBytes(address) ?? new Uint8Array(4);
}

/** How an endpoint came to its namespace, and how it is found again. */
export type NetnsRecord =
  /** Made by attach under a name: goes with the endpoint. */
  | { kind: 'made'; name: string }
  /** There before under a name. */
  | { kind: 'named'; name: string }
  /** There before, at a path. */
  | { kind: 'path'; path: string }
  /** Nameless: only those who have it open know it. */
  | { kind: 'nameless' };

/** What the kernel keeps of an endpoint. */
export interface EndpointRecord {
  /** The element's key. */
  key: string;
  id: string;
  network: string;
  /** For each subnet of the network the address. */
  addresses: Uint8Array[];
  mac: string;
  /** When it was attached, in milliseconds to the base of 36: tells it from others of the same name. */
  made: string;
  netns: NetnsRecord;
  interface: string;
  hostInterface: string;
  /** Whether some of its ports are published; they are found by its addresses. */
  hasPorts: boolean;
  /** Bits per second. */
  ingress: number | undefined;
  egress: number | undefined;
  /** Bytes, where it was given. */
  burst: number | undefined;
}

/** The comment of an endpoint's addresses. */
export const labelOf = ({ network, id }: EndpointRecord) => `${network}/${writeWord(id)}`;

/** Reads that. */
export function readLabel(label: string): { network: string; id: string } {
  const at = label.indexOf('/');
  return { network: label.slice(0, Math.max(at, 0)), id: readWord(label.slice(at + 1)) };
}

/** Name of the namespace that is made for an endpoint. */
export function derivedNetns(network: string, id: string): string {
  const plain = `np-${network}-${id}`;
  return /^[\w.:@+-]+$/.test(plain) && plain.length <= 200 ? plain : `np-${network}-${shortHash(id, 16)}`;
}

/** What is not written of the link-layer address: that with the end of the first address. */
const plainMac = ([address]: readonly Uint8Array[]) => (address ? macOf(address, INSIDE_MAC) : '');

/** The same where that name is another's: the pair may be written alike as another one, and there may be other machines. */
export function distinctNetns(network: string, id: string, machine: bigint): string {
  return `np-${network}-${shortHash(`${machine}\0${network}\0${id}`, 16)}`;
}

/** The comment of an endpoint's element. What follows from the rest is left out. */
export function writeEndpoint(endpoint: EndpointRecord): string {
  const { netns } = endpoint;
  const isDerived = netns.kind === 'made' && netns.name === derivedNetns(endpoint.network, endpoint.id);
  return writeComment({
    id: endpoint.id,
    net: endpoint.network,
    ip: endpoint.addresses.map(addressText).join(','),
    mac: endpoint.mac === plainMac(endpoint.addresses) ? undefined : endpoint.mac,
    if: endpoint.interface === 'eth0' ? undefined : endpoint.interface,
    host: endpoint.hostInterface === endpoint.key ? undefined : endpoint.hostInterface,
    ns: isDerived
      ? undefined
      : netns.kind === 'nameless'
        ? '-'
        : netns.kind === 'path'
          ? `:${netns.path}`
          : `${netns.kind === 'made' ? '+' : '='}${netns.name}`,
    ports: endpoint.hasPorts ? 1 : undefined,
    in: endpoint.ingress,
    out: endpoint.egress,
    burst: endpoint.burst,
    at: endpoint.made,
  });
}

/** Whether a comment fits into an element. */
export function fits(comment: string): boolean {
  return Buffer.byteLength(comment) <= MAX_COMMENT;
}

/** Reads an endpoint's element (or its link's alias); undefined where it is not one that we understand. */
export function readEndpoint(key: string, comment: string): EndpointRecord | undefined {
  const fields = readComment(comment);
  const { id, net } = fields;
  if (!id || !net) return undefined;
  const addresses = (fields.ip ?? '').split(',').flatMap((text) => addressBytes(text) ?? []);
  const ns = fields.ns;
  return {
    key,
    id,
    network: net,
    addresses,
    mac: fields.mac ?? plainMac(addresses),
    made: fields.at ?? '',
    netns:
      ns === undefined
        ? { kind: 'made', name: derivedNetns(net, id) }
        : ns === '-'
          ? { kind: 'nameless' }
          : ns.startsWith(':')
            ? { kind: 'path', path: ns.slice(1) }
            : { kind: ns.startsWith('+') ? 'made' : 'named', name: ns.slice(1) },
    interface: fields.if ?? 'eth0',
    hostInterface: fields.host ?? key,
    hasPorts: fields.ports !== undefined,
    ingress: fields.in === undefined ? undefined : Number(fields.in),
    egress: fields.out === undefined ? undefined : Number(fields.out),
    burst: fields.burst === undefined ? undefined : Number(fields.burst),
  };
}

/** All elements of one of our sets; none where the table is gone. */
export async function listElements(lane: Lane, set: SetName): Promise<NfElement[]> {
  try {
    const { elements } = await readElements(lane, { ...TABLE, name: set });
    return elements ?? [];
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return [];
    throw error;
  }
}

export const PROTOCOLS: Record<PortProtocol, number> = { tcp: 6, udp: 17, sctp: 132 };
const PROTOCOL_NAMES = new Map(Object.entries(PROTOCOLS).map(([name, number]) => [number, name as PortProtocol]));

/** A published port as an element of one of the maps. */
export interface PortElement {
  set: SetName;
  key: Uint8Array;
  protocol: PortProtocol;
  hostPort: number;
  hostAddress: Uint8Array | undefined;
  address: Uint8Array;
  port: number;
}

/** Reads an element of a map of ports. */
export function readPort(set: SetName, element: NfElement): PortElement | undefined {
  const key = element.key?.value;
  const data = element.data && 'value' in element.data ? element.data.value : undefined;
  const length = set.endsWith('4') ? 4 : 16;
  const at = set.startsWith('host') ? length : 0;
  if (!key || !data || key.length < at + 8 || data.length < length + 4) return undefined;
  const protocol = PROTOCOL_NAMES.get(key[at] as number);
  if (!protocol) return undefined;
  return {
    set,
    key,
    protocol,
    hostPort: ((key[at + 4] as number) << 8) | (key[at + 5] as number),
    hostAddress: at ? key.subarray(0, at) : undefined,
    address: data.subarray(0, length),
    port: ((data[length] as number) << 8) | (data[length + 1] as number),
  };
}

/** When a process or thread was started, to the base of 36; undefined where there is none of that number, as far as can be told. */
function startOf(number: number, file: string): string | undefined {
  try {
    // Field 22 of proc_pid_stat(5), counted from behind the name, which may hold anything.
    const stat = readFileSync(file, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return Number(fields[19]).toString(36);
  } catch {
    return isHidden(number) ? HIDDEN : undefined;
  }
}

/** Stands for the start of what is not shown. */
const HIDDEN = '';

/** Whether a process, or thread, is there that is not shown: with hidepid (proc(5)) others' are not. */
function isHidden(number: number): boolean {
  try {
    process.kill(number, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

let pidNamespace: string | undefined;
let ownMark: string | undefined;

/**
 * The mark of this environment, the process or one of its workers: process, its start, the PID namespace that the number is of;
 * behind it a worker's thread and that one's start, as it may end before the process.
 */
export function ownMarkText(): string {
  if (ownMark === undefined) {
    const { pid } = process;
    pidNamespace = readlinkSync('/proc/self/ns/pid').replace(/\D/g, '');
    ownMark = `${pid}.${startOf(pid, `/proc/${pid}/stat`)}.${Number(pidNamespace).toString(36)}`;
    const [leader, , thread] = readlinkSync('/proc/thread-self').split('/');
    // Where they are not the same numbers it is another PID namespace's /proc, by which no thread can be found.
    if (leader === `${pid}` && thread !== leader) {
      ownMark += `.${thread}.${startOf(Number(thread), '/proc/thread-self/stat')}`;
    }
  }
  return ownMark;
}

/** Whether the process, or worker, of a mark is running, as far as can be told. */
export function isRunning(mark: string): boolean {
  const [pid, started, namespace, thread, threadStarted] = mark.split('.');
  if (pid === undefined || started === undefined) return false;
  if (namespace !== ownMarkText().split('.')[2]) {
    return Number(pidNamespace) !== FIRST_PID_NAMESPACE || isSeen(pid, Number.parseInt(namespace ?? '', 36));
  }
  const isSame = (number: string, file: string, start: string | undefined) => {
    const now = startOf(Number(number), file);
    return now === HIDDEN || (now !== undefined && now === start);
  };
  if (!isSame(pid, `/proc/${pid}/stat`, started)) return false;
  return thread === undefined || isSame(thread, `/proc/${pid}/task/${thread}/stat`, threadStarted);
}

/** The first PID namespace, PROC_PID_INIT_INO, from which all processes can be seen. */
const FIRST_PID_NAMESPACE = 0xeffffffc;

/**
 * Whether there is a process of a number in a PID namespace below this one, or one that cannot be looked at. When it was
 * started is not compared: a time namespace may have made it something else there.
 */
function isSeen(pid: string, namespace: number): boolean {
  // With hidepid (proc(5)) others' processes are not there.
  if (!existsSync('/proc/1')) return true;
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      // Its numbers in all namespaces that it can be seen from, its own at the end (proc_pid_status(5)).
      const status = readFileSync(`/proc/${entry}/status`, 'latin1');
      const numbers = /^NSpid:(.*)$/m.exec(status)?.[1]?.trim().split(/\s+/) ?? [];
      if (numbers.length < 2 || numbers.at(-1) !== pid) continue;
      if (readlinkSync(`/proc/${entry}/ns/pid`) === `pid:[${namespace}]`) return true;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT' && code !== 'ESRCH') return true;
    }
  }
  return false;
}
