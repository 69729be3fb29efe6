// A worker that attaches and detaches an endpoint of its own, time after time, until it is told to end; and then tells how often,
// or what failed. It begins with telling its mark.
import { parentPort, workerData } from 'node:worker_threads';
// Plain JavaScript on what was built: so it starts quickly.
import { Network } from '../../../dist/index.js';
import { ownMarkText } from '../../../dist/network/records.js';

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort);
const { netns, id } = workerData;
const network = await Network.open('demo', { netns });
let isEnding = false;
port.once('message', () => {
  isEnding = true;
});
port.postMessage(ownMarkText());
let rounds = 0;
for (; !isEnding; rounds++) {
  await network.attach({ id, bandwidth: { egress: '10mbit' }, ports: [{ hostPort: 80, port: 80 }] });
  const found = (await network.endpoints()).find((one) => one.id === id);
  if (found?.ports.length !== 1) throw new Error(`'${id}' is lost in round ${rounds}`);
  await network.detach(id);
}
await network.close();
port.postMessage(rounds);
