// Traffic control with real traffic between two namespaces: which class, which way, how fast.
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Netlink, Netns } from '../../lib/index.js';
import { Sandbox } from '../support/sandbox.js';

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

  it('what comes in is redirected to an ifb, whose classes shape it', async () => {
    const { qdiscs, classes, filters } = nl.tc;
    await nl.links.create({ kind: 'ifb', name: 'ifb0', up: true });
    await qdiscs.add({ link: 'ifb0', kind: 'htb', handle: '1:', parent: 'root', options: { default: 0x10 } });
    await classes.add({ link: 'ifb0', kind: 'htb', parent: '1:', classid: '1:10', options: { rate: '2mbit' } });
    await qdiscs.add({ link: 'v0', kind: 'clsact' });
    await filters.add({
      link: 'v0',
      parent: 'ingress',
      kind: 'u32',
      protocol: 'all',
      prio: 1,
      options: { actions: [{ kind: 'mirred', options: { action: 'redirect', direction: 'egress', link: 'ifb0' } }] },
    });
    const child = start(b, 'sender.mjs');
    const told = () => once(child.stdout as NodeJS.ReadableStream, 'data');
    await told();
    const sending = told();
    child.stdin?.write('10.9.0.1 7000 1400\n');
    await sending;
    const sent = async () => (await counters('ifb0', '1:10')).bytes;
    const first = await sent();
    while ((await sent()) < first + 20_000) await new Promise((resolve) => setTimeout(resolve, 20));
    const before = await sent();
    const begun = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const rate = ((((await sent()) - before) * 8) / (performance.now() - begun)) * 1000;
    assert.ok(Math.abs(rate - 2e6) < 2e5, `${rate} bit/s`);
    // The action counts what it has redirected; more came than went on.
    const [, { options }] = (await nl.tc.filters.list({ link: 'v0', parent: 'ingress', stats: true })) as never as [
      unknown,
      { options: { actions: { stats: { bytes: bigint } }[] } },
    ];
    const redirected = Number(options.actions[0]?.stats.bytes);
    assert.ok(redirected > (await sent()), `${redirected}`);
  });
});
