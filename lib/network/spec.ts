// What may be asked for: networks and endpoints as the caller describes them, checked whole before anything is changed.
import { hash } from 'node:crypto';
import { argumentError, PortInUseError } from '../errors.js';
import { checkNetnsName, type NetnsRef } from '../netns.js';
import type { RouteSpec } from '../routes.js';
import { checkSpec } from '../spec.js';
import { addressBytes, addressText, type Family, isSameAddress, isUnspecified, readPrefix, Subnet } from './ip.js';

/** How endpoints are joined: by a bridge, or by a route to each. */
export type NetworkMode = 'bridge' | 'routed';

/** A network to be made. */
export interface NetworkSpec {
  /** Its name: 1 to 40 letters, digits, dots, dashes and underscores, unique in the machine's network namespace. */
  name: string;
  /** The subnets that endpoints get addresses of, such as `['10.88.0.0/16', 'fd00:88::/64']`: one of a family, or both. */
  subnets: readonly string[];
  /**
   * `'bridge'` (as is): endpoints are ports of a bridge and one another's neighbours. `'routed'`: no bridge, the host has
   * a route to each endpoint; there is no limit to their number, and the last is made as fast as the first.
   */
  mode?: NetworkMode | undefined;
  /** The host's address in each subnet; the first one if left out. */
  gateways?: readonly string[] | undefined;
  /** Name of the bridge, of at most 15 bytes, not beginning with `npb`; derived from the network's if left out. */
  bridge?: string | undefined;
  /** The bridge's link-layer address; derived from the gateway's if left out. It never changes as ports come and go. */
  mac?: string | undefined;
  /** MTU of all links of the network in bytes; `'auto'` (as is) takes that of the link that the default route leaves by. */
  mtu?: number | 'auto' | undefined;
  /** Whether endpoints of other networks are kept out (true as is). Networks that are not isolated reach one another. */
  isolated?: boolean | undefined;
  /**
   * Whether the network's endpoints are kept from one another (false as is). Published ports can still be reached, but not
   * across a bridge whose packets br_netfilter hands to the rules for IP.
   */
  isolateEndpoints?: boolean | undefined;
  /** Whether what leaves for elsewhere gets the host's address (true as is), or which addresses it gets (SNAT). */
  masquerade?: boolean | string | readonly string[] | undefined;
  /** No way out (false as is): endpoints reach each other and the host only. Ports cannot be published. */
  internal?: boolean | undefined;
  /**
   * How many endpoints a bridge network is to hold (1,023 as is, as many as a bridge has ports). For more, further
   * bridges are joined to the first, which takes a port of it each.
   */
  maxEndpoints?: number | undefined;
  /** The machine: the namespace that bridges and host ends are in. The calling thread's if left out. */
  netns?: NetnsRef | undefined;
}

/** The transport protocols whose ports can be published. */
export type PortProtocol = 'tcp' | 'udp' | 'sctp';

/** A port (or a range of ports) of the host that leads to the endpoint. */
export interface PortSpec {
  /** The port's number on the host, of the first one where there are several; 0 takes a free one, or as many in a row. */
  hostPort: number;
  /** The port's number at the endpoint. */
  port: number;
  /** How many ports, counted up on both sides from `hostPort` and `port` (1 as is). */
  count?: number | undefined;
  /** `'tcp'` as is. */
  protocol?: PortProtocol | undefined;
  /** The host's address that the port is published on; all addresses, of both families, if left out. */
  hostAddress?: string | undefined;
  /** Holds the port by a bound socket as well, for as long as this process and the endpoint live (false as is). */
  reserve?: boolean | undefined;
  /**
   * Publishes the port by a {@link PortProxy} of this process instead of rules of the kernel (false as is): what `'::1'`
   * needs. It lasts as long as this process has the network open. The endpoint sees the host as its peer. Where the kernel
   * has no nftables there are no networks either: there a PortProxy does by itself.
   */
  proxy?: boolean | undefined;
}

/** How fast an endpoint may be. */
export interface BandwidthSpec {
  /** To the endpoint: bits per second, or a tc string such as `'10mbit'`. */
  ingress?: number | string | undefined;
  /** From the endpoint: bits per second, or a tc string such as `'10mbit'`. */
  egress?: number | string | undefined;
  /**
   * Bytes that may pass at full speed after a pause, at least a packet of the endpoint's MTU with its Ethernet header (14);
   * computed from the rate if left out.
   */
  burst?: number | undefined;
}

/** An endpoint to be made. */
export interface EndpointSpec {
  /** Its id: 1 to 128 bytes without control characters, unique in the network. */
  id: string;
  /**
   * Its namespace, by any reference. A name that does not exist is made. If left out, one is made under a name derived
   * from network and id, by which it outlives this process; `{ anonymous: true }` makes one that does not.
   */
  netns?: NetnsRef | { anonymous: true } | undefined;
  /** Name of the link in the namespace; `'eth0'` as is. */
  interface?: string | undefined;
  /** Name of the link at the host's end, not beginning with `npb`; derived from network and id if left out. */
  hostInterface?: string | undefined;
  /** The addresses wanted, at most one of each subnet; where none of a subnet is given, a free one is taken. */
  addresses?: readonly string[] | undefined;
  /** The link-layer address; derived from the IP address if left out, so that neighbours need not learn it anew. */
  mac?: string | undefined;
  /** MTU in bytes, of both ends; the network's if left out. */
  mtu?: number | undefined;
  /** Ports that are published. */
  ports?: readonly PortSpec[] | undefined;
  /** Limits, enforced at the host's end. */
  bandwidth?: BandwidthSpec | undefined;
  /** Further routes in the namespace. `link` is the endpoint's if left out. */
  routes?: readonly RouteSpec[] | undefined;
  /** Whether the network's gateways become default routes (true as is). Without, only its subnets can be reached. */
  defaultRoute?: boolean | undefined;
  /** Parameters set in the namespace at the end, such as `{ 'net.ipv4.ip_unprivileged_port_start': 0 }`. */
  sysctls?: Readonly<Record<string, string | number | boolean>> | undefined;
  /** Whether the link gets an IPv6 link-local address of itself (false as is: it chatters to every other endpoint). */
  linkLocal?: boolean | undefined;
}

/** A published port as it is; whether this process holds it by a socket is not told (`reserve`). */
export interface Port {
  protocol: PortProtocol;
  hostPort: number;
  port: number;
  /** How many ports, counted up from those; absent for one. */
  count?: number;
  /** Absent where the port is published on all addresses of all families of the network; `'0.0.0.0'`, `'::'`: of one of two. */
  hostAddress?: string;
  /** This process carries the data; only it tells of the port. */
  proxy?: true;
}

/** A network's settings, all decided. */
export interface NetworkPlan {
  name: string;
  mode: NetworkMode;
  subnets: Subnet[];
  /** For each subnet the host's address in it. */
  gateways: Uint8Array[];
  /** Name of the (first) bridge; '' in routed mode. */
  bridge: string;
  mac: string | undefined;
  mtu: number | 'auto';
  isolated: boolean;
  isolateEndpoints: boolean;
  masquerade: boolean;
  /** For a family, the address that what leaves gets. */
  sources: Partial<Record<Family, Uint8Array>>;
  internal: boolean;
  maxEndpoints: number;
}

/** A run of published ports, checked: those that follow one another are one, however they were asked for. */
export interface PortPlan {
  protocol: PortProtocol;
  hostPort: number;
  port: number;
  count: number;
  /** What the endpoint's port is counted up by from one to the next: 0 where all lead to the same. */
  step: 0 | 1;
  hostAddress: Uint8Array | undefined;
  reserve: boolean;
  proxy: boolean;
  /** What is told of the first that were asked for. */
  told?: Port | undefined;
}

const NETWORK_KEYS = new Set(
  'name subnets mode gateways bridge mac mtu isolated isolateEndpoints masquerade internal maxEndpoints netns'.split(
    ' ',
  ),
);
const ENDPOINT_KEYS = new Set(
  'id netns interface hostInterface addresses mac mtu ports bandwidth routes defaultRoute sysctls linkLocal'.split(' '),
);
const PORT_KEYS = new Set('hostPort port count protocol hostAddress reserve proxy'.split(' '));
const BANDWIDTH_KEYS = new Set('ingress egress burst'.split(' '));

/** Bytes of a packet before those that the MTU counts. */
export const ETHERNET_HEADER = 14;

/** Ports of a bridge; with one more the kernel says EXFULL (BR_MAX_PORTS less one). */
export const BRIDGE_PORTS = 1023;

function show(value: unknown): string {
  if (typeof value === 'string') return `'${value.length > 40 ? `${value.slice(0, 40)}...` : value}'`;
  if (value === null || typeof value !== 'object') return String(value);
  return Array.isArray(value) ? 'an array' : 'an object';
}

/** The name of a field, whose '[]' stands for an index: only what is refused gets a text of its own. */
const named = (field: string, index = 0) => field.replace('[]', `[${index}]`);

function refuse(path: string, must: string, value: unknown, isType: boolean, index?: number): never {
  const field = named(path, index);
  throw argumentError(
    isType ? 'ERR_INVALID_ARG_TYPE' : 'ERR_INVALID_ARG_VALUE',
    field,
    `The "${field}" field must be ${must}. Received ${show(value)}`,
  );
}

function checkKeys(spec: object, known: ReadonlySet<string>, path: string, index?: number): void {
  for (const key in spec) {
    if (known.has(key)) continue;
    const field = path === '' ? key : `${named(path, index)}.${key}`;
    throw argumentError('ERR_INVALID_ARG_VALUE', field, `The "${field}" field is not known`);
  }
}

function checkBoolean(value: unknown, path: string, otherwise: boolean, index?: number): boolean {
  if (value === undefined) return otherwise;
  if (typeof value !== 'boolean') refuse(path, 'a boolean', value, true, index);
  return value;
}

function checkWhole(value: unknown, path: string, low: number, high: number, index?: number): number {
  if (typeof value !== 'number') refuse(path, 'a number', value, true, index);
  if (!Number.isInteger(value) || value < low || value > high) {
    const field = named(path, index);
    throw argumentError(
      'ERR_OUT_OF_RANGE',
      field,
      `The "${field}" field must be a whole number from ${low} to ${high}. Received ${value}`,
    );
  }
  return value;
}

/** The least MTU that links of IPv6 have (RFC 8200): the kernel has none on others. */
export const IPV6_MTU = 1280;

/** Checks an MTU. */
export function checkMtu(value: unknown, subnets: readonly Subnet[]): number {
  return checkWhole(value, 'mtu', subnets.some(({ family }) => family === 'inet6') ? IPV6_MTU : 68, 65_535);
}

/** Half a character, which cannot be told to the kernel. */
const LONE_SURROGATE = /\p{Surrogate}/u;

function checkLinkName(value: unknown, field: string): string {
  if (typeof value !== 'string') refuse(field, 'a string', value, true);
  if (
    value === '' ||
    Buffer.byteLength(value) > 15 ||
    value === '.' ||
    value === '..' ||
    /[/:\s%\0"]/.test(value) ||
    LONE_SURROGATE.test(value)
  ) {
    refuse(field, "a link's name: 1 to 15 bytes without '/', ':', '%', quotes and spaces", value, false);
  }
  return value;
}

function checkMac(value: unknown, field: string): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string') refuse(field, 'a string', value, true);
  if (!/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(value) || Number.parseInt(value, 16) & 1 || /^[0:]*$/.test(value)) {
    refuse(field, "a link-layer address such as '02:6e:0a:58:00:02', no group's and not all zeros", value, false);
  }
  return value.toLowerCase();
}

function checkList(value: unknown, field: string): readonly unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) refuse(field, 'an array', value, true);
  return value;
}

function checkAddress(value: unknown, path: string, index?: number): Uint8Array {
  if (typeof value !== 'string') refuse(path, 'an IPv4 or IPv6 address', value, true, index);
  const bytes = addressBytes(value);
  if (!bytes) refuse(path, 'an IPv4 or IPv6 address', value, false, index);
  return bytes;
}

/** Letters, digits, '-' and '_' that stand for a text: the same for the same, and hardly ever the same for another. */
export function shortHash(text: string, length: number): string {
  return hash('sha256', text, 'base64url').slice(0, length);
}

/** Checks the name of a network. */
export function checkNetworkName(name: unknown): string {
  if (typeof name !== 'string') refuse('name', 'a string', name, true);
  if (!/^[A-Za-z0-9_][A-Za-z0-9._-]{0,39}$/.test(name)) {
    refuse('name', '1 to 40 letters, digits, dots, dashes and underscores', name, false);
  }
  return name;
}

/** What the names of bridges begin with that are joined to a network's first. */
export const JOINED = 'npb';

/** Name of a network's bridge: its own, if the kernel takes it. */
function bridgeName(network: string): string {
  const plain = `np-${network}`;
  return plain.length <= 15 ? plain : `np-${shortHash(network, 12)}`;
}

/** Checks the name of a link beside joined bridges: the rules know those by their names. */
function checkHostName(value: unknown, field: string): string {
  const name = checkLinkName(value, field);
  if (name.startsWith(JOINED))
    refuse(field, `no name that begins with '${JOINED}', as joined bridges' do`, name, false);
  return name;
}

/** Checks a network's description and fills in what was left out. */
export function planNetwork(spec: NetworkSpec): NetworkPlan {
  checkSpec('spec', spec);
  checkKeys(spec, NETWORK_KEYS, '');
  const name = checkNetworkName(spec.name);
  const mode = spec.mode ?? 'bridge';
  if (mode !== 'bridge' && mode !== 'routed') refuse('mode', "'bridge' or 'routed'", mode, typeof mode !== 'string');
  const subnets = checkList(spec.subnets, 'subnets').map((text, i) => Subnet.parse(text, `subnets[${i}]`));
  if (subnets.length === 0 || new Set(subnets.map(({ family }) => family)).size !== subnets.length) {
    refuse('subnets', 'one subnet, or one of each family', spec.subnets, false);
  }
  // IPv4 first, whatever the order given: link-layer addresses follow from it.
  subnets
    .sort((a, b) => a.length - b.length || 0)
    .sort((a, b) => (a.family < b.family ? -1 : a.family > b.family ? 1 : 0));
  const asked: (Uint8Array | undefined)[] = subnets.map(() => undefined);
  checkList(spec.gateways, 'gateways').forEach((text, i) => {
    const bytes = checkAddress(text, `gateways[${i}]`);
    const at = subnets.findIndex((subnet) => subnet.isHost(bytes));
    if (at < 0) refuse(`gateways[${i}]`, 'an address of a host in one of the subnets', text, false);
    if (asked[at]) refuse(`gateways[${i}]`, 'the only one of its subnet', text, false);
    asked[at] = bytes;
  });
  const gateways = subnets.map((subnet, i) => asked[i] ?? subnet.host(1));
  const { masquerade } = spec;
  const sources: NetworkPlan['sources'] = {};
  if (typeof masquerade !== 'boolean' && masquerade !== undefined) {
    const list = typeof masquerade === 'string' ? [masquerade] : checkList(masquerade, 'masquerade');
    list.forEach((text, i) => {
      const field = typeof masquerade === 'string' ? 'masquerade' : `masquerade[${i}]`;
      const bytes = checkAddress(text, field);
      const family = bytes.length === 4 ? 'inet' : 'inet6';
      if (sources[family]) refuse(field, 'the only one of its family', text, false);
      sources[family] = bytes;
    });
  }
  if (spec.mtu !== undefined && spec.mtu !== 'auto') checkMtu(spec.mtu, subnets);
  const isRouted = mode === 'routed';
  if (isRouted) {
    for (const key of ['bridge', 'mac', 'maxEndpoints'] as const) {
      if (spec[key] !== undefined) refuse(key, 'left out in routed mode, where there is no bridge', spec[key], false);
    }
  }
  return {
    name,
    mode,
    subnets,
    gateways,
    bridge: isRouted ? '' : spec.bridge === undefined ? bridgeName(name) : checkHostName(spec.bridge, 'bridge'),
    mac: checkMac(spec.mac, 'mac'),
    mtu: spec.mtu ?? 'auto',
    isolated: checkBoolean(spec.isolated, 'isolated', true),
    isolateEndpoints: checkBoolean(spec.isolateEndpoints, 'isolateEndpoints', false),
    masquerade: masquerade !== false,
    sources,
    internal: checkBoolean(spec.internal, 'internal', false),
    maxEndpoints:
      spec.maxEndpoints === undefined ? BRIDGE_PORTS : checkWhole(spec.maxEndpoints, 'maxEndpoints', 1, 1_000_000),
  };
}

/** Bits per second of a number or of tc's spelling: rates in bits (`'10mbit'`, `'1gibit'`) or bytes (`'1mbps'`). */
export function parseRate(value: unknown, field: string): number {
  let rate = Number.NaN;
  if (typeof value === 'number') rate = value;
  else if (typeof value === 'string') {
    const match = /^(\d+(?:\.\d+)?)(?:([kmgt])(i?))?(bit|bps)?$/i.exec(value);
    if (match) {
      const power = match[2] ? 'kmgt'.indexOf(match[2].toLowerCase()) + 1 : 0;
      rate = Number(match[1]) * (match[3] ? 1024 : 1000) ** power * (match[4]?.toLowerCase() === 'bps' ? 8 : 1);
    }
  } else refuse(field, "a number of bits per second or a string such as '10mbit'", value, true);
  if (Number.isNaN(rate)) refuse(field, "a number of bits per second or a string such as '10mbit'", value, false);
  if (!(rate >= 8000 && rate <= 1e12)) {
    throw argumentError(
      'ERR_OUT_OF_RANGE',
      field,
      `The "${field}" field must be from 8 kbit to 1 Tbit a second. Received ${value}`,
    );
  }
  return Math.round(rate);
}

/** A limit, all decided. */
export interface BandwidthPlan {
  /** Bits per second; undefined: no limit. */
  ingress: number | undefined;
  egress: number | undefined;
  /** Bytes, as given. */
  burst: number | undefined;
}

/** An endpoint's settings, all checked; addresses are chosen later. */
export interface EndpointPlan {
  id: string;
  netns: NetnsRef | { anonymous: true } | undefined;
  interface: string;
  hostInterface: string | undefined;
  /** For each of the network's subnets, the address asked for. */
  addresses: (Uint8Array | undefined)[];
  mac: string | undefined;
  mtu: number | undefined;
  ports: PortPlan[];
  /** The same as they are told: in the order that they were asked for in, each by itself. */
  published: Port[];
  /** Of the ports those for which any free number does, with those that turned out to be taken. */
  freePorts?: Map<PortPlan, Set<number>>;
  bandwidth: BandwidthPlan | undefined;
  routes: readonly RouteSpec[];
  defaultRoute: boolean;
  sysctls: (readonly [string, string])[];
  linkLocal: boolean;
}

/** Checks an endpoint's id. */
export function checkId(id: unknown): string {
  if (typeof id !== 'string') refuse('id', 'a string', id, true);
  const bytes = Buffer.byteLength(id);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (bytes === 0 || bytes > 128 || /[\0-\x1f\x7f]/.test(id) || LONE_SURROGATE.test(id)) {
    refuse('id', '1 to 128 bytes of well-formed text without control characters', id, false);
  }
  return id;
}

/** Checks published ports, and adds them to the runs. Returns them as they are told. */
function planPort(spec: PortSpec, i: number, network: NetworkPlan, runs: PortPlan[]): Port {
  if (typeof spec !== 'object' || spec === null) refuse('ports[]', 'an object with hostPort and port', spec, true, i);
  checkKeys(spec, PORT_KEYS, 'ports[]', i);
  const protocol = spec.protocol ?? 'tcp';
  if (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'sctp') {
    refuse('ports[].protocol', "'tcp', 'udp' or 'sctp'", protocol, typeof protocol !== 'string', i);
  }
  const hostPort = checkWhole(spec.hostPort, 'ports[].hostPort', 0, 65_535, i);
  const port = checkWhole(spec.port, 'ports[].port', 1, 65_535, i);
  const count = spec.count === undefined ? 1 : checkWhole(spec.count, 'ports[].count', 1, 65_535, i);
  const hostAddress =
    spec.hostAddress === undefined ? undefined : checkAddress(spec.hostAddress, 'ports[].hostAddress', i);
  const reserve = checkBoolean(spec.reserve, 'ports[].reserve', false, i);
  const proxy = checkBoolean(spec.proxy, 'ports[].proxy', false, i);
  if (proxy && protocol === 'sctp') refuse('ports[].protocol', "'tcp' or 'udp' with a proxy", protocol, false, i);
  if (port + count > 65_536 || hostPort + count > 65_536) {
    const field = named('ports[].count', i);
    throw argumentError('ERR_OUT_OF_RANGE', field, `The "${field}" field leads beyond port 65535`);
  }
  if (hostPort === 0 && count > 1 && proxy) {
    refuse('ports[].count', '1 where a proxy is to have any free host port', count, false, i);
  }
  if (hostAddress && !proxy) {
    // The unspecified address means all of its family; every other one leads to an endpoint's address of its family.
    const family = hostAddress.length === 4 ? 'inet' : 'inet6';
    if (!network.subnets.some((subnet) => subnet.family === family)) {
      const must = "of a family that the network's endpoints have";
      refuse('ports[].hostAddress', must, spec.hostAddress, false, i);
    }
    if (family === 'inet6' && addressText(hostAddress) === '::1') {
      const must = "something else than '::1', which the kernel does not let out, or published by a proxy";
      refuse('ports[].hostAddress', must, spec.hostAddress, false, i);
    }
  }
  const told: Port = { protocol, hostPort, port };
  if (count > 1) told.count = count;
  // All addresses of the only family are all.
  const isAll = !hostAddress || (!proxy && network.subnets.length === 1 && isUnspecified(hostAddress));
  if (!isAll) told.hostAddress = addressText(hostAddress);
  if (proxy) told.proxy = proxy;
  const last = runs.at(-1);
  const isNext =
    last?.protocol === protocol &&
    last.hostPort !== 0 &&
    last.hostPort + last.count === hostPort &&
    last.reserve === reserve &&
    last.proxy === proxy &&
    isSameAddress(last.hostAddress, hostAddress);
  if (!isNext || !extend(last, port, count)) {
    runs.push({ protocol, hostPort, port, count, step: 1, hostAddress, reserve, proxy, told });
  }
  return told;
}

/** Has a run go on at its end, where it leads to ports that go on there, too. A single port goes with either step. */
function extend(run: PortPlan, port: number, count: number): boolean {
  const step = count > 1 ? 1 : run.count > 1 ? run.step : port === run.port ? 0 : 1;
  if ((run.count > 1 && run.step !== step) || run.port + step * run.count !== port) return false;
  run.step = step;
  run.count += count;
  return true;
}

/** Whether ports are published on all of the host's addresses, or on all of a family. */
export const isOfAny = ({ hostAddress }: PortPlan): boolean => hostAddress === undefined || isUnspecified(hostAddress);

/** Whether rules could lead a proxy's port elsewhere, as translation comes before sockets: what is sent to ::1 they leave. */
export const isWithinRules = ({ hostAddress }: PortPlan): boolean =>
  hostAddress?.length !== 16 || addressText(hostAddress) !== '::1';

/** Whether a packet to the host may be for either of two runs of the same port. */
function meet(a: PortPlan, b: PortPlan): boolean {
  if (isSameAddress(a.hostAddress, b.hostAddress)) return true;
  if (!isWithinRules(a) || !isWithinRules(b)) return false;
  if (!a.hostAddress || !b.hostAddress) return true;
  return a.hostAddress.length === b.hostAddress.length && (isOfAny(a) || isOfAny(b));
}

/** Refuses ports of the host that are asked for twice, in whatever order. */
function checkTwice(runs: readonly PortPlan[]): void {
  if (runs.length < 2) return;
  const sorted = runs.filter(({ hostPort }) => hostPort > 0).sort((a, b) => a.hostPort - b.hostPort);
  let before: PortPlan[] = [];
  for (const run of sorted) {
    const { protocol, hostPort: port, hostAddress } = run;
    before = before.filter(({ hostPort, count }) => port < hostPort + count);
    if (before.some((other) => other.protocol === protocol && meet(other, run))) {
      const address = hostAddress && addressText(hostAddress);
      throw new PortInUseError({ protocol, address, port, holder: "another of the endpoint's ports" });
    }
    before.push(run);
  }
}

/** Sets the host port of ports that any free one does for; 0: it is to be chosen again. */
export function setHostPort(ports: PortPlan, hostPort: number): void {
  ports.hostPort = hostPort;
  if (ports.told) ports.told.hostPort = hostPort;
}

/** Checks an endpoint's description. */
export function planEndpoint(spec: EndpointSpec, network: NetworkPlan & { mtu: number }): EndpointPlan {
  checkSpec('spec', spec);
  checkKeys(spec, ENDPOINT_KEYS, '');
  const addresses: (Uint8Array | undefined)[] = network.subnets.map(() => undefined);
  checkList(spec.addresses, 'addresses').forEach((text, i) => {
    const field = `addresses[${i}]`;
    if (typeof text !== 'string') refuse(field, 'a string', text, true);
    const read = readPrefix(text);
    if (!read) refuse(field, "an address, or one with the subnet's prefix length", text, false);
    const { address: bytes, length } = read;
    const at = network.subnets.findIndex((subnet) => subnet.isHost(bytes));
    const subnet = network.subnets[at];
    if (!subnet || isSameAddress(bytes, network.gateways[at])) {
      refuse(field, "a host's address of the network's subnets, not the gateway's", text, false);
    }
    if (length !== undefined && length !== subnet.length) {
      refuse(field, `without prefix length or with the subnet's, ${subnet.length}`, text, false);
    }
    if (addresses[at]) refuse(field, 'the only one of its subnet', text, false);
    addresses[at] = bytes;
  });
  const ports = spec.ports === undefined ? [] : checkList(spec.ports, 'ports');
  const { netns, bandwidth } = spec;
  if (netns !== undefined && typeof netns !== 'string' && (typeof netns !== 'object' || netns === null)) {
    refuse('netns', 'a Netns, a name, { path }, { pid }, { fd } or { anonymous: true }', netns, true);
  }
  if (typeof netns === 'string') checkNetnsName(netns);
  if (ports.length > 0 && network.internal) refuse('ports', 'left out in an internal network', ports, false);
  const mtu = spec.mtu === undefined ? undefined : checkMtu(spec.mtu, network.subnets);
  let limits: BandwidthPlan | undefined;
  if (bandwidth !== undefined) {
    if (typeof bandwidth !== 'object' || bandwidth === null) refuse('bandwidth', 'an object', bandwidth, true);
    checkKeys(bandwidth, BANDWIDTH_KEYS, 'bandwidth');
    limits = {
      ingress: bandwidth.ingress === undefined ? undefined : parseRate(bandwidth.ingress, 'bandwidth.ingress'),
      egress: bandwidth.egress === undefined ? undefined : parseRate(bandwidth.egress, 'bandwidth.egress'),
      // A packet that is larger than the burst never passes.
      burst:
        bandwidth.burst === undefined
          ? undefined
          : checkWhole(bandwidth.burst, 'bandwidth.burst', (mtu ?? network.mtu) + ETHERNET_HEADER, 2 ** 32 - 1),
    };
  }
  const sysctls: [string, string][] = [];
  if (spec.sysctls !== undefined) {
    checkSpec('sysctls', spec.sysctls);
    for (const [key, value] of Object.entries(spec.sysctls)) {
      if (!/^net[./]/.test(key)) refuse(`sysctls.${key}`, 'a key under net', key, false);
      if (!['string', 'number', 'boolean'].includes(typeof value)) {
        refuse(`sysctls.${key}`, 'a string, number or boolean', value, true);
      }
      sysctls.push([key, typeof value === 'boolean' ? String(Number(value)) : String(value)]);
    }
  }
  const routes = checkList(spec.routes, 'routes');
  routes.forEach((route, i) => {
    if (typeof route !== 'object' || route === null || typeof (route as RouteSpec).dst !== 'string') {
      refuse(`routes[${i}]`, 'a route with dst', route, true);
    }
  });
  const runs: PortPlan[] = [];
  const published: Port[] = [];
  ports.forEach((port, i) => {
    published.push(planPort(port as PortSpec, i, network, runs));
  });
  checkTwice(runs);
  return {
    id: checkId(spec.id),
    netns,
    interface: spec.interface === undefined ? 'eth0' : checkLinkName(spec.interface, 'interface'),
    hostInterface: spec.hostInterface === undefined ? undefined : checkHostName(spec.hostInterface, 'hostInterface'),
    addresses,
    mac: checkMac(spec.mac, 'mac'),
    mtu,
    ports: runs,
    published,
    bandwidth: limits && (limits.ingress ?? limits.egress) !== undefined ? limits : undefined,
    routes: routes as readonly RouteSpec[],
    defaultRoute: checkBoolean(spec.defaultRoute, 'defaultRoute', true),
    sysctls,
    linkLocal: checkBoolean(spec.linkLocal, 'linkLocal', false),
  };
}
