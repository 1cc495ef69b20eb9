import { once } from 'node:events';
import type { RequestListener, Server, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { httpServerOf } from '../api/http/httpServer';

/** Requests that came in before the stop get this long for their ordinary answer; ours. */
const lastAnswersMs = 2_000;
/** After that, requests that still wait are told to come back. Their answers get this long to leave; ours. */
const lastWordsMs = 500;

export interface HttpServer {
  /**
   * Accepts no new connections, and returns once nobody waits for an answer. `giveUp` makes requests that took too long get their answer at
   * once.
   */
  stop(giveUp: () => void): Promise<void>;
}

interface Place {
  readonly port: number;
  /** Left out, every address of this machine. */
  readonly host?: string | undefined;
  /** Checks every request before the app does. */
  readonly guard?: ((server: Server) => void) | undefined;
}

export async function listen(app: RequestListener, { port, host, guard }: Place): Promise<HttpServer> {
  const server = httpServerOf(app);
  const answers = new Set<ServerResponse>();
  server.on('request', (_, response) => {
    answers.add(response);
    response.once('close', () => answers.delete(response));
    if (!server.listening) isLast(response);
  });
  guard?.(server);
  server.listen(port, host);
  await once(server, 'listening');
  return {
    stop: async (giveUp) => {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      for (const response of answers) isLast(response);
      await Promise.race([closed, pause(lastAnswersMs, undefined, { ref: false })]);
      giveUp();
      await Promise.race([closed, pause(lastWordsMs, undefined, { ref: false })]);
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Closes the connection after this answer. A connection that stays open would bring another request after each answer. */
function isLast(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}
