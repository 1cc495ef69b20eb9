import type { Router } from 'express';
import { dateOf } from '../../domain/basics/calendar';
import type { Fact } from '../../domain/facts/catalogue';
import { timelineOf } from '../../casework/timeline';
import type { ApiDeps } from '../deps';
import type { Pathways } from '../../casework/temporal/pathways';
import { invalid } from '../problems/problems';
import { created, ok } from '../http/replies';
import { resources } from '../http/methods';
import type { Asked, Route } from '../http/endpoint';
import type { FactBody, Schemas } from '../../casework/requests/schemas';
import { mayJoin } from '../../casework/requests/team';
import { addressOf } from './pathways';

interface Parts {
  readonly route: Route;
  readonly schemas: Schemas;
  readonly pathways: Pathways;
  readonly deps: ApiDeps;
}

/** Telling a fact of a case, and reading what was told. */
export function factRoutes({ route, schemas, pathways, deps }: Parts): Router {
  return resources({
    '/pathways/:reference/facts': {
      post: route.change({ body: schemas.fact }, async (asked) => {
        const { reference, caller, now, key, body } = asked;
        await staysInTheOffice(asked);
        const fact = { ...body, on: body.on ?? dateOf(now) } as Fact;
        return created(await pathways.record(reference, { fact, by: caller, receivedAt: now, key }), addressOf(reference));
      }),
      get: route.read({}, async ({ reference, caller, language }) => {
        const entries = await pathways.timeline(reference, caller);
        return ok({ items: timelineOf(entries, language) }, { 'Content-Language': language, Vary: 'Accept-Language' });
      }),
    },
  });

  /** Whoever joins a team works in its office, or nationally; which office that is, only the case knows. */
  async function staysInTheOffice({ reference, caller, now, body }: Asked<unknown, FactBody>): Promise<void> {
    if (body.type !== 'teamChanged' && body.type !== 'corrected') return;
    const { office } = await pathways.find(reference, { caller, now });
    if (!mayJoin(deps.staff, body, office)) throw invalid({ path: 'staffId', message: 'nobody of that id holds this role here' });
  }
}
