// What connection tracking remembers of ports, made up here entry by entry: what is forgotten when ports change, and what
// is not.
import assert from 'node:assert/strict';
import type { ConntrackEntry } from '../../lib/index.js';
import { MACHINE, MACHINE6, Machine, OUTSIDE, OUTSIDE6, tryAll } from '../support/machine.js';

/** More entries than are all told, rather than preselected by the kernel. */
const MANY = 1100;

/** A flow from outside: where to, and who answers (by default whom it was sent to). */
interface Flow {
  dst: string;
  dport: number;
  to?: string;
  protocol?: 'tcp' | 'udp' | 'sctp';
}

describe('flows', () => {
  let machine: Machine;
  let sport: number;

  beforeEach(async () => {
    machine = await Machine.create();
    sport = 20_000;
  });
  afterEach(() => machine[Symbol.asyncDispose]());

  async function remember({ dst, dport, to = dst, protocol = 'udp' }: Flow): Promise<void> {
    const src = dst.includes(':') ? OUTSIDE6 : OUTSIDE;
    const mine = sport++;
    await machine.nl.conntrack.add({
      original: { src, dst, protocol, sport: mine, dport },
      reply: { src: dst, dst: src, protocol, sport: dport, dport: mine },
      ...(to !== dst && { natDst: { min: to } }),
      ...(protocol === 'tcp' && { protoInfo: { tcp: { state: 'established' } } }),
      timeout: 600_000,
    });
  }

  const show = ({ original, reply }: ConntrackEntry) =>
    `${original?.protocol} ${original?.dst} ${original?.dport} ${reply?.src}`;
  const remembered = async () =>
    (await machine.nl.conntrack.list())
      .filter(({ original }) => original?.src !== '198.51.100.1')
      .map(show)
      .sort();

  /** Fills the table with what concerns nobody. */
  const fill = (count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, i) => {
        const [src, dst, protocol] = ['198.51.100.1', '198.51.100.2', 'udp'] as const;
        return machine.nl.conntrack.add({
          original: { src, dst, protocol, sport: 1024 + i, dport: 5353 },
          reply: { src: dst, dst: src, protocol, sport: 5353, dport: 1024 + i },
          timeout: 600_000,
        });
      }),
    );

  it('through a joined bridge are kept once, and forgotten when the endpoint goes', async () => {
    const network = await machine.network({ subnets: ['10.88.0.0/16'], maxEndpoints: 1500 });
    const ports = (hostPort: number) => [{ hostPort, port: 53, protocol: 'udp' as const }];
    const endpoints = await network.attachMany([
      { id: 'one', ports: ports(5301) },
      { id: 'other', ports: ports(5302) },
    ]);
    const links = await machine.nl.links.list({ kind: 'veth' });
    const masters = endpoints.map(({ hostInterface }) => links.find(({ name }) => name === hostInterface)?.master);
    assert.equal(new Set(masters).size, 2);
    for (const { id, netns } of endpoints) await machine.serve(netns as string, id, '53/udp');
    const [one, other] = await tryAll(machine.outside, [
      [MACHINE, 5301, 'udp'],
      [MACHINE, 5302, 'udp'],
    ]);
    assert.deepEqual([one, other], [`one ${OUTSIDE}`, `other ${OUTSIDE}`]);
    assert.deepEqual(await remembered(), [`udp ${MACHINE} 5301 10.88.0.2`, `udp ${MACHINE} 5302 10.88.0.3`]);
    await network.detachMany(['one', 'other']);
    assert.deepEqual(await remembered(), []);
  });

  for (const [what, others] of [
    ['few', 0],
    ['many', MANY],
  ] as const) {
    it(`past an endpoint are forgotten when it is published, among ${what}`, async () => {
      const network = await machine.network();
      await fill(others);
      for (const flow of [
        { dst: MACHINE, dport: 5353 },
        { dst: MACHINE6, dport: 5353 },
        { dst: MACHINE, dport: 5353, to: '10.88.7.7' },
        { dst: MACHINE, dport: 5353, to: '10.88.0.2' },
        { dst: MACHINE, dport: 5354 },
        { dst: '203.0.113.1', dport: 5353 },
        { dst: MACHINE, dport: 5353, protocol: 'tcp' },
        { dst: MACHINE, dport: 5353, protocol: 'sctp' },
        { dst: MACHINE, dport: 80, protocol: 'sctp' },
      ] as const) {
        await remember(flow);
      }
      const udp = { hostPort: 5353, port: 53, protocol: 'udp' } as const;
      await network.attach({ id: 'web', ports: [udp, { hostPort: 80, port: 80, protocol: 'sctp' }] });
      assert.deepEqual(await remembered(), [
        `sctp ${MACHINE} 5353 ${MACHINE}`,
        `tcp ${MACHINE} 5353 ${MACHINE}`,
        `udp ${MACHINE} 5353 10.88.0.2`,
        `udp ${MACHINE} 5354 ${MACHINE}`,
        'udp 203.0.113.1 5353 203.0.113.1',
      ]);
    });

    it(`of a range of ports on one address are forgotten, among ${what}`, async () => {
      const network = await machine.network();
      await fill(others);
      for (const dport of [4999, 5000, 5009, 5010]) await remember({ dst: MACHINE, dport });
      await remember({ dst: '127.0.0.1', dport: 5000 });
      await network.attach({
        id: 'web',
        ports: [{ hostPort: 5000, port: 5000, count: 10, protocol: 'udp', hostAddress: MACHINE }],
      });
      assert.deepEqual(await remembered(), [
        'udp 127.0.0.1 5000 127.0.0.1',
        `udp ${MACHINE} 4999 ${MACHINE}`,
        `udp ${MACHINE} 5010 ${MACHINE}`,
      ]);
    });

    it(`of a family that the endpoint does not have stay, among ${what}`, async () => {
      const network = await machine.network({ subnets: ['fd00:88::/64'] });
      await fill(others);
      for (const dst of [MACHINE, MACHINE6]) await remember({ dst, dport: 5353 });
      await network.attach({ id: 'web', ports: [{ hostPort: 5353, port: 53, protocol: 'udp' }] });
      assert.deepEqual(await remembered(), [`udp ${MACHINE} 5353 ${MACHINE}`]);
    });

    it(`led to endpoints are forgotten when they go, among ${what}`, async () => {
      const network = await machine.network();
      const ids = ['web', 'db', 'stays'];
      for (const [i, id] of ids.entries()) await network.attach({ id, ports: [{ hostPort: 8080 + i, port: 80 }] });
      await fill(others);
      const protocol = 'tcp';
      for (const i of [0, 1, 2]) await remember({ dst: MACHINE, dport: 8080 + i, to: `10.88.0.${2 + i}`, protocol });
      await remember({ dst: MACHINE6, dport: 8080, to: 'fd00:88::2', protocol });
      // From the endpoint itself, or to it by its own address: not by a port.
      await remember({ dst: '10.88.0.2', dport: 80, protocol });
      await network.detachMany(['web', 'db']);
      assert.deepEqual(await remembered(), ['tcp 10.88.0.2 80 10.88.0.2', `tcp ${MACHINE} 8082 10.88.0.4`]);
    });
  }
});
