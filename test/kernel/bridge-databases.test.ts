// Databases of bridges and VXLANs, with `bridge` as the witness.
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { type Netlink, NetlinkError, type Netns } from '../../lib/index.js';
import { ip, ipJson, run, Sandbox } from '../support/sandbox.js';
import { skipBecause } from '../support/skip.js';

describe("bridges' databases", () => {
  let sandbox: Sandbox;
  let ns: Netns & { name: string };
  let nl: Netlink;

  // biome-ignore lint/suspicious/noExplicitAny: the witness's JSON has no types
  const bridge = (words: string): any => {
    const text = run('bridge', '-n', ns.name, '-j', '-d', ...words.split(' '));
    return text.trim() === '' ? [] : JSON.parse(text);
  };

  beforeEach(async () => {
    sandbox = new Sandbox();
    ({ ns, nl } = await sandbox.host('brdb'));
    ip(ns, 'link add br0 type bridge mcast_snooping 1');
    ip(ns, 'link add p0 master br0 type veth peer name q0');
    ip(ns, 'link add p1 master br0 type veth peer name q1');
    // Without addresses of their own none joins groups in its own time.
    for (const link of ['br0', 'p0', 'q0', 'p1', 'q1']) ip(ns, `link set ${link} addrgenmode none up`);
  });
  afterEach(() => sandbox[Symbol.asyncDispose]());

  it('forwarding entries: permanent, static, dynamic, in the bridge and in the device', async () => {
    const { fdb } = nl.bridge;
    await fdb.add({ link: 'p0', lladdr: '02:00:00:00:00:01', flags: ['master'] });
    await fdb.add({ link: 'p0', lladdr: '02:00:00:00:00:02', flags: ['master'], state: 'static' });
    await fdb.add({ link: 'p0', lladdr: '02:00:00:00:00:03', flags: ['master', 'sticky'], state: 'static' });
    await fdb.add({ link: 'p1', lladdr: '02:00:00:00:00:04', flags: ['master'], state: 'dynamic' });
    await fdb.add({ link: 'q0', lladdr: '02:00:00:00:00:05' });
    await assert.rejects(fdb.add({ link: 'p0', lladdr: '02:00:00:00:00:01', flags: ['master'] }), { code: 'EEXIST' });
    const witnessed = (mac: string) =>
      bridge('fdb show')
        // A kernel with VLANs of bridges has a further entry for each of the port's VLANs.
        .filter((one: { mac: string; vlan?: number }) => one.mac === mac && one.vlan === undefined)
        .map((one: Record<string, unknown>) => [one.ifname, one.state ?? '', one.flags, one.master ?? '']);
    assert.deepEqual(witnessed('02:00:00:00:00:01'), [['p0', 'permanent', [], 'br0']]);
    assert.deepEqual(witnessed('02:00:00:00:00:02'), [['p0', 'static', [], 'br0']]);
    assert.deepEqual(witnessed('02:00:00:00:00:03'), [['p0', 'static', ['sticky'], 'br0']]);
    assert.deepEqual(witnessed('02:00:00:00:00:04'), [['p1', '', [], 'br0']]);
    assert.deepEqual(witnessed('02:00:00:00:00:05'), [['q0', 'permanent', ['self'], '']]);

    const ours = (await fdb.list()).filter(
      ({ lladdr, vlan }) => vlan === undefined && lladdr.startsWith('02:00:00:00:00:0'),
    );
    assert.deepEqual(ours.map(({ link, lladdr, state, master }) => [link, lladdr.slice(-1), state, master]).sort(), [
      ['p0', '1', 'permanent', 'br0'],
      ['p0', '2', 'static', 'br0'],
      ['p0', '3', 'static', 'br0'],
      ['p1', '4', 'dynamic', 'br0'],
      ['q0', '5', 'permanent', undefined],
    ]);
    assert.equal((await fdb.list()).length, bridge('fdb show').length);
    assert.ok((await fdb.list({ link: 'p1' })).every(({ link }) => link === 'p1'));
    assert.ok((await fdb.list({ master: 'br0' })).every(({ link }) => ['br0', 'p0', 'p1'].includes(String(link))));

    await fdb.replace({ link: 'p1', lladdr: '02:00:00:00:00:01', flags: ['master'], state: 'static' });
    assert.deepEqual(witnessed('02:00:00:00:00:01'), [['p1', 'static', [], 'br0']]);
    await fdb.delete({ link: 'p1', lladdr: '02:00:00:00:00:01', flags: ['master'] });
    await fdb.delete({ link: 'q0', lladdr: '02:00:00:00:00:05' });
    assert.deepEqual([witnessed('02:00:00:00:00:01'), witnessed('02:00:00:00:00:05')], [[], []]);
    await assert.rejects(fdb.delete({ link: 'p1', lladdr: '02:00:00:00:00:01', flags: ['master'] }), {
      code: 'ENOENT',
    });
    await assert.rejects(fdb.add({ link: 'p0', lladdr: '02:00:00:00:00:01', state: 'stale' as 'static' }), {
      code: 'ERR_INVALID_ARG_VALUE',
      field: 'state',
    });
  });

  it('forwarding entries of a VXLAN: remote ends, one and many, with port, VNI and link', async () => {
    const { fdb } = nl.bridge;
    await nl.links.create({ kind: 'vxlan', name: 'vx0', options: { id: 42, port: 4789, learning: false } });
    await fdb.add({ link: 'vx0', lladdr: '00:00:00:00:00:00', dst: '192.0.2.1' });
    await fdb.append({
      link: 'vx0',
      lladdr: '00:00:00:00:00:00',
      dst: '192.0.2.2',
      vni: 43,
      port: 4790,
      viaLink: 'br0',
    });
    await fdb.add({ link: 'vx0', lladdr: '02:00:00:00:00:09', dst: '192.0.2.3' });
    const shown = (): unknown[][] =>
      bridge('fdb show dev vx0').map((one: Record<string, unknown>) => [
        one.mac,
        one.dst,
        one.vni,
        one.port,
        one.viaIf,
      ]);
    assert.deepEqual(shown().sort(), [
      ['00:00:00:00:00:00', '192.0.2.1', undefined, undefined, undefined],
      ['00:00:00:00:00:00', '192.0.2.2', 43, 4790, 'br0'],
      ['02:00:00:00:00:09', '192.0.2.3', undefined, undefined, undefined],
    ]);
    const ours = await fdb.list({ link: 'vx0' });
    assert.deepEqual(
      ours.map(({ lladdr, dst, vni, port, viaLink }) => [lladdr, dst, vni, port, viaLink]),
      shown(),
    );
    await fdb.delete({ link: 'vx0', lladdr: '00:00:00:00:00:00', dst: '192.0.2.1' });
    assert.equal(bridge('fdb show dev vx0').length, 2);
  });

  it('multicast groups: of IPv4, of IPv6 and of MAC addresses, with sources', async function () {
    const { mdb } = nl.bridge;
    const monitor = nl.monitor(['mdb']);
    await monitor.ready;
    try {
      await mdb.add({ link: 'br0', port: 'p0', group: '239.1.1.1', state: 'permanent' });
    } catch (error) {
      if (error instanceof NetlinkError && error.code === 'EOPNOTSUPP') skipBecause(this, 'no multicast snooping');
      throw error;
    }
    // A port forwards a little after its carrier has come, unless it is asked for.
    for (let state = ''; state !== 'forwarding'; await delay(10)) {
      const [port] = ipJson(ns, '-d link show dev p1');
      state = port.linkinfo.info_slave_data.state;
    }
    await mdb.add({ link: 'br0', port: 'p1', group: '239.1.1.1' });
    await mdb.add({ link: 'br0', port: 'p1', group: 'ff05::7', state: 'permanent' });
    await mdb.add({ link: 'br0', port: 'p0', group: '01:00:5e:00:00:aa', state: 'permanent' });
    await mdb.add({ link: 'br0', port: 'p0', group: '239.2.2.2', source: '192.0.2.1', state: 'permanent' });
    const theirs = bridge('mdb show')
      .flatMap((one: { mdb: Record<string, unknown>[] }) => one.mdb)
      .map((one: Record<string, unknown>) => [
        one.port,
        one.grp,
        one.state === 'permanent' ? 'permanent' : 'temporary',
        one.src,
      ]);
    const listed = await mdb.list({ link: 'br0' });
    assert.deepEqual(
      listed.map(({ port, group, state, source }) => [port, group, state, source]),
      theirs,
    );
    const made = listed.filter(({ group }) =>
      ['239.1.1.1', 'ff05::7', '01:00:5e:00:00:aa', '239.2.2.2'].includes(group),
    );
    assert.equal(made.length, 5);
    assert.ok(made.every(({ link }) => link === 'br0'));
    const { value } = await monitor.next();
    assert.ok(value?.type === 'mdb' && value.action === 'new' && value.object.link === 'br0');
    await monitor.close();

    await mdb.delete({ link: 'br0', port: 'p0', group: '239.1.1.1' });
    await mdb.delete({ link: 'br0', port: 'p1', group: 'ff05::7' });
    const left = (await mdb.list()).map(({ port, group }) => `${port} ${group}`);
    assert.ok(left.includes('p1 239.1.1.1') && !left.includes('p0 239.1.1.1') && !left.includes('p1 ff05::7'));
    await assert.rejects(mdb.add({ link: 'br0', port: 'p0', group: '239.1.1' }), {
      code: 'ERR_INVALID_ARG_VALUE',
      field: 'groupIp',
    });
  });

  it('VNIs of a VXLAN that filters them, single and in ranges', async () => {
    const { vnis } = nl.bridge;
    await nl.links.create({
      kind: 'vxlan',
      name: 'vx0',
      options: { port: 4789, collectMetadata: true, vnifilter: true },
    });
    await vnis.add({ link: 'vx0', vni: 100 });
    await vnis.add({ link: 'vx0', vni: 200, rangeEnd: 210 });
    await vnis.add({ link: 'vx0', vni: 300, group: '192.0.2.9' });
    const shown = () =>
      bridge('vni show')
        .flatMap((one: { vnis: { vni: number; vniEnd?: number }[] }) => one.vnis)
        .map(({ vni, vniEnd }: { vni: number; vniEnd?: number }) => [vni, vniEnd]);
    assert.deepEqual(shown(), [
      [100, undefined],
      [200, 210],
      [300, undefined],
    ]);
    const listed = await vnis.list({ link: 'vx0' });
    assert.deepEqual(
      listed.map(({ link, vni, rangeEnd, group }) => [link, vni, rangeEnd, group]),
      [
        ['vx0', 100, undefined, undefined],
        ['vx0', 200, 210, undefined],
        ['vx0', 300, undefined, '192.0.2.9'],
      ],
    );
    await vnis.delete({ link: 'vx0', vni: 200, rangeEnd: 205 });
    assert.deepEqual(shown()[1], [206, 210]);
    assert.equal((await vnis.list()).length, 3);
  });

  describe('VLANs', () => {
    beforeEach(async function () {
      try {
        await nl.bridge.vlans.list();
      } catch (error) {
        if (error instanceof NetlinkError && error.code === 'EOPNOTSUPP') {
          skipBecause(this, 'this kernel was built without VLANs of bridges');
        }
        throw error;
      }
      ip(ns, 'link set br0 type bridge vlan_filtering 1');
    });

    /** Of a link: id, last id of a range, flags. */
    const shown = (link: string) =>
      bridge(`vlan show dev ${link}`)
        .flatMap((one: { vlans: object[] }) => one.vlans)
        .map(({ vlan, vlanEnd, flags = [] }: { vlan: number; vlanEnd?: number; flags?: string[] }) => [
          vlan,
          vlanEnd,
          flags.includes('PVID'),
          flags.includes('Egress Untagged'),
        ]);
    const listed = async (link: string) =>
      (await nl.bridge.vlans.list({ link })).map(({ vid, rangeEnd, pvid, untagged }) => [
        vid,
        rangeEnd,
        pvid,
        untagged,
      ]);

    it('of ports and of the bridge itself: single, in ranges, pvid and untagged', async () => {
      const { vlans } = nl.bridge;
      assert.deepEqual(await listed('p0'), [[1, undefined, true, true]]);
      await vlans.add({ link: 'p0', vid: 2 });
      await vlans.add({ link: 'p0', vid: 3, pvid: true, untagged: true });
      await vlans.add({ link: 'p0', vid: 10, rangeEnd: 20 });
      await vlans.add({ link: 'br0', vid: 2 });
      await vlans.add({ link: 'br0', vid: 3, untagged: true });
      for (const link of ['p0', 'br0']) assert.deepEqual(await listed(link), shown(link), link);
      assert.deepEqual(await listed('p0'), [
        [1, undefined, false, true],
        [2, undefined, false, false],
        [3, undefined, true, true],
        [10, 20, false, false],
      ]);
      await vlans.delete({ link: 'p0', vid: 1, rangeEnd: 2 });
      await vlans.delete({ link: 'p0', vid: 10, rangeEnd: 14 });
      await vlans.delete({ link: 'br0', vid: 2 });
      for (const link of ['p0', 'br0']) assert.deepEqual(await listed(link), shown(link), link);
      assert.deepEqual(await listed('p0'), [
        [3, undefined, true, true],
        [15, 20, false, false],
      ]);
      assert.equal((await vlans.list()).filter(({ link }) => link === 'p1').length, 1);
    });

    it('are mapped to tunnel ids on a VXLAN', async () => {
      const { vlans } = nl.bridge;
      await nl.links.create({
        kind: 'vxlan',
        name: 'vx0',
        master: 'br0',
        options: { port: 4789, collectMetadata: true },
      });
      await nl.links.set('vx0', { port: { vlanTunnel: true } });
      await vlans.add({ link: 'vx0', vid: 10, tunnel: 20 });
      await vlans.add({ link: 'vx0', vid: 30, rangeEnd: 32 });
      await vlans.set({ link: 'vx0', vid: 30, rangeEnd: 32, tunnel: 100 });
      const tunnels = () =>
        bridge('vlan tunnelshow dev vx0')
          .flatMap((one: { tunnels: object[] }) => one.tunnels)
          .map(({ vlan, vlanEnd, tunid }: { vlan: number; vlanEnd?: number; tunid: number }) => [vlan, vlanEnd, tunid]);
      const ours = async () =>
        (await vlans.list({ link: 'vx0' }))
          .filter(({ tunnel }) => tunnel !== undefined)
          .map(({ vid, rangeEnd, tunnel }) => [vid, rangeEnd, tunnel]);
      assert.deepEqual(await ours(), [
        [10, undefined, 20],
        [30, 32, 100],
      ]);
      assert.deepEqual(tunnels(), await ours());
      await vlans.set({ link: 'vx0', vid: 10, tunnel: null });
      assert.deepEqual(await ours(), [[30, 32, 100]]);
      assert.deepEqual(await vlans.list({ link: 'p0' }).then((all) => all.filter(({ tunnel }) => tunnel)), []);
    });

    it('are told by events', async () => {
      const monitor = nl.monitor(['bridgeVlan']);
      await monitor.ready;
      run('bridge', '-n', ns.name, 'vlan', 'add', 'vid', '7', 'dev', 'p1');
      const { value } = await monitor.next();
      assert.ok(value?.type === 'bridgeVlan' && value.action === 'new');
      assert.deepEqual([value.object.link, value.object.entries?.[0]?.vid], ['p1', 7]);
      await monitor.close();
    });
  });
});
