// Addresses of links: what `ip address` does.
import { argumentError } from './errors.js';
import type { Address as AddressFields, AddressSpec as AddressSpecFields } from './generated/objects.js';
import { checkOptions } from './lane.js';
import type { LinkRef } from './links.js';
import type { Requester, RequestOptions } from './requester.js';
import { checkSpec, familyOf } from './spec.js';

/** An address to be added, replaced or deleted (rtnetlink(7), ip-address(8)). */
export type AddressSpec = Omit<AddressSpecFields, 'local' | 'address' | 'link'> & {
  /** The link that has it. */
  link: LinkRef;
  /** The address with its prefix length, such as `'10.0.0.2/24'`; without one, the whole address. */
  address: string;
  /** The address of a point-to-point link's other end. Its prefix length is the one that counts. */
  peer?: string | undefined;
};

/** An address as the kernel tells it. */
export type Address = Omit<AddressFields, 'local' | 'address' | 'link'> & {
  /** Name of the link that has it. */
  link: LinkRef;
  /** Index of the link that has it. */
  linkIndex: number;
  /** The address with its prefix length. */
  address: string;
  /** The other end's address on a point-to-point link. */
  peer?: string;
};

/** Which addresses {@link Addresses.list} is to tell; both are looked at in the kernel. */
export interface AddressFilter {
  /** Only those of this link. */
  link?: LinkRef | undefined;
  /** Only IPv4 or IPv6. */
  family?: 'inet' | 'inet6' | undefined;
}

/** Addresses of the handle's network namespace. */
export class Addresses {
  readonly #requester: Requester;

  /** @internal */
  constructor(requester: Requester) {
    this.#requester = requester;
  }

  /**
   * Adds an address (RTM_NEWADDR). The broadcast address is not made up: give `broadcast` where one is wanted.
   *
   * @throws NetlinkError EEXIST when the link has it already, ENODEV when there is no such link.
   */
  async add(spec: AddressSpec, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    return this.#requester.ack('addresses.add', toKernel(spec), options);
  }

  /** Adds an address, or changes lifetimes, flags and metric of one that is there (NLM_F_REPLACE). */
  async replace(spec: AddressSpec, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    return this.#requester.ack('addresses.replace', toKernel(spec), options);
  }

  /**
   * Deletes an address (RTM_DELADDR), named by link, address with prefix length and, where it has one, peer.
   *
   * @throws NetlinkError EADDRNOTAVAIL when the link does not have it.
   */
  async delete(spec: AddressSpec, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    checkSpec('spec', spec);
    const { link, address, peer, label } = spec;
    return this.#requester.ack('addresses.delete', toKernel({ link, address, peer, label }), options);
  }

  /** Lists addresses (RTM_GETADDR dump), all or those that the filter lets through. */
  async list(filter: AddressFilter & RequestOptions = {}): Promise<Address[]> {
    checkOptions(filter);
    checkSpec('filter', filter);
    const { signal: _, ...fields } = filter;
    const addresses = await this.#requester.list<AddressFields>('addresses.list', fields, filter);
    return addresses.map(fromKernel);
  }
}

/**
 * IFA_LOCAL is the link's own address and IFA_ADDRESS the other end's; without a point-to-point link IPv4 wants both
 * the same and IPv6 takes the second alone.
 */
function toKernel(spec: AddressSpec): AddressSpecFields {
  checkSpec('spec', spec);
  const { address, peer, ...rest } = spec;
  if (typeof address !== 'string') {
    throw argumentError(
      'ERR_INVALID_ARG_TYPE',
      'address',
      `The "address" field must be a string such as '192.0.2.1/24'. Received ${address === null ? 'null' : typeof address}`,
    );
  }
  if (rest.link === undefined) {
    throw argumentError(
      'ERR_INVALID_ARG_TYPE',
      'link',
      'The "link" field must be the name (string) or index (number) of a link',
    );
  }
  if (peer === undefined) return { ...rest, local: address, address };
  const length = typeof peer === 'string' ? peer.split('/')[1] : undefined;
  const own = address.split('/')[0] as string;
  const bits = length ?? (familyOf(address) === 'inet6' ? '128' : '32');
  return { ...rest, local: `${own}/${bits}`, address: peer };
}

export function fromKernel(fields: AddressFields): Address {
  const { local, address, ...rest } = fields;
  if (local === undefined || local === address) return { ...rest, address: address ?? local } as Address;
  return { ...rest, address: local, peer: address } as Address;
}
