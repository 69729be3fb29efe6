// Network namespaces: made, opened, named, listed, entered, deleted.
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { addon, type ErrorDescription, type OpenedSpace, type RemovedNames } from './addon.js';
import { begin } from './engine.js';
import { argumentError, NetlinkError, netlinkError } from './errors.js';
import { Lane } from './lane.js';
import type { Space } from './program.js';

/**
 * A reference to a network namespace: an open {@link Netns}; a name under /run/netns, as `ip netns` uses; the path of
 * a namespace file; the process whose namespace is meant; an open file descriptor.
 */
export type NetnsRef = Netns | string | { path: string } | { pid: number } | { fd: number };

/** A named network namespace, as {@link Netns.list} tells it. */
export interface NetnsEntry {
  /** The file's name under /run/netns. */
  name: string;
  /** The inode number, which identifies a namespace for as long as it lives. */
  inode: bigint;
}

/** Refuses names that cannot be a file's under /run/netns. */
export function checkNetnsName(name: unknown): asserts name is string {
  if (typeof name !== 'string') {
    throw argumentError(
      'ERR_INVALID_ARG_TYPE',
      'name',
      `The "name" argument must be a string. Received ${typeof name}`,
    );
  }
  if (name === '' || name === '.' || name === '..' || /[/\0]/.test(name) || Buffer.byteLength(name) > 255) {
    const shown = JSON.stringify(name.length > 40 ? `${name.slice(0, 40)}...` : name);
    throw argumentError(
      'ERR_INVALID_ARG_VALUE',
      'name',
      `The "name" argument must be 1 to 255 bytes without '/' and NUL, and neither '.' nor '..'. Received ${shown}`,
    );
  }
}

/**
 * An open network namespace. While it is open the namespace lives, named or not; it is closed by {@link Netns.close},
 * by `await using`, or when it is collected.
 *
 * Names are those of `ip netns` (netns(7), ip-netns(8)): each side sees, enters and deletes what the other made.
 */
export class Netns extends addon.NetnsHandle implements AsyncDisposable {
  /** The name under /run/netns, where the namespace was made or opened by one. */
  readonly name: string | undefined;
  #path: string | undefined;

  private constructor(sealed: unknown, name?: string, path?: string) {
    super(sealed);
    this.name = name;
    this.#path = path ?? (name === undefined ? undefined : `/run/netns/${name}`);
  }

  /**
   * Makes a new network namespace, its loopback link still down. With a name it is pinned under /run/netns and outlives
   * the process; without one it lives as long as it is open, or something is in it.
   *
   * @throws NetlinkError EEXIST when the name is taken, EPERM without CAP_SYS_ADMIN.
   */
  static async create(name?: string): Promise<Netns> {
    if (name !== undefined) checkNetnsName(name);
    return new Netns(await begin('value', 'unshare', (id) => addon.createNetns(id, name)), name);
  }

  /** @internal What a program has given. */
  static of(space: Space): Netns {
    return new Netns(space);
  }

  /** @internal Opens one as {@link Netns.open} does, with a lane into it. */
  static async openWithLane(protocol: number, ref: NetnsRef): Promise<{ netns: Netns; lane: Lane }> {
    const space = await begin<OpenedSpace>('value', 'open', (id) => addon.openNetns(id, ref, protocol));
    return { netns: Netns.#named(space.netns, ref), lane: Lane.of(space.lane) };
  }

  /**
   * Opens an existing namespace.
   *
   * @throws NetlinkError ENOENT when there is none of that name or path, ESRCH when there is no such process, EINVAL
   * when it is something else than a network namespace.
   */
  static async open(ref: NetnsRef): Promise<Netns> {
    if (ref === undefined) {
      throw argumentError(
        'ERR_INVALID_ARG_TYPE',
        'ref',
        'The "ref" argument must be a Netns, a name, { path }, { pid } or { fd }',
      );
    }
    return Netns.#named(await begin('value', 'open', (id) => addon.openNetns(id, ref)), ref);
  }

  static #named(sealed: unknown, ref: NetnsRef): Netns {
    if (typeof ref === 'string') return new Netns(sealed, ref);
    if (ref instanceof Netns) return new Netns(sealed, ref.name, ref.#path);
    if ('path' in ref) return new Netns(sealed, undefined, ref.path);
    return new Netns(sealed, undefined, 'pid' in ref ? `/proc/${ref.pid}/ns/net` : undefined);
  }

  /** Opens the namespace that the calling thread is in. */
  static async current(): Promise<Netns> {
    return new Netns(await begin('value', 'open', (id) => addon.openNetns(id)), undefined, '/proc/self/ns/net');
  }

  /** Lists the named namespaces; files under /run/netns that are none (left over from a crash) are not among them. */
  static list(): Promise<NetnsEntry[]> {
    return begin('value', 'open', (id) => addon.listNetns(id));
  }

  /**
   * Removes a name. The namespace itself goes when nothing holds it any more: no process, no open file, no socket.
   *
   * @throws NetlinkError ENOENT when there is no such name.
   */
  static async delete(name: string): Promise<void> {
    checkNetnsName(name);
    const { failures } = await Netns.deleteAll([name], false);
    if (failures.has(name)) throw failures.get(name);
  }

  /** @internal Removes names; `failures` tells what failed. With `hold` the namespaces are open until `letGo`. */
  static async deleteAll(
    names: readonly string[],
    hold: boolean,
  ): Promise<{ failures: Map<string, unknown>; letGo: () => void }> {
    const failures = new Map<string, unknown>();
    if (names.length === 0) return { failures, letGo: () => {} };
    try {
      const removed = await begin<RemovedNames>('value', 'umount2', (id) => addon.deleteNetns(id, names, hold));
      for (let i = 0; i < removed.failures.length; i += 2) {
        const [place, error] = removed.failures.slice(i, i + 2) as [number, ErrorDescription];
        failures.set(names[place] as string, netlinkError(error));
      }
      return { failures, letGo: () => addon.letGo(removed.netns) };
    } catch (error) {
      return { failures: new Map(names.map((name) => [name, error])), letGo: () => {} };
    }
  }

  /** A path that leads to the namespace: under /run/netns, or through this process's descriptor. */
  get path(): string {
    return this.#path ?? `/proc/${process.pid}/fd/${this.fd}`;
  }

  /**
   * Gives the namespace a (further) name under /run/netns, by which it outlives the process.
   *
   * @returns The same namespace under its name. Both are open and to be closed.
   * @throws NetlinkError EEXIST when the name is taken.
   */
  async pin(name: string): Promise<Netns> {
    checkNetnsName(name);
    await begin('value', 'mount', (id) => addon.pinNetns(id, this, name));
    return Netns.open(name);
  }

  /**
   * Runs a synchronous function with the calling thread in the namespace, and returns what it returns.
   *
   * This blocks the event loop, as it must: only what the function does synchronously happens in the namespace (opening
   * sockets, `server.listen(port)` without a host name, child processes, `Netlink.open()`), and sockets stay in it
   * afterwards. What Node does later or on other threads (connecting, DNS, files) is not in it. Where the thread could not return the process ends.
   *
   * @throws TypeError when the function returns a promise; NetlinkError EPERM without CAP_SYS_ADMIN.
   */
  enter<T>(fn: () => T): T {
    if (typeof fn !== 'function') {
      throw argumentError('ERR_INVALID_ARG_TYPE', 'fn', `The "fn" argument must be a function. Received ${typeof fn}`);
    }
    const result = this.enterSync(fn);
    if (!('value' in result)) throw new NetlinkError(result as ErrorDescription);
    const value = result.value as T;
    if (value instanceof Promise) {
      value.catch(() => {});
      throw argumentError(
        'ERR_INVALID_ARG_VALUE',
        'fn',
        'The "fn" argument must be synchronous: it returned a promise',
      );
    }
    return value;
  }

  /**
   * Starts a child process in the namespace (child_process.spawn, whose arguments it takes). Like {@link Netns.enter} it
   * blocks the event loop for as long as starting takes. Mounts are not changed: /sys shows the caller's namespace.
   */
  spawn(command: string, args: readonly string[] = [], options: SpawnOptions = {}): ChildProcess {
    return this.enter(() => spawn(command, args, options));
  }

  /** Removes the namespace's name, if it has one, and closes it. */
  async delete(): Promise<void> {
    try {
      if (this.name !== undefined) await Netns.delete(this.name);
    } finally {
      await this.close();
    }
  }

  /** Closes the namespace here; its name stays. Closing twice does nothing. */
  async close(): Promise<void> {
    this.closeSync();
  }

  /** Closes it: `await using ns = await Netns.open('web')`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
