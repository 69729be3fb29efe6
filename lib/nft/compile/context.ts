// What is known of the packet while a rule is compiled: which headers it has. Fields of headers that nothing has told of
// yet make the matches that must come first.

import { TYPES } from '../datatypes.js';
import type { NftFamily } from '../json.js';
import { keyByName, META_KEYS } from '../keywords.js';
import {
  BASES,
  FAMILY_PROTOCOLS,
  type Field,
  fieldOf,
  nextOf,
  numberOfNext,
  OPEN_PROTOCOLS,
  type PayloadBase,
  PROTOCOLS,
  type Protocol,
} from '../protocols.js';
import type { Input } from './input.js';
import { metaNode, payloadNode } from './loads.js';
import type { Node, Value } from './nodes.js';
import type { Program } from './program.js';
import type { SetInfo } from './sets.js';

/** Relations as the kernel's expression calls them. */
export type Relation = 'eq' | 'neq' | 'lt' | 'lte' | 'gt' | 'gte';

/** A match. */
export interface Match {
  readonly kind: 'match';
  readonly left: Node;
  readonly relation: Relation;
  readonly right:
    | Value
    | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
    | { readonly kind: 'range'; readonly from: Uint8Array; readonly to: Uint8Array }
    /** Whether any of these bits are set (neq) or none (eq). */
    | { readonly kind: 'flags'; readonly bits: bigint }
    | { readonly kind: 'set'; readonly set: SetInfo };
}

/** Anything else that a rule does. */
export interface Action {
  readonly kind: 'action';
  write(program: Program): void;
}

/** A part of a rule. */
export type Step = Match | Action;

/** ARPHRD_ETHER. */
const ETHER = 1n;

/** A rule that is being compiled. */
export class RuleContext {
  readonly steps: Step[] = [];
  readonly #headers = new Map<PayloadBase, Protocol>();
  /** Headers of the link layer that the present one is stacked upon. */
  readonly #stack: Protocol[] = [];
  /** Whether a match has told the network protocol; otherwise the family has, or nobody. */
  #isNetworkTold = false;
  /** Bases of which a set has told that there are several possibilities. */
  readonly #ambiguous = new Set<PayloadBase>();

  constructor(
    readonly family: NftFamily,
    /** Whether only types are asked for, and no packet must have anything. */
    readonly isTypeOnly = false,
  ) {
    const first = FAMILY_PROTOCOLS[family];
    if (first) this.#headers.set(first.base, first);
  }

  /** The header at a base, where it is known. */
  header(base: PayloadBase): Protocol | undefined {
    const header = this.#headers.get(base);
    return header === undefined || header.fields.length === 0 ? undefined : header;
  }

  /** The family of addresses, where it is known. */
  get addressFamily(): 'ip' | 'ip6' | undefined {
    const name = this.#headers.get('network')?.name;
    return name === 'ip' || name === 'ip6' ? name : undefined;
  }

  push(step: Step): void {
    this.steps.push(step);
  }

  /** Matches for equality, and learns from it. */
  require(left: Node, value: bigint): void {
    this.push({ kind: 'match', left, relation: 'eq', right: { ...left, kind: 'value', value } });
    this.learn(left, [value]);
  }

  /** Learns which headers there are from a value that was matched, or from several of which it is one. */
  learn(left: Node, values: readonly bigint[]): void {
    const isOpen = values.length > 1;
    for (const value of values) {
      const next = this.#told(left, Number(value));
      if (next === undefined) continue;
      const below = left.kind === 'payload' ? left.protocol : undefined;
      if (below && next.base === below.base) this.#stack.push(below);
      this.#headers.set(next.base, next);
      if (next.base === 'network') this.#isNetworkTold = true;
      if (isOpen) this.#ambiguous.add(next.base);
      else this.#ambiguous.delete(next.base);
    }
  }

  #told(left: Node, value: number): Protocol | undefined {
    if (left.kind === 'payload') {
      const { protocol, field } = left;
      if (!protocol || !field || !isSelector(protocol, field)) return undefined;
      return nextOf(protocol, value);
    }
    if (left.kind !== 'load') return undefined;
    switch (`${left.name} ${left.key}`) {
      case 'meta iiftype':
        return value === Number(ETHER) && this.family !== 'bridge' ? PROTOCOLS.get('ether') : undefined;
      case 'meta nfproto':
      case 'ct l3protocol':
        return this.family === 'inet' ? nextOf(OPEN_PROTOCOLS.inet, value) : undefined;
      case 'meta protocol':
        return this.family === 'netdev' || this.family === 'bridge' ? nextOf(OPEN_PROTOCOLS.netdev, value) : undefined;
      case 'meta l4proto':
      case 'ct protocol':
        return nextOf(OPEN_PROTOCOLS.inetService, value);
      default:
        return undefined;
    }
  }

  /** A field of a header, after the matches that it takes for the packet to have that header. */
  field(protocol: Protocol, field: Field, input: Input): Node {
    if (this.isTypeOnly) return payloadNode(protocol, field, 0);
    if (protocol.name !== 'th') this.#reach(protocol, input);
    this.#needType(protocol, field, input);
    return payloadNode(protocol, field, protocol.base === 'll' ? this.#startOf(protocol) : 0);
  }

  /** Where a header of the link layer starts, in bits: the last of several of one protocol. */
  #startOf(protocol: Protocol): number {
    const all = [...this.#stack, this.#headers.get('ll')];
    return all.slice(0, all.lastIndexOf(protocol)).reduce((sum, each) => sum + (each?.size ?? 0), 0);
  }

  /** As need(), before everything else that the rule does. */
  needFirst(name: string, input: Input): void {
    const before = this.steps.length;
    this.need(name, input);
    this.steps.unshift(...this.steps.splice(before));
  }

  /**
   * Sees to it that the packet has a header. `isIndirect`: for something that is in that header, not for a field of it.
   */
  need(name: string, input: Input, isIndirect = false): void {
    const protocol = PROTOCOLS.get(name);
    if (protocol && !this.isTypeOnly) this.#reach(protocol, input, isIndirect);
  }

  #reach(protocol: Protocol, input: Input, isIndirect = false): void {
    const { base } = protocol;
    if (this.#headers.get(base) === undefined) this.#requireBelow(protocol, input, isIndirect);
    const present = this.#headers.get(base);
    if (present === protocol) {
      if (this.#ambiguous.has(base)) throw input.fail(`several protocols are possible here, not only ${protocol.name}`);
      return;
    }
    if (present === undefined) return;
    if (base === 'll') this.#reachLink(protocol, present, input);
    else throw this.#conflict(present, protocol, input);
  }

  /** Link layer headers are stacked, and only Ethernet's are known. */
  #reachLink(protocol: Protocol, found: Protocol, input: Input): void {
    let present = found;
    if (this.#stack.includes(protocol)) return;
    if (present.fields.length === 0) {
      this.#requireEther();
      present = this.#headers.get('ll') ?? present;
      if (present === protocol) return;
    }
    const number = numberOfNext(present, protocol.name);
    if (number === undefined || this.#isNetworkTold) throw this.#conflict(present, protocol, input);
    this.#requireNext(present, number);
  }

  #conflict(present: Protocol, wanted: Protocol, input: Input): Error {
    return input.fail(`the protocols conflict: ${present.name} and ${wanted.name}`);
  }

  /** Matches what says that a header comes, in the one below it or in what the kernel knows. */
  #requireBelow(protocol: Protocol, input: Input, isIndirect = false): void {
    if (protocol.base === 'll') {
      this.#requireEther();
      return;
    }
    const base = BASES[BASES.indexOf(protocol.base) - 1];
    let below = base === undefined ? undefined : this.#headers.get(base);
    if (below === undefined && protocol.network !== undefined) {
      const network = PROTOCOLS.get(protocol.network);
      if (network) this.#requireBelow(network, input, true);
      below = network;
    }
    if (below === undefined && protocol.base === 'transport') below = OPEN_PROTOCOLS.inetService;
    // The kernel knows the network protocol of a bridged packet better than its Ethernet header.
    const isInternet = protocol.name === 'ip' || protocol.name === 'ip6';
    if (this.family === 'bridge' && below?.name === 'ether' && isInternet && !isIndirect) below = OPEN_PROTOCOLS.netdev;
    const number = below === undefined ? undefined : numberOfNext(below, protocol.name);
    if (below === undefined || number === undefined) {
      throw input.fail(
        below === undefined
          ? `nothing says that there is ${protocol.name}`
          : `${protocol.name} does not follow ${below.name}`,
      );
    }
    this.#requireNext(below, number);
    this.#headers.set(protocol.base, protocol);
  }

  #requireEther(): void {
    const key = keyByName(META_KEYS, 'iiftype');
    if (key) this.require(metaNode(key), ETHER);
    const ether = PROTOCOLS.get('ether');
    if (ether) this.#headers.set('ll', ether);
  }

  #requireNext(below: Protocol, number: number): void {
    const { selector } = below;
    if (selector === undefined) return;
    if ('meta' in selector) {
      const key = keyByName(META_KEYS, selector.meta);
      if (key) this.require(metaNode(key), BigInt(number));
      return;
    }
    const field = fieldOf(below, selector.field);
    if (field === undefined) return;
    this.require(payloadNode(below, field, this.#startOf(below)), BigInt(number));
  }

  /** What the field `type` of ICMP has said, so that it isn't asked again. */
  readonly #types = new Map<Protocol, ReadonlySet<bigint>>();

  /** Remembers a match of the field `type`. */
  learnType(left: Node, values: readonly bigint[]): void {
    if (left.kind === 'payload' && left.protocol && left.field?.name === 'type') {
      this.#types.set(left.protocol, new Set(values));
    }
  }

  /** How a set of types is made; the compiler of sets puts itself here. */
  typeSet: ((left: Node, values: readonly bigint[]) => Match) | undefined;

  #needType(protocol: Protocol, field: Field, input: Input): void {
    const { needsType } = field;
    const type = needsType && fieldOf(protocol, 'type');
    if (!needsType || !type) return;
    const known = this.#types.get(protocol);
    const wanted = needsType.map(BigInt);
    if (known) {
      if ([...known].every((value) => wanted.includes(value))) return;
      throw input.fail(`messages of ${protocol.name} of the type that was matched have no ${field.name}`);
    }
    const left = payloadNode(protocol, type, 0);
    const [only] = wanted;
    if (wanted.length === 1 && only !== undefined) {
      this.push({ kind: 'match', left, relation: 'eq', right: { ...left, kind: 'value', value: only } });
    } else if (this.typeSet) this.push(this.typeSet(left, wanted));
    this.#types.set(protocol, new Set(wanted));
  }
}

/** Whether a field says which header comes next. */
export function isSelector(protocol: Protocol, field: Field): boolean {
  const { selector } = protocol;
  if (selector === undefined) return false;
  if ('field' in selector) return selector.field === field.name;
  return field.type === TYPES.inet_proto;
}
