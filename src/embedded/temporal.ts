import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { UserFacingError } from '../errors/userFacingError';
import { startGuarded, type GuardedChild } from './guardedChild';
import { freePort } from './ports';
import { predecessorGone, rememberServer } from './predecessor';
import { registerSearchAttributes } from './searchAttributes';
import { errorIn, saysDamaged } from './serverLog';
import { hiddenHost, startUiDoor, type Place } from './uiDoor';

const namespace = 'default';
/** Far beyond any case: the server's own 24 hours would forget a closed case the next day. */
const retention = '3650 days';
const readyWithinMs = 25_000;
/** Nobody needs the server's own HTTP API, and it asks nobody who they are: it answers this host only, which no client can name. */
const httpAllowedHosts = ['no host at all'];

export interface TemporalSettings {
  readonly executable: string;
  readonly port: number;
  readonly uiPort: number;
  readonly databaseFile: string;
  /** Where the Web UI has payloads decoded; left out, it shows them as they are. */
  readonly codecEndpoint?: string;
  /** Is told each error that the server tells of while it runs. */
  readonly tellError?: (error: string) => void;
}

/** The server could not be started. */
export class NoTemporal extends UserFacingError {
  override readonly name = 'NoTemporal';
}

/** The database cannot be read any more, and so no case in it. */
export class DatabaseDamaged extends UserFacingError {
  override readonly name = 'DatabaseDamaged';
}

/** A running Temporal server with its Web UI, on loopback. */
export interface EmbeddedTemporal {
  readonly address: string;
  readonly namespace: string;
  readonly uiAddress: string;
  /** Resolves when the server has ended, wanted or not, with what it said last; rejects with `DatabaseDamaged` where that is why. */
  readonly ended: Promise<string>;
  /** Why a call failed: the damage of the database, where there is any; else the error as it came. */
  explained(error: unknown): unknown;
  stop(): Promise<void>;
}

/** Starts the server on its database file and makes it fit for cases. It ends with us, also when we are killed. */
export async function startTemporal(settings: TemporalSettings): Promise<EmbeddedTemporal> {
  const address = `127.0.0.1:${settings.port}`;
  await predecessorGone(settings.databaseFile);
  const host = hiddenHost();
  const ui = { host, port: await freePort(host) };
  const server = startServer(settings, ui);
  try {
    if (server.pid !== undefined) rememberServer(settings.databaseFile, server.pid);
    await ready(address, server);
    const door = await startUiDoor(settings.uiPort, ui);
    const stop = async () => {
      await door.stop();
      await server.stop();
    };
    const { ended, explained } = server;
    return { address, namespace, uiAddress: `http://localhost:${settings.uiPort}`, ended, explained, stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

interface Server extends GuardedChild, Pick<EmbeddedTemporal, 'explained'> {
  /** The last error that the server told of. */
  lastError(): string | undefined;
}

/** What the server says is passed on until it is to stop: what it says of stopping is no fault. On a damaged database it is stopped. */
function startServer(settings: TemporalSettings, ui: Place): Server {
  let [lastError, damaged, stopping]: [string | undefined, boolean, boolean] = [undefined, false, false];
  const child = startGuarded(settings.executable, argumentsFor(settings, ui), (line) => {
    if (stopping) return;
    damaged = saysDamaged(line);
    if (damaged) return void stop();
    const error = errorIn(line);
    if (error === undefined) return;
    lastError = error;
    settings.tellError?.(error);
  });
  const stop = () => {
    stopping = true;
    return child.stop();
  };
  const damage = () => new DatabaseDamaged(`the database ${settings.databaseFile} is damaged: put back a copy of it, or set DATA_DIR`);
  const ended = child.ended.then((words) => {
    if (damaged) throw damage();
    return words;
  });
  // Whoever waits for the end hears of it; until somebody does, it must not end the process.
  ended.catch(() => undefined);
  return { pid: child.pid, ended, stop, lastError: () => lastError, explained: (error) => (damaged ? damage() : error) };
}

function argumentsFor({ port, databaseFile, codecEndpoint }: TemporalSettings, ui: Place): string[] {
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port)],
    ...['--ui-ip', ui.host, '--ui-port', String(ui.port), '--ui-disable-news-fetch'],
    ...['--dynamic-config-value', `frontend.httpAllowedHosts=${JSON.stringify(httpAllowedHosts)}`],
    ...['--db-filename', databaseFile, '--log-level', 'error', '--log-format', 'json'],
    ...(codecEndpoint === undefined ? [] : ['--ui-codec-endpoint', codecEndpoint]),
  ];
}

/** Resolves when the server answers and has all that cases need. It listens before it can be worked with, so each step is tried again. */
async function ready(address: string, server: Server): Promise<void> {
  const ended = server.ended.then((words) => {
    throw new NoTemporal(`the Temporal server ended at once: ${words.replaceAll(/\s+/g, ' ')}`);
  });
  const deadline = Date.now() + readyWithinMs;
  const prepared = () =>
    prepare(address, deadline).then(
      () => true,
      () => false,
    );
  while (!(await Promise.race([prepared(), ended]))) {
    if (Date.now() > deadline) throw notReady(address, server.lastError());
    await pause(100);
  }
}

async function prepare(address: string, deadline: number): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: 1_000 });
  try {
    await connection.withDeadline(deadline, async () => {
      await connection.workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl: msToTs(retention) } });
      await registerSearchAttributes(connection, namespace);
    });
  } finally {
    await connection.close();
  }
}

function notReady(address: string, error = 'it gave no reason'): NoTemporal {
  return new NoTemporal(`the Temporal server could not be worked with on ${address} within ${readyWithinMs / 1000} s: ${error}`);
}
