// Bandwidth for groups of processes: a control group, a class of htb, and what takes packets from the one to the other.
import { stat } from 'node:fs/promises';
import { argumentError } from '../errors.js';
import type { LinkRef } from '../links.js';
import type { Netlink } from '../netlink.js';
import { checkSpec } from '../spec.js';
import { handleNumber } from '../tc/handle.js';
import { absolute, shareIn } from '../tc/speed.js';
import { bytes, bytesPerSecond, type Rate, type Size } from '../tc/units.js';
import { type Cgroup, Cgroups, classidFromNumber } from './cgroup.js';

/**
 * How packets come from processes to their class:
 * - `'net_cls'`: the group's class (version 1), by the tc filter 'cgroup';
 * - `'net_cls-nft'`: the same by nftables (`meta cgroup`), which sets the packets' priority;
 * - `'cgroup2-nft'`: a group of version 2 by nftables (`socket cgroupv2`), of sockets that are opened from then on;
 * - `'net_prio'`: the group's priority (version 1), in the initial network namespace.
 */
export type LimitMethod = 'net_cls' | 'net_cls-nft' | 'cgroup2-nft' | 'net_prio';

/** What {@link Netlink.limitProcesses} is given. */
export interface ProcessLimitSpec {
  /** The link by which the processes send. Its root qdisc is, or becomes, htb. */
  link: LinkRef;
  /** Name of the control group, such as `'users/anna'`; made if it is not there. */
  group: string;
  /** What the processes get together. */
  rate: Rate;
  /** What they may have when there is more; the rate if left out. */
  ceil?: Rate | undefined;
  /** Bytes that they may send at once after a pause; what the rate is in 50 ms if left out. */
  burst?: Size | undefined;
  /** The processes. Those that they start later are in the group as well. */
  pids: readonly number[];
  /** Only this way; the first that the machine has if left out. */
  method?: LimitMethod | undefined;
}

const METHODS: LimitMethod[] = ['net_cls', 'net_cls-nft', 'cgroup2-nft', 'net_prio'];
/** The root qdisc that limits make, by which they know it again. */
const OWN_ROOT = 'c6:';
const FIRST_MINOR = 0x100;
const TABLE = { family: 'inet', table: 'netplumb-limits' } as const;
const CHAIN = 'output';
const LEAST_QUANTUM = 1514;
const MOST_QUANTUM = 60_000;
const LEAST_BURST = 2 * 1514;
const MOST_BURST = 1_000_000;

/** What processes get. */
type Rates = Pick<ProcessLimitSpec, 'rate' | 'ceil' | 'burst'>;

/** A limit that is in force. */
export class ProcessLimit implements AsyncDisposable {
  readonly #nl: Netlink;
  readonly #undo: (() => Promise<unknown>)[];

  /** @internal */
  constructor(
    nl: Netlink,
    /** How packets come to the class. */
    readonly method: LimitMethod,
    /** The control group. */
    readonly group: Cgroup,
    /** The link's index. */
    readonly link: number,
    /** The class, such as `'c6:100'`. */
    readonly classid: string,
    undo: (() => Promise<unknown>)[],
  ) {
    this.#nl = nl;
    this.#undo = undo;
  }

  /** Changes what the processes get. */
  async change(rates: Rates): Promise<void> {
    await this.#nl.tc.classes.change(classOf(this.link, this.classid, await absoluteRates(this.#nl, this.link, rates)));
  }

  /** Puts further processes into the group. */
  async add(...pids: number[]): Promise<void> {
    await moveTo(this.group, pids, this.#undo);
  }

  /** Takes back what was made: processes return to where they were, and group, class and the rest go if nobody uses them. */
  async undo(): Promise<void> {
    await takeBack(this.#undo);
  }

  /** As {@link undo}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.undo();
  }
}

/** Sets a limit, by the first way that the machine has. */
export async function limitProcesses(nl: Netlink, netns: bigint, spec: ProcessLimitSpec): Promise<ProcessLimit> {
  checkSpec('spec', spec);
  const { link: ref, group: name, pids, method } = spec;
  if (!Array.isArray(pids)) {
    throw argumentError('ERR_INVALID_ARG_TYPE', 'pids', 'The "pids" field must be an array of process numbers');
  }
  if (method !== undefined && !METHODS.includes(method)) {
    const names = METHODS.map((one) => `'${one}'`).join(', ');
    throw argumentError(
      'ERR_INVALID_ARG_VALUE',
      'method',
      `The "method" field must be one of ${names}. Received '${method}'`,
    );
  }
  const link = (await nl.links.get(ref)).index;
  const { rate, ceil, burst } = await absoluteRates(nl, link, { rate: spec.rate, ceil: spec.ceil, burst: spec.burst });
  const given = bytesPerSecond('rate', rate);
  if (given === 0) throw argumentError('ERR_OUT_OF_RANGE', 'rate', 'The "rate" field must be at least 8 bit/s');
  if (ceil !== undefined && bytesPerSecond('ceil', ceil) < given) {
    throw argumentError('ERR_INVALID_ARG_VALUE', 'ceil', 'The "ceil" field must be at least "rate"');
  }
  const reasons: string[] = [];
  for (const way of method === undefined ? METHODS : [method]) {
    const undo: (() => Promise<unknown>)[] = [];
    try {
      const cgroups = await Cgroups.open(way === 'net_prio' ? way : way === 'cgroup2-nft' ? 'unified' : 'net_cls');
      return await apply(nl, way, cgroups, { name, link, netns, pids, rates: { rate, ceil, burst } }, undo);
    } catch (error) {
      await takeBack(undo);
      if (!isLack(error)) throw error;
      reasons.push(`${way}: ${(error as Error).message}`);
    }
  }
  throw Object.assign(new Error(`This machine has no way to limit processes: ${reasons.join('; ')}`), {
    code: 'ENOTSUP',
  });
}

const RATES = ['rate', 'ceil'];

/** Rates with bits per second in the place of shares of the link's speed. */
async function absoluteRates(nl: Netlink, link: number, rates: Rates): Promise<Rates> {
  const field = shareIn(rates, RATES, '');
  return field === undefined ? rates : absolute(rates, RATES, await nl.tc.speeds.of(link, field), '');
}

interface Wanted {
  name: string;
  link: number;
  /** The inode of the handle's network namespace. */
  netns: bigint;
  pids: readonly number[];
  rates: Rates;
}

async function apply(
  nl: Netlink,
  method: LimitMethod,
  cgroups: Cgroups,
  { name, link, netns, pids, rates }: Wanted,
  undo: (() => Promise<unknown>)[],
): Promise<ProcessLimit> {
  if (method === 'net_prio') await checkInitialNamespace(netns);
  const group = cgroups.group(name);
  if (!(await isThere(group.path))) {
    await cgroups.create(name);
    undo.push(() => group.delete());
  }
  const isClassified = method === 'net_cls' || method === 'net_cls-nft';
  const former = isClassified ? handleNumber('classid', (await group.classid()) || 0) : 0;
  const root = await rootOf(nl, link, former, undo);
  const classid = await addClass(nl, link, root, former, cgroups, isClassified, rates, undo);
  if (isClassified && handleNumber('classid', classid) !== former) {
    await group.setClassid(classid);
    undo.push(() => group.setClassid(former).catch(ignoreAbsent));
  }
  if (method === 'net_cls') {
    await addFilter(nl, link, root);
  } else if (method === 'net_prio') {
    const { name: device } = await nl.links.get(link);
    await group.setPriority(String(device), classid);
    undo.push(() => group.setPriority(String(device), 0).catch(ignoreAbsent));
  } else {
    await addRule(nl, method, group, link, classid, undo);
  }
  await moveTo(group, pids, undo);
  return new ProcessLimit(nl, method, group, link, classid, undo);
}

/** In reverse, all of it whatever comes of some; the first error is told at the end. */
async function takeBack(undo: (() => Promise<unknown>)[]): Promise<void> {
  const errors: unknown[] = [];
  for (let step = undo.pop(); step; step = undo.pop()) {
    try {
      await step();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors.length === 1 ? errors[0] : new AggregateError(errors, 'Not all was taken back');
}

/** Whether an error says that the machine cannot do it so. */
function isLack(error: unknown): boolean {
  const { code, operation } = error as { code?: string; operation?: string };
  if (operation === 'mount') return true;
  if (operation === 'RTM_NEWTFILTER') return code === 'ENOENT' || code === 'EOPNOTSUPP';
  if (operation?.startsWith('NFT_') || operation === 'socket') return code !== 'EPERM';
  return code === 'ENOTSUP' || code === 'ENODEV';
}

function ignoreAbsent(error: unknown): void {
  const { code } = error as { code?: string };
  if (!['ENOENT', 'ENODEV', 'EINVAL', 'ESRCH'].includes(code ?? '')) throw error;
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function moveTo(group: Cgroup, pids: readonly number[], undo: (() => Promise<unknown>)[]): Promise<void> {
  for (const pid of pids) {
    const former = await group.hierarchy.of(pid).catch((error: { code?: string }) => {
      if (error.code === 'ENOENT') throw Object.assign(new Error(`There is no process ${pid}`), { code: 'ESRCH' });
      throw error;
    });
    if (former === group.name) continue;
    await group.add(pid);
    undo.push(() => group.hierarchy.group(former).add(pid).catch(ignoreAbsent));
  }
}

/** The handle of the link's root qdisc, which is htb. */
async function rootOf(nl: Netlink, link: number, classid: number, undo: (() => Promise<unknown>)[]): Promise<string> {
  const [root] = await nl.tc.qdiscs.list({ link, parent: 'root' });
  const leave = async (handle: string) => {
    if ((await nl.tc.classes.list({ link })).length > 0) return;
    await nl.tc.qdiscs.delete({ link, parent: 'root', handle }).catch(ignoreAbsent);
  };
  if (root?.kind === 'htb') {
    // Whoever is the last of several limits takes it away.
    if (root.handle === OWN_ROOT) undo.push(() => leave(OWN_ROOT));
    return root.handle;
  }
  if (root && handleNumber('handle', root.handle, true) !== 0) {
    throw argumentError(
      'ERR_INVALID_ARG_VALUE',
      'link',
      `The "link" field names a link with a root qdisc of kind '${root.kind}', which somebody made: limits need 'htb'`,
    );
  }
  // The group may have a class already, of another link: the same name serves here.
  const handle = classid === 0 ? OWN_ROOT : `${Math.floor(classid / 0x10000).toString(16)}:`;
  await nl.tc.qdiscs.add({ link, kind: 'htb', handle, parent: 'root', options: { default: 0 } });
  undo.push(() => leave(handle));
  return handle;
}

function classOf(link: number, classid: string, { rate, ceil, burst }: Rates) {
  const parent = `${classid.split(':')[0]}:`;
  // Timers that come late on a busy machine cost what does not fit into the bucket.
  const sizeOf = (of: Rate) => Math.min(MOST_BURST, Math.max(LEAST_BURST, Math.floor(bytesPerSecond('rate', of) / 20)));
  const size = burst === undefined ? sizeOf(rate) : bytes('burst', burst);
  const cburst = burst === undefined ? sizeOf(ceil ?? rate) : size;
  const quantum = Math.min(MOST_QUANTUM, Math.max(LEAST_QUANTUM, Math.floor(bytesPerSecond('rate', rate) / 10)));
  return { link, kind: 'htb', parent, classid, options: { rate, ceil, quantum, burst: size, cburst } } as const;
}

/** Makes the class, or changes the one that the group has. */
async function addClass(
  nl: Netlink,
  link: number,
  root: string,
  former: number,
  cgroups: Cgroups,
  isClassified: boolean,
  rates: Rates,
  undo: (() => Promise<unknown>)[],
): Promise<string> {
  const major = handleNumber('handle', root, true);
  const taken = new Set((await nl.tc.classes.list({ link })).map((one) => handleNumber('classid', one.classid)));
  let number = former;
  if (former === 0 || former - (former % 0x10000) !== major) {
    if (isClassified) {
      for (const group of await cgroups.list()) taken.add(handleNumber('classid', (await group.classid()) || 0));
    }
    number = major + FIRST_MINOR;
    while (taken.has(number)) number++;
  }
  const classid = classidFromNumber(number);
  const spec = classOf(link, classid, rates);
  if (number === former && taken.has(number)) {
    const before = await nl.tc.classes.get({ link, classid });
    await nl.tc.classes.change(spec);
    undo.push(() => nl.tc.classes.change(before as never).catch(ignoreAbsent));
  } else {
    await nl.tc.classes.add(spec);
    undo.push(() => nl.tc.classes.delete({ link, classid }).catch(ignoreAbsent));
  }
  return classid;
}

/** The filter that takes packets to their group's class; one serves all groups. */
async function addFilter(nl: Netlink, link: number, root: string): Promise<void> {
  const there = await nl.tc.filters.list({ link, parent: root, kind: 'cgroup' });
  if (there.length > 0) return;
  await nl.tc.filters.add({ link, parent: root, kind: 'cgroup', handle: 1, options: {} });
}

const bytesOf = (array: Uint32Array | BigUint64Array) => new Uint8Array(array.buffer);

/** The rule that gives packets of the group the class as their priority. */
async function addRule(
  nl: Netlink,
  method: LimitMethod,
  group: Cgroup,
  link: number,
  classid: string,
  undo: (() => Promise<unknown>)[],
): Promise<void> {
  const number = Uint32Array.of(handleNumber('classid', classid));
  const compare = (value: Uint8Array) => ({ name: 'cmp', data: { sreg: 1, op: 'eq', data: { value } } });
  const load = (key: string) => ({ name: 'meta', data: { key, dreg: 1 } });
  const isOfGroup =
    method === 'net_cls-nft'
      ? [load('cgroup'), compare(bytesOf(number))]
      : [
          { name: 'socket', data: { key: 'cgroupv2', level: group.name.split('/').length - 1, dreg: 1 } },
          compare(bytesOf(BigUint64Array.of((await stat(group.path, { bigint: true })).ino))),
        ];
  const rule = {
    ...TABLE,
    chain: CHAIN,
    expressions: [
      load('oif'),
      compare(bytesOf(Uint32Array.of(link))),
      ...isOfGroup,
      { name: 'immediate', data: { dreg: 1, data: { value: bytesOf(number) } } },
      { name: 'meta', data: { key: 'priority', sreg: 1 } },
    ],
  };
  const hook = { hooknum: 3, priority: -150 };
  const echo = await nl.nft.transact(
    [
      { operation: 'nft.addTable', spec: { family: TABLE.family, name: TABLE.table } },
      { operation: 'nft.addChain', spec: { ...TABLE, name: CHAIN, type: 'filter', hook, policy: 'accept' } },
      { operation: 'nft.addRule', spec: rule },
    ],
    { echo: true },
  );
  const handle = echo.find(({ command }) => command === 2)?.handle;
  undo.push(async () => {
    await nl.nft
      .transact([{ operation: 'nft.deleteRule', spec: { ...TABLE, chain: CHAIN, handle } }])
      .catch(ignoreAbsent);
    const { ruleset } = await nl.nft.read();
    if (ruleset.rules.some((one) => one.table === TABLE.table)) return;
    const table = { family: TABLE.family, name: TABLE.table };
    await nl.nft.transact([{ operation: 'nft.deleteTable', spec: table }]).catch(ignoreAbsent);
  });
}

/** net_prio knows the links of the initial network namespace only. */
async function checkInitialNamespace(netns: bigint): Promise<void> {
  const initial = await stat('/proc/1/ns/net', { bigint: true }).catch(() => undefined);
  if (initial?.ino === netns) return;
  throw Object.assign(new Error('net_prio works in the initial network namespace only'), { code: 'ENOTSUP' });
}
