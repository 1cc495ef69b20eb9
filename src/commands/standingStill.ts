import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { isEnded } from '../casework/temporal/caseCall';
import type { StandingStill } from '../domain/notifications/watch';
import { pathwayQueue, watchId, watchType, workflowIdOf, workflowType } from '../workflows/messages';

const cases = `WorkflowType = '${workflowType}'`;
/** Of every end but the one by which a case goes on in a new run. */
const endedRuns = `${cases} AND ExecutionStatus IN ('Completed', 'Failed', 'Canceled', 'Terminated', 'TimedOut')`;
/** The engine's own mark: by default after five tasks in a row that failed, which takes a minute. */
const blockedRuns = `${cases} AND ExecutionStatus = 'Running' AND TemporalReportedProblems IS NOT NULL`;
const prefix = workflowIdOf('');

/** The cases whose clock stands still, as the engine's lists have it. */
export async function standingStill(client: Client): Promise<StandingStill> {
  const [ended, blocked] = [await idsOf(client, endedRuns), await idsOf(client, blockedRuns)];
  const over: string[] = [];
  for (const id of ended) if (await isOver(client, id)) over.push(id);
  return { ended: over.map(referenceOf), blocked: blocked.map(referenceOf) };
}

/** Has somebody watch over the cases from now on; if somebody does, nothing happens. */
export async function startWatch(client: Client): Promise<void> {
  await client.workflow.start(watchType, {
    workflowId: watchId,
    workflowIdConflictPolicy: 'USE_EXISTING',
    taskQueue: pathwayQueue,
    staticSummary: 'Looks each minute for cases whose clock stands still',
  });
}

async function idsOf(client: Client, query: string): Promise<string[]> {
  const ids = new Set<string>();
  for await (const { workflowId } of client.workflow.list({ query })) ids.add(workflowId);
  return [...ids];
}

/** A case that was repaired by a reset goes on in another run, and one that was deleted is there no longer; lists lag behind. */
async function isOver(client: Client, workflowId: string): Promise<boolean> {
  try {
    return isEnded(await client.workflow.getHandle(workflowId).describe());
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

function referenceOf(workflowId: string): string {
  return workflowId.slice(prefix.length);
}
