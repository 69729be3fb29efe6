// One turn of a contestant that makes endpoints: a scene of its own, all phases, and a request that is answered.
import { setTimeout as delay } from 'node:timers/promises';
import { FIRST_PORT, type Phase, runContestant, type Task } from './contestant.js';
import type { Contestant } from './field.js';
import { Scene } from './scene.js';

/**
 * As many have come and gone before the clock starts: a runtime lives long, and V8 goes on compiling what is used often for
 * the first few thousand, on the CPUs that the kernel needs.
 */
export const WARM_UP = 5000;

/** The kernel goes on taking namespaces apart after they are gone; that is not to fall on the next contestant. */
const SETTLE_MS = 300;

/** Has a contestant do its task on a new host, and checks its first and last endpoint from outside. */
export async function turn(
  contestant: Contestant,
  task: Task,
): Promise<Record<'up' | 'down', Phase> & { singles?: Phase }> {
  const scene = await Scene.create(task.mode, contestant.isFurnished);
  try {
    return await runContestant(scene.host, contestant.program, task, async () => {
      for (const number of [0, task.count - 1]) await scene.request(number, FIRST_PORT + number * task.ports);
    });
  } finally {
    await scene[Symbol.asyncDispose]();
    await delay(SETTLE_MS + task.count / 2);
  }
}
