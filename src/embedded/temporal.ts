import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { UserFacingError } from '../errors/userFacingError';
import { startGuarded, type GuardedChild } from './guardedChild';
import { hiddenHost, type Place } from './place';
import { freePort } from './ports';
import { predecessorGone, rememberServer } from './predecessor';
import { registerSearchAttributes } from './searchAttributes';
import { errorIn, saysDamaged } from './serverLog';

const namespace = 'default';
/**
 * The engine keeps a run so long after its end. An open case carries all that it needs to its next run, and each release leaves some 60 kB
 * of an ended run behind (docs/decisions/0031-a-run-stays-on-its-build.md).
 */
const retention = '90 days';
const readyWithinMs = 60_000;
/** Nobody needs the HTTP API of the server, which has no login. So it accepts only this host name, which no client can send. */
const httpAllowedHosts = ['no host at all'];

export interface TemporalSettings {
  readonly executable: string;
  readonly port: number;
  readonly databaseFile: string;
  /** Is called with each error that the server reports while it runs. */
  readonly reportError?: (error: string) => void;
}

/** The server could not be started. */
export class NoTemporal extends UserFacingError {
  override readonly name = 'NoTemporal';
}

/** The database cannot be read any more, and so neither can any case in it. */
export class DatabaseDamaged extends UserFacingError {
  override readonly name = 'DatabaseDamaged';
}

/** A running Temporal server with its Web UI, on loopback. */
export interface EmbeddedTemporal {
  readonly address: string;
  readonly namespace: string;
  /** Its Web UI, which lets in everybody who finds it. */
  readonly ui: Place;
  /**
   * Resolves with the server's last output when the server has ended, whether we asked for it or not. Rejects with `DatabaseDamaged` if
   * that was the reason.
   */
  readonly ended: Promise<string>;
  /** The reason why a call failed: the damage of the database, if there is any; else the error itself. */
  explained(error: unknown): unknown;
  stop(): Promise<void>;
}

/** Starts the server on its database file and prepares it for cases. The server ends with us, even if we are killed. */
export async function startTemporal(settings: TemporalSettings): Promise<EmbeddedTemporal> {
  const address = `127.0.0.1:${settings.port}`;
  await predecessorGone(settings.databaseFile);
  const host = hiddenHost();
  const ui = { host, port: await freePort(host) };
  const server = startServer(settings, ui);
  try {
    if (server.pid !== undefined) rememberServer(settings.databaseFile, server.pid);
    await ready(address, server);
    const { ended, explained } = server;
    return { address, namespace, ui, ended, explained, stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

interface Server extends GuardedChild, Pick<EmbeddedTemporal, 'explained'> {
  /** The last error that the server reported. */
  lastError(): string | undefined;
}

/** Reports the server's errors until it is told to stop, since errors during a stop are no fault. A damaged database stops the server. */
function startServer(settings: TemporalSettings, ui: Place): Server {
  let [lastError, damaged, stopping]: [string | undefined, boolean, boolean] = [undefined, false, false];
  const child = startGuarded(settings.executable, argumentsFor(settings, ui), (line) => {
    if (stopping) return;
    damaged = saysDamaged(line);
    if (damaged) return void stop();
    const error = errorIn(line);
    if (error === undefined) return;
    lastError = error;
    settings.reportError?.(error);
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
  // A caller that awaits `ended` gets this rejection. Until then it must not end the process.
  ended.catch(() => undefined);
  return { pid: child.pid, ended, stop, lastError: () => lastError, explained: (error) => (damaged ? damage() : error) };
}

function argumentsFor({ port, databaseFile }: TemporalSettings, ui: Place): string[] {
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port)],
    ...['--ui-ip', ui.host, '--ui-port', String(ui.port), '--ui-disable-news-fetch'],
    ...['--dynamic-config-value', `frontend.httpAllowedHosts=${JSON.stringify(httpAllowedHosts)}`],
    ...['--db-filename', databaseFile, '--log-level', 'error', '--log-format', 'json'],
  ];
}

/**
 * Resolves when the server answers and has everything that cases need. The server listens before it is usable, so the preparation is
 * repeated until it succeeds.
 */
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
  return new NoTemporal(`the Temporal server was not ready on ${address} within ${readyWithinMs / 1000} s: ${error}`);
}
