import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** The names under which a browser reaches this machine and no other. */
const ourNames = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Every page in a browser on this machine can send requests to a server on loopback. It uses the server's address, or its own host name
 * that suddenly points to 127.0.0.1 (DNS rebinding). This check runs before every handler of a server, WebSockets included. It lets in the
 * server's own pages and programs such as curl.
 */
export function ownPagesOnly(server: Server): void {
  const refusals = {
    request: (response: ServerResponse) => {
      // The rest of a refused body stays unread, so the connection ends here. Otherwise that rest would be taken for the next request.
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
      if (!mayComeIn(request)) return void refuse(answer);
      for (const listener of listeners) Reflect.apply(listener, server, [request, answer, ...more]);
    });
  }
}

function mayComeIn({ method, headers }: IncomingMessage): boolean {
  const { host = '', origin } = headers;
  if (!ourNames.includes(host.replace(/:\d+$/, '').toLowerCase())) return false;
  if (origin !== undefined) return origin === `http://${host}`;
  // A foreign page may send a plain GET without an origin. The only such request we allow is following a link to us.
  const { 'sec-fetch-site': from = 'none', 'sec-fetch-dest': what } = headers;
  return from === 'none' || from === 'same-origin' || (method === 'GET' && what === 'document');
}
