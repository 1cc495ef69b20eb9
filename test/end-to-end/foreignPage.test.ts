import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import nodemailer from 'nodemailer';
import { installations, start, temporalOn, token, type Settings } from './service';

/**
 * While `npm start` runs, a browser on the same machine shows a foreign page. The page sends requests to every port. It uses its own
 * origin, or its own host name that points to 127.0.0.1 and so makes the origin the same.
 */
describe('a foreign page in the same browser', () => {
  it('can read, delete and command nothing on any server of npm start', async () => {
    const service = begin(start(settings));
    await service.ready();
    const reference = await openCase();
    await mailTo('caseworker-1@example.org');

    await refusedBy(settings.MAIL_UI_PORT, [
      { path: '/api/email' },
      { path: '/' },
      { path: '/socket.io/?EIO=4&transport=polling' },
      { path: '/socket.io/?EIO=4&transport=websocket', headers: { Connection: 'Upgrade', Upgrade: 'websocket' } },
      { method: 'OPTIONS', path: '/api/email/all', headers: { 'Access-Control-Request-Method': 'DELETE' } },
      { method: 'DELETE', path: '/api/email/all' },
      { method: 'POST', path: '/api/email/delete', headers: plainText, body: '{"ids":["1"]}' },
    ]);
    await refusedBy(settings.TEMPORAL_UI_PORT, temporalRequests(reference));
    await refusedBy(settings.TEMPORAL_UI_PORT, [
      { method: 'OPTIONS', path: '/codec/decode', headers: { 'Access-Control-Request-Method': 'POST' } },
      { method: 'POST', path: '/codec/decode', headers: plainText, body: '{"payloads":[]}' },
      { method: 'POST', path: '/logout', headers: form },
    ]);
    await refusedBy(settings.ISSUER_PORT, [
      { path: '/.well-known/openid-configuration' },
      { method: 'OPTIONS', path: '/token', headers: { 'Access-Control-Request-Method': 'POST' } },
      { method: 'POST', path: '/token', headers: form, body: 'grant_type=client_credentials' },
      { method: 'POST', path: '/who/anybody', headers: form, body: 'id=supervisor-1' },
    ]);

    // The other ports of Temporal's server only show its own metrics, which know no case.
    const ports = portsOf(temporalOn(dataDir));
    expect(ports).toContain(Number(settings.TEMPORAL_PORT));
    for (const port of ports)
      for (const asked of [...temporalRequests(reference), { path: '/metrics' }])
        for (const headers of foreign(port)) {
          const answer = await ask(port, { ...asked, headers: { ...asked.headers, ...headers } }).catch(() => noAnswer);
          expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
          expect(answer.body).not.toMatch(new RegExp(`${reference}|amsterdam|caseworker`));
          if (asked.method === 'POST') expect(answer.status).not.toBe(200);
        }

    // The API answers everybody with a token. A foreign page cannot have one, since its browser may not send it.
    const bearer = await tokenOf('caseworker-1');
    for (const headers of foreign(settings.API_PORT)) {
      const read = await ask(settings.API_PORT, { path: `/v1/pathways/${reference}`, headers });
      const preflight = { 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'authorization' };
      const asked = await ask(settings.API_PORT, { method: 'OPTIONS', path: '/v1/pathways', headers: { ...headers, ...preflight } });
      expect(read.status).toBe(401);
      for (const answer of [read, asked]) expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    }

    expect(
      (await ask(settings.API_PORT, { path: `/v1/pathways/${reference}`, headers: { Authorization: `Bearer ${bearer}` } })).status,
    ).toBe(200);
    const mails = await ask(settings.MAIL_UI_PORT, { path: '/api/email' });
    expect(mails.body).toContain('to be kept');
  });

  it('does not block the pages of this machine', async () => {
    const service = begin(start(settings));
    await service.ready();
    const own = (port: string) => ({ Origin: `http://localhost:${port}`, Host: `localhost:${port}` });
    const { MAIL_UI_PORT: mail, TEMPORAL_UI_PORT: ui, ISSUER_PORT: issuer } = settings;
    const websocket = { ...own(mail), ...webSocketKeys };
    const answers = await Promise.all([
      ask(mail, { path: '/', headers: { Accept: 'text/html' } }),
      ask(mail, { method: 'DELETE', path: '/api/email/all', headers: own(mail) }),
      ask(mail, { path: '/socket.io/?EIO=4&transport=websocket', headers: websocket }),
      ask(ui, { path: '/namespaces/default/workflows', headers: { Accept: 'text/html' } }),
      ask(ui, { path: '/api/v1/namespaces/default/workflows', headers: own(ui) }),
      ask(issuer, { path: '/.well-known/openid-configuration' }),
    ]);
    // The Temporal UI asks its own pages too for a login.
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 101, 303, 401, 200]);
  });
});

interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const plainText = { 'Content-Type': 'text/plain' };
const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
const webSocketKeys = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': btoa('sixteen letters.'),
};
const noAnswer = { status: undefined, headers: {}, body: '' };

/** The headers that a browser sends for a foreign page. */
function foreign(port: string | number): Record<string, string>[] {
  return [
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
    { Host: `evil.example:${port}`, Origin: `http://evil.example:${port}` },
    { Host: `evil.example:${port}`, 'Sec-Fetch-Site': 'same-origin' },
    { Host: 'evil.example' },
  ];
}

/** Requests that read the cases and end one, as Temporal's pages and its HTTP API can. */
function temporalRequests(reference: string): Asked[] {
  const batch = { namespace: 'default', jobId: 'a-page', reason: 'x', visibilityQuery: `WorkflowId='pathway/${reference}'` };
  return [
    { path: '/api/v1/namespaces/default/workflows' },
    { method: 'OPTIONS', path: '/api/v1/namespaces/default/workflows', headers: { 'Access-Control-Request-Method': 'POST' } },
    {
      method: 'POST',
      path: '/api/v1/namespaces/default/batch-operations/a-page',
      headers: plainText,
      body: JSON.stringify({ ...batch, terminationOperation: {} }),
    },
  ];
}

async function refusedBy(port: string, requests: readonly Asked[]): Promise<void> {
  for (const asked of requests)
    for (const headers of foreign(port)) {
      const answer = await ask(port, { ...asked, headers: { ...asked.headers, ...headers } });
      expect({ ...asked, ...headers, status: answer.status }).toEqual({ ...asked, ...headers, status: 403 });
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    }
}

/** Plain HTTP, since fetch does not let a test set the origin or the host name. */
async function ask(port: string | number, { method = 'GET', path, headers = {}, body }: Asked) {
  const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false });
  const answer = Promise.race([once(sent, 'response'), once(sent, 'upgrade')]) as Promise<[IncomingMessage]>;
  sent.end(body);
  const [response] = await answer;
  const { statusCode: status } = response;
  if (status === 101) response.socket.destroy();
  const chunks = status === 101 ? [] : ((await response.toArray()) as Buffer[]);
  return { status, headers: response.headers, body: Buffer.concat(chunks).toString() };
}

/** The ports of 127.0.0.1 on which a process listens, according to Linux. */
function portsOf(pid: number): number[] {
  const sockets = readdirSync(`/proc/${pid}/fd`).map((name) => readlinkSync(`/proc/${pid}/fd/${name}`));
  const [, ...lines] = readFileSync('/proc/net/tcp', 'utf8').trim().split('\n');
  return lines.flatMap((line) => {
    const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
    const [address, port = ''] = local.split(':');
    return state === '0A' && address === '0100007F' && sockets.includes(`socket:[${inode}]`) ? [Number.parseInt(port, 16)] : [];
  });
}

async function tokenOf(staffId: string): Promise<string> {
  return (await begin(token(settings, staffId)).ended).stdout.trim();
}

async function openCase(): Promise<string> {
  const answer = await ask(settings.API_PORT, {
    method: 'POST',
    path: '/v1/pathways',
    headers: {
      Authorization: `Bearer ${await tokenOf('caseworker-1')}`,
      'Idempotency-Key': 'the-only-case',
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({
      indication: { observedOn: '2026-01-02', by: 'shelter' },
      office: 'amsterdam',
      person: { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'XX' },
    }),
  });
  expect(answer.status).toBe(201);
  return (JSON.parse(answer.body) as { reference: string }).reference;
}

async function mailTo(to: string): Promise<void> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: Number(settings.SMTP_PORT) });
  await transport.sendMail({ from: 'pathways@example.org', to, subject: 'to be kept', text: '.' });
  transport.close();
}

let dataDir: string;
let settings: Settings;
const { begin } = installations((made) => ({ dataDir, settings } = made));
