// Nodes that load something from the packet or from what the kernel knows, with nft's description of each for `typeof`.
import { TYPES } from '../datatypes.js';
import type { Key } from '../keywords.js';
import type { ExtensionHeader, ExtensionKind, Field, PayloadBase, Protocol } from '../protocols.js';
import { BASES } from '../protocols.js';
import { nest, type Tlv, TYPEOF, TYPEOF_DATA, TYPEOF_KINDS, u32 } from '../userdata.js';
import type { ExthdrNode, Load, PayloadNode } from './nodes.js';

/** nft's description of a kind of expression. */
export function describe(kind: keyof typeof TYPEOF_KINDS, data: readonly Tlv[] = []): Tlv[] {
  return [u32(TYPEOF.expression, TYPEOF_KINDS[kind]), nest(TYPEOF.data, data)];
}

/** A key of meta. */
export function metaNode(key: Key): Load {
  return {
    kind: 'load',
    name: 'meta',
    data: { key: key.kernel },
    key: key.kernel,
    type: key.type,
    bits: key.bits,
    order: key.order,
    description: () => describe('meta', [u32(TYPEOF_DATA.meta.key, key.id)]),
  };
}

/** A field of a header that begins so many bits after its base. */
export function payloadNode(protocol: Protocol, field: Field, start: number): PayloadNode {
  const names = TYPEOF_DATA.payload;
  const length = () => (field.type === TYPES.integer ? [u32(names.length, field.length)] : []);
  return {
    kind: 'payload',
    base: protocol.base,
    offset: start + field.offset,
    protocol,
    field,
    type: field.type,
    bits: field.length,
    order: 'big',
    description: () => describe('payload', [u32(names.protocol, protocol.id), u32(names.field, field.id), ...length()]),
  };
}

/** Bits at an offset. */
export function rawNode(base: PayloadBase, offset: number, bits: number): PayloadNode {
  const names = TYPEOF_DATA.payload;
  return {
    kind: 'payload',
    base,
    offset,
    type: TYPES.integer,
    bits,
    order: 'big',
    description: () =>
      describe('payload', [
        u32(names.protocol, 0),
        u32(names.field, 0),
        u32(names.base, BASES.indexOf(base) + 1),
        u32(names.offset, offset),
        u32(names.length, bits),
      ]),
  };
}

/** A field of an extension header, option or chunk. */
export function exthdrNode(kind: ExtensionKind, header: ExtensionHeader, field: Field): ExthdrNode {
  const names = TYPEOF_DATA.exthdr;
  return {
    kind: 'exthdr',
    op: kind.op,
    number: header.number,
    offset: field.offset,
    isPresence: false,
    header,
    type: field.type,
    bits: field.length,
    order: 'big',
    description: () =>
      describe('exthdr', [
        u32(names.field, field.id),
        ...(kind.id === 0 ? [] : [u32(names.kind, kind.id)]),
        u32(names.header, header.id),
      ]),
  };
}

/** Whether there is an extension header, option or chunk of a number. */
export function presenceNode(kind: ExtensionKind, number: number): ExthdrNode {
  return {
    kind: 'exthdr',
    op: kind.op,
    number,
    offset: 0,
    isPresence: true,
    type: TYPES.boolean,
    bits: 8,
    order: 'none',
    description: undefined,
  };
}
