// Which headers a rule's packet is known to have, as nft works it out: from the family, and from what was matched
// before. With it a place in a header becomes a field.
import { TYPES } from '../datatypes.js';
import type { NftExpression, NftFamily } from '../json.js';
import { FAMILY_PROTOCOLS, type Field, nextOf, PROTOCOLS, type Protocol } from '../protocols.js';
import type { Told } from './selectors.js';
import type { PayloadTree } from './tree.js';
import type { Part } from './values.js';

/** Bases of the kernel with their names in JSON. */
const RAW_BASES: Record<string, 'll' | 'nh' | 'th' | 'ih'> = {
  ll: 'll',
  network: 'nh',
  transport: 'th',
  inner: 'ih',
};

/** A stretch of a header: a field, the beginning of one, or bits that have no name. */
export interface Piece {
  base: string;
  protocol?: Protocol;
  field?: Field;
  /** Bits from the base. */
  offset: number;
  length: number;
}

/** Fields whose value says what header comes next. */
export const NEXT_FIELDS: Record<string, string> = { ether: 'type', vlan: 'type', ip: 'protocol', ip6: 'nexthdr' };

export class Layers {
  /** Link-layer headers, which may be stacked. */
  readonly link: Protocol[] = [];
  network: Protocol | undefined;
  transport: Protocol | undefined;
  /** The type of ICMP that was matched, if it isn't 0. */
  icmpType: number | undefined;
  /** Below the network header: what tells which it is. */
  readonly #open: Protocol | undefined;

  constructor(family: NftFamily) {
    const first: Protocol | undefined = FAMILY_PROTOCOLS[family];
    if (first?.base === 'network') this.network = first;
    else if (first && first.fields.length > 0) this.link.push(first);
    this.#open = first;
  }

  /** The number of a network protocol, as this family's rules tell it, names the header that follows. */
  nextNetwork(value: number, key: 'nfproto' | 'protocol'): void {
    const table = key === 'protocol' ? PROTOCOLS.get('ether') : FAMILY_PROTOCOLS.inet;
    const next = table && nextOf(table, value);
    if (next?.base === 'network') this.network = next;
    else if (next && this.#open?.base === 'll') this.link.push(next);
  }

  /** The number of a transport protocol. */
  nextTransport(value: number): void {
    const ip = PROTOCOLS.get('ip');
    this.transport = ip && nextOf(ip, value);
  }

  /** The type of the device: 1 is Ethernet. */
  linkType(value: number): void {
    const ether = PROTOCOLS.get('ether');
    if (value === 1 && ether && this.link.length === 0) this.link.push(ether);
  }

  /** What follows once a field has a value. Tells whether it is stacked upon the same layer. */
  next(protocol: Protocol, value: number): { isStacked: boolean; isKnown: boolean } {
    const next = nextOf(protocol, value);
    if (!next) return { isStacked: false, isKnown: false };
    if (next.base === 'll') {
      this.link.push(next);
      return { isStacked: true, isKnown: true };
    }
    if (next.base === 'network') this.network = next;
    else this.transport = next;
    return { isStacked: false, isKnown: true };
  }

  /** The header at a place, and the place in it. */
  #locate(base: string, offset: number): { protocol: Protocol | undefined; start: number } {
    if (base === 'network') return { protocol: this.network, start: 0 };
    if (base === 'transport') return { protocol: this.transport ?? PROTOCOLS.get('th'), start: 0 };
    if (base !== 'll') return { protocol: undefined, start: 0 };
    let start = 0;
    for (const protocol of this.link) {
      const size = protocol.size ?? 0;
      if (offset < start + size) return { protocol, start };
      start += size;
    }
    return { protocol: undefined, start: 0 };
  }

  #isThere(field: Field): boolean {
    return !field.needsType || this.icmpType === undefined || field.needsType.includes(this.icmpType);
  }

  /** The field at exactly a place. */
  fieldAt(base: string, offset: number, length: number): Piece {
    const { protocol, start } = this.#locate(base, offset);
    const field = protocol?.fields.find(
      (each) => each.offset === offset - start && each.length === length && this.#isThere(each),
    );
    return { base, offset, length, ...(protocol && field ? { protocol, field } : {}) };
  }

  /** The fields, one after another, that make up a stretch. */
  split(tree: PayloadTree): Piece[] {
    const pieces: Piece[] = [];
    let { offset, length } = tree;
    const { protocol, start } = this.#locate(tree.base, offset);
    for (const field of protocol?.fields ?? []) {
      if (length === 0) break;
      if (field.offset !== offset - start || !this.#isThere(field)) continue;
      if (field.needsType && field.length > length) continue;
      const taken = Math.min(field.length, length);
      pieces.push({ base: tree.base, ...(protocol ? { protocol } : {}), field, offset, length: taken });
      offset += taken;
      length -= taken;
      if (taken < field.length) break;
    }
    if (length > 0) pieces.push({ base: tree.base, offset, length });
    return pieces;
  }
}

/** A piece in JSON. */
export function tellPiece(piece: Piece): Told {
  const { protocol, field } = piece;
  if (protocol && field) {
    const part: Part = {
      type: field.type,
      bits: field.length,
      bytes: Math.ceil(field.length / 8),
      order: 'big',
      shift: 0,
    };
    return { json: { payload: { protocol: protocol.name, field: field.name } }, parts: [part] };
  }
  const { base, offset, length } = piece;
  const part: Part = { type: TYPES.integer, bits: length, bytes: Math.ceil(length / 8), order: 'big', shift: 0 };
  const json = { payload: { base: RAW_BASES[base] ?? base, offset, len: length } } as NftExpression;
  return { json, parts: [part] };
}
