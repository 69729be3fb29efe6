// A handle on one network namespace's stack.
import { Addresses } from './addresses.js';
import { Batch, type BatchOptions } from './batch.js';
import { Bridge } from './bridge.js';
import { limitProcesses, type ProcessLimit, type ProcessLimitSpec } from './cgroup/limit.js';
import { Conntrack } from './conntrack.js';
import { argumentError } from './errors.js';
import { closedError, Lane, LateLane } from './lane.js';
import { Links } from './links.js';
import { type EventType, Monitor, type MonitorOptions } from './monitor.js';
import { Neighbours } from './neighbours.js';
import { Netns, type NetnsRef } from './netns.js';
import { NetnsIds } from './netns-ids.js';
import { Nexthops } from './nexthops.js';
import { Nft } from './nft.js';
import { Routes } from './routes.js';
import { Rules } from './rules.js';
import { checkSpec } from './spec.js';
import { Sysctl } from './sysctl.js';
import { Tc } from './tc/tc.js';

const NETLINK_ROUTE = 0;
const NETLINK_NETFILTER = 12;

/** Where a handle is to be opened. */
export interface NetlinkOptions {
  /** The network namespace, the calling thread's if left out. */
  netns?: NetnsRef | undefined;
}

/**
 * An open handle. It stays in the namespace it was opened in, and keeps that namespace alive until it is closed.
 *
 * Requests go out in order; those made in the same tick leave in one system call. A pending request keeps the process
 * alive, an idle handle does not.
 */
export class Netlink implements AsyncDisposable {
  /** Network devices. */
  readonly links: Links;
  /** Addresses of links. */
  readonly addresses: Addresses;
  /** Routes. */
  readonly routes: Routes;
  /** Policy routing rules. */
  readonly rules: Rules;
  /** Neighbour entries and forwarding databases. */
  readonly neighbours: Neighbours;
  /** Nexthop objects. */
  readonly nexthops: Nexthops;
  /** Databases of bridges: VLANs, forwarding entries, multicast groups. */
  readonly bridge: Bridge;
  /** Ids of other namespaces as this one knows them. */
  readonly netnsIds: NetnsIds;
  /** Traffic control: qdiscs, classes and filters. */
  readonly tc: Tc;
  /** Packet filtering and address translation. */
  readonly nft: Nft;
  /** Connections that are tracked. */
  readonly conntrack: Conntrack;
  /** Kernel parameters under net/. */
  readonly sysctl: Sysctl;
  readonly #lane: Lane;
  readonly #netfilter: LateLane;
  readonly #netns: Netns;
  /** Weak: a monitor that is forgotten is collected and closed. */
  readonly #monitors = new Set<WeakRef<Monitor>>();

  private constructor(lane: Lane, netns: Netns) {
    this.#lane = lane;
    this.#netns = netns;
    this.links = new Links(lane);
    this.addresses = new Addresses(lane);
    this.routes = new Routes(lane);
    this.rules = new Rules(lane);
    this.neighbours = new Neighbours(lane);
    this.nexthops = new Nexthops(lane);
    this.netnsIds = new NetnsIds(lane);
    this.bridge = new Bridge(lane);
    this.tc = new Tc(lane, netns);
    // Not everyone who opens a handle wants a second socket.
    this.#netfilter = new LateLane(() => Lane.open(NETLINK_NETFILTER, netns));
    this.nft = new Nft(this.#netfilter, this.links, (types, options) => this.monitor(types, options));
    this.conntrack = new Conntrack(this.#netfilter);
    this.sysctl = new Sysctl(netns);
  }

  /**
   * Opens a handle on the calling thread's network namespace, or on another.
   *
   * @throws NetlinkError ENOENT or ESRCH when the namespace does not exist, EPERM without CAP_SYS_ADMIN to enter it.
   */
  static async open(options: NetlinkOptions = {}): Promise<Netlink> {
    checkSpec('options', options);
    for (const key of Object.keys(options)) {
      if (key !== 'netns') throw argumentError('ERR_INVALID_ARG_VALUE', key, `The "${key}" option is not known`);
    }
    const ref = options.netns;
    if (ref === undefined) {
      // Both begin in this very tick, as the caller may be inside Netns.enter().
      const [lane, netns] = await both(Lane.open(NETLINK_ROUTE), Netns.current());
      return new Netlink(lane, netns);
    }
    const netns = await Netns.open(ref);
    try {
      return new Netlink(await Lane.open(NETLINK_ROUTE, netns), netns);
    } catch (error) {
      await netns.close();
      throw error;
    }
  }

  /** Several operations in one trip. */
  batch(options?: BatchOptions): Batch {
    return new Batch(this, this.#lane, options);
  }

  /**
   * Gives processes a share of what a link sends: puts them into a control group, makes a class of htb, and takes the
   * group's packets there by the first way that the machine has. `undo()` of the result takes it back.
   *
   * ```ts
   * const limit = await nl.limitProcesses({ link: 'eth0', group: 'users/anna', rate: '1mbit', pids: [4711] });
   * console.log(limit.method, limit.classid);
   * ```
   *
   * @throws TypeError or RangeError for arguments that cannot be right; Error ENOTSUP when the machine has no way, ESRCH
   * when there is no such process; NetlinkError of links and traffic control.
   */
  async limitProcesses(spec: ProcessLimitSpec): Promise<ProcessLimit> {
    return limitProcesses(this, this.#netns.inode, spec);
  }

  /**
   * Tells what happens in the handle's namespace, by a socket of its own:
   *
   * ```ts
   * for await (const event of nl.monitor(['link', 'address'], { signal })) {
   *   if (event.type === 'link') console.log(event.action, event.object.name);
   * }
   * ```
   *
   * @throws TypeError or RangeError for arguments that cannot be right. What the kernel refuses shows when iterating.
   */
  monitor<T extends EventType>(types: readonly T[], options?: MonitorOptions): Monitor<T> {
    if (this.#lane.isClosed) throw closedError();
    for (const known of this.#monitors) if (!known.deref()) this.#monitors.delete(known);
    const monitor = new Monitor(this.#netns, types, options, () => this.#monitors.delete(ref));
    const ref: WeakRef<Monitor> = new WeakRef(monitor);
    this.#monitors.add(ref);
    return monitor;
  }

  /**
   * Closes the handle when what was asked before is answered, and its monitors. Closing twice is the same as once.
   */
  async close(): Promise<void> {
    const monitors = [...this.#monitors].map((monitor) => monitor.deref()?.close());
    // All begin now: what is asked from now on is refused.
    await Promise.all([...monitors, this.#lane.close(), this.#netfilter.close()]);
    await this.#netns.close();
  }

  /** Closes it: `await using nl = await Netlink.open()`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

/** Two things or none: what one made is closed when the other failed. */
async function both(first: Promise<Lane>, second: Promise<Netns>): Promise<[Lane, Netns]> {
  const [lane, netns] = await Promise.allSettled([first, second]);
  if (lane.status === 'fulfilled' && netns.status === 'fulfilled') return [lane.value, netns.value];
  for (const opened of [lane, netns]) if (opened.status === 'fulfilled') await opened.value.close();
  throw lane.status === 'rejected' ? lane.reason : (netns as PromiseRejectedResult).reason;
}
