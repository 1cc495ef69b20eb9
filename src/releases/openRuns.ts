import type { Client } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { openCases } from './deployment';
import { deployment, referenceOf, searchAttributes } from '../workflows/messages';

/** The run of an open case, as the engine lists it. */
export interface OpenRun {
  readonly workflowId: string;
  readonly runId: string;
  readonly reference: string;
  /** The build that it is on; null before its first task, and on code without a build. */
  readonly build: string | null;
  /** It did a task on code without a build, as before version 0.3.0. */
  readonly isUnversioned: boolean;
  readonly stage: string | undefined;
  readonly nextDate: Date | undefined;
}

// The engine's own attributes of a run.
const versionAttribute = defineSearchAttributeKey('TemporalWorkerDeploymentVersion', SearchAttributeType.KEYWORD);
const buildsAttribute = defineSearchAttributeKey('BuildIds', SearchAttributeType.KEYWORD_LIST);

/** The runs of all open cases. */
export async function openRuns(client: Client): Promise<readonly OpenRun[]> {
  const runs: OpenRun[] = [];
  for await (const run of openRunsOf(client, openCases)) runs.push(run);
  return runs;
}

/** The runs that a query finds, the newest first. */
export async function* openRunsOf(client: Client, query: string): AsyncGenerator<OpenRun> {
  for await (const { workflowId, runId, typedSearchAttributes: shown } of client.workflow.list({ query })) {
    const version = shown.get(versionAttribute) ?? '';
    const build = version.startsWith(`${deployment}:`) ? version.slice(deployment.length + 1) : null;
    const isUnversioned = build === null && (shown.get(buildsAttribute) ?? []).includes('unversioned');
    const reference = referenceOf(workflowId) ?? workflowId;
    const [stage, nextDate] = [shown.get(searchAttributes.stage), shown.get(searchAttributes.nextDate)];
    yield { workflowId, runId, reference, build, isUnversioned, stage, nextDate };
  }
}
