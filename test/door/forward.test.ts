import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import {
  createServer,
  request,
  type ClientRequest,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer, globalAgent } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { forward } from '../../src/door/forward';
import { DoorRefused } from '../../src/door/refused';

/* A request on its way to the Temporal UI and back, between real servers. */

describe('a browser that leaves', () => {
  it('before the answer lets the UI stop working for nobody', async () => {
    const asked = new Promise<IncomingMessage>((resolve) => (ui = resolve));
    const leaving = sent();
    leaving.on('error', () => undefined);
    const atUi = await asked;
    leaving.destroy();
    await expect(once(atUi, 'end')).rejects.toMatchObject({ code: 'ECONNRESET' });
    await passedOn;
  });

  it('in the middle of the answer gets no rest of it', async () => {
    const answering = new Promise<ServerResponse>((resolve) => {
      ui = (_, answer) => {
        answer.write('the first half');
        resolve(answer);
      };
    });
    const leaving = sent();
    await once(await answerTo(leaving), 'data');
    const atUi = await answering;
    leaving.destroy();
    await once(atUi, 'close');
    await passedOn;
    expect(atUi.writableFinished).toBe(false);
  });
});

describe('an answer that breaks off', () => {
  it('breaks off for the browser too, which would wait for the rest', async () => {
    let breakOff = () => {};
    ui = (_, answer) => {
      answer.setHeader('Content-Length', 100).write('the first half');
      breakOff = () => void answer.destroy();
    };
    const answer = await answerTo(sent());
    await once(answer, 'data');
    breakOff();
    await expect(once(answer, 'end')).rejects.toMatchObject({ code: 'ECONNRESET' });
    await passedOn;
  });

  it('before its first word is the answer that the UI does not answer', async () => {
    ui = ({ socket }) => socket.destroy();
    expect(await wholeAnswerTo(sent())).toMatchObject({ status: 502 });
    expect(refused).toMatchObject([{ status: 502, code: 'no-answer' }]);
  });
});

describe('a UI over https', () => {
  it('is asked over TLS', async () => {
    await overTls();
    globalAgent.options.ca = readFileSync(join(certificates, 'authority.pem'));
    ui = ({ method, url }, answer) => void answer.end(`${method} ${url}`);
    expect(await wholeAnswerTo(sent('/namespaces?query=x'))).toMatchObject({ status: 200, text: 'GET /namespaces?query=x' });
  });

  it('is asked nothing if nobody vouches for its certificate', async () => {
    await overTls();
    let isAsked = false;
    ui = (_, answer) => {
      isAsked = true;
      answer.end();
    };
    expect(await wholeAnswerTo(sent())).toMatchObject({ status: 502 });
    expect(isAsked).toBe(false);
  });
});

describe('an answer', () => {
  const forAYear = 'private, max-age=31536000, immutable';

  it.each([
    ['/_app/immutable/start.js', 200, forAYear],
    ['/_app/immutable/start.js', 404, 'no-store'],
    ['/_app/version.json', 200, 'no-store'],
    ['/namespaces/default/_app/immutable/', 200, 'no-store'],
    ['/api/v1/namespaces/default/workflows', 200, 'no-store'],
  ])('is kept only if it never changes and holds nothing of a case, and by no proxy: %s, %i', async (path, status, kept) => {
    ui = (_, answer) => void answer.writeHead(status, { 'Cache-Control': 'public, max-age=60' }).end('words');
    expect(await wholeAnswerTo(sent(path))).toEqual({ status, kept, text: 'words' });
  });

  it('is not sent again if the browser has it', async () => {
    ui = ({ headers }, answer) => void answer.writeHead(headers['if-none-match'] === '"one"' ? 304 : 200).end();
    expect(await wholeAnswerTo(sent('/_app/immutable/start.js', { 'If-None-Match': '"one"' }))).toMatchObject({ status: 304, text: '' });
  });
});

const certificates = join(__dirname, '..', 'activities', 'tls');

/** The server in the place of the UI does this with a request. */
let ui: RequestListener;
let address: URL;
let between: Server;
let refused: DoorRefused[];
/** Ends with the request that is passed on. */
let passedOn: Promise<void>;
const servers: Server[] = [];
beforeEach(async () => {
  refused = [];
  const behind = await listening(createServer((asked, answer) => ui(asked, answer)));
  address = new URL(`http://127.0.0.1:${portOf(behind)}`);
  between = await listening(
    createServer((incoming, outgoing) => {
      passedOn = forward(incoming, outgoing, address).catch((error: unknown) => {
        if (!(error instanceof DoorRefused)) throw error;
        refused.push(error);
        outgoing.writeHead(error.status).end();
      });
    }),
  );
});
afterEach(async () => {
  globalAgent.options.ca = undefined;
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await once(server.close(), 'close');
  }
});

/** Puts the UI behind TLS. Its certificate names localhost. */
async function overTls(): Promise<void> {
  const [key, cert] = ['server.key.pem', 'server.pem'].map((name) => readFileSync(join(certificates, name)));
  const behind = await listening(createTlsServer({ key, cert }, (asked, answer) => ui(asked, answer)));
  address = new URL(`https://localhost:${portOf(behind)}`);
}

async function listening<S extends Server>(server: S): Promise<S> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function sent(path = '/', headers: Readonly<Record<string, string>> = {}): ClientRequest {
  return request({ host: '127.0.0.1', port: portOf(between), path, headers, agent: false }).end();
}

async function answerTo(asked: ClientRequest): Promise<IncomingMessage> {
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  return answer;
}

async function wholeAnswerTo(asked: ClientRequest) {
  const answer = await answerTo(asked);
  const text = Buffer.concat((await answer.toArray()) as Buffer[]).toString();
  return { status: answer.statusCode, kept: answer.headers['cache-control'], text };
}
