// Actions of every kind against the kernel, with `tc` as witness.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Netlink, Netns, TcAction, TcActionSpec } from '../../lib/index.js';
import { Sandbox } from '../support/sandbox.js';
import { skipBecause } from '../support/skip.js';
import { lackOf, steady, tcBatch } from '../support/tc.js';
import { actionDifferences, parseBatch, policeDifferences } from '../support/tc-filter-fields.js';

interface Case {
  title: string;
  spec: TcActionSpec;
  /** The same to `tc`, after `actions add action`. */
  words: string;
  /** Of `options`, what the kernel tells otherwise. */
  tells?: object;
}

/** 16 bytes of labels, the first being this. */
const label = (first: number) => Uint8Array.from({ length: 16 }, (_, i) => (i === 0 ? first : 0));

const MAC = '02:00:00:00:00:01';

const cases: Case[] = [
  { title: 'gact', spec: { kind: 'gact', control: 'drop' }, words: 'gact drop' },
  {
    title: 'gact at random',
    spec: { kind: 'gact', control: 'pipe', options: { random: { type: 'netrand', val: 10, control: 'drop' } } },
    words: 'gact pipe random netrand drop 10',
  },
  {
    title: 'mirred, mirror',
    spec: { kind: 'mirred', options: { action: 'mirror', direction: 'egress', link: 'ifb0' } },
    words: 'mirred egress mirror dev ifb0',
  },
  {
    title: 'mirred, redirect',
    spec: { kind: 'mirred', cookie: 'c1a0c1a0', options: { action: 'redirect', direction: 'ingress', link: 'ifb0' } },
    words: 'mirred ingress redirect dev ifb0~cookie~c1a0c1a0',
  },
  {
    title: 'mirred with a jump',
    spec: { kind: 'mirred', control: 'jump 10', options: { action: 'mirror', direction: 'ingress', link: 'ifb0' } },
    words: 'mirred ingress mirror dev ifb0 jump 10',
  },
  {
    title: 'police by bytes',
    spec: { kind: 'police', options: { rate: '1mbit', burst: '100kb', mtu: '2kb' } },
    words: 'police rate 1mbit burst 100k mtu 2kb',
    tells: { rate: 1_000_000, burst: 102_400, mtu: 2048 },
  },
  {
    title: 'police with a peak rate, overhead and two controls',
    spec: {
      kind: 'police',
      control: 'drop',
      options: {
        rate: '8mbit',
        burst: '1000k',
        peakrate: '22mbit',
        mtu: '1024k',
        overhead: 20,
        linkLayer: 'atm',
        conform: 'pipe',
      },
    },
    words: 'police rate 8mbit burst 1000k mtu 1024k peakrate 22mbit overhead 20 linklayer atm conform-exceed drop/pipe',
    tells: { rate: 8_000_000, burst: 1_024_000, peakrate: 22_000_000, mtu: 1_048_576 },
  },
  {
    title: 'police by packets',
    spec: { kind: 'police', control: 'continue', options: { pktRate: 1000, pktBurst: 200 } },
    words: 'police pkts_rate 1000 pkts_burst 200 conform-exceed continue',
  },
  {
    title: 'police at many gigabits',
    spec: { kind: 'police', options: { rate: '80gbit', burst: 100_000_000 } },
    words: 'police rate 80gbit burst 100000000',
    tells: { rate: 80e9, burst: 100_000_000 },
  },
  {
    title: 'skbedit',
    spec: { kind: 'skbedit', options: { priority: '1:10', mark: 5, mask: 0xff, queueMapping: 2, ptype: 'otherhost' } },
    words: 'skbedit queue_mapping 2 priority 1:10 mark 5/255 ptype otherhost',
  },
  {
    title: 'skbedit by DS field',
    spec: { kind: 'skbedit', control: 'ok', options: { flags: ['inheritdsfield'] } },
    words: 'skbedit inheritdsfield pass',
  },
  {
    title: 'pedit by field',
    spec: {
      kind: 'pedit',
      control: 'pipe',
      options: {
        munge: [
          { field: 'eth.dst', set: MAC },
          { field: 'ip.src', set: '192.0.2.1' },
          { field: 'ip.ttl', add: 255 },
          { field: 'ip.tos', set: '0x10/0xfc' },
          { field: 'tcp.dport', set: 8080 },
          { field: 'udp.sport', add: 2 },
        ],
      },
    },
    words:
      `pedit ex munge eth dst set ${MAC} munge ip src set 192.0.2.1 munge ip ttl add 0xff ` +
      'munge ip tos set 0x10 retain 0xfc munge tcp dport set 8080 munge udp sport add 2 pipe',
  },
  {
    title: 'pedit of IPv6',
    spec: {
      kind: 'pedit',
      control: 'pipe',
      options: {
        munge: [
          { field: 'ip6.dst', set: 'fd00::1' },
          { field: 'ip6.hoplimit', set: 64 },
        ],
      },
    },
    words: 'pedit ex munge ip6 dst set fd00::1 munge ip6 hoplimit set 64 pipe',
  },
  {
    title: 'pedit by offset',
    spec: {
      kind: 'pedit',
      control: 'pipe',
      options: {
        extended: false,
        munge: [
          { field: 'u8', at: 9, set: 17 },
          { field: 'u32', at: 12, invert: 0xff },
        ],
      },
    },
    words: 'pedit munge offset 9 u8 set 17 munge offset 12 u32 invert retain 0xff pipe',
    tells: {
      munge: [
        { field: 'u32', at: 8, set: 17 * 0x10000, mask: 0xff0000 },
        { field: 'u32', at: 12, invert: 0xff },
      ],
    },
  },
  {
    title: 'vlan, push',
    spec: { kind: 'vlan', options: { action: 'push', id: 100, protocol: '802.1ad', priority: 5 } },
    words: 'vlan push id 100 protocol 802.1ad priority 5',
  },
  { title: 'vlan, pop', spec: { kind: 'vlan', options: { action: 'pop' } }, words: 'vlan pop' },
  {
    title: 'vlan, modify',
    spec: { kind: 'vlan', options: { action: 'modify', id: 7, protocol: '802.1Q' } },
    words: 'vlan modify id 7 protocol 802.1Q',
  },
  {
    title: 'vlan, an Ethernet header',
    spec: { kind: 'vlan', options: { action: 'push_eth', dstMac: MAC, srcMac: '02:00:00:00:00:02' } },
    words: `vlan push_eth dst_mac ${MAC} src_mac 02:00:00:00:00:02`,
  },
  {
    title: 'csum',
    spec: { kind: 'csum', options: { update: ['iph', 'tcp', 'udp'] } },
    words: 'csum iph tcp udp',
  },
  {
    title: 'nat',
    spec: { kind: 'nat', options: { direction: 'egress', old: '10.0.0.0/24', new: '192.0.2.0' } },
    words: 'nat egress 10.0.0.0/24 192.0.2.0',
  },
  {
    title: 'bpf by classic bytecode',
    spec: { kind: 'bpf', options: { bytecode: '1,6 0 0 4294967295' } },
    words: 'bpf bytecode 1,6~0~0~4294967295',
    tells: { bytecode: [{ code: 6, jt: 0, jf: 0, k: 0xffffffff }] },
  },
  {
    title: 'tunnel_key over IPv4, with Geneve options',
    spec: {
      kind: 'tunnel_key',
      options: {
        action: 'set',
        srcIp: '192.0.2.1',
        dstIp: '192.0.2.2',
        id: 42,
        dstPort: 6081,
        tos: 16,
        ttl: 64,
        nocsum: true,
        options: {
          geneve: [
            { class: 0x102, type: 0x80, data: Uint8Array.of(1, 2, 3, 4) },
            { class: 0x103, type: 0x81, data: Uint8Array.of(5, 6, 7, 8) },
          ],
        },
      },
    },
    words:
      'tunnel_key set src_ip 192.0.2.1 dst_ip 192.0.2.2 id 42 dst_port 6081 nocsum tos 16 ttl 64 ' +
      'geneve_opts 0102:80:01020304,0103:81:05060708',
  },
  {
    title: 'tunnel_key over IPv6',
    spec: { kind: 'tunnel_key', options: { action: 'set', srcIp: 'fd00::1', dstIp: 'fd00::2', id: 7 } },
    words: 'tunnel_key set src_ip fd00::1 dst_ip fd00::2 id 7',
  },
  { title: 'tunnel_key, unset', spec: { kind: 'tunnel_key', options: { action: 'unset' } }, words: 'tunnel_key unset' },
  {
    title: 'ct with mark and NAT',
    spec: {
      kind: 'ct',
      options: {
        action: ['commit', 'nat', 'src'],
        zone: 5,
        mark: '0x10/0xff',
        natMin: '192.0.2.1',
        natMax: '192.0.2.9',
        natPortMin: 1000,
        natPortMax: 2000,
      },
    },
    words: 'ct commit zone 5 mark 0x10/0xff nat src addr 192.0.2.1-192.0.2.9 port 1000-2000',
  },
  { title: 'ct, clear', spec: { kind: 'ct', options: { action: ['clear'] } }, words: 'ct clear' },
  { title: 'connmark', spec: { kind: 'connmark', options: { zone: 3 } }, words: 'connmark zone 3' },
  {
    title: 'ct, taking the connection over, with NAT of the destination',
    spec: {
      kind: 'ct',
      options: {
        action: ['commit', 'force', 'nat', 'dst'],
        labels: label(5),
        labelsMask: label(0xf),
        natMin: '2001:db8::1',
        natPortMin: 80,
      },
    },
    words: `ct commit force label 05${'00'.repeat(15)}/0f${'00'.repeat(15)} nat dst addr 2001:db8::1 port 80`,
    tells: { action: ['commit', 'force', 'nat', 'dst'], natMin: '2001:db8::1', natPortMin: 80 },
  },
  { title: 'ct with the NAT of the connection', spec: { kind: 'ct', options: { action: ['nat'] } }, words: 'ct nat' },
  {
    title: 'tunnel_key with options of VXLAN',
    spec: {
      kind: 'tunnel_key',
      options: { action: 'set', srcIp: '192.0.2.1', dstIp: '192.0.2.2', id: 7, options: { vxlan: { gbp: 5 } } },
    },
    words: 'tunnel_key set src_ip 192.0.2.1 dst_ip 192.0.2.2 id 7 vxlan_opts 5',
  },
  {
    title: 'tunnel_key with options of ERSPAN',
    spec: {
      kind: 'tunnel_key',
      options: {
        action: 'set',
        srcIp: '192.0.2.1',
        dstIp: '192.0.2.2',
        id: 7,
        options: { erspan: { ver: 2, dir: 1, hwid: 3 } },
      },
    },
    words: 'tunnel_key set src_ip 192.0.2.1 dst_ip 192.0.2.2 id 7 erspan_opts 2:0:1:3',
  },
  { title: 'vlan, pop of Ethernet', spec: { kind: 'vlan', options: { action: 'pop_eth' } }, words: 'vlan pop_eth' },
  {
    title: 'nat of destinations',
    spec: { kind: 'nat', options: { direction: 'ingress', old: '192.0.2.1', new: '10.0.0.1' } },
    words: 'nat ingress 192.0.2.1 10.0.0.1',
    tells: { direction: 'ingress' },
  },
  {
    title: 'sample, whole packets',
    spec: { kind: 'sample', options: { rate: 1, group: 2 } },
    words: 'sample rate 1 group 2',
  },
  {
    title: 'ct with labels that are not kept',
    spec: {
      kind: 'ct',
      options: {
        zone: 2,
        labels: label(5),
        labelsMask: new Uint8Array(16).fill(255),
      },
    },
    words: 'ct zone 2 label 05000000000000000000000000000000',
    tells: { zone: 2, labels: label(5) },
  },
  { title: 'ctinfo without masks', spec: { kind: 'ctinfo', options: { zone: 4 } }, words: 'ctinfo zone 4' },
  {
    title: 'ctinfo',
    spec: { kind: 'ctinfo', options: { dscpMask: 0xfc000000, dscpStateMask: 0x01000000, zone: 2 } },
    words: 'ctinfo dscp 0xfc000000 0x01000000 zone 2',
  },
  {
    title: 'sample',
    spec: { kind: 'sample', options: { rate: 100, group: 5, trunc: 64 } },
    words: 'sample rate 100 group 5 trunc 64',
  },
  {
    title: 'mpls, push',
    spec: { kind: 'mpls', options: { action: 'push', protocol: 'mpls_uc', label: 20, tc: 3, ttl: 64, bos: true } },
    words: 'mpls push protocol mpls_uc label 20 tc 3 ttl 64 bos 1',
  },
  {
    title: 'mpls, pop',
    spec: { kind: 'mpls', options: { action: 'pop', protocol: 'ip' } },
    words: 'mpls pop protocol ip',
  },
  {
    title: 'mpls, modify',
    spec: { kind: 'mpls', options: { action: 'modify', label: 21, tc: 1, ttl: 3 } },
    words: 'mpls modify label 21 tc 1 ttl 3',
    tells: { label: 21, tc: 1, ttl: 3, protocol: undefined },
  },
  {
    title: 'mpls, dec_ttl',
    spec: { kind: 'mpls', options: { action: 'dec_ttl' } },
    words: 'mpls dec_ttl',
    tells: { action: 'dec_ttl', protocol: undefined },
  },
  {
    title: 'gate',
    spec: {
      kind: 'gate',
      options: {
        baseTime: 200_000_000_000n,
        clockid: 'tai',
        schedEntries: [
          { open: true, interval: 200_000_000, ipv: -1, maxOctets: 8_000_000 },
          { interval: 100_000_000, ipv: -1, maxOctets: -1 },
        ],
      },
    },
    words:
      'gate clockid CLOCK_TAI base-time 200000000000ns sched-entry open 200000000ns -1 8000000b ' +
      'sched-entry close 100000000ns',
    tells: {
      schedEntries: [
        { index: 0, open: true, interval: 200_000_000, ipv: -1, maxOctets: 8_000_000 },
        { index: 1, interval: 100_000_000, ipv: -1, maxOctets: -1 },
      ],
    },
  },
  {
    title: 'skbmod',
    spec: { kind: 'skbmod', options: { dmac: MAC, etype: 0x1234 } },
    words: `skbmod set dmac ${MAC} set etype 0x1234`,
  },
  { title: 'skbmod, swap', spec: { kind: 'skbmod', options: { swapmac: true } }, words: 'skbmod swap mac' },
  { title: 'simple', spec: { kind: 'simple', options: { sdata: 'hello' } }, words: 'simple sdata hello' },
  {
    title: 'ife',
    spec: { kind: 'ife', options: { mode: 'encode', type: 0xed3e, dst: MAC, meta: { mark: true, prio: 7 } } },
    words: `ife encode type 0xed3e dst ${MAC} allow mark use prio 7`,
    tells: {},
  },
];

/** An action without what the kernel counts, and without its number. */
function plain({ index: _, refs: __, binds: ___, times: ____, ...action }: TcAction): object {
  const { stats: _____, usedHwStats: ______, inHwCount: _______, ...rest } = action;
  return rest;
}

interface Outcome {
  lack?: string | undefined;
  error?: unknown;
  theirs?: TcAction;
  ours?: TcAction;
  back?: TcAction;
  shown?: string[];
  /** What `tc` shows of its own in JSON. */
  json?: object[];
}

describe('tc: actions as tc makes them', () => {
  const sandbox = new Sandbox();
  const outcomes: Outcome[] = [];
  const first = 100;

  before(async () => {
    const { ns, nl } = await sandbox.host();
    await nl.links.create({ kind: 'ifb', name: 'ifb0', up: true });
    for (const [i, { spec }] of cases.entries()) {
      outcomes[i] = { lack: await lackOf(nl, `action ${spec.kind}`) };
    }
    const usable = cases.map((one, i) => ({ ...one, i })).filter(({ i }) => outcomes[i]?.lack === undefined);
    tcBatch(
      ns,
      usable.map(({ words, i }) => {
        const [line = '', ...cookie] = words.replaceAll('~cookie~', ' cookie ').split(' cookie ');
        return `actions add action ${line} index ${first + i}${cookie.length > 0 ? ` cookie ${cookie[0]}` : ''}`;
      }),
    );
    for (const { i, spec } of usable) {
      const outcome = outcomes[i] as Outcome;
      try {
        outcome.theirs = await nl.tc.actions.get({ kind: spec.kind, index: first + i }, { stats: true });
        await nl.tc.actions.add({ ...spec, index: 2 * first + i });
        outcome.ours = await nl.tc.actions.get({ kind: spec.kind, index: 2 * first + i });
        await nl.tc.actions.replace({ ...outcome.ours, index: 3 * first + i });
        outcome.back = await nl.tc.actions.get({ kind: spec.kind, index: 3 * first + i });
      } catch (error) {
        outcome.error = error;
      }
    }
    const made = usable.filter(({ i }) => outcomes[i]?.error === undefined);
    const shown = tcBatch(
      ns,
      made.flatMap(({ i, spec }) =>
        [1, 2, 3].map((times) => `actions get action ${spec.kind} index ${times * first + i}`),
      ),
    )
      .split(/^total acts .*\n/m)
      .slice(1)
      .map(steady);
    const json = tcBatch(
      ns,
      made.map(({ i, spec }) => `actions get action ${spec.kind} index ${first + i}`),
      ['-j', '-s', '-d'],
    );
    parseBatch(json).forEach((parts, position) => {
      (outcomes[made[position]?.i as number] as Outcome).json = parts;
    });
    made.forEach(({ i }, position) => {
      (outcomes[i] as Outcome).shown = shown.slice(position * 3, position * 3 + 3);
    });
  });
  after(() => sandbox[Symbol.asyncDispose]());

  cases.forEach(({ title, spec, tells }, i) => {
    it(title, function () {
      const { lack, error, theirs, ours, back, shown = [], json = [] } = outcomes[i] as Outcome;
      if (lack !== undefined) skipBecause(this, lack);
      assert.equal(error, undefined);
      assert.deepEqual(plain(ours as TcAction), plain(theirs as TcAction));
      assert.deepEqual(plain(back as TcAction), plain(theirs as TcAction));
      assert.deepEqual(actionDifferences(json, [theirs]), []);
      if (spec.kind === 'police') assert.deepEqual(policeDifferences(shown[0] ?? '', [theirs]), []);
      assert.equal(shown[1], shown[0]);
      assert.equal(shown[2], shown[0]);
      assert.ok(shown[0]?.toLowerCase().includes(spec.kind));
      const options = (ours?.options ?? {}) as Record<string, unknown>;
      for (const [name, value] of Object.entries(tells ?? spec.options ?? {})) {
        assert.deepEqual(options[name], value, name);
      }
      if (spec.control !== undefined) assert.equal(ours?.control, spec.control);
      assert.equal(ours?.cookie, spec.cookie);
    });
  });
});

describe('tc: actions', () => {
  let sandbox: Sandbox;
  let ns: Netns & { name: string };
  let nl: Netlink;

  beforeEach(async () => {
    sandbox = new Sandbox();
    ({ ns, nl } = await sandbox.host());
    await nl.links.create({ kind: 'ifb', name: 'ifb0', up: true });
    await nl.links.create({ kind: 'ifb', name: 'ifb1', up: true });
    await nl.tc.qdiscs.add({ link: 'ifb1', kind: 'clsact' });
  });
  afterEach(() => sandbox[Symbol.asyncDispose]());

  const mirror = { kind: 'mirred', options: { action: 'mirror', direction: 'egress', link: 'ifb0' } } as const;

  it('are added, changed, replaced, got, listed, deleted and flushed', async () => {
    const { actions } = nl.tc;
    await actions.add({ ...mirror, index: 5, control: 'ok' });
    await assert.rejects(actions.add({ ...mirror, index: 5 }), { code: 'EEXIST' });
    await actions.change({ ...mirror, index: 5, control: 'drop' });
    assert.equal((await actions.get({ kind: 'mirred', index: 5 })).control, 'drop');
    await assert.rejects(actions.change({ ...mirror, index: 6 }), { code: 'ENOENT' });
    await actions.replace({ ...mirror, index: 6 });
    await actions.add([
      { ...mirror, index: 7 },
      { ...mirror, index: 8, cookie: 'ab' },
    ]);
    assert.deepEqual(
      (await actions.list({ kind: 'mirred' })).map(({ index }) => index),
      [5, 6, 7, 8],
    );
    assert.match(tcBatch(ns, ['actions list action mirred']), /index 8 ref 1 bind 0\s+cookie ab/);
    const { stats } = await actions.get({ kind: 'mirred', index: 7 }, { stats: true });
    assert.equal(stats?.packets, 0);
    await actions.delete({ kind: 'mirred', index: 5 });
    await assert.rejects(actions.get({ kind: 'mirred', index: 5 }), { code: 'ENOENT' });
    await assert.rejects(actions.delete({ kind: 'mirred', index: 5 }), { code: 'ENOENT' });
    await actions.flush('mirred');
    assert.deepEqual(await actions.list({ kind: 'mirred' }), []);
    assert.deepEqual(await actions.list({ kind: 'nonesuch' }), []);
  });

  it('are shared by filters, by number', async () => {
    await nl.tc.actions.add({ ...mirror, index: 5 });
    for (const prio of [1, 2]) {
      await nl.tc.filters.add({
        link: 'ifb1',
        parent: 'ingress',
        kind: 'u32',
        prio,
        options: { actions: [{ kind: 'mirred', index: 5 }] },
      });
    }
    const shared = await nl.tc.actions.get({ kind: 'mirred', index: 5 });
    assert.deepEqual([shared.refs, shared.binds], [3, 2]);
    await assert.rejects(nl.tc.actions.delete({ kind: 'mirred', index: 5 }), { code: 'EPERM' });
    await nl.tc.filters.delete({ link: 'ifb1', parent: 'ingress' });
    // The kernel lets go of a filter's actions some time after the filter.
    while ((await nl.tc.actions.get({ kind: 'mirred', index: 5 })).refs !== 1) await sleep(5);
    await nl.tc.actions.delete({ kind: 'mirred', index: 5 });
  });

  it('a great many are listed', async () => {
    const specs = Array.from({ length: 320 }, (_, i) => ({ ...mirror, index: i + 1 }));
    await Promise.all(Array.from({ length: 10 }, (_, i) => nl.tc.actions.add(specs.slice(i * 32, i * 32 + 32))));
    assert.equal((await nl.tc.actions.list({ kind: 'mirred' })).length, 320);
  });

  it('what cannot be is refused before the kernel', async () => {
    const refused = async (action: object, field: string) => {
      await assert.rejects(nl.tc.actions.add(action as TcActionSpec), { field, code: /^ERR_/ });
      await assert.rejects(
        nl.tc.filters.add({
          link: 'ifb1',
          parent: 'ingress',
          kind: 'matchall',
          options: { actions: [action as never] },
        }),
        { field: `options.actions[0].${field}`, code: /^ERR_/ },
      );
    };
    await refused({ kind: 'gact' }, 'control');
    await refused({ kind: 'gact', control: 'pipe', cookie: 'xyz' }, 'cookie');
    await refused({ kind: 'mirred', options: { action: 'mirror', direction: 'egress' } }, 'options.link');
    await refused({ kind: 'mirred', options: { action: 'copy', direction: 'egress', link: 1 } }, 'options.action');
    await refused({ kind: 'police', options: { rate: '1mbit' } }, 'options.burst');
    await refused({ kind: 'police', options: { rate: 1e6, burst: 1e4, pktRate: 5, pktBurst: 5 } }, 'options.pktRate');
    await refused({ kind: 'police', options: { rate: 1e6, burst: 1e4, peakrate: 2e6 } }, 'options.mtu');
    await refused({ kind: 'vlan', options: { action: 'push' } }, 'options.id');
    await refused({ kind: 'vlan', options: { action: 'pop', id: 5 } }, 'options.id');
    await refused({ kind: 'mpls', options: { action: 'pop' } }, 'options.protocol');
    await refused({ kind: 'skbedit', options: {} }, 'options');
    await refused({ kind: 'ct', options: { action: ['clear', 'commit'] } }, 'options.action');
    await refused({ kind: 'pedit', options: { munge: [{ field: 'ip.nonesuch', set: 1 }] } }, 'options.munge[0].field');
    await refused({ kind: 'pedit', options: { munge: [{ field: 'ip.ttl' }] } }, 'options.munge[0]');
    await refused({ kind: 'tunnel_key', options: { action: 'set', srcIp: '10.0.0.1' } }, 'options.dstIp');
    await refused({ kind: 'nat', options: { direction: 'egress', old: 'fd00::1', new: '10.0.0.1' } }, 'options.old');
    const jump = [
      { kind: 'gact', control: 'jump 2' },
      { kind: 'gact', control: 'ok' },
    ] as TcActionSpec[];
    await assert.rejects(
      nl.tc.filters.add({ link: 'ifb1', parent: 'ingress', kind: 'matchall', options: { actions: jump } }),
      { field: 'options.actions[0].control' },
    );
    assert.deepEqual(await nl.tc.actions.list({ kind: 'mirred' }), []);
  });
});
