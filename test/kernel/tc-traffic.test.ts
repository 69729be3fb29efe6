// Traffic control with real traffic between two namespaces: which class, which way, how fast.
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Netlink, Netns } from '../../lib/index.js';
import { Sandbox } from '../support/sandbox.js';
import { skipBecause } from '../support/skip.js';
import { lackOf } from '../support/tc.js';
import { throughput } from '../support/throughput.js';

const support = (name: string) => fileURLToPath(new URL(`../support/${name}`, import.meta.url));

describe('tc: traffic', () => {
  let sandbox: Sandbox;
  let a: Netns & { name: string };
  let b: Netns & { name: string };
  let nl: Netlink;
  let children: ChildProcess[];

  beforeEach(async () => {
    sandbox = new Sandbox();
    children = [];
    ({ ns: a, nl } = await sandbox.host('a'));
    const other = await sandbox.host('b');
    b = other.ns;
    await nl.links.create({ kind: 'veth', name: 'v0', up: true, peer: { name: 'v1', netns: b } });
    await other.nl.links.set('v1', { up: true });
    for (const address of ['10.9.0.1/24', '10.9.0.11/24']) await nl.addresses.add({ link: 'v0', address });
    await other.nl.addresses.add({ link: 'v1', address: '10.9.0.2/24' });
  });
  afterEach(async () => {
    for (const child of children) {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
    await sandbox[Symbol.asyncDispose]();
  });

  const start = (ns: Netns, script: string, ...args: string[]) => {
    const env = { ...process.env, LD_PRELOAD: '' };
    const child = ns.spawn(process.execPath, [support(script), ...args], { stdio: ['pipe', 'pipe', 'inherit'], env });
    children.push(child);
    return child;
  };

  const counters = async (link: string, classid: string) => {
    const { stats } = await nl.tc.classes.get({ link, classid }, { stats: true });
    return { packets: Number(stats?.packets), bytes: Number(stats?.bytes) };
  };

  it('one address’s packets to port 80 take one class, its others another, the rest the default', async () => {
    const { qdiscs, classes, filters } = nl.tc;
    await qdiscs.add({ link: 'v0', kind: 'htb', handle: '1:', parent: 'root', options: { default: 0x30 } });
    for (const classid of ['1:10', '1:20', '1:30']) {
      await classes.add({ link: 'v0', kind: 'htb', parent: '1:', classid, options: { rate: '10mbit' } });
    }
    const at = { link: 'v0', parent: '1:', kind: 'u32', protocol: 'ip' } as const;
    const source = { field: 'ip.src', value: '10.9.0.11' };
    await filters.add({
      ...at,
      prio: 1,
      options: { classid: '1:10', match: [source, { field: 'ip.dport', value: 80 }] },
    });
    await filters.add({ ...at, prio: 2, options: { classid: '1:20', match: [source] } });
    const sends = [
      ['10.9.0.11', '10.9.0.2', 80, 11, 100],
      ['10.9.0.11', '10.9.0.2', 81, 22, 100],
      ['10.9.0.1', '10.9.0.2', 80, 33, 100],
    ];
    const [code] = await once(start(a, 'sends.mjs', JSON.stringify(sends)), 'exit');
    assert.equal(code, 0);
    const frame = 14 + 20 + 8 + 100;
    assert.deepEqual(await counters('v0', '1:10'), { packets: 11, bytes: 11 * frame });
    assert.deepEqual(await counters('v0', '1:20'), { packets: 22, bytes: 22 * frame });
    // ARP and what IPv6 says by itself take the default, too.
    const rest = await counters('v0', '1:30');
    assert.ok(rest.packets >= 33 && rest.bytes >= 33 * frame, JSON.stringify(rest));
    assert.ok(rest.packets < 33 + 22, JSON.stringify(rest));
  });

  it('what comes in is redirected to an ifb, whose classes shape it', async function () {
    const { qdiscs, classes, filters } = nl.tc;
    // What a busy machine's timers are late for is made up for.
    const burst = 262_144;
    await nl.links.create({ kind: 'ifb', name: 'ifb0', up: true });
    await qdiscs.add({ link: 'ifb0', kind: 'htb', handle: '1:', parent: 'root', options: { default: 0x10 } });
    await classes.add({ link: 'ifb0', kind: 'htb', parent: '1:', classid: '1:10', options: { rate: '2mbit', burst } });
    await qdiscs.add({ link: 'v0', kind: 'clsact' });
    await filters.add({
      link: 'v0',
      parent: 'ingress',
      kind: 'u32',
      protocol: 'all',
      prio: 1,
      options: { actions: [{ kind: 'mirred', options: { action: 'redirect', direction: 'egress', link: 'ifb0' } }] },
    });
    // More comes than may go on, but not as much as the machine can make.
    const other = await sandbox.open(b);
    await other.tc.qdiscs.add({ link: 'v1', kind: 'htb', handle: '1:', parent: 'root', options: { default: 0x10 } });
    const options = { rate: '6mbit', burst };
    await other.tc.classes.add({ link: 'v1', kind: 'htb', parent: '1:', classid: '1:10', options });
    const child = start(b, 'sender.mjs');
    const told = () => once(child.stdout as NodeJS.ReadableStream, 'data');
    await told();
    const sending = told();
    child.stdin?.write('10.9.0.1 7000 1400\n');
    await sending;
    const [rate = 0] = await throughput([{ nl, link: 'ifb0', classid: '1:10' }], 2, burst);
    // The action counts what it has redirected; more came than went on.
    const [, filter] = (await nl.tc.filters.list({ link: 'v0', parent: 'ingress', stats: true })) as never as [
      unknown,
      { options: { actions: { stats: { bytes: bigint } }[] } },
    ];
    const redirected = Number(filter.options.actions[0]?.stats.bytes);
    assert.ok(redirected > (await counters('ifb0', '1:10')).bytes, `${redirected}`);
    if (process.env.NETPLUMB_SLOW) skipBecause(this, 'timers of an emulated machine are too late for the rate');
    assert.ok(Math.abs(rate - 2e6) < 2e5, `${rate} bit/s`);
  });

  /** A delay or loss on what goes out, and a counter of UDP packets to port 9999 at the other end. */
  async function emulated(context: Mocha.Context, options: object): Promise<() => Promise<number>> {
    try {
      await nl.tc.qdiscs.add({ link: 'v0', kind: 'netem', handle: '1:', parent: 'root', options });
    } catch (error) {
      if ((error as { code?: string }).code !== 'ENOENT') throw error;
      skipBecause(context, 'the kernel has no netem');
    }
    const lack = await lackOf(nl, 'action gact');
    if (lack !== undefined) skipBecause(context, lack);
    const other = await sandbox.open(b);
    const { address } = await other.links.get('v1');
    await nl.neighbours.replace({ link: 'v0', dst: '10.9.0.2', lladdr: address as string });
    await other.tc.qdiscs.add({ link: 'v1', kind: 'clsact' });
    const at = { link: 'v1', parent: 'ingress', kind: 'u32', protocol: 'ip', prio: 1 } as const;
    const match = [{ field: 'ip.dport', value: 9999 }];
    await other.tc.filters.add({ ...at, options: { match, actions: [{ kind: 'gact', control: 'ok', index: 1 }] } });
    return async () => (await other.tc.actions.get({ kind: 'gact', index: 1 }, { stats: true })).stats?.packets ?? 0;
  }

  it('netem holds packets back for as long as it is told', async function () {
    const delay = 2000;
    const arrived = await emulated(this, { delay });
    const begun = performance.now();
    const child = start(a, 'sends.mjs', JSON.stringify([['10.9.0.1', '10.9.0.2', 9999, 1, 100]]));
    const sent = once(child, 'exit').then(() => performance.now());
    while ((await arrived()) === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    const now = performance.now();
    assert.ok(now - begun >= delay, `${now - begun} ms after the start`);
    // It was sent before the program ended.
    assert.ok(now - (await sent) <= delay * 1.5, `${now - (await sent)} ms after it was sent`);
  });

  it('netem loses as many packets as it is told, and counts them', async function () {
    const count = 1000;
    const arrived = await emulated(this, { loss: 0.3, limit: 5000 });
    await once(start(a, 'sends.mjs', JSON.stringify([['10.9.0.1', '10.9.0.2', 9999, count, 100]])), 'exit');
    const got = await arrived();
    // Five times the standard deviation of 14.5.
    assert.ok(Math.abs(got - count * 0.7) < 73, `${got} of ${count} arrived`);
    const { stats } = await nl.tc.qdiscs.get({ link: 'v0', handle: '1:' }, { stats: true });
    // What IPv6 says by itself may be among the lost.
    assert.ok(Number(stats?.drops) >= count - got && Number(stats?.drops) <= count - got + 20, `${stats?.drops} lost`);
  });
});
