import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that a partner's server received. */
export interface ReceivedNotice {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** All received text: the request line, each header as it was written, the body. */
  readonly raw: string;
}

export interface NoticeReceiver {
  readonly url: string;
  readonly notices: readonly ReceivedNotice[];
  stop(): Promise<void>;
}

/** The server's answer to each request, by its number. Without one the request is accepted. */
export type Answering = (answer: ServerResponse, attempt: number) => void;

/** A real HTTP server on loopback that gives these answers and keeps the requests. */
export async function startNoticeReceiver(answering: Answering = status(204)): Promise<NoticeReceiver> {
  const notices: ReceivedNotice[] = [];
  const server = createServer((request, answer) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const line = `${request.method ?? ''} ${request.url ?? ''}`;
      notices.push({ headers: request.headers, body, raw: [line, ...request.rawHeaders, body].join('\n') });
      answering(answer, notices.length);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notices`,
    notices,
    async stop() {
      const closed = once(server.close(), 'close');
      server.closeAllConnections();
      await closed;
    },
  };
}

export function status(code: number): Answering {
  return (answer) => answer.writeHead(code).end();
}

/** The address of a port without a server. */
export async function goneReceiver(): Promise<string> {
  const { url, stop } = await startNoticeReceiver();
  await stop();
  return url;
}
