// Dumps of links and routes as typed objects, beside a program that only receives them.
import assert from 'node:assert/strict';
import { type Bench, type BenchContext, compete, type Row, type Sample } from './support/bench.js';
import { buildFloor, runFloor } from './support/floor.js';
import { Netlink, Netns } from './support/package.js';

/** Requests that are made at once: enough to fill datagrams, not so many that their objects crowd the heap. */
const TOGETHER = 1000;

async function fill(count: number, add: (i: number) => Promise<void>): Promise<void> {
  for (let first = 0; first < count; first += TOGETHER) {
    await Promise.all(Array.from({ length: Math.min(TOGETHER, count - first) }, (_, i) => add(first + i)));
  }
}

/** Dumps one after the other, of which the rate is taken: what collecting the garbage of one costs the next is in it. */
const IN_A_ROW = 10;

/** Dumps before the clock starts the first time: V8 compiles what is used often on the CPUs that the kernel needs. */
const WARM_UP = 30;

async function rate(count: number, list: () => Promise<unknown[]>): Promise<Sample> {
  const start = performance.now();
  let told = 0;
  for (let i = 0; i < IN_A_ROW; i++) {
    const { length } = await list();
    assert.ok(length >= count, `${length} of ${count} objects`);
    told += length;
  }
  return { rate: told / ((performance.now() - start) / 1000) };
}

async function run(context: BenchContext): Promise<Row[]> {
  const { isQuick, report } = context;
  report('compiling the floor');
  await buildFloor();
  await using ns = await Netns.create();
  await using nl = await Netlink.open({ netns: ns });
  const links = isQuick ? 200 : 2000;
  const routes = isQuick ? 10_000 : 100_000;
  const floor = (what: string) => async () => {
    const { count, seconds } = await runFloor<{ count: number; seconds: number }>('dump', what, ns.path, `${IN_A_ROW}`);
    return { rate: count / seconds };
  };

  report(`making ${links} links`);
  await fill(links / 2, (i) => nl.links.create({ kind: 'veth', name: `veth${i}`, peer: { name: `peer${i}` } }));
  for (let i = 0; i < WARM_UP; i++) await nl.links.list();
  const rows = await compete(
    context,
    { rate: '/s' },
    { objects: 'links', count: links },
    { floor: floor('links'), netplumb: () => rate(links, () => nl.links.list()) },
  );

  report(`making ${routes} routes`);
  await Promise.all(['veth0', 'peer0'].map((name) => nl.links.set(name, { up: true })));
  await nl.addresses.add({ link: 'veth0', address: '192.0.2.1/24' });
  await fill(routes, (i) =>
    nl.routes.add({ dst: `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}/32`, gateway: '192.0.2.2', link: 'veth0' }),
  );
  rows.push(
    ...(await compete(
      context,
      { rate: '/s' },
      { objects: 'routes', count: routes },
      { floor: floor('routes'), netplumb: () => rate(routes, () => nl.routes.list({ family: 'inet' })) },
    )),
  );
  return rows;
}

export const dumps: Bench = {
  name: 'dumps',
  title: 'Dumps as typed objects, beside only receiving them',
  run,
  charts: (rows) => [
    {
      name: 'dumps',
      title: 'Objects a second from dumps',
      rows,
      x: 'objects',
      y: 'objects a second',
      mark: 'bar',
    },
  ],
};
