// The system's tools that building and testing need, and where Debian has them.
import { accessSync, constants } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { run, searchPath } from './run.js';

/** What must be there (a program's name, or a file), and the Debian package that brings it. */
const packages = {
  'g++': 'g++',
  make: 'make',
  python3: 'python3',
  cmake: 'cmake',
  cppcheck: 'cppcheck',
  '/usr/include/doctest/doctest.h': 'doctest-dev',
  ip: 'iproute2',
  tc: 'iproute2',
  nft: 'nftables',
  conntrack: 'conntrack',
  unshare: 'util-linux',
  sysctl: 'procps',
  crun: 'crun',
  ping: 'iputils-ping',
  'qemu-system-x86_64': 'qemu-system-x86',
  busybox: 'busybox-static',
  modprobe: 'kmod',
  debootstrap: 'debootstrap',
} as const;

/** A tool by its program's name or its file. */
export type Tool = keyof typeof packages;

function isThere(tool: Tool): boolean {
  const candidates = isAbsolute(tool) ? [tool] : searchPath.map((directory) => join(directory, tool));
  return candidates.some((file) => {
    try {
      accessSync(file, isAbsolute(tool) ? constants.R_OK : constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Makes sure that the tools are there: may install them, as root. Resolves to what a person has to do. */
export async function ensureTools(tools: Iterable<Tool>, mayInstall: boolean): Promise<string | undefined> {
  const missing = [...new Set(tools)].filter((tool) => !isThere(tool));
  if (missing.length === 0) return undefined;
  const names = [...new Set(missing.map((tool) => packages[tool]))];
  const advice = `missing: ${missing.join(', ')}. Install it as root: apt-get install ${names.join(' ')}`;
  if (process.getuid?.() !== 0 || !mayInstall) return advice;

  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...names];
  console.log(`installing ${names.join(' ')}`);
  // The package lists of a fresh machine are empty or old.
  let ended = await run(['apt-get', 'update', '-qq'], { env, quiet: true });
  if (ended.status === 0) ended = await run(install, { env, quiet: true });
  const still = missing.filter((tool) => !isThere(tool));
  return still.length === 0 ? undefined : `${advice}\n${ended.how}\n${ended.output.slice(-2000)}`;
}
