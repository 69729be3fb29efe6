// What composite operations stand on: requests with one answer, sequences of steps, namespaces opened together with a
// lane, held ports.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { addon, type BoundPorts } from '../../lib/addon.js';
import { begin } from '../../lib/engine.js';
import { Netlink, type NetlinkError, Netns } from '../../lib/index.js';
import type { Bundle, Lane } from '../../lib/lane.js';
import { addressBytes } from '../../lib/network/ip.js';
import { Sequence, type Space } from '../../lib/sequence.js';
import { ipJson, Sandbox } from '../support/sandbox.js';

const ROUTE = 0;
const TCP = 6;
const UDP = 17;
const ANY = '0.0.0.0';

/** Ranges as the addon takes them, from protocol, port, address and so on; `'8000x100'` are a hundred ports. */
function pack(...ranges: (number | string)[]): Uint8Array {
  const packed = Buffer.alloc((ranges.length / 3) * 24);
  for (let i = 0; i < ranges.length; i += 3) {
    const [port = 0, count = 1] = String(ranges[i + 1])
      .split('x')
      .map(Number);
    const address = addressBytes(String(ranges[i + 2])) as Uint8Array;
    packed.set([Number(ranges[i]), address.length === 4 ? 4 : 6], i * 8);
    packed.writeUInt16BE(port, i * 8 + 2);
    packed.writeUInt16BE(count, i * 8 + 4);
    packed.set(address, i * 8 + 8);
  }
  return new Uint8Array(packed);
}

describe('spaces: bundles, sequences, lanes into namespaces, held ports', () => {
  let sandbox: Sandbox;

  beforeEach(() => {
    sandbox = new Sandbox();
  });
  afterEach(() => sandbox[Symbol.asyncDispose]());

  it('a bundle has one answer: success of all', async () => {
    const ns = await sandbox.netns();
    const { lane, netns } = await Netns.openWithLane(ROUTE, ns.name);
    await lane.bundle([
      ['links.create', { kind: 'veth', name: 'v0', index: 77, options: { peer: { name: 'v1', index: 78 } } }],
      ['links.set', { name: 'v0', alias: 'first', mtu: 1400 }],
      ['addresses.add', { link: 77, local: '192.0.2.1/24', address: '192.0.2.1/24' }],
    ]);
    const [link] = ipJson(ns, 'addr show dev v0');
    assert.equal(link.ifalias, 'first');
    assert.equal(link.mtu, 1400);
    assert.equal(link.ifindex, 77);
    assert.equal(link.addr_info[0].local, '192.0.2.1');
    await lane.close();
    await netns.close();
  });

  it('or the first error, while what comes after it is done all the same', async () => {
    const ns = await sandbox.netns();
    const { lane, netns } = await Netns.openWithLane(ROUTE, ns.name);
    await assert.rejects(
      lane.bundle([
        ['links.set', { ref: 1, up: true }],
        ['links.set', { name: 'absent', mtu: 1400 }],
        ['routes.add', { dst: '192.0.2.0/24', gateway: '198.51.100.1', family: 'inet' }],
        ['links.set', { ref: 1, mtu: 1400 }],
      ]),
      { code: 'ENODEV', operation: 'RTM_NEWLINK' },
    );
    assert.equal(ipJson(ns, 'link show dev lo')[0].mtu, 1400);
    await lane.close();
    await netns.close();
  });

  it('sends none of it when an argument cannot be right, and stays open', async () => {
    const ns = await sandbox.netns();
    const { lane, netns } = await Netns.openWithLane(ROUTE, ns.name);
    const bundle = lane.bundle([
      ['links.set', { ref: 1, mtu: 1400 }],
      ['links.set', { ref: 1, mtu: 'much' }],
    ]);
    await assert.rejects(bundle, { code: 'ERR_INVALID_ARG_TYPE', field: 'mtu' });
    assert.equal(lane.isClosed, false);
    assert.equal(ipJson(ns, 'link show dev lo')[0].mtu, 65_536);
    await lane.close();
    await netns.close();
  });

  it('a namespace is opened with a lane into it', async () => {
    const ns = await sandbox.netns();
    const { lane, netns } = await Netns.openWithLane(ROUTE, ns.name);
    assert.equal(netns.name, ns.name);
    await lane.ack('links.create', { kind: 'veth', name: 'v0', options: { peer: { name: 'v1' } } });
    assert.equal(ipJson(ns, 'link show dev v0')[0].ifname, 'v0');
    await assert.rejects(Netns.openWithLane(ROUTE, `${ns.name}-absent`), { code: 'ENOENT' });
    await lane.close();
    await netns.close();
  });

  describe('sequences', () => {
    const veth = (sequence: Sequence<string>) =>
      [
        'links.create',
        { kind: 'veth', name: 'v0', options: { peer: { name: 'eth0', netns: sequence.itsNetns } } },
      ] as const;
    const up = ['links.set', { ref: 'eth0', up: true }] as const;
    const descriptors = () => readdirSync('/proc/self/fd').length;
    let host: { lane: Lane; netns: Netns };
    let name: string;

    beforeEach(async () => {
      const ns = await sandbox.netns('host');
      host = await Netns.openWithLane(ROUTE, ns.name);
      name = `np-test-${process.pid}-sequence`;
    });
    afterEach(async () => {
      await host.lane.close();
      await host.netns.close();
      await Netns.delete(name).catch(() => {});
    });

    it('make a namespace, a link into it, and what is in there, one after the other', async () => {
      const before = descriptors();
      const sequence = new Sequence<'netns' | 'link' | 'inside' | 'sysctl'>();
      sequence.beginNetns();
      sequence.netns('netns', name, false);
      sequence.bundle('link', host.lane, ({ send }) => {
        send(...veth(sequence));
        send('links.set', { ref: 'v0', alias: 'made' });
      });
      sequence.bundleInside('inside', host.lane, ({ send }) => send(...up));
      sequence.sysctl('sysctl', sequence.itsNetns, 'net.ipv4.conf.eth0.rp_filter', '2');
      assert.equal(await sequence.run(), undefined);
      assert.equal(ipJson({ name: host.netns.name as string }, 'link show dev v0')[0].ifalias, 'made');
      assert.ok(ipJson({ name }, 'link show dev eth0')[0].flags.includes('UP'));
      const inside = await Netlink.open({ netns: name });
      assert.equal(await inside.sysctl.get('net.ipv4.conf.eth0.rp_filter'), '2');
      await inside.close();
      assert.ok(descriptors() <= before);
    });

    it('give a namespace without a name, which another takes and names', async () => {
      const before = descriptors();
      const first = new Sequence<'netns'>();
      first.beginNetns();
      first.netns('netns', undefined, true);
      const space = (await first.run()) as Space;
      const second = new Sequence<'take' | 'link' | 'inside'>();
      second.beginNetns(space);
      second.netns('take', name, true);
      second.bundle('link', host.lane, ({ send }) => send(...veth(second)));
      second.bundleInside('inside', host.lane, ({ send }) => send(...up));
      const netns = Netns.of((await second.run()) as Space);
      assert.equal(netns.inode, (await Netns.list()).find((one) => one.name === name)?.inode);
      assert.ok(ipJson({ name }, 'link show dev eth0')[0].flags.includes('UP'));
      await netns.close();
      assert.ok(descriptors() <= before);
    });

    it('end with the step that fails, which is told, and let go of what they had opened', async () => {
      const before = descriptors();
      const sequence = new Sequence<'netns' | 'link' | 'inside'>();
      sequence.beginNetns();
      sequence.netns('netns', name, true);
      // The second part fails, the third one succeeds: the step has failed.
      sequence.bundle('link', host.lane, ({ send }) => {
        send(...veth(sequence));
        send('links.set', { ref: 'absent', up: true });
        send('links.set', { ref: 'v0', mtu: 1400 });
      });
      sequence.bundleInside('inside', host.lane, ({ send }) => send(...up));
      const error = await sequence.run().then(
        () => assert.fail('it succeeded'),
        (reason: unknown) => reason,
      );
      assert.equal(sequence.failed(error), 'link');
      assert.equal((error as NetlinkError).code, 'ENODEV');
      assert.ok(!ipJson({ name }, 'link show dev eth0')[0].flags.includes('UP'));
      assert.ok(descriptors() <= before);
      const again = new Sequence<'netns'>();
      again.beginNetns();
      again.netns('netns', name, false);
      await assert.rejects(again.run(), { code: 'EEXIST' });
    });

    it('look whether ports are free before they go on', async () => {
      const ns = await sandbox.netns();
      const server = ns.enter(() => createServer().listen(8080));
      const sequence = new Sequence<'probe' | 'netns'>();
      sequence.probe('probe', ns, pack(TCP, 8081, ANY, TCP, 8080, ANY));
      sequence.beginNetns();
      sequence.netns('netns', name, false);
      const error = await sequence.run().catch((reason: unknown) => reason);
      server.close();
      assert.equal(sequence.failed(error), 'probe');
      assert.equal((error as NetlinkError).field, '1');
      assert.ok(!(await Netns.list()).some((one) => one.name === name));
    });

    it('are not begun when a value cannot be right', async () => {
      const before = descriptors();
      const sequence = new Sequence<'netns' | 'link'>();
      sequence.beginNetns();
      sequence.netns('netns', name, false);
      const bundle = ({ send }: Bundle) => {
        send(...veth(sequence));
        send('links.set', { ref: 1, mtu: 'much' });
      };
      assert.throws(() => sequence.bundle('link', host.lane, bundle), { code: 'ERR_INVALID_ARG_TYPE', field: 'mtu' });
      sequence.abandon();
      for (let i = 0; i < 100 && descriptors() > before; i++) await delay(10);
      assert.ok(descriptors() <= before);
      // Nothing of it is left for others to send.
      await host.lane.bundle([['links.set', { ref: 1, up: true }]]);
      assert.equal(ipJson({ name: host.netns.name as string }, 'link').length, 1);
    });
  });

  describe('ports', () => {
    let server: Server | undefined;
    afterEach(() => {
      server?.close();
      server = undefined;
    });
    const bind = (netns: Netns, hold: boolean, ...ranges: (number | string)[]) =>
      begin<BoundPorts>('value', 'bind', (id) => addon.bindPorts(id, netns, hold, pack(...ranges)));

    it('are found to be taken, by which of them it is', async () => {
      const ns = await sandbox.netns();
      server = ns.enter(() => createServer().listen(8080));
      await bind(ns, false, TCP, 8081, ANY, UDP, 8080, ANY);
      await assert.rejects(bind(ns, false, TCP, 8081, ANY, TCP, 8080, ANY), { code: 'EADDRINUSE', field: '1' });
      await assert.rejects(bind(ns, false, TCP, 8080, '::'), { code: 'EADDRINUSE' });
    });

    it('are found to be taken among many, whichever family or protocol has them', async () => {
      const ns = await sandbox.netns();
      const many = (protocol: number, address: string) => [protocol, '8000x100', address];
      await bind(ns, false, ...many(TCP, ANY), ...many(UDP, ANY), ...many(TCP, '::'), ...many(UDP, '::'));
      // It serves IPv4 as well.
      server = ns.enter(() => createServer().listen(8080));
      await assert.rejects(bind(ns, false, ...many(TCP, ANY)), { code: 'EADDRINUSE', field: '80' });
      await assert.rejects(bind(ns, false, ...many(TCP, '::')), { code: 'EADDRINUSE', field: '80' });
      await bind(ns, false, ...many(UDP, ANY));
      const held = await bind(ns, true, UDP, 8070, '127.0.0.1');
      await assert.rejects(bind(ns, false, ...many(UDP, ANY)), { code: 'EADDRINUSE', field: '70' });
      // The same port of another address is free.
      await bind(ns, false, ...many(UDP, '127.0.0.2'));
      addon.letGo(held.sockets);
    });

    it('are held until they are let go', async () => {
      const ns = await sandbox.netns();
      const held = await bind(ns, true, TCP, 8080, ANY, UDP, 0, ANY);
      assert.equal(held.ports[0], 8080);
      assert.ok((held.ports[1] as number) > 0);
      await assert.rejects(bind(ns, true, TCP, 8080, ANY), { code: 'EADDRINUSE' });
      addon.letGo(held.sockets);
      const again = await bind(ns, true, TCP, 8080, ANY);
      addon.letGo(again.sockets);
    });
  });
});
