import { epoch, instantAt } from '../../domain/basics/calendar';
import type { CaseStart } from '../../domain/case/caseFile';
import { editionOrCurrent } from '../../domain/policy/editions';
import { teamFromTheStart, type Caller, type Role } from '../../domain/basics/roles';
import type { Assumption } from '../../domain/views/preview';
import { invalid } from '../refused';
import type { PreviewBody } from './intakeShapes';
import { hidesFromPolice, teamThatComesIn, withoutPolice, type Team } from './team';

/** The hours of an assumed case, as of a scenario (docs/http.md, previews): the intake at nine, the facts of each day at ten. */
const registeredAt = '09:00';
const recordedAt = '10:00';

/** The assumed office, and its default team. */
const office = 'preview';
const officeTeam: Team = Object.fromEntries(teamFromTheStart.map((role) => [role, role]));

/** The start of an assumed case: registered at nine on its first day, by an office whose staff bear the names of their roles. */
export function previewStart(body: PreviewBody, policyEdition: string | undefined): CaseStart {
  const { edition, startOn, person, indication = { observedOn: startOn, by: 'police' } } = body;
  const hiddenFromPolice = hidesFromPolice(indication.by, true);
  return {
    reference: 'preview',
    registeredAt: instantAt(startOn, registeredAt),
    registeredBy: 'preview',
    office,
    indication,
    person,
    hiddenFromPolice,
    team: hiddenFromPolice ? withoutPolice(officeTeam) : officeTeam,
    prosecutors: [],
    edition: editionOrCurrent(edition ?? policyEdition),
  };
}

/** An assumed fact, and its place in the request. */
export interface RequestedAssumption extends Assumption {
  readonly path: string;
}

/** The assumed facts in the order in which they are recorded: at ten, on the day they name or on the day they happened. */
export function assumptionsOf({ startOn, assume }: PreviewBody): readonly RequestedAssumption[] {
  const assumed = assume.map(({ toldOn, by, ...body }, number) => {
    const path = `assume.${number}`;
    const on = body.on ?? toldOn ?? startOn;
    const recordedOn = toldOn ?? on;
    if (recordedOn < startOn) throw invalid({ path, message: 'is recorded before the case begins' });
    const fact = { ...body, on };
    const comesIn = teamThatComesIn(fact, office, () => officeTeam);
    return { path, fact, at: instantAt(recordedOn, recordedAt), by: by && bearing(by), officeTeam: comesIn };
  });
  // All are recorded at ten, so those of one day stay in the order of the request.
  return assumed.sort((one, other) => epoch(one.at) - epoch(other.at));
}

function bearing(role: Role): Caller {
  return { id: role, roles: [role], office };
}
