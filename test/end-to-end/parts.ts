import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { Closing } from '../../src/commands/closing';
import { startTemporal } from '../../src/embedded/temporal';
import { findTemporalCli } from '../../src/embedded/temporalBinaries';
import { caseKeysOf } from '../../src/privacy/caseKeys';
import { dataConverterFor } from '../../src/privacy/dataConverter';
import { localMasterKeys } from '../../src/privacy/masterKey';
import { migrate } from '../../src/store/migrate';
import { openStore, type Store } from '../../src/store/store';
import { caseNames } from '../../src/workflows/messages';
import { audience, startIssuer } from '../api/support/issuer';
import { demoStaff } from '../api/support/staff';
import { makeCurrent } from '../support/builds';
import { freePorts } from '../support/freePorts';
import { testKey } from '../support/key';
import { startPostgres, type PostgresServer } from '../support/postgresServer';
import { openPostOffice, type PostOffice } from '../workflows/support/postOffice';
import { testMasterKey, type Database } from './database';
import { registerCompare, startApiOnPlainHttp, startWorker, temporalOn, workerSettings, type Ended, type Running } from './service';

/** A part of the service in processes of its own, which a test ends with kill -9 and starts again on all that it kept. */
export interface Part {
  killed(): Promise<void>;
  startedAgain(): Promise<void>;
}

/** In the order in which they start. */
export const partNames = ['database', 'temporal', 'worker', 'api'] as const;
export type PartName = (typeof partNames)[number];

export interface Answer {
  readonly status: number;
  readonly body: { readonly reference?: string; readonly code?: string; readonly items?: readonly Readonly<Record<string, unknown>>[] };
}

interface Sending {
  readonly to: 'api' | 'otherApi';
  readonly by: string;
  readonly path: string;
  /** Left out, the request reads. */
  readonly body?: object;
  readonly key?: string;
}

/** The service as in production: every part in processes of its own, and a second API, which is never killed. */
export interface Parts {
  readonly parts: Readonly<Record<PartName, Part>>;
  readonly database: Pick<PostgresServer, 'hangs' | 'goesOn'>;
  readonly post: PostOffice;
  /** The address of the engine. */
  readonly address: string;
  readonly seals: Database['seals'];
  /** The store, as the commands of the register log in, and as the API does. */
  readonly store: Store;
  readonly storeOfApi: Store;
  /** The parts that ended by themselves since they were started. */
  endedByThemselves(): readonly PartName[];
  ask(sending: Sending): Promise<Answer>;
  /** A client of the engine. It keeps a connection of its own until the end. */
  client(): Promise<Client>;
  /** `npm run register:compare`. */
  compares(): Promise<Ended>;
  stop(): Promise<void>;
}

/** Opens all parts. `programs`: the folder of PostgreSQL. */
export async function openParts(programs: string): Promise<Parts> {
  const closing = new Closing();
  try {
    return await openWith(programs, closing);
  } catch (error) {
    await closing.now();
    throw error;
  }
}

async function openWith(programs: string, closing: Closing): Promise<Parts> {
  const directory = await mkdtemp(join(tmpdir(), 'parts-'));
  closing.later(() => rm(directory, { recursive: true, force: true }));
  const server = await startPostgres(programs);
  closing.later(() => server.stop());
  const urlOf = (login: string) => server.place(login, 'pathways').url;
  server.makeDatabase('pathways');
  await migrate({ url: urlOf('pathways_owner') });
  const post = await openPostOffice();
  closing.later(() => post.goesAway());
  const issuer = await startIssuer();
  closing.later(() => issuer.stop());
  const [temporalPort = 0, ...apiPorts] = await freePorts(3);
  const temporal = await temporalPart(directory, temporalPort, closing);

  const address = `127.0.0.1:${temporalPort}`;
  const engine = { address, namespace: 'default' };
  const variablesOf = (login: string) => ({
    DATABASE_URL: urlOf(login),
    MASTER_KEYS: testMasterKey.toString('base64'),
    SYSTEM_KEY: testKey.toString('base64'),
  });
  const settings = workerSettings(engine, { variables: variablesOf('pathways_worker') }, post.url);
  const worker = await processPart(() => startWorker(settings), closing);
  const apiOn = async (port: number | undefined) => {
    const file = join(directory, `api-${port}.json`);
    await writeFile(file, JSON.stringify({ ...apiSettings(engine, issuer.issuer), port, place: { url: urlOf('pathways_api') } }));
    return processPart(() => startApiOnPlainHttp(file), closing);
  };
  const apis = [await apiOn(apiPorts[0]), await apiOn(apiPorts[1])] as const;

  const opened = (login: string) => {
    const store = openStore({ url: urlOf(login) });
    closing.later(() => store.close());
    return store;
  };
  const [store, storeOfApi] = [opened('pathways_register'), opened('pathways_api')];
  const keys = caseKeysOf({ rows: storeOfApi.caseKeys, masterKeys: localMasterKeys(() => [testMasterKey]) });
  const seals = { systemKey: testKey, keys, namespace: 'default', cases: caseNames };
  const client = async () => {
    const connection = await Connection.connect({ address });
    closing.later(() => connection.close());
    return new Client({ connection, dataConverter: dataConverterFor(seals, 'asking') });
  };
  await makeCurrent(await client());
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (who: string) => {
    const token = tokens.get(who) ?? issuer.token(issuer.claimsOf(who), '3h');
    tokens.set(who, token);
    return token;
  };
  return {
    ...{ post, address, seals, store, storeOfApi, client },
    parts: { database: server, temporal, worker, api: apis[0] },
    database: server,
    endedByThemselves: () => [
      ...(worker.isOver() ? (['worker'] as const) : []),
      ...(apis.some((each) => each.isOver()) ? (['api'] as const) : []),
    ],
    ask: async ({ to, by, path, body, key = '' }) => {
      const headers = { Authorization: `Bearer ${await tokenOf(by)}`, 'Content-Type': 'application/json', 'Idempotency-Key': key };
      const sent = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
      const answer = await fetch(`http://127.0.0.1:${apiPorts[to === 'api' ? 0 : 1]}/v1/pathways${path}`, sent);
      return { status: answer.status, body: (await answer.json()) as Answer['body'] };
    },
    compares: async () =>
      registerCompare({ ...variablesOf('pathways_register'), TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: 'default' }, '--verbose').ended,
    stop: async () => void (await closing.now()),
  };
}

function apiSettings(temporal: { readonly address: string; readonly namespace: string }, issuer: string) {
  return {
    temporal,
    ...{ identity: 'api@parts', staff: demoStaff, tokens: { issuer, audience }, publicUrl: 'https://cases.example.org' },
    ...{ requestsPerMinute: 1_000_000, trustedProxies: [], host: '127.0.0.1' },
    ...{ systemKey: testKey.toString('base64'), masterKey: testMasterKey.toString('base64') },
  };
}

async function temporalPart(directory: string, port: number, closing: Closing): Promise<Part> {
  const settings = { executable: await findTemporalCli(), port, databaseFile: join(directory, 'temporal.db') };
  let running = await startTemporal(settings);
  closing.later(() => running.stop());
  return {
    killed: async () => {
      process.kill(temporalOn(directory), 'SIGKILL');
      await running.ended;
    },
    startedAgain: async () => void (running = await startTemporal(settings)),
  };
}

/** A part that is one process. It is over if it ended and nobody killed it. */
async function processPart(begin: () => Running, closing: Closing): Promise<Part & { isOver(): boolean }> {
  let running = begin();
  let isKilled = false;
  const hasEnded = () => running.child.exitCode !== null || running.child.signalCode !== null;
  closing.later(async () => {
    if (!hasEnded()) running.child.kill('SIGTERM');
    await running.ended;
  });
  await running.ready();
  return {
    killed: async () => {
      isKilled = true;
      running.child.kill('SIGKILL');
      await running.gone;
    },
    startedAgain: async () => {
      running = begin();
      isKilled = false;
      await running.ready();
    },
    isOver: () => hasEnded() && !isKilled,
  };
}
