// The messages that make an endpoint, for one network: templates, as endpoints differ in a few values only.
import { endianness } from 'node:os';
import type { Lane } from '../lane.js';
import type { Netns } from '../netns.js';
import { type Holes, ITS_NETNS, Program, type Sample, type Step } from '../program.js';
import type { Host } from './host.js';
import { addressBytes, addressText, derivedMacBytes, HOST_MAC, readMac } from './ip.js';
import { type LinkText, MAX_ALT_NAMES } from './link-text.js';
import { READY_INTERFACE, type Ready } from './ready.js';
import { type EndpointRecord, gatewaysOf, labelOf, type NetworkRecord, ownMarkText } from './records.js';
import { hasIpv6, quietAt } from './setup.js';
import { ANY_PARTIAL, doorOf, element, elements, hostOrder, TABLE } from './table.js';

// What stands in samples for what is filled in: values that nothing else has. So addresses are groups', which no host has;
// texts have quotation marks, which a link's name must not have here; numbers are above those of groups of links.
const INDEX = 0x6a5b_4c3d;
const INSIDE = 0x5b4c_3d6a;
const NETNS_ID = 0x4c3d_6a5b;
const MAC = '06:a5:5a:c3:3c:96';
const INSIDE_MAC = '02:5a:a5:3c:c3:69';
const ADDRESS = { 4: '239.201.187.241', 6: 'ff0e:a5a5:5a5a:c3c3:3c3c:9696:6969:b7b7' };
const KEY = Uint8Array.from({ length: 16 }, (_, i) => 0xa0 ^ (i * 7));
const ALIAS = '"alias"';
const COMMENT = '"comment"';
const LABEL = '"label"';
const NETNS_NAME = '"netns"';
const LOCALNET_KEY = '"localnet"';
const RP_FILTER_KEY = '"rp-filter"';
const ADDRESS6_TEXT = '"address6"';
const ALT_NAMES = Array.from({ length: MAX_ALT_NAMES }, (_, i) => `"name-${i}"`);
/** What is filled in as texts, in the order of {@link Messages.texts}. */
const TEXTS = [COMMENT, LABEL, ALIAS, NETNS_NAME, LOCALNET_KEY, RP_FILTER_KEY, ADDRESS6_TEXT, ...ALT_NAMES];
/** A name of so many bytes; one that is shorter than this is in the template itself, as it may stand elsewhere. */
const nameSample = (length: number) => '"'.repeat(length);
const SHORT = 8;

/** Gives a namespace an id, as {@link Host.chooseNetnsId} says; one that has an id keeps it. */
const nameNetns = (netns: object): Sample => ['netnsIds.set', { netns, id: NETNS_ID }, true];

/** Where the values are, one after the other. */
const AT = {
  name: 0,
  index: 16,
  inside: 20,
  mac: 24,
  insideMac: 30,
  address4: 36,
  address6: 40,
  key: 56,
  netnsId: 72,
} as const;
const VALUES_LENGTH = 76;

const HOLES: Holes = {
  index: { sample: hostOrder(INDEX), at: AT.index },
  inside: { sample: hostOrder(INSIDE), at: AT.inside },
  netnsId: { sample: hostOrder(NETNS_ID), at: AT.netnsId },
  mac: { sample: readMac(MAC), at: AT.mac },
  insideMac: { sample: readMac(INSIDE_MAC), at: AT.insideMac },
  address4: { sample: addressBytes(ADDRESS[4]) as Uint8Array, at: AT.address4 },
  address6: { sample: addressBytes(ADDRESS[6]) as Uint8Array, at: AT.address6 },
  key: { sample: KEY, at: AT.key },
};

const isLittle = endianness() === 'LE';

/**
 * What a veth has anyway. Unasked it is made with a queue for each CPU, all but one of which are taken from it again: under
 * the RTNL lock, with a grace period at either end.
 */
const ONE_QUEUE = { numTxQueues: 1, numRxQueues: 1 };

/** Programs differ by MTU and by names of links: more than anybody has. */
const MOST_PROGRAMS = 256;

/** The steps that make an endpoint, in order. */
export const STEPS = ['claim', 'probe', 'netns', 'link', 'inside', 'whole'] as const;
/** One of them. */
export type StepName = (typeof STEPS)[number];

/** What endpoints' programs differ in. */
export interface Shape {
  record: EndpointRecord;
  /** Of which families it has to be made sure that there are no ports of single addresses. */
  noNotes: readonly (4 | 6)[];
  mtu: number;
  /** Index of the bridge; 0 in routed mode. */
  master: number;
  /** Whether it is to be waited for the bridge's carrier, too. */
  asksMaster: boolean;
  isClaimed: boolean;
  /** Whether its ports are looked at. */
  isProbed: boolean;
  /** Whether all is done with the program's end. */
  isWhole: boolean;
  /** Whether the host's end routes 127.0.0.1. */
  isLocalnet: boolean;
  /** What the host's end has for `rp_filter`, if it is to be set. */
  rpFilter: '0' | '2' | undefined;
  linkLocal: boolean;
  defaultRoute: boolean;
  /** The namespace where it is there already. */
  there: { netns: Netns; lane: Lane } | undefined;
  /** The pair of links where it is there already, made by {@link Messages.pair}. */
  ready: Ready | undefined;
  /** How many alternative names the host's end gets. */
  altNames: number;
  /** What few have: further requests in the namespace, parameters there. */
  further: readonly Sample[];
  sysctls: readonly (readonly [key: string, value: string])[];
}

/** What a message of a claim is about. */
export type ClaimSubject =
  | { kind: 'mark' }
  | { kind: 'id' }
  | { kind: 'address'; address: Uint8Array }
  | { kind: 'notes'; family: 4 | 6 }
  | { kind: 'network' };

/**
 * What a host's end is as a port of a bridge. Hairpin: with br_netfilter what an endpoint sends to its own published port
 * stays on the bridge.
 */
export function portOptions({ isolateEndpoints }: NetworkRecord): object {
  return { portKind: 'bridge', port: { hairpin: true, isolated: isolateEndpoints } };
}

/** Makes the programs of a network's endpoints. */
export class Messages {
  readonly #host: Host;
  readonly #network: NetworkRecord;
  readonly #programs = new Map<string, Program<StepName>>();
  /** Those of the endpoint that is being made. */
  readonly #values = Buffer.alloc(VALUES_LENGTH);
  readonly #view = new DataView(this.#values.buffer, this.#values.byteOffset);

  constructor(host: Host, network: NetworkRecord) {
    this.#host = host;
    this.#network = network;
  }

  #cached(key: string, make: () => Program<StepName>): Program<StepName> {
    let program = this.#programs.get(key);
    if (!program) {
      if (this.#programs.size === MOST_PROGRAMS) this.#programs.clear();
      program = make();
      this.#programs.set(key, program);
    }
    return program;
  }

  /** What an endpoint's program is filled with: until the next one's is asked for. */
  values(record: EndpointRecord, index: number, inside: number): Uint8Array {
    const { key, addresses } = record;
    const values = this.#valuesOf(record.hostInterface, index, inside);
    values.set(derivedMacBytes(this.#network.subnets, addresses[0] as Uint8Array, HOST_MAC), AT.mac);
    values.set(readMac(record.mac), AT.insideMac);
    for (const address of addresses) values.set(address, address.length === 4 ? AT.address4 : AT.address6);
    // ASCII and short: `write()` and `fill()` take longer.
    for (let i = 0; i < KEY.length; i++) values[AT.key + i] = i < key.length ? key.charCodeAt(i) : 0;
    return values;
  }

  /** The texts of an endpoint's program. */
  texts(record: EndpointRecord, comment: string, { alias, altNames }: LinkText): string {
    const name = record.netns.kind === 'made' ? record.netns.name : '';
    const parameters = `net/ipv4/conf/${record.hostInterface}`;
    // Only routed networks' links have parameters of their own.
    const own4 = this.#network.mode === 'routed' ? `${parameters}/route_localnet\0${parameters}/rp_filter` : '\0';
    const further = altNames.length > 0 ? `\0${altNames.join('\0')}` : '';
    const address6 = record.addresses.at(-1) as Uint8Array;
    const own = address6.length === 16 ? addressText(address6) : '';
    return `${comment}\0${labelOf(record)}\0${alias}\0${name}\0${own4}\0${own}${further}`;
  }

  #valuesOf(name: string, index: number, inside: number): Buffer {
    this.#values.write(name, AT.name);
    this.#view.setUint32(AT.index, index, isLittle);
    this.#view.setUint32(AT.inside, inside, isLittle);
    this.#view.setUint32(AT.netnsId, this.#host.chooseNetnsId(), isLittle);
    return this.#values;
  }

  /**
   * A pair of links, one end in a namespace, for whichever endpoint comes: in the network's group, but without an alias, so
   * that nobody takes it for an endpoint's.
   */
  pair(name: string, index: number, inside: number): { program: Program<StepName>; values: Uint8Array } {
    const program = this.#cached(`pair ${name.length}`, () => {
      const { number: group, mtu } = this.#network;
      const sample = nameSample(name.length);
      const peer = { name: READY_INTERFACE, index: INSIDE, netns: ITS_NETNS, mtu, ...ONE_QUEUE };
      const pair = { kind: 'veth', name: sample, index: INDEX, mtu, ...ONE_QUEUE, group, options: { peer } };
      return new Program<StepName>(
        [
          { name: 'netns', netns: 'nameless', gives: true },
          { name: 'link', lane: this.#host.route, requests: [nameNetns(ITS_NETNS), ['links.create', pair]] },
        ],
        { ...HOLES, name: { sample: Buffer.from(sample), at: AT.name } },
      );
    });
    return { program, values: this.#valuesOf(name, index, inside) };
  }

  /** Claims an endpoint's id, addresses and ports, and no more. */
  claim({ record, noNotes }: Pick<Shape, 'record' | 'noNotes'>): Program<StepName> {
    return this.#cached(`claim ${record.addresses.length} ${noNotes}`, () => {
      return new Program([this.#claimStep(record, noNotes)], HOLES, TEXTS);
    });
  }

  /** Makes all of an endpoint. */
  endpoint(shape: Shape): Program<StepName> {
    const isForOnce = shape.there !== undefined || shape.further.length + shape.sysctls.length > 0;
    if (isForOnce) return this.#make(shape, true);
    const { record, ready } = shape;
    const length = Buffer.byteLength(record.hostInterface);
    const name = length < SHORT || (ready && ready.name !== record.hostInterface) ? record.hostInterface : `:${length}`;
    const flags =
      Number(shape.asksMaster) |
      (Number(shape.isClaimed) << 1) |
      (Number(shape.isProbed) << 2) |
      (Number(shape.isWhole) << 3) |
      (Number(shape.isLocalnet) << 4) |
      (Number(shape.linkLocal) << 5) |
      (Number(shape.defaultRoute) << 6) |
      (Number(ready !== undefined) << 7);
    const numbers = `${flags} ${shape.mtu} ${shape.master} ${record.addresses.length} ${shape.altNames} ${shape.noNotes} ${shape.rpFilter}`;
    return this.#cached(`${record.netns.kind} ${name} ${record.interface} ${numbers}`, () => this.#make(shape));
  }

  #make(shape: Shape, isForOnce = false): Program<StepName> {
    const { record, ready, there, isProbed, isClaimed } = shape;
    const { route, netfilter } = this.#host;
    const { hostInterface } = record;
    const length = Buffer.byteLength(hostInterface);
    const isOpen = !ready && length >= SHORT;
    const name = isOpen ? nameSample(length) : hostInterface;
    const netns = there?.netns ?? ITS_NETNS;
    const isNamed = record.netns.kind === 'made';
    const steps: Step<StepName>[] = [];
    if (!isClaimed) steps.push(this.#claimStep(record, shape.noNotes));
    if (isProbed) steps.push({ name: 'probe', probe: this.#host.netns });
    if (!there) steps.push({ name: 'netns', netns: isNamed ? TEXTS.indexOf(NETNS_NAME) : 'nameless', gives: !isNamed });
    steps.push({ name: 'link', lane: route, requests: this.#linkSamples(name, shape) });
    steps.push({ name: 'inside', lane: there?.lane ?? ITS_NETNS, requests: this.#insideSamples(shape) });
    // What comes by a further network may be answered by the first one's default route.
    if (there && record.addresses[0]?.length === 4) {
      steps.push({ name: 'whole', sysctl: `net/ipv4/conf/${record.interface}/rp_filter`, netns, value: '2' });
    }
    const { rpFilter } = shape;
    if (rpFilter !== undefined) {
      const sysctl = TEXTS.indexOf(RP_FILTER_KEY);
      steps.push({ name: 'whole', sysctl, netns: this.#host.netns, value: rpFilter });
    }
    if (shape.isLocalnet)
      steps.push({ name: 'whole', sysctl: TEXTS.indexOf(LOCALNET_KEY), netns: this.#host.netns, value: '1' });
    steps.push({ name: 'whole', lane: route, requests: this.#syncSamples(shape) });
    if (record.addresses.at(-1)?.length === 16) {
      steps.push({ name: 'whole', address: TEXTS.indexOf(ADDRESS6_TEXT), netns });
    }
    // Last of all: they may turn IPv6 off.
    for (const [key, value] of shape.sysctls) steps.push({ name: 'whole', sysctl: key, netns, value });
    // From here on it is whole, and stays if this process ends.
    if (shape.isWhole) {
      const unmark: Sample = ['nft.deleteElements', elements('busy', element(KEY))];
      steps.push({ name: 'whole', lane: netfilter, transaction: [unmark] });
    }
    const holes = isOpen ? { ...HOLES, name: { sample: Buffer.from(name), at: AT.name } } : HOLES;
    return new Program(steps, holes, TEXTS, isForOnce);
  }

  /**
   * Claims an endpoint's id and addresses, marked as what this process is about, and makes sure that there are no ports of
   * single addresses of some families, and that the network takes endpoints.
   */
  #claimStep({ addresses }: EndpointRecord, noNotes: readonly (4 | 6)[]): Step<StepName> {
    const transaction: Sample[] = [
      ['nft.createElements', elements('busy', element(KEY, `by=${ownMarkText()}`))],
      ['nft.createElements', elements('endpoints', element(KEY, COMMENT))],
    ];
    for (const { length } of addresses) {
      const n = length === 4 ? 4 : 6;
      const one = element(HOLES[`address${n}`]?.sample as Uint8Array, LABEL);
      transaction.push(['nft.createElements', elements(`addresses${n}`, one)]);
    }
    for (const n of noNotes) {
      const note = elements(`partial${n}`, element(ANY_PARTIAL));
      transaction.push(['nft.createElements', note], ['nft.deleteElements', note]);
    }
    // No elements, but ENOENT where the network takes no more.
    transaction.push(['nft.addElements', { ...TABLE, set: doorOf(this.#network), elements: [] }]);
    return { name: 'claim', lane: this.#host.netfilter, transaction };
  }

  /** What each message of a claim is about, in their order. */
  static claimSubjects({ addresses }: EndpointRecord, noNotes: readonly (4 | 6)[]): ClaimSubject[] {
    return [
      { kind: 'mark' },
      { kind: 'id' },
      ...addresses.map((address) => ({ kind: 'address', address }) as const),
      ...noNotes.flatMap((family) => [{ kind: 'notes', family } as const, { kind: 'notes', family } as const]),
      { kind: 'network' },
    ];
  }

  /**
   * The pair of links, both ends in their places, and what the kernel takes of a link only when it is there; in routed mode
   * also the way to the endpoint, and its link-layer address, which nobody has to ask for then.
   */
  #linkSamples(name: string, { record, there, mtu, master, ready, altNames, rpFilter }: Shape): Sample[] {
    const netns = there?.netns ?? ITS_NETNS;
    const { number: group, mode } = this.#network;
    const isBridged = mode === 'bridge';
    const ends = { address: MAC, mtu, ...(master > 0 && { master }) };
    const settled = { ref: INDEX, alias: ALIAS, ...quietAt(mtu) };
    const port = portOptions(this.#network);
    const samples: Sample[] = [];
    if (ready) {
      // What is a port's is taken when it is one.
      const own = { ...(ready.name !== record.hostInterface && { name: record.hostInterface }) };
      samples.push(['links.set', { ...settled, ...ends, ...own }]);
      if (isBridged) samples.push(['links.set', { ref: INDEX, ...port }]);
    } else {
      const peer = { name: record.interface, index: INSIDE, netns, address: INSIDE_MAC, mtu, ...ONE_QUEUE };
      const pair = { kind: 'veth', name, index: INDEX, ...ends, ...ONE_QUEUE, group, options: { peer } };
      if (there?.netns.inode !== this.#host.netns.inode) samples.push(nameNetns(netns));
      samples.push(['links.create', pair], ['links.set', { ...settled, ...(isBridged && port) }]);
    }
    // Only now: whenever a link that is up without a carrier changes, the kernel looks at all routes of IPv6.
    samples.push(['links.set', { ref: INDEX, up: true }]);
    if (altNames > 0) samples.push(['links.addAltNames', { ref: INDEX, altNames: ALT_NAMES.slice(0, altNames) }]);
    if (isBridged) return samples;
    for (const [i, { length }] of record.addresses.entries()) {
      const n = length === 4 ? 4 : 6;
      if (n === 4 && rpFilter === '2') {
        const own = `${this.#gateway(i)}/32`;
        samples.push(['addresses.add', { link: INDEX, local: own, address: own }]);
      }
      const neighbour = { link: INDEX, dst: ADDRESS[n], lladdr: INSIDE_MAC, state: ['permanent'] };
      const route = {
        dst: `${ADDRESS[n]}/${length * 8}`,
        link: INDEX,
        type: 'unicast',
        protocol: 'static',
        table: 'main',
        scope: n === 4 ? 'link' : 'global',
        ...(n === 4 && { prefsrc: this.#gateway(i) }),
      };
      samples.push(['neighbours.replace', neighbour], ['routes.add', route]);
    }
    return samples;
  }

  /** What is done in the namespace, in one visit: links up, addresses, routes. */
  #insideSamples({ record, there, mtu, ready, linkLocal, defaultRoute, further }: Shape): Sample[] {
    const { addresses } = record;
    const { subnets, mode } = this.#network;
    const isRouted = mode === 'routed';
    const samples: Sample[] = [];
    if (!there) samples.push(['links.set', { ref: 1, up: true }]);
    const quiet = linkLocal ? {} : quietAt(mtu);
    const own = {
      ...(ready && { address: INSIDE_MAC, mtu }),
      ...(ready && record.interface !== READY_INTERFACE && { name: record.interface }),
    };
    if (ready || quiet.addrGenMode) samples.push(['links.set', { ref: INSIDE, ...quiet, ...own }]);
    for (const [i, address] of addresses.entries()) {
      const n = address.length === 4 ? 4 : 6;
      const length = isRouted ? address.length * 8 : (subnets[i] as { length: number }).length;
      const whole = `${ADDRESS[n]}/${length}`;
      const spec = { link: INSIDE, local: whole, address: whole, ...(n === 6 && { flags: ['nodad'] }) };
      samples.push(['addresses.add', spec]);
    }
    samples.push(['links.set', { ref: INSIDE, up: true }]);
    for (const [i, { family, text }] of subnets.entries()) {
      const gateway = this.#gateway(i);
      if (isRouted) {
        const neighbour = { link: INSIDE, dst: gateway, lladdr: MAC, state: ['permanent'] };
        samples.push(['neighbours.replace', neighbour]);
      }
      // In routed mode not even the subnet can be reached without a route.
      if (!defaultRoute && !isRouted) continue;
      const route = {
        dst: defaultRoute ? 'default' : text,
        gateway,
        link: INSIDE,
        type: 'unicast',
        protocol: 'boot',
        table: 'main',
        scope: 'global',
        family,
        ...(isRouted && { flags: ['onlink'] }),
      };
      samples.push(['routes.add', route]);
    }
    samples.push(...further);
    return samples;
  }

  /**
   * Asks for the host's end, which brings its state up to date: the kernel lets packets out of a link a little after its
   * carrier has come, unless it is asked for the link. So does a bridge, whose carrier comes with its first port's. With the
   * carrier comes a route for IPv6 multicast, which is of no use to a link without addresses of IPv6, and is looked at
   * whenever any link comes or goes.
   */
  #syncSamples({ master, asksMaster }: Shape): Sample[] {
    const samples: Sample[] = [['links.get', { ref: INDEX, extMask: ['skipStats'] }]];
    const { mode, subnets } = this.#network;
    const route = { dst: 'ff00::/8', link: INDEX, table: 'local', family: 'inet6' };
    if (hasIpv6 && (mode === 'bridge' || subnets.every(({ family }) => family === 'inet'))) {
      samples.push(['routes.delete', route, true]);
    }
    if (asksMaster) samples.push(['links.get', { ref: master }]);
    return samples;
  }

  #gateway(at: number): string {
    return gatewaysOf(this.#network)[at] as string;
  }
}
