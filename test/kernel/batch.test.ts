// Batches: several operations in one trip, a result each; or all of them or none.
import assert from 'node:assert/strict';
import { type Netlink, NetlinkError } from '../../lib/index.js';
import { Sandbox } from '../support/sandbox.js';

describe('batch', () => {
  let sandbox: Sandbox;
  let nl: Netlink;
  const names = async () => (await nl.links.list({ kind: 'veth' })).map((link) => link.name).sort();

  beforeEach(async () => {
    sandbox = new Sandbox();
    ({ nl } = await sandbox.host());
  });
  afterEach(() => sandbox[Symbol.asyncDispose]());

  it('gives each operation its own result, in order, errors in their place', async () => {
    const batch = nl.batch();
    const made = batch.links.create({ kind: 'veth', name: 'v0', up: true, peer: { name: 'v1' } });
    const taken = batch.links.create({ kind: 'veth', name: 'v0', peer: { name: 'v2' } });
    batch.links.set('v1', { up: true, mtu: 1400 });
    batch.addresses.add({ link: 'v0', address: '10.9.0.1/24' });
    batch.routes.add({ dst: 'default', gateway: '10.9.0.2' });
    batch.links.get('v1');
    batch.links.delete('absent');
    assert.equal(batch.size, 7);
    const results = await batch.commit();
    assert.deepEqual(
      results.map((result) => result.status),
      ['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled', 'fulfilled', 'rejected'],
    );
    assert.equal((results[5] as PromiseFulfilledResult<{ mtu: number }>).value.mtu, 1400);
    const { reason } = results[1] as PromiseRejectedResult;
    assert.ok(reason instanceof NetlinkError && reason.code === 'EEXIST' && reason.index === 1);
    assert.equal((results[6] as PromiseRejectedResult).reason.index, 6);
    await made;
    await assert.rejects(taken, { code: 'EEXIST' });
  });

  it('is spent once committed, and may be empty', async () => {
    const batch = nl.batch();
    assert.deepEqual(await batch.commit(), []);
    await assert.rejects(batch.commit(), { code: 'ERR_INVALID_STATE' });
    await assert.rejects(batch.links.get('lo'), { code: 'ERR_INVALID_STATE' });
    assert.throws(() => nl.batch({ atomic: 1 as never }), { code: 'ERR_INVALID_ARG_TYPE' });
    assert.throws(() => nl.batch(7 as never), { code: 'ERR_INVALID_ARG_TYPE' });
  });

  describe('atomic', () => {
    it('does all when all succeed', async () => {
      const batch = nl.batch({ atomic: true });
      batch.links.create({ kind: 'veth', name: 'v0', up: true, peer: { name: 'v1' } });
      batch.links.set('v1', { up: true });
      batch.addresses.add({ link: 'v0', address: '10.9.0.1/24' });
      batch.routes.add({ dst: '10.20.0.0/16', gateway: '10.9.0.2' });
      batch.rules.add({ priority: 7, table: 100 });
      assert.ok((await batch.commit()).every((result) => result.status === 'fulfilled'));
      assert.deepEqual(await names(), ['v0', 'v1']);
    });

    it('takes back what was made and what was changed, when one fails', async () => {
      await nl.links.create({ kind: 'veth', name: 'old0', mtu: 1400, up: true, peer: { name: 'old1' } });
      await nl.links.set('old1', { up: true });
      const batch = nl.batch({ atomic: true });
      batch.links.create({ kind: 'veth', name: 'v0', up: true, peer: { name: 'v1' } });
      batch.links.set('v1', { up: true });
      batch.links.set('old0', { mtu: 1300, alias: 'changed' });
      batch.addresses.add({ link: 'old0', address: '10.9.0.1/24' });
      batch.routes.add({ dst: '10.20.0.0/16', gateway: '10.9.0.2' });
      batch.rules.add({ priority: 7, table: 100 });
      batch.links.create({ kind: 'veth', name: 'old0' });
      await assert.rejects(batch.commit(), (error: NetlinkError) => error.code === 'EEXIST' && error.index === 6);
      assert.deepEqual(await names(), ['old0', 'old1']);
      assert.equal((await nl.links.get('old0')).mtu, 1400);
      assert.deepEqual(await nl.addresses.list({ family: 'inet' }), []);
      assert.deepEqual(await nl.routes.list({ family: 'inet' }), []);
      assert.ok(!(await nl.rules.list()).some((rule) => rule.priority === 7));
    });

    it('makes and takes back traffic control', async () => {
      const make = async (isRefused: boolean) => {
        const batch = nl.batch({ atomic: true });
        batch.links.create({ kind: 'ifb', name: 'q0' });
        batch.tc.qdiscs.add({ link: 'lo', kind: 'htb', handle: '1:', parent: 'root' });
        const at = { link: 'lo', kind: 'htb', parent: '1:' } as const;
        batch.tc.classes.add({ ...at, classid: '1:10', options: { rate: '1mbit' } });
        batch.tc.filters.add({
          ...{ link: 'lo', parent: '1:', kind: 'u32', protocol: 'ip', prio: 1, handle: '800::800' },
          options: { classid: '1:10', match: [{ field: 'ip.dport', value: 80 }] },
        });
        const index = 7;
        batch.tc.actions.add({
          kind: 'mirred',
          index,
          options: { action: 'redirect', direction: 'egress', link: 'lo' },
        });
        if (isRefused) batch.tc.classes.add({ ...at, classid: '1:10', options: { rate: '1mbit' } });
        return batch.commit();
      };
      await assert.rejects(make(true), (error: NetlinkError) => error.code === 'EEXIST' && error.index === 5);
      assert.deepEqual(await nl.tc.tree('lo'), {});
      assert.deepEqual(await nl.tc.actions.list({ kind: 'mirred' }), []);
      assert.equal((await make(false)).length, 5);
      const { root } = await nl.tc.tree('lo');
      assert.deepEqual([root?.classes?.length, root?.filters?.length], [1, 1]);
      assert.throws(() => nl.batch({ atomic: true }).tc.qdiscs.delete({ link: 'lo', parent: 'root' }), {
        code: 'ERR_INVALID_ARG_VALUE',
        message: /^tc\.qdiscs\.delete cannot be taken back/,
      });
    });

    it('sends nothing at all when an argument cannot be right', async () => {
      const batch = nl.batch({ atomic: true });
      const first = batch.links.create({ kind: 'veth', name: 'v0', peer: { name: 'v1' } });
      batch.addresses.add({ link: 'v0', address: 'nonsense' });
      await assert.rejects(batch.commit(), { code: 'ERR_INVALID_ARG_VALUE' });
      await assert.rejects(first, { code: 'ERR_INVALID_ARG_VALUE' });
      assert.deepEqual(await names(), []);
      assert.equal((await nl.links.get('lo')).name, 'lo');
    });

    it('takes back what the kernel does not tell by default, what kinds have, and names', async () => {
      await nl.links.create({ kind: 'bridge', name: 'br0', options: { ageingTime: 100_000 } });
      await nl.links.create({ kind: 'veth', name: 'old0', peer: { name: 'old1' } });
      const before = [await nl.links.get('br0'), await nl.links.get('old0')];
      const batch = nl.batch({ atomic: true });
      batch.links.set('br0', { kind: 'bridge', options: { ageingTime: 50_000 }, group: 7 });
      batch.links.set('old0', { master: 'br0', alias: 'an alias', altNames: ['an-alternative-name'] });
      batch.links.create({ kind: 'veth', name: 'v0', peer: { name: 'v1' } });
      batch.links.set('v0', { name: 'renamed0' });
      batch.links.set('old0', { name: 'renamed1', mtu: 1300 });
      batch.links.get('absent');
      batch.links.get('lo');
      await assert.rejects(batch.commit(), (error: NetlinkError) => error.code === 'ENODEV' && error.index === 5);
      assert.deepEqual(await names(), ['old0', 'old1']);
      const bridge = await nl.links.get('br0');
      assert.equal((bridge.options as { ageingTime: number }).ageingTime, 100_000);
      for (const [i, link] of [bridge, await nl.links.get('old0')].entries()) {
        for (const key of ['group', 'master', 'alias', 'altNames', 'name', 'mtu'] as const) {
          assert.deepEqual(link[key], before[i]?.[key], `${link.name} ${key}`);
        }
      }
    });

    it('leaves alone what is asked beside it while it is refused', async () => {
      const wrong = nl.batch({ atomic: true });
      const right = nl.batch({ atomic: true });
      wrong.links.create({ kind: 'veth', name: 'v0', peer: { name: 'v1' } });
      wrong.addresses.add({ link: 'v0', address: 'nonsense' });
      right.links.create({ kind: 'veth', name: 'w0', peer: { name: 'w1' } });
      const [refused, done, beside] = await Promise.allSettled([
        wrong.commit(),
        right.commit(),
        // While both batches hold their requests back.
        new Promise((resolve) => process.nextTick(resolve)).then(() => nl.links.get('lo')),
      ]);
      assert.equal((refused as PromiseRejectedResult).reason.code, 'ERR_INVALID_ARG_VALUE');
      assert.deepEqual([done?.status, beside?.status], ['fulfilled', 'fulfilled']);
      assert.deepEqual(await names(), ['w0', 'w1']);
    });

    it('refuses links that are or go elsewhere, and what is no spec', async () => {
      const here = await sandbox.netns();
      const refusals: [(batch: ReturnType<Netlink['batch']>) => unknown, string][] = [
        [(batch) => batch.links.create({ kind: 'veth', name: 'v0', netns: here }), 'ERR_INVALID_ARG_VALUE'],
        [(batch) => batch.links.set('v0', { netns: here }), 'ERR_INVALID_ARG_VALUE'],
        [(batch) => batch.links.create({ kind: 'veth' }), 'ERR_INVALID_ARG_VALUE'],
        [(batch) => batch.links.create(undefined as never), 'ERR_INVALID_ARG_TYPE'],
        [(batch) => batch.links.set('lo', null as never), 'ERR_INVALID_ARG_TYPE'],
        [(batch) => batch.nexthops.add({ blackhole: true } as never), 'ERR_INVALID_ARG_VALUE'],
        [(batch) => batch.routes.add(7 as never), 'ERR_INVALID_ARG_TYPE'],
      ];
      for (const [add, code] of refusals) {
        const batch = nl.batch({ atomic: true });
        batch.links.create({ kind: 'veth', name: 'first0', peer: { name: 'first1' } });
        add(batch);
        await assert.rejects(batch.commit(), { code });
      }
      assert.deepEqual(await names(), []);
    });

    it('refuses what could not be taken back', () => {
      const batch = nl.batch({ atomic: true });
      assert.throws(() => batch.links.delete('lo'), { code: 'ERR_INVALID_ARG_VALUE' });
      assert.throws(() => batch.routes.replace({ dst: 'default' }), { code: 'ERR_INVALID_ARG_VALUE' });
    });
  });
});
