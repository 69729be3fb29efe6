// What workers do in endings.test.ts: load, use, and be terminated whenever that comes.
import { parentPort, workerData } from 'node:worker_threads';
import { Netlink, Netns, Network } from '../../../dist/index.js';

const ns = await Netns.create();
const nl = await Netlink.open({ netns: ns });
const network = await Network.create({ name: 'demo', subnets: ['10.88.0.0/24'], netns: ns });
const monitor = nl.monitor(['link'], { initial: true });
const listening = (async () => {
  for await (const _ of monitor);
})();
const ids = ['a', 'b', 'c', 'd'];
parentPort?.postMessage('open');
do {
  const attaching = network.attachMany(ids.map((id) => ({ id, netns: { anonymous: true } })));
  await nl.links.create({ kind: 'bridge', name: 'b0' });
  await nl.links.list();
  await nl.links.delete('b0');
  await attaching;
  await network.detachMany(ids);
} while (workerData.isEndless);
await network.delete();
await nl.close();
await listening;
await ns.close();
