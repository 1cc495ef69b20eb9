import { allHandlersFinished, CancellationScope, condition, makeContinueAsNewFunc } from '@temporalio/workflow';
import type { CaseFile } from '../domain/case/caseFile';
import { forNextRun } from '../domain/notifications/nextRun';
import { thisMinute } from './clock';
import { hearAndAnswer } from './handlers';
import type { PathwayStart } from './messages';
import { Run } from './run';
import { show, shownInLists } from './view';

/**
 * One person's pathway, from the first indication to the end of the case: wait for news or for the next moment, and do
 * what is due. What that is, the facts and the moment decide; nothing here knows a stage, a task or a date.
 */
export async function pathway(input: PathwayStart): Promise<void> {
  const run = new Run(input);
  hearAndAnswer(run);

  // A cancel request in the engine's own pages must not end anybody's case.
  await CancellationScope.nonCancellable(async () => {
    while (!run.isTimeToRest()) {
      run.sendWhatIsDue();
      show(run.file, thisMinute());
      await run.newsOrTheNextMoment();
    }
    await run.breaksOffDeliveries();
    await condition(allHandlersFinished);
    await goOnInANewRun(run.file);
  });
}

/** Every stage begins on new code, and no history grows for years. */
async function goOnInANewRun(file: CaseFile): Promise<void> {
  const now = thisMinute();
  const { start, entries, sequence, counted } = file;
  const goOn = makeContinueAsNewFunc<typeof pathway>(shownInLists(file, now));
  // The outbox counts what is under way as perhaps delivered: that is a change.
  await goOn({ version: 1, start, entries, sequence: sequence + 1, counted, outbox: forNextRun(file, now) });
}
