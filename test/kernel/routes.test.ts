// Routes against the kernel, with `ip` as witness.
import assert from 'node:assert/strict';
import type { Netlink, Netns, Route } from '../../lib/index.js';
import { ip, ipJson, Sandbox } from '../support/sandbox.js';

describe('routes', () => {
  let sandbox: Sandbox;
  let ns: Netns & { name: string };
  let nl: Netlink;

  beforeEach(async () => {
    sandbox = new Sandbox();
    ({ ns, nl } = await sandbox.host());
    await nl.links.create({ kind: 'veth', name: 'v0', up: true, peer: { name: 'v1' } });
    await nl.links.set('v1', { up: true });
    await nl.links.set('lo', { up: true });
    await nl.addresses.add({ link: 'v0', address: '10.9.0.1/24' });
    await nl.addresses.add({ link: 'v0', address: '2001:db8:9::1/64', flags: ['nodad'] });
  });
  afterEach(() => sandbox[Symbol.asyncDispose]());

  const witness = (words: string) => ipJson(ns, `route show table all ${words}`);
  const read = async (dst: string, table: number | 'all' = 'all'): Promise<Route | undefined> =>
    (await nl.routes.list({ table })).find((route) => route.dst === dst);

  it('adds what `ip route add` would: main, boot, unicast, scope by gateway', async () => {
    await nl.routes.add({ dst: '10.20.0.0/16', gateway: '10.9.0.2' });
    await nl.routes.add({ dst: '10.30.0.0/16', link: 'v0' });
    await nl.routes.add({ dst: 'default', gateway: '10.9.0.2', metric: 5 });
    const [gateway] = witness('10.20.0.0/16');
    assert.deepEqual(
      [gateway.gateway, gateway.dev, gateway.protocol, gateway.scope, gateway.type],
      ['10.9.0.2', 'v0', 'boot', 'global', 'unicast'],
    );
    assert.equal(witness('10.30.0.0/16')[0].scope, 'link');
    assert.equal(ipJson(ns, '-4 route show default')[0].metric, 5);
    const route = await read('10.20.0.0/16');
    assert.deepEqual(
      [route?.gateway, route?.link, route?.protocol, route?.scope, route?.type, route?.table],
      ['10.9.0.2', 'v0', 'boot', 'global', 'unicast', 'main'],
    );
    assert.equal((await read('default'))?.metric, 5);
  });

  it('adds IPv6 routes and the IPv6 default', async () => {
    await nl.routes.add({ dst: '2001:db8:20::/48', gateway: '2001:db8:9::2', metric: 13 });
    await nl.routes.add({ dst: 'default', gateway: '2001:db8:9::2' });
    assert.equal(ipJson(ns, '-6 route show 2001:db8:20::/48')[0].metric, 13);
    assert.equal(ipJson(ns, '-6 route show default')[0].gateway, '2001:db8:9::2');
    const [route] = (await nl.routes.list({ family: 'inet6' })).filter((one) => one.dst === 'default');
    assert.equal(route?.gateway, '2001:db8:9::2');
    assert.equal(route?.pref, 'medium');
  });

  it('adds on-link next hops, source addresses, tables, protocols, types of service', async () => {
    await nl.addresses.add({ link: 'v0', address: '10.9.0.77/24' });
    await nl.routes.add({
      dst: '10.40.0.0/16',
      gateway: '172.16.0.1',
      link: 'v0',
      flags: ['onlink'],
      prefsrc: '10.9.0.77',
      table: 1000,
      protocol: 'static',
      tos: 16,
    });
    const [seen] = witness('10.40.0.0/16');
    assert.deepEqual(
      [seen.gateway, seen.prefsrc, seen.table, seen.protocol, seen.tos],
      ['172.16.0.1', '10.9.0.77', '1000', 'static', '0x10'],
    );
    assert.ok(seen.flags.includes('onlink'));
    const route = await read('10.40.0.0/16', 1000);
    assert.deepEqual([route?.table, route?.prefsrc, route?.protocol, route?.tos], [1000, '10.9.0.77', 'static', 16]);
    assert.ok(route?.flags?.includes('onlink'));
  });

  it('adds blackhole, unreachable, prohibit, throw and local routes', async () => {
    for (const type of ['blackhole', 'unreachable', 'prohibit', 'throw'] as const) {
      await nl.routes.add({ dst: '10.50.0.0/16', type, table: 100, metric: 100 });
      assert.equal(witness('10.50.0.0/16')[0].type, type);
      assert.equal((await read('10.50.0.0/16', 100))?.type, type);
      await nl.routes.delete({ dst: '10.50.0.0/16', type, table: 100 });
    }
    await nl.routes.add({ dst: '10.60.0.1/32', type: 'local', link: 'lo', table: 'local' });
    assert.equal((await nl.routes.get('10.60.0.1')).type, 'local');
    await nl.routes.add({ dst: 'default', type: 'unreachable', table: 101 });
    assert.equal(ipJson(ns, 'route show table 101')[0].type, 'unreachable');
  });

  it('sets MTU and other metrics, locked ones too', async () => {
    const metrics = {
      mtu: 1400,
      advmss: 1300,
      window: 30_000,
      initcwnd: 20,
      initrwnd: 21,
      hoplimit: 100,
      rtt: 80,
      rttvar: 40,
      rtoMin: 50,
      ssthresh: 9,
      cwnd: 8,
      quickack: 1,
    };
    await nl.routes.add({
      dst: '10.20.0.0/16',
      gateway: '10.9.0.2',
      metrics: { ...metrics, lock: ['mtu'], congctl: 'reno' },
    });
    const text = ip(ns, 'route show 10.20.0.0/16');
    for (const part of [
      'mtu lock 1400',
      'advmss 1300',
      'window 30000',
      'initcwnd 20',
      'initrwnd 21',
      'hoplimit 100',
      'rtt 80ms',
      'rttvar 40ms',
      'rto_min 50ms',
      'ssthresh 9',
      'cwnd 8',
      'quickack 1',
      'congctl reno',
    ]) {
      assert.ok(text.includes(part), `${part} in ${text}`);
    }
    const route = await read('10.20.0.0/16');
    assert.deepEqual(
      { ...route?.metrics, lock: undefined, congctl: undefined },
      { ...metrics, lock: undefined, congctl: undefined },
    );
    assert.deepEqual(route?.metrics?.lock, ['mtu']);
    assert.equal(route?.metrics?.congctl, 'reno');
  });

  it('spreads over several next hops by weight', async () => {
    await nl.routes.add({
      dst: '10.20.0.0/16',
      nexthops: [
        { gateway: '10.9.0.2', weight: 1 },
        { gateway: '10.9.0.3', weight: 3 },
      ],
    });
    const [seen] = witness('10.20.0.0/16');
    assert.deepEqual(
      seen.nexthops.map((hop: { gateway: string; weight: number }) => [hop.gateway, hop.weight]),
      [
        ['10.9.0.2', 1],
        ['10.9.0.3', 3],
      ],
    );
    const route = await read('10.20.0.0/16');
    assert.deepEqual(
      route?.nexthops?.map((hop) => [hop.gateway, hop.weight, hop.link]),
      [
        ['10.9.0.2', 1, 'v0'],
        ['10.9.0.3', 3, 'v0'],
      ],
    );
    await nl.routes.add({
      dst: '2001:db8:20::/48',
      nexthops: [{ gateway: '2001:db8:9::2' }, { gateway: '2001:db8:9::3', weight: 256 }],
    });
    const six = ipJson(ns, '-6 route show 2001:db8:20::/48')[0].nexthops;
    assert.deepEqual(
      six.map((hop: { weight: number }) => hop.weight),
      [1, 256],
    );
  });

  it('reaches IPv4 through an IPv6 gateway', async () => {
    await nl.routes.add({ dst: '10.20.0.0/16', gateway: '2001:db8:9::2', link: 'v0' });
    assert.deepEqual(witness('10.20.0.0/16')[0].via, { family: 'inet6', host: '2001:db8:9::2' });
    assert.equal((await read('10.20.0.0/16'))?.via, '2001:db8:9::2');
  });

  it('changes, replaces, appends, deletes; what is not there is said to be so', async () => {
    const spec = { dst: '10.20.0.0/16', gateway: '10.9.0.2' };
    await assert.rejects(nl.routes.change(spec), { code: 'ENOENT' });
    await nl.routes.add(spec);
    await assert.rejects(nl.routes.add(spec), { code: 'EEXIST' });
    await nl.routes.change({ ...spec, gateway: '10.9.0.3' });
    assert.equal(witness('10.20.0.0/16')[0].gateway, '10.9.0.3');
    await nl.routes.replace({ ...spec, gateway: '10.9.0.4' });
    assert.equal(witness('10.20.0.0/16').length, 1);
    await nl.routes.append({ ...spec, gateway: '10.9.0.5' });
    assert.equal(witness('10.20.0.0/16').length, 2);
    await nl.routes.prepend({ ...spec, gateway: '10.9.0.6' });
    assert.deepEqual(
      witness('10.20.0.0/16').map((route: { gateway: string }) => route.gateway),
      ['10.9.0.6', '10.9.0.4', '10.9.0.5'],
    );
    for (const gateway of ['10.9.0.5', '10.9.0.6']) await nl.routes.delete({ ...spec, gateway });
    await nl.routes.delete({ dst: spec.dst });
    assert.equal(witness('10.20.0.0/16').length, 0);
    await assert.rejects(nl.routes.delete({ dst: spec.dst }), { name: 'NetlinkError', code: 'ESRCH' });
  });

  it('says what the kernel refuses, in its words', async () => {
    await assert.rejects(nl.routes.add({ dst: '10.20.0.0/16', gateway: '172.16.0.1' }), {
      code: 'ENETUNREACH',
      detail: 'Nexthop has invalid gateway',
    });
    await assert.rejects(nl.routes.add({ dst: '10.20.0.5/16', gateway: '10.9.0.2' }), (error: Error) =>
      /prefix/i.test(error.message),
    );
    await assert.rejects(nl.routes.add({ dst: '10.20.0.0/16', link: 'absent' }), { code: 'ENODEV', field: 'link' });
    await assert.rejects(nl.routes.add({ dst: '10.20.0.0/16', gateway: '10.9.0.2', prefsrc: '2001:db8::1' }), {
      code: 'ERR_INVALID_ARG_VALUE',
    });
  });

  it('lists by family, table, link, protocol and type, filtered in the kernel', async () => {
    for (const table of [1000, 1001, 1002])
      await nl.routes.add({ dst: '10.20.0.0/16', gateway: '10.9.0.2', table, protocol: 'static' });
    await nl.routes.add({ dst: '10.70.0.0/16', type: 'blackhole', table: 1000 });
    const dsts = async (filter: Parameters<typeof nl.routes.list>[0]) =>
      (await nl.routes.list(filter)).map((route) => route.dst).sort();
    assert.deepEqual(await dsts({ table: 1001 }), ['10.20.0.0/16']);
    assert.deepEqual(await dsts({ table: 1000 }), ['10.20.0.0/16', '10.70.0.0/16']);
    assert.deepEqual(await dsts({ table: 1000, type: 'blackhole' }), ['10.70.0.0/16']);
    assert.deepEqual(await dsts({ table: 1000, link: 'v0' }), ['10.20.0.0/16']);
    assert.deepEqual(await dsts({ table: 'all', protocol: 'static', family: 'inet' }), [
      '10.20.0.0/16',
      '10.20.0.0/16',
      '10.20.0.0/16',
    ]);
    assert.deepEqual(await dsts({ table: 4711 }), []);
    assert.ok((await nl.routes.list({ family: 'inet6' })).every((route) => route.family === 'inet6'));
    assert.ok((await nl.routes.list()).every((route) => route.table === 'main'));
  });

  it('gets the route of a packet: by destination, mark, incoming link, user; and the entry that matched', async () => {
    await nl.routes.add({ dst: 'default', gateway: '10.9.0.2' });
    await nl.routes.add({ dst: 'default', gateway: '10.9.0.3', table: 77 });
    await nl.routes.add({ dst: 'default', gateway: '10.9.0.4', table: 78 });
    ip(ns, 'rule add fwmark 5 table 77');
    ip(ns, 'rule add uidrange 100-100 table 78');
    assert.equal((await nl.routes.get('198.51.100.1')).gateway, '10.9.0.2');
    assert.equal((await nl.routes.get('198.51.100.1', { mark: 5 })).gateway, '10.9.0.3');
    assert.equal((await nl.routes.get('198.51.100.1', { uid: 100 })).gateway, '10.9.0.4');
    assert.equal((await nl.routes.get('10.9.0.1')).type, 'local');
    const match = await nl.routes.get('198.51.100.1', { fibMatch: true });
    assert.deepEqual([match.dst, match.gateway, match.table], ['default', '10.9.0.2', 'main']);
    await nl.sysctl.set('net.ipv4.ip_forward', 1);
    const through = await nl.routes
      .get('10.9.0.9', { iif: 'v1', from: '198.51.100.7' })
      .catch((error: { code: string }) => error.code);
    assert.ok(typeof through === 'string' || through.link === 'v0');
    assert.equal((await nl.routes.get('2001:db8:9::5')).link, 'v0');
    await assert.rejects(nl.routes.get('2001:db8:ffff::1'), { code: 'ENETUNREACH' });
  });

  it('gives back what was read', async () => {
    ip(ns, 'route add 10.20.0.0/16 via 10.9.0.2 proto static metric 9 mtu 1400 table 55');
    const route = await read('10.20.0.0/16', 55);
    assert.ok(route);
    await nl.routes.delete(route);
    await nl.routes.add(route);
    assert.deepEqual(await read('10.20.0.0/16', 55), route);
  });
});
