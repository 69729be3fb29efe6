// Control groups: whose packets are whose. Version 1 with the controllers net_cls and net_prio, and version 2.
import { mkdir, readdir, readFile, rmdir, statfs, writeFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { addon } from '../addon.js';
import { begin } from '../engine.js';
import { argumentError } from '../errors.js';
import { type Handle, handleNumber } from '../tc/handle.js';

/**
 * A hierarchy: `'net_cls'` gives each group a class of traffic, `'net_prio'` a priority for each link (both of version
 * 1); `'unified'` is that of version 2, which nftables can look at (`socket cgroupv2`).
 */
export type CgroupController = 'net_cls' | 'net_prio' | 'unified';

/** How a hierarchy is opened. */
export interface CgroupOptions {
  /** Where it is mounted if it is not mounted yet; false: it is not mounted. Below /sys/fs/cgroup or /run if left out. */
  mount?: string | false | undefined;
}

const CONTROLLERS = new Set(['net_cls', 'net_prio', 'unified']);
const TMPFS_MAGIC = 0x01021994;

/** The number of a class as net_cls.classid has it: 0xAAAABBBB is class AAAA:BBBB. */
export function classidToNumber(classid: Handle): number {
  return handleNumber('classid', classid);
}

/** A class's name of its number: 0x00010010 is `'1:10'`; `''` for 0, no class. */
export function classidFromNumber(number: number): string {
  if (number === 0) return '';
  return `${Math.floor(number / 0x10000).toString(16)}:${(number % 0x10000).toString(16)}`;
}

/** A hierarchy of control groups. */
export class Cgroups {
  private constructor(
    /** What it is for. */
    readonly controller: CgroupController,
    /** Where it is mounted. */
    readonly path: string,
  ) {}

  /** Finds where a hierarchy is mounted; undefined where it is not. */
  static async find(controller: CgroupController): Promise<Cgroups | undefined> {
    checkController(controller);
    const mounts = await readFile('/proc/self/mountinfo', 'utf8');
    for (const line of mounts.split('\n')) {
      const [place = '', type = ''] = line.split(' - ');
      const [, , , root, path = ''] = place.split(' ');
      const [kind, , options = ''] = type.split(' ');
      const is =
        controller === 'unified' ? kind === 'cgroup2' : kind === 'cgroup' && options.split(',').includes(controller);
      if (is && root === '/') return new Cgroups(controller, path.replaceAll('\\040', ' '));
    }
    return undefined;
  }

  /**
   * Finds a hierarchy, or mounts it.
   *
   * @throws NetlinkError (operation 'mount') ENOENT or ENODEV when the kernel lacks the controller, EBUSY when it is used
   * by version 2, EPERM without CAP_SYS_ADMIN or in a cgroup namespace.
   */
  static async open(controller: CgroupController, options: CgroupOptions = {}): Promise<Cgroups> {
    const found = await Cgroups.find(controller);
    if (found) return found;
    if (options.mount === false) {
      throw Object.assign(new Error(`No hierarchy of control groups with ${controller} is mounted`), {
        code: 'ENOENT',
      });
    }
    const path = options.mount ?? join(await usualPlace(), controller);
    await mkdir(path, { recursive: true });
    try {
      await begin('value', 'mountCgroup', (id) =>
        addon.mountCgroup(id, controller === 'unified' ? '' : controller, path),
      );
    } catch (error) {
      await rmdir(path).catch(() => {});
      throw error;
    }
    return new Cgroups(controller, path);
  }

  /** The name of the group that a process is in, such as `'/'` or `'/users/anna'`. */
  async of(pid: number): Promise<string> {
    const lines = (await readFile(`/proc/${checkId('pid', pid)}/cgroup`, 'utf8')).trimEnd().split('\n');
    for (const line of lines) {
      const [id, controllers = '', ...path] = line.split(':');
      const is = this.controller === 'unified' ? id === '0' : controllers.split(',').includes(this.controller);
      if (is) return path.join(':');
    }
    return '/';
  }

  /** A group by its name; it need not exist. `'/'` is the group of all. */
  group(name: string): Cgroup {
    return new Cgroup(this, checkName(name));
  }

  /** Creates a group, and those that it is in; one that is there is taken. */
  async create(name: string): Promise<Cgroup> {
    const group = this.group(name);
    await mkdir(group.path, { recursive: true });
    return group;
  }

  /** The groups in a group, by name. */
  async list(name = '/'): Promise<Cgroup[]> {
    const group = this.group(name);
    const entries = await readdir(group.path, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => this.group(join(group.name, entry.name)));
  }
}

/** A control group. */
export class Cgroup {
  /** Where its files are. */
  readonly path: string;

  /** @internal */
  constructor(
    /** The hierarchy. */
    readonly hierarchy: Cgroups,
    /** Its name, such as `'/users/anna'`. */
    readonly name: string,
  ) {
    this.path = join(hierarchy.path, name);
  }

  /** The processes in it. */
  async pids(): Promise<number[]> {
    return numbers(await this.#read('cgroup.procs'));
  }

  /** The threads in it. */
  async threads(): Promise<number[]> {
    return numbers(await this.#read(this.#threadFile));
  }

  /**
   * Moves processes into it, with all of their threads and open sockets (net_cls and net_prio; of version 2 sockets stay
   * with the group that they were opened in).
   *
   * @throws Error ESRCH when there is no such process.
   */
  async add(...pids: number[]): Promise<void> {
    for (const pid of pids) await this.#write('cgroup.procs', String(checkId('pid', pid)));
  }

  /**
   * Moves single threads into it.
   *
   * @throws Error ESRCH when there is no such thread, EOPNOTSUPP when a group of version 2 is not threaded.
   */
  async addThreads(...tids: number[]): Promise<void> {
    for (const tid of tids) await this.#write(this.#threadFile, String(checkId('tid', tid)));
  }

  /** The class of its packets (net_cls), such as `'1:10'`; `''` where it has none. */
  async classid(): Promise<string> {
    return classidFromNumber(Number(await this.#read('net_cls.classid')));
  }

  /** Sets the class of its packets (net_cls); 0 for none. */
  async setClassid(classid: Handle): Promise<void> {
    await this.#write('net_cls.classid', String(classidToNumber(classid)));
  }

  /** The priority of its packets on each link of the initial network namespace (net_prio). */
  async priorities(): Promise<Record<string, number>> {
    const lines = (await this.#read('net_prio.ifpriomap')).trimEnd().split('\n');
    return Object.fromEntries(lines.filter(Boolean).map((line) => [line.split(' ')[0], Number(line.split(' ')[1])]));
  }

  /** Sets the priority of its packets on a link (net_prio): a number, or a class such as `'1:10'` that htb then takes. */
  async setPriority(link: string, priority: Handle): Promise<void> {
    await this.#write('net_prio.ifpriomap', `${link} ${handleNumber('priority', priority)}`);
  }

  /**
   * Deletes the group. Processes that are still in it are moved to the group around it.
   *
   * @throws Error EBUSY when there are groups in it.
   */
  async delete(): Promise<void> {
    const parent = this.hierarchy.group(join(this.name, '..'));
    // Processes start others meanwhile.
    for (let tries = 0; ; tries++) {
      for (const pid of await this.pids().catch(emptyIfAbsent)) await parent.add(pid).catch(ignoreIfGone);
      try {
        return await rmdir(this.path);
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return;
        if (codeOf(error) !== 'EBUSY' || tries === 10 || (await this.pids()).length === 0) throw error;
      }
    }
  }

  get #threadFile(): string {
    return this.hierarchy.controller === 'unified' ? 'cgroup.threads' : 'tasks';
  }

  #read(file: string): Promise<string> {
    return readFile(join(this.path, file), 'utf8');
  }

  #write(file: string, text: string): Promise<void> {
    return writeFile(join(this.path, file), text, { flag: 'r+' });
  }
}

const codeOf = (error: unknown) => (error as { code?: string }).code;

function emptyIfAbsent(error: unknown): number[] {
  if (codeOf(error) === 'ENOENT') return [];
  throw error;
}

function ignoreIfGone(error: unknown): void {
  if (codeOf(error) !== 'ESRCH') throw error;
}

function numbers(text: string): number[] {
  // Version 1 may tell a process twice.
  return [...new Set(text.split('\n').filter(Boolean).map(Number))];
}

/** Where hierarchies are mounted; below a mounted one of version 2 a directory would be a group. */
async function usualPlace(): Promise<string> {
  const usual = '/sys/fs/cgroup';
  const type = await statfs(usual).then(
    (found) => found.type,
    () => 0,
  );
  return type === TMPFS_MAGIC ? usual : '/run/netplumb/cgroup';
}

function checkController(controller: unknown): void {
  if (typeof controller !== 'string' || !CONTROLLERS.has(controller)) {
    throw argumentError(
      'ERR_INVALID_ARG_VALUE',
      'controller',
      `The "controller" argument must be one of 'net_cls', 'net_prio', 'unified'. Received ${JSON.stringify(controller)}`,
    );
  }
}

function checkName(name: unknown): string {
  if (typeof name !== 'string' || name === '' || name.includes('\0') || name.split('/').includes('..')) {
    throw argumentError(
      typeof name === 'string' ? 'ERR_INVALID_ARG_VALUE' : 'ERR_INVALID_ARG_TYPE',
      'group',
      `The "group" argument must be a group's name such as 'users/anna'. Received ${JSON.stringify(name)}`,
    );
  }
  return normalize(join('/', name)).replace(/(?<=.)\/$/, '');
}

function checkId(field: string, id: unknown): number {
  if (typeof id !== 'number' || !Number.isInteger(id) || id < 1) {
    throw argumentError(
      typeof id === 'number' ? 'ERR_OUT_OF_RANGE' : 'ERR_INVALID_ARG_TYPE',
      field,
      `The "${field}" argument must be the number of a process or thread. Received ${String(id)}`,
    );
  }
  return id;
}
