import './utc';
import { hostname } from 'node:os';
import { Connection } from '@temporalio/client';
import { workersHeard } from '../casework/temporal/workersHeard';
import { workerConfig } from '../settings/environment';

/**
 * The health check of a worker, which has no port of its own: whether Temporal hears the worker of this container ask for work. Exit code 0
 * means yes, 1 means no.
 */
async function workerIsHeard(): Promise<boolean> {
  const { temporal: server } = workerConfig();
  const connection = await Connection.connect({ address: server.address, connectTimeout: '5s' });
  try {
    const heard = await connection.withDeadline(Date.now() + 5_000, () => workersHeard(connection, server.namespace));
    return heard.some(({ identity }) => identity.endsWith(`@${hostname()}`));
  } finally {
    await connection.close();
  }
}

workerIsHeard().then(
  (heard) => {
    process.exitCode = heard ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
