// One of several processes that attach and detach at random on the same networks, until its standard input ends or it is
// killed. Arguments: names of the networks. Prints a letter for each endpoint that it has attached or detached. See
// network-churn.test.ts.
// Plain JavaScript on what was built: so it starts quickly.
import { Network } from '../../../dist/index.js';

/** How many ids there are, and ports: so few that processes get in each other's way. */
const IDS = 20;
const FIRST_PORT = 20_000;
const PORTS = 80;

/** What may become of an attach when others do the same. */
const EXPECTED = ['EEXIST', 'EADDRINUSE'];

const random = (/** @type {number} */ below) => Math.floor(Math.random() * below);
const oneOf = (/** @type {any[]} */ list) => list[random(list.length)];

const networks = await Promise.all(process.argv.slice(2).map((name) => Network.open(name)));
let isEnding = false;
process.stdin.on('end', () => {
  isEnding = true;
});
process.stdin.resume();

/** An endpoint of any kind. */
const spec = () => ({
  id: `e${random(IDS)}`,
  ...oneOf([
    {},
    {},
    {},
    {},
    { netns: { anonymous: true } },
    { netns: `np-churn-${random(IDS)}-${process.pid}` },
    { bandwidth: { egress: '10mbit', ingress: '5mbit' } },
  ]),
  ports: oneOf([
    [],
    [{ hostPort: FIRST_PORT + random(PORTS), port: 80 }],
    [{ hostPort: FIRST_PORT + random(PORTS), port: 53, protocol: 'udp' }],
    [{ hostPort: FIRST_PORT + random(PORTS), port: 53, protocol: 'udp', hostAddress: '192.0.2.1' }],
    [{ hostPort: FIRST_PORT + random(PORTS), port: 8000, count: 5 }],
    [{ hostPort: FIRST_PORT + random(PORTS), port: 80, reserve: true }],
    [{ hostPort: FIRST_PORT + random(PORTS), port: 80, proxy: true, hostAddress: '127.0.0.1' }],
    [{ hostPort: 0, port: 80 }],
  ]),
});

async function operate() {
  const network = oneOf(networks);
  if (Math.random() < 0.5) {
    try {
      await network.attach(spec());
    } catch (error) {
      if (!EXPECTED.includes(/** @type {{ code?: string }} */ (error).code ?? '')) throw error;
      return;
    }
  } else {
    const there = (await network.endpoints()).filter((/** @type {{ id: string }} */ { id }) => id !== 'stays');
    if (there.length === 0) return;
    await network.detach(oneOf(there).id);
  }
  process.stdout.write('.');
}

if (Math.random() < 0.5) await networks[0].prewarm(3);
await Promise.all(
  Array.from({ length: 8 }, async () => {
    while (!isEnding) await operate();
  }),
);
await Promise.all(networks.map((network) => network.close()));
