import { isAlarmed } from './alarms';
import { dateOf, instantAt, type Instant, type PlainDate } from './calendar';
import { situationAt, type CaseFile } from './caseFile';
import { deadlineState } from './deadlines';
import { isBookedUnsafely } from './gates';
import { remindersOf } from './reminders';
import type { Situation, Stage } from './situation';
import { overdueFrom } from './tasks';

/** What a board of many cases shows of one: neutral codes, for they are readable to whoever sees the engine's own pages. */
export interface BoardLine {
  readonly stage: Stage;
  readonly office: string;
  /** The next legal date: the first of a running deadline or an open task, from today on. */
  readonly nextDate: PlainDate | null;
  /** Whether something was brought to the supervisor, alarmed of, or passed unmet, and still stands; or a journey is booked unsafely. */
  readonly escalated: boolean;
}

export function boardLine(file: CaseFile, now: Instant): BoardLine {
  const situation = situationAt(file, now);
  const running = situation.deadlines.filter((deadline) => deadlineState(deadline, now) === 'running').map(({ date }) => date);
  const open = situation.tasks.filter(({ end }) => end === null).map(({ dueOn }) => dueOn);
  const [nextDate] = [...running, ...open].filter((date) => date >= dateOf(now)).sort();
  return {
    stage: situation.stage,
    office: file.start.office,
    nextDate: nextDate ?? null,
    escalated: isEscalated(situation, file),
  };
}

function isEscalated(situation: Situation, { post, start: { edition } }: CaseFile): boolean {
  const { asOf } = situation;
  const reminders = remindersOf(situation, post.notices, edition);
  return (
    isBookedUnsafely(situation, edition.safeReturn) ||
    isAlarmed(situation, edition) ||
    situation.tasks.some((task) => task.end === null && task.dueAt !== null && overdueFrom(task) <= asOf) ||
    reminders.some(({ since, steps }) =>
      steps.some(({ on, step }) => {
        const at = instantAt(on, edition.mail.digestAt);
        return (step === 'escalated' || step === 'expired') && at > since && at <= asOf;
      }),
    )
  );
}
