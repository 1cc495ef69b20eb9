import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** What a browser calls this machine when nobody else is meant. */
const ourNames = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Whatever listens on loopback can be asked by every page in a browser of this machine: by its address, or by a name of the page's
 * own that suddenly points to 127.0.0.1 (DNS rebinding). So this stands before all that answers on a server, a WebSocket too: the
 * server's own pages and programs such as curl are let in, and pages of others only where `pages` names their origin.
 */
export function keepDoor(server: Server, pages: readonly string[] = []): void {
  const refusals = {
    request: (response: ServerResponse) => {
      // What is left unread of a refused request must not stand before the next one.
      response.writeHead(403, { 'content-type': 'application/json', connection: 'close' }).end('{"message":"not a page of this service"}');
    },
    upgrade: (socket: Duplex) => {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    },
  };
  for (const [event, refuse] of Object.entries(refusals)) {
    const listeners = server.listeners(event);
    if (listeners.length === 0) continue;
    server.removeAllListeners(event);
    server.on(event, (request: IncomingMessage, answer: ServerResponse & Duplex, ...more: unknown[]) => {
      if (!mayComeIn(request, pages)) return void refuse(answer);
      for (const listener of listeners) Reflect.apply(listener, server, [request, answer, ...more]);
    });
  }
}

function mayComeIn({ method, headers }: IncomingMessage, pages: readonly string[]): boolean {
  const { host = '', origin } = headers;
  if (!ourNames.includes(host.replace(/:\d+$/, '').toLowerCase())) return false;
  if (origin !== undefined) return origin === `http://${host}` || pages.includes(origin);
  // A page of others may send a plain GET without its origin. A link to us is all that it is for.
  const { 'sec-fetch-site': from = 'none', 'sec-fetch-dest': what } = headers;
  return from === 'none' || from === 'same-origin' || (method === 'GET' && what === 'document');
}
