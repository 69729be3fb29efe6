// Marks on endpoints and networks that a process is about: made with its number, so that others know whether it still is.
import { setTimeout as delay } from 'node:timers/promises';
import type { NfElements } from '../generated/objects.js';
import type { Message } from '../lane.js';
import { readComment } from './comment.js';
import { systemError } from './errors.js';
import { halves } from './halves.js';
import { type Host, ignore } from './host.js';
import { isRunning, ownMarkText } from './records.js';
import { changeMany, commentOf, linkName, linkNames, type SetName, TABLE } from './table.js';

/** How long another process may be about an endpoint before it is given up to wait for it, in milliseconds. */
const PATIENCE_MS = 60_000;
const LOOK_AGAIN_MS = 20;

/** Elements that one message asks for: a list in it has to be shorter than 64 KiB. */
const KEYS_AT_ONCE = 1024;

/** The message that marks endpoints, or a network, as busy; EEXIST: one of them is. */
export function markMessage(...keys: string[]): Message {
  return changeMany('create', 'busy', keys.length, linkNames(keys), undefined, `by=${ownMarkText()}`);
}

/** The message that takes marks away. */
export function unmarkMessage(...keys: string[]): Message {
  return changeMany('delete', 'busy', keys.length, linkNames(keys));
}

/** Whether the process, or worker, of a mark is no more about it; this one knows by other means what it is about. */
export function isAbandoned(by: string | undefined): boolean {
  return by === undefined || by === ownMarkText() || !isRunning(by);
}

/** The comments of elements by their keys; undefined where there is none. */
export async function findComments(host: Host, set: SetName, keys: readonly string[]): Promise<(string | undefined)[]> {
  try {
    if (keys.length <= KEYS_AT_ONCE) {
      const elements = keys.map((key) => ({ key: { value: linkName(key) } }));
      const found = await host.netfilter.list<NfElements>('nft.getEachElement', { ...TABLE, set, elements });
      return found.map((one) => commentOf(one.elements?.[0]?.userdata));
    }
  } catch (error) {
    if (keys.length === 1) {
      ignore('ENOENT')(error);
      return [undefined];
    }
  }
  return (await Promise.all(halves(keys).map((half) => findComments(host, set, half)))).flat();
}

/** The comment of one element by its key; undefined where there is none. */
export async function findComment(host: Host, set: SetName, key: string): Promise<string | undefined> {
  const [comment] = await findComments(host, set, [key]);
  return comment;
}

/**
 * Waits until an endpoint, or a network, is not marked. A mark that a crash left becomes this process's, which is told by true: what is
 * there of it then is half made or half gone.
 */
export async function waitForMark(host: Host, key: string, what: string): Promise<boolean> {
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
      if (Date.now() > until) throw systemError('EBUSY', `another process is about ${what}`);
      await delay(LOOK_AGAIN_MS);
    }
  }
}

/** Marks endpoints, all or none; EEXIST: one of them is marked. */
export async function mark(host: Host, ...keys: string[]): Promise<void> {
  // ENOENT: without the table there is nobody to be kept away.
  await host.netfilter.transaction([markMessage(...keys)]).catch(ignore('ENOENT'));
}

/** Marks what may be marked: waits for who is about it, and goes on with what a dead one was about, which is told by true. */
export async function markAfterOthers(host: Host, key: string, what: string): Promise<boolean> {
  while (!(await waitForMark(host, key, what))) {
    try {
      await mark(host, key);
      return false;
    } catch (error) {
      ignore('EEXIST')(error);
    }
  }
  return true;
}
