// How many endpoints a second can be attached and detached, and what each costs when there are many.
import { type Bench, type BenchContext, compete, type Row, type Sample } from './support/bench.js';
import type { Task } from './support/contestant.js';
import { turn, WARM_UP } from './support/endpoints.js';
import { type Contestant, findPeers, floor, netplumb } from './support/field.js';
import { buildFloor } from './support/floor.js';
import { quantile, slope } from './support/stats.js';

/** Over how many endpoints the cost of one is looked at. */
const WINDOW = 100;
/** Where growth is measured from: by then all is warm. */
const FIRST = 100;

const UNITS = { up: '/s', down: '/s', last: 'ms', growth: 'times', cpu: 'µs', eventLoop: 'ms' };

/** Milliseconds for each of the endpoints up to a number. They are told some at a time. */
function costBefore(marks: readonly number[], number: number): number {
  return slope(marks.slice(Math.max(0, number - WINDOW), number)) * 1000;
}

async function sample(contestant: Contestant, task: Task): Promise<Sample> {
  const { up, down } = await turn(contestant, task);
  const figures: Sample = { up: task.count / up.seconds, down: task.count / down.seconds };
  figures.cpu = ((up.user + down.user) * 1e6) / task.count;
  const marks = up.marks && [...up.marks].sort((a, b) => a - b);
  if (marks?.length === task.count) {
    figures.last = costBefore(marks, task.count);
    if (task.count > FIRST) figures.growth = figures.last / costBefore(marks, FIRST + WINDOW / 2);
  }
  if (up.eventLoopDelay !== undefined) figures.eventLoop = up.eventLoopDelay - (up.idleEventLoopDelay ?? 0);
  return figures;
}

async function run(context: BenchContext): Promise<Row[]> {
  context.report('compiling the floor');
  await buildFloor();
  const peers = findPeers(context.report);
  const counts = context.isQuick
    ? { bridge: [20, 50], routed: [20, 50] }
    : { bridge: [100, 500, 900], routed: [100, 1000, 5000] };
  const rows: Row[] = [];
  for (const mode of ['bridge', 'routed'] as const) {
    for (const count of counts[mode]) {
      const compare = (field: Contestant[], pool: boolean, warmUp = WARM_UP) => {
        const task = { mode, count, ports: 1, pool, warmUp, singles: 0 };
        const turns = field.map((contestant) => [contestant.name, () => sample(contestant, task)] as const);
        return compete(context, UNITS, { mode, n: count }, Object.fromEntries(turns));
      };
      const field = [floor, netplumb, ...peers].filter(({ limit, modes }) => count <= limit && modes.includes(mode));
      rows.push(...(await compare(field, false)));
      for (const row of await compare([floor, netplumb], true)) {
        rows.push({ ...row, contestant: `${row.contestant}, warm pool` });
      }
      // The first that a process makes.
      if (count >= WARM_UP) continue;
      for (const row of await compare([floor, netplumb], false, 0)) {
        if (row.contestant === netplumb.name) rows.push({ ...row, contestant: `${row.contestant}, first` });
      }
    }
  }
  return rows;
}

const chart = (rows: Row[], measure: string, mode: string, title: string, y: string) => ({
  name: `throughput-${measure}-${mode}`,
  title,
  rows: rows.filter((row) => row.measure === measure && row.conditions.mode === mode),
  x: 'n',
  y,
  mark: 'line' as const,
});

const isOurs = ({ contestant }: Row) => [floor.name, netplumb.name].some((name) => contestant.startsWith(name));

/** Contestants at the smallest number of endpoints, where all of them take part. */
function fieldOf(rows: Row[]): Row[] {
  const least = quantile(
    rows.filter((row) => row.conditions.mode === 'bridge').map((row) => row.conditions.n as number),
    0,
  );
  return rows.filter(
    (row) => row.conditions.mode === 'bridge' && row.conditions.n === least && ['up', 'down'].includes(row.measure),
  );
}

export const throughput: Bench = {
  name: 'throughput',
  title: 'Endpoints attached and detached',
  run,
  charts: (rows) => [
    {
      name: 'throughput-field',
      title: 'Endpoints a second, beside other programs',
      rows: fieldOf(rows),
      x: 'contestant',
      y: 'endpoints a second',
      panel: 'measure',
      mark: 'ranking',
    },
    ...(['bridge', 'routed'] as const).flatMap((mode) => [
      chart(rows, 'up', mode, `Attached a second, ${mode}`, 'endpoints a second'),
      chart(rows, 'down', mode, `Detached a second, ${mode}`, 'endpoints a second'),
      chart(rows.filter(isOurs), 'last', mode, `What the last ${WINDOW} cost, ${mode}`, 'milliseconds each'),
    ]),
  ],
};
