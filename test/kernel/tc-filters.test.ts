// Filters of every kind against the kernel, with `tc` as witness.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import type { Filter, FilterSpec, Netlink, Netns } from '../../lib/index.js';
import { run, Sandbox } from '../support/sandbox.js';
import { skipBecause } from '../support/skip.js';
import { lackOf, rawFilters, sendThrough, tc, tcBatch, tcJson } from '../support/tc.js';
import { filterDifferences, parseBatch } from '../support/tc-filter-fields.js';

interface Case {
  title: string;
  kind: string;
  /** What we are given; the witness says the same in words. */
  spec: Partial<FilterSpec> & { options?: object };
  /** The same to `tc`, after `filter add dev v0 ingress`. */
  words: string;
  /** Kinds of actions and matches that the kernel must have besides. */
  needs?: string[];
  /** Of `options`, what the kernel tells otherwise. */
  tells?: object;
  /** What `tc` shows of it where the kernel was built with it. */
  shows?: RegExp;
  /** The filter is below this parent. */
  parent?: string;
}

/** 16 bytes of labels, the first being this. */
const label = (first: number) => Uint8Array.from({ length: 16 }, (_, i) => (i === 0 ? first : 0));

// Loads a program of a type (3: of filters, 4: of actions) that drops all packets.
const LOADER = `
import ctypes, os, struct, sys
libc = ctypes.CDLL(None, use_errno=True)
def bpf(command, attributes):
    result = libc.syscall({'x86_64': 321, 'aarch64': 280}[os.uname().machine], command, attributes, len(attributes))
    if result < 0: sys.exit(os.strerror(ctypes.get_errno()))
    return result
def load(type):
    code = ctypes.create_string_buffer(struct.pack('<BBhi', 0xb7, 0, 0, 2) + struct.pack('<BBhi', 0x95, 0, 0, 0))
    text = ctypes.create_string_buffer(b'GPL')
    pointers = ctypes.addressof(code), ctypes.addressof(text)
    return bpf(5, struct.pack('<IIQQIIQ', type, 2, *pointers, 0, 0, 0) + bytes(80))
`;

// Becomes a Node.js that has a loaded program as descriptor 9, and runs a script in it.
const WITH_PROGRAM = `${LOADER}
os.dup2(load(int(sys.argv[1])), 9)
os.environ['LD_PRELOAD'] = sys.argv[2]
os.execvp(sys.argv[3], sys.argv[3:])
`;

// Adds a filter of JSON.
const ADDER = `
import { Netlink } from ${JSON.stringify(new URL('../../dist/index.js', import.meta.url).href)};
const [netns, spec] = process.argv.slice(1);
const nl = await Netlink.open({ netns });
await nl.tc.filters.add(JSON.parse(spec));
await nl.close();
`;

const DROP_BY_FD = { program: { fd: 9 }, name: 'drop-all', directAction: true };

const LOADED = '1,6 0 0 4294967295';

const cases: Case[] = [
  {
    title: 'u32 by address and port',
    kind: 'u32',
    spec: {
      protocol: 'ip',
      prio: 1,
      handle: '800::800',
      options: {
        classid: '1:10',
        match: [
          { field: 'ip.src', value: '10.0.0.0/8' },
          { field: 'ip.dport', value: 80 },
        ],
      },
    },
    words: 'protocol ip prio 1 handle 800::800 u32 match ip src 10.0.0.0/8 match ip dport 80 0xffff classid 1:10',
  },
  {
    title: 'u32 by all fields of IPv4',
    kind: 'u32',
    spec: {
      protocol: 'ip',
      prio: 1,
      handle: '800::800',
      options: {
        classid: '1:10',
        match: [
          { field: 'ip.ihl', value: 5 },
          { field: 'ip.tos', value: '0x10/0xfc' },
          { field: 'ip.protocol', value: 6 },
          { field: 'ip.dst', value: '192.0.2.1' },
          { field: 'ip.df', value: true },
          { field: 'ip.sport', value: '0x1000/0xf000' },
        ],
      },
    },
    words:
      'protocol ip prio 1 handle 800::800 u32 match ip ihl 5 0xf match ip tos 0x10 0xfc match ip protocol 6 0xff ' +
      'match ip dst 192.0.2.1 match ip df match ip sport 0x1000 0xf000 classid 1:10',
  },
  {
    title: 'u32 by fields of IPv6',
    kind: 'u32',
    spec: {
      protocol: 'ipv6',
      prio: 1,
      handle: '800::800',
      options: {
        classid: '1:10',
        match: [
          { field: 'ip6.src', value: '2001:db8::/48' },
          { field: 'ip6.dst', value: 'fd00::1' },
          { field: 'ip6.protocol', value: 17 },
          { field: 'ip6.dport', value: 53 },
        ],
      },
    },
    words:
      'protocol ipv6 prio 1 handle 800::800 u32 match ip6 src 2001:db8::/48 match ip6 dst fd00::1/128 ' +
      'match ip6 protocol 17 0xff match ip6 dport 53 0xffff classid 1:10',
  },
  {
    title: 'u32 by Ethernet addresses and raw bits',
    kind: 'u32',
    spec: {
      protocol: 'all',
      prio: 1,
      handle: '800::800',
      options: {
        classid: '1:10',
        match: [
          { field: 'ether.src', value: '02:00:00:00:00:01' },
          { field: 'ether.dst', value: '02:00:00:00:00:02' },
          { field: 'u8', value: 0x11, at: 9 },
          { field: 'u16', value: 0x1234, mask: 0xfff0, at: 2 },
          { field: 'u32', value: 0x12345678, at: 16 },
          { field: 'u16', value: 80, at: 2, nexthdr: true },
        ],
      },
    },
    words:
      'protocol all prio 1 handle 800::800 u32 match ether src 02:00:00:00:00:01 match ether dst 02:00:00:00:00:02 ' +
      'match u8 0x11 0xff at 9 match u16 0x1234 0xfff0 at 2 match u32 0x12345678 0xffffffff at 16 ' +
      'match u16 80 0xffff at nexthdr+2 classid 1:10',
    // A word in which other bits count is told by field where it has some.
    tells: {
      match: [
        { field: 'ether.src', value: '02:00:00:00:00:01' },
        { field: 'ether.dst', value: '02:00:00:00:00:02' },
        { field: 'ip.protocol', value: 0x11 },
        { field: 'u32', value: 0x1230, mask: 0xfff0, at: 0 },
        { field: 'ip.dst', value: '18.52.86.120' },
        { field: 'udp.dport', value: 80 },
      ],
    },
  },
  {
    title: 'u32 by mark, with the link by which packets came',
    kind: 'u32',
    shows: /mark 0x0*10 0x0*ff/,
    spec: {
      protocol: 'ip',
      prio: 1,
      handle: '800::800',
      options: { classid: '1:10', match: [], mark: { value: 0x10, mask: 0xff }, indev: 'ifb0' },
    },
    words: 'protocol ip prio 1 handle 800::800 u32 match mark 0x10 0xff indev ifb0 classid 1:10',
  },
  {
    title: 'u32 with a bucket by sample, and actions',
    kind: 'u32',
    needs: ['action gact'],
    spec: {
      protocol: 'ip',
      prio: 1,
      handle: '800::800',
      options: {
        match: [{ field: 'ip.src', value: '10.0.0.1' }],
        actions: [
          { kind: 'gact', control: 'pipe' },
          { kind: 'gact', control: 'drop', cookie: 'c1a0' },
        ],
      },
    },
    words: 'protocol ip prio 1 handle 800::800 u32 match ip src 10.0.0.1 action gact pipe action gact drop cookie c1a0',
  },
  {
    title: 'u32 with a redirect to another link',
    kind: 'u32',
    spec: {
      protocol: 'all',
      prio: 1,
      handle: '800::800',
      options: {
        match: [{ field: 'u32', value: 0, mask: 0, at: 0 }],
        actions: [
          { kind: 'mirred', options: { action: 'mirror', direction: 'egress', link: 'ifb0' } },
          { kind: 'mirred', options: { action: 'redirect', direction: 'ingress', link: 'ifb0' } },
        ],
      },
    },
    words:
      'protocol all prio 1 handle 800::800 u32 match u32 0 0 action mirred egress mirror dev ifb0 ' +
      'action mirred ingress redirect dev ifb0',
  },
  {
    title: 'u32 to the root',
    kind: 'u32',
    spec: {
      protocol: 'ip',
      prio: 1,
      handle: '800::800',
      options: { classid: 'root', match: [{ field: 'ip.src', value: '10.0.0.0/8' }] },
    },
    words: 'protocol ip prio 1 handle 800::800 u32 match ip src 10.0.0.0/8 classid root',
  },
  {
    title: 'fw to the root',
    kind: 'fw',
    spec: { protocol: 'ip', prio: 1, handle: 6, options: { classid: 'root' } },
    words: 'protocol ip prio 1 handle 6 fw classid root',
  },
  {
    title: 'fw by mark',
    kind: 'fw',
    spec: { protocol: 'ip', prio: 1, handle: 6, options: { classid: '1:10', mask: 0xff } },
    words: 'protocol ip prio 1 handle 6/0xff fw classid 1:10',
  },
  {
    title: 'fw with an action',
    kind: 'fw',
    needs: ['action gact'],
    spec: {
      protocol: 'ip',
      prio: 1,
      handle: 6,
      options: { indev: 'ifb0', actions: [{ kind: 'gact', control: 'ok' }] },
    },
    words: 'protocol ip prio 1 handle 6 fw indev ifb0 action gact ok',
  },
  {
    title: 'matchall',
    kind: 'matchall',
    needs: ['action gact'],
    spec: {
      prio: 1,
      handle: 1,
      options: { classid: '1:10', flags: ['skipHw'], actions: [{ kind: 'gact', control: 'goto chain 5' }] },
    },
    words: 'protocol all prio 1 handle 0x1 matchall classid 1:10 skip_hw action goto chain 5',
  },
  {
    title: 'basic with a tree of matches',
    kind: 'basic',
    needs: ['ematch cmp', 'ematch u32', 'ematch meta', 'ematch nbyte'],
    spec: {
      protocol: 'ip',
      prio: 1,
      handle: 1,
      options: {
        classid: '1:10',
        ematches: {
          and: [
            { kind: 'cmp', align: 'u16', at: 3, layer: 'transport', mask: 0xff00, op: 'gt', value: 20 },
            {
              or: [
                { not: { kind: 'meta', left: 'nf_mark', op: 'gt', right: 24 } },
                { kind: 'meta', left: 'tc_index', mask: 0xf0, op: 'eq', right: 0xf0 },
                { kind: 'nbyte', needle: 'ababa', at: 12, layer: 'network' },
              ],
            },
            { not: { kind: 'u32', match: { field: 'u32', value: 0x0a000001, at: 12 } } },
          ],
        },
      },
    },
    words:
      'protocol ip prio 1 handle 1 basic match cmp(u16 at 3 layer 2 mask 0xff00 gt 20) and ' +
      '(not meta(nf_mark gt 24) or meta(tc_index mask 0xf0 eq 0xf0) or nbyte("ababa" at 12 layer 1)) and ' +
      'not u32(u32 0x0a000001 0xffffffff at 12) classid 1:10',
  },
  {
    title: 'basic by CAN identifiers',
    kind: 'basic',
    needs: ['ematch canid'],
    spec: {
      protocol: 'all',
      prio: 1,
      handle: 1,
      options: {
        classid: '1:10',
        ematches: { kind: 'canid', ids: [{ eff: 0x124 }, { sff: 0x123 }, { sff: 0x1230, mask: 0x7f0 }] },
      },
    },
    words: 'protocol all prio 1 handle 1 basic match canid(eff 0x124 sff 0x123 sff 0x1230:0x7f0) classid 1:10',
  },
  {
    title: 'basic without matches',
    kind: 'basic',
    spec: { protocol: 'ip', prio: 1, handle: 1, options: { classid: '1:10' } },
    words: 'protocol ip prio 1 handle 1 basic classid 1:10',
  },
  {
    title: 'cgroup with matches and an action',
    kind: 'cgroup',
    needs: ['ematch cmp', 'action gact'],
    spec: {
      protocol: 'ip',
      prio: 1,
      handle: 1,
      options: {
        ematches: { kind: 'cmp', align: 'u8', at: 0, op: 'eq', value: 6, layer: 'network' },
        actions: [{ kind: 'gact', control: 'drop' }],
      },
    },
    words: 'protocol ip prio 1 handle 1 cgroup match cmp(u8 at 0 layer 1 eq 6) action drop',
  },
  {
    title: 'bpf by classic bytecode',
    kind: 'bpf',
    spec: { protocol: 'all', prio: 1, handle: 1, options: { classid: '1:10', bytecode: LOADED } },
    words: `protocol all prio 1 handle 0x1 bpf bytecode ${LOADED.replaceAll(' ', '~')} classid 1:10`,
    tells: { bytecode: [{ code: 6, jt: 0, jf: 0, k: 0xffffffff }] },
  },
  {
    title: 'flow, mapped',
    kind: 'flow',
    parent: '1:',
    spec: {
      protocol: 'ip',
      prio: 1,
      handle: 1,
      options: { keys: ['dst'], mode: 'map', rshift: 4, addend: 3, divisor: 16, baseclass: '1:1' },
    },
    words: 'protocol ip prio 1 handle 1 flow map key dst rshift 4 addend 3 divisor 16 baseclass 1:1',
  },
  {
    title: 'flow, hashed',
    kind: 'flow',
    parent: '1:',
    spec: {
      protocol: 'all',
      prio: 1,
      handle: 1,
      options: { keys: ['src', 'dst', 'proto'], mode: 'hash', divisor: 8, perturb: 60_000, baseclass: '1:1' },
    },
    words: 'protocol all prio 1 handle 1 flow hash keys src,dst,proto divisor 8 perturb 60 baseclass 1:1',
  },
  {
    title: 'route by realms',
    kind: 'route',
    parent: '1:',
    spec: { protocol: 'ip', prio: 1, options: { classid: '1:10', to: 3, from: 2 } },
    words: 'protocol ip prio 1 route from 2 to 3 classid 1:10',
  },
  {
    title: 'flower by addresses and ports of IPv4',
    kind: 'flower',
    spec: {
      protocol: 'ip',
      prio: 1,
      handle: 1,
      options: {
        classid: '1:10',
        dstMac: '02:00:00:00:00:01',
        srcMac: '02:00:00:00:00:00/ff:ff:00:00:00:00',
        ipProto: 'tcp',
        srcIp: '10.0.0.0/8',
        dstIp: '192.0.2.1',
        srcPort: '1000-2000',
        dstPort: 80,
        tcpFlags: '0x2/0x17',
        ipTos: '0x10/0xfc',
        ipTtl: 64,
        ipFlags: ['-frag'],
        flags: ['skipHw'],
      },
    },
    words:
      'protocol ip prio 1 handle 1 flower skip_hw classid 1:10 dst_mac 02:00:00:00:00:01 ' +
      'src_mac 02:00:00:00:00:00/ff:ff:00:00:00:00 ip_proto tcp src_ip 10.0.0.0/8 dst_ip 192.0.2.1 ' +
      'src_port 1000-2000 dst_port 80 tcp_flags 0x2/0x17 ip_tos 0x10/0xfc ip_ttl 64 ip_flags nofrag',
    tells: { ethType: 'ip' },
  },
  {
    title: 'flower by addresses of IPv6, and ICMPv6',
    kind: 'flower',
    spec: {
      protocol: 'ipv6',
      prio: 1,
      handle: 1,
      options: { classid: '1:10', ipProto: 'ipv6-icmp', srcIp: '2001:db8::/32', dstIp: 'fd00::1', type: 128, code: 0 },
    },
    words:
      'protocol ipv6 prio 1 handle 1 flower classid 1:10 ip_proto icmpv6 src_ip 2001:db8::/32 dst_ip fd00::1 ' +
      'type 128 code 0',
    tells: { ethType: 'ipv6' },
  },
  {
    title: 'flower by ARP',
    kind: 'flower',
    spec: {
      protocol: 'arp',
      prio: 1,
      handle: 1,
      options: {
        classid: '1:10',
        arpOp: 'request',
        arpSip: '10.0.0.0/8',
        arpTip: '10.0.0.1',
        arpSha: '02:00:00:00:00:01',
      },
    },
    words:
      'protocol arp prio 1 handle 1 flower classid 1:10 arp_op request arp_sip 10.0.0.0/8 arp_tip 10.0.0.1 ' +
      'arp_sha 02:00:00:00:00:01',
    tells: { ethType: 'arp' },
  },
  {
    title: 'flower by two VLAN tags',
    kind: 'flower',
    spec: {
      protocol: '802.1ad',
      prio: 1,
      handle: 1,
      options: {
        classid: '1:10',
        vlanId: 100,
        vlanPrio: 5,
        vlanEthtype: '802.1Q',
        cvlanId: 200,
        cvlanEthtype: 'ip',
        numOfVlans: 2,
        dstIp: '192.0.2.1',
      },
    },
    words:
      'protocol 802.1ad prio 1 handle 1 flower classid 1:10 num_of_vlans 2 vlan_id 100 vlan_prio 5 ' +
      'vlan_ethtype 802.1q cvlan_id 200 cvlan_ethtype ip dst_ip 192.0.2.1',
    tells: { ethType: '802.1ad' },
  },
  {
    title: 'flower by MPLS labels',
    kind: 'flower',
    spec: {
      protocol: 'mpls_uc',
      prio: 1,
      handle: 1,
      options: {
        classid: '1:10',
        mpls: [
          { depth: 1, label: 100, tc: 3, bos: 0, ttl: 64 },
          { depth: 2, label: 200, bos: 1 },
        ],
      },
    },
    words:
      'protocol mpls_uc prio 1 handle 1 flower classid 1:10 mpls lse depth 1 label 100 tc 3 bos 0 ttl 64 ' +
      'lse depth 2 label 200 bos 1',
    tells: { ethType: 'mpls_uc' },
  },
  {
    title: 'flower by the outermost MPLS label, with the link by which packets came',
    kind: 'flower',
    spec: {
      protocol: 'mpls_uc',
      prio: 1,
      handle: 1,
      options: { classid: '1:10', indev: 'ifb0', mplsLabel: 100, mplsTc: 3, mplsBos: 1, mplsTtl: 64 },
    },
    words:
      'protocol mpls_uc prio 1 handle 1 flower classid 1:10 indev ifb0 mpls_label 100 mpls_tc 3 mpls_bos 1 mpls_ttl 64',
    tells: { ethType: 'mpls_uc' },
  },
  {
    title: 'flower by the session of PPPoE',
    kind: 'flower',
    spec: { protocol: 'ppp_ses', prio: 1, handle: 1, options: { classid: '1:10', pppoeSid: 5, pppProto: 0x21 } },
    words: 'protocol ppp_ses prio 1 handle 1 flower classid 1:10 pppoe_sid 5 ppp_proto ip',
    tells: { ethType: 'ppp_ses' },
  },
  {
    title: 'flower by ports of SCTP, a tag within a tag',
    kind: 'flower',
    spec: {
      protocol: '802.1ad',
      prio: 1,
      handle: 1,
      options: {
        classid: '1:10',
        vlanEthtype: '802.1Q',
        cvlanPrio: 3,
        cvlanEthtype: 'ipv6',
        ipProto: 'sctp',
        srcPort: 5000,
        dstPort: '7000-7005',
        ipTos: 16,
      },
    },
    words:
      'protocol 802.1ad prio 1 handle 1 flower classid 1:10 vlan_ethtype 802.1q cvlan_prio 3 cvlan_ethtype ipv6 ' +
      'ip_proto sctp src_port 5000 dst_port 7000-7005 ip_tos 0x10',
    tells: { ethType: '802.1ad' },
  },
  {
    title: 'flower by labels of a connection',
    kind: 'flower',
    spec: {
      protocol: 'ip',
      prio: 1,
      handle: 1,
      options: { classid: '1:10', ctState: ['+trk', '+rpl', '-inv'], ctLabels: label(5), ctLabelsMask: label(0xf) },
    },
    words:
      `protocol ip prio 1 handle 1 flower classid 1:10 ct_state +trk+rpl-inv ct_label ` +
      `05${'00'.repeat(15)}/0f${'00'.repeat(15)}`,
    tells: { ethType: 'ip', ctState: ['+trk', '-inv', '+rpl'] },
  },
  ...(
    [
      ['VXLAN', 'vxlan_opts 5/0xff', { vxlan: { gbp: 5 } }, { vxlan: { gbp: 0xff } }],
      [
        'ERSPAN',
        'erspan_opts 2:0:1:3',
        { erspan: { ver: 2, dir: 1, hwid: 3 } },
        { erspan: { ver: 2, dir: 1, hwid: 0x3f } },
      ],
      ['GTP', 'gtp_opts 1:2/ff:ff', { gtp: { pduType: 1, qfi: 2 } }, { gtp: { pduType: 0xff, qfi: 0xff } }],
    ] as const
  ).map(([title, words, encOpts, encOptsMask]) => ({
    title: `flower by options of ${title}`,
    kind: 'flower',
    spec: {
      protocol: 'ip' as const,
      prio: 1,
      handle: 1,
      options: { classid: '1:10', encKeyId: 7, encOpts, encOptsMask },
    },
    words: `protocol ip prio 1 handle 1 flower classid 1:10 enc_key_id 7 ${words}`,
    tells: { ethType: 'ip' },
  })),
  {
    title: 'flower by connection tracking',
    kind: 'flower',
    spec: {
      protocol: 'ip',
      prio: 1,
      handle: 1,
      options: { classid: '1:10', ctState: ['-new', '+est', '+trk'], ctZone: 5, ctMark: '0x10/0xf0' },
    },
    words: 'protocol ip prio 1 handle 1 flower classid 1:10 ct_state +trk-new+est ct_zone 5 ct_mark 0x10/0xf0',
    tells: { ethType: 'ip' },
  },
  {
    title: 'flower by the outer header of a tunnel',
    kind: 'flower',
    spec: {
      protocol: 'ip',
      prio: 1,
      handle: 1,
      options: {
        classid: '1:10',
        encKeyId: 42,
        encSrcIp: '10.0.0.0/8',
        encDstIp: '192.0.2.1',
        encDstPort: 4789,
        encTos: 16,
        encTtl: 64,
        encOpts: {
          geneve: [
            { class: 0x102, type: 0x80, data: Uint8Array.of(1, 2, 3, 4) },
            { class: 0x103, type: 0x81, data: Uint8Array.of(5, 6, 7, 8) },
          ],
        },
      },
    },
    words:
      'protocol ip prio 1 handle 1 flower classid 1:10 enc_key_id 42 enc_src_ip 10.0.0.0/8 enc_dst_ip 192.0.2.1 ' +
      'enc_dst_port 4789 enc_tos 16 enc_ttl 64 geneve_opts 0102:80:01020304,0103:81:05060708',
    tells: {
      ethType: 'ip',
      encOptsMask: {
        geneve: [
          { class: 0xffff, type: 0xff, data: Uint8Array.of(255, 255, 255, 255) },
          { class: 0xffff, type: 0xff, data: Uint8Array.of(255, 255, 255, 255) },
        ],
      },
    },
  },
];

/** Filters without what each kernel counts or numbers for itself. */
function plain(filters: Filter[]): unknown {
  const drop = new Set([
    'success',
    'counters',
    'times',
    'index',
    'refs',
    'binds',
    'usedHwStats',
    'inHwCount',
    'stats',
    'tag',
    'id',
  ]);
  const clean = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, inner]) => (drop.has(key) ? [] : [[key, clean(inner)]])),
    );
  };
  return clean(filters.map((one) => ({ ...one, link: 'any', linkIndex: 0 })));
}

/** What came of one case: the kernel's state after `tc`, after us, and after we gave back what we had read. */
interface Outcome {
  lack?: string | undefined;
  error?: unknown;
  byTc?: object;
  byUs?: object;
  back?: object;
  theirs?: Filter[];
  /** What `tc` shows of them. */
  shown?: object[];
  ours?: Filter[];
  got?: Filter;
}

// Processes start slowly in an emulated guest: all cases share the few that there are.
describe('tc: filters as tc makes them', () => {
  const sandbox = new Sandbox();
  const outcomes: Outcome[] = [];

  before(async () => {
    const { ns, nl } = await sandbox.host();
    const rows = cases.map((one, i) => ({ ...one, i, at: one.parent ?? 'ingress' }));
    await nl.links.create({ kind: 'ifb', name: 'ifb0', up: true });
    const devices = rows.flatMap(({ i }) => ['a', 'b', 'c'].map((who) => `${who}${i}`));
    await Promise.all(
      devices.map(async (link) => {
        await nl.links.create({ kind: 'ifb', name: link });
        await nl.tc.qdiscs.add({ link, kind: 'htb', handle: '1:', parent: 'root', options: { default: 0x10 } });
        await nl.tc.classes.add({ link, kind: 'htb', parent: '1:', classid: '1:10', options: { rate: '1mbit' } });
        await nl.tc.qdiscs.add({ link, kind: 'clsact' });
      }),
    );
    for (const { i, kind, needs = [] } of rows) {
      outcomes[i] = {};
      for (const need of [`filter ${kind}`, ...needs]) outcomes[i].lack ??= await lackOf(nl, need);
    }
    const usable = rows.filter(({ i }) => outcomes[i]?.lack === undefined);
    const place = ({ i, at }: { i: number; at: string }) => `dev a${i} ${at === 'ingress' ? at : `parent ${at}`}`;
    tcBatch(
      ns,
      usable.map((one) => `filter add ${place(one)} ${one.words}`),
    );
    const shown = tcBatch(
      ns,
      usable.map((one) => `filter show ${place(one)}`),
      ['-j', '-s', '-d'],
    );
    parseBatch(shown).forEach((filters, position) => {
      (outcomes[usable[position]?.i as number] as Outcome).shown = filters;
    });
    for (const { i, kind, spec, at } of usable) {
      const outcome = outcomes[i] as Outcome;
      try {
        outcome.theirs = await nl.tc.filters.list({ link: `a${i}`, parent: at, stats: true });
        await nl.tc.filters.add({ link: `b${i}`, parent: at, kind, ...spec } as FilterSpec);
        outcome.ours = await nl.tc.filters.list({ link: `b${i}`, parent: at });
        const told = outcome.ours.at(-1) as Filter;
        await nl.tc.filters.add({ ...told, link: `c${i}` });
        // The kernel cannot look for one of this kind.
        outcome.got = kind === 'cgroup' ? told : await nl.tc.filters.get({ ...told, parent: at });
      } catch (error) {
        outcome.error = error;
      }
    }
    const raw = await rawFilters(
      ns,
      usable.flatMap(({ i, at }) => ['a', 'b', 'c'].map((who) => [`${who}${i}`, at])),
    );
    usable.forEach(({ i }, position) => {
      const [byTc, byUs, back] = raw.slice(position * 3);
      Object.assign(outcomes[i] as Outcome, { byTc, byUs, back });
    });
  });
  after(() => sandbox[Symbol.asyncDispose]());

  cases.forEach(({ title, spec, tells = {}, shows }, i) => {
    it(title, function () {
      const { lack, error, byTc, byUs, back, theirs = [], shown = [], ours = [], got } = outcomes[i] as Outcome;
      if (lack !== undefined) skipBecause(this, lack);
      assert.equal(error, undefined);
      if (shows && !shows.test(JSON.stringify(byTc))) {
        skipBecause(this, `the kernel is built without what tc would show as ${shows}`);
      }
      assert.deepEqual(byUs, byTc);
      assert.deepEqual(back, byTc);
      assert.deepEqual(plain(ours), plain(theirs));
      assert.deepEqual(filterDifferences(shown, theirs), []);
      const told = ours.at(-1) as Filter;
      assert.deepEqual(plain([got as Filter]), plain([told]));
      const [options] = plain([told.options] as never) as Record<string, unknown>[];
      for (const [name, value] of Object.entries({ ...spec.options, ...tells })) {
        if (name === 'actions' || name === 'flags' || name === 'ematches') continue;
        assert.deepEqual(options?.[name], value, name);
      }
    });
  });
});

describe('tc: filters', () => {
  let sandbox: Sandbox;
  let ns: Netns & { name: string };
  let nl: Netlink;

  beforeEach(async () => {
    sandbox = new Sandbox();
    ({ ns, nl } = await sandbox.host());
    await nl.links.create({ kind: 'veth', name: 'v0', up: true, peer: { name: 'v1' } });
    await nl.links.create({ kind: 'ifb', name: 'ifb0', up: true });
    await nl.tc.qdiscs.add({ link: 'v0', kind: 'htb', handle: '1:', parent: 'root', options: { default: 0x10 } });
    await nl.tc.classes.add({ link: 'v0', kind: 'htb', parent: '1:', classid: '1:10', options: { rate: '1mbit' } });
    await nl.tc.qdiscs.add({ link: 'v0', kind: 'clsact' });
  });
  afterEach(() => sandbox[Symbol.asyncDispose]());

  it('hash tables: divisor, link, hash key, offset, sample, order', async () => {
    const at = { link: 'v0', parent: '1:', protocol: 'ip', prio: 5 } as const;
    const words = [
      'handle 2: u32 divisor 256',
      'handle 2:a:1 u32 ht 2:a match ip src 10.0.0.10 classid 1:10',
      'handle 800::1 u32 ht 800: match ip dst 192.0.2.0/24 link 2: hashkey mask 0x000000ff at 12',
      'handle 800::2 u32 ht 800: match ip protocol 6 0xff link 2: offset at 0 mask 0x0f00 shift 6 plus 4 eat',
    ];
    tcBatch(
      ns,
      words.map((line) => `filter add dev v0 parent 1: protocol ip prio 5 ${line}`),
    );
    const [wanted] = await rawFilters(ns, [['v0', '1:']]);
    await nl.tc.filters.delete({ link: 'v0', parent: '1:' });
    await nl.tc.filters.add({ ...at, kind: 'u32', handle: '2:', options: { divisor: 256 } });
    await nl.tc.filters.add({
      ...at,
      kind: 'u32',
      handle: '2:a:1',
      options: {
        ht: '2:',
        sample: { field: 'u8', value: 10, at: 15 },
        match: [{ field: 'ip.src', value: '10.0.0.10' }],
        classid: '1:10',
      },
    });
    await nl.tc.filters.add({
      ...at,
      kind: 'u32',
      handle: '800::1',
      options: {
        ht: '800:',
        match: [{ field: 'ip.dst', value: '192.0.2.0/24' }],
        link: '2:',
        hashkey: { mask: 0xff, at: 12 },
      },
    });
    await nl.tc.filters.add({
      ...at,
      kind: 'u32',
      handle: '800::2',
      options: {
        ht: '800:',
        match: [{ field: 'ip.protocol', value: 6 }],
        link: '2:',
        offset: { at: 0, mask: 0x0f00, shift: 6, plus: 4, eat: true },
      },
    });
    assert.deepEqual(await rawFilters(ns, [['v0', '1:']]), [wanted]);
    const told = await nl.tc.filters.list({ link: 'v0', parent: '1:' });
    assert.deepEqual(
      told.map(({ handle }) => handle),
      ['2:', '2:a:1', '800:', '800::1', '800::2'],
    );
    const [table, inBucket, , linked, offset] = told.map(({ options }) => options as Record<string, unknown>);
    assert.deepEqual(table, { divisor: 256 });
    assert.equal(inBucket?.ht, '2:a');
    assert.deepEqual([linked?.link, linked?.hashkey], ['2:', { mask: 0xff, at: 12 }]);
    assert.deepEqual(offset?.offset, { at: 0, mask: 0x0f00, shift: 6, plus: 4, eat: true });
    // A table in use stays.
    await assert.rejects(nl.tc.filters.delete({ ...at, kind: 'u32', handle: '2:' }), { code: 'EBUSY' });
  });

  it('adds, changes, replaces, gets, lists and deletes', async () => {
    const at = { link: 'v0', parent: 'egress' } as const;
    const spec = {
      ...at,
      kind: 'u32',
      protocol: 'ip',
      prio: 3,
      handle: '800::800',
      options: { classid: '1:10', match: [{ field: 'ip.src', value: '10.0.0.1' }] },
    } satisfies FilterSpec;
    await nl.tc.filters.add(spec);
    await assert.rejects(nl.tc.filters.add(spec), { code: 'EEXIST' });
    await nl.tc.filters.change({ ...spec, options: { ...spec.options, classid: '1:20' } });
    assert.match(tc(ns, 'filter show dev v0 egress'), /flowid 1:20/);
    await assert.rejects(nl.tc.filters.change({ ...spec, handle: '800::801' }), { code: 'ENOENT' });
    await nl.tc.filters.replace({ ...spec, handle: '800::801' });
    assert.equal((await nl.tc.filters.list({ ...at, kind: 'u32', prio: 3 })).length, 3);
    assert.equal((await nl.tc.filters.list({ ...at, prio: 4 })).length, 0);
    assert.equal((await nl.tc.filters.list({ ...at, handle: '800::801' })).length, 1);
    await nl.tc.filters.delete({ ...at, kind: 'u32', protocol: 'ip', prio: 3, handle: '800::801' });
    await assert.rejects(nl.tc.filters.get({ ...at, kind: 'u32', protocol: 'ip', prio: 3, handle: '800::801' }), {
      code: 'ENOENT',
    });
    await assert.rejects(nl.tc.filters.delete({ ...at, kind: 'u32', protocol: 'ip', prio: 9 }), { code: 'ENOENT' });
    await nl.tc.filters.delete({ ...at, prio: 3, protocol: 'ip', kind: 'u32' });
    assert.equal(tc(ns, 'filter show dev v0 egress'), '');
    await assert.rejects(nl.tc.filters.list({ link: 'nope' }), { code: 'ENODEV' });
  });

  it('of kind cgroup are deleted as they are read', async function () {
    const lack = await lackOf(nl, 'filter cgroup');
    if (lack !== undefined) skipBecause(this, lack);
    const at = { link: 'v0', parent: '1:' } as const;
    await nl.tc.filters.add({ ...at, kind: 'cgroup', protocol: 'ip', prio: 5, handle: 1 });
    const [told] = await nl.tc.filters.list(at);
    await nl.tc.filters.delete(told as Filter);
    assert.deepEqual(await nl.tc.filters.list(at), []);
  });

  it('priorities and handles are chosen where they are left out', async () => {
    const spec: FilterSpec = { link: 'v0', parent: 'egress', kind: 'u32', options: { classid: '1:10' } };
    await nl.tc.filters.add(spec);
    await nl.tc.filters.add(spec);
    const priorities = (await nl.tc.filters.list({ link: 'v0', parent: 'egress' })).map(({ prio }) => prio);
    assert.deepEqual(new Set(priorities), new Set([49151, 49152]));
  });

  it('chains: by themselves and by filters', async () => {
    const at = { link: 'v0', parent: 'ingress' } as const;
    await nl.tc.chains.add({ ...at, chain: 20 });
    await assert.rejects(nl.tc.chains.add({ ...at, chain: 20 }), { code: 'EEXIST' });
    await nl.tc.filters.add({ ...at, chain: 30, kind: 'u32', protocol: 'ip', prio: 1, options: { classid: '1:10' } });
    const chains = tcJson(ns, 'chain show dev v0 ingress').map(({ chain }: { chain: number }) => chain);
    assert.deepEqual(chains.sort(), [20, 30]);
    const told = await nl.tc.chains.list(at);
    assert.deepEqual(told.map(({ chain }) => chain).sort(), [20, 30]);
    assert.equal((await nl.tc.chains.get({ ...at, chain: 20 })).chain, 20);
    assert.equal((await nl.tc.filters.list({ ...at, chain: 30 })).length, 2);
    assert.equal((await nl.tc.filters.list({ ...at, chain: 20 })).length, 0);
    await nl.tc.chains.delete({ ...at, chain: 20 });
    await nl.tc.chains.delete({ ...at, chain: 30 });
    assert.deepEqual(await nl.tc.chains.list(at), []);
    await assert.rejects(nl.tc.chains.get({ ...at, chain: 20 }));
  });

  it('chains with a template of what filters may look at', async function () {
    const lack = await lackOf(nl, 'filter flower');
    if (lack !== undefined) skipBecause(this, lack);
    const at = { link: 'v0', parent: 'ingress', chain: 20 } as const;
    await nl.tc.chains.add({
      ...at,
      kind: 'flower',
      protocol: 'ip',
      options: { dstIp: '0.0.0.0/16', ipProto: 'tcp' },
    });
    const [shown] = tcJson(ns, 'chain show dev v0 ingress');
    assert.equal(shown.kind, 'flower');
    const told = await nl.tc.chains.get(at);
    assert.equal(told.kind, 'flower');
    assert.equal((told.options as { dstIp: string }).dstIp, '0.0.0.0/16');
    const spec = { ...at, kind: 'flower', protocol: 'ip', prio: 1 } as const;
    await assert.rejects(nl.tc.filters.add({ ...spec, options: { srcIp: '10.0.0.0/8' } }));
    await nl.tc.filters.add({ ...spec, options: { dstIp: '10.0.0.0/16', ipProto: 'tcp', classid: '1:10' } });
  });

  it('blocks of filters that links share', async () => {
    for (const link of ['v1', 'ifb0']) await nl.tc.qdiscs.add({ link, kind: 'ingress', ingressBlock: 22 });
    await nl.tc.filters.add({
      block: 22,
      kind: 'u32',
      protocol: 'ip',
      prio: 1,
      options: { classid: '1:10', match: [{ field: 'ip.dst', value: '192.0.2.0/24' }] },
    });
    assert.match(tc(ns, 'filter show block 22'), /flowid 1:10/);
    const told = await nl.tc.filters.list({ block: 22 });
    assert.equal(told.length, 2);
    assert.equal(told[1]?.block, 22);
    assert.equal(told[1]?.link, undefined);
    await nl.tc.filters.replace(told[1] as Filter);
    assert.equal((await nl.tc.filters.list({ block: 22 })).length, 2);
    await nl.tc.filters.delete({ block: 22, prio: 1, protocol: 'ip', kind: 'u32' });
    assert.equal(tc(ns, 'filter show block 22'), '');
  });

  for (const [what, type, spec, shows] of [
    ['filter', 3, { kind: 'bpf', options: DROP_BY_FD }, / bpf chain 0 .*drop-all direct-action .*id (\d+) /],
    [
      'action',
      4,
      { kind: 'u32', options: { actions: [{ kind: 'bpf', options: { program: { fd: 9 }, name: 'drop-all' } }] } },
      /action order 1: bpf drop-all id (\d+) /,
    ],
  ] as const) {
    it(`bpf by a descriptor: ${what}`, async function () {
      const lack = await lackOf(nl, `${what} bpf`);
      if (lack !== undefined) skipBecause(this, lack);
      await nl.links.set('v1', { up: true });
      // Nobody else sends, and nothing is to wait.
      await nl.sysctl.set('net.ipv6.conf.v0.disable_ipv6', 1);
      await nl.tc.qdiscs.delete({ link: 'v0', parent: 'root' });
      const arrived = async () => Number((await nl.links.get('v1', { stats: true })).stats?.rxPackets);
      const dropped = () => tcJson(ns, 'qdisc show dev v0 clsact')[0].drops;
      sendThrough(ns, ['v0']);
      const before = await arrived();
      assert.ok(before >= 60, `${before} arrived`);
      assert.equal(dropped(), 0);
      const at = { link: 'v0', parent: 'egress', protocol: 'all', prio: 1 };
      const node = [process.execPath, '--input-type=module', '-e', ADDER, ns.name, JSON.stringify({ ...at, ...spec })];
      run('python3', '-c', WITH_PROGRAM, String(type), process.env.LD_PRELOAD ?? '', ...node);
      const [, id] = shows.exec(tc(ns, 'filter show dev v0 egress')) ?? [];
      assert.ok(id, tc(ns, 'filter show dev v0 egress'));
      const [shown = []] = parseBatch(tcBatch(ns, ['filter show dev v0 egress'], ['-j', '-s', '-d']));
      const told = await nl.tc.filters.list({ link: 'v0', parent: 'egress', stats: true });
      assert.deepEqual(filterDifferences(shown, told), []);
      sendThrough(ns, ['v0']);
      assert.equal(dropped(), 60);
      assert.equal(await arrived(), before);
    });
  }

  it('bpf by a pinned program', async function () {
    const directory = `/run/np-bpf-${process.pid}`;
    const pin = `${directory}/drop`;
    const load = `${LOADER}
fd = load(3)
path = ctypes.create_string_buffer(sys.argv[1].encode())
bpf(6, struct.pack('<QII', ctypes.addressof(path), fd, 0))
`;
    mkdirSync(directory);
    try {
      run('mount', '-t', 'bpf', 'bpf', directory);
      run('python3', '-c', load, pin);
    } catch (error) {
      skipBecause(this, `no BPF program can be loaded and pinned here: ${(error as { stderr?: string }).stderr}`);
    }
    const at = { link: 'v0', parent: 'egress' } as const;
    await nl.tc.filters.add({
      ...at,
      kind: 'bpf',
      prio: 1,
      handle: 1,
      options: { program: { path: pin }, name: 'drop-all', directAction: true },
    });
    const told = (await nl.tc.filters.list(at)).at(-1) as Filter<'bpf'>;
    assert.equal(told.options?.directAction, true);
    assert.equal(told.options?.name, 'drop-all');
    assert.match(tc(ns, 'filter show dev v0 egress'), new RegExp(`drop-all direct-action .*id ${told.options?.id} `));
    await assert.rejects(
      nl.tc.filters.add({ ...at, kind: 'bpf', prio: 2, options: { program: { path: `${pin}-none` }, classid: '1:1' } }),
      { code: 'ENOENT', field: 'options.program.path' },
    );
    run('umount', directory);
  });
});
