// One of several processes that attach and detach at random on the same networks, until its standard input ends or it is
// killed. Arguments: names of the networks, and of namespaces that are there already, with commas in between. Prints a
// letter for each endpoint that it has attached or detached. See network-churn.test.ts.
// Plain JavaScript on what was built: so it starts quickly.
import { Network } from '../../../dist/index.js';

/** How many ids there are, and ports: so few that processes get in each other's way. */
const IDS = 20;
const FIRST_PORT = 20_000;
const PORTS = 80;

/** How many names of links there are. */
const FEW = 6;

/** What may become of an attach when others do the same. */
const EXPECTED = ['EEXIST', 'EADDRINUSE'];

const random = (/** @type {number} */ below) => Math.floor(Math.random() * below);
const oneOf = (/** @type {any[]} */ list) => list[random(list.length)];

const [names = '', namespaces = ''] = process.argv.slice(2);
const networks = await Promise.all(names.split(',').map((name) => Network.open(name)));
const there = namespaces.split(',');
let isEnding = false;
process.stdin.on('end', () => {
  isEnding = true;
});
process.stdin.resume();

/** In one of the namespaces that are there already, beside others. */
const beside = () => ({ interface: `e${random(FEW)}`, defaultRoute: false });

/** An endpoint of any kind. */
const spec = (id = `e${random(IDS)}`) => ({
  id,
  ...oneOf([
    {},
    {},
    {},
    {},
    { hostInterface: `web${random(FEW)}` },
    { hostInterface: `web${random(FEW)}`, bandwidth: { egress: '10mbit' } },
    { mac: `02:00:00:00:00:${random(90) + 10}` },
    { netns: oneOf(there), ...beside() },
    { netns: { path: `/run/netns/${oneOf(there)}` }, ...beside(), bandwidth: { egress: '10mbit' } },
    { netns: { anonymous: true } },
    { netns: `np-churn-${random(IDS)}-${process.pid}` },
    { bandwidth: { egress: '10mbit', ingress: '5mbit' } },
  ]),
  ports: oneOf([
    [],
    [{ hostPort: FIRST_PORT + random(PORTS), port: 80 }],
    [{ hostPort: FIRST_PORT + random(PORTS), port: 53, protocol: 'udp' }],
    [{ hostPort: FIRST_PORT + random(PORTS), port: 53, protocol: 'udp', hostAddress: '192.0.2.1' }],
    [{ hostPort: FIRST_PORT + random(PORTS), port: 80, protocol: 'sctp' }],
    [{ hostPort: FIRST_PORT + random(PORTS), port: 8000, count: 5 }],
    [{ hostPort: FIRST_PORT + random(PORTS), port: 80, reserve: true }],
    [{ hostPort: FIRST_PORT + random(PORTS), port: 80, proxy: true, hostAddress: '127.0.0.1' }],
    [{ hostPort: 0, port: 80 }],
    [{ hostPort: 0, port: 80, count: 2, reserve: true }],
    [
      { hostPort: 0, port: 80, proxy: true, hostAddress: '192.0.2.1' },
      { hostPort: FIRST_PORT + random(PORTS), port: 80, count: 3 },
    ],
  ]),
});

/** Ids of the endpoints that may go. */
const idsOf = async (/** @type {any} */ network) =>
  (await network.endpoints())
    .map((/** @type {{ id: string }} */ { id }) => id)
    .filter((/** @type {string} */ id) => id !== 'stays');

/** How many endpoints an attach has made. */
async function countAttached(/** @type {Promise<any>} */ attaching) {
  try {
    return [await attaching].flat().length;
  } catch (error) {
    if (!EXPECTED.includes(/** @type {{ code?: string }} */ (error).code ?? '')) throw error;
    return 0;
  }
}

/** What is done, each so often: how many endpoints have come or gone by it. */
const OPERATIONS = {
  attach: (/** @type {any} */ network) => countAttached(network.attach(spec())),
  attachMany: (/** @type {any} */ network) => {
    const one = random(IDS);
    return countAttached(network.attachMany([0, 1, 2].map((i) => spec(`m${one}-${i}`))));
  },
  detach: async (/** @type {any} */ network) => {
    const ids = await idsOf(network);
    if (ids.length === 0) return 0;
    await network.detach(oneOf(ids));
    return 1;
  },
  detachMany: async (/** @type {any} */ network) => {
    const ids = (await idsOf(network)).filter(() => Math.random() < 0.3);
    await network.detachMany(ids);
    return ids.length;
  },
  prewarm: async (/** @type {any} */ network) => {
    await network.prewarm(random(4));
    return 0;
  },
  reconcile: async (/** @type {any} */ network) => {
    await network.reconcile();
    return 0;
  },
};
const OFTEN = /** @type {const} */ ([
  ...Array(42).fill('attach'),
  ...Array(42).fill('detach'),
  ...Array(7).fill('attachMany'),
  ...Array(7).fill('detachMany'),
  ...Array(5).fill('prewarm'),
  ...Array(5).fill('reconcile'),
]);

async function operate() {
  const count = await OPERATIONS[/** @type {keyof typeof OPERATIONS} */ (oneOf(OFTEN))](oneOf(networks));
  if (count > 0) process.stdout.write('.'.repeat(count));
}

if (Math.random() < 0.5) await networks[0].prewarm(3);
await Promise.all(
  Array.from({ length: 8 }, async () => {
    while (!isEnding) await operate();
  }),
);
await Promise.all(networks.map((network) => network.close()));
