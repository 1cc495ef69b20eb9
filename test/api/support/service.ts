import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { localActivities, type Activities } from '../../../src/activities';
import { keyMover } from '../../../src/activities/moveKey';
import { registerWriter } from '../../../src/activities/writeRegister';
import { createApp } from '../../../src/api/app';
import { createCasework, type CaseworkDeps } from '../../../src/casework/casework';
import type { Installation } from '../../../src/casework/installation';
import type { CaseRegister } from '../../../src/casework/ports/caseRegister';
import type { Cases } from '../../../src/casework/ports/pathways';
import { registeredPathways } from '../../../src/casework/registered';
import { asksLivingRuns } from '../../../src/casework/temporal/caseCall';
import { temporalEngine, type EngineDeps } from '../../../src/casework/temporal/engine';
import type { ApiDeps } from '../../../src/api/deps';
import { statusOf } from '../../../src/api/http/errorHandler';
import { httpServerOf } from '../../../src/api/http/httpServer';
import { triedOnce } from '../../../src/casework/temporal/retryPolicy';
import { findTemporalCli } from '../../../src/embedded/temporalBinaries';
import { registerSearchAttributes } from '../../../src/embedded/searchAttributes';
import { caseKeysOf, type CaseKeys } from '../../../src/privacy/caseKeys';
import type { Seals } from '../../../src/privacy/codec';
import { dataConverterFor } from '../../../src/privacy/dataConverter';
import { keyedHashOf } from '../../../src/privacy/keyedHash';
import { localMasterKeys } from '../../../src/privacy/masterKey';
import { caseRegister } from '../../../src/register/caseRegister';
import { openLists } from '../../../src/register/lists';
import { openRegister, type Register } from '../../../src/register/register';
import type { ListTables } from '../../../src/store/lists/lists';
import type { RegisterTable } from '../../../src/store/register';
import { effectKinds, effects } from '../../../src/workflows/effects';
import { caseFile, caseNames, pathwayQueue, workflowIdOf } from '../../../src/workflows/messages';
import { auditInMemory } from '../../support/auditInMemory';
import { registerInMemory } from '../../support/registerInMemory';
import { noLists } from '../../support/noLists';
import { rowsInMemory, type RowsInMemory } from '../../support/keyRows';
import { statisticsInMemory } from '../../support/statisticsInMemory';
import { until } from '../../support/until';
import { workflowBundlePath } from '../../support/workflowBundle';
import { audience, startIssuer, type Claims, type TestIssuer } from './issuer';
import { demoStaff } from './staff';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- answers have any shape; the tests say which
}

export interface Sending {
  readonly body?: unknown;
  /** These bytes are sent instead of a body. */
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** When this is aborted, the caller disconnects without waiting for the answer. */
  readonly signal?: AbortSignal;
}

type Deps = Omit<ApiDeps, 'casework'> &
  Installation &
  EngineDeps &
  Pick<CaseworkDeps, 'audit' | 'officeOf' | 'lists' | 'statistics'> & {
    readonly register: CaseRegister;
    /** Puts something between the API and the cases. */
    readonly between?: (cases: Cases) => Cases;
  };

/** Makes the keys of a process that has none in memory yet. */
type KeyMaker = (changes?: Partial<Parameters<typeof caseKeysOf>[0]>) => CaseKeys;

interface Options extends Partial<Deps> {
  readonly worker?: boolean;
  /** The effects of cases; left out, everything arrives. */
  readonly activities?: Activities;
  /** The keys of the workers; left out, those of the API. */
  readonly workerKeys?: (made: KeyMaker) => CaseKeys;
  /** The clock of the keys in memory: milliseconds that only go forward. */
  readonly keyClock?: () => number;
  /** The rows of the register; left out, they are in memory. */
  readonly registerTable?: RegisterTable;
  /** The lists of the register; left out, they are empty. */
  readonly listTables?: ListTables;
  /** Additional arguments for the engine. */
  readonly engineArgs?: readonly string[];
}

/** The system key of the service. */
export const key = Buffer.alloc(32, 7);
/** The master key, which wraps the keys of the cases. */
export const masterKey = Buffer.alloc(32, 8);

/** The API on its own port, with a real engine and real tokens. */
export async function startService(options: Options = {}) {
  const {
    worker: withWorker = true,
    activities = everythingArrives,
    engineArgs = [],
    workerKeys,
    keyClock,
    registerTable = registerInMemory(),
    listTables,
    ...deps
  } = options;
  const [env, issuer] = await Promise.all([startEngine(engineArgs), startIssuer()]);
  const keyRows = rowsInMemory();
  const otherKeys: KeyMaker = (changes) =>
    caseKeysOf({ rows: keyRows, masterKeys: localMasterKeys(() => [masterKey]), clock: keyClock, ...changes });
  const keys = otherKeys();
  const sealsWith = (used: CaseKeys): Seals => ({ systemKey: key, keys: used, namespace: 'default', cases: caseNames });
  const seals = sealsWith(keys);
  const workerSeals = sealsWith(workerKeys?.(otherKeys) ?? keys);
  const dataConverter = dataConverterFor(seals, 'asking');
  await registerSearchAttributes(env.connection, 'default');
  const connection = await Connection.connect({ address: env.address, ...triedOnce });
  const clientWith = (used: CaseKeys) =>
    new Client({ connection, namespace: 'default', dataConverter: dataConverterFor(sealsWith(used), 'asking'), ...asksLivingRuns });
  const client = clientWith(keys);
  const registerWith = (used: CaseKeys) =>
    openRegister({ table: registerTable, keys: used, hash: keyedHashOf(key), damaged: () => undefined });
  const written = registerWith(keys);
  let workers = withWorker ? await startWorkers(env, workerSeals, withRows(activities, keyRows, written)) : undefined;
  const logged: object[] = [];
  const counted: object[] = [];
  const audit = auditInMemory();
  const log = { error: (fields: object) => void logged.push(fields) };
  const readBy = (used: CaseKeys) =>
    caseRegister({
      register: registerWith(used),
      answers: async () => void (await registerTable.isFilled()),
      failed: (error) => log.error({ error }),
      // The cases of a test catch up at once.
      settlesWithinMs: 500,
    });
  const register = readBy(keys);
  const listsBy = (used: CaseKeys) => (listTables === undefined ? noLists : openLists({ tables: listTables, keys: used, systemKey: key }));
  const given: Deps = {
    client,
    staff: demoStaff,
    tokens: { issuer: issuer.issuer, audience },
    hash: keyedHashOf(key),
    keys,
    register,
    lists: listsBy(keys),
    policyEdition: undefined,
    publicUrl: 'https://cases.example.org',
    requestsPerMinute: 1_000_000,
    trustedProxies: [],
    refused: { count: (refused) => void counted.push(refused) },
    audit: audit.audit,
    statistics: statisticsInMemory().statistics,
    officeOf: async (reference) => keyRows.rows.get(reference)?.office,
    log,
    // A busy machine answers late, so only tests of this limit lower it.
    patienceMs: 60_000,
    ...deps,
  };
  const api = await listening(given);
  const apis = [api];
  const address = addressOf(api);
  return {
    address,
    client,
    /** A system that signals, with the SDK's own repeats: unlike the API's client, it repeats what the engine refuses for a moment. */
    signaller: new Client({ connection: env.connection, namespace: 'default', dataConverter }),
    env,
    issuer,
    /** The record of who did what, and the requests that were refused at the door. */
    audit,
    counted,
    /** The register, as the cases and the API write it. */
    written,
    /** The register as the API asks it. */
    register,
    /** The keys of the cases, and the rows that they come from. */
    keys,
    keyRows,
    seals,
    key,
    otherKeys,
    /** Resolves once the first mail of a case has left, and the register knows. */
    sent: async (reference: string): Promise<void> =>
      until('the first mail has left', async () => {
        const { opened = false, letters = [] } = (await written.read(reference))?.file.outbox ?? {};
        return opened && letters.length === 0;
      }),
    /** Resolves once the register has a case as the case itself is. */
    settled: async (reference: string): Promise<void> => {
      const itself = () => client.workflow.getHandle(workflowIdOf(reference)).query(caseFile);
      await until('the register has the case', async () => (await written.read(reference))?.file.revision === (await itself()).revision);
    },
    /** Starts the workers. */
    work: async () => {
      workers ??= await startWorkers(env, workerSeals, withRows(activities, keyRows, written));
    },
    /** Stops the workers. */
    rest: async () => {
      await workers?.stop();
      workers = undefined;
    },
    /** Stops the worker of the cases alone: letters go on. */
    stopThinking: async () => workers?.stopThinking(),
    /** The log lines of the API. */
    logged,
    ...speaker(address, issuer),
    /** Starts another API on the same engine, with keys of its own. Returns a caller of it. */
    apiWithKeys: async (used: CaseKeys) => {
      const another = await listening({ ...given, client: clientWith(used), keys: used, register: readBy(used), lists: listsBy(used) });
      apis.push(another);
      return speaker(addressOf(another), issuer);
    },
    /** Starts another API on the same engine, as behind a load balancer. Returns a caller of it. */
    anotherApi: async (other: Partial<Deps> = {}) => {
      const another = await listening({ ...given, ...other });
      apis.push(another);
      return speaker(addressOf(another), issuer);
    },
    stop: async () => {
      for (const each of apis) {
        each.closeAllConnections();
        await once(each.close(), 'close');
      }
      await workers?.stop();
      await issuer.stop();
      await connection.close();
      await env.teardown();
    },
  };
}

async function listening(deps: Deps): Promise<Server> {
  const engine = temporalEngine(deps);
  const { between = (cases) => cases } = deps;
  const pathways = registeredPathways(between(engine.cases), deps.register);
  const casework = createCasework({ ...deps, ...engine, pathways, statusOf });
  const server = httpServerOf(createApp({ ...deps, casework }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function addressOf(api: Server): string {
  return `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
}

export type Service = Awaited<ReturnType<typeof startService>>;

function speaker(address: string, issuer: TestIssuer) {
  async function send(method: string, path: string, { body, raw, headers = {}, signal }: Sending = {}): Promise<Answer> {
    const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const json = content === undefined ? {} : { 'Content-Type': 'application/json' };
    const answer = await fetch(`${address}${path}`, {
      method,
      headers: { ...json, ...headers },
      ...(content === undefined ? {} : { body: content }),
      ...(signal === undefined ? {} : { signal }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: bodyIn(text, answer.headers) };
  }

  /** A caller of the API: a member of the demo staff, or one with these claims. */
  function as(who: string | Claims) {
    const claims = typeof who === 'string' ? issuer.claimsOf(who) : who;
    const withToken = async (method: string, path: string, sending: Sending = {}): Promise<Answer> =>
      send(method, path, { ...sending, headers: { Authorization: `Bearer ${await issuer.token(claims)}`, ...sending.headers } });
    return {
      send: withToken,
      get: (path: string, headers: Sending['headers'] = {}) => withToken('GET', path, { headers }),
      post: (path: string, body: unknown, key: string = randomUUID()) =>
        withToken('POST', path, { body, headers: { 'Idempotency-Key': key } }),
      tell: (reference: string, fact: object, key: string = randomUUID()) =>
        withToken('POST', `/v1/pathways/${reference}/facts`, { body: fact, headers: { 'Idempotency-Key': key } }),
    };
  }

  return {
    send,
    as,
    /** Opens a case of that office and returns its reference. */
    open: async (office = 'amsterdam', changes: object = {}): Promise<string> => {
      const opener = office === 'amsterdam' ? 'caseworker-1' : `caseworker-${office}-1`;
      const { status, body } = await as(opener).post('/v1/pathways', { ...intake(), office, ...changes });
      if (status !== 201) throw new Error(`no case was opened: ${JSON.stringify(body)}`);
      return body.reference as string;
    },
  };
}

/** A text of another type than JSON stays one. */
function bodyIn(text: string, headers: Headers): unknown {
  if (text === '') return undefined;
  return headers.get('Content-Type')?.includes('json') === true ? JSON.parse(text) : text;
}

/** The intake of an adult from Hungary, with an indication of yesterday. */
export function intake() {
  return {
    indication: { observedOn: daysFromNow(-1), by: 'police' },
    office: 'amsterdam',
    person: { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'HU' },
  };
}

/** The legal date this many days from now. */
export function daysFromNow(days: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' }).format(Date.now() + days * 86_400_000);
}

async function startEngine(extraArgs: readonly string[]): Promise<TestWorkflowEnvironment> {
  return TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'existing-path', path: await findTemporalCli() }, ip: '127.0.0.1', extraArgs: [...extraArgs] },
  });
}

async function startWorkers({ nativeConnection: connection }: TestWorkflowEnvironment, seals: Seals, activities: Activities) {
  const shared = { connection, namespace: 'default' };
  const workers = await Promise.all([
    Worker.create({
      ...shared,
      dataConverter: dataConverterFor(seals, 'thinking'),
      taskQueue: pathwayQueue,
      workflowBundle: { codePath: workflowBundlePath },
      ...localActivities(activities),
      // As in the service: a case does not wait longer for a worker that is gone.
      stickyQueueScheduleToStartTimeout: '2s',
    }),
    ...effectKinds.map((kind) =>
      Worker.create({
        ...shared,
        dataConverter: dataConverterFor(seals, 'acting'),
        taskQueue: effects[kind].taskQueue,
        activities: activities[kind],
      }),
    ),
  ]);
  const running = workers.map((worker) => worker.run());
  return {
    stopThinking: async () => {
      workers[0].shutdown();
      await running[0];
    },
    stop: async () => {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await Promise.all(running);
    },
  };
}

/** The same activities, and a case that moves takes its key along, and writes itself into the register. */
function withRows({ notify }: Activities, rows: RowsInMemory, register: Register): Activities {
  return { notify: { ...notify, moveKey: keyMover(rows) }, register: { writeRegister: registerWriter(register) } };
}

/** Activities that deliver everything. */
export const everythingArrives: Activities = {
  notify: {
    sendDigests: async ({ letters }) => letters.map(({ id }) => ({ id, outcome: 'delivered' as const })),
    permitApplication: async ({ notice }) => ({ id: notice.id, outcome: 'delivered' as const }),
    iomReturn: async ({ notice }) => ({ id: notice.id, outcome: 'delivered' as const }),
    notifyPartner: async ({ notice }) => ({ id: notice.id, outcome: 'delivered' as const }),
    moveKey: async () => undefined,
  },
  register: { writeRegister: async () => undefined },
};
