// Qdiscs and classes against the kernel, with `tc` as witness.
import assert from 'node:assert/strict';
import type { Netlink, Netns, QdiscSpec, TcClassSpec } from '../../lib/index.js';
import { Sandbox } from '../support/sandbox.js';
import { makeOr, rawTc, tc, tcJson, withoutSeed } from '../support/tc.js';

describe('tc: qdiscs and classes', () => {
  let sandbox: Sandbox;
  let ns: Netns & { name: string };
  let nl: Netlink;

  beforeEach(async () => {
    sandbox = new Sandbox();
    ({ ns, nl } = await sandbox.host());
    await nl.links.create({ kind: 'veth', name: 'v0', up: true, peer: { name: 'v1' } });
  });
  afterEach(() => sandbox[Symbol.asyncDispose]());

  it('adds, lists, gets, changes, replaces and deletes', async () => {
    const { qdiscs, classes } = nl.tc;
    await qdiscs.add({ link: 'v0', kind: 'htb', handle: '1:', parent: 'root', options: { default: 0x11, r2q: 5 } });
    await assert.rejects(qdiscs.add({ link: 'v0', kind: 'htb', handle: '1:', parent: 'root' }), { code: 'EEXIST' });
    await classes.add({
      link: 'v0',
      kind: 'htb',
      parent: '1:',
      classid: '1:10',
      options: { rate: '30kbit', ceil: 100_000 },
    });
    await assert.rejects(
      classes.add({ link: 'v0', kind: 'htb', parent: '1:', classid: '1:10', options: { rate: '30kbit' } }),
      { code: 'EEXIST' },
    );
    await qdiscs.add({ link: 'v0', kind: 'pfifo', handle: '10:', parent: '1:10', options: { limit: 7 } });

    const [root, leaf, ...none] = await qdiscs.list({ link: 'v0' });
    assert.deepEqual(none, []);
    assert.deepEqual(root, await qdiscs.get({ link: 'v0', parent: 'root' }));
    assert.deepEqual(leaf, await qdiscs.get({ link: 'v0', handle: '10:' }));
    assert.deepEqual(leaf, await qdiscs.get({ link: 'v0', parent: '1:10' }));
    assert.deepEqual(await qdiscs.list({ link: 'v0', kind: 'pfifo' }), [leaf]);
    assert.deepEqual(await qdiscs.list({ link: 'v0', parent: '1:10' }), [leaf]);
    assert.deepEqual(await qdiscs.list({ link: 'v0', handle: '10:' }), [leaf]);
    assert.deepEqual(await qdiscs.list({ link: 'v1', kind: 'pfifo' }), []);
    assert.equal(root?.handle, '1:');
    assert.equal(root?.parent, 'root');
    assert.deepEqual(leaf, {
      link: 'v0',
      linkIndex: leaf?.linkIndex,
      handle: '10:',
      parent: '1:10',
      refCount: 1,
      kind: 'pfifo',
      options: { limit: 7 },
      offloaded: false,
    });
    const [one, ...others] = await classes.list({ link: 'v0' });
    assert.deepEqual(others, []);
    assert.deepEqual(one, await classes.get({ link: 'v0', classid: '1:10' }));
    assert.equal(one?.leaf, '10:');
    assert.match(tc(ns, 'class show dev v0'), /^class htb 1:10 root leaf 10: .*rate 30Kbit ceil 100Kbit/);

    // What was read can be given back.
    const before = (await rawTc(ns))('class', 'v0');
    await classes.change(one as never);
    await qdiscs.change(leaf as never);
    assert.deepEqual((await rawTc(ns))('class', 'v0'), before);

    await qdiscs.change({ link: 'v0', kind: 'pfifo', parent: '1:10', handle: '10:', options: { limit: 8 } });
    assert.deepEqual((await qdiscs.get({ link: 'v0', handle: '10:' })).options, { limit: 8 });
    await qdiscs.replace({ link: 'v0', kind: 'bfifo', parent: '1:10', handle: '11:', options: { limit: '1kb' } });
    assert.deepEqual((await qdiscs.get({ link: 'v0', parent: '1:10' })).options, { limit: 1024 });
    await classes.replace({ link: 'v0', kind: 'htb', parent: '1:', classid: '1:10', options: { rate: '40kbit' } });
    assert.match(tc(ns, 'class show dev v0'), /rate 40Kbit ceil 40Kbit/);
    await qdiscs.delete({ link: 'v0', parent: '1:10' });
    await classes.delete({ link: 'v0', classid: '1:10' });
    assert.deepEqual(await classes.list({ link: 'v0' }), []);
    await qdiscs.delete({ link: 'v0', parent: 'root' });
    assert.equal(tcJson(ns, 'qdisc show dev v0')[0].kind, 'noqueue');
  });

  it('ingress and clsact have one place', async () => {
    await nl.tc.qdiscs.add({ link: 'v0', kind: 'clsact' });
    await nl.tc.qdiscs.add({ link: 'v1', kind: 'ingress', parent: 'ingress' });
    assert.match(tc(ns, 'qdisc show dev v0'), /clsact ffff: parent ffff:fff1/);
    assert.match(tc(ns, 'qdisc show dev v1'), /ingress ffff: parent ffff:fff1/);
    for (const link of ['v0', 'v1']) {
      const [told] = await nl.tc.qdiscs.list({ link, parent: 'ingress' });
      assert.deepEqual(told, await nl.tc.qdiscs.get({ link, parent: 'clsact' }));
      assert.equal(told?.parent, 'ffff:fff1');
    }
    await nl.tc.qdiscs.delete({ link: 'v0', kind: 'clsact' });
    await nl.tc.qdiscs.delete({ link: 'v1', parent: 'ingress' });
    assert.deepEqual(await nl.tc.qdiscs.list({ parent: 'ingress' }), []);
  });

  it('tells of what is not there', async () => {
    const { qdiscs, classes } = nl.tc;
    await assert.rejects(qdiscs.get({ link: 'v0', handle: '77:' }), { code: 'ENOENT', operation: 'RTM_GETQDISC' });
    await assert.rejects(qdiscs.get({ link: 'nope', handle: '77:' }), { code: 'ENODEV' });
    await assert.rejects(qdiscs.list({ link: 'nope' }), { code: 'ENODEV' });
    await assert.rejects(classes.list({ link: 'nope' }), { code: 'ENODEV' });
    await assert.rejects(qdiscs.add({ link: 'v0', kind: 'nonesuch', parent: 'root' }), { code: 'ENOENT' });
    await assert.rejects(qdiscs.add({ link: 'v0', kind: 'pfifo', parent: '9:9' }), { code: 'ENOENT' });
  });

  describe('rates that are shares of the link’s speed', () => {
    const RATES = { rate: '33.33%', ceil: '50%' };
    const htb = { link: 'v0', kind: 'htb', handle: '1:', parent: 'root' } as const;
    const classOf = (classid: string, link = 'v0') =>
      ({ link, kind: 'htb', parent: '1:', classid, options: RATES }) as const;

    for (const [kind, ...cases] of [
      ['tbf', 'rate 12.5% burst 100k limit 1mb', { rate: '12.5%', burst: '100k', limit: '1mb' }],
      [
        'tbf',
        'rate 1% burst 100k limit 1mb peakrate 7% minburst 1540',
        { rate: '1%', burst: '100k', limit: '1mb', peakrate: '7%', mtu: 1540 },
      ],
      ['netem', 'rate 0.5% 20 5 2', { rate: { rate: '0.5%', packetOverhead: 20, cellSize: 5, cellOverhead: 2 } }],
      ['netem', 'delay 10ms 2ms 25% rate 3%', { delay: { time: 10, jitter: 2, correlation: '25%' }, rate: '3%' }],
      ['fq', 'maxrate 3%', { maxRate: '3%' }],
      ['red', 'limit 400000 avpkt 1000 bandwidth 3%', { limit: 400000, avpkt: 1000, bandwidth: '3%' }],
      ['choke', 'limit 1000 bandwidth 1%', { limit: 1000, bandwidth: '1%' }],
    ] as [string, string, object][]) {
      it(`come to what they come to with tc: ${kind} ${cases[0]}`, async function () {
        const [words, options] = cases;
        const spec = { link: 'v0', kind, handle: '1:', parent: 'root', options } as QdiscSpec;
        await makeOr(this, nl.tc.qdiscs.add(spec));
        const ours = (await rawTc(ns))('qdisc', 'v0');
        await nl.tc.qdiscs.delete({ link: 'v0', parent: 'root' });
        tc(ns, `qdisc add dev v0 root handle 1: ${kind} ${words}`);
        assert.deepEqual(withoutSeed(ours), withoutSeed((await rawTc(ns))('qdisc', 'v0')));
      });
    }

    for (const [kind, words, options] of [
      ['htb', 'rate 33.33% ceil 50%', RATES],
      ['htb', 'rate 100%', { rate: '100%' }],
      ['hfsc', 'sc rate 10% ul rate 50%', { sc: '10%', ul: '50%' }],
      ['hfsc', 'rt m1 20% d 10ms m2 0.7% ls m2 9%', { rt: { m1: '20%', d: 10, m2: '.7%' }, ls: { m2: '9%' } }],
      ['hfsc', 'ls umax 1500b dmax 30ms rate 1%', { ls: { umax: 1500, dmax: '30ms', rate: '1%' } }],
    ] as [string, string, object][]) {
      it(`come to what they come to with tc: ${kind} class ${words}`, async function () {
        await makeOr(this, nl.tc.qdiscs.add({ link: 'v0', kind, handle: '1:', parent: 'root' }));
        tc(ns, `class add dev v0 parent 1: classid 1:1 ${kind} ${words}`);
        await nl.tc.classes.add({ link: 'v0', kind, parent: '1:', classid: '1:2', options } as TcClassSpec);
        const made = (await rawTc(ns))('class', 'v0');
        const [theirs, ours] = [0x1_0001, 0x1_0002].map((id) => made.find(({ handle }) => handle === id)?.options);
        assert.ok(ours);
        assert.equal(ours, theirs);
      });
    }

    it('serve in changes, trees and batches, in order', async () => {
      await nl.tc.qdiscs.add(htb);
      await nl.tc.classes.add(classOf('1:1'));
      const [one] = await nl.tc.classes.list({ link: 'v0' });
      assert.deepEqual(one?.options, { ...one?.options, rate: 3_333_000_000, ceil: 5e9 });
      await nl.tc.classes.change({ ...classOf('1:1'), options: { rate: '1%' } });
      assert.match(tc(ns, 'class show dev v0'), /rate 100Mbit ceil 100Mbit/);
      await nl.tc.qdiscs.delete({ link: 'v0', parent: 'root' });

      const leaf = { kind: 'tbf', handle: '10:', options: { rate: '2%', burst: 10_000, limit: 10_000 } } as const;
      const inner = { classid: '1:10', options: { rate: '2%' }, qdisc: leaf } as const;
      const tree = {
        root: { kind: 'htb', handle: '1:', classes: [{ classid: '1:1', options: RATES, classes: [inner] }] },
      } as const;
      assert.deepEqual(await nl.tc.apply('v0', tree as never), { made: 4, deleted: 0 });
      assert.deepEqual(await nl.tc.apply('v0', tree as never), { made: 0, deleted: 0 });
      const shown = tc(ns, 'class show dev v0');
      assert.match(shown, /class htb 1:1 root .*rate 3333Mbit ceil 5Gbit/);
      assert.match(shown, /class htb 1:10 parent 1:1 leaf 10: .*rate 200Mbit/);
      assert.match(tc(ns, 'qdisc show dev v0'), /tbf 10: parent 1:10 rate 200Mbit/);
      await nl.tc.qdiscs.delete({ link: 'v0', parent: 'root' });

      for (const atomic of [false, true]) {
        const batch = nl.batch({ atomic });
        batch.tc.qdiscs.add(htb);
        batch.tc.classes.add(classOf('1:1'));
        batch.tc.classes.add({ ...classOf('1:10'), parent: '1:1', options: { rate: 1e6 } });
        const results = await batch.commit();
        assert.deepEqual(
          results.map(({ status }) => status),
          ['fulfilled', 'fulfilled', 'fulfilled'],
        );
        assert.match(tc(ns, 'class show dev v0'), /1:1 root .*rate 3333Mbit ceil 5Gbit/);
        await nl.tc.qdiscs.delete({ link: 'v0', parent: 'root' });
      }
    });

    it('are refused where there is no such speed, or no such share', async () => {
      await nl.links.create({ kind: 'ifb', name: 'i0', up: true });
      await nl.tc.qdiscs.add({ ...htb, link: 'i0' });
      await nl.tc.qdiscs.add(htb);
      const field = 'options.rate';
      await assert.rejects(nl.tc.classes.add(classOf('1:1', 'i0')), {
        code: 'ERR_INVALID_ARG_VALUE',
        field,
        message: /share of the link’s speed, which link i0 does not tell/,
      });
      await assert.rejects(nl.tc.classes.add(classOf('1:1', 'nope')), { code: 'ENODEV' });
      const tooMuch = { ...classOf('1:1'), options: { rate: '101%' } };
      await assert.rejects(nl.tc.classes.add(tooMuch), { code: 'ERR_INVALID_ARG_VALUE', field });
      await assert.rejects(nl.tc.classes.add({ ...tooMuch, options: { rate: '0%' } }), { field });
      await assert.rejects(nl.tc.classes.add({ ...tooMuch, options: { rate: '%' } }), { field });
      const batch = nl.batch();
      const failing = batch.tc.classes.add(classOf('1:1', 'i0'));
      batch.tc.classes.add(classOf('1:1'));
      assert.deepEqual(
        (await batch.commit()).map(({ status }) => status),
        ['rejected', 'fulfilled'],
      );
      await assert.rejects(failing, { field });
      const tree = { root: { kind: 'htb', handle: '1:', classes: [{ classid: '1:1', options: RATES }] } };
      await assert.rejects(nl.tc.apply('i0', tree as never), { field });
      assert.deepEqual(await nl.tc.classes.list({ link: 'i0' }), []);
    });
  });
});
