// Where benches happen: in network and mount namespaces that are thrown away.
import { spawnSync } from 'node:child_process';

/** The command that runs another one in fresh namespaces, with a /run of its own for their names. */
export const THROW_AWAY = ['unshare', '--net', '--mount', 'sh', '-c', 'mount -t tmpfs tmpfs /run && exec "$@"', 'sh'];

/** Runs this very program again in fresh namespaces, unless it is in them; resolves to its exit status. */
export function throwAway(): number | undefined {
  if (process.env.NETPLUMB_BENCH_INSIDE) return undefined;
  const [command = '', ...args] = [...THROW_AWAY, process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const { status, error } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, NETPLUMB_BENCH_INSIDE: '1' },
  });
  if (error) throw error;
  return status ?? 1;
}
