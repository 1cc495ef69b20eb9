/* The shapes of the answers about statistics, tied to their views like those in schemas.ts. */

import { z } from 'zod';
import type { PublicationSummary } from '../../casework/publications';
import type { TableSummary } from '../../casework/statistics';
import { tableIds } from '../../statistics/tables';
import type { CountsView, RanksView } from '../../statistics/view';
import { instant } from './commonShapes';
import { shapeOf } from './shapeOf';

const number = z.number().nullable().describe('null: hidden.');
const about = {
  table: z.enum(tableIds),
  title: z.string(),
  counts: z.string().describe('What is counted, by which day.'),
  period: z.string().describe('The months as an interval of ISO 8601, or the year or the quarter of a publication.'),
  publishedAt: instant.nullable().describe('null: exact figures, which are not published.'),
  madeAt: instant,
};

const countsShape = shapeOf<CountsView>()(
  z.object({
    ...about,
    unit: z.enum(['persons', 'tasks', 'contacts', 'days']),
    source: z.string(),
    columns: z.array(z.object({ code: z.string(), name: z.string() })),
    rows: z.array(z.object({ code: z.string(), name: z.string(), counts: z.array(number), total: number })),
    totals: z
      .object({ counts: z.array(number), total: number })
      .nullable()
      .describe('null where a sum has no sense.'),
  }),
);

const ranksShape = shapeOf<RanksView>()(
  z.object({
    ...about,
    unit: z.literal('persons'),
    periods: z.array(
      z.object({
        period: z.string(),
        source: z.string(),
        rows: z.array(
          z.object({
            rank: z.int(),
            name: z.string(),
            nationalities: z.array(z.string()).describe('ISO 3166-1 alpha-2; XX for stateless, ZZ for unknown.'),
            count: z.int().describe('The count of each of these nationalities.'),
          }),
        ),
        other: z.object({ name: z.string(), count: number }).nullable().describe('null: the source does not say.'),
        unknown: z.object({ name: z.string(), count: z.int() }).nullable().describe('null: among the others, or the source does not say.'),
        total: number,
      }),
    ),
  }),
);

/** Each of the two is tied to its view above. */
export const statisticAnswer = z.union([countsShape, ranksShape]);

export const statisticTablesAnswer = shapeOf<{ readonly items: readonly TableSummary[] }>()(
  z.object({ items: z.array(z.object({ table: about.table, title: about.title, counts: about.counts })) }),
);

const summary = {
  id: z.string(),
  table: about.table,
  title: about.title,
  period: z.string().describe('A year or a quarter.'),
  madeAt: instant,
  madeBy: z.string().describe('A staff id.'),
};

const summaryShape = shapeOf<PublicationSummary>()(z.object(summary));

export const publicationsAnswer = z.object({ items: z.array(summaryShape) });

export const publicationAnswer = z.object({ ...summary, statistic: statisticAnswer });
