// A process that opens a network again and again and attaches to it, until its standard input ends, while another one makes
// and deletes it. Arguments: the network's name, and what ids begin with. Prints a letter for each endpoint. See
// network-crash.test.ts. Plain JavaScript on what was built: so it starts quickly.
import { Network } from '../../../dist/index.js';

const [name = '', prefix = ''] = process.argv.slice(2);

/** What may become of an open or attach when the network is gone, or has been made anew since it was opened. */
const EXPECTED = ['ENOENT', 'EEXIST', 'EADDRINUSE', 'ENODEV'];

let isEnding = false;
process.stdin.on('end', () => {
  isEnding = true;
});
process.stdin.resume();

const pass = (/** @type {{ code?: string }} */ error) => {
  if (!EXPECTED.includes(error.code ?? '')) throw error;
};

process.stdout.write('ready');
let made = 0;
while (!isEnding) {
  const network = await Network.open(name).catch(pass);
  if (!network) continue;
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      const id = `${prefix}${made++}`;
      await network
        .attach({ id, ports: [{ hostPort: 10_000 + (made % 20_000), port: 80 }] })
        .then(() => process.stdout.write('.'), pass);
    }),
  );
  await network.close();
}
