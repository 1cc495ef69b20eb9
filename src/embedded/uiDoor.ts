import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { keepDoor } from './door';

/** The address of a server. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/**
 * An address on this machine for a server behind a door. On Linux all of 127.0.0.0/8 is ours. So a page that looks for a way around the
 * door has to guess among millions of addresses.
 */
export function hiddenHost(): string {
  const number = () => randomInt(1, 255);
  return process.platform === 'linux' ? `127.${number()}.${number()}.${number()}` : '127.0.0.1';
}

/**
 * Temporal's Web UI checks neither Host nor Origin. This server listens where people expect the UI, and forwards the requests that the door
 * lets in.
 */
export async function startUiDoor(port: number, ui: Place): Promise<{ stop(): Promise<void> }> {
  const server = createServer((incoming, outgoing) => forward(incoming, outgoing, ui));
  keepDoor(server);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    stop: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function forward(incoming: IncomingMessage, outgoing: ServerResponse, ui: Place): void {
  const { method, url, headers } = incoming;
  const asked = request({ ...ui, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  asked.on('error', () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()));
  // The client has disconnected, so the UI need not continue.
  outgoing.on('close', () => asked.destroy());
  incoming.pipe(asked);
}
