// An endpoint: what attach() gives and endpoints() tells.
import { Netns, type NetnsRef } from '../netns.js';
import type { Network } from './network.js';
import type { Port } from './spec.js';

/** What an endpoint is made of. */
export interface EndpointFields {
  id: string;
  netns: NetnsRef | undefined;
  interface: string;
  hostInterface: string;
  addresses: string[];
  gateways: string[];
  mac: string;
  mtu: number;
  ports: Port[];
  bandwidth: { ingress?: number; egress?: number; burst?: number } | undefined;
}

/**
 * A namespace on a network. What it tells is all that has to be written down to find it again; nothing has to be, as
 * `network.endpoints()` tells the same from the kernel alone.
 */
export class Endpoint {
  /** Its id, unique in the network. */
  readonly id: string;
  /** The network that it is on. */
  readonly network: Network;
  /**
   * A reference to its namespace: the name that it has, the path that was given, or an open `Netns` where it has none;
   * undefined where this process can only know that there is one.
   */
  readonly netns: NetnsRef | undefined;
  /** Name of the link in the namespace. */
  readonly interface: string;
  /** Name of the link at the host's end. */
  readonly hostInterface: string;
  /** Its addresses with the prefix length they have there, such as `'10.88.0.2/16'`; IPv4 first. */
  readonly addresses: readonly string[];
  /** For each address the network's gateway. */
  readonly gateways: readonly string[];
  /** Link-layer address of the link in the namespace. */
  readonly mac: string;
  /** MTU in bytes. */
  readonly mtu: number;
  /**
   * Its published ports as they were asked for, free ones with their numbers. Where another process tells of them, those that
   * follow one another are one; of many scattered ones the order is another, too.
   */
  readonly ports: readonly Port[];
  /** Limits in bits per second; the burst in bytes, where it was given. */
  readonly bandwidth: { readonly ingress?: number; readonly egress?: number; readonly burst?: number } | undefined;

  /** @internal */
  constructor(network: Network, fields: EndpointFields) {
    this.network = network;
    this.id = fields.id;
    this.netns = fields.netns;
    this.interface = fields.interface;
    this.hostInterface = fields.hostInterface;
    this.addresses = fields.addresses;
    this.gateways = fields.gateways;
    this.mac = fields.mac;
    this.mtu = fields.mtu;
    this.ports = fields.ports;
    this.bandwidth = fields.bandwidth;
  }

  /** Takes it off the network; see {@link Network.detach}. */
  detach(): Promise<void> {
    return this.network.detach(this.id);
  }

  /** As JSON: everything but the network, which is named, and a namespace that has neither name nor path. */
  toJSON(): object {
    const { network, netns, ...fields } = this;
    return { network: network.name, netns: netns instanceof Netns ? undefined : netns, ...fields };
  }
}
