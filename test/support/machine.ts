// A machine for networks: a namespace that plays it, an outside host on its uplink, networks, and programs to run in
// containers.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { type Endpoint, type Netlink, Netns, type NetnsRef, Network, type NetworkSpec } from '../../lib/index.js';
import { Sandbox } from './sandbox.js';

/** Address of the outside host, and the machine's on the same link. */
export const OUTSIDE = '192.0.2.2';
export const MACHINE = '192.0.2.1';
export const OUTSIDE6 = '2001:db8::2';
export const MACHINE6 = '2001:db8::1';

/** Subnets of networks, unless others are asked for. */
export const SUBNETS = ['10.88.0.0/16', 'fd00:88::/64'];

/** The programs in namespaces need none of the sanitizers that this process may have. */
const PLAIN = { ...process.env, LD_PRELOAD: '' };

/** A machine with an uplink (eth0) to an outside host. All that is made by it goes with it. */
export class Machine implements AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly netns: Netns & { name: string };
  readonly nl: Netlink;
  readonly outside: Netns & { name: string };
  readonly #networks: Network[] = [];
  readonly #children: ChildProcess[] = [];

  private constructor(sandbox: Sandbox, netns: Machine['netns'], nl: Netlink, outside: Machine['outside']) {
    this.sandbox = sandbox;
    this.netns = netns;
    this.nl = nl;
    this.outside = outside;
  }

  static async create(): Promise<Machine> {
    const sandbox = new Sandbox();
    const { ns, nl } = await sandbox.host('machine');
    const { ns: outside, nl: out } = await sandbox.host('outside');
    await nl.links.set('lo', { up: true });
    await out.links.set('lo', { up: true });
    await nl.links.create({ kind: 'veth', name: 'eth0', peer: { name: 'eth0', netns: outside } });
    for (const [handle, own, own6, other, other6] of [
      [nl, MACHINE, MACHINE6, OUTSIDE, OUTSIDE6],
      [out, OUTSIDE, OUTSIDE6, MACHINE, MACHINE6],
    ] as const) {
      // No address that comes by itself, a second later.
      await handle.links.set('eth0', { addrGenMode: 'none' });
      await handle.links.set('eth0', { up: true });
      await handle.addresses.add({
        link: 'eth0',
        address: own6 === MACHINE6 ? 'fe80::1/64' : 'fe80::2/64',
        flags: ['nodad'],
      });
      await handle.addresses.add({ link: 'eth0', address: `${own}/24` });
      await handle.addresses.add({ link: 'eth0', address: `${own6}/64`, flags: ['nodad'] });
      if (handle !== nl) continue;
      await handle.routes.add({ dst: 'default', gateway: other });
      await handle.routes.add({ dst: 'default', gateway: other6 });
    }
    // The kernel notices a carrier in its own time.
    for (const handle of [nl, out]) while ((await handle.links.get('eth0')).operState !== 'up');
    return new Machine(sandbox, ns, nl, outside);
  }

  /** Makes a network: `demo` with both families, unless another is asked for. */
  async network(spec: Partial<NetworkSpec> = {}): Promise<Network> {
    const network = await Network.create({ name: 'demo', subnets: SUBNETS, netns: this.netns, ...spec });
    this.#networks.push(network);
    return network;
  }

  /**
   * Serves in a namespace, all in one process: TCP ports answer with `name peer-address`, over HTTP/1.0 whatever is
   * asked; UDP ports the same in a datagram.
   */
  async serve(where: NetnsRef, name: string, ...ports: (number | `${number}/udp`)[]): Promise<ChildProcess> {
    const netns = await Netns.open(where);
    const script = `
      const name = ${JSON.stringify(name)};
      const ports = ${JSON.stringify(ports)};
      const plain = (address) => address.replace(/^::ffff:/, '');
      let left = ports.length;
      const ready = () => { if (--left === 0) console.log('ready'); };
      for (const port of ports) {
        if (typeof port === 'number') {
          require('net').createServer((socket) => {
            socket.on('error', () => {});
            socket.once('data', () => socket.end('HTTP/1.0 200 OK\\r\\n\\r\\n' + name + ' ' + plain(socket.remoteAddress)));
          }).listen(port, '::', ready);
        } else {
          const socket = require('dgram').createSocket('udp6');
          socket.on('message', (_, peer) => socket.send(name + ' ' + plain(peer.address), peer.port, peer.address));
          socket.bind(parseInt(port), '::', ready);
        }
      }`;
    try {
      const child = netns.spawn(process.execPath, ['-e', script], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: PLAIN,
      });
      this.#children.push(child);
      await once(child.stdout as NodeJS.ReadableStream, 'data');
      return child;
    } finally {
      await netns.close();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Some have been deleted by their test.
    await Promise.allSettled(this.#networks.map((network) => network.delete()));
    for (const child of this.#children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await this.sandbox[Symbol.asyncDispose]();
  }
}

/** How long an answer may take, in milliseconds: what TCP has to say first it says again after a second. */
const PATIENCE = 1500 * Number(process.env.NETPLUMB_SLOW ?? 1);

/** What a client in a namespace tries: TCP (HTTP) or UDP to an address and port. */
export type Target = readonly [address: string, port: number, protocol?: 'tcp' | 'udp'];

/**
 * Tries several targets from a namespace, in one process: for each the answer, or `'refused'` (told so) or `'silent'`
 * (nothing came within the time that is given, or nobody has such an address).
 */
export async function tryAll(
  from: NetnsRef | Endpoint,
  targets: readonly Target[],
  patience = PATIENCE,
): Promise<string[]> {
  const [answers = []] = await tryAllFrom([[from, targets]], patience);
  return answers;
}

/**
 * The same from several namespaces at once. Nobody asks before all programs run: while this process starts one, its own
 * proxies serve nobody.
 */
export async function tryAllFrom(
  askers: readonly (readonly [from: NetnsRef | Endpoint, targets: readonly Target[]])[],
  patience = PATIENCE,
): Promise<string[][]> {
  const children = await Promise.all(askers.map(([from, targets]) => startAsker(from, targets, patience)));
  await Promise.all(children.map((child) => once(child.stdout as NodeJS.ReadableStream, 'data')));
  return Promise.all(
    children.map(async (child) => {
      let text = '';
      child.stdout?.on('data', (data: string) => {
        text += data;
      });
      child.stdin?.end();
      await once(child, 'close');
      return JSON.parse(text) as string[];
    }),
  );
}

/** Starts a program that says that it is ready, and asks when its input ends. */
async function startAsker(
  from: NetnsRef | Endpoint,
  targets: readonly Target[],
  patience: number,
): Promise<ChildProcess> {
  const ref = typeof from === 'object' && 'hostInterface' in from ? (from.netns as NetnsRef) : from;
  const netns = await Netns.open(ref);
  const script = `
    const targets = ${JSON.stringify(targets)};
    const failure = ({ code }) => (code === 'EHOSTUNREACH' ? 'silent' : 'refused');
    const attempt = ([address, port, protocol = 'tcp']) => new Promise((resolve) => {
      let timer;
      let isDone = false;
      const done = (value, close) => { isDone = true; clearTimeout(timer); close(); resolve(value); };
      // The time begins when all have been begun: that takes a while, too.
      const giveUpLater = (close) =>
        setImmediate(() => { if (!isDone) timer = setTimeout(() => done('silent', close), ${patience}); });
      if (protocol === 'udp') {
        const socket = require('dgram').createSocket(address.includes(':') ? 'udp6' : 'udp4');
        giveUpLater(() => socket.close());
        socket.on('message', (text) => done(String(text), () => socket.close()));
        socket.on('error', (error) => done(failure(error), () => socket.close()));
        // What is lost nobody else says again.
        const ask = () => { if (!isDone) socket.send('?', () => setTimeout(ask, 500).unref()); };
        socket.connect(port, address, ask);
        return;
      }
      const socket = require('net').connect({ host: address, port, family: address.includes(':') ? 6 : 4 });
      let text = '';
      giveUpLater(() => socket.destroy());
      socket.on('connect', () => socket.write('GET / HTTP/1.0\\r\\n\\r\\n'));
      socket.on('data', (data) => { text += data; });
      socket.on('end', () => done(text.split('\\r\\n\\r\\n')[1] ?? 'nothing', () => socket.destroy()));
      socket.on('error', (error) => done(failure(error), () => socket.destroy()));
    });
    process.stdin.resume().on('end', async () =>
      process.stdout.write(JSON.stringify(await Promise.all(targets.map(attempt)))));
    process.stdout.write('ready');`;
  try {
    const child = netns.spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'], env: PLAIN });
    child.stdout?.setEncoding('utf8');
    return child;
  } finally {
    await netns.close();
  }
}
