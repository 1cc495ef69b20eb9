import express, { type Express } from 'express';
import { callLimit } from '../login/callLimit';
import { identityFor } from '../login/identity';
import type { ApiDeps } from './deps';
import { endpointsFor } from './http/endpoint';
import { errorHandler, unknownPath } from './http/errorHandler';
import { answerHeaders, oneHost } from './http/headers';
import { arrived } from './http/sameTime';
import { openapiOf } from './responses/openapi';
import { deadlineRoutes } from './routes/deadlines';
import { factRoutes } from './routes/facts';
import { healthRoutes } from './routes/health';
import { listRoutes } from './routes/lists';
import { openapiRoutes } from './routes/openapi';
import { pathwayRoutes } from './routes/pathways';
import { policyRoutes } from './routes/policies';
import { previewRoutes } from './routes/previews';
import { problemRoutes } from './routes/problems';
import { statisticsRoutes } from './routes/statistics';

/** The HTTP front end of casework. */
export function createApp(deps: ApiDeps): Express {
  const { casework, staff, tokens, publicUrl, requestsPerMinute, trustedProxies, refused, log, clock = Date.now } = deps;
  const identity = identityFor(tokens, staff);
  const endpoint = endpointsFor({ identify: identity.identify, staff, limit: callLimit(requestsPerMinute), refused, clock });

  const app = express();
  app.disable('x-powered-by').disable('etag').set('trust proxy', trustedProxies);
  app.use(arrived, answerHeaders, oneHost);
  app.use('/v1', openapiRoutes(openapiOf(casework.schemas, { publicUrl, email: staff.operations })));
  app.use('/v1', healthRoutes({ casework, identity }));
  app.use('/v1', pathwayRoutes({ endpoint, casework }));
  app.use('/v1', listRoutes({ endpoint, casework }));
  app.use('/v1', factRoutes({ endpoint, casework }));
  app.use('/v1', deadlineRoutes({ endpoint, casework }));
  app.use('/v1', policyRoutes({ endpoint, casework }));
  app.use('/v1', previewRoutes({ endpoint, casework }));
  app.use('/v1', statisticsRoutes({ endpoint, casework }));
  app.use(problemRoutes());
  app.use(unknownPath);
  app.use(errorHandler(log));
  return app;
}
