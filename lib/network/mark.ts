// Marks on endpoints that a process is about: made with its number, so that others know whether it still is.
import { setTimeout as delay } from 'node:timers/promises';
import type { NfElements } from '../generated/objects.js';
import type { Message } from '../lane.js';
import { readComment } from './comment.js';
import { systemError } from './errors.js';
import { codeOf, type Host, ignore } from './host.js';
import { isRunning, ownProcessMark } from './records.js';
import { change, commentOf, element, linkName, type SetName, TABLE } from './table.js';

/** How long another process may be about an endpoint before it is given up to wait for it, in milliseconds. */
const PATIENCE_MS = 60_000;
const LOOK_AGAIN_MS = 20;

/** The message that marks an endpoint as busy; EEXIST: it is. */
export function markMessage(...keys: string[]): Message {
  const comment = `by=${ownProcessMark()}`;
  return change('create', 'busy', ...keys.map((key) => element(linkName(key), comment)));
}

/** The message that takes marks away. */
export function unmarkMessage(...keys: string[]): Message {
  return change('delete', 'busy', ...keys.map((key) => element(linkName(key))));
}

/** Whether the process of a mark is no more about it; this one knows by other means what it is about. */
export function isAbandoned(by: string | undefined): boolean {
  return by === undefined || by === ownProcessMark() || !isRunning(by);
}

/** The comment of one element by its key; undefined where there is none. */
export async function findComment(host: Host, set: SetName, key: string): Promise<string | undefined> {
  try {
    const found = await host.netfilter.one<NfElements>('nft.getElement', {
      ...TABLE,
      set,
      elements: [{ key: { value: linkName(key) } }],
    });
    const [one] = found.elements ?? [];
    return one && commentOf(one.userdata);
  } catch (error) {
    ignore('ENOENT')(error);
    return undefined;
  }
}

/**
 * Waits until an endpoint is not marked. A mark that a crash left becomes this process's, which is told by true: what is
 * there of the endpoint then is half made or half gone.
 */
export async function waitForMark(host: Host, key: string, id: string): Promise<boolean> {
  for (const until = Date.now() + PATIENCE_MS; ; ) {
    const { id: generation } = await host.netfilter.one<{ id?: number }>('nft.getGeneration', {});
    const comment = await findComment(host, 'busy', key);
    if (comment === undefined) return false;
    if (isAbandoned(readComment(comment).by)) {
      try {
        await host.netfilter.transaction([unmarkMessage(key), markMessage(key)], { generation });
        return true;
      } catch (error) {
        ignore('ERESTART', 'ENOENT')(error);
      }
    } else {
      if (Date.now() > until) throw systemError('EBUSY', `another process is about endpoint '${id}'`);
      await delay(LOOK_AGAIN_MS);
    }
  }
}

/** Marks an endpoint; waits for another process that is about it, and goes on with what a dead one was about. */
export async function mark(host: Host, key: string, id: string): Promise<void> {
  for (;;) {
    try {
      await host.netfilter.transaction([markMessage(key)]);
      return;
    } catch (error) {
      // Without the table there is nobody to be kept away.
      if (codeOf(error) === 'ENOENT') return;
      ignore('EEXIST')(error);
    }
    if (await waitForMark(host, key, id)) return;
  }
}
