// How long one endpoint takes, attached and detached alone.
import { type Bench, type BenchContext, compete, type Row, type Sample } from './support/bench.js';
import { turn, WARM_UP } from './support/endpoints.js';
import { type Contestant, floor, netplumb } from './support/field.js';
import { buildFloor } from './support/floor.js';
import { quantile } from './support/stats.js';

const UNITS = { 'attach p50': 'ms', 'attach p99': 'ms', 'detach p50': 'ms', 'detach p99': 'ms' };
/** Endpoints that are there already. */
const BESIDE = 10;

async function sample(contestant: Contestant, pool: boolean, singles: number): Promise<Sample> {
  const task = { mode: 'bridge', count: BESIDE, ports: 1, pool, warmUp: WARM_UP, singles } as const;
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
  for (const pool of [false, true]) {
    rows.push(
      ...(await compete(
        context,
        UNITS,
        { pool: pool ? 'warm' : 'none' },
        {
          floor: () => sample(floor, pool, singles),
          netplumb: () => sample(netplumb, pool, singles),
        },
      )),
    );
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
      title: 'One endpoint alone, without and with a warm pool',
      rows,
      x: 'measure',
      y: 'milliseconds',
      panel: 'pool',
      mark: 'bar',
    },
  ],
};
