import { hasRoomFor, hasRoomForSignal, roomsIn } from './bounds';
import { dateOf, type Instant, type PlainDate } from '../basics/calendar';
import { corrected, refusalOfCorrection, type BeforeCorrection, type Correction } from './corrections';
import type { Edition } from '../policy/edition';
import { isFact, type CountedSignals, type LogEntry, type KeptSignal, type RecordedFact } from '../facts/log';
import type { ageGroups, Fact, observers, residences, sectors, sexes } from '../facts/catalogue';
import { afterEntry, atMoment } from './fold';
import { maySee, type Caller, type TeamRole } from '../basics/roles';
import { emptyOutbox, type Outbox } from '../state/outbox';
import { Refusal } from '../basics/refusal';
import { mayRecord, refusalOf } from './decide';
import { noJourney, type Situation } from '../state/situation';
import { tasksAfter } from '../plan/tasks';

/** What a case begins with; with the facts, all there is to know. The workflow's input. */
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
    readonly language?: string | undefined;
  };
  readonly team: Readonly<Partial<Record<TeamRole, string>>>;
  /** Whose word about her cooperation a signal may carry, beside the team's police. */
  readonly prosecutors: readonly string[];
  readonly edition: Edition;
  /** Hash of the intake's body, to tell a repeated request from another one under the same key. */
  readonly bodyHash?: string | undefined;
}

/** A fact on its way in. */
export interface FactSubmission {
  readonly fact: Fact;
  readonly by: Caller;
  /** Fixed where the request is received, not when it is processed. */
  readonly receivedAt: Instant;
  readonly key?: { readonly hash: string; readonly body: string } | undefined;
}

/** All we know of a case: what it began with, what was told since, and what was sent. Replaced with each fact, never edited. */
export interface CaseFile {
  readonly start: CaseStart;
  readonly entries: readonly LogEntry[];
  /** Signals of which no more than their number is kept; null while there is none. */
  readonly counted: CountedSignals | null;
  /** What the facts amount to at the moment of the last of them. */
  readonly situation: Situation;
  readonly outbox: Outbox;
}

/** A new case, at its intake. */
export function openCase(start: CaseStart): CaseFile {
  const { registeredAt: at, person } = start;
  const on = dateOf(at);
  const team = Object.fromEntries(Object.entries(start.team).map(([role, staffId]) => [role, { staffId, since: at }]));
  // prettier-ignore
  const blank: Situation = {
    asOf: at, stage: 'intake', since: on, because: { fact: 'intake', on, source: 'VC15 B8/3: at the slightest indication' },
    stagesBefore: {}, entered: [{ stage: 'intake', by: 'intake' }],
    ground: person.residence, eligible: null, detentionVerdicts: {}, minor: person.ageGroup === 'minor', unaccompanied: person.unaccompanied === true,
    period: null, cooperation: null, application: null, permit: null, proposal: null,
    consents: [], risk: null, returnRequested: false, journey: noJourney, lastRecordedOn: {}, heardFrom: [], result: null,
    team, tasks: [], series: [], deadlines: [], notices: [], alarms: [], referral: null, effectiveFacts: {},
  };
  const tasks = tasksAfter(blank, { triggers: new Set(['intake']), on, at }, start.edition);
  return { start, entries: [], counted: null, situation: { ...blank, ...tasks }, outbox: emptyOutbox };
}

/**
 * The file with one fact more, the same file where the same request told it before, or why not: hidden from the teller, not theirs to
 * tell, another fact under the same key, a case that is full, or against the rules. The same facts in the order they arrived always
 * give the same case.
 */
export function record(file: CaseFile, telling: FactSubmission): CaseFile | Refusal {
  const { fact, by, receivedAt, key } = telling;
  if (!maySee(by, file.start.office)) return new Refusal('not-found');
  const now = situationAt(file, receivedAt);
  const earlier = key && file.entries.filter(isFact).find((entry) => entry.key?.hash === key.hash);
  // Who may tell can have changed by then; the key is the caller's own, and what he told was recorded.
  if (earlier !== undefined && earlier.key?.body === key?.body) return file;
  if (!mayRecord(now, fact, by)) return new Refusal('role-not-allowed');
  if (earlier !== undefined) return new Refusal('idempotency-key-reused');
  // Before the rules: a correction is judged by folding the whole case, and to mend the fact would not help.
  if (!hasRoomFor(roomsIn(file.entries), now, fact)) return new Refusal('case-full');
  const told: RecordedFact = { ...fact, id: `fact-${file.entries.filter(isFact).length + 1}`, by, receivedAt, key };
  return whyNotNow(file, now, told) ?? withEntry(file, told);
}

/**
 * The file with a signal that became no fact, kept as it was told: of a decline somebody asks her (docs/http.md, signals). Of many only the
 * first are kept, and what says something that none of them says, or plans a task; the others are counted.
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
  return { ...file, counted: { id: 'signals-counted', type: 'signalsCounted', number, receivedAt } };
}

/** A case folded anew from what it began with and what was told. What was recorded once is not judged again: rules may have changed since. */
export function refold(
  start: CaseStart,
  entries: CaseFile['entries'],
  post?: Partial<Outbox>,
  counted: CaseFile['counted'] = null,
): CaseFile {
  const opening = openCase(start);
  const situation = entries.reduce(
    (before, entry, at) => situationWith({ start, situation: before }, entry, () => entries.slice(0, at)),
    opening.situation,
  );
  // A run of before may not have known all that is kept of the post today.
  return { start, entries, counted, situation, outbox: { ...emptyOutbox, ...post } };
}

/** The case at a moment: the facts, and what the clock did since the last of them. Never changes the file. */
export function situationAt({ situation, start }: Pick<CaseFile, 'situation' | 'start'>, now: Instant): Situation {
  const seen = lastSeen.get(situation) ?? [];
  const same = seen.find(({ asOf }) => asOf === now);
  if (same !== undefined) return same;
  const from = seen.reduce((best, each) => (each.asOf < now && each.asOf > best.asOf ? each : best), situation);
  const at = atMoment(from, now, start.edition);
  lastSeen.set(situation, [at, ...seen].slice(0, 3));
  return at;
}

// How a case stood at the last few moments that were asked about since its last fact, now and what comes next among them: the clock
// need not be run again from there for each question.
const lastSeen = new WeakMap<Situation, readonly Situation[]>();

function withEntry(file: CaseFile, entry: LogEntry): CaseFile {
  return { ...file, entries: [...file.entries, entry], situation: situationWith(file, entry, () => file.entries) };
}

/** The situation with one entry more; only a correction looks at what was told before. */
function situationWith(file: Pick<CaseFile, 'start' | 'situation'>, entry: LogEntry, entriesBefore: () => readonly LogEntry[]): Situation {
  const { start, situation } = file;
  if (!isCorrection(entry)) return afterEntry(situation, entry, start.edition);
  return corrected(beforeCorrection(start, entriesBefore()), situationAt(file, entry.receivedAt), entry);
}

function whyNotNow(file: CaseFile, now: Situation, told: RecordedFact): Refusal | null {
  const { indication, edition } = file.start;
  const refusal = refusalOf(now, told, { edition, earliest: indication.observedOn });
  return refusal ?? (isCorrection(told) ? refusalOfCorrection(beforeCorrection(file.start, file.entries), told) : null);
}

function beforeCorrection(start: CaseStart, entries: readonly LogEntry[]): BeforeCorrection {
  const { edition, indication } = start;
  return { opening: openCase(start).situation, entries, earliest: indication.observedOn, edition };
}

function saysTheSame({ type, answer }: KeptSignal, other: Omit<KeptSignal, 'id'>): boolean {
  return type === other.type && answer?.answer === other.answer?.answer && answer?.form === other.answer?.form;
}

function isCorrection(entry: LogEntry): entry is Correction {
  return entry.type === 'corrected';
}
