import { refTo } from './jsonSchema';
import { operation, queryOf } from './operation';
import type { Schemas } from '../../casework/requests/schemas';

const language = { $ref: '#/components/parameters/language' };

/** A list across cases, as JSON in pages or as CSV in one. */
function list(id: string, summary: string, { schema, query = [], description }: List): { readonly get: object } {
  const wholly =
    'With `Accept: text/csv` all of it in one table, up to 10,000 rows; where more follow, the header `Link` names the next table.';
  return {
    get: operation({
      ...{ id, summary, is: ['login', 'list'], parameters: query },
      description: description === undefined ? wholly : `${description} ${wholly}`,
      answer: { schema: refTo(schema), csv: true },
    }),
  };
}

interface List {
  readonly schema: string;
  readonly query?: readonly object[];
  readonly description?: string;
}

/** The list of cases, which shares its path with the opening of one. */
export function caseList({ cases }: Schemas['lists']) {
  return list('listPathways', 'The pathways of your office, of all for a national role; by their first date', {
    schema: 'CaseList',
    query: queryOf(cases),
    description: 'A case whose first date moves between two pages may be met twice, or not at all.',
  });
}

/** The other lists. */
export function listPaths({ tasks, board, forecast, changes }: Schemas['lists']) {
  return {
    '/tasks': list('listTasks', 'Your open tasks across pathways, and those of absent colleagues for whom you stand in; by date', {
      schema: 'TaskList',
      query: [...queryOf(tasks), language],
    }),
    '/boards/supervisor': list('getSupervisorBoard', 'The board of an office: each tile with its count and its list', {
      schema: 'Board',
      query: [...queryOf(board), language],
    }),
    '/forecast': list('getForecast', 'The dates of open pathways that come, counted by week and office', {
      schema: 'Forecast',
      query: queryOf(forecast),
    }),
    '/changes': list('listChanges', 'The pathways that changed since a cursor, for a system that keeps a copy', {
      schema: 'Changes',
      query: queryOf(changes),
      description: 'A pathway is there once, with its latest revision. One that has left your reach comes once more, as `gone`.',
    }),
    '/outages': list('listOutages', 'The times at which clocks of pathways were late, the newest first', { schema: 'Outages' }),
    '/outages/{outage}': list('getOutage', 'One outage, with each moment that came late', {
      schema: 'Outage',
      query: [{ $ref: '#/components/parameters/outage' }],
    }),
  };
}
