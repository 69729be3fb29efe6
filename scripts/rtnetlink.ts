// Whether the running kernel still answers rtnetlink. A kernel bug can end a task that holds the RTNL lock; from then on
// every request waits for ever, in a sleep that not even SIGKILL ends.
import { spawn } from 'node:child_process';

const PATIENCE_MS = 5_000;

/** Has a child ask for the loopback link, and waits a few seconds for it. A child that is stuck is left behind. */
export function rtnetlinkAnswers(): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn('ip', ['-br', 'link', 'show', 'dev', 'lo'], { stdio: 'ignore', detached: true });
    const timer = setTimeout(() => {
      child.unref();
      resolve(false);
    }, PATIENCE_MS);
    const finish = () => {
      clearTimeout(timer);
      // Without `ip` nothing is known: the tests will tell.
      resolve(true);
    };
    child.once('error', finish);
    child.once('exit', finish);
  });
}
