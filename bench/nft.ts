// nftables, beside `nft` as a process and the kernel alone: elements added at once, a published port beside many others,
// a long ruleset listed.
import { execFile } from 'node:child_process';
import type { Netns as NetnsType, NftCommand } from '../lib/index.js';
import { type Bench, type BenchContext, compete, type Row, type Sample } from './support/bench.js';
import { buildFloor, runFloor } from './support/floor.js';
import { Netlink, Netns } from './support/package.js';

const UNITS = { time: 'µs', cpu: 'µs' };
const MAP = { family: 'ip', table: 'bench', name: 'm' } as const;
/** Ports that are published one after the other, and at the same time. */
const SINGLES = 100;
/** The key of the first of them: nobody else's. */
const BEYOND = 0x0100_0000;

const bytes = (number: number) => [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff);
const pairs = (from: number, count: number) =>
  Array.from({ length: count }, (_, i): [string, string] => [bytes(from + i).join('.'), '10.0.0.1']);
const element = (elem: [string, string][]) => ({ element: { ...MAP, elem } });
const script = (elem: [string, string][]) =>
  `add element ip bench m { ${elem.map(([key, data]) => `${key} : ${data}`).join(', ')} }\n`;

/** Times work in this process: `cpu` is what its own threads used outside of the kernel. */
async function timed(operations: number, work: () => Promise<unknown>): Promise<Sample> {
  globalThis.gc?.();
  const before = process.cpuUsage();
  const start = performance.now();
  await work();
  const time = ((performance.now() - start) * 1000) / operations;
  return { time, cpu: process.cpuUsage(before).user / operations };
}

async function run(context: BenchContext): Promise<Row[]> {
  context.report('compiling the floor');
  await buildFloor();
  await using ns = (await Netns.create(`bench-nft-${process.pid}`)) as NetnsType & { name: string };
  await using nl = await Netlink.open({ netns: ns });
  const floor = (what: string, count: number) => async () => {
    const { seconds } = await runFloor<{ seconds: number }>('nft', what, String(count), ns.path);
    return { time: seconds * 1e6 };
  };
  /** Runs nft and waits for its end, which is what a program that calls it has to do. */
  const nft = (args: string[], input = '') =>
    timed(1, () => {
      return new Promise<void>((resolve, reject) => {
        const options = { maxBuffer: 256 << 20 };
        const child = execFile('ip', ['netns', 'exec', ns.name, 'nft', ...args], options, (error, stdout) => {
          if (error) return reject(error);
          // Whoever asks for JSON wants objects.
          if (stdout !== '') JSON.parse(stdout);
          resolve();
        });
        child.stdin?.end(input);
      });
    }).then(({ time }) => ({ time: time as number }));
  const apply = (...commands: NftCommand[]) => nl.nft.apply(commands);
  const prepare = async (existing: number) => {
    await nl.nft.flush();
    await apply(
      { add: { table: { family: 'ip', name: 'bench' } } },
      { add: { map: { ...MAP, type: 'ipv4_addr', map: 'ipv4_addr' } } },
    );
    if (existing > 0) await apply({ add: element(pairs(1, existing)) });
  };
  const after = async (sample: Promise<Sample>, ...commands: NftCommand[]) => {
    const told = await sample;
    await apply(...commands);
    return told;
  };

  const rows: Row[] = [];
  // How often in a turn: as often as it takes for a figure that does not waver.
  for (const [count, times] of [
    [1, 200],
    [100, 50],
    [10_000, 3],
  ] as const) {
    await prepare(0);
    const calls = Array.from({ length: times }, (_, i) => pairs(1 + i * count, count));
    const add = async () => {
      for (const elem of calls) await apply({ add: element(elem) });
    };
    // A process that has just begun compiles its code first, which is not what is measured here.
    await add();
    await apply({ flush: { map: MAP } });
    rows.push(
      ...(await compete(
        context,
        UNITS,
        { work: 'add', n: count },
        {
          floor: floor('add', count),
          netplumb: () => after(timed(times, add), { flush: { map: MAP } }),
          nft: () => after(nft(['-f', '-'], script(pairs(1, count))), { flush: { map: MAP } }),
        },
      )),
    );
  }

  const key = (i: number) => Uint8Array.from(bytes(BEYOND + i));
  const data = Uint8Array.of(10, 0, 0, 1);
  const keys = Array.from({ length: SINGLES }, (_, i) => key(i));
  for (const existing of [0, 1000, 10_000]) {
    await prepare(existing);
    const writer = nl.nft.elements({ family: 'ip', table: 'bench', set: 'm' });
    const removed = async (sample: Promise<Sample>) => {
      const told = await sample;
      await Promise.all(keys.map((one) => writer.delete(one)));
      return told;
    };
    rows.push(
      ...(await compete(
        context,
        UNITS,
        { work: 'port', n: existing },
        {
          floor: floor('one', existing),
          netplumb: () =>
            removed(
              timed(SINGLES, async () => {
                for (const one of keys) await writer.add(one, data);
              }),
            ),
          'netplumb, together': () =>
            removed(timed(SINGLES, () => Promise.all(keys.map((one) => writer.add(one, data))))),
          nft: () => after(nft(['-f', '-'], script(pairs(BEYOND, 1))), { delete: element(pairs(BEYOND, 1)) }),
        },
      )),
    );
  }

  const long = context.isQuick ? 1000 : 10_000;
  await prepare(long);
  await nl.nft.list();
  rows.push(
    ...(await compete(
      context,
      UNITS,
      { work: 'list', n: long },
      {
        floor: floor('list', long),
        netplumb: () => timed(1, () => nl.nft.list()),
        nft: () => nft(['-j', 'list', 'ruleset']),
      },
    )),
  );
  return rows;
}

export const nft: Bench = {
  name: 'nft',
  title: 'nftables: elements added, ports published beside many, a long ruleset listed',
  run,
  charts: (rows) => [
    {
      name: 'nft',
      title: 'nftables',
      rows: rows.filter(({ measure }) => measure === 'time'),
      x: 'n',
      y: 'microseconds',
      panel: 'work',
      mark: 'line',
    },
  ],
};
