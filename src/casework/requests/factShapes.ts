/* The shapes of facts, made from the table of their fields. */

import { z } from 'zod';
import { consentPurposes, factFields, factTypes, type Fact, type FactType, type Field } from '../../domain/facts/catalogue';
import { codeShape, purposeShape } from '../../domain/facts/wellFormed';
import type { StaffList } from '../installation';
import { holdsRole } from './team';
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

/** A fact as it is sent: its date may be left out. */
export type FactBody = WithoutDate<Fact>;
type WithoutDate<F> = F extends Fact ? Omit<F, 'on'> & { readonly on?: F['on'] | undefined } : never;

/** The shapes of values that depend on the installation, or on the request. */
interface Shapes {
  /** A date that cannot lie ahead. */
  readonly past: DateSchema;
  readonly office: z.ZodType<string>;
  readonly staff: StaffList;
}

export function factShapes(shapes: Shapes, more: z.ZodRawShape = {}): readonly z.ZodObject[] {
  // A request may not nest without an end: a correction may be corrected by one that takes back, and no deeper.
  const right = oneOf(shapesAround(z.never('what takes the place of a correction holds no fact of its own'), shapes));
  return shapesAround(right, shapes, more);
}

function shapesAround(right: z.ZodType, shapes: Shapes, more: z.ZodRawShape = {}): readonly z.ZodObject[] {
  return factTypes.map((type) => onlyWhereAllowed(type, factShape(type, shapes, right).extend(more), shapes.staff));
}

export function oneOf(shapes: readonly z.ZodObject[]): z.ZodType<FactBody> {
  const [first, ...others] = shapes as [z.ZodObject, ...z.ZodObject[]];
  const every = z.discriminatedUnion('type', [first, ...others], 'one of the fact types that openapi.json names');
  // The shapes come from the table of fields; the compiler cannot follow how they are put together here.
  return every as unknown as z.ZodType<FactBody>;
}

function factShape(type: FactType, shapes: Shapes, right: z.ZodType): z.ZodObject {
  const fields: readonly (readonly [string, Field])[] = Object.entries(factFields[type]);
  const schema = (field: Field) => (field === 'fact' ? right : schemaOf(field, shapes));
  const shape = fields.map(([name, field]) =>
    name.endsWith('?') ? ([name.slice(0, -1), schema(field).optional()] as const) : ([name, schema(field)] as const),
  );
  return z.strictObject({ type: z.literal(type), on: shapes.past.optional(), ...Object.fromEntries(shape) });
}

/** Adds the rules between fields: some values depend on others, or on the staff. */
function onlyWhereAllowed(type: FactType, shape: z.ZodObject, staff: StaffList): z.ZodObject {
  if (type === 'ageAssessed') return shape.superRefine(unaccompaniedIsForMinors, evenBesideOtherFaults);
  if (type === 'intakeCorrected')
    return shape.superRefine(unaccompaniedIsForMinors, evenBesideOtherFaults).superRefine(putsSomethingRight, evenBesideOtherFaults);
  if (type !== 'teamChanged') return shape;
  return shape.superRefine(({ role, staffId }, faults) => {
    if (isTeamRole(role) && typeof staffId === 'string' && !holdsRole(staff, staffId, role)) faults.addIssue(nobody(['staffId']));
  }, evenBesideOtherFaults);
}

function putsSomethingRight(values: unknown, faults: z.RefinementCtx): void {
  const said = partOf(values);
  const names = Object.keys(factFields.intakeCorrected).filter((name) => name.endsWith('?'));
  if (names.every((name) => said[name.slice(0, -1)] === undefined)) faults.addIssue(fault([], 'names nothing that was told wrong'));
}

function schemaOf(field: Exclude<Field, 'fact'>, { past, office }: Shapes): z.ZodType {
  if (typeof field === 'object') return 'listOf' in field ? z.array(z.enum(field.listOf)).min(1).max(field.listOf.length) : z.enum(field);
  switch (field) {
    case 'date':
      return date;
    case 'pastDate':
      return past;
    case 'country':
      return nationality;
    case 'number':
      return dependants;
    case 'officeId':
      return office;
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
