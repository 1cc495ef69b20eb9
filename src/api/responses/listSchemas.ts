/* The shapes of lists across cases. */

import { z } from 'zod';
import type { TileView } from '../../casework/lists/board';
import type { Forecast } from '../../casework/lists/forecast';
import type { OutageDetails, OutageView } from '../../casework/lists/outages';
import type { TaskItem } from '../../casework/lists/tasks';
import type { CaseItem, Change, Page } from '../../casework/ports/lists';
import { teamRoles } from '../../domain/basics/roles';
import { date, instant, reference, stage } from './commonShapes';
import { shapeOf } from './shapeOf';

const next = z.string().nullable().describe('The cursor of the next page, if there is one.');
const overdue = z.boolean().describe('An open task is overdue now: at its instant, else after the last minute of its date.');
const count = z.int();

export const caseListAnswer = shapeOf<Page<CaseItem>>()(
  z.object({
    items: z.array(
      z.object({
        reference,
        office: z.string(),
        stage,
        since: date,
        firstDue: date.nullable().describe('The earliest date of an open task or deadline, past ones too. The list has this order.'),
        nextDate: date.nullable().describe('The first of these dates from today on.'),
        overdue,
        escalated: z.boolean(),
        decisionNeeded: z.boolean(),
        unassigned: count.describe('The number of open tasks whose role nobody holds.'),
        undelivered: count.describe('The number of people and partners who could not be reached, or perhaps were not.'),
      }),
    ),
    next,
  }),
);

type TaskInList = TaskItem & { readonly pathway: string };

export const taskListAnswer = shapeOf<Page<TaskInList>>()(
  z.object({
    items: z.array(
      z.object({
        reference,
        stage,
        task: z.object({ id: z.string(), kind: z.string(), title: z.string() }),
        due: date,
        dueAt: instant.optional().describe('The instant, for a task of hours.'),
        overdue: z.boolean(),
        statutory: z.boolean().describe('Wettelijk verplicht.'),
        owner: z.enum(teamRoles),
        assignee: z.string().nullable(),
        standsInFor: z.string().optional().describe('The absent colleague whose task it is.'),
        why: z
          .string()
          .describe(
            'Whether the law asks for it, where that is said, and whether its term is ours; in the language of Accept-Language: nl or en.',
          ),
        pathway: z.string().describe('The path of the case.'),
      }),
    ),
    next,
  }),
);

type TileWithPath = Omit<TileView, 'list'> & { readonly list: string };

export const boardAnswer = shapeOf<{ readonly tiles: readonly TileWithPath[] }>()(
  z.object({
    tiles: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        count,
        atLeast: z.boolean().describe('There are more: the count ends at 1,000.'),
        list: z.string().describe('The path of the list that the tile counts.'),
      }),
    ),
  }),
);

export const forecastAnswer = shapeOf<Forecast>()(
  z.object({
    items: z.array(
      z.object({
        week: z.string().describe('ISO 8601, such as 2026-W49.'),
        from: date.describe('The Monday of the week.'),
        office: z.string(),
        decisions: count,
        permits: count,
        returns: count,
        reporting: count,
      }),
    ),
  }),
);

export const changesAnswer = shapeOf<Page<Change>>()(
  z.object({
    items: z.array(
      z.object({
        reference,
        revision: count.optional(),
        at: instant.optional(),
        gone: z.literal(true).optional().describe('The case is not for you to see any more.'),
      }),
    ),
    next: z.string().nullable().describe('The cursor for asking again. It is always there.'),
  }),
);

const outage = {
  id: z.string(),
  from: instant.describe('The first moment that did not come.'),
  until: instant.describe('The last moment that came late.'),
  moments: count,
  worst: z.string().describe('The longest delay; ISO 8601, such as PT2H10M.'),
};

export const outageListAnswer = shapeOf<{ readonly items: readonly OutageView[] }>()(z.object({ items: z.array(z.object(outage)) }));

export const outageAnswer = shapeOf<OutageDetails>()(
  z.object({
    ...outage,
    items: z.array(
      z.object({
        reference,
        plannedAt: instant,
        happenedAt: instant,
        what: z.array(z.string()).describe('What was due at the moment.'),
        about: z.array(z.string()).describe('The tasks and deadlines that it was about.'),
        deadline: z.string().nullable().describe('The period or deadline whose end it was: a legal position was touched.'),
        mails: count.describe('The number of mails that were sent then.'),
      }),
    ),
  }),
);
