// A rule's expressions as they are written down, and the registers that they share.
import type { NfExpression } from '../../generated/objects.js';
import { toBytes } from '../datatypes.js';
import { type BinaryNode, bytesOf, encode, expression, type Node, ones, padded, type Shape } from './nodes.js';
import type { SetInfo } from './sets.js';

/** Bits of a 32-bit register and of the larger ones that each cover four of them. */
const SLOT_BITS = 32;
const SLOTS_PER_REGISTER = 4;
/** The kernel's numbers: NFT_REG_1 and NFT_REG32_00, and how many of the latter there are. */
const REGISTER_1 = 1;
const REGISTER32_00 = 8;
const SLOTS = 16;

/** The register of the verdict. */
export const VERDICT = 0;

/** The kernel's number of the register that begins at a slot: the larger one where there is one. */
export function register(slot: number): number {
  return slot % SLOTS_PER_REGISTER === 0 ? REGISTER_1 + slot / SLOTS_PER_REGISTER : REGISTER32_00 + slot;
}

/** More values are needed at once than the kernel has registers for. */
export class OutOfRegisters extends Error {
  override name = 'OutOfRegisters';
}

/** The expressions of a rule, one after another. */
export class Program {
  readonly expressions: NfExpression[] = [];
  #slots = 0;

  /** Reserves registers for a value while something is done; registers of a concatenation lie side by side. */
  reserve<T>(shape: Shape | undefined, use: (slot: number) => T): T {
    const slot = this.#slots;
    const whole = SLOTS_PER_REGISTER;
    const wanted = shape?.parts ? padded(shape.bits) / SLOT_BITS : whole;
    this.#slots += wanted;
    if (this.#slots > SLOTS) throw new OutOfRegisters('the values do not fit in the kernel’s registers');
    const result = use(slot);
    this.#slots = slot;
    return result;
  }

  push(...expressions: NfExpression[]): void {
    this.expressions.push(...expressions);
  }

  /** Loads a value into registers that begin at a slot. */
  load(node: Node, slot: number): void {
    const dreg = register(slot);
    switch (node.kind) {
      case 'value':
        this.push(expression('immediate', { dreg, data: { value: encode(node.value, node) } }));
        break;
      case 'concat value': {
        let at = slot;
        for (const value of node.values) {
          if (value.kind === 'value') this.load(value, at);
          at += padded(value.bits) / SLOT_BITS;
        }
        break;
      }
      case 'load':
        this.push({ name: node.name, data: { ...node.data, dreg } });
        break;
      case 'payload':
        this.push(expression('payload', { dreg, base: node.base, offset: node.offset / 8, len: bytesOf(node.bits) }));
        break;
      case 'exthdr':
        this.push(
          expression('exthdr', {
            dreg,
            type: node.number,
            offset: Math.floor(node.offset / 8),
            len: bytesOf(node.bits),
            ...(node.isPresence ? { flags: ['present'] as const } : {}),
            op: node.op,
          }),
        );
        break;
      case 'binary':
        this.#binary(node, slot);
        break;
      case 'byteorder': {
        this.load(node.operand, slot);
        const length = bytesOf(node.bits);
        const op = node.order === 'big' ? 'hton' : 'ntoh';
        const size = length % 8 === 0 ? 8 : length % 4 === 0 ? 4 : 2;
        this.push(expression('byteorder', { sreg: dreg, dreg, op, len: length, size }));
        break;
      }
      case 'concat': {
        let at = slot;
        for (const part of node.nodes) {
          this.load(part, at);
          at += padded(part.bits) / SLOT_BITS;
        }
        break;
      }
      case 'map':
        this.load(node.key, slot);
        this.push(expression('lookup', { ...node.set.reference('set'), sreg: dreg, dreg }));
        break;
      case 'jhash':
        this.reserve(node.operand, (source) => {
          this.load(node.operand, source);
          this.push(
            expression('hash', {
              sreg: register(source),
              dreg,
              len: bytesOf(node.operand.bits),
              modulus: node.modulus,
              ...(node.seed === undefined ? {} : { seed: node.seed }),
              ...(node.offset === 0 ? {} : { offset: node.offset }),
              type: 'jenkins',
            }),
          );
        });
        break;
    }
  }

  /** Several operations on bits in a row become one: (value & mask) ^ xor. */
  #binary(node: BinaryNode, slot: number): void {
    const reg = register(slot);
    if (node.op === '<<' || node.op === '>>') {
      this.load(node.left, slot);
      this.push(
        expression('bitwise', {
          sreg: reg,
          dreg: reg,
          len: bytesOf(node.bits),
          op: node.op === '<<' ? 'lshift' : 'rshift',
          data: { value: toBytes(node.right, 32, 'host') },
        }),
      );
      return;
    }
    const chain: BinaryNode[] = [];
    let base: Node = node;
    while (base.kind === 'binary' && base.op !== '<<' && base.op !== '>>') {
      chain.unshift(base);
      base = base.left;
    }
    this.load(base, slot);
    const all = ones(bytesOf(node.bits) * 8);
    let mask = all;
    let xor = 0n;
    for (const { op, right } of chain) {
      const [keep, flip] = op === '&' ? [right, 0n] : op === '|' ? [all & ~right, right] : [all, right];
      mask &= keep;
      xor = (xor & keep) ^ flip;
    }
    this.mask(slot, mask, xor, node);
  }

  /** value = (value & mask) ^ xor, in place. */
  mask(slot: number, mask: bigint, xor: bigint, shape: Shape): void {
    const reg = register(slot);
    this.push(
      expression('bitwise', {
        sreg: reg,
        dreg: reg,
        len: bytesOf(shape.bits),
        mask: { value: encode(mask, shape) },
        xor: { value: encode(xor, shape) },
        op: 'bool',
      }),
    );
  }

  /** Compares a register with a constant. */
  compare(slot: number, op: 'eq' | 'neq' | 'lt' | 'lte' | 'gt' | 'gte', value: Uint8Array): void {
    this.push(expression('cmp', { sreg: register(slot), op, data: { value } }));
  }

  /** Compares a register with a range of constants. */
  range(slot: number, op: 'eq' | 'neq', from: Uint8Array, to: Uint8Array): void {
    this.push(expression('range', { sreg: register(slot), op, fromData: { value: from }, toData: { value: to } }));
  }

  /** Looks a key up in a set. */
  lookUp(slot: number, set: SetInfo, isInverted: boolean): void {
    const flags = isInverted ? { flags: ['inv'] as ['inv'] } : {};
    this.push(expression('lookup', { ...set.reference('set'), sreg: register(slot), ...flags }));
  }

  /** Looks a key up in a map of verdicts. */
  decide(slot: number, set: SetInfo): void {
    this.push(expression('lookup', { ...set.reference('set'), sreg: register(slot), dreg: VERDICT }));
  }
}
