// Runs programs for the test stages: never with a terminal's input, and never for ever.
import { AsyncLocalStorage } from 'node:async_hooks';
import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package's root directory. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** Where programs are looked for: also where those for administration are, which may be missing in a user's PATH. */
export const searchPath = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];

/** How a program ended. */
export interface Ended {
  /** Its exit status; -1 when a signal, a time-out or a failure to start ended it. */
  status: number;
  /** What it wrote to standard output and standard error. */
  output: string;
  /** One line that says how it ended. */
  how: string;
}

/** What run() can do otherwise. */
export interface RunOptions {
  /** Variables added to the environment. */
  env?: Record<string, string>;
  /** Keeps the output from the screen. */
  quiet?: boolean;
  /** After how many milliseconds the program and its children are killed. */
  timeout?: number;
}

/** What is shown of something that runs beside something else: all of it at once when its turn comes, then as it comes. */
export class Turn {
  static readonly #current = new AsyncLocalStorage<Turn>();
  private kept: string[] | undefined = [];

  /** Shows text, or keeps it where this is called in something whose turn has not come. */
  static show(text: string, stream: NodeJS.WritableStream = process.stdout): void {
    const kept = Turn.#current.getStore()?.kept;
    if (kept) kept.push(text);
    else stream.write(text);
  }

  /** Begins something that has to wait for its turn to be seen. */
  begin<Result>(something: () => Promise<Result>): Promise<Result> {
    return Turn.#current.run(this, something);
  }

  /** The turn has come. */
  come(): void {
    process.stdout.write(this.kept?.join('') ?? '');
    this.kept = undefined;
  }
}

/** Runs a program from the package's root and shows its output as it comes. Resolves also when the program fails. */
export function run(command: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const [program = '', ...args] = command;
  const { promise, resolve } = withResolvers<Ended>();
  // A process group of its own, so that a time-out reaches the grandchildren too.
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, PATH: searchPath.join(delimiter), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  let isLate = false;
  const timeout = options.timeout ?? 600_000;
  const killGroup = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Nothing of the group is left.
    }
  };
  const timer = setTimeout(() => {
    isLate = true;
    killGroup();
    // What sleeps in the kernel for ever cannot be killed, only left behind.
    setTimeout(() => {
      child.stdout.destroy();
      child.stderr.destroy();
      child.unref();
      finish(-1, `could not be killed after ${timeout / 1000} s`);
    }, 5000).unref();
  }, timeout);
  // Ctrl+C reaches the foreground group only.
  process.once('exit', killGroup);
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    from.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (!options.quiet) Turn.show(text, to);
    });
  }
  const finish = (status: number, how: string) => {
    clearTimeout(timer);
    process.off('exit', killGroup);
    resolve({ status, output, how: `${program}: ${how}` });
  };
  child.on('error', (error) => finish(-1, error.message));
  child.on('close', (status, signal) => {
    if (isLate) finish(-1, `killed after ${timeout / 1000} s`);
    else if (signal !== null) finish(-1, `killed by ${signal}`);
    else finish(status ?? -1, `exit status ${status}`);
  });
  return promise;
}

function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
