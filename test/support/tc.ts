// The witness of traffic control: what `tc` shows, and the kernel's own bytes.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Context } from 'mocha';
import type { Netlink } from '../../lib/index.js';
import { run } from './sandbox.js';
import { skipBecause } from './skip.js';

type Ns = { name: string };

/** Waits for a qdisc of a kind that the kernel may not have. */
export async function makeOr(context: Context, making: Promise<void>): Promise<void> {
  await making.catch((error) => {
    if (error.code === 'ENOENT') skipBecause(context, `no such qdisc here: ${error.detail}`);
    throw error;
  });
}

/** Runs `tc -n NAME` with words; `glue` stands for blanks that do not end a word. */
export function tc(ns: Ns, words: string, glue?: string): string {
  const list = words.trim().split(/[ \n]+/);
  return run('tc', '-n', ns.name, ...list.map((word) => (glue === undefined ? word : word.replaceAll(glue, ' '))));
}

/** Runs `tc -j -d -s -n NAME` with words and parses what it prints. */
// biome-ignore lint/suspicious/noExplicitAny: the witness's JSON has no types
export function tcJson(ns: Ns, words: string): any {
  const text = run('tc', '-j', '-d', '-s', '-n', ns.name, ...words.trim().split(/\s+/));
  return text.trim() === '' ? [] : JSON.parse(text);
}

/**
 * Runs many tc commands in one process, which goes on after errors.
 *
 * @returns For each command its error's text, or undefined.
 */
export function tcCommands(ns: Ns, commands: string[]): (string | undefined)[] {
  const { stderr } = spawnSync('tc', ['-n', ns.name, '-force', '-batch', '-'], {
    input: `${commands.join('\n')}\n`,
    encoding: 'utf8',
    env: { ...process.env, LD_PRELOAD: '' },
  });
  const errors: (string | undefined)[] = commands.map(() => undefined);
  let text = '';
  for (const line of stderr.split('\n')) {
    const [, number] = /^Command failed .*:(\d+)$/.exec(line) ?? [];
    if (number === undefined) {
      text += `${line}\n`;
      continue;
    }
    errors[Number(number) - 1] = text.trim();
    text = '';
  }
  return errors;
}

/** The root qdiscs of all links as `tc` prints them, but those of kinds that it prints no JSON of. */
// biome-ignore lint/suspicious/noExplicitAny: the witness's JSON has no types
export function shownQdiscs(ns: Ns): any[] {
  const text = run('tc', '-j', '-d', '-s', '-n', ns.name, 'qdisc', 'show').trim().slice(1, -1);
  return text.split(/,(?=\{"kind":)/).flatMap((part) => {
    try {
      return [JSON.parse(part)];
    } catch {
      return [];
    }
  });
}

/** What `tc -s -d` shows in text of a link's qdiscs and classes: by link, 'qdisc 2: 1:1', 'qdisc 1:' (root), 'class 1:1'. */
export function shownTexts(ns: Ns, links: readonly string[]): Map<string, string>[] {
  // Each link has one root qdisc, which is shown first.
  const lines = links.flatMap((link) => [`qdisc show dev ${link}`, `class show dev ${link}`]);
  const parts = tcBatch(ns, lines, ['-s', '-d']).split(/^(?=qdisc \S+ \S+ root )/m);
  return parts.map((part) => {
    const blocks = part.split(/^(?=qdisc |class )/m);
    return new Map(
      blocks.map((block) => {
        const [, what, handle, parent] = /^(qdisc|class) \S+ (\S+)(?: parent (\S+))?/.exec(block) ?? [];
        return [what === 'qdisc' && parent ? `qdisc ${handle} ${parent}` : `${what} ${handle}`, block] as const;
      }),
    );
  });
}

// Sends, by packet sockets, 60 packets of UDP that allow marks through each device that a name is given of.
const SENDER = `
import socket, sys
for name in sys.argv[1:]:
    s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
    s.bind((name, 0x800))
    s.setsockopt(socket.SOL_SOCKET, socket.SO_PRIORITY, 0x10001)
    for n in range(60):
        ports = (1000 + n % 3).to_bytes(2, 'big') + bytes([0, 80])
        packet = bytes.fromhex('020000000001020000000002080045010210000000004011') + bytes(2)
        packet += bytes([10, 0, 0, 1, 10, 0, 0, 2]) + ports + (508).to_bytes(2, 'big') + bytes(502)
        try: s.send(packet)
        except OSError: pass
    s.close()
`;

/** Sends packets through devices; those that a queue does not take are lost. */
export function sendThrough(ns: Ns, links: readonly string[]): void {
  run('ip', 'netns', 'exec', ns.name, 'python3', '-c', SENDER, ...links);
}

// Answers, line by line, what the kernel tells of qdiscs, classes (places: none) or filters of places in a namespace:
// header and attributes in hex. One process for all questions, as an emulated machine starts it in seconds.
const WITNESS = `
import ctypes, json, os, socket, struct, sys
libc = ctypes.CDLL(None, use_errno=True)
home = os.open('/proc/self/ns/net', os.O_RDONLY)
def enter(fd):
    if libc.setns(fd, 0x40000000): raise OSError(ctypes.get_errno(), 'setns')
def dump(s, what, device, parent):
    s.send(struct.pack('=IHHII', 36, what, 0x301, 1, 0) + struct.pack('=BxxxiIII', 0, device, 0, parent, 0))
    told = []
    while True:
        data = s.recv(1 << 18)
        while data:
            size, kind = struct.unpack_from('=IH', data)
            if kind == 3 or kind == 2: return told
            index, handle, above, info = struct.unpack_from('=iIII', data, 20)
            told.append({'what': kind, 'index': index, 'handle': handle, 'parent': above, 'info': info, 'attributes': data[36:size].hex()})
            data = data[(size + 3) & ~3:]
for line in sys.stdin:
    name, places = json.loads(line)
    fd = os.open('/run/netns/' + name, os.O_RDONLY)
    enter(fd)
    os.close(fd)
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as s:
        s.bind((0, 0))
        names = dict(socket.if_nameindex())
        if places is None: told = [dump(s, 38, 0, 0)] + [dump(s, 42, device, 0) for device in names]
        else: told = [dump(s, 46, socket.if_nametoindex(device), parent) for device, parent in places]
        for list in told:
            for one in list: one['link'] = names.get(one.pop('index'))
    enter(home)
    print(json.dumps(told), flush=True)
`;

interface Told {
  what: number;
  link: string;
  handle: number;
  parent: number;
  info: number;
  attributes: string;
}

let witness: { input: Socket; output: Socket; lines: AsyncIterator<string> } | undefined;
let asked: Promise<unknown> = Promise.resolve();

/** What the kernel tells of the filters of places (device, parent), or of all qdiscs and each device's classes. */
function ask(ns: Ns, places: [string, number][] | null): Promise<Told[][]> {
  const answer = asked.then(async () => {
    if (!witness) {
      const child = spawn('python3', ['-c', WITNESS], {
        stdio: ['pipe', 'pipe', 'inherit'],
        env: { ...process.env, LD_PRELOAD: '' },
      });
      child.unref();
      const [input, output] = [child.stdin as unknown as Socket, child.stdout as unknown as Socket];
      witness = { input, output, lines: createInterface(child.stdout)[Symbol.asyncIterator]() };
      // It ends with our end of its input.
      input.unref();
    }
    const { input, output, lines } = witness;
    output.ref();
    input.write(`${JSON.stringify([ns.name, places])}\n`);
    const { value, done } = await lines.next();
    output.unref();
    if (done) {
      witness = undefined;
      throw new Error('the witness has died');
    }
    return JSON.parse(value);
  });
  asked = answer.catch(() => {});
  return answer;
}

/** A qdisc or class as the kernel tells it: numbers, and its options' bytes in hex. */
export interface RawTc {
  handle: number;
  parent: number;
  kind: string;
  options: string | null;
}

/** What the kernel tells of all qdiscs and classes of a namespace, by link. */
export async function rawTc(ns: Ns): Promise<(what: 'qdisc' | 'class', link: string) => RawTc[]> {
  const all = (await ask(ns, null)).flat();
  return (what, wanted) =>
    all
      .filter((one) => one.what === (what === 'qdisc' ? 36 : 40) && one.link === wanted)
      .map(({ handle, parent, attributes }) => {
        const list = split(attributes);
        const options = list.find(({ number }) => number === 2);
        return { handle, parent, kind: kindOf(list), options: options ? options.hex.slice(8) : null };
      });
}

/** What the kernel tells without netem's seed, which is another each time. */
export function withoutSeed(what: object): unknown {
  const show = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value);
  return JSON.parse(JSON.stringify(what, show).replace(/0c000e00[\da-f]{16}|,"seed":"\d+n"/g, ''));
}

/** Filters and actions of each kind, enough for the kernel to say whether it has the kind. */
const PROBES: Record<string, object> = {
  'filter u32': { kind: 'u32', options: {} },
  'filter fw': { kind: 'fw', handle: 1, options: { classid: '1:1' } },
  'filter matchall': { kind: 'matchall', options: {} },
  'filter basic': { kind: 'basic', options: { classid: '1:1' } },
  'filter cgroup': { kind: 'cgroup', handle: 1, options: {} },
  'filter bpf': { kind: 'bpf', options: { bytecode: '1,6 0 0 0', classid: '1:1' } },
  'filter flow': { kind: 'flow', handle: 1, options: { keys: ['dst'], mode: 'map', baseclass: '1:1' } },
  'filter route': { kind: 'route', protocol: 'ip', options: { to: 9, classid: '1:1' } },
  'filter flower': { kind: 'flower', options: {} },
  'ematch cmp': { kind: 'cmp', align: 'u8', at: 0, value: 6 },
  'ematch u32': { kind: 'u32', match: { field: 'u32', value: 0, at: 0 } },
  'ematch meta': { kind: 'meta', left: 'priority', right: 6 },
  'ematch nbyte': { kind: 'nbyte', needle: 'a', at: 0 },
  'ematch canid': { kind: 'canid', ids: [{ sff: 1 }] },
};

/** What is known of the running kernel. */
const lacks = new Map<string, string | undefined>();

/** Why the running kernel cannot do what is named ('filter flower', 'action gact'); undefined where it can. */
export async function lackOf(nl: Netlink, what: string): Promise<string | undefined> {
  if (lacks.has(what)) return lacks.get(what);
  const [type, kind = ''] = what.split(' ');
  await nl.links.create({ kind: 'ifb', name: 'probe' });
  let lack: string | undefined;
  try {
    if (type === 'action') {
      // The kernel looks for the kind first, and then for what is missing here.
      await nl.tc.actions.add({ kind, control: 'pipe', index: 4_000_000_000 });
    } else {
      await nl.tc.qdiscs.add({ link: 'probe', kind: 'clsact' });
      const probe = PROBES[what] as { kind: string };
      const spec = type === 'ematch' ? { kind: 'basic', options: { ematches: probe, classid: '1:1' } } : probe;
      await nl.tc.filters.add({ link: 'probe', parent: 'ingress', ...spec } as never);
    }
  } catch (error) {
    const { code, message, detail } = error as { code?: string; message: string; detail?: string };
    if (code === 'ENOENT') lack = `the kernel has no tc ${what}: ${detail ?? message}`;
  } finally {
    await nl.links.delete('probe');
  }
  lacks.set(what, lack);
  return lack;
}

/** The attributes of each kind's options that hold actions, and counters. */
const CHANGING: Record<string, number[]> = {
  u32: [7, 9],
  cgroup: [1],
  fw: [4],
  matchall: [2, 4],
  basic: [3, 5],
  bpf: [1],
  flow: [9],
  route: [6],
  flower: [3],
};

/** The attributes of a nest. */
function split(hex: string): { number: number; hex: string }[] {
  const bytes = Buffer.from(hex, 'hex');
  const attributes: { number: number; hex: string }[] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    const end = at + bytes.readUInt16LE(at);
    attributes.push({ number: bytes.readUInt16LE(at + 2) & 0x3fff, hex: bytes.subarray(at, end).toString('hex') });
    at = (end + 3) & ~3;
  }
  return attributes;
}

/** A nest in hex without attributes of some numbers. */
function without(nest: string, numbers: readonly number[]): string {
  return split(nest)
    .filter(({ number }) => !numbers.includes(number))
    .map(({ hex }) => hex)
    .join(' ');
}

/** What `tc` shows, without what the kernel counts and numbers. */
export function steady(shown: string): string {
  return shown
    .replace(/index \d+ ref \d+ bind \d+|(?<=police )0x[\da-f]+/g, '')
    .replace(/ *(installed|used|firstused|expires) \d+ sec/g, '');
}

/** What the kernel tells of the filters of devices' parents: bytes but for actions, and these as `tc` shows them. */
export async function rawFilters(ns: Ns, places: string[][]): Promise<object[]> {
  const numbers: Record<string, number> = { ingress: 0xffff_fff2, egress: 0xffff_fff3 };
  const told = await ask(
    ns,
    places.map(([device = '', parent = '']) => [device, numbers[parent] ?? Number.parseInt(parent, 16) * 0x1_0000]),
  );
  // Each place's filters come after the qdiscs of its device, of which a root is the first.
  const text = tcBatch(
    ns,
    places.flatMap(([device, parent = '']) => [
      `qdisc show dev ${device}`,
      `filter show dev ${device} ${parent in numbers ? parent : `parent ${parent}`}`,
    ]),
    ['-p'],
  );
  const shown: string[][] = [];
  let isQdisc = false;
  for (const line of text.trimEnd().split('\n')) {
    isQdisc = line.startsWith('qdisc ') || (isQdisc && /^\s/.test(line));
    const isNext = / root /.test(line) || shown.at(-1)?.length !== 0;
    if (line.startsWith('qdisc ') && isNext) shown.push([]);
    else if (!isQdisc) shown.at(-1)?.push(line);
  }
  assert.equal(shown.length, places.length, text);
  return told.map((filters, i) => ({
    bytes: filters.map(({ handle, info, attributes }) => ({ handle, info, attributes: bytesOf(attributes) })),
    shown: steady(shown[i]?.join('\n') ?? ''),
  }));
}

/** A filter's attributes without what changes in its options. */
function bytesOf(attributes: string): string[] {
  const list = split(attributes);
  return list.map(({ number, hex }) => (number === 2 ? without(hex.slice(8), CHANGING[kindOf(list)] ?? []) : hex));
}

/** TCA_KIND of attributes. */
function kindOf(list: { number: number; hex: string }[]): string {
  const hex = list.find(({ number }) => number === 1)?.hex ?? '';
  return Buffer.from(hex, 'hex').toString('latin1', 4).replace(/\0+$/, '');
}

/** Runs `tc -batch` with lines, all of them whatever comes of some; '~' stands for blanks inside of a word. */
export function tcBatch(ns: Ns, lines: string[], flags: string[] = []): string {
  const input = `${lines.join('\n').replace(/\S*~\S*/g, (word) => `"${word.replaceAll('~', ' ')}"`)}\n`;
  return spawnSync('tc', ['-n', ns.name, ...flags, '-force', '-batch', '-'], {
    input,
    encoding: 'utf8',
    env: { ...process.env, LD_PRELOAD: '' },
    maxBuffer: 64 << 20,
  }).stdout;
}
