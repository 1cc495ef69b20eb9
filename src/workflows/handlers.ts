import { setHandler } from '@temporalio/workflow';
import { record } from '../domain/case/caseFile';
import { certificateFor } from '../domain/views/certificate';
import { intakeFor } from '../domain/views/intake';
import { entriesFor, pathwayFor } from '../domain/views/partner';
import type { Caller } from '../domain/basics/roles';
import { may } from '../domain/rights/rights';
import { whereIs } from '../domain/rights/told';
import { receiveSignal } from '../domain/case/signals';
import { thisMinute } from './clock';
import * as messages from './messages';
import type { RecordRequest } from './messages';
import { isRecordRequest, orReject } from './rejections';
import type { Run } from './run';

/** Sets the handlers of a case: they record facts and answer queries. The messages are in `messages.ts`. */
export function handleMessages(run: Run): void {
  setHandler(
    messages.recordFact,
    (submission: RecordRequest) => {
      const before = run.file;
      const after = orReject(record(before, submission), before, submission);
      if (after !== before) run.change(after);
      const { by: caller, receivedAt: now, language } = submission;
      return pathwayFor(run.file, { caller, now, language }, before);
    },
    {
      validator: (submission: RecordRequest) =>
        void orReject(isRecordRequest(submission, thisMinute()) ? record(run.file, submission) : null, run.file, submission),
      description: 'Records a fact.',
    },
  );
  // A signal cannot be refused; what it says is kept whatever it is.
  setHandler(messages.cooperation, (report) => {
    run.change(receiveSignal(run.file, report, thisMinute()));
  });

  setHandler(messages.rest, () => run.rest());

  const ifReached = <Answer>(caller: Caller, answer: () => Answer): Answer | null =>
    may(caller, 'read', whereIs(run.file.situation, run.file.start.edition)) === 'yes' ? answer() : null;
  setHandler(messages.pathway, (question) => ifReached(question.caller, () => pathwayFor(run.file, question)));
  setHandler(messages.intake, ({ caller, now }) => intakeFor(run.file, caller, now));
  setHandler(messages.certificate, ({ caller, now, deadline }) => ifReached(caller, () => certificateFor(run.file, deadline, now, caller)));
  setHandler(messages.entries, ({ caller }) => ifReached(caller, () => entriesFor(run.file, caller)));
  setHandler(messages.caseFile, () => run.file);
}
