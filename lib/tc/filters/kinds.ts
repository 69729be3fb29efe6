// The kinds of filters.
import type {
  BasicFilter,
  CgroupFilter,
  FlowFilter,
  FwFilter,
  MatchallFilter,
  RouteFilter,
} from '../../generated/objects.js';
import { type BpfOptions, bpf } from './bpf.js';
import { type FilterKind, plain, type WithCommon } from './common.js';
import { type FlowerOptions, flower } from './flower.js';
import { type U32Options, u32 } from './u32.js';

/** The options of each kind of filter. */
export interface FilterOptionsByKind {
  /** tc-basic(8) */
  basic: WithCommon<BasicFilter>;
  /** tc-bpf(8) */
  bpf: BpfOptions;
  /** tc-cgroup(8) */
  cgroup: WithCommon<CgroupFilter>;
  /** tc-flow(8) */
  flow: WithCommon<FlowFilter>;
  /** tc-flower(8) */
  flower: FlowerOptions;
  /** tc-fw(8) */
  fw: WithCommon<FwFilter>;
  /** tc-matchall(8) */
  matchall: WithCommon<MatchallFilter>;
  /** tc-route(8) */
  route: WithCommon<RouteFilter>;
  /** tc-u32(8) */
  u32: U32Options;
}

// biome-ignore lint/suspicious/noExplicitAny: the kind's name decides the type of its options
export const FILTER_KINDS: Record<string, FilterKind<any>> = {
  basic: plain(),
  bpf,
  cgroup: plain(),
  flow: plain(),
  flower,
  fw: plain(),
  matchall: plain(),
  route: plain(),
  u32,
} satisfies { [Kind in keyof FilterOptionsByKind]: FilterKind<FilterOptionsByKind[Kind]> };
