// The public face of netplumb.
export { type Address, Addresses, type AddressFilter, type AddressSpec } from './addresses.js';
export { Batch, type BatchOptions } from './batch.js';
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
export { AddressInUseError, EndpointCapacityError } from './network/errors.js';
export type { CollectResult } from './network/gc.js';
export { type AttachManyOptions, Network, type NetworkEntry, type NetworkOptions } from './network/network.js';
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
export { PortProxy, type PortProxyCloseOptions, type PortProxySpec } from './proxy/port-proxy.js';
export type { RequestOptions } from './requester.js';
export { type Route, type RouteFilter, type RouteGetOptions, type RouteSpec, Routes } from './routes.js';
export { Rules } from './rules.js';
export { Sysctl } from './sysctl.js';
export {
  Classes,
  type ClassFilter,
  type ClassKind,
  type ClassRef,
  type TcClass,
  type TcClassSpec,
} from './tc/classes.js';
export { Filters } from './tc/filters.js';
export type { Handle } from './tc/handle.js';
export type { TcReadOptions } from './tc/object.js';
export type { HtbClassOptions, HtbOptions } from './tc/qdiscs/htb.js';
export type { ClassOptionsByKind, QdiscOptionsByKind } from './tc/qdiscs/kinds.js';
export type { TbfOptions } from './tc/qdiscs/tbf.js';
export { type Qdisc, type QdiscFilter, type QdiscKind, type QdiscRef, type QdiscSpec, Qdiscs } from './tc/qdiscs.js';
export type { Counting } from './tc/rates.js';
export { Tc } from './tc/tc.js';
export type { LinkLayer, Rate, Size, Time } from './tc/units.js';
