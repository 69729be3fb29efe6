// Qdiscs and classes made by command lines of `tc`, in a namespace of each case: read by us they are what `tc` prints,
// and what was read, applied in another namespace, comes to the same bytes in the kernel. NETPLUMB_CONFORMANCE names the
// folder with tc.jsonl.gz. What the kernel lacks is skipped; the full-kernel lane has it.
import assert from 'node:assert/strict';
import type { Netlink } from '../../lib/index.js';
import { Sandbox } from '../support/sandbox.js';
import { skipBecause } from '../support/skip.js';
import { rawTc, shownQdiscs } from '../support/tc.js';
import { differences } from '../support/tc-fields.js';
import { lackIn, readCases, runLines } from './tc-lines.js';

const cases = readCases().filter(({ kinds }) => kinds.length > 0 && kinds.every((kind) => kind.startsWith('q:')));

const DEVICES = ['dummy1', 'v0p0', 'v0p1'];

/** The devices that the cases expect. */
async function devices(nl: Netlink): Promise<void> {
  // Nothing is sent, so nothing is counted.
  await nl.sysctl.set('net.ipv6.conf.default.disable_ipv6', 1);
  await nl.links.create({ kind: 'veth', name: 'v0p0', up: true, peer: { name: 'v0p1' } });
  await nl.links.set('v0p1', { up: true });
  const dummy = { name: 'dummy1', up: true, numTxQueues: 1 };
  await nl.links.create({ kind: 'dummy', ...dummy }).catch(async () => {
    await nl.links.create({ kind: 'veth', ...dummy, peer: { name: 'dummy1p' } });
    await nl.links.set('dummy1p', { up: true });
  });
}

describe('conformance: tc qdiscs', () => {
  let sandbox: Sandbox;
  before(function () {
    if (cases.length === 0) skipBecause(this, 'NETPLUMB_CONFORMANCE names no folder with cases');
  });
  beforeEach(() => {
    sandbox = new Sandbox();
  });
  afterEach(() => sandbox[Symbol.asyncDispose]());

  for (const { id, name, kinds, run: lines } of cases) {
    it(`${id} ${name}`, async function () {
      this.timeout(0);
      const commands = [...lines.setup, lines.cmd];
      if (commands.some((line) => /netdevsim|ping|tdc_|mkdir/.test(line))) {
        skipBecause(this, 'needs netdevsim, or traffic in time');
      }
      const theirs = await sandbox.host('theirs');
      const ours = await sandbox.host('ours');
      for (const { nl } of [theirs, ours]) await devices(nl);
      // What the case expects to fail fails; what matters is what is there then.
      const { stderr } = await runLines(theirs.ns, commands);
      const lack = lackIn(stderr, kinds);
      if (lack !== undefined) skipBecause(this, lack);

      const shown = shownQdiscs(theirs.ns);
      for (const qdisc of await theirs.nl.tc.qdiscs.list()) {
        const printed = shown.find(
          ({ dev, handle, parent, root }) =>
            dev === qdisc.link && handle === qdisc.handle && (root ? 'root' : parent) === qdisc.parent,
        );
        if (printed)
          assert.deepEqual(differences(qdisc.kind, printed.options, qdisc.options), [], qdisc.link as string);
      }
      const made = await rawTc(theirs.ns);
      for (const link of DEVICES) {
        const tree = await theirs.nl.tc.tree(link).catch(() => undefined);
        if (!tree) continue;
        const queue = (await theirs.nl.links.get(link)).txQueueLength;
        await ours.nl.links.set(link, { txQueueLength: queue });
        await ours.nl.tc.apply(link, tree);
        assert.deepEqual(await ours.nl.tc.apply(link, tree), { made: 0, deleted: 0 }, 'applied once more');
      }
      const copy = await rawTc(ours.ns);
      // Default qdiscs, and what is in no tree for want of a name, have no handle; codel's times are rounded each time,
      // netem's seed is given on.
      const bare = (raw: typeof made, what: 'qdisc' | 'class', link: string) =>
        raw(what, link).filter(({ handle, kind }) => handle !== 0 && !/codel/.test(kind));
      for (const link of DEVICES) {
        for (const what of ['qdisc', 'class'] as const) {
          assert.deepEqual(bare(copy, what, link), bare(made, what, link), `${what} of ${link}`);
        }
      }
    });
  }
});
