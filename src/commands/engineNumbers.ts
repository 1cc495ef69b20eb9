import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { milliseconds } from '../casework/temporal/timestamps';
import { missedBefore } from '../metrics/missedWakes';
import type { EngineNumbers } from '../metrics/observer';
import { countOf, openCases } from '../releases/deployment';
import { effects } from '../workflows/effects';
import { searchAttributes } from '../workflows/messages';

/** The engine has so long to count; ours. */
const patienceMs = 3_000;

/** What waits in the task queue of mail, and the cases whose next date is over, as the engine counts them. */
export async function engineNumbers(client: Client): Promise<EngineNumbers> {
  const [{ stats }, missedWakes] = await client.withDeadline(Date.now() + patienceMs, () =>
    Promise.all([client.workflowService.describeTaskQueue(mailQueueIn(client)), countOf(client, missed(new Date()))]),
  );
  return {
    mailOrders: Number(stats?.approximateBacklogCount ?? 0),
    oldestMailSeconds: milliseconds(stats?.approximateBacklogAge) / 1_000,
    missedWakes,
  };
}

function mailQueueIn({ options: { namespace } }: Client) {
  return {
    namespace,
    taskQueue: { name: effects.notify.taskQueue },
    taskQueueType: temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
    reportStats: true,
  };
}

function missed(now: Date): string {
  const { name } = searchAttributes.nextDate;
  return `${openCases} AND ${name} < '${missedBefore(now).toISOString()}'`;
}
