const { writeFileSync, mkdirSync } = require('node:fs');
const { join } = require('node:path');

const cache = join(__dirname, '..', '..', '.cache');

/** Says the outcome in one plain line, kept in .cache/closing-line.txt: .ci/run ends with it. */
module.exports = class ClosingLine {
  onRunComplete(_contexts, results) {
    // A file that could not even be loaded has no tests to count: it is one failure.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    mkdirSync(cache, { recursive: true });
    writeFileSync(
      join(cache, 'closing-line.txt'),
      `${results.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
    );
  }
};
