import type { Request } from 'express';

/**
 * Whether a page of our own sent a request that carries our cookie. A browser says so in `Sec-Fetch-Site`; an older one names the page's
 * origin. A request with neither comes from no page of ours.
 */
export function isOwnRequest(request: Request, origin: string): boolean {
  const site = request.get('Sec-Fetch-Site');
  return site === undefined ? request.get('Origin') === origin : site === 'same-origin';
}
