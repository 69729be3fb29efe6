// What published ports cost.
import { type Bench, type BenchContext, compete, type Row, type Sample } from './support/bench.js';
import { turn, WARM_UP } from './support/endpoints.js';
import { type Contestant, floor, netplumb } from './support/field.js';
import { buildFloor } from './support/floor.js';

const PORTS = [1, 32, 200];
const UNITS = { up: 'ms', down: 'ms', toOne: 'times' };

/**
 * One turn with each number of ports, right after one another: what is compared must not be minutes apart. Each round
 * begins with another, as none is to be always the first.
 */
async function sample(contestant: Contestant, count: number, round: number): Promise<Sample> {
  const told: Sample = {};
  const first = round % PORTS.length;
  for (const ports of [...PORTS.slice(first), ...PORTS.slice(0, first)]) {
    const task = { mode: 'bridge', count, ports, pool: false, warmUp: WARM_UP, singles: 0 } as const;
    const { up, down } = await turn(contestant, task);
    told[`up ${ports}`] = (up.seconds * 1000) / count;
    told[`down ${ports}`] = (down.seconds * 1000) / count;
  }
  for (const ports of PORTS) told[`toOne ${ports}`] = (told[`up ${ports}`] as number) / (told['up 1'] as number);
  return told;
}

async function run(context: BenchContext): Promise<Row[]> {
  context.report('compiling the floor');
  await buildFloor();
  const count = context.isQuick ? 10 : 100;
  const units = PORTS.flatMap((ports) => Object.entries(UNITS).map(([measure, unit]) => [`${measure} ${ports}`, unit]));
  const field = [floor, netplumb].map((contestant) => {
    let round = 0;
    return [contestant.name, () => sample(contestant, count, round++)];
  });
  const rows = await compete(context, Object.fromEntries(units), { n: count }, Object.fromEntries(field));
  return rows.map(({ measure, conditions, ...row }) => {
    const [what = '', ports] = measure.split(' ');
    return { ...row, measure: what, conditions: { ports: Number(ports), ...conditions } };
  });
}

export const ports: Bench = {
  name: 'ports',
  title: 'Endpoints with 1, 32 and 200 published ports',
  run,
  charts: (rows) => [
    {
      name: 'ports',
      title: 'Cost of an endpoint by its published ports',
      rows: rows.filter(({ unit }) => unit === UNITS.up),
      x: 'ports',
      y: 'milliseconds each',
      panel: 'measure',
      mark: 'line',
    },
  ],
};
