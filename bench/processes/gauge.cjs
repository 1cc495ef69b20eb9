// Loaded into a process before its own code, so that what is measured is left as it is: over the channel to whoever started
// it the process answers what it uses. Plain JavaScript, since in the threads of a worker nothing compiles TypeScript.
const { getHeapStatistics } = require('node:v8');
const { BroadcastChannel, isMainThread, threadId } = require('node:worker_threads');

// A case lives in a thread of its worker, which has a heap of its own: so every thread is asked.
const threads = new BroadcastChannel('gauge');
threads.unref();

/** Bytes of this thread's heap that are in use, once what is unused was thrown away. */
function collected() {
  // The first time frees what waits to be finalized, the second what that held.
  globalThis.gc();
  globalThis.gc();
  return getHeapStatistics().used_heap_size;
}

function answerInThread() {
  threads.postMessage({ here: threadId });
  threads.onmessage = ({ data }) => {
    if (data.collect) threads.postMessage({ thread: threadId, heapBytes: collected() });
  };
}

function answerForAll() {
  const heaps = new Map();
  threads.onmessage = ({ data }) => {
    if (data.here) heaps.set(data.here, null);
    if (data.thread) heaps.set(data.thread, data.heapBytes);
  };
  process.on('message', async (question) => {
    if (question === 'gauge') process.send(gauge(0));
    if (question === 'collect') process.send(gauge(await heapOfAll(heaps)));
  });
  // It keeps no process from ending; and where whoever started us is gone, nobody is left to measure for.
  process.channel?.unref();
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}

async function heapOfAll(heaps) {
  for (const thread of heaps.keys()) heaps.set(thread, null);
  threads.postMessage({ collect: true });
  const own = collected();
  while ([...heaps.values()].includes(null)) await new Promise((resolve) => setTimeout(resolve, 10));
  return [...heaps.values()].reduce((sum, heap) => sum + heap, own);
}

function gauge(heapBytes) {
  const { user, system } = process.cpuUsage();
  return { cpuMs: (user + system) / 1000, rssBytes: process.memoryUsage.rss(), heapBytes };
}

if (isMainThread) answerForAll();
else answerInThread();
