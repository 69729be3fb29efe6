// Every data type of nft: number, size, byte order, and how its values are read from text and told.
//
// A value is a bigint of the type's size, most significant bit first, whatever the byte order in a register; text (interface
// names) is its bytes in order, filled up with zeros. Both directions use the same rows: `parse` reads what a person or
// JSON wrote, `print` gives what `nft -j` shows.
import { isIPv4, isIPv6 } from 'node:net';
import { endianness } from 'node:os';

/** Byte order in registers and set elements: the network's, the machine's, or none that matters. */
export type ByteOrder = 'big' | 'host' | 'none';

/** Whether this machine's own byte order is little-endian. */
export const IS_LITTLE_ENDIAN = endianness() === 'LE';

/** What only the machine knows: names that stand for numbers which differ from one machine to the next. */
export interface Names {
  /** Index of an interface (`meta iif`). */
  linkIndex?(name: string): number | undefined;
  linkName?(index: number): string | undefined;
  /** Numbers of users and groups (`meta skuid`). */
  user?(name: string): number | undefined;
  group?(name: string): number | undefined;
  /** Number of a control group, by its path (`socket cgroupv2`). */
  cgroup?(path: string): bigint | undefined;
  cgroupPath?(id: bigint): string | undefined;
}

/** Symbolic constants: names, each with its number. Of names with the same number the first is the one shown. */
export class Symbols {
  readonly #byName: ReadonlyMap<string, bigint>;
  readonly #byValue: ReadonlyMap<bigint, string>;

  constructor(numbers: Record<string, number>) {
    const entries = Object.entries(numbers).map(([name, number]) => [name, BigInt(number)] as const);
    this.#byName = new Map(entries);
    this.#byValue = new Map(entries.map(([name, number]) => [number, name] as const).reverse());
  }

  /** The number of a name. */
  value(name: string): bigint | undefined {
    return this.#byName.get(name);
  }

  /** The name of a number. */
  name(value: bigint): string | undefined {
    return this.#byValue.get(value);
  }

  /** All names, in the table's order. */
  names(): string[] {
    return [...this.#byName.keys()];
  }
}

/** A data type of nft. */
export interface DataType {
  /** nft's name, as in `type ipv4_addr`. */
  readonly name: string;
  /** nft's number, of which NFTA_SET_KEY_TYPE and NFTA_SET_DATA_TYPE are made. */
  readonly id: number;
  /** Size in bits; 0 where the expression tells. */
  readonly bits: number;
  readonly order: ByteOrder;
  /** Whether a set can be declared with it: integer, string and a few more say too little. */
  readonly declarable: boolean;
  /** Whether its bits have meanings of their own: a list of names is their union, `in` looks one up. */
  readonly bitmask?: true;
  /** Whether values are text. */
  readonly text?: true;
  readonly symbols?: Symbols;
  /** Reads a text that is no symbol; undefined where it isn't one of this type. */
  parse(text: string, names: Names): bigint | undefined;
  /** What `nft -j` shows for a value that is no symbol. */
  print(value: bigint, bits: number, names: Names): string | number;
}

// --- Reading and telling values --------------------------------------------------------------------------------------

/** Reads an integer as nft does: decimal, or hexadecimal after `0x`. */
export function parseInteger(text: string): bigint | undefined {
  return /^(\d+|0[xX][0-9a-fA-F]+)$/.test(text) ? BigInt(text) : undefined;
}

/** A number, or its hexadecimal text where a JavaScript number couldn't hold it. */
export function printInteger(value: bigint): string | number {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : `0x${value.toString(16)}`;
}

/** Reads an IPv4 address. */
export function parseIPv4(text: string): bigint | undefined {
  if (!isIPv4(text)) return undefined;
  return text.split('.').reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

/** Writes an IPv4 address. */
export function printIPv4(value: bigint): string {
  const number = Number(value);
  return `${(number >>> 24) & 0xff}.${(number >>> 16) & 0xff}.${(number >>> 8) & 0xff}.${number & 0xff}`;
}

/** Reads an IPv6 address, without a zone. */
export function parseIPv6(text: string): bigint | undefined {
  if (!isIPv6(text) || text.includes('%')) return undefined;
  const dotted = /[^:]*\.[^:]*$/.exec(text)?.[0];
  const v4 = dotted === undefined ? undefined : parseIPv4(dotted);
  const whole =
    v4 === undefined || dotted === undefined
      ? text
      : `${text.slice(0, -dotted.length)}${(v4 >> 16n).toString(16)}:${(v4 & 0xffffn).toString(16)}`;
  const [head = '', tail] = whole.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const middle = Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...middle, ...right].reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

/** Writes an IPv6 address in its canonical form (RFC 5952), with dots at the end where inet_ntop(3) has them. */
export function printIPv6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(112 - 16 * i)) & 0xffffn));
  let best = { start: 0, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  const isMapped = best.start === 0 && (best.length === 6 || (best.length === 5 && groups[5] === 0xffff));
  const words = groups.map((group) => group.toString(16));
  if (isMapped) words.splice(6, 2, printIPv4(value & 0xffffffffn));
  if (best.length < 2) return words.join(':');
  const end = best.start + best.length;
  return `${words.slice(0, best.start).join(':')}::${words.slice(end).join(':')}`;
}

const parseMac = (text: string): bigint | undefined =>
  /^[0-9a-fA-F]{1,2}(:[0-9a-fA-F]{1,2})*$/.test(text)
    ? text.split(':').reduce((value, part) => (value << 8n) | BigInt(`0x${part}`), 0n)
    : undefined;

function printMac(value: bigint, bits: number): string {
  const digits = value.toString(16).padStart(bits / 4, '0');
  return (digits.match(/../g) ?? []).join(':');
}

/** The bytes of a text as a value of so many bits, filled up with zeros; undefined where it is too long. */
export function parseText(text: string, bits: number): bigint | undefined {
  const bytes = Buffer.from(text);
  if (bytes.length * 8 > bits) return undefined;
  const hex = bytes.toString('hex').padEnd(bits / 4, '0');
  return BigInt(`0x${hex === '' ? '0' : hex}`);
}

/** The text of a value of so many bits, up to its first zero. */
export function printText(value: bigint, bits: number): string {
  const bytes = Buffer.from(value.toString(16).padStart(bits / 4, '0'), 'hex');
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end);
}

const SECONDS_OF = { w: 604800n, d: 86400n, h: 3600n, m: 60n, s: 1n };

/** Reads a duration such as `1d2h3m4s5ms`, or seconds, as milliseconds. */
export function parseDuration(text: string): bigint | undefined {
  if (/^\d+$/.test(text)) return BigInt(text) * 1000n;
  const match = /^(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+)s)?(?:(\d+)ms)?$/.exec(text);
  if (match === null || text === '') return undefined;
  const [w, d, h, m, s, ms] = match.slice(1).map((digits) => BigInt(digits ?? 0));
  const { w: week, d: day, h: hour, m: minute } = SECONDS_OF;
  const seconds = (w ?? 0n) * week + (d ?? 0n) * day + (h ?? 0n) * hour + (m ?? 0n) * minute + (s ?? 0n);
  return seconds * 1000n + (ms ?? 0n);
}

/** Tells milliseconds as `1d2h3m4s5ms`. */
export function printDuration(milliseconds: bigint): string {
  let rest = milliseconds / 1000n;
  const parts: string[] = [];
  for (const [unit, seconds] of Object.entries(SECONDS_OF)) {
    if (unit !== 'w' && rest >= seconds) parts.push(`${rest / seconds}${unit}`);
    if (unit !== 'w') rest %= seconds;
  }
  if (milliseconds % 1000n > 0n || parts.length === 0)
    parts.push(`${milliseconds % 1000n}${parts.length ? 'ms' : 's'}`);
  return parts.join('');
}

/** Seconds by which the local time is ahead of UTC now, as nft reckons hours. */
const zoneSeconds = (at = new Date()) => -60 * at.getTimezoneOffset();

const twoDigits = (value: number) => String(value).padStart(2, '0');

/** Reads a local date, with or without a time, as nanoseconds since 1970; or these as an integer. */
function parseDate(text: string): bigint | undefined {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})(?: (\d{1,2}):(\d{1,2})(?::(\d{1,2}))?)?$/.exec(text);
  if (match === null) {
    const seconds = parseInteger(text);
    return seconds === undefined ? undefined : seconds * 1_000_000_000n;
  }
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const milliseconds = new Date(year, month - 1, day, hour, minute, second).getTime();
  return BigInt.asUintN(64, BigInt(milliseconds) * 1_000_000n);
}

function printDate(value: bigint): string {
  const date = new Date(Number(BigInt.asIntN(64, value) / 1_000_000n));
  const day = [date.getFullYear(), twoDigits(date.getMonth() + 1), twoDigits(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':')}`;
}

const DAY_SECONDS = 86_400;

/** Reads a local time of the day, as seconds since midnight in UTC; an integer is these seconds already. */
function parseHour(text: string): bigint | undefined {
  const match = /^(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?$/.exec(text);
  if (match === null) return parseInteger(text);
  const [hour = 0, minute = 0, second = 0] = match.slice(1).map((part) => Number(part ?? 0));
  if (hour > 24 || minute > 59 || second > 59) return undefined;
  const seconds = hour * 3600 + minute * 60 + second - zoneSeconds();
  return BigInt(((seconds % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS);
}

function printHour(value: bigint): string {
  const seconds = (((Number(value) + zoneSeconds()) % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS;
  const [hour, minute, second] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return [hour, minute, ...(second > 0 ? [second] : [])].map(twoDigits).join(':');
}

/** Reads a handle of traffic control: `1:1234` in hexadecimal. */
function parseClassid(text: string): bigint | undefined {
  const match = /^([0-9a-fA-F]{0,4}):([0-9a-fA-F]{0,4})$/.exec(text);
  if (match === null) return parseInteger(text);
  const [major, minor] = match.slice(1).map((part) => BigInt(`0x${part || '0'}`));
  return ((major ?? 0n) << 16n) | (minor ?? 0n);
}

function printClassid(value: bigint): string {
  return `${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
}

// --- Symbolic constants ----------------------------------------------------------------------------------------------

/** Internet protocols by the names of IANA's registry as systems have them. */
export const INET_PROTOCOLS = new Symbols({
  ip: 0,
  icmp: 1,
  igmp: 2,
  ggp: 3,
  ipencap: 4,
  st: 5,
  tcp: 6,
  egp: 8,
  igp: 9,
  pup: 12,
  udp: 17,
  hmp: 20,
  'xns-idp': 22,
  rdp: 27,
  'iso-tp4': 29,
  dccp: 33,
  xtp: 36,
  ddp: 37,
  'idpr-cmtp': 38,
  ipv6: 41,
  'ipv6-route': 43,
  'ipv6-frag': 44,
  idrp: 45,
  rsvp: 46,
  gre: 47,
  esp: 50,
  ah: 51,
  skip: 57,
  'ipv6-icmp': 58,
  icmpv6: 58,
  'ipv6-nonxt': 59,
  'ipv6-opts': 60,
  rspf: 73,
  vmtp: 81,
  eigrp: 88,
  ospf: 89,
  'ax.25': 93,
  ipip: 94,
  etherip: 97,
  encap: 98,
  pim: 103,
  ipcomp: 108,
  comp: 108,
  vrrp: 112,
  l2tp: 115,
  isis: 124,
  sctp: 132,
  fc: 133,
  'mobility-header': 135,
  udplite: 136,
  'mpls-in-ip': 137,
  manet: 138,
  hip: 139,
  shim6: 140,
  wesp: 141,
  rohc: 142,
  ethernet: 143,
});

/** Well-known ports by the names of IANA's registry. */
export const INET_SERVICES = new Symbols({
  tcpmux: 1,
  echo: 7,
  discard: 9,
  systat: 11,
  daytime: 13,
  netstat: 15,
  qotd: 17,
  chargen: 19,
  'ftp-data': 20,
  ftp: 21,
  ssh: 22,
  telnet: 23,
  smtp: 25,
  time: 37,
  whois: 43,
  tacacs: 49,
  domain: 53,
  bootps: 67,
  bootpc: 68,
  tftp: 69,
  gopher: 70,
  finger: 79,
  http: 80,
  www: 80,
  kerberos: 88,
  'iso-tsap': 102,
  'acr-nema': 104,
  pop3: 110,
  sunrpc: 111,
  auth: 113,
  nntp: 119,
  ntp: 123,
  epmap: 135,
  'netbios-ns': 137,
  'netbios-dgm': 138,
  'netbios-ssn': 139,
  imap2: 143,
  imap: 143,
  snmp: 161,
  'snmp-trap': 162,
  snmptrap: 162,
  'cmip-man': 163,
  'cmip-agent': 164,
  xdmcp: 177,
  bgp: 179,
  smux: 199,
  qmtp: 209,
  z3950: 210,
  ipx: 213,
  'ptp-event': 319,
  'ptp-general': 320,
  pawserv: 345,
  zserv: 346,
  rpc2portmap: 369,
  codaauth2: 370,
  clearcase: 371,
  ldap: 389,
  svrloc: 427,
  https: 443,
  snpp: 444,
  'microsoft-ds': 445,
  kpasswd: 464,
  submissions: 465,
  smtps: 465,
  urd: 465,
  saft: 487,
  isakmp: 500,
  exec: 512,
  biff: 512,
  login: 513,
  who: 513,
  shell: 514,
  syslog: 514,
  printer: 515,
  talk: 517,
  ntalk: 518,
  route: 520,
  gdomap: 538,
  uucp: 540,
  klogin: 543,
  kshell: 544,
  'dhcpv6-client': 546,
  'dhcpv6-server': 547,
  afpovertcp: 548,
  rtsp: 554,
  nntps: 563,
  submission: 587,
  nqs: 607,
  'asf-rmcp': 623,
  qmqp: 628,
  ipp: 631,
  ldaps: 636,
  ldp: 646,
  tinc: 655,
  silc: 706,
  'kerberos-adm': 749,
  'domain-s': 853,
  rsync: 873,
  'ftps-data': 989,
  ftps: 990,
  telnets: 992,
  imaps: 993,
  pop3s: 995,
  socks: 1080,
  proofd: 1093,
  rootd: 1094,
  openvpn: 1194,
  rmiregistry: 1099,
  lotusnote: 1352,
  'ms-sql-s': 1433,
  'ms-sql-m': 1434,
  ingreslock: 1524,
  datametrics: 1645,
  'sa-msg-port': 1646,
  kermit: 1649,
  groupwise: 1677,
  l2f: 1701,
  radius: 1812,
  'radius-acct': 1813,
  'cisco-sccp': 2000,
  nfs: 2049,
  gnunet: 2086,
  rtcm_sc104: 2101,
  gsigatekeeper: 2119,
  gris: 2135,
  cvspserver: 2401,
  venus: 2430,
  'venus-se': 2431,
  codasrv: 2432,
  'codasrv-se': 2433,
  mon: 2583,
  dict: 2628,
  'f5-globalsite': 2792,
  gsiftp: 2811,
  gpsd: 2947,
  'gds-db': 3050,
  icpv2: 3130,
  'iscsi-target': 3260,
  mysql: 3306,
  'ms-wbt-server': 3389,
  nut: 3493,
  distcc: 3632,
  daap: 3689,
  svn: 3690,
  suucp: 4031,
  sysrqd: 4094,
  sieve: 4190,
  epmd: 4369,
  remctl: 4373,
  'f5-iquery': 4353,
  ntske: 4460,
  'ipsec-nat-t': 4500,
  iax: 4569,
  mtn: 4691,
  'radmin-port': 4899,
  sip: 5060,
  'sip-tls': 5061,
  'xmpp-client': 5222,
  'xmpp-server': 5269,
  cfengine: 5308,
  mdns: 5353,
  postgresql: 5432,
  freeciv: 5556,
  amqps: 5671,
  amqp: 5672,
  x11: 6000,
  'gnutella-svc': 6346,
  'gnutella-rtr': 6347,
  redis: 6379,
  'sge-qmaster': 6444,
  'sge-execd': 6445,
  'mysql-proxy': 6446,
  babel: 6696,
  ircd: 6667,
  'ircs-u': 6697,
  bbs: 7000,
  'afs3-fileserver': 7000,
  'afs3-callback': 7001,
  'afs3-prserver': 7002,
  'afs3-vlserver': 7003,
  'font-service': 7100,
  'http-alt': 8080,
  puppet: 8140,
  'bacula-dir': 9101,
  'bacula-fd': 9102,
  'bacula-sd': 9103,
  xmms2: 9667,
  'zabbix-agent': 10050,
  'zabbix-trapper': 10051,
  amanda: 10080,
  dicom: 11112,
  hkp: 11371,
  'db-lsp': 17500,
  dcap: 22125,
  gsidcap: 22128,
  wnn6: 22273,
});

const CT_STATES = { invalid: 1, established: 2, related: 4, new: 8, untracked: 64 };
const CT_STATUS = { expected: 1, 'seen-reply': 2, assured: 4, confirmed: 8, snat: 16, dnat: 32, dying: 512 };
const CT_EVENTS = {
  new: 1,
  related: 2,
  destroy: 4,
  reply: 8,
  assured: 16,
  protoinfo: 32,
  helper: 64,
  mark: 128,
  seqadj: 256,
  secmark: 512,
  label: 1024,
};
const TCP_FLAGS = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16, urg: 32, ecn: 64, cwr: 128 };
const ETHER_TYPES = { ip: 0x0800, arp: 0x0806, ip6: 0x86dd, '8021q': 0x8100, '8021ad': 0x88a8, vlan: 0x8100 };
const DSCP = {
  cs0: 0x00,
  cs1: 0x08,
  cs2: 0x10,
  cs3: 0x18,
  cs4: 0x20,
  cs5: 0x28,
  cs6: 0x30,
  cs7: 0x38,
  df: 0x00,
  be: 0x00,
  lephb: 0x01,
  af11: 0x0a,
  af12: 0x0c,
  af13: 0x0e,
  af21: 0x12,
  af22: 0x14,
  af23: 0x16,
  af31: 0x1a,
  af32: 0x1c,
  af33: 0x1e,
  af41: 0x22,
  af42: 0x24,
  af43: 0x26,
  va: 0x2c,
  ef: 0x2e,
};
const ICMP_TYPES = {
  'echo-reply': 0,
  'destination-unreachable': 3,
  'source-quench': 4,
  redirect: 5,
  'echo-request': 8,
  'router-advertisement': 9,
  'router-solicitation': 10,
  'time-exceeded': 11,
  'parameter-problem': 12,
  'timestamp-request': 13,
  'timestamp-reply': 14,
  'info-request': 15,
  'info-reply': 16,
  'address-mask-request': 17,
  'address-mask-reply': 18,
};
const ICMPV6_TYPES = {
  'destination-unreachable': 1,
  'packet-too-big': 2,
  'time-exceeded': 3,
  'parameter-problem': 4,
  'echo-request': 128,
  'echo-reply': 129,
  'mld-listener-query': 130,
  'mld-listener-report': 131,
  'mld-listener-done': 132,
  'mld-listener-reduction': 132,
  'nd-router-solicit': 133,
  'nd-router-advert': 134,
  'nd-neighbor-solicit': 135,
  'nd-neighbor-advert': 136,
  'nd-redirect': 137,
  'router-renumbering': 138,
  'ind-neighbor-solicit': 141,
  'ind-neighbor-advert': 142,
  'mld2-listener-report': 143,
};
const ICMP_CODES = {
  'net-unreachable': 0,
  'host-unreachable': 1,
  'prot-unreachable': 2,
  'port-unreachable': 3,
  'net-prohibited': 9,
  'host-prohibited': 10,
  'admin-prohibited': 13,
  'frag-needed': 4,
};
const ICMPV6_CODES = {
  'no-route': 0,
  'admin-prohibited': 1,
  'addr-unreachable': 3,
  'port-unreachable': 4,
  'policy-fail': 5,
  'reject-route': 6,
};
/** NFT_REJECT_ICMPX_*. */
const ICMPX_CODES = { 'port-unreachable': 1, 'admin-prohibited': 3, 'no-route': 0, 'host-unreachable': 2 };
const IGMP_TYPES = {
  'membership-query': 17,
  'membership-report-v1': 18,
  'membership-report-v2': 22,
  'membership-report-v3': 34,
  'leave-group': 23,
};
const MH_TYPES = {
  'binding-refresh-request': 0,
  'home-test-init': 1,
  'careof-test-init': 2,
  'home-test': 3,
  'careof-test': 4,
  'binding-update': 5,
  'binding-acknowledgement': 6,
  'binding-error': 7,
  'fast-binding-update': 8,
  'fast-binding-acknowledgement': 9,
  'fast-binding-advertisement': 10,
  'experimental-mobility-header': 11,
  'home-agent-switch-message': 12,
};
const DCCP_TYPES = {
  request: 0,
  response: 1,
  data: 2,
  ack: 3,
  dataack: 4,
  closereq: 5,
  close: 6,
  reset: 7,
  sync: 8,
  syncack: 9,
};
const ARP_OPERATIONS = { request: 1, reply: 2, rrequest: 3, rreply: 4, inrequest: 8, inreply: 9, nak: 10 };
const FIB_TYPES = {
  unspec: 0,
  unicast: 1,
  local: 2,
  broadcast: 3,
  anycast: 4,
  multicast: 5,
  blackhole: 6,
  unreachable: 7,
  prohibit: 8,
};
/** ARPHRD_*. */
const LINK_TYPES = { ether: 1, ppp: 512, ipip: 768, ipip6: 769, loopback: 772, sit: 776, ipgre: 778 };
const DAYS = { Sunday: 0, Monday: 1, Tuesday: 2, Wednesday: 3, Thursday: 4, Friday: 5, Saturday: 6 };

// --- The types -------------------------------------------------------------------------------------------------------

type Row = Pick<DataType, 'name' | 'id' | 'bits' | 'order'> &
  Partial<Pick<DataType, 'parse' | 'print' | 'bitmask' | 'text' | 'declarable'>> & {
    symbols?: Record<string, number> | Symbols;
  };

function type({ symbols, ...row }: Row): DataType {
  const table = symbols === undefined || symbols instanceof Symbols ? symbols : new Symbols(symbols);
  return {
    declarable: true,
    parse: parseInteger,
    print: printInteger,
    ...row,
    ...(table === undefined ? {} : { symbols: table }),
  };
}

const text = { text: true, print: printText } as const;

/** All types by nft's name. */
export const TYPES = {
  invalid: type({ name: 'invalid', id: 0, bits: 0, order: 'none', declarable: false }),
  verdict: type({ name: 'verdict', id: 1, bits: 0, order: 'none', declarable: false }),
  nf_proto: type({ name: 'nf_proto', id: 2, bits: 8, order: 'none', symbols: { ipv4: 2, ipv6: 10 } }),
  bitmask: type({ name: 'bitmask', id: 3, bits: 0, order: 'none', declarable: false, bitmask: true }),
  integer: type({ name: 'integer', id: 4, bits: 0, order: 'none', declarable: false }),
  string: type({ name: 'string', id: 5, bits: 0, order: 'host', declarable: false, ...text }),
  ll_addr: type({ name: 'll_addr', id: 6, bits: 0, order: 'big', declarable: false, parse: parseMac, print: printMac }),
  ipv4_addr: type({ name: 'ipv4_addr', id: 7, bits: 32, order: 'big', parse: parseIPv4, print: printIPv4 }),
  ipv6_addr: type({ name: 'ipv6_addr', id: 8, bits: 128, order: 'big', parse: parseIPv6, print: printIPv6 }),
  ether_addr: type({ name: 'ether_addr', id: 9, bits: 48, order: 'big', parse: parseMac, print: printMac }),
  ether_type: type({ name: 'ether_type', id: 10, bits: 16, order: 'big', symbols: ETHER_TYPES }),
  arp_op: type({ name: 'arp_op', id: 11, bits: 16, order: 'big', symbols: ARP_OPERATIONS }),
  inet_proto: type({ name: 'inet_proto', id: 12, bits: 8, order: 'none', symbols: INET_PROTOCOLS }),
  inet_service: type({ name: 'inet_service', id: 13, bits: 16, order: 'big', symbols: INET_SERVICES }),
  icmp_type: type({ name: 'icmp_type', id: 14, bits: 8, order: 'big', symbols: ICMP_TYPES }),
  tcp_flag: type({ name: 'tcp_flag', id: 15, bits: 8, order: 'big', bitmask: true, symbols: TCP_FLAGS }),
  dccp_pkttype: type({ name: 'dccp_pkttype', id: 16, bits: 4, order: 'none', symbols: DCCP_TYPES }),
  mh_type: type({ name: 'mh_type', id: 17, bits: 8, order: 'big', symbols: MH_TYPES }),
  /** Milliseconds. */
  time: type({
    name: 'time',
    id: 18,
    bits: 32,
    order: 'host',
    parse: parseDuration,
    print: (value) => printInteger(value / 1000n),
  }),
  mark: type({ name: 'mark', id: 19, bits: 32, order: 'host' }),
  iface_index: type({
    name: 'iface_index',
    id: 20,
    bits: 32,
    order: 'host',
    parse: (word, names) => {
      const index = names.linkIndex?.(word);
      return index === undefined ? parseInteger(word) : BigInt(index);
    },
    print: (value, _bits, names) => names.linkName?.(Number(value)) ?? printInteger(value),
  }),
  iface_type: type({ name: 'iface_type', id: 21, bits: 16, order: 'host', symbols: LINK_TYPES }),
  realm: type({ name: 'realm', id: 22, bits: 32, order: 'host', symbols: { cosmos: 0 } }),
  classid: type({
    name: 'classid',
    id: 23,
    bits: 32,
    order: 'host',
    symbols: { none: 0, root: 0xffffffff },
    parse: parseClassid,
    print: printClassid,
  }),
  uid: type({
    name: 'uid',
    id: 24,
    bits: 32,
    order: 'host',
    parse: (word, names) => parseInteger(word) ?? found(names.user?.(word)),
  }),
  gid: type({
    name: 'gid',
    id: 25,
    bits: 32,
    order: 'host',
    parse: (word, names) => parseInteger(word) ?? found(names.group?.(word)),
  }),
  ct_state: type({ name: 'ct_state', id: 26, bits: 32, order: 'host', bitmask: true, symbols: CT_STATES }),
  ct_dir: type({ name: 'ct_dir', id: 27, bits: 8, order: 'none', symbols: { original: 0, reply: 1 } }),
  ct_status: type({ name: 'ct_status', id: 28, bits: 32, order: 'host', bitmask: true, symbols: CT_STATUS }),
  icmpv6_type: type({ name: 'icmpv6_type', id: 29, bits: 8, order: 'big', symbols: ICMPV6_TYPES }),
  /** Bits; each is told by its number. */
  ct_label: type({
    name: 'ct_label',
    id: 30,
    bits: 128,
    order: 'host',
    declarable: false,
    bitmask: true,
    parse: (word) => {
      const bit = parseInteger(word);
      return bit === undefined || bit > 127n ? undefined : 1n << bit;
    },
    print: (value) => (value & (value - 1n) ? printInteger(value) : value.toString(2).length - 1),
  }),
  pkt_type: type({
    name: 'pkt_type',
    id: 31,
    bits: 8,
    order: 'host',
    symbols: { host: 0, unicast: 0, broadcast: 1, multicast: 2, other: 3 },
  }),
  icmp_code: type({ name: 'icmp_code', id: 32, bits: 8, order: 'big', symbols: ICMP_CODES }),
  icmpv6_code: type({ name: 'icmpv6_code', id: 33, bits: 8, order: 'big', symbols: ICMPV6_CODES }),
  icmpx_code: type({ name: 'icmpx_code', id: 34, bits: 8, order: 'big', symbols: ICMPX_CODES }),
  devgroup: type({ name: 'devgroup', id: 35, bits: 32, order: 'host', symbols: { default: 0 } }),
  dscp: type({ name: 'dscp', id: 36, bits: 6, order: 'big', symbols: DSCP }),
  ecn: type({ name: 'ecn', id: 37, bits: 2, order: 'big', symbols: { 'not-ect': 0, ect1: 1, ect0: 2, ce: 3 } }),
  fib_addrtype: type({ name: 'fib_addrtype', id: 38, bits: 32, order: 'host', symbols: FIB_TYPES }),
  /** In JSON true and false. */
  boolean: type({ name: 'boolean', id: 39, bits: 1, order: 'none', symbols: { exists: 1, missing: 0 } }),
  ct_event: type({
    name: 'ct_event',
    id: 40,
    bits: 32,
    order: 'host',
    declarable: false,
    bitmask: true,
    symbols: CT_EVENTS,
  }),
  ifname: type({
    name: 'ifname',
    id: 41,
    bits: 128,
    order: 'host',
    ...text,
    parse: (word) => parseText(word, 128),
  }),
  igmp_type: type({ name: 'igmp_type', id: 42, bits: 8, order: 'big', symbols: IGMP_TYPES }),
  /** Nanoseconds since 1970. nft calls it time, as it does `time`. */
  date: type({
    name: 'time',
    id: 43,
    bits: 64,
    order: 'host',
    declarable: false,
    parse: parseDate,
    print: printDate,
  }),
  /** Seconds since midnight, UTC in the kernel and local time for people. */
  hour: type({ name: 'hour', id: 44, bits: 32, order: 'host', declarable: false, parse: parseHour, print: printHour }),
  day: type({ name: 'day', id: 45, bits: 8, order: 'none', declarable: false, symbols: DAYS }),
  cgroupsv2: type({
    name: 'cgroupsv2',
    id: 46,
    bits: 64,
    order: 'host',
    parse: (path, names) => names.cgroup?.(path) ?? parseInteger(path),
    print: (value, _bits, names) => names.cgroupPath?.(value) ?? printInteger(value),
  }),
} satisfies Record<string, DataType>;

function found(number: number | undefined): bigint | undefined {
  return number === undefined ? undefined : BigInt(number);
}

/** Names of types other than nft's own for describing them: of two types called `time` sets can have the first. */
const BY_NAME = new Map<string, DataType>(
  Object.values(TYPES)
    .filter((each) => each.declarable)
    .map((each) => [each.name, each]),
);
const BY_ID = new Map<number, DataType>(Object.values(TYPES).map((each) => [each.id, each]));

/** A type with which sets can be declared, by its name. */
export function typeByName(name: string): DataType | undefined {
  return BY_NAME.get(name);
}

/** A type by nft's number. */
export function typeById(id: number): DataType | undefined {
  return BY_ID.get(id);
}

/** Bits of each type in the number of a concatenation. */
const CONCAT_BITS = 6;

/** The number of a concatenation of types, as in NFTA_SET_KEY_TYPE; of one type, its own. */
export function concatId(types: readonly DataType[]): number {
  return types.reduce((id, each) => ((id << CONCAT_BITS) | each.id) >>> 0, 0);
}

/** The types that a number of NFTA_SET_KEY_TYPE stands for; undefined where one is unknown. */
export function typesOfId(id: number): DataType[] | undefined {
  const types: DataType[] = [];
  for (let rest = id; rest > 0; rest >>>= CONCAT_BITS) {
    const each = BY_ID.get(rest & ((1 << CONCAT_BITS) - 1));
    if (each === undefined) return undefined;
    types.unshift(each);
  }
  return types.length > 0 ? types : undefined;
}

// --- Bytes -----------------------------------------------------------------------------------------------------------

/** The bytes of a value of so many bits in a byte order. */
export function toBytes(value: bigint, bits: number, order: ByteOrder, isText = false): Uint8Array {
  const length = Math.ceil(bits / 8);
  const bytes = Buffer.from(
    BigInt.asUintN(8 * length, value)
      .toString(16)
      .padStart(2 * length, '0'),
    'hex',
  );
  return order === 'host' && IS_LITTLE_ENDIAN && !isText ? bytes.reverse() : bytes;
}

/** The value of bytes in a byte order. */
export function fromBytes(bytes: Uint8Array, order: ByteOrder, isText = false): bigint {
  const copy = Buffer.from(bytes);
  if (order === 'host' && IS_LITTLE_ENDIAN && !isText) copy.reverse();
  return copy.length === 0 ? 0n : BigInt(`0x${copy.toString('hex')}`);
}
