import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { problemShape } from '../../src/api/responses/problemSchemas';
import { httpServerOf } from '../../src/api/http/httpServer';
import { isFinal, overTheWire, type RawAnswer } from './support/rawHttp';
import { startService, type Service } from './support/service';

const plan = JSON.stringify({ startOn: '2027-11-30', person: { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'ZZ' } });
const live = 'GET /v1/health/live HTTP/1.1\r\n';
const host = 'Host: cases.example.org\r\n';
const chunked = 'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n';

describe('a body that does not match its headers', () => {
  it.each<[string, string, string | Buffer, number, string]>([
    ['gzip cut short', 'Content-Encoding: gzip', gzipSync(plan).subarray(0, 60), 400, 'broken-json'],
    ['gzip cut in its first bytes', 'Content-Encoding: gzip', gzipSync(plan).subarray(0, 3), 400, 'broken-json'],
    ['no gzip at all', 'Content-Encoding: gzip', plan, 400, 'broken-json'],
    ['no brotli at all', 'Content-Encoding: br', plan, 400, 'broken-json'],
    ['brotli cut short', 'Content-Encoding: br', brotliCompressSync(plan).subarray(0, 20), 400, 'broken-json'],
    ['no deflate at all', 'Content-Encoding: deflate', plan, 400, 'broken-json'],
    ['deflate with an end of its own', 'Content-Encoding: deflate', deflateSync(plan).subarray(0, -6), 400, 'broken-json'],
    ['compressed twice', 'Content-Encoding: gzip, gzip', gzipSync(gzipSync(plan)), 415, 'wrong-content-type'],
    ['of two encodings', 'Content-Encoding: gzip\r\nContent-Encoding: br', gzipSync(plan), 415, 'wrong-content-type'],
    ['small, and large once it is unpacked', 'Content-Encoding: gzip', gzipSync('['.repeat(1_000_000)), 413, 'too-large'],
    ['nested deeper than can be read', '', '['.repeat(90_000), 400, 'broken-json'],
    ['text that is not UTF-8', '', Buffer.from([0x22, 0xff, 0x22]), 400, 'broken-json'],
  ])('is reported as a fault of the caller: %s', async (_, header, body, status, code) => {
    await isRefused(`${post(header)}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`, body, { status, code });
  });

  it.each<[string, string, number, string]>([
    ['latin1', 'application/json; charset=latin1', 415, 'wrong-content-type'],
    ['a charset that nobody has', 'application/json; charset=utf-99', 415, 'wrong-content-type'],
    ['utf-16 that is none', 'application/json; charset=utf-16', 400, 'broken-json'],
    ['a type cut short', 'application/', 415, 'wrong-content-type'],
  ])('is refused if its charset is wrong: %s', async (_, type, status, code) => {
    const request = `${post('').replace('application/json', type)}Content-Length: ${plan.length}\r\n\r\n`;
    await isRefused(request, plan, { status, code });
  });

  it.each([
    ['gzip', gzipSync(plan)],
    ['br', brotliCompressSync(plan)],
    ['deflate', deflateSync(plan)],
  ])('is read if it does match: %s', async (encoding, body) => {
    const request = `${post(`Content-Encoding: ${encoding}`)}Content-Length: ${body.length}\r\n\r\n`;
    const [answer] = await overTheWire(service.address, Buffer.concat([Buffer.from(request), body]));
    expect(answer?.status).toBe(200);
  });
});

describe('the length of a body', () => {
  it.each<[string, string, string, number, string]>([
    ['far above the limit', 'Content-Length: 99999999999\r\n', plan, 413, 'too-large'],
    ['too large for a number', 'Content-Length: 999999999999999999999999\r\n', plan, 400, 'not-http'],
    ['negative', 'Content-Length: -1\r\n', plan, 400, 'not-http'],
    ['given twice', 'Content-Length: 4\r\nContent-Length: 5\r\n', 'null', 400, 'not-http'],
    ['given in two ways', 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n', 400, 'not-http'],
    ['missing in a chunk', 'Transfer-Encoding: chunked\r\n', 'xyz\r\nnull', 400, 'not-http'],
    ['of a chunk with a long extension', 'Transfer-Encoding: chunked\r\n', `1;${'x'.repeat(20_000)}\r\n`, 413, 'too-large'],
  ])('is refused at once if it is %s', async (_, length, body, status, code) => {
    await isRefused(`${post('')}${length}\r\n`, body, { status, code });
  });

  it('is refused if the caller breaks off before the body is complete', async () => {
    await isRefused(`${post('')}Content-Length: 500\r\n\r\n`, plan, { status: 400, code: 'not-http', hangUp: true });
    await isRefused(`${post('Content-Encoding: gzip')}Content-Length: 500\r\n\r\n`, gzipSync(plan), {
      status: 400,
      code: 'not-http',
      hangUp: true,
    });
    await isRefused(`${post('').replace(/Content-Type.*\r\n/, '')}${chunked}\r\n`, '10\r\nnull', {
      status: 400,
      code: 'not-http',
      hangUp: true,
    });
  });
});

describe('a request that is not HTTP', () => {
  it.each<[string, string, number, string]>([
    ['a greeting', 'hello\r\n\r\n', 400, 'not-http'],
    ['the first bytes of TLS', '\x16\x03\x01\x00\x05\x01\x00\x00\x01\x03', 400, 'not-http'],
    ['another version of it', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'not-http'],
    ['an unknown version', 'GET /v1/health/live HTTP/3.0\r\n\r\n', 400, 'not-http'],
    ['no version', 'GET /v1/health/live\r\n\r\n', 400, 'not-http'],
    ['a method that nobody knows', `BREW /v1/health/live HTTP/1.1\r\n${host}\r\n`, 400, 'not-http'],
    ['a path that is not in ASCII', `GET /v1/pathways/é HTTP/1.1\r\n${host}\r\n`, 400, 'not-http'],
    ['a header with a space in its name', `${live}${host}X Y: z\r\n\r\n`, 400, 'not-http'],
    ['a header with a zero byte', `${live}${host}X: a\0b\r\n\r\n`, 400, 'not-http'],
    ['no host', `${live}\r\n`, 400, 'not-http'],
    ['two hosts', `${live}${host}${host}\r\n`, 400, 'not-http'],
    ['a header too long', `${live}${host}X: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'headers-too-large'],
    ['a header far too long', `${live}${host}X: ${'x'.repeat(2_000_000)}\r\n\r\n`, 431, 'headers-too-large'],
    ['a path too long', `GET /v1/${'x'.repeat(20_000)} HTTP/1.1\r\n${host}\r\n`, 431, 'headers-too-large'],
  ])('such as %s gets a problem as its answer, like any other bad request', async (_, sent, status, code) => {
    await isRefused(sent, '', { status, code });
  });

  it('is answered after the earlier requests on the same connection', async () => {
    const before = `${post('')}Content-Length: ${plan.length}\r\n\r\n${plan}`;
    for (const first of [`${live}${host}\r\n`, before]) {
      const [own, refused] = await overTheWire(service.address, `${first}hello\r\n\r\n`, { answers: 2 });
      expect([own?.status, refused?.status]).toEqual([200, 400]);
      isAProblem(refused, 'not-http');
    }
  });

  it('is ended after a time limit if it never starts or never ends', async () => {
    const hasty = httpServerOf(() => undefined, { headersTimeout: 100, requestTimeout: 100, connectionsCheckingInterval: 20 });
    hasty.listen(0, '127.0.0.1');
    await once(hasty, 'listening');
    const address = `http://127.0.0.1:${(hasty.address() as AddressInfo).port}`;
    for (const sent of ['', 'GET /v1/hea', `${post('')}Content-Length: 500\r\n\r\n${plan}`]) {
      const [answer] = await overTheWire(address, sent);
      expect(answer?.status).toBe(408);
      isAProblem(answer, 'too-slow');
    }
    await once(hasty.close(), 'close');
  });
});

describe('an HTTP method', () => {
  it.each<[string, string, number, string, string]>([
    ['TRACE', '/v1/pathways', 405, 'method-not-allowed', 'GET, HEAD, POST, OPTIONS'],
    ['PROPFIND', '/v1/health/live', 405, 'method-not-allowed', 'GET, HEAD, OPTIONS'],
    ['CONNECT', 'cases.example.org:443', 405, 'method-not-allowed', 'GET, HEAD, POST, OPTIONS'],
    ['DELETE', '/v1/pathway-previews', 405, 'method-not-allowed', 'POST, OPTIONS'],
  ])('that is not allowed is refused: %s', async (method, path, status, code, allow) => {
    const answer = await isRefused(`${method} ${path} HTTP/1.1\r\n${host}\r\n`, '', { status, code });
    expect(answer?.headers.get('Allow')).toBe(allow);
  });

  it('HEAD gets the headers of GET without a body, also for a refusal', async () => {
    for (const [path, status, type] of [
      ['/v1/health/live', 200, 'application/json; charset=utf-8'],
      ['/v1/pathways', 401, 'application/problem+json; charset=utf-8'],
      ['/v1/nothing', 404, 'application/problem+json; charset=utf-8'],
      ['/v1/pathway-previews', 405, 'application/problem+json; charset=utf-8'],
    ] as const) {
      const [asked, got] = await Promise.all(['HEAD', 'GET'].map((method) => fetch(`${service.address}${path}`, { method })));
      const of = (answer: Response | undefined) =>
        ['Content-Type', 'Content-Length', 'API-Version', 'Allow', 'WWW-Authenticate'].map((name) => answer?.headers.get(name));
      expect([asked?.status, await asked?.text(), asked?.headers.get('Content-Type')]).toEqual([status, '', type]);
      expect(of(asked)).toEqual(of(got));
    }
  });

  it('OPTIONS gets the allowed methods, and an unknown path is answered as unknown', async () => {
    const asked = await service.send('OPTIONS', '/v1/pathway-previews');
    expect([asked.status, asked.headers.get('Allow'), asked.headers.get('API-Version')]).toEqual([204, 'POST, OPTIONS', '1.0.0']);
    await isRefused(`OPTIONS * HTTP/1.1\r\n${host}\r\n`, '', { status: 404, code: 'unknown-path' });
  });
});

describe('an optional feature of HTTP', () => {
  it.each([
    ['HTTP/1.0, which names no host', 'GET /v1/health/live HTTP/1.0\r\n\r\n'],
    ['an address in full', `GET http://cases.example.org/v1/health/live HTTP/1.1\r\n${host}\r\n`],
    ['an empty line first', `\r\n${live}${host}\r\n`],
    ['a request for a web socket', `${live}${host}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`],
    ['a request for HTTP/2', `${live}${host}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n`],
    ['a condition that always holds', `${live}${host}If-None-Match: *\r\n\r\n`],
    ['a part of the answer', `${live}${host}Range: bytes=0-1\r\n\r\n`],
    ['an expectation that nobody meets', `${live}${host}Expect: tea\r\n\r\n`],
  ])('is answered with the complete body: %s', async (_, sent) => {
    const [answer] = await overTheWire(service.address, sent);
    expect([answer?.status, answer?.body]).toEqual([200, '{"status":"live"}']);
    expect([answer?.headers.get('API-Version'), answer?.headers.get('Content-Type')]).toEqual(['1.0.0', 'application/json; charset=utf-8']);
  });

  it('lets a client ask before it sends a body, and learn at once that the body is too large', async () => {
    const expecting = `${post('Expect: 100-continue')}Content-Length: `;
    const read = await overTheWire(service.address, `${expecting}${plan.length}\r\n\r\n${plan}`);
    expect(read.map(({ status }) => status)).toEqual([100, 200]);
    await isRefused(`${expecting}999999\r\n\r\n`, '', { status: 413, code: 'too-large' });
  });

  it('leaves no line in the log', () => {
    expect(service.logged).toEqual([]);
  });
});

let service: Service;
let token: string;
beforeAll(async () => {
  service = await startService({ worker: false });
  token = await service.issuer.token(service.issuer.claimsOf('caseworker-1'));
});
afterAll(() => service.stop());

function post(header: string): string {
  const named = header === '' ? '' : `${header}\r\n`;
  return `POST /v1/pathway-previews HTTP/1.1\r\n${host}Authorization: Bearer ${token}\r\nContent-Type: application/json\r\n${named}`;
}

async function isRefused(
  head: string,
  body: string | Buffer,
  { status, code, hangUp = false }: { status: number; code: string; hangUp?: boolean },
): Promise<RawAnswer | undefined> {
  const answers = await overTheWire(service.address, Buffer.concat([Buffer.from(head), Buffer.from(body)]), { hangUp });
  const [answer, ...more] = answers.filter(isFinal);
  expect([answer?.status, more]).toEqual([status, []]);
  isAProblem(answer, code);
  return answer;
}

function isAProblem(answer: RawAnswer | undefined, code: string): void {
  const body: unknown = JSON.parse(answer?.body ?? '');
  expect(problemShape.strict().parse(body)).toMatchObject({ code, type: `/problems/${code}`, status: answer?.status });
  expect(answer?.headers.get('Content-Type')).toBe('application/problem+json; charset=utf-8');
  expect(answer?.headers.get('API-Version')).toBe('1.0.0');
  expect(answer?.headers.get('X-Request-Id')).toMatch(/^[\da-f-]{36}$/);
  expect(answer?.headers.get('X-Content-Type-Options')).toBe('nosniff');
}
