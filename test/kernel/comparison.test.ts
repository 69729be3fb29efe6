// All that `ip -j -d -s` shows, compared field by field with what the library tells.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { LinkSpec, Netlink, Netns } from '../../lib/index.js';
import { ADDRESS, type Any, LINK, OPTIONS, PORT, page, ROUTE, type Rows } from '../support/ip-fields.js';
import { ip, ipJson, Sandbox } from '../support/sandbox.js';

const V4 = { local: '192.0.2.1', remote: '192.0.2.2' };
const V6 = { local: 'fd00::1', remote: 'fd00::2' };
const GRE = {
  iflags: ['key', 'seq', 'csum'],
  oflags: ['key', 'seq', 'csum'],
  ikey: 0x01020304,
  okey: 5,
  ttl: 9,
  tos: 16,
  fwmark: 7,
  pmtudisc: true,
};
const { tos: _, pmtudisc: __, ...KEYS } = GRE;
const GRE6 = { ...V6, ...KEYS, encapLimit: 3, flowInfo: 0x1012345, flags: ['rcvDscpCopy'] };

/** One of each kind, which kernels without it pass over. */
const LINKS: { kind: string; options?: object; link?: string; name?: string; [more: string]: unknown }[] = [
  { kind: 'dummy', altNames: ['one', 'two'], alias: 'some text', group: 7 },
  { kind: 'ifb', mtu: 1400 },
  {
    kind: 'vlan',
    link: 'p',
    options: {
      id: 9,
      protocol: '802.1ad',
      gvrp: true,
      ingressQos: [{ from: 1, to: 2 }],
      egressQos: [{ from: 3, to: 4 }],
    },
  },
  {
    kind: 'macvlan',
    link: 'p',
    options: { mode: 'source', flags: ['nodst'], macaddrMode: 'set', macaddrs: ['02:00:00:00:00:01'] },
  },
  { kind: 'macvtap', link: 'p', options: { mode: 'bridge' } },
  { kind: 'ipvlan', link: 'r', options: { mode: 'l3', flags: ['private'] } },
  { kind: 'ipvtap', link: 'r', options: { mode: 'l3' } },
  {
    kind: 'vxlan',
    options: {
      id: 42,
      group: '239.1.1.1',
      link: 'p',
      ttl: 5,
      tos: 16,
      port: 4789,
      gbp: true,
      ageing: 100_000,
      limit: 9,
      proxy: true,
      df: 'set',
    },
  },
  {
    kind: 'vxlan',
    name: 'vxlan6',
    options: { id: 43, group6: 'fd00::2', local6: 'fd00::1', label: 0x12345, port: 4790, udpZeroCsum6Tx: true },
  },
  { kind: 'vxlan', name: 'vxlanx', options: { collectMetadata: true, vnifilter: true, port: 4791 } },
  { kind: 'geneve', options: { id: 5, remote: '192.0.2.1', ttl: 7, tos: 16, udpCsum: true, df: 'set' } },
  { kind: 'geneve', name: 'geneve6', options: { id: 6, remote6: 'fd00::1', label: 0x12345, port: 6083 } },
  { kind: 'gre', options: { ...V4, ...GRE } },
  { kind: 'gre', name: 'grex', options: { collectMetadata: true } },
  { kind: 'gretap', options: { ...V4, ...GRE, ikey: 6 } },
  {
    kind: 'erspan',
    options: {
      ...V4,
      ...GRE,
      iflags: ['key', 'seq'],
      oflags: ['key', 'seq'],
      ikey: 30,
      okey: 31,
      erspanVer: 2,
      erspanDir: 'egress',
      erspanHwid: 17,
    },
  },
  { kind: 'ip6gre', options: GRE6 },
  {
    kind: 'ip6gretap',
    options: { ...GRE6, ikey: 6, flags: ['ignoreEncapLimit', 'inheritTclass', 'inheritFlowLabel'] },
  },
  {
    kind: 'ip6erspan',
    options: {
      ...GRE6,
      iflags: ['key', 'seq'],
      oflags: ['key', 'seq'],
      ikey: 30,
      okey: 31,
      erspanVer: 1,
      erspanIndex: 123,
    },
  },
  { kind: 'ipip', options: { ...V4, proto: 'any', ttl: 9, tos: 16, fwmark: 7 } },
  { kind: 'sit', options: { ...V4, proto: 'any', ttl: 9, fwmark: 7 } },
  { kind: 'ip6tnl', options: { ...V6, proto: 'any', ttl: 9, encapLimit: 3, flowInfo: 0x1012345, fwmark: 7 } },
  { kind: 'vti', options: { ...V4, ikey: 1, okey: 2, fwmark: 7, link: 'p' } },
  { kind: 'vti6', options: { ...V6, ikey: 1, okey: 2, fwmark: 7, link: 'p' } },
  { kind: 'xfrm', options: { link: 'p', ifId: 7 } },
  { kind: 'vrf', options: { table: 100 } },
  {
    kind: 'bond',
    options: {
      mode: '802.3ad',
      miimon: 100,
      adActorSysPrio: 77,
      adUserPortKey: 55,
      adActorSystem: '02:00:00:00:00:aa',
    },
  },
  {
    kind: 'bond',
    name: 'bonda',
    options: {
      mode: 'active-backup',
      arpInterval: 300,
      arpIpTarget: ['192.0.2.7'],
      arpValidate: 'all',
      nsIp6Target: ['fd00::7'],
      lpInterval: 5000,
    },
  },
  {
    kind: 'bridge',
    options: {
      stpState: 'kernel',
      helloTime: 3000,
      groupFwdMask: 0xfff0,
      mcastRouter: 'permanent',
      vlanFiltering: true,
    },
    up: true,
  },
  { kind: 'gtp', options: { role: 'sgsn', pdpHashsize: 2048, createSockets: true } },
  { kind: 'hsr', options: { slave1: 'h1', slave2: 'h2' } },
  {
    kind: 'macsec',
    link: 'm1',
    options: { port: 11, encrypt: true, window: 32, replayProtect: true, encodingSa: 2, validation: 'check' },
  },
  { kind: 'wireguard' },
];

/** Names that stay within 15 bytes and never meet those of the kernel's own tunnels. */
const nameOf = (one: { kind: string; name?: string }) => `x-${one.name ?? one.kind}`;

describe('comparison with ip', () => {
  let sandbox: Sandbox;
  let ns: Netns & { name: string };
  let nl: Netlink;

  before(async () => {
    sandbox = new Sandbox();
    ({ ns, nl } = await sandbox.host());
    const other = await sandbox.netns('other');
    for (const name of ['p', 'r', 'h1', 'h2', 'b1', 'b2', 'b3', 'b4', 'm1']) {
      await nl.links.create({
        kind: 'veth',
        name,
        up: true,
        peer: { name: `${name}-peer`, ...(name === 'p' ? { netns: other } : {}) },
      });
      if (name !== 'p') await nl.links.set(`${name}-peer`, { up: true });
    }
    const failed: string[] = [];
    for (const one of LINKS) {
      await nl.links
        .create({ ...one, name: nameOf(one) } as LinkSpec)
        .catch((error: { code: string; message: string }) => {
          if (error.code !== 'EOPNOTSUPP') failed.push(`${nameOf(one)}: ${error.message}`);
        });
    }
    assert.deepEqual(failed, []);
    const names = new Set((await nl.links.list()).map((link) => link.name));
    const ports = { b1: 'x-bridge', b2: 'x-bond', b3: 'x-vrf', b4: 'x-bonda' };
    for (const [port, master] of Object.entries(ports)) {
      if (!names.has(master)) continue;
      if (master.startsWith('x-bond')) await nl.links.set(port, { up: false });
      await nl.links.set(port, { master });
    }
    if (existsSync('/dev/net/tun')) {
      ip(ns, 'tuntap add mode tun name x-tun');
      ip(ns, 'tuntap add mode tap multi_queue pi vnet_hdr name x-tap');
    }
  });
  after(() => sandbox[Symbol.asyncDispose]());

  /**
   * Counters and timers move between two looks, and link-local addresses come with a carrier, when the kernel gets to it:
   * a comparison that finds differences is made again.
   */
  async function assertNone(compare: () => Promise<string[]>): Promise<void> {
    for (let left = 3; ; left--) {
      const found = await compare();
      if (found.length === 0) return;
      if (left === 0) assert.fail(found.join('\n'));
      await delay(500);
    }
  }

  /** What `ip` shows otherwise than we do, and what has no row. */
  function differences(seen: Any, our: Any, rows: Rows, where: string): string[] {
    return Object.entries(seen).flatMap(([key, value]) => {
      const row = rows[key];
      const at = `${where}.${key}`;
      if (!row) return [`${at} (${JSON.stringify(value)}) has no row in test/support/ip-fields.ts`];
      if (row.rows) {
        const inner = row.inner ? row.inner(our) : our;
        const one = row.rows;
        if (!Array.isArray(value)) return differences(value, inner, one, at);
        if (inner?.length !== value.length) return [`${at}: ${value.length} elements, ours ${inner?.length}`];
        return value.flatMap((element, i) => differences(element, inner[i], one, `${at}[${i}]`));
      }
      if (!row.of) return [];
      let told: unknown;
      try {
        told = row.of(our);
      } catch {
        return [`${at}: ip ${JSON.stringify(value)}, ours nothing`];
      }
      const isSame =
        row.about === undefined
          ? isDeepStrictEqual(sorted(told, key), sorted(value, key))
          : Math.abs((told as number) - (value as number)) <= row.about;
      return isSame ? [] : [`${at}: ip ${JSON.stringify(value)}, ours ${JSON.stringify(told)}`];
    });
  }

  const sorted = (value: unknown, key: string) =>
    key === 'flags' || key === 'altnames'
      ? [...(value as string[])].filter((one) => !['NO-CARRIER', 'M-DOWN'].includes(one)).sort()
      : value;

  it('links: their own fields, options, ports and counters', async () => {
    await assertNone(async () => {
      let ours = await nl.links.list({ stats: true });
      let theirs: Any[] = [];
      // Neighbours and routers are asked for now and then: counters that move while `ip` looks are no witness.
      for (let after = ours, isSteady = false; !isSteady; ours = after) {
        theirs = ipJson(ns, '-s -s link show');
        after = await nl.links.list({ stats: true });
        isSteady = isDeepStrictEqual(
          after.map((link) => link.stats),
          ours.map((link) => link.stats),
        );
      }
      assert.deepEqual(
        ours.map((link) => link.name),
        theirs.map((link) => link.ifname),
      );
      return theirs.flatMap((seen, i) => {
        const our = ours[i] as Any;
        const { info_kind, info_data, info_slave_kind, info_slave_data } = seen.linkinfo ?? {};
        assert.deepEqual([our.kind, our.portKind], [info_kind, info_slave_kind]);
        return [
          ...differences(seen, our, LINK, seen.ifname),
          ...differences(info_data ?? {}, our.options, OPTIONS[info_kind] ?? {}, `${seen.ifname}.info_data`),
          ...differences(
            info_slave_data ?? {},
            our.port,
            PORT[info_slave_kind] ?? {},
            `${seen.ifname}.info_slave_data`,
          ),
        ];
      });
    });
  });

  it('addresses: IPv4 and IPv6, labels, peers, lifetimes and flags', async () => {
    for (const words of [
      '10.0.0.1/24 dev p label p:x valid_lft 100 preferred_lft 50 broadcast + metric 7',
      '10.0.0.3/24 dev p',
      '10.0.1.1 peer 10.0.1.2/32 dev p scope link',
      'fd00::1/64 dev p nodad noprefixroute mngtmpaddr home',
      'fd00::5 peer fd00::6/64 dev p valid_lft 100 preferred_lft 0',
      'ff02::114/128 dev p autojoin',
      'fd00::7/64 dev r-peer optimistic',
    ]) {
      ip(ns, `addr add ${words}`);
    }
    await assertNone(async () => {
      const ours = await nl.addresses.list();
      const links = await nl.links.list();
      const theirs: Any[] = ipJson(ns, 'addr show');
      const seenCount = theirs.flatMap((link) => link.addr_info).length;
      if (ours.length !== seenCount) return [`ip shows ${seenCount} addresses, we ${ours.length}`];
      return theirs.flatMap((link, i) => [
        ...differences(link, links[i], LINK, link.ifname),
        ...link.addr_info.flatMap((seen: Any) => {
          const our = ours.find((one) => one.linkIndex === link.ifindex && one.address.split('/')[0] === seen.local);
          return our ? differences(seen, our, ADDRESS, seen.local) : [`${seen.local} of ${link.ifname} is missing`];
        }),
      ]);
    });
  });

  it('routes: types, tables, metrics, next hops of either family', async () => {
    await nl.links.set('h1', { up: true });
    for (const words of ['10.2.0.1/24 dev r', 'fd02::1/64 dev r nodad']) ip(ns, `addr add ${words}`);
    for (const words of [
      'add 10.5.0.0/16 via 10.2.0.2 mtu lock 1400 window 10000 rtt 100 rttvar 50 ssthresh 10 cwnd lock 5 advmss 1300 reordering 4 hoplimit 20 initcwnd 11 features ecn rto_min 300 initrwnd 12 quickack 1 congctl cubic fastopen_no_cookie 1 realms 3/4 proto static src 10.2.0.1 tos 0x10 metric 50',
      'add 10.6.0.0/16 nexthop via 10.2.0.2 weight 3 nexthop via inet6 fd02::9 dev r weight 4 onlink',
      'add blackhole 10.7.0.0/16 table 99',
      'add 10.8.0.0/16 via inet6 fd02::3',
      'add throw default table 98',
      'add prohibit 10.11.0.0/16',
      'add 10.12.0.7 dev r scope link',
      'add fd05::/64 via fd02::2 pref high expires 100 metric 3 mtu 1400',
      'add fd06::/64 nexthop via fd02::2 nexthop via fd02::3 weight 2',
      'add unreachable fd03::/64',
      'add fd04::/64 from fd02::/64 via fd02::2',
    ]) {
      ip(ns, words.includes('fd0') && !words.includes('10.') ? `-6 route ${words}` : `route ${words}`);
    }
    ip(ns, 'nexthop add id 9 via 10.2.0.2 dev r');
    ip(ns, 'route add 10.9.0.0/16 nhid 9');
    for (const [family, option] of [
      ['inet', '-4'],
      ['inet6', '-6'],
    ] as const) {
      await assertNone(async () => {
        const ours = await nl.routes.list({ table: 'all', family });
        const theirs: Any[] = ipJson(ns, `${option} route show table all`);
        const key = ({ dst }: Any) => dst.replace(/\/(32|128)$/, '');
        const [told, seen] = [ours.map(key), theirs.map(key)];
        if (!isDeepStrictEqual(told, seen)) return [`destinations: ip ${seen.join(' ')}, ours ${told.join(' ')}`];
        return theirs.flatMap((seen, i) => differences(seen, ours[i], ROUTE, seen.dst));
      });
    }
  });

  it('is written down in docs/comparison-with-ip.md', () => {
    assert.equal(
      readFileSync(new URL('../../docs/comparison-with-ip.md', import.meta.url), 'utf8'),
      page(),
      'make it again: tsx test/support/ip-fields.ts',
    );
  });
});
