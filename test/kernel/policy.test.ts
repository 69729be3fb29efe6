// Rules, neighbours and nexthops against the kernel, with `ip` as witness.
import assert from 'node:assert/strict';
import type { Netlink, Netns } from '../../lib/index.js';
import { ip, ipJson, Sandbox } from '../support/sandbox.js';

describe('rules, neighbours, nexthops', () => {
  let sandbox: Sandbox;
  let ns: Netns & { name: string };
  let nl: Netlink;

  beforeEach(async () => {
    sandbox = new Sandbox();
    ({ ns, nl } = await sandbox.host());
    await nl.links.create({ kind: 'veth', name: 'v0', up: true, peer: { name: 'v1' } });
    await nl.links.set('v1', { up: true });
    await nl.links.set('lo', { up: true });
    await nl.addresses.add({ link: 'v0', address: '10.9.0.1/24' });
  });
  afterEach(() => sandbox[Symbol.asyncDispose]());

  it('adds, lists and deletes rules with every selector', async () => {
    for (const [family, src, dst] of [
      ['inet', '172.16.0.0/16', '10.0.0.0/8'],
      ['inet6', '2001:db8:1::/48', '2001:db8:2::/48'],
    ] as const) {
      const before = (await nl.rules.list({ family })).length;
      const spec = {
        src,
        dst,
        priority: 5,
        table: 1000,
        iif: 'v0',
        oif: 'v1',
        flags: ['invert' as const],
        tos: 0x10,
        fwmark: 7,
        fwmask: 0xff,
        ipProto: 'udp' as const,
        sportRange: { start: 1000, end: 1024 },
        dportRange: { start: 80, end: 80 },
        uidRange: { start: 100, end: 100 },
        protocol: 'static' as const,
      };
      await nl.rules.add(spec);
      await assert.rejects(nl.rules.add(spec), { code: 'EEXIST' });
      const text = ip(ns, `${family === 'inet' ? '-4' : '-6'} rule list priority 5`);
      for (const part of [
        'not from',
        src,
        `to ${dst}`,
        'fwmark 0x7/0xff',
        'iif v0',
        'oif v1',
        'ipproto udp',
        'sport 1000-1024',
        'dport 80',
        'uidrange 100-100',
        'lookup 1000',
      ]) {
        assert.ok(text.includes(part), `${part} in ${text}`);
      }
      const [read] = (await nl.rules.list({ family })).filter((rule) => rule.priority === 5);
      const { flags, ...rest } = spec;
      assert.deepEqual({ ...read, ...rest }, read);
      assert.ok(read?.flags?.includes('invert') && flags);
      await nl.rules.delete(spec);
      assert.equal((await nl.rules.list({ family })).length, before);
      await assert.rejects(nl.rules.delete(spec), { code: 'ENOENT' });
    }
  });

  it('looks up main by default, and knows blackhole, unreachable, prohibit and goto', async () => {
    await nl.rules.add({ priority: 10, src: '192.0.2.1' });
    assert.match(ip(ns, 'rule list priority 10'), /from 192\.0\.2\.1 lookup main/);
    for (const action of ['blackhole', 'unreachable', 'prohibit'] as const) {
      await nl.rules.add({ priority: 11, action });
      assert.ok(ip(ns, 'rule list priority 11').includes(action));
      await nl.rules.delete({ priority: 11, action });
    }
    await nl.rules.add({ priority: 12, goto: 32766 });
    assert.match(ip(ns, 'rule list priority 12'), /goto 32766/);
  });

  it('adds, changes, gets, lists and deletes neighbours and proxies', async () => {
    await nl.neighbours.add({ link: 'v0', dst: '10.9.0.7', lladdr: '02:00:00:00:00:07' });
    const [seen] = ipJson(ns, 'neighbour show dev v0');
    assert.deepEqual([seen.dst, seen.lladdr, seen.state], ['10.9.0.7', '02:00:00:00:00:07', ['PERMANENT']]);
    await assert.rejects(nl.neighbours.add({ link: 'v0', dst: '10.9.0.7', lladdr: '02:00:00:00:00:08' }), {
      code: 'EEXIST',
    });
    await nl.neighbours.replace({ link: 'v0', dst: '10.9.0.7', lladdr: '02:00:00:00:00:08', state: ['reachable'] });
    const read = await nl.neighbours.get({ link: 'v0', dst: '10.9.0.7' });
    assert.deepEqual([read.dst, read.lladdr, read.link], ['10.9.0.7', '02:00:00:00:00:08', 'v0']);
    assert.equal((await nl.neighbours.list({ link: 'v1', family: 'inet' })).length, 0);
    assert.equal((await nl.neighbours.list({ link: 'v0', family: 'inet' })).length, 1);
    await nl.neighbours.add({ link: 'v0', dst: '10.9.0.9', flags: ['proxy'] });
    assert.equal(ipJson(ns, 'neighbour show proxy')[0].dst, '10.9.0.9');
    assert.deepEqual(
      (await nl.neighbours.list({ family: 'inet', flags: ['proxy'] })).map((one) => one.dst),
      ['10.9.0.9'],
    );
    await nl.neighbours.delete({ link: 'v0', dst: '10.9.0.9', flags: ['proxy'] });
    await nl.neighbours.delete({ link: 'v0', dst: '10.9.0.7' });
    await assert.rejects(nl.neighbours.change({ link: 'v0', dst: '10.9.0.77', lladdr: '02:00:00:00:00:08' }), {
      code: 'ENOENT',
    });
  });

  it('lists a bridge’s forwarding database', async () => {
    await nl.links.create({ kind: 'bridge', name: 'br0' });
    await nl.links.set('v1', { master: 'br0' });
    await nl.neighbours.add({
      family: 'bridge',
      link: 'v1',
      lladdr: '02:00:00:00:00:99',
      flags: ['master'],
      state: ['noarp'],
    });
    const entries = await nl.neighbours.list({ family: 'bridge', master: 'br0' });
    assert.ok(entries.some((one) => one.lladdr === '02:00:00:00:00:99' && one.link === 'v1'));
  });

  it('leaves the protocol of rules and nexthops to the kernel, as `ip` does', async () => {
    await nl.rules.add({ priority: 7, fwmark: 1 });
    ip(ns, 'rule add priority 8 fwmark 1');
    await nl.nexthops.add({ id: 1, blackhole: true });
    ip(ns, 'nexthop add id 2 blackhole');
    const rules = await nl.rules.list({ family: 'inet' });
    const [ours, theirs] = [7, 8].map((priority) => rules.find((rule) => rule.priority === priority)?.protocol);
    assert.equal(ours, theirs);
    assert.equal((await nl.nexthops.get(1)).protocol, (await nl.nexthops.get(2)).protocol);
  });

  it('lists nexthops by link and groups only, and the buckets of resilient groups', async () => {
    await nl.nexthops.add({ id: 1, gateway: '10.9.0.2', link: 'v0' });
    await nl.nexthops.add({ id: 2, link: 'v1' });
    const group = [{ id: 1, weight: 3 }, { id: 2 }];
    await nl.nexthops.add({ id: 10, group, type: 'resilient', resGroup: { buckets: 8, idleTimer: 60_000 } });
    const ids = async (filter: object) => (await nl.nexthops.list(filter)).map((one) => one.id);
    assert.deepEqual(await ids({ link: 'v0' }), [1]);
    assert.deepEqual(await ids({ groups: true }), [10]);
    const buckets = await nl.nexthops.buckets({ id: 10 });
    const seen: { bucket: { index: number; nhid: number } }[] = ipJson(ns, 'nexthop bucket list id 10');
    assert.equal(buckets.length, 8);
    assert.deepEqual(
      buckets.map(({ id, index, nhid }) => [id, index, nhid]),
      seen.map(({ bucket }) => [10, bucket.index, bucket.nhid]),
    );
    assert.equal((await nl.nexthops.buckets({ id: 10, nhid: 2 })).length, 2);
    assert.equal((await nl.nexthops.buckets({ link: 'v0' })).length, 6);
    await assert.rejects(nl.nexthops.buckets({ id: 1 }), { name: 'NetlinkError' });
  });

  it('adds, replaces, gets, lists and deletes nexthops and groups, which routes use', async () => {
    await nl.nexthops.add({ id: 1, gateway: '10.9.0.2', link: 'v0' });
    await nl.nexthops.add({ id: 2, gateway: '10.9.0.3', link: 'v0' });
    await nl.nexthops.add({ id: 3, blackhole: true });
    await nl.nexthops.add({ id: 10, group: [{ id: 1 }, { id: 2, weight: 3 }] });
    await assert.rejects(nl.nexthops.add({ id: 1, blackhole: true }), { code: 'EEXIST' });
    await nl.nexthops.replace({ id: 2, gateway: '10.9.0.4', link: 'v0' });
    assert.equal((await nl.nexthops.get(2)).gateway, '10.9.0.4');
    assert.deepEqual((await nl.nexthops.get(10)).group, [
      { id: 1, weight: 1 },
      { id: 2, weight: 3 },
    ]);
    assert.deepEqual(
      (await nl.nexthops.list()).map((one) => one.id),
      [1, 2, 3, 10],
    );
    assert.equal(ipJson(ns, 'nexthop show').length, 4);
    await nl.routes.add({ dst: '10.20.0.0/16', nhid: 10 });
    const [route] = (await nl.routes.list()).filter((one) => one.dst === '10.20.0.0/16');
    assert.equal(route?.nhid, 10);
    await nl.nexthops.delete(10);
    assert.ok(!(await nl.routes.list()).some((one) => one.dst === '10.20.0.0/16'));
    await assert.rejects(nl.nexthops.get(10), { code: 'ENOENT' });
  });
});
