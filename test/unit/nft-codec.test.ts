// The tables of nftables at work: exact bytes, and back.
import assert from 'node:assert/strict';
import { addon } from '../../lib/addon.js';
import { readTape } from '../../lib/tape.js';

function decode(object: string, bytes: Uint8Array): unknown {
  const tape = addon.decode(object, bytes);
  assert.ok(tape, 'malformed');
  const objects: object[] = [];
  readTape(tape, objects);
  const { resId, ...told } = objects[0] as { resId: number };
  assert.equal(resId, 0);
  return told;
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('nft codec', () => {
  it('a rule: expressions by name, numbers in network order', () => {
    const rule = {
      family: 'ip',
      table: 't',
      chain: 'c',
      position: 5n,
      expressions: [
        { name: 'meta', data: { key: 'l4proto', dreg: 1 } },
        { name: 'cmp', data: { sreg: 1, op: 'eq', data: { value: Uint8Array.of(6) } } },
        { name: 'immediate', data: { dreg: 0, data: { verdict: { code: 'jump', chain: 'x' } } } },
        { name: 'notrack' },
      ],
      userdata: Uint8Array.of(0, 2, 0x61, 0),
    };
    const bytes = addon.encode('NfRule', rule);
    const expected = `
      02000000
      06000100 74000000
      06000200 63000000
      0c000600 0000000000000005
      9c000480
        24000180 09000100 6d65746100000000 14000280 08000200 00000010 08000100 00000001
        2c000180 08000100 636d7000 20000280 08000100 00000001 08000200 00000000 0c000380 05000100 06000000
        38000180 0e000100 696d6d656469617465000000
          24000280 08000100 00000000 18000280 14000280 08000100 fffffffd 06000200 78000000
        10000180 0c000100 6e6f747261636b00
      08000700 00026100`;
    assert.equal(hex(bytes), expected.replace(/\s/g, ''));
    assert.deepEqual(decode('NfRule', bytes), rule);
  });

  it('signed priorities', () => {
    const chain = {
      family: 'netdev',
      table: 't',
      name: 'c',
      hook: { hooknum: 0, priority: -150, devs: ['eth0', 'eth1'] },
      policy: 'drop',
      type: 'filter',
    };
    const bytes = addon.encode('NfChain', chain);
    assert.ok(hex(bytes).includes('08000200ffffff6a'), hex(bytes));
    assert.deepEqual(decode('NfChain', bytes), chain);
  });

  it('a set, its elements, an object, a flowtable', () => {
    const set = {
      family: 'inet',
      table: 't',
      name: 's',
      flags: ['interval', 'map', 'concat'],
      keyType: 0x1234,
      keyLen: 8,
      dataType: 'verdict',
      desc: { size: 10, concat: [{ len: 4 }, { len: 2 }] },
      id: 3,
      timeout: 10_000n,
      expressions: [{ name: 'counter', data: { bytes: 1n, packets: 2n } }, { name: 'last' }],
    };
    assert.deepEqual(decode('NfSet', addon.encode('NfSet', set)), set);
    const elements = {
      family: 'inet',
      table: 't',
      set: 's',
      elements: [
        { key: { value: Uint8Array.of(1, 2) }, data: { verdict: { code: 'goto', chain: 'c' } }, timeout: 5n },
        { flags: ['catchall'], objref: 'o', expr: { name: 'limit', data: { rate: 1n, unit: 60n, type: 'pktBytes' } } },
      ],
    };
    assert.deepEqual(decode('NfElements', addon.encode('NfElements', elements)), elements);
    for (const object of [
      { type: 'counter', data: { packets: 4n } },
      { type: 'ctTimeout', data: { l3proto: 2, l4proto: 6, data: { state3: 600 } } },
      { type: 'ctExpect', data: { l4proto: 17, dport: 99, timeout: 1000, size: 3 } },
      { type: 'synproxy', data: { mss: 1460, wscale: 7, flags: ['mss', 'sackPerm'] } },
      { type: 'tunnel', data: { id: 1, ip: { src: '10.0.0.1', dst: '10.0.0.2' }, sport: 5 } },
    ]) {
      const whole = { family: 'ip6', table: 't', name: 'o', ...object };
      assert.deepEqual(decode('NfObject', addon.encode('NfObject', whole)), whole);
    }
    const flowtable = { family: 'ip', table: 't', name: 'f', hook: { num: 0, priority: 10, devs: ['lo'] } };
    assert.deepEqual(decode('NfFlowtable', addon.encode('NfFlowtable', flowtable)), flowtable);
  });

  it('every expression takes what it tells', () => {
    const { tables } = addon.tables();
    const choices = tables.NfExpression?.fields.find(({ name }) => name === 'data')?.choices ?? {};
    assert.ok(Object.keys(choices).length >= 40);
    for (const [name, table] of Object.entries(choices)) {
      const data: Record<string, unknown> = {};
      for (const field of tables[table as string]?.fields ?? []) {
        if (field.type === 'pad') continue;
        if (field.names) data[field.name] = field.isFlags ? Object.keys(field.names) : Object.keys(field.names)[0];
        else if (field.type === 'string') data[field.name] = 'text';
        else if (field.type === 'be64') data[field.name] = 0x1_0000_0002n;
        else if (field.type === 'binary') data[field.name] = Uint8Array.of(1, 2, 3);
        else if (field.table === 'NfData') data[field.name] = { value: Uint8Array.of(9, 8) };
        else if (field.table === 'NfExpression') data[field.name] = { name: 'counter', data: { bytes: 7n } };
        else if (field.type === 'list') data[field.name] = [{ name: 'counter', data: { bytes: 7n } }];
        else data[field.name] = 17;
      }
      const rule = { family: 'ip', expressions: [{ name, data }] };
      assert.deepEqual(decode('NfRule', addon.encode('NfRule', rule)), rule, name);
    }
  });

  it('an expression that no table knows is kept as it is', () => {
    const rule = {
      family: 'ip',
      expressions: [{ name: 'marvel', data: { unknown: [{ type: 3, data: Uint8Array.of(1, 2, 3, 4) }] } }],
    };
    assert.deepEqual(decode('NfRule', addon.encode('NfRule', rule)), rule);
  });
});
