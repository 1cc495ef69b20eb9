import { randomBytes } from 'node:crypto';
import { caseStart } from '../casework/requests/caseStart';
import { referenceFrom } from '../casework/requests/references';
import type { IntakeBody } from '../casework/requests/intakeShapes';
import { schemasFor } from '../casework/requests/schemas';
import { defaultTeamOf, faultsOfNewMember, worksFor } from '../casework/requests/team';
import { dateOf, epoch, type Instant } from '../domain/basics/calendar';
import type { CaseStart } from '../domain/case/caseFile';
import type { Fact } from '../domain/facts/catalogue';
import type { Caller, Role } from '../domain/basics/roles';
import type { StaffFile } from '../settings/staffFile';
import { BrokenScenario, checkedOrBroken, type Scenario, type ScenarioFact } from './scenario';

/** A scenario whose people exist and whose facts are well formed: ready to be played. */
export interface Script extends Pick<Scenario, 'outages' | 'until'> {
  readonly start: CaseStart;
  readonly events: readonly ScriptedEvent[];
  /** The default team of an office. */
  readonly teamIn: (office: string) => CaseStart['team'];
}

export type ScriptedEvent =
  | { readonly at: Instant; readonly fact: Fact; readonly by: Caller }
  | { readonly at: Instant; readonly signal: Readonly<Record<string, unknown>> };

/** The script of a scenario. Its intake and facts have the shapes of the API. */
export function scriptOf(scenario: Scenario, given: { readonly staff: StaffFile; readonly policyEdition: string | undefined }): Script {
  const { registeredAt, events, outages, until } = scenario;
  const { staff } = given;
  const { intake } = schemasFor({ ...given, clock: () => epoch(registeredAt) });
  // A fact with a future date is well formed here. It is refused when its instant comes, and the refusal is printed.
  const { fact } = schemasFor({ ...given, clock: () => Date.UTC(2199, 0) });
  const body = checkedOrBroken(intake, scenario.intake, 'intake');
  const registeredBy = openerOf(body, staff);
  const start = caseStart(body, { reference: referenceFrom(randomBytes(8)), registeredAt, registeredBy }, given);
  const offices = [start.office, ...officesMovedTo(events)];
  const factOf = ({ at, submission, where }: ScenarioFact): Fact => {
    const shaped = checkedOrBroken(fact, submission, `${where} (${String(submission['type'])})`);
    const faults = offices.map((office) => faultsOfNewMember(staff, shaped, office));
    if (faults.every(([fault]) => fault !== undefined))
      throw new BrokenScenario(`${where} (${shaped.type}): ${faults[0]?.[0]?.message ?? ''}`);
    return { on: dateOf(at), ...shaped } as Fact;
  };
  return {
    start,
    events: events.map((event) => ('signal' in event ? event : { at: event.at, fact: factOf(event), by: callerOf(event, staff) })),
    teamIn: (office) => defaultTeamOf(staff, office),
    outages,
    until,
  };
}

function callerOf({ by: id, where }: ScenarioFact, { staff }: StaffFile): Caller {
  const found = staff.find((each) => each.id === id);
  if (found === undefined) throw new BrokenScenario(`${where}.by: there is no staff member ${id}`);
  return { id, roles: found.roles, office: found.office, partner: found.partner };
}

/** Whoever met the person tells the intake if they investigate; else the office's caseworker does. */
function openerOf({ indication, office }: IntakeBody, { staff }: StaffFile): StaffFile['staff'][number] {
  const role = roleThatMet[indication.by] ?? 'caseworker';
  const found = staff.find((member) => member.roles.includes(role) && worksFor(member, office));
  if (found === undefined) throw new BrokenScenario(`intake.indication.by: nobody of the office ${office} has the role ${role}`);
  return found;
}

const roleThatMet: Readonly<Partial<Record<CaseStart['indication']['by'], Role>>> = {
  police: 'police',
  kmar: 'kmar',
  labourInspectorate: 'inspectorate',
};

/** The offices to which a correction of the intake may move the case: their people may join its team. */
function officesMovedTo(events: Scenario['events']): readonly string[] {
  return events.flatMap((event) =>
    'submission' in event && event.submission['type'] === 'intakeCorrected' && typeof event.submission['office'] === 'string'
      ? [event.submission['office']]
      : [],
  );
}
