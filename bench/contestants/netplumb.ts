// netplumb as a contestant: its public face, as a runtime would use it.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { FIRST_PORT, netnsName } from '../support/contestant.js';
import { Network } from '../support/package.js';
import { play, readTask, times } from '../support/play.js';

const task = readTask();
const network = await Network.create({ name: 'bench', mode: task.mode, subnets: ['10.88.0.0/16'] });
const spec = (number: number) => ({
  id: `${number}`,
  netns: netnsName(number),
  ports: Array.from({ length: task.ports }, (_, i) => ({
    hostPort: FIRST_PORT + number * task.ports + i,
    port: 80,
  })),
});
const all = Array.from({ length: task.count }, (_, number) => number);

/** Attaches some; tells when each was done, in seconds. The same call each time: for another one V8 compiles anew. */
async function attachMany(numbers: readonly number[]): Promise<number[]> {
  const marks: number[] = [];
  const start = performance.now();
  await network.attachMany(numbers.map(spec), { onProgress: () => marks.push((performance.now() - start) / 1000) });
  return marks;
}

const percentile = async (work: () => Promise<unknown>): Promise<number> => {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  await work();
  histogram.disable();
  return histogram.percentile(99) / 1e6;
};

/** Somewhat more than are measured, so that the kernel has the memory; as far as a bridge has ports, and a host. */
const most = Math.min(Math.floor(30_000 / task.ports), task.mode === 'bridge' ? 1000 : Number.POSITIVE_INFINITY);
const atOnce = Math.min(most, Math.max(500, Math.ceil(task.count * 1.25)));
for (let done = 0; done < task.warmUp; done += atOnce) {
  const few = Array.from({ length: atOnce }, (_, number) => number);
  if (task.pool) await network.prewarm(few.length);
  await attachMany(few);
  await network.detachMany(few.map(String));
}
// The kernel goes on taking namespaces apart after they are gone.
if (task.pool) await network.prewarm(0);
let eventLoop: { eventLoopDelay: number; idleEventLoopDelay: number } | undefined;
if (task.warmUp > 0) {
  await delay(2000 + atOnce / 2);
  // By itself: what measures the event loop wakes it each millisecond, which costs as much as the endpoints do.
  const few = all.slice(0, Math.min(500, atOnce));
  const idleEventLoopDelay = await percentile(() => delay(500));
  if (task.pool) await network.prewarm(few.length);
  const eventLoopDelay = await percentile(() => attachMany(few));
  eventLoop = { eventLoopDelay, idleEventLoopDelay };
  await network.detachMany(few.map(String));
}
if (task.pool) await network.prewarm(task.count);
if (task.warmUp > 0) await delay(1000);
await play({
  up: async () => ({ marks: await attachMany(all), ...eventLoop }),
  ...(task.singles > 0 && {
    singles: async () => {
      if (task.pool) await network.prewarm(task.singles);
      return times(
        task.singles,
        (i) => network.attach(spec(task.count + i)),
        (i) => network.detach(`${task.count + i}`),
      );
    },
  }),
  down: async () => {
    await network.detachMany(all.map(String));
    return undefined;
  },
});
await network.delete();
