// Who reaches whom, for real: an outside host, the machine, networks of every kind, ten endpoints; what is published, what
// is isolated, what is forged. HTTP by TCP and datagrams, IPv4 and IPv6, bridged and routed.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import type { EndpointSpec, Network, NetworkSpec, PortSpec } from '../../lib/index.js';
import { MACHINE, MACHINE6, Machine, OUTSIDE, OUTSIDE6, type Target, tryAll, tryAllFrom } from '../support/machine.js';
import { run } from '../support/sandbox.js';

/** An address of the machine's that nothing but one network's endpoints leave with. */
const SOURCE = '192.0.2.77';

/** The networks, each with a subnet of its own number: 10.NUMBER.0.0/16 and fd00:NUMBER::/64. */
const NETWORKS: Record<string, { number: number } & Partial<NetworkSpec>> = {
  front: { number: 81 },
  back: { number: 82 },
  // Not isolated from each other.
  east: { number: 83, isolated: false, isolateEndpoints: true },
  west: { number: 84, isolated: false },
  inner: { number: 85, internal: true },
  // What leaves has an address of its own choice, or its own.
  source: { number: 86, masquerade: SOURCE },
  plain: { number: 87, masquerade: false },
};

const published = (hostPort: number, more: Partial<PortSpec> = {}): PortSpec => ({ hostPort, port: 80, ...more });

/** The endpoints, by network. All serve on ports 80 and 81, and datagrams on 53. */
const ENDPOINTS: Record<string, { network: string } & Partial<EndpointSpec>> = {
  web: {
    network: 'front',
    ports: [
      published(8080),
      published(8053, { port: 53, protocol: 'udp' }),
      published(8081, { hostAddress: '127.0.0.1' }),
      published(8082, { hostAddress: MACHINE }),
      published(8083, { hostAddress: MACHINE6 }),
      published(8080, { hostAddress: '::1', proxy: true }),
    ],
  },
  client: { network: 'front' },
  forger: { network: 'front' },
  db: { network: 'back', ports: [published(9080)] },
  east1: { network: 'east' },
  east2: { network: 'east', ports: [published(9081)] },
  west1: { network: 'west' },
  inner1: { network: 'inner' },
  inner2: { network: 'inner' },
  source1: { network: 'source' },
  plain1: { network: 'plain' },
};

/**
 * Who asks; what is asked, by protocol, name of an address (a 6 behind it: IPv6) and port; and who answers, with whom it
 * takes the asker for: `refused` is told at once, `silent` is not told at all.
 */
const PATHS = `
  outside    http  machine:8080      web sees outside
  outside    http  machine6:8080     web sees outside6
  outside    udp   machine:8053      web sees outside
  outside    udp   machine6:8053     web sees outside6
  outside    http  machine:8082      web sees outside
  outside    http  machine6:8083     web sees outside6
  outside    http  machine:9080      db sees outside
  outside    http  machine:7000      machine sees outside

  outside    http  machine:8081      refused           only on 127.0.0.1
  outside    http  machine:8083      refused           only on the IPv6 address
  outside    http  machine6:8082     refused           only on the IPv4 address
  outside    http  machine:8084      refused           not published
  outside    http  web:80            silent            though it knows the way
  outside    http  web6:80           silent
  outside    udp   web:53            silent
  outside    http  plain1:80         silent
  outside    http  inner1:80         silent
  outside    http  localhost:8081    silent            forged: sent to the machine for 127.0.0.1
  outside    http  localhost:8080    silent
  outside    udp   localhost:8053    silent

  machine    http  machine:8080      web sees machine
  machine    http  machine6:8080     web sees machine6
  machine    udp   machine:8053      web sees machine
  machine    http  machine:8082      web sees machine
  machine    http  localhost:8080    web sees front
  machine    udp   localhost:8053    web sees front
  machine    http  localhost:8081    web sees front
  machine    http  localhost6:8080   web sees front6   by the proxy
  machine    http  web:81            web sees front
  machine    http  web6:81           web sees front6
  machine    http  inner1:80         inner1 sees inner
  machine    http  outside:80        outside sees machine
  machine    http  localhost:8082    refused
  machine    http  localhost6:8083   refused

  client     http  web:81            web sees client
  client     http  web6:81           web sees client6
  client     udp   web:53            web sees client
  client     http  machine:8080      web sees front
  client     http  machine6:8080     web sees front6
  client     udp   machine:8053      web sees front
  client     http  machine:9080      db sees client
  client     http  machine6:9080     db sees client6
  client     http  machine:7000      machine sees client
  client     http  outside:80        outside sees machine
  client     http  outside6:80       outside sees machine6
  client     udp   outside:53        outside sees machine
  client     http  machine:8081      refused
  client     http  front:8081        refused
  client     http  db:80             silent            another network, isolated
  client     http  db6:80            silent
  client     http  east1:80          silent
  client     http  inner1:80         silent
  forger     http  localhost:8081    silent            forged: sent to the gateway for 127.0.0.1

  web        http  machine:8080      web sees front    itself
  web        http  machine6:8080     web sees front6
  web        udp   machine:8053      web sees front
  web        http  web:80            web sees web

  east1      http  west1:80          west1 sees east1  networks that are open to each other
  east1      http  west16:80         west1 sees east16
  west1      http  east1:80          east1 sees west1
  east1      http  east2:80          silent            endpoints are isolated
  east1      http  east26:80         silent
  east1      http  machine:9081      east2 sees east   but for published ports, without br_netfilter
  east1      http  web:80            silent            a network that is not open
  east1      http  outside:80        outside sees machine

  inner1     http  inner2:80         inner2 sees inner1
  inner1     http  inner26:80        inner2 sees inner16
  inner1     http  machine:7000      machine sees inner1
  inner1     http  outside:80        silent            no way out
  inner1     http  outside6:80       silent
  inner1     http  west1:80          silent
  inner1     http  machine:8080      silent            published by another network

  source1    http  outside:80        outside sees source
  source1    http  outside6:80       outside sees machine6
  plain1     http  outside:80        outside sees plain1
  plain1     http  outside6:80       outside sees plain16
`;

interface Path {
  title: string;
  from: string;
  protocol: string;
  to: string;
  answer: string;
  why: string;
}

const paths: Path[] = PATHS.split('\n').flatMap((line) => {
  const [from = '', protocol = '', to = '', answer = '', why = ''] = line.trim().split(/ {2,}/);
  const title = `${from} → ${protocol} ${to}: ${answer}${why && `, ${why}`}`;
  return from === '' ? [] : { title, from, protocol, to, answer, why };
});

/** Where bridges hand all their packets to the rules for IP, what is led back into the bridge stays in it, isolated. */
const hasBridgeNetfilter = ['iptables', 'ip6tables'].some((name) => {
  const path = `/proc/sys/net/bridge/bridge-nf-call-${name}`;
  return existsSync(path) && readFileSync(path, 'utf8').trim() === '1';
});
const bridged = ({ why, answer }: Path) => (hasBridgeNetfilter && why.endsWith('br_netfilter') ? 'silent' : answer);
describe('network: traffic', () => {
  for (const mode of ['bridge', 'routed'] as const) {
    describe(mode, () => {
      let machine: Machine;
      /** Addresses by their names. */
      const addresses = new Map([
        ['localhost', '127.0.0.1'],
        ['localhost6', '::1'],
        ['machine', MACHINE],
        ['machine6', MACHINE6],
        ['outside', OUTSIDE],
        ['outside6', OUTSIDE6],
        ['source', SOURCE],
      ]);
      const name4And6 = (name: string, [ipv4 = '', ipv6 = '']: readonly string[]) =>
        addresses.set(name, ipv4).set(`${name}6`, ipv6);
      const nameOf = (address: string) => [...addresses].find(([, one]) => one === address)?.[0] ?? address;
      const answers = new Map<Path, string>();

      before(async () => {
        machine = await Machine.create();
        const networks = new Map<string, Network>();
        for (const [name, { number, ...spec }] of Object.entries(NETWORKS)) {
          const subnets = [`10.${number}.0.0/16`, `fd00:${number}::/64`];
          const network = await machine.network({ name, subnets, mode, ...spec });
          networks.set(name, network);
          if (name === 'source') continue;
          name4And6(name, network.gateways);
        }
        const spaces = new Map([
          ['machine', machine.netns.name],
          ['outside', machine.outside.name],
        ]);
        for (const [id, { network, ...spec }] of Object.entries(ENDPOINTS)) {
          const endpoint = await (networks.get(network) as Network).attach({ id, ...spec });
          spaces.set(id, endpoint.netns as string);
          name4And6(
            id,
            endpoint.addresses.map((address) => address.split('/')[0] as string),
          );
        }
        // The outside host sends its packets for all that it should not reach to the machine, as a forger does.
        const out = await machine.sandbox.open(machine.outside);
        for (const { subnets } of networks.values()) {
          for (const dst of subnets) await out.routes.add({ dst, gateway: dst.includes(':') ? MACHINE6 : MACHINE });
        }
        for (const [where, gateway] of [
          ['outside', MACHINE],
          ['forger', addresses.get('front') as string],
        ] as const) {
          const nl = await machine.sandbox.open(spaces.get(where) as string);
          await nl.addresses.delete({ link: 'lo', address: '127.0.0.1/8' });
          await nl.sysctl.set('net.ipv4.conf.all.route_localnet', 1);
          await nl.routes.add({
            dst: '127.0.0.1/32',
            gateway,
            link: 'eth0',
            flags: ['onlink'],
            table: 'local',
            type: 'unicast',
          });
        }
        await machine.nl.addresses.add({ link: 'eth0', address: `${SOURCE}/32` });
        await Promise.all(
          [...spaces].map(([name, netns]) =>
            name === 'machine' ? machine.serve(netns, name, 7000) : machine.serve(netns, name, 80, 81, '53/udp'),
          ),
        );
        const askers = [...new Set(paths.map(({ from }) => from))];
        const own = askers.map((from) => paths.filter((path) => path.from === from));
        const told = await tryAllFrom(
          askers.map((from, i) => [
            spaces.get(from) as string,
            (own[i] as Path[]).map(({ protocol, to }): Target => {
              const [, name = '', port] = to.match(/^(.*):(\d+)$/) ?? [];
              return [addresses.get(name) as string, Number(port), protocol === 'udp' ? 'udp' : 'tcp'];
            }),
          ]),
        );
        for (const [i, paths] of own.entries()) {
          for (const [j, path] of paths.entries()) answers.set(path, told[i]?.[j] as string);
        }
      });
      after(() => machine[Symbol.asyncDispose]());

      for (const path of paths) {
        it(path.title, () => {
          const [who, whom] = (answers.get(path) as string).split(' ') as [string, string?];
          const told = whom === undefined ? who : `${who} sees ${nameOf(whom)}`;
          assert.equal(told, mode === 'bridge' ? bridged(path) : path.answer);
        });
      }
    });
  }

  it('forgets flows of ports that mean something else now', async () => {
    await using machine = await Machine.create();
    const network = await machine.network();
    const conntrack = () =>
      run('ip', 'netns', 'exec', machine.netns.name, 'conntrack', '-L', '-p', 'udp', '--orig-port-dst', '5353');
    // Somebody outside asks before the port is published, from a port that it keeps, and goes on asking.
    const asker = machine.outside.spawn(
      process.execPath,
      [
        '-e',
        `const socket = require('dgram').createSocket('udp4');
         socket.on('message', (text) => console.log(String(text))).on('error', () => {});
         socket.bind(40000, () => setInterval(() => socket.send('?', 5353, '${MACHINE}'), 20));`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    try {
      const answer = async () => {
        const [data] = await once(asker.stdout as NodeJS.ReadableStream, 'data');
        return String(data).split('\n')[0];
      };
      const host = await machine.serve(machine.netns, 'host', '5353/udp');
      assert.equal(await answer(), `host ${OUTSIDE}`);
      host.kill('SIGKILL');
      await once(host, 'exit');
      const web = await network.attach({ id: 'web', ports: [{ hostPort: 5353, port: 53, protocol: 'udp' }] });
      await machine.serve(web.netns as string, 'web', '53/udp');
      let now = await answer();
      while (now?.startsWith('host')) now = await answer();
      assert.equal(now, `web ${OUTSIDE}`);
      await web.detach();
      assert.doesNotMatch(conntrack(), /src=10\.88\.0\.2/);
    } finally {
      asker.kill('SIGKILL');
      await once(asker, 'exit');
    }
  });

  it('publishes by a proxy of this process, too, on ::1 as well', async () => {
    await using machine = await Machine.create();
    const network = await machine.network();
    const web = await network.attach({
      id: 'web',
      ports: [
        { hostPort: 8080, port: 80 },
        { hostPort: 8080, port: 80, hostAddress: '::1', proxy: true },
        { hostPort: 0, port: 53, protocol: 'udp', hostAddress: MACHINE, proxy: true },
      ],
    });
    const udp = web.ports[2]?.hostPort as number;
    assert.deepEqual((await network.endpoints())[0]?.ports, web.ports);
    await machine.serve(web.netns as string, 'web', 80, '53/udp');
    const targets = [
      ['127.0.0.1', 8080],
      ['::1', 8080],
      [MACHINE, udp, 'udp'],
    ] as const;
    assert.deepEqual(await tryAll(machine.netns, targets), ['web 10.88.0.1', 'web fd00:88::1', 'web 10.88.0.1']);
    assert.deepEqual(await tryAll(machine.outside, [[MACHINE, udp, 'udp']]), ['web 10.88.0.1']);
    await assert.rejects(
      network.attach({
        id: 'x',
        ports: [{ hostPort: udp, port: 53, protocol: 'udp', hostAddress: MACHINE, proxy: true }],
      }),
      { code: 'EADDRINUSE', protocol: 'udp', port: udp },
    );
    await web.detach();
    assert.deepEqual(await tryAll(machine.netns, targets), ['refused', 'refused', 'refused']);
  });
});
