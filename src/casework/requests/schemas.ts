import { z } from 'zod';
import { dateOf, instantOf } from '../../domain/basics/calendar';
import type { Installation } from '../installation';
import { factShapes, oneOf } from './factShapes';
import { intakeSchema, previewSchema } from './intakeShapes';
import { listShapes } from './listShapes';
import { date } from './values';

export type Schemas = ReturnType<typeof schemasFor>;

type Setting = Pick<Installation, 'staff'> & Partial<Pick<Installation, 'policyEdition' | 'clock'>>;

/** The shapes of requests, made from the domain's own tables. */
export function schemasFor({ staff, policyEdition, clock = Date.now }: Setting) {
  const offices = z.enum(staff.offices.map(({ id }) => id));
  const today = () => dateOf(instantOf(clock()));
  const past = date.refine((text) => text <= today(), 'lies in the future');
  const facts = factShapes({ past, office: offices, staff });
  const intake = { past, offices, staff, policyEdition };
  return {
    fact: oneOf(facts),
    /** The shape of each fact alone, in the order of the fact types. */
    facts,
    preview: previewSchema(offices, staff, policyEdition),
    previewOptions: z.strictObject({ mails: z.enum(['true', 'false']).optional().describe('Of a calendar: the mails and notices too.') }),
    intake: intakeSchema(intake),
    /** The shape of an intake by somebody who would not read the case if it were hidden from the police: so it is not. */
    intakeOfInvestigators: intakeSchema({ ...intake, tellerReadsHidden: false }),
    lists: listShapes(offices),
    accessLog: z.strictObject({
      cursor: z
        .string()
        .regex(/^[1-9]\d{0,14}$/, 'not a cursor of this list')
        .optional(),
      from: date.optional().describe('Only lines of this day or later.'),
    }),
  };
}
