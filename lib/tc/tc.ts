// Traffic control: what `tc` does.
import type { Lane } from '../lane.js';
import type { LinkRef } from '../links.js';
import type { Netns } from '../netns.js';
import type { RequestOptions } from '../requester.js';
import { Actions } from './actions.js';
import { Classes } from './classes.js';
import { Chains, Filters } from './filters.js';
import type { TcReadOptions } from './object.js';
import { Qdiscs } from './qdiscs.js';
import { LinkSpeeds } from './speed.js';
import { type TcChanges, type TcTree, TreeKeeper } from './tree.js';

/** Traffic control of the handle's network namespace: how packets wait, which go first, and how fast. */
export class Tc {
  /** Queueing disciplines. */
  readonly qdiscs: Qdiscs;
  /** Classes of qdiscs that have some. */
  readonly classes: Classes;
  /** Filters, which sort packets into classes or do something to them. */
  readonly filters: Filters;
  /** Chains of filters. */
  readonly chains: Chains;
  /** Actions of filters, on their own. */
  readonly actions: Actions;
  /** @internal */
  readonly speeds: LinkSpeeds;

  readonly #trees: TreeKeeper;

  /** @internal */
  constructor(requester: Lane, netns: Netns) {
    this.speeds = new LinkSpeeds(requester, netns);
    this.qdiscs = new Qdiscs(requester, this.speeds);
    this.classes = new Classes(requester, this.speeds);
    this.filters = new Filters(requester);
    this.chains = new Chains(requester);
    this.actions = new Actions(requester);
    this.#trees = new TreeKeeper(this, () => requester.hold());
  }

  /**
   * Reads a link's whole traffic control as one object: its qdiscs, their classes and filters, each in the other. What
   * the kernel makes by itself (default qdiscs, the tables of u32) and shared blocks of filters are not in it.
   *
   * @throws NetlinkError ENODEV when there is no such link.
   */
  async tree(link: LinkRef, options?: TcReadOptions): Promise<TcTree> {
    return this.#trees.tree(link, options);
  }

  /**
   * Makes a link's traffic control so, with the fewest changes: what is as wanted is not touched, what can be changed is
   * changed in place. What is new is made before what is old is deleted, and each of the two goes in one system call, so
   * that packets always find their class. Where the kernel does not allow it (a qdisc of another kind in the place of one;
   * other options of htb itself, which it does not change) packets pass the new qdisc for the microseconds until its
   * classes and filters follow it.
   *
   * When something is refused, all is put back as it was.
   *
   * @returns How much was made and deleted; nothing where all was as wanted.
   * @throws NetlinkError what the kernel refuses; an AggregateError when not all could be put back.
   */
  async apply(link: LinkRef, tree: TcTree, options?: RequestOptions): Promise<TcChanges> {
    return this.#trees.apply(link, tree, options);
  }
}
