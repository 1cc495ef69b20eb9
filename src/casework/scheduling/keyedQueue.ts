/** Does the work on one thing after the work on it that came before; work on different things at once. */
export function oneAtATime(): <T>(thing: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return async (thing, work) => {
    // By promises, since the deadline of a call follows them (the SDK's `withDeadline`); the queues of libraries lose it.
    const turn = Promise.resolve(last.get(thing)).then(work, work);
    last.set(thing, turn);
    try {
      return await turn;
    } finally {
      if (last.get(thing) === turn) last.delete(thing);
    }
  };
}
