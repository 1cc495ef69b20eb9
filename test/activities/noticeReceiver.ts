import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as a partner's server got it. */
export interface ReceivedNotice {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Everything that came: the request line, each header as it was written, the body. */
  readonly raw: string;
}

export interface NoticeReceiver {
  readonly url: string;
  readonly notices: readonly ReceivedNotice[];
  stop(): Promise<void>;
}

/** What the server does with the first, second, ... request; it takes what nothing is said about. */
export type Answering = (answer: ServerResponse, attempt: number) => void;

/** A real HTTP server on loopback that answers as told and keeps what it is sent. */
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

/** The address of a port on which nobody listens. */
export async function goneReceiver(): Promise<string> {
  const { url, stop } = await startNoticeReceiver();
  await stop();
  return url;
}
