// The tree of a link's traffic control: read as one object, made so with few changes, while packets pass.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type {
  Filter,
  HtbClassOptions,
  Netlink,
  Netns,
  TcTree,
  TreeClass,
  TreeFilter,
  TreeQdisc,
} from '../../lib/index.js';
import { Sandbox } from '../support/sandbox.js';
import { skipBecause } from '../support/skip.js';
import { lackOf, rawTc, tc } from '../support/tc.js';

/** Sends UDP packets to ports of 10.9.0.2, as many as go, until it is killed; says so when the first have gone. */
const FLOOD = `
import socket, sys, time
ports = [int(port) for port in sys.argv[2:]]
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 22)
started = False
while True:
    for port in ports * 10:
        try: s.sendto(bytes(1000), ('10.9.0.2', port))
        except OSError: pass
    if not started: print('started', flush=True)
    started = True
    time.sleep(float(sys.argv[1]))
`;

describe('tc: trees', () => {
  let sandbox: Sandbox;
  let ns: Netns & { name: string };
  let nl: Netlink;
  let flood: ChildProcess | undefined;

  beforeEach(async () => {
    sandbox = new Sandbox();
    const other = await sandbox.host('b');
    ({ ns, nl } = await sandbox.host('a'));
    await nl.links.create({ kind: 'veth', name: 'v0', peer: { name: 'v1', netns: other.ns } });
    // Nothing but what the tests send.
    await nl.sysctl.set('net.ipv6.conf.v0.disable_ipv6', 1);
    await nl.links.set('v0', { up: true });
    await other.nl.links.set('v1', { up: true });
    await nl.addresses.add({ link: 'v0', address: '10.9.0.1/24' });
    await other.nl.addresses.add({ link: 'v1', address: '10.9.0.2/24' });
    // No ARP in between.
    const { address } = await other.nl.links.get('v1');
    await nl.neighbours.add({ link: 'v0', dst: '10.9.0.2', lladdr: address, state: ['permanent'] });
    const { address: own } = await nl.links.get('v0');
    await other.nl.neighbours.add({ link: 'v1', dst: '10.9.0.1', lladdr: own, state: ['permanent'] });
  });
  afterEach(async () => {
    if (flood) {
      flood.kill('SIGKILL');
      await once(flood, 'exit');
      flood = undefined;
    }
    await sandbox[Symbol.asyncDispose]();
  });

  async function startFlood(pause: number, ...ports: number[]): Promise<void> {
    const args = ['netns', 'exec', ns.name, 'python3', '-c', FLOOD, String(pause), ...ports.map(String)];
    flood = spawn('ip', args, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, LD_PRELOAD: '' } });
    await once(flood.stdout as NodeJS.ReadableStream, 'data');
  }

  const byPort = (port: number, classid: string, prio = 1): TreeFilter => ({
    kind: 'u32',
    protocol: 'ip',
    prio,
    options: { classid, match: [{ field: 'ip.dport', value: port }] },
  });

  const oneClass = (classid: string, options: HtbClassOptions, rest: Partial<TreeClass> = {}): TreeClass =>
    ({ classid, options, ...rest }) as TreeClass;

  const wanted = (): TcTree => ({
    root: {
      kind: 'htb',
      handle: '1:',
      options: { default: '1:30' },
      classes: [
        oneClass(
          '1:1',
          { rate: '100mbit' },
          {
            classes: [
              oneClass(
                '1:10',
                { rate: '10mbit', ceil: '100mbit', burst: '15k' },
                { qdisc: { kind: 'pfifo', handle: '10:', options: { limit: 50 } } },
              ),
              oneClass('1:20', { rate: '5mbit', prio: 2 }),
              oneClass('1:30', { rate: '1mbit' }),
            ],
          },
        ),
      ],
      filters: [byPort(80, '1:10'), byPort(81, '1:20', 2)],
    },
    ingress: { kind: 'clsact' },
  });

  const classesOf = (tree: TcTree) => (tree.root as TreeQdisc).classes as [TreeClass];

  const sent = async (classid: string) => {
    const { stats } = await nl.tc.classes.get({ link: 'v0', classid }, { stats: true });
    // A leaf counts what comes in.
    return Number(stats?.bytes) - (stats?.backlog ?? 0);
  };

  it('of a link with nothing is empty', async () => {
    assert.deepEqual(await nl.tc.tree('v0'), {});
    assert.deepEqual(await nl.tc.apply('v0', {}), { made: 0, deleted: 0 });
    await assert.rejects(nl.tc.tree('nope'), { code: 'ENODEV' });
  });

  it('is made, read, and as wanted then', async () => {
    assert.deepEqual(await nl.tc.apply('v0', wanted()), { made: 9, deleted: 0 });
    assert.match(tc(ns, 'class show dev v0'), /class htb 1:10 parent 1:1 leaf 10: .*rate 10Mbit ceil 100Mbit/);
    assert.match(tc(ns, 'filter show dev v0 parent 1:'), /flowid 1:10[\s\S]*flowid 1:20/);
    const tree = await nl.tc.tree('v0');
    assert.equal(tree.root?.kind, 'htb');
    const [top, ...none] = tree.root?.classes ?? [];
    assert.deepEqual(none, []);
    assert.deepEqual(
      top?.classes?.map(({ classid }) => classid),
      ['1:10', '1:20', '1:30'],
    );
    assert.equal(top?.classes?.[0]?.qdisc?.kind, 'pfifo');
    assert.equal(tree.root?.filters?.length, 2);
    assert.equal(tree.ingress?.kind, 'clsact');
    // Neither what was given nor what was read leaves anything to do.
    const before = (await rawTc(ns))('class', 'v0');
    assert.deepEqual(await nl.tc.apply('v0', wanted()), { made: 0, deleted: 0 });
    assert.deepEqual(await nl.tc.apply('v0', tree), { made: 0, deleted: 0 });
    assert.deepEqual((await rawTc(ns))('class', 'v0'), before);
    // And on another link it is made by what was read.
    await nl.links.create({ kind: 'ifb', name: 'i0' });
    await nl.tc.apply('i0', tree);
    assert.deepEqual((await rawTc(ns))('class', 'i0'), before);
    assert.deepEqual(await nl.tc.apply('v0', {}), { made: 0, deleted: 2 });
    assert.deepEqual(await nl.tc.tree('v0'), {});
  });

  it('u32 filters go to their priority’s own table, whatever its number is elsewhere', async () => {
    await nl.tc.apply('v0', wanted());
    const [, second] = (await nl.tc.tree('v0')).root?.filters ?? [];
    assert.equal(second?.handle, '801::800');
    assert.equal((second?.options as { ht?: string } | undefined)?.ht, '801:');
    await nl.tc.filters.delete({ link: 'v0', parent: '1:', prio: 1, protocol: 'ip', kind: 'u32' });
    const tree = await nl.tc.tree('v0');
    assert.deepEqual(tree.root?.filters, [second]);
    await nl.links.create({ kind: 'ifb', name: 'i0' });
    await nl.tc.apply('i0', tree);
    assert.match(tc(ns, 'filter show dev i0 parent 1:'), /fh 800::800 .*key ht 800 bkt 0 \*?flowid 1:20/);
    assert.deepEqual(await nl.tc.apply('i0', tree), { made: 0, deleted: 0 });
    // Changed, it takes the place of the one that is there.
    const other = { ...second, options: { ...second?.options, classid: '1:10' } } as TreeFilter;
    assert.deepEqual(await nl.tc.apply('i0', { ...tree, root: { ...tree.root, filters: [other] } as TreeQdisc }), {
      made: 1,
      deleted: 0,
    });
    const [told, ...none] = (await nl.tc.tree('i0')).root?.filters ?? [];
    assert.deepEqual([told?.handle, none], ['800::800', []]);
    assert.equal((told?.options as { classid?: string } | undefined)?.classid, '1:10');
    // By itself, and taken back in a batch.
    const place = { link: 'v0', parent: '1:' };
    const [, read] = await nl.tc.filters.list(place);
    await nl.tc.filters.delete(read as Filter);
    const batch = nl.batch({ atomic: true });
    batch.tc.filters.add(read as Filter);
    batch.tc.classes.add({ link: 'v0', kind: 'htb', parent: '9:', classid: '9:1', options: { rate: 1e6 } });
    await assert.rejects(batch.commit(), { index: 1 });
    assert.deepEqual(await nl.tc.filters.list(place), []);
    await nl.tc.filters.add(read as Filter);
    assert.match(tc(ns, 'filter show dev v0 parent 1:'), /fh 800::800 .*flowid 1:20/);
  });

  it('changes what differs, and nothing else', async () => {
    await nl.tc.apply('v0', wanted());
    const tree = wanted();
    const [top] = classesOf(tree);
    const [first, second, third] = top.classes as [TreeClass, TreeClass, TreeClass];
    first.options = { rate: '20mbit', ceil: '100mbit', burst: '15k' };
    (first.qdisc as { options: object }).options = { limit: 60 };
    assert.deepEqual(await nl.tc.apply('v0', tree), { made: 2, deleted: 0 });
    assert.match(tc(ns, 'class show dev v0'), /1:10 .*rate 20Mbit/);
    assert.match(tc(ns, 'qdisc show dev v0'), /pfifo 10: parent 1:10 limit 60p/);
    // A class goes with its filter, a new one comes with another, and a leaf becomes another kind.
    top.classes = [first, third, oneClass('1:40', { rate: '2mbit' })];
    first.qdisc = { kind: 'bfifo', handle: '11:', options: { limit: '64kb' } };
    (tree.root as { filters: TreeFilter[] }).filters = [byPort(80, '1:10'), byPort(82, '1:40', 3)];
    assert.deepEqual(await nl.tc.apply('v0', tree), { made: 3, deleted: 2 });
    assert.doesNotMatch(tc(ns, 'class show dev v0'), /1:20 /);
    assert.match(tc(ns, 'qdisc show dev v0'), /bfifo 11: parent 1:10 limit 64Kb/);
    assert.deepEqual(await nl.tc.apply('v0', tree), { made: 0, deleted: 0 });
    assert.equal(second.classid, '1:20');
    // Another kind at the root, and back.
    await nl.tc.apply('v0', { root: { kind: 'pfifo', handle: '2:', options: { limit: 9 } } });
    assert.deepEqual(await nl.tc.tree('v0'), {
      root: { kind: 'pfifo', handle: '2:', options: { limit: 9 }, offloaded: false },
    });
    await nl.tc.apply('v0', { root: { kind: 'bfifo', handle: '2:', options: { limit: 9000 } } });
    assert.equal((await nl.tc.tree('v0')).root?.kind, 'bfifo');
    await nl.tc.apply('v0', wanted());
    assert.deepEqual(await nl.tc.apply('v0', wanted()), { made: 0, deleted: 0 });
  });

  it('keeps filters in the order in which they are tried', async function () {
    const lack = await lackOf(nl, 'filter bpf');
    if (lack !== undefined) skipBecause(this, lack);
    const filters = [3, 1, 2].map((handle) => ({
      kind: 'bpf' as const,
      protocol: 'all' as const,
      prio: 1,
      handle,
      options: { bytecode: `1,6 0 0 ${handle}`, classid: '1:1' },
    }));
    const tree: TcTree = { root: { kind: 'htb', handle: '1:', filters } };
    await nl.tc.apply('v0', tree);
    const told = await nl.tc.tree('v0');
    assert.deepEqual(
      told.root?.filters?.map(({ handle }) => handle),
      [3, 1, 2],
    );
    assert.deepEqual(await nl.tc.apply('v0', tree), { made: 0, deleted: 0 });
  });

  it('is put back when something is refused', async () => {
    await nl.tc.apply('v0', wanted());
    const former = await rawTc(ns);
    const tree = wanted();
    const [top] = classesOf(tree);
    top.classes?.push(oneClass('1:50', { rate: '1mbit' }), oneClass('1:51', { rate: '1mbit' }));
    (top.classes?.[0] as TreeClass).options = { rate: '7mbit' };
    // There is no such kind.
    (top.classes?.[4] as TreeClass).qdisc = { kind: 'nonesuch', handle: '51:' };
    await assert.rejects(nl.tc.apply('v0', tree), { code: 'ENOENT' });
    const latter = await rawTc(ns);
    assert.deepEqual(latter('class', 'v0'), former('class', 'v0'));
    assert.deepEqual(latter('qdisc', 'v0'), former('qdisc', 'v0'));
    assert.deepEqual(await nl.tc.apply('v0', wanted()), { made: 0, deleted: 0 });
    // What cannot be right is refused before anything is sent.
    (top.classes?.[0] as TreeClass).options = { rate: '7mbit', ceil: '1mbit' };
    await assert.rejects(nl.tc.apply('v0', tree), { code: 'ERR_INVALID_ARG_VALUE', field: 'options.ceil' });
    await assert.rejects(nl.tc.apply('v0', { rot: {} } as never), { code: 'ERR_INVALID_ARG_VALUE', field: 'rot' });
  });

  it('while packets pass: none goes where it should not', async () => {
    await nl.tc.apply('v0', wanted());
    await startFlood(0.001, 80);
    for (let round = 0; round < 10; round++) {
      // Port 80 moves from one class to another and back; the class that is left goes, and comes again.
      const isOdd = round % 2 === 0;
      const tree = wanted();
      const [top] = classesOf(tree);
      const [first, second, third] = top.classes as [TreeClass, TreeClass, TreeClass];
      top.classes = isOdd ? [second, third] : [first, second, third];
      (tree.root as { filters: TreeFilter[] }).filters = [byPort(80, isOdd ? '1:20' : '1:10', isOdd ? 2 : 1)];
      const { made, deleted } = await nl.tc.apply('v0', tree);
      assert.ok(made > 0 && deleted > 0);
      await sleep(20);
    }
    assert.equal(await sent('1:30'), 0);
    const { options } = await nl.tc.qdiscs.get({ link: 'v0', parent: 'root' });
    assert.equal((options as { directPackets?: number }).directPackets, 0);
    assert.ok((await sent('1:1')) > 10_000);
  });

  it('classes get their rates, within a tenth, when both want more', async function () {
    if (process.env.NETPLUMB_SLOW) skipBecause(this, 'timers of an emulated machine are too late for it');
    await nl.tc.apply('v0', {
      root: {
        kind: 'htb',
        handle: '1:',
        options: { default: '1:30' },
        classes: [
          oneClass('1:10', { rate: '1mbit' }, { qdisc: { kind: 'pfifo', handle: '10:', options: { limit: 20 } } }),
          oneClass('1:20', { rate: '5mbit' }, { qdisc: { kind: 'pfifo', handle: '20:', options: { limit: 20 } } }),
          oneClass('1:30', { rate: '1mbit' }),
        ],
        filters: [byPort(80, '1:10'), byPort(81, '1:20', 2)],
      },
    });
    await startFlood(0.0005, 80, 81);
    await sleep(200);
    const read = async () => ({ at: performance.now(), slow: await sent('1:10'), fast: await sent('1:20') });
    const first = await read();
    await sleep(1500);
    const last = await read();
    const rate = (of: 'slow' | 'fast') => ((last[of] - first[of]) * 8000) / (last.at - first.at);
    assert.ok(Math.abs(rate('slow') - 1e6) < 1e5, `${rate('slow')} bit/s`);
    assert.ok(Math.abs(rate('fast') - 5e6) < 5e5, `${rate('fast')} bit/s`);
  });
});
