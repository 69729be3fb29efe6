// The machine that networks are on: its lanes, its links' indexes, and the deletes that leave together.
import { randomInt } from 'node:crypto';
import { addon } from '../addon.js';
import { begin } from '../engine.js';
import { NetlinkError } from '../errors.js';
import { Lane } from '../lane.js';
import { Netns, type NetnsRef } from '../netns.js';
import { Program } from '../program.js';
import { Flows } from './flows.js';
import { chooseDeleteGroup } from './records.js';
import { hostOrder } from './table.js';

const NETLINK_ROUTE = 0;
const NETLINK_NETFILTER = 12;

/**
 * Links that go at once. One group's delete holds the RTNL lock all the time, half a millisecond and more for each; but a
 * second one has to share the lock with the end of the namespaces that the first has emptied, and takes twice as long.
 */
const DELETES_AT_ONCE = 1024;

/** Namespaces that are kept open until their links are gone: a descriptor each. */
const HELD_AT_ONCE = 512;

// What stands in samples for a group, and for a link's name.
const GROUP = 0x7a6b_5c4d;
const NAME = '<name>';

/** The code of an error, if it has one. */
export function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** Links, or namespaces' names, that are to go. */
interface Deletion {
  names: readonly string[];
  done: (failures: Failures) => void;
}

/** What could not be deleted, by its name, and why. */
export type Failures = ReadonlyMap<string, unknown>;

/** Two a second from there on are enough until 2054. */
const NETNS_ID_EPOCH = Date.UTC(2020);
const MOST_NETNS_ID = 2 ** 31 - 1;

const hosts = new Map<bigint, Host>();

const UNDER_WAY = Symbol.for('netplumb: what is under way');
const registry = globalThis as { [UNDER_WAY]?: Map<string, Promise<unknown>> };

/**
 * What this environment is about with endpoints and networks, by their hosts and keys: one thing at a time. Other copies of this
 * module share it, as they make the same marks.
 */
registry[UNDER_WAY] ??= new Map();
const underWay = registry[UNDER_WAY];

/** One for each namespace that networks of this process are on. */
export class Host {
  readonly netns: Netns;
  /** rtnetlink. */
  readonly route: Lane;
  /** nfnetlink. */
  readonly netfilter: Lane;
  /** For each family, whether ports of single addresses have been seen, so that ports of all are compared with each. */
  readonly partial = { 4: false, 6: false };
  /** Connection tracking. */
  readonly flows: Flows;
  /** Puts links into a group. */
  readonly #group: Program<'group'>;
  /** Before the keys of what is under way: others are other hosts'. */
  readonly #prefix: string;
  #users = 0;
  // Indexes of our own choosing save asking for them, and let one datagram make a link and use it. Where two processes
  // choose the same, the kernel says EEXIST, and others are chosen.
  #nextIndex = randomInt(1 << 20, 1 << 30);
  #lastNetnsId = MOST_NETNS_ID;
  #deletes: Deletion[] = [];
  #names: Deletion[] = [];
  #isDeleting = false;

  private constructor(netns: Netns, route: Lane, netfilter: Lane) {
    this.netns = netns;
    this.#prefix = `${netns.inode} `;
    this.route = route;
    this.netfilter = netfilter;
    this.flows = new Flows(netfilter, route);
    this.#group = new Program(
      [{ name: 'group', lane: route, forEach: [['links.set', { name: NAME, group: GROUP }]] }],
      { group: { sample: hostOrder(GROUP), at: 0 } },
      [NAME],
    );
  }

  /** The host of a namespace; to be released. */
  static async open(ref?: NetnsRef): Promise<Host> {
    const netns = ref === undefined ? await Netns.current() : await Netns.open(ref);
    const known = hosts.get(netns.inode);
    if (known) {
      known.#users++;
      await netns.close();
      return known;
    }
    const lanes = await Promise.allSettled([Lane.open(NETLINK_ROUTE, netns), Lane.open(NETLINK_NETFILTER, netns)]);
    const [route, netfilter] = lanes;
    if (route.status === 'rejected' || netfilter.status === 'rejected') {
      for (const lane of lanes) if (lane.status === 'fulfilled') await lane.value.close();
      await netns.close();
      throw route.status === 'rejected' ? route.reason : (netfilter as PromiseRejectedResult).reason;
    }
    // Another may have opened it in between.
    const meanwhile = hosts.get(netns.inode);
    const host = meanwhile ?? new Host(netns, route.value, netfilter.value);
    host.#users++;
    if (meanwhile) await Promise.all([route.value.close(), netfilter.value.close(), netns.close()]);
    else hosts.set(netns.inode, host);
    return host;
  }

  /** Lets go of it; the last one to do so closes it. */
  async release(): Promise<void> {
    if (--this.#users > 0) return;
    hosts.delete(this.netns.inode);
    await Promise.all([this.route.close(), this.netfilter.close()]);
    await this.netns.close();
  }

  /** Does something about an endpoint when what is under way with it is done. */
  serially<T>(key: string, work: () => Promise<T>): Promise<T> {
    const name = this.#prefix + key;
    const before = underWay.get(name);
    const promise = before ? before.then(work, work) : work();
    underWay.set(name, promise);
    const forget = () => {
      if (underWay.get(name) === promise) underWay.delete(name);
    };
    promise.then(forget, forget);
    return promise;
  }

  /** Whether this environment is about something with an endpoint. */
  isBusyWith(key: string): boolean {
    return underWay.has(this.#prefix + key);
  }

  /** An index that no link has, in all likelihood. */
  chooseIndex(): number {
    this.#nextIndex = this.#nextIndex === 2 ** 31 - 1 ? 1 << 20 : this.#nextIndex + 1;
    return this.#nextIndex;
  }

  /**
   * An id for an endpoint's namespace, below all that have been chosen. The kernel looks among all ids in order whenever it
   * tells of a link whose other end is elsewhere: the newest is to be found first, as it is the one that is being told of.
   * It falls with time, so that the next process goes on where this one ends. Where two choose the same, the kernel chooses.
   */
  chooseNetnsId(): number {
    const now = MOST_NETNS_ID - 2 * Math.floor((Date.now() - NETNS_ID_EPOCH) / 1000);
    this.#lastNetnsId = Math.max(0, Math.min(now, this.#lastNetnsId - 1));
    return this.#lastNetnsId;
  }

  /** Goes elsewhere among the indexes, after one has been found taken. */
  shuffleIndexes(): void {
    this.#nextIndex = randomInt(1 << 20, 1 << 30);
  }

  /** Deletes a link by its name; one that is not there any more is deleted. */
  async deleteLink(name: string): Promise<void> {
    const failures = await this.deleteLinks([name]);
    if (failures.has(name)) throw failures.get(name);
  }

  /**
   * Deletes links by their names. Those that wait at the same time leave as one link group, as one delete takes the time of
   * a grace period however many links go with it.
   */
  deleteLinks(names: readonly string[]): Promise<Failures> {
    return this.#delete(this.#deletes, names);
  }

  /**
   * Removes namespaces' names while the links that wait are deleted, as both consist of waiting. The namespaces are held
   * until the links are gone, so that their end does not take the RTNL lock from them. One that is gone is removed.
   */
  deleteNetns(names: readonly string[]): Promise<Failures> {
    return this.#delete(this.#names, names);
  }

  #delete(queue: Deletion[], names: readonly string[]): Promise<Failures> {
    if (names.length === 0) return Promise.resolve(new Map());
    return new Promise((done) => {
      queue.push({ names, done });
      if (this.#isDeleting) return;
      this.#isDeleting = true;
      setImmediate(() => void this.#deleteWaiting());
    });
  }

  async #deleteWaiting(): Promise<void> {
    while (this.#deletes.length > 0 || this.#names.length > 0) {
      const links = this.#deletes.splice(0);
      const netns = this.#names.splice(0);
      const failures = new Map<string, unknown>();
      const names = netns.flatMap((one) => one.names);
      const first = Netns.deleteAll(names.slice(0, HELD_AT_ONCE), true);
      const linkNames = links.flatMap(({ names }) => names);
      for (let at = 0; at < linkNames.length; at += DELETES_AT_ONCE) {
        await this.#deleteLinks(linkNames.slice(at, at + DELETES_AT_ONCE), failures);
      }
      const { failures: failed, letGo } = await first;
      const rest = await Netns.deleteAll(names.slice(HELD_AT_ONCE), false);
      const left = [...failed, ...rest.failures].filter(([, error]) => codeOf(error) !== 'ENOENT');
      // All are told at the same time, so that what they do next is done together, too.
      for (const { done } of links) done(failures);
      for (const { done } of netns) done(new Map(left));
      letGo();
    }
    this.#isDeleting = false;
  }

  /** Deletes links, and tells of those that cannot be. */
  async #deleteLinks(names: readonly string[], failures: Map<string, unknown>): Promise<void> {
    try {
      await this.#deleteTogether(names);
    } catch (error) {
      if (names.length === 1) failures.set(names[0] as string, error);
      // One that cannot be deleted must not keep the others.
      else for (const name of names) await this.#deleteLinks([name], failures);
    }
  }

  async #deleteTogether(names: readonly string[]): Promise<void> {
    if (names.length === 1) {
      await this.route.ack('links.delete', { ref: names[0] }).catch(ignore('ENODEV'));
      return;
    }
    const group = chooseDeleteGroup();
    const [, deleted] = await Promise.allSettled([
      this.#group.run({ values: hostOrder(group), texts: names.join('\0') }),
      this.route.ack('links.delete', { group }),
    ]);
    // ENODEV: none of them is there any more.
    if (deleted.status === 'rejected') ignore('ENODEV')(deleted.reason);
  }

  /** Writes a parameter under net/ in the host's namespace. */
  async setSysctl(key: string, value: string): Promise<void> {
    await begin('value', 'write', (id) => addon.sysctl(id, this.netns, key, value));
  }

  /** Reads a parameter under net/ in the host's namespace. */
  getSysctl(key: string): Promise<string> {
    return begin('value', 'open', (id) => addon.sysctl(id, this.netns, key));
  }
}

/** For catch(): passes over errors with one of the codes. */
export function ignore(...codes: string[]): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof NetlinkError) || !codes.includes(error.code)) throw error;
  };
}
