// The ends of a process's and a worker's life, at every stage, in every way.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Sandbox } from '../support/sandbox.js';
import { skipBecause } from '../support/skip.js';

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** Children run what was built: plain JavaScript starts quickly. */
const BUILT = JSON.stringify(new URL('../../dist/index.js', import.meta.url).href);

async function runChild(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      output += data;
    });
  }
  const [code, signal] = await once(child, 'close');
  return { code, signal, output };
}

describe('endings', () => {
  for (const stage of [
    'loaded',
    'opening',
    'idle',
    'pending',
    'dumping',
    'queued',
    'inside',
    'creating',
    'monitoring',
  ]) {
    it(`of a process, ${stage}: by itself, by exit, by an exception, by a rejection, by a signal`, async () => {
      const expected = {
        return: [0, null],
        exit: [0, null],
        throw: [1, null],
        reject: [1, null],
        kill: [null, 'SIGTERM'],
      };
      const ends = await Promise.all(
        Object.keys(expected).map((way) => runChild([file('../support/endings/stages.mjs'), stage, way])),
      );
      for (const [i, [way, status]] of Object.entries(expected).entries()) {
        const { code, signal, output } = ends[i] as (typeof ends)[number];
        assert.deepEqual([code, signal], status, `${stage} ${way}: ${output}`);
        if (way === 'throw' || way === 'reject') assert.match(output, /on purpose/);
      }
      // A pending request keeps the process alive until it is answered.
      if (stage === 'pending') assert.match(ends[0]?.output ?? '', /answered/);
    });
  }

  it('of workers in the middle of a call', async () => {
    for (let round = 0; round < 15; round++) {
      await Promise.all(
        Array.from({ length: 4 }, async (_, i) => {
          const worker = new Worker(file('../support/endings/calls.mjs'), { execArgv: [] });
          const exit = once(worker, 'exit');
          await once(worker, 'message');
          await setTimeout(i * 3);
          await worker.terminate();
          await exit;
        }),
      );
    }
  });

  it('of workers, terminated or done, several at once: no thread and no descriptor is left', async () => {
    const count = () => ({ threads: readdirSync('/proc/self/task').length, fds: readdirSync('/proc/self/fd').length });
    const round = (isEndless: boolean) =>
      Promise.all(
        Array.from({ length: 4 }, async (_, i) => {
          const worker = new Worker(file('../support/endings/worker.mjs'), { workerData: { isEndless }, execArgv: [] });
          const exit = once(worker, 'exit');
          if (isEndless) {
            await once(worker, 'message');
            // Each is caught at something else.
            await setTimeout(i * 30);
            await worker.terminate();
          }
          const [code] = await exit;
          if (!isEndless) assert.equal(code, 0);
        }),
      );
    await round(false);
    await setTimeout(200);
    const before = count();
    await round(true);
    await round(false);
    await setTimeout(200);
    const after = count();
    assert.ok(after.threads <= before.threads && after.fds <= before.fds, JSON.stringify([before, after]));
  });

  it('of handles: what is collected frees its descriptors', async () => {
    const script = `
      import { readdirSync } from 'node:fs';
      import { setTimeout } from 'node:timers/promises';
      import { Netlink } from ${BUILT};
      const fds = () => readdirSync('/proc/self/fd').length;
      await (await Netlink.open()).close();
      const before = fds();
      for (let i = 0; i < 50; i++) await Netlink.open();
      const open = fds();
      for (let i = 0; i < 50 && fds() > before; i++) { globalThis.gc(); await setTimeout(20); }
      console.log(JSON.stringify([before, open, fds()]));`;
    const { output, code } = await runChild(['--expose-gc', '--input-type=module', '-e', script]);
    assert.equal(code, 0, output);
    const [before, open, after] = JSON.parse(output.trim().split('\n').pop() ?? '');
    assert.ok(open > before && after <= before + 4, output);
  });

  it('of requests of two copies of the package that share an addon: each gets its own answers', async () => {
    const built = (name: string) => JSON.stringify(new URL(`../../dist/${name}`, import.meta.url).href);
    const script = `
      const { Netns } = await import(${BUILT});
      const { begin } = await import(${built('engine.js?copy')});
      const { addon } = await import(${built('addon.js')});
      const theirs = Array.from({ length: 20 }, () => Netns.current());
      const names = await begin('value', 'open', (id) => addon.listNetns(id));
      for (const ns of await Promise.all(theirs)) await ns.close();
      console.log(Array.isArray(names));`;
    const { output, code } = await runChild(['--input-type=module', '-e', script]);
    assert.deepEqual([output.trim(), code], ['true', 0]);
  });

  it('prints every message, decoded, when asked to', async () => {
    const sandbox = new Sandbox();
    try {
      const ns = await sandbox.netns();
      const script = `
        import { Netlink } from ${BUILT};
        const nl = await Netlink.open({ netns: ${JSON.stringify(ns.name)} });
        const twice = [nl.links.create({ kind: 'bridge', name: 'b0' }), nl.links.create({ kind: 'bridge', name: 'b0' })];
        console.log((await Promise.allSettled(twice)).map((result) => result.status).join());
        await nl.close();`;
      const { output } = await runChild(['--input-type=module', '-e', script], { NETPLUMB_DEBUG: '1' });
      assert.match(output, /send .* Link \{.*name: 'b0', kind: 'bridge'/);
      assert.match(output, /receive .* error \{error: 17/);
      assert.match(output, /fulfilled,rejected/);
    } finally {
      await sandbox[Symbol.asyncDispose]();
    }
  });

  it('stays flat over many cycles: memory, descriptors, threads', async function () {
    if (process.env.LD_PRELOAD?.includes('asan')) skipBecause(this, 'AddressSanitizer keeps freed memory back');
    const { output, code } = await runChild(['--import', 'tsx', file('../../bench/cycles.ts'), '--cycles', '1500']);
    assert.equal(code, 0, output);
  });
});
