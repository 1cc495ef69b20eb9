import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A real SMTP server on loopback that accepts every mail and keeps none. It can be away for a while. */
export interface Sink {
  readonly url: string;
  /** Refuses connections until `comeBack`. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

/** A real HTTP server on loopback that accepts every notice and keeps none, so that no notice leaves this machine. */
export async function openNoticeSink(): Promise<Pick<Sink, 'url' | 'close'>> {
  const server = createServer((request, answer) => {
    request.resume().on('end', () => answer.writeHead(204).end());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server.close(), 'close');
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Opens a mail sink. `taken` is called for each mail before the sender gets the answer that it was accepted. */
export async function openSink(taken: () => void = () => undefined): Promise<Sink> {
  let server = newServer(taken);
  const port = await listen(server, 0);
  return {
    url: `smtp://127.0.0.1:${port}`,
    goAway: () => closed(server),
    async comeBack() {
      server = newServer(taken);
      await listen(server, port);
    },
    close: () => closed(server),
  };
}

function newServer(taken: () => void): SMTPServer {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 100,
    onData(stream, _session, accept) {
      stream.resume().on('end', () => {
        taken();
        accept();
      });
    },
  });
  // If a connection breaks, the sender handles it.
  server.on('error', () => undefined);
  return server;
}

function listen(server: SMTPServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      resolve((server.server.address() as AddressInfo).port);
    });
  });
}

/** Also cuts connections that senders keep for their next mail. A server that is gone answers nobody. */
function closed(server: SMTPServer): Promise<void> {
  for (const connection of server.connections as Set<{ _socket?: Socket }>) connection._socket?.destroy();
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
