// Ports that are published in different ways, by rules, by proxies and by processes: nobody gets one that another has.
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import dgram from 'node:dgram';
import { once } from 'node:events';
import { type Endpoint, Network, PortInUseError, type PortSpec } from '../../lib/index.js';
import { MACHINE, MACHINE6, Machine, OUTSIDE, tryAll } from '../support/machine.js';
import { nft, run } from '../support/sandbox.js';

/** Another process: opens the network, publishes a port by a proxy, and stays until its input ends. */
const PROXY = `
  import { Network } from ${JSON.stringify(new URL('../../lib/index.ts', import.meta.url).href)};
  const [id, ports] = process.argv.slice(1);
  const network = await Network.open('demo');
  await network.attach({ id, ports: JSON.parse(ports) }).then(() => console.log('ready'), (error) => console.log(error.message));
  process.stdin.resume().on('end', () => network.close());
`;

describe('network: ports', () => {
  let machine: Machine;
  let network: Network;
  let clean: string;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    machine = await Machine.create();
    network = await machine.network();
    clean = table();
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await machine[Symbol.asyncDispose]();
  });

  const table = () => nft(machine.netns, 'list', 'table', 'inet', 'netplumb');
  const listeners = () => run('ip', 'netns', 'exec', machine.netns.name, 'ss', '-Hltun');
  const attach = (id: string, ...ports: Partial<PortSpec>[]): Promise<Endpoint> =>
    network.attach({ id, ports: ports.map((port) => ({ hostPort: 8080, port: 80, ...port })) });

  /** A port is another's; nothing is left of the attempt. */
  async function refused(holder: string, ...ports: Partial<PortSpec>[]): Promise<void> {
    // Notes stay.
    const left = () =>
      table()
        .replace(/set partial. \{[^}]*(\}[^}]*)?\n\t\}/g, '')
        .split('\n');
    const before = [left(), listeners()];
    await assert.rejects(attach('x', ...ports), (error) => {
      assert.ok(error instanceof PortInUseError, String(error));
      assert.deepEqual([error.code, error.holder], ['EADDRINUSE', holder]);
      return true;
    });
    assert.deepEqual([left(), listeners()], before);
    assert.ok(!run('ip', 'netns').includes('np-demo-x'));
  }

  for (const protocol of ['tcp', 'udp'] as const) {
    it(`are not given to a proxy where rules lead them elsewhere: ${protocol}`, async () => {
      const proxy = { protocol, proxy: true };
      await attach('web', { protocol, count: 3 });
      for (const hostAddress of [undefined, '0.0.0.0', '::', '127.0.0.1', MACHINE, MACHINE6]) {
        await refused('endpoint demo/web', { ...proxy, hostAddress });
        await refused('endpoint demo/web', { ...proxy, hostAddress, hostPort: 8079, count: 2 });
      }
      // What is on ::1 is led nowhere.
      await attach('local', { ...proxy, hostAddress: '::1' });
      const free = await attach('free', { ...proxy, hostAddress: '::1', hostPort: 0 });
      assert.ok(listeners().includes(`[::1]:${free.ports[0]?.hostPort} `));
      await network.detachMany(['web', 'local', 'free']);

      await attach('single', { protocol, hostAddress: MACHINE });
      for (const hostAddress of [undefined, '0.0.0.0', MACHINE]) {
        await refused('endpoint demo/single', { ...proxy, hostAddress });
      }
      await attach('beside', { ...proxy, hostAddress: '127.0.0.1' });
      await attach('beside6', { ...proxy, hostAddress: '::' });
      await network.detachMany(['single', 'beside', 'beside6']);
      // Nor is a note of one that has gone in the way.
      const all = await attach('all', proxy);
      await all.detach();
      await network.gc();
      assert.equal(table(), clean);
    });

    it(`are not given to rules where a proxy has them: ${protocol}`, async () => {
      const proxy = { protocol, proxy: true };
      const holder = `node (process ${process.pid})`;
      await attach('web', proxy);
      for (const hostAddress of [undefined, '0.0.0.0', '127.0.0.1', MACHINE, MACHINE6]) {
        await refused(holder, { protocol, hostAddress });
        await refused(holder, { ...proxy, hostAddress });
        await refused(holder, { protocol, hostAddress, reserve: true });
      }
      await network.detach('web');
      await attach('one', { ...proxy, hostAddress: '127.0.0.1' });
      await refused(holder, { protocol });
      await attach('beside', { protocol, hostAddress: MACHINE });
      await attach('besides', { ...proxy, hostAddress: '::1' });
    });
  }

  it('are twice asked for by one endpoint in vain', async () => {
    for (const ports of [
      [{}, { proxy: true }],
      [{ proxy: true }, {}],
      [{ hostAddress: MACHINE }, { proxy: true }],
      [{ proxy: true, hostAddress: MACHINE, hostPort: 8079, count: 4 }, {}],
    ]) {
      await assert.rejects(attach('x', ...ports), { name: 'PortInUseError', code: 'EADDRINUSE' });
    }
    await assert.rejects(attach('x', { proxy: true }, { proxy: true }), { name: 'PortInUseError', port: 8080 });
    assert.equal(listeners(), '');
    const both = await attach('x', { hostAddress: MACHINE }, { proxy: true, hostAddress: '127.0.0.1' });
    await machine.serve(both.netns as string, 'x', 80);
    assert.deepEqual(await tryAll(machine.netns, [['127.0.0.1', 8080]]), ['x 10.88.0.1']);
    assert.deepEqual(await tryAll(machine.outside, [[MACHINE, 8080]]), [`x ${OUTSIDE}`]);
  });

  it('are another process’s proxy’s, too', async () => {
    const start = async (id: string, port: Partial<PortSpec>) => {
      const ports = JSON.stringify([{ hostPort: 8080, port: 80, proxy: true, ...port }]);
      const child = machine.netns.spawn(
        process.execPath,
        ['--import', 'tsx', '--input-type=module', '-e', PROXY, id, ports],
        {
          stdio: ['pipe', 'pipe', 'inherit'],
        },
      );
      children.push(child);
      child.stdout?.setEncoding('utf8');
      const [told] = await once(child.stdout as NodeJS.ReadableStream, 'data');
      const end = async () => {
        child.stdin?.end();
        await once(child, 'exit');
      };
      return { pid: child.pid, told: String(told).trim(), end };
    };
    const first = await start('first', {});
    assert.equal(first.told, 'ready');
    const holder = `node (process ${first.pid})`;
    await refused(holder, {});
    await refused(holder, { proxy: true });
    await refused(holder, { hostAddress: MACHINE });
    const second = await start('second', { hostAddress: '127.0.0.1' });
    assert.match(second.told, new RegExp(`EADDRINUSE.*tcp 127.0.0.1:8080 is taken by node \\(process ${first.pid}\\)`));
    await Promise.all([first.end(), second.end()]);
    await network.detach('first');

    await attach('web', {});
    const third = await start('third', {});
    assert.match(third.told, /EADDRINUSE.*tcp \*:8080 is taken by endpoint demo\/web/);
    await third.end();
  });

  it('go to rules or to a proxy, whoever comes first, when both come at the same time', async () => {
    await using other = await Network.open('demo', { netns: machine.netns });
    for (let i = 0; i < 20; i++) {
      const ports = (proxy: boolean) => [{ hostPort: 8080, port: 80, proxy }];
      const results = await Promise.allSettled([
        network.attach({ id: 'rules', ports: ports(false) }),
        other.attach({ id: 'proxy', ports: ports(true) }),
      ]);
      const made = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      assert.ok(made.length < 2, 'both have it');
      // Each may have seen the other: then nobody has it.
      for (const one of results) {
        if (one.status === 'fulfilled') continue;
        assert.ok(one.reason instanceof PortInUseError, String(one.reason));
        assert.deepEqual([one.reason.code, one.reason.port, one.reason.protocol], ['EADDRINUSE', 8080, 'tcp']);
      }
      for (const one of made) await one.detach();
    }
    assert.equal(table(), clean);
  });

  it('that any free one does for are none that rules lead elsewhere', async () => {
    // The kernel, which knows of sockets only, chooses among few, for TCP of the lower half and odd ones first.
    machine.netns.enter(() => run('sh', '-c', 'echo 40000 40007 > /proc/sys/net/ipv4/ip_local_port_range'));
    for (const protocol of ['tcp', 'udp'] as const) {
      await attach(protocol, { hostPort: 40_000, count: 3, protocol }, { hostPort: 40_004, count: 4, protocol });
      const free = await attach('free', { hostPort: 0, protocol, proxy: true });
      assert.equal(free.ports[0]?.hostPort, 40_003);
      assert.deepEqual((await network.endpoints()).find(({ id }) => id === 'free')?.ports, free.ports);
      await assert.rejects(attach('none', { hostPort: 0, protocol, proxy: true }), { code: 'EADDRINUSE' });
      await free.detach();
    }
  });

  it('of UDP are refused where a process of the machine has them, naming it', async () => {
    const server = await machine.serve(machine.netns, 'machine', '5353/udp');
    const holder = `node (process ${server.pid})`;
    const dns = { hostPort: 5353, port: 53, protocol: 'udp' } as const;
    for (const hostAddress of [undefined, '127.0.0.1', MACHINE, MACHINE6]) {
      await refused(holder, { ...dns, hostAddress });
      await refused(holder, { ...dns, hostPort: 5350, count: 10, hostAddress });
      await refused(holder, { ...dns, hostAddress, reserve: true });
      await refused(holder, { ...dns, hostAddress, proxy: true });
    }
    // That of TCP is another.
    await attach('web', { hostPort: 5353 });
    assert.deepEqual(await tryAll(machine.outside, [[MACHINE, 5353, 'udp']]), [`machine ${OUTSIDE}`]);
  });

  it('that are reserved are held by sockets: UDP, ranges, single addresses', async () => {
    const bind = (port: number, address: string, type: 'udp4' | 'udp6' = 'udp4') => {
      const lookup = (name: string, family: number, done: (error: null, address: string, family: number) => void) =>
        done(null, name, family);
      const socket = dgram.createSocket({ type, lookup: lookup as never });
      return new Promise<string>((resolve) => {
        socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code as string));
        socket.once('listening', () => socket.close(() => resolve('free')));
        machine.netns.enter(() => socket.bind({ port, address, exclusive: true }));
      });
    };
    const reserve = true;
    const web = await attach(
      'web',
      { hostPort: 7000, port: 7000, count: 3, protocol: 'udp', reserve },
      { hostPort: 7100, port: 53, protocol: 'udp', hostAddress: MACHINE, reserve },
      { hostPort: 7200, port: 80, count: 2, hostAddress: '127.0.0.1', reserve },
      { hostPort: 7300, port: 53, protocol: 'udp' },
    );
    for (const port of [7000, 7001, 7002]) {
      assert.equal(await bind(port, '127.0.0.1'), 'EADDRINUSE');
      assert.equal(await bind(port, MACHINE6, 'udp6'), 'EADDRINUSE');
    }
    assert.equal(await bind(7003, '0.0.0.0'), 'free');
    assert.equal(await bind(7100, MACHINE), 'EADDRINUSE');
    assert.equal(await bind(7100, '127.0.0.1'), 'free');
    assert.equal(await bind(7300, '0.0.0.0'), 'free');
    // TCP sockets that are bound and do not listen are shown nowhere: others cannot have the port.
    for (const port of [7200, 7201]) {
      assert.throws(() => machine.netns.enter(() => run('nc', '-l', '-s', '127.0.0.1', '-p', String(port), '-w', '1')));
    }
    // They lead on all the same.
    await machine.serve(web.netns as string, 'web', 80, '53/udp', '7002/udp');
    assert.deepEqual(
      await tryAll(machine.outside, [
        [MACHINE, 7100, 'udp'],
        [MACHINE6, 7002, 'udp'],
      ]),
      [`web ${OUTSIDE}`, 'web 2001:db8::2'],
    );
    await web.detach();
    for (const port of [7000, 7002, 7100]) assert.equal(await bind(port, '0.0.0.0'), 'free');
    assert.equal(listeners(), '');
  });

  it('that are to be reserved and cannot be are refused: no such address, no more descriptors', async () => {
    const reserve = true;
    const absent = attach('x', { hostAddress: '198.51.100.7', reserve });
    await assert.rejects(absent, { code: 'EADDRNOTAVAIL', detail: 'port 8080 cannot be held' });
    // As many as sockets for all of them need are not allowed.
    const most = run('sh', '-c', `prlimit --pid ${process.pid} --nofile --output SOFT --noheadings`).trim();
    run('prlimit', '--pid', String(process.pid), '--nofile=200:');
    try {
      await assert.rejects(attach('x', { count: 200, reserve }), { code: 'EMFILE' });
    } finally {
      run('prlimit', '--pid', String(process.pid), `--nofile=${most}:`);
    }
    await network.gc();
    assert.deepEqual([table(), listeners()], [clean, '']);
    await (await attach('x', { count: 200, reserve })).detach();
  });

  it('that any free one does for are free in both families, however few there are', async () => {
    machine.netns.enter(() => run('sh', '-c', 'echo 40000 40001 > /proc/sys/net/ipv4/ip_local_port_range'));
    const listen = async (port: number, host: string) => {
      const type = host.includes(':') ? 'AF_INET6' : 'AF_INET';
      const code = `import socket, sys
s = socket.socket(socket.${type})
${type === 'AF_INET6' ? 's.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)' : ''}
s.bind(('${host}', ${port})); s.listen(); print('ready', flush=True); sys.stdin.read()`;
      const child = machine.netns.spawn('python3', ['-c', code], { stdio: ['pipe', 'pipe', 'inherit'] });
      children.push(child);
      await once(child.stdout as NodeJS.ReadableStream, 'data');
      return child;
    };
    const free = { hostPort: 0, reserve: false };
    for (const reserve of [false, true]) {
      // The kernel names the odd one first, whoever asks for IPv4.
      for (const host of reserve ? ['::'] : ['::1', '127.0.0.1']) {
        const server = await listen(40_001, host);
        const web = await attach('web', { hostPort: 0, reserve });
        assert.equal(web.ports[0]?.hostPort, 40_000, host);
        await assert.rejects(attach('x', { hostPort: 0, reserve }), { code: 'EADDRINUSE' });
        await web.detach();
        server.stdin?.end();
        await once(server, 'exit');
      }
      const both = await attach('both', { hostPort: 0, port: 80, reserve }, { hostPort: 0, port: 443, reserve });
      assert.deepEqual(both.ports.map(({ hostPort }) => hostPort).sort(), [40_000, 40_001]);
      await both.detach();
    }
    // One that is taken between the choice and the claim is chosen anew.
    machine.netns.enter(() => run('sh', '-c', 'echo 40000 40007 > /proc/sys/net/ipv4/ip_local_port_range'));
    await using other = await Network.open('demo', { netns: machine.netns });
    const rivals = [network, other].flatMap((one, n) =>
      [0, 1, 2].map((i) => one.attach({ id: `${n}-${i}`, ports: [{ ...free, port: 80, reserve: i > 0 }] })),
    );
    const all = (await Promise.all(rivals)).flatMap(({ ports }) => ports.map(({ hostPort }) => hostPort));
    assert.equal(new Set(all).size, all.length);
  });

  it('that any free ones do for may be several in a row', async () => {
    machine.netns.enter(() => run('sh', '-c', 'echo 40000 40015 > /proc/sys/net/ipv4/ip_local_port_range'));
    await attach('web', { hostPort: 40_000, count: 4 }, { hostPort: 40_009, count: 7 });
    for (const reserve of [false, true]) {
      const row = await attach('row', { hostPort: 0, port: 80, count: 5, reserve });
      assert.deepEqual(row.ports, [{ protocol: 'tcp', hostPort: 40_004, port: 80, count: 5 }]);
      assert.deepEqual((await network.endpoints()).find(({ id }) => id === 'row')?.ports, row.ports);
      await row.detach();
    }
  });

  it('are told as they were asked for; to another process those that follow one another as one', async () => {
    const tcp = (hostPort: number, port: number) => ({ protocol: 'tcp' as const, hostPort, port });
    const asked = [
      tcp(8443, 443),
      { ...tcp(8080, 8080), proxy: true as const },
      tcp(8000, 80),
      tcp(8001, 81),
      tcp(22, 22),
    ];
    const web = await attach('web', ...asked);
    assert.deepEqual(web.ports, asked);
    assert.deepEqual((await network.endpoints())[0]?.ports, asked);
    await using other = await Network.open('demo', { netns: machine.netns });
    const joined = [tcp(8443, 443), { ...tcp(8000, 80), count: 2 }, tcp(22, 22)];
    assert.deepEqual((await other.endpoints())[0]?.ports, joined);
    // What somebody has taken away is not told.
    nft(machine.netns, 'delete', 'element', 'inet', 'netplumb', 'ports4', '{ tcp . 22 }');
    nft(machine.netns, 'delete', 'element', 'inet', 'netplumb', 'ports6', '{ tcp . 22 }');
    const left = [{ ...tcp(8000, 80), count: 2 }, tcp(8443, 443)];
    assert.deepEqual((await other.endpoints())[0]?.ports, left);
    assert.deepEqual((await network.endpoints())[0]?.ports, [...left, asked[1]]);
  });
});
