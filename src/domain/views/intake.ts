/* The view of an intake. */

import { later, type Instant } from '../basics/calendar';
import { intakeOf, type CaseFile, type CaseStart } from '../case/caseFile';
import type { Fact } from '../facts/catalogue';
import type { RecordedFact } from '../facts/recordedFact';
import { effectiveFactsOf } from '../state/questions';
import type { Caller } from '../basics/roles';
import { may, registrantReadsFor } from '../rights/rights';
import { whereIs } from '../rights/told';

/** The data of a person as they are known now, by whom and when they were registered, and the edition of the case. */
export interface IntakeView extends Pick<CaseStart, 'reference' | 'office' | 'registeredAt' | 'registeredBy' | 'indication' | 'person'> {
  readonly policyEdition: string;
  /** What was registered, before anything was put right; null where nothing was. */
  readonly asRegistered: Pick<CaseStart, 'office' | 'indication' | 'person'> | null;
  /** What was put right, in the order in which it was recorded. */
  readonly corrections: readonly IntakeCorrection[];
}

/** One correction of the intake, with the fields that it put right. */
export type IntakeCorrection = Fact<'intakeCorrected'> & { readonly id: string; readonly recordedBy: string; readonly receivedAt: Instant };

/** The intake of a case, for its team and the supervisor: nobody else who reads the case needs it for their work. Null: hidden. */
export function intakeFor(file: CaseFile, caller: Caller, now: Instant): IntakeView | 'role-not-allowed' | null {
  const { start, situation } = file;
  const isFresh = now < later(start.registeredAt, registrantReadsFor);
  const where = { ...whereIs(situation, start.edition), registrant: isFresh ? start.registeredBy : undefined };
  switch (may(caller, 'intake', where)) {
    case 'yes':
      return intakeView(file);
    case 'hidden':
      return null;
    case 'not-allowed':
      return 'role-not-allowed';
  }
}

function intakeView({ start, situation }: CaseFile): IntakeView {
  const { reference, registeredAt, registeredBy, edition } = start;
  const { indication, person } = intakeOf({ start, situation });
  const corrections = effectiveFactsOf(situation, 'intakeCorrected').map(withoutHashes);
  const asRegistered = { office: start.office, indication: start.indication, person: start.person };
  return {
    ...{ reference, office: situation.office, policyEdition: edition.edition, registeredAt, registeredBy, indication, person },
    asRegistered: corrections.length === 0 ? null : asRegistered,
    corrections,
  };
}

function withoutHashes({
  by,
  key: _,
  officeTeam: __,
  strikesOut: ___,
  trace: ____,
  ...fact
}: RecordedFact<'intakeCorrected'>): IntakeCorrection {
  return { ...fact, recordedBy: by.id };
}
