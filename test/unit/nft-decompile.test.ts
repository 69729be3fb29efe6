// From programs in netlink form to JSON: no kernel is asked.
import assert from 'node:assert/strict';
import { decompile } from '../../lib/nft/decompile/index.js';
import type { NftObject, NftStatement } from '../../lib/nft/json.js';
import { emptyRuleset, type RawRuleset } from '../../lib/nft/raw.js';
import { saved } from '../../lib/nft/save.js';
import { pack, text, u32 } from '../../lib/nft/userdata.js';

type Raw = { name: string; data?: object };

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replace(/\s/g, ''), 'hex'));
const value = (hex: string) => ({ value: bytes(hex) });
const meta = (key: string, dreg = 1): Raw => ({ name: 'meta', data: { key, dreg } });
const ct = (key: string, dreg = 1): Raw => ({ name: 'ct', data: { key, dreg } });
const payload = (base: string, offset: number, len: number, dreg = 1): Raw => ({
  name: 'payload',
  data: { base, offset, len, dreg },
});
const cmp = (hex: string, op = 'eq', sreg = 1): Raw => ({ name: 'cmp', data: { sreg, op, data: value(hex) } });
const mask = (hex: string, xor: string, reg = 1): Raw => ({
  name: 'bitwise',
  data: { sreg: reg, dreg: reg, len: bytes(hex).length, mask: value(hex), xor: value(xor), op: 'bool' },
});
const immediate = (hex: string, dreg: number): Raw => ({ name: 'immediate', data: { dreg, data: value(hex) } });
const verdict = (code: string): Raw => ({ name: 'immediate', data: { dreg: 0, data: { verdict: { code } } } });
const l4proto = (hex: string) => [meta('l4proto'), cmp(hex)];
const nfproto = (hex: string) => [meta('nfproto'), cmp(hex)];

function told(family: string, expressions: Raw[], more: Partial<RawRuleset> = {}): NftStatement[] {
  const rule = { family, table: 't', chain: 'c', expressions };
  const raw = { ...emptyRuleset(), ...more, rules: [rule] } as unknown as RawRuleset;
  const rules = decompile(raw).filter((object) => 'rule' in object);
  return (rules[0] as { rule: { expr: NftStatement[] } }).rule.expr;
}

const field = (protocol: string, name: string) => ({ payload: { protocol, field: name } });
const match = (left: object, right: unknown, op = '==') => ({ match: { op, left, right } });

describe('nft decompiler', () => {
  it('fields of headers, by what was matched before', () => {
    assert.deepEqual(told('ip', [...l4proto('06'), payload('transport', 2, 2), cmp('0016')]), [
      match(field('tcp', 'dport'), 22),
    ]);
    assert.deepEqual(told('ip', [payload('transport', 2, 2), cmp('0016')]), [match(field('th', 'dport'), 22)]);
    assert.deepEqual(told('inet', [payload('network', 12, 4), cmp('c0000201')]), [
      match({ payload: { base: 'nh', offset: 96, len: 32 } }, 0xc0000201),
    ]);
    assert.deepEqual(told('ip', [payload('transport', 0, 4), cmp('00010002')]), [
      match(field('th', 'sport'), 1),
      match(field('th', 'dport'), 2),
    ]);
  });

  it('what is implied is left out, what is not stays', () => {
    assert.deepEqual(told('inet', [...nfproto('02'), payload('network', 12, 4), cmp('c0000201')]), [
      match(field('ip', 'saddr'), '192.0.2.1'),
    ]);
    const ports = [...l4proto('11'), payload('transport', 2, 2), cmp('0035')];
    assert.deepEqual(told('inet', [...nfproto('02'), ...ports]), [
      match({ meta: { key: 'nfproto' } }, 'ipv4'),
      match(field('udp', 'dport'), 53),
    ]);
    const counter = { name: 'counter', data: { packets: 1n, bytes: 2n } };
    assert.deepEqual(told('ip', [...l4proto('06'), counter, payload('transport', 2, 2), cmp('0016')]), [
      match({ meta: { key: 'l4proto' } }, 'tcp'),
      { counter: { packets: 1, bytes: 2 } },
      match(field('tcp', 'dport'), 22),
    ]);
    const icmp = [...l4proto('01'), payload('transport', 0, 1), cmp('08')];
    assert.deepEqual(told('inet', [...nfproto('02'), ...icmp]), [match(field('icmp', 'type'), 'echo-request')]);
    assert.deepEqual(told('inet', [...nfproto('0a'), ...icmp]), [
      match({ meta: { key: 'nfproto' } }, 'ipv6'),
      match(field('icmp', 'type'), 'echo-request'),
    ]);
  });

  it('masks are fields, prefixes, flags, or masks', () => {
    const dscp = [payload('network', 1, 1), mask('fc', '00'), cmp('20')];
    assert.deepEqual(told('ip', dscp), [match(field('ip', 'dscp'), 'cs1')]);
    const prefix = [payload('network', 12, 4), mask('ffffff80', '00000000'), cmp('c0000280')];
    assert.deepEqual(told('ip', prefix), [match(field('ip', 'saddr'), { prefix: { addr: '192.0.2.128', len: 25 } })]);
    assert.deepEqual(told('ip', [payload('network', 12, 1), cmp('0a', 'neq')]), [
      match(field('ip', 'saddr'), { prefix: { addr: '10.0.0.0', len: 8 } }, '!='),
    ]);
    const host = (number: number) => Buffer.from(new Uint32Array([number]).buffer).toString('hex');
    assert.deepEqual(told('ip', [ct('state'), mask(host(10), host(0)), cmp(host(0), 'neq')]), [
      match({ ct: { key: 'state' } }, ['established', 'new'], 'in'),
    ]);
    assert.deepEqual(told('ip', [ct('state'), mask(host(10), host(0)), cmp(host(8))]), [
      match({ '&': [{ ct: { key: 'state' } }, ['established', 'new']] }, 'new'),
    ]);
    const set = { name: 'meta', data: { key: 'mark', sreg: 1 } };
    assert.deepEqual(told('ip', [meta('mark'), mask(host(0xfe), host(1)), set]), [
      { mangle: { key: { meta: { key: 'mark' } }, value: { '|': [{ '&': [{ meta: { key: 'mark' } }, 0xff] }, 1] } } },
    ]);
  });

  it('two comparisons are a range', () => {
    const first = [...l4proto('06'), payload('transport', 2, 2), cmp('0050', 'gte')];
    assert.deepEqual(told('ip', [...first, cmp('005a', 'lte')]), [match(field('tcp', 'dport'), { range: [80, 90] })]);
    assert.deepEqual(told('ip', [...first, payload('transport', 0, 2), cmp('005a', 'lte')]), [
      match(field('tcp', 'dport'), 80, '>='),
      match(field('tcp', 'sport'), 90, '<='),
    ]);
  });

  it('concatenations lie in registers one after another', () => {
    const map = {
      sets: [
        {
          family: 'ip',
          table: 't',
          name: '__map0',
          flags: ['anonymous', 'constant', 'map'],
          keyType: (7 << 6) | 13,
          keyLen: 8,
          dataType: (7 << 6) | 13,
          dataLen: 8,
        },
      ],
      elements: [
        {
          family: 'ip',
          table: 't',
          set: '__map0',
          elements: [{ key: value('c0000201 00500000'), data: value('0a000001 1f900000') }],
        },
      ],
    } as unknown as Partial<RawRuleset>;
    const program: Raw[] = [
      ...l4proto('06'),
      payload('network', 16, 4),
      payload('transport', 2, 2, 9),
      { name: 'lookup', data: { set: '__map0', sreg: 1, dreg: 1 } },
      {
        name: 'nat',
        data: { type: 'dnat', family: 'ip', regAddrMin: 1, regAddrMax: 1, regProtoMin: 9, regProtoMax: 9, flags: [] },
      },
    ];
    const key = { concat: [field('ip', 'daddr'), field('tcp', 'dport')] };
    const data = { set: [[{ concat: ['192.0.2.1', 80] }, { concat: ['10.0.0.1', 8080] }]] };
    assert.deepEqual(told('ip', program, map), [{ dnat: { family: 'ip', addr: { map: { key, data } } } }]);
  });

  it('nat: addresses, ports, ranges, prefixes', () => {
    const nat = (data: object) => ({ name: 'nat', data: { type: 'snat', family: 'ip', ...data } });
    const range = [immediate('c0000200', 1), immediate('c00002ff', 2), immediate('1000', 3)];
    const all = { regAddrMin: 1, regAddrMax: 2, regProtoMin: 3, regProtoMax: 3, flags: ['mapIps', 'persistent'] };
    assert.deepEqual(told('ip', [...range, nat(all)]), [
      { snat: { addr: { prefix: { addr: '192.0.2.0', len: 24 } }, port: 4096, flags: 'persistent' } },
    ]);
    assert.deepEqual(told('inet', [immediate('c0000200', 1), nat({ regAddrMin: 1, regAddrMax: 1 })]), [
      { snat: { family: 'ip', addr: '192.0.2.0' } },
    ]);
    assert.deepEqual(told('ip', [{ name: 'masq' }]), [{ masquerade: null }]);
  });

  it('what has no words is told as it is', () => {
    const tunnel = { name: 'tunnel', data: { key: 'id', dreg: 1 } };
    const told1 = told('ip', [tunnel, cmp('00000005'), verdict('accept')]);
    assert.deepEqual(told1.at(-1), { accept: null });
    assert.match(JSON.stringify(told1), /"unknown":\{"expression":"tunnel"/);
    assert.deepEqual(told('ip', [{ name: 'marvel', data: { unknown: [{ type: 3, data: bytes('0102') }] } }]), [
      { unknown: { expression: 'marvel', data: { unknown: [{ type: 3, data: '0x0102' }] } } },
    ]);
    // A register that nothing was loaded to.
    assert.deepEqual(told('ip', [cmp('05', 'eq', 12)]), [
      { unknown: { expression: 'cmp', data: { sreg: 12, op: 'eq', data: { value: '0x05' } } } },
    ]);
    assert.deepEqual(told('ip', [{ name: 'match', data: { name: 'comment', rev: 0, info: bytes('00') } }]), [
      { xt: { type: 'match', name: 'comment' } },
    ]);
  });

  it('intervals: prefixes, ranges, single values, an open end, all others', () => {
    const end = ['intervalEnd'];
    const elements = [
      { key: value('e0000000') },
      { key: value('0b000000'), flags: end },
      { key: value('0a000000') },
      { key: value('01020304'), userdata: pack([text(0, 'one')]) },
      { key: value('01020305'), flags: end },
      { key: value('00000000'), flags: end },
      { key: value('02000001') },
      { key: value('02000008'), flags: end },
    ];
    const raw = {
      ...emptyRuleset(),
      sets: [{ family: 'ip', table: 't', name: 's', flags: ['interval'], keyType: 7, keyLen: 4, handle: 3n }],
      elements: [{ family: 'ip', table: 't', set: 's', elements: [...elements, { flags: ['catchall'] }] }],
    } as unknown as RawRuleset;
    assert.deepEqual(decompile(raw), [
      {
        set: {
          family: 'ip',
          name: 's',
          table: 't',
          type: 'ipv4_addr',
          handle: 3,
          flags: ['interval'],
          elem: [
            { elem: { val: '1.2.3.4', comment: 'one' } },
            { range: ['2.0.0.1', '2.0.0.7'] },
            { prefix: { addr: '10.0.0.0', len: 8 } },
            { prefix: { addr: '224.0.0.0', len: 3 } },
            '*',
          ],
        },
      },
    ]);
  });

  it('complete listings, and what is saved of them', () => {
    const head = { family: 'inet', table: 't' };
    const raw = {
      ...emptyRuleset(),
      tables: [{ family: 'inet', name: 't', handle: 1n, flags: [], userdata: pack([text(0, 'a table')]) }],
      chains: [{ ...head, name: 'c', handle: 2n, userdata: pack([text(0, 'a chain')]) }],
      sets: [
        {
          ...head,
          name: 's',
          flags: ['interval', 'eval'],
          keyType: 13,
          keyLen: 2,
          userdata: pack([u32(2, 1), text(7, 'a set')]),
        },
      ],
      rules: [
        {
          ...head,
          chain: 'c',
          handle: 9n,
          expressions: [
            ...l4proto('06'),
            payload('transport', 2, 2),
            { name: 'dynset', data: { setName: 's', op: 'update', sregKey: 1, timeout: 5000n } },
          ],
        },
      ],
    } as unknown as RawRuleset;
    const objects = decompile(raw, { complete: true });
    assert.deepEqual(objects[0], { table: { family: 'inet', name: 't', handle: 1, comment: 'a table' } });
    const set = { family: 'inet', name: 's', table: 't', type: 'inet_service', comment: 'a set', 'auto-merge': true };
    assert.deepEqual(objects[1], { set: { ...set, flags: ['interval', 'dynamic'] } });
    const rule = {
      ...head,
      chain: 'c',
      expr: [{ set: { op: 'update', elem: { elem: { val: field('tcp', 'dport'), timeout: 5 } }, set: '@s' } }],
    };
    assert.deepEqual(saved({ nftables: objects }).nftables, [
      { table: { family: 'inet', name: 't', comment: 'a table' } },
      { chain: { ...head, name: 'c', comment: 'a chain' } },
      { set: { ...set, flags: ['interval'] } },
      { rule },
    ]);
    const lost = { rule: { ...head, chain: 'c', handle: 9, expr: [{ xt: { type: 'match', name: 'comment' } }] } };
    assert.throws(() => saved({ nftables: [lost as NftObject] }), { code: 'ERR_NFT_NOT_RESTORABLE' });
    const vague = { set: { ...head, name: 'v', type: ['ether_addr', 'integer'] } };
    assert.throws(() => saved({ nftables: [vague as NftObject] }), { code: 'ERR_NFT_NOT_RESTORABLE' });
  });
});
