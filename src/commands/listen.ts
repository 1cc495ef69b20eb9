import { once } from 'node:events';
import type { RequestListener, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { httpServerOf } from '../api/http/httpServer';

/** Requests that came in before we were to stop are answered as they are, if that takes no longer; ours. */
const lastAnswersMs = 2_000;
/** By then whoever still waits was told to come back, and their answer has left; ours. */
const lastWordsMs = 500;

export interface HttpServer {
  /** Takes no connection more, and returns once nobody waits for an answer. `giveUp` has those answered at once that took too long. */
  stop(giveUp: () => void): Promise<void>;
}

/** Listens; left out, on every address. */
export async function listen(
  app: RequestListener,
  { port, host }: { readonly port: number; readonly host?: string | undefined },
): Promise<HttpServer> {
  const server = httpServerOf(app);
  const answers = new Set<ServerResponse>();
  server.on('request', (_, response) => {
    answers.add(response);
    response.once('close', () => answers.delete(response));
    if (!server.listening) isLast(response);
  });
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

/** A connection that is kept open would bring one request more after each answer. */
function isLast(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}
