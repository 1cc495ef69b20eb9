import { Problem } from '../../api/problems/problems';

/** Does so many works at a time, one of each caller; whoever asks for more is to come back later. */
export function fewAtATime(most: number): <T>(caller: string, work: () => Promise<T>) => Promise<T> {
  const served = new Set<string>();
  return async (caller, work) => {
    if (served.has(caller) || served.size >= most) throw new Problem('too-many', { headers: { 'Retry-After': '5' } });
    served.add(caller);
    try {
      return await work();
    } finally {
      served.delete(caller);
    }
  };
}
