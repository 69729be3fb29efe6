// Who has a port: what /proc tells of it.
import { readFileSync } from 'node:fs';
import { readdir, readFile, readlink } from 'node:fs/promises';
import type { Netns } from '../netns.js';

/** The state column of a listening TCP socket and of an unconnected UDP socket in /proc/net. */
const STATES = { tcp: '0A', udp: '07' };

/** The inodes of sockets that have a port in the calling thread's namespace; an address's own, or any's. */
function inodesOf(protocol: 'tcp' | 'udp', port: number): Set<string> {
  const inodes = new Set<string>();
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  for (const file of [protocol, `${protocol}6`]) {
    let text = '';
    try {
      text = readFileSync(`/proc/thread-self/net/${file}`, 'latin1');
    } catch {
      // No IPv6, say.
    }
    for (const line of text.split('\n').slice(1)) {
      const columns = line.trim().split(/\s+/);
      if (columns[1]?.endsWith(suffix) && columns[3] === STATES[protocol] && columns[9]) inodes.add(columns[9]);
    }
  }
  return inodes;
}

/**
 * The processes that have a port, as far as this process may know: `'nginx (process 123)'`. Sockets that are bound but
 * do not listen are not told by /proc.
 */
export async function portHolders(
  protocol: 'tcp' | 'udp',
  port: number,
  netns: Netns | undefined,
): Promise<string | undefined> {
  const find = () => inodesOf(protocol, port);
  const inodes = netns ? netns.enter(find) : find();
  if (inodes.size === 0) return undefined;
  const found: string[] = [];
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    // Processes end while one looks, and others' descriptors may be nobody's business.
    const fds = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const fd of fds) {
      const target = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '');
      if (!target.startsWith('socket:[') || !inodes.has(target.slice(8, -1))) continue;
      const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '?');
      found.push(`${name.trim()} (process ${pid})`);
      break;
    }
  }
  return found.join(', ') || undefined;
}
