// Generated from the attribute tables in native/ by `npm run generate`. Not to be edited.
/* biome-ignore-all lint: generated */
/* biome-ignore-all format: generated */

import type { NetnsRef } from '../netns.js';

/** An attribute that no table names. */
export interface UnknownAttribute {
  /** The attribute type. */
  type: number;
  /** The payload. */
  data: Uint8Array;
  /** The nest that it was in, where that is not shown as an object of its own. */
  nest?: string;
}

/** Options of a kind that no table names. */
export interface UnknownOptions {
  /** Attributes by number, sent and told as they are. */
  unknown?: UnknownAttribute[] | undefined;
}

/** A network link. As given by the caller. */
export interface LinkSpec {
  /** 'unspec'; in events, 'bridge' tells of a bridge's port rather than of the link itself. Kernel: `ifi_family`. */
  family?: 'unspec' | 'inet' | 'bridge' | 'inet6' | 'link' | 'mpls' | 'ipmr' | 'ip6mr' | number | undefined;
  /** Index; when creating, chosen by the kernel if left out. (0 to 2147483647) Kernel: `ifi_index`. */
  index?: number | undefined;
  /** The link that a request is about. Kernel: `ifi_index`. */
  ref?: string | number | null | undefined;
  /** Whether the link is administratively up. Kernel: `IFF_UP`. */
  up?: boolean | undefined;
  /** Whether neighbours are resolved. Kernel: `IFF_NOARP`. */
  arp?: boolean | undefined;
  /** Receive all frames; asked for by an administrator. Kernel: `IFF_PROMISC`. */
  promisc?: boolean | undefined;
  /** Receive all multicast; asked for by an administrator. Kernel: `IFF_ALLMULTI`. */
  allmulti?: boolean | undefined;
  /** Whether the link can send multicast. Kernel: `IFF_MULTICAST`. */
  multicast?: boolean | undefined;
  /** Addresses are lost when the link goes down; a note only. Kernel: `IFF_DYNAMIC`. */
  dynamic?: boolean | undefined;
  /** Link-layer (MAC) address. Kernel: `IFLA_ADDRESS`. */
  address?: string | undefined;
  /** Link-layer broadcast address, or the remote end's. Kernel: `IFLA_BROADCAST`. */
  broadcast?: string | undefined;
  /** Name, of at most 15 bytes; may hold '%d' for a number when creating. (at most 15 bytes) Kernel: `IFLA_IFNAME`. */
  name?: string | undefined;
  /** Maximum transmission unit in bytes. Kernel: `IFLA_MTU`. */
  mtu?: number | undefined;
  /** The link that this one stands on, or the peer of a veth. Kernel: `IFLA_LINK`. */
  link?: string | number | null | undefined;
  /** The link that this one is a port of; null takes it out. Kernel: `IFLA_MASTER`. */
  master?: string | number | null | undefined;
  /** Length of the send queue in packets. Kernel: `IFLA_TXQLEN`. */
  txQueueLength?: number | undefined;
  /** Operational state (RFC 2863). Kernel: `IFLA_OPERSTATE`. */
  operState?: 'unknown' | 'notPresent' | 'down' | 'lowerLayerDown' | 'testing' | 'dormant' | 'up' | number | undefined;
  /** State entered when the carrier comes. Kernel: `IFLA_LINKMODE`. */
  linkMode?: 'default' | 'dormant' | 'testing' | number | undefined;
  /** Kind of the link, such as 'veth'; hardware and loopback have none. (at most 55 bytes) Kernel: `IFLA_INFO_KIND`. */
  kind?: string | undefined;
  /** The kind's own options; written together with kind. Kernel: `IFLA_INFO_DATA`. */
  options?: LinkOptionsByKind[keyof LinkOptionsByKind] | UnknownOptions | undefined;
  /** Kind of the master that the link is a port of. (at most 55 bytes) Kernel: `IFLA_INFO_SLAVE_KIND`. */
  portKind?: string | undefined;
  /** Options as a port of its master; portKind is 'bridge' if left out. Kernel: `IFLA_INFO_SLAVE_DATA`. */
  port?: LinkPortByPortKind[keyof LinkPortByPortKind] | UnknownOptions | undefined;
  /** Free text; '' removes it. (at most 254 bytes) Kernel: `IFLA_IFALIAS`. */
  alias?: string | undefined;
  /** Lower half of automatic addresses; '::': none. Kernel: `IFLA_INET6_TOKEN`. */
  token?: string | undefined;
  /** How IPv6 link-local addresses are made; set on a link that is there already. Kernel: `IFLA_INET6_ADDR_GEN_MODE`. */
  addrGenMode?: 'eui64' | 'none' | 'stableSecret' | 'random' | number | undefined;
  /** Management Component Transport Protocol on the link. Kernel: `AF_MCTP`. */
  mctp?: LinkMctp | undefined;
  /** Group of links; 0 is the default. Kernel: `IFLA_GROUP`. */
  group?: number | undefined;
  /** Namespace to create the link in, or to move it to. Kernel: `IFLA_NET_NS_FD`. */
  netns?: NetnsRef | undefined;
  /** What is told besides, or left out. Kernel: `IFLA_EXT_MASK`. */
  extMask?: ('vf' | 'bridgeVlan' | 'bridgeVlanCompressed' | 'skipStats' | 'mrp' | 'cfmConfig' | 'cfmStatus' | 'mst' | (string & {}))[] | number | undefined;
  /** Number of send queues; set at creation. (1 to 4096) Kernel: `IFLA_NUM_TX_QUEUES`. */
  numTxQueues?: number | undefined;
  /** Number of receive queues; set at creation. (1 to 4096) Kernel: `IFLA_NUM_RX_QUEUES`. */
  numRxQueues?: number | undefined;
  /** Whether there is a carrier; few kinds can be told. Kernel: `IFLA_CARRIER`. */
  carrier?: boolean | undefined;
  /** Id of the namespace that link is in; -1: it has none. Kernel: `IFLA_LINK_NETNSID`. */
  linkNetnsId?: number | undefined;
  /** Whether a protocol holds the link down; few kinds can be told. Kernel: `IFLA_PROTO_DOWN`. */
  protoDown?: boolean | undefined;
  /** Most segments of a packet handed to the device. Kernel: `IFLA_GSO_MAX_SEGS`. */
  gsoMaxSegs?: number | undefined;
  /** Most bytes of a packet handed to the device. Kernel: `IFLA_GSO_MAX_SIZE`. */
  gsoMaxSize?: number | undefined;
  /** Id of the namespace that the request is about. Kernel: `IFLA_TARGET_NETNSID`. */
  targetNetnsId?: number | undefined;
  /** Index after a move to another namespace. (1 to 2147483647) Kernel: `IFLA_NEW_IFINDEX`. */
  newIndex?: number | undefined;
  /** Alternative names, of at most 127 bytes each. Kernel: `IFLA_PROP_LIST`. */
  altNames?: string[] | undefined;
  /** Looks the link up by any of its names. (at most 127 bytes) Kernel: `IFLA_ALT_IFNAME`. */
  altName?: string | undefined;
  /** Why a protocol holds the link down. Kernel: `IFLA_PROTO_DOWN_REASON`. */
  protoDownReason?: LinkProtoDownReason | undefined;
  /** Name of the parent device, such as '0000:00:03.0'. (at most 255 bytes) Kernel: `IFLA_PARENT_DEV_NAME`. */
  parentDevName?: string | undefined;
  /** Most bytes of a packet put together on receiving. Kernel: `IFLA_GRO_MAX_SIZE`. */
  groMaxSize?: number | undefined;
  /** gsoMaxSize for IPv4. Kernel: `IFLA_GSO_IPV4_MAX_SIZE`. */
  gsoIpv4MaxSize?: number | undefined;
  /** groMaxSize for IPv4. Kernel: `IFLA_GRO_IPV4_MAX_SIZE`. */
  groIpv4MaxSize?: number | undefined;
}

/** A network link. As told by the kernel. */
export interface Link {
  /** 'unspec'; in events, 'bridge' tells of a bridge's port rather than of the link itself. Kernel: `ifi_family`. */
  family?: 'unspec' | 'inet' | 'bridge' | 'inet6' | 'link' | 'mpls' | 'ipmr' | 'ip6mr' | number;
  /** Hardware type of the link. Kernel: `ifi_type`. */
  readonly type?: 'ether' | 'infiniband' | 'slip' | 'can' | 'mctp' | 'ppp' | 'rawip' | 'ipip' | 'tunnel6' | 'loopback' | 'sit' | 'gre' | 'pimreg' | 'ieee802.11' | 'ieee802.15.4' | 'ieee802.11/radiotap' | 'gre6' | 'netlink' | '6lowpan' | 'vsockmon' | 'none' | 'void' | number;
  /** Index; when creating, chosen by the kernel if left out. (0 to 2147483647) Kernel: `ifi_index`. */
  index?: number;
  /** State of the link. Kernel: `ifi_flags`. */
  readonly flags?: ('broadcast' | 'multicast' | 'up' | 'lowerUp' | 'noarp' | 'promisc' | 'allmulti' | 'loopback' | 'pointopoint' | 'debug' | 'dynamic' | 'master' | 'slave' | 'running' | 'echo' | 'dormant' | 'notrailers' | 'portsel' | 'automedia' | (string & {}))[];
  /** Whether the link is administratively up. Kernel: `IFF_UP`. */
  up?: boolean;
  /** Whether neighbours are resolved. Kernel: `IFF_NOARP`. */
  arp?: boolean;
  /** Receive all frames; asked for by an administrator. Kernel: `IFF_PROMISC`. */
  promisc?: boolean;
  /** Receive all multicast; asked for by an administrator. Kernel: `IFF_ALLMULTI`. */
  allmulti?: boolean;
  /** Whether the link can send multicast. Kernel: `IFF_MULTICAST`. */
  multicast?: boolean;
  /** Addresses are lost when the link goes down; a note only. Kernel: `IFF_DYNAMIC`. */
  dynamic?: boolean;
  /** Link-layer (MAC) address. Kernel: `IFLA_ADDRESS`. */
  address?: string;
  /** Link-layer broadcast address, or the remote end's. Kernel: `IFLA_BROADCAST`. */
  broadcast?: string;
  /** Name, of at most 15 bytes; may hold '%d' for a number when creating. (at most 15 bytes) Kernel: `IFLA_IFNAME`. */
  name?: string;
  /** Maximum transmission unit in bytes. Kernel: `IFLA_MTU`. */
  mtu?: number;
  /** The link that this one stands on, or the peer of a veth. Kernel: `IFLA_LINK`. */
  link?: string | number;
  /** Index of `link`. */
  readonly linkIndex?: number;
  /** Kind of the root queueing discipline. (at most 15 bytes) Kernel: `IFLA_QDISC`. */
  readonly qdisc?: string;
  /** The link that this one is a port of; null takes it out. Kernel: `IFLA_MASTER`. */
  master?: string | number;
  /** Index of `master`. */
  readonly masterIndex?: number;
  /** In events of family 'bridge': the port's options. Kernel: `IFLA_PROTINFO`. */
  readonly protInfo?: BridgePort;
  /** Length of the send queue in packets. Kernel: `IFLA_TXQLEN`. */
  txQueueLength?: number;
  /** Operational state (RFC 2863). Kernel: `IFLA_OPERSTATE`. */
  operState?: 'unknown' | 'notPresent' | 'down' | 'lowerLayerDown' | 'testing' | 'dormant' | 'up' | number;
  /** State entered when the carrier comes. Kernel: `IFLA_LINKMODE`. */
  linkMode?: 'default' | 'dormant' | 'testing' | number;
  /** Kind of the link, such as 'veth'; hardware and loopback have none. (at most 55 bytes) Kernel: `IFLA_INFO_KIND`. */
  kind?: string;
  /** The kind's own options; written together with kind. Kernel: `IFLA_INFO_DATA`. */
  options?: LinkOptionsByKind[keyof LinkOptionsByKind] | UnknownOptions;
  /** Kind of the master that the link is a port of. (at most 55 bytes) Kernel: `IFLA_INFO_SLAVE_KIND`. */
  portKind?: string;
  /** Options as a port of its master; portKind is 'bridge' if left out. Kernel: `IFLA_INFO_SLAVE_DATA`. */
  port?: LinkPortByPortKind[keyof LinkPortByPortKind] | UnknownOptions;
  /** Free text; '' removes it. (at most 254 bytes) Kernel: `IFLA_IFALIAS`. */
  alias?: string;
  /** Number of virtual functions. Kernel: `IFLA_NUM_VF`. */
  readonly numVf?: number;
  /** Counters since the link was made. Kernel: `IFLA_STATS64`. */
  readonly stats?: LinkStats;
  /** State of IPv6 on the link. Kernel: `IFLA_INET6_FLAGS`. */
  readonly inet6Flags?: ('rsSent' | 'raReceived' | 'raManaged' | 'raOther' | 'ready' | (string & {}))[];
  /** Lower half of automatic addresses; '::': none. Kernel: `IFLA_INET6_TOKEN`. */
  token?: string;
  /** How IPv6 link-local addresses are made; set on a link that is there already. Kernel: `IFLA_INET6_ADDR_GEN_MODE`. */
  addrGenMode?: 'eui64' | 'none' | 'stableSecret' | 'random' | number;
  /** MTU told by router advertisements, in bytes. Kernel: `IFLA_INET6_RA_MTU`. */
  readonly raMtu?: number;
  /** Management Component Transport Protocol on the link. Kernel: `AF_MCTP`. */
  mctp?: LinkMctp;
  /** Group of links; 0 is the default. Kernel: `IFLA_GROUP`. */
  group?: number;
  /** How many ask for promiscuous mode. Kernel: `IFLA_PROMISCUITY`. */
  readonly promiscuity?: number;
  /** Number of send queues; set at creation. (1 to 4096) Kernel: `IFLA_NUM_TX_QUEUES`. */
  numTxQueues?: number;
  /** Number of receive queues; set at creation. (1 to 4096) Kernel: `IFLA_NUM_RX_QUEUES`. */
  numRxQueues?: number;
  /** Whether there is a carrier; few kinds can be told. Kernel: `IFLA_CARRIER`. */
  carrier?: boolean;
  /** Id of the physical port, colon-separated hex. Kernel: `IFLA_PHYS_PORT_ID`. */
  readonly physPortId?: string;
  /** How often the carrier came and went. Kernel: `IFLA_CARRIER_CHANGES`. */
  readonly carrierChanges?: number;
  /** Id of the switch chip, colon-separated hex. Kernel: `IFLA_PHYS_SWITCH_ID`. */
  readonly physSwitchId?: string;
  /** Id of the namespace that link is in; -1: it has none. Kernel: `IFLA_LINK_NETNSID`. */
  linkNetnsId?: number;
  /** Name of the physical port. (at most 15 bytes) Kernel: `IFLA_PHYS_PORT_NAME`. */
  readonly physPortName?: string;
  /** Whether a protocol holds the link down; few kinds can be told. Kernel: `IFLA_PROTO_DOWN`. */
  protoDown?: boolean;
  /** Most segments of a packet handed to the device. Kernel: `IFLA_GSO_MAX_SEGS`. */
  gsoMaxSegs?: number;
  /** Most bytes of a packet handed to the device. Kernel: `IFLA_GSO_MAX_SIZE`. */
  gsoMaxSize?: number;
  /** XDP programs. Kernel: `IFLA_XDP`. */
  readonly xdp?: LinkXdp;
  /** In events: what happened. Kernel: `IFLA_EVENT`. */
  readonly event?: 'none' | 'reboot' | 'features' | 'bondingFailover' | 'notifyPeers' | 'igmpResend' | 'bondingOptions' | number;
  /** In events: id of the namespace that the link moved to. Kernel: `IFLA_NEW_NETNSID`. */
  readonly newNetnsId?: number;
  /** Id of the namespace that the request is about. Kernel: `IFLA_TARGET_NETNSID`. */
  targetNetnsId?: number;
  /** How often the carrier came. Kernel: `IFLA_CARRIER_UP_COUNT`. */
  readonly carrierUpCount?: number;
  /** How often the carrier went. Kernel: `IFLA_CARRIER_DOWN_COUNT`. */
  readonly carrierDownCount?: number;
  /** Index after a move to another namespace. (1 to 2147483647) Kernel: `IFLA_NEW_IFINDEX`. */
  newIndex?: number;
  /** Least MTU in bytes. Kernel: `IFLA_MIN_MTU`. */
  readonly minMtu?: number;
  /** Greatest MTU in bytes; 0: no limit. Kernel: `IFLA_MAX_MTU`. */
  readonly maxMtu?: number;
  /** Alternative names, of at most 127 bytes each. Kernel: `IFLA_PROP_LIST`. */
  altNames?: string[];
  /** Link-layer address that the hardware came with. Kernel: `IFLA_PERM_ADDRESS`. */
  readonly permAddress?: string;
  /** Why a protocol holds the link down. Kernel: `IFLA_PROTO_DOWN_REASON`. */
  protoDownReason?: LinkProtoDownReason;
  /** Name of the parent device, such as '0000:00:03.0'. (at most 255 bytes) Kernel: `IFLA_PARENT_DEV_NAME`. */
  parentDevName?: string;
  /** Bus of the parent device. (at most 255 bytes) Kernel: `IFLA_PARENT_DEV_BUS_NAME`. */
  readonly parentDevBusName?: string;
  /** Most bytes of a packet put together on receiving. Kernel: `IFLA_GRO_MAX_SIZE`. */
  groMaxSize?: number;
  /** Most bytes that the device can segment. Kernel: `IFLA_TSO_MAX_SIZE`. */
  readonly tsoMaxSize?: number;
  /** Most segments that the device can make. Kernel: `IFLA_TSO_MAX_SEGS`. */
  readonly tsoMaxSegs?: number;
  /** How many ask to receive all multicast. Kernel: `IFLA_ALLMULTI`. */
  readonly allMulticast?: number;
  /** gsoMaxSize for IPv4. Kernel: `IFLA_GSO_IPV4_MAX_SIZE`. */
  gsoIpv4MaxSize?: number;
  /** groMaxSize for IPv4. Kernel: `IFLA_GRO_IPV4_MAX_SIZE`. */
  groIpv4MaxSize?: number;
  /** Milliseconds ahead that the device can time packets; 0: none. Kernel: `IFLA_MAX_PACING_OFFLOAD_HORIZON`. */
  readonly maxPacingOffloadHorizon?: number;
  /** The link cannot move to another namespace. Kernel: `IFLA_NETNS_IMMUTABLE`. */
  readonly netnsImmutable?: boolean;
  /** Bytes kept free in front of packets. Kernel: `IFLA_HEADROOM`. */
  readonly headroom?: number;
  /** Bytes kept free behind packets. Kernel: `IFLA_TAILROOM`. */
  readonly tailroom?: number;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** An IPv4 or IPv6 address of a link. As given by the caller. */
export interface AddressSpec {
  /** Address family; follows from the address if left out. Kernel: `ifa_family`. */
  family?: 'unspec' | 'inet' | 'bridge' | 'inet6' | 'link' | 'mpls' | 'ipmr' | 'ip6mr' | number | undefined;
  /** How far the address is valid. Kernel: `ifa_scope`. */
  scope?: 'global' | 'site' | 'link' | 'host' | 'nowhere' | number | undefined;
  /** The link that has the address. Kernel: `ifa_index`. */
  link?: string | number | null | undefined;
  /** Address with prefix length; the peer's on a point-to-point link. Kernel: `IFA_ADDRESS`. */
  address?: string | undefined;
  /** The link's own address, with the same prefix length; needed for IPv4. Kernel: `IFA_LOCAL`. */
  local?: string | undefined;
  /** IPv4 only: label, by custom the link's name with a suffix. (at most 15 bytes) Kernel: `IFA_LABEL`. */
  label?: string | undefined;
  /** IPv4 only: broadcast address. Kernel: `IFA_BROADCAST`. */
  broadcast?: string | undefined;
  /** Milliseconds (whole seconds) until the address is deprecated, or Infinity; at most validLifetime. (Infinity: for ever) Kernel: `ifa_prefered`. */
  preferredLifetime?: number | undefined;
  /** Milliseconds (whole seconds) until the address is removed, or Infinity; not 0. (Infinity: for ever) Kernel: `ifa_valid`. */
  validLifetime?: number | undefined;
  /** State and options. 'secondary' on IPv6 says that it is a temporary (privacy) address. Kernel: `IFA_FLAGS`. */
  flags?: ('secondary' | 'nodad' | 'optimistic' | 'dadfailed' | 'home' | 'deprecated' | 'tentative' | 'permanent' | 'mngtmpaddr' | 'noprefixroute' | 'autojoin' | 'stablePrivacy' | (string & {}))[] | number | undefined;
  /** Metric of the prefix route that comes with the address. Kernel: `IFA_RT_PRIORITY`. */
  metric?: number | undefined;
  /** Id of the namespace that is asked instead of the socket's own. (0 to 2147483647) Kernel: `IFA_TARGET_NETNSID`. */
  targetNetnsId?: number | undefined;
  /** Who made the address. Kernel: `IFA_PROTO`. */
  protocol?: 'unspec' | 'kernelLo' | 'kernelRa' | 'kernelLl' | number | undefined;
}

/** An IPv4 or IPv6 address of a link. As told by the kernel. */
export interface Address {
  /** Address family; follows from the address if left out. Kernel: `ifa_family`. */
  family?: 'unspec' | 'inet' | 'bridge' | 'inet6' | 'link' | 'mpls' | 'ipmr' | 'ip6mr' | number;
  /** How far the address is valid. Kernel: `ifa_scope`. */
  scope?: 'global' | 'site' | 'link' | 'host' | 'nowhere' | number;
  /** The link that has the address. Kernel: `ifa_index`. */
  link?: string | number;
  /** Index of `link`. */
  readonly linkIndex?: number;
  /** Address with prefix length; the peer's on a point-to-point link. Kernel: `IFA_ADDRESS`. */
  address?: string;
  /** The link's own address, with the same prefix length; needed for IPv4. Kernel: `IFA_LOCAL`. */
  local?: string;
  /** IPv4 only: label, by custom the link's name with a suffix. (at most 15 bytes) Kernel: `IFA_LABEL`. */
  label?: string;
  /** IPv4 only: broadcast address. Kernel: `IFA_BROADCAST`. */
  broadcast?: string;
  /** IPv6 anycast address. Kernel: `IFA_ANYCAST`. */
  readonly anycast?: string;
  /** Milliseconds (whole seconds) until the address is deprecated, or Infinity; at most validLifetime. (Infinity: for ever) Kernel: `ifa_prefered`. */
  preferredLifetime?: number;
  /** Milliseconds (whole seconds) until the address is removed, or Infinity; not 0. (Infinity: for ever) Kernel: `ifa_valid`. */
  validLifetime?: number;
  /** When it was added: milliseconds since boot. Kernel: `cstamp`. */
  readonly created?: number;
  /** When it was last changed: milliseconds since boot. Kernel: `tstamp`. */
  readonly updated?: number;
  /** IPv6 multicast address. Kernel: `IFA_MULTICAST`. */
  readonly multicast?: string;
  /** State and options. 'secondary' on IPv6 says that it is a temporary (privacy) address. Kernel: `IFA_FLAGS`. */
  flags?: ('secondary' | 'nodad' | 'optimistic' | 'dadfailed' | 'home' | 'deprecated' | 'tentative' | 'permanent' | 'mngtmpaddr' | 'noprefixroute' | 'autojoin' | 'stablePrivacy' | (string & {}))[];
  /** Metric of the prefix route that comes with the address. Kernel: `IFA_RT_PRIORITY`. */
  metric?: number;
  /** Id of the namespace that is asked instead of the socket's own. (0 to 2147483647) Kernel: `IFA_TARGET_NETNSID`. */
  targetNetnsId?: number;
  /** Who made the address. Kernel: `IFA_PROTO`. */
  protocol?: 'unspec' | 'kernelLo' | 'kernelRa' | 'kernelLl' | number;
  /** How many have joined the multicast address. Kernel: `IFA_MC_USERS`. */
  readonly multicastUsers?: number;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** An entry of a routing table. As given by the caller. */
export interface RouteSpec {
  /** Address family; follows from the addresses if left out. Kernel: `rtm_family`. */
  family?: 'unspec' | 'inet' | 'bridge' | 'inet6' | 'link' | 'mpls' | 'ipmr' | 'ip6mr' | number | undefined;
  /** TOS that packets must have. Kernel: `rtm_tos`. */
  tos?: number | undefined;
  /** Who made the route. Kernel: `rtm_protocol`. */
  protocol?: 'unspec' | 'redirect' | 'kernel' | 'boot' | 'static' | 'gated' | 'ra' | 'mrt' | 'zebra' | 'bird' | 'dnrouted' | 'xorp' | 'ntk' | 'dhcp' | 'mrouted' | 'keepalived' | 'babel' | 'ovn' | 'openr' | 'bgp' | 'isis' | 'ospf' | 'rip' | 'eigrp' | number | undefined;
  /** How far the destination is. Kernel: `rtm_scope`. */
  scope?: 'global' | 'site' | 'link' | 'host' | 'nowhere' | number | undefined;
  /** What becomes of packets. Kernel: `rtm_type`. */
  type?: 'unspec' | 'unicast' | 'local' | 'broadcast' | 'anycast' | 'multicast' | 'blackhole' | 'unreachable' | 'prohibit' | 'throw' | 'nat' | 'xresolve' | number | undefined;
  /** State and options. Kernel: `rtm_flags`. */
  flags?: ('dead' | 'pervasive' | 'onlink' | 'offload' | 'linkdown' | 'unresolved' | 'trap' | 'notify' | 'cloned' | 'equalize' | 'prefix' | 'lookupTable' | 'fibMatch' | 'rtOffload' | 'rtTrap' | 'rtOffloadFailed' | (string & {}))[] | number | undefined;
  /** Destination prefix, or 'default'. Kernel: `RTA_DST`. */
  dst?: string | undefined;
  /** Source prefix that packets must have (IPv6). Kernel: `RTA_SRC`. */
  from?: string | undefined;
  /** Incoming link: of a lookup, or of a multicast route. Kernel: `RTA_IIF`. */
  iif?: string | number | null | undefined;
  /** Outgoing link (dev). Kernel: `RTA_OIF`. */
  link?: string | number | null | undefined;
  /** Next hop of the route's own family. Kernel: `RTA_GATEWAY`. */
  gateway?: string | undefined;
  /** Metric: of equal prefixes the lowest wins. Kernel: `RTA_PRIORITY`. */
  metric?: number | undefined;
  /** Source address to prefer (src). Kernel: `RTA_PREFSRC`. */
  prefsrc?: string | undefined;
  /** What is known of the path: MTU, congestion control... Kernel: `RTA_METRICS`. */
  metrics?: RouteMetrics | undefined;
  /** Next hops of a multipath route. Kernel: `RTA_MULTIPATH`. */
  nexthops?: RouteNexthopSpec[] | undefined;
  /** Realms: source * 65,536 + destination (IPv4). Kernel: `RTA_FLOW`. */
  realms?: number | undefined;
  /** Routing table; main if left out. Kernel: `RTA_TABLE`. */
  table?: 'unspec' | 'compat' | 'default' | 'main' | 'local' | number | undefined;
  /** Firewall mark of a lookup. Kernel: `RTA_MARK`. */
  mark?: number | undefined;
  /** Next hop of any family, such as IPv6 for an IPv4 route. Kernel: `RTA_VIA`. */
  via?: string | undefined;
  /** MPLS: stack of labels that replaces the incoming one. Kernel: `RTA_NEWDST`. */
  newdst?: Uint8Array | undefined;
  /** Preference of the router (IPv6). Kernel: `RTA_PREF`. */
  pref?: 'medium' | 'high' | 'low' | number | undefined;
  /** Kind of the lightweight tunnel. Kernel: `RTA_ENCAP_TYPE`. */
  encapType?: 'none' | 'mpls' | 'ip' | 'ila' | 'ip6' | 'seg6' | 'bpf' | 'seg6local' | 'rpl' | 'ioam6' | 'xfrm' | number | undefined;
  /** The lightweight tunnel's parameters. Kernel: `RTA_ENCAP`. */
  encap?: RouteEncapByEncapType[keyof RouteEncapByEncapType] | UnknownOptions | undefined;
  /** Milliseconds (whole seconds) until the route is removed (IPv6); read back as cacheInfo.expires. Kernel: `RTA_EXPIRES`. */
  expires?: number | undefined;
  /** User id of a lookup. Kernel: `RTA_UID`. */
  uid?: number | undefined;
  /** MPLS: whether the TTL is copied to the IP header at the end. Kernel: `RTA_TTL_PROPAGATE`. */
  ttlPropagate?: boolean | undefined;
  /** Transport protocol of a lookup. Kernel: `RTA_IP_PROTO`. */
  ipProto?: 'icmp' | 'igmp' | 'tcp' | 'udp' | 'dccp' | 'gre' | 'esp' | 'ah' | 'ipv6-icmp' | 'l2tp' | 'sctp' | 'udplite' | number | undefined;
  /** Source port of a lookup. Kernel: `RTA_SPORT`. */
  sport?: number | undefined;
  /** Destination port of a lookup. Kernel: `RTA_DPORT`. */
  dport?: number | undefined;
  /** Id of a nexthop object, in place of gateway and link. Kernel: `RTA_NH_ID`. */
  nhid?: number | undefined;
  /** IPv6 flow label of a lookup. (0 to 1048575) Kernel: `RTA_FLOWLABEL`. */
  flowlabel?: number | undefined;
}

/** An entry of a routing table. As told by the kernel. */
export interface Route {
  /** Address family; follows from the addresses if left out. Kernel: `rtm_family`. */
  family?: 'unspec' | 'inet' | 'bridge' | 'inet6' | 'link' | 'mpls' | 'ipmr' | 'ip6mr' | number;
  /** TOS that packets must have. Kernel: `rtm_tos`. */
  tos?: number;
  /** Who made the route. Kernel: `rtm_protocol`. */
  protocol?: 'unspec' | 'redirect' | 'kernel' | 'boot' | 'static' | 'gated' | 'ra' | 'mrt' | 'zebra' | 'bird' | 'dnrouted' | 'xorp' | 'ntk' | 'dhcp' | 'mrouted' | 'keepalived' | 'babel' | 'ovn' | 'openr' | 'bgp' | 'isis' | 'ospf' | 'rip' | 'eigrp' | number;
  /** How far the destination is. Kernel: `rtm_scope`. */
  scope?: 'global' | 'site' | 'link' | 'host' | 'nowhere' | number;
  /** What becomes of packets. Kernel: `rtm_type`. */
  type?: 'unspec' | 'unicast' | 'local' | 'broadcast' | 'anycast' | 'multicast' | 'blackhole' | 'unreachable' | 'prohibit' | 'throw' | 'nat' | 'xresolve' | number;
  /** State and options. Kernel: `rtm_flags`. */
  flags?: ('dead' | 'pervasive' | 'onlink' | 'offload' | 'linkdown' | 'unresolved' | 'trap' | 'notify' | 'cloned' | 'equalize' | 'prefix' | 'lookupTable' | 'fibMatch' | 'rtOffload' | 'rtTrap' | 'rtOffloadFailed' | (string & {}))[];
  /** Destination prefix, or 'default'. Kernel: `RTA_DST`. */
  dst?: string;
  /** Source prefix that packets must have (IPv6). Kernel: `RTA_SRC`. */
  from?: string;
  /** Incoming link: of a lookup, or of a multicast route. Kernel: `RTA_IIF`. */
  iif?: string | number;
  /** Index of `iif`. */
  readonly iifIndex?: number;
  /** Outgoing link (dev). Kernel: `RTA_OIF`. */
  link?: string | number;
  /** Index of `link`. */
  readonly linkIndex?: number;
  /** Next hop of the route's own family. Kernel: `RTA_GATEWAY`. */
  gateway?: string;
  /** Metric: of equal prefixes the lowest wins. Kernel: `RTA_PRIORITY`. */
  metric?: number;
  /** Source address to prefer (src). Kernel: `RTA_PREFSRC`. */
  prefsrc?: string;
  /** What is known of the path: MTU, congestion control... Kernel: `RTA_METRICS`. */
  metrics?: RouteMetrics;
  /** Next hops of a multipath route. Kernel: `RTA_MULTIPATH`. */
  nexthops?: RouteNexthop[];
  /** Realms: source * 65,536 + destination (IPv4). Kernel: `RTA_FLOW`. */
  realms?: number;
  /** Use and expiry. Kernel: `RTA_CACHEINFO`. */
  readonly cacheInfo?: RouteCacheInfo;
  /** Routing table; main if left out. Kernel: `RTA_TABLE`. */
  table?: 'unspec' | 'compat' | 'default' | 'main' | 'local' | number;
  /** Firewall mark of a lookup. Kernel: `RTA_MARK`. */
  mark?: number;
  /** Counters of a multicast route. Kernel: `RTA_MFC_STATS`. */
  readonly mfcStats?: RouteMfcStats;
  /** Next hop of any family, such as IPv6 for an IPv4 route. Kernel: `RTA_VIA`. */
  via?: string;
  /** MPLS: stack of labels that replaces the incoming one. Kernel: `RTA_NEWDST`. */
  newdst?: Uint8Array;
  /** Preference of the router (IPv6). Kernel: `RTA_PREF`. */
  pref?: 'medium' | 'high' | 'low' | number;
  /** Kind of the lightweight tunnel. Kernel: `RTA_ENCAP_TYPE`. */
  encapType?: 'none' | 'mpls' | 'ip' | 'ila' | 'ip6' | 'seg6' | 'bpf' | 'seg6local' | 'rpl' | 'ioam6' | 'xfrm' | number;
  /** The lightweight tunnel's parameters. Kernel: `RTA_ENCAP`. */
  encap?: RouteEncapByEncapType[keyof RouteEncapByEncapType] | UnknownOptions;
  /** User id of a lookup. Kernel: `RTA_UID`. */
  uid?: number;
  /** MPLS: whether the TTL is copied to the IP header at the end. Kernel: `RTA_TTL_PROPAGATE`. */
  ttlPropagate?: boolean;
  /** Transport protocol of a lookup. Kernel: `RTA_IP_PROTO`. */
  ipProto?: 'icmp' | 'igmp' | 'tcp' | 'udp' | 'dccp' | 'gre' | 'esp' | 'ah' | 'ipv6-icmp' | 'l2tp' | 'sctp' | 'udplite' | number;
  /** Source port of a lookup. Kernel: `RTA_SPORT`. */
  sport?: number;
  /** Destination port of a lookup. Kernel: `RTA_DPORT`. */
  dport?: number;
  /** Id of a nexthop object, in place of gateway and link. Kernel: `RTA_NH_ID`. */
  nhid?: number;
  /** IPv6 flow label of a lookup. (0 to 1048575) Kernel: `RTA_FLOWLABEL`. */
  flowlabel?: number;
  /** Why the kernel has deleted it. Kernel: `RTA_DEL_REASON`. */
  readonly deleteReason?: 'unspec' | 'expired' | 'ra_withdrawn' | number;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** One next hop of a multipath route. As given by the caller. */
export interface RouteNexthopSpec {
  /** State and options. Kernel: `rtnh_flags`. */
  flags?: ('dead' | 'pervasive' | 'onlink' | 'offload' | 'linkdown' | 'unresolved' | 'trap' | (string & {}))[] | number | undefined;
  /** Share of the traffic, 1 to 256; 1 if left out. Kernel: `rtnh_hops`. */
  weight?: number | undefined;
  /** Outgoing link. Kernel: `rtnh_ifindex`. */
  link?: string | number | null | undefined;
  /** Next hop of the route's own family. Kernel: `RTA_GATEWAY`. */
  gateway?: string | undefined;
  /** Realms: source * 65,536 + destination. Kernel: `RTA_FLOW`. */
  realms?: number | undefined;
  /** Next hop of any family. Kernel: `RTA_VIA`. */
  via?: string | undefined;
  /** MPLS: stack of labels that replaces the incoming one. Kernel: `RTA_NEWDST`. */
  newdst?: Uint8Array | undefined;
  /** Kind of the lightweight tunnel. Kernel: `RTA_ENCAP_TYPE`. */
  encapType?: 'none' | 'mpls' | 'ip' | 'ila' | 'ip6' | 'seg6' | 'bpf' | 'seg6local' | 'rpl' | 'ioam6' | 'xfrm' | number | undefined;
  /** The lightweight tunnel's parameters. Kernel: `RTA_ENCAP`. */
  encap?: RouteNexthopEncapByEncapType[keyof RouteNexthopEncapByEncapType] | UnknownOptions | undefined;
}

/** One next hop of a multipath route. As told by the kernel. */
export interface RouteNexthop {
  /** State and options. Kernel: `rtnh_flags`. */
  flags?: ('dead' | 'pervasive' | 'onlink' | 'offload' | 'linkdown' | 'unresolved' | 'trap' | (string & {}))[];
  /** Share of the traffic, 1 to 256; 1 if left out. Kernel: `rtnh_hops`. */
  weight?: number;
  /** Outgoing link. Kernel: `rtnh_ifindex`. */
  link?: string | number;
  /** Index of `link`. */
  readonly linkIndex?: number;
  /** Next hop of the route's own family. Kernel: `RTA_GATEWAY`. */
  gateway?: string;
  /** Realms: source * 65,536 + destination. Kernel: `RTA_FLOW`. */
  realms?: number;
  /** Next hop of any family. Kernel: `RTA_VIA`. */
  via?: string;
  /** MPLS: stack of labels that replaces the incoming one. Kernel: `RTA_NEWDST`. */
  newdst?: Uint8Array;
  /** Kind of the lightweight tunnel. Kernel: `RTA_ENCAP_TYPE`. */
  encapType?: 'none' | 'mpls' | 'ip' | 'ila' | 'ip6' | 'seg6' | 'bpf' | 'seg6local' | 'rpl' | 'ioam6' | 'xfrm' | number;
  /** The lightweight tunnel's parameters. Kernel: `RTA_ENCAP`. */
  encap?: RouteNexthopEncapByEncapType[keyof RouteNexthopEncapByEncapType] | UnknownOptions;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A neighbour (ARP, NDP), or a forwarding entry of a bridge or VXLAN. As given by the caller. */
export interface NeighbourSpec {
  /** Address family; 'bridge' for forwarding entries; follows from dst if left out. Kernel: `ndm_family`. */
  family?: 'unspec' | 'inet' | 'bridge' | 'inet6' | 'link' | 'mpls' | 'ipmr' | 'ip6mr' | number | undefined;
  /** The link that the neighbour is on. Kernel: `ndm_ifindex`. */
  link?: string | number | null | undefined;
  /** State of the entry; none is an empty array. Kernel: `ndm_state`. */
  state?: ('incomplete' | 'reachable' | 'stale' | 'delay' | 'probe' | 'failed' | 'noarp' | 'permanent' | (string & {}))[] | number | undefined;
  /** Options of the entry. Kernel: `ndm_flags`. */
  flags?: ('use' | 'self' | 'master' | 'proxy' | 'extLearned' | 'offload' | 'sticky' | 'router' | (string & {}))[] | number | undefined;
  /** The neighbour's address; of a VXLAN's forwarding entry, the remote end. Kernel: `NDA_DST`. */
  dst?: string | undefined;
  /** The neighbour's link-layer address. Kernel: `NDA_LLADDR`. */
  lladdr?: string | undefined;
  /** VLAN of a bridge's forwarding entry. (0 to 4095) Kernel: `NDA_VLAN`. */
  vlan?: number | undefined;
  /** UDP port of a VXLAN's remote end. Kernel: `NDA_PORT`. */
  port?: number | undefined;
  /** VNI to send with to a VXLAN's remote end. (0 to 16777215) Kernel: `NDA_VNI`. */
  vni?: number | undefined;
  /** Link to send by to a VXLAN's remote end (via). Kernel: `NDA_IFINDEX`. */
  viaLink?: string | number | null | undefined;
  /** The bridge that has the entry; filters a dump. Kernel: `NDA_MASTER`. */
  master?: string | number | null | undefined;
  /** VNI the entry is for, of a VXLAN with many VNIs. (0 to 16777215) Kernel: `NDA_SRC_VNI`. */
  srcVni?: number | undefined;
  /** Who made the entry. Kernel: `NDA_PROTOCOL`. */
  protocol?: 'unspec' | 'redirect' | 'kernel' | 'boot' | 'static' | 'gated' | 'ra' | 'mrt' | 'zebra' | 'bird' | 'dnrouted' | 'xorp' | 'ntk' | 'dhcp' | 'mrouted' | 'keepalived' | 'babel' | 'ovn' | 'openr' | 'bgp' | 'isis' | 'ospf' | 'rip' | 'eigrp' | number | undefined;
  /** Id of a nexthop group, in place of dst, of a forwarding entry. Kernel: `NDA_NH_ID`. */
  nhid?: number | undefined;
  /** Activity of a bridge's forwarding entry. Kernel: `NDA_FDB_EXT_ATTRS`. */
  fdbExt?: NeighbourFdbExt | undefined;
  /** Further options. Kernel: `NDA_FLAGS_EXT`. */
  extFlags?: ('managed' | 'locked' | 'extValidated' | (string & {}))[] | number | undefined;
  /** States compared when flushing. Kernel: `NDA_NDM_STATE_MASK`. */
  stateMask?: ('incomplete' | 'reachable' | 'stale' | 'delay' | 'probe' | 'failed' | 'noarp' | 'permanent' | (string & {}))[] | number | undefined;
  /** Flags compared when flushing. Kernel: `NDA_NDM_FLAGS_MASK`. */
  flagsMask?: ('use' | 'self' | 'master' | 'proxy' | 'extLearned' | 'offload' | 'sticky' | 'router' | (string & {}))[] | number | undefined;
}

/** A neighbour (ARP, NDP), or a forwarding entry of a bridge or VXLAN. As told by the kernel. */
export interface Neighbour {
  /** Address family; 'bridge' for forwarding entries; follows from dst if left out. Kernel: `ndm_family`. */
  family?: 'unspec' | 'inet' | 'bridge' | 'inet6' | 'link' | 'mpls' | 'ipmr' | 'ip6mr' | number;
  /** The link that the neighbour is on. Kernel: `ndm_ifindex`. */
  link?: string | number;
  /** Index of `link`. */
  readonly linkIndex?: number;
  /** State of the entry; none is an empty array. Kernel: `ndm_state`. */
  state?: ('incomplete' | 'reachable' | 'stale' | 'delay' | 'probe' | 'failed' | 'noarp' | 'permanent' | (string & {}))[];
  /** Options of the entry. Kernel: `ndm_flags`. */
  flags?: ('use' | 'self' | 'master' | 'proxy' | 'extLearned' | 'offload' | 'sticky' | 'router' | (string & {}))[];
  /** Kind of the address. Kernel: `ndm_type`. */
  readonly type?: 'unspec' | 'unicast' | 'local' | 'broadcast' | 'anycast' | 'multicast' | number;
  /** The neighbour's address; of a VXLAN's forwarding entry, the remote end. Kernel: `NDA_DST`. */
  dst?: string;
  /** The neighbour's link-layer address. Kernel: `NDA_LLADDR`. */
  lladdr?: string;
  /** Age of the entry. Kernel: `NDA_CACHEINFO`. */
  readonly cacheInfo?: NeighbourCacheInfo;
  /** Probes sent without an answer. Kernel: `NDA_PROBES`. */
  readonly probes?: number;
  /** VLAN of a bridge's forwarding entry. (0 to 4095) Kernel: `NDA_VLAN`. */
  vlan?: number;
  /** UDP port of a VXLAN's remote end. Kernel: `NDA_PORT`. */
  port?: number;
  /** VNI to send with to a VXLAN's remote end. (0 to 16777215) Kernel: `NDA_VNI`. */
  vni?: number;
  /** Link to send by to a VXLAN's remote end (via). Kernel: `NDA_IFINDEX`. */
  viaLink?: string | number;
  /** Index of `viaLink`. */
  readonly viaLinkIndex?: number;
  /** The bridge that has the entry; filters a dump. Kernel: `NDA_MASTER`. */
  master?: string | number;
  /** Index of `master`. */
  readonly masterIndex?: number;
  /** Id of the namespace that viaLink is in. Kernel: `NDA_LINK_NETNSID`. */
  readonly linkNetnsId?: number;
  /** VNI the entry is for, of a VXLAN with many VNIs. (0 to 16777215) Kernel: `NDA_SRC_VNI`. */
  srcVni?: number;
  /** Who made the entry. Kernel: `NDA_PROTOCOL`. */
  protocol?: 'unspec' | 'redirect' | 'kernel' | 'boot' | 'static' | 'gated' | 'ra' | 'mrt' | 'zebra' | 'bird' | 'dnrouted' | 'xorp' | 'ntk' | 'dhcp' | 'mrouted' | 'keepalived' | 'babel' | 'ovn' | 'openr' | 'bgp' | 'isis' | 'ospf' | 'rip' | 'eigrp' | number;
  /** Id of a nexthop group, in place of dst, of a forwarding entry. Kernel: `NDA_NH_ID`. */
  nhid?: number;
  /** Activity of a bridge's forwarding entry. Kernel: `NDA_FDB_EXT_ATTRS`. */
  fdbExt?: NeighbourFdbExt;
  /** Further options. Kernel: `NDA_FLAGS_EXT`. */
  extFlags?: ('managed' | 'locked' | 'extValidated' | (string & {}))[];
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A rule of policy routing. As given by the caller. */
export interface RuleSpec {
  /** Address family; follows from the addresses if left out. Kernel: `family`. */
  family?: 'unspec' | 'inet' | 'bridge' | 'inet6' | 'link' | 'mpls' | 'ipmr' | 'ip6mr' | number | undefined;
  /** TOS that packets must have. Kernel: `tos`. */
  tos?: number | undefined;
  /** What is done with packets that match. Kernel: `action`. */
  action?: 'unspec' | 'toTable' | 'goto' | 'nop' | 'blackhole' | 'unreachable' | 'prohibit' | number | undefined;
  /** Options, such as 'invert' (not), and state. Kernel: `flags`. */
  flags?: ('permanent' | 'invert' | 'unresolved' | 'iifDetached' | 'oifDetached' | 'findSaddr' | (string & {}))[] | number | undefined;
  /** Destination prefix that packets must have (to). Kernel: `FRA_DST`. */
  dst?: string | undefined;
  /** Source prefix that packets must have (from). Kernel: `FRA_SRC`. */
  src?: string | undefined;
  /** Name of the incoming link; need not exist yet. (at most 15 bytes) Kernel: `FRA_IIFNAME`. */
  iif?: string | undefined;
  /** Priority of the rule to go on with, for the action 'goto'. Kernel: `FRA_GOTO`. */
  goto?: number | undefined;
  /** Rules are tried from the lowest priority up. Kernel: `FRA_PRIORITY`. */
  priority?: number | undefined;
  /** Firewall mark that packets must have. Kernel: `FRA_FWMARK`. */
  fwmark?: number | undefined;
  /** Realms to assign: source * 65,536 + destination (IPv4). Kernel: `FRA_FLOW`. */
  realms?: number | undefined;
  /** Tunnel id that packets must have. Kernel: `FRA_TUN_ID`. */
  tunId?: bigint | number | undefined;
  /** Reject what leaves by a link of this group; -1: off. Kernel: `FRA_SUPPRESS_IFGROUP`. */
  suppressIfgroup?: number | undefined;
  /** Reject what is found by a prefix of this length or shorter; -1: off. Kernel: `FRA_SUPPRESS_PREFIXLEN`. */
  suppressPrefixLength?: number | undefined;
  /** Table to look up, for the action 'toTable'. Kernel: `FRA_TABLE`. */
  table?: 'unspec' | 'compat' | 'default' | 'main' | 'local' | number | undefined;
  /** Bits of the mark that are compared. Kernel: `FRA_FWMASK`. */
  fwmask?: number | undefined;
  /** Name of the outgoing link; need not exist yet. (at most 15 bytes) Kernel: `FRA_OIFNAME`. */
  oif?: string | undefined;
  /** Look up the table of the VRF that the link is in. Kernel: `FRA_L3MDEV`. */
  l3mdev?: boolean | undefined;
  /** User ids that packets must come from. Kernel: `FRA_UID_RANGE`. */
  uidRange?: RuleUidRange | undefined;
  /** Who made the rule. Kernel: `FRA_PROTOCOL`. */
  protocol?: 'unspec' | 'redirect' | 'kernel' | 'boot' | 'static' | 'gated' | 'ra' | 'mrt' | 'zebra' | 'bird' | 'dnrouted' | 'xorp' | 'ntk' | 'dhcp' | 'mrouted' | 'keepalived' | 'babel' | 'ovn' | 'openr' | 'bgp' | 'isis' | 'ospf' | 'rip' | 'eigrp' | number | undefined;
  /** Transport protocol that packets must have. Kernel: `FRA_IP_PROTO`. */
  ipProto?: 'icmp' | 'igmp' | 'tcp' | 'udp' | 'dccp' | 'gre' | 'esp' | 'ah' | 'ipv6-icmp' | 'l2tp' | 'sctp' | 'udplite' | number | undefined;
  /** Source ports that packets must have. Kernel: `FRA_SPORT_RANGE`. */
  sportRange?: RulePortRange | undefined;
  /** Destination ports that packets must have. Kernel: `FRA_DPORT_RANGE`. */
  dportRange?: RulePortRange | undefined;
  /** DSCP that packets must have. (0 to 63) Kernel: `FRA_DSCP`. */
  dscp?: number | undefined;
  /** IPv6 flow label that packets must have. (0 to 1048575) Kernel: `FRA_FLOWLABEL`. */
  flowlabel?: number | undefined;
  /** Bits of the flow label that are compared. (0 to 1048575) Kernel: `FRA_FLOWLABEL_MASK`. */
  flowlabelMask?: number | undefined;
  /** Bits of the source port that are compared; needs a single port. Kernel: `FRA_SPORT_MASK`. */
  sportMask?: number | undefined;
  /** Bits of the destination port that are compared; needs a single port. Kernel: `FRA_DPORT_MASK`. */
  dportMask?: number | undefined;
  /** Bits of the DSCP that are compared. (0 to 63) Kernel: `FRA_DSCP_MASK`. */
  dscpMask?: number | undefined;
}

/** A rule of policy routing. As told by the kernel. */
export interface Rule {
  /** Address family; follows from the addresses if left out. Kernel: `family`. */
  family?: 'unspec' | 'inet' | 'bridge' | 'inet6' | 'link' | 'mpls' | 'ipmr' | 'ip6mr' | number;
  /** TOS that packets must have. Kernel: `tos`. */
  tos?: number;
  /** What is done with packets that match. Kernel: `action`. */
  action?: 'unspec' | 'toTable' | 'goto' | 'nop' | 'blackhole' | 'unreachable' | 'prohibit' | number;
  /** Options, such as 'invert' (not), and state. Kernel: `flags`. */
  flags?: ('permanent' | 'invert' | 'unresolved' | 'iifDetached' | 'oifDetached' | 'findSaddr' | (string & {}))[];
  /** Destination prefix that packets must have (to). Kernel: `FRA_DST`. */
  dst?: string;
  /** Source prefix that packets must have (from). Kernel: `FRA_SRC`. */
  src?: string;
  /** Name of the incoming link; need not exist yet. (at most 15 bytes) Kernel: `FRA_IIFNAME`. */
  iif?: string;
  /** Priority of the rule to go on with, for the action 'goto'. Kernel: `FRA_GOTO`. */
  goto?: number;
  /** Rules are tried from the lowest priority up. Kernel: `FRA_PRIORITY`. */
  priority?: number;
  /** Firewall mark that packets must have. Kernel: `FRA_FWMARK`. */
  fwmark?: number;
  /** Realms to assign: source * 65,536 + destination (IPv4). Kernel: `FRA_FLOW`. */
  realms?: number;
  /** Tunnel id that packets must have. Kernel: `FRA_TUN_ID`. */
  tunId?: bigint;
  /** Reject what leaves by a link of this group; -1: off. Kernel: `FRA_SUPPRESS_IFGROUP`. */
  suppressIfgroup?: number;
  /** Reject what is found by a prefix of this length or shorter; -1: off. Kernel: `FRA_SUPPRESS_PREFIXLEN`. */
  suppressPrefixLength?: number;
  /** Table to look up, for the action 'toTable'. Kernel: `FRA_TABLE`. */
  table?: 'unspec' | 'compat' | 'default' | 'main' | 'local' | number;
  /** Bits of the mark that are compared. Kernel: `FRA_FWMASK`. */
  fwmask?: number;
  /** Name of the outgoing link; need not exist yet. (at most 15 bytes) Kernel: `FRA_OIFNAME`. */
  oif?: string;
  /** Look up the table of the VRF that the link is in. Kernel: `FRA_L3MDEV`. */
  l3mdev?: boolean;
  /** User ids that packets must come from. Kernel: `FRA_UID_RANGE`. */
  uidRange?: RuleUidRange;
  /** Who made the rule. Kernel: `FRA_PROTOCOL`. */
  protocol?: 'unspec' | 'redirect' | 'kernel' | 'boot' | 'static' | 'gated' | 'ra' | 'mrt' | 'zebra' | 'bird' | 'dnrouted' | 'xorp' | 'ntk' | 'dhcp' | 'mrouted' | 'keepalived' | 'babel' | 'ovn' | 'openr' | 'bgp' | 'isis' | 'ospf' | 'rip' | 'eigrp' | number;
  /** Transport protocol that packets must have. Kernel: `FRA_IP_PROTO`. */
  ipProto?: 'icmp' | 'igmp' | 'tcp' | 'udp' | 'dccp' | 'gre' | 'esp' | 'ah' | 'ipv6-icmp' | 'l2tp' | 'sctp' | 'udplite' | number;
  /** Source ports that packets must have. Kernel: `FRA_SPORT_RANGE`. */
  sportRange?: RulePortRange;
  /** Destination ports that packets must have. Kernel: `FRA_DPORT_RANGE`. */
  dportRange?: RulePortRange;
  /** DSCP that packets must have. (0 to 63) Kernel: `FRA_DSCP`. */
  dscp?: number;
  /** IPv6 flow label that packets must have. (0 to 1048575) Kernel: `FRA_FLOWLABEL`. */
  flowlabel?: number;
  /** Bits of the flow label that are compared. (0 to 1048575) Kernel: `FRA_FLOWLABEL_MASK`. */
  flowlabelMask?: number;
  /** Bits of the source port that are compared; needs a single port. Kernel: `FRA_SPORT_MASK`. */
  sportMask?: number;
  /** Bits of the destination port that are compared; needs a single port. Kernel: `FRA_DPORT_MASK`. */
  dportMask?: number;
  /** Bits of the DSCP that are compared. (0 to 63) Kernel: `FRA_DSCP_MASK`. */
  dscpMask?: number;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A queueing discipline (tc(8)). As given by the caller. */
export interface QdiscSpec {
  /** The link. Kernel: `tcm_ifindex`. */
  link?: string | number | null | undefined;
  /** Handle, such as '1:'; chosen by the kernel if left out. Kernel: `tcm_handle`. */
  handle?: string | number | undefined;
  /** 'root', or the class that the qdisc is the leaf of, such as '1:10'; 'ffff:fff1' for ingress and clsact. Kernel: `tcm_parent`. */
  parent?: string | number | undefined;
  /** Kind of the qdisc, such as 'htb'. (at most 15 bytes) Kernel: `TCA_KIND`. */
  kind?: string | undefined;
  /** The kind's own options. Kernel: `TCA_OPTIONS`. */
  options?: QdiscOptionsByKind[keyof QdiscOptionsByKind] | UnknownOptions | undefined;
  /** Have the rate estimated. Kernel: `TCA_RATE`. */
  estimator?: Estimator | undefined;
  /** What packets cost on the wire. Kernel: `TCA_STAB`. */
  stab?: SizeTable | undefined;
  /** In a dump: tell of default qdiscs, too; told of those. Kernel: `TCA_DUMP_INVISIBLE`. */
  invisible?: boolean | undefined;
  /** Shared block of filters of incoming packets. Kernel: `TCA_INGRESS_BLOCK`. */
  ingressBlock?: number | undefined;
  /** Shared block of filters of outgoing packets. Kernel: `TCA_EGRESS_BLOCK`. */
  egressBlock?: number | undefined;
}

/** A queueing discipline (tc(8)). As told by the kernel. */
export interface Qdisc {
  /** The link. Kernel: `tcm_ifindex`. */
  link?: string | number;
  /** Index of `link`. */
  readonly linkIndex?: number;
  /** Handle, such as '1:'; chosen by the kernel if left out. Kernel: `tcm_handle`. */
  handle?: string;
  /** 'root', or the class that the qdisc is the leaf of, such as '1:10'; 'ffff:fff1' for ingress and clsact. Kernel: `tcm_parent`. */
  parent?: string;
  /** References to the qdisc. Kernel: `tcm_info`. */
  readonly refCount?: number;
  /** Kind of the qdisc, such as 'htb'. (at most 15 bytes) Kernel: `TCA_KIND`. */
  kind?: string;
  /** The kind's own options. Kernel: `TCA_OPTIONS`. */
  options?: QdiscOptionsByKind[keyof QdiscOptionsByKind] | UnknownOptions;
  /** Counters. Kernel: `TCA_STATS2`. */
  readonly stats?: QdiscStats;
  /** What packets cost on the wire. Kernel: `TCA_STAB`. */
  stab?: SizeTable;
  /** In a dump: tell of default qdiscs, too; told of those. Kernel: `TCA_DUMP_INVISIBLE`. */
  invisible?: boolean;
  /** Whether hardware does it. Kernel: `TCA_HW_OFFLOAD`. */
  readonly offloaded?: boolean;
  /** Shared block of filters of incoming packets. Kernel: `TCA_INGRESS_BLOCK`. */
  ingressBlock?: number;
  /** Shared block of filters of outgoing packets. Kernel: `TCA_EGRESS_BLOCK`. */
  egressBlock?: number;
  /** The kernel's warning about the qdisc. (at most 255 bytes) Kernel: `TCA_EXT_WARN_MSG`. */
  readonly warning?: string;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of an 'mqprio' qdisc as the kernel has them (tc-mqprio(8)). As given by the caller. */
export interface MqprioWireSpec {
  /** Number of traffic classes. (0 to 16) Kernel: `num_tc`. */
  numTc?: number | undefined;
  /** Traffic class of each of the 16 packet priorities. Kernel: `prio_tc_map`. */
  map?: number[] | undefined;
  /** 1: hardware is to do it. Kernel: `hw`. */
  hw?: number | undefined;
  /** Number of queues of each traffic class. Kernel: `count`. */
  count?: number[] | undefined;
  /** First queue of each traffic class. Kernel: `offset`. */
  offset?: number[] | undefined;
  /** What hardware is given. Kernel: `TCA_MQPRIO_MODE`. */
  mode?: 'dcb' | 'channel' | number | undefined;
  /** How hardware shapes. Kernel: `TCA_MQPRIO_SHAPER`. */
  shaper?: 'dcb' | 'bw_rlimit' | number | undefined;
  /** Least rate of each traffic class. Kernel: `TCA_MQPRIO_MIN_RATE64`. */
  minRate?: (number | string)[] | undefined;
  /** Greatest rate of each traffic class. Kernel: `TCA_MQPRIO_MAX_RATE64`. */
  maxRate?: (number | string)[] | undefined;
  /** Frame preemption of traffic classes. Kernel: `TCA_MQPRIO_TC_ENTRY`. */
  tcEntries?: MqprioTcEntry[] | undefined;
}

/** Options of an 'mqprio' qdisc as the kernel has them (tc-mqprio(8)). As told by the kernel. */
export interface MqprioWire {
  /** Number of traffic classes. (0 to 16) Kernel: `num_tc`. */
  numTc?: number;
  /** Traffic class of each of the 16 packet priorities. Kernel: `prio_tc_map`. */
  map?: number[];
  /** 1: hardware is to do it. Kernel: `hw`. */
  hw?: number;
  /** Number of queues of each traffic class. Kernel: `count`. */
  count?: number[];
  /** First queue of each traffic class. Kernel: `offset`. */
  offset?: number[];
  /** What hardware is given. Kernel: `TCA_MQPRIO_MODE`. */
  mode?: 'dcb' | 'channel' | number;
  /** How hardware shapes. Kernel: `TCA_MQPRIO_SHAPER`. */
  shaper?: 'dcb' | 'bw_rlimit' | number;
  /** Least rate of each traffic class. Kernel: `TCA_MQPRIO_MIN_RATE64`. */
  minRate?: number[];
  /** Greatest rate of each traffic class. Kernel: `TCA_MQPRIO_MAX_RATE64`. */
  maxRate?: number[];
  /** Frame preemption of traffic classes. Kernel: `TCA_MQPRIO_TC_ENTRY`. */
  tcEntries?: MqprioTcEntry[];
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'netem' qdisc as the kernel has them (tc-netem(8)). As given by the caller. */
export interface NetemWireSpec {
  /** Delay in ticks of the scheduler's clock. Kernel: `latency`. */
  latency?: number | undefined;
  /** Most packets waiting. Kernel: `limit`. */
  limit?: number | undefined;
  /** Probability of loss, of 2^32. Kernel: `loss`. */
  loss?: number | undefined;
  /** Packets between those that are reordered. Kernel: `gap`. */
  gap?: number | undefined;
  /** Probability of duplication, of 2^32. Kernel: `duplicate`. */
  duplicate?: number | undefined;
  /** Variation of the delay in ticks. Kernel: `jitter`. */
  jitter?: number | undefined;
  /** Correlations. Kernel: `TCA_NETEM_CORR`. */
  correlation?: NetemCorrelation | undefined;
  /** Distribution of delays; not told. Kernel: `TCA_NETEM_DELAY_DIST`. */
  delayDist?: number[] | undefined;
  /** Reordering. Kernel: `TCA_NETEM_REORDER`. */
  reorder?: NetemChance | undefined;
  /** Corruption. Kernel: `TCA_NETEM_CORRUPT`. */
  corrupt?: NetemChance | undefined;
  /** Model of loss. Kernel: `TCA_NETEM_LOSS`. */
  lossModel?: NetemLossModel | undefined;
  /** Rate. Kernel: `TCA_NETEM_RATE`. */
  rate?: NetemRate | undefined;
  /** Packets that allow it are marked, not lost. Kernel: `TCA_NETEM_ECN`. */
  ecn?: boolean | undefined;
  /** Bytes a second, if 32 bits do not hold them. Kernel: `TCA_NETEM_RATE64`. */
  rate64?: bigint | number | undefined;
  /** Delay in nanoseconds. Kernel: `TCA_NETEM_LATENCY64`. */
  latency64?: bigint | number | undefined;
  /** Variation of the delay in nanoseconds. Kernel: `TCA_NETEM_JITTER64`. */
  jitter64?: bigint | number | undefined;
  /** Slots in which packets go. Kernel: `TCA_NETEM_SLOT`. */
  slot?: NetemSlot | undefined;
  /** Distribution of slots; not told. Kernel: `TCA_NETEM_SLOT_DIST`. */
  slotDist?: number[] | undefined;
  /** Where the random numbers begin. Kernel: `TCA_NETEM_PRNG_SEED`. */
  seed?: bigint | number | undefined;
}

/** Options of a 'netem' qdisc as the kernel has them (tc-netem(8)). As told by the kernel. */
export interface NetemWire {
  /** Delay in ticks of the scheduler's clock. Kernel: `latency`. */
  latency?: number;
  /** Most packets waiting. Kernel: `limit`. */
  limit?: number;
  /** Probability of loss, of 2^32. Kernel: `loss`. */
  loss?: number;
  /** Packets between those that are reordered. Kernel: `gap`. */
  gap?: number;
  /** Probability of duplication, of 2^32. Kernel: `duplicate`. */
  duplicate?: number;
  /** Variation of the delay in ticks. Kernel: `jitter`. */
  jitter?: number;
  /** Correlations. Kernel: `TCA_NETEM_CORR`. */
  correlation?: NetemCorrelation;
  /** Distribution of delays; not told. Kernel: `TCA_NETEM_DELAY_DIST`. */
  delayDist?: number[];
  /** Reordering. Kernel: `TCA_NETEM_REORDER`. */
  reorder?: NetemChance;
  /** Corruption. Kernel: `TCA_NETEM_CORRUPT`. */
  corrupt?: NetemChance;
  /** Model of loss. Kernel: `TCA_NETEM_LOSS`. */
  lossModel?: NetemLossModel;
  /** Rate. Kernel: `TCA_NETEM_RATE`. */
  rate?: NetemRate;
  /** Packets that allow it are marked, not lost. Kernel: `TCA_NETEM_ECN`. */
  ecn?: boolean;
  /** Bytes a second, if 32 bits do not hold them. Kernel: `TCA_NETEM_RATE64`. */
  rate64?: bigint;
  /** Delay in nanoseconds. Kernel: `TCA_NETEM_LATENCY64`. */
  latency64?: bigint;
  /** Variation of the delay in nanoseconds. Kernel: `TCA_NETEM_JITTER64`. */
  jitter64?: bigint;
  /** Slots in which packets go. Kernel: `TCA_NETEM_SLOT`. */
  slot?: NetemSlot;
  /** Distribution of slots; not told. Kernel: `TCA_NETEM_SLOT_DIST`. */
  slotDist?: number[];
  /** Where the random numbers begin. Kernel: `TCA_NETEM_PRNG_SEED`. */
  seed?: bigint;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A class of a qdisc (tc(8)). As given by the caller. */
export interface TcClassSpec {
  /** The link. Kernel: `tcm_ifindex`. */
  link?: string | number | null | undefined;
  /** Handle, such as '1:10'. Kernel: `tcm_handle`. */
  classid?: string | number | undefined;
  /** The class above, or the qdisc ('1:'); told as 'root' for a qdisc's uppermost classes. Kernel: `tcm_parent`. */
  parent?: string | number | undefined;
  /** Kind of the qdisc that the class belongs to, such as 'htb'. (at most 15 bytes) Kernel: `TCA_KIND`. */
  kind?: string | undefined;
  /** The kind's own options. Kernel: `TCA_OPTIONS`. */
  options?: TcClassOptionsByKind[keyof TcClassOptionsByKind] | UnknownOptions | undefined;
  /** Have the rate estimated. Kernel: `TCA_RATE`. */
  estimator?: Estimator | undefined;
}

/** A class of a qdisc (tc(8)). As told by the kernel. */
export interface TcClass {
  /** The link. Kernel: `tcm_ifindex`. */
  link?: string | number;
  /** Index of `link`. */
  readonly linkIndex?: number;
  /** Handle, such as '1:10'. Kernel: `tcm_handle`. */
  classid?: string;
  /** The class above, or the qdisc ('1:'); told as 'root' for a qdisc's uppermost classes. Kernel: `tcm_parent`. */
  parent?: string;
  /** The qdisc that holds the class's packets; '0:': none. Kernel: `tcm_info`. */
  readonly leaf?: string;
  /** Kind of the qdisc that the class belongs to, such as 'htb'. (at most 15 bytes) Kernel: `TCA_KIND`. */
  kind?: string;
  /** The kind's own options. Kernel: `TCA_OPTIONS`. */
  options?: TcClassOptionsByKind[keyof TcClassOptionsByKind] | UnknownOptions;
  /** Counters. Kernel: `TCA_STATS2`. */
  readonly stats?: TcClassStats;
  /** Whether hardware does it. Kernel: `TCA_HW_OFFLOAD`. */
  readonly offloaded?: boolean;
  /** The kernel's warning about the class. (at most 255 bytes) Kernel: `TCA_EXT_WARN_MSG`. */
  readonly warning?: string;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A filter: what becomes of which packets (tc(8)). As given by the caller. */
export interface TcFilterSpec {
  /** The link; left out for filters of a shared block. Kernel: `tcm_ifindex`. */
  link?: string | number | null | undefined;
  /** -1 (TCM_IFINDEX_MAGIC_BLOCK): the filters of a shared block. Kernel: `tcm_ifindex`. */
  ifindex?: number | undefined;
  /** Handle; what it means depends on the kind. Kernel: `tcm_handle`. */
  handle?: number | undefined;
  /** The qdisc or class whose packets are looked at, 'ingress' or 'egress' of a clsact qdisc. Kernel: `tcm_parent`. */
  parent?: string | number | undefined;
  /** The shared block. Kernel: `tcm_block_index`. */
  block?: number | undefined;
  /** Protocol of the packets, such as 'ip'. Kernel: `TC_H_MIN(tcm_info)`. */
  protocol?: 'all' | 'ip' | 'ipv6' | 'arp' | '802.1Q' | '802.1ad' | 'mpls_uc' | 'mpls_mc' | 'ppp_disc' | 'ppp_ses' | 'LLDP' | 'cfm' | number | undefined;
  /** Priority: filters with lower numbers are tried first. Kernel: `TC_H_MAJ(tcm_info)`. */
  prio?: number | undefined;
  /** Kind of the filter, such as 'u32'. (at most 15 bytes) Kernel: `TCA_KIND`. */
  kind?: string | undefined;
  /** The kind's own options. Kernel: `TCA_OPTIONS`. */
  options?: TcFilterOptionsByKind[keyof TcFilterOptionsByKind] | UnknownOptions | undefined;
  /** Have the rate estimated. Kernel: `TCA_RATE`. */
  estimator?: Estimator | undefined;
  /** The chain that the filter is in; 0 is where packets begin. Kernel: `TCA_CHAIN`. */
  chain?: number | undefined;
  /** What a dump tells. Kernel: `TCA_DUMP_FLAGS`. */
  dump?: string[] | number | undefined;
}

/** A filter: what becomes of which packets (tc(8)). As told by the kernel. */
export interface TcFilter {
  /** The link; left out for filters of a shared block. Kernel: `tcm_ifindex`. */
  link?: string | number;
  /** Index of `link`. */
  readonly linkIndex?: number;
  /** Handle; what it means depends on the kind. Kernel: `tcm_handle`. */
  handle?: number;
  /** The qdisc or class whose packets are looked at, 'ingress' or 'egress' of a clsact qdisc. Kernel: `tcm_parent`. */
  parent?: string;
  /** Protocol of the packets, such as 'ip'. Kernel: `TC_H_MIN(tcm_info)`. */
  protocol?: 'all' | 'ip' | 'ipv6' | 'arp' | '802.1Q' | '802.1ad' | 'mpls_uc' | 'mpls_mc' | 'ppp_disc' | 'ppp_ses' | 'LLDP' | 'cfm' | number;
  /** Priority: filters with lower numbers are tried first. Kernel: `TC_H_MAJ(tcm_info)`. */
  prio?: number;
  /** Kind of the filter, such as 'u32'. (at most 15 bytes) Kernel: `TCA_KIND`. */
  kind?: string;
  /** The kind's own options. Kernel: `TCA_OPTIONS`. */
  options?: TcFilterOptionsByKind[keyof TcFilterOptionsByKind] | UnknownOptions;
  /** The chain that the filter is in; 0 is where packets begin. Kernel: `TCA_CHAIN`. */
  chain?: number;
  /** The kernel's warning about the filter. (at most 255 bytes) Kernel: `TCA_EXT_WARN_MSG`. */
  readonly warning?: string;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Actions, which filters may share. As given by the caller. */
export interface TcActionsSpec {
  /** The actions. Kernel: `TCA_ACT_TAB`. */
  actions?: TcActionEntry[] | undefined;
  /** How they are told. Kernel: `TCA_ROOT_FLAGS`. */
  flags?: ('largeDump' | 'terse' | (string & {}))[] | number | undefined;
  /** Only actions used in the last so many milliseconds. Kernel: `TCA_ROOT_TIME_DELTA`. */
  since?: number | undefined;
}

/** Actions, which filters may share. As told by the kernel. */
export interface TcActions {
  /** The actions. Kernel: `TCA_ACT_TAB`. */
  actions?: TcActionEntry[];
  /** How many actions the message has. Kernel: `TCA_ROOT_COUNT`. */
  readonly count?: number;
  /** The kernel's warning. (at most 255 bytes) Kernel: `TCA_ROOT_EXT_WARN_MSG`. */
  readonly warning?: string;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A change of a bridge's multicast groups. As given by the caller. */
export interface MdbChangeSpec {
  /** The bridge, or a VXLAN that has a database of its own. Kernel: `ifindex`. */
  link?: string | number | null | undefined;
  /** The port that the group's packets go to; the bridge itself for hosts. Kernel: `ifindex`. */
  port?: string | number | null | undefined;
  /** Whether it is forgotten after some time. Kernel: `state`. */
  state?: 'temporary' | 'permanent' | number | undefined;
  /** What is known of it. Kernel: `flags`. */
  flags?: ('offload' | 'fastLeave' | 'starExcl' | 'blocked' | 'addedByStar' | 'offloadFailed' | (string & {}))[] | number | undefined;
  /** VLAN; 0: none. (0 to 4095) Kernel: `vid`. */
  vid?: number | undefined;
  /** The group, where protocol is 'ip'. Kernel: `addr.u.ip4`. */
  groupIp?: string | undefined;
  /** The group, where protocol is 'ipv6'. Kernel: `addr.u.ip6`. */
  groupIpv6?: string | undefined;
  /** The group, where protocol is 'mac'. Kernel: `addr.u.mac_addr`. */
  groupMac?: string | undefined;
  /** What kind of address the group has. Kernel: `addr.proto`. */
  protocol?: 'mac' | 'ip' | 'ipv6' | number | undefined;
  /** Only packets of this source. Kernel: `MDBE_ATTR_SOURCE`. */
  source?: string | undefined;
  /** Whether sources are wanted. Kernel: `MDBE_ATTR_GROUP_MODE`. */
  filterMode?: 'exclude' | 'include' | number | undefined;
  /** Who makes the entry. Kernel: `MDBE_ATTR_RTPROT`. */
  routeProtocol?: 'unspec' | 'redirect' | 'kernel' | 'boot' | 'static' | 'gated' | 'ra' | 'mrt' | 'zebra' | 'bird' | 'dnrouted' | 'xorp' | 'ntk' | 'dhcp' | 'mrouted' | 'keepalived' | 'babel' | 'ovn' | 'openr' | 'bgp' | 'isis' | 'ospf' | 'rip' | 'eigrp' | number | undefined;
  /** Of a VXLAN: the remote end. Kernel: `MDBE_ATTR_DST`. */
  dst?: string | undefined;
  /** Of a VXLAN: the remote end's port. Kernel: `MDBE_ATTR_DST_PORT`. */
  dstPort?: number | undefined;
  /** Of a VXLAN: VNI to send with. Kernel: `MDBE_ATTR_VNI`. */
  vni?: number | undefined;
  /** Of a VXLAN: link to send by. Kernel: `MDBE_ATTR_IFINDEX`. */
  viaLink?: string | number | null | undefined;
  /** Of a VXLAN: VNI that the entry is for. Kernel: `MDBE_ATTR_SRC_VNI`. */
  srcVni?: number | undefined;
}

/** A change of a bridge's multicast groups. As told by the kernel. */
export interface MdbChange {
  /** The bridge, or a VXLAN that has a database of its own. Kernel: `ifindex`. */
  link?: string | number;
  /** Index of `link`. */
  readonly linkIndex?: number;
  /** The port that the group's packets go to; the bridge itself for hosts. Kernel: `ifindex`. */
  port?: string | number;
  /** Index of `port`. */
  readonly portIndex?: number;
  /** Whether it is forgotten after some time. Kernel: `state`. */
  state?: 'temporary' | 'permanent' | number;
  /** What is known of it. Kernel: `flags`. */
  flags?: ('offload' | 'fastLeave' | 'starExcl' | 'blocked' | 'addedByStar' | 'offloadFailed' | (string & {}))[];
  /** VLAN; 0: none. (0 to 4095) Kernel: `vid`. */
  vid?: number;
  /** The group, where protocol is 'ip'. Kernel: `addr.u.ip4`. */
  groupIp?: string;
  /** The group, where protocol is 'ipv6'. Kernel: `addr.u.ip6`. */
  groupIpv6?: string;
  /** The group, where protocol is 'mac'. Kernel: `addr.u.mac_addr`. */
  groupMac?: string;
  /** What kind of address the group has. Kernel: `addr.proto`. */
  protocol?: 'mac' | 'ip' | 'ipv6' | number;
  /** Only packets of this source. Kernel: `MDBE_ATTR_SOURCE`. */
  source?: string;
  /** Whether sources are wanted. Kernel: `MDBE_ATTR_GROUP_MODE`. */
  filterMode?: 'exclude' | 'include' | number;
  /** Who makes the entry. Kernel: `MDBE_ATTR_RTPROT`. */
  routeProtocol?: 'unspec' | 'redirect' | 'kernel' | 'boot' | 'static' | 'gated' | 'ra' | 'mrt' | 'zebra' | 'bird' | 'dnrouted' | 'xorp' | 'ntk' | 'dhcp' | 'mrouted' | 'keepalived' | 'babel' | 'ovn' | 'openr' | 'bgp' | 'isis' | 'ospf' | 'rip' | 'eigrp' | number;
  /** Of a VXLAN: the remote end. Kernel: `MDBE_ATTR_DST`. */
  dst?: string;
  /** Of a VXLAN: the remote end's port. Kernel: `MDBE_ATTR_DST_PORT`. */
  dstPort?: number;
  /** Of a VXLAN: VNI to send with. Kernel: `MDBE_ATTR_VNI`. */
  vni?: number;
  /** Of a VXLAN: link to send by. Kernel: `MDBE_ATTR_IFINDEX`. */
  viaLink?: string | number;
  /** Index of `viaLink`. */
  readonly viaLinkIndex?: number;
  /** Of a VXLAN: VNI that the entry is for. Kernel: `MDBE_ATTR_SRC_VNI`. */
  srcVni?: number;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Multicast groups of a bridge. As given by the caller. */
export interface MdbSpec {
  /** The bridge, or a VXLAN that has a database of its own. Kernel: `ifindex`. */
  link?: string | number | null | undefined;
}

/** Multicast groups of a bridge. As told by the kernel. */
export interface Mdb {
  /** The bridge, or a VXLAN that has a database of its own. Kernel: `ifindex`. */
  link?: string | number;
  /** Index of `link`. */
  readonly linkIndex?: number;
  /** Groups and their ports. Kernel: `MDBA_MDB`. */
  readonly entries?: MdbEntry[][];
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Where the packets of a multicast group go. As given by the caller. */
export interface MdbEntrySpec {
  /** The port that the group's packets go to; the bridge itself for hosts. Kernel: `ifindex`. */
  port?: string | number | null | undefined;
  /** Whether it is forgotten after some time. Kernel: `state`. */
  state?: 'temporary' | 'permanent' | number | undefined;
  /** What is known of it. Kernel: `flags`. */
  flags?: ('offload' | 'fastLeave' | 'starExcl' | 'blocked' | 'addedByStar' | 'offloadFailed' | (string & {}))[] | number | undefined;
  /** VLAN; 0: none. (0 to 4095) Kernel: `vid`. */
  vid?: number | undefined;
  /** The group, where protocol is 'ip'. Kernel: `addr.u.ip4`. */
  groupIp?: string | undefined;
  /** The group, where protocol is 'ipv6'. Kernel: `addr.u.ip6`. */
  groupIpv6?: string | undefined;
  /** The group, where protocol is 'mac'. Kernel: `addr.u.mac_addr`. */
  groupMac?: string | undefined;
  /** What kind of address the group has. Kernel: `addr.proto`. */
  protocol?: 'mac' | 'ip' | 'ipv6' | number | undefined;
  /** Milliseconds until it is forgotten. Kernel: `MDBA_MDB_EATTR_TIMER`. */
  timer?: number | undefined;
  /** Sources that listeners want, or do not. Kernel: `MDBA_MDB_EATTR_SRC_LIST`. */
  sources?: MdbSource[] | undefined;
  /** Whether sources are wanted. Kernel: `MDBA_MDB_EATTR_GROUP_MODE`. */
  filterMode?: 'exclude' | 'include' | number | undefined;
  /** Only packets of this source. Kernel: `MDBA_MDB_EATTR_SOURCE`. */
  source?: string | undefined;
  /** Who made the entry. Kernel: `MDBA_MDB_EATTR_RTPROT`. */
  routeProtocol?: 'unspec' | 'redirect' | 'kernel' | 'boot' | 'static' | 'gated' | 'ra' | 'mrt' | 'zebra' | 'bird' | 'dnrouted' | 'xorp' | 'ntk' | 'dhcp' | 'mrouted' | 'keepalived' | 'babel' | 'ovn' | 'openr' | 'bgp' | 'isis' | 'ospf' | 'rip' | 'eigrp' | number | undefined;
  /** Of a VXLAN: the remote end. Kernel: `MDBA_MDB_EATTR_DST`. */
  dst?: string | undefined;
  /** Of a VXLAN: the remote end's port. Kernel: `MDBA_MDB_EATTR_DST_PORT`. */
  dstPort?: number | undefined;
  /** Of a VXLAN: VNI to send with. Kernel: `MDBA_MDB_EATTR_VNI`. */
  vni?: number | undefined;
  /** Of a VXLAN: link to send by. Kernel: `MDBA_MDB_EATTR_IFINDEX`. */
  viaLink?: string | number | null | undefined;
  /** Of a VXLAN: VNI that the entry is for. Kernel: `MDBA_MDB_EATTR_SRC_VNI`. */
  srcVni?: number | undefined;
}

/** Where the packets of a multicast group go. As told by the kernel. */
export interface MdbEntry {
  /** The port that the group's packets go to; the bridge itself for hosts. Kernel: `ifindex`. */
  port?: string | number;
  /** Index of `port`. */
  readonly portIndex?: number;
  /** Whether it is forgotten after some time. Kernel: `state`. */
  state?: 'temporary' | 'permanent' | number;
  /** What is known of it. Kernel: `flags`. */
  flags?: ('offload' | 'fastLeave' | 'starExcl' | 'blocked' | 'addedByStar' | 'offloadFailed' | (string & {}))[];
  /** VLAN; 0: none. (0 to 4095) Kernel: `vid`. */
  vid?: number;
  /** The group, where protocol is 'ip'. Kernel: `addr.u.ip4`. */
  groupIp?: string;
  /** The group, where protocol is 'ipv6'. Kernel: `addr.u.ip6`. */
  groupIpv6?: string;
  /** The group, where protocol is 'mac'. Kernel: `addr.u.mac_addr`. */
  groupMac?: string;
  /** What kind of address the group has. Kernel: `addr.proto`. */
  protocol?: 'mac' | 'ip' | 'ipv6' | number;
  /** Milliseconds until it is forgotten. Kernel: `MDBA_MDB_EATTR_TIMER`. */
  timer?: number;
  /** Sources that listeners want, or do not. Kernel: `MDBA_MDB_EATTR_SRC_LIST`. */
  sources?: MdbSource[];
  /** Whether sources are wanted. Kernel: `MDBA_MDB_EATTR_GROUP_MODE`. */
  filterMode?: 'exclude' | 'include' | number;
  /** Only packets of this source. Kernel: `MDBA_MDB_EATTR_SOURCE`. */
  source?: string;
  /** Who made the entry. Kernel: `MDBA_MDB_EATTR_RTPROT`. */
  routeProtocol?: 'unspec' | 'redirect' | 'kernel' | 'boot' | 'static' | 'gated' | 'ra' | 'mrt' | 'zebra' | 'bird' | 'dnrouted' | 'xorp' | 'ntk' | 'dhcp' | 'mrouted' | 'keepalived' | 'babel' | 'ovn' | 'openr' | 'bgp' | 'isis' | 'ospf' | 'rip' | 'eigrp' | number;
  /** Of a VXLAN: the remote end. Kernel: `MDBA_MDB_EATTR_DST`. */
  dst?: string;
  /** Of a VXLAN: the remote end's port. Kernel: `MDBA_MDB_EATTR_DST_PORT`. */
  dstPort?: number;
  /** Of a VXLAN: VNI to send with. Kernel: `MDBA_MDB_EATTR_VNI`. */
  vni?: number;
  /** Of a VXLAN: link to send by. Kernel: `MDBA_MDB_EATTR_IFINDEX`. */
  viaLink?: string | number;
  /** Index of `viaLink`. */
  readonly viaLinkIndex?: number;
  /** Of a VXLAN: VNI that the entry is for. Kernel: `MDBA_MDB_EATTR_SRC_VNI`. */
  srcVni?: number;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** The id by which a network namespace calls another one. As given by the caller. */
export interface NetnsIdSpec {
  /** The id; -1: none, or, given, one that the kernel chooses. (-1 to 2147483647) Kernel: `NETNSA_NSID`. */
  id?: number | undefined;
  /** A process in the namespace. Kernel: `NETNSA_PID`. */
  pid?: number | undefined;
  /** The namespace. Kernel: `NETNSA_FD`. */
  netns?: NetnsRef | undefined;
  /** Id of the namespace that is asked instead of the socket's own. Kernel: `NETNSA_TARGET_NSID`. */
  targetNetnsId?: number | undefined;
}

/** The id by which a network namespace calls another one. As told by the kernel. */
export interface NetnsId {
  /** The id; -1: none, or, given, one that the kernel chooses. (-1 to 2147483647) Kernel: `NETNSA_NSID`. */
  id?: number;
  /** What the socket's own namespace calls it, where another one was asked; -1: nothing. Kernel: `NETNSA_CURRENT_NSID`. */
  readonly currentNetnsId?: number;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A chain of filters, with the template that they must fit. As given by the caller. */
export interface TcChainSpec {
  /** The link; left out for filters of a shared block. Kernel: `tcm_ifindex`. */
  link?: string | number | null | undefined;
  /** -1 (TCM_IFINDEX_MAGIC_BLOCK): the filters of a shared block. Kernel: `tcm_ifindex`. */
  ifindex?: number | undefined;
  /** Handle; what it means depends on the kind. Kernel: `tcm_handle`. */
  handle?: number | undefined;
  /** The qdisc or class whose packets are looked at, 'ingress' or 'egress' of a clsact qdisc. Kernel: `tcm_parent`. */
  parent?: string | number | undefined;
  /** The shared block. Kernel: `tcm_block_index`. */
  block?: number | undefined;
  /** Protocol of the packets, such as 'ip'. Kernel: `TC_H_MIN(tcm_info)`. */
  protocol?: 'all' | 'ip' | 'ipv6' | 'arp' | '802.1Q' | '802.1ad' | 'mpls_uc' | 'mpls_mc' | 'ppp_disc' | 'ppp_ses' | 'LLDP' | 'cfm' | number | undefined;
  /** Priority: filters with lower numbers are tried first. Kernel: `TC_H_MAJ(tcm_info)`. */
  prio?: number | undefined;
  /** Kind of the filter, such as 'u32'. (at most 15 bytes) Kernel: `TCA_KIND`. */
  kind?: string | undefined;
  /** The kind's own options. Kernel: `TCA_OPTIONS`. */
  options?: TcChainOptionsByKind[keyof TcChainOptionsByKind] | UnknownOptions | undefined;
  /** Have the rate estimated. Kernel: `TCA_RATE`. */
  estimator?: Estimator | undefined;
  /** The chain that the filter is in; 0 is where packets begin. Kernel: `TCA_CHAIN`. */
  chain?: number | undefined;
  /** What a dump tells. Kernel: `TCA_DUMP_FLAGS`. */
  dump?: string[] | number | undefined;
}

/** A chain of filters, with the template that they must fit. As told by the kernel. */
export interface TcChain {
  /** The link; left out for filters of a shared block. Kernel: `tcm_ifindex`. */
  link?: string | number;
  /** Index of `link`. */
  readonly linkIndex?: number;
  /** Handle; what it means depends on the kind. Kernel: `tcm_handle`. */
  handle?: number;
  /** The qdisc or class whose packets are looked at, 'ingress' or 'egress' of a clsact qdisc. Kernel: `tcm_parent`. */
  parent?: string;
  /** Protocol of the packets, such as 'ip'. Kernel: `TC_H_MIN(tcm_info)`. */
  protocol?: 'all' | 'ip' | 'ipv6' | 'arp' | '802.1Q' | '802.1ad' | 'mpls_uc' | 'mpls_mc' | 'ppp_disc' | 'ppp_ses' | 'LLDP' | 'cfm' | number;
  /** Priority: filters with lower numbers are tried first. Kernel: `TC_H_MAJ(tcm_info)`. */
  prio?: number;
  /** Kind of the filter, such as 'u32'. (at most 15 bytes) Kernel: `TCA_KIND`. */
  kind?: string;
  /** The kind's own options. Kernel: `TCA_OPTIONS`. */
  options?: TcChainOptionsByKind[keyof TcChainOptionsByKind] | UnknownOptions;
  /** The chain that the filter is in; 0 is where packets begin. Kernel: `TCA_CHAIN`. */
  chain?: number;
  /** The kernel's warning about the filter. (at most 255 bytes) Kernel: `TCA_EXT_WARN_MSG`. */
  readonly warning?: string;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A next hop, or a group of them, that routes refer to by its id. As given by the caller. */
export interface NexthopSpec {
  /** Address family; 'unspec' for a group. Kernel: `nh_family`. */
  family?: 'unspec' | 'inet' | 'bridge' | 'inet6' | 'link' | 'mpls' | 'ipmr' | 'ip6mr' | number | undefined;
  /** Who made it. Kernel: `nh_protocol`. */
  protocol?: 'unspec' | 'redirect' | 'kernel' | 'boot' | 'static' | 'gated' | 'ra' | 'mrt' | 'zebra' | 'bird' | 'dnrouted' | 'xorp' | 'ntk' | 'dhcp' | 'mrouted' | 'keepalived' | 'babel' | 'ovn' | 'openr' | 'bgp' | 'isis' | 'ospf' | 'rip' | 'eigrp' | number | undefined;
  /** State and options. Kernel: `nh_flags`. */
  flags?: ('dead' | 'pervasive' | 'onlink' | 'offload' | 'linkdown' | 'unresolved' | 'trap' | (string & {}))[] | number | undefined;
  /** Id of the nexthop; chosen by the kernel if left out. Kernel: `NHA_ID`. */
  id?: number | undefined;
  /** Members of a group. Kernel: `NHA_GROUP`. */
  group?: NexthopGroupMember[] | undefined;
  /** Kind of the group. Kernel: `NHA_GROUP_TYPE`. */
  type?: 'mpath' | 'resilient' | number | undefined;
  /** Packets are dropped. Kernel: `NHA_BLACKHOLE`. */
  blackhole?: boolean | undefined;
  /** Outgoing link (dev). Kernel: `NHA_OIF`. */
  link?: string | number | null | undefined;
  /** Address of the next hop (via). Kernel: `NHA_GATEWAY`. */
  gateway?: string | undefined;
  /** Kind of the lightweight tunnel. Kernel: `NHA_ENCAP_TYPE`. */
  encapType?: 'none' | 'mpls' | 'ip' | 'ila' | 'ip6' | 'seg6' | 'bpf' | 'seg6local' | 'rpl' | 'ioam6' | 'xfrm' | number | undefined;
  /** The lightweight tunnel's parameters. Kernel: `NHA_ENCAP`. */
  encap?: NexthopEncapByEncapType[keyof NexthopEncapByEncapType] | UnknownOptions | undefined;
  /** Filters a dump: groups only. Kernel: `NHA_GROUPS`. */
  groups?: boolean | undefined;
  /** Filters a dump: those on links of this master. Kernel: `NHA_MASTER`. */
  master?: string | number | null | undefined;
  /** For forwarding entries of a VXLAN: a remote end, not a route's next hop. Kernel: `NHA_FDB`. */
  fdb?: boolean | undefined;
  /** Parameters of a resilient group. Kernel: `NHA_RES_GROUP`. */
  resGroup?: NexthopResGroup | undefined;
  /** What a dump tells besides. Kernel: `NHA_OP_FLAGS`. */
  dump?: ('stats' | 'hwStats' | (string & {}))[] | number | undefined;
  /** Whether hardware is to count packets. Kernel: `NHA_HW_STATS_ENABLE`. */
  hwStats?: 'off' | 'on' | number | undefined;
  /** UDP destination port of a remote end. (1 to 65535) Kernel: `NHA_DST_PORT`. */
  dstPort?: number | undefined;
}

/** A next hop, or a group of them, that routes refer to by its id. As told by the kernel. */
export interface Nexthop {
  /** Address family; 'unspec' for a group. Kernel: `nh_family`. */
  family?: 'unspec' | 'inet' | 'bridge' | 'inet6' | 'link' | 'mpls' | 'ipmr' | 'ip6mr' | number;
  /** How far the next hop is. Kernel: `nh_scope`. */
  readonly scope?: 'global' | 'site' | 'link' | 'host' | 'nowhere' | number;
  /** Who made it. Kernel: `nh_protocol`. */
  protocol?: 'unspec' | 'redirect' | 'kernel' | 'boot' | 'static' | 'gated' | 'ra' | 'mrt' | 'zebra' | 'bird' | 'dnrouted' | 'xorp' | 'ntk' | 'dhcp' | 'mrouted' | 'keepalived' | 'babel' | 'ovn' | 'openr' | 'bgp' | 'isis' | 'ospf' | 'rip' | 'eigrp' | number;
  /** State and options. Kernel: `nh_flags`. */
  flags?: ('dead' | 'pervasive' | 'onlink' | 'offload' | 'linkdown' | 'unresolved' | 'trap' | (string & {}))[];
  /** Id of the nexthop; chosen by the kernel if left out. Kernel: `NHA_ID`. */
  id?: number;
  /** Members of a group. Kernel: `NHA_GROUP`. */
  group?: NexthopGroupMember[];
  /** Kind of the group. Kernel: `NHA_GROUP_TYPE`. */
  type?: 'mpath' | 'resilient' | number;
  /** Packets are dropped. Kernel: `NHA_BLACKHOLE`. */
  blackhole?: boolean;
  /** Outgoing link (dev). Kernel: `NHA_OIF`. */
  link?: string | number;
  /** Index of `link`. */
  readonly linkIndex?: number;
  /** Address of the next hop (via). Kernel: `NHA_GATEWAY`. */
  gateway?: string;
  /** Kind of the lightweight tunnel. Kernel: `NHA_ENCAP_TYPE`. */
  encapType?: 'none' | 'mpls' | 'ip' | 'ila' | 'ip6' | 'seg6' | 'bpf' | 'seg6local' | 'rpl' | 'ioam6' | 'xfrm' | number;
  /** The lightweight tunnel's parameters. Kernel: `NHA_ENCAP`. */
  encap?: NexthopEncapByEncapType[keyof NexthopEncapByEncapType] | UnknownOptions;
  /** For forwarding entries of a VXLAN: a remote end, not a route's next hop. Kernel: `NHA_FDB`. */
  fdb?: boolean;
  /** Parameters of a resilient group. Kernel: `NHA_RES_GROUP`. */
  resGroup?: NexthopResGroup;
  /** Counters of a group's members. Kernel: `NHA_GROUP_STATS`. */
  readonly groupStats?: NexthopGroupStats[];
  /** Whether hardware is to count packets. Kernel: `NHA_HW_STATS_ENABLE`. */
  hwStats?: 'off' | 'on' | number;
  /** Whether hardware does count. Kernel: `NHA_HW_STATS_USED`. */
  readonly hwStatsUsed?: 'off' | 'on' | number;
  /** UDP destination port of a remote end. (1 to 65535) Kernel: `NHA_DST_PORT`. */
  dstPort?: number;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A bucket of a resilient group of nexthops. As given by the caller. */
export interface NexthopBucketSpec {
  /** Address family; 'unspec' for a group. Kernel: `nh_family`. */
  family?: 'unspec' | 'inet' | 'bridge' | 'inet6' | 'link' | 'mpls' | 'ipmr' | 'ip6mr' | number | undefined;
  /** Who made it. Kernel: `nh_protocol`. */
  protocol?: 'unspec' | 'redirect' | 'kernel' | 'boot' | 'static' | 'gated' | 'ra' | 'mrt' | 'zebra' | 'bird' | 'dnrouted' | 'xorp' | 'ntk' | 'dhcp' | 'mrouted' | 'keepalived' | 'babel' | 'ovn' | 'openr' | 'bgp' | 'isis' | 'ospf' | 'rip' | 'eigrp' | number | undefined;
  /** State and options. Kernel: `nh_flags`. */
  flags?: ('dead' | 'pervasive' | 'onlink' | 'offload' | 'linkdown' | 'unresolved' | 'trap' | (string & {}))[] | number | undefined;
  /** Id of the group. Kernel: `NHA_ID`. */
  id?: number | undefined;
  /** Filters a dump: buckets whose next hop goes out of this link. Kernel: `NHA_OIF`. */
  link?: string | number | null | undefined;
  /** Filters a dump: those on links of this master. Kernel: `NHA_MASTER`. */
  master?: string | number | null | undefined;
  /** Index of the bucket. Kernel: `NHA_RES_BUCKET_INDEX`. */
  index?: number | undefined;
  /** Id of its next hop. Kernel: `NHA_RES_BUCKET_NH_ID`. */
  nhid?: number | undefined;
}

/** A bucket of a resilient group of nexthops. As told by the kernel. */
export interface NexthopBucket {
  /** Address family; 'unspec' for a group. Kernel: `nh_family`. */
  family?: 'unspec' | 'inet' | 'bridge' | 'inet6' | 'link' | 'mpls' | 'ipmr' | 'ip6mr' | number;
  /** How far the next hop is. Kernel: `nh_scope`. */
  readonly scope?: 'global' | 'site' | 'link' | 'host' | 'nowhere' | number;
  /** Who made it. Kernel: `nh_protocol`. */
  protocol?: 'unspec' | 'redirect' | 'kernel' | 'boot' | 'static' | 'gated' | 'ra' | 'mrt' | 'zebra' | 'bird' | 'dnrouted' | 'xorp' | 'ntk' | 'dhcp' | 'mrouted' | 'keepalived' | 'babel' | 'ovn' | 'openr' | 'bgp' | 'isis' | 'ospf' | 'rip' | 'eigrp' | number;
  /** State and options. Kernel: `nh_flags`. */
  flags?: ('dead' | 'pervasive' | 'onlink' | 'offload' | 'linkdown' | 'unresolved' | 'trap' | (string & {}))[];
  /** Id of the group. Kernel: `NHA_ID`. */
  id?: number;
  /** Index of the bucket. Kernel: `NHA_RES_BUCKET_INDEX`. */
  index?: number;
  /** Milliseconds since its last use. Kernel: `NHA_RES_BUCKET_IDLE_TIME`. */
  readonly idleTime?: number;
  /** Id of its next hop. Kernel: `NHA_RES_BUCKET_NH_ID`. */
  nhid?: number;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** VLANs of a port or bridge. As given by the caller. */
export interface BridgeVlansSpec {
  /** The port, or the bridge itself. Kernel: `ifindex`. */
  link?: string | number | null | undefined;
  /** VLANs. Kernel: `BRIDGE_VLANDB_ENTRY`. */
  entries?: BridgeVlanEntry[] | undefined;
}

/** VLANs of a port or bridge. As told by the kernel. */
export interface BridgeVlans {
  /** The port, or the bridge itself. Kernel: `ifindex`. */
  link?: string | number;
  /** Index of `link`. */
  readonly linkIndex?: number;
  /** VLANs. Kernel: `BRIDGE_VLANDB_ENTRY`. */
  entries?: BridgeVlanEntry[];
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** VNIs that a VXLAN takes packets of. As given by the caller. */
export interface VxlanVnisSpec {
  /** What a dump tells besides. Kernel: `flags`. */
  dump?: ('stats' | 'global' | (string & {}))[] | number | undefined;
  /** The VXLAN. Kernel: `ifindex`. */
  link?: string | number | null | undefined;
  /** VNIs. Kernel: `VXLAN_VNIFILTER_ENTRY`. */
  entries?: VxlanVniEntry[] | undefined;
}

/** VNIs that a VXLAN takes packets of. As told by the kernel. */
export interface VxlanVnis {
  /** The VXLAN. Kernel: `ifindex`. */
  link?: string | number;
  /** Index of `link`. */
  readonly linkIndex?: number;
  /** VNIs. Kernel: `VXLAN_VNIFILTER_ENTRY`. */
  entries?: VxlanVniEntry[];
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A table of nftables. As given by the caller. */
export interface NfTableSpec {
  /** Protocol family. Kernel: `nfgen_family`. */
  family?: 'unspec' | 'inet' | 'ip' | 'arp' | 'netdev' | 'bridge' | 'ip6' | number | undefined;
  /** Name. (at most 255 bytes) Kernel: `NFTA_TABLE_NAME`. */
  name?: string | undefined;
  /** Options. Kernel: `NFTA_TABLE_FLAGS`. */
  flags?: ('dormant' | 'owner' | 'persist' | (string & {}))[] | number | undefined;
  /** The kernel's number of it. Kernel: `NFTA_TABLE_HANDLE`. */
  handle?: bigint | number | undefined;
  /** What nft keeps there: a comment. Kernel: `NFTA_TABLE_USERDATA`. */
  userdata?: Uint8Array | undefined;
}

/** A table of nftables. As told by the kernel. */
export interface NfTable {
  /** Protocol family. Kernel: `nfgen_family`. */
  family?: 'unspec' | 'inet' | 'ip' | 'arp' | 'netdev' | 'bridge' | 'ip6' | number;
  /** Of nftables: the generation's lowest 16 bits, when the message was made. Kernel: `res_id`. */
  readonly resId?: number;
  /** Name. (at most 255 bytes) Kernel: `NFTA_TABLE_NAME`. */
  name?: string;
  /** Options. Kernel: `NFTA_TABLE_FLAGS`. */
  flags?: ('dormant' | 'owner' | 'persist' | (string & {}))[];
  /** How much is in it: chains, sets, objects and flowtables. Kernel: `NFTA_TABLE_USE`. */
  readonly use?: number;
  /** The kernel's number of it. Kernel: `NFTA_TABLE_HANDLE`. */
  handle?: bigint;
  /** What nft keeps there: a comment. Kernel: `NFTA_TABLE_USERDATA`. */
  userdata?: Uint8Array;
  /** Netlink port of the socket that owns it. Kernel: `NFTA_TABLE_OWNER`. */
  readonly owner?: number;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A chain of nftables. As given by the caller. */
export interface NfChainSpec {
  /** Protocol family. Kernel: `nfgen_family`. */
  family?: 'unspec' | 'inet' | 'ip' | 'arp' | 'netdev' | 'bridge' | 'ip6' | number | undefined;
  /** Name of the table. (at most 255 bytes) Kernel: `NFTA_CHAIN_TABLE`. */
  table?: string | undefined;
  /** The kernel's number of it. Kernel: `NFTA_CHAIN_HANDLE`. */
  handle?: bigint | number | undefined;
  /** Name. (at most 255 bytes) Kernel: `NFTA_CHAIN_NAME`. */
  name?: string | undefined;
  /** Of a base chain: where it is hooked in. Kernel: `NFTA_CHAIN_HOOK`. */
  hook?: NfHook | undefined;
  /** Of a base chain: the verdict at its end. Kernel: `NFTA_CHAIN_POLICY`. */
  policy?: 'drop' | 'accept' | number | undefined;
  /** Of a base chain: filter, nat or route. (at most 31 bytes) Kernel: `NFTA_CHAIN_TYPE`. */
  type?: string | undefined;
  /** What met the policy. Kernel: `NFTA_CHAIN_COUNTERS`. */
  counters?: NfCounter | undefined;
  /** Options. Kernel: `NFTA_CHAIN_FLAGS`. */
  flags?: ('base' | 'hwOffload' | 'binding' | (string & {}))[] | number | undefined;
  /** Number by which the transaction refers to it. Kernel: `NFTA_CHAIN_ID`. */
  id?: number | undefined;
  /** What nft keeps there: a comment. Kernel: `NFTA_CHAIN_USERDATA`. */
  userdata?: Uint8Array | undefined;
}

/** A chain of nftables. As told by the kernel. */
export interface NfChain {
  /** Protocol family. Kernel: `nfgen_family`. */
  family?: 'unspec' | 'inet' | 'ip' | 'arp' | 'netdev' | 'bridge' | 'ip6' | number;
  /** Of nftables: the generation's lowest 16 bits, when the message was made. Kernel: `res_id`. */
  readonly resId?: number;
  /** Name of the table. (at most 255 bytes) Kernel: `NFTA_CHAIN_TABLE`. */
  table?: string;
  /** The kernel's number of it. Kernel: `NFTA_CHAIN_HANDLE`. */
  handle?: bigint;
  /** Name. (at most 255 bytes) Kernel: `NFTA_CHAIN_NAME`. */
  name?: string;
  /** Of a base chain: where it is hooked in. Kernel: `NFTA_CHAIN_HOOK`. */
  hook?: NfHook;
  /** Of a base chain: the verdict at its end. Kernel: `NFTA_CHAIN_POLICY`. */
  policy?: 'drop' | 'accept' | number;
  /** How many rules are in it and refer to it. Kernel: `NFTA_CHAIN_USE`. */
  readonly use?: number;
  /** Of a base chain: filter, nat or route. (at most 31 bytes) Kernel: `NFTA_CHAIN_TYPE`. */
  type?: string;
  /** What met the policy. Kernel: `NFTA_CHAIN_COUNTERS`. */
  counters?: NfCounter;
  /** Options. Kernel: `NFTA_CHAIN_FLAGS`. */
  flags?: ('base' | 'hwOffload' | 'binding' | (string & {}))[];
  /** Number by which the transaction refers to it. Kernel: `NFTA_CHAIN_ID`. */
  id?: number;
  /** What nft keeps there: a comment. Kernel: `NFTA_CHAIN_USERDATA`. */
  userdata?: Uint8Array;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A rule of nftables. As given by the caller. */
export interface NfRuleSpec {
  /** Protocol family. Kernel: `nfgen_family`. */
  family?: 'unspec' | 'inet' | 'ip' | 'arp' | 'netdev' | 'bridge' | 'ip6' | number | undefined;
  /** Name of the table. (at most 255 bytes) Kernel: `NFTA_RULE_TABLE`. */
  table?: string | undefined;
  /** Name of the chain. (at most 255 bytes) Kernel: `NFTA_RULE_CHAIN`. */
  chain?: string | undefined;
  /** The kernel's number of it. Kernel: `NFTA_RULE_HANDLE`. */
  handle?: bigint | number | undefined;
  /** What it consists of. Kernel: `NFTA_RULE_EXPRESSIONS`. */
  expressions?: NfExpression[] | undefined;
  /** For extensions of iptables. Kernel: `NFTA_RULE_COMPAT`. */
  compat?: NfRuleCompat | undefined;
  /** Handle of the rule that it comes after, or before when inserted. Kernel: `NFTA_RULE_POSITION`. */
  position?: bigint | number | undefined;
  /** What nft keeps there: a comment. Kernel: `NFTA_RULE_USERDATA`. */
  userdata?: Uint8Array | undefined;
  /** Number by which the transaction refers to it. Kernel: `NFTA_RULE_ID`. */
  id?: number | undefined;
  /** As `position`, by the other rule's id. Kernel: `NFTA_RULE_POSITION_ID`. */
  positionId?: number | undefined;
  /** The chain by the id that it has in the transaction. Kernel: `NFTA_RULE_CHAIN_ID`. */
  chainId?: number | undefined;
}

/** A rule of nftables. As told by the kernel. */
export interface NfRule {
  /** Protocol family. Kernel: `nfgen_family`. */
  family?: 'unspec' | 'inet' | 'ip' | 'arp' | 'netdev' | 'bridge' | 'ip6' | number;
  /** Of nftables: the generation's lowest 16 bits, when the message was made. Kernel: `res_id`. */
  readonly resId?: number;
  /** Name of the table. (at most 255 bytes) Kernel: `NFTA_RULE_TABLE`. */
  table?: string;
  /** Name of the chain. (at most 255 bytes) Kernel: `NFTA_RULE_CHAIN`. */
  chain?: string;
  /** The kernel's number of it. Kernel: `NFTA_RULE_HANDLE`. */
  handle?: bigint;
  /** What it consists of. Kernel: `NFTA_RULE_EXPRESSIONS`. */
  expressions?: NfExpression[];
  /** For extensions of iptables. Kernel: `NFTA_RULE_COMPAT`. */
  compat?: NfRuleCompat;
  /** Handle of the rule that it comes after, or before when inserted. Kernel: `NFTA_RULE_POSITION`. */
  position?: bigint;
  /** What nft keeps there: a comment. Kernel: `NFTA_RULE_USERDATA`. */
  userdata?: Uint8Array;
  /** Number by which the transaction refers to it. Kernel: `NFTA_RULE_ID`. */
  id?: number;
  /** As `position`, by the other rule's id. Kernel: `NFTA_RULE_POSITION_ID`. */
  positionId?: number;
  /** The chain by the id that it has in the transaction. Kernel: `NFTA_RULE_CHAIN_ID`. */
  chainId?: number;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A set or map of nftables. As given by the caller. */
export interface NfSetSpec {
  /** Protocol family. Kernel: `nfgen_family`. */
  family?: 'unspec' | 'inet' | 'ip' | 'arp' | 'netdev' | 'bridge' | 'ip6' | number | undefined;
  /** Name of the table. (at most 255 bytes) Kernel: `NFTA_SET_TABLE`. */
  table?: string | undefined;
  /** Name; '%d' in it becomes a number. (at most 255 bytes) Kernel: `NFTA_SET_NAME`. */
  name?: string | undefined;
  /** Options. Kernel: `NFTA_SET_FLAGS`. */
  flags?: ('anonymous' | 'constant' | 'interval' | 'map' | 'timeout' | 'eval' | 'object' | 'concat' | 'expr' | (string & {}))[] | number | undefined;
  /** Type of keys, which only programs understand. Kernel: `NFTA_SET_KEY_TYPE`. */
  keyType?: number | undefined;
  /** Length of a key in bytes. Kernel: `NFTA_SET_KEY_LEN`. */
  keyLen?: number | undefined;
  /** Of a map: type of data. Kernel: `NFTA_SET_DATA_TYPE`. */
  dataType?: 'verdict' | number | undefined;
  /** Of a map: length of data in bytes. Kernel: `NFTA_SET_DATA_LEN`. */
  dataLen?: number | undefined;
  /** What matters more. Kernel: `NFTA_SET_POLICY`. */
  policy?: 'performance' | 'memory' | number | undefined;
  /** Size and fields. Kernel: `NFTA_SET_DESC`. */
  desc?: NfSetDesc | undefined;
  /** Number by which the transaction refers to it. Kernel: `NFTA_SET_ID`. */
  id?: number | undefined;
  /** Milliseconds that elements live unless they say otherwise. Kernel: `NFTA_SET_TIMEOUT`. */
  timeout?: bigint | number | undefined;
  /** Milliseconds between collections of expired elements. Kernel: `NFTA_SET_GC_INTERVAL`. */
  gcInterval?: number | undefined;
  /** What nft keeps there: byte order, types, a comment. Kernel: `NFTA_SET_USERDATA`. */
  userdata?: Uint8Array | undefined;
  /** Of a map to objects: their kind. Kernel: `NFTA_SET_OBJ_TYPE`. */
  objType?: 'counter' | 'quota' | 'ctHelper' | 'limit' | 'connlimit' | 'tunnel' | 'ctTimeout' | 'secmark' | 'ctExpect' | 'synproxy' | number | undefined;
  /** The kernel's number of it. Kernel: `NFTA_SET_HANDLE`. */
  handle?: bigint | number | undefined;
  /** Expression of each element. Kernel: `NFTA_SET_EXPR`. */
  expr?: NfExpression | undefined;
  /** Expressions of each element, of two and more. Kernel: `NFTA_SET_EXPRESSIONS`. */
  expressions?: NfExpression[] | undefined;
}

/** A set or map of nftables. As told by the kernel. */
export interface NfSet {
  /** Protocol family. Kernel: `nfgen_family`. */
  family?: 'unspec' | 'inet' | 'ip' | 'arp' | 'netdev' | 'bridge' | 'ip6' | number;
  /** Of nftables: the generation's lowest 16 bits, when the message was made. Kernel: `res_id`. */
  readonly resId?: number;
  /** Name of the table. (at most 255 bytes) Kernel: `NFTA_SET_TABLE`. */
  table?: string;
  /** Name; '%d' in it becomes a number. (at most 255 bytes) Kernel: `NFTA_SET_NAME`. */
  name?: string;
  /** Options. Kernel: `NFTA_SET_FLAGS`. */
  flags?: ('anonymous' | 'constant' | 'interval' | 'map' | 'timeout' | 'eval' | 'object' | 'concat' | 'expr' | (string & {}))[];
  /** Type of keys, which only programs understand. Kernel: `NFTA_SET_KEY_TYPE`. */
  keyType?: number;
  /** Length of a key in bytes. Kernel: `NFTA_SET_KEY_LEN`. */
  keyLen?: number;
  /** Of a map: type of data. Kernel: `NFTA_SET_DATA_TYPE`. */
  dataType?: 'verdict' | number;
  /** Of a map: length of data in bytes. Kernel: `NFTA_SET_DATA_LEN`. */
  dataLen?: number;
  /** What matters more. Kernel: `NFTA_SET_POLICY`. */
  policy?: 'performance' | 'memory' | number;
  /** Size and fields. Kernel: `NFTA_SET_DESC`. */
  desc?: NfSetDesc;
  /** Number by which the transaction refers to it. Kernel: `NFTA_SET_ID`. */
  id?: number;
  /** Milliseconds that elements live unless they say otherwise. Kernel: `NFTA_SET_TIMEOUT`. */
  timeout?: bigint;
  /** Milliseconds between collections of expired elements. Kernel: `NFTA_SET_GC_INTERVAL`. */
  gcInterval?: number;
  /** What nft keeps there: byte order, types, a comment. Kernel: `NFTA_SET_USERDATA`. */
  userdata?: Uint8Array;
  /** Of a map to objects: their kind. Kernel: `NFTA_SET_OBJ_TYPE`. */
  objType?: 'counter' | 'quota' | 'ctHelper' | 'limit' | 'connlimit' | 'tunnel' | 'ctTimeout' | 'secmark' | 'ctExpect' | 'synproxy' | number;
  /** The kernel's number of it. Kernel: `NFTA_SET_HANDLE`. */
  handle?: bigint;
  /** Expression of each element. Kernel: `NFTA_SET_EXPR`. */
  expr?: NfExpression;
  /** Expressions of each element, of two and more. Kernel: `NFTA_SET_EXPRESSIONS`. */
  expressions?: NfExpression[];
  /** The kernel's name of the implementation. (at most 31 bytes) Kernel: `NFTA_SET_TYPE`. */
  readonly type?: string;
  /** How many elements it has. Kernel: `NFTA_SET_COUNT`. */
  readonly count?: number;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Elements of a set or map. As given by the caller. */
export interface NfElementsSpec {
  /** Protocol family. Kernel: `nfgen_family`. */
  family?: 'unspec' | 'inet' | 'ip' | 'arp' | 'netdev' | 'bridge' | 'ip6' | number | undefined;
  /** Name of the table. (at most 255 bytes) Kernel: `NFTA_SET_ELEM_LIST_TABLE`. */
  table?: string | undefined;
  /** Name of the set. (at most 255 bytes) Kernel: `NFTA_SET_ELEM_LIST_SET`. */
  set?: string | undefined;
  /** The elements. Kernel: `NFTA_SET_ELEM_LIST_ELEMENTS`. */
  elements?: NfElement[] | undefined;
  /** The set by the id that it has in the transaction. Kernel: `NFTA_SET_ELEM_LIST_SET_ID`. */
  setId?: number | undefined;
}

/** Elements of a set or map. As told by the kernel. */
export interface NfElements {
  /** Protocol family. Kernel: `nfgen_family`. */
  family?: 'unspec' | 'inet' | 'ip' | 'arp' | 'netdev' | 'bridge' | 'ip6' | number;
  /** Of nftables: the generation's lowest 16 bits, when the message was made. Kernel: `res_id`. */
  readonly resId?: number;
  /** Name of the table. (at most 255 bytes) Kernel: `NFTA_SET_ELEM_LIST_TABLE`. */
  table?: string;
  /** Name of the set. (at most 255 bytes) Kernel: `NFTA_SET_ELEM_LIST_SET`. */
  set?: string;
  /** The elements. Kernel: `NFTA_SET_ELEM_LIST_ELEMENTS`. */
  elements?: NfElement[];
  /** The set by the id that it has in the transaction. Kernel: `NFTA_SET_ELEM_LIST_SET_ID`. */
  setId?: number;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A stateful object of nftables. As given by the caller. */
export interface NfObjectSpec {
  /** Protocol family. Kernel: `nfgen_family`. */
  family?: 'unspec' | 'inet' | 'ip' | 'arp' | 'netdev' | 'bridge' | 'ip6' | number | undefined;
  /** Name of the table. (at most 255 bytes) Kernel: `NFTA_OBJ_TABLE`. */
  table?: string | undefined;
  /** Name. (at most 255 bytes) Kernel: `NFTA_OBJ_NAME`. */
  name?: string | undefined;
  /** Kind. Kernel: `NFTA_OBJ_TYPE`. */
  type?: 'counter' | 'quota' | 'ctHelper' | 'limit' | 'connlimit' | 'tunnel' | 'ctTimeout' | 'secmark' | 'ctExpect' | 'synproxy' | number | undefined;
  /** Parameters and state. Kernel: `NFTA_OBJ_DATA`. */
  data?: NfObjectDataByType[keyof NfObjectDataByType] | UnknownOptions | undefined;
  /** The kernel's number of it. Kernel: `NFTA_OBJ_HANDLE`. */
  handle?: bigint | number | undefined;
  /** What nft keeps there: a comment. Kernel: `NFTA_OBJ_USERDATA`. */
  userdata?: Uint8Array | undefined;
}

/** A stateful object of nftables. As told by the kernel. */
export interface NfObject {
  /** Protocol family. Kernel: `nfgen_family`. */
  family?: 'unspec' | 'inet' | 'ip' | 'arp' | 'netdev' | 'bridge' | 'ip6' | number;
  /** Of nftables: the generation's lowest 16 bits, when the message was made. Kernel: `res_id`. */
  readonly resId?: number;
  /** Name of the table. (at most 255 bytes) Kernel: `NFTA_OBJ_TABLE`. */
  table?: string;
  /** Name. (at most 255 bytes) Kernel: `NFTA_OBJ_NAME`. */
  name?: string;
  /** Kind. Kernel: `NFTA_OBJ_TYPE`. */
  type?: 'counter' | 'quota' | 'ctHelper' | 'limit' | 'connlimit' | 'tunnel' | 'ctTimeout' | 'secmark' | 'ctExpect' | 'synproxy' | number;
  /** Parameters and state. Kernel: `NFTA_OBJ_DATA`. */
  data?: NfObjectDataByType[keyof NfObjectDataByType] | UnknownOptions;
  /** How many refer to it. Kernel: `NFTA_OBJ_USE`. */
  readonly use?: number;
  /** The kernel's number of it. Kernel: `NFTA_OBJ_HANDLE`. */
  handle?: bigint;
  /** What nft keeps there: a comment. Kernel: `NFTA_OBJ_USERDATA`. */
  userdata?: Uint8Array;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A flowtable of nftables. As given by the caller. */
export interface NfFlowtableSpec {
  /** Protocol family. Kernel: `nfgen_family`. */
  family?: 'unspec' | 'inet' | 'ip' | 'arp' | 'netdev' | 'bridge' | 'ip6' | number | undefined;
  /** Name of the table. (at most 255 bytes) Kernel: `NFTA_FLOWTABLE_TABLE`. */
  table?: string | undefined;
  /** Name. (at most 255 bytes) Kernel: `NFTA_FLOWTABLE_NAME`. */
  name?: string | undefined;
  /** Where it is hooked in. Kernel: `NFTA_FLOWTABLE_HOOK`. */
  hook?: NfFlowtableHook | undefined;
  /** The kernel's number of it. Kernel: `NFTA_FLOWTABLE_HANDLE`. */
  handle?: bigint | number | undefined;
  /** Options. Kernel: `NFTA_FLOWTABLE_FLAGS`. */
  flags?: ('hwOffload' | 'counter' | (string & {}))[] | number | undefined;
}

/** A flowtable of nftables. As told by the kernel. */
export interface NfFlowtable {
  /** Protocol family. Kernel: `nfgen_family`. */
  family?: 'unspec' | 'inet' | 'ip' | 'arp' | 'netdev' | 'bridge' | 'ip6' | number;
  /** Of nftables: the generation's lowest 16 bits, when the message was made. Kernel: `res_id`. */
  readonly resId?: number;
  /** Name of the table. (at most 255 bytes) Kernel: `NFTA_FLOWTABLE_TABLE`. */
  table?: string;
  /** Name. (at most 255 bytes) Kernel: `NFTA_FLOWTABLE_NAME`. */
  name?: string;
  /** Where it is hooked in. Kernel: `NFTA_FLOWTABLE_HOOK`. */
  hook?: NfFlowtableHook;
  /** How many rules refer to it. Kernel: `NFTA_FLOWTABLE_USE`. */
  readonly use?: number;
  /** The kernel's number of it. Kernel: `NFTA_FLOWTABLE_HANDLE`. */
  handle?: bigint;
  /** Options. Kernel: `NFTA_FLOWTABLE_FLAGS`. */
  flags?: ('hwOffload' | 'counter' | (string & {}))[];
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** The ruleset's generation: it changes with each transaction. As given by the caller. */
export interface NfGenerationSpec {
  /** Protocol family. Kernel: `nfgen_family`. */
  family?: 'unspec' | 'inet' | 'ip' | 'arp' | 'netdev' | 'bridge' | 'ip6' | number | undefined;
}

/** The ruleset's generation: it changes with each transaction. As told by the kernel. */
export interface NfGeneration {
  /** Protocol family. Kernel: `nfgen_family`. */
  family?: 'unspec' | 'inet' | 'ip' | 'arp' | 'netdev' | 'bridge' | 'ip6' | number;
  /** Of nftables: the generation's lowest 16 bits, when the message was made. Kernel: `res_id`. */
  readonly resId?: number;
  /** Number of the generation. Kernel: `NFTA_GEN_ID`. */
  readonly id?: number;
  /** Id of the process that made it. Kernel: `NFTA_GEN_PROC_PID`. */
  readonly procPid?: number;
  /** Name of the process that made it. (at most 15 bytes) Kernel: `NFTA_GEN_PROC_NAME`. */
  readonly procName?: string;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A connection, as conntrack knows it. As given by the caller. */
export interface ConntrackEntrySpec {
  /** Protocol family; follows from addresses if left out. Kernel: `nfgen_family`. */
  family?: 'unspec' | 'inet' | 'ip' | 'arp' | 'netdev' | 'bridge' | 'ip6' | number | undefined;
  /** 1: an unfiltered delete is for the family only. Kernel: `version`. */
  version?: number | undefined;
  /** Packets from who began the connection, before translation. Kernel: `CTA_TUPLE_ORIG`. */
  original?: ConntrackTuple | undefined;
  /** Packets of the other direction, as they come in. Kernel: `CTA_TUPLE_REPLY`. */
  reply?: ConntrackTuple | undefined;
  /** Status of the entry. Kernel: `CTA_STATUS`. */
  status?: ('expected' | 'seenReply' | 'assured' | 'confirmed' | 'srcNat' | 'dstNat' | 'seqAdjust' | 'srcNatDone' | 'dstNatDone' | 'dying' | 'fixedTimeout' | 'template' | 'untracked' | 'helper' | 'offload' | 'hwOffload' | (string & {}))[] | number | undefined;
  /** What is known of the connection, by protocol. Kernel: `CTA_PROTOINFO`. */
  protoInfo?: ConntrackProtoInfo | undefined;
  /** The helper that looks into the connection. Kernel: `CTA_HELP`. */
  helper?: ConntrackHelper | undefined;
  /** For a new entry: what sources are translated to. Kernel: `CTA_NAT_SRC`. */
  natSrc?: ConntrackNat | undefined;
  /** Milliseconds (a multiple of 1000) until it is forgotten. Kernel: `CTA_TIMEOUT`. */
  timeout?: number | undefined;
  /** Mark of the connection. Kernel: `CTA_MARK`. */
  mark?: number | undefined;
  /** Id of the entry; given to delete one, it must be the same one. Kernel: `CTA_ID`. */
  id?: number | undefined;
  /** For a new entry: what destinations are translated to. Kernel: `CTA_NAT_DST`. */
  natDst?: ConntrackNat | undefined;
  /** Original direction of the connection that it belongs to. Kernel: `CTA_TUPLE_MASTER`. */
  master?: ConntrackTuple | undefined;
  /** Correction in the original direction. Kernel: `CTA_SEQ_ADJ_ORIG`. */
  originalSeqAdj?: ConntrackSeqAdj | undefined;
  /** Correction in the reply direction. Kernel: `CTA_SEQ_ADJ_REPLY`. */
  replySeqAdj?: ConntrackSeqAdj | undefined;
  /** Zone: entries of different zones may have the same tuples. Kernel: `CTA_ZONE`. */
  zone?: number | undefined;
  /** Bits of mark to change, or to compare. Kernel: `CTA_MARK_MASK`. */
  markMask?: number | undefined;
  /** Labels, 128 bits. Kernel: `CTA_LABELS`. */
  labels?: Uint8Array | undefined;
  /** Labels to change. Kernel: `CTA_LABELS_MASK`. */
  labelsMask?: Uint8Array | undefined;
  /** State of the SYN proxy. Kernel: `CTA_SYNPROXY`. */
  synproxy?: ConntrackSynproxy | undefined;
  /** Which members of tuples a dump compares. Kernel: `CTA_FILTER`. */
  filter?: ConntrackFilterFlags | undefined;
  /** Bits of status to compare. Kernel: `CTA_STATUS_MASK`. */
  statusMask?: ('expected' | 'seenReply' | 'assured' | 'confirmed' | 'srcNat' | 'dstNat' | 'seqAdjust' | 'srcNatDone' | 'dstNatDone' | 'dying' | 'fixedTimeout' | 'template' | 'untracked' | 'helper' | 'offload' | 'hwOffload' | (string & {}))[] | number | undefined;
}

/** A connection, as conntrack knows it. As told by the kernel. */
export interface ConntrackEntry {
  /** Protocol family; follows from addresses if left out. Kernel: `nfgen_family`. */
  family?: 'unspec' | 'inet' | 'ip' | 'arp' | 'netdev' | 'bridge' | 'ip6' | number;
  /** Packets from who began the connection, before translation. Kernel: `CTA_TUPLE_ORIG`. */
  original?: ConntrackTuple;
  /** Packets of the other direction, as they come in. Kernel: `CTA_TUPLE_REPLY`. */
  reply?: ConntrackTuple;
  /** Status of the entry. Kernel: `CTA_STATUS`. */
  status?: ('expected' | 'seenReply' | 'assured' | 'confirmed' | 'srcNat' | 'dstNat' | 'seqAdjust' | 'srcNatDone' | 'dstNatDone' | 'dying' | 'fixedTimeout' | 'template' | 'untracked' | 'helper' | 'offload' | 'hwOffload' | (string & {}))[];
  /** What is known of the connection, by protocol. Kernel: `CTA_PROTOINFO`. */
  protoInfo?: ConntrackProtoInfo;
  /** The helper that looks into the connection. Kernel: `CTA_HELP`. */
  helper?: ConntrackHelper;
  /** Milliseconds (a multiple of 1000) until it is forgotten. Kernel: `CTA_TIMEOUT`. */
  timeout?: number;
  /** Mark of the connection. Kernel: `CTA_MARK`. */
  mark?: number;
  /** Traffic of the original direction, where net.netfilter.nf_conntrack_acct is on. Kernel: `CTA_COUNTERS_ORIG`. */
  readonly originalCounters?: ConntrackCounters;
  /** Traffic of the reply direction. Kernel: `CTA_COUNTERS_REPLY`. */
  readonly replyCounters?: ConntrackCounters;
  /** References to the entry. Kernel: `CTA_USE`. */
  readonly use?: number;
  /** Id of the entry; given to delete one, it must be the same one. Kernel: `CTA_ID`. */
  id?: number;
  /** Original direction of the connection that it belongs to. Kernel: `CTA_TUPLE_MASTER`. */
  master?: ConntrackTuple;
  /** Correction in the original direction. Kernel: `CTA_SEQ_ADJ_ORIG`. */
  originalSeqAdj?: ConntrackSeqAdj;
  /** Correction in the reply direction. Kernel: `CTA_SEQ_ADJ_REPLY`. */
  replySeqAdj?: ConntrackSeqAdj;
  /** Zone: entries of different zones may have the same tuples. Kernel: `CTA_ZONE`. */
  zone?: number;
  /** The security module's label. Kernel: `CTA_SECCTX`. */
  readonly secctx?: ConntrackSecctx;
  /** When it began and ended, where net.netfilter.nf_conntrack_timestamp is on. Kernel: `CTA_TIMESTAMP`. */
  readonly timestamp?: ConntrackTimestamp;
  /** Labels, 128 bits. Kernel: `CTA_LABELS`. */
  labels?: Uint8Array;
  /** State of the SYN proxy. Kernel: `CTA_SYNPROXY`. */
  synproxy?: ConntrackSynproxy;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** What one CPU has counted. As given by the caller. */
export interface ConntrackCpuStatsSpec {
  /** The CPU that counted. Kernel: `res_id`. */
  cpu?: number | undefined;
  /** No longer counted. Kernel: `CTA_STATS_SEARCHED`. */
  searched?: number | undefined;
  /** Entries found. Kernel: `CTA_STATS_FOUND`. */
  found?: number | undefined;
  /** No longer counted. Kernel: `CTA_STATS_NEW`. */
  new?: number | undefined;
  /** Packets that could not be tracked. Kernel: `CTA_STATS_INVALID`. */
  invalid?: number | undefined;
  /** No longer counted. Kernel: `CTA_STATS_IGNORE`. */
  ignore?: number | undefined;
  /** No longer counted. Kernel: `CTA_STATS_DELETE`. */
  delete?: number | undefined;
  /** No longer counted. Kernel: `CTA_STATS_DELETE_LIST`. */
  deleteList?: number | undefined;
  /** Entries inserted. Kernel: `CTA_STATS_INSERT`. */
  insert?: number | undefined;
  /** Entries that were there already when inserted. Kernel: `CTA_STATS_INSERT_FAILED`. */
  insertFailed?: number | undefined;
  /** Packets dropped because no entry could be made. Kernel: `CTA_STATS_DROP`. */
  drop?: number | undefined;
  /** Entries dropped to make room. Kernel: `CTA_STATS_EARLY_DROP`. */
  earlyDrop?: number | undefined;
  /** Packets that were malformed. Kernel: `CTA_STATS_ERROR`. */
  error?: number | undefined;
  /** Searches begun anew as the table was resized. Kernel: `CTA_STATS_SEARCH_RESTART`. */
  searchRestart?: number | undefined;
  /** Clashes of new entries that could be resolved. Kernel: `CTA_STATS_CLASH_RESOLVE`. */
  clashResolve?: number | undefined;
  /** Packets dropped because a hash chain was too long. Kernel: `CTA_STATS_CHAIN_TOOLONG`. */
  chainTooLong?: number | undefined;
}

/** What one CPU has counted. As told by the kernel. */
export interface ConntrackCpuStats {
  /** The CPU that counted. Kernel: `res_id`. */
  cpu?: number;
  /** No longer counted. Kernel: `CTA_STATS_SEARCHED`. */
  searched?: number;
  /** Entries found. Kernel: `CTA_STATS_FOUND`. */
  found?: number;
  /** No longer counted. Kernel: `CTA_STATS_NEW`. */
  new?: number;
  /** Packets that could not be tracked. Kernel: `CTA_STATS_INVALID`. */
  invalid?: number;
  /** No longer counted. Kernel: `CTA_STATS_IGNORE`. */
  ignore?: number;
  /** No longer counted. Kernel: `CTA_STATS_DELETE`. */
  delete?: number;
  /** No longer counted. Kernel: `CTA_STATS_DELETE_LIST`. */
  deleteList?: number;
  /** Entries inserted. Kernel: `CTA_STATS_INSERT`. */
  insert?: number;
  /** Entries that were there already when inserted. Kernel: `CTA_STATS_INSERT_FAILED`. */
  insertFailed?: number;
  /** Packets dropped because no entry could be made. Kernel: `CTA_STATS_DROP`. */
  drop?: number;
  /** Entries dropped to make room. Kernel: `CTA_STATS_EARLY_DROP`. */
  earlyDrop?: number;
  /** Packets that were malformed. Kernel: `CTA_STATS_ERROR`. */
  error?: number;
  /** Searches begun anew as the table was resized. Kernel: `CTA_STATS_SEARCH_RESTART`. */
  searchRestart?: number;
  /** Clashes of new entries that could be resolved. Kernel: `CTA_STATS_CLASH_RESOLVE`. */
  clashResolve?: number;
  /** Packets dropped because a hash chain was too long. Kernel: `CTA_STATS_CHAIN_TOOLONG`. */
  chainTooLong?: number;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** How full the table is. As given by the caller. */
export interface ConntrackStatsSpec {
  /** Protocol family; follows from addresses if left out. Kernel: `nfgen_family`. */
  family?: 'unspec' | 'inet' | 'ip' | 'arp' | 'netdev' | 'bridge' | 'ip6' | number | undefined;
  /** 1: an unfiltered delete is for the family only. Kernel: `version`. */
  version?: number | undefined;
  /** Number of entries of the namespace. Kernel: `CTA_STATS_GLOBAL_ENTRIES`. */
  entries?: number | undefined;
  /** Most entries of a namespace. Kernel: `CTA_STATS_GLOBAL_MAX_ENTRIES`. */
  maxEntries?: number | undefined;
}

/** How full the table is. As told by the kernel. */
export interface ConntrackStats {
  /** Protocol family; follows from addresses if left out. Kernel: `nfgen_family`. */
  family?: 'unspec' | 'inet' | 'ip' | 'arp' | 'netdev' | 'bridge' | 'ip6' | number;
  /** Number of entries of the namespace. Kernel: `CTA_STATS_GLOBAL_ENTRIES`. */
  entries?: number;
  /** Most entries of a namespace. Kernel: `CTA_STATS_GLOBAL_MAX_ENTRIES`. */
  maxEntries?: number;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A connection that a helper expects. As given by the caller. */
export interface ConntrackExpectationSpec {
  /** Protocol family; follows from addresses if left out. Kernel: `nfgen_family`. */
  family?: 'unspec' | 'inet' | 'ip' | 'arp' | 'netdev' | 'bridge' | 'ip6' | number | undefined;
  /** 1: an unfiltered delete is for the family only. Kernel: `version`. */
  version?: number | undefined;
  /** Original direction of the connection that expects it. Kernel: `CTA_EXPECT_MASTER`. */
  master?: ConntrackTuple | undefined;
  /** What is expected. Kernel: `CTA_EXPECT_TUPLE`. */
  tuple?: ConntrackTuple | undefined;
  /** Which bits of tuple count. Kernel: `CTA_EXPECT_MASK`. */
  mask?: ConntrackTuple | undefined;
  /** Milliseconds (a multiple of 1000) it is expected for. Kernel: `CTA_EXPECT_TIMEOUT`. */
  timeout?: number | undefined;
  /** Id of the expectation. Kernel: `CTA_EXPECT_ID`. */
  id?: number | undefined;
  /** Name of the helper that expects it. (at most 15 bytes) Kernel: `CTA_EXPECT_HELP_NAME`. */
  helper?: string | undefined;
  /** Zone. Kernel: `CTA_EXPECT_ZONE`. */
  zone?: number | undefined;
  /** Options. Kernel: `CTA_EXPECT_FLAGS`. */
  flags?: ('permanent' | 'inactive' | 'userspace' | (string & {}))[] | number | undefined;
  /** Class, by the helper's own numbers. Kernel: `CTA_EXPECT_CLASS`. */
  class?: number | undefined;
  /** Translation of the expected connection. Kernel: `CTA_EXPECT_NAT`. */
  nat?: ConntrackExpectationNat | undefined;
  /** What is called when it comes. (at most 63 bytes) Kernel: `CTA_EXPECT_FN`. */
  function?: string | undefined;
}

/** A connection that a helper expects. As told by the kernel. */
export interface ConntrackExpectation {
  /** Protocol family; follows from addresses if left out. Kernel: `nfgen_family`. */
  family?: 'unspec' | 'inet' | 'ip' | 'arp' | 'netdev' | 'bridge' | 'ip6' | number;
  /** Original direction of the connection that expects it. Kernel: `CTA_EXPECT_MASTER`. */
  master?: ConntrackTuple;
  /** What is expected. Kernel: `CTA_EXPECT_TUPLE`. */
  tuple?: ConntrackTuple;
  /** Which bits of tuple count. Kernel: `CTA_EXPECT_MASK`. */
  mask?: ConntrackTuple;
  /** Milliseconds (a multiple of 1000) it is expected for. Kernel: `CTA_EXPECT_TIMEOUT`. */
  timeout?: number;
  /** Id of the expectation. Kernel: `CTA_EXPECT_ID`. */
  id?: number;
  /** Name of the helper that expects it. (at most 15 bytes) Kernel: `CTA_EXPECT_HELP_NAME`. */
  helper?: string;
  /** Zone. Kernel: `CTA_EXPECT_ZONE`. */
  zone?: number;
  /** Options. Kernel: `CTA_EXPECT_FLAGS`. */
  flags?: ('permanent' | 'inactive' | 'userspace' | (string & {}))[];
  /** Class, by the helper's own numbers. Kernel: `CTA_EXPECT_CLASS`. */
  class?: number;
  /** Translation of the expected connection. Kernel: `CTA_EXPECT_NAT`. */
  nat?: ConntrackExpectationNat;
  /** What is called when it comes. (at most 63 bytes) Kernel: `CTA_EXPECT_FN`. */
  function?: string;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** What one CPU has counted of expectations. As given by the caller. */
export interface ConntrackExpectationCpuStatsSpec {
  /** The CPU that counted. Kernel: `res_id`. */
  cpu?: number | undefined;
  /** Connections that had been expected. Kernel: `CTA_STATS_EXP_NEW`. */
  new?: number | undefined;
  /** Expectations made. Kernel: `CTA_STATS_EXP_CREATE`. */
  create?: number | undefined;
  /** Expectations deleted. Kernel: `CTA_STATS_EXP_DELETE`. */
  delete?: number | undefined;
}

/** What one CPU has counted of expectations. As told by the kernel. */
export interface ConntrackExpectationCpuStats {
  /** The CPU that counted. Kernel: `res_id`. */
  cpu?: number;
  /** Connections that had been expected. Kernel: `CTA_STATS_EXP_NEW`. */
  new?: number;
  /** Expectations made. Kernel: `CTA_STATS_EXP_CREATE`. */
  create?: number;
  /** Expectations deleted. Kernel: `CTA_STATS_EXP_DELETE`. */
  delete?: number;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a bridge's port. */
export interface BridgePort {
  /** State in the spanning tree. Kernel: `IFLA_BRPORT_STATE`. */
  state?: 'disabled' | 'listening' | 'learning' | 'forwarding' | 'blocking' | number | undefined;
  /** Priority in the spanning tree; the lowest wins. (0 to 63) Kernel: `IFLA_BRPORT_PRIORITY`. */
  priority?: number | undefined;
  /** Cost of the path through this port. (1 to 65535) Kernel: `IFLA_BRPORT_COST`. */
  cost?: number | undefined;
  /** Frames may leave by the port they came in by. Kernel: `IFLA_BRPORT_MODE`. */
  hairpin?: boolean | undefined;
  /** The port goes down when a spanning tree packet comes in. Kernel: `IFLA_BRPORT_GUARD`. */
  guard?: boolean | undefined;
  /** The port may not become the root port. Kernel: `IFLA_BRPORT_PROTECT`. */
  rootBlock?: boolean | undefined;
  /** A leave message ends the group on the port at once. Kernel: `IFLA_BRPORT_FAST_LEAVE`. */
  fastLeave?: boolean | undefined;
  /** Source addresses are learned. Kernel: `IFLA_BRPORT_LEARNING`. */
  learning?: boolean | undefined;
  /** Unicast to unknown addresses goes out here. Kernel: `IFLA_BRPORT_UNICAST_FLOOD`. */
  flood?: boolean | undefined;
  /** ARP is answered for neighbours of the bridge. Kernel: `IFLA_BRPORT_PROXYARP`. */
  proxyArp?: boolean | undefined;
  /** Addresses learned by hardware are taken over. Kernel: `IFLA_BRPORT_LEARNING_SYNC`. */
  learningSync?: boolean | undefined;
  /** Proxy ARP as wireless access points do it. Kernel: `IFLA_BRPORT_PROXYARP_WIFI`. */
  proxyArpWifi?: boolean | undefined;
  /** The root of the spanning tree. Kernel: `IFLA_BRPORT_ROOT_ID`. */
  readonly rootId?: BridgeId | undefined;
  /** The designated bridge of the segment. Kernel: `IFLA_BRPORT_BRIDGE_ID`. */
  readonly bridgeId?: BridgeId | undefined;
  /** The designated port of the segment. Kernel: `IFLA_BRPORT_DESIGNATED_PORT`. */
  readonly designatedPort?: number | undefined;
  /** Cost from it to the root. Kernel: `IFLA_BRPORT_DESIGNATED_COST`. */
  readonly designatedCost?: number | undefined;
  /** Id of the port: priority and number. Kernel: `IFLA_BRPORT_ID`. */
  readonly id?: number | undefined;
  /** Number of the port. Kernel: `IFLA_BRPORT_NO`. */
  readonly no?: number | undefined;
  /** A notice of changed topology is to be acknowledged. Kernel: `IFLA_BRPORT_TOPOLOGY_CHANGE_ACK`. */
  readonly topologyChangeAck?: boolean | undefined;
  /** A packet waits to be sent. Kernel: `IFLA_BRPORT_CONFIG_PENDING`. */
  readonly configPending?: boolean | undefined;
  /** Milliseconds until what the segment told is forgotten. Kernel: `IFLA_BRPORT_MESSAGE_AGE_TIMER`. */
  readonly messageAgeTimer?: number | undefined;
  /** Milliseconds to the next state. Kernel: `IFLA_BRPORT_FORWARD_DELAY_TIMER`. */
  readonly forwardDelayTimer?: number | undefined;
  /** Milliseconds until another spanning tree packet may be sent. Kernel: `IFLA_BRPORT_HOLD_TIMER`. */
  readonly holdTimer?: number | undefined;
  /** Forgets the addresses learned on this port. Kernel: `IFLA_BRPORT_FLUSH`. */
  flush?: boolean | undefined;
  /** Whether a multicast router is behind the port; 'query': as long as queries tell so. Kernel: `IFLA_BRPORT_MULTICAST_ROUTER`. */
  multicastRouter?: 'disabled' | 'query' | 'permanent' | 'temporary' | number | undefined;
  /** Multicast to unknown groups goes out here. Kernel: `IFLA_BRPORT_MCAST_FLOOD`. */
  mcastFlood?: boolean | undefined;
  /** Multicast goes to each listener as unicast. Kernel: `IFLA_BRPORT_MCAST_TO_UCAST`. */
  mcastToUnicast?: boolean | undefined;
  /** VLANs are mapped to tunnel ids. Kernel: `IFLA_BRPORT_VLAN_TUNNEL`. */
  vlanTunnel?: boolean | undefined;
  /** Broadcasts go out here. Kernel: `IFLA_BRPORT_BCAST_FLOOD`. */
  bcastFlood?: boolean | undefined;
  /** Mask of the link-local groups 01:80:c2:00:00:0X that are forwarded (bit X). Kernel: `IFLA_BRPORT_GROUP_FWD_MASK`. */
  groupFwdMask?: number | undefined;
  /** ARP and ND of known neighbours do not go out here. Kernel: `IFLA_BRPORT_NEIGH_SUPPRESS`. */
  neighSuppress?: boolean | undefined;
  /** No frames to or from other isolated ports. Kernel: `IFLA_BRPORT_ISOLATED`. */
  isolated?: boolean | undefined;
  /** Port that takes over when this one has no carrier. Kernel: `IFLA_BRPORT_BACKUP_PORT`. */
  backupPort?: string | number | null | undefined;
  /** Index of `backupPort`. */
  readonly backupPortIndex?: number;
  /** The ring (MRP) is open. Kernel: `IFLA_BRPORT_MRP_RING_OPEN`. */
  readonly mrpRingOpen?: boolean | undefined;
  /** The interconnection ring (MRP) is open. Kernel: `IFLA_BRPORT_MRP_IN_OPEN`. */
  readonly mrpInOpen?: boolean | undefined;
  /** Most hosts tracked for multicast. Kernel: `IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT`. */
  mcastEhtHostsLimit?: number | undefined;
  /** Hosts tracked for multicast. Kernel: `IFLA_BRPORT_MCAST_EHT_HOSTS_CNT`. */
  readonly mcastEhtHostsCnt?: number | undefined;
  /** Frames from addresses not known here are dropped. Kernel: `IFLA_BRPORT_LOCKED`. */
  locked?: boolean | undefined;
  /** On a locked port: unknown addresses are noted as locked entries. Kernel: `IFLA_BRPORT_MAB`. */
  mab?: boolean | undefined;
  /** Multicast groups joined on this port. Kernel: `IFLA_BRPORT_MCAST_N_GROUPS`. */
  readonly mcastNGroups?: number | undefined;
  /** Most multicast groups; 0: no limit. Kernel: `IFLA_BRPORT_MCAST_MAX_GROUPS`. */
  mcastMaxGroups?: number | undefined;
  /** neighSuppress is set by VLAN. Kernel: `IFLA_BRPORT_NEIGH_VLAN_SUPPRESS`. */
  neighVlanSuppress?: boolean | undefined;
  /** Nexthop id given to frames sent by the backup port. Kernel: `IFLA_BRPORT_BACKUP_NHID`. */
  backupNhid?: number | undefined;
  /** Gratuitous ARP and unsolicited ND go out for all of neighSuppress. Kernel: `IFLA_BRPORT_NEIGH_FORWARD_GRAT`. */
  neighForwardGrat?: boolean | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A bridge in the spanning tree. */
export interface BridgeId {
  /** Priority; the lowest wins. Kernel: `prio`. */
  priority?: number | undefined;
  /** MAC address. Kernel: `addr`. */
  address?: string | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of an 'amt' link. */
export interface AmtOptions {
  /** Which end this is. Kernel: `IFLA_AMT_MODE`. */
  mode?: 'gateway' | 'relay' | number | undefined;
  /** UDP port of the relay; 2268 if left out. Kernel: `IFLA_AMT_RELAY_PORT`. */
  relayPort?: number | undefined;
  /** UDP port of the gateway; 2268 if left out. Kernel: `IFLA_AMT_GATEWAY_PORT`. */
  gatewayPort?: number | undefined;
  /** Link to send by (dev). Kernel: `IFLA_AMT_LINK`. */
  link?: string | number | null | undefined;
  /** Index of `link`. */
  readonly linkIndex?: number;
  /** Address of this end (local). Kernel: `IFLA_AMT_LOCAL_IP`. */
  localIp?: string | undefined;
  /** Address of the relay that was found (remote). Kernel: `IFLA_AMT_REMOTE_IP`. */
  readonly remoteIp?: string | undefined;
  /** Address that relays are searched at (discovery). Kernel: `IFLA_AMT_DISCOVERY_IP`. */
  discoveryIp?: string | undefined;
  /** Most tunnels of a relay. Kernel: `IFLA_AMT_MAX_TUNNELS`. */
  maxTunnels?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'bareudp' link. */
export interface BareudpOptions {
  /** UDP destination port (dstport). Kernel: `IFLA_BAREUDP_PORT`. */
  port?: number | undefined;
  /** Ethernet type of what is carried. Kernel: `IFLA_BAREUDP_ETHERTYPE`. */
  ethertype?: 'ipv4' | 'ipv6' | 'mpls_uc' | 'mpls_mc' | number | undefined;
  /** Least UDP source port. Kernel: `IFLA_BAREUDP_SRCPORT_MIN`. */
  srcportMin?: number | undefined;
  /** Carries IPv6 or MPLS multicast, too. Kernel: `IFLA_BAREUDP_MULTIPROTO_MODE`. */
  multiprotoMode?: boolean | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'batadv' link. */
export interface BatadvOptions {
  /** Routing algorithm (ra), such as 'BATMAN_V'. (at most 19 bytes) Kernel: `IFLA_BATADV_ALGO_NAME`. */
  algoName?: string | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'bond' link. */
export interface BondOptions {
  /** How the ports are used; changes only without ports. Kernel: `IFLA_BOND_MODE`. */
  mode?: 'balance-rr' | 'active-backup' | 'balance-xor' | 'broadcast' | '802.3ad' | 'balance-tlb' | 'balance-alb' | number | undefined;
  /** The port in use; null chooses anew. Kernel: `IFLA_BOND_ACTIVE_SLAVE`. */
  activeSlave?: string | number | null | undefined;
  /** Index of `activeSlave`. */
  readonly activeSlaveIndex?: number;
  /** Milliseconds between looks at the ports' carrier; 0: never. Kernel: `IFLA_BOND_MIIMON`. */
  miimon?: number | undefined;
  /** Milliseconds that a carrier must last; a multiple of miimon. Kernel: `IFLA_BOND_UPDELAY`. */
  updelay?: number | undefined;
  /** Milliseconds that a carrier must be gone; a multiple of miimon. Kernel: `IFLA_BOND_DOWNDELAY`. */
  downdelay?: number | undefined;
  /** Carrier as the driver tells; Linux 6.18 takes true only. Kernel: `IFLA_BOND_USE_CARRIER`. */
  useCarrier?: boolean | undefined;
  /** Milliseconds between ARP probes; 0: none. Kernel: `IFLA_BOND_ARP_INTERVAL`. */
  arpInterval?: number | undefined;
  /** IPv4 addresses probed; at most 16. Kernel: `IFLA_BOND_ARP_IP_TARGET`. */
  arpIpTarget?: string[] | undefined;
  /** Ports whose answers are checked. Kernel: `IFLA_BOND_ARP_VALIDATE`. */
  arpValidate?: 'none' | 'active' | 'backup' | 'all' | 'filter' | 'filter_active' | 'filter_backup' | number | undefined;
  /** Targets that must answer. Kernel: `IFLA_BOND_ARP_ALL_TARGETS`. */
  arpAllTargets?: 'any' | 'all' | number | undefined;
  /** The preferred port. Kernel: `IFLA_BOND_PRIMARY`. */
  primary?: string | number | null | undefined;
  /** Index of `primary`. */
  readonly primaryIndex?: number;
  /** When the preferred port is taken again. Kernel: `IFLA_BOND_PRIMARY_RESELECT`. */
  primaryReselect?: 'always' | 'better' | 'failure' | number | undefined;
  /** Whose MAC address the bond has in mode 'active-backup'. Kernel: `IFLA_BOND_FAIL_OVER_MAC`. */
  failOverMac?: 'none' | 'active' | 'follow' | number | undefined;
  /** What of a packet chooses the port. Kernel: `IFLA_BOND_XMIT_HASH_POLICY`. */
  xmitHashPolicy?: 'layer2' | 'layer3+4' | 'layer2+3' | 'encap2+3' | 'encap3+4' | 'vlan+srcmac' | number | undefined;
  /** IGMP reports sent after a change of port. (0 to 255) Kernel: `IFLA_BOND_RESEND_IGMP`. */
  resendIgmp?: number | undefined;
  /** Notices to neighbours sent after a change of port. Kernel: `IFLA_BOND_NUM_PEER_NOTIF`. */
  numPeerNotif?: number | undefined;
  /** Ports not in use receive, too. Kernel: `IFLA_BOND_ALL_SLAVES_ACTIVE`. */
  allSlavesActive?: boolean | undefined;
  /** Least ports for a carrier. Kernel: `IFLA_BOND_MIN_LINKS`. */
  minLinks?: number | undefined;
  /** Milliseconds (a multiple of 1000) between learning packets. Kernel: `IFLA_BOND_LP_INTERVAL`. */
  lpInterval?: number | undefined;
  /** Packets sent by a port before the next in mode 'balance-rr'; 0: at random. (0 to 65535) Kernel: `IFLA_BOND_PACKETS_PER_SLAVE`. */
  packetsPerSlave?: number | undefined;
  /** How often the other end is to send. Kernel: `IFLA_BOND_AD_LACP_RATE`. */
  adLacpRate?: 'slow' | 'fast' | number | undefined;
  /** How an aggregator is chosen. Kernel: `IFLA_BOND_AD_SELECT`. */
  adSelect?: 'stable' | 'bandwidth' | 'count' | 'actor_port_prio' | number | undefined;
  /** State of link aggregation. Kernel: `IFLA_BOND_AD_INFO`. */
  readonly adInfo?: BondAdInfo | undefined;
  /** Priority of this system. (1 to 65535) Kernel: `IFLA_BOND_AD_ACTOR_SYS_PRIO`. */
  adActorSysPrio?: number | undefined;
  /** The administrator's part of the key. (0 to 1023) Kernel: `IFLA_BOND_AD_USER_PORT_KEY`. */
  adUserPortKey?: number | undefined;
  /** MAC address of this system. Kernel: `IFLA_BOND_AD_ACTOR_SYSTEM`. */
  adActorSystem?: string | undefined;
  /** Flows are moved by load in mode 'balance-tlb'. Kernel: `IFLA_BOND_TLB_DYNAMIC_LB`. */
  tlbDynamicLb?: boolean | undefined;
  /** Milliseconds between notices to neighbours. Kernel: `IFLA_BOND_PEER_NOTIF_DELAY`. */
  peerNotifDelay?: number | undefined;
  /** LACP packets are sent unasked. Kernel: `IFLA_BOND_AD_LACP_ACTIVE`. */
  adLacpActive?: boolean | undefined;
  /** Probes missed until a port counts as down. (1 to 255) Kernel: `IFLA_BOND_MISSED_MAX`. */
  missedMax?: number | undefined;
  /** IPv6 addresses probed; at most 16. Kernel: `IFLA_BOND_NS_IP6_TARGET`. */
  nsIp6Target?: string[] | undefined;
  /** LACP starts to collect and distribute at once. Kernel: `IFLA_BOND_COUPLED_CONTROL`. */
  coupledControl?: boolean | undefined;
  /** ARP and ND go out by all ports in mode '802.3ad'. Kernel: `IFLA_BOND_BROADCAST_NEIGH`. */
  broadcastNeigh?: boolean | undefined;
  /** No carrier as long as no port has a partner in LACP. Kernel: `IFLA_BOND_LACP_STRICT`. */
  lacpStrict?: boolean | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** State of link aggregation. */
export interface BondAdInfo {
  /** Id of the active aggregator. Kernel: `IFLA_BOND_AD_INFO_AGGREGATOR`. */
  aggregator?: number | undefined;
  /** Ports in it. Kernel: `IFLA_BOND_AD_INFO_NUM_PORTS`. */
  numPorts?: number | undefined;
  /** This end's key. Kernel: `IFLA_BOND_AD_INFO_ACTOR_KEY`. */
  actorKey?: number | undefined;
  /** The other end's key. Kernel: `IFLA_BOND_AD_INFO_PARTNER_KEY`. */
  partnerKey?: number | undefined;
  /** The other end's MAC address. Kernel: `IFLA_BOND_AD_INFO_PARTNER_MAC`. */
  partnerMac?: string | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'bridge' link. */
export interface BridgeOptions {
  /** Milliseconds (a multiple of 10) that a port stays in each of the states 'listening' and 'learning'. Kernel: `IFLA_BR_FORWARD_DELAY`. */
  forwardDelay?: number | undefined;
  /** Milliseconds (a multiple of 10) between hello packets. Kernel: `IFLA_BR_HELLO_TIME`. */
  helloTime?: number | undefined;
  /** Milliseconds (a multiple of 10) until another bridge counts as gone. Kernel: `IFLA_BR_MAX_AGE`. */
  maxAge?: number | undefined;
  /** Milliseconds (a multiple of 10) until a learned address is forgotten; 0: learn nothing. Kernel: `IFLA_BR_AGEING_TIME`. */
  ageingTime?: number | undefined;
  /** Who runs the spanning tree protocol. Kernel: `IFLA_BR_STP_STATE`. */
  stpState?: 'off' | 'kernel' | 'user' | number | undefined;
  /** Priority in the spanning tree; the lowest becomes root. Kernel: `IFLA_BR_PRIORITY`. */
  priority?: number | undefined;
  /** Frames are filtered by VLAN. Kernel: `IFLA_BR_VLAN_FILTERING`. */
  vlanFiltering?: boolean | undefined;
  /** Protocol of the VLAN tags. Kernel: `IFLA_BR_VLAN_PROTOCOL`. */
  vlanProtocol?: '802.1Q' | '802.1ad' | number | undefined;
  /** Mask of the link-local groups 01:80:c2:00:00:0X that are forwarded (bit X). Kernel: `IFLA_BR_GROUP_FWD_MASK`. */
  groupFwdMask?: number | undefined;
  /** The root of the spanning tree. Kernel: `IFLA_BR_ROOT_ID`. */
  readonly rootId?: BridgeId | undefined;
  /** This bridge. Kernel: `IFLA_BR_BRIDGE_ID`. */
  readonly bridgeId?: BridgeId | undefined;
  /** Number of the port towards the root; 0: none. Kernel: `IFLA_BR_ROOT_PORT`. */
  readonly rootPort?: number | undefined;
  /** Cost of the path to the root. Kernel: `IFLA_BR_ROOT_PATH_COST`. */
  readonly rootPathCost?: number | undefined;
  /** A change of topology is being announced. Kernel: `IFLA_BR_TOPOLOGY_CHANGE`. */
  readonly topologyChange?: boolean | undefined;
  /** This bridge found the change. Kernel: `IFLA_BR_TOPOLOGY_CHANGE_DETECTED`. */
  readonly topologyChangeDetected?: boolean | undefined;
  /** Milliseconds to the next hello packet. Kernel: `IFLA_BR_HELLO_TIMER`. */
  readonly helloTimer?: number | undefined;
  /** Milliseconds to the next notice of a changed topology. Kernel: `IFLA_BR_TCN_TIMER`. */
  readonly tcnTimer?: number | undefined;
  /** Milliseconds that a change of topology stays announced. Kernel: `IFLA_BR_TOPOLOGY_CHANGE_TIMER`. */
  readonly topologyChangeTimer?: number | undefined;
  /** Milliseconds to the next clearing of addresses. Kernel: `IFLA_BR_GC_TIMER`. */
  readonly gcTimer?: number | undefined;
  /** Group address of the spanning tree protocol. Kernel: `IFLA_BR_GROUP_ADDR`. */
  groupAddr?: string | undefined;
  /** Forgets all learned addresses. Kernel: `IFLA_BR_FDB_FLUSH`. */
  fdbFlush?: boolean | undefined;
  /** Whether the bridge itself counts as a multicast router; 'query': as long as queries tell so. Kernel: `IFLA_BR_MCAST_ROUTER`. */
  mcastRouter?: 'disabled' | 'query' | 'permanent' | 'temporary' | number | undefined;
  /** Multicast goes only where it is listened to. Kernel: `IFLA_BR_MCAST_SNOOPING`. */
  mcastSnooping?: boolean | undefined;
  /** Queries are sent from the bridge's address, not from 0.0.0.0. Kernel: `IFLA_BR_MCAST_QUERY_USE_IFADDR`. */
  mcastQueryUseIfaddr?: boolean | undefined;
  /** The bridge sends multicast queries. Kernel: `IFLA_BR_MCAST_QUERIER`. */
  mcastQuerier?: boolean | undefined;
  /** Without meaning today; always 16. Kernel: `IFLA_BR_MCAST_HASH_ELASTICITY`. */
  readonly mcastHashElasticity?: number | undefined;
  /** Most multicast entries; a power of two. Kernel: `IFLA_BR_MCAST_HASH_MAX`. */
  mcastHashMax?: number | undefined;
  /** Queries sent after a member has left. Kernel: `IFLA_BR_MCAST_LAST_MEMBER_CNT`. */
  mcastLastMemberCnt?: number | undefined;
  /** Queries sent in the startup phase. Kernel: `IFLA_BR_MCAST_STARTUP_QUERY_CNT`. */
  mcastStartupQueryCnt?: number | undefined;
  /** Milliseconds (a multiple of 10) between queries after a member has left. Kernel: `IFLA_BR_MCAST_LAST_MEMBER_INTVL`. */
  mcastLastMemberIntvl?: number | undefined;
  /** Milliseconds (a multiple of 10) until a silent member counts as gone. Kernel: `IFLA_BR_MCAST_MEMBERSHIP_INTVL`. */
  mcastMembershipIntvl?: number | undefined;
  /** Milliseconds (a multiple of 10) until another querier counts as gone. Kernel: `IFLA_BR_MCAST_QUERIER_INTVL`. */
  mcastQuerierIntvl?: number | undefined;
  /** Milliseconds (a multiple of 10) between queries. Kernel: `IFLA_BR_MCAST_QUERY_INTVL`. */
  mcastQueryIntvl?: number | undefined;
  /** Milliseconds (a multiple of 10) that members have for an answer. Kernel: `IFLA_BR_MCAST_QUERY_RESPONSE_INTVL`. */
  mcastQueryResponseIntvl?: number | undefined;
  /** Milliseconds (a multiple of 10) between queries in the startup phase. Kernel: `IFLA_BR_MCAST_STARTUP_QUERY_INTVL`. */
  mcastStartupQueryIntvl?: number | undefined;
  /** Bridged IPv4 passes netfilter's IP hooks. Kernel: `IFLA_BR_NF_CALL_IPTABLES`. */
  nfCallIptables?: boolean | undefined;
  /** Bridged IPv6 passes netfilter's IP hooks. Kernel: `IFLA_BR_NF_CALL_IP6TABLES`. */
  nfCallIp6tables?: boolean | undefined;
  /** Bridged ARP passes netfilter's ARP hooks. Kernel: `IFLA_BR_NF_CALL_ARPTABLES`. */
  nfCallArptables?: boolean | undefined;
  /** VLAN of untagged frames on new ports; 0: none. (0 to 4094) Kernel: `IFLA_BR_VLAN_DEFAULT_PVID`. */
  vlanDefaultPvid?: number | undefined;
  /** Counts by VLAN. Kernel: `IFLA_BR_VLAN_STATS_ENABLED`. */
  vlanStatsEnabled?: boolean | undefined;
  /** Counts IGMP and MLD packets. Kernel: `IFLA_BR_MCAST_STATS_ENABLED`. */
  mcastStatsEnabled?: boolean | undefined;
  /** Version of IGMP. (2 to 3) Kernel: `IFLA_BR_MCAST_IGMP_VERSION`. */
  mcastIgmpVersion?: number | undefined;
  /** Version of MLD. (1 to 2) Kernel: `IFLA_BR_MCAST_MLD_VERSION`. */
  mcastMldVersion?: number | undefined;
  /** Counts by VLAN and port; can change only while no VLAN is set on a port. Kernel: `IFLA_BR_VLAN_STATS_PER_PORT`. */
  vlanStatsPerPort?: boolean | undefined;
  /** Link-local frames teach no addresses. Kernel: `BR_BOOLOPT_NO_LL_LEARN`. */
  noLinkLocalLearn?: boolean | undefined;
  /** Multicast snooping is done by VLAN. Kernel: `BR_BOOLOPT_MCAST_VLAN_SNOOPING`. */
  mcastVlanSnooping?: boolean | undefined;
  /** Multiple spanning trees, a state by VLAN. Kernel: `BR_BOOLOPT_MST_ENABLE`. */
  mstEnabled?: boolean | undefined;
  /** Tells when hardware does not take a multicast entry. Kernel: `BR_BOOLOPT_MDB_OFFLOAD_FAIL_NOTIFICATION`. */
  mdbOffloadFailNotification?: boolean | undefined;
  /** Local addresses are kept once, under VLAN 0. Kernel: `BR_BOOLOPT_FDB_LOCAL_VLAN_0`. */
  fdbLocalVlan0?: boolean | undefined;
  /** Multicast queriers that the bridge has elected. Kernel: `IFLA_BR_MCAST_QUERIER_STATE`. */
  readonly mcastQuerierState?: BridgeQuerierState | undefined;
  /** Number of learned addresses. Kernel: `IFLA_BR_FDB_N_LEARNED`. */
  readonly fdbNLearned?: number | undefined;
  /** Most addresses that are learned; 0: no limit. Kernel: `IFLA_BR_FDB_MAX_LEARNED`. */
  fdbMaxLearned?: number | undefined;
  /** Who does the spanning tree; set while it is off. Kernel: `IFLA_BR_STP_MODE`. */
  stpMode?: 'auto' | 'user' | 'kernel' | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Multicast queriers that the bridge has elected. */
export interface BridgeQuerierState {
  /** Address of the IGMP querier. Kernel: `BRIDGE_QUERIER_IP_ADDRESS`. */
  ipAddress?: string | undefined;
  /** Port that the IGMP querier is behind. Kernel: `BRIDGE_QUERIER_IP_PORT`. */
  ipPort?: string | number | null | undefined;
  /** Index of `ipPort`. */
  readonly ipPortIndex?: number;
  /** Milliseconds until it counts as gone. Kernel: `BRIDGE_QUERIER_IP_OTHER_TIMER`. */
  ipOtherTimer?: number | undefined;
  /** Address of the MLD querier. Kernel: `BRIDGE_QUERIER_IPV6_ADDRESS`. */
  ipv6Address?: string | undefined;
  /** Port that the MLD querier is behind. Kernel: `BRIDGE_QUERIER_IPV6_PORT`. */
  ipv6Port?: string | number | null | undefined;
  /** Index of `ipv6Port`. */
  readonly ipv6PortIndex?: number;
  /** Milliseconds until it counts as gone. Kernel: `BRIDGE_QUERIER_IPV6_OTHER_TIMER`. */
  ipv6OtherTimer?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** This kind of link has no options. */
export interface NoOptions {
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'gre', 'gretap' or 'erspan' link. */
export interface GreOptions {
  /** Link to send by (dev). Kernel: `IFLA_GRE_LINK`. */
  link?: string | number | null | undefined;
  /** Index of `link`. */
  readonly linkIndex?: number;
  /** What is expected in received packets. Kernel: `IFLA_GRE_IFLAGS`. */
  iflags?: ('csum' | 'key' | 'seq' | (string & {}))[] | number | undefined;
  /** What is put into sent packets. Kernel: `IFLA_GRE_OFLAGS`. */
  oflags?: ('csum' | 'key' | 'seq' | (string & {}))[] | number | undefined;
  /** Key of received packets; needs 'key' in iflags. Kernel: `IFLA_GRE_IKEY`. */
  ikey?: number | undefined;
  /** Key of sent packets; needs 'key' in oflags. Kernel: `IFLA_GRE_OKEY`. */
  okey?: number | undefined;
  /** Source address of the outer header. Kernel: `IFLA_GRE_LOCAL`. */
  local?: string | undefined;
  /** Address of the remote end. Kernel: `IFLA_GRE_REMOTE`. */
  remote?: string | undefined;
  /** Time to live of the outer header; 0: that of the inner one. Kernel: `IFLA_GRE_TTL`. */
  ttl?: number | undefined;
  /** Type of service of the outer header; 1: that of the inner one. Kernel: `IFLA_GRE_TOS`. */
  tos?: number | undefined;
  /** Path MTU discovery. Kernel: `IFLA_GRE_PMTUDISC`. */
  pmtudisc?: boolean | undefined;
  /** What packets are also wrapped in. Kernel: `IFLA_GRE_ENCAP_TYPE`. */
  encapType?: 'none' | 'fou' | 'gue' | 'mpls' | number | undefined;
  /** Options of that wrapping. Kernel: `IFLA_GRE_ENCAP_FLAGS`. */
  encapFlags?: ('csum' | 'csum6' | 'remcsum' | (string & {}))[] | number | undefined;
  /** UDP source port; 0: chosen by flow. Kernel: `IFLA_GRE_ENCAP_SPORT`. */
  encapSport?: number | undefined;
  /** UDP destination port. Kernel: `IFLA_GRE_ENCAP_DPORT`. */
  encapDport?: number | undefined;
  /** Routes, filters and programs give key and remote end of each packet (external). Kernel: `IFLA_GRE_COLLECT_METADATA`. */
  collectMetadata?: boolean | undefined;
  /** Packets are fragmented even where they forbid it. Kernel: `IFLA_GRE_IGNORE_DF`. */
  ignoreDf?: boolean | undefined;
  /** Mark of sent packets. Kernel: `IFLA_GRE_FWMARK`. */
  fwmark?: number | undefined;
  /** ERSPAN version 1: port of the source. (0 to 1048575) Kernel: `IFLA_GRE_ERSPAN_INDEX`. */
  erspanIndex?: number | undefined;
  /** Version of ERSPAN. (0 to 2) Kernel: `IFLA_GRE_ERSPAN_VER`. */
  erspanVer?: number | undefined;
  /** ERSPAN version 2: direction. Kernel: `IFLA_GRE_ERSPAN_DIR`. */
  erspanDir?: 'ingress' | 'egress' | number | undefined;
  /** ERSPAN version 2: id of the engine. (0 to 63) Kernel: `IFLA_GRE_ERSPAN_HWID`. */
  erspanHwid?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'geneve' link. */
export interface GeneveOptions {
  /** Virtual network identifier (VNI). (0 to 16777215) Kernel: `IFLA_GENEVE_ID`. */
  id?: number | undefined;
  /** Address of the remote end. Kernel: `IFLA_GENEVE_REMOTE`. */
  remote?: string | undefined;
  /** Time to live of the outer header; 0: the system's default. Kernel: `IFLA_GENEVE_TTL`. */
  ttl?: number | undefined;
  /** Type of service of the outer header; 1: that of the inner one. Kernel: `IFLA_GENEVE_TOS`. */
  tos?: number | undefined;
  /** UDP destination port (dstport); 6081 if left out. Kernel: `IFLA_GENEVE_PORT`. */
  port?: number | undefined;
  /** Routes, filters and programs give identifier and remote end of each packet (external). Kernel: `IFLA_GENEVE_COLLECT_METADATA`. */
  collectMetadata?: boolean | undefined;
  /** IPv6 address of the remote end. Kernel: `IFLA_GENEVE_REMOTE6`. */
  remote6?: string | undefined;
  /** UDP checksums over IPv4. Kernel: `IFLA_GENEVE_UDP_CSUM`. */
  udpCsum?: boolean | undefined;
  /** No UDP checksums over IPv6 are sent. Kernel: `IFLA_GENEVE_UDP_ZERO_CSUM6_TX`. */
  udpZeroCsum6Tx?: boolean | undefined;
  /** UDP without checksum is accepted over IPv6. Kernel: `IFLA_GENEVE_UDP_ZERO_CSUM6_RX`. */
  udpZeroCsum6Rx?: boolean | undefined;
  /** Flow label of the outer IPv6 header. (0 to 1048575) Kernel: `IFLA_GENEVE_LABEL`. */
  label?: number | undefined;
  /** Time to live is that of the inner header. Kernel: `IFLA_GENEVE_TTL_INHERIT`. */
  ttlInherit?: boolean | undefined;
  /** Don't-fragment bit of the outer IPv4 header. Kernel: `IFLA_GENEVE_DF`. */
  df?: 'unset' | 'set' | 'inherit' | number | undefined;
  /** Carries IP packets, not Ethernet frames. Kernel: `IFLA_GENEVE_INNER_PROTO_INHERIT`. */
  innerProtoInherit?: boolean | undefined;
  /** UDP source ports. Kernel: `IFLA_GENEVE_PORT_RANGE`. */
  portRange?: PortRange | undefined;
  /** Packets tell the other end how they may be put together. Kernel: `IFLA_GENEVE_GRO_HINT`. */
  groHint?: boolean | undefined;
  /** Outer source address. Kernel: `IFLA_GENEVE_LOCAL`. */
  local?: string | undefined;
  /** Outer IPv6 source address. Kernel: `IFLA_GENEVE_LOCAL6`. */
  local6?: string | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A range of UDP ports. */
export interface PortRange {
  /** First port. Kernel: `low`. */
  low?: number | undefined;
  /** Last port. Kernel: `high`. */
  high?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'gtp' link. */
export interface GtpOptions {
  /** File descriptor of the caller's UDP socket for GTPv0. Kernel: `IFLA_GTP_FD0`. */
  fd0?: number | undefined;
  /** File descriptor of the caller's UDP socket for GTPv1. Kernel: `IFLA_GTP_FD1`. */
  fd1?: number | undefined;
  /** Size of the table of contexts. Kernel: `IFLA_GTP_PDP_HASHSIZE`. */
  pdpHashsize?: number | undefined;
  /** Which side of the tunnels this is. Kernel: `IFLA_GTP_ROLE`. */
  role?: 'ggsn' | 'sgsn' | number | undefined;
  /** The kernel makes the sockets. Kernel: `IFLA_GTP_CREATE_SOCKETS`. */
  createSockets?: boolean | undefined;
  /** Restart counter told in echo responses. Kernel: `IFLA_GTP_RESTART_COUNT`. */
  restartCount?: number | undefined;
  /** Address that the kernel's sockets are bound to. Kernel: `IFLA_GTP_LOCAL`. */
  local?: string | undefined;
  /** IPv6 address that the kernel's sockets are bound to. Kernel: `IFLA_GTP_LOCAL6`. */
  local6?: string | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of an 'hsr' link. */
export interface HsrOptions {
  /** First port. Kernel: `IFLA_HSR_SLAVE1`. */
  slave1?: string | number | null | undefined;
  /** Index of `slave1`. */
  readonly slave1Index?: number;
  /** Second port. Kernel: `IFLA_HSR_SLAVE2`. */
  slave2?: string | number | null | undefined;
  /** Index of `slave2`. */
  readonly slave2Index?: number;
  /** Last byte of the supervision address. Kernel: `IFLA_HSR_MULTICAST_SPEC`. */
  multicastSpec?: number | undefined;
  /** Address that supervision frames go to. Kernel: `IFLA_HSR_SUPERVISION_ADDR`. */
  readonly supervisionAddr?: string | undefined;
  /** Sequence number of the next frame. Kernel: `IFLA_HSR_SEQ_NR`. */
  readonly seqNr?: number | undefined;
  /** Version of HSR: 0 (2010) or 1 (2012). (0 to 1) Kernel: `IFLA_HSR_VERSION`. */
  version?: number | undefined;
  /** Ring or two networks. Kernel: `IFLA_HSR_PROTOCOL`. */
  protocol?: 'hsr' | 'prp' | number | undefined;
  /** Port to a network without redundancy. Kernel: `IFLA_HSR_INTERLINK`. */
  interlink?: string | number | null | undefined;
  /** Index of `interlink`. */
  readonly interlinkIndex?: number;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of an 'ip6gre', 'ip6gretap' or 'ip6erspan' link. */
export interface Gre6Options {
  /** Link to send by (dev). Kernel: `IFLA_GRE_LINK`. */
  link?: string | number | null | undefined;
  /** Index of `link`. */
  readonly linkIndex?: number;
  /** What is expected in received packets. Kernel: `IFLA_GRE_IFLAGS`. */
  iflags?: ('csum' | 'key' | 'seq' | (string & {}))[] | number | undefined;
  /** What is put into sent packets. Kernel: `IFLA_GRE_OFLAGS`. */
  oflags?: ('csum' | 'key' | 'seq' | (string & {}))[] | number | undefined;
  /** Key of received packets; needs 'key' in iflags. Kernel: `IFLA_GRE_IKEY`. */
  ikey?: number | undefined;
  /** Key of sent packets; needs 'key' in oflags. Kernel: `IFLA_GRE_OKEY`. */
  okey?: number | undefined;
  /** Source address of the outer header. Kernel: `IFLA_GRE_LOCAL`. */
  local?: string | undefined;
  /** Address of the remote end. Kernel: `IFLA_GRE_REMOTE`. */
  remote?: string | undefined;
  /** Hop limit of the outer header; 0: that of the inner one. Kernel: `IFLA_GRE_TTL`. */
  ttl?: number | undefined;
  /** How often the packet may be wrapped again. Kernel: `IFLA_GRE_ENCAP_LIMIT`. */
  encapLimit?: number | undefined;
  /** Traffic class (bits 20 to 27) and flow label (bits 0 to 19). Kernel: `IFLA_GRE_FLOWINFO`. */
  flowInfo?: number | undefined;
  /** Options of the tunnel. Kernel: `IFLA_GRE_FLAGS`. */
  flags?: ('ignoreEncapLimit' | 'inheritTclass' | 'inheritFlowLabel' | 'mip6' | 'rcvDscpCopy' | 'inheritFwmark' | 'allowLocalRemote' | 'capXmit' | 'capRcv' | 'capPerPacket' | (string & {}))[] | number | undefined;
  /** What packets are also wrapped in. Kernel: `IFLA_GRE_ENCAP_TYPE`. */
  encapType?: 'none' | 'fou' | 'gue' | 'mpls' | number | undefined;
  /** Options of that wrapping. Kernel: `IFLA_GRE_ENCAP_FLAGS`. */
  encapFlags?: ('csum' | 'csum6' | 'remcsum' | (string & {}))[] | number | undefined;
  /** UDP source port; 0: chosen by flow. Kernel: `IFLA_GRE_ENCAP_SPORT`. */
  encapSport?: number | undefined;
  /** UDP destination port. Kernel: `IFLA_GRE_ENCAP_DPORT`. */
  encapDport?: number | undefined;
  /** Routes, filters and programs give key and remote end of each packet (external). Kernel: `IFLA_GRE_COLLECT_METADATA`. */
  collectMetadata?: boolean | undefined;
  /** Mark of sent packets. Kernel: `IFLA_GRE_FWMARK`. */
  fwmark?: number | undefined;
  /** ERSPAN version 1: port of the source. (0 to 1048575) Kernel: `IFLA_GRE_ERSPAN_INDEX`. */
  erspanIndex?: number | undefined;
  /** Version of ERSPAN. (0 to 2) Kernel: `IFLA_GRE_ERSPAN_VER`. */
  erspanVer?: number | undefined;
  /** ERSPAN version 2: direction. Kernel: `IFLA_GRE_ERSPAN_DIR`. */
  erspanDir?: 'ingress' | 'egress' | number | undefined;
  /** ERSPAN version 2: id of the engine. (0 to 63) Kernel: `IFLA_GRE_ERSPAN_HWID`. */
  erspanHwid?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of an 'ip6tnl' link. */
export interface Ip6TunnelOptions {
  /** Link to send by (dev). Kernel: `IFLA_IPTUN_LINK`. */
  link?: string | number | null | undefined;
  /** Index of `link`. */
  readonly linkIndex?: number;
  /** Source address of the outer header. Kernel: `IFLA_IPTUN_LOCAL`. */
  local?: string | undefined;
  /** Address of the remote end. Kernel: `IFLA_IPTUN_REMOTE`. */
  remote?: string | undefined;
  /** Hop limit of the outer header; 0: that of the inner one. Kernel: `IFLA_IPTUN_TTL`. */
  ttl?: number | undefined;
  /** How often the packet may be wrapped again. Kernel: `IFLA_IPTUN_ENCAP_LIMIT`. */
  encapLimit?: number | undefined;
  /** Traffic class (bits 20 to 27) and flow label (bits 0 to 19). Kernel: `IFLA_IPTUN_FLOWINFO`. */
  flowInfo?: number | undefined;
  /** Options of the tunnel. Kernel: `IFLA_IPTUN_FLAGS`. */
  flags?: ('ignoreEncapLimit' | 'inheritTclass' | 'inheritFlowLabel' | 'mip6' | 'rcvDscpCopy' | 'inheritFwmark' | 'allowLocalRemote' | 'capXmit' | 'capRcv' | 'capPerPacket' | (string & {}))[] | number | undefined;
  /** What is carried (mode). Kernel: `IFLA_IPTUN_PROTO`. */
  proto?: 'any' | 'ipip6' | 'ip6ip6' | 'mplsip6' | number | undefined;
  /** What packets are also wrapped in. Kernel: `IFLA_IPTUN_ENCAP_TYPE`. */
  encapType?: 'none' | 'fou' | 'gue' | 'mpls' | number | undefined;
  /** Options of that wrapping. Kernel: `IFLA_IPTUN_ENCAP_FLAGS`. */
  encapFlags?: ('csum' | 'csum6' | 'remcsum' | (string & {}))[] | number | undefined;
  /** UDP source port; 0: chosen by flow. Kernel: `IFLA_IPTUN_ENCAP_SPORT`. */
  encapSport?: number | undefined;
  /** UDP destination port. Kernel: `IFLA_IPTUN_ENCAP_DPORT`. */
  encapDport?: number | undefined;
  /** Routes, filters and programs give the remote end of each packet (external). Kernel: `IFLA_IPTUN_COLLECT_METADATA`. */
  collectMetadata?: boolean | undefined;
  /** Mark of sent packets. Kernel: `IFLA_IPTUN_FWMARK`. */
  fwmark?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of an 'ipip' or 'sit' link. */
export interface IpTunnelOptions {
  /** Link to send by (dev). Kernel: `IFLA_IPTUN_LINK`. */
  link?: string | number | null | undefined;
  /** Index of `link`. */
  readonly linkIndex?: number;
  /** Source address of the outer header. Kernel: `IFLA_IPTUN_LOCAL`. */
  local?: string | undefined;
  /** Address of the remote end. Kernel: `IFLA_IPTUN_REMOTE`. */
  remote?: string | undefined;
  /** Time to live of the outer header; 0: that of the inner one. Kernel: `IFLA_IPTUN_TTL`. */
  ttl?: number | undefined;
  /** Type of service of the outer header; 1: that of the inner one. Kernel: `IFLA_IPTUN_TOS`. */
  tos?: number | undefined;
  /** Options of a 'sit' link. Kernel: `IFLA_IPTUN_FLAGS`. */
  flags?: ('isatap' | (string & {}))[] | number | undefined;
  /** What is carried (mode). Kernel: `IFLA_IPTUN_PROTO`. */
  proto?: 'any' | 'ipip' | 'ip6ip' | 'mplsip' | number | undefined;
  /** Path MTU discovery. Kernel: `IFLA_IPTUN_PMTUDISC`. */
  pmtudisc?: boolean | undefined;
  /** 6rd: prefix of the domain. Kernel: `IFLA_IPTUN_6RD_PREFIX`. */
  sixrdPrefix?: string | undefined;
  /** 6rd: prefix that all IPv4 addresses have. Kernel: `IFLA_IPTUN_6RD_RELAY_PREFIX`. */
  sixrdRelayPrefix?: string | undefined;
  /** 6rd: length of the domain's prefix. (0 to 128) Kernel: `IFLA_IPTUN_6RD_PREFIXLEN`. */
  sixrdPrefixLength?: number | undefined;
  /** 6rd: length of the IPv4 prefix. (0 to 32) Kernel: `IFLA_IPTUN_6RD_RELAY_PREFIXLEN`. */
  sixrdRelayPrefixLength?: number | undefined;
  /** What packets are also wrapped in. Kernel: `IFLA_IPTUN_ENCAP_TYPE`. */
  encapType?: 'none' | 'fou' | 'gue' | 'mpls' | number | undefined;
  /** Options of that wrapping. Kernel: `IFLA_IPTUN_ENCAP_FLAGS`. */
  encapFlags?: ('csum' | 'csum6' | 'remcsum' | (string & {}))[] | number | undefined;
  /** UDP source port; 0: chosen by flow. Kernel: `IFLA_IPTUN_ENCAP_SPORT`. */
  encapSport?: number | undefined;
  /** UDP destination port. Kernel: `IFLA_IPTUN_ENCAP_DPORT`. */
  encapDport?: number | undefined;
  /** Routes, filters and programs give the remote end of each packet (external). Kernel: `IFLA_IPTUN_COLLECT_METADATA`. */
  collectMetadata?: boolean | undefined;
  /** Mark of sent packets. Kernel: `IFLA_IPTUN_FWMARK`. */
  fwmark?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of an 'ipvlan' or 'ipvtap' link. */
export interface IpvlanOptions {
  /** Layer that packets are handled on. Kernel: `IFLA_IPVLAN_MODE`. */
  mode?: 'l2' | 'l3' | 'l3s' | number | undefined;
  /** Whom the link can talk to; none (bridge): all its kin. Kernel: `IFLA_IPVLAN_FLAGS`. */
  flags?: ('private' | 'vepa' | (string & {}))[] | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'macsec' link. */
export interface MacsecOptions {
  /** Secure channel identifier: MAC address and port. Kernel: `IFLA_MACSEC_SCI`. */
  sci?: bigint | number | undefined;
  /** Port part of the secure channel identifier. Kernel: `IFLA_MACSEC_PORT`. */
  port?: number | undefined;
  /** Length of the integrity check value in bytes. (8 to 16) Kernel: `IFLA_MACSEC_ICV_LEN`. */
  icvLen?: number | undefined;
  /** Cipher suite. Kernel: `IFLA_MACSEC_CIPHER_SUITE`. */
  cipherSuite?: 'gcm-aes-128' | 'gcm-aes-256' | 'gcm-aes-xpn-128' | 'gcm-aes-xpn-256' | number | undefined;
  /** Size of the replay window in packets. Kernel: `IFLA_MACSEC_WINDOW`. */
  window?: number | undefined;
  /** Secure association that is sent by. (0 to 3) Kernel: `IFLA_MACSEC_ENCODING_SA`. */
  encodingSa?: number | undefined;
  /** Frames are encrypted, not authenticated only. Kernel: `IFLA_MACSEC_ENCRYPT`. */
  encrypt?: boolean | undefined;
  /** Sent frames are protected. Kernel: `IFLA_MACSEC_PROTECT`. */
  protect?: boolean | undefined;
  /** Sent frames carry the secure channel identifier. Kernel: `IFLA_MACSEC_INC_SCI`. */
  incSci?: boolean | undefined;
  /** End station bit. Kernel: `IFLA_MACSEC_ES`. */
  es?: boolean | undefined;
  /** Single copy broadcast bit. Kernel: `IFLA_MACSEC_SCB`. */
  scb?: boolean | undefined;
  /** Replayed frames are dropped; needs window. Kernel: `IFLA_MACSEC_REPLAY_PROTECT`. */
  replayProtect?: boolean | undefined;
  /** How received frames are checked. Kernel: `IFLA_MACSEC_VALIDATION`. */
  validation?: 'disabled' | 'check' | 'strict' | number | undefined;
  /** What hardware does the work. Kernel: `IFLA_MACSEC_OFFLOAD`. */
  offload?: 'off' | 'phy' | 'mac' | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'macvlan' or 'macvtap' link. */
export interface MacvlanOptions {
  /** Whom the link can talk to. Kernel: `IFLA_MACVLAN_MODE`. */
  mode?: 'private' | 'vepa' | 'bridge' | 'passthru' | 'source' | number | undefined;
  /** 'nopromisc': the parent is not made promiscuous; 'nodst': source mode ignores destinations. Kernel: `IFLA_MACVLAN_FLAGS`. */
  flags?: ('nopromisc' | 'nodst' | (string & {}))[] | number | undefined;
  /** What to do with the addresses given, in mode 'source'. Kernel: `IFLA_MACVLAN_MACADDR_MODE`. */
  macaddrMode?: 'add' | 'del' | 'flush' | 'set' | number | undefined;
  /** The address to add or delete, in mode 'source'. Kernel: `IFLA_MACVLAN_MACADDR`. */
  macaddr?: string | undefined;
  /** Source addresses accepted in mode 'source'; written with macaddrMode 'set'. Kernel: `IFLA_MACVLAN_MACADDR_DATA`. */
  macaddrs?: string[] | undefined;
  /** Number of source addresses. Kernel: `IFLA_MACVLAN_MACADDR_COUNT`. */
  readonly macaddrCount?: number | undefined;
  /** Length asked for of the queue for broadcasts, in packets. Kernel: `IFLA_MACVLAN_BC_QUEUE_LEN`. */
  bcQueueLen?: number | undefined;
  /** Length of that queue, which the parent's links share: the longest asked for. Kernel: `IFLA_MACVLAN_BC_QUEUE_LEN_USED`. */
  readonly bcQueueLenUsed?: number | undefined;
  /** Multicast for fewer listeners than this is not queued; negative: queue none. Kernel: `IFLA_MACVLAN_BC_CUTOFF`. */
  bcCutoff?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'netkit' link. */
export interface NetkitOptions {
  /** The other end: name, netns and so on. Kernel: `IFLA_NETKIT_PEER_INFO`. */
  peer?: LinkSpec | undefined;
  /** Whether this end manages the pair. Kernel: `IFLA_NETKIT_PRIMARY`. */
  readonly primary?: boolean | undefined;
  /** What becomes of packets without a program. Kernel: `IFLA_NETKIT_POLICY`. */
  policy?: 'forward' | 'blackhole' | number | undefined;
  /** policy of the other end. Kernel: `IFLA_NETKIT_PEER_POLICY`. */
  peerPolicy?: 'forward' | 'blackhole' | number | undefined;
  /** Ethernet frames or IP packets; set at creation. Kernel: `IFLA_NETKIT_MODE`. */
  mode?: 'l2' | 'l3' | number | undefined;
  /** Whether mark and priority are cleared. Kernel: `IFLA_NETKIT_SCRUB`. */
  scrub?: 'none' | 'default' | number | undefined;
  /** scrub of the other end. Kernel: `IFLA_NETKIT_PEER_SCRUB`. */
  peerScrub?: 'none' | 'default' | number | undefined;
  /** Bytes kept free in front of packets; set at creation. Kernel: `IFLA_NETKIT_HEADROOM`. */
  headroom?: number | undefined;
  /** Bytes kept free behind packets; set at creation. Kernel: `IFLA_NETKIT_TAILROOM`. */
  tailroom?: number | undefined;
  /** Whether it has another end; set at creation. Kernel: `IFLA_NETKIT_PAIRING`. */
  pairing?: 'pair' | 'single' | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of an 'ovpn' link. */
export interface OvpnOptions {
  /** One peer or many; set at creation. Kernel: `IFLA_OVPN_MODE`. */
  mode?: 'p2p' | 'mp' | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** What the kernel tells of a 'tun' link. */
export interface TunOptions {
  /** User id that may attach to it. Kernel: `IFLA_TUN_OWNER`. */
  readonly owner?: number | undefined;
  /** Group id that may attach to it. Kernel: `IFLA_TUN_GROUP`. */
  readonly group?: number | undefined;
  /** IP packets (tun) or Ethernet frames (tap). Kernel: `IFLA_TUN_TYPE`. */
  readonly type?: 'tun' | 'tap' | number | undefined;
  /** Packets have protocol information in front. Kernel: `IFLA_TUN_PI`. */
  readonly pi?: boolean | undefined;
  /** Packets have a virtio_net_hdr in front. Kernel: `IFLA_TUN_VNET_HDR`. */
  readonly vnetHdr?: boolean | undefined;
  /** Stays when the file is closed. Kernel: `IFLA_TUN_PERSIST`. */
  readonly persist?: boolean | undefined;
  /** Several files may be attached, a queue each. Kernel: `IFLA_TUN_MULTI_QUEUE`. */
  readonly multiQueue?: boolean | undefined;
  /** Queues in use. Kernel: `IFLA_TUN_NUM_QUEUES`. */
  readonly numQueues?: number | undefined;
  /** Queues attached but disabled. Kernel: `IFLA_TUN_NUM_DISABLED_QUEUES`. */
  readonly numDisabledQueues?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'veth' link. */
export interface VethOptions {
  /** The other end: name, address, netns and so on. Kernel: `VETH_INFO_PEER`. */
  peer?: LinkSpec | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'vlan' link. */
export interface VlanOptions {
  /** VLAN identifier. (0 to 4094) Kernel: `IFLA_VLAN_ID`. */
  id?: number | undefined;
  /** Tags are not shown to readers of packets. Kernel: `VLAN_FLAG_REORDER_HDR`. */
  reorderHdr?: boolean | undefined;
  /** The VLAN is announced by GVRP. Kernel: `VLAN_FLAG_GVRP`. */
  gvrp?: boolean | undefined;
  /** The state does not follow the parent's. Kernel: `VLAN_FLAG_LOOSE_BINDING`. */
  looseBinding?: boolean | undefined;
  /** The VLAN is announced by MVRP. Kernel: `VLAN_FLAG_MVRP`. */
  mvrp?: boolean | undefined;
  /** The carrier follows the bridge's ports in the VLAN. Kernel: `VLAN_FLAG_BRIDGE_BINDING`. */
  bridgeBinding?: boolean | undefined;
  /** Priority of the packet to that of the tag. Kernel: `IFLA_VLAN_EGRESS_QOS`. */
  egressQos?: VlanQosMapping[] | undefined;
  /** Priority of the tag to that of the packet. Kernel: `IFLA_VLAN_INGRESS_QOS`. */
  ingressQos?: VlanQosMapping[] | undefined;
  /** Protocol of the tag. Kernel: `IFLA_VLAN_PROTOCOL`. */
  protocol?: '802.1Q' | '802.1ad' | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A mapping of priorities. */
export interface VlanQosMapping {
  /** Priority before; on egress the packet's, on ingress the tag's. Kernel: `from`. */
  from?: number | undefined;
  /** Priority after. Kernel: `to`. */
  to?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'vrf' link. */
export interface VrfOptions {
  /** Routing table of its ports; set at creation. Kernel: `IFLA_VRF_TABLE`. */
  table?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'vti' link. */
export interface VtiOptions {
  /** Link to send by (dev). Kernel: `IFLA_VTI_LINK`. */
  link?: string | number | null | undefined;
  /** Index of `link`. */
  readonly linkIndex?: number;
  /** Mark that policies know received packets by. Kernel: `IFLA_VTI_IKEY`. */
  ikey?: number | undefined;
  /** Mark that policies know sent packets by. Kernel: `IFLA_VTI_OKEY`. */
  okey?: number | undefined;
  /** Address of this end. Kernel: `IFLA_VTI_LOCAL`. */
  local?: string | undefined;
  /** Address of the remote end. Kernel: `IFLA_VTI_REMOTE`. */
  remote?: string | undefined;
  /** Mark of sent packets. Kernel: `IFLA_VTI_FWMARK`. */
  fwmark?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'vti6' link. */
export interface Vti6Options {
  /** Link to send by (dev). Kernel: `IFLA_VTI_LINK`. */
  link?: string | number | null | undefined;
  /** Index of `link`. */
  readonly linkIndex?: number;
  /** Mark that policies know received packets by. Kernel: `IFLA_VTI_IKEY`. */
  ikey?: number | undefined;
  /** Mark that policies know sent packets by. Kernel: `IFLA_VTI_OKEY`. */
  okey?: number | undefined;
  /** Address of this end. Kernel: `IFLA_VTI_LOCAL`. */
  local?: string | undefined;
  /** Address of the remote end. Kernel: `IFLA_VTI_REMOTE`. */
  remote?: string | undefined;
  /** Mark of sent packets. Kernel: `IFLA_VTI_FWMARK`. */
  fwmark?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'vxlan' link. */
export interface VxlanOptions {
  /** VXLAN network identifier (VNI). (0 to 16777215) Kernel: `IFLA_VXLAN_ID`. */
  id?: number | undefined;
  /** Multicast group to join, or address of the remote end (remote). Kernel: `IFLA_VXLAN_GROUP`. */
  group?: string | undefined;
  /** Link to send by (dev); needed for a multicast group. Kernel: `IFLA_VXLAN_LINK`. */
  link?: string | number | null | undefined;
  /** Index of `link`. */
  readonly linkIndex?: number;
  /** Source address of the outer header. Kernel: `IFLA_VXLAN_LOCAL`. */
  local?: string | undefined;
  /** Time to live of the outer header; 0: the system's default. Kernel: `IFLA_VXLAN_TTL`. */
  ttl?: number | undefined;
  /** Type of service of the outer header; 1: that of the inner one. Kernel: `IFLA_VXLAN_TOS`. */
  tos?: number | undefined;
  /** Remote ends of source addresses are learned. Kernel: `IFLA_VXLAN_LEARNING`. */
  learning?: boolean | undefined;
  /** Milliseconds (a multiple of 1000) until a learned address is forgotten. Kernel: `IFLA_VXLAN_AGEING`. */
  ageing?: number | undefined;
  /** Most forwarding entries; 0: no limit. Kernel: `IFLA_VXLAN_LIMIT`. */
  limit?: number | undefined;
  /** Source ports (srcport). Kernel: `IFLA_VXLAN_PORT_RANGE`. */
  portRange?: PortRange | undefined;
  /** ARP and ND are answered from the neighbour table. Kernel: `IFLA_VXLAN_PROXY`. */
  proxy?: boolean | undefined;
  /** Route short circuit. Kernel: `IFLA_VXLAN_RSC`. */
  rsc?: boolean | undefined;
  /** Tells listeners of unknown link-layer addresses. Kernel: `IFLA_VXLAN_L2MISS`. */
  l2miss?: boolean | undefined;
  /** Tells listeners of unknown neighbours. Kernel: `IFLA_VXLAN_L3MISS`. */
  l3miss?: boolean | undefined;
  /** UDP destination port (dstport); 8472 if left out, IANA's is 4789. Kernel: `IFLA_VXLAN_PORT`. */
  port?: number | undefined;
  /** IPv6 multicast group to join, or address of the remote end (remote). Kernel: `IFLA_VXLAN_GROUP6`. */
  group6?: string | undefined;
  /** IPv6 source address of the outer header. Kernel: `IFLA_VXLAN_LOCAL6`. */
  local6?: string | undefined;
  /** UDP checksums over IPv4. Kernel: `IFLA_VXLAN_UDP_CSUM`. */
  udpCsum?: boolean | undefined;
  /** No UDP checksums over IPv6 are sent. Kernel: `IFLA_VXLAN_UDP_ZERO_CSUM6_TX`. */
  udpZeroCsum6Tx?: boolean | undefined;
  /** UDP without checksum is accepted over IPv6. Kernel: `IFLA_VXLAN_UDP_ZERO_CSUM6_RX`. */
  udpZeroCsum6Rx?: boolean | undefined;
  /** Remote checksum offload is asked for. Kernel: `IFLA_VXLAN_REMCSUM_TX`. */
  remcsumTx?: boolean | undefined;
  /** Remote checksum offload is done. Kernel: `IFLA_VXLAN_REMCSUM_RX`. */
  remcsumRx?: boolean | undefined;
  /** Group policy extension. Kernel: `IFLA_VXLAN_GBP`. */
  gbp?: boolean | undefined;
  /** Remote checksum offload without partial sums. Kernel: `IFLA_VXLAN_REMCSUM_NOPARTIAL`. */
  remcsumNopartial?: boolean | undefined;
  /** Routes, filters and programs give identifier and remote end of each packet (external). Kernel: `IFLA_VXLAN_COLLECT_METADATA`. */
  collectMetadata?: boolean | undefined;
  /** Flow label of the outer IPv6 header. (0 to 1048575) Kernel: `IFLA_VXLAN_LABEL`. */
  label?: number | undefined;
  /** Generic protocol extension. Kernel: `IFLA_VXLAN_GPE`. */
  gpe?: boolean | undefined;
  /** Time to live is that of the inner header. Kernel: `IFLA_VXLAN_TTL_INHERIT`. */
  ttlInherit?: boolean | undefined;
  /** Don't-fragment bit of the outer IPv4 header. Kernel: `IFLA_VXLAN_DF`. */
  df?: 'unset' | 'set' | 'inherit' | number | undefined;
  /** Only identifiers given by VNI filter entries are accepted. Kernel: `IFLA_VXLAN_VNIFILTER`. */
  vnifilter?: boolean | undefined;
  /** Packets for a remote end on this host go directly to its VXLAN link. Kernel: `IFLA_VXLAN_LOCALBYPASS`. */
  localbypass?: boolean | undefined;
  /** Whether the flow label is label or that of the inner header. Kernel: `IFLA_VXLAN_LABEL_POLICY`. */
  labelPolicy?: 'fixed' | 'inherit' | number | undefined;
  /** Bits of the header that, when set, make a received packet invalid. Kernel: `IFLA_VXLAN_RESERVED_BITS`. */
  reservedBits?: VxlanHeader | undefined;
  /** Multicast of the underlay is routed before it is sent. Kernel: `IFLA_VXLAN_MC_ROUTE`. */
  mcroute?: boolean | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** struct vxlanhdr */
export interface VxlanHeader {
  /** Bits of the first word. Kernel: `vx_flags`. */
  flags?: number | undefined;
  /** Bits of the second word. Kernel: `vx_vni`. */
  vni?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of an 'xfrm' link. */
export interface XfrmOptions {
  /** Link to send by (dev). Kernel: `IFLA_XFRM_LINK`. */
  link?: string | number | null | undefined;
  /** Index of `link`. */
  readonly linkIndex?: number;
  /** Id that policies and states refer to. Kernel: `IFLA_XFRM_IF_ID`. */
  ifId?: number | undefined;
  /** Routes, filters and programs give the id of each packet (external). Kernel: `IFLA_XFRM_COLLECT_METADATA`. */
  collectMetadata?: boolean | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a bond's port. */
export interface BondPort {
  /** Whether the port is in use. Kernel: `IFLA_BOND_SLAVE_STATE`. */
  readonly state?: 'active' | 'backup' | number | undefined;
  /** State of the carrier. Kernel: `IFLA_BOND_SLAVE_MII_STATUS`. */
  readonly miiStatus?: 'up' | 'goingDown' | 'down' | 'goingBack' | number | undefined;
  /** How often the carrier went. Kernel: `IFLA_BOND_SLAVE_LINK_FAILURE_COUNT`. */
  readonly linkFailureCount?: number | undefined;
  /** MAC address that the port came with. Kernel: `IFLA_BOND_SLAVE_PERM_HWADDR`. */
  readonly permHwaddr?: string | undefined;
  /** Queue of the bond that is sent by this port; 0: any. Kernel: `IFLA_BOND_SLAVE_QUEUE_ID`. */
  queueId?: number | undefined;
  /** Id of the port's aggregator. Kernel: `IFLA_BOND_SLAVE_AD_AGGREGATOR_ID`. */
  readonly adAggregatorId?: number | undefined;
  /** State bits of this end. Kernel: `IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE`. */
  readonly adActorOperPortState?: number | undefined;
  /** State bits of the other end. Kernel: `IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE`. */
  readonly adPartnerOperPortState?: number | undefined;
  /** Priority of the port; the highest is used. Kernel: `IFLA_BOND_SLAVE_PRIO`. */
  prio?: number | undefined;
  /** Priority of the port in LACP. Kernel: `IFLA_BOND_SLAVE_ACTOR_PORT_PRIO`. */
  actorPortPrio?: number | undefined;
  /** Whether this end keeps changing its mind. Kernel: `IFLA_BOND_SLAVE_AD_CHURN_ACTOR_STATE`. */
  readonly adChurnActorState?: 'monitoring' | 'churned' | 'none' | number | undefined;
  /** Whether the other end does. Kernel: `IFLA_BOND_SLAVE_AD_CHURN_PARTNER_STATE`. */
  readonly adChurnPartnerState?: 'monitoring' | 'churned' | 'none' | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** What the kernel tells of a VRF's port. */
export interface VrfPort {
  /** Routing table of the port. Kernel: `IFLA_VRF_PORT_TABLE`. */
  readonly table?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counters since the link was made. */
export interface LinkStats {
  /** Packets received. Kernel: `rx_packets`. */
  rxPackets?: bigint | number | undefined;
  /** Packets sent. Kernel: `tx_packets`. */
  txPackets?: bigint | number | undefined;
  /** Bytes received. Kernel: `rx_bytes`. */
  rxBytes?: bigint | number | undefined;
  /** Bytes sent. Kernel: `tx_bytes`. */
  txBytes?: bigint | number | undefined;
  /** Bad packets received. Kernel: `rx_errors`. */
  rxErrors?: bigint | number | undefined;
  /** Packets that could not be sent. Kernel: `tx_errors`. */
  txErrors?: bigint | number | undefined;
  /** Packets received but not processed. Kernel: `rx_dropped`. */
  rxDropped?: bigint | number | undefined;
  /** Packets dropped on their way out. Kernel: `tx_dropped`. */
  txDropped?: bigint | number | undefined;
  /** Multicast packets received. Kernel: `multicast`. */
  multicast?: bigint | number | undefined;
  /** Collisions while sending. Kernel: `collisions`. */
  collisions?: bigint | number | undefined;
  /** Packets of a wrong length. Kernel: `rx_length_errors`. */
  rxLengthErrors?: bigint | number | undefined;
  /** Overflows of the receive ring. Kernel: `rx_over_errors`. */
  rxOverErrors?: bigint | number | undefined;
  /** Packets with a wrong checksum. Kernel: `rx_crc_errors`. */
  rxCrcErrors?: bigint | number | undefined;
  /** Misaligned frames. Kernel: `rx_frame_errors`. */
  rxFrameErrors?: bigint | number | undefined;
  /** Overflows of the receive FIFO. Kernel: `rx_fifo_errors`. */
  rxFifoErrors?: bigint | number | undefined;
  /** Packets missed for want of buffers. Kernel: `rx_missed_errors`. */
  rxMissedErrors?: bigint | number | undefined;
  /** Sends that were aborted. Kernel: `tx_aborted_errors`. */
  txAbortedErrors?: bigint | number | undefined;
  /** Sends lost with the carrier. Kernel: `tx_carrier_errors`. */
  txCarrierErrors?: bigint | number | undefined;
  /** Underruns of the send FIFO. Kernel: `tx_fifo_errors`. */
  txFifoErrors?: bigint | number | undefined;
  /** Heartbeat errors (SQE). Kernel: `tx_heartbeat_errors`. */
  txHeartbeatErrors?: bigint | number | undefined;
  /** Late collisions. Kernel: `tx_window_errors`. */
  txWindowErrors?: bigint | number | undefined;
  /** Compressed packets received. Kernel: `rx_compressed`. */
  rxCompressed?: bigint | number | undefined;
  /** Compressed packets sent. Kernel: `tx_compressed`. */
  txCompressed?: bigint | number | undefined;
  /** Packets that nobody wanted. Kernel: `rx_nohandler`. */
  rxNohandler?: bigint | number | undefined;
  /** Packets dropped as being for another host. Kernel: `rx_otherhost_dropped`. */
  rxOtherhostDropped?: bigint | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Management Component Transport Protocol on the link. */
export interface LinkMctp {
  /** Id of the MCTP network. Kernel: `IFLA_MCTP_NET`. */
  net?: number | undefined;
  /** Physical transport. Kernel: `IFLA_MCTP_PHYS_BINDING`. */
  readonly physBinding?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** XDP programs of a link. */
export interface LinkXdp {
  /** Where programs are attached. Kernel: `IFLA_XDP_ATTACHED`. */
  attached?: 'none' | 'driver' | 'generic' | 'offload' | 'multi' | number | undefined;
  /** Id of the program, if there is one only. Kernel: `IFLA_XDP_PROG_ID`. */
  progId?: number | undefined;
  /** Id of the driver's program. Kernel: `IFLA_XDP_DRV_PROG_ID`. */
  drvProgId?: number | undefined;
  /** Id of the generic program. Kernel: `IFLA_XDP_SKB_PROG_ID`. */
  skbProgId?: number | undefined;
  /** Id of the program in hardware. Kernel: `IFLA_XDP_HW_PROG_ID`. */
  hwProgId?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Why a protocol holds the link down. */
export interface LinkProtoDownReason {
  /** Reasons to change; all if left out. Kernel: `IFLA_PROTO_DOWN_REASON_MASK`. */
  mask?: number | undefined;
  /** Mask of the reasons. Kernel: `IFLA_PROTO_DOWN_REASON_VALUE`. */
  value?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** What is known of a path, RTAX_*. */
export interface RouteMetrics {
  /** Metrics that are not to be learned, such as 'mtu' against PMTU. Kernel: `RTAX_LOCK`. */
  lock?: ('mtu' | 'window' | 'rtt' | 'rttvar' | 'ssthresh' | 'cwnd' | 'advmss' | 'reordering' | 'hoplimit' | 'initcwnd' | 'features' | 'rtoMin' | 'initrwnd' | 'quickack' | 'congctl' | 'fastopenNoCookie' | (string & {}))[] | number | undefined;
  /** MTU of the path, in bytes. Kernel: `RTAX_MTU`. */
  mtu?: number | undefined;
  /** Largest TCP window to advertise, in bytes. Kernel: `RTAX_WINDOW`. */
  window?: number | undefined;
  /** Estimate of the round trip time, in milliseconds. Kernel: `RTAX_RTT`. */
  rtt?: number | undefined;
  /** Estimate of its variance, in milliseconds. Kernel: `RTAX_RTTVAR`. */
  rttvar?: number | undefined;
  /** Slow start threshold, in packets. Kernel: `RTAX_SSTHRESH`. */
  ssthresh?: number | undefined;
  /** Clamp of the congestion window, in packets; to be locked. Kernel: `RTAX_CWND`. */
  cwnd?: number | undefined;
  /** TCP MSS to advertise, in bytes. Kernel: `RTAX_ADVMSS`. */
  advmss?: number | undefined;
  /** Largest reordering to expect, in packets. Kernel: `RTAX_REORDERING`. */
  reordering?: number | undefined;
  /** Hop limit or TTL of packets that originate here. (0 to 255) Kernel: `RTAX_HOPLIMIT`. */
  hoplimit?: number | undefined;
  /** Initial congestion window, in packets. Kernel: `RTAX_INITCWND`. */
  initcwnd?: number | undefined;
  /** TCP features to use on the path. Kernel: `RTAX_FEATURES`. */
  features?: ('ecn' | 'sack' | 'timestamp' | 'allfrag' | 'tcpUsecTs' | (string & {}))[] | number | undefined;
  /** Smallest TCP retransmission timeout, in milliseconds. Kernel: `RTAX_RTO_MIN`. */
  rtoMin?: number | undefined;
  /** Initial receive window, in packets. Kernel: `RTAX_INITRWND`. */
  initrwnd?: number | undefined;
  /** 1: acknowledge without delay. Kernel: `RTAX_QUICKACK`. */
  quickack?: number | undefined;
  /** TCP congestion control, such as 'bbr'. (at most 15 bytes) Kernel: `RTAX_CC_ALGO`. */
  congctl?: string | undefined;
  /** 1: TCP Fast Open without a cookie. Kernel: `RTAX_FASTOPEN_NO_COOKIE`. */
  fastopenNoCookie?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Pushes MPLS labels. */
export interface MplsEncap {
  /** Stack of labels to push: 4 bytes each, as on the wire. Kernel: `MPLS_IPTUNNEL_DST`. */
  dst?: Uint8Array | undefined;
  /** TTL of the pushed labels; that of the packet if left out. Kernel: `MPLS_IPTUNNEL_TTL`. */
  ttl?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Metadata for an IPv4 tunnel device. */
export interface IpEncap {
  /** Tunnel id, such as a VNI or a GRE key. Kernel: `LWTUNNEL_IP_ID`. */
  id?: bigint | number | undefined;
  /** Outer destination. Kernel: `LWTUNNEL_IP_DST`. */
  dst?: string | undefined;
  /** Outer source. Kernel: `LWTUNNEL_IP_SRC`. */
  src?: string | undefined;
  /** Outer TTL. Kernel: `LWTUNNEL_IP_TTL`. */
  ttl?: number | undefined;
  /** Outer TOS. Kernel: `LWTUNNEL_IP_TOS`. */
  tos?: number | undefined;
  /** Which of the tunnel's features are used. Kernel: `LWTUNNEL_IP_FLAGS`. */
  flags?: ('csum' | 'routing' | 'key' | 'seq' | 'strict' | 'rec' | 'version' | 'noKey' | 'dontFragment' | 'oam' | 'critOpt' | 'geneveOpt' | 'vxlanOpt' | 'nocache' | 'erspanOpt' | (string & {}))[] | number | undefined;
  /** Metadata of the tunnel device. Kernel: `LWTUNNEL_IP_OPTS`. */
  readonly options?: EncapIpOptions | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Metadata of the tunnel device: of one kind only. */
export interface EncapIpOptions {
  /** One Geneve option. Kernel: `LWTUNNEL_IP_OPTS_GENEVE`. */
  geneve?: EncapGeneveOption | undefined;
  /** VXLAN metadata. Kernel: `LWTUNNEL_IP_OPTS_VXLAN`. */
  vxlan?: EncapVxlanOption | undefined;
  /** ERSPAN metadata. Kernel: `LWTUNNEL_IP_OPTS_ERSPAN`. */
  erspan?: EncapErspanOption | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A Geneve option. */
export interface EncapGeneveOption {
  /** Namespace of the option's type. Kernel: `LWTUNNEL_IP_OPT_GENEVE_CLASS`. */
  class?: number | undefined;
  /** Type of the option. Kernel: `LWTUNNEL_IP_OPT_GENEVE_TYPE`. */
  type?: number | undefined;
  /** Content of the option: a multiple of 4 bytes. Kernel: `LWTUNNEL_IP_OPT_GENEVE_DATA`. */
  data?: Uint8Array | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** VXLAN's group policy. */
export interface EncapVxlanOption {
  /** Group policy id. Kernel: `LWTUNNEL_IP_OPT_VXLAN_GBP`. */
  gbp?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** ERSPAN's metadata. */
export interface EncapErspanOption {
  /** Version: 1 or 2. Kernel: `LWTUNNEL_IP_OPT_ERSPAN_VER`. */
  ver?: number | undefined;
  /** Version 1: index of the mirrored port. Kernel: `LWTUNNEL_IP_OPT_ERSPAN_INDEX`. */
  index?: number | undefined;
  /** Version 2: direction, 0 ingress and 1 egress. Kernel: `LWTUNNEL_IP_OPT_ERSPAN_DIR`. */
  dir?: number | undefined;
  /** Version 2: id of the ERSPAN engine. Kernel: `LWTUNNEL_IP_OPT_ERSPAN_HWID`. */
  hwid?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Identifier locator addressing. */
export interface IlaEncap {
  /** Locator that replaces the upper 64 bits of the destination. Kernel: `ILA_ATTR_LOCATOR`. */
  locator?: bigint | number | undefined;
  /** How checksums are kept right. Kernel: `ILA_ATTR_CSUM_MODE`. */
  csumMode?: 'adj-transport' | 'neutral-map' | 'no-action' | 'neutral-map-auto' | number | undefined;
  /** Type of the identifier. Kernel: `ILA_ATTR_IDENT_TYPE`. */
  identType?: 'iid' | 'luid' | 'virt-v4' | 'virt-uni-v6' | 'virt-multi-v6' | 'nonlocal-addr' | 'use-format' | number | undefined;
  /** Whether input or output is translated. Kernel: `ILA_ATTR_HOOK_TYPE`. */
  hookType?: 'output' | 'input' | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Metadata for an IPv6 tunnel device. */
export interface Ip6Encap {
  /** Tunnel id, such as a VNI or a GRE key. Kernel: `LWTUNNEL_IP6_ID`. */
  id?: bigint | number | undefined;
  /** Outer destination. Kernel: `LWTUNNEL_IP6_DST`. */
  dst?: string | undefined;
  /** Outer source. Kernel: `LWTUNNEL_IP6_SRC`. */
  src?: string | undefined;
  /** Outer hop limit. Kernel: `LWTUNNEL_IP6_HOPLIMIT`. */
  hoplimit?: number | undefined;
  /** Outer traffic class. Kernel: `LWTUNNEL_IP6_TC`. */
  tc?: number | undefined;
  /** Which of the tunnel's features are used. Kernel: `LWTUNNEL_IP6_FLAGS`. */
  flags?: ('csum' | 'routing' | 'key' | 'seq' | 'strict' | 'rec' | 'version' | 'noKey' | 'dontFragment' | 'oam' | 'critOpt' | 'geneveOpt' | 'vxlanOpt' | 'nocache' | 'erspanOpt' | (string & {}))[] | number | undefined;
  /** Metadata of the tunnel device. Kernel: `LWTUNNEL_IP6_OPTS`. */
  readonly options?: EncapIpOptions | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** IPv6 segment routing: the source or a transit node. */
export interface Seg6Encap {
  /** struct seg6_iptunnel_encap: the mode (u32), then the routing header. Kernel: `SEG6_IPTUNNEL_SRH`. */
  srh?: Uint8Array | undefined;
  /** Outer source address. Kernel: `SEG6_IPTUNNEL_SRC`. */
  tunsrc?: string | undefined;
  /** Routing table in which the first segment is looked up. Kernel: `SEG6_IPTUNNEL_TABLE`. */
  table?: 'unspec' | 'compat' | 'default' | 'main' | 'local' | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** BPF programs at the points of a route. */
export interface BpfEncap {
  /** Program for packets that are received. Kernel: `LWT_BPF_IN`. */
  in?: EncapBpfProgram | undefined;
  /** Program for packets that originate here. Kernel: `LWT_BPF_OUT`. */
  out?: EncapBpfProgram | undefined;
  /** Program for packets about to be sent. Kernel: `LWT_BPF_XMIT`. */
  xmit?: EncapBpfProgram | undefined;
  /** Bytes to keep free before the packet. (0 to 256) Kernel: `LWT_BPF_XMIT_HEADROOM`. */
  headroom?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A BPF program of a route. */
export interface EncapBpfProgram {
  /** Descriptor of the loaded program. Kernel: `LWT_BPF_PROG_FD`. */
  fd?: number | undefined;
  /** Name for the program, shown when the route is listed. (at most 255 bytes) Kernel: `LWT_BPF_PROG_NAME`. */
  name?: string | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** RPL source routing. */
export interface RplEncap {
  /** RPL source routing header. Kernel: `RPL_IPTUNNEL_SRH`. */
  srh?: Uint8Array | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** IPv6 segment routing: a local segment. */
export interface Seg6LocalEncap {
  /** What is done with the packet. Kernel: `SEG6_LOCAL_ACTION`. */
  action?: 'unspec' | 'End' | 'End.X' | 'End.T' | 'End.DX2' | 'End.DX6' | 'End.DX4' | 'End.DT6' | 'End.DT4' | 'End.B6' | 'End.B6.Encaps' | 'End.BM' | 'End.S' | 'End.AS' | 'End.AM' | 'End.BPF' | 'End.DT46' | number | undefined;
  /** Segment routing header to add. Kernel: `SEG6_LOCAL_SRH`. */
  srh?: Uint8Array | undefined;
  /** Table for the further lookup. Kernel: `SEG6_LOCAL_TABLE`. */
  table?: 'unspec' | 'compat' | 'default' | 'main' | 'local' | number | undefined;
  /** IPv4 next hop. Kernel: `SEG6_LOCAL_NH4`. */
  nh4?: string | undefined;
  /** IPv6 next hop. Kernel: `SEG6_LOCAL_NH6`. */
  nh6?: string | undefined;
  /** Incoming link. Kernel: `SEG6_LOCAL_IIF`. */
  iif?: string | number | null | undefined;
  /** Index of `iif`. */
  readonly iifIndex?: number;
  /** Outgoing link. Kernel: `SEG6_LOCAL_OIF`. */
  oif?: string | number | null | undefined;
  /** Index of `oif`. */
  readonly oifIndex?: number;
  /** Program of End.BPF. Kernel: `SEG6_LOCAL_BPF`. */
  bpf?: EncapSeg6LocalBpf | undefined;
  /** Table of the VRF for the lookup. Kernel: `SEG6_LOCAL_VRFTABLE`. */
  vrftable?: 'unspec' | 'compat' | 'default' | 'main' | 'local' | number | undefined;
  /** Counters; all three given (as 0n) ask for them. Kernel: `SEG6_LOCAL_COUNTERS`. */
  counters?: EncapSeg6LocalCounters | undefined;
  /** Variants of the action. Kernel: `SEG6_LOCAL_FLAVORS`. */
  flavors?: EncapSeg6LocalFlavors | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** The program of an End.BPF segment. */
export interface EncapSeg6LocalBpf {
  /** Given: descriptor of the loaded program. Shown: its id. Kernel: `SEG6_LOCAL_BPF_PROG`. */
  prog?: number | undefined;
  /** Name for the program. (at most 255 bytes) Kernel: `SEG6_LOCAL_BPF_PROG_NAME`. */
  name?: string | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counters of a segment. */
export interface EncapSeg6LocalCounters {
  /** Packets processed. Kernel: `SEG6_LOCAL_CNT_PACKETS`. */
  packets?: bigint | number | undefined;
  /** Bytes processed. Kernel: `SEG6_LOCAL_CNT_BYTES`. */
  bytes?: bigint | number | undefined;
  /** Packets that could not be processed. Kernel: `SEG6_LOCAL_CNT_ERRORS`. */
  errors?: bigint | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Flavors of a segment. */
export interface EncapSeg6LocalFlavors {
  /** The flavors. Kernel: `SEG6_LOCAL_FLV_OPERATION`. */
  operation?: ('psp' | 'usp' | 'usd' | 'next-csid' | (string & {}))[] | number | undefined;
  /** Locator block's length in bits. Kernel: `SEG6_LOCAL_FLV_LCBLOCK_BITS`. */
  lblen?: number | undefined;
  /** Locator node and function's length in bits. Kernel: `SEG6_LOCAL_FLV_LCNODE_FN_BITS`. */
  nflen?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** In-situ OAM for IPv6. */
export interface Ioam6Encap {
  /** How the trace is put into packets. Kernel: `IOAM6_IPTUNNEL_MODE`. */
  mode?: 'inline' | 'encap' | 'auto' | number | undefined;
  /** Outer destination for 'encap' and 'auto'. Kernel: `IOAM6_IPTUNNEL_DST`. */
  tundst?: string | undefined;
  /** struct ioam6_trace_hdr. Kernel: `IOAM6_IPTUNNEL_TRACE`. */
  trace?: Uint8Array | undefined;
  /** The trace is put into this many packets... (1 to 1000000) Kernel: `IOAM6_IPTUNNEL_FREQ_K`. */
  freqk?: number | undefined;
  /** ...of each so many. (1 to 1000000) Kernel: `IOAM6_IPTUNNEL_FREQ_N`. */
  freqn?: number | undefined;
  /** Outer source for 'encap' and 'auto'. Kernel: `IOAM6_IPTUNNEL_SRC`. */
  tunsrc?: string | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Metadata for an XFRM interface. */
export interface XfrmEncap {
  /** Id of the XFRM interface. (1 to 4294967295) Kernel: `LWT_XFRM_IF_ID`. */
  ifId?: number | undefined;
  /** Underlying link. Kernel: `LWT_XFRM_LINK`. */
  linkDev?: string | number | null | undefined;
  /** Index of `linkDev`. */
  readonly linkDevIndex?: number;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** struct rta_cacheinfo */
export interface RouteCacheInfo {
  /** References to the entry. Kernel: `rta_clntref`. */
  users?: number | undefined;
  /** Milliseconds since the last use. Kernel: `rta_lastuse`. */
  age?: number | undefined;
  /** Milliseconds until it expires; 0: never. Kernel: `rta_expires`. */
  expires?: number | undefined;
  /** Negative errno that packets meet, or 0. Kernel: `rta_error`. */
  error?: number | undefined;
  /** How often it was used. Kernel: `rta_used`. */
  used?: number | undefined;
  /** Last IP id that was used. Kernel: `rta_id`. */
  ipid?: number | undefined;
  /** Last TCP timestamp that was seen. Kernel: `rta_ts`. */
  ts?: number | undefined;
  /** Age of that timestamp, in seconds. Kernel: `rta_tsage`. */
  tsage?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** struct rta_mfc_stats */
export interface RouteMfcStats {
  /** Packets forwarded. Kernel: `mfcs_packets`. */
  packets?: bigint | number | undefined;
  /** Bytes forwarded. Kernel: `mfcs_bytes`. */
  bytes?: bigint | number | undefined;
  /** Packets that came in on a wrong interface. Kernel: `mfcs_wrong_if`. */
  wrongIf?: bigint | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** struct nda_cacheinfo */
export interface NeighbourCacheInfo {
  /** Milliseconds since it was last confirmed to be reachable. Kernel: `ndm_confirmed`. */
  confirmed?: number | undefined;
  /** Milliseconds since the last use. Kernel: `ndm_used`. */
  used?: number | undefined;
  /** Milliseconds since the last change. Kernel: `ndm_updated`. */
  updated?: number | undefined;
  /** References to the entry. Kernel: `ndm_refcnt`. */
  refcnt?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Activity of a bridge's forwarding entry. */
export interface NeighbourFdbExt {
  /** 'notify': tell of activity and of its end; 'inactive': the entry is, or is to be, inactive. Kernel: `NFEA_ACTIVITY_NOTIFY`. */
  activityNotify?: ('notify' | 'inactive' | (string & {}))[] | number | undefined;
  /** A change leaves the entry's age as it is. Kernel: `NFEA_DONT_REFRESH`. */
  dontRefresh?: boolean | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A range of user ids. */
export interface RuleUidRange {
  /** First user id. Kernel: `start`. */
  start?: number | undefined;
  /** Last user id. Kernel: `end`. */
  end?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A range of ports. */
export interface RulePortRange {
  /** First port. (1 to 65535) Kernel: `start`. */
  start?: number | undefined;
  /** Last port. (1 to 65535) Kernel: `end`. */
  end?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'bfifo' qdisc. */
export interface BfifoOptions {
  /** Most bytes in the queue; txQueueLength packets' if there are no options. Bytes, or a size such as '32kb'. Kernel: `limit`. */
  limit?: number | string | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'cake' qdisc as the kernel has them (tc-cake(8)). */
export interface CakeWire {
  /** Rate; 0: not shaped. Bit/s, or a rate such as '10mbit'. Kernel: `TCA_CAKE_BASE_RATE64`. */
  bandwidth?: number | string | undefined;
  /** Classes by DS field. Kernel: `TCA_CAKE_DIFFSERV_MODE`. */
  diffserv?: 'diffserv3' | 'diffserv4' | 'diffserv8' | 'besteffort' | 'precedence' | number | undefined;
  /** Encapsulation whose cost is counted. Kernel: `TCA_CAKE_ATM`. */
  atm?: 'noatm' | 'atm' | 'ptm' | number | undefined;
  /** What is fair to whom. Kernel: `TCA_CAKE_FLOW_MODE`. */
  flowMode?: 'flowblind' | 'srchost' | 'dsthost' | 'hosts' | 'flows' | 'dual-srchost' | 'dual-dsthost' | 'triple-isolate' | number | undefined;
  /** Bytes on the wire beside each packet's own. (-64 to 256) Kernel: `TCA_CAKE_OVERHEAD`. */
  overhead?: number | undefined;
  /** Round-trip time that most flows have. Milliseconds, or a time such as '25ms'. Kernel: `TCA_CAKE_RTT`. */
  rtt?: number | string | undefined;
  /** Delay aimed at. Milliseconds, or a time such as '25ms'. Kernel: `TCA_CAKE_TARGET`. */
  target?: number | string | undefined;
  /** The rate is guessed from what comes in. Kernel: `TCA_CAKE_AUTORATE`. */
  autorateIngress?: boolean | undefined;
  /** Most bytes of memory that waiting packets take; 0: by rate. Bytes, or a size such as '32kb'. Kernel: `TCA_CAKE_MEMORY`. */
  memlimit?: number | string | undefined;
  /** Hosts are told apart behind network address translation. Kernel: `TCA_CAKE_NAT`. */
  nat?: boolean | undefined;
  /** There, whatever it is: the overhead is not set. Kernel: `TCA_CAKE_RAW`. */
  raw?: number | undefined;
  /** DS fields are cleared. Kernel: `TCA_CAKE_WASH`. */
  wash?: boolean | undefined;
  /** Least bytes that a packet counts for. Kernel: `TCA_CAKE_MPU`. */
  mpu?: number | undefined;
  /** Dropped packets count, as they have passed the bottleneck. Kernel: `TCA_CAKE_INGRESS`. */
  ingress?: boolean | undefined;
  /** Superfluous TCP ACKs are dropped. Kernel: `TCA_CAKE_ACK_FILTER`. */
  ackFilter?: 'disabled' | 'enabled' | 'aggressive' | number | undefined;
  /** Large packets are split into those of the wire. Kernel: `TCA_CAKE_SPLIT_GSO`. */
  splitGso?: boolean | undefined;
  /** Mask of the packet's mark that chooses the class; 0: none. Kernel: `TCA_CAKE_FWMARK`. */
  fwmark?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'cbs' qdisc (tc-cbs(8)). */
export interface CbsOptions {
  /** Hardware is to do it. Kernel: `offload`. */
  offload?: boolean | undefined;
  /** Most credit, in bytes. Kernel: `hicredit`. */
  hicredit?: number | undefined;
  /** Least credit, in bytes. Kernel: `locredit`. */
  locredit?: number | undefined;
  /** Credit gained while waiting, in bit/s (a multiple of 1000). Kernel: `idleslope`. */
  idleslope?: number | undefined;
  /** Credit gained while sending, in bit/s; negative. Kernel: `sendslope`. */
  sendslope?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'choke' qdisc as the kernel has them (tc-choke(8)). */
export interface ChokeWire {
  /** The thresholds. Kernel: `TCA_CHOKE_PARMS`. */
  parms?: RedParms | undefined;
  /** What idle times do to the average. Kernel: `TCA_CHOKE_STAB`. */
  stab?: number[] | undefined;
  /** Greatest probability, of 2^32. Kernel: `TCA_CHOKE_MAX_P`. */
  maxP?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** struct tc_red_qopt */
export interface RedParms {
  /** Most waiting. Kernel: `limit`. */
  limit?: number | undefined;
  /** Average queue at which drops begin. Kernel: `qth_min`. */
  min?: number | undefined;
  /** Average queue at which drops are most probable. Kernel: `qth_max`. */
  max?: number | undefined;
  /** Binary logarithm of the average's inverse weight. Kernel: `Wlog`. */
  ewma?: number | undefined;
  /** Binary logarithm of the slope of the probability. Kernel: `Plog`. */
  plog?: number | undefined;
  /** Binary logarithm of the cells of the table of idle times. Kernel: `Scell_log`. */
  scellLog?: number | undefined;
  /** What becomes of packets. Kernel: `flags`. */
  flags?: ('ecn' | 'harddrop' | 'adaptive' | 'nodrop' | (string & {}))[] | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** This kind of qdisc has no options. */
export interface NoQdiscOptions {
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'codel' qdisc (tc-codel(8)). */
export interface CodelOptions {
  /** Delay that is put up with for ever. Milliseconds, or a time such as '25ms'. Kernel: `TCA_CODEL_TARGET`. */
  target?: number | string | undefined;
  /** Most packets waiting. Kernel: `TCA_CODEL_LIMIT`. */
  limit?: number | undefined;
  /** How long the delay may be over the target. Milliseconds, or a time such as '25ms'. Kernel: `TCA_CODEL_INTERVAL`. */
  interval?: number | string | undefined;
  /** Packets that allow it are marked, not dropped. Kernel: `TCA_CODEL_ECN`. */
  ecn?: boolean | undefined;
  /** Delay above which all packets are marked. Milliseconds, or a time such as '25ms'. Kernel: `TCA_CODEL_CE_THRESHOLD`. */
  ceThreshold?: number | string | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'dualpi2' qdisc as the kernel has them. */
export interface Dualpi2Wire {
  /** Most packets waiting. (1 to 4294967295) Kernel: `TCA_DUALPI2_LIMIT`. */
  limit?: number | undefined;
  /** Most bytes of memory that waiting packets take. Bytes, or a size such as '32kb'. (1 to 4294967295) Kernel: `TCA_DUALPI2_MEMORY_LIMIT`. */
  memoryLimit?: number | string | undefined;
  /** Delay of the classic queue aimed at. Milliseconds, or a time such as '25ms'. Kernel: `TCA_DUALPI2_TARGET`. */
  target?: number | string | undefined;
  /** How often the probability of drops is computed. Milliseconds, or a time such as '25ms'. (1 to 4294967295) Kernel: `TCA_DUALPI2_TUPDATE`. */
  tupdate?: number | string | undefined;
  /** Weight of the delay's distance from the target, in 1/256 Hz. Kernel: `TCA_DUALPI2_ALPHA`. */
  alpha?: number | undefined;
  /** Weight of the delay's change, in 1/256 Hz. Kernel: `TCA_DUALPI2_BETA`. */
  beta?: number | undefined;
  /** Packets of the L4S queue above which it is marked. Kernel: `TCA_DUALPI2_STEP_THRESH_PKTS`. */
  stepThresholdPackets?: number | undefined;
  /** Delay of the L4S queue above which it is marked. Milliseconds, or a time such as '25ms'. Kernel: `TCA_DUALPI2_STEP_THRESH_US`. */
  stepThreshold?: number | string | undefined;
  /** Packets that must be waiting for that. Kernel: `TCA_DUALPI2_MIN_QLEN_STEP`. */
  minQlenStep?: number | undefined;
  /** How much more probable marks are than drops. (1 to 255) Kernel: `TCA_DUALPI2_COUPLING`. */
  couplingFactor?: number | undefined;
  /** What is done about too much of both. Kernel: `TCA_DUALPI2_DROP_OVERLOAD`. */
  overload?: 'overflow' | 'drop' | number | undefined;
  /** When packets are dropped. Kernel: `TCA_DUALPI2_DROP_EARLY`. */
  dropAt?: 'dequeue' | 'enqueue' | number | undefined;
  /** Share of the classic queue in percent. (0 to 100) Kernel: `TCA_DUALPI2_C_PROTECTION`. */
  classicProtection?: number | undefined;
  /** Which packets are for the L4S queue. Kernel: `TCA_DUALPI2_ECN_MASK`. */
  ecnMask?: 'l4s' | 'classic' | 'any' | number | undefined;
  /** Large packets are split into those of the wire. Kernel: `TCA_DUALPI2_SPLIT_GSO`. */
  splitGso?: boolean | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of an 'etf' qdisc (tc-etf(8)). */
export interface EtfOptions {
  /** How much before its time a packet goes to the device. Milliseconds, or a time such as '25ms'. Kernel: `delta`. */
  delta?: number | string | undefined;
  /** The clock of packets' times; 'tai'. Kernel: `clockid`. */
  clock?: 'realtime' | 'monotonic' | 'boottime' | 'tai' | number | undefined;
  /** What times mean, who keeps to them. Kernel: `flags`. */
  flags?: ('deadlineMode' | 'offload' | 'skipSockCheck' | (string & {}))[] | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of an 'ets' qdisc as the kernel has them (tc-ets(8)). */
export interface EtsWire {
  /** Number of bands, each a class. Kernel: `TCA_ETS_NBANDS`. */
  bands?: number | undefined;
  /** How many of them, the first, have strict priority. Kernel: `TCA_ETS_NSTRICT`. */
  strict?: number | undefined;
  /** Bytes of each of the others before it is the next one's turn. Kernel: `TCA_ETS_QUANTA`. */
  quanta?: number[] | undefined;
  /** Band of each of the 16 packet priorities. Kernel: `TCA_ETS_PRIOMAP`. */
  priomap?: number[] | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of an 'fq' qdisc as the kernel has them (tc-fq(8)). */
export interface FqWire {
  /** Most packets waiting. Kernel: `TCA_FQ_PLIMIT`. */
  limit?: number | undefined;
  /** Most packets of a flow waiting. Kernel: `TCA_FQ_FLOW_PLIMIT`. */
  flowLimit?: number | undefined;
  /** Bytes of a flow before it is the next one's turn. Bytes, or a size such as '32kb'. Kernel: `TCA_FQ_QUANTUM`. */
  quantum?: number | string | undefined;
  /** Bytes that a new flow may send at once. Bytes, or a size such as '32kb'. Kernel: `TCA_FQ_INITIAL_QUANTUM`. */
  initialQuantum?: number | string | undefined;
  /** Flows are paced. Kernel: `TCA_FQ_RATE_ENABLE`. */
  pacing?: boolean | undefined;
  /** Unused. Bit/s, or a rate such as '10mbit'. (Infinity: for ever) Kernel: `TCA_FQ_FLOW_DEFAULT_RATE`. */
  readonly defaultRate?: number | string | undefined;
  /** Most that a flow may send. Bit/s, or a rate such as '10mbit'. (Infinity: for ever) Kernel: `TCA_FQ_FLOW_MAX_RATE`. */
  maxRate?: number | string | undefined;
  /** Binary logarithm of the size of the table of flows. Kernel: `TCA_FQ_BUCKETS_LOG`. */
  bucketsLog?: number | undefined;
  /** Idle time after which a flow counts as new. Milliseconds, or a time such as '25ms'. Kernel: `TCA_FQ_FLOW_REFILL_DELAY`. */
  refillDelay?: number | string | undefined;
  /** Of the hash of packets without a socket. Kernel: `TCA_FQ_ORPHAN_MASK`. */
  orphanMask?: number | undefined;
  /** Below this each packet is paced. Bit/s, or a rate such as '10mbit'. Kernel: `TCA_FQ_LOW_RATE_THRESHOLD`. */
  lowRateThreshold?: number | string | undefined;
  /** Delay above which packets are marked. Milliseconds, or a time such as '25ms'. (Infinity: for ever) Kernel: `TCA_FQ_CE_THRESHOLD`. */
  ceThreshold?: number | string | undefined;
  /** How late a timer may be. Milliseconds, or a time such as '25ms'. Kernel: `TCA_FQ_TIMER_SLACK`. */
  timerSlack?: number | string | undefined;
  /** How far ahead packets may be timed. Milliseconds, or a time such as '25ms'. Kernel: `TCA_FQ_HORIZON`. */
  horizon?: number | string | undefined;
  /** Packets beyond the horizon are dropped, not sent at the horizon. Kernel: `TCA_FQ_HORIZON_DROP`. */
  horizonDrop?: boolean | undefined;
  /** Which of three bands packets' priorities belong to. Kernel: `TCA_FQ_PRIOMAP`. */
  priomap?: PrioWire | undefined;
  /** The bands' weights, in bytes. Kernel: `TCA_FQ_WEIGHTS`. */
  weights?: number[] | undefined;
  /** How far ahead hardware may time packets. Milliseconds, or a time such as '25ms'. Kernel: `TCA_FQ_OFFLOAD_HORIZON`. */
  offloadHorizon?: number | string | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'prio' qdisc. */
export interface PrioWire {
  /** Number of bands, each a class. Kernel: `bands`. */
  bands?: number | undefined;
  /** Band of each of the 16 packet priorities. Kernel: `priomap`. */
  priomap?: number[] | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of an 'fq_codel' qdisc (tc-fq_codel(8)). */
export interface FqCodelOptions {
  /** Delay that is put up with for ever. Milliseconds, or a time such as '25ms'. Kernel: `TCA_FQ_CODEL_TARGET`. */
  target?: number | string | undefined;
  /** Most packets waiting. Kernel: `TCA_FQ_CODEL_LIMIT`. */
  limit?: number | undefined;
  /** How long the delay may be over the target. Milliseconds, or a time such as '25ms'. Kernel: `TCA_FQ_CODEL_INTERVAL`. */
  interval?: number | string | undefined;
  /** Packets that allow it are marked, not dropped. Kernel: `TCA_FQ_CODEL_ECN`. */
  ecn?: boolean | undefined;
  /** Number of queues; only when the qdisc is made. Kernel: `TCA_FQ_CODEL_FLOWS`. */
  flows?: number | undefined;
  /** Bytes of a queue before it is the next one's turn. Bytes, or a size such as '32kb'. Kernel: `TCA_FQ_CODEL_QUANTUM`. */
  quantum?: number | string | undefined;
  /** Delay above which all packets are marked. Milliseconds, or a time such as '25ms'. Kernel: `TCA_FQ_CODEL_CE_THRESHOLD`. */
  ceThreshold?: number | string | undefined;
  /** Most packets dropped at once when the queues are full. Kernel: `TCA_FQ_CODEL_DROP_BATCH_SIZE`. */
  dropBatch?: number | undefined;
  /** Most bytes of memory that waiting packets take. Bytes, or a size such as '32kb'. Kernel: `TCA_FQ_CODEL_MEMORY_LIMIT`. */
  memoryLimit?: number | string | undefined;
  /** ceThreshold is for packets whose DS field has this under the mask only. Kernel: `TCA_FQ_CODEL_CE_THRESHOLD_SELECTOR`. */
  ceThresholdSelector?: number | undefined;
  /** That mask. Kernel: `TCA_FQ_CODEL_CE_THRESHOLD_MASK`. */
  ceThresholdMask?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of an 'fq_pie' qdisc (tc-fq_pie(8)). */
export interface FqPieOptions {
  /** Most packets waiting. Kernel: `TCA_FQ_PIE_LIMIT`. */
  limit?: number | undefined;
  /** Number of queues; only when the qdisc is made. Kernel: `TCA_FQ_PIE_FLOWS`. */
  flows?: number | undefined;
  /** Delay aimed at. Milliseconds, or a time such as '25ms'. Kernel: `TCA_FQ_PIE_TARGET`. */
  target?: number | string | undefined;
  /** How often the probability of drops is computed. Milliseconds, or a time such as '25ms'. Kernel: `TCA_FQ_PIE_TUPDATE`. */
  tupdate?: number | string | undefined;
  /** Weight of the delay's distance from the target. (0 to 32) Kernel: `TCA_FQ_PIE_ALPHA`. */
  alpha?: number | undefined;
  /** Weight of the delay's change. (0 to 32) Kernel: `TCA_FQ_PIE_BETA`. */
  beta?: number | undefined;
  /** Bytes of a queue before it is the next one's turn. Bytes, or a size such as '32kb'. Kernel: `TCA_FQ_PIE_QUANTUM`. */
  quantum?: number | string | undefined;
  /** Most bytes of memory that waiting packets take. Bytes, or a size such as '32kb'. Kernel: `TCA_FQ_PIE_MEMORY_LIMIT`. */
  memoryLimit?: number | string | undefined;
  /** Percentage: where drops are more probable, packets are dropped though they could be marked. (0 to 100) Kernel: `TCA_FQ_PIE_ECN_PROB`. */
  ecnProbability?: number | undefined;
  /** Packets that allow it are marked, not dropped. Kernel: `TCA_FQ_PIE_ECN`. */
  ecn?: boolean | undefined;
  /** Larger packets are dropped more often. Kernel: `TCA_FQ_PIE_BYTEMODE`. */
  bytemode?: boolean | undefined;
  /** The delay is computed of the rate of sending, not of timestamps. Kernel: `TCA_FQ_PIE_DQ_RATE_ESTIMATOR`. */
  dqRateEstimator?: boolean | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'gred' qdisc as the kernel has them. */
export interface GredWire {
  /** A virtual queue to be set up; all 16 are told. Kernel: `TCA_GRED_PARMS`. */
  parms?: GredParms[] | undefined;
  /** What idle times do to the average. Kernel: `TCA_GRED_STAB`. */
  stab?: number[] | undefined;
  /** How many queues there are. Kernel: `TCA_GRED_DPS`. */
  setup?: GredSetup | undefined;
  /** Greatest probability of each queue, of 2^32. Kernel: `TCA_GRED_MAX_P`. */
  maxP?: number[] | undefined;
  /** Most bytes waiting. Bytes, or a size such as '32kb'. Kernel: `TCA_GRED_LIMIT`. */
  limit?: number | string | undefined;
  /** The virtual queues. Kernel: `TCA_GRED_VQ_LIST`. */
  queues?: GredVirtualQueue[] | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A virtual queue, struct tc_gred_qopt. */
export interface GredParms {
  /** Most bytes waiting. Kernel: `limit`. */
  limit?: number | undefined;
  /** Average queue at which drops begin. Kernel: `qth_min`. */
  min?: number | undefined;
  /** Average queue at which drops are most probable. Kernel: `qth_max`. */
  max?: number | undefined;
  /** Number of the virtual queue; 16 and more: not set up. Kernel: `DP`. */
  dp?: number | undefined;
  /** Bytes waiting. Kernel: `backlog`. */
  readonly backlog?: number | undefined;
  /** Average queue in bytes. Kernel: `qave`. */
  readonly average?: number | undefined;
  /** Packets dropped over max. Kernel: `forced`. */
  readonly forced?: number | undefined;
  /** Packets dropped early. Kernel: `early`. */
  readonly early?: number | undefined;
  /** Packets dropped for other reasons. Kernel: `other`. */
  readonly other?: number | undefined;
  /** Packets dropped because the queue was full. Kernel: `pdrop`. */
  readonly pdrop?: number | undefined;
  /** Binary logarithm of the average's inverse weight. Kernel: `Wlog`. */
  ewma?: number | undefined;
  /** Binary logarithm of the slope of the probability. Kernel: `Plog`. */
  plog?: number | undefined;
  /** Binary logarithm of the cells of the table of idle times. Kernel: `Scell_log`. */
  scellLog?: number | undefined;
  /** Priority, where there is grio. Kernel: `prio`. */
  prio?: number | undefined;
  /** Packets seen. Kernel: `packets`. */
  readonly packets?: number | undefined;
  /** Bytes seen. Kernel: `bytesin`. */
  readonly bytes?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** struct tc_gred_sopt */
export interface GredSetup {
  /** Number of virtual queues. Kernel: `DPs`. */
  dps?: number | undefined;
  /** That for packets whose tc_index names none. Kernel: `def_DP`. */
  default?: number | undefined;
  /** The queues have priorities. Kernel: `grio`. */
  grio?: boolean | undefined;
  /** What becomes of packets of all queues. Kernel: `flags`. */
  flags?: ('ecn' | 'harddrop' | 'adaptive' | 'nodrop' | (string & {}))[] | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A virtual queue of a 'gred' qdisc. */
export interface GredVirtualQueue {
  /** Number of the virtual queue. Kernel: `TCA_GRED_VQ_DP`. */
  dp?: number | undefined;
  /** Bytes seen. Kernel: `TCA_GRED_VQ_STAT_BYTES`. */
  readonly bytes?: bigint | number | undefined;
  /** Packets seen. Kernel: `TCA_GRED_VQ_STAT_PACKETS`. */
  readonly packets?: number | undefined;
  /** Bytes waiting. Kernel: `TCA_GRED_VQ_STAT_BACKLOG`. */
  readonly backlog?: number | undefined;
  /** Packets dropped early. Kernel: `TCA_GRED_VQ_STAT_PROB_DROP`. */
  readonly probDrop?: number | undefined;
  /** Packets marked early. Kernel: `TCA_GRED_VQ_STAT_PROB_MARK`. */
  readonly probMark?: number | undefined;
  /** Packets dropped over max. Kernel: `TCA_GRED_VQ_STAT_FORCED_DROP`. */
  readonly forcedDrop?: number | undefined;
  /** Packets marked over max. Kernel: `TCA_GRED_VQ_STAT_FORCED_MARK`. */
  readonly forcedMark?: number | undefined;
  /** Packets dropped because the queue was full. Kernel: `TCA_GRED_VQ_STAT_PDROP`. */
  readonly pdrop?: number | undefined;
  /** Packets dropped for other reasons. Kernel: `TCA_GRED_VQ_STAT_OTHER`. */
  readonly other?: number | undefined;
  /** What becomes of packets. Kernel: `TCA_GRED_VQ_FLAGS`. */
  flags?: ('ecn' | 'harddrop' | 'adaptive' | 'nodrop' | (string & {}))[] | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of an 'hfsc' qdisc (tc-hfsc(8)). */
export interface HfscWire {
  /** Minor number of the class for packets that no filter classifies. Kernel: `defcls`. */
  default?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of an 'hhf' qdisc (tc-hhf(8)). */
export interface HhfOptions {
  /** Most packets waiting. Kernel: `TCA_HHF_BACKLOG_LIMIT`. */
  limit?: number | undefined;
  /** Bytes of a queue before it is the other one's turn. Bytes, or a size such as '32kb'. Kernel: `TCA_HHF_QUANTUM`. */
  quantum?: number | string | undefined;
  /** Most heavy hitters that are tracked. Kernel: `TCA_HHF_HH_FLOWS_LIMIT`. */
  hhLimit?: number | undefined;
  /** How long bytes are counted together. Milliseconds, or a time such as '25ms'. Kernel: `TCA_HHF_RESET_TIMEOUT`. */
  resetTimeout?: number | string | undefined;
  /** Bytes within that time that make a heavy hitter. Bytes, or a size such as '32kb'. Kernel: `TCA_HHF_ADMIT_BYTES`. */
  admitBytes?: number | string | undefined;
  /** Idle time after which it is none any more. Milliseconds, or a time such as '25ms'. Kernel: `TCA_HHF_EVICT_TIMEOUT`. */
  evictTimeout?: number | string | undefined;
  /** How much more often others have their turn. Kernel: `TCA_HHF_NON_HH_WEIGHT`. */
  nonHhWeight?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of an 'htb' qdisc. */
export interface HtbWire {
  /** Version of htb: 3, and the kernel's own in the lower half. Kernel: `version`. */
  readonly version?: number | undefined;
  /** A class's quantum is its rate in bytes/s by this. Kernel: `rate2quantum`. */
  r2q?: number | undefined;
  /** Minor number of the class for packets that no filter classifies; 0: unshaped. Kernel: `defcls`. */
  default?: number | undefined;
  /** Unused. Kernel: `debug`. */
  readonly debug?: number | undefined;
  /** Packets sent unshaped. Kernel: `direct_pkts`. */
  readonly directPackets?: number | undefined;
  /** Most unshaped packets waiting; the link's txQueueLength if left out. Kernel: `TCA_HTB_DIRECT_QLEN`. */
  directQlen?: number | undefined;
  /** Hardware is to do it. Kernel: `TCA_HTB_OFFLOAD`. */
  offload?: boolean | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A traffic class of an 'mqprio' qdisc. */
export interface MqprioTcEntry {
  /** Number of the traffic class. Kernel: `TCA_MQPRIO_TC_ENTRY_INDEX`. */
  index?: number | undefined;
  /** Whether its frames may be preempted. Kernel: `TCA_MQPRIO_TC_ENTRY_FP`. */
  fp?: 'express' | 'preemptible' | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'multiq' qdisc. */
export interface MultiqOptions {
  /** Number of bands: the link's queues. Kernel: `bands`. */
  readonly bands?: number | undefined;
  /** The most there can be. Kernel: `max_bands`. */
  readonly maxBands?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** struct tc_netem_corr */
export interface NetemCorrelation {
  /** Of a delay with the one before, of 2^32. Kernel: `delay_corr`. */
  delay?: number | undefined;
  /** Of losses. Kernel: `loss_corr`. */
  loss?: number | undefined;
  /** Of duplications. Kernel: `dup_corr`. */
  duplicate?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** struct tc_netem_reorder and tc_netem_corrupt */
export interface NetemChance {
  /** Of 2^32. Kernel: `probability`. */
  probability?: number | undefined;
  /** With the packet before, of 2^32. Kernel: `correlation`. */
  correlation?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** NETEM_LOSS_* */
export interface NetemLossModel {
  /** A model of four states. Kernel: `NETEM_LOSS_GI`. */
  gi?: NetemGiModel | undefined;
  /** A model of two states. Kernel: `NETEM_LOSS_GE`. */
  ge?: NetemGeModel | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Four states: struct tc_netem_gimodel, of 2^32. */
export interface NetemGiModel {
  /** From receiving to losing in a burst. Kernel: `p13`. */
  p13?: number | undefined;
  /** Back. Kernel: `p31`. */
  p31?: number | undefined;
  /** From losing to receiving, both in a burst. Kernel: `p32`. */
  p32?: number | undefined;
  /** From receiving to a single loss. Kernel: `p14`. */
  p14?: number | undefined;
  /** From receiving to losing, both in a burst. Kernel: `p23`. */
  p23?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Gilbert and Elliot's: struct tc_netem_gemodel, of 2^32. */
export interface NetemGeModel {
  /** From the good state to the bad one. Kernel: `p`. */
  p?: number | undefined;
  /** Back. Kernel: `r`. */
  r?: number | undefined;
  /** Of no loss in the bad state. Kernel: `h`. */
  h?: number | undefined;
  /** Of loss in the good state. Kernel: `k1`. */
  k1?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** struct tc_netem_rate */
export interface NetemRate {
  /** Bytes a second, if 32 bits hold them. Kernel: `rate`. */
  rate?: number | undefined;
  /** Bytes on the wire beside each packet's own. Kernel: `packet_overhead`. */
  packetOverhead?: number | undefined;
  /** Bytes of a cell; 0: there are none. Kernel: `cell_size`. */
  cellSize?: number | undefined;
  /** Bytes on the wire beside each cell's own. Kernel: `cell_overhead`. */
  cellOverhead?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** struct tc_netem_slot */
export interface NetemSlot {
  /** Least time between slots. Milliseconds, or a time such as '25ms'. Kernel: `min_delay`. */
  minDelay?: number | string | undefined;
  /** Most time between slots. Milliseconds, or a time such as '25ms'. Kernel: `max_delay`. */
  maxDelay?: number | string | undefined;
  /** Most packets of a slot; 0: any number. Kernel: `max_packets`. */
  maxPackets?: number | undefined;
  /** Most bytes of a slot; 0: any number. Kernel: `max_bytes`. */
  maxBytes?: number | undefined;
  /** Average time between slots, if distributed. Milliseconds, or a time such as '25ms'. Kernel: `dist_delay`. */
  distDelay?: number | string | undefined;
  /** Its variation. Milliseconds, or a time such as '25ms'. Kernel: `dist_jitter`. */
  distJitter?: number | string | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'pfifo' or 'pfifo_head_drop' qdisc. */
export interface PfifoOptions {
  /** Most packets in the queue; the link's txQueueLength if there are no options. Kernel: `limit`. */
  limit?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'pie' qdisc (tc-pie(8)). */
export interface PieOptions {
  /** Delay aimed at. Milliseconds, or a time such as '25ms'. Kernel: `TCA_PIE_TARGET`. */
  target?: number | string | undefined;
  /** Most packets waiting. Kernel: `TCA_PIE_LIMIT`. */
  limit?: number | undefined;
  /** How often the probability of drops is computed. Milliseconds, or a time such as '25ms'. Kernel: `TCA_PIE_TUPDATE`. */
  tupdate?: number | string | undefined;
  /** Weight of the delay's distance from the target. (0 to 32) Kernel: `TCA_PIE_ALPHA`. */
  alpha?: number | undefined;
  /** Weight of the delay's change. (0 to 32) Kernel: `TCA_PIE_BETA`. */
  beta?: number | undefined;
  /** Packets that allow it are marked, not dropped. Kernel: `TCA_PIE_ECN`. */
  ecn?: boolean | undefined;
  /** Larger packets are dropped more often. Kernel: `TCA_PIE_BYTEMODE`. */
  bytemode?: boolean | undefined;
  /** The delay is computed of the rate of sending, not of timestamps. Kernel: `TCA_PIE_DQ_RATE_ESTIMATOR`. */
  dqRateEstimator?: boolean | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'plug' qdisc. */
export interface PlugOptions {
  /** 'block' holds packets back, 'release' lets those before the last block go, 'releaseIndefinite' all; 'limit'. Kernel: `action`. */
  action?: 'block' | 'release' | 'releaseIndefinite' | 'limit' | number | undefined;
  /** Most bytes waiting; with the action 'limit'. Bytes, or a size such as '32kb'. Kernel: `limit`. */
  limit?: number | string | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'red' qdisc as the kernel has them (tc-red(8)). */
export interface RedWire {
  /** The thresholds. Kernel: `TCA_RED_PARMS`. */
  parms?: RedParms | undefined;
  /** What idle times do to the average. Kernel: `TCA_RED_STAB`. */
  stab?: number[] | undefined;
  /** Greatest probability, of 2^32. Kernel: `TCA_RED_MAX_P`. */
  maxP?: number | undefined;
  /** What becomes of packets. Kernel: `TCA_RED_FLAGS`. */
  flags?: ('ecn' | 'harddrop' | 'adaptive' | 'nodrop' | (string & {}))[] | number | undefined;
  /** Shared block of filters for packets dropped early. Kernel: `TCA_RED_EARLY_DROP_BLOCK`. */
  earlyDropBlock?: number | undefined;
  /** Shared block of filters for packets marked. Kernel: `TCA_RED_MARK_BLOCK`. */
  markBlock?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of an 'sfb' qdisc as the kernel has them (tc-sfb(8)). */
export interface SfbWire {
  /** The parameters. Kernel: `TCA_SFB_PARMS`. */
  parms?: SfbParms | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** struct tc_sfb_qopt */
export interface SfbParms {
  /** Time between changes of the hashes. Milliseconds, or a time such as '25ms'. Kernel: `rehash_interval`. */
  rehash?: number | string | undefined;
  /** Time before that when both hashes are used. Milliseconds, or a time such as '25ms'. Kernel: `warmup_time`. */
  db?: number | string | undefined;
  /** Most packets of a flow waiting. Kernel: `max`. */
  max?: number | undefined;
  /** Packets of a flow waiting at which drops begin. Kernel: `bin_size`. */
  target?: number | undefined;
  /** What is added to the probability, of 65,535. Kernel: `increment`. */
  increment?: number | undefined;
  /** What is taken from it. Kernel: `decrement`. */
  decrement?: number | undefined;
  /** Most packets waiting; 0: the link's txQueueLength. Kernel: `limit`. */
  limit?: number | undefined;
  /** Packets a second of a flow that drops do not slow down. Kernel: `penalty_rate`. */
  penaltyRate?: number | undefined;
  /** Packets that such a flow may send at once. Kernel: `penalty_burst`. */
  penaltyBurst?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of an 'sfq' qdisc as the kernel has them (tc-sfq(8)). */
export interface SfqWire {
  /** Bytes of a queue before it is the next one's turn. Kernel: `quantum`. */
  quantum?: number | undefined;
  /** Seconds between changes of the hash; 0: never. Kernel: `perturb_period`. */
  perturb?: number | undefined;
  /** Most packets waiting. Kernel: `limit`. */
  limit?: number | undefined;
  /** Size of the hash table, a power of 2. Kernel: `divisor`. */
  divisor?: number | undefined;
  /** Number of queues. Kernel: `flows`. */
  flows?: number | undefined;
  /** Most packets waiting in a queue. Kernel: `depth`. */
  depth?: number | undefined;
  /** 1: the oldest packets are dropped. Kernel: `headdrop`. */
  headdrop?: number | undefined;
  /** Most bytes waiting in a queue; 0: no random early detection. Kernel: `red.limit`. */
  redFlowLimit?: number | undefined;
  /** Average queue at which drops begin, in bytes. Kernel: `qth_min`. */
  min?: number | undefined;
  /** Average queue at which drops are most probable. Kernel: `qth_max`. */
  max?: number | undefined;
  /** Binary logarithm of the average's inverse weight. Kernel: `Wlog`. */
  ewma?: number | undefined;
  /** Binary logarithm of the slope of the probability. Kernel: `Plog`. */
  plog?: number | undefined;
  /** Binary logarithm of the cells of the table of idle times. Kernel: `Scell_log`. */
  scellLog?: number | undefined;
  /** What becomes of packets. Kernel: `flags`. */
  flags?: ('ecn' | 'harddrop' | (string & {}))[] | number | undefined;
  /** Greatest probability, of 2^32. Kernel: `max_P`. */
  maxP?: number | undefined;
  /** Packets dropped early. Kernel: `prob_drop`. */
  readonly probDrop?: number | undefined;
  /** Packets dropped over max. Kernel: `forced_drop`. */
  readonly forcedDrop?: number | undefined;
  /** Packets marked early. Kernel: `prob_mark`. */
  readonly probMark?: number | undefined;
  /** Packets marked over max. Kernel: `forced_mark`. */
  readonly forcedMark?: number | undefined;
  /** Of those marked early, the first of their queue. Kernel: `prob_mark_head`. */
  readonly probMarkHead?: number | undefined;
  /** Of those marked over max, the first of their queue. Kernel: `forced_mark_head`. */
  readonly forcedMarkHead?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'skbprio' qdisc (tc-skbprio(8)). */
export interface SkbprioOptions {
  /** Most packets waiting; those of the lowest priority are dropped. Kernel: `limit`. */
  limit?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'taprio' qdisc as the kernel has them (tc-taprio(8)). */
export interface TaprioWire {
  /** Traffic classes. Kernel: `TCA_TAPRIO_ATTR_PRIOMAP`. */
  priomap?: TaprioPriomap | undefined;
  /** The time-table. Kernel: `TCA_TAPRIO_ATTR_SCHED_ENTRY_LIST`. */
  schedule?: TaprioEntry[] | undefined;
  /** When it begins, in nanoseconds of the clock. Kernel: `TCA_TAPRIO_ATTR_SCHED_BASE_TIME`. */
  baseTime?: bigint | number | undefined;
  /** The clock; not with fullOffload. Kernel: `TCA_TAPRIO_ATTR_SCHED_CLOCKID`. */
  clock?: 'realtime' | 'monotonic' | 'boottime' | 'tai' | number | undefined;
  /** The time-table that is to follow. Kernel: `TCA_TAPRIO_ATTR_ADMIN_SCHED`. */
  readonly adminSchedule?: TaprioSchedule | undefined;
  /** Length of a cycle. Milliseconds, or a time such as '25ms'. Kernel: `TCA_TAPRIO_ATTR_SCHED_CYCLE_TIME`. */
  cycleTime?: number | string | undefined;
  /** How much longer the last one before a change may be. Milliseconds, or a time such as '25ms'. Kernel: `TCA_TAPRIO_ATTR_SCHED_CYCLE_TIME_EXTENSION`. */
  cycleTimeExtension?: number | string | undefined;
  /** Who keeps to the time-table. Kernel: `TCA_TAPRIO_ATTR_FLAGS`. */
  flags?: ('txtimeAssist' | 'fullOffload' | (string & {}))[] | number | undefined;
  /** Time to the wire, for txtimeAssist. Milliseconds, or a time such as '25ms'. Kernel: `TCA_TAPRIO_ATTR_TXTIME_DELAY`. */
  txtimeDelay?: number | string | undefined;
  /** Limits of traffic classes. Kernel: `TCA_TAPRIO_ATTR_TC_ENTRY`. */
  tcEntries?: TaprioTcEntry[] | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Traffic classes and their queues, struct tc_mqprio_qopt. */
export interface TaprioPriomap {
  /** Number of traffic classes. (0 to 16) Kernel: `num_tc`. */
  numTc?: number | undefined;
  /** Traffic class of each of the 16 packet priorities. Kernel: `prio_tc_map`. */
  map?: number[] | undefined;
  /** 1: hardware is to do it. Kernel: `hw`. */
  hw?: number | undefined;
  /** Number of queues of each traffic class. Kernel: `count`. */
  count?: number[] | undefined;
  /** First queue of each traffic class. Kernel: `offset`. */
  offset?: number[] | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** An entry of a time-table. */
export interface TaprioEntry {
  /** Its number. Kernel: `TCA_TAPRIO_SCHED_ENTRY_INDEX`. */
  readonly index?: number | undefined;
  /** What is done. Kernel: `TCA_TAPRIO_SCHED_ENTRY_CMD`. */
  command?: 'setGates' | 'setAndHold' | 'setAndRelease' | number | undefined;
  /** Mask of the traffic classes that may send. Kernel: `TCA_TAPRIO_SCHED_ENTRY_GATE_MASK`. */
  gates?: number | undefined;
  /** How long. Milliseconds, or a time such as '25ms'. Kernel: `TCA_TAPRIO_SCHED_ENTRY_INTERVAL`. */
  interval?: number | string | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A time-table that is not followed yet. */
export interface TaprioSchedule {
  /** The time-table. Kernel: `TCA_TAPRIO_ATTR_SCHED_ENTRY_LIST`. */
  schedule?: TaprioEntry[] | undefined;
  /** When it begins, in nanoseconds of the clock. Kernel: `TCA_TAPRIO_ATTR_SCHED_BASE_TIME`. */
  baseTime?: bigint | number | undefined;
  /** Length of a cycle. Milliseconds, or a time such as '25ms'. Kernel: `TCA_TAPRIO_ATTR_SCHED_CYCLE_TIME`. */
  cycleTime?: number | string | undefined;
  /** How much longer the last one may be. Milliseconds, or a time such as '25ms'. Kernel: `TCA_TAPRIO_ATTR_SCHED_CYCLE_TIME_EXTENSION`. */
  cycleTimeExtension?: number | string | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A traffic class of a 'taprio' qdisc. */
export interface TaprioTcEntry {
  /** Number of the traffic class. Kernel: `TCA_TAPRIO_TC_ENTRY_INDEX`. */
  index?: number | undefined;
  /** Largest packet in bytes; 0: any. Kernel: `TCA_TAPRIO_TC_ENTRY_MAX_SDU`. */
  maxSdu?: number | undefined;
  /** Whether its frames may be preempted. Kernel: `TCA_TAPRIO_TC_ENTRY_FP`. */
  fp?: 'express' | 'preemptible' | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'tbf' qdisc as the kernel has them. */
export interface TbfWire {
  /** The filter. Kernel: `TCA_TBF_PARMS`. */
  parms?: TbfParms | undefined;
  /** Ticks that a packet of each cell takes at the rate. Kernel: `TCA_TBF_RTAB`. */
  rtab?: number[] | undefined;
  /** Ticks that a packet of each cell takes at the peak rate. Kernel: `TCA_TBF_PTAB`. */
  ptab?: number[] | undefined;
  /** The rate, when 32 bits do not hold it. Bit/s, or a rate such as '10mbit'. Kernel: `TCA_TBF_RATE64`. */
  rate64?: number | string | undefined;
  /** The peak rate, when 32 bits do not hold it. Bit/s, or a rate such as '10mbit'. Kernel: `TCA_TBF_PRATE64`. */
  prate64?: number | string | undefined;
  /** Burst in bytes; written only. Kernel: `TCA_TBF_BURST`. */
  burst?: number | undefined;
  /** Burst at the peak rate in bytes; written only. Kernel: `TCA_TBF_PBURST`. */
  pburst?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** struct tc_tbf_qopt */
export interface TbfParms {
  /** Rate. Kernel: `rate`. */
  rate?: RateSpec | undefined;
  /** Rate at which the bucket may be emptied. Kernel: `peakrate`. */
  peakrate?: RateSpec | undefined;
  /** Most bytes waiting. Kernel: `limit`. */
  limit?: number | undefined;
  /** Ticks that sending a burst takes at the rate. Kernel: `buffer`. */
  buffer?: number | undefined;
  /** Ticks that sending a burst takes at the peak rate. Kernel: `mtu`. */
  mtu?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A rate and how packets are counted, struct tc_ratespec. */
export interface RateSpec {
  /** Binary logarithm of the rate table's cell in bytes. Kernel: `cell_log`. */
  cellLog?: number | undefined;
  /** What the packets' cost on the wire is that of. Kernel: `linklayer`. */
  linkLayer?: 'unaware' | 'ethernet' | 'atm' | number | undefined;
  /** Bytes on the wire beside each packet's own. Kernel: `overhead`. */
  overhead?: number | undefined;
  /** Bytes that are added before a cell is looked up. Kernel: `cell_align`. */
  cellAlign?: number | undefined;
  /** Least bytes that a packet counts for. Kernel: `mpu`. */
  mpu?: number | undefined;
  /** The rate. Bit/s, or a rate such as '10mbit'. Kernel: `rate`. */
  rate?: number | string | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** How a rate is to be estimated, struct tc_estimator. */
export interface Estimator {
  /** Binary logarithm of the seconds between samples. (-2 to 3) Kernel: `interval`. */
  interval?: number | undefined;
  /** Binary logarithm of the inverse weight of a sample. (1 to 31) Kernel: `ewma_log`. */
  ewmaLog?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counters of a qdisc, TCA_STATS2. */
export interface QdiscStats {
  /** Bytes seen. Kernel: `bytes`. */
  bytes?: bigint | number | undefined;
  /** Packets seen. Kernel: `packets`. */
  packets?: number | undefined;
  /** Estimated rate, where an estimator was asked for. Kernel: `TCA_STATS_RATE_EST`. */
  rateEstimate?: StatsRate | undefined;
  /** Packets waiting. Kernel: `qlen`. */
  qlen?: number | undefined;
  /** Bytes waiting. Kernel: `backlog`. */
  backlog?: number | undefined;
  /** Packets dropped. Kernel: `drops`. */
  drops?: number | undefined;
  /** Packets put back because the device was busy. Kernel: `requeues`. */
  requeues?: number | undefined;
  /** Times that a packet had to wait for its turn, or was marked. Kernel: `overlimits`. */
  overlimits?: number | undefined;
  /** The kind's own counters. Kernel: `TCA_STATS_APP`. */
  xstats?: QdiscStatsXstatsByKind[keyof QdiscStatsXstatsByKind] | UnknownOptions | undefined;
  /** The same, when 32 bits do not hold it. Kernel: `TCA_STATS_RATE_EST64`. */
  rateEstimate64?: StatsRate64 | undefined;
  /** Traffic that hardware handled. Kernel: `TCA_STATS_BASIC_HW`. */
  hardware?: StatsBasic | undefined;
  /** Packets seen, when 32 bits do not hold them. Kernel: `TCA_STATS_PKT64`. */
  packets64?: bigint | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Traffic seen, struct gnet_stats_basic. */
export interface StatsBasic {
  /** Bytes seen. Kernel: `bytes`. */
  bytes?: bigint | number | undefined;
  /** Packets seen. Kernel: `packets`. */
  packets?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Estimated rate, struct gnet_stats_rate_est. */
export interface StatsRate {
  /** Estimated rate. Bit/s, or a rate such as '10mbit'. Kernel: `bps`. */
  rate?: number | string | undefined;
  /** Estimated packets per second. Kernel: `pps`. */
  packetRate?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counters of a 'cake' qdisc, or of a flow. */
export interface CakeXstats {
  /** Rate guessed. Bit/s, or a rate such as '10mbit'. Kernel: `TCA_CAKE_STATS_CAPACITY_ESTIMATE64`. */
  capacityEstimate?: number | string | undefined;
  /** Most bytes of memory. Kernel: `TCA_CAKE_STATS_MEMORY_LIMIT`. */
  memoryLimit?: number | undefined;
  /** Most bytes of memory that were taken. Kernel: `TCA_CAKE_STATS_MEMORY_USED`. */
  memoryUsed?: number | undefined;
  /** Average of the bytes before the network header. Kernel: `TCA_CAKE_STATS_AVG_NETOFF`. */
  averageNetworkOffset?: number | undefined;
  /** Smallest packet, in bytes. Kernel: `TCA_CAKE_STATS_MIN_NETLEN`. */
  minNetworkLength?: number | undefined;
  /** Largest packet, in bytes. Kernel: `TCA_CAKE_STATS_MAX_NETLEN`. */
  maxNetworkLength?: number | undefined;
  /** The smallest on the wire. Kernel: `TCA_CAKE_STATS_MIN_ADJLEN`. */
  minAdjustedLength?: number | undefined;
  /** The largest on the wire. Kernel: `TCA_CAKE_STATS_MAX_ADJLEN`. */
  maxAdjustedLength?: number | undefined;
  /** Counters of each class. Kernel: `TCA_CAKE_STATS_TIN_STATS`. */
  tins?: CakeTin[] | undefined;
  /** Bytes that the flow may still send in this round. Kernel: `TCA_CAKE_STATS_DEFICIT`. */
  deficit?: number | undefined;
  /** Drops since dropping began. Kernel: `TCA_CAKE_STATS_COBALT_COUNT`. */
  cobaltCount?: number | undefined;
  /** Whether packets are being dropped. Kernel: `TCA_CAKE_STATS_DROPPING`. */
  dropping?: boolean | undefined;
  /** Milliseconds until the next drop. Milliseconds, or a time such as '25ms'. Kernel: `TCA_CAKE_STATS_DROP_NEXT_US`. */
  dropNext?: number | string | undefined;
  /** Probability of a drop, of 2^32. Kernel: `TCA_CAKE_STATS_P_DROP`. */
  dropProbability?: number | undefined;
  /** Milliseconds until that is changed. Milliseconds, or a time such as '25ms'. Kernel: `TCA_CAKE_STATS_BLUE_TIMER_US`. */
  blueTimer?: number | string | undefined;
  /** Of 'cake_mq': queues that share the rate now. Kernel: `TCA_CAKE_STATS_ACTIVE_QUEUES`. */
  activeQueues?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counters of one class of cake. */
export interface CakeTin {
  /** Packets sent. Kernel: `TCA_CAKE_TIN_STATS_SENT_PACKETS`. */
  sentPackets?: number | undefined;
  /** Bytes sent. Kernel: `TCA_CAKE_TIN_STATS_SENT_BYTES64`. */
  sentBytes?: bigint | number | undefined;
  /** Packets dropped. Kernel: `TCA_CAKE_TIN_STATS_DROPPED_PACKETS`. */
  droppedPackets?: number | undefined;
  /** Bytes dropped. Kernel: `TCA_CAKE_TIN_STATS_DROPPED_BYTES64`. */
  droppedBytes?: bigint | number | undefined;
  /** ACKs dropped. Kernel: `TCA_CAKE_TIN_STATS_ACKS_DROPPED_PACKETS`. */
  acksDroppedPackets?: number | undefined;
  /** Bytes of ACKs dropped. Kernel: `TCA_CAKE_TIN_STATS_ACKS_DROPPED_BYTES64`. */
  acksDroppedBytes?: bigint | number | undefined;
  /** Packets marked. Kernel: `TCA_CAKE_TIN_STATS_ECN_MARKED_PACKETS`. */
  ecnMarkedPackets?: number | undefined;
  /** Bytes marked. Kernel: `TCA_CAKE_TIN_STATS_ECN_MARKED_BYTES64`. */
  ecnMarkedBytes?: bigint | number | undefined;
  /** Packets waiting. Kernel: `TCA_CAKE_TIN_STATS_BACKLOG_PACKETS`. */
  backlogPackets?: number | undefined;
  /** Bytes waiting. Kernel: `TCA_CAKE_TIN_STATS_BACKLOG_BYTES`. */
  backlogBytes?: number | undefined;
  /** Rate up to which it goes first. Bit/s, or a rate such as '10mbit'. Kernel: `TCA_CAKE_TIN_STATS_THRESHOLD_RATE64`. */
  thresholdRate?: number | string | undefined;
  /** Delay aimed at, in milliseconds. Milliseconds, or a time such as '25ms'. Kernel: `TCA_CAKE_TIN_STATS_TARGET_US`. */
  target?: number | string | undefined;
  /** How long it may be exceeded, milliseconds. Milliseconds, or a time such as '25ms'. Kernel: `TCA_CAKE_TIN_STATS_INTERVAL_US`. */
  interval?: number | string | undefined;
  /** Flows found beside their place. Kernel: `TCA_CAKE_TIN_STATS_WAY_INDIRECT_HITS`. */
  wayIndirectHits?: number | undefined;
  /** Flows that were new. Kernel: `TCA_CAKE_TIN_STATS_WAY_MISSES`. */
  wayMisses?: number | undefined;
  /** Flows that had to share a queue. Kernel: `TCA_CAKE_TIN_STATS_WAY_COLLISIONS`. */
  wayCollisions?: number | undefined;
  /** Delay of the slowest, milliseconds. Milliseconds, or a time such as '25ms'. Kernel: `TCA_CAKE_TIN_STATS_PEAK_DELAY_US`. */
  peakDelay?: number | string | undefined;
  /** Average delay in milliseconds. Milliseconds, or a time such as '25ms'. Kernel: `TCA_CAKE_TIN_STATS_AVG_DELAY_US`. */
  averageDelay?: number | string | undefined;
  /** Delay of sparse flows, milliseconds. Milliseconds, or a time such as '25ms'. Kernel: `TCA_CAKE_TIN_STATS_BASE_DELAY_US`. */
  baseDelay?: number | string | undefined;
  /** Flows that send little. Kernel: `TCA_CAKE_TIN_STATS_SPARSE_FLOWS`. */
  sparseFlows?: number | undefined;
  /** Flows that send much. Kernel: `TCA_CAKE_TIN_STATS_BULK_FLOWS`. */
  bulkFlows?: number | undefined;
  /** Flows that drops do not slow down. Kernel: `TCA_CAKE_TIN_STATS_UNRESPONSIVE_FLOWS`. */
  unresponsiveFlows?: number | undefined;
  /** Largest packet, in bytes. Kernel: `TCA_CAKE_TIN_STATS_MAX_SKBLEN`. */
  maxPacket?: number | undefined;
  /** Bytes of a flow before it is the next one's turn. Kernel: `TCA_CAKE_TIN_STATS_FLOW_QUANTUM`. */
  quantum?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counters of a 'choke' qdisc. */
export interface ChokeXstats {
  /** Packets dropped early. Kernel: `early`. */
  early?: number | undefined;
  /** Packets dropped because the queue was full. Kernel: `pdrop`. */
  pdrop?: number | undefined;
  /** Packets dropped for other reasons. Kernel: `other`. */
  other?: number | undefined;
  /** Packets marked. Kernel: `marked`. */
  marked?: number | undefined;
  /** Packets dropped as they were of the same flow. Kernel: `matched`. */
  matched?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counters of a 'codel' qdisc. */
export interface CodelXstats {
  /** Largest packet seen, in bytes. Kernel: `maxpacket`. */
  maxPacket?: number | undefined;
  /** Drops since dropping began. Kernel: `count`. */
  count?: number | undefined;
  /** Drops when dropping began. Kernel: `lastcount`. */
  lastCount?: number | undefined;
  /** Delay of the packet sent last, in milliseconds. Milliseconds, or a time such as '25ms'. Kernel: `ldelay`. */
  delay?: number | string | undefined;
  /** Milliseconds until the next drop. Milliseconds, or a time such as '25ms'. Kernel: `drop_next`. */
  dropNext?: number | string | undefined;
  /** Drops because the queue was full. Kernel: `drop_overlimit`. */
  dropOverlimit?: number | undefined;
  /** Packets marked. Kernel: `ecn_mark`. */
  ecnMark?: number | undefined;
  /** Whether packets are being dropped. Kernel: `dropping`. */
  dropping?: boolean | undefined;
  /** Packets marked for ceThreshold. Kernel: `ce_mark`. */
  ceMark?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counters of a 'dualpi2' qdisc. */
export interface Dualpi2Xstats {
  /** Probability of a drop, of 2^32. Kernel: `prob`. */
  probability?: number | undefined;
  /** Delay of the classic queue in milliseconds. Milliseconds, or a time such as '25ms'. Kernel: `delay_c`. */
  classicDelay?: number | string | undefined;
  /** Delay of the L4S queue in milliseconds. Milliseconds, or a time such as '25ms'. Kernel: `delay_l`. */
  l4sDelay?: number | string | undefined;
  /** Packets of the classic queue. Kernel: `packets_in_c`. */
  classicPacketsIn?: number | undefined;
  /** Packets of the L4S queue. Kernel: `packets_in_l`. */
  l4sPacketsIn?: number | undefined;
  /** Most packets that waited. Kernel: `maxq`. */
  maxQueue?: number | undefined;
  /** Packets marked. Kernel: `ecn_mark`. */
  ecnMark?: number | undefined;
  /** Packets marked for stepThreshold. Kernel: `step_marks`. */
  stepMarks?: number | undefined;
  /** Credit of the classic queue. Kernel: `credit`. */
  credit?: number | undefined;
  /** Bytes of memory taken. Kernel: `memory_used`. */
  memoryUsed?: number | undefined;
  /** Most bytes of memory that were taken. Kernel: `max_memory_used`. */
  maxMemoryUsed?: number | undefined;
  /** Most bytes of memory. Kernel: `memory_limit`. */
  memoryLimit?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counters of an 'fq' qdisc. */
export interface FqXstats {
  /** Flows forgotten. Kernel: `gc_flows`. */
  gcFlows?: bigint | number | undefined;
  /** Packets of the highest priority. Kernel: `highprio_packets`. */
  highPrioPackets?: bigint | number | undefined;
  /** TCP retransmissions. Kernel: `tcp_retrans`. */
  tcpRetrans?: bigint | number | undefined;
  /** How often a flow had to wait. Kernel: `throttled`. */
  throttled?: bigint | number | undefined;
  /** Packets dropped because of flowLimit. Kernel: `flows_plimit`. */
  flowsPlimit?: bigint | number | undefined;
  /** Packets too long for a pause. Kernel: `pkts_too_long`. */
  packetsTooLong?: bigint | number | undefined;
  /** Flows for which there was no memory. Kernel: `allocation_errors`. */
  allocationErrors?: bigint | number | undefined;
  /** Milliseconds until a flow may go on. Milliseconds, or a time such as '25ms'. Kernel: `time_next_delayed_flow`. */
  timeNextDelayedFlow?: number | string | undefined;
  /** Flows known. Kernel: `flows`. */
  flows?: number | undefined;
  /** Flows without packets. Kernel: `inactive_flows`. */
  inactiveFlows?: number | undefined;
  /** Flows that wait. Kernel: `throttled_flows`. */
  throttledFlows?: number | undefined;
  /** How late timers were, milliseconds. Milliseconds, or a time such as '25ms'. Kernel: `unthrottle_latency_ns`. */
  unthrottleLatency?: number | string | undefined;
  /** Packets marked for ceThreshold. Kernel: `ce_mark`. */
  ceMark?: bigint | number | undefined;
  /** Packets dropped beyond the horizon. Kernel: `horizon_drops`. */
  horizonDrops?: bigint | number | undefined;
  /** Packets sent early, at the horizon. Kernel: `horizon_caps`. */
  horizonCaps?: bigint | number | undefined;
  /** Packets that never waited. Kernel: `fastpath_packets`. */
  fastpathPackets?: bigint | number | undefined;
  /** Packets dropped, by band. Kernel: `band_drops`. */
  bandDrops?: (bigint | number)[] | undefined;
  /** Packets waiting, by band. Kernel: `band_pkt_count`. */
  bandPacketCount?: number[] | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counters of an 'fq_codel' qdisc. */
export interface FqCodelXstats {
  /** Whose counters these are. Kernel: `type`. */
  type?: 'qdisc' | 'class' | number | undefined;
  /** Largest packet seen, in bytes. Kernel: `maxpacket`. */
  maxPacket?: number | undefined;
  /** Drops because the queues were full. Kernel: `drop_overlimit`. */
  dropOverlimit?: number | undefined;
  /** Packets marked. Kernel: `ecn_mark`. */
  ecnMark?: number | undefined;
  /** How often a flow began. Kernel: `new_flow_count`. */
  newFlowCount?: number | undefined;
  /** Flows that have just begun. Kernel: `new_flows_len`. */
  newFlowsLen?: number | undefined;
  /** Flows that go on. Kernel: `old_flows_len`. */
  oldFlowsLen?: number | undefined;
  /** Packets marked for ceThreshold. Kernel: `ce_mark`. */
  ceMark?: number | undefined;
  /** Bytes of memory taken. Kernel: `memory_usage`. */
  memoryUsed?: number | undefined;
  /** Drops because of memoryLimit. Kernel: `drop_overmemory`. */
  dropOvermemory?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counters of an 'fq_pie' qdisc. */
export interface FqPieXstats {
  /** Packets taken in. Kernel: `packets_in`. */
  packetsIn?: number | undefined;
  /** Packets dropped by chance. Kernel: `dropped`. */
  dropped?: number | undefined;
  /** Packets dropped because the queues were full. Kernel: `overlimit`. */
  overlimit?: number | undefined;
  /** Packets dropped because of memoryLimit. Kernel: `overmemory`. */
  overmemory?: number | undefined;
  /** Packets marked. Kernel: `ecn_mark`. */
  ecnMark?: number | undefined;
  /** How often a flow began. Kernel: `new_flow_count`. */
  newFlowCount?: number | undefined;
  /** Flows that have just begun. Kernel: `new_flows_len`. */
  newFlowsLen?: number | undefined;
  /** Flows that go on. Kernel: `old_flows_len`. */
  oldFlowsLen?: number | undefined;
  /** Bytes of memory taken. Kernel: `memory_usage`. */
  memoryUsed?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counters of an 'hhf' qdisc. */
export interface HhfXstats {
  /** Packets dropped because the queue was full. Kernel: `drop_overlimit`. */
  dropOverlimit?: number | undefined;
  /** How often there were too many heavy hitters. Kernel: `hh_overlimit`. */
  hhOverlimit?: number | undefined;
  /** Heavy hitters so far. Kernel: `hh_tot_count`. */
  hhTotalCount?: number | undefined;
  /** Heavy hitters now. Kernel: `hh_cur_count`. */
  hhCurrentCount?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counters of a 'netem' qdisc, which kernels have of late. */
export interface NetemXstats {
  /** Packets delayed. Kernel: `delayed`. */
  delayed?: bigint | number | undefined;
  /** Packets that the model of loss has lost. Kernel: `dropped`. */
  dropped?: bigint | number | undefined;
  /** Packets with a wrong bit put in. Kernel: `corrupted`. */
  corrupted?: bigint | number | undefined;
  /** Packets sent twice. Kernel: `duplicated`. */
  duplicated?: bigint | number | undefined;
  /** Packets sent before their turn. Kernel: `reordered`. */
  reordered?: bigint | number | undefined;
  /** Packets marked instead of lost. Kernel: `ecn_marked`. */
  ecnMarked?: bigint | number | undefined;
  /** Packets for which there was no memory. Kernel: `allocation_errors`. */
  allocationErrors?: bigint | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counters of a 'pie' qdisc. */
export interface PieXstats {
  /** Probability of a drop, of 2^64. Kernel: `prob`. */
  probability?: bigint | number | undefined;
  /** Delay in milliseconds. Milliseconds, or a time such as '25ms'. Kernel: `delay`. */
  delay?: number | string | undefined;
  /** Average rate of sending; 0 if not computed. Kernel: `avg_dq_rate`. */
  averageDqRate?: number | undefined;
  /** Whether that is computed. Kernel: `dq_rate_estimating`. */
  dqRateEstimating?: boolean | undefined;
  /** Packets taken in. Kernel: `packets_in`. */
  packetsIn?: number | undefined;
  /** Packets dropped by chance. Kernel: `dropped`. */
  dropped?: number | undefined;
  /** Packets dropped because the queue was full. Kernel: `overlimit`. */
  overlimit?: number | undefined;
  /** Most packets that waited. Kernel: `maxq`. */
  maxQueue?: number | undefined;
  /** Packets marked. Kernel: `ecn_mark`. */
  ecnMark?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counters of a 'red' qdisc. */
export interface RedXstats {
  /** Packets dropped early. Kernel: `early`. */
  early?: number | undefined;
  /** Packets dropped because the queue was full. Kernel: `pdrop`. */
  pdrop?: number | undefined;
  /** Packets dropped for other reasons. Kernel: `other`. */
  other?: number | undefined;
  /** Packets marked. Kernel: `marked`. */
  marked?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counters of an 'sfb' qdisc. */
export interface SfbXstats {
  /** Packets dropped early. Kernel: `earlydrop`. */
  earlyDrop?: number | undefined;
  /** Packets dropped of flows that drops do not slow down. Kernel: `penaltydrop`. */
  penaltyDrop?: number | undefined;
  /** Packets dropped over max. Kernel: `bucketdrop`. */
  bucketDrop?: number | undefined;
  /** Packets dropped because the queue was full. Kernel: `queuedrop`. */
  queueDrop?: number | undefined;
  /** Packets dropped by the qdisc below. Kernel: `childdrop`. */
  childDrop?: number | undefined;
  /** Packets marked. Kernel: `marked`. */
  marked?: number | undefined;
  /** Longest queue of a flow. Kernel: `maxqlen`. */
  maxQueue?: number | undefined;
  /** Greatest probability, of 65,535. Kernel: `maxprob`. */
  maxProbability?: number | undefined;
  /** Average probability, of 65,535. Kernel: `avgprob`. */
  averageProbability?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counters of a 'taprio' qdisc in hardware. */
export interface TaprioXstats {
  /** Frames dropped as they do not fit a window. Kernel: `TCA_TAPRIO_OFFLOAD_STATS_WINDOW_DROPS`. */
  windowDrops?: bigint | number | undefined;
  /** Frames that overran a window. Kernel: `TCA_TAPRIO_OFFLOAD_STATS_TX_OVERRUNS`. */
  txOverruns?: bigint | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Estimated rate, struct gnet_stats_rate_est64. */
export interface StatsRate64 {
  /** Estimated rate. Bit/s, or a rate such as '10mbit'. Kernel: `bps`. */
  rate?: number | string | undefined;
  /** Estimated packets per second. Kernel: `pps`. */
  packetRate?: bigint | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** What packets cost on the wire (tc-stab(8)). */
export interface SizeTable {
  /** Binary logarithm of a cell in bytes. Kernel: `cell_log`. */
  cellLog?: number | undefined;
  /** Binary logarithm of the unit of `data`. Kernel: `size_log`. */
  sizeLog?: number | undefined;
  /** Bytes that are added before a cell is looked up. Kernel: `cell_align`. */
  cellAlign?: number | undefined;
  /** Bytes on the wire beside each packet's own; may be negative. Kernel: `overhead`. */
  overhead?: number | undefined;
  /** What the packets' cost is that of. Kernel: `linklayer`. */
  linkLayer?: 'unaware' | 'ethernet' | 'atm' | number | undefined;
  /** Least bytes that a packet counts for. Kernel: `mpu`. */
  mpu?: number | undefined;
  /** Largest packet that the table knows. Kernel: `mtu`. */
  mtu?: number | undefined;
  /** Number of the table's cells. Kernel: `tsize`. */
  tsize?: number | undefined;
  /** Size on the wire of a packet of each cell. Kernel: `TCA_STAB_DATA`. */
  data?: number[] | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'drr' class (tc-drr(8)). */
export interface DrrClassOptions {
  /** Bytes of a class before it is the next one's turn; MTU if left out. Bytes, or a size such as '32kb'. Kernel: `TCA_DRR_QUANTUM`. */
  quantum?: number | string | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of an 'ets' class. */
export interface EtsClassOptions {
  /** Bytes of the band before it is the next one's turn. Bytes, or a size such as '32kb'. Kernel: `TCA_ETS_QUANTA_BAND`. */
  quantum?: number | string | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of an 'hfsc' class as the kernel has them. */
export interface HfscClassWire {
  /** Real-time: what the class is guaranteed. Kernel: `TCA_HFSC_RSC`. */
  rt?: ServiceCurve | undefined;
  /** Link-sharing: its share of what is left. Kernel: `TCA_HFSC_FSC`. */
  ls?: ServiceCurve | undefined;
  /** Upper limit of what link-sharing gives it. Kernel: `TCA_HFSC_USC`. */
  ul?: ServiceCurve | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A rate, which may be another at first: struct tc_service_curve. */
export interface ServiceCurve {
  /** Rate at first. Bit/s, or a rate such as '10mbit'. Kernel: `m1`. */
  m1?: number | string | undefined;
  /** How long that is. Milliseconds, or a time such as '25ms'. Kernel: `d`. */
  d?: number | string | undefined;
  /** Rate afterwards. Bit/s, or a rate such as '10mbit'. Kernel: `m2`. */
  m2?: number | string | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of an 'htb' class as the kernel has them. */
export interface HtbClassWire {
  /** The class. Kernel: `TCA_HTB_PARMS`. */
  parms?: HtbParms | undefined;
  /** Ticks that a packet of each cell takes at the ceiling. Kernel: `TCA_HTB_CTAB`. */
  ctab?: number[] | undefined;
  /** Ticks that a packet of each cell takes at the rate. Kernel: `TCA_HTB_RTAB`. */
  rtab?: number[] | undefined;
  /** The rate, when 32 bits do not hold it. Bit/s, or a rate such as '10mbit'. Kernel: `TCA_HTB_RATE64`. */
  rate64?: number | string | undefined;
  /** The ceiling, when 32 bits do not hold it. Bit/s, or a rate such as '10mbit'. Kernel: `TCA_HTB_CEIL64`. */
  ceil64?: number | string | undefined;
  /** Hardware is to do it. Kernel: `TCA_HTB_OFFLOAD`. */
  offload?: boolean | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** struct tc_htb_opt */
export interface HtbParms {
  /** Guaranteed. Kernel: `rate`. */
  rate?: RateSpec | undefined;
  /** What is not exceeded. Kernel: `ceil`. */
  ceil?: RateSpec | undefined;
  /** Ticks that sending a burst takes at the rate. Kernel: `buffer`. */
  buffer?: number | undefined;
  /** Ticks that sending a burst takes at the ceiling. Kernel: `cbuffer`. */
  cbuffer?: number | undefined;
  /** Bytes that a class may send before others of its level. Kernel: `quantum`. */
  quantum?: number | undefined;
  /** Height in the hierarchy; leaves have 0. Kernel: `level`. */
  readonly level?: number | undefined;
  /** Priority when lent to: lower numbers first. Kernel: `prio`. */
  prio?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'qfq' class. */
export interface QfqClassOptions {
  /** Share of the rate, 1 to 1023; 1 if left out. Kernel: `TCA_QFQ_WEIGHT`. */
  weight?: number | undefined;
  /** Largest packet, in bytes; the link's MTU if left out. Bytes, or a size such as '32kb'. Kernel: `TCA_QFQ_LMAX`. */
  maxPacket?: number | string | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counters of a class, TCA_STATS2. */
export interface TcClassStats {
  /** Bytes seen. Kernel: `bytes`. */
  bytes?: bigint | number | undefined;
  /** Packets seen. Kernel: `packets`. */
  packets?: number | undefined;
  /** Estimated rate, where an estimator was asked for. Kernel: `TCA_STATS_RATE_EST`. */
  rateEstimate?: StatsRate | undefined;
  /** Packets waiting. Kernel: `qlen`. */
  qlen?: number | undefined;
  /** Bytes waiting. Kernel: `backlog`. */
  backlog?: number | undefined;
  /** Packets dropped. Kernel: `drops`. */
  drops?: number | undefined;
  /** Packets put back because the device was busy. Kernel: `requeues`. */
  requeues?: number | undefined;
  /** Times that a packet had to wait for its turn, or was marked. Kernel: `overlimits`. */
  overlimits?: number | undefined;
  /** The kind's own counters. Kernel: `TCA_STATS_APP`. */
  xstats?: TcClassStatsXstatsByKind[keyof TcClassStatsXstatsByKind] | UnknownOptions | undefined;
  /** The same, when 32 bits do not hold it. Kernel: `TCA_STATS_RATE_EST64`. */
  rateEstimate64?: StatsRate64 | undefined;
  /** Traffic that hardware handled. Kernel: `TCA_STATS_BASIC_HW`. */
  hardware?: StatsBasic | undefined;
  /** Packets seen, when 32 bits do not hold them. Kernel: `TCA_STATS_PKT64`. */
  packets64?: bigint | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counters of a 'drr' class. */
export interface DrrClassXstats {
  /** Bytes that the class may still send in this round. Kernel: `deficit`. */
  deficit?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counters of a flow of an 'fq_codel' qdisc. */
export interface FqCodelClassXstats {
  /** Whose counters these are. Kernel: `type`. */
  type?: 'qdisc' | 'class' | number | undefined;
  /** Bytes that the flow may still send in this round. Kernel: `deficit`. */
  deficit?: number | undefined;
  /** Delay of the packet sent last, in milliseconds. Milliseconds, or a time such as '25ms'. Kernel: `ldelay`. */
  delay?: number | string | undefined;
  /** Drops since dropping began. Kernel: `count`. */
  count?: number | undefined;
  /** Drops when dropping began. Kernel: `lastcount`. */
  lastCount?: number | undefined;
  /** Whether packets are being dropped. Kernel: `dropping`. */
  dropping?: boolean | undefined;
  /** Milliseconds until the next drop. Milliseconds, or a time such as '25ms'. Kernel: `drop_next`. */
  dropNext?: number | string | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counters of an 'hfsc' class. */
export interface HfscClassXstats {
  /** Bytes sent. Kernel: `work`. */
  work?: bigint | number | undefined;
  /** Bytes sent by real-time criteria. Kernel: `rtwork`. */
  rtWork?: bigint | number | undefined;
  /** How often the class became active. Kernel: `period`. */
  period?: number | undefined;
  /** Height in the hierarchy. Kernel: `level`. */
  level?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counters of an 'htb' class. */
export interface HtbClassXstats {
  /** Packets sent of the class's own rate. Kernel: `lends`. */
  lends?: number | undefined;
  /** Packets sent of what others did not use. Kernel: `borrows`. */
  borrows?: number | undefined;
  /** Unused. Kernel: `giants`. */
  giants?: number | undefined;
  /** Ticks that the class may send at once, at its rate; negative: it must wait. Kernel: `tokens`. */
  tokens?: number | undefined;
  /** The same of the ceiling. Kernel: `ctokens`. */
  ctokens?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counters of a 'qfq' class. */
export interface QfqClassXstats {
  /** The class's weight. Kernel: `weight`. */
  weight?: number | undefined;
  /** Its largest packet, in bytes. Kernel: `lmax`. */
  maxPacket?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counters of a queue of an 'sfq' qdisc. */
export interface SfqClassXstats {
  /** Bytes that the queue may still send in this round. Kernel: `allot`. */
  allot?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'basic' filter. */
export interface BasicFilter {
  /** Class of packets that match (flowid), such as '1:10'. Kernel: `TCA_BASIC_CLASSID`. */
  classid?: string | number | undefined;
  /** What packets must have. Kernel: `TCA_BASIC_EMATCHES`. */
  ematches?: EmatchTree | undefined;
  /** Actions, in order, for packets that match. Kernel: `TCA_BASIC_ACT`. */
  actions?: TcActionEntry[] | undefined;
  /** A 'police' action in the old form, in front of the actions. Kernel: `TCA_BASIC_POLICE`. */
  police?: PoliceAction | undefined;
  /** Counters. Kernel: `TCA_BASIC_PCNT`. */
  readonly counters?: BasicCounters | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A tree of extended matches. */
export interface EmatchTree {
  /** Number of matches. Kernel: `nmatches`. */
  count?: number | undefined;
  /** Who made the tree; tc is 0. Kernel: `progid`. */
  program?: number | undefined;
  /** The matches; those in parentheses at the end. Kernel: `TCA_EMATCH_TREE_LIST`. */
  matches?: Ematch[] | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** An extended match, struct tcf_ematch_hdr. */
export interface Ematch {
  /** Id that tc gives. Kernel: `matchid`. */
  id?: number | undefined;
  /** Kind of the match. Kernel: `kind`. */
  kind?: 'container' | 'cmp' | 'nbyte' | 'u32' | 'meta' | 'text' | 'vlan' | 'canid' | 'ipset' | 'ipt' | number | undefined;
  /** How the next match is joined. Kernel: `flags`. */
  relation?: 'end' | 'and' | 'or' | number | undefined;
  /** 1: the result is inverted. Kernel: `flags`. */
  invert?: number | undefined;
  /** 1: the options are a number. Kernel: `flags`. */
  simple?: number | undefined;
  /** The match. Kernel: `data`. */
  options?: EmatchOptionsByKind[keyof EmatchOptionsByKind] | UnknownOptions | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Matches in parentheses. */
export interface EmatchContainer {
  /** Position of the first match inside. Kernel: `ref`. */
  ref?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Compares a number, struct tcf_em_cmp. */
export interface EmatchCmp {
  /** Value to compare with. Kernel: `val`. */
  value?: number | undefined;
  /** Bits that are compared; all if 0. Kernel: `mask`. */
  mask?: number | undefined;
  /** Offset in bytes. Kernel: `off`. */
  at?: number | undefined;
  /** Width of the value. Kernel: `align`. */
  align?: 'u8' | 'u16' | 'u32' | number | undefined;
  /** 1: the packet's value is turned to host byte order. Kernel: `flags`. */
  trans?: number | undefined;
  /** Layer from which the offset counts. Kernel: `layer`. */
  layer?: 'link' | 'network' | 'transport' | number | undefined;
  /** Comparison. Kernel: `opnd`. */
  op?: 'eq' | 'gt' | 'lt' | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Compares bytes, struct tcf_em_nbyte. */
export interface EmatchNbyte {
  /** Offset in bytes. Kernel: `off`. */
  at?: number | undefined;
  /** Number of bytes. Kernel: `len`. */
  length?: number | undefined;
  /** Layer from which the offset counts. Kernel: `layer`. */
  layer?: 'link' | 'network' | 'transport' | number | undefined;
  /** Bytes to compare with. Kernel: `pattern`. */
  needle?: Uint8Array | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A comparison of 32 bits, struct tc_u32_key. */
export interface U32Key {
  /** Bits that are compared. Kernel: `mask`. */
  mask?: number | undefined;
  /** Value to compare with. Kernel: `val`. */
  value?: number | undefined;
  /** Offset in bytes from the network header, a multiple of 4. Kernel: `off`. */
  offset?: number | undefined;
  /** -1: the offset counts from the next header (nexthdr+). Kernel: `offmask`. */
  offsetMask?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Compares what the kernel knows about a packet or its socket. */
export interface EmatchMeta {
  /** What is compared. Kernel: `left.kind`. */
  leftId?: 'value' | 'random' | 'loadavg_1' | 'loadavg_5' | 'loadavg_15' | 'dev' | 'priority' | 'protocol' | 'pkt_type' | 'pkt_len' | 'data_len' | 'mac_len' | 'nf_mark' | 'tc_index' | 'rt_classid' | 'rt_iif' | 'sk_family' | 'sk_state' | 'sk_reuse' | 'sk_bind_if' | 'sk_refcnt' | 'sk_shutdown' | 'sk_proto' | 'sk_type' | 'sk_rcvbuf' | 'sk_rmem' | 'sk_wmem' | 'sk_omem' | 'sk_wmem_queue' | 'sk_rcv_queue' | 'sk_snd_queue' | 'sk_err_queue' | 'sk_fwd_alloc' | 'sk_sndbuf' | 'sk_allocs' | 'sk_hash' | 'sk_lingertime' | 'sk_ack_backlog' | 'sk_max_ack_backlog' | 'sk_prio' | 'sk_rcvlowat' | 'sk_rcvtimeo' | 'sk_sndtimeo' | 'sk_sendmsg_off' | 'sk_write_pending' | 'vlan' | 'rxhash' | number | undefined;
  /** Its type. Kernel: `left.kind`. */
  leftType?: 'var' | 'int' | number | undefined;
  /** It is shifted to the right by so many bits. Kernel: `left.shift`. */
  leftShift?: number | undefined;
  /** Comparison. Kernel: `left.op`. */
  op?: 'eq' | 'gt' | 'lt' | number | undefined;
  /** With what it is compared. Kernel: `right.kind`. */
  rightId?: 'value' | 'random' | 'loadavg_1' | 'loadavg_5' | 'loadavg_15' | 'dev' | 'priority' | 'protocol' | 'pkt_type' | 'pkt_len' | 'data_len' | 'mac_len' | 'nf_mark' | 'tc_index' | 'rt_classid' | 'rt_iif' | 'sk_family' | 'sk_state' | 'sk_reuse' | 'sk_bind_if' | 'sk_refcnt' | 'sk_shutdown' | 'sk_proto' | 'sk_type' | 'sk_rcvbuf' | 'sk_rmem' | 'sk_wmem' | 'sk_omem' | 'sk_wmem_queue' | 'sk_rcv_queue' | 'sk_snd_queue' | 'sk_err_queue' | 'sk_fwd_alloc' | 'sk_sndbuf' | 'sk_allocs' | 'sk_hash' | 'sk_lingertime' | 'sk_ack_backlog' | 'sk_max_ack_backlog' | 'sk_prio' | 'sk_rcvlowat' | 'sk_rcvtimeo' | 'sk_sndtimeo' | 'sk_sendmsg_off' | 'sk_write_pending' | 'vlan' | 'rxhash' | number | undefined;
  /** Its type. Kernel: `right.kind`. */
  rightType?: 'var' | 'int' | number | undefined;
  /** It is shifted to the right by so many bits. Kernel: `right.shift`. */
  rightShift?: number | undefined;
  /** Value (of type 'var' or 'value'), or mask. Kernel: `TCA_EM_META_LVALUE`. */
  left?: Uint8Array | undefined;
  /** Value (of type 'var' or 'value'), or mask. Kernel: `TCA_EM_META_RVALUE`. */
  right?: Uint8Array | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Searches for bytes, struct tcf_em_text. */
export interface EmatchText {
  /** Search algorithm: 'kmp', 'bm', 'fsm'. (at most 16 bytes) Kernel: `algo`. */
  algo?: string | undefined;
  /** First offset. Kernel: `from_offset`. */
  from?: number | undefined;
  /** Last offset. Kernel: `to_offset`. */
  to?: number | undefined;
  /** Length of the pattern. Kernel: `pattern_len`. */
  length?: number | undefined;
  /** Layer of the first offset. Kernel: `from_layer`. */
  fromLayer?: 'link' | 'network' | 'transport' | number | undefined;
  /** Layer of the last offset. Kernel: `to_layer`. */
  toLayer?: 'link' | 'network' | 'transport' | number | undefined;
  /** Bytes to search for. Kernel: `pattern`. */
  pattern?: Uint8Array | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Compares CAN identifiers. */
export interface EmatchCanid {
  /** Identifiers, any of which will do. Kernel: `rules`. */
  filters?: EmatchCanFilter[] | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** struct can_filter */
export interface EmatchCanFilter {
  /** Identifier, with CAN_EFF_FLAG for extended ones. Kernel: `can_id`. */
  id?: number | undefined;
  /** Bits that are compared. Kernel: `can_mask`. */
  mask?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Looks up an IP set, struct xt_set_info. */
export interface EmatchIpset {
  /** Number of the set. Kernel: `index`. */
  index?: number | undefined;
  /** Number of dimensions that are looked up. Kernel: `dim`. */
  dimensions?: number | undefined;
  /** Bit n: dimension n is of the source. Kernel: `flags`. */
  flags?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** An action: what is done with packets (tc-actions(8)). */
export interface TcActionEntry {
  /** Kind of the action, such as 'mirred'. (at most 15 bytes) Kernel: `TCA_ACT_KIND`. */
  kind?: string | undefined;
  /** The kind's own options. Kernel: `TCA_ACT_OPTIONS`. */
  options?: TcActionEntryOptionsByKind[keyof TcActionEntryOptionsByKind] | UnknownOptions | undefined;
  /** Number of the action that is meant. Kernel: `TCA_ACT_INDEX`. */
  index?: number | undefined;
  /** Counters. Kernel: `TCA_ACT_STATS`. */
  readonly stats?: TcActionStats | undefined;
  /** Up to 16 bytes that the kernel keeps for the caller. Kernel: `TCA_ACT_COOKIE`. */
  cookie?: Uint8Array | undefined;
  /** 'noPercpu': one counter for all CPUs; 'skipHw', 'skipSw'. Kernel: `TCA_ACT_FLAGS`. */
  flags?: ('noPercpu' | 'skipHw' | 'skipSw' | (string & {}))[] | number | undefined;
  /** Which counters of hardware are wanted; none if empty. Kernel: `TCA_ACT_HW_STATS`. */
  hwStats?: ('immediate' | 'delayed' | (string & {}))[] | number | undefined;
  /** Which of them are used. Kernel: `TCA_ACT_USED_HW_STATS`. */
  readonly usedHwStats?: ('immediate' | 'delayed' | (string & {}))[] | number | undefined;
  /** In how many devices the action is offloaded. Kernel: `TCA_ACT_IN_HW_COUNT`. */
  readonly inHwCount?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'bpf' action. */
export interface BpfAction {
  /** Age and use. Kernel: `TCA_ACT_BPF_TM`. */
  readonly times?: TcActionTimes | undefined;
  /** Number by which filters share the action; 0: the kernel chooses one. Kernel: `index`. */
  index?: number | undefined;
  /** What is done with the packet next. Kernel: `action`. */
  control?: 'continue' | 'ok' | 'reclassify' | 'drop' | 'pipe' | 'stolen' | 'queued' | 'repeat' | 'redirect' | 'trap' | `jump ${number}` | `goto chain ${number}` | number | undefined;
  /** References to the action. Kernel: `refcnt`. */
  readonly refs?: number | undefined;
  /** Filters that use the action. Kernel: `bindcnt`. */
  readonly binds?: number | undefined;
  /** Number of classic instructions. Kernel: `TCA_ACT_BPF_OPS_LEN`. */
  opsLen?: number | undefined;
  /** Classic BPF program. Kernel: `TCA_ACT_BPF_OPS`. */
  bytecode?: BpfInstruction[] | undefined;
  /** A loaded program. Kernel: `TCA_ACT_BPF_FD`. */
  program?: { fd: number } | { path: string } | undefined;
  /** Name to be shown for the program. (at most 255 bytes) Kernel: `TCA_ACT_BPF_NAME`. */
  name?: string | undefined;
  /** Hash of the program. Kernel: `TCA_ACT_BPF_TAG`. */
  readonly tag?: Uint8Array | undefined;
  /** Id of the program. Kernel: `TCA_ACT_BPF_ID`. */
  readonly id?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Age and use of an action, struct tcf_t. */
export interface TcActionTimes {
  /** Milliseconds since the action was made. Kernel: `install`. */
  installed?: number | undefined;
  /** Milliseconds since the last packet. Kernel: `lastuse`. */
  lastUsed?: number | undefined;
  /** Milliseconds until it expires; 0: never. Kernel: `expires`. */
  expires?: number | undefined;
  /** Milliseconds since the first packet; 0: none yet. Kernel: `firstuse`. */
  firstUsed?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A classic BPF instruction, struct sock_filter. */
export interface BpfInstruction {
  /** Operation. Kernel: `code`. */
  code?: number | undefined;
  /** Jump if true. Kernel: `jt`. */
  jt?: number | undefined;
  /** Jump if false. Kernel: `jf`. */
  jf?: number | undefined;
  /** Operand. Kernel: `k`. */
  k?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'connmark' action. */
export interface ConnmarkAction {
  /** Number by which filters share the action; 0: the kernel chooses one. Kernel: `index`. */
  index?: number | undefined;
  /** What is done with the packet next. Kernel: `action`. */
  control?: 'continue' | 'ok' | 'reclassify' | 'drop' | 'pipe' | 'stolen' | 'queued' | 'repeat' | 'redirect' | 'trap' | `jump ${number}` | `goto chain ${number}` | number | undefined;
  /** References to the action. Kernel: `refcnt`. */
  readonly refs?: number | undefined;
  /** Filters that use the action. Kernel: `bindcnt`. */
  readonly binds?: number | undefined;
  /** Connection tracking zone. Kernel: `zone`. */
  zone?: number | undefined;
  /** Age and use. Kernel: `TCA_CONNMARK_TM`. */
  readonly times?: TcActionTimes | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'csum' action. */
export interface CsumAction {
  /** Number by which filters share the action; 0: the kernel chooses one. Kernel: `index`. */
  index?: number | undefined;
  /** What is done with the packet next. Kernel: `action`. */
  control?: 'continue' | 'ok' | 'reclassify' | 'drop' | 'pipe' | 'stolen' | 'queued' | 'repeat' | 'redirect' | 'trap' | `jump ${number}` | `goto chain ${number}` | number | undefined;
  /** References to the action. Kernel: `refcnt`. */
  readonly refs?: number | undefined;
  /** Filters that use the action. Kernel: `bindcnt`. */
  readonly binds?: number | undefined;
  /** Checksums to compute. Kernel: `update_flags`. */
  update?: ('iph' | 'icmp' | 'igmp' | 'tcp' | 'udp' | 'udplite' | 'sctp' | (string & {}))[] | number | undefined;
  /** Age and use. Kernel: `TCA_CSUM_TM`. */
  readonly times?: TcActionTimes | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'ct' action. */
export interface CtAction {
  /** Number by which filters share the action; 0: the kernel chooses one. Kernel: `index`. */
  index?: number | undefined;
  /** What is done with the packet next. Kernel: `action`. */
  control?: 'continue' | 'ok' | 'reclassify' | 'drop' | 'pipe' | 'stolen' | 'queued' | 'repeat' | 'redirect' | 'trap' | `jump ${number}` | `goto chain ${number}` | number | undefined;
  /** References to the action. Kernel: `refcnt`. */
  readonly refs?: number | undefined;
  /** Filters that use the action. Kernel: `bindcnt`. */
  readonly binds?: number | undefined;
  /** Age and use. Kernel: `TCA_CT_TM`. */
  readonly times?: TcActionTimes | undefined;
  /** Track only if empty; 'commit' (with 'force': in the other direction too), 'clear'; 'nat' with 'src' or 'dst'. Kernel: `TCA_CT_ACTION`. */
  action?: ('commit' | 'force' | 'clear' | 'nat' | 'src' | 'dst' | (string & {}))[] | number | undefined;
  /** Zone. Kernel: `TCA_CT_ZONE`. */
  zone?: number | undefined;
  /** Mark to set: a number or 'value/mask'. Kernel: `TCA_CT_MARK`. */
  mark?: number | string | undefined;
  /** Labels to set, 16 bytes. Kernel: `TCA_CT_LABELS`. */
  labels?: Uint8Array | undefined;
  /** Bits of the labels that count. Kernel: `TCA_CT_LABELS_MASK`. */
  labelsMask?: Uint8Array | undefined;
  /** First address of NAT. Kernel: `TCA_CT_NAT_IPV4_MIN`. */
  natMin?: string | undefined;
  /** Last address of NAT; the first if left out. Kernel: `TCA_CT_NAT_IPV4_MAX`. */
  natMax?: string | undefined;
  /** First port of NAT. Kernel: `TCA_CT_NAT_PORT_MIN`. */
  natPortMin?: number | undefined;
  /** Last port of NAT; the first if left out. Kernel: `TCA_CT_NAT_PORT_MAX`. */
  natPortMax?: number | undefined;
  /** Connection tracking helper, such as 'ftp'. (at most 15 bytes) Kernel: `TCA_CT_HELPER_NAME`. */
  helper?: string | undefined;
  /** The helper's address family. Kernel: `TCA_CT_HELPER_FAMILY`. */
  helperFamily?: 'unspec' | 'inet' | 'bridge' | 'inet6' | 'link' | 'mpls' | 'ipmr' | 'ip6mr' | number | undefined;
  /** The helper's transport protocol. Kernel: `TCA_CT_HELPER_PROTO`. */
  helperProto?: 'icmp' | 'igmp' | 'tcp' | 'udp' | 'dccp' | 'gre' | 'esp' | 'ah' | 'ipv6-icmp' | 'l2tp' | 'sctp' | 'udplite' | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'ctinfo' action. */
export interface CtinfoAction {
  /** Age and use. Kernel: `TCA_CTINFO_TM`. */
  readonly times?: TcActionTimes | undefined;
  /** Number by which filters share the action; 0: the kernel chooses one. Kernel: `index`. */
  index?: number | undefined;
  /** What is done with the packet next. Kernel: `action`. */
  control?: 'continue' | 'ok' | 'reclassify' | 'drop' | 'pipe' | 'stolen' | 'queued' | 'repeat' | 'redirect' | 'trap' | `jump ${number}` | `goto chain ${number}` | number | undefined;
  /** References to the action. Kernel: `refcnt`. */
  readonly refs?: number | undefined;
  /** Filters that use the action. Kernel: `bindcnt`. */
  readonly binds?: number | undefined;
  /** Connection tracking zone. Kernel: `TCA_CTINFO_ZONE`. */
  zone?: number | undefined;
  /** Six neighbouring bits of the mark that hold the DSCP. Kernel: `TCA_CTINFO_PARMS_DSCP_MASK`. */
  dscpMask?: number | undefined;
  /** Bit of the mark that says a DSCP is there. Kernel: `TCA_CTINFO_PARMS_DSCP_STATEMASK`. */
  dscpStateMask?: number | undefined;
  /** Bits of the mark that are copied to the packet's. Kernel: `TCA_CTINFO_PARMS_CPMARK_MASK`. */
  cpmarkMask?: number | undefined;
  /** Packets whose DSCP was set. Kernel: `TCA_CTINFO_STATS_DSCP_SET`. */
  readonly dscpSet?: bigint | number | undefined;
  /** Packets whose DSCP could not be set. Kernel: `TCA_CTINFO_STATS_DSCP_ERROR`. */
  readonly dscpError?: bigint | number | undefined;
  /** Packets whose mark was set. Kernel: `TCA_CTINFO_STATS_CPMARK_SET`. */
  readonly cpmarkSet?: bigint | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'gact' action. */
export interface GactAction {
  /** Age and use. Kernel: `TCA_GACT_TM`. */
  readonly times?: TcActionTimes | undefined;
  /** Number by which filters share the action; 0: the kernel chooses one. Kernel: `index`. */
  index?: number | undefined;
  /** What is done with the packet next. Kernel: `action`. */
  control?: 'continue' | 'ok' | 'reclassify' | 'drop' | 'pipe' | 'stolen' | 'queued' | 'repeat' | 'redirect' | 'trap' | `jump ${number}` | `goto chain ${number}` | number | undefined;
  /** References to the action. Kernel: `refcnt`. */
  readonly refs?: number | undefined;
  /** Filters that use the action. Kernel: `bindcnt`. */
  readonly binds?: number | undefined;
  /** Another control for some of the packets. Kernel: `TCA_GACT_PROB`. */
  random?: GactProbability | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** struct tc_gact_p */
export interface GactProbability {
  /** 'netrand': at random; 'determ': every so many packets. Kernel: `ptype`. */
  type?: 'none' | 'netrand' | 'determ' | number | undefined;
  /** One packet in so many takes the other control. Kernel: `pval`. */
  val?: number | undefined;
  /** The other control. Kernel: `paction`. */
  control?: 'continue' | 'ok' | 'reclassify' | 'drop' | 'pipe' | 'stolen' | 'queued' | 'repeat' | 'redirect' | 'trap' | `jump ${number}` | `goto chain ${number}` | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'gate' action. */
export interface GateAction {
  /** Age and use. Kernel: `TCA_GATE_TM`. */
  readonly times?: TcActionTimes | undefined;
  /** Number by which filters share the action; 0: the kernel chooses one. Kernel: `index`. */
  index?: number | undefined;
  /** What is done with the packet next. Kernel: `action`. */
  control?: 'continue' | 'ok' | 'reclassify' | 'drop' | 'pipe' | 'stolen' | 'queued' | 'repeat' | 'redirect' | 'trap' | `jump ${number}` | `goto chain ${number}` | number | undefined;
  /** References to the action. Kernel: `refcnt`. */
  readonly refs?: number | undefined;
  /** Filters that use the action. Kernel: `bindcnt`. */
  readonly binds?: number | undefined;
  /** Priority; -1: none. Kernel: `TCA_GATE_PRIORITY`. */
  priority?: number | undefined;
  /** The schedule. Kernel: `TCA_GATE_ENTRY_LIST`. */
  schedEntries?: GateEntry[] | undefined;
  /** Instant at which the schedule starts, in nanoseconds of the clock. Kernel: `TCA_GATE_BASE_TIME`. */
  baseTime?: bigint | number | undefined;
  /** Nanoseconds of a cycle; the sum of the intervals if left out. Kernel: `TCA_GATE_CYCLE_TIME`. */
  cycleTime?: bigint | number | undefined;
  /** Nanoseconds by which the last cycle may be longer. Kernel: `TCA_GATE_CYCLE_TIME_EXT`. */
  cycleTimeExt?: bigint | number | undefined;
  /** Flags. Kernel: `TCA_GATE_FLAGS`. */
  flags?: number | undefined;
  /** Clock; 'tai' if left out. Kernel: `TCA_GATE_CLOCKID`. */
  clockid?: 'realtime' | 'monotonic' | 'boottime' | 'tai' | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** An entry of a gate's schedule. */
export interface GateEntry {
  /** Position in the schedule. Kernel: `TCA_GATE_ENTRY_INDEX`. */
  readonly index?: number | undefined;
  /** Packets pass. Kernel: `TCA_GATE_ENTRY_GATE`. */
  open?: boolean | undefined;
  /** Nanoseconds for which the entry lasts. Kernel: `TCA_GATE_ENTRY_INTERVAL`. */
  interval?: number | undefined;
  /** Internal priority value; -1: none. Kernel: `TCA_GATE_ENTRY_IPV`. */
  ipv?: number | undefined;
  /** Most bytes in the interval; -1: no limit. Kernel: `TCA_GATE_ENTRY_MAX_OCTETS`. */
  maxOctets?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of an 'ife' action. */
export interface IfeAction {
  /** Number by which filters share the action; 0: the kernel chooses one. Kernel: `index`. */
  index?: number | undefined;
  /** What is done with the packet next. Kernel: `action`. */
  control?: 'continue' | 'ok' | 'reclassify' | 'drop' | 'pipe' | 'stolen' | 'queued' | 'repeat' | 'redirect' | 'trap' | `jump ${number}` | `goto chain ${number}` | number | undefined;
  /** References to the action. Kernel: `refcnt`. */
  readonly refs?: number | undefined;
  /** Filters that use the action. Kernel: `bindcnt`. */
  readonly binds?: number | undefined;
  /** 'encode' or 'decode'. Kernel: `flags`. */
  mode?: 'decode' | 'encode' | number | undefined;
  /** Age and use. Kernel: `TCA_IFE_TM`. */
  readonly times?: TcActionTimes | undefined;
  /** Destination of the frame. Kernel: `TCA_IFE_DMAC`. */
  dst?: string | undefined;
  /** Source of the frame. Kernel: `TCA_IFE_SMAC`. */
  src?: string | undefined;
  /** Ethernet type of the frame; 0xed3e if left out. Kernel: `TCA_IFE_TYPE`. */
  type?: number | undefined;
  /** Metadata to pack. Kernel: `TCA_IFE_METALST`. */
  meta?: IfeMetadata | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Metadata of an 'ife' action. */
export interface IfeMetadata {
  /** Mark: this one ('use'), or true for the packet's ('allow'). Kernel: `IFE_META_SKBMARK`. */
  mark?: number | true | undefined;
  /** Hash, likewise. Kernel: `IFE_META_HASHID`. */
  hash?: number | true | undefined;
  /** Priority, likewise. Kernel: `IFE_META_PRIO`. */
  prio?: number | true | undefined;
  /** Queue, likewise. Kernel: `IFE_META_QMAP`. */
  qmap?: number | true | undefined;
  /** Traffic control index, likewise. Kernel: `IFE_META_TCINDEX`. */
  tcindex?: number | true | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'mirred' action. */
export interface MirredAction {
  /** Age and use. Kernel: `TCA_MIRRED_TM`. */
  readonly times?: TcActionTimes | undefined;
  /** Number by which filters share the action; 0: the kernel chooses one. Kernel: `index`. */
  index?: number | undefined;
  /** What is done with the packet next. Kernel: `action`. */
  control?: 'continue' | 'ok' | 'reclassify' | 'drop' | 'pipe' | 'stolen' | 'queued' | 'repeat' | 'redirect' | 'trap' | `jump ${number}` | `goto chain ${number}` | number | undefined;
  /** References to the action. Kernel: `refcnt`. */
  readonly refs?: number | undefined;
  /** Filters that use the action. Kernel: `bindcnt`. */
  readonly binds?: number | undefined;
  /** Mirror or redirect, and where the packet comes out. Kernel: `eaction`. */
  eaction?: 'egress redirect' | 'egress mirror' | 'ingress redirect' | 'ingress mirror' | number | undefined;
  /** The link (dev). Kernel: `ifindex`. */
  link?: string | number | null | undefined;
  /** Index of `link`. */
  readonly linkIndex?: number;
  /** Shared block to whose links packets go, in place of link. Kernel: `TCA_MIRRED_BLOCKID`. */
  blockid?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of an 'mpls' action. */
export interface MplsAction {
  /** Age and use. Kernel: `TCA_MPLS_TM`. */
  readonly times?: TcActionTimes | undefined;
  /** Number by which filters share the action; 0: the kernel chooses one. Kernel: `index`. */
  index?: number | undefined;
  /** What is done with the packet next. Kernel: `action`. */
  control?: 'continue' | 'ok' | 'reclassify' | 'drop' | 'pipe' | 'stolen' | 'queued' | 'repeat' | 'redirect' | 'trap' | `jump ${number}` | `goto chain ${number}` | number | undefined;
  /** References to the action. Kernel: `refcnt`. */
  readonly refs?: number | undefined;
  /** Filters that use the action. Kernel: `bindcnt`. */
  readonly binds?: number | undefined;
  /** What is done with the label. Kernel: `m_action`. */
  action?: 'pop' | 'push' | 'modify' | 'dec_ttl' | 'mac_push' | number | undefined;
  /** Ethernet type after 'pop' (needed), or of the label pushed ('mpls_uc' if left out). Kernel: `TCA_MPLS_PROTO`. */
  protocol?: 'all' | 'ip' | 'ipv6' | 'arp' | '802.1Q' | '802.1ad' | 'mpls_uc' | 'mpls_mc' | 'ppp_disc' | 'ppp_ses' | 'LLDP' | 'cfm' | number | undefined;
  /** Label; needed for 'push' and 'mac_push'. (0 to 1048575) Kernel: `TCA_MPLS_LABEL`. */
  label?: number | undefined;
  /** Traffic class. (0 to 7) Kernel: `TCA_MPLS_TC`. */
  tc?: number | undefined;
  /** Time to live; that of the packet if left out. (1 to 255) Kernel: `TCA_MPLS_TTL`. */
  ttl?: number | undefined;
  /** Bottom of stack. Kernel: `TCA_MPLS_BOS`. */
  bos?: boolean | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'nat' action. */
export interface NatAction {
  /** Number by which filters share the action; 0: the kernel chooses one. Kernel: `index`. */
  index?: number | undefined;
  /** What is done with the packet next. Kernel: `action`. */
  control?: 'continue' | 'ok' | 'reclassify' | 'drop' | 'pipe' | 'stolen' | 'queued' | 'repeat' | 'redirect' | 'trap' | `jump ${number}` | `goto chain ${number}` | number | undefined;
  /** References to the action. Kernel: `refcnt`. */
  readonly refs?: number | undefined;
  /** Filters that use the action. Kernel: `bindcnt`. */
  readonly binds?: number | undefined;
  /** Address to be replaced. Kernel: `old_addr`. */
  oldAddress?: string | undefined;
  /** Address in its place. Kernel: `new_addr`. */
  newAddress?: string | undefined;
  /** Bits of the addresses that count. Kernel: `mask`. */
  netmask?: string | undefined;
  /** 'egress': source addresses; otherwise destinations. Kernel: `flags`. */
  flags?: ('egress' | (string & {}))[] | number | undefined;
  /** Age and use. Kernel: `TCA_NAT_TM`. */
  readonly times?: TcActionTimes | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'pedit' action. */
export interface PeditAction {
  /** Age and use. Kernel: `TCA_PEDIT_TM`. */
  readonly times?: TcActionTimes | undefined;
  /** Number by which filters share the action; 0: the kernel chooses one. Kernel: `index`. */
  index?: number | undefined;
  /** What is done with the packet next. Kernel: `action`. */
  control?: 'continue' | 'ok' | 'reclassify' | 'drop' | 'pipe' | 'stolen' | 'queued' | 'repeat' | 'redirect' | 'trap' | `jump ${number}` | `goto chain ${number}` | number | undefined;
  /** References to the action. Kernel: `refcnt`. */
  readonly refs?: number | undefined;
  /** Filters that use the action. Kernel: `bindcnt`. */
  readonly binds?: number | undefined;
  /** Of no effect. Kernel: `flags`. */
  flags?: number | undefined;
  /** The edits, as the kernel does them. Kernel: `keys`. */
  keys?: PeditKey[] | undefined;
  /** The edits, where each has a header of its own. Kernel: `TCA_PEDIT_PARMS_EX`. */
  extended?: PeditParms | undefined;
  /** The headers of the edits, in the same order. Kernel: `TCA_PEDIT_KEYS_EX`. */
  keysEx?: PeditExtendedKey[] | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** struct tc_pedit_sel */
export interface PeditParms {
  /** Number by which filters share the action; 0: the kernel chooses one. Kernel: `index`. */
  index?: number | undefined;
  /** What is done with the packet next. Kernel: `action`. */
  control?: 'continue' | 'ok' | 'reclassify' | 'drop' | 'pipe' | 'stolen' | 'queued' | 'repeat' | 'redirect' | 'trap' | `jump ${number}` | `goto chain ${number}` | number | undefined;
  /** References to the action. Kernel: `refcnt`. */
  readonly refs?: number | undefined;
  /** Filters that use the action. Kernel: `bindcnt`. */
  readonly binds?: number | undefined;
  /** Of no effect. Kernel: `flags`. */
  flags?: number | undefined;
  /** The edits, as the kernel does them. Kernel: `keys`. */
  keys?: PeditKey[] | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** An edit of 32 bits, struct tc_pedit_key. */
export interface PeditKey {
  /** Bits that stay. Kernel: `mask`. */
  mask?: number | undefined;
  /** Bits to set, or number to add. Kernel: `val`. */
  value?: number | undefined;
  /** Offset in bytes, a multiple of 4. Kernel: `off`. */
  offset?: number | undefined;
  /** Offset of a byte that is added to the offset... Kernel: `at`. */
  at?: number | undefined;
  /** ...after this mask... Kernel: `offmask`. */
  offsetMask?: number | undefined;
  /** ...and a shift to the right by so many bits. Kernel: `shift`. */
  shift?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** What an edit is relative to. */
export interface PeditExtendedKey {
  /** Header from which the offset counts. Kernel: `TCA_PEDIT_KEY_EX_HTYPE`. */
  header?: 'network' | 'eth' | 'ip' | 'ip6' | 'tcp' | 'udp' | number | undefined;
  /** Whether the value is set or added. Kernel: `TCA_PEDIT_KEY_EX_CMD`. */
  cmd?: 'set' | 'add' | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'police' action. */
export interface PoliceAction {
  /** Number by which filters share the action; 0: the kernel chooses one. Kernel: `index`. */
  index?: number | undefined;
  /** What is done with packets over the rate (exceed); 'reclassify' if left out. Kernel: `action`. */
  control?: 'continue' | 'ok' | 'reclassify' | 'drop' | 'pipe' | 'stolen' | 'queued' | 'repeat' | 'redirect' | 'trap' | `jump ${number}` | `goto chain ${number}` | number | undefined;
  /** Of no effect. Kernel: `limit`. */
  limit?: number | undefined;
  /** Time to send the burst at the rate, in ticks of the packet scheduler. Kernel: `burst`. */
  burstTicks?: number | undefined;
  /** Largest packet in bytes: larger ones are over the rate. Kernel: `mtu`. */
  mtu?: number | undefined;
  /** Rate. Kernel: `rate`. */
  rateSpec?: RateSpec | undefined;
  /** Peak rate. Kernel: `peakrate`. */
  peakrateSpec?: RateSpec | undefined;
  /** References to the action. Kernel: `refcnt`. */
  readonly refs?: number | undefined;
  /** Filters that use the action. Kernel: `bindcnt`. */
  readonly binds?: number | undefined;
  /** Rate table. Kernel: `TCA_POLICE_RATE`. */
  rateTable?: number[] | undefined;
  /** Rate table of the peak rate. Kernel: `TCA_POLICE_PEAKRATE`. */
  peakrateTable?: number[] | undefined;
  /** Rate of the estimator over which packets exceed. Bit/s, or a rate such as '10mbit'. Kernel: `TCA_POLICE_AVRATE`. */
  avrate?: number | string | undefined;
  /** What is done with packets within the rate; 'ok' if left out. Kernel: `TCA_POLICE_RESULT`. */
  conform?: 'continue' | 'ok' | 'reclassify' | 'drop' | 'pipe' | 'stolen' | 'queued' | 'repeat' | 'redirect' | 'trap' | `jump ${number}` | `goto chain ${number}` | number | undefined;
  /** Age and use. Kernel: `TCA_POLICE_TM`. */
  readonly times?: TcActionTimes | undefined;
  /** Rate from 4 GiB/s on. Bit/s, or a rate such as '10mbit'. Kernel: `TCA_POLICE_RATE64`. */
  rate64?: number | string | undefined;
  /** Peak rate from 4 GiB/s on. Bit/s, or a rate such as '10mbit'. Kernel: `TCA_POLICE_PEAKRATE64`. */
  peakrate64?: number | string | undefined;
  /** Packets per second; together with pktBurst, in place of rate. Kernel: `TCA_POLICE_PKTRATE64`. */
  pktRate?: bigint | number | undefined;
  /** Time to send the burst of packets, in ticks. Kernel: `TCA_POLICE_PKTBURST64`. */
  pktBurstTicks?: bigint | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'sample' action. */
export interface SampleAction {
  /** Age and use. Kernel: `TCA_SAMPLE_TM`. */
  readonly times?: TcActionTimes | undefined;
  /** Number by which filters share the action; 0: the kernel chooses one. Kernel: `index`. */
  index?: number | undefined;
  /** What is done with the packet next. Kernel: `action`. */
  control?: 'continue' | 'ok' | 'reclassify' | 'drop' | 'pipe' | 'stolen' | 'queued' | 'repeat' | 'redirect' | 'trap' | `jump ${number}` | `goto chain ${number}` | number | undefined;
  /** References to the action. Kernel: `refcnt`. */
  readonly refs?: number | undefined;
  /** Filters that use the action. Kernel: `bindcnt`. */
  readonly binds?: number | undefined;
  /** One packet in so many, on average. (1 to 4294967295) Kernel: `TCA_SAMPLE_RATE`. */
  rate?: number | undefined;
  /** Bytes of each packet to give; all if left out. Kernel: `TCA_SAMPLE_TRUNC_SIZE`. */
  trunc?: number | undefined;
  /** psample group. Kernel: `TCA_SAMPLE_PSAMPLE_GROUP`. */
  group?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'simple' action. */
export interface SimpleAction {
  /** Age and use. Kernel: `TCA_DEF_TM`. */
  readonly times?: TcActionTimes | undefined;
  /** Number by which filters share the action; 0: the kernel chooses one. Kernel: `index`. */
  index?: number | undefined;
  /** What is done with the packet next. Kernel: `action`. */
  control?: 'continue' | 'ok' | 'reclassify' | 'drop' | 'pipe' | 'stolen' | 'queued' | 'repeat' | 'redirect' | 'trap' | `jump ${number}` | `goto chain ${number}` | number | undefined;
  /** References to the action. Kernel: `refcnt`. */
  readonly refs?: number | undefined;
  /** Filters that use the action. Kernel: `bindcnt`. */
  readonly binds?: number | undefined;
  /** The text. (at most 31 bytes) Kernel: `TCA_DEF_DATA`. */
  sdata?: string | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'skbedit' action. */
export interface SkbeditAction {
  /** Age and use. Kernel: `TCA_SKBEDIT_TM`. */
  readonly times?: TcActionTimes | undefined;
  /** Number by which filters share the action; 0: the kernel chooses one. Kernel: `index`. */
  index?: number | undefined;
  /** What is done with the packet next. Kernel: `action`. */
  control?: 'continue' | 'ok' | 'reclassify' | 'drop' | 'pipe' | 'stolen' | 'queued' | 'repeat' | 'redirect' | 'trap' | `jump ${number}` | `goto chain ${number}` | number | undefined;
  /** References to the action. Kernel: `refcnt`. */
  readonly refs?: number | undefined;
  /** Filters that use the action. Kernel: `bindcnt`. */
  readonly binds?: number | undefined;
  /** Priority: a class such as '1:10', which htb and others then take. Kernel: `TCA_SKBEDIT_PRIORITY`. */
  priority?: string | number | undefined;
  /** Transmit queue; with queueMappingMax the first of them. Kernel: `TCA_SKBEDIT_QUEUE_MAPPING`. */
  queueMapping?: number | undefined;
  /** Firewall mark. Kernel: `TCA_SKBEDIT_MARK`. */
  mark?: number | undefined;
  /** Whom the packet is taken to be for. Kernel: `TCA_SKBEDIT_PTYPE`. */
  ptype?: 'host' | 'broadcast' | 'multicast' | 'otherhost' | number | undefined;
  /** Bits of the mark that are set; all if left out. Kernel: `TCA_SKBEDIT_MASK`. */
  mask?: number | undefined;
  /** 'inheritdsfield': priority from the DS field; 'txqSkbhash': queue from the hash. Kernel: `TCA_SKBEDIT_FLAGS`. */
  flags?: ('inheritdsfield' | 'txqSkbhash' | (string & {}))[] | number | undefined;
  /** Last of the queues, for 'txqSkbhash'. Kernel: `TCA_SKBEDIT_QUEUE_MAPPING_MAX`. */
  queueMappingMax?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'skbmod' action. */
export interface SkbmodAction {
  /** Age and use. Kernel: `TCA_SKBMOD_TM`. */
  readonly times?: TcActionTimes | undefined;
  /** Number by which filters share the action; 0: the kernel chooses one. Kernel: `index`. */
  index?: number | undefined;
  /** What is done with the packet next. Kernel: `action`. */
  control?: 'continue' | 'ok' | 'reclassify' | 'drop' | 'pipe' | 'stolen' | 'queued' | 'repeat' | 'redirect' | 'trap' | `jump ${number}` | `goto chain ${number}` | number | undefined;
  /** References to the action. Kernel: `refcnt`. */
  readonly refs?: number | undefined;
  /** Filters that use the action. Kernel: `bindcnt`. */
  readonly binds?: number | undefined;
  /** What is changed: 'dmac', 'smac', 'etype'; or 'swapmac'; or 'ecn'. Kernel: `flags`. */
  flags?: ('dmac' | 'smac' | 'etype' | 'swapmac' | 'ecn' | (string & {}))[] | number | undefined;
  /** New destination. Kernel: `TCA_SKBMOD_DMAC`. */
  dmac?: string | undefined;
  /** New source. Kernel: `TCA_SKBMOD_SMAC`. */
  smac?: string | undefined;
  /** New Ethernet type. Kernel: `TCA_SKBMOD_ETYPE`. */
  etype?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'tunnel_key' action. */
export interface TunnelKeyAction {
  /** Age and use. Kernel: `TCA_TUNNEL_KEY_TM`. */
  readonly times?: TcActionTimes | undefined;
  /** Number by which filters share the action; 0: the kernel chooses one. Kernel: `index`. */
  index?: number | undefined;
  /** What is done with the packet next. Kernel: `action`. */
  control?: 'continue' | 'ok' | 'reclassify' | 'drop' | 'pipe' | 'stolen' | 'queued' | 'repeat' | 'redirect' | 'trap' | `jump ${number}` | `goto chain ${number}` | number | undefined;
  /** References to the action. Kernel: `refcnt`. */
  readonly refs?: number | undefined;
  /** Filters that use the action. Kernel: `bindcnt`. */
  readonly binds?: number | undefined;
  /** 'set' or 'unset' the metadata. Kernel: `t_action`. */
  action?: 'set' | 'unset' | number | undefined;
  /** Outer source. Kernel: `TCA_TUNNEL_KEY_ENC_IPV4_SRC`. */
  srcIp?: string | undefined;
  /** Outer destination. Kernel: `TCA_TUNNEL_KEY_ENC_IPV4_DST`. */
  dstIp?: string | undefined;
  /** Tunnel id, such as a VNI. Kernel: `TCA_TUNNEL_KEY_ENC_KEY_ID`. */
  id?: number | undefined;
  /** Outer UDP destination port. Kernel: `TCA_TUNNEL_KEY_ENC_DST_PORT`. */
  dstPort?: number | undefined;
  /** No outer UDP checksum. Kernel: `TCA_TUNNEL_KEY_NO_CSUM`. */
  nocsum?: boolean | undefined;
  /** Options of the tunnel: of one kind only. Kernel: `TCA_TUNNEL_KEY_ENC_OPTS`. */
  options?: TunnelOptions | undefined;
  /** Outer type of service. Kernel: `TCA_TUNNEL_KEY_ENC_TOS`. */
  tos?: number | undefined;
  /** Outer time to live. Kernel: `TCA_TUNNEL_KEY_ENC_TTL`. */
  ttl?: number | undefined;
  /** The outer don't-fragment bit is set. Kernel: `TCA_TUNNEL_KEY_NO_FRAG`. */
  nofrag?: boolean | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a tunnel's header. */
export interface TunnelOptions {
  /** Geneve options, in order. Kernel: `ENC_OPTS_GENEVE`. */
  geneve?: TunnelGeneveOption[] | undefined;
  /** VXLAN's. Kernel: `ENC_OPTS_VXLAN`. */
  vxlan?: TunnelVxlanOption | undefined;
  /** ERSPAN's. Kernel: `ENC_OPTS_ERSPAN`. */
  erspan?: TunnelErspanOption | undefined;
  /** GTP's, of the flower filter only. Kernel: `ENC_OPTS_GTP`. */
  gtp?: TunnelGtpOption | undefined;
  /** PFCP's, of the flower filter only. Kernel: `ENC_OPTS_PFCP`. */
  pfcp?: TunnelPfcpOption | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A Geneve option. */
export interface TunnelGeneveOption {
  /** Namespace of the option's type. Kernel: `GENEVE_CLASS`. */
  class?: number | undefined;
  /** Type of the option. Kernel: `GENEVE_TYPE`. */
  type?: number | undefined;
  /** Content: a multiple of 4 bytes. Kernel: `GENEVE_DATA`. */
  data?: Uint8Array | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** VXLAN's group policy. */
export interface TunnelVxlanOption {
  /** Group policy id. Kernel: `VXLAN_GBP`. */
  gbp?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** ERSPAN's metadata. */
export interface TunnelErspanOption {
  /** Version: 1 or 2. (1 to 2) Kernel: `ERSPAN_VER`. */
  ver?: number | undefined;
  /** Version 1: index of the mirrored port. Kernel: `ERSPAN_INDEX`. */
  index?: number | undefined;
  /** Version 2: direction, 0 ingress and 1 egress. Kernel: `ERSPAN_DIR`. */
  dir?: number | undefined;
  /** Version 2: id of the ERSPAN engine. Kernel: `ERSPAN_HWID`. */
  hwid?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** GTP's metadata (flower only). */
export interface TunnelGtpOption {
  /** PDU type. Kernel: `GTP_PDU_TYPE`. */
  pduType?: number | undefined;
  /** QoS flow identifier. Kernel: `GTP_QFI`. */
  qfi?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** PFCP's metadata (flower only). */
export interface TunnelPfcpOption {
  /** Message type: 0 node, 1 session. Kernel: `PFCP_TYPE`. */
  type?: number | undefined;
  /** Session endpoint identifier. Kernel: `PFCP_SEID`. */
  seid?: bigint | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'vlan' action. */
export interface VlanAction {
  /** Age and use. Kernel: `TCA_VLAN_TM`. */
  readonly times?: TcActionTimes | undefined;
  /** Number by which filters share the action; 0: the kernel chooses one. Kernel: `index`. */
  index?: number | undefined;
  /** What is done with the packet next. Kernel: `action`. */
  control?: 'continue' | 'ok' | 'reclassify' | 'drop' | 'pipe' | 'stolen' | 'queued' | 'repeat' | 'redirect' | 'trap' | `jump ${number}` | `goto chain ${number}` | number | undefined;
  /** References to the action. Kernel: `refcnt`. */
  readonly refs?: number | undefined;
  /** Filters that use the action. Kernel: `bindcnt`. */
  readonly binds?: number | undefined;
  /** What is done with the tag or header. Kernel: `v_action`. */
  action?: 'pop' | 'push' | 'modify' | 'pop_eth' | 'push_eth' | number | undefined;
  /** VLAN id, for 'push' and 'modify'. (0 to 4095) Kernel: `TCA_VLAN_PUSH_VLAN_ID`. */
  id?: number | undefined;
  /** Tag protocol; 802.1Q if left out. Kernel: `TCA_VLAN_PUSH_VLAN_PROTOCOL`. */
  protocol?: '802.1Q' | '802.1ad' | number | undefined;
  /** Priority (PCP). (0 to 7) Kernel: `TCA_VLAN_PUSH_VLAN_PRIORITY`. */
  priority?: number | undefined;
  /** Destination, for 'push_eth'. Kernel: `TCA_VLAN_PUSH_ETH_DST`. */
  dstMac?: string | undefined;
  /** Source, for 'push_eth'. Kernel: `TCA_VLAN_PUSH_ETH_SRC`. */
  srcMac?: string | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counters of an action, TCA_ACT_STATS. */
export interface TcActionStats {
  /** Bytes seen. Kernel: `bytes`. */
  bytes?: bigint | number | undefined;
  /** Packets seen. Kernel: `packets`. */
  packets?: number | undefined;
  /** Estimated rate, where an estimator was asked for. Kernel: `TCA_STATS_RATE_EST`. */
  rateEstimate?: StatsRate | undefined;
  /** Packets waiting. Kernel: `qlen`. */
  qlen?: number | undefined;
  /** Bytes waiting. Kernel: `backlog`. */
  backlog?: number | undefined;
  /** Packets dropped. Kernel: `drops`. */
  drops?: number | undefined;
  /** Packets put back because the device was busy. Kernel: `requeues`. */
  requeues?: number | undefined;
  /** Times that a packet had to wait for its turn, or was marked. Kernel: `overlimits`. */
  overlimits?: number | undefined;
  /** The same, when 32 bits do not hold it. Kernel: `TCA_STATS_RATE_EST64`. */
  rateEstimate64?: StatsRate64 | undefined;
  /** Traffic that hardware handled. Kernel: `TCA_STATS_BASIC_HW`. */
  hardware?: StatsBasic | undefined;
  /** Packets seen, when 32 bits do not hold them. Kernel: `TCA_STATS_PKT64`. */
  packets64?: bigint | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counters of a 'basic' filter. */
export interface BasicCounters {
  /** How often the filter was tried. Kernel: `rcnt`. */
  hits?: bigint | number | undefined;
  /** How often it matched. Kernel: `rhit`. */
  success?: bigint | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'bpf' filter. */
export interface BpfFilter {
  /** Actions, in order, for packets that match. Kernel: `TCA_BPF_ACT`. */
  actions?: TcActionEntry[] | undefined;
  /** A 'police' action in the old form, in front of the actions. Kernel: `TCA_BPF_POLICE`. */
  police?: PoliceAction | undefined;
  /** Class of packets that match (flowid), such as '1:10'. Kernel: `TCA_BPF_CLASSID`. */
  classid?: string | number | undefined;
  /** Number of classic instructions. Kernel: `TCA_BPF_OPS_LEN`. */
  opsLen?: number | undefined;
  /** Classic BPF program. Kernel: `TCA_BPF_OPS`. */
  bytecode?: BpfInstruction[] | undefined;
  /** A loaded program. Kernel: `TCA_BPF_FD`. */
  program?: { fd: number } | { path: string } | undefined;
  /** Name to be shown for the program. (at most 255 bytes) Kernel: `TCA_BPF_NAME`. */
  name?: string | undefined;
  /** 'directAction': the program returns an action's control, not whether the packet matches. Kernel: `TCA_BPF_FLAGS`. */
  programFlags?: ('directAction' | (string & {}))[] | number | undefined;
  /** Hardware offload: 'skipHw', 'skipSw' ask, 'inHw', 'notInHw' tell. Kernel: `TCA_BPF_FLAGS_GEN`. */
  flags?: ('skipHw' | 'skipSw' | 'inHw' | 'notInHw' | 'verbose' | (string & {}))[] | number | undefined;
  /** Hash of the program. Kernel: `TCA_BPF_TAG`. */
  readonly tag?: Uint8Array | undefined;
  /** Id of the program. Kernel: `TCA_BPF_ID`. */
  readonly id?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'cgroup' filter. */
export interface CgroupFilter {
  /** Actions, in order, for packets that match. Kernel: `TCA_CGROUP_ACT`. */
  actions?: TcActionEntry[] | undefined;
  /** A 'police' action in the old form, in front of the actions. Kernel: `TCA_CGROUP_POLICE`. */
  police?: PoliceAction | undefined;
  /** What packets must have besides. Kernel: `TCA_CGROUP_EMATCHES`. */
  ematches?: EmatchTree | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'flow' filter. */
export interface FlowFilter {
  /** What of the packet counts; for 'map' one key. Kernel: `TCA_FLOW_KEYS`. */
  keys?: ('src' | 'dst' | 'proto' | 'proto-src' | 'proto-dst' | 'iif' | 'priority' | 'mark' | 'nfct' | 'nfct-src' | 'nfct-dst' | 'nfct-proto-src' | 'nfct-proto-dst' | 'rt-classid' | 'sk-uid' | 'sk-gid' | 'vlan-tag' | 'rxhash' | (string & {}))[] | number | undefined;
  /** 'map' computes with the key, 'hash' hashes the keys. Kernel: `TCA_FLOW_MODE`. */
  mode?: 'map' | 'hash' | number | undefined;
  /** Class to which the number is added; minor 1 if left out. Kernel: `TCA_FLOW_BASECLASS`. */
  baseclass?: string | number | undefined;
  /** Map: shift to the right by so many bits. Kernel: `TCA_FLOW_RSHIFT`. */
  rshift?: number | undefined;
  /** Map: added at the end. Kernel: `TCA_FLOW_ADDEND`. */
  addend?: number | undefined;
  /** Map: bits of the key that count. Kernel: `TCA_FLOW_MASK`. */
  mask?: number | undefined;
  /** Map: bits that are turned after the mask. Kernel: `TCA_FLOW_XOR`. */
  xor?: number | undefined;
  /** Number of classes: the result is taken modulo this. Kernel: `TCA_FLOW_DIVISOR`. */
  divisor?: number | undefined;
  /** Actions, in order, for packets that match. Kernel: `TCA_FLOW_ACT`. */
  actions?: TcActionEntry[] | undefined;
  /** A 'police' action in the old form, in front of the actions. Kernel: `TCA_FLOW_POLICE`. */
  police?: PoliceAction | undefined;
  /** What packets must have. Kernel: `TCA_FLOW_EMATCHES`. */
  ematches?: EmatchTree | undefined;
  /** Hash: milliseconds until the hash is changed. Kernel: `TCA_FLOW_PERTURB`. */
  perturb?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'flower' filter. */
export interface FlowerFilter {
  /** Class of packets that match (flowid), such as '1:10'. Kernel: `TCA_FLOWER_CLASSID`. */
  classid?: string | number | undefined;
  /** Name of the link by which packets must have come in. (at most 15 bytes) Kernel: `TCA_FLOWER_INDEV`. */
  indev?: string | undefined;
  /** Actions, in order, for packets that match. Kernel: `TCA_FLOWER_ACT`. */
  actions?: TcActionEntry[] | undefined;
  /** Destination MAC address. Kernel: `TCA_FLOWER_KEY_ETH_DST`. */
  dstMac?: string | undefined;
  /** Source MAC address. Kernel: `TCA_FLOWER_KEY_ETH_SRC`. */
  srcMac?: string | undefined;
  /** Ethernet type; the filter's protocol if left out. Kernel: `TCA_FLOWER_KEY_ETH_TYPE`. */
  ethType?: 'all' | 'ip' | 'ipv6' | 'arp' | '802.1Q' | '802.1ad' | 'mpls_uc' | 'mpls_mc' | 'ppp_disc' | 'ppp_ses' | 'LLDP' | 'cfm' | number | undefined;
  /** Transport protocol. Kernel: `TCA_FLOWER_KEY_IP_PROTO`. */
  ipProto?: 'icmp' | 'igmp' | 'tcp' | 'udp' | 'dccp' | 'gre' | 'esp' | 'ah' | 'ipv6-icmp' | 'l2tp' | 'sctp' | 'udplite' | number | undefined;
  /** Source address or prefix. Kernel: `TCA_FLOWER_KEY_IPV4_SRC`. */
  srcIp?: string | undefined;
  /** Destination address or prefix. Kernel: `TCA_FLOWER_KEY_IPV4_DST`. */
  dstIp?: string | undefined;
  /** TCP source port. Kernel: `TCA_FLOWER_KEY_TCP_SRC`. */
  tcpSrc?: number | string | undefined;
  /** TCP destination port. Kernel: `TCA_FLOWER_KEY_TCP_DST`. */
  tcpDst?: number | string | undefined;
  /** UDP source port. Kernel: `TCA_FLOWER_KEY_UDP_SRC`. */
  udpSrc?: number | string | undefined;
  /** UDP destination port. Kernel: `TCA_FLOWER_KEY_UDP_DST`. */
  udpDst?: number | string | undefined;
  /** Hardware offload: 'skipHw', 'skipSw' ask, 'inHw', 'notInHw' tell. Kernel: `TCA_FLOWER_FLAGS`. */
  flags?: ('skipHw' | 'skipSw' | 'inHw' | 'notInHw' | 'verbose' | (string & {}))[] | number | undefined;
  /** VLAN id. (0 to 4095) Kernel: `TCA_FLOWER_KEY_VLAN_ID`. */
  vlanId?: number | undefined;
  /** VLAN priority. (0 to 7) Kernel: `TCA_FLOWER_KEY_VLAN_PRIO`. */
  vlanPrio?: number | undefined;
  /** Ethernet type after the VLAN tag. Kernel: `TCA_FLOWER_KEY_VLAN_ETH_TYPE`. */
  vlanEthtype?: 'all' | 'ip' | 'ipv6' | 'arp' | '802.1Q' | '802.1ad' | 'mpls_uc' | 'mpls_mc' | 'ppp_disc' | 'ppp_ses' | 'LLDP' | 'cfm' | number | undefined;
  /** Tunnel id, such as a VNI. Kernel: `TCA_FLOWER_KEY_ENC_KEY_ID`. */
  encKeyId?: number | undefined;
  /** Outer source. Kernel: `TCA_FLOWER_KEY_ENC_IPV4_SRC`. */
  encSrcIp?: string | undefined;
  /** Outer destination. Kernel: `TCA_FLOWER_KEY_ENC_IPV4_DST`. */
  encDstIp?: string | undefined;
  /** SCTP source port. Kernel: `TCA_FLOWER_KEY_SCTP_SRC`. */
  sctpSrc?: number | string | undefined;
  /** SCTP destination port. Kernel: `TCA_FLOWER_KEY_SCTP_DST`. */
  sctpDst?: number | string | undefined;
  /** Outer UDP source port. Kernel: `TCA_FLOWER_KEY_ENC_UDP_SRC_PORT`. */
  encSrcPort?: number | string | undefined;
  /** Outer UDP destination port. Kernel: `TCA_FLOWER_KEY_ENC_UDP_DST_PORT`. */
  encDstPort?: number | string | undefined;
  /** Fragments: 'frag', 'firstfrag'; 'nofrag' and the like for what must not be. Kernel: `TCA_FLOWER_KEY_FLAGS`. */
  ipFlags?: ('frag' | 'firstfrag' | 'tunCsum' | 'tunDf' | 'tunOam' | 'tunCritOpt' | (string & {}))[] | number | undefined;
  /** ICMP code. Kernel: `TCA_FLOWER_KEY_ICMPV4_CODE`. */
  icmpCode?: number | string | undefined;
  /** ICMP type. Kernel: `TCA_FLOWER_KEY_ICMPV4_TYPE`. */
  icmpType?: number | string | undefined;
  /** ICMPv6 code. Kernel: `TCA_FLOWER_KEY_ICMPV6_CODE`. */
  icmp6Code?: number | string | undefined;
  /** ICMPv6 type. Kernel: `TCA_FLOWER_KEY_ICMPV6_TYPE`. */
  icmp6Type?: number | string | undefined;
  /** ARP: sender's address. Kernel: `TCA_FLOWER_KEY_ARP_SIP`. */
  arpSip?: string | undefined;
  /** ARP: target's address. Kernel: `TCA_FLOWER_KEY_ARP_TIP`. */
  arpTip?: string | undefined;
  /** ARP: operation. Kernel: `TCA_FLOWER_KEY_ARP_OP`. */
  arpOp?: 'request' | 'reply' | number | string | undefined;
  /** ARP: sender's MAC address. Kernel: `TCA_FLOWER_KEY_ARP_SHA`. */
  arpSha?: string | undefined;
  /** ARP: target's MAC address. Kernel: `TCA_FLOWER_KEY_ARP_THA`. */
  arpTha?: string | undefined;
  /** TTL of the outermost label. Kernel: `TCA_FLOWER_KEY_MPLS_TTL`. */
  mplsTtl?: number | undefined;
  /** Whether the outermost label is the last. (0 to 1) Kernel: `TCA_FLOWER_KEY_MPLS_BOS`. */
  mplsBos?: number | undefined;
  /** Traffic class of the outermost label. (0 to 7) Kernel: `TCA_FLOWER_KEY_MPLS_TC`. */
  mplsTc?: number | undefined;
  /** Outermost label. (0 to 1048575) Kernel: `TCA_FLOWER_KEY_MPLS_LABEL`. */
  mplsLabel?: number | undefined;
  /** TCP flags. (0 to 4095) Kernel: `TCA_FLOWER_KEY_TCP_FLAGS`. */
  tcpFlags?: number | string | undefined;
  /** Type of service or traffic class. Kernel: `TCA_FLOWER_KEY_IP_TOS`. */
  ipTos?: number | string | undefined;
  /** Time to live or hop limit. Kernel: `TCA_FLOWER_KEY_IP_TTL`. */
  ipTtl?: number | string | undefined;
  /** Inner VLAN id. (0 to 4095) Kernel: `TCA_FLOWER_KEY_CVLAN_ID`. */
  cvlanId?: number | undefined;
  /** Inner VLAN priority. (0 to 7) Kernel: `TCA_FLOWER_KEY_CVLAN_PRIO`. */
  cvlanPrio?: number | undefined;
  /** Ethernet type after the inner tag. Kernel: `TCA_FLOWER_KEY_CVLAN_ETH_TYPE`. */
  cvlanEthtype?: 'all' | 'ip' | 'ipv6' | 'arp' | '802.1Q' | '802.1ad' | 'mpls_uc' | 'mpls_mc' | 'ppp_disc' | 'ppp_ses' | 'LLDP' | 'cfm' | number | undefined;
  /** Outer type of service. Kernel: `TCA_FLOWER_KEY_ENC_IP_TOS`. */
  encTos?: number | string | undefined;
  /** Outer time to live. Kernel: `TCA_FLOWER_KEY_ENC_IP_TTL`. */
  encTtl?: number | string | undefined;
  /** Options of the tunnel: of one kind only. Kernel: `TCA_FLOWER_KEY_ENC_OPTS`. */
  encOpts?: TunnelOptions | undefined;
  /** Bits of them that are compared. Kernel: `TCA_FLOWER_KEY_ENC_OPTS_MASK`. */
  encOptsMask?: TunnelOptions | undefined;
  /** In how many devices the filter is offloaded. Kernel: `TCA_FLOWER_IN_HW_COUNT`. */
  readonly inHwCount?: number | undefined;
  /** First of a range of source ports. Kernel: `TCA_FLOWER_KEY_PORT_SRC_MIN`. */
  srcPortMin?: number | undefined;
  /** Last of it. Kernel: `TCA_FLOWER_KEY_PORT_SRC_MAX`. */
  srcPortMax?: number | undefined;
  /** First of a range of destination ports. Kernel: `TCA_FLOWER_KEY_PORT_DST_MIN`. */
  dstPortMin?: number | undefined;
  /** Last of it. Kernel: `TCA_FLOWER_KEY_PORT_DST_MAX`. */
  dstPortMax?: number | undefined;
  /** Connection tracking state: '+trk' for what must be, '-new' for what must not. Kernel: `TCA_FLOWER_KEY_CT_STATE`. */
  ctState?: ('new' | 'est' | 'rel' | 'trk' | 'inv' | 'rpl' | (string & {}))[] | number | undefined;
  /** Connection tracking zone. Kernel: `TCA_FLOWER_KEY_CT_ZONE`. */
  ctZone?: number | string | undefined;
  /** Connection tracking mark. Kernel: `TCA_FLOWER_KEY_CT_MARK`. */
  ctMark?: number | string | undefined;
  /** Connection tracking labels, 16 bytes. Kernel: `TCA_FLOWER_KEY_CT_LABELS`. */
  ctLabels?: Uint8Array | undefined;
  /** Bits of them that are compared. Kernel: `TCA_FLOWER_KEY_CT_LABELS_MASK`. */
  ctLabelsMask?: Uint8Array | undefined;
  /** Entries of the MPLS label stack. Kernel: `TCA_FLOWER_KEY_MPLS_OPTS`. */
  mpls?: FlowerMplsLabel[] | undefined;
  /** The packet's hash. Kernel: `TCA_FLOWER_KEY_HASH`. */
  hash?: number | string | undefined;
  /** Number of VLAN tags. Kernel: `TCA_FLOWER_KEY_NUM_OF_VLANS`. */
  numOfVlans?: number | undefined;
  /** PPPoE session id. Kernel: `TCA_FLOWER_KEY_PPPOE_SID`. */
  pppoeSid?: number | undefined;
  /** PPP protocol. Kernel: `TCA_FLOWER_KEY_PPP_PROTO`. */
  pppProto?: number | undefined;
  /** L2TPv3 session id. Kernel: `TCA_FLOWER_KEY_L2TPV3_SID`. */
  l2tpv3Sid?: number | undefined;
  /** Whether the bridge did not know the destination. (0 to 1) Kernel: `TCA_FLOWER_L2_MISS`. */
  l2Miss?: number | undefined;
  /** Connectivity fault management. Kernel: `TCA_FLOWER_KEY_CFM`. */
  cfm?: FlowerCfm | undefined;
  /** Security parameter index of IPsec. Kernel: `TCA_FLOWER_KEY_SPI`. */
  spi?: number | string | undefined;
  /** Flags of the tunnel. Kernel: `TCA_FLOWER_KEY_ENC_FLAGS`. */
  encFlags?: ('frag' | 'firstfrag' | 'tunCsum' | 'tunDf' | 'tunOam' | 'tunCritOpt' | (string & {}))[] | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** An entry of the MPLS label stack. */
export interface FlowerMplsLabel {
  /** Which label, the outermost being 1. (1 to 7) Kernel: `TCA_FLOWER_KEY_MPLS_OPT_LSE_DEPTH`. */
  depth?: number | undefined;
  /** Time to live. Kernel: `TCA_FLOWER_KEY_MPLS_OPT_LSE_TTL`. */
  ttl?: number | undefined;
  /** Bottom of stack. (0 to 1) Kernel: `TCA_FLOWER_KEY_MPLS_OPT_LSE_BOS`. */
  bos?: number | undefined;
  /** Traffic class. (0 to 7) Kernel: `TCA_FLOWER_KEY_MPLS_OPT_LSE_TC`. */
  tc?: number | undefined;
  /** Label. (0 to 1048575) Kernel: `TCA_FLOWER_KEY_MPLS_OPT_LSE_LABEL`. */
  label?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Connectivity fault management. */
export interface FlowerCfm {
  /** Maintenance domain level. (0 to 7) Kernel: `TCA_FLOWER_KEY_CFM_MD_LEVEL`. */
  mdl?: number | undefined;
  /** Operation. Kernel: `TCA_FLOWER_KEY_CFM_OPCODE`. */
  op?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'fw' filter. */
export interface FwFilter {
  /** Class of packets that match (flowid), such as '1:10'. Kernel: `TCA_FW_CLASSID`. */
  classid?: string | number | undefined;
  /** A 'police' action in the old form, in front of the actions. Kernel: `TCA_FW_POLICE`. */
  police?: PoliceAction | undefined;
  /** Name of the link by which packets must have come in. (at most 15 bytes) Kernel: `TCA_FW_INDEV`. */
  indev?: string | undefined;
  /** Actions, in order, for packets that match. Kernel: `TCA_FW_ACT`. */
  actions?: TcActionEntry[] | undefined;
  /** Bits of the mark that are compared; all filters of a priority share it. Kernel: `TCA_FW_MASK`. */
  mask?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'matchall' filter. */
export interface MatchallFilter {
  /** Class of packets that match (flowid), such as '1:10'. Kernel: `TCA_MATCHALL_CLASSID`. */
  classid?: string | number | undefined;
  /** Actions, in order, for packets that match. Kernel: `TCA_MATCHALL_ACT`. */
  actions?: TcActionEntry[] | undefined;
  /** Hardware offload: 'skipHw', 'skipSw' ask, 'inHw', 'notInHw' tell. Kernel: `TCA_MATCHALL_FLAGS`. */
  flags?: ('skipHw' | 'skipSw' | 'inHw' | 'notInHw' | 'verbose' | (string & {}))[] | number | undefined;
  /** Counters. Kernel: `TCA_MATCHALL_PCNT`. */
  readonly counters?: MatchallCounters | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counters of a 'matchall' filter. */
export interface MatchallCounters {
  /** How often the filter matched. Kernel: `rhit`. */
  success?: bigint | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'route' filter. */
export interface RouteFilter {
  /** Class of packets that match (flowid), such as '1:10'. Kernel: `TCA_ROUTE4_CLASSID`. */
  classid?: string | number | undefined;
  /** Realm of the destination. (0 to 255) Kernel: `TCA_ROUTE4_TO`. */
  to?: number | undefined;
  /** Realm of the source. (0 to 255) Kernel: `TCA_ROUTE4_FROM`. */
  from?: number | undefined;
  /** Incoming link, in place of from. Kernel: `TCA_ROUTE4_IIF`. */
  fromif?: string | number | null | undefined;
  /** Index of `fromif`. */
  readonly fromifIndex?: number;
  /** A 'police' action in the old form, in front of the actions. Kernel: `TCA_ROUTE4_POLICE`. */
  police?: PoliceAction | undefined;
  /** Actions, in order, for packets that match. Kernel: `TCA_ROUTE4_ACT`. */
  actions?: TcActionEntry[] | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Options of a 'u32' filter. */
export interface U32Filter {
  /** Class of packets that match (flowid), such as '1:10'. Kernel: `TCA_U32_CLASSID`. */
  classid?: string | number | undefined;
  /** Hash table and bucket. Kernel: `TCA_U32_HASH`. */
  hash?: number | undefined;
  /** Hash table to go on with. Kernel: `TCA_U32_LINK`. */
  linkTable?: number | undefined;
  /** Makes a hash table with so many buckets. Kernel: `TCA_U32_DIVISOR`. */
  divisor?: number | undefined;
  /** Comparisons. Kernel: `TCA_U32_SEL`. */
  selector?: U32Selector | undefined;
  /** A 'police' action in the old form, in front of the actions. Kernel: `TCA_U32_POLICE`. */
  police?: PoliceAction | undefined;
  /** Actions, in order, for packets that match. Kernel: `TCA_U32_ACT`. */
  actions?: TcActionEntry[] | undefined;
  /** Name of the link by which packets must have come in. (at most 15 bytes) Kernel: `TCA_U32_INDEV`. */
  indev?: string | undefined;
  /** Counters. Kernel: `TCA_U32_PCNT`. */
  readonly counters?: U32Counters | undefined;
  /** Firewall mark. Kernel: `TCA_U32_MARK`. */
  mark?: U32Mark | undefined;
  /** Hardware offload: 'skipHw', 'skipSw' ask, 'inHw', 'notInHw' tell. Kernel: `TCA_U32_FLAGS`. */
  flags?: ('skipHw' | 'skipSw' | 'inHw' | 'notInHw' | 'verbose' | (string & {}))[] | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** struct tc_u32_sel */
export interface U32Selector {
  /** What the selector does. Kernel: `flags`. */
  flags?: ('terminal' | 'offset' | 'varoffset' | 'eat' | (string & {}))[] | number | undefined;
  /** Shift of the variable offset, to the right. Kernel: `offshift`. */
  offsetShift?: number | undefined;
  /** Mask of the variable offset. Kernel: `offmask`. */
  offsetMask?: number | undefined;
  /** Fixed offset of the next table's keys, in bytes. Kernel: `off`. */
  offset?: number | undefined;
  /** Where the variable offset is in the packet. Kernel: `offoff`. */
  offsetAt?: number | undefined;
  /** Where the hash key is in the packet. Kernel: `hoff`. */
  hashOffset?: number | undefined;
  /** Mask of the hash key. Kernel: `hmask`. */
  hashMask?: number | undefined;
  /** Comparisons, all of which must be true. Kernel: `keys`. */
  keys?: U32Key[] | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counters of a filter, struct tc_u32_pcnt. */
export interface U32Counters {
  /** How often the filter was tried. Kernel: `rcnt`. */
  hits?: bigint | number | undefined;
  /** How often it matched. Kernel: `rhit`. */
  success?: bigint | number | undefined;
  /** The same for each key. Kernel: `kcnts`. */
  keys?: U32KeyCount[] | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counter of a key. */
export interface U32KeyCount {
  /** How often the comparison was true. Kernel: `kcnt`. */
  hits?: bigint | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A firewall mark to compare with, struct tc_u32_mark. */
export interface U32Mark {
  /** Mark that packets must have. Kernel: `val`. */
  value?: number | undefined;
  /** Bits that are compared. Kernel: `mask`. */
  mask?: number | undefined;
  /** Packets that had it. Kernel: `success`. */
  readonly success?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A source of a group. */
export interface MdbSource {
  /** The source. Kernel: `MDBA_MDB_SRCATTR_ADDRESS`. */
  address?: string | undefined;
  /** Milliseconds until it is forgotten. Kernel: `MDBA_MDB_SRCATTR_TIMER`. */
  timer?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A member of a group, struct nexthop_grp. */
export interface NexthopGroupMember {
  /** Id of the nexthop. Kernel: `id`. */
  id?: number | undefined;
  /** Share of the traffic, 1 to 256; 1 if left out. Kernel: `weight`. */
  weight?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A resilient group. */
export interface NexthopResGroup {
  /** Number of buckets. Kernel: `NHA_RES_GROUP_BUCKETS`. */
  buckets?: number | undefined;
  /** Milliseconds (a multiple of 10) after which an unused bucket may go to another next hop. Kernel: `NHA_RES_GROUP_IDLE_TIMER`. */
  idleTimer?: number | undefined;
  /** Milliseconds (a multiple of 10) out of balance after which buckets in use move too; 0: never. Kernel: `NHA_RES_GROUP_UNBALANCED_TIMER`. */
  unbalancedTimer?: number | undefined;
  /** Milliseconds that the group has been out of balance. Kernel: `NHA_RES_GROUP_UNBALANCED_TIME`. */
  readonly unbalancedTime?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counters of one member of a group. */
export interface NexthopGroupStats {
  /** Id of the member. Kernel: `NHA_GROUP_STATS_ENTRY_ID`. */
  id?: number | undefined;
  /** Packets forwarded, modulo 2^32. Kernel: `NHA_GROUP_STATS_ENTRY_PACKETS`. */
  packets?: number | undefined;
  /** Packets forwarded in hardware, modulo 2^32. Kernel: `NHA_GROUP_STATS_ENTRY_PACKETS_HW`. */
  packetsHw?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A VLAN, or a range of VLANs, of a port or bridge. */
export interface BridgeVlanEntry {
  /** What the VLAN is on this port. Kernel: `flags`. */
  flags?: ('master' | 'pvid' | 'untagged' | 'rangeBegin' | 'rangeEnd' | 'bridgeEntry' | 'onlyOptions' | (string & {}))[] | number | undefined;
  /** The VLAN's id. (1 to 4094) Kernel: `vid`. */
  vid?: number | undefined;
  /** Last id of a range that begins with vid. (1 to 4094) Kernel: `BRIDGE_VLANDB_ENTRY_RANGE`. */
  rangeEnd?: number | undefined;
  /** State in the spanning tree. Kernel: `BRIDGE_VLANDB_ENTRY_STATE`. */
  state?: 'disabled' | 'listening' | 'learning' | 'forwarding' | 'blocking' | number | undefined;
  /** The tunnel id it is mapped to. Kernel: `BRIDGE_VLANDB_ENTRY_TUNNEL_INFO`. */
  tunnel?: BridgeVlanTunnel | undefined;
  /** Traffic. Kernel: `BRIDGE_VLANDB_ENTRY_STATS`. */
  readonly stats?: BridgeVlanStats | undefined;
  /** Whether a multicast router is behind the port. Kernel: `BRIDGE_VLANDB_ENTRY_MCAST_ROUTER`. */
  mcastRouter?: 'disabled' | 'query' | 'permanent' | 'temporary' | number | undefined;
  /** Multicast groups joined. Kernel: `BRIDGE_VLANDB_ENTRY_MCAST_N_GROUPS`. */
  readonly mcastNGroups?: number | undefined;
  /** Most multicast groups; 0: no limit. Kernel: `BRIDGE_VLANDB_ENTRY_MCAST_MAX_GROUPS`. */
  mcastMaxGroups?: number | undefined;
  /** ARP and ND of known neighbours stay out. Kernel: `BRIDGE_VLANDB_ENTRY_NEIGH_SUPPRESS`. */
  neighSuppress?: boolean | undefined;
  /** Gratuitous ARP and unsolicited ND go out for all of that. Kernel: `BRIDGE_VLANDB_ENTRY_NEIGH_FORWARD_GRAT`. */
  neighForwardGrat?: boolean | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** The tunnel id that a VLAN is mapped to. */
export interface BridgeVlanTunnel {
  /** The tunnel id. (0 to 16777215) Kernel: `BRIDGE_VLANDB_TINFO_ID`. */
  id?: number | undefined;
  /** What is to be done. Kernel: `BRIDGE_VLANDB_TINFO_CMD`. */
  command?: 'delete' | 'set' | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Traffic of a VLAN. */
export interface BridgeVlanStats {
  /** Bytes received. Kernel: `BRIDGE_VLANDB_STATS_RX_BYTES`. */
  rxBytes?: bigint | number | undefined;
  /** Packets received. Kernel: `BRIDGE_VLANDB_STATS_RX_PACKETS`. */
  rxPackets?: bigint | number | undefined;
  /** Bytes sent. Kernel: `BRIDGE_VLANDB_STATS_TX_BYTES`. */
  txBytes?: bigint | number | undefined;
  /** Packets sent. Kernel: `BRIDGE_VLANDB_STATS_TX_PACKETS`. */
  txPackets?: bigint | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A VNI, or a range of VNIs, that a VXLAN takes packets of. */
export interface VxlanVniEntry {
  /** The VNI, or the first of a range. (0 to 16777215) Kernel: `VXLAN_VNIFILTER_ENTRY_START`. */
  vni?: number | undefined;
  /** Last VNI of a range. (0 to 16777215) Kernel: `VXLAN_VNIFILTER_ENTRY_END`. */
  rangeEnd?: number | undefined;
  /** Multicast group, or remote end, of it. Kernel: `VXLAN_VNIFILTER_ENTRY_GROUP`. */
  group?: string | undefined;
  /** The same of IPv6. Kernel: `VXLAN_VNIFILTER_ENTRY_GROUP6`. */
  group6?: string | undefined;
  /** Traffic. Kernel: `VXLAN_VNIFILTER_ENTRY_STATS`. */
  readonly stats?: VxlanVniStats | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Traffic of a VNI. */
export interface VxlanVniStats {
  /** Bytes received. Kernel: `VNIFILTER_ENTRY_STATS_RX_BYTES`. */
  rxBytes?: bigint | number | undefined;
  /** Packets received. Kernel: `VNIFILTER_ENTRY_STATS_RX_PKTS`. */
  rxPackets?: bigint | number | undefined;
  /** Packets received and dropped. Kernel: `VNIFILTER_ENTRY_STATS_RX_DROPS`. */
  rxDrops?: bigint | number | undefined;
  /** Errors in receiving. Kernel: `VNIFILTER_ENTRY_STATS_RX_ERRORS`. */
  rxErrors?: bigint | number | undefined;
  /** Bytes sent. Kernel: `VNIFILTER_ENTRY_STATS_TX_BYTES`. */
  txBytes?: bigint | number | undefined;
  /** Packets sent. Kernel: `VNIFILTER_ENTRY_STATS_TX_PKTS`. */
  txPackets?: bigint | number | undefined;
  /** Packets dropped in sending. Kernel: `VNIFILTER_ENTRY_STATS_TX_DROPS`. */
  txDrops?: bigint | number | undefined;
  /** Errors in sending. Kernel: `VNIFILTER_ENTRY_STATS_TX_ERRORS`. */
  txErrors?: bigint | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Where a base chain is hooked in. */
export interface NfHook {
  /** Number of the hook, which depends on the family. Kernel: `NFTA_HOOK_HOOKNUM`. */
  hooknum?: number | undefined;
  /** Chains of a hook are run from the lowest up. Kernel: `NFTA_HOOK_PRIORITY`. */
  priority?: number | undefined;
  /** The link, of family netdev and of ingress. (at most 15 bytes) Kernel: `NFTA_HOOK_DEV`. */
  dev?: string | undefined;
  /** The links, where there are several. Kernel: `NFTA_HOOK_DEVS`. */
  devs?: string[] | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Counts packets and bytes. */
export interface NfCounter {
  /** Bytes. Kernel: `NFTA_COUNTER_BYTES`. */
  bytes?: bigint | number | undefined;
  /** Packets. Kernel: `NFTA_COUNTER_PACKETS`. */
  packets?: bigint | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** An expression of a rule, set or element. */
export interface NfExpression {
  /** The kernel's name of the expression. (at most 31 bytes) Kernel: `NFTA_EXPR_NAME`. */
  name?: string | undefined;
  /** Its parameters. Kernel: `NFTA_EXPR_DATA`. */
  data?: NfExpressionDataByName[keyof NfExpressionDataByName] | UnknownOptions | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Loads a constant or ends with a verdict. */
export interface NfImmediate {
  /** Destination register; 0 for a verdict. Kernel: `NFTA_IMMEDIATE_DREG`. */
  dreg?: number | undefined;
  /** What is loaded. Kernel: `NFTA_IMMEDIATE_DATA`. */
  data?: NfData | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A value or a verdict. */
export interface NfData {
  /** Bytes, as they lie in registers. Kernel: `NFTA_DATA_VALUE`. */
  value?: Uint8Array | undefined;
  /** A verdict. Kernel: `NFTA_DATA_VERDICT`. */
  verdict?: NfVerdict | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A verdict. */
export interface NfVerdict {
  /** What becomes of the packet. Kernel: `NFTA_VERDICT_CODE`. */
  code?: 'drop' | 'accept' | 'stolen' | 'queue' | 'repeat' | 'stop' | 'continue' | 'break' | 'jump' | 'goto' | 'return' | number | undefined;
  /** Chain to go to. (at most 255 bytes) Kernel: `NFTA_VERDICT_CHAIN`. */
  chain?: string | undefined;
  /** The same by the id that it has in the transaction. Kernel: `NFTA_VERDICT_CHAIN_ID`. */
  chainId?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Compares a register with a constant. */
export interface NfCmp {
  /** Register that is compared. Kernel: `NFTA_CMP_SREG`. */
  sreg?: number | undefined;
  /** The relation. Kernel: `NFTA_CMP_OP`. */
  op?: 'eq' | 'neq' | 'lt' | 'lte' | 'gt' | 'gte' | number | undefined;
  /** What it is compared with. Kernel: `NFTA_CMP_DATA`. */
  data?: NfData | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Compares a register with a range. */
export interface NfRange {
  /** Register that is compared. Kernel: `NFTA_RANGE_SREG`. */
  sreg?: number | undefined;
  /** Inside or outside. Kernel: `NFTA_RANGE_OP`. */
  op?: 'eq' | 'neq' | number | undefined;
  /** First value of the range. Kernel: `NFTA_RANGE_FROM_DATA`. */
  fromData?: NfData | undefined;
  /** Last value of the range. Kernel: `NFTA_RANGE_TO_DATA`. */
  toData?: NfData | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Operates on the bits of registers. */
export interface NfBitwise {
  /** Source register. Kernel: `NFTA_BITWISE_SREG`. */
  sreg?: number | undefined;
  /** Destination register. Kernel: `NFTA_BITWISE_DREG`. */
  dreg?: number | undefined;
  /** Length of the operands in bytes. Kernel: `NFTA_BITWISE_LEN`. */
  len?: number | undefined;
  /** For 'bool': dreg = (sreg & mask) ^ xor. Kernel: `NFTA_BITWISE_MASK`. */
  mask?: NfData | undefined;
  /** For 'bool': dreg = (sreg & mask) ^ xor. Kernel: `NFTA_BITWISE_XOR`. */
  xor?: NfData | undefined;
  /** The operation (bool: NFT_BITWISE_MASK_XOR). Kernel: `NFTA_BITWISE_OP`. */
  op?: 'bool' | 'lshift' | 'rshift' | 'and' | 'or' | 'xor' | number | undefined;
  /** How far is shifted. Kernel: `NFTA_BITWISE_DATA`. */
  data?: NfData | undefined;
  /** Second source register. Kernel: `NFTA_BITWISE_SREG2`. */
  sreg2?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Swaps bytes between network and host order. */
export interface NfByteorder {
  /** Source register. Kernel: `NFTA_BYTEORDER_SREG`. */
  sreg?: number | undefined;
  /** Destination register. Kernel: `NFTA_BYTEORDER_DREG`. */
  dreg?: number | undefined;
  /** Direction. Kernel: `NFTA_BYTEORDER_OP`. */
  op?: 'ntoh' | 'hton' | number | undefined;
  /** Length of the data in bytes. Kernel: `NFTA_BYTEORDER_LEN`. */
  len?: number | undefined;
  /** Bytes of one number: 2, 4 or 8. Kernel: `NFTA_BYTEORDER_SIZE`. */
  size?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Loads bytes of the packet, or writes them. */
export interface NfPayload {
  /** Destination register, to load. Kernel: `NFTA_PAYLOAD_DREG`. */
  dreg?: number | undefined;
  /** Header that the offset counts from. Kernel: `NFTA_PAYLOAD_BASE`. */
  base?: 'll' | 'network' | 'transport' | 'inner' | 'tun' | number | undefined;
  /** Offset in bytes. Kernel: `NFTA_PAYLOAD_OFFSET`. */
  offset?: number | undefined;
  /** Length in bytes. Kernel: `NFTA_PAYLOAD_LEN`. */
  len?: number | undefined;
  /** Source register, to write. Kernel: `NFTA_PAYLOAD_SREG`. */
  sreg?: number | undefined;
  /** Checksum to mend after writing. Kernel: `NFTA_PAYLOAD_CSUM_TYPE`. */
  csumType?: 'none' | 'inet' | 'sctp' | number | undefined;
  /** Where that checksum is, from the base. Kernel: `NFTA_PAYLOAD_CSUM_OFFSET`. */
  csumOffset?: number | undefined;
  /** Whether layer 4's is mended too. Kernel: `NFTA_PAYLOAD_CSUM_FLAGS`. */
  csumFlags?: ('l4csumPseudohdr' | (string & {}))[] | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Loads, writes or removes extension headers and options. */
export interface NfExthdr {
  /** Destination register, to load. Kernel: `NFTA_EXTHDR_DREG`. */
  dreg?: number | undefined;
  /** Type of the extension header, option or chunk. Kernel: `NFTA_EXTHDR_TYPE`. */
  type?: number | undefined;
  /** Offset in it in bytes. Kernel: `NFTA_EXTHDR_OFFSET`. */
  offset?: number | undefined;
  /** Length in bytes. Kernel: `NFTA_EXTHDR_LEN`. */
  len?: number | undefined;
  /** 'present': load whether there is one. Kernel: `NFTA_EXTHDR_FLAGS`. */
  flags?: ('present' | (string & {}))[] | number | undefined;
  /** What kind of header it is. Kernel: `NFTA_EXTHDR_OP`. */
  op?: 'ipv6' | 'tcpopt' | 'ipv4' | 'sctp' | 'dccp' | number | undefined;
  /** Source register, to write. Kernel: `NFTA_EXTHDR_SREG`. */
  sreg?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Loads or sets what the kernel knows of the packet. */
export interface NfMeta {
  /** Destination register, to load. Kernel: `NFTA_META_DREG`. */
  dreg?: number | undefined;
  /** What is loaded or set. Kernel: `NFTA_META_KEY`. */
  key?: 'len' | 'protocol' | 'priority' | 'mark' | 'iif' | 'oif' | 'iifname' | 'oifname' | 'iiftype' | 'oiftype' | 'skuid' | 'skgid' | 'nftrace' | 'rtclassid' | 'secmark' | 'nfproto' | 'l4proto' | 'briIifname' | 'briOifname' | 'pkttype' | 'cpu' | 'iifgroup' | 'oifgroup' | 'cgroup' | 'prandom' | 'secpath' | 'iifkind' | 'oifkind' | 'briIifpvid' | 'briIifvproto' | 'timeNs' | 'timeDay' | 'timeHour' | 'sdif' | 'sdifname' | 'briBroute' | number | undefined;
  /** Source register, to set. Kernel: `NFTA_META_SREG`. */
  sreg?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Loads or sets what connection tracking knows. */
export interface NfCt {
  /** Destination register, to load. Kernel: `NFTA_CT_DREG`. */
  dreg?: number | undefined;
  /** What is loaded or set. Kernel: `NFTA_CT_KEY`. */
  key?: 'state' | 'direction' | 'status' | 'mark' | 'secmark' | 'expiration' | 'helper' | 'l3protocol' | 'src' | 'dst' | 'protocol' | 'protoSrc' | 'protoDst' | 'labels' | 'pkts' | 'bytes' | 'avgpkt' | 'zone' | 'eventmask' | 'srcIp' | 'dstIp' | 'srcIp6' | 'dstIp6' | 'id' | number | undefined;
  /** Of which direction. Kernel: `NFTA_CT_DIRECTION`. */
  direction?: 'original' | 'reply' | number | undefined;
  /** Source register, to set. Kernel: `NFTA_CT_SREG`. */
  sreg?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Looks up a set or map. */
export interface NfLookup {
  /** Name of the set. (at most 255 bytes) Kernel: `NFTA_LOOKUP_SET`. */
  set?: string | undefined;
  /** Register with the key. Kernel: `NFTA_LOOKUP_SREG`. */
  sreg?: number | undefined;
  /** Destination register of a map's data; 0 for verdicts. Kernel: `NFTA_LOOKUP_DREG`. */
  dreg?: number | undefined;
  /** The set by the id that it has in the transaction. Kernel: `NFTA_LOOKUP_SET_ID`. */
  setId?: number | undefined;
  /** 'inv': matches what is not in the set. Kernel: `NFTA_LOOKUP_FLAGS`. */
  flags?: ('inv' | (string & {}))[] | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Adds, updates or deletes an element as packets come. */
export interface NfDynset {
  /** Name of the set. (at most 255 bytes) Kernel: `NFTA_DYNSET_SET_NAME`. */
  setName?: string | undefined;
  /** The set by the id that it has in the transaction. Kernel: `NFTA_DYNSET_SET_ID`. */
  setId?: number | undefined;
  /** What is done to the element. Kernel: `NFTA_DYNSET_OP`. */
  op?: 'add' | 'update' | 'delete' | number | undefined;
  /** Register with the key. Kernel: `NFTA_DYNSET_SREG_KEY`. */
  sregKey?: number | undefined;
  /** Register with a map's data. Kernel: `NFTA_DYNSET_SREG_DATA`. */
  sregData?: number | undefined;
  /** Milliseconds that the element lives. Kernel: `NFTA_DYNSET_TIMEOUT`. */
  timeout?: bigint | number | undefined;
  /** The element's expression. Kernel: `NFTA_DYNSET_EXPR`. */
  expr?: NfExpression | undefined;
  /** Options. Kernel: `NFTA_DYNSET_FLAGS`. */
  flags?: ('inv' | 'expr' | (string & {}))[] | number | undefined;
  /** The element's expressions, of two and more. Kernel: `NFTA_DYNSET_EXPRESSIONS`. */
  expressions?: NfExpression[] | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Logs the packet. */
export interface NfLog {
  /** Group of nfnetlink_log that gets it. Kernel: `NFTA_LOG_GROUP`. */
  group?: number | undefined;
  /** Text in front. (at most 127 bytes) Kernel: `NFTA_LOG_PREFIX`. */
  prefix?: string | undefined;
  /** Bytes of the packet that are told. Kernel: `NFTA_LOG_SNAPLEN`. */
  snaplen?: number | undefined;
  /** Packets that are gathered before they are told. Kernel: `NFTA_LOG_QTHRESHOLD`. */
  qthreshold?: number | undefined;
  /** Level for the kernel's log. Kernel: `NFTA_LOG_LEVEL`. */
  level?: 'emerg' | 'alert' | 'crit' | 'err' | 'warning' | 'notice' | 'info' | 'debug' | 'audit' | number | undefined;
  /** What is told besides. Kernel: `NFTA_LOG_FLAGS`. */
  flags?: ('tcpseq' | 'tcpopt' | 'ipopt' | 'uid' | 'nflog' | 'macdecode' | (string & {}))[] | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Matches up to a rate. */
export interface NfLimit {
  /** Packets or bytes per unit of time. Kernel: `NFTA_LIMIT_RATE`. */
  rate?: bigint | number | undefined;
  /** That unit, in seconds. Kernel: `NFTA_LIMIT_UNIT`. */
  unit?: bigint | number | undefined;
  /** Packets or bytes that may come at once. Kernel: `NFTA_LIMIT_BURST`. */
  burst?: number | undefined;
  /** What is counted. Kernel: `NFTA_LIMIT_TYPE`. */
  type?: 'pkts' | 'pktBytes' | number | undefined;
  /** 'inv': matches what is over the limit. Kernel: `NFTA_LIMIT_FLAGS`. */
  flags?: ('inv' | (string & {}))[] | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Matches up to a number of bytes. */
export interface NfQuota {
  /** Bytes until it is used up. Kernel: `NFTA_QUOTA_BYTES`. */
  bytes?: bigint | number | undefined;
  /** 'inv': matches when it is used up. Kernel: `NFTA_QUOTA_FLAGS`. */
  flags?: ('inv' | 'depleted' | (string & {}))[] | number | undefined;
  /** Bytes used. Kernel: `NFTA_QUOTA_CONSUMED`. */
  consumed?: bigint | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Translates source or destination. */
export interface NfNat {
  /** Which end is translated. Kernel: `NFTA_NAT_TYPE`. */
  type?: 'snat' | 'dnat' | number | undefined;
  /** Family of the addresses. Kernel: `NFTA_NAT_FAMILY`. */
  family?: 'unspec' | 'inet' | 'ip' | 'arp' | 'netdev' | 'bridge' | 'ip6' | number | undefined;
  /** Register with the first address. Kernel: `NFTA_NAT_REG_ADDR_MIN`. */
  regAddrMin?: number | undefined;
  /** Register with the last address. Kernel: `NFTA_NAT_REG_ADDR_MAX`. */
  regAddrMax?: number | undefined;
  /** Register with the first port. Kernel: `NFTA_NAT_REG_PROTO_MIN`. */
  regProtoMin?: number | undefined;
  /** Register with the last port. Kernel: `NFTA_NAT_REG_PROTO_MAX`. */
  regProtoMax?: number | undefined;
  /** Options (NF_NAT_RANGE_*). Kernel: `NFTA_NAT_FLAGS`. */
  flags?: ('mapIps' | 'protoSpecified' | 'protoRandom' | 'persistent' | 'protoRandomFully' | 'protoOffset' | 'netmap' | (string & {}))[] | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Translates the source to the outgoing link's address. */
export interface NfMasq {
  /** Options (NF_NAT_RANGE_*). Kernel: `NFTA_MASQ_FLAGS`. */
  flags?: ('mapIps' | 'protoSpecified' | 'protoRandom' | 'persistent' | 'protoRandomFully' | 'protoOffset' | 'netmap' | (string & {}))[] | number | undefined;
  /** Register with the first port. Kernel: `NFTA_MASQ_REG_PROTO_MIN`. */
  regProtoMin?: number | undefined;
  /** Register with the last port. Kernel: `NFTA_MASQ_REG_PROTO_MAX`. */
  regProtoMax?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Translates the destination to this host. */
export interface NfRedir {
  /** Register with the first port. Kernel: `NFTA_REDIR_REG_PROTO_MIN`. */
  regProtoMin?: number | undefined;
  /** Register with the last port. Kernel: `NFTA_REDIR_REG_PROTO_MAX`. */
  regProtoMax?: number | undefined;
  /** Options (NF_NAT_RANGE_*). Kernel: `NFTA_REDIR_FLAGS`. */
  flags?: ('mapIps' | 'protoSpecified' | 'protoRandom' | 'persistent' | 'protoRandomFully' | 'protoOffset' | 'netmap' | (string & {}))[] | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Rejects the packet with an answer. */
export interface NfReject {
  /** What is answered. Kernel: `NFTA_REJECT_TYPE`. */
  type?: 'icmpUnreach' | 'tcpRst' | 'icmpxUnreach' | number | undefined;
  /** ICMP code; of 'icmpxUnreach', one of NFT_REJECT_ICMPX_*. Kernel: `NFTA_REJECT_ICMP_CODE`. */
  icmpCode?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Hands the packet to a program. */
export interface NfQueue {
  /** First queue. Kernel: `NFTA_QUEUE_NUM`. */
  num?: number | undefined;
  /** Number of queues. Kernel: `NFTA_QUEUE_TOTAL`. */
  total?: number | undefined;
  /** Options. Kernel: `NFTA_QUEUE_FLAGS`. */
  flags?: ('bypass' | 'cpuFanout' | (string & {}))[] | number | undefined;
  /** Register with the queue's number. Kernel: `NFTA_QUEUE_SREG_QNUM`. */
  sregQnum?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Matches up to a number of connections. */
export interface NfConnlimit {
  /** Connections. Kernel: `NFTA_CONNLIMIT_COUNT`. */
  count?: number | undefined;
  /** 'inv': matches when there are more. Kernel: `NFTA_CONNLIMIT_FLAGS`. */
  flags?: ('inv' | (string & {}))[] | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Remembers when a packet came last. */
export interface NfLast {
  /** 0: no packet has come yet. Kernel: `NFTA_LAST_SET`. */
  set?: number | undefined;
  /** Milliseconds since the last packet. Kernel: `NFTA_LAST_MSECS`. */
  msecs?: bigint | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Uses a stateful object, named or found in a map. */
export interface NfObjref {
  /** Kind of the object. Kernel: `NFTA_OBJREF_IMM_TYPE`. */
  immType?: 'counter' | 'quota' | 'ctHelper' | 'limit' | 'connlimit' | 'tunnel' | 'ctTimeout' | 'secmark' | 'ctExpect' | 'synproxy' | number | undefined;
  /** Name of the object. (at most 255 bytes) Kernel: `NFTA_OBJREF_IMM_NAME`. */
  immName?: string | undefined;
  /** Register with the key. Kernel: `NFTA_OBJREF_SET_SREG`. */
  setSreg?: number | undefined;
  /** Name of the map to objects. (at most 255 bytes) Kernel: `NFTA_OBJREF_SET_NAME`. */
  setName?: string | undefined;
  /** That map by the id that it has in the transaction. Kernel: `NFTA_OBJREF_SET_ID`. */
  setId?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Keeps connection tracking away from the packet. */
export interface NfNotrack {
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Loads what the packet's route says. */
export interface NfRt {
  /** Destination register. Kernel: `NFTA_RT_DREG`. */
  dreg?: number | undefined;
  /** What is loaded. Kernel: `NFTA_RT_KEY`. */
  key?: 'classid' | 'nexthop4' | 'nexthop6' | 'tcpmss' | 'xfrm' | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Loads what the packet's local socket says. */
export interface NfSocket {
  /** What is loaded. Kernel: `NFTA_SOCKET_KEY`. */
  key?: 'transparent' | 'mark' | 'wildcard' | 'cgroupv2' | number | undefined;
  /** Destination register. Kernel: `NFTA_SOCKET_DREG`. */
  dreg?: number | undefined;
  /** For 'cgroupv2': level of the ancestor. Kernel: `NFTA_SOCKET_LEVEL`. */
  level?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Asks the routing tables. */
export interface NfFib {
  /** Destination register. Kernel: `NFTA_FIB_DREG`. */
  dreg?: number | undefined;
  /** What is loaded. Kernel: `NFTA_FIB_RESULT`. */
  result?: 'unspec' | 'oif' | 'oifname' | 'addrtype' | number | undefined;
  /** What is looked up, and by what. Kernel: `NFTA_FIB_FLAGS`. */
  flags?: ('saddr' | 'daddr' | 'mark' | 'iif' | 'oif' | 'present' | (string & {}))[] | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Guesses the sender's operating system. */
export interface NfOsf {
  /** Destination register. Kernel: `NFTA_OSF_DREG`. */
  dreg?: number | undefined;
  /** How the TTL is compared: 0 true, 1 less or equal, 2 not at all. Kernel: `NFTA_OSF_TTL`. */
  ttl?: number | undefined;
  /** 'version': the system's version besides its name. Kernel: `NFTA_OSF_FLAGS`. */
  flags?: ('version' | (string & {}))[] | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Hashes registers, or the connection. */
export interface NfHash {
  /** Source register. Kernel: `NFTA_HASH_SREG`. */
  sreg?: number | undefined;
  /** Destination register. Kernel: `NFTA_HASH_DREG`. */
  dreg?: number | undefined;
  /** Length of the source in bytes. Kernel: `NFTA_HASH_LEN`. */
  len?: number | undefined;
  /** The result is below it. Kernel: `NFTA_HASH_MODULUS`. */
  modulus?: number | undefined;
  /** Seed. Kernel: `NFTA_HASH_SEED`. */
  seed?: number | undefined;
  /** Added to the result. Kernel: `NFTA_HASH_OFFSET`. */
  offset?: number | undefined;
  /** The hash. Kernel: `NFTA_HASH_TYPE`. */
  type?: 'jenkins' | 'sym' | number | undefined;
  /** Name of a map; not used any more. (at most 255 bytes) Kernel: `NFTA_HASH_SET_NAME`. */
  setName?: string | undefined;
  /** Id of a map; not used any more. Kernel: `NFTA_HASH_SET_ID`. */
  setId?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Generates numbers. */
export interface NfNumgen {
  /** Destination register. Kernel: `NFTA_NG_DREG`. */
  dreg?: number | undefined;
  /** The number is below it. Kernel: `NFTA_NG_MODULUS`. */
  modulus?: number | undefined;
  /** How numbers follow one another. Kernel: `NFTA_NG_TYPE`. */
  type?: 'incremental' | 'random' | number | undefined;
  /** Added to the number. Kernel: `NFTA_NG_OFFSET`. */
  offset?: number | undefined;
  /** Name of a map; not used any more. (at most 255 bytes) Kernel: `NFTA_NG_SET_NAME`. */
  setName?: string | undefined;
  /** Id of a map; not used any more. Kernel: `NFTA_NG_SET_ID`. */
  setId?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Gives the packet to a local socket as it is. */
export interface NfTproxy {
  /** Family of the address. Kernel: `NFTA_TPROXY_FAMILY`. */
  family?: 'unspec' | 'inet' | 'ip' | 'arp' | 'netdev' | 'bridge' | 'ip6' | number | undefined;
  /** Register with the address. Kernel: `NFTA_TPROXY_REG_ADDR`. */
  regAddr?: number | undefined;
  /** Register with the port. Kernel: `NFTA_TPROXY_REG_PORT`. */
  regPort?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Sends a copy elsewhere. */
export interface NfDup {
  /** Register with the address. Kernel: `NFTA_DUP_SREG_ADDR`. */
  sregAddr?: number | undefined;
  /** Register with the link. Kernel: `NFTA_DUP_SREG_DEV`. */
  sregDev?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Sends the packet out by a link. */
export interface NfFwd {
  /** Register with the link. Kernel: `NFTA_FWD_SREG_DEV`. */
  sregDev?: number | undefined;
  /** Register with the address. Kernel: `NFTA_FWD_SREG_ADDR`. */
  sregAddr?: number | undefined;
  /** Family of the address. Kernel: `NFTA_FWD_NFPROTO`. */
  nfproto?: 'unspec' | 'inet' | 'ip' | 'arp' | 'netdev' | 'bridge' | 'ip6' | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Moves the flow to a flowtable. */
export interface NfFlowOffload {
  /** Name of the flowtable. (at most 255 bytes) Kernel: `NFTA_FLOW_TABLE_NAME`. */
  tableName?: string | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Answers SYN packets in the server's place. */
export interface NfSynproxy {
  /** Maximum segment size told to clients. Kernel: `NFTA_SYNPROXY_MSS`. */
  mss?: number | undefined;
  /** Window scale told to clients. Kernel: `NFTA_SYNPROXY_WSCALE`. */
  wscale?: number | undefined;
  /** Options told to clients. Kernel: `NFTA_SYNPROXY_FLAGS`. */
  flags?: ('mss' | 'wscale' | 'sackPerm' | 'timestamp' | 'ecn' | (string & {}))[] | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Loads what IPsec has done or will do. */
export interface NfXfrm {
  /** Destination register. Kernel: `NFTA_XFRM_DREG`. */
  dreg?: number | undefined;
  /** What is loaded. Kernel: `NFTA_XFRM_KEY`. */
  key?: 'daddrIp4' | 'daddrIp6' | 'saddrIp4' | 'saddrIp6' | 'reqid' | 'spi' | number | undefined;
  /** Direction. Kernel: `NFTA_XFRM_DIR`. */
  dir?: 'in' | 'out' | number | undefined;
  /** Which of several transformations. Kernel: `NFTA_XFRM_SPNUM`. */
  spnum?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Loads a tunnel's metadata. */
export interface NfTunnel {
  /** What is loaded. Kernel: `NFTA_TUNNEL_KEY`. */
  key?: 'path' | 'id' | number | undefined;
  /** Destination register. Kernel: `NFTA_TUNNEL_DREG`. */
  dreg?: number | undefined;
  /** Direction. Kernel: `NFTA_TUNNEL_MODE`. */
  mode?: 'none' | 'rx' | 'tx' | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Looks into a tunnel's packet. */
export interface NfInner {
  /** How deep. Kernel: `NFTA_INNER_NUM`. */
  num?: number | undefined;
  /** Kind of the tunnel. Kernel: `NFTA_INNER_TYPE`. */
  type?: 'unspec' | 'vxlan' | 'geneve' | number | undefined;
  /** Which headers there are. Kernel: `NFTA_INNER_FLAGS`. */
  flags?: ('hdrsize' | 'll' | 'nh' | 'th' | (string & {}))[] | number | undefined;
  /** Length of the tunnel's header in bytes. Kernel: `NFTA_INNER_HDRSIZE`. */
  hdrsize?: number | undefined;
  /** What is done with the inner packet: payload or meta. Kernel: `NFTA_INNER_EXPR`. */
  expr?: NfExpression | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A match of iptables. */
export interface NfMatch {
  /** Name of the extension. (at most 31 bytes) Kernel: `NFTA_MATCH_NAME`. */
  name?: string | undefined;
  /** Its revision. Kernel: `NFTA_MATCH_REV`. */
  rev?: number | undefined;
  /** Its own structure. Kernel: `NFTA_MATCH_INFO`. */
  info?: Uint8Array | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A target of iptables. */
export interface NfTarget {
  /** Name of the extension. (at most 31 bytes) Kernel: `NFTA_TARGET_NAME`. */
  name?: string | undefined;
  /** Its revision. Kernel: `NFTA_TARGET_REV`. */
  rev?: number | undefined;
  /** Its own structure. Kernel: `NFTA_TARGET_INFO`. */
  info?: Uint8Array | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** What extensions of iptables must know of the rule. */
export interface NfRuleCompat {
  /** Protocol that the extensions are for. Kernel: `NFTA_RULE_COMPAT_PROTO`. */
  proto?: number | undefined;
  /** 'inv': all but that protocol. Kernel: `NFTA_RULE_COMPAT_FLAGS`. */
  flags?: ('inv' | (string & {}))[] | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** What helps to choose a set's implementation. */
export interface NfSetDesc {
  /** How many elements it may have. Kernel: `NFTA_SET_DESC_SIZE`. */
  size?: number | undefined;
  /** The fields of a concatenated key. Kernel: `NFTA_SET_DESC_CONCAT`. */
  concat?: NfSetField[] | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A field of a concatenation. */
export interface NfSetField {
  /** Length in bytes. Kernel: `NFTA_SET_FIELD_LEN`. */
  len?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** An element of a set or map. */
export interface NfElement {
  /** The key, or the first of an interval. Kernel: `NFTA_SET_ELEM_KEY`. */
  key?: NfData | undefined;
  /** What a map gives for it. Kernel: `NFTA_SET_ELEM_DATA`. */
  data?: NfData | undefined;
  /** Options. Kernel: `NFTA_SET_ELEM_FLAGS`. */
  flags?: ('intervalEnd' | 'catchall' | (string & {}))[] | number | undefined;
  /** Milliseconds that it lives. Kernel: `NFTA_SET_ELEM_TIMEOUT`. */
  timeout?: bigint | number | undefined;
  /** Milliseconds that are left of that. Kernel: `NFTA_SET_ELEM_EXPIRATION`. */
  expiration?: bigint | number | undefined;
  /** What nft keeps there: a comment. Kernel: `NFTA_SET_ELEM_USERDATA`. */
  userdata?: Uint8Array | undefined;
  /** Its expression. Kernel: `NFTA_SET_ELEM_EXPR`. */
  expr?: NfExpression | undefined;
  /** Name of the object that a map gives for it. (at most 255 bytes) Kernel: `NFTA_SET_ELEM_OBJREF`. */
  objref?: string | undefined;
  /** The last key of an interval of concatenations. Kernel: `NFTA_SET_ELEM_KEY_END`. */
  keyEnd?: NfData | undefined;
  /** Its expressions, of two and more. Kernel: `NFTA_SET_ELEM_EXPRESSIONS`. */
  expressions?: NfExpression[] | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A helper of connection tracking. */
export interface NfCtHelper {
  /** Name of the helper, such as ftp. (at most 15 bytes) Kernel: `NFTA_CT_HELPER_NAME`. */
  name?: string | undefined;
  /** Family of its connections. Kernel: `NFTA_CT_HELPER_L3PROTO`. */
  l3proto?: number | undefined;
  /** Transport protocol of its connections. Kernel: `NFTA_CT_HELPER_L4PROTO`. */
  l4proto?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Metadata for a tunnel. */
export interface NfTunnelKey {
  /** The tunnel's key. Kernel: `NFTA_TUNNEL_KEY_ID`. */
  id?: number | undefined;
  /** Its ends, over IPv4. Kernel: `NFTA_TUNNEL_KEY_IP`. */
  ip?: NfTunnelIp | undefined;
  /** Its ends, over IPv6. Kernel: `NFTA_TUNNEL_KEY_IP6`. */
  ip6?: NfTunnelIp6 | undefined;
  /** Options. Kernel: `NFTA_TUNNEL_KEY_FLAGS`. */
  flags?: ('zeroCsumTx' | 'dontFragment' | 'seqNumber' | (string & {}))[] | number | undefined;
  /** TOS of the outer header. Kernel: `NFTA_TUNNEL_KEY_TOS`. */
  tos?: number | undefined;
  /** TTL of the outer header. Kernel: `NFTA_TUNNEL_KEY_TTL`. */
  ttl?: number | undefined;
  /** Source port. Kernel: `NFTA_TUNNEL_KEY_SPORT`. */
  sport?: number | undefined;
  /** Destination port. Kernel: `NFTA_TUNNEL_KEY_DPORT`. */
  dport?: number | undefined;
  /** Options of VXLAN, ERSPAN or Geneve, as they are. Kernel: `NFTA_TUNNEL_KEY_OPTS`. */
  readonly opts?: Uint8Array | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Ends of a tunnel over IPv4. */
export interface NfTunnelIp {
  /** Source address. Kernel: `NFTA_TUNNEL_KEY_IP_SRC`. */
  src?: string | undefined;
  /** Destination address. Kernel: `NFTA_TUNNEL_KEY_IP_DST`. */
  dst?: string | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Ends of a tunnel over IPv6. */
export interface NfTunnelIp6 {
  /** Source address. Kernel: `NFTA_TUNNEL_KEY_IP6_SRC`. */
  src?: string | undefined;
  /** Destination address. Kernel: `NFTA_TUNNEL_KEY_IP6_DST`. */
  dst?: string | undefined;
  /** Flow label. Kernel: `NFTA_TUNNEL_KEY_IP6_FLOWLABEL`. */
  flowlabel?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Timeouts of connection tracking. */
export interface NfCtTimeout {
  /** Family of the connections. Kernel: `NFTA_CT_TIMEOUT_L3PROTO`. */
  l3proto?: number | undefined;
  /** Transport protocol. Kernel: `NFTA_CT_TIMEOUT_L4PROTO`. */
  l4proto?: number | undefined;
  /** The timeouts. Kernel: `NFTA_CT_TIMEOUT_DATA`. */
  data?: NfCtTimeouts | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Timeouts by state of the transport protocol. */
export interface NfCtTimeouts {
  /** Seconds; TCP: synSent, UDP: unreplied. Kernel: `CTA_TIMEOUT_TCP_SYN_SENT`. */
  state1?: number | undefined;
  /** Seconds; TCP: synRecv, UDP: replied. Kernel: `CTA_TIMEOUT_TCP_SYN_RECV`. */
  state2?: number | undefined;
  /** Seconds; TCP: established. Kernel: `CTA_TIMEOUT_TCP_ESTABLISHED`. */
  state3?: number | undefined;
  /** Seconds; TCP: finWait. Kernel: `CTA_TIMEOUT_TCP_FIN_WAIT`. */
  state4?: number | undefined;
  /** Seconds; TCP: closeWait. Kernel: `CTA_TIMEOUT_TCP_CLOSE_WAIT`. */
  state5?: number | undefined;
  /** Seconds; TCP: lastAck. Kernel: `CTA_TIMEOUT_TCP_LAST_ACK`. */
  state6?: number | undefined;
  /** Seconds; TCP: timeWait. Kernel: `CTA_TIMEOUT_TCP_TIME_WAIT`. */
  state7?: number | undefined;
  /** Seconds; TCP: close. Kernel: `CTA_TIMEOUT_TCP_CLOSE`. */
  state8?: number | undefined;
  /** Seconds; TCP: synSent2. Kernel: `CTA_TIMEOUT_TCP_SYN_SENT2`. */
  state9?: number | undefined;
  /** Seconds; TCP: retrans. Kernel: `CTA_TIMEOUT_TCP_RETRANS`. */
  state10?: number | undefined;
  /** Seconds; TCP: unack. Kernel: `CTA_TIMEOUT_TCP_UNACK`. */
  state11?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** A security mark. */
export interface NfSecmark {
  /** The security context. (at most 4095 bytes) Kernel: `NFTA_SECMARK_CTX`. */
  ctx?: string | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** An expectation of connection tracking. */
export interface NfCtExpect {
  /** Family of the connection. Kernel: `NFTA_CT_EXPECT_L3PROTO`. */
  l3proto?: number | undefined;
  /** Transport protocol. Kernel: `NFTA_CT_EXPECT_L4PROTO`. */
  l4proto?: number | undefined;
  /** Destination port of the connection that is expected. Kernel: `NFTA_CT_EXPECT_DPORT`. */
  dport?: number | undefined;
  /** Milliseconds that it is expected. Kernel: `NFTA_CT_EXPECT_TIMEOUT`. */
  timeout?: number | undefined;
  /** How many may be expected at once. Kernel: `NFTA_CT_EXPECT_SIZE`. */
  size?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Where a flowtable is hooked in. */
export interface NfFlowtableHook {
  /** Number of the hook: 0, ingress. Kernel: `NFTA_FLOWTABLE_HOOK_NUM`. */
  num?: number | undefined;
  /** Those of a hook are run from the lowest up. Kernel: `NFTA_FLOWTABLE_HOOK_PRIORITY`. */
  priority?: number | undefined;
  /** The links. Kernel: `NFTA_FLOWTABLE_HOOK_DEVS`. */
  devs?: string[] | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Packets of one direction: from where to where. */
export interface ConntrackTuple {
  /** Source address. Kernel: `CTA_IP_V4_SRC`. */
  src?: string | undefined;
  /** Destination address. Kernel: `CTA_IP_V4_DST`. */
  dst?: string | undefined;
  /** Transport protocol. Kernel: `CTA_PROTO_NUM`. */
  protocol?: 'icmp' | 'igmp' | 'tcp' | 'udp' | 'dccp' | 'gre' | 'esp' | 'ah' | 'icmpv6' | 'sctp' | 'udplite' | number | undefined;
  /** Source port; of gre, the key. Kernel: `CTA_PROTO_SRC_PORT`. */
  sport?: number | undefined;
  /** Destination port; of gre, the key. Kernel: `CTA_PROTO_DST_PORT`. */
  dport?: number | undefined;
  /** Identifier of an ICMP echo. Kernel: `CTA_PROTO_ICMP_ID`. */
  icmpId?: number | undefined;
  /** ICMP type. Kernel: `CTA_PROTO_ICMP_TYPE`. */
  icmpType?: number | undefined;
  /** ICMP code. Kernel: `CTA_PROTO_ICMP_CODE`. */
  icmpCode?: number | undefined;
  /** Identifier of an ICMPv6 echo. Kernel: `CTA_PROTO_ICMPV6_ID`. */
  icmpv6Id?: number | undefined;
  /** ICMPv6 type. Kernel: `CTA_PROTO_ICMPV6_TYPE`. */
  icmpv6Type?: number | undefined;
  /** ICMPv6 code. Kernel: `CTA_PROTO_ICMPV6_CODE`. */
  icmpv6Code?: number | undefined;
  /** Zone of this direction only. Kernel: `CTA_TUPLE_ZONE`. */
  zone?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** What is known of the connection, by protocol. */
export interface ConntrackProtoInfo {
  /** Of TCP. Kernel: `CTA_PROTOINFO_TCP`. */
  tcp?: ConntrackTcp | undefined;
  /** Of DCCP. Kernel: `CTA_PROTOINFO_DCCP`. */
  dccp?: ConntrackDccp | undefined;
  /** Of SCTP. Kernel: `CTA_PROTOINFO_SCTP`. */
  sctp?: ConntrackSctp | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** What is known of a TCP connection. */
export interface ConntrackTcp {
  /** State of the connection. Kernel: `CTA_PROTOINFO_TCP_STATE`. */
  state?: 'none' | 'synSent' | 'synRecv' | 'established' | 'finWait' | 'closeWait' | 'lastAck' | 'timeWait' | 'close' | 'synSent2' | number | undefined;
  /** Window scale of the original direction. Kernel: `CTA_PROTOINFO_TCP_WSCALE_ORIGINAL`. */
  wscaleOriginal?: number | undefined;
  /** Window scale of the reply direction. Kernel: `CTA_PROTOINFO_TCP_WSCALE_REPLY`. */
  wscaleReply?: number | undefined;
  /** Of the original direction. Kernel: `CTA_PROTOINFO_TCP_FLAGS_ORIGINAL`. */
  flagsOriginal?: ConntrackTcpFlags | undefined;
  /** Of the reply direction. Kernel: `CTA_PROTOINFO_TCP_FLAGS_REPLY`. */
  flagsReply?: ConntrackTcpFlags | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** struct nf_ct_tcp_flags */
export interface ConntrackTcpFlags {
  /** Flags that are set. Kernel: `flags`. */
  flags?: ('windowScale' | 'sackPerm' | 'closeInit' | 'beLiberal' | 'dataUnacknowledged' | 'maxAckSet' | 'simultaneousOpen' | (string & {}))[] | number | undefined;
  /** When changed: flags that are to change. Kernel: `mask`. */
  mask?: ('windowScale' | 'sackPerm' | 'closeInit' | 'beLiberal' | 'dataUnacknowledged' | 'maxAckSet' | 'simultaneousOpen' | (string & {}))[] | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** What is known of a DCCP connection. */
export interface ConntrackDccp {
  /** State of the connection. Kernel: `CTA_PROTOINFO_DCCP_STATE`. */
  state?: 'none' | 'request' | 'respond' | 'partOpen' | 'open' | 'closeReq' | 'closing' | 'timeWait' | 'ignore' | 'invalid' | number | undefined;
  /** Role of the original direction's sender. Kernel: `CTA_PROTOINFO_DCCP_ROLE`. */
  role?: 'client' | 'server' | number | undefined;
  /** Sequence number of the handshake. Kernel: `CTA_PROTOINFO_DCCP_HANDSHAKE_SEQ`. */
  handshakeSeq?: bigint | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** What is known of an SCTP association. */
export interface ConntrackSctp {
  /** State of the association. Kernel: `CTA_PROTOINFO_SCTP_STATE`. */
  state?: 'none' | 'closed' | 'cookieWait' | 'cookieEchoed' | 'established' | 'shutdownSent' | 'shutdownRecd' | 'shutdownAckSent' | 'heartbeatSent' | number | undefined;
  /** Verification tag of the original direction. Kernel: `CTA_PROTOINFO_SCTP_VTAG_ORIGINAL`. */
  vtagOriginal?: number | undefined;
  /** Verification tag of the reply direction. Kernel: `CTA_PROTOINFO_SCTP_VTAG_REPLY`. */
  vtagReply?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** The helper that looks into the connection. */
export interface ConntrackHelper {
  /** Name, such as 'ftp'. (at most 15 bytes) Kernel: `CTA_HELP_NAME`. */
  name?: string | undefined;
  /** What it tells of the connection, as attributes of its own. Kernel: `CTA_HELP_INFO`. */
  readonly info?: Uint8Array | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** What addresses and ports are translated to. */
export interface ConntrackNat {
  /** Lowest address. Kernel: `CTA_NAT_V4_MINIP`. */
  min?: string | undefined;
  /** Highest address; min if left out. Kernel: `CTA_NAT_V4_MAXIP`. */
  max?: string | undefined;
  /** Lowest port. Kernel: `CTA_PROTONAT_PORT_MIN`. */
  portMin?: number | undefined;
  /** Highest port; portMin if left out. Kernel: `CTA_PROTONAT_PORT_MAX`. */
  portMax?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Traffic of one direction. */
export interface ConntrackCounters {
  /** Number of packets. Kernel: `CTA_COUNTERS_PACKETS`. */
  packets?: bigint | number | undefined;
  /** Number of bytes. Kernel: `CTA_COUNTERS_BYTES`. */
  bytes?: bigint | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Correction of TCP's sequence numbers. */
export interface ConntrackSeqAdj {
  /** Sequence number that the correction begins at. Kernel: `CTA_SEQADJ_CORRECTION_POS`. */
  correctionPos?: number | undefined;
  /** Offset before it, modulo 2^32. Kernel: `CTA_SEQADJ_OFFSET_BEFORE`. */
  offsetBefore?: number | undefined;
  /** Offset after it, modulo 2^32. Kernel: `CTA_SEQADJ_OFFSET_AFTER`. */
  offsetAfter?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** The security module's label. */
export interface ConntrackSecctx {
  /** The label. (at most 4095 bytes) Kernel: `CTA_SECCTX_NAME`. */
  name?: string | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** When a connection began and ended. */
export interface ConntrackTimestamp {
  /** When it began, in nanoseconds since 1970. Kernel: `CTA_TIMESTAMP_START`. */
  start?: bigint | number | undefined;
  /** When it ended, in nanoseconds since 1970. Kernel: `CTA_TIMESTAMP_STOP`. */
  stop?: bigint | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** State of the SYN proxy. */
export interface ConntrackSynproxy {
  /** Initial sequence number. Kernel: `CTA_SYNPROXY_ISN`. */
  isn?: number | undefined;
  /** Initial timestamp. Kernel: `CTA_SYNPROXY_ITS`. */
  its?: number | undefined;
  /** Offset of timestamps. Kernel: `CTA_SYNPROXY_TSOFF`. */
  tsoff?: number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Which members of tuples a dump compares. */
export interface ConntrackFilterFlags {
  /** Members of original to compare. Kernel: `CTA_FILTER_ORIG_FLAGS`. */
  originalFlags?: ('src' | 'dst' | 'zone' | 'protocol' | 'sport' | 'dport' | 'icmpType' | 'icmpCode' | 'icmpId' | 'icmpv6Type' | 'icmpv6Code' | 'icmpv6Id' | (string & {}))[] | number | undefined;
  /** Members of reply to compare. Kernel: `CTA_FILTER_REPLY_FLAGS`. */
  replyFlags?: ('src' | 'dst' | 'zone' | 'protocol' | 'sport' | 'dport' | 'icmpType' | 'icmpCode' | 'icmpId' | 'icmpv6Type' | 'icmpv6Code' | 'icmpv6Id' | (string & {}))[] | number | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** Translation of an expected connection. */
export interface ConntrackExpectationNat {
  /** Direction that is translated. Kernel: `CTA_EXPECT_NAT_DIR`. */
  direction?: 'original' | 'reply' | number | undefined;
  /** What it is translated to. Kernel: `CTA_EXPECT_NAT_TUPLE`. */
  tuple?: ConntrackTuple | undefined;
  /** Attributes that no table names, by number. */
  readonly unknown?: UnknownAttribute[];
}

/** The types of `options`, by `kind`. */
export interface LinkOptionsByKind {
  amt: AmtOptions;
  bareudp: BareudpOptions;
  batadv: BatadvOptions;
  bond: BondOptions;
  bridge: BridgeOptions;
  dummy: NoOptions;
  erspan: GreOptions;
  geneve: GeneveOptions;
  gre: GreOptions;
  gretap: GreOptions;
  gtp: GtpOptions;
  hsr: HsrOptions;
  ifb: NoOptions;
  ip6erspan: Gre6Options;
  ip6gre: Gre6Options;
  ip6gretap: Gre6Options;
  ip6tnl: Ip6TunnelOptions;
  ipip: IpTunnelOptions;
  ipvlan: IpvlanOptions;
  ipvtap: IpvlanOptions;
  lowpan: NoOptions;
  macsec: MacsecOptions;
  macvlan: MacvlanOptions;
  macvtap: MacvlanOptions;
  netkit: NetkitOptions;
  nlmon: NoOptions;
  ovpn: OvpnOptions;
  pfcp: NoOptions;
  sit: IpTunnelOptions;
  team: NoOptions;
  tun: TunOptions;
  vcan: NoOptions;
  veth: VethOptions;
  vlan: VlanOptions;
  vrf: VrfOptions;
  vti: VtiOptions;
  vti6: Vti6Options;
  vxlan: VxlanOptions;
  wireguard: NoOptions;
  xfrm: XfrmOptions;
}

/** The types of `port`, by `portKind`. */
export interface LinkPortByPortKind {
  bond: BondPort;
  bridge: BridgePort;
  vrf: VrfPort;
}

/** The types of `encap`, by `encapType`. */
export interface RouteEncapByEncapType {
  mpls: MplsEncap;
  ip: IpEncap;
  ila: IlaEncap;
  ip6: Ip6Encap;
  seg6: Seg6Encap;
  bpf: BpfEncap;
  rpl: RplEncap;
  seg6local: Seg6LocalEncap;
  ioam6: Ioam6Encap;
  xfrm: XfrmEncap;
}

/** The types of `encap`, by `encapType`. */
export interface RouteNexthopEncapByEncapType {
  mpls: MplsEncap;
  ip: IpEncap;
  ila: IlaEncap;
  ip6: Ip6Encap;
  seg6: Seg6Encap;
  bpf: BpfEncap;
  rpl: RplEncap;
  seg6local: Seg6LocalEncap;
  ioam6: Ioam6Encap;
  xfrm: XfrmEncap;
}

/** The types of `options`, by `kind`. */
export interface QdiscOptionsByKind {
  bfifo: BfifoOptions;
  cake: CakeWire;
  cake_mq: CakeWire;
  cbs: CbsOptions;
  choke: ChokeWire;
  clsact: NoQdiscOptions;
  codel: CodelOptions;
  drr: NoQdiscOptions;
  dualpi2: Dualpi2Wire;
  etf: EtfOptions;
  ets: EtsWire;
  fq: FqWire;
  fq_codel: FqCodelOptions;
  fq_pie: FqPieOptions;
  gred: GredWire;
  hfsc: HfscWire;
  hhf: HhfOptions;
  htb: HtbWire;
  ingress: NoQdiscOptions;
  mq: NoQdiscOptions;
  mqprio: MqprioWire;
  multiq: MultiqOptions;
  netem: NetemWire;
  noqueue: NoQdiscOptions;
  pfifo: PfifoOptions;
  pfifo_fast: PrioWire;
  pfifo_head_drop: PfifoOptions;
  pie: PieOptions;
  plug: PlugOptions;
  prio: PrioWire;
  qfq: NoQdiscOptions;
  red: RedWire;
  sfb: SfbWire;
  sfq: SfqWire;
  skbprio: SkbprioOptions;
  taprio: TaprioWire;
  tbf: TbfWire;
}

/** The types of `options`, by `kind`. */
export interface TcClassOptionsByKind {
  drr: DrrClassOptions;
  ets: EtsClassOptions;
  hfsc: HfscClassWire;
  htb: HtbClassWire;
  qfq: QfqClassOptions;
}

/** The types of `options`, by `kind`. */
export interface TcFilterOptionsByKind {
  basic: BasicFilter;
  bpf: BpfFilter;
  cgroup: CgroupFilter;
  flow: FlowFilter;
  flower: FlowerFilter;
  fw: FwFilter;
  matchall: MatchallFilter;
  route: RouteFilter;
  u32: U32Filter;
}

/** The types of `options`, by `kind`. */
export interface TcChainOptionsByKind {
  basic: BasicFilter;
  bpf: BpfFilter;
  cgroup: CgroupFilter;
  flow: FlowFilter;
  flower: FlowerFilter;
  fw: FwFilter;
  matchall: MatchallFilter;
  route: RouteFilter;
  u32: U32Filter;
}

/** The types of `encap`, by `encapType`. */
export interface NexthopEncapByEncapType {
  mpls: MplsEncap;
  ip: IpEncap;
  ila: IlaEncap;
  ip6: Ip6Encap;
  seg6: Seg6Encap;
  bpf: BpfEncap;
  rpl: RplEncap;
  seg6local: Seg6LocalEncap;
  ioam6: Ioam6Encap;
  xfrm: XfrmEncap;
}

/** The types of `data`, by `type`. */
export interface NfObjectDataByType {
  counter: NfCounter;
  quota: NfQuota;
  ctHelper: NfCtHelper;
  limit: NfLimit;
  connlimit: NfConnlimit;
  tunnel: NfTunnelKey;
  ctTimeout: NfCtTimeout;
  secmark: NfSecmark;
  ctExpect: NfCtExpect;
  synproxy: NfSynproxy;
}

/** The types of `xstats`, by `kind`. */
export interface QdiscStatsXstatsByKind {
  cake: CakeXstats;
  choke: ChokeXstats;
  codel: CodelXstats;
  dualpi2: Dualpi2Xstats;
  fq: FqXstats;
  fq_codel: FqCodelXstats;
  fq_pie: FqPieXstats;
  hhf: HhfXstats;
  netem: NetemXstats;
  pie: PieXstats;
  red: RedXstats;
  sfb: SfbXstats;
  taprio: TaprioXstats;
}

/** The types of `xstats`, by `kind`. */
export interface TcClassStatsXstatsByKind {
  cake: CakeXstats;
  drr: DrrClassXstats;
  fq_codel: FqCodelClassXstats;
  hfsc: HfscClassXstats;
  htb: HtbClassXstats;
  qfq: QfqClassXstats;
  sfq: SfqClassXstats;
}

/** The types of `options`, by `kind`. */
export interface EmatchOptionsByKind {
  container: EmatchContainer;
  cmp: EmatchCmp;
  nbyte: EmatchNbyte;
  u32: U32Key;
  meta: EmatchMeta;
  text: EmatchText;
  canid: EmatchCanid;
  ipset: EmatchIpset;
}

/** The types of `options`, by `kind`. */
export interface TcActionEntryOptionsByKind {
  bpf: BpfAction;
  connmark: ConnmarkAction;
  csum: CsumAction;
  ct: CtAction;
  ctinfo: CtinfoAction;
  gact: GactAction;
  gate: GateAction;
  ife: IfeAction;
  mirred: MirredAction;
  mpls: MplsAction;
  nat: NatAction;
  pedit: PeditAction;
  police: PoliceAction;
  sample: SampleAction;
  simple: SimpleAction;
  skbedit: SkbeditAction;
  skbmod: SkbmodAction;
  tunnel_key: TunnelKeyAction;
  vlan: VlanAction;
}

/** The types of `data`, by `name`. */
export interface NfExpressionDataByName {
  immediate: NfImmediate;
  cmp: NfCmp;
  range: NfRange;
  bitwise: NfBitwise;
  byteorder: NfByteorder;
  payload: NfPayload;
  exthdr: NfExthdr;
  meta: NfMeta;
  ct: NfCt;
  lookup: NfLookup;
  dynset: NfDynset;
  log: NfLog;
  limit: NfLimit;
  quota: NfQuota;
  counter: NfCounter;
  nat: NfNat;
  masq: NfMasq;
  redir: NfRedir;
  reject: NfReject;
  queue: NfQueue;
  connlimit: NfConnlimit;
  last: NfLast;
  objref: NfObjref;
  notrack: NfNotrack;
  rt: NfRt;
  socket: NfSocket;
  fib: NfFib;
  osf: NfOsf;
  hash: NfHash;
  numgen: NfNumgen;
  tproxy: NfTproxy;
  dup: NfDup;
  fwd: NfFwd;
  flow_offload: NfFlowOffload;
  synproxy: NfSynproxy;
  xfrm: NfXfrm;
  tunnel: NfTunnel;
  inner: NfInner;
  match: NfMatch;
  target: NfTarget;
}

/** What each kind of event tells of. */
export interface EventObjects {
  bridgePort: Link;
  link: Link;
  address: Address;
  route: Route;
  fdb: Neighbour;
  neighbour: Neighbour;
  rule: Rule;
  qdisc: Qdisc;
  class: TcClass;
  filter: TcFilter;
  action: TcActions;
  mdb: Mdb;
  netnsId: NetnsId;
  chain: TcChain;
  nexthop: Nexthop;
  bridgeVlan: BridgeVlans;
  vxlanVni: VxlanVnis;
  nftTable: NfTable;
  nftChain: NfChain;
  nftRule: NfRule;
  nftSet: NfSet;
  nftElements: NfElements;
  nftObject: NfObject;
  nftFlowtable: NfFlowtable;
  nftGeneration: NfGeneration;
  conntrack: ConntrackEntry;
  expectation: ConntrackExpectation;
}
