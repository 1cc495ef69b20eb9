import { z } from 'zod';
import { dateOf, instantOf, type PlainDate } from '../../domain/basics/calendar';
import { editions } from '../../domain/policy/editions';
import {
  ageGroups,
  consentPurposes,
  factFields,
  factTypes,
  observers,
  residences,
  sectors,
  sexes,
  type Fact,
  type FactType,
  type Field,
} from '../../domain/facts/catalogue';
import { codeShape, isDateOfAFact, purposeShape } from '../../domain/facts/wellFormed';
import { idInWords, idShape } from '../../domain/basics/ids';
import { roles, teamRoles, type Role, type TeamRole } from '../../domain/basics/roles';
import { stages } from '../../domain/state/situation';
import type { CaseStart } from '../../domain/case/caseFile';
import type { Installation, StaffList } from '../installation';
import { languages, nationalities } from './isoCodes';
import { holdsRole, nobodyHere, type Team } from './team';

/** A fact as it is sent: its date may be left out. */
export type FactBody = WithoutDate<Fact>;
type WithoutDate<F> = F extends Fact ? Omit<F, 'on'> & { readonly on?: F['on'] | undefined } : never;

/** An intake as it is sent. */
export interface IntakeBody extends Pick<CaseStart, 'indication' | 'office' | 'person'> {
  readonly policyEdition?: string | undefined;
  readonly team?: Team | undefined;
}

/** A preview as it is sent. An assumed fact may name the day on which it is recorded (`toldOn`), and the role that records it. */
export interface PreviewBody extends Pick<CaseStart, 'person'> {
  readonly edition?: string | undefined;
  readonly startOn: PlainDate;
  readonly assume: readonly (FactBody & { readonly toldOn?: PlainDate | undefined; readonly by?: Role | undefined })[];
  readonly until?: PlainDate | undefined;
}

export type Schemas = ReturnType<typeof schemasFor>;

/** The shapes of requests, made from the domain's own tables. */
export function schemasFor({ staff, clock = Date.now }: Pick<Installation, 'staff' | 'clock'>) {
  const offices = z.enum(staff.offices.map(({ id }) => id));
  const today = () => dateOf(instantOf(clock()));
  const past = date.refine((text) => text <= today(), 'lies in the future');
  const facts = factShapes(past, staff);
  return {
    fact: oneOf(facts),
    /** The shape of each fact alone, in the order of the fact types. */
    facts,
    preview: previewSchema(staff),
    previewOptions: z.strictObject({ mails: z.enum(['true', 'false']).optional().describe('Of a calendar: the mails and notices too.') }),
    intake: intakeSchema(past, offices, staff),
    listing: z.strictObject({
      stage: z.enum(stages).optional(),
      office: offices.optional(),
      cursor: z.string().min(1).max(2000).optional(),
    }),
  };
}

type DateSchema = z.ZodType<string>;

const date = z.iso
  .date({ error: 'a date that exists, such as 2027-11-30', abort: true })
  .refine(isDateOfAFact, { error: 'a date between 1900 and 2200', abort: true });
const id = z.string().regex(idShape, idInWords);

function factShapes(past: DateSchema, staff: StaffList, more: z.ZodRawShape = {}): readonly z.ZodObject[] {
  // A request may not nest without an end: a correction may be corrected by one that takes back, and no deeper.
  const right = oneOf(shapesAround(z.never('what takes the place of a correction holds no fact of its own'), past, staff));
  return shapesAround(right, past, staff, more);
}

function shapesAround(right: z.ZodType, past: DateSchema, staff: StaffList, more: z.ZodRawShape = {}): readonly z.ZodObject[] {
  return factTypes.map((type) => onlyWhereAllowed(type, factShape(type, past, right).extend(more), staff));
}

function oneOf(shapes: readonly z.ZodObject[]): z.ZodType<FactBody> {
  const [first, ...others] = shapes as [z.ZodObject, ...z.ZodObject[]];
  const every = z.discriminatedUnion('type', [first, ...others], 'one of the fact types that openapi.json names');
  // The shapes come from the table of fields; the compiler cannot follow how they are put together here.
  return every as unknown as z.ZodType<FactBody>;
}

function factShape(type: FactType, past: DateSchema, right: z.ZodType): z.ZodObject {
  const fields: readonly (readonly [string, Field])[] = Object.entries(factFields[type]);
  const schema = (field: Field) => (field === 'fact' ? right : schemaOf(field));
  const shape = fields.map(([name, field]) =>
    name.endsWith('?') ? ([name.slice(0, -1), schema(field).optional()] as const) : ([name, schema(field)] as const),
  );
  return z.strictObject({ type: z.literal(type), on: past.optional(), ...Object.fromEntries(shape) });
}

/** Adds the rules between fields: some values depend on others, or on the staff. */
function onlyWhereAllowed(type: FactType, shape: z.ZodObject, staff: StaffList): z.ZodObject {
  if (type === 'ageAssessed') return shape.superRefine(unaccompaniedIsForMinors, evenBesideOtherFaults);
  if (type !== 'teamChanged') return shape;
  return shape.superRefine(({ role, staffId }, faults) => {
    if (isTeamRole(role) && typeof staffId === 'string' && !holdsRole(staff, staffId, role)) faults.addIssue(nobody(['staffId']));
  }, evenBesideOtherFaults);
}

function schemaOf(field: Exclude<Field, 'fact'>): z.ZodType {
  if (typeof field === 'object') return 'listOf' in field ? z.array(z.enum(field.listOf)).min(1).max(field.listOf.length) : z.enum(field);
  switch (field) {
    case 'date':
      return date;
    case 'yesNo':
      return z.boolean();
    case 'confirmed':
      return z.literal(true, 'an own statement of the person has to be confirmed: true');
    case 'purpose':
      return z.string().regex(purposeShape, `one of ${consentPurposes.join(', ')}, or crossBorder: and a partner, as in crossBorder:ravot`);
    case 'taskId':
    case 'deadlineId':
    case 'factId':
    case 'staffId':
      return id;
    case 'code':
      return z.string().regex(codeShape, 'a code of letters, digits and hyphens');
  }
}

/** The facts that a preview assumes: of any date, recorded on that date or later, by a role where it matters. */
function previewSchema(staff: StaffList): z.ZodType<PreviewBody> {
  const assumed = oneOf(factShapes(date, staff, { toldOn: date.optional(), by: z.enum(roles).optional() }));
  return z.strictObject({
    edition: editionName.optional(),
    startOn: date,
    person,
    assume: z.array(assumed).max(200).default([]),
    until: date.optional(),
  });
}

function intakeSchema(past: DateSchema, office: z.ZodType<string>, staff: StaffList): z.ZodType<IntakeBody> {
  const intake = z.strictObject({
    indication: z.strictObject({ observedOn: past, by: z.enum(observers) }),
    office,
    policyEdition: editionName.optional(),
    person,
    team: z.strictObject(Object.fromEntries(teamRoles.map((role) => [role, id.optional()]))).optional(),
  });
  return intake.superRefine((body, faults) => {
    for (const [role, member] of Object.entries(partOf(body, 'team'))) {
      if (!isTeamRole(role) || typeof member !== 'string') continue;
      const officeId = office.safeParse(partOf(body)['office']).data;
      if (!holdsRole(staff, member, role, officeId)) faults.addIssue(nobody(['team', role]));
    }
  }, evenBesideOtherFaults) as unknown as z.ZodType<IntakeBody>;
}

const editionName = z.enum(editions.map(({ edition }) => edition));

const person = z
  .strictObject({
    residence: z.enum(residences),
    ageGroup: z.enum(ageGroups),
    unaccompanied: z.boolean().optional(),
    nationality: z.enum(nationalities, 'a country of ISO 3166-1, such as HU; XX for stateless, ZZ for unknown'),
    sex: z.enum(sexes).optional(),
    sector: z.enum(sectors).optional(),
    dependants: z.int().min(0).max(50).optional(),
    language: z.enum(languages, 'a language of ISO 639-1, such as hu').optional(),
  })
  .superRefine(unaccompaniedIsForMinors, { when: () => true });

// Without it zod would name a fault between values only once every other fault is gone.
const evenBesideOtherFaults = { when: () => true };

function unaccompaniedIsForMinors(values: unknown, faults: z.RefinementCtx): void {
  const { ageGroup, unaccompanied } = partOf(values);
  if (unaccompanied !== undefined && ageGroup === 'adult')
    faults.addIssue({ code: 'custom', path: ['unaccompanied'], message: 'is said of minors only' });
}

function nobody(path: string[]): { code: 'custom'; path: string[]; message: string } {
  return { code: 'custom', path, message: nobodyHere };
}

function isTeamRole(role: unknown): role is TeamRole {
  return teamRoles.some((each) => each === role);
}

/** A value, or a part of it, as an object; an empty one where it is none. */
function partOf(value: unknown, name?: string): Readonly<Record<string, unknown>> {
  const part = name === undefined ? value : partOf(value)[name];
  return typeof part === 'object' && part !== null ? (part as Record<string, unknown>) : {};
}
