// Qdiscs and classes made by command lines of `tc`, in a namespace of each case: read by us they are what `tc` prints,
// and what was read, applied in another namespace, comes to the same bytes in the kernel. NETPLUMB_CONFORMANCE names the
// folder with tc.jsonl.gz. What the kernel lacks is skipped; the full-kernel lane has it.
import assert from 'node:assert/strict';
import type { TaprioOptions } from '../../lib/index.js';
import { Sandbox } from '../support/sandbox.js';
import { skipBecause } from '../support/skip.js';
import { rawTc } from '../support/tc.js';
import { compareQdiscs, DEVICES, isOfQdiscs, lackIn, linesOf, readCases, runLines } from './tc-lines.js';

const cases = readCases().filter(isOfQdiscs);

describe('conformance: tc qdiscs', () => {
  let sandbox: Sandbox;
  before(function () {
    if (cases.length === 0) skipBecause(this, 'NETPLUMB_CONFORMANCE names no folder with cases');
  });
  beforeEach(() => {
    sandbox = new Sandbox();
  });
  afterEach(() => sandbox[Symbol.asyncDispose]());

  for (const one of cases) {
    it(`${one.id} ${one.name}`, async function () {
      this.timeout(0);
      const { lines, lack: missing, devices } = linesOf(one);
      if (missing !== undefined) skipBecause(this, missing);
      const theirs = await sandbox.host('theirs');
      const ours = await sandbox.host('ours');
      await using _theirDevices = await devices(theirs);
      await using _ourDevices = await devices(ours);
      // What the case expects to fail fails; what matters is what is there then.
      const { stderr } = await runLines(theirs.ns, lines);
      const lack = lackIn(stderr);
      if (lack !== undefined) skipBecause(this, lack);

      await compareQdiscs(theirs.nl, theirs.ns);
      const made = await rawTc(theirs.ns);
      const links: string[] = [];
      for (const link of DEVICES) {
        const tree = await theirs.nl.tc.tree(link).catch(() => undefined);
        // A taprio that the kernel refuses below another takes the traffic classes from that, and the kernel does not take
        // what it tells of it then.
        if (!tree || (tree.root?.kind === 'taprio' && (tree.root.options as TaprioOptions).numTc === 0)) continue;
        links.push(link);
        const queue = (await theirs.nl.links.get(link)).txQueueLength;
        await ours.nl.links.set(link, { txQueueLength: queue });
        await ours.nl.tc.apply(link, tree);
        assert.deepEqual(await ours.nl.tc.apply(link, tree), { made: 0, deleted: 0 }, 'applied once more');
      }
      const copy = await rawTc(ours.ns);
      // Default qdiscs, and what is in no tree for want of a name, have no handle; codel's times and dualpi2's
      // weights are rounded each time, netem's seed is given on.
      const bare = (raw: typeof made, what: 'qdisc' | 'class', link: string) =>
        raw(what, link).filter(({ handle, kind }) => handle !== 0 && !/codel|dualpi2/.test(kind));
      for (const link of links) {
        for (const what of ['qdisc', 'class'] as const) {
          assert.deepEqual(bare(copy, what, link), bare(made, what, link), `${what} of ${link}`);
        }
      }
    });
  }
});
