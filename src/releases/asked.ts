import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { rest } from '../workflows/messages';
import type { OpenRun } from './openRuns';

/** A case that is not over so long after it was asked is looked at. */
const lookedAtAfterMs = 3_000;
/** A case that began anew meanwhile, and is still elsewhere so long after it was asked, is asked again. Its run of before did not forget. */
const askedAgainAfterMs = 10_000;
/** The cases that are asked at the same time; ours. A stop waits for these. */
const atOnce = 10;

/** The cases that were asked to rest: when, and the run that each had at first and the last time. */
export class Asked {
  private readonly cases = new Map<string, { readonly at: number; readonly run: OpenRun; readonly lastRunId: string }>();

  constructor(
    private readonly client: Client,
    private readonly stopping: AbortSignal,
  ) {}

  /** Asks cases; one that has ended meanwhile needs no release. */
  async toRest(runs: readonly OpenRun[]): Promise<void> {
    for (let from = 0; from < runs.length; from += atOnce) {
      this.stopping.throwIfAborted();
      await Promise.all(runs.slice(from, from + atOnce).map((run) => this.askOne(run)));
    }
  }

  mayBeAsked({ workflowId, runId }: Pick<OpenRun, 'workflowId' | 'runId'>): boolean {
    const asked = this.cases.get(workflowId);
    return asked === undefined || (asked.lastRunId !== runId && Date.now() - asked.at > askedAgainAfterMs);
  }

  /** Of these cases those that should be over, each with the run that it had when it was first asked. */
  lateAmong(runs: readonly OpenRun[]): readonly OpenRun[] {
    return runs.flatMap(({ workflowId }) => {
      const asked = this.cases.get(workflowId);
      return asked !== undefined && Date.now() - asked.at > lookedAtAfterMs ? [asked.run] : [];
    });
  }

  private async askOne(run: OpenRun): Promise<void> {
    const { workflowId, runId } = run;
    this.cases.set(workflowId, { at: Date.now(), run: this.cases.get(workflowId)?.run ?? run, lastRunId: runId });
    await this.client.workflow
      .getHandle(workflowId)
      .signal(rest)
      .catch((error: unknown) => {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      });
  }
}
