const { writeFileSync, mkdirSync } = require('node:fs');
const { join } = require('node:path');

const cache = join(__dirname, '..', '..', '.cache');

/** Writes the outcome as one plain line to .cache/closing-line.txt. The last line of .ci/run shows it. */
module.exports = class ClosingLine {
  onRunComplete(_contexts, results) {
    // A file that could not be loaded counts as one failure, since it has no tests to count.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    mkdirSync(cache, { recursive: true });
    writeFileSync(
      join(cache, 'closing-line.txt'),
      `${results.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
    );
  }
};
