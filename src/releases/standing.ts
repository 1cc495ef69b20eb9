import { WorkflowNotFoundError, type Client } from '@temporalio/client';

/**
 * How one case stands in a release. `over`: it did a task on the target. `failing`: its first task there fails. `blocked`: it fails on the
 * build where it was before. `busy`: letters are under way, and it goes over after them. `free`: nothing keeps it. `gone`: it has ended.
 */
export type CaseStanding = 'over' | 'failing' | 'blocked' | 'busy' | 'free' | 'gone';

/** A task that failed so often in a row fails by the code, not by chance. */
const failsForGood = 3;

export async function standingOf(client: Client, workflowId: string, target: string): Promise<CaseStanding> {
  try {
    const { status, raw } = await client.workflow.getHandle(workflowId).describe();
    if (status.name !== 'RUNNING') return 'gone';
    const build = raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId || null;
    const fails = (raw.pendingWorkflowTask?.attempt ?? 0) >= failsForGood;
    if (fails) return build === null || build === target ? 'failing' : 'blocked';
    if (build === target) return 'over';
    return (raw.pendingActivities ?? []).length > 0 ? 'busy' : 'free';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'gone';
    throw error;
  }
}
