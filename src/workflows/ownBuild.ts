import { workflowInfo } from '@temporalio/workflow';

/**
 * The build that does this task, or did it when the task is replayed: a replay by a mended build takes the same way. Undefined for a worker
 * without a build, as in the simulation.
 */
export function ownBuild(): string | undefined {
  return workflowInfo().currentDeploymentVersion?.buildId;
}
