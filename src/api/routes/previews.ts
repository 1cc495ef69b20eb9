import type { Router } from 'express';
import { dateOf, daysBetween, plus, startOfDay, type PlainDate } from '../../domain/basics/calendar';
import type { CaseStart } from '../../domain/case/caseFile';
import { plannedDates } from '../../domain/plan/plannedDates';
import { preview } from '../../domain/views/preview';
import { calendarFile } from '../../casework/calendarFile';
import type { ApiDeps } from '../deps';
import { fewAtATime } from '../../casework/scheduling/fewAtATime';
import { assumptionsOf, previewStart, type RequestedAssumption } from '../../casework/requests/assumptions';
import { invalid } from '../problems/problems';
import { assumptionRefused } from '../problems/refusals';
import { ok, text } from '../http/replies';
import { resources } from '../http/methods';
import type { Route } from '../http/endpoint';
import type { PreviewBody, Schemas } from '../../casework/requests/schemas';
import { unhurried } from '../../casework/scheduling/timeSlices';

interface Parts {
  readonly route: Route;
  readonly schemas: Schemas;
  readonly deps: Pick<ApiDeps, 'policyEdition' | 'hash'>;
}

/** How far a preview looks past its last fact unless told, and how far from its start at most: no policy, only what is of use. */
const lookedAhead = 'P1Y';
const furthest = 'P5Y';

/** Facts times days of a plan: what a preview costs grows with both. Fifty facts in five years, two hundred in five hundred days; ours. */
const mostFactDays = 100_000;

/** So many previews are made at a time; ours, for a machine of two cores. */
const previewsAtATime = 2;

/** The dated plan of a case that is only assumed; nothing is begun and nothing kept. */
export function previewRoutes({ route, schemas, deps }: Parts): Router {
  const oneOfFew = fewAtATime(previewsAtATime);
  const toItsEnd = unhurried();
  // Of the case and the entry, not of all that is assumed: with one fact more the plan's other entries keep their names.
  const namesIn =
    ({ registeredAt, person, edition: { edition } }: CaseStart) =>
    (entry: readonly unknown[]) =>
      deps
        .hash('preview', JSON.stringify([edition, registeredAt, person, ...entry]))
        .toString('hex')
        .slice(0, 32);
  return resources({
    '/pathway-previews': {
      post: route.read(
        { query: schemas.previewQuery, body: schemas.preview },
        ({ caller, now, query, body, language, asCalendar, left }) => {
          const start = previewStart(body, deps.policyEdition);
          const assumed = assumptionsOf(body);
          const until = endOf(body, assumed);
          return oneOfFew(caller.id, async () => {
            const { steps, end } = await toItsEnd(preview(start, assumed, startOfDay(until)), left);
            if ('refused' in end) throw assumptionRefused(end.refused, assumed[end.number]?.path ?? 'assume');
            const moments = steps.flat();
            if (!asCalendar) return ok({ moments }, { Vary: 'Accept' });
            // That her period ends is sent to nobody; it stands on its day.
            const mails = query.mails === 'true' ? moments.filter(({ what }) => what !== 'expiry') : [];
            const plan = { startOn: body.startOn, madeAt: now, dates: plannedDates(end), mails, nameOf: namesIn(start) };
            const file = await toItsEnd(calendarFile(plan, language), left);
            return text(file.steps.join(''), 'text/calendar', { 'Content-Language': language, Vary: 'Accept, Accept-Language' });
          });
        },
      ),
    },
  });
}

/** How far the plan goes, if that is not too far for all that is assumed. */
function endOf({ startOn, until }: PreviewBody, assumed: readonly RequestedAssumption[]): PlainDate {
  const last = assumed.at(-1);
  const end = until ?? plus(last === undefined ? startOn : dateOf(last.at), lookedAhead);
  if (end > plus(startOn, furthest)) throw invalid({ path: 'until', message: 'lies more than five years after the start' });
  if (assumed.length * daysBetween(startOn, end) > mostFactDays)
    throw invalid({ path: 'assume', message: `too many facts for so many days: facts times days are at most ${mostFactDays}` });
  return end;
}
