// Links against the kernel, with `ip` as witness.
import assert from 'node:assert/strict';
import type { Netlink, Netns } from '../../lib/index.js';
import { ip, ipJson, madeLinks, Sandbox } from '../support/sandbox.js';

describe('links', () => {
  let sandbox: Sandbox;
  let ns: Netns & { name: string };
  let nl: Netlink;

  beforeEach(async () => {
    sandbox = new Sandbox();
    ({ ns, nl } = await sandbox.host());
  });
  afterEach(() => sandbox[Symbol.asyncDispose]());

  const witness = (name: string) => ipJson(ns, `link show dev ${name}`)[0];

  describe('create', () => {
    it('makes a link with a chosen index, name, MTU, MAC, group, queue length and alias in one message', async () => {
      await nl.links.create({
        kind: 'ifb',
        name: 'ifb7',
        index: 1000,
        mtu: 1400,
        address: '02:00:00:00:00:07',
        group: 42,
        txQueueLength: 500,
        alias: 'seven',
        up: true,
      });
      const seen = witness('ifb7');
      assert.equal(seen.ifindex, 1000);
      assert.equal(seen.mtu, 1400);
      assert.equal(seen.address, '02:00:00:00:00:07');
      assert.equal(seen.group, '42');
      assert.equal(seen.txqlen, 500);
      assert.equal(seen.ifalias, 'seven');
      assert.ok(seen.flags.includes('UP'));
      assert.equal(seen.linkinfo.info_kind, 'ifb');
    });

    it('sends a zero that was given', async () => {
      await nl.links.create({ kind: 'veth', name: 'v0', txQueueLength: 0, peer: { name: 'v1', txQueueLength: 0 } });
      assert.equal((await nl.links.get('v0')).txQueueLength, 0);
      assert.equal((await nl.links.get('v1')).txQueueLength, 0);
    });

    it('leaves out what was not given: a veth has 1000 packets of queue', async () => {
      await nl.links.create({ kind: 'veth', name: 'v0', peer: { name: 'v1' } });
      assert.equal((await nl.links.get('v0')).txQueueLength, 1000);
      assert.equal((await nl.links.get('v1')).txQueueLength, 1000);
    });

    it('gives each end of a veth its own attributes', async () => {
      await nl.links.create({
        kind: 'veth',
        name: 'v0',
        index: 76,
        mtu: 1400,
        txQueueLength: 100,
        numTxQueues: 4,
        numRxQueues: 8,
        peer: {
          name: 'v1',
          mtu: 1300,
          txQueueLength: 200,
          numTxQueues: 3,
          numRxQueues: 5,
          address: '02:00:00:00:00:01',
          index: 77,
        },
      });
      const [v0, v1] = [witness('v0'), witness('v1')];
      assert.deepEqual([v0.mtu, v0.txqlen, v0.num_tx_queues, v0.num_rx_queues], [1400, 100, 4, 8]);
      assert.deepEqual([v1.mtu, v1.txqlen, v1.num_tx_queues, v1.num_rx_queues], [1300, 200, 3, 5]);
      assert.equal(v1.address, '02:00:00:00:00:01');
      assert.equal(v1.ifindex, 77);
    });

    it('has a veth’s peer born in another namespace, by every kind of reference', async () => {
      const there = await sandbox.host('there');
      const references = [there.ns, there.ns.name, { path: there.ns.path }, { fd: there.ns.fd }];
      for (const [i, netns] of references.entries()) {
        await nl.links.create({ kind: 'veth', name: `v${i}`, peer: { name: `eth${i}`, netns } });
        const [here, peer] = await Promise.all([nl.links.get(`v${i}`), there.nl.links.get(`eth${i}`)]);
        assert.equal(here.linkIndex, peer.index);
        assert.equal(peer.linkIndex, here.index);
        assert.equal(typeof here.linkNetnsId, 'number');
      }
      assert.deepEqual(madeLinks(there.ns).sort(), ['eth0', 'eth1', 'eth2', 'eth3', 'lo']);
    });

    it('makes the peer in the namespace of a process', async () => {
      const there = await sandbox.host('there');
      const child = there.ns.spawn('sleep', ['60'], { stdio: 'ignore' });
      try {
        await nl.links.create({
          kind: 'veth',
          name: 'v0',
          peer: { name: 'eth0', netns: { pid: child.pid as number } },
        });
        assert.equal((await there.nl.links.get('eth0')).name, 'eth0');
      } finally {
        child.kill();
      }
    });

    it('gives alternative names in the same trip', async () => {
      const long = 'a-name-that-is-much-longer-than-fifteen-bytes';
      await nl.links.create({ kind: 'ifb', name: 'ifb7', altNames: ['seven', long] });
      assert.deepEqual(witness('ifb7').altnames.sort(), [long, 'seven']);
      assert.equal((await nl.links.get(long)).name, 'ifb7');
      assert.equal((await nl.links.get('seven')).name, 'ifb7');
      await nl.links.set(long, { altNames: ['other'] });
      assert.deepEqual(witness('ifb7').altnames, ['other']);
      await nl.links.set('other', { altNames: [] });
      assert.equal(witness('ifb7').altnames, undefined);
    });

    it('takes the link back when an alternative name is taken', async () => {
      await nl.links.create({ kind: 'ifb', name: 'ifb7', altNames: ['seven'] });
      await assert.rejects(nl.links.create({ kind: 'ifb', name: 'ifb8', altNames: ['seven'] }), { code: 'EEXIST' });
      await assert.rejects(nl.links.get('ifb8'), { code: 'ENODEV' });
    });

    it('says what is wrong: taken name, unknown kind, absent parent, absent master', async () => {
      await nl.links.create({ kind: 'ifb', name: 'ifb7' });
      await assert.rejects(nl.links.create({ kind: 'ifb', name: 'ifb7' }), {
        name: 'NetlinkError',
        code: 'EEXIST',
        errno: -17,
        operation: 'RTM_NEWLINK',
      });
      await assert.rejects(
        nl.links.create({ kind: 'nosuchkind', name: 'x' }),
        (error: { code: string; message: string; attribute?: string }) => {
          assert.equal(error.code, 'EOPNOTSUPP');
          assert.match(error.message, /Unknown device type/);
          return true;
        },
      );
      await assert.rejects(nl.links.create({ kind: 'macvlan', name: 'm', link: 'absent' }), {
        code: 'ENODEV',
        field: 'link',
      });
      await assert.rejects(nl.links.create({ kind: 'ifb', name: 'm', master: 'absent' }), {
        code: 'ENODEV',
        field: 'master',
      });
      await assert.rejects(nl.links.create({ kind: 'veth', name: 'v', peer: { name: 'w', netns: 'absent' } }), {
        code: 'ENOENT',
        field: 'options.peer.netns',
      });
    });
  });

  describe('get, list', () => {
    it('finds a link by index and by name; an absent one is ENODEV', async () => {
      assert.equal((await nl.links.get(1)).name, 'lo');
      assert.equal((await nl.links.get('lo')).index, 1);
      await assert.rejects(nl.links.get('absent'), { code: 'ENODEV', detail: "no link named 'absent'" });
      await assert.rejects(nl.links.get('an-absent-name-of-more-than-15-bytes'), { code: 'ENODEV' });
      await assert.rejects(nl.links.get(4711), { code: 'ENODEV' });
    });

    it('filters by master and by kind in the kernel', async () => {
      await nl.links.create({ kind: 'bridge', name: 'br0' });
      await nl.links.create({ kind: 'ifb', name: 'a', master: 'br0' });
      await nl.links.create({ kind: 'ifb', name: 'b' });
      assert.deepEqual(
        (await nl.links.list({ master: 'br0' })).map((link) => link.name),
        ['a'],
      );
      assert.deepEqual(
        (await nl.links.list({ kind: 'bridge' })).map((link) => link.name),
        ['br0'],
      );
      assert.equal((await nl.links.list()).length, ipJson(ns, 'link').length);
      assert.equal(madeLinks(ns).length, 4);
    });

    it('tells names of masters and parents beside their indices', async () => {
      await nl.links.create({ kind: 'bridge', name: 'br0' });
      await nl.links.create({ kind: 'veth', name: 'v0', master: 'br0', peer: { name: 'v1' } });
      const [br0, v0, v1] = await Promise.all([nl.links.get('br0'), nl.links.get('v0'), nl.links.get('v1')]);
      assert.equal(v0.master, 'br0');
      assert.equal(v0.masterIndex, br0.index);
      assert.equal(v0.link, 'v1');
      assert.equal(v0.linkIndex, v1.index);
    });

    it('tells statistics on request, as 64-bit counters of both ends', async () => {
      await nl.links.create({ kind: 'veth', name: 'v0', up: true, peer: { name: 'v1' } });
      await nl.links.set('v1', { up: true });
      await nl.addresses.add({ link: 'v0', address: '192.0.2.1/24' });
      const [v0, v1] = await Promise.all([nl.links.get('v0', { stats: true }), nl.links.get('v1', { stats: true })]);
      assert.equal(typeof v0.stats?.txBytes, 'bigint');
      assert.equal(v0.stats?.txPackets, v1.stats?.rxPackets);
      assert.equal((await nl.links.get('v0')).stats, undefined);
    });
  });

  describe('set', () => {
    beforeEach(() => nl.links.create({ kind: 'veth', name: 'v0', peer: { name: 'v1' } }));

    it('changes one thing at a time, and nothing else', async () => {
      const before = await nl.links.get('v0');
      const changes = [
        { mtu: 1400 },
        { txQueueLength: 500 },
        { address: '02:12:34:56:78:ab' },
        { alias: 'barAlias' },
        { group: 42 },
        { gsoMaxSize: 16_384 },
        { gsoMaxSegs: 16 },
        { groMaxSize: 32_768 },
        { gsoIpv4MaxSize: 16_384 },
        { groIpv4MaxSize: 16_384 },
        { allmulti: true },
        { promisc: true },
        { arp: false },
        { multicast: false },
        { addrGenMode: 'none' as const },
      ];
      let expected = { ...before } as Record<string, unknown>;
      for (const change of changes) {
        await nl.links.set('v0', change);
        const after = (await nl.links.get('v0')) as unknown as Record<string, unknown>;
        expected = { ...expected, ...change };
        for (const key of Object.keys(change)) assert.deepEqual(after[key], expected[key], key);
        assert.equal(after.name, 'v0');
      }
      for (const [key, value] of Object.entries(await nl.links.get('v0'))) {
        if (!['flags', 'promiscuity', 'allMulticast', 'allmultiCount', 'broadcast'].includes(key))
          assert.deepEqual(value, expected[key], key);
      }
    });

    it('renames, and finds by the new name', async () => {
      await nl.links.set('v0', { name: 'renamed' });
      assert.equal((await nl.links.get('renamed')).name, 'renamed');
      await assert.rejects(nl.links.get('v0'), { code: 'ENODEV' });
    });

    it('sets, changes and removes the master', async () => {
      await nl.links.create({ kind: 'bridge', name: 'br0' });
      await nl.links.create({ kind: 'bridge', name: 'br1' });
      await nl.links.set('v0', { master: 'br0' });
      assert.equal(witness('v0').master, 'br0');
      await nl.links.set('v0', { master: 'br1' });
      assert.equal(witness('v0').master, 'br1');
      await nl.links.set('v0', { master: null });
      assert.equal(witness('v0').master, undefined);
    });

    it('moves a link to another namespace and back, by every kind of reference', async () => {
      const there = await sandbox.host('there');
      for (const netns of [there.ns, there.ns.name, { path: there.ns.path }, { fd: there.ns.fd }]) {
        await nl.links.set('v0', { netns });
        await assert.rejects(nl.links.get('v0'), { code: 'ENODEV' });
        assert.equal((await there.nl.links.get('v0')).name, 'v0');
        await there.nl.links.set('v0', { netns: ns });
        assert.equal((await nl.links.get('v0')).name, 'v0');
      }
    });

    it('takes back what was read, changed or not', async () => {
      await nl.links.create({ kind: 'bridge', name: 'br0' });
      for (const name of ['v0', 'br0']) {
        const link = await nl.links.get(name);
        await nl.links.set(name, { ...link, mtu: 1400 });
        assert.equal((await nl.links.get(name)).mtu, 1400);
      }
    });

    it('is ENODEV for a link that is not there', async () => {
      await assert.rejects(nl.links.set('absent', { up: true }), { code: 'ENODEV' });
    });
  });

  describe('delete', () => {
    it('deletes by name, by index; a second time is ENODEV', async () => {
      await nl.links.create({ kind: 'ifb', name: 'a', index: 50 });
      await nl.links.create({ kind: 'ifb', name: 'b' });
      await nl.links.delete(50);
      await nl.links.delete('b');
      await assert.rejects(nl.links.delete('b'), { code: 'ENODEV' });
      await assert.rejects(nl.links.delete(50), { code: 'ENODEV' });
      assert.deepEqual(madeLinks(ns), ['lo']);
    });

    it('deletes a whole group at once', async () => {
      for (let i = 0; i < 20; i++)
        await nl.links.create({ kind: 'veth', name: `g${i}`, group: 9, peer: { name: `h${i}` } });
      await nl.links.create({ kind: 'ifb', name: 'other' });
      await nl.links.delete({ group: 9 });
      assert.deepEqual(madeLinks(ns), ['lo', 'other']);
    });

    it('does not delete the loopback link', async () => {
      await assert.rejects(nl.links.delete('lo'), { code: 'EOPNOTSUPP' });
    });
  });

  it('sees what `ip` made', async () => {
    ip(ns, 'link add br7 type bridge stp_state 1 forward_delay 700');
    const link = await nl.links.get('br7');
    assert.equal(link.kind, 'bridge');
    assert.equal((link.options as { forwardDelay: number }).forwardDelay, 7000);
  });
});
