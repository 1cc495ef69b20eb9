import { randomBytes } from 'node:crypto';
import { caseStart } from '../casework/requests/caseStart';
import { referenceFrom } from '../casework/requests/references';
import { schemasFor } from '../casework/requests/schemas';
import { faultsOfNewMember } from '../casework/rights';
import { dateOf, epoch, type Instant } from '../domain/basics/calendar';
import type { CaseStart } from '../domain/case/caseFile';
import type { Fact } from '../domain/facts/catalogue';
import type { Caller } from '../domain/basics/roles';
import type { StaffFile } from '../settings/staffFile';
import { BrokenScenario, checkedOrBroken, type Scenario, type ScenarioFact } from './scenario';

/** A scenario whose people exist and whose facts are well formed: ready to be played. */
export interface Script extends Pick<Scenario, 'outages' | 'until'> {
  readonly start: CaseStart;
  readonly events: readonly ScriptedEvent[];
}

export type ScriptedEvent =
  | { readonly at: Instant; readonly fact: Fact; readonly by: Caller }
  | { readonly at: Instant; readonly signal: Readonly<Record<string, unknown>> };

/** The script of a scenario. Its intake and facts have the shapes of the API. */
export function scriptOf(scenario: Scenario, given: { readonly staff: StaffFile; readonly policyEdition: string | undefined }): Script {
  const { registeredAt, events, outages, until } = scenario;
  const { intake } = schemasFor({ ...given, clock: () => epoch(registeredAt) });
  // A fact with a future date is well formed here. It is refused when its instant comes, and the refusal is printed.
  const { fact } = schemasFor({ ...given, clock: () => Date.UTC(2199, 0) });
  const start = caseStart(
    checkedOrBroken(intake, scenario.intake, 'intake'),
    { reference: referenceFrom(randomBytes(8)), registeredAt, registeredBy: { id: 'the scenario', roles: [] } },
    given,
  );
  const factOf = ({ at, submission, where }: ScenarioFact): Fact => {
    const shaped = checkedOrBroken(fact, submission, `${where} (${String(submission['type'])})`);
    const [fault] = faultsOfNewMember(given.staff, shaped, start.office);
    if (fault !== undefined) throw new BrokenScenario(`${where} (${shaped.type}): ${fault.message}`);
    return { on: dateOf(at), ...shaped } as Fact;
  };
  return {
    start,
    events: events.map((event) => ('signal' in event ? event : { at: event.at, fact: factOf(event), by: callerOf(event, given.staff) })),
    outages,
    until,
  };
}

function callerOf({ by: id, where }: ScenarioFact, { staff }: StaffFile): Caller {
  const found = staff.find((each) => each.id === id);
  if (found === undefined) throw new BrokenScenario(`${where}.by: there is no staff member ${id}`);
  return { id, roles: found.roles, office: found.office, partner: found.partner };
}
