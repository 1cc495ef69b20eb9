import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { prosecutorsAmong, defaultTeamOf } from '../../src/casework/requests/team';
import { referenceFrom } from '../../src/casework/requests/references';
import type { Closing } from '../../src/commands/closing';
import { caseAttributes } from '../../src/domain/views/caseAttributes';
import { instantOf, type Instant } from '../../src/domain/basics/calendar';
import type { Caller } from '../../src/domain/basics/roles';
import { dataConverterFor } from '../../src/privacy/dataConverter';
import { blindConverter } from '../../src/releases/blindConverter';
import { keepBuild, keptBuildsIn } from '../../src/releases/keptBuilds';
import { moveCases } from '../../src/releases/move';
import { ourVersion } from '../../src/releases/ourVersion';
import { bundleOfSources } from '../../src/releases/workflowBundle';
import type { StaffFile } from '../../src/settings/staffFile';
import {
  attributesOf,
  caseNames,
  pathwayQueue,
  watchId,
  workflowIdOf,
  workflowTaskTimeout,
  workflowType,
  type PathwayStart,
} from '../../src/workflows/messages';
import { startChild } from '../processes/child';
import { openMailSink, type MailSink } from '../processes/mailSink';
import type { PostgresServer } from '../processes/postgres';
import { tellerId } from './login';
import { startOurApi } from './ourApi';
import { databaseOn, embeddedDatabase, openRegisterOf, type OurDatabase } from './ourDatabase';
import { intake, taskCompleted } from './requests';
import type { Setting } from './setting';
import { minuteAfter, type OurSide } from './side';
import { lettersAt, sleepingCase, tasksThatMayBeDone } from './sleepingCase';

/** The service as in production: API and worker in separate processes, with real tokens and real mail. */
export async function ourSide(setting: Setting, postgres: PostgresServer | undefined): Promise<OurSide> {
  const { closing, staff, login } = setting;
  const database = await (postgres === undefined ? embeddedDatabase(closing) : databaseOn(postgres, 'ours'));
  const mail = await openMailSink();
  closing.later(() => mail.close());
  const teller = memberOf(staff, tellerId);
  const address = await startOurApi(setting, database);
  const api = await login.speakTo(address);
  const { client, start } = caseStarter(setting, database);
  const example = caseAsleep(staff, minuteAfter(3_600_000));
  const tasks = tasksThatMayBeDone(example.file, teller);
  const told = new Map<string, number>();
  // Each worker makes sure that the watch runs.
  setting.started(watchId);
  const builds = await keptBundle(closing);
  const startWorker = async () => {
    const child = await startChild({ ...workerOrder(setting, database, mail, builds), profile: setting.profile }, closing);
    await makeCurrent(setting, builds);
    return child;
  };
  return {
    name: 'ours',
    async open() {
      const { reference } = (await api.post('/v1/pathways', intake())) as { reference: string };
      setting.started(workflowIdOf(reference));
      return reference;
    },
    openAsleep: (minute) => start(caseAsleep(staff, minute)),
    command(reference) {
      const nth = told.get(reference) ?? 0;
      told.set(reference, nth + 1);
      return api.post(`/v1/pathways/${reference}/facts`, taskCompleted(tasks[nth]));
    },
    read: (reference) => api.get(`/v1/pathways/${reference}`),
    workflow: (reference) => client.workflow.getHandle(workflowIdOf(reference)),
    acts: async () => mail.taken(),
    actsOf: { opened: lettersAtIntake, woken: lettersAt(example.file, example.minute) },
    async changesWaiting() {
      // Without its database the API is not ready, and says as much.
      const answer = await fetch(`${address}/v1/health/ready`);
      const { register } = (await answer.json()) as { readonly register: { readonly waiting: number } };
      return register.waiting;
    },
    startWorker,
    worker: await startWorker(),
  };
}

/** The number of first mails of a new case: caseworker, care coordinator and police get one about their first tasks. */
const lettersAtIntake = 3;

function caseAsleep(staff: StaffFile, minute: Instant) {
  const team = { team: defaultTeamOf(staff, 'amsterdam'), prosecutors: prosecutorsAmong(staff), police: memberOf(staff, 'police-1') };
  return { minute, file: sleepingCase(referenceFrom(randomBytes(8)), minute, team) };
}

function memberOf({ staff }: StaffFile, wanted: string): Caller {
  const member = staff.find(({ id }) => id === wanted);
  if (member === undefined) throw new Error(`the staff file has no member ${wanted}`);
  return { id: member.id, roles: member.roles, office: member.office };
}

/**
 * Starts a case in the way a case continues in a new run: with its log and outbox, and its row in the register. The API can only open new
 * cases.
 */
function caseStarter({ client: { connection, options }, started, closing }: Setting, database: OurDatabase) {
  const { namespace } = options;
  const { keys, register } = openRegisterOf(database, closing);
  const seals = { systemKey: database.systemKey, keys, namespace, cases: caseNames };
  const client = new Client({ connection, namespace, dataConverter: dataConverterFor(seals, 'asking') });
  const start = async ({ file: asleep }: ReturnType<typeof caseAsleep>): Promise<string> => {
    const file = { ...asleep, revision: Date.now() };
    const { start, entries, revision, outbox, situation } = file;
    const workflowId = workflowIdOf(start.reference);
    await keys.make(start.reference, start.office);
    await client.workflow.start(workflowType, {
      workflowId,
      taskQueue: pathwayQueue,
      workflowTaskTimeout,
      args: [{ version: 1, start, entries, revision, outbox } satisfies PathwayStart],
      typedSearchAttributes: attributesOf(caseAttributes(file, situation.asOf)),
      memo: { since: situation.since },
    });
    started(workflowId);
    await register.write({ file, now: instantOf(revision) });
    return start.reference;
  };
  return { client, start };
}

/** A folder that keeps the build of today's sources. */
async function keptBundle(closing: Closing): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-builds-'));
  closing.later(() => rm(folder, { recursive: true, force: true }));
  await keepBuild(folder, await bundleOfSources(), { version: ourVersion(), date: '2026-01-01', stays: () => [] });
  return folder;
}

/** What a release does once a worker runs: without it no new case would begin. */
async function makeCurrent({ client: { connection, options } }: Setting, builds: string): Promise<void> {
  const client = new Client({ connection, namespace: options.namespace, dataConverter: blindConverter });
  const [{ build }] = await keptBuildsIn(builds);
  await moveCases({ client, target: build, perSecond: 50, tell: () => undefined, stopping: new AbortController().signal });
}

/** `npm run start:worker`, from the output of `npm run build`. */
function workerOrder({ client, address, files }: Setting, { urlOf, systemKey, masterKey }: OurDatabase, mail: MailSink, builds: string) {
  return {
    script: 'src/commands/worker.js',
    readyWith: 'the workers ask for work',
    env: {
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: client.options.namespace,
      DATABASE_URL: urlOf('worker'),
      MASTER_KEYS: masterKey.toString('base64'),
      SYSTEM_KEY: systemKey.toString('base64'),
      STAFF_FILE: files.staffFile,
      PARTNERS_FILE: files.partnersFile,
      PUBLIC_URL: 'https://cases.example.org',
      SMTP_URL: mail.url,
      MAIL_FROM: 'pathways@example.org',
      WORKFLOWS_DIR: builds,
    },
  };
}
