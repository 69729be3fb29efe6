// What the library is to reach on a quiet machine of two cores, and whether it did.
import { FLOOR, type Row } from './bench.js';

interface Goal {
  bench: string;
  says: string;
  /** The figure in question, undefined where it was not measured. */
  figure(rows: Row[]): number | undefined;
  atLeast?: number;
  atMost?: number;
}

const OURS = 'netplumb';
const WARM = `${OURS}, warm pool`;

const find = (rows: Row[], contestant: string, measure: string, conditions: Row['conditions']) =>
  rows.find(
    (row) =>
      row.contestant === contestant &&
      row.measure === measure &&
      Object.entries(conditions).every(([name, value]) => row.conditions[name] === value),
  );

/** Our figure by the best that another program reaches under the same conditions. */
function toBestPeer(rows: Row[], measure: string): number | undefined {
  const conditions = { mode: 'bridge', n: 100 };
  const peers = rows.filter(
    (row) =>
      ![OURS, FLOOR].some((name) => row.contestant.startsWith(name)) &&
      find([row], row.contestant, measure, conditions),
  );
  const ours = find(rows, WARM, measure, conditions);
  return ours && peers.length > 0 ? ours.median / Math.max(...peers.map(({ median }) => median)) : undefined;
}

const at500 = { mode: 'bridge', n: 500 };

const goals: Goal[] = [
  {
    bench: 'throughput',
    says: 'attached at 500, to the floor',
    figure: (rows) => find(rows, OURS, 'up', at500)?.toFloor,
    atLeast: 0.9,
  },
  {
    bench: 'throughput',
    says: 'detached at 500, to the floor',
    figure: (rows) => find(rows, OURS, 'down', at500)?.toFloor,
    atLeast: 0.85,
  },
  {
    bench: 'throughput',
    says: 'user CPU an endpoint at 500, µs',
    figure: (rows) => find(rows, OURS, 'cpu', at500)?.median,
    atMost: 150,
  },
  {
    bench: 'throughput',
    says: 'event-loop delay p99 above idle at 500, ms',
    figure: (rows) => find(rows, OURS, 'eventLoop', at500)?.median,
    atMost: 5,
  },
  {
    bench: 'throughput',
    says: 'endpoint 900 on a bridge, to endpoint 100',
    figure: (rows) => find(rows, OURS, 'growth', { mode: 'bridge', n: 900 })?.median,
    atMost: 1.5,
  },
  {
    bench: 'throughput',
    says: 'endpoint 5,000 routed, to endpoint 100',
    figure: (rows) => find(rows, OURS, 'growth', { mode: 'routed', n: 5000 })?.median,
    atMost: 1.2,
  },
  {
    bench: 'throughput',
    says: 'attached with a warm pool, to the best peer',
    figure: (rows) => toBestPeer(rows, 'up'),
    atLeast: 1.3,
  },
  {
    bench: 'throughput',
    says: 'detached with a warm pool, to the best peer',
    figure: (rows) => toBestPeer(rows, 'down'),
    atLeast: 2,
  },
  ...[10, 500].map((beside) => ({
    bench: 'latency',
    says: `one attached alone beside ${beside}, to the floor`,
    figure: (rows: Row[]) => find(rows, OURS, 'attach p50', { pool: 'none', beside })?.toFloor,
    atMost: 1.25,
  })),
  {
    bench: 'ports',
    says: 'endpoint of 200 ports, to one of one port',
    figure: (rows) => find(rows, OURS, 'toOne', { ports: 200 })?.median,
    atMost: 1.3,
  },
  {
    bench: 'dumps',
    says: 'links a second',
    figure: (rows) => find(rows, OURS, 'rate', { objects: 'links', count: 2000 })?.median,
    atLeast: 120_000,
  },
  {
    bench: 'dumps',
    says: 'routes a second',
    figure: (rows) => find(rows, OURS, 'rate', { objects: 'routes', count: 100_000 })?.median,
    atLeast: 800_000,
  },
];

/** A line for each goal that a bench's rows tell of. */
export function verdicts(bench: string, rows: Row[]): string[] {
  return goals.flatMap((goal) => {
    const figure = goal.bench === bench ? goal.figure(rows) : undefined;
    if (figure === undefined) return [];
    const isReached = goal.atLeast !== undefined ? figure >= goal.atLeast : figure <= (goal.atMost as number);
    const shown = figure >= 1000 ? Math.round(figure).toLocaleString('en') : figure.toPrecision(3);
    const wanted = goal.atLeast !== undefined ? `at least ${goal.atLeast}` : `at most ${goal.atMost}`;
    return [`${isReached ? 'reached' : 'MISSED '}  ${goal.says}: ${shown} (${wanted})`];
  });
}
