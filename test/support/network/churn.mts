// One of several processes that attach and detach at random on the same network, until it is told to stop or is killed.
// Arguments: network, ids (a number), seconds. Prints each step before it is taken, and `done` at the end.
import { Network } from '../../../lib/index.js';

const [name = '', ids = '10', operations = '100'] = process.argv.slice(2);
const network = await Network.open(name);
const attempt = async () => {
  const id = `e${Math.floor(Math.random() * Number(ids))}`;
  if (Math.random() < 0.55) {
    const number = Number(id.slice(1));
    const ports = Math.random() < 0.5 ? [{ hostPort: 20_000 + number, port: 80 }] : [];
    await network.attach({ id, ports }).catch((error: { code?: string }) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } else await network.detach(id);
};
console.log('ready');
let left = Number(operations);
await Promise.all(
  Array.from({ length: 4 }, async () => {
    while (left-- > 0) await attempt();
  }),
);
await network.close();
console.log('done');
