// Who has a port: what /proc tells of it.
import { readFileSync } from 'node:fs';
import { readdir, readFile, readlink } from 'node:fs/promises';
import type { Netns } from '../netns.js';

/** The state of a listening TCP socket and of an unconnected UDP socket in /proc/net. */
const OPEN_STATES = { tcp: '0A', udp: '07' };

type Protocol = 'tcp' | 'udp' | 'sctp';

/** A socket that has a port. */
interface Holding {
  inode: string;
  /** Whether it waits for anybody, rather than being connected. */
  isOpen: boolean;
}

/** The lines of a table of the calling thread's namespace, its head first, as words; none where the kernel has no such table. */
function readTable(name: string): string[][] {
  try {
    const lines = readFileSync(`/proc/thread-self/net/${name}`, 'latin1').trim().split('\n');
    return lines.map((line) => line.trim().split(/\s+/));
  } catch {
    // No IPv6, say.
    return [];
  }
}

/** The sockets that have a port in the calling thread's namespace; an address's own, or any's. */
function holdingsOf(protocol: Protocol, port: number): Holding[] {
  if (protocol === 'sctp') {
    return ['eps', 'assocs'].flatMap((name) => {
      const [head = [], ...lines] = readTable(`sctp/${name}`);
      const [local, inode] = [head.indexOf('LPORT'), head.indexOf('INODE')];
      const own = lines.filter((words) => words[local] === `${port}`);
      return own.map((words) => ({ inode: words[inode] ?? '', isOpen: name === 'eps' }));
    });
  }
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return [protocol, `${protocol}6`].flatMap((name) => {
    const own = readTable(name).filter((words) => words[1]?.endsWith(suffix));
    return own.map((words) => ({ inode: words[9] ?? '', isOpen: words[3] === OPEN_STATES[protocol] }));
  });
}

/** The inodes of the sockets that have a port: of those that wait for anybody, or else of those that are connected. */
function inodesOf(protocol: Protocol, port: number): Set<string> {
  const all = holdingsOf(protocol, port);
  const open = all.filter(({ isOpen }) => isOpen);
  // Connections that no process has any more have no inode.
  return new Set((open.length > 0 ? open : all).map(({ inode }) => inode).filter((inode) => Number(inode) > 0));
}

/**
 * The processes that have a port, as far as this process may know: `'nginx (process 123)'`. Sockets of TCP and SCTP that are
 * bound, but neither listen nor are connected, are not told by /proc.
 */
export async function portHolders(
  protocol: Protocol,
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
