// This file is loaded into a process before its own code, so that the measured code stays unchanged. The process reports the resources that
// it uses, over the channel to its parent. It is plain JavaScript, since the threads of a worker do not compile TypeScript.
const { getHeapStatistics } = require('node:v8');
const { BroadcastChannel, isMainThread, threadId } = require('node:worker_threads');

// A case lives in a thread of its worker, and each thread has a heap of its own. So every thread is asked.
const threads = new BroadcastChannel('gauge');
threads.unref();

/** The bytes of this thread's heap in use, after a garbage collection. */
function collected() {
  // The first collection frees objects that wait for finalization. The second frees the objects that those held.
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
  // The channel does not keep the process alive. If the parent is gone, nobody needs the measurement any more.
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
