import { request as overHttp, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import { request as overHttps } from 'node:https';
import { pipeline } from 'node:stream';
import { DoorRefused } from './refused';

/** The headers of a request that the Web UI gets. Nothing in it needs to know who is logged in, or could use their token. */
const passedOn = [
  ...['accept', 'accept-encoding', 'accept-language', 'cache-control', 'content-length', 'content-type', 'if-modified-since'],
  ...['if-none-match', 'range', 'user-agent', 'x-csrf-token', 'caller-type'],
];
/** The cookie by which the Web UI knows its own pages again. */
const uiCookie = '_csrf';
/** Headers that are between us and the Web UI alone, or that would let another page read an answer. */
const keptBack = /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|access-control-.*)$/;
/** The names of these files change with their content, and they hold none of a case. */
const unchanging = '/_app/immutable/';
const forAYear = 'private, max-age=31536000, immutable';

/** Passes a request on to the Web UI, and its answer back. */
export async function forward(incoming: IncomingMessage, outgoing: ServerResponse, ui: URL): Promise<void> {
  const { method, url = '/' } = incoming;
  const path = `${ui.pathname.replace(/\/$/, '')}${url}`;
  const request = ui.protocol === 'https:' ? overHttps : overHttp;
  await new Promise<void>((resolve, reject) => {
    const asked = request({ host: ui.hostname, port: ui.port, method, path, headers: requestHeaders(incoming) }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answerHeaders(answer, url));
      // Half an answer ends here too: the browser would wait for the rest.
      pipeline(answer, outgoing, () => resolve());
    });
    asked.on('error', () => {
      if (outgoing.headersSent) outgoing.destroy();
      else reject(new DoorRefused(502, 'no-answer', 'the Temporal UI does not answer'));
    });
    outgoing.on('close', () => {
      // A browser that has left waits for nothing more.
      asked.destroy();
      resolve();
    });
    incoming.pipe(asked);
  });
}

function requestHeaders({ headers }: IncomingMessage): OutgoingHttpHeaders {
  const own = /(?:^|;\s*)_csrf=([\w-]+)/.exec(headers.cookie ?? '')?.[1];
  const passed = Object.entries(headers).filter(([name]) => passedOn.includes(name));
  return { ...Object.fromEntries(passed), ...(own === undefined ? {} : { cookie: `${uiCookie}=${own}` }) };
}

function answerHeaders({ headers, statusCode }: IncomingMessage, url: string): OutgoingHttpHeaders {
  const passed = Object.entries(headers).filter(([name]) => !keptBack.test(name));
  const isUnchanging = statusCode === 200 && url.startsWith(unchanging);
  return { ...Object.fromEntries(passed), 'cache-control': isUnchanging ? forAYear : 'no-store' };
}
