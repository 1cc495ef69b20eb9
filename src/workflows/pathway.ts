import { allHandlersFinished, CancellationScope, condition, makeContinueAsNewFunc, setHandler, workflowInfo } from '@temporalio/workflow';
import { dispatchAt, nextMoment } from '../domain/agenda';
import { certificateOf } from '../domain/certificate';
import { openCase, record, refold, situationAt, type CaseFile, type Telling } from '../domain/caseFile';
import { compact, delivered, supposingDelivered } from '../domain/delivery';
import { maySee } from '../domain/people';
import { nextOf, pathwayView } from '../domain/pathwayView';
import { hear } from '../domain/signals';
import { later, latest, type Instant } from '../domain/calendar';
import { millisecondsUntil, settledMinute, thisMinute } from './clock';
import { openDeliveries } from './deliveries';
import * as messages from './messages';
import { orReject, isTelling } from './rejections';
import { show, showInWords, shownInLists, waitingFor } from './view';

/**
 * One person's pathway, from the first indication to the end of the case: wait for news or for the next moment, and do
 * what is due. What that is, the facts and the moment decide; nothing here knows a stage, a task or a date.
 */
export async function pathway(input: messages.PathwayStart): Promise<void> {
  let file = resume(input);
  let waitsFor: Instant | null = null;
  let woken = false;
  const stageAtFirst = situationAt(file, thisMinute()).stage;

  const change = (changed: CaseFile): void => {
    file = changed;
    showInWords(file, thisMinute());
    const next = nextMoment(supposingDelivered(file, thisMinute()), settledMinute());
    // A fact re-arms the timer only if the next moment got earlier; a timer that rings for nothing does no harm.
    if (timeToRest() || (next !== null && (waitsFor === null || next < waitsFor))) woken = true;
  };
  const deliveries = openDeliveries(file.start, (outcomes) => {
    change(delivered(file, outcomes, thisMinute()));
  });
  // A change of stage can wait until every letter is answered; a history that has grown too long cannot.
  const timeToRest = (): boolean =>
    workflowInfo().continueAsNewSuggested || (deliveries.isQuiet() && situationAt(file, thisMinute()).stage !== stageAtFirst);

  setHandler(
    messages.recordFact,
    (telling: Telling) => {
      const after = orReject(record(file, telling), file, telling);
      if (after !== file) change(after);
      return pathwayView(file, telling.receivedAt, telling.by);
    },
    {
      validator: (telling: Telling) => void orReject(isTelling(telling) ? record(file, telling) : null, file, telling),
      description: 'Tells a fact.',
    },
  );
  // A signal cannot be refused; what it says is kept whatever it is.
  setHandler(messages.cooperation, (told) => {
    change(hear(file, told, thisMinute()));
  });
  setHandler(messages.pathway, ({ caller, now }) => (maySee(caller, file.start.office) ? pathwayView(file, now, caller) : null));
  setHandler(messages.certificate, ({ caller, now, deadline }) =>
    maySee(caller, file.start.office) ? certificateOf(file, deadline, now) : null,
  );
  setHandler(messages.entries, ({ caller }) => (maySee(caller, file.start.office) ? file.entries : null));
  setHandler(messages.caseFile, () => file);

  // A cancel request in the engine's own pages must not end anybody's case.
  await CancellationScope.nonCancellable(async () => {
    while (!(timeToRest() && allHandlersFinished())) {
      const now = settledMinute();
      const due = dispatchAt(file, now);
      file = due.file;
      deliveries.send(due.dispatch, situationAt(file, now)); // beside the clock: a mail server that is down holds up nothing
      show(file, thisMinute());
      await newsOrTheNextMoment(now);
    }
    // Every stage begins on new code, and no history grows for years.
    const rest = makeContinueAsNewFunc<typeof pathway>(shownInLists(file, thisMinute()));
    await rest({ version: 1, start: file.start, entries: file.entries, post: compact(file, thisMinute()) });
  });

  async function newsOrTheNextMoment(now: Instant): Promise<void> {
    woken = timeToRest();
    const expected = supposingDelivered(file, now);
    const next = nextMoment(expected, now);
    // What is due now was just handed over; whatever a mistake of ours made of that, no case may spin.
    waitsFor = next === null ? null : latest(next, later(now, 'PT1M'));
    if (woken) return;
    if (waitsFor === null) await condition(() => woken);
    else await condition(() => woken, millisecondsUntil(waitsFor), { summary: waitingFor(nextOf(file, now)) });
  }
}

function resume({ start, entries, post }: messages.PathwayStart): CaseFile {
  return entries === undefined || post === undefined ? openCase(start) : refold(start, entries, post);
}
