// What a Network object is good for while others delete and make networks of its name, and how it is closed.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { Netns, Network } from '../../lib/index.js';
import { MACHINE, Machine, OUTSIDE, tryAll } from '../support/machine.js';
import { ipJson, nft, run } from '../support/sandbox.js';

const descriptors = () => readdirSync('/proc/self/fd').length;

describe('network: handles', () => {
  let machine: Machine;

  beforeEach(async () => {
    machine = await Machine.create();
  });
  afterEach(() => machine[Symbol.asyncDispose]());

  for (const mode of ['bridge', 'routed'] as const) {
    it(`of a deleted network leave alone the one that has got its name: ${mode}`, async () => {
      await using stale = await machine.network({ mode });
      const ended = stale.watch({ onError: (error) => assert.fail(`${error}`) });
      await using other = await Network.open('demo', { netns: machine.netns });
      await other.delete();
      await using network = await machine.network({ subnets: ['10.91.0.0/16'], mode });
      const web = await network.attach({ id: 'web', ports: [{ hostPort: 8080, port: 80 }] });
      await machine.serve(web.netns as string, 'web', 80);
      await assert.rejects(stale.attach({ id: 'late' }), { code: 'ENOENT' });
      await assert.rejects(stale.reconcile(), { code: 'EEXIST' });
      await assert.rejects(stale.gc([]), { code: 'ENOENT' });
      await ended;
      await stale.delete();
      assert.deepEqual(
        (await network.endpoints()).map(({ id }) => id),
        ['web'],
      );
      assert.deepEqual(await tryAll(machine.outside, [[MACHINE, 8080]]), [`web ${OUTSIDE}`]);
      await network.delete();
      assert.equal(nft(machine.netns, 'list', 'ruleset'), '');
    });
  }

  it('are closed when what is under way is done', async () => {
    const open = descriptors();
    const network = await machine.network();
    const other = await Network.open('demo', { netns: machine.netns });
    const attached = [
      network.attach({
        id: 'web',
        netns: { anonymous: true },
        bandwidth: { egress: '10mbit' },
        ports: [
          { hostPort: 53, port: 53, protocol: 'udp', reserve: true },
          { hostPort: 8080, port: 80, proxy: true },
        ],
      }),
      network.attach({ id: 'db', bandwidth: { ingress: '10mbit' } }),
    ];
    const many = network.attachMany([{ id: 'a' }, { id: 'b' }, { id: 'db' }]);
    const closing = network.close();
    await assert.rejects(network.attach({ id: 'late' }), { code: 'ERR_NETWORK_CLOSED' });
    await assert.rejects(many, { code: 'EEXIST' });
    await Promise.all([...attached, closing, network.close()]);
    const [, db] = await Promise.all(attached);
    // The nameless namespace has gone with who had it open.
    while ((await other.gc()).endpoints.length === 0) await delay(10);
    assert.deepEqual(
      (await other.endpoints()).map(({ id }) => id),
      ['db'],
    );
    assert.equal(nft(machine.netns, 'list', 'set', 'inet', 'netplumb', 'busy').includes('by='), false);
    assert.match(run('tc', '-n', machine.netns.name, 'qdisc', 'show', 'dev', String(db?.hostInterface)), /tbf/);
    await other.delete();
    assert.equal(descriptors(), open);
  });

  it('watch until what they call throws', async () => {
    await using network = await machine.network();
    const error = new Error('of the caller');
    const watching = network.watch({
      onReconcile: () => {
        throw error;
      },
    });
    nft(machine.netns, 'flush', 'ruleset');
    await assert.rejects(watching, error);
  });

  it('put IPv6 out of use in an endpoint where its parameters say so', async () => {
    const network = await machine.network();
    const web = await network.attach({ id: 'web', sysctls: { 'net.ipv6.conf.all.disable_ipv6': 1 } });
    const [eth0] = ipJson({ name: web.netns as string }, 'addr show dev eth0');
    assert.deepEqual(
      eth0.addr_info.map(({ local }: { local: string }) => local),
      ['10.88.0.2'],
    );
  });

  it('keep no path of a namespace that leads elsewhere for others', async () => {
    await using network = await machine.network();
    await using current = await Netns.current();
    const own = await network.attach({ id: 'own', netns: current, interface: 'np-own' });
    assert.ok(own.netns instanceof Netns);
    assert.equal(own.netns.inode, current.inode);
    assert.doesNotMatch(nft(machine.netns, 'list', 'ruleset'), /proc/);
    await own.detach();
  });
});
