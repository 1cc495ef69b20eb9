import { refTo } from './jsonSchema';
import { caseList, listPaths } from './openapiLists';
import { statisticsPaths } from './openapiStatistics';
import { operation, problemResponse, queryOf } from './operation';
import type { Schemas } from '../../casework/requests/schemas';
import { tableIds } from '../../statistics/tables';

const parameterOf = (name: string) => ({ $ref: `#/components/parameters/${name}` });
const [reference, key] = [parameterOf('reference'), parameterOf('key')];

/** All of a pathway; for a partner the part that is for partners. */
const seenPathway = { anyOf: [refTo('Pathway'), refTo('PartnerPathway')] };

/** The parameters that several operations share. */
export const parameters = {
  reference: { name: 'reference', in: 'path', required: true, schema: { type: 'string' }, example: 'BT-7K3M-9QX2-4HTW-8' },
  key: {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description: 'Sent again with the same body, a request changes nothing more; with another body it is refused.',
    schema: { type: 'string', minLength: 1, maxLength: 200 },
  },
  deadline: { name: 'deadline', in: 'path', required: true, schema: { type: 'string' }, example: 'reflection-period' },
  outage: { name: 'outage', in: 'path', required: true, schema: { type: 'string' }, example: '202612010800' },
  edition: { name: 'edition', in: 'path', required: true, schema: { type: 'string' }, example: 'NL-2023-05' },
  table: { name: 'table', in: 'path', required: true, schema: { type: 'string', enum: tableIds }, example: 'sex' },
  publication: {
    ...{ name: 'publication', in: 'path', required: true, schema: { type: 'string' } },
    example: '0f8a4c0d6b3e4f7a9c1d2e3f40516273',
  },
  problem: { name: 'code', in: 'path', required: true, schema: { type: 'string' }, example: 'fact-not-possible' },
  language: {
    name: 'Accept-Language',
    in: 'header',
    description: 'nl or en; for anything else the answer is in English.',
    schema: { type: 'string' },
    example: 'nl',
  },
};

export const responses = { problem: problemResponse('Not answered as asked; code says why (RFC 9457).') };

/** Every path with its operations. */
export function pathsOf({ accessLog, lists, previewOptions }: Schemas, publicUrl: string): object {
  return {
    '/pathways': {
      ...caseList(lists),
      post: operation({
        id: 'openPathway',
        summary: 'Opens a pathway (aanmelding)',
        is: ['login', 'office', 'aCase', 'body', 'change'],
        parameters: [key],
        body: 'Intake',
        answer: { status: 201, schema: refTo('Pathway') },
      }),
    },
    ...listPaths(lists),
    '/pathways/{reference}': {
      get: operation({
        id: 'getPathway',
        summary: 'The pathway as it is now',
        is: ['login', 'named', 'aCase'],
        parameters: [reference],
        answer: { schema: seenPathway },
      }),
    },
    '/pathways/{reference}/intake': {
      get: operation({
        id: 'getIntake',
        summary: 'The registration of the person (aanmelding); for the team of the case and its supervisor',
        is: ['login', 'named', 'aCase'],
        parameters: [reference],
        answer: { schema: refTo('RegisteredIntake') },
      }),
    },
    '/pathways/{reference}/facts': {
      get: operation({
        id: 'getTimeline',
        summary: 'The facts of the case, each with a plain sentence; for a partner its own',
        is: ['login', 'named', 'aCase'],
        parameters: [reference, parameterOf('language')],
        answer: { schema: refTo('Timeline') },
      }),
      post: operation({
        id: 'tellFact',
        summary: 'Records a fact; answers with the pathway after it',
        is: ['login', 'named', 'aCase', 'body', 'change', 'recording'],
        parameters: [reference, key],
        body: 'Fact',
        answer: { status: 201, schema: seenPathway },
      }),
    },
    '/pathways/{reference}/deadlines/{deadline}': {
      get: operation({
        id: 'getDeadline',
        summary: 'A deadline explained: from which fact, by which rule, with which reminders (termijn)',
        is: ['login', 'named', 'aCase'],
        parameters: [reference, parameterOf('deadline')],
        answer: { schema: refTo('Certificate') },
      }),
    },
    '/pathways/{reference}/access-log': {
      get: operation({
        id: 'getAccessLog',
        summary: 'Who looked at the case or changed it (logging), the newest first',
        is: ['login', 'named'],
        parameters: [reference, ...queryOf(accessLog)],
        answer: { schema: refTo('AccessLog') },
      }),
    },
    '/policies': {
      get: operation({ id: 'listPolicies', summary: 'The editions of the policy', is: ['login'], answer: { schema: refTo('Policies') } }),
    },
    '/policies/{edition}': {
      get: operation({
        id: 'getPolicy',
        summary: 'An edition as data, with sources',
        is: ['login', 'named'],
        parameters: [parameterOf('edition')],
        answer: { schema: refTo('Policy') },
      }),
    },
    '/pathway-previews': {
      post: operation({
        id: 'previewPathway',
        summary: 'The plan of a case, if these facts were recorded; nothing is begun',
        description:
          'With `Accept: text/calendar` its tasks and deadlines as iCalendar, on their days; with `mails=true` the mails and notices too. ' +
          'An entry has the same UID in the next plan of a case that begins alike. One preview at a time of a caller, and two in all.',
        is: ['login', 'body', 'recording'],
        parameters: [...queryOf(previewOptions), parameterOf('language')],
        body: 'Assumptions',
        answer: { schema: refTo('Preview'), calendar: true },
      }),
    },
    ...statisticsPaths(),
    '/openapi.json': { get: operation({ id: 'getOpenapi', summary: 'This description', is: [], answer: { schema: { type: 'object' } } }) },
    '/health/live': {
      get: operation({ id: 'isLive', summary: 'Whether the service runs', is: [], answer: { schema: refTo('Health') } }),
    },
    '/health/ready': {
      get: operation({
        id: 'isReady',
        summary: 'Whether it can do its work; if not, which part is missing',
        is: ['readiness'],
        answer: { schema: refTo('Health') },
      }),
    },
    '/problems/{code}': {
      // The type of a problem is a path of the host, whichever the version of the API.
      servers: [{ url: publicUrl }],
      get: operation({
        id: 'explainProblem',
        summary: 'The meaning of a problem and the next step; the address is its type',
        is: ['named'],
        parameters: [parameterOf('problem')],
        answer: { schema: refTo('ProblemExplained') },
      }),
    },
  };
}
