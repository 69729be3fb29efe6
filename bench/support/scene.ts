// Where benches happen: in network and mount namespaces that are thrown away.
import { spawnSync } from 'node:child_process';
import net from 'node:net';
import { text } from 'node:stream/consumers';
import type { Netns as NetnsType, NftCommand } from '../../lib/index.js';
import { netnsName, type Task } from './contestant.js';
import { Netlink, Netns } from './package.js';

/** The host's address on its uplink. */
const HOST = '192.0.2.1';
const TABLE = { family: 'ip', table: 'bench' } as const;
/** `fib daddr type local dnat ip to meta l4proto . th dport map @published` */
const PUBLISHED: NftCommand[] = [
  { add: { table: { family: 'ip', name: 'bench' } } },
  {
    add: {
      map: { ...TABLE, name: 'published', type: ['inet_proto', 'inet_service'], map: ['ipv4_addr', 'inet_service'] },
    },
  },
  { add: { chain: { ...TABLE, name: 'prerouting', type: 'nat', hook: 'prerouting', prio: -100 } } },
  {
    add: {
      rule: {
        ...TABLE,
        chain: 'prerouting',
        expr: [
          { match: { op: '==', left: { fib: { result: 'type', flags: ['daddr'] } }, right: 'local' } },
          {
            dnat: {
              family: 'ip',
              addr: {
                map: {
                  key: { concat: [{ meta: { key: 'l4proto' } }, { payload: { protocol: 'th', field: 'dport' } }] },
                  data: '@published',
                },
              },
            },
          },
        ],
      },
    },
  },
];

/** The command that runs another one in fresh namespaces, with a /run of its own for their names. */
export const THROW_AWAY = ['unshare', '--net', '--mount', 'sh', '-c', 'mount -t tmpfs tmpfs /run && exec "$@"', 'sh'];

/** Runs this very program again in fresh namespaces, unless it is in them; resolves to its exit status. */
export function throwAway(): number | undefined {
  if (process.env.NETPLUMB_BENCH_INSIDE) return undefined;
  const [command = '', ...args] = [...THROW_AWAY, process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const { status, error } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, NETPLUMB_BENCH_INSIDE: '1' },
  });
  if (error) throw error;
  return status ?? 1;
}

/** A host with an uplink to somebody outside, for one contestant. */
export class Scene implements AsyncDisposable {
  private constructor(
    /** Where the contestant works. */
    readonly host: NetnsType,
    readonly outside: NetnsType,
  ) {}

  /** Makes a host, for programs that bring no network of their own also the network. */
  static async create(mode: Task['mode'], isFurnished: boolean): Promise<Scene> {
    const scene = new Scene(await Netns.create(), await Netns.create());
    await using nl = await Netlink.open({ netns: scene.host });
    await using out = await Netlink.open({ netns: scene.outside });
    await nl.links.set('lo', { up: true });
    await nl.links.create({ kind: 'veth', name: 'uplink', up: true, peer: { name: 'eth0', netns: scene.outside } });
    await nl.addresses.add({ link: 'uplink', address: `${HOST}/24` });
    await out.links.set('eth0', { up: true });
    await out.addresses.add({ link: 'eth0', address: '192.0.2.2/24' });
    if (!isFurnished) return scene;
    // What every program is granted: no IPv6 chatter of the host's ends.
    await nl.sysctl.set('net.ipv6.conf.default.addr_gen_mode', 1);
    await nl.sysctl.set('net.ipv4.ip_forward', 1);
    if (mode === 'bridge') {
      await nl.links.create({
        kind: 'bridge',
        name: 'br0',
        address: '02:00:00:00:00:01',
        up: true,
        options: { mcastSnooping: false },
      });
      await nl.addresses.add({ link: 'br0', address: '10.88.0.1/16' });
    } else {
      await nl.addresses.add({ link: 'lo', address: '10.88.0.1/32' });
    }
    await nl.nft.apply(PUBLISHED);
    return scene;
  }

  /** Asks an endpoint for an answer, from outside, through its published port. */
  async request(number: number, port: number): Promise<void> {
    await using netns = await Netns.open(netnsName(number));
    const server = netns.enter(() => net.createServer((socket) => socket.end(`this is ${number}`)).listen(80));
    try {
      // Asked for by name, Node connects at once, and so from outside.
      const lookup: net.LookupFunction = (_, __, done) => done(null, HOST, 4);
      const client = this.outside.enter(() => net.connect({ host: 'host', family: 4, port, lookup, timeout: 5000 }));
      client.once('timeout', () => client.destroy(new Error(`no answer from endpoint ${number} by port ${port}`)));
      const answer = await text(client);
      if (answer !== `this is ${number}`) throw new Error(`endpoint ${number} answers "${answer}"`);
    } finally {
      server.close();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.host.close();
    await this.outside.close();
  }
}
