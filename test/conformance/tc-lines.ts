// Cases that are command lines of `tc`, from tc.jsonl.gz in the folder that NETPLUMB_CONFORMANCE names.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export interface Case {
  id: string;
  name: string;
  category: string[];
  /** What the kernel must have: 'q:htb', 'f:u32', 'a:gact'... */
  kinds: string[];
  negativeFrom?: string;
  expExitCode: number;
  run: { setup: string[]; cmd: string };
}

const file = join(process.env.NETPLUMB_CONFORMANCE ?? '/nowhere', 'tc.jsonl.gz');

/** All cases, or those that NETPLUMB_CONFORMANCE_CASES names: what another kernel could not do. */
export function readCases(): Case[] {
  const wanted = process.env.NETPLUMB_CONFORMANCE_CASES?.split(',');
  if (!existsSync(file)) return [];
  const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line)).filter(({ id }) => !wanted || wanted.includes(id));
}

/** A line that `tc -batch` understands as a shell does. */
const PLAIN = /^(?:\/s?bin\/)?tc ([a-z][^`$|;&<>\\*~#]*)$/;

/**
 * Runs command lines in a namespace, whatever becomes of each: by one `tc` where that can be, as processes start slowly
 * in an emulated guest.
 *
 * @returns Whether the last one succeeded, and what was said on standard error.
 */
export async function runLines(ns: { name: string }, lines: string[]): Promise<{ ok: boolean; stderr: string }> {
  const words = lines.map((line) => PLAIN.exec(line)?.[1]);
  const isPlain = words.every((line) => line !== undefined);
  const [program, ...args] = isPlain
    ? ['tc', '-n', ns.name, '-force', '-batch', '-']
    : ['ip', 'netns', 'exec', ns.name, 'sh'];
  const env = { ...process.env, LD_PRELOAD: '' };
  const child = spawn(program as string, args, { env, stdio: ['pipe', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  child.stdin.end(`${(isPlain ? words : lines).join('\n')}\n`);
  const status = await new Promise((resolve) => child.on('close', resolve));
  return { ok: isPlain ? !stderr.endsWith(`:${lines.length}\n`) : status === 0, stderr };
}

/** Why the kernel could not make what lines asked for, where they tell of a kind that it does not have. */
export function lackIn(stderr: string, kinds: string[]): string | undefined {
  return /kind is unknown|Unknown qdisc|TC classifier not found|Failed to load TC action module/.test(stderr)
    ? `this kernel lacks one of ${kinds.join(', ')}`
    : undefined;
}
