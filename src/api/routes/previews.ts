import { setImmediate as othersAnswered } from 'node:timers/promises';
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

/** So many steps are taken before others are answered: some ten milliseconds of work, where a plan of years takes seconds. */
const stepsAtOnce = 10;

/** The dated plan of a case that is only assumed; nothing is begun and nothing kept. */
export function previewRoutes({ route, schemas, deps }: Parts): Router {
  const nameOf = (body: object) => deps.hash('preview', JSON.stringify(body)).toString('hex').slice(0, 32);
  return resources({
    '/pathway-previews': {
      post: route.read({ body: schemas.preview }, async ({ body, language, asCalendar }) => {
        const start = previewStart(body, deps.policyEdition);
        const assumed = assumptionsOf(body);
        const last = assumed.at(-1);
        const until = body.until ?? plus(last === undefined ? body.startOn : dateOf(last.at), lookedAhead);
        if (until > plus(body.startOn, furthest)) throw invalid({ path: 'until', message: 'lies more than five years after the start' });
        const { steps, end } = await unhurried(preview(start, assumed, startOfDay(until)));
        if (end !== null) throw assumptionRefused(end.refused, assumed[end.number]?.path ?? 'assume');
        const moments = steps.flat();
        if (!asCalendar) return ok({ moments }, { Vary: 'Accept' });
        const headers = { 'Content-Language': language, Vary: 'Accept, Accept-Language' };
        return text(calendarFile(nameOf(body), moments, language), 'text/calendar', headers);
      }),
    },
  });
}

/** All steps of a work and how it ended. */
async function unhurried<Step, End>(work: Generator<Step, End>): Promise<{ readonly steps: readonly Step[]; readonly end: End }> {
  const steps: Step[] = [];
  for (let step = work.next(); ; step = work.next()) {
    if (step.done === true) return { steps, end: step.value };
    steps.push(step.value);
    if (steps.length % stepsAtOnce === 0) await othersAnswered();
  }
}
