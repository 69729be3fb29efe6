// A process that makes networks and deletes them, with an endpoint or without, until it is killed. See
// network-crash.test.ts. Plain JavaScript on what was built: so it starts quickly.
import { Network } from '../../../dist/index.js';

console.log('ready');
for (let i = 0; ; i++) {
  const network = await Network.create({
    name: 'fleeting',
    subnets: ['10.95.0.0/16', 'fd00:95::/64'],
    mode: i % 2 ? 'routed' : 'bridge',
    isolated: i % 4 < 2,
    ...(i % 3 === 0 && i % 2 === 0 && { maxEndpoints: 2000 }),
  });
  if (i % 3) await network.attach({ id: 'x', ports: [{ hostPort: 8080, port: 80 }] });
  await network.delete();
}
