// A bridge's and its ports' options, one by one.
import assert from 'node:assert/strict';
import type { Link, LinkSpec, Netlink, Netns } from '../../lib/index.js';
import { ip, ipJson, Sandbox } from '../support/sandbox.js';
import { skipBecause } from '../support/skip.js';

type Fields = Record<string, unknown>;

interface Row {
  option: string;
  value: unknown;
  /** How `ip -j -d` calls it and shows the value; absent where this `ip` does not show it. */
  ip?: [name: string, value: unknown];
  /** Set before, and after. */
  first?: Fields;
  /** What else the kernel changes with it. */
  implies?: Fields;
  /** Younger than the oldest kernel we support: may be refused, or passed over. */
  isYoung?: boolean;
}

const BRIDGE: Row[] = [
  { option: 'forwardDelay', value: 7000, ip: ['forward_delay', 700] },
  { option: 'helloTime', value: 3000, ip: ['hello_time', 300] },
  { option: 'maxAge', value: 30_000, ip: ['max_age', 3000] },
  { option: 'ageingTime', value: 150_000, ip: ['ageing_time', 15_000] },
  { option: 'stpState', value: 'kernel', ip: ['stp_state', 1] },
  { option: 'priority', value: 4096, ip: ['priority', 4096] },
  { option: 'vlanFiltering', value: true, ip: ['vlan_filtering', 1] },
  {
    option: 'vlanProtocol',
    value: '802.1ad',
    ip: ['vlan_protocol', '802.1ad'],
    implies: { groupAddr: '01:80:c2:00:00:08' },
  },
  { option: 'groupFwdMask', value: 0xfff0, ip: ['group_fwd_mask', '0xfff0'] },
  { option: 'groupAddr', value: '01:80:c2:00:00:0e', ip: ['group_addr', '01:80:c2:00:00:0e'] },
  { option: 'vlanDefaultPvid', value: 100, ip: ['vlan_default_pvid', 100] },
  { option: 'vlanStatsEnabled', value: true, ip: ['vlan_stats_enabled', 1] },
  { option: 'mcastRouter', value: 'permanent', ip: ['mcast_router', 2] },
  { option: 'mcastQueryUseIfaddr', value: true, ip: ['mcast_query_use_ifaddr', 1] },
  { option: 'mcastQuerier', value: true, ip: ['mcast_querier', 1] },
  { option: 'mcastHashMax', value: 8192, ip: ['mcast_hash_max', 8192] },
  { option: 'mcastLastMemberCnt', value: 5, ip: ['mcast_last_member_cnt', 5] },
  { option: 'mcastStartupQueryCnt', value: 6, ip: ['mcast_startup_query_cnt', 6] },
  { option: 'mcastLastMemberIntvl', value: 2000, ip: ['mcast_last_member_intvl', 200] },
  { option: 'mcastMembershipIntvl', value: 130_000, ip: ['mcast_membership_intvl', 13_000] },
  { option: 'mcastQuerierIntvl', value: 128_000, ip: ['mcast_querier_intvl', 12_800] },
  { option: 'mcastQueryIntvl', value: 64_000, ip: ['mcast_query_intvl', 6400] },
  { option: 'mcastQueryResponseIntvl', value: 5000, ip: ['mcast_query_response_intvl', 500] },
  { option: 'mcastStartupQueryIntvl', value: 16_000, ip: ['mcast_startup_query_intvl', 1600] },
  { option: 'mcastStatsEnabled', value: true, ip: ['mcast_stats_enabled', 1] },
  { option: 'mcastIgmpVersion', value: 3, ip: ['mcast_igmp_version', 3] },
  { option: 'mcastMldVersion', value: 2, ip: ['mcast_mld_version', 2] },
  { option: 'nfCallIptables', value: true, ip: ['nf_call_iptables', 1] },
  { option: 'nfCallIp6tables', value: true, ip: ['nf_call_ip6tables', 1] },
  { option: 'nfCallArptables', value: true, ip: ['nf_call_arptables', 1] },
  { option: 'vlanStatsPerPort', value: true, ip: ['vlan_stats_per_port', 1] },
  { option: 'noLinkLocalLearn', value: true, ip: ['no_linklocal_learn', 1] },
  { option: 'mcastVlanSnooping', value: true, ip: ['mcast_vlan_snooping', 1], first: { vlanFiltering: true } },
  { option: 'mstEnabled', value: true, first: { vlanDefaultPvid: 0 }, isYoung: true },
  { option: 'mdbOffloadFailNotification', value: true, isYoung: true },
  { option: 'fdbLocalVlan0', value: true, isYoung: true },
  { option: 'fdbMaxLearned', value: 4000, isYoung: true },
  { option: 'mcastSnooping', value: false, ip: ['mcast_snooping', 0] },
];

const PORT: Row[] = [
  { option: 'priority', value: 10, ip: ['priority', 10] },
  { option: 'cost', value: 77, ip: ['cost', 77] },
  { option: 'hairpin', value: true, ip: ['hairpin', true] },
  { option: 'guard', value: true, ip: ['guard', true] },
  { option: 'rootBlock', value: true, ip: ['root_block', true] },
  { option: 'fastLeave', value: true, ip: ['fastleave', true] },
  { option: 'learning', value: false, ip: ['learning', false] },
  { option: 'flood', value: false, ip: ['flood', false] },
  { option: 'proxyArp', value: true, ip: ['proxy_arp', true] },
  { option: 'proxyArpWifi', value: true, ip: ['proxy_arp_wifi', true] },
  { option: 'multicastRouter', value: 'permanent', ip: ['multicast_router', 2] },
  { option: 'mcastFlood', value: false, ip: ['mcast_flood', false] },
  { option: 'mcastToUnicast', value: true, ip: ['mcast_to_unicast', true] },
  { option: 'vlanTunnel', value: true, ip: ['vlan_tunnel', true] },
  { option: 'bcastFlood', value: false, ip: ['bcast_flood', false] },
  { option: 'groupFwdMask', value: 0xfff0, ip: ['group_fwd_mask', '0xfff0'] },
  { option: 'neighSuppress', value: true, ip: ['neigh_suppress', true] },
  { option: 'isolated', value: true, ip: ['isolated', true] },
  { option: 'backupPort', value: 'w0', ip: ['backup_port', 'w0'] },
  { option: 'mcastEhtHostsLimit', value: 1024 },
  { option: 'locked', value: true, ip: ['locked', true] },
  { option: 'mab', value: true, first: { locked: true, learning: true }, isYoung: true },
  { option: 'mcastMaxGroups', value: 7, isYoung: true },
  { option: 'neighVlanSuppress', value: true, isYoung: true },
  { option: 'backupNhid', value: 9, first: { backupPort: 'w0' }, isYoung: true },
];

/** What follows from other fields, or from time. */
const DERIVED =
  /Timer$|^(bridgeId|rootId|topologyChange|topologyChangeDetected|rootPort|id|no|designatedPort|designatedCost|mcastQuerierState|mcastNGroups|mcastEhtHostsCnt|backupPortIndex)$/;

const steady = (fields: Fields) => Object.fromEntries(Object.entries(fields).filter(([key]) => !DERIVED.test(key)));
const isUnsupported = (error: unknown) => ['EOPNOTSUPP', 'EINVAL'].includes((error as { code: string }).code);

describe('bridge', () => {
  let sandbox: Sandbox;
  let ns: Netns & { name: string };
  let nl: Netlink;

  beforeEach(async () => {
    sandbox = new Sandbox();
    ({ ns, nl } = await sandbox.host());
  });
  afterEach(() => sandbox[Symbol.asyncDispose]());

  const get = async (name: string): Promise<Link & { options: Fields; port: Fields }> =>
    (await nl.links.get(name)) as Link & { options: Fields; port: Fields };
  const create = (name: string, options?: Fields) =>
    nl.links.create({ kind: 'bridge', name, ...(options ? { options } : {}) } as LinkSpec);
  const change = (name: string, options: Fields) => nl.links.set(name, { kind: 'bridge', options });
  const data = (name: string): Fields => ipJson(ns, `link show dev ${name}`)[0].linkinfo.info_data;

  // What a kernel was built without it does not take, and tells at most a constant of.
  let rows: Row[];
  let told: Set<string>;
  let hasVlans: boolean;
  before(async () => {
    await using place = new Sandbox();
    const { nl: there } = await place.host();
    await there.links.create({ kind: 'bridge', name: 'plain' });
    told = new Set(Object.keys((await there.links.get('plain')).options ?? {}));
    hasVlans = await there.links.set('plain', { kind: 'bridge', options: { vlanFiltering: true } }).then(
      () => true,
      (error) => {
        assert.equal(error.code, 'EOPNOTSUPP');
        return false;
      },
    );
    if (!hasVlans)
      for (const option of ['vlanFiltering', 'mcastVlanSnooping', 'mstEnabled', 'fdbLocalVlan0']) told.delete(option);
    rows = BRIDGE.filter(({ option, first }) => [option, ...Object.keys(first ?? {})].every((name) => told.has(name)));
  });

  it('has all options compiled in', function () {
    const absent = BRIDGE.filter((row) => !row.isYoung && !rows.includes(row)).map((row) => row.option);
    if (absent.length > 0) skipBecause(this, `this kernel’s bridge was built without: ${absent.join(', ')}`);
  });

  const needVlans = (context: Mocha.Context) => {
    if (!hasVlans) skipBecause(context, 'this kernel’s bridge was built without VLANs');
  };

  it('has the kernel’s defaults for what is left out', async () => {
    await create('plain');
    ip(ns, 'link add theirs type bridge');
    const plain = steady((await get('plain')).options);
    assert.deepEqual(plain, steady((await get('theirs')).options));
    assert.deepEqual(
      {
        forwardDelay: plain.forwardDelay,
        helloTime: plain.helloTime,
        maxAge: plain.maxAge,
        ageingTime: plain.ageingTime,
      },
      { forwardDelay: 15_000, helloTime: 2000, maxAge: 20_000, ageingTime: 300_000 },
    );
    await create('one', { helloTime: 4000 });
    assert.deepEqual(steady((await get('one')).options), { ...plain, helloTime: 4000 });
    await create('other', { nfCallIptables: told.has('nfCallIptables') ? true : undefined, groupFwdMask: 8 });
    const { nfCallIptables } = plain;
    const changed = nfCallIptables === undefined ? {} : { nfCallIptables: true };
    assert.deepEqual(steady((await get('other')).options), { ...plain, ...changed, groupFwdMask: 8 });
    await create('third', { mcastSnooping: false });
    assert.deepEqual(steady((await get('third')).options), { ...plain, mcastSnooping: false });
    assert.equal(data('third').mcast_snooping, 0);
  });

  it('takes each option by itself, and changes nothing else', async () => {
    await create('br0');
    let expected = steady((await get('br0')).options);
    for (const { option, value, first, implies, isYoung } of rows) {
      if (expected[option] === undefined && isYoung) continue;
      assert.notDeepEqual(expected[option], value, `${option} is not the default`);
      if (first) {
        await change('br0', first);
        expected = { ...expected, ...first };
      }
      try {
        await change('br0', { [option]: value });
      } catch (error) {
        if (isYoung && isUnsupported(error)) continue;
        throw error;
      }
      const after = steady((await get('br0')).options);
      if (isYoung && after[option] !== value) continue;
      expected = { ...expected, [option]: value, ...implies };
      assert.deepEqual(after, expected, option);
    }
    const seen = data('br0');
    for (const { ip: witness, option } of rows) {
      if (witness && !['vlanDefaultPvid'].includes(option)) assert.deepEqual(seen[witness[0]], witness[1], witness[0]);
    }
  });

  it('takes all options at creation', async () => {
    const old = rows.filter((row) => row.ip);
    const options = Object.fromEntries(old.map((row) => [row.option, row.value]));
    await create('br0', options);
    const after = (await get('br0')).options;
    const seen = data('br0');
    for (const { option, value, ip: witness } of old) {
      assert.deepEqual(after[option], value, option);
      assert.deepEqual(seen[witness?.[0] as string], witness?.[1], option);
    }
  });

  it('is told as `ip` set it', async function () {
    needVlans(this);
    ip(
      ns,
      'link add br0 type bridge forward_delay 700 hello_time 300 max_age 3000 ageing_time 15000 stp_state 1 priority 4096 vlan_filtering 1 group_fwd_mask 0xfff0 mcast_snooping 0 vlan_default_pvid 7',
    );
    const { options } = await get('br0');
    const {
      forwardDelay,
      helloTime,
      maxAge,
      ageingTime,
      stpState,
      priority,
      vlanFiltering,
      groupFwdMask,
      mcastSnooping,
      vlanDefaultPvid,
    } = options;
    assert.deepEqual(
      {
        forwardDelay,
        helloTime,
        maxAge,
        ageingTime,
        stpState,
        priority,
        vlanFiltering,
        groupFwdMask,
        mcastSnooping,
        vlanDefaultPvid,
      },
      {
        forwardDelay: 7000,
        helloTime: 3000,
        maxAge: 30_000,
        ageingTime: 150_000,
        stpState: 'kernel',
        priority: 4096,
        vlanFiltering: true,
        groupFwdMask: 0xfff0,
        mcastSnooping: false,
        vlanDefaultPvid: 7,
      },
    );
  });

  it('turns VLAN filtering and multicast snooping on and off, and has a default VLAN or none', async function () {
    needVlans(this);
    await create('br0');
    for (const on of [true, false, true]) {
      await change('br0', { vlanFiltering: on });
      assert.equal((await get('br0')).options.vlanFiltering, on);
      assert.equal(data('br0').vlan_filtering, Number(on));
    }
    for (const on of [false, true]) {
      await change('br0', { mcastSnooping: on });
      assert.equal((await get('br0')).options.mcastSnooping, on);
    }
    for (const pvid of [100, 0]) {
      await change('br0', { vlanDefaultPvid: pvid });
      assert.equal((await get('br0')).options.vlanDefaultPvid, pvid);
      assert.equal(data('br0').vlan_default_pvid, pvid);
    }
  });

  it('sets boolean options one by one in their common word', async function () {
    needVlans(this);
    await create('br0', { vlanFiltering: true, noLinkLocalLearn: true });
    await change('br0', { mcastVlanSnooping: true });
    assert.deepEqual([data('br0').no_linklocal_learn, data('br0').mcast_vlan_snooping], [1, 1]);
    await change('br0', { noLinkLocalLearn: false });
    assert.deepEqual([data('br0').no_linklocal_learn, data('br0').mcast_vlan_snooping], [0, 1]);
  });

  it('says why, where an option does not fit the others or is out of range', async () => {
    await create('br0');
    await assert.rejects(change('br0', { mcastVlanSnooping: true }), { name: 'NetlinkError' });
    await assert.rejects(change('br0', { groupFwdMask: 1 }), { code: 'EINVAL' });
    await assert.rejects(change('br0', { helloTime: 3005 }), { code: 'ERR_OUT_OF_RANGE' });
    await assert.rejects(change('br0', { vlanDefaultPvid: 4095 }), { code: 'ERR_OUT_OF_RANGE' });
    await assert.rejects(change('br0', { stpState: 'sometimes' }), { code: 'ERR_INVALID_ARG_VALUE' });
    await assert.rejects(change('br0', { noSuchOption: 1 }), { code: 'ERR_INVALID_ARG_VALUE' });
  });

  describe('port', () => {
    const port = async (name = 'v0') => (await get(name)).port;
    const slave = (name = 'v0'): Fields => ipJson(ns, `link show dev ${name}`)[0].linkinfo.info_slave_data;
    const plug = (name: string, options?: Fields) =>
      nl.links.create({
        kind: 'veth',
        name,
        master: 'br0',
        ...(options ? { port: options } : {}),
        peer: { name: `${name}-peer` },
      } as LinkSpec);

    beforeEach(async () => {
      await create('br0');
      await nl.links.set('br0', { up: true });
    });

    it('takes each option by itself, and changes nothing else', async () => {
      await plug('w0');
      await plug('v0');
      await nl.links.set('v0', { up: true });
      await nl.links.set('v0-peer', { up: true });
      await nl.links.set('v0', { port: { state: 'forwarding' } });
      let expected = steady(await port());
      for (const { option, value, first, isYoung, ip: witness } of PORT) {
        if (expected[option] === undefined && isYoung && option !== 'backupNhid') continue;
        assert.notDeepEqual(expected[option], value, `${option} is not the default`);
        if (first) {
          await nl.links.set('v0', { port: first });
          expected = { ...expected, ...first };
        }
        try {
          await nl.links.set('v0', { port: { [option]: value } });
        } catch (error) {
          if (isYoung && isUnsupported(error)) continue;
          throw error;
        }
        const after = steady(await port());
        if (isYoung && after[option] !== value) continue;
        expected = { ...expected, [option]: value };
        assert.deepEqual(after, expected, option);
        if (witness) assert.deepEqual(slave()[witness[0]], witness[1], witness[0]);
      }
    });

    it('takes each option at creation, and keeps the defaults of the rest', async () => {
      await plug('w0');
      await plug('plain');
      const plain = steady(await port('plain'));
      const rows = PORT.filter((row) => row.option !== 'state' && !row.isYoung);
      for (const [i, { option, value }] of rows.entries()) {
        await plug(`c${i}`, { [option]: value });
        assert.deepEqual(steady(await port(`c${i}`)), { ...plain, [option]: value }, option);
      }
    });

    it('gives up its backup port', async () => {
      await plug('w0');
      await plug('v0', { backupPort: 'w0' });
      assert.equal((await port()).backupPort, 'w0');
      await nl.links.set('v0', { port: { backupPort: null } });
      assert.equal((await port()).backupPort, undefined);
      assert.equal(slave().backup_port, undefined);
    });

    it('takes back what was read', async () => {
      await plug('v0', { hairpin: true, isolated: true });
      const before = await get('v0');
      await nl.links.set('v0', { ...before, mtu: 1400 });
      assert.deepEqual(steady(await port()), steady(before.port));
      await nl.links.set('v0', { ...before, port: { ...before.port, hairpin: false } });
      assert.deepEqual(steady(await port()), { ...steady(before.port), hairpin: false });
    });

    it('is refused of a link that is no port', async () => {
      await nl.links.create({ kind: 'veth', name: 'v0', peer: { name: 'v1' } });
      await assert.rejects(nl.links.set('v0', { port: { hairpin: true } }), {
        name: 'NetlinkError',
        code: 'EOPNOTSUPP',
      });
    });
  });
});
