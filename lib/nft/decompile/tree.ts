// What a rule's registers hold, as trees, and what it does with them: the form between the kernel's expressions and JSON.

/** Bytes as they lie in registers. */
export type Bytes = Uint8Array;

/** An expression of a rule in netlink form. */
export interface RawExpression {
  name: string;
  data?: unknown;
}

/** Operators of a comparison; `in` and `!` look flags up. */
export type MatchOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | '!';

/** Part of a packet, by header and place. Lengths and offsets are in bits. */
export interface PayloadTree {
  kind: 'payload';
  base: string;
  offset: number;
  length: number;
}

/** Part of an extension header or option. */
export interface ExthdrTree {
  kind: 'exthdr';
  op: string;
  type: number;
  offset: number;
  length: number;
  isPresence: boolean;
}

/** What one expression of the kernel loads, by its parameters. */
export interface SelectorTree {
  kind: 'selector';
  name: string;
  data: Record<string, unknown>;
  argument: Expression | undefined;
}

/** (argument & mask) ^ xor */
export interface MaskTree {
  kind: 'mask';
  argument: Expression;
  mask: Bytes;
  xor: Bytes;
}

/** A value that a register may hold. */
export type Expression =
  | { kind: 'constant'; bytes: Bytes }
  | PayloadTree
  | ExthdrTree
  | SelectorTree
  | MaskTree
  | { kind: 'shift'; direction: '<<' | '>>'; argument: Expression; by: Bytes }
  | { kind: 'binary'; operator: '&' | '|' | '^'; left: Expression; right: Expression }
  | { kind: 'byteorder'; to: 'host' | 'network'; size: number; argument: Expression }
  | { kind: 'concat'; parts: Expression[] }
  | { kind: 'range'; low: Expression; high: Expression }
  | { kind: 'setRef'; name: string }
  | { kind: 'map'; key: Expression; set: string; length: number };

/** A verdict in netlink form. */
export interface RawVerdict {
  code: string | number;
  chain?: string | undefined;
}

/** What a rule does, in order, with the expressions that it takes from registers. */
export type Statement =
  | { kind: 'match'; operator: MatchOperator; left: Expression; right: Expression }
  | { kind: 'verdict'; verdict: RawVerdict }
  | { kind: 'vmap'; key: Expression; set: string }
  | { kind: 'set'; name: 'meta' | 'ct'; data: Record<string, unknown>; value: Expression }
  | { kind: 'write'; target: PayloadTree | ExthdrTree; value: Expression }
  | { kind: 'reset'; type: number }
  | {
      kind: 'nat';
      name: 'nat' | 'masq' | 'redir' | 'tproxy';
      data: Record<string, unknown>;
      address: Expression | undefined;
      port: Expression | undefined;
    }
  | {
      kind: 'send';
      name: 'dup' | 'fwd';
      data: Record<string, unknown>;
      address: Expression | undefined;
      device: Expression | undefined;
    }
  | { kind: 'queue'; data: Record<string, unknown>; from: Expression | undefined }
  | { kind: 'object'; type: string | number; name: string }
  | { kind: 'objectMap'; set: string; key: Expression }
  | {
      kind: 'dynset';
      op: string;
      set: string;
      key: Expression;
      value: Expression | undefined;
      timeout: bigint | undefined;
      expressions: RawExpression[];
    }
  | { kind: 'reject'; data: Record<string, unknown> }
  | { kind: 'plain'; raw: RawExpression }
  | { kind: 'unknown'; raw: RawExpression };
