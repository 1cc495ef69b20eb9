/* The paths of statistics in openapi.json. */

import { statisticOptions } from '../../casework/requests/statisticsShapes';
import { refTo } from './jsonSchema';
import { operation, queryOf } from './operation';

const parameterOf = (name: string) => ({ $ref: `#/components/parameters/${name}` });
const forms = { csv: true, svg: true } as const;
const language = parameterOf('language');
const inForms =
  'As JSON, as CSV or as a chart (SVG): by `Accept`, or by the end of the path, `.json`, `.csv` or `.svg`. ' +
  'A number that is `null` is hidden; of days it is a median of fewer than 11 persons.';

export function statisticsPaths(): object {
  return {
    '/statistics': {
      get: operation({
        id: 'listStatistics',
        summary: 'The tables of statistics; for the national rapporteur',
        is: ['login'],
        parameters: [language],
        answer: { schema: refTo('StatisticTables') },
      }),
    },
    '/statistics/{table}': {
      get: operation({
        id: 'getStatistic',
        summary: 'A table as it is counted now; for the national rapporteur (Nationaal Rapporteur)',
        description: `${inForms} Years before the service come from others, and are marked with their source.`,
        is: ['login', 'named'],
        parameters: [parameterOf('table'), ...queryOf(statisticOptions), language],
        answer: { schema: refTo('Statistic'), ...forms },
      }),
    },
    '/statistics/publications': {
      get: operation({
        id: 'listPublications',
        summary: 'What was published, the newest first',
        is: ['login'],
        parameters: [language],
        answer: { schema: refTo('Publications') },
      }),
      post: operation({
        id: 'publishStatistic',
        summary: 'Publishes a table for a period that is over, once; it is never changed',
        is: ['login', 'body', 'change', 'publishing'],
        parameters: [parameterOf('key'), language],
        body: 'PublicationOrder',
        answer: { status: 201, schema: refTo('Publication') },
      }),
    },
    '/statistics/publications/{publication}': {
      get: operation({
        id: 'getPublication',
        summary: 'A published table, in which no small number can be computed',
        description: inForms,
        is: ['login', 'named'],
        parameters: [parameterOf('publication'), language],
        answer: { schema: refTo('Publication'), ...forms },
      }),
    },
  };
}
