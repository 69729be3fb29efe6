// Monitors: what others do (ip, tc, bridge) is told, in order, nothing lost without a word, and nothing left over.
import assert from 'node:assert/strict';
import { readdirSync, readlinkSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { EventType, Link, Monitor, MonitorEvent, Netlink, Netns, ObjectEvent, Route } from '../../lib/index.js';
import { ip, run, Sandbox } from '../support/sandbox.js';
import { skipBecause } from '../support/skip.js';

/** Reads until an event of this type satisfies; returns it, and what came before it. */
async function until<T extends EventType, K extends T>(
  monitor: Monitor<T>,
  type: K,
  wanted: (event: ObjectEvent<K>) => boolean = () => true,
): Promise<{ event: ObjectEvent<K>; before: MonitorEvent<T>[] }> {
  const before: MonitorEvent<T>[] = [];
  for (;;) {
    const { value } = await monitor.next();
    assert.ok(value, `the monitor has ended without ${type}`);
    if (value.type === type && wanted(value as unknown as ObjectEvent<K>)) {
      return { event: value as unknown as ObjectEvent<K>, before };
    }
    before.push(value);
  }
}

/** Netlink sockets that this process holds. */
const sockets = () =>
  readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith('socket:');
    } catch {
      return false;
    }
  }).length;

describe('monitors', () => {
  let sandbox: Sandbox;
  let ns: Netns & { name: string };
  let nl: Netlink;

  beforeEach(async () => {
    sandbox = new Sandbox();
    ({ ns, nl } = await sandbox.host('mon'));
  });
  afterEach(() => sandbox[Symbol.asyncDispose]());

  /** A monitor that listens already. */
  async function listen<T extends EventType>(types: readonly T[], options?: Parameters<Netlink['monitor']>[1]) {
    const monitor = nl.monitor(types, options);
    await monitor.ready;
    return monitor;
  }

  it('tell links: added, up, renamed, deleted', async () => {
    const monitor = await listen(['link']);
    ip(ns, 'link add v0 type veth peer name v1');
    ip(ns, 'link set v0 up');
    ip(ns, 'link set v1 name w1');
    ip(ns, 'link del v0');
    const made = await until(monitor, 'link', ({ object }) => object.name === 'v0');
    assert.equal(made.event.action, 'new');
    assert.equal(made.event.object.kind, 'veth');
    assert.equal(made.event.object.up, false);
    assert.equal(made.event.object.operState, 'down');
    await until(monitor, 'link', ({ object }) => object.name === 'v0' && object.up === true);
    const renamed = await until(monitor, 'link', ({ object }) => object.name === 'w1');
    assert.equal(renamed.event.action, 'new');
    const gone = await until(monitor, 'link', ({ action }) => action === 'delete');
    assert.ok(['v0', 'w1'].includes(gone.event.object.name ?? ''));
    await monitor.close();
  });

  it('tell why a link is told again (IFLA_EVENT)', async () => {
    ip(ns, 'link add b0 type bridge');
    ip(ns, 'link add v0 type veth peer name v1');
    const monitor = await listen(['link']);
    // The bridge takes over what its port can do.
    ip(ns, 'link set v0 master b0');
    await until(monitor, 'link', ({ object }) => object.name === 'b0' && object.event === 'features');
    await monitor.close();
  });

  it('tell of the ports of bridges apart from links: leaving the bridge deletes no link', async () => {
    ip(ns, 'link add b0 type bridge');
    ip(ns, 'link add v0 type veth peer name v1');
    const monitor = await listen(['link', 'bridgePort']);
    ip(ns, 'link set v0 master b0');
    ip(ns, 'link set v0 type bridge_slave hairpin on');
    ip(ns, 'link set v0 nomaster');
    ip(ns, 'link set v0 mtu 1400');
    const joined = await until(monitor, 'bridgePort');
    assert.deepEqual([joined.event.action, joined.event.object.name, joined.event.object.master], ['new', 'v0', 'b0']);
    assert.equal(joined.event.object.protInfo?.hairpin, false);
    await until(monitor, 'bridgePort', ({ object }) => object.protInfo?.hairpin === true);
    const left = await until(monitor, 'bridgePort', ({ action }) => action === 'delete');
    assert.equal(left.event.object.name, 'v0');
    const { before } = await until(monitor, 'link', ({ object }) => object.mtu === 1400);
    assert.ok(before.every((event) => event.type !== 'link' || event.action !== 'delete'));
    await monitor.close();
  });

  it('tell addresses of both families, by the name of their link even when that has gone', async () => {
    const monitor = await listen(['address']);
    ip(ns, 'link set lo up');
    const lo = await until(monitor, 'address', ({ object }) => object.family === 'inet');
    assert.deepEqual([lo.event.object.address, lo.event.object.link], ['127.0.0.1/8', 'lo']);
    ip(ns, 'link add d0 type bridge');
    ip(ns, 'addr add 192.0.2.1/24 dev d0');
    ip(ns, 'addr add 2001:db8::1/64 dev d0 nodad');
    await until(monitor, 'address', ({ object }) => object.address === '192.0.2.1/24');
    await until(monitor, 'address', ({ object }) => object.address === '2001:db8::1/64');
    ip(ns, 'link del d0');
    const gone = await until(
      monitor,
      'address',
      ({ action, object }) => action === 'delete' && object.family === 'inet',
    );
    assert.deepEqual([gone.event.object.address, gone.event.object.link], ['192.0.2.1/24', 'd0']);
    await monitor.close();
  });

  it('tell routes, and which of them take the place of another', async () => {
    ip(ns, 'link add d0 type bridge');
    ip(ns, 'link set d0 up');
    const monitor = await listen(['route']);
    ip(ns, 'route add 198.51.100.0/24 dev d0');
    ip(ns, 'route replace 198.51.100.0/24 dev d0 mtu 1300');
    ip(ns, 'route del 198.51.100.0/24');
    ip(ns, '-6 route add 2001:db8:1::/48 dev d0');
    const ours = ({ object }: { object: Route }) => object.dst === '198.51.100.0/24';
    const added = await until(monitor, 'route', ours);
    assert.deepEqual(
      [added.event.action, added.event.isReplacement, added.event.object.link],
      ['new', undefined, 'd0'],
    );
    const replaced = await until(monitor, 'route', ours);
    assert.deepEqual([replaced.event.action, replaced.event.isReplacement], ['new', true]);
    assert.equal(replaced.event.object.metrics?.mtu, 1300);
    const deleted = await until(monitor, 'route', ours);
    assert.equal(deleted.event.action, 'delete');
    await until(monitor, 'route', ({ object }) => object.dst === '2001:db8:1::/48');
    await monitor.close();
  });

  it('tell rules, neighbours, forwarding entries, nexthops and ids of namespaces', async () => {
    ip(ns, 'link add b0 type bridge');
    ip(ns, 'link add v0 master b0 type veth peer name v1');
    ip(ns, 'link set b0 up');
    const monitor = await listen(['rule', 'neighbour', 'fdb', 'nexthop', 'netnsId']);
    ip(ns, 'rule add fwmark 7 table 100');
    ip(ns, 'neigh add 192.0.2.9 lladdr 02:00:00:00:00:09 dev b0 nud permanent');
    run('bridge', '-n', ns.name, 'fdb', 'add', '02:00:00:00:00:08', 'dev', 'v0', 'master', 'static');
    ip(ns, 'link set lo up');
    ip(ns, 'nexthop add id 5 blackhole');
    const other = await sandbox.netns('other');
    ip(ns, `netns set ${other.name} 42`);
    const rule = await until(monitor, 'rule');
    assert.deepEqual([rule.event.action, rule.event.object.table], ['new', 100]);
    const neighbour = await until(monitor, 'neighbour', ({ object }) => object.dst === '192.0.2.9');
    assert.deepEqual(
      [neighbour.event.object.state, neighbour.event.object.lladdr, neighbour.event.object.link],
      [['permanent'], '02:00:00:00:00:09', 'b0'],
    );
    assert.ok(neighbour.before.every((event) => event.type !== 'neighbour' || event.object.family !== 'bridge'));
    await until(monitor, 'fdb', ({ object }) => object.lladdr === '02:00:00:00:00:08' && object.link === 'v0');
    const nexthop = await until(monitor, 'nexthop');
    assert.deepEqual([nexthop.event.object.id, nexthop.event.object.blackhole], [5, true]);
    const id = await until(monitor, 'netnsId');
    assert.deepEqual([id.event.action, id.event.object.id], ['new', 42]);
    ip(ns, 'neigh del 192.0.2.9 dev b0');
    await until(monitor, 'neighbour', ({ action, object }) => action === 'delete' && object.dst === '192.0.2.9');
    await monitor.close();
  });

  it('tell queueing disciplines, classes and filters', async () => {
    ip(ns, 'link add d0 type bridge');
    ip(ns, 'link set d0 up');
    const tc = (words: string) => run('tc', '-n', ns.name, ...words.split(' '));
    const monitor = await listen(['qdisc', 'class', 'filter']);
    tc('qdisc add dev d0 root handle 1: htb default 10');
    tc('class add dev d0 parent 1: classid 1:10 htb rate 1mbit');
    tc('filter add dev d0 parent 1: protocol ip prio 7 u32 match u32 0 0 classid 1:10');
    tc('filter del dev d0 parent 1: protocol ip prio 7 u32');
    tc('qdisc del dev d0 root');
    const qdisc = await until(monitor, 'qdisc', ({ action, object }) => action === 'new' && object.kind === 'htb');
    assert.equal(qdisc.event.object.link, 'd0');
    const made = await until(monitor, 'class', ({ action }) => action === 'new');
    assert.equal(made.event.object.kind, 'htb');
    const filter = await until(monitor, 'filter', ({ action }) => action === 'new');
    assert.equal(filter.event.object.kind, 'u32');
    await until(monitor, 'filter', ({ action }) => action === 'delete');
    await until(monitor, 'qdisc', ({ action, object }) => action === 'delete' && object.kind === 'htb');
    await monitor.close();
    assert.throws(() => nl.monitor(['class'], { initial: true }), { code: 'ERR_INVALID_ARG_VALUE', field: 'types[0]' });
    const listed = nl.monitor(['qdisc'], { initial: true });
    await until(listed, 'qdisc', ({ isListed, object }) => isListed === true && object.link === 'd0');
    await listed.close();
  });

  it('tell transactions of nftables: objects in netlink form, with their generation, and who made it', async () => {
    const nft = (text: string) => run('ip', 'netns', 'exec', ns.name, 'nft', text);
    nft('add table ip before');
    const listing = nl.monitor(['nftTable', 'nftChain'], { initial: true });
    const listed = await until(listing, 'nftTable');
    assert.deepEqual([listed.event.isListed, listed.event.object.name], [true, 'before']);
    await listing.close();
    const monitor = await listen(['nftTable', 'nftChain', 'nftRule', 'nftSet', 'nftGeneration']);
    nft(
      'add table ip t; add chain ip t c; add set ip t s { type ipv4_addr; }; add rule ip t c ip saddr @s counter drop',
    );
    const { event: generation, before } = await until(monitor, 'nftGeneration');
    assert.deepEqual(
      before.map((event) => [event.type, 'action' in event && event.action]),
      [
        ['nftTable', 'new'],
        ['nftChain', 'new'],
        ['nftSet', 'new'],
        ['nftRule', 'new'],
      ],
    );
    const { id } = generation.object;
    assert.equal(id, await nl.nft.generation());
    assert.equal(generation.object.procName, 'nft');
    for (const event of before) assert.ok('object' in event && event.object.resId === (id as number) % 65536);
    nft('delete table ip t');
    const { before: deleted } = await until(monitor, 'nftGeneration');
    assert.ok(deleted.length >= 4 && deleted.every((event) => 'action' in event && event.action === 'delete'));
    await monitor.close();
  });

  it('tell only what was asked for: types and actions', async () => {
    const monitor = await listen(['link'], { actions: ['delete'] });
    ip(ns, 'link set lo up');
    ip(ns, 'link add b0 type bridge');
    ip(ns, 'link del b0');
    const { value } = await monitor.next();
    assert.ok(value?.type === 'link');
    assert.deepEqual([value.action, value.object.name], ['delete', 'b0']);
    await monitor.close();
  });

  it('tell first what is there, if asked to, and lose nothing in between', async () => {
    for (let i = 0; i < 40; i++) ip(ns, `link add d${i} type bridge`);
    ip(ns, 'addr add 192.0.2.1/24 dev d0');
    // Somebody makes and deletes links all the time: the mirror must be right in the end.
    const script = 'for i in $(seq 60); do ip link add x$i type bridge; [ $((i % 3)) = 0 ] || ip link del x$i; done';
    const churn = ns.spawn('sh', ['-c', script], { stdio: 'ignore' });
    const ended = new Promise((resolve) => churn.once('exit', resolve));
    const monitor = nl.monitor(['link', 'address'], { initial: true });
    const mirror = new Map<number, Link>();
    let addresses = 0;
    let isSynced = false;
    const apply = (event: MonitorEvent<'link' | 'address'>) => {
      if (event.type === 'synced') isSynced = true;
      if (event.type === 'address' && event.isListed) addresses++;
      if (event.type !== 'link') return;
      if (event.isListed) assert.equal(event.action, 'new');
      if (event.action === 'delete') mirror.delete(event.object.index as number);
      else mirror.set(event.object.index as number, event.object as Link);
    };
    while (!isSynced) apply((await monitor.next()).value as MonitorEvent<'link' | 'address'>);
    await ended;
    ip(ns, 'link add last type bridge');
    for (;;) {
      const event = (await monitor.next()).value as MonitorEvent<'link' | 'address'>;
      apply(event);
      if (event.type === 'link' && event.object.name === 'last') break;
    }
    assert.ok(addresses >= 1);
    const names = (links: Iterable<Link>) => [...links].map(({ index, name }) => `${index} ${name}`).sort();
    assert.deepEqual(names(mirror.values()), names(await nl.links.list()));
    await monitor.close();
  });

  it('tell that events were lost, and all objects again, if asked to', async () => {
    ip(ns, 'link add d0 type bridge');
    ip(ns, 'link set d0 up');
    const monitor = await listen(['route'], { resync: true, bufferSize: 2000 });
    // Nobody reads meanwhile: a few events fit, the rest is lost.
    await Promise.all(
      Array.from({ length: 300 }, (_, i) => nl.routes.add({ dst: `10.1.${i % 256}.${i >> 8}/32`, link: 'd0' })),
    );
    await Promise.all(Array.from({ length: 100 }, (_, i) => nl.routes.delete({ dst: `10.1.${i}.0/32`, link: 'd0' })));
    const seen: string[] = [];
    let mirror = new Set<string>();
    let fresh: Set<string> | undefined;
    while (!seen.includes('synced')) {
      const event = (await monitor.next()).value as MonitorEvent<'route'>;
      seen.push(event.type);
      if (event.type === 'overrun') fresh = new Set();
      else if (event.type === 'synced') mirror = fresh ?? mirror;
      else if (event.object.table === 'main' && event.object.family === 'inet') {
        for (const set of [mirror, fresh]) {
          if (event.action === 'delete') set?.delete(event.object.dst as string);
          else set?.add(event.object.dst as string);
        }
      }
    }
    assert.ok(seen.includes('overrun'), 'nothing was lost');
    const there = await nl.routes.list({ family: 'inet', table: 'main' });
    assert.deepEqual([...mirror].sort(), there.map(({ dst }) => dst).sort());
    assert.equal(there.length, 200);
    // And it goes on.
    await nl.routes.add({ dst: '10.2.0.0/16', link: 'd0' });
    await until(monitor, 'route', ({ object, isListed }) => object.dst === '10.2.0.0/16' && !isListed);
    await monitor.close();
  });

  it('tell that events were lost, without more, where no resync was asked for', async () => {
    ip(ns, 'link add d0 type bridge');
    ip(ns, 'link set d0 up');
    const monitor = await listen(['route'], { bufferSize: 2000 });
    await Promise.all(Array.from({ length: 200 }, (_, i) => nl.routes.add({ dst: `10.1.0.${i}/32`, link: 'd0' })));
    let overruns = 0;
    for await (const event of monitor) {
      assert.notEqual(event.type, 'synced');
      if (event.type === 'overrun') {
        overruns++;
        // May be lost too, which is told again then.
        await nl.routes.delete({ dst: '10.3.0.0/16', link: 'd0' }).catch(() => {});
        await nl.routes.add({ dst: '10.3.0.0/16', link: 'd0' });
      }
      if (event.type === 'route' && event.object.dst === '10.3.0.0/16') break;
    }
    assert.ok(overruns >= 1);
  });

  it('lose nothing of 3,000 events that come while nobody reads', async () => {
    ip(ns, 'link add d0 type bridge');
    ip(ns, 'link set d0 up');
    const monitor = await listen(['route']);
    const dsts = Array.from({ length: 3000 }, (_, i) => `10.${1 + (i >> 8)}.${i & 255}.0/24`);
    await Promise.all(dsts.map((dst) => nl.routes.add({ dst, link: 'd0' })));
    const told: string[] = [];
    for await (const event of monitor) {
      assert.equal(event.type, 'route');
      if (event.type !== 'route' || event.object.table !== 'main' || event.object.family !== 'inet') continue;
      told.push(event.object.dst as string);
      if (told.length === dsts.length) break;
    }
    assert.deepEqual(told, dsts);
  });

  it('listen in the namespace of their handle, and on request in those that have an id in it', async function () {
    const other = await sandbox.host('far');
    const monitor = await listen(['link']);
    await other.nl.links.create({ kind: 'bridge', name: 'far0' });
    await nl.links.create({ kind: 'bridge', name: 'near0' });
    const { event } = await until(monitor, 'link');
    assert.equal(event.object.name, 'near0');
    await monitor.close();

    await nl.netnsIds.set(other.ns, 17);
    const all = nl.monitor(['link'], { allNetns: true });
    try {
      await all.ready;
    } catch (error) {
      if ((error as { code?: string }).code === 'EPERM') skipBecause(this, 'this needs CAP_NET_BROADCAST');
      throw error;
    }
    await nl.links.create({ kind: 'bridge', name: 'near1' });
    await other.nl.links.create({ kind: 'bridge', name: 'far1' });
    const near = await until(all, 'link', ({ object }) => object.name === 'near1');
    assert.equal(near.event.netnsId, undefined);
    const far = await until(all, 'link', ({ object }) => object.name === 'far1');
    assert.equal(far.event.netnsId, 17);
    await all.close();
  });

  it('close their socket when a loop is left, when they are closed, and with the handle', async () => {
    const before = sockets();
    for await (const event of nl.monitor(['link'], { initial: true })) {
      if (event.type === 'synced') break;
    }
    assert.equal(sockets(), before);

    const closed = await listen(['link']);
    assert.equal(sockets(), before + 1);
    const waiting = closed.next();
    await Promise.all([closed.close(), closed.close()]);
    assert.deepEqual(await waiting, { done: true, value: undefined });
    assert.deepEqual(await closed.next(), { done: true, value: undefined });
    assert.equal(sockets(), before);

    const second = await sandbox.open(ns);
    const monitor = second.monitor(['address']);
    await monitor.ready;
    await second.close();
    assert.deepEqual(await monitor.next(), { done: true, value: undefined });
    assert.equal(sockets(), before);
    assert.throws(() => second.monitor(['link']), { code: 'ERR_NETLINK_CLOSED' });
  });

  it('end with the signal, whose reason they throw', async () => {
    const before = sockets();
    const controller = new AbortController();
    const monitor = nl.monitor(['link'], { signal: controller.signal });
    const loop = (async () => {
      for await (const _ of monitor);
    })();
    await monitor.ready;
    await setTimeout(5);
    controller.abort(new Error('enough'));
    await assert.rejects(loop, /enough/);
    assert.deepEqual(await monitor.next(), { done: true, value: undefined });
    await monitor.close();
    assert.equal(sockets(), before);

    const stillborn = nl.monitor(['link'], { signal: AbortSignal.abort(new Error('never')) });
    await assert.rejects(stillborn.ready, /never/);
    await assert.rejects(stillborn.next(), /never/);
    assert.deepEqual(await stillborn.next(), { done: true, value: undefined });
  });

  it('answer several calls of next() in order', async () => {
    const monitor = await listen(['link'], { actions: ['new'] });
    const asked = [monitor.next(), monitor.next(), monitor.next()];
    ip(ns, 'link add b1 type bridge');
    ip(ns, 'link add b2 type bridge');
    ip(ns, 'link add b3 type bridge');
    const names = (await Promise.all(asked)).map(({ value }) => (value?.type === 'link' ? value.object.name : value));
    assert.deepEqual(names, ['b1', 'b2', 'b3']);
    await monitor.close();
  });

  it('refuse what cannot be right', () => {
    const refused: [unknown, unknown, string, string][] = [
      [[], {}, 'ERR_INVALID_ARG_TYPE', 'types'],
      ['link', {}, 'ERR_INVALID_ARG_TYPE', 'types'],
      [['link', 'lnik'], {}, 'ERR_INVALID_ARG_VALUE', 'types[1]'],
      [['link'], 5, 'ERR_INVALID_ARG_TYPE', 'options'],
      [['link'], { iniital: true }, 'ERR_INVALID_ARG_VALUE', 'iniital'],
      [['link'], { initial: 1 }, 'ERR_INVALID_ARG_TYPE', 'initial'],
      [['link'], { ref: 0 }, 'ERR_INVALID_ARG_TYPE', 'ref'],
      [['link'], { signal: {} }, 'ERR_INVALID_ARG_TYPE', 'signal'],
      [['link'], { actions: 'new' }, 'ERR_INVALID_ARG_TYPE', 'actions'],
      [['link'], { actions: ['gone'] }, 'ERR_INVALID_ARG_VALUE', 'actions[0]'],
      [['link'], { bufferSize: 0 }, 'ERR_OUT_OF_RANGE', 'bufferSize'],
      [['link'], { bufferSize: '1' }, 'ERR_INVALID_ARG_TYPE', 'bufferSize'],
    ];
    for (const [types, options, code, field] of refused) {
      assert.throws(
        () => nl.monitor(types as ['link'], options as object),
        { code, field },
        JSON.stringify([types, options]),
      );
    }
  });
});
