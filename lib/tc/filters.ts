// Filters: what `tc filter` does.
import type { TcFilter, TcFilterSpec } from '../generated/objects.js';
import { checkOptions } from '../lane.js';
import type { Requester, RequestOptions } from '../requester.js';
import { checkSpec } from '../spec.js';
import type { TcReadOptions } from './object.js';

/** Filters of the handle's network namespace. */
export class Filters {
  readonly #requester: Requester;

  /** @internal */
  constructor(requester: Requester) {
    this.#requester = requester;
  }

  /** Adds a filter (RTM_NEWTFILTER with NLM_F_EXCL). */
  async add(spec: TcFilterSpec, options?: RequestOptions): Promise<void> {
    return this.#modify('filters.add', spec, options);
  }

  /** Adds a filter, or puts it in the place of the one with the same handle. */
  async replace(spec: TcFilterSpec, options?: RequestOptions): Promise<void> {
    return this.#modify('filters.replace', spec, options);
  }

  /** Changes a filter that is there. */
  async change(spec: TcFilterSpec, options?: RequestOptions): Promise<void> {
    return this.#modify('filters.change', spec, options);
  }

  /** Deletes filters (RTM_DELTFILTER): one by handle, or all of a priority, chain or parent. */
  async delete(spec: TcFilterSpec, options?: RequestOptions): Promise<void> {
    return this.#modify('filters.delete', spec, options);
  }

  /** Lists filters (RTM_GETTFILTER dump). */
  async list(filter: TcFilterSpec & TcReadOptions): Promise<TcFilter[]> {
    checkOptions(filter);
    checkSpec('filter', filter);
    const { signal: _, stats: __, ...fields } = filter;
    return this.#requester.list<TcFilter>('filters.list', fields, filter);
  }

  async #modify(operation: string, spec: TcFilterSpec, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    checkSpec('spec', spec);
    return this.#requester.ack(operation, spec, options);
  }
}
