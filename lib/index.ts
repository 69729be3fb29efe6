// The public face of netplumb.
export { type Address, Addresses, type AddressFilter, type AddressSpec } from './addresses.js';
export { Batch, type BatchOptions } from './batch.js';
export { DumpInterruptedError, NetlinkError } from './errors.js';
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
export { type NeighbourFilter, Neighbours } from './neighbours.js';
export { Netlink, type NetlinkOptions } from './netlink.js';
export { Netns, type NetnsEntry, type NetnsRef } from './netns.js';
export { NetnsIds } from './netns-ids.js';
export { Nexthops } from './nexthops.js';
export type { RequestOptions } from './requester.js';
export { type Route, type RouteFilter, type RouteGetOptions, type RouteSpec, Routes } from './routes.js';
export { Rules } from './rules.js';
export { Sysctl } from './sysctl.js';
