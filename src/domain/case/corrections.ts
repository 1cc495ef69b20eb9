/* The effect of a correction on a case. */

import { dateOf, type Instant, type Period, type PlainDate } from '../basics/calendar';
import { passesAt } from '../plan/deadlines';
import type { Edition } from '../policy/edition';
import { asCorrection, effectiveEntries, replacedBy, isFact, effectiveAt, type LogEntry } from '../facts/log';
import type { RecordedFact } from '../facts/recordedFact';
import { afterEntry, clockRunTo, fold } from './fold';
import { lastReferral, findEffectiveFact } from '../state/questions';
import { notPossible, Refusal } from '../basics/refusal';
import { refusalOf } from './decide';
import type { TeamRole } from '../basics/roles';
import { tracedBy, type Alarm, type EffectiveFact, type Notice, type Referral, type Situation, type Team } from '../state/situation';
import type { Deadline, Task } from '../state/workPlan';

/** A correction of a fact, whatever form the log keeps it in. */
type Correction = RecordedFact<'corrected'>;

/** The log before a correction, and the beginning of the case that effective entries give. */
export interface BeforeCorrection {
  readonly entries: readonly LogEntry[];
  readonly intakeWith: (effective: readonly LogEntry[]) => { readonly opening: Situation; readonly earliest: PlainDate };
  readonly edition: Edition;
}

/**
 * The reason why the right fact cannot take the place of the wrong one, or the right data that of the intake. It is the fact's own refusal, or
 * the first later fact that would have been impossible because of it (docs/policy.md, fine print 12, fine print 58).
 */
export function refusalOfCorrection({ entries, intakeWith, edition }: BeforeCorrection, correcting: RecordedFact): Refusal | null {
  const correction = asCorrection(correcting);
  const rightId = correction.type === 'corrected' ? correction.replaces : correction.id;
  if (correction.type === 'corrected' && !entries.filter(isFact).some(({ id }) => id === rightId)) return notPossible();
  const entriesBefore = effectiveEntries(entries);
  const entriesAfter = effectiveEntries([...entries, correction]);
  const { opening, earliest } = intakeWith(entriesAfter);
  const latest = dateOf(correction.receivedAt);
  const isOfTheIntake = changesTheIntake(entriesBefore, entriesAfter);
  // The entries before the wrong fact are as they were, unless the case began otherwise.
  const place = isOfTheIntake ? 0 : entriesAfter.findIndex((entry, at) => entriesBefore[at] !== entry);
  let situation = fold(opening, entriesAfter.slice(0, place), edition);
  for (const entry of place < 0 ? [] : entriesAfter.slice(place)) {
    const now = clockRunTo(situation, effectiveAt(entry), edition);
    // A right fact may have a later date than the hour at which the wrong one was recorded.
    const refusal = isFact(entry) ? refusalOf(now, entry, { edition, earliest, latest }) : null;
    if (refusal !== null && entry.id === rightId) return refusal;
    if (refusal !== null && !isImpossibleAnyhow(entry)) return new Refusal('later-fact-depends', [entry.id]);
    situation = afterEntry(now, entry, edition);
  }
  return isOfTheIntake && lengthOf(situation) !== lengthOf(fold(intakeWith(entriesBefore).opening, entriesBefore, edition))
    ? notPossible()
    : null;

  /** Whether today's rules would refuse an entry that was recorded under others: it stays, and no correction is to blame. */
  function isImpossibleAnyhow(entry: LogEntry): boolean {
    const before = intakeWith(entriesBefore);
    const at = entriesBefore.indexOf(entry);
    if (at < 0 || !isFact(entry)) return false;
    const now = clockRunTo(fold(before.opening, entriesBefore.slice(0, at), edition), effectiveAt(entry), edition);
    return refusalOf(now, entry, { edition, earliest: before.earliest, latest }) !== null;
  }
}

function changesTheIntake(before: readonly LogEntry[], after: readonly LogEntry[]): boolean {
  const [one, other] = [before, after].map((entries) => entries.filter(({ type }) => type === 'intakeCorrected')) as [
    LogEntry[],
    LogEntry[],
  ];
  return one.length !== other.length || one.some((entry, at) => entry !== other[at]);
}

/** The length of a period that was started: nothing that is put right at the intake changes it. */
function lengthOf({ period }: Situation): Period | undefined {
  return period?.length;
}

/**
 * The case after a correction. A letter or notice that left stays sent. New effects of the right fact begin now: tasks as newly planned,
 * alarms and notices at once. Partners are notified if they were notified wrongly.
 */
export function corrected({ entries, intakeWith, edition }: BeforeCorrection, before: Situation, correcting: RecordedFact): Situation {
  const correction = asCorrection(correcting);
  const now = correction.receivedAt;
  const foldOf = (each: readonly LogEntry[]) => {
    const effective = effectiveEntries(each);
    return clockRunTo(fold(intakeWith(effective).opening, effective, edition), now, edition);
  };
  const after = foldOf([...entries, correction]);
  // Only a right fact can ask for what the wrong one had asked for. Wrong notices can only be among those that were sent.
  const hasRightFact = correction.type === 'corrected' && correction.with !== undefined;
  const without = hasRightFact && before.notices.length > 0 ? foldOf([...entries, { ...correction, with: undefined }]) : after;
  const notices = noticesAfter(before, after, without, correction);
  return {
    ...after,
    team: teamAfter(before.team, after.team, now),
    tasks: tasksAfter(before.tasks, after.tasks, now),
    deadlines: deadlinesAfter(before.deadlines, after.deadlines, now),
    alarms: alarmsAfter(before.alarms, after.alarms, now),
    notices,
    referral: after.referral && referralAfter(before.referral, after.referral, notices, now),
    heardFrom: [
      ...new Set([...before.heardFrom, ...after.heardFrom, ...(correction.by.partner === undefined ? [] : [correction.by.partner])]),
    ],
    effectiveFacts: correction.type === 'corrected' ? withCorrection(before, after, correction) : after.effectiveFacts,
  };
}

function withCorrection(before: Situation, after: Situation, correction: Correction): Situation['effectiveFacts'] {
  return {
    ...after.effectiveFacts,
    corrected: [...correctionsIn(before, correction), effectiveCorrection(before, after, correction)],
  };
}

/** An open task is newly planned, unless it was open before with the same date. */
function tasksAfter(before: readonly Task[], after: readonly Task[], now: Instant): readonly Task[] {
  const known = byId(before.filter(({ end }) => end === null));
  return after.map((task) => {
    if (task.end !== null) return task;
    const same = known.get(task.id);
    const isKnown = same !== undefined && same.dueOn === task.dueOn && same.dueAt === task.dueAt;
    return { ...task, plannedAt: isKnown ? same.plannedAt : now };
  });
}

function deadlinesAfter(before: readonly Deadline[], after: readonly Deadline[], now: Instant): readonly Deadline[] {
  const known = byId(before.filter(({ end }) => end === null));
  return after.map((deadline) => (deadline.end === null ? knownSinceCorrection(deadline, known.get(deadline.id), now) : deadline));
}

/** An alarm that was raised before keeps its instant; a new one is raised now. */
function alarmsAfter(before: readonly Alarm[], after: readonly Alarm[], now: Instant): readonly Alarm[] {
  const raised = new Map(before.map(({ about, cause, at }) => [`${about} ${cause}`, at]));
  return after.map((alarm) => ({ ...alarm, at: raised.get(`${alarm.about} ${alarm.cause}`) ?? now }));
}

/** IOM is chased from the day on which it was notified. */
function referralAfter(before: Referral | null, after: Referral, notices: readonly Notice[], now: Instant): Referral {
  return { ...after, on: dateOf(lastReferral(notices)?.at ?? now), since: before?.answered === false ? before.since : now };
}

/** A deadline that a correction made, gave another end, or opened again, is known since the correction. */
function knownSinceCorrection(deadline: Deadline, known: Deadline | undefined, now: Instant): Deadline {
  const isUnchanged = known !== undefined && passesAt(known) === passesAt(deadline) && known.quiet === deadline.quiet;
  return isUnchanged ? { ...deadline, knownAt: known.knownAt, corrected: known.corrected } : { ...deadline, knownAt: now, corrected: true };
}

/** A member who holds another role, or a role again, because of the correction holds it since the correction. */
function teamAfter(before: Team, after: Team, now: Instant): Team {
  return Object.fromEntries(
    Object.entries(after).map(([role, holder]) => {
      const known = before[role as TeamRole];
      return [role, known?.staffId === holder.staffId ? known : { ...holder, since: now }];
    }),
  );
}

/** The correction with the fact that it is about. The parties of that fact may correct it, even after the fact has lost its effect. */
function effectiveCorrection(before: Situation, after: Situation, correction: Correction): EffectiveFact {
  const wrong = findEffectiveFact(before, correction.replaces);
  const changedStage = after.stage !== before.stage || wrong?.changedStage === true;
  return { fact: correction, changedStage, ...(wrong === undefined ? {} : { about: wrong.about ?? wrong.fact }) };
}

/** The effective corrections of before: each may itself be corrected. */
function correctionsIn({ effectiveFacts }: Situation, { replaces, with: right }: Correction): readonly EffectiveFact[] {
  return (effectiveFacts.corrected ?? [])
    .filter(({ fact }) => !(fact.id === replaces && right === undefined))
    .map((each) => (each.fact.id === replaces && right !== undefined ? { ...each, fact: replacedBy(each.fact, right) } : each));
}

function noticesAfter(before: Situation, after: Situation, without: Situation, correction: RecordedFact): readonly Notice[] {
  const replaced = correction.type === 'corrected' ? correction.replaces : correction.id;
  const corrections = before.notices.filter(({ kind }) => kind === 'correction');
  const sent = byId(before.notices);
  // A notice that another fact asks for now was sent already, if the wrong fact had asked for it first.
  const sentBefore = counterparts(unexplained(after.notices, before.notices), unexplained(before.notices, after.notices));
  const asked = after.notices.map(
    (notice) => sent.get(notice.id) ?? sentBefore.get(notice) ?? { ...notice, at: correction.receivedAt, ...tracedBy(correction) },
  );
  const right = [...without.notices, ...corrections.filter(({ id }) => !id.endsWith(`/${replaced}`))];
  return [...asked, ...corrections, ...correctionsOf(tooMany(before.notices, right), correction)];
}

/** The notices that would not have been sent: of one kind to one partner as many as are too many, the later ones. */
function tooMany(sent: readonly Notice[], right: readonly Notice[]): readonly Notice[] {
  const wrong = unexplained(sent, right);
  const explained = counterparts(wrong, unexplained(right, sent));
  return wrong.filter((notice) => !explained.has(notice));
}

/** Each notice with its counterpart: the nth to a partner of a kind, with the nth of the others to that partner of that kind. */
function counterparts(some: readonly Notice[], others: readonly Notice[]): ReadonlyMap<Notice, Notice> {
  const otherGroups = byPartnerAndKind(others);
  const pairs = [...byPartnerAndKind(some)].flatMap(([group, notices]) => {
    const counterpartsInOrder = otherGroups.get(group) ?? [];
    return notices.slice(0, counterpartsInOrder.length).map((notice, n) => [notice, counterpartsInOrder[n] ?? notice] as const);
  });
  return new Map(pairs);
}

function byPartnerAndKind(notices: readonly Notice[]): ReadonlyMap<string, readonly Notice[]> {
  const groups = new Map<string, Notice[]>();
  for (const notice of notices) {
    const group = `${notice.partner}/${notice.kind}`;
    groups.set(group, [...(groups.get(group) ?? []), notice]);
  }
  return groups;
}

/** The notices whose id is not among the others. */
function unexplained(some: readonly Notice[], others: readonly Notice[]): readonly Notice[] {
  const explained = byId(others);
  return some.filter(({ id }) => !explained.has(id));
}

function byId<T extends { readonly id: string }>(things: readonly T[]): ReadonlyMap<string, T> {
  return new Map(things.map((each) => [each.id, each]));
}

function correctionsOf(wrong: readonly Notice[], correction: RecordedFact): Notice[] {
  const { id, receivedAt: at, on } = correction;
  const partners = [...new Set(wrong.map(({ partner }) => partner))];
  return partners.map((partner) => ({
    id: `${partner}/correction/${id}`,
    partner,
    kind: 'correction',
    at,
    on,
    ...tracedBy(correction),
    corrects: wrong.filter((notice) => notice.partner === partner).map((notice) => notice.id),
  }));
}
