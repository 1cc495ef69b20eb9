import { epoch } from '../domain/basics/calendar';
import { unfolded, type Told } from '../domain/case/carriedFile';
import { refold, withEntry, type CaseFile, type FactSubmission } from '../domain/case/caseFile';
import { isFact } from '../domain/facts/log';
import { answers } from '../domain/views/answers';
import { pathwayFor } from '../domain/views/partner';
import type { CaseRegister } from './ports/caseRegister';
import type { Cases, Pathways, SeenPathway } from './ports/pathways';
import { Refused } from './refused';

/** What gives the answer to a reading. */
type Source = 'register' | 'case';

/**
 * The cases through the register. Reading is a row, and asks the case only where the register cannot say. One rule carries the changes: an
 * answer means that the register has the change, or that the case has taken it over and will write it (docs/decisions/0033-the-register.md).
 */
export function registeredPathways(cases: Cases, register: CaseRegister, readFrom: (source: Source) => void = () => undefined): Pathways {
  async function read<Answer, Args extends unknown[]>(
    reference: string,
    answer: (file: CaseFile, ...args: Args) => Answer | null,
    ask: () => Promise<Answer>,
    ...args: Args
  ): Promise<Answer> {
    const file = await register.read(reference);
    readFrom(file === undefined ? 'case' : 'register');
    if (file === undefined) return ask();
    const found = answer(file, ...args);
    if (found === null) throw new Refused('not-found');
    return found;
  }

  return {
    open: (start, by) =>
      cases.inOneTime(async () => {
        const file = await cases.open(start, by);
        const isWritten = await register.write({ file, now: start.registeredAt });
        if (!isWritten) await cases.askToRegister(start.reference, by);
        return file;
      }),
    find: (reference, asking) => read(reference, answers.pathway, () => cases.find(reference, asking), asking),
    intake: (reference, asking) => read(reference, answers.intake, () => cases.intake(reference, asking), asking),
    explain: (reference, deadline, asking) =>
      read(reference, answers.certificate, () => cases.explain(reference, deadline, asking), { ...asking, deadline }),
    timeline: (reference, caller) => read(reference, answers.entries, () => cases.timeline(reference, caller), { caller }),

    tell: (reference, submission, language) =>
      cases.tell(reference, submission, async (send) => {
        const { by: caller, receivedAt: now } = submission;
        const before = await register.read(reference);
        const told = await send(before?.revision ?? null, language);
        if (!isTold(told)) {
          const file = await cases.file(reference, caller);
          // Its code knows no register and writes nothing. Its next run, on code that does, is newer than this row.
          const revision = Math.max((before?.revision ?? 0) + 1, epoch(now) - clocksDifferByMs);
          if (!(await register.write({ file: { ...file, revision }, now }))) throw new Refused('no-answer');
          return told;
        }
        const after = fileAfter(before, told);
        // A sender who knew nothing said so to the case, which then writes itself.
        if (before === undefined) register.takenOver(reference, told.revision);
        else if (after !== before) {
          const known = told.file === undefined ? before.entries.length : 0;
          if (!(await register.write({ file: after, now, known }))) await cases.askToRegister(reference, caller);
        }
        const isKnown = before !== undefined && told.file === undefined && after !== before;
        return pathwayFor(after, { caller, now, language }, isKnown ? before : fileBefore(after, submission));
      }),
  };
}

/** The clocks of two processes differ by less: `ready` compares them. */
const clocksDifferByMs = 60_000;

/** A case on the code of an earlier release answers with the pathway. */
function isTold(answer: Told | SeenPathway): answer is Told {
  return 'revision' in answer;
}

/**
 * The file after a fact. The case says what it recorded: its build may be another than ours, and the register has to have the same. An answer
 * to a repeated update is as old as the first one, so the register may have the fact already.
 */
function fileAfter(before: CaseFile | undefined, { revision, entry, file }: Told): CaseFile {
  if (file !== undefined) return unfolded(file, before?.start.edition);
  if (before === undefined) throw new Error('a case hides its file from a sender who knows none');
  return entry === undefined || revision <= before.revision ? before : { ...withEntry(before, entry), revision };
}

/** The file before a fact, by which it is known how much of the case its teller could read. */
function fileBefore(after: CaseFile, { key }: FactSubmission): CaseFile {
  const place = after.entries.findIndex((entry) => isFact(entry) && entry.key?.hash === key?.hash);
  return refold(after.start, after.entries.slice(0, Math.max(place, 0)));
}
