// Traffic control: what `tc` does.
import type { Requester } from '../requester.js';
import { Classes } from './classes.js';
import { Filters } from './filters.js';
import { Qdiscs } from './qdiscs.js';

/** Traffic control of the handle's network namespace: how packets wait, which go first, and how fast. */
export class Tc {
  /** Queueing disciplines. */
  readonly qdiscs: Qdiscs;
  /** Classes of qdiscs that have some. */
  readonly classes: Classes;
  /** Filters, which sort packets into classes or do something to them. */
  readonly filters: Filters;

  /** @internal */
  constructor(requester: Requester) {
    this.qdiscs = new Qdiscs(requester);
    this.classes = new Classes(requester);
    this.filters = new Filters(requester);
  }
}
