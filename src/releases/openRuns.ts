import type { Client } from '@temporalio/client';
import { deployment, referenceOf } from '../workflows/messages';
import { openCases } from './deployment';

/** The run of an open case. */
export interface OpenRun {
  readonly workflowId: string;
  readonly runId: string;
  readonly reference: string;
  /** The build that it is on; null before its first task, and on code without a build. */
  readonly build: string | null;
  /** It did a task on code without a build, as before version 0.3.0. */
  readonly isUnversioned: boolean;
}

/** The runs of all open cases. */
export async function openRuns(client: Client): Promise<readonly OpenRun[]> {
  const runs: OpenRun[] = [];
  for await (const { workflowId, runId, searchAttributes } of client.workflow.list({ query: openCases })) {
    const [version = ''] = (searchAttributes['TemporalWorkerDeploymentVersion'] ?? []) as readonly string[];
    const build = version.startsWith(`${deployment}:`) ? version.slice(deployment.length + 1) : null;
    const isUnversioned = build === null && ((searchAttributes['BuildIds'] ?? []) as readonly string[]).includes('unversioned');
    runs.push({ workflowId, runId, reference: referenceOf(workflowId) ?? workflowId, build, isUnversioned });
  }
  return runs;
}
