// netavark, run as Podman runs it; namespaces are made by netplumb.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Netns } from '../../lib/index.js';
import { addressOf, FIRST_PORT, netnsName } from '../support/contestant.js';
import { forEach, play, readTask } from '../support/play.js';

const task = readTask();
const directory = mkdtempSync(join(tmpdir(), 'netplumb-bench-'));
const id = 'b'.repeat(64);

const options = (number: number) => ({
  container_id: `${number}`.padStart(64, '0'),
  container_name: netnsName(number),
  port_mappings: Array.from({ length: task.ports }, (_, i) => ({
    container_port: 80,
    host_ip: '',
    host_port: FIRST_PORT + number * task.ports + i,
    protocol: 'tcp',
    range: 1,
  })),
  networks: { bench: { interface_name: 'eth0', static_ips: [addressOf(number)] } },
  network_info: {
    bench: {
      name: 'bench',
      id,
      driver: 'bridge',
      network_interface: 'podman1',
      subnets: [{ subnet: '10.88.0.0/16', gateway: '10.88.0.1' }],
      ipv6_enabled: false,
      internal: false,
      dns_enabled: false,
      ipam_options: { driver: 'host-local' },
    },
  },
});

async function netavark(command: 'setup' | 'teardown', number: number): Promise<void> {
  const args = ['--config', directory, command, `/run/netns/${netnsName(number)}`];
  const child = spawn('/usr/lib/podman/netavark', args, { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(JSON.stringify(options(number)));
  const [output, errors, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  if (status !== 0) throw new Error(`netavark ${command}: ${output} ${errors}`);
}

await play({
  up: () =>
    forEach(task.count, 1, async (number) => {
      await (await Netns.create(netnsName(number))).close();
      await netavark('setup', number);
    }),
  down: () =>
    forEach(task.count, 1, async (number) => {
      await netavark('teardown', number);
      await Netns.delete(netnsName(number));
    }),
});
await rm(directory, { recursive: true });
