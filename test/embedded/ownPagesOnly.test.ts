import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { ownPagesOnly } from '../../src/embedded/ownPagesOnly';

describe('a server on loopback', () => {
  it.each<[string, Record<string, string>]>([
    ['a program, which says nothing of where it comes from', {}],
    ['its own page', { Origin: 'http://localhost:9000' }],
    ['its own page, by the number of this machine', { Host: '127.0.0.1:9000', Origin: 'http://127.0.0.1:9000' }],
    ['its own page, as a browser says it', { 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Dest': 'image' }],
    ['an address that somebody typed', { 'Sec-Fetch-Site': 'none', 'Sec-Fetch-Dest': 'document' }],
    ['a link on a page of others', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Dest': 'document' }],
  ])('answers %s', async (_, headers) => {
    expect(await ask(headers)).toMatchObject({ status: 200, body: 'a mail' });
    expect(await connect(headers)).toBe(101);
  });

  it.each<[string, Record<string, string>]>([
    ['a page of another origin', { Origin: 'https://evil.example' }],
    ['a page of another port of this machine', { Origin: 'http://localhost:3999' }],
    ['a page of another port, as a browser says it', { Origin: 'http://localhost:8233', 'Sec-Fetch-Site': 'same-site' }],
    ['a page that hides its origin', { Origin: 'null' }],
    ['a page whose name points to this machine', { Host: 'evil.example:9000', Origin: 'http://evil.example:9000' }],
    ['a page whose name points to this machine, without its origin', { Host: 'evil.example:9000' }],
    ['a name that begins as ours', { Host: 'localhost.evil.example:9000' }],
    ['a picture on a page of others', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Dest': 'image' }],
    ['a frame on a page of another port', { 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Dest': 'iframe' }],
  ])('refuses %s', async (_, headers) => {
    expect(await ask(headers)).toMatchObject({ status: 403, body: expect.not.stringContaining('a mail') });
    expect(await ask({ ...headers, 'Access-Control-Request-Method': 'DELETE' }, 'OPTIONS')).toMatchObject({ status: 403 });
    expect(await connect(headers)).toBe(403);
    expect(answered).toBe(0);
  });

  it('refuses a form on a foreign page, which is not a link', async () => {
    expect(await ask({ 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Dest': 'document' }, 'POST')).toMatchObject({ status: 403 });
  });
});

let server: Server;
let answered: number;
beforeEach(async () => {
  answered = 0;
  server = createServer((_, response) => {
    answered += 1;
    response.setHeader('Access-Control-Allow-Origin', '*').end('a mail');
  });
  server.on('upgrade', (_, socket: Duplex) => {
    answered += 1;
    socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  });
  ownPagesOnly(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  server.closeAllConnections();
  await once(server.close(), 'close');
});

function sent(headers: Record<string, string>, method = 'GET') {
  const { port } = server.address() as AddressInfo;
  return request({ method, host: '127.0.0.1', port, headers: { Host: 'localhost:9000', ...headers } });
}

async function ask(headers: Record<string, string>, method?: string): Promise<{ status: number | undefined; body: string }> {
  const [answer] = (await once(sent(headers, method).end(), 'response')) as [IncomingMessage];
  const chunks = (await answer.toArray()) as Buffer[];
  return { status: answer.statusCode, body: Buffer.concat(chunks).toString() };
}

/** The status of the answer to a WebSocket. */
async function connect(headers: Record<string, string>): Promise<number | undefined> {
  const asked = sent({ ...headers, Connection: 'Upgrade', Upgrade: 'websocket' });
  const answer = Promise.race([once(asked, 'response'), once(asked, 'upgrade')]) as Promise<[IncomingMessage]>;
  asked.end();
  return (await answer)[0].statusCode;
}
