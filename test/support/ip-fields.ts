// What `ip -j -d` shows and where the library tells the same: the mapping that the comparison tests use, and that
// docs/comparison-with-ip.md is made of (`tsx test/support/ip-fields.ts > docs/comparison-with-ip.md`).
import { pathToFileURL } from 'node:url';

// biome-ignore lint/suspicious/noExplicitAny: objects of all kinds, on both sides
export type Any = any;

/** One field of `ip`. */
export interface Row {
  /** Path of our field; '' where we tell nothing. */
  ours: string;
  /** What differs: unit, spelling. */
  note?: string;
  /** From our object: what `ip` shows. */
  of?: (our: Any) => unknown;
  /** The value moves with time: by how much it may differ. */
  about?: number;
  /** Shown as an object or a list of objects, which have rows of their own. */
  rows?: Rows;
  /** For `rows`: our object, or objects. */
  inner?: (our: Any) => Any;
}

export type Rows = Record<string, Row>;

const get = (our: Any, path: string): Any => path.split('.').reduce((object, key) => object?.[key], our);
const camel = (name: string) => name.replace(/[_-]([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const row = (ours: string, of?: (value: Any) => unknown, note?: string): Row => ({
  ours,
  ...(note ? { note } : {}),
  of: (our) => (of ? of(get(our, ours)) : get(our, ours)),
});

/** The same value under the same words, in camelCase. */
const same = (words: string): Rows => Object.fromEntries(words.split(' ').map((word) => [word, row(camel(word))]));
/** Booleans that `ip` shows as 0 and 1. */
const bits = (words: string): Rows =>
  Object.fromEntries(words.split(' ').map((word) => [word, row(camel(word), Number, 'boolean, not 0 and 1')]));

const num = (ours: string) => row(ours, Number, 'boolean, not 0 and 1');
const hundredths = (ours: string) => row(ours, (ms: number) => ms / 10, 'milliseconds, not hundredths of a second');
const seconds = (ours: string, about = 2): Row => ({
  ...row(ours, (ms: number) => ms / 1000, 'milliseconds, not seconds'),
  about,
});
const hex = (ours: string, digits = 0) =>
  row(ours, (value: number) => `0x${value.toString(16).padStart(digits, '0')}`, 'a number, not hexadecimal text');
const upper = (ours: string) => row(ours, (text: string) => text.toUpperCase(), 'lower case');
const includes = (ours: string, name: string): Row =>
  row(ours, (names: string[]) => names.includes(name), `'${name}' in the list`);
const address = (ours: string) =>
  row(ours, (text: string) => (/^(0\.0\.0\.0|::)$/.test(text) ? 'any' : text), "'0.0.0.0' or '::', not 'any'");
const quad = (ours: string) =>
  row(
    ours,
    (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.'),
    'a number, not a dotted quad',
  );
const external: Rows = { external: row('collectMetadata') };
const bridgeId = (ours: string) =>
  row(
    ours,
    (id: Any) =>
      `${id.priority.toString(16).padStart(4, '0')}.${id.address
        .split(':')
        .map((byte: string) => Number.parseInt(byte, 16).toString(16))
        .join(':')}`,
    'an object: priority and address',
  );
const RX: Rows = Object.fromEntries(
  Object.entries({
    bytes: 'rxBytes',
    packets: 'rxPackets',
    errors: 'rxErrors',
    dropped: 'rxDropped',
    over_errors: 'rxOverErrors',
    multicast: 'multicast',
    length_errors: 'rxLengthErrors',
    crc_errors: 'rxCrcErrors',
    frame_errors: 'rxFrameErrors',
    fifo_errors: 'rxFifoErrors',
    missed_errors: 'rxMissedErrors',
    nohandler: 'rxNohandler',
    compressed: 'rxCompressed',
    otherhost_dropped: 'rxOtherhostDropped',
  }).map(([name, ours]) => [name, row(`stats.${ours}`, Number, 'bigint')]),
);
const TX: Rows = {
  ...Object.fromEntries(
    Object.entries({
      bytes: 'txBytes',
      packets: 'txPackets',
      errors: 'txErrors',
      dropped: 'txDropped',
      carrier_errors: 'txCarrierErrors',
      collisions: 'collisions',
      aborted_errors: 'txAbortedErrors',
      fifo_errors: 'txFifoErrors',
      window_errors: 'txWindowErrors',
      heartbeat_errors: 'txHeartbeatErrors',
      compressed: 'txCompressed',
    }).map(([name, ours]) => [name, row(`stats.${ours}`, Number, 'bigint')]),
  ),
  carrier_changes: row('carrierChanges', undefined, 'a field of the link: it is no counter of sending'),
};

/** `ip` shows the addresses of IP tunnels as what they are. */
const tunnelAddress = (ours: string): Row => ({
  ours,
  note: 'colon-separated hex for every type of link',
  of: (our) => {
    const bytes = (our[ours] as string).split(':');
    if (['gre', 'ipip', 'sit'].includes(our.type)) return bytes.map((byte) => Number.parseInt(byte, 16)).join('.');
    if (!['gre6', 'tunnel6'].includes(our.type)) return our[ours];
    const groups = Array.from({ length: 8 }, (_, i) =>
      Number.parseInt(`${bytes[2 * i]}${bytes[2 * i + 1]}`, 16).toString(16),
    );
    return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
  },
});

/** A link's own fields. */
export const LINK: Rows = {
  ifindex: row('index'),
  ifname: row('name'),
  link: { ours: 'link', note: 'absent, not null, where there is none', of: (our) => our.link ?? null },
  link_index: row('linkIndex', undefined, 'told for links of this namespace, too'),
  link_netnsid: row('linkNetnsId'),
  flags: {
    ours: 'flags',
    note: "camelCase; 'NO-CARRIER' is 'up' without 'running', 'M-DOWN' is told of the parent only",
    of: (our) =>
      our.flags
        .filter((flag: string) => flag !== 'running')
        .map((flag: string) => flag.replace(/[A-Z]/g, '_$&').toUpperCase()),
  },
  mtu: row('mtu'),
  qdisc: row('qdisc'),
  master: row('master'),
  operstate: upper('operState'),
  linkmode: upper('linkMode'),
  group: row('group', (group: number) => (group === 0 ? 'default' : String(group)), 'a number'),
  txqlen: row('txQueueLength'),
  link_type: row('type'),
  address: tunnelAddress('address'),
  broadcast: tunnelAddress('broadcast'),
  link_pointtopoint: includes('flags', 'pointopoint'),
  permaddr: tunnelAddress('permAddress'),
  promiscuity: row('promiscuity'),
  allmulti: row('allMulticast'),
  ...same(
    'min_mtu max_mtu num_tx_queues num_rx_queues gso_max_size gso_max_segs tso_max_size tso_max_segs gro_max_size gso_ipv4_max_size gro_ipv4_max_size',
  ),
  altnames: row('altNames'),
  ifalias: row('alias'),
  inet6_addr_gen_mode: row(
    'addrGenMode',
    (mode: string) => (mode === 'stableSecret' ? 'stable_secret' : mode),
    'camelCase',
  ),
  parentbus: row('parentDevBusName'),
  parentdev: row('parentDevName'),
  phys_port_id: row('physPortId'),
  phys_port_name: row('physPortName'),
  phys_switch_id: row('physSwitchId'),
  stats64: {
    ours: 'stats',
    note: 'with `{ stats: true }`; one object for both directions',
    rows: { rx: { ours: 'stats', rows: RX }, tx: { ours: 'stats', rows: TX } },
  },
  linkinfo: { ours: 'kind, options, portKind, port', note: 'fields of the link itself; see below' },
  addr_info: { ours: '', note: '`nl.addresses.list()`; see below' },
};

const TUNNEL: Rows = {
  ...external,
  local: address('local'),
  remote: address('remote'),
  link: row('link'),
  ttl: row('ttl'),
  tos: hex('tos'),
  fwmark: hex('fwmark'),
  pmtudisc: row('pmtudisc'),
  proto: row('proto'),
  encap: {
    ours: 'encapType, encapFlags...',
    inner: (our) => our,
    rows: {
      type: row('encapType'),
      sport: row('encapSport'),
      dport: row('encapDport'),
      csum: includes('encapFlags', 'csum'),
      csum6: includes('encapFlags', 'csum6'),
      remcsum: includes('encapFlags', 'remcsum'),
    },
  },
};
const KEYS: Rows = {
  ikey: quad('ikey'),
  okey: quad('okey'),
  iseq: includes('iflags', 'seq'),
  oseq: includes('oflags', 'seq'),
  icsum: includes('iflags', 'csum'),
  ocsum: includes('oflags', 'csum'),
};
const ERSPAN: Rows = { ...same('erspan_ver erspan_index erspan_dir'), erspan_hwid: hex('erspanHwid') };
const OVER_IPV6: Rows = {
  encap_limit: row('encapLimit'),
  tclass: row(
    'flowInfo',
    (info: number) => `0x${((info >>> 20) & 255).toString(16).padStart(2, '0')}`,
    'bits 20 to 27 of a number',
  ),
  flowlabel: row(
    'flowInfo',
    (info: number) => `0x${(info & 0xfffff).toString(16).padStart(5, '0')}`,
    'bits 0 to 19 of a number',
  ),
  ip6_tnl_f_ign_encap_limit: includes('flags', 'ignoreEncapLimit'),
  ip6_tnl_f_use_orig_tclass: includes('flags', 'inheritTclass'),
  ip6_tnl_f_use_orig_flowlabel: includes('flags', 'inheritFlowLabel'),
  ip6_tnl_f_use_orig_fwmark: includes('flags', 'inheritFwmark'),
  ip6_tnl_f_rcv_dscp_copy: includes('flags', 'rcvDscpCopy'),
  ip6_tnl_f_mip6_dev: includes('flags', 'mip6'),
  ip6_tnl_f_allow_local_remote: includes('flags', 'allowLocalRemote'),
};
const MACVLAN: Rows = {
  mode: row('mode'),
  nopromisc: includes('flags', 'nopromisc'),
  nodst: includes('flags', 'nodst'),
  bcqueuelen: row('bcQueueLen'),
  usedbcqueuelen: row('bcQueueLenUsed'),
  bclim: row('bcCutoff'),
  macaddr_count: row('macaddrCount'),
  macaddr_data: row('macaddrs'),
};
const IPVLAN: Rows = {
  mode: row('mode'),
  private: includes('flags', 'private'),
  vepa: includes('flags', 'vepa'),
  bridge: row('flags', (flags: string[]) => flags.length === 0, 'an empty list'),
};
const UDP: Rows = same('udp_csum udp_zero_csum6_tx udp_zero_csum6_rx df port id ttl');
const GRE: Rows = { ...TUNNEL, ...KEYS, ...ERSPAN, ignore_df: row('ignoreDf') };
const GRE6: Rows = { ...TUNNEL, ...KEYS, ...ERSPAN, ...OVER_IPV6 };

/** The options of each kind: info_data of linkinfo. */
export const OPTIONS: Record<string, Rows> = {
  bond: {
    ...same(
      'mode active_slave primary miimon updelay downdelay arp_interval arp_ip_target ns_ip6_target arp_all_targets primary_reselect fail_over_mac xmit_hash_policy resend_igmp num_peer_notif min_links packets_per_slave ad_lacp_rate ad_select ad_actor_sys_prio ad_user_port_key ad_actor_system',
    ),
    ...bits('use_carrier all_slaves_active tlb_dynamic_lb'),
    arp_missed_max: row('missedMax'),
    arp_validate: row('arpValidate', (name: string) => (name === 'none' ? null : name), "'none', not null"),
    lp_interval: row('lpInterval', (ms: number) => ms / 1000, 'milliseconds, not seconds'),
    peer_notify_delay: row('peerNotifDelay'),
    ad_lacp_active: row('adLacpActive', (on: boolean) => (on ? 'on' : 'off'), "boolean, not 'on' and 'off'"),
    coupled_control: row('coupledControl', (on: boolean) => (on ? 'on' : 'off'), "boolean, not 'on' and 'off'"),
    ad_info: {
      ours: 'adInfo',
      inner: (our) => our.adInfo,
      rows: same('aggregator num_ports actor_key partner_key partner_mac'),
    },
  },
  bridge: {
    forward_delay: hundredths('forwardDelay'),
    hello_time: hundredths('helloTime'),
    max_age: hundredths('maxAge'),
    ageing_time: hundredths('ageingTime'),
    stp_state: row('stpState', (name: string) => ['off', 'kernel', 'user'].indexOf(name), "'off', 'kernel' or 'user'"),
    bridge_id: bridgeId('bridgeId'),
    root_id: bridgeId('rootId'),
    hello_timer: seconds('helloTimer'),
    tcn_timer: seconds('tcnTimer'),
    topology_change_timer: seconds('topologyChangeTimer'),
    gc_timer: seconds('gcTimer', 10),
    group_fwd_mask: row(
      'groupFwdMask',
      (mask: number) => (mask ? `0x${mask.toString(16)}` : '0'),
      'a number, not hexadecimal text',
    ),
    group_fwd_mask_str: hex('groupFwdMask'),
    no_linklocal_learn: num('noLinkLocalLearn'),
    ...same(
      'priority vlan_protocol root_port root_path_cost vlan_default_pvid group_addr mcast_hash_elasticity mcast_hash_max mcast_last_member_cnt mcast_startup_query_cnt mcast_igmp_version mcast_mld_version fdb_n_learned fdb_max_learned',
    ),
    ...bits(
      'vlan_filtering topology_change topology_change_detected vlan_stats_enabled vlan_stats_per_port mcast_snooping mcast_vlan_snooping mst_enabled mcast_query_use_ifaddr mcast_querier mcast_stats_enabled nf_call_iptables nf_call_ip6tables nf_call_arptables',
    ),
    mcast_router: row(
      'mcastRouter',
      (name: string) => ['disabled', 'query', 'permanent', 'temporary'].indexOf(name),
      'a name, not a number',
    ),
    ...Object.fromEntries(
      'mcast_last_member_intvl mcast_membership_intvl mcast_querier_intvl mcast_query_intvl mcast_query_response_intvl mcast_startup_query_intvl'
        .split(' ')
        .map((word) => [word, hundredths(camel(word))]),
    ),
  },
  erspan: GRE,
  geneve: {
    ...external,
    ...UDP,
    remote: row('remote'),
    remote6: row('remote6'),
    tos: hex('tos'),
    label: hex('label', 5),
    inner_proto_inherit: row('innerProtoInherit'),
  },
  gre: GRE,
  gretap: GRE,
  gtp: { role: row('role'), hsize: row('pdpHashsize'), restart_count: row('restartCount') },
  hsr: {
    ...same('slave1 slave2 supervision_addr interlink version'),
    seq_nr: { ...row('seqNr'), about: 100 },
    proto: row('protocol', (name: string) => ['hsr', 'prp'].indexOf(name), "'hsr' or 'prp'"),
  },
  ip6erspan: GRE6,
  ip6gre: GRE6,
  ip6gretap: GRE6,
  ip6tnl: { ...TUNNEL, ...OVER_IPV6 },
  ipip: TUNNEL,
  ipvlan: IPVLAN,
  ipvtap: IPVLAN,
  macsec: {
    ...same('icv_len encoding_sa validation offload encrypt protect inc_sci es scb replay_protect window'),
    sci: row('sci', (sci: bigint) => sci.toString(16).padStart(16, '0'), 'a bigint, not hexadecimal text'),
    cipher_suite: upper('cipherSuite'),
  },
  macvlan: MACVLAN,
  macvtap: MACVLAN,
  sit: {
    ...TUNNEL,
    isatap: includes('flags', 'isatap'),
    prefix: row('sixrdPrefix'),
    prefixlen: row('sixrdPrefixLength'),
    relay_prefix: row('sixrdRelayPrefix'),
    relay_prefixlen: row('sixrdRelayPrefixLen'),
  },
  tun: {
    ...same('type pi vnet_hdr persist multi_queue'),
    user: row('owner', String, 'the number, not its name'),
    group: row('group', String, 'the number, not its name'),
    numqueues: row('numQueues'),
    numdisabled: row('numDisabledQueues'),
  },
  vlan: {
    ...same('protocol id ingress_qos egress_qos'),
    flags: {
      ours: 'reorderHdr, gvrp, mvrp, looseBinding, bridgeBinding',
      note: 'booleans of their own, false included',
      of: (our) =>
        ['reorderHdr', 'gvrp', 'mvrp', 'looseBinding', 'bridgeBinding']
          .filter((name) => our[name])
          .map((name) => name.replace(/[A-Z]/g, '_$&').toUpperCase()),
    },
  },
  vrf: same('table'),
  vti: { ...TUNNEL, ...KEYS },
  vti6: { ...TUNNEL, ...KEYS },
  vxlan: {
    ...external,
    ...UDP,
    ...same(
      'vnifilter link port_range learning proxy rsc l2miss l3miss limit remcsum_tx remcsum_rx gbp gpe localbypass',
    ),
    group: row('group'),
    group6: row('group6'),
    remote: row('group', undefined, 'whether it is a multicast group is seen by the address'),
    remote6: row('group6', undefined, 'whether it is a multicast group is seen by the address'),
    local: row('local'),
    local6: row('local6'),
    tos: hex('tos'),
    label: hex('label', 5),
    ageing: row('ageing', (ms: number) => ms / 1000, 'milliseconds, not seconds'),
  },
  xfrm: { ...external, link: row('link'), if_id: hex('ifId') },
};
OPTIONS.vxlan = { ...OPTIONS.vxlan, ttl: row('ttl', undefined, "0 and 'ttlInherit'") };

/** A port's options: info_slave_data of linkinfo. */
export const PORT: Record<string, Rows> = {
  bond: {
    ...same('link_failure_count perm_hwaddr queue_id prio'),
    state: upper('state'),
    mii_status: upper('miiStatus'),
    ad_aggregator_id: row('adAggregatorId'),
    ad_actor_oper_port_state: row('adActorOperPortState'),
    ad_actor_oper_port_state_str: {
      ours: 'adActorOperPortState',
      note: 'a number; the names of its bits are not told',
    },
    ad_partner_oper_port_state: row('adPartnerOperPortState'),
    ad_partner_oper_port_state_str: {
      ours: 'adPartnerOperPortState',
      note: 'a number; the names of its bits are not told',
    },
  },
  bridge: {
    ...same(
      'state priority cost hairpin guard root_block learning flood designated_port designated_cost proxy_arp proxy_arp_wifi mcast_flood mcast_to_unicast bcast_flood neigh_suppress neigh_vlan_suppress vlan_tunnel isolated locked mab backup_port mcast_n_groups mcast_max_groups',
    ),
    ...bits('topology_change_ack config_pending'),
    fastleave: row('fastLeave'),
    id: hex('id'),
    no: hex('no'),
    bridge_id: bridgeId('bridgeId'),
    root_id: bridgeId('rootId'),
    hold_timer: seconds('holdTimer'),
    message_age_timer: seconds('messageAgeTimer'),
    forward_delay_timer: seconds('forwardDelayTimer', 20),
    multicast_router: row(
      'multicastRouter',
      (name: string) => ['disabled', 'query', 'permanent', 'temporary'].indexOf(name),
      'a name, not a number',
    ),
    group_fwd_mask: row(
      'groupFwdMask',
      (mask: number) => (mask ? `0x${mask.toString(16)}` : '0'),
      'a number, not hexadecimal text',
    ),
    group_fwd_mask_str: hex('groupFwdMask'),
    backup_nhid: row('backupNhid'),
  },
  vrf: same('table'),
};

const host = (text: string) => text.split('/')[0];
const lifetime = (ours: string): Row => ({
  ...row(
    ours,
    (ms: number) => (ms === Number.POSITIVE_INFINITY ? 4_294_967_295 : ms / 1000),
    'milliseconds, or Infinity',
  ),
  about: 2,
});

/** An address: an element of addr_info. */
export const ADDRESS: Rows = {
  family: row('family'),
  local: row('address', host, 'with its prefix length'),
  address: row('peer', host, 'with its prefix length'),
  prefixlen: {
    ours: 'address',
    note: 'behind the slash',
    of: (our) => Number((our.peer ?? our.address).split('/')[1]),
  },
  ...same('broadcast anycast scope label metric protocol'),
  dynamic: row('flags', (flags: string[]) => !flags.includes('permanent'), "'permanent' is not in the list"),
  temporary: includes('flags', 'secondary'),
  ...Object.fromEntries(
    'secondary tentative deprecated home nodad mngtmpaddr noprefixroute autojoin optimistic dadfailed'
      .split(' ')
      .map((name) => [name, includes('flags', name)]),
  ),
  'stable-privacy': includes('flags', 'stablePrivacy'),
  valid_life_time: lifetime('validLifetime'),
  preferred_life_time: lifetime('preferredLifetime'),
};

const routeFlags = (our: Any) =>
  (our.flags ?? [])
    .map((flag: string) => flag.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
    .filter((flag: string) => flag !== 'notify');
const FLAGS: Row = { ours: 'flags', note: 'camelCase', of: routeFlags };
const VIA: Row = {
  ours: 'via',
  note: 'the address alone says its family',
  of: (our) => our.via && { family: our.via.includes(':') ? 'inet6' : 'inet', host: our.via },
};
const prefix = (ours: string) =>
  row(ours, (text: string) => text.replace(/\/(32|128)$/, ''), 'with the prefix length of a single host, too');

/** A route. */
export const ROUTE: Rows = {
  type: row('type'),
  dst: { ...prefix('dst'), of: (our) => our.dst.replace(our.family === 'inet6' ? /\/128$/ : /\/32$/, '') },
  from: prefix('from'),
  tos: hex('tos'),
  gateway: row('gateway'),
  via: VIA,
  dev: row('link'),
  table: row('table', String, "a number, or 'main', 'local', 'default'"),
  ...same('protocol scope prefsrc metric pref nhid'),
  flags: FLAGS,
  flow: {
    ours: 'realms',
    note: 'a number: from * 65,536 + to',
    of: (our) => ({ from: String(our.realms >>> 16), to: String(our.realms & 0xffff) }),
  },
  expires: seconds('cacheInfo.expires'),
  metrics: {
    ours: 'metrics',
    note: 'an object, not a list of one',
    inner: (our) => [our.metrics],
    rows: {
      ...same(
        'mtu window ssthresh cwnd advmss reordering hoplimit initcwnd rto_min initrwnd quickack fastopen_no_cookie',
      ),
      rtt: row('rtt', Math.floor, 'with its fraction'),
      rttvar: row('rttvar', Math.floor, 'with its fraction'),
      ecn: row('features', (names: string[]) => (names.includes('ecn') ? null : undefined), "'ecn' in the list"),
      features: row('features'),
      congestion: row('congctl'),
      lock: row('lock'),
    },
  },
  nexthops: {
    ours: 'nexthops',
    inner: (our) => our.nexthops,
    rows: { gateway: row('gateway'), via: VIA, dev: row('link'), weight: row('weight'), flags: FLAGS },
  },
  nh_info: { ours: '', note: '`nl.nexthops.get(nhid)`' },
};

/** The page of documentation. */
export function page(): string {
  const out = [
    '# The library beside `ip`',
    '',
    'For each field that `ip -j -d -s` (iproute2) prints: where `netplumb` tells the same, and what is different about',
    'it. A test runs both on the same kernel and compares field by field. This page is made from the table that the',
    'test uses (`test/support/ip-fields.ts`), and the test fails when a field is missing here.',
    '',
    'Rules that hold everywhere: names are camelCase; times are milliseconds; counters of 64 bits are `bigint`; what',
    'the kernel counts in 0 and 1 is boolean; a link that is referred to is told by its name, with its index beside it',
    '(`link` and `linkIndex`).',
    '',
  ];
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const table = (title: string, rows: Rows, level = 2) => {
    out.push(`${'#'.repeat(level)} ${title}`, '', '| `ip -j -d` | netplumb | different |', '|---|---|---|');
    const add = (list: Rows, path: string) => {
      for (const [name, { ours, note, rows: inner }] of Object.entries(list)) {
        out.push(
          `| \`${path}${name}\` | ${
            ours
              ? ours
                  .split(', ')
                  .map((one) => `\`${one}\``)
                  .join(', ')
              : '—'
          } | ${cell(note ?? '')} |`,
        );
        if (inner) add(inner, `${path}${name}.`);
      }
    };
    add(rows, '');
    out.push('');
  };
  const tables = (title: string, all: Record<string, Rows>) => {
    out.push(`## ${title}`, '');
    const groups = new Map<Rows, string[]>();
    for (const [kind, rows] of Object.entries(all)) groups.set(rows, [...(groups.get(rows) ?? []), kind]);
    for (const [rows, kinds] of groups) table(kinds.join(', '), rows, 3);
  };
  table('Links: `ip link` and `nl.links.list({ stats: true })`', LINK);
  tables('Options of a kind: `linkinfo.info_data` and `options`', OPTIONS);
  tables('Options of a port: `linkinfo.info_slave_data` and `port`', PORT);
  table('Addresses: `ip addr` and `nl.addresses.list()`', ADDRESS);
  table("Routes: `ip route` and `nl.routes.list({ table: 'all' })`", ROUTE);
  return `${out.join('\n').trimEnd()}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.stdout.write(page());
