// What the kinds of filters have in common.
import { readAction, type TcAction, type TcActionSpec, writeAction, writeActions } from '../actions/action.js';
import type { Wire } from '../kind.js';
import { type Ematch, readEmatches, writeEmatches } from './ematch.js';

/** What a kind's options depend on beside themselves. */
export interface FilterContext {
  /** The filter's handle, as the caller gave it. */
  handle?: unknown;
  /** The protocol of the packets that it sees. */
  protocol?: unknown;
}

/** How callers see the options of a kind of filter. */
export interface FilterKind<Options> {
  /** The kernel's form; throws for what is impossible. */
  write(options: Options, filter: FilterContext): Wire;
  /** The caller's form of what the kernel tells. */
  read(wire: Wire, filter: FilterContext): Options;
}

/** Options that most kinds have, as callers see them. */
export interface CommonOptions {
  /** Actions, in order, for packets that match. */
  actions?: (TcActionSpec | TcAction)[] | undefined;
  /** A 'police' action in the old form, before the actions. */
  police?: TcActionSpec | TcAction | undefined;
  /** What packets must have besides, in a tree of extended matches. */
  ematches?: Ematch | undefined;
}

/** A kind's own options with those that most kinds have in the caller's form. */
export type WithCommon<Fields> = Omit<Fields, keyof CommonOptions | 'unknown'> &
  Pick<CommonOptions, keyof CommonOptions & keyof Fields>;

/** The kernel's form of actions, police and extended matches; the other options stay as they are. */
export function writeCommon(options: CommonOptions & object): Wire {
  const { actions, police, ematches, ...wire }: CommonOptions & Wire = options;
  if (actions !== undefined) wire.actions = writeActions('options.actions', actions);
  if (police !== undefined) wire.police = writeAction('options.police', police).options;
  if (ematches !== undefined) wire.ematches = writeEmatches('options.ematches', ematches);
  return wire;
}

/** The caller's form of them. */
export function readCommon(wire: Wire): Wire {
  const { actions, police, ematches, ...options } = wire;
  if (actions !== undefined) options.actions = actions.map(readAction);
  if (police !== undefined) options.police = readAction({ kind: 'police', options: police });
  // The kernel tells also of no matches.
  if (ematches !== undefined && ematches.count > 0) options.ematches = readEmatches(ematches);
  return options;
}

/** A kind of which only the common options differ. */
export function plain<Options extends CommonOptions>(): FilterKind<Options> {
  return { write: (options) => writeCommon(options), read: (wire) => readCommon(wire) as Options };
}
