// What an endpoint says of itself on its bridge, where its link-layer address does not follow from its IP address: who knew
// another by that would go on sending there, for half a minute.
import { addon } from '../addon.js';
import { begin } from '../engine.js';
import type { NetnsRef } from '../netns.js';
import { ignore } from './host.js';

const BROADCAST = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
/** ff02::1, all nodes of a link, and the group's link-layer address. */
const ALL_NODES = [0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
const ALL_NODES_MAC = [0x33, 0x33, 0, 0, 0, 1];
const ICMPV6 = 58;

/** A gratuitous ARP request (RFC 5227, section 3). */
function gratuitousArp(mac: readonly number[], address: Uint8Array): Uint8Array {
  const ethernet = [...BROADCAST, ...mac, 0x08, 0x06];
  const header = [0, 1, 0x08, 0x00, 6, 4, 0, 1];
  return Uint8Array.from([...ethernet, ...header, ...mac, ...address, 0, 0, 0, 0, 0, 0, ...address]);
}

/** The Internet checksum of some bytes, of which there are an even number (RFC 1071). */
function checksum(bytes: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 2) sum += ((bytes[i] as number) << 8) | (bytes[i + 1] as number);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return ~sum & 0xffff;
}

/** An unsolicited neighbour advertisement that overrides what was known (RFC 4861, section 7.2.6). */
function unsolicitedAdvertisement(mac: readonly number[], address: Uint8Array): Uint8Array {
  const OVERRIDE = 0x20;
  const TARGET_LINK_LAYER_ADDRESS = 2;
  const body = [OVERRIDE, 0, 0, 0, ...address, TARGET_LINK_LAYER_ADDRESS, 1, ...mac];
  const type = [136, 0];
  const length = type.length + 2 + body.length;
  const sum = checksum([...address, ...ALL_NODES, 0, 0, 0, length, 0, 0, 0, ICMPV6, ...type, 0, 0, ...body]);
  const ethernet = [...ALL_NODES_MAC, ...mac, 0x86, 0xdd];
  const ip = [0x60, 0, 0, 0, 0, length, ICMPV6, 255, ...address, ...ALL_NODES];
  return Uint8Array.from([...ethernet, ...ip, ...type, sum >> 8, sum & 0xff, ...body]);
}

/** The frame that tells everybody on a bridge which link-layer address an IP address has now. */
export function announcement(mac: string, address: Uint8Array): Uint8Array {
  const bytes = mac.split(':').map((byte) => Number.parseInt(byte, 16));
  return address.length === 4 ? gratuitousArp(bytes, address) : unsolicitedAdvertisement(bytes, address);
}

/** Announces addresses out of a link. Where that is not possible neighbours find out by themselves. */
export async function announce(
  netns: NetnsRef,
  link: string,
  mac: string,
  addresses: readonly Uint8Array[],
): Promise<void> {
  for (const address of addresses) {
    const frame = announcement(mac, address);
    await begin('value', 'announce', (id) => addon.sendFrame(id, netns, link, frame)).catch(
      ignore('EAFNOSUPPORT', 'EPERM', 'EACCES'),
    );
  }
}
