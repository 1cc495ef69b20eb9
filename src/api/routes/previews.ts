import type { Router } from 'express';
import { dateOf, plus, startOfDay } from '../../domain/calendar';
import { preview } from '../../domain/preview';
import { calendarFile } from '../calendarFile';
import type { ApiDeps } from '../deps';
import { assumptionsOf, previewStart } from '../previews';
import { invalid } from '../problems';
import { assumptionRefused } from '../refusals';
import { ok, text } from '../replies';
import { resources } from '../resources';
import type { Route } from '../route';
import type { Schemas } from '../schemas';

interface Parts {
  readonly route: Route;
  readonly schemas: Schemas;
  readonly deps: Pick<ApiDeps, 'policyEdition' | 'hash'>;
}

/** How far a preview looks past its last fact unless told, and how far from its start at most: no policy, only what is of use. */
const lookedAhead = 'P1Y';
const furthest = 'P5Y';

/** The dated plan of a case that is only assumed; nothing is begun and nothing kept. */
export function previewRoutes({ route, schemas, deps }: Parts): Router {
  const nameOf = (body: object) => deps.hash('preview', JSON.stringify(body)).toString('hex').slice(0, 32);
  return resources({
    '/pathway-previews': {
      post: route.read({ body: schemas.preview }, ({ body, language, asCalendar }) => {
        const start = previewStart(body, deps.policyEdition);
        const assumed = assumptionsOf(body);
        const last = assumed.at(-1);
        const until = body.until ?? plus(last === undefined ? body.startOn : dateOf(last.at), lookedAhead);
        if (until > plus(body.startOn, furthest)) throw invalid({ path: 'until', message: 'lies more than five years after the start' });
        const moments = preview(start, assumed, startOfDay(until));
        if ('refused' in moments) throw assumptionRefused(moments.refused, assumed[moments.number]?.path ?? 'assume');
        return asCalendar ? text(calendarFile(nameOf(body), moments, language), 'text/calendar') : ok({ moments });
      }),
    },
  });
}
