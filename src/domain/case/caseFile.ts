/* The case file: opening it, recording a fact, keeping a signal, and the situation at an instant. */

import { hasRoomFor, hasRoomForSignal, roomsIn } from './bounds';
import { memoizeProgress } from '../basics/memoize';
import { dateOf, type Instant, type PlainDate } from '../basics/calendar';
import { corrected, refusalOfCorrection, type BeforeCorrection } from './corrections';
import type { Edition } from '../policy/edition';
import { isFact, rewritesTheCase, type CountedSignals, type LogEntry, type KeptSignal } from '../facts/log';
import type { RecordedFact } from '../facts/recordedFact';
import type { ageGroups, Fact, observers, residences, sectors, sexes } from '../facts/catalogue';
import { afterEntry, clockRunTo } from './fold';
import type { Caller, TeamRole } from '../basics/roles';
import { emptyOutbox, type Outbox } from '../state/outbox';
import { Refusal } from '../basics/refusal';
import { mayRecord, refusalOf } from './decide';
import { actingIn, may } from '../rights/rights';
import { whereIs } from '../rights/told';
import { initialSituation } from '../state/initialSituation';
import { effectiveFactsOf } from '../state/questions';
import type { Situation } from '../state/situation';
import { tasksAfter } from '../plan/planning';
import { triggersOfIntake } from './triggers';

/** The beginning of a case, which with the facts is all there is to know; the workflow's input. */
export interface CaseStart {
  readonly reference: string;
  readonly registeredAt: Instant;
  readonly registeredBy: string;
  readonly office: string;
  readonly indication: { readonly observedOn: PlainDate; readonly by: (typeof observers)[number] };
  readonly person: {
    readonly residence: (typeof residences)[number];
    readonly ageGroup: (typeof ageGroups)[number];
    readonly unaccompanied?: boolean | undefined;
    readonly nationality: string;
    readonly sex?: (typeof sexes)[number] | undefined;
    readonly sector?: (typeof sectors)[number] | undefined;
    readonly dependants?: number | undefined;
    readonly asylumRequestedOn?: PlainDate | undefined;
    readonly language?: string | undefined;
  };
  /** Whether others than the police met the person and registered them: then the police may not know of the case. */
  readonly hiddenFromPolice?: boolean | undefined;
  readonly team: Readonly<Partial<Record<TeamRole, string>>>;
  /** Prosecutors whose word about the person's cooperation a signal may carry, beside the team's police. */
  readonly prosecutors: readonly string[];
  readonly edition: Edition;
  /** The hash of the intake's body, by which a repeated request differs from another one under the same key. */
  readonly bodyHash?: string | undefined;
}

/** A fact on its way in. */
export interface FactSubmission {
  readonly fact: Fact;
  readonly by: Caller;
  /** Fixed where the request is received, not when it is processed. */
  readonly receivedAt: Instant;
  readonly key?: { readonly hash: string; readonly body: string } | undefined;
  readonly trace?: RecordedFact['trace'];
  /** The default team of the office, where the fact may bring somebody in by it. */
  readonly officeTeam?: RecordedFact['officeTeam'];
}

/** All we know of a case: its beginning, its log, and its outbox. Replaced with each fact, never edited. */
export interface CaseFile {
  readonly start: CaseStart;
  readonly entries: readonly LogEntry[];
  /**
   * Raised by each entry, each wake and each answer of a delivery, over all runs: of two states of a case the higher number is the newer. A run
   * makes it milliseconds since 1970, so that it also rises where a case comes back from a build that does not carry it.
   */
  readonly revision: number;
  /** Signals of which no more than their number is kept; null while there is none. */
  readonly counted: CountedSignals | null;
  /** The situation at the instant of the last entry. */
  readonly situation: Situation;
  readonly outbox: Outbox;
}

/** A new case, at its intake. */
export function openCase(start: CaseStart): CaseFile {
  return { start, entries: [], revision: 0, counted: null, situation: opening(start, start.person), outbox: emptyOutbox };
}

/** The situation at the intake, if the person is as said. */
function opening({ registeredAt: at, office, hiddenFromPolice = false, team, edition }: CaseStart, person: CaseStart['person']): Situation {
  const members = Object.fromEntries(Object.entries(team).map(([role, staffId]) => [role, { staffId, since: at }]));
  const { residence: ground, ageGroup, unaccompanied = false, dependants = 0, asylumRequestedOn = null } = person;
  const known = { ground, minor: ageGroup === 'minor', unaccompanied, dependants, asylumRequestedOn };
  const initial = initialSituation(at, known, { office, hidden: hiddenFromPolice }, members);
  return { ...initial, ...tasksAfter(initial, { triggers: triggersOfIntake, on: dateOf(at), at }, edition) };
}

/** The intake of a case: who met the person and when, and the person's coded data. */
export type Intake = Pick<CaseStart, 'indication' | 'person'>;

/** The intake as it was registered, with all that was put right since. */
export function intakeOf({ start, situation }: Pick<CaseFile, 'start' | 'situation'>): Intake {
  return effectiveFactsOf(situation, 'intakeCorrected').reduce<Intake>(putRight, start);
}

function putRight({ indication, person }: Intake, fact: RecordedFact<'intakeCorrected'>): Intake {
  const { observedOn = indication.observedOn, residence = person.residence, ageGroup = person.ageGroup } = fact;
  const { nationality = person.nationality, unaccompanied = person.unaccompanied, dependants = person.dependants } = fact;
  const { asylumRequestedOn = person.asylumRequestedOn } = fact;
  const right = { residence, ageGroup, nationality, unaccompanied, dependants, asylumRequestedOn };
  return { indication: { ...indication, observedOn }, person: { ...person, ...right } };
}

/**
 * The file with one fact more; the same file if the same request recorded it before; or the refusal. Reasons, in order: the case is
 * hidden from the caller, no authority, a key of another fact, a full case, a rule. The same facts in the
 * same order always give the same case.
 */
export function record(file: CaseFile, submission: FactSubmission): CaseFile | Refusal {
  const { fact, by, receivedAt, key, trace, officeTeam } = submission;
  const now = situationAt(file, receivedAt);
  const where = whereIs(now, file.start.edition);
  if (may(by, 'tell', where) === 'hidden') return new Refusal('not-found');
  const teller = actingIn(by, where);
  const earlier = key && file.entries.filter(isFact).find((entry) => entry.key?.hash === key.hash);
  // The key belongs to its caller: a repeat is answered even if the caller may no longer record that fact.
  if (earlier !== undefined && earlier.key?.body === key?.body) return file;
  if (!mayRecord(now, fact, teller)) return new Refusal('role-not-allowed');
  if (earlier !== undefined) return new Refusal('idempotency-key-reused');
  // Before the rules: a correction is judged by folding the whole case, and to mend the fact would not help.
  if (!hasRoomFor(roomsIn(file.entries), now, fact, file.start.edition)) return new Refusal('case-full');
  const id = `fact-${file.entries.filter(isFact).length + 1}`;
  const recorded: RecordedFact = {
    ...fact,
    id,
    by: teller,
    receivedAt,
    key,
    trace,
    officeTeam,
    strikesOut: closingStruckOutBy(fact, file.entries, now),
  };
  return whyNotNow(file, now, recorded) ?? withEntry(file, recorded);
}

/**
 * A reopening after a mistake strikes out the closing that stands (docs/policy.md, fine print 11). A reopening that gets that reason by a
 * correction strikes out the closing before it.
 */
function closingStruckOutBy(fact: Fact, entries: readonly LogEntry[], now: Situation): string | undefined {
  const closings = effectiveFactsOf(now, 'closed').map((closing) => closing.id);
  if (fact.type === 'reopened') return fact.reason === 'mistake' ? closings.at(-1) : undefined;
  if (fact.type !== 'corrected' || fact.with?.type !== 'reopened' || fact.with['reason'] !== 'mistake') return undefined;
  if (!effectiveFactsOf(now, 'reopened').some(({ id }) => id === fact.replaces)) return undefined;
  const before = entries.slice(
    0,
    entries.findIndex(({ id }) => id === fact.replaces),
  );
  return before.findLast(({ id }) => closings.includes(id))?.id;
}

/**
 * The file with a signal that became no fact: a decline makes somebody ask the person (docs/http.md, signals). Of many signals the first
 * are kept, and those that say something new or plan a task; the others are counted.
 */
export function keepSignal(file: CaseFile, signal: Omit<KeptSignal, 'id'>): CaseFile {
  const kept = withEntry(file, { id: `signal-${file.entries.length + 1}`, ...signal });
  const plans = kept.situation.tasks.length > situationAt(file, signal.receivedAt).tasks.length;
  const isNew = plans || !file.entries.some((entry) => !isFact(entry) && saysTheSame(entry, signal));
  return hasRoomForSignal(file.entries, isNew) ? kept : countSignal(file, signal.receivedAt);
}

/** The file with the number of signals that were not kept one higher. */
export function countSignal(file: CaseFile, receivedAt: Instant): CaseFile {
  const number = (file.counted?.number ?? 0) + 1;
  return changed(file, { counted: { id: 'signals-counted', type: 'signalsCounted', number, receivedAt } });
}

/** What a run hands to the next, beside the beginning and the log of the case. An earlier version may have handed less. */
export interface Carried {
  readonly outbox?: Partial<Outbox> | undefined;
  readonly counted?: CaseFile['counted'] | undefined;
  readonly revision?: number | undefined;
}

/** A case folded anew from its beginning and its log. Recorded facts are not judged again: the rules may be others by now. */
export function refold(start: CaseStart, entries: CaseFile['entries'], { outbox, counted = null, revision = 0 }: Carried = {}): CaseFile {
  const situation = entries.reduce(
    (before, entry, at) => situationWith({ start, situation: before }, entry, () => entries.slice(0, at)),
    openCase(start).situation,
  );
  return { start, entries, revision, counted, situation, outbox: { ...emptyOutbox, ...outbox } };
}

/** The case at an instant: the facts, and what the clock did since the last of them. Never changes the file. */
export function situationAt({ situation, start }: Pick<CaseFile, 'situation' | 'start'>, now: Instant): Situation {
  return situationSince(situation, now, start.edition);
}

// One wake asks about the same two or three instants many times, now and the next among them.
const situationSince = memoizeProgress(clockRunTo);

/** The file with an entry that is recorded already: it is not judged. */
export function withEntry(file: CaseFile, entry: LogEntry): CaseFile {
  return changed(file, { entries: [...file.entries, entry], situation: situationWith(file, entry, () => file.entries) });
}

/** The file after one change, with a higher revision. */
export function changed(file: CaseFile, change: Partial<Omit<CaseFile, 'start' | 'revision'>>): CaseFile {
  return { ...file, ...change, revision: file.revision + 1 };
}

/** The situation with one entry more; only a correction looks at the entries before it. */
function situationWith(file: Pick<CaseFile, 'start' | 'situation'>, entry: LogEntry, entriesBefore: () => readonly LogEntry[]): Situation {
  const { start, situation } = file;
  if (!isFact(entry) || !rewritesTheCase(entry)) return afterEntry(situation, entry, start.edition);
  return corrected(beforeCorrection(start, entriesBefore()), situationAt(file, entry.receivedAt), entry);
}

function whyNotNow(file: CaseFile, now: Situation, fact: RecordedFact): Refusal | null {
  const { edition } = file.start;
  const earliest = intakeOf(file).indication.observedOn;
  const refusal = refusalOf(now, fact, { edition, earliest });
  return refusal ?? (rewritesTheCase(fact) ? refusalOfCorrection(beforeCorrection(file.start, file.entries), fact) : null);
}

function beforeCorrection(start: CaseStart, entries: readonly LogEntry[]): BeforeCorrection {
  return {
    entries,
    edition: start.edition,
    intakeWith: (effective) => {
      const { indication, person } = effective.filter(isIntakeCorrected).reduce<Intake>(putRight, start);
      return { opening: opening(start, person), earliest: indication.observedOn };
    },
  };
}

function isIntakeCorrected(entry: LogEntry): entry is RecordedFact<'intakeCorrected'> {
  return entry.type === 'intakeCorrected';
}

function saysTheSame({ type, answer }: KeptSignal, other: Omit<KeptSignal, 'id'>): boolean {
  return type === other.type && answer?.answer === other.answer?.answer && answer?.form === other.answer?.form;
}
