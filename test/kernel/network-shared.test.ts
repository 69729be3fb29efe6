// Several processes with the same network: what others have detached is room again, and nothing of it is held any more.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { EndpointCapacityError, Netns, Network } from '../../lib/index.js';
import { isAbandoned } from '../../lib/network/mark.js';
import { ownMarkText } from '../../lib/network/records.js';
import { MACHINE, Machine, OUTSIDE, tryAll } from '../support/machine.js';
import { living, markAs } from '../support/marks.js';
import { ip, nft } from '../support/sandbox.js';

/** Ports of a bridge: BR_MAX_PORTS less one. */
const PORTS = 1023;

const spec = (id: number | string) => ({ id: `${id}`, netns: { anonymous: true as const } });
const specs = (count: number, from = 0) => Array.from({ length: count }, (_, i) => spec(from + i));
const lacks = (lacking: 'addresses' | 'ports', capacity: number) => (error: unknown) =>
  error instanceof EndpointCapacityError && error.lacking === lacking && error.capacity === capacity;
const descriptors = () => readdirSync('/proc/self/fd').length;

describe('network: several processes', () => {
  let machine: Machine;

  beforeEach(async () => {
    machine = await Machine.create();
  });
  afterEach(() => machine[Symbol.asyncDispose]());

  /** Whether a process of the machine may have each port. */
  const areFree = (...ports: number[]) =>
    Promise.all(
      ports.map(async (port) => {
        const server = createServer();
        const listening = once(server, 'listening');
        machine.netns.enter(() => server.listen(port));
        const code = await listening.then(
          () => undefined,
          (error: NodeJS.ErrnoException) => error.code,
        );
        if (code === undefined) await new Promise((resolve) => server.close(resolve));
        else assert.equal(code, 'EADDRINUSE');
        return code === undefined;
      }),
    );

  /** Another process, which detaches endpoints and ends. */
  const detachElsewhere = async (...ids: string[]) => {
    const script = `
      import { Network } from ${JSON.stringify(new URL('../../lib/index.ts', import.meta.url).href)};
      const network = await Network.open('demo', { netns: ${JSON.stringify(machine.netns.name)} });
      await network.detachMany(${JSON.stringify(ids)});
      await network.close();`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  };

  for (const [what, settings, lacking] of [
    ['addresses', { subnets: ['10.88.0.0/29'] }, 'addresses'],
    ['addresses of a routed network', { mode: 'routed', subnets: ['10.88.0.0/29', 'fd00:88::/64'] }, 'addresses'],
    ['ports', { maxEndpoints: 5 }, 'ports'],
    ['ports of joined bridges', { maxEndpoints: PORTS + 1 }, 'ports'],
  ] as const) {
    it(`what another process has detached is room again: ${what}`, async () => {
      const isJoined = what.includes('joined');
      const count = 5;
      const network = await machine.network(settings);
      let capacity: number = count;
      if (isJoined) {
        // Most ports are links that are made more quickly.
        capacity = PORTS + 1;
        const bridges = (await machine.nl.links.list({ kind: 'bridge' })).map(({ name }) => name);
        for (const [i, master] of bridges.entries()) {
          const numbers = Array.from({ length: i === 0 ? 500 : PORTS + 1 - 500 - count }, (_, n) => n);
          await Promise.all(
            numbers.map((n) => machine.nl.links.create({ kind: 'ifb', name: `b${i}n${n}`, group: 7, master })),
          );
        }
        await network.gc();
      }
      await network.attachMany(specs(count));
      await assert.rejects(network.attach(spec('more')), lacks(lacking, capacity));
      await detachElsewhere(...specs(count).map(({ id }) => id));
      // Those that are on their way count, too.
      const results = await Promise.allSettled(specs(2 * count, 10).map((one) => network.attach(one)));
      assert.equal(results.filter(({ status }) => status === 'fulfilled').length, count);
      for (const result of results)
        if (result.status === 'rejected') assert.ok(lacks(lacking, capacity)(result.reason));
      await assert.rejects(network.attach(spec('more')), lacks(lacking, capacity));
      assert.equal((await network.endpoints()).length, count);
      if (isJoined) await machine.nl.links.delete({ group: 7 });
    });
  }

  it('a bridge that others have filled is not the only one', async () => {
    const network = await machine.network({ subnets: ['10.88.0.0/16'], maxEndpoints: 2000 });
    const bridges = (await machine.nl.links.list({ kind: 'bridge' })).map(({ name }) => name);
    const [full, other] = bridges as [string, string];
    // The join is one of its ports.
    await Promise.all(
      Array.from({ length: PORTS - 1 }, (_, n) =>
        machine.nl.links.create({ kind: 'ifb', name: `n${n}`, group: 7, master: full }),
      ),
    );
    await network.prewarm(2);
    await network.attachMany([
      ...specs(4),
      { id: 'named', hostInterface: 'mine' },
      { id: 'held', ports: [{ hostPort: 80, port: 80, reserve: true }] },
    ]);
    const of = (bridge: string) => ip(machine.netns, `-br link show master ${bridge}`).match(/^\S*(veth|mine)\S*/gm);
    assert.equal(of(full), null);
    assert.equal(of(other)?.length, 6);
    await network.detachMany(['0', '1', '2', '3', 'named', 'held']);
    assert.deepEqual(await network.endpoints(), []);
    await machine.nl.links.delete({ group: 7 });
  });

  const holding = {
    ...spec('web'),
    ports: [
      { hostPort: 7001, port: 80, reserve: true },
      { hostPort: 7002, port: 80, proxy: true },
    ],
  };

  for (const [how, learn] of [
    ['gc()', (network: Network) => network.gc()],
    ['reconcile()', (network: Network) => network.reconcile()],
    ['an attach of the same id', (network: Network) => network.attach(spec('web'))],
    [
      'an attach of the same ports',
      async (network: Network) => {
        const { ports } = holding;
        await network.attach({ ...spec('other'), ports });
        await network.detach('other');
      },
    ],
    ['a detach', (network: Network) => network.detach('web')],
  ] as const) {
    it(`what this process holds of an endpoint that another has detached is let go of with ${how}`, async () => {
      const network = await machine.network();
      await network.attach(spec('stays'));
      // Whatever is opened once.
      await network.attach({ ...holding, id: 'first' });
      await network.detach('first');
      const before = descriptors();
      await network.attach(holding);
      assert.deepEqual(await areFree(7001, 7002, 7003), [false, false, true]);
      await detachElsewhere('web');
      await learn(network);
      assert.deepEqual(await areFree(7001, 7002, 7003), [true, true, true]);
      await network.detach('web');
      assert.equal(descriptors(), before);
      assert.deepEqual(
        (await network.endpoints()).map(({ id }) => id),
        ['stays'],
      );
    });
  }

  it('another endpoint of the same id, of another process, is not taken for one’s own', async () => {
    const network = await machine.network();
    await network.attach(holding);
    await using other = await Network.open('demo', { netns: machine.netns });
    await other.detach('web');
    const { addresses } = await other.attach({ ...spec('web'), ports: [{ hostPort: 7003, port: 80, reserve: true }] });
    await network.gc();
    assert.deepEqual(await areFree(7001, 7002, 7003), [true, true, false]);
    assert.equal((await network.endpoints())[0]?.netns, undefined);
    nft(machine.netns, 'flush', 'set', 'inet', 'netplumb', 'endpoints');
    await network.reconcile();
    assert.deepEqual((await network.endpoints())[0]?.addresses, addresses);
    assert.ok((await other.endpoints())[0]?.netns instanceof Netns);
  });

  for (const isFlushed of [false, true]) {
    it(`nor is it told, or put back, as what one’s own was${isFlushed ? ', after a flush' : ''}`, async () => {
      const network = await machine.network();
      const port = { hostPort: 7002, port: 80, proxy: true };
      await network.attach({ ...spec('web'), ports: [{ hostPort: 7001, port: 80 }, port] });
      await using other = await Network.open('demo', { netns: machine.netns });
      await other.detach('web');
      const { addresses } = await other.attach({ ...spec('web'), addresses: ['10.88.7.7', 'fd00:88::7'] });
      const look = async () => {
        const endpoints = await network.endpoints();
        const told = endpoints.map(({ netns, addresses, ports }) => [netns, addresses, ports]);
        assert.deepEqual(told, [[undefined, addresses, []]]);
      };
      await look();
      if (isFlushed) nft(machine.netns, 'flush', 'ruleset');
      await network.reconcile();
      await look();
      for (const set of ['set inet netplumb addresses4', 'map inet netplumb ports4']) {
        const text = nft(machine.netns, 'list', ...set.split(' '));
        assert.equal(text.match(/10\.88\.\d+\.\d+/g)?.join() ?? '', set.includes('ports') ? '' : '10.88.7.7');
      }
    });
  }

  it('what others detach while it is attached again is let go of', async () => {
    const network = await machine.network();
    const ports = [
      { hostPort: 8080, port: 80, proxy: true },
      { hostPort: 8081, port: 81, reserve: true },
    ];
    const { hostInterface: key, addresses } = await network.attach({ id: 'again', netns: { anonymous: true }, ports });
    const before = descriptors();
    // Somebody is about it.
    const child = spawn('sleep', ['60'], { stdio: 'ignore' });
    await once(child, 'spawn');
    markAs(machine.netns, key, living(child.pid));
    const attaching = network.attach({ id: 'again', netns: { anonymous: true } });
    await delay(100);
    const remove = (set: string, text: string) =>
      nft(machine.netns, 'delete', 'element', 'inet', 'netplumb', set, `{ ${text} }`);
    ip(machine.netns, `link delete ${key}`);
    for (const [i, address] of addresses.entries()) {
      remove(i === 0 ? 'addresses4' : 'addresses6', address.replace(/\/.*/, ''));
    }
    for (const set of ['ports4', 'ports6']) nft(machine.netns, 'flush', 'map', 'inet', 'netplumb', set);
    for (const set of ['endpoints', 'busy']) remove(set, `"${key}"`);
    child.kill('SIGKILL');
    await attaching;
    assert.deepEqual(await areFree(8080, 8081), [true, true]);
    await network.detach('again');
    assert.ok(descriptors() < before, `${before} → ${descriptors()} descriptors`);
  });

  it('a flush takes nothing away from endpoints whose links are there', async () => {
    const network = await machine.network();
    const web = await network.attach(holding);
    await machine.serve(web.netns as Netns, 'web', 80);
    const gone = await network.attach({ ...spec('gone'), ports: [{ hostPort: 7003, port: 80, reserve: true }] });
    nft(machine.netns, 'flush', 'ruleset');
    await machine.nl.links.delete(gone.hostInterface);
    await network.reconcile();
    assert.deepEqual(await areFree(7001, 7002, 7003), [false, false, true]);
    assert.deepEqual(
      (await network.endpoints()).map(({ id }) => id),
      ['web'],
    );
    assert.deepEqual(
      await tryAll(
        machine.outside,
        [7001, 7002].map((port) => [MACHINE, port] as const),
      ),
      [`web ${OUTSIDE}`, 'web 10.88.0.1'],
    );
  });

  describe('of one process', () => {
    const WORKER = new URL('../support/network/worker.mjs', import.meta.url);

    it('workers do not take each other’s endpoints for left ones', async () => {
      const network = await machine.network();
      const worker = new Worker(WORKER, { workerData: { netns: machine.netns.name, id: 'x' }, execArgv: [] });
      await once(worker, 'message');
      // An error of the worker's is one of these.
      const ended = once(worker, 'message');
      ended.catch(() => {});
      const until = Date.now() + 500;
      while (Date.now() < until) {
        assert.deepEqual(await network.gc(), { endpoints: [] });
        await network.attach(spec('y'));
        await network.detach('y');
      }
      worker.postMessage('end');
      const [rounds] = await ended;
      assert.ok(rounds > 1, `${rounds} rounds`);
      assert.deepEqual(await network.endpoints(), []);
    });

    it('nor do copies of the module', async () => {
      const network = await machine.network();
      const copy: { Network: typeof Network } = await import(new URL('../../dist/index.js', import.meta.url).href);
      const other = await copy.Network.open('demo', { netns: machine.netns.name });
      assert.notEqual(copy.Network, Network);
      let isEnding = false;
      const collecting = (async () => {
        while (!isEnding) assert.deepEqual(await network.gc(), { endpoints: [] });
      })();
      collecting.catch(() => {});
      for (let i = 0; i < 6; i++) {
        await other.attach({ id: 'x', bandwidth: { egress: '10mbit' }, ports: [{ hostPort: 80, port: 80 }] });
        assert.equal((await network.endpoints()).length, 1);
        await other.detach('x');
      }
      isEnding = true;
      await collecting;
      await other.close();
    });

    it('what a worker left is found when it has ended, before its process does', async () => {
      const network = await machine.network();
      const worker = new Worker(WORKER, { workerData: { netns: machine.netns.name, id: 'x' }, execArgv: [] });
      const [mark] = await once(worker, 'message');
      assert.ok(mark.startsWith(`${ownMarkText()}.`), mark);
      assert.ok(!isAbandoned(mark));
      await worker.terminate();
      assert.ok(isAbandoned(mark));
      await network.gc([]);
      assert.deepEqual(await network.endpoints(), []);
      assert.doesNotMatch(nft(machine.netns, 'list', 'set', 'inet', 'netplumb', 'busy'), /elements/);
    });
  });
});
