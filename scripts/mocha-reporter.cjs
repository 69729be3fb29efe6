// Mocha's spec output, and beside it one line of JSON per test in the file named by NETPLUMB_TEST_RESULTS: what has
// been written is not lost when the process dies.
const { appendFileSync } = require('node:fs');
const { relative } = require('node:path');
const { reporters, Runner } = require('mocha');

const { EVENT_RUN_END, EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_PENDING } = Runner.constants;
const REASON = Symbol.for('netplumb.skipReason');

/** The reason that skipBecause() left on the test, or on one of the suites around it. */
function reasonOf(test) {
  for (let node = test; node; node = node.parent) if (node[REASON]) return node[REASON];
  return 'no reason given';
}

module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const file = process.env.NETPLUMB_TEST_RESULTS;
    const skipped = [];
    const write = (status, test, reason) => {
      const where = test?.file && relative(process.cwd(), test.file);
      const line = { status, name: test?.fullTitle(), title: test?.title, reason, file: where };
      if (file) appendFileSync(file, `${JSON.stringify(line)}\n`);
    };
    runner.on(EVENT_TEST_PASS, (test) => write('passed', test));
    // A hook that fails comes here too.
    runner.on(EVENT_TEST_FAIL, (test, error) => write('failed', test, error.message));
    runner.on(EVENT_TEST_PENDING, (test) => {
      const reason = reasonOf(test);
      skipped.push(`${test.fullTitle()}: ${reason}`);
      write('skipped', test, reason);
    });
    runner.once(EVENT_RUN_END, () => {
      if (!file && skipped.length > 0) console.log(`  skipped:\n${skipped.map((line) => `    ${line}\n`).join('')}`);
      write('end');
    });
  }
};
