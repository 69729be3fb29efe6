// A network with three endpoints on a machine, and the world outside, for real: run it, look at what it prints, look at
// how little it takes.
//
//                                              ┌ web     (HTTP server, published on port 8080)
//   outside ── eth0 ── machine ── np-demo ─────┼ client
//              192.0.2.0/24      10.88.0.0/24  └ slow    (may send 10 Mbit/s)
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs, styleText } from 'node:util';
import { type Endpoint, Netlink, Netns, type NetnsRef, Network } from '../lib/index.js';
import { printTree } from './tree.js';

const { values: args } = parseArgs({
  options: { keep: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
});

if (args.help) {
  console.log(`Usage: npm run demo [-- --keep]

  --keep  leave everything in place, to be looked at with \`ip netns\`, \`ip -n np-machine\`, \`nft\``);
  process.exit();
}

if (process.getuid?.() !== 0) process.exit(runInUserNamespace());

/** Without root: the same in a user namespace, where the kernel allows those, with a /run of its own for the names. */
function runInUserNamespace(): number {
  console.log('Not root: running in a user namespace of its own, which sees nothing of the machine’s network.\n');
  if (args.keep) console.log('--keep has no effect there: everything goes with the last process.\n');
  const script = 'mount -t tmpfs tmpfs /run && exec "$0" "$@"';
  const own = [...process.execArgv, fileURLToPath(import.meta.url)];
  const result = spawnSync(
    'unshare',
    ['--user', '--map-root-user', '--net', '--mount', 'sh', '-c', script, process.execPath, ...own],
    {
      stdio: 'inherit',
    },
  );
  if (result.status !== 0) {
    console.error(
      'This kernel does not let ordinary users make user namespaces, or unshare(1) is missing: run as root.',
    );
  }
  return result.status ?? 1;
}

/** Does something, and prints how long it took. */
async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  const time = `${(performance.now() - start).toFixed(1)} ms`;
  console.log(`  ${styleText('green', '✔')} ${what.padEnd(66)} ${styleText('dim', time.padStart(9))}`);
  return result;
}

const SERVER = `require('http').createServer((request, response) => response.end('hello ' + request.socket.remoteAddress))
  .listen(80, '0.0.0.0', () => console.log('ready'))`;
const CLIENT = `const [host, port] = process.argv.slice(1);
  require('http').get({ host, port, timeout: 1000 }, (response) => response.pipe(process.stdout))
  .on('timeout', () => process.exit(2)).on('error', () => process.exit(3))`;
const SINK = `require('net').createServer((socket) => {
    let bytes = 0, start;
    socket.on('data', (data) => { bytes += data.length; });
    setTimeout(() => { bytes = 0; start = performance.now(); }, 500);
    setTimeout(() => {
      console.log(bytes * 8 * 1514 / 1448 / (performance.now() - start) * 1000);
      process.exit();
    }, 3500);
  }).listen(5001, () => console.log('ready'))`;
const SOURCE = `const socket = require('net').connect(5001, process.argv[1]);
  const send = () => { while (socket.write(Buffer.alloc(65536))); };
  socket.on('connect', send).on('drain', send).on('error', () => process.exit())`;

/** What is to be taken away at the end, last made first. */
const cleanups: (() => Promise<unknown>)[] = [];
const HOST = '192.0.2.1';
const OUTSIDE = '192.0.2.2';
/** What slow may send, in bits per second. */
const LIMIT = 10_000_000;

try {
  console.log(styleText('bold', 'Making it'));
  const { machine, outside, m } = await step(
    'a machine and a world outside: two network namespaces, an uplink',
    async () => {
      const [machine, outside] = [await make('np-machine'), await make('np-outside')];
      const [m, o] = [await open(machine), await open(outside)];
      await m.links.create({ kind: 'veth', name: 'eth0', up: true, peer: { name: 'eth0', netns: outside } });
      await Promise.all([
        m.links.set('lo', { up: true }),
        m.addresses.add({ link: 'eth0', address: `${HOST}/24` }),
        o.links.set('eth0', { up: true }),
        o.addresses.add({ link: 'eth0', address: `${OUTSIDE}/24` }),
        o.routes.add({ dst: '10.88.0.0/24', gateway: HOST }),
      ]);
      return { machine, outside, m };
    },
  );
  const network = await step('network demo: bridge, gateway, forwarding, translation, rules', () =>
    Network.create({ name: 'demo', subnets: ['10.88.0.0/24'], netns: machine }),
  );
  cleanups.push(() => (args.keep ? network.close() : network.delete()));
  const web = await step('endpoint web: a namespace, its link, port 8080 of the machine', () =>
    network.attach({ id: 'web', ports: [{ hostPort: 8080, port: 80 }] }),
  );
  const [client, slow] = (await step('endpoints client and slow, which may send 10 Mbit/s', () =>
    network.attachMany([{ id: 'client' }, { id: 'slow', bandwidth: { egress: LIMIT } }]),
  )) as [Endpoint, Endpoint];

  console.log(`\n${styleText('bold', 'What there is now')}`);
  await printTree(machine, m);
  const inside = await Netns.open(web.netns as NetnsRef);
  await printTree(inside, await open(inside));

  console.log(`\n${styleText('bold', 'What the kernel tells of it, to any process')}`);
  for (const { id, addresses, ports, bandwidth } of await network.endpoints()) {
    const facts = [
      addresses[0],
      ...ports.map(({ protocol, hostPort, port }) => `${protocol} ${hostPort} → ${port}`),
      ...(bandwidth?.egress ? [`at most ${bandwidth.egress / 1e6} Mbit/s out`] : []),
    ];
    console.log(`  ${styleText('cyan', id.padEnd(8))}${facts.join(', ')}`);
  }

  console.log(`\n${styleText('bold', 'Trying it')}`);
  await step('web: an HTTP server, started in its namespace', async () => {
    const server = inside.spawn(process.execPath, ['-e', SERVER], { stdio: ['ignore', 'pipe', 'inherit'] });
    cleanups.push(async () => {
      if (args.keep) return server.unref();
      server.kill();
      await once(server, 'exit');
    });
    await once(server.stdout as NodeJS.ReadableStream, 'data');
  });
  const to = (address: string) => `http://${address}/`.padEnd(24);
  await step(`outside → ${to(`${HOST}:8080`)} the published port`, () => request(outside, HOST, 8080, OUTSIDE));
  await step(`machine → ${to('127.0.0.1:8080')} the same`, () => request(machine, '127.0.0.1', 8080, '10.88.0.1'));
  await step(`client  → ${to('10.88.0.2')} its neighbour`, () => request(client, '10.88.0.2', 80, '10.88.0.3'));
  await step(`client  → ${to(`${HOST}:8080`)} by the machine's address`, () =>
    request(client, HOST, 8080, '10.88.0.1'),
  );
  await step(`web     → ${to(`${HOST}:8080`)} itself`, () => request(web, HOST, 8080, '10.88.0.1'));
  await step(`outside → ${to('10.88.0.2')} refused, though it knows the way`, () => request(outside, '10.88.0.2', 80));
  const rate = await step('slow    → outside, as fast as it can', () => measure(slow, outside, OUTSIDE));
  console.log(`\n  slow has sent ${(rate / 1e6).toFixed(2)} Mbit/s.`);
  if (Math.abs(rate - LIMIT) > LIMIT / 10) throw new Error('that is not within 10 % of its limit');
} finally {
  console.log(`\n${styleText('bold', args.keep ? 'Leaving it' : 'Taking it away')}`);
  await step(
    args.keep
      ? 'see: ip netns; ip -n np-machine addr; ip netns exec np-machine nft list ruleset'
      : 'server, network with all that is on it, namespaces',
    async () => {
      for (const cleanup of cleanups.reverse()) await cleanup();
    },
  );
}
if (args.keep) process.exit();

async function make(name: string): Promise<Netns> {
  const ns = await Netns.create(name);
  cleanups.push(() => (args.keep ? ns.close() : ns.delete()));
  return ns;
}

async function open(netns: Netns): Promise<Netlink> {
  const nl = await Netlink.open({ netns });
  cleanups.push(() => nl.close());
  return nl;
}

/** Runs a script in a namespace, and returns what it printed. */
async function inNetns(
  where: Netns | Endpoint,
  script: string,
  ...words: string[]
): Promise<{ code: number; text: string }> {
  const netns = await Netns.open('hostInterface' in where ? (where.netns as NetnsRef) : where);
  const child = netns.spawn(process.execPath, ['-e', script, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  await netns.close();
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (data: string) => {
    text += data;
  });
  const [code] = await once(child, 'close');
  return { code: code as number, text };
}

/** Asks the server from inside a namespace, and checks that it saw whom it should have seen; or that nobody answers. */
async function request(from: Netns | Endpoint, host: string, port: number, expected?: string): Promise<void> {
  const { code, text } = await inNetns(from, CLIENT, host, String(port));
  if (expected === undefined ? code !== 2 : code !== 0 || text !== `hello ${expected}`) {
    throw new Error(`unexpected answer: ${JSON.stringify(text)} (exit ${code})`);
  }
}

/** Bits per second from an endpoint to a namespace. */
async function measure(from: Endpoint, to: Netns, address: string): Promise<number> {
  const sink = to.spawn(process.execPath, ['-e', SINK], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  sink.stdout?.setEncoding('utf8').on('data', (data: string) => {
    text += data;
  });
  await once(sink.stdout as NodeJS.ReadableStream, 'data');
  await Promise.all([once(sink, 'close'), inNetns(from, SOURCE, address)]);
  return Number(text.split('\n')[1]);
}
