// Policy routing rules: what `ip rule` does.
import type { Rule, RuleSpec } from './generated/objects.js';
import { checkOptions } from './lane.js';
import type { Requester, RequestOptions } from './requester.js';
import { checkSpec } from './spec.js';

/** Rules of the handle's network namespace. */
export class Rules {
  readonly #requester: Requester;

  /** @internal */
  constructor(requester: Requester) {
    this.#requester = requester;
  }

  /**
   * Adds a rule (RTM_NEWRULE). As with `ip rule add` it looks up table main unless `table` or `action` says otherwise.
   *
   * @throws NetlinkError EEXIST when there is an equal one.
   */
  async add(spec: RuleSpec, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    checkSpec('spec', spec);
    const action = spec.action ?? (spec.goto === undefined ? 'toTable' : 'goto');
    const table = action === 'toTable' && !spec.l3mdev ? { table: 'main' } : {};
    return this.#requester.ack('rules.add', { ...table, ...spec, action }, options);
  }

  /**
   * Deletes the first rule (RTM_DELRULE) that has all that is given.
   *
   * @throws NetlinkError ENOENT when there is none.
   */
  async delete(spec: RuleSpec, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    checkSpec('spec', spec);
    return this.#requester.ack('rules.delete', spec, options);
  }

  /** Lists rules (RTM_GETRULE dump) of IPv4 and IPv6, or of one family. */
  async list(filter: { family?: 'inet' | 'inet6' | undefined } & RequestOptions = {}): Promise<Rule[]> {
    checkOptions(filter);
    checkSpec('filter', filter);
    const families = filter.family === undefined ? ['inet', 'inet6'] : [filter.family];
    const lists = families.map((family) => this.#requester.list<Rule>('rules.list', { family }, filter));
    return (await Promise.all(lists)).flat();
  }
}
