// A container by an OCI runtime, on a namespace of a network: what a runtime's config.json has to name is one path.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MACHINE, Machine, OUTSIDE, tryAll } from '../support/machine.js';
import { skipBecause } from '../support/skip.js';

const SERVER = `require('net').createServer((socket) => {
    socket.on('error', () => {});
    const names = Object.keys(require('os').networkInterfaces()).join(' ');
    socket.once('data', () => socket.end('HTTP/1.0 200 OK\\r\\n\\r\\n' + names + ' ' + socket.remoteAddress));
  }).listen(80, '0.0.0.0', () => console.log('ready'))`;

/** Directories that the container sees of this machine. */
const SHARED = ['/usr', '/lib', '/lib64', '/bin', '/opt'].filter(existsSync);

/** Runs a command with a cgroup2 file system of its own, as runtimes want none or nothing else. */
const WITH_CGROUP2 = 'umount -R /sys/fs/cgroup 2>/dev/null; mount -t cgroup2 cgroup2 /sys/fs/cgroup && exec "$@"';

const RUNTIMES = ['crun', 'runc'].filter((runtime) => spawnSync(runtime, ['--version']).status === 0);

describe('network: OCI runtimes', () => {
  before(function () {
    if (RUNTIMES.length === 0) skipBecause(this, 'neither crun nor runc is installed');
  });

  for (const runtime of RUNTIMES.length > 0 ? RUNTIMES : ['crun']) {
    it(`${runtime} starts a container on an endpoint's namespace`, async function () {
      await using machine = await Machine.create();
      const network = await machine.network();
      const bundle = mkdtempSync(join(tmpdir(), 'np-oci-'));
      try {
        const web = await network.attach({
          id: 'web',
          ports: [{ hostPort: 8080, port: 80 }],
          // The container has no capabilities at all.
          sysctls: { 'net.ipv4.ip_unprivileged_port_start': 0 },
        });
        const mounts = SHARED.map((path) => ({
          destination: path,
          type: 'bind',
          source: path,
          options: ['rbind', 'ro'],
        }));
        for (const path of ['/proc', '/dev', ...SHARED]) mkdirSync(join(bundle, 'rootfs', path), { recursive: true });
        const config = {
          ociVersion: '1.0.0',
          process: {
            args: [process.execPath, '-e', SERVER],
            env: ['PATH=/usr/bin:/bin'],
            cwd: '/',
            user: { uid: 0, gid: 0 },
          },
          root: { path: 'rootfs' },
          mounts: [{ destination: '/proc', type: 'proc', source: 'proc' }, ...mounts],
          linux: {
            namespaces: [{ type: 'pid' }, { type: 'mount' }, { type: 'network', path: `/run/netns/${web.netns}` }],
          },
        };
        writeFileSync(join(bundle, 'config.json'), JSON.stringify(config));
        const words = ['--root', join(bundle, 'state'), ...(runtime === 'crun' ? ['--cgroup-manager=disabled'] : [])];
        const container = spawn(
          'unshare',
          [
            '--mount',
            'sh',
            '-c',
            WITH_CGROUP2,
            'sh',
            runtime,
            ...words,
            'run',
            '--bundle',
            bundle,
            `np-${process.pid}`,
          ],
          { stdio: ['ignore', 'pipe', 'pipe'] },
        );
        let said = '';
        container.stderr.setEncoding('utf8').on('data', (text: string) => {
          said += text;
        });
        const [started] = await Promise.race([once(container.stdout, 'data'), once(container, 'exit')]);
        if (typeof started === 'number') {
          if (/cgroup|not permitted/i.test(said)) skipBecause(this, `${runtime} does not run here: ${said.trim()}`);
          assert.fail(said);
        }
        try {
          assert.deepEqual(await tryAll(machine.outside, [[MACHINE, 8080]]), [`lo eth0 ${OUTSIDE}`]);
        } finally {
          spawnSync('unshare', [
            '--mount',
            'sh',
            '-c',
            WITH_CGROUP2,
            'sh',
            runtime,
            ...words,
            'kill',
            `np-${process.pid}`,
            'KILL',
          ]);
          if (container.exitCode === null) await once(container, 'exit');
        }
      } finally {
        rmSync(bundle, { recursive: true, force: true });
      }
    });
  }
});
