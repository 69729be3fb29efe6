// Throw-away network namespaces for tests, and the tools that witness what happened in them.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Netlink, Netns } from '../../lib/index.js';

let count = 0;

/** Namespaces and handles of one test, all gone after it. */
export class Sandbox implements AsyncDisposable {
  readonly #namespaces: Netns[] = [];
  readonly #handles: Netlink[] = [];

  /** A new namespace with a name that no stranger has. */
  async netns(label = 'ns'): Promise<Netns & { name: string }> {
    const ns = await Netns.create(`np-test-${process.pid}-${++count}-${label}`);
    this.#namespaces.push(ns);
    return ns as Netns & { name: string };
  }

  /** The machine's own namespace under a name: of a guest, as that is thrown away as well. */
  async initial(): Promise<Netns & { name: string }> {
    await using own = await Netns.current();
    const ns = await own.pin(`np-test-${process.pid}-${++count}-initial`);
    this.#namespaces.push(ns);
    return ns as Netns & { name: string };
  }

  /** A new namespace, and a handle in it. */
  async host(label?: string): Promise<{ ns: Netns & { name: string }; nl: Netlink }> {
    const ns = await this.netns(label);
    return { ns, nl: await this.open(ns) };
  }

  /** A handle in a namespace. */
  async open(netns: Netns | string): Promise<Netlink> {
    const nl = await Netlink.open({ netns });
    this.#handles.push(nl);
    return nl;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const nl of this.#handles) await nl.close();
    for (const ns of this.#namespaces) await ns.delete().catch(() => {});
  }
}

/** Runs a program and returns what it printed. */
export function run(command: string, ...args: string[]): string {
  // Witnesses run without the sanitizers that the addon may need: their own faults are not ours to find.
  const env = { ...process.env, LD_PRELOAD: '' };
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  return execFileSync(command, args, { encoding: 'utf8', stdio, env, maxBuffer: 64 << 20 });
}

/** Runs `ip -n NAME` with words. */
export function ip(ns: { name: string }, words: string): string {
  return run('ip', '-n', ns.name, ...words.split(' '));
}

/** Runs `ip -j -d -n NAME` with words and parses what it prints. */
// biome-ignore lint/suspicious/noExplicitAny: the witness's JSON has no types
export function ipJson(ns: { name: string }, words: string): any {
  const text = run('ip', '-j', '-d', '-n', ns.name, ...words.split(' '));
  return text.trim() === '' ? [] : JSON.parse(text);
}

/** The links of a namespace, by name, each with its addresses; not what the kernel settles in its own time (carriers). */
export function linksOf(ns: { name: string }): Record<string, string[]> {
  const links: { ifname: string; addr_info: { local: string; prefixlen: number }[] }[] = ipJson(ns, 'addr');
  return Object.fromEntries(
    links.map((link) => [link.ifname, link.addr_info.map(({ local, prefixlen }) => `${local}/${prefixlen}`)]),
  );
}

/** The routes of a namespace as `ip` shows them, but for what the kernel settles in its own time (carriers). */
export function routesOf(ns: { name: string }): string {
  const routes = ip(ns, 'route show table all') + ip(ns, '-6 route show table all');
  return routes.replaceAll(/ (dead|linkdown)\b/g, '');
}

/** Runs `nft` with arguments in a namespace. */
export function nft(ns: { name: string }, ...args: string[]): string {
  return run('ip', 'netns', 'exec', ns.name, 'nft', ...args);
}

/** Has `nft` load a ruleset in a namespace. */
export function loadRuleset(ns: { name: string }, ruleset: string, ...options: string[]): void {
  const directory = mkdtempSync(join(tmpdir(), 'netplumb-ruleset-'));
  const file = join(directory, 'ruleset');
  try {
    writeFileSync(file, ruleset);
    nft(ns, ...options, '-f', file);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Names of the links that somebody made: once loaded, modules of tunnels put a link of theirs into each namespace. */
export function madeLinks(ns: { name: string }): string[] {
  const names: string[] = ipJson(ns, 'link').map((link: { ifname: string }) => link.ifname);
  return names.filter((name) => !/^(tunl|sit|gre|gretap|erspan|ip6tnl|ip6gre|ip_vti|ip6_vti)0$/.test(name));
}
