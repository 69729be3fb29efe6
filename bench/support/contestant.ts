// Contestants: programs that make and remove endpoints, a phase at a time, and tell what each took.
import { createInterface } from 'node:readline';
import type { Netns } from '../../lib/index.js';

/** What a contestant is to do; it gets this as NAME=VALUE arguments. */
export interface Task {
  mode: 'bridge' | 'routed';
  /** How many endpoints. */
  count: number;
  /** Published ports of each. */
  ports: number;
  /** Whether namespaces may be made before the clock starts. */
  pool: boolean;
  /** Endpoints that come and go before the clock starts, where the contestant's code is compiled as it runs. */
  warmUp: number;
  /** So many times one more is attached and detached alone. */
  singles: number;
}

/** What a contestant tells after a phase, in seconds. */
export interface Phase {
  phase: 'ready' | 'up' | 'singles' | 'down';
  seconds: number;
  /** CPU time of the program and the programs that it started, in user mode. */
  user: number;
  system: number;
  /** When each endpoint was there, from the start of the phase. */
  marks?: number[];
  /** What each single attach and detach took. */
  up?: number[];
  down?: number[];
  /** 99th percentiles of how late timers were, in milliseconds: while all were attached, and idle. */
  eventLoopDelay?: number;
  idleEventLoopDelay?: number;
}

/** The first published port; those of an endpoint follow each other, and lead to port 80. */
export const FIRST_PORT = 10_000;
/** The name of an endpoint's namespace. */
export const netnsName = (number: number) => `bench-${number}`;
/** The address that an endpoint gets where the contestant chooses. */
export const addressOf = (number: number) => `10.88.${(number + 2) >> 8}.${(number + 2) & 255}`;

/** A contestant's program. */
export interface Program {
  command: string;
  args: string[];
}

/** Runs a contestant in a namespace through all phases; `check` is called when its endpoints are there. */
export async function runContestant(
  host: Netns,
  { command, args }: Program,
  task: Task,
  check: () => Promise<void>,
): Promise<Record<'up' | 'down', Phase> & { singles?: Phase }> {
  const options = Object.entries(task).map(([name, value]) => `${name}=${typeof value === 'boolean' ? +value : value}`);
  const child = host.spawn(command, [...args, ...options], { stdio: ['pipe', 'pipe', 'pipe'] });
  const { stdin, stdout, stderr } = child;
  if (!stdin || !stdout || !stderr) throw new Error('no pipes');
  let errors = '';
  stderr.on('data', (data) => {
    errors += data;
  });
  stdin.on('error', () => {});
  const exited = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`exit status ${code}: ${errors.trim()}`)),
    );
  });
  exited.catch(() => {});
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const next = async (expected: Phase['phase']): Promise<Phase> => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) {
        await exited;
        throw new Error(`it ended before "${expected}": ${errors.trim()}`);
      }
      if (!value.startsWith('{')) continue;
      const phase: Phase = JSON.parse(value);
      if (phase.phase !== expected) throw new Error(`"${phase.phase}" in place of "${expected}"`);
      return phase;
    }
  };
  const go = (expected: Phase['phase']) => {
    stdin.write('\n');
    return next(expected);
  };
  try {
    await next('ready');
    const up = await go('up');
    await check();
    const singles = task.singles > 0 ? await go('singles') : undefined;
    const down = await go('down');
    stdin.end();
    await exited;
    return { up, down, ...(singles && { singles }) };
  } finally {
    child.kill();
  }
}
