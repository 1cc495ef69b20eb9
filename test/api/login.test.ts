import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { audience, startIssuer, type Claims, type TestIssuer } from './support/issuer';
import { startService, type Service } from './support/service';

describe('a caller', () => {
  it.each<[string, () => Promise<string> | string]>([
    ['signed with RS256 by our issuer', () => service.issuer.token(caseworker)],
    ['signed with ES256 by our issuer', () => service.issuer.ellipticToken(caseworker)],
  ])('is accepted with a token %s', async (_, token) => {
    expect((await listed(await token())).status).toBe(200);
  });

  it.each<[string, () => Promise<string> | string]>([
    ['of another issuer', () => stranger.token(caseworker)],
    ['of another issuer that names ours', () => stranger.token({ ...caseworker, iss: service.issuer.issuer })],
    ['that names another issuer', () => service.issuer.token({ ...caseworker, iss: 'https://issuer.example.org' })],
    ['for another service', () => service.issuer.token({ ...caseworker, aud: 'urn:another' })],
    ['with a signature that is not of its key', () => service.issuer.forgedToken(caseworker)],
    ['signed with a key that nobody published', () => service.issuer.strangerToken(caseworker)],
    ['without a signature', () => service.issuer.unsignedToken(caseworker)],
    ['signed with our public key as a secret', () => service.issuer.confusedToken(caseworker)],
    ['without a subject', () => service.issuer.token({ roles: ['caseworker'], office: 'amsterdam' })],
    ['without roles', () => service.issuer.token({ sub: 'caseworker-1', office: 'amsterdam' })],
    ['with no office where one is named', () => service.issuer.token({ ...caseworker, office: null })],
    ['with a quote in its office', () => service.issuer.token({ ...caseworker, office: "amsterdam' OR Office != '" })],
    ['with a partner but not its role', () => service.issuer.token({ ...caseworker, partner: 'iom' })],
    ['with the role of a partner but none named', () => service.issuer.token({ sub: 'iom-1', roles: ['partner'] })],
    ['without an office', () => service.issuer.token({ sub: 'caseworker-1', roles: ['caseworker'] })],
    ['of another office than its person has', () => service.issuer.token({ ...caseworker, office: 'rotterdam' })],
    ['with an office where its person has none', () => service.issuer.token({ sub: 'ind-1', roles: ['ind'], office: 'amsterdam' })],
    ['with a role that its person does not have', () => service.issuer.token({ ...caseworker, roles: ['supervisor'] })],
    ['with one role more than its person has', () => service.issuer.token({ ...caseworker, roles: ['caseworker', 'supervisor'] })],
    ['with a national role that its person does not have', () => service.issuer.token({ sub: 'caseworker-1', roles: ['ind'] })],
    ['of nobody who works here', () => service.issuer.token({ ...caseworker, sub: 'nobody-9' })],
    ['of nobody who works here, with a national role', () => service.issuer.token({ sub: 'nobody-9', roles: ['auditor'] })],
    ['of somebody else by the case of a letter', () => service.issuer.token({ ...caseworker, sub: 'Caseworker-1' })],
    ['of another partner than its person is of', () => service.issuer.token({ sub: 'iom-1', roles: ['partner'], partner: 'dtv' })],
    ['of our own staff as a partner', () => service.issuer.token({ sub: 'ind-1', roles: ['partner'], partner: 'iom' })],
    ["of a partner's user with a role of ours", () => service.issuer.token({ sub: 'iom-7', roles: ['partner', 'ind'], partner: 'iom' })],
    [
      "of a partner's user with an office",
      () => service.issuer.token({ sub: 'iom-7', roles: ['partner'], partner: 'iom', office: 'amsterdam' }),
    ],
    ['that is none', () => 'nonsense'],
  ])('is rejected with a token %s', async (_, token) => {
    const { status, headers, body } = await listed(await token());
    expect([status, body.code, headers.get('WWW-Authenticate')]).toEqual([401, 'token-not-valid', 'Bearer error="invalid_token"']);
  });

  it('of a partner is accepted with a token that names the partner, without an entry in our files', async () => {
    const partner: Claims = { sub: 'iom-7', roles: ['partner'], partner: 'iom' };
    const answer = await service.as(partner).get('/v1/pathways/BT-0000-0000-0000-0');
    expect(answer.status).not.toBe(401);
  });

  it('is accepted with some of the roles in the staff file', async () => {
    expect((await listed(await service.issuer.token({ sub: 'allround-1', roles: ['careCoordinator'], office: 'amsterdam' }))).status).toBe(
      200,
    );
  });

  it.each<[string, { nbf?: number; exp?: number }, number]>([
    ['is valid from twenty seconds ahead of our clock', { nbf: 20 }, 200],
    ['expired ten seconds ago by our clock', { exp: -10 }, 200],
    ['is valid from three minutes ahead', { nbf: 180 }, 401],
    ['expired a minute ago', { exp: -60 }, 401],
  ])('may have a clock that is half a minute off: the token %s', async (_, { nbf = 0, exp = 300 }, status) => {
    const token = await service.issuer.token({ ...caseworker, nbf: secondsFromNow(nbf) }, secondsFromNow(exp));
    expect((await listed(token)).status).toBe(status);
  });

  it('is rejected with an expired token', async () => {
    const { status, body } = await listed(await service.issuer.token(caseworker, Math.floor(Date.now() / 1000) - 60));
    expect([status, body.code]).toEqual([401, 'token-expired']);
  });

  it('is rejected when the token expires between two requests', async () => {
    const expires = secondsFromNow(-25);
    const token = await service.issuer.token(caseworker, expires);
    expect((await listed(token)).status).toBe(200);
    await pause((expires + 30) * 1000 - Date.now() + 50);
    const { status, body } = await listed(token);
    expect([status, body.code]).toEqual([401, 'token-expired']);
  });

  it('is rejected with an altered token that was valid before', async () => {
    const token = await service.issuer.token(caseworker);
    expect((await listed(token)).status).toBe(200);
    const [header, , signature] = token.split('.');
    const [, claims] = (await service.issuer.token({ ...caseworker, sub: 'supervisor-1', roles: ['supervisor'] })).split('.');
    expect((await listed([header, claims, signature].join('.'))).status).toBe(401);
  });

  it.each([undefined, 'Basic Y2FzZXdvcmtlci0xOg==', 'Bearer', 'Bearer a b'])('is rejected with the header %p', async (header) => {
    const { status, headers, body } = await service.send(
      'GET',
      '/v1/pathways',
      header === undefined ? {} : { headers: { Authorization: header } },
    );
    expect([status, body.code, headers.get('WWW-Authenticate')]).toEqual([401, 'not-logged-in', 'Bearer']);
  });

  it('has no rights by an unknown role, and only those of the known roles beside it', async () => {
    expect((await listed(await service.issuer.token({ ...caseworker, roles: ['cleaner'] }))).status).toBe(403);
    expect((await listed(await service.issuer.token({ ...caseworker, roles: ['cleaner', 'caseworker'] }))).status).toBe(200);
  });

  it('is checked before the body is read', async () => {
    const { status } = await service.send('POST', '/v1/pathways', { raw: '{"broken' });
    expect(status).toBe(401);
  });
});

describe('an issuer that does not answer', () => {
  it('makes the API ask the caller to come back later, not to log in again', async () => {
    const silent = createServer((_, response) => response.destroy()).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as { port: number };
    const beside = await startService({ worker: false, tokens: { issuer: `http://127.0.0.1:${port}`, audience } });
    const { status, headers, body } = await beside.as('caseworker-1').get('/v1/pathways');
    const ready = await beside.send('GET', '/v1/health/ready');
    silent.close();
    await beside.stop();
    expect([status, body.code, headers.get('Retry-After')]).toEqual([503, 'no-answer', '5']);
    expect(ready.body).toMatchObject({ code: 'not-ready', parts: { temporal: 'up', issuer: 'down' } });
  });
});

function secondsFromNow(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}

const caseworker: Claims = { sub: 'caseworker-1', roles: ['caseworker'], office: 'amsterdam' };

let service: Service;
let stranger: TestIssuer;
beforeAll(async () => {
  [service, stranger] = await Promise.all([startService({ worker: false }), startIssuer()]);
});
afterAll(async () => {
  await stranger.stop();
  await service.stop();
});

async function listed(token: string) {
  return service.send('GET', '/v1/pathways', { headers: { Authorization: `Bearer ${token}` } });
}
