import type { Instant } from '../../domain/basics/calendar';
import type { CaseStart } from '../../domain/case/caseFile';
import { editionOrCurrent } from '../../domain/policy/editions';
import type { Installation } from '../installation';
import type { IntakeBody } from './schemas';
import { prosecutorsAmong, teamOf } from './team';

/** The registration of a case: staff member, instant, reference and hash of the body. */
type Registration = Pick<CaseStart, 'reference' | 'registeredBy' | 'bodyHash'> & { readonly registeredAt: Instant };

/** The start of a case: the intake as it was sent, with the office's own team and the edition in force where it names none. */
export function caseStart(
  body: IntakeBody,
  registration: Registration,
  { staff, policyEdition }: Pick<Installation, 'staff' | 'policyEdition'>,
): CaseStart {
  const { indication, office, person, team = {} } = body;
  return {
    ...registration,
    office,
    indication,
    person,
    team: teamOf(staff, office, team),
    prosecutors: prosecutorsAmong(staff),
    edition: editionOrCurrent(body.policyEdition ?? policyEdition),
  };
}
