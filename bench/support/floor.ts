// The floor: a C++ program that does the kernel's work and nothing else.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const exec = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** The program's file, when buildFloor() has made it. */
export const floorProgram = join(root, 'build-bench/netplumb_floor');

/** Compiles it, if that has to be. */
export async function buildFloor(): Promise<void> {
  const args = ['build', '--out', 'build-bench', '--config', 'Release', '--target', 'netplumb_floor'];
  await exec(join(root, 'node_modules/.bin/cmake-js'), args, { cwd: root });
}

/** Runs it with arguments and reads the JSON that it prints. */
export async function runFloor<T>(...args: string[]): Promise<T> {
  const { stdout } = await exec(floorProgram, args);
  return JSON.parse(stdout) as T;
}
