// The contestants' side: a program's phases, when it is told to go on.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Phase, Task } from './contestant.js';

/** What this contestant is asked to do. */
export function readTask(): Task {
  const given = Object.fromEntries(process.argv.slice(2).map((argument) => argument.split('=')));
  return {
    mode: given.mode,
    count: Number(given.count),
    ports: Number(given.ports),
    pool: given.pool === '1',
    warmUp: Number(given.warmUp),
    singles: Number(given.singles),
  };
}

const TICKS_PER_SECOND = 100;

/** CPU time of this process and of the programs that it has started, in seconds. */
function cpuTime(): { user: number; system: number } {
  const own = process.resourceUsage();
  // After the name, which may have spaces: cutime and cstime are fields 16 and 17 of proc_pid_stat(5).
  const fields = readFileSync('/proc/self/stat', 'latin1').split(') ')[1]?.split(' ') ?? [];
  const children = (index: number) => Number(fields[index - 3]) / TICKS_PER_SECOND;
  return { user: own.userCPUTime / 1e6 + children(16), system: own.systemCPUTime / 1e6 + children(17) };
}

type Found = Omit<Partial<Phase>, 'phase' | 'seconds' | 'user' | 'system'>;

/** Says that it is ready, then does one phase after the other, each when told to. Phases return what else they found. */
export async function play(phases: Partial<Record<Phase['phase'], () => Promise<Found | undefined>>>): Promise<void> {
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  console.log(JSON.stringify({ phase: 'ready' }));
  for (const [phase, work] of Object.entries(phases)) {
    if ((await lines.next()).done) break;
    const before = cpuTime();
    const start = performance.now();
    const found = await work();
    const seconds = (performance.now() - start) / 1000;
    const after = cpuTime();
    const user = after.user - before.user;
    const system = after.system - before.system;
    console.log(JSON.stringify({ phase, seconds, user, system, ...found }));
  }
  process.stdin.destroy();
}

/** Does something for each number below a count, so many at a time, and tells when each was done. */
export async function forEach(
  count: number,
  wide: number,
  work: (number: number) => Promise<unknown>,
): Promise<{ marks: number[] }> {
  const marks: number[] = [];
  const start = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: wide }, async () => {
      while (next < count) {
        await work(next++);
        marks.push((performance.now() - start) / 1000);
      }
    }),
  );
  return { marks };
}

/** Does something once and again; tells how long each took, in seconds. */
export async function times(
  count: number,
  up: (number: number) => Promise<unknown>,
  down: (number: number) => Promise<unknown>,
): Promise<{ up: number[]; down: number[] }> {
  const found = { up: [] as number[], down: [] as number[] };
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    await up(i);
    const between = performance.now();
    await down(i);
    found.up.push((between - start) / 1000);
    found.down.push((performance.now() - between) / 1000);
  }
  return found;
}
