import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Payload } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { sql } from 'kysely';
import { keyIdOf } from '../../src/privacy/codec';
import { readMasterKeys, readSystemKey } from '../../src/privacy/keyFiles';
import { socketOf } from '../../src/settings/databasePlace';
import { openDatabase } from '../../src/store/connection';
import { workflowIdOf } from '../../src/workflows/messages';
import { startNoticeReceiver, type NoticeReceiver } from '../activities/noticeReceiver';
import { startScriptedServer } from '../activities/scriptedServer';
import { until } from '../support/until';
import { engineOf } from './engineOf';
import { databaseOn, installations, start, startWorker, token, workerSettings, type Settings } from './service';

/** Values that occur nowhere else. Every request carries some of them, where it has place for any. */
const canary = {
  observed: '1987-03-13',
  asylum: '1986-02-11',
  interview: '1987-03-14',
  title: 'canary-title-7q3x',
  purpose: 'canary-purpose-7q3x',
  member: 'canary-member-7q3x',
  value: 'canary-value-7q3x',
  broken: 'canary-broken-7q3x',
  key: 'canary-key-7q3x',
  task: 'canary-task-7q3x',
  path: 'canary-path-7q3x',
  query: 'canary-query-7q3x',
  token: 'canary-token-7q3x',
  // JSON.parse repeats a text as a whole only if it is as short as these.
  notJson: 'canary-sig-7q3x',
  activity: 'canary-act-7q3x',
  bug: 'canary-bug-7q3x',
  mailServer: 'canary-mail-server-7q3x',
  request: 'canary-request-7q3x',
  trace: 'canary-trace-7q3x',
  state: 'canary-state-7q3x',
  agent: 'canary-agent-7q3x',
  address: 'canary-address-7q3x',
};
/** The headers of every request: text of the caller in each of them, after a trace that is well formed. */
const calledWith = {
  'X-Request-Id': canary.request,
  traceparent: `01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-${canary.trace}`,
  tracestate: `pathways=${canary.state}`,
  'User-Agent': canary.agent,
  'X-Forwarded-For': canary.address,
};
/** The name of a field that does not exist. The refusal names it, and nothing else does. */
const unknownKey = 'canaryUnknownKey7q3x';
/** A value that somebody else puts into the engine unencrypted. There it stays readable, and nowhere else. */
const plain = 'canary-plain-7q3x';

const answers = 'the answers to refused requests';
const database = 'the database';

describe('one case with an unmistakable value in every field of every request', () => {
  it('shows none of them outside its encrypted places, and every payload of it opens with its own key alone', async () => {
    const ind = await startNoticeReceiver();
    atTheEnd.push(() => ind.stop());
    const running = begin(start({ ...settings, ...(files = await filesFor(ind)) }));
    await running.ready();
    const ask = await askedBy('caseworker-1', 'police-1', 'supervisor-1');

    const reference = await itsRequests(ask);
    await whileTheDatabaseIsAway(ask, reference);
    await whatOthersPutThere(ask, reference);
    const mailWasDown = await whileTheMailIsDown(ask);
    await until('IND has a notice', () => ind.notices.length > 0);
    await until('there are mails', async () => (await filesIn(join(dataDir, 'mail'))).length > 0);
    expect(await unopened(reference)).toEqual([]);
    const dump = await dumpOfTheDatabase();
    expect(requests.length).toBeGreaterThan(20);
    expect(requests.filter((request) => !dump.includes(request))).toEqual([]);
    const readable = await readableInTheEngine();
    const atTheDoor = await withoutLogin(reference);

    running.child.kill('SIGINT');
    const { stdout, stderr } = await running.ended;
    const places = {
      [answers]: problems.join('\n'),
      'the headers of the answers': answerHeaders.join('\n'),
      'the output of a worker without a mail server': mailWasDown,
      'standard output': stdout,
      'standard error': stderr,
      'the notices': ind.notices.map(({ raw }) => raw).join('\n'),
      [database]: dump,
      'the Temporal UI without a login': atTheDoor,
    };
    expect(found(readable, 'what the engine shows')).toEqual([]);
    expect(Object.entries(places).flatMap(([place, text]) => found(text, place))).toEqual([]);
    expect(Object.keys(places).filter((place) => places[place as keyof typeof places].includes(plain))).toEqual([]);
    const kept = (await filesIn(dataDir)).filter((file) => !file.startsWith(join(dataDir, 'keys')));
    expect(kept.length).toBeGreaterThan(10);
    expect((await Promise.all(kept.map(async (file) => found((await readFile(file)).toString('latin1'), file)))).flat()).toEqual([]);
  });
});

const { History, HistoryEvent } = temporal.api.history.v1;
const { DescribeWorkflowExecutionResponse } = temporal.api.workflowservice.v1;

type Ask = (who: string, method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<number>;
let references: string[];
let problems: string[];
let answerHeaders: string[];
/** The ids of the requests that have to leave a line in the audit. */
let requests: string[];

/** Every kind of request, accepted and refused. Returns the reference of the case. */
async function itsRequests(ask: Ask): Promise<string> {
  const opened = await ask('caseworker-1', 'POST', '', intake());
  expect(opened).toBe(201);
  const [reference = ''] = references;
  const told = async (who: string, fact: object) => ask(who, 'POST', `/${reference}/facts`, fact);
  const accepted = [
    await told('police-1', { type: 'interviewHeld', on: canary.interview }),
    await told('caseworker-1', { type: 'consentGiven', purpose: `crossBorder:${canary.purpose}`, on: canary.interview }),
    await told('supervisor-1', { type: 'taskAdded', kind: 'social', due: '2087-03-13', owner: 'caseworker', title: canary.title }),
    await told('supervisor-1', { type: 'teamChanged', role: 'police', staffId: canary.member }),
    await told('police-1', { type: 'cooperated', form: 'otherCooperation' }),
    await ask('caseworker-1', 'POST', '/../pathway-previews', { startOn: canary.observed, person: intake().person }),
  ];
  expect(accepted).toEqual([201, 201, 201, 201, 201, 200]);
  for (const path of ['', '/facts', '/intake']) expect(await ask('caseworker-1', 'GET', `/${reference}${path}`)).toBe(200);
  expect(await ask('caseworker-1', 'GET', `/${reference}/deadlines/report-in-time`)).toBe(404);
  expect(await ask('supervisor-1', 'GET', `/${reference}/access-log`)).toBe(200);
  expect(await ask('caseworker-1', 'GET', '?stage=permitApplication')).toBe(200);

  const key = { 'Idempotency-Key': `${canary.key}-repeated` };
  const refused = [
    await told('caseworker-1', { type: 'interviewHeld', [unknownKey]: canary.value }),
    await told('caseworker-1', { type: canary.value }),
    await told('caseworker-1', { type: 'taskCompleted', task: canary.task }),
    await told('caseworker-1', { type: 'travelled', on: canary.value }),
    await told('caseworker-1', { type: 'consentGiven', purpose: canary.purpose }),
    await told('supervisor-1', { type: 'teamChanged', role: 'police', staffId: `${canary.member}-unknown` }),
    await told('caseworker-1', { type: 'cooperated', form: 'reportSigned' }),
    await ask('caseworker-1', 'POST', `/${reference}/facts`, `{"type": "${canary.broken}`),
    await ask('caseworker-1', 'POST', '', { ...intake(), [unknownKey]: canary.value }),
    await ask('caseworker-1', 'POST', '', { ...intake(), office: canary.value }, key),
    await ask('caseworker-1', 'GET', `/${canary.path}`),
    await ask('caseworker-1', 'GET', `/${reference}/${canary.path}`),
    await ask('caseworker-1', 'GET', `/${reference}/deadlines/${canary.path}`),
    await ask('caseworker-1', 'GET', `?stage=${canary.query}`),
    await ask('caseworker-1', 'GET', `?cursor=${canary.query}`),
    await ask('caseworker-1', 'GET', `/${reference}`, undefined, { Authorization: `Bearer ${canary.token}` }),
    await ask('caseworker-1', 'GET', `/${reference}`, undefined, { Authorization: canary.token }),
    await ask('caseworker-1', 'GET', `/${canary.path}`, undefined, { traceparent: canary.trace }),
  ];
  expect(refused.filter((status) => status < 400 || status >= 500)).toEqual([]);
  return reference;
}

/** The process of the database stands still for so long, as a machine does that hangs. */
const awayMs = 20_000;

async function whileTheDatabaseIsAway(ask: Ask, reference: string): Promise<void> {
  const itsProcess = databaseOn(dataDir);
  const back = new Promise((resolve) => setTimeout(resolve, awayMs));
  process.kill(itsProcess, 'SIGSTOP');
  try {
    expect(await ask('caseworker-1', 'POST', '', intake())).toBe(503);
    // The key of the case is in memory, and the line of an ordinary request waits.
    expect(await ask('caseworker-1', 'GET', `/${reference}`)).toBe(200);
    await back;
  } finally {
    process.kill(itsProcess, 'SIGCONT');
  }
  await until('the database answers again', async () => (await ask('supervisor-1', 'GET', `/${reference}/access-log`)) === 200);
}

/**
 * A worker whose mail server is down gets letters too, and as many cases are opened as it takes. The server gives a reason, which is
 * somebody else's text. Returns the output of that worker.
 */
async function whileTheMailIsDown(ask: Ask): Promise<string> {
  const server = await startScriptedServer({ greeting: `421 4.3.2 ${canary.mailServer}` });
  atTheEnd.push(() => server.stop());
  const variables = {
    DATABASE_URL: `postgres://pathways@localhost/pathways?host=${encodeURIComponent(socketOf(dataDir) ?? '')}`,
    MASTER_KEYS: readMasterKeys(dataDir)
      .map((key) => key.toString('base64'))
      .join(),
    SYSTEM_KEY: readSystemKey(dataDir).toString('base64'),
  };
  const temporalServer = { address: `127.0.0.1:${settings.TEMPORAL_PORT}`, namespace: 'default' };
  const worker = begin(startWorker({ ...workerSettings(temporalServer, { variables }, server.url), ...files }));
  let said = '';
  worker.child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  worker.child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await worker.ready();
  await until('a letter was not delivered', async () => {
    expect(await ask('caseworker-1', 'POST', '', intake())).toBe(201);
    return said.includes('a letter was not delivered');
  });
  worker.child.kill('SIGTERM');
  const { stdout, stderr } = await worker.ended;
  return stdout + stderr;
}

/**
 * The broken things that only somebody with a key, or at the engine itself, can put there: a plain signal, and three that make a task fail.
 * Each of the three has a case of its own.
 */
async function whatOthersPutThere(ask: Ask, reference: string): Promise<void> {
  const engine = await theEngine();
  await engine.signalPlain(reference, { answer: plain, on: plain, recordedBy: plain });
  expect(await ask('caseworker-1', 'POST', '', intake())).toBe(201);
  const another = references.at(-1) ?? '';
  await engine.signalWithoutJson(another, canary.notJson);
  expect(await ask('caseworker-1', 'GET', `/${reference}`)).toBe(200);
  await engine.failActivity('BT-CANARY-1', canary.activity);
  await engine.failWorkflow('BT-CANARY-2', canary.bug);
  references.push('BT-CANARY-1', 'BT-CANARY-2');
}

/** The payloads in the history of a case that its own key does not open. */
async function unopened(reference: string): Promise<string[]> {
  const engine = await theEngine();
  const context = { type: 'workflow' as const, namespace: 'default', workflowId: workflowIdOf(reference) };
  const codec = await engine.codecFor(reference);
  const unread: string[] = [];
  let count = 0;
  for (const event of await engine.eventsOf(reference))
    for (const payload of payloadsIn(HistoryEvent.toObject(HistoryEvent.fromObject(event)))) {
      count += 1;
      // Somebody else put this one there.
      if (Buffer.from(payload.data ?? []).includes(plain)) continue;
      const [read] = await codec.decode([payload], context);
      const why = read === undefined ? 'lost' : markerIn(read);
      if (why !== undefined || keyIdOf(payload) === undefined)
        unread.push(`${String(event.eventId)} ${String(event.eventType)}: ${String(why)}`);
    }
  expect(count).toBeGreaterThan(20);
  return unread;
}

/** The reason why a payload could not be read, where the codec left one in its place. */
function markerIn({ data }: Payload): string | undefined {
  return /^\{"unreadable":"(.*)"\}$/.exec(Buffer.from(data ?? []).toString())?.[1];
}

/** What the engine itself notes readably: the attributes of the list; number, name and times of a local activity. */
const readableOfTheEngine = ['searchAttributes', 'data'];

/** The payloads in a part of a history, except what the engine itself notes. */
function payloadsIn(part: unknown): Payload[] {
  if (typeof part !== 'object' || part === null || part instanceof Uint8Array) return [];
  if ('metadata' in part && 'data' in part) return [part as Payload];
  return Object.entries(part).flatMap(([name, inner]) => (readableOfTheEngine.includes(name) ? [] : payloadsIn(inner)));
}

/** Every row of every table of ours, as text. */
async function dumpOfTheDatabase(): Promise<string> {
  const db = openDatabase({ socket: socketOf(dataDir) ?? '' });
  const tables = await sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'pathways'`.execute(db);
  expect(tables.rows.map(({ name }) => name)).toContain('case_key');
  const rows: string[] = [];
  for (const { name } of tables.rows) {
    const readable = await sql<{ yes: boolean }>`select has_table_privilege(${`pathways.${name}`}, 'select') as yes`.execute(db);
    if (readable.rows[0]?.yes !== true) continue;
    const { rows: texts } = await sql<{ row: string }>`select t::text as row from ${sql.table(`pathways.${name}`)} t`.execute(db);
    rows.push(...texts.map(({ row }) => row));
  }
  await db.destroy();
  expect(rows.length).toBeGreaterThan(0);
  return rows.join('\n');
}

/** All that somebody gets who reaches the engine, as bytes: ids, attributes, names of events, encrypted payloads. */
async function readableInTheEngine(): Promise<string> {
  const engine = await theEngine();
  const parts: Uint8Array[] = [];
  for (const reference of references) {
    parts.push(DescribeWorkflowExecutionResponse.encode(await engine.describe(reference)).finish());
    parts.push(History.encode({ events: [...(await engine.eventsOf(reference))] }).finish());
  }
  return Buffer.concat(parts).toString('latin1');
}

/** What the Temporal UI gives to somebody who has not logged in. */
async function withoutLogin(reference: string): Promise<string> {
  const workflow = `api/v1/namespaces/default/workflows/${encodeURIComponent(workflowIdOf(reference))}`;
  const paths = ['', 'namespaces/default/workflows', 'api/v1/namespaces/default/workflows', workflow, `${workflow}/history`];
  const answers = paths.map(async (path) => {
    const answer = await fetch(`http://localhost:${settings.TEMPORAL_UI_PORT}/${path}`, { redirect: 'manual', headers: calledWith });
    expect([303, 401]).toContain(answer.status);
    return answer.text();
  });
  return (await Promise.all(answers)).join('\n');
}

function found(text: string, place: string): string[] {
  const { member, ...others } = canary;
  const values = [
    ...Object.values(others),
    ...(place === answers ? [] : [unknownKey]),
    // The register's lists are by staff id, so our database has it in clear, and nothing else has.
    ...(place === database || place.startsWith(join(dataDir, 'database')) ? [] : [member]),
  ];
  return values.flatMap((value) =>
    [value, Buffer.from(value).toString('base64').replace(/=+$/, ''), encodeURIComponent(value)].some((form) => text.includes(form))
      ? [`${value} in ${place}`]
      : [],
  );
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

function intake() {
  return {
    indication: { observedOn: canary.observed, by: 'police' },
    office: 'amsterdam',
    person: { residence: 'asylumSeeker', ageGroup: 'adult', nationality: 'VU', dependants: 7, asylumRequestedOn: canary.asylum },
  };
}

/** Asks with the tokens of these people, and keeps the answers to what was refused. */
async function askedBy(...people: readonly string[]): Promise<Ask> {
  const tokens = new Map<string, string>();
  for (const person of people) tokens.set(person, (await begin(token({ ...settings, ...files }, person)).ended).stdout.trim());
  let count = 0;
  return async (who, method, path, body, headers = {}) => {
    const answer = await fetch(`http://127.0.0.1:${settings.API_PORT}/v1/pathways${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${tokens.get(who) ?? ''}`,
        ...(method === 'POST'
          ? { 'Content-Type': 'application/json', 'Idempotency-Key': `${canary.key}-${(count += 1)}-${Date.now()}` }
          : {}),
        ...calledWith,
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    answerHeaders.push([...answer.headers].join('\n'));
    if (leavesLine(answer, path)) requests.push(answer.headers.get('x-request-id') ?? 'no id');
    if (answer.status >= 400) problems.push(text);
    else if (path === '' && method === 'POST') references.push((JSON.parse(text) as { reference: string }).reference);
    return answer.status;
  };
}

/** A preview is about no case, nobody asked where no token counts, and no durable line can be written while the database is away. */
function leavesLine({ status }: Response, path: string): boolean {
  return !path.includes('preview') && path !== `/${references[0] ?? ''}/${canary.path}` && ![401, 503].includes(status);
}

/** The demo staff with one more, and IND with a webhook. */
async function filesFor(ind: NoticeReceiver): Promise<Record<string, string>> {
  const demo = join(__dirname, '..', '..', 'src', 'embedded', 'demo');
  const read = async (name: string) => JSON.parse(await readFile(join(demo, name), 'utf8')) as Record<string, object[]>;
  const [staff, partners] = [await read('staff.json'), await read('partners.json')];
  const member = { id: canary.member, email: 'officer@example.org', roles: ['police'], office: 'amsterdam', language: 'nl' };
  const webhook = {
    id: 'ind',
    name: 'IND',
    country: 'NL',
    by: 'webhook',
    url: ind.url,
    secretVariable: 'IND_WEBHOOK_SECRET',
    language: 'nl',
  };
  const others = (partners['partners'] ?? []).filter((partner) => (partner as { id: string }).id !== 'ind');
  const made = { STAFF_FILE: join(elsewhere, 'staff.json'), PARTNERS_FILE: join(elsewhere, 'partners.json') };
  await writeFile(made.STAFF_FILE, JSON.stringify({ ...staff, staff: [...(staff['staff'] ?? []), member] }));
  await writeFile(made.PARTNERS_FILE, JSON.stringify({ partners: [...others, webhook] }));
  return { ...made, IND_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 3).toString('base64')}` };
}

async function theEngine() {
  const engine = await engineOf(dataDir, settings);
  atTheEnd.push(() => engine.close());
  return engine;
}

const atTheEnd: (() => Promise<void>)[] = [];
let dataDir: string;
let elsewhere: string;
let files: Readonly<Record<string, string>>;
let settings: Settings;
const { begin } = installations((made) => ({ dataDir, settings } = made));
beforeEach(async () => {
  elsewhere = await mkdtemp(join(tmpdir(), 'canary-'));
  [references, problems, answerHeaders, requests] = [[], [], [], []];
});
afterEach(async () => {
  for (const end of atTheEnd.splice(0)) await end();
  await rm(elsewhere, { recursive: true, force: true });
});
