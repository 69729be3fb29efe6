// Command lines of `ip`, run twice: all by `ip`; and those that change something by the library, with `ip` to show what
// came of it. Both must come out the same. NETPLUMB_CONFORMANCE names the folder with route-selftests.jsonl.gz.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { Netlink, Netns } from '../../lib/index.js';
import { skipBecause } from '../support/skip.js';
import { doIp, NotUnderstood, parseIp } from './ip-words.js';

interface Case {
  suite: string;
  group: string;
  commands: { argv: string[] }[];
}

const file = join(process.env.NETPLUMB_CONFORMANCE ?? '/nowhere', 'route-selftests.jsonl.gz');
const cases: Case[] = existsSync(file)
  ? gunzipSync(readFileSync(file))
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
  : [];

/** Groups of cases that build on each other. */
const groups = new Map<string, Case[]>();
for (const one of cases) {
  const key = `${one.suite} ${one.group}`;
  groups.set(key, [...(groups.get(key) ?? []), one]);
}

/** The namespace of the commands that name none. */
const HOME = 'np-conformance-home';

/** What differs from run to run: link-layer and link-local addresses, indices, times. */
const steady = (text: string) =>
  text
    .replace(/\b([0-9a-f]{2}:){5}[0-9a-f]{2}\b/g, 'MAC')
    .replace(/\bfe80::[0-9a-f:]+\b/g, 'LINKLOCAL')
    .replace(/@if\d+/g, '@ifN')
    .replace(/(idle_time"?:? ?)[\d.]+/g, '$1T')
    .replace(/(expires) \S+/g, '$1 T')
    .replace(/[ \t]+$/gm, '')
    .trim();

const show = (argv: string[]): Promise<{ rc: number; out: string }> =>
  new Promise((resolve) => {
    execFile('ip', argv, { encoding: 'utf8', env: { ...process.env, LD_PRELOAD: '' } }, (error, out) =>
      resolve({ rc: error ? Number(error.code ?? -1) : 0, out }),
    );
  });

describe('conformance: route', () => {
  /** What stands for 'dummy' where the kernel has no such links: both replays get the same. */
  let dummy = 'dummy';

  before(async function () {
    if (cases.length === 0) skipBecause(this, 'NETPLUMB_CONFORMANCE names no folder with cases');
    await using nl = await Netlink.open();
    await nl.links.create({ kind: 'dummy', name: 'probe0' }).then(
      () => nl.links.delete('probe0'),
      () => {
        dummy = 'ifb';
      },
    );
  });

  for (const [name, members] of groups) {
    it(name, async function () {
      this.timeout(0);
      const commands = members
        .flatMap((one) => one.commands)
        .map(({ argv }) => argv.map((word, i) => (word === 'dummy' && argv[i - 1] === 'type' ? dummy : word)))
        .filter((argv) => !argv.includes('|'));
      const [theirs, ours] = [await replay(commands, false), await replay(commands, true)];
      const wrong = commands.flatMap((argv, i) => {
        const [their, our] = [theirs[i] as Seen, ours[i] as Seen];
        const isSame = our.did === 'nothing' || (their.rc === 0 ? our.rc === 0 && our.out === their.out : our.rc !== 0);
        return isSame ? [] : [`ip ${argv.join(' ')}: ${their.rc} ${their.out}, ours ${our.rc} ${our.out}`];
      });
      const count = (did: Seen['did']) => ours.filter((seen) => seen.did === did).length;
      console.log(
        `      done by us ${count('work')}, only looked at ${count('look')}, not understood ${count('nothing')}, wrong ${wrong.length}`,
      );
      assert.deepEqual(wrong, []);
    });
  }
});

/** What became of a command. */
interface Seen {
  /** Whether the library did it, `ip` showed something, or nothing was done. */
  did: 'work' | 'look' | 'nothing';
  rc: number;
  out: string;
}

/** Waits until all addresses of links that are up can be sent from: the kernel sees to that a little later. */
async function settled(nl: Netlink): Promise<void> {
  for (let i = 0; i < 400; i++) {
    const up = new Set((await nl.links.list()).filter(({ flags }) => flags?.includes('up')).map(({ name }) => name));
    const addresses = await nl.addresses.list({ family: 'inet6' });
    if (!addresses.some(({ link, flags }) => flags?.includes('tentative') && up.has(link as string))) return;
    await delay(5);
  }
}

/** Runs commands, by `ip` or, where they change something, by the library, in namespaces that are gone afterwards. */
async function replay(commands: string[][], byUs: boolean): Promise<Seen[]> {
  const handles = new Map<string, Netlink>();
  const netlink = async (netns = HOME): Promise<Netlink> => {
    const open = handles.get(netns) ?? (await Netlink.open({ netns }));
    handles.set(netns, open);
    return open;
  };
  const seen: Seen[] = [];
  await (await Netns.create(HOME)).close();
  // How long it takes until addresses of IPv6 are known to be nobody else's differs from run to run.
  const home = await netlink();
  for (const which of ['all', 'default']) await home.sysctl.set(`net.ipv6.conf.${which}.accept_dad`, '0');
  try {
    for (const argv of commands) {
      try {
        const command = parseIp(argv);
        if (command.object === 'netns' && 'delete'.startsWith(command.verb)) {
          await handles.get(command.words[0] ?? '')?.close();
          handles.delete(command.words[0] ?? '');
        }
        const isPlaced = command.netns !== undefined || command.object === 'netns';
        if (command.object === 'route' && command.verb === 'get') await settled(await netlink(command.netns));
        const isDone = byUs && (await doIp(command, netlink));
        if (isDone) seen.push({ did: 'work', rc: 0, out: '' });
        else {
          const { rc, out } = await show(isPlaced ? argv : ['-n', HOME, ...argv]);
          // What a change prints is not the state.
          const isChange = /^(add|replace|append|prepend|change|del|delete|set|flush)$/.test(command.verb);
          seen.push({ did: 'look', rc, out: isChange ? '' : steady(out) });
        }
      } catch (error) {
        const isOurs = !(error instanceof NotUnderstood);
        seen.push({ did: isOurs ? 'work' : 'nothing', rc: 2, out: String(error) });
      }
    }
  } finally {
    for (const nl of handles.values()) await nl.close();
    for (const { name } of await Netns.list()) await Netns.delete(name);
  }
  return seen;
}
