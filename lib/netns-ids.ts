// Ids by which a network namespace knows others: what `ip netns set` and `ip netns list-id` do.
import type { NetnsId } from './generated/objects.js';
import { checkOptions } from './lane.js';
import type { NetnsRef } from './netns.js';
import type { Requester, RequestOptions } from './requester.js';

/** Ids that the handle's namespace has given to others; `linkNetnsId` and `netnsId` of links refer to them. */
export class NetnsIds {
  readonly #requester: Requester;

  /** @internal */
  constructor(requester: Requester) {
    this.#requester = requester;
  }

  /**
   * The id of a namespace (RTM_GETNSID), or undefined where it has none here.
   *
   * @throws NetlinkError ENOENT or ESRCH when the namespace does not exist.
   */
  async get(netns: NetnsRef, options?: RequestOptions): Promise<number | undefined> {
    checkOptions(options);
    const { id } = await this.#requester.one<NetnsId>('netnsIds.get', { netns }, options);
    return id === undefined || id < 0 ? undefined : id;
  }

  /**
   * Gives a namespace an id (RTM_NEWNSID), the lowest free one if none is named.
   *
   * @throws NetlinkError EEXIST when it has one already, ENOSPC when the id is taken.
   */
  async set(netns: NetnsRef, id = -1, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    return this.#requester.ack('netnsIds.set', { netns, id }, options);
  }

  /** Lists all ids. */
  async list(options?: RequestOptions): Promise<number[]> {
    checkOptions(options);
    const entries = await this.#requester.list<NetnsId>('netnsIds.list', {}, options);
    return entries.flatMap((entry) => (entry.id === undefined ? [] : [entry.id]));
  }
}
