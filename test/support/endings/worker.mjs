// What workers do in endings.test.ts: load, use, and be terminated whenever that comes.
import { parentPort, workerData } from 'node:worker_threads';
import { Netlink, Netns } from '../../../dist/index.js';

const ns = await Netns.create();
const nl = await Netlink.open({ netns: ns });
const monitor = nl.monitor(['link'], { initial: true });
const listening = (async () => {
  for await (const _ of monitor);
})();
parentPort?.postMessage('open');
do {
  await nl.links.create({ kind: 'bridge', name: 'b0' });
  await nl.links.list();
  await nl.links.delete('b0');
} while (workerData.isEndless);
await nl.close();
await listening;
await ns.close();
