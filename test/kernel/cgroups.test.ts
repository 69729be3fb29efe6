// Control groups and bandwidth by process, with /proc, `tc` and real traffic as witnesses.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  Cgroups,
  classidFromNumber,
  classidToNumber,
  type LimitMethod,
  type Netlink,
  type Netns,
  type ProcessLimit,
} from '../../lib/index.js';
import { Sandbox } from '../support/sandbox.js';
import { skipBecause } from '../support/skip.js';
import { tc } from '../support/tc.js';
import { throughput } from '../support/throughput.js';

/** In an emulated guest timers come late; what they let pass then must fit. */
const BURST = 65_536;
const SENDER = fileURLToPath(new URL('../support/sender.mjs', import.meta.url));

/** Opens a hierarchy, or says why there is none. */
async function opened(controller: 'net_cls' | 'net_prio' | 'unified'): Promise<Cgroups | string> {
  try {
    return await Cgroups.open(controller);
  } catch (error) {
    return `no ${controller} here: ${(error as Error).message}`;
  }
}

describe('cgroups', () => {
  const name = `np-test-${process.pid}`;

  it('class ids are told as 0xAAAABBBB and as tc writes them', () => {
    assert.equal(classidToNumber('1:10'), 0x00010010);
    assert.equal(classidToNumber('abcd:1234'), 0xabcd1234);
    assert.equal(classidFromNumber(0x00010010), '1:10');
    assert.equal(classidFromNumber(0), '');
    for (const wrong of ['x', '1:1:1', '12345:1']) assert.throws(() => classidToNumber(wrong), { field: 'classid' });
  });

  it('names that lead elsewhere are refused', async function () {
    const cgroups = await opened('unified');
    if (typeof cgroups === 'string') skipBecause(this, cgroups);
    for (const wrong of ['', '../x', 'a/../../b', 'a\0b'])
      assert.throws(() => cgroups.group(wrong), { field: 'group' });
    assert.equal(cgroups.group('a/b/').name, '/a/b');
    await assert.rejects(Cgroups.find('memory' as never), { field: 'controller' });
  });

  for (const controller of ['net_cls', 'net_prio', 'unified'] as const) {
    it(`${controller}: found or mounted, groups made, filled and deleted`, async function () {
      const cgroups = await opened(controller);
      if (typeof cgroups === 'string') skipBecause(this, cgroups);
      assert.equal((await Cgroups.find(controller))?.path, cgroups.path);
      assert.match(readFileSync('/proc/self/mountinfo', 'utf8'), new RegExp(` ${cgroups.path} `));
      const child = sleeper();
      const group = await cgroups.create(`${name}/inner`);
      try {
        const before = await cgroups.of(child.pid as number);
        await group.add(child.pid as number);
        assert.deepEqual(await group.pids(), [child.pid]);
        assert.ok((await group.threads()).includes(child.pid as number));
        assert.match(readFileSync(`/proc/${child.pid}/cgroup`, 'utf8'), new RegExp(`:/${name}/inner$`, 'm'));
        assert.equal(await cgroups.of(child.pid as number), `/${name}/inner`);
        assert.deepEqual(
          (await cgroups.list(name)).map((one) => one.name),
          [`/${name}/inner`],
        );
        await assert.rejects(cgroups.group(name).delete(), { code: 'EBUSY' });
        if (controller !== 'unified') {
          // Of version 1, threads by themselves.
          await cgroups.group('/').addThreads(child.pid as number);
          assert.equal(await cgroups.of(child.pid as number), '/');
          await group.addThreads(child.pid as number);
        }
        if (controller === 'net_cls') {
          assert.equal(await group.classid(), '');
          await group.setClassid('1:10');
          assert.equal(await group.classid(), '1:10');
          assert.equal(readFileSync(`${group.path}/net_cls.classid`, 'utf8').trim(), String(0x10010));
          await group.setClassid(0);
        }
        if (controller === 'net_prio') {
          await group.setPriority('lo', '1:10');
          assert.equal((await group.priorities()).lo, 0x10010);
        }
        await assert.rejects(group.add(2 ** 22 + 1), { code: 'ESRCH' });
        await group.delete();
        assert.equal(existsSync(group.path), false);
        assert.equal(await cgroups.of(child.pid as number), `/${name}`);
        await cgroups.group(before).add(child.pid as number);
      } finally {
        child.kill('SIGKILL');
        await once(child, 'exit');
        await group.delete();
        await cgroups.group(name).delete();
      }
    });
  }
});

function sleeper(): ChildProcess {
  return spawn('sleep', ['1000'], { stdio: 'ignore' });
}

describe('limitProcesses', () => {
  let sandbox: Sandbox;
  let here: Netns & { name: string };
  let nl: Netlink;
  let children: ChildProcess[];

  beforeEach(async () => {
    sandbox = new Sandbox();
    children = [];
    ({ ns: here, nl } = await sandbox.host('a'));
    await connect();
  });
  afterEach(async () => {
    for (const child of children) {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
    await sandbox[Symbol.asyncDispose]();
  });

  /** Links the namespace to another one. */
  async function connect(): Promise<void> {
    const there = await sandbox.host('b');
    await nl.links.create({ kind: 'veth', name: 'v0', up: true, peer: { name: 'v1', netns: there.ns } });
    await there.nl.links.set('v1', { up: true });
    await nl.addresses.add({ link: 'v0', address: '10.9.0.1/24' });
    await there.nl.addresses.add({ link: 'v1', address: '10.9.0.2/24' });
  }

  /** A process that sends when it is told to. */
  async function sender(): Promise<{ child: ChildProcess; send(port: number): Promise<void> }> {
    const child = here.spawn(process.execPath, [SENDER], { stdio: ['pipe', 'pipe', 'ignore'], env: plainEnv() });
    children.push(child);
    const told = () => once(child.stdout as NodeJS.ReadableStream, 'data');
    await told();
    return {
      child,
      async send(port) {
        const sending = told();
        child.stdin?.write(`10.9.0.2 ${port} 1400\n`);
        await sending;
      },
    };
  }

  for (const method of ['net_cls', 'net_cls-nft', 'cgroup2-nft', 'net_prio'] as LimitMethod[]) {
    it(`two users’ processes get 1 and 5 Mbit/s of one link, by ${method}`, async function () {
      if (method === 'net_prio') {
        if (process.env.NETPLUMB_GUEST === undefined) {
          skipBecause(this, 'it works in the initial network namespace only, which is not to be touched here');
        }
        here = await sandbox.initial();
        nl = await sandbox.open(here);
        await connect();
      }
      const [slow, fast] = [await sender(), await sender()];
      const limits: ProcessLimit[] = [];
      try {
        for (const [user, rate, { child }] of [
          ['slow', '1mbit', slow],
          ['fast', '5mbit', fast],
        ] as const) {
          const group = `np-${process.pid}-${user}`;
          const pids = [child.pid as number];
          // In an emulated guest timers come late.
          limits.push(await nl.limitProcesses({ link: 'v0', group, rate, burst: BURST, pids, method }));
        }
      } catch (error) {
        for (const limit of limits) await limit.undo();
        if ((error as { code?: string }).code !== 'ENOTSUP') throw error;
        skipBecause(this, (error as Error).message);
      }
      const [one, five] = limits as [ProcessLimit, ProcessLimit];
      try {
        assert.deepEqual([one.method, five.method], [method, method]);
        assert.notEqual(one.classid, five.classid);
        assert.match(readFileSync(`/proc/${slow.child.pid}/cgroup`, 'utf8'), new RegExp(`:${one.group.name}$`, 'm'));
        const shown = tc(here, 'class show dev v0');
        assert.match(shown, new RegExp(`htb ${one.classid} .* rate 1Mbit ceil 1Mbit`));
        assert.match(shown, new RegExp(`htb ${five.classid} .* rate 5Mbit ceil 5Mbit`));
        await slow.send(7001);
        await fast.send(7002);
        const places = [one, five].map(({ classid }) => ({ nl, link: 'v0', classid }));
        const [first = 0, second = 0] = await throughput(places, 3, BURST);
        assert.ok(Math.abs(first - 1e6) < 1e5, `slow: ${first} bit/s`);
        assert.ok(Math.abs(second - 5e6) < 5e5, `fast: ${second} bit/s`);
        // Of the speed that the link tells, 10 Gbit/s.
        await one.change({ rate: '1%', ceil: '1.5%' });
        assert.match(tc(here, 'class show dev v0'), new RegExp(`htb ${one.classid} .* rate 100Mbit ceil 150Mbit`));
        await one.change({ rate: '2mbit', ceil: '3mbit' });
        assert.match(tc(here, 'class show dev v0'), new RegExp(`htb ${one.classid} .* rate 2Mbit ceil 3Mbit`));
      } finally {
        await one.undo();
        await five.undo();
      }
      // All of it is taken back.
      assert.equal(existsSync(one.group.path), false);
      assert.doesNotMatch(tc(here, 'qdisc show dev v0'), /htb/);
      assert.equal((await nl.nft.read()).ruleset.tables.length, 0);
    });
  }

  it('the first way that the machine has is taken, and told', async function () {
    const { child } = await sender();
    const group = `np-${process.pid}-any`;
    let limit: ProcessLimit;
    try {
      limit = await nl.limitProcesses({ link: 'v0', group, rate: '1mbit', pids: [child.pid as number] });
    } catch (error) {
      if ((error as { code?: string }).code === 'ENOTSUP') skipBecause(this, (error as Error).message);
      throw error;
    }
    await using limited = limit;
    assert.ok(['net_cls', 'net_cls-nft', 'cgroup2-nft'].includes(limited.method));
    // A second call changes the limit of the same group.
    await using again = await nl.limitProcesses({ link: 'v0', group, rate: '2mbit', pids: [] });
    if (limited.method.startsWith('net_cls')) assert.equal(again.classid, limited.classid);
  });

  it('what cannot be is refused, and nothing is left behind', async () => {
    const spec = { link: 'v0', group: 'np-none', rate: '1mbit', pids: [] };
    await assert.rejects(nl.limitProcesses({ ...spec, rate: 0 }), { field: 'rate' });
    await assert.rejects(nl.limitProcesses({ ...spec, ceil: 1000 }), { field: 'ceil' });
    await assert.rejects(nl.limitProcesses({ ...spec, group: '../x' }), { field: 'group' });
    await assert.rejects(nl.limitProcesses({ ...spec, method: 'magic' as never }), { field: 'method' });
    await assert.rejects(nl.limitProcesses({ ...spec, link: 'nope' }), { code: 'ENODEV' });
    await nl.tc.qdiscs.add({
      link: 'v0',
      kind: 'tbf',
      handle: '5:',
      parent: 'root',
      options: { rate: 1e6, burst: 1e4, limit: 1e4 },
    });
    await assert.rejects(nl.limitProcesses(spec), { field: 'link' });
    await nl.tc.qdiscs.delete({ link: 'v0', parent: 'root' });
    await assert.rejects(nl.limitProcesses({ ...spec, pids: [2 ** 22 + 1] }), (error: Error & { code?: string }) => {
      return error.code === 'ESRCH' || error.code === 'ENOTSUP';
    });
    assert.doesNotMatch(tc(here, 'qdisc show dev v0'), /htb/);
    assert.equal((await nl.nft.read()).ruleset.tables.length, 0);
  });
});

/** The environment without what the addon needs. */
const plainEnv = () => ({ ...process.env, LD_PRELOAD: '' });
