import express, { type Express } from 'express';
import { boardOf } from './board';
import type { ApiDeps } from './deps';
import { askerOf } from './engine';
import { answerHeaders, oneHost } from './headers';
import { identityFor } from './identity';
import { openapiOf } from './openapi';
import { pathwaysOf } from './pathways';
import { problemAnswer, unknownPath } from './problemAnswer';
import { readinessOf } from './readiness';
import { routeFor } from './route';
import { deadlineRoutes } from './routes/deadlines';
import { factRoutes } from './routes/facts';
import { healthRoutes } from './routes/health';
import { openapiRoutes } from './routes/openapi';
import { pathwayRoutes } from './routes/pathways';
import { policyRoutes } from './routes/policies';
import { previewRoutes } from './routes/previews';
import { problemRoutes } from './routes/problems';
import { schemasFor } from './schemas';

/** The HTTP API over the cases of one installation. */
export function createApp(deps: ApiDeps): Express {
  const { client, tokens, hash, clock = Date.now, patienceMs = 10_000 } = deps;
  const ask = askerOf(client, patienceMs);
  const identity = identityFor(tokens, deps.staff);
  const schemas = schemasFor(deps);
  const route = routeFor({ identify: identity.identify, hash, clock });
  const pathways = pathwaysOf(client, ask);

  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.use(answerHeaders, oneHost);
  app.use('/v1', openapiRoutes(openapiOf(schemas, { publicUrl: deps.publicUrl, email: deps.staff.operations })));
  app.use('/v1', healthRoutes(readinessOf(client, askerOf(client, Math.min(patienceMs, 3_000)), identity)));
  app.use('/v1', pathwayRoutes({ route, schemas, pathways, board: boardOf(client, ask, hash), deps }));
  app.use('/v1', factRoutes({ route, schemas, pathways, deps }));
  app.use('/v1', deadlineRoutes({ route, pathways }));
  app.use('/v1', policyRoutes({ route }));
  app.use('/v1', previewRoutes({ route, schemas, deps }));
  app.use(problemRoutes());
  app.use(unknownPath);
  app.use(problemAnswer(deps.log));
  return app;
}
