// Filters and actions that `tc` makes: read by the library they are what `tc` shows, and given back they are the same
// to the kernel. NETPLUMB_CONFORMANCE names the folder with tc.jsonl.gz.
import assert from 'node:assert/strict';
import type { Filter, Netlink, Netns, TcAction } from '../../lib/index.js';
import { Sandbox } from '../support/sandbox.js';
import { skipBecause } from '../support/skip.js';
import { rawFilters, steady, tcBatch } from '../support/tc.js';
import { actionDifferences, filterDifferences, parseBatch, policeDifferences } from '../support/tc-filter-fields.js';
import { compareQdiscs, isOfQdiscs, lackIn, linesOf, readCases, runLines } from './tc-lines.js';

// What a case of tc's own parser wants refused is never sent.
const cases = readCases().filter((one) => !isOfQdiscs(one) && one.negativeFrom !== 'tc-parser');

describe('conformance: tc filters and actions', () => {
  before(function () {
    if (cases.length === 0) skipBecause(this, 'NETPLUMB_CONFORMANCE names no folder with cases');
  });

  for (const one of cases) {
    it(`${one.id} ${one.name}`, async function () {
      this.timeout(0);
      const { lines, lack: missing, devices } = linesOf(one);
      if (missing !== undefined) skipBecause(this, missing);
      await using sandbox = new Sandbox();
      const { ns, nl } = await sandbox.host();
      await using _devices = await devices({ ns, nl });
      const { ok, stderr } = await runLines(ns, lines);
      const lack = lackIn(stderr);
      if (lack !== undefined) skipBecause(this, lack);
      // What tc takes nowadays, or a newer kernel.
      if (!ok && one.expExitCode === 0) skipBecause(this, `tc or the kernel refuses it: ${stderr.split('\n', 1)[0]}`);
      await compareQdiscs(nl, ns);
      await compareFilters(nl, ns);
      for (const kind of one.kinds.filter((name) => name.startsWith('a:'))) await compareActions(nl, ns, kind.slice(2));
    });
  }
});

async function compareFilters(nl: Netlink, ns: Netns & { name: string }): Promise<void> {
  const qdiscs = await nl.tc.qdiscs.list();
  for (const link of await nl.links.list()) {
    const device = link.name as string;
    const handles = qdiscs
      .filter((one) => one.link === device && !/^0:|^ffff:$/.test(one.handle))
      .map(({ handle }) => handle);
    for (const parent of ['ingress', 'egress', ...handles]) {
      const place = { link: device, parent };
      const filters = await nl.tc.filters.list({ ...place, stats: true }).catch(() => [] as Filter[]);
      if (filters.length === 0) continue;
      const show = `filter show dev ${device} ${parent.endsWith(':') ? `parent ${parent}` : parent}`;
      const [shown = []] = parseBatch(tcBatch(ns, [show], ['-j', '-s', '-d']));
      assert.deepEqual(filterDifferences(shown, filters), []);
      assert.ok(!JSON.stringify(filters, bigints).includes('"unknown"'), 'something has no name');
      const [before] = await rawFilters(ns, [[device, parent]]);
      const given = filters.filter(({ kind, options }) => {
        const { divisor, bytecode } = (options ?? {}) as { divisor?: number; bytecode?: object };
        // Hash tables stay. A program is told by its id, not by what it is.
        return kind === 'bpf' ? bytecode !== undefined : kind !== 'u32' || divisor === undefined;
      });
      // Where the newest stands first, all go before the last comes back. Elsewhere one is always there, as tables go
      // with the last.
      const listed = given.filter(({ kind }) => kind === 'basic' || kind === 'bpf');
      for (const filter of listed) await nl.tc.filters.delete({ ...filter, ...place });
      for (const filter of listed.reverse()) await nl.tc.filters.add(filter);
      const others = given.filter((one) => !listed.includes(one));
      for (const filter of others) {
        const isAlone = others.filter(({ prio }) => prio === filter.prio).length === 1;
        // A table of its own goes with it; made anew that would have the first number that is free.
        if (isAlone && filter.kind === 'u32' && !String(filter.handle).startsWith('800:')) {
          await nl.tc.filters.replace(filter);
          continue;
        }
        await nl.tc.filters.delete({ ...filter, ...place });
        await nl.tc.filters.add(filter);
      }
      assert.deepEqual(await rawFilters(ns, [[device, parent]]), [before]);
    }
  }
}

async function compareActions(nl: Netlink, ns: Netns & { name: string }, kind: string): Promise<void> {
  const list = [`actions list action ${kind}`];
  const actions = await nl.tc.actions.list({ kind, stats: true });
  const [parts = []] = parseBatch(tcBatch(ns, list, ['-j', '-s', '-d']));
  assert.deepEqual(actionDifferences(parts, actions), []);
  const shown = steady(tcBatch(ns, list));
  if (kind === 'police') assert.deepEqual(policeDifferences(shown, actions), []);
  assert.ok(!JSON.stringify(actions, bigints).includes('"unknown"'), 'something has no name');
  for (const action of actions) {
    if (kind === 'bpf' && !(action.options as { bytecode?: object }).bytecode) continue;
    await nl.tc.actions.replace(action as TcAction);
  }
  assert.equal(steady(tcBatch(ns, list)), shown);
}

const bigints = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
