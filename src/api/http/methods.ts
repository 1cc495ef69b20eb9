import { Router, type RequestHandler } from 'express';
import { Problem } from '../problems/problem';

type Methods = Readonly<Partial<Record<'get' | 'post', RequestHandler>>>;

/** A router of paths, each with its methods. A request with another method is answered with a list of those. */
export function resources(paths: Readonly<Record<string, Methods>>): Router {
  const router = Router({ strict: true, caseSensitive: true });
  for (const [path, { get, post }] of Object.entries(paths)) {
    if (get !== undefined) router.get(path, get);
    if (post !== undefined) router.post(path, post);
    router.all(path, otherwise([...(get === undefined ? [] : ['GET', 'HEAD']), ...(post === undefined ? [] : ['POST']), 'OPTIONS']));
  }
  return router;
}

function otherwise(methods: readonly string[]): RequestHandler {
  const Allow = methods.join(', ');
  return (request, response) => {
    if (request.method !== 'OPTIONS') throw new Problem('method-not-allowed', { headers: { Allow } });
    response.status(204).set({ Allow }).end();
  };
}
