// Filters and actions that `tc` makes: read by the library they are what `tc` shows, and given back they are the same
// to the kernel. NETPLUMB_CONFORMANCE names the folder with tc.jsonl.gz.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Filter, Netlink, Netns, TcAction } from '../../lib/index.js';
import { Sandbox } from '../support/sandbox.js';
import { skipBecause } from '../support/skip.js';
import { rawFilters, steady, tcBatch } from '../support/tc.js';

interface Case {
  id: string;
  name: string;
  category: string[];
  kinds: string[];
  negativeFrom?: string;
  run: { setup: string[]; cmd: string };
}

const file = join(process.env.NETPLUMB_CONFORMANCE ?? '/nowhere', 'tc.jsonl.gz');
const cases: Case[] = (
  existsSync(file)
    ? gunzipSync(readFileSync(file))
        .toString()
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
    : []
).filter(
  ({ category, negativeFrom, run }: Case) =>
    ['filter', 'actions'].includes(category[0] ?? '') &&
    negativeFrom === undefined &&
    [...run.setup, run.cmd].every((line) => /^(\/s?bin\/)?(tc|ip) /.test(line) && !/-b(atch)? /.test(line)),
);

/** Cases by what they are about. */
const groups = new Map<string, Case[]>();
for (const one of cases) {
  const key = one.category.slice(0, 2).join(' ');
  groups.set(key, [...(groups.get(key) ?? []), one]);
}

const shell = (ns: { name: string }, line: string): Promise<number> =>
  new Promise((resolve) => {
    execFile('ip', ['netns', 'exec', ns.name, 'sh', '-c', line], { env: { ...process.env, LD_PRELOAD: '' } }, (error) =>
      resolve(error ? Number(error.code ?? -1) : 0),
    );
  });

const PARENTS = ['ingress', 'egress', '1:'];

/** What `tc` says of an action's control, in our words. */
function controlOf({ type, jump, chain }: { type: string; jump?: number; chain?: number }): string {
  if (type === 'jump') return `jump ${jump}`;
  if (type === 'goto') return `goto chain ${chain}`;
  return type === 'pass' ? 'ok' : type;
}

describe('conformance: tc filters and actions', () => {
  before(function () {
    if (cases.length === 0) skipBecause(this, 'NETPLUMB_CONFORMANCE names no folder with cases');
  });

  for (const [title, members] of groups) {
    it(title, async function () {
      this.timeout(0);
      const wrong: string[] = [];
      let tried = 0;
      for (const one of members) {
        try {
          if (await tryCase(one)) tried++;
        } catch (error) {
          wrong.push(`${one.id} ${one.name}: ${(error as Error).message}`);
        }
      }
      assert.deepEqual(wrong, []);
      if (tried === 0) skipBecause(this, `the kernel, or tc, refuses all ${members.length} of them`);
    });
  }
});

/** Whether a case could be made, and came out right. */
async function tryCase({ kinds, run }: Case): Promise<boolean> {
  await using sandbox = new Sandbox();
  const { ns, nl } = await sandbox.host();
  // The devices that the cases know.
  await nl.links.create({ kind: 'dummy', name: 'dummy1', up: true }).catch(async () => {
    await nl.links.create({ kind: 'ifb', name: 'dummy1', up: true });
  });
  await nl.links.create({ kind: 'veth', name: 'v0p0', up: true, peer: { name: 'v0p1' } });
  await nl.links.set('lo', { up: true });
  for (const line of run.setup) await shell(ns, line);
  if ((await shell(ns, run.cmd)) !== 0) return false;
  await compareFilters(nl, ns);
  for (const kind of kinds.filter((one) => one.startsWith('a:')).map((one) => one.slice(2))) {
    await compareActions(nl, ns, kind);
  }
  return true;
}

async function compareFilters(nl: Netlink, ns: Netns & { name: string }): Promise<void> {
  for (const link of await nl.links.list()) {
    for (const parent of PARENTS) {
      const device = link.name as string;
      const place = { link: device, parent };
      const filters = await nl.tc.filters.list(place).catch(() => [] as Filter[]);
      if (filters.length === 0) continue;
      const text = tcBatch(ns, [`filter show dev ${device} ${parent === '1:' ? 'parent 1:' : parent}`], ['-j']);
      const told = filters.map(({ kind, chain, prio, protocol }) => ({ kind, chain, prio, protocol }));
      try {
        const shown = (
          JSON.parse(text) as { kind: string; chain: number; pref: number; protocol: string; options?: object }[]
        )
          .filter(({ options }) => options !== undefined)
          .map(({ kind, chain, pref, protocol }) => ({ kind, chain, prio: pref, protocol }));
        assert.deepEqual(
          told.map(({ kind, chain, prio }) => ({ kind, chain, prio })),
          shown.map(({ kind, chain, prio }) => ({ kind, chain, prio })),
        );
      } catch (error) {
        // Some of what `tc` prints is no JSON.
        if (!(error instanceof SyntaxError)) throw error;
      }
      assert.ok(!JSON.stringify(filters, bigints).includes('"unknown"'), 'something has no name');
      const [before] = rawFilters(ns, [[device, parent]]);
      for (const filter of filters) {
        if ((filter.options as { divisor?: number } | undefined)?.divisor !== undefined) continue;
        // A program is told by its id, not by what it is.
        if (filter.kind === 'bpf' && !(filter.options as { bytecode?: object }).bytecode) continue;
        await nl.tc.filters.delete({ ...filter, ...place });
        await nl.tc.filters.add(filter);
      }
      assert.deepEqual(rawFilters(ns, [[device, parent]]), [before]);
    }
  }
}

async function compareActions(nl: Netlink, ns: Netns & { name: string }, kind: string): Promise<void> {
  const actions = await nl.tc.actions.list({ kind });
  const list = [`actions list action ${kind}`];
  const shown = steady(tcBatch(ns, list));
  try {
    const [, { actions: theirs = [] } = {}] = JSON.parse(tcBatch(ns, list, ['-j']));
    const numbered = theirs.filter(({ index }: { index?: number }) => index !== undefined);
    if (numbered.length === theirs.length) {
      assert.deepEqual(
        actions.map(({ index, refs, binds }) => ({ index, refs, binds })),
        theirs.map(({ index, ref, bind }: { index: number; ref: number; bind: number }) => ({
          index,
          refs: ref,
          binds: bind,
        })),
      );
    }
    theirs.forEach(({ control_action }: { control_action?: { type: string } }, i: number) => {
      if (control_action && typeof control_action === 'object' && kind !== 'police') {
        assert.equal(actions[i]?.control, controlOf(control_action));
      }
    });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  assert.ok(!JSON.stringify(actions, bigints).includes('"unknown"'), 'something has no name');
  for (const action of actions) {
    if (kind === 'bpf' && !(action.options as { bytecode?: object }).bytecode) continue;
    await nl.tc.actions.replace(action as TcAction);
  }
  assert.equal(steady(tcBatch(ns, list)), shown);
}

const bigints = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
