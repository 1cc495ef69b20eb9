/* The view of an intake. */

import type { Instant } from '../basics/calendar';
import { intakeOf, type CaseFile, type CaseStart } from '../case/caseFile';
import type { Fact } from '../facts/catalogue';
import type { RecordedFact } from '../facts/recordedFact';
import { effectiveFactsOf } from '../state/questions';
import { isOneOf, teamRoles, type Caller } from '../basics/roles';
import type { Team } from '../state/situation';

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

/** The intake of a case, for its team alone: nobody else who may see the case needs it for their work. */
export function intakeView(file: CaseFile, caller: Caller): IntakeView | 'role-not-allowed' {
  const { start, situation } = file;
  if (!isOfTheTeam(caller, situation.team)) return 'role-not-allowed';
  const { reference, registeredAt, registeredBy, edition } = start;
  const { indication, person } = intakeOf(file);
  const corrections = effectiveFactsOf(situation, 'intakeCorrected').map(withoutHashes);
  const asRegistered = { office: start.office, indication: start.indication, person: start.person };
  return {
    ...{ reference, office: situation.office, policyEdition: edition.edition, registeredAt, registeredBy, indication, person },
    asRegistered: corrections.length === 0 ? null : asRegistered,
    corrections,
  };
}

function withoutHashes({ by, key: _, officeTeam: __, strikesOut: ___, trace: ____, ...fact }: RecordedFact<'intakeCorrected'>): IntakeCorrection {
  return { ...fact, recordedBy: by.id };
}

/** By id and role: the user of a partner may bear the id of one of the staff. */
function isOfTheTeam(caller: Caller, team: Team): boolean {
  return teamRoles.some((role) => team[role]?.staffId === caller.id && isOneOf(caller, [role]));
}
