// Kinds of qdiscs that are younger than the tc of most machines: the kernel itself is the witness, and tc where it knows
// them.
import assert from 'node:assert/strict';
import type { Context } from 'mocha';
import type { CakeOptions, Dualpi2Options, Netlink, Netns, Qdisc, QdiscSpec } from '../../lib/index.js';
import { Sandbox } from '../support/sandbox.js';
import { makeOr, rawTc, sendThrough, shownQdiscs, tcCommands } from '../support/tc.js';
import { countersOf, differences, miscounted } from '../support/tc-fields.js';

/** Numbers and lengths of attributes among those of a qdisc's options, in hex. */
function attributesIn(hex: string): Map<number, string> {
  const bytes = Buffer.from(hex, 'hex');
  const found = new Map<number, string>();
  for (let at = 0; at + 4 <= bytes.length; at += (bytes.readUInt16LE(at) + 3) & ~3) {
    found.set(bytes.readUInt16LE(at + 2), bytes.toString('hex', at + 4, at + bytes.readUInt16LE(at)));
  }
  return found;
}

/** Checks those fields of an object that are expected. */
function has(told: unknown, expected: Record<string, unknown>): void {
  const known = told as Record<string, unknown>;
  assert.deepEqual(Object.fromEntries(Object.keys(expected).map((name) => [name, known[name]])), expected);
}

describe('tc: recent kinds', () => {
  let sandbox: Sandbox;
  let ns: Netns & { name: string };
  let nl: Netlink;

  beforeEach(async () => {
    sandbox = new Sandbox();
    ({ ns, nl } = await sandbox.host());
    await nl.sysctl.set('net.ipv6.conf.default.disable_ipv6', 1);
    for (const name of ['v0', 'w0']) {
      const queues = { numTxQueues: 4, numRxQueues: 4 };
      const peer = { name: name.replace('0', '1'), ...queues };
      await nl.links.create({ kind: 'veth', name, ...queues, peer });
      for (const end of [name, peer.name]) await nl.links.set(end, { up: true });
    }
  });
  afterEach(() => sandbox[Symbol.asyncDispose]());

  const make = (context: Context, spec: QdiscSpec) => makeOr(context, nl.tc.qdiscs.add(spec));

  /** What tc prints of a qdisc, where it knows the kind. */
  const printed = (link: string) => shownQdiscs(ns).find(({ dev, root, options }) => dev === link && root && options);

  async function check(link: string): Promise<Qdisc> {
    const qdisc = await nl.tc.qdiscs.get({ link, parent: 'root' }, { stats: true });
    const shown = printed(link);
    if (shown) {
      assert.deepEqual(differences(qdisc.kind, shown.options, qdisc.options), []);
      const counters = countersOf('qdisc', qdisc.kind, qdisc.stats);
      assert.deepEqual(miscounted(shown, counters, counters, false), []);
    }
    return qdisc;
  }

  describe('dualpi2', () => {
    const options: Dualpi2Options = {
      limit: 500,
      memoryLimit: 1 << 20,
      target: 20,
      tupdate: 16,
      alpha: 0.5,
      beta: 3.25,
      stepThreshold: 2,
      minQlenStep: 3,
      couplingFactor: 4,
      overload: 'overflow',
      dropAt: 'enqueue',
      classicProtection: 25,
      ecnMask: 'any',
      splitGso: false,
    };

    it('has the defaults that the kernel has', async function () {
      await make(this, { link: 'v0', kind: 'dualpi2', parent: 'root', handle: '1:' });
      const { options: told } = await check('v0');
      has(told, {
        limit: 10_000,
        target: 15,
        tupdate: 16,
        stepThreshold: 1,
        couplingFactor: 2,
        overload: 'drop',
        dropAt: 'dequeue',
        classicProtection: 10,
        ecnMask: 'l4s',
        splitGso: true,
      });
    });

    it('has what was asked for, which can be changed, and given back', async function () {
      await make(this, { link: 'v0', kind: 'dualpi2', parent: 'root', handle: '1:', options });
      const made = (await check('v0')).options as Dualpi2Options;
      // The kernel rounds both down by one unit at most.
      const { alpha, beta, ...rest } = made;
      assert.deepEqual({ alpha, beta }, { alpha: 0.5 - 1 / 256, beta: 3.25 - 1 / 256 });
      const { alpha: _, beta: __, ...asked } = options;
      assert.deepEqual(rest, asked);
      const all = await rawTc(ns);
      const raw = attributesIn(all('qdisc', 'v0')[0]?.options as string);
      assert.deepEqual(
        [1, 2, 3, 4, 8, 9, 10, 11, 12, 13, 14, 15].map((number) => raw.get(number)),
        ['f4010000', '00001000', '204e0000', '803e0000', 'd0070000', '03000000', '04', '00', '01', '19', '03', '00'],
      );

      const tree = await nl.tc.tree('v0');
      assert.deepEqual(await nl.tc.apply('w0', tree), { made: 1, deleted: 0 });
      for (const wanted of [tree, { root: { kind: 'dualpi2', handle: '1:', options } }] as const) {
        assert.deepEqual(await nl.tc.apply('v0', wanted), { made: 0, deleted: 0 });
      }
      assert.deepEqual(await nl.tc.apply('w0', tree), { made: 0, deleted: 0 });

      const change = { stepThresholdPackets: 20, alpha: 0.25, ecnMask: 'classic' as const };
      await nl.tc.qdiscs.change({ link: 'v0', kind: 'dualpi2', parent: 'root', handle: '1:', options: change });
      has((await check('v0')).options, {
        stepThresholdPackets: 20,
        alpha: 0.25 - 1 / 256,
        ecnMask: 'classic',
        couplingFactor: 4,
        limit: 500,
        memoryLimit: 1 << 20,
      });
    });

    it('gives back the least weights that there can be', async function () {
      const rtts = { link: 'v0', kind: 'dualpi2', parent: 'root', handle: '1:', options: { maxRtt: '3s' } } as const;
      await make(this, rtts);
      has((await check('v0')).options, { alpha: 0 });
      const tree = await nl.tc.tree('v0');
      await nl.tc.apply('w0', tree);
      assert.deepEqual(await nl.tc.apply('w0', tree), { made: 0, deleted: 0 });
    });

    /** Words of tc's, and ours. */
    const WORDS: [words: string, options: Dualpi2Options][] = [
      ['limit 77', { limit: 77 }],
      ['alpha 0.16 beta 3.2', { alpha: 0.16, beta: 3.2 }],
      ['max_rtt 100ms', { maxRtt: '100ms' }],
      ['max_rtt 50ms typical_rtt 40ms', { maxRtt: 50, typicalRtt: 40 }],
      ['step_thresh 30p min_qlen_step 2', { stepThresholdPackets: 30, minQlenStep: 2 }],
      [
        'any_ect no_split_gso overflow drop_enqueue',
        { ecnMask: 'any', splitGso: false, overload: 'overflow', dropAt: 'enqueue' },
      ],
    ];

    it('is what tc makes of the same words, as far as it knows them', async function () {
      await make(this, { link: 'v0', kind: 'dualpi2', parent: 'root' });
      for (const [words, given] of WORDS) {
        await nl.tc.qdiscs.delete({ link: 'v0', parent: 'root' });
        await nl.tc.qdiscs.add({ link: 'v0', kind: 'dualpi2', parent: 'root', handle: '1:', options: given });
        const [error] = tcCommands(ns, [`qdisc replace dev w0 root handle 1: dualpi2 ${words}`]);
        const all = await rawTc(ns);
        assert.equal(all('qdisc', 'v0').length, 1);
        if (error === undefined) assert.deepEqual(all('qdisc', 'v0'), all('qdisc', 'w0'), words);
        else assert.match(error, /Unknown qdisc/);
        await nl.tc.qdiscs.delete({ link: 'w0', parent: 'root' }).catch(() => {});
      }
    });

    it('counts what it is for apart from the rest', async function () {
      await make(this, { link: 'v0', kind: 'dualpi2', parent: 'root' });
      await make(this, { link: 'w0', kind: 'dualpi2', parent: 'root', options: { ecnMask: 'classic' } });
      // Packets that tell by ECT(1) that they are for the low-latency queue.
      sendThrough(ns, ['v0', 'w0']);
      const [l4s, classic] = [await check('v0'), await check('w0')];
      has(l4s.stats?.xstats, { l4sPacketsIn: 60, classicPacketsIn: 0 });
      has(classic.stats?.xstats, { l4sPacketsIn: 0, classicPacketsIn: 60 });
    });
  });

  describe('cake_mq', () => {
    const spec = { link: 'v0', kind: 'cake_mq', parent: 'root', handle: '1:' } as const;
    const children = async () =>
      (await nl.tc.qdiscs.list({ link: 'v0', kind: 'cake' })) as (Qdisc & { options: CakeOptions })[];

    it('shares a rate among the cakes of all queues, and what is changed is changed in all', async function () {
      await make(this, { ...spec, options: { bandwidth: '20mbit', diffserv: 'diffserv4', rtt: 'metro' } });
      const { options: told } = await check('v0');
      has(told, { bandwidth: 20e6, diffserv: 'diffserv4', rtt: 10 });
      const all = await children();
      assert.deepEqual(all.map(({ parent }) => parent).sort(), ['1:1', '1:2', '1:3', '1:4']);
      for (const child of all) assert.deepEqual(child.options, told);

      await nl.tc.qdiscs.change({ ...spec, options: { bandwidth: '5mbit' } });
      for (const child of await children()) assert.equal(child.options.bandwidth, 5e6);
      await check('v0');

      const tree = await nl.tc.tree('v0');
      assert.deepEqual(await nl.tc.apply('v0', tree), { made: 0, deleted: 0 });
      await nl.tc.apply('w0', tree);
      assert.deepEqual(await nl.tc.apply('w0', tree), { made: 0, deleted: 0 });
      assert.deepEqual(await nl.tc.classes.list({ link: 'v0' }).then((classes) => classes.length), 4);
    });

    it('is refused where there is one queue only, and its parts are not to be replaced', async function () {
      await make(this, spec);
      await assert.rejects(
        nl.tc.qdiscs.replace({ link: 'v0', kind: 'pfifo', parent: '1:1', handle: '2:' }),
        (error: NodeJS.ErrnoException) => error.code === 'EOPNOTSUPP' || error.code === 'EINVAL',
      );
      await nl.links.create({ kind: 'veth', name: 's0', numTxQueues: 1, peer: { name: 's1' } });
      await assert.rejects(nl.tc.qdiscs.add({ ...spec, link: 's0' }), { code: 'EOPNOTSUPP' });
    });
  });
});
