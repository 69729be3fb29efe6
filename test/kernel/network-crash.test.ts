// Nothing is left behind: whatever step of attach() fails, and whoever dies.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readlinkSync, rmdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Netlink, Netns, Network, PortProxy } from '../../lib/index.js';
import { Flows } from '../../lib/network/flows.js';
import { endpointKey } from '../../lib/network/records.js';
import { Filters } from '../../lib/tc/filters.js';
import { dead, living, markAs } from '../support/marks.js';
import { ip, ipJson, nft, run, Sandbox } from '../support/sandbox.js';
import { skipBecause } from '../support/skip.js';

/** How often a network is deleted while others use it. */
const TRIES = process.env.NETPLUMB_SLOW ? 2 : 6;

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
    links: (ipJson(machine, 'link') as { ifname: string; master?: string }[])
      // Links that are ready, for no endpoint yet, have names of chance.
      .map(({ ifname, master }) => (ifname.startsWith('veth') && !master ? 'ready' : ifname))
      .sort(),
    ruleset: nft(machine, 'list', 'ruleset'),
    names: run('ls', '/run/netns')
      .split('\n')
      .filter((name) => name.startsWith('np-demo-')),
  });
  const linesOf = (ruleset: string) => ruleset.split('\n').sort();
  const sortedState = () => ({ ...state(), ruleset: linesOf(state().ruleset) });
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
          // One that is new might be that of a namespace that is being made.
          utimesSync('/run/netns/np-test-stale', 0, 0);
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
      [
        'a process has the port',
        async () => ({ ports: [{ hostPort: await listen(), port: 1 }] }),
        { code: 'EADDRINUSE', holder: `node (process ${process.pid})` },
      ],
      [
        'a process has one of the ports that are to be held',
        async () => ({ ports: [{ hostPort: (await listen()) - 2, port: 1, count: 3, reserve: true }] }),
        { code: 'EADDRINUSE', holder: `node (process ${process.pid})` },
      ],
      [
        'a process has a port beside those that are held',
        async () => ({
          ports: [
            { hostPort: 3, port: 1, count: 3, reserve: true },
            { hostPort: await listen(), port: 1 },
          ],
        }),
        { code: 'EADDRINUSE' },
      ],
      [
        'the name of the host’s link is taken, when ports are held',
        async () => {
          await nl.links.create({ kind: 'veth', name: 'mine', peer: { name: 'mine1' } });
          return { hostInterface: 'mine', ports: [{ hostPort: 3, port: 1, count: 3, reserve: true }] };
        },
        { code: 'EEXIST', operation: 'RTM_NEWLINK' },
      ],
      [
        'the name of the link that holds back is taken',
        async () => {
          await nl.links.create({ kind: 'veth', name: `ifb${KEY.slice(4)}`, peer: { name: 'mine1' } });
          return { bandwidth: { ingress: '10mbit', egress: '10mbit' } };
        },
        { code: 'EEXIST', operation: 'RTM_NEWLINK' },
      ],
      [
        'a filter cannot be',
        async () => {
          const { add } = Filters.prototype;
          Filters.prototype.add = () => {
            Filters.prototype.add = add;
            return Promise.reject(new Error('not today'));
          };
          return { bandwidth: { ingress: '10mbit', egress: '10mbit' } };
        },
        { message: 'not today' },
      ],
      [
        'flows cannot be forgotten',
        async () => {
          const forget = Flows.prototype.forget;
          Flows.prototype.forget = () => {
            Flows.prototype.forget = forget;
            return Promise.reject(new Error('not today'));
          };
          return { ports: [{ hostPort: 3, port: 1, protocol: 'udp' }] };
        },
        { message: 'not today' },
      ],
      [
        'a process has one of the ports that are to be carried',
        async () => ({
          bandwidth: { egress: '10mbit' },
          ports: [
            { hostPort: 3, port: 1, protocol: 'udp' },
            { hostPort: (await listen()) - 2, port: 1, count: 3, proxy: true },
          ],
        }),
        { code: 'EADDRINUSE' },
      ],
      [
        'the mark has gone in between',
        async () => {
          const { on } = PortProxy;
          PortProxy.on = (...args) => {
            PortProxy.on = on;
            nft(machine, 'delete', 'element', 'inet', 'netplumb', 'busy', `{ "${KEY}" }`);
            return on(...args);
          };
          return {
            bandwidth: { egress: '10mbit' },
            ports: [
              { hostPort: 3, port: 1, proxy: true },
              { hostPort: 4, port: 1, reserve: true },
            ],
          };
        },
        { code: 'ENOENT' },
      ],
    ];
    /** What the link of the endpoint that fails is called, unless otherwise asked for. */
    const KEY = endpointKey('demo', 'x');
    let server: Server | undefined;
    /** Has this process listen on a port of the machine. */
    const listen = async () => {
      server = createServer();
      machine.enter(() => server?.listen(0));
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    };
    afterEach(() => {
      server?.close();
      server = undefined;
    });
    const ways: [string, object][] = [
      ['', {}],
      [', with namespaces made before', {}],
      [', in a nameless namespace', { netns: { anonymous: true } }],
    ];
    for (const [what, prepare, expected] of steps) {
      for (const [way, fields] of ways) {
        const pooled = way.includes('before');
        it(`${what}${way}`, async () => {
          await network.attach({ id: 'there', ports: [{ hostPort: 1, port: 1 }] });
          const spec = await prepare();
          if (pooled) await network.prewarm(1);
          const before = state();
          const open = descriptors();
          const failing = { id: 'x', ports: [{ hostPort: 2, port: 2 }], ...fields, ...spec };
          await assert.rejects(network.attach(failing), expected);
          if (pooled) await network.prewarm(1);
          assert.deepEqual(state(), before);
          assert.ok(descriptors() <= open, `${open} → ${descriptors()} descriptors`);
          await network.attach({ id: 'x', ports: [{ hostPort: 2, port: 2, count: 3 }] });
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

  it('an attach finds what somebody left who died over the same endpoint, and removes it first', async () => {
    const { hostInterface: key, addresses } = await network.attach({ id: 'left', ports: [{ hostPort: 1, port: 1 }] });
    markAs(machine, key, dead());
    const endpoint = await network.attach({ id: 'left', ports: [{ hostPort: 2, port: 2 }] });
    assert.notDeepEqual(endpoint.addresses, addresses);
    assert.deepEqual(
      (await network.endpoints()).map(({ ports }) => ports),
      [endpoint.ports],
    );
    assert.doesNotMatch(nft(machine, 'list', 'set', 'inet', 'netplumb', 'busy'), /comment/);
  });

  it('links that somebody who died had moved to the group of those that go are found', async () => {
    const { ns } = await sandbox.host('theirs');
    const before = state();
    const bandwidth = { egress: '10mbit' };
    const endpoints = [
      await network.attach({ id: 'made', bandwidth }),
      await network.attach({ id: 'named', netns: ns.name, bandwidth }),
      await network.attach({ id: 'asked', hostInterface: 'mine', bandwidth }),
    ];
    const names = endpoints.flatMap(({ id, hostInterface }) => {
      const key = endpointKey('demo', id);
      markAs(machine, key, dead());
      return [hostInterface, `ifb${key.slice(4)}`];
    });
    // Those of others are none of its own, whatever they are called.
    for (const name of ['foreign', 'strange']) await nl.links.create({ kind: 'ifb', name, group: 2 ** 30 + 1 });
    for (const name of names) ip(machine, `link set ${name} group ${2 ** 30 + 1}`);
    assert.deepEqual((await network.gc()).endpoints.sort(), ['asked', 'made', 'named']);
    const links = [...before.links, 'foreign', 'strange'].sort();
    assert.deepEqual(state(), { ...before, links });
  });

  it('one that moves to go as an endpoint of another network is not taken for one of the same name', async () => {
    const other = await Network.create({ name: 'other', subnets: ['10.89.0.0/16'], netns: machine });
    await network.attach({ id: 'dead', hostInterface: 'mine' });
    ip(machine, 'link delete mine');
    markAs(machine, endpointKey('demo', 'dead'), dead());
    await other.attach({ id: 'lives', hostInterface: 'mine' });
    ip(machine, `link set mine group ${2 ** 30 + 1}`);
    assert.deepEqual((await network.gc()).endpoints, ['dead']);
    assert.equal((await nl.links.get('mine')).operState, 'up');
    await other.delete();
  });

  it('who detaches removes what there is now, not what it attached itself', async () => {
    const before = state();
    const spec = (port: number) => ({ id: 'x', addresses: ['10.88.0.7'], ports: [{ hostPort: port, port }] });
    await network.attach(spec(1));
    await using other = await Network.open('demo', { netns: machine });
    await other.detach('x');
    await other.attach(spec(2));
    await network.detach('x');
    assert.deepEqual(state(), before);
  });

  describe('deletion', () => {
    /** As who deletes the network does it first. */
    const closeDoor = () => {
      const [door] = nft(machine, 'list', 'ruleset').match(/open-demo-\w+/) ?? [];
      nft(machine, 'delete', 'set', 'inet', 'netplumb', String(door));
    };

    const RIVAL = fileURLToPath(new URL('../support/network/rival.mjs', import.meta.url));

    const FOUNDER = fileURLToPath(new URL('../support/network/founder.mjs', import.meta.url));

    /** All that there is in the machine but its loopback link. */
    const everything = () => ({ ...state(), addresses: ip(machine, '-br addr show dev lo') });

    for (const mode of ['bridge', 'routed'] as const) {
      it(`leaves nothing of a network in mode ${mode}, whatever others attach and open meanwhile`, async function () {
        this.timeout(60_000 * Number(process.env.NETPLUMB_SLOW ?? 1));
        await network.delete();
        await nl.links.set('lo', { up: true });
        const before = everything();
        const open = descriptors();
        const rivals = ['a', 'b'].map((prefix) =>
          machine.spawn(process.execPath, [RIVAL, 'demo', prefix], { stdio: ['pipe', 'pipe', 'inherit'] }),
        );
        let theirs = 0;
        try {
          for (const { stdout } of rivals) {
            await once(stdout as NodeJS.ReadableStream, 'data');
            stdout?.on('data', (dots: Buffer) => {
              theirs += dots.length;
            });
          }
          let own = 0;
          // On a slow machine it may be deleted before anybody has attached anything.
          for (let i = 0; i < TRIES || own === 0 || theirs === 0; i++) {
            network = await Network.create({ name: 'demo', subnets: ['10.88.0.0/16'], mode, netns: machine });
            const others = await Promise.all([1, 2].map(() => Network.open('demo', { netns: machine })));
            let isOver = false;
            const gone = (error: { code?: string }) => {
              assert.ok(['ENOENT', 'EEXIST'].includes(error.code ?? ''), `${error}`);
            };
            const attaching = others.map(async (one, k) => {
              for (let n = 0; !isOver; n++) {
                await one.attach({ id: `own${k}-${n}` }).then(() => own++, gone);
                const again = await Network.open('demo', { netns: machine }).catch(gone);
                await again?.close();
              }
            });
            await setTimeout(i % 20);
            await network.delete();
            assert.deepEqual(everything(), before, `try ${i}`);
            isOver = true;
            await Promise.all(attaching);
            await Promise.all(others.map((one) => one.close()));
            assert.deepEqual(everything(), before, `try ${i}, a while later`);
          }
        } finally {
          for (const { stdin } of rivals) stdin?.end();
          const ends = await Promise.all(rivals.map((rival) => rival.exitCode ?? once(rival, 'exit')));
          assert.deepEqual(ends.flat(), [0, null, 0, null]);
        }
        for (let i = 0; i < 100 && descriptors() > open; i++) await setTimeout(10);
        assert.ok(descriptors() <= open, `${open} → ${descriptors()} descriptors`);
      });
    }

    it('and making, wherever a process is killed over them, leave what the next one opens or makes, and deletes', async function () {
      this.timeout(60_000 * Number(process.env.NETPLUMB_SLOW ?? 1));
      await network.delete();
      await nl.links.set('lo', { up: true });
      const before = everything();
      for (let i = 0; i < TRIES / 2; i++) {
        const mode = i % 2 ? 'bridge' : 'routed';
        const founder = machine.spawn(process.execPath, [FOUNDER, mode], { stdio: ['ignore', 'pipe', 'inherit'] });
        await once(founder.stdout as NodeJS.ReadableStream, 'data');
        await setTimeout(Math.random() * 150);
        founder.kill('SIGKILL');
        await once(founder, 'exit');
        const options = { netns: machine };
        network = await Network.open('demo', options).catch((error) => {
          assert.equal(error.code, 'ENOENT');
          return Network.create({ name: 'demo', subnets: ['10.88.0.0/16', 'fd00:88::/64'], mode, ...options });
        });
        await network.attach({ id: 'c' });
        await network.delete();
        assert.deepEqual(everything(), before, `try ${i}`);
      }
    });

    it('is done once it has been done, by whomever', async () => {
      const other = await Network.open('demo', { netns: machine });
      const third = await Network.open('demo', { netns: machine });
      await network.attach({ id: 'web' });
      await Promise.all([network.delete(), network.delete(), other.delete()]);
      assert.equal(nft(machine, 'list', 'ruleset'), '');
      await network.delete();
      await third.delete();
      for (const one of [network, other, third]) {
        await assert.rejects(one.attach({ id: 'web' }), { code: 'ERR_NETWORK_CLOSED' });
        await assert.rejects(one.reconcile(), { code: 'ERR_NETWORK_CLOSED' });
      }
      network = await Network.create({ name: 'demo', subnets: ['10.88.0.0/16'], netns: machine });
      const closed = await Network.open('demo', { netns: machine });
      await closed.close();
      await assert.rejects(closed.delete(), { code: 'ERR_NETWORK_CLOSED' });
      assert.equal((await Network.list({ netns: machine })).length, 1);
    });

    it('that a process began and did not live to finish leaves a network that can be opened, and deleted', async () => {
      const before = state();
      await network.attach({ id: 'web' });
      await using other = await Network.open('demo', { netns: machine });
      const key = `np${(await nl.links.get('np-demo')).group}`;
      closeDoor();
      markAs(machine, key, dead());
      await assert.rejects(other.attach({ id: 'late' }), { code: 'ENOENT' });
      await nl.links.delete('np-demo');
      await using opened = await Network.open('demo', { netns: machine });
      await opened.attach({ id: 'late' });
      await opened.detachMany(['web', 'late']);
      assert.deepEqual(sortedState(), { ...before, ruleset: linesOf(before.ruleset) });
      closeDoor();
      markAs(machine, key, dead());
      await other.delete();
      assert.equal(nft(machine, 'list', 'ruleset'), '');
      // Some kernels have links of their own in each namespace.
      const others = before.links.filter((name) => name !== 'np-demo');
      assert.deepEqual(state().links, others);
    });

    it('and what else was begun with a network as a whole, is completed by gc()', async () => {
      await network.attach({ id: 'web' });
      const before = sortedState();
      const key = `np${(await nl.links.get('np-demo')).group}`;
      // Somebody died over reconcile().
      markAs(machine, key, dead());
      assert.deepEqual(await network.gc(), { endpoints: [] });
      assert.deepEqual(sortedState(), before);
      closeDoor();
      markAs(machine, key, dead());
      assert.deepEqual(await network.gc(), { endpoints: [] });
      assert.deepEqual(sortedState(), before);
      await network.detach('web');
    });

    it('by a living process is waited for by who opens the network, and not hindered by reconcile() nor watch()', async () => {
      const child = spawn('sleep', ['60'], { stdio: 'ignore' });
      await once(child, 'spawn');
      let put = 0;
      const watching = network.watch({ onReconcile: () => put++, onError: (error) => assert.fail(`${error}`) });
      const { group } = await nl.links.get('np-demo');
      markAs(machine, `np${group}`, living(child.pid));
      closeDoor();
      await assert.rejects(network.reconcile(), { code: 'ENOENT' });
      let isDone = false;
      const opening = Network.open('demo', { netns: machine }).finally(() => {
        isDone = true;
      });
      opening.catch(() => {});
      await setTimeout(50);
      assert.equal(isDone, false);
      await nl.links.delete('np-demo');
      nft(machine, 'delete', 'table', 'inet', 'netplumb');
      await assert.rejects(opening, { code: 'ENOENT' });
      await watching;
      assert.equal(put, 0);
      assert.equal(nft(machine, 'list', 'ruleset'), '');
      child.kill('SIGKILL');
    });
  });

  it('many go together, whatever others have done to some of them', async () => {
    const before = state();
    const open = descriptors();
    const ids = ['whole', 'marked', 'linkless', 'nameless', 'portless', 'shaped', 'again'];
    const made = await network.attachMany(
      ids.map((id, i) => ({
        id,
        ports: [
          { hostPort: 10 * i + 1, port: 80, count: 3 },
          { hostPort: 10 * i + 5, port: 80, hostAddress: '192.0.2.1' },
        ],
        ...(id === 'shaped' && { bandwidth: { egress: '10mbit' } }),
      })),
    );
    const linkOf = (id: string) => made[ids.indexOf(id)]?.hostInterface as string;
    await using other = await Network.open('demo', { netns: machine });
    await other.attach({ id: 'theirs', ports: [{ hostPort: 100, port: 80 }] });
    await other.detach('again');
    await other.attach({ id: 'again', hostInterface: 'mine', ports: [{ hostPort: 200, port: 80 }] });
    markAs(machine, linkOf('marked'), dead());
    await nl.links.delete(linkOf('linkless'));
    await Netns.delete('np-demo-nameless');
    nft(machine, 'delete', 'element', 'inet', 'netplumb', 'ports4', '{ tcp . 42 }');
    await network.detachMany([...ids, 'absent', 'theirs', 'whole']);
    const after = state();
    // Notes on ports of single addresses stay.
    await network.gc();
    assert.deepEqual(state(), before);
    assert.deepEqual({ ...after, ruleset: '' }, { ...before, ruleset: '' });
    // Those of the other network are closed by other threads, in their own time.
    for (let i = 0; i < 100 && descriptors() > open; i++) await setTimeout(10);
    assert.ok(descriptors() <= open, `${open} → ${descriptors()} descriptors`);
  });

  it('of many that go together those go that can, and what fails is told', async () => {
    const before = state();
    await network.attachMany(['a', 'b', 'c'].map((id, i) => ({ id, ports: [{ hostPort: i + 1, port: 80 }] })));
    await Netns.delete('np-demo-b');
    mkdirSync('/run/netns/np-demo-b');
    await assert.rejects(network.detachMany(['a', 'b', 'c']), (error: AggregateError) => {
      assert.match(error.message, /^1 of 3 endpoints/);
      assert.equal(error.errors.length, 1);
      assert.equal(error.errors[0].code, 'EISDIR');
      return true;
    });
    rmdirSync('/run/netns/np-demo-b');
    assert.deepEqual(state(), before);
  });

  it('of many that go together none waits for one that a living process is about', async () => {
    const before = state();
    const [a] = await network.attachMany(['a', 'b', 'c', 'd'].map((id) => ({ id })));
    const child = spawn('sleep', ['60'], { stdio: 'ignore' });
    await once(child, 'spawn');
    markAs(machine, a?.hostInterface as string, living(child.pid));
    let isDone = false;
    const detaching = network.detachMany(['b', 'a', 'c', 'd']).finally(() => {
      isDone = true;
    });
    while ((await network.endpoints()).length > 1);
    assert.deepEqual(
      (await network.endpoints()).map(({ id }) => id),
      ['a'],
    );
    assert.equal(isDone, false);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await detaching;
    assert.deepEqual(state(), before);
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
    markAs(machine, key, by);
    assert.deepEqual(await network.gc([]), { endpoints: [] });
    child.stdin.end();
    await once(child, 'exit');
    assert.deepEqual(await network.gc(), { endpoints: ['held'] });
  });
});
