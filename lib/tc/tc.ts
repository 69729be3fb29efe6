// Traffic control: what `tc` does.
import type { Requester } from '../requester.js';
import { Actions } from './actions.js';
import { Classes } from './classes.js';
import { Chains, Filters } from './filters.js';
import { Qdiscs } from './qdiscs.js';

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
  constructor(requester: Requester) {
    this.qdiscs = new Qdiscs(requester);
    this.classes = new Classes(requester);
    this.filters = new Filters(requester);
    this.chains = new Chains(requester);
    this.actions = new Actions(requester);
  }
}
