// How long one endpoint takes, attached and detached alone.
import { type Bench, type BenchContext, compete, type Row, type Sample } from './support/bench.js';
import { turn, WARM_UP } from './support/endpoints.js';
import { type Contestant, floor, netplumb } from './support/field.js';
import { buildFloor } from './support/floor.js';
import { quantile } from './support/stats.js';

const UNITS = { 'attach p50': 'ms', 'attach p99': 'ms', 'detach p50': 'ms', 'detach p99': 'ms' };
/** Endpoints that are there already: the more of them, the longer the kernel takes for one more. */
const BESIDE = [10, 500];

async function sample(contestant: Contestant, count: number, pool: boolean, singles: number): Promise<Sample> {
  const task = { mode: 'bridge', count, ports: 1, pool, warmUp: WARM_UP, singles } as const;
  const { up = [], down = [] } = (await turn(contestant, task)).singles ?? {};
  const figures: Sample = {};
  for (const [name, seconds] of Object.entries({ attach: up, detach: down })) {
    for (const share of [50, 99]) figures[`${name} p${share}`] = quantile(seconds, share / 100) * 1000;
  }
  return figures;
}

async function run(context: BenchContext): Promise<Row[]> {
  context.report('compiling the floor');
  await buildFloor();
  const singles = context.isQuick ? 10 : 200;
  const rows: Row[] = [];
  for (const beside of context.isQuick ? BESIDE.slice(0, 1) : BESIDE) {
    for (const pool of [false, true]) {
      const turn = (contestant: Contestant) => () => sample(contestant, beside, pool, singles);
      const conditions = { beside, pool: pool ? 'warm' : 'none' };
      rows.push(...(await compete(context, UNITS, conditions, { floor: turn(floor), netplumb: turn(netplumb) })));
    }
  }
  return rows;
}

export const latency: Bench = {
  name: 'latency',
  title: 'One endpoint attached and detached alone',
  run,
  charts: (rows) => [
    {
      name: 'latency',
      title: `One endpoint alone, beside ${BESIDE[0]}, without and with a warm pool`,
      rows: rows.filter(({ conditions }) => conditions.beside === BESIDE[0]),
      x: 'measure',
      y: 'milliseconds',
      panel: 'pool',
      mark: 'bar',
    },
  ],
};
