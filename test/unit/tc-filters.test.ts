// Filters and actions of traffic control: callers' words to the kernel's bytes and back, and what is refused on the way.
import assert from 'node:assert/strict';
import { endianness } from 'node:os';
import { addon } from '../../lib/addon.js';
import { readTape } from '../../lib/tape.js';
import { readAction, type TcActionSpec, writeAction } from '../../lib/tc/actions/action.js';
import { addressBytes, addressText, toFields, toWords } from '../../lib/tc/fields.js';
import { FILTER_KINDS } from '../../lib/tc/filters/kinds.js';
import { u32Handle, u32HandleText } from '../../lib/tc/filters/u32.js';
import { skipBecause } from '../support/skip.js';

/** The bytes of a filter's options, without the attribute around them and the kind before it. */
function optionsOf(kind: string, options: object, filter: object = {}): string {
  const wire = FILTER_KINDS[kind]?.write(options, filter);
  const whole = Buffer.from(addon.encode('TcFilter', { kind, options: wire })).toString('hex');
  const before = Buffer.from(addon.encode('TcFilter', { kind })).toString('hex');
  return whole.slice(before.length + 8);
}

/** What is read of a filter that has been written. */
function again(kind: string, options: object, filter: object = {}): object {
  const wire = FILTER_KINDS[kind]?.write(options, filter);
  const tape = addon.decode('TcFilter', addon.encode('TcFilter', { kind, options: wire }));
  assert.ok(tape);
  const objects: { options?: object }[] = [];
  readTape(tape, objects);
  return FILTER_KINDS[kind]?.read(objects[0]?.options, filter) as object;
}

function actionBytes(action: TcActionSpec): string {
  const one = Buffer.from(addon.encode('TcActions', { actions: [writeAction('', action)] })).toString('hex');
  // tcamsg, TCA_ACT_TAB, the action's number, its kind: what is left is TCA_ACT_OPTIONS and the like.
  const kind = 8 + ((action.kind.length + 1 + 4 + 3) & ~3) * 2;
  return one.slice(8 + 8 + kind);
}

function actionAgain(action: TcActionSpec): object {
  const tape = addon.decode('TcActions', addon.encode('TcActions', { actions: [writeAction('', action)] }));
  assert.ok(tape);
  const objects: { actions?: object[] }[] = [];
  readTape(tape, objects);
  return readAction(objects[0]?.actions?.[0]);
}

const hex = (text: string) => text.replace(/\/\/.*/g, '').replace(/\s+/g, '');

describe('tc filters: exact bytes', () => {
  before(function () {
    if (endianness() !== 'LE') skipBecause(this, 'the bytes below are those of a little-endian machine');
  });

  it('u32: two fields are two keys, and the selector counts them', () => {
    const match = [
      { field: 'ip.src', value: '10.0.0.0/8' },
      { field: 'ip.dport', value: 80 },
    ];
    assert.equal(
      optionsOf('u32', { classid: '1:10', match }, { protocol: 'ip' }),
      hex(`0800 0100 10000100               // TCA_U32_CLASSID
           3400 0500 01 00 02 00 0000 0000 0000 0000 00000000 // TCA_U32_SEL: terminal, two keys
             ff000000 0a000000 0c000000 00000000
             0000ffff 00000050 14000000 00000000`),
    );
  });

  it('u32: fields of the same 32 bits are one key', () => {
    const match = [
      { field: 'ip.sport', value: 1000 },
      { field: 'ip.dport', value: 80 },
      { field: 'tcp.dst', value: 80 },
    ];
    assert.equal(
      optionsOf('u32', { match }),
      hex(`3400 0500 00 00 02 00 0000 0000 0000 0000 00000000
             ffffffff 03e80050 14000000 00000000
             0000ffff 00000050 00000000 ffffffff`),
    );
  });

  it('flower: values with and without masks, flags with signs, addresses by family', () => {
    const options = {
      srcIp: '10.0.0.0/8',
      ipProto: 'tcp',
      dstPort: 80,
      ctState: ['+trk', '-new'],
      tcpFlags: '0x2/0x17',
    };
    assert.equal(
      optionsOf('flower', options, { protocol: 'ip' }),
      hex(`0800 0a00 0a000000 0800 0b00 ff000000 // TCA_FLOWER_KEY_IPV4_SRC and its mask
           0500 0900 06000000                     // TCA_FLOWER_KEY_IP_PROTO
           0600 5b00 08000000 0600 5c00 09000000 // TCA_FLOWER_KEY_CT_STATE
           0600 4700 00020000 0600 4800 00170000 // TCA_FLOWER_KEY_TCP_FLAGS
           0600 0800 08000000                     // TCA_FLOWER_KEY_ETH_TYPE
           0600 1300 00500000                     // TCA_FLOWER_KEY_TCP_DST`),
    );
    const v6 = { srcIp: '2001:db8::/32' };
    assert.equal(
      optionsOf('flower', v6, { protocol: 'ipv6' }),
      hex(`1400 0e00 20010db8000000000000000000000000 1400 0f00 ffffffff000000000000000000000000
           0600 0800 86dd0000`),
    );
  });

  it('basic: what is in parentheses comes after what is around it', () => {
    const cmp = (value: number) => ({ kind: 'cmp', align: 'u8', at: 9, value });
    const one = (value: string, flags: string) =>
      `1800 NN00 0000 0100 ${flags} 0000 ${value}000000 00000000 0900 01 01`;
    assert.equal(
      optionsOf('basic', { ematches: { and: [cmp(1), { not: { or: [cmp(2), cmp(3)] } }] } }),
      hex(
        `6800 0280 5c00 0280
         ${one('01', '0100').replace('NN', '01')}
         1000 0200 0000 0000 0400 0000 02000000
         ${one('02', '0200').replace('NN', '03')}
         ${one('03', '0000').replace('NN', '04')}
         0800 0100 0400 0000`,
      ),
    );
  });

  it('controls with numbers, cookies, and shared actions', () => {
    const parms = (index: string, control: string) => `1800 0200 ${index} 00000000 ${control} 00000000 00000000`;
    assert.equal(
      actionBytes({ kind: 'gact', control: 'jump 3', index: 7, cookie: 'c1a0' }),
      hex(`0600 0600 c1a00000 1c00 0280 ${parms('07000000', '03000010')}`),
    );
    assert.equal(
      actionBytes({ kind: 'gact', control: 'goto chain 42' }),
      hex(`1c00 0280 ${parms('00000000', '2a000020')}`),
    );
    assert.equal(actionBytes({ kind: 'gact', control: 'continue' }), hex(`1c00 0280 ${parms('00000000', 'ffffffff')}`));
    assert.equal(actionBytes({ kind: 'sample', index: 5 }), hex(`1c00 0280 ${parms('05000000', '00000000')}`));
  });

  it('pedit: extended edits by field', () => {
    const munge = [{ field: 'ip.ttl', set: 63 }];
    assert.equal(
      actionBytes({ kind: 'pedit', control: 'pipe', options: { munge } }),
      hex(`5000 0280
           3400 0400 00000000 00000000 03000000 00000000 00000000 01 00 0000 // TCA_PEDIT_PARMS_EX
             00ffffff 3f000000 08000000 00000000 00000000 00000000
           1800 0580 1400 0680 0600 0100 02000000 0600 0200 00000000`), // TCA_PEDIT_KEYS_EX
    );
  });
});

describe('tc filters: words and numbers', () => {
  it('handles of u32', () => {
    for (const [text, number] of [
      ['800::800', 0x80000800],
      ['1:', 0x00100000],
      ['2:a', 0x0020a000],
      ['2:a:1', 0x0020a001],
      ['fff:ff:fff', 0xffffffff],
    ] as const) {
      assert.equal(u32Handle('handle', text), number);
      assert.equal(u32HandleText(number), text);
    }
    for (const wrong of ['', ':', '1000:', '1:100', '1:1:1000', '800', 'x:']) {
      assert.throws(() => u32Handle('handle', wrong), { field: 'handle', code: 'ERR_INVALID_ARG_VALUE' });
    }
  });

  it('addresses, as inet_pton and inet_ntop have them', () => {
    for (const text of [
      '::',
      '::1',
      '2001:db8::',
      '2001:db8::1:0:0:1',
      'fe80::1:2:3:4',
      '1:2:3:4:5:6:7:8',
      '1:0:0:2::3',
    ]) {
      assert.equal(addressText(addressBytes(text)), text);
    }
    assert.deepEqual([...addressBytes('::ffff:192.0.2.1')].slice(10), [255, 255, 192, 0, 2, 1]);
    assert.equal(addressText(Uint8Array.of(192, 0, 2, 1)), '192.0.2.1');
  });

  it('what is written by field is read by field', () => {
    const fields = [
      { field: 'ip.ihl', value: 5 },
      { field: 'ip.tos', value: '0x10/0xfc' },
      { field: 'ip.df', value: true },
      { field: 'ip.protocol', value: 6 },
      { field: 'ip.src', value: '10.0.0.0/8' },
      { field: 'ip.dst', value: '192.0.2.1/255.0.255.255' },
      { field: 'ip.sport', value: 1000 },
      { field: 'ip.dport', value: '0x50/0xf0' },
      { field: 'tcp.sport', value: 1 },
      { field: 'ether.src', value: '02:00:00:00:00:01' },
    ];
    const read = again('u32', { match: fields }, { protocol: 'ip' }) as { match: object[] };
    assert.deepEqual(
      new Set(read.match.map((one) => JSON.stringify(one))),
      new Set(fields.map((one) => JSON.stringify(one))),
    );
    const six = [
      { field: 'ip6.src', value: '2001:db8::/48' },
      { field: 'ip6.dst', value: 'fd00::1' },
      { field: 'ip6.flowlabel', value: 5 },
    ];
    assert.deepEqual((again('u32', { match: six }, { protocol: 'ipv6' }) as { match: object[] }).match, six);
  });

  it('keys that no field covers are read as bits', () => {
    assert.equal(toFields('ip', 0, [{ offset: 4, value: 0, mask: 0xffff0000 }]), undefined);
    assert.deepEqual(toWords(-14, Uint8Array.of(1, 2, 3, 4, 5, 6), new Uint8Array(6).fill(255)), [
      { offset: -16, value: 0x0102, mask: 0xffff },
      { offset: -12, value: 0x03040506, mask: 0xffffffff },
    ]);
    const keys = [{ mask: 0xffff0000, value: 0x12340000, offset: 4, offsetMask: 0 }];
    const read = again('u32', { keys }, { protocol: 'ip' }) as { match: object[]; keys: object[] };
    assert.deepEqual(read.match, [{ field: 'u32', value: 0x12340000, mask: 0xffff0000, at: 4 }]);
    assert.deepEqual(read.keys, keys);
    // Two keys of the same place cannot be told by field: they would become one.
    const twice = [...keys, { mask: 0x0000ffff, value: 1, offset: 4, offsetMask: 0 }];
    const both = again('u32', { keys: twice }, { protocol: 'ip' }) as { match?: object[]; keys: object[] };
    assert.deepEqual([both.match, both.keys], [undefined, twice]);
  });

  it('trees of matches come back as they were', () => {
    const leaf = (value: number) => ({ kind: 'cmp', align: 'u16', at: 2, layer: 'network', op: 'gt', value });
    const meta = { kind: 'meta', left: 'nf_mark', mask: 0xff, op: 'lt', right: { meta: 'priority' } };
    for (const ematches of [
      leaf(1),
      { not: leaf(1) },
      { and: [leaf(1), leaf(2), leaf(3)] },
      { or: [leaf(1), { and: [leaf(2), { not: { or: [leaf(3), meta] } }] }, leaf(4)] },
      { and: [leaf(1), { or: [leaf(2), leaf(3)], bare: true }] },
      { not: { and: [{ kind: 'nbyte', needle: Uint8Array.of(1, 2, 3), at: 5, layer: 'link' }, leaf(2)] } },
      { kind: 'ipset', index: 7, dims: ['src', 'dst'] },
      { kind: 'canid', ids: [{ sff: 0x123 }, { eff: 0x12345678, mask: 0xff }] },
      { kind: 'meta', left: 'dev', op: 'eq', right: 'eth0' },
    ]) {
      assert.deepEqual((again('basic', { ematches }) as { ematches: object }).ematches, ematches);
    }
  });

  it('edits of pedit come back as they were', () => {
    for (const munge of [
      [
        { field: 'eth.src', set: '02:00:00:00:00:01' },
        { field: 'ip.ttl', add: 255 },
      ],
      [
        { field: 'ip6.dst', set: 'fd00::1' },
        { field: 'tcp.dport', set: 80 },
      ],
      [{ field: 'u32', at: 16, header: 'udp', set: 0x12345678 }],
      [{ field: 'ip.tos', set: '0x10/0xfc' }],
    ]) {
      const read = actionAgain({ kind: 'pedit', options: { munge } } as TcActionSpec) as {
        options: { munge: object[] };
      };
      assert.deepEqual(read.options.munge, munge);
    }
  });
});

describe('tc filters: what cannot be is refused, with the reason', () => {
  const refused = (kind: string, options: object, field: string, filter: object = { protocol: 'ip' }) => {
    assert.throws(
      () => optionsOf(kind, options, filter),
      (error: Error & { field?: string; code?: string }) => {
        assert.equal(error.field, field, error.message);
        assert.match(error.code ?? '', /^ERR_/);
        assert.ok(error.message.includes(`"${field}"`), error.message);
        return true;
      },
    );
  };

  it('u32', () => {
    refused('u32', { match: [{ field: 'ip6.src', value: '::1' }] }, 'options.match[0].field');
    refused('u32', { match: [{ field: 'ip.src', value: '::1' }] }, 'options.match[0].value');
    refused('u32', { match: [{ field: 'ip.src', value: '10.0.0.0/33' }] }, 'options.match[0].value');
    refused('u32', { match: [{ field: 'ip.dport', value: 65_536 }] }, 'options.match[0].value');
    refused('u32', { match: [{ field: 'ip.nonesuch', value: 1 }] }, 'options.match[0].field');
    refused('u32', { match: [{ field: 'u16', value: 1, at: 3 }] }, 'options.match[0].at');
    refused('u32', { match: [{ field: 'u8', value: 256, at: 3 }] }, 'options.match[0].value');
    const contradiction = [
      { field: 'ip.protocol', value: 6 },
      { field: 'ip.protocol', value: 17 },
    ];
    refused('u32', { match: contradiction }, 'options.match[1]');
    refused('u32', { divisor: 3 }, 'options.divisor');
    refused('u32', { divisor: 256, match: [] }, 'options.match');
    refused('u32', { divisor: 256 }, 'handle', { handle: '2:1' });
    refused('u32', { link: '2:1:1' }, 'options.link');
    refused('u32', { hashkey: { mask: 255, at: 12 } }, 'options.hashkey');
    refused('u32', { sample: { field: 'u8', value: 1, at: 0 } }, 'options.sample');
    refused('u32', { link: '2:', offset: { at: 3 } }, 'options.offset.at');
    refused('u32', { nonesuch: 1 }, 'options.nonesuch');
  });

  it('flower', () => {
    refused('flower', { dstPort: 80 }, 'options.dstPort');
    refused('flower', { ipProto: 'tcp' }, 'options.ipProto', {});
    refused('flower', { ipProto: 'tcp', dstPort: '90-80' }, 'options.dstPort');
    refused('flower', { type: 8, ipProto: 'tcp' }, 'options.type');
    refused('flower', { srcIp: '::1' }, 'options.srcIp');
    refused('flower', { vlanId: 5 }, 'options.vlanId');
    refused('flower', { arpOp: 1 }, 'options.arpOp');
    refused('flower', { srcIp: '10.0.0.0/40' }, 'options.srcIp');
    refused('flower', { ctState: ['+nonesuch'] }, 'options.ctState[0]');
  });

  it('bpf, basic', () => {
    refused('bpf', { bytecode: '2,6 0 0 1' }, 'options.bytecode');
    refused('bpf', { bytecode: [], classid: '1:1' }, 'options.bytecode');
    refused('bpf', { program: { fd: 3 }, bytecode: '1,6 0 0 1' }, 'options.bytecode');
    refused('bpf', { program: { fd: 3, path: '/x' } }, 'options.program');
    refused('basic', { ematches: { and: [] } }, 'options.ematches.and');
    refused('basic', { ematches: {} }, 'options.ematches');
    refused('basic', { ematches: { kind: 'cmp', align: 'u8', at: 0, value: 256 } }, 'options.ematches.value');
    refused('basic', { ematches: { not: { kind: 'canid', ids: [] } } }, 'options.ematches.ids');
  });
});
