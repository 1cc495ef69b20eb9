import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { keepDoor } from './door';

/** Where somebody listens. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/**
 * An address of this machine for what stands behind a door. On Linux all of 127.0.0.0/8 is ours, so that a page that looks for a way
 * around the door would have to guess it among millions.
 */
export function hiddenHost(): string {
  const number = () => randomInt(1, 255);
  return process.platform === 'linux' ? `127.${number()}.${number()}.${number()}` : '127.0.0.1';
}

/** The Web UI of Temporal looks at neither Host nor Origin: this listens where people expect the UI, and passes on what may come in. */
export async function startUiDoor(port: number, ui: Place): Promise<{ stop(): Promise<void> }> {
  const server = createServer((incoming, outgoing) => passOn(incoming, outgoing, ui));
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

function passOn(incoming: IncomingMessage, outgoing: ServerResponse, ui: Place): void {
  const { method, url, headers } = incoming;
  const asked = request({ ...ui, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  asked.on('error', () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()));
  // Who asked has left: the UI need not go on.
  outgoing.on('close', () => asked.destroy());
  incoming.pipe(asked);
}
