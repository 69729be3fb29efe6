// The thrifty way with processes: one ip for all links, one for each namespace, one nft for all ports.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { addressOf, FIRST_PORT, netnsName } from '../support/contestant.js';
import { forEach, play, readTask } from '../support/play.js';

const task = readTask();
const all = Array.from({ length: task.count }, (_, number) => number);
const elements = (write: (port: number, number: number) => string) =>
  all.flatMap((number) =>
    Array.from({ length: task.ports }, (_, i) => write(FIRST_PORT + number * task.ports + i, number)),
  );

async function feed(lines: string[], command: string, ...args: string[]): Promise<void> {
  const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'inherit'] });
  child.stdin.end(`${lines.join('\n')}\n`);
  const [status] = await once(child, 'exit');
  if (status !== 0) throw new Error(`${command}: exit status ${status}`);
}

await play({
  up: async () => {
    const links = all.flatMap((number) => [
      `netns add ${netnsName(number)}`,
      `link add veth${number} master br0 up type veth peer name eth0 netns ${netnsName(number)}`,
    ]);
    await feed(links, 'ip', '-batch', '-');
    await forEach(task.count, 1, (number) =>
      feed(
        [
          'link set lo up',
          'link set eth0 up',
          `address add ${addressOf(number)}/16 dev eth0`,
          'route add default via 10.88.0.1',
        ],
        'ip',
        '-n',
        netnsName(number),
        '-batch',
        '-',
      ),
    );
    const added = elements((port, number) => `tcp . ${port} : ${addressOf(number)} . 80`);
    await feed([`add element ip bench published { ${added.join(', ')} }`], 'nft', '-f', '-');
    return undefined;
  },
  down: async () => {
    const deleted = elements((port) => `tcp . ${port}`);
    await feed([`delete element ip bench published { ${deleted.join(', ')} }`], 'nft', '-f', '-');
    const links = all.flatMap((number) => [`link delete veth${number}`, `netns delete ${netnsName(number)}`]);
    await feed(links, 'ip', '-batch', '-');
    return undefined;
  },
});
