// Nothing is left behind: whatever step of attach() fails, and wherever processes die.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Netlink, Netns, Network } from '../../lib/index.js';
import { ipJson, nft, run, Sandbox } from '../support/sandbox.js';

const CHURN = fileURLToPath(new URL('../support/network/churn.mts', import.meta.url));

describe('network: failures and crashes', () => {
  let sandbox: Sandbox;
  let machine: Netns & { name: string };
  let nl: Netlink;
  let network: Network;

  beforeEach(async () => {
    sandbox = new Sandbox();
    ({ ns: machine, nl } = await sandbox.host('machine'));
    network = await Network.create({ name: 'demo', subnets: ['10.88.0.0/16', 'fd00:88::/64'], netns: machine });
  });
  afterEach(async () => {
    await network.delete().catch(() => {});
    await sandbox[Symbol.asyncDispose]();
  });

  /** Everything that an endpoint consists of, anywhere. */
  const state = () => ({
    links: (ipJson(machine, 'link') as { ifname: string }[]).map(({ ifname }) => ifname).sort(),
    ruleset: nft(machine, 'list', 'ruleset'),
    names: run('ls', '/run/netns')
      .split('\n')
      .filter((name) => name.startsWith('np-demo-')),
  });
  const descriptors = () => readdirSync('/proc/self/fd').length;

  describe('a step that fails takes back all before it', () => {
    const steps: [what: string, prepare: () => Promise<object>, expected: object][] = [
      ['the id is taken', async () => ({ id: 'there' }), { code: 'EEXIST' }],
      ['the port is taken', async () => ({ ports: [{ hostPort: 1, port: 1 }] }), { code: 'EADDRINUSE' }],
      ['the namespace does not exist', async () => ({ netns: { path: '/run/netns/absent' } }), { code: 'ENOENT' }],
      [
        'the name of the namespace is taken by a file',
        async () => {
          writeFileSync('/run/netns/np-test-stale', '');
          return { netns: 'np-test-stale' };
        },
        { code: 'EINVAL' },
      ],
      [
        'the name of the host’s link is taken',
        async () => {
          await nl.links.create({ kind: 'veth', name: 'mine', peer: { name: 'mine1' } });
          return { hostInterface: 'mine' };
        },
        { code: 'EEXIST', operation: 'RTM_NEWLINK' },
      ],
      [
        'the name of the link in the namespace is taken',
        async () => ({ netns: machine.name, interface: 'np-demo', id: 'inside' }),
        { code: 'EEXIST' },
      ],
      [
        'a route cannot be',
        async () => ({ routes: [{ dst: '198.51.100.0/24', gateway: '203.0.113.1' }] }),
        { code: 'ENETUNREACH', operation: 'RTM_NEWROUTE' },
      ],
      ['a parameter is not one', async () => ({ sysctls: { 'net.ipv4.nothing': 1 } }), { code: 'ENOENT' }],
      ['a parameter’s value is not one', async () => ({ sysctls: { 'net.ipv4.ip_forward': 'x' } }), { code: 'EINVAL' }],
    ];
    for (const [what, prepare, expected] of steps) {
      for (const pooled of [false, true]) {
        it(`${what}${pooled ? ', with namespaces made before' : ''}`, async () => {
          await network.attach({ id: 'there', ports: [{ hostPort: 1, port: 1 }] });
          const spec = await prepare();
          if (pooled) await network.prewarm(1);
          const before = { ...state(), descriptors: descriptors() };
          const failing = { id: 'x', ports: [{ hostPort: 2, port: 2 }], ...spec };
          await assert.rejects(network.attach(failing), expected);
          if (pooled) await network.prewarm(1);
          assert.deepEqual({ ...state(), descriptors: descriptors() }, before);
          await network.attach({ id: 'x', ports: [{ hostPort: 2, port: 2 }] });
          rmSync('/run/netns/np-test-stale', { force: true });
        });
      }
    }

    it('and where taking back fails as well, both errors are told', async () => {
      const name = `${machine.name}-x`;
      await nl.links.create({ kind: 'veth', name: 'mine', peer: { name: 'mine1' } });
      const { delete: remove } = Netns;
      Netns.delete = () => Promise.reject(new Error('not today'));
      try {
        const failing = network.attach({ id: 'x', hostInterface: 'mine', netns: name });
        await assert.rejects(failing, (error: AggregateError) => {
          assert.ok(error instanceof AggregateError);
          assert.equal(error.errors[0].code, 'EEXIST');
          assert.equal(error.cause, error.errors[0]);
          assert.equal(error.errors[1].message, 'not today');
          return true;
        });
      } finally {
        Netns.delete = remove;
      }
      // All else has been taken back.
      assert.deepEqual(await network.endpoints(), []);
      await Netns.delete(name);
    });
  });

  it('an endpoint whose namespace has died is garbage; what lives is not', async () => {
    await network.attach({ id: 'stays' });
    const child = spawn('unshare', ['--net', 'sleep', '60'], { stdio: 'ignore' });
    const own = (await Netns.current()).inode;
    for (;;) {
      const there = await Netns.open({ pid: child.pid as number }).catch(() => undefined);
      const inode = there?.inode;
      await there?.close();
      if (inode !== undefined && inode !== own) break;
    }
    const dying = await network.attach({
      id: 'dies',
      netns: { pid: child.pid as number },
      ports: [{ hostPort: 1, port: 1 }],
    });
    assert.deepEqual(await network.gc(), { endpoints: [] });
    child.kill('SIGKILL');
    await once(child, 'exit');
    // The kernel takes links away a while after their namespace.
    while ((await nl.links.list({ kind: 'veth' })).some(({ name }) => name === dying.hostInterface));
    assert.deepEqual(await network.gc(), { endpoints: ['dies'] });
    assert.deepEqual(await network.gc(['stays', 'other']), { endpoints: [] });
    assert.deepEqual(
      (await network.endpoints()).map(({ id }) => id),
      ['stays'],
    );
    assert.deepEqual(await network.gc([]), { endpoints: ['stays'] });
    assert.deepEqual(await network.endpoints(), []);
  });

  it('four processes attach and detach at random and are killed: gc() finds all they left', async function () {
    this.timeout(60_000 * Number(process.env.NETPLUMB_SLOW ?? 1));
    await network.attach({ id: 'stays', ports: [{ hostPort: 10_000, port: 80 }] });
    const before = state();
    const start = (operations: number): ChildProcess =>
      machine.spawn(process.execPath, ['--import', 'tsx', CHURN, 'demo', '12', String(operations)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
    const ready = (child: ChildProcess) => once(child.stdout as NodeJS.ReadableStream, 'data');
    // Some are killed at any moment, at last all.
    const killed = Array.from({ length: 4 }, () => start(100_000));
    await Promise.all(killed.map(ready));
    for (const child of killed) {
      await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 400));
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    // Others live through it, with what the dead left.
    const living = [start(60), start(60)];
    await Promise.all(living.map(ready));
    await network.gc();
    for (const [code] of await Promise.all(living.map((child) => once(child, 'exit')))) assert.equal(code, 0);
    await network.gc();
    // What is left is whole, and reaches its gateway's link.
    const endpoints = await network.endpoints();
    const links = new Map((await nl.links.list({ kind: 'veth' })).map((link) => [link.name, link]));
    assert.equal(new Set(endpoints.flatMap(({ addresses }) => addresses)).size, endpoints.length * 2);
    for (const endpoint of endpoints) assert.equal(links.get(endpoint.hostInterface)?.operState, 'up', endpoint.id);
    assert.equal(links.size, endpoints.length);
    await network.gc(['stays']);
    assert.deepEqual(state(), before);
  });
});
