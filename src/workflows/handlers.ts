import { setHandler } from '@temporalio/workflow';
import { carriedFile } from '../domain/case/carriedFile';
import { record } from '../domain/case/caseFile';
import { answers } from '../domain/views/answers';
import { pathwayFor } from '../domain/views/partner';
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
      if (after !== before) {
        run.told();
        run.change(after);
      }
      const { by: caller, receivedAt: now, language, knows } = submission;
      if (knows === undefined) return pathwayFor(run.file, { caller, now, language }, before);
      if (knows === null) run.register();
      const { revision, entries } = run.file;
      if (knows !== before.revision) return { revision, file: carriedFile(run.file, { withEdition: knows === null }) };
      return { revision, entry: after === before ? undefined : entries.at(-1) };
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
    run.register();
  });

  setHandler(messages.register, () => run.register());

  setHandler(messages.rest, () => run.rest());

  setHandler(messages.pathway, (question) => answers.pathway(run.file, question));
  setHandler(messages.intake, (question) => answers.intake(run.file, question));
  setHandler(messages.certificate, (question) => answers.certificate(run.file, question));
  setHandler(messages.entries, (question) => answers.entries(run.file, question));
  setHandler(messages.caseFile, () => run.file);
}
