// The field: the contestants there are on this machine.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Program, Task } from './contestant.js';
import { floorProgram } from './floor.js';

/** A contestant and what it can do. */
export interface Contestant {
  name: string;
  program: Program;
  /** Whether it works with a network that is there, or makes its own. */
  isFurnished: boolean;
  /** Beyond so many endpoints it takes too long. */
  limit: number;
  modes: Task['mode'][];
}

const directory = fileURLToPath(new URL('../contestants', import.meta.url));
const script = (file: string, ...args: string[]): Program => ({
  command: process.execPath,
  args: ['--import', 'tsx', join(directory, file), ...args],
});

/** The floor: so many threads as there are of use, two. */
export const floor: Contestant = {
  name: 'floor',
  program: { command: floorProgram, args: ['endpoints', 'threads=2'] },
  isFurnished: true,
  limit: Number.POSITIVE_INFINITY,
  modes: ['bridge', 'routed'],
};

/** The library. */
export const netplumb: Contestant = {
  name: 'netplumb',
  program: script('netplumb.ts'),
  isFurnished: false,
  limit: Number.POSITIVE_INFINITY,
  modes: ['bridge', 'routed'],
};

const succeeds = (command: string, ...args: string[]): boolean => {
  try {
    execFileSync(command, args, { stdio: 'ignore', env: { ...process.env, GO111MODULE: 'off', GOPATH } });
    return true;
  } catch {
    return false;
  }
};

/** Where Debian's packages of Go have their sources. */
const GOPATH = '/usr/share/gocode';
const goProgram = fileURLToPath(new URL('../../build-bench/peer-go', import.meta.url));
const buildGo = () => succeeds('go', 'build', '-o', goProgram, join(directory, 'peer.go'));
const CNI = '/usr/lib/cni';
const NETAVARK = '/usr/lib/podman/netavark';

/** Other programs that do the same, as far as they are installed; tells of those that are not. */
export function findPeers(report: (text: string) => void): Contestant[] {
  const peers: Contestant[] = [];
  const add = (isThere: boolean, missing: string, ...contestants: Contestant[]) => {
    if (isThere) peers.push(...contestants);
    else report(`without ${contestants.map(({ name }) => name).join(', ')}: ${missing}`);
  };
  const peer = (name: string, program: Program, limit: number, isFurnished = true): Contestant => ({
    name,
    program,
    isFurnished,
    limit,
    modes: ['bridge'],
  });
  add(
    succeeds('ip', '-V') && succeeds('nft', '-v'),
    'no ip or no nft',
    peer('ip+nft', script('ip.ts', 'wide=1'), 100),
    peer('ip+nft, 8 wide', script('ip.ts', 'wide=8'), 100),
    peer('ip -batch, nft -f', script('ip-batch.ts'), 500),
  );
  const python = ['/usr/bin/python3', 'python3'].find((command) => succeeds(command, '-c', 'import pyroute2'));
  add(
    python !== undefined,
    'no python3-pyroute2',
    peer('pyroute2', { command: python ?? '', args: [join(directory, 'peer.py')] }, 100),
  );
  add(
    succeeds('go', 'version') && buildGo(),
    'no Go with vishvananda/netlink and google/nftables in GOPATH',
    peer('Go', { command: goProgram, args: ['wide=1'] }, 500),
    peer('Go, 32 wide', { command: goProgram, args: ['wide=32'] }, 500),
  );
  add(existsSync(join(CNI, 'bridge')), `no ${CNI}/bridge`, peer('CNI', script('cni.ts'), 100, false));
  add(existsSync(NETAVARK), `no ${NETAVARK}`, peer('netavark', script('netavark.ts'), 100, false));
  return peers;
}
