import { Worker } from 'node:worker_threads';

/** No statement of ours takes so long; ours. */
const silentSeconds = 20;

/**
 * A thread of its own, because the main thread is the one that hangs. It counts in turns of its own clock: a process that was stopped and
 * goes on has not hung. Only the file system is called here, since the streams of a process need the main thread.
 */
const watch = `
const { workerData } = require('node:worker_threads');
const [beats, seconds, words] = workerData;
let [last, silent] = [-1, 0];
setInterval(() => {
  const now = Atomics.load(beats, 0);
  silent = now === last ? silent + 1 : 0;
  last = now;
  if (silent < seconds) return;
  require('node:fs').writeSync(2, words + '\\n');
  process.kill(process.pid, 'SIGKILL');
}, 1000);
`;

/**
 * Ends this process with these words when it hangs. PGlite does when it cannot write, as on a full disk: it tries again for ever, and would
 * neither answer nor stop.
 */
export function endAtStandstill(words: string): void {
  const beats = new Int32Array(new SharedArrayBuffer(4));
  setInterval(() => Atomics.add(beats, 0, 1), 500).unref();
  new Worker(watch, { eval: true, workerData: [beats, silentSeconds, words] }).unref();
}
