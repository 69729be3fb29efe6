// Actions on their own, which filters share by number: what `tc actions` does.
import { argumentError, NetlinkError } from '../errors.js';
import { checkOptions } from '../lane.js';
import type { Requester, RequestOptions } from '../requester.js';
import { checkSpec } from '../spec.js';
import { readAction, type TcAction, type TcActionSpec, writeAction, writeActions } from './actions/action.js';
import type { TcReadOptions } from './object.js';

/** Which action is meant. */
export interface ActionRef {
  /** The kind, such as `'gact'`. */
  kind: string;
  /** Its number. */
  index: number;
}

/** Which actions {@link Actions.list} is to tell. */
export interface ActionFilter {
  /** The kind, such as `'gact'`. */
  kind: string;
  /** Only those that saw a packet in the last so many milliseconds. */
  since?: number | undefined;
}

interface Told {
  actions?: object[];
}

/** Actions that filters share. Each has a number by which filters name it: `{ kind: 'police', index: 5 }`. */
export class Actions {
  readonly #requester: Requester;

  /** @internal */
  constructor(requester: Requester) {
    this.#requester = requester;
  }

  /**
   * Adds actions (RTM_NEWACTION with NLM_F_EXCL), one or several at a time, all or none.
   *
   * @throws NetlinkError EEXIST when there is one of this number.
   */
  async add(spec: TcActionSpec | readonly TcActionSpec[], options?: RequestOptions): Promise<void> {
    return this.#modify('actions.add', spec, options);
  }

  /** Adds actions, or puts them in the place of those with the same number (NLM_F_REPLACE). */
  async replace(
    spec: TcActionSpec | TcAction | readonly (TcActionSpec | TcAction)[],
    options?: RequestOptions,
  ): Promise<void> {
    return this.#modify('actions.replace', spec, options);
  }

  /**
   * Changes an action that is there; filters go on using it.
   *
   * @throws NetlinkError ENOENT when there is none of this number.
   */
  async change(spec: (TcActionSpec | TcAction) & ActionRef, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    const wire = writeAction('', spec);
    // The kernel makes one where there is none, whatever it is asked.
    await this.#requester.one<Told>('actions.get', { actions: [checkAction(spec)] }, options);
    return this.#requester.ack('actions.replace', { actions: [wire] }, options);
  }

  /**
   * Deletes an action (RTM_DELACTION).
   *
   * @throws NetlinkError ENOENT when there is none, EPERM when a filter uses it.
   */
  async delete(ref: ActionRef | readonly ActionRef[], options?: RequestOptions): Promise<void> {
    checkOptions(options);
    const refs = Array.isArray(ref) ? ref : [ref];
    return this.#requester.ack('actions.delete', { actions: refs.map(checkAction) }, options);
  }

  /**
   * Reads one action (RTM_GETACTION).
   *
   * @throws NetlinkError ENOENT when there is none.
   */
  async get(ref: ActionRef, options?: TcReadOptions): Promise<TcAction> {
    checkOptions(options);
    const told = await this.#requester.one<Told>('actions.get', { actions: [checkAction(ref)] }, options);
    return readAction(told.actions?.[0] ?? { kind: ref.kind });
  }

  /** Lists the actions of a kind (RTM_GETACTION dump): those that filters made, too. */
  async list(filter: ActionFilter & TcReadOptions): Promise<TcAction[]> {
    checkOptions(filter);
    checkSpec('filter', filter);
    const { kind, since } = filter;
    checkKind(kind);
    const told = await this.#requester
      .list<Told>('actions.list', { actions: [{ kind }], flags: ['largeDump'], since }, filter)
      .catch((error: unknown) => {
        // A kind whose module is not there has no actions.
        if (error instanceof NetlinkError && error.code === 'ENOENT') return [];
        throw error;
      });
    return told.flatMap(({ actions = [] }) => actions.map(readAction));
  }

  /** Deletes all actions of a kind that no filter uses (RTM_DELACTION with NLM_F_ROOT). */
  async flush(kind: string, options?: RequestOptions): Promise<void> {
    checkOptions(options);
    checkKind(kind);
    return this.#requester.ack('actions.flush', { actions: [{ kind }] }, options);
  }

  async #modify(
    operation: string,
    spec: TcActionSpec | TcAction | readonly (TcActionSpec | TcAction)[],
    options?: RequestOptions,
  ): Promise<void> {
    checkOptions(options);
    const actions = Array.isArray(spec) ? writeActions('spec', spec) : [writeAction('', spec as TcActionSpec)];
    return this.#requester.ack(operation, { actions }, options);
  }
}

function checkKind(kind: unknown): void {
  if (typeof kind !== 'string' || kind === '') {
    throw argumentError('ERR_INVALID_ARG_TYPE', 'kind', 'The "kind" field must be a string such as \'gact\'');
  }
}

function checkAction(ref: ActionRef): ActionRef {
  checkSpec('ref', ref);
  checkKind(ref.kind);
  if (ref.index === undefined) throw argumentError('ERR_INVALID_ARG_VALUE', 'index', 'The "index" field is needed');
  return { kind: ref.kind, index: ref.index };
}
