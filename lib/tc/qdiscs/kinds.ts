// The kinds of qdiscs and of classes whose options callers see otherwise than the kernel does.
import type { TcClassOptionsByKind as ClassWires, QdiscOptionsByKind as QdiscWires } from '../../generated/objects.js';
import type { Kind } from '../kind.js';
import { type HtbClassOptions, type HtbOptions, htb, htbClass } from './htb.js';
import { type TbfOptions, tbf } from './tbf.js';

interface ComputedQdiscOptions {
  htb: HtbOptions;
  tbf: TbfOptions;
}

interface ComputedClassOptions {
  htb: HtbClassOptions;
}

/** The options of each kind of qdisc. */
export type QdiscOptionsByKind = Omit<QdiscWires, keyof ComputedQdiscOptions> & ComputedQdiscOptions;

/** The options of each kind of class. */
export type ClassOptionsByKind = Omit<ClassWires, keyof ComputedClassOptions> & ComputedClassOptions;

// biome-ignore lint/suspicious/noExplicitAny: the kind's name decides the type of its options
type Kinds = Record<string, Kind<any>>;

export const QDISC_KINDS: Kinds = { htb, tbf } satisfies {
  [Name in keyof ComputedQdiscOptions]: Kind<ComputedQdiscOptions[Name]>;
};

export const CLASS_KINDS: Kinds = { htb: htbClass } satisfies {
  [Name in keyof ComputedClassOptions]: Kind<ComputedClassOptions[Name]>;
};
