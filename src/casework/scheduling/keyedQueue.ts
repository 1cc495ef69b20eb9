/** Runs the works of one key one after another, in the order in which they came. Works of different keys run at once. */
export function keyedQueue(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    // Made of promises, since the deadline of a call follows them (the SDK's `withDeadline`); the queues of libraries lose it.
    const position = Promise.resolve(last.get(key)).then(work, work);
    last.set(key, position);
    try {
      return await position;
    } finally {
      if (last.get(key) === position) last.delete(key);
    }
  };
}
