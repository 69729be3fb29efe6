// What a process keeps of a network that it has open. None of it is needed to understand the kernel; it saves asking.

import { addon } from '../addon.js';
import type { Netns } from '../netns.js';
import type { PortProxy } from '../proxy/port-proxy.js';
import { type Closed, listClosed } from './elements.js';
import { BridgeGoneError, EndpointCapacityError } from './errors.js';
import { type Host, ignore } from './host.js';
import { addressBytes } from './ip.js';
import { readLinkText } from './link-text.js';
import { Messages } from './messages.js';
import { giveUp, makeReady, type Ready } from './ready.js';
import { type EndpointRecord, gatewaysOf, listElements, type NetworkRecord, readEndpoint } from './records.js';
import { bridgeCapacity, bridgeNames } from './setup.js';
import { BRIDGE_PORTS, type Port, type PortPlan } from './spec.js';
import { commentOf, nameOf, type SetName } from './table.js';

/** One element that an endpoint has in a map of ports. */
export interface PortKeys {
  set: SetName;
  count: number;
  keys: Uint8Array;
}

/** The same with what they lead to. */
export interface PortElements extends PortKeys {
  data: Uint8Array;
}

/** What this process knows of an endpoint that it attached itself. */
export interface Known {
  record: EndpointRecord;
  ports: PortElements[];
  /** Of the addresses' numbers in the subnets, those that are taken in memory. */
  numbers: number[];
  bridge: number;
  /** Sockets that hold ports. */
  sockets: object | undefined;
  /** The open namespace of an endpoint that has no other handle. */
  netns: Netns | undefined;
  /** Proxies of this process, and the ports that they publish. */
  proxies: PortProxy[];
  /** Its ports, as runs and as they are told. */
  runs: readonly PortPlan[];
  published: readonly Port[];
  /** Whether it has ports to which something may go past it that went there before. */
  mayBePast: boolean;
}

/** An endpoint that is on its way out. */
export interface Leaving {
  readonly key: string;
  readonly id: string;
  done(error?: unknown): void;
}

/** State of an open network. */
export class State {
  readonly host: Host;
  readonly network: NetworkRecord;
  readonly messages: Messages;
  /** For each subnet the gateway, and the prefix length that endpoints' addresses have. */
  readonly gateways: readonly string[];
  readonly prefixLengths: readonly number[];
  /** Endpoints attached by this process, by id. */
  readonly known = new Map<string, Known>();
  /** Those that are being attached, and have taken numbers and a bridge's port in memory. */
  readonly drafts = new Set<Known>();
  /** Bridges with their indexes and how many endpoints this process believes they have. */
  bridges: { name: string; index: number; ports: number }[] = [];
  /** Families whose forwarding was off before there were networks. */
  readonly closed: Closed[] = [];
  /**
   * What host ends of routed networks get for `rp_filter`, where the machine looks at where packets come from: the answer to
   * what came by a second network may come by the first one's. 2 where the machine says so for all links, which counts
   * then; a link without an address of IPv4 takes nothing by that, so it gets one.
   */
  rpFilter: '0' | '2' | undefined;
  /** Endpoints that wait to be detached, together. */
  leaving: Leaving[] = [];
  /** Namespaces and links that are ready, and how many there are to be. */
  readonly #pool: Ready[] = [];
  #poolSize = 0;
  /** What watches over the network. */
  readonly watching = new Set<{ close(): Promise<void> }>();
  /** What fills the pool now or has done so. */
  #filling: Promise<void> = Promise.resolve();
  /** How many endpoints are being attached now. */
  #attaching = 0;
  /** How many calls are under way that need the network to be open, and what is told when there are none. */
  #calls = 0;
  #whenIdle: () => void = () => {};
  /** Numbers that are taken in the subnets, whoever has them. */
  readonly #taken = new Set<number>();
  #last = 0;
  /** How many hosts have a number in all subnets. */
  readonly #hosts: number;
  /** The gateways' numbers among those. */
  readonly #gateways: ReadonlySet<number>;
  isClosed = false;

  constructor(host: Host, network: NetworkRecord) {
    this.host = host;
    this.network = network;
    this.messages = new Messages(host, network);
    const { subnets, mode } = network;
    this.gateways = gatewaysOf(network);
    this.prefixLengths = subnets.map(({ family, length }) =>
      mode === 'bridge' ? length : family === 'inet' ? 32 : 128,
    );
    this.#hosts = Math.min(...subnets.map(({ hosts }) => hosts));
    const numbers = subnets.map((subnet, i) => subnet.numberOf(network.gateways[i] as Uint8Array) ?? Infinity);
    this.#gateways = new Set(numbers.filter((number) => number <= this.#hosts));
  }

  /**
   * Asks the kernel which addresses are taken and how full the bridges are. Endpoints that others have detached are
   * forgotten, and what is held of them let go of: which tells whether there were any. Those that this process is about are
   * left to it, but for that of a key.
   *
   * @throws BridgeGoneError when somebody has deleted a bridge.
   */
  async refresh(about?: string): Promise<boolean> {
    const names = bridgeNames(this.network);
    // Of what comes while the kernel is asked its answer may tell nothing.
    const before = new Set(this.known.values());
    const [records, , closed, ...links] = await Promise.all([
      this.records(),
      this.#lookAtFilter(),
      listClosed(this.host),
      ...names.map((ref) => this.host.route.one<{ index: number }>('links.get', { ref }).catch(this.#tellGone(ref))),
    ]);
    const ports =
      names.length > 1
        ? await this.host.route.list<{ master?: string; name: string }>('links.list', { extMask: ['skipStats'] })
        : [];
    const gone = await this.#findGone(before, records);
    const closing: Promise<void>[] = [];
    let hasForgotten = false;
    for (const known of gone) {
      const { id, key } = known.record;
      if (this.known.get(id) !== known || (key !== about && this.host.isBusyWith(key))) continue;
      this.known.delete(id);
      closing.push(...letGoOf(known));
      hasForgotten = true;
    }
    const coming = [...this.drafts, ...[...this.known.values()].filter((known) => !before.has(known))];
    this.#close(closed);
    this.#taken.clear();
    for (const record of records) for (const address of record.addresses) this.#take(address);
    for (const { record } of this.known.values()) for (const address of record.addresses) this.#take(address);
    for (const { numbers } of this.drafts) for (const number of numbers) this.#taken.add(number);
    const perBridge = names.map((name, i) => ({ name, index: links[i]?.index ?? 0, ports: i }));
    if (names.length > 1) {
      const there = new Set(ports.map(({ name }) => name));
      for (const [i, bridge] of perBridge.entries()) {
        const own = ports.filter(({ master }) => master === bridge.name);
        const others = coming.filter((one) => one.bridge === i && !there.has(one.record.hostInterface));
        bridge.ports = own.length + others.length;
      }
    } else if (perBridge[0]) {
      const all = [...records, ...[...this.known.values(), ...this.drafts].map(({ record }) => record)];
      perBridge[0].ports = new Set(all.map(({ key }) => key)).size;
    }
    this.bridges = perBridge;
    await Promise.all(closing);
    return hasForgotten;
  }

  /**
   * Those of the endpoints that are gone: another is in its place, or neither element nor link are there. Where there is the
   * link, somebody has taken the element away, which reconcile() puts back.
   */
  async #findGone(all: ReadonlySet<Known>, records: readonly EndpointRecord[]): Promise<Known[]> {
    const there = new Map(records.map(({ key, made }) => [key, made]));
    const missing = [...all].filter(({ record }) => there.get(record.key) !== record.made);
    // After the elements: who detaches has links go first.
    const isGone = await Promise.all(
      missing.map(async ({ record: { key, made, hostInterface } }) => {
        if (there.has(key)) return true;
        const link = await this.host.route
          .one<{ alias?: string; group?: number }>('links.get', { ref: hostInterface })
          .catch((error: unknown) => {
            ignore('ENODEV')(error);
            return undefined;
          });
        if (link?.group !== this.network.number) return true;
        const told = readLinkText(link, this.network.name);
        return told !== undefined && told.record.made !== made;
      }),
    );
    return missing.filter((_, i) => isGone[i]);
  }

  async #lookAtFilter(): Promise<void> {
    const { mode, subnets } = this.network;
    if (mode !== 'routed' || subnets[0]?.family !== 'inet') return;
    const keys = ['all', 'default'].map((link) => `net/ipv4/conf/${link}/rp_filter`);
    const [all, usual] = await Promise.all(keys.map((key) => this.host.getSysctl(key)));
    this.rpFilter = all !== '0' ? '2' : usual !== '0' ? '0' : undefined;
  }

  /** For catch(): of a bridge that is not there it is told what that means. */
  #tellGone(bridge: string): (error: unknown) => never {
    return (error) => {
      ignore('ENODEV')(error);
      throw new BridgeGoneError(this.network.name, bridge, { cause: error });
    };
  }

  /** Families once found closed stay so: with the table, where that is so, all networks go. */
  #close(found: readonly Closed[]): void {
    this.closed.push(...found.filter(({ protocol }) => this.closed.every((known) => known.protocol !== protocol)));
  }

  #take(address: Uint8Array): void {
    for (const subnet of this.network.subnets) {
      const number = subnet.numberOf(address);
      if (number !== undefined) this.#taken.add(number);
    }
  }

  /** This network's endpoints as the kernel keeps them. */
  async records(): Promise<EndpointRecord[]> {
    const elements = await listElements(this.host.netfilter, 'endpoints');
    return elements.flatMap((one) => {
      const record = readRecord(one.key?.value, commentOf(one.userdata));
      return record && record.network === this.network.name ? record : [];
    });
  }

  /** This network's endpoints as their links tell, by key: the kernel keeps them there, too. */
  async toldByLinks(): Promise<Map<string, EndpointRecord>> {
    const links = await this.host.route.list<{ name: string; alias?: string; group?: number }>('links.list', {
      extMask: ['skipStats'],
      kind: 'veth',
    });
    const own = links.filter(({ group }) => group === this.network.number);
    return new Map(
      own.flatMap((link) => {
        const record = readLinkText(link, this.network.name)?.record;
        return record ? [[record.key, { ...record, hostInterface: link.name }]] : [];
      }),
    );
  }

  /** Takes a number that is free in all subnets: the next after the last one taken, so that none is used again soon. */
  takeNumber(): number {
    const { name } = this.network;
    for (let tried = 0; tried < this.#hosts; tried++) {
      this.#last = this.#last >= this.#hosts ? 1 : this.#last + 1;
      const number = this.#last;
      if (this.#taken.has(number) || this.#gateways.has(number)) continue;
      this.#taken.add(number);
      return number;
    }
    throw new EndpointCapacityError(name, 'addresses', this.#hosts - this.#gateways.size);
  }

  /** Marks a number that was asked for. False: this process knows that it is taken. */
  reserveNumber(number: number): boolean {
    if (this.#taken.has(number)) return false;
    this.#taken.add(number);
    return true;
  }

  giveNumber(number: number): void {
    this.#taken.delete(number);
  }

  /** After a clash with another process: goes on from somewhere else, so as not to race it from number to number. */
  leap(): void {
    this.#last = Math.floor(Math.random() * Math.min(this.#hosts, 2 ** 32));
  }

  /** Takes a port of the bridge that has most free; the cause is told where there is none. */
  takeBridge(cause?: ErrorOptions): number {
    if (this.bridges.length === 0) return -1;
    const { maxEndpoints } = this.network;
    let total = 0;
    for (const { ports } of this.bridges) total += ports;
    const best = this.emptiestBridge();
    const joins = 2 * (this.bridges.length - 1);
    const chosen = this.bridges[best] as { ports: number };
    if (total - joins >= maxEndpoints || chosen.ports >= BRIDGE_PORTS) throw this.full(cause);
    chosen.ports++;
    return best;
  }

  /** The bridge that has most ports free. */
  emptiestBridge(): number {
    let best = 0;
    for (const [i, { ports }] of this.bridges.entries()) {
      if (ports < (this.bridges[best] as { ports: number }).ports) best = i;
    }
    return best;
  }

  giveBridge(index: number): void {
    const bridge = this.bridges[index];
    if (bridge && bridge.ports > 0) bridge.ports--;
  }

  full(options?: ErrorOptions): EndpointCapacityError {
    const capacity = Math.min(this.network.maxEndpoints, bridgeCapacity(this.bridges.length));
    return new EndpointCapacityError(this.network.name, 'ports', capacity, options);
  }

  /** Whether the pool has one. */
  get hasReady(): boolean {
    return this.#pool.length > 0;
  }

  /** A namespace from the pool with a link into it, where there is one: the newest, whose id the kernel finds first. */
  takeReady(): Ready | undefined {
    return this.#pool.pop();
  }

  /** Sets how many namespaces the pool is to have, and makes or gives up as many as that takes. */
  async resize(count: number): Promise<void> {
    this.#poolSize = count;
    for (const ready of this.#pool.splice(count)) giveUp(ready);
    await this.fill();
  }

  /** An endpoint is going to be attached. */
  beginAttaching(): void {
    this.#attaching++;
  }

  /** It has been, or not. With the last one the pool is filled up in the background: nobody is hindered by that then. */
  endAttaching(): void {
    // Whoever needs a namespace that could not be made makes one then, and hears why that fails.
    // What has been attached is told first.
    if (--this.#attaching > 0 || this.#pool.length >= this.#poolSize) return;
    setImmediate(() => this.fill(() => this.#attaching === 0).catch(() => {}));
  }

  /** Fills the pool up, for as long as that is wanted. */
  fill(isWanted: () => boolean = () => true): Promise<void> {
    this.#filling = this.#filling.catch(() => {}).then(() => this.#fill(isWanted));
    return this.#filling;
  }

  async #fill(isWanted: () => boolean): Promise<void> {
    while (this.#pool.length < this.#poolSize && !this.isClosed && isWanted()) {
      const ready = await makeReady(this);
      if (this.isClosed || this.#pool.length >= this.#poolSize) giveUp(ready);
      else this.#pool.push(ready);
    }
  }

  /** Something begins for which the network has to be open. */
  beginCall(): void {
    this.#calls++;
  }

  endCall(): void {
    if (--this.#calls === 0) this.#whenIdle();
  }

  /** Waits for what is under way, and gives up what is ready. */
  async drain(): Promise<void> {
    this.isClosed = true;
    await Promise.all([...this.watching].map((monitor) => monitor.close()));
    await new Promise<void>((resolve) => {
      if (this.#calls === 0) resolve();
      else this.#whenIdle = resolve;
    });
    await this.#filling.catch(() => {});
    for (const ready of this.#pool.splice(0)) giveUp(ready);
  }
}

/** Lets go of ports that are held. */
export function letGoOfPorts(known: Known): void {
  if (known.sockets) addon.letGo(known.sockets);
  known.sockets = undefined;
}

/** Lets go of all that this process holds of an endpoint; what of it is to be waited for is returned. */
export function letGoOf(known: Known): Promise<void>[] {
  letGoOfPorts(known);
  const closing = known.proxies.map((proxy) => proxy.close());
  return known.netns ? [...closing, known.netns.close()] : closing;
}

/** Reads an endpoint's key and comment. */
export function readRecord(key: Uint8Array | undefined, comment: string): EndpointRecord | undefined {
  if (!key) return undefined;
  return readEndpoint(nameOf(key), comment);
}

/** An address of which the text is known to be right. */
export function bytesOf(text: string): Uint8Array {
  return addressBytes(text) as Uint8Array;
}
