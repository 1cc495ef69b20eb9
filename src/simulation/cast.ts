import { findEdition, currentEdition } from '../domain/editions';
import type { CaseStart } from '../domain/caseFile';
import type { Caller } from '../domain/people';
import type { StaffFile } from '../staffFile';
import { BrokenScenario, type Scenario } from './scenario';

export function callerOf(id: string, { staff }: StaffFile): Caller {
  const found = staff.find((each) => each.id === id);
  if (found === undefined) throw new BrokenScenario(`nobody is ${id}`);
  return { id, roles: found.roles, office: found.office, partner: found.partner };
}

export function startOf(scenario: Scenario, file: StaffFile, edition: string | undefined): CaseStart {
  const { office, ...rest } = scenario.intake as { office: string };
  const first = (role: string) => file.staff.find((each) => each.office === office && each.roles.includes(role as never))?.id ?? '';
  return {
    ...(rest as unknown as CaseStart),
    reference: 'BT-0000-0000-0000-0',
    registeredAt: scenario.registeredAt,
    registeredBy: first('police'),
    office,
    team: {
      caseworker: first('caseworker'),
      careCoordinator: first('careCoordinator'),
      police: first('police'),
      supervisor: first('supervisor'),
    },
    prosecutors: file.staff.filter(({ roles }) => roles.includes('prosecution')).map(({ id }) => id),
    edition: findEdition(edition ?? '') ?? currentEdition,
  };
}
