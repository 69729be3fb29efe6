// A process that makes a network, attaches to it and deletes it, again and again until it is killed. Argument: the mode. See
// network-crash.test.ts. Plain JavaScript on what was built: so it starts quickly.
import { Network } from '../../../dist/index.js';

const mode = process.argv[2] === 'routed' ? 'routed' : 'bridge';
process.stdout.write('ready');
for (;;) {
  const network = await Network.create({ name: 'demo', subnets: ['10.88.0.0/16', 'fd00:88::/64'], mode });
  await network.attachMany([{ id: 'a' }, { id: 'b' }]);
  await network.delete();
}
