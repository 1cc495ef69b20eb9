import { dateOf, latest, type Instant, type PlainDate } from './calendar';
import { follow, nextTurnOfTheClock } from './consequences';
import type { Edition } from './edition';
import { rowOf } from './facts';
import { factTypes, type ageGroups, type Fact, type FactType, type residences } from './facts/fields';
import type { Told } from './facts/row';
import { isOneOf, maySee, type Caller, type TeamRole } from './people';
import { emptyPost, type Post } from './post';
import { notPossible, Refusal } from './refusal';
import type { Situation, Stage } from './situation';
import { isLateNews } from './standing';
import { tasksAfter } from './tasks';

/** What a case begins with; with the facts, all there is to know. The workflow's input. */
export interface CaseStart {
  readonly reference: string;
  readonly registeredAt: Instant;
  readonly registeredBy: string;
  readonly office: string;
  readonly indication: { readonly observedOn: PlainDate; readonly by: string };
  readonly person: {
    readonly residence: (typeof residences)[number];
    readonly ageGroup: (typeof ageGroups)[number];
    readonly unaccompanied?: boolean | undefined;
    readonly nationality: string;
    readonly sex?: string | undefined;
    readonly sector?: string | undefined;
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

/** A fact as it is kept: what happened, who told it when, and under which `Idempotency-Key` (hashed, with a hash of its body). */
export type RecordedFact = Told & { readonly key?: { readonly hash: string; readonly body: string } | undefined };

/** A fact on its way in. */
export interface Telling {
  readonly fact: Fact;
  readonly by: Caller;
  /** Fixed where the request is received, not when it is processed. */
  readonly receivedAt: Instant;
  readonly key?: { readonly hash: string; readonly body: string } | undefined;
}

/** What somebody signalled and could not be recorded as a fact; kept as told. */
export interface KeptSignal {
  readonly id: string;
  readonly type: 'declineSignalled' | 'signalNotPossible' | 'signalMalformed';
  readonly receivedAt: Instant;
}

/** All we know of a case: what it began with, what was told since, and what was sent. Replaced with each fact, never edited. */
export interface CaseFile {
  readonly start: CaseStart;
  readonly entries: readonly (RecordedFact | KeptSignal)[];
  /** What the facts amount to at the moment of the last of them. */
  readonly situation: Situation;
  readonly post: Post;
}

/** A new case, at its intake. */
export function openCase(start: CaseStart): CaseFile {
  const { registeredAt: at, person } = start;
  const on = dateOf(at);
  const team = Object.fromEntries(Object.entries(start.team).map(([role, staffId]) => [role, { staffId, since: at }]));
  // prettier-ignore
  const blank: Situation = {
    asOf: at, stage: 'intake', since: on, because: { fact: 'intake', on, source: 'VC15 B8/3: at the slightest indication' },
    stagesBefore: {}, history: [{ at, stage: 'intake' }],
    ground: person.residence, eligible: null, detentionVerdicts: {}, minor: person.ageGroup === 'minor', unaccompanied: person.unaccompanied === true,
    period: null, cooperation: null, application: null, permit: null, proposal: null,
    consents: [], risk: null, returnRequested: false, told: {}, heardFrom: [], result: null,
    team, tasks: [], series: [], deadlines: [], notices: [], alarms: [], referral: null,
  };
  const tasks = tasksAfter(blank, { turns: new Set(['intake']), on, at }, start.edition);
  return { start, entries: [], situation: { ...blank, ...tasks }, post: emptyPost };
}

/**
 * The file with one fact more, or why not: hidden from the teller, not his to tell, told before under the same key,
 * or against the rules. The same facts in the order they arrived always give the same case.
 */
export function record(file: CaseFile, telling: Telling): CaseFile | Refusal {
  const { fact, by, receivedAt, key } = telling;
  if (!maySee(by, file.start.office)) return new Refusal('not-found');
  const now = situationAt(file, receivedAt);
  if (!mayTell(now, fact, by)) return new Refusal('role-not-allowed');
  const earlier = key && file.entries.find((entry) => 'key' in entry && entry.key?.hash === key.hash);
  if (earlier !== undefined && 'key' in earlier) return earlier.key?.body === key?.body ? file : new Refusal('idempotency-key-reused');
  const told: RecordedFact = { ...fact, id: `fact-${file.entries.filter(isFact).length + 1}`, by, receivedAt, key };
  return whyNot(file.start, now, told) ?? withFact(file, told);
}

/** The same for a decline that a system signalled: kept as told, and somebody asks her (contract, signals). */
export function keepSignal(file: CaseFile, type: KeptSignal['type'], receivedAt: Instant): CaseFile {
  const entry: KeptSignal = { id: `signal-${file.entries.length + 1}`, type, receivedAt };
  const now = situationAt(file, receivedAt);
  const occasion = {
    turns: new Set<string>(type === 'declineSignalled' && now.stage !== 'closed' ? [type] : []),
    on: dateOf(receivedAt),
    at: now.asOf,
  };
  return { ...file, entries: [...file.entries, entry], situation: { ...now, ...tasksAfter(now, occasion, file.start.edition) } };
}

/** A case folded anew from what it began with and what was told. What was recorded once is not judged again: rules may have changed since. */
export function refold(start: CaseStart, entries: CaseFile['entries'], post: Post): CaseFile {
  const file = entries.reduce(
    (before, entry) => (isFact(entry) ? withFact(before, entry) : keepSignal(before, entry.type, entry.receivedAt)),
    openCase(start),
  );
  return { ...file, post };
}

/** The case at a moment: the facts, and what the clock did since the last of them. Never changes the file. */
export function situationAt({ situation, start }: CaseFile, now: Instant): Situation {
  let current = situation;
  for (let next = nextTurnOfTheClock(current); next !== null && next.at <= now; next = nextTurnOfTheClock(current)) {
    current = next.turn({ ...current, asOf: latest(next.at, current.asOf) }, start.edition);
  }
  return { ...current, asOf: latest(now, current.asOf) };
}

/** Fact types that this caller may tell of the case now. */
export function allowedFacts(situation: Situation, by: Caller, edition: Edition): FactType[] {
  return factTypes.filter((type) => {
    const row = rowOf(type);
    if (!row.possibleIn.includes(situation.stage) || (row.waitsFor?.(situation) ?? null) !== null) return false;
    if (row.choices === undefined) return mayTell(situation, { type } as Fact, by);
    return row.choices(situation).some((choice) => {
      const told = { ...choice, type, by } as Told;
      return mayTell(situation, told, by) && (row.refusedBecause?.(situation, told, edition) ?? null) === null;
    });
  });
}

export function isFact(entry: RecordedFact | KeptSignal): entry is RecordedFact {
  return 'by' in entry;
}

function withFact(file: CaseFile, told: RecordedFact): CaseFile {
  const situation = follow(situationAt(file, told.receivedAt), told, file.start.edition);
  return { ...file, entries: [...file.entries, told], situation };
}

function whyNot(start: CaseStart, now: Situation, told: RecordedFact): Refusal | null {
  if (told.on > dateOf(told.receivedAt)) return new Refusal('date-in-future');
  if (told.on < start.indication.observedOn) return new Refusal('date-before-start');
  const row = rowOf(told.type);
  const possibleIn: readonly Stage[] = row.possibleIn;
  const asInReflection = now.stage !== 'closed' && isLateNews(now, told.on) && possibleIn.includes('reflection');
  if (!asInReflection && !possibleIn.includes(now.stage)) return notPossible();
  return row.waitsFor?.(now) ?? row.refusedBecause?.(now, told, start.edition) ?? null;
}

function mayTell(situation: Situation, fact: Fact, by: Caller): boolean {
  return isOneOf(by, tellersOf(situation, fact));
}

function tellersOf(situation: Situation, fact: Fact) {
  const { toldBy } = rowOf(fact.type);
  return typeof toldBy === 'function' ? toldBy(situation, fact) : toldBy;
}
