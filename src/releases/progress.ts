import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import type { OpenRun } from './openRuns';

/**
 * The progress of one case in a release. `over`: it did a task on the target. `failing`: its tasks there fail. `blocked`: it fails on the build
 * where it was before. `busy`: letters are under way, or the engine waits before it tries again, and the case goes over after that. `free`:
 * nothing keeps it. `stuck`: the same run was free at every look for a while. `gone`: it has ended.
 */
export type CaseProgress = 'over' | 'failing' | 'blocked' | 'busy' | 'free' | 'stuck' | 'gone';

const pinned = temporal.api.enums.v1.VersioningBehavior.VERSIONING_BEHAVIOR_PINNED;

const { EVENT_TYPE_WORKFLOW_TASK_FAILED: taskFailed, EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT: taskTimedOut } = temporal.api.enums.v1.EventType;

/** A task that failed so often in a row fails by the code, not by chance. */
const failsForGood = 3;
/** A task that found no time on a busy machine is no fault of the code, unless it happens so often; ours. */
const timesOutForGood = 6;
/** A case whose letter was just answered is free until its new run has done a task, so one look says nothing; ours. */
const stuckAfterMs = 20_000;

/**
 * Looks at cases one by one. Remembers the runs that failed already when they were first seen: another build may be at fault there. Remembers
 * also since when a run is free.
 */
export class ProgressOfCases {
  private readonly failedBefore = new Map<string, number>();
  private readonly freeSince = new Map<string, number>();

  constructor(
    private readonly client: Client,
    private readonly target: string,
  ) {}

  ofAll(cases: readonly OpenRun[]): Promise<readonly CaseProgress[]> {
    return Promise.all(cases.map((each) => this.of(each)));
  }

  /** A case, with its run when it was listed first. */
  async of({ workflowId, runId }: Pick<OpenRun, 'workflowId' | 'runId'>): Promise<CaseProgress> {
    try {
      const { status, runId: runNow, raw } = await this.client.workflow.getHandle(workflowId).describe();
      if (status.name !== 'RUNNING') return 'gone';
      const { behavior, deploymentVersion } = raw.workflowExecutionInfo?.versioningInfo ?? {};
      // Until its first task is done, the engine names the build of the run before.
      const build = behavior === pinned ? deploymentVersion?.buildId || null : null;
      const fails = raw.pendingWorkflowTask?.attempt ?? 0;
      if (build !== null && build !== this.target && fails >= failsForGood) return 'blocked';
      if (fails >= failsForGood) {
        const isAtFault = fails >= timesOutForGood || !(await this.timedOut(workflowId, runNow));
        return isAtFault && this.failsAnew(runNow, runNow === runId, fails) ? 'failing' : 'busy';
      }
      if (build === this.target) return 'over';
      return this.freeOrStuck(runNow, (raw.pendingActivities ?? []).length === 0);
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 'gone';
      throw error;
    }
  }

  /** Whether the last task of a run that did not succeed had no time. Of tries in a row, the engine writes down the first alone. */
  private async timedOut(workflowId: string, runId: string): Promise<boolean> {
    const { events } = await this.client.workflow.getHandle(workflowId, runId).fetchHistory();
    const ends = (events ?? []).map(({ eventType }) => eventType).filter((type) => type === taskFailed || type === taskTimedOut);
    return ends.at(-1) === taskTimedOut;
  }

  private freeOrStuck(runId: string, isFree: boolean): CaseProgress {
    if (!isFree) {
      this.freeSince.delete(runId);
      return 'busy';
    }
    const since = this.freeSince.get(runId) ?? Date.now();
    this.freeSince.set(runId, since);
    return Date.now() - since >= stuckAfterMs ? 'stuck' : 'free';
  }

  /** A run of before the release has to fail twice more: one task may have been in the hands of another build. */
  private failsAnew(runId: string, isOfBefore: boolean, fails: number): boolean {
    if (!isOfBefore) return true;
    const before = this.failedBefore.get(runId) ?? fails;
    this.failedBefore.set(runId, before);
    return fails >= before + 2;
  }
}
