// Leaks: after many rounds of everything there are as many descriptors and threads as before, and memory is flat.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Netlink, type Netns } from '../../lib/index.js';
import { Sandbox } from '../support/sandbox.js';
import { skipBecause } from '../support/skip.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const SLOW = Number(process.env.NETPLUMB_SLOW ?? 1);
/** What a heap may grow by in a test without anything having been lost, in MiB. */
const TOLERANCE_MIB = 16;

async function measure() {
  // Finalizers run after the collection that calls for them.
  for (let i = 0; i < 5; i++) {
    collect();
    await new Promise(setImmediate);
  }
  return {
    fds: readdirSync('/proc/self/fd').length,
    threads: readdirSync('/proc/self/task').length,
    rss: process.memoryUsage.rss() / 2 ** 20,
  };
}

/** Does something a few times, so that caches fill and threads start, and then often, and compares. */
async function staysFlat(times: number, work: (i: number) => Promise<unknown>): Promise<void> {
  const first = Math.ceil(times / 4);
  for (let i = 0; i < first; i++) await work(i);
  const before = await measure();
  for (let i = 0; i < times; i++) await work(i);
  const after = await measure();
  const story = JSON.stringify({ before, after });
  assert.ok(after.fds <= before.fds, story);
  assert.ok(after.threads <= before.threads, story);
  assert.ok(after.rss - before.rss < TOLERANCE_MIB, story);
}

describe('leaks', () => {
  let sandbox: Sandbox;
  let ns: Netns & { name: string };
  let nl: Netlink;

  before(async function () {
    sandbox = new Sandbox();
    if (process.env.LD_PRELOAD?.includes('asan')) skipBecause(this, 'AddressSanitizer keeps freed memory back');
    ({ ns, nl } = await sandbox.host('leaks'));
  });
  after(() => sandbox[Symbol.asyncDispose]());

  it('has none after 500 veths made and deleted, whose name and index are used again and again', async function () {
    this.timeout(120_000 * SLOW);
    await staysFlat(50, async () => {
      const ends = Array.from({ length: 10 }, (_, i) => ({ name: `v${i}`, index: 100 + 2 * i, group: 9 }));
      await Promise.all(
        ends.map(({ name, index, group }) =>
          nl.links.create({ kind: 'veth', name, index, group, peer: { name: `p${name}`, index: index + 1 } }),
        ),
      );
      const { index } = await nl.links.get('v9');
      assert.equal(index, 118);
      await nl.links.delete({ group: 9 });
    });
    assert.equal((await nl.links.list({ kind: 'veth' })).length, 0);
  });

  it('has none after 200 dumps, whole, aborted or collected unread', async function () {
    this.timeout(60_000 * SLOW);
    await nl.links.set('lo', { up: true });
    await Promise.all(
      Array.from({ length: 1000 }, (_, i) => nl.routes.add({ dst: `10.${i >> 8}.${i & 255}.0/24`, link: 'lo' })),
    );
    await staysFlat(200, async (i) => {
      const controller = new AbortController();
      const dump = nl.routes.list({ family: 'inet', signal: controller.signal });
      if (i % 2) setImmediate(() => controller.abort());
      await dump.catch(() => {});
    });
  });

  it('has none after 200 handles opened and closed, or forgotten', async function () {
    this.timeout(60_000 * SLOW);
    await staysFlat(200, async (i) => {
      const handle = await Netlink.open({ netns: ns });
      if (i % 2) return;
      await handle.links.get('lo');
      await handle.close();
    });
  });

  it('has none after 200 monitors: left, closed, aborted, forgotten, with events unread', async function () {
    this.timeout(60_000 * SLOW);
    await staysFlat(200, async (i) => {
      const controller = new AbortController();
      const monitor = nl.monitor(['link', 'route'], { initial: i % 2 === 0, signal: controller.signal });
      if (i % 8 === 7) return;
      await monitor.ready;
      await nl.links.set('lo', { mtu: 60_000 + i });
      if (i % 8 < 3) {
        for await (const event of monitor) if (event.type === 'link') break;
      } else if (i % 8 === 3) {
        const unread = monitor.next();
        controller.abort();
        await unread.catch(() => {});
      } else if (i % 8 < 6) {
        await monitor.close();
      }
    });
  });

  it('has none after failures: refused arguments, errors of the kernel, namespaces that are not there', async function () {
    this.timeout(60_000 * SLOW);
    await staysFlat(100, async (i) => {
      const results = await Promise.allSettled([
        nl.links.create({ kind: 'veth', name: 'much-too-long-a-name' }),
        // Now and then: the kernel has a program look for a module each time.
        i % 25 ? nl.links.get('') : nl.links.create({ kind: 'no-such-kind', name: 'x0' }),
        nl.links.create({ kind: 'veth', name: 'x0', peer: { name: 'x1', netns: 'np-test-absent' } }),
        nl.links.get('absent'),
        nl.links.get('an-alternative-name-that-is-absent'),
        nl.sysctl.get('net.absent'),
        nl.routes.list({ signal: AbortSignal.abort() }),
        Netlink.open({ netns: 'np-test-absent' }),
        Netlink.open({ netns: { path: '/proc/self/ns/uts' } }),
      ]);
      assert.ok(results.every((result) => result.status === 'rejected'));
    });
  });
});
