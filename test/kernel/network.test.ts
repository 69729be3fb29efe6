// Networks and endpoints: made, found again, handed out once, put back, taken away.
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { fstatSync, readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type Endpoint,
  type EndpointCapacityError,
  Netlink,
  Netns,
  type NetnsRef,
  Network,
  PortInUseError,
  type RouteSpec,
} from '../../lib/index.js';
import { MACHINE, MACHINE6, Machine, OUTSIDE, OUTSIDE6, SUBNETS, tryAll } from '../support/machine.js';
import { ip, ipJson, linksOf, loadRuleset, nft, routesOf, run } from '../support/sandbox.js';
import { skipBecause } from '../support/skip.js';

/** What there is in a machine, to be compared with what there was. */
function snapshot(machine: Machine): string {
  return JSON.stringify({
    links: linksOf(machine.netns),
    routes: routesOf(machine.netns),
    ruleset: nft(machine.netns, 'list', 'ruleset'),
    names: run('ip', 'netns')
      .split('\n')
      .filter((line) => line.startsWith('np-') && !line.startsWith('np-test')),
  });
}

/** A ruleset's lines: what is put back stands in an order of its own. */
const sorted = (ruleset: string) =>
  ruleset
    .split('\n')
    .map((line) => line.trim().replace(/^elements = \{ |[,}\s]+$/g, ''))
    .sort();

describe('network', () => {
  let machine: Machine;

  beforeEach(async () => {
    machine = await Machine.create();
  });
  afterEach(() => machine[Symbol.asyncDispose]());

  for (const mode of ['bridge', 'routed'] as const) {
    describe(mode, () => {
      it('comes and goes without a trace', async () => {
        const before = snapshot(machine);
        const network = await machine.network({ mode });
        assert.deepEqual(await Network.list({ netns: machine.netns }), [
          { name: 'demo', mode, subnets: SUBNETS, gateways: ['10.88.0.1', 'fd00:88::1'], mtu: 1500 },
        ]);
        const web = await network.attach({ id: 'web', ports: [{ hostPort: 8080, port: 80 }] });
        await network.attach({ id: 'db' });
        assert.notEqual(snapshot(machine), before);
        await web.detach();
        await web.detach();
        await network.delete();
        assert.equal(snapshot(machine), before);
        assert.deepEqual(await Network.list({ netns: machine.netns }), []);
      });

      it('gives links the names that were asked for, whatever they look like', async () => {
        const network = await machine.network({ mode });
        const asked = ['15', 'web', undefined, '14', 'a-name-of-15-by', undefined, '16', 'web-of-9b'];
        const endpoints = await network.attachMany(asked.map((hostInterface, i) => ({ id: `${i}`, hostInterface })));
        const names = endpoints.map(({ hostInterface }) => hostInterface);
        for (const [i, name] of asked.entries()) if (name !== undefined) assert.equal(names[i], name);
        const links = Object.keys(linksOf(machine.netns));
        for (const name of names) assert.ok(links.includes(name), `${name} is not among ${links}`);
        await network.detachMany(asked.map((_, i) => `${i}`));
        await network.prewarm(2);
        const short = await network.attach({ id: 'short', hostInterface: '14' });
        const usual = await network.attach({ id: 'usual' });
        for (const { hostInterface } of [short, usual]) ip(machine.netns, `link show dev ${hostInterface}`);
      });

      it('keeps nothing open when it is closed, even if it is kept itself', async () => {
        const network = await machine.network({ mode, netns: machine.netns.name });
        await network.attach({ id: 'web', ports: [{ hostPort: 8080, port: 80 }] });
        await network.detach('web');
        const count = () =>
          readdirSync('/proc/self/fd').filter((fd) => {
            try {
              return fstatSync(Number(fd), { bigint: true }).ino === machine.netns.inode;
            } catch {
              return false;
            }
          }).length;
        const opened = count();
        await network.close();
        assert.equal(count(), opened - 1);
        assert.equal(network.name, 'demo');
      });

      it('has any address of IPv6 asked for, of which no two have the same link-layer address', async () => {
        const gateways = ['fd00:88::3:0:0:1'];
        const network = await machine.network({ mode, subnets: ['fd00:88::/64'], gateways });
        const asked = [
          'fd00:88::1:0:1',
          'fd00:88::1:0:2',
          'fd00:88::211:22ff:fe33:4455',
          'fd00:88::ffff:ffff:ffff:ffff',
        ];
        const attached = await network.attachMany([
          { id: 'auto' },
          ...asked.map((address) => ({
            id: address,
            addresses: [address],
            netns: `np-test-${address.replace(/\W/g, '-')}`,
          })),
        ]);
        assert.deepEqual(
          attached.map(({ addresses: [address] }) => address?.split('/')[0]),
          ['fd00:88::1', ...asked],
        );
        assert.deepEqual(network.gateways, gateways);
        assert.equal(new Set(attached.map(({ mac }) => mac)).size, attached.length);
        const told = (await network.endpoints()).map(({ id, mac }) => [id, mac]);
        assert.deepEqual(Object.fromEntries(told), Object.fromEntries(attached.map(({ id, mac }) => [id, mac])));
        for (const { netns } of attached) {
          for (const to of [...asked, ...gateways]) {
            run('ip', 'netns', 'exec', netns as string, 'ping', '-6', '-c1', '-W1', to);
          }
        }
        await assert.rejects(network.attach({ id: 'x', addresses: [asked[2] as string] }), {
          name: 'AddressInUseError',
        });
      });

      it('takes names, gateways and routes as they are, even where they look like what stands for others', async () => {
        const network = await machine.network({ mode, subnets: ['203.0.113.0/24'], gateways: ['203.0.113.241'] });
        const odd = { interface: '<alias>', hostInterface: '~~~~~~~~~~~~~~~' };
        const odder = { interface: '~~~~~~~~~~~~~~~', hostInterface: '<netns>' };
        for (const [id, names] of Object.entries({ odd, odder })) {
          await network.attach({ id, ...names, routes: [{ dst: '239.201.187.241/32' }] });
          const inside = { name: `np-demo-${id}` };
          const routes = ipJson(inside, 'route') as { dst: string; gateway?: string; dev: string }[];
          const by = (wanted: string) => routes.find(({ dst }) => dst === wanted);
          assert.equal(by('default')?.gateway, '203.0.113.241');
          assert.equal(by('239.201.187.241')?.dev, names.interface);
          const shown = JSON.stringify(names.hostInterface);
          assert.ok(ip(machine.netns, 'link').includes(names.hostInterface), shown);
          assert.deepEqual((await network.endpoints()).find((one) => one.id === id)?.interface, names.interface);
        }
      });

      it('puts everything in place: names, addresses, routes, MACs, MTU', async () => {
        const network = await machine.network({ mode, mtu: 1400 });
        const web = await network.attach({ id: 'web' });
        const length = mode === 'bridge' ? [16, 64] : [32, 128];
        assert.equal(web.netns, 'np-demo-web');
        assert.deepEqual(web.addresses, [`10.88.0.2/${length[0]}`, `fd00:88::2/${length[1]}`]);
        const [eth0] = ipJson({ name: 'np-demo-web' }, 'addr show dev eth0');
        assert.equal(eth0.mtu, 1400);
        assert.equal(eth0.address, '02:6e:0a:58:00:02');
        assert.equal(eth0.operstate, 'UP');
        assert.deepEqual(
          eth0.addr_info.map((one: { local: string; prefixlen: number }) => `${one.local}/${one.prefixlen}`),
          web.addresses,
        );
        for (const family of ['-4', '-6']) {
          const [route] = ipJson({ name: 'np-demo-web' }, `${family} route show default`);
          assert.equal(route.gateway, family === '-4' ? '10.88.0.1' : 'fd00:88::1');
        }
        const [host] = ipJson(machine.netns, `link show dev ${web.hostInterface}`);
        assert.equal(host.mtu, 1400);
        assert.equal(host.master, mode === 'bridge' ? 'np-demo' : undefined);
        // No link-local addresses anywhere, so nothing chatters.
        assert.ok(!ip(machine.netns, `addr show dev ${web.hostInterface}`).includes('fe80'));
      });

      it('has the namespaces of later endpoints found first', async () => {
        const network = await machine.network({ mode });
        await using own = await Netns.create();
        const specs = [{ id: 'first' }, { id: 'second', netns: own }, { id: 'third' }];
        const ids: number[] = [];
        for (const spec of specs) {
          const { netns, hostInterface } = await network.attach(spec);
          const id = (await machine.nl.netnsIds.get(netns as NetnsRef)) as number;
          assert.equal(ipJson(machine.netns, `link show dev ${hostInterface}`)[0].link_netnsid, id);
          ids.push(id);
        }
        assert.deepEqual(
          ids,
          [...ids].sort((one, other) => other - one),
        );
        // One that has an id already keeps it.
        await using known = await Netns.create();
        await machine.nl.netnsIds.set(known, 77);
        await network.attach({ id: 'fourth', netns: known });
        assert.equal(await machine.nl.netnsIds.get(known), 77);
        // Those that were ready, too.
        await network.prewarm(1);
        const { netns } = await network.attach({ id: 'fifth' });
        assert.ok(((await machine.nl.netnsIds.get(netns as NetnsRef)) as number) < (ids.at(-1) as number));
      });

      it('leaves no route for multicast to a link without addresses, and needs none to be there', async () => {
        const network = await machine.network({ mode, subnets: ['10.88.0.0/16'] });
        const made = [await network.attach({ id: 'web', ports: [{ hostPort: 8080, port: 80 }] })];
        await machine.nl.sysctl.set('net.ipv6.conf.default.disable_ipv6', 1);
        made.push(await network.attach({ id: 'quiet', ports: [{ hostPort: 8081, port: 80 }] }));
        for (const { netns, id } of made) await machine.serve(netns as string, id, 80);
        const routes = ip(machine.netns, '-6 route show table all');
        for (const { hostInterface } of made) assert.ok(!routes.includes(hostInterface), routes);
        const asked = [8080, 8081].map((port) => [MACHINE, port] as [string, number]);
        assert.deepEqual(await tryAll(machine.outside, asked), [`web ${OUTSIDE}`, `quiet ${OUTSIDE}`]);
      });
    });
  }

  it('tells endpoints from the kernel alone, to any process', async () => {
    const network = await machine.network();
    const mine = await machine.sandbox.netns('mine');
    const made = [
      await network.attach({
        id: 'web/ä "1"',
        interface: 'net1',
        ports: [
          { hostPort: 8000, port: 80, count: 10 },
          { hostPort: 53, port: 53, protocol: 'udp' },
          { hostPort: 8443, port: 443, hostAddress: MACHINE },
          { hostPort: 9001, port: 81, hostAddress: '0.0.0.0' },
          { hostPort: 9000, port: 80, hostAddress: '0.0.0.0' },
          { hostPort: 9001, port: 91, hostAddress: '::' },
          { hostPort: 8010, port: 90, hostAddress: '::' },
          { hostPort: 8010, port: 90, hostAddress: '0.0.0.0' },
          { hostPort: 0, port: 2000 },
        ],
      }),
      await network.attach({
        id: 'b',
        netns: mine.name,
        addresses: ['10.88.7.7'],
        mac: '02:00:00:00:00:07',
        mtu: 1300,
      }),
      await network.attach({
        id: 'c',
        netns: { path: `/run/netns/${mine.name}` },
        interface: 'eth1',
        defaultRoute: false,
      }),
    ];
    const other = await Network.open('demo', { netns: machine.netns });
    const plain = (list: Endpoint[]) => list.map(({ network: _, ...rest }) => rest);
    const told = (await other.endpoints()).sort(
      (a, b) => made.findIndex((x) => x.id === a.id) - made.findIndex((x) => x.id === b.id),
    );
    assert.deepEqual(plain(told), plain(made));
    await other.detach('b');
    assert.deepEqual((await network.endpoints()).map(({ id }) => id).sort(), ['c', 'web/ä "1"']);
    // A namespace that was there stays.
    assert.ok((await Netns.list()).some(({ name }) => name === mine.name));
    await other.close();
  });

  it('takes namespaces in any form', async () => {
    const network = await machine.network({ subnets: ['10.88.0.0/16'] });
    const mine = await machine.sandbox.netns('mine');
    const child = mine.spawn('sleep', ['60']);
    try {
      const forms = [
        mine,
        mine.name,
        { path: mine.path },
        { pid: child.pid as number },
        { fd: mine.fd },
        { anonymous: true } as const,
        `${mine.name}-new`,
      ];
      for (const [i, netns] of forms.entries()) {
        const endpoint = await network.attach({ id: `${i}`, netns, interface: `eth${i}`, defaultRoute: i === 0 });
        const inside = await Netns.open(endpoint.netns ?? mine);
        if (i < 5) assert.equal(inside.inode, mine.inode);
        const nl = await machine.sandbox.open(inside);
        assert.equal((await nl.links.get(`eth${i}`)).kind, 'veth');
        await inside.close();
        await endpoint.detach();
      }
      assert.ok(!(await Netns.list()).some(({ name }) => name === `${mine.name}-new`));
    } finally {
      child.kill();
    }
  });

  it('never gives an address or a port twice, and names the holder', async () => {
    const network = await machine.network();
    await network.attach({ id: 'web', addresses: ['10.88.0.9'], ports: [{ hostPort: 8080, port: 80, count: 3 }] });
    await assert.rejects(network.attach({ id: 'web' }), { code: 'EEXIST' });
    await assert.rejects(network.attach({ id: 'x', addresses: ['10.88.0.9'] }), {
      code: 'EADDRINUSE',
      holder: 'endpoint demo/web',
    });
    const taken = (error: unknown) => error instanceof PortInUseError && error.holder === 'endpoint demo/web';
    await assert.rejects(network.attach({ id: 'x', ports: [{ hostPort: 8082, port: 80 }] }), taken);
    await assert.rejects(
      network.attach({ id: 'x', ports: [{ hostPort: 8082, port: 80, hostAddress: MACHINE }] }),
      taken,
    );
    await network.attach({ id: 'a', ports: [{ hostPort: 9000, port: 80, hostAddress: MACHINE }] });
    await network.attach({ id: 'b', ports: [{ hostPort: 9000, port: 80, hostAddress: '127.0.0.1' }] });
    await assert.rejects(network.attach({ id: 'x', ports: [{ hostPort: 9000, port: 80 }] }), { code: 'EADDRINUSE' });
    await network.detachMany(['a', 'b']);
    const all = await network.attach({ id: 'x', ports: [{ hostPort: 9000, port: 80 }] });
    await all.detach();
    let server: Server | undefined;
    machine.netns.enter(() => {
      server = createServer().listen(9000);
    });
    await assert.rejects(
      network.attach({ id: 'x', ports: [{ hostPort: 9000, port: 80 }] }),
      (error: PortInUseError) => error.code === 'EADDRINUSE' && (error.holder ?? '').includes(`process ${process.pid}`),
    );
    server?.close();
    const free = await network.attach({ id: 'x', ports: [{ hostPort: 0, port: 80, reserve: true }] });
    const port = free.ports[0]?.hostPort as number;
    assert.ok(port > 0);
    const other = machine.netns.enter(() => createServer().listen(port));
    await assert.rejects(once(other, 'listening'), { code: 'EADDRINUSE' });
    await free.detach();
    assert.equal((await network.endpoints()).length, 1);
  });

  it('takes many ports at once, names the one that is taken, and gives back those that are there still', async () => {
    const network = await machine.network();
    const before = nft(machine.netns, 'list', 'table', 'inet', 'netplumb');
    const port = (hostPort: number, hostAddress?: string) => ({
      hostPort,
      port: 80,
      ...(hostAddress && { hostAddress }),
    });
    await network.attach({ id: 'web', ports: [port(8001), port(8002, '127.0.0.1'), port(8002, MACHINE)] });
    const taken = (hostPort: number) => (error: unknown) =>
      error instanceof PortInUseError && error.port === hostPort && error.holder === 'endpoint demo/web';
    await assert.rejects(network.attach({ id: 'x', ports: [port(7000), port(8001), port(9000)] }), taken(8001));
    await assert.rejects(network.attach({ id: 'x', ports: [port(7000), port(8002), port(9000)] }), taken(8002));
    await assert.rejects(
      network.attach({ id: 'x', ports: [port(7000), port(9000), port(9000)] }),
      (error: unknown) => error instanceof PortInUseError && error.port === 9000,
    );
    const many = Array.from({ length: 50 }, (_, i) => port(9000 + i));
    const udp = many.map((one) => ({ ...one, protocol: 'udp' as const }));
    const big = await network.attach({ id: 'big', ports: [...many, ...udp] });
    assert.deepEqual((await network.endpoints()).find(({ id }) => id === 'big')?.ports.length, 100);
    nft(machine.netns, 'delete', 'element', 'inet', 'netplumb', 'ports4', '{ tcp . 9017 }');
    await big.detach();
    await network.detach('web');
    // What the kernel is asked once for several at the same time is asked anew for those that come later.
    const wave = (from: number) =>
      Array.from({ length: 20 }, (_, i) => ({ id: `${i}`, ports: many.map((_, k) => port(from + i * 50 + k)) }));
    for (const from of [10_000, 20_000]) {
      await network.attachMany(wave(from));
      await network.detachMany(wave(from).map(({ id }) => id));
      const server = await machine.serve(machine.netns, 'machine', from + 777);
      const holder = (error: unknown) =>
        error instanceof PortInUseError && error.port === from + 777 && error.holder?.includes(`${server.pid}`);
      await assert.rejects(network.attachMany(wave(from)), holder);
    }
    await network.gc();
    assert.equal(nft(machine.netns, 'list', 'table', 'inet', 'netplumb'), before);
  });

  it('tells its neighbours which MAC an address has now, where that was asked for', async () => {
    const network = await machine.network();
    const addresses = ['10.88.0.50', 'fd00:88::50'];
    const targets = addresses.map((address) => [address, 80] as const);
    const client = await network.attach({ id: 'client' });
    const known = () =>
      [{ name: client.netns as string }, machine.netns].flatMap((where) =>
        addresses.map((address) => ipJson(where, `neighbour show to ${address}`)[0]?.lladdr),
      );
    for (const asked of ['02:00:00:00:00:01', '02:00:00:00:00:02', undefined, '02:00:00:00:00:03']) {
      const web = await network.attach({ id: 'web', addresses, mac: asked });
      const { mac } = web;
      await machine.serve(web.netns as string, mac, 80);
      // The host may know none.
      if (mac !== '02:00:00:00:00:01')
        assert.deepEqual(
          known().map((one) => one ?? mac),
          [mac, mac, mac, mac],
        );
      for (const where of [client, machine.netns]) {
        for (const answer of await tryAll(where, targets)) assert.ok(answer.startsWith(mac), answer);
      }
      assert.deepEqual(known(), [mac, mac, mac, mac]);
      await web.detach();
    }
  });

  it('takes the MTU of what the default route leaves by, unless told another', async () => {
    const auto = async () => {
      await using network = await Network.create({ name: 'auto', subnets: ['10.91.0.0/16'], netns: machine.netns });
      const { mtu, hostInterface } = await network.attach({ id: 'x' });
      assert.equal(ipJson(machine.netns, `link show dev ${hostInterface}`)[0].mtu, mtu);
      await network.delete();
      return mtu;
    };
    const ip = (words: string) => machine.netns.enter(() => run('ip', ...words.split(' ')));
    ip('link set eth0 mtu 1450');
    assert.equal(await auto(), 1450);
    ip(`route replace default via ${OUTSIDE} mtu 1380`);
    assert.equal(await auto(), 1380);
    ip(`route replace default via ${OUTSIDE} mtu 1000`);
    assert.equal(await auto(), 1000);
    await assert.rejects(machine.network({ subnets: ['fd00:88::/64'] }), { code: 'ERR_OUT_OF_RANGE', field: 'mtu' });
    assert.deepEqual(await Network.list({ netns: machine.netns }), []);
    ip('link add eth1 mtu 1440 type veth peer name eth2');
    ip('link set eth1 up');
    ip('address add 198.51.100.1/24 dev eth1');
    ip(`route replace default nexthop via ${OUTSIDE} nexthop via 198.51.100.2`);
    assert.equal(await auto(), 1440);
    ip('route delete default');
    ip('-6 route delete default');
    assert.equal(await auto(), 1500);
  });

  for (const mode of ['bridge', 'routed'] as const) {
    it(`without a default route endpoints reach what is on their subnets, ${mode}`, async () => {
      const network = await machine.network({ mode });
      const [a, b] = await network.attachMany([
        { id: 'a', defaultRoute: false },
        { id: 'b', defaultRoute: false, ports: [{ hostPort: 8080, port: 80 }] },
      ]);
      await machine.serve(b?.netns as string, 'b', 80);
      await machine.serve(machine.outside, 'outside', 80);
      const [address, address6] = (b as Endpoint).addresses.map((text) => text.split('/')[0] as string);
      const targets = [
        [address, 80],
        [address6, 80],
        [OUTSIDE, 80],
      ] as [string, number][];
      const [own, own6] = (a as Endpoint).addresses.map((text) => text.split('/')[0] as string);
      assert.deepEqual(await tryAll(a as Endpoint, targets), [`b ${own}`, `b ${own6}`, 'refused']);
      assert.deepEqual(await tryAll(machine.netns, [[address as string, 80]]), ['b 10.88.0.1']);
    });
  }

  it('says when it is full, before the kernel does', async () => {
    const network = await machine.network({ subnets: ['10.88.0.0/29'], maxEndpoints: 4 });
    await network.attachMany([{ id: '1' }, { id: '2' }, { id: '3' }, { id: '4' }]);
    await assert.rejects(network.attach({ id: '5' }), (error: EndpointCapacityError) => error.lacking === 'ports');
    await network.detach('2');
    await network.attach({ id: '5' });
    const small = await machine.network({ name: 'small', subnets: ['10.89.0.0/30'] });
    await small.attach({ id: '1' });
    const descriptors = () => readdirSync('/proc/self/fd').length;
    const before = descriptors();
    await assert.rejects(small.attach({ id: '2' }), (error: EndpointCapacityError) => error.lacking === 'addresses');
    // Nor does it keep the namespace that it has begun to make: whatever is asked of the same thread comes behind that.
    await (await Netns.create()).close();
    assert.equal(descriptors(), before);
  });

  it('joins bridges where there are to be more endpoints than one has ports', async () => {
    const network = await machine.network({ maxEndpoints: 2000 });
    const made = await network.attachMany(Array.from({ length: 4 }, (_, i) => ({ id: `e${i}` })));
    const masters = made.map(({ hostInterface }) => ipJson(machine.netns, `link show dev ${hostInterface}`)[0].master);
    assert.equal(new Set(masters).size, 2);
    for (const [i, endpoint] of made.entries()) await machine.serve(endpoint.netns as string, `e${i}`, 80);
    const targets = made.map(({ addresses }) => [(addresses[0] as string).split('/')[0] as string, 80] as const);
    for (const answer of await tryAll(made[0] as Endpoint, targets)) assert.match(answer, /^e\d /);
  });

  it('keeps endpoints from one another on joined bridges, too, but not from the host', async () => {
    const network = await machine.network({ maxEndpoints: 2000, isolateEndpoints: true });
    const made = await network.attachMany(Array.from({ length: 4 }, (_, i) => ({ id: `e${i}` })));
    const masters = made.map(({ hostInterface }) => ipJson(machine.netns, `link show dev ${hostInterface}`)[0].master);
    assert.equal(new Set(masters).size, 2);
    for (const [i, endpoint] of made.entries()) await machine.serve(endpoint.netns as string, `e${i}`, 80);
    const targets = made.flatMap(({ addresses }) =>
      addresses.map((address) => [address.split('/')[0] as string, 80] as const),
    );
    const answers = await tryAll(made[0] as Endpoint, targets);
    assert.deepEqual(answers.slice(2), Array(6).fill('silent'));
    for (const answer of await tryAll(machine.netns, targets)) assert.match(answer, /^e\d /);
  });

  it('has a bridge whose MAC stays what it is', async () => {
    for (const mac of [undefined, '02:11:22:33:44:55']) {
      const network = await machine.network({ mac });
      const address = () => ipJson(machine.netns, `link show dev ${network.bridge}`)[0].address;
      const before = address();
      if (mac) assert.equal(before, mac);
      // Left to itself a bridge takes the lowest of its ports'.
      const { hostInterface } = await network.attach({ id: 'a' });
      run('ip', '-n', machine.netns.name, 'link', 'set', hostInterface, 'address', '02:00:00:00:00:01');
      assert.equal(address(), before);
      await network.detach('a');
      assert.equal(address(), before);
      await network.delete();
    }
  });

  for (const mode of ['bridge', 'routed'] as const) {
    it(`attaches when packets flow: the first one arrives, ${mode}`, async () => {
      const network = await machine.network({ mode });
      for (let i = 0; i < 10; i++) {
        const { addresses } = await network.attach({ id: `e${i}` });
        for (const address of addresses) {
          // Nobody serves there, which is told once for each datagram that has arrived.
          const [ip = '', type] = [address.split('/')[0], address.includes(':') ? 'udp6' : 'udp4'] as const;
          // Not looked up, so that it is bound and connected before the namespace is left.
          const socket = createSocket({ type, lookup: (name, _, done) => done(null, name, type === 'udp6' ? 6 : 4) });
          const answer = once(socket, 'message', { signal: AbortSignal.timeout(1000) });
          machine.netns.enter(() => socket.connect(9, ip, () => socket.send('?')));
          await assert.rejects(answer, { code: 'ECONNREFUSED' }, `${address} of ${i}`);
          socket.close();
        }
      }
    });

    it(`has networks of IPv6 alone, ${mode}`, async () => {
      const network = await machine.network({ mode, subnets: ['fd00:92::/64'] });
      const [a, b] = await network.attachMany([{ id: 'a', ports: [{ hostPort: 8080, port: 80 }] }, { id: 'b' }]);
      const text = (endpoint?: Endpoint) => endpoint?.addresses[0]?.split('/')[0] as string;
      await machine.serve(a?.netns as string, 'a', 80);
      await machine.serve(machine.outside, 'outside', 80);
      const answers = await tryAll(b as Endpoint, [
        [text(a), 80],
        [MACHINE6, 8080],
        [OUTSIDE6, 80],
      ]);
      assert.deepEqual(answers, [`a ${text(b)}`, answers[1], `outside ${MACHINE6}`]);
      assert.match(answers[1] as string, /^a /);
      assert.deepEqual(await tryAll(machine.outside, [[MACHINE6, 8080]]), [`a ${OUTSIDE6}`]);
    });
  }

  for (const mode of ['bridge', 'routed'] as const) {
    for (const strict of [['default'], ['all', 'default']]) {
      it(`leads published ports to a namespace by its second network, too, however strict that and the machine (${strict.join()}) are, ${mode}`, async () => {
        const beStrict = (where: string, ...links: string[]) => {
          for (const link of links) {
            const write = `echo 1 > /proc/sys/net/ipv4/conf/${link}/rp_filter`;
            run('ip', 'netns', 'exec', where, 'sh', '-c', write);
          }
        };
        beStrict(machine.netns.name, ...strict);
        const first = await machine.network({ mode });
        const second = await machine.network({ mode, name: 'second', subnets: ['10.94.0.0/16'] });
        const { netns } = await first.attach({ id: 'both' });
        beStrict(netns as string, 'all', 'default', 'eth0');
        const ports = [{ hostPort: 8080, port: 80 }];
        await second.attach({ id: 'both', netns, interface: 'eth1', defaultRoute: false, ports });
        await machine.serve(netns as string, 'both', 80);
        assert.deepEqual(await tryAll(machine.outside, [[MACHINE, 8080]]), [`both ${OUTSIDE}`]);
        // What goes takes nothing of the others with it.
        await second.attach({ id: 'other' });
        await second.detach('other');
        assert.deepEqual(await tryAll(machine.outside, [[MACHINE, 8080]]), [`both ${OUTSIDE}`]);
      });
    }
  }

  it('attaches many or none', async () => {
    const network = await machine.network();
    const progress: number[] = [];
    await network.attachMany([{ id: 'a' }, { id: 'b' }], { onProgress: (done) => progress.push(done) });
    assert.deepEqual(progress, [1, 2]);
    const before = snapshot(machine);
    await assert.rejects(network.attachMany([{ id: 'c' }, { id: 'd' }, { id: 'a' }]), { code: 'EEXIST' });
    const controller = new AbortController();
    await assert.rejects(
      network.attachMany(
        Array.from({ length: 100 }, (_, i) => ({ id: `x${i}` })),
        { signal: controller.signal, onProgress: () => controller.abort() },
      ),
      { name: 'AbortError' },
    );
    assert.equal(snapshot(machine), before);
  });

  it('hands out namespaces that were made before', async () => {
    const network = await machine.network();
    await network.prewarm(3);
    const pairs = () => ipJson(machine.netns, 'link show type veth').map((link: { ifname: string }) => link.ifname);
    const ready: string[] = pairs().filter((name: string) => name.startsWith('veth'));
    assert.equal(ready.length, 3);
    // Nobody takes them for endpoints' that are not there.
    assert.deepEqual(await network.gc([]), { endpoints: [] });
    const made = await network.attachMany([
      { id: 'a' },
      { id: 'b', interface: 'net0', hostInterface: 'hostb', mac: '02:00:00:00:00:0b', mtu: 1400 },
      { id: 'c', netns: { anonymous: true } },
      { id: 'd', netns: 'np-test-d' },
    ]);
    assert.ok(ready.includes(made[0]?.hostInterface as string) && ready.includes(made[2]?.hostInterface as string));
    const [a] = ipJson(machine.netns, `link show dev ${made[0]?.hostInterface}`);
    assert.deepEqual([a.address, a.master, a.operstate], ['06:6e:0a:58:00:02', network.bridge, 'UP']);
    const [b] = ipJson({ name: 'np-demo-b' }, 'link show dev net0');
    assert.deepEqual([b.address, b.mtu, b.operstate], ['02:00:00:00:00:0b', 1400, 'UP']);
    assert.equal(ipJson(machine.netns, 'link show dev hostb')[0].mtu, 1400);
    const names = (all: Endpoint[]) => all.map(({ id, hostInterface }) => [id, hostInterface]).sort();
    assert.deepEqual(names(await network.endpoints()), names(made));
    await machine.serve(made[2]?.netns as Netns, 'c', 80);
    assert.deepEqual(await tryAll(made[0] as Endpoint, [['10.88.0.4', 80]]), ['c 10.88.0.2']);
  });

  it('goes on with a namespace of its own where somebody has deleted the link that was ready', async () => {
    const network = await machine.network();
    const ready = () =>
      ipJson(machine.netns, 'link show type veth')
        .map((link: { ifname: string }) => link.ifname)
        .filter((name: string) => name.startsWith('veth'));
    await network.prewarm(2);
    for (const name of ready()) await machine.nl.links.delete(name);
    const made = [await network.attach({ id: 'a' }), await network.attach({ id: 'b', netns: { anonymous: true } })];
    await network.prewarm(0);
    assert.deepEqual(ready().sort(), made.map(({ hostInterface }) => hostInterface).sort());
    for (const endpoint of made) assert.deepEqual(await tryAll(endpoint, [['10.88.0.1', 80]]), ['refused']);
  });

  it('keeps nothing ready when that is not wanted any more, even if it is under way', async () => {
    const network = await machine.network();
    const filling = network.prewarm(50);
    await delay(5);
    await network.prewarm(0);
    await filling;
    // Namespaces that are let go of end in the kernel's own time.
    while (ipJson(machine.netns, 'link show type veth').length > 1) await delay(10);
  });

  it('has links too short for IPv6, with IPv4 alone', async () => {
    const network = await machine.network({ subnets: ['10.88.0.0/16'], mtu: 1000 });
    await network.prewarm(2);
    const made = await network.attachMany([
      { id: 'a', bandwidth: { egress: '1gbit' } },
      { id: 'b', mtu: 1400 },
      { id: 'c', mtu: 500 },
    ]);
    assert.deepEqual(
      (await network.endpoints()).map(({ id, mtu }) => [id, mtu]).sort(),
      made.map(({ id, mtu }) => [id, mtu]).sort(),
    );
    for (const endpoint of made) assert.deepEqual(await tryAll(endpoint, [['10.88.0.1', 80]]), ['refused']);
  });

  it('limits what is asked for up to the most that can be', async () => {
    const network = await machine.network();
    const most = { ingress: '1tbit', egress: 1e12 };
    const made = [
      await network.attach({ id: 'a', bandwidth: most }),
      await network.attach({ id: 'b', bandwidth: { ...most, burst: 2 ** 32 - 1 } }),
      await network.attach({ id: 'c', bandwidth: { egress: 8000, burst: 2 ** 32 - 1 } }),
    ];
    for (const endpoint of made) assert.deepEqual(await tryAll(endpoint, [['10.88.0.1', 80]]), ['refused']);
  });

  it('adds routes of any kind: those that lead nowhere take no link', async () => {
    const network = await machine.network();
    const nowhere = ['blackhole', 'unreachable', 'prohibit', 'throw'] as const;
    const routes: RouteSpec[] = nowhere.flatMap((type, i) => [
      { dst: `198.51.${i}.0/24`, type },
      { dst: `2001:db8:${i + 1}::/64`, type },
    ]);
    const inside = await machine.sandbox.netns('inside');
    await using nl = await Netlink.open({ netns: inside });
    await nl.links.set('lo', { up: true });
    await nl.nexthops.add({ id: 7, link: 'lo', family: 'inet' });
    await network.attach({
      id: 'x',
      netns: inside,
      routes: [...routes, { dst: '203.0.113.0/24', nhid: 7 }, { dst: '203.0.114.0/24' }],
    });
    const told = [...(await nl.routes.list({ family: 'inet' })), ...(await nl.routes.list({ family: 'inet6' }))];
    for (const { dst, type } of routes) assert.equal(told.find((route) => route.dst === dst)?.type, type, dst);
    assert.equal(told.find(({ dst }) => dst === '203.0.113.0/24')?.nhid, 7);
    const index = (await nl.links.get('eth0')).index;
    assert.ok([index, 'eth0'].includes(told.find(({ dst }) => dst === '203.0.114.0/24')?.link as string));
  });

  it('says which name is taken in a namespace that was there, at once', async () => {
    const network = await machine.network();
    await using second = await machine.network({ name: 'second', subnets: ['10.89.0.0/16'] });
    const inside = await machine.sandbox.netns('inside');
    await network.attach({ id: 'x', netns: inside });
    const before = snapshot(machine);
    await assert.rejects(
      second.attach({ id: 'x', netns: inside }),
      (error: Error & { code?: string; field?: string }) => {
        assert.deepEqual([error.code, error.field], ['EEXIST', 'interface']);
        assert.match(error.message, /'eth0'/);
        return true;
      },
    );
    assert.equal(snapshot(machine), before);
    await second.attach({ id: 'x', netns: inside, interface: 'eth1', defaultRoute: false });
  });

  it('has ids of any text, which nft tells as it reads them', async () => {
    const network = await machine.network();
    const ids = ['a "b"', "it's", '\\', 'a b;c # d', '%41', 'ä€😀', '/', 'a/b', '{ $x }'];
    await network.attachMany(ids.map((id) => ({ id, ports: [{ hostPort: 0, port: 80 }] })));
    assert.deepEqual((await network.endpoints()).map(({ id }) => id).sort(), [...ids].sort());
    // Of a comment nft reads less than it tells: 128 bytes.
    const ruleset = nft(machine.netns, 'list', 'ruleset').replace(/comment "[^"]{129,}"/g, 'comment "long"');
    loadRuleset(machine.outside, ruleset);
    assert.equal(nft(machine.outside, 'list', 'ruleset'), ruleset);
    assert.deepEqual(await network.gc(ids), { endpoints: [] });
    await assert.rejects(network.attach({ id: 'x', addresses: ['10.88.0.2'] }), { holder: `endpoint demo/${ids[0]}` });
    await network.detachMany(ids);
  });

  it('puts back what others have flushed', async () => {
    const network = await machine.network();
    const web = await network.attach({
      id: 'web',
      ports: [
        { hostPort: 8080, port: 80 },
        { hostPort: 53, port: 53, protocol: 'udp', hostAddress: MACHINE },
      ],
    });
    await machine.serve(web.netns as string, 'web', 80);
    nft(machine.netns, 'add', 'table', 'inet', 'theirs');
    const before = nft(machine.netns, 'list', 'ruleset');
    nft(machine.netns, 'delete', 'table', 'inet', 'netplumb');
    assert.deepEqual(await tryAll(machine.outside, [[MACHINE, 8080]]), ['refused']);
    await network.reconcile();
    assert.deepEqual(sorted(nft(machine.netns, 'list', 'ruleset')), sorted(before));
    assert.deepEqual(await tryAll(machine.outside, [[MACHINE, 8080]]), [`web ${OUTSIDE}`]);
  });

  it('puts back whatever has gone, by a process that attached nothing, too', async () => {
    const network = await machine.network();
    // More than an alias has room for, some of which follow one another.
    const scattered = Array.from({ length: 90 }, (_, i) => ({ hostPort: 20_000 + 2 * i, port: i % 3 ? 80 : 443 }));
    const row = Array.from({ length: 90 }, (_, i) => ({ hostPort: 30_000 + i, port: 1000 + i }));
    await network.attach({ id: 'many', ports: [...scattered, ...row, { hostPort: 53, port: 53, protocol: 'udp' }] });
    const alike = scattered.map(({ hostPort, port }) => ({ hostPort: hostPort + 1000, port }));
    await network.attach({ id: 'more', ports: alike });
    const together = Array.from({ length: 90 }, (_, i) => ({ hostPort: 31_000 + i, port: 80, hostAddress: '0.0.0.0' }));
    await network.attach({ id: 'one', ports: [{ hostPort: 20_001, port: 80, hostAddress: MACHINE6 }, ...together] });
    // More than the link has room for: only this process knows.
    const most = Array.from({ length: 300 }, (_, i) => ({ hostPort: 40_000 + 2 * i, port: 1000 + i }));
    await network.attach({ id: 'most', ports: most });
    // Programs that ask for links give the kernel a page for each.
    machine.netns.enter(() => assert.ok(networkInterfaces().lo));
    const list = () => sorted(nft(machine.netns, 'list', 'ruleset'));
    const before = list();
    await using other = await Network.open('demo', { netns: machine.netns });
    for (const words of [
      'flush table inet netplumb',
      'flush set inet netplumb endpoints',
      'flush set inet netplumb addresses6',
      'flush map inet netplumb ports4',
      'flush map inet netplumb hostports6',
      'delete element inet netplumb ports6 { tcp . 20002, udp . 53 }',
    ]) {
      nft(machine.netns, ...words.split(' '));
      assert.notDeepEqual(list(), before, words);
      await network.reconcile();
      assert.deepEqual(list(), before, words);
    }
    // What another process knows is what links tell.
    await network.detach('most');
    const less = list();
    nft(machine.netns, 'flush', 'ruleset');
    await other.reconcile();
    assert.deepEqual(list(), less);
    const told = new Map((await other.endpoints()).map(({ id, ports }) => [id, ports]));
    assert.equal(told.get('many')?.length, 92);
    const byPort = (ports: readonly { hostPort: number; port: number }[] = []) =>
      ports.map(({ hostPort, port }) => `${hostPort} ${port}`).sort();
    assert.deepEqual(byPort(told.get('more')), byPort(alike));
    // Somebody else has got what is to be put back: that is told, and all else put back.
    nft(machine.netns, 'delete', 'element', 'inet', 'netplumb', 'ports4', '{ tcp . 20000, tcp . 20002 }');
    nft(machine.netns, 'add', 'element', 'inet', 'netplumb', 'ports4', '{ tcp . 20000 : 10.88.0.3 . 80 }');
    await assert.rejects(other.reconcile(), { code: 'EADDRINUSE', port: 20_000 });
    nft(machine.netns, 'delete', 'element', 'inet', 'netplumb', 'ports4', '{ tcp . 20000 }');
    await other.reconcile();
    assert.deepEqual(list(), less);
  });

  it('puts back what belongs to networks themselves, whatever part of it has gone', async () => {
    const network = await machine.network({ isolated: false });
    const subnets = ['10.89.0.0/16', 'fd00:89::/64'];
    const other = await machine.network({ name: 'other', subnets, isolated: false, masquerade: [MACHINE, MACHINE6] });
    const inner = await machine.network({ name: 'inner', subnets: ['10.90.0.0/16'], internal: true });
    const list = () => sorted(nft(machine.netns, 'list', 'ruleset'));
    const before = list();
    const element = (set: string, key: string) => `delete element inet netplumb ${set} { ${key} }`;
    const keys = (set: string) =>
      JSON.parse(nft(machine.netns, '-j', 'list', 'set', 'inet', 'netplumb', set)).nftables[1].set.elem.length;
    assert.equal(keys('allowed'), 5);
    for (const words of [
      ...['networks', 'allowed', 'internal', 'closed'].map((set) => `flush set inet netplumb ${set}`),
      ...['sources4', 'sources6', 'hairpin4', 'hairpin6'].map((set) => `flush set inet netplumb ${set}`),
      ...['snat4', 'snat6', 'gateways4', 'gateways6'].map((map) => `flush map inet netplumb ${map}`),
      element('sources4', '10.88.0.0/16'),
      element('hairpin6', 'fd00:89::/64 . fd00:89::/64'),
      element('snat4', '10.89.0.0/16'),
      element('closed', 'ipv6'),
    ]) {
      for (const one of [network, other, inner]) {
        if (one === network) nft(machine.netns, ...words.split(' '));
        if (one === network) assert.notDeepEqual(list(), before, words);
        await one.reconcile();
      }
      assert.deepEqual(list(), before, words);
    }
    await Promise.all([network, other, inner].map((one) => one.delete()));
    assert.equal(nft(machine.netns, 'list', 'ruleset'), '');
  });

  it('does not put back what another network has got meanwhile', async () => {
    const network = await machine.network();
    const gone = () => nft(machine.netns, 'delete', 'table', 'inet', 'netplumb');
    gone();
    const other = await machine.network({ name: 'other', subnets: ['10.88.7.0/24'] });
    const before = nft(machine.netns, 'list', 'ruleset');
    await assert.rejects(network.reconcile(), { code: 'EEXIST' });
    assert.equal(nft(machine.netns, 'list', 'ruleset'), before);
    await other.delete();
    await network.reconcile();
    // Somebody else's interval is in the way.
    nft(machine.netns, 'flush', 'set', 'inet', 'netplumb', 'sources4');
    nft(machine.netns, 'add', 'element', 'inet', 'netplumb', 'sources4', '{ 10.88.7.0/24 }');
    await assert.rejects(network.reconcile(), { operation: 'NFT_MSG_NEWSETELEM' });
    nft(machine.netns, 'flush', 'set', 'inet', 'netplumb', 'sources4');
    await network.reconcile();
    // One of the same name is another one.
    await using second = await Network.open('demo', { netns: machine.netns });
    await second.delete();
    await machine.network({ subnets: ['10.91.0.0/16'] });
    await assert.rejects(network.reconcile(), { code: 'EEXIST' });
  });

  it('watches over itself, where asked to', async () => {
    const network = await machine.network();
    const web = await network.attach({ id: 'web', ports: [{ hostPort: 8080, port: 80 }] });
    await machine.serve(web.netns as string, 'web', 80);
    const controller = new AbortController();
    let tell = () => {};
    const watching = network.watch({ signal: controller.signal, onReconcile: () => tell() });
    for (const words of [
      'flush ruleset',
      'flush table inet netplumb',
      'delete table inet netplumb',
      ...['allowed', 'closed', 'hairpin4', 'sources6'].map((set) => `flush set inet netplumb ${set}`),
      'flush map inet netplumb gateways4',
    ]) {
      const before = sorted(nft(machine.netns, 'list', 'ruleset'));
      const told = new Promise<void>((resolve) => {
        tell = resolve;
      });
      nft(machine.netns, ...words.split(' '));
      await told;
      assert.deepEqual(sorted(nft(machine.netns, 'list', 'ruleset')), before, words);
      assert.deepEqual(await tryAll(machine.outside, [[MACHINE, 8080]]), [`web ${OUTSIDE}`]);
    }
    controller.abort();
    await watching;
    // It does not bring back what somebody has deleted.
    await using other = await Network.open('demo', { netns: machine.netns });
    const ending = network.watch({ onReconcile: () => assert.fail('it was deleted') });
    await other.delete();
    await ending;
    assert.equal(nft(machine.netns, 'list', 'ruleset'), '');
  });

  it('watches over itself also where it is not told what has gone, but that events were lost', async function () {
    if (process.env.NETPLUMB_SLOW) skipBecause(this, 'emulation takes too long over so many elements');
    this.timeout(60_000);
    const network = await machine.network();
    const web = await network.attach({ id: 'web', ports: [{ hostPort: 8080, port: 80 }] });
    await machine.serve(web.netns as string, 'web', 80);
    /** Sockets that listen to nftables: how many events each has lost. */
    const listeners = () =>
      run('ip', 'netns', 'exec', machine.netns.name, 'cat', '/proc/net/netlink')
        .split('\n')
        .map((line) => line.trim().split(/\s+/))
        .flatMap(([, protocol, , groups, , , , , drops]) =>
          protocol === '12' && Number.parseInt(groups ?? '', 16) ? Number(drops) : [],
        );
    const comment = 'x'.repeat(128);
    const elements = Array.from({ length: 250_000 }, (_, i) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`);
    loadRuleset(
      machine.netns,
      `table ip flood { set s { type ipv4_addr; elements = { ${elements.map((one) => `${one} comment "${comment}"`)} }\n}\n}\n`,
    );
    const controller = new AbortController();
    const told = new Promise<void>((resolve) => {
      network.watch({ signal: controller.signal, onReconcile: resolve }).catch(() => {});
    });
    while (listeners().length === 0) await delay(10);
    // Nobody reads while this process waits for nft: more is told than the watch has room for.
    loadRuleset(machine.netns, 'flush set ip flood s; delete table inet netplumb');
    assert.ok(
      listeners().some((drops) => drops > 0),
      'no event was lost',
    );
    await told;
    assert.deepEqual(await tryAll(machine.outside, [[MACHINE, 8080]]), [`web ${OUTSIDE}`]);
    controller.abort();
  });

  it('refuses what cannot be right, and changes nothing', async () => {
    const network = await machine.network();
    const before = snapshot(machine);
    const bad: [object, string][] = [
      [{ id: '' }, 'id'],
      [{ id: 7 }, 'id'],
      [{ id: 'half \ud83d' }, 'id'],
      [{ id: 'x', addresses: ['10.88.0.5/16/x'] }, 'addresses[0]'],
      [{ id: 'x', addresses: ['10.88.0.5/0x10'] }, 'addresses[0]'],
      [{ id: 'x', addresses: ['10.88.0.5/'] }, 'addresses[0]'],
      [{ id: 'x', mac: '00:00:00:00:00:00' }, 'mac'],
      [{ id: 'x', mtu: 1279 }, 'mtu'],
      [{ id: 'x', nets: 1 }, 'nets'],
      [{ id: 'x', addresses: ['10.89.0.1'] }, 'addresses[0]'],
      [{ id: 'x', addresses: ['10.88.0.1'] }, 'addresses[0]'],
      [{ id: 'x', addresses: ['10.88.0.2', '10.88.0.3'] }, 'addresses[1]'],
      [{ id: 'x', ports: [{ hostPort: 70_000, port: 1 }] }, 'ports[0].hostPort'],
      [{ id: 'x', ports: [{ hostPort: 1, port: 0 }] }, 'ports[0].port'],
      [{ id: 'x', ports: [{ hostPort: 1, port: 1, protocol: 'icmp' }] }, 'ports[0].protocol'],
      [{ id: 'x', ports: [{ hostPort: 65_535, port: 1, count: 2 }] }, 'ports[0].count'],
      [{ id: 'x', ports: [{ hostPort: 1, port: 1, hostAddress: '::1' }] }, 'ports[0].hostAddress'],
      [{ id: 'x', interface: 'a/b' }, 'interface'],
      [{ id: 'x', hostInterface: 'npbweb' }, 'hostInterface'],
      [{ id: 'x', mac: '01:00:00:00:00:00' }, 'mac'],
      [{ id: 'x', mtu: 10 }, 'mtu'],
      [{ id: 'x', bandwidth: { egress: 'fast' } }, 'bandwidth.egress'],
      [{ id: 'x', sysctls: { 'kernel.x': 1 } }, 'sysctls.kernel.x'],
      [{ id: 'x', netns: 7 }, 'netns'],
    ];
    for (const [spec, field] of bad) {
      await assert.rejects(network.attach(spec as never), (error: { field?: string; code?: string }) => {
        assert.equal(error.field, field);
        assert.match(error.code ?? '', /^ERR_/);
        return true;
      });
    }
    await network.attach({ id: 'stays', netns: { anonymous: true } });
    const ids: [unknown, string][] = [
      ['stays', 'liveIds'],
      [null, 'liveIds'],
      [{}, 'liveIds'],
      [7, 'liveIds'],
      [['stays', undefined], 'liveIds[1]'],
      [[''], 'liveIds[0]'],
    ];
    for (const [live, field] of ids) await assert.rejects(network.gc(live as string[]), { field });
    assert.deepEqual(await network.gc(new Set(['stays'])), { endpoints: [] });
    await network.detach('stays');
    const twice = network.attachMany([{ id: 'a' }, { id: 'b' }, { id: 'a' }]);
    await assert.rejects(twice, { field: 'specs[2].id', code: 'ERR_INVALID_ARG_VALUE' });
    const uncalled = network.attachMany([{ id: 'a' }], { onProgress: 'no function' as never });
    await assert.rejects(uncalled, { field: 'onProgress', code: 'ERR_INVALID_ARG_TYPE' });
    // Whatever else there is, and in whatever order.
    const local = { hostPort: 8080, port: 80, hostAddress: '127.0.0.1' };
    const everywhere = { hostPort: 8079, port: 80, count: 2 };
    for (const ports of [
      [local, everywhere],
      [everywhere, local],
    ]) {
      await assert.rejects(network.attach({ id: 'x', ports }), { name: 'PortInUseError', port: 8080 });
    }
    await assert.rejects(machine.network({ name: 'x y' }), { field: 'name' });
    await assert.rejects(machine.network({ name: 'x', subnets: ['10.88.0.1/16'] }), { field: 'subnets[0]' });
    await assert.rejects(machine.network({ name: 'x', bridge: 'npb0' }), { field: 'bridge' });
    await assert.rejects(machine.network({ name: 'x', subnets: [] }), { field: 'subnets' });
    await assert.rejects(machine.network({ name: 'x', subnets: ['10.88.7.0/24'] }), { code: 'EEXIST' });
    await assert.rejects(machine.network(), { code: 'EEXIST' });
    await assert.rejects(Network.open('absent', { netns: machine.netns }), { code: 'ENOENT' });
    assert.equal(snapshot(machine), before);
  });
});
