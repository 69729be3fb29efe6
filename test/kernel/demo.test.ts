// The demo does what it says.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { skipBecause } from '../support/skip.js';

const DEMO = fileURLToPath(new URL('../../demo/demo.ts', import.meta.url));

describe('demo', () => {
  it('runs to its end and leaves nothing', async function () {
    this.timeout(60_000);
    if (process.env.NETPLUMB_SLOW) skipBecause(this, 'timers of an emulated machine are too late for its rate');
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', DEMO]);
    assert.match(stdout, /outside → http:\/\/10\.88\.0\.2\/ +refused, though it knows the way/);
    assert.match(stdout, /slow has sent [\d.]+ Mbit\/s/);
  });
});
