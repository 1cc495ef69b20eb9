/* The shapes of what lists may be asked for. All of them come as texts, since they stand in an address. */

import { z } from 'zod';
import { idInWords, idShape } from '../../domain/basics/ids';
import { stages } from '../../domain/state/situation';
import { date } from './values';

const cursor = z
  .string()
  .min(1, 'left out, or next of the page before')
  .max(2000, 'not a cursor of this list')
  .optional()
  .describe('next of the page before.');
const flag = z.literal('true', 'true, or nothing').optional();

/** Shapes for the lists of an installation with these offices. */
export function listShapes(offices: z.ZodType<string>) {
  const office = offices.optional();
  return {
    cases: z.strictObject({
      stage: z
        .preprocess((sent) => (typeof sent === 'string' ? [sent] : sent), z.array(z.enum(stages)).min(1))
        .optional()
        .describe('May be repeated.'),
      office,
      assignee: z.literal('me', 'me, or nothing').optional().describe('Only cases in whose team you are.'),
      dueBefore: date.optional().describe('Only cases whose first date lies before this one.'),
      overdue: flag,
      decisionNeeded: flag,
      escalated: flag,
      undelivered: flag,
      unassigned: flag,
      statutoryOverdue: flag,
      deadlinePassed: flag,
      open: flag.describe('No closed cases. So it is too where no stage is named.'),
      limit: numberUpTo(100).describe('The most items of a page; 50 unless told.'),
      cursor,
    }),
    tasks: z.strictObject({
      assignee: z
        .string()
        .regex(idShape, idInWords)
        .optional()
        .describe('me, unless told. A supervisor may name a member of the office, or `none`: tasks of a role that nobody holds.'),
      until: date.optional().describe('The last day; today and a week, unless told.'),
      overdue: flag,
      statutory: flag,
      cursor,
    }),
    board: z.strictObject({ office }),
    forecast: z.strictObject({ office, weeks: numberUpTo(104).describe('The number of weeks, this one too; 26 unless told.') }),
    changes: z.strictObject({ cursor }),
  };
}

function numberUpTo(most: number) {
  const digits = (sent: unknown) => (typeof sent === 'string' && /^[1-9]\d{0,3}$/.test(sent) ? Number(sent) : sent);
  return z.preprocess(digits, z.int(`a number from 1 to ${most}`).min(1).max(most)).optional();
}
