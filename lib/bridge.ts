// Databases of bridges: what `bridge vlan`, `bridge fdb`, `bridge mdb` and `bridge vni` do.
import { argumentError } from './errors.js';
import type {
  BridgeVlanEntry,
  BridgeVlans as BridgeVlansFields,
  MdbChangeSpec,
  MdbEntry as MdbEntryFields,
  Mdb as MdbFields,
  Neighbour,
  NeighbourSpec,
  VxlanVniEntry,
  VxlanVnis as VxlanVnisFields,
} from './generated/objects.js';
import { checkOptions } from './lane.js';
import type { LinkRef } from './links.js';
import type { Requester, RequestOptions } from './requester.js';
import { checkSpec, familyOf } from './spec.js';

/** A VLAN, or a range of them, of a bridge's port or of the bridge itself. */
export interface VlanSpec {
  /** The port, or the bridge itself. */
  link: LinkRef;
  /** The VLAN's id, or the first of a range. */
  vid: number;
  /** The last id of a range; not together with `pvid`. */
  rangeEnd?: number | undefined;
  /** Untagged frames that come in belong to it. */
  pvid?: boolean | undefined;
  /** Frames of it go out without a tag. */
  untagged?: boolean | undefined;
  /** Tunnel id that it is mapped to, of a port with `vlanTunnel`; of a range the first one. `null` ends that. */
  tunnel?: number | null | undefined;
  /** State in the spanning tree. */
  state?: BridgeVlanEntry['state'];
  /** Most multicast groups on the port; 0: no limit. */
  mcastMaxGroups?: number | undefined;
  /** ARP and ND of known neighbours do not go out here. */
  neighSuppress?: boolean | undefined;
}

/** A VLAN, or several in a row that are alike, as the kernel tells them. */
export interface Vlan extends Omit<BridgeVlanEntry, 'flags' | 'vid' | 'tunnel'> {
  link: string | number;
  readonly linkIndex: number;
  vid: number;
  pvid: boolean;
  untagged: boolean;
  tunnel?: number;
}

/** VLANs of bridges' ports, and of bridges. They need `vlanFiltering` to matter. */
export class BridgeVlans {
  readonly #requester: Requester;

  /** @internal */
  constructor(requester: Requester) {
    this.#requester = requester;
  }

  /**
   * Adds VLANs, or changes those that are there (RTM_NEWVLAN, Linux 5.6).
   *
   * @throws NetlinkError EOPNOTSUPP when the kernel was built without VLANs of bridges, EINVAL when the link is neither a
   * bridge nor a port.
   */
  async add(spec: VlanSpec, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    return this.#requester.ack('bridgeVlans.add', vlans(spec, []), options);
  }

  /** Changes options of VLANs that are there: `state`, `tunnel`, `mcastMaxGroups`, `neighSuppress`. */
  async set(spec: Omit<VlanSpec, 'pvid' | 'untagged'>, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    return this.#requester.ack('bridgeVlans.add', vlans(spec, ['onlyOptions']), options);
  }

  /** Deletes VLANs (RTM_DELVLAN). */
  async delete(spec: Pick<VlanSpec, 'link' | 'vid' | 'rangeEnd'>, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    checkSpec('spec', spec);
    const { link, vid, rangeEnd } = spec;
    return this.#requester.ack('bridgeVlans.delete', { link, entries: [{ vid, rangeEnd }] }, options);
  }

  /** Lists VLANs of all bridges and ports, or of one. Those in a row that are alike are told together. */
  async list(filter: { link?: LinkRef | undefined } & RequestOptions = {}): Promise<Vlan[]> {
    checkOptions(filter);
    checkSpec('filter', filter);
    const { link } = filter;
    const told = await this.#requester.list<BridgeVlansFields>('bridgeVlans.list', { link }, filter);
    return told.flatMap(({ link: owner, linkIndex, entries = [] }) =>
      entries.map(({ flags, tunnel, vid, ...rest }) => ({
        link: owner as string,
        linkIndex: linkIndex as number,
        vid: vid as number,
        pvid: Array.isArray(flags) && flags.includes('pvid'),
        untagged: Array.isArray(flags) && flags.includes('untagged'),
        ...rest,
        ...(tunnel?.id === undefined ? {} : { tunnel: tunnel.id }),
      })),
    );
  }
}

function vlans(spec: VlanSpec, flags: string[]): object {
  checkSpec('spec', spec);
  const { link, pvid, untagged, tunnel, ...entry } = spec;
  for (const [name, value] of Object.entries({ pvid, untagged })) {
    if (value !== undefined && typeof value !== 'boolean') {
      throw argumentError(
        'ERR_INVALID_ARG_TYPE',
        name,
        `The "${name}" field must be a boolean. Received ${typeof value}`,
      );
    }
    if (value) flags.push(name);
  }
  const mapping =
    tunnel === undefined ? {} : { tunnel: tunnel === null ? { command: 'delete' } : { id: tunnel, command: 'set' } };
  return { link, entries: [{ ...entry, flags, ...mapping }] };
}

/** How long a forwarding entry stays: for ever, as the host's own or as somebody else's; or until it ages out. */
export type FdbState = 'permanent' | 'static' | 'dynamic';

/** A forwarding entry of a bridge or VXLAN, to be made or changed. */
export type FdbSpec = Omit<NeighbourSpec, 'family' | 'state' | 'stateMask' | 'flagsMask' | 'link' | 'lladdr'> & {
  /** The bridge's port, the bridge itself, or the VXLAN. */
  link: LinkRef;
  /** The MAC address; `'00:00:00:00:00:00'` of a VXLAN stands for all that are not known. */
  lladdr: string;
  /** `'permanent'` if left out. */
  state?: FdbState | undefined;
};

/** A forwarding entry as the kernel tells it. */
export type Fdb = Omit<Neighbour, 'state' | 'link' | 'linkIndex' | 'lladdr'> & {
  link: string | number;
  readonly linkIndex: number;
  lladdr: string;
  state: FdbState;
};

/** Which entries {@link BridgeFdb.list} is to tell; the kernel looks at all of it. */
export interface FdbFilter {
  /** Only those of this port or VXLAN. */
  link?: LinkRef | undefined;
  /** Only those of this bridge and its ports. */
  master?: LinkRef | undefined;
}

const STATES: Record<FdbState, string[]> = {
  permanent: ['permanent'],
  static: ['noarp', 'reachable'],
  dynamic: ['reachable'],
};

/** Forwarding databases of bridges and VXLANs. */
export class BridgeFdb {
  readonly #requester: Requester;

  /** @internal */
  constructor(requester: Requester) {
    this.#requester = requester;
  }

  /**
   * Adds an entry: in the link's own database (`flags: ['self']`, where none are given: a VXLAN's, or the device's
   * filter), or in that of its bridge (`['master']`).
   *
   * @throws NetlinkError EEXIST when there is one.
   */
  async add(spec: FdbSpec, options?: RequestOptions): Promise<void> {
    return this.#modify('neighbours.add', spec, options);
  }

  /** Adds an entry, or changes the one that is there (NLM_F_REPLACE). */
  async replace(spec: FdbSpec, options?: RequestOptions): Promise<void> {
    return this.#modify('neighbours.replace', spec, options);
  }

  /** Adds a further remote end to a VXLAN's entry (NLM_F_APPEND). */
  async append(spec: FdbSpec, options?: RequestOptions): Promise<void> {
    return this.#modify('neighbours.append', spec, options);
  }

  /**
   * Deletes an entry, or with `dst` one remote end of a VXLAN's.
   *
   * @throws NetlinkError ENOENT when there is none.
   */
  async delete(spec: Omit<FdbSpec, 'state'>, options?: RequestOptions): Promise<void> {
    return this.#modify('neighbours.delete', spec, options);
  }

  /** Lists entries of all databases, or those that the filter lets through. */
  async list(filter: FdbFilter & RequestOptions = {}): Promise<Fdb[]> {
    checkOptions(filter);
    checkSpec('filter', filter);
    const { link, master } = filter;
    const told = await this.#requester.list<Neighbour>('neighbours.list', { family: 'bridge', link, master }, filter);
    return told.map(readFdb);
  }

  async #modify(operation: string, spec: FdbSpec, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    checkSpec('spec', spec);
    const { state = 'permanent', flags = [], ...fields } = spec;
    if (!Object.hasOwn(STATES, state)) {
      throw argumentError(
        'ERR_INVALID_ARG_VALUE',
        'state',
        `The "state" field must be one of ${Object.keys(STATES).join(', ')}. Received ${JSON.stringify(state)}`,
      );
    }
    const isPlaced = !Array.isArray(flags) || flags.includes('self') || flags.includes('master');
    const request = { ...fields, family: 'bridge', state: STATES[state], flags: isPlaced ? flags : [...flags, 'self'] };
    return this.#requester.ack(operation, request, options);
  }
}

/** From the kernel's form of a forwarding entry. */
export function readFdb(told: Neighbour): Fdb {
  const has = (flag: string) => told.state?.includes(flag);
  const state = has('permanent') ? 'permanent' : has('noarp') ? 'static' : 'dynamic';
  return { ...told, state } as Fdb;
}

/** A multicast group on a port, to be made or deleted. */
export type MdbSpec = Pick<
  MdbChangeSpec,
  'vid' | 'state' | 'source' | 'filterMode' | 'routeProtocol' | 'dst' | 'dstPort' | 'vni' | 'viaLink' | 'srcVni'
> & {
  /** The bridge, or a VXLAN that has a database of its own. */
  link: LinkRef;
  /** The port that the group's packets go to; the bridge itself for its host. */
  port: LinkRef;
  /** The group: an IPv4, IPv6 or MAC address. */
  group: string;
};

/** A multicast group on a port, as the kernel tells it. */
export type MdbEntry = Omit<MdbEntryFields, 'groupIp' | 'groupIpv6' | 'groupMac' | 'protocol' | 'port'> & {
  link: string | number;
  readonly linkIndex: number;
  port: string | number;
  group: string;
};

/** Multicast groups of bridges, and where their packets go. */
export class BridgeMdb {
  readonly #requester: Requester;

  /** @internal */
  constructor(requester: Requester) {
    this.#requester = requester;
  }

  /**
   * Adds a group to a port (RTM_NEWMDB), `state: 'temporary'` unless `'permanent'` is said.
   *
   * @throws NetlinkError EEXIST when it is there, EINVAL when the bridge does no multicast snooping.
   */
  async add(spec: MdbSpec, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    return this.#requester.ack('mdb.add', mdb(spec), options);
  }

  /** Adds a group, or changes the one that is there (NLM_F_REPLACE, Linux 6.3). */
  async replace(spec: MdbSpec, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    return this.#requester.ack('mdb.replace', mdb(spec), options);
  }

  /**
   * Deletes a group from a port (RTM_DELMDB).
   *
   * @throws NetlinkError ENOENT, or on older kernels EINVAL, when there is none.
   */
  async delete(spec: MdbSpec, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    return this.#requester.ack('mdb.delete', mdb(spec), options);
  }

  /** Lists the groups of all bridges, or of one. */
  async list(filter: { link?: LinkRef | undefined } & RequestOptions = {}): Promise<MdbEntry[]> {
    checkOptions(filter);
    checkSpec('filter', filter);
    const told = await this.#requester.list<MdbFields>('mdb.list', {}, filter);
    const { link } = filter;
    return told.flatMap(readMdb).filter((one) => link === undefined || link === one.link || link === one.linkIndex);
  }
}

function mdb(spec: MdbSpec): object {
  checkSpec('spec', spec);
  const { group, ...fields } = spec;
  if (typeof group !== 'string') {
    throw argumentError(
      'ERR_INVALID_ARG_TYPE',
      'group',
      `The "group" field must be a string. Received ${typeof group}`,
    );
  }
  if (/^([0-9a-f]{1,2}:){5}[0-9a-f]{1,2}$/i.test(group)) return { ...fields, groupMac: group, protocol: 'mac' };
  if (familyOf(group) === 'inet6') return { ...fields, groupIpv6: group, protocol: 'ipv6' };
  return { ...fields, groupIp: group, protocol: 'ip' };
}

/** The entries of one bridge. */
function readMdb({ link, linkIndex, entries = [] }: MdbFields): MdbEntry[] {
  return (entries as unknown as MdbEntryFields[][])
    .flat()
    .map(({ groupIp, groupIpv6, groupMac, protocol, ...rest }) => ({
      link: link as string,
      linkIndex: linkIndex as number,
      ...(rest as typeof rest & { port: string }),
      group: (protocol === 'ip' ? groupIp : protocol === 'ipv6' ? groupIpv6 : groupMac) as string,
    }));
}

/** A VNI, or a range of them, of a VXLAN with `vnifilter`. */
export interface VniSpec extends Omit<VxlanVniEntry, 'stats' | 'unknown' | 'vni'> {
  /** The VXLAN. */
  link: LinkRef;
  /** The VNI, or the first of a range. */
  vni: number;
}

/** A VNI, or a range of them, as the kernel tells it. */
export type Vni = VxlanVniEntry & { link: string | number; readonly linkIndex: number; vni: number };

/** VNIs that VXLANs with `vnifilter` take packets of. */
export class BridgeVnis {
  readonly #requester: Requester;

  /** @internal */
  constructor(requester: Requester) {
    this.#requester = requester;
  }

  /** Adds VNIs (RTM_NEWTUNNEL). */
  async add(spec: VniSpec, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    checkSpec('spec', spec);
    const { link, ...entry } = spec;
    return this.#requester.ack('vxlanVnis.add', { link, entries: [entry] }, options);
  }

  /** Deletes VNIs (RTM_DELTUNNEL). */
  async delete(spec: Pick<VniSpec, 'link' | 'vni' | 'rangeEnd'>, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    checkSpec('spec', spec);
    const { link, vni, rangeEnd } = spec;
    return this.#requester.ack('vxlanVnis.delete', { link, entries: [{ vni, rangeEnd }] }, options);
  }

  /** Lists VNIs of all VXLANs, or of one. Those in a row that are alike are told together. */
  async list(filter: { link?: LinkRef | undefined } & RequestOptions = {}): Promise<Vni[]> {
    checkOptions(filter);
    checkSpec('filter', filter);
    const { link } = filter;
    const told = await this.#requester.list<VxlanVnisFields>('vxlanVnis.list', { link }, filter);
    return told.flatMap(({ link: owner, linkIndex, entries = [] }) =>
      entries.map((entry) => ({
        ...entry,
        vni: entry.vni as number,
        link: owner as string,
        linkIndex: linkIndex as number,
      })),
    );
  }
}

/** Databases of bridges and VXLANs. */
export class Bridge {
  /** VLANs of ports and bridges. */
  readonly vlans: BridgeVlans;
  /** Forwarding entries. */
  readonly fdb: BridgeFdb;
  /** Multicast groups. */
  readonly mdb: BridgeMdb;
  /** VNIs that a VXLAN takes packets of. */
  readonly vnis: BridgeVnis;

  /** @internal */
  constructor(requester: Requester) {
    this.vlans = new BridgeVlans(requester);
    this.fdb = new BridgeFdb(requester);
    this.mdb = new BridgeMdb(requester);
    this.vnis = new BridgeVnis(requester);
  }
}
