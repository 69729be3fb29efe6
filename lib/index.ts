// The public face of netplumb.

export { type Address, Addresses, type AddressFilter, type AddressSpec } from './addresses.js';
export { Batch, type BatchOptions, type BatchTc } from './batch.js';
export {
  Bridge,
  BridgeFdb,
  BridgeMdb,
  BridgeVlans,
  BridgeVnis,
  type Fdb,
  type FdbFilter,
  type FdbSpec,
  type FdbState,
  type MdbEntry,
  type MdbSpec,
  type Vlan,
  type VlanSpec,
  type Vni,
  type VniSpec,
} from './bridge.js';
export {
  Cgroup,
  type CgroupController,
  type CgroupOptions,
  Cgroups,
  classidFromNumber,
  classidToNumber,
} from './cgroup/cgroup.js';
export { type LimitMethod, ProcessLimit, type ProcessLimitSpec } from './cgroup/limit.js';
export {
  Conntrack,
  type ConntrackChanges,
  type ConntrackFilter,
  type ConntrackListOptions,
  type ConntrackRef,
  type ConntrackStats,
  type ConntrackTupleFilter,
} from './conntrack.js';
export {
  DumpInterruptedError,
  GenerationError,
  NetlinkError,
  type PortInUse,
  PortInUseError,
} from './errors.js';
export type * from './generated/objects.js';
export {
  type Link,
  type LinkChanges,
  type LinkFilter,
  type LinkKind,
  type LinkReadOptions,
  type LinkRef,
  type LinkSpec,
  Links,
} from './links.js';
export {
  type EventAction,
  type EventType,
  type EventTypes,
  Monitor,
  type MonitorEvent,
  type MonitorOptions,
  type ObjectEvent,
  type OverrunEvent,
  type SyncedEvent,
} from './monitor.js';
export { type NeighbourFilter, Neighbours } from './neighbours.js';
export { Netlink, type NetlinkOptions } from './netlink.js';
export { Netns, type NetnsEntry, type NetnsRef } from './netns.js';
export { NetnsIds } from './netns-ids.js';
export { Endpoint } from './network/endpoint.js';
export { AddressInUseError, BridgeGoneError, EndpointCapacityError } from './network/errors.js';
export type { CollectResult } from './network/gc.js';
export {
  type AttachManyOptions,
  Network,
  type NetworkEntry,
  type NetworkOptions,
  type WatchOptions,
} from './network/network.js';
export type {
  BandwidthSpec,
  EndpointSpec,
  NetworkMode,
  NetworkSpec,
  Port,
  PortProtocol,
  PortSpec,
} from './network/spec.js';
export { type NexthopBucketFilter, type NexthopFilter, Nexthops } from './nexthops.js';
export * as nft from './nft/builder.js';
export type { NftUnknown } from './nft/decompile/unknown.js';
export type * from './nft/json.js';
export type { NftFilter, NftListOptions, NftObjectType } from './nft/list.js';
export {
  type NftChange,
  type NftEvent,
  NftMonitor,
  type NftOverrunEvent,
  type NftTransactionEvent,
} from './nft/monitor.js';
export type { NftRestoreOptions } from './nft/save.js';
export { ElementWriter, Nft, type NftApplyOptions } from './nft.js';
export { PortProxy, type PortProxyCloseOptions, type PortProxySpec } from './proxy/port-proxy.js';
export type { RequestOptions } from './requester.js';
export { type Route, type RouteFilter, type RouteGetOptions, type RouteSpec, Routes } from './routes.js';
export { Rules } from './rules.js';
export { Sysctl } from './sysctl.js';
export type { ActionFields, ActionKind, TcAction, TcActionSpec, TcActionTimes } from './tc/actions/action.js';
export type { Control } from './tc/actions/control.js';
export type { ActionOptionsByKind } from './tc/actions/kinds.js';
export type { MirredOptions } from './tc/actions/mirred.js';
export type { NatOptions } from './tc/actions/nat.js';
export type { PeditField, PeditHeader, PeditKeyFields, PeditOptions, PeditRaw } from './tc/actions/pedit.js';
export type { PoliceOptions } from './tc/actions/police.js';
export { type ActionFilter, type ActionRef, Actions } from './tc/actions.js';
export type { BpfProgramOptions } from './tc/bpf.js';
export {
  Classes,
  type ClassFilter,
  type ClassKind,
  type ClassRef,
  type TcClass,
  type TcClassSpec,
} from './tc/classes.js';
export type { BpfOptions } from './tc/filters/bpf.js';
export type { Ematch, EmatchLeaf } from './tc/filters/ematch.js';
export type { FlowerOptions } from './tc/filters/flower.js';
export type { FilterOptionsByKind } from './tc/filters/kinds.js';
export type { U32FieldMatch, U32Match, U32Offset, U32Options, U32RawMatch } from './tc/filters/u32.js';
export {
  type Chain,
  type ChainSpec,
  Chains,
  type Filter,
  type FilterFieldsSpec,
  type FilterKindName,
  type FilterPlace,
  type FilterRef,
  type FilterSpec,
  Filters,
} from './tc/filters.js';
export type { Handle } from './tc/handle.js';
export type { TcReadOptions } from './tc/object.js';
export type { EtsOptions, PrioOptions } from './tc/qdiscs/bands.js';
export type { CakeOptions } from './tc/qdiscs/cake.js';
export type { Dualpi2Options } from './tc/qdiscs/dualpi2.js';
export type { FqOptions } from './tc/qdiscs/fq.js';
export type { Curve, HfscClassOptions, HfscOptions } from './tc/qdiscs/hfsc.js';
export type { HtbClassOptions, HtbOptions } from './tc/qdiscs/htb.js';
export type { ClassOptionsByKind, QdiscOptionsByKind } from './tc/qdiscs/kinds.js';
export type { MqprioOptions, QueueRange, TaprioOptions, TrafficClasses } from './tc/qdiscs/mqprio.js';
export type { Chance, Distribution, NetemOptions } from './tc/qdiscs/netem.js';
export type { ChokeOptions, GredOptions, GredQueue, RedFlags, RedOptions } from './tc/qdiscs/red.js';
export type { SfbOptions } from './tc/qdiscs/sfb.js';
export type { SfqOptions } from './tc/qdiscs/sfq.js';
export type { TbfOptions } from './tc/qdiscs/tbf.js';
export { type Qdisc, type QdiscFilter, type QdiscKind, type QdiscRef, type QdiscSpec, Qdiscs } from './tc/qdiscs.js';
export type { Counting } from './tc/rates.js';
export type { RedAverage } from './tc/red.js';
export type { Estimator, SizeTable } from './tc/stab.js';
export { Tc } from './tc/tc.js';
export type { TcChanges, TcTree, TreeClass, TreeFilter, TreeQdisc } from './tc/tree.js';
export type { LinkLayer, Rate, Share, Size, Time } from './tc/units.js';
