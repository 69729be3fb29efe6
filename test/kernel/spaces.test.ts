// What composite operations stand on: requests with one answer, namespaces opened together with a lane, held ports.
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { addon, type BoundPorts } from '../../lib/addon.js';
import { begin } from '../../lib/engine.js';
import { Netns } from '../../lib/index.js';
import { Lane } from '../../lib/lane.js';
import { ipJson, Sandbox } from '../support/sandbox.js';

const ROUTE = 0;
const TCP = 6;
const UDP = 17;
const ANY = '0.0.0.0';

describe('spaces: bundles, lanes into namespaces, held ports', () => {
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
    const bundle = lane.bundle(
      [
        ['links.set', { ref: 1, mtu: 1400 }],
        ['links.set', { ref: 1, mtu: 'much' }],
      ],
      true,
    );
    await assert.rejects(bundle, { code: 'ERR_INVALID_ARG_TYPE', field: 'mtu' });
    assert.equal(lane.isClosed, false);
    assert.equal(ipJson(ns, 'link show dev lo')[0].mtu, 65_536);
    await lane.close();
    await netns.close();
  });

  it('is the last thing a lane does, where that is asked for', async () => {
    const { lane, netns } = await Netns.createWithLane(ROUTE);
    await lane.bundle([['links.set', { ref: 1, up: true }]], true);
    assert.equal(lane.isClosed, true);
    await assert.rejects(lane.ack('links.set', { ref: 1 }), { code: 'ERR_NETLINK_CLOSED' });
    const again = await Lane.open(ROUTE, netns);
    assert.ok((await again.one<{ flags: string[] }>('links.get', { ref: 1 })).flags.includes('up'));
    await again.close();
    await netns.close();
  });

  it('a namespace comes with a lane into it, under a name or none', async () => {
    const name = `np-test-${process.pid}-with-lane`;
    const { lane, netns } = await Netns.createWithLane(ROUTE, name);
    assert.equal(netns.name, name);
    await lane.ack('links.create', { kind: 'veth', name: 'v0', options: { peer: { name: 'v1' } } });
    assert.equal(ipJson({ name }, 'link show dev v0')[0].ifname, 'v0');
    await assert.rejects(Netns.createWithLane(ROUTE, name), { code: 'EEXIST' });
    await assert.rejects(Netns.openWithLane(ROUTE, `${name}-absent`), { code: 'ENOENT' });
    await lane.close();
    await netns.delete();
  });

  describe('ports', () => {
    let server: Server | undefined;
    afterEach(() => {
      server?.close();
      server = undefined;
    });
    const bind = (netns: Netns, hold: boolean, ...ports: (number | string)[]) =>
      begin<BoundPorts>('value', 'bind', (id) => addon.bindPorts(id, netns, hold, ports));

    it('are found to be taken, by which of them it is', async () => {
      const ns = await sandbox.netns();
      server = ns.enter(() => createServer().listen(8080));
      await bind(ns, false, TCP, 8081, ANY, UDP, 8080, ANY);
      await assert.rejects(bind(ns, false, TCP, 8081, ANY, TCP, 8080, ANY), { code: 'EADDRINUSE', field: '1' });
      await assert.rejects(bind(ns, false, TCP, 8080, '::'), { code: 'EADDRINUSE' });
    });

    it('are held until they are let go', async () => {
      const ns = await sandbox.netns();
      const held = await bind(ns, true, TCP, 8080, ANY, UDP, 0, ANY);
      assert.equal(held.ports[0], 8080);
      assert.ok((held.ports[1] as number) > 0);
      await assert.rejects(bind(ns, true, TCP, 8080, ANY), { code: 'EADDRINUSE' });
      addon.closeSockets(held.sockets);
      const again = await bind(ns, true, TCP, 8080, ANY);
      addon.closeSockets(again.sockets);
    });
  });
});
