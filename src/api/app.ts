import express, { type Express } from 'express';
import { boardOf } from '../casework/temporal/caseList';
import type { ApiDeps } from './deps';
import { askerOf } from '../casework/temporal/call';
import { answerHeaders, oneHost } from './http/headers';
import { identityFor } from './auth/identity';
import { openapiOf } from './responses/openapi';
import { pathwaysOf } from '../casework/temporal/pathways';
import { problemAnswer, unknownPath } from './http/errorHandler';
import { readinessOf } from '../casework/temporal/readiness';
import { routeFor } from './http/endpoint';
import { deadlineRoutes } from './routes/deadlines';
import { factRoutes } from './routes/facts';
import { healthRoutes } from './routes/health';
import { openapiRoutes } from './routes/openapi';
import { pathwayRoutes } from './routes/pathways';
import { policyRoutes } from './routes/policies';
import { previewRoutes } from './routes/previews';
import { problemRoutes } from './routes/problems';
import { arrived } from './http/sameTime';
import { schemasFor } from '../casework/requests/schemas';

/** The HTTP API over the cases of one installation. */
export function createApp(deps: ApiDeps): Express {
  const { client, tokens, hash, clock = Date.now, patienceMs = 10_000, stopping, log } = deps;
  const ask = askerOf(client, { patienceMs, stopping });
  const identity = identityFor(tokens, deps.staff);
  const schemas = schemasFor(deps);
  const route = routeFor({ identify: identity.identify, hash, clock });
  const pathways = pathwaysOf(client, ask, log);

  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.use(arrived, answerHeaders, oneHost);
  app.use('/v1', openapiRoutes(openapiOf(schemas, { publicUrl: deps.publicUrl, email: deps.staff.operations })));
  app.use(
    '/v1',
    healthRoutes(readinessOf({ client, ask: askerOf(client, { patienceMs: Math.min(patienceMs, 3_000), stopping }), identity, clock })),
  );
  app.use('/v1', pathwayRoutes({ route, schemas, pathways, board: boardOf(client, ask, hash), deps }));
  app.use('/v1', factRoutes({ route, schemas, pathways, deps }));
  app.use('/v1', deadlineRoutes({ route, pathways }));
  app.use('/v1', policyRoutes({ route }));
  app.use('/v1', previewRoutes({ route, schemas, deps }));
  app.use(problemRoutes());
  app.use(unknownPath);
  app.use(problemAnswer(log));
  return app;
}
