// Controls: what is done with a packet after an action.

/**
 * What is done with the packet after an action: `'pipe'`: the next action; `'ok'`: no further action or filter;
 * `'drop'`; `'reclassify'`: all filters again; `'continue'`: the next filter; `'jump 2'`: past two actions;
 * `'goto chain 3'`: the filters of another chain.
 */
export type Control =
  | ('pipe' | 'ok' | 'pass' | 'drop' | 'shot' | 'reclassify' | 'continue' | 'stolen' | 'queued' | 'repeat' | 'trap')
  | 'redirect'
  | `jump ${number}`
  | `goto chain ${number}`
  | number;

/** Other words of tc for the same. */
const SYNONYMS: Record<string, string> = { pass: 'ok', shot: 'drop' };

/** The kernel's form of a control. */
export function writeControl(control: unknown): unknown {
  return typeof control === 'string' ? (SYNONYMS[control] ?? control) : control;
}
