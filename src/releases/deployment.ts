/* What the engine knows of our builds: which is current, which is coming, and how many open cases are on each. */

import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { hasCode } from '../casework/temporal/grpcStatus';
import { workersHeard } from '../casework/temporal/workersHeard';
import type { Stranded } from '../domain/notifications/watch';
import { deployment, workflowType } from '../workflows/messages';

/** The builds that the engine knows. */
export interface KnownBuilds {
  /** New runs begin on it; null before the first release. */
  readonly current: string | null;
  /** A release is about to make it current, and asks for a worker of it; null most of the time. */
  readonly coming: string | null;
  readonly all: readonly string[];
  /** Those that were current once, the latest first. */
  readonly before: readonly string[];
}

export async function knownBuilds({ workflowService, options: { namespace } }: Client): Promise<KnownBuilds> {
  try {
    const { workerDeploymentInfo } = await workflowService.describeWorkerDeployment({ namespace, deploymentName: deployment });
    const { routingConfig, versionSummaries } = workerDeploymentInfo ?? {};
    const known = (versionSummaries ?? []).flatMap(({ deploymentVersion, lastCurrentTime }) =>
      deploymentVersion?.buildId ? [{ build: deploymentVersion.buildId, at: Number(lastCurrentTime?.seconds ?? 0) }] : [],
    );
    return {
      current: routingConfig?.currentDeploymentVersion?.buildId || null,
      coming: routingConfig?.rampingDeploymentVersion?.buildId || null,
      all: known.map(({ build }) => build),
      before: known
        .filter(({ at }) => at > 0)
        .sort((one, other) => other.at - one.at)
        .map(({ build }) => build),
    };
  } catch (error) {
    // No worker has ever asked for work.
    if (hasCode(error, 'notFound')) return { current: null, coming: null, all: [], before: [] };
    throw error;
  }
}

/**
 * The open cases, in the language of the engine's lists, with the quotes of which the Web UI makes filters. A case that changes stage goes on in a
 * new run, and the old run is history: only the last one is running.
 */
export const openCases = `WorkflowType="${workflowType}" AND ExecutionStatus="Running"`;

/** The engine marks these runs. By default it does so after five failed tasks in a row, at the sixth, which takes a minute. */
export const blockedCases = `${openCases} AND TemporalReportedProblems IS NOT NULL`;

/** The open cases on one build. */
export function openCasesOn(build: string): string {
  return `${openCases} AND TemporalWorkerDeploymentVersion = '${deployment}:${build}'`;
}

/** The open cases on any other build or on none. */
export function openCasesNotOn(build: string): string {
  return `${openCases} AND (TemporalWorkerDeploymentVersion IS NULL OR TemporalWorkerDeploymentVersion != '${deployment}:${build}')`;
}

/** The number of workflows that a query finds. Lists lag behind by a second or two. */
export async function countOf(client: Client, query: string): Promise<number> {
  return (await client.workflow.count(query)).count;
}

/**
 * Makes a build current: new runs begin on it from now on. False while no worker of the build asks for work, which the engine demands.
 */
export async function setCurrent({ workflowService, options: { namespace, identity } }: Client, build: string): Promise<boolean> {
  try {
    await workflowService.setWorkerDeploymentCurrentVersion({ namespace, deploymentName: deployment, buildId: build, identity });
    return true;
  } catch (error) {
    if (hasCode(error, 'failedPrecondition', 'notFound')) return false;
    throw error;
  }
}

/**
 * Asks the workers to run a build too, before anything begins on it. They see it as the build that is coming. Null: none is coming. The engine
 * refuses a build that never asked for work while others have some: a release asks again until it is there.
 */
export async function announce({ workflowService, options: { namespace, identity } }: Client, build: string | null): Promise<void> {
  // No worker of it runs yet, so it has none of the queues of the current build. The engine minds that if there are tasks just now.
  const nothingYet = { percentage: 0, allowNoPollers: true, ignoreMissingTaskQueues: true };
  const asked = { namespace, deploymentName: deployment, buildId: build ?? '', identity, ...nothingYet };
  await workflowService.setWorkerDeploymentRampingVersion(asked).catch((error: unknown) => {
    if (!hasCode(error, 'failedPrecondition')) throw error;
  });
}

/**
 * Makes the engine forget the builds that are drained and for which no worker asks: it knows a hundred at most. It looks at their drainage
 * every three minutes, so the build before this one is forgotten by the next release.
 */
export async function forgetUnused(client: Client): Promise<void> {
  const {
    workflowService,
    options: { namespace, identity },
  } = client;
  const [{ workerDeploymentInfo }, workers] = await Promise.all([
    workflowService.describeWorkerDeployment({ namespace, deploymentName: deployment }),
    // The engine tells of a worker for five minutes.
    workersHeard(client, namespace, Infinity),
  ]);
  const polled = new Set(workers.map(({ build }) => build));
  for (const { deploymentVersion, drainageStatus } of workerDeploymentInfo?.versionSummaries ?? []) {
    if (drainageStatus !== drained || polled.has(deploymentVersion?.buildId ?? null)) continue;
    await workflowService
      .deleteWorkerDeploymentVersion({ namespace, deploymentVersion: deploymentVersion ?? null, identity })
      .catch((error: unknown) => {
        // A worker asked for it in the last five minutes, or a case came back to it.
        if (!hasCode(error, 'failedPrecondition', 'notFound')) throw error;
      });
  }
}

const drained = temporal.api.enums.v1.VersionDrainageStatus.VERSION_DRAINAGE_STATUS_DRAINED;

/** The open cases that none of the kept builds can go on with. Left out, every build is kept. */
export async function strandedCases(client: Client, kept?: readonly string[]): Promise<readonly Stranded[]> {
  return strandedAmong(client, await knownBuilds(client), kept);
}

/** The same, for a caller that has just asked which builds the engine knows. */
export async function strandedAmong(
  client: Client,
  { all }: Pick<KnownBuilds, 'all'>,
  kept: readonly string[] | undefined,
): Promise<readonly Stranded[]> {
  const builds = all.filter((build) => kept?.includes(build) === false);
  const counted = await Promise.all([
    ...builds.map(async (build) => ({ build, cases: await countOf(client, openCasesOn(build)) })),
    // The engine puts this word down when a worker without a build completes a task of a run, and leaves it there when the run gets a build.
    countOf(client, `${openCases} AND BuildIds = 'unversioned' AND TemporalWorkerDeploymentVersion IS NULL`).then((cases) => ({
      build: null,
      cases,
    })),
  ]);
  return counted.filter(({ cases }) => cases > 0);
}

export function strandedInWords(stranded: readonly Stranded[]): string {
  return stranded
    .map(
      ({ build, cases }) =>
        `${cases} open ${cases === 1 ? 'case' : 'cases'} of ${build === null ? 'a version before 0.3.0' : `build ${build}`}`,
    )
    .join(', ');
}
