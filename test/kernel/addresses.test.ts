// Addresses against the kernel, with `ip` as witness.
import assert from 'node:assert/strict';
import type { Netlink, Netns } from '../../lib/index.js';
import { ip, ipJson, Sandbox } from '../support/sandbox.js';

describe('addresses', () => {
  let sandbox: Sandbox;
  let ns: Netns & { name: string };
  let nl: Netlink;

  beforeEach(async () => {
    sandbox = new Sandbox();
    ({ ns, nl } = await sandbox.host());
    await nl.links.create({ kind: 'veth', name: 'v0', up: true, peer: { name: 'v1' } });
    await nl.links.set('v1', { up: true });
  });
  afterEach(() => sandbox[Symbol.asyncDispose]());

  const witness = () => ipJson(ns, 'address show dev v0')[0].addr_info;
  const own = async (address: string) =>
    (await nl.addresses.list({ link: 'v0' })).find((one) => one.address === address);

  it('adds what `ip` shows: local, prefix length, scope, label', async () => {
    await nl.addresses.add({
      link: 'v0',
      address: '192.0.2.1/24',
      broadcast: '192.0.2.255',
      label: 'v0:web',
      scope: 'site',
    });
    const [seen] = witness();
    assert.equal(seen.local, '192.0.2.1');
    assert.equal(seen.prefixlen, 24);
    assert.equal(seen.broadcast, '192.0.2.255');
    assert.equal(seen.label, 'v0:web');
    assert.equal(seen.scope, 'site');
    const read = await own('192.0.2.1/24');
    assert.equal(read?.label, 'v0:web');
    assert.equal(read?.scope, 'site');
    assert.equal(read?.link, 'v0');
    assert.ok(read?.flags?.includes('permanent'));
    assert.equal(read?.validLifetime, Number.POSITIVE_INFINITY);
  });

  it('takes an address without a length as a whole one, and a label of the link by default', async () => {
    await nl.addresses.add({ link: 'v0', address: '192.0.2.1' });
    assert.equal(witness()[0].prefixlen, 32);
    assert.equal((await own('192.0.2.1/32'))?.label, 'v0');
    await nl.addresses.add({ link: 'v0', address: '2001:db8::1', flags: ['nodad'] });
    assert.ok(await own('2001:db8::1/128'));
  });

  it('adds point-to-point addresses, IPv4 and IPv6', async () => {
    await nl.addresses.add({ link: 'v0', address: '192.0.2.1', peer: '192.0.2.2/30' });
    const [seen] = witness();
    assert.deepEqual([seen.local, seen.address, seen.prefixlen], ['192.0.2.1', '192.0.2.2', 30]);
    assert.equal((await own('192.0.2.1/30'))?.peer, '192.0.2.2/30');
    await nl.addresses.add({ link: 'v0', address: '2001:db8::1', peer: '2001:db8::2/64', flags: ['nodad'] });
    const six = witness().find((one: { local: string }) => one.local === '2001:db8::1');
    assert.deepEqual([six.address, six.prefixlen], ['2001:db8::2', 64]);
    await nl.addresses.delete({ link: 'v0', address: '192.0.2.1', peer: '192.0.2.2/30' });
    assert.ok(!witness().some((one: { local: string }) => one.local === '192.0.2.1'));
  });

  it('sets flags: nodad, noprefixroute, home, mngtmpaddr', async () => {
    await nl.addresses.add({ link: 'v0', address: '2001:db8::1/64', flags: ['nodad', 'noprefixroute', 'mngtmpaddr'] });
    await nl.addresses.add({ link: 'v0', address: '2001:db8::2/64', flags: ['nodad', 'home'] });
    await nl.addresses.add({ link: 'v0', address: '192.0.2.1/24', flags: ['noprefixroute'] });
    const six = await own('2001:db8::1/64');
    for (const flag of ['nodad', 'noprefixroute', 'mngtmpaddr'] as const) assert.ok(six?.flags?.includes(flag), flag);
    assert.ok((await own('2001:db8::2/64'))?.flags?.includes('home'));
    const [seen] = witness().filter((one: { local: string }) => one.local === '2001:db8::1');
    assert.ok(seen.nodad && seen.noprefixroute && seen.mngtmpaddr);
    assert.equal(ipJson(ns, '-4 route').length, 0);
  });

  it('sets optimistic where the kernel lets it', async () => {
    await nl.sysctl.set('net.ipv6.conf.v0.optimistic_dad', 1);
    await nl.addresses.add({ link: 'v0', address: '2001:db8::1/64', flags: ['optimistic'] });
    assert.ok((await own('2001:db8::1/64'))?.flags?.includes('optimistic'));
  });

  it('sets lifetimes in milliseconds', async () => {
    await nl.addresses.add({ link: 'v0', address: '192.0.2.1/24', validLifetime: 600_000, preferredLifetime: 300_000 });
    const [seen] = witness();
    assert.ok(seen.valid_life_time <= 600 && seen.valid_life_time > 590);
    assert.ok(seen.preferred_life_time <= 300 && seen.preferred_life_time > 290);
    const read = await own('192.0.2.1/24');
    assert.ok((read?.validLifetime as number) <= 600_000 && (read?.validLifetime as number) > 590_000);
    await assert.rejects(nl.addresses.add({ link: 'v0', address: '192.0.2.2/24', validLifetime: 1500 }), {
      code: 'ERR_OUT_OF_RANGE',
    });
  });

  it('sets protocol and route metric', async () => {
    await nl.addresses.add({ link: 'v0', address: '192.0.2.1/24', protocol: 0x42, metric: 77 });
    assert.equal((await own('192.0.2.1/24'))?.protocol, 0x42);
    assert.equal((await own('192.0.2.1/24'))?.metric, 77);
    assert.equal(ipJson(ns, '-4 route')[0].metric, 77);
  });

  it('refuses one that is there with EEXIST, replaces it, deletes it once', async () => {
    const spec = { link: 'v0', address: '192.0.2.1/24' };
    await nl.addresses.add(spec);
    await assert.rejects(nl.addresses.add(spec), { name: 'NetlinkError', code: 'EEXIST' });
    await nl.addresses.replace({ ...spec, validLifetime: 600_000, preferredLifetime: 600_000 });
    assert.equal(witness().filter((one: { family: string }) => one.family === 'inet').length, 1);
    assert.ok(witness()[0].valid_life_time <= 600);
    await nl.addresses.delete(spec);
    await assert.rejects(nl.addresses.delete(spec), { code: 'EADDRNOTAVAIL' });
  });

  it('lists by link and by family, filtered in the kernel', async () => {
    await nl.addresses.add({ link: 'v0', address: '192.0.2.1/24' });
    await nl.addresses.add({ link: 'v1', address: '192.0.2.2/24' });
    await nl.addresses.add({ link: 'v1', address: '2001:db8::2/64', flags: ['nodad'] });
    const four = await nl.addresses.list({ family: 'inet' });
    assert.deepEqual(four.map((one) => one.address).sort(), ['192.0.2.1/24', '192.0.2.2/24']);
    const v1 = await nl.addresses.list({ link: 'v1' });
    assert.ok(v1.every((one) => one.link === 'v1'));
    assert.ok(v1.some((one) => one.address === '2001:db8::2/64'));
    const both = await nl.addresses.list({ link: 'v1', family: 'inet' });
    assert.deepEqual(
      both.map((one) => one.address),
      ['192.0.2.2/24'],
    );
  });

  it('sees what `ip` added, and is seen by it when what was read is given back', async () => {
    ip(ns, 'address add 198.51.100.7/25 dev v0 label v0:x');
    const [read] = await nl.addresses.list({ link: 'v0', family: 'inet' });
    assert.ok(read);
    await nl.addresses.delete(read);
    await nl.addresses.add(read);
    assert.equal(witness()[0].label, 'v0:x');
  });

  it('says what is wrong', async () => {
    await assert.rejects(nl.addresses.add({ link: 'absent', address: '192.0.2.1/24' }), {
      code: 'ENODEV',
      field: 'link',
    });
    await assert.rejects(nl.addresses.add({ link: 'v0', address: '192.0.2.1/33' }), { code: 'ERR_INVALID_ARG_VALUE' });
    await assert.rejects(nl.addresses.add({ link: 'v0', address: '192.0.2.256' }), { code: 'ERR_INVALID_ARG_VALUE' });
    await assert.rejects(nl.addresses.add({ link: 'v0', address: '192.0.2.1/24', broadcast: '2001:db8::1' }), {
      code: 'ERR_INVALID_ARG_VALUE',
    });
    await assert.rejects(nl.addresses.add({ link: 'v0' } as never), { code: 'ERR_INVALID_ARG_TYPE' });
    await assert.rejects(nl.addresses.add(undefined as never), { code: 'ERR_INVALID_ARG_TYPE' });
  });
});
