// What an endpoint or a network may be asked for besides its addresses and ports, seen where it has an effect.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Network } from '../../lib/index.js';
import { MACHINE6, Machine, OUTSIDE6, tryAll } from '../support/machine.js';
import { ip, linksOf, nft, run } from '../support/sandbox.js';

describe('network: settings', () => {
  let machine: Machine;

  beforeEach(async () => {
    machine = await Machine.create();
  });
  afterEach(() => machine[Symbol.asyncDispose]());

  /** What a parameter is, read in an endpoint's namespace. */
  const inside = (name: string, path: string) => run('ip', 'netns', 'exec', name, 'cat', `/proc/sys/${path}`).trim();

  it('parameters are set in the namespace, and nowhere else', async () => {
    const network = await machine.network();
    const path = 'net/ipv4/ip_unprivileged_port_start';
    const own = () => [readFileSync(`/proc/sys/${path}`, 'utf8'), inside(machine.netns.name, path)];
    const before = own();
    const sysctls = { 'net.ipv4.ip_unprivileged_port_start': 7, 'net.ipv4.conf.eth0.accept_local': true };
    const { netns } = await network.attach({ id: 'web', sysctls });
    assert.equal(inside(netns as string, path), '7');
    assert.equal(inside(netns as string, 'net/ipv4/conf/eth0/accept_local'), '1');
    assert.deepEqual(own(), before);
  });

  it('a link-local address comes by itself where it is asked for, and only there', async () => {
    const network = await machine.network();
    for (const linkLocal of [true, false]) {
      const { netns, id } = await network.attach({ id: `${linkLocal}`, linkLocal });
      const told = () => ip({ name: netns as string }, '-6 addr show dev eth0 scope link');
      if (linkLocal) while (!/inet6 fe80:/.test(told()));
      else assert.equal(told(), '', id);
    }
  });

  it('an address of IPv6 is what endpoints send from', async () => {
    const source = '2001:db8::77';
    // One that nobody takes of himself.
    ip(machine.netns, `addr add ${source}/64 dev eth0 nodad preferred_lft 0`);
    await machine.serve(machine.outside, 'outside', 80, '53/udp');
    for (const [masquerade, seen] of [
      [source, source],
      [true, MACHINE6],
    ] as const) {
      const network = await machine.network({ masquerade });
      const web = await network.attach({ id: 'web' });
      const answers = await tryAll(web, [
        [OUTSIDE6, 80],
        [OUTSIDE6, 53, 'udp'],
      ]);
      assert.deepEqual(answers, Array(2).fill(`outside ${seen}`));
      await network.delete();
    }
  });

  it('ports are elements: there are as many rules with a hundred of them as with none', async () => {
    const network = await machine.network();
    const rules = () => {
      const { nftables } = JSON.parse(nft(machine.netns, '-j', 'list', 'ruleset')) as { nftables: object[] };
      return nftables.filter((one) => 'rule' in one || 'chain' in one).length;
    };
    await network.attach({ id: 'none' });
    const before = rules();
    assert.ok(before > 10);
    const ports = (first: number) =>
      Array.from({ length: 25 }, (_, i) => [
        { hostPort: first + i, port: 80 },
        { hostPort: first + i, port: 53, protocol: 'udp' as const, hostAddress: '192.0.2.1' },
      ]).flat();
    await network.attach({ id: 'one', ports: ports(2000), bandwidth: { egress: '10mbit' } });
    await network.attach({ id: 'other', ports: ports(3000) });
    assert.equal(rules(), before);
  });

  for (const mode of ['bridge', 'routed'] as const) {
    it(`as many namespaces are ready again some time after an attach: ${mode}`, async () => {
      const network: Network = await machine.network({ mode });
      await network.prewarm(3);
      const attached = new Set<string>();
      const ready = () =>
        Object.keys(linksOf(machine.netns)).filter((name) => name.startsWith('veth') && !attached.has(name));
      for (const specs of [[{ id: 'a' }, { id: 'b' }], [{ id: 'c' }]]) {
        const before = ready();
        assert.equal(before.length, 3);
        for (const { hostInterface } of await network.attachMany(specs)) {
          assert.ok(before.includes(hostInterface));
          attached.add(hostInterface);
        }
        while (ready().length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
      }
    });
  }
});
