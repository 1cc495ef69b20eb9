/* The shapes of requests about statistics. */

import { z } from 'zod';
import { monthShape, periodShape } from '../../statistics/periods';
import { tableIds } from '../../statistics/tables';

const month = z.string().regex(monthShape, 'a month, such as 2026-07');

/** The months of a table, both included; of nationalities the number of rows too. */
export const statisticOptions = z
  .strictObject({
    from: month.optional().describe('The first month.'),
    until: month.optional().describe('The last month; it is counted too.'),
    top: z
      .string()
      .regex(/^[1-9]\d{0,2}$/, 'a number from 1 to 999')
      .optional()
      .describe('Of nationalities the number of rows; nationalities with equal counts share one.'),
  })
  .refine(({ from, until }) => from === undefined || until === undefined || from <= until, { path: ['until'], error: 'lies before from' });

/** A table and a period that is over. */
export const publicationOrder = z.strictObject({
  table: z.enum(tableIds),
  period: z.string().regex(periodShape, 'a year or a quarter, such as 2026 or 2026-Q3'),
});
