// The CNI plugins bridge, host-local and portmap, run as container runtimes run them; namespaces are made by netplumb.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Netns } from '../../lib/index.js';
import { FIRST_PORT, netnsName } from '../support/contestant.js';
import { forEach, play, readTask } from '../support/play.js';

const task = readTask();
const directory = mkdtempSync(join(tmpdir(), 'netplumb-bench-'));
const common = { cniVersion: '1.0.0', name: 'bench' };
const bridge = {
  ...common,
  type: 'bridge',
  bridge: 'cni0',
  isGateway: true,
  ipam: {
    type: 'host-local',
    dataDir: directory,
    ranges: [[{ subnet: '10.88.0.0/16' }]],
    routes: [{ dst: '0.0.0.0/0' }],
  },
};

async function plugin(type: string, command: 'ADD' | 'DEL', number: number, config: object): Promise<object> {
  const child = spawn(join('/usr/lib/cni', type), {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      CNI_COMMAND: command,
      CNI_CONTAINERID: netnsName(number),
      CNI_NETNS: `/run/netns/${netnsName(number)}`,
      CNI_IFNAME: 'eth0',
      CNI_PATH: '/usr/lib/cni',
    },
  });
  child.stdin.end(JSON.stringify(config));
  const [output, [status]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  if (status !== 0) throw new Error(`${type} ${command}: ${output}`);
  return output ? JSON.parse(output) : {};
}

const portmap = (number: number) => ({
  ...common,
  type: 'portmap',
  capabilities: { portMappings: true },
  runtimeConfig: {
    portMappings: Array.from({ length: task.ports }, (_, i) => ({
      hostPort: FIRST_PORT + number * task.ports + i,
      containerPort: 80,
      protocol: 'tcp',
    })),
  },
});

await play({
  up: () =>
    forEach(task.count, 1, async (number) => {
      await (await Netns.create(netnsName(number))).close();
      const prevResult = await plugin('bridge', 'ADD', number, bridge);
      await plugin('portmap', 'ADD', number, { ...portmap(number), prevResult });
    }),
  down: () =>
    forEach(task.count, 1, async (number) => {
      await plugin('portmap', 'DEL', number, portmap(number));
      await plugin('bridge', 'DEL', number, bridge);
      await Netns.delete(netnsName(number));
    }),
});
await rm(directory, { recursive: true });
