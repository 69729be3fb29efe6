// What `tc -j -s -d` (6.1) prints of filters and actions, made of what we read.
//
// What it prints wrong: a text in the middle of its JSON for some kinds (fw, cgroup, flow, route, the matches of basic,
// skbmod, simple), one name several times in an object (u32's matches, police's two controls), no kind of nat and gate,
// the prefix length of nat from a mask in the wrong byte order, and an action's flags and hardware state not at all
// where a filter shows the action. Rates and sizes of police, and flower's options of GTP, are in its text only. It does not know what came later:
// mirred's block, tunnel_key's nofrag, flower's keys from l2tpv3Sid on.

// biome-ignore lint/suspicious/noExplicitAny: objects of all kinds, on both sides
type Any = any;

const hex = (value?: number | bigint) => value?.toString(16);
const string = (value?: number | string) => (value === undefined ? undefined : String(value));
const hex0x = (value?: number | bigint) => (value === undefined ? undefined : `0x${value.toString(16)}`);
const words = (...parts: (string | undefined | false | 0)[]) => parts.filter(Boolean).join(' ');
/** A value with a mask: its text, and the mask as tc prints it beside it. */
const masked = (name: string, value?: string | number) => {
  const [, number, mask] = /^(\w+)(?:\/(?:0x)?(\w+))?$/.exec(String(value)) ?? [];
  return { [name]: value === undefined ? undefined : Number(number), [`${name}_mask`]: mask };
};

/** What `tc -j -batch` prints, an array for each line. */
export const parseBatch = (text: string): Any[][] => parseLoosely(`[${text}]`);

/** Parses JSON with texts in between, which are gathered under the name 'text'; values of one name become an array. */
function parseLoosely(json: string): Any {
  let at = 0;
  const blank = () => {
    while (/[\s,]/.test(json[at] ?? '')) at++;
  };
  const value = (): Any => {
    blank();
    if (json[at] === '{') return object();
    if (json[at] === '[') {
      const list: Any[] = [];
      at++;
      for (blank(); at < json.length && json[at] !== ']'; blank()) list.push(value());
      at++;
      return list;
    }
    const [token = json[at] ?? ''] =
      /^(?:"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:e[-+]?\d+)?|\w+)/.exec(json.slice(at)) ?? [];
    at += token.length;
    return JSON.parse(token);
  };
  const object = (): Any => {
    const fields: Any = {};
    const put = (name: string, one: Any) => {
      fields[name] = name in fields ? [fields[name], one].flat() : one;
    };
    let text = '';
    at++;
    for (blank(); at < json.length && json[at] !== '}'; blank()) {
      const [match, name] = /^"([\w-]+)":/.exec(json.slice(at)) ?? [];
      if (match !== undefined && name !== undefined) {
        at += match.length;
        put(name, value());
      } else {
        const [some = ''] = /^[^}]+?(?=\}|,?"[\w-]+":)/s.exec(json.slice(at)) ?? [json.slice(at)];
        at += some.length;
        text += ` ${some}`;
      }
    }
    at++;
    text = text
      .replace(/\s,|,(?=\s|$)|\s+/g, ' ')
      .replace(/ +/g, ' ')
      .trim();
    if (text !== '') fields.text = text;
    return fields;
  };
  return value();
}

/** A control as tc's object. */
function controlled(control = 'ok'): Any {
  const [, type, number] = /^(jump|goto chain) (\d+)$/.exec(control) ?? [];
  if (type === 'jump') return { type, jump: Number(number) };
  if (type) return { type: 'goto', chain: Number(number) };
  return { type: control === 'ok' ? 'pass' : control };
}

const program = (o: Any) =>
  o.bytecode
    ? {
        bytecode: {
          length: o.bytecode.length,
          insns: o.bytecode.map(({ code, jt, jf, k }: Any) => ({ code, jt, jf, k })),
        },
      }
    : { bpf_name: o.name, prog: { id: o.id, tag: o.tag && Buffer.from(o.tag).toString('hex') } };

const HEADERS: Record<string, string> = { ip: 'ipv4', ip6: 'ipv6' };

const tunnelOptions = (o: Any, names: Record<string, string>) => ({
  ...(o?.geneve && {
    [names.geneve as string]: o.geneve.map((one: Any) => ({ class: one.class, type: one.type, data: [...one.data] })),
  }),
  ...(o?.vxlan && { [names.vxlan as string]: [{ gbp: o.vxlan.gbp }] }),
  ...(o?.erspan && {
    [names.erspan as string]: [
      { ver: o.erspan.ver, index: o.erspan.index ?? 0, dir: o.erspan.dir ?? 0, hwid: o.erspan.hwid ?? 0 },
    ],
  }),
});

const ACTION_NAMES = { geneve: 'geneve_opts', vxlan: 'vxlan_opts', erspan: 'erspan_opts' };

/** What tc prints as an action's text, beside its number and references. */
const numbered = ({ index, refs, binds }: Any) => `index ${index} ref ${refs} bind ${binds}`;

/** By kind: from an action of ours, tc's own fields. */
const ACTIONS: Record<string, (o: Any, action: Any) => Any> = {
  gact: (o) => ({
    prob: {
      random_type: o.random?.type ?? 'none',
      control_action: controlled(o.random?.control),
      val: o.random?.val ?? 0,
    },
  }),
  mirred: (o) => ({ mirred_action: o.action, direction: o.direction, to_dev: o.link }),
  police: (o, { control }) => ({
    control_action: o.conform === undefined ? controlled(control) : [controlled(control), controlled(o.conform)],
    pkts_rate: o.pktRate,
    pkts_burst: o.pktBurst,
    overhead: o.overhead ?? 0,
    linklayer: o.linkLayer === 'unaware' || o.linkLayer === undefined ? 'unspec' : o.linkLayer,
  }),
  skbedit: (o) => ({
    queue_mapping: o.queueMapping,
    queue_mapping_max: o.queueMappingMax,
    priority: o.priority,
    mark: o.mark,
    mask: hex(o.mask),
    ptype: o.ptype,
    inheritdsfield: o.flags?.includes('inheritdsfield') ? null : undefined,
    txq_skbhash: o.flags?.includes('txqSkbhash') ? null : undefined,
  }),
  pedit: (o) => ({
    nkeys: o.keys.length,
    keys: o.keys.map((key: Any) => ({
      htype: HEADERS[key.header] ?? key.header,
      offset: key.offset,
      cmd: key.cmd,
      val: hex(key.value),
      mask: hex(key.mask),
    })),
  }),
  vlan: (o) => ({
    vlan_action: o.action,
    id: o.id,
    protocol: o.protocol,
    priority: o.priority,
    dst_mac: o.dstMac,
    src_mac: o.srcMac,
  }),
  csum: (o) => ({ csum: o.update.length ? o.update.join(', ') : 'empty' }),
  nat: (o) => ({
    kind: undefined,
    type: 'nat',
    direction: o.direction,
    old_addr: `${o.old.split('/')[0]}/${o.old.endsWith('/0') ? 0 : 32}`,
    new_addr: o.new.split('/')[0],
  }),
  bpf: program,
  tunnel_key: (o) => ({
    mode: o.action,
    src_ip: o.srcIp,
    dst_ip: o.dstIp,
    key_id: o.id,
    dst_port: o.dstPort,
    ...tunnelOptions(o.options, ACTION_NAMES),
    flag: o.nocsum === undefined ? undefined : o.nocsum ? 'nocsum' : 'csum',
    tos: o.tos,
    ttl: o.ttl,
  }),
  ct: (o) => ({
    action:
      words(
        o.action.includes('commit') && 'commit',
        o.action.includes('force') && 'force',
        o.action.includes('clear') && 'clear',
      ) || undefined,
    ...masked('mark', o.mark),
    label:
      o.labels &&
      words(
        Buffer.from(o.labels).toString('hex') +
          (o.labelsMask.every((byte: number) => byte === 255) ? '' : `/${Buffer.from(o.labelsMask).toString('hex')}`),
      ),
    zone: o.zone,
    nat: o.action.includes('nat')
      ? words(
          o.action.includes('src') && 'src',
          o.action.includes('dst') && 'dst',
          o.natMin && `addr ${o.natMin}${o.natMax && o.natMax !== o.natMin ? `-${o.natMax}` : ''}`,
          o.natPortMin &&
            `port ${o.natPortMin}${o.natPortMax && o.natPortMax !== o.natPortMin ? `-${o.natPortMax}` : ''}`,
        )
      : undefined,
  }),
  connmark: (o) => ({ zone: o.zone }),
  ctinfo: (o) => ({
    zone: o.zone,
    dscpmask: hex0x(o.dscpMask),
    dscpstatemask: hex0x(o.dscpStateMask),
    cpmark: hex0x(o.cpmarkMask),
    dscpset: o.dscpSet,
    dscperror: o.dscpError,
    cpmarkset: o.cpmarkSet,
  }),
  sample: (o) => ({ rate: o.rate, group: o.group, trunc_size: o.trunc }),
  mpls: (o) => ({
    mpls_action: o.action,
    protocol: o.protocol,
    label: o.label,
    tc: o.tc,
    bos: o.bos === undefined ? undefined : Number(o.bos),
    ttl: o.ttl,
  }),
  gate: (o) => ({
    kind: undefined,
    priority: o.priority,
    clockid: o.clockid?.toUpperCase(),
    flags: hex(o.flags),
    base_time: o.baseTime,
    cycle_time: o.cycleTime,
    cycle_time_ext: o.cycleTimeExt,
    schedule: o.schedEntries.map((entry: Any) => ({
      number: entry.index,
      gate_state: entry.open ? 'open' : 'close',
      interval: entry.interval,
      ipv: entry.ipv,
      max_octets: entry.maxOctets,
    })),
  }),
  skbmod: (o, action) => ({
    kind: undefined,
    index: undefined,
    ref: undefined,
    bind: undefined,
    text: words(
      'skbmod',
      o.etype !== undefined && `set etype 0x${o.etype.toString(16).toUpperCase()}`,
      o.dmac && `set dmac ${o.dmac}`,
      o.smac && `set smac ${o.smac}`,
      o.swapmac && 'swap mac',
      numbered(action),
    ),
  }),
  simple: (o, action) => ({
    kind: undefined,
    control_action: undefined,
    index: undefined,
    ref: undefined,
    bind: undefined,
    text: words(`Simple <${o.sdata}>`, numbered(action)),
  }),
  ife: (o) => ({
    mode: o.mode,
    type: o.type === 0 ? '0' : hex0x(o.type),
    ...Object.fromEntries(Object.entries(o.meta ?? {}).map(([name, one]) => [name, one === true ? 'allow' : one])),
    dst: o.dst,
    src: o.src,
  }),
};

/** From an action of ours, tc's object. */
function shownAction(action: Any, position: number, isBound: boolean): Any {
  const { kind, options = {}, control, index, refs, binds, stats, cookie, flags = [], inHwCount, times = {} } = action;
  const { hwStats, usedHwStats } = action;
  const named = (names?: string[]) => names && (names.length ? names : ['disabled']);
  return {
    order: position + 1,
    kind,
    control_action: controlled(control),
    index,
    ref: refs,
    bind: binds,
    installed: times.installed,
    last_used: times.lastUsed,
    first_used: times.firstUsed,
    expires: times.expires,
    ...ACTIONS[kind]?.(options, action),
    stats: stats && counters(stats),
    cookie,
    hw_stats: named(hwStats),
    used_hw_stats: named(usedHwStats),
    no_percpu: flags.includes('noPercpu') || undefined,
    ...(!isBound && {
      skip_hw: flags.includes('skipHw') || undefined,
      skip_sw: flags.includes('skipSw') || undefined,
      in_hw: inHwCount ? true : undefined,
      in_hw_count: inHwCount || undefined,
      not_in_hw: inHwCount === 0 && !flags.includes('skipHw') ? true : undefined,
    }),
  };
}

const counters = ({ bytes, packets, drops, overlimits, requeues, backlog, qlen }: Any) => ({
  ...{ bytes, packets, drops, overlimits, requeues, backlog, qlen },
});

const LAYERS: Record<string, number> = { link: 0, network: 1, transport: 2 };

/** A tree of matches as tc's text. */
function ematchText(tree: Any, isInner = false): string {
  if (tree.not) return `NOT ${ematchText(tree.not, true)}`;
  const list: Any[] | undefined = tree.and ?? tree.or;
  if (list) {
    const text = list.map((one) => ematchText(one, !one.bare)).join(tree.and ? ' AND ' : ' OR ');
    return isInner ? `( ${text} )` : text;
  }
  const at = `at ${tree.at} layer ${LAYERS[tree.layer]}`;
  switch (tree.kind) {
    case 'cmp':
      return `cmp(${words(tree.align, at, tree.mask && `mask ${hex0x(tree.mask)}`, tree.trans && 'trans', tree.op, String(tree.value))})`;
    case 'nbyte': {
      const text = Buffer.from(tree.needle)
        .toString('latin1')
        .replace(/[^ -~]/g, '.');
      const bytes = [...tree.needle].map((byte: number) => byte.toString(16).padStart(2, '0')).join(' ');
      return `nbyte(${bytes} "${text}" ${at})`;
    }
    case 'u32': {
      const { value, mask = 0xffff_ffff, at: offset, nexthdr } = tree.match;
      const eight = (number: number) => number.toString(16).padStart(8, '0');
      return `u32(${eight(value)}/${eight(mask)} at ${nexthdr ? 'nexthdr+' : ''}${offset})`;
    }
    case 'meta': {
      const side = (name: string, shift?: number, mask?: number) =>
        words(name, shift && `shift ${shift}`, mask && `mask 0x${mask.toString(16).padStart(8, '0')}`);
      const { left, shift, mask, op, right } = tree;
      const other =
        typeof right === 'object'
          ? side(right.meta, right.shift, right.mask)
          : typeof right === 'string'
            ? `"${right}"`
            : String(right);
      return `meta(${side(left, shift, mask)} ${op} ${other})`;
    }
    case 'canid':
      return `canid(${tree.ids
        .map(({ sff, eff, mask }: Any) => {
          // Bits beyond an identifier are not shown.
          const id = (eff ?? sff & 0x7ff).toString(16).toUpperCase();
          return `${eff === undefined ? 'sff' : 'eff'} 0x${id}${mask === undefined ? '' : `:0x${mask.toString(16).toUpperCase()}`}`;
        })
        .join(' ')})`;
    default:
      return tree.kind;
  }
}

const hardware = ({ flags = [] }: Any) => ({
  skip_hw: flags.includes('skipHw') || undefined,
  skip_sw: flags.includes('skipSw') || undefined,
  in_hw: flags.includes('inHw') || undefined,
  not_in_hw: flags.includes('notInHw') || undefined,
});

const FLOWER_PROTOCOLS: Record<string, string> = { 'ipv6-icmp': 'icmpv6' };
const ETHER_TYPES: Record<string, string> = {
  ip: 'ipv4',
  mpls_uc: '8847',
  mpls_mc: '8848',
  ppp_ses: '8864',
};
const PPP_PROTOCOLS: Record<number, string> = { 33: 'ip', 87: 'ipv6' };
const ports = (value?: number | string) => {
  const [, start, end] = /^(\d+)-(\d+)$/.exec(String(value)) ?? [];
  if (start) return { start: Number(start), end: Number(end) };
  const [, number, mask] = /^0x(\w+)\/0x(\w+)$/.exec(String(value)) ?? [];
  return number ? `${Number.parseInt(number, 16)}/${mask}` : value;
};
/** A MAC address, its mask as a length. */
const mac = (value?: string) => {
  const [address, mask] = value?.split('/') ?? [];
  if (mask === undefined) return address;
  const bits = mask
    .split(':')
    .reduce((sum, byte) => sum + Number.parseInt(byte, 16).toString(2).replaceAll('0', '').length, 0);
  return `${address}/${bits}`;
};
const labels = (value?: Uint8Array, mask?: Uint8Array) =>
  value &&
  Buffer.from(value).toString('hex') +
    (!mask || mask.every((byte) => byte === 255) ? '' : `/${Buffer.from(mask).toString('hex')}`);
const KEY_NAMES = { geneve: 'geneve_opt_key', vxlan: 'vxlan_opt_key', erspan: 'erspan_opt_key' };
const MASK_NAMES = {
  geneve: 'geneve_opt_mask',
  vxlan: 'vxlan_opt_mask',
  erspan: 'erspan_opt_mask',
};

const flowerKeys = (o: Any) => ({
  num_of_vlans: o.numOfVlans,
  vlan_id: o.vlanId,
  vlan_prio: o.vlanPrio,
  vlan_ethtype: o.vlanEthtype,
  cvlan_id: o.cvlanId,
  cvlan_prio: o.cvlanPrio,
  cvlan_ethtype: o.cvlanEthtype,
  dst_mac: mac(o.dstMac),
  src_mac: mac(o.srcMac),
  // Of tags and of PPPoE tc shows the type within.
  eth_type: [PPP_PROTOCOLS[o.pppProto] ?? o.cvlanEthtype ?? o.vlanEthtype ?? o.ethType].map(
    (type) => ETHER_TYPES[type] ?? type,
  )[0],
  ip_proto: FLOWER_PROTOCOLS[o.ipProto] ?? o.ipProto,
  ...masked('ip_tos', o.ipTos),
  ...masked('ip_ttl', o.ipTtl),
  dst_ip: o.dstIp,
  src_ip: o.srcIp,
  dst_port: ports(o.dstPort),
  src_port: ports(o.srcPort),
  tcp_flags: o.tcpFlags === undefined ? undefined : String(o.tcpFlags).replace('/0x', '/'),
  ip_flags:
    o.ipFlags && Object.fromEntries(o.ipFlags.map((one: string) => [one.replace('-', ''), !one.startsWith('-')])),
  icmp_type: string(o.type),
  icmp_code: string(o.code),
  arp_sip: o.arpSip,
  arp_tip: o.arpTip,
  arp_op: o.arpOp,
  arp_sha: mac(o.arpSha),
  arp_tha: mac(o.arpTha),
  mpls: o.mpls?.map(({ depth, label, tc, bos, ttl }: Any) => ({ depth, label, tc, bos, ttl })),
  mpls_label: o.mplsLabel,
  mpls_tc: string(o.mplsTc),
  mpls_bos: string(o.mplsBos),
  mpls_ttl: string(o.mplsTtl),
  ct_state: o.ctState && ctState(o.ctState),
  ...masked('ct_zone', o.ctZone),
  ...masked('ct_mark', o.ctMark),
  ct_label: labels(o.ctLabels, o.ctLabelsMask),
  enc_dst_ip: o.encDstIp,
  enc_src_ip: o.encSrcIp,
  enc_key_id: o.encKeyId,
  enc_dst_port: ports(o.encDstPort),
  enc_src_port: ports(o.encSrcPort),
  ...masked('enc_tos', o.encTos),
  ...masked('enc_ttl', o.encTtl),
  ...tunnelOptions(o.encOpts, KEY_NAMES),
  ...tunnelOptions(o.encOptsMask, MASK_NAMES),
  pppoe_sid: o.pppoeSid,
  ppp_proto: PPP_PROTOCOLS[o.pppProto] ?? o.pppProto,
});

/** The states in tc's order. */
function ctState(states: string[]): string {
  const order = ['trk', 'new', 'est', 'rel', 'inv', 'rpl'];
  return order.flatMap((name) => states.filter((one) => one.slice(1) === name)).join('');
}

/** A mask of flow, and the bits that are turned after it, as tc's words: bits out of the mask are set ('or'). */
function maskText(mask = 0xffff_ffff, xor = 0): (string | false)[] {
  const eight = (name: string, bits: number) =>
    bits >>> 0 !== 0 && `${name} 0x${(bits >>> 0).toString(16).padStart(8, '0')}`;
  return [mask !== 0xffff_ffff && eight('and', mask), eight('xor', xor & mask), eight('or', xor & ~mask)];
}

/** By kind: from a filter of ours, tc's options. */
const FILTERS: Record<string, (o: Any, filter: Any) => Any> = {
  u32(o, { handle }) {
    if (o.divisor !== undefined) return { fh: handle, ht_divisor: o.divisor };
    const [table, bucket = ''] = o.ht.split(':');
    const { offset } = o;
    return {
      fh: handle,
      order: Number.parseInt(handle.split(':')[2], 16),
      key_ht: table,
      bkt: bucket || '0',
      flowid: o.classid,
      link: o.link,
      ...hardware(o),
      rule_hit: o.counters?.hits,
      success: [o.counters?.success, ...(o.counters?.keys ?? []).map(({ hits }: Any) => hits)],
      match: o.keys.map((key: Any) => ({
        value: hex(key.value),
        mask: hex(key.mask),
        offmask: key.offsetMask ? 'nexthdr+' : '',
        off: key.offset,
      })),
      fwmark_value: hex0x(o.mark?.value),
      fwmark_mask: hex0x(o.mark?.mask),
      fwmark_success: o.mark?.success,
      input_dev: o.indev,
      ...(offset?.mask !== undefined && {
        offset_mask: hex(offset.mask),
        offset_shift: offset.shift,
        offset_off: offset.at,
      }),
      plus: offset?.plus || undefined,
      hash_mask: hex(o.hashkey?.mask),
      hash_off: o.hashkey?.at,
    };
  },
  fw: (o, { handle }) => ({
    text: words(
      `handle ${hex0x(handle)}${o.mask === undefined || o.mask === 0xffff_ffff ? '' : `/${hex0x(o.mask)}`}`,
      o.classid && `classid ${o.classid}`,
      o.indev && `input dev ${o.indev}`,
    ),
  }),
  matchall: (o, { handle }) => ({
    handle,
    flowid: o.classid,
    ...hardware(o),
    rule_hit: o.counters?.success,
  }),
  basic: (o, { handle }) => ({
    handle: hex(handle),
    flowid: o.classid,
    // Of no match at all nothing is shown.
    text: (o.ematches && ematchText(o.ematches)) || undefined,
  }),
  cgroup: (o, { handle }) => ({ text: words(`handle ${hex0x(handle)}`, o.ematches && ematchText(o.ematches)) }),
  bpf: (o, { handle }) => ({
    handle: hex0x(handle),
    flowid: o.classid,
    'direct-action': o.directAction || undefined,
    ...hardware(o),
    ...program(o),
  }),
  flow: (o, { handle }) => ({
    text: words(
      `handle ${hex0x(handle)}`,
      o.mode,
      `keys ${o.keys.join(',')}`,
      ...maskText(o.mask, o.xor),
      o.rshift && `rshift ${o.rshift}`,
      o.addend && `addend ${hex0x(o.addend)}`,
      o.divisor && `divisor ${o.divisor}`,
      o.baseclass && `baseclass ${o.baseclass}`,
      o.perturb && `perturb ${o.perturb / 1000}sec`,
      o.ematches && ematchText(o.ematches),
    ),
  }),
  route: (o, { handle }) => ({
    text: words(
      `fh 0x${handle.toString(16).padStart(8, '0')}`,
      o.classid && `flowid ${o.classid}`,
      o.to !== undefined && `to ${o.to}`,
      o.fromif && `fromif ${o.fromif}`,
      o.from !== undefined && `from ${o.from}`,
    ),
  }),
  flower: (o, { handle }) => ({
    handle,
    classid: o.classid,
    indev: o.indev,
    keys: flowerKeys(o),
    ...hardware(o),
    in_hw_count: o.inHwCount || undefined,
  }),
};

/** Of a program tc asks the kernel for more than the filter has. */
const PROGRAM = ['prog.name', 'prog.jited', 'prog.load_time', 'prog.created_by_uid', 'prog.btf_id'];
/** Seconds, which pass between two looks. */
const PASSING = ['installed', 'last_used', 'first_used', 'expires'];
/** How many seconds at most. */
const BETWEEN = 60;

function compare(path: string, theirs: Any, ours: Any): string[] {
  const [name = ''] = /[\w-]+$/.exec(path) ?? [];
  if (PROGRAM.some((one) => path.endsWith(one))) return [];
  if (PASSING.includes(name)) {
    // What is nothing is not shown.
    const passed = Math.abs((theirs ?? 0) - (ours ?? 0) / 1000);
    return passed < BETWEEN ? [] : [`${path}: ${theirs} s, ours ${ours} ms`];
  }
  if (typeof ours === 'bigint') return compare(path, theirs, Number(ours));
  if (Array.isArray(ours) && ours.length < 2 && !Array.isArray(theirs)) return compare(path, theirs, ours[0]);
  if (typeof theirs !== 'object' || typeof ours !== 'object' || theirs === null || ours === null) {
    return theirs === ours ? [] : [`${path}: ${JSON.stringify(theirs)}, ours ${JSON.stringify(ours)}`];
  }
  const names = new Set([...Object.keys(theirs), ...Object.keys(ours)]);
  return [...names].flatMap((one) => compare(`${path}.${one}`, theirs[one], ours[one]));
}

/** What differs between actions as `tc -j -s -d actions` prints them, parsed, and ours. */
export function actionDifferences(parts: Any[], actions: Any[]): string[] {
  const shown = parts.flatMap((part) => part.actions ?? []);
  if (shown.length !== actions.length) return [`${shown.length} actions, ours ${actions.length}`];
  return actions.flatMap((action, i) =>
    // Each message counts from its own beginning.
    compare(`${action.kind} ${action.index}`, { ...shown[i], order: i + 1 }, shownAction(action, i, false)),
  );
}

/** What differs between filters as `tc -j -s -d filter show` prints them, parsed, and ours. */
export function filterDifferences(parts: Any[], filters: Any[]): string[] {
  // A priority by itself is told, too.
  const shown = parts.filter(({ options }) => options !== undefined);
  if (shown.length !== filters.length) return [`${shown.length} filters, ours ${filters.length}`];
  return filters.flatMap((filter, i) => {
    const { kind, protocol, prio, chain, options = {} } = filter;
    const { parent, ingress, egress, protocol: name } = shown[i];
    const expected = {
      // Told only where it is not what was asked for.
      ...(parent !== undefined && { parent: filter.parent }),
      ...(ingress !== undefined && { ingress: filter.parent === 'ingress' }),
      ...(egress !== undefined && { egress: filter.parent === 'egress' }),
      // tc has names for more protocols.
      protocol: typeof protocol === 'number' ? name : protocol,
      pref: prio,
      kind,
      chain,
      options: {
        ...FILTERS[kind]?.(options, filter),
        actions: options.actions?.map((action: Any, position: number) => shownAction(action, position, true)),
      },
    };
    return compare(`${kind} ${filter.handle}`, shown[i], expected);
  });
}

const MULTIPLES: Record<string, number> = { K: 1e3, M: 1e6, G: 1e9, T: 1e12 };

/** What differs between the rates and sizes of 'police' actions in tc's text and in ours. */
export function policeDifferences(text: string, actions: Any[]): string[] {
  const parts = text.split(/\bpolice /).slice(1);
  if (parts.length !== actions.length) return [`${parts.length} actions, ours ${actions.length}`];
  return actions.flatMap(({ options = {} }, i) =>
    ['rate', 'peakrate', 'avrate', 'burst', 'mtu'].flatMap((name) => {
      const found = new RegExp(`\\b${name} ([\\d.]+)([KMGT]?)(bit|b|)\\b`).exec(parts[i] ?? '');
      const unit = found?.[2] ?? '';
      const isSize = found?.[3] === 'b';
      const multiple = isSize ? 1024 ** ['', 'K', 'M', 'G', 'T'].indexOf(unit) : (MULTIPLES[unit] ?? 1);
      const theirs = found ? Number(found[1]) * multiple : undefined;
      const ours = options[name];
      const isSame = theirs === ours || Math.abs((theirs ?? 0) - (ours ?? 0)) <= Math.max(1, (theirs ?? 0) * 5e-3);
      return isSame ? [] : [`police ${name}: ${theirs}, ours ${ours}`];
    }),
  );
}
