import { dateOf, type Instant, type PlainDate } from '../basics/calendar';
import { passesAt } from '../plan/deadlines';
import type { Edition } from '../policy/edition';
import { effectiveEntries, replacedBy, isFact, effectiveAt, type LogEntry, type RecordedFact } from '../facts/log';
import { afterEntry, atMoment, fold } from './fold';
import { lastReferral, findEffectiveFact } from '../state/questions';
import { notPossible, Refusal } from '../basics/refusal';
import { refusalOf } from './decide';
import type { TeamRole } from '../basics/roles';
import type { Deadline, Notice, Situation, EffectiveFact, Team } from '../state/situation';

export type Correction = Extract<RecordedFact, { readonly type: 'corrected' }>;

/** Where a case began, and what was told before the correction. */
export interface BeforeCorrection {
  readonly opening: Situation;
  readonly entries: readonly LogEntry[];
  readonly earliest: PlainDate;
  readonly edition: Edition;
}

/**
 * Why what is right cannot stand in the place of what was wrong: its own refusal, or the first later fact that would
 * have been impossible (docs/policy.md, fine print 12).
 */
export function refusalOfCorrection({ opening, entries, earliest, edition }: BeforeCorrection, correction: Correction): Refusal | null {
  const wrong = entries.filter(isFact).find(({ id }) => id === correction.replaces);
  if (wrong === undefined) return notPossible();
  const stood = effectiveEntries(entries);
  const stands = effectiveEntries([...entries, correction]);
  const place = stands.findIndex((entry, at) => stood[at] !== entry);
  // What came before the place of the wrong one is as it was.
  let situation = fold(opening, stands.slice(0, place), edition);
  for (const entry of place < 0 ? [] : stands.slice(place)) {
    const now = atMoment(situation, effectiveAt(entry), edition);
    const isRight = entry.id === correction.replaces;
    // What was put right before may have a date later than the hour at which it was told wrong.
    const refusal = isFact(entry) ? refusalOf(now, entry, { edition, earliest, latest: dateOf(correction.receivedAt) }) : null;
    if (refusal !== null) return isRight ? refusal : new Refusal('later-fact-depends', [entry.id]);
    situation = afterEntry(now, entry, edition);
  }
  return null;
}

/**
 * The case as it is with what is right. What was sent stays sent, and what it asks for and was not asked for before begins now:
 * tasks as newly planned, alarms and notices at once, and partners are told where they were told wrong.
 */
export function corrected({ opening, entries, edition }: BeforeCorrection, before: Situation, correction: Correction): Situation {
  const now = correction.receivedAt;
  const foldOf = (each: readonly LogEntry[]) => atMoment(fold(opening, effectiveEntries(each), edition), now, edition);
  const after = foldOf([...entries, correction]);
  // What is too many is asked only where something was sent.
  const without =
    correction.with === undefined || before.notices.length === 0 ? after : foldOf([...entries, { ...correction, with: undefined }]);
  const notices = noticesAfter(before, after, without, correction);
  const openTasks = byId(before.tasks.filter(({ end }) => end === null));
  const openDeadlines = byId(before.deadlines.filter(({ end }) => end === null));
  const raised = new Map(before.alarms.map(({ about, cause, at }) => [`${about} ${cause}`, at]));
  return {
    ...after,
    team: teamAfter(before.team, after.team, now),
    tasks: after.tasks.map((task) => {
      if (task.end !== null) return task;
      const known = openTasks.get(task.id);
      // One with another date than people were told of is as new to them.
      const asTold = known !== undefined && known.dueOn === task.dueOn && known.dueAt === task.dueAt;
      return { ...task, plannedAt: asTold ? known.plannedAt : now };
    }),
    deadlines: after.deadlines.map((deadline) =>
      deadline.end === null ? knownAnew(deadline, openDeadlines.get(deadline.id), now) : deadline,
    ),
    alarms: after.alarms.map((alarm) => ({ ...alarm, at: raised.get(`${alarm.about} ${alarm.cause}`) ?? now })),
    notices,
    referral: after.referral && {
      ...after.referral,
      // IOM is chased from the day on which it was told.
      on: dateOf(lastReferral(notices)?.at ?? now),
      since: before.referral?.answered === false ? before.referral.since : now,
    },
    heardFrom: [
      ...new Set([...before.heardFrom, ...after.heardFrom, ...(correction.by.partner === undefined ? [] : [correction.by.partner])]),
    ],
    effectiveFacts: {
      ...after.effectiveFacts,
      corrected: [...correctionsIn(before, correction), standingCorrection(before, after, correction)],
    },
  };
}

/** One that a correction made, gave another end, or asks about again, is known since then. */
function knownAnew(deadline: Deadline, known: Deadline | undefined, now: Instant): Deadline {
  const asTold = known !== undefined && passesAt(known) === passesAt(deadline) && known.quiet === deadline.quiet;
  return asTold ? { ...deadline, knownAt: known.knownAt, corrected: known.corrected } : { ...deadline, knownAt: now, corrected: true };
}

/** Whoever has a role again that he had left, or another, has it since the correction. */
function teamAfter(before: Team, after: Team, now: Instant): Team {
  return Object.fromEntries(
    Object.entries(after).map(([role, holder]) => {
      const known = before[role as TeamRole];
      return [role, known?.staffId === holder.staffId ? known : { ...holder, since: now }];
    }),
  );
}

/** A correction is corrected by whom the fact is for that it is about, also where that stands no more. */
function standingCorrection(before: Situation, after: Situation, correction: Correction): EffectiveFact {
  const wrong = findEffectiveFact(before, correction.replaces);
  const movedStage = after.stage !== before.stage || wrong?.movedStage === true;
  return { fact: correction, movedStage, ...(wrong === undefined ? {} : { about: wrong.about ?? wrong.fact }) };
}

/** The corrections that stand beside the facts: each may be corrected in its turn. */
function correctionsIn({ effectiveFacts }: Situation, { replaces, with: right }: Correction): readonly EffectiveFact[] {
  return (effectiveFacts.corrected ?? [])
    .filter(({ fact }) => !(fact.id === replaces && right === undefined))
    .map((each) => (each.fact.id === replaces && right !== undefined ? { ...each, fact: replacedBy(each.fact, right) } : each));
}

function noticesAfter(before: Situation, after: Situation, without: Situation, correction: Correction): readonly Notice[] {
  const corrections = before.notices.filter(({ kind }) => kind === 'correction');
  const fresh = unexplained(after.notices, before.notices);
  const told = unexplained(before.notices, after.notices);
  // What another fact asks for now was told already, where the wrong one had asked for it first.
  const sent = byId(before.notices);
  const asked = after.notices.map(
    (notice) =>
      sent.get(notice.id) ??
      told.filter((each) => alike(each, notice))[earlierAlike(notice, fresh).length] ?? { ...notice, at: correction.receivedAt },
  );
  const right = [...without.notices, ...corrections.filter(({ id }) => !id.endsWith(`/${correction.replaces}`))];
  return [...asked, ...corrections, ...correctionsOf(tooMany(before.notices, right), correction)];
}

/** The notices that would not have been sent: of one kind to one partner as many as are too many, the later ones. */
function tooMany(sent: readonly Notice[], right: readonly Notice[]): readonly Notice[] {
  const wrong = unexplained(sent, right);
  const spare = unexplained(right, sent);
  return wrong.filter((notice) => earlierAlike(notice, wrong).length >= spare.filter((each) => alike(each, notice)).length);
}

function unexplained(some: readonly Notice[], others: readonly Notice[]): readonly Notice[] {
  const explained = byId(others);
  return some.filter(({ id }) => !explained.has(id));
}

function byId<T extends { readonly id: string }>(things: readonly T[]): ReadonlyMap<string, T> {
  return new Map(things.map((each) => [each.id, each]));
}

function alike(one: Notice, other: Notice): boolean {
  return one.partner === other.partner && one.kind === other.kind;
}

function earlierAlike(notice: Notice, among: readonly Notice[]): readonly Notice[] {
  return among.slice(0, among.indexOf(notice)).filter((each) => alike(each, notice));
}

function correctionsOf(wrong: readonly Notice[], { id, receivedAt: at, on }: Correction): Notice[] {
  const partners = [...new Set(wrong.map(({ partner }) => partner))];
  return partners.map((partner) => ({
    id: `${partner}/correction/${id}`,
    partner,
    kind: 'correction',
    at,
    on,
    corrects: wrong.filter((notice) => notice.partner === partner).map((notice) => notice.id),
  }));
}
