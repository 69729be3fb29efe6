// The messages that make an endpoint, for one network: of each a template, as endpoints differ in a few bytes only.
import type { Send } from '../lane.js';
import type { SequenceNetns } from '../sequence.js';
import { addressText, macBytes, macOf, readMac } from './ip.js';
import type { EndpointRecord, NetworkRecord } from './records.js';
import { HOST_MAC, hasIpv6 } from './setup.js';
import { hostOrder } from './table.js';
import { Template } from './template.js';

// What stands in samples for what is filled in: values that nothing else has.
const NAME = 'veth~~~~~~~~~~~';
const INDEX = 0x6a5b_4c3d;
const INSIDE = 0x5b4c_3d6a;
const MAC = '06:a5:5a:c3:3c:96';
const INSIDE_MAC = '02:5a:a5:3c:c3:69';
const ADDRESS = { 4: '203.0.113.241', 6: '2001:db8:a5a5:5a5a:c3c3:3c3c:9696:6969' };

const text = (value: string) => Uint8Array.from(Buffer.from(value));
const samples = {
  name: text(NAME),
  index: hostOrder(INDEX),
  inside: hostOrder(INSIDE),
  mac: readMac(MAC),
  insideMac: readMac(INSIDE_MAC),
};
const addressSamples = {
  4: Uint8Array.of(203, 0, 113, 241),
  6: readMac('20:01:0d:b8:a5:a5:5a:5a:c3:c3:3c:3c:96:96:69:69'),
};

/**
 * What a veth has anyway. Unasked it is made with a queue for each CPU, all but one of which are taken from it again: under
 * the RTNL lock, with a grace period at either end.
 */
const ONE_QUEUE = { numTxQueues: 1, numRxQueues: 1 };

/** Templates differ by MTU and by name of the link: more than anybody has. */
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
}

/** Makes the messages of a network's endpoints. */
export class Messages {
  readonly #network: NetworkRecord;
  readonly #templates = new Map<string, Template<string>>();

  constructor(network: NetworkRecord) {
    this.#network = network;
  }

  #template(key: string, make: () => Template<string>): Template<string> {
    let template = this.#templates.get(key);
    if (!template) {
      if (this.#templates.size === MOST_TEMPLATES) this.#templates.clear();
      template = make();
      this.#templates.set(key, template);
    }
    return template;
  }

  /** The same for every endpoint but for the link's index in the namespace. */
  #ofLink(key: string, object: string, sample: () => object, inside: number): Uint8Array {
    const template = this.#template(key, () => new Template<string>(object, sample(), { inside: samples.inside }));
    return template.fill({ inside: hostOrder(inside) });
  }

  /** The pair of links, both ends in their places. */
  create(send: Send, { record, index, inside, netns, mtu, master }: Particulars): void {
    const { hostInterface: name, interface: insideName } = record;
    const address = record.addresses[0] as Uint8Array;
    const spec = (names: {
      name: string;
      index: number;
      inside: number;
      mac: string;
      insideMac: string;
      netns: object;
    }) => ({
      kind: 'veth',
      name: names.name,
      index: names.index,
      address: names.mac,
      mtu,
      ...ONE_QUEUE,
      group: this.#network.number,
      ...(master > 0 && { master }),
      up: true,
      options: {
        peer: {
          name: insideName,
          index: names.inside,
          netns: names.netns,
          address: names.insideMac,
          mtu,
          ...ONE_QUEUE,
        },
      },
    });
    if (Buffer.byteLength(name) !== NAME.length) {
      const hostMac = macOf(address, HOST_MAC);
      send('links.create', spec({ name, index, inside, mac: hostMac, insideMac: record.mac, netns }));
      return;
    }
    const template = this.#template(`create ${mtu} ${master} ${insideName}`, () => {
      const sample = { name: NAME, index: INDEX, inside: INSIDE, mac: MAC, insideMac: INSIDE_MAC, netns };
      return new Template<string>('Link', spec(sample), samples);
    });
    const values = {
      name: text(name),
      index: hostOrder(index),
      inside: hostOrder(inside),
      mac: macBytes(address, HOST_MAC),
      insideMac: readMac(record.mac),
    };
    send('links.create', template.fill(values), netns, template.places);
  }

  /** What the kernel takes of a link only when it is there. */
  settle(send: Send, name: string, alias: string): void {
    const isBridged = this.#network.mode === 'bridge';
    send('links.set', {
      name,
      alias,
      ...(hasIpv6 && { addrGenMode: 'none' }),
      // Hairpin: with br_netfilter what an endpoint sends to its own published port stays on the bridge.
      ...(isBridged && { portKind: 'bridge', port: { hairpin: true, isolated: this.#network.isolateEndpoints } }),
    });
  }

  /** In routed mode: the way to the endpoint, and its link-layer address, which nobody has to ask for then. */
  hostRoutes(send: Send, { record, index }: Particulars): void {
    for (const [i, address] of record.addresses.entries()) {
      const n = address.length === 4 ? 4 : 6;
      const values = { address, index: hostOrder(index), mac: readMac(record.mac) };
      const holes = { address: addressSamples[n], index: samples.index };
      const neighbour = this.#template(`neighbour ${n}`, () => {
        const sample = { link: INDEX, dst: ADDRESS[n], lladdr: MAC, state: ['permanent'] };
        return new Template<string>('Neighbour', sample, { ...holes, mac: samples.mac });
      });
      send('neighbours.replace', neighbour.fill(values));
      const route = this.#template(`route ${n}`, () => {
        const sample = {
          dst: `${ADDRESS[n]}/${address.length * 8}`,
          link: INDEX,
          type: 'unicast',
          protocol: 'static',
          table: 'main',
          scope: n === 4 ? 'link' : 'global',
          ...(n === 4 && { prefsrc: this.#gateway(i) }),
        };
        return new Template<string>('Route', sample, holes);
      });
      send('routes.add', route.fill(values));
    }
  }

  /** What is done in the namespace, in one visit: links up, addresses, routes. */
  inside(
    send: Send,
    { record, inside }: Particulars,
    options: { isFresh: boolean; linkLocal: boolean; defaultRoute: boolean },
  ): void {
    const { subnets, mode } = this.#network;
    const isRouted = mode === 'routed';
    if (options.isFresh) {
      const loopback = this.#template('loopback', () => new Template<string>('Link', { ref: 1, up: true }, {}));
      send('links.set', loopback.fill({}));
    }
    if (hasIpv6 && !options.linkLocal) {
      send(
        'links.set',
        this.#ofLink('quiet', 'Link', () => ({ ref: INSIDE, addrGenMode: 'none' }), inside),
      );
    }
    for (const [i, address] of record.addresses.entries()) {
      const n = address.length === 4 ? 4 : 6;
      const template = this.#template(`address ${n}`, () => {
        const length = isRouted ? address.length * 8 : (subnets[i] as { length: number }).length;
        const whole = `${ADDRESS[n]}/${length}`;
        const sample = { link: INSIDE, local: whole, address: whole, ...(n === 6 && { flags: ['nodad'] }) };
        return new Template<string>('Address', sample, { address: addressSamples[n], inside: samples.inside });
      });
      send('addresses.add', template.fill({ address, inside: hostOrder(inside) }));
    }
    send(
      'links.set',
      this.#ofLink('up', 'Link', () => ({ ref: INSIDE, up: true }), inside),
    );
    for (const [i, { family }] of subnets.entries()) {
      const gateway = this.#gateway(i);
      if (isRouted) {
        const template = this.#template(`gateway ${i}`, () => {
          const sample = { link: INSIDE, dst: gateway, lladdr: MAC, state: ['permanent'] };
          return new Template<string>('Neighbour', sample, { mac: samples.mac, inside: samples.inside });
        });
        const hostMac = macBytes(record.addresses[0] as Uint8Array, HOST_MAC);
        send('neighbours.replace', template.fill({ mac: hostMac, inside: hostOrder(inside) }));
      }
      if (!options.defaultRoute) continue;
      const spec = () => ({
        dst: 'default',
        gateway,
        link: INSIDE,
        type: 'unicast',
        protocol: 'boot',
        table: 'main',
        scope: 'global',
        family,
        ...(isRouted && { flags: ['onlink'] }),
      });
      send('routes.add', this.#ofLink(`default ${i}`, 'Route', spec, inside));
    }
  }

  #gateway(at: number): string {
    const { subnets, gateways } = this.#network;
    return addressText((subnets[at] as { host(number: number): Uint8Array }).host(gateways[at] as number));
  }
}
