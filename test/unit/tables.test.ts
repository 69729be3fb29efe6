// The attribute tables, as reflection shows them: sound in themselves, and in agreement with the kernel's headers.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { addon, type ReflectedField, type ReflectedValue } from '../../lib/addon.js';
import { skipBecause } from '../support/skip.js';

const HEADERS = [
  'if',
  'if_link',
  'if_bridge',
  'if_addr',
  'if_tunnel',
  'if_vlan',
  'if_vxlan',
  'if_macsec',
  'rtnetlink',
  'neighbour',
  'fib_rules',
  'nexthop',
  'net_namespace',
  'netlink',
  'netfilter/nfnetlink_conntrack',
  'veth',
  'amt',
  'gtp',
  'netkit',
  'ovpn',
  'batman_adv',
  'lwtunnel',
  'mpls_iptunnel',
  'seg6_iptunnel',
  'seg6_local',
  'rpl_iptunnel',
  'ioam6_iptunnel',
  'ila',
  'netfilter',
  'netfilter/nfnetlink',
  'netfilter/nf_tables',
  'netfilter/nf_tables_compat',
  'netfilter/nfnetlink_cttimeout',
  'netfilter/nf_nat',
  'netfilter/nf_log',
  'netfilter/nf_synproxy',
  'gen_stats',
  'pkt_cls',
  'pkt_sched',
  'tc_act/tc_bpf',
  'tc_act/tc_connmark',
  'tc_act/tc_csum',
  'tc_act/tc_ct',
  'tc_act/tc_ctinfo',
  'tc_act/tc_defact',
  'tc_act/tc_gact',
  'tc_act/tc_gate',
  'tc_act/tc_ife',
  'tc_act/tc_mirred',
  'tc_act/tc_mpls',
  'tc_act/tc_nat',
  'tc_act/tc_pedit',
  'tc_act/tc_sample',
  'tc_act/tc_skbedit',
  'tc_act/tc_skbmod',
  'tc_act/tc_tunnel_key',
  'tc_act/tc_vlan',
  'tc_ematch/tc_em_cmp',
  'tc_ematch/tc_em_meta',
  'tc_ematch/tc_em_nbyte',
  'tc_ematch/tc_em_text',
];

const { objects, tables } = addon.tables();

/** Members of struct types that reflection names, with their offsets and the size of the whole. */
interface Struct {
  size: number;
  offsets: Map<string, number>;
}

const SIZES: Record<string, number> = {
  __u8: 1,
  __s8: 1,
  'unsigned char': 1,
  char: 1,
  __u16: 2,
  __be16: 2,
  'unsigned short': 2,
  __u32: 4,
  __s32: 4,
  __be32: 4,
  int: 4,
  unsigned: 4,
  'unsigned int': 4,
  __u64: 8,
};

/** The constants and structs of C headers: as much of the language as those headers use. */
class Headers {
  readonly numbers = new Map<string, number>();
  readonly structs = new Map<string, Struct>();
  #defines = new Map<string, string>();

  constructor(directory: string, names: string[]) {
    for (const name of names) {
      const path = `${directory}/${name}.h`;
      if (existsSync(path)) this.#read(readFileSync(path, 'utf8'));
    }
    for (const name of this.#defines.keys()) this.#number(name);
  }

  #read(text: string): void {
    const plain = text
      .replace(/\\\n/g, ' ')
      .replace(/\/\*[\s\S]*?\*\//g, ' ')
      .replace(/\/\/.*/g, '');
    for (const [, name, value] of plain.matchAll(/^[ \t]*#[ \t]*define[ \t]+(\w+)[ \t]+(\S.*)$/gm)) {
      if (name !== undefined && value !== undefined) this.#defines.set(name, value.trim());
    }
    const code = plain.replace(/^[ \t]*#.*$/gm, '');
    for (const [, body] of code.matchAll(/\benum\b\s*\w*\s*\{([^}]*)\}/g)) this.#enumeration(body as string);
    for (const [, name, body] of code.matchAll(/\bstruct\s+(\w+)\s*\{([^{}]*)\}/g)) {
      this.#struct(name as string, body as string);
    }
  }

  #enumeration(body: string): void {
    let next: number | undefined = 0;
    for (const item of body.split(',')) {
      const match = /^\s*(\w+)\s*(?:=\s*([\s\S]+))?$/.exec(item.trim());
      if (!match) continue;
      const [, name, expression] = match as unknown as [string, string, string | undefined];
      if (expression !== undefined) next = this.#evaluate(expression.trim());
      if (next === undefined) continue;
      this.numbers.set(name, next);
      next++;
    }
  }

  #struct(name: string, body: string): void {
    const offsets = new Map<string, number>();
    let size = 0;
    let alignment = 1;
    for (const declaration of body.split(';')) {
      if (declaration.trim() === '') continue;
      const match = /^\s*([\w ]+?)\s+(\w+)\s*(?:\[(\w+)\])?\s*$/.exec(declaration);
      const unit = match && SIZES[match[1] as string];
      const count = match?.[3] === undefined ? 1 : this.#evaluate(match[3]);
      if (!match || !unit || count === undefined) return;
      size = Math.ceil(size / unit) * unit;
      offsets.set(match[2] as string, size);
      size += unit * count;
      alignment = Math.max(alignment, unit);
    }
    this.structs.set(name, { size: Math.ceil(size / alignment) * alignment, offsets });
  }

  #number(name: string): number | undefined {
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    const expression = this.#defines.get(name);
    if (expression === undefined) return undefined;
    this.#defines.delete(name); // so that a macro named by itself ends here
    const value = this.#evaluate(expression);
    if (value !== undefined) this.numbers.set(name, value);
    return value;
  }

  #evaluate(expression: string): number | undefined {
    let resolved = true;
    const arithmetic = expression.replace(/\b(0x[\da-f]+|\d+)[ul]*\b|\b[a-z_]\w*\b/gi, (token, digits) => {
      if (digits !== undefined) return digits;
      const value = this.#number(token);
      if (value === undefined) resolved = false;
      return String(value);
    });
    // Numbers and operators only.
    if (!resolved || !/^[\da-fx\s()+\-*|&~<>]+$/i.test(arithmetic)) return undefined;
    try {
      return new Function(`return (${arithmetic}) >>> 0`)() as number;
    } catch {
      return undefined;
    }
  }
}

const isStruct = (name: string) => {
  const table = tables[name];
  return table !== undefined && (table.size > 0 || Object.values(objects).some((object) => object.header === name));
};

function* allFields(): Generator<{ table: string; field: ReflectedField; at: string }> {
  for (const [table, { fields }] of Object.entries(tables)) {
    for (const field of fields) yield { table, field, at: `${table}.${field.name || field.attribute}` };
  }
}

/** The names under which a table's fields stand in a caller's object; nests without a name lend theirs. */
function namesOf(table: string): string[] {
  const names: string[] = [];
  for (const field of tables[table]?.fields ?? []) {
    if (field.name === '') {
      if (field.table !== undefined) names.push(...namesOf(field.table));
      continue;
    }
    // An address's attributes by family are one field.
    if (field.type === 'ipv6' && names.includes(field.name)) continue;
    names.push(field.name);
    if (field.type === 'link' && !field.isWriteOnly) names.push(`${field.name}Index`);
  }
  return names;
}

function duplicates<T>(values: Iterable<T>): T[] {
  const seen = new Set<T>();
  const twice: T[] = [];
  for (const value of values) {
    if (seen.has(value)) twice.push(value);
    seen.add(value);
  }
  return twice;
}

describe('tables: sound in themselves', () => {
  it('there is every object that an operation is about', () => {
    for (const name of ['Link', 'Address', 'Route', 'Rule', 'Neighbour', 'Nexthop', 'NetnsId']) {
      assert.ok(objects[name], name);
    }
    assert.equal(duplicates(addon.operations()).length, 0);
  });

  it('what a field refers to is there', () => {
    for (const { field, at } of allFields()) {
      for (let value: ReflectedValue | undefined = field; value; value = value.element) {
        if (value.table !== undefined) assert.ok(tables[value.table], `${at}: ${value.table}`);
        if (value.object !== undefined) assert.ok(objects[value.object], `${at}: ${value.object}`);
        for (const table of Object.values(value.choices ?? {})) {
          if (table !== null) assert.ok(tables[table] ?? objects[table], `${at}: ${table}`);
        }
      }
    }
    for (const object of Object.values(objects)) {
      assert.ok(tables[object.header] && tables[object.attributes], object.name);
    }
  });

  it('objects, tables and fields that callers see are documented', () => {
    for (const { name, doc } of [...Object.values(objects), ...Object.values(tables)]) assert.notEqual(doc, '', name);
    for (const { field, at } of allFields()) {
      assert.notEqual(field.attribute, '', at);
      if (field.name === '') continue;
      assert.match(field.doc, /\S/, at);
      assert.match(field.name, /^[a-z][A-Za-z0-9]*$/, at);
    }
  });

  it('names of tables and objects are unique', () => {
    const names = [...Object.values(tables), ...Object.values(objects)].map(({ name }) => name);
    assert.deepEqual(duplicates(names), []);
  });

  it('names of fields are unique in an object, derived ones and those of nameless nests included', () => {
    const roots = new Map<string, string[]>();
    for (const object of Object.values(objects)) roots.set(object.name, [object.header, object.attributes]);
    for (const name of Object.keys(tables)) {
      if (!Object.values(objects).some(({ header, attributes }) => header === name || attributes === name)) {
        roots.set(name, [name]);
      }
    }
    for (const [name, parts] of roots) {
      assert.deepEqual(duplicates(parts.flatMap(namesOf)), [], name);
    }
  });

  it('attribute numbers and names are unique in a nest, and numbers fit', () => {
    for (const [name, { fields }] of Object.entries(tables)) {
      if (isStruct(name)) continue;
      assert.deepEqual(duplicates(fields.map(({ number }) => number)), [], name);
      assert.deepEqual(duplicates(fields.map(({ attribute }) => attribute)), [], name);
      for (const { number } of fields) assert.ok(number <= 0x3fff, name);
    }
  });

  it('members of structs are inside', () => {
    for (const [name, { fields, size }] of Object.entries(tables)) {
      if (!isStruct(name)) continue;
      assert.ok(size > 0, name);
      for (const field of fields) {
        const isInside = field.isTrailing ? field.number === size : field.number < size;
        assert.ok(isInside, `${name}.${field.name}`);
      }
    }
  });

  it('names and values of enumerations are unique; flags are bits', () => {
    for (const { field, at } of allFields()) {
      for (let value: ReflectedValue | undefined = field; value; value = value.element) {
        if (!value.names) continue;
        // Identifiers of 64 bits are beyond what reflection shows exactly.
        const numbers: number[] = Object.values(value.names).filter(Number.isSafeInteger);
        assert.deepEqual(duplicates(numbers), [], at);
        assert.ok(Object.keys(value.names).length > 0, at);
        for (const [name, number] of Object.entries(value.names)) {
          assert.match(name, /\S/, at);
          assert.ok(number >= 0, at);
          if (value.isFlags) assert.equal(number & (number - 1), 0, `${at}: ${name}`);
        }
      }
    }
  });

  it('a selector stands beside what it selects', () => {
    for (const { table, field, at } of allFields()) {
      if (field.type !== 'selected') continue;
      const isSelector = ({ name }: ReflectedField) => name === field.selector;
      // Of what is read only the kind may stand outside, in the object itself.
      const selector =
        tables[table]?.fields.find(isSelector) ??
        Object.values(objects)
          .map(({ attributes }) => tables[attributes]?.fields.find(isSelector))
          .find((outside) => outside && !table.endsWith('Options'));
      assert.ok(selector, at);
      assert.ok(Object.keys(field.choices ?? {}).length > 0, at);
      if (selector.names) {
        for (const choice of Object.keys(field.choices ?? {})) assert.ok(choice in selector.names, `${at}: ${choice}`);
      }
    }
  });

  it('scaled, bounded and read-only fields make sense', () => {
    for (const { field, at } of allFields()) {
      assert.ok(!(field.isReadOnly && field.isWriteOnly), at);
      if (field.min !== undefined && field.max !== undefined) assert.ok(field.min < field.max, at);
      if (field.multiplier !== undefined) assert.ok(field.multiplier > 0, at);
      if (field.divisor !== undefined) assert.ok(field.divisor > 0, at);
      if (field.bit !== undefined) assert.ok(field.bit > 0 && (field.bit & (field.bit - 1)) === 0, at);
    }
  });
});

describe("tables: agree with the kernel's headers", () => {
  const directory = '/usr/include/linux';
  before(function () {
    if (!existsSync(`${directory}/if_link.h`)) skipBecause(this, `no kernel headers in ${directory}`);
  });
  const headers = new Headers(directory, HEADERS);

  it('numbers of attributes', function () {
    let compared = 0;
    const unknown: string[] = [];
    for (const { table, field, at } of allFields()) {
      if (isStruct(table)) continue;
      const number = headers.numbers.get(field.attribute);
      if (number === undefined) {
        unknown.push(field.attribute);
        continue;
      }
      assert.equal(field.number, number, `${at} (${field.attribute})`);
      compared++;
    }
    if (this.test) this.test.title += ` (${compared} compared, ${unknown.length} not in these headers)`;
    // Even the headers of Linux 5.10 know as many; a name spelled wrong would be unknown to all.
    assert.ok(compared >= 350, `only ${compared} compared; unknown: ${unknown.join(' ')}`);
  });

  it('bits', () => {
    let compared = 0;
    for (const { field, at } of allFields()) {
      const number = field.type === 'bit' ? headers.numbers.get(field.attribute) : undefined;
      if (number === undefined) continue;
      // These are numbered, the others are masks.
      assert.equal(field.bit, field.attribute.startsWith('BR_BOOLOPT_') ? 1 << number : number, at);
      compared++;
    }
    assert.ok(compared >= 8, `only ${compared} compared`);
  });

  it('offsets and sizes of structs', () => {
    let compared = 0;
    for (const { name, doc, fields, size } of Object.values(tables)) {
      const struct = headers.structs.get(/\bstruct (\w+)/.exec(doc)?.[1] ?? '');
      if (!struct) continue;
      // Counters were appended to some: the table may know more than an older header.
      assert.ok(size >= struct.size, `${name}: ${size} for ${struct.size} bytes`);
      for (const field of fields) {
        const offset: number | undefined = field.type === 'bit' ? undefined : struct.offsets.get(field.attribute);
        if (offset === undefined) continue;
        assert.equal(field.number, offset, `${name}.${field.attribute}`);
        compared++;
      }
    }
    assert.ok(compared >= 50, `only ${compared} compared`);
  });

  it('values of enumerations whose names follow from the headers', () => {
    const prefixes: [string, string, string][] = [
      ['RouteHeader', 'protocol', 'RTPROT_'],
      ['RouteHeader', 'type', 'RTN_'],
      ['RouteAttributes', 'table', 'RT_TABLE_'],
      ['RouteAttributes', 'encapType', 'LWTUNNEL_ENCAP_'],
      ['NeighbourHeader', 'state', 'NUD_'],
      ['NeighbourHeader', 'flags', 'NTF_'],
      ['AddressAttributes', 'flags', 'IFA_F_'],
      ['RuleHeader', 'action', 'FR_ACT_'],
      ['LinkHeader', 'flags', 'IFF_'],
      ['MacvlanOptions', 'mode', 'MACVLAN_MODE_'],
      ['IpvlanOptions', 'mode', 'IPVLAN_MODE_'],
      ['RouteMetrics', 'features', 'RTAX_FEATURE_'],
      ['RouteMetrics', 'lock', 'RTAX_'],
      ['Seg6LocalEncap', 'action', 'SEG6_LOCAL_ACTION_'],
      ['NfHeader', 'family', 'NFPROTO_'],
      ['NfTableAttributes', 'flags', 'NFT_TABLE_F_'],
      ['NfChainAttributes', 'flags', 'NFT_CHAIN_'],
      ['NfSetAttributes', 'flags', 'NFT_SET_'],
      ['NfSetAttributes', 'policy', 'NFT_SET_POL_'],
      ['NfSetAttributes', 'objType', 'NFT_OBJECT_'],
      ['NfElement', 'flags', 'NFT_SET_ELEM_'],
      ['NfFlowtableAttributes', 'flags', 'NFT_FLOWTABLE_'],
      ['NfCmp', 'op', 'NFT_CMP_'],
      ['NfRange', 'op', 'NFT_RANGE_'],
      ['NfBitwise', 'op', 'NFT_BITWISE_'],
      ['NfByteorder', 'op', 'NFT_BYTEORDER_'],
      ['NfPayload', 'csumType', 'NFT_PAYLOAD_CSUM_'],
      ['NfPayload', 'csumFlags', 'NFT_PAYLOAD_'],
      ['NfExthdr', 'op', 'NFT_EXTHDR_OP_'],
      ['NfExthdr', 'flags', 'NFT_EXTHDR_F_'],
      ['NfMeta', 'key', 'NFT_META_'],
      ['NfCt', 'key', 'NFT_CT_'],
      ['NfLookup', 'flags', 'NFT_LOOKUP_F_'],
      ['NfDynset', 'op', 'NFT_DYNSET_OP_'],
      ['NfDynset', 'flags', 'NFT_DYNSET_F_'],
      ['NfLog', 'level', 'NFT_LOGLEVEL_'],
      ['NfLog', 'flags', 'NF_LOG_'],
      ['NfLimit', 'type', 'NFT_LIMIT_'],
      ['NfLimit', 'flags', 'NFT_LIMIT_F_'],
      ['NfQuota', 'flags', 'NFT_QUOTA_F_'],
      ['NfConnlimit', 'flags', 'NFT_CONNLIMIT_F_'],
      ['NfSynproxy', 'flags', 'NF_SYNPROXY_OPT_'],
      ['NfNat', 'type', 'NFT_NAT_'],
      ['NfNat', 'flags', 'NF_NAT_RANGE_'],
      ['NfReject', 'type', 'NFT_REJECT_'],
      ['NfQueue', 'flags', 'NFT_QUEUE_FLAG_'],
      ['NfRt', 'key', 'NFT_RT_'],
      ['NfSocket', 'key', 'NFT_SOCKET_'],
      ['NfFib', 'result', 'NFT_FIB_RESULT_'],
      ['NfFib', 'flags', 'NFTA_FIB_F_'],
      ['NfHash', 'type', 'NFT_HASH_'],
      ['NfNumgen', 'type', 'NFT_NG_'],
      ['NfXfrm', 'key', 'NFT_XFRM_KEY_'],
      ['NfTunnel', 'key', 'NFT_TUNNEL_'],
      ['NfTunnel', 'mode', 'NFT_TUNNEL_MODE_'],
      ['NfInner', 'type', 'NFT_INNER_'],
      ['NfInner', 'flags', 'NFT_INNER_'],
    ];
    let compared = 0;
    for (const [table, name, prefix] of prefixes) {
      const field = tables[table]?.fields.find((candidate) => candidate.name === name);
      assert.ok(field?.names, `${table}.${name}`);
      for (const [valueName, value] of Object.entries(field.names)) {
        const plain = valueName.replace(/[^A-Za-z0-9]/g, '').toUpperCase();
        const known = [...headers.numbers].find(([key]) => {
          return key.startsWith(prefix) && key.slice(prefix.length).replaceAll('_', '') === plain;
        });
        if (!known) continue;
        assert.equal(
          value,
          prefix === 'RTAX_' ? 2 ** known[1] : known[1],
          `${table}.${name} '${valueName}' is not ${known[0]}`,
        );
        compared++;
      }
    }
    assert.ok(compared >= 80, `only ${compared} compared`);
  });
});
