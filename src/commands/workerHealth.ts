import '../utc';
import { hostname } from 'node:os';
import { Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { workerConfig } from '../config';
import { pathwayQueue } from '../workflows/messages';

/** A worker asks for work again at least once a minute, work or none. */
const silence = 150_000;

/**
 * Whether Temporal hears the worker of this container ask for work: the health check of a worker, which has no port of its own.
 * Its end is its answer: exit code 0 or 1.
 */
async function workerIsHeard(): Promise<boolean> {
  const { temporal: server } = workerConfig();
  const connection = await Connection.connect({ address: server.address, connectTimeout: '5s' });
  try {
    const { pollers } = await connection.withDeadline(Date.now() + 5_000, () =>
      connection.workflowService.describeTaskQueue({
        namespace: server.namespace,
        taskQueue: { name: pathwayQueue },
        taskQueueType: temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
      }),
    );
    return pollers.some(
      ({ identity, lastAccessTime }) =>
        identity?.endsWith(`@${hostname()}`) === true && Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1000 < silence,
    );
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
