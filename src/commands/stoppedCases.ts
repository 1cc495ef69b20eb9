import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { isEnded } from '../casework/temporal/caseCall';
import { workersHeard } from '../casework/temporal/workersHeard';
import type { StoppedCases, Stranded } from '../domain/notifications/watch';
import { blockedCases, strandedCases } from '../releases/deployment';
import { pathwayQueue, referenceOf, watchId, watchType, workflowIdOf, workflowType } from '../workflows/messages';

const cases = `WorkflowType = '${workflowType}'`;
/** Every way in which a run ends, except continuing as a new run. */
const endedRuns = `${cases} AND ExecutionStatus IN ('Completed', 'Failed', 'Canceled', 'Terminated', 'TimedOut')`;

interface Setting {
  /** The builds that this process keeps. */
  readonly kept: readonly string[];
  /** The silence after which a worker of another process counts as gone; left out, that of every worker. */
  readonly silenceMs?: number | undefined;
}

/** The cases whose clock stands still, according to the engine's lists. */
export async function stoppedCases(client: Client, setting: Setting): Promise<StoppedCases> {
  const [ended, blocked] = [await idsOf(client, endedRuns), await idsOf(client, blockedCases)];
  const over: string[] = [];
  for (const id of ended) if ((await runOf(client, id)) === 'over') over.push(id);
  return { ended: referencesOf(over), blocked: referencesOf(blocked), stranded: await withoutWorker(client, setting) };
}

/** During a release a worker of another image may run builds that this one does not keep. */
async function withoutWorker(client: Client, { kept, silenceMs }: Setting): Promise<readonly Stranded[]> {
  const stranded = await strandedCases(client, kept);
  if (stranded.length === 0) return [];
  const heard = await workersHeard(client, client.options.namespace, silenceMs);
  return stranded.filter(({ build }) => !heard.some((worker) => worker.build === build));
}

function referencesOf(workflowIds: readonly string[]): string[] {
  return workflowIds.flatMap((id) => referenceOf(id) ?? []);
}

/** Starts the watch over the cases; does nothing if it runs already. */
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

/** Which of these cases go on. One that the engine has forgotten does not. */
export async function thoseGoingOn(client: Client, references: readonly string[]): Promise<string[]> {
  const goOn: string[] = [];
  for (const reference of references) if ((await runOf(client, workflowIdOf(reference))) === 'goes on') goOn.push(reference);
  return goOn;
}

/** A case that was reset goes on in another run, and a deleted case does not exist; lists lag behind both. */
async function runOf(client: Client, workflowId: string): Promise<'goes on' | 'over' | 'gone'> {
  try {
    return isEnded(await client.workflow.getHandle(workflowId).describe()) ? 'over' : 'goes on';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'gone';
    throw error;
  }
}
