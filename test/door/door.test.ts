import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { startTemporal, type EmbeddedTemporal } from '../../src/embedded/temporal';
import { findTemporalCli } from '../../src/embedded/temporalBinaries';
import { demoStaff } from '../api/support/staff';
import { freePorts } from '../support/freePorts';
import { onTheWire, startDoor, startMirror, type Doorway } from './support/doorway';

const letIn = ['supervisor-1', 'supervisor-rotterdam-1', 'auditor-1'];

describe('the door before the Temporal UI', () => {
  it.each([
    ['GET', '/namespaces/default/workflows'],
    ['GET', '/api/v1/namespaces'],
    ['GET', '/api/v1/settings'],
    ['GET', '/render?content=x'],
    ['GET', '/_app/version.json'],
    ['GET', '/health/ready'],
    ['POST', '/api/v1/namespaces/default/workflows/x/query/y'],
    ['POST', '/codec/decode'],
    ['POST', '/codec/encode'],
  ])('lets nobody through without a login: %s %s', async (method, path) => {
    const answer = await door.browser().ask(`${door.site}${path}`, { method, headers: ownPage });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([401, { code: 'not-logged-in', message: 'log in again' }]);
  });

  it('shows the login to a person who is not logged in', async () => {
    const page = await door.browser().goTo(`${door.site}/namespaces/default/workflows?query=x`);
    expect(page.text).toContain('Who are you?');
  });

  it.each(demoStaff.staff.map(({ id }) => id))('lets in supervisors and auditors, and nobody else: %s', async (id) => {
    const browser = await door.browserOf(id);
    const [page, answer] = [await browser.goTo(`${door.site}/`), await browser.ask(`${door.site}/api/v1/namespaces`)];
    if (letIn.includes(id)) {
      expect(page).toMatchObject({ status: 200, text: expect.stringContaining('/_app/immutable/') });
      expect(answer).toMatchObject({ status: 200, text: expect.stringContaining('"default"') });
    } else {
      expect(browser.page).toMatchObject({ status: 403, text: expect.stringContaining('not for your role') });
      expect([page.text.includes('Who are you?'), answer.status]).toEqual([true, 401]);
    }
  });

  it('tells the pages to decode at the door, and to offer nothing that changes anything', async () => {
    const { text } = await (await door.browserOf('auditor-1')).ask(`${door.site}/api/v1/settings`);
    const codec = { Endpoint: '/codec', PassAccessToken: false };
    expect(JSON.parse(text)).toMatchObject({ Codec: codec, DisableWriteActions: true, Version: expect.any(String) });
  });

  it.each([
    ['POST', 'workflows/pathway%2FBT-1/terminate'],
    ['POST', 'workflows/pathway%2FBT-1/cancel'],
    ['POST', 'workflows/pathway%2FBT-1/reset'],
    ['POST', 'workflows/pathway%2FBT-1/signal/cooperation'],
    ['POST', 'workflows/pathway%2FBT-1/update/recordFact'],
    ['POST', 'workflows/pathway%2FBT-1/query/..%2Fterminate'],
    ['POST', 'workflows/query/x/terminate'],
    ['POST', 'workflows/new'],
    ['POST', 'batch-operations/query/x'],
    ['POST', 'schedules/x'],
    ['PUT', 'workflows/x'],
    ['PATCH', 'schedules/x'],
    ['DELETE', 'workflows/x'],
    ['OPTIONS', 'workflows'],
    ['HEAD', 'workflows'],
  ])('passes on nothing that could change anything: %s %s', async (method, path) => {
    const browser = await door.browserOf('supervisor-1');
    const answer = await browser.ask(`${door.site}/api/v1/namespaces/default/${path}`, { method, headers: ownPage });
    expect([answer.status, answer.headers.allow]).toEqual([405, 'GET']);
  });

  it('shows one namespace, and no other', async () => {
    const browser = await door.browserOf('auditor-1');
    const { text } = await browser.ask(`${door.site}/api/v1/namespaces?pageSize=50`);
    expect(JSON.parse(text)).toMatchObject({ namespaces: [{ namespaceInfo: { name: 'default' } }] });
    expect((await browser.ask(`${door.site}/api/v1/namespaces/default/workflows`)).status).toBe(200);
    for (const path of ['cluster-info', 'system-info']) expect((await browser.ask(`${door.site}/api/v1/${path}`)).status).toBe(200);
    for (const path of [
      '/api/v1/namespaces/temporal-system',
      '/api/v1/namespaces/temporal-system/workflows',
      '/api/v1/%6Eamespaces/temporal-system/workflows',
      '/api//v1/namespaces/temporal-system/workflows',
      '/api/v1/namespaces/default/../temporal-system/workflows',
      '/api/v1/namespaces/default/%2E./temporal-system/workflows',
      '/api/v1/namespaces/%/workflows',
      '/api/v1/nexus/endpoints',
      '/namespaces/temporal-system/workflows',
    ])
      expect([path, (await browser.ask(door.site, { path })).status]).toEqual([path, 404]);
  });

  it('passes on a query of its own page, and of no other', async () => {
    const address = `${door.site}/api/v1/namespaces/default/workflows/pathway%2FBT-1/query/__stack_trace`;
    const browser = await door.browserOf('supervisor-1');
    await browser.ask(`${door.site}/`);
    const headers = { ...ownPage, 'X-CSRF-Token': browser.cookiesOf(door.site).get('_csrf') ?? '' };
    const answer = await browser.ask(address, { method: 'POST', headers, body: '{}' });
    // Temporal knows no such workflow, so the query got there.
    expect([answer.status, answer.text]).toEqual([404, expect.stringContaining('not found')]);
    expect(
      (await browser.ask(address, { method: 'POST', headers: { ...headers, 'Sec-Fetch-Site': 'same-site' }, body: '{}' })).status,
    ).toBe(403);
  });

  it('lets the command line read a case by a bearer token', async () => {
    await door.keys.make('BT-1', 'amsterdam');
    const payload = await door.sealed('a word', 'BT-1');
    const connection = await Connection.connect({ address: temporal.address });
    // A payload that is sealed already goes to Temporal as it is.
    const converter = { payloadConverterPath: require.resolve('./support/asItIs') };
    const client = new Client({ connection, dataConverter: converter });
    await client.workflow.start('pathway', { taskQueue: 'nobody', workflowId: 'pathway/BT-1', args: [onTheWire(payload)] });
    await connection.close();
    const shown = async (staffId: string) => {
      const codec = ['--codec-endpoint', `${door.site}/codec`, '--codec-auth', `Bearer ${await door.tokenOf(staffId)}`];
      const show = ['workflow', 'show', '--address', temporal.address, '--workflow-id', 'pathway/BT-1', '--output', 'json'];
      return (await promisify(execFile)(await findTemporalCli(), [...show, ...codec])).stdout;
    };
    expect(await shown('supervisor-1')).toContain(btoa('"a word"'));
    expect(await shown('supervisor-rotterdam-1')).toContain(btoa('{"unreadable":"not-yours"}'));
  });

  it('closes when nobody does anything, though a page that was left open goes on asking', async () => {
    const browser = await door.browserOf('supervisor-1');
    const byItself = ['workflows/pathway%2FBT-1?execution.runId=x', 'workflow-count?query=x', 'workflows/x/history?waitNewEvent=true'];
    const ask = (path: string) => browser.ask(`${door.site}/api/v1/namespaces/default/${path}`);
    door.state.ahead = 14 * 60_000;
    for (const path of byItself) expect([path, (await ask(path)).status]).not.toEqual([path, 401]);
    door.state.ahead = 16 * 60_000;
    for (const path of byItself) expect([path, (await ask(path)).status]).toEqual([path, 401]);
    const another = await door.browserOf('supervisor-1');
    door.state.ahead += 14 * 60_000;
    await another.ask(`${door.site}/api/v1/namespaces/default/workflows?pageSize=100`);
    door.state.ahead += 14 * 60_000;
    expect((await another.ask(`${door.site}/api/v1/namespaces`)).status).toBe(200);
  });
});

describe('what is behind the door', () => {
  it('learns neither who is logged in nor their token, and no other page may read its answers', async () => {
    const mirror = await startMirror();
    const beside = await startDoor(mirror.address);
    const browser = await beside.browserOf('supervisor-1');
    const headers = { 'X-Http-Method-Override': 'DELETE', Origin: beside.site, 'X-Forwarded-For': '10.0.0.1' };
    await browser.ask(`${beside.site}/first`);
    const answer = await browser.ask(`${beside.site}/second`, { headers });
    await beside.stop();
    await mirror.stop();
    expect(answer.text).toBe('a page');
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'x-frame-options': 'SAMEORIGIN' });
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    expect(Object.keys(mirror.asked.at(-1) ?? {}).sort()).toEqual(['connection', 'cookie', 'host']);
    expect(mirror.asked.at(-1)?.['cookie']).toBe('_csrf=abc');
  });

  it('may be away: a page says so', async () => {
    const beside = await startDoor(new URL('http://127.0.0.1:9'));
    const browser = await beside.browserOf('supervisor-1');
    expect(browser.page).toMatchObject({ status: 502, text: expect.stringContaining('the Temporal UI does not answer') });
    expect((await browser.ask(`${beside.site}/api/v1/settings`)).status).toBe(502);
    await beside.stop();
  });
});

const ownPage = { 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/json' };

let directory: string;
let temporal: EmbeddedTemporal;
let door: Doorway;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ui-'));
  const [port = 0] = await freePorts(1);
  temporal = await startTemporal({ executable: await findTemporalCli(), port, databaseFile: join(directory, 'temporal.db') });
});
beforeEach(async () => {
  door = await startDoor(new URL(`http://${temporal.ui.host}:${temporal.ui.port}`));
});
afterEach(async () => {
  expect(door.logged).toEqual([]);
  await door.stop();
});
afterAll(async () => {
  await temporal.stop();
  await rm(directory, { recursive: true, force: true });
});
