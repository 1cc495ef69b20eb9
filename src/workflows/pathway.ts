import { allHandlersFinished, CancellationScope, condition, makeContinueAsNewFunc } from '@temporalio/workflow';
import type { CaseFile } from '../domain/case/caseFile';
import { forNextRun } from '../domain/notifications/nextRun';
import { thisMinute } from './clock';
import { handleMessages } from './handlers';
import { workflowTaskTimeout, type PathwayStart } from './messages';
import { Run } from './run';
import { show, shownInLists } from './view';

/**
 * The pathway of one person. Repeat: send what is due, show the case, wait for a message or the next due instant. The domain decides what
 * is due; nothing here knows a stage, a task or a date.
 */
export async function pathway(input: PathwayStart): Promise<void> {
  // The codec put a marker in place of the start. The error fails the task: this case stops, and no other.
  if (!('start' in input)) throw new Error('the start of this run cannot be read');
  const run = new Run(input);
  handleMessages(run);

  // A cancel request in the engine's own pages must not end anybody's case.
  await CancellationScope.nonCancellable(async () => {
    while (!run.mustContinueInNewRun()) {
      run.sendWhatIsDue();
      show(run.file, thisMinute());
      await run.waitForNewsOrNextDue();
    }
    await run.breakOffDeliveries();
    await condition(allHandlersFinished);
    await continueInNewRun(run.file);
  });
}

/** Every stage begins in a new run, so on new code, and no history grows for years. */
async function continueInNewRun(file: CaseFile): Promise<void> {
  const now = thisMinute();
  const { start, entries, sequence, counted } = file;
  const continueAsNew = makeContinueAsNewFunc<typeof pathway>({
    ...shownInLists(file, now),
    workflowTaskTimeout,
    // Every other task of a run is done by the code that the run began with (docs/decisions/0031-a-run-stays-on-its-build.md).
    initialVersioningBehavior: 'AUTO_UPGRADE',
  });
  // The outbox counts what is under way as perhaps delivered: that is a change.
  await continueAsNew({ version: 1, start, entries, sequence: sequence + 1, counted, outbox: forNextRun(file, now) });
}
