import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express, { type ErrorRequestHandler } from 'express';
import { sessionSecrets } from '../../src/commands/sessionSeal';
import { startIssuer, type Issuer } from '../../src/embedded/issuer';
import { identityFor } from '../../src/login/identity';
import { loginFor } from '../../src/login/login';
import { LoginRefused } from '../../src/login/loginRefused';
import { demoStaff } from '../api/support/staff';
import { freePorts } from '../support/freePorts';
import { testKey } from '../support/key';
import { Browser, type Page } from './support/browser';
import { RowsInMemory } from './support/rows';

describe('a person', () => {
  it('is sent to the login, and afterwards to the page that they asked for', async () => {
    const asked = await browser.goTo(`${site}/cases?stage=reflection`);
    expect(asked.text).toContain('Everybody here is invented');
    expect(new URL(asked.address).origin).toBe(issuer.issuer);
    const page = await browser.send(asked, { id: 'supervisor-1' });
    expect(page).toMatchObject({ address: `${site}/cases?stage=reflection`, status: 200, text: 'supervisor-1 of amsterdam' });
  });

  it('stays logged in, and finds the login already done', async () => {
    await logIn('supervisor-1');
    expect((await browser.goTo(`${site}/cases`)).text).toBe('supervisor-1 of amsterdam');
    expect(await browser.goTo(`${site}/login?returnUrl=${site}/cases`)).toMatchObject({ address: `${site}/cases` });
  });

  it('of a role that has nothing to do there is not let in, and may log in as somebody else', async () => {
    const refused = await logIn('police-1');
    expect(refused).toMatchObject({ status: 403, text: expect.stringContaining('not for your role') });
    expect((await browser.goTo(`${site}/cases`)).text).toContain('Who are you?');
    expect((await logIn('auditor-1')).text).toBe('auditor-1 of no office');
  });

  it('who is no longer in the list of the staff is not let in', async () => {
    await logIn('supervisor-1');
    onFile.delete('supervisor-1');
    expect((await browser.goTo(`${site}/cases`)).text).toContain('Who are you?');
    expect(await logIn('supervisor-1')).toMatchObject({ status: 403, text: expect.stringContaining('the list of the staff has nobody') });
  });

  it.each(['https://evil.example/', '//evil.example/', `http://localhost.evil.example/`, '/\\evil.example', 'javascript:alert(1)'])(
    'is never sent elsewhere after a login: %s',
    async (returnUrl) => {
      const asked = await browser.goTo(`${site}/login?${new URLSearchParams({ returnUrl }).toString()}`);
      expect((await browser.send(asked, { id: 'supervisor-1' })).address).toMatch(new RegExp(`^${site}/`));
    },
  );

  it('may log in from two windows at once', async () => {
    const [first, second] = [await browser.goTo(`${site}/one`), await browser.goTo(`${site}/two`)];
    expect((await browser.send(second, { id: 'supervisor-1' })).address).toBe(`${site}/two`);
    expect((await browser.goTo(`${site}/three`)).status).toBe(200);
    expect(new URL(first.address).pathname).not.toBe(new URL(second.address).pathname);
  });

  it('logs out here and at the issuer, and whoever goes back finds the login', async () => {
    await logIn('supervisor-1');
    const asked = await browser.goTo(`${site}/logout`);
    expect(asked.text).toContain('You are logged in as supervisor-1.');
    const atIssuer = await browser.send(asked, {});
    expect(new URL(atIssuer.address).origin).toBe(issuer.issuer);
    expect(await browser.send(atIssuer, { logout: 'yes' })).toMatchObject({ address: `${site}/logged-out`, status: 200 });
    expect(rows.rows.size).toBe(0);
    expect((await browser.goTo(`${site}/cases`)).text).toContain('Who are you?');
  });
});

describe('a session', () => {
  it('ends after a quarter of an hour in which nobody did anything, and does not open again by itself', async () => {
    await logIn('supervisor-1');
    ahead += 14 * minute;
    expect((await browser.goTo(`${site}/cases`)).status).toBe(200);
    ahead += 14 * minute;
    expect((await browser.goTo(`${site}/cases`)).text).toBe('supervisor-1 of amsterdam');
    ahead += 16 * minute;
    expect((await browser.goTo(`${site}/cases`)).text).toContain('Who are you?');
  });

  it('that has ended is not renewed by that of the issuer, though the browser changes the question', async () => {
    await logIn('supervisor-1');
    const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 16 * minute);
    const question = new URL((await browser.ask(`${site}/login`)).headers.location ?? '');
    expect([question.searchParams.get('prompt'), question.searchParams.get('max_age')]).toEqual(['login', '0']);
    question.searchParams.delete('prompt');
    question.searchParams.delete('max_age');
    const answer = await browser.goTo(question.href);
    now.mockRestore();
    expect(answer).toMatchObject({ status: 403, text: expect.stringContaining('Log in as somebody else') });
  });

  it('is looked at again after an hour, without a question, and ends after eight hours', async () => {
    await logIn('supervisor-1');
    await activeFor(50);
    ahead += 11 * minute;
    expect((await browser.ask(`${site}/cases`)).status).toBe(303);
    expect((await browser.goTo(`${site}/cases`)).text).toBe('supervisor-1 of amsterdam');
    await activeFor(7 * 60);
    expect((await browser.goTo(`${site}/cases`)).text).toContain('Who are you?');
  });

  it('ends at the second look if the person has logged out at the issuer', async () => {
    await logIn('supervisor-1');
    await activeFor(50);
    ahead += 11 * minute;
    browser.cookiesOf(issuer.issuer).clear();
    expect((await browser.goTo(`${site}/cases`)).text).toContain('Who are you?');
  });

  it('has a new name after the login: nobody can have planted it', async () => {
    const asked = await browser.goTo(`${site}/cases`);
    const before = browser.cookiesOf(site).get('site');
    await browser.send(asked, { id: 'supervisor-1' });
    const after = browser.cookiesOf(site).get('site');
    expect(before).toBeDefined();
    expect(after).not.toBe(before);
    const planted = new Browser();
    planted.cookiesOf(site).set('site', before ?? '');
    expect((await planted.goTo(`${site}/cases`)).text).toContain('Who are you?');
  });

  it('is out of reach for scripts and for forms of other sites, and a stolen table tells of nobody', async () => {
    const set = (await browser.ask(`${site}/login`)).headers['set-cookie'];
    expect(set?.join()).toMatch(/^site=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/);
    await logIn('supervisor-1');
    const table = [...rows.rows.values()].map(({ sealed }) => sealed.toString('latin1')).join();
    expect(table).not.toMatch(/supervisor|amsterdam|eyJ/);
  });

  it('cannot be put in the place of another in the table', async () => {
    await logIn('supervisor-1');
    const [sealed] = [...rows.rows.values()];
    const other = new Browser();
    await other.goTo(`${site}/cases`);
    for (const [id] of rows.rows) if (sealed !== undefined) rows.rows.set(id, sealed);
    expect((await other.goTo(`${site}/cases`)).text).toContain('Who are you?');
  });

  it.each([
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['another port of this machine', { 'Sec-Fetch-Site': 'same-site' }],
    ['another origin, in an old browser', { Origin: 'http://evil.example' }],
    ['nowhere', {}],
  ])('is not ended by a form of %s', async (_, headers) => {
    await logIn('supervisor-1');
    expect((await browser.ask(`${site}/logout`, { method: 'POST', headers })).status).toBe(403);
    expect((await browser.goTo(`${site}/cases`)).text).toBe('supervisor-1 of amsterdam');
  });

  it('has a cookie for this host and https alone, where people come over https', async () => {
    const { address, server } = await serve('https://pathways.example.org');
    const answer = await browser.ask(`${address}/login`, { headers: { Host: 'pathways.example.org' } });
    server.close();
    expect(answer.headers['set-cookie']?.join()).toMatch(/^__Host-site=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  });
});

describe('a login', () => {
  it('cannot be finished in another browser, nor twice, nor with another state', async () => {
    const asked = await browser.goTo(`${site}/cases`);
    const finish = await lastStep(asked);
    const victim = new Browser();
    expect(await victim.goTo(finish)).toMatchObject({ status: 400, text: expect.stringContaining('not begun in this browser') });
    expect(await browser.goTo(finish.replace(/state=[^&]+/, 'state=another'))).toMatchObject({ status: 400 });
    expect((await browser.goTo(finish)).text).toBe('supervisor-1 of amsterdam');
    expect(await browser.goTo(finish)).toMatchObject({ status: 400 });
  });

  it('has ten minutes', async () => {
    const finish = await lastStep(await browser.goTo(`${site}/cases`));
    ahead += 11 * minute;
    expect(await browser.goTo(finish)).toMatchObject({ status: 400, text: expect.stringContaining('longer than ten minutes') });
  });

  it('with a forged code or error is refused, and says so', async () => {
    const forged = (await lastStep(await browser.goTo(`${site}/cases`))).replace(/code=[^&]+/, 'code=forged');
    expect(await browser.goTo(forged)).toMatchObject({ status: 403, text: expect.stringContaining('Log in as somebody else') });
    expect(logged).toEqual([{ code: 'token-not-valid', detail: 'invalid_grant' }]);
  });

  it('waits while the issuer or the database does not answer', async () => {
    const asked = await browser.goTo(`${site}/cases`);
    rows.away = true;
    expect((await browser.send(asked, { id: 'supervisor-1' })).status).toBe(503);
    rows.away = false;
    const beside = await serve(site, { ...client, issuer: `http://127.0.0.1:${await nobodysPort()}` });
    const answer = await browser.ask(`${beside.address}/login`, { headers: { Host: new URL(site).host } });
    beside.server.close();
    expect(answer.status).toBe(503);
  });
});

describe('the embedded issuer', () => {
  it('goes on when a browser leaves in the middle of its choice', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    const { hostname, port, pathname } = new URL((await browser.goTo(`${site}/cases`)).address);
    const cookie = [...browser.cookiesOf(issuer.issuer)].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { Cookie: cookie, 'Content-Length': '100', Expect: '100-continue' };
    const choice = request({ hostname, port, path: pathname, method: 'POST', headers });
    choice.on('error', () => undefined).flushHeaders();
    await once(choice, 'continue');
    choice.destroy();
    expect((await logIn('supervisor-1')).text).toBe('supervisor-1 of amsterdam');
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });
});

const minute = 60_000;
let [ahead, site, logged]: [number, string, object[]] = [0, '', []];
let browser: Browser;
let rows: RowsInMemory;
let onFile: Map<string, (typeof demoStaff)['staff'][number]>;
const clock = () => Date.now() + ahead;

let dataDir: string;
let issuer: Issuer;
let client: { issuer: string; clientId: string; clientSecret: string; scope: string };
let sitePort: number;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'login-'));
  const [issuerPort = 0, port = 0] = await freePorts(2);
  sitePort = port;
  site = `http://localhost:${port}`;
  issuer = await startIssuer({
    port: issuerPort,
    dataDir,
    staff: demoStaff.staff,
    sites: [{ clientId: 'site', redirectUri: `${site}/login/callback`, afterLogout: `${site}/logged-out` }],
  });
  client = { issuer: issuer.issuer, clientId: 'site', clientSecret: issuer.clientSecret, scope: 'openid' };
});
afterAll(async () => {
  await issuer.stop();
  await rm(dataDir, { recursive: true, force: true });
});

let server: Server;
beforeEach(async () => {
  [ahead, logged] = [0, []];
  browser = new Browser();
  rows = new RowsInMemory(clock);
  onFile = new Map(demoStaff.staff.map((member) => [member.id, member]));
  server = (await serve(site, client, sitePort)).server;
});
afterEach(async () => {
  server.closeAllConnections();
  await once(server.close(), 'close');
});

/** A site of one page, which says who is logged in. */
async function serve(publicUrl: string, by = client, port = 0): Promise<{ address: string; server: Server }> {
  const ofToken = identityFor({ issuer: issuer.issuer, audience: issuer.audience }, demoStaff);
  const isOnFile = ({ id }: { readonly id: string }) => onFile.has(id);
  const identify = async (authorization: string | undefined) => {
    const caller = await ofToken.identify(authorization);
    if (!isOnFile(caller)) throw new LoginRefused('token-not-valid');
    return caller;
  };
  const login = loginFor({
    name: 'site',
    publicUrl,
    client: by,
    identity: { ...ofToken, identify, isOnFile },
    mayEnter: ({ roles }) => roles.includes('supervisor') || roles.includes('auditor'),
    sessions: rows,
    ...sessionSecrets(testKey, 'site'),
    log: { error: (fields) => void logged.push(fields) },
    clock,
  });
  const app = express().use(login.router);
  app.use(async (request, response) => {
    const caller = login.callerOf(request);
    if (caller === undefined) return void login.sendToLogin(request, response);
    await login.keepOpen(request);
    response.end(`${caller.id} of ${caller.office ?? 'no office'}`);
  });
  const failed: ErrorRequestHandler = (_error, _request, response, _next) => void response.status(503).end();
  app.use(failed);
  const listening = app.listen(port, '127.0.0.1');
  await once(listening, 'listening');
  return { address: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`, server: listening };
}

async function nobodysPort(): Promise<number> {
  const [port = 0] = await freePorts(1);
  return port;
}

async function logIn(id: string): Promise<Page> {
  const asked = await browser.goTo(`${site}/login`);
  return browser.send(asked, { id });
}

/** Chooses somebody at the issuer, and returns the address to which the issuer sends the browser, without going there. */
async function lastStep(asked: Page): Promise<string> {
  const own = { Origin: issuer.issuer, 'Sec-Fetch-Site': 'same-origin' };
  const chosen = await browser.ask(asked.address, { method: 'POST', form: { id: 'supervisor-1' }, headers: own });
  return (await browser.ask(chosen.headers.location ?? '')).headers.location ?? '';
}

/** The person does something every ten minutes. */
async function activeFor(minutes: number): Promise<void> {
  const until = ahead + minutes * minute;
  while (ahead < until) {
    ahead += 10 * minute;
    await browser.goTo(`${site}/cases`);
  }
}
