// Calls the addon without a pause, so that whoever terminates this worker catches it in the middle of a call.
import { parentPort } from 'node:worker_threads';
import { Lane } from '../../../dist/lane.js';
import { Program } from '../../../dist/program.js';

const lane = await Lane.open(0);
const INDEX = 0x6a5b4c3d;
const holes = { index: { sample: Uint8Array.of(0x3d, 0x4c, 0x5b, 0x6a), at: 0 } };
const steps = [{ name: 'link', lane, requests: [['links.get', { ref: INDEX }]] }];
parentPort?.postMessage('open');
for (;;) {
  try {
    // Has no values for its hole: refused, so that nothing is left to be waited for.
    await new Program(steps, holes, ['text']).run({ isPatient: true, texts: 'text' });
  } catch {
    // As is meant.
  }
}
