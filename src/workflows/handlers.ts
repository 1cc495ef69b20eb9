import { setHandler } from '@temporalio/workflow';
import { record } from '../domain/case/caseFile';
import { certificateOf } from '../domain/views/certificate';
import { intakeView } from '../domain/views/intake';
import { pathwayView } from '../domain/views/pathway';
import { maySee, type Caller } from '../domain/basics/roles';
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
      const after = orReject(record(run.file, submission), run.file, submission);
      if (after !== run.file) run.change(after);
      return pathwayView(run.file, submission.receivedAt, submission.by, submission.language ?? 'en');
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

  const ifVisible = <Answer>(caller: Caller, answer: () => Answer): Answer | null => (maySee(caller, run.file.situation) ? answer() : null);
  setHandler(messages.pathway, ({ caller, now, language = 'en' }) => ifVisible(caller, () => pathwayView(run.file, now, caller, language)));
  setHandler(messages.intake, ({ caller }) => ifVisible(caller, () => intakeView(run.file, caller)));
  setHandler(messages.certificate, ({ caller, now, deadline }) => ifVisible(caller, () => certificateOf(run.file, deadline, now)));
  setHandler(messages.entries, ({ caller }) =>
    ifVisible(caller, () => [...run.file.entries, ...(run.file.counted === null ? [] : [run.file.counted])]),
  );
  setHandler(messages.caseFile, () => run.file);
}
