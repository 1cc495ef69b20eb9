import { request } from 'node:http';
import { defaultPayloadConverter } from '@temporalio/common';
import { startCodecServer, type CodecServer } from '../../src/embedded/codecServer';
import { CaseCodec } from '../../src/privacy/codec';
import { testSeals } from '../support/key';

describe('the Temporal Web UI', () => {
  it('can read a payload without naming its case', async () => {
    const [sealed] = await codec.encode([defaultPayloadConverter.toPayload('a word')], inCase);
    const answer = await post('/decode?preserveStorageRefs=true', { payloads: [onTheWire(sealed)] });
    expect(answer.status).toBe(200);
    expect(Buffer.from(answer.json.payloads[0].data, 'base64').toString()).toBe('"a word"');
  });

  it('gets a marker for a payload that cannot be read', async () => {
    const answer = await post('/decode', { payloads: [{ metadata: { encoding: btoa('json/plain') }, data: btoa('"x"') }, {}] });
    expect(answer.status).toBe(200);
    expect(answer.json.payloads.map(({ data }: { data: string }) => atob(data))).toEqual(Array(2).fill('{"unreadable":"not-encrypted"}'));
  });

  it('cannot write, and never sends content to be encoded', async () => {
    expect(await post('/encode', { payloads: [] })).toMatchObject({ status: 200, json: { payloads: [] } });
    expect(await post('/encode', { payloads: [{ data: btoa('x') }] })).toMatchObject({ status: 403 });
  });

  it('is the only page that gets an answer', async () => {
    expect(await post('/decode', { payloads: [] }, 'http://localhost:3999')).toMatchObject({ status: 403 });
    const asked = await ask({ method: 'OPTIONS', path: '/decode', headers: { origin } });
    expect(asked).toMatchObject({ status: 204, headers: { 'access-control-allow-origin': origin } });
    expect(asked.headers['access-control-allow-headers']).toContain('x-namespace');
  });

  it.each([
    ['not JSON', '{', 400],
    ['no list', '{"payloads":1}', 400],
    ['a list of something else', '{"payloads":[1,null]}', 400],
    ['more than it can be', 'x'.repeat(5_000_000), 413],
  ])('gets a clear error for %s', async (_, body, status) => {
    expect(await ask({ method: 'POST', path: '/decode', headers: { origin }, body })).toMatchObject({ status });
  });

  it.each([
    ['GET', '/decode', 405],
    ['POST', '/', 404],
  ])('gets a clear error for %s %s', async (method, path, status) => {
    expect(await ask({ method, path, headers: { origin } })).toMatchObject({ status });
  });
});

const codec = new CaseCodec(testSeals, 'asking');
const inCase = { type: 'workflow', namespace: 'default', workflowId: 'pathway/BT-1' } as const;
const origin = 'http://localhost:8233';

let server: CodecServer;
beforeAll(async () => {
  server = await startCodecServer({ port: 0, uiOrigins: [origin], decode: (payloads) => codec.decode(payloads) });
});
afterAll(() => server.stop());

function post(path: string, body: unknown, from = origin) {
  return ask({ method: 'POST', path, headers: { origin: from, 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

/** Plain HTTP, since fetch does not let a test set the origin. */
function ask({ body, ...options }: { method: string; path: string; headers: Record<string, string>; body?: string }) {
  const { port } = new URL(server.address);
  return new Promise<{ status: number | undefined; headers: Record<string, unknown>; json: ReturnType<typeof JSON.parse> }>(
    (resolve, reject) => {
      const sent = request({ ...options, host: '127.0.0.1', port }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () =>
          resolve({ status: response.statusCode, headers: response.headers, json: text === '' ? null : JSON.parse(text) }),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    },
  );
}

function onTheWire(payload: Awaited<ReturnType<CaseCodec['encode']>>[number] | undefined) {
  const base64 = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString('base64');
  const metadata = Object.entries(payload?.metadata ?? {}).map(([name, value]) => [name, base64(value)]);
  return { metadata: Object.fromEntries(metadata), data: base64(payload?.data) };
}
