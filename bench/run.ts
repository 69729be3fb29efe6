// Runs benches: `npm run bench -- [NAME...] [--rounds 5] [--quick] [--out bench/results]`. As root; everything happens in
// network and mount namespaces that are thrown away.
import { parseArgs } from 'node:util';
import { Listr } from 'listr2';
import { dumps } from './dumps.js';
import { latency } from './latency.js';
import { nft } from './nft.js';
import { ports } from './ports.js';
import type { Bench, Row } from './support/bench.js';
import { verdicts } from './support/goals.js';
import { save, table } from './support/results.js';
import { throwAway } from './support/scene.js';
import { throughput } from './throughput.js';

const benches: Bench[] = [throughput, latency, ports, dumps, nft];

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '5' },
      quick: { type: 'boolean', default: false },
      out: { type: 'string', default: 'bench/results' },
    },
  });
  const unknown = positionals.filter((name) => !benches.some((bench) => bench.name === name));
  if (unknown.length > 0 || !(Number(values.rounds) >= 1)) {
    console.error(
      `usage: npm run bench -- [${benches.map((bench) => bench.name).join('|')}...] [--rounds N] [--quick]`,
    );
    process.exitCode = 2;
    return;
  }
  const chosen = benches.filter((bench) => positionals.length === 0 || positionals.includes(bench.name));
  const results = new Map<Bench, Row[]>();
  const tasks = new Listr(
    chosen.map((bench) => ({
      title: bench.title,
      task: async (_: unknown, task: { output: string }) => {
        const rows = await bench.run({
          rounds: Number(values.rounds),
          isQuick: values.quick,
          report: (text) => {
            task.output = text;
          },
        });
        results.set(bench, rows);
        await save(values.out, bench, rows);
      },
    })),
    { exitOnError: false, fallbackRenderer: 'verbose' },
  );
  await tasks.run();
  for (const error of tasks.errors) console.error(error);
  if (tasks.errors.length > 0) process.exitCode = 1;
  for (const [bench, rows] of results) {
    const goals = verdicts(bench.name, rows);
    console.log(`\n${bench.title}\n\n${table(rows)}`);
    if (goals.length > 0) console.log(`\n${goals.join('\n')}`);
  }
}

const status = throwAway();
if (status === undefined) await main();
else process.exitCode = status;
