import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { ForPeople } from '../forPeople';
import { startGuarded, type GuardedChild } from './guardedChild';
import { predecessorGone, rememberServer } from './predecessor';
import { registerSearchAttributes } from './searchAttributes';

const namespace = 'default';
/** Far beyond any case: the server's own 24 hours would forget a closed case the next day. */
const retention = '3650 days';
const readyWithinMs = 25_000;

export interface TemporalSettings {
  readonly executable: string;
  readonly port: number;
  readonly uiPort: number;
  readonly databaseFile: string;
  /** Where the Web UI has payloads decoded; left out, it shows them as they are. */
  readonly codecEndpoint?: string;
}

/** The server could not be started. */
export class NoTemporal extends ForPeople {
  override readonly name = 'NoTemporal';
}

/** A running Temporal server with its Web UI, on loopback. */
export interface EmbeddedTemporal {
  readonly address: string;
  readonly namespace: string;
  readonly uiAddress: string;
  /** Resolves when the server has ended, wanted or not, with what it said last. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** Starts the server on its database file and makes it fit for cases. It ends with us, also when we are killed. */
export async function startTemporal(settings: TemporalSettings): Promise<EmbeddedTemporal> {
  const address = `127.0.0.1:${settings.port}`;
  await predecessorGone(settings.databaseFile);
  const server = startGuarded(settings.executable, argumentsFor(settings));
  try {
    if (server.pid !== undefined) rememberServer(settings.databaseFile, server.pid);
    const connection = await connected(address, server);
    await prepareNamespace(connection);
    await connection.close();
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { address, namespace, uiAddress: `http://localhost:${settings.uiPort}`, ended: server.ended, stop: () => server.stop() };
}

function argumentsFor({ port, uiPort, databaseFile, codecEndpoint }: TemporalSettings): string[] {
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port)],
    ...['--ui-ip', '127.0.0.1', '--ui-port', String(uiPort), '--ui-disable-news-fetch'],
    ...['--db-filename', databaseFile, '--log-level', 'error'],
    ...(codecEndpoint === undefined ? [] : ['--ui-codec-endpoint', codecEndpoint]),
  ];
}

async function connected(address: string, server: GuardedChild): Promise<Connection> {
  const ended = server.ended.then((words) => ({ words }));
  const deadline = Date.now() + readyWithinMs;
  while (Date.now() < deadline) {
    const attempt = Connection.connect({ address, connectTimeout: 1_000 }).catch(() => undefined);
    const first = await Promise.race([attempt, ended]);
    if (first !== undefined && 'words' in first) throw new NoTemporal(`the Temporal server ended at once: ${first.words}`);
    if (first !== undefined) return first;
    await pause(100);
  }
  throw new Error(`the Temporal server did not answer on ${address} within ${readyWithinMs / 1000} s`);
}

/** The namespace appears a moment after the server does. */
async function prepareNamespace(connection: Connection): Promise<void> {
  const deadline = Date.now() + readyWithinMs;
  for (;;) {
    try {
      await connection.workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl: msToTs(retention) } });
      await registerSearchAttributes(connection, namespace);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(200);
    }
  }
}
