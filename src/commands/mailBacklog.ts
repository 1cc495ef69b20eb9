import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { milliseconds } from '../casework/temporal/timestamps';
import type { MailBacklog } from '../metrics/observer';
import { effects } from '../workflows/effects';

/** The engine has so long to count; ours. */
const patienceMs = 3_000;

/** What waits in the task queue of mail, as the engine counts it. */
export async function mailBacklog(client: Client): Promise<MailBacklog> {
  const asked = {
    namespace: client.options.namespace,
    taskQueue: { name: effects.notify.taskQueue },
    taskQueueType: temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
    reportStats: true,
  };
  const { stats } = await client.withDeadline(Date.now() + patienceMs, () => client.workflowService.describeTaskQueue(asked));
  return {
    orders: Number(stats?.approximateBacklogCount ?? 0),
    oldestSeconds: milliseconds(stats?.approximateBacklogAge) / 1_000,
  };
}
