// Every kind of link with options: made by us and told by `ip`, made by `ip` and told by us.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import type { Link, LinkSpec, Netlink, Netns } from '../../lib/index.js';
import { ip, ipJson, Sandbox } from '../support/sandbox.js';
import { skipBecause } from '../support/skip.js';

type Fields = Record<string, unknown>;

interface Case {
  /** What sets the case apart from others of its kind. */
  title?: string;
  kind: string;
  /** Parent link. */
  link?: string;
  /** What we are given, and must be told again. */
  options?: Fields;
  /** The same to `ip`, after the kind. */
  words?: string;
  /** What `ip -j -d` shows of it in info_data; absent where this `ip` does not know the kind's options. */
  shows?: Fields;
  /** Of `options`: what is not told. */
  unseen?: string[];
  /** What the kernel makes of one end's addresses or the like, beside what was given. */
  adds?: Fields;
  /** An option changed later, what the kernel wants with it (of tunnels: everything), and what `ip` shows then. */
  change?: { options: Fields; shows?: Fields; with?: Fields | 'all' };
  /** Tunnels wrapped in UDP need the fou module. */
  needsFou?: boolean;
}

const V4 = { local: '192.0.2.1', remote: '192.0.2.2' };
const V6 = { local: 'fd00::1', remote: 'fd00::2' };
const V4_WORDS = 'local 192.0.2.1 remote 192.0.2.2';
const V6_WORDS = 'local fd00::1 remote fd00::2';
const FOU = { encapType: 'fou', encapSport: 5555, encapDport: 5556, encapFlags: ['csum', 'remcsum'] };
const FOU_WORDS = 'encap fou encap-sport 5555 encap-dport 5556 encap-csum encap-remcsum';
const FOU_SHOWS = { encap: { type: 'fou', sport: 5555, dport: 5556, csum: true, csum6: false, remcsum: true } };
const CAN_BOTH = ['capXmit', 'capRcv'];

const cases: Case[] = [
  ...['dummy', 'ifb', 'nlmon', 'vcan', 'team', 'wireguard'].map((kind) => ({ kind })),
  {
    kind: 'vlan',
    title: 'with QoS maps and flags',
    link: 'p',
    options: {
      id: 900,
      protocol: '802.1ad',
      reorderHdr: false,
      gvrp: true,
      mvrp: true,
      looseBinding: true,
      ingressQos: [
        { from: 1, to: 2 },
        { from: 3, to: 4 },
      ],
      egressQos: [{ from: 5, to: 6 }],
    },
    words:
      'protocol 802.1ad id 900 reorder_hdr off gvrp on mvrp on loose_binding on ingress-qos-map 1:2 3:4 egress-qos-map 5:6',
    shows: {
      protocol: '802.1ad',
      id: 900,
      flags: ['GVRP', 'MVRP', 'LOOSE_BINDING'],
      ingress_qos: [
        { from: 1, to: 2 },
        { from: 3, to: 4 },
      ],
      egress_qos: [{ from: 5, to: 6 }],
    },
    change: { options: { gvrp: false }, shows: { flags: ['MVRP', 'LOOSE_BINDING'] } },
  },
  {
    kind: 'vlan',
    title: 'bound to a bridge’s ports',
    link: 'p',
    options: { id: 901, bridgeBinding: true },
    words: 'id 901 bridge_binding on',
    shows: { protocol: '802.1Q', id: 901, flags: ['REORDER_HDR', 'BRIDGE_BINDING'] },
    change: { options: { bridgeBinding: false }, shows: { flags: ['REORDER_HDR'] } },
  },
  ...['private', 'vepa', 'bridge'].map((mode) => ({
    kind: 'macvlan',
    title: `mode ${mode}`,
    link: 'p',
    options: { mode, bcQueueLen: 2000 },
    words: `mode ${mode} bcqueuelen 2000`,
    shows: { mode, bcqueuelen: 2000, usedbcqueuelen: 2000 },
    change:
      mode === 'bridge'
        ? { options: { mode: 'private' }, shows: { mode: 'private' } }
        : { options: { bcQueueLen: 3000 }, shows: { bcqueuelen: 3000 } },
  })),
  {
    kind: 'macvlan',
    title: 'mode passthru, nopromisc',
    link: 'p',
    options: { mode: 'passthru', flags: ['nopromisc'] },
    words: 'mode passthru nopromisc',
    shows: { mode: 'passthru', nopromisc: true },
  },
  {
    kind: 'macvlan',
    title: 'mode source, with addresses',
    link: 'p',
    options: { mode: 'source', flags: ['nodst'], macaddrMode: 'set', macaddrs: ['02:00:00:00:00:01'] },
    unseen: ['macaddrMode'],
    words: 'mode source nodst macaddr set 02:00:00:00:00:01',
    shows: { mode: 'source', nodst: true, macaddr_count: 1 },
    change: { options: { macaddrs: ['02:00:00:00:00:02'] }, with: { mode: 'source', macaddrMode: 'set' } },
  },
  {
    kind: 'macvtap',
    link: 'p',
    options: { mode: 'bridge', bcQueueLen: 2000 },
    words: 'mode bridge bcqueuelen 2000',
    shows: { mode: 'bridge', bcqueuelen: 2000 },
    change: { options: { mode: 'vepa' }, shows: { mode: 'vepa' } },
  },
  ...(['l2', 'l3', 'l3s'] as const).map((mode, i) => {
    const flag = ['bridge', 'private', 'vepa'][i] as string;
    return {
      kind: 'ipvlan',
      title: `mode ${mode}, ${flag}`,
      link: 'p',
      options: { mode, flags: flag === 'bridge' ? [] : [flag] },
      words: `mode ${mode} ${flag}`,
      shows: { mode, [flag]: true },
      change: {
        options: { mode: mode === 'l3' ? 'l2' : 'l3' },
        shows: { mode: mode === 'l3' ? 'l2' : 'l3', [flag]: true },
      },
    };
  }),
  {
    kind: 'ipvtap',
    link: 'p',
    options: { mode: 'l2', flags: ['private'] },
    words: 'mode l2 private',
    shows: { mode: 'l2', private: true },
  },
  {
    kind: 'vxlan',
    title: 'over IPv4',
    options: {
      id: 42,
      group: '239.1.1.1',
      link: 'p',
      ttl: 5,
      tos: 16,
      port: 4789,
      portRange: { low: 30_000, high: 40_000 },
      learning: false,
      proxy: true,
      rsc: true,
      l2miss: true,
      l3miss: true,
      ageing: 600_000,
      limit: 100,
      udpCsum: false,
      remcsumTx: true,
      remcsumRx: true,
      gbp: true,
      df: 'set',
      ttlInherit: false,
    },
    words:
      'id 42 group 239.1.1.1 dev p ttl 5 tos 0x10 dstport 4789 srcport 30000 40000 nolearning proxy rsc l2miss l3miss ageing 600 maxaddress 100 noudpcsum remcsumtx remcsumrx gbp df set',
    shows: {
      id: 42,
      group: '239.1.1.1',
      link: 'p',
      ttl: 5,
      tos: '0x10',
      port: 4789,
      port_range: { low: 30_000, high: 40_000 },
      learning: false,
      proxy: true,
      rsc: true,
      l2miss: true,
      l3miss: true,
      ageing: 600,
      limit: 100,
      udp_csum: false,
      remcsum_tx: true,
      remcsum_rx: true,
      gbp: true,
      df: 'set',
    },
    change: { options: { ageing: 400_000 }, shows: { ageing: 400, learning: false, ttl: 5 } },
  },
  {
    kind: 'vxlan',
    title: 'over IPv6',
    options: {
      id: 43,
      group6: 'fd00::2',
      local6: 'fd00::1',
      link: 'p',
      label: 0x12345,
      port: 4790,
      udpZeroCsum6Tx: true,
      udpZeroCsum6Rx: true,
      ttlInherit: true,
    },
    words:
      'id 43 remote fd00::2 local fd00::1 dev p flowlabel 0x12345 dstport 4790 udp6zerocsumtx udp6zerocsumrx ttl inherit',
    shows: {
      id: 43,
      remote6: 'fd00::2',
      local6: 'fd00::1',
      label: '0x12345',
      udp_zero_csum6_tx: true,
      udp_zero_csum6_rx: true,
    },
  },
  {
    kind: 'vxlan',
    title: 'with remote checksum offload',
    options: { id: 44, port: 4793, remcsumRx: true, remcsumNopartial: true },
  },
  {
    kind: 'vxlan',
    title: 'for any identifier, filtered',
    options: { collectMetadata: true, vnifilter: true, port: 4791, learning: false },
    words: 'external vnifilter dstport 4791 nolearning',
    shows: { external: true, vnifilter: true, port: 4791, learning: false },
    change: { options: { learning: true }, shows: { learning: true, vnifilter: true } },
  },
  {
    kind: 'vxlan',
    title: 'with generic protocol extension',
    options: { collectMetadata: true, gpe: true, port: 4792, learning: false },
    words: 'external gpe dstport 4792 nolearning',
    shows: { external: true, gpe: true },
  },
  {
    kind: 'geneve',
    title: 'over IPv4',
    options: { id: 5, remote: '192.0.2.1', ttl: 7, tos: 16, port: 6082, udpCsum: false, df: 'set' },
    words: 'id 5 remote 192.0.2.1 ttl 7 tos 0x10 dstport 6082 noudpcsum df set',
    shows: { id: 5, remote: '192.0.2.1', ttl: 7, tos: '0x10', port: 6082, udp_csum: false, df: 'set' },
    change: { options: { ttl: 9 }, shows: { ttl: 9, tos: '0x10', id: 5 }, with: { id: 5, remote: '192.0.2.1' } },
  },
  {
    kind: 'geneve',
    title: 'over IPv6',
    options: {
      id: 6,
      remote6: 'fd00::1',
      label: 0x12345,
      udpZeroCsum6Tx: true,
      udpZeroCsum6Rx: true,
      ttlInherit: true,
      port: 6083,
    },
    words: 'id 6 remote fd00::1 flowlabel 0x12345 udp6zerocsumtx udp6zerocsumrx ttl inherit dstport 6083',
    shows: { id: 6, remote6: 'fd00::1', label: '0x12345', udp_zero_csum6_tx: true, udp_zero_csum6_rx: true },
  },
  {
    kind: 'geneve',
    title: 'external',
    options: { collectMetadata: true, port: 6084 },
    words: 'external dstport 6084',
    shows: { external: true },
  },
  {
    kind: 'geneve',
    title: 'of IP packets',
    options: { id: 7, remote: '192.0.2.1', innerProtoInherit: true, port: 6085 },
    words: 'id 7 remote 192.0.2.1 innerprotoinherit dstport 6085',
    shows: { id: 7, inner_proto_inherit: true },
  },
  {
    kind: 'gre',
    options: {
      ...V4,
      link: 'p',
      ttl: 9,
      tos: 16,
      iflags: ['csum', 'key'],
      oflags: ['key', 'seq'],
      ikey: 1,
      okey: 2,
      fwmark: 7,
      pmtudisc: true,
    },
    words: `${V4_WORDS} ttl 9 tos 0x10 ikey 1 okey 2 icsum oseq fwmark 7 dev p`,
    shows: {
      ...V4,
      link: 'p',
      ttl: 9,
      tos: '0x10',
      ikey: '0.0.0.1',
      okey: '0.0.0.2',
      icsum: true,
      oseq: true,
      fwmark: '0x7',
      pmtudisc: true,
    },
    change: { options: { ttl: 11 }, shows: { ttl: 11, fwmark: '0x7', icsum: true, oseq: true }, with: 'all' },
  },
  {
    kind: 'gre',
    title: 'without path MTU discovery',
    options: { ...V4, pmtudisc: false, ignoreDf: true, ttl: 0 },
    words: `${V4_WORDS} nopmtudisc ttl inherit ignore-df`,
    shows: { ttl: 0, pmtudisc: false, ignore_df: true },
  },
  {
    kind: 'gre',
    title: 'external',
    options: { collectMetadata: true, pmtudisc: true },
    words: 'external',
    shows: { external: true },
  },
  {
    kind: 'gre',
    title: 'in UDP',
    needsFou: true,
    options: { ...V4, ...FOU, pmtudisc: true },
    words: `${V4_WORDS} ${FOU_WORDS}`,
    shows: FOU_SHOWS,
  },
  {
    kind: 'gretap',
    options: {
      ...V4,
      ttl: 9,
      ikey: 5,
      okey: 5,
      iflags: ['csum', 'key', 'seq'],
      oflags: ['csum', 'key', 'seq'],
      pmtudisc: true,
    },
    words: `${V4_WORDS} ttl 9 key 5 csum seq`,
    shows: { ...V4, ttl: 9, ikey: '0.0.0.5', okey: '0.0.0.5', iseq: true, oseq: true, icsum: true, ocsum: true },
  },
  ...[
    {
      ver: { erspanVer: 1, erspanIndex: 123 },
      words: 'erspan_ver 1 erspan 123',
      shows: { erspan_ver: 1, erspan_index: 123 },
    },
    {
      ver: { erspanVer: 2, erspanDir: 'egress', erspanHwid: 17 },
      words: 'erspan_ver 2 erspan_dir egress erspan_hwid 17',
      shows: { erspan_ver: 2, erspan_dir: 'egress', erspan_hwid: '0x11' },
    },
  ].flatMap(({ ver, words, shows }) => [
    {
      kind: 'erspan',
      title: `version ${ver.erspanVer}`,
      options: { ...V4, ...ver, ikey: 30, okey: 30, iflags: ['key', 'seq'], oflags: ['key', 'seq'], pmtudisc: true },
      words: `${V4_WORDS} seq key 30 ${words}`,
      shows,
    },
    {
      kind: 'ip6erspan',
      title: `version ${ver.erspanVer}`,
      options: {
        ...V6,
        ...ver,
        ttl: 64,
        encapLimit: 4,
        ikey: 30,
        okey: 30,
        iflags: ['key', 'seq'],
        oflags: ['key', 'seq'],
        encapFlags: ['csum6'],
      },
      words: `${V6_WORDS} seq key 30 ${words}`,
      shows,
      adds: { flags: CAN_BOTH },
    },
  ]),
  {
    kind: 'ip6gre',
    options: {
      ...V6,
      link: 'p',
      ttl: 9,
      encapLimit: 3,
      flowInfo: 0x1012345,
      ikey: 1,
      okey: 2,
      iflags: ['key', 'seq'],
      oflags: ['csum', 'key'],
      flags: ['rcvDscpCopy', 'allowLocalRemote'],
      fwmark: 7,
      encapFlags: ['csum6'],
    },
    words: `${V6_WORDS} hoplimit 9 encaplimit 3 tclass 0x10 flowlabel 0x12345 ikey 1 okey 2 ocsum iseq dscp inherit fwmark 7 dev p allow-localremote`,
    shows: {
      ...V6,
      ttl: 9,
      encap_limit: 3,
      tclass: '0x10',
      flowlabel: '0x12345',
      ikey: '0.0.0.1',
      okey: '0.0.0.2',
      ocsum: true,
      iseq: true,
      fwmark: '0x7',
    },
    adds: { flags: ['rcvDscpCopy', 'allowLocalRemote', ...CAN_BOTH] },
  },
  {
    kind: 'ip6gretap',
    options: {
      ...V6,
      ttl: 64,
      encapLimit: 4,
      flags: ['ignoreEncapLimit', 'inheritTclass', 'inheritFlowLabel'],
      encapFlags: ['csum6'],
    },
    words: `${V6_WORDS} encaplimit none tclass inherit flowlabel inherit`,
    shows: {
      ttl: 64,
      ip6_tnl_f_ign_encap_limit: true,
      ip6_tnl_f_use_orig_tclass: true,
      ip6_tnl_f_use_orig_flowlabel: true,
    },
    adds: { flags: ['ignoreEncapLimit', 'inheritTclass', 'inheritFlowLabel', ...CAN_BOTH] },
  },
  {
    kind: 'ipip',
    options: { ...V4, link: 'p', proto: 'any', ttl: 9, tos: 16, fwmark: 7, pmtudisc: true },
    words: `${V4_WORDS} mode any ttl 9 tos 0x10 fwmark 7 dev p`,
    shows: { ...V4, proto: 'any', link: 'p', ttl: 9, tos: '0x10', fwmark: '0x7' },
  },
  {
    kind: 'ipip',
    title: 'of MPLS',
    options: { ...V4, proto: 'mplsip', pmtudisc: false, ttl: 0 },
    words: `${V4_WORDS} nopmtudisc ttl inherit mode mplsip`,
    shows: { proto: 'mplsip', pmtudisc: false, ttl: 0 },
  },
  {
    kind: 'ipip',
    title: 'external',
    options: { collectMetadata: true, proto: 'any', pmtudisc: true },
    words: 'external',
    shows: { external: true },
  },
  {
    kind: 'ipip',
    title: 'in UDP',
    needsFou: true,
    options: { ...V4, ...FOU, proto: 'ipip', pmtudisc: true },
    words: `${V4_WORDS} mode ipip ${FOU_WORDS}`,
    shows: FOU_SHOWS,
  },
  {
    kind: 'sit',
    options: { ...V4, proto: 'any', ttl: 9, tos: 1, fwmark: 7, pmtudisc: true },
    words: `${V4_WORDS} mode any ttl 9 tos inherit fwmark 7`,
    shows: { ...V4, proto: 'any', ttl: 9, tos: '0x1', fwmark: '0x7' },
  },
  {
    kind: 'sit',
    title: 'isatap',
    options: { local: '192.0.2.1', ttl: 0, proto: 'ip6ip', flags: ['isatap'], pmtudisc: true },
    words: 'local 192.0.2.1 remote any isatap mode ip6ip',
    shows: { proto: 'ip6ip', isatap: true },
  },
  {
    kind: 'ip6tnl',
    options: {
      ...V6,
      link: 'p',
      proto: 'ipip6',
      ttl: 9,
      encapLimit: 3,
      flowInfo: 0x1012345,
      flags: ['rcvDscpCopy', 'allowLocalRemote'],
      fwmark: 7,
      encapFlags: ['csum6'],
    },
    words: `${V6_WORDS} mode ipip6 hoplimit 9 encaplimit 3 tclass 0x10 flowlabel 0x12345 dscp inherit fwmark 7 dev p allow-localremote`,
    shows: { ...V6, proto: 'ipip6', ttl: 9, encap_limit: 3, tclass: '0x10', flowlabel: '0x12345', fwmark: '0x7' },
    adds: { flags: ['rcvDscpCopy', 'allowLocalRemote', ...CAN_BOTH] },
  },
  {
    kind: 'ip6tnl',
    title: 'that copies the inner header',
    options: {
      ...V6,
      proto: 'ip6ip6',
      ttl: 64,
      encapLimit: 4,
      flags: ['ignoreEncapLimit', 'inheritTclass', 'inheritFlowLabel', 'inheritFwmark'],
      encapFlags: ['csum6'],
    },
    words: `${V6_WORDS} mode ip6ip6 encaplimit none tclass inherit flowlabel inherit fwmark inherit`,
    shows: {
      proto: 'ip6ip6',
      ip6_tnl_f_ign_encap_limit: true,
      ip6_tnl_f_use_orig_tclass: true,
      ip6_tnl_f_use_orig_flowlabel: true,
      ip6_tnl_f_use_orig_fwmark: true,
    },
    adds: { flags: ['ignoreEncapLimit', 'inheritTclass', 'inheritFlowLabel', 'inheritFwmark', ...CAN_BOTH] },
  },
  {
    kind: 'vti',
    options: { ...V4, link: 'p', ikey: 1, okey: 2, fwmark: 7 },
    words: `${V4_WORDS} ikey 1 okey 2 fwmark 7 dev p`,
    shows: { ...V4, link: 'p', ikey: '0.0.0.1', okey: '0.0.0.2', fwmark: '0x7' },
  },
  {
    kind: 'vti6',
    options: { ...V6, link: 'p', ikey: 1, okey: 2, fwmark: 7 },
    words: `${V6_WORDS} ikey 1 okey 2 fwmark 7 dev p`,
    shows: { ...V6, link: 'p', ikey: '0.0.0.1', okey: '0.0.0.2', fwmark: '0x7' },
  },
  { kind: 'xfrm', options: { link: 'p', ifId: 7 }, words: 'dev p if_id 7', shows: { if_id: '0x7' } },
  { kind: 'xfrm', title: 'external', options: { collectMetadata: true }, words: 'external', shows: { external: true } },
  { kind: 'vrf', options: { table: 100 }, words: 'table 100', shows: { table: 100 } },
  {
    kind: 'bond',
    title: 'active-backup with MII monitoring',
    options: {
      mode: 'active-backup',
      miimon: 200,
      updelay: 400,
      downdelay: 600,
      primaryReselect: 'better',
      failOverMac: 'active',
      resendIgmp: 3,
      numPeerNotif: 4,
      allSlavesActive: true,
      minLinks: 2,
      xmitHashPolicy: 'layer3+4',
      lpInterval: 5000,
      peerNotifDelay: 200,
    },
    words:
      'mode active-backup miimon 200 updelay 400 downdelay 600 primary_reselect better fail_over_mac active resend_igmp 3 num_grat_arp 4 all_slaves_active 1 min_links 2 xmit_hash_policy layer3+4 lp_interval 5 peer_notify_delay 200',
    shows: {
      mode: 'active-backup',
      miimon: 200,
      updelay: 400,
      downdelay: 600,
      primary_reselect: 'better',
      fail_over_mac: 'active',
      resend_igmp: 3,
      num_peer_notif: 4,
      all_slaves_active: 1,
      min_links: 2,
      xmit_hash_policy: 'layer3+4',
      lp_interval: 5,
      peer_notify_delay: 200,
    },
    change: { options: { minLinks: 1 }, shows: { min_links: 1, miimon: 200, lp_interval: 5 } },
  },
  {
    kind: 'bond',
    title: 'active-backup with ARP monitoring',
    options: {
      mode: 'active-backup',
      arpInterval: 300,
      arpIpTarget: ['192.0.2.1', '192.0.2.2'],
      arpValidate: 'all',
      arpAllTargets: 'all',
      missedMax: 5,
      nsIp6Target: ['fd00::1', 'fd00::2'],
    },
    words:
      'mode active-backup arp_interval 300 arp_ip_target 192.0.2.1,192.0.2.2 arp_validate all arp_all_targets all arp_missed_max 5 ns_ip6_target fd00::1,fd00::2',
    shows: {
      arp_interval: 300,
      arp_ip_target: ['192.0.2.1', '192.0.2.2'],
      arp_validate: 'all',
      arp_all_targets: 'all',
      arp_missed_max: 5,
      ns_ip6_target: ['fd00::1', 'fd00::2'],
    },
    change: {
      options: { arpIpTarget: ['192.0.2.3'] },
      shows: { arp_ip_target: ['192.0.2.3'], ns_ip6_target: ['fd00::1', 'fd00::2'] },
    },
  },
  {
    kind: 'bond',
    title: '802.3ad',
    options: {
      mode: '802.3ad',
      miimon: 100,
      adLacpRate: 'fast',
      adLacpActive: false,
      adSelect: 'bandwidth',
      adActorSysPrio: 77,
      adUserPortKey: 55,
      adActorSystem: '02:00:00:00:00:aa',
    },
    words:
      'mode 802.3ad miimon 100 lacp_rate fast lacp_active off ad_select bandwidth ad_actor_sys_prio 77 ad_user_port_key 55 ad_actor_system 02:00:00:00:00:aa',
    shows: {
      mode: '802.3ad',
      ad_lacp_rate: 'fast',
      ad_lacp_active: 'off',
      ad_select: 'bandwidth',
      ad_actor_sys_prio: 77,
      ad_user_port_key: 55,
      ad_actor_system: '02:00:00:00:00:aa',
    },
  },
  {
    kind: 'bond',
    title: 'balance-tlb',
    options: { mode: 'balance-tlb', tlbDynamicLb: false },
    words: 'mode balance-tlb tlb_dynamic_lb 0',
    shows: { mode: 'balance-tlb', tlb_dynamic_lb: 0 },
  },
  {
    kind: 'bond',
    title: 'balance-rr',
    options: { mode: 'balance-rr', packetsPerSlave: 7 },
    words: 'mode balance-rr packets_per_slave 7',
    shows: { mode: 'balance-rr', packets_per_slave: 7 },
  },
  ...['balance-xor', 'broadcast', 'balance-alb'].map((mode) => ({
    kind: 'bond',
    title: mode,
    options: { mode },
    words: `mode ${mode}`,
    shows: { mode },
  })),
  {
    kind: 'netkit',
    options: { mode: 'l2', policy: 'blackhole', peerPolicy: 'blackhole' },
    change: { options: { policy: 'forward' } },
  },
  {
    kind: 'bareudp',
    options: { port: 6635, ethertype: 'mpls_uc', srcportMin: 50_000, multiprotoMode: true },
    words: 'dstport 6635 ethertype mpls_uc srcportmin 50000 multiproto',
    shows: { dstport: 6635, ethertype: 'mpls_uc', srcportmin: 50_000, multiproto: true },
  },
  {
    kind: 'gtp',
    options: { role: 'sgsn', pdpHashsize: 2048, restartCount: 3, createSockets: true },
    unseen: ['createSockets'],
    words: 'role sgsn hsize 2048 restart_count 3',
    shows: { role: 'sgsn', hsize: 2048, restart_count: 3 },
  },
  {
    kind: 'amt',
    title: 'relay',
    options: { mode: 'relay', localIp: '192.0.2.9', link: 'p', relayPort: 2270, gatewayPort: 2271, maxTunnels: 10 },
    words: 'mode relay local 192.0.2.9 dev p relay_port 2270 gateway_port 2271 max_tunnels 10',
    shows: { mode: 'relay', relay_port: 2270, gateway_port: 2271, local: '192.0.2.9', max_tunnels: 10 },
  },
  {
    kind: 'hsr',
    options: { slave1: 'p', slave2: 'q', multicastSpec: 45, version: 1 },
    unseen: ['multicastSpec', 'version'],
    words: 'slave1 p slave2 q supervision 45 version 1',
    shows: { slave1: 'p', slave2: 'q', supervision_addr: '01:15:4e:00:01:2d', proto: 0 },
    adds: { supervisionAddr: '01:15:4e:00:01:2d', protocol: 'hsr' },
  },
  {
    kind: 'hsr',
    title: 'parallel redundancy',
    options: { slave1: 'p', slave2: 'q', protocol: 'prp' },
    words: 'slave1 p slave2 q proto 1',
    shows: { proto: 1 },
  },
  {
    kind: 'macsec',
    link: 'p',
    options: {
      port: 11,
      cipherSuite: 'gcm-aes-256',
      icvLen: 16,
      encrypt: true,
      incSci: false,
      es: true,
      scb: false,
      protect: false,
      replayProtect: true,
      window: 32,
      validation: 'check',
      encodingSa: 2,
    },
    unseen: ['port'],
    words:
      'port 11 cipher gcm-aes-256 icvlen 16 encrypt on send_sci off end_station on scb off protect off replay on window 32 validate check encodingsa 2',
    shows: {
      cipher_suite: 'GCM-AES-256',
      icv_len: 16,
      encrypt: true,
      inc_sci: false,
      es: true,
      scb: false,
      protect: false,
      replay_protect: true,
      window: 32,
      validation: 'check',
      encoding_sa: 2,
    },
    change: { options: { encrypt: false }, shows: { encrypt: false, window: 32, validation: 'check' } },
  },
  {
    kind: 'macsec',
    title: 'with the default cipher suite',
    link: 'p',
    options: { port: 12, cipherSuite: 'gcm-aes-128', encrypt: true },
    unseen: ['port'],
    words: 'port 12 cipher gcm-aes-128 encrypt on',
    shows: { cipher_suite: 'GCM-AES-128', encrypt: true },
  },
  { kind: 'batadv', options: { algoName: 'BATMAN_V' }, unseen: ['algoName'], words: 'ra BATMAN_V' },
];

/** What differs from link to link, or from moment to moment. */
const VOLATILE = ['sci', 'seqNr', 'linkIndex', 'slave1Index', 'slave2Index'];

describe('link kinds', () => {
  let sandbox: Sandbox;
  let ns: Netns & { name: string };
  let nl: Netlink;

  before(async () => {
    sandbox = new Sandbox();
    ({ ns, nl } = await sandbox.host());
    await nl.links.create({ kind: 'veth', name: 'p', up: true, peer: { name: 'q' } });
    await nl.links.set('q', { up: true });
    await nl.addresses.add({ link: 'p', address: '192.0.2.9/24' });
  });
  after(() => sandbox[Symbol.asyncDispose]());
  afterEach(() => nl.links.delete('t0').catch(() => {}));

  const options = async () => (await nl.links.get('t0')).options as Fields | undefined;

  function assertHas(actual: Fields | undefined, expected: Fields, who: string) {
    for (const [key, value] of Object.entries(expected)) assert.deepEqual(actual?.[key], value, `${who}: ${key}`);
  }

  function steady(fields: Fields | undefined): Fields {
    return Object.fromEntries(Object.entries(fields ?? {}).filter(([key]) => !VOLATILE.includes(key)));
  }

  for (const one of cases) {
    it([one.kind, one.title].filter(Boolean).join(': '), async function () {
      if (one.needsFou) {
        try {
          ip(ns, 'fou show');
        } catch {
          skipBecause(this, 'the kernel has no fou module');
        }
      }
      const spec = {
        kind: one.kind,
        name: 't0',
        ...(one.link ? { link: one.link } : {}),
        ...(one.options ? { options: one.options } : {}),
      } as LinkSpec;
      try {
        await nl.links.create(spec);
      } catch (error) {
        const { code, message } = error as { code: string; message: string };
        if (code === 'EOPNOTSUPP' && /Unknown device type/.test(message))
          skipBecause(this, `the kernel has no '${one.kind}' links`);
        throw error;
      }
      const ours = await nl.links.get('t0');
      const given = { ...one.options, ...one.adds };
      for (const name of one.unseen ?? []) delete (given as Fields)[name];
      assert.equal(ours.kind, one.kind);
      assert.equal((ours as Link & { unknown?: unknown }).unknown, undefined);
      assertHas(ours.options as Fields | undefined, given, 'links.get');
      const seen = ipJson(ns, 'link show dev t0')[0];
      assert.equal(seen.linkinfo.info_kind, one.kind);
      assertHas(seen.linkinfo.info_data, one.shows ?? {}, 'ip');

      if (one.change) {
        const before = await options();
        const wanted = { ...(one.change.with === 'all' ? one.options : one.change.with), ...one.change.options };
        await nl.links.set('t0', { kind: one.kind, options: wanted });
        const after = await options();
        assert.deepEqual(settled(after, one.change.options), {
          ...settled(before, one.change.options),
          ...one.change.options,
        });
        assertHas(ipJson(ns, 'link show dev t0')[0].linkinfo.info_data, one.change.shows ?? {}, 'ip after the change');
      }

      if (one.words === undefined && one.options) return; // this `ip` has no words for it
      await nl.links.delete('t0');
      ip(
        ns,
        ['link add t0', one.link ? `link ${one.link}` : '', `type ${one.kind}`, one.words ?? '']
          .filter(Boolean)
          .join(' '),
      );
      const theirs = await nl.links.get('t0');
      assert.deepEqual(steady(theirs.options as Fields), steady(ours.options as Fields));
    });
  }

  /** Follows from what was changed: the queue that is used, the last error count and so on. */
  function settled(fields: Fields | undefined, changes: Fields): Fields {
    const result = steady(fields);
    if ('bcQueueLen' in changes) delete result.bcQueueLenUsed;
    // Worked out anew by each change of a vxlan, from the extensions that the change itself names.
    delete result.reservedBits;
    return result;
  }
});

describe('tun and tap', () => {
  let sandbox: Sandbox;
  let ns: Netns & { name: string };
  let nl: Netlink;

  before(async function () {
    if (!existsSync('/dev/net/tun')) skipBecause(this, 'there is no /dev/net/tun');
    sandbox = new Sandbox();
    ({ ns, nl } = await sandbox.host());
  });
  after(() => sandbox?.[Symbol.asyncDispose]());

  it('tells what the file’s owner chose', async () => {
    ip(ns, 'tuntap add mode tun user 1000 group 1001 name tun7');
    ip(ns, 'tuntap add mode tap multi_queue pi vnet_hdr name tap7');
    const [tun, tap] = await Promise.all([nl.links.get('tun7'), nl.links.get('tap7')]);
    assert.equal(tun.kind, 'tun');
    assert.deepEqual(tun.options, {
      type: 'tun',
      owner: 1000,
      group: 1001,
      pi: false,
      vnetHdr: false,
      persist: true,
      multiQueue: false,
    });
    assert.deepEqual(tap.options, {
      type: 'tap',
      pi: true,
      vnetHdr: true,
      persist: true,
      multiQueue: true,
      numQueues: 0,
      numDisabledQueues: 0,
    });
    const seen = ipJson(ns, 'link show dev tap7')[0].linkinfo;
    assert.equal(seen.info_kind, 'tun');
    assert.deepEqual(
      {
        type: seen.info_data.type,
        pi: seen.info_data.pi,
        vnet_hdr: seen.info_data.vnet_hdr,
        multi_queue: seen.info_data.multi_queue,
        persist: seen.info_data.persist,
      },
      { type: 'tap', pi: true, vnet_hdr: true, multi_queue: true, persist: true },
    );
  });
});

describe('macvlan in source mode', () => {
  it('adds, deletes, sets and flushes source addresses', async () => {
    await using sandbox = new Sandbox();
    const { ns, nl } = await sandbox.host();
    await nl.links.create({ kind: 'veth', name: 'p', peer: { name: 'q' } });
    await nl.links.create({ kind: 'macvlan', name: 'm', link: 'p', options: { mode: 'source' } });
    const [one, two, three] = ['02:00:00:00:00:01', '02:00:00:00:00:02', '02:00:00:00:00:03'];
    const change = (options: Fields) => nl.links.set('m', { kind: 'macvlan', options: { mode: 'source', ...options } });
    const listed = async () =>
      [...(((await nl.links.get('m')).options as { macaddrs?: string[] }).macaddrs ?? [])].sort();
    await change({ macaddrMode: 'add', macaddr: one });
    await change({ macaddrMode: 'add', macaddr: two });
    assert.deepEqual(await listed(), [one, two]);
    assert.equal(ipJson(ns, 'link show dev m')[0].linkinfo.info_data.macaddr_count, 2);
    await change({ macaddrMode: 'del', macaddr: one });
    assert.deepEqual(await listed(), [two]);
    await change({ macaddrMode: 'set', macaddrs: [one, three] });
    assert.deepEqual(await listed(), [one, three]);
    await change({ macaddrMode: 'flush' });
    assert.deepEqual(await listed(), []);
  });

  it('uses the longest queue that was asked for', async () => {
    await using sandbox = new Sandbox();
    const { nl } = await sandbox.host();
    await nl.links.create({ kind: 'veth', name: 'p', peer: { name: 'q' } });
    await nl.links.create({ kind: 'macvlan', name: 'a', link: 'p', options: { mode: 'bridge', bcQueueLen: 1000 } });
    await nl.links.create({ kind: 'macvlan', name: 'b', link: 'p', options: { mode: 'bridge', bcQueueLen: 2000 } });
    const [a, b] = await Promise.all([nl.links.get('a'), nl.links.get('b')]);
    assert.deepEqual([(a.options as Fields).bcQueueLen, (a.options as Fields).bcQueueLenUsed], [1000, 2000]);
    assert.deepEqual([(b.options as Fields).bcQueueLen, (b.options as Fields).bcQueueLenUsed], [2000, 2000]);
  });
});

describe('ports of a bond', () => {
  it('have a queue and a priority, the bond a primary and an active port', async function () {
    await using sandbox = new Sandbox();
    const { ns, nl } = await sandbox.host();
    try {
      await nl.links.create({ kind: 'bond', name: 'bond7', options: { mode: 'active-backup', miimon: 100 } });
    } catch (error) {
      if ((error as { code: string }).code === 'EOPNOTSUPP') skipBecause(this, "the kernel has no 'bond' links");
      throw error;
    }
    for (const name of ['a', 'b']) {
      await nl.links.create({ kind: 'veth', name, peer: { name: `${name}-peer` } });
      await nl.links.set(`${name}-peer`, { up: true });
      await nl.links.set(name, { master: 'bond7' });
    }
    await nl.links.set('bond7', { up: true, kind: 'bond', options: { primary: 'b', activeSlave: 'b' } });
    await nl.links.set('a', { portKind: 'bond', port: { queueId: 3, prio: 5 } });
    const [bond, a, b] = await Promise.all([nl.links.get('bond7'), nl.links.get('a'), nl.links.get('b')]);
    const seen = ipJson(ns, 'link show dev bond7')[0].linkinfo.info_data;
    assert.deepEqual([seen.primary, seen.active_slave], ['b', 'b']);
    assert.deepEqual([(bond.options as Fields).primary, (bond.options as Fields).activeSlave], ['b', 'b']);
    const port = ipJson(ns, 'link show dev a')[0].linkinfo.info_slave_data;
    assert.deepEqual([port.queue_id, port.state, port.perm_hwaddr], [3, 'BACKUP', (a.port as Fields).permHwaddr]);
    assert.deepEqual([(a.port as Fields).queueId, (a.port as Fields).prio, (a.port as Fields).state], [3, 5, 'backup']);
    assert.equal((b.port as Fields).state, 'active');
  });
});
