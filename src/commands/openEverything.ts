import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createActivities } from '../activities';
import { createMailer } from '../activities/mailer';
import { tellingOperations } from '../activities/tellingOperations';
import type { EmbeddedConfig } from '../settings/environment';
import { startDatabase, type EmbeddedDatabase } from '../embedded/database';
import { ownPagesOnly } from '../embedded/ownPagesOnly';
import { startIssuer, type Issuer, type Site } from '../embedded/issuer';
import { startMailCatcher, type MailCatcher } from '../embedded/mailCatcher';
import { rateLimited } from '../embedded/serverLog';
import { startTemporal, type EmbeddedTemporal } from '../embedded/temporal';
import { findTemporalCli } from '../embedded/temporalBinaries';
import { UserFacingError } from '../errors/userFacingError';
import type { PartnersFile } from '../settings/partnersFile';
import { makeKeyFiles, missingKeyFile } from '../privacy/keyFiles';
import type { GivenKeys } from '../settings/keys';
import type { StaffFile } from '../settings/staffFile';
import type { Closing } from './closing';
import { fillRegister } from './fillRegister';
import { log } from './log';
import { keysOfDirectory } from './keysOfDirectory';
import { openBuilds } from './openBuilds';
import { openKeys } from './openKeys';
import { openReadyStore } from './openReadyStore';
import { openRegisterIn } from './openRegister';
import { bundleOfSources, type Bundle } from '../releases/workflowBundle';
import { measuredActivities } from '../metrics/measuredActivities';
import { metersOn } from '../metrics/meters';
import { loginPaths } from '../login/login';
import { runtimeMeter } from './runtime';
import { serveApi } from './serveApi';
import { serveDoor } from './serveDoor';
import { startWorkers } from './workers';

const mailFrom = 'pathways@example.org';

interface Files {
  readonly staff: StaffFile;
  readonly partners: PartnersFile;
}

/** The service cannot start, or a part of it ended. The message is a sentence for the person who started it. */
export class StartFailed extends UserFacingError {
  override readonly name = 'StartFailed';
}

/** Opens every part after those that it needs. `ended` rejects when a part ends by itself. */
export async function openEverything(
  config: EmbeddedConfig,
  files: Files,
  closing: Closing,
  stopping: AbortSignal,
): Promise<{ ended: Promise<never> }> {
  const keys = await keysOf(config.dataDir);
  const open = opener(closing, stopping);
  const [database, temporal, mail, tokens, bundle] = await allOf(
    open(() => startDatabase(config)),
    open(() => temporalServer(config)),
    open(() => startMailCatcher({ ...mailPorts(config), directory: join(config.dataDir, 'mail') })),
    open(() =>
      startIssuer({ port: config.ports.ISSUER_PORT, dataDir: config.dataDir, staff: files.staff.staff, sites: [doorFor(config)] }),
    ),
    bundleOfSources(),
  );
  const working = openWorkerAndApi({ config, files, keys, database, temporal, mail, tokens, bundle }, closing, stopping, open);
  const workers = await working.catch((error: unknown) => {
    throw temporal.explained(error);
  });
  const parts = { 'the database': database, 'the Temporal server': temporal, 'the worker': workers };
  return { ended: Promise.race(Object.entries(parts).map(([name, { ended }]) => partEnded(name, ended))) };
}

interface Opened {
  readonly config: EmbeddedConfig;
  readonly files: Files;
  readonly keys: GivenKeys;
  readonly database: EmbeddedDatabase;
  readonly temporal: EmbeddedTemporal;
  readonly mail: MailCatcher;
  readonly tokens: Issuer;
  readonly bundle: Bundle;
}

/** Opens the worker and the API, after checking that the keys are those of the cases. */
async function openWorkerAndApi(
  { config, files, keys: given, database, temporal, mail, tokens, bundle }: Opened,
  closing: Closing,
  stopping: AbortSignal,
  open: ReturnType<typeof opener>,
) {
  const store = await openReadyStore(database, closing);
  const keys = await openKeys({ store, temporal }, given);
  const { seals } = keys;
  const { publicUrl } = config;
  const mailer = tellingOperations(createMailer({ smtpUrl: mail.smtpUrl, from: mailFrom }), files.staff.operations);
  closing.later(() => mailer.close());
  const register = openRegisterIn(store, seals);
  const meters = metersOn(runtimeMeter(), 'api', 'worker');
  const unmeasured = createActivities({ mailer, ...files, keys: store.caseKeys, register, publicUrl, log });
  const activities = measuredActivities(unmeasured, meters);
  const watch = { mailer, operations: files.staff.operations, log, register: store.register };
  const builds = await openBuilds({ temporal, dataDir: config.dataDir, bundle }, closing, stopping);
  const workers = await open(() =>
    startWorkers({
      temporal,
      builds: builds.kept,
      seals,
      activities,
      watch,
      identity: 'worker@embedded',
      stopping: { grace: '2s', force: '5s' },
    }),
  );
  const { over } = await builds.release();
  const filled = over.then(() => fillRegister({ temporal, store, seals }, stopping));
  closing.later(() => filled);
  const { policyEdition, requestsPerMinute } = config;
  const frontEnd = { keys, store, staff: files.staff, trustedProxies: [] };
  const api = {
    ...frontEnd,
    meters: config.metrics && meters,
    temporal,
    tokens,
    policyEdition,
    publicUrl,
    requestsPerMinute,
    identity: 'api@embedded',
  };
  await open(() => serveApi({ ...api, port: config.ports.API_PORT, host: '127.0.0.1' }));
  await open(() => serveDoor({ ...frontEnd, ...doorTo(temporal, config, tokens) }));
  return workers;
}

/** Without this check new keys would be made beside old cases, and all of those would silently become unreadable. */
async function keysOf(dataDir: string): Promise<GivenKeys> {
  const missing = missingKeyFile(dataDir);
  if (missing !== undefined && existsSync(databaseFile(dataDir)))
    throw new StartFailed(`${missing} is gone, and without it no case in ${dataDir} can be read: put it back, or set DATA_DIR`);
  try {
    await makeKeyFiles(dataDir);
    const keys = keysOfDirectory(dataDir);
    await keys.masterKeys.first();
    return keys;
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === undefined ? new StartFailed((error as Error).message) : error;
  }
}

async function temporalServer({ ports, dataDir }: EmbeddedConfig) {
  return startTemporal({
    executable: await findTemporalCli(),
    port: ports.TEMPORAL_PORT,
    databaseFile: databaseFile(dataDir),
    reportError: rateLimited((error) => log.error({ error }, 'the Temporal server reports an error')),
  });
}

function databaseFile(dataDir: string): string {
  return join(dataDir, 'temporal.db');
}

function mailPorts({ ports }: EmbeddedConfig) {
  return { smtpPort: ports.SMTP_PORT, pagePort: ports.MAIL_UI_PORT };
}

/** The door as the issuer knows it. */
function doorFor({ ports }: EmbeddedConfig): Site {
  const at = (path: string) => `${doorAddress(ports)}${path}`;
  return { clientId: 'door', redirectUri: at(loginPaths.callback), afterLogout: at(loginPaths.loggedOut) };
}

function doorTo({ ui }: EmbeddedTemporal, { ports }: EmbeddedConfig, tokens: Issuer) {
  return {
    tokens,
    client: { clientId: 'door', clientSecret: tokens.clientSecret, scope: 'openid' },
    ui: new URL(`http://${ui.host}:${ui.port}`),
    publicUrl: doorAddress(ports),
    port: ports.TEMPORAL_UI_PORT,
    host: '127.0.0.1',
    guard: ownPagesOnly,
  };
}

function doorAddress({ TEMPORAL_UI_PORT }: EmbeddedConfig['ports']): string {
  return `http://localhost:${TEMPORAL_UI_PORT}`;
}

function opener(closing: Closing, stopping: AbortSignal) {
  return async <T extends { stop(): Promise<void> }>(start: () => Promise<T>): Promise<T> => {
    stopping.throwIfAborted();
    const part = await start();
    closing.later(() => part.stop());
    return part;
  };
}

/** Like `Promise.all`, but waits for every part even if one fails. A part that opens late must be closed too. */
async function allOf<T extends readonly Promise<unknown>[]>(...parts: T): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(parts);
  return Promise.all(parts);
}

async function partEnded(name: string, ended: Promise<unknown>): Promise<never> {
  const words = await ended.catch((error: unknown) => {
    if (error instanceof UserFacingError) throw error;
    return (error as Error).message;
  });
  const lastOutput = typeof words === 'string' && words !== '' ? `\n${words}` : '';
  throw new StartFailed(`${name} has ended, so everything ends. Nothing is lost: npm start goes on where it stopped.${lastOutput}`);
}
