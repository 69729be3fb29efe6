// Who reaches whom: endpoints, the machine, the world outside, other networks; published, isolated, internal, forged.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Network } from '../../lib/index.js';
import { MACHINE, MACHINE6, Machine, OUTSIDE, OUTSIDE6, tryAll } from '../support/machine.js';
import { run, Sandbox } from '../support/sandbox.js';

const SUBNETS = ['10.88.0.0/16', 'fd00:88::/64'];

describe('network: traffic', () => {
  let sandbox: Sandbox;
  let machine: Machine;
  let networks: Network[];

  const create = async (spec: Partial<Parameters<typeof Network.create>[0]> = {}) => {
    const network = await Network.create({ name: 'demo', subnets: SUBNETS, netns: machine.netns, ...spec });
    networks.push(network);
    return network;
  };

  beforeEach(async () => {
    sandbox = new Sandbox();
    machine = await Machine.create(sandbox);
    networks = [];
  });
  afterEach(async () => {
    for (const network of networks) await network.delete().catch(() => {});
    await machine[Symbol.asyncDispose]();
    await sandbox[Symbol.asyncDispose]();
  });

  for (const mode of ['bridge', 'routed'] as const) {
    describe(mode, () => {
      it('lets endpoints, host and outside talk as they should', async () => {
        const network = await create({ mode });
        const web = await network.attach({
          id: 'web',
          ports: [
            { hostPort: 8080, port: 80 },
            { hostPort: 5353, port: 53, protocol: 'udp' },
            { hostPort: 9090, port: 80, hostAddress: '127.0.0.1' },
          ],
        });
        const client = await network.attach({ id: 'client' });
        await machine.serve(web.netns as string, 'web', 80, 81, '53/udp');
        await machine.serve(machine.outside, 'out', 80);
        const outside = await tryAll(machine.outside, [
          [MACHINE, 8080],
          [MACHINE6, 8080],
          [MACHINE, 5353, 'udp'],
          [MACHINE, 9090],
          [MACHINE, 8081],
        ]);
        assert.deepEqual(outside, [`web ${OUTSIDE}`, `web ${OUTSIDE6}`, `web ${OUTSIDE}`, 'refused', 'refused']);
        const host = await tryAll(machine.netns, [
          ['127.0.0.1', 8080],
          ['127.0.0.1', 9090],
          [MACHINE, 8080],
          [MACHINE6, 8080],
          ['10.88.0.2', 81],
          ['fd00:88::2', 81],
          ['127.0.0.1', 5353, 'udp'],
        ]);
        for (const [i, answer] of host.entries()) assert.match(answer, /^web /, `from the host, ${i}`);
        const other = await tryAll(client, [
          ['10.88.0.2', 81],
          ['fd00:88::2', 81],
          [MACHINE, 8080],
          [MACHINE6, 8080],
          [OUTSIDE, 80],
          [OUTSIDE6, 80],
        ]);
        assert.deepEqual(other.slice(0, 2), ['web 10.88.0.3', 'web fd00:88::3']);
        assert.match(other[2] as string, /^web /);
        assert.match(other[3] as string, /^web /);
        assert.deepEqual(other.slice(4), [`out ${MACHINE}`, `out ${MACHINE6}`]);
        const itself = await tryAll(web, [
          [MACHINE, 8080],
          [MACHINE6, 8080],
          ['10.88.0.2', 80],
        ]);
        for (const answer of itself) assert.match(answer, /^web /);
      });

      it('keeps out what is not published, also where a packet is forged', async () => {
        const network = await create({ mode });
        const web = await network.attach({
          id: 'web',
          ports: [{ hostPort: 9090, port: 80, hostAddress: '127.0.0.1' }],
        });
        await machine.serve(web.netns as string, 'web', 80);
        // An outside host that sends its packets for these addresses to the machine.
        const out = await sandbox.open(machine.outside);
        for (const dst of ['10.88.0.0/16', 'fd00:88::/64']) {
          await out.routes.add({ dst, gateway: dst.includes(':') ? MACHINE6 : MACHINE });
        }
        await out.addresses.delete({ link: 'lo', address: '127.0.0.1/8' });
        await out.sysctl.set('net.ipv4.conf.all.route_localnet', 1);
        await out.routes.add({ dst: '127.0.0.1/32', gateway: MACHINE, table: 'local', type: 'unicast' });
        const answers = await tryAll(machine.outside, [
          ['10.88.0.2', 80],
          ['fd00:88::2', 80],
          ['127.0.0.1', 9090],
        ]);
        assert.deepEqual(answers, ['silent', 'silent', 'silent']);
      });

      it('keeps networks apart unless they are open, and endpoints where asked', async () => {
        const a = await create({ mode });
        const b = await create({ mode, name: 'other', subnets: ['10.89.0.0/16'] });
        const [one, two] = [await a.attach({ id: 'one' }), await a.attach({ id: 'two' })];
        const far = await b.attach({ id: 'far', ports: [{ hostPort: 8080, port: 80 }] });
        await machine.serve(far.netns as string, 'far', 80);
        await machine.serve(two.netns as string, 'two', 80);
        assert.deepEqual(
          await tryAll(one, [
            ['10.89.0.2', 80],
            [MACHINE, 8080],
            ['10.88.0.3', 80],
          ]),
          ['silent', 'far 10.88.0.2', 'two 10.88.0.2'],
        );
        const c = await create({ mode, name: 'c', subnets: ['10.90.0.0/24'], isolated: false, isolateEndpoints: true });
        const d = await create({ mode, name: 'd', subnets: ['10.91.0.0/24'], isolated: false });
        const [c1, c2] = [await c.attach({ id: '1' }), await c.attach({ id: '2' })];
        const d1 = await d.attach({ id: '1' });
        await machine.serve(c2.netns as string, 'c2', 80);
        await machine.serve(d1.netns as string, 'd1', 80);
        assert.deepEqual(
          await tryAll(c1, [
            ['10.90.0.3', 80],
            ['10.91.0.2', 80],
            ['10.88.0.3', 80],
          ]),
          ['silent', 'd1 10.90.0.2', 'silent'],
        );
      });

      it('has no way out where it is internal', async () => {
        const network = await create({ mode, internal: true });
        const [one, two] = [await network.attach({ id: 'one' }), await network.attach({ id: 'two' })];
        await machine.serve(two.netns as string, 'two', 80);
        await machine.serve(machine.outside, 'out', 80);
        assert.deepEqual(
          await tryAll(one, [
            ['10.88.0.3', 80],
            [OUTSIDE, 80],
          ]),
          ['two 10.88.0.2', 'silent'],
        );
        assert.match((await tryAll(machine.netns, [['10.88.0.3', 80]]))[0] as string, /^two /);
        await assert.rejects(network.attach({ id: 'x', ports: [{ hostPort: 80, port: 80 }] }), {
          code: 'ERR_INVALID_ARG_VALUE',
          field: 'ports',
        });
      });
    });
  }

  it('forgets flows of ports that mean something else now', async () => {
    const network = await create();
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
    const network = await create();
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
