import { refTo } from './jsonSchema';
import { operation, parameterOf, queryOf } from './openapiOperation';
import { statisticsPaths } from './openapiStatistics';
import type { Schemas } from '../../casework/requests/schemas';

const [reference, key] = [parameterOf('reference'), parameterOf('key')];

/** All of a pathway; for a partner the part that is for partners. */
const seenPathway = { anyOf: [refTo('Pathway'), refTo('PartnerPathway')] };

/** Every path with its operations. */
export function pathsOf({ accessLog, listing, previewOptions }: Schemas, publicUrl: string): object {
  return {
    '/pathways': {
      get: operation({
        id: 'listPathways',
        summary: 'The pathways of your office, of all for a national role; by reference',
        is: ['login', 'office'],
        parameters: queryOf(listing),
        answer: { schema: refTo('CaseList') },
      }),
      post: operation({
        id: 'openPathway',
        summary: 'Opens a pathway (aanmelding)',
        is: ['login', 'office', 'aCase', 'body', 'change'],
        parameters: [key],
        body: 'Intake',
        answer: { status: 201, schema: refTo('Pathway') },
      }),
    },
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
        answer: { schema: refTo('Preview'), also: ['text/calendar'] },
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
