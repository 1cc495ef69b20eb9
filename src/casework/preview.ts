import { dateOf, daysBetween, plus, startOfDay, type PlainDate } from '../domain/basics/calendar';
import type { CaseStart } from '../domain/case/caseFile';
import { plannedDates } from '../domain/plan/plannedDates';
import type { UpcomingAction } from '../domain/state/upcoming';
import type { Situation } from '../domain/state/situation';
import { preview } from '../domain/views/preview';
import type { Language } from '../domain/words';
import { calendarFile } from './calendarFile';
import type { Installation } from './installation';
import { invalid } from './refused';
import type { VerbRequest } from './request';
import { assumptionsOf, previewStart, type RequestedAssumption } from './requests/assumptions';
import type { PreviewBody } from './requests/intakeShapes';
import type { Schemas } from './requests/schemas';
import { validated } from './requests/validation';
import { assumptionRefused } from './refusedByRule';
import { fewAtATime } from './scheduling/fewAtATime';
import { timeSlices } from './scheduling/timeSlices';

export interface PreviewRequest extends VerbRequest {
  /** Aborted when the caller has left without waiting for the answer. */
  readonly left: AbortSignal;
}

export interface CalendarRequest extends PreviewRequest {
  readonly language: Language;
}

/** The plan of an assumed case, up to the end that was asked for. */
interface DatedPlan {
  readonly start: CaseStart;
  readonly actions: readonly UpcomingAction[];
  readonly end: Situation;
  readonly withMails: boolean;
  readonly startOn: PlainDate;
}

/** How far a preview looks past its last fact by default, and how far from its start at most; ours, no policy. */
const lookedAhead = 'P1Y';
const furthest = 'P5Y';

/** Facts times days of a plan: the cost of a preview grows with both. Fifty facts in five years, two hundred in five hundred days; ours. */
const mostFactDays = 100_000;

/** The number of previews that are made at a time; ours, for a machine of two cores. */
const previewsAtATime = 2;

/** The dated plan of a case that is only assumed. Nothing begins, and nothing is kept. */
export function previewFor({ schemas, installation }: { readonly schemas: Schemas; readonly installation: Installation }) {
  const oneOfFew = fewAtATime(previewsAtATime);
  const inSlices = timeSlices();

  async function planned<Answer>(request: PreviewRequest, answer: (plan: DatedPlan) => Answer | Promise<Answer>): Promise<Answer> {
    const { options, body } = validated({ options: schemas.previewOptions, body: schemas.preview }, request);
    const start = previewStart(body, installation.policyEdition);
    const assumed = assumptionsOf(body);
    const until = endOf(body, assumed);
    return oneOfFew(request.caller.id, async () => {
      const { steps, end } = await inSlices(preview(start, assumed, startOfDay(until)), request.left);
      if ('refused' in end) throw assumptionRefused(end.refused, assumed[end.number]?.path ?? 'assume');
      return answer({ start, actions: steps.flat(), end, withMails: options.mails === 'true', startOn: body.startOn });
    });
  }

  // The name comes from the case and the entry alone. With one assumed fact more, the plan's other entries keep their names.
  const namesIn =
    ({ registeredAt, person, edition: { edition } }: CaseStart) =>
    (entry: readonly unknown[]) =>
      installation
        .hash('preview', JSON.stringify([edition, registeredAt, person, ...entry]))
        .toString('hex')
        .slice(0, 32);

  return {
    /** Each action of the clock, with its instant and its addressee. */
    preview: (request: PreviewRequest): Promise<readonly UpcomingAction[]> => planned(request, ({ actions }) => actions),

    /** The same plan as iCalendar: its tasks and deadlines, and the mails if they are wanted. */
    previewAsCalendar: (request: CalendarRequest): Promise<string> =>
      planned(request, async ({ start, actions, end, withMails, startOn }) => {
        // The end of the period is sent to nobody. It has an entry of its own, on its day.
        const mails = withMails ? actions.filter(({ what }) => what !== 'expiry') : [];
        const plan = { startOn, madeAt: request.now, dates: plannedDates(end), mails, nameOf: namesIn(start) };
        const file = await inSlices(calendarFile(plan, request.language), request.left);
        return file.steps.join('');
      }),
  };
}

/** The end of the plan. Refused where it lies too far ahead, or too far for all assumed facts. */
function endOf({ startOn, until }: PreviewBody, assumed: readonly RequestedAssumption[]): PlainDate {
  const last = assumed.at(-1);
  const end = until ?? plus(last === undefined ? startOn : dateOf(last.at), lookedAhead);
  if (end > plus(startOn, furthest)) throw invalid({ path: 'until', message: 'lies more than five years after the start' });
  if (assumed.length * daysBetween(startOn, end) > mostFactDays)
    throw invalid({ path: 'assume', message: `too many facts for so many days: facts times days are at most ${mostFactDays}` });
  return end;
}
