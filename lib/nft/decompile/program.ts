// From expressions on registers to statements: what each register holds is remembered as an expression tree, and what
// compares or uses a register takes it from there.
import { lengthOf } from './selectors.js';
import type { Bytes, Expression, ExthdrTree, MatchOperator, PayloadTree, RawExpression, Statement } from './tree.js';

/** Lengths of a set's keys and data in bytes. */
export interface Lengths {
  keyLength: number;
  dataLength: number;
}

/** Registers as slots of four bytes: the kernel tells 1 to 4 (16 bytes each) and 8 to 23 (4 bytes each). */
function slotOf(register: number): number {
  return register >= 8 ? register - 8 : (register - 1) * 4;
}

const COMPARISONS: Record<string, MatchOperator> = {
  eq: '==',
  neq: '!=',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
};

/** Expressions of the kernel that load one value, by name; `dreg` is where it goes. */
const LOADS = new Set(['meta', 'ct', 'rt', 'socket', 'fib', 'osf', 'numgen', 'xfrm', 'tunnel']);

/** A program that cannot be followed: an expression uses a register that nothing was loaded to, or is malformed. */
class Untold extends Error {}

type Data = Record<string, unknown>;

/** The longest value that registers hold (NFT_DATA_VALUE_MAXLEN). */
const REGISTER_BYTES = 64;

const number = (value: unknown): number => {
  if (typeof value !== 'number') throw new Untold();
  return value;
};
const bytes = (value: unknown): Bytes => {
  const content = (value as { value?: unknown } | undefined)?.value;
  if (!(content instanceof Uint8Array)) throw new Untold();
  return content;
};
/** A length in bytes, of no more than what registers hold. */
const length = (value: unknown): number => {
  const told = number(value);
  if (told > REGISTER_BYTES) throw new Untold();
  return told;
};
const constant = (content: Bytes): Expression => ({ kind: 'constant', bytes: content });
const flagsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** Follows one rule's program. */
export class Program {
  readonly statements: Statement[] = [];
  readonly #slots: (Expression | undefined)[] = new Array(20).fill(undefined);
  readonly #sets: (name: string) => Lengths | undefined;

  constructor(sets: (name: string) => Lengths | undefined) {
    this.#sets = sets;
  }

  /** Takes in the next expression. What cannot be followed becomes a statement `unknown`: nothing is lost. */
  take(raw: RawExpression): void {
    try {
      this.#take(raw);
      // Attributes that nobody knows yet may change what an expression means.
      const { unknown } = (raw.data ?? {}) as { unknown?: unknown };
      if (unknown !== undefined) this.statements.push({ kind: 'unknown', raw: { name: raw.name, data: { unknown } } });
    } catch (error) {
      if (!(error instanceof Untold)) throw error;
      this.statements.push({ kind: 'unknown', raw });
      // What it would have loaded is not known either.
      const { dreg } = (raw.data ?? {}) as { dreg?: unknown };
      if (typeof dreg === 'number' && dreg > 0) this.#slots[slotOf(dreg)] = undefined;
    }
  }

  #set(register: unknown, expression: Expression): void {
    const slot = slotOf(number(register));
    if (!(slot >= 0 && slot < 16)) throw new Untold();
    this.#slots[slot] = expression;
    // What began in the registers that it covers is gone.
    const covered = Math.max(1, Math.ceil(lengthOf(expression) / 32));
    // What comes out of a map may be used in parts.
    const rest = expression.kind === 'map' ? expression : undefined;
    for (let i = 1; i < covered && slot + i < 20; i++) this.#slots[slot + i] = rest;
  }

  /** The expression in a register; where it is shorter than wanted, with those that follow as a concatenation. */
  #get(register: unknown, wantedBits = 0): Expression {
    let slot = slotOf(number(register));
    const first = this.#slots[slot];
    if (!first) throw new Untold();
    if (wantedBits === 0 || lengthOf(first) === 0 || rounded(lengthOf(first)) >= rounded(wantedBits)) return first;
    const parts: Expression[] = [];
    for (let left = wantedBits; left > 0; ) {
      const part = this.#slots[slot];
      const bits = part ? lengthOf(part) : 0;
      if (!part || bits === 0) throw new Untold();
      parts.push(part);
      slot += Math.ceil(bits / 32);
      left -= rounded(bits);
    }
    return { kind: 'concat', parts };
  }

  #optional(register: unknown): Expression | undefined {
    return register === undefined ? undefined : this.#get(register);
  }

  #take(raw: RawExpression): void {
    const data = (raw.data ?? {}) as Data;
    if (LOADS.has(raw.name) && data.dreg !== undefined) {
      this.#set(data.dreg, load(raw.name, data));
      return;
    }
    switch (raw.name) {
      case 'payload':
        this.#payload(data);
        return;
      case 'exthdr':
        this.#exthdr(data);
        return;
      case 'immediate':
        this.#immediate(data);
        return;
      case 'cmp': {
        const right = bytes(data.data);
        const operator = COMPARISONS[String(data.op)];
        if (!operator) throw new Untold();
        const left = this.#get(data.sreg, right.length * 8);
        this.statements.push({ kind: 'match', operator, left, right: constant(right) });
        return;
      }
      case 'range': {
        const low = bytes(data.fromData);
        const high = bytes(data.toData);
        if (data.op !== 'eq' && data.op !== 'neq') throw new Untold();
        const left = this.#get(data.sreg, low.length * 8);
        const right: Expression = { kind: 'range', low: constant(low), high: constant(high) };
        this.statements.push({ kind: 'match', operator: data.op === 'eq' ? '==' : '!=', left, right });
        return;
      }
      case 'bitwise':
        this.#bitwise(data);
        return;
      case 'byteorder': {
        const size = number(data.size ?? 2);
        const argument = this.#get(data.sreg, length(data.len) * 8);
        this.#set(data.dreg, { kind: 'byteorder', to: data.op === 'ntoh' ? 'host' : 'network', size, argument });
        return;
      }
      case 'lookup':
        this.#lookup(data);
        return;
      case 'dynset':
        this.#dynset(data);
        return;
      case 'hash': {
        const argument = data.type === 'sym' ? undefined : this.#get(data.sreg, length(data.len) * 8);
        this.#set(data.dreg, { kind: 'selector', name: raw.name, data, argument });
        return;
      }
      case 'meta':
      case 'ct':
        if (data.sreg === undefined) throw new Untold();
        this.statements.push({ kind: 'set', name: raw.name, data, value: this.#get(data.sreg) });
        return;
      case 'objref':
        if (data.setSreg !== undefined) {
          const set = this.#sets(String(data.setName));
          const key = this.#get(data.setSreg, (set?.keyLength ?? 0) * 8);
          this.statements.push({ kind: 'objectMap', set: String(data.setName), key });
          return;
        }
        if (data.immName === undefined) throw new Untold();
        this.statements.push({ kind: 'object', type: data.immType as string | number, name: String(data.immName) });
        return;
      case 'nat':
      case 'masq':
      case 'redir':
      case 'tproxy': {
        this.statements.push({
          kind: 'nat',
          name: raw.name,
          data,
          address: this.#range(data.regAddrMin ?? data.regAddr, data.regAddrMax),
          port: this.#range(data.regProtoMin ?? data.regPort, data.regProtoMax),
        });
        return;
      }
      case 'dup':
      case 'fwd':
        this.statements.push({
          kind: 'send',
          name: raw.name,
          data,
          address: this.#optional(data.sregAddr),
          device: this.#optional(data.sregDev),
        });
        return;
      case 'queue':
        this.statements.push({ kind: 'queue', data, from: this.#optional(data.sregQnum) });
        return;
      case 'counter':
      case 'limit':
      case 'quota':
      case 'connlimit':
      case 'last':
      case 'log':
      case 'notrack':
      case 'synproxy':
      case 'flow_offload':
      case 'match':
      case 'target':
        this.statements.push({ kind: 'plain', raw });
        return;
      case 'reject':
        this.statements.push({ kind: 'reject', data });
        return;
      default:
        throw new Untold();
    }
  }

  #range(low: unknown, high: unknown): Expression | undefined {
    if (low === undefined) return undefined;
    const first = this.#get(low);
    if (high === undefined || high === low) return first;
    const last = this.#get(high);
    // What comes out of a map lies in several registers, but is one expression.
    if (last === first) return first;
    return { kind: 'range', low: first, high: last };
  }

  #payload(data: Data): void {
    const payload: PayloadTree = {
      kind: 'payload',
      base: String(data.base),
      offset: number(data.offset) * 8,
      length: length(data.len) * 8,
    };
    if (data.dreg !== undefined) this.#set(data.dreg, payload);
    else this.statements.push({ kind: 'write', target: payload, value: this.#get(data.sreg, payload.length) });
  }

  #exthdr(data: Data): void {
    if (data.dreg === undefined && data.sreg === undefined) {
      if (data.op !== 'tcpopt') throw new Untold();
      this.statements.push({ kind: 'reset', type: number(data.type) });
      return;
    }
    const isPresence = flagsOf(data.flags).includes('present');
    const header: ExthdrTree = {
      kind: 'exthdr',
      op: data.op === undefined ? 'ipv6' : String(data.op),
      type: number(data.type),
      offset: number(data.offset) * 8,
      length: length(data.len) * 8,
      isPresence,
    };
    if (data.dreg !== undefined) this.#set(data.dreg, header);
    else this.statements.push({ kind: 'write', target: header, value: this.#get(data.sreg, header.length) });
  }

  #immediate(data: Data): void {
    const content = data.data as
      | { verdict?: { code: string | number; chain?: string }; value?: Uint8Array }
      | undefined;
    if (content?.verdict) {
      this.statements.push({ kind: 'verdict', verdict: content.verdict });
      return;
    }
    this.#set(data.dreg, constant(bytes(content)));
  }

  #bitwise(data: Data): void {
    const bits = length(data.len) * 8;
    const argument = this.#get(data.sreg, bits);
    const op = data.op ?? 'bool';
    if (op === 'lshift' || op === 'rshift') {
      const by = bytes(data.data);
      this.#set(data.dreg, { kind: 'shift', direction: op === 'lshift' ? '<<' : '>>', argument, by });
      return;
    }
    if (op !== 'bool') {
      // The operands are two registers, or a register and a constant.
      const other = data.sreg2 === undefined ? constant(bytes(data.data)) : this.#get(data.sreg2, bits);
      const operators: Record<string, '&' | '|' | '^'> = { and: '&', or: '|', xor: '^' };
      const operator = operators[String(op)];
      if (!operator) throw new Untold();
      this.#set(data.dreg, { kind: 'binary', operator, left: argument, right: other });
      return;
    }
    this.#set(data.dreg, { kind: 'mask', argument, mask: bytes(data.mask), xor: bytes(data.xor) });
  }

  #lookup(data: Data): void {
    const name = String(data.set);
    const set = this.#sets(name);
    const key = this.#get(data.sreg, (set?.keyLength ?? 0) * 8);
    if (data.dreg === undefined) {
      const operator = flagsOf(data.flags).includes('inv') ? '!=' : '==';
      this.statements.push({ kind: 'match', operator, left: key, right: { kind: 'setRef', name } });
      return;
    }
    if (data.dreg === 0) {
      this.statements.push({ kind: 'vmap', key, set: name });
      return;
    }
    this.#set(data.dreg, { kind: 'map', key, set: name, length: Math.min(set?.dataLength ?? 0, REGISTER_BYTES) * 8 });
  }

  #dynset(data: Data): void {
    const name = String(data.setName);
    const set = this.#sets(name);
    this.statements.push({
      kind: 'dynset',
      op: String(data.op ?? 'add'),
      set: name,
      key: this.#get(data.sregKey, (set?.keyLength ?? 0) * 8),
      value: data.sregData === undefined ? undefined : this.#get(data.sregData, (set?.dataLength ?? 0) * 8),
      timeout: data.timeout as bigint | undefined,
      expressions: (data.expressions ?? (data.expr === undefined ? [] : [data.expr])) as RawExpression[],
    });
  }
}

/** A load of what is named by a key. */
function load(name: string, data: Data): Expression {
  return { kind: 'selector', name, data, argument: undefined };
}

/** A length in bits, rounded up to whole registers. */
function rounded(bits: number): number {
  return Math.ceil(bits / 32) * 32;
}
