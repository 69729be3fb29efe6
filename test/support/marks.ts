// Marks on endpoints and networks, as processes make them that are about one: see docs/network.md.
import { readFileSync, readlinkSync } from 'node:fs';
import { nft } from './sandbox.js';

/** What a mark tells of a process of this PID namespace: its number, and when it was started. */
function makerText(pid: number, started: string): string {
  const pidNamespace = Number(readlinkSync('/proc/self/ns/pid').replace(/\D/g, ''));
  return `${pid}.${started}.${pidNamespace.toString(36)}`;
}

/** Who is gone. */
export const dead = (): string => makerText(2 ** 22, '1');

/** A process that lives. */
export function living(pid: number | undefined): string {
  const started = readFileSync(`/proc/${pid}/stat`, 'latin1').split(' ')[21];
  return makerText(pid as number, Number(started).toString(36));
}

/** Marks what has a key as if somebody were about it. */
export function markAs(netns: { name: string }, key: string, by: string): void {
  nft(netns, 'add', 'element', 'inet', 'netplumb', 'busy', `{ "${key}" comment "by=${by}" }`);
}
