// Makes and deletes links, lists them, opens and closes handles and meets errors, over and over, and shows that memory
// and descriptors stay flat: `tsx bench/cycles.ts --cycles 100000`. In a network namespace of its own.
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Netlink, Netns } from '../lib/index.js';

const { values } = parseArgs({ options: { cycles: { type: 'string', default: '100000' } } });
const cycles = Number(values.cycles);
const TOGETHER = 50;
const GROUP = 7;
/** What a heap may have grown by at the end, in MiB: its own generosity, not ours. */
const TOLERANCE_MIB = 24;
/** How many threads the engine may start later, when it has more to do at once: its workers. */
const WORKERS = 4;

const ns = await Netns.create();
const nl = await Netlink.open({ netns: ns });

/** Makes many links at once and deletes them at once: deletes that wait together cost the time of one. */
async function cycle(): Promise<void> {
  await Promise.all(
    Array.from({ length: TOGETHER }, (_, i) => nl.links.create({ kind: 'ifb', name: `l${i}`, group: GROUP })),
  );
  const links = await nl.links.list({ kind: 'ifb' });
  if (links.length < TOGETHER) throw new Error(`only ${links.length} links`);
  await nl.links.delete({ group: GROUP });
  await nl.links.get('l0').then(
    () => Promise.reject(new Error('l0 is still there')),
    () => {},
  );
  const other = await Netlink.open({ netns: ns });
  await other.close();
}

const measure = () => {
  globalThis.gc?.();
  return {
    rss: process.memoryUsage.rss() / 2 ** 20,
    fds: readdirSync('/proc/self/fd').length,
    threads: readdirSync('/proc/self/task').length,
  };
};

const rounds = Math.ceil(cycles / TOGETHER);
let first: ReturnType<typeof measure> | undefined;
let last = measure();
for (let round = 1; round <= rounds; round++) {
  await cycle();
  if (round % Math.max(1, Math.floor(rounds / 10)) !== 0) continue;
  last = measure();
  // What the first tenth takes is caches and compiled code.
  first ??= last;
  console.log(
    `${String(round * TOGETHER).padStart(7)} links  rss ${last.rss.toFixed(1).padStart(6)} MiB  ${last.fds} descriptors  ${last.threads} threads`,
  );
}
await nl.close();
await ns.close();

first ??= last;
const isFlat = last.rss - first.rss < TOLERANCE_MIB && last.fds <= first.fds && last.threads < first.threads + WORKERS;
console.log(isFlat ? 'flat' : 'GROWS');
process.exitCode = isFlat ? 0 : 1;
