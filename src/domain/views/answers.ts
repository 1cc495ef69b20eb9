/* The answers of a case to one caller: the case itself gives them, and whoever reads its file in the register gives the same. */

import type { Instant } from '../basics/calendar';
import type { Caller } from '../basics/roles';
import type { CaseFile } from '../case/caseFile';
import type { CountedSignals, LogEntry } from '../facts/log';
import { may } from '../rights/rights';
import { whereIs } from '../rights/told';
import type { Language } from '../words';
import { certificateFor, type Certificate } from './certificate';
import { intakeFor, type IntakeView } from './intake';
import { entriesFor, pathwayFor, type PartnerView } from './partner';
import type { PathwayView } from './pathway';

/** Who asks, and at which instant. */
export interface Question {
  readonly caller: Caller;
  readonly now: Instant;
}

/** Each answer, from a file. Null: hidden from this caller. */
export const answers = {
  pathway: (file: CaseFile, question: Question & { readonly language?: Language | undefined }): PathwayView | PartnerView | null =>
    reaches(file, question.caller) ? pathwayFor(file, question) : null,

  /** The code: for a caller who reads the case and is not of its team. */
  intake: (file: CaseFile, { caller, now }: Question): IntakeView | 'role-not-allowed' | null => intakeFor(file, caller, now),

  /** The code: the case has no such deadline, or none for this caller. */
  certificate: (
    file: CaseFile,
    { caller, now, deadline }: Question & { readonly deadline: string },
  ): Certificate | 'no-such-deadline' | null => (reaches(file, caller) ? certificateFor(file, deadline, now, caller) : null),

  entries: (file: CaseFile, { caller }: Pick<Question, 'caller'>): readonly (LogEntry | CountedSignals)[] | null =>
    reaches(file, caller) ? entriesFor(file, caller) : null,
};

function reaches({ situation, start }: CaseFile, caller: Caller): boolean {
  return may(caller, 'read', whereIs(situation, start.edition)) === 'yes';
}
