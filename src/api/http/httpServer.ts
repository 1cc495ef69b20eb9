import { createServer, STATUS_CODES, type RequestListener, type Server, type ServerOptions, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { headersOf } from './headers';
import { problemType } from './errorHandler';
import type { ProblemCode } from '../problems/problems';
import { Problem } from '../problems/problem';

/** The time for a request to arrive: its headers, and all of it; ours. */
const limits = { headersTimeout: 20_000, requestTimeout: 60_000, connectionsCheckingInterval: 5_000 };
/** An answered connection is read for so long. Closed with something unread it would lose the answer on its way; ours. */
const lingersMs = 1_000;

/** A server for the API. Its own answers, to bytes that never become a request, keep the API's contract too. */
export function httpServerOf(app: RequestListener, options: ServerOptions = limits): Server {
  // The app itself checks the Host, so that the answer is a problem.
  const server = createServer({ ...options, requireHostHeader: false });
  const lastAnswers = new WeakMap<Duplex, ServerResponse>();
  server.on('request', (request, response) => {
    lastAnswers.set(request.socket, response);
    app(request, response);
  });
  // Any expectation but 100-continue may be ignored (RFC 9110, 10.1.1); Node would refuse it in its own way.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const answer = answerTo(new Problem(problemCodes[error.code ?? ''] ?? 'not-http'));
    const last = lastAnswers.get(socket);
    // A request that broke off gets this answer if it had none yet. An earlier request of the same connection is answered first.
    if (last?.req.complete === false) finish(socket, last.headersSent ? '' : answer);
    else if (last?.writableFinished === false) last.once('close', () => finish(socket, answer));
    else finish(socket, answer);
  });
  server.on('connect', (_request, socket) => {
    finish(socket, answerTo(new Problem('method-not-allowed', { headers: { Allow: 'GET, HEAD, POST, OPTIONS' } })));
  });
  return server;
}

/** The errors of Node's parser and clocks; any other error is no HTTP. */
const problemCodes: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'too-slow',
};

function finish(socket: Duplex, answer: string): void {
  // Node reports each further piece of a broken request. A caller who has hung up is not answered.
  if (socket.destroyed || socket.writableEnded) return;
  socket.on('error', () => socket.destroy()).end(answer);
  setTimeout(() => socket.destroy(), lingersMs).unref();
}

/** An answer as it goes over the wire. */
function answerTo({ status, headers, body }: Problem): string {
  const text = JSON.stringify(body);
  const all = {
    ...headersOf(undefined),
    ...headers,
    'Content-Type': problemType,
    'Content-Length': Buffer.byteLength(text),
    Connection: 'close',
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', text].join('\r\n');
}
