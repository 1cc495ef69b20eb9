/* The shapes of an intake, and of a preview that begins like one. */

import { z } from 'zod';
import type { PlainDate } from '../../domain/basics/calendar';
import { roles, teamRoles, type Role } from '../../domain/basics/roles';
import type { CaseStart } from '../../domain/case/caseFile';
import { ageGroups, commonObservers, commonSectors, observers, residences, sectors, sexes } from '../../domain/facts/catalogue';
import type { Edition } from '../../domain/policy/edition';
import { editionOrCurrent, editions } from '../../domain/policy/editions';
import type { StaffList } from '../installation';
import { factShapes, oneOf, type FactBody } from './factShapes';
import { languages } from './isoCodes';
import { hidesFromPolice, holdsRole, type Team } from './team';
import {
  date,
  dependants,
  evenBesideOtherFaults,
  fault,
  id,
  isTeamRole,
  nationality,
  nobody,
  partOf,
  unaccompaniedIsForMinors,
  type DateSchema,
} from './values';

/** An intake as it is sent. */
export interface IntakeBody extends Pick<CaseStart, 'indication' | 'office' | 'person'> {
  readonly policyEdition?: string | undefined;
  readonly team?: Team | undefined;
}

/** A preview as it is sent. An assumed fact may name the day on which it is recorded (`toldOn`), and the role that records it. */
export interface PreviewBody extends Pick<CaseStart, 'person'>, Partial<Pick<CaseStart, 'indication'>> {
  readonly edition?: string | undefined;
  readonly startOn: PlainDate;
  readonly assume: readonly (FactBody & { readonly toldOn?: PlainDate | undefined; readonly by?: Role | undefined })[];
  readonly until?: PlainDate | undefined;
}

/** The facts that a preview assumes: of any date, recorded on that date or later, by a role where it matters. */
export function previewSchema(office: z.ZodType<string>, staff: StaffList, defaultEdition: string | undefined): z.ZodType<PreviewBody> {
  const assumed = oneOf(factShapes({ past: date, office, staff }, { toldOn: date.optional(), by: z.enum(roles).optional() }));
  const preview = z.strictObject({
    edition: editionName.optional(),
    startOn: date,
    indication: indicationOf(date).optional(),
    person: personOf(date),
    assume: z.array(assumed).max(200).default([]),
    until: date.optional(),
  });
  return preview.superRefine((body, faults) => {
    const { edition, startOn } = partOf(body);
    for (const path of codesBeyond(editionNamed(edition, defaultEdition), body)) faults.addIssue(fault(path, notOfTheEdition));
    const liesAfterStart = (value: unknown) => typeof value === 'string' && typeof startOn === 'string' && value > startOn;
    for (const path of [observedOn, asylumRequestedOn])
      if (liesAfterStart(valueAt(body, path))) faults.addIssue(fault(path, 'lies after the start'));
  }, evenBesideOtherFaults) as unknown as z.ZodType<PreviewBody>;
}

interface IntakeShapes {
  readonly past: DateSchema;
  readonly offices: z.ZodType<string>;
  readonly staff: StaffList;
  readonly policyEdition: string | undefined;
  /** Whether the teller reads hidden cases of the office; left out, they do. */
  readonly tellerReadsHidden?: boolean;
}

export function intakeSchema({ past, offices, staff, policyEdition, tellerReadsHidden = true }: IntakeShapes): z.ZodType<IntakeBody> {
  const intake = z.strictObject({
    indication: indicationOf(past),
    office: offices,
    policyEdition: editionName.optional(),
    person: personOf(past),
    team: z.strictObject(Object.fromEntries(teamRoles.map((role) => [role, id.optional()]))).optional(),
  });
  return intake.superRefine((body, faults) => {
    const { office, policyEdition: named } = partOf(body);
    for (const path of codesBeyond(editionNamed(named, policyEdition), body)) faults.addIssue(fault(path, notOfTheEdition));
    const observer = observers.find((each) => each === valueAt(body, observedBy));
    const isHidden = observer !== undefined && hidesFromPolice(observer, tellerReadsHidden);
    for (const [role, member] of Object.entries(partOf(body, 'team'))) {
      if (!isTeamRole(role) || typeof member !== 'string') continue;
      if (isHidden && role === 'police') faults.addIssue(fault(['team', role], 'the police may not know of this case'));
      else if (!holdsRole(staff, member, role, offices.safeParse(office).data)) faults.addIssue(nobody(['team', role]));
    }
  }, evenBesideOtherFaults) as unknown as z.ZodType<IntakeBody>;
}

const editionName = z.enum(editions.map(({ edition }) => edition));

function editionNamed(name: unknown, byDefault: string | undefined): Edition {
  return editionOrCurrent(typeof name === 'string' ? name : byDefault);
}

type Path = readonly [part: string, name: string];
const observedOn: Path = ['indication', 'observedOn'];
const observedBy: Path = ['indication', 'by'];
const asylumRequestedOn: Path = ['person', 'asylumRequestedOn'];
const sector: Path = ['person', 'sector'];

const notOfTheEdition = 'the edition of this case does not know this code';

/** The places of codes that other editions know, and this one does not. */
function codesBeyond({ moreObservers = [], moreSectors = [] }: Edition, body: unknown): Path[] {
  const isBeyond = (path: Path, every: readonly string[], known: readonly string[]) => {
    const code = every.find((each) => each === valueAt(body, path));
    return code !== undefined && !known.includes(code);
  };
  return [
    ...(isBeyond(observedBy, observers, [...commonObservers, ...moreObservers]) ? [observedBy] : []),
    ...(isBeyond(sector, sectors, [...commonSectors, ...moreSectors]) ? [sector] : []),
  ];
}

function indicationOf(past: DateSchema) {
  return z.strictObject({ observedOn: past, by: z.enum(observers) });
}

function personOf(past: DateSchema) {
  return z
    .strictObject({
      residence: z.enum(residences),
      ageGroup: z.enum(ageGroups),
      unaccompanied: z.boolean().optional(),
      nationality,
      sex: z.enum(sexes).optional(),
      sector: z.enum(sectors).optional(),
      dependants: dependants.optional(),
      asylumRequestedOn: past.optional(),
      language: z.enum(languages, 'a language of ISO 639-1, such as hu').optional(),
    })
    .superRefine(unaccompaniedIsForMinors, { when: () => true });
}

function valueAt(body: unknown, [part, name]: Path): unknown {
  return partOf(body, part)[name];
}
