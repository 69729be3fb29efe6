// One action: kind, control and options, in the caller's form and the kernel's.
import { argumentError } from '../../errors.js';
import type { TcActionEntry, UnknownOptions } from '../../generated/objects.js';
import { impossible, type Wire } from '../kind.js';
import { readStats } from '../object.js';
import { type Control, writeControl } from './control.js';
import { ACTION_KINDS, type ActionOptionsByKind } from './kinds.js';

/** The kinds of action whose options are known by name. */
export type ActionKind = keyof ActionOptionsByKind;

/** What every action may be given. */
export interface ActionFields {
  /** What is done with the packet next; of 'police' with packets over the rate. As tc has it for the kind if left out. */
  control?: Control | undefined;
  /** Number by which filters share the action. An action of that number is taken as it is where no options are given. */
  index?: number | undefined;
  /** Up to 16 bytes that the kernel keeps for the caller, in hex. */
  cookie?: string | undefined;
  /** `'noPercpu'`: one counter for all CPUs; `'skipHw'`, `'skipSw'`. */
  flags?: string[] | undefined;
  /** Counters of hardware that are wanted: `'immediate'`, `'delayed'`, none if empty; any if left out. */
  hwStats?: string[] | undefined;
}

/** An action to be made: `kind` decides which `options` there are (tc-actions(8) and a page for each kind). */
export type TcActionSpec =
  | {
      [Kind in ActionKind]: ActionFields & { kind: Kind; options?: ActionOptionsByKind[Kind] | undefined };
    }[ActionKind]
  | (ActionFields & { kind: string & {}; options?: UnknownOptions | undefined });

/** An action as the kernel tells it. Given back, what is read-only is passed over. */
export interface TcAction extends ActionFields {
  /** The kind. */
  kind: string;
  /** The kind's own options. */
  options?: ActionOptionsByKind[ActionKind] | UnknownOptions;
  /** References to the action. */
  readonly refs?: number;
  /** Filters that use it. */
  readonly binds?: number;
  /** Age and last use. */
  readonly times?: TcActionEntry['options'] extends infer _ ? TcActionTimes : never;
  /** Counters; told on request. */
  readonly stats?: TcActionEntry['stats'];
  /** Which of the hardware's counters are used. */
  readonly usedHwStats?: string[];
  /** In how many devices the action is offloaded. */
  readonly inHwCount?: number;
}

/** Age and use of an action, in milliseconds. */
export interface TcActionTimes {
  /** Since it was made. */
  installed: number;
  /** Since the last packet. */
  lastUsed: number;
  /** Until it expires; 0: never. */
  expires: number;
  /** Since the first packet; 0: none yet. */
  firstUsed: number;
}

const NAMES = new Set(['kind', 'control', 'index', 'cookie', 'flags', 'hwStats', 'options']);
const TOLD = new Set(['refs', 'binds', 'times', 'stats', 'usedHwStats', 'inHwCount', 'unknown', 'order']);

/** The kernel's form of an action. */
export function writeAction(path: string, action: TcActionSpec | TcAction): Wire {
  if (typeof action !== 'object' || action === null || Array.isArray(action)) {
    throw argumentError('ERR_INVALID_ARG_TYPE', path, `The "${path}" field must be an object with a kind`);
  }
  const at = (name: string) => (path === '' ? name : `${path}.${name}`);
  for (const [name, value] of Object.entries(action)) {
    if (!NAMES.has(name) && !TOLD.has(name) && value !== undefined) {
      impossible(at(name), `The "${at(name)}" field is not known`);
    }
  }
  const { kind, control, index, cookie, flags, hwStats, options } = action as TcAction;
  if (typeof kind !== 'string' || kind === '') {
    throw argumentError(
      'ERR_INVALID_ARG_TYPE',
      at('kind'),
      `The "${at('kind')}" field must be a string such as 'mirred'`,
    );
  }
  const wire: Wire = { kind, flags, hwStats };
  if (cookie !== undefined) {
    if (typeof cookie !== 'string' || !/^([\da-f]{2}){1,16}$/i.test(cookie)) {
      impossible(at('cookie'), `The "${at('cookie')}" field must be 1 to 16 bytes in hex. Received '${cookie}'`);
    }
    wire.cookie = Uint8Array.from(Buffer.from(cookie, 'hex'));
  }
  const known = ACTION_KINDS[kind];
  if (!known) return { ...wire, options };
  const isReference = options === undefined && index !== undefined;
  try {
    const own = isReference ? {} : known.write(options ?? {}, control);
    const wanted = control ?? (isReference ? 'ok' : known.control(own));
    if (wanted === undefined) {
      impossible('control', `The "control" field is needed: what a '${kind}' action does with packets`);
    }
    wire.options = known.place(own, { control: writeControl(wanted), index });
  } catch (error) {
    throw within(path, error);
  }
  return wire;
}

/** An error about an action's field, where the action is in a list. */
function within(path: string, error: unknown): unknown {
  const { code, field, message } = error as { code?: string; field?: string; message?: string };
  if (path === '' || !code?.startsWith('ERR_') || field === undefined || message === undefined) return error;
  return argumentError(
    code as 'ERR_INVALID_ARG_VALUE',
    `${path}.${field}`,
    message.replaceAll(/"(options|control|index)\b/g, `"${path}.$1`),
  );
}

/** The most actions that a filter or a request has (TCA_ACT_MAX_PRIO). */
const MOST = 32;

/** The kernel's form of actions in order. */
export function writeActions(path: string, actions: readonly (TcActionSpec | TcAction)[]): Wire[] {
  if (!Array.isArray(actions)) {
    throw argumentError('ERR_INVALID_ARG_TYPE', path, `The "${path}" field must be an array of actions`);
  }
  if (actions.length > MOST)
    impossible(path, `The "${path}" field must have at most ${MOST} actions. Received ${actions.length}`);
  const wires = actions.map((action, i) => writeAction(`${path}[${i}]`, action));
  wires.forEach((_, i) => {
    const jump = /^jump (\d+)$/.exec(String(actions[i]?.control));
    // The kernel would stop there without a word.
    if (jump && i + 1 + Number(jump[1]) > actions.length) {
      impossible(
        `${path}[${i}].control`,
        `The "${path}[${i}].control" field is '${jump[0]}', but only ${actions.length - i - 1} actions follow`,
      );
    }
  });
  return wires;
}

/** The caller's form of an action. */
export function readAction(wire: Wire): TcAction {
  const { kind, options, cookie, stats, index, ...rest } = wire;
  const action: Wire = { kind, ...rest };
  if (index !== undefined) action.index = index;
  if (cookie !== undefined) action.cookie = Buffer.from(cookie).toString('hex');
  if (stats !== undefined) action.stats = readStats(stats);
  const known = ACTION_KINDS[kind];
  if (options === undefined) return action;
  if (!known) return { ...action, options };
  const { control, index: number, refs, binds, times, ...own } = known.lift(options);
  if (control !== undefined) action.control = control;
  if (number !== undefined) action.index = number;
  if (refs !== undefined) action.refs = refs;
  if (binds !== undefined) action.binds = binds;
  if (times !== undefined) action.times = times;
  action.options = known.read(own);
  return action;
}
