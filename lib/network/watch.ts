// Watching over a network: what others take away from the table is noticed by the kernel's own word, and put back.
import { setTimeout as delay } from 'node:timers/promises';
import { whenAborted } from '../lane.js';
import { Monitor, type MonitorEvent } from '../monitor.js';
import { findMissingOf, isOfNetworks, isReplaced } from './elements.js';
import { reconcileStanding } from './reconcile.js';
import { isLeaving, isStanding, isTableWhole } from './setup.js';
import type { State } from './state.js';
import { TABLE } from './table.js';

/** What is listened to: that something goes. */
const EVENTS = ['nftTable', 'nftChain', 'nftRule', 'nftSet', 'nftElements'] as const;
type Event = MonitorEvent<(typeof EVENTS)[number]>;

/** How long until what failed is tried again, in milliseconds. */
const AGAIN_MS = 1000;

/** What is told of a watch. */
interface Listener {
  signal?: AbortSignal | undefined;
  onReconcile?: (() => void) | undefined;
  onError?: ((error: unknown) => void) | undefined;
}

/** Whether something of the table, or of a network, has gone. What endpoints have comes and goes all the time. */
function concerns(event: Event): boolean {
  if (event.type === 'overrun') return true;
  if (event.type === 'synced') return false;
  const { family } = event.object;
  if (event.type === 'nftTable') return family === TABLE.family && event.object.name === TABLE.table;
  if (family !== TABLE.family || event.object.table !== TABLE.table) return false;
  return event.type !== 'nftElements' || isOfNetworks(event.object.set);
}

/** Watches until the signal aborts, or the network is closed or deleted. */
export async function watch(state: State, { signal, onReconcile, onError }: Listener): Promise<void> {
  if (signal?.aborted) return;
  const monitor = new Monitor(state.host.netns, EVENTS, { actions: ['delete'], ref: false });
  const ended = new AbortController();
  const forget = signal && whenAborted(signal, () => void monitor.close());
  state.watching.add(monitor);
  // What has gone before it listened counts as well.
  let isDue = true;
  let repairing: Promise<void> | undefined;
  let failed: { reason: unknown } | undefined;
  const repair = async () => {
    while (isDue && !ended.signal.aborted) {
      isDue = false;
      try {
        if (await isWhole(state)) continue;
        // Who deletes it is not hindered; when that is done its links are gone, which is told by its elements.
        if (await isLeaving(state.host, state.network)) continue;
        if (
          (await isReplaced(state.host, state.network)) ||
          !(await isStanding(state.host, state.network)) ||
          !(await reconcileStanding(state))
        ) {
          await monitor.close();
          return;
        }
      } catch (error) {
        if (ended.signal.aborted) return;
        onError?.(error);
        isDue = true;
        await delay(AGAIN_MS, undefined, { ref: false, signal: ended.signal }).catch(() => {});
        continue;
      }
      onReconcile?.();
    }
  };
  const begin = () => {
    repairing ??= repair()
      .catch((reason: unknown) => {
        // What was called to be told threw.
        failed = { reason };
        return monitor.close();
      })
      .finally(() => {
        repairing = undefined;
      });
  };
  try {
    await monitor.ready;
    begin();
    for await (const event of monitor) {
      if (!concerns(event)) continue;
      isDue = true;
      begin();
    }
  } finally {
    ended.abort();
    forget?.();
    state.watching.delete(monitor);
    await monitor.close();
    await repairing;
  }
  if (failed) throw failed.reason;
}

/** Whether the table is what it should be, and has all that it keeps of the network. */
async function isWhole({ host, network, closed }: State): Promise<boolean> {
  return (await isTableWhole(host)) && (await findMissingOf(host, network, closed)).length === 0;
}
