// nft's types, headers and keys: each declared once, and readable in both directions.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  concatId,
  fromBytes,
  parseDuration,
  parseIPv6,
  printDuration,
  printIPv6,
  printText,
  TYPES,
  toBytes,
  typesOfId,
} from '../../../lib/nft/datatypes.js';
import { CT_KEYS, FIB_RESULTS, IPSEC_KEYS, META_KEYS, RT_KEYS, SOCKET_KEYS } from '../../../lib/nft/keywords.js';
import { EXTENSION_KINDS, nextOf, numberOfNext, PROTOCOLS } from '../../../lib/nft/protocols.js';
import {
  nest,
  pack,
  packComment,
  readComment,
  readText,
  readU32,
  text,
  u32,
  unpack,
} from '../../../lib/nft/userdata.js';

const noNames = {};

describe('nft declarations: data types', () => {
  it('have numbers and symbols of their own', () => {
    const types = Object.values(TYPES);
    assert.equal(new Set(types.map(({ id }) => id)).size, types.length);
    for (const type of types) {
      for (const name of type.symbols?.names() ?? []) {
        const value = type.symbols?.value(name) ?? -1n;
        assert.ok(value >= 0n && value < 1n << BigInt(type.bits), `${type.name} ${name}`);
        assert.notEqual(type.symbols?.name(value), undefined);
      }
    }
  });

  it('show the first of the names that share a number', () => {
    assert.equal(TYPES.dscp.symbols?.name(0n), 'cs0');
    assert.equal(TYPES.ether_type.symbols?.name(0x8100n), '8021q');
    assert.equal(TYPES.icmpv6_type.symbols?.name(132n), 'mld-listener-done');
    assert.equal(TYPES.inet_proto.symbols?.name(58n), 'ipv6-icmp');
  });

  it('make one number of a concatenation, and take it apart again', () => {
    const id = concatId([TYPES.ipv4_addr, TYPES.inet_service]);
    assert.equal(id, 461);
    assert.deepEqual(typesOfId(id), [TYPES.ipv4_addr, TYPES.inet_service]);
    assert.equal(typesOfId(63), undefined);
  });

  it('read back what they print', () => {
    for (const type of [TYPES.ipv4_addr, TYPES.ipv6_addr, TYPES.ether_addr, TYPES.classid, TYPES.mark, TYPES.hour]) {
      const limit = type === TYPES.hour ? 86399n : (1n << BigInt(type.bits)) - 1n;
      fc.assert(
        fc.property(fc.bigInt({ min: 0n, max: limit }), (value) => {
          assert.equal(type.parse(String(type.print(value, type.bits, noNames)), noNames), value);
        }),
      );
    }
  });

  it('write IPv6 addresses in their canonical form', () => {
    for (const address of ['::', '::1', 'fe80::1', '2001:db8::1:0:0:1', '1:2:3:4:5:6:7:8', '1:0:2:3:4:5:6:7']) {
      assert.equal(printIPv6(parseIPv6(address) ?? -1n), address);
    }
    assert.equal(parseIPv6('::ffff:192.0.2.1'), 0xffffc0000201n);
    assert.equal(printIPv6(0xffffc0000201n), '::ffff:192.0.2.1');
    assert.equal(parseIPv6('fe80::1%eth0'), undefined);
    assert.equal(parseIPv6('192.0.2.1'), undefined);
  });

  it('read and tell durations', () => {
    assert.equal(parseDuration('1d2h3m4s5ms'), 93_784_005n);
    assert.equal(parseDuration('30000ms'), 30_000n);
    assert.equal(parseDuration('60'), 60_000n);
    assert.equal(parseDuration(''), undefined);
    assert.equal(parseDuration('1x'), undefined);
    assert.equal(printDuration(93_784_005n), '1d2h3m4s5ms');
    assert.equal(printDuration(0n), '0s');
  });

  it('read names that only the machine knows by asking', () => {
    assert.equal(TYPES.iface_index.parse('eth0', { linkIndex: (name) => (name === 'eth0' ? 7 : undefined) }), 7n);
    assert.equal(TYPES.iface_index.parse('eth0', noNames), undefined);
    assert.equal(TYPES.uid.parse('1000', noNames), 1000n);
  });

  it('fill text up with zeros', () => {
    const value = TYPES.ifname.parse('eth0', noNames) ?? 0n;
    assert.deepEqual([...toBytes(value, 128, 'host', true)].slice(0, 5), [101, 116, 104, 48, 0]);
    assert.equal(printText(value, 128), 'eth0');
    assert.equal(TYPES.ifname.parse('a-name-that-is-too-long', noNames), undefined);
  });

  it('lie in registers in their byte order', () => {
    assert.deepEqual([...toBytes(0x1234n, 16, 'big')], [0x12, 0x34]);
    assert.equal(fromBytes(toBytes(0x12345678n, 32, 'host'), 'host'), 0x12345678n);
    assert.equal(toBytes(5n, 12, 'big').length, 2);
  });
});

describe('nft declarations: headers and keys', () => {
  it('name and number each field once', () => {
    const headers = [...PROTOCOLS.values(), ...EXTENSION_KINDS.flatMap((kind) => kind.headers)];
    for (const { name, fields } of headers) {
      assert.equal(new Set(fields.map((field) => field.name)).size, fields.length, name);
      assert.equal(new Set(fields.map((field) => field.id)).size, fields.length, name);
      for (const field of fields) assert.ok(field.type.bits === 0 || field.type.bits === field.length, field.name);
    }
  });

  it('know which header comes next', () => {
    const ip = PROTOCOLS.get('ip');
    assert.ok(ip);
    assert.equal(numberOfNext(ip, 'tcp'), 6);
    assert.equal(nextOf(ip, 17)?.name, 'udp');
    assert.equal(nextOf(ip, 99), undefined);
    for (const { next = [] } of PROTOCOLS.values()) for (const [, name] of next) assert.ok(PROTOCOLS.has(name), name);
  });

  it('give each key a size', () => {
    for (const table of [META_KEYS, CT_KEYS, RT_KEYS, SOCKET_KEYS, FIB_RESULTS, IPSEC_KEYS]) {
      assert.equal(new Set(table.map(({ kernel }) => kernel)).size, table.length);
      for (const key of table) assert.ok(key.bits > 0, key.name);
    }
  });
});

describe('nft declarations: user data', () => {
  it('packs and unpacks TLVs', () => {
    const bytes = pack([u32(0, 2), nest(3, [u32(0, 7)]), text(7, 'hello')]);
    const tlvs = unpack(bytes);
    assert.equal(readU32(tlvs?.get(0)), 2);
    assert.equal(readU32(unpack(tlvs?.get(3) ?? new Uint8Array())?.get(0)), 7);
    assert.equal(readText(tlvs?.get(7)), 'hello');
    assert.equal(readComment(packComment('a comment')), 'a comment');
  });

  it('is not read beyond its end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        unpack(bytes);
        readComment(bytes);
      }),
    );
    assert.equal(unpack(Uint8Array.of(0, 4, 1)), undefined);
    assert.equal(readComment(Uint8Array.of(0)), undefined);
  });
});
