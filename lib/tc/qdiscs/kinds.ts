// The kinds of qdiscs and of classes whose options callers see otherwise than the kernel does.
import type { TcClassOptionsByKind as ClassWires, QdiscOptionsByKind as QdiscWires } from '../../generated/objects.js';
import type { Kind } from '../kind.js';
import { type EtsOptions, ets, type PrioOptions, prio } from './bands.js';
import { type CakeOptions, cake } from './cake.js';
import { type Dualpi2Options, dualpi2 } from './dualpi2.js';
import { type FqOptions, fq } from './fq.js';
import { type HfscClassOptions, type HfscOptions, hfsc, hfscClass } from './hfsc.js';
import { type HtbClassOptions, type HtbOptions, htb, htbClass } from './htb.js';
import { type MqprioOptions, mqprio, type TaprioOptions, taprio } from './mqprio.js';
import { type NetemOptions, netem } from './netem.js';
import { type ChokeOptions, choke, type GredOptions, gred, type RedOptions, red } from './red.js';
import { type SfbOptions, sfb } from './sfb.js';
import { type SfqOptions, sfq } from './sfq.js';
import { type TbfOptions, tbf } from './tbf.js';

interface ComputedQdiscOptions {
  cake: CakeOptions;
  cake_mq: CakeOptions;
  choke: ChokeOptions;
  dualpi2: Dualpi2Options;
  ets: EtsOptions;
  fq: FqOptions;
  gred: GredOptions;
  hfsc: HfscOptions;
  htb: HtbOptions;
  mqprio: MqprioOptions;
  netem: NetemOptions;
  prio: PrioOptions;
  red: RedOptions;
  sfb: SfbOptions;
  sfq: SfqOptions;
  taprio: TaprioOptions;
  tbf: TbfOptions;
}

interface ComputedClassOptions {
  hfsc: HfscClassOptions;
  htb: HtbClassOptions;
}

/** The options of each kind of qdisc. */
export type QdiscOptionsByKind = Omit<QdiscWires, keyof ComputedQdiscOptions> & ComputedQdiscOptions;

/** The options of each kind of class. */
export type ClassOptionsByKind = Omit<ClassWires, keyof ComputedClassOptions> & ComputedClassOptions;

// biome-ignore lint/suspicious/noExplicitAny: the kind's name decides the type of its options
export type Kinds = Record<string, Kind<any>>;

// The kernel wants options, though there may be none in them.
const plain: Kind<object> = { write: (options) => options, read: (wire) => wire };
// Here it wants none, and some only when the qdisc is made.
const flows: Kind<object> = { ...plain, isOptional: true, fixed: ['flows'] };

/** Kinds of qdiscs whose options are computed. */
export const QDISC_KINDS: Kinds = {
  cake,
  cake_mq: cake,
  choke,
  dualpi2,
  ets,
  fq,
  fq_codel: flows,
  fq_pie: flows,
  gred,
  hfsc,
  htb,
  mqprio,
  multiq: plain,
  netem,
  prio,
  red,
  sfb,
  sfq,
  taprio,
  tbf,
} satisfies { [Name in keyof ComputedQdiscOptions]: Kind<ComputedQdiscOptions[Name]> } & Kinds;

/** Kinds of classes whose options are computed. */
export const CLASS_KINDS: Kinds = { drr: plain, ets: plain, hfsc: hfscClass, htb: htbClass, qfq: plain };
