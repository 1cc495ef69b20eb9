/* The view of a pathway: what the API answers about one case. */

import { dispatchAt, nextDueAt } from '../notifications/agenda';
import { roomsIn } from '../case/bounds';
import { dateOf, daysAfter, later, latest, type Instant, type PlainDate } from '../basics/calendar';
import { situationAt, type CaseFile } from '../case/caseFile';
import { allowedFacts } from '../case/decide';
import { nextExpiry } from '../case/clockEvents';
import { assumingDelivered } from '../notifications/delivery';
import { deadlineState, type DeadlineState } from '../plan/deadlines';
import type { Edition, Gate } from '../policy/edition';
import type { Fact, FactType } from '../facts/catalogue';
import { isBookedUnsafely, shutGates } from '../plan/gates';
import { upcomingAt } from './upcoming';
import type { UpcomingAction } from '../state/upcoming';
import { isOverdue, notArrived } from '../notifications/undeliveredNotices';
import { dutyMailbox, type Caller, type TeamRole } from '../basics/roles';
import { memoizeLast } from '../basics/memoize';
import { remindersOf } from '../notifications/reminderDays';
import type { Journey, Situation, Stage } from '../state/situation';
import type { ReflectionPeriod } from '../state/residence';
import type { Task } from '../state/workPlan';
import { effectiveFactsOf } from '../state/questions';
import { missingConsent, noteFor, taskState, type TaskState } from '../plan/tasks';
import { doubtsAbout } from './doubts';
import { missingConsentInWords, taskTitle, type Language } from '../words';

/** A pathway as the API answers with it (docs/http.md, the pathway). */
export interface PathwayView {
  readonly reference: string;
  readonly stage: Stage;
  readonly since: PlainDate;
  readonly office: string;
  readonly policyEdition: string;
  readonly because: Situation['because'];
  readonly reflectionPeriod: ReflectionPeriod | null;
  /** The day from which nothing suspends departure any more; null unless the three months ended without an answer that does. */
  readonly suspensionEndedOn: PlainDate | null;
  /** How far a journey home is prepared; null while none is. */
  readonly safeReturn: SafeReturnView | null;
  readonly tasks: readonly TaskView[];
  readonly deadlines: readonly DeadlineView[];
  /** What the clock does next if nobody does anything. */
  readonly next: readonly UpcomingAction[];
  /** Fact types that this caller may record now. */
  readonly allowedFacts: readonly FactType[];
  readonly result: Situation['result'];
  /** People and partners that could not be reached, or perhaps were not. */
  readonly undelivered: readonly string[];
  /** Who holds which role now, by staff id. */
  readonly team: Readonly<Partial<Record<TeamRole, string>>>;
  /** What the person consents to now, and since when. */
  readonly consents: readonly ConsentView[];
}

export interface ConsentView {
  readonly purpose: Fact<'consentGiven'>['purpose'];
  readonly on: PlainDate;
}

export interface SafeReturnView extends Journey {
  /** Gates that are shut today. */
  readonly missing: readonly Gate[];
  /** Whether a journey is booked although the risk does not allow it. */
  readonly bookedUnsafely: boolean;
}

export interface DeadlineView {
  readonly id: string;
  readonly date: PlainDate;
  readonly state: DeadlineState;
  /** What is not certain about the date, in sentences. */
  readonly doubts: readonly string[];
}

export interface TaskView {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly statutory: boolean;
  readonly due: PlainDate;
  /** The instant, for a task of hours. */
  readonly dueAt?: Instant | undefined;
  readonly state: TaskState;
  readonly owner: TeamRole;
  readonly assignee: string | null;
  /** What it still waits for, or what holds for this person, in a sentence. */
  readonly note?: string | undefined;
}

/** All of the pathway at an instant, for one caller and in their language. */
export function pathwayView(file: CaseFile, now: Instant, caller: Caller, language: Language): PathwayView {
  const situation = situationAt(file, now);
  const { stage, since, because, period, team, result } = situation;
  const noteOn = (task: Task) => {
    const { edition } = file.start;
    const consent = missingConsent(situation, task, edition);
    const note = consent === null ? noteFor(situation, task, edition)?.[language] : missingConsentInWords(consent, language);
    return note === undefined ? {} : { note };
  };
  return {
    reference: file.start.reference,
    stage,
    since,
    office: situation.office,
    policyEdition: file.start.edition.edition,
    because,
    reflectionPeriod: period,
    suspensionEndedOn: suspensionEndedOn(situation),
    safeReturn: safeReturnOf(situation, file.start.edition),
    tasks: situation.tasks.map((task) => ({
      id: task.id,
      kind: task.kind,
      title: task.title ?? taskTitle(task.id, language),
      statutory: task.statutory,
      due: task.dueOn,
      ...(task.dueAt === null ? {} : { dueAt: task.dueAt }),
      state: taskState(task, now),
      owner: task.owner,
      assignee: team[task.owner]?.staffId ?? null,
      ...noteOn(task),
    })),
    deadlines: situation.deadlines.map((deadline) => ({
      id: deadline.id,
      date: deadline.date,
      state: deadlineState(deadline, now),
      doubts: doubtsAbout(deadline, situation, file.start.edition).map((doubt) => doubt[language]),
    })),
    next: nextOf(file, now),
    allowedFacts: allowedFacts(situation, caller, file.start.edition, roomsIn(file.entries)),
    result,
    undelivered: undelivered(file, situation),
    team: Object.fromEntries(Object.entries(team).map(([role, { staffId }]) => [role, staffId])),
    consents: consentsOf(situation),
  };
}

function consentsOf(situation: Situation): ConsentView[] {
  const given = effectiveFactsOf(situation, 'consentGiven');
  return situation.consents.flatMap((purpose) => {
    const days = given.filter((each) => each.purpose === purpose).map(({ on }) => on);
    return days.length === 0 ? [] : [{ purpose, on: days.reduce(latest) }];
  });
}

/** The actions of the next instant that has any: the end of the three months, letters, notices. */
export function nextOf(file: CaseFile, now: Instant): readonly UpcomingAction[] {
  // What is under way will arrive, as far as we know: it is not what comes next.
  const expected = assumingDelivered(file, now);
  const at = nextDueAt(expected, now);
  return at === null ? [] : actionsOf(expected, at, nextExpiry(situationAt(file, now)) === at);
}

const actionsOf = memoizeLast((file: CaseFile, at: Instant, expires: boolean) =>
  upcomingAt(at, dispatchAt(file, at).dispatch, file, expires),
);

function suspensionEndedOn({ period, stage }: Situation): PlainDate | null {
  if (stage !== 'decision' || period === null) return null;
  if (period.end === 'expired') return daysAfter(period.endsOn, 1);
  return period.end === 'declined' ? period.endedOn : null;
}

function safeReturnOf(situation: Situation, { safeReturn: rules }: Edition): SafeReturnView | null {
  if (situation.stage !== 'safeReturn') return null;
  const missing = shutGates(situation, dateOf(situation.asOf), rules);
  return { ...situation.journey, missing, bookedUnsafely: isBookedUnsafely(situation, rules) };
}

/** The members of the team, the roles without a holder and the partners that could not be reached, or perhaps were not. */
export function undelivered({ outbox, start: { edition } }: CaseFile, situation: Situation): string[] {
  const { team, notices, asOf } = situation;
  const partners = notArrived(notices, outbox.notices)
    .filter((each) => isOverdue(each, asOf, edition))
    .map(({ notice: { partner } }) => partner);
  const members = Object.values(team).map(({ staffId }) => staffId);
  const unheld =
    dutyMailbox in outbox.substitutes
      ? remindersOf(situation, outbox.notices, edition)
          .flatMap(({ roles }) => roles)
          .filter((role) => !(role in team))
      : [];
  const inVain = Object.entries(outbox.unreached).flatMap(([to, { since, last }]) =>
    later(since, edition.mail.unreachedAfter) <= last ? [to] : [],
  );
  const unreached = new Set([...Object.keys(outbox.substitutes), ...outbox.unconfirmed, ...inVain]);
  return [...[...unreached].filter((of) => members.includes(of)), ...new Set(unheld), ...new Set(partners)];
}
