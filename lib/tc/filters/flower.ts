// The flower filter: fields of packets by name.
import type { FlowerFilter } from '../../generated/objects.js';
import { parseNumber } from '../fields.js';
import { impossible, type Wire } from '../kind.js';
import { type FilterContext, type FilterKind, readCommon, type WithCommon, writeCommon } from './common.js';

type Ports = 'tcpSrc' | 'tcpDst' | 'udpSrc' | 'udpDst' | 'sctpSrc' | 'sctpDst';
type Ranges = 'srcPortMin' | 'srcPortMax' | 'dstPortMin' | 'dstPortMax';
type Icmp = 'icmpType' | 'icmpCode' | 'icmp6Type' | 'icmp6Code';

/** Options of a 'flower' filter (tc-flower(8)). Values may have masks: `'10.0.0.0/8'`, `'0x10/0xf0'`. */
export type FlowerOptions = Omit<WithCommon<FlowerFilter>, Ports | Ranges | Icmp> & {
  /** Source port of `ipProto` `'tcp'`, `'udp'` or `'sctp'`: a number, `'value/mask'`, or a range `'8000-8999'`. */
  srcPort?: number | string | undefined;
  /** Destination port, likewise. */
  dstPort?: number | string | undefined;
  /** Type of `ipProto` `'icmp'` or `'ipv6-icmp'`, such as 8. */
  type?: number | string | undefined;
  /** Code, likewise. */
  code?: number | string | undefined;
};

const PORT_PROTOCOLS: Record<string, string> = {
  tcp: 'tcp',
  udp: 'udp',
  sctp: 'sctp',
  6: 'tcp',
  17: 'udp',
  132: 'sctp',
};
const ICMP_PROTOCOLS: Record<string, string> = { icmp: 'icmp', 'ipv6-icmp': 'icmp6', 1: 'icmp', 58: 'icmp6' };
const IP_TYPES = new Set(['ip', 'ipv6']);
const VLAN_TYPES = new Set(['802.1Q', '802.1ad']);
/** Ethernet types of headers after which another type counts. */
const INSIDE = new Set([...VLAN_TYPES, 'ppp_ses']);

/** What a field needs, by its name: the Ethernet type of the layer that it is in. */
const NEEDS: Record<string, Set<string>> = {
  arpSip: new Set(['arp', '0x8035']),
  arpTip: new Set(['arp', '0x8035']),
  arpOp: new Set(['arp', '0x8035']),
  arpSha: new Set(['arp', '0x8035']),
  arpTha: new Set(['arp', '0x8035']),
  vlanId: VLAN_TYPES,
  vlanPrio: VLAN_TYPES,
  vlanEthtype: VLAN_TYPES,
  mplsLabel: new Set(['mpls_uc', 'mpls_mc']),
  mplsTc: new Set(['mpls_uc', 'mpls_mc']),
  mplsBos: new Set(['mpls_uc', 'mpls_mc']),
  mplsTtl: new Set(['mpls_uc', 'mpls_mc']),
  mpls: new Set(['mpls_uc', 'mpls_mc']),
};
const IP_FIELDS = ['ipProto', 'srcIp', 'dstIp', 'ipTos', 'ipTtl'];

export const flower: FilterKind<FlowerOptions> = {
  write(options: FlowerOptions, filter: FilterContext): Wire {
    const { srcPort, dstPort, type, code, ...common } = options;
    const wire: Wire = writeCommon(common);
    if (wire.ethType === undefined && filter.protocol !== undefined && filter.protocol !== 'all') {
      wire.ethType = filter.protocol;
    }
    check(wire, options);
    for (const [name, value] of Object.entries({ srcPort, dstPort })) {
      if (value === undefined) continue;
      const protocol = PORT_PROTOCOLS[String(wire.ipProto)];
      if (!protocol) {
        impossible(`options.${name}`, `The "options.${name}" field needs "options.ipProto" 'tcp', 'udp' or 'sctp'`);
      }
      const range = typeof value === 'string' ? /^(\w+)-(\w+)$/.exec(value) : null;
      if (range) {
        const [min = 0, max = 0] = range.slice(1).map(parseNumber);
        if (!(min < max)) {
          impossible(
            `options.${name}`,
            `The "options.${name}" field must be a range of ports, the lower first. Received '${value}'`,
          );
        }
        wire[`${name}Min`] = min;
        wire[`${name}Max`] = max;
      } else {
        wire[`${protocol}${name === 'srcPort' ? 'Src' : 'Dst'}`] = value;
      }
    }
    for (const [name, value] of Object.entries({ type, code })) {
      if (value === undefined) continue;
      const protocol = ICMP_PROTOCOLS[String(wire.ipProto)];
      if (!protocol) {
        impossible(`options.${name}`, `The "options.${name}" field needs "options.ipProto" 'icmp' or 'ipv6-icmp'`);
      }
      wire[`${protocol}${name === 'type' ? 'Type' : 'Code'}`] = value;
    }
    return wire;
  },

  read(wire: Wire, filter: FilterContext): FlowerOptions {
    const options: Wire = readCommon(wire);
    // The kernel tells the type after tags and PPPoE's header.
    if (INSIDE.has(String(filter.protocol))) options.ethType = filter.protocol;
    const move = (from: string, to: string) => {
      if (options[from] === undefined) return;
      options[to] = options[from];
      delete options[from];
    };
    for (const protocol of ['tcp', 'udp', 'sctp']) {
      move(`${protocol}Src`, 'srcPort');
      move(`${protocol}Dst`, 'dstPort');
    }
    for (const protocol of ['icmp', 'icmp6']) {
      move(`${protocol}Type`, 'type');
      move(`${protocol}Code`, 'code');
    }
    for (const name of ['srcPort', 'dstPort']) {
      if (options[`${name}Min`] === undefined) continue;
      options[name] = `${options[`${name}Min`]}-${options[`${name}Max`]}`;
      delete options[`${name}Min`];
      delete options[`${name}Max`];
    }
    return options as FlowerOptions;
  },
};

/** Refuses fields of one protocol in packets of another: the kernel takes some of these, and they never match. */
function check(wire: Wire, options: FlowerOptions): void {
  const types = [wire.ethType, wire.vlanEthtype, wire.cvlanEthtype].filter((type) => type !== undefined).map(String);
  for (const [name, needed] of Object.entries(NEEDS)) {
    if (wire[name] === undefined || types.length === 0 || types.some((type) => needed.has(type))) continue;
    impossible(
      `options.${name}`,
      `The "options.${name}" field needs packets of protocol '${[...needed][0]}', but they are of '${types.at(-1)}'`,
    );
  }
  const inner = types.at(-1);
  for (const name of IP_FIELDS) {
    if (wire[name] === undefined) continue;
    if (inner === undefined || !IP_TYPES.has(inner)) {
      impossible(
        `options.${name}`,
        `The "options.${name}" field needs packets of protocol 'ip' or 'ipv6': give it as the filter's "protocol" or as "options.vlanEthtype"`,
      );
    }
  }
  for (const name of ['srcIp', 'dstIp'] as const) {
    const { [name]: address } = options;
    if (typeof address !== 'string') continue;
    const wanted = address.includes(':') ? 'ipv6' : 'ip';
    if (inner !== wanted) {
      impossible(
        `options.${name}`,
        `The "options.${name}" field needs packets of protocol '${wanted}', but they are of '${inner}'`,
      );
    }
  }
}
