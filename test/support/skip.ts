// How a test says why it cannot run here.
import type { Context, Runnable, Suite } from 'mocha';

const REASON = Symbol.for('netplumb.skipReason');

/**
 * Skips the test that runs, or from a `before` hook all tests of its suite, and keeps the reason for the summary:
 * `skipBecause(this, 'needs root')`. Does not return.
 */
export function skipBecause(context: Context, reason: string): never {
  // In a `before` hook mocha names the first test too, although all tests of the suite are skipped.
  const isForAll = context.test?.title.startsWith('"before all"');
  const owner: Runnable | Suite | undefined = isForAll ? context.test?.parent : (context.currentTest ?? context.test);
  if (owner) Object.assign(owner, { [REASON]: reason });
  return context.skip();
}
