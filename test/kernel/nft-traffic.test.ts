// Translation of addresses by rules that are given as JSON, proved by real requests and by what conntrack tells of them.
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { ConntrackFilter, Netlink, Netns, NftCommand } from '../../lib/index.js';
import { ip, run, Sandbox } from '../support/sandbox.js';

type Named = Netns & { name: string };

const inside = (ns: Named, ...words: string[]) => run('ip', 'netns', 'exec', ns.name, ...words);

// Answers with who asks, by HTTP and by UDP, of both families, on the ports of its arguments.
const SERVER = `const ports = process.argv.slice(1).map(Number); let left = ports.length * 3; const ready = () => --left || console.log('ready');
  for (const port of ports) {
    require('http').createServer((request, response) => { response.setHeader('connection', 'close'); response.end(request.socket.remoteAddress.replace('::ffff:', '')); })
      .listen(port, '::', ready);
    for (const [type, host] of [['udp4', '0.0.0.0'], ['udp6', '::']])
      require('dgram').createSocket({ type, ipv6Only: type === 'udp6' })
        .on('message', function (data, from) { this.send(from.address, from.port, from.address); }).bind(port, host, ready);
  }`;
const HTTP = `require('http').get({ host: process.argv[1], port: process.argv[2], timeout: 3000, agent: false }, (response) => response.pipe(process.stdout))
  .on('timeout', () => process.exit(2)).on('error', (error) => { console.log(error.code); process.exit(1); })`;
const UDP = `const [, host, port] = process.argv; const socket = require('dgram').createSocket(host.includes(':') ? 'udp6' : 'udp4');
  socket.on('message', (data) => { process.stdout.write(data); process.exit(); }); setTimeout(() => process.exit(2), 3000);
  const send = () => socket.send('x', port, host); send(); setInterval(send, 200)`;

/** Asks from a namespace; what the server saw as the one who asks. */
const http = (from: Named, host: string, port: number) =>
  inside(from, process.execPath, '-e', HTTP, host, String(port));
const udp = (from: Named, host: string, port: number) => inside(from, process.execPath, '-e', UDP, host, String(port));

/** client (outside) - router - bridge br0 with two servers behind it. */
describe('traffic through nft rules', () => {
  let sandbox: Sandbox;
  let nl: Netlink;
  let router: Named;
  let client: Named;
  let web: Named;
  let other: Named;
  const servers: ChildProcess[] = [];

  before(async () => {
    sandbox = new Sandbox();
    ({ ns: router, nl } = await sandbox.host('router'));
    [client, web, other] = [await sandbox.netns('client'), await sandbox.netns('web'), await sandbox.netns('other')];
    ip(router, 'link add br0 type bridge');
    ip(router, `link add wan type veth peer name eth0 netns ${client.name}`);
    for (const [link, end] of [
      ['v1', web],
      ['v2', other],
    ] as const) {
      ip(router, `link add ${link} master br0 type veth peer name eth0 netns ${end.name}`);
      ip(router, `link set ${link} up`);
      ip(router, `link set ${link} type bridge_slave hairpin on`);
    }
    const addresses: [Named, string, string, string][] = [
      [router, 'wan', '192.0.2.1/24', '2001:db8:1::1/64'],
      [router, 'br0', '10.0.0.1/24', 'fd00::1/64'],
      [client, 'eth0', '192.0.2.9/24', '2001:db8:1::9/64'],
      [web, 'eth0', '10.0.0.2/24', 'fd00::2/64'],
      [other, 'eth0', '10.0.0.3/24', 'fd00::3/64'],
    ];
    for (const [ns, link, ...both] of addresses) {
      ip(ns, 'link set lo up');
      for (const address of both) ip(ns, `addr add ${address} dev ${link}${address.includes(':') ? ' nodad' : ''}`);
      ip(ns, `link set ${link} up`);
    }
    for (const ns of [web, other]) {
      ip(ns, 'route add default via 10.0.0.1');
      ip(ns, '-6 route add default via fd00::1');
    }
    // The client knows the public addresses, and nothing of what is behind the router.
    ip(client, 'route add 203.0.113.0/24 via 192.0.2.1');
    ip(client, '-6 route add 2001:db8:ff::/64 via 2001:db8:1::1');
    for (const key of ['net.ipv4.ip_forward', 'net.ipv6.conf.all.forwarding', 'net.netfilter.nf_conntrack_acct']) {
      await nl.sysctl.set(key, '1');
    }
    for (const ns of [web, other]) {
      const server = ns.spawn(process.execPath, ['-e', SERVER, '80', '8080'], { stdio: ['ignore', 'pipe', 'inherit'] });
      servers.push(server);
      assert.ok(server.stdout);
      await once(server.stdout, 'data');
    }
  });
  after(async () => {
    for (const server of servers) server.kill();
    await sandbox[Symbol.asyncDispose]();
  });
  afterEach(async () => {
    await nl.nft.flush();
    await nl.conntrack.flush();
  });

  const chain = (family: 'ip' | 'ip6', hook: 'prerouting' | 'postrouting'): NftCommand => ({
    add: {
      chain: {
        family,
        table: 't',
        name: hook,
        type: 'nat',
        hook,
        prio: hook === 'prerouting' ? -100 : 100,
        policy: 'accept',
      },
    },
  });
  /** A table with both chains of nat, and rules in them. */
  async function rules(family: 'ip' | 'ip6', ...given: ['prerouting' | 'postrouting', unknown[]][]): Promise<void> {
    await nl.nft.apply([
      { add: { table: { family, name: 't' } } },
      chain(family, 'prerouting'),
      chain(family, 'postrouting'),
      ...given.map(([name, expr]) => ({ add: { rule: { family, table: 't', chain: name, expr } } }) as NftCommand),
    ]);
  }
  const field = (protocol: string, name: string) => ({ payload: { protocol, field: name } });
  const is = (left: unknown, right: unknown, op = '==') => ({ match: { op, left, right } });

  /** There is one connection of this kind, by our reading and by the program's. */
  async function proved(filter: ConntrackFilter, witness: RegExp): Promise<void> {
    const entries = await nl.conntrack.list(filter);
    assert.ok(
      entries.length >= 1,
      `${JSON.stringify(filter)}: ${JSON.stringify((await nl.conntrack.list()).map((e) => [e.original, e.reply]))}`,
    );
    assert.ok(entries.some(({ replyCounters }) => (replyCounters?.packets ?? 0n) > 0n));
    const family = entries[0]?.family === 'ip6' ? 'ipv6' : 'ipv4';
    assert.match(inside(router, 'conntrack', '-L', '-f', family), witness);
  }

  const families = [
    {
      family: 'ip',
      addressType: 'ipv4_addr',
      // Of the router and of the client, outside.
      own: '192.0.2.1',
      asker: '192.0.2.9',
      // Of the router and of the servers, behind it.
      inner: '10.0.0.0',
      len: 24,
      gateway: '10.0.0.1',
      server: '10.0.0.2',
      second: '10.0.0.3',
      // Public ones, which the router translates.
      net: '203.0.113.',
    },
    {
      family: 'ip6',
      addressType: 'ipv6_addr',
      own: '2001:db8:1::1',
      asker: '2001:db8:1::9',
      inner: 'fd00::',
      len: 64,
      gateway: 'fd00::1',
      server: 'fd00::2',
      second: 'fd00::3',
      net: '2001:db8:ff::',
    },
  ] as const;

  for (const { family, addressType, own, asker, inner, len, gateway, server, second, net } of families) {
    const outside = `${net}7`;

    it(`a published port: dnat, with counters (${family})`, async () => {
      await rules(family, [
        'prerouting',
        [
          is(field(family, 'daddr'), own),
          is(field('tcp', 'dport'), 8000),
          { counter: null },
          { dnat: { addr: server, port: 80 } },
        ],
      ]);
      assert.equal(http(client, own, 8000), asker);
      await proved(
        {
          original: { protocol: 'tcp', dst: own, dport: 8000 },
          reply: { src: server, sport: 80, protocol: 'tcp' },
          status: ['dstNat'],
        },
        new RegExp(`dst=${own} sport=\\d+ dport=8000 .*src=${server} dst=${asker} sport=80`),
      );
      const listing = JSON.stringify(await nl.nft.list());
      const bytes = family === 'ip' ? 60 : 80;
      assert.ok(listing.includes(`"counter":{"packets":1,"bytes":${bytes}}`), listing);
      assert.match(
        inside(router, 'nft', 'list', 'ruleset'),
        new RegExp(`tcp dport 8000 counter packets 1 bytes ${bytes} dnat to \\[?${server}\\]?:80`),
      );
    });

    it(`a whole address, both ways, as a router does for a server behind it (${family})`, async () => {
      await rules(
        family,
        ['prerouting', [is(field(family, 'daddr'), outside), { dnat: { addr: server } }]],
        [
          'postrouting',
          [is(field(family, 'saddr'), server), is({ meta: { key: 'oifname' } }, 'wan'), { snat: { addr: outside } }],
        ],
      );
      assert.equal(http(client, outside, 80), asker);
      assert.equal(udp(client, outside, 8080), asker);
      // And from the server: the client sees the public address.
      const echo = client.spawn(process.execPath, ['-e', SERVER, '80'], { stdio: ['ignore', 'pipe', 'inherit'] });
      assert.ok(echo.stdout);
      await once(echo.stdout, 'data');
      try {
        assert.equal(http(web, asker, 80), outside);
      } finally {
        echo.kill();
      }
      await proved(
        { original: { dst: outside }, reply: { src: server }, status: ['dstNat'] },
        new RegExp(`dst=${outside}`),
      );
      await proved(
        { original: { src: server }, reply: { dst: outside }, status: ['srcNat'] },
        new RegExp(`dst=${outside}`),
      );
    });

    it(`masquerade of what leaves by another link than the bridge (${family})`, async () => {
      await rules(family, [
        'postrouting',
        [
          is(field(family, 'saddr'), { prefix: { addr: inner, len } }),
          is({ meta: { key: 'oifname' } }, 'br0', '!='),
          { masquerade: null },
        ],
      ]);
      const echo = client.spawn(process.execPath, ['-e', SERVER, '80'], { stdio: ['ignore', 'pipe', 'inherit'] });
      assert.ok(echo.stdout);
      await once(echo.stdout, 'data');
      try {
        assert.equal(http(web, asker, 80), own);
        assert.equal(udp(other, asker, 80), own);
      } finally {
        echo.kill();
      }
      await proved(
        { original: { src: server, protocol: 'tcp' }, reply: { dst: own }, status: ['srcNat'] },
        new RegExp(`dst=${own}`),
      );
    });

    it(`redirect to a port of the router (${family})`, async () => {
      const local = router.spawn(process.execPath, ['-e', SERVER, '8888'], { stdio: ['ignore', 'pipe', 'inherit'] });
      assert.ok(local.stdout);
      await once(local.stdout, 'data');
      try {
        await rules(family, ['prerouting', [is(field('tcp', 'dport'), 81), { redirect: { port: 8888 } }]]);
        assert.equal(http(client, `${net}50`, 81), asker);
        await proved(
          {
            original: { dst: `${net}50`, dport: 81, protocol: 'tcp' },
            reply: { src: own, sport: 8888, protocol: 'tcp' },
          },
          new RegExp(`dst=${net}50 .*dport=81 .*src=${own} .*sport=8888`),
        );
      } finally {
        local.kill();
      }
    });

    it(`hairpin: a server that asks for its own published port (${family})`, async () => {
      await rules(
        family,
        [
          'prerouting',
          [is(field(family, 'daddr'), own), is(field('tcp', 'dport'), 8000), { dnat: { addr: server, port: 80 } }],
        ],
        [
          'postrouting',
          [
            is(field(family, 'saddr'), { prefix: { addr: inner, len } }),
            is(field(family, 'daddr'), server),
            { masquerade: null },
          ],
        ],
      );
      assert.equal(http(web, own, 8000), gateway);
      assert.equal(http(other, own, 8000), gateway);
      await proved(
        {
          original: { src: server, dst: own },
          reply: { src: server, dst: gateway },
          status: ['srcNat', 'dstNat'],
        },
        new RegExp(`src=${server} dst=${own} .*src=${server} dst=${gateway}`),
      );
    });

    it(`netmap: a prefix on to another, host by host (${family})`, async () => {
      await rules(family, [
        'prerouting',
        [
          is(field(family, 'daddr'), { prefix: { addr: net.replace(/\.$/, '.0'), len } }),
          { dnat: { family, addr: { prefix: { addr: inner, len } }, flags: 'netmap' } },
        ],
      ] as ['prerouting', unknown[]]);
      assert.equal(http(client, `${net}2`, 80), asker);
      assert.equal(udp(client, `${net}3`, 80), asker);
      await proved({ original: { dst: `${net}2` }, reply: { src: server } }, new RegExp(`dst=${net}2`));
      await proved({ original: { dst: `${net}3` }, reply: { src: second } }, new RegExp(`dst=${net}3`));
    });

    it(`a map of 10,000 ports; saved, flushed and restored, it translates again (${family})`, async () => {
      const ports = Array.from({ length: 10_000 }, (_, i) => 10_000 + i);
      await nl.nft.apply([
        { add: { table: { family, name: 't' } } },
        {
          add: {
            map: {
              family,
              table: 't',
              name: 'published',
              type: 'inet_service',
              map: [addressType, 'inet_service'],
            },
          },
        } as NftCommand,
        chain(family, 'prerouting'),
        {
          add: {
            rule: {
              family,
              table: 't',
              chain: 'prerouting',
              expr: [{ dnat: { family, addr: { map: { key: field('tcp', 'dport'), data: '@published' } } } }],
            },
          },
        } as NftCommand,
        {
          add: {
            element: {
              family,
              table: 't',
              name: 'published',
              elem: ports.map((port) => [port, { concat: [port % 2 ? server : second, 80] }]),
            },
          },
        } as NftCommand,
      ]);
      const check = async () => {
        assert.equal(http(client, own, 10_001), asker);
        assert.equal(http(client, own, 19_998), asker);
        await proved(
          { original: { dport: 10_001, protocol: 'tcp' }, reply: { src: server, sport: 80, protocol: 'tcp' } },
          new RegExp(`dport=10001 .*src=${server}`),
        );
        await proved(
          { original: { dport: 19_998, protocol: 'tcp' }, reply: { src: second, sport: 80, protocol: 'tcp' } },
          new RegExp(`dport=19998 .*src=${second}`),
        );
      };
      await check();
      const saved = await nl.nft.save();
      await nl.nft.flush();
      await nl.conntrack.flush();
      assert.throws(() => http(client, own, 10_001));
      await nl.nft.restore(JSON.parse(JSON.stringify(saved)));
      await check();
    });
  }
});
