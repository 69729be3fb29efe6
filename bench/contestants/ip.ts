// The usual way: a process for each command of ip and nft, `wide` endpoints at a time.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { addressOf, FIRST_PORT, netnsName } from '../support/contestant.js';
import { forEach, play, readTask } from '../support/play.js';

const task = readTask();
const wide = Number(process.argv.find((argument) => argument.startsWith('wide='))?.slice(5) ?? 1);
const exec = promisify(execFile);
const ip = (words: string) => exec('ip', words.split(' '));
const ports = (number: number) => Array.from({ length: task.ports }, (_, i) => FIRST_PORT + number * task.ports + i);

await play({
  up: () =>
    forEach(task.count, wide, async (number) => {
      const name = netnsName(number);
      const address = addressOf(number);
      await ip(`netns add ${name}`);
      await ip(`link add veth${number} master br0 up type veth peer name eth0 netns ${name}`);
      await ip(`-n ${name} link set lo up`);
      await ip(`-n ${name} link set eth0 up`);
      await ip(`-n ${name} address add ${address}/16 dev eth0`);
      await ip(`-n ${name} route add default via 10.88.0.1`);
      const elements = ports(number).map((port) => `tcp . ${port} : ${address} . 80`);
      await exec('nft', ['add', 'element', 'ip', 'bench', 'published', `{ ${elements.join(', ')} }`]);
    }),
  down: () =>
    forEach(task.count, wide, async (number) => {
      const elements = ports(number).map((port) => `tcp . ${port}`);
      await exec('nft', ['delete', 'element', 'ip', 'bench', 'published', `{ ${elements.join(', ')} }`]);
      await ip(`link delete veth${number}`);
      await ip(`netns delete ${netnsName(number)}`);
    }),
});
