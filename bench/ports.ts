// What published ports cost.
import { type Bench, type BenchContext, compete, type Row, type Sample } from './support/bench.js';
import { turn, WARM_UP } from './support/endpoints.js';
import { type Contestant, floor, netplumb } from './support/field.js';
import { buildFloor } from './support/floor.js';

const UNITS = { up: 'ms', down: 'ms' };

async function sample(contestant: Contestant, count: number, ports: number): Promise<Sample> {
  const { up, down } = await turn(contestant, {
    mode: 'bridge',
    count,
    ports,
    pool: false,
    warmUp: WARM_UP,
    singles: 0,
  });
  return { up: (up.seconds * 1000) / count, down: (down.seconds * 1000) / count };
}

async function run(context: BenchContext): Promise<Row[]> {
  context.report('compiling the floor');
  await buildFloor();
  const count = context.isQuick ? 10 : 100;
  const rows: Row[] = [];
  for (const ports of [1, 32, 200]) {
    const field = [floor, netplumb].map((contestant) => [contestant.name, () => sample(contestant, count, ports)]);
    rows.push(...(await compete(context, UNITS, { ports, n: count }, Object.fromEntries(field))));
  }
  return rows;
}

export const ports: Bench = {
  name: 'ports',
  title: 'Endpoints with 1, 32 and 200 published ports',
  run,
  charts: (rows) => [
    {
      name: 'ports',
      title: 'Cost of an endpoint by its published ports',
      rows,
      x: 'ports',
      y: 'milliseconds each',
      panel: 'measure',
      mark: 'line',
    },
  ],
};
