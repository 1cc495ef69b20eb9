import { allHandlersFinished, CancellationScope, condition, makeContinueAsNewFunc } from '@temporalio/workflow';
import type { CaseFile } from '../domain/case/caseFile';
import { thisMinute } from './clock';
import { handleMessages } from './handlers';
import { workflowTaskTimeout, type Owed, type PathwayStart } from './messages';
import { ownBuild } from './ownBuild';
import { rules } from './rules';
import { Run } from './run';
import { show, shownInLists } from './view';

/**
 * The pathway of one person. Repeat: send what is due, show the case, wait for a message or the next due instant. The domain decides what
 * is due; nothing here knows a stage, a task or a date.
 */
export async function pathway(input: PathwayStart): Promise<void> {
  const run = new Run(input);
  handleMessages(run);

  // A cancel request in the engine's own pages must not end anybody's case.
  await CancellationScope.nonCancellable(async () => {
    while (!run.mustContinueInNewRun()) {
      run.sendWhatIsDue();
      show(run.file, thisMinute());
      await run.waitForNewsOrNextDue();
    }
    await run.breakOff();
    await condition(allHandlersFinished);
    // Nothing may be awaited between this file and the end of the run: a fact of that time would be lost.
    await continueInNewRun(run.file, run.owed);
  });
}

/** Every stage begins in a new run, so on new code, and no history grows for years. */
async function continueInNewRun(file: CaseFile, owed: Owed | undefined): Promise<void> {
  const now = thisMinute();
  const continueAsNew = makeContinueAsNewFunc<typeof pathway>({
    ...shownInLists(file, now),
    workflowTaskTimeout,
    // Every other task of a run is done by the code that the run began with (docs/decisions/0031-a-run-stays-on-its-build.md).
    initialVersioningBehavior: 'AUTO_UPGRADE',
  });
  await continueAsNew({ ...rules.carried(file, now, ownBuild()), ...(owed === undefined ? {} : { owed }) });
}
