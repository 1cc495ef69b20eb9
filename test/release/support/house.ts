import { join } from 'node:path';
import { Client, type WorkflowHandle } from '@temporalio/client';
import { createActivities } from '../../../src/activities';
import type { SentLetter } from '../../../src/activities/sendDigests';
import { createMailer } from '../../../src/activities/mailer';
import { asksLivingRuns } from '../../../src/casework/temporal/caseCall';
import { temporalEngine } from '../../../src/casework/temporal/engine';
import type { KeptBuilds } from '../../../src/commands/pathwayWorkers';
import { startWorkers, type RunningWorkers } from '../../../src/commands/workers';
import { dataConverterFor } from '../../../src/privacy/dataConverter';
import { keyedHashOf } from '../../../src/privacy/keyedHash';
import { caseRegister } from '../../../src/register/caseRegister';
import { openRegister } from '../../../src/register/register';
import type { RegisterTable } from '../../../src/store/register';
import { registeredPathways } from '../../../src/casework/registered';
import { noEndedCases, noRegister } from '../../support/registerInMemory';
import { derivedKeys, keptNowhere } from '../../../src/privacy/derivedKeys';
import { writtenNowhere } from '../../../src/activities/writeRegister';
import type { KeptBuild } from '../../../src/releases/keptBuilds';
import { makeCurrent, moveCases, type Move } from '../../../src/releases/move';
import { webhookSecret } from '../../../src/settings/environment';
import { loadPartners } from '../../../src/settings/partnersFile';
import { loadStaff } from '../../../src/settings/staffFile';
import { caseNames } from '../../../src/workflows/messages';
import { testKey } from '../../support/key';
import { until } from '../../support/until';
import { openPostOffice } from '../../workflows/support/postOffice';
import { fileOf, putIn, withEach, type CaseInTheHouse, type Rooms } from './cases';
import { startEngine, type Engine } from './engine';
import type { CaseState } from './states';

const demo = join(__dirname, '..', '..', '..', 'src', 'embedded', 'demo');

/** Cases in a namespace of its own, with workers that a test stops and starts, and a mail server that it scripts. */
export interface House extends Rooms {
  /** The letters that the mail server took, in the words of the case. */
  readonly letters: readonly SentLetter[];
  /** The lines of the last release. */
  readonly said: readonly string[];
  /** Starts workers that have these builds, the newest first. Workers of before are stopped. */
  works(...builds: KeptBuilds): Promise<void>;
  stops(): Promise<void>;
  /** Puts cases into the engine, all at once. */
  opens(cases: readonly CaseState[]): Promise<CaseInTheHouse[]>;
  /** Makes a build current, and lets the open cases go over. Returns their number. */
  releases(build: KeptBuild, changes?: Partial<Move>): Promise<number>;
  /** Makes a build current, and asks no case to go over. */
  makesCurrent(build: KeptBuild): Promise<unknown>;
  close(): Promise<void>;
}

/** Opens a house. Its API reads no register, unless it is given one, which the cases write too. */
export async function openHouse(engine: Engine, namespace = 'default', registerTable?: RegisterTable): Promise<House> {
  await engine.namespace(namespace);
  const keys = derivedKeys(testKey);
  const seals = { systemKey: testKey, keys, namespace, cases: caseNames };
  const { connection } = engine;
  const client = new Client({ connection, namespace, dataConverter: dataConverterFor(seals, 'asking'), ...asksLivingRuns });
  const post = await openPostOffice();
  const mailer = createMailer({ smtpUrl: post.url, from: 'pathways@example.org' });
  const staff = loadStaff(join(demo, 'staff.json'));
  const partners = loadPartners(join(demo, 'partners.json'), webhookSecret);
  const log = { warn: () => undefined, error: () => undefined };
  // A busy machine answers late, so nobody waits in vain.
  const patienceMs = 200_000;
  let workers: RunningWorkers | undefined;
  let said: string[] = [];
  const letters: SentLetter[] = [];
  const onSent = (sent: SentLetter) => void letters.push(sent);
  const written = registerTable && openRegister({ table: registerTable, keys, hash: keyedHashOf(testKey), damaged: () => undefined });
  const answers = async () => undefined;
  const register = written === undefined ? noRegister : caseRegister({ register: written, answers, failed: log.error });
  const activities = createActivities({
    staff,
    partners,
    keys: keptNowhere,
    register: written ?? writtenNowhere,
    mailer,
    publicUrl: 'https://cases.example.org',
    log,
    onSent,
  });
  const moveTo = ({ build: target }: KeptBuild): Move => {
    const tell = (line: string) => void said.push(line);
    return { client, target, perSecond: 50, tell, stopping: new AbortController().signal };
  };
  return {
    client,
    post,
    letters,
    pathways: registeredPathways(temporalEngine({ client, keys, log, patienceMs }).cases, register),
    get said() {
      return said;
    },
    async works(...builds) {
      await workers?.stop();
      workers = await startWorkers({
        temporal: { address: engine.address, namespace },
        builds,
        buildsAskedEachMs: 500,
        seals,
        identity: `worker@${namespace}`,
        activities,
        watch: { mailer, operations: staff.operations, log, register: noEndedCases },
        stopping: { grace: '2s', force: '5s' },
      });
    },
    async stops() {
      await workers?.stop();
      workers = undefined;
    },
    opens: (cases) => withEach(cases, (each) => putIn(client, each)),
    releases(build, changes = {}) {
      said = [];
      return moveCases({ ...moveTo(build), ...changes });
    },
    makesCurrent: (build) => makeCurrent(moveTo(build)),
    async close() {
      await workers?.stop();
      mailer.close();
      await post.goesAway();
    },
  };
}

/** An engine for the tests of a file, and for each test a house of its own. */
export function aHouseEach(use: (house: House) => void): void {
  let engine: Engine;
  let house: House;
  let houses = 0;
  beforeAll(async () => {
    engine = await startEngine();
  });
  beforeEach(async () => {
    houses += 1;
    house = await openHouse(engine, `house-${houses}`);
    use(house);
  });
  afterEach(() => house.close());
  afterAll(() => engine.stop());
}

/** Resolves when no letter or notice of these cases is under way, and all that was due has been tried. */
export async function quiet(cases: readonly CaseInTheHouse[]): Promise<void> {
  await withEach(cases, ({ handle }) => until(`${handle.workflowId} is quiet`, () => isQuiet(handle)));
}

async function isQuiet(handle: WorkflowHandle): Promise<boolean> {
  const { raw } = await handle.describe();
  if ((raw.pendingActivities ?? []).length > 0 || raw.pendingWorkflowTask) return false;
  return (await fileOf(handle)).outbox.opened;
}
