// Two hosts and a router, put on a network for real: run it, look at what it prints, look at how little it takes.
//
//   outside ── eth0 ┐                      ┌ veth-web ─── eth0 ── web (HTTP server)
//                   └ wan ── router ── br0 ┤
//                                          └ veth-client ─ eth0 ── client
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs, styleText } from 'node:util';
import { Netlink, Netns } from '../lib/index.js';
import { printTree } from './tree.js';

const { values: args } = parseArgs({
  options: { keep: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
});

if (args.help) {
  console.log(`Usage: npm run demo [-- --keep]

  --keep  leave everything in place, to be looked at with \`ip netns\` and \`ip -n np-router\``);
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
  .listen(8080, '0.0.0.0', () => console.log('ready'))`;
const CLIENT = `require('http').get({ host: '10.88.0.2', port: 8080, timeout: 5000 }, (response) => response.pipe(process.stdout))
  .on('timeout', () => process.exit(2))`;

/** What is to be taken away at the end, last made first. */
const cleanups: (() => Promise<unknown>)[] = [];
const NAMES = ['np-router', 'np-web', 'np-client', 'np-outside'] as const;

try {
  console.log(styleText('bold', 'Making it'));
  const [router, web, client, outside] = await step('four network namespaces', async () => {
    const made: Netns[] = [];
    for (const name of NAMES) {
      const ns = await Netns.create(name);
      cleanups.push(() => (args.keep ? ns.close() : ns.delete()));
      made.push(ns);
    }
    return made as [Netns, Netns, Netns, Netns];
  });

  const at = async (netns: Netns) => {
    const nl = await Netlink.open({ netns });
    cleanups.push(() => nl.close());
    return nl;
  };
  const [r, w, c, o] = await step('a handle in each', () =>
    Promise.all([at(router), at(web), at(client), at(outside)]),
  );

  await step('router: bridge br0, forwarding on', () =>
    Promise.all([
      r.links.set('lo', { up: true }),
      r.links.create({ kind: 'bridge', name: 'br0', address: '02:42:0a:58:00:01', up: true }),
      r.addresses.add({ link: 'br0', address: '10.88.0.1/24' }),
      r.sysctl.set('net.ipv4.ip_forward', 1),
    ]),
  );
  await step('web: veth on br0, its other end born there as eth0, address, route', () =>
    connect(r, w, 'veth-web', 'br0', web, '10.88.0.2/24', '10.88.0.1'),
  );
  await step('client: the same', () => connect(r, c, 'veth-client', 'br0', client, '10.88.0.3/24', '10.88.0.1'));
  await step('outside: a second subnet beyond the router', async () => {
    await connect(r, o, 'wan', undefined, outside, '192.0.2.2/24', '192.0.2.1');
    await r.addresses.add({ link: 'wan', address: '192.0.2.1/24' });
  });

  console.log(`\n${styleText('bold', 'What there is now')}`);
  for (const [ns, nl] of [
    [router, r],
    [web, w],
    [client, c],
    [outside, o],
  ] as const)
    await printTree(ns, nl);

  console.log(`\n${styleText('bold', 'Trying it')}`);
  await step('web: an HTTP server, started in its namespace', async () => {
    const server = web.spawn(process.execPath, ['-e', SERVER], { stdio: ['ignore', 'pipe', 'inherit'] });
    cleanups.push(async () => {
      if (args.keep) return server.unref();
      server.kill();
      await once(server, 'exit');
    });
    await once(server.stdout as NodeJS.ReadableStream, 'data');
  });
  await step('client  → http://10.88.0.2:8080/  across the bridge', () => request(client, '10.88.0.3'));
  await step('outside → http://10.88.0.2:8080/  through the router', () => request(outside, '192.0.2.2'));
  const { mtu, stats } = await w.links.get('eth0', { stats: true });
  console.log(`\n  web’s eth0 (MTU ${mtu}) has sent ${stats?.txPackets} packets, ${stats?.txBytes} bytes.`);
} finally {
  console.log(`\n${styleText('bold', args.keep ? 'Leaving it' : 'Taking it away')}`);
  await step(
    args.keep
      ? `see: ip netns; ip -n np-router addr; remove: ip netns delete np-...`
      : 'server, namespaces and all that is in them',
    async () => {
      for (const cleanup of cleanups.reverse()) await cleanup();
    },
  );
}
if (args.keep) process.exit();

/** A veth pair made in place: this end here, the other one in `netns` as eth0, with address and default route. */
async function connect(
  here: Netlink,
  there: Netlink,
  name: string,
  master: string | undefined,
  netns: Netns,
  address: string,
  gateway: string,
): Promise<void> {
  await here.links.create({ kind: 'veth', name, master, up: true, peer: { name: 'eth0', netns } });
  await Promise.all([
    there.links.set('lo', { up: true }),
    there.links.set('eth0', { up: true }),
    there.addresses.add({ link: 'eth0', address }),
    there.routes.add({ dst: 'default', gateway }),
  ]);
}

/** Asks the server from inside a namespace, and checks that it saw whom it should have seen. */
async function request(from: Netns, expected: string): Promise<void> {
  const child = from.spawn(process.execPath, ['-e', CLIENT], { stdio: ['ignore', 'pipe', 'inherit'] });
  let answer = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    answer += text;
  });
  const [code] = await once(child, 'close');
  if (code !== 0 || answer !== `hello ${expected}`)
    throw new Error(`unexpected answer: ${JSON.stringify(answer)} (exit ${code})`);
}
