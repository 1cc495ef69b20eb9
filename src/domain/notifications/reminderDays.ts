/* The days on which people are reminded of each open task, each unmet deadline and each notice that has not arrived. */

import { daysAfter, instantAt, minus, type PlainDate } from '../basics/calendar';
import { memoizeLast } from '../basics/memoize';
import { passesAt, ruleOf } from '../plan/deadlines';
import type { Edition } from '../policy/edition';
import type { Outbox } from '../state/outbox';
import type { Deadline, Task } from '../state/workPlan';
import type { Situation, Team } from '../state/situation';
import { firstMorning, lastMorning } from './mornings';
import { remindersOfNotices } from './noticeReminders';
import { addressed, type Reminder } from './reminder';

/** All reminders of a situation. */
export function remindersOf(situation: Situation, sent: Outbox['notices'], edition: Edition): readonly Reminder[] {
  const { tasks, deadlines, referral, notices, team, stage } = situation;
  return remindersAmong(tasks, deadlines, referral, notices, sent, team, stage === 'closed', edition);
}

// The clock makes a new situation for each instant, mostly with the same tasks and deadlines.
const remindersAmong = memoizeLast(
  (
    tasks: Situation['tasks'],
    deadlines: Situation['deadlines'],
    referral: Situation['referral'],
    notices: Situation['notices'],
    sent: Outbox['notices'],
    team: Team,
    isClosed: boolean,
    edition: Edition,
  ): readonly Reminder[] => [
    ...(isClosed ? [] : tasks.filter(({ end }) => end === null).map((task) => ofTask(task, team, edition))),
    ...(isClosed ? [] : deadlines.filter(({ end }) => end === null).map((deadline) => ofDeadline(deadline, team, edition))),
    ...remindersOfNotices({ notices, referral }, sent, isClosed, edition).map((reminder) => addressed(reminder, team, edition)),
  ],
);

// Every wake asks about each task, and a task stays the same for weeks.
const ofTask = memoizeLast((task: Task, team: Team, edition: Edition): Reminder => {
  const { reminders, mail } = edition;
  const { task: usual, statutoryTask } = reminders;
  const rules = task.statutory ? statutoryTask : usual;
  const { owner, dueOn } = task;
  // The alarm of a task of hours has gone out by then, and replaces this step.
  // Nobody is reminded of a task that waits for the person's consent, beside that it was planned.
  if (task.waits === true) return addressed({ ...planned(task), steps: [], then: null }, team, edition);
  const alarmedBy = (on: PlainDate) => task.dueAt !== null && task.dueAt <= instantAt(on, mail.digestAt);
  return addressed(
    {
      ...planned(task),
      steps: [
        ...rules.soon.map((days) => ({ on: daysAfter(dueOn, -days), name: 'soon' as const, to: [owner] })),
        ...rules.due.map((days) => ({ on: daysAfter(dueOn, days), name: 'due' as const, to: [owner] })).filter(({ on }) => !alarmedBy(on)),
        ...rules.overdue.map((days) => ({ on: daysAfter(dueOn, days), name: 'overdue' as const, to: [owner] })),
        ...rules.escalated.map((days) => ({ on: daysAfter(dueOn, days), name: 'escalated' as const, to: ['supervisor' as const] })),
      ],
      then: {
        after: daysAfter(dueOn, Math.max(...rules.overdue)),
        steps: rules.thenEveryMonday.map((step) => ({ name: step, to: step === 'overdue' ? [owner] : ['supervisor' as const] })),
      },
    },
    team,
    edition,
  );
});

function planned({ id, dueOn, plannedAt, owner }: Task): Pick<Reminder, 'about' | 'date' | 'since' | 'plannedFor'> {
  return { about: id, date: dueOn, since: plannedAt, plannedFor: owner };
}

const ofDeadline = memoizeLast((deadline: Deadline, team: Team, edition: Edition): Reminder => {
  const { warn, onPassed } = ruleOf(edition, deadline);
  const { startedOn, date, knownAt, quiet, corrected } = deadline;
  const { digestAt } = edition.mail;
  const days = edition.reminders.passedDeadline[onPassed.mails];
  const first = firstMorning(passesAt(deadline), digestAt);
  const firstKnownMorning = daysAfter(lastMorning(knownAt, digestAt), 1);
  // A warning of a day before the deadline began would come too late. One of that day itself is sent if the deadline began before nine.
  const warnings = warn
    .map(({ before, to }) => ({ on: minus(date, before), name: 'warning' as const, to }))
    .filter(({ on }) => on >= startedOn);
  const lateWarning = corrected === true && firstKnownMorning <= date ? warnings.filter(({ on }) => on < firstKnownMorning).slice(-1) : [];
  // A deadline that had passed before it was known is mailed on the first morning on which it is known, beside its other days.
  const mornings = new Set([...days.map((after) => daysAfter(first, after)), ...(passesAt(deadline) > knownAt ? [] : [firstKnownMorning])]);
  const expired = { name: 'expired' as const, to: onPassed.to };
  return addressed(
    {
      about: deadline.id,
      date,
      since: knownAt,
      plannedFor: null,
      steps: [
        ...warnings,
        ...lateWarning.map((step) => ({ ...step, on: firstKnownMorning })),
        ...(quiet ? [] : [...mornings].map((on) => ({ on, ...expired }))),
      ],
      then: quiet || onPassed.mails === 'once' ? null : { after: daysAfter(first, Math.max(...days)), steps: [expired] },
    },
    team,
    edition,
  );
});
