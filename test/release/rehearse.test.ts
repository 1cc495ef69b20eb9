import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client, type WorkflowHandle } from '@temporalio/client';
import { writtenNowhere } from '../../src/activities/writeRegister';
import { createActivities } from '../../src/activities';
import { createMailer } from '../../src/activities/mailer';
import { startWorkers, type RunningWorkers } from '../../src/commands/workers';
import { dataConverterFor } from '../../src/privacy/dataConverter';
import { knownBuilds } from '../../src/releases/deployment';
import { keepBuild, keptBuildsIn, type KeptBuild } from '../../src/releases/keptBuilds';
import { makeCurrent } from '../../src/releases/move';
import type { Report } from '../../src/releases/report';
import { loadStaff } from '../../src/settings/staffFile';
import { caseFile, pathwayQueue, workflowIdOf, workflowType, workflowTaskTimeout } from '../../src/workflows/messages';
import { openDatabase, type Database } from '../end-to-end/database';
import { noEndedCases } from '../support/registerInMemory';
import { until } from '../support/until';
import { openPostOffice, type PostOffice } from '../workflows/support/postOffice';
import { buildOf } from './support/cases';
import { changedBuild, todaysBuild } from './support/changedBuild';
import { startEngine, type Engine } from './support/engine';
import { casesInEveryStage, freshCases, type CaseState } from './support/states';

describe('a rehearsal of a release', () => {
  it('lists the dates that move, allows the release, and sends nothing', async () => {
    const [before, runs] = [post.mails.length, await runsOf(cases)];
    const { code, stdout } = await command('rehearse', '--to', earlier.build, '--report', reportOf(earlier), '--server', engine.address);
    expect(stdout).toMatch(/^ *\d+ safety-plan: (8 days earlier|[\d-]{10} -> [\d-]{10})$/m);
    expect(stdout).toMatch(/^ *0 letters that the move itself would send$/m);
    expect(stdout).toMatch(new RegExp(`^ *${cases.length} replayed by the build that they are on: green$`, 'm'));
    expect(stdout).not.toContain('BT-');
    expect(code).toBe(0);
    const report = JSON.parse(await readFile(reportOf(earlier), 'utf8')) as Report;
    expect(report).toMatchObject({ target: earlier.build, openCases: cases.length, isRed: false });
    expect(JSON.stringify(report)).not.toContain('BT-');
    expect(post.mails.length).toBe(before);
    expect(await runsOf(cases)).toEqual(runs);
  });

  it('leaves one durable line a case, also where it names the cases', async () => {
    const linesBefore = await rehearseLines();
    const { stdout } = await command('rehearse', '--to', earlier.build, '--verbose');
    for (const { workflowId } of cases) expect(stdout).toContain(workflowId.slice(workflowIdOf('').length));
    expect((await rehearseLines()) - linesBefore).toBe(cases.length);
  });

  it('allows a release that plans a task no more, of which people were told', async () => {
    const { code, stdout } = await command('rehearse', '--to', withoutTask.build);
    expect(stdout).toMatch(/^ *\d+ safety-assessment: the task goes$/m);
    expect(stdout).not.toContain('would lose');
    expect(code).toBe(0);
  });

  it('forbids a release where a case is replayed otherwise than it ran, and names no case in its warnings either', async () => {
    const { code, stdout, stderr } = ofAWaveringBuild;
    expect(stdout).toMatch(/^ *1 replayed: red \(\w+\)$/m);
    expect(code).toBe(1);
    expect(stdout + stderr).not.toContain('BT-');
  });

  it('forbids a release that loses a field of what a case carries', async () => {
    const { code, stdout } = await command('rehearse', '--to', losing.build, '--report', reportOf(losing));
    expect(stdout).toMatch(/^ *\d+ would lose: outbox\./m);
    expect(stdout).toContain('red');
    expect(code).toBe(1);
    expect(await command('release', '--to', losing.build, '--rehearsed', reportOf(losing))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is red') as string,
    });
  });
});

describe('a release', () => {
  it('is refused without a report of its build, and of a build that is not kept', async () => {
    const refused = await command('release', '--to', earlier.build);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/^no report: npm run rehearse -- --to/) as string });
    await command('rehearse', '--to', today.build, '--report', reportOf(today));
    const ofAnother = await command('release', '--to', earlier.build, '--rehearsed', reportOf(today));
    expect(ofAnother).toMatchObject({ code: 1, stderr: expect.stringContaining(`a report of the build ${today.build}`) as string });
    const first = await command('release', '--to', earlier.build, '--first');
    expect(first).toMatchObject({ code: 1, stderr: expect.stringContaining('installation without cases') as string });
    const unknown = await command('release', '--to', '000000000000', '--first');
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining(`${today.build} (version`) as string });
    expect(await command('release', '--quickly')).toMatchObject({ code: 2 });
  });

  it('to a build that throws when it reads takes itself back, and every case answers', async () => {
    expect(await command('rehearse', '--to', throwing.build, '--report', reportOf(throwing))).toMatchObject({ code: 0 });
    const { code, stderr } = await command('release', '--to', throwing.build, '--rehearsed', reportOf(throwing));
    expect(stderr).toContain(`cases fail on the build ${throwing.build}; the build ${today.build} is current again`);
    expect(code).toBe(1);
    // The engine makes a pause before it tries again what had failed.
    for (const handle of cases) await until('the case answers with all that was recorded', () => hasAll(handle));
    expect(new Set(await buildsOf())).toEqual(new Set([today.build]));
  });

  it('takes every case over, and says so', async () => {
    const { code, stdout } = await command('release', '--to', earlier.build, '--rehearsed', reportOf(earlier));
    expect(stdout).toContain(`every open case is on the build ${earlier.build}`);
    expect(code).toBe(0);
    expect(new Set(await buildsOf())).toEqual(new Set([earlier.build]));
  });

  it('is refused to a build whose file is damaged, and changes nothing', async () => {
    await damaged(today, async () => {
      const refused = await command('release', '--to', today.build, '--rehearsed', reportOf(today));
      expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/^\S+ is missing or damaged: put it back\n$/) as string });
    });
    expect((await knownBuilds(client)).current).toBe(earlier.build);
  });

  it('is not finished, and not taken back, while the file of a build with open cases is damaged', async () => {
    await damaged(earlier, async () => {
      const { code, stderr } = await command('release', '--to', today.build, '--rehearsed', reportOf(today));
      expect(stderr).toMatch(new RegExp(`^not finished: ${cases.length} open cases of build ${earlier.build} cannot go over`));
      expect(code).toBe(1);
    });
    expect((await knownBuilds(client)).current).toBe(today.build);
    expect(new Set(await buildsOf())).toEqual(new Set([earlier.build]));
    expect(await command('release', '--to', today.build, '--rehearsed', reportOf(today))).toMatchObject({ code: 0 });
    expect(new Set(await buildsOf())).toEqual(new Set([today.build]));
  });
});

let engine: Engine;
let database: Database;
let post: PostOffice;
let workers: RunningWorkers;
let directory: string;
let client: Client;
let earlier: KeptBuild;
let losing: KeptBuild;
let throwing: KeptBuild;
let wavering: KeptBuild;
let withoutTask: KeptBuild;
let today: KeptBuild;
let ofAWaveringBuild: Ended;
const cases: WorkflowHandle[] = [];
const entriesOf = new Map<string, number>();

/** A command that has ended. */
interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function command(name: 'rehearse' | 'release', ...args: readonly string[]): Promise<Ended> {
  const env = {
    ...process.env,
    ...database.variables,
    TEMPORAL_ADDRESS: engine.address,
    TEMPORAL_NAMESPACE: 'default',
    WORKFLOWS_DIR: directory,
  };
  const running = promisify(execFile)(process.execPath, ['--import', 'tsx', `src/commands/${name}.ts`, ...args], { env });
  return running.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (failed: unknown) => failed as Ended,
  );
}

function reportOf({ build }: KeptBuild): string {
  return join(directory, `${build}.report.json`);
}

async function runsOf(handles: readonly WorkflowHandle[]): Promise<string[]> {
  return Promise.all(handles.map(async (handle) => (await handle.describe()).runId));
}

function hasAll(handle: WorkflowHandle): Promise<boolean> {
  return handle.query(caseFile).then(
    ({ entries }) => entries.length === entriesOf.get(handle.workflowId),
    () => false,
  );
}

/** Does something while the file of a build holds half of its bytes. */
async function damaged({ build }: KeptBuild, act: () => Promise<void>): Promise<void> {
  const file = join(directory, `${build}.js.gz`);
  const whole = await readFile(file);
  await writeFile(file, whole.subarray(0, whole.length / 2));
  await act().finally(() => writeFile(file, whole));
}

function buildsOf() {
  return Promise.all(cases.map(buildOf));
}

async function rehearseLines(): Promise<number> {
  const lines = await database.store.audit.from(0n, 10_000);
  return lines.filter(({ line }) => (JSON.parse(line) as { readonly did: string }).did === 'rehearse').length;
}

/** The first mail of each case has arrived, so that nothing but a release can send any. */
async function opens({ file }: CaseState, reference: string): Promise<void> {
  await database.seals.keys.make(reference, file.start.office);
  const { entries, revision, counted, outbox } = file;
  const before = entries.length === 0 ? {} : { entries, revision, counted, outbox };
  const handle = await client.workflow.start(workflowType, {
    workflowId: workflowIdOf(reference),
    taskQueue: pathwayQueue,
    workflowTaskTimeout,
    args: [{ version: 1, start: { ...file.start, reference }, ...before }],
  });
  cases.push(handle);
  entriesOf.set(handle.workflowId, entries.length);
  await until(`${reference} is quiet`, async () => {
    const { raw } = await handle.describe();
    return (await handle.query(caseFile)).outbox.opened && (raw.pendingActivities ?? []).length === 0;
  });
}

beforeAll(async () => {
  [engine, database, post, directory] = await Promise.all([
    startEngine(),
    openDatabase(),
    openPostOffice(),
    mkdtemp(join(tmpdir(), 'builds-')),
  ]);
  const duesEarlier = 'const dueOn = (0,_basics_calendar__WEBPACK_IMPORTED_MODULE_0__.plus)(on, due.after);\n            return once(';
  const made = [
    await changedBuild([
      duesEarlier,
      duesEarlier.replace('(on, due', '((0,_basics_calendar__WEBPACK_IMPORTED_MODULE_0__.daysAfter)(on, -8), due'),
    ]),
    await changedBuild(['(withEdition, entries, post)', '(withEdition, entries, { ...post, outbox: undefined })']),
    // The rules of this build read the case, so the rehearsal cannot see it.
    await changedBuild([
      'async function pathway(input) {',
      "async function pathway(input) { throw new Error('this build cannot read what is carried');",
    ]),
    await changedBuild([
      'async function pathway(input) {',
      'async function pathway(input) { if (__TEMPORAL_ACTIVATOR__.info.unsafe.isReplaying) throw new Error();',
    ]),
    await changedBuild([
      'const rules = edition.tasks.filter(({ plannedBy })=>plannedBy.some(',
      "const rules = edition.tasks.filter(({ id, plannedBy })=>id !== 'safety-assessment' && plannedBy.some(",
    ]),
    await todaysBuild(),
  ];
  for (const { build, code } of made)
    await keepBuild(directory, { build, code: await code() }, { version: 'tested', date: '2026-01-01', stays: (kept) => kept });
  const kept = await keptBuildsIn(directory);
  const found = made.map(({ build }) => kept.find((each) => each.build === build));
  [earlier, losing, throwing, wavering, withoutTask, today] = found as [KeptBuild, KeptBuild, KeptBuild, KeptBuild, KeptBuild, KeptBuild];

  const staff = loadStaff('src/embedded/demo/staff.json');
  const mailer = createMailer({ smtpUrl: post.url, from: 'pathways@example.org' });
  const log = { warn: () => undefined, error: () => undefined };
  const { keys } = database.seals;
  const settings = {
    mailer,
    staff,
    partners: { partners: [] },
    keys: database.store.caseKeys,
    register: writtenNowhere,
    publicUrl: 'https://cases.example.org',
    log,
  };
  workers = await startWorkers({
    temporal: { address: engine.address, namespace: 'default' },
    builds: kept,
    buildsAskedEachMs: 500,
    seals: { ...database.seals, keys },
    identity: 'worker@test',
    activities: createActivities(settings),
    watch: { mailer, operations: staff.operations, log, register: noEndedCases },
    stopping: { grace: '2s', force: '5s' },
  });
  client = new Client({ connection: engine.connection, dataConverter: dataConverterFor(database.seals, 'asking') });
  const becomesCurrent = ({ build: target }: KeptBuild) =>
    makeCurrent({ client, target, tell: () => undefined, stopping: new AbortController().signal });
  await becomesCurrent(wavering);
  for (const state of freshCases(1)) await opens(state, 'BT-TEST-0');
  ofAWaveringBuild = await command('rehearse', '--to', earlier.build);
  await cases.pop()?.terminate('the other cases are replayed as they ran');
  await becomesCurrent(today);
  const states = [...freshCases(3), ...casesInEveryStage()];
  for (const [number, state] of states.entries()) await opens(state, `BT-TEST-${number + 1}`);
});
afterAll(async () => {
  await workers.stop();
  await post.goesAway();
  await database.stop();
  await engine.stop();
  await rm(directory, { recursive: true, force: true });
});
