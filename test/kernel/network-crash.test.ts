// Nothing is left behind: whatever step of attach() fails, and wherever processes die.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Netlink, Netns, Network } from '../../lib/index.js';
import { Machine } from '../support/machine.js';
import { ip, ipJson, nft, run, Sandbox } from '../support/sandbox.js';
import { skipBecause } from '../support/skip.js';

const CHURN = fileURLToPath(new URL('../support/network/churn.mjs', import.meta.url));

/** How many attaches and detaches there are: with sanitizers less, and on a slow machine, as it takes its time. */
const OPERATIONS = process.env.NETPLUMB_SLOW ? 100 : process.env.LD_PRELOAD?.includes('asan') ? 300 : 1000;

/** After how many of them a process is killed, on average. */
const LIFE = OPERATIONS / 12;

/** Sends datagrams to all ports that may be published, from ports that stay the same. */
const SENDER = `
  const sockets = Array.from({ length: 4 }, () => require('dgram').createSocket('udp4').on('error', () => {}));
  for (const socket of sockets) socket.bind();
  const timer = setInterval(() => {
    for (const socket of sockets) for (let i = 0; i < 40; i++) socket.send('?', 20000 + i, '192.0.2.1');
  }, 20);
  process.stdin.on('end', () => process.exit()).resume();`;

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

  it('what processes of other PID namespaces left is found from where they can be seen', async function () {
    const first = 'pid:[4026531836]';
    if (readlinkSync('/proc/self/ns/pid') !== first) skipBecause(this, 'not in the first PID namespace');
    const { hostInterface: key } = await network.attach({ id: 'held' });
    const child = spawn('unshare', ['--pid', '--fork', 'sh', '-c', 'echo ready; read line'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    const inner = readlinkSync(`/proc/${child.pid}/ns/pid_for_children`).replace(/\D/g, '');
    const by = `1.0.${Number(inner).toString(36)}`;
    nft(machine, 'add', 'element', 'inet', 'netplumb', 'busy', `{ "${key}" comment "by=${by}" }`);
    assert.deepEqual(await network.gc([]), { endpoints: [] });
    child.stdin.end();
    await once(child, 'exit');
    assert.deepEqual(await network.gc(), { endpoints: ['held'] });
  });

  it('four processes attach and detach 1,000 times, and are killed again and again: gc() finds all they left', async function () {
    this.timeout(60_000 * Number(process.env.NETPLUMB_SLOW ?? 1));
    await using world = await Machine.create();
    const { netns } = world;
    const networks = [
      await world.network({ name: 'near', subnets: ['10.90.0.0/24', 'fd00:90::/64'] }),
      await world.network({ name: 'far', subnets: ['10.91.0.0/24'], mode: 'routed' }),
    ] as const;
    for (const [i, one] of networks.entries()) {
      await one.attach({ id: 'stays', ports: [{ hostPort: 10_000 + i, port: 80 }] });
    }
    const all = () => ({
      links: (ipJson(netns, 'link') as { ifname: string }[]).map(({ ifname }) => ifname).sort(),
      routes:
        ip(netns, 'route show table all') +
        ip(netns, '-6 route show table all') +
        ip(netns, 'neigh show nud permanent'),
      ruleset: nft(netns, 'list', 'ruleset').split('\n').sort(),
      files: readdirSync('/run/netns').sort(),
      mounts: readFileSync('/proc/self/mountinfo', 'utf8')
        .split('\n')
        .filter((line) => line.includes(' - nsfs ')).length,
      // What was led to an endpoint, or came from one.
      flows: run('ip', 'netns', 'exec', netns.name, 'conntrack', '-L')
        .split('\n')
        .filter((line) => /^(tcp|udp) .*src=10\.9[01]\./.test(line)),
      descriptors: descriptors(),
    });
    const before = all();
    // Somebody outside sends to all ports all the time.
    const sender = world.outside.spawn(process.execPath, ['-e', SENDER], { stdio: ['pipe', 'ignore', 'inherit'] });

    let left = OPERATIONS;
    let kills = 0;
    const living = new Set<ChildProcess>();
    const isDone = new Promise<void>((resolve, reject) => {
      const start = () => {
        const child = netns.spawn(process.execPath, [CHURN, 'near', 'far'], { stdio: ['pipe', 'pipe', 'inherit'] });
        living.add(child);
        child.stdout?.on('data', (dots: Buffer) => {
          left -= dots.length;
          if (left <= 0) return resolve();
          if (child.killed || Math.random() > dots.length / LIFE) return;
          kills++;
          child.kill('SIGKILL');
        });
        child.on('exit', (code, signal) => {
          living.delete(child);
          if (signal !== 'SIGKILL') reject(new Error(`a process ended by itself: ${code ?? signal}`));
          else if (left > 0) start();
        });
      };
      for (let i = 0; i < 4; i++) start();
    });
    // Meanwhile somebody collects what the dead left, and nothing else.
    let isOver = false;
    const collecting = (async () => {
      while (!isOver) {
        for (const one of networks) await one.gc();
        await delay(100);
      }
    })();
    await isDone;
    isOver = true;
    await collecting;
    // Of the last ones two are killed, two may end.
    const exits = [...living].map(async (child, i) => {
      child.removeAllListeners('exit');
      const exit = once(child, 'exit');
      if (i < 2) child.kill('SIGKILL');
      else child.stdin?.end();
      const [code, signal] = await exit;
      if (i >= 2 && !child.killed) assert.deepEqual([code, signal], [0, null]);
    });
    await Promise.all(exits);
    sender.stdin?.end();
    await once(sender, 'exit');

    for (const one of networks) {
      await one.gc();
      // What is left is whole.
      const endpoints = await one.endpoints();
      const addresses = endpoints.flatMap((endpoint) => endpoint.addresses);
      assert.equal(new Set(addresses).size, addresses.length);
      // The kernel notices a carrier in its own time.
      for (const { hostInterface } of endpoints) {
        while ((await world.nl.links.get(hostInterface)).operState !== 'up');
      }
    }
    for (const one of networks) await one.gc(['stays']);
    const after = all();
    assert.deepEqual({ ...after, descriptors: 0 }, { ...before, descriptors: 0 });
    // Of what went before the last descriptors may have been closed meanwhile.
    assert.ok(after.descriptors <= before.descriptors, `${before.descriptors} → ${after.descriptors} descriptors`);
    assert.ok(kills >= OPERATIONS / LIFE / 4, `${kills} were killed`);
  });
});
