// Nothing is left behind, wherever processes die that attach and detach at the same time.
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Machine } from '../support/machine.js';
import { ip, linksOf, nft, routesOf, run } from '../support/sandbox.js';

const CHURN = fileURLToPath(new URL('../support/network/churn.mjs', import.meta.url));

/** How many attaches and detaches there are: on a slow machine less, as it takes its time. */
const OPERATIONS = process.env.NETPLUMB_SLOW ? 100 : 1000;

/** After how many of them a process is killed, on average. */
const LIFE = OPERATIONS / 12;

/** Sends datagrams to all ports that may be published, from ports that stay the same. */
const SENDER = `
  const sockets = Array.from({ length: 4 }, () => require('dgram').createSocket('udp4').on('error', () => {}));
  for (const socket of sockets) socket.bind();
  const timer = setInterval(() => {
    for (const socket of sockets) for (let i = 0; i < 40; i++) socket.send('?', 20000 + i, '192.0.2.1');
  }, 20);
  process.stdin.on('end', () => process.exit()).resume();`;

describe('network: churn', () => {
  it('four processes attach and detach 1,000 times, and are killed again and again: gc() finds all they left', async function () {
    this.timeout(60_000 * Number(process.env.NETPLUMB_SLOW ?? 1));
    await using world = await Machine.create();
    const { netns } = world;
    const networks = [
      await world.network({ name: 'near', subnets: ['10.90.0.0/24', 'fd00:90::/64'] }),
      await world.network({ name: 'far', subnets: ['10.91.0.0/24'], mode: 'routed' }),
      // Two bridges, joined.
      await world.network({ name: 'wide', subnets: ['10.92.0.0/16'], maxEndpoints: 1500 }),
    ] as const;
    const there = await Promise.all([0, 1, 2, 3].map(() => world.sandbox.netns('there')));
    for (const [i, one] of networks.entries()) {
      await one.attach({ id: 'stays', ports: [{ hostPort: 10_000 + i, port: 80 }] });
    }
    const all = () => ({
      links: linksOf(netns),
      inside: there.map(linksOf),
      routes: routesOf(netns) + ip(netns, 'neigh show nud permanent'),
      ruleset: nft(netns, 'list', 'ruleset').split('\n').sort(),
      files: readdirSync('/run/netns').sort(),
      mounts: readFileSync('/proc/self/mountinfo', 'utf8')
        .split('\n')
        .filter((line) => line.includes(' - nsfs ')).length,
      // What was led to an endpoint, or came from one.
      flows: run('ip', 'netns', 'exec', netns.name, 'conntrack', '-L')
        .split('\n')
        .filter((line) => /^(tcp|udp) .*src=10\.9[012]\./.test(line)),
      descriptors: readdirSync('/proc/self/fd').length,
    });
    const before = all();
    // Somebody outside sends to all ports all the time.
    const living = new Set<ChildProcess>();
    using _ = {
      [Symbol.dispose]() {
        for (const child of [...living, sender]) child.kill('SIGKILL');
      },
    };
    const sender = world.outside.spawn(process.execPath, ['-e', SENDER], { stdio: ['pipe', 'ignore', 'inherit'] });

    let left = OPERATIONS;
    let kills = 0;
    const isDone = new Promise<void>((resolve, reject) => {
      const start = () => {
        const names = [networks, there].map((list) => list.map(({ name }) => name).join());
        const child = netns.spawn(process.execPath, [CHURN, ...names], { stdio: ['pipe', 'pipe', 'inherit'] });
        living.add(child);
        child.stdout?.on('data', (dots: Buffer) => {
          left -= dots.length;
          if (left <= 0) return resolve();
          if (child.killed || Math.random() > dots.length / LIFE) return;
          kills++;
          child.kill('SIGKILL');
        });
        child.on('exit', (code, signal) => {
          living.delete(child);
          if (signal !== 'SIGKILL') reject(new Error(`a process ended by itself: ${code ?? signal}`));
          else if (left > 0) start();
        });
      };
      for (let i = 0; i < 4; i++) start();
    });
    // Meanwhile somebody collects what the dead left, and nothing else.
    let isOver = false;
    const collecting = (async () => {
      while (!isOver) {
        for (const one of networks) await one.gc();
        await delay(250);
      }
    })();
    await Promise.all([isDone, Promise.race([isDone, collecting])]);
    isOver = true;
    await collecting;
    // Of the last ones two are killed, two may end.
    const exits = [...living].map(async (child, i) => {
      child.removeAllListeners('exit');
      const exit = once(child, 'exit');
      if (i < 2) child.kill('SIGKILL');
      else child.stdin?.end();
      const [code, signal] = await exit;
      if (i >= 2 && !child.killed) assert.deepEqual([code, signal], [0, null]);
    });
    await Promise.all(exits);
    sender.stdin?.end();
    await once(sender, 'exit');

    for (const one of networks) {
      await one.gc();
      // What is left is whole.
      const endpoints = await one.endpoints();
      const addresses = endpoints.flatMap((endpoint) => endpoint.addresses);
      assert.equal(new Set(addresses).size, addresses.length);
      // The kernel notices a carrier in its own time.
      for (const { hostInterface, netns } of endpoints) {
        // A namespace without a name ends with its process, and its link some time later.
        if (netns === undefined) continue;
        while ((await world.nl.links.get(hostInterface)).operState !== 'up');
      }
    }
    for (const one of networks) await one.gc(['stays']);
    // The kernel takes away the links of namespaces that nobody has any more in its own time: those of dead pools.
    const known = Object.keys(before.links).sort().join();
    while (Object.keys(linksOf(netns)).sort().join() !== known) await delay(50);
    const after = all();
    assert.deepEqual({ ...after, descriptors: 0 }, { ...before, descriptors: 0 });
    // Of what went before the last descriptors may have been closed meanwhile.
    assert.ok(after.descriptors <= before.descriptors, `${before.descriptors} → ${after.descriptors} descriptors`);
    assert.ok(kills >= OPERATIONS / LIFE / 4, `${kills} were killed`);
  });
});
