import { Refused } from '../refused';

/** Runs at most so many works at a time, and one of each caller. A caller who asks for more is refused, and comes back later. */
export function fewAtATime(most: number): <T>(caller: string, work: () => Promise<T>) => Promise<T> {
  const served = new Set<string>();
  return async (caller, work) => {
    if (served.has(caller) || served.size >= most) throw new Refused('too-many');
    served.add(caller);
    try {
      return await work();
    } finally {
      served.delete(caller);
    }
  };
}
