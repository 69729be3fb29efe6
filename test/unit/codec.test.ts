// The codec by examples: callers' values to the exact bytes that the kernel's layout asks for, and back.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { endianness } from 'node:os';
import { inspect } from 'node:util';
import { addon } from '../../lib/addon.js';
import { readTape } from '../../lib/tape.js';
import { skipBecause } from '../support/skip.js';

type Plain = Record<string, unknown>;

const encode = (object: string, spec: unknown): Buffer => Buffer.from(addon.encode(object, spec as object));

function decode(object: string, bytes: Uint8Array): Plain {
  const tape = addon.decode(object, bytes);
  assert.ok(tape, 'malformed');
  const objects: object[] = [];
  readTape(tape, objects);
  assert.equal(objects.length, 1);
  return objects[0] as Plain;
}

const roundTrip = (object: string, spec: Plain): Plain => decode(object, encode(object, spec));

/** Bytes written as hex, by groups; what follows // on a line is comment. */
const hex = (text: string): Buffer => Buffer.from(text.replace(/\/\/.*/g, '').replace(/\s+/g, ''), 'hex');

function assertBytes(object: string, spec: unknown, expected: string): void {
  assert.equal(encode(object, spec).toString('hex'), hex(expected).toString('hex'));
}

interface Refusal {
  code: string;
  field: string;
  message?: RegExp;
}

function assertRefused(object: string, spec: unknown, expected: Refusal): void {
  const type = expected.code === 'ERR_OUT_OF_RANGE' ? RangeError : TypeError;
  assert.throws(
    () => encode(object, spec),
    (error: Error & { code?: string; field?: string }) => {
      assert.ok(error instanceof type, `${error}`);
      assert.equal(error.code, expected.code, error.message);
      assert.equal(error.field, expected.field, error.message);
      if (expected.field !== '') assert.ok(error.message.includes(`"${expected.field}"`), error.message);
      assert.match(error.message, expected.message ?? /Received /);
      return true;
    },
  );
}

const TYPE = 'ERR_INVALID_ARG_TYPE';
const VALUE = 'ERR_INVALID_ARG_VALUE';
const RANGE = 'ERR_OUT_OF_RANGE';

const IFINFOMSG = '00000000 00000000 00000000 00000000';

describe('codec: exact bytes', () => {
  before(function () {
    if (endianness() !== 'LE') skipBecause(this, 'the bytes below are those of a little-endian machine');
  });

  it('a veth whose peer is born in another namespace', () => {
    assertBytes(
      'Link',
      {
        kind: 'veth',
        name: 'veth1',
        mtu: 1400,
        up: true,
        options: { peer: { name: 'eth0', index: 2, netns: { fd: 0 }, address: '02:00:0a:58:00:02' } },
      },
      `00 00 0000 00000000 01000000 01000000    // ifinfomsg: IFF_UP, and that it is to be changed
       0a00 0300 766574683100 0000              // IFLA_IFNAME
       0800 0400 78050000                       // IFLA_MTU
       4800 1280                                // IFLA_LINKINFO, nested
         0900 0100 7665746800 000000            //   IFLA_INFO_KIND
         3800 0280                              //   IFLA_INFO_DATA, nested
           3400 0100                            //     VETH_INFO_PEER
             00 00 0000 02000000 00000000 00000000 //    ifinfomsg: ifi_index
             0900 0300 6574683000 000000        //       IFLA_IFNAME
             0800 1c00 00000000                 //       IFLA_NET_NS_FD: filled in when sent
             0a00 0100 02000a580002 0000        //       IFLA_ADDRESS`,
    );
  });

  it('an address', () => {
    assertBytes(
      'Address',
      { link: 7, address: '10.0.0.2/24', broadcast: '10.0.0.255', flags: ['nodad', 'noprefixroute'] },
      `02 18 00 00 07000000       // ifaddrmsg: AF_INET, /24, index
       0800 0100 0a000002         // IFA_ADDRESS
       0800 0400 0a0000ff         // IFA_BROADCAST
       0800 0800 02020000         // IFA_FLAGS`,
    );
    assertBytes(
      'Address',
      { address: 'fd00::1/64', validLifetime: 3_600_000 },
      `0a 40 00 00 00000000
       1400 0100 fd000000000000000000000000000001
       1400 0600 ffffffff 100e0000 00000000 00000000 // IFA_CACHEINFO: preferred without end, valid in seconds`,
    );
  });

  it('a route with two next hops and metrics', () => {
    assertBytes(
      'Route',
      {
        dst: '10.20.0.0/16',
        table: 'main',
        protocol: 'static',
        metrics: { lock: ['mtu'], mtu: 1300, rtt: 20, congctl: 'bbr' },
        nexthops: [
          { gateway: '10.9.0.2', link: 3 },
          { gateway: '10.9.0.3', weight: 3, flags: ['onlink'] },
        ],
      },
      `02 10 00 00 00 04 00 00 00000000   // rtmsg: AF_INET, dst_len 16, RTPROT_STATIC
       0800 0100 0a140000                 // RTA_DST
       0800 0f00 fe000000                 // RTA_TABLE
       2400 0880                          // RTA_METRICS, nested
         0800 0100 04000000               //   RTAX_LOCK: bit RTAX_MTU
         0800 0200 14050000               //   RTAX_MTU
         0800 0400 a0000000               //   RTAX_RTT: 20 ms in eighths
         0800 1000 62627200               //   RTAX_CC_ALGO
       2400 0900                          // RTA_MULTIPATH
         1000 00 00 03000000              //   rtnexthop: length, flags, hops, index
           0800 0500 0a090002             //     RTA_GATEWAY
         1000 04 02 00000000
           0800 0500 0a090003`,
    );
  });

  it('a rule', () => {
    assertBytes(
      'Rule',
      {
        src: '192.0.2.0/24',
        iif: 'eth0',
        table: 100,
        action: 'toTable',
        priority: 1000,
        dportRange: { start: 80, end: 90 },
      },
      `02 00 18 00 00 00 00 01 00000000   // fib_rule_hdr: AF_INET, src_len 24, FR_ACT_TO_TBL
       0800 0200 c0000200                 // FRA_SRC
       0900 0300 6574683000 000000        // FRA_IIFNAME
       0800 0f00 64000000                 // FRA_TABLE
       0800 0600 e8030000                 // FRA_PRIORITY
       0800 1800 5000 5a00                // FRA_DPORT_RANGE`,
    );
  });

  it('a vlan: a flags word with its mask, mappings, big-endian protocol', () => {
    assertBytes(
      'Link',
      {
        kind: 'vlan',
        options: { id: 0, reorderHdr: false, gvrp: true, protocol: '802.1ad', egressQos: [{ from: 1, to: 2 }] },
      },
      `${IFINFOMSG}
       4000 1280
         0900 0100 766c616e00 000000
         3000 0280
           0600 0100 0000 0000
           0600 0500 88a8 0000
           1000 0380 0c00 0100 01000000 02000000
           0c00 0200 02000000 03000000`,
    );
  });

  it('a group of next hops: weights are sent less one', () => {
    assertBytes(
      'Nexthop',
      { id: 9, group: [{ id: 1 }, { id: 2, weight: 256 }] },
      `00 00 00 00 00000000
       0800 0100 09000000
       1400 0200 01000000 00 00 0000 02000000 ff 00 0000`,
    );
  });

  it('zero, empty and false are values: they are sent', () => {
    assertBytes(
      'Link',
      { mtu: 0, alias: '', group: 0 },
      `${IFINFOMSG} 0800 0400 00000000 0500 1400 00 000000 0800 1b00 00000000`,
    );
    assertBytes('Link', { carrier: false }, `${IFINFOMSG} 0500 2100 00 000000`);
    assertBytes('Link', { up: false }, '00000000 00000000 00000000 01000000');
    assertBytes('Link', { arp: false }, '00000000 00000000 80000000 80000000');
    assertBytes('Link', { master: null }, `${IFINFOMSG} 0800 0a00 00000000`);
    assertBytes('Address', { flags: [] }, '0000000000000000 0800 0800 00000000');
  });

  it('undefined is as good as left out, at the first field as at the last', () => {
    assertBytes('Link', { mtu: undefined, nothing: undefined, group: 1 }, `${IFINFOMSG} 0800 1b00 01000000`);
    assertBytes('Link', {}, IFINFOMSG);
    assert.deepEqual(
      encode('Link', { kind: 'vlan', options: { egressQos: [{ nothing: undefined, from: 1, to: 2 }] } }),
      encode('Link', { kind: 'vlan', options: { egressQos: [{ from: 1, to: 2 }] } }),
    );
  });

  it('a false flag is no attribute, a true one has no payload', () => {
    assertBytes('Nexthop', { blackhole: true }, '00000000 00000000 0400 0400');
    assertBytes('Nexthop', { blackhole: false }, '00000000 00000000');
  });
});

describe('codec: addresses and prefixes', () => {
  it("'default' and no length", () => {
    assertBytes('Route', { dst: 'default', gateway: '10.0.0.1' }, '02 00000000000000 00000000 0800 0500 0a000001');
    assert.equal(roundTrip('Route', { dst: 'default' }).dst, 'default');
    assert.equal(roundTrip('Route', { dst: '0.0.0.0/0' }).dst, 'default');
    assert.equal(roundTrip('Route', { dst: '::/0' }).family, 'inet6');
    assert.equal(roundTrip('Route', { dst: '192.0.2.1' }).dst, '192.0.2.1/32');
    assert.equal(roundTrip('Address', { address: '2001:DB8:0:0::1' }).address, '2001:db8::1/128');
    assert.equal(roundTrip('Address', { address: '10.0.0.1/0' }).address, '10.0.0.1/0');
  });

  it('what is no prefix', () => {
    const wrong = [
      '10.0.0.1/33',
      '::/129',
      '10.0.0.1/',
      '10.0.0.1/-1',
      '10.0.0.1/+8',
      '10.0.0.1/ 8',
      '10.0.0.1/8x',
      '/8',
    ];
    wrong.push(
      '',
      'x',
      '10.0.0',
      '10.0.0.1.2',
      '10.0.0.256',
      '10.0.0.01\0',
      ':',
      '1::2::3',
      '10.0.0.1/8/8',
      'x'.repeat(200),
    );
    wrong.push('default', '10.0.0.0/99999999999999999999');
    for (const address of wrong) assertRefused('Address', { address }, { code: VALUE, field: 'address' });
    for (const address of [5, null, true, [], {}, 10n])
      assertRefused('Address', { address }, { code: TYPE, field: 'address' });
  });

  it('the family follows from the addresses, and they agree on it', () => {
    assert.equal(roundTrip('Route', { gateway: 'fe80::1' }).family, 'inet6');
    assert.equal(roundTrip('Neighbour', { dst: '192.0.2.1' }).family, 'inet');
    assert.equal(roundTrip('Neighbour', { family: 'bridge', dst: '192.0.2.1' }).family, 'bridge');
    assertRefused(
      'Route',
      { dst: '10.0.0.0/8', gateway: 'fe80::1' },
      { code: VALUE, field: 'gateway', message: /IPv4/ },
    );
    assertRefused('Route', { gateway: 'fe80::1', dst: '10.0.0.0/8' }, { code: VALUE, field: 'dst', message: /IPv6/ });
    // Wherever it stands among the keys.
    assertRefused('Route', { dst: '10.0.0.0/8', family: 'inet6' }, { code: VALUE, field: 'dst', message: /IPv6/ });
    assertRefused(
      'Route',
      { nexthops: [{ gateway: '10.0.0.1' }, { gateway: '::1' }] },
      { code: VALUE, field: 'nexthops[1].gateway' },
    );
    assert.equal(roundTrip('Route', { dst: '10.0.0.0/8', via: 'fe80::1' }).via, 'fe80::1');
  });

  it('link-layer addresses', () => {
    assert.equal(roundTrip('Link', { address: '02:AB:cd:00:00:ff' }).address, '02:ab:cd:00:00:ff');
    const wrong = [
      '',
      '02:00:00:00:00',
      '02:00:00:00:00:00:00',
      '02-00-00-00-00-00',
      '0200.0000.0000',
      '02:00:00:00:00:0g',
    ];
    wrong.push('02:00:00:00:00:-1', ' 2:00:00:00:00:00', '02:00:00:00:00:0', '+2:00:00:00:00:00');
    for (const address of wrong) assertRefused('Link', { address }, { code: VALUE, field: 'address', message: /MAC/ });
    // The kernel shows longer ones, as InfiniBand has them.
    const long = Buffer.concat([hex(IFINFOMSG), hex('1800 0100'), Buffer.alloc(20, 0xa5)]);
    assert.equal(decode('Link', long).address, Array(20).fill('a5').join(':'));
  });

  it('only one family where the attribute has only one', () => {
    assertRefused(
      'Link',
      { kind: 'vxlan', options: { local: '::1' } },
      { code: VALUE, field: 'options.local', message: /IPv4/ },
    );
    assertRefused(
      'Link',
      { kind: 'vxlan', options: { local6: '10.0.0.1' } },
      { code: VALUE, field: 'options.local6', message: /IPv6/ },
    );
  });
});

describe('codec: numbers, names and flags', () => {
  it('a value of an enumeration by name or number', () => {
    assert.deepEqual(encode('Route', { table: 'local' }), encode('Route', { table: 255 }));
    assert.equal(roundTrip('Route', { table: 255 }).table, 'local');
    assert.equal(roundTrip('Route', { table: 1234 }).table, 1234);
    assertRefused(
      'Route',
      { table: 'Local' },
      { code: VALUE, field: 'table', message: /one of .*'local'.*Received 'Local'/ },
    );
    assertRefused('Route', { table: '255' }, { code: VALUE, field: 'table' });
    assertRefused('Route', { protocol: 256 }, { code: RANGE, field: 'protocol' });
    assertRefused('Route', { table: true }, { code: TYPE, field: 'table' });
  });

  it('flags by names, hex and number', () => {
    assert.deepEqual(encode('Address', { flags: ['nodad', '0x10000'] }), encode('Address', { flags: 0x10002 }));
    assert.deepEqual(roundTrip('Address', { flags: 0x10002 }).flags, ['nodad', '0x10000']);
    for (const flags of [['Nodad'], ['0x'], ['0xg'], ['0x1 '], ['0x1ffffffff'], ['2'], ['0x-1'], ['']]) {
      assertRefused('Address', { flags }, { code: VALUE, field: 'flags[0]', message: /one of/ });
    }
    assertRefused('Address', { flags: ['nodad', 2] }, { code: TYPE, field: 'flags[1]' });
    assertRefused('Address', { flags: 'nodad' }, { code: TYPE, field: 'flags', message: /array of flag names/ });
    assertRefused('Address', { flags: 2 ** 32 }, { code: RANGE, field: 'flags' });
  });

  it('flags that only the kernel tells are taken and not sent', () => {
    assert.deepEqual(
      encode('Route', { flags: ['onlink', 'linkdown', 'offload'] }),
      encode('Route', { flags: ['onlink'] }),
    );
  });

  it('bounds, fractions, bigints, unsafe integers', () => {
    assert.deepEqual(encode('Link', { mtu: 1500n }), encode('Link', { mtu: 1500 }));
    assert.deepEqual(encode('Link', { mtu: -0 }), encode('Link', { mtu: 0 }));
    const wrong = [
      -1,
      2 ** 32,
      -1n,
      2n ** 32n,
      2n ** 64n,
      -(2n ** 64n),
      2n ** 200n,
      1.5,
      Number.NaN,
      Infinity,
      -Infinity,
    ];
    wrong.push(2 ** 53, Number.MAX_VALUE, Number.MIN_VALUE);
    for (const mtu of wrong) assertRefused('Link', { mtu }, { code: RANGE, field: 'mtu' });
    assertRefused('Link', { index: -1 }, { code: RANGE, field: 'index', message: />= 0 and <= 2147483647/ });
    assertRefused(
      'Link',
      { kind: 'vxlan', options: { id: 0x1000000 } },
      { code: RANGE, field: 'options.id', message: /16777215/ },
    );
    assert.equal(roundTrip('Rule', { suppressPrefixLength: -1 }).suppressPrefixLength, -1);
    assert.equal(roundTrip('Rule', { suppressPrefixLength: -(2 ** 31) }).suppressPrefixLength, -(2 ** 31));
    assertRefused('Rule', { suppressPrefixLength: -(2 ** 31) - 1 }, { code: RANGE, field: 'suppressPrefixLength' });
    assert.equal(roundTrip('Rule', { tunId: 2n ** 64n - 1n }).tunId, 2n ** 64n - 1n);
    assert.equal(roundTrip('Rule', { tunId: 5 }).tunId, 5n);
    assertRefused('Rule', { tunId: 2 ** 53 }, { code: RANGE, field: 'tunId', message: /bigint/ });
    for (const mtu of ['1500', true, null, [1500], {}, Symbol('x'), () => 1, new Date(0), new Uint8Array(4)]) {
      assertRefused('Link', { mtu }, { code: TYPE, field: 'mtu', message: /must be a number/ });
    }
  });

  it('times are in milliseconds; what the kernel cannot hold is refused', () => {
    const bridge = (options: Plain) => ({ kind: 'bridge', options });
    assert.deepEqual((roundTrip('Link', bridge({ forwardDelay: 1500 })).options as Plain).forwardDelay, 1500);
    assertRefused('Link', bridge({ forwardDelay: 1505 }), {
      code: RANGE,
      field: 'options.forwardDelay',
      message: /multiple of 10\b/,
    });
    assertRefused('Link', bridge({ forwardDelay: 0.5 }), { code: RANGE, field: 'options.forwardDelay' });
    assert.deepEqual(
      (roundTrip('Link', bridge({ forwardDelay: 42_949_672_950 })).options as Plain).forwardDelay,
      42_949_672_950,
    );
    assertRefused('Link', bridge({ forwardDelay: 42_949_672_960 }), {
      code: RANGE,
      field: 'options.forwardDelay',
      message: /42949672950/,
    });
    assertRefused(
      'Address',
      { validLifetime: 1500 },
      { code: RANGE, field: 'validLifetime', message: /multiple of 1000/ },
    );
    assertRefused('Address', { validLifetime: -1000 }, { code: RANGE, field: 'validLifetime' });
    assert.equal(roundTrip('Address', { validLifetime: Infinity }).validLifetime, Infinity);
    assertRefused('Address', { validLifetime: -Infinity }, { code: RANGE, field: 'validLifetime' });
    // The kernel counts round trip times in eighths.
    assert.deepEqual(roundTrip('Route', { metrics: { rtt: 0.125, rttvar: 2.5 } }).metrics, { rtt: 0.125, rttvar: 2.5 });
    assertRefused(
      'Route',
      { metrics: { rtt: 0.1 } },
      { code: RANGE, field: 'metrics.rtt', message: /multiple of 1\/8/ },
    );
    assertRefused('Route', { metrics: { rtt: 2 ** 29 } }, { code: RANGE, field: 'metrics.rtt' });
    assert.deepEqual(roundTrip('Route', { metrics: { rtt: 3n } }).metrics, { rtt: 3 });
  });

  it('weights', () => {
    for (const weight of [0, 257, -1, 2n ** 64n - 1n]) {
      assertRefused(
        'Route',
        { nexthops: [{ weight }] },
        { code: RANGE, field: 'nexthops[0].weight', message: />= 1 and <= 256/ },
      );
    }
    assert.equal((roundTrip('Route', { nexthops: [{ weight: 256 }] }).nexthops as Plain[])[0]?.weight, 256);
  });
});

describe('codec: strings', () => {
  it("links' names", () => {
    assert.equal(roundTrip('Link', { name: 'a'.repeat(15) }).name, 'a'.repeat(15));
    assert.equal(roundTrip('Link', { name: 'кот%d' }).name, 'кот%d');
    for (const name of ['', '.', '..', 'a/b', 'a:b', 'a b', 'a\tb', 'a\n', 'a\0b', 'a'.repeat(16), 'котокотк']) {
      assertRefused('Link', { name }, { code: VALUE, field: 'name', message: /link's name/ });
    }
    assert.deepEqual(roundTrip('Link', { altNames: ['a', 'b'.repeat(127)] }).altNames, ['a', 'b'.repeat(127)]);
    assertRefused('Link', { altNames: ['a', 'b'.repeat(128)] }, { code: VALUE, field: 'altNames[1]' });
  });

  it('over-long ones, NUL, lone surrogates', () => {
    assert.equal(roundTrip('Link', { alias: 'é'.repeat(127) }).alias, 'é'.repeat(127));
    assertRefused('Link', { alias: 'é'.repeat(128) }, { code: VALUE, field: 'alias', message: /at most 254 bytes/ });
    assertRefused('Link', { alias: 'x'.repeat(1_000_000) }, { code: VALUE, field: 'alias' });
    assertRefused('Link', { alias: 'a\0b' }, { code: VALUE, field: 'alias', message: /without NUL/ });
    assert.equal(roundTrip('Link', { alias: 'a\ud800b' }).alias, 'a\ufffdb');
  });

  it('a link by name or index', () => {
    // A name is looked up when the message is sent.
    assertBytes('Address', { link: 'eth0' }, '00000000 00000000');
    assertRefused('Address', { link: 'a/b' }, { code: VALUE, field: 'link' });
    assertRefused('Address', { link: '' }, { code: VALUE, field: 'link' });
    assertRefused('Address', { link: -1 }, { code: RANGE, field: 'link' });
    assertRefused('Address', { link: 2 ** 31 }, { code: RANGE, field: 'link' });
    assertRefused('Address', { link: true }, { code: TYPE, field: 'link', message: /name .* or index/ });
    assertBytes('Address', { link: null }, '00000000 00000000');
  });

  it('a namespace', () => {
    for (const netns of [
      5,
      null,
      {},
      { pid: 0 },
      { pid: 1.5 },
      { fd: -1 },
      { path: '' },
      { path: 'a\0b' },
      [],
      '',
      'a/b',
      '..',
    ]) {
      assertRefused('Link', { netns }, { code: TYPE, field: 'netns', message: /Netns/ });
    }
  });
});

describe('codec: objects', () => {
  /** A link with values of every class: whole and other numbers, words, flags, 64 bits, objects in arrays, bytes. */
  const LINK = `00 00 0100 05000000 43100000 00000000  // ifinfomsg: index 5, up
    0800 0400 dc050000   0800 1b00 ffffffff          // mtu, and a group that takes 32 bits
    0900 0300 65746830 00 000000                     // name
    0c00 4200 81960a0000000000                       // a number with a fraction: maxPacingOffloadHorizon
    cc00 1700 ${'0807060504030201'.repeat(25)}       // counters
    0600 ff3f abcd 0000                              // bytes that no table knows`;
  const WORKER = `
    import { addon } from ${JSON.stringify(new URL('../../lib/addon.ts', import.meta.url).href)};
    import { readTape } from ${JSON.stringify(new URL('../../lib/tape.ts', import.meta.url).href)};
    const objects = [];
    for (let i = 0; i < 3; i++) readTape(addon.decode('Link', Buffer.from(process.argv[1], 'hex')), objects);
    console.log(objects.map((object) => inspect(object, { depth: 9 })).join());`;

  it('are the same where the process may not compile strings', () => {
    const bytes = hex(LINK);
    const expected = decode('Link', bytes);
    assert.equal(expected.group, 0xffff_ffff);
    assert.equal(expected.up, true);
    assert.equal((expected.stats as Plain).rxBytes, 0x0102_0304_0506_0708n);
    const args = ['--import', 'tsx', '--input-type=module', '-e', `import { inspect } from 'node:util';${WORKER}`];
    const output = execFileSync(
      process.execPath,
      ['--disallow-code-generation-from-strings', ...args, bytes.toString('hex')],
      { encoding: 'utf8' },
    );
    assert.equal(
      output.trim(),
      Array(3)
        .fill(inspect(expected, { depth: 9 }))
        .join(),
    );
  });
});

describe('codec: what the tables do not know', () => {
  it('is kept by number and bytes', () => {
    const bytes = hex(`${IFINFOMSG} 0800 0400 dc050000 0600 ff3f abcd 0000 0400 fe3f`);
    assert.deepEqual(decode('Link', bytes).unknown, [
      { type: 0x3fff, data: Uint8Array.of(0xab, 0xcd) },
      { type: 0x3ffe, data: new Uint8Array() },
    ]);
    assert.equal(decode('Link', bytes).mtu, 1500);
  });

  it('is what is too short for its type, too', () => {
    assert.deepEqual(decode('Link', hex(`${IFINFOMSG} 0600 0400 dc05 0000`)).unknown, [
      { type: 4, data: Uint8Array.of(0xdc, 5) },
    ]);
  });

  it('a kind without a table is given as it is shown', () => {
    const options = { unknown: [{ type: 1, data: Uint8Array.of(1, 2, 3) }] };
    const shown = roundTrip('Link', { kind: 'somekind', options });
    assert.equal(shown.kind, 'somekind');
    assert.deepEqual(shown.options, options);
    const refuse = (given: unknown, field: string, code: string) => {
      assertRefused('Link', { kind: 'somekind', options: given }, { code, field, message: /./ });
    };
    refuse({ id: 1 }, 'options', VALUE);
    refuse({}, 'options', VALUE);
    refuse([], 'options', TYPE);
    refuse({ unknown: [5] }, 'options.unknown[0]', TYPE);
    refuse({ unknown: [{ type: 0x4000, data: new Uint8Array() }] }, 'options.unknown[0]', RANGE);
    refuse({ unknown: [{ type: 1, data: 'x' }] }, 'options.unknown[0]', TYPE);
    refuse({ unknown: [{ type: 1, data: new Uint16Array(2) }] }, 'options.unknown[0]', TYPE);
    refuse({ unknown: [{ type: 1, data: new Uint8Array(65_532) }] }, '', RANGE);
  });

  it('options need their kind', () => {
    assertRefused('Link', { options: {} }, { code: VALUE, field: 'options', message: /without "kind"/ });
    assertRefused('Link', { kind: 5, options: {} }, { code: TYPE, field: 'kind' });
    assert.deepEqual(roundTrip('Link', { port: { hairpin: true } }).port, { hairpin: true });
  });

  it('what was read can be given back: read-only fields, derived ones and `unknown` are taken', () => {
    const shown = decode(
      'Link',
      hex(`02 00 0100 05000000 41000000 00000000 0800 0500 07000000 0600 ff3f abcd 0000 0800 3200 44000000`),
    );
    assert.equal(shown.linkIndex, 7);
    assert.equal(shown.minMtu, 68);
    assertBytes('Link', shown, `02 00 0000 05000000 01000000 ${maskOfBits()} 0800 0500 07000000`);
  });

  /** The change mask when all bits of a link that are shown are given back. */
  function maskOfBits(): string {
    const bits = addon.tables().tables.LinkHeader?.fields.reduce((mask, field) => mask | (field.bit ?? 0), 0) ?? 0;
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(bits);
    return bytes.toString('hex');
  }
});

describe('codec: malformed bytes', () => {
  it('cut off anywhere: null, or what is whole', () => {
    const whole = encode('Route', {
      dst: '10.0.0.0/8',
      metrics: { mtu: 1400 },
      nexthops: [{ gateway: '10.0.0.1', weight: 2 }],
      encapType: 'mpls',
      encap: { dst: Uint8Array.of(0, 1, 1, 0xff), ttl: 3 },
    });
    for (let length = 0; length < whole.length; length++) {
      const tape = addon.decode('Route', Uint8Array.prototype.slice.call(whole, 0, length));
      if (length < 12) assert.equal(tape, null);
    }
    assert.ok(addon.decode('Route', whole));
  });

  it('lengths that cannot be', () => {
    for (const attribute of ['0300 0400 00000000', '0000 0400', 'ffff 0400 00000000', '0900 0400 dc050000', '08']) {
      assert.equal(addon.decode('Link', hex(IFINFOMSG + attribute)), null, attribute);
    }
    // In a nest, and in the records of a multipath route.
    assert.equal(addon.decode('Link', hex(`${IFINFOMSG} 0800 1280 ffff0100`)), null);
    for (const record of ['0700 0000 00000000', '1000 0000 00000000', '0000 0000 00000000']) {
      assert.equal(addon.decode('Route', hex(`020000000000000000000000 0c00 0900 ${record}`)), null, record);
    }
  });

  it('nests without end', () => {
    let nest = Buffer.alloc(0);
    for (let i = 0; i < 500; i++) {
      const wrap = (type: number, payload: Buffer) => {
        const header = Buffer.alloc(4);
        header.writeUInt16LE(payload.length + 4);
        header.writeUInt16LE(type, 2);
        return Buffer.concat([header, payload]);
      };
      const kind = wrap(1, Buffer.from('netkit\0\0'));
      nest = wrap(18, Buffer.concat([kind, wrap(2, wrap(1, Buffer.concat([Buffer.alloc(16), nest])))]));
    }
    // The peer is written only: nobody goes down there.
    assert.ok(addon.decode('Link', Buffer.concat([hex(IFINFOMSG), nest])));
  });

  it('arguments that are none', () => {
    assert.throws(() => addon.decode('Nothing', new Uint8Array(16)), TypeError);
    assert.throws(() => addon.decode('Link', 'text' as never), TypeError);
    assert.throws(() => addon.decode('Link', undefined as never), TypeError);
    assert.throws(() => addon.encode('Nothing', {}), TypeError);
    assert.throws(() => addon.encode(5 as never, {}), TypeError);
  });
});

describe('codec: hostile values', () => {
  class Mine extends Error {}

  const throwing = (...keys: string[]): Plain => {
    const object = {};
    for (const key of keys) {
      Object.defineProperty(object, key, {
        enumerable: true,
        get() {
          throw new Mine(key);
        },
      });
    }
    return object;
  };

  const throwingArray = (): unknown[] => {
    const array: unknown[] = [];
    Object.defineProperty(array, 0, Object.getOwnPropertyDescriptor(throwing('x'), 'x') as PropertyDescriptor);
    return array;
  };

  it("a getter's own exception comes out, wherever it is", () => {
    const thrown = (object: string, spec: unknown) => assert.throws(() => encode(object, spec), Mine);
    thrown('Link', throwing('mtu'));
    thrown('Link', throwing('nosuch'));
    thrown('Route', throwing('family'));
    thrown('Link', throwing('kind'));
    thrown('Link', { kind: 'vxlan', options: throwing('id') });
    thrown('Link', { kind: 'vlan', options: throwing('reorderHdr') });
    thrown('Link', { kind: 'vlan', options: { egressQos: throwingArray() } });
    thrown('Link', { kind: 'vlan', options: { egressQos: [throwing('from')] } });
    thrown('Link', { kind: 'somekind', options: throwing('unknown') });
    thrown('Link', { kind: 'somekind', options: { unknown: throwingArray() } });
    thrown('Link', { kind: 'somekind', options: { unknown: [throwing('type')] } });
    thrown('Link', { kind: 'somekind', options: { unknown: [throwing('type', 'data')] } });
    thrown('Link', { kind: 'somekind', options: { unknown: [{ type: 1, ...{}, __proto__: throwing('data') }] } });
    thrown('Link', { kind: 'veth', options: { peer: throwing('name') } });
    thrown('Link', { altNames: throwingArray() });
    thrown('Link', { netns: throwing('path') });
    thrown('Link', throwing('token'));
    thrown('Address', { flags: throwingArray() });
    thrown('Address', throwing('validLifetime'));
    thrown('Route', { nexthops: throwingArray() });
    thrown('Route', { nexthops: [throwing('weight')] });
    thrown('Nexthop', { group: throwingArray() });
    thrown('Nexthop', { group: [throwing('id')] });
    // Read-only fields are not looked at.
    assertBytes('Link', throwing('stats'), IFINFOMSG);
  });

  it('proxies', () => {
    assertBytes('Link', new Proxy({ mtu: 1 }, {}), `${IFINFOMSG} 0800 0400 01000000`);
    const trap = new Proxy(
      {},
      {
        ownKeys() {
          throw new Mine('ownKeys');
        },
      },
    );
    assert.throws(() => encode('Link', trap), Mine);
    assert.throws(() => encode('Link', { kind: 'vxlan', options: trap }), Mine);
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    assert.throws(() => encode('Link', proxy), /revoked/);
    assertRefused('Link', { altNames: new Proxy(['a'], {}) }, { code: TYPE, field: 'altNames' });
  });

  it('frozen, sealed and prototype-less objects, classes, symbols', () => {
    const expected = encode('Link', { mtu: 1 });
    assert.deepEqual(encode('Link', Object.freeze({ mtu: 1 })), expected);
    assert.deepEqual(encode('Link', Object.assign(Object.create(null), { mtu: 1 })), expected);
    assert.deepEqual(
      encode(
        'Link',
        new (class {
          mtu = 1;
        })(),
      ),
      expected,
    );
    assert.deepEqual(encode('Link', { mtu: 1, [Symbol('name')]: 'x' }), expected);
    assert.deepEqual(encode('Link', Object.defineProperty({ mtu: 1 }, 'nosuch', { value: 1 })), expected);
  });

  it('keys that are not known are refused, whatever they are', () => {
    for (const key of [
      'nosuch',
      '',
      '__proto__',
      'constructor',
      'toString',
      'ключ',
      '\ud800',
      '0',
      'MTU',
      'mtu ',
      'Index',
      'mtuIndex',
    ]) {
      const spec: unknown = JSON.parse(`{ ${JSON.stringify(key)}: 1 }`);
      assertRefused('Link', spec, {
        code: VALUE,
        field: key === '\ud800' ? '\ufffd' : key,
        message: /not known. Received 1$/,
      });
    }
    assertRefused(
      'Link',
      { kind: 'dummy', options: { x: 'y' } },
      { code: VALUE, field: 'options.x', message: /Received 'y'/ },
    );
    assertRefused(
      'Link',
      { kind: 'veth', options: { peer: { mtuu: 1 } } },
      { code: VALUE, field: 'options.peer.mtuu' },
    );
    assertRefused('Nexthop', { group: [{ id: 1, nosuch: 1 }] }, { code: VALUE, field: 'group[0].nosuch' });
    assertRefused('Rule', { uidRange: { start: 1, stop: 1 } }, { code: VALUE, field: 'uidRange.stop' });
  });

  it('what is no object where one belongs, and arrays where none belongs', () => {
    for (const spec of [undefined, null, 5, 'text', true, [], 10n, Symbol('x'), () => 1, new Uint8Array(4)]) {
      assertRefused('Link', spec, { code: TYPE, field: '', message: /must be an object/ });
      if (spec === undefined) continue;
      assertRefused('Link', { kind: 'veth', options: spec }, { code: TYPE, field: 'options' });
      assertRefused('Rule', { uidRange: spec }, { code: TYPE, field: 'uidRange' });
      assertRefused('Nexthop', { group: [spec] }, { code: TYPE, field: 'group[0]' });
      if (!Array.isArray(spec)) assertRefused('Nexthop', { group: spec }, { code: TYPE, field: 'group' });
    }
    assertRefused('Link', { altNames: 'x' }, { code: TYPE, field: 'altNames', message: /must be an array/ });
    assertRefused('Link', { altNames: { 0: 'x', length: 1 } }, { code: TYPE, field: 'altNames' });
    assertRefused('Link', { altNames: new Array(5) }, { code: TYPE, field: 'altNames[0]' });
  });

  it('an object that holds itself, and objects in objects', () => {
    const self: Plain = { kind: 'veth' };
    self.options = { peer: self };
    assertRefused('Link', self, {
      code: VALUE,
      field: Array(8).fill('options.peer').join('.'),
      message: /too deep/,
    });
    const expression: Plain = { name: 'dynset' };
    expression.data = { expr: expression };
    assertRefused(
      'NfRule',
      { expressions: [expression] },
      {
        code: VALUE,
        field: `expressions[0].${Array(7).fill('data.expr').join('.')}.data`,
        message: /too deep/,
      },
    );
    let deep: Plain = {};
    for (let i = 0; i < 100_000; i++) deep = { kind: 'netkit', options: { peer: deep } };
    assert.throws(() => encode('Link', deep), /too deep/);
  });

  it('messages that are too large', () => {
    const altNames = Array.from({ length: 2000 }, (_, i) => `name${i}`.padEnd(60, 'x'));
    assertRefused('Link', { altNames }, { code: RANGE, field: '', message: /65,535/ });
    const srh = new Uint8Array(65_531);
    assertRefused('Route', { encapType: 'rpl', encap: { srh } }, { code: RANGE, field: '', message: /65,535/ });
    assertRefused(
      'Route',
      { newdst: new Uint8Array(65_532) },
      { code: VALUE, field: 'newdst', message: /at most 65531 bytes/ },
    );
    assert.equal(encode('Route', { newdst: srh }).length, 12 + 4 + 65_532);
  });

  it('shows values shortly and without running their code', () => {
    const nasty = {
      toString() {
        throw new Mine('toString');
      },
      [Symbol.toPrimitive]() {
        throw new Mine('toPrimitive');
      },
      toJSON() {
        throw new Mine('toJSON');
      },
    };
    assertRefused('Link', { mtu: nasty }, { code: TYPE, field: 'mtu', message: /Received an object$/ });
    assertRefused('Link', { mtu: '€'.repeat(100) }, { code: TYPE, field: 'mtu', message: /Received '€{13}\.\.\.'$/ });
    assertRefused('Link', { mtu: 10n ** 100n }, { code: RANGE, field: 'mtu', message: /Received 10{39}\.\.\.n$/ });
  });
});
