// The messages that make an endpoint, for one network: templates, as endpoints differ in a few values only.
import { endianness } from 'node:os';
import type { Template } from '../addon.js';
import type { Bundle } from '../lane.js';
import type { SequenceNetns } from '../sequence.js';
import { type Filled, type Holes, makeTemplate, type Sample } from '../template.js';
import { addressText, macBytes, readMac } from './ip.js';
import { READY_INTERFACE, type Ready } from './ready.js';
import { type EndpointRecord, labelOf, type NetworkRecord, ownProcessMark } from './records.js';
import { HOST_MAC, hasIpv6 } from './setup.js';
import { ANY_PARTIAL, element, elements, hostOrder } from './table.js';

// What stands in samples for what is filled in: values that nothing else has.
const INDEX = 0x6a5b_4c3d;
const INSIDE = 0x5b4c_3d6a;
const MAC = '06:a5:5a:c3:3c:96';
const INSIDE_MAC = '02:5a:a5:3c:c3:69';
const ADDRESS = { 4: '203.0.113.241', 6: '2001:db8:a5a5:5a5a:c3c3:3c3c:9696:6969' };
const ALIAS = '<alias>';
const KEY = Uint8Array.from({ length: 16 }, (_, i) => 0xa0 ^ (i * 7));
const COMMENT = '<comment>';
const LABEL = '<label>';
/** A name of so many bytes; one that is shorter than this is in the template itself, as it may stand elsewhere. */
const nameSample = (length: number) => '~'.repeat(length);
const SHORT = 8;

/** Where the values are, one after the other. */
const AT = { name: 0, index: 16, inside: 20, mac: 24, insideMac: 30, address4: 36, address6: 40, key: 56 } as const;
const VALUES_LENGTH = 72;

const HOLES: Holes = {
  index: { sample: hostOrder(INDEX), at: AT.index },
  inside: { sample: hostOrder(INSIDE), at: AT.inside },
  mac: { sample: readMac(MAC), at: AT.mac },
  insideMac: { sample: readMac(INSIDE_MAC), at: AT.insideMac },
  address4: { sample: Uint8Array.of(203, 0, 113, 241), at: AT.address4 },
  address6: { sample: readMac('20:01:0d:b8:a5:a5:5a:5a:c3:c3:3c:3c:96:96:69:69'), at: AT.address6 },
  key: { sample: KEY, at: AT.key },
};

const isLittle = endianness() === 'LE';

/**
 * What a veth has anyway. Unasked it is made with a queue for each CPU, all but one of which are taken from it again: under
 * the RTNL lock, with a grace period at either end.
 */
const ONE_QUEUE = { numTxQueues: 1, numRxQueues: 1 };

/** Templates differ by MTU and by names of links: more than anybody has. */
const MOST_TEMPLATES = 256;

/** What one endpoint's messages differ in. */
export interface Particulars {
  record: EndpointRecord;
  /** The link's index at the host, and in the namespace. */
  index: number;
  inside: number;
  netns: SequenceNetns;
  mtu: number;
  /** Index of the bridge; 0 in routed mode. */
  master: number;
  /** The pair of links where it is there already, made by {@link Messages.pair}. */
  ready: Ready | undefined;
}

/** What is done in a namespace. */
export interface InsideOptions {
  /** Whether its loopback link is down still. */
  isFresh: boolean;
  linkLocal: boolean;
  defaultRoute: boolean;
}

/** Makes the messages of a network's endpoints. */
export class Messages {
  readonly #network: NetworkRecord;
  readonly #templates = new Map<string, Template>();
  /** Those of the endpoint that is being made. */
  readonly #values = Buffer.alloc(VALUES_LENGTH);
  readonly #view = new DataView(this.#values.buffer, this.#values.byteOffset);

  constructor(network: NetworkRecord) {
    this.#network = network;
  }

  #template(key: string, make: () => Template): Template {
    let template = this.#templates.get(key);
    if (!template) {
      if (this.#templates.size === MOST_TEMPLATES) this.#templates.clear();
      template = make();
      this.#templates.set(key, template);
    }
    return template;
  }

  /** Begins with an endpoint: what is asked for next is of it. */
  begin({ record, index, inside }: Particulars): void {
    const values = this.#values;
    values.write(record.hostInterface, AT.name);
    this.#view.setUint32(AT.index, index, isLittle);
    this.#view.setUint32(AT.inside, inside, isLittle);
    const [first] = record.addresses;
    values.set(macBytes(first as Uint8Array, HOST_MAC), AT.mac);
    values.write(record.mac.replaceAll(':', ''), AT.insideMac, 'hex');
    this.#writeAddresses(record);
  }

  /**
   * The messages that claim an endpoint's id and addresses, marked as what this process is about, and make sure that there
   * are no ports of single addresses of some families; draft() tells what each is about.
   */
  claim(record: EndpointRecord, comment: string, noNotes: readonly (4 | 6)[]): Filled {
    const { addresses } = record;
    const template = this.#template(`claim ${addresses.length} ${noNotes}`, () => {
      const samples: Sample[] = [
        ['nft.createElements', 'NfElements', elements('busy', element(KEY, `by=${ownProcessMark()}`))],
        ['nft.createElements', 'NfElements', elements('endpoints', element(KEY, COMMENT))],
      ];
      for (const { length } of addresses) {
        const n = length === 4 ? 4 : 6;
        const one = element(HOLES[`address${n}`]?.sample as Uint8Array, LABEL);
        samples.push(['nft.createElements', 'NfElements', elements(`addresses${n}`, one)]);
      }
      for (const n of noNotes) {
        const note = elements(`partial${n}`, element(ANY_PARTIAL));
        samples.push(['nft.createElements', 'NfElements', note], ['nft.deleteElements', 'NfElements', note]);
      }
      return makeTemplate(samples, HOLES, [COMMENT, LABEL]);
    });
    const values = this.#writeKey(record);
    this.#writeAddresses(record);
    return { template, values, texts: [comment, labelOf(record)] };
  }

  /** The message that takes the mark away. */
  unmark(record: EndpointRecord): Filled {
    const template = this.#template('unmark', () =>
      makeTemplate([['nft.deleteElements', 'NfElements', elements('busy', element(KEY))]], HOLES),
    );
    return { template, values: this.#writeKey(record), texts: [] };
  }

  #writeAddresses({ addresses }: EndpointRecord): void {
    for (const address of addresses) this.#values.set(address, address.length === 4 ? AT.address4 : AT.address6);
  }

  #writeKey({ key }: EndpointRecord): Buffer {
    const values = this.#values.fill(0, AT.key, AT.key + KEY.length);
    values.write(key, AT.key);
    return values;
  }

  /**
   * A pair of links, one end in a namespace, for whichever endpoint comes: in the network's group, but without an alias, so
   * that nobody takes it for an endpoint's.
   */
  pair(bundle: Bundle, made: { name: string; index: number; inside: number; netns: SequenceNetns }): void {
    const { number: group, mtu } = this.#network;
    const { netns } = made;
    const template = this.#template('pair', () => {
      const name = nameSample(made.name.length);
      const peer = { name: READY_INTERFACE, index: INSIDE, netns, mtu, ...ONE_QUEUE };
      const pair = { kind: 'veth', name, index: INDEX, mtu, ...ONE_QUEUE, group, options: { peer } };
      const holes = { ...HOLES, name: { sample: Buffer.from(name), at: AT.name } };
      return makeTemplate([['links.create', 'Link', pair]], holes);
    });
    this.#values.write(made.name, AT.name);
    this.#view.setUint32(AT.index, made.index, isLittle);
    this.#view.setUint32(AT.inside, made.inside, isLittle);
    bundle.fill(template, this.#values, netns);
  }

  /**
   * The pair of links, both ends in their places, and what the kernel takes of a link only when it is there; in routed mode
   * also the way to the endpoint, and its link-layer address, which nobody has to ask for then.
   */
  link(bundle: Bundle, particulars: Particulars, alias: string): void {
    const { record, netns, mtu, master } = particulars;
    const { hostInterface, addresses } = record;
    const length = Buffer.byteLength(hostInterface);
    const name = length < SHORT ? hostInterface : nameSample(length);
    const key = particulars.ready
      ? `adopt ${mtu} ${master} ${addresses.length}${particulars.ready.name === hostInterface ? '' : hostInterface}`
      : `${name} ${mtu} ${master} ${addresses.length} ${record.interface}`;
    const template = this.#template(key, () => {
      const isNamed = length < SHORT || particulars.ready;
      const holes = isNamed ? HOLES : { ...HOLES, name: { sample: Buffer.from(name), at: AT.name } };
      return makeTemplate(this.#linkSamples(name, particulars), holes, [ALIAS]);
    });
    bundle.fill(template, this.#values, particulars.ready ? undefined : netns, alias);
  }

  #linkSamples(name: string, { record, netns, mtu, master, ready }: Particulars): Sample[] {
    const { number: group, mode, isolateEndpoints } = this.#network;
    const isBridged = mode === 'bridge';
    const ends = { address: MAC, mtu, ...(master > 0 && { master }) };
    const settled = { ref: INDEX, alias: ALIAS, ...(hasIpv6 && { addrGenMode: 'none' }) };
    // Hairpin: with br_netfilter what an endpoint sends to its own published port stays on the bridge.
    const port = { portKind: 'bridge', port: { hairpin: true, isolated: isolateEndpoints } };
    const samples: Sample[] = [];
    if (ready) {
      // What is a port's is taken when it is one.
      const own = { ...(ready.name !== record.hostInterface && { name: record.hostInterface }) };
      samples.push(['links.set', 'Link', { ...settled, ...ends, ...own }]);
      if (isBridged) samples.push(['links.set', 'Link', { ref: INDEX, ...port }]);
    } else {
      const peer = { name: record.interface, index: INSIDE, netns, address: INSIDE_MAC, mtu, ...ONE_QUEUE };
      const pair = { kind: 'veth', name, index: INDEX, ...ends, ...ONE_QUEUE, group, options: { peer } };
      samples.push(['links.create', 'Link', pair], ['links.set', 'Link', { ...settled, ...(isBridged && port) }]);
    }
    // Only now: whenever a link that is up without a carrier changes, the kernel looks at all routes of IPv6.
    samples.push(['links.set', 'Link', { ref: INDEX, up: true }]);
    if (isBridged) return samples;
    for (const [i, { length }] of record.addresses.entries()) {
      const n = length === 4 ? 4 : 6;
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
      samples.push(['neighbours.replace', 'Neighbour', neighbour], ['routes.add', 'Route', route]);
    }
    return samples;
  }

  /** What is done in the namespace, in one visit: links up, addresses, routes. */
  inside(bundle: Bundle, particulars: Particulars, options: InsideOptions): void {
    const { record, mtu, ready } = particulars;
    const { isFresh, linkLocal, defaultRoute } = options;
    const own = ready ? ` ${mtu} ${record.interface}` : '';
    const key = `inside ${record.addresses.length} ${isFresh} ${linkLocal} ${defaultRoute}${own}`;
    const template = this.#template(key, () => makeTemplate(this.#insideSamples(particulars, options), HOLES));
    bundle.fill(template, this.#values);
  }

  #insideSamples({ record, mtu, ready }: Particulars, options: InsideOptions): Sample[] {
    const { isFresh, linkLocal, defaultRoute } = options;
    const { addresses } = record;
    const { subnets, mode } = this.#network;
    const isRouted = mode === 'routed';
    const samples: Sample[] = [];
    if (isFresh) samples.push(['links.set', 'Link', { ref: 1, up: true }]);
    const quiet = { ...(hasIpv6 && !linkLocal && { addrGenMode: 'none' }) };
    const own = {
      ...(ready && { address: INSIDE_MAC, mtu }),
      ...(ready && record.interface !== READY_INTERFACE && { name: record.interface }),
    };
    if (ready || quiet.addrGenMode) samples.push(['links.set', 'Link', { ref: INSIDE, ...quiet, ...own }]);
    for (const [i, address] of addresses.entries()) {
      const n = address.length === 4 ? 4 : 6;
      const length = isRouted ? address.length * 8 : (subnets[i] as { length: number }).length;
      const whole = `${ADDRESS[n]}/${length}`;
      const spec = { link: INSIDE, local: whole, address: whole, ...(n === 6 && { flags: ['nodad'] }) };
      samples.push(['addresses.add', 'Address', spec]);
    }
    samples.push(['links.set', 'Link', { ref: INSIDE, up: true }]);
    for (const [i, { family }] of subnets.entries()) {
      const gateway = this.#gateway(i);
      if (isRouted) {
        const neighbour = { link: INSIDE, dst: gateway, lladdr: MAC, state: ['permanent'] };
        samples.push(['neighbours.replace', 'Neighbour', neighbour]);
      }
      if (!defaultRoute) continue;
      const route = {
        dst: 'default',
        gateway,
        link: INSIDE,
        type: 'unicast',
        protocol: 'boot',
        table: 'main',
        scope: 'global',
        family,
        ...(isRouted && { flags: ['onlink'] }),
      };
      samples.push(['routes.add', 'Route', route]);
    }
    return samples;
  }

  /**
   * Asks for the host's end, which brings its state up to date: the kernel lets packets out of a link a little after its
   * carrier has come, unless it is asked for the link. With the carrier comes a route for IPv6 multicast, which is of no use to
   * a link without addresses of IPv6, and is looked at whenever any link comes or goes.
   */
  sync(bundle: Bundle): void {
    const template = this.#template('sync', () => {
      const samples: Sample[] = [['links.get', 'Link', { ref: INDEX, extMask: ['skipStats'] }]];
      const { mode, subnets } = this.#network;
      const route = { dst: 'ff00::/8', link: INDEX, table: 'local', family: 'inet6' };
      if (hasIpv6 && (mode === 'bridge' || subnets.every(({ family }) => family === 'inet'))) {
        samples.push(['routes.delete', 'Route', route, true]);
      }
      return makeTemplate(samples, HOLES);
    });
    bundle.fill(template, this.#values);
  }

  #gateway(at: number): string {
    const { subnets, gateways } = this.#network;
    return addressText((subnets[at] as { host(number: number): Uint8Array }).host(gateways[at] as number));
  }
}
