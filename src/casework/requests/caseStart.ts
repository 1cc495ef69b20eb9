import type { Instant } from '../../domain/basics/calendar';
import type { Caller } from '../../domain/basics/roles';
import type { CaseStart } from '../../domain/case/caseFile';
import { editionOrCurrent } from '../../domain/policy/editions';
import { readsHidden } from '../../domain/rights/rights';
import type { Installation } from '../installation';
import type { IntakeBody } from './intakeShapes';
import { hidesFromPolice, prosecutorsAmong, teamOf } from './team';

/** The registration of a case: staff member, instant, reference and hash of the body. */
interface Registration extends Pick<CaseStart, 'reference' | 'bodyHash'> {
  readonly registeredAt: Instant;
  readonly registeredBy: Caller;
}

/** The start of a case: the intake as it was sent, with the office's own team and the edition in force where it names none. */
export function caseStart(
  body: IntakeBody,
  { registeredBy, ...registration }: Registration,
  { staff, policyEdition }: Pick<Installation, 'staff' | 'policyEdition'>,
): CaseStart {
  const { indication, office, person, team = {} } = body;
  const hiddenFromPolice = hidesFromPolice(indication.by, readsHidden(registeredBy, office));
  return {
    ...registration,
    registeredBy: registeredBy.id,
    office,
    indication,
    person,
    hiddenFromPolice,
    team: teamOf(staff, office, team, hiddenFromPolice),
    prosecutors: prosecutorsAmong(staff),
    edition: editionOrCurrent(body.policyEdition ?? policyEdition),
  };
}
