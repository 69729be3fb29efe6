// Qdiscs and classes against the kernel, with `tc` as witness.
import assert from 'node:assert/strict';
import type { Netlink, Netns } from '../../lib/index.js';
import { Sandbox } from '../support/sandbox.js';
import { rawTc, tc, tcJson } from '../support/tc.js';

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
});
