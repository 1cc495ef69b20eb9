import { setHandler } from '@temporalio/workflow';
import { record, type FactSubmission } from '../domain/case/caseFile';
import { certificateOf } from '../domain/views/certificate';
import { intakeView } from '../domain/views/intake';
import { pathwayView } from '../domain/views/pathway';
import { maySee, type Caller } from '../domain/basics/roles';
import { receiveSignal } from '../domain/case/signals';
import { thisMinute } from './clock';
import * as messages from './messages';
import { isTelling, orReject } from './rejections';
import type { Run } from './run';

/** Takes what is told to a case and answers what it is asked; the names of it all are in `messages.ts`. */
export function handleMessages(run: Run): void {
  setHandler(
    messages.recordFact,
    (telling: FactSubmission) => {
      const after = orReject(record(run.file, telling), run.file, telling);
      if (after !== run.file) run.change(after);
      return pathwayView(run.file, telling.receivedAt, telling.by, 'en');
    },
    {
      validator: (telling: FactSubmission) =>
        void orReject(isTelling(telling, thisMinute()) ? record(run.file, telling) : null, run.file, telling),
      description: 'Tells a fact.',
    },
  );
  // A signal cannot be refused; what it says is kept whatever it is.
  setHandler(messages.cooperation, (told) => {
    run.change(receiveSignal(run.file, told, thisMinute()));
  });

  const seen = <Answer>(caller: Caller, answer: () => Answer): Answer | null => (maySee(caller, run.file.start.office) ? answer() : null);
  setHandler(messages.pathway, ({ caller, now, language = 'en' }) => seen(caller, () => pathwayView(run.file, now, caller, language)));
  setHandler(messages.intake, ({ caller }) => seen(caller, () => intakeView(run.file, caller)));
  setHandler(messages.certificate, ({ caller, now, deadline }) => seen(caller, () => certificateOf(run.file, deadline, now)));
  setHandler(messages.entries, ({ caller }) =>
    seen(caller, () => [...run.file.entries, ...(run.file.counted === null ? [] : [run.file.counted])]),
  );
  setHandler(messages.caseFile, () => run.file);
}
