// What networks compute without a kernel: addresses, comments, records, descriptions that are refused.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Netns, type Network, PortInUseError } from '../../lib/index.js';
import { bucket } from '../../lib/network/bandwidth.js';
import { portClaims } from '../../lib/network/claim.js';
import { readComment, writeComment } from '../../lib/network/comment.js';
import { Endpoint } from '../../lib/network/endpoint.js';
import { addressBytes, addressText, derivedMac, macOf, Subnet } from '../../lib/network/ip.js';
import { readLinkText, writeLinkText } from '../../lib/network/link-text.js';
import {
  endpointKey,
  networkNumber,
  type PortElement,
  readEndpoint,
  readPort,
  writeEndpoint,
} from '../../lib/network/records.js';
import { type PortPlan, type PortSpec, parseRate, planEndpoint, planNetwork } from '../../lib/network/spec.js';
import { tellElements, tellPlans } from '../../lib/network/told.js';

const network = { ...planNetwork({ name: 'demo', subnets: ['fd00:88::/64', '10.88.0.0/16'] }), mtu: 1500 };

/** Ports without those that are asked for once more. */
function once(ports: readonly PortSpec[]): PortSpec[] {
  const first: PortSpec[] = [];
  for (const port of ports) {
    try {
      planEndpoint({ id: 'x', ports: [...first, port] }, network);
      first.push(port);
    } catch (error) {
      if (!(error instanceof PortInUseError)) throw error;
    }
  }
  return first;
}

describe('network: addresses', () => {
  it('reads and writes what is an address, and nothing else', () => {
    for (const text of ['10.88.0.1', '0.0.0.0', 'fd00:88::1', '::1', '::']) {
      assert.equal(addressText(addressBytes(text) as Uint8Array), text);
    }
    for (const text of [
      '',
      '10.88.1',
      '010.0.0.1',
      '0x7f.1',
      '256.0.0.1',
      'fe80::1%eth0',
      'fd00:::1',
      '1.2.3.4/8',
      'x',
    ]) {
      assert.equal(addressBytes(text), undefined, text);
    }
  });

  it('counts hosts of subnets of any length', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (isIpv4, random, part, place) => {
          const bits = isIpv4 ? 32 : 128;
          const length = Math.floor(part * (bits - 2));
          const base = random
            .slice(0, bits / 8)
            .map((byte, i) => byte & (0xff << Math.max(0, Math.min(8, 8 - (length - i * 8)))));
          const subnet = Subnet.parse(`${addressText(base)}/${length}`, 'subnet');
          const number = Math.floor(place * (subnet.size - 1));
          assert.equal(subnet.numberOf(subnet.host(number)), number);
          assert.equal(subnet.numberOf(subnet.base), 0);
          if (bits - length < 48) assert.equal(subnet.numberOf(subnet.last), subnet.size - 1);
          assert.ok(subnet.overlaps(subnet));
        },
      ),
    );
  });

  it('tells subnets apart', () => {
    const parse = (text: string) => Subnet.parse(text, 'subnet');
    assert.ok(parse('10.88.0.0/16').overlaps(parse('10.88.7.0/24')));
    assert.ok(parse('10.88.7.0/24').overlaps(parse('10.88.0.0/16')));
    assert.ok(!parse('10.88.0.0/24').overlaps(parse('10.88.1.0/24')));
    assert.ok(!parse('10.88.0.0/16').overlaps(parse('fd00::/8')));
    assert.equal(parse('10.88.0.0/16').numberOf(Uint8Array.of(10, 89, 0, 1)), undefined);
    assert.equal(parse('10.88.0.0/20').numberOf(Uint8Array.of(10, 88, 16, 0)), undefined);
    const wide = parse('fd00:88::/64');
    const has = (text: string) => wide.isHost(addressBytes(text) as Uint8Array);
    assert.deepEqual(
      ['fd00:88::ffff:ffff:ffff:ffff', 'fd00:88::1', 'fd00:88::', 'fd00:88:0:1::1', 'fd00:87::1', '10.88.0.1'].map(has),
      [true, true, false, false, false, false],
    );
    const few = parse('10.88.0.0/30');
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((last) => few.isHost(Uint8Array.of(10, 88, 0, last))),
      [false, true, true, false, false],
    );
    for (const text of ['10.88.0.1/16', '10.88.0.0', '10.88.0.0/31', '10.88.0.0/33', '/8', 7]) {
      assert.throws(() => Subnet.parse(text, 'subnets[0]'), { field: 'subnets[0]' });
    }
  });

  it('derives link-layer addresses, locally administered and no group’s', () => {
    const v4 = [Subnet.parse('10.88.0.0/16', 'subnet')];
    assert.equal(derivedMac(v4, Uint8Array.of(10, 88, 0, 2)), '02:6e:0a:58:00:02');
    const v6 = [Subnet.parse('fd00:88::/64', 'subnet')];
    const of = (text: string) => derivedMac(v6, addressBytes(text) as Uint8Array);
    assert.equal(of('fd00:88::2'), '02:6e:00:00:00:02');
    assert.equal(of('fd00:88::ffff:ffff'), '02:6e:ff:ff:ff:ff');
    const far = ['fd00:88::1:0:1', 'fd00:88::1:0:2', 'fd00:88::211:22ff:fe33:4455', 'fd00:88::ffff:ffff:ffff:ffff'].map(
      of,
    );
    assert.equal(new Set(far).size, far.length);
    for (const mac of far) assert.match(mac, /^fa:/);
    // Those of a larger subnet differ before the last eight bytes, too.
    const large = [Subnet.parse('fd00:88::/48', 'subnet')];
    const wide = ['fd00:88:0:1::2', 'fd00:88:0:2::2'].map((text) =>
      derivedMac(large, addressBytes(text) as Uint8Array),
    );
    assert.notEqual(wide[0], wide[1]);
  });
});

describe('network: records', () => {
  it('comments hold any text, in words without quotes and spaces', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string({ unit: 'grapheme' })), (fields) => {
        const text = writeComment(fields);
        assert.ok(!/["'\\]|\s{2}/.test(text));
        assert.deepEqual({ ...readComment(text) }, { ...fields });
      }),
    );
  });

  it('an endpoint is read as it was written, and what follows from the rest is left out', () => {
    const address = Uint8Array.of(10, 88, 0, 2);
    const key = endpointKey('demo', 'web');
    assert.equal(key.length, 15);
    const plain = {
      key,
      id: 'web',
      network: 'demo',
      addresses: [address],
      mac: macOf(address, 0x02),
      made: 'mdw3k2x1',
      netns: { kind: 'made', name: 'np-demo-web' } as const,
      interface: 'eth0',
      hostInterface: key,
      hasPorts: false,
      ingress: undefined,
      egress: undefined,
      burst: undefined,
    };
    assert.equal(writeEndpoint(plain), 'id=web net=demo ip=10.88.0.2 at=mdw3k2x1');
    const all = {
      ...plain,
      id: 'a "b" ä=%',
      mac: '02:00:00:00:00:01',
      netns: { kind: 'path', path: '/var/run/x y' } as const,
      interface: 'net1',
      hostInterface: 'other',
      hasPorts: true,
      ingress: 1,
      egress: 2,
      burst: 3,
    };
    for (const record of [
      plain,
      all,
      { ...all, netns: { kind: 'named', name: 'x' } as const },
      { ...all, netns: { kind: 'nameless' } as const },
    ]) {
      assert.deepEqual(readEndpoint(key, writeEndpoint(record)), record);
    }
    assert.equal(readEndpoint(key, 'somebody else wrote this'), undefined);
  });

  it('a link tells an endpoint’s ports, in its alias or else in names that the kernel and ip take', () => {
    const record = {
      key: endpointKey('demo', 'web'),
      id: 'web',
      network: 'demo',
      addresses: [Uint8Array.of(10, 88, 0, 2)],
      mac: macOf(Uint8Array.of(10, 88, 0, 2), 0x02),
      made: 'mdw3k2x1',
      netns: { kind: 'made', name: 'np-demo-web' } as const,
      interface: 'eth0',
      hostInterface: endpointKey('demo', 'web'),
      hasPorts: true,
      ingress: undefined,
      egress: undefined,
      burst: undefined,
    };
    const port = fc.record(
      {
        protocol: fc.constantFrom('tcp', 'udp', 'sctp'),
        hostPort: fc.integer({ min: 1, max: 64_000 }),
        port: fc.constantFrom(80, 443, 64_000),
        count: fc.integer({ min: 2, max: 99 }),
        hostAddress: fc.constantFrom('127.0.0.1', '2001:db8::1', '0.0.0.0', '::'),
      },
      { requiredKeys: ['protocol', 'hostPort', 'port'] },
    );
    /** Some that go on where one ends, with its target or the next. */
    const row = fc.tuple(port, fc.integer({ min: 1, max: 9 }), fc.constantFrom(0, 1)).map(([first, length, step]) => {
      const { count = 1 } = first;
      const next = (_: unknown, i: number) => ({
        ...first,
        hostPort: first.hostPort + i * count,
        port: first.port + i * (count > 1 ? count : step),
      });
      return Array.from({ length }, next) as PortSpec[];
    });
    /** Every single port by itself. */
    const single = (ports: readonly (PortSpec | PortPlan)[]) =>
      ports.flatMap(({ protocol, hostPort, port, count = 1, ...rest }) =>
        Array.from({ length: count }, (_, i) => {
          const { hostAddress, step = 1 } = rest as { hostAddress?: string | Uint8Array; step?: number };
          const host = typeof hostAddress === 'object' ? addressText(hostAddress) : hostAddress;
          return `${protocol} ${host} ${hostPort + i} ${port + i * step}`;
        }),
      );
    const runsOf = (ports: readonly PortSpec[]) => planEndpoint({ id: 'web', ports }, network).ports;
    const comment = writeEndpoint(record);
    fc.assert(
      fc.property(fc.array(row, { maxLength: 25 }), (rows) => {
        const ports = once(rows.flat());
        const told = writeLinkText(comment, runsOf(ports));
        assert.ok(Buffer.byteLength(told.alias) <= 255 && told.altNames.length <= 8);
        for (const name of told.altNames) assert.match(name, /^[^\s:/]{1,127}$/);
        const read = readLinkText(told, 'demo');
        assert.deepEqual(read?.record, record);
        assert.deepEqual(single(read?.ports ?? []), single(ports));
      }),
    );
    const many = Array.from({ length: 500 }, (_, i) => 1000 + i);
    const alike = runsOf(many.map((hostPort) => ({ hostPort, port: hostPort })));
    assert.match(writeLinkText(comment, alike).alias, / p=tcp:1000-1000x500$/);
    const together = runsOf(many.map((hostPort) => ({ hostPort, port: 80 })));
    assert.match(writeLinkText(comment, together).alias, / p=tcp:1000-80\*500$/);
    // Any free port is none that another goes on from, and what a proxy publishes no link tells.
    assert.equal(runsOf([0, 1, 0, 2].map((hostPort) => ({ hostPort, port: 80 }))).length, 4);
    const proxied = runsOf(many.map((hostPort) => ({ hostPort, port: 80, proxy: hostPort % 2 === 0 })));
    assert.equal(writeLinkText(comment, proxied.slice(0, 3)).alias, `${comment} p=tcp:1001-80`);
    assert.equal(readLinkText({ alias: 'somebody else wrote this' }, 'demo'), undefined);
    assert.equal(readLinkText(writeLinkText(comment, []), 'other'), undefined);
  });

  it('numbers of networks are groups of links', () => {
    for (const name of ['a', 'demo', 'x'.repeat(40)]) {
      const number = networkNumber(name);
      assert.ok(Number.isInteger(number) && number > 0 && number < 2 ** 30);
      assert.equal(networkNumber(name), number);
    }
  });
});

describe('network: descriptions', () => {
  it('are filled in', () => {
    assert.deepEqual(
      network.subnets.map(({ text }) => text),
      ['10.88.0.0/16', 'fd00:88::/64'],
    );
    assert.equal(network.bridge, 'np-demo');
    assert.equal(planNetwork({ name: 'x'.repeat(30), subnets: ['10.0.0.0/8'] }).bridge.length, 15);
    const gateway = planNetwork({ name: 'g', subnets: ['10.88.0.0/16'], gateways: ['10.88.255.254'] });
    assert.equal(addressText(gateway.gateways[0] as Uint8Array), '10.88.255.254');
    const { ports } = planEndpoint({ id: 'x', ports: [{ hostPort: 1, port: 2 }] }, network);
    assert.deepEqual(ports[0], {
      protocol: 'tcp',
      hostPort: 1,
      port: 2,
      count: 1,
      step: 1,
      hostAddress: undefined,
      reserve: false,
      proxy: false,
      told: { protocol: 'tcp', hostPort: 1, port: 2 },
    });
  });

  it('ports are told alike by who publishes them and by their elements', () => {
    const number = (least: number) => fc.integer({ min: least, max: least + 4 });
    const row = fc.record(
      {
        hostPort: number(8000),
        port: number(80),
        count: number(1),
        protocol: fc.constantFrom('tcp', 'udp'),
        hostAddress: fc.constantFrom('0.0.0.0', '::', '192.0.2.1', '2001:db8::1'),
      },
      { requiredKeys: ['hostPort', 'port'] },
    );
    const addresses = [Uint8Array.of(10, 88, 0, 2), addressBytes('fd00:88::2') as Uint8Array];
    const elementsOf = (plans: readonly PortPlan[], own: readonly Uint8Array[]): PortElement[] =>
      portClaims(plans, own).flatMap(({ set, count, keys, data }) =>
        Array.from({ length: count }, (_, i) => {
          const part = (bytes: Uint8Array) => ({
            value: bytes.subarray((i * bytes.length) / count, ((i + 1) * bytes.length) / count),
          });
          return readPort(set, { key: part(keys), data: part(data) } as never) as PortElement;
        }),
      );
    const alike = (ports: readonly PortSpec[], isDualStack: boolean) => {
      const plans = planEndpoint({ id: 'x', ports: once(ports) }, network).ports;
      const elements = elementsOf(plans, isDualStack ? addresses : addresses.slice(0, 1));
      const told = tellElements(elements, isDualStack);
      assert.deepEqual(tellPlans(plans, isDualStack), told);
      return told;
    };
    fc.assert(fc.property(fc.array(row, { maxLength: 6 }), (ports) => void alike(ports as PortSpec[], true)));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), (ports) => {
        void alike(ports.filter(({ hostAddress }) => !hostAddress?.includes(':')) as PortSpec[], false);
      }),
    );
    const tcp = { protocol: 'tcp', hostPort: 8080, port: 80 };
    const [all, all4, all6] = [undefined, '0.0.0.0', '::'].map((hostAddress) => ({
      hostPort: 8080,
      port: 80,
      hostAddress,
    })) as [PortSpec, PortSpec, PortSpec];
    assert.deepEqual(alike([all], true), [tcp]);
    assert.deepEqual(alike([all6, all4], true), [tcp]);
    assert.deepEqual(alike([all4], true), [{ ...tcp, hostAddress: '0.0.0.0' }]);
    assert.deepEqual(alike([all4], false), [tcp]);
    assert.deepEqual(alike([all4, { ...all6, port: 81 }], true), [
      { ...tcp, hostAddress: '0.0.0.0' },
      { ...tcp, port: 81, hostAddress: '::' },
    ]);
    assert.deepEqual(alike([{ ...all, hostPort: 8081, port: 81 }, all4, all6], true), [{ ...tcp, count: 2 }]);
    assert.deepEqual(alike([{ ...all, hostPort: 8081 }, all], true), [tcp, { ...tcp, hostPort: 8081 }]);
  });

  it('are refused by their fields', () => {
    const refused = (spec: object, field: string) =>
      assert.throws(() => planNetwork({ name: 'n', subnets: ['10.0.0.0/8'], ...spec }), { field });
    refused({ name: '' }, 'name');
    refused({ name: '-x' }, 'name');
    refused({ subnets: '10.0.0.0/8' }, 'subnets');
    refused({ subnets: ['10.0.0.0/8', '11.0.0.0/8'] }, 'subnets');
    refused({ mode: 'switch' }, 'mode');
    refused({ gateways: ['11.0.0.1'] }, 'gateways[0]');
    refused({ gateways: ['10.0.0.0'] }, 'gateways[0]');
    refused({ subnets: ['10.0.0.0/8/24'] }, 'subnets[0]');
    refused({ subnets: ['10.0.0.0/0x8'] }, 'subnets[0]');
    refused({ gateways: ['10.0.0.1', '10.0.0.2'] }, 'gateways[1]');
    refused({ masquerade: ['192.0.2.1', '192.0.2.2'] }, 'masquerade[1]');
    refused({ subnets: ['10.0.0.0/8', 'fd00:88::/64'], mtu: 1279 }, 'mtu');
    assert.equal(planNetwork({ name: 'n', subnets: ['fd00:88::/64'], mtu: 1280 }).mtu, 1280);
    assert.equal(planNetwork({ name: 'n', subnets: ['10.0.0.0/8'], mtu: 68 }).mtu, 68);
    refused({ mac: '00:00:00:00:00:00' }, 'mac');
    refused({ bridge: 'half \udc00' }, 'bridge');
    refused({ mtu: 1 }, 'mtu');
    refused({ masquerade: 'x' }, 'masquerade');
    refused({ mode: 'routed', bridge: 'br0' }, 'bridge');
    refused({ maxEndpoints: 0 }, 'maxEndpoints');
    refused({ colour: 1 }, 'colour');
  });

  it('ports of the host are asked for once, told so in any order', () => {
    const all = { hostPort: 8080, port: 80 };
    const single = (hostAddress: string, more = {}) => ({ ...all, hostAddress, ...more });
    const cases: [PortSpec, PortSpec, boolean][] = [
      [all, all, false],
      [all, single('127.0.0.1'), false],
      [all, single('::'), false],
      [single('0.0.0.0'), single('127.0.0.1'), false],
      [single('0.0.0.0'), single('::'), true],
      [single('0.0.0.0'), single('2001:db8::1'), true],
      [single('127.0.0.1'), single('192.0.2.1'), true],
      [single('127.0.0.1'), single('127.0.0.1', { proxy: true }), false],
      [all, single('::1', { proxy: true }), true],
      [single('::'), single('::1', { proxy: true }), true],
      [single('::1', { proxy: true }), single('::1', { proxy: true }), false],
      [all, { ...all, protocol: 'udp' }, true],
      [{ ...all, hostPort: 8000, count: 100 }, { ...all, port: 90 }, false],
      [{ ...all, hostPort: 8000, count: 80 }, { ...all, port: 90 }, true],
      [{ hostPort: 0, port: 1 }, { hostPort: 0, port: 2 }, true],
    ];
    for (const [a, b, isRight] of cases) {
      for (const ports of [
        [a, b],
        [b, a],
        [{ hostPort: 1, port: 1, count: 65_535, protocol: 'sctp' } as const, b, a],
      ]) {
        const plan = () => planEndpoint({ id: 'x', ports }, network);
        if (isRight) plan();
        else assert.throws(plan, { name: 'PortInUseError', port: 8080 }, JSON.stringify(ports));
      }
    }
  });

  it('limits are what the kernel can keep, at both ends', () => {
    for (const rate of [8000, 1e12]) {
      for (const burst of [undefined, 1514, 2 ** 32 - 1]) {
        for (const mtu of [68, 65_535]) {
          const { limit, ...made } = bucket(rate, burst, mtu);
          assert.ok(limit >= made.burst && limit < 2 ** 32, JSON.stringify(made));
          if (burst !== undefined) assert.equal(made.burst, burst);
        }
      }
    }
  });

  it('rates are numbers of bits, or tc’s words', () => {
    for (const [text, rate] of [
      ['10mbit', 1e7],
      ['1gibit', 2 ** 30],
      ['1mbps', 8e6],
      ['64k', 64_000],
      [8000, 8000],
    ] as const) {
      assert.equal(parseRate(text, 'rate'), rate);
    }
    for (const bad of ['fast', '10 mbit', '-1mbit', 7999, Number.NaN, true]) {
      assert.throws(() => parseRate(bad, 'rate'), { field: 'rate' });
    }
  });
});

describe('network: endpoints', () => {
  it('are written as JSON with all that finds them again: namespaces by name or path, not by descriptor', async () => {
    await using open = await Netns.current();
    const fields = {
      id: 'web',
      interface: 'eth0',
      hostInterface: 'veth0',
      addresses: ['10.88.0.2/16'],
      gateways: ['10.88.0.1'],
      mac: '02:6e:0a:58:00:02',
      mtu: 1500,
      ports: [{ protocol: 'tcp' as const, hostPort: 8080, port: 80 }],
      bandwidth: { egress: 1000 },
    };
    for (const netns of ['np-demo-web', { path: '/proc/7/ns/net' }, open, undefined]) {
      const endpoint = new Endpoint({ name: 'demo' } as Network, { ...fields, netns });
      const told = netns === open ? {} : { netns };
      assert.deepEqual(
        JSON.parse(JSON.stringify(endpoint)),
        JSON.parse(JSON.stringify({ network: 'demo', ...fields, ...told })),
      );
    }
  });
});
